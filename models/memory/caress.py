"""The hand on a cheek that the orb remembers, at a window in the last warm light.

Both are sculpture, looked at once: the face of somebody who leans into the hand with shut eyes
(models/memory/bust.py), and the visitor's own hand's twin, mirrored, its fingers bent along the
cheek and its thumb on the cheekbone. Window light falls past each, is shaded by what stands before
it, and goes red where skin turns away from it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models import bake
from models.colour import linear
from models.drawing import Layer, soft
from models.memory import bust, coiffure, relief
from models.memory.coiffure import BROWN, haired
from models.memory.complexion import ROSE, Lamp, drawn, skin
from models.memory.relief import Seen
from models.mesh import unit
from models.people import body
from models.people.body import HandPose
from models.sdf import Clay, smoothstep, tube
from models.visitor import rig

Vectors = NDArray[np.float64]

HER = bust.Pose((0.165, 0.200), 0.0600, 68.0, 4.0, 8.0)
PIT = (-0.6, -0.6, -16.5)  # between her collarbones, in head space
SCALE = 4.5  # radii of the disc to a metre of the hand
WRIST = (0.42, -0.555, 0.52)
FINGERS, BACK = (-0.72, 0.66, 0.10), (-0.10, -0.20, 0.96)
ELBOW = (0.62, -0.72, 0.10)  # the way to it
POSE = HandPose(
    ((10, 16, 8), (12, 18, 9), (14, 20, 10), (18, 24, 12)), (12.0, 2.0, 4.0), 42.0, 0.10
)

WINDOW = Lamp(
    np.asarray(unit((0.78, 0.34, 0.40)), dtype=np.float64),
    linear(0xFFCB9C) * 1.85, linear(0xA09AD0) * 0.62, linear(0xC07868) * 0.48,
    linear(0x8FA4E0) * 0.22,
)  # fmt: skip
HAND_SKIN, SLEEVE = linear(0xE6B298), linear(0x6E76A8)
LINEN = linear(0xCFC6DC)
EDGE = 0.0034  # of the disc: how soft outlines are


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


@cache
def hand() -> Seen:
    """The hand as it lies on the cheek."""
    return relief.of_mesh(bake.load("hand"), points(), place())


def sleeve() -> Seen:
    """A wide sleeve about the wrist, with its folds; it is somebody else's hand."""
    clay = Clay((0.2, -1.1, -0.2), (1.1, -0.3, 0.9), 0.009)
    start, way = np.array(WRIST), np.asarray(unit(ELBOW), dtype=np.float64)
    clay.add(
        tube([start + 0.16 * way, start + 0.35 * way, start + 0.7 * way], [0.105, 0.135, 0.19])
    )
    for much in (0.17, 0.26, 0.38):
        side = np.array([0.05, 0.05, 0.03]) * (1 if much != 0.26 else -0.6)
        clay.add(
            tube([start + much * way - side, start + (much + 0.05) * way + side], [0.085, 0.10]),
            0.03,
        )
    mesh = bust.meshed(clay, 20000)
    return relief.of_mesh(mesh, mesh.positions, np.eye(4))


@cache
def sitter() -> Seen:
    """Head, neck and shoulders."""
    parts = [bust.head(), bust.shoulders(PIT)]
    return bust.joined(*(bust.seen(m, m.positions, HER.matrix()) for m in parts))


def touch() -> tuple[Layer, Layer]:
    """Somebody with closed eyes, then the hand on their cheek."""
    face, there = bust.whole(sitter())
    palm, laid = bust.whole(hand())
    both = bust.joined(face, palm)
    sun = soft(bust.shadows(face.height, WINDOW.way, both.height), 0.006)
    sky = bust.crevices(face.height) * (1.0 - 0.55 * soft(np.roll(laid, -8, 0), 0.035))
    return _face(face, there, sun, sky), _hand(both, palm, laid)


def _face(face: Seen, there: Vectors, sun: Vectors, sky: Vectors) -> Layer:
    out, matrix = Layer(), HER.matrix()
    groups = ((coiffure.combed(3), 2.3), (coiffure.knot(4), 2.6), (coiffure.loose(6), 1.5))

    def hair(behind: bool) -> None:
        for lines, dense in groups:
            coiffure.laid(out, lines, matrix, face, sun, WINDOW, BROWN, dense=dense, behind=behind)

    hair(behind=True)
    dress = smoothstep(-18.0, -18.5, face.rest[..., 2] + 0.16 * np.abs(face.rest[..., 0]))
    albedo = skin(face.rest) * (1 - dress[..., None]) + LINEN * dress[..., None]
    light = WINDOW.on(albedo, face, sun, sky, 0.35)
    light = haired(light, face, sun, WINDOW, BROWN)
    light = drawn(light, face, matrix, np.asarray, (1.0,), 0.10)
    out.over(light, soft(there, EDGE))
    hair(behind=False)
    return out


def _hand(both: Seen, palm: Seen, laid: Vectors) -> Layer:
    out = Layer()
    sun = bust.shadows(palm.height, WINDOW.way, both.height)
    sky = bust.crevices(np.where(laid > 0, palm.height, both.height))
    red = 0.30 * soft(laid * (sky < 0.7), 0.01)[..., None]
    albedo = HAND_SKIN * (1 - red) + ROSE * red
    cover = soft(ndimage.binary_erosion(laid).astype(np.float64), EDGE)
    out.over(WINDOW.on(albedo, palm, sun, sky, 0.35), cover)
    cloth, there = bust.whole(sleeve(), 0.008)
    sky = bust.crevices(cloth.height)
    out.over(WINDOW.on(SLEEVE, cloth, sky, sky, 0.35), soft(there, EDGE))
    return out
