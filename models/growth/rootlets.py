"""The roots of light that are drawn: strands that snake along the cracks, rootlets that leave them.

Slabs break straight, but what grows in their cracks does not. Strands wander beside the middle of a
crack; rootlets leave it forward, as side roots do, curve, fork and thin to a hair.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.noise import value_noise
from models.place.crackfield import CrackGraph, distances_from

Array = NDArray[np.float64]

STEPPED = (6.5, 0.0)  # metres: about where visitors step, from where all rootlets lean forward
STEP = 0.13  # metres from one place on a strand to the next
NEAR, FAR = 15.0, 30.0  # metres from the middle: every crack has strands; none has
STOUT = 0.030  # metres: so wide is a crack that has strands even far off, and two of them
WANDER = ((0.070, 1.15), (0.045, 0.47), (0.016, 0.19))  # metres to each side, wavelength
SPROUTS_WITHIN = 17.0  # metres from the middle
SPROUTS = 1.6  # first rootlets a metre of crack in the middle
LENGTH = (0.13, 0.95)  # metres of a first rootlet, in a hairline and in the widest crack
FORKS = ((7, 1.0), (5, 0.55), (3, 0.5))  # places on a rootlet by its order, length of its parent's


@dataclass(frozen=True)
class Bands:
    """Places (n,) on many thin bands, one after another.

    places : (n, 2) metres
    feet   : (n, 2) metres, where on its crack the light comes from
    walked : (n,) metres from there
    wide   : (n,) of the root at its foot: 1 there, 0 at a tip
    own    : (n,) a number 0..1 of each band's
    ends   : (n,) bool, whether a band ends here
    """

    places: Array
    feet: Array
    walked: Array
    wide: Array
    own: Array
    ends: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.places)

    def directions(self) -> Array:
        """(n, 2) unit vectors along the bands."""
        index = np.arange(len(self))
        starts = np.concatenate([[True], self.ends[:-1]])
        before = np.where(starts, index, index - 1)
        after = np.where(self.ends, index, index + 1)
        way = self.places[after] - self.places[before]
        return np.asarray(way / np.maximum(np.hypot(*way.T), 1e-9)[:, None])


def joined(parts: list[Bands]) -> Bands:
    """All of them as one."""
    names = ("places", "feet", "walked", "wide", "own", "ends")
    return Bands(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


def strands(graph: CrackGraph, seed: int) -> Bands:
    """One strand along every crack near the middle and every wide one; wide ones have a second."""
    ends = graph.nodes[graph.edges]
    away = np.hypot(*ends.mean(axis=1).T)
    first = (away < NEAR) | ((away < FAR) & (graph.width > STOUT))
    second = (away < NEAR) & (graph.width > STOUT)
    return joined([_along(graph, np.flatnonzero(first), seed, 0),
                   _along(graph, np.flatnonzero(second), seed, 1)])  # fmt: skip


def _along(graph: CrackGraph, edges: NDArray[np.intp], seed: int, which: int) -> Bands:
    count = np.maximum(np.ceil(graph.length[edges] / STEP).astype(int), 2) + 1
    band = np.repeat(np.arange(len(edges)), count)
    place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    t = place / (count[band] - 1)
    a, b = graph.edges[edges[band]].T
    feet = graph.nodes[a] + t[:, None] * (graph.nodes[b] - graph.nodes[a])
    crack = graph.node_width[a] + t * (graph.node_width[b] - graph.node_width[a])
    # What moves it is a field over the floor, so that strands go on across the forks.
    off = np.zeros_like(feet)
    for axis in range(2):
        for octave, (reach, length) in enumerate(WANDER):
            field = value_noise(feet / length, seed + 16 * which + 2 * octave + axis)
            off[:, axis] += reach * (2.0 * field - 1.0)
    # They keep to their crack.
    off *= np.clip(0.10 + crack / 0.22, 0.0, 0.6)[:, None] * (1.0 + 0.5 * which)
    rng = np.random.default_rng((seed, 91 + which))
    return Bands(
        places=feet + off,
        feet=feet,
        walked=np.zeros(len(feet)),
        wide=np.full(len(feet), 0.8 if which else 1.0),
        own=rng.random(len(edges))[band],
        ends=place == count[band] - 1,
    )


def sprouts(graph: CrackGraph, seed: int, share: float = 1.0) -> Bands:
    """Rootlets on the cracks near the middle, `share` of them, with all their forks."""
    rng = np.random.default_rng((seed, 97))
    reached = distances_from(graph, STEPPED)
    a, b = graph.edges.T
    away = np.hypot(*graph.nodes[graph.edges].mean(axis=1).T)
    thick = np.clip(1.15 - away / SPROUTS_WITHIN, 0.0, 1.0)
    number = rng.poisson(graph.length * thick * SPROUTS)
    edge = rng.permutation(np.repeat(np.arange(len(number)), number))
    edge = edge[: round(share * len(edge))]
    along = (graph.nodes[b] - graph.nodes[a])[edge]
    feet = graph.nodes[a[edge]] + rng.random((len(edge), 1)) * along
    way = np.where(reached[a] < reached[b], 1.0, -1.0)[edge, None] * along
    heading = np.arctan2(way[:, 1], way[:, 0])
    heading += _either(rng, len(edge)) * rng.uniform(0.3, 1.1, len(edge))
    broad = np.clip(graph.width[edge] / 0.07, 0.0, 1.0)
    length = (LENGTH[0] + (LENGTH[1] - LENGTH[0]) * broad) * rng.lognormal(-0.35, 0.45, len(edge))
    nothing, all_of_it = np.zeros(len(edge)), np.full(len(edge), 0.45)
    return joined(_grown(rng, feet, feet, heading, length, nothing, all_of_it, 0))


def _either(rng: np.random.Generator, count: int) -> Array:
    return np.asarray(rng.choice([-1.0, 1.0], count))


def _grown(
    rng: np.random.Generator,
    start: Array,
    feet: Array,
    heading: Array,
    length: Array,
    walked: Array,
    wide: Array,
    order: int,
) -> list[Bands]:
    """Bands of one order (m,) from their starts (m, 2), and those that fork from them."""
    steps = FORKS[order][0]
    count = len(start)
    t = np.linspace(0.0, 1.0, steps + 1)
    # A slow bend to one side and a restless one.
    bend = rng.normal(0.0, 0.55, (count, 1)) * t
    bend += rng.normal(0.0, 0.30, (count, steps + 1)).cumsum(axis=1)
    angle = heading[:, None] + bend - bend[:, :1]
    stride = (length / steps)[:, None, None] * np.stack([np.cos(angle), np.sin(angle)], axis=2)
    places = start[:, None] + np.concatenate([np.zeros((count, 1, 2)), stride[:, :-1].cumsum(1)], 1)
    thick = wide[:, None] * (1.0 - t) ** 0.8
    along = walked[:, None] + length[:, None] * t
    own = np.repeat(rng.random(count), steps + 1)
    grown = [
        Bands(
            places=places.reshape(-1, 2),
            feet=np.repeat(feet, steps + 1, axis=0),
            walked=along.reshape(-1),
            wide=thick.reshape(-1),
            own=own,
            ends=np.tile(t == 1.0, count),
        )
    ]
    if order + 1 < len(FORKS):
        # Long ones fork oftener.
        parent = np.repeat(np.arange(count), rng.poisson(np.clip(length * 4.5, 0.3, 2.6)))
        at = rng.integers(1, steps, len(parent))
        turned = _either(rng, len(parent)) * rng.uniform(0.4, 0.95, len(parent))
        shorter = FORKS[order + 1][1] * length[parent] * (1.1 - at / steps) * 1.2
        grown += _grown(
            rng, places[parent, at], feet[parent], angle[parent, at] + turned, shorter,
            along[parent, at], 0.8 * thick[parent, at], order + 1,
        )  # fmt: skip
    return grown
