"""What sounds when: beds that go on and follow the state, strikes that begin at a cue.

The film's mix and the walk's playback both read these two lists.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

import numpy as np

from world.audio import bells, elements, light, voices
from world.audio.elements import pitch
from world.audio.synth import Sound, Studio, curve, echo, in_place, levelled, mono, peaked
from world.timeline.clock import moment_at
from world.timeline.score import CUES, END, TRACKS
from world.timeline.state import State, at

Group = Literal["bells", "voices", "world"]
GROUPS: tuple[Group, ...] = ("bells", "voices", "world")

LOOP = 30.0  # seconds of a bed; whole beats of the heart (22) fit into it
HEART = 44.0  # beats a minute, as in world.timeline.state
CLOSE = 4.0  # seconds until the end in which everything falls silent
STILL = 0.006  # what is left of everything while the world holds its breath


@dataclass(frozen=True)
class Part:
    """Something that sounds.

    make     : gives (n,) or (n, 2); beds at root mean square 1, strikes at peak 1
    decibels : how loud, against full scale
    place    : where it stands, x and y in metres; None is everywhere
    """

    name: str
    group: Group
    decibels: float
    make: Callable[[Studio], Sound]
    place: tuple[float, float] | None = None

    @property
    def gain(self) -> float:
        """`decibels` as a factor."""
        return float(10.0 ** (self.decibels / 20))


@dataclass(frozen=True)
class Bed(Part):
    """A loop of LOOP seconds whose level, 0..1, follows the state."""

    level: Callable[[State], float] = lambda state: 1.0


@dataclass(frozen=True)
class Strike(Part):
    """A sound that begins once, at `start` seconds of story, and rings out."""

    start: float = 0.0


def openness(state: State) -> float:
    """The factor for all that sounds: beginning, end, and the breath that the world holds."""
    ending = min(1.0, (END - state.story) / CLOSE)
    return state.fade * ending * (STILL + (1.0 - STILL) * (1.0 - state.held) ** 2)


def ring(count: int, radius: float, turn: float = 0.0) -> list[tuple[float, float]]:
    """`count` places in a circle about the fallen one, in metres."""
    angles = [2 * math.pi * (k + turn) / count for k in range(count)]
    return [(radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]


def _behind(state: State) -> float:
    """What steps back while the crowd sings."""
    return 1.0 - 0.65 * state.chorus


# ── beds ─────────────────────────────────────────────────────────────────────


def _loop(instrument: Callable[..., Sound], **options: float) -> Callable[[Studio], Sound]:
    def make(studio: Studio) -> Sound:
        return levelled(instrument(studio, LOOP, **options))

    return make


def _assembly(studio: Studio) -> Sound:
    near = voices.breathing(studio, LOOP, 9)
    return levelled(mono(in_place(near, echo(studio.rate, 2.2), 0.25, loop=True)))


ASSEMBLY = tuple(
    Bed(
        f"assembly-{number}", "voices", -29.5, _assembly, place,
        level=lambda s: s.vapour * (1.0 - 0.35 * s.calm),
    )
    for number, place in enumerate(ring(4, 8.0, 0.5), 1)
)  # fmt: skip

BEDS: tuple[Bed, ...] = (
    Bed(
        "wind", "world", -32.0, _loop(elements.wind),
        level=lambda s: (1.0 - 0.35 * s.hush - 0.3 * s.calm) * (1.0 - s.afloat),
    ),
    *ASSEMBLY,
    Bed("rumble", "world", -21.0, _loop(elements.rumble), level=lambda s: s.tremor),
    Bed("mist", "world", -41.0, _loop(elements.mist), level=lambda s: s.mist * (1 - 0.4 * s.roots)),
    Bed("rain", "world", -33.0, _loop(elements.rain), level=lambda s: s.rain),
    Bed(
        "heart", "world", -22.0, _loop(elements.heart, beats_a_minute=HEART),
        level=lambda s: s.heartbeat,
    ),
    Bed(
        "hum", "world", -33.0, _loop(elements.hum),
        level=lambda s: _behind(s) * s.orb * (1.0 - s.orb_flight) * (0.55 + 0.45 * s.orb_pulse),
    ),
    Bed(
        "petals", "world", -35.0, _loop(elements.petals),
        level=lambda s: _behind(s) * s.bloom * (1.0 - s.dissolve),
    ),
    Bed(
        "vibration", "world", -35.0, _loop(elements.vibration),
        level=lambda s: _behind(s) * s.air,
    ),
    Bed(
        "night", "world", -29.0, _loop(elements.night),
        level=lambda s: max(0.3 * s.calm * _behind(s), s.afloat) * (1.0 - 0.5 * s.last_dawn),
    ),
    Bed("binary", "world", -28.0, _loop(elements.binary), level=lambda s: s.binary),
)  # fmt: skip

_SURVEY = 2.0  # seconds between the moments at which beds are listened for


@lru_cache(maxsize=64)
def _heard(name: str) -> tuple[float, ...]:
    """Moments of the story, every second one, at which a bed is heard."""
    bed = next(bed for bed in BEDS if bed.name == name)
    moments = (moment_at(k * _SURVEY) for k in range(int(END / _SURVEY) + 1))
    return tuple(moment.story for moment in moments if bed.level(at(moment)) > 1e-3)


def first_heard(bed: Bed, story: float) -> float:
    """Seconds of story, from `story` on, at which a bed is heard; far beyond the end if never."""
    return min((time for time in _heard(bed.name) if time >= story - _SURVEY), default=10.0 * END)


# ── strikes ──────────────────────────────────────────────────────────────────

# Semitones above D, and octave, of each bell: a minor colour that opens as the mist is born.
BELL_NOTES = (
    (0, 4), (7, 4), (3, 4), (10, 3), (5, 4), (0, 4), (7, 3), (2, 4), (9, 3), (0, 5), (4, 4), (7, 4),
    (2, 5), (0, 4), (7, 4), (9, 4), (2, 5),
)  # fmt: skip
BELL_LASTS = 13.0  # seconds

_TIMES = {cue.name: cue.time for cue in CUES}


def _struck(
    instrument: Callable[..., Sound], seconds: float, **options: object
) -> Callable[[Studio], Sound]:
    def make(studio: Studio) -> Sound:
        return peaked(instrument(studio, seconds, **options))

    return make


def _bell(studio: Studio, hertz: float) -> Sound:
    return peaked(bells.far_bell(studio, hertz, BELL_LASTS))


BELLS = tuple(
    Strike(
        f"bell-{number}", "bells", -17.0, partial(_bell, hertz=pitch(*note)),
        start=_TIMES[f"bell-{number}"],
    )
    for number, note in enumerate(BELL_NOTES, 1)
)  # fmt: skip


def _wave_of_breath(
    studio: Studio, people: int, spread: float, lasting: float, inward: bool
) -> Sound:
    both = [
        voices.breaths(studio, spread + 3 * lasting, people, spread, lasting, inward)
        for _ in range(2)
    ]
    return peaked(in_place(np.stack(both, axis=1), echo(studio.rate, 2.2), 0.3))


def _laugh(studio: Studio) -> Sound:
    return peaked(in_place(voices.laugh(studio, 6.5), echo(studio.rate, 4.5), 0.6))


PLACES = ring(6, 9.0)
CHORUS_LASTS = 41.0

# Seconds after the cue and note of each line: D and A alone; a second that wants to move;
# B minor, G, A, and at last D with the second on top, which is not resolved before the dawns.
BASS = ((0, 0, 3), (13, 9, 2), (20, 5, 2), (27, 7, 2), (31, 0, 3))
TENOR = ((0, 7, 3), (20, 9, 3), (27, 7, 3))
ALTO = ((5, 0, 4), (9, 2, 4), (13, 4, 4), (20, 0, 4), (27, 2, 4), (31, 4, 4))
SOPRANO = ((13, 7, 4), (20, 9, 4), (27, 0, 5), (31, 2, 5))


def _line(rows: tuple[tuple[int, int, int], ...]) -> list[tuple[float, float]]:
    return [(float(time), pitch(note, octave)) for time, note, octave in rows]


def _section(studio: Studio) -> Sound:
    """Five of the crowd who stand together, as one sound from where they stand."""
    singers = [
        voices.Singer("bass", _line(BASS), 1.5),
        voices.Singer("tenor", _line(TENOR), 1.3),
        voices.Singer("soprano", _line(ALTO), 0.8),
        voices.Singer("soprano", _line(SOPRANO), 0.75),
        voices.Singer("tenor", _line(ALTO), 0.4),
    ]
    times = studio.times(CHORUS_LASTS)
    opening = curve(times, (0, 0), (12, 0.12), (22, 0.6), (31, 1), (36, 0.8))
    end = curve(times, (34.5, 1.0), (40.0, 0.0))
    rise = curve(times, (0.0, 0.5), (31.0, 1.0))
    sung = voices.choir(studio, CHORUS_LASTS, singers, opening) * end * rise
    return peaked(mono(in_place(sung, echo(studio.rate, 4.5, 1), 0.45)))


CHORUS = tuple(
    Strike(f"chorus-{number}", "voices", -9.5, _section, place, start=_TIMES["choir"])
    for number, place in enumerate(PLACES, 1)
)


def _answer(studio: Studio) -> Sound:
    """The lyre's stars answer in pulses: rising fifths, slower and slower."""
    times = np.cumsum(np.concatenate([[0.0], np.linspace(0.9, 1.9, 13)]))
    notes = (0, 7, 12, 14, 19, 16, 12, 7, 14, 9, 12, 16, 19, 24)
    return peaked(light.lyre(studio, [(t, pitch(n, 4)) for t, n in zip(times, notes)]))


def breaking(start: float) -> list[float]:
    """Seconds after `start` at which each of the thousand dawns breaks, from the score's track."""
    count = TRACKS["dawn_count"]
    first, last = count.keys[0].time, count.keys[-1].time
    times = np.linspace(first, last, 4001)
    counts = np.array([count(time) for time in times])
    return list(np.interp(np.arange(1, round(count.bounds[1]) + 1), counts, times) - start)


DAWNS_START = 448.0
DAWNS_LAST = 32.0


def _dawns(studio: Studio) -> Sound:
    return peaked(light.dawns(studio, DAWNS_LAST, breaking(DAWNS_START)))


STRIKES: tuple[Strike, ...] = (
    *BELLS,
    Strike(
        "hush", "voices", -22.0,
        partial(_wave_of_breath, people=70, spread=8.0, lasting=2.2, inward=False),
        start=_TIMES["hush"],
    ),
    Strike("quiver", "world", -13.0, _struck(elements.crack, 4.0), start=_TIMES["quiver"] - 0.4),
    Strike(
        "gathering", "world", -19.0, _struck(light.gathering, 19.0),
        start=_TIMES["orb-formed"] - 16.0,
    ),
    Strike("laugh", "voices", -13.0, _laugh, start=_TIMES["laugh"]),
    Strike("dew", "world", -17.0, _struck(elements.dew, 8.0), start=_TIMES["dew"]),
    Strike("touch", "voices", -20.0, _struck(elements.touch, 6.0), start=_TIMES["touch"]),
    Strike("bow", "world", -18.0, _struck(elements.bowing, 10.0), start=_TIMES["bow"] - 1.0),
    Strike(
        "gasp", "voices", -17.0,
        partial(_wave_of_breath, people=60, spread=4.0, lasting=0.75, inward=True),
        start=_TIMES["gasp"] - 0.2,
    ),
    Strike("root-front", "world", -16.0, _struck(light.roots, 30.0), start=_TIMES["root-front"]),
    *CHORUS,
    Strike(
        "shatter", "world", -11.0, _struck(light.dissolving, 28.0), start=_TIMES["shatter"] - 0.5
    ),
    Strike("orb-merges", "bells", -14.0, _answer, start=_TIMES["orb-merges"]),
    Strike("ignition", "world", -8.0, _dawns, start=DAWNS_START),
)  # fmt: skip

PARTS: tuple[Part, ...] = (*BEDS, *STRIKES)
