"""The body: speeds, frame rates, sliding, never stuck, never out; and the guide."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.place.courtyard import RIM
from world.viewer.guide import Guide, aim, gaze
from world.viewer.walker import (
    AFLOAT,
    EYE,
    PITCH,
    RUN,
    SHOULDERS,
    WALK,
    Ground,
    Rim,
    Walker,
    Wish,
)

AHEAD, FAST = Wish(forward=1.0), Wish(forward=1.0, run=True)


def go(walker, seconds, wish, rate=60, afloat=0.0):
    for _ in range(round(seconds * rate)):
        walker.move(1.0 / rate, wish, afloat)


def crowd(seed=3, count=220):
    """Circles as a crowd stands, (n, 3), some so close that nobody fits between them."""
    rng = np.random.default_rng(seed)
    radius = rng.uniform(0.22, 0.7, count)
    place = rng.uniform(-30.0, 30.0, (count, 2))
    return np.column_stack([place, radius])


@pytest.mark.parametrize(("wish", "speed"), [(AHEAD, WALK), (FAST, RUN)])
def test_full_speed_within_a_fifth_of_a_second(wish, speed):
    walker = Walker(Ground(), (0.0, 0.0))
    go(walker, 0.1, wish, rate=120)
    assert 0.2 * speed < walker.speed < speed
    go(walker, 0.1, wish, rate=120)
    assert walker.speed == pytest.approx(speed, abs=1e-9)
    x = walker.eye[0]
    go(walker, 1.0, wish)
    assert walker.eye[0] == pytest.approx(x - speed, abs=1e-6)  # looking west
    go(walker, 0.3, Wish())
    assert walker.speed == pytest.approx(0.0, abs=1e-6)


def test_diagonals_are_no_faster():
    walker = Walker(Ground(), (0.0, 0.0))
    go(walker, 0.5, Wish(right=1.0, forward=1.0))
    assert walker.speed == pytest.approx(WALK)


@pytest.mark.parametrize("afloat", [0.0, 1.0])
def test_thirty_and_a_hundred_and_twenty_pictures_lead_to_the_same_place(afloat):
    circles = crowd(count=70)
    wishes = [FAST, Wish(right=1.0), AHEAD, Wish(right=-1.0, forward=0.5, run=True), Wish(), FAST]
    ends = []
    for rate in (30, 60, 120):
        walker = Walker(Ground(circles), (14.0, -1.5))
        for wish in wishes:
            go(walker, 1.0, wish, rate, afloat)
            walker.look(0.7, 0.1)
        ends.append(walker.eye)
    assert math.dist(ends[0], ends[2]) < 0.01
    assert math.dist(ends[1], ends[2]) < 0.01
    assert math.dist(ends[0], (14.0, -1.5, EYE)) > 3.0


def test_one_slides_along_a_wall_of_people():
    wall = np.array([[0.0, 0.5 * row, 0.4] for row in range(-10, 11)])
    walker = Walker(Ground(wall), (2.0, -4.0), heading=45.0)  # north-west, into the wall
    go(walker, 4.0, AHEAD)
    assert walker.eye[0] > 0.3
    assert walker.eye[1] > -2.5


@pytest.mark.parametrize("rim", [Rim(), Rim(*RIM, corner=4.0)], ids=["square", "terrace"])
def test_the_rim_turns_everybody_back(rim):
    for heading in range(0, 360, 14):
        walker = Walker(Ground(rim=rim), (3.0, 1.0), heading=float(heading))
        go(walker, 20.0, FAST, rate=10)
        over, _ = rim.outside(np.array(walker.eye[:2]))
        assert -SHOULDERS - 0.05 < over <= -SHOULDERS


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 50),
    start=st.tuples(st.floats(-28, 28), st.floats(-28, 28)),
    legs=st.lists(
        st.tuples(
            st.floats(0, 360), st.floats(0.05, 3.0), st.booleans(), st.sampled_from([20, 60])
        ),
        min_size=1,
        max_size=8,
    ),
)
def test_nobody_is_ever_inside_anything_or_outside_or_stuck(seed, start, legs):
    circles = crowd(seed)
    ground = Ground(circles)
    walker = Walker(ground, start)
    for heading, seconds, run, rate in legs:
        walker.heading = heading
        for _ in range(round(seconds * rate)):
            walker.move(1.0 / rate, Wish(forward=1.0, run=run))
            place = np.array(walker.eye[:2])
            apart = np.hypot(*(place - circles[:, :2]).T) - circles[:, 2]
            assert apart.min() >= SHOULDERS - 1e-6
            assert ground.rim.outside(place)[0] <= -SHOULDERS + 1e-6
    here = np.array(walker.eye[:2])
    assume(np.hypot(*(here - start)) > 0.05)  # a place that was walked to, not one set down in
    reached = []
    for heading in range(0, 360, 15):
        walker.fly_to((*here, EYE))
        walker.heading = float(heading)
        go(walker, 0.5, AHEAD)
        reached.append(math.dist(walker.eye[:2], here))
    assert max(reached) > 0.05


def test_standing_in_a_column_is_put_beside_it():
    column = np.array([[4.0, 4.0, 1.2]])
    walker = Walker(Ground(column), (4.0, 4.0))
    apart = math.dist(walker.eye[:2], (4.0, 4.0))
    assert 1.2 + SHOULDERS <= apart < 1.2 + SHOULDERS + 0.25


def test_the_eye_follows_steps_smoothly():
    def steps(place):
        return 0.16 if place[0] < 0.0 else 0.0

    walker = Walker(Ground(height=steps), (2.0, 0.0))
    heights = []
    for _ in range(240):
        walker.move(1.0 / 60.0, AHEAD)
        heights.append(walker.eye[2])
    rises = np.diff(heights)
    assert heights[-1] == pytest.approx(EYE + 0.16, abs=1e-4)
    assert rises.min() >= 0.0
    assert rises.max() < 0.05


def test_looking_keeps_its_limits_and_turns_the_right_way():
    walker = Walker(Ground(), (0.0, 0.0), heading=90.0)
    walker.look(math.radians(30.0), 0.0)
    assert walker.heading == pytest.approx(60.0)  # right of west is towards north
    walker.look(0.0, 9.0)
    assert walker.pitch == PITCH
    walker.look(0.0, -9.0)
    assert walker.pitch == -PITCH


def test_afloat_there_is_no_ground_and_a_drift_dies_away():
    walker = Walker(Ground(crowd()), (14.0, 0.0))
    walker.look(0.0, -1.2)
    go(walker, 4.0, FAST, afloat=1.0)
    assert walker.eye[2] < -1.0
    go(walker, 90.0, Wish(), rate=20, afloat=1.0)
    assert walker.speed < 0.01
    assert math.dist(walker.eye, AFLOAT) < 0.1
    for turn in range(6):  # whichever way one drifts, the night is not left
        walker.look(1.0, 0.5 if turn % 2 else -0.5)
        go(walker, 60.0, FAST, rate=20, afloat=1.0)
        assert 12.0 < math.dist(walker.eye, AFLOAT) < 26.0


def test_the_guide_walks_the_whole_way_through_a_crowd():
    rng = np.random.default_rng(8)
    people = crowd(8, 140)
    people[:, :2] = rng.uniform(-20, 20, (140, 2))
    people = people[np.hypot(people[:, 0], people[:, 1]) > 4.0]
    guide, walker = Guide(), Walker(Ground(people), (18.0, -1.5))
    for frame in range(360 * 20):
        story = frame / 20.0
        walker.move(1 / 20, guide.lead(walker, story, 1 / 20))
        if story == 240.0:
            goal = aim(story)
            assert math.dist(walker.eye[:2], (goal.x, goal.y)) < 1.5
    assert math.hypot(*walker.eye[:2]) < 5.0


def test_the_guide_looks_at_what_there_is_in_the_night():
    from models.sky.stars import LYRA_DIRECTION
    from world.scene import binary

    for story, way in ((415.0, LYRA_DIRECTION), (440.0, binary.DIRECTION)):
        goal = aim(story)
        heading, pitch = gaze((0.0, 0.0, 0.0), way)
        assert goal.heading == pytest.approx(heading, abs=4.0)
        assert goal.pitch == pytest.approx(pitch, abs=4.0)


def test_the_guide_turns_no_faster_than_a_head():
    for tenth in range(4800):
        now, then = aim(tenth / 10), aim(tenth / 10 + 0.1)
        assert abs((then.heading - now.heading + 180) % 360 - 180) < 4.5, tenth / 10
        assert abs(then.pitch - now.pitch) < 3.0, tenth / 10
