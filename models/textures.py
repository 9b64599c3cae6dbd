"""Tileable fields that shaders look up: clouds and marble, made by spectral synthesis."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates
from scipy.special import ndtr

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


def _bytes(*channels: Field) -> NDArray[np.uint8]:
    stacked = np.stack([np.clip(channel, 0.0, 1.0) for channel in channels], axis=-1)
    return np.round(stacked * 255).astype(np.uint8)


def clouds(size: int, seed: int) -> NDArray[np.uint8]:
    """(size, size, 4) uint8: two soft fields, a ridged one, a fine one; all tile."""
    rng = np.random.default_rng(seed)
    soft, other = spectral(size, 1.85, rng), spectral(size, 1.75, rng)
    ridge = 1.0 - np.abs(2.0 * spectral(size, 1.6, rng, low=3) - 1.0)
    fine = spectral(size, 0.7, rng, low=10)
    return _bytes(_warped(soft, other, ridge, 0.05), other, ridge, fine)


def marble(size: int, seed: int) -> NDArray[np.uint8]:
    """(size, size, 4) uint8: clouding, grey veins, fine warm veins, wear; all tile.

    Veins are the narrow zero sets of warped smooth noise, of two widths and two scales, each
    swelling and starving along its length by another field.
    """
    rng = np.random.default_rng(seed)
    push_x, push_y = spectral(size, 1.9, rng, low=1), spectral(size, 1.9, rng, low=1)
    small_x, small_y = spectral(size, 1.5, rng, low=6), spectral(size, 1.5, rng, low=6)
    body = _warped(spectral(size, 1.7, rng), push_x, push_y, 0.22)
    strength = spectral(size, 1.8, rng, low=2)

    def veins(slope: float, low: float, width: float, warp: float) -> Field:
        field = _warped(spectral(size, slope, rng, low=low), push_x, push_y, warp)
        field = _warped(field, small_x, small_y, 0.012)
        distance = np.abs(field - 0.5)
        rows, columns = np.gradient(field)
        steep = np.hypot(rows, columns) * size / 60.0 + 1e-3
        return np.exp(-((distance / (width * steep)) ** 2))

    wide = veins(2.2, 2, 0.05, 0.30) * np.clip(strength * 1.7 - 0.35, 0, 1)
    hair = veins(1.9, 4, 0.022, 0.18) * np.clip(1.25 - strength * 1.6, 0, 1)
    wear = 0.6 * spectral(size, 1.5, rng, low=2) + 0.4 * spectral(size, 0.8, rng, low=20)
    return _bytes(body, wide, hair, wear)
