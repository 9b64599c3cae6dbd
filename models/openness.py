"""How much of the sky the parts of a carving see, reckoned once: rays through a grid of its stone.

What a carver undercuts is dark in any light; a vertex that remembers it costs a picture nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, sample_surface
from models.skin import directions

Array = NDArray[np.float64]

RAYS = 40
SAMPLES = 60_000  # points on the surface that fill the grid
OFF = 2.2  # cells from the surface at which a ray starts


def openness(mesh: Mesh, cell: float, reach: float, seed: int = 5) -> Array:
    """Share (n,) of the sky, weighted by the cosine, that no stone within `reach` metres hides.

    cell : of the grid, metres: about the width of the finest hollow
    """
    low = mesh.positions.min(axis=0) - 3 * cell
    size = np.ceil((mesh.positions.max(axis=0) + 3 * cell - low) / cell).astype(int) + 1
    filled = np.zeros(size, dtype=bool)
    points = sample_surface(mesh, SAMPLES, seed).positions
    filled[tuple(((points - low) / cell).astype(int).T)] = True
    start = mesh.positions.astype(np.float64) + OFF * cell * mesh.normals
    normals = mesh.normals.astype(np.float64)
    steps = np.arange(0.0, reach, cell)
    open_sky, whole = np.zeros(len(start)), np.zeros(len(start))
    for way in directions(RAYS):
        cosine = normals @ way
        front = np.flatnonzero(cosine > 0.05)
        free = np.ones(len(front), dtype=bool)
        for step in steps:
            at = ((start[front] + step * way - low) / cell).astype(int)
            inside = ((at >= 0) & (at < size)).all(axis=1)
            at = np.where(inside[:, None], at, 0)
            free &= ~(filled[tuple(at.T)] & inside)
        open_sky[front] += cosine[front] * free
        whole[front] += cosine[front]
    return np.asarray(open_sky / np.maximum(whole, 1e-9))
