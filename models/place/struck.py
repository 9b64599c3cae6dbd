"""What a blow leaves of a stone: a part of it gone along a rough plane."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.noise import fbm

Array = NDArray[np.float64]

RELIEF = 0.05  # metres that the plane of a break is out of flat
FINE = 9.0  # swellings of it in a metre


def struck(points: Array, middle: Array, way: Array, left: float, relief: float = RELIEF) -> Array:
    """Points (..., 3) after a blow against `way`, a unit vector: none is left further out.

    left : share of its reach along `way` from its middle (3,) that the stone keeps
    """
    out = (points - middle) @ way
    kept = out.max() * left + relief * (fbm(points * FINE, 3) - 0.5)
    return np.asarray(points - np.maximum(out - kept, 0.0)[..., None] * way)
