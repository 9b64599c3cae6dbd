"""What a mourner far off is drawn as: one closed skin over all that they wear.

The cloth itself is many layers, most of them hidden; thinned to a few hundred triangles it spends
them on what nobody sees, and hoods end in spikes. The skin that casts shadows is closed, and goes
over a hood in one sweep. It lies a little within, so it is moved out to the cloth; its points
take shade and colour from the cloth that lies there, and their normals from its folds.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from models import bake
from models.coarsen import clustered
from models.mesh import Floats, Mesh, merge, selected, unit
from models.posture import DRAPES, STAFF

# A baked skin, the cells that it is thinned by (metres, 0 as it is), and the rank of the robe
# whose hands and face it has. From the nearest to the farthest.
KINDS = (("shadow-0", 0.0, "3"), ("shadow-0", 0.14, "3"), ("shadow-1", 0.0, "4"))
OUT = 0.05  # metres that a point is moved out at most, to lie in the cloth
NEAR = 12  # points of the cloth that a point of the skin is compared with
FOLDS = 0.65  # of a normal that is the cloth's; the rest is the skin's own
HANDS, FACE = -1.0, 1.0  # of the attribute `part`
STAFF_WIDE = 0.026  # metres about its middle that are the staff's
FACE_CELL = 0.024  # metres: a face beyond the reach of its own


def shells(name: str, own_face: int = 1) -> list[Mesh]:
    """A drape's skins (a name of models.posture.DRAPES), with every attribute of its cloth.

    own_face : how many of them, from the nearest, go with a face that is a mesh of its own

    Raises FileNotFoundError where the drape is not baked.
    """
    cloth = bake.load(name, "1")
    robe = selected(cloth, cloth.attributes["part"][:, 0] >= 0.0)
    out = []
    for rank, (skin, cell, far) in enumerate(KINDS):
        shell = bake.load(name, skin)
        if cell:
            shell = clustered(shell, cell, sharp=False)
        parts = [_dressed(shell, robe)]
        rest = bake.load(name, far)
        part = rest.attributes["part"][:, 0]
        wanted = part == HANDS
        if DRAPES[name].staff:
            wanted |= _along_staff(rest.positions)
        if rank >= own_face:
            wanted |= part == FACE
        if wanted.any():
            parts.append(selected(rest, wanted))
        out.append(merge(parts))
    return out


def _dressed(shell: Mesh, robe: Mesh) -> Mesh:
    """The skin moved out into the robe, with what the robe's points carry."""
    gap, near = cKDTree(robe.positions).query(shell.positions, k=NEAR)
    facing = np.einsum("nki,ni->nk", robe.normals[near], shell.normals)
    away = np.einsum("nki,ni->nk", robe.positions[near] - shell.positions[:, None], shell.normals)
    # The outermost layer that faces the same way is what is seen.
    weight = np.exp(-((gap / 0.05) ** 2) + 20.0 * away) * np.clip(facing, 0.02, None)
    weight /= weight.sum(axis=1, keepdims=True)
    offset = np.clip((weight * away).sum(axis=1), 0.0, OUT)[:, None]
    folds = np.einsum("nk,nki->ni", weight, robe.normals[near])
    best = near[np.arange(len(near)), weight.argmax(axis=1)]
    taken = {key: values[best] for key, values in robe.attributes.items()}
    for key in ("ao", "lining", "raised", "raised_normal", "joint", "hem"):
        taken[key] = _mean(weight, robe.attributes[key][near])
    return Mesh(
        (shell.positions + offset * shell.normals).astype(np.float32),
        unit(FOLDS * unit(folds) + (1.0 - FOLDS) * shell.normals),
        shell.triangles,
        taken,
    )


def _along_staff(points: Floats) -> NDArray[np.bool_]:
    low, high = (np.asarray(end) for end in STAFF)
    way = (high - low) / np.linalg.norm(high - low)
    from_low = points - low
    away = from_low - (from_low @ way)[:, None] * way
    return np.asarray(np.linalg.norm(away, axis=1) < STAFF_WIDE)


def _mean(weight: NDArray[np.float64], values: Floats) -> Floats:
    """Weights (n, k) over rows (n, k, c): (n, c)."""
    return np.einsum("nk,nkc->nc", weight, values).astype(np.float32)


def far_face(name: str) -> Mesh:
    """A face (a name of models.features.FACES) of some hundred triangles, with all its moods."""
    return clustered(bake.load("faces", f"{name}-2"), FACE_CELL, sharp=False)
