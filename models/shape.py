"""A sculptor's primitives: closed bodies, wound outward, with unit normals.

Every body carries `edge` (n, 1): metres from the vertex to the nearest sharp edge
of its stone, for wear and dirt. Lengths are metres, z up, angles radians.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import Mesh, face_vectors, unit

Array = NDArray[np.float64]
Faces = NDArray[np.int64]

CREASE = np.radians(38.0)  # faces that meet more sharply than this do not share a normal


def creased(
    positions: Array, triangles: Faces, angle: float = CREASE, **carried: ArrayLike
) -> Mesh:
    """An indexed surface with normals smooth but across creases; `carried` (n,) go along.

    Triangles without area are dropped. Vertices are doubled only where normals differ.
    """
    faces = face_vectors(positions, triangles)
    real = np.linalg.norm(faces, axis=1) > 1e-12
    triangles, faces = triangles[real], faces[real]
    flat = unit(faces).astype(np.float64)
    vertex = triangles.ravel()
    face = np.repeat(np.arange(len(triangles)), 3)
    total = faces[face].copy()
    order = np.argsort(vertex, kind="stable")
    ranked, limit = vertex[order], np.cos(angle)
    at = np.arange(len(order))
    for step in range(1, len(order)):
        at = at[at + step < len(order)]
        at = at[ranked[at] == ranked[at + step]]
        if not len(at):
            break
        one, two = order[at], order[at + step]
        alike = np.einsum("ij,ij->i", flat[face[one]], flat[face[two]]) > limit
        one, two = one[alike], two[alike]
        total[one] += faces[face[two]]  # each corner occurs once in `one`, once in `two`
        total[two] += faces[face[one]]
    normals = unit(total)
    grid = np.round(normals.astype(np.float64) * 500).astype(np.int64) + 512
    key = ((vertex.astype(np.int64) * 1024 + grid[:, 0]) * 1024 + grid[:, 1]) * 1024 + grid[:, 2]
    _, first, corner = np.unique(key, return_index=True, return_inverse=True)
    places = positions[vertex[first]].astype(np.float32)
    mesh = Mesh(places, normals[first], corner.reshape(-1, 3).astype(np.int32))
    return mesh.with_attributes(
        **{name: np.asarray(values)[vertex[first]] for name, values in carried.items()}
    )


def skin(
    rings: ArrayLike,
    edge: ArrayLike,
    angle: float = CREASE,
    open: ArrayLike | None = None,
    capped: bool = True,
) -> Mesh:
    """A closed body from rings (k, n, 3), counter-clockwise seen from the end they lead to.

    Both ends are closed by fans; `edge` is (k,) or (k, n). `open`, the same, is the share of
    the sky that each point sees: the mesh then carries it, and a sun that nothing hides.
    Ends that nobody can see need not be `capped`.
    """
    ring = np.asarray(rings, dtype=np.float64)
    k, n, _ = ring.shape
    index = np.arange(k * n).reshape(k, n)
    turned = np.roll(index, -1, axis=1)
    a, b, c, d = (q.ravel() for q in (index[:-1], turned[:-1], turned[1:], index[1:]))
    start, end = np.full(n, k * n), np.full(n, k * n + 1)
    triangles = np.concatenate(
        [
            np.column_stack([a, b, c]),
            np.column_stack([a, c, d]),
            np.column_stack([start, turned[0], index[0]]),
            np.column_stack([end, index[-1], turned[-1]]),
        ]
    )
    if not capped:
        triangles = triangles[: -2 * n]
    middle = ring[[0, -1]].mean(axis=1)
    positions = np.concatenate([ring.reshape(-1, 3), middle])
    wear = np.asarray(edge, dtype=np.float64)
    wear = np.broadcast_to(wear[:, None] if wear.ndim == 1 else wear, (k, n)).ravel()
    reach = [np.linalg.norm(ring[i] - middle[i], axis=1).min() for i in (0, -1)]
    edges = np.concatenate([wear, reach])
    if open is None:
        return creased(positions, triangles, angle, edge=edges)
    sky = np.asarray(open, dtype=np.float64)
    sky = np.broadcast_to(sky[:, None] if sky.ndim == 1 else sky, (k, n))
    sky = np.concatenate([sky.ravel(), sky[[0, -1]].mean(axis=1)])
    return creased(
        positions, triangles, angle, edge=edges, open=np.column_stack([sky, np.ones(len(sky))])
    )


def circle(count: int, radius: float = 1.0, turn: float = 0.0) -> Array:
    """Points (count, 2) of a counter-clockwise circle."""
    angle = turn + 2 * np.pi * np.arange(count) / count
    return radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)


def lathe(profile: ArrayLike, sides: int = 24, open: ArrayLike | None = None) -> Mesh:
    """A profile (k, 2) of (radius, height), bottom to top along the outside, turned about z.

    `open` (k,) is as for `skin`.
    """
    path = np.asarray(profile, dtype=np.float64)
    rings = np.zeros((len(path), sides, 3))
    rings[:, :, :2] = path[:, None, :1] * circle(sides)
    rings[:, :, 2] = path[:, 1:]
    return skin(rings, _from_creases(path), open=open)


def _from_creases(path: Array) -> Array:
    """Metres (k,) along an open path to its nearest crease or end."""
    step = np.diff(path, axis=0)
    length = np.linalg.norm(step, axis=1)
    heading = step / np.maximum(length, 1e-12)[:, None]
    turn = np.einsum("ij,ij->i", heading[1:], heading[:-1]) < np.cos(CREASE)
    gone = np.concatenate([[0.0], np.cumsum(length)])
    sharp = gone[np.concatenate([[True], turn, [True]])]
    return np.asarray(np.abs(gone[:, None] - sharp).min(axis=1))


def cylinder(radius: float, height: float, sides: int = 24, bevel: float = 0.02) -> Mesh:
    """An upright round block standing on z = 0."""
    return lathe(
        [
            (radius - bevel, 0.0),
            (radius, bevel),
            (radius, height / 2),
            (radius, height - bevel),
            (radius - bevel, height),
        ],
        sides,
    )


def icosphere(radius: float = 1.0, levels: int = 2) -> Mesh:
    """A ball of 20 * 4^levels triangles about the origin."""
    g = (1 + 5**0.5) / 2
    corners: list[tuple[float, float, float]]
    corners = [(-1, g, 0), (1, g, 0), (-1, -g, 0), (1, -g, 0), (0, -1, g), (0, 1, g)]
    corners += [(0, -1, -g), (0, 1, -g), (g, 0, -1), (g, 0, 1), (-g, 0, -1), (-g, 0, 1)]
    text = "0 11 5 0 5 1 0 1 7 0 7 10 0 10 11 1 5 9 5 11 4 11 10 2 10 7 6 7 1 8 "
    text += "3 9 4 3 4 2 3 2 6 3 6 8 3 8 9 4 9 5 2 4 11 6 2 10 8 6 7 9 8 1"
    points = unit(np.array(corners, dtype=np.float64)).astype(np.float64)
    faces = np.array(text.split(), dtype=np.int64).reshape(-1, 3)
    for _ in range(levels):
        points, faces = _quartered(points, faces)
        points = unit(points).astype(np.float64)
    normals = points.astype(np.float32)
    mesh = Mesh(normals * np.float32(radius), normals, faces.astype(np.int32))
    return mesh.with_attributes(edge=radius)


def _quartered(points: Array, faces: Faces) -> tuple[Array, Faces]:
    """Every triangle cut in four; middles of edges are shared."""
    sides = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
    pairs, middle = np.unique(sides, axis=0, return_inverse=True)
    ab, bc, ca = len(points) + middle.reshape(3, -1)
    a, b, c = faces.T
    parts = [(a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca)]
    new = np.concatenate([np.column_stack(part) for part in parts])
    return np.concatenate([points, points[pairs].mean(axis=1)]), new


def prism(polygon: ArrayLike, bottom: float, top: float, bevel: float = 0.0) -> Mesh:
    """A counter-clockwise polygon (n, 2), seen whole from its middle, raised between heights."""
    outline = np.asarray(polygon, dtype=np.float64)
    middle = outline.mean(axis=0)
    least = float(np.linalg.norm(outline - middle, axis=1).min())
    drawn = middle + (outline - middle) * (1.0 - bevel / least)
    levels = [(outline, bottom), (outline, (bottom + top) / 2), (outline, top - bevel)]
    if bevel:
        levels = [(drawn, bottom), (outline, bottom + bevel), *levels[1:], (drawn, top)]
    else:
        levels[-1] = (outline, top)
    rings = np.stack([np.column_stack([xy, np.full(len(xy), z)]) for xy, z in levels])
    edge = [0.0] * len(levels)
    edge[len(levels) // 2] = (top - bottom) / 2
    return skin(rings, edge)


def tube(path: ArrayLike, radius: ArrayLike, sides: int = 10) -> Mesh:
    """A round rope along a path (k, 3), of radius (k,) or one number."""
    points = np.asarray(path, dtype=np.float64)
    thick = np.broadcast_to(np.asarray(radius, dtype=np.float64), (len(points),))
    return sweep(circle(sides), points, scale=thick)


def sweep(profile: ArrayLike, path: ArrayLike, scale: ArrayLike = 1.0) -> Mesh:
    """A counter-clockwise profile (n, 2) carried along a path (k, 3) without twisting.

    The frame is carried by double reflection (Wang et al., 2008). The profile's x starts
    towards the horizontal right of the path and its y is the right-handed third direction.
    """
    outline, points = np.asarray(profile, dtype=np.float64), np.asarray(path, dtype=np.float64)
    if len(points) < 2:
        raise ValueError("a sweep needs a path of at least two points")
    size = np.broadcast_to(np.asarray(scale, dtype=np.float64), (len(points),))
    tangent = unit(np.gradient(points, axis=0)).astype(np.float64)
    across = np.cross(tangent[0], [0.0, 0.0, 1.0])
    if np.linalg.norm(across) < 1e-6:
        across = np.cross(tangent[0], [0.0, 1.0, 0.0])
    right = [across / np.linalg.norm(across)]
    for step in range(len(points) - 1):
        ends = slice(step, step + 2)
        right.append(_reflected_frame(points[ends], tangent[ends], right[-1]))
    x = np.array(right)
    y = np.cross(tangent, x)
    rings = points[:, None] + size[:, None, None] * (
        outline[None, :, :1] * x[:, None] + outline[None, :, 1:] * y[:, None]
    )
    return skin(rings, _from_creases(points))


def _reflected_frame(ends: Array, tangents: Array, right: Array) -> Array:
    first = ends[1] - ends[0]
    c = max(float(first @ first), 1e-18)
    turned = right - (2.0 / c) * (first @ right) * first
    heading = tangents[0] - (2.0 / c) * (first @ tangents[0]) * first
    second = tangents[1] - heading
    d = float(second @ second)
    out = turned if d < 1e-18 else turned - (2.0 / d) * (second @ turned) * second
    return np.asarray(out / np.linalg.norm(out))


def box(size: ArrayLike, bevel: float = 0.02) -> Mesh:
    """A block of size (3,) centred on the origin, its edges cut by `bevel`."""
    return boxes(np.asarray(size, dtype=np.float64)[None], bevel)


def boxes(
    sizes: ArrayLike,
    bevel: ArrayLike,
    frames: ArrayLike | None = None,
    wear: Callable[[Array], Array] | None = None,
    seeds: ArrayLike | None = None,
) -> Mesh:
    """Many blocks of sizes (n, 3) in one mesh, 56 triangles each, in the order given.

    frames : (n, 4, 4) where each stands, or None for the origin
    wear   : moves corner points; takes and gives offsets (n, 24, 3) of the block's rim points,
             three for each of the corners --- --+ -+- -++ +-- +-+ ++- +++
    seeds  : (n,) kept as the attribute `seed`
    """
    half = 0.5 * np.asarray(sizes, dtype=np.float64)
    count = len(half)
    corners, triangles = _block_plan()
    middles = corners[None, 24:] * half[:, None, :]
    local = np.concatenate([rim_points(sizes, bevel), middles], axis=1)
    if wear is not None:
        local[:, :24] = wear(local[:, :24])
    edge = np.zeros((count, 30))
    for axis in range(3):
        least = np.delete(half, axis, axis=1).min(axis=1)
        edge[:, 24 + 2 * axis] = edge[:, 25 + 2 * axis] = least
    if frames is not None:
        place = np.asarray(frames, dtype=np.float64)
        local = np.einsum("nij,nkj->nki", place[:, :3, :3], local) + place[:, None, :3, 3]
    faces = (triangles[None] + 30 * np.arange(count)[:, None, None]).reshape(-1, 3)
    carried = {"edge": edge.ravel()}
    if seeds is not None:
        carried["seed"] = np.repeat(np.asarray(seeds, dtype=np.float64), 30)
    return creased(local.reshape(-1, 3), faces, np.radians(30.0), **carried)


def rim_points(sizes: ArrayLike, bevel: ArrayLike) -> Array:
    """The corner points (n, 24, 3) of blocks of sizes (n, 3), three to a corner, as for `boxes`."""
    half = 0.5 * np.asarray(sizes, dtype=np.float64)
    cut = np.broadcast_to(np.asarray(bevel, dtype=np.float64), (len(half),))
    corners = _block_plan()[0][:24]
    kept = half[:, None, :] - np.where(np.abs(corners) < 1, cut[:, None, None], 0.0)
    return np.asarray(np.sign(corners)[None] * kept)


def _block_plan() -> tuple[Array, Faces]:
    """30 points of a bevelled block and its outward triangles.

    24 rim points, one a corner and face, with 1 on the face's axis and 0.5 on the others;
    then the middles of the faces -x +x -y +y -z +z.
    """
    signs = [(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]
    points = []
    for corner in signs:
        for axis in range(3):
            points.append([s * (1.0 if i == axis else 0.5) for i, s in enumerate(corner)])
    for axis in range(3):
        for side in (-1.0, 1.0):
            points.append([side if i == axis else 0.0 for i in range(3)])
    rank = {corner: 3 * i for i, corner in enumerate(signs)}
    faces: list[tuple[int, int, int]] = []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for side in (-1, 1):
            loop = []
            for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                at = [0, 0, 0]
                at[axis], at[u], at[v] = side, a, b
                loop.append(rank[at[0], at[1], at[2]] + axis)
            hub = 24 + 2 * axis + (side > 0)
            faces += [(hub, loop[i], loop[(i + 1) % 4]) for i in range(4)]
        for a in (-1, 1):
            for b in (-1, 1):
                low, high = [0, 0, 0], [0, 0, 0]
                low[axis], low[u], low[v] = -1, a, b
                high[axis], high[u], high[v] = 1, a, b
                p, q = rank[low[0], low[1], low[2]], rank[high[0], high[1], high[2]]
                faces += [(p + u, q + u, q + v), (p + u, q + v, p + v)]
    faces += [(i, i + 1, i + 2) for i in range(0, 24, 3)]
    plan, index = np.array(points), np.array(faces)
    normal = face_vectors(plan, index)
    inward = np.einsum("ij,ij->i", normal, plan[index].mean(axis=1)) < 0
    index[inward] = index[inward][:, ::-1]
    return plan, index


def frame(place: Sequence[float], turn: float = 0.0, tip: float = 0.0, lean: float = 0.0) -> Array:
    """A (4, 4) placing: roll `lean` about x, then pitch `tip` about y, then `turn` about z."""
    cz, sz, cy, sy = np.cos(turn), np.sin(turn), np.cos(tip), np.sin(tip)
    cx, sx = np.cos(lean), np.sin(lean)
    matrix = np.eye(4)
    about_z = np.array([[cz, -sz, 0.0], [sz, cz, 0.0], [0.0, 0.0, 1.0]])
    about_y = np.array([[cy, 0.0, sy], [0.0, 1.0, 0.0], [-sy, 0.0, cy]])
    about_x = np.array([[1.0, 0.0, 0.0], [0.0, cx, -sx], [0.0, sx, cx]])
    matrix[:3, :3] = about_z @ about_y @ about_x
    matrix[:3, 3] = place
    return matrix
