"""The fallen one's hair: long locks thrown out over the stone like feathers.

Locks lie in tresses that sweep one way, each lock a quill with a vane to both sides, as a
feather has. The quill grows from the scalp, follows the skull down and runs out over the
stone; the vane is one arched strip, and its strands, with the gaps between them, are the
shader's (hair.frag). Loose strands part from it. World space, metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models import fallen, sleeper
from models.body import along
from models.mesh import Mesh, merge, unit
from models.sdf import Settled, smoothstep
from models.skin import directions

Vectors = NDArray[np.float64]

TRESSES = 13
LOCKS = (4, 5)  # in a tress, alternating
FAN = (-140.0, 92.0)  # degrees from due south, towards the east
SPREAD = 7.0  # degrees between the locks of a tress
LENGTH = (0.50, 0.80)  # along the lock, metres
BEND = (1.6, 4.6)  # how a tress sweeps aside, radians a metre
PACE = 0.010  # between the points of a quill
FRINGE, FRINGE_WIDTH, FRINGES = 0.15, 0.016, 110  # short strands at the hairline
STONE = 0.003  # the least height over the floor
LIFTED = 0.014  # the greatest, where locks cross
OFF_SKIN = 0.008
VANE = (0.050, 0.085)  # a lock's whole width at its widest
VANE_POINTS = (30, 5), (8, 3)  # along and across a vane, close by and from afar
ARCH = 0.22  # how far a lock's middle stands up, of half its width
LOOSE, LOOSE_POINTS, LOOSE_WIDTH = 5, 9, 0.0022  # single strands that leave a lock
SEED = 11


@dataclass(frozen=True)
class Quill:
    """A lock's middle line: points, tangents, and upward normals (n, 3); its own number."""

    points: Vectors
    tangents: Vectors
    normals: Vectors
    seed: float


def roots(count: int, seed: int) -> tuple[Vectors, Vectors]:
    """Where locks grow and which way they are thrown: points (count, 3), angles (count,)."""
    rng = np.random.default_rng(seed)
    middle, radii = np.array([0, -0.8, 3.8]), np.array([7.3, 9.3, 7.5])
    local = middle + directions(900) * radii
    local = local[sleeper.scalp(local.astype(np.float32)) > 0.45]
    brow = np.clip((local[:, 1] - 1.0) / 5.0, 0, 1)
    world = along(fallen.place().head, local * 0.01)
    flat = world[:, :2] - world[:, :2].mean(axis=0)
    flat = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    angles = np.linspace(*FAN, count) + rng.normal(0, 3.0, count)
    angles = np.radians(np.clip(angles, *FAN))
    chosen = []
    free = np.ones(len(world), dtype=bool)
    for number, angle in enumerate(angles):
        toward = np.array([np.sin(angle), -np.cos(angle)])
        fit = flat @ toward + 0.8 * rng.random(len(world)) + 2.0 * (world[:, 2] - 0.09)
        fit += brow * (2.2 if number % 3 == 0 else 0.0)
        best = int(np.argmax(np.where(free, fit, -9)))
        free[np.linalg.norm(world - world[best], axis=1) < 0.011] = False
        chosen.append(best)
    return world[chosen], angles


def quill(
    body: Settled, root: Vectors, angle: float, length: float, seed: float, sweep: float = 0.0
) -> Quill:
    """One lock's middle line, from its root over the skull and out along the stone.

    sweep : how it turns aside on its way, radians a metre; back again towards its tip
    """
    rng = np.random.default_rng(int(seed * 1e6))
    sway, phase = rng.uniform(0.05, 0.16), rng.uniform(0, 6.28)
    layer = rng.uniform(STONE + 0.002, LIFTED)
    point = root.copy()
    heading = np.array([np.sin(angle), -np.cos(angle), 0.0])
    trail = []
    for count in range(int(length / PACE)):
        run = count * PACE
        turn = angle + sweep * run * (1.0 - 0.5 * run / length)
        turn += sway * np.sin(11 * run + phase) * min(run / 0.3, 1)
        goal = np.array([np.sin(turn), -np.cos(turn), 0.0])
        fallen_down = point[2] <= layer + 0.004
        goal[2] = 0.0 if fallen_down else -0.9
        heading = 0.55 * heading + 0.45 * goal
        heading /= np.linalg.norm(heading)
        point = point + PACE * heading
        for _ in range(2):
            deep = OFF_SKIN + 0.003 * np.sin(phase) - float(body.at(point[None])[0])
            if deep > 0:
                point = point + deep * body.gradient(point[None])[0]
        point[2] = max(point[2], layer + 0.002 * np.sin(14 * run + phase))
        trail.append(point.copy())
    points = ndimage.gaussian_filter1d(np.array(trail), 1.6, axis=0, mode="nearest")
    points[:, 2] = np.maximum(points[:, 2], STONE)
    tangents = unit(np.gradient(points, axis=0)).astype(np.float64)
    near = smoothstep(0.03, 0.0, body.at(points) - OFF_SKIN)[:, None]
    up = near * body.gradient(points) + (1 - near) * np.array([0.0, 0.0, 1.0])
    up -= np.einsum("ij,ij->i", up, tangents)[:, None] * tangents
    return Quill(points, tangents, unit(up).astype(np.float64), seed)


def ribbon(
    points: Vectors,
    normals: Vectors,
    width: Vectors,
    seed: float,
    start: float = 0.0,
    stop: float = 1.0,
) -> Mesh:
    """A strip along points (n, 3) with `width` (n,), from `start` to `stop` of the lock."""
    count = len(points)
    tangents = unit(np.gradient(points, axis=0)).astype(np.float64)
    side = unit(np.cross(tangents, normals)).astype(np.float64)
    edges = np.stack(
        [points - 0.5 * width[:, None] * side, points + 0.5 * width[:, None] * side], 1
    )
    edges[:, :, 2] = np.maximum(edges[:, :, 2], 0.6 * STONE)
    rounded = np.stack([unit(normals - 0.75 * side), unit(normals + 0.75 * side)], 1)
    index = np.arange(2 * count).reshape(count, 2)
    a, b, c, d = index[:-1, 0], index[:-1, 1], index[1:, 0], index[1:, 1]
    triangles = np.concatenate([np.stack([a, b, d], 1), np.stack([a, d, c], 1)])
    reach = start + (stop - start) * np.linspace(0, 1, count)
    strip = Mesh(edges.reshape(-1, 3).astype(np.float32), rounded.reshape(-1, 3), triangles)
    return strip.with_attributes(
        along=np.repeat(reach, 2),
        across=np.tile([-1.0, 1.0], count),
        seed=-seed,  # below 0: one strand, without gaps
        tangent=np.repeat(tangents, 2, axis=0),
    )


def feather(line: Quill, far: bool = False) -> Mesh:
    """A lock: its vane, arched over the quill, and loose strands that part from it.

    From afar it is the vane alone, with fewer points.
    """
    rng = np.random.default_rng(int(line.seed * 1e6) + 1)
    last = len(line.points) - 1
    side = np.cross(line.tangents, line.normals)
    strips = [_vane(line, rng.uniform(*VANE), *VANE_POINTS[far])]
    if far:
        return strips[0]
    for number in range(LOOSE):
        first = rng.uniform(0.25, 0.85)
        run = np.linspace(0, 1, LOOSE_POINTS)
        where = (first + (1.0 - first) * run) * last
        hand = 1.0 if number % 2 else -1.0
        out = hand * rng.uniform(0.006, 0.030) * run * (0.4 + run)
        points = _along(line.points, where) + out[:, None] * _along(side, where)
        points[:, 2] = np.maximum(points[:, 2], STONE)
        points += (0.03 * rng.random() * run**2)[:, None] * _along(line.tangents, where)
        width = LOOSE_WIDTH * np.sqrt(np.maximum(1 - run, 0)) + 0.0004
        strips.append(ribbon(points, _along(line.normals, where), width, line.seed, first))
    return merge(strips)


def _vane(line: Quill, wide: float, count: int, wise: int) -> Mesh:
    """The strip of a lock, `wise` points across: narrow at the root, widest at a third."""
    reach = np.linspace(0, 1, count)
    where = reach * (len(line.points) - 1)
    points, normals = _along(line.points, where), _along(line.normals, where)
    tangents = _along(line.tangents, where)
    side = unit(np.cross(tangents, normals)).astype(np.float64)
    half = 0.5 * wide * (0.42 + 0.58 * smoothstep(0.0, 0.34, reach))
    half *= np.sqrt(np.maximum(1.0 - smoothstep(0.45, 1.02, reach), 0.0)) * 0.97 + 0.03
    across = np.linspace(-1.0, 1.0, wise)
    rise = ARCH * (1.0 - across**2)
    place = points[:, None] + half[:, None, None] * (
        across[:, None] * side[:, None] + rise[:, None] * normals[:, None]
    )
    place[:, :, 2] = np.maximum(place[:, :, 2], 0.5 * STONE)
    rounded = unit(normals[:, None] + 0.85 * across[:, None] * side[:, None])
    index = np.arange(wise * count).reshape(count, wise)
    here, ahead = index[:-1], index[1:]
    a, b, c, d = (q.ravel() for q in (here[:, :-1], here[:, 1:], ahead[:, :-1], ahead[:, 1:]))
    strip = Mesh(
        place.reshape(-1, 3).astype(np.float32),
        rounded.reshape(-1, 3),
        np.concatenate([np.column_stack([a, b, d]), np.column_stack([a, d, c])]),
    )
    return strip.with_attributes(
        along=np.repeat(reach, wise),
        across=np.tile(across, count),
        seed=line.seed,
        tangent=np.repeat(tangents, wise, axis=0),
    )


def fringe(body: Settled, count: int, seed: int) -> Mesh:
    """Short strands that start along the hairline and run back over the skull."""
    rng = np.random.default_rng(seed)
    local = np.array([0, -0.8, 3.8]) + directions(5000) * np.array([7.3, 9.3, 7.5])
    grown = sleeper.scalp(local.astype(np.float32))
    edge = local[(grown > 0.02) & (grown < 0.55) & (local[:, 2] > -4.5)]
    edge = along(fallen.place().head, edge * 0.01)
    edge = edge[body.at(edge) < OFF_SKIN]
    strips = []
    for number in range(count):
        root = edge[int(rng.integers(len(edge)))]
        away = root[:2] - fallen.HEAD_ORIGIN[:2]
        angle = 0.55 * float(np.arctan2(away[0], -away[1])) + rng.normal(0, 0.18)
        line = quill(body, root, float(np.clip(angle, -1.3, 1.0)), FRINGE, (number + 0.5) / count)
        at = np.linspace(0, len(line.points) - 1, LOOSE_POINTS)
        run = np.linspace(0, 1, LOOSE_POINTS)
        width = FRINGE_WIDTH * rng.uniform(0.6, 1.2) * smoothstep(-0.12, 0.3, run)
        width = width * (1 - 0.5 * run)
        strips.append(
            ribbon(_along(line.points, at), _along(line.normals, at), width, line.seed, 0.0, 0.35)
        )
    return merge(strips)


def _along(values: Vectors, at: Vectors) -> Vectors:
    rows = np.arange(len(values))
    return np.stack([np.interp(at, rows, values[:, i]) for i in range(3)], axis=1)


def build() -> dict[str, Mesh]:
    """All locks with `along`, `across`, `seed` and `tangent`: "0" close by, "1" from afar."""
    body = fallen.whole(fallen.COARSE).settled()
    rng = np.random.default_rng(SEED)
    each = [LOCKS[number % len(LOCKS)] for number in range(TRESSES)]
    starts, angles = roots(sum(each), SEED)
    near, far = [], []
    first = 0
    for count in each:
        middle = float(angles[first : first + count].mean())
        sweep = float(rng.uniform(*BEND)) * (1.0 if rng.random() < 0.5 else -1.0)
        long = rng.uniform(*LENGTH)
        for lock in range(count):
            off = np.radians(SPREAD) * (lock - 0.5 * (count - 1)) + rng.normal(0.0, 0.03)
            seed = (first + lock + 0.5) / sum(each)
            line = quill(
                body,
                starts[first + lock],
                middle + off,
                long * rng.uniform(0.72, 1.0),
                seed,
                sweep + rng.normal(0.0, 0.15),
            )
            near.append(feather(line))
            far.append(feather(line, far=True))
        first += count
    short = fringe(body, FRINGES, SEED + 1)
    return {"0": merge([*near, short]), "1": merge(far)}
