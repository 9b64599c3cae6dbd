"""The one shape type of the project, and what can be asked of it.

A mesh is arrays and nothing else: metres, z up, right-handed, triangles wound
counter-clockwise when seen from outside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Mesh:
    """Triangles with unit normals and any number of named vertex attributes.

    positions  : (n, 3) float32, metres
    normals    : (n, 3) float32, unit length
    triangles  : (m, 3) int32, rows of vertex indices
    attributes : name -> (n, k) float32 with k in 1..4; the name is the name of
                 the input in the vertex shader

    Raises ValueError where shapes disagree or an index points past the end.
    """

    positions: Floats
    normals: Floats
    triangles: Ints
    attributes: Mapping[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        set_field = object.__setattr__
        set_field(self, "positions", _rows(self.positions, 3, "positions"))
        set_field(self, "normals", _rows(self.normals, 3, "normals"))
        triangles = np.ascontiguousarray(self.triangles, dtype=np.int32).reshape(-1, 3)
        set_field(self, "triangles", triangles)
        count = len(self.positions)
        if len(self.normals) != count:
            raise ValueError(f"{count} positions but {len(self.normals)} normals")
        if triangles.size and (triangles.min() < 0 or triangles.max() >= count):
            raise ValueError(f"a triangle points outside the {count} vertices")
        rows = {name: _rows(values, None, name) for name, values in self.attributes.items()}
        for name, values in rows.items():
            if len(values) != count:
                raise ValueError(f"{count} positions but {len(values)} rows of {name!r}")
        set_field(self, "attributes", rows)

    def with_attributes(self, **attributes: ArrayLike) -> Mesh:
        """The same mesh with these attributes added; a scalar fills every vertex."""
        count = len(self.positions)
        rows = dict(self.attributes)
        for name, values in attributes.items():
            array = np.asarray(values, dtype=np.float32)
            if array.ndim == 0:
                array = np.full((count, 1), array, dtype=np.float32)
            elif array.ndim == 1 and len(array) != count:
                array = np.broadcast_to(array, (count, len(array)))
            rows[name] = np.ascontiguousarray(array.reshape(count, -1), dtype=np.float32)
        return replace(self, attributes=rows)

    def transformed(self, matrix: ArrayLike) -> Mesh:
        """Moved by a (4, 4) column-vector matrix; normals follow by the inverse transpose."""
        matrix = np.asarray(matrix, dtype=np.float64)
        positions = self.positions @ matrix[:3, :3].T + matrix[:3, 3]
        normals = self.normals @ np.linalg.inv(matrix[:3, :3])
        triangles = self.triangles if np.linalg.det(matrix[:3, :3]) > 0 else self.triangles[:, ::-1]
        return replace(self, positions=positions, normals=unit(normals), triangles=triangles)

    def moved(self, offset: ArrayLike) -> Mesh:
        """Shifted by an offset (3,), metres."""
        return replace(self, positions=self.positions + np.asarray(offset, dtype=np.float32))


def _rows(values: ArrayLike, width: int | None, name: str) -> Floats:
    array = np.ascontiguousarray(values, dtype=np.float32)
    if array.ndim != 2 or (width is not None and array.shape[1] != width):
        raise ValueError(f"{name} has shape {array.shape}, expected (n, {width or '1..4'})")
    return array


def unit(vectors: ArrayLike) -> Floats:
    """Vectors (..., 3) scaled to length one; a zero vector becomes +z."""
    array = np.asarray(vectors, dtype=np.float64)
    length = np.linalg.norm(array, axis=-1, keepdims=True)
    up = np.zeros_like(array)
    up[..., 2] = 1.0
    out = np.where(length > 1e-12, array / np.maximum(length, 1e-12), up)
    return out.astype(np.float32)


def face_vectors(positions: ArrayLike, triangles: ArrayLike) -> NDArray[np.float64]:
    """Cross products (m, 3) of the triangles' edges: length is twice the area."""
    corners = np.asarray(positions, dtype=np.float64)[np.asarray(triangles)]
    return np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])


def _cuboid() -> Ints:
    faces = []
    for axis in range(3):
        u, v = 4 >> (axis + 1) % 3, 4 >> (axis + 2) % 3
        for side in (0, 4 >> axis):
            a, b, c, d = side, side + u, side + u + v, side + v
            faces += [(a, b, c), (a, c, d)] if side else [(a, c, b), (a, d, c)]
    return np.array(faces, dtype=np.int32)


# Triangles (12, 3) of a block: its corner 4x + 2y + z has each of x, y, z low (0) or high (1).
CUBOID: Ints = _cuboid()


def smooth_normals(positions: ArrayLike, triangles: ArrayLike) -> Floats:
    """Area-weighted vertex normals (n, 3) of an indexed surface."""
    positions = np.asarray(positions)
    triangles = np.asarray(triangles)
    faces = face_vectors(positions, triangles)
    total = np.zeros((len(positions), 3))
    for corner in range(3):
        for axis in range(3):
            total[:, axis] += np.bincount(
                triangles[:, corner], weights=faces[:, axis], minlength=len(positions)
            )
    return unit(total)


def faceted(positions: ArrayLike, triangles: ArrayLike) -> Mesh:
    """A mesh whose triangles share no vertices, so that every edge is crisp."""
    triangles = np.asarray(triangles)
    corners = np.asarray(positions, dtype=np.float32)[triangles].reshape(-1, 3)
    normals = np.repeat(unit(face_vectors(positions, triangles)), 3, axis=0)
    return Mesh(corners, normals, np.arange(len(corners), dtype=np.int32).reshape(-1, 3))


def merge(meshes: Sequence[Mesh]) -> Mesh:
    """All meshes as one. Attributes must have the same names and widths in each."""
    meshes = [mesh for mesh in meshes if len(mesh.positions)]
    if not meshes:
        raise ValueError("nothing to merge: give at least one mesh with vertices")
    names = list(meshes[0].attributes)  # in their order, so that what is baked is the same bytes
    for mesh in meshes:
        if set(mesh.attributes) != set(names):
            raise ValueError(f"attributes differ: {sorted(names)} and {sorted(mesh.attributes)}")
    starts = np.cumsum([0] + [len(mesh.positions) for mesh in meshes[:-1]])
    return Mesh(
        np.concatenate([mesh.positions for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate([mesh.triangles + start for mesh, start in zip(meshes, starts)]),
        {name: np.concatenate([mesh.attributes[name] for mesh in meshes]) for name in names},
    )


def selected(mesh: Mesh, rows: NDArray[np.bool_]) -> Mesh:
    """The vertices of these `rows` (n,), and the triangles that have all of theirs among them."""
    index = np.cumsum(rows) - 1
    return Mesh(
        mesh.positions[rows],
        mesh.normals[rows],
        index[mesh.triangles[rows[mesh.triangles].all(axis=1)]].astype(np.int32),
        {name: values[rows] for name, values in mesh.attributes.items()},
    )


def area(mesh: Mesh) -> float:
    """Surface area, square metres."""
    return float(np.linalg.norm(face_vectors(mesh.positions, mesh.triangles), axis=1).sum() / 2)


def volume(mesh: Mesh) -> float:
    """Signed volume by the divergence theorem, cubic metres: positive when wound outward."""
    corners = mesh.positions.astype(np.float64)[mesh.triangles]
    return float(np.einsum("ij,ij->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6)


def welded_triangles(mesh: Mesh, tolerance: float = 1e-5) -> Ints:
    """Triangles with indices of distinct places, so that seams in normals do not count."""
    cells = np.round(mesh.positions.astype(np.float64) / tolerance).astype(np.int64)
    _, place = np.unique(cells, axis=0, return_inverse=True)
    triangles = place.reshape(-1)[mesh.triangles].astype(np.int32)
    distinct = (
        (triangles[:, 0] != triangles[:, 1])
        & (triangles[:, 1] != triangles[:, 2])
        & (triangles[:, 2] != triangles[:, 0])
    )
    return triangles[distinct]


def border_edges(mesh: Mesh, tolerance: float = 1e-5) -> Ints:
    """Directed edges (k, 2) with no partner running the other way; empty for a closed mesh."""
    triangles = welded_triangles(mesh, tolerance).astype(np.int64)
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    size = edges.max(initial=0) + 1
    forward = edges[:, 0] * size + edges[:, 1]
    backward = edges[:, 1] * size + edges[:, 0]
    return edges[~np.isin(forward, backward)].astype(np.int32)


def is_closed(mesh: Mesh, tolerance: float = 1e-5) -> bool:
    """True when the surface has no border."""
    return len(border_edges(mesh, tolerance)) == 0


@dataclass(frozen=True)
class Samples:
    """Points on a surface: positions and normals (n, 3), attributes name -> (n, k)."""

    positions: Floats
    normals: Floats
    attributes: Mapping[str, Floats]


def sample_surface(mesh: Mesh, count: int, seed: int) -> Samples:
    """`count` points spread evenly by area over the mesh, with interpolated attributes."""
    rng = np.random.default_rng(seed)
    weights = np.linalg.norm(face_vectors(mesh.positions, mesh.triangles), axis=1)
    ends = np.cumsum(weights)
    if not len(ends) or ends[-1] <= 0:
        raise ValueError("the mesh has no area to sample")
    stratified = (np.arange(count) + rng.random(count)) / max(count, 1) * ends[-1]
    faces = mesh.triangles[np.minimum(np.searchsorted(ends, stratified), len(ends) - 1)]
    root = np.sqrt(rng.random(count))
    second = rng.random(count)
    mix = np.stack([1 - root, root * (1 - second), root * second], axis=1).astype(np.float32)

    def blend(values: Floats) -> Floats:
        return np.einsum("ij,ijk->ik", mix, values[faces]).astype(np.float32)

    return Samples(
        blend(mesh.positions),
        unit(blend(mesh.normals)),
        {name: blend(values) for name, values in mesh.attributes.items()},
    )
