"""The plain around the courtyard and the low hills at its end: a horizon that is never ruled."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, smooth_normals
from models.noise import fbm
from models.pile import KIND_HILLS

Array = NDArray[np.float64]

PLAIN = -0.46  # below the bed of the floor, metres
SQUARE = 48.0  # the plain stays level as far as the courtyard's foundations
HILLS = (300.0, 900.0)  # where hills stand, radius in metres
HIGHEST = (12.0, 46.0)  # height of the hills at the nearest and at the farthest
SUN_GATE = np.radians(15.0)  # half of the arc in the west where nothing may hide the sun
SUN_GATE_HEIGHT = 0.37  # share of their height that hills have there
SPOKES = 220
RINGS = (40, 50, 56, 63, 72, 84, 100, 125, 160, 210, 265, 320, 370, 420, 480, 540, 610, 680, 760)
EDGE = (850.0, 930.0)


def height(xy: Array) -> Array:
    """Height (n,) of the open land at points (n, 2)."""
    x, y = xy.T
    radius = np.hypot(x, y)
    away = np.clip((np.maximum(np.abs(x), np.abs(y)) - SQUARE) / 60.0, 0.0, 1.0)
    plain = PLAIN + away * (2.4 * fbm(xy / 38.0, 4) - 1.2)
    rise = np.clip((radius - HILLS[0]) / (HILLS[1] - HILLS[0]), 0.0, 1.0)
    arrives = np.clip((radius - HILLS[0] + 60.0) / 140.0, 0.0, 1.0)
    ridge = 1.0 - np.abs(2.0 * fbm(xy / 170.0 + 11.0, 5) - 1.0)
    broad = fbm(xy / 260.0 + 3.0, 3)
    tall = HIGHEST[0] + (HIGHEST[1] - HIGHEST[0]) * rise
    lump = np.clip(1.1 * ridge - 0.55 + 2.6 * (broad - 0.42), 0.06, 1.0)
    west = np.abs(np.arctan2(y, -x)) / SUN_GATE
    blocked = 1.0 - (1.0 - SUN_GATE_HEIGHT) * np.clip(1.6 - west, 0.0, 1.0)
    return np.asarray(plain + arrives * arrives * (3 - 2 * arrives) * tall * lump * blocked)


def hills_mesh() -> Mesh:
    """The land as one ring of triangles, its outer edge turned down below the horizon."""
    rings = np.array([*RINGS, *EDGE], dtype=np.float64)
    angle = 2 * np.pi * np.arange(SPOKES) / SPOKES
    radius = rings[:, None] * np.ones(SPOKES)
    x, y = radius * np.cos(angle), radius * np.sin(angle)
    z = height(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
    z[-1] = -30.0
    index = np.arange(x.size).reshape(x.shape)
    turned = np.roll(index, -1, axis=1)
    quads = (index[:-1], index[1:], turned[1:], turned[:-1])
    a, b, c, d = (q.ravel() for q in quads)
    triangles = np.concatenate([np.column_stack([a, b, c]), np.column_stack([a, c, d])])
    positions = np.column_stack([x.ravel(), y.ravel(), z.ravel()]).astype(np.float32)
    normals = smooth_normals(positions, triangles)
    mesh = Mesh(positions, normals, triangles.astype(np.int32))
    return mesh.with_attributes(seed=0.5, edge=1.0, kind=KIND_HILLS)
