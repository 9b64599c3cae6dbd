"""What is left of the city about the courtyard: seen against the sky, never reached.

Few and large, so that each azimuth has a shape of its own: a broken aqueduct that strides away
through the valley in the east, a round tower in the south, a gate without walls in the north, a
temple on its mound in the north-west, and lone columns and walls between them. The west stays
free for the sun. Metres, on the open land of models/place/hills.py.

`edge` is the share of sky and sun that a place sees: no map of the sun reaches so far.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, merge
from models.place.aqueduct import aqueduct
from models.place.farstone import COURSE, ROOT, block, ground, jagged, stood
from models.place.hills import MOUNDS
from models.place.pile import KIND_HILLS
from models.shape import box, frame, lathe, skin

Array = NDArray[np.float64]

GATE_OF_SUN = np.radians(24.0)  # half of the arc in the west where nothing stands
TOWER = (66.0, -118.0)
GATE = (-40.0, 150.0)
GATE_LEVEL = 25.0  # of its lintel, above the courtyard
TEMPLE_TURN = 0.42
COLUMNS, WALLS = 16, 14
BEFORE_AQUEDUCT = 0.95  # radians about the east in which no wall hides it


def build_afar(seed: int) -> Mesh:
    """All of it as one mesh with `seed`, `edge` and `kind`."""
    rng = np.random.default_rng([seed, 83])
    parts = [*aqueduct(rng), *_tower(rng), *_gate(rng), *_temple(rng)]
    parts += [*_columns(rng), *_walls(rng)]
    # Seeds keep away from 0.5, which is the land's.
    return merge([part.with_attributes(kind=KIND_HILLS, seed=0.4 * rng.random()) for part in parts])


def _tower(rng: np.random.Generator) -> list[Mesh]:
    """A round keep, broken on the side towards the courtyard, and its fallen half."""
    x, y = TOWER
    keep = stood(jagged(8.5, 44.0, rng, 24, 0.42), x, y, 0.6)
    ring = stood(lathe([(9.6, 0.0), (9.6, 14.2), (8.8, 15.4), (8.2, 15.4)], 24), x, y)
    lump = [
        stood(
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
        base = ground(px, py)
        parts.append(block((4.6, 5.4, level - base), frame((px, py, base), turn)))
        parts.append(block((5.8, 6.6, 1.5), frame((px, py, level - 1.6), turn)))
    parts.append(block((20.5, 5.0, 3.0), frame((x, y, level - 0.1), turn)))
    parts.append(
        block((9.0, 4.4, 2.2), frame((*(np.array([x, y]) - 4.0 * along), level + 2.8), turn))
    )
    px, py = np.array([x, y]) + 16.0 * along
    parts.append(stood(jagged(2.2, 9.0, rng, 10, 0.4), px, py))
    return parts


def _temple(rng: np.random.Generator) -> list[Mesh]:
    """Two rows of columns on a stepped floor, some fallen; what is left of the beam and gable."""
    mound = MOUNDS[0]
    base = mound.top - ROOT
    here = frame((mound.x, mound.y, base), TEMPLE_TURN)
    parts = [
        block((30.0 - 2 * step, 17.0 - 2 * step, ROOT + 0.9 + 0.8 * step), here)
        for step in range(3)
    ]
    floor, tall = ROOT + 2.5, 9.5
    lost = rng.random((2, 8)) < 0.30
    lost[:, :3] = False  # one end still carries its gable
    for row, across in enumerate((-5.4, 5.4)):
        for place in range(8):
            along = -11.2 + 3.2 * place
            high = tall * (rng.uniform(0.25, 0.8) if lost[row, place] else 1.0)
            shaft = jagged(0.78, high, rng, 9, 0.1 if lost[row, place] else 0.0)
            parts.append(shaft.transformed(here @ frame((along, across, floor))))
            if not lost[row, place]:
                head = frame((along, across, floor + tall - 0.05))
                parts.append(block((2.1, 2.1, 0.6), here @ head))
            if place and not lost[row, place - 1 : place + 1].any():
                beam = frame((along - 1.6, across, floor + tall + 0.5))
                parts.append(block((4.1, 1.8, 1.7), here @ beam))
    for along in (-11.2, -8.0):
        ends = here @ frame((along, 0.0, floor + tall + 0.48))
        parts.append(block((1.7, 12.4, 1.72), ends))
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
        tall = rng.uniform(3.0, 10.0) - ground(x, y)
        parts.append(stood(jagged(0.75, tall + ROOT, rng, 9, 0.12), x, y, 0.0, rng.normal(0, 0.03)))
        if rng.random() < 0.3:
            other = jagged(0.75, 0.7 * tall + ROOT, rng, 9, 0.2)
            parts.append(stood(other, x + rng.uniform(3, 5), y + rng.uniform(-3, 3)))
    return parts


def _walls(rng: np.random.Generator) -> list[Mesh]:
    """Stretches of wall that step down where they have fallen."""
    parts = []
    for _ in range(WALLS):
        azimuth, away = _free_azimuth(rng, BEFORE_AQUEDUCT), rng.uniform(64.0, 190.0)
        spot = away * np.array([np.cos(azimuth), np.sin(azimuth)])
        turn = azimuth + np.pi / 2 + rng.normal(0.0, 0.5)
        along = np.array([np.cos(turn), np.sin(turn)])
        tall = rng.uniform(0.8, 4.0) - ground(*spot)
        length = rng.uniform(9.0, 26.0)
        parts.append(stood(_torn_wall(length, tall + ROOT, rng), spot[0], spot[1], turn))
        if rng.random() < 0.5:
            spot = spot + along * (length / 2 + rng.uniform(1.5, 4.0))
            stub = _torn_wall(rng.uniform(2.0, 5.0), 0.5 * tall + ROOT, rng)
            parts.append(stood(stub, spot[0], spot[1], turn + rng.normal(0.0, 0.3)))
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
