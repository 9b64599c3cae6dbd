"""What the orb remembers: two who laugh, dew on a blade of grass, and a touched cheek.

People are sculpture looked at once and painted (models/memory/bust.py, models/memory/complexion.py)
with hair of thousands of strands (models/memory/coiffure.py, models/memory/strands.py). Each
memory is three layers, between which the shader shifts: what is far behind, far, and near.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from models import drawing
from models.colour import linear
from models.drawing import CELL, ROWS, Layer, soft
from models.memory import bust, coiffure, strands
from models.memory.coiffure import Cut
from models.memory.complexion import SKIN, Lamp, Warp, drawn, skin
from models.memory.relief import Seen
from models.memory.strands import BROWN, DARK, Style, Tint
from models.mesh import unit
from models.people import body
from models.sdf import smoothstep

Array = NDArray[np.float64]

SIDE = 512  # texels across a layer
BRIGHTEST = 4.0  # light that is kept as 255; what is stored is its square root

HER = bust.Pose((-0.43, -0.02), 0.0455, 54.0, 0.0, -7.0)
HIM = bust.Pose((0.49, 0.10), 0.0470, -56.0, 9.0, 8.0)
PIT = (-0.6, -0.6, -15.0)

GRASS, SKY = linear(0xF0B898) * 0.72, linear(0xDCC0CC) * 0.86
GOLD, EVENING = linear(0xFFD49A) * 3.6, linear(0xA8B4E8) * 0.14
EAST, WEST = (
    Lamp(np.asarray(unit(way), dtype=np.float64), GOLD, SKY, GRASS, EVENING)
    for way in ((0.70, 0.40, -0.62), (-0.70, 0.40, -0.62))
)  # what is left of the sun between them, and right of it
BLOUSE, SHIRT = linear(0xE8DCD0) * 0.85, linear(0x8C9CC4) * 0.75
EDGE, RIM = 0.0036, 2.2  # how soft outlines are, and how much they burn
HERS = Cut(
    320, 18, coiffure.swept(0.8), (16.0, 30.0), (0.0, -0.09, -0.15), (0.8, 1.5), 0.30, ahead=0.5
)
HIS = Cut(900, 10, coiffure.tousled, (1.6, 2.8), (0.0, -0.16, -0.14), (0.15, 0.6), 0.4, 0.6, 0.15)
FOCUS, DEPTH = 0.0045, 0.0135  # of the disc: blur by the eyes and mouths, and beyond them


def _his(points: ArrayLike) -> Array:
    return bust.laughing(bust.grown_man(points))


def laugh() -> tuple[Layer, Layer]:
    """Two faces turned to each other: his, then hers."""
    face, row = bust.head(parted=True), bust.teeth()
    far, near = Layer(), Layer()
    _worn(far, HIM, WEST, SHIRT)
    short = [(coiffure.grown(HIS, 7), Style(0.9, 0.35, 0.15, 8.0, 2.2)),
             (coiffure.grown(HIS, 8)[::6], Style(0.5, 0.7, 0.3, 8.0, 1.0)),
             (coiffure.strays(40, 8, (0, -0.5, 0.2)), Style(0.5, 1.6, 0.3))]  # fmt: skip
    _person(far, face, row, WEST, HIM, _his, DARK, short, 0.10, 0.22)
    _worn(near, HER, EAST, BLOUSE)
    long = [(coiffure.grown(HERS, 3), Style(1.0, 0.40, 0.2, 8.0, 2.6)),
            (coiffure.grown(HERS, 5)[::9], Style(0.6, 1.0, 0.45, 8.0, 0.9)),
            (coiffure.strays(90, 4, (0, -1.0, 0.1)), Style(0.5, 1.7, 0.3))]  # fmt: skip
    _person(near, face, row, EAST, HER, bust.laughing, BROWN, long, 0.05, 0.0)
    return focused(far, HIM, _his), focused(near, HER, bust.laughing)


def focused(layer: Layer, pose: bust.Pose, warp: Warp, most: float = DEPTH) -> Layer:
    """The layer as a lens sees it that is set on the near eye and the mouth: all else the softer
    the further from them it is, to `most` of the disc."""
    x, y = drawing.grid()
    side = float(np.sign(pose.turn))
    there = body.along(pose.matrix(), warp([(3.1 * side, 7.6, 0.0), (1.2 * side, 8.4, -6.2)]))
    away = np.min([np.hypot(x - p[0], y - p[1]) for p in there], axis=0) / pose.size
    both = np.dstack([layer.light, layer.cover])
    out = Layer()
    for blur, start, end in ((FOCUS, 2.0, 4.5), (most, 4.0, 10.0)):
        share = smoothstep(start, end, away)[..., None]
        both = both * (1 - share) + np.dstack([soft(both[..., i], blur) for i in range(4)]) * share
    out.light, out.cover = both[..., :3], both[..., 3]
    return out


def _person(
    layer: Layer, face: bust.Mesh, row: bust.Mesh, lamp: Lamp, pose: bust.Pose, warp: Warp,
    tint: Tint, hair: list[tuple[Array, Style]], brow: float, beard: float,
) -> None:  # fmt: skip
    """Lays a laughing head with its hair over the layer."""
    matrix = pose.matrix()
    skinned = bust.seen(face, warp(face.positions), matrix)
    ivory = bust.seen(row, row.positions, matrix)
    ivory.rest[..., 0] += bust.OF_TEETH * (ivory.height > -1.19)
    found, there = bust.whole(bust.joined(skinned, ivory))
    laid = [strands.lit(body.along(matrix, each), lamp, tint, style) for each, style in hair]
    for each in laid:
        strands.laid(layer, each, found, behind=True)
    sun = soft(bust.shadows(found.height, lamp.way, found.height, 0.4), 0.014)
    sky = bust.crevices(found.height)
    grown = strands.rooted(found.rest)[..., None]
    sun, sky = sun * (1.0 - 0.75 * grown[..., 0]), sky * (1.0 - 0.8 * grown[..., 0])
    albedo = skin(found.rest, beard) * (1 - grown) + 0.5 * (tint.dark + tint.light) * grown
    light = lamp.on(albedo, found, sun, sky, RIM)
    light = drawn(light, found, matrix, warp, (1.0, -1.0), brow, 0.7)
    ivory_there = soft((found.rest[..., 0] > 0.5 * bust.OF_TEETH).astype(np.float64), 0.008)
    edge = np.clip(5.0 * ivory_there * (1.0 - ivory_there), 0.0, 1.0)[..., None]
    light = light * (1 - edge) + np.dstack([soft(light[..., i], 0.007) for i in range(3)]) * edge
    y, z = found.rest[..., 1], found.rest[..., 2]
    neck = np.maximum(
        smoothstep(-12.5, -9.5, z), smoothstep(3.0, 5.0, y) * smoothstep(-12.0, -11.0, z)
    )
    layer.over(light, soft(there * neck, EDGE))
    for each in laid:
        strands.laid(layer, each, found, behind=False)


def _worn(layer: Layer, pose: bust.Pose, lamp: Lamp, albedo: Array) -> None:
    """Lays neck and clothed shoulders over the layer."""
    made = bust.shoulders(PIT)
    upright = bust.Pose(pose.at, pose.size, 0.85 * pose.turn, pose.nod, 0.6 * pose.lean)
    form, there = bust.whole(bust.seen(made, made.positions, upright.matrix()), 0.010)
    rest_x, rest_z = form.rest[..., 0], form.rest[..., 2]
    bare = smoothstep(8.6, 7.8, np.hypot(rest_x, 1.2 * (rest_z + 12.0)))
    x, y = drawing.grid()
    folds = np.sin(46.0 * x + 9.0 * y + 5.0 * np.sin(5.0 * y)) * np.sin(11.0 * x - 7.0 * y)
    bent = form.normal + (drawing.normals(0.006 * folds) - [0, 0, 1]) * (1 - bare)[..., None]
    bent /= np.linalg.norm(bent, axis=2, keepdims=True)
    form = Seen(form.height, bent, form.rest)
    colour = albedo * (1 - bare[..., None]) + SKIN * bare[..., None]
    sky = bust.crevices(form.height)
    light = lamp.on(colour, form, 0.35 + 0.65 * sky, sky, 0.6 * RIM)
    layer.over(light, soft(there, EDGE))


def kept(layer: Layer) -> NDArray[np.uint8]:
    """A layer as bytes (SIDE, SIDE, 4): the root of its light, and how much it covers."""
    both = np.dstack([layer.light, layer.cover])
    grain = np.random.default_rng(1).uniform(-0.5, 0.5, (SIDE, SIDE, 1))  # breaks bands
    at = (np.arange(SIDE) + 0.5) * ROWS / SIDE - 0.5
    rows, columns = np.meshgrid(at, at, indexing="ij")
    small = np.dstack([
        ndimage.map_coordinates(soft(both[..., i], 0.4 * CELL), [rows, columns], order=1)
        for i in range(4)
    ])  # fmt: skip
    small[..., :3] = np.sqrt(np.clip(small[..., :3] / BRIGHTEST, 0.0, 1.0))
    seen = (small[..., 3:] > 0.0) & (small.max(axis=2, keepdims=True) < 0.99)
    out = small * 255 + grain * seen * [1, 1, 1, 0]
    return np.round(np.clip(out, 0.0, 255.0)).astype(np.uint8)


def memories() -> NDArray[np.uint8]:
    """Three columns, behind, far and near; rows from below laugh, dew and touch:
    (3 SIDE, 3 SIDE, 4) bytes, row 0 low."""
    from models.memory import afar, caress, dewdrop

    rows = (
        (afar.summer(), *laugh()),
        (afar.morning(), *dewdrop.dew()),
        (afar.room(), *caress.touch()),
    )
    return np.concatenate([np.concatenate([kept(each) for each in row], axis=1) for row in rows])
