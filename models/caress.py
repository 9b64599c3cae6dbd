"""The hand on the cheek that the orb remembers: the visitor's own hand's twin, seen once.

It is the field of models/hand.py, mirrored, put into the orb's disc (x right, y up, z to the
eye, radius 1) and looked at from in front and infinitely far. What is kept is how each place is
turned and how open it is; the shader lights that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models import body, hand, visions
from models.sdf import Settled
from models.skin import directions

Array = NDArray[np.float64]
Drawing = NDArray[np.uint8]

SIDE = visions.SIDE
SCALE = 5.0  # radii of the disc to a metre: as large as the head in visions.touch
WRIST = (0.025, -0.585, 0.0)
FINGERS, BACK = (-0.50, 0.85, -0.10), (-0.30, 0.02, 0.95)
NEAR, FAR = 0.6, -0.6  # of the disc's z: what is looked through
CERTAIN = 4.0  # grid steps: beyond the boxes of its solids, clay knows only that it is far
SKY_DIRECTIONS, SKY_REACH = 32, 0.05  # the latter in metres
STEPS = 160


def place() -> Array:
    """(4, 4) from the right hand's frame, metres, to the disc; mirrored, for it is a left one."""
    out = body.frame(WRIST, FINGERS, BACK) @ np.diag([-1.0, 1.0, 1.0, 1.0])
    out[:3, :3] *= SCALE
    return np.asarray(out)


def build() -> Drawing:
    """(SIDE, SIDE, 4) bytes, row 0 low: the normal's x and y, open sky, and where the hand is."""
    field, to_disc = hand.clay().settled(), place()
    origins = np.column_stack([visions.grid(), np.full(SIDE * SIDE, NEAR)])
    inverse = np.linalg.inv(to_disc)
    ahead = body.along(inverse, [0.0, 0.0, -1.0]) - body.along(inverse, np.zeros(3))
    found, there = _met(field, body.along(inverse, origins), ahead, NEAR - FAR)
    normals = field.gradient(found).astype(np.float64)
    in_disc = normals @ to_disc[:3, :3].T / SCALE
    out = np.zeros((SIDE * SIDE, 3))
    out[there, :2] = 0.5 + 0.5 * in_disc[:, :2]
    out[there, 2] = _open(field, found, normals)
    # Beside the outline it goes on a little, so that nothing dark bleeds in.
    there = there.reshape(SIDE, SIDE)
    rows, columns = ndimage.distance_transform_edt(
        ~there, return_distances=False, return_indices=True
    )
    picture = np.dstack([out.reshape(SIDE, SIDE, 3)[rows, columns], there])
    return np.round(picture * 255).astype(np.uint8)


def _met(
    field: Settled, starts: Array, ahead: Array, far: float
) -> tuple[Array, NDArray[np.bool_]]:
    """Where rays meet the surface (k, 3), and which of them do (n,) (sphere tracing, Hart 1996)."""
    gone = np.zeros(len(starts))
    left, there = np.arange(len(starts)), np.zeros(len(starts), dtype=bool)
    for _ in range(STEPS):
        gap = field.at(starts[left] + gone[left, None] * ahead)
        there[left[gap < 0.2 * field.step]] = True
        left, gap = left[gap >= 0.2 * field.step], gap[gap >= 0.2 * field.step]
        gone[left] += 0.8 * SCALE * np.minimum(gap, CERTAIN * field.step)
        left = left[gone[left] < far]
    return starts[there] + gone[there, None] * ahead, there


def _open(field: Settled, points: Array, normals: Array) -> Array:
    """How much of what lies before each place (n, 3) is free, 0..1, cosine-weighted."""
    light, total = np.zeros(len(points)), np.zeros(len(points))
    for way in directions(SKY_DIRECTIONS):
        cosine = np.maximum(normals @ way, 0.0)
        free = np.ones(len(points))
        for length in np.geomspace(2 * field.step, SKY_REACH, 8):
            gap = field.at(points + field.step * normals + length * way)
            free = np.minimum(free, np.clip(0.5 + gap / (0.3 * length), 0.0, 1.0))
        light += cosine * free
        total += cosine
    return light / np.maximum(total, 1e-6)
