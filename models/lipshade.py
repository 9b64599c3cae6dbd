"""Shadows that slabs cast on one another under a low sun, as a raster of the floor.

The sun's map is far too coarse for them: a step of two centimetres shades a forearm's length of
stone. So each texel keeps how high shade stands above it, which changes so evenly that its edge is
sharper than the raster; what lies lower is in the shade.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.fracture import SIDE, Fracture
from models.halfedges import slab_raster

FALL = 0.0787  # metres that a shadow sinks on a metre: the tangent of the sun's height
APART = 1  # texels at least between what casts and what is shaded, lest stone shades itself


def shade_height(broken: Fracture, resolution: int) -> NDArray[np.float32]:
    """(r, r) float32 metres: how high shade from the west stands; row 0 in the south.

    A running maximum of the slabs' tops from the west on, each sinking as the sun has it. The
    least of three rows is kept, so that no slab's shade lies on its neighbour's flank.
    """
    slab = slab_raster(broken.points, broken.half_edges(), resolution)
    texel = SIDE / resolution
    middle = ((np.arange(resolution) + 0.5) * texel - 0.5 * SIDE).astype(np.float32)
    tilt, lift = broken.tilt.astype(np.float32), broken.lift
    level = (lift - np.einsum("ij,ij->i", broken.tilt, broken.centre)).astype(np.float32)
    top = level[slab] + tilt[slab, 0] * middle + tilt[slab, 1] * middle[:, None]
    sunk = FALL * middle
    cast = np.maximum.accumulate(top + sunk, axis=1) - sunk
    cast[:, APART:] = cast[:, :-APART] - FALL * APART * texel
    cast[1:-1] = np.minimum(np.minimum(cast[:-2], cast[1:-1]), cast[2:])
    return cast
