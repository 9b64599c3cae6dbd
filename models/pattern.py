"""Patterns: flat pieces of cloth cut to shape, with slits, holes and torn hems.

A shape is a signed distance in the plane, metres, negative inside. Cloth is a lattice of
equilateral triangles that is drawn to the shape's outline.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import Delaunay

from models.cloth import edges_of

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Shape = Callable[[Array], Array]  # points (n, 2) -> signed distance (n,)

FLAT = 0.12  # of an equilateral triangle's height: what is flatter is no cloth


@dataclass(frozen=True)
class Pattern:
    """Points (n, 2), triangles (m, 3) counter-clockwise, and the way to the edge (n,); metres."""

    points: Array
    triangles: Ints
    rim: Array


def cut(shape: Shape, low: ArrayLike, high: ArrayLike, step: float) -> Pattern:
    """Cloth of a shape that lies between `low` and `high` (2,), its points `step` apart.

    Raises ValueError where the shape holds no cloth at this step.
    """
    points = _lattice(np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64), step)
    away = shape(points)
    points, away = points[away < 0.45 * step], away[away < 0.45 * step]
    for _ in range(3):  # those near the outline go on to it
        near = np.flatnonzero(away > -0.45 * step)
        slope = _slope(shape, points[near], 0.2 * step)
        points[near] -= slope * away[near, None]
        away[near] = shape(points[near])
    if len(points) < 3:
        raise ValueError(f"no cloth in this shape at {step} m: choose a finer step")
    triangles = Delaunay(points).simplices.astype(np.int64)
    corners = points[triangles]
    edge = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2)
    area = 0.5 * np.abs(_turning(corners))
    middles = [corners.mean(axis=1), *(0.5 * (corners[:, i] + corners[:, i - 1]) for i in range(3))]
    inside = np.max([shape(middle) for middle in middles], axis=0) < 0.12 * step
    whole = (edge.max(axis=1) < 2.2 * step) & (area > FLAT * edge.max(axis=1) ** 2 * 0.43)
    triangles = _largest(triangles[inside & whole], len(points))
    used, index = np.unique(triangles, return_inverse=True)
    points, triangles = points[used], index.reshape(-1, 3)
    clockwise = _turning(points[triangles]) < 0
    triangles[clockwise] = triangles[clockwise][:, ::-1]
    return Pattern(points, triangles, np.maximum(-shape(points), 0.0))


def _turning(corners: Array) -> Array:
    """Twice the area (m,) of triangles (m, 3, 2), positive counter-clockwise."""
    b, c = (corners[:, i] - corners[:, 0] for i in (1, 2))
    return np.asarray(b[:, 0] * c[:, 1] - b[:, 1] * c[:, 0])


def _lattice(low: Array, high: Array, step: float) -> Array:
    rows = np.arange(low[1], high[1] + step, step * np.sqrt(0.75))
    columns = np.arange(low[0], high[0] + step, step)
    x, y = np.meshgrid(columns, rows)
    x[1::2] += 0.5 * step
    return np.column_stack([x.ravel(), y.ravel()])


def _slope(shape: Shape, points: Array, reach: float) -> Array:
    x, y = np.array([reach, 0.0]), np.array([0.0, reach])
    return np.column_stack(
        [shape(points + x) - shape(points - x), shape(points + y) - shape(points - y)]
    ) / (2 * reach)


def _largest(triangles: Ints, count: int) -> Ints:
    """Only the triangles of the piece that is largest: shreds that hang on nothing would fall."""
    from scipy import sparse

    edges = edges_of(triangles)
    graph = sparse.csr_matrix((np.ones(len(edges)), edges.T), shape=(count, count))
    _, label = sparse.csgraph.connected_components(graph, directed=False)
    piece = label[triangles[:, 0]]
    kept: Ints = triangles[piece == np.bincount(piece).argmax()]
    return kept


def without(shape: Shape, *others: Shape) -> Shape:
    """What is left of a shape when others are cut from it."""

    def distance(p: Array) -> Array:
        out = shape(p)
        for other in others:
            out = np.maximum(out, -other(p))
        return out

    return distance


def wedge(start: ArrayLike, end: ArrayLike, width: float) -> Shape:
    """A slit that is `width` wide at its start and closes at its end."""
    a, b = np.asarray(start, dtype=np.float64), np.asarray(end, dtype=np.float64)
    way = b - a
    reach = float(way @ way)

    def distance(p: Array) -> Array:
        t = np.clip((p - a) @ way / reach, -0.15, 1.0)
        gap = np.linalg.norm(p - a - t[:, None] * way, axis=1)
        return np.asarray(gap - 0.5 * width * (1.0 - t) ** 0.7)

    return distance


def hole(centre: ArrayLike, radius: float, seed: int) -> Shape:
    """A worn hole with an uneven edge."""
    rng = np.random.default_rng(seed)
    waves = [(k, rng.normal(0.0, 0.22 / k**0.5), rng.uniform(0, 2 * np.pi)) for k in (2, 3, 5)]
    middle = np.asarray(centre, dtype=np.float64)

    def distance(p: Array) -> Array:
        d = p - middle
        angle = np.arctan2(d[:, 1], d[:, 0])
        edge = radius * (1.0 + sum(a * np.cos(k * angle + turn) for k, a, turn in waves))
        return np.asarray(np.hypot(d[:, 0], d[:, 1]) - edge)

    return distance


def ragged(length: float, depth: float, seed: int) -> Callable[[Array], Array]:
    """How much is torn off a hem (n,) along it, metres: a wandering edge with deeper bites."""
    rng = np.random.default_rng(seed)
    waves = [
        (n, rng.normal(0.0, depth * 0.55 / n**0.45), rng.uniform(0, 2 * np.pi))
        for n in (1, 2, 3, 5, 8, 13, 21, 34)
    ]
    bites: Sequence[tuple[float, float, float]] = [
        (rng.uniform(0, length), rng.uniform(0.015, 0.05), depth * rng.uniform(0.8, 2.2))
        for _ in range(int(length / 0.35))
    ]

    def torn(s: Array) -> Array:
        out = sum(a * np.cos(2 * np.pi * n * s / length + turn) for n, a, turn in waves)
        out = np.maximum(out, -depth) + depth
        for at, wide, deep in bites:
            out = np.maximum(out, deep * (1.0 - np.abs(s - at) / wide))
        return np.asarray(out)

    return torn
