"""The visitor's own hand: where it is held, and where the orb hovers over it.

Camera space: metres, x right, y forward, z up. The vertex shader is given the pose and the
bend of the fingers as uniforms that are computed here, so that hand and orb cannot disagree.
The hand has a lens of its own (`projection`, the uniform `u_hand_projection`), so that it
looks the same whatever the visitor's field of view.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from panda3d.core import LMatrix4f, LVecBase3f, NodePath, PerspectiveLens, PTA_LVecBase3f

from models import bake, body
from models import hand as model
from world.scene import geom
from world.scene.live import Live
from world.timeline import State

Vectors = NDArray[np.float64]

PALM = np.array([0.003, 0.075, -0.0165])  # the palm's middle, in the hand's frame
HOVER = 0.040  # of the orb's middle over the palm
TIPS = np.array([-0.012, 0.165, -0.085])  # where mist thickens before there is an orb
BOB, SWAY = 0.0035, 0.0025
LIFT_RATE, SWAY_RATE = 0.62, 0.23  # hertz
FIELD = 60.0  # of the hand's own lens, degrees from bottom to top
HALF = float(np.tan(np.radians(FIELD / 2)))
NEAR, FAR = 0.02, 3.0
DIVE = np.array([0.05, -0.10, -0.40])  # from the view to out of it


@dataclass(frozen=True)
class Held:
    """One way to hold the hand in camera space.

    palm    : (3,) where the middle of the palm is, metres
    fingers : (3,) the way that the fingers point; back: (3,) out of the back of the hand
    curls   : (5,) index to little and thumb, radians bent at each joint beyond the rest pose
    """

    palm: tuple[float, float, float]
    fingers: tuple[float, float, float]
    back: tuple[float, float, float]
    curls: tuple[float, float, float, float, float]


LOW = Held(
    (0.16, 0.44, -0.27), (-0.30, 0.93, 0.06), (0.30, 0.02, 0.92), (0.15, 0.18, 0.20, 0.22, 0.10)
)
REACH = Held(
    (0.10, 0.52, -0.205), (-0.40, 0.90, -0.10), (0.36, 0.24, 0.90), (-0.14, -0.06, 0.0, 0.02, -0.1)
)
CUP = Held(
    (0.10, 0.45, -0.18), (-0.42, 0.88, 0.20), (0.10, 0.30, -0.94), (0.10, 0.13, 0.17, 0.20, 0.05)
)
CLOSE = Held(
    (0.045, 0.36, -0.105), (-0.42, 0.84, 0.34), (0.10, 0.42, -0.90), (0.06, 0.09, 0.13, 0.16, 0.02)
)
RAISED = Held(
    (0.09, 0.54, 0.16), (-0.27, 0.64, 0.68), (0.05, 0.72, -0.66), (0.02, 0.06, 0.10, 0.14, 0.0)
)
RELEASED = Held(
    (0.06, 0.58, 0.12), (-0.16, 0.88, 0.42), (0.05, 0.42, -0.90), (-0.30, -0.3, -0.28, -0.26, -0.2)
)


class Hand:
    """The hand's node, hung under the scene's root, not the camera; `update` poses it."""

    def __init__(self) -> None:
        self.path = _build()
        self._live = Live(u_hand_pose=16, u_curls=3, u_curls_outer=2)
        self.path.setShaderInputs(**self._live.inputs())

    def update(self, state: State) -> None:
        """Poses the hand for a state, and hides it where it is out of view."""
        if state.hand <= 0.0:
            self.path.hide()
            return
        self.path.show()
        bend = curls(state)
        self._live.write("u_hand_pose", pose(state).T)
        self._live.write("u_curls", bend[:3])
        self._live.write("u_curls_outer", bend[3:])


def _build() -> NodePath:
    path = NodePath(geom.to_node(bake.load("hand"), "hand"))
    geom.everywhere(geom.drawable(path, "hand", "scene"))
    path.setTwoSided(True)
    joints = PTA_LVecBase3f.emptyArray(15)
    for index, joint in enumerate(model.JOINTS[:, :3].reshape(-1, 3)):
        joints[index] = LVecBase3f(*map(float, joint))
    axes = PTA_LVecBase3f.emptyArray(5)
    for index, axis in enumerate(model.AXES):
        axes[index] = LVecBase3f(*map(float, axis))
    path.setShaderInput("u_joints", joints)
    path.setShaderInput("u_axes", axes)
    return path


def projection(aspect: float) -> LMatrix4f:
    """The hand's own lens for a picture `aspect` times as wide as high: `u_hand_projection`."""
    lens = PerspectiveLens()
    lens.setFov(float(np.degrees(2 * np.arctan(aspect * HALF))), FIELD)
    lens.setNearFar(NEAR, FAR)
    return LMatrix4f(lens.getProjectionMat())


def pose(state: State) -> Vectors:
    """From the hand's frame to camera space, (4, 4)."""
    fingers, back = (_blend(state, which) for which in ("fingers", "back"))
    matrix = body.frame([0.0, 0.0, 0.0], fingers, back)
    palm = _blend(state, "palm") + (1.0 - _soft(state.hand)) * DIVE
    palm[0] += SWAY * np.sin(2 * np.pi * SWAY_RATE * state.breath)
    palm[2] += SWAY * np.sin(2 * np.pi * 1.31 * SWAY_RATE * state.breath + 1.0)
    matrix[:3, 3] = palm - matrix[:3, :3] @ PALM
    return matrix


def curls(state: State) -> Vectors:
    """How far each finger is bent beyond its rest, (5,) radians a joint."""
    stir = 0.03 * np.sin(1.7 * state.breath + np.arange(5) * 0.9)
    return _blend(state, "curls") + stir * state.gather + 0.35 * stir


def orb_offset(state: State) -> Vectors:
    """Where the orb is in camera space (3,): before the fingertips, then over the palm."""
    over = PALM - np.array([0.0, 0.0, HOVER + BOB * np.sin(2 * np.pi * LIFT_RATE * state.breath)])
    place = TIPS + _soft(state.cup) * (over - TIPS)
    return body.along(pose(state), place)


def _blend(state: State, which: str) -> Vectors:
    value = np.array(getattr(LOW, which))
    for weight, held in (
        (state.reach, REACH),
        (state.cup, CUP),
        (state.memory_glow, CLOSE),
        (state.raised, RAISED),
        (state.released, RELEASED),
    ):
        value = value + _soft(weight) * (np.array(getattr(held, which)) - value)
    return value


def _soft(weight: float) -> float:
    t = min(max(weight, 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)
