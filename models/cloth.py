"""Cloth that falls and comes to rest: extended position-based dynamics with many substeps.

Points held at their distances by compliant constraints (Macklin, Muller and Chentanez 2016), one
sweep in each of many small steps (Macklin et al. 2019). The sweep goes colour by colour: no
two constraints of a colour share a point, so each colour is one array operation and the result
is the same on every run. What cloth falls on is a field of signed distances. Metres, seconds;
each point has the unit of mass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

GRAVITY = 9.81
STEP = 0.002  # seconds
STRETCH = 1e-7  # compliance, metres per newton of a unit mass
SPEED_LIMIT = 2.5  # metres a second: beyond it a point could pass through what it falls on
NEAR = 0.04  # metres from the body within which a point is looked at in every step
LOOK = 6  # steps between looks at the others


class Field(Protocol):
    """What models.sdf.Clay offers: distance and outward direction at points (n, 3)."""

    def at(self, points: ArrayLike) -> Array: ...

    def gradient(self, points: ArrayLike) -> NDArray[np.float32]: ...


@dataclass(frozen=True)
class Feel:
    """How a cloth behaves.

    bend      : compliance against folding over an edge; larger is softer
    drag      : share of its speed that it loses in a second
    thickness : how far it stays from what it lies on, metres
    friction  : on the body, and on the floor (Coulomb)
    apart     : how far it stays from itself, metres; 0 where it may pass through
    """

    bend: float = 2e-5
    drag: float = 1.2
    thickness: float = 0.006
    friction: float = 0.35
    floor_friction: float = 0.5
    apart: float = 0.0


@dataclass
class Cloth:
    """A cloth at rest lengths of its own, where it is now.

    positions : (n, 3); changed in place by `settle`
    triangles : (m, 3)
    flat      : (n, 2) or (n, 3), the same points where the cloth is unstretched
    pinned    : (k,) points that do not move
    sewn      : (s, 2) pairs of points that are drawn together
    """

    positions: Array
    triangles: Ints
    flat: Array
    pinned: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    sewn: Ints = field(default_factory=lambda: np.zeros((0, 2), dtype=np.int64))
    feel: Feel = field(default_factory=Feel)

    def __post_init__(self) -> None:
        if len(self.flat) != len(self.positions):
            raise ValueError(f"{len(self.positions)} points, but {len(self.flat)} unstretched")


@dataclass(frozen=True)
class _Links:
    """Constraints of one colour: ends, rest lengths, compliance over the step squared, weights."""

    a: Ints
    b: Ints
    rest: Array
    soft: Array
    weight_a: Array
    weight_b: Array


def edges_of(triangles: ArrayLike) -> Ints:
    """The edges (e, 2) of triangles (m, 3), each once, its lesser point first."""
    t = np.asarray(triangles, dtype=np.int64)
    ends = np.sort(np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]]), axis=1)
    return np.unique(ends, axis=0)


def rim_of(triangles: ArrayLike) -> Ints:
    """The points (k,) on edges that only one triangle has."""
    t = np.asarray(triangles, dtype=np.int64)
    ends = np.sort(np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]]), axis=1)
    edges, count = np.unique(ends, axis=0, return_counts=True)
    return np.unique(edges[count == 1])


def across_edges(triangles: ArrayLike) -> Ints:
    """Pairs (k, 2) of points that face each other over an edge of two triangles."""
    t = np.asarray(triangles, dtype=np.int64)
    ends = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]])
    third = np.concatenate([t[:, 2], t[:, 0], t[:, 1]])
    order = np.lexsort(np.sort(ends, axis=1).T)
    ends, third = np.sort(ends, axis=1)[order], third[order]
    same = (ends[1:] == ends[:-1]).all(axis=1)
    return np.column_stack([third[:-1][same], third[1:][same]])


def colours(pairs: ArrayLike, count: int, seed: int = 0) -> list[Ints]:
    """Rows of pairs (e, 2) over `count` points in groups within which no point comes twice.

    In each round every point chooses the least of the numbers that its pairs have drawn; a pair
    that both its points chose joins the group (after Luby 1986).
    """
    pairs = np.asarray(pairs, dtype=np.int64)
    drawn = np.random.default_rng(seed).permutation(len(pairs))
    left = np.arange(len(pairs))
    groups = []
    while len(left):
        waiting, taken = left, np.zeros(count, dtype=bool)
        group = []
        while len(waiting):
            a, b = pairs[waiting].T
            least = np.full(count, len(pairs), dtype=np.int64)
            np.minimum.at(least, a, drawn[waiting])
            np.minimum.at(least, b, drawn[waiting])
            chosen = (least[a] == drawn[waiting]) & (least[b] == drawn[waiting])
            group.append(waiting[chosen])
            taken[a[chosen]] = taken[b[chosen]] = True
            waiting = waiting[~chosen]
            waiting = waiting[~(taken[pairs[waiting, 0]] | taken[pairs[waiting, 1]])]
        groups.append(np.sort(np.concatenate(group)))
        left = np.setdiff1d(left, groups[-1], assume_unique=True)
    return groups


def _links(cloth: Cloth, weights: Array, step: float) -> list[_Links]:
    edges, over = edges_of(cloth.triangles), across_edges(cloth.triangles)
    pairs = np.concatenate([edges, over, cloth.sewn])
    rest = np.linalg.norm(cloth.flat[pairs[:, 0]] - cloth.flat[pairs[:, 1]], axis=1)
    rest[len(edges) + len(over) :] = 0.0
    soft = np.full(len(pairs), STRETCH)
    soft[len(edges) : len(edges) + len(over)] = cloth.feel.bend
    out = []
    for rows in colours(pairs, len(weights)):
        a, b = pairs[rows].T
        live = weights[a] + weights[b] > 0.0
        rows, a, b = rows[live], a[live], b[live]
        out.append(_Links(a, b, rest[rows], soft[rows] / step**2, weights[a], weights[b]))
    return out


def settle(
    cloth: Cloth,
    body: Field | None,
    seconds: float,
    floor: float | None = None,
    wind: Sequence[float] = (0.0, 0.0, 0.0),
    step: float | None = None,
) -> Array:
    """Lets the cloth fall for so many seconds; returns its positions, which are changed in place.

    body  : the field that it falls on, or nothing
    floor : height of a floor, metres, or none
    wind  : acceleration (3,) besides gravity, metres per second squared
    step  : seconds; STEP where none is given
    """
    step = STEP if step is None else step
    x, feel = cloth.positions, cloth.feel
    weights = np.ones(len(x))
    weights[cloth.pinned] = 0.0
    links = _links(cloth, weights, step)
    free = weights[:, None]
    push = free * (np.array([0.0, 0.0, -GRAVITY]) + np.asarray(wind)) * step**2
    keep = float(np.exp(-feel.drag * step))
    velocity = np.zeros_like(x)  # metres a step
    near = np.arange(len(x))
    neighbours = _Apart(cloth) if feel.apart > 0.0 else None
    for index in range(max(round(seconds / step), 1)):
        before = x.copy()
        velocity += push
        speed = np.sqrt(np.einsum("ij,ij->i", velocity, velocity))
        velocity *= np.minimum(1.0, SPEED_LIMIT * step / np.maximum(speed, 1e-12))[:, None]
        x += velocity
        for link in links:
            _hold(x, link)
        if neighbours is not None:
            neighbours.part(x, weights, index)
        if body is not None:
            if index % LOOK == 0:
                near = np.flatnonzero((body.at(x) < NEAR) & (weights > 0.0))
            _keep_out(x, before, near, body, feel)
        if floor is not None:
            _keep_above(x, before, floor + feel.thickness, feel.floor_friction)
        velocity = (x - before) * keep
    return x


def _hold(x: Array, link: _Links) -> None:
    """One colour of distances, each solved by itself; little is left of what bends to be held."""
    way = x[link.b] - x[link.a]
    length = np.sqrt(np.einsum("ij,ij->i", way, way))
    share = (length - link.rest) / (link.weight_a + link.weight_b + link.soft)
    way *= (share / np.maximum(length, 1e-9))[:, None]
    x[link.a] += way * link.weight_a[:, None]
    x[link.b] -= way * link.weight_b[:, None]


def _keep_out(x: Array, before: Array, near: Ints, body: Field, feel: Feel) -> None:
    """Points that came too near are moved out of the body, and rub on it."""
    if not len(near):
        return
    depth = feel.thickness - body.at(x[near])
    hit = depth > 0.0
    touching, depth = near[hit], depth[hit]
    if not len(touching):
        return
    normal = body.gradient(x[touching]).astype(np.float64)
    x[touching] += normal * depth[:, None]
    _rub(x, before, touching, normal, depth * feel.friction)


def _keep_above(x: Array, before: Array, level: float, friction: float) -> None:
    under = np.flatnonzero(x[:, 2] < level)
    depth = level - x[under, 2]
    x[under, 2] = level
    _rub(x, before, under, np.array([0.0, 0.0, 1.0]), depth * friction)


def _rub(x: Array, before: Array, who: Ints, normal: Array, most: Array) -> None:
    """Takes back the sideways way of this step, up to what friction can hold (Coulomb)."""
    moved = x[who] - before[who]
    aside = moved - np.sum(moved * normal, axis=-1, keepdims=True) * normal
    length = np.sqrt(np.einsum("ij,ij->i", aside, aside))
    x[who] -= aside * np.minimum(1.0, most / np.maximum(length, 1e-12))[:, None]


class _Apart:
    """Keeps a cloth from itself: points that are not neighbours stay at a distance."""

    def __init__(self, cloth: Cloth) -> None:
        self._feel = cloth.feel
        self._flat = cloth.flat
        self._pairs = np.zeros((0, 2), dtype=np.int64)

    def part(self, x: Array, weights: Array, index: int) -> None:
        """Looks for pairs now and then, and moves those apart that are too near by now."""
        reach = self._feel.apart
        if index % (2 * LOOK) == 0:
            pairs = cKDTree(x).query_pairs(1.6 * reach, output_type="ndarray").astype(np.int64)
            rest = np.linalg.norm(self._flat[pairs[:, 0]] - self._flat[pairs[:, 1]], axis=1)
            self._pairs = pairs[rest > 2.2 * reach]
        if not len(self._pairs):
            return
        a, b = self._pairs.T
        way = x[b] - x[a]
        length = np.sqrt(np.einsum("ij,ij->i", way, way))
        close = length < reach
        a, b, way, length = a[close], b[close], way[close], length[close]
        # Several may push one point at once: each by half, so that they do not overshoot.
        way *= (0.5 * (length - reach) / np.maximum(length, 1e-9))[:, None]
        total = np.maximum(weights[a] + weights[b], 1.0)
        np.add.at(x, a, way * (weights[a] / total)[:, None])
        np.add.at(x, b, -way * (weights[b] / total)[:, None])
