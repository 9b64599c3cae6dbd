"""The net of fine veins by which roots of light go on into the marble, like those of a leaf.

A leaf's veins part its blade into fields, and those again, each order finer than the one before
(Hickey 1973); here the orders are edges of Voronoi cells, bent by one soft field, so that they
meet.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.spatial import cKDTree

from models.place.textures import as_bytes, spectral

ORDERS = (
    (13, 0.0034),
    (34, 0.0019),
    (84, 0.0011),
)  # cells along a tile; half width of a vein, tiles
GLOW = 0.005  # tiles that light spreads below the face
BENT = 0.045  # tiles by which veins are pushed aside
STARVED = (0.62, 0.45, 0.45)  # share of each order that fades away in places: no net is whole


def venation(size: int, seed: int) -> NDArray[np.uint8]:
    """(size, size, 4) uint8 that tiles: veins of the first, second and third order, 255 on their
    middle, and the glow of the first two below the face of the stone."""
    rng = np.random.default_rng([seed, 71])
    v, u = np.mgrid[0:size, 0:size] / size
    bend = [spectral(size, 2.0, rng, low=2) - 0.5 for _ in range(2)]
    spots = np.column_stack(
        [(u + 2 * BENT * bend[0]).reshape(-1), (v + 2 * BENT * bend[1]).reshape(-1)]
    )
    spots %= 1.0
    made = []
    for rank, (cells, half) in enumerate(ORDERS):
        corner = np.stack(np.meshgrid(np.arange(cells), np.arange(cells)), -1).reshape(-1, 2)
        seeds = (corner + 0.5 + rng.uniform(-0.46, 0.46, corner.shape)) / cells % 1.0
        near, who = (
            np.asarray(found) for found in cKDTree(seeds, boxsize=np.ones(2)).query(spots, 2)
        )
        between = seeds[who[:, 1]] - seeds[who[:, 0]]
        between -= np.round(between)
        # Distance to the line that parts the two nearest cells.
        gap = (near[:, 1] ** 2 - near[:, 0] ** 2) / (2.0 * np.maximum(np.hypot(*between.T), 1e-9))
        gap = gap.reshape(size, size)
        thick = half * (0.5 + 1.0 * spectral(size, 1.6, rng, low=3))
        line = np.exp(-((gap / thick) ** 2))
        fed = spectral(size, 1.7, rng, low=2)
        made.append(line * np.clip(1.0 - STARVED[rank] + 1.9 * (fed - 0.40), 0.0, 1.0))
    glow = gaussian_filter(0.40 * made[0] + 0.25 * made[1], GLOW * size, mode="wrap")
    return as_bytes(*made, glow)
