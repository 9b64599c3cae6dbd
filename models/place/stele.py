"""A gravestone: a small temple front, and in it, worn, two who part (models/place/farewell.py).

After the Attic stelae of farewell (about 400 BC). Before it lies what was last brought:
a bowl, and a garland that has dried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, merge
from models.place.farewell import BEAM, OUT, POST, SILL, TALL, THICK, WIDTH, carved, face
from models.place.masonry import chipped
from models.place.pile import in_the_open
from models.shape import boxes, circle, frame, lathe, rim_points, skin, tube

Array = NDArray[np.float64]
Spot = tuple[float, float, float]

FOOT = (1.42, 0.46, 0.26)
BASE = FOOT[2] + 0.05  # height of the slab's foot
GABLE = 0.36
BEHIND = 0.03  # metres before the slab's middle at which the frame's blocks begin
BEVEL, WEAR = 0.004, 0.22  # of the frame's arrises
CLEAN = 0.03  # metres from its edges, at least: dirt keeps to the carving
SHY = 0.012  # metres that pillars stand out less from afar
CELLS = (42, 66)  # squares of the carving's sheet


def stele() -> tuple[Mesh, Mesh]:
    """The stone on z = 0 without its carving, looking to -y, near by and from afar."""
    wide, deep, tall = FOOT
    near = [_lit(_gable()).moved((0, 0, BASE + TALL)), _hewn(BLOCKS)]
    # Its shadow comes from the far one: what stands out of the field must not be coarse there.
    middle, thick = -OUT / 2, THICK + OUT - SHY
    blocks = [
        ((wide, deep, tall), (0.0, 0.0, tall / 2)),
        ((WIDTH, THICK, TALL), (0.0, 0.0, BASE + TALL / 2)),
        ((POST, thick, TALL), ((POST - WIDTH) / 2, middle, BASE + TALL / 2)),
        ((POST, thick, TALL), ((WIDTH - POST) / 2, middle, BASE + TALL / 2)),
        ((WIDTH, thick + 0.02, BEAM), (0.0, middle, BASE + TALL - BEAM / 2)),
    ]
    plain = boxes([size for size, _ in blocks], 0.01, [frame(spot) for _, spot in blocks])
    return merge(near), merge([_lit(plain), _lit(_gable()).moved((0, 0, BASE + TALL))])


def carving() -> tuple[Mesh, Mesh]:
    """What is carved on it, a sheet in the same place: see `farewell.face`."""
    high = carved()
    near, far = (face(high, cells).moved((0, 0, BASE)) for cells in (CELLS, (1, 1)))
    return near, far


def _hewn(blocks: Sequence[tuple[Spot, Spot]]) -> Mesh:
    """Blocks (size, middle) with a few flakes gone from their arrises."""
    sizes = np.array([size for size, _ in blocks])
    frames = np.stack([frame(spot) for _, spot in blocks])
    count = len(sizes)
    rng = np.random.default_rng(12)
    made = chipped(rim_points(sizes, BEVEL), frames, np.zeros(count), np.full(count, WEAR), rng)
    told = {name: made.attributes[name] for name in ("edge", "open")}
    return replace(made, attributes={**told, "edge": np.maximum(told["edge"], CLEAN)})


def _out(low: float, high: float, out: float, wide: float, x: float = 0.0) -> tuple[Spot, Spot]:
    """A block of the frame from one height to another, so wide about x, that stands out so far."""
    deep = THICK / 2 + out - BEHIND
    return (wide, deep, high - low), (x, -BEHIND - deep / 2, BASE + (low + high) / 2)


def _blocks() -> list[tuple[Spot, Spot]]:
    """Foot, slab, and a frame of two pillars with feet and heads, a beam, a sill."""
    wide, deep, tall = FOOT
    out = [
        ((wide, deep, tall), (0.0, 0.0, tall / 2)),
        ((wide - 0.12, deep - 0.1, 0.06), (0.0, 0.0, tall + 0.03)),
        ((WIDTH, THICK - 0.02, TALL), (0.0, 0.012, BASE + TALL / 2)),
        _out(0.0, SILL, OUT + 0.004, WIDTH - 2 * POST + 0.02),
    ]
    under = TALL - BEAM
    for side in (-1.0, 1.0):
        x = side * (WIDTH - POST) / 2
        out += [
            _out(0.0, 0.060, OUT + 0.014, POST + 0.012, x),
            _out(0.058, 0.085, OUT + 0.008, POST + 0.004, x),
            _out(0.06, under, OUT, POST - 0.004, x),
            _out(under - 0.070, under - 0.036, OUT + 0.010, POST + 0.006, x),
            _out(under - 0.038, under, OUT + 0.026, POST + 0.022, x),
        ]
    out.append(_out(under - 0.001, TALL + 0.002, OUT + 0.012, WIDTH + 0.01))
    return out


BLOCKS = _blocks()


def _lit(mesh: Mesh) -> Mesh:
    return in_the_open(mesh).with_attributes(edge=0.1)


def _gable() -> Mesh:
    """The low triangle on top with its three knobs, one of them gone."""
    half = WIDTH / 2 + 0.07
    outline = [(-half, 0.0), (half, 0.0), (half, 0.07), (half - 0.05, 0.12), (0.07, GABLE)]
    outline += [(-0.05, GABLE + 0.015), (-0.42, 0.19), (-half + 0.17, 0.105), (-half, 0.03)]
    section = np.array(outline)
    depth = np.array([THICK / 2 + 0.02, 0.0, -THICK / 2 - OUT - 0.05, -THICK / 2 - OUT - 0.06])
    share = np.array([1.0, 1.0, 1.0, 0.985])
    rings = np.zeros((len(depth), len(section), 3))
    middle = section.mean(axis=0)
    for k in range(len(depth)):
        flat = middle + (section - middle) * share[k]
        rings[k] = np.column_stack([flat[:, 0], np.full(len(flat), depth[k]), flat[:, 1]])
    # The field of the gable is sunk.
    sunk = middle + (section - middle) * 0.80
    edge = np.column_stack([sunk[:, 0], np.full(len(sunk), depth[-1]), sunk[:, 1]])
    floor = edge + np.array([0.0, 0.04, 0.0])
    rings = np.concatenate([rings, edge[None], floor[None]])
    knobs = [
        _palmette(0.21).moved((0.0, -0.10, GABLE - 0.02)),
        _palmette(0.13, lost=3).moved((half - 0.07, -0.10, 0.10)),
    ]
    return merge([skin(rings, np.full(len(rings), 0.1), np.radians(30.0)), *knobs])


def _palmette(tall: float, lost: int = 0) -> Mesh:
    """A fan of leaves from a small heart, in low relief on a slab that follows its outline; of its
    nine leaves the last `lost` have broken off. It stands on z = 0, looking to -y."""
    leaves = 9
    spread = np.linspace(-1.25, 1.25, leaves)[: leaves - lost]
    parts = []
    t = np.linspace(0.0, 1.0, 7)
    for index, angle in enumerate(spread):
        length = tall * (0.62 + 0.38 * np.cos(angle))
        bend = angle * (1.0 + 0.22 * t**2)
        line = np.column_stack([np.sin(bend), np.zeros(7), np.cos(bend)]) * (length * t)[:, None]
        half = 0.105 * tall * (0.30 + 0.70 * np.sin(0.5 * np.pi * np.minimum(t / 0.72, 1.0)))
        half *= np.sqrt(np.clip(1.0 - ((t - 0.72) / 0.29) ** 2, 0.02, 1.0)) ** (t > 0.72)
        aside = np.column_stack([np.cos(bend), np.zeros(7), -np.sin(bend)]) * half[:, None]
        thick = 0.030 + 0.004 * (index % 2)
        front = np.array([0.0, -1.0, 0.0]) * (thick * (1.0 - 0.5 * t))[:, None]
        rings = np.stack([line - aside, line + 1.25 * front, line + aside, line - 0.8 * front], 1)
        parts.append(skin(rings, np.full(7, 0.02), np.radians(20.0)))
    heart = lathe([(0.26 * tall, 0.0), (0.24 * tall, 0.10 * tall), (0.04, 0.2 * tall)], 14)
    return merge([*parts, heart.transformed(np.diag([1.0, 0.35, 1.0, 1.0]))])


def bowl() -> Mesh:
    """A shallow stone bowl on its foot, on z = 0."""
    profile = [(0.09, 0.0), (0.10, 0.012), (0.065, 0.035), (0.06, 0.07), (0.13, 0.10)]
    profile += [(0.205, 0.145), (0.222, 0.18), (0.212, 0.184), (0.19, 0.155), (0.10, 0.118)]
    profile += [(0.02, 0.112)]
    sky = [0.5, 0.7, 0.5, 0.45, 0.6, 0.85, 1.0, 1.0, 0.6, 0.45, 0.4]
    return lathe(profile, 28, sky)


def garland(rng: np.random.Generator) -> Mesh:
    """A ring of dried leaves and stalks, lying on z = 0 about the origin."""
    parts: list[Mesh] = []
    count = 46
    for k in range(count):
        angle = 2 * np.pi * k / count * 0.93
        radius = 0.25 + 0.03 * np.sin(3 * angle) + rng.normal(0.0, 0.012)
        spot = (radius * np.cos(angle), radius * np.sin(angle), 0.022 + 0.02 * rng.random())
        way = frame(spot, angle + np.pi / 2 + rng.normal(0.0, 0.6), rng.normal(-0.25, 0.3))
        parts.append(_dry_leaf(rng).transformed(way))
    ring = circle(30, 0.25)
    stalk = np.column_stack([ring[:28], np.full(28, 0.018) + 0.006 * rng.random(28)])
    parts.append(tube(stalk, 0.011, 6))
    both = merge(parts)
    return both.with_attributes(
        edge=0.02,
        open=np.column_stack(
            [np.clip(0.35 + both.positions[:, 2] * 9.0, 0.3, 1.0), np.ones(len(both.positions))]
        ),
    )


def _dry_leaf(rng: np.random.Generator) -> Mesh:
    """A leaf of laurel, curled up as it dried: a thin closed body along x."""
    length = rng.uniform(0.07, 0.11)
    t = np.linspace(0.0, 1.0, 6)
    half = 0.4 * length * np.sin(np.pi * np.clip(t * 0.94 + 0.03, 0, 1)) ** 0.9 * 0.55
    lift = rng.uniform(0.1, 0.45) * length * t**2
    rings = []
    for k in range(len(t)):
        curl = 0.7 * half[k]
        rings.append(
            [
                (t[k] * length, -half[k], lift[k] + curl),
                (t[k] * length, 0.0, lift[k] - 0.003),
                (t[k] * length, half[k], lift[k] + curl),
                (t[k] * length, 0.0, lift[k] + 0.002),
            ]
        )
    return skin(np.array(rings), 0.02 * np.ones(len(t)), np.radians(60.0))
