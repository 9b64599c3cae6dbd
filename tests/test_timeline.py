"""Time is pure: tracks, moments, and the state of the dream."""

from __future__ import annotations

import math
from dataclasses import astuple, fields
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.timeline import FIELDS, Moment, at, breath_at, breath_rate, moment_at
from world.timeline.ease import EASES, hold
from world.timeline.score import ACTS, BEATS, BELLS, CUES, DEEDS, END, JUMPS, TRACKS, named, span_at
from world.timeline.track import track

seconds = st.floats(0, END, allow_nan=False)


@pytest.mark.parametrize("ease", EASES.values(), ids=EASES)
def test_an_ease_joins_nought_to_one(ease):
    assert ease(0.0) == 0.0
    assert ease(1.0) == 1.0
    values = [ease(t) for t in np.linspace(0, 1, 101)]
    assert all(later >= earlier for earlier, later in pairwise(values))


def test_a_track_passes_through_its_keys_and_stays_put_outside():
    lane = track((1, 5), (2, 7), (4, -1))
    assert [lane(t) for t in (0, 1, 2, 4, 9)] == [5, 5, 7, -1, -1]
    assert 5 < lane(1.5) < 7
    assert lane.bounds == (-1, 7)


def test_a_track_must_have_ordered_keys():
    with pytest.raises(ValueError, match="at least one key"):
        track()
    with pytest.raises(ValueError, match="out of order"):
        track((2, 0), (1, 0))


def test_only_hold_jumps():
    assert track((0, 0, hold), (1, 1)).jumps == (1,)
    assert track((0, 0), (1, 1)).jumps == ()


@pytest.mark.parametrize("name", sorted(TRACKS))
def test_no_track_jumps_where_it_is_not_told_to(name):
    """Between two looks a thousandth of a second apart nothing changes by more than a little."""
    lane = TRACKS[name]
    low, high = lane.bounds
    reach = max(high - low, 1e-9)
    times = np.arange(0.0, END, 0.02)
    values = np.array([lane(t) for t in times])
    steps = np.abs(np.diff(values)) / reach
    told = np.array(JUMPS.get(name, ()))
    for index in np.flatnonzero(steps > 0.05):
        assert np.any(np.abs(told - times[index]) < 0.03), f"{name} jumps at {times[index]:.2f} s"


@given(seconds, st.floats(0, 5000))
def test_any_moment_is_finite_and_in_range(story, breath):
    state = at(Moment(story, breath))
    for entry in fields(state):
        value = getattr(state, entry.name)
        assert math.isfinite(value), entry.name
        if entry.name in TRACKS:
            low, high = TRACKS[entry.name].bounds
            assert low - 1e-9 <= value <= high + 1e-9, entry.name
    assert 0 <= state.orb_pulse <= 1
    assert 0 <= state.heart <= 1.7
    assert -1 <= state.flutter <= 1


@given(seconds, seconds)
def test_asking_again_gives_the_same_state(first, second):
    before = at(moment_at(first))
    at(moment_at(second))
    assert at(moment_at(first)) == before


def test_the_candle_stays_within_the_limits_for_flashes():
    """WCAG 2.3.1: within 5 % and below 1 Hz."""
    rate = 200
    breath = np.arange(0, 120, 1 / rate)
    lit = np.array([at(Moment(10.0, b)).lit for b in breath])
    assert np.abs(lit - 1).max() <= 0.025 + 1e-9
    power = np.abs(np.fft.rfft(lit - lit.mean())) ** 2
    frequency = np.fft.rfftfreq(len(lit), 1 / rate)
    assert power[frequency > 1.0].sum() < 0.01 * power.sum()


def test_acts_and_beats_tile_the_story():
    for spans in (ACTS, BEATS):
        assert spans[0].start == 0
        assert spans[-1].end == END
        for earlier, later in pairwise(spans):
            assert earlier.end == later.start
    assert [act.name for act in ACTS] == ["arrival", "calm", "orb", "awe", "night"]


def test_names_are_unique_and_found():
    names = [span.name for span in ACTS + BEATS]
    assert len(set(names)) == len(names)
    assert all(named(name).name == name for name in names)
    with pytest.raises(KeyError):
        named("nothing")
    assert len({cue.name for cue in CUES}) == len(CUES)
    assert span_at(BEATS, 180.0).name == "gathering"
    assert span_at(BEATS, -1.0).name == "sun"


def test_deeds_are_the_three_of_the_dream():
    assert [deed.name for deed in DEEDS] == ["extend", "raise", "step"]
    assert [span_at(ACTS, deed.time).name for deed in DEEDS] == ["orb", "orb", "awe"]


def test_every_track_is_a_field_of_the_state():
    assert set(TRACKS) <= set(FIELDS)


def test_bells_age_from_their_toll():
    state = at(moment_at(BELLS[2] + 1.5))
    assert state.bell_age1 == pytest.approx(1.5)
    assert state.bell_age2 == pytest.approx(BELLS[2] + 1.5 - BELLS[1])
    assert astuple(at(moment_at(0.0)))[2:6] == (99.0,) * 4


@given(seconds)
def test_breath_is_the_integral_of_its_rate(story):
    times = np.linspace(0, story, 4001)
    rates = np.array([breath_rate(t) for t in times])
    assert breath_at(story) == pytest.approx(np.trapezoid(rates, times), abs=0.02)


def test_breath_nearly_stops_in_the_held_beat():
    assert breath_at(369.0) - breath_at(358.0) < 1.0


@pytest.mark.parametrize("bad", [-1.0, math.nan, math.inf])
def test_a_moment_outside_time_is_an_error(bad):
    with pytest.raises(ValueError, match="seconds from 0 up"):
        Moment(bad, 0.0)
    with pytest.raises(ValueError, match="seconds from 0 up"):
        Moment(0.0, bad)
