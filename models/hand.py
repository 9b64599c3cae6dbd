"""The visitor's right hand and the torn sleeve it comes out of.

Built in the hand's own frame: the wrist at the origin, y to the fingertips, z out of the back
of the hand, so that with the palm down and the fingers ahead the thumb is on the left. It is
sculpted half closed; `finger` says which finger a vertex belongs to and how far along its
chain of joints it is, so that a vertex shader can open and close it about JOINTS and AXES.
Metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models import body
from models.body import HandPose, finger_joints, thumb_joints
from models.mesh import Floats, Mesh, merge, smooth_normals, unit
from models.noise import value_noise
from models.sdf import Clay, cone, ellipsoid, smoothstep, sphere, tube
from models.skin import occlusion, simplify, taubin

Vectors = NDArray[np.float64]

STEP = 0.0016
LOW, HIGH = (-0.105, -0.155, -0.115), (0.075, 0.205, 0.045)
REST = HandPose(((16, 24, 14), (20, 26, 15), (24, 28, 16), (28, 28, 17)), (30.0, 12.0, 16.0), 44.0)
FOREARM = 0.15  # of bare arm below the wrist
TRIANGLES = 13000
OCCLUSION_REACH = 0.05
SLEEVE = (-0.42, -0.080)  # from the elbow's end to the torn edge, along y
SLEEVE_AROUND, SLEEVE_DOWN = 128, 44
SKIN, NAIL, CLOTH = 0.0, 1.0, 2.0  # `part`
SEED = 21


def _axes() -> Vectors:
    """Unit axes (5, 3) that a finger bends about: positive closes it towards the palm."""
    sides = [[-np.sin(s), np.cos(s), 0.0] for s in body.SPREAD]
    fingers = [np.cross([0.0, 0.0, -1.0], side) for side in sides]
    thumb = thumb_joints(REST)
    way = unit(thumb[1] - thumb[0]).astype(np.float64)
    across = unit(np.cross(way, np.array([0.75, 0.55, -0.38]))).astype(np.float64)
    return np.array([*(-np.asarray(axis) for axis in fingers), across])


def _joints() -> Vectors:
    """Resting joints (5, 4, 3) of index, middle, ring, little and thumb: knuckle to tip."""
    return np.concatenate([finger_joints(REST), thumb_joints(REST)[None]])


JOINTS: Vectors = _joints()
AXES: Vectors = _axes()


def clay() -> Clay:
    """The naked hand and forearm."""
    lump = Clay(LOW, HIGH, STEP)
    body.press(lump, body.hand(REST, FOREARM))
    lump.add(cone([-0.004, -0.07, 0], [-0.008, -FOREARM - 0.02, -0.002], 0.026, 0.036), 0.03)
    for finger in range(4):
        a, b, c, _ = JOINTS[finger]
        back = np.cross(AXES[finger], unit(b - a))
        lump.add(ellipsoid(a + 0.0035 * back, [0.0088, 0.0095, 0.0085]), 0.010)
        lump.add(sphere(b + 0.0022 * back, body.FINGER_RADII[finger, 1] * 0.93), 0.004)
        for joint, depth in ((b, 0.0009), (c, 0.0007)):
            ring = [joint + 0.010 * back + o * AXES[finger] for o in (-0.006, 0.0, 0.006)]
            lump.stroke(ring, -depth, 0.0016)
            fold = [joint - 0.0075 * back + o * AXES[finger] for o in (-0.006, 0.0, 0.006)]
            lump.stroke(fold, -depth * 1.3, 0.0016)
        lump.stroke(
            [body.KNUCKLES[finger] * [1, 0.25, 0] + [0, 0, 0.018], a + 0.011 * back], 0.0008, 0.003
        )
    for finger in range(3):
        web = 0.5 * (JOINTS[finger, 0] + JOINTS[finger + 1, 0]) + [0, 0.013, -0.006]
        lump.add(ellipsoid(web, [0.007, 0.010, 0.0045]), 0.009)
    thumb = JOINTS[4]
    lump.add(
        tube(
            [thumb[1], 0.5 * (thumb[1] + JOINTS[0, 0]) + [0, -0.012, -0.004], JOINTS[0, 0]],
            [0.007, 0.006, 0.007],
        ),
        0.014,
    )
    heart = [[-0.030, 0.070, -0.028], [-0.008, 0.058, -0.028], [-0.006, 0.020, -0.028]]
    lump.stroke(heart, -0.0016, 0.0032)
    lump.stroke(
        [[-0.026, 0.074, -0.025], [0.006, 0.064, -0.025], [0.032, 0.052, -0.025]], -0.0010, 0.0026
    )
    _nails(lump)
    return lump


def _nail_places() -> list[tuple[Vectors, Vectors, Vectors, float]]:
    """Middle, direction and outward (3,) of the five nails, and half their width."""
    places = []
    for finger in range(5):
        _, _, c, tip = JOINTS[finger]
        way = unit(tip - c).astype(np.float64)
        back = unit(np.cross(AXES[finger], way)).astype(np.float64)
        radius = (body.FINGER_RADII[finger] if finger < 4 else body.THUMB_RADII)[2:].mean()
        places.append((c + 0.82 * (tip - c) + 0.80 * radius * back, way, back, 0.72 * radius))
    return places


def _nails(lump: Clay) -> None:
    for middle, way, back, half in _nail_places():
        side = np.cross(way, back)
        top = middle + 0.3 * half * back
        for hand in (-1, 1):
            edge = [top + hand * half * side + o * way for o in (-0.006, 0.0, 0.005)]
            lump.stroke(edge, -0.0007, 0.0011)
        root = [top + o * side - 0.0065 * way for o in (-half, 0.0, half)]
        lump.stroke(root, -0.0006, 0.0010)


def chain(points: Floats) -> Vectors:
    """Finger (0..3, 4 the thumb) and place 0..3 on its chain of joints for points (n, 3): (n, 2).

    Place 0 is the palm, and each joint that is passed adds one, softly.
    """
    best = np.full(len(points), np.inf)
    out = np.zeros((len(points), 2))
    for finger in range(5):
        joints = JOINTS[finger]
        place = np.zeros(len(points))
        near = np.full(len(points), np.inf)
        for bone in range(3):
            a, b = joints[bone], joints[bone + 1]
            t = np.clip((points - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
            near = np.minimum(near, np.linalg.norm(points - a - t[:, None] * (b - a), axis=1))
            along = (points - a) @ unit(b - a)
            before = unit(a - (joints[bone - 1] if bone else a - (b - a)))
            plane = 0.5 * (along + (points - a) @ before)
            place = place + smoothstep(-0.007, 0.007, plane) * (bone == 0 or 1)
        nearer = near < best
        best = np.where(nearer, near, best)
        out = np.where(nearer[:, None], np.stack([np.full(len(points), finger), place], 1), out)
    out[:, 1] *= smoothstep(0.028, 0.020, best)
    return out


def _bare() -> Mesh:
    lump = clay()
    points, faces = lump.skin()
    points = taubin(points, faces, 2)
    points, faces = simplify(points, faces, TRIANGLES)
    normals = lump.gradient(points, 0.8)
    nail = np.zeros(len(points), dtype=bool)
    for middle, way, back, half in _nail_places():
        side = np.cross(way, back)
        d = points - middle
        nail |= (
            (np.abs(d @ side) < half)
            & (np.abs(d @ way) < 0.0068)
            & (np.abs(d @ back) < 0.006)
            & (normals @ back > 0.3)
        )
    shade = occlusion(lump, points, normals, OCCLUSION_REACH)[:, None]
    part = np.where(nail, NAIL, SKIN)
    return Mesh(points, normals, faces).with_attributes(finger=chain(points), part=part, ao=shade)


def _sleeve() -> Mesh:
    """A loose sleeve, its edge torn in tongues, open at both ends; it is turned over with the
    hand, so it does not hang to one side."""
    around = np.linspace(0, 2 * np.pi, SLEEVE_AROUND + 1)[:-1]
    down = np.linspace(0, 1, SLEEVE_DOWN)
    turn, t = np.meshgrid(around, down)
    ring = np.stack([np.cos(turn), np.sin(turn), 0 * turn], -1).reshape(-1, 3)
    ragged = value_noise(ring * 2.3 + 5.0, SEED) + 0.5 * value_noise(ring * 6.1, SEED + 1) - 0.75
    ragged = np.asarray(ragged).reshape(turn.shape)
    y = SLEEVE[0] + (SLEEVE[1] + 0.070 * ragged - SLEEVE[0]) * t
    flow = np.stack([1.4 * np.cos(turn), 1.4 * np.sin(turn), 1.1 * t], -1).reshape(-1, 3)
    wander = np.asarray(value_noise(flow * 2.0, SEED + 2)).reshape(turn.shape)
    folds = np.sin(9 * turn + 7 * wander + 2.2 * t) + 0.5 * np.sin(17 * turn - 5 * wander + 3 * t)
    rings = np.sin(2 * np.pi * (7 * t + 1.6 * wander) + 2 * np.cos(turn))
    radius = 0.043 + 0.011 * t + (0.0022 + 0.0050 * t) * folds + 0.0030 * rings * (1 - 0.5 * t)
    positions = np.stack(
        [radius * np.cos(turn) - 0.006, y, radius * np.sin(turn) * 0.9], -1
    ).reshape(-1, 3)
    index = np.arange(len(positions)).reshape(turn.shape)
    right = np.roll(index, -1, axis=1)
    a, b, c, d = (v.reshape(-1) for v in (index[:-1], right[:-1], index[1:], right[1:]))
    faces = np.concatenate([np.stack([a, c, d], 1), np.stack([a, d, b], 1)])
    normals = smooth_normals(positions, faces)
    hollow = np.clip(0.75 + 0.20 * folds.reshape(-1, 1), 0.3, 1.0)
    sleeve = Mesh(positions.astype(np.float32), normals, faces)
    still = np.zeros((len(positions), 2))
    return sleeve.with_attributes(finger=still, part=CLOTH, ao=hollow)


def build() -> Mesh:
    """Hand and sleeve, with `finger` (2), `part` (1: 0 skin, 1 nail, 2 cloth) and `ao` (1)."""
    return merge([_bare(), _sleeve()])


def bent(mesh: Mesh, curls: Vectors) -> Vectors:
    """Where the shader puts the vertices (n, 3) when each finger is bent further by `curls` (5, 3).

    Radians beyond REST at each joint. The twin of the loop in shaders/hand.vert: from the tip's
    joint inwards, each turns what lies beyond it about the resting joint.
    """
    points = mesh.positions.astype(np.float64)
    finger = np.rint(mesh.attributes["finger"][:, 0]).astype(int)
    place = mesh.attributes["finger"][:, 1].astype(np.float64)
    for bone in (2, 1, 0):
        angle = curls[finger, bone] * np.clip(place - bone, 0, 1)
        axis, pivot = AXES[finger], JOINTS[finger, bone]
        v = points - pivot
        cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
        dot = np.einsum("ij,ij->i", axis, v)[:, None]
        points = pivot + v * cos + np.cross(axis, v) * sin + axis * dot * (1 - cos)
    return points
