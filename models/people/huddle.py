"""Who has come close: some kneel about the fallen one, and others stand in twos and touch.

Works on a gathering that stands evenly; people are moved and turned, nobody is added. World
space and headings as in models/people/gathering.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from models.people.casting import (
    CLASPED,
    CLOAKED,
    KNEELING,
    LEANING,
    REACHING,
    STOOPED,
    SUNK,
    VEILED,
)

if TYPE_CHECKING:
    from models.people.gathering import People

Array = NDArray[np.float64]
Free = Callable[[float, float, Array, float], bool]

# Who is nearest to her: x, y, turned aside, drape. Two groups, north and south of the last light,
# and nobody to the east, from where the visitor comes.
INNER = (
    (-0.55, 1.90, 0.10, SUNK),
    (0.42, 2.30, -0.12, KNEELING),
    (-1.55, 2.05, 0.20, KNEELING),
    (-1.05, 2.72, -0.30, REACHING),
    (-2.62, 1.55, -0.10, SUNK),
    (1.40, 2.75, 0.15, SUNK),
    (-3.30, 1.95, 0.25, CLOAKED),
    (-0.85, -2.05, -0.12, KNEELING),
    (-1.85, -2.15, 0.10, SUNK),
    (0.15, -2.55, 0.16, SUNK),
    (-0.35, -3.10, -0.25, STOOPED),
    (-2.55, -2.65, -0.30, VEILED),
    (0.95, -3.02, 0.30, KNEELING),
)
# Lanes of the low sun through the crowd, by which long stripes of light and shade come towards the
# visitor: middles along y, half their width, and how far somebody is moved along x to clear one.
LANES, LANE_HALF = (-3.8, 5.75), 0.60
ASIDE = (0.0, 0.25, -0.25, 0.5, -0.5, 0.8, -0.8, 1.2, -1.2)
INNER_APART = 0.60  # metres between two who are near her
FEWEST = 60  # people of whom some come so near
WITHIN = 1.45  # metres to a neighbour whom somebody may step up to
TOUCHING = 0.68  # metres between the middles of two who touch
SHARE = 0.75  # of those who have such a neighbour
TO_EACH_OTHER = 0.34  # radians that they turn
REACH = 20.0  # metres from the middle within which people step together
CHILD, CHILDREN = (0.68, 0.78), 6  # of the canon's height, and at most so many of them


def gathered(people: People, free: Free, kept: int, far: int, seed: int) -> People:
    """The same people, closer together.

    free : whether somebody may stand at (x, y) among others (n, 2), so far apart
    kept : so many at the beginning stay where they are; far: so many at the end
    """
    count = len(people)
    if count < FEWEST:
        return people
    rng = np.random.default_rng((seed, 83))
    spots = np.column_stack([people.x, people.y]).astype(np.float64)
    out = replace(
        people,
        **{key: getattr(people, key).copy() for key in ("heading", "drape", "mirror", "scale")},
    )
    near = range(count - far - len(INNER), count - far)
    for i, (x, y, aside, drape) in zip(near, INNER, strict=True):
        others = np.delete(spots, i, axis=0)
        if not free(x, y, others, INNER_APART):
            continue
        spots[i] = x, y
        out.heading[i] = np.arctan2(-y, -x) + aside
        out.drape[i] = drape
    settled = np.zeros(count, dtype=bool)
    settled[:kept] = settled[near.start :] = True
    settled |= np.hypot(*spots.T) > REACH
    _clear_lanes(spots, settled, free)
    _in_twos(out, spots, settled, free, rng)
    x, y = spots.T.astype(np.float32)
    return replace(out, x=x, y=y)


def _in_a_lane(y: float) -> bool:
    return any(abs(y - lane) < LANE_HALF for lane in LANES)


def _clear_lanes(spots: Array, settled: NDArray[np.bool_], free: Free) -> None:
    """Has whoever stands in a lane step to its edge, changing `spots`; who finds no room stays."""
    for i in np.flatnonzero(~settled):
        for lane in LANES:
            off = spots[i, 1] - lane
            if abs(off) >= LANE_HALF:
                continue
            others = np.delete(spots, i, axis=0)
            edges = lane + 1.02 * LANE_HALF * np.array([1.0, -1.0]) * (1.0 if off > 0 else -1.0)
            rooms = ((spots[i, 0] + step, edge) for step in ASIDE for edge in edges)
            spots[i] = next((at for at in rooms if free(*at, others, TOUCHING)), spots[i])
            break


def _in_twos(
    people: People, spots: Array, settled: NDArray[np.bool_], free: Free, rng: np.random.Generator
) -> None:
    """Has neighbours step together, changing `spots` and how they stand."""
    children = 0
    for i in range(len(spots)):
        gaps = np.hypot(*(spots - spots[i]).T)
        gaps[settled] = np.inf
        gaps[i] = np.inf
        j = int(np.argmin(gaps))
        if settled[i] or gaps[j] > WITHIN or rng.random() > SHARE:
            continue
        middle, half = 0.5 * (spots[i] + spots[j]), 0.5 * (spots[j] - spots[i])
        half *= 0.5 * TOUCHING / np.hypot(*half)
        others = np.delete(spots, [i, j], axis=0)
        places = (middle - half, middle + half)
        if not all(free(a, b, others, TOUCHING) and not _in_a_lane(b) for a, b in places):
            continue
        spots[i], spots[j] = middle - half, middle + half
        settled[[i, j]] = True
        child = bool(children < CHILDREN and rng.random() < 0.3)
        children += child
        _turn_to(people, i, spots[j] - spots[i], LEANING)
        _turn_to(people, j, spots[i] - spots[j], None)
        if child:
            people.scale[j] = rng.uniform(*CHILD)
            people.drape[j] = CLASPED
        elif int(people.drape[j]) == LEANING:
            people.drape[j] = CLOAKED


def _turn_to(people: People, who: int, way: Array, drape: int | None) -> None:
    """Turns somebody a little towards another, on whose side their head and arm then are."""
    heading = float(people.heading[who])
    to_right = way @ np.array([np.sin(heading), -np.cos(heading)]) / np.hypot(*way)
    ahead = way @ np.array([np.cos(heading), np.sin(heading)]) / np.hypot(*way)
    people.mirror[who] = 1.0 if to_right > 0.0 else -1.0
    people.heading[who] = heading - TO_EACH_OTHER * to_right
    if drape is None or int(people.drape[who]) == KNEELING:
        return
    # Who stands behind another lays a hand on their shoulder.
    people.drape[who] = REACHING if ahead > 0.45 else drape
