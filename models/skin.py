"""From clay to meshes: surfaces smoothed, thinned, with normals and occlusion from the field.

Skinning is marching cubes (Lewiner et al., 2003; in sdf.Clay), smoothing is Taubin's (1995),
decimation is by quadrics (Garland and Heckbert, 1997).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from models.mesh import Floats, Ints, Mesh, smooth_normals, unit
from models.sdf import Clay

TAUBIN = (0.5, -0.53)
OCCLUSION_DIRECTIONS = 32
OCCLUSION_STEPS = 10
DEEPEST = 0.03  # metres of flesh beyond which no light comes through


def taubin(positions: Floats, triangles: Ints, passes: int = 3) -> Floats:
    """Positions smoothed without shrinking: a step in and a step out, `passes` times."""
    count = len(positions)
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    ones = np.ones(2 * len(edges))
    rows = np.concatenate([edges[:, 0], edges[:, 1]])
    columns = np.concatenate([edges[:, 1], edges[:, 0]])
    near = sparse.csr_matrix((ones, (rows, columns)), shape=(count, count))
    mean = sparse.diags(1 / np.maximum(near.sum(axis=1).A1, 1)) @ near
    out = positions.astype(np.float64)
    for _ in range(passes):
        for weight in TAUBIN:
            out = out + weight * (mean @ out - out)
    return out.astype(np.float32)


def simplify(positions: Floats, triangles: Ints, count: int) -> tuple[Floats, Ints]:
    """At most about `count` triangles; vertices that nothing uses are dropped."""
    import fast_simplification  # needed for baking alone

    if len(triangles) <= count:
        return positions, triangles
    positions, triangles = fast_simplification.simplify(
        np.ascontiguousarray(positions, dtype=np.float32),
        np.ascontiguousarray(triangles, dtype=np.int32),
        target_count=count,
    )
    used, index = np.unique(triangles, return_inverse=True)
    return positions[used].astype(np.float32), index.reshape(-1, 3).astype(np.int32)


def largest_piece(triangles: Ints, count: int, least: int = 40) -> Ints:
    """Triangles without the crumbs: connected pieces of fewer than `least` vertices go."""
    links = np.ones(len(triangles) * 2)
    rows = triangles[:, [0, 1]].reshape(-1)
    columns = triangles[:, [1, 2]].reshape(-1)
    graph = sparse.csr_matrix((links, (rows, columns)), shape=(count, count))
    _, label = sparse.csgraph.connected_components(graph, directed=False)
    kept: Ints = triangles[np.bincount(label)[label[triangles[:, 0]]] >= least]
    return kept


def directions(count: int) -> NDArray[np.float64]:
    """Unit vectors (count, 3) spread evenly over the sphere (Fibonacci lattice)."""
    i = np.arange(count) + 0.5
    height = 1 - 2 * i / count
    turn = np.pi * (1 + 5**0.5) * i
    flat = np.sqrt(1 - height**2)
    return np.stack([flat * np.cos(turn), flat * np.sin(turn), height], axis=1)


def occlusion(clay: Clay, positions: ArrayLike, normals: ArrayLike, reach: float) -> Floats:
    """How open each point (n, 3) is to its hemisphere, 0..1, by marching up to `reach`.

    Each direction is weighted by its cosine; a march is shadowed by how deep it gets into
    the clay for its length, which keeps the edge of the shade soft.
    """
    return openness(clay, positions, normals, reach)[0]


def openness(
    clay: Clay, positions: ArrayLike, normals: ArrayLike, reach: float
) -> tuple[Floats, Floats]:
    """The same share (n,), and the mean way (n, 3), of unit length, that is open."""
    positions = np.asarray(positions, dtype=np.float64)
    normals = np.asarray(normals, dtype=np.float64)
    lengths = np.geomspace(1.5 * clay.step, reach, OCCLUSION_STEPS)
    light, total = np.zeros(len(positions)), np.zeros(len(positions))
    ways = 1e-3 * normals
    field = clay.settled()
    for direction in directions(OCCLUSION_DIRECTIONS):
        cosine = normals @ direction
        faced = np.flatnonzero(cosine > 0.02)
        start = positions[faced] + normals[faced] * clay.step
        open_ = np.ones(len(faced))
        for length in lengths:
            depth = field.at(start + direction * length)
            open_ = np.minimum(open_, np.clip(0.5 + depth / (0.25 * length + clay.step), 0, 1))
        light[faced] += cosine[faced] * open_
        total[faced] += cosine[faced]
        ways[faced] += (cosine[faced] * open_)[:, None] * direction
    return (light / np.maximum(total, 1e-6)).astype(np.float32), unit(ways)


def thickness(clay: Clay, points: Floats, normals: Floats, least: float = 0.0016) -> Floats:
    """How much flesh light has to cross below each point (n, 3), as a share (n,) of DEEPEST.

    It is first looked for `least` metres below the skin.
    """
    depth = np.zeros(len(points))
    lengths = np.linspace(least, DEEPEST, 24)
    field = clay.settled()
    ways = directions(48)
    for way in ways:
        faced = np.flatnonzero(normals @ way < -0.75)
        start = points[faced].astype(np.float64)
        inside = np.stack([field.at(start + way * length) < 0 for length in lengths], axis=1)
        crossed = np.where(inside.all(axis=1), 1.0, inside.argmin(axis=1) / len(lengths))
        depth[faced] = np.where(depth[faced] == 0.0, crossed, np.minimum(depth[faced], crossed))
    return depth.astype(np.float32)


def flushed(
    points: ArrayLike, spots: Sequence[tuple[ArrayLike, float, float]]
) -> NDArray[np.float64]:
    """How much blood shows (n,) at points (n, 3): spots have a middle, a reach and a share."""
    out = np.zeros(len(np.asarray(points)))
    for middle, reach, most in spots:
        away = np.linalg.norm(np.asarray(points) - np.asarray(middle), axis=1)
        out = np.maximum(out, most * np.exp(-((away / reach) ** 2)))
    return out


def skinned(
    clay: Clay, counts: Sequence[int], reach: float, passes: int = 3, blur: float = 1.0
) -> list[Mesh]:
    """The clay's surface at several triangle counts, each with normals and `ao`.

    Normals are half the field's, which know the folds that were decimated away, and half the
    triangles' own, without which coarse levels sparkle.

    reach : how far the ambient occlusion looks, in the clay's unit
    blur  : width of the difference that normals are taken over, in grid steps
    """
    positions, triangles = clay.skin()
    triangles = largest_piece(triangles, len(positions))
    positions = taubin(positions, triangles, passes)
    out = []
    for count in counts:
        points, faces = simplify(positions, triangles, count)
        normals = unit(clay.gradient(points, blur) + smooth_normals(points, faces))
        shade = occlusion(clay, points, normals, reach)[:, None]
        out.append(Mesh(points, normals, faces, {"ao": shade}))
    return out
