"""Buffers and full-picture passes: the pieces that a frame is built from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    BitMask32,
    Camera,
    FrameBufferProperties,
    Geom,
    GeomNode,
    GeomTriangles,
    GeomVertexData,
    GeomVertexFormat,
    GeomVertexWriter,
    GraphicsBuffer,
    GraphicsOutput,
    GraphicsPipe,
    LVecBase2,
    MatrixLens,
    NodePath,
    OmniBoundingVolume,
    SamplerState,
    Shader,
    Texture,
    WindowProperties,
)

from world.render.graphics import Graphics, GraphicsError

Size = tuple[int, int]

LARGEST = 2**31  # bytes: Panda3D aborts the process on a bigger picture


@dataclass
class Pass:
    """One step of a frame: its name, where it draws, and the textures that it leaves."""

    name: str
    output: GraphicsOutput
    color: Texture | None
    depth: Texture | None
    path: NodePath | None = None  # the full-picture triangle, for passes that are one

    def resize(self, size: Size) -> None:
        """Draws a picture of another size from the next frame on."""
        if not isinstance(self.output, GraphicsBuffer):
            raise ValueError(f"the pass {self.name} draws into a window, whose size is its own")
        self.output.setSize(*size)

    def inputs(self, values: Mapping[str, object]) -> None:
        """Gives the full-picture triangle these shader inputs."""
        if self.path is None:
            raise ValueError(f"the pass {self.name} draws a scene, not a triangle")
        self.path.setShaderInputs(**values)


def triangle(name: str) -> NodePath:
    """A triangle that covers the whole picture, in clip space."""
    data = GeomVertexData(name, GeomVertexFormat.getV3(), Geom.UHStatic)
    data.setNumRows(3)
    writer = GeomVertexWriter(data, "vertex")
    for x, y in ((-1, -1), (3, -1), (-1, 3)):
        writer.addData3(x, y, 0)
    primitive = GeomTriangles(Geom.UHStatic)
    primitive.addVertices(0, 1, 2)
    geom = Geom(data)
    geom.addPrimitive(primitive)
    node = GeomNode(name)
    node.addGeom(geom)
    node.setBounds(OmniBoundingVolume())
    node.setFinal(True)
    path = NodePath(node)
    path.setTwoSided(True)
    return path


def buffer(
    graphics: Graphics,
    name: str,
    size: Size,
    sort: int,
    *,
    color: str | None = "half",
    depth: bool = False,
) -> Pass:
    """An offscreen picture. `color` is float (RGBA32F), half (RGBA16F), byte (RGBA8) or None.

    Raises GraphicsError when the driver refuses, or the picture is too large to hold.
    """
    width, height = max(size[0], 1), max(size[1], 1)
    if width * height * 8 >= LARGEST:
        raise GraphicsError(
            f"a picture of {width}x{height} is too large to hold; make it smaller "
            "or draw at a lower quality"
        )
    properties = FrameBufferProperties()
    if color in ("half", "float"):
        bits = 16 if color == "half" else 32
        properties.setFloatColor(True)
        properties.setRgbaBits(bits, bits, bits, bits)
    elif color == "byte":
        properties.setRgbaBits(8, 8, 8, 8)
    if depth:
        properties.setDepthBits(32)
        properties.setFloatDepth(True)
    output = graphics.engine.makeOutput(
        graphics.pipe, name, sort, properties, WindowProperties.size(width, height),
        GraphicsPipe.BFRefuseWindow | GraphicsPipe.BFResizeable, graphics.gsg, graphics.host,
    )  # fmt: skip
    if output is None:
        raise GraphicsError(f"the driver refused a {width}x{height} picture for {name}")
    output.setClearColorActive(False)
    output.setClearDepthActive(depth)
    color_texture = _attach(output, name, GraphicsOutput.RTPColor) if color else None
    depth_texture = _attach(output, f"{name}-depth", GraphicsOutput.RTPDepth) if depth else None
    return Pass(name, output, color_texture, depth_texture)


def _attach(output: GraphicsOutput, name: str, plane: int) -> Texture:
    texture = Texture(name)
    texture.setWrapU(SamplerState.WMClamp)
    texture.setWrapV(SamplerState.WMClamp)
    is_color = plane == GraphicsOutput.RTPColor
    kind = SamplerState.FTLinear if is_color else SamplerState.FTNearest
    texture.setMinfilter(kind)
    texture.setMagfilter(kind)
    output.addRenderTexture(texture, GraphicsOutput.RTMBindOrCopy, plane)
    return texture


def camera_for(output: GraphicsOutput, root: NodePath, mask: int) -> NodePath:
    """A camera under `root` that draws the nodes of one mask bit into `output`."""
    node = Camera(f"{output.getName()}-camera")
    node.setCameraMask(BitMask32.bit(mask))
    path = root.attachNewNode(node)
    region = output.makeDisplayRegion()
    region.setCamera(path)
    return path


def fill(output: GraphicsOutput, shader: Shader, name: str) -> NodePath:
    """Draws a full-picture triangle with `shader` into `output`; returns the triangle."""
    path = triangle(name)
    path.setShader(shader)
    path.setDepthTest(False)
    path.setDepthWrite(False)
    root = NodePath(f"{name}-root")
    path.reparentTo(root)
    node = Camera(f"{name}-camera", MatrixLens())
    output.makeDisplayRegion().setCamera(root.attachNewNode(node))
    return path


def full_pass(
    graphics: Graphics, name: str, size: Size, sort: int, shader: Shader, *, color: str = "half"
) -> Pass:
    """A buffer that one full-picture triangle fills."""
    made = buffer(graphics, name, size, sort, color=color)
    made.path = fill(made.output, shader, name)
    return made


def pixels(graphics: Graphics, texture: Texture) -> NDArray[np.uint8]:
    """A byte texture as (height, width, 3) RGB, row 0 at the top."""
    graphics.engine.extractTextureData(texture, graphics.gsg)
    raw = np.frombuffer(texture.getRamImageAs("RGB"), dtype=np.uint8)
    return raw.reshape(texture.getYSize(), texture.getXSize(), 3)[::-1].copy()


def size_of(made: Pass) -> Size:
    """Width and height of what a pass draws into, pixels."""
    return made.output.getFbXSize(), made.output.getFbYSize()


def texel(size: Size) -> LVecBase2:
    """One pixel of a picture of this size in texture units."""
    return LVecBase2(1 / size[0], 1 / size[1])


def black() -> Texture:
    """One black texel, for a look-up that is switched off."""
    texture = Texture("black")
    texture.setup2dTexture(1, 1, Texture.TUnsignedByte, Texture.FRgba8)
    texture.setClearColor((0, 0, 0, 1))
    return texture


def no_shadow() -> Texture:
    """A sun's map of one texel in which nothing casts a shadow."""
    texture = Texture("no-shadow")
    texture.setup2dTexture(1, 1, Texture.TFloat, Texture.FDepthComponent)
    texture.setClearColor((1, 1, 1, 1))
    texture.setMinfilter(SamplerState.FTShadow)
    texture.setMagfilter(SamplerState.FTShadow)
    return texture


def raw_sampler() -> SamplerState:
    """How a depth texture is read for its distances, not as a comparison."""
    return _sampler(SamplerState.FTNearest, SamplerState.FTNearest, SamplerState.WMClamp)


def one_level_sampler() -> SamplerState:
    """A tile without a blend between its sizes, which costs software renderers half the look-up."""
    small = SamplerState.FTLinearMipmapNearest
    return _sampler(small, SamplerState.FTLinear, SamplerState.WMRepeat)


def _sampler(small: int, large: int, wrap: int) -> SamplerState:
    sampler = SamplerState()
    sampler.setMinfilter(small)
    sampler.setMagfilter(large)
    sampler.setWrapU(wrap)
    sampler.setWrapV(wrap)
    return sampler
