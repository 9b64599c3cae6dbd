"""The fallen one's hair: long soft locks that flow from the scalp and lie on the stone.

A lock has a middle line, its quill, that grows from the scalp, follows the skull down, runs out
over the stone in slow waves and curls at its end. About it lie sheets, each arched, gathered at the
root and at the tip; single hairs in them, and how they part and end one by one, are a picture
(models/people/hairs.py). World space, metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models.mesh import Mesh, merge, unit
from models.people import cap, fallen, sleeper, strand, under, wisps
from models.people.body import along
from models.sdf import Settled, smoothstep
from models.skin import directions

Vectors = NDArray[np.float64]

TRESSES = 11
LOCKS = (4, 5)  # in a tress, alternating
COMBED = (20, 13)  # locks that start on the hairline, and on the scalp behind it
NAPE = 12  # locks that come out from under the neck
FAN = (-92.0, 128.0)  # degrees from due south, towards the east
SPREAD = 10.0  # degrees by which the locks of a tress part towards their tips
LENGTH = (0.66, 1.12)  # along the lock, metres
BEND = (1.9, 3.9)  # how tresses sweep aside, all one way, radians a metre
CURL = (1.5, 3.8)  # how far a lock's end turns in, radians
SWAY, WAVES = (0.18, 0.46), 15.0  # how far its waves turn a lock, and radians a metre
PACE = 0.010  # between the points of a quill
SHOULDERS = -0.60  # no lock goes north of this, but those that come from the nape
NAPE_END = -0.525  # and those not north of this
STONE = 0.0022  # the least height over the floor
LIFTED = 0.016  # the greatest, where locks cross
OFF_SKIN = 0.004
BODY = (0.018, 0.030)  # half a lock's width at its widest
PLIES, POINTS = 3, 24  # sheets of a lock, and points along one
PILED = 0.0022  # one over the other, metres
FAR_PLIES, FAR_POINTS = 2, 9  # the same from afar
SEED = 11


@dataclass(frozen=True)
class Quill:
    """A lock's middle line: points, tangents, and upward normals (n, 3); its own number."""

    points: Vectors
    tangents: Vectors
    normals: Vectors
    seed: float


@dataclass(frozen=True)
class Flow:
    """How a lock runs over the stone: where to and how it turns on its way.

    angle : the way it is thrown, radians from due south towards the east
    sweep : how it turns aside, radians a metre
    part  : how far it has turned from its tress at its tip, radians
    curl  : how far its end turns in, radians
    until : no point of it goes north of this, metres
    piled : how high it starts over others that it lies on, metres
    """

    angle: float
    length: float
    sweep: float = 0.0
    part: float = 0.0
    curl: float = 0.0
    until: float = SHOULDERS
    piled: float = 0.0

    def turned(self, run: float) -> float:
        """The way at `run` metres along it, radians."""
        share = run / self.length
        bend = self.sweep * run * (1.0 - 0.45 * share) + self.part * share**1.5
        return self.angle + bend + self.curl * max(share - 0.45, 0.0) ** 1.6 * 2.6


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
        fit = 0.7 * flat @ toward + 1.4 * rng.random(len(world)) + 3.0 * (world[:, 2] - 0.09)
        fit += brow * (2.2 if number % 3 == 0 else 0.0)
        best = int(np.argmax(np.where(free, fit, -9)))
        free[np.linalg.norm(world - world[best], axis=1) < 0.011] = False
        chosen.append(best)
    return world[chosen], angles


def quill(body: Settled, root: Vectors, flow: Flow, seed: float) -> Quill:
    """One lock's middle line, from its root over the skull and out along the stone."""
    rng = np.random.default_rng(int(seed * 1e6))
    sway, phase = rng.uniform(*SWAY), rng.uniform(0, 6.28)
    layer = rng.uniform(STONE + 0.003, LIFTED)
    point = root.copy()
    heading = np.array([np.sin(flow.angle), -np.cos(flow.angle), 0.0])
    trail = []
    for count in range(int(flow.length / PACE)):
        run = count * PACE
        turn = flow.turned(run) + sway * np.sin(WAVES * run + phase) * min(run / 0.3, 1)
        goal = np.array([np.sin(turn), -np.cos(turn), 0.0])
        goal[2] = 0.0 if point[2] <= layer + flow.piled + 0.004 else -0.9
        heading = 0.55 * heading + 0.45 * goal
        heading /= np.linalg.norm(heading)
        point = point + PACE * heading
        for _ in range(2):
            deep = OFF_SKIN + 0.002 * np.sin(phase) - float(body.at(point[None])[0])
            if deep > 0:
                point = point + deep * body.gradient(point[None])[0]
        out = body.gradient(point[None])[0]
        off = float(body.at(point[None])[0]) - OFF_SKIN
        if 0.0 < off < 0.06:  # it lies on the skull until that bends away beneath
            point = point - min(off, 0.7 * PACE) * float(smoothstep(-0.15, 0.35, out[2])) * out
        piled = flow.piled * float(smoothstep(0.7, 0.2, run / flow.length))
        lies = layer + piled + (STONE - layer) * max(run / flow.length - 0.7, 0.0) / 0.3
        point[2] = max(point[2], lies + 0.002 * np.sin(14 * run + phase))
        if point[1] > flow.until and count > 8:
            break
        trail.append(point.copy())
    points = ndimage.gaussian_filter1d(np.array(trail), 2.0, axis=0, mode="nearest")
    points[:, 2] = np.maximum(points[:, 2], STONE)
    tangents = unit(np.gradient(points, axis=0)).astype(np.float64)
    near = smoothstep(0.03, 0.0, body.at(points) - OFF_SKIN)[:, None]
    up = near * body.gradient(points) + (1 - near) * np.array([0.0, 0.0, 1.0])
    up -= np.einsum("ij,ij->i", up, tangents)[:, None] * tangents
    return Quill(points, tangents, unit(up).astype(np.float64), seed)


def lock(line: Quill, body: Settled, far: bool = False) -> Mesh:
    """A lock: sheets of hair about its quill, the wide one beneath, narrower ones aside over it.

    From afar it is fewer sheets of fewer triangles. None goes into the body.
    """
    rng = np.random.default_rng(int(line.seed * 1e6) + 1)
    plies, points = (FAR_PLIES, FAR_POINTS) if far else (PLIES, POINTS)
    number = np.arange(PLIES)
    wide = rng.uniform(*BODY) * np.where(number == 0, 1.0, rng.uniform(0.40, 0.72, PLIES))
    aside = np.where(number == 0, 0.0, rng.uniform(-1.0, 1.0, PLIES) * wide.max() * 0.8)
    parts = np.where(number == 0, 0.0, rng.normal(0.0, 0.040, PLIES))
    reach = np.where(number == 0, 0.94, rng.uniform(0.70, 1.0, PLIES))
    turns = rng.normal(0.0, 0.5, PLIES)
    phase, seeds = rng.uniform(0, 6.28, PLIES), rng.random(PLIES) * 0.98 + 0.01
    run = np.linspace(0.0, 1.0, points)
    where = run[None] * reach[:plies, None]  # (plies, points), of the quill's length
    middle, side, up = _frame_at(line, where)

    def each(values: Vectors) -> Vectors:
        return values[:plies, None]

    off = each(aside) * smoothstep(0.0, 0.35, where) + each(parts) * where**2.0
    off += 0.006 * np.sin(11.0 * where + each(phase)) * smoothstep(0.1, 0.4, where)
    high = PILED * np.arange(plies)[:, None] * (1.0 - 0.6 * where)
    place = middle + off[..., None] * side + high[..., None] * up
    flat = place.reshape(-1, 3)
    deep = np.maximum(OFF_SKIN - body.at(flat), 0.0)
    place = (flat + deep[:, None] * body.gradient(flat)).reshape(place.shape)
    turn = (each(turns) * smoothstep(0.15, 0.8, where))[..., None]
    half = each(wide) * _profile(run)
    return strand.sheets(
        place,
        np.cos(turn) * up + np.sin(turn) * side,
        half,
        run * 1.0 + 0.0 * where,
        seeds[:plies],
        2 if far else 3,
    )


def _profile(run: Vectors) -> Vectors:
    """Half a sheet's width along it, of its greatest: gathered at the root and at the tip."""
    return (0.32 + 0.68 * smoothstep(0.0, 0.34, run)) * (1.0 - 0.45 * smoothstep(0.45, 1.0, run))


def _frame_at(line: Quill, where: Vectors) -> tuple[Vectors, Vectors, Vectors]:
    """Points, sides and upward normals (..., 3) of a quill at shares (...) of its length."""
    at = where.reshape(-1) * (len(line.points) - 1)
    points, ups = strand.between(line.points, at), strand.between(line.normals, at)
    sides = unit(np.cross(strand.between(line.tangents, at), ups)).astype(np.float64)
    shape = (*where.shape, 3)
    return points.reshape(shape), sides.reshape(shape), unit(ups).astype(np.float64).reshape(shape)


def _thrown(body: Settled) -> list[Quill]:
    """The quills that fan out over the stone, tress by tress."""
    rng = np.random.default_rng(SEED)
    each = [LOCKS[number % len(LOCKS)] for number in range(TRESSES)]
    starts, angles = roots(sum(each), SEED)
    quills: list[Quill] = []
    for count in each:
        first = len(quills)
        middle = float(angles[first : first + count].mean())
        sweep = -rng.uniform(*BEND)
        curl = rng.uniform(*CURL) * (1.0 if rng.random() < 0.7 else -1.0)
        long = rng.uniform(*LENGTH)
        for lock in range(count):
            off = np.radians(SPREAD) * (lock - 0.5 * (count - 1)) + rng.normal(0.0, 0.14)
            flow = Flow(
                middle + 0.25 * off,
                long * rng.uniform(0.60, 1.0),
                sweep + rng.normal(0.0, 0.5),
                off,
                curl * rng.uniform(0.4, 1.3),
            )
            quills.append(quill(body, starts[first + lock], flow, (first + lock + 0.5) / sum(each)))
    return quills


def _combed(body: Settled) -> list[Quill]:
    """Locks that start on the hairline and lie over the skull, before they run out on the stone."""
    rng = np.random.default_rng(SEED + 5)
    local = np.array([0, -0.8, 3.8]) + directions(3000) * np.array([7.1, 9.0, 7.3])
    grown = sleeper.scalp(local.astype(np.float32))
    edge = local[(grown > 0.35) & (grown < 0.75) & (local[:, 2] > -1.0)]
    high = along(fallen.place().head, 0.01 * local)[:, 2] > 0.115  # not where the head meets stone
    behind = local[(grown > 0.97) & high & (local[:, 1] > 0.0)]
    quills: list[Quill] = []
    for area, count, wide in zip((edge, behind), COMBED, (1.15, 0.80), strict=True):
        around = np.arctan2(area[:, 0], area[:, 2] - 2.0)
        for turn in np.linspace(-wide, wide, count):
            fit = np.abs(around - turn) + rng.exponential(0.06, len(area))
            world = along(fallen.place().head, 0.01 * area[int(np.argmin(fit))])
            angle = np.radians(18.0 + 62.0 * turn / 1.15 + rng.normal(0.0, 7.0))
            flow = Flow(
                angle, rng.uniform(0.50, 0.85), -rng.uniform(*BEND), curl=rng.uniform(-1.6, 2.2)
            )
            quills.append(quill(body, world, flow, (0.21 + 0.618 * len(quills)) % 1.0))
    return quills


def _under_the_neck(body: Settled) -> list[Quill]:
    """Locks that the head lies on: out from under the neck, and back along the arm."""
    rng = np.random.default_rng(SEED + 2)
    quills = []
    for number in range(NAPE):
        share = number / (NAPE - 1)
        root = np.array([-0.03 + 0.09 * share, -0.665 - 0.05 * share, 0.02 + 0.02 * rng.random()])
        flow = Flow(
            np.radians(165.0 - 90.0 * share + rng.normal(0, 8)),
            rng.uniform(0.30, 0.46),
            -(7.0 - 4.0 * share),
            curl=rng.uniform(-1.6, 0.4),
            until=NAPE_END,
            piled=0.036 * (1.0 - share) * rng.uniform(0.3, 1.0),
        )
        quills.append(quill(body, root, flow, (0.37 + 0.618 * number) % 1.0))
    return quills


def _under(body: Settled, locks: Mesh) -> Mesh:
    """The same locks, deep too where head and neck lie over them."""
    gaps = [body.at(locks.positions + np.array([0.0, 0.0, above])) for above in (0.03, 0.06, 0.09)]
    covered = 0.85 * smoothstep(0.02, -0.01, np.min(gaps, axis=0))[:, None]
    return locks.with_attributes(deep=np.maximum(locks.attributes["deep"], covered))


def build() -> dict[str, Mesh]:
    """The hair on the skull and over it all locks, the lowest first: "0" close by, "1" from afar;
    "under", the shade of the locks on the stone; and single hairs (models/people/wisps.py).

    Attributes: `along`, `across`, `seed`, `tangent` (see models/people/strand.py) and `deep`.
    """
    head = sleeper.head(asleep=True)
    body, skull = fallen.whole(fallen.COARSE, head).settled(), head.settled()
    quills = _under_the_neck(body) + _thrown(body) + _combed(body)
    quills.sort(key=lambda line: float(line.points[len(line.points) // 2 :, 2].mean()))
    made = {
        level: merge(
            [
                cap.build(skull, far).with_attributes(deep=0.0),
                _under(body, strand.shaded(merge([lock(line, body, far) for line in quills]))),
            ]
        )
        for level, far in (("0", False), ("1", True))
    }
    near = made["0"]
    lain = near.attributes["seed"][:, 0] > 0
    share = np.asarray(1.0 - near.attributes["along"][lain, 0] ** 2, dtype=np.float64)
    return {
        **made,
        "under": under.beneath(near.positions[lain], share),
        **wisps.build(skull, body, quills),
    }
