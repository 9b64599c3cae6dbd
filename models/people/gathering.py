"""Where everybody stands: loose rings about the fallen one, with an aisle and a few far off.

World space: metres, x east, y north; the fallen one lies at the origin, the visitor comes
along the aisle from the east. Headings are radians, 0 along +x, counter-clockwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.people import casting, huddle
from models.people.casting import (
    CLASPED,
    CLOAKED,
    KNEELING,
    LEANING,
    REACHING,
    STAFF,
    STOOPED,
    VEILED,
)
from models.people.features import FACES

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

CLEAR = 1.4  # nobody nearer the origin
APART = 0.72  # nobody nearer another
BODY = 0.40  # how far a robe reaches from its middle
AISLE_HALF = 0.85
AISLE = ((18.0, -1.5), (8.0, -0.35), (0.0, 0.0))
# Where cameras and visitors stop: x, y, radius.
KEPT_FREE = ((5.5, 2.0, 1.4), (5.2, 3.2, 0.9), (12.0, 6.0, 0.9), (2.2, -1.2, 0.9), (8.0, 0.0, 1.1))
RINGS = ((5.1, 0.55, 0.24), (8.0, 0.8, 0.36), (11.6, 1.15, 0.40))  # radius, spread, share
FAR_SHARE = 12 / 140
FAR_RADIUS = (38.0, 42.0)
STANDING = (CLASPED, VEILED, LEANING, CLOAKED, STOOPED, STAFF, REACHING)
STANDING_WEIGHTS = (0.19, 0.14, 0.13, 0.17, 0.14, 0.07, 0.16)
COLOURS = (0x2B2731, 0x3A2C2B, 0x2D2B42, 0x403A44, 0x5A2730)
COLOUR_WEIGHTS = (0.27, 0.25, 0.22, 0.20, 0.06)
# Three who come first and for whom room is kept: x, y, turned aside, drape.
FIRST = ((5.15, 4.15, 0.32, CLASPED), (4.25, 4.5, 0.40, LEANING), (5.8, 4.75, 0.22, VEILED))
# Where they stand in the end, one behind another as who is at WITNESSED sees them, the nearest in
# the middle, each with the sun on the right cheek: x, y, turned aside, drape, face, colour.
WITNESSES = (
    (4.27, 3.60, 0.24, CLASPED, "woman", 4),
    (3.95, 4.98, 0.34, REACHING, "brother", 1),
    (4.93, 4.12, 0.24, STAFF, "old", 3),
)
WITNESSED = (3.70, 1.75)
SUNWARD, SUNWARD_HALF = 6.5, 0.60  # what is kept free to the west of each, metres
CLOSE_KNEELERS = ((-1.5, 2.75), (-2.6, -1.75), (0.7, 3.3))

# Nobody in the west stands in the way of the last sunlight, which falls on the fallen one.
LAST_LIGHT, LAST_LIGHT_HALF = -0.40, 0.85  # the beam's middle and half its width along y, metres


@dataclass(frozen=True)
class People:
    """Columns of the same length n; `colour` is a row of COLOURS, `mirror` is 1 or -1.

    `face` is a row of models.people.features.FACES; `wide` and `long` are its head's, of the
    canon's.
    """

    x: Floats
    y: Floats
    heading: Floats
    scale: Floats
    drape: Ints
    colour: Ints
    phase: Floats
    dirt: Floats
    mirror: Floats
    face: Ints
    wide: Floats
    long: Floats

    def __len__(self) -> int:
        return len(self.x)


def gather(count: int = 140, seed: int = 1) -> People:
    """Places `count` people, 0 to 2000. The same seed gives the same crowd.

    Raises ValueError for a count outside that.
    """
    if not 0 <= count <= 2000:
        raise ValueError(f"a gathering has 0 to 2000 people, not {count}")
    rng = np.random.default_rng(seed)
    spots = _places(count, rng)
    x, y = spots[:, 0], spots[:, 1]
    drape = spots[:, 3].astype(np.int32)
    standing = drape < 0
    drape[standing] = rng.choice(STANDING, int(standing.sum()), p=STANDING_WEIGHTS)
    _part_twins(spots[:, :2], drape, rng)
    aside = spots[:, 2] + rng.normal(0, 0.19, count)
    face = casting.faces(spots[:, :2], drape, seed)
    if count >= len(WITNESSES):
        face[: len(WITNESSES)] = [list(FACES).index(whose) for *_, whose, _ in WITNESSES]
    wide, long = casting.builds(face, seed)
    if count >= len(WITNESSES):
        x, y = _bear_witness(spots[:, :2]).T
        aside[: len(WITNESSES)] = [turned for _, _, turned, *_ in WITNESSES]
        drape[: len(WITNESSES)] = [wears for _, _, _, wears, *_ in WITNESSES]
    scale = casting.heights(face, rng.normal(0, 0.040, count), len(WITNESSES))
    colour = _colours(spots[:, :2], rng)
    if count >= len(WITNESSES):
        colour[: len(WITNESSES)] = [dyed for *_, dyed in WITNESSES]
    people = People(
        x=x.astype(np.float32),
        y=y.astype(np.float32),
        heading=(np.arctan2(-y, -x) + aside).astype(np.float32),
        scale=scale,
        drape=drape,
        colour=colour,
        phase=rng.random(count).astype(np.float32),
        dirt=rng.beta(2, 2.5, count).astype(np.float32),
        mirror=np.where(rng.random(count) < 0.5, -1, 1).astype(np.float32),
        face=face,
        wide=wide,
        long=long,
    )
    far = round(count * FAR_SHARE)
    people = huddle.gathered(people, _may_stand, len(WITNESSES), far, seed)
    near, again = np.column_stack([people.x, people.y]), np.random.default_rng((seed, 29))
    _part_twins(near.astype(np.float64), people.drape, again)
    dyes = np.tile(COLOUR_WEIGHTS, (count, 1))
    old = np.array([f.age > 0.5 for f in FACES.values()])
    stoop = np.isin(people.drape, casting.FOR_THE_OLD)
    small = people.scale < casting.SMALLEST
    cast = np.where(stoop[:, None], old, np.where(small[:, None], ~old, True)).astype(np.float64)
    face = casting.parted(near, people.face, cast, again, len(WITNESSES))
    wide, long = casting.builds(face, seed)
    colour = casting.parted(near, people.colour, dyes, again, len(WITNESSES))
    return replace(people, colour=colour, face=face, wide=wide, long=long)


def _may_stand(x: float, y: float, others: NDArray[np.float64], apart: float) -> bool:
    way = _in_their_way(np.array([[x, y]]))[0] if len(others) >= len(WITNESSES) else False
    return _free(x, y, others, apart) and not way


def _bear_witness(spots: NDArray[np.float64]) -> NDArray[np.float64]:
    """The spots (n, 2) when the first three have taken their places in the sun.

    Who stands there, or in their light, or between them and WITNESSED, steps aside: round the
    middle, as far as it takes.
    """
    out = spots.copy()
    places = np.array([place[:2] for place in WITNESSES])
    three = len(places)
    out[:three] = places
    for i in np.flatnonzero(_in_their_way(out[three:])) + three:
        radius, angle = np.hypot(*out[i]), np.arctan2(out[i, 1], out[i, 0])
        others = np.delete(out, i, axis=0)
        for step in range(1, 700):
            turned = angle + (0.04 * (step // 2 + 1)) * (-1.0) ** step
            away = radius + 0.02 * (step // 16)
            spot = away * np.array([np.cos(turned), np.sin(turned)])
            if _free(float(spot[0]), float(spot[1]), others) and not _in_their_way(spot[None])[0]:
                out[i] = spot
                break
    return out


def _in_their_way(spots: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which spots (n, 2) are where a witness stands, in the sun's way to one, or in the view."""
    out = np.zeros(len(spots), dtype=bool)
    eye = np.array(WITNESSED)
    for place in np.array([spot[:2] for spot in WITNESSES]):
        off = spots - place
        out |= np.hypot(*off.T) < APART + 0.02
        out |= (off[:, 0] < 0) & (off[:, 0] > -SUNWARD) & (np.abs(off[:, 1]) < SUNWARD_HALF)
        way = place - eye
        share = np.clip((spots - eye) @ way / (way @ way), 0.0, 1.0)
        out |= np.hypot(*(spots - eye - share[:, None] * way).T) < BODY + 0.05
    return out


def _places(count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Rows (count, 4): x, y, turned aside (radians), drape or -1 for any that stands."""
    rows = np.full((count, 4), -1.0)
    placed = 0

    def put(x: float, y: float, aside: float, drape: float) -> bool:
        nonlocal placed
        if placed >= count or not _free(x, y, rows[:placed]):
            return False
        rows[placed] = x, y, aside, drape
        placed += 1
        return True

    for x, y, aside, drape in FIRST:
        put(x, y, aside, drape)
    for x, y in CLOSE_KNEELERS:
        put(x, y, 0.0, KNEELING)
    far = round(count * FAR_SHARE)
    grown = max(1.0, np.sqrt(count / 320))
    misses = 0
    while placed < count - far:
        radius, angle = _somewhere(rng, grown * (1 + misses / 4000))
        kneels = rng.random() < (0.22 if radius < 6.5 else 0.05)
        x, y = radius * np.cos(angle), radius * np.sin(angle)
        if not put(x, y, 0.0, KNEELING if kneels else -1):
            misses += 1
            continue
        if not kneels and rng.random() < 0.26:
            _companions(put, rng, radius, angle, placed, rows)
    while placed < count:
        _far_off(put, rng)
    return rows


def _somewhere(rng: np.random.Generator, grown: float) -> tuple[float, float]:
    """A radius and an angle in the rings, oftener in the west, never quite on a circle."""
    ring = RINGS[rng.choice(len(RINGS), p=[share for _, _, share in RINGS])]
    while True:
        angle = rng.uniform(-np.pi, np.pi)
        if rng.random() < 0.58 - 0.42 * np.cos(angle):
            break
    wander = 0.45 * np.sin(2 * angle + 1.1) + 0.3 * np.sin(5 * angle + ring[0])
    radius = ring[0] + wander + rng.normal(0, ring[1])
    if grown > 1:
        radius = 4 + (radius - 4) * grown * rng.uniform(0.3, 1.3)
    return float(np.clip(radius, 3.6, min(14.0 * grown, 36.0))), float(angle)


def _companions(
    put: Callable[[float, float, float, float], bool],
    rng: np.random.Generator,
    radius: float,
    angle: float,
    placed: int,
    rows: NDArray[np.float64],
) -> None:
    """One or two who stand close beside somebody, each turned a little to the other."""
    for side in (1.0, -1.0)[: rng.integers(1, 3)]:
        gap = side * rng.uniform(0.74, 0.84) / radius
        at, r = angle + gap, radius + rng.uniform(-0.12, 0.12)
        drape = LEANING if rng.random() < 0.5 else -1
        if put(r * np.cos(at), r * np.sin(at), side * 0.22, drape):
            rows[placed - 1, 2] = -side * 0.2


def _far_off(put: Callable[[float, float, float, float], bool], rng: np.random.Generator) -> None:
    angle = np.pi + rng.uniform(-0.72, 0.72) * np.pi
    radius = rng.uniform(*FAR_RADIUS)
    put(radius * np.cos(angle), radius * np.sin(angle), float(rng.normal(0, 0.25)), -1)


def _free(x: float, y: float, others: NDArray[np.float64], apart: float = APART) -> bool:
    here = np.array([x, y])
    if np.hypot(x, y) < CLEAR + BODY:
        return False
    if any(np.hypot(x - fx, y - fy) < radius for fx, fy, radius in KEPT_FREE):
        return False
    if aisle_distance(here[None])[0] < AISLE_HALF + BODY:
        return False
    if x < 0 and abs(y - LAST_LIGHT) < LAST_LIGHT_HALF + BODY:
        return False
    return bool(np.all(np.hypot(*(others[:, :2] - here).T) >= apart)) if len(others) else True


def aisle_distance(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each point (n, 2) is from the visitor's way, metres."""
    out = np.full(len(points), np.inf)
    for start, end in pairwise(AISLE):
        a, way = np.array(start), np.subtract(end, start)
        t = np.clip((points - a) @ way / (way @ way), 0, 1)[:, None]
        out = np.minimum(out, np.linalg.norm(points - a - t * way, axis=1))
    return out


def _part_twins(spots: NDArray[np.float64], drape: Ints, rng: np.random.Generator) -> None:
    """Gives another posture to whoever stands like one of those near them; changes `drape`."""
    weights = np.array(STANDING_WEIGHTS)
    for i, spot in enumerate(spots):
        if int(drape[i]) not in STANDING or not i:
            continue
        gaps = np.linalg.norm(spots[:i] - spot, axis=1)
        near = np.argsort(gaps)[:3]
        taken = {int(drape[j]) for j in near if gaps[j] < casting.TWINS_APART}
        if int(drape[i]) in taken:
            allowed = np.array(
                [0.0 if d in taken else w for d, w in zip(STANDING, weights, strict=True)]
            )
            drape[i] = rng.choice(STANDING, p=allowed / allowed.sum())


def _colours(spots: NDArray[np.float64], rng: np.random.Generator) -> Ints:
    """A row of COLOURS for each, other than those of the three nearest already dressed."""
    chosen = np.full(len(spots), -1, dtype=np.int32)
    weights = np.array(COLOUR_WEIGHTS)
    for i, spot in enumerate(spots):
        gaps = np.linalg.norm(spots[:i] - spot, axis=1)
        near = np.argsort(gaps)[:3]
        taken = {int(chosen[j]) for j in near if gaps[j] < 1.7}
        allowed = np.array([0.0 if c in taken else w for c, w in enumerate(weights)])
        chosen[i] = rng.choice(len(weights), p=allowed / allowed.sum())
    return chosen


def stand(points: ArrayLike, people: People, who: ArrayLike, floor: ArrayLike = 0.0) -> Floats:
    """Points (k, 3) of person space put where the people `who` (k,) stand, world metres.

    floor : the ground's height under each point's person, metres, (k,) or one number

    This is `v_rest` of shaders/crowd.vert: the place of a person's cloth before it moves.
    """
    p, who = np.asarray(points, dtype=np.float64), np.asarray(who)
    facing = people.heading[who]
    forward = np.stack([np.cos(facing), np.sin(facing)], axis=-1)
    right = np.stack([forward[:, 1], -forward[:, 0]], axis=-1)
    scale = people.scale[who][:, None]
    across = (p[:, 0] * people.mirror[who])[:, None]
    flat = (right * across + forward * p[:, 1:2]) * scale
    out = np.zeros_like(p)
    out[:, 0], out[:, 1] = people.x[who] + flat[:, 0], people.y[who] + flat[:, 1]
    out[:, 2] = p[:, 2] * scale[:, 0] + floor
    return out.astype(np.float32)
