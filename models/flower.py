"""Fragile white flowers, between wood anemone and wood sorrel, and where they grow.

One mesh in the open pose: the root at the origin, the stem straight up z, the heart of the
flower at (0, 0, STEM). The vertex shader bends the stem and folds the petals to a bud about
their feet, so each vertex knows which part it is and how far along it lies. Metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import Mesh, merge, smooth_normals

Array = NDArray[np.float64]

STEM = 0.11  # height of the heart above the root
STEM_RADIUS = (0.0016, 0.0010)  # at the root, at the heart
FOOT = 0.0026  # the ring about the stem's axis on which the petals stand
PETAL_LENGTH, PETAL_HALF_WIDTH = 0.036, 0.0140
HEART_RADIUS, HEART_HEIGHT = 0.0040, 0.0036
LEAF_AT, LEAF_LENGTH, LEAF_HALF_WIDTH = 0.046, 0.030, 0.0085
PETALS = (5, 8)  # fewest and most
PETAL, STALK, HEART, LEAF = 0.0, 1.0, 2.0, 3.0  # values of the attribute `part`

RING = 1.5  # metres about the fallen one that are thick with flowers
REACH = 41.0  # metres from the centre where the last ones grow
OFF_LINE = 0.05  # metres: how far from the middle of its crack a root may sit, at most


@dataclass(frozen=True)
class Level:
    """How finely a flower is made: cells along and across a petal, and so on."""

    petal: tuple[int, int]
    stem: tuple[int, int]  # cells along, sides
    heart: int  # sides of the dome; a cone below 6
    stamens: int
    leaf: tuple[int, int]


LEVELS = (
    Level((6, 4), (5, 4), 6, 9, (3, 2)),
    Level((3, 2), (3, 3), 4, 0, (2, 1)),
    Level((1, 1), (1, 1), 3, 0, (1, 0)),
)


def flower(level: int, petals: int = 6, seed: int = 0) -> Mesh:
    """An open flower of 5 to 8 petals; level 0 is the finest of three.

    attributes
        petal (2): angle of the petal, stamen, leaf or stem side in radians; 0..1 along it
        part  (1): 0 petal, 1 stem, 2 heart, 3 leaf
        uv    (2): across and along, 0..1, for veins and edges

    Raises ValueError for another number of petals, IndexError for another level.
    """
    if not PETALS[0] <= petals <= PETALS[1]:
        raise ValueError(f"{petals} petals: give {PETALS[0]} to {PETALS[1]}")
    detail = LEVELS[level]
    rng = np.random.default_rng([seed, petals])
    parts = [_petal(detail, index, petals, rng) for index in range(petals)]
    parts.append(_stem(detail))
    parts.append(_heart(detail))
    turns = rng.uniform(0, 2 * np.pi, detail.stamens)
    parts += [_stamen(turn, rng) for turn in turns]
    if detail.leaf[1]:
        first = rng.uniform(0, 2 * np.pi)
        parts += [_leaf(detail, first + 2 * np.pi * (k + rng.normal(0, 0.06)) / 3) for k in range(3)]
    return merge(parts)


def _petal(detail: Level, index: int, petals: int, rng: np.random.Generator) -> Mesh:
    """One petal: a narrow foot, a broad notched end, cupped, its tip curled outward."""
    angle = 2 * np.pi * (index + rng.normal(0, 0.03)) / petals
    size = rng.uniform(0.93, 1.06)
    notch, curl = rng.uniform(0.02, 0.13), rng.uniform(0.8, 1.25)
    t, s = _grid(*detail.petal)
    slim = np.sqrt(6.0 / petals)
    width = PETAL_HALF_WIDTH * slim * (0.10 + 1.02 * t**0.75) * (1.0 - 0.42 * t**4)
    out = t - 0.17 * t**3 * s**2 - notch * t**6 * np.exp(-((s / 0.34) ** 2))
    lift = 0.62 * t - 0.44 * curl * t**2.2
    lift += 0.13 * s**2 * t * (1.0 - 0.55 * t)
    lift += 0.022 * np.sin(8.0 * t + 2.6 * s + index) * s**2 * t
    lift += 0.05 * (index % 2) * (1.0 - t)
    local = np.stack([FOOT + PETAL_LENGTH * size * out, width * s, PETAL_LENGTH * lift], axis=-1)
    return _sheet(local, t, s, detail.petal, angle, STEM, PETAL)


def _leaf(detail: Level, angle: float) -> Mesh:
    """One of three leaves that stand in a whorl half way up, folded along their rib."""
    t, s = _grid(*detail.leaf)
    width = LEAF_HALF_WIDTH * np.sin(np.pi * np.clip(0.06 + 0.94 * t, 0, 1)) ** 0.8
    lift = 0.62 * t - 0.50 * t**2 + 0.16 * np.abs(s) * np.sin(np.pi * t)
    local = np.stack([0.0012 + LEAF_LENGTH * t, width * s, LEAF_LENGTH * lift], axis=-1)
    return _sheet(local, t, s, detail.leaf, angle, LEAF_AT, LEAF)


def _grid(along: int, across: int) -> tuple[Array, Array]:
    """t 0..1 and s -1..1, each (along + 1, across + 1)."""
    return np.meshgrid(
        np.linspace(0, 1, along + 1), np.linspace(-1, 1, across + 1), indexing="ij"
    )  # fmt: skip


def _sheet(
    local: Array, t: Array, s: Array, cells: tuple[int, int], angle: float, height: float, part: float
) -> Mesh:
    """A grid in (out, sideways, up), turned about z, with its inner face up."""
    cosine, sine = np.cos(angle), np.sin(angle)
    out, side, up = np.moveaxis(local.reshape(-1, 3), 1, 0)
    points = np.column_stack([out * cosine - side * sine, out * sine + side * cosine, up + height])
    row = cells[1] + 1
    corner = (np.arange(cells[0])[:, None] * row + np.arange(cells[1])).reshape(-1, 1)
    triangles = np.concatenate([corner + [0, row, row + 1], corner + [0, row + 1, 1]])
    uv = np.column_stack([s.reshape(-1) * 0.5 + 0.5, t.reshape(-1)])
    return _named(points, triangles, np.full(len(points), angle), uv, part)


def _named(
    points: Array, triangles: ArrayLike, angle: ArrayLike, uv: Array, part: float
) -> Mesh:
    triangles = np.asarray(triangles, dtype=np.int32)
    petal = np.column_stack([np.broadcast_to(angle, len(points)), uv[:, 1]])
    return Mesh(points, smooth_normals(points, triangles), triangles).with_attributes(
        petal=petal, part=part, uv=uv
    )


def _stem(detail: Level) -> Mesh:
    """A tapering tube from the root to the heart; for the coarsest, one narrow blade."""
    along, sides = detail.stem
    if sides < 3:
        wide = STEM_RADIUS[0] * 1.3
        points = np.array([[-wide, 0, 0], [wide, 0, 0], [0, 0, STEM]])
        uv = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, 1.0]])
        return _named(points, [[0, 1, 2]], np.zeros(3), uv, STALK)
    t = np.repeat(np.linspace(0, 1, along + 1), sides)
    angle = np.tile(2 * np.pi * np.arange(sides) / sides, along + 1)
    radius = STEM_RADIUS[0] + (STEM_RADIUS[1] - STEM_RADIUS[0]) * t
    points = np.column_stack([radius * np.cos(angle), radius * np.sin(angle), STEM * t])
    around = np.arange(sides)
    low = (np.arange(along)[:, None] * sides + around).reshape(-1)
    next_ = (np.arange(along)[:, None] * sides + (around + 1) % sides).reshape(-1)
    triangles = np.concatenate(
        [
            np.column_stack([low, next_, next_ + sides]),
            np.column_stack([low, next_ + sides, low + sides]),
        ]
    )
    return _named(points, triangles, angle, np.column_stack([angle / (2 * np.pi), t]), STALK)


def _heart(detail: Level) -> Mesh:
    """The dome in the middle: a ring or two and a top."""
    sides = detail.heart
    rings = ((1.0, 0.0), (0.72, 0.7)) if sides >= 6 else ((1.0, 0.1),)
    turns = 2 * np.pi * np.arange(sides) / sides
    rows = [
        np.column_stack(
            [
                HEART_RADIUS * r * np.cos(turns),
                HEART_RADIUS * r * np.sin(turns),
                np.full(sides, STEM + HEART_HEIGHT * h),
            ]
        )
        for r, h in rings
    ]
    points = np.vstack([*rows, [[0, 0, STEM + HEART_HEIGHT]]])
    triangles = []
    for i in range(sides):
        j = (i + 1) % sides
        if len(rings) > 1:
            triangles += [[i, j, sides + j], [i, sides + j, sides + i]]
        last = (len(rings) - 1) * sides
        triangles.append([last + i, last + j, len(points) - 1])
    uv = np.column_stack([np.full(len(points), 0.5), (points[:, 2] - STEM) / HEART_HEIGHT * 0.3])
    return _named(points, triangles, np.zeros(len(points)), uv, HEART)


def _stamen(angle: float, rng: np.random.Generator) -> Mesh:
    """A thread and its anther: two slim triangles and a small diamond."""
    length, lean = rng.uniform(0.008, 0.0115), rng.uniform(0.35, 0.75)
    out = np.array([np.cos(angle), np.sin(angle), 0.0])
    side = np.array([-np.sin(angle), np.cos(angle), 0.0])
    way = np.array([lean * out[0], lean * out[1], 1.0]) / np.hypot(1.0, lean)
    root = np.array([0, 0, STEM]) + 0.0028 * out
    tip = root + length * way
    thin, anther = 0.00028, 0.00085
    points = np.array(
        [
            root - side * thin,
            root + side * thin,
            tip,
            tip - side * anther,
            tip - out * anther * 0.7 + way * anther,
            tip + side * anther,
            tip + out * anther * 0.7 + way * anther,
            tip + way * anther * 2.0,
        ]
    )
    triangles = [[0, 1, 2], [3, 4, 7], [4, 5, 7], [5, 6, 7], [6, 3, 7]]
    uv = np.array([[0.5, t] for t in (0.3, 0.3, 0.85, 0.9, 0.95, 0.9, 0.95, 1.0)])
    return _named(points, triangles, np.full(len(points), angle), uv, HEART)


def placements(
    graph_nodes: ArrayLike,
    graph_edges: ArrayLike,
    edge_widths: ArrayLike,
    count: int,
    seed: int,
    keep_off: ArrayLike = (),
) -> NDArray[np.float32]:
    """`count` flowers (n, 5) along cracks, nearest first: x, y, z, scale, when.

    graph_nodes : (k, 2) metres;  graph_edges : (e, 2) node indices;  edge_widths : (e,) metres
    keep_off    : (c, 3) discs x, y, radius that stay bare, such as where a limb lies
    when        : metres that the blossoming has come from the centre when this one pushes up

    A share grows within RING of the centre, the rest thins outward to REACH in tufts; wide
    cracks hold more. Raises ValueError where no crack is left to grow in.
    """
    rng = np.random.default_rng([seed, 29])
    a, b = np.asarray(graph_nodes, dtype=np.float64)[np.asarray(graph_edges)].swapaxes(0, 1)
    widths = np.asarray(edge_widths, dtype=np.float64)
    near = int(np.ceil(count * min(0.5, 0.07 + 60.0 / max(count, 1))))
    near_tufts = _tufts(rng, a, b, widths, near, RING, keep_off)
    far_tufts = _tufts(rng, a, b, widths, count - near, REACH, keep_off)
    spots = np.concatenate([near_tufts, far_tufts])
    radius = np.hypot(spots[:, 0], spots[:, 1])
    scale = rng.uniform(0.62, 1.12, count) * (1.0 + 0.25 * np.exp(-radius / 2.0))
    scale *= np.where(rng.random(count) < 0.08, 0.6, 1.0)
    when = radius + rng.uniform(0.0, 0.35, count) * (1.0 + 0.05 * radius)
    rows = np.column_stack([spots, np.zeros(count), scale, when])
    return rows[np.argsort(when, kind="stable")].astype(np.float32)


def _tufts(
    rng: np.random.Generator,
    a: Array,
    b: Array,
    widths: Array,
    count: int,
    reach: float,
    keep_off: ArrayLike,
) -> Array:
    """Places (count, 2) in small groups on the segments a-b (e, 2) within `reach`."""
    discs = np.asarray(keep_off, dtype=np.float64).reshape(-1, 3)
    length = np.hypot(*(b - a).T)
    found: list[Array] = []
    have = 0
    for _ in range(64):
        wanted = max(count - have, 8)
        edge = _pick(rng, a, b, length, widths, reach, wanted)
        t = rng.random(wanted)
        group = rng.integers(1, 6, wanted)
        edge, t = np.repeat(edge, group), np.repeat(t, group)
        t = np.clip(t + rng.normal(0.0, 0.07, len(t)) / np.maximum(length[edge], 0.3), 0.02, 0.98)
        way = (b - a)[edge] / length[edge, None]
        spots = a[edge] + t[:, None] * (b - a)[edge]
        room = np.minimum(0.012 + 0.42 * widths[edge], OFF_LINE)
        spots += np.column_stack([-way[:, 1], way[:, 0]]) * (rng.uniform(-1, 1, len(t)) * room)[:, None]
        kept = np.hypot(spots[:, 0], spots[:, 1]) < reach
        for x, y, r in discs:
            kept &= np.hypot(spots[:, 0] - x, spots[:, 1] - y) > r
        found.append(spots[kept])
        have += int(kept.sum())
        if have >= count:
            return np.concatenate(found)[:count]
    raise ValueError(f"no room for {count} flowers on the cracks within {reach} m")


def _pick(
    rng: np.random.Generator,
    a: Array,
    b: Array,
    length: Array,
    widths: Array,
    reach: float,
    count: int,
) -> NDArray[np.int64]:
    """Edges for `count` tufts: by length and width, denser towards the centre."""
    middle = np.hypot(*((a + b) * 0.5).T)
    touches = np.minimum(np.hypot(*a.T), np.hypot(*b.T)) < reach
    weight = np.where(touches | (middle < reach), length * (0.02 + widths), 0.0)
    weight *= 1.0 / (1.0 + (middle / 7.0) ** 1.6)
    if not weight.sum() > 0.0:
        raise ValueError(f"no crack within {reach} m of the centre")
    return rng.choice(len(weight), size=count, p=weight / weight.sum())
