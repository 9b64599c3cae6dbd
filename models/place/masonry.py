"""Squared stones as they are after centuries: arrises bitten by flakes, faces no longer flat.

A stone keeps the topology of a block with cut edges: six faces about their middles, a strip along
each arris, a triangle at each corner. Along every arris there are more points, some of them bitten
inward, each face by another depth, so that a flake's scar is a shape with facets of its own.

The face of a wall's block has more: a margin, tooled flat along its joints, and within it the boss
that the quarry left, rough and standing out.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from models.mesh import Mesh, face_vectors
from models.shape import creased

Array = NDArray[np.float64]
Faces = NDArray[np.int64]

SCARS, BOSS_SCARS = 1, 1  # flakes that an arris may have lost: of a plain block, of a bossed one
FLAKED = 0.85  # share of the arrises that have lost a flake
HALF_WIDTH = (0.035, 0.24)  # of a flake's scar, metres along the arris
DEPTH = (0.28, 0.62)  # of a scar, shares of its half-width
DEEPEST = 0.10  # metres
SHARE_LEFT = 0.3  # of half the narrowest side: nothing is bitten deeper
FRAYED = 0.007  # metres that any other point of an arris may be worn
BULGE = (0.004, 0.005)  # metres that a face's middle stands out: mean and deviation
CREASE = np.radians(26.0)
MARGIN = (0.026, 0.018)  # metres of tooled margin about a boss: least, and more by chance
BOSS_SLOPE = 0.014  # metres over which a boss rises from its margin
LUMPS = 0.95  # of a boss's height, before its swellings are smoothed
BOSS_GRID = (6, 3)  # squares of a boss along and up
BOSS_CREASE = np.radians(48.0)  # hammer-dressed faces are soft; only their arrises are sharp

CORNERS = list(product((-1, 1), repeat=3))  # in the order of shape.boxes: --- --+ -+- ...
RANK = {corner: index for index, corner in enumerate(CORNERS)}


def chipped(
    rims: Array,
    frames: Array,
    seeds: Array,
    wear: Array,
    rng: np.random.Generator,
    joint: Array | None = None,
    boss: Array | None = None,
) -> Mesh:
    """Blocks with bitten arrises, in the order given, with `edge` and `seed` (n, 1), `open` (n, 2).

    rims   : (n, 24, 3) the rim points of shape.boxes, from each block's middle, metres
    frames : (n, 4, 4) where each stands
    seeds  : (n,) of each stone
    wear   : (n,) how worn each is; 1 is an old wall's
    joint  : (n,) share of the sky that its arrises see; all of it if not given
    boss   : (n,) metres that each stands out towards its -y; all of them, or none
    """
    count = len(rims)
    bossed = boss is not None and bool((boss > 0.0).any())
    within = 3 * (BOSS_SCARS if bossed else SCARS) + 1
    triples = rims.reshape(count, 8, 3, 3)
    half = np.abs(triples).max(axis=(1, 2))
    inner, places = _arrises(triples, half, wear, rng, within)
    hubs = np.zeros((count, 6, 3))
    edge_hubs = np.zeros((count, 6))
    for axis, side in product(range(3), (0, 1)):
        face = 2 * axis + side
        corners = [RANK[c] for c in CORNERS if c[axis] == 2 * side - 1]
        hubs[:, face] = triples[:, corners, axis].mean(axis=1)
        stands_out = np.maximum(rng.normal(*BULGE, count), 0.0) * np.minimum(wear, 1.0)
        hubs[:, face, axis] += (2 * side - 1) * stands_out
        edge_hubs[:, face] = np.delete(half, axis, axis=1).min(axis=1)
    rim = np.concatenate([rims, inner.reshape(count, -1, 3)], axis=1)
    sky = np.ones(count) if joint is None else joint
    seen = np.tile(sky[:, None], (1, rim.shape[1]))
    edge = np.zeros(rim.shape[:2])
    parts, skies, edges = [rim], [seen], [edge]
    if bossed and boss is not None:
        loop = _loop(places, within, BOSS_FACE)
        grid, grid_sky, grid_edge = _bosses(rim[:, loop], boss, sky, rng)
        parts.append(grid)
        skies.append(grid_sky)
        edges.append(grid_edge)
    points = np.concatenate([*parts, hubs], axis=1)
    edge = np.concatenate([*edges, edge_hubs], axis=1)
    open_sky = np.concatenate([*skies, np.ones((count, 6))], axis=1)
    plan = _plan(places, within, rim.shape[1], bossed)
    local = np.einsum("nij,nkj->nki", frames[:, :3, :3], points) + frames[:, None, :3, 3]
    each = points.shape[1]
    faces = (plan[None] + each * np.arange(count)[:, None, None]).reshape(-1, 3)
    return creased(
        local.reshape(-1, 3),
        faces,
        BOSS_CREASE if bossed else CREASE,
        edge=edge.ravel(),
        seed=np.repeat(seeds, each),
        open=np.column_stack([open_sky.ravel(), np.ones(open_sky.size)]),
    )


BOSS_FACE = (1, -1)  # axis and side


def _grid() -> tuple[Array, NDArray[np.int64]]:
    """Places (k, 2) of a boss's grid in -1..1, row by row, and its border's indices in turn."""
    u, v = (np.linspace(-1.0, 1.0, squares + 1) for squares in BOSS_GRID)
    places = np.stack(np.meshgrid(u, v), axis=-1).reshape(-1, 2)
    index = np.arange(len(places)).reshape(len(v), len(u))
    border = [*index[0, :-1], *index[:-1, -1], *index[-1, :0:-1], *index[:0:-1, 0]]
    return places, np.array(border)


def _bosses(
    loop: Array, boss: Array, sky: Array, rng: np.random.Generator
) -> tuple[Array, Array, Array]:
    """Points (n, k, 3) of the margins and bosses within loops (n, m, 3) about the faces towards -y:
    the margin's inner border, then the boss's grid; what of the sky they see and how far they are
    from an edge (n, k)."""
    count = len(loop)
    places, border = _grid()
    flat = np.median(loop[:, :, 1], axis=1)[:, None]
    margin = MARGIN[0] + MARGIN[1] * rng.random((count, 1, 1))
    quarter = loop.shape[1] // 4  # the loop begins at low x and z, and goes up first
    low, left, high, right = (loop[:, i * quarter, [0, 2]][:, None] for i in range(4))
    inset = np.array([1.0, 1.0]), np.array([1.0, -1.0])

    def within(spots: Array, away: Array | float) -> Array:
        """Places (n, k, 2) in -1..1 on a face that may be uneven, so far within its edges."""
        s, t = (0.5 + 0.5 * spots[..., k : k + 1] for k in (0, 1))
        bottom = (low + away * inset[0]) * (1.0 - s) + (right - away * inset[1]) * s
        top = (left + away * inset[1]) * (1.0 - s) + (high - away * inset[0]) * s
        return np.asarray(bottom * (1.0 - t) + top * t)

    inner = within(np.tile(places[border], (count, 1, 1)), margin)
    inner = inner + rng.normal(0.0, 0.006, inner.shape)
    jitter = 0.28 / np.array(BOSS_GRID) * rng.uniform(-1.0, 1.0, (count, len(places), 2))
    jitter[:, border] *= 0.15
    top = within(np.clip(places + jitter, -1.0, 1.0), margin + BOSS_SLOPE)
    lump = gaussian_filter(
        rng.normal(0.0, 1.0, (count, BOSS_GRID[1] + 1, BOSS_GRID[0] + 1)), (0.0, 0.9, 1.1)
    ).reshape(count, -1)  # low swellings, as wide as a hand and more
    swell = 1.0 - 0.25 * np.abs(places).max(axis=1) ** 3
    tilt = np.einsum("nk,pk->np", rng.normal(0.0, 0.16, (count, 2)), places)
    rise = boss[:, None] * np.maximum(swell + tilt + LUMPS * lump, 0.2)
    level = np.tile(flat, (1, len(border))) + rng.normal(0.0, 0.002, (count, len(border)))
    points = np.concatenate(
        [
            np.stack([inner[..., 0], level, inner[..., 1]], axis=-1),
            np.stack([top[..., 0], flat - rise, top[..., 1]], axis=-1),
        ],
        axis=1,
    )
    seen = np.ones((count, points.shape[1]))
    seen[:, : len(border)] = 0.66 + 0.2 * sky[:, None]
    edge = np.full(seen.shape, 0.12)
    edge[:, : len(border)] = 0.08
    return points, seen, edge


Arris = tuple[int, int, int, int]  # its axis, the signs of the two others, the face it is seen on


def _arrises(
    triples: Array, half: Array, wear: Array, rng: np.random.Generator, within: int
) -> tuple[Array, dict[Arris, int]]:
    """Points (n, 24, WITHIN, 3) within the arrises as each of their two faces has them.

    The other value says which of the 24 belongs to which arris and face.
    """
    count = len(triples)
    inner = np.zeros((count, 24, within, 3))
    places: dict[Arris, int] = {}
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for a, b in product((-1, 1), repeat=2):
            along, bites = _flakes(2.0 * half[:, axis], wear, rng, within // 3)
            deepest = np.minimum(SHARE_LEFT * half[:, [u, v]].min(axis=1), DEEPEST * wear)
            bites = np.minimum(bites, deepest[:, None])
            for face, across, sign in ((u, v, b), (v, u, a)):
                low, high = [0, 0, 0], [0, 0, 0]
                for corner, end in ((low, -1), (high, 1)):
                    corner[axis], corner[u], corner[v] = end, a, b
                one, two = (
                    triples[:, RANK[c[0], c[1], c[2]], face] for c in (low, high)
                )  # (n, 3) each
                line = one[:, None] + along[..., None] * (two - one)[:, None]
                line[..., across] -= sign * bites * rng.uniform(0.45, 1.0, (count, 1))
                place = len(places)
                inner[:, place] = line
                places[axis, a, b, face] = place
    return inner, places


def _flakes(
    length: Array, wear: Array, rng: np.random.Generator, scars: int
) -> tuple[Array, Array]:
    """Where points lie along arrises of lengths (n,), 0 to 1, and metres bitten.

    Both are (n, 3 scars + 1).
    """
    count = len(length)
    along, bites = [], []
    for scar in range(scars):
        spread = rng.random(count) ** 1.8
        half = (HALF_WIDTH[0] + (HALF_WIDTH[1] - HALF_WIDTH[0]) * spread) / length
        half = np.minimum(half, 0.16 / scars)
        middle = (scar + rng.uniform(0.2, 0.8, count)) / scars
        skew = rng.uniform(-0.5, 0.5, count)
        if not scar:
            along.append(0.5 * (middle - half))  # one that is merely frayed
            bites.append(np.zeros(count))
        flaked = rng.random(count) < FLAKED * np.minimum(wear, 1.0)
        bite = np.where(flaked, half * length * rng.uniform(*DEPTH, count), 0.0)
        along += [middle - half, middle + skew * half, middle + half]
        bites += [np.zeros(count), bite, np.zeros(count)]
    frayed = FRAYED * rng.random((count, 3 * scars + 1)) * wear[:, None]
    return np.stack(along, axis=1), frayed + np.stack(bites, axis=1)


def _row(places: dict[Arris, int], within: int, axis: int, a: int, b: int, face: int) -> list[int]:
    """Indices of an arris on a face, from its low end to its high one."""
    u, v = (axis + 1) % 3, (axis + 2) % 3
    ends = []
    for end in (-1, 1):
        corner = [0, 0, 0]
        corner[axis], corner[u], corner[v] = end, a, b
        ends.append(3 * RANK[corner[0], corner[1], corner[2]] + face)
    first = 24 + within * places[axis, a, b, face]
    return [ends[0], *range(first, first + within), ends[1]]


def _loop(places: dict[Arris, int], within: int, face: tuple[int, int]) -> list[int]:
    """Indices about a face: along u at the low v, up along v, back along u, down along v."""
    axis, side = face
    u, v = (axis + 1) % 3, (axis + 2) % 3
    low = _row(places, within, u, -1, side, axis)  # arris along u; its others are v, axis
    right = _row(places, within, v, side, 1, axis)  # arris along v; its others are axis, u
    high = _row(places, within, u, 1, side, axis)
    left = _row(places, within, v, side, -1, axis)
    return low[:-1] + right[:-1] + high[:0:-1] + left[:0:-1]


def _plan(places: dict[Arris, int], within: int, rim: int, bossed: bool) -> Faces:
    """Triangles of one block, outward: its `rim` points, then those of its boss, then hubs."""
    faces: list[tuple[int, int, int]] = []
    grid, border = _grid()
    hub = rim + (len(border) + len(grid) if bossed else 0)
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for a, b in product((-1, 1), repeat=2):
            one, two = (_row(places, within, axis, a, b, face) for face in (u, v))
            for i in range(within + 1):
                faces += [(one[i], one[i + 1], two[i + 1]), (one[i], two[i + 1], two[i])]
        for side in (-1, 1):
            loop = _loop(places, within, (axis, side))
            if bossed and (axis, side) == BOSS_FACE:
                faces += _boss_faces(loop, rim, grid, border)
                continue
            middle = hub + 2 * axis + (side > 0)
            faces += [(middle, loop[i], loop[(i + 1) % len(loop)]) for i in range(len(loop))]
    faces += [(i, i + 1, i + 2) for i in range(0, 24, 3)]
    return _outward(np.array(faces), places, within, rim, bossed)


def _boss_faces(
    loop: list[int], first: int, grid: Array, border: NDArray[np.int64]
) -> list[tuple[int, int, int]]:
    """Triangles of a margin and its boss within a loop; their points begin at `first`."""
    # The loop runs along z first (its axes are z and x), the grid along x.
    quarter = len(loop) // 4
    sides_out = [loop[i * quarter : (i + 1) * quarter + 1] for i in range(4)]
    sides_out[3] = [*loop[3 * quarter :], loop[0]]
    along, up = BOSS_GRID
    ring = [first + i for i in range(len(border))]
    turns = np.cumsum([0, along, up, along, up])
    sides_in = [[*ring, ring[0]][turns[i] : turns[i + 1] + 1] for i in range(4)]
    # The loop: along z at low x, along x at high z, and so on; the grid goes the other way round.
    sides_in = [sides_in[3][::-1], sides_in[2][::-1], sides_in[1][::-1], sides_in[0][::-1]]
    faces: list[tuple[int, int, int]] = []
    for one, two in zip(sides_out, sides_in, strict=True):
        faces += _zipped(one, two)
    inner = [first + len(border) + int(i) for i in border]
    for i in range(len(ring)):
        j = (i + 1) % len(ring)
        faces += [(ring[i], ring[j], inner[j]), (ring[i], inner[j], inner[i])]
    start, row = first + len(border), along + 1
    for v, u in product(range(up), range(along)):
        a = start + v * row + u
        faces += [(a, a + 1, a + row + 1), (a, a + row + 1, a + row)]
    return faces


def _zipped(one: list[int], two: list[int]) -> list[tuple[int, int, int]]:
    """Triangles between two lines of points that run side by side."""
    faces: list[tuple[int, int, int]] = []
    i = j = 0
    while i < len(one) - 1 or j < len(two) - 1:
        ahead = (i + 1) * (len(two) - 1) <= (j + 1) * (len(one) - 1)
        if j == len(two) - 1 or (i < len(one) - 1 and ahead):
            faces.append((one[i], one[i + 1], two[j]))
            i += 1
        else:
            faces.append((one[i], two[j + 1], two[j]))
            j += 1
    return faces


def _outward(faces: Faces, places: dict[Arris, int], within: int, rim: int, bossed: bool) -> Faces:
    """The same triangles, all wound outward on an ideal block."""
    grid, border = _grid()
    points = np.zeros((rim + (len(border) + len(grid) if bossed else 0) + 6, 3))
    for index, corner in enumerate(CORNERS):
        for axis in range(3):
            points[3 * index + axis] = [
                s * (1.0 if i == axis else 0.8) for i, s in enumerate(corner)
            ]
    step = np.linspace(-0.6, 0.6, within)
    for (axis, a, b, face), place in places.items():
        u, v = (axis + 1) % 3, (axis + 2) % 3
        line = points[24 + within * place : 24 + within * (place + 1)]
        line[:, axis] = step
        line[:, u], line[:, v] = a * (1.0 if face == u else 0.8), b * (1.0 if face == v else 0.8)
    if bossed:
        ring, top = points[rim : rim + len(border)], points[rim + len(border) : -6]
        ring[:, [0, 2]], ring[:, 1] = 0.7 * grid[border], -1.0
        top[:, [0, 2]], top[:, 1] = 0.5 * grid, -1.1
    for axis, side in product(range(3), (0, 1)):
        points[len(points) - 6 + 2 * axis + side, axis] = 2 * side - 1
    inward = np.einsum("ij,ij->i", face_vectors(points, faces), points[faces].mean(axis=1)) < 0
    faces[inward] = faces[inward][:, ::-1]
    return faces
