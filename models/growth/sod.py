"""What flowers stand in: a cushion of moss that fills the crack, blades, leaves, crumbs of stone.

One mesh about the place where the stems leave the stone, z = 0 the stone's face; and the petals
that have fallen on the stone beside. The attributes are those of `models.growth.flower`. Metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.growth.flower import PETAL_HALF_WIDTH, PETAL_LENGTH, grid, named, sheet, solid
from models.mesh import Mesh, merge
from models.noise import value_noise

Array = NDArray[np.float64]

MOSS, BLADE, CRUMB, FALLEN = 4.0, 5.0, 6.0, 7.0  # values of `part` beyond those of a flower
RADIUS, TOP, SUNK = 0.070, 0.011, 0.060  # of a cushion: metres; its rim is as deep in the crack
BLADES, LEAVES, CRUMBS = (16, 7), (6, 4), (7, 3)  # at each level
BLADE_LENGTH, BLADE_HALF_WIDTH = (0.022, 0.075), 0.0019
LEAF_LENGTH, LEAF_HALF_WIDTH = (0.022, 0.042), 0.0085
CRUMB_SIZE = (0.0035, 0.0125)


def sod(level: int, seed: int) -> Mesh:
    """A cushion with what grows on it, as large as three or four flowers; level 0 or 1."""
    rng = np.random.default_rng([seed, 61])
    parts = [_moss(level, seed)]
    for turn in rng.uniform(0.0, 2.0 * np.pi, BLADES[0])[: BLADES[level]]:
        parts.append(_blade(level, float(turn), rng))
    first = rng.uniform(0.0, 2.0 * np.pi)
    for index in range(LEAVES[level]):
        turn = first + 2.0 * np.pi * (index + rng.uniform(-0.3, 0.3)) / LEAVES[level]
        parts.append(_leaf(level, float(turn), rng))
    parts += [_crumb(rng) for _ in range(CRUMBS[level])]
    return merge(parts)


def fallen_petal(seed: int) -> Mesh:
    """A petal that lies on the stone on its keel, its rim curled up; the root is its middle."""
    rng = np.random.default_rng([seed, 67])
    t, s = grid(4, 4)
    half = PETAL_HALF_WIDTH * (0.16 + t**0.8) * (1.0 - 0.30 * t**3)
    along, side = PETAL_LENGTH * t * (1.0 - 0.26 * np.abs(s) ** 2.4 * t), half * s
    up = 0.0042 * s**2 * (0.3 + t) + 0.006 * (t - 0.4) ** 2 + rng.uniform(0, 0.0012) * np.sin(7 * t)
    points = np.stack([along - 0.5 * PETAL_LENGTH, side, up], axis=-1)
    return sheet(points, t, s, np.stack([along, side], -1), 0.5, 0.0, 0.001, FALLEN)


def _moss(level: int, seed: int) -> Mesh:
    """A dome of uneven outline, steep at its rim, that is lost below the slabs."""
    rings, sides = ((5, 18), (2, 7))[level]
    radius = np.linspace(0.0, 1.0, rings + 1)[1:] ** 0.8
    turns = 2.0 * np.pi * np.arange(sides) / sides
    circle = np.column_stack([np.cos(turns), np.sin(turns)])
    place = np.vstack([[[0.0, 0.0]], *(circle * r for r in radius)])
    r = np.concatenate([[0.0], np.repeat(radius, sides)])
    lumps = value_noise(np.column_stack([place * 3.1, np.zeros(len(place))]), seed + 5) - 0.5
    lumps += 0.6 * (
        value_noise(np.column_stack([place * 8.3, np.ones(len(place))]), seed + 6) - 0.5
    )
    reach = RADIUS * (1.0 + 0.5 * lumps * (r > 0.5))
    up = TOP * (1.0 + 1.1 * lumps) - (TOP + SUNK) * r**3.2
    points = np.column_stack([place * reach[:, None], up])
    triangles = [[0, 1 + i, 1 + (i + 1) % sides] for i in range(sides)]
    for ring in range(rings - 1):
        low, high = 1 + ring * sides, 1 + (ring + 1) * sides
        for i in range(sides):
            j = (i + 1) % sides
            triangles += [[low + i, high + i, high + j], [low + i, high + j, low + j]]
    return solid(points, np.array(triangles), np.zeros(len(points)), r, MOSS)


def _blade(level: int, angle: float, rng: np.random.Generator) -> Mesh:
    """A blade of grass that rises, leans out and hangs over at its tip."""
    size, start = rng.uniform(*BLADE_LENGTH), RADIUS * 0.55 * np.sqrt(rng.random())
    steep, hang = rng.uniform(0.9, 1.5), rng.uniform(0.5, 1.9)
    t, s = grid(4 if level == 0 else 2, 1)
    rise = steep - hang * t
    out = start + size * np.cumsum(np.cos(rise), axis=0) / len(t)
    up = size * np.cumsum(np.sin(rise), axis=0) / len(t)
    half = BLADE_HALF_WIDTH * rng.uniform(0.7, 1.3) * (1.0 - t**1.6) * (0.7 + 0.6 * t)
    side = half * s * (1.0 if level == 0 else 1.5) + 0.010 * rng.normal() * t**2
    points = np.stack([out, side, up - 0.004], axis=-1)
    return sheet(points, t, s, np.stack([out, side], -1), rng.random(), angle, 0.0, BLADE)


def _leaf(level: int, angle: float, rng: np.random.Generator) -> Mesh:
    """A leaf of the rosette: a short stalk, then an egg-shaped blade that arches to the stone."""
    size, high = rng.uniform(*LEAF_LENGTH), rng.uniform(0.15, 0.75)
    t, s = grid(*((6, 4) if level == 0 else (2, 2)))
    half = LEAF_HALF_WIDTH * (0.07 + np.sin(np.pi * np.clip((t - 0.22) / 0.78, 0.0, 0.98)) ** 0.7)
    half = half * (size / LEAF_LENGTH[1]) * (1.0 + 0.13 * np.sin(17.0 * t))
    lift = high * t - 1.1 * high * t**2.2 + 0.16 * np.abs(s) * np.sin(np.pi * t)
    points = np.stack([0.006 + size * t, half * s, 0.007 + size * lift], axis=-1)
    return sheet(points, t, s, np.stack([size * t, half * s], -1), rng.random(), angle, 0.0, BLADE)


def _crumb(rng: np.random.Generator) -> Mesh:
    """A chip of marble that was pushed up, half in the moss."""
    size, turn = rng.uniform(*CRUMB_SIZE), rng.uniform(0.0, 2.0 * np.pi)
    away = RADIUS * rng.uniform(0.45, 1.0)
    corners = np.array([[1, 0, 0], [0, 1, 0], [-1, 0, 0], [0, -1, 0], [0, 0, 0.8], [0, 0, -0.5]])
    corners = corners * size * rng.uniform(0.5, 1.2, (6, 3)) + rng.normal(0.0, 0.14 * size, (6, 3))
    corners += [away * np.cos(turn), away * np.sin(turn), 0.35 * size + 0.003]
    faces = [[0, 1, 4], [1, 2, 4], [2, 3, 4], [3, 0, 4], [1, 0, 5], [2, 1, 5], [3, 2, 5], [0, 3, 5]]
    flat = corners[np.array(faces)].reshape(
        -1, 3
    )  # every face has corners of its own: it is broken
    rows = np.arange(24).reshape(-1, 3)
    return named(
        flat, rows, np.tile([0.0, 1.0, 0.0], (24, 1)), np.zeros((24, 3)) + rng.random(), CRUMB
    )
