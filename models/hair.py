"""The fallen one's hair: long locks thrown out over the stone like feathers.

A lock is a quill that grows from the scalp, follows the skull down and runs out over the
stone, with strands to both sides of it as barbs stand on a feather's shaft. Strands are
ribbons: no transparency, tapered. World space, metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models import fallen
from models.body import along
from models.mesh import Mesh, merge, unit
from models.sdf import Clay, directions, smoothstep

Vectors = NDArray[np.float64]

LOCKS = 54
BARBS = 17  # on each lock
FAN = (-136.0, 86.0)  # degrees from due south, towards the east
LENGTH = (0.50, 0.80)  # along the lock, metres
PACE = 0.010  # between the points of a quill
FRINGE, FRINGE_WIDTH, FRINGES = 0.13, 0.011, 130  # short strands at the hairline
STONE = 0.003  # the least height over the floor
LIFTED = 0.011  # the greatest, where locks cross
OFF_SKIN = 0.008
QUILL_WIDTH, BARB_WIDTH = 0.014, 0.0100
WEB_POINTS = 13  # of the dark vane that closes the gaps between barbs
VANE = (0.022, 0.044)  # half the width of a lock's vane
QUILL_POINTS, BARB_POINTS = 22, 8
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
    local = local[fallen.scalp(local.astype(np.float32)) > 0.45]
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


def quill(body: Clay, root: Vectors, angle: float, length: float, seed: float) -> Quill:
    """One lock's middle line, from its root over the skull and out along the stone."""
    rng = np.random.default_rng(int(seed * 1e6))
    bend, sway = rng.normal(0, 0.9), rng.uniform(0.15, 0.4)
    phase, layer = rng.uniform(0, 6.28), rng.uniform(STONE + 0.002, LIFTED)
    point = root.copy()
    heading = np.array([np.sin(angle), -np.cos(angle), 0.0])
    trail = []
    for count in range(int(length / PACE)):
        run = count * PACE
        turn = angle + bend * run * run + sway * np.sin(9 * run + phase) * min(run / 0.3, 1)
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
        seed=seed,
        tangent=np.repeat(tangents, 2, axis=0),
    )


def feather(line: Quill) -> Mesh:
    """A lock: its quill, and barbs that leave it to both sides and bend to run with it."""
    rng = np.random.default_rng(int(line.seed * 1e6) + 1)
    count = len(line.points)
    at = np.linspace(0, count - 1, QUILL_POINTS)
    taper = QUILL_WIDTH * (0.9 - 0.82 * np.linspace(0, 1, QUILL_POINTS) ** 1.6)
    strips = [ribbon(_along(line.points, at), _along(line.normals, at), taper, line.seed, 0.0)]
    side = np.cross(line.tangents, line.normals)
    strips.append(_web(line, rng.uniform(0.028, 0.046)))
    vane = rng.uniform(*VANE)
    for barb in range(BARBS):
        t = (barb + rng.uniform(0.1, 0.9)) / BARBS
        first = 0.02 + 0.80 * t
        last = min(first + rng.uniform(0.24, 0.40) * (1 - 0.35 * t), 1.0)
        hand = 1.0 if barb % 2 else -1.0
        run = np.linspace(0, 1, BARB_POINTS)
        where = (first + (last - first) * run) * (count - 1)
        wide = vane * np.sin(np.pi * min(0.25 + 0.75 * t, 0.93)) ** 0.7 * rng.uniform(0.55, 1.15)
        out = hand * wide * (1 - np.exp(-2.6 * run)) * (1 + 0.25 * run)
        points = _along(line.points, where) + out[:, None] * _along(side, where)
        flat = smoothstep(0.05, 0.02, _along(line.points, where)[:, 2])
        lift = rng.uniform(-0.004, 0.003) * run * flat
        points[:, 2] = np.maximum(points[:, 2] + lift, STONE * rng.uniform(0.8, 1.6))
        normals = _along(line.normals, where) + 0.5 * rng.normal() * _along(side, where)
        width = BARB_WIDTH * rng.uniform(0.7, 1.2) * np.sqrt(np.maximum(1 - run, 0)) * (1 - 0.3 * t)
        width = width * (0.35 + 0.65 * smoothstep(0, 0.2, run)) + 0.0006
        shade = (line.seed * 7.13 + barb * 0.618) % 1.0
        strips.append(ribbon(points, unit(normals).astype(np.float64), width, shade, first))
    return merge(strips)


def fringe(body: Clay, count: int, seed: int) -> Mesh:
    """Short strands that start along the hairline and run back over the skull."""
    rng = np.random.default_rng(seed)
    local = np.array([0, -0.8, 3.8]) + directions(5000) * np.array([7.3, 9.3, 7.5])
    grown = fallen.scalp(local.astype(np.float32))
    edge = local[(grown > 0.02) & (grown < 0.55) & (local[:, 2] > -4.5)]
    edge = along(fallen.place().head, edge * 0.01)
    edge = edge[body.at(edge) < OFF_SKIN]
    strips = []
    for number in range(count):
        root = edge[int(rng.integers(len(edge)))]
        away = root[:2] - fallen.HEAD_ORIGIN[:2]
        angle = 0.55 * float(np.arctan2(away[0], -away[1])) + rng.normal(0, 0.18)
        line = quill(body, root, float(np.clip(angle, -1.3, 1.0)), FRINGE, (number + 0.5) / count)
        at = np.linspace(0, len(line.points) - 1, BARB_POINTS)
        run = np.linspace(0, 1, BARB_POINTS)
        width = FRINGE_WIDTH * rng.uniform(0.6, 1.2) * smoothstep(-0.12, 0.3, run)
        width = width * (1 - 0.5 * run)
        strips.append(
            ribbon(_along(line.points, at), _along(line.normals, at), width, line.seed, 0.0, 0.35)
        )
    return merge(strips)


def _web(line: Quill, wide: float) -> Mesh:
    """The under-side of a lock: one broad strip close to skull and stone, darker by its `seed`."""
    at = np.linspace(0, 0.86, WEB_POINTS)
    places = at * (len(line.points) - 1)
    points = _along(line.points, places) - 0.003 * _along(line.normals, places)
    points[:, 2] = np.maximum(points[:, 2], 0.0022)
    width = (
        wide * (0.45 + 0.55 * np.sin(np.pi * np.clip(at / 0.7, 0, 1))) * smoothstep(0.86, 0.30, at)
    )
    return ribbon(points, _along(line.normals, places), width + 0.0006, -1.0 + line.seed, 0.0)


def _along(values: Vectors, at: Vectors) -> Vectors:
    rows = np.arange(len(values))
    return np.stack([np.interp(at, rows, values[:, i]) for i in range(3)], axis=1)


def build() -> Mesh:
    """All locks as one mesh with `along`, `across`, `seed` and `tangent`."""
    body = fallen.naked(fallen.COARSE, fallen.head_clay())
    rng = np.random.default_rng(SEED)
    starts, angles = roots(LOCKS, SEED)
    locks = []
    for number, (root, angle) in enumerate(zip(starts, angles, strict=True)):
        seed = (number + 0.5) / LOCKS
        locks.append(feather(quill(body, root, float(angle), rng.uniform(*LENGTH), seed)))
    return merge([*locks, fringe(body, FRINGES, SEED + 1)])
