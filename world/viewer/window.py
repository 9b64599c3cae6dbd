"""The window: the one place with a ShowBase. It opens, resizes, goes full screen, loses focus."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable

import numpy as np
from direct.showbase.ShowBase import ShowBase
from numpy.typing import NDArray
from panda3d.core import (
    FrameBufferProperties,
    GraphicsPipeSelection,
    GraphicsWindow,
    ModifierButtons,
    WindowProperties,
    loadPrcFileData,
)

from world.errors import DreamError
from world.render.graphics import Graphics, configure, require_version

Size = tuple[int, int]

TITLE = "A Thousand Dawns"
SMALLEST = 64  # pixels a side: a window that is rolled up still has a picture
OPTIONS = """
load-display pandagl
win-unexposed-draw 0
audio-library-name p3openal_audio
"""
SOFTWARE = ("llvmpipe", "softpipe", "swrast", "software", "gdi generic")


class NoDisplay(DreamError):
    """There is no screen to open a window on."""


class _Base(ShowBase):
    """A ShowBase that opens no sound device: what is heard is the business of the sound."""

    def createBaseAudioManagers(self) -> None:
        """None; a machine without a device would be told of it four times over."""
        self.sfxManagerList: list[object] = []


class Window:
    """An open window with its keyboard, pointer and graphics context.

    `key_down` and `key_up` are called with Panda3D's names of keys and buttons; `resized`
    with pixels; `focus` with whether the window has the keyboard; `closed` when the visitor
    closes it. Raises NoDisplay without a screen, GraphicsError without OpenGL 3.3.
    """

    def __init__(self, size: Size, *, fullscreen: bool = False, quiet: bool = False) -> None:
        self.key_down: Callable[[str], None] = _ignore
        self.key_up: Callable[[str], None] = _ignore
        self.resized: Callable[[Size], None] = _ignore
        self.focus: Callable[[bool], None] = _ignore
        self.closed: Callable[[], None] = _nothing
        self._windowed = size
        _require_display()
        configure(headless=False)
        loadPrcFileData("dawns", OPTIONS)
        if quiet:
            loadPrcFileData("dawns", "audio-library-name null\nsync-video 0\n")
        pipe = GraphicsPipeSelection.getGlobalPtr().makeModulePipe("pandagl")
        if pipe is None or not pipe.isValid():
            raise NoDisplay(_no_display("the screen could not be opened"))
        self.base = _Base(fStartDirect=False, windowType="none")
        self.base.pipe = pipe
        self._open(size, fullscreen)
        require_version(self.graphics)
        self._listen()
        self._size = self.size()
        self._focused = True

    # -- opening ---------------------------------------------------------------------------

    def _open(self, size: Size, fullscreen: bool) -> None:
        frame_buffer = FrameBufferProperties()
        frame_buffer.setRgbColor(True)
        frame_buffer.setRgbaBits(8, 8, 8, 0)
        properties = WindowProperties()  # Panda's default asks for DGA, which makes noise
        properties.setTitle(TITLE)
        properties.setSize(*(self._screen() if fullscreen else size))
        properties.setFullscreen(fullscreen)
        opened = self.base.openMainWindow(
            type="onscreen", props=properties, fbprops=frame_buffer,
            makeCamera=False, requireWindow=False,
        )  # fmt: skip
        if not opened or not isinstance(self.base.win, GraphicsWindow):
            self.base.destroy()
            raise NoDisplay(_no_display("the screen refused a window"))
        self.win: GraphicsWindow = self.base.win
        self.win.removeAllDisplayRegions()  # Panda's own 2D layers, which have no shaders
        self.win.setClearColor((0, 0, 0, 1))
        for _ in range(2):  # until the window system has said how large the window really is
            self.base.graphicsEngine.renderFrame()

    def _screen(self) -> Size:
        pipe = self.base.pipe
        return max(pipe.getDisplayWidth(), SMALLEST), max(pipe.getDisplayHeight(), SMALLEST)

    def _listen(self) -> None:
        thrower = self.base.buttonThrowers[0].node()
        thrower.setButtonDownEvent("dawns-down")
        thrower.setButtonUpEvent("dawns-up")
        thrower.setModifierButtons(ModifierButtons())  # else w is called shift-w while running
        self.base.ignore("window-event")  # ShowBase's own answer to closing is sys.exit
        self.base.accept("window-event", self._changed)
        self.base.accept("dawns-down", lambda name: self.key_down(name))
        self.base.accept("dawns-up", lambda name: self.key_up(name))

    def _changed(self, win: GraphicsWindow) -> None:
        if win != self.win:
            return
        properties = win.getProperties()
        if not properties.getOpen():
            self.closed()
            return
        if properties.getForeground() != self._focused:
            self._focused = properties.getForeground()
            self.focus(self._focused)
        size = self.size()
        if size != self._size:
            self._size = size
            self.resized(size)

    # -- what the walk asks ----------------------------------------------------------------

    @property
    def graphics(self) -> Graphics:
        """What a Frame draws with: the window lends its context."""
        return Graphics(self.base.graphicsEngine, self.base.pipe, self.win)

    @property
    def software(self) -> bool:
        """Whether the processor draws, not a graphics card."""
        renderer = self.win.getGsg().getDriverRenderer().lower()
        return any(name in renderer for name in SOFTWARE)

    def size(self) -> Size:
        """Pixels, never less than SMALLEST a side."""
        properties = self.win.getProperties()
        if not properties.hasSize():
            return self._windowed
        return max(properties.getXSize(), SMALLEST), max(properties.getYSize(), SMALLEST)

    def pointer(self) -> tuple[float, float] | None:
        """Where the pointer is, in pixels from the upper left, or None while it is elsewhere."""
        data = self.win.getPointer(0)
        x, y = data.getX(), data.getY()
        if not (math.isfinite(x) and math.isfinite(y)):
            return None
        return (x, y) if self._relative() or data.getInWindow() else None

    def warp(self, x: int, y: int) -> bool:
        """Puts the pointer somewhere; False where the system forbids it."""
        return bool(self.win.movePointer(0, x, y))

    def capture(self, on: bool) -> bool:
        """Hides the pointer and asks for relative motion; True where the system gives it.

        Panda3D 1.10 has it on macOS, and on X11 with DGA alone. Where it is refused, which
        shows once the request has been worked through, the pointer is at least kept inside.
        """
        if not on:
            self._ask(False, WindowProperties.M_absolute)
            return False
        if not _never_relative():
            self._ask(True, WindowProperties.M_relative)
        if not self._relative():
            self._ask(True, WindowProperties.M_confined)
        return self._relative()

    def _ask(self, hidden: bool, mode: int) -> None:
        wanted = WindowProperties()
        wanted.setCursorHidden(hidden)
        wanted.setMouseMode(mode)
        self.win.requestProperties(wanted)
        self.base.graphicsEngine.openWindows()  # works through the request without drawing

    def _relative(self) -> bool:
        return bool(self.win.getProperties().getMouseMode() == WindowProperties.M_relative)

    def toggle_fullscreen(self) -> None:
        """Full screen, or back to the size from before."""
        wanted = WindowProperties()
        full = not self.win.getProperties().getFullscreen()
        if full:
            self._windowed = self.size()
        wanted.setFullscreen(full)
        wanted.setSize(*(self._screen() if full else self._windowed))
        if full:
            wanted.setOrigin(0, 0)
        self.win.requestProperties(wanted)

    def printed(self, key: str) -> str:
        """The name of the key at the place where a QWERTY board has `key`, or "" if unknown."""
        keyboard = self.win.getKeyboardMap()
        handle = keyboard.getMappedButton(key) if keyboard is not None else None
        name = handle.getName() if handle is not None else "none"
        return "" if name == "none" else str(name)

    def draw(self) -> None:
        """Reads keys and pointer, answers the window system, and draws one picture."""
        self.base.dgTrav.traverse(self.base.dataRootNode)
        self.base.eventMgr.doEvents()
        self.base.graphicsEngine.renderFrame()

    def screenshot(self) -> NDArray[np.uint8]:
        """Draws once and returns the picture: (height, width, 3) uint8, row 0 at the top.

        Raises DreamError where the driver does not let the window be read.
        """
        self.base.graphicsEngine.renderFrame()
        texture = self.win.getScreenshot()
        if texture is None or not texture.hasRamImage():
            raise DreamError("the window cannot be read back; use `dawns shot` instead")
        raw = np.frombuffer(texture.getRamImageAs("RGB"), dtype=np.uint8)
        return raw.reshape(texture.getYSize(), texture.getXSize(), 3)[::-1].copy()

    def close(self) -> None:
        """Closes the window and what belongs to it."""
        self.base.ignoreAll()
        self.base.destroy()


def _ignore(_: object) -> None:
    """Nobody listens yet."""


def _nothing() -> None:
    """Nobody listens yet."""


def _never_relative() -> bool:
    """Where asking for relative motion only makes noise: Windows, and X11 without DGA."""
    return sys.platform == "win32" or "WAYLAND_DISPLAY" in os.environ


def _require_display() -> None:
    """Raises NoDisplay on a system of X11 or Wayland that has told nobody of a screen."""
    if sys.platform in ("win32", "darwin"):
        return
    if not os.environ.get("DISPLAY"):
        raise NoDisplay(_no_display("no display is set"))


def _no_display(why: str) -> str:
    return (
        f"there is no screen to walk on ({why}); make a film or a sheet of pictures instead, "
        "with `dawns film` or `dawns sheet`"
    )
