"""The film's sound: any stretch of the piece, as samples, when nobody lingers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from world.audio.score import BEDS, LOOP, PARTS, STRIKES, Bed, Part, openness
from world.audio.synth import panned, studio
from world.timeline.clock import moment_at
from world.timeline.score import END
from world.timeline.state import Stance, at

Samples = NDArray[np.float32]
Curve = NDArray[np.float64]

RATE = 48_000
MASTER = 1.13  # brings the whole piece to -23 LUFS
CONTROL = 20  # states a second that levels are drawn through
CHUNK = 20.0  # seconds that are added up at a time
CACHED = 20  # parts that are kept between calls, some 12 MB each
LONGEST = 60.0  # seconds; no strike rings longer, so that one long past is not made at all
KNEE, CEILING = 0.55, 0.84  # where the peaks begin to bend, and what they never pass
NEAR = 8.0  # metres; what stands closer is no louder
EAR = Stance(8.0, 0.0)  # the visitor of a film: before the fallen one, facing west
_PARTS = {part.name: part for part in PARTS}


def render(start: float, end: float, rate: int = RATE, seed: int = 1) -> Samples:
    """(n, 2) float32 samples of the story from `start` to `end` seconds.

    Pure: a stretch is the same samples whatever else is rendered, before or with it.
    Raises ValueError unless 0 <= start <= end.
    """
    if not 0.0 <= start <= end:
        raise ValueError(f"a stretch of sound goes forward from 0 s, not from {start} to {end}")
    first, last = round(start * rate), round(end * rate)
    out = np.zeros((last - first, 2), dtype=np.float32)
    grid, levels, open_air = _levels(first / rate, last / rate)
    for bed, level in zip(BEDS, levels):
        if level.any():
            _add_bed(out, first, rate, stem(bed.name, rate, seed), (grid, level))
    for strike in STRIKES:
        begin = round(strike.start * rate) - first
        if begin < len(out) and begin + LONGEST * rate > 0:
            sound = stem(strike.name, rate, seed)
            low, high = max(begin, 0), min(begin + len(sound), len(out))
            if low < high:
                out[low:high] += sound[low - begin : high - begin]
    for part in _chunks(len(out), rate):
        air = np.interp(np.arange(first + part.start, first + part.stop) / rate, grid, open_air)
        out[part] = bent(out[part] * air[:, None] * MASTER)
    return out


def _add_bed(
    out: Samples, first: int, rate: int, loop: Samples, level: tuple[Curve, Curve]
) -> None:
    """Adds a loop that has gone round since 0 s; the first sample of `out` is number `first`."""
    for part in _chunks(len(out), rate):
        number = np.arange(first + part.start, first + part.stop)
        loud = np.interp(number / rate, *level).astype(np.float32)
        out[part] += loop[number % len(loop)] * loud[:, None]


def _chunks(length: int, rate: int) -> Iterator[slice]:
    step = round(CHUNK * rate)
    for begin in range(0, length, step):
        yield slice(begin, min(begin + step, length))


def _levels(start: float, end: float) -> tuple[Curve, Curve, Curve]:
    """Times (k,), level of each bed (beds, k), and of everything (k,), from `start` to `end`."""
    ticks = np.arange(math.floor(start * CONTROL), math.ceil(end * CONTROL) + 1)
    states = [at(moment_at(min(float(tick) / CONTROL, END))) for tick in ticks]
    levels = np.array([[bed.level(state) for state in states] for bed in BEDS])
    return ticks / CONTROL, levels, np.array([openness(state) for state in states])


@lru_cache(maxsize=CACHED)
def stem(name: str, rate: int, seed: int) -> Samples:
    """(n, 2) float32 one part as a film hears it, at its loudness and from its side."""
    part = _PARTS[name]
    sound = raw(part, rate, seed) * part.gain
    if part.place is not None:
        side, near = heard_from(part.place, EAR)
        sound = panned(sound * near, side)
    if sound.ndim == 1:
        sound = panned(sound, 0.0)
    return sound.astype(np.float32)


def raw(part: Part, rate: int, seed: int) -> NDArray[np.float64]:
    """(n,) or (n, 2) one part as it is made. Raises ValueError for a bed that does not close."""
    sound = part.make(studio(part.name, rate, seed))
    if isinstance(part, Bed) and len(sound) != round(LOOP * rate):
        raise ValueError(f"{part.name}: a bed lasts {LOOP} s, not {len(sound) / rate} s")
    return sound


def heard_from(place: tuple[float, float], ear: Stance) -> tuple[float, float]:
    """Side, -1 left to 1 right, and loudness of a place in metres for somebody who stands there."""
    east, north = place[0] - ear.x, place[1] - ear.y
    away = math.hypot(east, north)
    heading = math.radians(ear.heading)
    right = east * math.cos(heading) + north * math.sin(heading)
    return right / max(away, 1.0), NEAR / max(away, NEAR)


def bent(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """`sound` with what is above the knee bent below the ceiling; each sample for itself."""
    loud = np.abs(sound)
    room = CEILING - KNEE
    over = KNEE + room * np.tanh(np.maximum(loud - KNEE, 0.0) / room)
    return np.where(loud > KNEE, np.copysign(over, sound), sound)
