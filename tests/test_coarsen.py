"""Meshes with fewer triangles."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.coarsen import clustered
from models.mesh import area, merge
from models.shape import box, cylinder, icosphere


def test_a_small_cell_changes_nothing_but_the_order():
    ball = icosphere(1.0, 2)
    fine = clustered(ball, 1e-4)
    assert len(fine.triangles) == len(ball.triangles)
    assert area(fine) == pytest.approx(area(ball), rel=1e-3)


def test_a_ball_keeps_its_size_with_a_tenth_of_the_triangles():
    ball = icosphere(1.0, 4)
    coarse = clustered(ball, 0.35)
    assert len(coarse.triangles) < len(ball.triangles) / 5
    assert area(coarse) == pytest.approx(area(ball), rel=0.12)
    np.testing.assert_allclose(np.linalg.norm(coarse.normals, axis=1), 1.0, atol=1e-5)
    outward = np.einsum("ij,ij->i", coarse.normals, coarse.positions)
    assert (outward > 0.6).all()


def test_no_point_moves_further_than_its_cell():
    column = cylinder(0.5, 4.0, 40)
    coarse = clustered(column, 0.2)
    gaps = np.linalg.norm(coarse.positions[:, None] - column.positions[None], axis=2).min(axis=1)
    assert gaps.max() < 0.2 * np.sqrt(3)


def test_a_blocks_sides_keep_their_own_normals():
    block = clustered(box((2.0, 1.0, 0.6), 0.02), 0.1)
    assert set(block.attributes) == {"edge"}
    for axis in np.concatenate([np.eye(3), -np.eye(3)]):
        assert (block.normals @ axis).max() > 0.99


def test_triangles_that_fall_on_one_another_are_one():
    ball = icosphere(1.0, 3)
    both = merge([ball, ball])
    assert len(clustered(both, 0.3).triangles) == len(clustered(ball, 0.3).triangles)


def _beside(gap: float):
    """Two blocks that nearly touch, each with a number of its own."""
    left = box((1.0, 1.0, 1.0), 0.1).with_attributes(seed=0.25)
    right = box((1.0, 1.0, 1.0), 0.1).with_attributes(seed=0.75)
    moved = replace(
        right, positions=right.positions + np.array([1.0 + gap, 0.0, 0.0], dtype=np.float32)
    )
    return merge([left, moved])


def test_blocks_that_are_kept_apart_keep_their_own_numbers():
    pair = _beside(0.01)
    assert set(np.unique(clustered(pair, 0.7, apart="seed").attributes["seed"])) == {0.25, 0.75}
    joined = clustered(pair, 0.7).attributes["seed"]
    assert ((joined > 0.3) & (joined < 0.7)).any()


def test_bevels_stay_beside_what_they_bound_where_normals_must_be_close():
    block = box((1.0, 1.0, 1.0), 0.1)
    flat = np.abs(clustered(block, 0.3, sharp=6.0).normals).max(axis=1) > 0.999
    blurred = np.abs(clustered(block, 0.3, sharp=0.4).normals).max(axis=1) > 0.999
    assert flat.mean() > blurred.mean()
