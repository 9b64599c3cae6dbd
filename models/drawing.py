"""Drawing: outlines filled and rounded, soft strokes, hair strewn as points, layers of light.

Everything lies in a square of the orb's disc: x right, y up, -1 to 1, `ROWS` cells each way, row
0 low. Light is linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage
from scipy.interpolate import CubicSpline

Array = NDArray[np.float64]
Points = list[tuple[float, float]]
Bump = tuple[tuple[float, float], float, float]  # a place, its radius, how far it stands out

ROWS = 768
CELL = 2.0 / ROWS  # of the disc
NEAR = 3.2  # widths of a stroke beyond which nothing of it is left


@cache
def grid() -> tuple[Array, Array]:
    """x and y of every cell's middle, each (ROWS, ROWS)."""
    line = (np.arange(ROWS) + 0.5) * CELL - 1.0
    x, y = np.meshgrid(line, line)
    x.flags.writeable = y.flags.writeable = False  # every caller has the same
    return x, y


@dataclass(frozen=True)
class Placed:
    """From a head's own plane (its height is 1, the face looks along +x) to the disc.

    at, size : where its middle lies, and its height
    turn     : degrees that the face is lifted
    left     : it looks to the left
    """

    at: tuple[float, float]
    size: float
    turn: float
    left: bool = False

    def __call__(self, points: ArrayLike) -> Array:
        """Points (..., 2) carried to the disc."""
        side = -1.0 if self.left else 1.0
        turn = np.radians(self.turn)
        way = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        out = np.asarray(points, dtype=np.float64) @ way.T * self.size
        return np.asarray(out * [side, 1.0] + self.at)


def closed(points: Sequence[Sequence[float]], each: int = 24) -> Array:
    """A smooth ring (n, 2) through the points, `each` to one (centripetal spline, Lee 1989)."""
    ring = np.vstack([points, points[:1]])
    along = _lengths(ring)
    curve = CubicSpline(along, ring, bc_type="periodic")
    return np.asarray(curve(np.linspace(0.0, along[-1], each * len(points), endpoint=False)))


def opened(points: Sequence[Sequence[float]], count: int = 160) -> Array:
    """A smooth line (count, 2) through the points."""
    line = np.asarray(points, dtype=np.float64)
    along = _lengths(line)
    return np.asarray(CubicSpline(along, line)(np.linspace(0.0, along[-1], count)))


def _lengths(points: Array) -> Array:
    steps = np.sqrt(np.linalg.norm(np.diff(points, axis=0), axis=1))
    return np.concatenate([[0.0], np.cumsum(steps)])


def filled(ring: Array) -> Array:
    """1 within a ring (n, 2) of the disc, 0 outside, (ROWS, ROWS): crossings of every row."""
    out = np.zeros((ROWS, ROWS))
    ends = np.roll(ring, -1, axis=0)
    rows = (np.arange(ROWS) + 0.5) * CELL - 1.0
    for row, y in enumerate(rows):
        crossed = (ring[:, 1] <= y) != (ends[:, 1] <= y)
        if not crossed.any():
            continue
        a, b = ring[crossed], ends[crossed]
        at = np.sort(a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]))
        out[row] = np.searchsorted(at, rows) % 2
    return out


def soft(values: Array, reach: float) -> Array:
    """Blurred over so much of the disc (the standard deviation)."""
    return np.asarray(ndimage.gaussian_filter(values, reach / CELL))


def within(mask: Array) -> Array:
    """How far every cell lies inside the mask, in the disc's measure."""
    return np.asarray(ndimage.distance_transform_edt(mask > 0.5) * CELL)


def normals(height: Array) -> Array:
    """Unit normals (ROWS, ROWS, 3) of heights, z to the eye."""
    up, across = np.gradient(height, CELL)
    n = np.dstack([-across, -up, np.ones_like(height)])
    return np.asarray(n / np.linalg.norm(n, axis=2, keepdims=True))


def spot(middle: ArrayLike, radius: float) -> Array:
    """A soft round spot, 1 in its middle."""
    x, y = grid()
    u, v = np.asarray(middle, dtype=np.float64)
    return np.asarray(np.exp(-((x - u) ** 2 + (y - v) ** 2) / radius**2))


def stroke(line: Array, width: ArrayLike) -> Array:
    """A brush drawn along a line (n, 2): 1 in its middle, soft; widths are a number or (n,)."""
    widths = np.broadcast_to(np.asarray(width, dtype=np.float64), len(line))
    room = NEAR * float(widths.max())
    low = np.clip(((line.min(axis=0) - room + 1) / CELL).astype(int), 0, ROWS)
    high = np.clip(((line.max(axis=0) + room + 1) / CELL).astype(int) + 1, 0, ROWS)
    part = np.s_[low[1] : high[1], low[0] : high[0]]
    x, y = (each[part] for each in grid())
    out, best = np.zeros((ROWS, ROWS)), np.zeros(x.shape)
    for (u, v), wide in zip(line, widths, strict=True):
        best = np.maximum(best, np.exp(-((x - u) ** 2 + (y - v) ** 2) / wide**2))
    out[part] = best
    return out


def strewn(points: Array, weights: Array) -> Array:
    """The weights (n,) of points (n, 2), each shared by the four cells about it."""
    out = np.zeros(ROWS * ROWS)
    place = (points + 1.0) / CELL - 0.5
    low = np.floor(place).astype(int)
    share = place - low
    for right in (0, 1):
        for up in (0, 1):
            part = np.where(right, share[:, 0], 1 - share[:, 0])
            part = part * np.where(up, share[:, 1], 1 - share[:, 1])
            column, row = low[:, 0] + right, low[:, 1] + up
            kept = (column >= 0) & (column < ROWS) & (row >= 0) & (row < ROWS)
            at = row[kept] * ROWS + column[kept]
            out += np.bincount(at, (weights * part)[kept], ROWS * ROWS)
    return out.reshape(ROWS, ROWS)


class Layer:
    """Light and cover, premultiplied, to which is added from behind forwards."""

    def __init__(self) -> None:
        self.light = np.zeros((ROWS, ROWS, 3))
        self.cover = np.zeros((ROWS, ROWS))

    def over(self, light: ArrayLike, cover: Array) -> None:
        """Lays something of that light (ROWS, ROWS, 3 or 3) over what is there."""
        share = cover[..., None]
        self.light = self.light * (1.0 - share) + np.asarray(light) * share
        self.cover = self.cover * (1.0 - cover) + cover

    def mixed(self, light: ArrayLike, share: Array) -> None:
        """Colours what is there already, where it covers."""
        part = (share * self.cover)[..., None]
        self.light = self.light * (1.0 - share[..., None]) + np.asarray(light) * part
