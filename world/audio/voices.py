"""What people sound like: the wordless chorus, breaths that tremble, a laugh from long ago."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np
from scipy import fft

from world.audio.synth import (
    Sound,
    Spectrum,
    Studio,
    band,
    coloured,
    curve,
    levelled,
    noise,
    phase_of,
    sway,
)

Register = Literal["soprano", "tenor", "bass"]
Vowel = Literal["ah", "oo"]
Line = Sequence[tuple[float, float]]  # (seconds, hertz) of each note

# Formants: hertz, dB, bandwidth in hertz (the singing formants of the Csound manual).
FORMANTS: dict[tuple[Register, Vowel], tuple[tuple[float, float, float], ...]] = {
    ("soprano", "ah"): ((800, 0, 80), (1150, -6, 90), (2900, -32, 120)),
    ("tenor", "ah"): ((650, 0, 80), (1080, -6, 90), (2650, -7, 120)),
    ("bass", "ah"): ((600, 0, 60), (1040, -7, 70), (2250, -9, 110)),
    ("soprano", "oo"): ((325, 0, 50), (700, -16, 60), (2700, -35, 170)),
    ("tenor", "oo"): ((350, 0, 40), (600, -20, 60), (2700, -17, 100)),
    ("bass", "oo"): ((350, 0, 40), (600, -20, 80), (2400, -32, 100)),
}

TABLE = 4096  # samples of one cycle of a voice
BRIGHTEST = 9000.0  # hertz; no overtone above it
GLOTTIS = 1.35  # overtone k has k to the minus this: a soft voice
CONTROL = 200  # points a second at which pitch is drawn
GLIDE = 0.32  # seconds from one note to the next
AIR = 0.035  # breath in the voice
OO_GAIN = 1.5  # a rounded mouth lets less through; a singer makes up for it


def formants(register: Register, vowel: Vowel) -> Spectrum:
    """What mouth and throat let through: parallel resonances, as amplitude against hertz."""
    rows = FORMANTS[register, vowel]

    def amplitude(hertz: Sound) -> Sound:
        total = np.zeros(len(hertz), dtype=complex)
        for number, (centre, decibels, width) in enumerate(rows):
            peak = 10.0 ** (decibels / 20) * (-1) ** number
            total += peak * 1j * width * hertz / (centre**2 - hertz**2 + 1j * width * hertz)
        return np.abs(total)

    return amplitude


@lru_cache(maxsize=32)
def cycle(overtones: int) -> Sound:
    """(TABLE + 1,) one cycle of a voice before mouth and throat, its first sample repeated."""
    phase = np.linspace(0.0, 2 * np.pi, TABLE + 1)
    return sum(
        (
            np.sin(k * phase + 0.4 * k * k / overtones) * k**-GLOTTIS
            for k in range(1, overtones + 1)
        ),
        np.zeros(TABLE + 1),
    )


def voiced(hertz: Sound, rate: int, start: float) -> Sound:
    """(n,) the raw voice along a pitch given at CONTROL points a second, as (n // rate) asks."""
    turns = phase_of(hertz, CONTROL, start)
    n = len(hertz) * rate // CONTROL
    at = np.interp(np.arange(n) * (CONTROL / rate), np.arange(len(hertz)), turns)
    table = cycle(max(4, int(BRIGHTEST / float(np.max(hertz)))))
    place = (at % 1.0) * TABLE
    index = place.astype(np.int64)
    return table[index] + (table[index + 1] - table[index]) * (place - index)


# ── the chorus ───────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Singer:
    """Somebody of the crowd: register, what they sing, and how loud they are."""

    register: Register
    line: Line
    gain: float


def choir(studio: Studio, seconds: float, singers: Sequence[Singer], opening: Sound) -> Sound:
    """(n,) the singers together; `opening` (n,) goes from 0, oo, to 1, ah."""
    air = AIR * noise(studio, seconds, band(300.0, 6000.0, 1.0))
    hertz = fft.rfftfreq(len(air), 1 / studio.rate)
    bins = np.zeros(len(hertz), dtype=complex)
    for register in sorted({singer.register for singer in singers}):
        raw = np.zeros_like(air)
        for singer in singers:
            if singer.register == register:
                voice, swell = _sung(studio, seconds, singer)
                raw += (voice + np.roll(air, studio.rng.integers(len(air)))) * swell
        bins += fft.rfft(raw * opening) * formants(register, "ah")(hertz)
        bins += fft.rfft(raw * (1.0 - opening)) * formants(register, "oo")(hertz) * OO_GAIN
    return np.asarray(fft.irfft(bins, len(air)))


def _sung(studio: Studio, seconds: float, singer: Singer) -> tuple[Sound, Sound]:
    """One singer before mouth and throat, (n,), and how loud they are, (n,).

    The pitch glides, wanders and trembles a little.
    """
    rng, slow = studio.rng, Studio(CONTROL, studio.rng)
    times = slow.times(seconds)
    late = rng.uniform(0.0, 0.9)
    notes = [(time + late, np.log2(hertz)) for time, hertz in singer.line]
    points = [notes[0]]
    for (_, before), (time, after) in pairwise(notes):
        points += [(time, before), (time + GLIDE, after)]
    pitch = curve(times, *points, (seconds + 9.0, points[-1][1]))
    begun = np.clip((times - notes[0][0] - 0.6) / 1.5, 0.0, 1.0)
    cents = rng.uniform(-9.0, 9.0) + rng.uniform(14.0, 26.0) * begun * np.sin(
        2 * np.pi * rng.uniform(4.7, 5.7) * times + rng.uniform(0.0, 6.28)
    )
    wander = sway(slow, seconds, 0.8, 2.0) * 8.0
    raw = voiced(2.0 ** (pitch + (cents + wander) / 1200), studio.rate, rng.uniform())
    swell = curve(times, (notes[0][0], 0.0), (notes[0][0] + rng.uniform(2.2, 3.6), 1.0))
    swell *= singer.gain * sway(slow, seconds, 0.3, 0.35)
    return raw, np.interp(studio.times(seconds), times, swell)


# ── breath ───────────────────────────────────────────────────────────────────

OUT = band(320.0, 1500.0, 1.5, -0.4)  # hhh, through an open mouth
IN = band(900.0, 4200.0, 1.5, -0.4)


def breathing(studio: Studio, seconds: float, people: int) -> Sound:
    """(n,) a loop of people who breathe while they weep: breaths out tremble, some have voice."""
    out, drawn = noise(studio, seconds, OUT), noise(studio, seconds, IN)
    n, total = len(out), np.zeros(len(out))
    for person in range(people):
        phase = (np.arange(n) * (studio.rng.integers(5, 9) / n) + studio.rng.uniform()) % 1.0
        rise = _arch(phase, 0.0, 0.26)
        fall = _arch(phase, 0.34, 0.86)
        shake = np.sin(2 * np.pi * np.arange(n) * (round(studio.rng.uniform(5, 7) * seconds) / n))
        tremble = 1.0 - studio.rng.uniform(0.4, 0.8) * (0.5 + 0.5 * shake)
        gain = studio.rng.uniform(0.4, 1.0)
        shift = studio.rng.integers(n)
        total += gain * np.roll(out, shift) * fall * tremble
        total += 0.3 * gain * np.roll(drawn, shift) * rise
        if person % 3 == 0:
            total += 0.3 * gain * _moan(studio, phase, seconds) * fall**2 * tremble
    return levelled(total)


def _arch(phase: Sound, start: float, end: float) -> Sound:
    share = np.clip((phase - start) / (end - start), 0.0, 1.0)
    return np.sin(np.pi * share**0.7) ** 2


def _moan(studio: Studio, phase: Sound, seconds: float) -> Sound:
    """(n,) the little voice in a breath that is let go, at a height that closes with the loop."""
    hertz = round(studio.rng.uniform(150.0, 260.0) * seconds) / seconds
    turns = studio.times(seconds) * hertz - 1.5 * phase
    return np.sin(2 * np.pi * turns) + 0.4 * np.sin(4 * np.pi * turns)


def breaths(
    studio: Studio, seconds: float, people: int, spread: float, lasting: float, inward: bool
) -> Sound:
    """(n,) people who each draw or let go one breath, within `spread` seconds as a wave passes."""
    air = noise(studio, seconds, IN if inward else OUT)
    total, n = np.zeros(len(air)), len(air)
    for start in np.sort(spread * studio.rng.uniform(0.0, 1.0, people) ** 1.4):
        length = studio.samples(lasting * studio.rng.uniform(0.8, 1.2))
        first = studio.samples(float(start))
        length = min(length, n - first)
        share = np.arange(length) / length
        shape = share**1.6 * (1.0 - share) ** 0.5 if inward else share**0.3 * (1.0 - share) ** 1.6
        shake = 1.0 if inward else 1.0 - 0.6 * np.sin(np.pi * 6.0 * share * lasting) ** 2
        total[first : first + length] += (
            np.roll(air, studio.rng.integers(n))[:length] * shape * shake
        ) * studio.rng.uniform(0.4, 1.0)
    return total


# ── a laugh shared long ago ──────────────────────────────────────────────────

BURSTS = (0.0, 0.2, 0.385, 0.575, 0.78, 1.01, 1.28)  # seconds; it slows as breath runs out


def laugh(studio: Studio, seconds: float) -> Sound:
    """(n,) two people laughing: one begins, the other cannot help it, both again, softer."""
    total = np.zeros(studio.samples(seconds))
    rows: tuple[tuple[float, Register, float, float], ...] = (
        (0.15, "soprano", 345.0, 1.0),
        (0.85, "tenor", 196.0, 0.75),
        (2.65, "soprano", 322.0, 0.6),
        (2.95, "tenor", 180.0, 0.45),
    )
    for start, register, hertz, gain in rows:
        raw = np.zeros_like(total)
        for number, burst in enumerate(BURSTS):
            first = studio.samples(start + burst + studio.rng.uniform(0.0, 0.02))
            ha = _ha(studio, hertz * 0.955**number) * 0.9**number
            room = len(total) - first
            raw[first : first + len(ha)] += ha[:room] * gain
        total += coloured(raw, studio.rate, formants(register, "ah"))
    return total


def _ha(studio: Studio, hertz: float) -> Sound:
    """(n,) one burst: breath first, then voice that falls."""
    lasting = 0.17
    control = np.arange(round(lasting * CONTROL)) / CONTROL
    raw = voiced(hertz * (1.06 - 0.9 * control), studio.rate, 0.0)
    times = np.arange(len(raw)) / studio.rate
    voice = curve(times, (0.035, 0.0), (0.07, 1.0), (0.105, 0.8), (0.165, 0.0))
    breath = curve(times, (0.0, 0.0), (0.03, 1.0), (0.08, 0.25), (0.165, 0.0))
    air = studio.rng.standard_normal(len(raw))
    return raw * voice + 0.35 * air * breath
