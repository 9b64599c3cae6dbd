"""The fallen one: a whole human lying twisted on the stone, as it was let fall.

The body lies on its right side and half on its back, head to the south, the hips turned
further than the shoulders; the right arm is flung out to the east, the left hangs over the
belly to the ground; the knees are bent. The face is turned to the sky and to the east,
where the visitor comes from. World space: metres, z up, the stone at z = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models import body
from models.body import along, frame
from models.sdf import Clay, ellipsoid, smoothstep, tube

Vectors = NDArray[np.float64]

STEP = 0.0045  # side of the sculptor's cubes, metres
LOW, HIGH = (-0.50, -1.05, -0.03), (0.95, 1.12, 0.48)
FLOOR = 0.0005
PRESSED = 0.006  # how softly flesh meets stone

CHEST_CENTRE = np.array([-0.050, -0.395, 0.124])
CHEST_FORWARD = np.array([0.66, 0.10, 0.74])
CHEST_UP = np.array([0.12, -0.99, 0.02])
PELVIS_CENTRE = np.array([-0.040, -0.010, 0.138])
PELVIS_FORWARD = np.array([0.90, 0.0, 0.43])
PELVIS_UP = np.array([0.10, -0.99, 0.06])

NECK_BASE = np.array([-0.030, -0.565, 0.118])
FACE_DIRECTION = np.array([0.705, -0.230, 0.670])
CROWN_DIRECTION = np.array([0.16, -0.985, -0.06])
HEAD_ORIGIN = np.array([0.012, -0.735, 0.094])  # between the ear canals, at the eye line

RIGHT_ARM = np.array([[0.070, -0.530, 0.056], [0.318, -0.640, 0.036], [0.545, -0.575, 0.026]])
LEFT_ARM = np.array([[-0.150, -0.525, 0.212], [-0.010, -0.292, 0.262], [0.160, -0.180, 0.142]])
RIGHT_LEG = np.array([[0.010, 0.020, 0.082], [0.130, 0.405, 0.054], [-0.030, 0.765, 0.044]])
LEFT_LEG = np.array([[-0.075, 0.010, 0.205], [0.300, 0.135, 0.066], [0.325, 0.520, 0.050]])


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
        right_hand=frame(RIGHT_ARM[2], [0.93, 0.36, 0.0], [0.10, 0.05, -1.0]),
        left_hand=frame(LEFT_ARM[2], [0.62, 0.30, -0.72], [0.60, 0.35, 0.72]),
        right_foot=frame(RIGHT_LEG[2], [0.30, 0.95, -0.02], [0.80, -0.25, 0.42]),
        left_foot=frame(LEFT_LEG[2], [0.62, 0.78, -0.02], [0.70, -0.60, 0.50]),
    )


def trunk(at: Place) -> body.Flesh:
    """Chest, waist, pelvis, shoulders and neck."""
    ribs, hips = along(at.chest, [0, -0.02, -0.08]), along(at.pelvis, [0, -0.01, 0.06])
    middle = 0.5 * (ribs + hips)
    flesh = body.posed(body.chest(), at.chest) + body.posed(body.pelvis(), at.pelvis)
    flesh.append((tube([ribs, middle, hips], [0.100, 0.092, 0.105]), 0.06))
    girdle = along(at.chest, [0, 0.005, 0.125])
    for shoulder in (RIGHT_ARM[0], LEFT_ARM[0]):
        flesh.append((tube([girdle, shoulder], [0.050, 0.048]), 0.05))
        slope = 0.5 * (NECK_BASE + shoulder) + along(at.chest, [0, -0.01, 0.02]) - CHEST_CENTRE
        flesh.append((tube([NECK_BASE, slope, shoulder], [0.045, 0.036, 0.036]), 0.04))
    nape = along(at.head, [0, -0.015, -0.045])
    flesh += body.neck(NECK_BASE, nape, at.chest[:3, 1])
    return flesh


def limbs(at: Place, left_arm: bool = True) -> body.Flesh:
    """Arms with hands and legs with feet."""
    flesh = body.leg(*RIGHT_LEG) + body.posed(body.foot(), at.right_foot)
    flesh += body.leg(*LEFT_LEG) + body.posed(body.mirrored(body.foot()), at.left_foot)
    flesh += body.arm(*RIGHT_ARM) + body.posed(body.hand(body.LIMP), at.right_hand)
    if left_arm:
        flesh += body.arm(*LEFT_ARM)
        flesh += body.posed(body.mirrored(body.hand(body.LIMP)), at.left_hand)
    return flesh


def skull() -> body.Flesh:
    """A plain head in its own frame, metres: what hair and cloth rest on."""
    return [
        (ellipsoid([0, -0.008, 0.038], [0.073, 0.093, 0.075]), 0.0),
        (ellipsoid([0, 0.026, 0.040], [0.062, 0.065, 0.056]), 0.02),
        (ellipsoid([0, 0.030, -0.032], [0.055, 0.056, 0.066]), 0.02),
        (ellipsoid([0, 0.062, -0.063], [0.032, 0.034, 0.029]), 0.02),
        (ellipsoid([0, 0.080, -0.0975], [0.0175, 0.0135, 0.013]), 0.02),
    ]


def clay(step: float = STEP, left_arm: bool = True) -> Clay:
    """The naked body without its face, pressed together and flattened where it lies."""
    at = place()
    lump = Clay(LOW, HIGH, step)
    body.press(lump, trunk(at) + limbs(at, left_arm))
    body.press(lump, body.posed(skull(), at.head))
    body.lying_on(lump, FLOOR, PRESSED)
    return lump
