"""What the place and the sky sound like: wind, stone, rain, mist, light, dust and night.

Loops close after `seconds`; strikes end in silence. Everything is (n, 2) unless said.
"""

from __future__ import annotations

import numpy as np

from world.audio.synth import (
    Grain,
    Sound,
    Studio,
    band,
    curve,
    echo,
    in_place,
    levelled,
    noise,
    panned,
    scatter,
    sway,
    tone,
)

D1 = 36.708  # hertz; everything is tuned to D
SCALE = (0, 2, 4, 7, 9)  # semitones of the light's pentatonic


def pitch(semitones: float, octave: int = 1) -> float:
    """Hertz of a note so many semitones above the D of that octave."""
    return float(D1 * 2.0 ** (octave - 1 + semitones / 12))


def wide(studio: Studio, seconds: float, low: float, high: float, tilt: float = -0.5) -> Sound:
    """A loop of noise that is somewhat different in each ear."""
    middle, left, right = (noise(studio, seconds, band(low, high, 2.0, tilt)) for _ in range(3))
    return np.stack([middle + left, middle + right], axis=1) / np.sqrt(2.0)


# ── loops ────────────────────────────────────────────────────────────────────


def wind(studio: Studio, seconds: float) -> Sound:
    """Evening air over a wide court: a low body, gusts, and columns that almost whistle."""
    gust = sway(studio, seconds, 0.25, 0.75)
    body = wide(studio, seconds, 70.0, 420.0) * (0.5 + 0.5 * gust)[:, None]
    air = wide(studio, seconds, 500.0, 2600.0, -1.0) * (0.28 * gust**2)[:, None]
    total = body + air
    for hertz, side in ((311.0, -0.6), (392.0, 0.4), (523.0, 0.7), (466.0, -0.2)):
        whistle = noise(studio, seconds, band(hertz * 0.985, hertz * 1.015, 6.0))
        total += panned(0.3 * whistle * sway(studio, seconds, 0.2) ** 3 * gust, side)
    return levelled(total)


def rumble(studio: Studio, seconds: float) -> Sound:
    """The quiver: a weight that moves far below, and grit that answers on the slabs."""
    deep = wide(studio, seconds, 26.0, 62.0, -0.3) * sway(studio, seconds, 1.2, 0.6)[:, None]
    body = wide(studio, seconds, 60.0, 170.0, -1.0) * (0.5 * sway(studio, seconds, 2.0))[:, None]
    chance = studio.rng
    grit = scatter(
        studio,
        seconds,
        [
            Grain(
                chance.uniform(0.0, seconds),
                chance.uniform(700.0, 2600.0),
                0.06 * chance.exponential(),
                chance.uniform(-0.9, 0.9),
                chance.uniform(0.015, 0.06),
            )
            for _ in range(int(40 * seconds))
        ],
        loop=True,
    )
    return levelled(deep + body + grit)


def rain(studio: Studio, seconds: float) -> Sound:
    """Rain that falls far off: a veil, no drops, that comes and goes with the wind."""
    veil = wide(studio, seconds, 900.0, 5200.0) * sway(studio, seconds, 0.15, 0.4)[:, None]
    near = wide(studio, seconds, 250.0, 900.0) * (0.6 * sway(studio, seconds, 0.1, 0.5))[:, None]
    return levelled(in_place(veil + near, echo(studio.rate, 2.2), 0.4, loop=True))


def mist(studio: Studio, seconds: float) -> Sound:
    """Silver mist that seeps: a very soft hiss whose colour winds, with a thin ringing."""
    total = np.zeros((studio.samples(seconds), 2))
    for low in (1400.0, 2300.0, 3600.0, 5200.0):
        side = 1.6 * sway(studio, seconds, 0.3) - 0.8
        hiss = noise(studio, seconds, band(low, low * 1.5, 3.0)) * sway(studio, seconds, 0.4, 0.8)
        total += panned(hiss * (1400.0 / low), side)
    for note, octave in ((0, 6), (7, 6), (2, 7)):
        ring = tone(studio, seconds, pitch(note, octave)) * sway(studio, seconds, 0.3) ** 3
        total += panned(0.35 * ring, studio.rng.uniform(-0.8, 0.8))
    return levelled(total)


def heart(studio: Studio, seconds: float, beats_a_minute: float) -> Sound:
    """(n,) a slow heart, two thumps and rest, in step with the picture's."""
    period = 60.0 / beats_a_minute
    times = studio.times(seconds)
    phase = (times / period) % 1.0
    total = np.zeros_like(times)
    for centre, gain, hertz in ((0.12, 1.0, 50.0), (0.34, 0.6, 58.0)):
        since = (phase - centre + 0.05) % 1.0 * period
        knock = np.exp(-since / 0.11) * np.minimum(since / 0.018, 1.0)
        sound = np.sin(2 * np.pi * hertz * since) + 0.35 * np.sin(4 * np.pi * hertz * since)
        total += gain * knock * sound
    return levelled(total)


def hum(studio: Studio, seconds: float) -> Sound:
    """The orb: a warm fifth that leans from ear to ear, and a little glass above it."""
    total = np.zeros((studio.samples(seconds), 2))
    rows = ((0, 3, 1.0), (7, 3, 0.7), (0, 4, 0.6), (7, 4, 0.22), (4, 5, 0.12), (0, 6, 0.07))
    for note, octave, gain in rows:
        for side in (-0.45, 0.45):
            near = pitch(note + 0.05 * side, octave)
            total += panned(
                gain * tone(studio, seconds, near) * sway(studio, seconds, 0.3, 0.5), side
            )
    return levelled(in_place(total, echo(studio.rate, 2.2), 0.3, loop=True))


def vibration(studio: Studio, seconds: float) -> Sound:
    """The air vibrates: close high tones that beat against each other."""
    total = np.zeros((studio.samples(seconds), 2))
    for note, octave in ((0, 5), (7, 5), (2, 6), (4, 6), (9, 6)):
        for offset in (-2.7, 0.0, 3.4):
            ring = tone(studio, seconds, pitch(note, octave) + offset)
            gain = 0.6 ** (octave - 5) * sway(studio, seconds, 0.3, 0.8)
            total += panned(gain * ring, studio.rng.uniform(-0.9, 0.9))
    return levelled(in_place(total, echo(studio.rate, 4.5), 0.5, loop=True))


def petals(studio: Studio, seconds: float) -> Sound:
    """Flowers open: tiny glass, here and there, each with a whisper of silk."""
    chance = studio.rng
    grains = [
        Grain(
            chance.uniform(0.0, seconds),
            pitch(chance.choice(SCALE), int(chance.integers(5, 8))),
            chance.uniform(0.2, 1.0),
            chance.uniform(-0.8, 0.8),
            chance.uniform(0.5, 1.6),
        )
        for _ in range(int(3.2 * seconds))
    ]
    silk = wide(studio, seconds, 2500.0, 7000.0) * (0.05 * sway(studio, seconds, 1.5) ** 3)[:, None]
    rung = scatter(studio, seconds, grains, loop=True)
    return levelled(in_place(rung + silk, echo(studio.rate, 4.5), 0.45, loop=True))


def night(studio: Studio, seconds: float) -> Sound:
    """A boundless night: wide low fifths that breathe, and very far air."""
    total = 0.12 * wide(studio, seconds, 200.0, 900.0, -1.0)
    rows = (
        (0, 2, 0.6),
        (7, 2, 0.6),
        (0, 3, 0.8),
        (2, 3, 0.4),
        (7, 3, 0.4),
        (9, 4, 0.14),
        (2, 5, 0.1),
    )
    for note, octave, gain in rows:
        for overtone in (1, 2, 3):
            for side in (-0.8, 0.8):
                hertz = pitch(note + studio.rng.uniform(-0.06, 0.06), octave) * overtone
                slow = sway(studio, seconds, 0.12, 0.8)
                total += panned(gain / overtone**2.2 * tone(studio, seconds, hertz) * slow, side)
    return levelled(in_place(total, echo(studio.rate, 7.0), 0.5, loop=True))


def binary(studio: Studio, seconds: float, period: float = 15.0) -> Sound:
    """Grief and hope: two tones, a low minor one and a high clear one, in a Kepler orbit."""
    times = studio.times(seconds)
    eccentric = _kepler(2 * np.pi * times / period, 0.4)
    across, near = np.cos(eccentric) - 0.4, 1.0 / (1.0 - 0.4 * np.cos(eccentric))
    grief, hope = np.zeros_like(times), np.zeros_like(times)
    for k, gain in ((1, 1.0), (2, 0.5), (3, 0.3), (4, 0.1)):
        grief += gain * tone(studio, seconds, pitch(3, 3) * k)
        hope += gain * 0.5 * tone(studio, seconds, pitch(7, 4) * k)
    loud = 0.45 + 0.4 * near / near.max()
    total = panned(grief * loud, -0.75 * across) + panned(hope * loud, 0.75 * across)
    return levelled(in_place(total, echo(studio.rate, 7.0), 0.45, loop=True))


def _kepler(mean: Sound, eccentricity: float) -> Sound:
    """Eccentric anomaly for a mean anomaly in radians (Newton's method; Kepler, 1609)."""
    angle = mean + eccentricity * np.sin(mean)
    for _ in range(5):
        slope = 1.0 - eccentricity * np.cos(angle)
        angle = angle - (angle - eccentricity * np.sin(angle) - mean) / slope
    return angle


# ── strikes ──────────────────────────────────────────────────────────────────


def crack(studio: Studio, seconds: float) -> Sound:
    """Stone gives way, once, under everything."""
    times = studio.times(seconds)
    low = np.sin(2 * np.pi * (34.0 * times + 5.0 * np.exp(-times / 0.2))) * np.exp(-times / 0.9)
    snap = noise(studio, seconds, band(120.0, 1600.0)) * np.exp(-times / 0.05) * 0.3
    begin = np.minimum(times / 0.03, 1.0)
    return in_place((low + snap) * begin, echo(studio.rate, 4.5), 0.35)


def dew(studio: Studio, seconds: float) -> Sound:
    """The sparkle of morning dew: drops that ring as they leave the leaf."""
    chance = studio.rng
    drops = [
        Grain(
            float(time),
            chance.uniform(900.0, 2700.0),
            chance.uniform(0.3, 1.0),
            chance.uniform(-0.8, 0.8),
            chance.uniform(0.05, 0.14),
            glide=chance.uniform(4.0, 9.0),
        )
        for time in np.sort(chance.uniform(0.1, seconds - 1.5, 26))
    ]
    return in_place(scatter(studio, seconds, drops), echo(studio.rate, 2.2), 0.4)


def touch(studio: Studio, seconds: float) -> Sound:
    """The soft brush of a hand on a cheek: two strokes, close."""
    times = studio.times(seconds)
    skin = noise(studio, seconds, band(500.0, 3200.0, 1.2, -0.6))
    warm = noise(studio, seconds, band(90.0, 400.0, 1.5))
    strokes = curve(times, (0.2, 0), (0.8, 1), (2.1, 0.3), (2.6, 0), (3.0, 0), (3.7, 0.7), (5.4, 0))
    grain = 1.0 - 0.3 * sway(studio, seconds, 14.0)
    return panned((skin + 0.7 * warm) * strokes * grain, curve(times, (0.2, 0.55), (5.4, 0.2)))


def bowing(studio: Studio, seconds: float) -> Sound:
    """The haze parts: one long breath of air that opens outward and sinks."""
    times = studio.times(seconds)
    total = np.zeros((len(times), 2))
    for low, at in ((3000.0, 1.6), (1500.0, 2.4), (700.0, 3.4), (300.0, 4.6)):
        swell = np.exp(-(((times - at) / (0.5 * at)) ** 2))
        for side in (-1.0, 1.0):
            air = noise(studio, seconds, band(low, low * 2.2, 2.0, -0.5))
            total += panned(air * swell, side * np.clip(times / 4.0, 0.1, 0.9))
    return in_place(
        total * np.clip((seconds - times) / 2.0, 0, 1)[:, None], echo(studio.rate, 4.5), 0.3
    )
