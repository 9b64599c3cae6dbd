"""What the orb remembers of people, painted: two who laugh in summer light, and a touched cheek.

A memory is not sculpture: it is light in mist, and people stand dark against it. Faces are
outlines (a head is 1 high, looks along +x, its middle near the ear) that are rounded, lit from
behind and painted upon; hair is thousands of strands. Each memory has two layers, far and near,
between which the shader shifts; what is behind them all is the shader's.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models import drawing, tresses
from models.drawing import ROWS, Layer, Placed, closed, filled, opened, soft, spot, stroke
from models.remembered import Hair, Light, behind, combed, srgb
from models.sdf import smoothstep

Array = NDArray[np.float64]
Points = Sequence[tuple[float, float]]

SIDE = 384  # texels across a layer
BRIGHTEST = 4.0  # light that is kept as 255; what is stored is its square root

# Mother and child, laughing: brow, nose, lips, the open mouth, chin, jaw, nape, crown.
SHE: Points = [
    (0.30, 0.36), (0.375, 0.24), (0.402, 0.12), (0.392, 0.06), (0.383, 0.02), (0.425, -0.045),
    (0.472, -0.112), (0.476, -0.142), (0.450, -0.170), (0.404, -0.180), (0.40, -0.205),
    (0.412, -0.232), (0.400, -0.250), (0.35, -0.252), (0.270, -0.250), (0.30, -0.305),
    (0.342, -0.355), (0.352, -0.38), (0.335, -0.405), (0.318, -0.43), (0.325, -0.475),
    (0.300, -0.520), (0.235, -0.530), (0.13, -0.47), (0.02, -0.36), (-0.05, -0.22), (-0.12, -0.2),
    (-0.31, -0.30), (-0.43, -0.1), (-0.465, 0.1), (-0.37, 0.36), (-0.1, 0.495), (0.13, 0.475),
]  # fmt: skip
CHILD: Points = [
    (0.34, 0.33), (0.415, 0.20), (0.44, 0.06), (0.425, -0.03), (0.397, -0.09), (0.425, -0.135),
    (0.463, -0.168), (0.460, -0.193), (0.425, -0.208), (0.402, -0.216), (0.398, -0.235),
    (0.413, -0.257), (0.40, -0.272), (0.34, -0.270), (0.25, -0.262), (0.29, -0.318), (0.338, -0.36),
    (0.345, -0.385), (0.325, -0.405), (0.315, -0.428), (0.318, -0.462), (0.285, -0.50),
    (0.20, -0.50), (0.07, -0.43), (-0.06, -0.34), (-0.2, -0.30), (-0.30, -0.32), (-0.43, -0.12),
    (-0.48, 0.08), (-0.40, 0.34), (-0.12, 0.495), (0.15, 0.475),
]  # fmt: skip
HER = Placed((-0.37, 0.03), 0.86, 20.0)
THE_CHILD = Placed((0.43, 0.20), 0.70, -4.0, left=True)

SKIN, YOUNG_SKIN, BLUSH = srgb(0xE8AC8C), srgb(0xF0BC9C), srgb(0xD8604C)
BLOUSE, SHIRT, LINEN = srgb(0xB9C4DC) * 0.9, srgb(0xE8D8C8) * 0.9, (0.55, 0.33, 0.16)
TEETH = srgb(0xF0C8A0) * 0.5
SUMMER = Light(
    (0.06, 0.42), 0.0, 0.0, 1.0,
    srgb(0xB8A8D0) * 0.40, srgb(0xD8904C) * 0.55, srgb(0xFFB070) * 0.95, srgb(0xFFDC9C) * 2.3,
)  # fmt: skip
BROWN = Hair(srgb(0x2A1510), srgb(0x8A4C26))
FAIR = Hair(srgb(0x4A2814), srgb(0xA86C30), dense=1.7)


def painted(
    light: Array, where: Placed, line: Points, width: Sequence[float], much: float, tint: Array
) -> Array:
    """The light with a stroke on it; width at its start, middle and end, as shares of the head."""
    wide = np.interp(np.linspace(0, 1, 160), [0, 0.5, 1], width) * where.size
    share = much * stroke(where(opened(line)), wide)[..., None]
    return np.asarray(light * (1 - share) + tint * share)


LASH, BROW = np.array([0.10, 0.03, 0.02]), np.array([0.08, 0.035, 0.02])
FOLD = np.array([0.28, 0.09, 0.05])


def _her_face(light: Array) -> Array:
    for line, width, much, tint in (
        ([(0.225, 0.005), (0.265, 0.034), (0.305, 0.036), (0.338, 0.010)], (0.006, 0.013, 0.008), 0.85, LASH),
        ([(0.19, -0.012), (0.225, 0.003)], (0.006, 0.006, 0.006), 0.5, LASH),
        ([(0.195, 0.02), (0.222, 0.014)], (0.005, 0.005, 0.005), 0.35, LASH),
        ([(0.23, 0.125), (0.30, 0.155), (0.375, 0.13)], (0.008, 0.017, 0.008), 0.55, BROW),
        ([(0.40, -0.155), (0.375, -0.165), (0.365, -0.145)], (0.009, 0.009, 0.009), 0.55, LASH),
        ([(0.36, -0.13), (0.30, -0.19), (0.262, -0.25), (0.25, -0.30)], (0.006, 0.014, 0.010), 0.35, FOLD),
        ([(0.27, -0.25), (0.262, -0.262), (0.285, -0.29)], (0.010, 0.010, 0.010), 0.6, LASH),
    ):  # fmt: skip
        light = painted(light, HER, line, width, much, tint)
    return light


def _childs_face(light: Array) -> Array:
    for line, width, much, tint in (
        ([(0.245, -0.055), (0.285, -0.022), (0.325, -0.022), (0.36, -0.05)], (0.006, 0.014, 0.008), 0.85, LASH),
        ([(0.25, 0.06), (0.32, 0.085), (0.385, 0.06)], (0.008, 0.014, 0.008), 0.35, BROW),
        ([(0.385, -0.195), (0.37, -0.2), (0.36, -0.185)], (0.009, 0.009, 0.009), 0.5, LASH),
        ([(0.35, -0.175), (0.29, -0.215), (0.25, -0.262), (0.245, -0.3)], (0.006, 0.014, 0.010), 0.3, FOLD),
        ([(0.25, -0.262), (0.245, -0.27), (0.27, -0.30)], (0.010, 0.010, 0.010), 0.6, LASH),
    ):  # fmt: skip
        light = painted(light, THE_CHILD, line, width, much, tint)
    return light


def head(
    where: Placed, outline: Points, bumps: Sequence[tuple[tuple[float, float], float, float]],
    skin: Array, blush: tuple[float, float], light: Light, radius: float = 0.19, shade: Array | float = 1.0,
) -> tuple[Array, Array]:  # fmt: skip
    """A head's light (ROWS, ROWS, 3) and where it is.

    bumps : places, radii and heights of what stands out of its roundness, shares of the head
    """
    mask = filled(where(closed(outline)))
    height = drawing.round_form(mask, radius * where.size)
    for place, wide, high in bumps:
        height += high * where.size * spot(where(place), wide * where.size)
    red = 0.5 * spot(where(blush), 0.13 * where.size)[..., None]
    albedo = skin * (1 - red) + BLUSH * red
    return light.on(albedo, mask, drawing.normals(height), shade), mask


def form(
    layer: Layer, ring: Array, albedo: Array, light: Light, radius: float, blur: float,
    folds: Sequence[Points] = (), fold: tuple[float, float] = (0.02, 0.035),
    through: Sequence[float] = (1.0, 0.19, 0.06), shade: Array | float = 1.0,
    cover: Array | float = 1.0,
) -> Array:  # fmt: skip
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


def laugh() -> tuple[Layer, Layer]:
    """A child that is lifted up to its mother's face: itself, then her."""
    return _child(), _mother()


def _child() -> Layer:
    out = Layer()
    neck = [(0.14, -0.35), (0.10, -0.52), (0.13, -0.75), (-0.32, -0.75), (-0.25, -0.5), (-0.27, -0.25)]
    form(out, THE_CHILD(closed(neck)), YOUNG_SKIN * 0.7, SUMMER, 0.12, 0.004)
    body = [(0.34, -0.02), (0.47, -0.12), (0.62, -0.10), (0.76, -0.16), (0.90, -0.34), (0.98, -0.7),
            (1.0, -1.1), (0.30, -1.1), (0.30, -0.7), (0.24, -0.42), (0.25, -0.2)]  # fmt: skip
    folds = [[(0.38, -0.2), (0.41, -0.55), (0.36, -0.9)], [(0.47, -0.16), (0.525, -0.53), (0.5, -0.9)],
             [(0.58, -0.2), (0.69, -0.5), (0.72, -0.8)], [(0.78, -0.22), (0.78, -0.42), (0.70, -0.62)],
             [(0.86, -0.34), (0.83, -0.47), (0.72, -0.6)]]  # fmt: skip
    chin = 1 - 0.55 * soft(filled(THE_CHILD(closed(CHILD)) + [0.0, -0.05]), 0.042)
    form(out, closed(body), SHIRT, SUMMER, 0.2, 0.005, folds, through=LINEN, shade=chin)
    bumps = [((0.20, -0.16), 0.13, 0.045), ((0.33, -0.07), 0.045, -0.012)]
    lit, mask = head(THE_CHILD, CHILD, bumps, YOUNG_SKIN, (0.21, -0.15), SUMMER)
    mouth = [(0.40, -0.267), (0.34, -0.265), (0.28, -0.27), (0.32, -0.292), (0.38, -0.29)]
    out.over(TEETH, 0.9 * soft(filled(THE_CHILD(closed(mouth))), 0.003))
    out.over(_childs_face(lit), soft(mask, 0.0034))
    ear = [(-0.03, 0.02), (0.025, 0.035), (0.045, -0.02), (0.01, -0.10), (-0.025, -0.12), (-0.045, -0.06)]
    form(out, THE_CHILD(closed(ear)), srgb(0xC86E54), SUMMER, 0.03, 0.004, through=(1.0, 0.19, 0.06))
    strands = THE_CHILD(tresses.tousled(2400, 5))
    combed(out, SUMMER, FAIR, strands, behind(mask, THE_CHILD.size), 5)
    return out


def _mother() -> Layer:
    out = Layer()
    neck = [(0.16, -0.40), (0.10, -0.50), (0.07, -0.60), (0.08, -0.80), (0.02, -0.98), (-0.45, -0.95),
            (-0.33, -0.78), (-0.27, -0.5), (-0.27, -0.2), (0, -0.2)]  # fmt: skip
    under = 1 - 0.5 * soft(filled(HER(closed(SHE)) + [-0.02, -0.07]), 0.042)
    form(out, HER(closed(neck)), SKIN * 0.85, SUMMER, 0.12, 0.004, shade=under)
    shoulder = [(-0.30, -0.42), (-0.16, -0.52), (-0.02, -0.60), (0.12, -0.72), (0.2, -0.9),
                (0.22, -1.15), (-1.15, -1.15), (-1.05, -0.8), (-0.86, -0.60), (-0.62, -0.50)]  # fmt: skip
    folds = [[(-0.22, -0.5), (-0.3, -0.75), (-0.34, -1.1)], [(-0.1, -0.58), (-0.12, -0.8), (-0.1, -1.1)],
             [(0.05, -0.68), (0.04, -0.85), (0.08, -1.1)], [(-0.45, -0.5), (-0.56, -0.75), (-0.6, -1.1)],
             [(-0.75, -0.56), (-0.8, -0.8), (-0.82, -1.1)]]  # fmt: skip
    form(out, closed(shoulder), BLOUSE, SUMMER, 0.22, 0.006, folds, (0.022, 0.04), LINEN, under)
    bumps = [((0.20, -0.13), 0.11, 0.030), ((0.33, -0.10), 0.05, -0.012),
             ((0.30, 0.05), 0.05, -0.012), ((0.27, -0.47), 0.08, 0.012)]  # fmt: skip
    lit, mask = head(HER, SHE, bumps, SKIN, (0.21, -0.15), SUMMER)
    mouth = [(0.40, -0.245), (0.34, -0.245), (0.29, -0.252), (0.33, -0.28), (0.385, -0.276)]
    out.over(TEETH, 0.9 * soft(filled(HER(closed(mouth))), 0.003))
    out.over(_her_face(lit), soft(mask, 0.0034))
    solid = behind(mask, HER.size)
    combed(out, SUMMER, Hair(BROWN.dark, BROWN.light, 2.0, 3.6), HER(tresses.tail(900, 11)), None, 2)
    whole = Hair(BROWN.dark, BROWN.light, ends=0.8, through=2.4)
    combed(out, SUMMER, whole, HER(tresses.over_the_crown(tresses.TIED_OVER, 900, 12)), solid, 3)
    combed(out, SUMMER, whole, HER(tresses.tied_back(1900, 13)), solid, 4)
    combed(out, SUMMER, BROWN, HER(tresses.flying(tresses.TIED_OVER, 90, 14)), None, 6)
    fine = Hair(BROWN.dark, BROWN.light, 1.5, 1.6)
    combed(out, SUMMER, fine, HER(tresses.stray(16, 15)), None, 7)
    # The child's arm about her neck lies nearest.
    arm = [(0.44, -0.17), (0.30, -0.26), (0.10, -0.33), (-0.08, -0.37), (-0.14, -0.36), (-0.17, -0.40),
           (-0.13, -0.455), (-0.02, -0.455), (0.12, -0.455), (0.28, -0.42), (0.40, -0.38), (0.50, -0.34)]  # fmt: skip
    form(out, closed(arm), YOUNG_SKIN, SUMMER, 0.075, 0.005)
    sleeve = [(0.60, -0.10), (0.44, -0.12), (0.33, -0.22), (0.29, -0.30), (0.33, -0.43), (0.45, -0.44), (0.60, -0.40)]
    creases = [[(0.5, -0.16), (0.42, -0.26), (0.34, -0.36)], [(0.55, -0.22), (0.48, -0.32), (0.43, -0.42)]]
    x, _ = drawing.grid()
    form(out, closed(sleeve), SHIRT, SUMMER, 0.11, 0.005, creases, (0.018, 0.03), LINEN,
         cover=smoothstep(0.62, 0.46, x))  # fmt: skip
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
