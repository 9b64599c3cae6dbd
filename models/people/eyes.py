"""Eyeballs, and the lids that slide round them: strips from corner to corner, whose far edge lies
under the skin, so that the fold above a lid is where the two meet. Head space, centimetres.

The lids of a sculpted face (models/people/face.py) are of the same angles and radii; these have
sharp rims, and turn without a crease.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.mesh import Floats, Ints, smooth_normals
from models.people.face import EYE, EYE_RADIUS, LOWER_LID, LOWER_RIM, UPPER_LID
from models.people.features import Features

Vectors = NDArray[np.float64]

BALL_TURN, BALL_RISE = 102.0, 62.0  # degrees to each side of ahead that an eyeball is made
ACROSS = 1.43  # how far a lid reaches to each side of the eye's middle
FOLD = {True: 66.0, False: -62.0}  # degrees at which the upper and the lower lid end, under skin
MEET = -11.0  # degrees at which the rims meet in the corners
SUNK = 0.10  # share of a lid's radius by which its ends lie under the skin
GROWS = {True: 0.17, False: -0.10}  # by how much a lid is further out at its fold
LONGER = 1.08  # than it is high: a lid from corner to corner
RIM_INSIDE = EYE_RADIUS + 0.005
LASHES = {True: 0.5, False: 0.38}  # what `nature` says of an upper and of a lower rim
SKIN_OF_A_LID = 0.25


@dataclass(frozen=True)
class Part:
    """Places and normals (n, 3) in each mood, calm first; triangles; what `nature` says (n,)."""

    moods: list[tuple[Vectors, Floats]]
    triangles: Ints
    nature: Vectors


def ball(side: float, across: int, down: int) -> Part:
    """The front of an eyeball, the same in every mood."""
    u, v = np.meshgrid(np.linspace(-1, 1, across), np.linspace(-1, 1, down), indexing="xy")
    yaw, pitch = np.radians(BALL_TURN) * u, np.radians(BALL_RISE) * v
    way = np.stack([np.sin(yaw) * np.cos(pitch), np.cos(yaw) * np.cos(pitch), np.sin(pitch)], -1)
    normals = way.reshape(-1, 3)
    points = _centre(side) + EYE_RADIUS * normals
    whole = np.ones(len(points))
    return Part([(points, normals.astype(np.float32))] * 4, _grid(across, down), whole)


def lid(side: float, upper: bool, moods: list[Features], across: int, down: int) -> Part:
    """A lid as a strip of so many points across and down; the first row is the rim's inner edge."""
    u = np.linspace(-1.0, 1.0, across)
    rows = np.concatenate([[0.0, 0.0, 0.05], np.linspace(0.15, 1.0, down)])
    outer = UPPER_LID if upper else LOWER_LID
    radius = np.concatenate([[RIM_INSIDE, outer - 0.03], outer + GROWS[upper] * rows[2:]])
    triangles = _grid(across, len(rows))
    # Seen from before, rows run upward on an upper lid and downward on a lower one.
    triangles = triangles if upper else triangles[:, ::-1]
    out = []
    for mood in moods:
        rim = mood.lid if upper else min(LOWER_RIM, mood.lid - 1.0)
        tilt = side * np.radians(4.0 + 4.0 * mood.grief) * (1.0 if upper else 0.3)
        start = rim + (MEET - rim) * np.abs(u) ** 5
        rise = np.radians(start + (FOLD[upper] - start) * rows[:, None])
        x = ACROSS * u
        reach = radius[:, None] * np.sqrt(
            np.maximum(1.0 - (x / (LONGER * radius[:, None])) ** 2, 0.0)
        )
        reach *= 1.0 - SUNK * np.abs(u) ** 12
        up, ahead = reach * np.sin(rise), reach * np.cos(rise)
        # Tilted about the way that the face looks: the outer corner hangs.
        flat = np.broadcast_to(x, up.shape)
        place = np.stack(
            [
                flat * np.cos(tilt) + up * np.sin(tilt),
                ahead,
                up * np.cos(tilt) - flat * np.sin(tilt),
            ],
            axis=-1,
        ).reshape(-1, 3)
        points = _centre(side) + place
        out.append((points, smooth_normals(points, triangles)))
    rim_share = np.clip(1.0 - rows / 0.12, 0.0, 1.0)
    nature = SKIN_OF_A_LID + (LASHES[upper] - SKIN_OF_A_LID) * np.repeat(rim_share, across)
    return Part(out, triangles, nature)


def _centre(side: float) -> Vectors:
    return np.array([side * EYE[0], EYE[1], EYE[2]])


def _grid(across: int, down: int) -> Ints:
    """Triangles of a sheet of points whose rows run to the right and upward, seen from before."""
    first = (np.arange(across - 1) + across * np.arange(down - 1)[:, None]).reshape(-1)
    square = np.stack([first, first + across, first + across + 1, first + 1], axis=1)
    out: Ints = square[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3).astype(np.int32)
    return out
