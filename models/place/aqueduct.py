"""A broken aqueduct that leaves the terrace in the east and strides away to the hills.

One ruin, not a row of like ones: REMAINS says how high its masonry still stands along its way, and
walls, arches and piers are cut by that line. Two rows of arches, after the Romans' at Segovia and
Tarragona; piers grow as the land falls. Along a stretch of wall x goes with the way, y across it,
-y being the side of the courtyard and of the sun.

`edge` is the share of light that a place sees, as for all of models/place/afar.py. The sun rakes
along the way and reaches only so far in under an arch: SHADED is what it does not reach.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import Mesh
from models.place.farstone import COURSE, block, ground, rock
from models.place.hills import along_way
from models.shape import frame, skin

Array = NDArray[np.float64]
Line = Callable[[Array], Array]  # heights over places along a bay

BAY = 12.0  # metres from pier to pier
PIER, DEEP = 2.8, 1.75  # a pier's width, and half its depth, where the arches spring
SPRING, DECK, TOP = 5.6, 12.6, 18.4  # heights of springing, of the deck and of the upper row's top
WALL, UPPER_WALL = 1.5, 1.15  # half depths of the walls
SMALL, LEG, SMALL_SPRING = 3, 1.1, 1.9  # arches to a bay above; their piers' width and height
RING, RING_OUT = 0.85, 0.16  # height of an arch's wedges, and how far they stand out
LEDGE = 0.32  # metres that a ledge stands out
BATTER = 0.035  # metres that a pier's face leans in for each metre of its height
# How high the masonry stands (metres above the courtyard) at places along the way (bays).
REMAINS = (
    (-0.3, 3.0), (0.1, 8.0), (0.6, 14.0), (1.0, 16.2), (1.25, TOP), (3.75, TOP), (4.02, 16.6),
    (4.35, 14.8), (4.62, DECK), (5.2, 11.9), (5.42, 9.9), (5.47, 1.0), (5.80, 0.0), (5.86, 4.6),
    (6.06, 4.0), (6.12, 0.0), (6.84, 0.0), (6.87, 10.4), (6.93, 15.4), (7.08, 16.0), (7.12, 11.6),
    (7.3, 9.4), (7.33, 0.0), (8.5, 0.0), (8.58, 9.8), (8.84, 12.1), (9.02, 16.0), (9.4, TOP),
    (13.0, TOP), (13.3, 14.6), (13.8, 13.1), (14.2, 15.0), (14.6, TOP), (17.9, TOP), (18.3, 13.8),
    (18.8, 11.4), (19.0, 0.0), (20.6, 0.0), (20.8, 9.4), (21.2, DECK), (22.8, DECK), (23.3, TOP),
    (26.8, TOP), (27.4, 13.4), (28.3, 11.2), (28.4, 0.0), (29.7, 0.0), (29.8, 9.8), (30.2, 12.0),
    (33.0, 12.4), (33.3, TOP), (39.0, TOP),
)  # fmt: skip
NEAR, MIDDLE = 8, 20  # bays from which on an arch has fewer sides
FINE = 9  # sides of an arch from which on its underside has a line where the sun ends
LEAST = 0.5  # metres of masonry that hold together over an arch
SHADED, UNDER, FACE = 0.22, 0.62, 1.0  # shares of the light: in shade, in the sun within, outside
BLOCK = 1.7  # metres: length of the stones in which a torn edge steps


@dataclass(frozen=True)
class Opening:
    """An arch in a wall: where its middle is along the bay, metres.

    spring : height of its springing over the top of its piers
    jamb   : width of the wall beside it
    sides  : points of its arch
    """

    middle: float
    radius: float
    spring: float
    jamb: float
    sides: int

    def outline(self) -> Array:
        """Its edge (n, 2) from one end of the wall to the other: x, height."""
        angle = np.linspace(np.pi, 0.0, self.sides)
        arch = np.column_stack([np.cos(angle), np.sin(angle)]) * self.radius
        arch += [self.middle, self.spring]
        wide = self.radius + 0.02
        x = np.array([-self.radius - self.jamb, -wide, wide, self.radius + self.jamb])
        foot = np.column_stack([self.middle + x, np.zeros(4)])
        return np.concatenate([foot[:2], arch, foot[2:]])

    def chord(self, z: Array) -> Array:
        """Its width (n,) at heights over its piers."""
        over = np.clip((z - self.spring) / self.radius, 0.0, 1.0)
        return np.asarray(2 * self.radius * np.sqrt(1.0 - over**2))


def remains(bays: ArrayLike) -> Array:
    """How high the masonry stands (n,) at places along the way, in bays."""
    keys = np.array(REMAINS)
    return np.asarray(np.interp(np.asarray(bays, dtype=np.float64), keys[:, 0], keys[:, 1]))


def aqueduct(rng: np.random.Generator) -> list[Mesh]:
    """Piers, walls and arches as far as they stand, and below the gaps what has come down."""
    spots, turns = along_way(BAY)
    parts: list[Mesh] = []
    for index, ((x, y), turn) in enumerate(zip(spots, turns, strict=True)):
        base, tall = ground(x, y), float(remains(index))
        here = frame((x, y, 0.0), turn)
        if tall < 2.0 + base:
            parts += _heap(rng, (x, y), turn, 1.6, 9)
        else:
            open_before = index > 0 and float(remains(index - 0.5)) > DECK - 2.0
            lit = (BAY - PIER) * abs(np.tan(turn)) if open_before else 9.0
            parts += [part.transformed(here) for part in _pier(rng, base, tall, lit, index)]
        if index + 1 == len(spots):
            break
        ends = np.array([spots[index], spots[index + 1]])
        way = ends[1] - ends[0]
        heading = float(np.arctan2(way[1], way[0]))
        here = frame((*ends[0], 0.0), heading)
        parts += [
            part.transformed(here) for part in _bay(rng, index, float(np.hypot(*way)), heading)
        ]
        if float(remains(index + 0.5)) < SPRING and index < MIDDLE:
            parts += _heap(rng, tuple(ends.mean(axis=0)), heading, 3.4, 26 if index < NEAR else 12)
    return parts


def _pier(rng: np.random.Generator, base: float, tall: float, lit: float, index: int) -> list[Mesh]:
    """A pier about the origin from its base up; `lit` metres of its western side see the sun."""
    top = min(tall, SPRING)
    whole = tall >= SPRING
    levels = [base, base + 2.6, base + 2.6, top] if top > base + 4.0 else [base, top]
    rings, sees = [], []
    for place, level in enumerate(levels):
        out = BATTER * (SPRING - level) + (0.35 if place < 2 and len(levels) > 2 else 0.0)
        half, deep = PIER / 2 + out, DEEP + out
        edge = float(np.clip(-deep + lit, -deep + 0.3, deep - 0.3))
        ring = [(-half, edge), (-half, -deep), (half, -deep), (half, deep), (-half, deep)]
        ring.append((-half, edge + 0.25))
        z = np.full(len(ring), level)
        if place == len(levels) - 1 and not whole:
            z -= rng.uniform(0.0, 1.8, len(ring))
        rings.append(np.column_stack([np.array(ring), z]))
        dark = SHADED if lit < 2 * deep else FACE
        sees.append([FACE, FACE, FACE, FACE, dark, dark])
    parts = [skin(np.stack(rings), np.array(sees))]
    if whole:
        wide = (PIER + 2 * LEDGE, 2 * DEEP + 2 * LEDGE, 0.55)
        parts.append(block(wide, frame((0.0, 0.0, SPRING - 0.5)), 0.6))
        if tall > DECK - 1.0 and index < MIDDLE:  # the flat buttress on the pier's face above it
            size = (1.3, 0.5, DECK - SPRING - 0.6)
            parts.append(block(size, frame((0.0, -WALL - 0.1, SPRING))))
    return parts


def _bay(rng: np.random.Generator, index: int, span: float, heading: float) -> list[Mesh]:
    """What stands between one pier and the next: x goes from 0 to `span`."""
    sides = 15 if index < NEAR else 9 if index < MIDDLE else 6
    torn = _torn(rng, index, span)
    great = Opening(span / 2, (span - PIER) / 2, 0.0, PIER / 2, sides)
    reach = abs(np.tan(heading))
    parts = _wall(great, SPRING, WALL, reach, lambda x: np.minimum(torn(x), DECK - SPRING))
    parts += _wedges(rng, great, torn, index)
    for one, two in _stretches(torn, span, DECK - SPRING - 0.25):
        size = (two - one, 2 * (WALL + LEDGE), 0.5)
        parts.append(block(size, frame(((one + two) / 2, 0.0, DECK - 0.55)), 0.7))
    rise = DECK - SPRING
    small = (span / SMALL - LEG) / 2
    for place in range(SMALL):
        middle = (place + 0.5) * span / SMALL
        row = Opening(
            middle, small, SMALL_SPRING, LEG / 2, 7 if index < NEAR else 5 if index < MIDDLE else 4
        )
        parts += _wall(row, DECK - 0.02, UPPER_WALL, reach, lambda x: torn(x) - rise)
        if index < NEAR and torn(np.array([middle])).min() > TOP - SPRING - 0.6:
            ring = _ring(middle, small, 6, (0.0, np.pi), 0.5, UPPER_WALL)
            parts.append(ring.moved((0.0, 0.0, DECK + SMALL_SPRING)))
    for one, two in _stretches(torn, span, TOP - SPRING - 0.3):
        size = (two - one, 2 * (UPPER_WALL + 0.22), 0.4)
        parts.append(block(size, frame(((one + two) / 2, 0.0, TOP - 0.95)), 0.7))
    return parts


def _torn(rng: np.random.Generator, index: int, span: float) -> Line:
    """How high above SPRING a bay's masonry stands: the remains, in steps of stones."""
    count = round(span / BLOCK) if index < MIDDLE else 4
    ends = np.sort((np.arange(count + 1) + rng.uniform(-0.3, 0.3, count + 1)) / count * span)
    middles = (ends[1:] + ends[:-1]) / 2
    whole = remains(index + np.linspace(0.0, 1.0, 9)).min() >= TOP
    tall = remains(index + middles / span)
    loose = (
        rng.uniform(-1.4, 0.4, count)
        if not whole
        else -COURSE * (rng.random(count) < 0.22) * (index < NEAR)
    )
    tall = np.round((tall + loose) / COURSE) * COURSE - SPRING

    def height(x: Array) -> Array:
        return np.asarray(tall[np.clip(np.searchsorted(ends[1:-1], x), 0, count - 1)])

    return height


def _places(opening: Opening, above: Line) -> tuple[Array, Array, Array]:
    """Places along a wall, and its lower and upper edge there: steps have two places each."""
    edge = opening.outline()
    fine = np.linspace(edge[0, 0], edge[-1, 0], 241)
    jumps = np.flatnonzero(np.diff(above(fine)) != 0.0)
    step = (fine[jumps] + fine[jumps + 1]) / 2
    x = np.concatenate([edge[:, 0], step - 0.012, step + 0.012])
    x = np.unique(np.clip(x, edge[0, 0], edge[-1, 0]))
    return x, np.interp(x, edge[:, 0], edge[:, 1]), above(x)


def _wall(opening: Opening, foot: float, half: float, reach: float, above: Line) -> list[Mesh]:
    """A wall over an opening, as far as it stands; `foot` is the height of its piers' top.

    reach : metres across the wall that the sun goes in for each metre along it
    """
    x, below, top = _places(opening, above)
    holds = top - below > LEAST
    parts = []
    cuts = np.flatnonzero(np.diff(holds.astype(int)) != 0) + 1
    for run in np.split(np.arange(len(x)), cuts):
        if len(run) < 2 or not holds[run[0]]:
            continue
        dark = np.clip(-half + opening.chord(below[run]) * reach, -half + 0.12, half - 0.25)
        dark = np.where(
            x[run] > opening.middle, dark, -half + 0.12
        )  # the other side is turned away
        corners: tuple[Corner, ...] = (
            (-half, 0.0, below, UNDER),
            (half, 0.0, below, SHADED),
            (half, 0.0, top, FACE),
            (-half, 0.0, top, FACE),
        )
        if opening.sides >= FINE:
            corners = _lined(half, dark, below, top)
        sections = np.zeros((len(run), len(corners), 3))
        sees = np.zeros((len(run), len(corners)))
        for corner, (y, lift, z, light) in enumerate(corners):
            sections[:, corner, 0] = x[run]
            sections[:, corner, 1] = y
            sections[:, corner, 2] = foot + z[run] + lift
            sees[:, corner] = light
        parts.append(skin(sections, sees))
    return parts


Corner = tuple[float | Array, float, Array, float]  # y, lift, height, share of the light


def _lined(half: float, dark: Array, below: Array, top: Array) -> tuple[Corner, ...]:
    """Corners of a wall whose underside has a line where the sun ends."""
    return (
        (-half, 0.06, below, FACE),
        (-half + 0.08, 0.0, below, UNDER),
        (dark, 0.0, below, UNDER),
        (dark + 0.15, 0.0, below, SHADED),
        (half, 0.0, below, SHADED),
        (half, 0.0, top, FACE),
        (-half, 0.0, top, FACE),
    )


def _wedges(rng: np.random.Generator, opening: Opening, torn: Line, index: int) -> list[Mesh]:
    """The great arch's ring on the courtyard's side: a stone each, near by; those that have not
    fallen."""
    middle, radius = opening.middle, opening.radius
    count = 13 if index < NEAR else 1
    angle = np.linspace(np.pi, 0.0, count + 1)
    parts = []
    for high, low in pairwise(angle):
        at = middle + (radius + RING / 2) * np.cos([high, (high + low) / 2, low])
        rise = (radius + RING) * np.sin((high + low) / 2)
        if torn(at).min() < rise - 0.2:
            continue
        gap = 0.004 if count > 1 else 0.0
        ring = _ring(middle, radius, 2 if count > 1 else 7, (low + gap, high - gap), RING, WALL)
        own = 0.0 if count == 1 else float(rng.normal(0.0, 0.02))
        parts.append(ring.moved((0.0, own, SPRING)))
    return parts


def _ring(
    middle: float, radius: float, steps: int, ends: tuple[float, float], tall: float, half: float
) -> Mesh:
    """Wedges of an arch on the face y = -half of its wall, springing at z = 0."""
    angle = np.linspace(ends[1], ends[0], steps)
    low = radius - 0.03
    corners = ((0.2, low, 0.8), (0.2, radius + tall, FACE), (-RING_OUT, radius + tall, FACE))
    sections = np.zeros((steps, 4, 3))
    sees = np.zeros((steps, 4))
    for corner, (out, far, light) in enumerate((*corners, (-RING_OUT, low, FACE))):
        across = np.full(steps, -half + out)
        sections[:, corner] = np.column_stack(
            [middle + far * np.cos(angle), across, far * np.sin(angle)]
        )
        sees[:, corner] = light
    return skin(sections, sees)


def _stretches(torn: Line, span: float, level: float) -> list[tuple[float, float]]:
    """From where to where along a bay the masonry stands at least so high."""
    x = np.linspace(0.0, span, 61)
    high = (torn(x) >= level).astype(int)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], high, [0]])))
    out = [(float(x[a]), float(x[b - 1])) for a, b in edges.reshape(-1, 2)]
    return [(one, two) for one, two in out if two - one > 0.8]


def _heap(
    rng: np.random.Generator, middle: tuple[float, float], turn: float, wide: float, count: int
) -> list[Mesh]:
    """What has come down, in a mound below where it stood: few large stones, many small ones."""
    parts = []
    along = np.array([np.cos(turn), np.sin(turn)])
    for _ in range(count):
        out, aside = rng.normal(0.0, wide), rng.normal(0.0, 0.55 * wide)
        x, y = np.array(middle) + out * along + aside * np.array([-along[1], along[0]])
        size = 0.5 + 2.0 * rng.random() ** 2.2
        rise = 0.55 * wide * np.exp(-((out / wide) ** 2) - (aside / (0.6 * wide)) ** 2)
        parts.append(rock(rng, (x, y), size, rise * rng.uniform(0.3, 1.0)))
    return parts
