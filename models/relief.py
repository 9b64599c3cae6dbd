"""A skin looked at once, from in front and infinitely far.

Everything lies in the orb's disc: x right, y up, z to the eye, radius 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models import body
from models.drawing import ROWS
from models.mesh import Mesh, smooth_normals

Array = NDArray[np.float64]

FAR = -1.2  # of the disc's z: where there is nothing
SPLATS = 16  # points along a triangle's edge


@dataclass(frozen=True)
class Seen:
    """What lies nearest behind every cell of a drawing, row 0 low.

    height : the disc's z (ROWS, ROWS), FAR where there is nothing
    normal : unit vectors (ROWS, ROWS, 3)
    """

    height: Array
    normal: Array


def of_mesh(mesh: Mesh, points: Array, to_disc: Array) -> Seen:
    """Skin whose vertices have been moved to `points` (n, 3), strewn with points and drawn."""
    placed = body.along(to_disc, points)
    normals = smooth_normals(placed.astype(np.float32), mesh.triangles).astype(np.float64)
    if np.linalg.det(to_disc[:3, :3]) < 0:
        normals = -normals
    a, b = np.meshgrid(np.arange(SPLATS) + 1 / 3, np.arange(SPLATS) + 1 / 3)
    inside = a + b < SPLATS
    shares = np.stack([a[inside], b[inside], SPLATS - a[inside] - b[inside]], axis=1) / SPLATS
    height = np.full(ROWS * ROWS, FAR)
    turned = np.zeros((ROWS * ROWS, 3))
    for share in shares:
        where = np.einsum("c,ncd->nd", share, placed[mesh.triangles])
        cells = np.floor((where[:, :2] + 1.0) * 0.5 * ROWS).astype(int)
        kept = ((cells >= 0) & (cells < ROWS)).all(axis=1)
        rays = cells[kept, 1] * ROWS + cells[kept, 0]
        nearer = where[kept, 2] > height[rays]
        rays, z = rays[nearer], where[kept, 2][nearer]
        order = np.argsort(z, kind="stable")
        height[rays[order]] = z[order]
        turned[rays[order]] = np.einsum("c,ncd->nd", share, normals[mesh.triangles])[kept][nearer][
            order
        ]
    lengths = np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    normal = (turned / lengths).reshape(ROWS, ROWS, 3)
    return Seen(height.reshape(ROWS, ROWS), normal)
