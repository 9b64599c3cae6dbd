"""Tileable fields that shaders look up: clouds and marble, made by spectral synthesis."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates
from scipy.special import ndtr, ndtri

Field = NDArray[np.float64]


def spectral(size: int, slope: float, rng: np.random.Generator, low: float = 0.0) -> Field:
    """Periodic Gaussian noise (size, size) whose amplitude falls as frequency^-slope.

    Flattened to a uniform distribution on 0..1, so that thresholds mean coverage. `low` cuts
    frequencies below it (cycles a tile). Voss 1985.
    """
    fx = np.fft.fftfreq(size) * size
    fy = np.fft.rfftfreq(size) * size
    frequency = np.hypot(fx[:, None], fy[None, :])
    gain = np.where(frequency > max(low, 0.5), np.maximum(frequency, 1.0) ** -slope, 0.0)
    phase = np.exp(2j * np.pi * rng.random(gain.shape))
    return _uniform(np.fft.irfft2(gain * phase, s=(size, size)))


def _uniform(values: Field) -> Field:
    """Gaussian values onto 0..1 by their own normal distribution."""
    return np.asarray(ndtr((values - values.mean()) / values.std()))


def _warped(field: Field, by_x: Field, by_y: Field, amount: float) -> Field:
    """`field` looked up at places pushed by up to `amount` tiles."""
    size = len(field)
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float64)
    rows += (by_y - 0.5) * amount * size
    columns += (by_x - 0.5) * amount * size
    return map_coordinates(field, [rows, columns], order=1, mode="grid-wrap")


def as_bytes(*channels: Field) -> NDArray[np.uint8]:
    """Channels (size, size) of 0..1 as one (size, size, k) uint8."""
    stacked = np.stack([np.clip(channel, 0.0, 1.0) for channel in channels], axis=-1)
    return np.round(stacked * 255).astype(np.uint8)


def clouds(size: int, seed: int) -> NDArray[np.uint8]:
    """(size, size, 4) uint8: two soft fields, a ridged one, a fine one; all tile."""
    rng = np.random.default_rng(seed)
    soft, other = spectral(size, 1.85, rng), spectral(size, 1.75, rng)
    ridge = 1.0 - np.abs(2.0 * spectral(size, 1.6, rng, low=3) - 1.0)
    fine = spectral(size, 0.7, rng, low=10)
    return as_bytes(_warped(soft, other, ridge, 0.05), other, ridge, fine)


def _streamed(field: Field, flow: Field, steps: int, stride: float) -> Field:
    """`field` as it lies after a steady, periodic flow (2, size, size) has drawn it out.

    Each place asks where its smoke has come from, `steps` strides of `stride` texels upstream.
    """
    at = np.mgrid[0 : len(field), 0 : len(field)].astype(np.float64)
    for _ in range(steps):
        at -= stride * np.stack(
            [map_coordinates(way, at, order=1, mode="grid-wrap") for way in flow]
        )
    return map_coordinates(field, at, order=1, mode="grid-wrap")


def slopes(field: Field) -> Field:
    """(2, size, size): what a tileable field rises by in one tile along rows and columns."""
    half = len(field) / 2
    return half * np.stack([np.roll(field, -1, axis) - np.roll(field, 1, axis) for axis in (0, 1)])


def _stirring(size: int, slope: float, low: float, rng: np.random.Generator) -> Field:
    """A flow (2, size, size) of mean speed 1 without divergence: the curl of a potential."""
    rows, columns = slopes(ndtri(np.clip(spectral(size, slope, rng, low), 1e-4, 1 - 1e-4)))
    flow = np.stack([columns, -rows])
    return np.asarray(flow / np.sqrt((flow**2).sum(axis=0).mean()))


STEEP = 24.0  # rise of `smoke` in a tile that its two channels of slope can hold


def smoke(size: int, seed: int) -> NDArray[np.uint8]:
    """(size, size, 4) uint8: how high smoke stands, its slope along x and y, its threads; all tile.

    Noise is drawn out by a flow of eddies, as real smoke is: heads that roll and fold, and threads
    that taper. A slope s is kept as 0.5 + 0.5 s / STEEP, s in heights a tile.
    """
    rng = np.random.default_rng(seed)
    unit = size / 512
    eddies = _stirring(size, 3.2, 2, rng) + 0.5 * _stirring(size, 3.0, 5, rng)
    body = _streamed(spectral(size, 2.3, rng, low=2), eddies, 16, 1.6 * unit)
    heads = [np.abs(2.0 * spectral(size, 2.3, rng, low=low) - 1.0) for low in (3, 8)]
    heads_both = _streamed(0.62 * heads[0] + 0.38 * heads[1], eddies, 12, 1.5 * unit)
    mixed = 0.55 * body + 0.45 * heads_both
    height = gaussian_filter(0.5 * _uniform(mixed) + 0.5 * _spread(mixed), 1.4 * unit, mode="wrap")
    rows, columns = slopes(height)
    ridges = np.abs(2.0 * spectral(size, 1.9, rng, low=4) - 1.0)
    veil = spectral(size, 1.8, rng, low=4)
    drawn = np.exp(-((_streamed(ridges, eddies, 34, 1.8 * unit) / 0.26) ** 1.2))
    threads = 0.72 * drawn + 0.38 * _streamed(veil, eddies, 34, 1.8 * unit)
    threads = gaussian_filter(threads, 1.1 * unit, mode="wrap")
    half = 0.5 / STEEP
    return as_bytes(height, 0.5 + half * columns, 0.5 + half * rows, threads)


def _spread(values: Field) -> Field:
    """Stretched onto 0..1."""
    low, high = values.min(), values.max()
    return np.asarray((values - low) / (high - low))


# Veins that run with the stone's bedding: where across it (turns), how strong, half width in tiles.
BEDDED = (
    (0.00, 1.00, 0.0042), (0.11, 0.35, 0.0016), (0.19, 0.50, 0.0022), (0.43, 0.75, 0.0030),
    (0.47, 0.30, 0.0012), (0.66, 0.90, 0.0050), (0.71, 0.40, 0.0018), (0.88, 0.40, 0.0016),
)  # fmt: skip
CROSSING = ((0.00, 0.55, 0.0016), (0.31, 0.35, 0.0011), (0.62, 0.60, 0.0020))
GOLDEN = ((0.05, 0.8, 0.0013), (0.28, 0.6, 0.0010), (0.57, 1.0, 0.0016), (0.82, 0.5, 0.0010))


def marble(size: int, seed: int) -> NDArray[np.uint8]:
    """(size, size, 4) uint8: clouding, grey veins, fine warm veins, wear; all tile.

    A vein is a level line of a folded bedding: a slope across the tile, bent by noise of three
    scales. It swells and starves along its length, and bleeds to one side, as water carried it.
    """
    rng = np.random.default_rng(seed)
    broad, other = spectral(size, 3.0, rng, low=1), spectral(size, 3.0, rng, low=1)
    small, tremor = spectral(size, 2.6, rng, low=4), spectral(size, 2.0, rng, low=18)
    rows, columns = np.mgrid[0:size, 0:size] / size
    bends = 0.62 * broad + 0.17 * small + 0.018 * tremor
    bedding = 2.0 * columns + 1.0 * rows + bends
    across = 2.0 * rows - 1.0 * columns + 0.7 * other + 0.22 * small + 0.022 * tremor
    swell, starve = spectral(size, 1.8, rng, low=2), spectral(size, 1.8, rng, low=3)
    strong = np.clip(2.4 * swell - 0.62, 0.0, 1.0)
    grey = np.maximum(
        _veins(bedding, BEDDED, bleed=7.0) * strong,
        _veins(across, CROSSING, bleed=3.0) * np.clip(2.2 * starve - 0.9, 0.0, 1.0),
    )
    warm = _veins(across + 0.3 * swell, GOLDEN, bleed=2.0)
    warm *= np.clip(1.6 - 2.6 * swell, 0.0, 1.0)
    body = _warped(spectral(size, 1.9, rng), broad, other, 0.25)
    wear = 0.6 * spectral(size, 1.5, rng, low=2) + 0.4 * spectral(size, 0.8, rng, low=20)
    return as_bytes(body, grey, warm, wear)


def _veins(across: Field, lines: tuple[tuple[float, float, float], ...], bleed: float) -> Field:
    """How much vein there is (size, size) where `across`, in turns, meets `lines`.

    Each line is a place (turns), a strength and a half width (tiles); on its one side it fades
    over `bleed` half widths.
    """
    size = len(across)
    step = across[:, [*range(1, size), 0]] - across, across[[*range(1, size), 0]] - across
    dx, dy = (((each + 0.5) % 1.0 - 0.5) * size for each in step)
    steep = gaussian_filter(np.hypot(dx, dy), size / 120, mode="wrap")
    steep = np.maximum(steep, 0.3 * steep.mean())  # where it turns, no line swells to a blot
    vein = np.zeros_like(across)
    for at, strength, width in lines:
        off = ((across - at + 0.5) % 1.0 - 0.5) / steep / width
        edge = np.exp(-(off**2))
        wash = 0.5 * np.exp(-np.maximum(off, 0.0) / bleed) * (off > 0.0)
        vein = np.maximum(vein, strength * np.maximum(edge, wash))
    return vein
