"""Who is drawn how finely, and who is in view: arrays in, arrays out, however many people.

Where one level ends and the next begins somebody is drawn by both, the coarser one from the hem up
to a line and the finer one above it; the line climbs as they get further away, so that nobody ever
jumps from one shape to another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

FADE = 0.10  # of a level's reach: the end of it, within which the next level comes in
WHOLE = 1.0


@dataclass(frozen=True)
class View:
    """What an eye can see: where it is (3,), its right, forward and up as columns (3, 3), and the
    tangents of half its width and half its height."""

    eye: NDArray[np.float64]
    turn: NDArray[np.float64]
    wide: float
    high: float


@dataclass(frozen=True)
class Shares:
    """Rows of the same length: who, at which level, and which share of them there.

    A share above 0 is so much of their height from below, below 0 what is above so much; 1 is all.
    """

    who: Ints
    level: Ints
    share: Floats


def shares(away: ArrayLike, ends: ArrayLike) -> Shares:
    """Deals people at distances (n,) out to levels that end at distances (k,): 0 to k."""
    distance, limits = np.asarray(away, dtype=np.float64), np.asarray(ends, dtype=np.float64)
    level = np.searchsorted(limits, distance)
    to_end = np.append(limits, np.inf)[level]
    reach = np.append(limits, 1.0)[level] * FADE
    come = np.clip(1.0 - (to_end - distance) / reach, 0.0, 1.0)
    who = np.arange(len(distance))
    both = np.flatnonzero(come > 0.0)
    first = np.where(come > 0.0, -come, WHOLE)
    return Shares(
        np.concatenate([who, both]),
        np.concatenate([level, level[both] + 1]),
        np.concatenate([first, come[both]]).astype(np.float32),
    )


def in_view(places: ArrayLike, radius: float, view: View) -> NDArray[np.bool_]:
    """Whose ball of that radius about a place (n, 3) touches the view's pyramid: (n,)."""
    to = (np.asarray(places) - view.eye) @ view.turn
    aside, ahead, above = to.T
    seen = ahead > -radius
    for off, half in ((aside, view.wide), (above, view.high)):
        seen &= np.abs(off) < np.maximum(ahead, 0.0) * half + radius * np.hypot(1.0, half)
    return np.asarray(seen)


def mirrored(places: ArrayLike) -> Floats:
    """Places (n, 3) as polished stone at z = 0 shows them."""
    return np.asarray(places, dtype=np.float32) * np.array([1.0, 1.0, -1.0], dtype=np.float32)
