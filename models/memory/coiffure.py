"""Hair of those whom the orb remembers: it grows from the scalp in locks, falls and is blown.

A lock is a line that leaves the skull one way and is bent by its weight and the wind at every step;
its hairs run beside it and come together towards its tip (after Choe and Ko 2005). Head space,
centimetres, as in models/people/sleeper.py. How they are lit: models/memory/strands.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import unit
from models.people.sleeper import scalp

Array = NDArray[np.float64]
Comb = Callable[[Array], Array]

# The skull is two balls: what is behind, and the brow's.
BROW, BROW_RADII = np.array([0.0, 2.4, 3.9]), np.array([6.35, 6.3, 6.0])
SKULL, RADII = np.array([0.0, -0.9, 3.5]), np.array([7.15, 9.0, 7.35])
STEPS = 56  # points of a hair
RISE = 3.5  # cm: a lock that climbs more stands off like a hoop
NAPE = -5.6  # cm, below which none grows


@dataclass(frozen=True)
class Cut:
    """How hair is worn.

    locks, hairs  : how many, and how many hairs to each
    comb          : from roots (n, 3) to the way (n, 3) in which hair is combed there
    length        : centimetres (shortest, longest)
    pull          : (3,) weight and wind, for each centimetre
    wave          : centimetres that a lock swings aside, and turns of that along it
    body          : centimetres that it stands off the skull
    gathered      : how much of its breadth a lock has lost at its tip
    stray         : centimetres that single hairs leave it by
    ahead         : centimetres that a lock may fall before its root; others are not kept
    """

    locks: int
    hairs: int
    comb: Comb
    length: tuple[float, float]
    pull: tuple[float, float, float]
    wave: tuple[float, float] = (0.5, 1.5)
    body: float = 0.5
    gathered: float = 0.7
    stray: float = 0.35
    ahead: float = 9.0


def roots(count: int, seed: int) -> Array:
    """Places (count, 3) on the skull where hair grows, densest where the scalp is thick with it."""
    rng = np.random.default_rng(seed)
    kept = np.zeros((0, 3))
    while len(kept) < count:
        way = np.asarray(unit(rng.normal(0, 1, (4 * count, 3))), dtype=np.float64)
        place = SKULL + way * RADII
        thick = scalp(place.astype(np.float32)) * (place[:, 2] > NAPE)
        x, y, z = place.T
        ear = (np.abs(x) > 5.2) & (np.abs(y) < 1.9) & (z < 0.6)
        kept = np.concatenate([kept, place[(rng.uniform(0, 1, len(thick)) < thick) & ~ear]])
    return kept[:count]


def swept(parting: float) -> Comb:
    """From a parting `parting` cm aside, over the temples and back behind the ears."""

    def comb(root: Array) -> Array:
        side = np.tanh((root[:, 0] - parting) / 1.2)
        front = np.clip(root[:, 1] / 7.0, 0.0, 1.0)
        return np.stack([0.6 * side, np.full(len(root), -1.0), 0.12 * front - 0.18], axis=1)

    return comb


def tousled(root: Array) -> Array:
    """Short hair: up from the brow and back, down behind."""
    front = np.clip(root[:, 1] / 6.0, -0.6, 1.0)
    return np.stack([0.35 * root[:, 0] / 6.0, -0.25 - 0.55 * front, 0.9 * front - 0.1], axis=1)


def out_of_skull(points: Array, off: ArrayLike) -> Array:
    """Points (..., 3) moved so far out that they lie `off` cm (...) over the skull."""
    for middle, ball in ((BROW, BROW_RADII), (SKULL, RADII)):
        radii = ball + np.asarray(off)[..., None]
        far = np.linalg.norm((points - middle) / radii, axis=-1, keepdims=True)
        points = middle + (points - middle) * np.maximum(1.0, 1.0 / np.maximum(far, 1e-6))
    return np.asarray(points)


def grown(cut: Cut, seed: int) -> Array:
    """Hairs (hairs to each kept lock, STEPS, 3), root first."""
    rng = np.random.default_rng(seed)
    root = roots(cut.locks, seed)
    long = rng.uniform(*cut.length, cut.locks)
    out = np.asarray(unit((root - SKULL) / RADII), dtype=np.float64)
    way = np.asarray(unit(cut.comb(root)), dtype=np.float64) + rng.normal(0, 0.14, root.shape)
    way = np.asarray(unit(way + 0.35 * cut.body * out), dtype=np.float64)
    step = (long / (STEPS - 1))[:, None]
    off = cut.body * rng.uniform(0.25, 1.0, cut.locks)
    swing, turns = cut.wave
    phase, own = rng.uniform(0, 2 * np.pi, cut.locks), rng.normal(1.0, 0.25, cut.locks)
    pull = np.asarray(cut.pull) * rng.normal(1.0, 0.18, (cut.locks, 1))
    line = np.zeros((cut.locks, STEPS, 3))
    place = root
    for i in range(STEPS):
        line[:, i] = place
        way = np.asarray(unit(way + pull * step), dtype=np.float64)
        new = out_of_skull(place + way * step, off * min(1.0, 4.0 * i / STEPS))
        way = np.asarray(unit(0.5 * way + 0.5 * (new - place) / step), dtype=np.float64)
        place = new
    t = np.linspace(0.0, 1.0, STEPS)
    kept = line[:, :, 1].max(axis=1) - root[:, 1] < cut.ahead
    kept &= line[:, :, 2].max(axis=1) - root[:, 2] < RISE
    aside = np.asarray(unit(np.cross(way, out) + 1e-6), dtype=np.float64)
    bend = np.sin(2 * np.pi * turns * own[:, None] * t + phase[:, None]) - np.sin(phase)[:, None]
    line = line + aside[:, None] * (swing * bend * t)[..., None]
    return _about(line[kept], cut, rng)


def _about(line: Array, cut: Cut, rng: np.random.Generator) -> Array:
    """Hairs beside lines (n, STEPS, 3): (n * cut.hairs, STEPS, 3)."""
    t = np.linspace(0.0, 1.0, STEPS)
    many = len(line) * cut.hairs
    middle = np.repeat(line, cut.hairs, axis=0)
    wide = rng.normal(0, 0.55, (many, 1, 3))
    wave = np.sin(2 * np.pi * (0.6 + rng.uniform(0, 1, (many, 1, 3))) * t[None, :, None]
                  + rng.uniform(0, 6.28, (many, 1, 3)))  # fmt: skip
    loose = cut.stray * rng.gamma(0.7, 1.0, (many, 1, 1)) * wave * (t**1.3)[None, :, None]
    close = (1.0 - cut.gathered * t)[None, :, None]
    off = 0.05 + 0.12 * rng.uniform(0, 1, (many, 1)) * np.ones(STEPS)
    return out_of_skull(middle + wide * close + loose, off)


def strays(count: int, seed: int, blown: ArrayLike) -> Array:
    """Single hairs (count, STEPS, 3) that stand off the head, most blown one way (3,)."""
    rng = np.random.default_rng(seed)
    root = roots(count, seed)
    out = np.asarray(unit((root - SKULL) / RADII), dtype=np.float64)
    long = rng.gamma(2.0, 1.0, (count, 1, 1)) + 1.0
    t = np.linspace(0.0, 1.0, STEPS)[None, :, None]
    lift = out[:, None] * rng.uniform(0.15, 0.8, (count, 1, 1))
    curl = rng.normal(0, 0.35, (count, 1, 3))
    way = np.asarray(blown, dtype=np.float64) + rng.normal(0, 0.4, (count, 1, 3))
    line = root[:, None] + long * (t * lift + t * t * way * 0.6 + curl * np.sin(3.0 * t))
    return out_of_skull(line, 0.08 * np.ones((count, STEPS)))


def wisps(places: ArrayLike, ends: ArrayLike, count: int, seed: int) -> Array:
    """Locks (n * count, STEPS, 3) drawn by hand from `places` (n, 3) over a bow to `ends`.

    ends : (n, 2, 3), the bow's middle and the tip
    """
    rng = np.random.default_rng(seed)
    first = np.repeat(np.asarray(places, dtype=np.float64), count, axis=0)
    bow, tip = np.moveaxis(np.repeat(np.asarray(ends, dtype=np.float64), count, axis=0), 1, 0)
    many = len(first)
    t = np.linspace(0.0, 1.0, STEPS)[None, :, None]
    first = first + rng.normal(0, 0.30, (many, 3))
    bow = bow + rng.normal(0, 0.5, (many, 3))
    tip = tip + rng.normal(0, 0.9, (many, 3))
    line = (1 - t) ** 2 * first[:, None] + 2 * t * (1 - t) * bow[:, None] + t * t * tip[:, None]
    curl = 0.35 * np.sin(2 * np.pi * (0.8 * t + rng.uniform(0, 1, (many, 1, 3)))) * t
    return np.asarray(line + curl)
