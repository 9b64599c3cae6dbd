"""The broken floor: an exact tiling, and cracks that reach everywhere."""

import time

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from models.place.breaking import HALF, SIDE
from models.place.fracture import Fracture, arrival, distances_from, field, fracture, nearest_on
from models.place.halfedges import slab_raster

RESOLUTION = 512


@pytest.fixture(scope="module", params=[1, 2024])
def broken(request: pytest.FixtureRequest) -> Fracture:
    return fracture(request.param)


def _areas(broken: Fracture) -> np.ndarray:
    def area(p: np.ndarray) -> float:
        x, y = p.T
        return 0.5 * float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))

    return np.array([area(polygon) for polygon in broken.slabs])


def _samples(broken: Fracture) -> np.ndarray:
    graph = broken.graph
    a, b = graph.nodes[graph.edges[:, 0]], graph.nodes[graph.edges[:, 1]]
    count = np.maximum(np.ceil(graph.length / 0.01).astype(int), 1) + 1
    edge = np.repeat(np.arange(len(count)), count)
    place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return a[edge] + (place / (count[edge] - 1))[:, None] * (b - a)[edge]


def test_same_seed_same_floor():
    one, two = fracture(5), fracture(5)
    assert np.array_equal(one.points, two.points)
    assert np.array_equal(one.tilt, two.tilt)
    assert not np.array_equal(one.points[:200], fracture(6).points[:200])


def test_slabs_tile_the_floor(broken: Fracture):
    areas = _areas(broken)
    assert areas.min() > 0.01
    assert areas.sum() == pytest.approx(SIDE**2, rel=1e-6)
    assert np.abs(broken.points).max() == HALF
    # every side runs once each way, so nothing overlaps; a side without a partner is the rim
    sides = broken.half_edges()
    pairs = set(zip(sides.start.tolist(), sides.end.tolist()))
    assert len(pairs) == len(sides.start)
    for a, b in pairs:
        if (b, a) not in pairs:
            p, q = np.abs(broken.points[a]), np.abs(broken.points[b])
            assert np.any((p == HALF) & (q == HALF))


def test_random_points_lie_in_one_slab_only(broken: Fracture):
    points = np.random.default_rng(1).uniform(-HALF, HALF, (300, 2))
    hits = np.zeros(300, dtype=int)
    for polygon in broken.slabs:
        a, b = polygon, np.roll(polygon, -1, axis=0)
        above = (a[:, 1] > points[:, 1:]) != (b[:, 1] > points[:, 1:])
        rise = np.where(b[:, 1] == a[:, 1], 1.0, b[:, 1] - a[:, 1])
        x = a[:, 0] + (points[:, 1:] - a[:, 1]) / rise * (b[:, 0] - a[:, 0])
        hits += (above & (points[:, :1] < x)).sum(axis=1) % 2
    assert np.all(hits == 1)


def test_every_slab_is_seen_whole_from_its_centre(broken: Fracture):
    for polygon, centre in zip(broken.slabs, broken.centre):
        a, b = polygon - centre, np.roll(polygon, -1, axis=0) - centre
        assert np.all(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0] > 0)


def test_every_inner_side_is_a_crack(broken: Fracture):
    graph = broken.graph
    cracks = {frozenset(pair) for pair in broken.node_point[graph.edges].tolist()}
    sides = broken.half_edges()
    pairs = set(zip(sides.start.tolist(), sides.end.tolist()))
    inner = {frozenset(pair) for pair in pairs if pair[::-1] in pairs}
    assert cracks == inner
    assert np.array_equal(graph.nodes, broken.points[broken.node_point])
    run = graph.nodes[graph.edges[:, 1]] - graph.nodes[graph.edges[:, 0]]
    assert graph.length == pytest.approx(np.hypot(*run.T))
    assert graph.length.min() > 0.005


def test_the_graph_is_connected(broken: Fracture):
    graph = broken.graph
    size = len(graph.nodes)
    matrix = csr_array((graph.length, tuple(graph.edges.T)), shape=(size, size))
    assert connected_components(matrix, directed=False)[0] == 1


def test_dense_and_wide_at_the_centre_hairline_at_the_rim(broken: Fracture):
    radius = np.hypot(*broken.centre.T)
    areas = _areas(broken)
    assert np.median(areas[radius < 6]) < 1.2
    assert np.median(areas[radius > 34]) > 5.0
    assert np.sort(areas)[-20:].min() > 9.0
    graph = broken.graph
    middle = np.hypot(*graph.nodes.T)
    assert 0.10 < graph.node_width.max() <= 0.15
    assert np.median(graph.node_width[middle < 6]) > 0.04
    assert graph.node_width[middle > 35].max() < 0.012
    assert graph.node_width.min() > 0.001


def test_nobody_trips(broken: Fracture):
    steepness = np.degrees(np.arctan(np.hypot(*broken.tilt.T)))
    assert 2.0 < steepness.max() <= 4.0
    for polygon, centre, tilt, lift in zip(broken.slabs, broken.centre, broken.tilt, broken.lift):
        heights = lift + (polygon - centre) @ tilt
        limit = 0.0065 if np.hypot(*polygon.T).min() < 1.5 else 0.03
        limit = 0.052 if np.hypot(*centre) > 16.5 else limit  # where frost has lifted it
        assert np.abs(heights).max() < limit


def test_ways_along_the_cracks(broken: Fracture):
    graph = broken.graph
    foot = np.array([8.0, 0.3])
    reached = distances_from(graph, foot)
    edge, t, gap = nearest_on(graph, foot)
    ends = graph.edges[edge]
    start = graph.nodes[ends[0]] + t * (graph.nodes[ends[1]] - graph.nodes[ends[0]])
    assert np.hypot(*(start - foot)) == pytest.approx(gap)
    assert np.isfinite(reached).all()
    straight = np.hypot(*(graph.nodes - start).T)
    assert np.all(reached >= straight - 1e-9)  # never shorter than the crow flies
    assert np.median(reached / np.maximum(straight, 1.0)) < 1.6
    across = np.abs(reached[graph.edges[:, 0]] - reached[graph.edges[:, 1]])
    assert np.all(across <= graph.length + 1e-9)  # Lipschitz along every edge
    # every node but the two first is reached over one of its own edges
    via = np.full(len(reached), np.inf)
    for a, b in (graph.edges.T, graph.edges.T[::-1]):
        np.minimum.at(via, a, reached[b] + graph.length)
    others = np.setdiff1d(np.arange(len(reached)), ends)
    assert via[others] == pytest.approx(reached[others])


def test_the_field_is_the_distance_to_the_cracks(broken: Fracture):
    cracks = field(broken.graph, RESOLUTION)
    texels = np.random.default_rng(2).integers(0, RESOLUTION, (4000, 2))
    rows, columns = texels.T
    xy = (np.column_stack([columns, rows]) + 0.5) * SIDE / RESOLUTION - HALF
    true = cKDTree(_samples(broken)).query(xy)[0]
    error = np.abs(cracks.distance[rows, columns] - true)
    assert np.mean(error < 0.006) > 0.995
    assert error.max() < 0.06
    graph = broken.graph
    ends = graph.nodes[graph.edges[cracks.edge[rows, columns]]]
    t = cracks.t[rows, columns][:, None]
    foot = ends[:, 0] + t * (ends[:, 1] - ends[:, 0])
    there = np.hypot(*(xy - foot).T)
    assert there == pytest.approx(cracks.distance[rows, columns], abs=1e-4)
    widths = graph.node_width[graph.edges[cracks.edge]]
    assert np.all(cracks.width <= widths.max(axis=-1) + 1e-6)
    assert np.all(cracks.width >= widths.min(axis=-1) - 1e-6)


def test_light_arrives_texel_by_texel_and_fast():
    broken = fracture(1)
    cracks = field(broken.graph, 1024)
    reached = distances_from(broken.graph, (8.0, 0.0))
    best = np.inf
    for _ in range(5):
        before = time.perf_counter()
        light = arrival(cracks, reached)
        best = min(best, time.perf_counter() - before)
    assert best < 0.06
    assert light.dtype == np.float32
    assert light.shape == (1024, 1024)
    a, b = reached[broken.graph.edges[cracks.edge]].transpose(2, 0, 1)
    length = broken.graph.length[cracks.edge]
    assert np.all(light >= np.minimum(a, b) - 1e-3)
    assert np.all(light <= np.minimum(a, b) + length + 1e-3)


def test_slab_raster_names_the_slab_under_each_texel(broken: Fracture):
    sides = broken.half_edges()
    raster = slab_raster(broken.points, sides, RESOLUTION)
    share = np.bincount(raster.ravel(), minlength=len(broken.loops)) * (SIDE / RESOLUTION) ** 2
    areas = _areas(broken)
    big = areas > 3.0
    assert share[big] == pytest.approx(areas[big], rel=0.15)
    assert share.sum() == pytest.approx(SIDE**2)
    rows, columns = np.random.default_rng(4).integers(0, RESOLUTION, (2, 300))
    xy = (np.column_stack([columns, rows]) + 0.5) * SIDE / RESOLUTION - HALF
    for point, slab in zip(xy, raster[rows, columns]):
        a = broken.slabs[slab] - point
        b = np.roll(a, -1, axis=0)
        turn = np.arctan2(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0], np.einsum("ij,ij->i", a, b))
        assert turn.sum() == pytest.approx(2 * np.pi)
