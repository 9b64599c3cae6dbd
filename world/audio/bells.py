"""What rings: the unseen bells and the strings of the lyre."""

from __future__ import annotations

import numpy as np

from world.audio.synth import Sound, Studio, echo, in_place, panned

# A bell of sines, after Risset, "An Introductory Catalogue of Computer-Synthesized Sounds"
# (1969): frequency as a share of the nominal one, loudness, and length as a share of the whole.
# The pairs that nearly agree make the slow beating that a cast bell has.
RATIOS = (0.56, 0.563, 0.92, 0.923, 1.19, 1.7, 2.0, 2.74, 3.0, 3.74, 4.07)
AMPLITUDES = (1.0, 0.67, 1.0, 1.8, 2.67, 1.67, 1.46, 1.33, 1.33, 1.0, 1.33)
LENGTHS = (1.0, 0.9, 0.65, 0.55, 0.325, 0.35, 0.25, 0.2, 0.15, 0.1, 0.075)

ATTACK = 0.035  # seconds; nobody strikes these bells, they begin
SOFTNESS = 1.1  # each octave above the nominal is that many times 6 dB quieter: far away
STRINGS = 14  # overtones of a plucked string
PLUCKED_AT = 0.23  # share of the string's length


def bell(studio: Studio, hertz: float, lasting: float) -> Sound:
    """(n, 2) one tone of an unseen bell: `lasting` seconds until its longest partial is gone."""
    length = studio.samples(lasting)
    out = np.zeros((length, 2))
    sides = studio.rng.uniform(-0.7, 0.7, len(RATIOS))
    angles = studio.rng.uniform(0.0, 2 * np.pi, len(RATIOS))
    for ratio, loud, share, side, angle in zip(RATIOS, AMPLITUDES, LENGTHS, sides, angles):
        times = studio.times(lasting * share)
        soft = loud * min(1.0, ratio**-SOFTNESS)
        fade = 10.0 ** (-3.0 * times / (lasting * share))
        begin = 0.5 - 0.5 * np.cos(np.pi * np.minimum(times / ATTACK, 1.0))
        wave = soft * fade * begin * np.sin(2 * np.pi * hertz * ratio * times + angle)
        out[: len(wave)] += panned(wave, side)
    return out


def far_bell(studio: Studio, hertz: float, lasting: float, answer: float = 4.5) -> Sound:
    """(n, 2) a bell from nowhere in particular: more of the place than of the bell."""
    return in_place(bell(studio, hertz, lasting), echo(studio.rate, answer), 0.55)


def string(studio: Studio, hertz: float, lasting: float = 5.0) -> Sound:
    """(n,) a plucked string; the higher the overtone, the sooner it is gone."""
    times = studio.times(lasting)
    total = np.zeros_like(times)
    for k in range(1, STRINGS + 1):
        stiff = hertz * k * np.sqrt(1.0 + 1.2e-4 * k * k)
        loud = np.sin(np.pi * k * PLUCKED_AT) / k**1.5
        total += (
            loud * 10.0 ** (-3.0 * times * k**0.6 / lasting) * np.sin(2 * np.pi * stiff * times)
        )
    return total * np.minimum(times / 0.004, 1.0)
