"""The land around the courtyard: it falls to a valley, and ridges rise beyond, one behind another.

The courtyard stands on a terrace, so that an eye on it sees the valley's mist from above and each
ridge as a line of its own: a horizon that is never ruled.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import Mesh, smooth_normals
from models.noise import fbm
from models.place.pile import KIND_HILLS

Array = NDArray[np.float64]

PLAIN = -0.46  # below the bed of the floor, metres
SQUARE = 48.0  # the land stays level as far as the courtyard's foundations
FALL = (15.0, 92.0)  # metres down to the valley's floor, over so many metres
SUN_GATE = np.radians(15.0)  # half of the arc in the west where nothing may hide the sun
SUN_GATE_HEIGHT = 0.30  # share of their height that ridges have there
SPOKES = 220
RINGS = (
    *(40, 50, 56, 63, 72, 84, 98, 116, 138, 160, 180, 198, 216, 236, 262, 300),
    *(340, 368, 394, 422, 460, 530, 610, 660, 705, 760),
)
EDGE = (850.0, 930.0)


@dataclass(frozen=True)
class Ridge:
    """A line of hills around the valley. Metres; `wander` is a share of the radius."""

    radius: float
    wander: float
    width: float
    highest: float  # above the valley's floor
    salt: float


RIDGES = (
    Ridge(212.0, 0.10, 42.0, 26.0, 3.0),
    Ridge(392.0, 0.08, 62.0, 46.0, 17.0),
    Ridge(700.0, 0.05, 105.0, 92.0, 41.0),
)


@dataclass(frozen=True)
class Mound:
    """A round hill on the valley's floor with a level top. Metres."""

    x: float
    y: float
    top: float  # height above the courtyard's floor
    level: float  # radius of the top
    skirt: float  # width of the slope


# Of the aqueduct's line, metres: it leaves the terrace, strides away from the courtyard and bends
# to and fro, so that no stretch of it is seen so far aslant that its piers close every arch.
WAY = ((82, 71), (120, 48), (168, 25), (228, 9), (310, -14), (410, -62), (500, -130))
# It stands on a spur whose back falls a little less steeply than the eye looks over the terrace's
# rim: height above the courtyard's floor, fall, half width of the back, width of its slopes.
SPUR = (2.6, 0.0285, 9.0, 40.0)
WAY_GATE = (np.radians(-1.0), np.radians(17.0), 0.22)  # where ridges let it by, and what is left

MOUNDS = (Mound(-168.0, 104.0, 5.0, 24.0, 46.0),)  # the temple's


@cache
def along_way(step: float) -> tuple[Array, Array]:
    """Places (n, 2) each `step` metres along the aqueduct's line, and its heading there (n,).

    The line bends smoothly through WAY (Catmull & Rom 1974).
    """
    points = np.array(WAY, dtype=np.float64)
    points = np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])
    t = np.linspace(0.0, 1.0, 40, endpoint=False)[:, None]
    fine = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2)
        + 0.5 * (3 * b - 3 * c + d - a) * t**3
        for a, b, c, d in zip(points, points[1:], points[2:], points[3:], strict=False)
    ]
    line = np.concatenate([*fine, points[-2:-1]])
    gone = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = np.arange(0.0, gone[-1], step)
    places = np.column_stack([np.interp(at, gone, line[:, k]) for k in (0, 1)])
    ahead = np.diff(places, axis=0, append=places[-1:] * 2 - places[-2:-1])
    return places, np.arctan2(ahead[:, 1], ahead[:, 0])


def height(xy: Array) -> Array:
    """Height (n,) of the open land at points (n, 2)."""
    x, y = xy.T
    radius, azimuth = np.hypot(x, y), np.arctan2(y, x)
    out = np.clip((np.maximum(np.abs(x), np.abs(y)) - SQUARE) / FALL[1], 0.0, 1.0)
    rough = 2.0 * fbm(xy / 38.0, 4) - 1.0
    land = PLAIN - FALL[0] * _smooth(out) + (1.2 + 1.6 * out) * np.minimum(3.0 * out, 1.0) * rough
    west = np.abs(np.arctan2(y, -x)) / SUN_GATE
    blocked = 1.0 - (1.0 - SUN_GATE_HEIGHT) * np.clip(1.6 - west, 0.0, 1.0)
    middle, half, left = WAY_GATE
    passed = 1.0 - (1.0 - left) * np.exp(-(((azimuth - middle) / half) ** 2))
    for ridge in RIDGES:
        share = blocked if ridge is RIDGES[-1] else blocked * passed
        land = land + _ridge(ridge, radius, azimuth, xy) * share * _smooth(out)
    top, fall, back, slope = SPUR
    level = np.minimum(top - fall * radius, PLAIN) + 0.7 * rough
    beside = np.full(len(xy), np.inf)
    for place in along_way(6.0)[0]:
        beside = np.minimum(beside, np.hypot(x - place[0], y - place[1]))
    land = land + (level - land) * (1.0 - _smooth((beside - back) / slope))
    for mound in MOUNDS:
        away = (np.hypot(x - mound.x, y - mound.y) - mound.level) / mound.skirt
        share = 1.0 - _smooth(away)
        land = land + (mound.top - land) * share
    return np.asarray(land)


def _smooth(t: ArrayLike) -> Array:
    u = np.clip(t, 0.0, 1.0)
    return np.asarray(u * u * (3.0 - 2.0 * u))


def _ridge(ridge: Ridge, radius: Array, azimuth: Array, xy: Array) -> Array:
    """Height (n,) that a ridge adds: peaks and saddles along a wandering line."""
    around = np.column_stack([np.cos(azimuth), np.sin(azimuth)])
    line = ridge.radius * (1.0 + ridge.wander * (4.0 * fbm(around * 1.7 + ridge.salt, 3) - 2.0))
    peaks = fbm(around * (2.6 + ridge.radius / 130.0) + 2.0 * ridge.salt, 5)
    tall = ridge.highest * np.clip(2.1 * peaks - 0.45, 0.16, 1.0)
    across = (radius - line) / ridge.width
    flank = np.exp(-(np.abs(across) ** 1.6))
    spurs = 1.0 - 0.35 * np.abs(2.0 * fbm(xy / (0.5 * ridge.width) + ridge.salt, 4) - 1.0)
    return np.asarray(tall * flank * spurs)


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
