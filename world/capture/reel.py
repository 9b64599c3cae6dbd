"""What a film consists of: numbered frames, the story second and the still of each, captions.

Frames are numbered from the start of the dream (frame = story seconds x frames a second), so
that a piece of it rendered elsewhere has the same numbers and the same pixels.
"""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from functools import cached_property

from world.capture.metadata import CROWD
from world.capture.path import camera_at
from world.capture.still import Size, Still
from world.errors import WrongUse
from world.timeline.clock import moment_at
from world.timeline.score import BEATS, END

CAPTION_WIDTH = 40  # characters a line, two lines
CAPTION_DELAY, CAPTION_LONGEST, CAPTION_SHORTEST = 0.6, 7.0, 1.2  # seconds


@dataclass(frozen=True)
class Caption:
    """Words and when they stand, in seconds of film."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Reel:
    """A film before it is drawn: stretches of story, in order, at a frame rate.

    Raises WrongUse for a rate or a stretch that leaves no frame.
    """

    size: Size
    quality: str
    seed: int
    fps: int = 24
    spans: tuple[tuple[float, float], ...] = ((0.0, END),)
    crowd: int = CROWD

    def __post_init__(self) -> None:
        if not 1 <= self.fps <= 120:
            raise WrongUse(f"{self.fps} frames a second cannot be filmed; choose 1 to 120")
        for start, end in self.spans:
            if not 0.0 <= start < end <= END:
                raise WrongUse(
                    f"a film from {start:g} s to {end:g} s has no frames; "
                    f"start before the end, within 0 to {END:g} s"
                )
        if not self.numbers:
            raise WrongUse("the film is shorter than one frame; make it longer")

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The frames' numbers in the order in which they are shown."""
        return tuple(
            number
            for start, end in self.spans
            for number in range(self._first(start), self._first(end))
        )

    def _first(self, story: float) -> int:
        return math.ceil(story * self.fps - 1e-9)

    @property
    def seconds(self) -> float:
        """How long the film plays."""
        return len(self.numbers) / self.fps

    def still(self, number: int) -> Still:
        """The picture of one frame: the same whatever was drawn before it."""
        story = min(number / self.fps, END)
        moment, camera = moment_at(story), camera_at(story)
        return Still(moment, camera, self.size, self.quality, self.seed, crowd=self.crowd)

    def sound_spans(self) -> list[tuple[float, float]]:
        """The stretches cut to whole frames, so that sound and picture are equally long."""
        return [
            (self._first(start) / self.fps, self._first(end) / self.fps)
            for start, end in self.spans
        ]


def captions(reel: Reel) -> list[Caption]:
    """The words of the dream at their beats, in seconds of film."""
    found: list[Caption] = []
    played = 0.0
    for start, end in reel.sound_spans():
        for beat in BEATS:
            shown = max(beat.start + CAPTION_DELAY, start)
            gone = min(beat.start + CAPTION_DELAY + CAPTION_LONGEST, beat.end, end)
            if gone - shown >= CAPTION_SHORTEST:
                lines = "\n".join(textwrap.wrap(beat.text, CAPTION_WIDTH))
                found.append(Caption(played + shown - start, played + gone - start, lines))
        played += end - start
    return found


def subrip(rows: list[Caption]) -> str:
    """Captions as a SubRip (.srt) file."""
    return "\n".join(
        f"{number}\n{_clock(row.start)} --> {_clock(row.end)}\n{row.text}\n"
        for number, row in enumerate(rows, 1)
    )


def _clock(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d},{thousandths:03d}"
