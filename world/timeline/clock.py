"""Moments: where the story is, and how much the world has breathed by then."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from world.timeline.score import END, TRACKS
from world.timeline.track import Track

_STEPS = 16  # Simpson intervals for each second of breath


@dataclass(frozen=True)
class Moment:
    """`story` seconds along the script, `breath` seconds of wind, breathing and shimmer.

    Story waits at the visitor's deeds; breath goes on meanwhile. Raises ValueError for
    a number that is not finite or is negative.
    """

    story: float
    breath: float

    def __post_init__(self) -> None:
        for name, value in (("story", self.story), ("breath", self.breath)):
            if not 0.0 <= value < float("inf"):
                raise ValueError(f"{name} is {value}: it must be a number of seconds from 0 up")


def moment_at(story: float) -> Moment:
    """The moment at `story` seconds when nobody lingers: breath is the integral of its rate."""
    story = min(max(story, 0.0), END)
    return Moment(story, breath_at(story))


def breath_rate(story: float) -> float:
    """How many seconds of breath go by in one second, at `story`."""
    return TRACKS["breath_rate"](story)


def breath_at(story: float) -> float:
    """Breath seconds that have gone by at `story` when nobody lingers (Simpson's rule)."""
    rate = TRACKS["breath_rate"]
    whole = int(story)
    return _whole_seconds(rate)[whole] + _integral(rate, float(whole), story)


@lru_cache(maxsize=4)
def _whole_seconds(rate: Track) -> tuple[float, ...]:
    sums = [0.0]
    for second in range(int(END) + 1):
        sums.append(sums[-1] + _integral(rate, float(second), second + 1.0))
    return tuple(sums)


def _integral(rate: Track, start: float, end: float) -> float:
    width = (end - start) / _STEPS
    total = rate(start) + rate(end)
    for index in range(1, _STEPS):
        total += rate(start + index * width) * (4 if index % 2 else 2)
    return total * width / 3
