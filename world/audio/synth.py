"""The tools that every sound is made with: noise, slow curves, echo, grains. numpy and scipy alone.

A mono sound is (n,) float64, a stereo sound (n, 2); a loop is periodic over its own length.
`rate` is samples a second. All chance comes from the generator that is handed in.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft, signal

Sound = NDArray[np.float64]
Spectrum = Callable[[NDArray[np.float64]], NDArray[np.float64]]  # hertz -> amplitude

SLOWEST = 1e-3  # hertz; stands for zero where a spectrum divides
PREDELAY = 0.022  # seconds until the first echo: stone about four metres away
ECHO_BANDS = ((0.0, 250.0, 1.1), (250.0, 1200.0, 1.0), (1200.0, 4000.0, 0.7), (4000.0, 11e3, 0.4))


@dataclass(frozen=True)
class Studio:
    """What an instrument needs to know: samples a second, and its own source of chance."""

    rate: int
    rng: np.random.Generator

    def times(self, seconds: float) -> Sound:
        """(n,) seconds from zero, one for each sample."""
        return np.arange(self.samples(seconds)) / self.rate

    def samples(self, seconds: float) -> int:
        """How many samples so many seconds are."""
        return round(seconds * self.rate)


def studio(name: str, rate: int, seed: int) -> Studio:
    """A studio whose chance depends on the seed and the name alone, not on the order of work."""
    return Studio(rate, np.random.default_rng([seed, zlib.crc32(name.encode())]))


# ── colour ───────────────────────────────────────────────────────────────────


def band(low: float, high: float, steep: float = 2.0, tilt: float = 0.0) -> Spectrum:
    """Butterworth-like amplitude between two frequencies; `tilt` -0.5 is pink, -1 is brown."""

    def amplitude(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
        f = np.maximum(hertz, SLOWEST)
        rise = 1.0 / np.sqrt(1.0 + (low / f) ** (2 * steep))
        fall = 1.0 / np.sqrt(1.0 + (f / high) ** (2 * steep))
        return rise * fall * (f / low) ** tilt

    return amplitude


def noise(studio: Studio, seconds: float, spectrum: Spectrum) -> Sound:
    """(n,) periodic Gaussian noise of that colour, root mean square 1."""
    n = studio.samples(seconds)
    hertz = fft.rfftfreq(n, 1 / studio.rate)
    chance = studio.rng.standard_normal((2, len(hertz)))
    bins = (chance[0] + 1j * chance[1]) * spectrum(hertz)
    bins[0] = 0.0
    return levelled(fft.irfft(bins, n))


def coloured(sound: Sound, rate: int, spectrum: Spectrum) -> Sound:
    """`sound` with each frequency scaled, as one period of a loop; (n,) or (n, 2)."""
    bins = fft.rfft(sound, axis=0)
    gains = spectrum(fft.rfftfreq(len(sound), 1 / rate))
    return np.asarray(fft.irfft((bins.T * gains).T, len(sound), axis=0))


def levelled(sound: Sound, root_mean_square: float = 1.0) -> Sound:
    """`sound` at that root mean square. Silence stays silence."""
    now = float(np.sqrt(np.mean(np.square(sound))))
    return sound if now == 0.0 else sound * (root_mean_square / now)


def peaked(sound: Sound, peak: float = 1.0) -> Sound:
    """`sound` scaled so that its largest sample is `peak`. Silence stays silence."""
    now = float(np.max(np.abs(sound), initial=0.0))
    return sound if now == 0.0 else sound * (peak / now)


# ── time ─────────────────────────────────────────────────────────────────────


def sway(studio: Studio, seconds: float, fastest: float, depth: float = 1.0) -> Sound:
    """(n,) a slow periodic wandering between 1 - depth and 1, no faster than `fastest` hertz."""
    waves = max(1, int(fastest * seconds))
    phase = np.linspace(0.0, 2 * np.pi, 64 * waves + 1)
    angles = studio.rng.uniform(0.0, 2 * np.pi, waves)
    heights = studio.rng.uniform(0.5, 1.0, waves)
    curve = sum(
        height * np.sin((k + 1) * phase + angle)
        for k, (height, angle) in enumerate(zip(heights, angles))
    )
    curve = (curve - np.min(curve)) / np.ptp(curve)
    at = studio.times(seconds) * (2 * np.pi / seconds)
    return np.interp(at, phase, 1.0 - depth + depth * curve)


def curve(times: Sound, *points: tuple[float, float]) -> Sound:
    """(n,) a smooth line through (seconds, value), level before the first and after the last."""
    at, values = np.array(points).T
    index = np.clip(np.searchsorted(at, times, side="right") - 1, 0, len(at) - 2)
    share = np.clip((times - at[index]) / (at[index + 1] - at[index]), 0.0, 1.0)
    share = share * share * (3.0 - 2.0 * share)
    return values[index] + (values[index + 1] - values[index]) * share


def tone(studio: Studio, seconds: float, hertz: float) -> Sound:
    """(n,) a sine at the frequency nearest to `hertz` that closes after `seconds`."""
    cycles = round(hertz * seconds)
    angle = studio.rng.uniform(0.0, 2 * np.pi)
    return np.sin(np.linspace(angle, angle + 2 * np.pi * cycles, studio.samples(seconds), False))


def phase_of(hertz: Sound, rate: int, start: float = 0.0) -> Sound:
    """(n,) cycles gone by at each sample of a frequency that changes."""
    return start + np.cumsum(hertz) / rate


# ── space ────────────────────────────────────────────────────────────────────


def panned(sound: Sound, side: float | Sound) -> Sound:
    """(n, 2) a mono sound at `side`, -1 left to 1 right, at the same power anywhere."""
    angle = (np.clip(side, -1.0, 1.0) + 1.0) * (np.pi / 4)
    return np.stack([sound * np.cos(angle), sound * np.sin(angle)], axis=1)


@lru_cache(maxsize=16)
def echo(rate: int, lasting: float, number: int = 0) -> Sound:
    """(n, 2) how a place answers a clap: `lasting` is its reverberation time (-60 dB) in seconds.

    Decaying noise, sooner gone the higher it is (Moorer, 1979); energy 1 for each ear.
    """
    room = studio(f"echo-{number}", rate, 0)
    length = lasting * 1.15
    times = room.times(length)
    ears = []
    for _ in range(2):
        total = np.zeros_like(times)
        for low, high, share in ECHO_BANDS:
            grains = noise(room, length, band(max(low, 40.0), high, 3.0))
            total += grains * 10.0 ** (-3.0 * times / (lasting * share))
        late = np.clip((times - PREDELAY) / 0.03, 0.0, 1.0)
        ears.append(total * late)
    answer = np.stack(ears, axis=1)
    return answer / np.sqrt(np.sum(np.square(answer), axis=0))


def in_place(sound: Sound, answer: Sound, wet: float, loop: bool = False) -> Sound:
    """(m, 2) `sound` with a share `wet` of what the place answers; a loop stays one.

    sound : (n,) or (n, 2); a strike grows by the length of the answer.
    """
    dry = sound if sound.ndim == 2 else np.stack([sound, sound], axis=1)
    if loop:
        n = len(dry)
        kernel = np.zeros((n, 2))
        np.add.at(kernel, np.arange(len(answer)) % n, answer)
        tail = fft.irfft(fft.rfft(dry, axis=0) * fft.rfft(kernel, axis=0), n, axis=0)
    else:
        tail = signal.oaconvolve(dry, answer, axes=0)
        dry = np.pad(dry, ((0, len(answer) - 1), (0, 0)))
    return (1.0 - wet) * dry + wet * np.asarray(tail)


def mono(sound: Sound) -> Sound:
    """(n,) one channel: what a sound that stands somewhere in the world needs."""
    return sound if sound.ndim == 1 else sound.mean(axis=1)


# ── grains ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Grain:
    """A small ringing: when (s), how high (Hz), how loud, where (-1..1), how long to -60 dB (s)."""

    time: float
    hertz: float
    gain: float
    side: float
    lasting: float
    glide: float = 0.0  # octaves a second


def scatter(studio: Studio, seconds: float, grains: Iterable[Grain], loop: bool = False) -> Sound:
    """(n, 2) all grains together. In a loop, what rings past the end goes on at the start."""
    n = studio.samples(seconds)
    out = np.zeros((n, 2))
    for grain in grains:
        first = studio.samples(grain.time) % n if loop else studio.samples(grain.time)
        ring = panned(_ring(studio, grain), grain.side)
        while loop and len(ring):
            part = ring[: n - first]
            out[first : first + len(part)] += part
            ring, first = ring[len(part) :], 0
        if not loop and first < n:
            out[first : first + len(ring)] += ring[: n - first]
    return out


def _ring(studio: Studio, grain: Grain) -> Sound:
    times = studio.times(grain.lasting)
    attack = np.minimum(times / 0.006, 1.0)
    bent = times * (1.0 + 0.5 * np.log(2.0) * grain.glide * times)
    wave = np.sin(2 * np.pi * grain.hertz * bent)
    fade = 10.0 ** (-3.0 * times / grain.lasting)
    return grain.gain * wave * fade * attack
