"""How the visitor's hand bends: its bones, the share that each has of a point, and their motion.

Bones: 0 the forearm at the elbow, 1 at the wrist (it turns with the hand), 2 the hand, then
three each of index, middle, ring, little finger and thumb. Shares spread over the skin as heat
does from the nearest bone (Baran and Popovic 2007). Motion is kept as dual quaternions (Kavan
et al. 2008), which do not make a joint thin where it bends. Metres, in the hand's own frame.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.linalg import splu
from scipy.spatial.transform import Rotation

from models.mesh import Floats, Ints, unit
from models.people import body
from models.people.body import HandPose, crossed, finger_joints, frames, thumb_joints
from models.sdf import smoothstep

Vectors = NDArray[np.float64]

ELBOW, WRIST, HAND, FIRST = 0, 1, 2, 3
BONES = 18
INFLUENCES = 4
REST = HandPose(((18, 28, 16), (22, 30, 17), (26, 32, 18), (30, 32, 19)), (34.0, 10.0, 14.0), 46.0)
TWISTS_OVER = (-0.20, -0.02)  # along the forearm, from where it is still to where it has turned
HEAT = 2.0  # how firmly skin keeps to its nearest bone; 1 in the paper
WRIST_BENDS = (-0.022, 0.016)
THUMB_FACES = np.array([0.75, 0.55, -0.38])  # the way that the thumb's pad looks at rest


def _chains(pose: HandPose) -> Vectors:
    """Joints (5, 4, 3) of index, middle, ring, little and thumb: knuckle to tip."""
    return np.concatenate([finger_joints(pose), thumb_joints(pose)[None]])


JOINTS: Vectors = _chains(REST)


def _frames(pose: HandPose) -> Vectors:
    """Frames (5, 3, 4, 4) of the bones: at the joint, y along it, z out of its back."""
    joints = _chains(pose)
    ways = np.diff(joints, axis=1).reshape(-1, 3)
    away = pose.spread * np.asarray(body.SPREAD)
    across = np.column_stack([np.cos(away), np.sin(away), np.zeros(4)])
    backs = np.zeros((5, 3, 3))
    backs[:4] = crossed(np.repeat(across, 3, axis=0), ways[:12]).reshape(4, 3, 3)
    # The back of the thumb turns about its bone with the angle that it is away.
    bends = np.radians([pose.thumb[1], pose.thumb[2]])
    away = np.radians(pose.thumb_out) - np.array([0.0, bends[0], bends.sum()])
    drop, one = np.radians(pose.thumb[0]), np.ones(3)
    lift = np.column_stack(
        [np.sin(away) * np.sin(drop), -np.cos(away) * np.sin(drop), -np.cos(drop) * one]
    )
    aside = np.column_stack([-np.cos(away), -np.sin(away), np.zeros(3)])
    backs[4] = ROLL[0] * aside - ROLL[1] * lift
    return frames(joints[:, :3].reshape(-1, 3), ways, backs.reshape(-1, 3)).reshape(5, 3, 4, 4)


def _roll() -> tuple[float, float]:
    """How the thumb's back lies between away from the palm and up, so that its pad faces it."""
    away, drop = np.radians(REST.thumb_out), np.radians(REST.thumb[0])
    lift = np.array([np.sin(away) * np.sin(drop), -np.cos(away) * np.sin(drop), -np.cos(drop)])
    aside = np.array([-np.cos(away), -np.sin(away), 0.0])
    return -float(THUMB_FACES @ aside), float(THUMB_FACES @ lift)


ROLL = _roll()
REST_FRAMES: Vectors = _frames(REST)


def bone_frames(finger: int) -> Vectors:
    """Resting frames (3, 4, 4) of a finger's bones (4 the thumb)."""
    return np.asarray(REST_FRAMES[finger])


def motion(pose: HandPose, hand: ArrayLike, forearm: ArrayLike) -> Vectors:
    """Matrices (18, 4, 4) that carry each bone from rest to a pose.

    hand, forearm : (4, 4) frames of both at the wrist; at rest both are the identity. The
                    forearm's own back shows how far the hand has turned on it.
    """
    hand, forearm = np.asarray(hand, dtype=np.float64), np.asarray(forearm, dtype=np.float64)
    out = np.zeros((BONES, 4, 4))
    out[ELBOW], out[HAND] = forearm, hand
    out[WRIST] = body.frame(forearm[:3, 3], forearm[:3, 1], hand[:3, 2])
    posed = _frames(pose) @ np.linalg.inv(REST_FRAMES)
    out[FIRST:] = hand @ posed.reshape(-1, 4, 4)
    return out


def dual_quaternions(matrices: ArrayLike) -> Vectors:
    """Rigid matrices (n, 4, 4) as (n, 2, 4): the turn (x, y, z, w), half of the shift in it."""
    matrices = np.asarray(matrices, dtype=np.float64)
    real = Rotation.from_matrix(matrices[:, :3, :3], assume_valid=True).as_quat()
    x, y, z = matrices[:, :3, 3].T
    i, j, k, w = real.T
    dual = 0.5 * np.stack(
        [
            x * w + y * k - z * j,
            y * w + z * i - x * k,
            z * w + x * j - y * i,
            -x * i - y * j - z * k,
        ],
        axis=1,
    )
    return np.stack([real, dual], axis=1)


def bent(positions: ArrayLike, bones: ArrayLike, weights: ArrayLike, moved: ArrayLike) -> Vectors:
    """Where points (n, 3) go with dual quaternions (18, 2, 4); twin of shaders/lib/bones.glsl."""
    positions, weights = np.asarray(positions, dtype=np.float64), np.asarray(weights)
    each = np.asarray(moved)[np.rint(np.asarray(bones)).astype(int)]  # (n, 4, 2, 4)
    sign = np.sign(np.einsum("nij,nj->ni", each[:, :, 0], each[:, 0, 0]))
    blend = np.einsum("ni,nijk->njk", weights * np.where(sign < 0, -1.0, 1.0), each)
    blend /= np.linalg.norm(blend[:, 0], axis=1)[:, None, None]
    real, w = blend[:, 0, :3], blend[:, 0, 3:]
    dual, dual_w = blend[:, 1, :3], blend[:, 1, 3:]
    turned = positions + 2 * np.cross(real, np.cross(real, positions) + w * positions)
    return np.asarray(turned + 2 * (w * dual - dual_w * real + np.cross(real, dual)))


def _segments() -> list[tuple[int, Vectors, Vectors]]:
    """What each bone is for heat: (bone, from, to); the hand has one for each metacarpal."""
    out = [(WRIST, np.array([0.0, -0.3, 0.0]), np.array([0.0, -0.02, 0.0]))]
    for finger in range(4):
        out.append((HAND, 0.15 * JOINTS[finger, 0], JOINTS[finger, 0] * [1, 0.94, 1]))
    out += [(HAND, np.zeros(3), np.array([-0.012, 0.012, 0.0]))]
    for finger in range(5):
        for bone in range(3):
            out.append((FIRST + 3 * finger + bone, JOINTS[finger, bone], JOINTS[finger, bone + 1]))
    return out


def _gap(points: Vectors, a: Vectors, b: Vectors) -> Vectors:
    t = np.clip((points - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
    return np.asarray(np.linalg.norm(points - a - t[:, None] * (b - a), axis=1))


def _laplacian(points: Vectors, triangles: Ints) -> tuple[sparse.csc_matrix, Vectors]:
    """Cotangent weights (n, n), positive on the diagonal, and the area about each point (n,)."""
    count = len(points)
    rows, columns, values = [], [], []
    area = np.zeros(count)
    for i in range(3):
        a, b, c = triangles[:, i], triangles[:, (i + 1) % 3], triangles[:, (i + 2) % 3]
        u, v = points[b] - points[a], points[c] - points[a]
        twice = np.linalg.norm(np.cross(u, v), axis=1)
        cot = np.clip(np.einsum("ij,ij->i", u, v) / np.maximum(twice, 1e-12), 0.0, 20.0)
        rows += [b, c]
        columns += [c, b]
        values += [0.5 * cot, 0.5 * cot]
        np.add.at(area, a, twice / 6.0)
    near = sparse.csc_matrix(
        (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns))), (count, count)
    )
    return sparse.diags(np.asarray(near.sum(axis=1)).ravel()) - near, area


def bound(positions: Floats, triangles: Ints) -> tuple[Floats, Floats]:
    """Bones (n, 4) of each point, and their shares (n, 4), which sum to 1."""
    points = positions.astype(np.float64)
    gaps = np.full((BONES, len(points)), np.inf)
    for bone, a, b in _segments():
        gaps[bone] = np.minimum(gaps[bone], _gap(points, a, b))
    nearest = gaps.argmin(axis=0)
    laplacian, area = _laplacian(points, triangles)
    heat = HEAT * area / np.maximum(gaps.min(axis=0), 0.002) ** 2
    solve = splu((laplacian + sparse.diags(heat)).tocsc()).solve
    shares = np.stack([solve(heat * (nearest == bone)) for bone in range(BONES)], axis=1)
    # The wrist bends more narrowly than heat would; the forearm's turn takes its whole length.
    trunk = shares[:, WRIST] + shares[:, HAND]
    shares[:, HAND] = trunk * smoothstep(*WRIST_BENDS, points[:, 1])
    forearm = trunk - shares[:, HAND]
    shares[:, WRIST] = forearm * smoothstep(*TWISTS_OVER, points[:, 1])
    shares[:, ELBOW] = forearm - shares[:, WRIST]
    bones = np.argsort(-shares, axis=1)[:, :INFLUENCES]
    kept = np.take_along_axis(np.maximum(shares, 0.0), bones, axis=1)
    kept[kept < 0.01] = 0.0
    return bones.astype(np.float32), (kept / kept.sum(axis=1, keepdims=True)).astype(np.float32)


def along_fingers(positions: Floats, normals: Floats) -> Floats:
    """Place (n, 2) on the nearest finger: joints passed, -1..3; -1 inside to 1 on its back."""
    points = positions.astype(np.float64)
    best = np.full(len(points), np.inf)
    out = np.zeros((len(points), 2))
    for finger in range(5):
        for bone in range(3):
            a, b = JOINTS[finger, bone], JOINTS[finger, bone + 1]
            gap = _gap(points, a, b)
            t = (points - a) @ (b - a) / ((b - a) @ (b - a))
            t = np.clip(t, -1.0 if bone == 0 else 0.0, 1.4 if bone == 2 else 1.0)
            side = normals @ unit(REST_FRAMES[finger, bone, :3, 2])
            nearer = gap < best
            best = np.where(nearer, gap, best)
            out = np.where(nearer[:, None], np.stack([bone + t, side], axis=1), out)
    return out.astype(np.float32)
