"""Fewer triangles for what stands far off: vertex clustering (Rossignac & Borrel 1993)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, unit


def clustered(mesh: Mesh, cell: float, apart: str | None = None, sharp: float = 1.0) -> Mesh:
    """The mesh with all vertices in a cube of side `cell` metres moved to their mean.

    Triangles that lose their area are dropped, and of those that fall on one another one is
    kept. Vertices with different normals keep them, so edges stay sharp; all in a cube share one
    place, so no gaps open. Attributes are means. Vertices that differ in the attribute `apart`
    are never joined; `sharp` above 1 takes smaller differences of normals for edges.
    """
    cube = np.floor(mesh.positions / cell).astype(np.int64)
    if apart is not None:
        _, whose = np.unique(mesh.attributes[apart], axis=0, return_inverse=True)
        cube = np.column_stack([cube, whose.reshape(-1)])
    _, place = np.unique(cube, axis=0, return_inverse=True)
    place = place.reshape(-1)
    facing = np.round(mesh.normals * sharp).astype(np.int64)
    _, corner = np.unique(np.column_stack([place, facing]), axis=0, return_inverse=True)
    corner = corner.reshape(-1)
    where = np.zeros(corner.max() + 1, dtype=np.int64)
    where[corner] = place
    positions = _means(mesh.positions, place)[where].astype(np.float32)
    triangles = corner[mesh.triangles]
    ends = where[triangles]
    whole = (ends[:, 0] != ends[:, 1]) & (ends[:, 1] != ends[:, 2]) & (ends[:, 2] != ends[:, 0])
    triangles = _once(triangles[whole], ends[whole])
    used, kept = np.unique(triangles, return_inverse=True)
    return Mesh(
        positions[used],
        unit(_means(mesh.normals, corner))[used],
        kept.reshape(-1, 3).astype(np.int32),
        {
            name: _means(values, corner)[used].astype(np.float32)
            for name, values in mesh.attributes.items()
        },
    )


def _once(triangles: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of triangles over the same three places in the same turn, the first."""
    turn = np.argmin(places, axis=1)
    turned = np.take_along_axis(places, (turn[:, None] + np.arange(3)) % 3, axis=1)
    _, first = np.unique(turned, axis=0, return_index=True)
    return triangles[np.sort(first)]


def _means(values: NDArray[np.float32], group: NDArray[np.int64]) -> NDArray[np.float64]:
    """The mean (groups, k) of rows (n, k) with the same group."""
    count = np.bincount(group).astype(np.float64)
    sums = [np.bincount(group, values[:, k].astype(np.float64)) for k in range(values.shape[1])]
    return np.stack(sums, axis=1) / count[:, None]
