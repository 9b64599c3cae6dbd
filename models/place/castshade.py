"""The long shadows of what lies on the floor, too small for the sun's map.

Under a sun this low a chip of a finger's width shades a span of stone. Each thing's shadow is one
strip on the stone behind it, as long as the sun has it, that softens and ends as the sun's width
makes it; its shader darkens what is below by the sun's share alone.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh
from models.place.leaf import sheet
from models.place.lipshade import FALL
from models.place.pile import KIND_GRASS, KIND_LEAF, KIND_RUBBLE

Array = NDArray[np.float64]

LONGEST = 0.45  # metres: beyond, the sun's width has washed it out
ABOVE = 0.0016  # metres that strips lie above the stone
ROWS = (0.0, 0.12, 0.5, 1.0)  # of a strip, shares of its length
DENSE = {KIND_LEAF: 0.75, KIND_GRASS: 0.35, KIND_RUBBLE: 0.85}  # share of the sun that each keeps


def cast_shade(lying: Mesh, rest: Callable[[Array], Array]) -> Mesh:
    """A strip for each thing of `models.place.litter.litter`, with `place`, `dense` and `home`.

    `place` (n, 2) is how far along a strip, 0 to 1, and across, -1 to 1; `rest` gives the height
    (n,) of the stone at points (n, 2).
    """
    kinds, homes = lying.attributes["kind"], lying.attributes["home"].astype(np.float64)
    things, whose = np.unique(np.hstack([homes, kinds]), axis=0, return_inverse=True)
    low = np.full((len(things), 3), np.inf)
    high = -low
    np.minimum.at(low, whose.reshape(-1), lying.positions)
    np.maximum.at(high, whose.reshape(-1), lying.positions)
    length = np.minimum((high[:, 2] - rest(things[:, :2])) / FALL, LONGEST)
    t = np.array(ROWS)
    middle = 0.5 * (low + high)
    x = middle[:, 0, None] + t * np.maximum(length, high[:, 0] - low[:, 0])[:, None]
    y = np.broadcast_to(middle[:, 1, None], x.shape)
    z = rest(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape) + ABOVE
    half = 0.5 * (high[:, 1] - low[:, 1])[:, None] * (1.0 + 0.25 * t) + 0.004 * t
    points = np.stack([np.stack([x, y + side * half, z], axis=-1) for side in (-1.0, 1.0)], axis=2)
    count, each = len(things), 2 * len(t)
    own = np.repeat(np.arange(count), each)
    faces = sheet(len(t), 2)[:, ::-1] + each * np.arange(count)[:, None, None]
    place = np.column_stack([np.repeat(t, 2), np.tile([-1.0, 1.0], len(t))])
    up = np.tile([0.0, 0.0, 1.0], (len(own), 1))
    dense = np.array([DENSE[kind] for kind in things[:, 2]])
    return Mesh(points.reshape(-1, 3), up, faces.reshape(-1, 3)).with_attributes(
        place=np.tile(place, (count, 1)), dense=dense[own], home=things[own, :2]
    )
