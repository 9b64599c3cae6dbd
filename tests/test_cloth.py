"""Cloth: how it hangs, what it lies on, and the patterns that it is cut from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from models import cloth, pattern
from models.cloth import Cloth, Feel
from models.mesh import face_vectors
from models.people import garments
from models.sdf import Clay, sphere


def sheet(columns: int, rows: int, step: float):
    """A level grid (rows, columns) of points and its triangles."""
    y, x = np.mgrid[:rows, :columns] * step
    points = np.column_stack([x.ravel(), y.ravel(), np.zeros(x.size)])
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b = index[:-1, :-1].ravel(), index[:-1, 1:].ravel()
    c, d = index[1:, :-1].ravel(), index[1:, 1:].ravel()
    return points, np.concatenate([np.column_stack([a, b, d]), np.column_stack([a, d, c])])


def disc(radius: float):
    return lambda p: np.hypot(p[:, 0], p[:, 1]) - radius


@given(st.integers(2, 40), st.integers(1, 200), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_no_point_comes_twice_in_a_colour(count, pairs, seed):
    rng = np.random.default_rng(seed)
    ends = rng.integers(0, count, (pairs, 2))
    ends = ends[ends[:, 0] != ends[:, 1]]
    groups = cloth.colours(ends, count)
    assert sorted(np.concatenate(groups).tolist() if groups else []) == list(range(len(ends)))
    for rows in groups:
        used = ends[rows].ravel()
        assert len(np.unique(used)) == len(used)


def test_a_hanging_sheet_follows_the_catenary():
    """Held along two sides nearer than it is long, it sags as a chain does."""
    step, columns = 0.025, 41
    points, triangles = sheet(columns, 5, step)
    length, span = (columns - 1) * step, 0.8 * (columns - 1) * step
    flat = points.copy()
    points[:, 0] *= span / length
    points[:, 2] = -0.2 * np.sin(np.pi * points[:, 0] / span)
    sides = np.flatnonzero((flat[:, 0] < 1e-6) | (flat[:, 0] > length - 1e-6))
    points[sides, 2] = 0.0
    hung = Cloth(points, triangles, flat, pinned=sides, feel=Feel(bend=1e3, drag=4.0))
    cloth.settle(hung, None, 2.5, step=0.0006)
    a = brentq(lambda a: 2 * a * np.sinh(span / (2 * a)) - length, 0.05, 50.0)
    sag = a * (np.cosh(span / (2 * a)) - 1)
    middle = points[np.abs(flat[:, 0] - length / 2) < 1e-6, 2]
    assert -middle.mean() == pytest.approx(sag, rel=0.03)
    expected = a * (np.cosh((points[:, 0] - span / 2) / a) - np.cosh(span / (2 * a)))
    assert np.abs(points[:, 2] - expected).max() < 0.06 * sag


@pytest.fixture(scope="module")
def on_a_ball():
    clay = Clay((-0.5, -0.5, -0.6), (0.5, 0.5, 0.5), 0.02)
    clay.add(sphere((0.0, 0.0, 0.0), 0.25))
    cut = pattern.cut(disc(0.42), (-0.5, -0.5), (0.5, 0.5), 0.025)
    flat = np.column_stack([cut.points, np.zeros(len(cut.points))])
    feel = Feel(thickness=0.01, bend=3e-5)
    laid = Cloth(flat + np.array([0.0, 0.0, 0.27]), cut.triangles, flat, feel=feel)
    cloth.settle(laid, clay.settled(), 2.0, floor=-0.5)
    return laid, clay, cut


def test_nothing_is_in_the_body(on_a_ball):
    laid, clay, _ = on_a_ball
    depth = 0.25 - np.linalg.norm(laid.positions, axis=1)
    assert depth.max() < 0.002
    assert clay.at(laid.positions).min() > -0.002


def test_it_comes_to_rest_without_being_stretched(on_a_ball):
    laid, clay, cut = on_a_ball
    before = laid.positions.copy()
    cloth.settle(laid, clay.settled(), 0.1, floor=-0.5)
    assert np.median(np.linalg.norm(laid.positions - before, axis=1)) < 0.004
    edges = cloth.edges_of(cut.triangles)
    length = np.linalg.norm(np.diff(laid.positions[edges], axis=1)[:, 0], axis=1)
    rest = np.linalg.norm(np.diff(cut.points[edges], axis=1)[:, 0], axis=1)
    assert np.percentile(length / rest, 95) < 1.05
    assert np.median(length / rest) < 1.02
    # Over a ball it hangs in folds: the hem is far from one height or one radius.
    rim = cloth.rim_of(cut.triangles)
    out = np.hypot(*laid.positions[rim, :2].T)
    assert np.ptp(out) > 0.05
    assert laid.positions[rim, 2].mean() < 0.05


def test_the_same_cloth_falls_the_same_way():
    def once():
        points, triangles = sheet(12, 12, 0.03)
        fallen = Cloth(points + np.array([0, 0, 0.1]), triangles, points, pinned=np.array([0]))
        return cloth.settle(fallen, None, 0.3, floor=0.0).copy()

    assert np.array_equal(once(), once())


def test_pins_hold_and_seams_close():
    points, triangles = sheet(10, 10, 0.03)
    ends = np.array([[9, 99]])
    fallen = Cloth(points.copy(), triangles, points, pinned=np.arange(9), sewn=ends)
    cloth.settle(fallen, None, 1.0)
    assert np.array_equal(fallen.positions[:9], points[:9])
    assert np.linalg.norm(np.diff(points[ends[0]], axis=0)) > 0.2
    assert np.linalg.norm(np.diff(fallen.positions[ends[0]], axis=0)) < 0.012


def test_a_floor_stops_cloth_and_friction_keeps_it():
    points, triangles = sheet(8, 8, 0.03)
    slide = {}
    for friction in (0.0, 5.0):
        feel = Feel(floor_friction=friction, thickness=0.01)
        lying = Cloth(points + np.array([0, 0, 0.01]), triangles, points, feel=feel)
        cloth.settle(lying, None, 0.5, floor=0.0, wind=(2.0, 0.0, 0.0))
        assert lying.positions[:, 2].min() >= 0.01 - 1e-9
        slide[friction] = lying.positions[:, 0].mean() - points[:, 0].mean()
    assert slide[0.0] > 0.1
    assert slide[5.0] < 0.01


def test_cloth_that_keeps_from_itself_does():
    points, triangles = sheet(24, 10, 0.02)
    gaps = {}
    for apart in (0.0, 0.012):
        bent = points.copy()
        half = points[:, 0] > 0.24
        bent[half, 0] = 0.48 - points[half, 0]
        bent[half, 2] = 0.03
        fallen = Cloth(bent, triangles, points, feel=Feel(apart=apart, thickness=0.002))
        cloth.settle(fallen, None, 0.5, floor=0.0)
        left, right = fallen.positions[points[:, 0] < 0.2], fallen.positions[points[:, 0] > 0.28]
        gaps[apart] = np.linalg.norm(left[:, None] - right[None], axis=2).min()
    assert gaps[0.012] > 0.009 > gaps[0.0]


def test_flat_and_lying_points_must_be_as_many():
    points, triangles = sheet(3, 3, 0.1)
    with pytest.raises(ValueError, match="9 points, but 8"):
        Cloth(points, triangles, points[:8])


@given(st.floats(0.2, 0.6), st.floats(0.02, 0.05))
@settings(max_examples=10, deadline=None)
def test_a_pattern_has_its_shape_and_area(radius, step):
    cut = pattern.cut(disc(radius), (-0.7, -0.7), (0.7, 0.7), step)
    corners = np.column_stack([cut.points, np.zeros(len(cut.points))])
    area = 0.5 * face_vectors(corners, cut.triangles)[:, 2]
    assert (area > 0).all()
    assert area.sum() == pytest.approx(np.pi * radius**2, rel=0.06)
    assert np.hypot(*cut.points.T).max() < radius + 0.3 * step
    assert cut.rim.min() >= 0.0


def test_a_slit_parts_what_was_joined():
    whole = pattern.cut(disc(0.5), (-0.6, -0.6), (0.6, 0.6), 0.03)
    slit = pattern.wedge((0.55, 0.0), (0.1, 0.0), 0.05)
    torn = pattern.cut(pattern.without(disc(0.5), slit), (-0.6, -0.6), (0.6, 0.6), 0.03)

    def crossing(cut):
        ends = cut.points[cloth.edges_of(cut.triangles)]
        far = ends[:, :, 0].min(axis=1) > 0.25
        return (far & (ends[:, 0, 1] * ends[:, 1, 1] < 0)).sum()

    assert crossing(whole) > 5
    assert crossing(torn) == 0
    assert len(cloth.rim_of(torn.triangles)) > len(cloth.rim_of(whole.triangles)) + 15


def test_a_hole_is_open_and_a_shape_too_small_is_refused():
    cut = pattern.cut(
        pattern.without(disc(0.5), pattern.hole((0.1, 0.1), 0.08, 3)),
        (-0.6, -0.6),
        (0.6, 0.6),
        0.025,
    )
    assert np.linalg.norm(cut.points - [0.1, 0.1], axis=1).min() > 0.03
    with pytest.raises(ValueError, match="finer step"):
        pattern.cut(disc(0.001), (-0.7, -0.7), (0.713, 0.709), 0.3)


def test_what_is_worn_keeps_the_next_cloth_out():
    clay = Clay((-0.3, -0.3, -0.3), (0.3, 0.3, 0.3), 0.012)
    points, triangles = sheet(17, 17, 0.02)
    points -= [0.16, 0.16, 0.0]
    worn = garments.wear(clay, Cloth(points, triangles, points), 0.006)
    within = np.array([[0.05, 0.02, z] for z in (-0.05, -0.002, 0.0, 0.002, 0.05)])
    assert (worn.at(within[1:4]) < 0.002).all()
    assert worn.at(within[[0, 4]]) == pytest.approx(0.044, abs=0.004)
    up = worn.gradient(np.array([[0.0, 0.0, 0.02]]))
    assert up[0, 2] > 0.98
