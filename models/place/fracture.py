"""The broken floor as numbers: slabs with tilt and gaps, and the cracks as a graph.

The slabs tile the 90 m square exactly; gaps are cut only when they are made into
stone (`models/place/slabs.py`). Every line between two slabs is an edge of the crack
graph, joints included, so light and mist that follow the graph can reach it all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.noise import value_noise
from models.place.breaking import HALF, SIDE, broken_floor
from models.place.crackfield import (
    CrackField,
    CrackGraph,
    arrival,
    distances_from,
    field,
    nearest_on,
)
from models.place.halfedges import HalfEdges
from models.tessellation import Tessellation, centroid

Array = NDArray[np.float64]
Indices = NDArray[np.int32]

WIDEST = 0.15  # crack at the centre, metres
HAIRLINE = 0.0025
WIDE_RADIUS = 11.0  # cracks narrow by e at this distance from the centre
JOINT_SHARE = 0.55  # a joint opens less than a break
STEEPEST = np.tan(np.radians(4.0))
HIGHEST_STEP = 0.028  # no edge stands further than this from its slab's mean height
HEAVED_STEP = 0.05  # the same where the ground has lifted, out of the crowd's way
BIER_RADIUS = 1.7  # the fallen one lies here: the stone is level and whole enough to lie on
BIER_STEP = 0.0015


@dataclass(frozen=True)
class Fracture:
    """The broken floor.

    points     : (p, 2) float64, corners that slabs share
    loops      : one int32 array of point indices a slab, counter-clockwise
    gap        : (p,) full width of the crack at each point, metres; 0 on the outer edge
    centre     : (s, 2) centre of area of each slab; all of the slab is seen from it
    tilt       : (s, 2) slope dz/dx, dz/dy of its top
    lift       : (s,) height of its top at the centre, metres
    graph      : the cracks
    node_point : (k,) the point of each graph node
    """

    points: Array
    loops: tuple[Indices, ...]
    gap: Array
    centre: Array
    tilt: Array
    lift: Array
    graph: CrackGraph
    node_point: Indices

    @property
    def slabs(self) -> list[Array]:
        """Polygons (n, 2), counter-clockwise, that partition the floor."""
        return [self.points[loop] for loop in self.loops]

    def half_edges(self) -> HalfEdges:
        """All sides of all slabs as flat arrays."""
        return HalfEdges.of(self.loops)


def fracture(seed: int) -> Fracture:
    """The whole broken floor; a pure function of the seed."""
    floor = broken_floor(seed)
    points = np.array(floor.points)
    loops = tuple(np.array(loop, dtype=np.int32) for loop in floor.faces)
    centre = np.array([centroid(floor.polygon(i)) for i in range(len(loops))])
    pairs, joint = _cracks(floor)
    gap = _gaps(points, pairs, joint, seed)
    tilt, lift = _settle(points, loops, centre, seed)
    used, edges = np.unique(pairs, return_inverse=True)
    graph = _graph(points[used], edges.reshape(-1, 2), gap[used])
    return Fracture(points, loops, gap, centre, tilt, lift, graph, used.astype(np.int32))


def _cracks(floor: Tessellation) -> tuple[Indices, NDArray[np.bool_]]:
    pairs = sorted((a, b) for a, b in floor.owner if a < b and (b, a) in floor.owner)
    joint = np.array([floor.is_joint(a, b) for a, b in pairs])
    return np.array(pairs, dtype=np.int32), joint


def _gaps(points: Array, pairs: Indices, joint: NDArray[np.bool_], seed: int) -> Array:
    """Width of the crack at each point: wide at the centre, narrowing to a hairline."""
    count = len(points)
    share = np.where(joint, JOINT_SHARE, 1.0)
    total = np.bincount(pairs.ravel(), weights=np.repeat(share, 2), minlength=count)
    meeting = np.bincount(pairs.ravel(), minlength=count)
    mean_share = total / np.maximum(meeting, 1)
    radius = np.hypot(*points.T)
    open_ = np.exp(-((radius / WIDE_RADIUS) ** 1.5))
    ragged = 0.15 + 0.85 * value_noise(points * 0.9 + 31.0, seed)
    wide = HAIRLINE + (WIDEST - HAIRLINE) * open_ * mean_share * ragged
    faint = 0.006 * value_noise(points * 0.23 + 7.0, seed + 1) ** 2
    return np.where(meeting > 0, np.minimum(wide + faint, WIDEST), 0.0)


def _settle(
    points: Array, loops: tuple[Indices, ...], centre: Array, seed: int
) -> tuple[Array, Array]:
    """Slopes (s, 2) and heights (s,): restless at the centre, level far out and under the body."""
    rng = np.random.default_rng([seed, 12])
    radius = np.hypot(*centre.T)
    offsets = [points[loop] - middle for loop, middle in zip(loops, centre)]
    reach = np.array([np.hypot(*offset.T).max() for offset in offsets])
    nearest = np.array([np.hypot(*points[lp].T).min() for lp in loops])
    heave = _heave(centre, radius, seed)
    unrest = np.exp(-((radius / 15.0) ** 2)) + 0.12 + heave
    highest = HIGHEST_STEP + (HEAVED_STEP - HIGHEST_STEP) * heave
    step = np.where(nearest < BIER_RADIUS, BIER_STEP, highest * np.minimum(unrest, 1.0))
    slope = np.minimum(STEEPEST * np.minimum(unrest, 1.0), 0.75 * step / reach)
    slope = slope * np.sqrt(rng.random(len(loops)))
    angle = rng.uniform(0.0, 2 * np.pi, len(loops))
    tilt = slope[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lift = 0.25 * step * rng.uniform(-1.0, 1.0, len(loops))
    return tilt, lift


def _heave(centre: Array, radius: Array, seed: int) -> Array:
    """0..1 for each slab: in patches away from the crowd, frost and roots have lifted the stone."""
    patch = value_noise(centre * 0.16 + 53.0, seed + 2)
    away = np.clip((radius - 16.5) / 3.0, 0.0, 1.0)
    return np.asarray(np.clip((patch - 0.60) / 0.15, 0.0, 1.0) * away)


def _graph(nodes: Array, edges: NDArray[np.int64], node_width: Array) -> CrackGraph:
    length = np.hypot(*(nodes[edges[:, 1]] - nodes[edges[:, 0]]).T)
    width = node_width[edges].mean(axis=1)
    return CrackGraph(nodes, edges.astype(np.int32), length, width, node_width)


__all__ = [
    "HALF",
    "SIDE",
    "CrackField",
    "CrackGraph",
    "Fracture",
    "HalfEdges",
    "arrival",
    "distances_from",
    "field",
    "fracture",
    "nearest_on",
]
