"""The state of the dream at a moment: named numbers, and nothing that remembers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields

from world.timeline import score
from world.timeline.clock import Moment
from world.timeline.score import BELLS, TOLLS_AFLOAT, TRACKS

NEVER = 99.0  # age in seconds of a bell that has not rung
_TOLLS = BELLS + TOLLS_AFLOAT


@dataclass(frozen=True)
class Stance:
    """Where somebody stands: x and y in metres, heading in degrees (0 north, 90 west)."""

    x: float
    y: float
    heading: float = 90.0


@dataclass(frozen=True)
class Visit:
    """The visitor's own track: where they stood when they did each deed."""

    extend: Stance = field(default_factory=lambda: Stance(8.0, 0.0))
    raised: Stance = field(default_factory=lambda: Stance(8.0, 0.0))
    step: Stance = field(default_factory=lambda: Stance(6.5, 0.0))


@dataclass(frozen=True)
class State:
    """Everything that moves, as numbers. Fades run 0..1; `_front` metres; `_age` seconds."""

    story: float
    breath: float
    bell_age1: float
    bell_age2: float
    bell_age3: float
    bell_age4: float
    orb_pulse: float
    heart: float
    flutter: float
    hush: float
    lit: float
    exposure: float
    warmth: float
    vignette: float
    fade: float
    sky_light: float
    waver: float
    bow: float
    hush_front: float
    vapour: float
    shiver: float
    look_front: float
    awe: float
    chorus: float
    calm: float
    tremor: float
    rain: float
    glints: float
    heartbeat: float
    mist: float
    mist_low: float
    bow_mist: float
    tendril: float
    hand: float
    reach: float
    cup: float
    raised: float
    released: float
    gather: float
    orb: float
    orb_light: float
    memory: float
    memory_glow: float
    orb_flight: float
    flowers_front: float
    bloom: float
    air: float
    roots_time: float
    roots: float
    lids: float
    held: float
    dissolve: float
    afloat: float
    stars: float
    milky: float
    lyra_pulse: float
    binary: float
    dawn_count: float
    last_dawn: float
    breath_rate: float


FIELDS: tuple[str, ...] = tuple(entry.name for entry in fields(State))


def at(moment: Moment) -> State:
    """The state at a moment. Pure: the same moment gives the same numbers, in any order."""
    story, breath = moment.story, moment.breath
    values = {name: lane(story) for name, lane in TRACKS.items()}
    ages = sorted(story - toll if story >= toll else NEVER for toll in _TOLLS)[:4]
    return State(
        story=story,
        breath=breath,
        bell_age1=ages[0],
        bell_age2=ages[1],
        bell_age3=ages[2],
        bell_age4=ages[3],
        orb_pulse=_calm_breathing(breath),
        heart=_heart(story, values["heartbeat"]),
        flutter=_flutter(story, values["lids"]),
        hush=min(values["hush_front"] / 14.0, 1.0),
        lit=_candle(breath, values["waver"]),
        **values,
    )


def _calm_breathing(breath: float) -> float:
    """The orb's pulse, 0..1, at 10 breaths a minute."""
    return 0.5 + 0.5 * math.sin(2 * math.pi * breath * 10 / 60)


def _heart(story: float, strength: float) -> float:
    """A slow heart, 0..1, 44 beats a minute: two thumps, then rest."""
    phase = (story * 44 / 60) % 1.0
    first = math.exp(-(((phase - 0.12) / 0.055) ** 2))
    second = 0.6 * math.exp(-(((phase - 0.34) / 0.07) ** 2))
    return strength * (first + second)


def _flutter(story: float, strength: float) -> float:
    """The lids' trembling, -1..1: bursts with rests between them."""
    burst = max(0.0, math.sin(story * 1.9) * math.sin(story * 0.83 + 0.4))
    return strength * burst * math.sin(2 * math.pi * 5.3 * story)


def _candle(breath: float, waver: float) -> float:
    """The sun's wavering as a factor near 1: within 5 % and below 1 Hz (WCAG 2.3.1)."""
    shake = math.sin(2.1 * breath) + 0.6 * math.sin(3.7 * breath + 1.3)
    return 1.0 + waver * 0.025 * shake / 1.6


def clamp_story(story: float) -> float:
    """`story` kept inside the piece."""
    return min(max(story, 0.0), score.END)
