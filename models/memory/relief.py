"""A skin looked at once, from in front and infinitely far.

Everything lies in the orb's disc: x right, y up, z to the eye, radius 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.drawing import ROWS
from models.mesh import Mesh, smooth_normals
from models.people import body

Array = NDArray[np.float64]

FAR = -1.2  # of the disc's z: where there is nothing
SPLATS = 16  # points along a triangle's edge


@dataclass(frozen=True)
class Seen:
    """What lies nearest behind every cell of a drawing, row 0 low.

    height : the disc's z (ROWS, ROWS), FAR where there is nothing
    normal : unit vectors (ROWS, ROWS, 3)
    rest   : the mesh's own place there (ROWS, ROWS, 3), before it was moved
    """

    height: Array
    normal: Array
    rest: Array


def of_mesh(mesh: Mesh, points: ArrayLike, to_disc: Array, splats: int = SPLATS) -> Seen:
    """Skin whose vertices have been moved to `points` (n, 3), strewn with points and drawn.

    splats : points along a triangle's edge
    """
    placed = body.along(to_disc, points)
    normals = smooth_normals(placed.astype(np.float32), mesh.triangles).astype(np.float64)
    if np.linalg.det(to_disc[:3, :3]) < 0:
        normals = -normals
    a, b = np.meshgrid(np.arange(splats) + 1 / 3, np.arange(splats) + 1 / 3)
    inside = a + b < splats
    shares = np.stack([a[inside], b[inside], splats - a[inside] - b[inside]], axis=1) / splats
    height = np.full(ROWS * ROWS, FAR)
    values = np.zeros((ROWS * ROWS, 6))
    carried = np.concatenate([normals, mesh.positions.astype(np.float64)], axis=1)
    for share in shares:
        where = np.einsum("c,ncd->nd", share, placed[mesh.triangles])
        cells = np.floor((where[:, :2] + 1.0) * 0.5 * ROWS).astype(int)
        kept = ((cells >= 0) & (cells < ROWS)).all(axis=1)
        rays = cells[kept, 1] * ROWS + cells[kept, 0]
        nearer = where[kept, 2] > height[rays]
        rays, z = rays[nearer], where[kept, 2][nearer]
        order = np.argsort(z, kind="stable")
        height[rays[order]] = z[order]
        faces = mesh.triangles[np.flatnonzero(kept)[nearer][order]]
        values[rays[order]] = np.einsum("c,ncd->nd", share, carried[faces])
    turned, rest = values[:, :3], values[:, 3:]
    lengths = np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    normal = (turned / lengths).reshape(ROWS, ROWS, 3)
    return Seen(height.reshape(ROWS, ROWS), normal, rest.reshape(ROWS, ROWS, 3))
