"""Walls of bossed blocks behind the colonnade and in the east, as far as they still stand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.noise import fbm
from models.place.ivy import ivy
from models.place.pile import Pile
from models.shape import boxes, frame

Array = NDArray[np.float64]

GROUND = -0.5  # walls are founded this deep
SCREE = 0.075  # heaps of broken stone to a metre of wall
WALL_LINE = 50.0
COURSES = (0.62, 0.43)  # heights of a wall's courses, in turn (pseudisodomic, Vitruvius II 8)
LENGTHS = ((1.1, 1.95), (1.4, 2.5))  # of the blocks of each: the low ones are the long ones
THICK = 0.8
BOSS = (0.006, 0.030)  # metres that the rough of a block stands out of its margin
SUNK = 0.26  # metres by which what is left lies back where a facing stone is gone
GONE = 0.035  # share of the facing stones that are
JOINT_SKY = 0.55  # share of the sky that the arrises of laid blocks see
WEAR, TOP_WEAR = (
    0.5,
    1.3,
)  # of a wall's stones; of its uppermost, which stand bare to wind and frost
CARRIED = 0.7  # share of a block that must lie on others
RAGGED = 0.45  # metres by which a wall's upper end goes up and down from block to block
IVY = {"north": (-34.0, -14.6, -8.5, 26.5), "south": (-9.0, 31.0)}  # its feet
IVY_LEAST = 0.9  # height of a wall that it has grown on
EAST_WALL = 46.2
EAST_GAP = 5.0  # half of the way in


def build_walls(pile: Pile, rng: np.random.Generator, seed: int) -> None:
    """Behind the colonnade the stumps of a wall; in the east a low broken one."""
    runs = (
        ("north", WALL_LINE, -48.0, 44.0, 3.6),
        ("south", WALL_LINE, -48.0, 44.0, 3.6),
        ("west", WALL_LINE, -46.0, -22.0, 1.7),
        ("west", WALL_LINE, 22.0, 46.0, 1.7),
        ("east", EAST_WALL, -46.0, -EAST_GAP, 1.5),
        ("east", EAST_WALL, EAST_GAP, 46.0, 1.5),
    )
    for run, (side, out, low, high, most) in enumerate(runs):
        _wall(pile, rng, (side, out), (low, high), most, salt=9.7 * run, seed=seed)
        if side != "east":
            _scree(pile, rng, (side, out), (low, high))


def _scree(
    pile: Pile, rng: np.random.Generator, line: tuple[str, float], ends: tuple[float, float]
) -> None:
    """Broken stone in heaps at the foot of a wall, on the court's side."""
    side, out = line
    share = SCREE * (3.0 if side == "west" else 1.0)  # where most of the wall has come down
    for middle in rng.uniform(*ends, round(share * (ends[1] - ends[0]))):
        count = int(rng.integers(9, 26))
        along = rng.normal(0.0, 1.4, count)
        away = rng.triangular(0.45, 0.6, 2.3, count)
        sizes = rng.uniform(0.08, 0.38, (count, 1)) * rng.uniform(0.8, 1.3, (count, 3))
        sizes *= [1.5, 1.0, 0.7]
        turns = rng.uniform(0.0, [np.pi, 0.5, 0.5], (count, 3))
        stones = boxes(
            sizes,
            0.12 * sizes.min(axis=1),
            [
                frame((a, -b, 0.3 * size[2]), *turn)
                for a, b, size, turn in zip(along, away, sizes, turns, strict=True)
            ],
        )
        spot, turn = ((middle, out), 0.0) if side == "north" else ((middle, -out), np.pi)
        if side == "west":
            spot, turn = (-out, middle), np.pi / 2
        pile.add(stones, frame((*spot, GROUND), turn))


def _wall(
    pile: Pile,
    rng: np.random.Generator,
    line: tuple[str, float],
    ends: tuple[float, float],
    most: float,
    salt: float,
    seed: int,
) -> None:
    """Courses of blocks that touch, each course as far as the wall still stands that high."""

    def stands_to(along: float) -> float:
        """Height of the wall's upper end, metres over its foundation."""
        ragged = float(fbm(np.array([[along * 0.13, salt]]), 3, seed=seed)[0])
        return most * (1.6 * ragged - 0.32) + 0.25

    courses: list[list[tuple[float, float]]] = []
    level, below = GROUND, [ends]
    while below:
        course = len(courses)
        tall, lengths = COURSES[course % 2], LENGTHS[course % 2]
        place = ends[0] - rng.uniform(0.0, 0.9) * (course % 2)
        laid: list[tuple[float, float]] = []
        while place < ends[1]:
            length = rng.uniform(*lengths)
            high = stands_to(place + length / 2) + RAGGED * rng.normal(0.0, 0.5)
            block = (place, place + length)
            if (course == 0 or level + 0.5 * tall - GROUND < high) and _carried(block, below):
                laid.append(block)
            place += length
        courses.append(laid)
        level, below = level + tall, laid
    level = GROUND
    for course, laid in enumerate(courses[:-1]):
        tall = COURSES[course % 2]
        for block in laid:
            low, high = block
            top = _over(block, courses[course + 1]) < 0.02
            free = [side for side, end in ((-1, low), (1, high)) if not _touched(end, side, laid)]
            torn = int(rng.choice(free)) if top and free and rng.random() < 0.7 else 0
            along = ((low + high) / 2, high - low)
            _wall_block(pile, rng, line, along, (level, tall), top, torn)
            if course and free and rng.random() < 0.3:
                _toppled(pile, rng, line, (low, high)[free[0] > 0])
        level += tall
    _overgrown(pile, line, courses, np.random.default_rng([seed, 37, int(salt)]))


def _overgrown(
    pile: Pile,
    line: tuple[str, float],
    courses: list[list[tuple[float, float]]],
    rng: np.random.Generator,
) -> None:
    """Ivy up a wall's face on the court's side, where it still stands high enough."""
    side, out = line
    for foot in IVY.get(side, ()):
        way = 1.0 if side == "north" else -1.0

        def top(beside: float, foot: float = foot, way: float = way) -> float:
            return _height(courses, foot + way * beside)

        if top(0.0) < IVY_LEAST:
            continue
        near, far = ivy(rng, top)
        at = (foot, way * (out - THICK / 2 - BOSS[1]), GROUND)
        place = frame(at, 0.0 if side == "north" else np.pi)
        pile.add(near, place, far, seed=0.1 * float(rng.random()))


def _height(courses: list[list[tuple[float, float]]], along: float) -> float:
    """How high a wall still stands at a place along it, metres over its foundation."""
    level = 0.0
    for course, laid in enumerate(courses):
        if not any(low < along < high for low, high in laid):
            break
        level += COURSES[course % 2]
    return level


def _touched(end: float, side: int, laid: list[tuple[float, float]]) -> bool:
    """Whether a block of the same course lies against that end of one."""
    return any(abs(other[(1 - side) // 2] - end) < 1e-6 for other in laid)


def _over(block: tuple[float, float], others: list[tuple[float, float]]) -> float:
    """Metres of a block, from one end to the other, that share their place with those."""
    return sum(max(min(block[1], b) - max(block[0], a), 0.0) for a, b in others)


def _carried(block: tuple[float, float], below: list[tuple[float, float]]) -> bool:
    """Whether enough of a block, from one end to the other, lies on the course below it."""
    return _over(block, below) > CARRIED * (block[1] - block[0])


def _wall_block(
    pile: Pile,
    rng: np.random.Generator,
    line: tuple[str, float],
    along: tuple[float, float],
    upright: tuple[float, float],
    top: bool,
    torn: int,
) -> None:
    """A block of a wall: middle and length along it, foot and height, and a torn end if any."""
    side, out = line
    middle, length = along
    foot, tall = upright
    out += rng.normal(0.0, 0.006 if not top else 0.02)
    out = out if side in ("north", "east") else -out
    across = side in ("north", "south")
    x, y = (middle, out) if across else (out, middle)
    turn = (0.0 if across else np.pi / 2) + rng.normal(0.0, 0.012 if top else 0.004)
    if side in ("south", "east"):  # the face towards -y is the court's
        turn, torn = turn + np.pi, -torn
    boss = rng.uniform(*BOSS) * (0.25 if torn or rng.random() < 0.3 else 1.0)
    gone = not top and foot > GROUND and rng.random() < GONE
    back = SUNK if gone else 0.0
    size = (length - rng.uniform(0.003, 0.008), THICK - back, tall - rng.uniform(0.002, 0.006))
    place = frame((x, y, foot + tall / 2), turn) @ frame((0.0, back / 2, 0.0))
    if side == "west":  # against the sun a margin would only be an outline
        boss = 0.0
    wear = TOP_WEAR if top else WEAR
    pile.block(size, place, torn=torn, joint=JOINT_SKY, boss=boss, wear=wear)


def _toppled(pile: Pile, rng: np.random.Generator, line: tuple[str, float], along: float) -> None:
    """A block that fell from a wall and lies beside it, half in the earth; never in the court."""
    side, out = line
    inward = side != "east" and rng.random() < 0.5
    away = out - rng.uniform(0.9, 1.5) if inward else out + rng.uniform(1.0, 2.6)
    away = away if side in ("north", "east") else -away
    x, y = (along, away) if side in ("north", "south") else (away, along)
    size = (rng.uniform(0.8, 1.7), THICK * rng.uniform(0.7, 1.0), rng.choice(COURSES))
    tips = rng.normal(0.0, 0.22, 2)
    pile.block(
        size, frame((x, y, -0.32), rng.uniform(0, np.pi), *tips), torn=int(rng.choice([-1, 1]))
    )
