"""Carving in low relief: parts with outlines laid over each other from the back, cloth with folds.

Cloth has a phase that runs across it from guide to guide, and a fold where that is a whole number.
Everything lies in the square of models/drawing.py; heights are in its measure too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from models.drawing import (
    CELL,
    ROWS,
    Bump,
    Placed,
    Points,
    closed,
    filled,
    opened,
    soft,
    spot,
    stroke,
    within,
)

Array = NDArray[np.float64]

ASIDE = ((1, -1), (-1, 1), (1, 1), (-1, -1))
EDGE = 0.0036  # of the drawing: over which a border rises
STEEP = 0.35  # share of a border that rises at once
SMOOTHED = 0.055  # of the drawing: what is finer behind a part does not show through it


@dataclass(frozen=True)
class Cloth:
    """Folds between guides that run side by side, from where cloth is held to where it hangs.

    guides : lines, each of any number of points
    counts : folds between neighbouring guides
    deep   : how far they stand out where it hangs; `held` is the share of that where it is held
    full   : below 1 round rolls with a narrow valley between them, above 1 thin ridges
    """

    guides: tuple[Points, ...]
    counts: tuple[float, ...]
    deep: float
    held: float = 0.5
    full: float = 0.7
    salt: int = 0


@dataclass(frozen=True)
class Part:
    """Something with an outline that lies over what was carved before it.

    rim    : how far its border stands out of what is behind it
    swell  : how far its middle rises above its border, and over which breadth (`wide`)
    press  : share of what lies behind it that it follows
    """

    outline: Points
    rim: float
    swell: float
    wide: float
    press: float = 0.6
    cloth: tuple[Cloth, ...] = ()
    sharp: bool = False


@dataclass(frozen=True)
class Cut:
    """A stroke of the chisel: where, its widths at start, middle and end; how high, or deep."""

    line: Points
    width: tuple[float, float, float]
    high: float


def domed(mask: Array, rim: float) -> Array:
    """0 on a mask's border, 1 where it is further in than `rim`, as round as a quarter circle."""
    share = np.minimum(soft(within(mask), EDGE) / rim, 1.0)
    return np.asarray(np.sqrt(1.0 - (1.0 - share) ** 2))


def covered(ring: Array) -> Array:
    """The share of every cell that lies within a ring."""
    return np.asarray(np.mean([filled(ring + 0.25 * CELL * np.array(o)) for o in ASIDE], axis=0))


def blent(under: Array, over: Array, mask: Array) -> Array:
    """What lies within a mask's outline over what is there."""
    share = soft(mask, EDGE)
    return np.asarray(under + (over - under) * share)


def laid(under: Array, part: Part, ring: Array | None = None, size: float = 1.0) -> Array:
    """A part over what was carved before, both as heights of the drawing's measure."""
    mask = covered(ring_of(part) if ring is None else ring)
    own = size * (
        part.rim * (STEEP + (1.0 - STEEP) * domed(mask, 0.5 * size * part.rim))
        + part.swell * domed(mask, size * part.wide)
    )
    base = part.press * soft(under, SMOOTHED)
    # Its border stands out of what is right behind it; further in it follows only the broad form.
    border = (mask > 0.5) & (soft(mask, 0.004) < 0.75)
    away, nearest = distance_transform_edt(~border, return_indices=True)
    behind = np.maximum(soft(under, 0.008) - base, 0.0)[tuple(nearest)]
    high = base + soft(behind * np.exp(-away * CELL / 0.06), 0.008) + own
    for cloth in part.cloth:
        high = high + folds(cloth, mask)
    return blent(under, np.maximum(high, soft(under, 0.012) + 0.15 * own), mask)


def ring_of(part: Part) -> Array:
    return np.array(part.outline) if part.sharp else closed(part.outline)


def phases(cloth: Cloth, where: Placed | None = None) -> tuple[Array, Array]:
    """How many folds lie between a cell and the first guide, and how far along it lies, 0 to 1."""
    lines = np.array([opened(line, 200) for line in cloth.guides])
    if where is not None:
        lines = where(lines)
    at = np.concatenate([[0.0], np.cumsum(cloth.counts)])
    across = np.linspace(0.0, len(lines) - 1.0, 90 * (len(lines) - 1) + 1)
    low = np.minimum(across.astype(int), len(lines) - 2)
    share = (across - low)[:, None, None]
    spread = lines[low] * (1.0 - share) + lines[low + 1] * share
    phase = np.interp(across, np.arange(len(lines)), at)
    cells = np.clip(np.floor((spread + 1.0) / CELL).astype(int), 0, ROWS - 1)
    flat = (cells[..., 1] * ROWS + cells[..., 0]).ravel()
    count = np.bincount(flat, minlength=ROWS * ROWS)
    along = np.broadcast_to(np.linspace(0.0, 1.0, 200), spread.shape[:2])
    values = [
        np.bincount(flat, np.broadcast_to(each, spread.shape[:2]).ravel(), ROWS * ROWS)
        / np.maximum(count, 1)
        for each in (phase[:, None], along)
    ]
    nearest = distance_transform_edt(
        count.reshape(ROWS, ROWS) == 0, return_distances=False, return_indices=True
    )
    one, two = (soft(each.reshape(ROWS, ROWS)[tuple(nearest)], 0.010) for each in values)
    return one, two


def folds(cloth: Cloth, mask: Array, where: Placed | None = None) -> Array:
    """Heights of its folds within a mask: each as deep, as wide and as long as it happens to be."""
    rng = np.random.default_rng([7, cloth.salt])
    phase, along = phases(cloth, where)
    size = 1.0 if where is None else where.size
    total = sum(cloth.counts)
    knots = np.arange(-1.0, np.ceil(total) + 2.0)
    bent = np.sort(knots + rng.uniform(-0.36, 0.36, len(knots)))
    drift = 0.22 * np.sin(3.1 * along + 1.7 * phase / max(total, 1.0) * 6.3 + cloth.salt)
    own = np.interp(phase + drift, bent, knots)
    index = np.clip(np.floor(own).astype(int) + 1, 0, len(knots) - 1)
    high = rng.uniform(0.35, 1.0, len(knots))[index]
    fades = rng.uniform(-0.5, 1.1, len(knots))[index]  # where along it it begins
    begun = np.clip((along - fades) / 0.3 + 1.0, 0.15, 1.0)
    part = own - np.floor(own)
    # A valley as sharp as the sine's own would be finer than a cell.
    ridge = (np.sin(np.pi * part) ** 2 + 0.012) ** (0.5 * cloth.full)
    strength = (cloth.held + (1.0 - cloth.held) * along) * high * begun
    inner = np.clip(within(mask) / (0.012 * min(size * 3.0, 1.0)), 0.0, 1.0)
    deep = cloth.deep * size * (strength * ridge - 0.3)
    return np.where(mask > 0.5, soft(deep, 0.5 * EDGE) * (0.3 + 0.7 * inner), 0.0)


def cut(
    under: Array, cuts: Iterable[Cut], mask: Array | None = None, where: Placed | None = None
) -> Array:
    """What strokes of the chisel leave of it."""
    out, size = under.copy(), 1.0 if where is None else where.size
    for each in cuts:
        line = opened(each.line, 60)
        wide = np.interp(np.linspace(0, 1, 60), [0, 0.5, 1], each.width) * size
        shape = each.high * size * stroke(line if where is None else where(line), wide)
        out += shape if mask is None else shape * mask
    return out


def bumped(under: Array, bumps: Iterable[Bump], mask: Array, where: Placed) -> Array:
    out = under.copy()
    for place, wide, high in bumps:
        out += mask * high * where.size * spot(where(place), wide * where.size)
    return out
