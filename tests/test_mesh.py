"""The shape type: what it refuses, and what it measures."""

from __future__ import annotations

import numpy as np
import pytest

from models.mesh import (
    Mesh,
    area,
    border_edges,
    faceted,
    is_closed,
    merge,
    sample_surface,
    smooth_normals,
    unit,
    volume,
)
from models.people import sheet
from models.refine import halved

CORNERS = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], dtype=float)
FACES = np.array(
    [[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1],
     [2, 3, 7], [2, 7, 6], [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]]
)  # fmt: skip


@pytest.fixture
def cube() -> Mesh:
    return faceted(CORNERS, FACES).with_attributes(tint=0.25)


def test_a_cube_measures_as_a_cube(cube):
    assert area(cube) == pytest.approx(6)
    assert volume(cube) == pytest.approx(1)
    assert is_closed(cube)
    np.testing.assert_allclose(np.linalg.norm(cube.normals, axis=1), 1, atol=1e-6)


def test_a_missing_face_leaves_a_border(cube):
    torn = Mesh(cube.positions, cube.normals, cube.triangles[1:], cube.attributes)
    assert len(border_edges(torn)) == 3


def test_a_mirrored_mesh_is_wound_outward_still(cube):
    mirrored = cube.transformed(np.diag([-1.0, 2.0, 1.0, 1.0]))
    assert volume(mirrored) == pytest.approx(2)
    outward = np.einsum("ij,ij->i", mirrored.normals, mirrored.positions - [-0.5, 1, 0.5])
    assert outward.min() > 0


def test_merging_keeps_attributes_and_refuses_strangers(cube):
    both = merge([cube, cube.moved([5, 0, 0])])
    assert volume(both) == pytest.approx(2)
    assert both.attributes["tint"].shape == (72, 1)
    with pytest.raises(ValueError, match="attributes differ"):
        merge([cube, Mesh(cube.positions, cube.normals, cube.triangles)])
    named = cube.with_attributes(zeal=1.0, ao=0.5, bend=0.2)
    assert list(merge([named, named]).attributes) == list(named.attributes)
    with pytest.raises(ValueError, match="nothing to merge"):
        merge([])


@pytest.mark.parametrize(
    ("positions", "normals", "triangles", "says"),
    [
        (np.zeros((3, 2)), np.zeros((3, 3)), [[0, 1, 2]], "positions has shape"),
        (np.zeros((3, 3)), np.zeros((2, 3)), [[0, 1, 2]], "3 positions but 2 normals"),
        (np.zeros((3, 3)), np.zeros((3, 3)), [[0, 1, 3]], "points outside the 3"),
    ],
)
def test_shapes_that_disagree_are_refused(positions, normals, triangles, says):
    with pytest.raises(ValueError, match=says):
        Mesh(positions, normals, np.array(triangles))


def test_smooth_normals_of_a_cube_point_out_of_its_corners():
    normals = smooth_normals(CORNERS, FACES)
    assert np.einsum("ij,ij->i", normals, unit(CORNERS - 0.5)).min() > 0.9


def test_samples_lie_on_the_surface_and_spread_by_area(cube):
    flat = cube.transformed(np.diag([3.0, 1.0, 1.0, 1.0]))
    points = sample_surface(flat, 5000, seed=3)
    scaled = points.positions / [3, 1, 1]
    off = np.abs(scaled - 0.5).max(axis=1)
    np.testing.assert_allclose(off, 0.5, atol=1e-5)
    ends = np.isclose(np.abs(points.normals[:, 0]), 1, atol=1e-3).mean()
    assert ends == pytest.approx(2 / 14, abs=0.01)
    np.testing.assert_allclose(points.attributes["tint"], 0.25, atol=1e-6)


def test_a_mesh_without_area_cannot_be_sampled():
    dot = Mesh(np.zeros((3, 3)), np.tile([0, 0, 1], (3, 1)), np.array([[0, 1, 2]]))
    with pytest.raises(ValueError, match="no area"):
        sample_surface(dot, 4, seed=1)


def test_a_halved_ball_is_rounder_and_stays_whole():
    corners = np.concatenate([np.eye(3), -np.eye(3)])
    sides = [(0, 1, 2), (1, 3, 2), (3, 4, 2), (4, 0, 2), (1, 0, 5), (3, 1, 5), (4, 3, 5), (0, 4, 5)]
    ball = Mesh(corners, unit(corners), np.array(sides), {"high": corners[:, 2:]})
    finer = halved(halved(ball))
    assert len(finer.triangles) == 16 * len(sides)
    assert is_closed(finer)
    assert (finer.positions[:6] == ball.positions).all()
    away = np.linalg.norm(finer.positions, axis=1)
    assert away.min() > 0.85  # the octahedron's sides are 0.71 from its middle
    assert away.max() < 1.0001
    assert volume(finer) > 2.0 * volume(ball)
    assert np.abs(finer.attributes["high"][:, 0] - finer.positions[:, 2]).max() < 0.25


def test_a_thinner_cloth_takes_nothing_from_the_layer_beneath_it():
    at = np.linspace(-0.2, 0.2, 41)
    x, y = (part.ravel() for part in np.meshgrid(at, at))
    square = (np.arange(40) + 41 * np.arange(40)[:, None]).reshape(-1, 1)
    sheets = []
    for height, up in ((0.0, -1.0), (0.008, 1.0)):
        points = np.column_stack([x, y, height + 0.02 * np.cos(12 * x)])
        sides = square + (np.array([0, 1, 42, 0, 42, 41]) if up > 0 else [0, 42, 1, 0, 41, 42])
        triangles = sides.reshape(-1, 3)
        told = {"ao": np.full((len(x), 1), 0.5 + 0.5 * up), "part": np.zeros((len(x), 1))}
        sheets.append(Mesh(points, smooth_normals(points, triangles), triangles, told))
    thin = sheet.coarser(merge(sheets), 300)
    assert len(thin.triangles) < 330
    assert (thin.attributes["ao"][:, 0] == (thin.normals[:, 2] > 0)).all()
