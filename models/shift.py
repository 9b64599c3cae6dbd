"""The torn shift of the one who fell: hung over the body as a vault, and let sink on to it.

What lies beneath the body is not made: along the sides the cloth ends where she rests on it.
The vault is longer across than she is round, and what is too much becomes folds. It has slipped
from the shoulders. World space, metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, sparse, spatial

from models import body, lying, pattern
from models.cloth import Cloth, Feel, edges_of, settle
from models.mesh import Floats, Ints, Mesh, smooth_normals
from models.sdf import Clay, Settled, smoothstep
from models.skin import simplify

Vectors = NDArray[np.float64]

BREAST, HEM = -0.520, 0.560  # from where to where it reaches, northward
HALF, GRAIN = 0.42, 0.0095  # half the pattern's width, and between its points
HIGHER, OVER = 1.05, 0.035  # how high the vault stands: of the body's height, and over that
PLEAT, DEEP = 0.060, 0.022  # from pleat to pleat as it starts, and half their depth
BESIDE = 0.012  # from the body's outline to where the cloth's sides are held
TRAIN, FREE = 0.16, 0.20  # how far the skirt spreads eastward at the hem; held as far as here
COARSE = 0.007  # side of the cubes that it falls on
TRIANGLES = 17000
WEIGHT = (0.0, 0.0, -6.0)  # besides gravity, as of cloth that is damp with mist
THROUGH = (0.006, 0.018)  # over the skin at which skin is seen through it, and no more
FOLD = 0.0075  # how far folds stand out
IN_ARM = 0.006  # what lies deeper than this in an arm is not kept
DEEP_SHADE = 0.42  # of the light, that a narrow valley loses
CLOTH = 0.0  # `part`
SEED = 4


def cut() -> pattern.Pattern:
    """The pattern: x across the body from side to side, y northward."""
    hem = pattern.ragged(1.2, 0.045, SEED)

    def shape(p: Vectors) -> Vectors:
        x, y = p.T
        scoop = 0.060 * np.maximum(1 - ((x - 0.02) / 0.24) ** 2, 0) + 0.05 * smoothstep(0.0, 0.4, x)
        whole = np.maximum(np.abs(x) - HALF, BREAST + scoop - y)
        whole = np.maximum(whole, y - HEM + hem(x + 0.6))
        return whole

    tears = [
        pattern.wedge((0.17, HEM + 0.02), (0.10, 0.28), 0.06),
        pattern.wedge((-0.22, HEM + 0.02), (-0.16, 0.30), 0.05),
        pattern.wedge((0.02, HEM + 0.02), (0.00, 0.36), 0.05),
        pattern.wedge((0.33, HEM + 0.02), (0.29, 0.34), 0.05),
        pattern.wedge((-0.08, HEM + 0.02), (-0.09, 0.44), 0.03),
    ]
    return pattern.cut(
        pattern.without(shape, *tears), (-HALF, BREAST - 0.02), (HALF, HEM + 0.03), GRAIN
    )


def outline(flesh: Clay) -> tuple[Vectors, Vectors, Vectors, Vectors]:
    """Northward places (k,), and there the body's western and eastern end and its height."""
    x, y, z = (
        np.arange(n) * flesh.step + low
        for n, low in zip(flesh.values.shape, flesh.low, strict=True)
    )
    solid = flesh.values < 0.0
    rows = np.flatnonzero(solid.any(axis=(0, 2)))
    columns, tall = np.asarray(solid.any(axis=2)), np.asarray(solid.any(axis=0))
    west = np.array([x[columns[:, row]].min() for row in rows])
    east = np.array([x[columns[:, row]].max() for row in rows])
    high = np.array([z[tall[row]].max() for row in rows])
    soft = (ndimage.gaussian_filter1d(v, 5.0, mode="nearest") for v in (west, east, high))
    return (y[rows], *soft)


def vault(made: pattern.Pattern, flesh: Clay) -> Vectors:
    """The pattern's points (n, 3) as they start: an arch over the body from side to side."""
    share, y = made.points[:, 0] / HALF, made.points[:, 1]
    rows, west, east, high = outline(flesh)
    west, east, high = (np.interp(y, rows, v) for v in (west, east, high))
    west, east = west - BESIDE, east + BESIDE + TRAIN * smoothstep(FREE - 0.1, HEM, y)
    angle = 0.5 * np.pi * share
    middle, half = 0.5 * (west + east), 0.5 * (east - west)
    tall = HIGHER * high + OVER
    turn = 2 * np.pi / PLEAT
    phase = turn * (0.36 * share + 0.30 * share * y) + 1.3 * np.sin(4.3 * y + 1.0)
    phase += 0.8 * np.sin(11.0 * y + 5.0 * share) + 1.5 * np.sin(2.7 * share)
    deep = (
        DEEP * (0.55 + 0.45 * np.sin(5.0 * share + 3.0 * y)) * smoothstep(1.0, 0.85, np.abs(share))
    )
    tall = HIGHER * high + OVER
    out = deep * np.sin(phase)
    x = middle + (half + out) * np.sin(angle)
    return np.stack([x, y, 0.004 + np.maximum((tall + out) * np.cos(angle), 0.0)], axis=1)


def fallen(seconds: tuple[float, float] = (0.9, 0.6)) -> Mesh:
    """The shift as it lies, with `part`, how far skin shows through it as `thin`, and `weave`, the
    places on its pattern.

    seconds : how long it sinks on the body without the arms, and then with the one that is flung
        out. The other has dropped on to the linen; what of that would go through it is left out.
    """
    at = lying.place()
    bare = Clay(lying.LOW, lying.HIGH, COARSE)
    body.press(bare, lying.trunk(at) + body.leg(*lying.RIGHT_LEG) + body.leg(*lying.LEFT_LEG))
    made = cut()
    start = vault(made, bare)
    sides = (np.abs(made.points[:, 0]) > HALF - 0.6 * GRAIN) & (made.points[:, 1] < FREE)
    linen = Feel(
        bend=8e-5, drag=2.0, thickness=0.0035, friction=3.0, floor_friction=2.0, apart=0.007
    )
    sheet = Cloth(start, made.triangles, start.copy(), np.flatnonzero(sides), feel=linen)
    settle(sheet, bare.settled(), seconds[0], floor=0.0, wind=WEIGHT)
    body.press(bare, lying.right_arm_of(at))
    flesh = bare.settled()
    settle(sheet, flesh, seconds[1], floor=0.0, wind=WEIGHT)
    arm = Clay(lying.LOW, lying.HIGH, COARSE)
    body.press(arm, lying.left_arm_of(at))
    return _thinned(sheet, flesh, arm.settled(), made.points)


def folds(points: Vectors) -> Vectors:
    """How far the folds stand out at points (n, 2) of the pattern, metres.

    The solver's cloth, 1 cm from point to point, lies too smoothly where it clings: these are
    what thinner linen would keep. Three systems run down the body and cross at narrow angles,
    each long, coming and going; ridges are narrow and the valleys between them wide. What is
    finer still is the shader's.
    """
    x, y = points.T
    out = np.zeros(len(points))
    for apart, lean, seed in ((0.046, 0.30, 1.0), (0.036, 0.10, 4.0), (0.070, 0.48, 8.0)):
        bent = 0.022 * np.sin(6.1 * y + seed) + 0.006 * np.sin(11.0 * y + 5.0 * x + 2 * seed)
        wave = np.cos(2 * np.pi * (x + lean * y + bent) / apart + 1.5 * np.sin(8.0 * x + seed))
        ridge = (0.5 + 0.5 * wave) ** 2.8
        come = np.sin(9.3 * x + 3.1 * seed) + np.sin(3.1 * y + 2.2 * x + 1.7 * seed)
        out = np.maximum(out, FOLD * (apart / 0.052) ** 0.7 * ridge * smoothstep(-0.5, 1.1, come))
    return out


def _thinned(sheet: Cloth, flesh: Settled, arm: Settled, flat: Vectors) -> Mesh:
    positions, triangles = sheet.positions.astype(np.float32), sheet.triangles.astype(np.int32)
    normals: Floats = smooth_normals(positions, triangles)
    if normals[:, 2].mean() < 0:
        triangles, normals = triangles[:, ::-1], -normals
    free = smoothstep(HALF, HALF - 0.06, np.abs(flat[:, 0]))
    positions = positions + (folds(flat) * free)[:, None].astype(np.float32) * normals
    positions[:, 2] = np.maximum(positions[:, 2], 0.002)
    normals = smooth_normals(positions, triangles)
    valley = _hollow(positions, normals, triangles)
    triangles = triangles[(arm.at(positions) > -IN_ARM)[triangles].any(axis=1)]
    used, index = np.unique(triangles, return_inverse=True)
    points, faces = simplify(positions[used], index.reshape(-1, 3).astype(np.int32), TRIANGLES)
    _, near = spatial.cKDTree(positions).query(points)
    mesh = Mesh(points, normals[near], faces)
    through = smoothstep(THROUGH[1], THROUGH[0], flesh.at(points))
    return mesh.with_attributes(
        part=CLOTH, thin=through[:, None], ao=1.0 - DEEP_SHADE * valley[near], weave=flat[near]
    )


def _hollow(positions: Floats, normals: Floats, triangles: Ints) -> Vectors:
    """How deep each point (n,) lies in a fold: 0 on ridges and planes, 1 in narrow valleys."""
    ends = edges_of(triangles)
    rows, columns = np.concatenate([ends, ends[:, ::-1]]).T
    near = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(positions),) * 2)
    mean = sparse.diags(1.0 / np.maximum(near.sum(axis=1).A1, 1.0)) @ near
    rise = np.einsum("ij,ij->i", mean @ positions - positions, normals)
    for _ in range(5):
        rise = 0.5 * rise + 0.5 * (mean @ rise)
    return smoothstep(0.0, 0.0011, rise)
