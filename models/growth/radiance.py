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
    x, y = np.meshgrid(*2 * [middles[inside].astype(np.float32)])
    x, y = x.reshape(-1), y.reshape(-1)
    far = np.maximum(np.hypot(x, y), np.float32(1e-3))
    ahead, aside = x / far, y / far
    seen = np.ones_like(x)
    for px, py, radius in np.asarray(standing, dtype=np.float32):
        away = np.hypot(px, py)
        if not radius < away < REACH:
            continue
        # Where the ray from the light to the texel passes the one who stands; few do so near by.
        passed = np.abs(ahead * py - aside * px)
        close = np.flatnonzero((passed < radius + 0.05 + LONG) & (far > away))
        close = close[ahead[close] * px + aside[close] * py > 0.0]
        soft = 0.05 + LONG * (far[close] - away) / far[close]
        hidden = np.clip((radius + soft - passed[close]) / (2.0 * soft), 0.0, 1.0)
        hidden = hidden * hidden * (3.0 - 2.0 * hidden) * np.minimum(radius / soft, 1.0) ** 0.5
        seen[close] *= 1.0 - hidden
    whole = np.ones((size // COARSE, size // COARSE))
    whole[np.ix_(inside, inside)] = seen.reshape(len(inside), -1)
    return np.round(
        255 * np.clip(zoom(whole, COARSE, order=1, grid_mode=True, mode="nearest"), 0, 1)
    ).astype(np.uint8)
