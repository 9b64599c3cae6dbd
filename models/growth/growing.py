"""Where flowers grow: in tufts along the cracks, first about the fallen one, then outward."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from models.place.crackfield import CrackGraph

Array = NDArray[np.float64]

RING = 1.5  # metres about the origin that are thick with flowers
REACH = 41.0  # metres from the origin where the last ones grow
OFF_LINE = 0.05  # metres from the middle of its crack that a root may sit, at most
TUFT, SPREAD = 5, 0.075  # most flowers in a tuft, metres that they spread along the crack
CLEAR = 0.028  # metres kept from what lies on the stone
APART = 0.026  # metres between two roots, so that heads overlap but do not merge
SIZES = (0.48, 1.55)  # smallest and largest flower, of the one that is modelled
SOD_APART = 0.085  # metres between cushions of moss
SOD_REACH = 12.0  # and from the middle to the last
ROOT_DEPTH = 0.014  # metres: how far below the stone a stem begins


def placements(
    graph: CrackGraph,
    count: int,
    seed: int,
    floor: Callable[[Array], Array] | None = None,
    keep_off: ArrayLike = (),
) -> NDArray[np.float32]:
    """`count` flowers (n, 6) along the cracks, soonest first: x, y, z, scale, heading, when.

    floor    : gives the stone's height (n,) at points (n, 2); level where it is left out
    keep_off : (c, 2) points that lie on the stone, where nothing may grow through them
    heading  : radians;  when : metres that the blossoming has come as this one pushes up

    A share grows within RING, as far as there is room, the rest thins outward to REACH; wide
    cracks hold more. Raises ValueError where no crack is left to grow in.
    """
    rng = np.random.default_rng([seed, 29])
    lying = np.asarray(keep_off, dtype=np.float64).reshape(-1, 2)
    near = int(np.ceil(count * min(0.5, 0.10 + 330.0 / max(count, 1))))
    inner = _tufts(rng, graph, near, RING, lying)
    outer = _tufts(rng, graph, count - len(inner), REACH, lying)
    if len(inner) + len(outer) < count:
        raise ValueError(f"no room for {count} flowers on the cracks within {REACH} m")
    spots = np.concatenate([inner, outer])
    radius = np.hypot(*spots.T)
    z = (floor(spots) if floor is not None else np.zeros(count)) - ROOT_DEPTH
    scale = SIZES[0] + (SIZES[1] - SIZES[0]) * rng.beta(1.7, 2.3, count)
    heading = rng.uniform(0.0, 2.0 * np.pi, count)
    when = radius + rng.uniform(0.0, 0.35, count) * (1.0 + 0.05 * radius)
    rows = np.column_stack([spots, z, scale, heading, when])
    return rows[np.argsort(when, kind="stable")].astype(np.float32)


def sods(rows: NDArray[np.float32]) -> NDArray[np.intp]:
    """Which of the flowers (n, 6) bring a cushion of moss with them: the first of every tuft."""
    spots = rows[:, :2].astype(np.float64)
    pairs = cKDTree(spots).query_pairs(SOD_APART, output_type="ndarray")
    keep = np.ones(len(spots), dtype=bool)
    for first, second in pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]:
        if keep[first]:
            keep[second] = False
    return np.flatnonzero(keep & (np.hypot(*spots.T) < SOD_REACH))


def strewn(
    rows: NDArray[np.float32],
    count: int,
    seed: int,
    floor: Callable[[Array], Array],
    keep_off: ArrayLike = (),
) -> NDArray[np.float32]:
    """Up to `count` petals (m, 6) that fell beside flowers near the middle; see `placements`."""
    rng = np.random.default_rng([seed, 37])
    near = rows[np.hypot(*rows[:, :2].T) < SOD_REACH]
    thick = 1.0 / (0.6 + np.hypot(*near[:, :2].T) ** 2)  # most about the middle
    mother = near[rng.choice(len(near), count, p=thick / thick.sum())].astype(np.float64)
    way = rng.uniform(0.0, 2.0 * np.pi, count)
    far = 0.03 + rng.gamma(2.0, 0.08, count)
    spots = mother[:, :2] + far[:, None] * np.column_stack([np.cos(way), np.sin(way)])
    lying = np.asarray(keep_off, dtype=np.float64).reshape(-1, 2)
    free = np.ones(count, dtype=bool)
    if len(lying):
        free &= cKDTree(lying).query(spots)[0] > CLEAR
    heading, scale = rng.uniform(0.0, 2.0 * np.pi, count), rng.uniform(0.55, 1.15, count)
    when = mother[:, 5] + 1.6 + 2.5 * rng.random(count)
    made = np.column_stack([spots, floor(spots), scale, heading, when])[free]
    return made[np.argsort(made[:, 5], kind="stable")].astype(np.float32)


def _tufts(
    rng: np.random.Generator, graph: CrackGraph, count: int, reach: float, lying: Array
) -> Array:
    """Places (count, 2) in groups on the cracks within `reach`, or fewer where there is no room."""
    tree = cKDTree(lying) if len(lying) else None
    found = np.zeros((0, 2))
    for _ in range(64):
        spots = _sow(rng, graph, max(count - len(found), 16), reach)
        kept = np.hypot(*spots.T) < reach
        if tree is not None:
            kept &= tree.query(spots)[0] > CLEAR
        found = _thinned(np.concatenate([found, spots[kept]]))
        if len(found) >= count:
            break
    return found[:count]


def _thinned(spots: Array) -> Array:
    """Without those that crowd an earlier one."""
    pairs = cKDTree(spots).query_pairs(APART, output_type="ndarray")
    keep = np.ones(len(spots), dtype=bool)
    for first, second in pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]:
        if keep[first]:
            keep[second] = False
    return spots[keep]


def _sow(rng: np.random.Generator, graph: CrackGraph, tufts: int, reach: float) -> Array:
    """Places (n, 2) of so many tufts, some of them beyond `reach`."""
    a, b = graph.nodes[graph.edges].swapaxes(0, 1)
    edge = rng.choice(len(a), size=tufts, p=_fertile(a, b, graph, reach))
    t = rng.random(tufts)
    size = rng.integers(1, TUFT + 1, tufts)
    edge, t = np.repeat(edge, size), np.repeat(t, size)
    length = np.maximum(graph.length[edge], 1e-6)
    t = np.clip(t + rng.normal(0.0, SPREAD, len(t)) / length, 0.01, 0.99)
    way = (b - a)[edge] / length[:, None]
    room = np.minimum(0.002 + 0.42 * graph.width[edge], OFF_LINE)
    off = rng.uniform(-1.0, 1.0, len(t)) * room
    across = np.column_stack([-way[:, 1], way[:, 0]])
    return np.asarray(a[edge] + t[:, None] * (b - a)[edge] + across * off[:, None])


def _fertile(a: Array, b: Array, graph: CrackGraph, reach: float) -> Array:
    """Chances (e,) of each crack: by length and width, higher towards the origin."""
    middle = np.hypot(*((a + b) * 0.5).T)
    touches = np.minimum(np.hypot(*a.T), np.hypot(*b.T)) < reach
    weight = np.where(touches | (middle < reach), graph.length * (0.02 + graph.width), 0.0)
    weight = weight / (1.0 + (middle / 7.0) ** 1.6)
    if not weight.sum() > 0.0:
        raise ValueError(f"no crack within {reach} m of the origin")
    return np.asarray(weight / weight.sum())
