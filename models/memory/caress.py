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
from models.memory import bust, coiffure, relief, strands
from models.memory.coiffure import Cut
from models.memory.complexion import ROSE, Lamp, drawn, skin
from models.memory.relief import Seen
from models.memory.strands import BROWN, Style
from models.memory.visions import focused
from models.mesh import unit
from models.people import body
from models.people.body import HandPose
from models.sdf import Clay, cone, smoothstep, tube
from models.visitor import rig

Vectors = NDArray[np.float64]

HER = bust.Pose((-0.13, 0.16), 0.0720, 64.0, 7.0, 4.0)
PIT = (-0.6, -0.6, -16.0)  # between her collarbones, in head space
SCALE = 5.3  # radii of the disc to a metre of the hand
WRIST = (0.17, -0.72, 0.62)
FINGERS, BACK = (-0.66, 0.72, 0.10), (-0.10, -0.20, 0.96)
ELBOW = (0.62, -0.72, 0.10)  # the way to it
POSE = HandPose(
    ((10, 16, 8), (12, 18, 9), (14, 20, 10), (18, 24, 12)), (12.0, 2.0, 4.0), 42.0, 0.10
)
LONG = Cut(
    340, 18, coiffure.swept(0.6), (20.0, 32.0), (0.0, -0.035, -0.10), (0.9, 1.4), 0.5, ahead=0.5
)
# Locks that came loose: from the temple before the ear, and over the fingers' ends.
FROM = [(4.6, 5.4, 6.0), (5.6, 3.6, 4.0)]
OVER = [((9.0, 5.6, 1.0), (7.2, 3.2, -7.5)), ((8.6, 2.4, 0.0), (8.6, -0.5, -9.0))]

LAMP = Lamp(
    np.asarray(unit((0.80, 0.38, 0.22)), dtype=np.float64),
    linear(0xFFC896) * 1.9, linear(0x7C90D8) * 0.46, linear(0xA86C70) * 0.24,
    linear(0x7C98E8) * 0.50,
)  # fmt: skip
HAND_SKIN, SLEEVE = linear(0xE6B298), linear(0x4C5480)
LINEN = linear(0xCFC6DC)
KNUCKLES, SLIM = 0.070, 0.0005  # metres from the wrist, and by how much
DEEP = 0.018  # of the disc: blur of what is furthest from eye and mouth
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
    # Slimmer than the visitor's: each finger's skin is drawn in, more towards its end.
    past = smoothstep(KNUCKLES, KNUCKLES + 0.03, mesh.positions[:, 1:2])
    slim = mesh.positions - SLIM * past * mesh.normals
    return rig.bent(slim, shares["bones"], shares["weights"], moved)


@cache
def hand() -> Seen:
    """The hand as it lies on the cheek."""
    return relief.of_mesh(bake.load("hand"), points(), place())


def sleeve() -> Seen:
    """A wide soft sleeve from the wrist down, with its folds; it is somebody else's hand."""
    clay = Clay((-0.3, -1.3, -0.2), (1.2, -0.3, 1.2), 0.011)
    start, way = np.array(WRIST), np.asarray(unit(ELBOW), dtype=np.float64)
    along_ = [start + much * way for much in (0.15, 0.30, 0.75)]
    clay.add(tube(along_, [0.165, 0.19, 0.26]))
    rng = np.random.default_rng(2)
    for much in (0.20, 0.27, 0.35, 0.45):
        lean = np.array([0.10, 0.13, 0.0]) + rng.normal(0, 0.03, 3)
        ridge = [start + much * way - lean, start + (much + 0.03) * way + [0, 0, 0.17],
                 start + (much + 0.06) * way + lean]  # fmt: skip
        clay.add(tube(ridge, [0.03, 0.045, 0.03]), 0.05)
    clay.cut(cone(start - 0.2 * way, start + 0.16 * way, 0.135, 0.125), 0.03)
    mesh = bust.meshed(clay, 20000)
    return relief.of_mesh(mesh, mesh.positions, np.eye(4))


@cache
def sitter() -> Seen:
    """Head, neck and shoulders."""
    face, neck = bust.head(), bust.shoulders(PIT)
    return bust.joined(
        bust.seen(face, bust.gentle(face.positions), HER.matrix()),
        bust.seen(neck, neck.positions, HER.matrix()),
    )


def touch() -> tuple[Layer, Layer]:
    """Somebody with closed eyes, then the hand on their cheek."""
    face, there = bust.whole(sitter())
    palm, laid = bust.whole(hand())
    both = bust.joined(face, palm)
    sun = soft(bust.shadows(face.height, LAMP.way, both.height), 0.034)
    sun = 1.0 - 0.62 * (1.0 - sun)  # a window is wide, and what lies on a cheek is lit through
    touched = soft(np.roll(laid, (-6, -4), (0, 1)), 0.014)
    sky = bust.crevices(face.height) * (1.0 - 0.35 * soft(laid, 0.045)) * (1.0 - 0.5 * touched)
    sun = sun * (1.0 - 0.55 * touched)
    near = _hand(both, palm, laid)
    lines = body.along(HER.matrix(), coiffure.wisps(FROM, OVER, 12, 6))
    wisps = strands.lit(lines, LAMP, BROWN, Style(0.7, 0.6, 0.3, 3.0, 1.1))
    strands.laid(near, wisps, face, behind=False)
    return focused(_face(face, there, sun, sky), HER, bust.gentle, DEEP), near


def _face(face: Seen, there: Vectors, sun: Vectors, sky: Vectors) -> Layer:
    out, matrix = Layer(), HER.matrix()
    hair = [
        strands.lit(body.along(matrix, lines), LAMP, BROWN, style)
        for lines, style in (
            (coiffure.grown(LONG, 3), Style(1.1, 0.6, 0.35, 7.0, 1.6)),
            (coiffure.strays(90, 4, (0, -0.4, -0.3)), Style(0.5, 1.4, 0.4, 5.0)),
        )
    ]
    for each in hair:
        strands.laid(out, each, face, behind=True)
    dress = smoothstep(-18.0, -18.5, face.rest[..., 2] + 0.16 * np.abs(face.rest[..., 0]))
    albedo = skin(face.rest) * (1 - dress[..., None]) + LINEN * dress[..., None]
    grown = strands.rooted(face.rest)
    albedo = albedo * (1 - grown[..., None]) + 0.5 * (BROWN.dark + BROWN.light) * grown[..., None]
    light = LAMP.on(albedo, face, sun * (1 - 0.75 * grown), sky * (1 - 0.8 * grown), 0.6)
    light = drawn(light, face, matrix, bust.gentle, (1.0, -1.0), 0.05)
    out.over(light, soft(there, EDGE))
    for each in hair:
        strands.laid(out, each, face, behind=False)
    return out


def _hand(both: Seen, palm: Seen, laid: Vectors) -> Layer:
    out = Layer()
    sun = 1.0 - 0.7 * (1.0 - soft(bust.shadows(palm.height, LAMP.way, both.height), 0.012))
    sky = bust.crevices(np.where(laid > 0, palm.height, both.height))
    red = 0.30 * soft(laid * (sky < 0.7), 0.01)[..., None]
    albedo = HAND_SKIN * (1 - red) + ROSE * red
    cover = soft(ndimage.binary_erosion(laid).astype(np.float64), EDGE)
    out.over(LAMP.on(albedo, palm, sun, sky, 0.6), cover)
    cloth, there = bust.whole(sleeve(), 0.008)
    sky = bust.crevices(cloth.height)
    out.over(LAMP.on(SLEEVE, cloth, sky, sky, 0.6), soft(there, EDGE))
    return out
