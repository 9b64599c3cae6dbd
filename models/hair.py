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
FAN = (-128.0, 88.0)  # degrees from due south, towards the east
SPREAD = 13.0  # degrees by which the locks of a tress part towards their tips
LENGTH = (0.52, 0.92)  # along the lock, metres
BEND = (5.0, 9.5)  # how a tress sweeps aside, radians a metre
PACE = 0.010  # between the points of a quill
LINE, REST = 900, 220  # thin locks that start along the hairline, and behind it
CAP_WIDTH, CAP_STEPS = 0.0058, 11  # metres; steps of a centimetre
OFF_SKULL = 0.32  # centimetres
SHOULDERS = -0.60  # no lock goes north of this
STONE = 0.003  # the least height over the floor
LIFTED = 0.014  # the greatest, where locks cross
OFF_SKIN = 0.008
VANE = (0.032, 0.056)  # a lock's whole width at its widest
VANE_POINTS = (34, 5), (14, 3)  # along and across a vane, close by and from afar
ARCH = 0.22  # how far a lock's middle stands up, of half its width
WISPS, WISP = 4, (0.010, 0.022)  # thin locks that part from a lock, and their widths
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
    body: Settled,
    root: Vectors,
    angle: float,
    length: float,
    seed: float,
    sweep: float = 0.0,
    part: float = 0.0,
) -> Quill:
    """One lock's middle line, from its root over the skull and out along the stone.

    sweep : how it turns aside on its way, radians a metre; back again towards its tip
    part  : how far it has turned from its tress at its tip, radians
    """
    rng = np.random.default_rng(int(seed * 1e6))
    sway, phase = rng.uniform(0.05, 0.16), rng.uniform(0, 6.28)
    layer = rng.uniform(STONE + 0.002, LIFTED)
    point = root.copy()
    heading = np.array([np.sin(angle), -np.cos(angle), 0.0])
    trail = []
    for count in range(int(length / PACE)):
        run = count * PACE
        turn = angle + sweep * run * (1.0 - 0.74 * run / length) + part * (run / length) ** 1.5
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
        if point[1] > SHOULDERS and count > 8:
            break
        trail.append(point.copy())
    points = ndimage.gaussian_filter1d(np.array(trail), 1.6, axis=0, mode="nearest")
    points[:, 2] = np.maximum(points[:, 2], STONE)
    tangents = unit(np.gradient(points, axis=0)).astype(np.float64)
    near = smoothstep(0.03, 0.0, body.at(points) - OFF_SKIN)[:, None]
    up = near * body.gradient(points) + (1 - near) * np.array([0.0, 0.0, 1.0])
    up -= np.einsum("ij,ij->i", up, tangents)[:, None] * tangents
    return Quill(points, tangents, unit(up).astype(np.float64), seed)


def feather(line: Quill, far: bool = False) -> Mesh:
    """A lock: its vane, arched over the quill, and thin wisps that part from it.

    From afar it is the vane alone, with fewer points.
    """
    rng = np.random.default_rng(int(line.seed * 1e6) + 1)
    strips = [_vane(line, rng.uniform(*VANE), *VANE_POINTS[far])]
    if far:
        return strips[0]
    for number in range(WISPS):
        strips.append(_vane(_wisp(line, number, rng), rng.uniform(*WISP), 20, 2, root=0.05))
    return merge(strips)


def _wisp(line: Quill, number: int, rng: np.random.Generator) -> Quill:
    """A thin lock beside another: it leaves it on its way and bends off on its own."""
    last = len(line.points) - 1
    run = np.linspace(0.0, 1.0, last + 1)
    first = rng.uniform(0.05, 0.35)
    where = (first + (1.0 - first) * run) * last
    side = _along(np.cross(line.tangents, line.normals), where)
    hand = 1.0 if number % 2 else -1.0
    out = hand * (rng.uniform(0.010, 0.022) * np.sin(2.2 * run) + rng.uniform(0.0, 0.05) * run**2.5)
    points = _along(line.points, where) + out[:, None] * side
    points += (0.06 * rng.random() * run**2)[:, None] * _along(line.tangents, where)
    points[:, 2] = np.maximum(points[:, 2] + 0.002, STONE)
    tangents = unit(np.gradient(points, axis=0)).astype(np.float64)
    return Quill(
        points, tangents, _along(line.normals, where), (line.seed + 0.13 * (number + 1)) % 1
    )


def _vane(
    line: Quill, wide: float, count: int, wise: int, stop: float = 1.0, root: float = 0.10
) -> Mesh:
    """The strip of a lock, `wise` points across: narrow at the root, widest at a third.

    stop : how far along a whole lock it goes
    root : its width where it grows, of the whole
    """
    reach = np.linspace(0, 1, count)
    where = reach * (len(line.points) - 1)
    points, normals = _along(line.points, where), _along(line.normals, where)
    tangents = unit(_along(line.tangents, where)).astype(np.float64)
    side = unit(np.cross(tangents, normals)).astype(np.float64)
    half = 0.5 * wide * (root + (1.0 - root) * smoothstep(0.0, 0.36, reach))
    half *= np.maximum(1.0 - smoothstep(0.36, 1.04, reach), 0.0) ** 0.8 * 0.93 + 0.07
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
        along=np.repeat(stop * reach, wise),
        across=np.tile(across, count),
        seed=line.seed,
        tangent=np.repeat(tangents, wise, axis=0),
    )


def cap(skull: Settled, first: int, rest: int) -> Mesh:
    """Hair that lies close to the skull, combed back, in overlapping thin locks.

    first, rest : how many start along the hairline, and behind it
    """
    rng = np.random.default_rng(SEED + 1)
    local = np.array([0, -0.9, 3.5]) + directions(9000) * np.array([6.95, 8.8, 7.1])
    for _ in range(6):
        local -= skull.at(local)[:, None] * skull.gradient(local)
    grown = sleeper.scalp(local.astype(np.float32))
    free = (local[:, 2] > -5.0) & (np.abs(skull.at(local)) < 0.1)
    line = local[free & (grown > 0.0) & (grown < 0.55)]
    behind = local[free & (grown >= 0.55)]
    starts = [
        line[rng.integers(len(line), size=first)],
        behind[rng.integers(len(behind), size=rest)],
    ]
    at = fallen.place().head @ np.diag([0.01, 0.01, 0.01, 1.0])
    strips = []
    for number, start in enumerate(np.concatenate(starts)):
        points = _combed(skull, start, rng)
        ups = skull.gradient(points).astype(np.float64)
        points, ups = along(at, points), ups @ fallen.place().head[:3, :3].T
        tangents = unit(np.gradient(points, axis=0)).astype(np.float64)
        seed = (0.618 * (number + 1)) % 1.0
        quill = Quill(points, tangents, ups, seed)
        fine = number < first
        wide = CAP_WIDTH * rng.uniform(0.5, 1.2) * (1.0 if fine else 3.0)
        lock = _vane(quill, wide, 6, 2 if fine else 3, 0.3, 0.02)
        strips.append(lock.with_attributes(seed=-seed))
    return merge(strips)


def _combed(skull: Settled, start: Vectors, rng: np.random.Generator) -> Vectors:
    """A path (n, 3) over the skull from `start` to the back of it, in head space."""
    goal = np.array([rng.normal(0.0, 1.6), -9.0, 4.5 + rng.normal(0.0, 1.6)])
    point, trail = start.copy(), []
    for count in range(CAP_STEPS):
        trail.append(
            point
            + OFF_SKULL * (0.25 + 0.75 * min(count / 5.0, 1.0)) * skull.gradient(point[None])[0]
        )
        way = goal - point
        point = point + 0.9 * way / max(float(np.linalg.norm(way)), 1.0)
        point = point - float(skull.at(point[None])[0]) * skull.gradient(point[None])[0]
    return np.array(trail)


def _along(values: Vectors, at: Vectors) -> Vectors:
    rows = np.arange(len(values))
    return np.stack([np.interp(at, rows, values[:, i]) for i in range(3)], axis=1)


def build() -> dict[str, Mesh]:
    """All locks with `along`, `across`, `seed` and `tangent`: "0" close by, "1" from afar."""
    head = sleeper.head(asleep=True)
    body, skull = fallen.whole(fallen.COARSE, head).settled(), head.settled()
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
            off = np.radians(SPREAD) * (lock - 0.5 * (count - 1)) + rng.normal(0.0, 0.10)
            seed = (first + lock + 0.5) / sum(each)
            line = quill(
                body,
                starts[first + lock],
                middle + 0.25 * off,
                long * rng.uniform(0.62, 1.0),
                seed,
                sweep + rng.normal(0.0, 0.25),
                off,
            )
            near.append(feather(line))
            far.append(feather(line, far=True))
        first += count
    return {
        "0": merge([*near, cap(skull, LINE, REST)]),
        "1": merge([*far, cap(skull, LINE // 9, REST)]),
    }
