"""Words of the dream, and hints: what is said when, as pure functions of time."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from world.timeline.score import BEATS, END, Deed

LINE = 40  # letters
LINES = 2
SIZE = 46.0  # units of the layer: pixels at 1080p
HINT_SIZE = 34.0
FADE = 0.8  # seconds for words to come and to go

KEYS_SHOWN = (1.5, 10.0)  # seconds of the walk in which the keys are shown
HINT_AFTER = 3.5  # seconds that the story waits at a deed before it says how
HINTS = {"extend": "reach into the mist", "raise": "raise the orb", "step": "step forward"}


def pages(text: str) -> list[str]:
    """`text` in blocks of at most two lines of at most forty letters, none of them a widow."""
    for width in range(LINE // 2, LINE + 1):  # the narrowest that fits, so that lines are even
        lines = textwrap.wrap(text, width, break_long_words=False)
        if len(lines) <= LINES and all(len(line) <= LINE for line in lines):
            return ["\n".join(lines)]
    lines = textwrap.wrap(text, LINE)
    return ["\n".join(lines[start : start + LINES]) for start in range(0, len(lines), LINES)]


def caption(story: float) -> tuple[str, float]:
    """The words of the dream at `story` seconds and their opacity, 0..1."""
    for beat in BEATS:
        if beat.start <= story < beat.end or (story >= END and beat.end >= END):
            blocks = pages(beat.text)
            span = min((beat.end - beat.start), 9.0 * len(blocks)) / len(blocks)
            since = story - beat.start
            index = int(since / span)
            if index >= len(blocks):
                return blocks[-1], 0.0
            return blocks[index], envelope(since - index * span, 0.0, span)
    return "", 0.0


def envelope(time: float, start: float, end: float, fade: float = FADE) -> float:
    """Up from `start`, down to `end`, 0..1, over `fade` seconds each."""
    return min(max(min((time - start) / fade, (end - time) / fade), 0.0), 1.0)


def keys_text(bindings: Mapping[str, tuple[str, ...]]) -> str:
    """The keys for walking, running, looking and acting, as they are bound."""
    walk = " ".join(_key(bindings, action) for action in ("forward", "left", "back", "right"))
    return (
        f"{walk}  or arrows to walk      {_key(bindings, 'run')}  to run\n"
        f"Mouse  to look      {_key(bindings, 'act')}  to act      Esc  to pause"
    )


def _key(bindings: Mapping[str, tuple[str, ...]], action: str) -> str:
    keys = bindings.get(action, ())
    return keys[0].capitalize() if keys else "–"


def keys_hint(elapsed: float) -> float:
    """How strongly the keys are shown, 0..1, `elapsed` seconds into the walk."""
    return envelope(elapsed, *KEYS_SHOWN, fade=1.2)


def deed_hint(
    deed: Deed | None, waited: float, bindings: Mapping[str, tuple[str, ...]]
) -> tuple[str, float]:
    """The soft hint at a deed where the story has waited for `waited` seconds, and its opacity."""
    if deed is None or waited < HINT_AFTER:
        return "", 0.0
    text = f"Hold  {_key(bindings, 'act')}  or the mouse to {HINTS[deed.name]}"
    return text, min((waited - HINT_AFTER) / 1.5, 1.0)
