"""The cracks as a graph with ways along it, and as rasters over the 90 m floor.

Row 0 is the south edge, column 0 the west; texel (row, column) is sampled at its
centre, `-HALF + (column + 0.5) * SIDE / resolution`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import distance_transform_edt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from models.place.breaking import HALF, SIDE

Raster = NDArray[np.float32]
Array = NDArray[np.float64]
Indices = NDArray[np.int32]

NEIGHBOURS = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]


@dataclass(frozen=True)
class CrackGraph:
    """Cracks between slabs: one connected planar graph.

    nodes      : (k, 2) float64, metres
    edges      : (e, 2) int32, node indices
    length     : (e,) metres
    width      : (e,) metres, mean of its nodes
    node_width : (k,) metres
    """

    nodes: Array
    edges: Indices
    length: Array
    width: Array
    node_width: Array


@dataclass(frozen=True)
class CrackField:
    """What every texel knows of its nearest crack.

    distance : (r, r) float32, metres to the middle of the nearest crack
    width    : (r, r) float32, metres, of that crack at the nearest place on it
    edge     : (r, r) int32, index of that crack in the graph
    t        : (r, r) float32, fraction 0..1 of the way along it
    walked   : (r, r) float32, metres along the edge from its first node
    graph    : the cracks these are indices into
    """

    distance: Raster
    width: Raster
    edge: NDArray[np.int32]
    t: Raster
    walked: Raster
    graph: CrackGraph


def nearest_on(graph: CrackGraph, point: ArrayLike) -> tuple[int, float, float]:
    """The crack nearest to a point (2,): edge index, fraction along it, distance in metres."""
    target = np.asarray(point, dtype=np.float64)
    a = graph.nodes[graph.edges[:, 0]]
    along = graph.nodes[graph.edges[:, 1]] - a
    t = np.clip(np.einsum("ij,ij->i", target - a, along) / graph.length**2, 0.0, 1.0)
    distance = np.hypot(*(a + t[:, None] * along - target).T)
    edge = int(np.argmin(distance))
    return edge, float(t[edge]), float(distance[edge])


def distances_from(graph: CrackGraph, point: ArrayLike) -> Array:
    """Shortest way along the cracks, metres (k,), to each node from the crack nearest `point`."""
    edge, t, _ = nearest_on(graph, point)
    count = len(graph.nodes)
    a, b = graph.edges.T
    matrix = csr_array((graph.length, (a, b)), shape=(count, count))
    both = dijkstra(matrix, directed=False, indices=graph.edges[edge])
    length = graph.length[edge]
    return np.asarray(np.minimum(both[0] + t * length, both[1] + (1.0 - t) * length))


def field(graph: CrackGraph, resolution: int = 1024) -> CrackField:
    """Rasters of resolution x resolution texels over the floor."""
    if resolution < 2:
        raise ValueError(f"a field needs at least 2 texels a side, not {resolution}")
    edge = _nearest_edges(graph, resolution)
    distance, t = _measure(graph, edge, resolution)
    for shift in NEIGHBOURS:
        # a neighbour may know a nearer crack than the one whose texel was nearest
        other = _shifted(edge, shift)
        rows, columns = np.nonzero(other != edge)
        rival = other[rows, columns]
        d, s = _measure_at(graph, rival, *_centres(rows, columns, resolution))
        better = d < distance[rows, columns]
        at = rows[better], columns[better]
        edge[at], distance[at], t[at] = rival[better], d[better], s[better]
    a, b = (graph.node_width[graph.edges[:, side]].astype(np.float32) for side in (0, 1))
    width = a[edge] + (b - a)[edge] * t
    walked = t * graph.length.astype(np.float32)[edge]
    return CrackField(distance, width, edge, t, walked, graph)


def arrival(cracks: CrackField, node_distances: Array) -> Raster:
    """Metres (r, r) float32 that light runs from its source to each texel's nearest crack.

    `node_distances` (k,) as from `fracture.distances_from`: a place on an edge is reached
    from whichever end is sooner.
    """
    graph = cracks.graph
    reached = node_distances.astype(np.float32)
    first = reached[graph.edges[:, 0]]
    last = reached[graph.edges[:, 1]] + graph.length.astype(np.float32)
    out = first[cracks.edge]
    out += cracks.walked
    other = last[cracks.edge]
    other -= cracks.walked
    return np.minimum(out, other, out=out)


def texel_of(xy: Array, resolution: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns (n,) of the texels under points (n, 2), held inside the floor."""
    cell = np.floor((np.asarray(xy, dtype=np.float64) + HALF) * (resolution / SIDE))
    held = np.clip(cell, 0, resolution - 1).astype(np.int64)
    return held[:, 1], held[:, 0]


def _centres(
    rows: NDArray[np.int64], columns: NDArray[np.int64], resolution: int
) -> tuple[Raster, Raster]:
    texel = SIDE / resolution
    x = ((columns + 0.5) * texel - HALF).astype(np.float32)
    y = ((rows + 0.5) * texel - HALF).astype(np.float32)
    return x, y


def _nearest_edges(graph: CrackGraph, resolution: int) -> NDArray[np.int32]:
    """A near crack for every texel: cracks are drawn, then spread by a distance transform."""
    texel = SIDE / resolution
    steps = np.maximum(np.ceil(graph.length / (0.4 * texel)).astype(np.int64), 1) + 1
    edge = np.repeat(np.arange(len(steps)), steps)
    place = np.arange(steps.sum()) - np.repeat(np.cumsum(steps) - steps, steps)
    t = place / (steps[edge] - 1)
    a, b = graph.nodes[graph.edges[edge, 0]], graph.nodes[graph.edges[edge, 1]]
    rows, columns = texel_of(a + t[:, None] * (b - a), resolution)
    drawn = np.full((resolution, resolution), -1, dtype=np.int32)
    # the shortest are drawn last, or longer ones would hide them within a texel
    order = np.argsort(-graph.length[edge], kind="stable")
    drawn[rows[order], columns[order]] = edge[order]
    nearest = distance_transform_edt(drawn < 0, return_distances=False, return_indices=True)
    return np.asarray(drawn[nearest[0], nearest[1]])


def _measure(graph: CrackGraph, edge: NDArray[np.int32], resolution: int) -> tuple[Raster, Raster]:
    index = np.arange(resolution)
    x, y = _centres(index, index, resolution)
    return _measure_at(graph, edge, x[None, :], y[:, None])


def _measure_at(
    graph: CrackGraph, edge: NDArray[np.int32], x: Raster, y: Raster
) -> tuple[Raster, Raster]:
    """Distance to and fraction along the given edges, for points at x, y."""
    a = graph.nodes[graph.edges[:, 0]]
    step = graph.nodes[graph.edges[:, 1]] - a
    ax, ay = a.T.astype(np.float32)
    sx, sy = step.T.astype(np.float32)
    share = (1.0 / graph.length**2).astype(np.float32)
    px, py = x - ax[edge], y - ay[edge]
    ex, ey = sx[edge], sy[edge]
    t = np.clip((px * ex + py * ey) * share[edge], 0.0, 1.0)
    px -= t * ex
    py -= t * ey
    return np.sqrt(px * px + py * py), t


def _shifted(edge: NDArray[np.int32], shift: tuple[int, int]) -> NDArray[np.int32]:
    padded = np.pad(edge, 1, mode="edge")
    size = edge.shape[0]
    return padded[1 + shift[0] : 1 + shift[0] + size, 1 + shift[1] : 1 + shift[1] + size]
