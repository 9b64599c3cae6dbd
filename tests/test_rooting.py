"""Roots of light: which cracks are trunks, which are twigs."""

from __future__ import annotations

import numpy as np
import pytest

from models.growth.radiance import radiating
from models.growth.rooting import BED, THIRST, fed, strength, thirst
from models.growth.rootlets import LENGTH, SPROUTS_WITHIN, WANDER, sprouts, strands
from models.growth.venation import venation
from models.place.crackfield import CrackGraph, distances_from, field
from models.place.fracture import fracture


def graph_of(nodes, edges):
    places, pairs = np.array(nodes, dtype=float), np.array(edges, dtype=np.int32)
    length = np.hypot(*(places[pairs[:, 1]] - places[pairs[:, 0]]).T)
    return CrackGraph(places, pairs, length, np.full(len(pairs), 0.05), np.full(len(places), 0.05))


def test_a_fork_feeds_both_its_arms():
    fork = graph_of([(0, 0), (4, 0), (7, 3), (7, -5)], [(0, 1), (1, 2), (3, 1)])
    total = fed(fork, distances_from(fork, (1.0, 0.0)))
    arms = fork.length[1:]
    np.testing.assert_allclose(total, [0.0, arms.sum(), 0.0, 0.0], atol=1e-9)


def test_a_ring_is_fed_from_both_sides():
    ring = graph_of([(0, 0), (2, 0), (2, 2), (0, 2)], [(0, 1), (1, 2), (2, 3), (3, 0)])
    total = fed(ring, distances_from(ring, (1.0, -0.1)))
    # six metres are left beyond the two ends of the first crack, and half of them are each one's
    np.testing.assert_allclose(total, [3.0, 3.0, 1.0, 1.0])


@pytest.fixture(scope="module")
def cracks():
    return field(fracture(1).graph, 512)


def test_roots_are_strong_where_they_begin_and_taper_to_nothing(cracks):
    reached = distances_from(cracks.graph, (6.5, 0.0))
    strong = strength(cracks, reached)
    assert strong.dtype == np.float32
    assert strong.min() >= 0.0
    assert strong.max() <= 1.0
    nearest = int(np.argmin(reached))
    total = fed(cracks.graph, reached)
    assert total[nearest] > 0.1 * cracks.graph.length.sum()
    assert np.median(strong) < 0.35  # most of the cracks are twigs
    assert (strong > 0.6).mean() < 0.2  # few are trunks


def test_every_metre_is_fed_by_some_root(cracks):
    """What flows out of the two ends of the first crack is all that there is beside it."""
    graph = cracks.graph
    reached = distances_from(graph, (6.5, 0.0))
    ends = reached[graph.edges].sum(axis=1) < graph.length + 1e-6
    first = int(np.flatnonzero(ends)[0])
    total = fed(graph, reached)[graph.edges[first]].sum()
    assert total == pytest.approx(graph.length.sum() - graph.length[first], rel=1e-9)


def test_the_stoutest_roots_go_to_the_fallen_one(cracks):
    graph = cracks.graph
    reached = distances_from(graph, (6.5, 0.0))
    taken = thirst(graph)
    assert taken.sum() == pytest.approx(THIRST)
    hers = np.hypot(*graph.nodes.T) < BED
    assert (taken[~hers] == 0.0).all()
    entries = np.argsort(np.where(hers, fed(graph, reached, taken), 0.0))[-1]
    beside = (np.hypot(*graph.nodes.T) > 3.0) & (graph.nodes[:, 0] < -3.0)
    assert fed(graph, reached, taken)[entries] > 2.0 * fed(graph, reached, taken)[beside].max()


# -- bands ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph():
    return fracture(1).graph


def bands_of(bands):
    """Each band's rows by themselves."""
    return np.split(np.arange(len(bands)), np.flatnonzero(bands.ends)[:-1] + 1)


def test_strands_snake_beside_their_cracks_and_go_on_across_forks(graph):
    made = strands(graph, 1)
    off = np.hypot(*(made.places - made.feet).T)
    most = 1.5 * np.sqrt(2.0) * sum(reach for reach, _ in WANDER)
    assert 0.01 < off.mean() < 0.05  # within their crack
    assert off.max() < most
    firsts = made.wide == 1.0
    # wherever two cracks meet, their strands meet: the same foot is moved to the same place
    feet, index, count = np.unique(
        made.feet[firsts].round(6), axis=0, return_inverse=True, return_counts=True
    )
    spread = np.zeros((len(feet), 2))
    for axis in range(2):
        for sign in (1.0, -1.0):
            extreme = np.full(len(feet), -np.inf)
            np.maximum.at(extreme, index.reshape(-1), sign * made.places[firsts, axis])
            spread[:, axis] += extreme
    assert (count > 2).sum() > 500
    assert spread.max() < 0.06


def test_every_crack_near_the_middle_has_a_strand(graph):
    made = strands(graph, 1)
    near = np.hypot(*graph.nodes[graph.edges].mean(axis=1).T) < 14.0
    middles = graph.nodes[graph.edges[near]].mean(axis=1)
    for middle in middles[::17]:
        assert np.hypot(*(made.feet - middle).T).min() < 0.15


def test_rootlets_leave_forward_taper_and_do_not_cross_the_court(graph):
    made = sprouts(graph, 1)
    reached = distances_from(graph, (6.5, 0.0))
    assert np.hypot(*made.places.T).max() < SPROUTS_WITHIN + 6.0
    for rows in bands_of(made)[::50]:
        assert made.wide[rows[-1]] == 0.0
        assert (np.diff(made.wide[rows]) < 0.0).all()
        assert (np.diff(made.walked[rows]) > 0.0).all()
        assert made.walked[rows[-1]] < 8.0 * LENGTH[1]
        stride = np.hypot(*np.diff(made.places[rows], axis=0).T)
        assert stride.sum() == pytest.approx(np.diff(made.walked[rows]).sum(), rel=1e-6)
    first = np.array([rows[0] for rows in bands_of(made) if made.walked[rows[0]] == 0.0])
    np.testing.assert_allclose(made.places[first], made.feet[first])
    a, b = graph.edges.T
    forward = []
    for row in first[::40]:
        end = graph.nodes[a] - made.feet[row]
        along = graph.nodes[b] - graph.nodes[a]
        t = np.clip(-(end * along).sum(1) / graph.length**2, 0.0, 1.0)
        edge = np.argmin(np.hypot(*(end + t[:, None] * along).T))
        sign = 1.0 if reached[a[edge]] < reached[b[edge]] else -1.0
        forward.append(sign * along[edge] @ made.directions()[row] / graph.length[edge])
    assert np.mean(np.array(forward) > 0.2) > 0.9


def test_fewer_rootlets_where_less_detail_is_wanted_and_the_same_for_a_seed(graph):
    whole, half = sprouts(graph, 1), sprouts(graph, 1, 0.5)
    assert 0.4 < len(half) / len(whole) < 0.6
    np.testing.assert_array_equal(whole.places, sprouts(graph, 1).places)
    assert not np.array_equal(whole.places[:50], sprouts(graph, 2).places[:50])
    np.testing.assert_allclose(np.hypot(*whole.directions().T), 1.0, atol=1e-9)


# -- what they throw -----------------------------------------------------------------------------


def test_shadows_radiate_from_the_middle():
    seen = radiating([(4.0, 0.0, 0.4)], 256, 32.0).astype(float) / 255
    texel = lambda x, y: seen[int((y + 32.0) * 4), int((x + 32.0) * 4)]  # noqa: E731
    assert texel(2.0, 0.0) == texel(-8.0, 0.0) == texel(0.0, 8.0) == 1.0
    assert texel(5.5, 0.0) < 0.3
    assert texel(5.5, 0.0) < texel(12.0, 0.0)  # softer the further it falls
    assert texel(12.0, 3.5) > 0.9


def test_veins_tile_and_each_order_is_finer():
    net = venation(256, 1).astype(float) / 255
    for order in range(3):
        line = net[:, :, order]
        step = np.abs(np.diff(line, axis=1)).mean()
        assert np.abs(line[:, 0] - line[:, -1]).mean() < 2.0 * step + 0.02
        assert 0.01 < line.mean() < 0.4
    on = net[:, :, 0] > 0.5
    assert net[:, :, 3][on].mean() > 1.5 * net[:, :, 3][~on].mean()
