"""The masses of a human body, as solids to be pressed together: trunk, limbs, hands, feet.

Each part is built in a frame of its own: x to the person's right, y to the front, z up
(for a hand: y to the fingertips, z out of its back; for a foot: y to the toes). Radii and
lengths are those of a slender adult of 1.68 m (after Drillis and Contini, 1966). Metres.
Right-hand parts are built; left ones are their mirror images.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import unit
from models.sdf import Clay, Solid, cone, ellipsoid, sphere, tube

Vectors = NDArray[np.float64]
Lump = tuple[Solid, float]  # a solid and the width over which it is blended on
Flesh = list[Lump]

# Knuckles of the right hand in its own frame; index, middle, ring, little.
KNUCKLES = np.array(
    [
        [-0.0265, 0.087, 0.001],
        [-0.0045, 0.092, 0.003],
        [0.0165, 0.087, 0.001],
        [0.0350, 0.077, -0.003],
    ]
)
BONES = np.array(
    [
        [0.043, 0.026, 0.0185],
        [0.047, 0.030, 0.0195],
        [0.043, 0.028, 0.0190],
        [0.034, 0.021, 0.0165],
    ]
)
FINGER_RADII = np.array(
    [
        [0.0098, 0.0084, 0.0076, 0.0064],
        [0.0098, 0.0086, 0.0078, 0.0065],
        [0.0094, 0.0081, 0.0074, 0.0062],
        [0.0084, 0.0071, 0.0064, 0.0055],
    ]
)
SPREAD = np.radians([7.0, 1.5, -5.0, -12.0])
THUMB_ROOT = np.array([-0.0205, 0.020, -0.010])
THUMB_BONES = np.array([0.044, 0.033, 0.0245])
THUMB_RADII = np.array([0.0145, 0.0112, 0.0102, 0.0076])
INSTEP = [[0, 0, -0.012], [-0.008, 0.05, -0.026], [-0.016, 0.115, -0.050]]
OUTER_EDGE = [[0.008, -0.02, -0.045], [0.022, 0.05, -0.052], [0.024, 0.10, -0.056]]


@dataclass(frozen=True)
class HandPose:
    """How a hand is held. Angles in degrees.

    curls : (4, 3) bend at each joint of index, middle, ring, little
    thumb : (3,) out of the palm's plane, then the bend of the two outer joints
    spread: 1 fingers apart as in a hand at rest, 0 side by side
    """

    curls: tuple[tuple[float, float, float], ...]
    thumb: tuple[float, float, float] = (28.0, 14.0, 18.0)
    thumb_out: float = 42.0
    spread: float = 1.0


LIMP = HandPose(((24, 34, 18), (30, 38, 20), (36, 40, 22), (40, 38, 22)), (22, 12, 16), 36.0)
OPEN = HandPose(((14, 26, 14), (22, 34, 18), (32, 38, 20), (40, 40, 22)), (30, 14, 20), 46.0)


def frame(origin: ArrayLike, forward: ArrayLike, up: ArrayLike) -> Vectors:
    """A rigid (4, 4) matrix whose y looks along `forward` and whose z leans to `up`."""
    return np.asarray(frames(*(np.reshape(each, (1, 3)) for each in (origin, forward, up)))[0])


def frames(origins: ArrayLike, forwards: ArrayLike, ups: ArrayLike) -> Vectors:
    """`frame` for rows (n, 3) of each: (n, 4, 4)."""
    y = unit(forwards).astype(np.float64)
    x = unit(crossed(y, np.asarray(ups, dtype=np.float64))).astype(np.float64)
    out = np.zeros((len(y), 4, 4))
    out[:, :3, 0], out[:, :3, 1], out[:, :3, 2] = x, y, crossed(x, y)
    out[:, :3, 3], out[:, 3, 3] = np.asarray(origins), 1.0
    return out


def crossed(a: Vectors, b: Vectors) -> Vectors:
    """Cross products (n, 3) of rows: numpy's own takes longer over few rows than all else here."""
    out = np.zeros_like(a)
    for i, j, k in ((0, 1, 2), (1, 2, 0), (2, 0, 1)):
        out[:, i] = a[:, j] * b[:, k] - a[:, k] * b[:, j]
    return out


def along(matrix: ArrayLike, points: ArrayLike) -> Vectors:
    """Points (..., 3) carried from a frame's own space by its (4, 4) matrix."""
    matrix = np.asarray(matrix, dtype=np.float64)
    return np.asarray(points, dtype=np.float64) @ matrix[:3, :3].T + matrix[:3, 3]


def posed(flesh: Flesh, matrix: ArrayLike) -> Flesh:
    """The same flesh in another place."""
    return [(solid.posed(matrix), k) for solid, k in flesh]


def mirrored(flesh: Flesh) -> Flesh:
    """The other side's flesh, in the other side's frame."""
    return [(solid.mirrored(), k) for solid, k in flesh]


def press(clay: Clay, flesh: Flesh) -> None:
    """Add every lump to the clay, in order."""
    for solid, k in flesh:
        clay.add(solid, k)


def finger_joints(pose: HandPose) -> Vectors:
    """Joints (4, 4, 3) of the four fingers, knuckle to tip, in the hand's frame."""
    out = np.zeros((4, 4, 3))
    for finger in range(4):
        away = pose.spread * SPREAD[finger]
        side = np.array([-np.sin(away), np.cos(away), 0.0])
        out[finger, 0] = KNUCKLES[finger]
        bend = 0.0
        for bone in range(3):
            bend += np.radians(pose.curls[finger][bone])
            step = side * np.cos(bend) + np.array([0.0, 0.0, -np.sin(bend)])
            out[finger, bone + 1] = out[finger, bone] + BONES[finger, bone] * step
    return out


def thumb_joints(pose: HandPose) -> Vectors:
    """Joints (4, 3) of the thumb, wrist end to tip, in the hand's frame."""
    out = np.zeros((4, 3))
    out[0] = THUMB_ROOT
    away, drop = np.radians(pose.thumb_out), np.radians(pose.thumb[0])
    for bone in range(3):
        step = [-np.sin(away) * np.cos(drop), np.cos(away) * np.cos(drop), -np.sin(drop)]
        out[bone + 1] = out[bone] + THUMB_BONES[bone] * np.array(step)
        away -= np.radians(pose.thumb[min(bone + 1, 2)])
    return out


def _chain(joints: Vectors, radii: Vectors, first_k: float) -> Flesh:
    bones: Flesh = []
    for bone in range(3):
        k = first_k if bone == 0 else 0.003
        bones.append((cone(joints[bone], joints[bone + 1], radii[bone], radii[bone + 1]), k))
    return bones


def hand(pose: HandPose, wrist: float = 0.05, girth: float = 0.0195) -> Flesh:
    """The right hand: wrist at the origin, `wrist` metres of forearm behind it, whose bones
    have the radius `girth` at their end."""
    roots = np.array([[-0.012, 0, 0], [-0.004, 0, 0.001], [0.006, 0, 0], [0.013, 0, -0.002]])
    flesh: Flesh = [
        (cone([-0.011, -wrist, 0], [-0.011, 0.004, 0], girth, 0.0165), 0.0),
        (cone([0.011, -wrist, 0], [0.012, 0.004, -0.001], girth, 0.0155), 0.02),
        (ellipsoid([0.003, 0.048, -0.004], [0.036, 0.046, 0.0125]), 0.02),
    ]
    fingers, thumb = finger_joints(pose), thumb_joints(pose)
    for finger in range(4):
        bone = cone(roots[finger], KNUCKLES[finger], 0.0125, 0.0105 if finger < 3 else 0.0095)
        flesh.append((bone, 0.010))
    flesh += [
        (ellipsoid([-0.024, 0.038, -0.012], [0.0155, 0.030, 0.0145]), 0.012),
        (ellipsoid([0.029, 0.034, -0.012], [0.0125, 0.030, 0.0125]), 0.012),
        (ellipsoid([0.006, 0.078, -0.009], [0.034, 0.012, 0.0085]), 0.010),
    ]
    flesh += _chain(thumb, THUMB_RADII, 0.012)
    flesh.append((ellipsoid(thumb[0] + [-0.002, 0.004, 0], [0.016, 0.02, 0.014]), 0.012))
    for finger in range(4):
        flesh += _chain(fingers[finger], FINGER_RADII[finger], 0.006)
    return flesh


def foot() -> Flesh:
    """The right foot: the ankle at the origin, the sole 7 cm below, toes along y."""
    flesh: Flesh = [
        (ellipsoid([0, -0.004, -0.010], [0.031, 0.034, 0.030]), 0.03),
        (ellipsoid([0.0, -0.040, -0.036], [0.027, 0.030, 0.031]), 0.03),
        (tube(INSTEP, [0.034, 0.030, 0.022]), 0.03),
        (tube(OUTER_EDGE, [0.024, 0.021, 0.016]), 0.02),
        (sphere([-0.028, 0.004, -0.002], 0.009), 0.016),
        (sphere([0.029, -0.008, -0.008], 0.009), 0.016),
        (ellipsoid([-0.024, 0.118, -0.054], [0.020, 0.022, 0.017]), 0.012),
    ]
    starts = [[-0.026, 0.126], [-0.007, 0.130], [0.007, 0.124], [0.020, 0.115], [0.031, 0.104]]
    lengths, radii = [0.050, 0.043, 0.038, 0.033, 0.027], [0.0125, 0.0085, 0.0080, 0.0077, 0.0075]
    for (x, y), length, radius in zip(starts, lengths, radii, strict=True):
        middle = [x * 1.03, y + 0.55 * length, -0.053]
        tip = [x * 1.03 + 0.002, y + length, -0.0605]
        toe = tube([[x, y, -0.057], middle, tip], [radius * 1.05, radius, radius * 0.95])
        flesh.append((toe, 0.005))
    flesh.append((sphere([-0.025, 0.168, -0.058], 0.0125), 0.006))
    return flesh


def chest() -> Flesh:
    """Ribs, breast and shoulder blades about the middle of the ribcage."""
    flesh: Flesh = [
        (ellipsoid([0, -0.004, 0], [0.128, 0.092, 0.165]), 0.0),
        (ellipsoid([0, -0.008, 0.100], [0.115, 0.062, 0.066]), 0.05),
        (tube([[0, 0.068, -0.04], [0, 0.052, 0.13]], [0.026, 0.020]), 0.04),
    ]
    for side in (-1, 1):
        flesh += [
            (ellipsoid([side * 0.068, 0.062, -0.008], [0.054, 0.042, 0.054]), 0.045),
            (ellipsoid([side * 0.080, -0.070, 0.055], [0.055, 0.024, 0.075]), 0.03),
        ]
    return flesh


def pelvis() -> Flesh:
    """Hips, buttocks and belly about the middle of the pelvis."""
    flesh: Flesh = [
        (ellipsoid([0, 0, 0.015], [0.150, 0.090, 0.105]), 0.0),
        (ellipsoid([0, 0.040, 0.085], [0.115, 0.055, 0.100]), 0.06),
    ]
    for side in (-1, 1):
        flesh += [
            (ellipsoid([side * 0.072, -0.062, -0.040], [0.084, 0.072, 0.088]), 0.04),
            (sphere([side * 0.122, 0.050, 0.085], 0.020), 0.05),
        ]
    return flesh


def leg(hip: ArrayLike, knee: ArrayLike, ankle: ArrayLike) -> Flesh:
    """Thigh and calf between joints (3,) given in any frame; the knee shows which way is front."""
    hip, knee, ankle = (np.asarray(p, dtype=np.float64) for p in (hip, knee, ankle))
    front = unit(2 * knee - hip - ankle).astype(np.float64)
    shin = unit(ankle - knee).astype(np.float64)
    behind = unit(shin * (front @ shin) - front).astype(np.float64)
    thigh, calf = knee - hip, ankle - knee
    return [
        (tube([hip, hip + 0.5 * thigh, knee], [0.080, 0.066, 0.045]), 0.05),
        (
            tube(
                [hip + 0.25 * thigh, hip + 0.6 * thigh + 0.022 * front, knee], [0.06, 0.05, 0.034]
            ),
            0.04,
        ),
        (ellipsoid(knee + 0.020 * front, [0.032, 0.032, 0.030]), 0.03),
        (tube([knee, knee + 0.5 * calf, ankle], [0.044, 0.037, 0.028]), 0.02),
        (
            tube(
                [knee + 0.012 * front, knee + 0.5 * calf + 0.012 * front, ankle],
                [0.030, 0.022, 0.020],
            ),
            0.02,
        ),
        (
            tube(
                [
                    knee + 0.020 * behind,
                    knee + 0.30 * calf + 0.020 * behind,
                    ankle + 0.010 * behind,
                ],
                [0.034, 0.046, 0.020],
            ),
            0.03,
        ),
        (
            tube(
                [ankle - 0.35 * calf + 0.02 * behind, ankle + 0.022 * behind + 0.01 * shin],
                [0.024, 0.014],
            ),
            0.02,
        ),
    ]


def arm(
    shoulder: ArrayLike, elbow: ArrayLike, wrist: ArrayLike, outward: ArrayLike = (0, 0, 0)
) -> Flesh:
    """Upper arm and forearm between joints (3,) given in any frame.

    outward : (3,) unit, from the wrist to the little finger's side: the ulna's end stands out
    """
    shoulder, elbow, wrist = (np.asarray(p, dtype=np.float64) for p in (shoulder, elbow, wrist))
    outward = np.asarray(outward, dtype=np.float64)
    upper, fore = elbow - shoulder, wrist - elbow
    point = unit(2 * elbow - shoulder - wrist).astype(np.float64)
    swell = shoulder + 0.55 * upper - 0.013 * point
    return [
        (sphere(shoulder, 0.044), 0.04),
        (tube([shoulder, shoulder + 0.30 * upper, elbow], [0.040, 0.036, 0.026]), 0.03),
        (tube([shoulder + 0.2 * upper, swell, elbow], [0.026, 0.027, 0.018]), 0.02),
        (sphere(elbow + 0.015 * point, 0.0135), 0.020),
        (ellipsoid(elbow - 0.004 * point, [0.026, 0.026, 0.026]), 0.015),
        (
            tube(
                [elbow, elbow + 0.26 * fore, elbow + 0.7 * fore, wrist],
                [0.026, 0.0325, 0.0235, 0.0175],
            ),
            0.022,
        ),
        (tube([wrist - 0.3 * fore, wrist], [0.016, 0.0165]), 0.012),
        (sphere(wrist - 0.06 * fore + 0.0160 * outward - 0.003 * point, 0.0055), 0.008),
    ]


def lying_on(clay: Clay, floor: float, softness: float) -> None:
    """Flatten what is below `floor` (z, metres) as flesh flattens on stone."""
    z = clay.axes((slice(0, 1), slice(0, 1), slice(0, clay.values.shape[2])))[2]
    gap = np.float32(floor) - z
    blend = np.maximum(np.float32(softness) - np.abs(clay.values - gap), 0)
    clay.values = np.maximum(clay.values, gap) + blend**3 / np.float32(6 * softness**2)


def segment_lengths(joints: Sequence[ArrayLike]) -> list[float]:
    """Distances between neighbouring joints, metres."""
    points = np.asarray(joints, dtype=np.float64)
    return [float(v) for v in np.linalg.norm(np.diff(points, axis=0), axis=1)]
