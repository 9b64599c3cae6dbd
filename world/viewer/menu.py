"""The pause menu as pages of entries and a cursor; it draws nothing and changes nothing.

Keys move the cursor, entries answer with a `Choice`, and the walk does what was chosen.
"""

from __future__ import annotations

from dataclasses import dataclass

from world.settings import QUALITY_NAMES, Settings
from world.timeline.score import ACTS, BEATS

FOV_STEP = 5.0  # degrees
VOLUME_STEP = 0.1
MOUSE_STEP = 0.00025  # radians a count
FOV_LIMITS = (60.0, 110.0)
MOUSE_LIMITS = (0.00025, 0.008)


@dataclass(frozen=True)
class Choice:
    """What the visitor chose: `what` is continue, again, quit, jump, or set with key and value."""

    what: str
    key: str = ""
    value: object = None


@dataclass(frozen=True)
class Entry:
    """One line of a page: where it stands in the grid, and whether it is only a heading."""

    name: str
    label: str
    row: int
    column: int = 0
    value: str = ""  # of a setting, as it is shown


@dataclass(frozen=True)
class Options:
    """What the settings page shows: the visitor's settings, and captions for this walk."""

    settings: Settings
    captions: bool = False


_PAUSE = (
    ("continue", "Continue"),
    ("chapters", "Chapters"),
    ("settings", "Settings"),
    ("quit", "Quit"),
)
_END = (("again", "Dream again"), ("chapters", "Chapters"), ("quit", "Wake"))


class Menu:
    """Which page is open, and which entry is under the cursor."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.page = ""  # "" is closed
        self.cursor = 0
        self._home = "pause"

    @property
    def open(self) -> bool:
        """Whether any page is."""
        return self.page != ""

    @property
    def title(self) -> str:
        """What stands over the page."""
        return {
            "pause": "The dream waits",
            "end": "A thousand dawns",
            "chapters": "Chapters",
            "settings": "Settings",
        }.get(self.page, "")

    def show(self, page: str = "pause", cursor: int = 0) -> None:
        """Opens a page; `pause` or `end` is where going back leads to from then on."""
        if page in ("pause", "end"):
            self._home = page
        self.page, self.cursor = page, cursor

    def hide(self) -> None:
        """Closes the menu."""
        self.page, self.cursor = "", 0

    def entries(self) -> list[Entry]:
        """The lines of the open page."""
        if self.page == "chapters":
            return _chapters()
        if self.page == "settings":
            return _settings(self.options)
        rows = {"pause": _PAUSE, "end": _END}.get(self.page, ())
        return [Entry(name, label, row) for row, (name, label) in enumerate(rows)]

    def key(self, key: str) -> Choice | None:
        """A key was struck, by Panda3D's name. Returns what it chose, if anything."""
        if key in ("escape", "p", "backspace"):
            return self.back()
        if key in ("enter", "space", "e"):
            return self.choose()
        steps = {
            "arrow_up": (-1, 0), "w": (-1, 0), "arrow_down": (1, 0), "s": (1, 0),
            "arrow_left": (0, -1), "a": (0, -1), "arrow_right": (0, 1), "d": (0, 1),
        }  # fmt: skip
        if key not in steps:
            return None
        down, right = steps[key]
        if right and self.page == "settings":
            return self._change(right)
        self._move(down, right)
        return None

    def point(self, index: int) -> None:
        """The pointer is over an entry."""
        if 0 <= index < len(self.entries()):
            self.cursor = index

    def back(self) -> Choice | None:
        """One page up; from the first page, on with the walk."""
        if self.page in ("pause", "end"):
            return Choice("continue")
        came_from = self.page
        names = [name for name, _ in (_PAUSE if self._home == "pause" else _END)]
        self.show(self._home, names.index(came_from) if came_from in names else 0)
        return None

    def choose(self, step: int = 1) -> Choice | None:
        """The entry under the cursor is taken; a setting goes a step on."""
        entry = self.entries()[self.cursor]
        if self.page == "chapters":
            start = next(span.start for span in ACTS + BEATS if span.name == entry.name)
            return Choice("jump", entry.name, start)
        if self.page == "settings":
            return self.back() if entry.name == "back" else self._change(step)
        if entry.name in ("chapters", "settings"):
            self.show(entry.name)
            return None
        return Choice(entry.name)

    def _move(self, down: int, right: int) -> None:
        """To the next entry in a direction, round the ends."""
        entries = self.entries()
        here = entries[self.cursor]
        if down:
            column = [e for e in entries if e.column == here.column]
            self.cursor = entries.index(column[(column.index(here) + down) % len(column)])
            return
        columns = 1 + max(entry.column for entry in entries)
        wanted = (here.column + right) % columns
        column = [e for e in entries if e.column == wanted]
        self.cursor = entries.index(min(column, key=lambda e: abs(e.row - here.row)))

    def _change(self, step: int) -> Choice | None:
        entry = self.entries()[self.cursor]
        now = self.options.settings
        changed: dict[str, object] = {
            "volume": _stepped(now.volume, step * VOLUME_STEP, (0.0, 1.0), 1),
            "hfov": _stepped(now.hfov, step * FOV_STEP, FOV_LIMITS, 1),
            "mouse": _stepped(now.mouse, step * MOUSE_STEP, MOUSE_LIMITS, 5),
            "quality": _turned(QUALITY_NAMES, now.quality, step),
            "captions": not self.options.captions,
            "calm": not now.calm,
            "invert_y": not now.invert_y,
            "fullscreen": not now.fullscreen,
        }
        if entry.name not in changed:
            return None
        return Choice("set", entry.name, changed[entry.name])


def _chapters() -> list[Entry]:
    """A column for each act: its name, and its beats below."""
    entries = []
    for column, act in enumerate(ACTS):
        entries.append(Entry(act.name, act.name.capitalize(), 0, column))
        beats = [beat for beat in BEATS if act.start <= beat.start < act.end]
        entries += [Entry(b.name, b.name, row, column) for row, b in enumerate(beats, 1)]
    return entries


def _settings(options: Options) -> list[Entry]:
    now = options.settings
    rows = (
        ("volume", "Volume", f"{now.volume * 100:.0f} %"),
        ("hfov", "Field of view", f"{now.hfov:.0f}°"),
        ("mouse", "Mouse", f"{now.mouse * 1000:.2f} mrad"),
        ("invert_y", "Look up and down", "inverted" if now.invert_y else "straight"),
        ("quality", "Quality", now.quality),
        ("captions", "Words of the dream", _on(options.captions)),
        ("calm", "Calm", _on(now.calm)),
        ("fullscreen", "Full screen", _on(now.fullscreen)),
        ("back", "Back", ""),
    )
    return [Entry(name, label, row, 0, value) for row, (name, label, value) in enumerate(rows)]


def _on(value: bool) -> str:
    return "on" if value else "off"


def _stepped(value: float, step: float, limits: tuple[float, float], digits: int) -> float:
    return round(min(max(value + step, limits[0]), limits[1]), digits)


def _turned(names: tuple[str, ...], name: str, step: int) -> str:
    return names[(names.index(name) + step) % len(names)]
