"""How much of the sky the floor loses to what stands and lies on it: contact, at any quality.

People stay where they stand, so this is reckoned once, as a raster of the floor. What stands is
an upright cylinder; the share of a cosine-weighted sky that it hides is exact for the azimuths
that it spans, with one elevation for all of them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import distance_transform_edt

Array = NDArray[np.float64]

WITHIN = 4.0  # metres from its middle within which a person's shade is reckoned
LYING_REACH = 0.10  # metres beside a lying body over which its shade falls to 1/e
LYING_SHADE = 0.62  # of the sky, right beside it
UNDER = 0.92  # of the sky that is hidden under a hem


def hidden(distance: ArrayLike, radius: ArrayLike, height: ArrayLike) -> Array:
    """Share of the sky that a cylinder hides from the floor at distances from its axis, 0..1."""
    d, r = np.asarray(distance, dtype=np.float64), np.asarray(radius, dtype=np.float64)
    h = np.asarray(height, dtype=np.float64)
    away = np.maximum(d - r, 0.0)
    spanned = 2.0 * np.arcsin(np.clip(r / np.maximum(d, 1e-9), 0.0, 1.0)) / (2.0 * np.pi)
    share = spanned * h * h / (h * h + away * away)
    return np.asarray(np.where(d <= r, UNDER, share))


def sky_seen(standing: Array, lying: Array, size: int, half: float) -> NDArray[np.uint8]:
    """(size, size) uint8: 255 where the floor sees all of the sky, row 0 in the south.

    standing : (n, 4) float64 rows x, y, radius, height, metres
    lying    : (m, 2) float64 points of a lying body's outline and inside, metres
    half     : half the side of the raster, metres
    """
    seen = np.ones((size, size))
    step = 2.0 * half / size
    middles = (np.arange(size) + 0.5) * step - half
    for x, y, radius, height in standing:
        reach = WITHIN + 3.0 * radius
        columns, rows = (_span(value, reach, half, step, size) for value in (x, y))
        gap = np.hypot(middles[columns][None, :] - x, middles[rows][:, None] - y)
        fade = np.clip((reach - gap) / (0.4 * reach), 0.0, 1.0)
        seen[rows, columns] *= 1.0 - hidden(gap, radius, height) * fade
    if len(lying):
        seen *= 1.0 - _beside(lying, size, half, step)
    return np.round(seen * 255).astype(np.uint8)


def _span(value: float, reach: float, half: float, step: float, size: int) -> slice:
    low, high = (int((value + half + side * reach) / step) for side in (-1, 1))
    return slice(int(np.clip(low, 0, size)), int(np.clip(high + 1, 0, size)))


def _beside(points: Array, size: int, half: float, step: float) -> Array:
    """Shade under and beside what lies there, (size, size)."""
    free = np.ones((size, size), dtype=bool)
    columns, rows = np.floor((points + half) / step).astype(int).T
    inside = (columns >= 0) & (columns < size) & (rows >= 0) & (rows < size)
    free[rows[inside], columns[inside]] = False
    return LYING_SHADE * np.exp(-distance_transform_edt(free) * step / LYING_REACH)
