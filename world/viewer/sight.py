"""What is drawn into the window: the frame, the words over it, and how much of both."""

from __future__ import annotations

import importlib

import numpy as np
from numpy.typing import NDArray

from world.render.frame import Frame
from world.render.lens import Camera
from world.render.quality import QUALITIES, quality
from world.render.shader import Shaders
from world.scene.scene import Scene
from world.timeline import State, Visit, score
from world.viewer.captions import SIZE
from world.viewer.layer import HEIGHT, Layer
from world.viewer.pace import Pace
from world.viewer.window import Window

SETTLE = 0.25  # seconds that the window keeps its size before the picture is built anew
SLOW, PATIENCE = 1.0 / 24.0, 3.0  # seconds a frame, and for how long, before `auto` draws less
WARM_UP = 2.0  # seconds in which slowness does not count: shaders and textures arrive


class Sight:
    """The chain of passes in a window and the layer of words, rebuilt when either must change.

    `wanted` is a quality level or `auto`. Raises GraphicsError and ShaderError.
    """

    def __init__(self, window: Window, scene: Scene, wanted: str) -> None:
        self.window, self.scene = window, scene
        self.wanted = wanted
        self.level = first_level(window, wanted)
        self.frame = self._make()
        self.layer = Layer(self.frame.shaders)
        self.layer.attach(window.win, window.size())
        self.pace = Pace()
        self._resized = False
        self._settling = self._slow = self._age = 0.0

    def show(self, state: State, camera: Camera, visit: Visit) -> None:
        """Puts a moment into the next picture."""
        self.frame.update(state, camera, visit)

    def tick(self, dt: float) -> None:
        """Builds anew once the window has kept a new size; with `auto`, draws what is bearable.

        First the scene's picture becomes smaller, then the level lower.
        """
        if self._resized:
            self._settling += dt
            if self._settling > SETTLE:
                self.rebuild()
        self._age += dt
        if self.wanted != "auto" or self._age < WARM_UP:
            return
        if self.pace.tick(dt):
            self.frame.rescale(self.frame.quality.scale * self.pace.share)
        if not self.pace.at_least:
            return
        self._slow = self._slow + dt if dt > SLOW else max(self._slow - 2.0 * dt, 0.0)
        names = list(QUALITIES)
        below = names.index(self.level) - 1
        if self._slow > PATIENCE and below >= 0:
            self.level = names[below]
            self.rebuild()

    def resized(self) -> None:
        """The window has another size."""
        self._resized, self._settling = True, 0.0

    def draw_as(self, wanted: str) -> None:
        """Another quality, or `auto`."""
        self.wanted = wanted
        level = first_level(self.window, wanted)
        if level != self.level:
            self.level = level
            self.rebuild()

    def rebuild(self) -> None:
        """Builds the passes for the window's size and the level."""
        self._resized = False
        self._settling = self._slow = self._age = 0.0
        self.pace = Pace()
        self.frame.close()
        self.frame = self._make()
        self.layer.dress(self.frame.shaders)
        self.layer.attach(self.window.win, self.window.size())

    def reload(self) -> None:
        """Reads every shader again. Raises ShaderError and keeps the old ones on a mistake."""
        self.frame.reload()
        self.layer.dress(self.frame.shaders)

    def clean(self) -> NDArray[np.uint8]:
        """The picture without any words, (height, width, 3) uint8. Raises DreamError."""
        self.layer.visible(False)
        try:
            return self.window.screenshot()
        finally:
            self.layer.visible(True)

    def _make(self) -> Frame:
        return Frame(
            self.window.graphics,
            self.scene,
            self.window.size(),
            quality(self.level),
            window=self.window.win,
        )


def first_level(window: Window, wanted: str) -> str:
    """The level to begin with: `auto` looks at who draws, the processor or a graphics card."""
    if wanted != "auto":
        return wanted
    return "low" if window.software else "high"


def greet(window: Window) -> None:
    """The first words, while the dream is being built."""
    layer = Layer(Shaders(window.graphics.gsg))
    layer.attach(window.win, window.size())
    words = layer.words(SIZE, "center")
    words.say(score.ACTS[0].text)
    words.place(layer.width / 2, HEIGHT / 2)
    words.paint(0.9)
    for _ in range(2):
        window.draw()
    window.win.removeAllDisplayRegions()


def reload_score() -> None:
    """Reads the tracks of the score again, in place, so that everybody sees the new ones.

    Raises what a mistake in the file raises; the old tracks stay.
    """
    tracks = score.TRACKS
    kept = dict(tracks)
    try:
        importlib.reload(score)
        kept = dict(score.TRACKS)
    finally:
        tracks.clear()
        tracks.update(kept)
        score.TRACKS = tracks
