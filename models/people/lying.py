"""How the fallen one lies: the pose, and the flesh that is pressed together in it.

The body lies on its back, the hips and bent knees rolled over to the east, where the visitor
comes from; the head to the south, tipped back, the face to the sky and the east. The right arm
is flung out to the east, palm up; the left has dropped over the waist. World space: metres,
z up, the stone at z = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.mesh import unit
from models.people import body
from models.people.body import HandPose, along, frame
from models.sdf import Clay, ellipsoid, sphere, tube

Vectors = NDArray[np.float64]

LOW, HIGH = (-0.48, -1.05, -0.03), (0.98, 1.08, 0.48)
FLOOR = 0.0005
PRESSED = 0.006  # how softly flesh meets stone
WRIST = 0.022  # over how much of its width a hand is blended on to the arm
PIT = 0.0050  # how deep the pit of the throat goes in

CHEST_CENTRE = np.array([-0.020, -0.400, 0.110])
CHEST_FORWARD = np.array([0.36, 0.03, 0.93])
CHEST_UP = np.array([0.10, -0.99, 0.02])
PELVIS_CENTRE = np.array([-0.025, -0.020, 0.118])
PELVIS_FORWARD = np.array([0.70, 0.02, 0.71])
PELVIS_UP = np.array([0.06, -0.99, 0.09])

NECK_BASE = np.array([0.004, -0.563, 0.104])
FACE_DIRECTION = np.array([0.640, -0.190, 0.745])
CROWN_DIRECTION = np.array([0.13, -0.97, -0.20])
HEAD_ORIGIN = np.array([0.030, -0.722, 0.0985])  # between the ear canals, at the eye line

RIGHT_ARM = np.array([[0.138, -0.528, 0.056], [0.372, -0.690, 0.036], [0.610, -0.640, 0.027]])
LEFT_ARM = np.array([[-0.158, -0.548, 0.160], [-0.020, -0.312, 0.236], [0.165, -0.172, 0.170]])
RIGHT_LEG = np.array([[0.035, 0.035, 0.080], [0.190, 0.425, 0.055], [-0.010, 0.755, 0.043]])
LEFT_LEG = np.array([[-0.072, 0.025, 0.170], [0.138, 0.328, 0.375], [0.215, 0.558, 0.075]])

# Fingers of a hand that nothing holds any more: each a little more bent than the one before.
LIMP = HandPose(((12, 22, 12), (18, 27, 15), (23, 30, 17), (26, 30, 17)), (20, 10, 14), 40.0)
DROPPED = HandPose(
    ((14, 20, 12), (18, 24, 14), (22, 27, 16), (26, 28, 16)), (16, 12, 14), 30.0, 0.8
)


@dataclass(frozen=True)
class Place:
    """The (4, 4) frames that the parts are posed by."""

    chest: Vectors
    pelvis: Vectors
    head: Vectors
    right_hand: Vectors
    left_hand: Vectors
    right_foot: Vectors
    left_foot: Vectors


def place() -> Place:
    """Frames of the parts; hands and feet follow from the limbs that carry them."""
    return Place(
        chest=frame(CHEST_CENTRE, CHEST_FORWARD, CHEST_UP),
        pelvis=frame(PELVIS_CENTRE, PELVIS_FORWARD, PELVIS_UP),
        head=frame(HEAD_ORIGIN, FACE_DIRECTION, CROWN_DIRECTION),
        right_hand=frame(RIGHT_ARM[2], [0.95, 0.28, 0.02], [0.12, 0.05, -1.0]),
        left_hand=frame(LEFT_ARM[2], [0.66, 0.34, -0.62], [0.55, 0.25, 0.75]),
        right_foot=frame(RIGHT_LEG[2], [0.10, 0.99, -0.02], [0.80, -0.10, 0.42]),
        left_foot=frame(LEFT_LEG[2], [0.42, 0.89, -0.10], [0.10, 0.06, 0.99]),
    )


def shoulders(at: Place) -> tuple[Vectors, Vectors, Vectors]:
    """The pit of the throat and the outer ends of the collar bones, right and left."""
    pit = along(at.chest, [0, 0.046, 0.150])
    ahead = 0.030 * at.chest[:3, 1] + 0.006 * at.chest[:3, 2]
    return pit, RIGHT_ARM[0] + ahead, LEFT_ARM[0] + ahead


def trunk(at: Place) -> body.Flesh:
    """Chest, waist, pelvis, shoulders and neck."""
    ribs, hips = along(at.chest, [0, -0.01, -0.09]), along(at.pelvis, [0, -0.01, 0.06])
    middle = 0.5 * (ribs + hips)
    flesh = body.posed(body.chest(), at.chest) + body.posed(body.pelvis(), at.pelvis)
    flesh.append((tube([ribs, middle, hips], [0.092, 0.084, 0.100]), 0.06))
    girdle = along(at.chest, [0, 0.000, 0.120])
    nape = along(at.head, [0, -0.028, -0.045])
    for shoulder in (RIGHT_ARM[0], LEFT_ARM[0]):
        flesh.append((tube([girdle, shoulder], [0.050, 0.045]), 0.05))
        neck = 0.5 * (NECK_BASE + nape)
        slope = 0.5 * (NECK_BASE + shoulder) - 0.020 * at.chest[:3, 1] + 0.012 * at.chest[:3, 2]
        flesh.append((tube([neck, slope, shoulder], [0.036, 0.030, 0.034]), 0.04))
    flesh.append((tube([NECK_BASE, 0.5 * (NECK_BASE + nape), nape], [0.050, 0.045, 0.047]), 0.05))
    return flesh + _throat(at)


def _throat(at: Place) -> body.Flesh:
    """Collar bones, and the cords from behind the ears to the pit between them."""
    pit, *ends = shoulders(at)
    flesh: body.Flesh = []
    for side, end in zip((1.0, -1.0), ends, strict=True):
        inner = pit + along(at.chest, [side * 0.020, 0, 0]) - CHEST_CENTRE
        way = end - inner
        bow = 0.013 * at.chest[:3, 1]
        line = [inner, inner + 0.35 * way + bow, inner + 0.72 * way - 0.2 * bow, end]
        flesh.append((tube(line, [0.0080, 0.0085, 0.0085, 0.0100]), 0.012))
        ear = along(at.head, [side * 0.056, -0.018, -0.035])
        cord = [ear, 0.55 * ear + 0.45 * inner + 0.006 * at.chest[:3, 1], inner]
        flesh.append((tube(cord, [0.013, 0.0105, 0.0060]), 0.020))
    return flesh


def hollow_out(clay: Clay, at: Place) -> None:
    """The pit of the throat, and the hollows that lie behind the collar bones."""
    pit, *ends = shoulders(at)
    up, ahead = at.chest[:3, 2], at.chest[:3, 1]
    clay.stroke([pit + 0.008 * up, pit + 0.024 * up], -0.7 * PIT, 0.018)
    for end in ends:
        behind = pit + 0.028 * up + 0.004 * ahead
        clay.stroke([0.70 * behind + 0.30 * end, 0.45 * behind + 0.55 * end], -0.55 * PIT, 0.027)


def _deltoid(shoulder: Vectors, elbow: Vectors, at: Place) -> body.Flesh:
    """The muscle that rounds a shoulder and ends half-way down the arm."""
    upper = elbow - shoulder
    out = unit(shoulder - at.chest[:3, 3]).astype(np.float64)
    cap = shoulder + 0.010 * out
    line = [cap, cap + 0.22 * upper, shoulder + 0.50 * upper]
    return [(tube(line, [0.044, 0.041, 0.024]), 0.024)]


def left_arm_of(at: Place) -> body.Flesh:
    """The arm that has dropped over the waist, with its hand."""
    flesh = body.arm(LEFT_ARM[0], LEFT_ARM[1], LEFT_ARM[2], -at.left_hand[:3, 0])
    flesh += _deltoid(LEFT_ARM[0], LEFT_ARM[1], at)
    return flesh + body.posed(body.mirrored(limp_hand(DROPPED)), at.left_hand)


def right_arm_of(at: Place) -> body.Flesh:
    """The arm that is flung out, with its hand."""
    flesh = body.arm(RIGHT_ARM[0], RIGHT_ARM[1], RIGHT_ARM[2], at.right_hand[:3, 0])
    flesh += _deltoid(RIGHT_ARM[0], RIGHT_ARM[1], at)
    return flesh + body.posed(limp_hand(LIMP), at.right_hand)


def feet(at: Place) -> body.Flesh:
    """Both feet."""
    right = body.posed(body.foot(), at.right_foot)
    return right + body.posed(body.mirrored(body.foot()), at.left_foot)


def limbs(at: Place, left_arm: bool = True) -> body.Flesh:
    """Arms with hands and legs with feet."""
    flesh = body.leg(*RIGHT_LEG) + body.leg(*LEFT_LEG) + feet(at) + right_arm_of(at)
    return flesh + left_arm_of(at) if left_arm else flesh


def limp_hand(pose: HandPose) -> body.Flesh:
    """A hand with the knuckles, webs and nails that are seen from near by."""
    flesh = body.hand(pose, wrist=0.020, girth=0.0145)
    flesh[0] = (flesh[0][0], WRIST)  # it goes over into the arm, without a cuff
    fingers, thumb = body.finger_joints(pose), body.thumb_joints(pose)
    for finger, joints in enumerate(fingers):
        knuckle, middle, last, tip = joints
        across = np.cross(middle - knuckle, last - middle)
        across = unit(across * np.sign(across[0])).astype(np.float64)
        back = unit(np.cross(across, middle - knuckle)).astype(np.float64)
        flesh.append((ellipsoid(knuckle + 0.0035 * back, [0.0085, 0.0095, 0.0080]), 0.010))
        flesh.append((sphere(middle + 0.0020 * back, body.FINGER_RADII[finger, 1] * 0.92), 0.004))
        flesh.append(_nail(last, tip, across, body.FINGER_RADII[finger, 2:].mean()))
        if finger < 3:
            web = 0.5 * (knuckle + fingers[finger + 1, 0]) + [0, 0.013, -0.006]
            flesh.append((ellipsoid(web, [0.007, 0.010, 0.0045]), 0.009))
    ball = 0.5 * (thumb[1] + fingers[0, 0]) + [0, -0.012, -0.004]
    flesh.append((tube([thumb[1], ball, fingers[0, 0]], [0.007, 0.006, 0.007]), 0.014))
    flesh.append(_nail(thumb[2], thumb[3], np.array([0.6, 0.0, -0.8]), body.THUMB_RADII[2:].mean()))
    return flesh


def _nail(joint: Vectors, tip: Vectors, across: Vectors, radius: float) -> body.Lump:
    """A nail: a thin plate that stands a hair's breadth over the back of the fingertip."""
    way = unit(tip - joint).astype(np.float64)
    back = np.cross(across, way)
    middle = joint + 0.80 * (tip - joint) + (0.96 * radius) * back
    plate = ellipsoid([0, 0, 0], [0.62 * radius, 0.0058, 0.0013])
    return plate.posed(frame(middle, way, back)), 0.0006


def naked(step: float, arms: bool = True) -> Clay:
    """The body without its head, pressed together and flattened where it lies."""
    at = place()
    lump = Clay(LOW, HIGH, step)
    body.press(lump, trunk(at) + limbs(at, arms))
    body.lying_on(lump, FLOOR, PRESSED)
    return lump
