"""How mourners hold their hands: the bend of fingers, and where wrists are and look.

Space: that of the upright body (metres, z up, the face looks along +y, +x is the right hand),
unless a hand says otherwise. Left hands are given as the mirror images of right ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.mesh import unit
from models.people import body
from models.people.body import HandPose

Point = tuple[float, float, float]

# Angles of fingers: laid flat, at rest on something, closed about a rod or about a fold of cloth.
FLAT = HandPose(((3, 4, 3), (2, 4, 3), (3, 4, 3), (5, 6, 4)), (-4, 2, 4), 24.0, 0.15)
CUPPED = HandPose(
    ((18, 26, 14), (20, 28, 15), (24, 28, 16), (28, 28, 16)), (24, 12, 14), 34.0, 0.45
)
OVER = HandPose(((12, 18, 10), (12, 18, 10), (13, 19, 11), (15, 20, 12)), (14, 8, 10), 30.0, 0.3)
ROUND = HandPose(((26, 30, 16), (27, 32, 17), (28, 32, 18), (30, 32, 18)), (26, 14, 18), 30.0, 0.3)
CLOSED = HandPose(((48, 52, 30), (52, 56, 32), (56, 58, 34), (58, 58, 34)), (44, 18, 22), 28.0, 0.2)
GRIP = HandPose(((50, 52, 30), (52, 54, 30), (54, 54, 30), (55, 53, 30)), (50, 16, 22), 36.0, 0.15)
GRIPPED = (0.004, 0.0710, -0.0385)  # the axis of what a fist holds, in the hand's frame


@dataclass(frozen=True)
class Held:
    """A hand: its wrist and the ways that its fingers and its back look, for the right hand.

    The space is that of the upright body, of the head where `by_head`, or of the person as they
    stand where `by_ground`.
    """

    wrist: Point
    fingers: Point
    back: Point
    pose: HandPose = CUPPED
    by_head: bool = False
    by_ground: bool = False


STAFF = ((0.195, 0.365, 0.016), (0.205, 0.36, 1.46))
STAFF_RADIUS = 0.016


def on_staff(height: float, fingers: Point, side: float) -> Held:
    """The hand that grips the staff at a height, thumb up; `side` is -1 for the left one.

    fingers : the way they point before they close, as of a right hand
    """
    low, high = (np.array(end) * [side, 1, 1] for end in STAFF)
    up = unit(high - low).astype(np.float64)
    at = low + (height - low[2]) / (high - low)[2] * (high - low)
    ahead = np.asarray(fingers) - (np.asarray(fingers) @ up) * up
    frame = body.frame(np.zeros(3), ahead, np.cross(ahead, up))
    wrist = at - frame[:3, :3] @ np.array(GRIPPED)
    x, y, z = (tuple(map(float, v)) for v in (wrist, frame[:3, 1], frame[:3, 2]))
    return Held(x, y, z, GRIP, by_ground=True)  # type: ignore[arg-type]


PRAYING = Held((0.037, 0.195, 1.165), (-0.10, 0.56, 0.83), (1.0, 0.06, 0.10), FLAT)
ON_THE_HEART = Held((0.130, 0.155, 1.150), (-0.88, 0.12, 0.38), (0.22, 0.95, 0.18), CUPPED)
REACHING = Held((0.235, 0.375, 1.130), (0.12, 0.97, 0.10), (0.55, -0.10, 0.80), body.LIMP)
ON_THE_STONE = Held(
    (0.150, 0.470, 0.155), (-0.10, 0.62, -0.78), (0.00, 0.78, 0.62), FLAT, by_ground=True
)
OVER_THE_FACE = Held((0.052, 0.130, -0.135), (-0.05, -0.08, 1.0), (0.25, 1.0, 0.1), FLAT, True)
TO_THE_CHEEK = Held((0.055, 0.120, -0.165), (0.06, -0.22, 1.0), (0.75, 0.65, 0.1), CUPPED, True)
IN_THE_LAP = Held((0.085, 0.215, 0.960), (-0.78, 0.58, -0.22), (0.05, 0.30, 0.95), CUPPED)
OVER_IT = Held((0.080, 0.2413, 1.015), (-0.88, 0.42, -0.22), (0.02, 0.30, 0.95), OVER)
HELD_FAST = Held((0.080, 0.190, 1.090), (-0.80, 0.42, 0.42), (0.20, 0.75, 0.60), CLOSED)
HOLDING = Held((0.085, 0.253, 1.130), (-0.90, 0.30, 0.25), (0.20, 0.80, 0.55), ROUND)
FOLDED = Held((0.075, 0.165, 1.08), (-0.95, 0.18, 0.05), (0.05, 0.8, 0.6), CUPPED)
FOLDED_ON = Held((0.075, 0.219, 1.106), (-0.95, 0.18, 0.05), (0.05, 0.8, 0.6), CUPPED)
CLUTCHING = Held((0.085, 0.150, 1.225), (-0.80, 0.20, 0.55), (0.20, 0.90, 0.30), CLOSED)
ON_A_STAFF = on_staff(1.215, (-0.35, 0.93, 0.05), 1.0)
UNDER_IT = on_staff(1.090, (-0.74, 0.67, 0.05), -1.0)
