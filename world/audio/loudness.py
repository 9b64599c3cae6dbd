"""How loud a programme is: ITU-R BS.1770-4 (loudness, true peak) and EBU Tech 3342 (range)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import signal

OFFSET = -0.691  # dB, BS.1770-4 annex 1
ABSOLUTE_GATE = -70.0  # LUFS
BLOCK, SHORT, STEP = 0.4, 3.0, 0.1  # seconds: momentary, short-term, and how far they advance

# Analogue prototypes of the K weighting (shelf, then high-pass), so that any rate will do
# (De Man, 2014: they give the coefficients of BS.1770-4 at 48 kHz).
SHELF_HERTZ, SHELF_DB, SHELF_Q = 1681.9744509555319, 3.99984385397, 0.7071752369554196
HIGHPASS_HERTZ, HIGHPASS_Q = 38.13547087602444, 0.5003270373238773

Channels = NDArray[np.floating]


def k_weighting(rate: int) -> NDArray[np.float64]:
    """(2, 6) second-order sections of the two filters that stand for a head and an ear."""
    k = np.tan(np.pi * SHELF_HERTZ / rate)
    high = 10.0 ** (SHELF_DB / 20)
    middle = high**0.4996667741545416
    scale = 1.0 + k / SHELF_Q + k * k
    shelf = [
        (high + middle * k / SHELF_Q + k * k) / scale,
        2.0 * (k * k - high) / scale,
        (high - middle * k / SHELF_Q + k * k) / scale,
        1.0,
        2.0 * (k * k - 1.0) / scale,
        (1.0 - k / SHELF_Q + k * k) / scale,
    ]
    k = np.tan(np.pi * HIGHPASS_HERTZ / rate)
    scale = 1.0 + k / HIGHPASS_Q + k * k
    highpass = [1.0, -2.0, 1.0, 1.0, 2.0 * (k * k - 1.0) / scale]
    highpass.append((1.0 - k / HIGHPASS_Q + k * k) / scale)
    return np.array([shelf, highpass])


def powers(sound: Channels, rate: int, block: float) -> NDArray[np.float64]:
    """(m,) K-weighted power of both channels, in blocks of `block` seconds every tenth."""
    weighted = signal.sosfilt(k_weighting(rate), np.asarray(sound, dtype=np.float64), axis=0)
    step = round(STEP * rate)
    whole = len(weighted) // step * step
    tenths = np.square(weighted[:whole]).sum(axis=1).reshape(-1, step).mean(axis=1)
    return np.convolve(tenths, np.full(round(block / STEP), STEP / block), mode="valid")


def to_lufs(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """Loudness units below full scale for K-weighted power; silence is -120."""
    return OFFSET + 10.0 * np.log10(np.maximum(power, 10.0 ** ((OFFSET - 120.0) / 10)))


def integrated(sound: Channels, rate: int) -> float:
    """Programme loudness in LUFS of (n, 2) samples, gated twice. Silence is -120."""
    power = powers(sound, rate, BLOCK)
    heard = power[to_lufs(power) > ABSOLUTE_GATE]
    if not len(heard):
        return -120.0
    gate = float(to_lufs(heard.mean())) - 10.0
    return float(to_lufs(heard[to_lufs(heard) > gate].mean()))


def loudness_range(sound: Channels, rate: int) -> float:
    """Loudness range in LU: from the 10th to the 95th percentile of gated three-second blocks."""
    power = powers(sound, rate, SHORT)
    heard = power[to_lufs(power) > ABSOLUTE_GATE]
    if not len(heard):
        return 0.0
    gate = float(to_lufs(heard.mean())) - 20.0
    low, high = np.percentile(to_lufs(heard)[to_lufs(heard) > gate], [10, 95])
    return float(high - low)


def true_peak(sound: Channels, rate: int, chunk: float = 20.0) -> float:
    """The largest value between samples, in dB of full scale: four times oversampled."""
    size, margin = round(chunk * rate), 64
    largest = 0.0
    for first in range(0, len(sound), size):
        part = sound[max(0, first - margin) : first + size + margin]
        largest = max(largest, float(np.abs(signal.resample_poly(part, 4, 1, axis=0)).max()))
    return 20.0 * float(np.log10(max(largest, 1e-9)))
