"""The drawings of the memories in the orb, as signed distances: two who laugh, a cheek held.

Everything lies in the orb's disc: x right, y up, radius 1. Heads are drawn in profile with the
proportions that artists teach (Loomis, Drawing the Head and Hands, 1956): the eye half way from
crown to chin, the nose ends half way from brow to chin, the mouth a third below it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

SIDE = 224  # samples across a drawing
SMOOTH = 4  # pieces of the curve between two points of an outline

# A head 1 high that looks to +x, from the throat up over the face to the nape.
_THROAT = [(0.08, -1.6), (0.05, -1.1), (0.045, -0.78)]
_CALM_JAW = [
    (0.07, -0.60), (0.15, -0.545), (0.245, -0.535), (0.315, -0.505), (0.340, -0.455),
    (0.315, -0.395), (0.325, -0.368), (0.362, -0.345), (0.366, -0.320), (0.332, -0.302),
    (0.374, -0.282), (0.378, -0.258), (0.352, -0.226),
]  # fmt: skip
_MERRY_JAW = [
    (0.05, -0.68), (0.10, -0.645), (0.185, -0.640), (0.255, -0.610), (0.283, -0.555),
    (0.268, -0.495), (0.285, -0.468), (0.322, -0.440), (0.312, -0.412), (0.255, -0.372),
    (0.165, -0.268), (0.262, -0.292), (0.345, -0.292), (0.384, -0.275), (0.380, -0.250),
    (0.352, -0.222),
]  # fmt: skip
_NOSE = [
    (0.366, -0.204), (0.420, -0.204), (0.470, -0.182), (0.478, -0.150), (0.448, -0.095),
    (0.412, -0.020), (0.380, 0.040), (0.368, 0.070), (0.386, 0.108),
]  # fmt: skip
_SKULL = [
    (0.394, 0.165), (0.386, 0.245), (0.350, 0.335), (0.270, 0.425), (0.120, 0.490),
    (-0.060, 0.500), (-0.250, 0.450), (-0.390, 0.320), (-0.445, 0.130), (-0.430, -0.060),
    (-0.365, -0.225), (-0.310, -0.360), (-0.295, -0.560), (-0.340, -0.78), (-0.42, -1.1),
    (-0.55, -1.6),
]  # fmt: skip
_CROP = [  # short hair, brushed back
    (0.372, 0.315), (0.395, 0.390), (0.310, 0.490), (0.150, 0.560), (-0.060, 0.580),
    (-0.290, 0.525), (-0.450, 0.370), (-0.510, 0.140), (-0.480, -0.090), (-0.390, -0.270),
    (-0.310, -0.330), (-0.235, -0.270), (-0.200, -0.150), (-0.165, 0.040), (-0.075, 0.030),
    (-0.030, -0.080), (0.020, -0.060), (0.045, 0.080), (0.130, 0.180), (0.250, 0.255),
]  # fmt: skip
_KNOT = [  # long hair, gathered in a knot behind
    (0.352, 0.330), (0.330, 0.430), (0.200, 0.530), (0.020, 0.570), (-0.190, 0.545),
    (-0.360, 0.470), (-0.470, 0.455), (-0.600, 0.400), (-0.660, 0.260), (-0.610, 0.120),
    (-0.500, 0.070), (-0.460, -0.040), (-0.400, -0.190), (-0.330, -0.300), (-0.250, -0.230),
    (-0.190, -0.090), (-0.145, 0.040), (-0.060, 0.045), (0.020, -0.030), (0.055, 0.090),
    (0.150, 0.215), (0.260, 0.290),
]  # fmt: skip
_FALL = [  # long hair that falls behind the shoulder
    (0.352, 0.330), (0.330, 0.430), (0.200, 0.535), (0.000, 0.575), (-0.250, 0.535),
    (-0.440, 0.390), (-0.530, 0.150), (-0.550, -0.150), (-0.600, -0.450), (-0.680, -0.80),
    (-0.70, -1.15), (-0.25, -1.15), (-0.230, -0.75), (-0.215, -0.45), (-0.200, -0.20),
    (-0.150, 0.020), (-0.060, 0.040), (0.025, -0.020), (0.060, 0.095), (0.150, 0.215),
    (0.260, 0.290),
]  # fmt: skip
_EAR = [(-0.055, 0.03), (-0.115, 0.05), (-0.150, 0.0), (-0.130, -0.08), (-0.085, -0.135)]
_MERRY_LINES = [
    ([(0.195, 0.000), (0.225, 0.038), (0.270, 0.046), (0.315, 0.012)], 0.0125),  # eye shut, up
    ([(0.165, 0.020), (0.120, 0.048)], 0.005),
    ([(0.165, -0.005), (0.115, -0.012)], 0.005),
    ([(0.160, 0.120), (0.235, 0.168), (0.310, 0.162), (0.352, 0.135)], 0.016),  # brow
    ([(0.335, -0.165), (0.345, -0.200), (0.375, -0.205)], 0.008),  # nostril
    ([(0.315, -0.150), (0.210, -0.205), (0.120, -0.275), (0.115, -0.330)], 0.007),  # cheek
    (_EAR, 0.009),
]
_CALM_LINES = [
    ([(0.180, 0.012), (0.220, -0.022), (0.275, -0.026), (0.325, 0.000)], 0.0135),  # eye shut
    ([(0.215, -0.020), (0.200, -0.045)], 0.006),
    ([(0.250, -0.028), (0.245, -0.056)], 0.006),
    ([(0.290, -0.022), (0.298, -0.052)], 0.006),
    ([(0.155, 0.105), (0.230, 0.140), (0.310, 0.132), (0.355, 0.112)], 0.014),  # brow
    ([(0.335, -0.165), (0.345, -0.200), (0.375, -0.205)], 0.008),
    ([(0.340, -0.302), (0.275, -0.300), (0.232, -0.280)], 0.009),  # lips, a slight smile
    (_EAR, 0.009),
]
_TEETH = [(0.180, -0.272), (0.345, -0.292), (0.350, -0.322), (0.270, -0.335)]

# A left hand against the cheek of a head that looks to +x, in that head's frame.
_FINGERS = [  # knuckle, middle joint, tip; thickness
    ([(0.115, -0.395), (-0.010, -0.215), (-0.055, -0.055)], 0.050),
    ([(0.060, -0.440), (-0.095, -0.270), (-0.165, -0.095)], 0.052),
    ([(0.010, -0.490), (-0.155, -0.345), (-0.250, -0.190)], 0.049),
    ([(-0.010, -0.560), (-0.165, -0.440), (-0.265, -0.330)], 0.042),
]
_THUMB = ([(0.190, -0.560), (0.215, -0.350), (0.245, -0.165)], 0.052)
_PALM = [
    (0.150, -0.345), (0.235, -0.430), (0.275, -0.580), (0.300, -0.680), (0.430, -0.860),
    (0.720, -1.25), (0.42, -1.42), (0.185, -0.930), (0.090, -0.780), (0.000, -0.640),
    (-0.045, -0.560), (-0.020, -0.440), (0.060, -0.370),
]  # fmt: skip


@dataclass(frozen=True)
class Seat:
    """Where a head is put in the disc: its middle, its height, its tilt, which way it looks."""

    middle: tuple[float, float]
    height: float
    tilt: float
    facing: float

    def local(self, points: Array) -> Array:
        """Points (n, 2) of the disc in the head's own frame."""
        cosine, sine = np.cos(self.tilt), np.sin(self.tilt)
        moved = (points - np.array(self.middle)) * np.array([self.facing, 1.0]) / self.height
        return np.asarray(moved @ np.array([[cosine, -sine], [sine, cosine]]))


HE = Seat((-0.448, -0.005), 0.80, 0.10, 1.0)
SHE = Seat((0.438, -0.035), 0.77, 0.05, -1.0)
HELD = Seat((-0.14, 0.17), 1.12, -0.10, 1.0)


def laugh() -> NDArray[np.float32]:
    """Two profiles turned to each other, laughing: (SIDE, SIDE, 4) signed distances, row 0 low.

    Negative inside. Channels: skin, hair, drawn lines, teeth.
    """
    out = np.ones((SIDE * SIDE, 4))
    for seat, hair in ((HE, _CROP), (SHE, _KNOT)):
        at = seat.local(grid())
        skin = inside(at, smooth(_THROAT + _MERRY_JAW + _NOSE + _SKULL))
        lines = drawn(at, _MERRY_LINES)
        parts = [skin, inside(at, smooth(hair)), lines, inside(at, np.array(_TEETH))]
        out = np.minimum(out, seat.height * np.stack(parts, axis=1))
    return _picture(out)


def touch() -> NDArray[np.float32]:
    """A profile with closed eyes and the hand on its cheek: (SIDE, SIDE, 4), as in `laugh`.

    Channels: skin of the face, hair, drawn lines, hand.
    """
    at = HELD.local(grid())
    skin = inside(at, smooth(_THROAT + _CALM_JAW + _NOSE + _SKULL))
    fingers = np.stack([bone(at, *finger) for finger in [*_FINGERS, _THUMB]])
    nearest = np.sort(fingers, axis=0)
    hand = np.minimum(nearest[0], inside(at, smooth(_PALM)))
    # Where two fingers lie side by side runs the line between them; nails close the tips.
    seam = np.maximum((nearest[1] - nearest[0]) * 0.5 - 0.007, nearest[1] - 0.012)
    lines = np.maximum(drawn(at, _CALM_LINES), -hand + 0.012)
    out = np.stack([skin, inside(at, smooth(_FALL)), np.minimum(lines, seam), hand], axis=1)
    return _picture(HELD.height * out)


def grid() -> Array:
    """The places of the samples, (SIDE * SIDE, 2), row by row from below."""
    line = (np.arange(SIDE) + 0.5) / SIDE * 2.0 - 1.0
    x, y = np.meshgrid(line, line)
    return np.stack([x.ravel(), y.ravel()], axis=1)


def smooth(points: ArrayLike) -> Array:
    """A closed outline (n SMOOTH, 2) through points (n, 2) (Catmull and Rom, 1974)."""
    p = np.asarray(points, dtype=np.float64)
    before, after, far = np.roll(p, 1, 0), np.roll(p, -1, 0), np.roll(p, -2, 0)
    pieces = []
    for t in np.arange(SMOOTH) / SMOOTH:
        cubic = 3.0 * (p - after) + far - before
        square = 2.0 * before - 5.0 * p + 4.0 * after - far
        pieces.append(p + 0.5 * t * (after - before + t * (square + t * cubic)))
    return np.stack(pieces, axis=1).reshape(-1, 2)


def inside(at: Array, outline: Array) -> Array:
    """Signed distance (n,) of places (n, 2) to a closed polygon (m, 2), negative inside."""
    nearest = np.full(len(at), np.inf, dtype=at.dtype)
    odd = np.zeros(len(at), dtype=bool)
    for start, end in zip(outline, np.roll(outline, -1, 0), strict=True):
        nearest = np.minimum(nearest, _squared(at, start, end))
        spans = (start[1] > at[:, 1]) != (end[1] > at[:, 1])
        rise = end[1] - start[1]
        if rise != 0.0:
            crossing = start[0] + (at[:, 1] - start[1]) * (end[0] - start[0]) / rise
            odd ^= spans & (at[:, 0] < crossing)
    nearest = np.sqrt(nearest)
    return np.where(odd, -nearest, nearest)


def bone(at: Array, joints: ArrayLike, thickness: float) -> Array:
    """Signed distance (n,) to a rounded line through joints (k, 2), thinner towards its end."""
    line = np.asarray(joints, dtype=np.float64)
    parts = []
    for index in range(len(line) - 1):
        parts.append(_segment(at, line[index], line[index + 1]) - thickness * (1 - 0.12 * index))
    return np.asarray(np.minimum.reduce(parts))


def drawn(at: Array, strokes: list[tuple[list[tuple[float, float]], float]]) -> Array:
    """Signed distance (n,) to strokes, each points (k, 2) and half a width."""
    return np.asarray(
        np.minimum.reduce(
            [
                _segment(at, np.array(points[i]), np.array(points[i + 1])) - width
                for points, width in strokes
                for i in range(len(points) - 1)
            ]
        )
    )


def _segment(at: Array, start: Array, end: Array) -> Array:
    return np.asarray(np.sqrt(_squared(at, start, end)))


def _squared(at: Array, start: Array, end: Array) -> Array:
    """The square of the distance (n,) of places (n, 2) to a line from `start` to `end`."""
    way = end - start
    x, y = at[:, 0] - start[0], at[:, 1] - start[1]
    length = max(float(way @ way), 1e-12)
    t = np.clip((x * (way[0] / length)) + y * (way[1] / length), 0.0, 1.0)
    x, y = x - t * way[0], y - t * way[1]
    return np.asarray(x * x + y * y)


def _picture(values: Array) -> NDArray[np.float32]:
    return values.reshape(SIDE, SIDE, 4).astype(np.float32)
