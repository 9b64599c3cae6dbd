"""The visitor's hand: a right one, that bends at its joints and carries the orb."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import bake, body, hand
from models.mesh import Mesh, face_vectors, is_closed, unit, volume
from world.scene import hand as held
from world.timeline import Moment, at

STILL = {"reach": 0.0, "cup": 0.0, "raised": 0.0, "released": 0.0, "hand": 1.0, "breath": 0.0}


@pytest.fixture(scope="module")
def mesh() -> Mesh:
    return bake.load("hand")


def skin_of(mesh: Mesh) -> Mesh:
    rows = mesh.attributes["part"][:, 0] < hand.CLOTH
    index = np.cumsum(rows) - 1
    kept = mesh.triangles[rows[mesh.triangles].all(axis=1)]
    return Mesh(mesh.positions[rows], mesh.normals[rows], index[kept])


def state(**changes: float):
    return dataclasses.replace(at(Moment(0.0, 0.0)), **{**STILL, **changes})


def test_skin_is_closed_and_outward(mesh):
    skin = skin_of(mesh)
    assert is_closed(skin, tolerance=1e-6)
    assert 2e-4 < volume(skin) < 1.2e-3
    faces = unit(face_vectors(skin.positions, skin.triangles))
    agree = np.einsum("ij,ij->i", faces, skin.normals[skin.triangles[:, 0]])
    assert np.mean(agree > 0) > 0.98
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-5)
    assert 9_000 <= len(mesh.triangles) <= 26_000


def test_is_a_right_hand(mesh):
    """Palm down (the back is +z), fingers ahead (+y): the thumb is on the left (-x)."""
    finger, place = mesh.attributes["finger"].T
    skin = mesh.attributes["part"][:, 0] < hand.CLOTH
    thumb = mesh.positions[skin & (finger == 4) & (place > 1.5)]
    fingers = [mesh.positions[skin & (finger == i) & (place > 1.5)] for i in range(4)]
    assert thumb[:, 0].max() < fingers[0][:, 0].mean()
    across = [rows[:, 0].mean() for rows in fingers]
    assert across == sorted(across)
    assert all(rows[:, 1].min() > 0.08 for rows in fingers)
    # Fingers are bent down, to the palm, and straighten upwards.
    straight = hand.bent(mesh, np.full((5, 3), -0.3))
    for i in range(4):
        rows = skin & (finger == i) & (place > 2.5)
        assert mesh.positions[rows, 2].mean() < -0.02
        assert straight[rows, 2].mean() > mesh.positions[rows, 2].mean() + 0.02


def test_bending_keeps_bones_long_and_leaves_the_palm_alone(mesh):
    moved = hand.bent(mesh, np.full((5, 3), 0.5))
    place = mesh.attributes["finger"][:, 1]
    assert np.allclose(moved[place == 0], mesh.positions[place == 0], atol=1e-6)
    finger = mesh.attributes["finger"][:, 0]
    for i in range(5):
        end = np.flatnonzero((finger == i) & (place > 2.999))
        before = np.linalg.norm(mesh.positions[end] - mesh.positions[end[0]], axis=1)
        after = np.linalg.norm(moved[end] - moved[end[0]], axis=1)
        assert np.allclose(before, after, atol=1e-5)
    assert np.allclose(hand.bent(mesh, np.zeros((5, 3))), mesh.positions, atol=1e-7)


def test_joints_are_where_the_bones_say(mesh):
    assert np.allclose(np.linalg.norm(hand.AXES, axis=1), 1, atol=1e-6)
    lengths = np.linalg.norm(np.diff(hand.JOINTS, axis=1), axis=2)
    assert np.allclose(lengths[:4], body.BONES)
    assert np.allclose(lengths[4], body.THUMB_BONES)


@settings(max_examples=60, deadline=None)
@given(st.floats(165, 415), st.floats(0, 600))
def test_orb_hovers_over_the_palm_wherever_the_hand_is(story, breath):
    moment = at(Moment(story, breath))
    pose = held.pose(moment)
    assert np.allclose(pose[:3, :3] @ pose[:3, :3].T, np.eye(3), atol=1e-6)
    assert np.linalg.det(pose[:3, :3]) == pytest.approx(1)
    local = body.along(np.linalg.inv(pose), held.orb_offset(moment))
    if moment.cup == 1.0:
        assert local[:2] == pytest.approx(held.PALM[:2], abs=1e-6)
        gap = held.PALM[2] - local[2]
        assert held.HOVER - held.BOB - 1e-9 <= gap <= held.HOVER + held.BOB + 1e-9


def test_hand_stands_where_the_story_wants_it():
    cupped = held.pose(state(reach=1.0, cup=1.0))
    palm = body.along(cupped, held.PALM)
    assert palm == pytest.approx([0.10, 0.45, -0.18], abs=0.01)
    assert cupped[2, 2] < -0.7  # the back of the hand is down: the palm is up
    assert held.orb_offset(state(reach=1.0, cup=1.0))[2] > palm[2] + 0.03
    raised = held.pose(state(cup=1.0, raised=1.0))
    assert body.along(raised, held.PALM) == pytest.approx(held.RAISED.palm, abs=0.01)
    assert held.orb_offset(state(cup=1.0, raised=1.0))[2] > 0.18
    reaching = held.pose(state(reach=1.0))
    assert reaching[2, 2] > 0.5  # palm down
    assert reaching[2, 1] < -0.05  # fingers ahead and down
    assert reaching[1, 1] > 0.7
    hidden = body.along(held.pose(state(hand=0.0)), [0.0, 0.18, 0.0])
    assert hidden[2] < -np.tan(np.radians(held.FIELD / 2)) * hidden[1]


def test_hand_never_jumps():
    times = np.arange(168.0, 416.0, 1 / 30)
    places = np.array([body.along(held.pose(at(Moment(t, t))), [0.0, 0.1, 0.0]) for t in times])
    assert np.linalg.norm(np.diff(places, axis=0), axis=1).max() < 0.03


def test_projection_is_sixty_degrees_high_at_every_aspect():
    for aspect in (1.0, 16 / 9, 0.5):
        matrix = held.projection(aspect)
        across, up = matrix.getCell(0, 0), matrix.getCell(2, 1)
        assert up == pytest.approx(1 / np.tan(np.radians(30)), rel=1e-4)
        assert up / across == pytest.approx(aspect, rel=1e-4)
