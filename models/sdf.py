"""Sculpting with signed distances: solids pressed together on a grid.

A solid is a distance (negative inside) and the box in which it matters; clay is the
grid that solids are added to and cut from. Blending is the cubic smooth minimum
(Quilez, 2013). What is made of clay becomes a mesh in skin.py.
Distances are in whatever unit the clay's box is given in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from models.mesh import Floats, Ints, unit

Array = NDArray[np.float32]
Real = TypeVar("Real", NDArray[np.float32], NDArray[np.float64])
Distance = Callable[[Array, Array, Array], Array]

FAR = 1e3
REACH = 0.6  # about a solid's box, that scattered clay is known in


@dataclass(frozen=True)
class Solid:
    """distance(x, y, z) -> signed distance; low, high (3,): the box that holds the solid."""

    distance: Distance
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    def mirrored(self) -> Solid:
        """The same solid on the other side of the plane x = 0."""
        low, high = self.low.copy(), self.high.copy()
        low[0], high[0] = -self.high[0], -self.low[0]
        return Solid(lambda x, y, z: self.distance(-x, y, z), low, high)

    def posed(self, matrix: ArrayLike) -> Solid:
        """Moved by a rigid (4, 4) column-vector matrix."""
        matrix = np.asarray(matrix, dtype=np.float64)
        inverse = np.linalg.inv(matrix).astype(np.float32)
        corners = np.stack(
            np.meshgrid(*zip(self.low, self.high, strict=True), indexing="ij"), axis=-1
        ).reshape(-1, 3)
        corners = corners @ matrix[:3, :3].T + matrix[:3, 3]

        def distance(x: Array, y: Array, z: Array) -> Array:
            rows = [row[0] * x + row[1] * y + row[2] * z + row[3] for row in inverse[:3]]
            return self.distance(*rows)

        return Solid(distance, corners.min(axis=0), corners.max(axis=0))


def smooth_min(a: Real, b: Real, k: float) -> Real:
    """The lesser of two distances with a cubic blend of width k; k = 0 is a hard edge."""
    if k <= 0:
        return np.minimum(a, b)
    blend = np.maximum(k - np.abs(a - b), 0)
    lesser: Real = np.minimum(a, b) - blend**3 / a.dtype.type(6 * k * k)
    return lesser


def smooth_max(a: Real, b: Real, k: float) -> Real:
    """The greater of two distances with a cubic blend of width k."""
    return -smooth_min(-a, -b, k)


def smoothstep(low: float, high: float, value: ArrayLike) -> NDArray[np.float64]:
    """0 at `low`, 1 at `high`, flat at both ends; `low` may be the greater of the two."""
    t = np.clip((np.asarray(value, dtype=np.float64) - low) / (high - low), 0.0, 1.0)
    return t * t * (3 - 2 * t)


def ellipsoid(centre: ArrayLike, radii: ArrayLike) -> Solid:
    """An ellipsoid along the axes; first-order distance (Quilez, 2008)."""
    c, r = np.asarray(centre, dtype=np.float64), np.asarray(radii, dtype=np.float64)
    cx, cy, cz = (np.float32(v) for v in c)
    rx, ry, rz = (np.float32(v) for v in r)

    def distance(x: Array, y: Array, z: Array) -> Array:
        dx, dy, dz = (x - cx) / rx, (y - cy) / ry, (z - cz) / rz
        near = np.sqrt(dx * dx + dy * dy + dz * dz)
        slope = np.sqrt((dx / rx) ** 2 + (dy / ry) ** 2 + (dz / rz) ** 2)
        return near * (near - 1) / np.maximum(slope, np.float32(1e-6))

    return Solid(distance, c - r, c + r)


def sphere(centre: ArrayLike, radius: float) -> Solid:
    """A ball; its distance is exact."""
    c = np.asarray(centre, dtype=np.float64)
    cx, cy, cz = (np.float32(v) for v in c)

    def distance(x: Array, y: Array, z: Array) -> Array:
        return np.sqrt((x - cx) ** 2 + (y - cy) ** 2 + (z - cz) ** 2) - np.float32(radius)

    return Solid(distance, c - radius, c + radius)


def cone(start: ArrayLike, end: ArrayLike, start_radius: float, end_radius: float) -> Solid:
    """A rounded bar whose radius runs evenly from one end to the other."""
    a, b = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
    axis = (b - a).astype(np.float32)
    ax, ay, az = (np.float32(v) for v in a)
    reach = np.float32(max(float(axis @ axis), 1e-12))
    r0, r1 = np.float32(start_radius), np.float32(end_radius)

    def distance(x: Array, y: Array, z: Array) -> Array:
        dx, dy, dz = x - ax, y - ay, z - az
        t = np.clip((dx * axis[0] + dy * axis[1] + dz * axis[2]) / reach, 0, 1)
        gap = (dx - t * axis[0]) ** 2 + (dy - t * axis[1]) ** 2 + (dz - t * axis[2]) ** 2
        return np.sqrt(gap) - (r0 + (r1 - r0) * t)

    low = np.minimum(a - start_radius, b - end_radius)
    return Solid(distance, low, np.maximum(a + start_radius, b + end_radius))


def curve(points: ArrayLike, count: int = 12) -> NDArray[np.float64]:
    """`count` points on the Catmull-Rom curve through points (n, k)."""
    p = np.asarray(points, dtype=np.float64)
    p = np.concatenate([[2 * p[0] - p[1]], p, [2 * p[-1] - p[-2]]])
    at = np.linspace(0, len(p) - 3 - 1e-9, count)
    i = at.astype(int)
    t = (at - i)[:, None]
    a, b, c, d = p[i], p[i + 1], p[i + 2], p[i + 3]
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def tube(points: ArrayLike, radii: ArrayLike, count: int = 10) -> Solid:
    """A rounded tube along the curve through points (n, 3), its radius through radii (n,)."""
    p = np.asarray(points, dtype=np.float64)
    r = np.broadcast_to(np.asarray(radii, dtype=np.float64), (len(p),))
    along = curve(np.column_stack([p, r]), count)
    bars = [cone(a[:3], b[:3], a[3], b[3]) for a, b in pairwise(along)]

    def distance(x: Array, y: Array, z: Array) -> Array:
        total = bars[0].distance(x, y, z)
        for bar in bars[1:]:
            total = np.minimum(total, bar.distance(x, y, z))
        return total

    low = np.min([bar.low for bar in bars], axis=0)
    return Solid(distance, low, np.max([bar.high for bar in bars], axis=0))


class Clay:
    """A grid of signed distances from `low` to `high` (3,) with cubes of side `step`."""

    def __init__(self, low: ArrayLike, high: ArrayLike, step: float) -> None:
        self.low = np.asarray(low, dtype=np.float64)
        self.step = float(step)
        shape = np.ceil((np.asarray(high, dtype=np.float64) - self.low) / step).astype(int) + 1
        self.values: Array = np.full(shape, FAR, dtype=np.float32)

    def copy(self) -> Clay:
        """The same clay, to be worked on by itself."""
        out = Clay(self.low, self.low, self.step)
        out.values = self.values.copy()
        return out

    def _window(self, solid: Solid, margin: float) -> tuple[slice, slice, slice]:
        first = np.floor((solid.low - margin - self.low) / self.step).astype(int)
        last = np.ceil((solid.high + margin - self.low) / self.step).astype(int) + 1
        bounds = [
            slice(int(np.clip(a, 0, n)), int(np.clip(b, 0, n)))
            for a, b, n in zip(first, last, self.values.shape, strict=True)
        ]
        return bounds[0], bounds[1], bounds[2]

    def axes(self, window: tuple[slice, slice, slice]) -> tuple[Array, Array, Array]:
        """Coordinates of the grid points in a window, as three arrays that broadcast."""
        ax, ay, az = (
            (self.low[i] + self.step * np.arange(w.start, w.stop)).astype(np.float32)
            for i, w in enumerate(window)
        )
        return ax[:, None, None], ay[None, :, None], az[None, None, :]

    def _sample(self, solid: Solid, margin: float) -> tuple[tuple[slice, slice, slice], Array]:
        window = self._window(solid, margin)
        shape = tuple(w.stop - w.start for w in window)
        return window, np.broadcast_to(solid.distance(*self.axes(window)), shape)

    def add(self, solid: Solid, k: float = 0.0) -> None:
        """Press a solid on, blended over a width k."""
        window, d = self._sample(solid, k + 4 * self.step)
        self.values[window] = smooth_min(self.values[window], d, k)

    def cut(self, solid: Solid, k: float = 0.0) -> None:
        """Take a solid away, the edge blended over a width k."""
        window, d = self._sample(solid, k + 4 * self.step)
        self.values[window] = smooth_max(self.values[window], -d, k)

    def both(self, solid: Solid, k: float = 0.0) -> None:
        """Press a solid and its mirror image on."""
        self.add(solid, k)
        self.add(solid.mirrored(), k)

    def cut_both(self, solid: Solid, k: float = 0.0) -> None:
        """Take a solid and its mirror image away."""
        self.cut(solid, k)
        self.cut(solid.mirrored(), k)

    def stroke(self, points: ArrayLike, height: float, sigma: float, mirror: bool = False) -> None:
        """Raise (or with a negative height furrow) the surface along a curve (n, 3)."""
        line = tube(points, 0.0)
        for solid in (line, line.mirrored()) if mirror else (line,):
            window, d = self._sample(solid, 2.5 * sigma)
            self.values[window] -= np.float32(height) * np.exp(-((d / np.float32(sigma)) ** 2))

    def swell(self, depth: Distance) -> None:
        """Raise the surface everywhere, by `depth` of the place."""
        self.values -= depth(*self.coordinates())

    def coordinates(self) -> tuple[Array, Array, Array]:
        """x, y and z of all that the field is known at, as arrays that broadcast."""
        every = tuple(slice(0, count) for count in self.values.shape)
        return self.axes(every)  # type: ignore[arg-type]

    def at(self, points: ArrayLike) -> NDArray[np.float64]:
        """Field (n,) at points (n, 3) by trilinear interpolation."""
        return self.settled().at(points)

    def settled(self) -> Settled:
        """The field as it is now, for many look-ups."""
        return Settled(np.minimum(self.values, np.float32(50 * self.step)), self.low, self.step)

    def gradient(self, points: ArrayLike, reach: float = 1.0) -> Floats:
        """Unit gradient (n, 3): the outward normal near the surface."""
        return self.settled().gradient(points, reach)

    def skin(self) -> tuple[Floats, Ints]:
        """The closed surface: vertices (n, 3) and triangles (m, 3), wound outward."""
        from skimage import measure  # needed for baking alone, and slow to import

        field = np.pad(
            np.clip(self.values, -8 * self.step, 8 * self.step), 1, constant_values=self.step
        )
        vertices, triangles, _, _ = measure.marching_cubes(
            field, 0.0, gradient_direction="descent", allow_degenerate=False
        )
        positions = (vertices - 1) * self.step + self.low
        return positions.astype(np.float32), triangles.astype(np.int32)


class Scattered(Clay):
    """Clay that is known at points (n, 3) alone, and exactly: `values` is (n,).

    What is sculpted can so be asked for at the skin of another sculpture, without a grid.
    """

    def __init__(self, points: ArrayLike) -> None:
        self.points: Array = np.asarray(points, dtype=np.float32)
        self.step = 0.0
        self.values = np.full(len(self.points), FAR, dtype=np.float32)

    def coordinates(self) -> tuple[Array, Array, Array]:
        """x, y and z, each (n,)."""
        x, y, z = self.points.T
        return x, y, z

    def _sample(self, solid: Solid, margin: float) -> tuple[NDArray[np.intp], Array]:  # type: ignore[override]
        low, high = solid.low - margin - REACH, solid.high + margin + REACH
        rows = np.flatnonzero(((self.points > low) & (self.points < high)).all(axis=1))
        x, y, z = self.points[rows].T
        return rows, solid.distance(x, y, z)


@dataclass(frozen=True)
class Settled:
    """Clay that no longer changes: values no further than 50 steps from the surface."""

    values: Array
    low: NDArray[np.float64]
    step: float

    def at(self, points: ArrayLike) -> NDArray[np.float64]:
        """Field (n,) at points (n, 3) by trilinear interpolation."""
        cells = (np.asarray(points, dtype=np.float64) - self.low) / self.step
        out: NDArray[np.float64] = ndimage.map_coordinates(
            self.values, cells.T, output=np.float64, order=1, mode="nearest"
        )
        return out

    def gradient(self, points: ArrayLike, reach: float = 1.0) -> Floats:
        """Unit gradient (n, 3): the outward normal near the surface."""
        points = np.asarray(points, dtype=np.float64)
        slope = np.zeros_like(points)
        for axis in range(3):
            offset = np.zeros(3)
            offset[axis] = reach * self.step
            slope[:, axis] = self.at(points + offset) - self.at(points - offset)
        return unit(slope)
