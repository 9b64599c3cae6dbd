"""How the menu, the hints and the captions look on the layer."""

from __future__ import annotations

from collections.abc import Mapping

from world.timeline.score import Deed
from world.viewer import captions
from world.viewer.layer import BLUE, DIM, HEIGHT, PALE, Box, Layer, Words
from world.viewer.menu import Entry, Menu

VEIL = 0.76  # opacity of the night behind a menu: 4.5:1 for dim letters over any picture
SHADE = 0.55  # opacity of the soft dark behind a hint
TITLE_SIZE, ENTRY_SIZE, BEAT_SIZE = 58.0, 36.0, 30.0
LINE_HEIGHT = 1.5  # of the letters' size
MIDDLE = 0.54  # of the height: where the middle of a page is
TITLE_GAP = 110.0  # from the title to the first line
MARK = 2.0  # thickness of the line under the chosen entry: colour alone must not tell
COLUMN = 250.0  # between two acts
VALUE_GAP = 460.0  # from a setting's name to its value
MARGIN = 90.0
BAR = (220.0, 3.0)  # the line under a hint that fills while a deed is held: width, height


class Board:
    """Everything that is written over the picture."""

    def __init__(self, layer: Layer, bindings: Mapping[str, tuple[str, ...]]) -> None:
        self.layer = layer
        self._bindings = bindings
        self._veil = layer.panel(sort=0)
        self._caption_back = layer.panel(sort=1)
        self._shade = layer.panel(sort=0, soft=True)
        self._mark = layer.panel(sort=2)
        self._bar = layer.panel(sort=2)
        self._bar_back = layer.panel(sort=1)
        self._title = layer.words(TITLE_SIZE, "center")
        self._keys = layer.words(captions.HINT_SIZE, "center")
        self._hint = layer.words(captions.HINT_SIZE, "center")
        self._caption = layer.words(captions.SIZE, "center")
        self._note = layer.words(26.0, "left")
        self.noted = ""  # the last note
        self._note_left = 0.0
        self._keys.say(captions.keys_text(bindings))
        self._drawn: tuple[object, ...] = ()
        self._entries: list[tuple[Words, Words | None, Box]] = []

    # -- during the walk -------------------------------------------------------------------

    def note(self, text: str, seconds: float = 4.0) -> None:
        """A line in the lower left corner for a while: a still was kept, a shader is broken."""
        self.noted = text
        self._note.say(text)
        self._note_left = seconds

    def hints(
        self, elapsed: float, deed: Deed | None, waited: float, progress: float, captioned: bool
    ) -> None:
        """The keys at first, and how a deed is done where the story waits for it.

        `captioned` says that the words of the dream are shown: hints stay above them.
        """
        middle, foot = self.layer.width / 2, HEIGHT - (270.0 if captioned else 150.0)
        keys = captions.keys_hint(elapsed)
        text, alpha = captions.deed_hint(deed, waited, self._bindings)
        if text:
            keys = 0.0
            self._hint.say(text)
            self._hint.place(middle, foot)
        self._keys.place(middle, foot - 10.0)
        self._keys.paint(keys * 0.95)
        self._hint.paint(alpha * 0.95)
        bar = deed is not None and (alpha > 0.0 or progress > 0.0)
        left, top = middle - BAR[0] / 2, foot + 26.0
        self._bar_back.cover((left, top, left + BAR[0], top + BAR[1]))
        self._bar_back.paint(0.25 if bar else 0.0, PALE)
        self._bar.cover((left, top, left + BAR[0] * progress, top + BAR[1]))
        self._bar.paint(0.9 if bar and progress > 0.0 else 0.0, BLUE)
        half = (self._keys.width if keys > alpha else self._hint.width) / 2 + 150.0
        self._shade.cover((middle - half, foot - 110.0, middle + half, foot + 100.0))
        self._shade.paint(max(keys, alpha) * SHADE)

    def captions(self, story: float, on: bool) -> None:
        """The words of the dream that belong to the moment."""
        text, alpha = captions.caption(story) if on else ("", 0.0)
        if alpha > 0.0:
            self._caption.say(text)
            step = captions.SIZE * 1.15
            foot = HEIGHT - 60.0 - step * (self._caption.lines - 1)
            self._caption.place(self.layer.width / 2, foot)
            half = self._caption.width / 2 + 24.0
            middle = self.layer.width / 2
            self._caption_back.cover(
                (middle - half, foot - captions.SIZE, middle + half, HEIGHT - 40.0)
            )
        self._caption.paint(alpha)
        self._caption_back.paint(alpha * 0.55)

    def tick(self, dt: float) -> None:
        """Lets notes fade."""
        self._note_left = max(self._note_left - dt, 0.0)
        self._note.place(MARGIN / 2, HEIGHT - 30.0)
        self._note.paint(min(self._note_left, 1.0), DIM)

    # -- the menu --------------------------------------------------------------------------

    def menu(self, menu: Menu) -> None:
        """Draws the open page, or nothing; only a change costs anything."""
        state = (menu.page, menu.cursor, menu.options, self.layer.width)
        if state == self._drawn:
            return
        self._drawn = state
        for label, value, _ in self._entries:
            label.remove()
            if value is not None:
                value.remove()
        self._entries.clear()
        self._veil.cover((0.0, 0.0, self.layer.width, HEIGHT))
        self._veil.paint(VEIL if menu.open else 0.0)
        self._title.say(menu.title)
        entries = menu.entries()
        top = self._top(entries)
        self._title.place(self.layer.width / 2, top - TITLE_GAP)
        self._title.paint(1.0 if menu.open else 0.0)
        wide = menu.page == "chapters"
        self._mark.paint(0.0)
        for index, entry in enumerate(entries):
            here = index == menu.cursor
            self._entries.append(self._write(entry, top, wide, menu.page, here))

    def _top(self, entries: list[Entry]) -> float:
        """The first line's foot, so that the page is in the middle of the picture."""
        rows = 1 + max((entry.row for entry in entries), default=0)
        return HEIGHT * MIDDLE - (rows - 1) * ENTRY_SIZE * LINE_HEIGHT / 2 + TITLE_GAP / 4

    def _write(
        self, entry: Entry, top: float, wide: bool, page: str, here: bool
    ) -> tuple[Words, Words | None, Box]:
        size = BEAT_SIZE if wide and entry.row else ENTRY_SIZE
        step = ENTRY_SIZE * LINE_HEIGHT
        y = top + entry.row * step + (12.0 if wide and entry.row else 0.0)
        middle = self.layer.width / 2
        column = min(COLUMN, (self.layer.width - 60.0) / 5)
        x = middle + (entry.column - 2) * column if wide else middle
        color = BLUE if here else (PALE if not wide or entry.row == 0 else DIM)
        if page != "settings":
            label = self.layer.words(size, "center")
            half = column / 2 if wide else 240.0
            self._set(label, entry.label, (x, y), color)
            if here:
                self._underline(x - label.width / 2, x + label.width / 2, y)
            return label, None, _box(x, y, half, step)
        label = self.layer.words(size, "left")
        left = middle - VALUE_GAP / 2 - 60.0
        self._set(label, entry.label, (left, y), color)
        if here:
            self._underline(left, left + label.width, y)
        value = self.layer.words(size, "right")
        shown = f"‹ {entry.value} ›" if here and entry.value else entry.value
        self._set(value, shown, (middle + VALUE_GAP / 2 + 60.0, y), color)
        return label, value, _box(x, y, VALUE_GAP / 2 + 80.0, step)

    def _set(
        self, words: Words, text: str, place: tuple[float, float], color: tuple[float, float, float]
    ) -> None:
        words.say(text)
        words.place(*place)
        words.paint(1.0, color)

    def _underline(self, left: float, right: float, y: float) -> None:
        self._mark.cover((left, y + 9.0, right, y + 9.0 + MARK))
        self._mark.paint(0.9, BLUE)

    def under(self, point: tuple[float, float]) -> int | None:
        """Which entry is at a point of the layer."""
        for index, (_, _, (left, top, right, bottom)) in enumerate(self._entries):
            if left <= point[0] <= right and top <= point[1] <= bottom:
                return index
        return None


def _box(x: float, y: float, half: float, step: float) -> Box:
    """The lines' boxes touch, so that the pointer is always over the nearest one."""
    return (x - half, y - step * 0.72, x + half, y + step * 0.28)
