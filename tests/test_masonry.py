"""Squared stones with bitten arrises."""

from __future__ import annotations

import numpy as np
import pytest

from models.mesh import face_vectors, is_closed, volume
from models.place.masonry import BULGE, DEEPEST, FRAYED, MARGIN, chipped
from models.shape import rim_points

SIZES = np.array([(2.4, 0.8, 0.7), (0.9, 0.7, 0.5), (3.4, 3.4, 0.75), (4.0, 1.2, 0.6)])


def blocks(wear: float, seed: int = 1, bevel: float = 0.006):
    count = len(SIZES)
    frames = np.tile(np.eye(4), (count, 1, 1))
    frames[:, 0, 3] = 10.0 * np.arange(count)
    rng = np.random.default_rng(seed)
    seeds = np.linspace(0.1, 0.9, count)
    return chipped(rim_points(SIZES, bevel), frames, seeds, np.full(count, wear), rng)


@pytest.mark.parametrize("wear", [0.0, 0.4, 1.0])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_they_are_closed_bodies_wound_outward(wear, seed):
    mesh = blocks(wear, seed)
    assert is_closed(mesh)
    faces = face_vectors(mesh.positions.astype(float), mesh.triangles)
    normals = mesh.normals[mesh.triangles].mean(axis=1)
    assert (np.einsum("ij,ij->i", faces, normals) > 0).mean() > 0.999


def from_arrises(mesh) -> np.ndarray:
    """How far each rim point lies from its stone's ideal arris, along its face, metres."""
    which = np.round(mesh.positions[:, 0] / 10.0).astype(int)
    local = np.abs(mesh.positions - np.array([10.0, 0.0, 0.0]) * which[:, None])
    rim = mesh.attributes["edge"][:, 0] == 0.0
    return np.sort(SIZES[which] / 2 - local, axis=1)[rim, 1]


def test_nothing_stands_out_but_the_faces_middles():
    full = SIZES.prod(axis=1).sum()
    assert volume(blocks(0.0)) == pytest.approx(full, rel=0.01)
    assert 0.95 * full < volume(blocks(1.0)) < 1.02 * full
    mesh = blocks(1.0)
    which = np.round(mesh.positions[:, 0] / 10.0).astype(int)
    local = np.abs(mesh.positions - np.array([10.0, 0.0, 0.0]) * which[:, None])
    assert (local - SIZES[which] / 2).max() < BULGE[0] + 5 * BULGE[1]


def test_arrises_are_bitten_the_more_they_are_worn_but_never_deeper_than_is_said():
    little, much = from_arrises(blocks(0.4)), from_arrises(blocks(1.0))
    assert little.mean() < much.mean()
    assert much.max() <= DEEPEST + FRAYED + 0.007
    assert (much > 0.02).sum() > 20
    assert np.median(much) < 0.012


def test_a_seed_gives_the_same_stones():
    np.testing.assert_array_equal(blocks(1.0, 5).positions, blocks(1.0, 5).positions)
    assert (blocks(1.0, 5).positions.shape != blocks(1.0, 6).positions.shape) or (
        blocks(1.0, 5).positions != blocks(1.0, 6).positions
    ).any()


def test_a_boss_stands_out_within_its_margin_and_nowhere_else():
    size = np.array([(2.0, 0.8, 0.7)])
    rng = np.random.default_rng(4)
    made = [
        chipped(
            rim_points(size, 0.006), np.eye(4)[None], np.array([0.5]), np.ones(1), rng, sky, boss
        )
        for sky, boss in ((None, None), (np.array([0.3]), np.array([0.06])))
    ]
    flat, bossed = made
    for mesh in made:
        assert is_closed(mesh)
    assert 0.012 < volume(bossed) - volume(flat) < 0.09
    proud = bossed.positions[bossed.positions[:, 1] < -0.41]
    assert np.abs(proud[:, 0]).max() < 1.0 - MARGIN[0] + 0.01
    assert np.abs(proud[:, 2]).max() < 0.35 - MARGIN[0] + 0.01
    assert proud[:, 1].min() > -0.4 - 3 * 0.06
    seen = bossed.attributes["open"][:, 0]
    rim = bossed.attributes["edge"][:, 0] == 0.0
    assert seen[rim].max() < 0.35
    assert seen[~rim].mean() > 0.7
