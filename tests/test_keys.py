"""Keys and pointer: nothing is lost, and what cannot work is refused."""

from __future__ import annotations

import pytest

from world.viewer.input import (
    BINDINGS,
    Keys,
    Pointer,
    Way,
    on_this_keyboard,
)


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
