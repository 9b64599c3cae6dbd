"""Folds of wet linen on what it has sunk on: they run the way that water would.

Noise is smeared along the fall of the cloth (line integral convolution, Cabral and Leedom 1993);
where it changes its sign is a crest: narrow, long, forking, between wide soft valleys, as sculptors
of wet drapery have them. The widest folds move the cloth itself, the others are a picture over its
pattern. Metres; the pattern is the plane in which the linen was cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, spatial

from models.sdf import smoothstep

Array = NDArray[np.float64]

LOW, SPAN = -0.64, 1.28  # of the square of the pattern that the picture covers, metres
TEXELS = 512
CELL = SPAN / TEXELS
STEEPEST = 1.6  # slope at a picture's darkest and lightest
SEED = 11
WAVES = 0.55  # how high the hem waves on the stone, beside the folds above it
SOFT = 0.022  # metres over which the fall of the cloth is looked at
DRIFT = 0.09  # and over which it is carried on to where the cloth lies level


@dataclass(frozen=True)
class Kind:
    """Folds of one size: metres from fold to fold, their length and height; `narrow`: how
    sharp their crests are."""

    apart: float
    long: float
    high: float
    narrow: float


BROAD = (Kind(0.062, 0.60, 0.024, 1.9), Kind(0.040, 0.44, 0.009, 1.8))
FINE = (Kind(0.022, 0.40, 0.0021, 1.6), Kind(0.0125, 0.26, 0.0007, 1.4))


@dataclass(frozen=True)
class Drapery:
    """Heights (TEXELS, TEXELS), x before y, of folds: `broad`, and with `fine` those of the
    picture; metres."""

    broad: Array
    fine: Array

    def at(self, points: Array) -> Array:
        """How far the broad folds stand out (n,) at points (n, 2) of the pattern."""
        return _sampled(self.broad, (points - LOW) / CELL - 0.5)

    def picture(self) -> NDArray[np.uint8]:
        """(TEXELS, TEXELS, 4), y before x: slopes along x and y of the finer folds, and how light
        it is in those and in the broad ones, 1 on crests."""
        slope = [0.5 + 0.5 * np.gradient(self.fine, CELL, axis=i) / STEEPEST for i in (0, 1)]
        light = [
            0.55 + (each - ndimage.gaussian_filter(each, wide / CELL)) / deep
            for each, wide, deep in ((self.fine, 0.010, 0.0034), (self.broad, 0.026, 0.022))
        ]
        shown = np.clip(np.stack([*slope, *light], axis=-1), 0.0, 1.0)
        return np.round(255 * shown).astype(np.uint8).transpose(1, 0, 2)


def draped(flat: Array, positions: Array, rim: Array) -> Drapery:
    """The folds of cloth whose points lie at (n, 2) of the pattern and at (n, 3) in the world.

    rim : (n,) metres to where the cloth ends; what lies on the stone waves there
    """
    x = LOW + CELL * (np.arange(TEXELS) + 0.5)
    spots = np.stack(np.meshgrid(x, x, indexing="ij"), axis=-1)
    away, near = spatial.cKDTree(flat).query(spots.reshape(-1, 2), k=4)
    weight = 1.0 / (np.asarray(away) + 1e-4)
    weight /= weight.sum(axis=1, keepdims=True)
    high, inland = (
        (values[near] * weight).sum(axis=1).reshape(TEXELS, TEXELS)
        for values in (positions[:, 2], rim)
    )
    high = ndimage.gaussian_filter(high, SOFT / CELL)
    way, steep = _fall(high)
    hangs = smoothstep(0.15, 0.9, steep)
    broad = np.zeros_like(high)
    for row, kind in enumerate(BROAD):
        broad = np.maximum(broad, kind.high * _ridged(way, kind, SEED + row))
    below = ndimage.maximum_filter(high, round(0.20 / CELL)) - high
    waves = smoothstep(0.16, 0.03, inland) * smoothstep(0.07, 0.02, high)
    broad *= np.maximum((0.22 + 0.78 * hangs) * smoothstep(0.010, 0.14, below), WAVES * waves)
    fine = np.zeros_like(high)
    for row, kind in enumerate(FINE):
        fine += kind.high * _ridged(way, kind, SEED + 10 + row)
    return Drapery(broad, fine * (0.35 + 0.65 * hangs))


def _fall(high: Array) -> tuple[Array, Array]:
    """Which way is down, unit (2, m, m), carried on over what is level; and how steep (m, m)."""
    way = -np.stack([np.gradient(high, CELL, axis=i) for i in (0, 1)])
    steep = np.hypot(*way)
    unit = way / np.maximum(steep, 1e-9)
    weighed = unit * smoothstep(0.0, 0.5, steep)
    carried = ndimage.gaussian_filter(weighed, (0, DRIFT / CELL, DRIFT / CELL))
    way = weighed + 2.0 * carried + np.array([0.0, 1e-3])[:, None, None]
    return way / np.maximum(np.hypot(*way), 1e-9), steep


def _ridged(way: Array, kind: Kind, seed: int) -> Array:
    """Crests 0 to 1 (m, m) along `way` (2, m, m)."""
    rng = np.random.default_rng(seed)
    noise, come = (
        ndimage.gaussian_filter(rng.normal(size=way.shape[1:]), wide * kind.apart / CELL)
        for wide in (0.30, 1.4)
    )
    step = max(0.2 * kind.apart / CELL, 1.0)
    smeared, present = noise.copy(), come.copy()
    for sign in (-1.0, 1.0):
        at = np.stack(np.meshgrid(*map(np.arange, noise.shape), indexing="ij")).astype(np.float64)
        for _ in range(round(0.5 * kind.long / CELL / step)):
            at = at + sign * step * _vectors(way, at)
            smeared += ndimage.map_coordinates(noise, at, order=1, mode="nearest")
            present += ndimage.map_coordinates(come, at, order=1, mode="nearest")
    spread = np.sqrt(ndimage.gaussian_filter(smeared**2, 1.5 * kind.apart / CELL))
    off = np.abs(smeared) / np.maximum(spread, 1e-9)
    crest = np.clip(1.0 - 0.62 * off, 0.0, 1.0) ** kind.narrow
    crest = ndimage.gaussian_filter(crest, 0.06 * kind.apart / CELL)
    return np.asarray(crest * smoothstep(-1.3, 0.9, present / present.std()))


def _vectors(field: Array, at: Array) -> Array:
    return np.stack([ndimage.map_coordinates(f, at, order=1, mode="nearest") for f in field])


def _sampled(raster: Array, at: Sequence[Sequence[float]] | Array) -> Array:
    points = np.asarray(at, dtype=np.float64).T
    return np.asarray(ndimage.map_coordinates(raster, points, order=1, mode="nearest"))
