"""The sculptor's tools: distances, blends, skins and what is measured on them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import sdf, skin
from models.mesh import is_closed, volume


def ball(radius=1.0, step=0.05, centre=(0.1, -0.2, 0.3)):
    clay = sdf.Clay((-1.4, -1.6, -1.2), (1.6, 1.2, 1.8), step)
    clay.add(sdf.sphere(centre, radius))
    return clay


def test_sphere_has_the_volume_of_a_sphere():
    mesh = skin.skinned(ball(), (100_000,), reach=0.5, passes=0)[0]
    assert volume(mesh) == pytest.approx(4 / 3 * np.pi, rel=0.01)
    assert is_closed(mesh)


def test_smoothing_and_decimation_keep_the_volume():
    mesh = skin.skinned(ball(), (1500,), reach=0.5)[0]
    assert len(mesh.triangles) <= 1500
    assert volume(mesh) == pytest.approx(4 / 3 * np.pi, rel=0.02)
    assert is_closed(mesh)


def test_normals_of_a_sphere_are_its_radii():
    centre = np.array([0.1, -0.2, 0.3])
    mesh = skin.skinned(ball(), (4000,), reach=0.5)[0]
    radii = mesh.positions - centre
    radii /= np.linalg.norm(radii, axis=1, keepdims=True)
    assert np.einsum("ij,ij->i", radii, mesh.normals).min() > 0.99


def test_alone_in_the_open_a_ball_is_unshaded_and_a_hole_is_dark():
    mesh = skin.skinned(ball(), (4000,), reach=0.5)[0]
    assert mesh.attributes["ao"].min() > 0.9
    clay = ball()
    clay.cut(sdf.cone((0.1, -0.2, 0.4), (0.1, -0.2, 1.5), 0.2, 0.2))
    bored = skin.skinned(clay, (20_000,), reach=1.5)[0]
    deep = np.linalg.norm(bored.positions - [0.1, -0.2, 0.3], axis=1) < 0.35
    assert deep.any()
    assert bored.attributes["ao"][deep].max() < 0.5


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.01, 2))
def test_smooth_min_lies_under_the_lesser_by_at_most_a_sixth_of_its_width(a, b, k):
    value = float(sdf.smooth_min(np.array(a), np.array(b), k))
    assert min(a, b) - k / 6 - 1e-6 <= value <= min(a, b) + 1e-6
    assert value == pytest.approx(float(sdf.smooth_min(np.array(b), np.array(a), k)))
    if abs(a - b) >= k:
        assert value == pytest.approx(min(a, b), abs=1e-6)


@given(st.floats(-2, 2), st.floats(-2, 2))
def test_smooth_max_mirrors_smooth_min(a, b):
    top = sdf.smooth_max(np.array(a), np.array(b), 0.5)
    assert float(top) == pytest.approx(-float(sdf.smooth_min(np.array(-a), np.array(-b), 0.5)))


def test_mirrored_clay_is_symmetric():
    clay = sdf.Clay((-1, -1, -1), (1, 1, 1), 0.1)
    clay.both(sdf.ellipsoid((0.4, 0.1, 0.0), (0.3, 0.2, 0.4)), 0.2)
    clay.stroke([(0.1, 0.2, 0.3), (0.6, 0.2, 0.1)], 0.05, 0.1, mirror=True)
    assert np.allclose(clay.values, clay.values[::-1], atol=1e-5)


def test_posed_solid_measures_as_the_solid_did():
    turn = np.eye(4)
    turn[:3, :3] = [[0, -1, 0], [1, 0, 0], [0, 0, 1]]
    turn[:3, 3] = [2, 3, 4]
    solid = sdf.ellipsoid((0.5, 0, 0), (0.4, 0.2, 0.1))
    posed = solid.posed(turn)
    points = np.random.default_rng(2).uniform(-1, 1, (50, 3))
    moved = points @ turn[:3, :3].T + turn[:3, 3]
    assert np.allclose(
        solid.distance(*points.T.astype(np.float32)),
        posed.distance(*moved.T.astype(np.float32)),
        atol=1e-5,
    )
    assert np.allclose(posed.low, [1.8, 3.1, 3.9])


def test_stroke_raises_by_its_height():
    clay = ball()
    before = clay.at([[1.1, -0.2, 0.3]])[0]
    clay.stroke([(1.1, -0.4, 0.3), (1.1, 0.0, 0.3)], 0.07, 0.2)
    assert before - clay.at([[1.1, -0.2, 0.3]])[0] == pytest.approx(0.07, abs=0.005)


def test_crumbs_are_left_out():
    clay = ball()
    clay.add(sdf.sphere((1.5, 1.1, 1.7), 0.06))
    mesh = skin.skinned(clay, (100_000,), reach=0.5)[0]
    assert np.linalg.norm(mesh.positions - [0.1, -0.2, 0.3], axis=1).max() < 1.1


def test_curve_passes_through_its_ends():
    points = [(0, 0, 0), (1, 2, 0), (3, 1, 1)]
    along = sdf.curve(points, 21)
    assert np.allclose(along[[0, -1]], [points[0], points[-1]], atol=1e-6)
    assert np.linalg.norm(along - points[1], axis=1).min() < 0.15
