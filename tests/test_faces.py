"""Faces: eight people from one field, and moods that are sculptures of the same field."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from models import bake
from models.mesh import face_vectors
from models.people import expression, eyes, face, posture, visage
from models.people.features import AWE_LID, CALM_LID, CLOSED_LID, FACES, GRIEF_LID, Features
from models.sdf import Clay, Scattered, ellipsoid
from world.render.shader import shader_folder
from world.scene.crowd import posture_rows

NAMES = tuple(FACES)
TRIANGLES = ((15_000, 18_500), (3_000, 3_700), (520, 760))
MOODS = ("grief", "awe", "blink")


@pytest.fixture(scope="module")
def heads():
    return {name: bake.load("faces", f"{name}-0") for name in NAMES}


def near(mesh, place, reach):
    """Which points (n,) lie within `reach` centimetres of a place on either side, and are skin."""
    p = 100 * mesh.positions
    away = np.linalg.norm(np.column_stack([np.abs(p[:, 0]), p[:, 1:]]) - place, axis=1)
    return (away < reach) & (mesh.attributes["nature"][:, 2] < 0.1)


def part(mesh, low, high):
    return (mesh.attributes["nature"][:, 2] > low) & (mesh.attributes["nature"][:, 2] < high)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("level", range(3))
def test_level_keeps_its_budget_and_its_numbers(name, level):
    mesh = bake.load("faces", f"{name}-{level}")
    low, high = TRIANGLES[level]
    assert low <= len(mesh.triangles) <= high
    assert {key: rows.shape[1] for key, rows in mesh.attributes.items()} == {
        "nature": 4,
        "grief": 3,
        "awe": 3,
        "blink": 3,
        "grief_normal": 3,
        "awe_normal": 3,
    }
    nature = mesh.attributes["nature"]
    assert nature.min() >= 0
    assert nature.max() <= 1
    facing = np.einsum(
        "ij,ij->i",
        face_vectors(mesh.positions, mesh.triangles),
        mesh.normals[mesh.triangles].mean(axis=1),
    )
    assert (facing > 0).mean() > 0.93


def test_faces_are_small_enough_to_ship():
    assert (bake.FOLDER / "faces.npz").stat().st_size < 4e6


@pytest.mark.parametrize("name", NAMES)
def test_heads_are_of_human_size(name, heads):
    mesh = heads[name]
    assert 0.12 < np.ptp(mesh.positions[:, 0]) < 0.17
    assert mesh.positions[:, 1].max() == pytest.approx(0.112, abs=0.012)
    for mood in MOODS:
        moved = np.linalg.norm(mesh.attributes[mood], axis=1)
        assert moved.max() < 0.02
        assert np.median(moved) < 0.002


def test_no_two_faces_are_alike():
    """Between any two, some of the skin of the face lies two millimetres apart."""
    points = visage_points()
    fields = {}
    for name, f in FACES.items():
        clay = Scattered(points)
        face.sculpt(clay, replace(f.calm(), hair="bare", beard=0.0))
        fields[name] = clay.values
    for i, first in enumerate(NAMES):
        for second in NAMES[i + 1 :]:
            assert np.abs(fields[first] - fields[second]).max() > 0.22, (first, second)


def visage_points():
    """Points (n, 3) on a calm face, centimetres."""
    mesh = bake.load("faces", "young-1")
    skin = part(mesh, -1, 0.1) & (mesh.attributes["nature"][:, 1] < 0.03)
    return 100 * mesh.positions[skin]


@pytest.mark.parametrize("name", NAMES)
def test_grief_lifts_the_inner_brows_and_lowers_the_corners_of_the_mouth(name, heads):
    mesh = heads[name]
    brow, outer = near(mesh, (1.0, 9.0, 2.0), 0.8), near(mesh, (4.6, 7.0, 1.8), 0.9)
    assert mesh.attributes["grief"][brow, 2].mean() > 0.0025
    assert mesh.attributes["grief"][outer, 2].mean() < 0.0005
    if not FACES[name].beard:
        corner = near(mesh, (2.35, 7.9, -6.4), 0.6)
        assert mesh.attributes["grief"][corner, 2].mean() < -0.0015


@pytest.mark.parametrize("name", NAMES)
def test_awe_lifts_brows_and_lets_the_jaw_fall(name, heads):
    mesh = heads[name]
    awe = 100 * mesh.attributes["awe"]
    assert awe[near(mesh, (2.2, 8.9, 2.1), 0.9), 2].mean() > 0.25
    chin = near(mesh, (0.0, 9.0, -9.8 - FACES[name].chin), 1.2)
    assert awe[chin, 2].mean() < -0.3
    inside = mesh.attributes["nature"][:, 3] > 0.5
    assert inside.sum() > 12  # between the lips there is something to be dark


@pytest.mark.parametrize("name", NAMES)
def test_lids_open_and_close(name, heads):
    mesh = heads[name]
    rim = part(mesh, 0.45, 0.6) & (np.abs(np.abs(mesh.positions[:, 0]) - 0.0312) < 0.004)
    middle = np.array([0.065, 0.0])

    def height(mood):
        q = mesh.positions[rim] + (mesh.attributes[mood][rim] if mood else 0.0)
        return np.degrees(np.arctan2(q[:, 2] - middle[1], q[:, 1] - middle[0]))

    assert height("blink").mean() == pytest.approx(CLOSED_LID, abs=3.0)
    assert height("grief").mean() < height(None).mean() - 6
    assert height("awe").mean() > height(None).mean() + 10
    ball = part(mesh, 0.9, 1.1)
    assert ball.sum() > 200
    assert np.abs(mesh.attributes["blink"][ball]).max() == 0


@pytest.mark.parametrize("mood", ["grieving", "wondering"])
def test_a_mood_lies_on_its_own_sculpture(mood):
    mesh = bake.load("faces", "woman-1")
    added = {"grieving": "grief", "wondering": "awe"}[mood]
    skin = part(mesh, -1, 0.1) & (mesh.attributes["nature"][:, 3] < 0.05)
    clay = Scattered(100 * (mesh.positions + mesh.attributes[added])[skin])
    face.sculpt(clay, getattr(FACES["woman"], mood)())
    assert np.median(np.abs(clay.values)) < 0.02
    assert np.quantile(np.abs(clay.values), 0.95) < 0.15


def test_levels_lie_on_each_other():
    """Nothing pops by more than the finer skin's own grain when a face comes nearer."""
    from scipy.spatial import cKDTree

    fine, coarse = (bake.load("faces", f"widow-{level}") for level in (0, 1))
    for mood in (None, "grief", "awe"):
        p, q = (
            mesh.positions + (mesh.attributes[mood] if mood else 0.0) for mesh in (fine, coarse)
        )
        gap, _ = cKDTree(p).query(q)
        assert np.quantile(gap, 0.98) < 0.0035


def test_scattered_clay_knows_what_a_grid_knows():
    points = np.random.default_rng(3).uniform(-2, 2, (500, 3))
    grid, scattered = Clay((-3, -3, -3), (3, 3, 3), 0.05), Scattered(points)
    for clay in (grid, scattered):
        clay.add(ellipsoid((0, 0, 0), (1.5, 1.2, 1.0)))
        clay.both(ellipsoid((1.0, 0.3, 0), (0.6, 0.6, 0.6)), 0.5)
        clay.cut(ellipsoid((0, 1.2, 0), (0.5, 0.5, 0.5)), 0.3)
        clay.stroke([(-1, 0, 1), (0, 0, 1.1), (1, 0, 1)], -0.2, 0.3)
        clay.swell(lambda x, y, z: 0.05 * np.sin(3 * x + 0 * y + 0 * z).astype(np.float32))
    close = np.abs(grid.at(points)) < 0.4
    assert close.sum() > 60
    assert np.abs(grid.at(points) - scattered.values)[close].max() < 0.02


def test_muscles_leave_the_eyes_alone_and_the_jaw_what_is_above_the_mouth():
    f = replace(Features(), grief=1.0, awe=1.0, parted=0.5, lid=AWE_LID)
    ball = np.array([[3.12, 7.7, 0.0], [-3.12, 7.7, 0.2]])
    assert np.abs(expression.pull(f, ball)).max() < 1e-9
    lips = np.array([[0.0, 9.6, expression.LINE + 0.1], [0.0, 9.6, expression.LINE - 0.1]])
    open_ = expression.pull(replace(f, grief=0.0, awe=0.0), lips)
    assert open_[0, 2] == 0
    assert open_[1, 2] == pytest.approx(-0.5)


def test_rims_of_both_lids_meet_in_the_corners():
    moods = [FACES["woman"].calm()]
    upper = eyes.lid(1.0, True, moods, 9, 4).moods[0][0].reshape(-1, 9, 3)
    lower = eyes.lid(1.0, False, moods, 9, 4).moods[0][0].reshape(-1, 9, 3)
    gap = np.linalg.norm(upper[1] - lower[1], axis=1)
    assert gap[[0, -1]].max() < 0.2
    assert gap[4] > 0.5


def shader_number(file, name):
    """A constant of a shader."""
    text = (shader_folder() / file).read_text(encoding="utf-8")
    return float(re.search(rf"\b{name} = ([\d.]+)", text)[1])


def test_the_shaders_know_the_face_that_was_sculpted():
    flesh = "lib/flesh.glsl"
    eye = [shader_number(flesh, name) for name in ("EYE_ASIDE", "EYE_AHEAD", "EYE_RADIUS")]
    assert eye == [face.EYE[0], face.EYE[1], face.EYE_RADIUS]
    shut = (CALM_LID - GRIEF_LID) / (CALM_LID - CLOSED_LID)
    opened = (AWE_LID - CALM_LID) / (CALM_LID - CLOSED_LID)
    assert shader_number("poses.frag", "GRIEF_SHUTS") == pytest.approx(shut, abs=0.01)
    assert shader_number("poses.frag", "AWE_OPENS") == pytest.approx(opened, abs=0.01)


def test_postures_reach_the_faces_that_ride_on_them():
    """Head space to person space, as shaders/face.vert has it from its table."""
    rows = posture_rows()
    for row, drape in zip(rows, posture.DRAPES.values(), strict=True):
        nose = np.array([0.0, 0.11, -0.035, 1.0])
        assert np.allclose(row[4:] @ nose, posture.head_frame(drape)[:3] @ nose, atol=1e-6)
        assert np.allclose(row[:3, :3], posture.pivots(drape), atol=1e-6)


def test_a_build_is_the_same_twice(monkeypatch):
    monkeypatch.setattr(visage, "STEP", 0.3)
    first, second = (visage.build(FACES["girl"], (400,), ((4, 3),))[0] for _ in range(2))
    assert np.array_equal(first.positions, second.positions)
    assert np.array_equal(first.attributes["awe"], second.attributes["awe"])
