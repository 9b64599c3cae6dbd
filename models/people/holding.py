"""The mourners' hands: the visitor's own sculpted hand, bent to what each of them does with it.

The hand of models/visitor/hand.py is carried to the wrist by its bones (models/visitor/rig.py), so
that it goes on into the forearm without a break; the left one is its mirror image. Far off it is
thinned. Person space: metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from models import bake
from models.mesh import Mesh, merge, selected, smooth_normals
from models.people import body
from models.people.posture import Arm
from models.skin import simplify
from models.visitor import rig

Vectors = NDArray[np.float64]

SLEEVED = -0.17  # along the forearm: what lies further from the fingers is in the sleeve
MIRROR = np.diag([-1.0, 1.0, 1.0, 1.0])


@lru_cache(maxsize=1)
def _bare() -> Mesh:
    """The right hand at rest with as much of the forearm as is seen."""
    whole = bake.load("hand")
    return selected(whole, whole.positions[:, 1] > SLEEVED)


def bent(arm: Arm) -> Mesh:
    """One hand, in person space, as finely as it was sculpted; attribute `ao`."""
    rest = _bare()
    hand, elbow, wrist = arm.hand, arm.elbow, arm.wrist
    if arm.side < 0:  # bent as a right one, then turned into its mirror image
        hand = MIRROR @ hand @ MIRROR
        elbow, wrist = elbow * [-1, 1, 1], wrist * [-1, 1, 1]
    forearm = body.frame(wrist, wrist - elbow, hand[:3, 2])
    moved = rig.dual_quaternions(rig.motion(arm.pose, hand, forearm))
    shares = rest.attributes
    points = rig.bent(rest.positions, shares["bones"], shares["weights"], moved)
    triangles = rest.triangles
    if arm.side < 0:
        points, triangles = points * [-1, 1, 1], triangles[:, ::-1]
    skin = np.asarray(points, dtype=np.float32)
    shade = shares["flesh"][:, :1]
    return Mesh(skin, smooth_normals(skin, triangles), triangles, {"ao": shade})


def pair(arms: Sequence[Arm], counts: Sequence[int]) -> list[Mesh]:
    """Both hands at several triangle counts, from fine to coarse."""
    fine = merge([bent(arm) for arm in arms])
    near = cKDTree(fine.positions)
    out = []
    for count in counts:
        points, triangles = simplify(fine.positions, fine.triangles, count)
        _, row = near.query(points)
        out.append(Mesh(points, fine.normals[row], triangles, {"ao": fine.attributes["ao"][row]}))
    return out


def into(skin: Mesh, other: Mesh, reach: float = 0.02) -> Vectors:
    """How deep points of one skin lie within another (n,), metres; negative outside.

    By the way out of the nearest point, which holds where the skins are near each other.
    """
    away, row = cKDTree(other.positions).query(skin.positions, distance_upper_bound=reach)
    row = np.minimum(row, len(other.positions) - 1)
    off = skin.positions.astype(np.float64) - other.positions[row]
    out = -np.einsum("ij,ij->i", off, other.normals[row].astype(np.float64))
    return np.where(np.isfinite(away), out, -reach)
