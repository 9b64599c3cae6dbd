"""What must be true of every closed body, whatever it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, face_vectors, is_closed, volume


def shading_of(body: Mesh) -> NDArray[np.float64]:
    """Asks that a body is closed, outward and has unit normals.

    Returns for each face (n,) its vector along the sum of its corners' normals: above 0 where
    they are on its outer side.
    """
    assert is_closed(body)
    assert volume(body) > 0
    assert np.abs(np.linalg.norm(body.normals, axis=1) - 1).max() < 1e-5
    faces = face_vectors(body.positions, body.triangles)
    corners = body.normals[body.triangles].sum(axis=1)
    return np.asarray(np.einsum("ij,ij->i", faces, corners))
