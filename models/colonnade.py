"""The ruined colonnade on three sides: who still stands, who is broken, what lies about.

North, south and west; the west opens on the sunset between two broken columns.
What still stands stands in runs, as ruins do: lintels need two whole neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.coarsen import clustered
from models.column import DRUM, HEIGHT, RADIUS, SHAFT, capital, column, drum, shaft_radius
from models.mesh import Mesh, merge
from models.noise import value_noise
from models.pile import Pile
from models.shape import box, frame

Array = NDArray[np.float64]

LINE = 45.0  # the axis of the columns, from the middle of the floor
STEP_RISE, STEP_TREAD, STEPS = 0.16, 0.6, 3
FOOT = STEPS * STEP_RISE  # what the columns stand on
STEP_START = 42.6  # inner edge of the lowest step
STEP_END = 47.0
BAY = 4.5
TOP = FOOT + HEIGHT
BEAM, FRIEZE, CORNICE = 0.62, 0.40, 0.30  # heights; together with TOP they make 9 m
ARCH_RADIUS, ARCH_DEPTH, VOUSSOIRS = 1.95, 0.56, 11
VOUSSOIR_WEAR = 0.4  # wedges hold each other, and lose less than a wall's blocks
LYING_CELL = 0.11  # metres: a capital on the floor is that fine from afar
TOPPLED, TOPPLED_FROM = 4, 2.6  # drums of a column that fell at once, and where their row begins
DENTIL, DENTIL_OUT = 0.15, 0.13  # width and height of a tooth under the cornice, and its reach
COLUMN_STOP = 0.85  # radius a visitor is kept out of

# The two that frame the sun, and their neighbours: place along the west side -> height.
SUNSET_GATE = {
    -13.5: 1.2,
    -9.0: 0.0,
    -4.4: 7.0,
    0.0: 0.0,
    4.3: 5.5,
    9.0: 6.4,
    13.5: 0.9,
}


@dataclass(frozen=True)
class Post:
    """A place for a column: position, distance along its side, height that is left of it."""

    x: float
    y: float
    side: str
    along: float
    height: float

    @property
    def whole(self) -> bool:
        return self.height >= HEIGHT


def posts(seed: int) -> list[Post]:
    """Every place of the three sides, in order along each side."""
    rng = np.random.default_rng([seed, 21])
    out: list[Post] = []
    for side in ("north", "west", "south"):
        for index in range(-10, 11):
            along = BAY * index
            if side != "west" and not -LINE < along < 42.0:
                continue
            if side == "west":
                along = _nudged(along)
                height = SUNSET_GATE.get(along, _left_of(side, along, seed, rng))
                out.append(Post(-LINE, along, side, along, height))
            else:
                y = LINE if side == "north" else -LINE
                out.append(Post(along, y, side, along, _left_of(side, along, seed, rng)))
    return out


def _nudged(along: float) -> float:
    return min(SUNSET_GATE, key=lambda place: abs(place - along)) if abs(along) < 14 else along


def _left_of(side: str, along: float, seed: int, rng: np.random.Generator) -> float:
    """Height (m) still standing: whole in runs, nothing in others, broken between them."""
    salt = {"north": 3.3, "west": 17.7, "south": 41.1}[side]
    luck = float(value_noise(np.array([along * 0.115 + salt, salt]), seed)) + rng.normal(0, 0.09)
    if side == "west":
        luck += 0.05 + 0.14 * min((abs(along) - 14.0) / 14.0, 1.0)
    else:
        luck += 0.05 - 0.20 * max(along / 42.0, 0.0) ** 2
    if luck > 0.50:
        return HEIGHT
    if luck < 0.27:
        return 0.0
    return float(np.clip(0.9 + 23.0 * (luck - 0.27) + rng.normal(0.0, 0.8), 0.8, 6.2))


def build_colonnade(pile: Pile, seed: int) -> None:
    """Columns, what they carry, and what has fallen from them."""
    rng = np.random.default_rng([seed, 22])
    standing = posts(seed)
    for post in standing:
        if post.height < 0.7:
            _stump(pile, rng, post)
            continue
        lean = 0.0 if post.whole else float(rng.normal(0.0, 0.010))
        turn = rng.integers(4) * np.pi / 2
        near, far = column(rng, post.height, lean)
        pile.add(near, frame((post.x, post.y, FOOT), turn), far)
        pile.stop(post.x, post.y, COLUMN_STOP)
    for one, two in pairwise(standing):
        if one.side == two.side:
            _bay(pile, rng, one, two, seed)
    for post in standing:
        if not post.whole:
            _fallen(pile, rng, post)


def _stump(pile: Pile, rng: np.random.Generator, post: Post) -> None:
    size = (1.5, 1.5, 0.2)
    pile.block(size, frame((post.x, post.y, FOOT + 0.1), rng.normal(0, 0.05)))
    pile.stop(post.x, post.y, COLUMN_STOP)


def _bay(pile: Pile, rng: np.random.Generator, one: Post, two: Post, seed: int) -> None:
    """What is left over the gap between two neighbours."""
    turn = 0.0 if one.side != "west" else np.pi / 2
    middle = np.array([(one.x + two.x) / 2, (one.y + two.y) / 2])
    along = np.array([np.cos(turn), np.sin(turn)])
    span = float(np.hypot(two.x - one.x, two.y - one.y))
    salt = {"north": 5.5, "west": 9.5, "south": 13.5}[one.side]
    fate = float(value_noise(np.array([one.along * 0.21 + salt, 77.0 + salt]), seed))
    arched = fate > 0.56 and abs(one.along) < 38.0
    if one.whole and two.whole:
        if arched:
            _arch(pile, rng, middle, along, turn, range(VOUSSOIRS))
        else:
            _lintel(pile, rng, middle, along, turn, span, courses=3 if fate > 0.3 else 1)
    elif (one.whole or two.whole) and rng.random() < 0.65:
        _overhang(pile, rng, one if one.whole else two, along if one.whole else -along, turn)


def _lintel(
    pile: Pile,
    rng: np.random.Generator,
    middle: Array,
    along: Array,
    turn: float,
    span: float,
    courses: int,
) -> None:
    """Beam, then frieze and cornice in shorter blocks, some of them gone."""
    low = 0.48 * BEAM  # the beam's face is in two steps, the upper standing out
    pile.block((span - 0.03, 0.80, low), frame((*middle, TOP + low / 2), turn))
    pile.block((span - 0.03, 0.92, BEAM - low), frame((*middle, TOP + (BEAM + low) / 2), turn))
    if courses < 2:
        return
    gone = rng.random(3) < (0.12, 0.06, 0.20)
    third = span / 3
    for i in range(3):
        spot = middle + along * (i - 1) * third
        if gone[i]:
            continue
        level = TOP + BEAM
        pile.block((third - 0.02, 0.80, FRIEZE), frame((*spot, level + FRIEZE / 2), turn))
        if rng.random() < 0.68:
            level += FRIEZE
            pile.add(_dentils(third), frame((*spot, level - DENTIL / 2), turn), _strip(third))
            skew = turn + rng.normal(0.0, 0.02)
            pile.block((third - 0.03, 1.25, CORNICE), frame((*spot, level + CORNICE / 2), skew))


@cache
def _dentils(length: float) -> Mesh:
    """The row of teeth that a cornice rests on, along x and on both faces, centred."""
    count = round(length / (1.6 * DENTIL))
    places = (np.arange(count) + 0.5) * (length / count) - length / 2
    tooth = box((DENTIL, DENTIL_OUT, DENTIL), 0.008)
    sides = (-0.5 * (0.80 + DENTIL_OUT) + 0.01, 0.5 * (0.80 + DENTIL_OUT) - 0.01)
    return merge([tooth.moved((x, y, 0.0)) for x in places for y in sides])


@cache
def _strip(length: float) -> Mesh:
    """What a row of teeth is from afar."""
    return box((length, 0.80 + 2 * DENTIL_OUT - 0.02, DENTIL), 0.008)


def _overhang(pile: Pile, rng: np.random.Generator, post: Post, along: Array, turn: float) -> None:
    """The stub of a broken beam, still held by its own weight."""
    length = float(rng.uniform(1.5, 2.1))
    spot = np.array([post.x, post.y]) + along * (length / 2 - 0.6)
    inward = along @ np.array([np.cos(turn), np.sin(turn)]) > 0
    pile.block((length, 0.84, BEAM), frame((*spot, TOP + BEAM / 2), turn), torn=1 if inward else -1)


def _arch(
    pile: Pile,
    rng: np.random.Generator,
    middle: Array,
    along: Array,
    turn: float,
    keep: range,
) -> None:
    """Wedge stones over a bay; a part of them is a springer left hanging."""
    each = np.pi / VOUSSOIRS
    for i in keep:
        angle = np.pi - (i + 0.5) * each
        out = ARCH_RADIUS + ARCH_DEPTH / 2
        spot = middle + along * out * np.cos(angle)
        settle = rng.normal(0.0, 0.002)
        # a block's z points away from the arch's centre, its x along the arc
        place = frame((*spot, TOP + out * np.sin(angle) + settle), turn, np.pi / 2 - angle)
        size = (out * each - 0.003, 0.82 + rng.normal(0.0, 0.015), ARCH_DEPTH)
        free = 0 if len(keep) == VOUSSOIRS else {keep[0]: -1, keep[-1]: 1}.get(i, 0)
        torn = free if i not in (0, VOUSSOIRS - 1) else 0  # a springer rests on its column
        pile.block(size, place, taper=ARCH_DEPTH / 2 / out, wear=VOUSSOIR_WEAR, torn=torn)


def _fallen(pile: Pile, rng: np.random.Generator, post: Post) -> None:
    """Drums and beams on the floor before a column that has lost its top."""
    inward = np.array([0.0, -np.sign(post.y)]) if post.side != "west" else np.array([1.0, 0.0])
    side = np.array([inward[1], -inward[0]])
    if _toppled(pile, rng, post, inward, side):
        return
    for _ in range(rng.integers(0, 3)):
        spot = np.array([post.x, post.y]) + inward * rng.uniform(3.4, 11.0)
        spot = spot + side * rng.normal(0.0, 1.6)
        if not is_free(pile, spot, 2.0):
            continue
        turn = rng.uniform(0.0, np.pi)
        if rng.random() < 0.68:
            _lying_drum(pile, rng, spot, turn)
        else:
            size = (rng.uniform(1.3, 2.6), 0.8, 0.6)
            place = frame((*spot, 0.27), turn, rng.normal(0, 0.05), rng.normal(0, 0.05))
            pile.block(size, place, torn=int(rng.choice([-1, 1])))
            _stop_along(pile, spot, turn, size[0], 0.6)


def _toppled(pile: Pile, rng: np.random.Generator, post: Post, inward: Array, side: Array) -> bool:
    """The upper part of a column as it fell at once: its drums in a row, its capital the furthest.

    Returns whether there was enough of it and room for it.
    """
    count = min(int((SHAFT - post.height) / DRUM), TOPPLED)
    ways = TOPPLED_FROM + np.cumsum(rng.uniform(1.22, 1.5, count + 1))
    strays = np.cumsum(rng.normal(0.02, 0.16, count + 1))
    spots = np.array([post.x, post.y]) + ways[:, None] * inward + strays[:, None] * side
    if count < 2 or not all(is_free(pile, spot, 0.9) for spot in spots):
        return False
    turn = float(np.arctan2(inward[1], inward[0]))
    for i, spot in enumerate(spots[:-1]):
        radius = float(shaft_radius(post.height + (i + 0.5) * DRUM))
        place = frame((*spot, radius - 0.03), turn + rng.normal(0.0, 0.14), rng.normal(0.0, 0.02))
        near, far = drum(rng, DRUM, radius)
        pile.add(near, place, far)
        _stop_along(pile, spot, turn, DRUM, radius + 0.2)
    tipped = frame((*spots[-1], 0.74), turn + rng.normal(0.0, 0.3), np.pi / 2 + 0.62)
    near = capital()[0].moved((0.0, 0.0, -(SHAFT + HEIGHT) / 2))
    pile.add(near, tipped, clustered(near, LYING_CELL))
    pile.stop(float(spots[-1][0]), float(spots[-1][1]), 0.9)
    return True


def _lying_drum(pile: Pile, rng: np.random.Generator, spot: Array, turn: float) -> None:
    radius = float(RADIUS * rng.uniform(0.84, 1.0))
    length = float(rng.uniform(0.9, 2.4))
    if rng.random() < 0.2:  # it came to rest on its end
        place = frame((*spot, length / 2 - 0.03), turn, -np.pi / 2 + rng.normal(0.0, 0.03))
        near, far = drum(rng, length, radius)
        pile.add(near, place, far)
        pile.stop(float(spot[0]), float(spot[1]), radius + 0.3)
        return
    sunk = 0.03
    place = frame((*spot, radius - sunk), turn, rng.normal(0.0, 0.01), rng.uniform(0, 6.28))
    near, far = drum(rng, length, radius)
    pile.add(near, place, far)
    _stop_along(pile, spot, turn, length, radius + 0.2)


def _stop_along(pile: Pile, spot: Array, turn: float, length: float, radius: float) -> None:
    """Circles that cover something long."""
    count = max(1, round(length / radius))
    for part in (np.arange(count) + 0.5) / count - 0.5:
        x, y = spot + part * length * np.array([np.cos(turn), np.sin(turn)])
        pile.stop(float(x), float(y), radius)


def is_free(pile: Pile, spot: Array, radius: float) -> bool:
    """True where a new stone blocks neither the crowd, nor the aisle, nor another stone."""
    x, y = float(spot[0]), float(spot[1])
    if np.hypot(x, y) < 18.0 + radius or max(abs(x), abs(y)) > STEP_START - radius:
        return False
    if abs(y + 1.0) < 4.5 + radius:  # the aisle in the east, the way of the sun in the west
        return False
    return all(np.hypot(x - a, y - b) > radius + r for a, b, r in pile.obstacles)
