"""Pictures without a window: a moment and a camera in, pixels out."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.render.frame import Frame
from world.render.graphics import Graphics, open_graphics
from world.render.lens import Camera
from world.render.passes import Size
from world.render.quality import quality
from world.scene.scene import PEOPLE, Scene
from world.timeline import Moment, Visit, at


@lru_cache(maxsize=1)
def headless() -> Graphics:
    """The one context of this process. Raises GraphicsError."""
    return open_graphics()


class Picture:
    """Draws stills of one size, quality, seed and crowd.

    Raises GraphicsError, ShaderError or ValueError for an unknown quality.
    """

    def __init__(
        self, size: Size, level: str = "medium", seed: int = 1, crowd: int = PEOPLE
    ) -> None:
        chosen = quality(level)
        graphics = headless()
        self.scene = Scene(seed, chosen, crowd)
        self.frame = Frame(graphics, self.scene, size, chosen)

    def draw(
        self, moment: Moment, camera: Camera, visit: Visit | None = None, embodied: bool = True
    ) -> NDArray[np.uint8]:
        """(height, width, 3) uint8, row 0 at the top."""
        self.frame.update(at(moment), camera, visit, embodied)
        return self.frame.read()

    def close(self) -> None:
        """Frees the buffers."""
        self.frame.close()
