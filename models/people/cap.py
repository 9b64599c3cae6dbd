"""Hair that lies close to the fallen one's skull, combed back from the brow and the temples.

Rows of short locks, like tiles: the first starts on the hairline, where its hairs begin one by
one, the next behind it. Single hairs over them are models/people/wisps.py.
Computed in head space, centimetres; given in world space, metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models.mesh import Mesh, merge
from models.people import fallen, sleeper, strand
from models.people.body import along
from models.sdf import Settled, smoothstep
from models.skin import directions

Vectors = NDArray[np.float64]

# Rows of locks: how far behind the hairline they start, how many, half their width: centimetres.
ROWS = ((-0.35, 58, 0.95), (1.0, 46, 1.2), (3.0, 36, 1.5), (5.2, 24, 1.8))
FAR_ROWS = ((0.0, 20, 2.2), (3.0, 12, 3.0))
STEPS, PACE = 10, 1.40  # of a path, centimetres
CROWN = np.array([0.0, -6.8, 8.6])  # where they run to, and end before
NAPE = np.array([7.0, -5.2, -2.6])  # the same of those that start at a temple, behind the ear
FLAT = 0.12  # how high its middle stands over its edges, of half its width
OFF = (0.02, 0.34)  # how far a lock stands off the skull at its root, and from then on
PARTING, ASIDE = 1.1, 0.85  # where it is, and how far aside of their way strands begin
OUTER = 0.98
SEED = 12


def ground(skull: Settled) -> tuple[Vectors, Vectors]:
    """Points (n, 3) all over the scalp and before it, and how much grows there (n,)."""
    local = np.array([0, -0.9, 3.5]) + directions(14000) * np.array([6.95, 8.8, 7.1])
    for _ in range(6):
        local -= skull.at(local)[:, None] * skull.gradient(local)
    free = (local[:, 2] > -5.0) & (np.abs(skull.at(local)) < 0.1) & (local[:, 1] > -6.0)
    local = local[free]
    return local, sleeper.scalp(local.astype(np.float32))


def around(points: Vectors) -> Vectors:
    """Where along the hairline points (n, 3) are: the turn about the face, radians."""
    return np.arctan2(points[:, 0], points[:, 2] + 2.0)


def _line(scalp: tuple[Vectors, Vectors], count: int, rng: np.random.Generator) -> Vectors:
    """So many points (count, 3), evenly along the hairline."""
    points, grown = scalp
    edge = points[(grown > 0.30) & (grown < 0.70) & (points[:, 1] > -1.0)]
    turns = around(edge)
    wanted = np.linspace(turns.min(), turns.max(), count) + rng.normal(0.0, 0.012, count)
    return edge[np.argmin(np.abs(turns[None] - wanted[:, None]), axis=1)]


def combed(skull: Settled, starts: Vectors, paces: Vectors, rng: np.random.Generator) -> Vectors:
    """Paths (n, STEPS, 3) over the skull from `starts` (n, 3) to the crown, or past an ear, by
    steps (n,)."""
    goals = CROWN + np.array([0.72, 0.0, 0.0]) * starts[:, :1]
    # The further aside they start, the more they run down over the ear instead.
    side = np.where(starts[:, :1] > PARTING, 1.0, -1.0)
    aside = smoothstep(0.22, 0.95, np.abs(starts[:, :1] - PARTING) / 6.2)
    goals = goals + aside * (NAPE * np.hstack([side, np.ones((len(starts), 2))]) - goals)
    goals = goals + rng.normal(0.0, 0.7, starts.shape)
    point, trail = starts.copy(), []
    # From the parting they first go aside, and bend back as they run.
    away = np.tanh((starts[:, :1] - PARTING) / 1.4) * np.array([1.0, 0.0, 0.0])
    for count in range(STEPS):
        trail.append(point.copy())
        way = goals - point
        left = np.linalg.norm(way, axis=1, keepdims=True)
        way = way / np.maximum(left, 1e-6) + ASIDE * (1.0 - count / STEPS) ** 1.5 * away
        way = way / np.linalg.norm(way, axis=1, keepdims=True)
        point = point + np.minimum(paces[:, None], 0.25 * left) * way
        point = point - skull.at(point)[:, None] * skull.gradient(point)
    return ndimage.gaussian_filter1d(np.stack(trail, axis=1), 0.8, axis=1, mode="nearest")


def lifted(skull: Settled, lines: Vectors, off: Vectors, push: bool = False) -> Vectors:
    """Paths (n, k, 3) so far off the skin (k,) or (n, k); what has cut through it comes out.

    push : what is further off stays there
    """
    flat, wanted = lines.reshape(-1, 3), np.broadcast_to(off, lines.shape[:2]).reshape(-1)
    for _ in range(3):
        skin = fallen.HAIR_THICK * sleeper.scalp(flat)
        gap = wanted + skin - skull.at(flat)
        gap = np.maximum(gap, 0.0) if push else gap
        flat = flat + gap[:, None] * skull.gradient(flat)
    return flat.reshape(lines.shape)


def placed(skull: Settled, lines: Vectors) -> tuple[Vectors, Vectors]:
    """The same lines and their upward normals (n, k, 3) in world space, metres."""
    head = fallen.place().head
    flat = lines.reshape(-1, 3)
    ups = skull.gradient(flat).astype(np.float64) @ head[:3, :3].T
    world = along(head @ np.diag([0.01, 0.01, 0.01, 1.0]), flat)
    return world.reshape(lines.shape), ups.reshape(lines.shape)


def _seeds(count: int) -> Vectors:
    return np.asarray(-((0.618 * (np.arange(count) + 1)) % OUTER) - 0.01)


def _tiles(skull: Settled, far: bool, rng: np.random.Generator) -> Mesh:
    """The rows of short locks, those behind first, so that the line lies over them."""
    scalp, run = ground(skull), np.linspace(0.0, 1.0, STEPS)
    rows = []
    for behind, count, half in reversed(FAR_ROWS if far else ROWS):
        starts = _line(scalp, count, rng)
        back = starts - CROWN
        back = back / np.linalg.norm(back, axis=1, keepdims=True)
        starts = starts - (behind + rng.normal(0.0, 0.25, count))[:, None] * back
        starts = starts - skull.at(starts)[:, None] * skull.gradient(starts)
        lines = combed(skull, starts, PACE * rng.uniform(0.75, 1.0, count), rng)
        off = OFF[0] + (OFF[1] - OFF[0]) * smoothstep(0.0, 0.35, run)
        lines = lifted(skull, lines, off + 0.06 * rng.random(count)[:, None] * run)
        world, ups = placed(skull, lines)
        wide = 0.01 * half * rng.uniform(0.8, 1.15, count)[:, None]
        wide = wide * (0.85 + 0.15 * smoothstep(0.0, 0.4, run))
        shape = np.broadcast_to(run, (count, STEPS))
        rows.append(strand.sheets(world, ups, wide, shape, _seeds(count), 2 if far else 3, FLAT))
    return merge(rows)


def build(skull: Settled, far: bool = False) -> Mesh:
    """Sheets with the numbers of models/people/strand.py; their seeds are negative."""
    return _tiles(skull, far, np.random.default_rng(SEED))
