"""The torn shift of the one who fell: damp linen that is let sink on to the body and clings.

It is laid over her as a flat piece, drawn together a little aslant, so that it has more cloth than
she has skin; what is too much becomes folds where it lands. Finer ones are added afterwards, as a
sculptor of wet drapery would (models/people/drapery.py). World space, metres.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, sparse, spatial
from scipy.sparse import csgraph

from models import pattern
from models.cloth import Cloth, Feel, edges_of, settle
from models.mesh import Floats, Ints, Mesh, smooth_normals
from models.people import body, drapery, lying
from models.sdf import Clay, Settled, smoothstep
from models.skin import occlusion, simplify

Vectors = NDArray[np.float64]

BREAST, HEM = -0.565, 0.600  # from where to where it reaches, northward
SCOOP = 0.035  # how much lower its upper edge is in the middle
GRAIN = 0.0075  # between the pattern's points
# Half its width northward: it ends beside the waist and trails on the stone about the legs.
WIDE_AT = (-0.57, -0.50, -0.42, -0.30, -0.10, 0.10, 0.64)
WIDE = (0.070, 0.105, 0.185, 0.250, 0.340, 0.45, 0.40)
WEST = (
    0.090,
    0.125,
    0.190,
    0.235,
    0.330,
    0.34,
    0.24,
)  # the same behind her, where it ends under the thigh
HALF = max(WIDE)
ABOVE = 0.034  # how far over the highest of the body it starts
DRAWN, ASLANT = 0.13, np.radians(30.0)  # by what share it is drawn together, and which way
HEAPED = 0.08  # by what share it is drawn together northward beside the legs
CREASE, DEEP = 0.050, 0.009  # from crease to crease as it starts, and half their depth
COARSE = 0.006  # side of the cubes that it falls on
TRIANGLES = 18500
DAMP = (0.0, 0.0, -8.0)  # besides gravity: how cloth falls that is heavy with mist
THROUGH = (0.005, 0.014)  # over the skin at which skin is seen through it, and no more
OVER = 0.0062  # the least height over the stone, above the shade that lies on it
HELD = 0.075  # metres from the dropped arm within which linen is in its shade
IN_ARM = 0.006  # what lies deeper than this in an arm is not kept
DEEP_SHADE = 0.55  # of the light, that a narrow valley loses
CLOTH = 0.0  # `part`
SEED = 4
SINKS = (0.7, 0.3)  # seconds that it sinks without and with the arm that is flung out
TEARS = (  # from, to, how wide: torn up from the hem
    ((0.03, 0.66), (0.02, 0.38), 0.10),
    ((0.20, 0.68), (0.17, 0.44), 0.045),
    ((-0.10, 0.66), (-0.08, 0.50), 0.04),
    ((0.37, 0.68), (0.31, 0.44), 0.060),
    ((0.50, 0.40), (0.38, 0.36), 0.040),
)
HOLES = (((0.24, 0.50), 0.013), ((0.36, 0.24), 0.011))  # where the linen lies on the stone
SLIT = 9  # edges of a loop that is no tear
FRAYED = 0.04  # metres from a torn edge at which nothing is known of it any more


def neckline(x: Vectors) -> Vectors:
    """Where the bodice ends southward, at places (n,) across the pattern: beneath the collar bones,
    lowest between them."""
    return BREAST + SCOOP * np.maximum(1 - ((x - 0.02) / 0.12) ** 2, 0)


def cut() -> pattern.Pattern:
    """The pattern: x across the body from side to side, y northward."""
    hem = pattern.ragged(1.6, 0.050, SEED)

    def shape(p: Vectors) -> Vectors:
        x, y = p.T
        side = np.where(x < 0, np.interp(y, WIDE_AT, WEST), np.interp(y, WIDE_AT, WIDE))
        side = side - 0.020 * np.sin(9.0 * y + 3.0 * np.sign(x))
        whole = np.maximum(0.9 * (np.abs(x) - side), neckline(x) - y)
        return np.maximum(whole, y - HEM + hem(x + 0.8))

    torn = [pattern.wedge(*tear) for tear in TEARS]
    worn = [pattern.hole(at, radius, 3 + row) for row, (at, radius) in enumerate(HOLES)]
    return pattern.cut(
        pattern.without(shape, *torn, *worn),
        (-HALF - 0.03, BREAST - 0.02),
        (HALF + 0.03, HEM + 0.03),
        GRAIN,
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


def laid(made: pattern.Pattern, flesh: Clay) -> tuple[Vectors, Vectors]:
    """The pattern's points (n, 3) as they start, over the body and drawn together; and flat."""
    rng = np.random.default_rng(SEED)
    x, y = made.points.T
    rows, west, east, high = outline(flesh)
    middle = np.interp(y, rows, 0.5 * (west + east))
    above = np.interp(y, rows, ndimage.gaussian_filter1d(high, 12.0, mode="nearest")) + ABOVE
    c, s = np.cos(ASLANT), np.sin(ASLANT)
    across = c * x + s * y
    wave = np.sin(2 * np.pi * across / CREASE + 2.0 * np.sin(7.0 * y) + 1.5 * np.sin(5.0 * x))
    bent = DEEP * wave * (0.6 + 0.4 * np.sin(9.0 * y + 4.0 * x)) + rng.normal(0.0, 0.001, len(x))
    # Towards the hem there is more cloth than stone for it.
    short = HEAPED * np.maximum(y - 0.20, 0.0) * smoothstep(0.05, 0.30, x)
    start = [middle + x - DRAWN * across * c, y - 0.6 * DRAWN * across * s - short, above + bent]
    return np.stack(start, axis=1), np.column_stack([middle + x, y])


@cache
def draped() -> tuple[pattern.Pattern, Cloth, Settled, drapery.Drapery]:
    """The shift as it has sunk on her: its pattern, the cloth, the flesh beneath, its folds.

    It sinks on the body without the arms, and then with the one that is flung out. The other has
    dropped on to the linen.
    """
    at = lying.place()
    bare = Clay(lying.LOW, lying.HIGH, COARSE)
    flesh = lying.trunk(at) + body.leg(*lying.RIGHT_LEG) + body.leg(*lying.LEFT_LEG)
    body.press(bare, flesh + lying.feet(at))
    made = cut()
    start, flat = laid(made, bare)
    linen = Feel(
        bend=6e-4, drag=2.5, thickness=0.003, friction=0.9, floor_friction=0.8, apart=0.006
    )
    sheet = Cloth(start, made.triangles, flat, feel=linen)
    settle(sheet, bare.settled(), SINKS[0], floor=0.0, wind=DAMP)
    body.press(bare, lying.right_arm_of(at))
    under = bare.settled()
    settle(sheet, under, SINKS[1], floor=0.0, wind=DAMP)
    return made, sheet, under, drapery.draped(made.points, sheet.positions, made.rim)


def fallen() -> Mesh:
    """The shift as it lies, with `part`, how far skin shows through it as `thin`, and `weave`:
    the place on its pattern, and how far the torn edge is, at most FRAYED."""
    made, sheet, under, folds = draped()
    arm = Clay(lying.LOW, lying.HIGH, COARSE)
    body.press(arm, lying.left_arm_of(lying.place()))
    return _thinned(sheet, under, arm, made.points, folds)


def _rolled(points: Vectors) -> Vectors:
    """How far the turned-in upper edge stands out (n,) at points (n, 2) of the pattern."""
    off = points[:, 1] - neckline(points[:, 0]) - 0.012
    return np.asarray(0.0035 * np.exp(-((off / 0.008) ** 2)))


def _thinned(
    sheet: Cloth, flesh: Settled, pressing: Clay, flat: Vectors, folds: drapery.Drapery
) -> Mesh:
    arm = pressing.settled()
    positions, triangles = sheet.positions.astype(np.float32), sheet.triangles.astype(np.int32)
    normals: Floats = smooth_normals(positions, triangles)
    if normals[:, 2].mean() < 0:
        triangles, normals = triangles[:, ::-1], -normals
    out = np.maximum(folds.at(flat), _rolled(flat))
    positions = positions + out[:, None].astype(np.float32) * normals
    positions[:, 2] = np.maximum(positions[:, 2], OVER)
    normals = smooth_normals(positions, triangles)
    valley = _hollow(positions, normals, triangles)
    # The arm lies on the linen: what is in it, or comes to lie over it, is left out.
    over = [arm.at(positions - np.array([0.0, 0.0, low])) for low in (0.0, 0.008, 0.016)]
    triangles = triangles[(np.min(over, axis=0) > -IN_ARM)[triangles].any(axis=1)]
    used, index = np.unique(triangles, return_inverse=True)
    points, faces = simplify(positions[used], index.reshape(-1, 3).astype(np.int32), TRIANGLES)
    _, near = spatial.cKDTree(positions).query(points)
    mesh = Mesh(points, normals[near], faces)
    held = occlusion(pressing, points, normals[near], HELD)
    through = smoothstep(THROUGH[1], THROUGH[0], flesh.at(points))
    weave = np.column_stack([flat[near], _from_torn_edge(mesh, flat[near])])
    return mesh.with_attributes(
        part=CLOTH, thin=through[:, None], ao=(1.0 - DEEP_SHADE * valley[near]) * held, weave=weave
    )


def edge_points(sheet: Mesh) -> Ints:
    """The points (k,) where linen ends; not of slits of a few edges, which thinning leaves."""
    ends = np.sort(sheet.triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    edges, count = np.unique(ends, axis=0, return_counts=True)
    edges = edges[count == 1]
    shape = (len(sheet.positions),) * 2
    joined = sparse.coo_matrix((np.ones(len(edges)), edges.T), shape=shape)
    loop = csgraph.connected_components(joined, directed=False)[1][edges[:, 0]]
    return np.unique(edges[np.bincount(loop)[loop] > SLIT])


def _from_torn_edge(mesh: Mesh, flat: Vectors) -> Vectors:
    """How far points are from where the linen ends, (n,) metres, at most FRAYED.

    flat : the same points on the pattern, (n, 2): the bodice is hemmed and frays nowhere
    """
    ends = edge_points(mesh)
    away = spatial.cKDTree(mesh.positions[ends]).query(mesh.positions)[0]
    hemmed = FRAYED * smoothstep(0.5 * BREAST, BREAST + 0.12, flat[:, 1])
    return np.clip(away + hemmed, 0.0, FRAYED)


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
