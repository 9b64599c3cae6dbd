"""The head of the one who fell: a young woman's, calm, sculpted by numbers.

Head space: the eye line is z = 0, the ear canals y = 0, the face looks along +y; centimetres.
Measures are those of a woman (after Farkas, 1994): 21.5 from chin to crown, 14 wide, eyes 6.2
apart, mouth 4.6 wide. Where the eyes are, the clay is only open: balls, lids and lashes are
models/people/eyelids.py.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.sdf import Array, Clay, Solid, cone, ellipsoid, smoothstep, sphere, tube

Vectors = NDArray[np.float64]

STEP = 0.11
LOW, HIGH = (-9.0, -11.0, -19.0), (9.0, 12.4, 12.0)

EYE = (3.08, 6.45, 0.0)
WIDER = 1.14  # lids reach further to the sides than a ball would let them
OUTWARD = np.radians(7.0)  # how far each eye's own frame turns to its temple
LID_RADIUS = 1.33
REACH = np.radians(64.0)  # azimuth of the corners of the lids
SOFT_CUT = 0.10


def eye_space(points: Vectors, side: float) -> Vectors:
    """Head space (..., 3) to one eye's own: x to its temple, its ball round. `side` is 1 or -1."""
    away = (np.asarray(points, dtype=np.float64) - np.array(EYE) * [side, 1, 1]) * [side, 1, 1]
    c, s = np.cos(OUTWARD), np.sin(OUTWARD)
    x, y = c * away[..., 0] - s * away[..., 1], s * away[..., 0] + c * away[..., 1]
    return np.stack([x / WIDER, y, away[..., 2]], axis=-1)


def from_eye(points: Vectors, side: float) -> Vectors:
    """The way back from `eye_space`."""
    p = np.asarray(points, dtype=np.float64)
    c, s = np.cos(OUTWARD), np.sin(OUTWARD)
    x, y = p[..., 0] * WIDER, p[..., 1]
    x, y = c * x + s * y, -s * x + c * y
    return np.stack([x, y, p[..., 2]], axis=-1) * [side, 1, 1] + np.array(EYE) * [side, 1, 1]


def corner_line(t: Vectors) -> Vectors:
    """Elevation of the line from the inner corner (t = -1) to the outer (1), radians."""
    return np.radians(-2.5 + 5.5 * t)


def lower_margin(t: Vectors) -> Vectors:
    """Elevation of the lower lid's edge, where closed lids meet."""
    return corner_line(t) - np.radians(19.0) * np.clip(1 - t * t, 0, 1) ** 0.9


def upper_margin(t: Vectors) -> Vectors:
    """Elevation of the upper lid's edge while the eye is open."""
    return corner_line(t) + np.radians(19.0) * np.clip(1 - t * t, 0, 1) ** 0.75


def crease(t: Vectors) -> Vectors:
    """Elevation at which the upper lid goes in under the brow's fold."""
    return corner_line(t) + np.radians(31.0) * np.clip(1 - t * t, 0, 1) ** 0.75


def head(asleep: bool = False) -> Clay:
    """The head and the upper neck as clay; `asleep` without the openings of the eyes."""
    clay = Clay(LOW, HIGH, STEP)
    _skull(clay)
    _cheeks(clay)
    _nose(clay)
    _mouth(clay)
    _orbits(clay)
    _ears(clay)
    _strokes(clay)
    if not asleep:
        _openings(clay)
    return clay


def _skull(clay: Clay) -> None:
    clay.add(ellipsoid((0, -0.9, 3.5), (6.95, 8.8, 7.1)))
    clay.add(ellipsoid((0, 2.4, 3.9), (5.9, 5.9, 5.5)), 2.5)
    clay.add(ellipsoid((0, 2.2, -2.6), (5.2, 5.4, 6.4)), 3.0)
    clay.both(cone((4.5, 0.6, -5.5), (1.35, 6.4, -9.1), 1.1, 1.1), 2.8)
    clay.add(ellipsoid((0, 7.1, -9.35), (1.45, 1.25, 1.15)), 1.9)
    clay.add(cone((0, -1.6, -5), (0, -1.9, -10), 3.9, 3.9), 3.0)


def _cheeks(clay: Clay) -> None:
    clay.add(ellipsoid((0, 5.3, -6.0), (2.9, 3.1, 3.0)), 2.4)
    clay.both(ellipsoid((4.25, 4.9, -2.35), (1.75, 1.75, 1.25)), 2.6)
    clay.both(ellipsoid((3.45, 4.4, -4.3), (1.9, 2.5, 2.7)), 3.0)
    clay.both(ellipsoid((5.0, 2.4, 0.8), (1.3, 3.0, 2.9)), 2.4)


def _nose(clay: Clay) -> None:
    bridge = [(0, 7.75, 0.9), (0, 8.15, -0.2), (0, 9.05, -1.7), (0, 9.85, -2.9)]
    clay.add(tube(bridge, [0.52, 0.46, 0.44, 0.50]), 1.3)
    clay.add(cone((0, 6.9, 0.0), (0, 7.7, -3.1), 0.7, 1.25), 1.4)
    clay.add(sphere((0, 9.80, -3.00), 0.56), 0.8)
    clay.both(ellipsoid((0.98, 8.55, -3.36), (0.50, 0.95, 0.50)), 1.0)
    clay.add(cone((0, 9.6, -3.48), (0, 8.4, -3.85), 0.27, 0.36), 0.6)
    clay.cut_both(ellipsoid((0.50, 8.95, -3.86), (0.22, 0.45, 0.26)), 0.25)


def _mouth(clay: Clay) -> None:
    upper = [(0, 8.42, -5.72), (0.62, 8.42, -5.60), (1.35, 7.98, -5.92), (2.1, 7.05, -6.30)]
    lower = [(0, 8.40, -6.66), (0.75, 8.26, -6.62), (1.40, 7.80, -6.52), (2.05, 7.05, -6.40)]
    clay.both(tube(upper, [0.38, 0.44, 0.34, 0.14]), 0.9)
    clay.both(tube(lower, [0.52, 0.50, 0.38, 0.14]), 0.9)
    clay.add(ellipsoid((0, 8.58, -6.02), (0.35, 0.30, 0.24)), 0.35)


def _orbits(clay: Clay) -> None:
    clay.cut_both(ellipsoid((3.1, 9.0, 0.2), (1.7, 1.9, 1.15)), 1.8)
    for side in (1.0, -1.0):
        clay.add(_ball(side, LID_RADIUS + 0.02), 0.85)
    ridge = [(1.0, 7.7, 1.75), (2.7, 7.85, 2.0), (4.6, 6.4, 1.45)]
    clay.both(tube(ridge, [0.26, 0.30, 0.2]), 2.2)
    fold = [(2.0, 7.05, 1.25), (3.2, 7.25, 1.6), (4.5, 6.35, 1.1)]
    clay.both(tube(fold, [0.20, 0.34, 0.24]), 1.2)


def _ball(side: float, radius: float) -> Solid:
    reach = 1.3 * radius
    middle = np.array(EYE) * [side, 1, 1]

    def distance(x: Array, y: Array, z: Array) -> Array:
        points = np.stack(np.broadcast_arrays(x, y, z), axis=-1)
        away = np.linalg.norm(eye_space(points, side), axis=-1) - radius
        return away.astype(np.float32)

    return Solid(distance, middle - reach, middle + reach)


def _openings(clay: Clay) -> None:
    """What is open between the lower lid's edge and the crease: the upper lid closes it."""

    def opening(side: float) -> Solid:
        middle = np.array(EYE) * [side, 1, 1]

        def distance(x: Array, y: Array, z: Array) -> Array:
            points = np.stack(np.broadcast_arrays(x, y, z), axis=-1)
            p = eye_space(points, side)
            t = np.arctan2(p[..., 0], p[..., 1]) / REACH
            rise = np.arctan2(p[..., 2], np.hypot(p[..., 0], p[..., 1]))
            inside = np.maximum(rise - crease(t), lower_margin(t) - rise)
            inside = np.maximum(inside, (np.abs(t) - 1.0) * REACH)
            away = np.linalg.norm(p, axis=-1)
            bounds = np.maximum(0.3 - p[..., 1], away - LID_RADIUS - 0.35)
            return np.maximum(inside * away, bounds).astype(np.float32)

        reach = np.array([2.0, 0.0, 1.6])
        return Solid(distance, middle - reach, middle + reach + np.array([0.0, 1.9, 0.0]))

    for side in (1.0, -1.0):
        clay.cut(opening(side), SOFT_CUT)


HELIX = (
    (6.35, 0.25, -0.55),
    (6.55, 0.85, 0.50),
    (6.85, 0.45, 1.55),
    (7.15, -0.70, 1.95),
    (7.42, -1.95, 1.25),
    (7.42, -2.35, -0.20),
    (7.15, -1.95, -1.75),
    (6.75, -1.05, -2.85),
)
ANTIHELIX = ((6.95, -0.90, 1.05), (7.15, -1.35, 0.20), (7.08, -1.20, -1.0), (6.90, -0.55, -1.75))
GROOVE = ((7.15, -1.30, 1.30), (7.32, -1.85, 0.10), (7.15, -1.55, -1.35))


def _ears(clay: Clay) -> None:
    clay.both(ellipsoid((6.65, -0.75, -0.40), (0.42, 1.55, 2.15)), 0.6)
    clay.both(tube(HELIX, [0.16, 0.22, 0.24, 0.25, 0.24, 0.22, 0.20, 0.22]), 0.25)
    clay.both(ellipsoid((6.62, -0.60, -2.95), (0.30, 0.55, 0.62)), 0.45)  # the lobe
    clay.both(tube(ANTIHELIX, [0.16, 0.22, 0.20, 0.18]), 0.30)
    clay.stroke(GROOVE, -0.20, 0.20, True)
    clay.cut_both(ellipsoid((7.15, -0.20, -0.70), (0.62, 0.66, 0.95)), 0.25)
    clay.both(ellipsoid((6.62, 0.72, -0.95), (0.26, 0.30, 0.46)), 0.25)  # before the canal


def _about(t: Vectors, rise: Vectors) -> Vectors:
    """Points (n, 3) in eye space on the lid's ball, `t` from corner to corner, `rise` radians."""
    flat = np.cos(rise)
    way = [flat * np.sin(t * REACH), flat * np.cos(t * REACH), np.sin(rise)]
    return LID_RADIUS * np.stack(way, axis=-1)


def _strokes(clay: Clay) -> None:
    both = True
    line = [(0, 8.92, -6.15), (0.7, 8.80, -6.12), (1.4, 8.25, -6.23), (1.95, 7.6, -6.34)]
    clay.stroke(line, -0.24, 0.13, both)
    clay.stroke([(2.25, 7.2, -6.35), (2.45, 6.95, -6.70)], -0.08, 0.45, both)
    clay.stroke([(0, 8.75, -4.5), (0, 8.75, -5.3)], -0.10, 0.22)
    clay.stroke([(0.34, 8.75, -4.6), (0.46, 8.85, -5.3)], 0.05, 0.18, both)
    clay.stroke([(-1.1, 8.0, -7.55), (0, 8.3, -7.5), (1.1, 8.0, -7.55)], -0.28, 0.5)
    clay.stroke([(1.55, 8.1, -3.7), (2.3, 7.5, -4.8), (2.7, 6.9, -6.0)], -0.10, 0.40, both)
    t = np.linspace(-0.86, 0.90, 9)
    clay.stroke(from_eye(_about(t, crease(t)), 1.0), -0.05, 0.30, both)
    clay.stroke(from_eye(_about(t, lower_margin(t) - 0.62), 1.0), 0.09, 0.60, both)
    clay.stroke([(1.55, 7.6, 0.9), (2.2, 7.6, 1.0)], -0.16, 0.55, both)  # beside the nose's root
    clay.stroke([(5.9, 3.4, 2.4), (5.7, 3.8, 0.8)], -0.25, 1.2, both)
    clay.stroke([(4.3, 5.6, -4.4), (3.9, 5.2, -6.4)], -0.22, 1.4, both)


def before_hair(points: NDArray[np.float32] | Vectors) -> Vectors:
    """How far before the hair points of the head (n, 3) lie: its line is about 0.3."""
    p = np.asarray(points, dtype=np.float64)
    away = p - np.array([0.0, -0.8, 2.0])
    away /= np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
    out = 0.80 * away[:, 1] - 0.75 * away[:, 2] - 0.12 - 0.20 * away[:, 0] ** 2
    return np.asarray(out)


def scalp(points: NDArray[np.float32] | Vectors) -> Vectors:
    """How much hair grows at points of the head (n, 3): 0 to 1 over a soft line."""
    return smoothstep(0.46, 0.22, before_hair(points))
