"""`--at`: how a moment is written on the command line.

Seconds of story (`258`), a beat or an act (`blossom`), so many seconds into it
(`blossom+6.5`), or a fraction of it (`dissolve@0.5`).
"""

from __future__ import annotations

import math

from world.errors import WrongUse, suggestion
from world.timeline.clock import Moment, breath_at
from world.timeline.score import ACTS, BEATS, END, Span, named, span_at

FORMS = "SECONDS, BEAT, BEAT+SECONDS or BEAT@FRACTION"


def story_of(text: str) -> float:
    """Seconds of story that `text` stands for.

    Raises WrongUse for an unknown beat, a fraction outside 0..1, or a time outside the piece.
    """
    text = text.strip()
    beat, mark, amount = _split(text)
    if not mark:
        seconds = _number(text)
        story = seconds if seconds is not None else _span(text).start
    else:
        span, number = _span(beat), _number(amount)
        if number is None:
            raise WrongUse(f'"{text}": "{amount}" is not a number; a moment is {FORMS}')
        if mark == "@" and not 0.0 <= number <= 1.0:
            raise WrongUse(f'"{text}": a fraction of a beat goes from 0 to 1, so not {amount}')
        story = span.start + number * (span.end - span.start if mark == "@" else 1.0)
    if not 0.0 <= story <= END:
        raise WrongUse(f'"{text}" is {story:g} s, but the dream lasts from 0 to {END:g} s')
    return story


def moment_of(text: str, breath: float | None = None) -> Moment:
    """The moment of `text`; without a breath, the one of a visit where nobody lingers."""
    story = story_of(text)
    if breath is not None and not (math.isfinite(breath) and breath >= 0.0):
        raise WrongUse(f"breath must be a number of seconds from 0 up, not {breath:g}")
    return Moment(story, breath_at(story) if breath is None else breath)


def beat_of(story: float) -> str:
    """The name of the beat that plays at `story` seconds."""
    return span_at(BEATS, story).name


def spoken(story: float) -> str:
    """`blossom+6.5`: the shortest text that `story_of` turns back into `story`."""
    span = span_at(BEATS, story)
    into = f"{story - span.start:.6f}".rstrip("0").rstrip(".")
    return span.name if into == "0" else f"{span.name}+{into}"


def _split(text: str) -> tuple[str, str, str]:
    for mark in "@+":
        beat, found, amount = text.partition(mark)
        if found and beat:
            return beat, found, amount
    return text, "", ""


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _span(name: str) -> Span:
    try:
        return named(name)
    except KeyError:
        known = [span.name for span in BEATS + ACTS]
        raise WrongUse(f'there is no beat "{name}"; {suggestion(name, known)}') from None
