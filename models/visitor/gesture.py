"""How the visitor holds their arm and hand: before the eye, at each turn of the story.

Camera space: metres, x right, y forward, z up. The numbers are those of somebody who reaches
down, takes up something small and alive, lifts it and lets it go.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.people import body
from models.people.body import HandPose

Vectors = NDArray[np.float64]
Point = tuple[float, float, float]

PALM = np.array([0.003, 0.072, -0.0165])  # the palm's middle, in the hand's frame
FOREARM_BACK = (0.93, 0.25, 0.10)  # out of the forearm's back: half way from palm down to palm up


@dataclass(frozen=True)
class Held:
    """One way to hold the hand.

    palm    : where the middle of the palm is, metres
    fingers : the way that the fingers point; back: out of the back of the hand
    elbow   : the way from the wrist to the elbow
    pose    : the bend of the fingers
    look    : degrees below the horizon that the eye looks, by which cloth hangs
    drape   : shares of the sleeve as it hangs when reaching, cupped and raised
    """

    palm: Point
    fingers: Point
    back: Point
    elbow: Point
    pose: HandPose
    look: float = 0.0
    drape: Point = (1.0, 0.0, 0.0)

    def hand(self) -> Vectors:
        """The hand's frame (4, 4) at the wrist."""
        return placed(np.array(self.palm), np.array(self.fingers), np.array(self.back))

    def forearm(self) -> Vectors:
        """The forearm's frame (4, 4) at the wrist, y away from the elbow."""
        wrist = self.hand()[:3, 3]
        return body.frame(wrist, -np.array(self.elbow), FOREARM_BACK)


def placed(palm: Vectors, fingers: Vectors, back: Vectors) -> Vectors:
    """The hand's frame (4, 4) that brings its PALM to `palm`."""
    matrix = body.frame([0.0, 0.0, 0.0], fingers, back)
    matrix[:3, 3] = palm - matrix[:3, :3] @ PALM
    return matrix


RELAXED = HandPose(
    ((10, 20, 12), (19, 25, 14), (27, 29, 16), (33, 31, 18)), (30.0, 10.0, 14.0), 44.0, 0.9
)
RECEIVING = HandPose(
    ((24, 36, 24), (24, 38, 25), (29, 40, 26), (34, 41, 26)), (30.0, 16.0, 22.0), 48.0, 1.0
)
OFFERING = HandPose(
    ((33, 40, 25), (26, 38, 26), (25, 37, 24), (29, 38, 24)), (32.0, 20.0, 26.0), 46.0, 1.0
)
HOLDING = HandPose(
    ((12, 18, 12), (12, 20, 13), (15, 22, 14), (19, 24, 15)), (16.0, 6.0, 8.0), 62.0, 1.8
)
OPENED = HandPose(((0, 9, 5), (2, 12, 7), (6, 16, 9), (10, 20, 11)), (14.0, 2.0, 4.0), 50.0, 1.3)

LOW = Held(
    (0.14, 0.42, -0.22),
    (-0.36, 0.92, 0.02),
    (0.55, 0.10, 0.82),
    (0.70, -0.42, -0.58),
    RELAXED,
    35.0,
)
REACH = Held(
    (0.075, 0.43, -0.075),
    (-0.48, 0.86, -0.18),
    (0.74, 0.40, 0.52),
    (0.71, -0.36, -0.60),
    RELAXED,
    35.0,
)
CUP = Held(
    (0.03, 0.325, -0.072), (-0.6, 0.56, 0.50), (0.02, 0.66, -0.75), (0.72, -0.22, -0.66), RECEIVING,
    15.0, (0.0, 1.0, 0.0),
)  # fmt: skip
CLOSE = Held(
    (0.010, 0.25, -0.066), (-0.62, 0.10, 0.78), (-0.10, 0.95, -0.30), (0.72, -0.18, -0.67), HOLDING,
    15.0, (0.0, 1.0, 0.0),
)  # fmt: skip
RAISED = Held(
    (0.095, 0.52, 0.125), (-0.42, 0.56, 0.71), (-0.02, 0.76, -0.65), (0.42, -0.10, -0.90), OFFERING,
    0.0, (0.0, 0.0, 1.0),
)  # fmt: skip
RELEASED = Held(
    (0.07, 0.57, 0.10), (-0.20, 0.86, 0.46), (0.08, 0.46, -0.88), (0.44, -0.18, -0.87), OPENED,
    0.0, (0.0, 0.0, 1.0),
)  # fmt: skip
