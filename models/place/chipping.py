"""How the edge of a slab has worn: rounded by feet, and bitten where a flake has come off.

Every point of an edge moves straight towards the middle of its slab, so the turn of the
points about that middle stays as it was and a fan over them can never fold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.noise import hash_unit
from models.place.halfedges import HalfEdges

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

WEAR = (0.004, 0.020)  # bevel, metres, from a sharp edge to a worn one
FLAKES = (0.09, 1.25)  # flakes lost on a metre of edge, at the rim of the floor and at the middle
RESTLESS = 13.0  # metres from the middle over which flakes grow fewer by e
HALF_WIDTH = (0.018, 0.125)  # of a flake's scar along the edge, metres; most are small
DEPTH = (0.32, 0.78)  # of a scar, shares of its half-width
ROOM = 0.13  # a flake needs this much edge, metres
CORNER_LOST = 0.07  # metres that a knocked-off corner goes back
GUARD = 1.8  # a corner's scar reaches this many of its depths along the sides
LIMIT = 0.34  # share of the way to the middle that nothing moves beyond


@dataclass(frozen=True)
class WornEdge:
    """The edges of many slabs, counter-clockwise, each slab's points in a row.

    outer  : (n, 2) where the worn edge meets the slab's side, metres
    inner  : (n, 2) where it meets the slab's top
    drop   : (n,) metres that `outer` lies below the top's plane
    slab   : (n,) place of its slab among those that were asked for
    side, part : (n,) the side of a slab that it is on, and how far along, 0 to 1
    after, before : (n,) neighbours in the loop
    """

    outer: Array
    inner: Array
    drop: Array
    slab: Indices
    side: Indices
    part: Array
    after: Indices
    before: Indices


def worn_edge(outline: Array, sides: HalfEdges, centre: Array, seed: int) -> WornEdge:
    """Wears outlines (h, 2) of slabs about their centres (s, 2); a function of place and seed."""
    along = outline[sides.after] - outline
    own = sides.slab.astype(np.int64)
    lost = _corners(outline, along, sides, seed)
    every = np.arange(len(outline))
    corners = _Scars(every, np.zeros(len(every)), lost)
    scars = _Scars.joined([corners, *_guards(lost, along, sides), _flakes(outline, along, seed)])
    side, part, bite = scars.side, scars.part, scars.bite
    points = outline[side] + part[:, None] * along[side]
    hub = centre[own[side]]
    wear = _wear(points, seed)
    away = np.maximum(np.hypot(*(hub - points).T), 1e-6)
    length = np.maximum(np.hypot(*along[side].T), 1e-9)
    square = np.abs(_cross(along[side], hub - points)) / length
    square = np.maximum(square, 0.5 * away)  # what a way to the middle gains across the edge
    inner = np.minimum((1.2 * wear + bite) / square, LIMIT)
    outer = np.minimum(0.42 * bite / square, 0.5 * LIMIT)
    fall = 0.75 * wear * (0.8 + 0.6 * hash_unit(_cells(points, 3), seed))
    fall += bite * (0.45 + 0.55 * hash_unit(_cells(points, 4), seed))
    loop = loops(own[side])
    return WornEdge(
        points + (hub - points) * outer[:, None],
        points + (hub - points) * np.maximum(inner, outer)[:, None],
        fall,
        own[side],
        side,
        part,
        *loop,
    )


@dataclass(frozen=True)
class _Scars:
    """Points (n,) of edges: side, part of the way along it, depth in metres."""

    side: Indices
    part: Array
    bite: Array

    @classmethod
    def joined(cls, groups: Sequence[_Scars]) -> _Scars:
        """All together, in their order along the sides."""
        side, part, bite = (
            np.concatenate([getattr(group, name) for group in groups])
            for name in ("side", "part", "bite")
        )
        order = np.lexsort((part, side))
        return cls(side[order], part[order], bite[order])


def _guards(lost: Array, along: Array, sides: HalfEdges) -> list[_Scars]:
    """Points on both sides of a lost corner where the edge is whole again."""
    length = np.maximum(np.hypot(*along.T), 1e-9)
    guards = []
    for bite, back in ((lost, False), (lost[sides.after], True)):
        side = np.flatnonzero(bite > 0.0)
        part = np.minimum(GUARD * bite[side] / length[side], 0.45)
        whole = np.zeros(len(side))
        part = 1.0 - part if back else part
        guards.append(_Scars(side, part, whole))
    return guards


def _flakes(outline: Array, along: Array, seed: int) -> _Scars:
    rng = np.random.default_rng([seed, 13])
    length = np.hypot(*along.T)
    radius = np.hypot(*(outline + 0.5 * along).T)
    often = FLAKES[0] + (FLAKES[1] - FLAKES[0]) * np.exp(-((radius / RESTLESS) ** 2))
    count = np.floor(length * often + rng.random(len(length)))
    count = np.minimum(count, np.floor(length / ROOM)).astype(np.int64)
    side = np.repeat(np.arange(len(length)), count)
    first = np.repeat(np.cumsum(count) - count, count)
    room = length[side] / count[side]  # each flake has a stretch of its own
    half = HALF_WIDTH[0] + (HALF_WIDTH[1] - HALF_WIDTH[0]) * rng.random(len(side)) ** 2.2
    half = np.minimum(half, 0.40 * room)
    at = (np.arange(len(side)) - first + 0.5) * room
    at += rng.uniform(-1.0, 1.0, len(side)) * (0.48 * room - half)
    ends = CORNER_LOST * GUARD  # a lost corner keeps its own room
    at = np.clip(at, np.minimum(ends + half, 0.5 * length[side]),
                 np.maximum(length[side] - ends - half, 0.5 * length[side]))  # fmt: skip
    bite = half * rng.uniform(*DEPTH, len(side))
    deepest = at + half * rng.uniform(-0.45, 0.45, len(side))
    where = np.column_stack([at - half, deepest, at + half]) / length[side][:, None]
    bites = np.column_stack([0.0 * bite, bite, 0.0 * bite])
    return _Scars(np.repeat(side, 3), where.ravel(), bites.ravel())


def _corners(outline: Array, along: Array, sides: HalfEdges, seed: int) -> Array:
    """Metres (h,) that sharp corners have lost."""
    length = np.hypot(*along.T)
    shorter = np.minimum(length, length[sides.before])
    radius = np.hypot(*outline.T)
    lost = hash_unit(_cells(outline, 2), seed) > 0.80
    share = 0.25 + 0.75 * np.exp(-((radius / 16.0) ** 2))
    depth = CORNER_LOST * share * hash_unit(_cells(outline, 5), seed)
    return np.asarray(np.where(lost, np.minimum(depth, 0.3 * shorter), 0.0))


def _wear(points: Array, seed: int) -> Array:
    """Width (n,) of the rounding at each point, metres."""
    luck = hash_unit(_cells(points, 1), seed)
    radius = np.hypot(*points.T)
    share = 0.35 + 0.65 * np.exp(-((radius / 16.0) ** 2))
    return np.asarray(WEAR[0] + (WEAR[1] - WEAR[0]) * luck**2 * share)


def _cells(points: Array, salt: int) -> NDArray[np.int64]:
    cells = np.round(points * 512).astype(np.int64)
    return np.column_stack([cells, np.full(len(cells), salt)])


def loops(slab: Indices) -> tuple[Indices, Indices]:
    """Next and previous point (n,) of each, where every slab's points stand in a row."""
    size = np.bincount(slab)
    first = np.repeat(np.cumsum(size) - size, size)
    size = np.repeat(size, size)
    place = np.arange(len(slab)) - first
    return first + (place + 1) % size, first + (place - 1) % size


def _cross(a: Array, b: Array) -> Array:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])
