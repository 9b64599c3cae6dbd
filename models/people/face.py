"""A human face, sculpted by numbers: masses, features, then brush strokes.

Head space: the eye line is z = 0, the ear canals y = 0, the face looks along +y.
Numbers are centimetres. Proportions follow the usual sculptor's canon (eye line at half the
head's height, mouth a third below the nose), planes the marbles of Houdon and Canova: a brow
that runs into the nose, full cheeks, lids with a rim.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.people.expression import EYE, GAPE, LINE, between_lips, moved, opening
from models.people.features import Features
from models.people.hairline import beard_mass, depth
from models.sdf import Array, Clay, Solid, cone, ellipsoid, sphere, tube

STEP = 0.15
LOW, HIGH = (-9.0, -5.5, -19.0), (9.0, 12.8, 12.5)
EYE_RADIUS = 1.28
UPPER_LID, LOWER_LID = 1.47, 1.42  # radii of the shells that the lids are
FISSURE = (1.56, 2.5, 1.9)  # radii about the eye within which flesh is open between the lids
FOLDED, POINTED = (
    (1.52, 2.5, 1.00),
    1.4,
)  # and where lids are not sculpted, whose corners are points
OPEN = (33.0, -27.0)  # degrees, from the upper lid's fold to within the lower one's rim
HOODED = 0.16  # radians that the fold hangs at the outer corner
LOWER_RIM = -25.0  # degrees that the lower lid's rim lies below the level of the eye

Vector = NDArray[np.float64]


def head(f: Features, low: Sequence[float] = LOW, high: Sequence[float] = HIGH) -> Clay:
    """The face, brow and throat as a field, in centimetres, in the box from `low` to `high`."""
    clay = Clay(low, high, STEP)
    sculpt(clay, f, lids=True)
    for side in (1.0, -1.0):
        clay.add(sphere((side * EYE[0], EYE[1], EYE[2]), EYE_RADIUS), 0.05)
    return clay


def sculpt(clay: Clay, f: Features, lids: bool = False) -> None:
    """Presses everything but the eyeballs on; without `lids` the eyes lie open to their folds."""
    _masses(clay, f)
    _brows(clay, f)
    _nose(clay, f)
    _mouth(clay, f)
    _eyes(clay, f, lids)
    _strokes(clay, f)
    if f.beard:
        clay.add(ellipsoid(*beard_mass(f)), 2.2)
    if f.hair != "bare":
        clay.swell(lambda x, y, z: depth(f, x, y, z))


def _masses(clay: Clay, f: Features) -> None:
    at = moved(f)
    man, youth = 1 - f.woman, 1 - f.age
    clay.add(ellipsoid((0, -1.0, 3.6), (7.2, 9.2, 7.5)))
    clay.add(ellipsoid((0, 2.5, 3.8), (5.9, 6.65 - 0.15 * man, 5.8)), 2.0)
    clay.add(ellipsoid((0, 2.6, -3.0), (5.7, 5.9, 6.4)), 3.0)
    jaw, chin = (4.05 + 0.25 * man + f.jaw, 0.9, -5.9), at((1.1, 7.1, -9.5 - f.chin))
    clay.both(cone(jaw, chin, 1.2 + 0.15 * man, 1.2), 2.6)
    clay.both(ellipsoid((4.9, 1.4, -2.8), (1.45, 3.2, 3.6)), 2.6)  # before the ears
    clay.add(
        ellipsoid(
            at((0, 7.9 + 0.4 * f.chin, -9.6 - f.chin)),
            (1.55 + 0.3 * man + 0.4 * f.jaw, 1.35, 1.3),
        ),
        1.5,
    )
    cheek = (4.3 + 0.3 * f.bones, 4.6 + 0.2 * f.bones, -2.3)
    clay.both(ellipsoid(cheek, (1.9, 2.2, 1.5 + 0.15 * f.bones)), 3.0)
    clay.both(ellipsoid(at((3.3, 5.9, -3.4)), (1.7, 1.7 + 0.25 * f.full, 1.8)), 2.6)
    low = 1.6 + 0.35 * f.full - 0.35 * f.age
    clay.both(ellipsoid(at((3.5, 4.3, -6.2)), (low, 2.5, 2.4)), 3.2)
    edge = at((2.5, 5.0, -8.3))  # the jaw's
    clay.both(ellipsoid(edge, (1.3 + 0.2 * youth, 1.9, 1.35)), 2.2)
    clay.add(ellipsoid(at((0, 6.0, -6.2)), (2.9, 3.3, 2.7)), 2.0)
    clay.add(cone((0, -1.5, -6), (0, -2.6, -20), 4.7 - 0.5 * f.woman, 4.9 - 0.5 * f.woman), 3.0)
    cord = [(4.2, -2.5, -5), (2.6, 0.4, -13), (0.9, 2.2, -18)]
    clay.both(tube(cord, [0.9, 0.9, 0.8]), 2.0)
    clay.both(ellipsoid((5.2, 2.9, 0.8), (1.45, 3.0, 3.0)), 2.6)  # the temples
    if youth > 0:
        clay.add(ellipsoid((0, 5.6, -9.2), (2.2, 2.2, 1.3)), 2.0)


def _brows(clay: Clay, f: Features) -> None:
    at = moved(f)
    heavy = 0.30 * f.brow + 0.10 * (1 - f.woman)
    ridge = [(0.7, 8.25, 1.55), (2.4, 8.2, 1.95), (4.1, 7.0, 1.75), (5.1, 5.4, 0.8)]
    clay.both(tube([at(p) for p in ridge], [0.55 + heavy, 0.60 + heavy, 0.50, 0.3]), 2.2)
    clay.cut_both(ellipsoid((2.95, 9.0, -0.15), (1.70, 2.05, 1.10)), 1.8)
    clay.cut_both(ellipsoid((1.9, 9.3, -0.1), (0.75, 1.5, 0.9)), 1.2)  # beside the bridge


def _nose(clay: Clay, f: Features) -> None:
    bend, n, up = f.crooked, f.nose, 0.32 * f.snub
    small = 0.92 - 0.08 * f.woman
    bridge = [
        (0, 8.35, 1.6),
        (0, 8.55, 0.4),
        (bend, 9.25 + 0.5 * n - 0.5 * up, -1.3),
        (0, 10.25 + n, -3.2 + up),
    ]
    clay.add(tube(bridge, [0.6, 0.55, 0.55, 0.62]), 1.1)
    clay.add(cone((0, 7.6, 0.2), (0, 8.5, -3.2), 0.8, 1.45 * small), 1.3)
    clay.add(sphere((0, 10.35 + n, -3.35 + up), 0.80 * small), 0.9)
    clay.both(ellipsoid((1.2 * small, 9.1, -3.6), (0.62 * small, 1.05, 0.70)), 0.7)
    clay.add(cone((0, 10.1 + n, -3.75 + up), (0, 8.7, -4.15), 0.34, 0.5), 0.7)
    clay.cut_both(ellipsoid((0.62 * small, 9.55, -4.2), (0.34, 0.62, 0.34)), 0.4)


LIPS_MEET = 0.07  # half of what is too narrow a gap to be one
MOUTH_DEEP = 6.8  # how far in an open mouth is seen
# Where the lips meet, from the middle to the right corner.
MOUTH = [(0, 9.75, -6.36), (0.75, 9.6, -6.31), (1.5, 9.0, -6.38), (2.1, 8.2, -6.41)]


def _mouth(clay: Clay, f: Features) -> None:
    at = moved(f)
    full = 1 + 1.1 * f.lips - 0.30 * f.age + 0.12 * f.woman
    upper = [(0, 9.06, -5.98), (0.55, 9.08, -5.86), (1.35, 8.60, -6.08), (2.2, 7.70, -6.36)]
    lower = [(0, 8.90, -6.86), (0.7, 8.80, -6.84), (1.45, 8.3, -6.68), (2.15, 7.65, -6.44)]
    clay.both(tube([at(p) for p in upper], np.multiply([0.40, 0.42, 0.32, 0.10], full)), 0.6)
    clay.both(tube([at(p) for p in lower], np.multiply([0.52, 0.50, 0.36, 0.10], full)), 0.6)
    shut = max(1 - f.parted / 0.3, 0.0)
    clay.stroke([at(p) for p in MOUTH], -0.26 * shut, 0.21, mirror=True)
    if f.parted:
        clay.cut(_gap(f), 0.10)
    corner = [(2.5, 7.85, -6.45), (2.85, 7.35, -6.9)]
    clay.stroke([at(p) for p in corner], -0.18, 0.45, mirror=True)


def _gap(f: Features) -> Solid:
    """What is open between parted lips, as high as they are apart."""

    def distance(x: Array, y: Array, z: Array) -> Array:
        high = np.abs(z - between_lips(f, x)) - (0.5 * f.parted * opening(x) - LIPS_MEET)
        out: Array = np.maximum(high, MOUTH_DEEP - y).astype(np.float32)
        return out

    low, high = (-GAPE, MOUTH_DEEP, LINE - f.parted), (GAPE, 10.5, LINE)
    return Solid(distance, np.array(low), np.array(high))


def _eyes(clay: Clay, f: Features, lids: bool) -> None:
    at = moved(f)
    clay.both(ellipsoid((3.16, 5.75, -0.05), (2.15, 1.80, 1.75)), 0.7)  # the muscle round the eye
    over = at((3.40, 6.75, 1.50 - 0.12 * f.age))  # what lies between lid and brow
    clay.both(ellipsoid(over, (2.0, 1.30, 0.80)), 0.8)
    clay.both(ellipsoid((3.10, 6.45, -1.75), (1.8, 1.25, 0.8)), 1.0)
    for side in (1.0, -1.0):
        centre = np.array([side * EYE[0], EYE[1], EYE[2]])
        upper, lower = lid_planes(f, side)
        if lids:
            clay.add(_beyond(sphere(centre, UPPER_LID), centre, upper), 0.25)
        else:
            upper, lower = _upward(OPEN[0], side * HOODED), _upward(OPEN[1], 0.0)
        clay.add(_beyond(sphere(centre, LOWER_LID), centre, -lower), 0.30)
        hole = ellipsoid(centre, FISSURE) if lids else _almond(centre, FOLDED)
        clay.cut(_beyond(hole, centre, -upper, lower), 0.06)
        clay.add(sphere((side * 1.80, 6.95, -0.22), 0.34), 0.15)  # the inner corner's flesh


def _almond(centre: Vector, radii: Sequence[float]) -> Solid:
    """An ellipsoid that is pointed to both sides, as what an eye's lids fold out of is."""

    def distance(x: Array, y: Array, z: Array) -> Array:
        a, b, c = ((p - m) / r for p, m, r in zip((x, y, z), centre, radii, strict=True))
        flat = np.abs(a) ** POINTED + np.abs(c) ** POINTED + b * b
        out: Array = (radii[2] * (flat ** (1.0 / POINTED) - 1.0)).astype(np.float32)
        return out

    return Solid(distance, centre - radii, centre + radii)


def lid_planes(f: Features, side: float) -> tuple[Vector, Vector]:
    """Unit normals (3,), upward, of the planes through an eye's centre that end its lids."""
    tilt = side * np.radians(4.0 + 4.0 * f.grief)  # the outer corner hangs
    return _upward(f.lid, tilt), _upward(min(LOWER_RIM, f.lid - 1.0), 0.3 * tilt)


def _upward(degrees: float, tilt: float) -> Vector:
    angle = np.radians(degrees)
    return np.array([np.sin(tilt), -np.sin(angle) * np.cos(tilt), np.cos(angle) * np.cos(tilt)])


def _beyond(whole: Solid, centre: Vector, *ups: Vector) -> Solid:
    """The part of a solid that lies above every plane through a centre."""

    def distance(x: Array, y: Array, z: Array) -> Array:
        out = whole.distance(x, y, z)
        for up in ups:
            plane = (x - centre[0]) * up[0] + (y - centre[1]) * up[1] + (z - centre[2]) * up[2]
            out = np.maximum(out, -plane.astype(np.float32))
        return out

    return Solid(distance, whole.low, whole.high)


def _strokes(clay: Clay, f: Features) -> None:
    at = moved(f)
    g, age = f.grief, f.age

    def stroke(points: ArrayLike, height: float, sigma: float, mirror: bool = True) -> None:
        clay.stroke([at(p) for p in np.asarray(points)], height, sigma, mirror)

    stroke([(1.8, 7.8, 0.55), (3.1, 8.0, 1.0), (4.45, 7.05, 0.5)], -0.16, 0.17)  # the lid's crease
    bag = [(1.9, 7.85, -1.0), (3.1, 8.0, -1.5), (4.4, 7.05, -1.2)]
    stroke(bag, -0.05 - 0.16 * age, 0.30)
    fold = [(1.75, 9.0, -3.8), (2.6, 8.3, -4.9), (3.1, 7.6, -6.4)]
    stroke(fold, -0.12 - 0.30 * age - 0.08 * g, 0.40)
    stroke([(0, 9.7, -4.75), (0, 9.75, -5.5)], -0.14, 0.26, mirror=False)
    stroke([(0.40, 9.6, -4.8), (0.50, 9.7, -5.45)], 0.04, 0.2)
    stroke([(-1.2, 8.5, -8.05), (0, 8.85, -8.0), (1.2, 8.5, -8.05)], -0.30, 0.6, mirror=False)
    stroke([(4.6, 5.9, -4.4), (4.3, 5.4, -6.6)], -0.10 - 0.55 * age * (1 - 0.5 * f.full), 1.5)
    brow = [(0.8, 9.1, 1.75), (1.9, 9.2, 2.1), (3.3, 8.7, 2.2), (4.9, 7.1, 1.5)]
    stroke(brow, 0.07 + 0.05 * (1 - f.woman), 0.32)
    stroke([(0.45, 9.1, 1.3), (0.6, 9.2, 2.3)], -0.10 * g - 0.08 * age, 0.30)
    for i, height in enumerate((3.7, 4.6, 5.5)):
        arc = [(-2.6, 8.2, height), (0, 8.9, height + 0.25), (2.6, 8.2, height)]
        stroke(arc, -(0.03 * (g + f.awe) + 0.10 * age) * (1 - 0.2 * i), 0.28, mirror=False)
    if age > 0.5:
        for i in range(3):
            start = (5.2, 6.0, 0.2 - 0.5 * i)
            stroke([start, (6.1, 5.0, 0.5 - 0.9 * i)], -0.10 * age, 0.16)
        stroke([(3.2, 7.4, -6.9), (3.0, 6.9, -8.6)], -0.22 * age, 0.45)
