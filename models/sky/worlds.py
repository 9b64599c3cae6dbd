"""The thousand dawns: where each world hangs, and from which neighbour its morning comes.

Places are as seen from one who floats: a direction in the dream's axes, an apparent radius and
a distance. Worlds are numbered in the order in which they are lit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from models.sky.stars import VEGA

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COUNT = 1000
WEST = (-1.0, 0.0, 0.16)  # the middle of the thousand; not unit
CROWDING = 13.0  # how much denser the middle is than the far side
CROWD_WIDTH = 0.8  # radians from the middle at which the crowding has fallen to 1/e
NEAREST, FARTHEST = 130.0, 1600.0  # metres
SMALLEST, LARGEST = math.radians(0.17), math.radians(3.6)  # apparent radius
FIRST, FIRST_NEAR = (math.radians(0.9), math.radians(1.5)), math.radians(9.0)  # about Vega
VEGA_ROOM = math.radians(1.6)  # that no world comes into
GAP = 1.6  # of the sum of two radii: worlds keep apart by this
NEIGHBOURS = 7
GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))


@dataclass(frozen=True)
class Worlds:
    """A thousand worlds in the order of their dawns.

    directions : (1000, 3) unit, in the dream's axes
    radii      : (1000,) apparent, radians
    distances  : (1000,) metres from the one who floats
    parents    : (1000,) index of the world that the flame came from; -1 for the few first,
                 whose flame is Vega's
    seeds      : (1000,) 0..1
    """

    directions: Floats
    radii: Floats
    distances: Floats
    parents: Ints
    seeds: Floats

    def sources(self) -> Floats:
        """Directions (1000, 3) that each world's flame comes from: its parent's, or Vega's."""
        return np.where(self.parents[:, None] < 0, VEGA, self.directions[self.parents])


def worlds(seed: int) -> Worlds:
    """The thousand for a seed. The same seed gives the same worlds."""
    rng = np.random.default_rng(seed)
    directions = _spread(rng)
    radii = _radii(directions, rng)
    directions = _apart(directions, radii)
    order, parents = _passing(directions, rng)
    nearness = np.log(radii / SMALLEST) / math.log(LARGEST / SMALLEST)
    distances = FARTHEST * (NEAREST / FARTHEST) ** np.clip(
        nearness + rng.normal(0.0, 0.07, COUNT), 0.0, 1.0
    )
    return Worlds(
        directions[order], radii[order], distances[order], parents, rng.random(COUNT)[order]
    )


def _spread(rng: np.random.Generator) -> Floats:
    """A Fibonacci sphere (1000, 3) about WEST, drawn together towards it, a little shaken."""
    polar = np.linspace(0.0, math.pi, 4001)
    crowd = (1.0 + (CROWDING - 1.0) * np.exp(-((polar / CROWD_WIDTH) ** 2))) * np.sin(polar)
    share = np.concatenate([[0.0], np.cumsum((crowd[1:] + crowd[:-1]) / 2)])
    index = np.arange(COUNT) + 0.5 + rng.uniform(-0.3, 0.3, COUNT)
    theta = np.interp(index / COUNT, share / share[-1], polar)
    phi = np.arange(COUNT) * GOLDEN_ANGLE + rng.normal(0.0, 0.02, COUNT) / np.sin(theta)
    west = np.array(WEST) / np.linalg.norm(WEST)
    side = np.cross(west, [0.0, 0.0, 1.0])
    side /= np.linalg.norm(side)
    flat = np.cos(phi)[:, None] * side + np.sin(phi)[:, None] * np.cross(side, west)
    return np.cos(theta)[:, None] * west + np.sin(theta)[:, None] * flat


def _radii(directions: Floats, rng: np.random.Generator) -> Floats:
    """Apparent radii (1000,): many far and small, a few near and great, the first to be seen."""
    tail = rng.random(COUNT) ** 3.4
    radii = SMALLEST * (LARGEST / SMALLEST) ** (0.10 + 0.90 * tail)
    first = directions @ VEGA > math.cos(FIRST_NEAR)
    return np.where(first, rng.uniform(*FIRST, COUNT), radii * rng.uniform(0.8, 1.15, COUNT))


def _apart(directions: Floats, radii: Floats, rounds: int = 60) -> Floats:
    """Pushes worlds that would hide one another, or Vega, apart along the sphere."""
    places = np.concatenate([directions, [VEGA]])
    sizes = np.concatenate([radii, [VEGA_ROOM]])
    reach = 2.0 * GAP * sizes.max()
    for _ in range(rounds):
        pairs = cKDTree(places).query_pairs(reach, output_type="ndarray")
        a, b = pairs.T
        way = places[a] - places[b]
        length = np.maximum(np.linalg.norm(way, axis=1), 1e-9)
        short = np.maximum(GAP * (sizes[a] + sizes[b]) - length, 0.0)
        push = way / length[:, None] * (0.5 * short)[:, None]
        np.add.at(places, a, push)
        np.add.at(places, b, -push)
        places /= np.linalg.norm(places, axis=1, keepdims=True)
        places[-1] = VEGA
    return places[:-1]


def _passing(directions: Floats, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """The order (1000,) in which the flame comes, and each one's parent by place in that order.

    The flame runs from Vega along the links between near neighbours; the time on a link is its
    length, more or less. So each world is lit once, by a neighbour that was lit before it.
    """
    nodes = np.concatenate([directions, [VEGA]])
    found = cKDTree(nodes).query(nodes, NEIGHBOURS + 1)
    length, near = np.asarray(found[0]), np.asarray(found[1])
    rows = np.repeat(np.arange(len(nodes)), NEIGHBOURS)
    columns, length = near[:, 1:].ravel(), length[:, 1:].ravel()
    time = length * rng.uniform(0.55, 1.45, len(length))
    shape = (len(nodes), len(nodes))
    links = coo_array((time, (rows, columns)), shape=shape).tocsr()
    links = links.maximum(links.T)
    times, befores = dijkstra(links, indices=np.array([COUNT]), return_predecessors=True)
    when, before = times[0], befores[0]
    if not np.isfinite(when).all():
        raise ValueError("the worlds fall apart into groups; raise NEIGHBOURS")
    order = np.argsort(when[:COUNT], kind="stable")
    rank = np.full(COUNT + 1, -1, dtype=np.int64)
    rank[order] = np.arange(COUNT)
    return order, rank[before[order]]
