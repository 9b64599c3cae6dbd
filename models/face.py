"""A grieving human face, sculpted by numbers: masses, features, then brush strokes.

Head space: the eye line is z = 0, the ear canals y = 0, the face looks along +y.
Numbers are centimetres here; meshes leave in metres. Proportions follow the usual
sculptor's canon (eye line at half the head's height, mouth a third below the nose).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh
from models.sdf import Array, Clay, Solid, cone, ellipsoid, sphere, tube
from models.skin import skinned

STEP = 0.15
LOW, HIGH = (-9.0, -5.5, -19.0), (9.0, 12.8, 9.5)
METRES = 0.01
OCCLUSION_REACH = 5.0
EYE = (3.12, 6.5, 0.0)
EYE_RADIUS = 1.2
LEVELS = (12000, 2800, 620, 100)


@dataclass(frozen=True)
class Features:
    """What makes one face another; 0 is the canon, lengths in centimetres.

    jaw, nose, brow : added width or stand-out
    age             : 0 young to 1 old: hollows, folds, thinner lips
    grief           : 0 calm to 1: inner brows up, corners of the mouth down
    lid             : how far the upper lid has sunk, degrees
    wide, long      : the whole head, of the canon's
    """

    jaw: float = 0.0
    nose: float = 0.0
    brow: float = 0.0
    chin: float = 0.0
    lips: float = 0.0
    age: float = 0.15
    grief: float = 1.0
    lid: float = -8.0
    crooked: float = 0.0
    wide: float = 1.0
    long: float = 1.0


FACES: dict[str, Features] = {
    "woman": Features(jaw=-0.75, nose=-0.2, brow=-0.35, chin=-0.2, lips=0.16, lid=-10.0, wide=0.95),
    "man": Features(jaw=0.25, nose=0.2, brow=0.3, chin=0.2, age=0.3, crooked=0.12),
    "old": Features(jaw=-0.2, nose=0.3, brow=0.12, lips=-0.1, age=1.0, lid=-14.0, crooked=-0.1),
    "young": Features(jaw=-0.2, nose=-0.1, brow=-0.1, lips=0.1, age=0.0, lid=-5.0, wide=0.96),
    "widow": Features(
        jaw=-0.55, nose=0.05, brow=-0.25, chin=-0.1, lips=-0.02, age=0.65, lid=-15.0, wide=0.94
    ),
    "elder": Features(
        jaw=0.0, nose=0.42, brow=0.4, chin=0.35, lips=-0.16, age=0.9, lid=-9.0, long=1.06
    ),
    "girl": Features(
        jaw=-0.85,
        nose=-0.42,
        brow=-0.45,
        chin=-0.35,
        lips=0.2,
        age=0.0,
        lid=-12.0,
        wide=0.93,
        long=0.95,
    ),
    "brother": Features(
        jaw=0.5,
        nose=0.02,
        brow=0.2,
        chin=0.1,
        lips=0.04,
        age=0.2,
        lid=-7.0,
        crooked=-0.14,
        wide=1.05,
    ),
}


def head(f: Features, low: Sequence[float] = LOW, high: Sequence[float] = HIGH) -> Clay:
    """The face, brow and throat as a field, in centimetres, in the box from `low` to `high`."""
    clay = Clay(low, high, STEP)
    _masses(clay, f)
    _nose(clay, f)
    _mouth(clay, f)
    _eyes(clay, f)
    _strokes(clay, f)
    return clay


def _masses(clay: Clay, f: Features) -> None:
    clay.add(ellipsoid((0, -0.8, 3.8), (7.3, 9.3, 7.5)))
    clay.add(ellipsoid((0, 2.6, 4.0), (6.2, 6.5, 5.6)), 2.0)
    clay.add(ellipsoid((0, 3.0, -3.2), (5.5, 5.6, 6.6)), 3.0)
    jaw = cone((4.6 + f.jaw, 1.0, -6.6), (1.1, 7.5, -9.7 - f.chin), 1.3, 1.25)
    clay.both(jaw, 2.6)
    clay.add(
        ellipsoid((0, 8.0 + 0.4 * f.chin, -9.75 - f.chin), (1.75 + 0.5 * f.jaw, 1.35, 1.3)), 1.2
    )
    clay.both(ellipsoid((4.2, 4.9, -2.7), (1.9, 2.0, 1.5)), 3.0)
    clay.both(ellipsoid((4.1, 3.0, -4.6), (1.9 - 0.3 * f.age, 3.2, 3.6)), 3.0)
    clay.add(ellipsoid((0, 6.2, -6.3), (3.2, 3.4, 2.9)), 1.6)
    clay.add(cone((0, -1.5, -6), (0, -2.6, -20), 4.5, 4.7), 3.0)
    clay.both(tube([(4.2, -2.5, -5), (2.6, 0.6, -13), (0.9, 2.6, -18)], [1.0, 1.0, 0.9]), 1.6)
    ridge = [(0.6, 8.75, 1.35 + 0.3 * f.grief), (2.6, 8.75, 1.75), (4.7, 7.2, 1.2 - 0.3 * f.grief)]
    heavy = 0.42 * f.brow
    clay.both(tube(ridge, [0.36 + heavy, 0.44 + heavy, 0.26]), 2.2)
    clay.both(ellipsoid((5.3, 2.6, 0.6), (1.35, 3.0, 3.0)), 2.4)  # the temples
    clay.cut_both(ellipsoid((3.15, 9.1, -0.1), (1.85, 2.2, 1.25)), 1.5)


def _nose(clay: Clay, f: Features) -> None:
    bend = f.crooked
    bridge = [(0, 8.3, 0.7), (bend, 9.15 + 0.5 * f.nose, -1.1), (0, 10.35 + f.nose, -3.1)]
    clay.add(tube(bridge, [0.55, 0.52, 0.62]), 1.3)
    clay.add(cone((0, 7.6, 0.0), (0, 8.6, -3.2), 0.75, 1.55), 1.2)
    clay.add(sphere((0, 10.55 + f.nose, -3.4), 0.78), 0.7)
    clay.both(ellipsoid((1.28, 9.0, -3.65), (0.62, 1.0, 0.68)), 0.5)
    clay.add(cone((0, 10.3 + f.nose, -3.85), (0, 8.7, -4.15), 0.32, 0.42), 0.5)
    clay.cut_both(ellipsoid((0.66, 9.55, -4.25), (0.36, 0.62, 0.42)), 0.25)


def _mouth(clay: Clay, f: Features) -> None:
    down = 0.42 * f.grief
    full = 1 + 1.2 * f.lips - 0.35 * f.age
    upper = [(0, 9.35, -5.95), (0.75, 9.3, -5.78), (1.6, 8.75, -6.08), (2.45, 7.75, -6.35 - down)]
    lower = [(0, 9.25, -6.98), (0.9, 9.02, -6.92), (1.7, 8.45, -6.75), (2.4, 7.75, -6.45 - down)]
    clay.both(tube(upper, [0.46 * full, 0.48 * full, 0.36 * full, 0.14]), 0.45)
    clay.both(tube(lower, [0.55 * full, 0.52 * full, 0.4 * full, 0.14]), 0.45)
    line = [(0, 9.85, -6.42), (0.8, 9.7, -6.36), (1.6, 9.1, -6.42), (2.5, 8.0, -6.42 - down)]
    clay.stroke(line, -0.5, 0.2, mirror=True)
    clay.stroke([(2.55, 7.9, -6.5 - down), (2.95, 7.3, -7.2 - down)], -0.35, 0.42, mirror=True)


def _eyes(clay: Clay, f: Features) -> None:
    for side in (1.0, -1.0):
        centre = np.array([side * EYE[0], EYE[1], EYE[2]])
        clay.add(sphere(centre, EYE_RADIUS), 0.05)
        tilt = side * np.radians(7.0) * f.grief
        clay.add(_lid(centre, 1.40, np.radians(f.lid - 4.0), tilt, upper=True), 0.22)
        clay.add(_lid(centre, 1.36, np.radians(-25.0), 0.3 * tilt, upper=False), 0.22)
        # What lies between lid and brow, heavier with the years, and the soft rim below.
        over = (side * 3.45, 7.25, 1.52 - 0.14 * f.age)
        clay.add(ellipsoid(over, (1.85, 1.06 + 0.1 * f.age, 0.78)), 0.5)
        under = (side * 3.1, 6.85, -1.62)
        clay.add(ellipsoid(under, (1.65, 1.0, 0.62)), 0.7)


def _lid(
    centre: NDArray[np.float64], radius: float, angle: float, tilt: float, upper: bool
) -> Solid:
    """A shell round the eye, cut by a half-space through its centre that looks along `angle`."""
    ball = sphere(centre, radius)
    sign = 1.0 if upper else -1.0
    up = np.array([np.sin(tilt), -np.sin(angle) * np.cos(tilt), np.cos(angle) * np.cos(tilt)])

    def distance(x: Array, y: Array, z: Array) -> Array:
        plane = (x - centre[0]) * up[0] + (y - centre[1]) * up[1] + (z - centre[2]) * up[2]
        return np.maximum(ball.distance(x, y, z), (-sign * plane).astype(np.float32))

    return Solid(distance, ball.low, ball.high)


def _strokes(clay: Clay, f: Features) -> None:
    g, age = f.grief, f.age
    both = True
    lid = [(1.75, 7.9, 0.5), (3.1, 8.15, 1.0), (4.5, 7.1, 0.45)]
    clay.stroke(lid, -0.14, 0.16, both)
    bag = [(1.9, 7.85, -0.85), (3.1, 8.1, -1.35), (4.4, 7.15, -1.0)]
    clay.stroke(bag, -0.16 - 0.16 * age, 0.26, both)
    fold = [(1.75, 9.0, -3.9), (2.6, 8.3, -5.0), (3.1, 7.6, -6.5)]
    clay.stroke(fold, -0.2 - 0.3 * age - 0.08 * g, 0.36, both)
    clay.stroke([(0, 9.7, -4.75), (0, 9.75, -5.5)], -0.14, 0.24)
    clay.stroke([(0.36, 9.6, -4.8), (0.48, 9.7, -5.45)], 0.05, 0.2, both)
    clay.stroke([(-1.2, 8.6, -8.15), (0, 8.95, -8.1), (1.2, 8.6, -8.15)], -0.38, 0.55)
    clay.stroke([(6.2, 3.6, 2.6), (6.0, 4.0, 0.8)], -0.45, 1.2, both)
    clay.stroke([(4.5, 6.0, -4.4), (4.2, 5.6, -6.6)], -0.35 - 0.4 * age, 1.5, both)
    brow = [
        (0.75, 9.3, 1.75 + 0.5 * g),
        (1.9, 9.4, 2.0 + 0.2 * g),
        (3.3, 8.9, 2.05),
        (5.0, 7.2, 1.3),
    ]
    clay.stroke(brow, 0.06 + 0.08 * max(f.brow, 0.0), 0.34, both)
    clay.stroke([(0.42, 9.3, 1.2), (0.62, 9.4, 2.4)], -0.22 * g, 0.2, both)
    for i, height in enumerate((3.6, 4.6, 5.5)):
        arc = [(-2.4, 8.4, height), (0, 9.1, height + 0.35), (2.4, 8.4, height)]
        clay.stroke(arc, -(0.07 * g + 0.14 * age) * (1 - 0.2 * i), 0.22)
    if age > 0.5:
        for i in range(3):
            start = (5.3, 6.2, 0.3 - 0.55 * i)
            clay.stroke([start, (6.1, 5.2, 0.6 - 0.9 * i)], -0.14 * age, 0.16, both)
        clay.stroke([(3.3, 7.4, -7.0), (3.0, 6.9, -8.6)], -0.25 * age, 0.4, both)


def build(f: Features, counts: Sequence[int] = LEVELS) -> list[Mesh]:
    """The front of the head and the throat, metres, with `ao` and `part` (1 skin, 3 eye).

    A mesh for each of `counts`, which are of triangles before the cut: the back of the head,
    which a hood hides, is left out, and the border runs behind the ears.
    """
    clay = head(f)
    return [
        _front(mesh).transformed(sized(f))
        for mesh in skinned(clay, counts, OCCLUSION_REACH, passes=2, blur=0.7)
    ]


def sized(f: Features) -> NDArray[np.float64]:
    """(4, 4) from the canon's head to this one, about the eye line."""
    return np.diag([f.wide, 1.0, f.long, 1.0])


def _front(mesh: Mesh) -> Mesh:
    p = mesh.positions
    ahead = p[:, 1] > -3.0 - 0.1 * np.maximum(-p[:, 2], 0)
    kept = mesh.triangles[ahead[mesh.triangles].all(axis=1)]
    kept = kept[(p[:, 2][kept] > LOW[2] + 2 * STEP).all(axis=1)]
    used, index = np.unique(kept, return_inverse=True)
    q = p[used]
    away = [
        np.abs(np.linalg.norm(q - np.array([s * EYE[0], EYE[1], EYE[2]]), axis=1) - EYE_RADIUS)
        for s in (1, -1)
    ]
    forward = q[:, 1] > EYE[1]
    eye = (np.minimum(away[0], away[1]) < 0.07) & forward
    return Mesh(
        q * METRES,
        mesh.normals[used],
        index.reshape(-1, 3).astype(np.int32),
        {"ao": mesh.attributes["ao"][used], "part": np.where(eye, 3.0, 1.0)[:, None]},
    )
