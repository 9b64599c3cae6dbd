"""The hand on the cheek that the orb remembers: the visitor's own hand's twin.

It is the baked hand, mirrored, its fingers bent to the cheek, put into the orb's disc (x right,
y up, z to the eye, radius 1).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models import bake, body, relief, rig
from models.body import HandPose
from models.relief import Seen

Vectors = NDArray[np.float64]

SCALE = 5.15  # radii of the disc to a metre
WRIST = (0.04, -0.36, 0.47)
FINGERS, BACK = (-0.26, 0.95, -0.16), (0.0, 0.14, 0.98)
ELBOW = (0.62, -0.72, 0.30)  # the way to it
POSE = HandPose(((14, 16, 8), (13, 18, 9), (16, 20, 10), (20, 24, 12)), (26.0, 6.0, 8.0), 30.0, 0.7)


def place() -> Vectors:
    """(4, 4) from the right hand's frame, metres, to the disc; mirrored, for it is a left one."""
    out = body.frame(WRIST, FINGERS, BACK) @ np.diag([-1.0, 1.0, 1.0, 1.0])
    out[:3, :3] *= SCALE
    return np.asarray(out)


def points() -> Vectors:
    """Where the skin of the right hand is when it is bent so (n, 3), in its own frame."""
    mesh = bake.load("hand")
    elbow = np.linalg.inv(place())[:3, :3] @ np.array(ELBOW)
    forearm = body.frame((0.0, 0.0, 0.0), -elbow, (0.0, 0.0, 1.0))
    moved = rig.dual_quaternions(rig.motion(POSE, np.eye(4), forearm))
    shares = mesh.attributes
    return rig.bent(mesh.positions, shares["bones"], shares["weights"], moved)


def hand() -> Seen:
    """The hand as it lies on the cheek."""
    return relief.of_mesh(bake.load("hand"), points(), place())
