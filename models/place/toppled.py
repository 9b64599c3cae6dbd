"""What has fallen of the colonnade and lies on the floor: drums, beams, capitals, wedges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.coarsen import clustered
from models.place.capital import capital
from models.place.column import DRUM, HEIGHT, RADIUS, SHAFT, VARIANTS, lying_drum, shaft_radius
from models.place.entablature import ARCH, voussoir
from models.place.moulding import Bend
from models.place.pile import KIND_HEWN, Pile
from models.place.posts import FOOT, STEP_START, Post
from models.place.struck import struck
from models.shape import frame

Array = NDArray[np.float64]

WEDGE_AT = 5  # any wedge will do for one that fell
# Metres along and inward to which wedges of an arch rolled, and how many more hang together.
ROLLED = ((-0.9, 4.3, 0), (0.7, 5.2, 2), (-0.2, 7.6, 0), (1.9, 3.7, 0))
BLOWS, LEFT = 3, (0.55, 0.85)  # that a wedge took as it fell; share left of its reach
SUNK = (0.02, 0.10)  # metres that a wedge on the floor has gone in, or lies in its own grit
MOULDED = 0.24  # radians that the side of a wedge is out of square, by its mouldings
LYING_CELL = 0.11  # metres: a capital on the floor is that fine from afar
TOPPLED, TOPPLED_FROM = 4, 2.6  # drums of a column that fell at once, and where their row begins


def fallen(pile: Pile, rng: np.random.Generator, post: Post) -> None:
    """Drums and beams on the floor before a column that has lost its top."""
    inward = np.array([0.0, -np.sign(post.y)]) if post.side != "west" else np.array([1.0, 0.0])
    side = np.array([inward[1], -inward[0]])
    if toppled(pile, rng, post, inward, side):
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


def toppled(pile: Pile, rng: np.random.Generator, post: Post, inward: Array, side: Array) -> bool:
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


def fallen_wedges(pile: Pile, rng: np.random.Generator, middle: Array, turn: float) -> None:
    """Wedges of a broken arch where they came down: between the feet of its columns, and beyond
    the steps, to where the largest rolled."""
    along = np.array([np.cos(turn), np.sin(turn)])
    inward = -np.sign(middle) * (np.abs(middle) > STEP_START)
    blows = rng.spawn(1)[0]
    places = [(at * along + rng.normal(0.0, [0.12, 0.30]), FOOT, 0) for at in (-0.62, 0.05, 0.55)]
    places += [(at * along + out * inward, 0.0, more) for at, out, more in ROLLED]
    for aside, level, more in places:
        spot = middle + aside
        turn = rng.uniform(0, 2 * np.pi)
        tip, lean = rng.choice([0.0, 0.5, -0.5]) * np.pi + rng.normal(0.0, 0.12), rng.normal(0, 0.1)
        if more:  # so long a piece came to lie on its side
            tip, lean = 0.0, np.pi / 2 - MOULDED
        span = (WEDGE_AT - more // 2, WEDGE_AT + more // 2)
        near, far = voussoir(rng, *span, 2, tear=blows, struck=_blows(blows))
        centred = (0.0, 0.0, -sum(ARCH) / 2)
        turned = frame((0.0, 0.0, 0.0), turn, tip, lean)
        near, far = (each.moved(centred).transformed(turned) for each in (near, far))
        low = float(near.positions[:, 2].min())
        sunk = blows.uniform(*SUNK) if level < FOOT else 0.015
        pile.add(near, frame((*spot, level - low - sunk - 0.02 * more)), far, kind=KIND_HEWN)
        pile.stop(float(spot[0]), float(spot[1]), 0.5 + 0.3 * more)


def _blows(rng: np.random.Generator) -> Bend:
    """What the fall has left of points (..., 3) of the wedge at WEDGE_AT and its neighbours."""
    middle = np.array([0.0, 0.0, sum(ARCH) / 2])
    ways = rng.normal(0.0, 1.0, (BLOWS, 3))
    ways += 0.6 * np.sign(ways)  # at corners rather than at faces
    ways /= np.linalg.norm(ways, axis=1)[:, None]
    left = rng.uniform(*LEFT, BLOWS)

    def broken(points: Array) -> Array:
        for way, share in zip(ways, left, strict=True):
            points = struck(points, middle, way, share, 0.12)
        return points

    return broken


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
