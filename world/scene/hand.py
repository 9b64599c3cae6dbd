"""The visitor's own hand: where it is held, and where the orb hovers over it.

Camera space: metres, x right, y forward, z up. The vertex shaders are given what each bone does
as dual quaternions that are computed here, so that hand and orb cannot disagree. Hand and
sleeve have a lens of their own (`projection`, the uniform `u_hand_projection`), so that they
look the same whatever the visitor's field of view.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from panda3d.core import LMatrix4f, NodePath, PerspectiveLens

from models import bake
from models.people import body
from models.people.body import HandPose
from models.visitor import gesture, rig
from models.visitor.gesture import (
    CLOSE,
    CUP,
    FOREARM_BACK,
    LOW,
    PALM,
    RAISED,
    REACH,
    RELEASED,
    Held,
)
from world.scene import geom
from world.scene.live import Live
from world.timeline import State

Vectors = NDArray[np.float64]

HOVER = 0.0285  # of the orb's middle over the palm
TIPS = np.array([-0.022, 0.128, -0.070])  # where mist thickens before there is an orb
BOB, SWAY = 0.0030, 0.0025
LIFT_RATE, SWAY_RATE = 0.31, 0.23  # hertz
FIELD = 60.0  # of the hand's own lens, degrees from bottom to top
HALF = float(np.tan(np.radians(FIELD / 2)))
NEAR, FAR = 0.02, 3.0
DIVE = np.array([0.05, -0.10, -0.42])  # from the view to out of it
STIR = 0.9  # degrees that fingers are never quite still


class Hand:
    """The nodes of hand and sleeve, hung under the scene's root, not the camera.

    `detail` below 1 takes fewer triangles, as Crowd has it.
    """

    def __init__(self, detail: float = 1.0) -> None:
        self.path = NodePath("held")
        self._live = Live(u_bones=(2 * rig.BONES, 4), u_drape=3)
        meshes = {
            "hand": bake.load("hand", "1" if detail < 1.0 else "0"),
            "sleeve": bake.load("sleeve"),
        }
        for name, mesh in meshes.items():
            node = self.path.attachNewNode(geom.to_node(mesh, name))
            geom.everywhere(geom.drawable(node, name, "scene"))
            node.setTwoSided(name == "sleeve")
        self.path.setShaderInputs(**self._live.inputs())

    def update(self, state: State) -> None:
        """Poses the hand for a state, and hides it where it is out of view."""
        if state.hand <= 0.0:
            self.path.hide()
            return
        self.path.show()
        self._live.write("u_bones", rig.dual_quaternions(bones(state)))
        self._live.write("u_drape", _blend(state, lambda held: held.drape))


def projection(aspect: float) -> LMatrix4f:
    """The hand's own lens for a picture `aspect` times as wide as high: `u_hand_projection`."""
    lens = PerspectiveLens()
    lens.setFov(float(np.degrees(2 * np.arctan(aspect * HALF))), FIELD)
    lens.setNearFar(NEAR, FAR)
    return LMatrix4f(lens.getProjectionMat())


def pose(state: State) -> Vectors:
    """From the hand's frame to camera space, (4, 4)."""
    palm = _blend(state, lambda held: held.palm) + (1.0 - _soft(state.hand)) * DIVE
    palm[0] += SWAY * np.sin(2 * np.pi * SWAY_RATE * state.breath)
    palm[2] += SWAY * np.sin(2 * np.pi * 1.31 * SWAY_RATE * state.breath + 1.0)
    fingers = _blend(state, lambda held: held.fingers)
    back = _blend(state, lambda held: held.back)
    return gesture.placed(palm, fingers, back)


def bones(state: State) -> Vectors:
    """Matrices (18, 4, 4) that carry each bone of models/visitor/rig.py from rest to camera
    space."""
    hand = pose(state)
    elbow = _blend(state, lambda held: held.elbow)
    return rig.motion(fingers(state), hand, body.frame(hand[:3, 3], -elbow, FOREARM_BACK))


def fingers(state: State) -> HandPose:
    """How the fingers are bent; they are never quite still."""
    curls = _blend(state, lambda held: held.pose.curls)
    beat = 1.7 * state.breath + 0.9 * np.arange(4)
    curls += (STIR * (0.35 + state.gather) * np.sin(beat))[:, None]
    thumb = _blend(state, lambda held: held.pose.thumb)
    rows = [(float(a), float(b), float(c)) for a, b, c in curls]
    return HandPose(
        (rows[0], rows[1], rows[2], rows[3]),
        (float(thumb[0]), float(thumb[1]), float(thumb[2])),
        float(_blend(state, lambda held: held.pose.thumb_out)),
        float(_blend(state, lambda held: held.pose.spread)),
    )


def fingertips(state: State) -> Vectors:
    """Last joint and tip of index, middle, ring, little finger and thumb, (10, 3), camera space."""
    ends = rig.JOINTS[:, 2:].reshape(-1, 3)
    moved = bones(state)[rig.FIRST + 2 :: 3].repeat(2, axis=0)
    return np.asarray(np.einsum("nij,nj->ni", moved[:, :3, :3], ends) + moved[:, :3, 3])


def orb_offset(state: State) -> Vectors:
    """Where the orb is in camera space (3,): before the fingertips, then over the palm."""
    over = PALM - np.array([0.0, 0.0, HOVER + BOB * np.sin(2 * np.pi * LIFT_RATE * state.breath)])
    place = TIPS + _soft(state.cup) * (over - TIPS)
    return body.along(pose(state), place)


def _blend(state: State, which: Callable[[Held], object]) -> Vectors:
    """A number of every way to hold the hand, mixed as the story has come to each."""
    value = np.array(which(LOW), dtype=np.float64)
    for weight, held in (
        (state.reach, REACH),
        (state.cup, CUP),
        (state.memory_glow, CLOSE),
        (state.raised, RAISED),
        (state.released, RELEASED),
    ):
        value = value + _soft(weight) * (np.array(which(held), dtype=np.float64) - value)
    return value


def _soft(weight: float) -> float:
    t = min(max(weight, 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)
