"""Keys and mouse: what is held, what was struck, how far the mouse went.

Names of keys are Panda3D's (`w`, `arrow_up`, `shift`, `mouse1`). Nothing here opens a window;
the window is handed in, so the tables and the pointer's arithmetic are tested without one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

FAR = 120  # pixels from the middle at which the pointer is put back
PROBES = 3  # warps in a row that do not take effect, after which they are given up
DRAG_BUTTON = "mouse3"  # held to look round where the pointer cannot be kept in the window

PLACED = ("w", "a", "s", "d", "e")  # keys that are meant by their place, not by their letter
BINDINGS: dict[str, tuple[str, ...]] = {
    "forward": ("w", "arrow_up"),
    "back": ("s", "arrow_down"),
    "left": ("a", "arrow_left"),
    "right": ("d", "arrow_right"),
    "rise": ("space",),
    "sink": ("control", "lcontrol"),
    "run": ("shift", "lshift", "rshift"),
    "act": ("e", "mouse1"),
    "pause": ("p", "escape"),
    "home": ("home",),
    "still": ("f12",),
    "reload": ("f5",),
    "fullscreen": ("f11",),
    "captions": ("c",),
}


@dataclass(frozen=True)
class Controls:
    """One frame's worth of the visitor's will. `look` is in pixels, right and down."""

    right: float = 0.0
    forward: float = 0.0
    rise: float = 0.0
    run: bool = False
    act: bool = False
    look: tuple[float, float] = (0.0, 0.0)
    struck: tuple[str, ...] = ()  # actions whose key went down since the last frame
    keys: tuple[str, ...] = ()  # keys that went down since the last frame, by name
    touched: bool = False


class Keys:
    """Which keys are down, read as actions through a table that can be changed.

    Raises ValueError for a table with an unknown action, or a key that does two things.
    """

    def __init__(self, bindings: Mapping[str, tuple[str, ...]] = BINDINGS) -> None:
        self._actions = _inverse(bindings)
        self._down: set[str] = set()
        self._struck: list[str] = []

    def down(self, key: str) -> None:
        """A key or button went down. Repeats of a key that is held count once."""
        if key not in self._down:
            self._down.add(key)
            self._struck.append(key)

    def up(self, key: str) -> None:
        """A key or button was let go."""
        self._down.discard(key)

    def release_all(self) -> None:
        """Nothing is held any more: the window lost the keyboard."""
        self._down.clear()
        self._struck.clear()

    def held(self, key: str) -> bool:
        """Whether this key, by its name, is down."""
        return key in self._down

    def take(self, look: tuple[float, float] = (0.0, 0.0)) -> Controls:
        """The controls since the last call. A key struck and let go in between still counts."""
        keys, self._struck = tuple(self._struck), []
        now = {self._actions[key] for key in self._down | set(keys) if key in self._actions}
        struck = tuple(self._actions[key] for key in keys if key in self._actions)
        return Controls(
            right=float("right" in now) - float("left" in now),
            forward=float("forward" in now) - float("back" in now),
            rise=float("rise" in now) - float("sink" in now),
            run="run" in now,
            act="act" in now,
            look=look,
            struck=struck,
            keys=keys,
            touched=bool(keys or now or look != (0.0, 0.0)),
        )


def _inverse(bindings: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    actions: dict[str, str] = {}
    for action, keys in bindings.items():
        if action not in BINDINGS:
            raise ValueError(f"{action}: there is no such action; there is {', '.join(BINDINGS)}")
        for key in keys:
            if key in actions:
                raise ValueError(f"the key {key} is bound to {actions[key]} and to {action}")
            actions[key] = action
    return actions


def on_this_keyboard(
    bindings: Mapping[str, tuple[str, ...]], printed: Callable[[str], str]
) -> dict[str, tuple[str, ...]]:
    """The table with its letters where they are on a QWERTY board, whatever is printed on them.

    `printed` gives the name of the key at the place of a QWERTY letter, or "" if unknown. A
    layout on which two actions would meet on one key is left alone.
    """
    moved = {
        action: tuple((printed(key) or key) if key in PLACED else key for key in keys)
        for action, keys in bindings.items()
    }
    try:
        _inverse(moved)
    except ValueError:
        return dict(bindings)
    return moved


class Panes(Protocol):
    """What the pointer needs of a window."""

    def size(self) -> tuple[int, int]:
        """Pixels."""
        ...

    def pointer(self) -> tuple[float, float] | None:
        """Where the pointer is in the window, or None while it is elsewhere."""
        ...

    def warp(self, x: int, y: int) -> bool:
        """Puts the pointer somewhere; False where the system forbids it."""
        ...

    def capture(self, on: bool) -> bool:
        """Hides the pointer and asks for relative motion; True where that truly works."""
        ...


class Way(Enum):
    """How the mouse is read, the best that works on this system."""

    relative = "relative"
    recentre = "recentre"
    drag = "drag"


@dataclass
class Pointer:
    """How far the mouse has gone, whatever the system makes possible.

    Relative motion where it works; else differences, and the pointer is put back to the
    middle only when it is far from it (putting it back each frame loses half the motion);
    where even that does not work, dragging with a button.
    """

    panes: Panes
    free: bool = True
    way: Way = Way.recentre
    _last: tuple[float, float] | None = field(default=None, repr=False)
    _expected: tuple[int, int] | None = field(default=None, repr=False)
    _failed: int = field(default=0, repr=False)

    def catch(self) -> None:
        """Hides the pointer and keeps it."""
        self.free = False
        relative = self.panes.capture(True)
        if self.way is not Way.drag:
            self.way = Way.relative if relative else Way.recentre
        self._last = self._expected = None

    def release(self) -> None:
        """Gives the pointer back."""
        self.free = True
        self.panes.capture(False)
        self._last = self._expected = None

    def take(self, dragging: bool = False) -> tuple[float, float]:
        """Pixels to the right and down since the last call."""
        if self.free:
            return 0.0, 0.0
        place = self.panes.pointer()
        if place is None:
            self._last = None
            return 0.0, 0.0
        self._check_warp(place)
        last, self._last = self._last, place
        moved = (0.0, 0.0) if last is None else (place[0] - last[0], place[1] - last[1])
        if self.way is Way.recentre:
            self._keep_inside(place)
        if self.way is Way.drag and not dragging:
            return 0.0, 0.0
        return moved

    def _keep_inside(self, place: tuple[float, float]) -> None:
        width, height = self.panes.size()
        middle = (width // 2, height // 2)
        reach = min(FAR, width // 4, height // 4)
        if max(abs(place[0] - middle[0]), abs(place[1] - middle[1])) <= reach:
            return
        if self.panes.warp(*middle):
            self._last = (float(middle[0]), float(middle[1]))
            self._expected = middle
        else:
            self._give_up()

    def _check_warp(self, place: tuple[float, float]) -> None:
        """A warp that never arrives (XWayland) would turn the view for ever: then dragging."""
        if self._expected is None:
            return
        width, height = self.panes.size()
        near = abs(place[0] - self._expected[0]) < width / 4
        near = near and abs(place[1] - self._expected[1]) < height / 4
        self._failed = 0 if near else self._failed + 1
        self._expected = None
        if self._failed >= PROBES:
            self._give_up()

    def _give_up(self) -> None:
        self.way = Way.drag
        self._last = None
        self.panes.capture(False)
