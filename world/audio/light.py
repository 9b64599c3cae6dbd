"""What light sounds like: the orb that forms, roots in the cracks, dust, the lyre, the dawns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from world.audio.bells import string
from world.audio.elements import SCALE, pitch, wide
from world.audio.synth import (
    Grain,
    Sound,
    Studio,
    band,
    curve,
    echo,
    in_place,
    noise,
    scatter,
    tone,
)
from world.audio.voices import Line, Register, Singer, choir

NIGHT = 7.0  # seconds that a sound rings where there is no wall


def gathering(studio: Studio, seconds: float) -> Sound:
    """Vapour thickens to glass: a rising swarm that closes on one tone."""
    chance = studio.rng
    grains = []
    for time in np.sort(seconds * 0.8 * chance.uniform(0.0, 1.0, 420) ** 0.6):
        stray = 1.0 - time / (0.8 * seconds)
        note = pitch(chance.choice(SCALE), 5 + int(chance.integers(0, 3)))
        near = note * 2.0 ** (chance.normal(0.0, 0.25) * stray)
        side = chance.uniform(-1.0, 1.0) * stray
        grains.append(
            Grain(float(time), near, 0.2 + 0.8 * (1 - stray), side, 0.5 + 0.9 * (1 - stray))
        )
    return in_place(scatter(studio, seconds, grains), echo(studio.rate, 4.5), 0.4)


def roots(studio: Studio, seconds: float) -> Sound:
    """Roots of light snake outward: running glass that branches, over a tone that grows."""
    chance = studio.rng
    times = studio.times(seconds)
    grains = []
    for time in np.sort(seconds * 0.85 * chance.uniform(0.0, 1.0, 700) ** 1.2):
        reach = time / seconds
        hertz = pitch(chance.choice(SCALE), int(chance.integers(4, 8)))
        side = chance.choice((-1.0, 1.0)) * chance.uniform(0.0, reach)
        loud = chance.uniform(0.2, 1.0) * (1.0 - 0.6 * reach)
        grains.append(Grain(float(time), hertz, loud, side, chance.uniform(0.2, 1.1), glide=0.15))
    swell = curve(times, (0, 0), (2, 0.5), (0.6 * seconds, 1), (seconds - 0.5, 0))
    low = sum(tone(studio, seconds, pitch(note, 3)) * gain for note, gain in ((0, 3.0), (7, 2.0)))
    ground = np.stack([low * swell] * 2, axis=1)
    return in_place(scatter(studio, seconds, grains) + ground, echo(studio.rate, 4.5), 0.35)


def dissolving(studio: Studio, seconds: float) -> Sound:
    """The court goes up in dust and light: no blow, only a letting go that rises and thins."""
    chance = studio.rng
    times = studio.times(seconds)
    grains = []
    for time in np.sort(seconds * 0.9 * chance.beta(1.3, 2.2, 1400)):
        risen = time / seconds
        octave = 4 + int(chance.integers(0, 3)) + (1 if chance.uniform() < risen else 0)
        side = chance.uniform(-1.0, 1.0)
        loud = chance.uniform(0.1, 1.0) * (1.0 - risen) ** 0.5
        hertz = pitch(chance.choice((*SCALE, 11)), octave)
        grains.append(Grain(float(time), hertz, loud, side, chance.uniform(0.3, 1.4), glide=0.3))
    dust = np.zeros((len(times), 2))
    for low, at in ((700.0, 2.0), (1600.0, 5.0), (3200.0, 9.0), (6000.0, 14.0)):
        cloud = wide(studio, seconds, low, low * 1.8)
        dust += cloud * (np.exp(-(((times - at) / (0.45 * at)) ** 2)) * 1.4)[:, None]
    deep = np.sin(2 * np.pi * (52.0 * times - 0.55 * times**2)) * curve(
        times, (0.0, 0.0), (1.2, 1.0), (12.0, 0.0)
    )
    total = 2.2 * scatter(studio, seconds, grains) + dust + 4.0 * np.stack([deep, deep], axis=1)
    total *= curve(times, (0.0, 0.0), (1.5, 1.0), (seconds - 5.0, 0.6), (seconds, 0.0))[:, None]
    return in_place(total, echo(studio.rate, NIGHT), 0.45)


def lyre(studio: Studio, notes: Sequence[tuple[float, float]]) -> Sound:
    """(seconds, hertz) notes on the strings of Lyra."""
    last = max(time for time, _ in notes)
    total = np.zeros((studio.samples(last + 6.0), 2))
    for number, (time, hertz) in enumerate(notes):
        first, plucked = studio.samples(time), string(studio, hertz)
        side = 0.6 * np.sin(2.4 * number)
        total[first : first + len(plucked), 0] += plucked * (1.0 - side) / 2
        total[first : first + len(plucked), 1] += plucked * (1.0 + side) / 2
    return in_place(total, echo(studio.rate, NIGHT), 0.4)


# ── a thousand dawns ─────────────────────────────────────────────────────────

CHORD = ((0, 2), (7, 2), (0, 3), (4, 3), (7, 3), (2, 4), (4, 4), (9, 4))  # D major, six and nine
FLAMES = (0, 4, 7, 12, 14, 16)


def dawns(studio: Studio, seconds: float, breaking: Sequence[float]) -> Sound:
    """A flame goes from star to star: one small bright tone for each dawn, and under them a chord.

    breaking : seconds at which each dawn breaks, from the start of the sound
    """
    chance = studio.rng
    times = studio.times(seconds)
    grains = []
    for time in breaking:
        lone = 1.0 / (1.0 + 6.0 * min(1.0, time / 6.0))
        hertz = pitch(chance.choice(FLAMES), int(chance.integers(4, 7)))
        side = chance.uniform(-1.0, 1.0)
        loud = chance.uniform(0.3, 1.0) * (0.25 + lone)
        grains.append(Grain(float(time), hertz, loud, side, chance.uniform(0.7, 2.2)))
    total = 1.6 * scatter(studio, seconds, grains) + _warmth(studio, seconds)
    people = _people(studio, seconds)
    total += np.stack([people, np.roll(people, studio.samples(0.017))], axis=1)
    close = curve(times, (seconds - 4.0, 1.0), (seconds - 0.1, 0.0))
    return in_place(total, echo(studio.rate, NIGHT), 0.4)[: len(times)] * close[:, None]


def _warmth(studio: Studio, seconds: float) -> Sound:
    times = studio.times(seconds)
    total = np.zeros((len(times), 2))
    for number, (note, octave) in enumerate(CHORD):
        begin = 4.0 + 1.6 * number
        swell = curve(times, (begin, 0.0), (begin + 9.0, 1.0))
        for ear in (0, 1):
            near = pitch(note + studio.rng.uniform(-0.05, 0.05), octave)
            rich = sum(tone(studio, seconds, near * k) / k**1.8 for k in (1, 2, 3, 4))
            total[:, ear] += rich * swell
    air = noise(studio, seconds, band(2000.0, 9000.0)) * curve(times, (14, 0), (24, 0.25))
    return 0.55 * total + air[:, None]


def _people(studio: Studio, seconds: float) -> Sound:
    """(n,) the crowd is in it again, at last on the third that they had been waiting for."""
    rows: tuple[tuple[Register, Line], ...] = (
        ("bass", ((10.0, pitch(0, 3)),)),
        ("tenor", ((11.0, pitch(7, 3)),)),
        ("tenor", ((12.0, pitch(0, 4)),)),
        ("soprano", ((13.0, pitch(2, 4)), (19.0, pitch(4, 4)))),
        ("soprano", ((15.0, pitch(9, 4)), (20.0, pitch(7, 4)))),
        ("soprano", ((17.0, pitch(2, 5)), (21.5, pitch(4, 5)))),
    )
    singers = [Singer(register, line, 1.0) for register, line in rows for _ in range(2)]
    opening = curve(studio.times(seconds), (10.0, 0.1), (22.0, 1.0))
    voices = choir(studio, seconds, singers, opening)
    return voices * (1.6 / max(1e-9, float(np.abs(voices).max())))
