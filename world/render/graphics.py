"""Opens the graphics pipe: one engine, one pipe, one context that every frame shares."""

from __future__ import annotations

from dataclasses import dataclass

from panda3d.core import (
    FrameBufferProperties,
    GraphicsEngine,
    GraphicsOutput,
    GraphicsPipe,
    GraphicsPipeSelection,
    GraphicsStateGuardian,
    WindowProperties,
    loadPrcFileData,
)

BASELINE = """
gl-version 3 3
gl-coordinate-system default
textures-power-2 none
print-pipe-types 0
notify-level-device fatal
notify-level-egldisplay error
notify-level-display error
notify-level-audio fatal
default-fov 90
support-stencil 0
"""
HEADLESS = """
load-display p3headlessgl
window-type offscreen
sync-video 0
audio-library-name null
"""


class GraphicsError(RuntimeError):
    """The machine cannot draw what was asked; the message says what to do about it."""


@dataclass(frozen=True)
class Graphics:
    """What a buffer is made with: the engine, the pipe, and the window that lends its context."""

    engine: GraphicsEngine
    pipe: GraphicsPipe
    host: GraphicsOutput

    @property
    def gsg(self) -> GraphicsStateGuardian:
        """The context's state guardian, which compiles shaders and holds textures."""
        return self.host.getGsg()


def configure(headless: bool) -> None:
    """Sets Panda3D's options. They only take effect before the first window opens."""
    loadPrcFileData("dawns", BASELINE + (HEADLESS if headless else ""))


def open_graphics() -> Graphics:
    """Opens a context without a window.

    Raises GraphicsError where there is no OpenGL 3.3 to be had.
    """
    configure(headless=True)
    engine = GraphicsEngine.getGlobalPtr()
    pipe = GraphicsPipeSelection.getGlobalPtr().makeModulePipe("p3headlessgl")
    if pipe is None or not pipe.isValid():
        raise GraphicsError(
            "no OpenGL without a window: libEGL or a driver is missing; "
            "on Debian install libegl1 and libgl1-mesa-dri, then run `dawns doctor`"
        )
    host = engine.makeOutput(
        pipe, "host", -1000, FrameBufferProperties(), WindowProperties.size(1, 1),
        GraphicsPipe.BFRefuseWindow,
    )  # fmt: skip
    if host is None:
        raise GraphicsError(
            "the driver opened no buffer to draw in; run `dawns doctor` to see what it offers"
        )
    host.setActive(False)
    engine.openWindows()
    graphics = Graphics(engine, pipe, host)
    require_version(graphics)
    return graphics


def require_version(graphics: Graphics) -> None:
    """Raises GraphicsError unless the context has OpenGL 3.3 and GLSL 3.30."""
    gsg = graphics.gsg
    have = (gsg.getDriverVersionMajor(), gsg.getDriverVersionMinor())
    if have < (3, 3):
        raise GraphicsError(
            f"the driver offers OpenGL {have[0]}.{have[1]}, the dream needs 3.3; "
            "update the graphics driver or use software rendering (Mesa llvmpipe)"
        )
