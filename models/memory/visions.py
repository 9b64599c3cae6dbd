"""What the orb remembers of people: a mother and her child who laugh, and a touched cheek.

They are sculpture looked at once and painted (models/memory/bust.py, models/memory/complexion.py),
hair is thousands of strands (models/memory/coiffure.py). Each memory has two layers, far and near,
between which the shader shifts; what is behind them all is the shader's.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models import drawing
from models.colour import linear
from models.drawing import ROWS, Layer, soft
from models.memory import bust, coiffure, relief
from models.memory.coiffure import BROWN, FAIR, Tint, haired
from models.memory.complexion import SKIN, Lamp, Warp, drawn, skin
from models.memory.relief import Seen
from models.mesh import unit
from models.sdf import Clay, cone, ellipsoid, smoothstep, tube

Array = NDArray[np.float64]

SIDE = 384  # texels across a layer
BRIGHTEST = 4.0  # light that is kept as 255; what is stored is its square root

HER = bust.Pose((-0.30, 0.13), 0.0400, 80.0, -2.0, -2.0)
HER_BODY = bust.Pose((-0.33, 0.13), 0.0400, 68.0, 0.0, 4.0)
PIT = (-0.6, -0.6, -16.0)
THE_CHILD = bust.Pose((0.405, 0.125), 0.0345, -80.0, 0.0, 6.0)
# The child's arm (x, y, z of the disc), about her neck, where its hand is hidden.
SHOULDER, ELBOW, WRIST = (0.52, -0.29, 0.10), (0.24, -0.43, 0.10), (-0.34, -0.42, -0.1)
STEP = 0.010  # of the disc

GRASS, SKY = linear(0xC07848) * 0.36, linear(0xB48C90) * 0.34
GOLD, EVENING = linear(0xFFC890) * 1.9, linear(0xB0B8E0) * 0.16
EAST, WEST = (
    Lamp(np.asarray(unit(way), dtype=np.float64), GOLD, SKY, GRASS, EVENING)
    for way in ((0.80, 0.46, -0.42), (-0.80, 0.46, -0.42))
)  # what is left of the sun between them, and right of it
BLOUSE, SHIRT = linear(0xB4C0DC) * 0.85, linear(0xEADCCB) * 0.85
EDGE, RIM = 0.0036, 0.9  # how soft outlines are, and how much they burn


def _little(points: object) -> Array:
    return bust.small(bust.laughing(np.asarray(points, dtype=np.float64)))


def laugh() -> tuple[Layer, Layer]:
    """A child that is lifted up to its mother's face: itself, then her and its arm."""
    face = bust.head()
    return _child(face), _mother(face)


def _person(
    layer: Layer, found: Seen, lamp: Lamp, pose: bust.Pose, warp: Warp, tint: Tint,
    groups: tuple[tuple[Array, float], ...], side: float, brow: float,
) -> None:  # fmt: skip
    """Lays a laughing head with its hair over the layer; `side` is the one that is seen."""
    matrix = pose.matrix()
    face, there = bust.whole(found)
    sun = soft(bust.shadows(face.height, lamp.way, face.height, 0.4), 0.014)
    sky = bust.crevices(face.height)
    for behind in (True, False):
        if not behind:
            light = lamp.on(skin(face.rest), face, sun, sky, RIM)
            light = haired(light, face, sun, lamp, tint)
            # The throat goes over into the body's own.
            y, z = face.rest[..., 1], face.rest[..., 2]
            neck = np.maximum(smoothstep(-12.0, -9.0, z), smoothstep(3.0, 5.0, y))
            light = drawn(light, face, matrix, warp, (side,), brow)
            layer.over(light, soft(there * neck, EDGE))
        for lines, dense in groups:
            moved = warp(lines.reshape(-1, 3)).reshape(lines.shape)
            coiffure.laid(layer, moved, matrix, face, sun, lamp, tint, dense=dense, behind=behind)


def _worn(layer: Layer, found: Seen, lamp: Lamp, albedo: Array, bare: Array) -> None:
    """Lays a clothed form over the layer, `bare` (ROWS, ROWS) where skin is seen."""
    form, there = bust.whole(found, 0.010)
    x, y = drawing.grid()
    folds = np.sin(46.0 * x + 9.0 * y + 5.0 * np.sin(5.0 * y)) * np.sin(11.0 * x - 7.0 * y)
    crease = drawing.normals(0.006 * folds)
    bent = form.normal + (crease - [0, 0, 1]) * (1 - bare)[..., None]
    bent /= np.linalg.norm(bent, axis=2, keepdims=True)
    form = Seen(form.height, bent, form.rest)
    colour = albedo * (1 - bare[..., None]) + SKIN * bare[..., None]
    sky = bust.crevices(form.height)
    light = lamp.on(colour, form, 0.35 + 0.65 * sky, sky, 0.6 * RIM)
    layer.over(light, soft(there, EDGE))


def _child(face: bust.Mesh) -> Layer:
    out = Layer()
    clay = Clay((-0.5, -1.05, -0.5), (1.0, 0.1, 0.5), STEP)
    clay.add(ellipsoid((0.56, -0.68, -0.04), (0.23, 0.46, 0.22)))
    clay.add(cone((0.52, -0.24, -0.06), (0.55, 0.02, -0.08), 0.135, 0.125), 0.12)
    clay.add(cone(SHOULDER, (0.64, -0.30, -0.10), 0.11, 0.11), 0.12)
    clay.add(tube([SHOULDER, ELBOW, WRIST], [0.100, 0.078, 0.046]), 0.05)
    trunk = bust.meshed(clay, 30000)
    x, y = drawing.grid()
    found = relief.of_mesh(trunk, trunk.positions, np.eye(4))
    bare = np.maximum(smoothstep(-0.24, -0.20, y), smoothstep(0.34, 0.31, x))
    _worn(out, found, WEST, SHIRT, bare)
    found = bust.seen(face, _little(face.positions), THE_CHILD.matrix())
    groups = ((coiffure.curls(5), 2.0),)
    _person(out, found, WEST, THE_CHILD, _little, FAIR, groups, -1.0, 0.02)
    return out


def _mother(face: bust.Mesh) -> Layer:
    out = Layer()
    shoulders = bust.shoulders(PIT)
    found = bust.seen(shoulders, shoulders.positions, HER_BODY.matrix())
    rest = bust.whole(found)[0].rest
    x, z = rest[..., 0], rest[..., 2]
    bare = smoothstep(8.2, 7.4, np.hypot(x, 1.25 * (z + 12.5)))
    _worn(out, found, EAST, BLOUSE, bare)
    found = bust.seen(face, bust.laughing(face.positions), HER.matrix())
    groups = ((coiffure.combed(3), 2.3), (coiffure.knot(4), 2.6), (coiffure.loose(6), 1.4))
    _person(out, found, EAST, HER, bust.laughing, BROWN, groups, 1.0, 0.05)
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
    from models.memory import caress

    return np.concatenate([kept(layer) for layer in (*laugh(), *caress.touch())], axis=1)
