"""What is left of the city about the courtyard: seen against the sky, never reached.

Few and large, so that each azimuth has a shape of its own: a broken aqueduct in the east, a round
tower in the south-east, a gate without walls in the north-west, and lone columns and walls
between them. The west stays free for the sun. Metres, on the open land of models/hills.py.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.hills import height
from models.mesh import Mesh, merge
from models.pile import KIND_HILLS
from models.shape import box, circle, frame, lathe, skin

Array = NDArray[np.float64]

ROOT = 1.5  # metres that everything goes into the ground
GATE_OF_SUN = np.radians(24.0)  # half of the arc in the west where nothing stands
TOWER = (118.0, -104.0)
GATE = (-96.0, 128.0)
AQUEDUCT = ((92.0, 120.0), (150.0, 30.0), (172.0, -62.0))  # a line that bends once
BAY, PIER, SPRING, DECK = 11.0, 2.6, 9.0, 14.5  # of its arches: span, width, heights
COLUMNS, WALLS = 22, 16
COURSE = 0.55  # height of a course of stone


def build_afar(seed: int) -> Mesh:
    """All of it as one mesh with `seed`, `edge` and `kind`."""
    rng = np.random.default_rng([seed, 83])
    parts = [*_aqueduct(rng), *_tower(rng), *_gate(rng), *_columns(rng), *_walls(rng)]
    return merge([part.with_attributes(kind=KIND_HILLS, seed=rng.random()) for part in parts])


def _ground(x: float, y: float) -> float:
    return float(height(np.array([[x, y]]))[0]) - ROOT


def _stood(mesh: Mesh, x: float, y: float, turn: float = 0.0, tip: float = 0.0) -> Mesh:
    return mesh.transformed(frame((x, y, _ground(x, y)), turn, tip))


def _block(size: Sequence[float], place: Array) -> Mesh:
    """A block that stands on the origin of its frame."""
    up = np.eye(4)
    up[2, 3] = size[2] / 2
    return box(size, 0.06).transformed(place @ up)


def _jagged(radius: float, tall: float, rng: np.random.Generator, sides: int, drop: float) -> Mesh:
    """A round body whose top is broken: each side ends at a height of its own."""
    levels = np.array([0.0, 0.35, 0.7, 0.92, 1.0])
    taper = 1.0 - 0.12 * levels
    wave = rng.normal(size=3)
    around = 2 * np.pi * np.arange(sides) / sides
    torn = sum(
        wave[k] * np.cos((k + 1) * around + rng.uniform(0, 2 * np.pi)) / (k + 1) for k in range(3)
    )
    torn = 1.0 - drop * (torn - torn.min()) / max(float(np.ptp(torn)), 1e-6)
    torn = np.clip(torn + rng.normal(0, 0.04, sides), 0.2, 1.0)
    rings = np.zeros((len(levels), sides, 3))
    rings[:, :, :2] = radius * taper[:, None, None] * circle(sides)
    rings[:, :, 2] = tall * np.minimum(
        levels[:, None], torn[None] - 1e-3 * (4 - np.arange(5))[:, None]
    )
    return skin(rings, 1.0)


def _tower(rng: np.random.Generator) -> list[Mesh]:
    """A round keep, broken on the side towards the courtyard, and its fallen half."""
    x, y = TOWER
    keep = _stood(_jagged(7.5, 31.0, rng, 20, 0.55), x, y, 0.6)
    ring = _stood(lathe([(8.6, 0.0), (8.6, 4.2), (7.8, 5.0), (7.4, 5.0)], 20), x, y)
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
    level = _ground(x, y) + 23.0
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
    """Piers in a line, arches between those that still carry one, the deck where two do."""
    spots, turns = _along(AQUEDUCT, BAY)
    whole = rng.random(len(spots)) < 0.74
    parts: list[Mesh] = []
    for index, ((x, y), turn) in enumerate(zip(spots, turns, strict=True)):
        base = _ground(x, y)
        tall = SPRING if whole[index] else rng.uniform(2.5, SPRING)
        parts.append(_block((PIER, 3.4, tall + ROOT), frame((x, y, base), turn)))
        if index + 1 == len(spots) or not (whole[index] and whole[index + 1]):
            continue
        if rng.random() < 0.86:
            arch = _arch(float(np.linalg.norm(spots[index + 1] - spots[index])))
            middle = (spots[index] + spots[index + 1]) / 2
            parts.append(arch.transformed(frame((*middle, base + ROOT + SPRING), turn)))
    return parts


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


def _arch(span: float) -> Mesh:
    """A round arch under a level deck, along x about the origin, springing at z = 0."""
    half, radius = span / 2, (span - PIER) / 2
    angle = np.linspace(np.pi, 0.0, 13)
    below = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    below = np.concatenate([[(-half, 0.0)], below, [(half, 0.0)]])
    above = np.column_stack([below[:, 0], np.full(len(below), DECK - SPRING)])
    sections = np.zeros((len(below), 4, 3))
    for corner, (edge, side) in enumerate(
        ((below, -1.4), (below, 1.4), (above, 1.4), (above, -1.4))
    ):
        sections[:, corner] = np.column_stack([edge[:, 0], np.full(len(edge), side), edge[:, 1]])
    return skin(sections, 0.5)


def _free_azimuth(rng: np.random.Generator) -> float:
    """From east through north, nowhere before the sun."""
    return float(rng.uniform(-np.pi + GATE_OF_SUN, np.pi - GATE_OF_SUN))


def _columns(rng: np.random.Generator) -> list[Mesh]:
    """Lone columns, some in pairs, none as tall as its neighbour."""
    parts = []
    for _ in range(COLUMNS):
        azimuth, away = _free_azimuth(rng), rng.uniform(62.0, 130.0)
        x, y = away * np.cos(azimuth), away * np.sin(azimuth)
        tall = rng.uniform(3.0, 11.0)
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
        azimuth, away = _free_azimuth(rng), rng.uniform(75.0, 260.0)
        spot = away * np.array([np.cos(azimuth), np.sin(azimuth)])
        turn = azimuth + np.pi / 2 + rng.normal(0.0, 0.5)
        along = np.array([np.cos(turn), np.sin(turn)])
        tall = rng.uniform(2.5, 4.0) * (1.0 + away / 160.0)
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
    x = np.linspace(-length / 2, length / 2, count)
    fallen = np.abs(np.linspace(-1.0, 1.0, count) - rng.uniform(-0.5, 0.5))
    top = tall * (1.0 - rng.uniform(0.3, 0.8) * fallen**1.7) + rng.normal(0, 0.25, count)
    top = np.maximum(np.round(top / COURSE) * COURSE, ROOT + COURSE)
    # A step needs two places on nearly the same spot: the old height and the new one.
    x = np.repeat(x, 2)[1:-1] + np.tile([-0.01, 0.01], count)[1:-1]
    top = np.repeat(top, 2)[:-2]
    half = 0.7
    sections = np.zeros((len(x), 4, 3))
    for corner, (side, upper) in enumerate(((-half, 0), (half, 0), (half, 1), (-half, 1))):
        sections[:, corner] = np.column_stack([x, np.full(len(x), side), upper * top])
    return skin(sections, 0.5)
