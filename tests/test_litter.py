"""Dead leaves and grit: they lie on the stone where the wind and the years would leave them."""

from __future__ import annotations

import numpy as np
import pytest

from models.place.courtyard import build, floor_height
from models.place.litter import BODY_CLEAR, litter
from models.place.pile import KIND_LEAF, KIND_RUBBLE
from models.place.posts import STEP_START


@pytest.fixture(scope="module")
def court():
    return build(1, 512)


@pytest.fixture(scope="module")
def lying(court):
    return litter(court.fracture, lambda xy: floor_height(court, xy), court.obstacles, 1)


def pieces(mesh, kind: float):
    """Positions of each leaf or grain: what has one home."""
    chosen = mesh.attributes["kind"][:, 0] == kind
    homes, which = np.unique(mesh.attributes["home"][chosen], axis=0, return_inverse=True)
    points = mesh.positions[chosen].astype(float)
    low = np.full((len(homes), 3), np.inf)
    high = -low
    np.minimum.at(low, which.ravel(), points)
    np.maximum.at(high, which.ravel(), points)
    return homes.astype(float), low, high


@pytest.mark.parametrize("kind", [KIND_LEAF, KIND_RUBBLE])
def test_all_of_it_lies_on_the_stone(court, lying, kind):
    homes, low, _ = pieces(lying, kind)
    assert len(homes) > 1000
    gap = low[:, 2] - floor_height(court, homes)
    assert gap.min() > -0.002
    assert gap.max() < 0.004  # nothing hovers


def test_leaves_are_of_a_leafs_size_and_grit_is_small(lying):
    for kind, least, most in ((KIND_LEAF, 0.02, 0.10), (KIND_RUBBLE, 0.002, 0.045)):
        _, low, high = pieces(lying, kind)
        size = (high - low).max(axis=1)
        assert least < np.percentile(size, 2)
        assert size.max() < most


def test_leaves_gather_below_the_steps_and_nothing_lies_on_the_fallen_one(lying):
    homes, _, _ = pieces(lying, KIND_LEAF)
    out = np.abs(homes).max(axis=1)
    foot = ((out > STEP_START - 0.5) & (out <= STEP_START)).mean()
    even = 1.0 - (1.0 - 0.5 / STEP_START) ** 2
    assert foot > 4 * even
    for kind in (KIND_LEAF, KIND_RUBBLE):
        homes, _, _ = pieces(lying, kind)
        assert np.hypot(*homes.T).min() > BODY_CLEAR


def test_grit_lies_beside_cracks_and_mostly_where_the_ground_broke(court, lying):
    homes, _, _ = pieces(lying, KIND_RUBBLE)
    graph = court.fracture.graph
    a, b = graph.nodes[graph.edges[:, 0]], graph.nodes[graph.edges[:, 1]]
    some = homes[:: max(len(homes) // 300, 1)]
    way = b - a
    share = np.clip(
        np.einsum("nij,ij->ni", some[:, None] - a, way) / np.maximum((way**2).sum(axis=1), 1e-9),
        0,
        1,
    )
    apart = np.hypot(*np.moveaxis(some[:, None] - (a + share[..., None] * way), -1, 0)).min(axis=1)
    assert np.percentile(apart, 90) < 0.35
    assert np.median(np.hypot(*homes.T)) < 16.0


def test_a_seed_gives_the_same_litter(court, lying):
    again = litter(court.fracture, lambda xy: floor_height(court, xy), court.obstacles, 1)
    np.testing.assert_array_equal(again.positions, lying.positions)
