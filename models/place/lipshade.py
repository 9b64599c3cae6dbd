"""Shadows that slabs cast on one another under a low sun, as a raster of the floor.

The sun's map is far too coarse for them: a step of a centimetre shades a hand's breadth of stone.
So each texel keeps how high shade stands above it, which changes so evenly that its edge is
sharper than the raster; what lies lower is in the shade.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.place.fracture import SIDE, Fracture
from models.place.halfedges import slab_raster

FALL = 0.0787  # metres that a shadow sinks on a metre: the tangent of the sun's height
SPAN = 0.128  # metres of height that a byte holds, half of them below nought


def shade_height(broken: Fracture, resolution: int) -> NDArray[np.uint8]:
    """(r, r) uint8: how high shade from the west stands, row 0 in the south.

    A height h in metres is kept as 255 (0.5 + h / SPAN). It is a running maximum of the slabs'
    tops from the west on, each sinking as the sun has it, and a texel apart, lest stone shades
    itself.
    """
    slab = slab_raster(broken.points, broken.half_edges(), resolution)
    texel = SIDE / resolution
    middle = ((np.arange(resolution) + 0.5) * texel - 0.5 * SIDE).astype(np.float32)
    tilt = broken.tilt.astype(np.float32)
    level = (broken.lift - np.einsum("ij,ij->i", broken.tilt, broken.centre)).astype(np.float32)
    sunk = np.float32(FALL) * middle
    kept = np.zeros((resolution, resolution), dtype=np.uint8)
    for row, y in enumerate(middle):
        own = slab[row]
        top = level[own] + tilt[own, 0] * middle + tilt[own, 1] * y
        cast = np.maximum.accumulate(top + sunk)[:-1] - sunk[1:]
        kept[row, 1:] = np.round(255 * np.clip(0.5 + cast / SPAN, 0.0, 1.0))
    return kept
