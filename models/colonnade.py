"""The ruined colonnade on three sides: who still stands, who is broken, what lies about.

North, south and west; the west opens on the sunset between two broken columns.
What still stands stands in runs, as ruins do: lintels need two whole neighbours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.coarsen import clustered
from models.capital import VARIANTS as CAPITALS
from models.capital import capital
from models.column import (
    DRUM,
    HEIGHT,
    PLINTH,
    RADIUS,
    SHAFT,
    VARIANTS,
    Pair,
    base,
    broken_drum,
    cuts,
    facing_sun,
    lying_drum,
    shaft_radius,
)
from models.entablature import (
    ARCH,
    BAY,
    BEAM,
    CORNICE,
    FRIEZE,
    HEAD,
    JOINT,
    VOUSSOIRS,
    beam,
    cornice,
    frieze,
    head,
    voussoir,
)
from models.noise import value_noise
from models.pile import Pile
from models.shape import frame

Array = NDArray[np.float64]

LINE = 45.0  # the axis of the columns, from the middle of the floor
STEP_RISE, STEP_TREAD, STEPS = 0.16, 0.6, 3
FOOT = STEPS * STEP_RISE  # what the columns stand on
STEP_START = 42.6  # inner edge of the lowest step
STEP_END = 47.0
TOP = FOOT + HEIGHT
ARCH_BROKEN = 0.4  # share of the arches
WEDGE_AT = 5  # any wedge will do for one that fell
LYING_CELL = 0.11  # metres: a capital on the floor is that fine from afar
TOPPLED, TOPPLED_FROM = 4, 2.6  # drums of a column that fell at once, and where their row begins
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
        _column(pile, rng, post)
        pile.stop(post.x, post.y, COLUMN_STOP)
    over: list[str] = []
    for one, two in pairwise(standing):
        fate = _fate(rng, one, two, seed) if one.side == two.side else "nothing"
        # A broken arch needs a whole one behind its shoulder.
        over.append("arch" if fate == "broken arch" and over[-1] == fate else fate)
    for bay, (one, two) in enumerate(pairwise(standing)):
        if one.side == two.side:
            beside = (over[bay - 1] if bay else "nothing", (*over, "nothing")[bay + 1])
            _bay(pile, rng, one, two, over[bay], beside)
    for post in standing:
        if not post.whole:
            _fallen(pile, rng, post)


def _column(pile: Pile, rng: np.random.Generator, post: Post) -> None:
    """Plinth, base, drums and capital: each a stone of its own tone, a little out of line."""
    at = np.array([post.x, post.y])
    tall = PLINTH[1]
    pile.block(
        (PLINTH[0], PLINTH[0], tall),
        frame((*at, FOOT + tall / 2), rng.normal(0.0, 0.01)),
        wear=0.8,
        joint=0.75,
    )
    pile.add(base()[0], frame((*at, FOOT)), base()[1])
    variant, quarter = int(rng.integers(VARIANTS)), int(rng.integers(4))
    heights = cuts(variant)
    lean = 0.0 if post.whole else float(rng.normal(0.0, 0.010))
    for index, (low, high) in enumerate(pairwise(heights)):
        last = post.height < high - 0.12
        shift = rng.normal(0.0, 0.010, 2) + [lean * low, 0.0]
        if last:
            if post.height < low + 0.3 and index:
                break
            near, far = broken_drum(rng, low, max(post.height, low + 0.35))
        else:
            near, far = facing_sun(variant, index, quarter)
        pile.add(near, frame((*(at + shift), FOOT), quarter * np.pi / 2), far)
        if last:
            break
    if post.whole:
        near, far = capital(int(rng.integers(CAPITALS)))
        pile.add(near, frame((*at, FOOT)), far)


def _stump(pile: Pile, rng: np.random.Generator, post: Post) -> None:
    size = (1.5, 1.5, 0.2)
    pile.block(size, frame((post.x, post.y, FOOT + 0.1), rng.normal(0, 0.05)))
    pile.stop(post.x, post.y, COLUMN_STOP)


def _fate(rng: np.random.Generator, one: Post, two: Post, seed: int) -> str:
    """What has become of the bay between two neighbours."""
    salt = {"north": 5.5, "west": 9.5, "south": 13.5}[one.side]
    fate = float(value_noise(np.array([one.along * 0.21 + salt, 77.0 + salt]), seed))
    if one.whole and two.whole:
        if fate > 0.56 and abs(one.along) < 38.0:
            return "arch" if rng.random() > ARCH_BROKEN else "broken arch"
        return "lintel" if fate > 0.3 else "beam"
    if (one.whole or two.whole) and rng.random() < 0.65:
        return "stub"
    return "nothing"


def _bay(
    pile: Pile,
    rng: np.random.Generator,
    one: Post,
    two: Post,
    fate: str,
    beside: tuple[str, str],
) -> None:
    """What is left over the gap between two neighbours; `beside` says what is left before and
    after it."""
    turn = 0.0 if one.side != "west" else np.pi / 2
    middle = np.array([(one.x + two.x) / 2, (one.y + two.y) / 2])
    half = float(np.hypot(two.x - one.x, two.y - one.y)) / 2

    def put(pair: Pair, z: float, x: float = 0.0, askew: float = 0.0) -> None:
        spot = middle + x * np.array([np.cos(turn), np.sin(turn)])
        pile.add(pair[0], frame((*spot, TOP + z), turn + askew), pair[1])

    if fate.endswith("arch"):
        for side, other in zip((-1, 1), beside, strict=True):
            if other in ("nothing", "stub") or (other.endswith("arch") and side < 0):
                put(head(rng), 0.0, side * half)
        _arch(put, rng, fate == "broken arch")
        if fate == "broken arch":
            _fallen_wedges(pile, rng, middle, turn)
    elif fate in ("lintel", "beam"):
        reach = [half + HEAD if each.endswith("arch") else half for each in beside]
        _lintel(put, rng, (-reach[0], reach[1]), half, fate == "lintel")
    elif fate == "stub":
        end = 1 if one.whole else -1
        length = float(rng.uniform(0.9, 1.5))
        if beside[0 if one.whole else 1] == "nothing":
            ends = (-half - 0.5, -half + length)
        else:
            ends = (-half + HEAD + JOINT, -half + HEAD + length)
        put(beam(rng, ends if end > 0 else (-ends[1], -ends[0]), torn=end), 0.0)


Put = Callable[..., None]


def _lintel(
    put: Put, rng: np.random.Generator, ends: tuple[float, float], half: float, whole: bool
) -> None:
    """Beam, then frieze and cornice in shorter blocks, some of them gone or broken."""
    put(beam(rng, (ends[0] + JOINT, ends[1] - JOINT)), 0.0)
    if not whole:
        return
    third = 2 * half / 3
    gone = rng.random(3) < (0.12, 0.06, 0.20)
    for i in range(3):
        if gone[i]:
            continue
        low, high = (i - 1.5) * third + JOINT, (i - 0.5) * third - JOINT
        bare = [i > 0 and gone[i - 1], i < 2 and gone[i + 1]]
        torn = 0 if not any(bare) or rng.random() < 0.3 else (-1 if bare[0] else 1)
        put(frieze(rng, (low, high), torn), BEAM)
        if rng.random() < 0.74:
            torn = int(rng.choice([-1, 0, 0, 1]))
            skew = float(rng.normal(0.0, 0.008))
            put(cornice(rng, (low, high), torn), BEAM + FRIEZE, 0.0, skew)


def _arch(put: Put, rng: np.random.Generator, broken: bool) -> None:
    """Wedges over a bay, a springer of two at each foot, on the heads of the columns' beams.

    Of a broken one as many are left on each side as hold themselves.
    """
    level = BEAM + JOINT
    left, right = (2, 2) if not broken else (int(rng.integers(3, 5)), int(rng.integers(2, 5)))
    for first, last in ((0, 1), (VOUSSOIRS - 2, VOUSSOIRS - 1)):
        put(voussoir(rng, first, last), level)
    for i in range(2, VOUSSOIRS - 2):
        if broken and left <= i < VOUSSOIRS - right:
            continue
        free = (1 if i == left - 1 else -1 if i == VOUSSOIRS - right else 0) if broken else 0
        key = i == VOUSSOIRS // 2
        put(voussoir(rng, i, i, torn=free, key=key), level + float(rng.normal(0.0, 0.002)))


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
        place = frame(
            (*spot, radius - 0.03),
            turn + rng.normal(0.0, 0.14),
            rng.normal(0.0, 0.02),
            rng.uniform(0.0, 2 * np.pi),
        )
        near, far = lying_drum(int(rng.integers(VARIANTS)), DRUM, radius)
        pile.add(near, place, far)
        _stop_along(pile, spot, turn, DRUM, radius + 0.2)
    tipped = frame((*spots[-1], 0.74), turn + rng.normal(0.0, 0.3), np.pi / 2 + 0.62)
    near, far = (each.moved((0.0, 0.0, -(SHAFT + HEIGHT) / 2)) for each in capital(0))
    pile.add(near, tipped, clustered(far, LYING_CELL))
    pile.stop(float(spots[-1][0]), float(spots[-1][1]), 0.9)
    return True


def _fallen_wedges(pile: Pile, rng: np.random.Generator, middle: Array, turn: float) -> None:
    """Wedges of a broken arch where they came down, between the feet of its columns."""
    along = np.array([np.cos(turn), np.sin(turn)])
    for place in (-0.62, 0.05, 0.55):
        spot = middle + place * along + rng.normal(0.0, [0.12, 0.30])
        near, far = voussoir(rng, WEDGE_AT, WEDGE_AT, torn=int(rng.choice([-1, 0, 1])))
        centred = (0.0, 0.0, -sum(ARCH) / 2)
        tip, lean = rng.choice([0.0, np.pi / 2, -np.pi / 2]) + rng.normal(0.0, 0.12), rng.normal(0, 0.1)
        turned = frame((0.0, 0.0, 0.0), rng.uniform(0, 2 * np.pi), tip, lean)
        near, far = (each.moved(centred).transformed(turned) for each in (near, far))
        low = float(near.positions[:, 2].min())
        pile.add(near, frame((*spot, FOOT - low - 0.015)), far)
        pile.stop(float(spot[0]), float(spot[1]), 0.5)


def _lying_drum(pile: Pile, rng: np.random.Generator, spot: Array, turn: float) -> None:
    radius = float(RADIUS * rng.uniform(0.84, 1.0))
    length = float(rng.uniform(0.9, 2.4))
    if rng.random() < 0.2:  # it came to rest on its end
        place = frame((*spot, length / 2 - 0.03), turn, -np.pi / 2 + rng.normal(0.0, 0.03))
        near, far = lying_drum(int(rng.integers(VARIANTS)), length, radius)
        pile.add(near, place, far)
        pile.stop(float(spot[0]), float(spot[1]), radius + 0.3)
        return
    sunk = 0.03
    place = frame((*spot, radius - sunk), turn, rng.normal(0.0, 0.01), rng.uniform(0, 6.28))
    near, far = lying_drum(int(rng.integers(VARIANTS)), length, radius)
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
