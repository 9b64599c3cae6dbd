"""Which cracks are trunks and which are twigs of the roots of light that spread along them.

Light takes the shortest way to every place, so its ways form a tree; like a river's bed or a root,
a way is as strong as what it feeds: the metres of crack that get their light through it (Horton
1945 orders streams alike). The fallen one drinks as much as a fifth of the court, so the stoutest
roots go to her.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from models.place.breaking import SIDE
from models.place.crackfield import CrackField, CrackGraph

Array = NDArray[np.float64]
Raster = NDArray[np.float32]

BED, THIRST = 1.7, 1500.0  # metres about the fallen one; metres of crack that she drinks as much as
SOFT = 0.11  # metres over which one strength passes into another
NEAR = 1e-6  # metres: two ways of one length


def thirst(graph: CrackGraph) -> Array:
    """Metres (k,) of crack that each node takes besides: those about the fallen one share hers."""
    near = np.hypot(*graph.nodes.T) < BED
    return np.where(near, THIRST / max(int(near.sum()), 1), 0.0)


def fed(graph: CrackGraph, reached: Array, taken: Array | float = 0.0) -> Array:
    """Metres (k,) of crack that get their light through each node.

    `reached` (k,) is how far each node is, as from `crackfield.distances_from`; `taken` (k,) is
    what each takes besides, as from `thirst`.
    """
    a, b = graph.edges.T
    total = np.zeros(len(reached)) + taken
    child = _children(graph, reached)
    # Where light comes from both ends it meets between them, and each end feeds its part.
    meets = np.clip(0.5 * (reached[b] - reached[a] + graph.length), 0.0, graph.length)
    closing = (child < 0) & ~_first(graph, reached)
    np.add.at(total, a[closing], meets[closing])
    np.add.at(total, b[closing], (graph.length - meets)[closing])
    edges = np.flatnonzero(child >= 0)
    for edge in edges[np.argsort(-reached[child[edges]], kind="stable")]:
        end = child[edge]
        total[a[edge] + b[edge] - end] += total[end] + graph.length[edge]
    return total


def strength(cracks: CrackField, reached: Array) -> Raster:
    """How strong the root is (r, r) float32 at each texel's nearest crack: 0 a tip, 1 its foot.

    On a scale of logarithms, or only the first few metres would be seen.
    """
    graph = cracks.graph
    a, b = graph.edges.T
    taken = thirst(graph)
    total = fed(graph, reached, taken)
    child = _children(graph, reached)
    meets = 0.5 * (reached[b] - reached[a] + graph.length)
    # Along an edge what is fed is a slope: base + sign * (walked - pivot), or its absolute value.
    base = np.where(child >= 0, total[np.maximum(child, 0)], 0.0)
    pivot = np.where(child == a, 0.0, np.where(child == b, graph.length, meets))
    walked, edge = cracks.walked, cracks.edge
    out = np.abs(walked - pivot.astype(np.float32)[edge])
    out += base.astype(np.float32)[edge]
    for first in np.flatnonzero(_first(graph, reached)):
        begin = edge == first
        out[begin] = np.where(walked[begin] < reached[a[first]], total[a[first]], total[b[first]])
    strong = np.log1p(out) / np.float32(np.log1p(graph.length.sum() + taken.sum()))
    # Softened, or the light that a trunk throws would end along a line where a twig is nearer.
    texel = np.float32(SIDE / len(out))
    return np.asarray(gaussian_filter(strong, SOFT / texel, truncate=2.5), dtype=np.float32)


def _first(graph: CrackGraph, reached: Array) -> NDArray[np.bool_]:
    """(e,) whether a crack is the one in which the light begins: it reaches both its ends."""
    return np.asarray(reached[graph.edges].sum(axis=1) < graph.length + NEAR)


def _children(graph: CrackGraph, reached: Array) -> NDArray[np.int64]:
    """(e,) the end of each crack to which it is the shortest way, or -1 where it is to neither."""
    child = np.full(len(graph.edges), -1)
    parent = np.full(len(reached), -1)
    for near, far in (graph.edges.T, graph.edges.T[::-1]):
        via = np.abs(reached[near] + graph.length - reached[far]) < NEAR
        for edge in np.flatnonzero(via):
            if parent[far[edge]] < 0:  # of two ways of one length it takes one
                parent[far[edge]] = edge
                child[edge] = far[edge]
    return child
