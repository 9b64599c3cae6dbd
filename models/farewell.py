"""The gravestone's carving: a bas-relief of two of the dream's own mourners, one before the other.

The figures are seen once, from in front and infinitely far; their depth is then pressed into a few
centimetres: broad forms far more than folds, each figure by itself, so that neither costs the
other its depth (after Cignoni et al. 1997 and Weyrich et al. 2007). What stands about them, and
what weather took, is the same height field. Metres; x across, z up, heights towards -y.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, gaussian_filter, map_coordinates, median_filter

from models import bake
from models.mesh import Mesh
from models.noise import fbm
from models.posture import DRAPES, head_frame
from models.shape import creased
from models.skin import simplify

Array = NDArray[np.float64]

WIDTH, TALL, THICK = 1.16, 1.62, 0.20  # of the slab, without foot and gable
POST = 0.12  # width of the two pillars at its sides
OUT = 0.058  # metres that pillars and beam stand out of the ground
BEAM, SILL = 0.10, 0.055  # their heights
STEP = 0.004  # between the points of the height field
SPLATS = 10  # points along a triangle's edge; robes' triangles are a centimetre wide
NOTHING = -9.0  # depth where there is no figure
BROAD = 0.060  # metres: what is wider is form, what is finer is fold
FORM, FOLD, FINE = 0.09, 0.55, 0.9  # shares of their depth that are left
SMALL = 17  # points across what features of a face, fingers and hems stand out of
LEAST = 0.012  # metres that the deepest of a figure still stands out
DEEPEST = 0.022  # metres that a fold may go in or out
ROUND = 0.016  # metres within an outline over which a figure rises
TRIANGLES = 27500
SHARP = np.radians(48.0)  # faces that meet more sharply do not share a normal
BACK = -0.07  # y at which the block behind the face has begun
REACHES = (3, 7, 15, 30)  # points about, in which what stands higher hides the sky


@dataclass(frozen=True)
class Carved:
    """A figure on the stone: whose drape, turned how (degrees; 0 looks out of the stone), where
    its middle stands, how large, and how far out it is."""

    drape: str
    turn: float
    x: float
    scale: float
    out: float


FIGURES = (
    Carved("clasped", 52.0, -0.190, 0.815, 0.032),
    Carved("kneeling", -62.0, 0.185, 0.80, 0.038),
)
LOST_FACE = (-0.010, 0.83, 0.03)  # x, z and radius of what was worn away of the kneeling one
CHIP = (-WIDTH / 2, TALL, 0.17)  # the corner that has gone, and how far in


def _corners(drape: str) -> Array:
    """Triangles (n, 3, 3) of somebody in their robes, with their face."""
    robe = bake.load(drape, "0")
    who = DRAPES[drape]
    face = bake.load("faces", f"{who.face}-0").transformed(head_frame(who))
    both = [mesh.positions[mesh.triangles] for mesh in (robe, face)]
    return np.concatenate(both).astype(np.float64)


def depth(figure: Carved, across: Array, up: Array) -> Array:
    """How near to the eye the figure is (rows, columns), metres; NOTHING beside it."""
    angle = np.pi + np.radians(figure.turn)
    c, s = np.cos(angle), np.sin(angle)
    p = figure.scale * _corners(figure.drape)
    seen = np.stack(
        [p[..., 0] * c - p[..., 1] * s, p[..., 2], -(p[..., 0] * s + p[..., 1] * c)], -1
    )
    a, b = np.meshgrid(np.arange(SPLATS) + 1 / 3, np.arange(SPLATS) + 1 / 3)
    inside = a + b < SPLATS
    shares = np.stack([a[inside], b[inside], SPLATS - a[inside] - b[inside]], axis=1) / SPLATS
    out = np.full((len(up), len(across)), NOTHING)
    for share in shares:
        q = np.einsum("c,ncd->nd", share, seen)
        u = np.floor((q[:, 0] + figure.x - across[0]) / STEP + 0.5).astype(int)
        v = np.floor((q[:, 1] + SILL - up[0]) / STEP + 0.5).astype(int)
        kept = (u >= 0) & (u < len(across)) & (v >= 0) & (v < len(up))
        np.maximum.at(out, (v[kept], u[kept]), q[kept, 2])
    return out


def pressed(figure: Carved, seen: Array) -> Array:
    """The figure's depth as heights out of the ground, 0 beside it."""
    there = seen > 0.5 * NOTHING
    there &= gaussian_filter(there.astype(np.float64), 1.6) > 0.5  # a chisel cuts no threads
    share = gaussian_filter(there.astype(np.float64), BROAD / STEP)
    middle = float(np.median(seen[there]))
    rise = np.where(there, median_filter(seen, 3) - middle, 0.0)
    rise = np.where(there, np.maximum(rise, -0.25), 0.0)
    form = gaussian_filter(rise, BROAD / STEP) / np.maximum(share, 1e-3)
    fold = DEEPEST * np.tanh(FOLD * (rise - form) / DEEPEST)
    near = median_filter(rise, SMALL)  # which keeps the step from hood to face out of it
    fold += 0.5 * DEEPEST * np.tanh(FINE * (rise - near) / (0.5 * DEEPEST))
    within = np.clip(distance_transform_edt(there) * STEP / ROUND, 0.0, 1.0)
    dome = np.sqrt(1.0 - (1.0 - within) ** 2)
    high = figure.out + FORM * form + fold
    high = LEAST + 0.007 * np.logaddexp(0.0, (high - LEAST) / 0.007)
    return np.where(there, high * (0.35 + 0.65 * dome), 0.0)


def heights(across: Array, up: Array) -> Array:
    """The stone's face (rows, columns): figures, pillars, beam and sill, weathered and chipped."""
    x, z = np.meshgrid(across, up)
    out = np.max([pressed(one, depth(one, across, up)) for one in FIGURES], axis=0)
    out = np.maximum(gaussian_filter(out, 0.6), 0.0)
    lost = np.exp(-((((x - LOST_FACE[0]) ** 2 + (z - LOST_FACE[1]) ** 2) / LOST_FACE[2] ** 2) ** 2))
    out += lost * (0.8 * gaussian_filter(out, 6.0) - out)
    broad = fbm(np.stack([x * 2.7 + 5.0, z * 2.7], axis=-1), 3)
    worn = np.clip((broad - 0.46) / 0.16, 0.0, 1.0)  # here rain has had it for longer
    out += 0.75 * worn * (gaussian_filter(out, 2.2) - out)
    out = np.maximum(out, _frame(x, z))
    pits = fbm(np.stack([x * 26.0, z * 26.0], axis=-1), 3)
    out += 0.0030 * (pits - 0.5) + 0.006 * (broad - 0.5)
    out = gaussian_filter(out, 1.0, mode="nearest")
    rough = fbm(np.stack([x * 8.0, z * 8.0], axis=-1), 3) - 0.5
    gone = CHIP[2] - np.abs(x - CHIP[0]) - 0.7 * np.abs(z - CHIP[1]) + 0.09 * rough
    bite = OUT + 0.01 - 1.1 * gone + 0.02 * rough
    return np.asarray(np.minimum(out, np.maximum(bite, -0.014 + 0.012 * rough)))


def _frame(x: Array, z: Array) -> Array:
    """Two pillars with feet and heads, a beam in two steps, and a sill."""
    side, inner = np.abs(x), WIDTH / 2 - POST
    end = np.minimum(z - SILL, TALL - BEAM - z)
    foot = (end < 0.065) * 1.0
    pillar = (OUT + 0.010 * foot) * np.clip((side - inner + 0.014 * foot) / 0.008, 0.0, 1.0)
    flat = np.abs(side - inner - POST / 2) < POST / 2 - 0.022
    pillar -= 0.006 * (flat & (end > 0.10))  # each has a sunk panel
    beam = OUT + 0.012 + 0.012 * (z > TALL - 0.55 * BEAM)
    out = np.maximum(pillar, np.where(z > TALL - BEAM, beam, 0.0))
    return np.maximum(out, np.where(z < SILL, OUT * 0.92, 0.0))


def sky_seen(out: Array) -> Array:
    """Share of the sky seen at the points of a height field: less the more stands over them."""
    seen, wide = np.ones_like(out), max(REACHES)
    padded = np.pad(out, wide, mode="edge")
    rows, columns = out.shape
    for reach in REACHES:
        over = np.zeros_like(out)
        for dx, dz in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)):
            top, left = wide + reach * dz, wide + reach * dx
            other = padded[top : top + rows, left : left + columns]
            over += np.clip((other - out) / (reach * STEP), 0.0, 1.5)
        seen -= 0.10 * over
    return np.asarray(np.clip(seen, 0.16, 1.0))


def build() -> Mesh:
    """The face of the slab, looking to -y, standing on z = 0: a closed body back to BACK, with
    `edge` and `open`."""
    across = np.arange(-WIDTH / 2, WIDTH / 2 + 0.5 * STEP, STEP)
    up = np.arange(0.0, TALL + 0.5 * STEP, STEP)
    out = heights(across, up)
    whole, triangles = _body(across, up, out)
    points, kept = simplify(whole.astype(np.float32), triangles.astype(np.int32), TRIANGLES)
    at = np.stack([points[:, 2] / STEP, (points[:, 0] + WIDTH / 2) / STEP])
    seen = map_coordinates(gaussian_filter(sky_seen(out), 1.5), at, order=1, mode="nearest")
    dirt = np.clip(0.10 * seen - 0.02, 0.0, 0.2)
    carved = creased(points.astype(np.float64), kept.astype(np.int64), SHARP, edge=dirt, seen=seen)
    open_sky = np.column_stack([carved.attributes["seen"][:, 0], np.ones(len(carved.positions))])
    told = {"edge": carved.attributes["edge"], "open": open_sky.astype(np.float32)}
    return Mesh(carved.positions, carved.normals, carved.triangles, told)


def _body(across: Array, up: Array, out: Array) -> tuple[Array, NDArray[np.int64]]:
    """The height field with its narrow sides and a plain back: points (n, 3), triangles (m, 3)."""
    x, z = np.meshgrid(np.pad(across, 1, mode="edge"), np.pad(up, 1, mode="edge"))
    y = np.full(x.shape, BACK)
    y[1:-1, 1:-1] = -THICK / 2 - out
    points = np.stack([x, y, z], axis=-1).reshape(-1, 3)
    index = np.arange(len(points)).reshape(x.shape)
    a, b, c, d = (
        part.ravel() for part in (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1])
    )
    # The padded corners fall on one place: each is taken for its neighbour along the side.
    ring = [*index[0, 1:-1], *index[1:-1, -1], *index[-1, -2:0:-1], *index[-2:0:-1, 0]]
    middle = np.full(len(ring), len(points))
    triangles = np.concatenate(
        [
            np.column_stack([a, b, c]),
            np.column_stack([a, c, d]),
            np.column_stack([middle, np.roll(ring, -1), ring]),
        ]
    )
    same = np.arange(len(points) + 1)
    for row, column in ((0, 0), (0, -1), (-1, 0), (-1, -1)):
        near = (1 if row == 0 else -2, column)
        same[index[row, column]] = index[near]
        same[index[row, 1 if column == 0 else -2]] = index[near]
    triangles = same[triangles]
    real = (np.diff(np.column_stack([triangles, triangles[:, 0]]), axis=1) != 0).all(axis=1)
    return np.concatenate([points, [[0.0, BACK, TALL / 2]]]), triangles[real]
