"""Hair that lies close to the fallen one's skull, combed back from the brow and the temples.

Rows of short locks, like tiles: the first starts on the hairline, where its hairs begin one by
one, the next behind it. Before it stand short soft hairs, and over the eyes the brows.
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
OFF = (0.02, 0.34)  # how far a lock stands off the skull at its root, and from then on
PARTING, ASIDE = 1.1, 0.85  # where it is, and how far aside of their way strands begin
BABY, BABY_LONG, BABY_HALF = 760, (0.9, 4.2), (0.003, 0.008)  # soft hairs before the line
BROW, BROW_HALF = 260, (0.008, 0.014)  # hairs of each brow, and half their widths at the root
FINE_POINTS = 5  # along a single hair
OUTER = 0.98
SEED = 12


def _ground(skull: Settled) -> tuple[Vectors, Vectors]:
    """Points (n, 3) all over the scalp and before it, and how much grows there (n,)."""
    local = np.array([0, -0.9, 3.5]) + directions(14000) * np.array([6.95, 8.8, 7.1])
    for _ in range(6):
        local -= skull.at(local)[:, None] * skull.gradient(local)
    free = (local[:, 2] > -5.0) & (np.abs(skull.at(local)) < 0.1) & (local[:, 1] > -6.0)
    local = local[free]
    return local, sleeper.scalp(local.astype(np.float32))


def _around(points: Vectors) -> Vectors:
    """Where along the hairline points (n, 3) are: the turn about the face, radians."""
    return np.arctan2(points[:, 0], points[:, 2] + 2.0)


def _line(ground: tuple[Vectors, Vectors], count: int, rng: np.random.Generator) -> Vectors:
    """So many points (count, 3), evenly along the hairline."""
    points, grown = ground
    edge = points[(grown > 0.30) & (grown < 0.70) & (points[:, 1] > -1.0)]
    turns = _around(edge)
    wanted = np.linspace(turns.min(), turns.max(), count) + rng.normal(0.0, 0.012, count)
    return edge[np.argmin(np.abs(turns[None] - wanted[:, None]), axis=1)]


def _combed(skull: Settled, starts: Vectors, paces: Vectors, rng: np.random.Generator) -> Vectors:
    """Paths (n, STEPS, 3) over the skull from `starts` (n, 3) to the crown by steps (n,)."""
    goals = CROWN + rng.normal(0.0, 0.7, starts.shape)
    goals[:, 0] += 0.72 * starts[:, 0]
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


def _lifted(skull: Settled, lines: Vectors, off: Vectors) -> Vectors:
    """Paths (n, k, 3) so far off the skull (k,) or (n, k); what has cut through it comes out."""
    flat, wanted = lines.reshape(-1, 3), np.broadcast_to(off, lines.shape[:2]).reshape(-1)
    for _ in range(3):
        flat = flat + (wanted - skull.at(flat))[:, None] * skull.gradient(flat)
    return flat.reshape(lines.shape)


def _placed(skull: Settled, lines: Vectors) -> tuple[Vectors, Vectors]:
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
    ground, run = _ground(skull), np.linspace(0.0, 1.0, STEPS)
    rows = []
    for behind, count, half in reversed(FAR_ROWS if far else ROWS):
        starts = _line(ground, count, rng)
        back = starts - CROWN
        back = back / np.linalg.norm(back, axis=1, keepdims=True)
        starts = starts - (behind + rng.normal(0.0, 0.25, count))[:, None] * back
        starts = starts - skull.at(starts)[:, None] * skull.gradient(starts)
        lines = _combed(skull, starts, PACE * rng.uniform(0.75, 1.0, count), rng)
        off = OFF[0] + (OFF[1] - OFF[0]) * smoothstep(0.0, 0.35, run)
        lines = _lifted(skull, lines, off + 0.06 * rng.random(count)[:, None] * run)
        world, ups = _placed(skull, lines)
        wide = 0.01 * half * rng.uniform(0.8, 1.15, count)[:, None]
        wide = wide * (0.85 + 0.15 * smoothstep(0.0, 0.4, run))
        shape = np.broadcast_to(run, (count, STEPS))
        rows.append(strand.sheets(world, ups, wide, shape, _seeds(count), 2 if far else 3))
    return merge(rows)


def _baby(skull: Settled, rng: np.random.Generator) -> Mesh:
    """Short soft hairs before the line, which lie the way that all others run."""
    points, grown = _ground(skull)
    before = points[(grown > 0.02) & (grown < 0.80)]
    starts = before[rng.integers(len(before), size=BABY)]
    long = rng.uniform(*BABY_LONG, BABY)
    paths = _combed(skull, starts, long / STEPS, rng)
    run = np.linspace(0.0, 1.0, FINE_POINTS)
    lines = paths[:, np.round(run * (STEPS - 1)).astype(int)]
    lines = lines + 0.10 * rng.normal(size=(BABY, 1, 3)) * (long[:, None] * run**2)[..., None]
    high = OFF[0] + 0.10 * rng.random(BABY)[:, None] * long[:, None] * np.sin(2.4 * run)
    return _hairs(skull, _lifted(skull, lines, high), rng.uniform(*BABY_HALF, BABY))


def _brows(skull: Settled, rng: np.random.Generator) -> Mesh:
    """Hairs that rise at a brow's inner end, meet along its middle, and lie down outward."""
    parts = []
    for side in (1.0, -1.0):
        u = rng.random(BROW) ** 1.15
        across = rng.uniform(-1.0, 1.0, BROW)
        thick = 0.36 * (1.0 - 0.50 * u) * smoothstep(-0.06, 0.10, u)
        x = 1.0 + 3.65 * u
        z = 1.62 + 2.35 * u - 2.25 * u * u + thick * across
        slope = np.arctan(0.64 - 1.22 * u)
        # Along the lower edge they rise, along the upper they lie down, and meet between.
        lean = np.where(across < 0.0, 1.15, 0.35) * (1.0 - 0.84 * smoothstep(0.0, 0.6, u))
        lean = lean - 0.25 * np.maximum(across, 0.0) * u + rng.normal(0.0, 0.13, BROW)
        turn = slope + lean
        long = rng.uniform(0.45, 1.0, BROW) * (0.50 + 0.25 * np.sin(np.pi * u))
        run = np.linspace(0.0, 1.0, FINE_POINTS)
        bent = turn[:, None] - (0.45 * lean)[:, None] * run
        steps = long[:, None] / (FINE_POINTS - 1)
        px = x[:, None] + np.cumsum(steps * np.cos(bent), axis=1)
        pz = z[:, None] + np.cumsum(steps * np.sin(bent), axis=1)
        lines = np.stack([side * px, np.full_like(px, 7.2), pz], axis=-1)
        for _ in range(10):  # straight back on to the brow
            lines[..., 1] -= skull.at(lines.reshape(-1, 3)).reshape(px.shape)
        lift = 0.015 + 0.05 * np.sin(np.pi * run) * rng.random(BROW)[:, None]
        parts.append(_hairs(skull, _lifted(skull, lines, lift), rng.uniform(*BROW_HALF, BROW)))
    return merge(parts)


def _hairs(skull: Settled, lines: Vectors, half: Vectors) -> Mesh:
    """Single hairs along lines (n, k, 3), so wide (n,) at their roots, that thin out: cm."""
    world, ups = _placed(skull, lines)
    run = np.linspace(0.0, 1.0, lines.shape[1])
    taper = (0.35 + 0.65 * smoothstep(0.0, 0.2, run)) * (1.0 - 0.85 * smoothstep(0.35, 1.0, run))
    shape = lines.shape[:2]
    wide = 0.01 * half[:, None] * taper
    return strand.ribbons(world, ups, wide, np.broadcast_to(run, shape), _seeds(len(lines)))


def build(skull: Settled, far: bool = False) -> Mesh:
    """Sheets and single hairs with the numbers of models/people/strand.py; their seeds are
    negative."""
    rng = np.random.default_rng(SEED)
    tiles = _tiles(skull, far, rng)
    return tiles if far else merge([tiles, _baby(skull, rng), _brows(skull, rng)])
