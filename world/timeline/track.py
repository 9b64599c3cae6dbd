"""A track: sorted keys and a pure lookup."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from world.timeline.ease import Ease, hold, smooth


@dataclass(frozen=True)
class Key:
    """A value at a time; `ease` shapes the way from this key to the next one."""

    time: float
    value: float
    ease: Ease = smooth


@dataclass(frozen=True)
class Track:
    """A number along the story. Before the first key and after the last it stays put."""

    keys: tuple[Key, ...]

    def __post_init__(self) -> None:
        if not self.keys:
            raise ValueError("a track needs at least one key")
        for earlier, later in pairwise(self.keys):
            if later.time <= earlier.time:
                raise ValueError(f"keys out of order: {later.time} s after {earlier.time} s")

    def __call__(self, time: float) -> float:
        """The value at `time` seconds of story."""
        index = bisect_right(self.keys, time, key=lambda key: key.time)
        if index == 0:
            return self.keys[0].value
        if index == len(self.keys):
            return self.keys[-1].value
        left, right = self.keys[index - 1], self.keys[index]
        mix = left.ease((time - left.time) / (right.time - left.time))
        return left.value + (right.value - left.value) * mix

    @property
    def jumps(self) -> tuple[float, ...]:
        """Times at which the value is meant to jump."""
        return tuple(
            later.time
            for earlier, later in pairwise(self.keys)
            if earlier.ease is hold and earlier.value != later.value
        )

    @property
    def bounds(self) -> tuple[float, float]:
        """Smallest and largest value that the track can take."""
        values = [key.value for key in self.keys]
        return min(values), max(values)


def track(*keys: tuple[float, float] | tuple[float, float, Ease]) -> Track:
    """`track((85, 0), (110, 1, smooth))`: rows of time, value and, if wanted, ease."""
    return Track(tuple(Key(*key) for key in keys))
