"""A stand-in that draws one grey a moment, so that stills and films need no screen."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from world.capture import still
from world.render.lens import Camera
from world.timeline.clock import Moment, moment_at
from world.timeline.state import Visit

WHEN = datetime(2030, 5, 4, 3, 2, 1, tzinfo=UTC)
SMALL = (32, 18)


class Flat:
    """Paints one grey for each story second, and remembers what it was asked."""

    def __init__(self, size: tuple[int, int] = SMALL, stop_after: int | None = None) -> None:
        self.size, self.asked, self.stop_after = size, list[float](), stop_after

    def draw(self, moment: Moment, camera: Camera, visit: Visit, embodied: bool) -> still.Pixels:
        if self.stop_after is not None and len(self.asked) == self.stop_after:
            raise KeyboardInterrupt
        self.asked.append(moment.story)
        width, height = self.size
        return np.full((height, width, 3), grey(moment.story), dtype=np.uint8)

    def close(self) -> None:
        self.asked.clear()


def grey(story: float) -> int:
    return 40 + int(story) % 180


def a_still(story: float = 45.0, **changes: object) -> still.Still:
    values: dict[str, object] = {
        "moment": moment_at(story),
        "camera": Camera.looking((18, -1.5, 1.6), (0, 0, 2), 80),
        "size": SMALL,
        "quality": "low",
        "seed": 7,
        **changes,
    }
    return still.Still(**values)  # type: ignore[arg-type]
