"""The face of marble that was polished once, a hand wide and finer: what feet, rain and iron left.

A height field in metres, of which shaders are given the slopes, so that a raking sun finds every
pit and scratch. It tiles. Where the polish still stands the stone is smooth and a hair higher;
where it is gone, sugar shows. Pits keep dust, scratches keep their direction.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from models.place.textures import as_bytes, slopes, spectral
from models.sdf import smoothstep

Field = NDArray[np.float64]

TILE = 0.62  # metres that one tile spans
STEEP = 1.0  # slope that a channel can hold
ETCHED = 0.00030  # metres that the polish stands above what has lost it
SUGAR = 0.00018  # metres: how rough that is
WAVES = 0.0011  # metres: hollows that feet have worn
PITS = 1900
PIT = (0.0007, 0.0062)  # radius, metres
PIT_DEEP = 0.20  # of its radius
SCRATCHES = 190
SCRATCH = (0.03, 0.36)  # length, metres
SCRATCH_DEEP = (0.00003, 0.00016)
CRACKS = 7
FURROWS = ((71, 38), (66, -45))  # waves a tile of the two ways in which the chisel went
FURROW_DEEP = 0.00009


def worn(size: int, seed: int) -> NDArray[np.uint8]:
    """(size, size, 4) uint8: slope along x and y, polish, crystals; all tile.

    A slope s is kept as 0.5 + 0.5 s / STEEP. Polish is 1 where it stands, 0 in pits and sugar;
    crystals are darker and brighter grains, dark where dirt keeps in a hollow.
    """
    rng = np.random.default_rng(seed)
    texel = TILE / size
    polish = _polish(size, rng)
    crystals = 0.6 * spectral(size, 0.25, rng, low=90) + 0.4 * spectral(size, 0.6, rng, low=30)
    dents = _pits(size, texel, rng)
    lines = _scratches(size, texel, rng)
    cracks = _cracks(size, texel, rng)
    sugar = gaussian_filter(crystals - 0.5, 0.8, mode="wrap")
    height = WAVES * spectral(size, 2.6, rng, low=2) + ETCHED * polish
    height += SUGAR * 2.0 * sugar * (1.15 - polish) + FURROW_DEEP * _furrows(size, rng)
    height -= dents + lines * (0.3 + 0.7 * polish) + 0.0007 * cracks
    rows, columns = slopes(height) / TILE
    hollow = np.clip(dents / 0.0006, 0.0, 1.0)
    kept = polish * (1.0 - hollow) * (1.0 - 0.8 * cracks)
    kept *= 1.0 - 0.5 * np.clip(lines / 1e-4, 0.0, 1.0)
    tone = 0.5 + 0.62 * (crystals - 0.5) * (1.0 - 0.45 * polish)
    tone = tone * (1.0 - 0.62 * hollow) * (1.0 - 0.8 * cracks)
    half = 0.5 / STEEP
    return as_bytes(0.5 + half * columns, 0.5 + half * rows, kept, tone)


def _polish(size: int, rng: np.random.Generator) -> Field:
    """1 where polish is left: islands with a crisp edge, eaten from there by small bites."""
    broad, small = spectral(size, 1.8, rng, low=3), spectral(size, 1.7, rng, low=16)
    left = 0.80 * broad + 0.20 * small
    return np.asarray(smoothstep(0.40, 0.46, left))


def _wrapped(
    size: int, at: Field, reach: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], Field, Field]:
    """Texels about a place (2,) in texels: rows, columns, and how far off they are along both."""
    first = np.floor(at).astype(np.int64)
    span = np.arange(-reach, reach + 1)
    rows, columns = first[0] + span, first[1] + span
    return rows % size, columns % size, (rows - at[0])[:, None], (columns - at[1])[None, :]


def _pits(size: int, texel: float, rng: np.random.Generator) -> Field:
    """Depth of pits, metres: bowls out of round, in crowds."""
    crowd = spectral(size, 1.8, rng, low=2)
    deep = np.zeros((size, size))
    for _ in range(PITS):
        at = rng.random(2) * size
        radius = PIT[0] * (PIT[1] / PIT[0]) ** (rng.random() ** 2.4)
        turn, long, lobes, phase = rng.random(4) * [np.pi, 0.7, 3.0, 2 * np.pi]
        if crowd[tuple(at.astype(int))] < 0.35 + 0.4 * rng.random():
            continue
        rows, columns, y, x = _wrapped(size, at, int(1.9 * radius / texel) + 2)
        across, along = x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)
        away = np.hypot(across * (1.0 + long), along) * texel / radius
        away *= 1.0 + 0.16 * np.sin((2.0 + np.floor(lobes)) * np.arctan2(y, x) + phase)
        bowl = radius * PIT_DEEP * np.clip(1.0 - away**2, 0.0, 1.0) ** 0.8
        patch = np.ix_(rows, columns)
        deep[patch] = np.maximum(deep[patch], bowl)
    return deep


def _drawn(size: int, points: Field, strength: Field) -> Field:
    """Soft lines a texel wide: points (n, 2) in texels, rows first, with a strength (n,) each."""
    lines = np.zeros((size, size))
    low = np.floor(points).astype(np.int64)
    part = points - low
    for dy in (0, 1):
        for dx in (0, 1):
            weight = np.abs(1 - dy - part[:, 0]) * np.abs(1 - dx - part[:, 1]) * strength
            np.maximum.at(lines, ((low[:, 0] + dy) % size, (low[:, 1] + dx) % size), weight)
    return lines


def _scratches(size: int, texel: float, rng: np.random.Generator) -> Field:
    """Depth of scratches, metres: most go the way that people went, and hardly bend."""
    points, strength = [], []
    for _ in range(SCRATCHES):
        length = SCRATCH[0] * (SCRATCH[1] / SCRATCH[0]) ** rng.random() / texel
        heading = rng.normal(0.4, 0.35) if rng.random() < 0.6 else rng.uniform(0.0, np.pi)
        step = np.arange(0.0, length, 0.5)
        turn = heading + rng.normal(0.0, 0.25) * (step / size)
        way = np.cumsum(np.stack([np.sin(turn), np.cos(turn)], axis=1) * 0.5, axis=0)
        points.append(rng.random(2) * size + way)
        fade = np.sin(np.pi * np.linspace(0.0, 1.0, len(step))) ** 0.5
        strength.append(fade * rng.uniform(*SCRATCH_DEEP))
    return 2.0 * gaussian_filter(
        _drawn(size, np.concatenate(points), np.concatenate(strength)), 0.55, mode="wrap"
    )


def _cracks(size: int, texel: float, rng: np.random.Generator) -> Field:
    """0..1: hair cracks that wander, and end."""
    points, strength = [], []
    for _ in range(CRACKS):
        step = np.arange(0.0, rng.uniform(0.08, 0.34) / texel, 0.5)
        bends = np.repeat(rng.normal(0.0, 0.55, len(step) // 24 + 1), 24)[: len(step)]
        turn = (
            rng.uniform(0.0, 2 * np.pi)
            + gaussian_filter(bends, 2.0)
            + 0.02 * np.cumsum(rng.normal(0.0, 0.6, len(step)))
        )
        way = np.cumsum(np.stack([np.sin(turn), np.cos(turn)], axis=1) * 0.5, axis=0)
        points.append(rng.random(2) * size + way)
        strength.append(np.sin(np.pi * np.linspace(0.05, 1.0, len(step))) ** 0.4)
    drawn = _drawn(size, np.concatenate(points), np.concatenate(strength))
    return np.clip(1.9 * gaussian_filter(drawn, 0.6, mode="wrap"), 0.0, 1.0)


def _furrows(size: int, rng: np.random.Generator) -> Field:
    """-1..1: what a toothed chisel left, in patches that were never rubbed down."""
    rows, columns = np.mgrid[0:size, 0:size] / size
    shake, where = spectral(size, 1.6, rng, low=3), spectral(size, 2.2, rng, low=2)
    struck = smoothstep(0.40, 0.75, spectral(size, 1.3, rng, low=12))
    out = np.zeros((size, size))
    for index, (across, along) in enumerate(FURROWS):
        wave = np.sin(2 * np.pi * (across * columns + along * rows + 2.2 * shake))
        stays = where if index else 1.0 - where
        out += wave * struck * smoothstep(0.74, 0.86, stays)
    return out
