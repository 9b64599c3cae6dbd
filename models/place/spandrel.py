"""The masonry that arches carry: courses of stone between their backs, and one over their crowns.

In the plane of a bay: x along it about its middle, z over the arch's springing. Without its weight
no arch of a few wedges would stand; where an arch has broken, only what its stumps carry is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh
from models.place.entablature import ARCH, BAY, JOINT, VOUSSOIRS, WEDGE
from models.place.moulding import Pair
from models.shape import skin

Array = NDArray[np.float64]

BACK = ARCH[1] + JOINT  # radius on which the courses lie
COURSES = (
    0.0,
    0.46,
    0.92,
    1.42,
    1.94,
    2.42,
    2.78,
)  # heights of their beds; the last lies on the crown
JOGS = (0.10, -0.14, 0.16, -0.18, 0.15, 0.0)  # where a course's joint is beside the column's axis
THICK = 0.405  # half of it: the arch's crown mouldings stand out before it
NARROWEST = 0.16  # metres: no stone ends thinner than that above
CURVE = 4  # points along a stone's hollow side
CROWN_STONES = 5
CHIPPED, CHIP = (
    0.35,
    (0.03, 0.10),
)  # share of the corners that are lost, and how much of them, metres
TORN = 0.12  # metres that a torn end wavers
SEEN = 0.45  # share of the sky that a joint sees


def spandrel(
    rng: np.random.Generator, side: int, beyond: float, wedges: int = VOUSSOIRS
) -> Iterator[Pair]:
    """The courses on one shoulder of an arch, `side` -1 or 1, as stones in the plane of the bay.

    beyond : metres past the column's axis that the wall goes on by itself; 0 where it meets another
    wedges : of the arch from this side on, that still stand
    """
    broken = wedges < VOUSSOIRS
    top = BACK * np.sin(min(wedges * WEDGE, np.pi / 2)) if broken else np.inf
    for course, (low, high) in enumerate(pairwise(COURSES[:-1])):
        end = BAY / 2 + (beyond if beyond > 0.0 else JOGS[course]) - JOINT
        if high > top + 0.1 or end - _back(high) < NARROWEST:
            continue
        if broken and beyond > 0.0 and course > 2 and rng.random() < 0.5:
            return
        curve = np.linspace(low, high, CURVE)
        curve = curve[_back(curve) < end - 0.02]
        edge = np.column_stack([_back(curve), curve])
        low = edge[0, 1] if edge[0, 1] > low + 0.01 else low
        ends = np.array([[end, high], [end, low]])
        if beyond > 0.0:
            ends[:, 0] += rng.uniform(-TORN, TORN) * (course > 1)
        outline = np.concatenate([edge, ends])
        yield _stone(rng, outline * [side, 1.0], THICK)


def crown(rng: np.random.Generator, ends: tuple[float, float]) -> Iterator[Pair]:
    """What is left of the course over a whole arch: more of it over the columns than the crown."""
    low, high = COURSES[-2:]
    cuts = np.linspace(*ends, CROWN_STONES + 1)
    cuts[1:-1] += rng.uniform(-0.12, 0.12, CROWN_STONES - 1)
    for one, two in zip(cuts[:-1] + JOINT, cuts[1:] - JOINT, strict=True):
        middle = abs(one + two) / BAY  # 0 over the crown, 1 over a column
        if rng.random() > 0.35 + 0.75 * middle:
            continue
        outline = np.array([(one, low), (one, high), (two, high), (two, low)])
        outline[1:3, 1] -= rng.uniform(0.0, 0.02, 2)
        yield _stone(rng, outline, THICK + 0.05)


def _back(z: Array | float) -> Array:
    """How far from the bay's middle the back of its arch is, at heights (n,) over the springing."""
    half = np.sqrt(np.maximum(BACK**2 - np.square(z), 0.0))
    return np.asarray(np.minimum(half, BAY / 2 + JOINT))


def _stone(rng: np.random.Generator, outline: Array, half: float) -> Pair:
    """A stone with that outline (n, 2) of x and z, from y = -half to half."""
    after = np.roll(outline, -1, axis=0)
    area = float(np.sum(outline[:, 0] * after[:, 1] - outline[:, 1] * after[:, 0]))
    outline = outline if area < 0.0 else outline[::-1]  # as it is seen from +y
    middle = outline.mean(axis=0)
    lost = rng.uniform(*CHIP, len(outline)) * (rng.random(len(outline)) < CHIPPED)
    reach = np.linalg.norm(outline - middle, axis=1)
    rings = []
    for y, share in ((-half, 1.0), (-half + 0.012, 0.0), (half - 0.012, 0.0), (half, 1.0)):
        face = (
            np.minimum(0.010 + lost, 0.4 * reach) if share else np.minimum(0.3 * lost, 0.2 * reach)
        )
        points = outline + (middle - outline) * (face / reach)[:, None]
        points += rng.normal(0.0, 0.003, points.shape)
        level = np.full(len(points), y) - np.sign(y) * 0.6 * lost * (share == 1.0)
        rings.append(np.column_stack([points[:, 0], level, points[:, 1]]))
    near = skin(
        np.stack(rings), np.array([0.14, 0.02, 0.02, 0.14]), open=np.array([1, SEEN, SEEN, 1])
    )
    return near, _plain(outline, half)


def _plain(outline: Array, half: float) -> Mesh:
    ends = [
        np.column_stack([outline[:, 0], np.full(len(outline), y), outline[:, 1]])
        for y in (-half, half)
    ]
    return skin(np.stack(ends), np.array([0.05, 0.05]), open=np.array([0.9, 0.9]))
