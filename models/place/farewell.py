"""The gravestone's carving as a field of heights, and the sheet that shows it.

Two figures in profile (models/place/dexiosis.py) are rounded by their outlines, laid over each
other and cut with folds (models/place/carving.py). Depth is that of low relief, a few centimetres,
and its folds are finer than any mesh: a shader is told where every place faces, and what of the
sun, which stands still, and of the sky comes to it (models/place/horizon.py). Metres; x across, z
up, heights to -y.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates

from models import bake
from models.drawing import CELL, ROWS, Placed, Points, closed, soft
from models.mesh import Mesh
from models.noise import fbm
from models.place import dexiosis as draw
from models.place.carving import STEEP, Cloth, Part, blent, bumped, covered, cut, domed, folds, laid
from models.place.horizon import shading
from models.shape import creased

Array = NDArray[np.float64]

WIDTH, TALL, THICK = 1.16, 1.62, 0.20  # of the slab, without foot and gable
POST = 0.12  # width of the two pillars at its sides
OUT = 0.042  # metres that pillars and beam stand out of the ground
BEAM, SILL = 0.10, 0.055  # their heights
HALF = (TALL - BEAM - SILL) / 2  # metres of the drawing's 1
STEP = HALF * CELL  # metres of a texel
FLAT = 0.8  # of the drawing's heights that are left on the stone
SUN = (-0.933, 0.351, 0.078)  # where it stands before the slab: across, out of it, up
BACK = -0.07  # y of the back of the carving's body
SHARP = np.radians(60.0)  # its face shares no normals with its sides
LEVEL, DEEPEST = 2e-5, -0.02  # metres: of a step of the baked heights, and of the lowest
WORN = 0.5
# Metres from the field's lower left corner: cracks with their widths, and what was knocked off.
CRACKS: tuple[tuple[Points, float], ...] = (
    ([(0.93, 0.62), (0.88, 0.585), (0.86, 0.53), (0.80, 0.515), (0.785, 0.47)], 0.0016),
    ([(-0.01, 0.36), (0.06, 0.325), (0.10, 0.335), (0.16, 0.27)], 0.0016),
)
CHIPS = ((0.925, 0.43, 0.040), (0.01, 1.45, 0.06), (0.30, 0.075, 0.03))
SIT, STAND = Placed((-0.275, 0.505), 0.285, -7.0), Placed((0.325, 0.715), 0.285, -20.0, left=True)


def head(under: Array, where: Placed, level: float) -> Array:
    """A head in profile."""
    mask = covered(where(closed(draw.PROFILE)))
    own = level * (STEEP + (1.0 - STEEP) * domed(mask, 0.008)) + 0.055 * where.size * domed(
        mask, 0.20 * where.size
    )
    out = blent(under, np.maximum(own, soft(under, 0.02) + 0.006), mask)
    fine = soft(mask, 0.003)
    out = bumped(out, draw.FACE_BUMPS, fine, where)
    return cut(out, draw.FACE_CUTS, fine, where)


def tressed(
    under: Array, where: Placed, outline: Points, cloth: Cloth, out: float, round: float
) -> Array:
    """Hair over a head."""
    mask = covered(where(closed(outline)))
    own = where.size * (
        out * domed(mask, 0.05 * where.size) + round * domed(mask, 0.2 * where.size)
    )
    return blent(under, soft(under, 0.004) + own + folds(cloth, mask, where), mask)


def figures() -> Array:
    """Heights (ROWS, ROWS) of both figures in the drawing's measure."""
    h = np.zeros((ROWS, ROWS))
    for part in draw.LYRE:
        h = laid(h, part)
    h = cut(h, draw.STRINGS)
    for part in (
        draw.STANDING_FAR_ARM,
        draw.STANDING_CUFF,
        draw.STANDING_FOOT,
        draw.GOWN,
        draw.MANTLE,
    ):
        h = laid(h, part)
    h = laid(h, Part(draw.STANDING_NECK, 0.03, 0.02, 0.06, 0.2))
    h = head(h, STAND, 0.034)
    h = tressed(h, STAND, draw.FRINGE, draw.FRINGE_LOCKS, 0.03, 0.03)
    h = laid(h, draw.VEIL)
    h = cut(laid(h, draw.NEAR_HAND), draw.NEAR_HAND_CUTS)
    h = laid(h, draw.NEAR_ARM)
    for part in (
        *draw.CHAIR,
        *draw.STOOL,
        draw.HER_FAR_FOOT,
        Part(draw.HER_NECK, 0.026, 0.022, 0.06, 0.0),
        draw.HER_TORSO,
    ):
        h = laid(h, part)
    h = head(h, SIT, 0.032)
    h = tressed(h, SIT, draw.HAIR, draw.LOCKS, 0.03, 0.04)
    h = tressed(h, SIT, draw.KNOT, draw.KNOT_LOCKS, 0.05, 0.08)
    h = cut(h, draw.FILLET, soft(covered(SIT(closed(draw.HAIR))), 0.002), SIT)
    ear = covered(SIT(closed(draw.EAR)))
    h = blent(h, soft(h, 0.004) + 0.010 * domed(ear, 0.008), ear)
    h = cut(h, draw.EAR_CUTS, ear, SIT)
    for part in (
        draw.HER_FOOT,
        draw.HER_HEM,
        draw.HER_FALL,
        draw.HER_LEGS,
        draw.HER_FOREARM,
        draw.HER_SLEEVE,
        *draw.CLASP,
    ):
        h = laid(h, part)
    h = cut(h, draw.CLASP_CUTS)
    return np.maximum(h, 0.0)


def heights() -> Array:
    """The face within its frame (rows, columns), metres out of its ground, as weather left it."""
    high = FLAT * HALF * figures()
    wide = round((WIDTH / 2 - POST) / STEP)
    high = high[:, ROWS // 2 - wide : ROWS // 2 + wide]
    rows, columns = np.mgrid[: high.shape[0], : high.shape[1]] * STEP
    at = np.stack([columns, rows], axis=-1)
    broad, rough = fbm(at * 3.1 + 5.0, 3), fbm(at * 9.0, 3) - 0.5
    worn = np.clip((broad - 0.44) / 0.18, 0.0, 1.0)  # here rain has had it for longer
    high = high + WORN * worn * (gaussian_filter(high, 1.8) - high)
    high = high + 0.004 * (broad - 0.5) + 0.0016 * (fbm(at * 30.0, 3) - 0.5)
    bent = at + 0.022 * np.stack([rough, np.roll(rough, 91, axis=0)], axis=-1)
    for line, gap in CRACKS:
        away = np.full(high.shape, 1.0)
        for one, two in pairwise(np.array(line)):
            share = ((bent - one) @ (two - one)) / ((two - one) @ (two - one))
            spot_on = one + np.clip(share, 0.0, 1.0)[..., None] * (two - one)
            away = np.minimum(away, np.linalg.norm(bent - spot_on, axis=-1))
        high = high - 0.006 * np.exp(-((away / gap) ** 2))
    for u, v, size in CHIPS:  # what was knocked off leaves a hollow
        away = np.hypot(columns - u, rows - v) + 0.05 * rough
        bite = 0.004 + 0.9 * np.maximum(away - 0.5 * size, 0.0) + 0.008 * rough
        high = np.where(away < 3.0 * size, np.minimum(high, bite), high)
    return np.asarray(gaussian_filter(high, 0.8, mode="nearest"))


def build() -> NDArray[np.uint8]:
    """The heights (rows, columns, 2) in steps of LEVEL above DEEPEST, high byte first."""
    steps = np.clip(np.round((heights() - DEEPEST) / LEVEL), 0, 65535).astype(np.uint16)
    return np.stack([steps >> 8, steps & 255], axis=-1).astype(np.uint8)


def carved() -> Array:
    """The baked heights (rows, columns), metres."""
    high, low = np.moveaxis(bake.load_picture("farewell").astype(np.float64), -1, 0)
    return np.asarray(DEEPEST + LEVEL * (256.0 * high + low))


def told() -> NDArray[np.uint8]:
    """What a shader knows of the baked stone: `horizon.shading`."""
    return shading(carved(), STEP, SUN, OUT)


def face(high: Array, cells: tuple[int, int]) -> Mesh:
    """The carving as a body of so many squares across and up, on the slab that stands on z = 0.

    It has the broad form alone: its face's normals are all the ground's, and `open` is where it
    lies on what `told` says, 0 to 1. Its sides and its back, at BACK, are within the slab.
    """
    u, v = (np.linspace(0.0, 1.0, count + 1) for count in cells)
    place = np.stack(np.meshgrid(u, v), axis=-1).reshape(-1, 2)
    spots = (place[:, ::-1] * (np.array(high.shape) - 1)).T
    out = map_coordinates(gaussian_filter(high, 2.0), spots, order=1, mode="nearest")
    half = WIDTH / 2 - POST
    x, z = (2.0 * place[:, 0] - 1.0) * half, SILL + 2.0 * HALF * place[:, 1]
    front = np.column_stack([x, -THICK / 2 - out, z])
    index = np.arange(len(front)).reshape(cells[1] + 1, cells[0] + 1)
    corners = (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1])
    a, b, c, d = (each.ravel() for each in corners)
    ring = np.concatenate([index[0, :-1], index[:-1, -1], index[-1, :0:-1], index[:0:-1, 0]])
    behind = len(front) + np.arange(len(ring))
    after, behind_after = np.roll(ring, -1), np.roll(behind, -1)
    middle = np.full(len(ring), len(front) + len(ring))
    rows = [(a, b, c), (a, c, d), (ring, behind, behind_after), (ring, behind_after, after)]
    faces = np.concatenate(
        [np.column_stack(row) for row in (*rows, (middle, behind_after, behind))]
    )
    back = np.column_stack([x[ring], np.full(len(ring), BACK), z[ring]])
    points = np.concatenate([front, back, [[0.0, BACK, TALL / 2]]])
    shares = np.concatenate([place, place[ring], [[0.5, 0.5]]])
    body = creased(points, faces, SHARP, across=shares[:, 0], up=shares[:, 1])
    level = np.where(body.normals[:, 1:2] < -0.05, [[0.0, -1.0, 0.0]], body.normals)
    at = np.column_stack([body.attributes["across"], body.attributes["up"]])
    return Mesh(body.positions, level, body.triangles).with_attributes(open=at, edge=0.1)
