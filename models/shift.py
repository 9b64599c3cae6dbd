"""The torn shift of the one who fell: cut flat, gathered, and let fall on the body.

It is the upper side of a wide, thin garment, which has slipped from one shoulder; the other
strap still holds. Metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import spatial

from models import body, lying, pattern
from models.body import along
from models.cloth import Cloth, Feel, settle
from models.mesh import Floats, Mesh, smooth_normals
from models.sdf import Clay, Settled, smoothstep
from models.skin import simplify

Vectors = NDArray[np.float64]

LONG, GRAIN = 1.06, 0.0095  # from breast to hem, and between its points
ABOVE = 0.36  # metres over the stone that it falls from
GATHERED, PLEAT = 0.60, 0.062  # its width of its whole width, and a wave's length in it
STRAP = (-0.118, 0.026, 0.17)  # of the left shoulder: where, half its width, how long
COARSE = 0.008  # side of the cubes that it falls on
TRIANGLES = 17000
WEIGHT = (0.0, 0.0, -9.0)  # besides gravity, as of cloth that is damp with mist
THROUGH = (0.006, 0.020)  # metres over the skin at which skin is seen through it, and no more
CLOTH = 0.0  # `part`
TURN = 2 * np.pi
SEED = 4


def cut() -> pattern.Pattern:
    """The pattern: x across the body, y from the breast down to the hem."""
    hem = pattern.ragged(2.2, 0.040, SEED)
    sides = pattern.ragged(2.0, 0.012, SEED + 1)

    def shape(p: Vectors) -> Vectors:
        x, y = p.T
        half = 0.36 + 0.50 * np.clip(y / LONG, 0, 1) ** 0.8 - sides(y + 1.0)
        neck = 0.075 * np.maximum(1 - (x / 0.22) ** 2, 0) - y
        whole = np.maximum(np.maximum(np.abs(x) - half, neck), y - LONG + hem(x + 1.0))
        where, wide, long = STRAP
        strap = np.maximum(np.abs(x - where - 0.25 * y) - wide, np.maximum(-y - long, y - 0.10))
        return np.minimum(whole, strap)

    tears = [
        pattern.wedge((0.34, LONG + 0.02), (0.20, 0.50), 0.10),
        pattern.wedge((-0.47, LONG + 0.02), (-0.38, 0.66), 0.06),
        pattern.wedge((0.03, LONG + 0.02), (0.00, 0.80), 0.05),
        pattern.wedge((-0.15, LONG + 0.02), (-0.18, 0.90), 0.03),
        pattern.wedge((0.58, LONG + 0.02), (0.52, 0.84), 0.05),
        pattern.hole((-0.10, 0.66), 0.032, SEED + 2),
        pattern.hole((0.14, 0.38), 0.022, SEED + 3),
        pattern.hole((0.30, 0.86), 0.028, SEED + 4),
    ]
    return pattern.cut(pattern.without(shape, *tears), (-0.92, -0.18), (0.92, LONG + 0.03), GRAIN)


def _start(made: pattern.Pattern) -> Vectors:
    """Where it is let go: over the body, narrower than it is, in waves that take up the rest."""
    at = lying.place()
    top = along(at.chest, [0, 0, 0.115])[:2]
    way = 0.5 * (lying.RIGHT_LEG[1] + lying.LEFT_LEG[1])[:2] - top
    way /= np.linalg.norm(way)
    x, y = made.points.T
    start = np.full((len(x), 3), ABOVE)
    start[:, :2] = top + GATHERED * x[:, None] * [way[1], -way[0]] + y[:, None] * way
    wander = 0.9 * np.sin(3.1 * y + 2.0) + 0.5 * np.sin(9.0 * y + 4.0 * x)
    wave = TURN * x / PLEAT + wander + 1.1 * np.sin(7.0 * x)
    deep = PLEAT / TURN * np.sqrt(2 * (1 / GATHERED - 1) / GATHERED) * GATHERED
    start[:, 2] += deep * smoothstep(-0.08, 0.05, y) * np.sin(wave)
    return start


def fallen(seconds: tuple[float, float] = (1.1, 0.5)) -> Mesh:
    """The shift as it lies, with `part` and how far skin is seen `through` it.

    seconds : how long it falls on the body without the arms, and then with an arm on it
    """
    at = lying.place()
    made = cut()
    flat = np.column_stack([made.points, np.zeros(len(made.points))])
    linen = Feel(bend=5e-4, drag=1.8, thickness=0.0035, friction=0.7, apart=0.006)
    sheet = Cloth(_start(made), made.triangles, flat, feel=linen)
    bare = Clay(lying.LOW, lying.HIGH, COARSE)
    body.press(bare, lying.trunk(at) + body.leg(*lying.RIGHT_LEG) + body.leg(*lying.LEFT_LEG))
    settle(sheet, bare.settled(), seconds[0], floor=0.0, wind=WEIGHT)
    body.press(bare, lying.limbs(at))
    flesh = bare.settled()
    settle(sheet, flesh, seconds[1], floor=0.0, wind=WEIGHT)
    return _thinned(sheet, flesh)


def _thinned(sheet: Cloth, flesh: Settled) -> Mesh:
    positions, triangles = sheet.positions.astype(np.float32), sheet.triangles.astype(np.int32)
    normals: Floats = smooth_normals(positions, triangles)
    points, faces = simplify(positions, triangles, TRIANGLES)
    _, near = spatial.cKDTree(positions).query(points)
    mesh = Mesh(points, normals[near], faces)
    through = smoothstep(THROUGH[1], THROUGH[0], flesh.at(points))
    return mesh.with_attributes(part=CLOTH, thin=through[:, None])
