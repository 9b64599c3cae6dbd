"""Fragile white flowers, near to wood anemones: petals that can fold, stem, leaves, heart.

One mesh in the open pose: the root at the origin, the stem straight up z, the heart of the
flower at (0, 0, STEM). `petal_pose` is the law by which a petal folds to a bud; the vertex
shader has the same one and carries what is sculpted here along with it. Metres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import Mesh, merge, smooth_normals

Array = NDArray[np.float64]

STEM = 0.095  # height of the heart above the root
STEM_RADIUS = (0.0017, 0.0010)  # at the root, at the heart
FOOT = 0.0024  # radius of the ring on which the petals stand
PETAL_LENGTH, PETAL_HALF_WIDTH = 0.028, 0.0122
CLOSED = (0.93, 2.22)  # radians that a petal's midline rises above level at foot and tip: a bud
OPEN = (0.80, 0.16)  # and in an open flower
TIER = 0.13  # radians: how much steeper the innermost petal stands than the outermost
CUP = 26.0  # 1/m: curvature across an open petal
LAYER = 0.0011  # between the innermost and the outermost petal of a bud
HEART_RADIUS, HEART_HEIGHT = 0.0036, 0.0034
STAMENS_AT = 0.0026  # radius of the ring that the stamens stand on
LEAF_AT, LEAF_LENGTH, LEAF_HALF_WIDTH = 0.040, 0.027, 0.0062
LEAVES = 3
PETALS = (5, 8)  # fewest and most
PETAL, STALK, HEART, LEAF = 0.0, 1.0, 2.0, 3.0  # values of the attribute `part`


@dataclass(frozen=True)
class Form:
    """What one kind of flower has of its own; lengths are shares of the anemone's.

    opens, inner : how far the outermost petals open, and how much less the innermost do
    head, stem   : how large the head is and how long the stem
    """

    name: str
    petals: int
    whorls: int = 1
    wide: float = 1.0
    long: float = 1.0
    point: float = 0.0  # 0 broad and notched .. 1 drawn out to a tip
    stamens: float = 1.0  # share of the most that a level has
    opens: float = 1.0
    inner: float = 0.0
    head: float = 1.0
    stem: float = 1.0


FORMS = (
    Form("anemone", 6),
    Form("windflower", 8, wide=0.94, head=1.12, stem=1.12),
    Form("five", 5, wide=1.06, head=0.86, stem=0.86),
    Form(
        "double", 6, whorls=3, wide=0.96, stamens=0.3, opens=1.0, inner=0.74, head=1.12, stem=0.92
    ),
    Form("star", 6, wide=0.56, point=1.0, stamens=0.5, opens=1.12, head=0.66, stem=0.74),
    Form("cup", 6, wide=1.22, long=1.22, point=0.45, stamens=0.4, opens=0.40, head=0.96, stem=1.22),
)


@dataclass(frozen=True)
class Level:
    """How finely a flower is made: cells along and across a petal, and so on."""

    petal: tuple[int, int]
    stem: tuple[int, int]  # cells along, sides; a blade below 3
    heart: int  # sides of the dome
    stamens: int
    leaf: tuple[int, int] | None


LEVELS = (
    Level((6, 10), (6, 5), 6, 24, (5, 4)),
    Level((3, 4), (3, 3), 4, 0, (2, 2)),
    Level((1, 2), (1, 1), 3, 0, None),
)


def flower(level: int, petals: int = 6, seed: int = 0, form: Form = FORMS[0]) -> Mesh:
    """An open flower of 5 to 8 petals a whorl; level 0 is the finest of three.

    attributes
        petal (3): angle about the axis in radians, 0..1 along, -1..1 across
        fold  (3): metres along and across the sheet, 0..1 outermost to innermost petal
        part  (1): 0 petal, 1 stem, 2 heart, 3 leaf

    Raises ValueError for another number of petals, IndexError for another level.
    """
    if not PETALS[0] <= petals <= PETALS[1]:
        raise ValueError(f"{petals} petals: give {PETALS[0]} to {PETALS[1]}")
    detail = LEVELS[level]
    rng = np.random.default_rng([seed, petals])
    parts = []
    for whorl in range(form.whorls):
        parts += [_petal(detail, index, petals, rng, form, whorl) for index in range(petals)]
    parts += [_stem(detail), _heart(detail)]
    stamens = round(detail.stamens * form.stamens)
    parts += [_stamen(turn, rng) for turn in _round(stamens, rng)]
    first = rng.uniform(0, 2 * np.pi)
    if detail.leaf is not None:
        turns = first + 2 * np.pi * np.arange(LEAVES) / LEAVES
        parts += [_leaf(detail.leaf, float(turn), rng) for turn in turns]
    return merge(parts)


def petal_pose(
    along: ArrayLike, side: ArrayLike, order: ArrayLike, opened: float
) -> tuple[Array, Array]:
    """A petal as a bent sheet: points (..., 3) as (out, sideways, up) and its axes (..., 3, 3).

    along, side : (...,) metres on the flat sheet;  order : 0 the outermost petal .. 1
    opened      : 0 wrapped about the axis, 1 open
    axes        : [..., 0, :] along, [..., 1, :] across, [..., 2, :] out of the inner face

    The midline is an arc of constant length, whose integral is l cos(a + kl/2) sinc(kl/2);
    across, the sheet is rolled on a cylinder, in the bud about the flower's own axis.
    """
    along, side, order = np.broadcast_arrays(*(np.asarray(v, float) for v in (along, side, order)))
    foot, tip = (c + opened * (o - c) for c, o in zip(CLOSED, OPEN, strict=True))
    bend = tip - foot
    start = foot + TIER * order * opened
    half = 0.5 * bend * along / PETAL_LENGTH
    chord = along * np.sinc(half / np.pi)
    out, up = FOOT + chord * np.cos(start + half), chord * np.sin(start + half)
    slope = start + 2.0 * half
    zero = np.zeros_like(slope)
    tangent = np.stack([np.cos(slope), zero, np.sin(slope)], axis=-1)
    inner = np.stack([-np.sin(slope), zero, np.cos(slope)], axis=-1)
    across = np.broadcast_to([0.0, 1.0, 0.0], inner.shape)
    curve = (1.0 - opened) / np.maximum(out, 0.003) + opened * CUP
    roll = (curve * side)[..., None]
    depth = (1.0 - np.cos(roll)) / curve[..., None] - LAYER * (
        (1.0 - order) * (1.0 - opened) * np.minimum(along * 300.0, 1.0)
    )[..., None]
    points = np.stack([out, zero, up], axis=-1)
    points = points + across * np.sin(roll) / curve[..., None] + inner * depth
    axes = [
        tangent,
        across * np.cos(roll) + inner * np.sin(roll),
        inner * np.cos(roll) - across * np.sin(roll),
    ]
    return points, np.stack(axes, axis=-2)


def _round(count: int, rng: np.random.Generator) -> Array:
    """Angles (count,) about the axis, even but for a little."""
    return np.asarray(
        (np.arange(count) + rng.uniform(-0.3, 0.3, count)) * 2 * np.pi / max(count, 1)
    )


def _petal(
    detail: Level, index: int, petals: int, rng: np.random.Generator, form: Form, whorl: int
) -> Mesh:
    """One petal: a narrow foot, a broad notched or pointed end, its rim a little ruffled."""
    order = (index * 2 % petals + index * 2 // petals) / (petals - 1)  # every other one first
    order = (whorl + order * 0.9) / form.whorls
    angle = 2 * np.pi * (index + 0.5 * whorl + rng.normal(0, 0.035)) / petals
    size, notch = rng.uniform(0.94, 1.06), rng.uniform(0.02, 0.12) * (1.0 - form.point)
    size *= form.long * (1.0 - 0.42 * whorl / max(form.whorls - 1, 1))
    curl, wave = rng.uniform(0.03, 0.11), rng.uniform(0, 2 * np.pi)
    cells = detail.petal if not whorl else (max(detail.petal[0] - 1, 1), detail.petal[1] // 2)
    t, s = grid(*cells)
    t = t**0.85  # closer where the rim curls
    outline = 1.0 - 0.30 * np.abs(s) ** 2.4 - notch * np.exp(-((s / 0.26) ** 2))
    outline = outline - 0.24 * form.point * np.abs(s) ** 1.2
    length = t * (1.0 + (outline - 1.0) * t**1.5)
    slim = np.sqrt(6.0 / petals) * form.wide
    half = (
        PETAL_HALF_WIDTH * slim * (0.14 + 1.02 * t**0.8) * (1.0 - (0.30 + 0.5 * form.point) * t**3)
    )
    along, side = PETAL_LENGTH * size * length, half * s
    points, axes = petal_pose(along, side, order, 1.0)
    rim = np.abs(s) ** 2 * t
    ruffle = 0.0011 * rim * np.sin(7.0 * t + 2.0 * s + wave) + 0.0004 * t * np.cos(5.0 * s + wave)
    keel = -0.0007 * np.exp(-((s / 0.22) ** 2)) * t * (1.3 - t)
    lift = ruffle + keel - PETAL_LENGTH * curl * t**4 * (0.6 + 0.4 * s**2)
    points = points + axes[..., 2, :] * lift[..., None]
    return sheet(points, t, s, np.stack([along, side], -1), order, angle, STEM, PETAL)


def _leaf(cells: tuple[int, int], angle: float, rng: np.random.Generator) -> Mesh:
    """One leaf of the whorl half way up the stem, folded along its rib, its rim lobed."""
    size, droop = rng.uniform(0.8, 1.15), rng.uniform(0.7, 1.2)
    t, s = grid(*cells)
    half = LEAF_HALF_WIDTH * size * (0.05 + np.sin(np.pi * np.clip(t, 0.0, 0.97)) ** 0.8)
    half = half * (1.0 + 0.18 * np.sin(9.0 * t))
    lift = 0.75 * t - 0.62 * droop * t**2 + 0.20 * np.abs(s) * np.sin(np.pi * t)
    along, side = LEAF_LENGTH * size * t, half * s
    points = np.stack([0.0010 + along, side, LEAF_LENGTH * size * lift], axis=-1)
    return sheet(points, t, s, np.stack([along, side], -1), rng.random(), angle, LEAF_AT, LEAF)


def grid(along: int, across: int) -> tuple[Array, Array]:
    """t 0..1 and s -1..1, each (along + 1, across + 1)."""
    t, s = np.meshgrid(np.linspace(0, 1, along + 1), np.linspace(-1, 1, across + 1), indexing="ij")
    return t, s


def sheet(
    local: Array, t: Array, s: Array, fold: Array, order: float, angle: float, z: float, part: float
) -> Mesh:
    """A grid in (out, sideways, up), turned about the axis, with its inner face up."""
    cosine, sine = np.cos(angle), np.sin(angle)
    out, side, up = np.moveaxis(local.reshape(-1, 3), 1, 0)
    points = np.column_stack([out * cosine - side * sine, out * sine + side * cosine, up + z])
    row = t.shape[1]
    corner = (np.arange(t.shape[0] - 1)[:, None] * row + np.arange(row - 1)).reshape(-1, 1)
    triangles = np.concatenate(
        [corner + np.array([0, row, row + 1]), corner + np.array([0, row + 1, 1])]
    )
    own = np.column_stack([np.full(len(points), angle), t.reshape(-1), s.reshape(-1)])
    return named(
        points, triangles, own, np.column_stack([fold.reshape(-1, 2), own[:, 1] * 0 + order]), part
    )


def named(points: Array, triangles: ArrayLike, petal: Array, fold: Array, part: float) -> Mesh:
    faces = np.asarray(triangles, dtype=np.int32)
    mesh = Mesh(points.astype(np.float32), smooth_normals(points, faces), faces)
    return mesh.with_attributes(petal=petal, fold=fold, part=part)


def solid(points: Array, triangles: ArrayLike, angle: Array, along: Array, part: float) -> Mesh:
    """What does not fold: its place along is kept, its sheet is nothing."""
    zero = np.zeros(len(points))
    own = np.column_stack([angle, along, zero])
    return named(points, triangles, own, np.zeros((len(points), 3)), part)


def _stem(detail: Level) -> Mesh:
    """A tapering tube from the root to the heart; for the coarsest level one narrow blade."""
    along, sides = detail.stem
    if sides < 3:
        wide = STEM_RADIUS[0] * 1.3
        points = np.array([[-wide, 0, 0], [wide, 0, 0], [0, 0, STEM]])
        return solid(points, [[0, 1, 2]], np.zeros(3), np.array([0.0, 0.0, 1.0]), STALK)
    t = np.repeat(np.linspace(0, 1, along + 1), sides)
    angle = np.tile(2 * np.pi * np.arange(sides) / sides, along + 1)
    radius = STEM_RADIUS[0] + (STEM_RADIUS[1] - STEM_RADIUS[0]) * t
    points = np.column_stack([radius * np.cos(angle), radius * np.sin(angle), STEM * t])
    around = np.arange(sides)
    low = (np.arange(along)[:, None] * sides + around).reshape(-1)
    beside = (np.arange(along)[:, None] * sides + (around + 1) % sides).reshape(-1)
    triangles = np.concatenate(
        [
            np.column_stack([low, beside, beside + sides]),
            np.column_stack([low, beside + sides, low + sides]),
        ]
    )
    return solid(points, triangles, angle, t, STALK)


def _heart(detail: Level) -> Mesh:
    """The dome in the middle, of one ring or two and a top."""
    sides = detail.heart
    rings = ((1.0, 0.0), (0.74, 0.68)) if sides >= 6 else ((1.0, 0.1),)
    turns = 2 * np.pi * np.arange(sides) / sides
    circle = np.column_stack([np.cos(turns), np.sin(turns)]) * HEART_RADIUS
    rows = [np.column_stack([r * circle, np.full(sides, HEART_HEIGHT * h)]) for r, h in rings]
    points = np.vstack([*rows, [[0.0, 0.0, HEART_HEIGHT]]])
    triangles: list[list[int]] = []
    for i in range(sides):
        j = (i + 1) % sides
        if len(rings) > 1:
            triangles += [[i, j, sides + j], [i, sides + j, sides + i]]
        last = (len(rings) - 1) * sides
        triangles.append([last + i, last + j, len(points) - 1])
    along = 0.3 * points[:, 2] / HEART_HEIGHT
    points[:, 2] += STEM
    return solid(points, triangles, np.zeros(len(points)), along, HEART)


def _stamen(angle: float, rng: np.random.Generator) -> Mesh:
    """A thread and its anther: a slim triangle and a little pointed bead."""
    length, lean = rng.uniform(0.0050, 0.0085), rng.uniform(0.30, 1.25)
    out = np.array([np.cos(angle), np.sin(angle), 0.0])
    side = np.array([-np.sin(angle), np.cos(angle), 0.0])
    way = (lean * out + [0.0, 0.0, 1.0]) / np.hypot(1.0, lean)
    root = STAMENS_AT * out + [0.0, 0.0, STEM]
    tip = root + length * way
    thin, bead = side * 0.00030, 0.00088
    rim = [tip - side * bead, tip - out * bead, tip + side * bead, tip + out * bead]
    points = np.array([root - thin, root + thin, tip, *rim, tip + way * bead * 2.2])
    triangles = [[0, 1, 2], [3, 6, 7], [6, 5, 7], [5, 4, 7], [4, 3, 7]]
    along = np.array([0.35, 0.35, 0.8, 0.9, 0.9, 0.9, 0.9, 1.0])
    return solid(points, triangles, np.full(len(points), angle), along, HEART)
