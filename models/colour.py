"""Colours as a picture has them, and the light that they stand for."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def linear(codes: ArrayLike) -> NDArray[np.float64]:
    """sRGB codes 0xRRGGBB (...) to linear light (..., 3), by IEC 61966-2-1."""
    shares = (np.asarray(codes)[..., None] >> np.array([16, 8, 0]) & 255) / 255
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
