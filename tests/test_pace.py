"""Drawing less where frames are slow, and more where they are easy."""

from __future__ import annotations

from world.viewer.pace import LEAST, REST, SHARES, Pace


def run(pace, seconds, frame):
    """Lets frames of so many seconds go by; how often the share changed."""
    changes = 0
    for _ in range(max(int(seconds / frame(pace)), 1)):
        changes += pace.tick(frame(pace))
    return changes


def test_a_quick_machine_draws_everything():
    pace = Pace()
    assert run(pace, 60.0, lambda _: 1 / 60) == 0
    assert pace.share == 1.0


def test_one_slow_frame_changes_nothing():
    pace = Pace()
    for index in range(600):
        assert not pace.tick(0.4 if index % 60 == 30 else 1 / 60)


def test_a_slow_machine_comes_to_the_least_and_stays():
    pace = Pace()
    assert run(pace, 30.0, lambda _: 0.12) == len(SHARES) - 1
    assert pace.at_least


def test_it_settles_where_frames_are_neither_slow_nor_easy():
    """A machine whose frames cost as many pixels as they have: 31 ms for the whole picture."""
    pace = Pace()
    run(pace, 20.0, lambda p: 0.031 * p.share**2)
    assert pace.share == SHARES[-2]
    assert run(pace, 60.0, lambda p: 0.031 * p.share**2) == 0


def test_it_comes_back_when_the_load_is_gone():
    pace = Pace()
    run(pace, 10.0, lambda _: 0.1)
    assert pace.at_least
    run(pace, 30.0, lambda _: 1 / 120)
    assert pace.share == 1.0


def test_between_two_shares_it_swings_ever_more_seldom():
    """Easy at the smaller and slow at the larger: there is no right one."""

    def frame(pace):
        return 0.030 if pace.share == 1.0 else 0.010

    pace = Pace()
    first = run(pace, 60.0, frame)
    run(pace, 180.0, frame)
    assert run(pace, 60.0, frame) <= 2 < first


def test_few_long_frames_are_judged_too():
    pace = Pace()
    assert sum(pace.tick(1.0) for _ in range(LEAST)) == 1
    assert REST > 0
