"""What mourners far off are drawn as: one closed skin over all that somebody wears.

The cloth itself is many layers, most of them hidden; thinned to a few hundred triangles it spends
them on what nobody sees, and hoods end in spikes. So the finest cloth is filled in on a grid
where it encloses something, and thinned as one solid. Points of the skin take their colour and
shade from the cloth that lies there, and their normals from its folds.

Baked after the drapes and faces, from what was baked of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from models import bake
from models.mesh import Floats, Mesh, merge, selected, smooth_normals, unit
from models.people.features import FACES
from models.people.posture import DRAPES, STAFF, head_frame
from models.sdf import Clay, smoothstep
from models.skin import largest_piece, simplify, taubin

FILE = "shells"
COUNTS = (1000, 420, 150, 56)  # triangles of a skin, from the nearest to the farthest
RESTS = ("3", "3", "4", "4")  # the baked level of the drape that has their hands and face
FACE_COUNT = 150  # triangles of a face beyond the reach of its own
LOW, HIGH = (-0.80, -0.80, -0.06), (0.80, 0.80, 1.88)
STEP = 0.013  # metres: as thick as the cloth becomes
SKIRT, GAPS = 0.75, 7  # metres below which gaps of twice so many cells are closed
HEAD = 0.80  # of a head's size, that fills the hood behind the face
NEAR = 12  # points of the cloth that a point of the skin is compared with
DARKEST = 0.30  # shade of the deepest fold: from afar a black one would be taken for a mouth
FOLDS = 0.75  # of a normal that is the cloth's; the rest is the skin's own
HANDS, FACE = -1.0, 1.0  # of the attribute `part`
STAFF_WIDE = 0.026  # metres about its middle that are the staff's


def build() -> dict[str, Mesh]:
    """`drape-level` for every drape, and `face-face` for every face.

    Raises FileNotFoundError where drapes or faces are not baked.
    """
    out = {}
    for name in DRAPES:
        for level, mesh in enumerate(skins(name, COUNTS)):
            out[f"{name}-{level}"] = mesh
    for name in FACES:
        out[f"{name}-face"] = _thinned(bake.load("faces", f"{name}-1"), FACE_COUNT)
    return out


def load(name: str, level: int, faced: bool) -> Mesh:
    """A drape's skin, its hands and staff, and its face where `faced`."""
    rest = bake.load(name, RESTS[level])
    part = rest.attributes["part"][:, 0]
    wanted = (part == HANDS) & (level < len(COUNTS) - 1)
    if faced:
        wanted |= part == FACE
    if DRAPES[name].staff:
        wanted |= _along_staff(rest.positions)
    shell = bake.load(FILE, f"{name}-{level}")
    if not wanted.any():
        return shell
    taken = {key: rest.attributes[key] for key in shell.attributes}
    return merge([shell, selected(replace(rest, attributes=taken), wanted)])


def load_face(name: str) -> Mesh:
    """A face of few triangles, with all its moods."""
    return bake.load(FILE, f"{name}-face")


def skins(name: str, counts: Sequence[int]) -> list[Mesh]:
    """A drape as one closed solid, at about so many triangles, with the cloth's attributes."""
    cloth = bake.load(name, "0")
    robe = selected(cloth, cloth.attributes["part"][:, 0] >= 0.0)
    if DRAPES[name].staff:
        robe = selected(robe, ~_along_staff(robe.positions))
    head = bake.load("faces", f"{DRAPES[name].face}-1")
    inner = head.transformed(head_frame(DRAPES[name]) @ np.diag([HEAD, HEAD, HEAD, 1.0]))
    clay = _solid([_sampled(robe), _sampled(inner)])
    points, triangles = clay.skin()
    triangles = largest_piece(triangles, len(points))
    points = taubin(points, triangles, 2)
    foot = float(robe.positions[:, 2].min())
    out = []
    for count in counts:
        thinned, kept = simplify(points, triangles, count)
        # A coarse skin has lost its hem: it is drawn down to the floor again.
        over = max(float(thinned[:, 2].min()) - foot, 0.0)
        thinned[:, 2] -= over * (1.0 - smoothstep(0.0, 0.6, thinned[:, 2] - foot - over))
        out.append(_dressed(thinned, kept, robe))
    return out


def _sampled(mesh: Mesh) -> NDArray[np.float64]:
    """Corners, middles of sides and centres of all triangles (k, 3)."""
    corners = mesh.positions.astype(np.float64)[mesh.triangles]
    sides = 0.5 * (corners + np.roll(corners, 1, axis=1))
    return np.concatenate([corners.reshape(-1, 3), sides.reshape(-1, 3), corners.mean(axis=1)])


def _solid(sheets: Sequence[NDArray[np.float64]]) -> Clay:
    """What sheets of points (k, 3) enclose, layer by layer, and they themselves."""
    clay = Clay(LOW, HIGH, STEP)
    full = np.zeros(clay.values.shape, dtype=bool)
    for points in sheets:
        cells = np.round((points - np.asarray(clay.low)) / clay.step).astype(np.int64)
        kept = ((cells >= 0) & (cells < full.shape)).all(axis=1)
        full[tuple(cells[kept].T)] = True
    closed = ndimage.binary_closing(full, iterations=2)
    layers = []
    for row, layer in enumerate(closed.transpose(2, 0, 1)):
        if clay.low[2] + row * clay.step < SKIRT:  # slits and gaps in front are let be filled here
            layer = ndimage.binary_closing(layer, iterations=GAPS)
        layers.append(ndimage.binary_fill_holes(layer))
    whole = np.stack(layers).transpose(1, 2, 0)
    away = ndimage.distance_transform_edt(~whole) - ndimage.distance_transform_edt(whole)
    clay.values = ndimage.gaussian_filter(clay.step * away, 0.8).astype(np.float32)
    return clay


def _dressed(points: Floats, triangles: NDArray[np.int32], robe: Mesh) -> Mesh:
    """The skin with what the robe's outermost points carry there."""
    own = smooth_normals(points, triangles)
    found = cKDTree(robe.positions).query(points, k=NEAR)
    gap, near = np.asarray(found[0]), np.asarray(found[1])
    facing = np.einsum("nki,ni->nk", robe.normals[near], own)
    away = np.einsum("nki,ni->nk", robe.positions[near] - points[:, None], own)
    weight = np.exp(-((gap / 0.03) ** 2) + 60.0 * away) * np.clip(facing, 0.02, None)
    weight /= weight.sum(axis=1, keepdims=True)
    # What is seen of a robe from within, through its opening, is the cloth's other side.
    seen = weight * np.where(facing < 0.0, -1.0, 1.0)
    folds = unit(np.einsum("nk,nki->ni", seen, robe.normals[near]))
    best = near[np.arange(len(points)), weight.argmax(axis=1)]
    taken = {key: values[best] for key, values in robe.attributes.items()}
    for key in ("ao", "raised", "raised_normal", "joint"):
        taken[key] = np.einsum("nk,nkc->nc", weight, robe.attributes[key][near]).astype(np.float32)
    # Where the skin spans a gap of the cloth it is as dark as what is seen through it.
    through = np.exp(-((np.clip(gap[:, :1] - 0.02, 0.0, None) / 0.05) ** 2))
    taken["ao"] = np.maximum(taken["ao"] * through, DARKEST).astype(np.float32)
    for unused in ("lining", "hem"):
        del taken[unused]
    return Mesh(points, unit(FOLDS * folds + (1.0 - FOLDS) * own), triangles, taken)


def _thinned(mesh: Mesh, count: int) -> Mesh:
    points, triangles = simplify(mesh.positions, mesh.triangles, count)
    _, near = cKDTree(mesh.positions).query(points)
    taken = {key: values[near] for key, values in mesh.attributes.items()}
    return Mesh(points, mesh.normals[near], triangles, taken)


def _along_staff(points: Floats) -> NDArray[np.bool_]:
    low, high = (np.asarray(end) for end in STAFF)
    way = (high - low) / np.linalg.norm(high - low)
    from_low = points - low
    away = from_low - (from_low @ way)[:, None] * way
    return np.asarray(np.linalg.norm(away, axis=1) < STAFF_WIDE)
