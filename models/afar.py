"""What is left of the city about the courtyard: seen against the sky, never reached.

Few and large, so that each azimuth has a shape of its own: a broken aqueduct that strides away
through the valley in the east, a round tower in the south, a gate without walls in the north, a
temple on its mound in the north-west, and lone columns and walls between them. The west stays
free for the sun. Metres, on the open land of models/hills.py.

`edge` is the share of sky and sun that a place sees: no map of the sun reaches so far.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.hills import MOUNDS, height
from models.mesh import Mesh, merge
from models.pile import KIND_HILLS
from models.shape import box, circle, frame, lathe, skin

Array = NDArray[np.float64]

ROOT = 1.5  # metres that everything goes into the ground
GATE_OF_SUN = np.radians(24.0)  # half of the arc in the west where nothing stands
TOWER = (66.0, -118.0)
GATE = (-40.0, 150.0)
GATE_LEVEL = 25.0  # of its lintel, above the courtyard
# It turns as it goes, so that no bay is seen so far aslant that its piers close it.
AQUEDUCT = ((74.0, 66.0), (116.0, 8.0), (150.0, -44.0), (174.0, -100.0), (190.0, -160.0))
BAY, PIER, SPRING, DECK = 11.0, 2.6, 5.2, 10.6  # of its arches: span, width, heights
SMALL, SMALL_DECK = 3, 14.6  # arches to a bay in the upper row, and its height
ARCH_STEPS, FAR_STEPS = 11, 5
FALLEN_BAYS = [3, 13]  # where it has come down altogether
FAR_BAY = 9  # from this bay on the arches have fewer sides
TEMPLE_TURN = 0.42
COLUMNS, WALLS = 16, 14
BEFORE_AQUEDUCT = 0.95  # radians about the east in which no wall hides it
COURSE = 0.55  # height of a course of stone
UNDER_ARCH = 0.45  # share of the light that an arch's edge sees
RING, RING_OUT = 0.95, 0.22  # height of an arch's ring of wedges, and how far it stands out
LEDGE = 0.34  # metres that ledges stand out
STONE_SIDES = 3  # of a round body to each of its stones, so that one ends beside the next


def build_afar(seed: int) -> Mesh:
    """All of it as one mesh with `seed`, `edge` and `kind`."""
    rng = np.random.default_rng([seed, 83])
    parts = [*_aqueduct(rng), *_tower(rng), *_gate(rng), *_temple(rng)]
    parts += [*_columns(rng), *_walls(rng)]
    # Seeds keep away from 0.5, which is the land's.
    return merge([part.with_attributes(kind=KIND_HILLS, seed=0.4 * rng.random()) for part in parts])


def _ground(x: float, y: float) -> float:
    return float(height(np.array([[x, y]]))[0]) - ROOT


def _stood(mesh: Mesh, x: float, y: float, turn: float = 0.0, tip: float = 0.0) -> Mesh:
    return mesh.transformed(frame((x, y, _ground(x, y)), turn, tip))


def _block(size: Sequence[float], place: Array, foot_sees: float = 1.0) -> Mesh:
    """A block that stands on the origin of its frame, its edges too far off to be worn."""
    half = np.array([size[0] / 2, size[1] / 2])
    foot = half * [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    rings = np.stack([np.column_stack([foot, np.full(4, z)]) for z in (0.0, size[2])])
    return skin(rings, [foot_sees, 1.0]).transformed(place)


def _jagged(radius: float, tall: float, rng: np.random.Generator, stones: int, drop: float) -> Mesh:
    """A round body whose top is broken: each of its `stones` ends with a course of its own."""
    sides = STONE_SIDES * stones
    levels = np.array([0.0, 1.0])
    taper = 1.0 - 0.12 * levels
    wave = rng.normal(size=3)
    around = 2 * np.pi * np.arange(stones) / stones
    torn = sum(
        wave[k] * np.cos((k + 1) * around + rng.uniform(0, 2 * np.pi)) / (k + 1) for k in range(3)
    )
    torn = 1.0 - drop * (torn - torn.min()) / max(float(np.ptp(torn)), 1e-6)
    torn = np.clip(torn + rng.normal(0, 0.03, stones), 0.2, 1.0)
    torn = np.repeat(np.round(torn * tall / COURSE) * COURSE / tall, STONE_SIDES)
    rings = np.zeros((len(levels), sides, 3))
    rings[:, :, :2] = radius * taper[:, None, None] * circle(sides)
    rings[:, :, 2] = tall * np.minimum(levels[:, None], torn[None])
    return skin(rings, 1.0)


def _tower(rng: np.random.Generator) -> list[Mesh]:
    """A round keep, broken on the side towards the courtyard, and its fallen half."""
    x, y = TOWER
    keep = _stood(_jagged(8.5, 44.0, rng, 24, 0.42), x, y, 0.6)
    ring = _stood(lathe([(9.6, 0.0), (9.6, 14.2), (8.8, 15.4), (8.2, 15.4)], 24), x, y)
    lump = [
        _stood(
            box((rng.uniform(2, 5), rng.uniform(2, 4), rng.uniform(2, 4)), 0.2),
            x - rng.uniform(9, 19),
            y + rng.uniform(-8, 12),
            rng.uniform(0, 3),
            rng.uniform(-0.5, 0.5),
        )
        for _ in range(7)
    ]
    return [keep, ring, *lump]


def _gate(rng: np.random.Generator) -> list[Mesh]:
    """Two great piers that carry a lintel and half of what stood on it, and a third, broken."""
    x, y = GATE
    turn = np.arctan2(y, x) + np.pi / 2
    along = np.array([np.cos(turn), np.sin(turn)])
    level = GATE_LEVEL
    parts = []
    for side in (-1, 1):
        px, py = np.array([x, y]) + side * 7.0 * along
        base = _ground(px, py)
        parts.append(_block((4.6, 5.4, level - base), frame((px, py, base), turn)))
        parts.append(_block((5.8, 6.6, 1.5), frame((px, py, level - 1.6), turn)))
    parts.append(_block((20.5, 5.0, 3.0), frame((x, y, level - 0.1), turn)))
    parts.append(
        _block((9.0, 4.4, 2.2), frame((*(np.array([x, y]) - 4.0 * along), level + 2.8), turn))
    )
    px, py = np.array([x, y]) + 16.0 * along
    parts.append(_stood(_jagged(2.2, 9.0, rng, 10, 0.4), px, py))
    return parts


def _aqueduct(rng: np.random.Generator) -> list[Mesh]:
    """Piers in a line, arches where two neighbours still stand, a second row on some of them."""
    spots, turns = _along(AQUEDUCT, BAY)
    count = len(spots)
    whole = rng.random(count) < np.linspace(0.98, 0.6, count)  # less of it the further it goes
    whole[:6] = True
    carried = whole[:-1] & whole[1:] & (rng.random(count - 1) < 0.93)
    carried[FALLEN_BAYS] = False
    crown = rng.integers(0, SMALL + 1, count - 1) * carried  # small arches that each bay has kept
    parts: list[Mesh] = []
    for index, ((x, y), turn) in enumerate(zip(spots, turns, strict=True)):
        base = _ground(x, y)
        top = SPRING if whole[index] else rng.uniform(0.35, 0.9) * SPRING
        parts.append(_block((PIER, 3.6, top - base), frame((x, y, base), turn)))
        if whole[index]:  # the ledge that the arches spring from, and the pier's face above it
            wide = (PIER + 2 * LEDGE, 3.6 + 2 * LEDGE, 0.5)
            parts.append(_block(wide, frame((x, y, SPRING - 0.5), turn), 0.5))
            face = (0.62 * PIER, 3.0 + LEDGE, DECK - SPRING - 0.5)
            parts.append(_block(face, frame((x, y, SPRING), turn)))
        parts.append(_block((PIER + 0.9, 4.4, 2.2 - base), frame((x, y, base), turn)))
        if index + 1 < count and carried[index]:
            parts += _bay(spots[index], spots[index + 1], int(crown[index]), index)
        for side, there in (
            (-1, index > 0 and carried[index - 1]),
            (1, index + 1 < count and carried[index]),
        ):
            if whole[index] and not there:
                parts += _stub(rng, frame((x, y, SPRING), turn if side > 0 else turn + np.pi))
        if whole[index]:
            parts += _loose(rng, frame((x, y, DECK), turn))
    return parts


def _bay(one: Array, other: Array, crown: int, index: int) -> list[Mesh]:
    """The great arch between two piers, and the small ones on its deck if it still has them."""
    way = other - one
    span, turn = float(np.hypot(*way)), float(np.arctan2(way[1], way[0]))
    steps = ARCH_STEPS if index < FAR_BAY else FAR_STEPS
    middle = (one + other) / 2
    great = _arch(span, PIER, DECK - SPRING, 1.5, steps)
    here = frame((*middle, SPRING), turn)
    parts = [great.transformed(here)]
    if index < FAR_BAY:
        parts.append(_ring(span, PIER, 1.5, steps).transformed(here))
    ledge = (span + 0.02, 3.0 + 2 * LEDGE, 0.42)
    parts.append(_block(ledge, frame((*middle, DECK - 0.55), turn), 0.5))
    small = span / SMALL
    first = 0 if index % 2 else SMALL - crown  # what is left leans on one of the two piers
    for place in range(first, first + crown):
        at = one + way * (place + 0.5) / SMALL
        tall = SMALL_DECK - DECK - 1.2 - 0.35 * ((5 * index + 3 * place) % 4)
        row = _arch(small, 0.9, tall, 1.1, steps // 2 + 2)
        parts.append(row.transformed(frame((*at, DECK + 1.2), turn)))
    for place in range(first, first + crown + 1) if crown else ():
        leg = one + way * place / SMALL
        parts.append(_block((0.9, 2.2, 1.25), frame((*leg, DECK - 0.02), turn)))
    return parts


def _ring(span: float, pier: float, half_wide: float, steps: int) -> Mesh:
    """The wedges of an arch, standing out of its wall on both sides; along x, springing at z = 0."""
    angle = np.linspace(np.pi, 0.0, steps)
    radius = (span - pier) / 2
    corners = ((-1, radius - 0.02), (1, radius - 0.02), (1, radius + RING), (-1, radius + RING))
    sections = np.zeros((steps, 4, 3))
    for corner, (side, far) in enumerate(corners):
        across = np.full(steps, side * (half_wide + RING_OUT))
        sections[:, corner] = np.column_stack([far * np.cos(angle), across, far * np.sin(angle)])
    return skin(sections, np.tile([0.6, 0.6, 1.0, 1.0], (steps, 1)))


def _stub(rng: np.random.Generator, here: Array) -> list[Mesh]:
    """What still hangs of a fallen arch on its pier, towards +x, torn at its end."""
    kept = int(rng.integers(2, 5))
    stub = _arch(BAY, PIER, DECK - SPRING, 1.5, ARCH_STEPS, kept)
    return [stub.transformed(here @ frame((BAY / 2, 0.0, 0.0)))]


def _loose(rng: np.random.Generator, here: Array) -> list[Mesh]:
    """Stones of a parapet that is mostly gone."""
    parts = []
    for _ in range(rng.integers(1, 6)):
        size = (rng.uniform(0.6, 2.4), rng.uniform(0.5, 0.9), rng.uniform(0.3, 1.6) ** 1.4)
        spot = (rng.uniform(-2.5, 2.5), rng.choice([-1.0, 1.0]) * 0.9, -0.05)
        parts.append(_block(size, here @ frame(spot, rng.normal(0.0, 0.15))))
    return parts


def _temple(rng: np.random.Generator) -> list[Mesh]:
    """Two rows of columns on a stepped floor, some fallen; what is left of the beam and gable."""
    mound = MOUNDS[0]
    base = mound.top - ROOT
    here = frame((mound.x, mound.y, base), TEMPLE_TURN)
    parts = [
        _block((30.0 - 2 * step, 17.0 - 2 * step, ROOT + 0.9 + 0.8 * step), here)
        for step in range(3)
    ]
    floor, tall = ROOT + 2.5, 9.5
    lost = rng.random((2, 8)) < 0.30
    lost[:, :3] = False  # one end still carries its gable
    for row, across in enumerate((-5.4, 5.4)):
        for place in range(8):
            along = -11.2 + 3.2 * place
            high = tall * (rng.uniform(0.25, 0.8) if lost[row, place] else 1.0)
            shaft = _jagged(0.78, high, rng, 9, 0.1 if lost[row, place] else 0.0)
            parts.append(shaft.transformed(here @ frame((along, across, floor))))
            if not lost[row, place]:
                head = frame((along, across, floor + tall - 0.05))
                parts.append(_block((2.1, 2.1, 0.6), here @ head))
            if place and not lost[row, place - 1 : place + 1].any():
                beam = frame((along - 1.6, across, floor + tall + 0.5))
                parts.append(_block((4.1, 1.8, 1.7), here @ beam))
    for along in (-11.2, -8.0):
        ends = here @ frame((along, 0.0, floor + tall + 0.48))
        parts.append(_block((1.7, 12.4, 1.72), ends))
    parts.append(_gable(12.8, 3.0, 1.6).transformed(here @ frame((-11.2, 0.0, floor + tall + 2.1))))
    return parts


def _gable(width: float, tall: float, thick: float) -> Mesh:
    """A low triangle across x, its right slope broken off."""
    outline = np.array([(-width / 2, 0.0), (0.24 * width, 0.0), (0.16 * width, 0.62 * tall)])
    outline = np.concatenate([outline, [(0.05 * width, 0.78 * tall), (0.0, tall)]])
    ends = np.array([-thick / 2, thick / 2])
    rings = np.zeros((2, len(outline), 3))
    rings[:, :, 0] = ends[:, None]
    rings[:, :, 1:] = outline
    return skin(rings, 1.0)


def _along(line: Sequence[tuple[float, float]], step: float) -> tuple[Array, Array]:
    """Places (n, 2) each `step` along a bent line, and the way the line goes there (n,)."""
    points = np.array(line)
    legs = np.diff(points, axis=0)
    lengths = np.linalg.norm(legs, axis=1)
    gone = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.arange(0.0, gone[-1], step)
    xy = np.column_stack([np.interp(at, gone, points[:, k]) for k in (0, 1)])
    leg = np.clip(np.searchsorted(gone, at, side="right") - 1, 0, len(legs) - 1)
    return xy, np.arctan2(legs[leg, 1], legs[leg, 0])


def _arch(
    span: float, pier: float, tall: float, half_wide: float, steps: int, kept: int = 0
) -> Mesh:
    """A round arch under a level deck, along x about the origin, springing at z = 0.

    Of a broken one the first `kept` sides are left, its deck torn off aslant.
    """
    half, radius = span / 2, (span - pier) / 2
    angle = np.linspace(np.pi, 0.0, steps)
    below = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    below = np.concatenate([[(-half, 0.0)], below, [(half, 0.0)]])
    above = np.column_stack([below[:, 0], np.full(len(below), tall)])
    if kept:
        below, above = below[: kept + 1], above[: kept + 1]
        torn = np.linspace(0.0, 1.0, kept + 1) ** 2
        above[:, 1] -= torn * 0.55 * (tall - below[-1, 1])
    sections = np.zeros((len(below), 4, 3))
    sees = [UNDER_ARCH, UNDER_ARCH, 1.0, 1.0]
    for corner, (edge, side) in enumerate(
        ((below, -half_wide), (below, half_wide), (above, half_wide), (above, -half_wide))
    ):
        sections[:, corner] = np.column_stack([edge[:, 0], np.full(len(edge), side), edge[:, 1]])
    return skin(sections, np.tile(sees, (len(below), 1)))


def _free_azimuth(rng: np.random.Generator, around_east: float = 0.0) -> float:
    """An azimuth that is nowhere before the sun, nor nearer to the east than that."""
    side = rng.choice([-1.0, 1.0])
    return float(side * rng.uniform(around_east, np.pi - GATE_OF_SUN))


def _columns(rng: np.random.Generator) -> list[Mesh]:
    """Lone columns, some in pairs, none as tall as its neighbour."""
    parts = []
    for _ in range(COLUMNS):
        azimuth, away = _free_azimuth(rng), rng.uniform(92.0, 150.0)
        x, y = away * np.cos(azimuth), away * np.sin(azimuth)
        tall = rng.uniform(3.0, 10.0) - _ground(x, y)
        parts.append(
            _stood(_jagged(0.75, tall + ROOT, rng, 9, 0.12), x, y, 0.0, rng.normal(0, 0.03))
        )
        if rng.random() < 0.3:
            other = _jagged(0.75, 0.7 * tall + ROOT, rng, 9, 0.2)
            parts.append(_stood(other, x + rng.uniform(3, 5), y + rng.uniform(-3, 3)))
    return parts


def _walls(rng: np.random.Generator) -> list[Mesh]:
    """Stretches of wall that step down where they have fallen."""
    parts = []
    for _ in range(WALLS):
        azimuth, away = _free_azimuth(rng, BEFORE_AQUEDUCT), rng.uniform(64.0, 190.0)
        spot = away * np.array([np.cos(azimuth), np.sin(azimuth)])
        turn = azimuth + np.pi / 2 + rng.normal(0.0, 0.5)
        along = np.array([np.cos(turn), np.sin(turn)])
        tall = rng.uniform(0.8, 4.0) - _ground(*spot)
        length = rng.uniform(9.0, 26.0)
        parts.append(_stood(_torn_wall(length, tall + ROOT, rng), spot[0], spot[1], turn))
        if rng.random() < 0.5:
            spot = spot + along * (length / 2 + rng.uniform(1.5, 4.0))
            stub = _torn_wall(rng.uniform(2.0, 5.0), 0.5 * tall + ROOT, rng)
            parts.append(_stood(stub, spot[0], spot[1], turn + rng.normal(0.0, 0.3)))
    return parts


def _torn_wall(length: float, tall: float, rng: np.random.Generator) -> Mesh:
    """A wall along x about the origin whose top steps down by courses where it has fallen."""
    count = max(int(length / 1.5), 4)
    x = np.sort(rng.uniform(-length / 2, length / 2, count))
    fallen = np.abs(2.0 * x / length - rng.uniform(-0.9, 0.9))
    gap = np.where(rng.random(count) < 0.25, rng.uniform(0.3, 0.7, count), 0.0)
    top = tall * (1.0 - rng.uniform(0.15, 0.6) * fallen**1.4) * (1.0 - gap)
    top = top + rng.normal(0, 0.3, count)
    top = np.maximum(np.round(top / COURSE) * COURSE, ROOT + COURSE)
    # A step needs two places on nearly the same spot: the old height and the new one.
    x = np.repeat(x, 2)[1:-1] + np.tile([-0.01, 0.01], count)[1:-1]
    top = np.repeat(top, 2)[:-2]
    half = 0.7
    sections = np.zeros((len(x), 4, 3))
    for corner, (side, upper) in enumerate(((-half, 0), (half, 0), (half, 1), (-half, 1))):
        sections[:, corner] = np.column_stack([x, np.full(len(x), side), upper * top])
    return skin(sections, 1.0)
