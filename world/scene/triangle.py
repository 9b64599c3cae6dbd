"""A triangle that covers the whole picture, in clip space: for skies."""

from __future__ import annotations

import numpy as np
from panda3d.core import GeomNode

from models.mesh import Mesh
from world.scene.geom import to_node


def full_triangle(name: str) -> GeomNode:
    """Corners (-1, -1), (3, -1), (-1, 3) at z = 0, as p3d_Vertex."""
    corners = np.array([[-1, -1, 0], [3, -1, 0], [-1, 3, 0]], dtype=np.float32)
    normals = np.tile(np.array([0, 0, 1], dtype=np.float32), (3, 1))
    return to_node(Mesh(corners, normals, np.array([[0, 1, 2]])), name)
