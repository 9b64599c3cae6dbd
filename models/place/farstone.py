"""Stones that are never reached: blocks and broken round bodies, on the open land."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh
from models.place.hills import height
from models.shape import circle, frame, skin

Array = NDArray[np.float64]

ROOT = 1.5  # metres that everything goes into the ground
COURSE = 0.55  # height of a course of stone
STONE_SIDES = 3  # of a round body to each of its stones, so that one ends beside the next


def ground(x: float, y: float) -> float:
    return float(height(np.array([[x, y]]))[0]) - ROOT


def stood(mesh: Mesh, x: float, y: float, turn: float = 0.0, tip: float = 0.0) -> Mesh:
    return mesh.transformed(frame((x, y, ground(x, y)), turn, tip))


def block(size: Sequence[float], place: Array, foot_sees: float = 1.0) -> Mesh:
    """A block that stands on the origin of its frame, its edges too far off to be worn."""
    half = np.array([size[0] / 2, size[1] / 2])
    foot = half * [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    rings = np.stack([np.column_stack([foot, np.full(4, z)]) for z in (0.0, size[2])])
    return skin(rings, [foot_sees, 1.0]).transformed(place)


def rock(rng: np.random.Generator, spot: tuple[float, float], size: float, rise: float) -> Mesh:
    """A fallen stone, askew, `rise` metres up in a heap; it goes down into the earth, so that
    nothing of the heap floats."""
    half = size * rng.uniform(0.35, 0.65, 2)
    foot = half * [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    tall = ROOT + rise + size * rng.uniform(0.3, 0.8)
    rings = np.stack(
        [np.column_stack([foot * k, np.full(4, z)]) for k, z in ((1.1, 0.0), (0.9, tall))]
    )
    rings[1] += rng.normal(0.0, 0.09 * size, (4, 3))
    askew = rng.normal(0.0, 0.16, 2)
    place = frame((*spot, ground(*spot)), rng.uniform(0.0, np.pi), askew[0], askew[1])
    return skin(rings, [0.45, 1.0]).transformed(place)


def jagged(radius: float, tall: float, rng: np.random.Generator, stones: int, drop: float) -> Mesh:
    """A round body whose top is broken: each of its `stones` ends with a course of its own."""
    sides = STONE_SIDES * stones
    levels = np.array([0.0, 1.0])
    taper = 1.0 - 0.12 * levels
    wave = rng.normal(size=3)
    around = 2 * np.pi * np.arange(stones) / stones
    torn = sum(
        wave[k] * np.cos((k + 1) * around + rng.uniform(0, 2 * np.pi)) / (k + 1) for k in range(3)
    )
    torn = 1.0 - drop * (torn - torn.min()) / max(float(np.ptp(torn)), 1e-6)
    torn = np.clip(torn + rng.normal(0, 0.03, stones), 0.2, 1.0)
    torn = np.repeat(np.round(torn * tall / COURSE) * COURSE / tall, STONE_SIDES)
    rings = np.zeros((len(levels), sides, 3))
    rings[:, :, :2] = radius * taper[:, None, None] * circle(sides)
    rings[:, :, 2] = tall * np.minimum(levels[:, None], torn[None])
    return skin(rings, 1.0)
