"""The ruined colonnade on three sides: who still stands, who is broken, what lies about.

North, south and west; the west opens on the sunset between two broken columns.
What still stands stands in runs, as ruins do: lintels need two whole neighbours.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from models.noise import value_noise
from models.place.capital import VARIANTS as CAPITALS
from models.place.capital import capital
from models.place.column import (
    HEIGHT,
    PLINTH,
    VARIANTS,
    Pair,
    base,
    broken_drum,
    cuts,
    facing_sun,
)
from models.place.entablature import (
    BEAM,
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
from models.place.pile import Pile
from models.place.posts import FOOT, Post, posts
from models.place.spandrel import crown, spandrel
from models.place.toppled import fallen, fallen_wedges
from models.shape import frame

Array = NDArray[np.float64]

TOP = FOOT + HEIGHT
SLIPPED = (0.05, 0.10)  # metres that a keystone has come down between its neighbours
ARCH_BROKEN = 0.4  # share of the arches
STUB = (0.70, 1.15)  # metres over a bay that a beam whose other end fell still reaches
CORBEL = 0.42  # share of it that holds beside the head of an arch
COLUMN_STOP = 0.85  # radius a visitor is kept out of


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
    _break_ends(over)
    for bay, (one, two) in enumerate(pairwise(standing)):
        if one.side == two.side:
            beside = (over[bay - 1] if bay else "nothing", (*over, "nothing")[bay + 1])
            _bay(pile, rng, one, two, over[bay], beside)
    for place, post in enumerate(standing):
        if not post.whole:
            fallen(pile, np.random.default_rng([seed, 26, place]), post)


def _break_ends(over: list[str]) -> None:
    """The first or last arch of a row that leans on nothing has broken."""
    around = ["nothing", *over, "nothing"]
    for bay, (before, fate, after) in enumerate(zip(around, over, around[2:], strict=False)):
        if fate == "arch" and {before, after} == {"nothing", "arch"}:
            over[bay] = "broken arch"


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
    pile.add(base()[0], frame((*at, FOOT)), base()[1], round=True)
    variant, quarter = int(rng.integers(VARIANTS)), int(rng.integers(4))
    heights = cuts(variant)
    lean = 0.0 if post.whole else float(rng.normal(0.0, 0.010))
    for index, (low, high) in enumerate(pairwise(heights)):
        last = post.height < high - 0.12
        shift = rng.normal(0.0, 0.002, 2) + np.array([lean * low, 0.0])
        if last:
            if post.height < low + 0.3 and index:
                break
            near, far = broken_drum(rng, low, max(post.height, low + 0.35))
        else:
            near, far = facing_sun(variant, index, quarter)
        pile.add(near, frame((*(at + shift), FOOT), quarter * np.pi / 2), far, round=True)
        if last:
            break
    if post.whole:
        near, far = capital(int(rng.integers(CAPITALS)), int(post.side == "west"))
        pile.add(near, frame((*at, FOOT)), far, round=True)


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
        kept = _arch(put, rng, fate == "broken arch")
        free = [HEAD if other in ("nothing", "stub") else 0.0 for other in beside]
        for side, beyond, wedges in zip((-1, 1), free, kept, strict=True):
            for pair in spandrel(rng, side, beyond, wedges):
                put(pair, BEAM + JOINT)
        if fate == "broken arch":
            fallen_wedges(pile, rng, middle, turn)
        else:
            for pair in crown(rng, (-half - free[0], half + free[1])):
                put(pair, BEAM + JOINT)
    elif fate in ("lintel", "beam"):
        reach = [half + HEAD if each.endswith("arch") else half for each in beside]
        _lintel(put, rng, (-reach[0], reach[1]), half, fate == "lintel")
    elif fate == "stub":
        end = 1 if one.whole else -1
        length = float(rng.uniform(*STUB))
        if beside[0 if one.whole else 1] == "nothing":
            ends = (-half - 0.5, -half + length)
        else:
            ends = (-half + HEAD + JOINT, -half + HEAD + CORBEL * length)
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


def _arch(put: Put, rng: np.random.Generator, broken: bool) -> tuple[int, int]:
    """Wedges over a bay, a springer of two at each foot, on the heads of the columns' beams.

    Of a broken one as many are left on each side as hold themselves. Returns how many there are
    from the left and from the right on.
    """
    level = BEAM + JOINT
    left, right = (2, 2) if not broken else (int(rng.integers(3, 5)), int(rng.integers(2, 5)))
    tear = rng.spawn(1)[0]
    for first, last, torn in ((0, 1, 1), (VOUSSOIRS - 2, VOUSSOIRS - 1, -1)):
        bare = broken and (left if torn > 0 else right) == 2
        put(voussoir(rng, first, last, torn * bare, tear=tear), level)
    for i in range(2, VOUSSOIRS - 2):
        if broken and left <= i < VOUSSOIRS - right:
            continue
        free = (1 if i == left - 1 else -1 if i == VOUSSOIRS - right else 0) if broken else 0
        key = i == VOUSSOIRS // 2
        slipped = float(rng.uniform(*SLIPPED)) if key and rng.random() < 0.7 else 0.0
        settled = float(rng.normal(0.0, 0.007)) - slipped
        put(voussoir(rng, i, i, torn=free, key=key), level + settled)
    return (left, right) if broken else (VOUSSOIRS, VOUSSOIRS)
