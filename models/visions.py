"""What the orb remembers of people, painted: two who laugh in summer light, and a touched cheek.

A memory is not sculpture: it is light in mist, and people stand dark against it. Their outlines
(models/outlines.py) are rounded, lit from behind and painted upon; hair is thousands of strands.
Each memory has two layers, far and near, between which the shader shifts; what is behind them
all is the shader's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from models import drawing, tresses
from models import outlines as draw
from models.colour import linear
from models.drawing import ROWS, Layer, Placed, closed, filled, opened, soft, spot, stroke
from models.outlines import Bump, Points, Stroke
from models.remembered import Hair, Light, behind, combed
from models.sdf import smoothstep

Array = NDArray[np.float64]

SIDE = 384  # texels across a layer
BRIGHTEST = 4.0  # light that is kept as 255; what is stored is its square root

HER = Placed((-0.37, 0.03), 0.86, 20.0)
THE_CHILD = Placed((0.43, 0.20), 0.70, -4.0, left=True)

SKIN, YOUNG_SKIN, BLUSH = linear(0xE8AC8C), linear(0xF0BC9C), linear(0xD8604C)
BLOUSE, SHIRT = linear(0xB9C4DC) * 0.9, linear(0xE8D8C8) * 0.9
FLESH, LINEN = (1.0, 0.19, 0.06), (0.55, 0.33, 0.16)  # what light is once it has come through
ROSE_LIPS = linear(0xC05848)
SUMMER = Light(
    (0.06, 0.42), 0.0, 0.0, 1.0,
    linear(0xB8A8D0) * 0.40, linear(0xD8904C) * 0.55,
    linear(0xFFB070) * 0.95, linear(0xFFDC9C) * 2.3,
)  # fmt: skip
SKULL, EDGE = 0.19, 0.0034  # how round a head is, of its height; how soft its outline, of the disc
GOLD = linear(0xFFB050)
BROWN = Hair(linear(0x2A1510), linear(0x8A4C26), GOLD)
WHOLE = replace(BROWN, ends=0.8, through=2.4)
FAIR = Hair(linear(0x4A2814), linear(0xA86C30), GOLD, dense=1.7)


def painted(light: Array, where: Placed, strokes: Iterable[Stroke]) -> Array:
    """The light (ROWS, ROWS, 3) with brush strokes on it, whose widths are shares of the head."""
    for each in strokes:
        width = np.interp(np.linspace(0, 1, 160), [0, 0.5, 1], each.width) * where.size
        share = each.much * stroke(where(opened(each.line)), width)[..., None]
        light = light * (1 - share) + np.array(each.ink) * share
    return light


def head(
    where: Placed,
    outline: Points,
    bumps: Iterable[Bump],
    skin: Array,
    blush: tuple[float, float],
    light: Light,
    shade: Array | float = 1.0,
) -> tuple[Array, Array]:
    """A head's light (ROWS, ROWS, 3) and where it is.

    bumps : places, radii and heights of what stands out of its roundness, shares of the head
    """
    mask = filled(where(closed(outline)))
    height = drawing.round_form(mask, SKULL * where.size)
    for place, wide, high in bumps:
        height += high * where.size * spot(where(place), wide * where.size)
    red = 0.5 * spot(where(blush), 0.13 * where.size)[..., None]
    albedo = skin * (1 - red) + BLUSH * red
    return light.on(albedo, mask, drawing.normals(height), shade), mask


def reddened(light: Array, mask: Array, ring: Array, skin: Array, lips: Array) -> Array:
    """The light (ROWS, ROWS, 3) of a face whose lips lie within the ring."""
    red = 0.5 * (soft(filled(ring), 0.005) * mask)[..., None]
    return light * (1 - red) + light * lips / skin * red


def finger(line: Points, width: Sequence[float]) -> Array:
    """The ring (n, 2) about a finger that runs along a line; half widths at root, middle, tip."""
    run = opened(line, 40)
    along = np.gradient(run, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    beside = np.column_stack([-along[:, 1], along[:, 0]])
    wide = np.interp(np.linspace(0, 1, 40), [0, 0.5, 1], width)[:, None]
    turn = np.linspace(np.pi / 2, -np.pi / 2, 16)[1:-1, None]
    tip = run[-1] + wide[-1] * (np.cos(turn) * along[-1] + np.sin(turn) * beside[-1])
    return np.concatenate([run + beside * wide, tip, (run - beside * wide)[::-1]])


def ear(layer: Layer, where: Placed, outline: Points, skin: Array) -> None:
    """Lays an ear over the layer, which the head keeps from the sun; its hollow is dark."""
    ring = where(closed(outline))
    form(layer, ring, skin * 0.85, SUMMER, 0.03, 0.008, through=(0.3, 0.05, 0.02), shade=0.24)
    middle = ring.mean(axis=0)
    layer.mixed(
        skin * (0.10, 0.04, 0.03), 0.6 * soft(filled(middle + 0.5 * (ring - middle)), 0.006)
    )


def form(
    layer: Layer,
    ring: Array,
    albedo: Array,
    light: Light,
    radius: float,
    blur: float,
    *,
    folds: Iterable[Points] = (),
    fold: tuple[float, float] = (0.02, 0.035),
    through: Sequence[float] = FLESH,
    shade: Array | float = 1.0,
    cover: Array | float = 1.0,
) -> Array:
    """Lays a rounded form over the layer and says where it is.

    folds : lines of the disc that stand out of it; fold : how high and wide
    """
    mask = filled(ring)
    height = drawing.round_form(mask, radius)
    for line in folds:
        height += fold[0] * stroke(opened(line), fold[1])
    layer.over(
        light.on(albedo, mask, drawing.normals(height), shade, through), soft(mask, blur) * cover
    )
    return mask


def shade_below(ring: Array, shift: tuple[float, float]) -> Array:
    """How much a form hides from the light of what lies so far beside it, 0 to 1."""
    return soft(filled(ring + np.array(shift)), 0.042)


def laugh() -> tuple[Layer, Layer]:
    """A child that is lifted up to its mother's face: itself, then her."""
    return _child(), _mother()


def _child() -> Layer:
    out = Layer()
    form(out, THE_CHILD(closed(draw.CHILDS_NECK)), YOUNG_SKIN * 0.7, SUMMER, 0.12, 0.004)
    chin = 1 - 0.55 * shade_below(THE_CHILD(closed(draw.CHILD)), (0.0, -0.05))
    form(
        out, closed(draw.SHIRT), SHIRT, SUMMER, 0.2, 0.005,
        folds=draw.SHIRT_FOLDS, through=LINEN, shade=chin,
    )  # fmt: skip
    lit, mask = head(THE_CHILD, draw.CHILD, draw.CHILDS_BUMPS, YOUNG_SKIN, (0.21, -0.15), SUMMER)
    lit = reddened(lit, mask, THE_CHILD(closed(draw.CHILDS_LIPS)), YOUNG_SKIN, ROSE_LIPS)
    out.over(painted(lit, THE_CHILD, draw.CHILDS_FEATURES), soft(mask, EDGE))
    ear(out, THE_CHILD, draw.CHILDS_EAR, YOUNG_SKIN)
    strands = THE_CHILD(tresses.tousled(2400, 5))
    combed(out, SUMMER, FAIR, strands, behind(mask, THE_CHILD.size), 5)
    return out


def _mother() -> Layer:
    out = Layer()
    under = 1 - 0.5 * shade_below(HER(closed(draw.SHE)), (-0.02, -0.07))
    form(out, HER(closed(draw.HER_NECK)), SKIN * 0.85, SUMMER, 0.12, 0.004, shade=under)
    form(
        out, closed(draw.BLOUSE), BLOUSE, SUMMER, 0.22, 0.006,
        folds=draw.BLOUSE_FOLDS, fold=(0.022, 0.04), through=LINEN, shade=under,
    )  # fmt: skip
    lit, mask = head(HER, draw.SHE, draw.HER_BUMPS, SKIN, (0.21, -0.15), SUMMER)
    lit = reddened(lit, mask, HER(closed(draw.HER_LIPS)), SKIN, ROSE_LIPS)
    out.over(painted(lit, HER, draw.HER_FEATURES), soft(mask, EDGE))
    ear(out, HER, draw.HER_EAR, SKIN)
    solid, over = behind(mask, HER.size), tresses.TIED_OVER
    for hair, strands, through, seed in (
        (replace(BROWN, dense=2.0, through=3.6), tresses.tail(900, 11), None, 2),
        (WHOLE, tresses.over_the_crown(over, 900, 12), solid, 3),
        (WHOLE, tresses.tied_back(1900, 13), solid, 4),
        (BROWN, tresses.flying(over, 90, 14), None, 6),
        (replace(BROWN, dense=1.5, through=1.6), tresses.stray(16, 15), None, 7),
    ):
        combed(out, SUMMER, hair, HER(strands), through, seed)
    # The child's arm lies nearest, its hand upon her jaw.
    for line, width in draw.FINGERS:
        form(out, finger(line, width), YOUNG_SKIN, SUMMER, 0.024, 0.0035, shade=0.8)
    form(out, closed(draw.PALM), YOUNG_SKIN, SUMMER, 0.06, 0.006, shade=0.85)
    form(out, closed(draw.ARM), YOUNG_SKIN, SUMMER, 0.075, 0.006)
    x, _ = drawing.grid()
    form(
        out, closed(draw.SLEEVE), SHIRT, SUMMER, 0.11, 0.005,
        folds=draw.SLEEVE_FOLDS, fold=(0.018, 0.03), through=LINEN, cover=smoothstep(0.62, 0.46, x),
    )  # fmt: skip
    return out


def kept(layer: Layer) -> NDArray[np.uint8]:
    """A layer as bytes (SIDE, SIDE, 4): the root of its light, and how much it covers."""
    both = np.dstack([layer.light, layer.cover])
    step = ROWS // SIDE
    small = both.reshape(SIDE, step, SIDE, step, 4).mean(axis=(1, 3))
    small[..., :3] = np.sqrt(np.clip(small[..., :3] / BRIGHTEST, 0.0, 1.0))
    return np.round(np.clip(small, 0.0, 1.0) * 255).astype(np.uint8)


def memories() -> NDArray[np.uint8]:
    """Laugh, far and near, then touch: (SIDE, 4 SIDE, 4) bytes, row 0 low."""
    from models import caress

    return np.concatenate([kept(layer) for layer in (*laugh(), *caress.touch())], axis=1)
