"""Roots of light: which cracks are trunks, which are twigs."""

from __future__ import annotations

import numpy as np
import pytest

from models.crackfield import CrackGraph, distances_from, field
from models.fracture import fracture
from models.rooting import fed, strength


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
