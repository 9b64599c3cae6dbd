"""The sides of many polygons as flat arrays, so that work on all of them is one numpy step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.place.breaking import HALF, SIDE

Array = NDArray[np.float64]
Indices = NDArray[np.int32]


@dataclass(frozen=True)
class HalfEdges:
    """Sides of all slabs, each slab's in a row: (h,) arrays of int32.

    start, end : point indices; slab : whose side it is; after, before : neighbours in the loop
    """

    start: Indices
    end: Indices
    slab: Indices
    after: Indices
    before: Indices

    @classmethod
    def of(cls, loops: tuple[Indices, ...]) -> HalfEdges:
        counts = np.array([len(loop) for loop in loops])
        first = np.repeat(np.cumsum(counts) - counts, counts)
        size = np.repeat(counts, counts)
        place = np.arange(counts.sum()) - first
        start = np.concatenate(loops).astype(np.int32)
        after = (first + (place + 1) % size).astype(np.int32)
        before = (first + (place - 1) % size).astype(np.int32)
        slab = np.repeat(np.arange(len(loops)), counts).astype(np.int32)
        return cls(start, start[after], slab, after, before)


def slab_raster(points: Array, sides: HalfEdges, resolution: int) -> Indices:
    """The slab (r, r) under each texel's centre, exactly, by scan lines.

    Only sides that run north to south have their slab to the east, so the last such
    side before a texel names the slab it lies on. Row 0 is the south edge, column 0 the west.
    """
    texel = SIDE / resolution
    a, b = points[sides.start], points[sides.end]
    keep = a[:, 1] > b[:, 1]
    a, b, slab = a[keep], b[keep], sides.slab[keep]
    low = np.ceil((b[:, 1] + HALF) / texel - 0.5).astype(np.int64)
    high = np.ceil((a[:, 1] + HALF) / texel - 0.5).astype(np.int64)
    count = high - low
    side = np.repeat(np.arange(len(slab)), count)
    row = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + low[side]
    y = (row + 0.5) * texel - HALF
    part = (y - a[side, 1]) / (b[side, 1] - a[side, 1])
    x = a[side, 0] + part * (b[side, 0] - a[side, 0])
    column = np.maximum(np.ceil((x + HALF) / texel - 0.5).astype(np.int64), 0)
    order = np.lexsort((x, row))
    order = order[column[order] < resolution]
    marks = np.full((resolution, resolution), -1, dtype=np.int64)
    marks[row[order], column[order]] = np.arange(len(order))
    marks = np.maximum.accumulate(marks, axis=1)
    return np.asarray(slab[side[order]][marks])
