"""A picture of hairs that part, run together and end one by one: what locks are covered with.

Columns go across a lock, rows from its root to its tip. Several locks stand side by side, each
with a clear margin. Channels: how near the top of the lock a hair lies, its own tone, which way
its round side looks across (a half is straight up), and how much is covered.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.sdf import smoothstep

Array = NDArray[np.float64]

KINDS = 4  # locks side by side
WIDE, LONG = 128, 512  # texels of one
GATHERED, EACH = 10, 13  # strands that hairs are gathered in, and hairs of one
ACROSS = 0.90  # of half a lock's width that strands are spread over
GROUND = (0.10, 0.45, 0.5)  # what lies beneath all hairs
SEED = 31


def picture() -> NDArray[np.uint8]:
    """The picture (LONG, KINDS * WIDE, 4): row 0 at the root."""
    rng = np.random.default_rng(SEED)
    kinds = [_lock(rng) for _ in range(KINDS)]
    return np.round(255.0 * np.concatenate(kinds, axis=1)).astype(np.uint8)


def _lock(rng: np.random.Generator) -> Array:
    """One lock (LONG, WIDE, 4), fractions."""
    run = np.linspace(0.0, 1.0, LONG)
    x = (np.arange(WIDE) + 0.5) / WIDE * 2.0 - 1.0
    out = np.zeros((LONG, WIDE, 4))
    out[..., :3] = GROUND
    edge = ACROSS * (0.94 - 0.20 * smoothstep(0.2, 0.8, run))[:, None]
    body = smoothstep(0.0, 0.10, edge - np.abs(x)[None])
    starts = smoothstep(0.005, 0.05, run) * (1.0 - smoothstep(0.42, 0.80, run))
    out[..., 3] = 0.98 * body * starts[:, None]
    middles = np.linspace(-ACROSS, ACROSS, GATHERED) * 0.92 + rng.normal(0.0, 0.04, GATHERED)
    hairs = []
    for middle in middles:
        waves = 0.05 * np.sin(rng.uniform(5, 11) * run + rng.uniform(0, 6.28))
        tip = middle * rng.uniform(0.35, 1.05) + rng.normal(0.0, 0.10)
        way = middle + (tip - middle) * run**1.4 + waves * smoothstep(0.05, 0.4, run)
        ends = 1.0 - 0.34 * abs(middle) ** 1.5 * rng.random() - 0.22 * rng.random() ** 2
        wide = 0.17 * (1.0 - 0.90 * smoothstep(0.30, 1.0, run / ends))
        above = rng.random()
        for off in rng.uniform(-1.0, 1.0, EACH):
            stray = rng.random() < 0.10
            fine = 0.018 * np.sin(rng.uniform(9, 24) * run + rng.uniform(0, 6.28))
            spread = wide * off + (rng.normal(0.0, 0.20) * run**2 if stray else 0.0)
            high = np.clip(0.55 * above + 0.30 * (1 - off * off) + 0.30 * rng.random(), 0, 1)
            last = ends * (1.0 - 0.30 * rng.random() ** 2)
            hairs.append((float(high), way + spread + fine, last, rng.random(), rng.random()))
    for high, way, last, tone, late in sorted(hairs, key=lambda hair: hair[0]):
        _drawn(out, run, way, (high, tone), last, 0.045 * late)
    return out


def _drawn(
    out: Array, run: Array, way: Array, own: tuple[float, float], last: float, first: float
) -> None:
    """Lays one hair over `out`: along `way` (LONG,), from `first` to `last` of the rows."""
    rows = np.flatnonzero((run > first) & (run < last))
    at = (np.clip(way[rows], -0.96, 0.96) + 1.0) * 0.5 * WIDE - 0.5
    near = np.round(at).astype(int)[:, None] + np.arange(-2, 3)
    away = near - at[:, None]
    thin = 0.30 + 0.75 * (1.0 - smoothstep(0.5, 1.0, run[rows] / last))[:, None]
    cover = np.exp(-((away / thin) ** 2)) * smoothstep(0.0, 0.03, run[rows] - first)[:, None]
    row, column = np.broadcast_to(rows[:, None], near.shape), np.clip(near, 0, WIDE - 1)
    under = out[row, column]
    round_side = 0.5 + 0.5 * np.clip(away / 1.4, -1.0, 1.0)
    shade = own[0] * (1.0 - 0.35 * (away / 1.6) ** 2)
    over = np.stack([np.clip(shade, 0, 1), np.full_like(shade, own[1]), round_side], axis=-1)
    under[..., :3] += cover[..., None] * (over - under[..., :3])
    under[..., 3] += cover * (1.0 - under[..., 3])
    out[row, column] = under
