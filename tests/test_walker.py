"""The body: speeds, frame rates, sliding, never stuck, never out; keys, pointer and menu."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.courtyard import RIM
from world.settings import Settings
from world.timeline.score import ACTS, BEATS
from world.viewer.guide import Guide, aim, gaze
from world.viewer.input import (
    BINDINGS,
    Keys,
    Pointer,
    Way,
    on_this_keyboard,
)
from world.viewer.menu import Menu, Options
from world.viewer.script import Script
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
    from models.stars import LYRA_DIRECTION
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


# -- keys and pointer -----------------------------------------------------------------------


def test_keys_are_read_as_actions():
    keys = Keys()
    for key in ("w", "d", "shift", "e"):
        keys.down(key)
    first = keys.take()
    assert (first.forward, first.right, first.run, first.act) == (1.0, 1.0, True, True)
    assert first.struck == ("forward", "right", "run", "act")
    keys.up("w")
    keys.down("arrow_down")
    second = keys.take()
    assert second.forward == -1.0
    assert second.struck == ("back",)
    assert second.touched
    keys.release_all()
    assert keys.take().touched is False


def test_a_tap_between_two_frames_is_not_lost():
    keys = Keys()
    keys.down("e")
    keys.up("e")
    assert keys.take().act
    assert not keys.take().act


def test_tables_that_cannot_work_are_refused():
    with pytest.raises(ValueError, match="bound to"):
        Keys({"forward": ("w",), "act": ("w",)})
    with pytest.raises(ValueError, match="no such action"):
        Keys({"fly": ("w",)})


def test_letters_are_where_they_are_on_every_keyboard():
    french = {"w": "z", "a": "q", "s": "s", "d": "d", "e": "e"}
    table = on_this_keyboard(BINDINGS, lambda key: french.get(key, ""))
    assert table["forward"] == ("z", "arrow_up")
    assert table["left"] == ("q", "arrow_left")
    clash = on_this_keyboard(BINDINGS, lambda key: "p")
    assert clash == BINDINGS


class Desk:
    """A window of 800 x 600 whose pointer obeys or does not."""

    def __init__(self, relative=False, warps=True, inside=True):
        self.relative, self.warps, self.inside = relative, warps, inside
        self.place = (400.0, 300.0)
        self.hidden = False
        self.count = 0

    def size(self):
        return 800, 600

    def pointer(self):
        return self.place if self.inside else None

    def warp(self, x, y):
        self.count += 1
        if self.warps:
            self.place = (float(x), float(y))
        return True

    def capture(self, on):
        self.hidden = on
        return on and self.relative

    def push(self, dx, dy=0.0):
        self.place = (self.place[0] + dx, self.place[1] + dy)


@pytest.mark.parametrize("relative", [True, False])
def test_no_motion_of_the_mouse_is_lost(relative):
    desk = Desk(relative)
    pointer = Pointer(desk)
    pointer.catch()
    pointer.take()
    total = 0.0
    for _ in range(200):
        desk.push(37.0, -3.0)
        total += pointer.take()[0]
    assert total == 200 * 37.0
    assert pointer.way is (Way.relative if relative else Way.recentre)
    assert (desk.count == 0) == relative
    assert desk.count < 80


def test_a_system_that_forbids_warping_gets_dragging():
    desk = Desk(warps=False)
    pointer = Pointer(desk)
    pointer.catch()
    desk.place = (790.0, 300.0)
    for _ in range(12):
        pointer.take()
    assert pointer.way is Way.drag
    assert not desk.hidden
    desk.push(-20.0)
    assert pointer.take(dragging=False) == (0.0, 0.0)
    desk.push(-20.0)
    assert pointer.take(dragging=True) == (-20.0, 0.0)


def test_a_free_pointer_turns_nothing():
    desk = Desk()
    pointer = Pointer(desk)
    pointer.catch()
    pointer.take()
    pointer.release()
    assert not desk.hidden
    desk.push(50.0)
    assert pointer.take() == (0.0, 0.0)
    pointer.catch()
    assert pointer.take() == (0.0, 0.0)  # nothing jumps when it is caught again


# -- menu and script ------------------------------------------------------------------------


def test_every_act_and_beat_can_be_chosen_with_keys_alone():
    wanted = {span.name: span.start for span in ACTS + BEATS}
    found = {}
    for column in range(len(ACTS)):
        for row in range(8):
            menu = Menu(Options(Settings()))
            menu.show("chapters")
            for _ in range(column):
                menu.key("arrow_right")
            for _ in range(row):
                menu.key("s")
            choice = menu.key("enter")
            assert choice is not None
            found[choice.key] = choice.value
    assert found == wanted


def test_the_menu_goes_in_and_out():
    menu = Menu(Options(Settings()))
    assert not menu.open
    menu.show()
    menu.key("arrow_down")
    assert menu.key("enter") is None
    assert menu.page == "chapters"
    assert menu.key("escape") is None
    assert (menu.page, menu.cursor) == ("pause", 1)
    last = menu.key("escape")
    assert last is not None
    assert last.what == "continue"


@pytest.mark.parametrize("key", ["arrow_left", "arrow_right", "enter"])
def test_every_setting_changes_within_its_limits(key):
    from world import settings as store

    menu = Menu(Options(Settings()))
    menu.show("settings")
    for index, entry in enumerate(menu.entries()[:-1]):
        menu.point(index)
        for _ in range(40):
            choice = menu.key(key)
            assert choice is not None
            assert (choice.what, choice.key) == ("set", entry.name)
            if entry.name != "captions":
                store.load({entry.name: choice.value}, environ={}, path=store.Path("/nowhere"))


def test_a_script_holds_exactly_its_keys():
    script = Script.of([(0.0, "w"), (1.0, "w shift"), (2.0, "")])
    keys = Keys()
    seen = []
    for tick in range(30):
        script.play(keys, tick / 10 - 0.1, tick / 10)
        now = keys.take()
        seen.append((now.forward, now.run))
    assert seen == [(1.0, False)] * 10 + [(1.0, True)] * 10 + [(0.0, False)] * 10
    with pytest.raises(ValueError, match="order"):
        Script.of([(1.0, "w"), (0.5, "")])
