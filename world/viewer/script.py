"""A visitor made of rows: which keys are held when, for walks that nobody has to take."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from world.viewer.input import Keys

if TYPE_CHECKING:
    from world.viewer.walk import Walk

Row = tuple[float, str]  # seconds since the start, and the keys held from then on ("w shift")


@dataclass(frozen=True)
class Script:
    """Rows of (seconds, keys): from each row's time on, exactly its keys are held.

    Raises ValueError for no rows, or rows out of order.
    """

    rows: tuple[Row, ...]

    def __post_init__(self) -> None:
        times = [time for time, _ in self.rows]
        if not times or times != sorted(set(times)):
            raise ValueError("a script needs rows in the order of their times")

    @staticmethod
    def of(rows: Sequence[Row]) -> Script:
        """A script from rows."""
        return Script(tuple(rows))

    @property
    def end(self) -> float:
        """Seconds until the last row."""
        return self.rows[-1][0]

    def held(self, time: float) -> frozenset[str]:
        """The keys that are down at `time` seconds."""
        index = bisect_right(self.rows, time, key=lambda row: row[0])
        return frozenset(self.rows[index - 1][1].split()) if index else frozenset()

    def play(self, keys: Keys, before: float, now: float) -> None:
        """Lets keys go down and up as they do from `before` to `now`."""
        old, new = self.held(before), self.held(now)
        for key in sorted(old - new):
            keys.up(key)
        for key in sorted(new - old):
            keys.down(key)


def rehearse(walk: Walk, script: Script, rate: int, drawn_every: float) -> Iterator[float]:
    """Takes a whole walk at `rate` steps a second, as fast as the machine can.

    A picture is drawn only every `drawn_every` seconds; after each, the seconds are yielded.
    """
    step = 1.0 / rate
    between = max(round(drawn_every * rate), 1)
    for count in range(round(script.end * rate)):
        now = count * step
        script.play(walk.keys, now - step, now)
        walk.step(step)
        if count % between == 0:
            walk.show()
            walk.window.draw()
            yield now
