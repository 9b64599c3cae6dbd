"""The clock: waiting, holding, being left alone, jumping, and what it remembers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.timeline import Stance, Visit, breath_at, breath_rate
from world.timeline.score import ACTS, BEATS, DEEDS, END
from world.viewer import captions
from world.viewer.director import HOLD, PATIENCE, Director

HERE = Stance(7.0, -1.0, 80.0)
FIELDS = ("extend", "raised", "step")


def run(director, seconds, *, pressed=False, touched=True, rate=60, stance=HERE):
    """Lets seconds go by at a frame rate."""
    for _ in range(round(seconds * rate)):
        director.advance(1.0 / rate, pressed, stance, touched=touched)
    return director.moment


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_story_waits_at_a_deed_while_breath_goes_on(deed):
    director = Director(deed.time - 1.0)
    before = breath_at(deed.time)
    moment = run(director, 31.0)
    assert moment.story == deed.time
    assert director.waiting is deed
    assert director.waited == pytest.approx(30.0, abs=0.02)
    assert moment.breath == pytest.approx(before + 30.0 * breath_rate(deed.time), abs=0.02)


@pytest.mark.parametrize(("deed", "name"), [*zip(DEEDS, FIELDS, strict=True)], ids=FIELDS)
def test_holding_does_the_deed_and_records_where(deed, name):
    director = Director(deed.time - 1.0)
    run(director, 2.0)
    run(director, HOLD + 0.05, pressed=True)
    assert director.waiting is None
    moment = run(director, 3.0)
    assert moment.story == pytest.approx(deed.time + 3.05, abs=0.03)
    assert getattr(director.visit, name) == HERE
    untouched = set(FIELDS) - {name}
    assert all(getattr(director.visit, other) == getattr(Visit(), other) for other in untouched)


def test_a_hold_that_is_let_go_does_nothing():
    director = Director(DEEDS[0].time)
    for _ in range(20):
        run(director, HOLD * 0.6, pressed=True)
        assert 0.0 < director.progress < 1.0
        run(director, HOLD * 0.7)
    assert director.waiting is DEEDS[0]
    assert director.progress == 0.0


def test_holding_just_before_the_deed_flows_through_it_without_a_stop():
    director = Director(DEEDS[1].time - 2.0)
    moment = run(director, 4.0, pressed=True)
    assert moment.story == pytest.approx(DEEDS[1].time + 2.0, abs=0.02)
    assert director.visit.raised == HERE


def test_holding_long_before_a_deed_counts_for_nothing():
    director = Director(60.0)
    run(director, 5.0, pressed=True)
    assert director.progress == 0.0


def test_toggle_takes_one_press():
    director = Director(DEEDS[2].time, toggle=True)
    director.advance(1 / 60, True, HERE, touched=True)
    run(director, 1.0)
    assert director.waiting is None


def test_left_alone_the_piece_goes_on_and_a_touch_takes_over():
    director = Director(DEEDS[0].time)
    assert run(director, PATIENCE - 1.0, touched=False).story == DEEDS[0].time
    run(director, 2.0, touched=False)
    assert director.alone
    assert director.moment.story > DEEDS[0].time
    assert director.visit.extend == HERE
    moment = run(director, DEEDS[1].time - DEEDS[0].time + 2.0, touched=False)
    assert moment.story > DEEDS[1].time  # whoever is not there is not asked again
    director.advance(1 / 60, False, HERE, touched=True)
    assert not director.alone
    run(director, DEEDS[2].time - DEEDS[1].time)
    assert director.waiting is DEEDS[2]


def test_standing_still_and_watching_is_not_being_away():
    director = Director(DEEDS[0].time - 2.0 * PATIENCE)
    run(director, 2.5 * PATIENCE, touched=False, rate=30)
    assert director.waiting is DEEDS[0]
    assert not director.alone


def test_autoplay_never_waits_and_reaches_the_end_on_time():
    director = Director(autoplay=True)
    run(director, END - 0.5, rate=30, touched=False)
    assert director.moment.story == pytest.approx(END - 0.5, abs=1e-6)
    assert director.moment.breath == pytest.approx(breath_at(END - 0.5), abs=0.05)
    run(director, 2.0, touched=False)
    assert director.ended
    assert director.moment.story == END


@given(rate=st.integers(10, 240), start=st.floats(0.0, END - 10.0))
def test_the_frame_rate_does_not_matter(rate, start):
    slow, fast = Director(start, autoplay=True), Director(start, autoplay=True)
    run(slow, 8.0, rate=rate)
    run(fast, 8.0, rate=240)
    assert slow.moment.story == pytest.approx(fast.moment.story, abs=1e-6)
    assert slow.moment.breath == pytest.approx(fast.moment.breath, abs=0.06)


@given(steps=st.lists(st.tuples(st.floats(0, 0.5), st.booleans(), st.booleans()), max_size=80))
def test_time_never_runs_back_and_no_deed_is_skipped(steps):
    director = Director(DEEDS[0].time - 3.0)
    before = director.moment
    for dt, pressed, touched in steps:
        now = director.advance(dt, pressed, HERE, touched=touched)
        assert now.story >= before.story
        assert now.breath >= before.breath
        undone = director.upcoming
        assert undone is None or now.story <= undone.time
        before = now


def test_pausing_freezes_everything():
    director = Director(100.0)
    director.paused = True
    before = director.moment
    assert run(director, 5.0, pressed=True) == before
    director.paused = False
    assert run(director, 1.0).story == pytest.approx(101.0)


@pytest.mark.parametrize("span", ACTS + BEATS, ids=lambda span: span.name)
def test_jumping_gives_the_same_moment_that_a_still_has(span):
    director = Director(333.0)
    moment = director.jump(span.start)
    assert (moment.story, moment.breath) == (span.start, breath_at(span.start))
    upcoming = [deed for deed in DEEDS if deed.time >= span.start]
    assert director.upcoming == (upcoming[0] if upcoming else None)


def test_a_deed_can_be_done_again_after_going_back():
    director = Director(DEEDS[0].time)
    run(director, 1.0, pressed=True)
    director.scrub(-20.0)
    assert director.upcoming is DEEDS[0]
    run(director, 60.0)
    assert director.waiting is DEEDS[0]


def test_scrubbing_stays_inside_the_piece():
    director = Director(10.0)
    assert director.scrub(-99.0).story == 0.0
    assert director.scrub(9999.0).story == END


def test_a_long_stall_is_not_lived_through():
    director = Director(100.0, autoplay=True)
    assert director.advance(30.0, False, HERE).story < 100.5


def test_time_going_back_is_refused():
    with pytest.raises(ValueError, match="back"):
        Director().advance(-0.1, False, HERE)


@pytest.mark.parametrize("beat", BEATS, ids=lambda beat: beat.name)
def test_every_caption_is_two_lines_of_forty_and_says_all(beat):
    blocks = captions.pages(beat.text)
    for block in blocks:
        lines = block.split("\n")
        assert 1 <= len(lines) <= 2
        assert all(len(line) <= 40 for line in lines)
    assert " ".join(" ".join(blocks).split()) == beat.text
    shown = {
        captions.caption(beat.start + t / 10)[0] for t in range(int(beat.end - beat.start) * 10)
    }
    assert set(blocks) <= shown


def test_captions_come_and_go_softly():
    for tenth in range(int(END) * 10 - 10):
        a, b = captions.caption(tenth / 10), captions.caption(tenth / 10 + 0.1)
        assert 0.0 <= a[1] <= 1.0
        assert math.isclose(a[1], b[1], abs_tol=0.13), tenth / 10
        assert a[0] == b[0] or a[1] < 0.13


def test_hints_only_after_some_seconds_of_nothing():
    from world.viewer.input import BINDINGS

    for deed in DEEDS:
        assert captions.deed_hint(deed, 1.0, BINDINGS)[1] == 0.0
        text, alpha = captions.deed_hint(deed, 20.0, BINDINGS)
        assert alpha == 1.0
        assert "E" in text.split()
    assert captions.deed_hint(None, 20.0, BINDINGS)[1] == 0.0
    assert captions.keys_hint(5.0) == 1.0
    assert captions.keys_hint(11.0) == 0.0
    for word in ("W", "Shift", "E", "Esc"):
        assert word in captions.keys_text(BINDINGS).split()
