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

HER = bust.Pose((-0.50, 0.02), 0.0455, 64.0, -12.0, 5.0)
HIM = bust.Pose((0.56, 0.07), 0.0470, -66.0, 2.0, 5.0)
PIT = (-0.6, -0.6, -15.0)

GRASS, SKY = linear(0xE8C088) * 0.55, linear(0xD4B4C4) * 1.12
GOLD, EVENING = linear(0xFFDAAA) * 3.0, linear(0xA8B4E8) * 0.20
EAST, WEST = (
    Lamp(np.asarray(unit(way), dtype=np.float64), GOLD, SKY, GRASS, EVENING)
    for way in ((0.70, 0.46, -0.55), (-0.70, 0.46, -0.55))
)  # what is left of the sun between them, and right of it
BLOUSE, SHIRT = linear(0xE8DCD0) * 0.85, linear(0x8C9CC4) * 0.75
EDGE, RIM = 0.0036, 2.2  # how soft outlines are, and how much they burn
HERS = Cut(
    320, 18, coiffure.swept(0.8), (16.0, 30.0), (0.0, -0.09, -0.15), (0.8, 1.5), 0.30, ahead=0.5
)
HIS = Cut(520, 10, coiffure.tousled, (1.6, 3.4), (0.0, -0.10, -0.10), (0.3, 0.7), 0.6, 0.6, 0.25)


def _his(points: ArrayLike) -> Array:
    return bust.laughing(bust.grown_man(points))


def laugh() -> tuple[Layer, Layer]:
    """Two faces turned to each other: his, then hers."""
    face, row = bust.head(parted=True), bust.teeth()
    far, near = Layer(), Layer()
    _worn(far, HIM, WEST, SHIRT)
    short = [(coiffure.grown(HIS, 7), Style(1.4, 0.8, 0.3, 8.0)),
             (coiffure.strays(120, 8, (0, -0.3, 0.4)), Style(0.5, 1.6, 0.3))]  # fmt: skip
    _person(far, face, row, WEST, HIM, _his, DARK, short, -1.0, 0.18, 0.50)
    _worn(near, HER, EAST, BLOUSE)
    long = [(coiffure.grown(HERS, 3), Style(1.5, 0.8, 0.35, 8.0)),
            (coiffure.strays(260, 4, (0, -1.0, 0.35)), Style(0.5, 1.7, 0.3))]  # fmt: skip
    _person(near, face, row, EAST, HER, bust.laughing, BROWN, long, 1.0, 0.06, 0.0)
    return far, near


def _person(
    layer: Layer, face: bust.Mesh, row: bust.Mesh, lamp: Lamp, pose: bust.Pose, warp: Warp,
    tint: Tint, hair: list[tuple[Array, Style]], side: float, brow: float, beard: float,
) -> None:  # fmt: skip
    """Lays a laughing head with its hair over the layer; `side` is the one that is seen."""
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
    light = drawn(light, found, matrix, warp, (side,), brow)
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
