"""Words over the picture: a layer with its own units, drawn after the last pass.

The layer is 1080 units high whatever the window, x to the right from the left edge and y
down from the top, so that "46" means 46 pixels at 1080p.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from panda3d.core import (
    Camera,
    CardMaker,
    DynamicTextFont,
    Filename,
    FontPool,
    GraphicsOutput,
    NodePath,
    OmniBoundingVolume,
    OrthographicLens,
    SamplerState,
    Shader,
    TextNode,
    Texture,
    TransparencyAttrib,
)

from world.errors import DreamError
from world.render.shader import Shaders

HEIGHT = 1080.0
FONT = Path(__file__).parent / "fonts" / "EBGaramond08-Regular.otf"
RASTER = 64  # pixels of the letters in the font's own texture
ABOVE = 100  # sort of the display region: after everything of the picture

Color = tuple[float, float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

PALE: Color = (0.93, 0.90, 0.86)
BLUE: Color = (0.66, 0.86, 1.0)
DIM: Color = (0.76, 0.72, 0.76)
NIGHT: Color = (0.035, 0.02, 0.055)

_ALIGN = {"left": TextNode.ALeft, "center": TextNode.ACenter, "right": TextNode.ARight}


@cache
def load_font() -> DynamicTextFont:
    """The piece's own type. Raises DreamError if its file is missing or broken."""
    font = FontPool.loadFont(Filename.fromOsSpecific(str(FONT)).getFullpath())
    if font is None or not font.isValid():
        raise DreamError(f"{FONT}: the letters are missing; install the piece again")
    font.setPixelsPerUnit(RASTER)
    font.setPageSize(512, 512)
    font.setMinfilter(SamplerState.FTLinearMipmapLinear)
    font.setMagfilter(SamplerState.FTLinear)
    return font


class Words:
    """A line or block of words on a layer. Setting the same words again costs nothing."""

    def __init__(self, path: NodePath, node: TextNode, size: float) -> None:
        self._path, self._node, self.size = path, node, size
        self._alpha = 0.0
        self._color = PALE
        path.hide()

    def say(self, text: str) -> None:
        """Changes the words."""
        if text != self._node.getText():
            self._node.setText(text)

    def place(self, x: float, y: float) -> None:
        """Puts the first line's foot at x, y."""
        self._path.setPos(x, 0.0, -y)

    def paint(self, alpha: float, color: Color | None = None) -> None:
        """Shows the words with this opacity, and colour if one is given; 0 hides them."""
        color = color or self._color
        if (alpha, color) == (self._alpha, self._color):
            return
        self._alpha, self._color = alpha, color
        if alpha <= 0.003:
            self._path.hide()
            return
        self._path.show()
        self._path.setShaderInput("u_color", (*color, alpha))

    @property
    def width(self) -> float:
        """How wide the words are, in units."""
        return float(self._node.getWidth()) * self.size

    @property
    def lines(self) -> int:
        """How many lines they take."""
        return int(self._node.getNumRows())

    def remove(self) -> None:
        """Takes the words away for good."""
        self._path.removeNode()


class Panel:
    """A plain rectangle on a layer."""

    def __init__(self, path: NodePath) -> None:
        self._path = path
        path.hide()

    def cover(self, box: Box) -> None:
        """Lies over left, top, right, bottom."""
        left, top, right, bottom = box
        self._path.setPos(left, 0.0, -bottom)
        self._path.setScale(max(right - left, 1e-3), 1.0, max(bottom - top, 1e-3))

    def paint(self, alpha: float, color: Color = NIGHT) -> None:
        """Shows it with this opacity; 0 hides it."""
        if alpha <= 0.003:
            self._path.hide()
            return
        self._path.show()
        self._path.setShaderInput("u_color", (*color, alpha))


class Layer:
    """The overlay of a window. `attach` again whenever the picture under it was rebuilt."""

    def __init__(self, shaders: Shaders) -> None:
        self._font = load_font()
        self._root = NodePath("words")
        self._root.setTransparency(TransparencyAttrib.MAlpha)
        self._root.setDepthTest(False)
        self._root.setDepthWrite(False)
        self._root.setBin("fixed", 0)
        self._root.setTwoSided(True)
        self._root.setShaderInputs(u_panel=0.0, u_color=(1.0, 1.0, 1.0, 0.0), p3d_Texture0=_white())
        self._lens = OrthographicLens()
        node = Camera("words-camera", self._lens)
        node.setCullBounds(OmniBoundingVolume())
        self._camera = self._root.attachNewNode(node)
        self.width = HEIGHT
        self.dress(shaders)

    def dress(self, shaders: Shaders) -> None:
        """Takes the shader of letters from a library. Raises ShaderError."""
        self._shader: Shader = shaders.get("text")
        self._root.setShader(self._shader)

    def attach(self, window: GraphicsOutput, size: tuple[int, int]) -> None:
        """Draws over `window`, which is `size` pixels."""
        self.width = HEIGHT * size[0] / size[1]
        self._lens.setFilmSize(self.width, HEIGHT)
        self._lens.setNearFar(-10.0, 10.0)
        self._camera.setPos(self.width / 2, 0.0, -HEIGHT / 2)
        region = window.makeDisplayRegion()
        region.setSort(ABOVE)
        region.setCamera(self._camera)

    def visible(self, on: bool) -> None:
        """Shows or hides everything on the layer."""
        if on:
            self._root.show()
        else:
            self._root.hide()

    def words(self, size: float, align: str = "left", *, sort: int = 10) -> Words:
        """New words, `size` units high, aligned left, center or right of their place."""
        node = TextNode("words")
        node.setFont(self._font)
        node.setAlign(_ALIGN[align])
        path = self._root.attachNewNode(node)
        path.setScale(size)
        path.setBin("fixed", sort)
        return Words(path, node, size)

    def panel(self, *, sort: int = 0, soft: bool = False) -> Panel:
        """A new rectangle; a soft one fades out towards its edges."""
        maker = CardMaker("panel")
        maker.setFrame(0, 1, 0, 1)
        path = self._root.attachNewNode(maker.generate())
        path.setShaderInput("u_panel", 2.0 if soft else 1.0)
        path.setBin("fixed", sort)
        return Panel(path)

    def to_units(self, pixels: tuple[float, float], size: tuple[int, int]) -> tuple[float, float]:
        """Pixels of the window as units of the layer."""
        return pixels[0] * self.width / size[0], pixels[1] * HEIGHT / size[1]


def _white() -> Texture:
    """What a panel reads in place of letters."""
    texture = Texture("no-letter")
    texture.setup2dTexture(1, 1, Texture.TUnsignedByte, Texture.FRgba8)
    texture.setClearColor((1, 1, 1, 1))
    return texture
