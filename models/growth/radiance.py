"""The shadows of those who stand about the light at the fallen one: they radiate away from it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import zoom

LONG = 0.55  # metres: half of how long the light is, which softens shadows further off
REACH = 26.0  # metres from the light to which it is seen
COARSE = 2  # texels of the raster that are reckoned as one


def radiating(standing: ArrayLike, size: int, half: float) -> NDArray[np.uint8]:
    """(size, size) uint8: 255 where the floor sees the light at the origin, row 0 in the south.

    standing : (n, 3) rows x, y, radius of upright cylinders taller than the light, metres
    half     : half the side of the raster, metres
    """
    step = 2.0 * half / (size // COARSE)
    middles = (np.arange(size // COARSE) + 0.5) * step - half
    inside = np.flatnonzero(np.abs(middles) < REACH)
    x, y = np.meshgrid(middles[inside], middles[inside])
    far = np.maximum(np.hypot(x, y), 1e-3)
    seen = np.ones_like(x)
    for px, py, radius in np.asarray(standing, dtype=np.float64):
        away = np.hypot(px, py)
        if not radius < away < REACH:
            continue
        along, aside = (x * px + y * py) / away, np.abs(x * py - y * px) / away
        # Where the ray from the light to the texel passes the one who stands.
        passed = aside * away / far
        behind = np.maximum(far - away, 0.0)
        soft = 0.05 + LONG * behind / np.maximum(far, 1e-3)
        hidden = np.clip((radius + soft - passed) / (2.0 * soft), 0.0, 1.0)
        hidden = hidden * hidden * (3.0 - 2.0 * hidden) * np.minimum(radius / soft, 1.0) ** 0.5
        seen *= 1.0 - hidden * ((along > 0.0) & (far > away))
    whole = np.ones((size // COARSE, size // COARSE))
    whole[np.ix_(inside, inside)] = seen
    return np.round(
        255 * np.clip(zoom(whole, COARSE, order=1, grid_mode=True, mode="nearest"), 0, 1)
    ).astype(np.uint8)
