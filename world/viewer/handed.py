"""What a walk is handed by whoever starts it: a hand that keeps stills, and sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from world.render.lens import Camera
from world.timeline import Moment, Visit


@dataclass(frozen=True)
class Snapshot:
    """A clean still as the walk hands it out to be kept."""

    pixels: NDArray[np.uint8]  # (height, width, 3), row 0 at the top
    moment: Moment
    camera: Camera
    visit: Visit
    quality: str
    seed: int
    crowd: int


class Sound(Protocol):
    """What is heard during a walk; `world.audio` makes it, the walk only tells it where to be."""

    def follow(self, moment: Moment, camera: Camera, volume: float) -> None:
        """It is this moment, and the ears are at this camera."""
        ...

    def pause(self, paused: bool) -> None:
        """Fades out in 0.3 s, or in again."""
        ...

    def close(self) -> None:
        """Falls silent for good."""
        ...


Keep = Callable[[Snapshot], Path]
