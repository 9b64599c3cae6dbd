"""The visitor's hand: a right one, that bends at its joints, wears a sleeve and carries the orb."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import bake
from models.cloth import edges_of
from models.mesh import Mesh, face_vectors, is_closed, unit, volume
from models.people import body
from models.people.body import HandPose
from models.visitor import hand, rig, sleeve
from tests.arm import posed


@pytest.fixture(scope="module")
def mesh() -> Mesh:
    return bake.load("hand")


@pytest.fixture(scope="module")
def cloth() -> Mesh:
    return bake.load("sleeve")


def bent(mesh: Mesh, pose: HandPose) -> np.ndarray:
    return posed(mesh, rig.motion(pose, np.eye(4), np.eye(4)))


def mostly(mesh: Mesh, bone: int, share: float = 0.9) -> np.ndarray:
    """Rows of the points that belong to a bone."""
    own = mesh.attributes["bones"] == bone
    return np.flatnonzero((mesh.attributes["weights"] * own).sum(axis=1) > share)


def test_skin_is_closed_and_outward(mesh):
    assert is_closed(mesh, tolerance=1e-6)
    assert 4e-4 < volume(mesh) < 1.6e-3
    faces = unit(face_vectors(mesh.positions, mesh.triangles))
    agree = np.einsum("ij,ij->i", faces, mesh.normals[mesh.triangles[:, 0]])
    assert np.mean(agree > 0) > 0.98
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-5)
    assert 20_000 <= len(mesh.triangles) <= 40_000


def test_is_a_right_hand(mesh):
    """Palm down (the back is +z), fingers ahead (+y): the thumb is on the left (-x)."""
    tips = [mesh.positions[mostly(mesh, rig.FIRST + 3 * finger + 2)] for finger in range(5)]
    across = [rows[:, 0].mean() for rows in tips[:4]]
    assert across == sorted(across)
    assert tips[4][:, 0].max() < across[0]
    assert all(rows[:, 1].min() > 0.08 for rows in tips[:4])
    straight = HandPose(((0, 0, 0),) * 4, (20.0, 2.0, 2.0), 44.0)
    opened = bent(mesh, straight)
    for finger in range(4):
        rows = mostly(mesh, rig.FIRST + 3 * finger + 2)
        assert opened[rows, 2].mean() > mesh.positions[rows, 2].mean() + 0.02


def test_fingers_are_of_different_length_and_taper(mesh):
    reach = [
        mesh.positions[mostly(mesh, rig.FIRST + 3 * finger + 2), 1].max() for finger in range(4)
    ]
    assert np.argmax(reach) == 1
    assert np.argmin(reach) == 3
    for finger in range(4):
        wide = []
        for bone in range(3):
            rows = mostly(mesh, rig.FIRST + 3 * finger + bone, 0.6)
            local = body.along(np.linalg.inv(rig.REST_FRAMES[finger, bone]), mesh.positions[rows])
            wide.append(np.ptp(local[:, 0]))
        assert wide[0] > wide[1] > wide[2]


def test_shares_are_shares_of_four_bones(mesh):
    weights = mesh.attributes["weights"]
    assert np.allclose(weights.sum(axis=1), 1.0, atol=0.01)
    assert set(np.unique(mesh.attributes["bones"])) <= set(range(rig.BONES))
    # A neighbour is carried much as one is oneself: nothing tears.
    dense = np.zeros((len(weights), rig.BONES))
    np.put_along_axis(dense, mesh.attributes["bones"].astype(int), weights, axis=1)
    ends = edges_of(mesh.triangles)
    long = np.linalg.norm(np.diff(mesh.positions[ends], axis=1)[:, 0], axis=1)
    jump = np.abs(np.diff(dense[ends], axis=1)[:, 0]).max(axis=1)
    assert (jump / np.maximum(long, 1e-3)).max() < 320.0


def test_rest_is_rest(mesh):
    assert np.allclose(bent(mesh, rig.REST), mesh.positions, atol=1e-6)


def test_bending_keeps_bones_long_and_leaves_the_palm_alone(mesh):
    fist = HandPose(((60, 80, 50),) * 4, (50.0, 30.0, 40.0), 30.0, 0.3)
    moved = bent(mesh, fist)
    palm = mostly(mesh, rig.HAND, 0.97)
    assert len(palm) > 150
    assert np.abs(moved[palm] - mesh.positions[palm]).max() < 2e-3
    for bone in range(rig.FIRST + 2, rig.BONES, 3):  # the fingers' ends
        rows = mostly(mesh, bone, 0.94)
        before = np.linalg.norm(mesh.positions[rows] - mesh.positions[rows[0]], axis=1)
        after = np.linalg.norm(moved[rows] - moved[rows[0]], axis=1)
        assert len(rows) > 4
        assert np.allclose(before, after, atol=2e-3)


def test_knuckles_do_not_collapse(mesh):
    """A closed fist keeps nine tenths of the open hand's volume."""
    fist = HandPose(((60, 80, 50),) * 4, (50.0, 30.0, 40.0), 30.0, 0.3)
    closed = dataclasses.replace(mesh, positions=bent(mesh, fist).astype(np.float32))
    assert volume(closed) == pytest.approx(volume(mesh), rel=0.10)


def test_a_turned_hand_twists_its_forearm_evenly(mesh):
    turned = body.frame([0, 0, 0], [0, 1, 0], [1, 0, -0.2])
    moved = posed(mesh, rig.motion(rig.REST, turned, np.eye(4)))
    before = np.hypot(mesh.positions[:, 0], mesh.positions[:, 2])
    after = np.hypot(moved[:, 0], moved[:, 2])
    arm = mesh.positions[:, 1] < -0.02
    assert np.allclose(before[arm], after[arm], atol=1e-3)
    still = mesh.positions[:, 1] < -0.25
    assert np.allclose(moved[still], mesh.positions[still], atol=1e-3)


@given(st.tuples(*[st.floats(-3, 3)] * 3), st.tuples(*[st.floats(-1, 1)] * 3))
@settings(max_examples=40, deadline=None)
def test_a_dual_quaternion_moves_as_its_matrix_does(turn, shift):
    from scipy.spatial.transform import Rotation

    matrix = np.eye(4)
    matrix[:3, :3] = Rotation.from_rotvec(turn).as_matrix()
    matrix[:3, 3] = shift
    moved = rig.dual_quaternions(np.repeat(matrix[None], rig.BONES, axis=0))
    points = np.array([[0.1, 0.2, 0.3], [-1.0, 0.0, 2.0]])
    bones, weights = np.array([[0, 1, 2, 3]] * 2), np.full((2, 4), 0.25)
    assert np.allclose(rig.bent(points, bones, weights, moved), body.along(matrix, points))


def test_joints_are_where_the_bones_say():
    lengths = np.linalg.norm(np.diff(rig.JOINTS, axis=1), axis=2)
    assert np.allclose(lengths[:4], body.BONES)
    assert np.allclose(lengths[4], body.THUMB_BONES)
    frames = rig.REST_FRAMES
    assert np.allclose(frames[..., :3, 3], rig.JOINTS[:, :3])
    way = unit(np.diff(rig.JOINTS, axis=1))
    assert np.allclose(frames[..., :3, 1], way, atol=1e-6)


def test_every_finger_has_a_nail_on_its_back(mesh):
    on = (np.abs(mesh.attributes["nail"]) < 1.0).all(axis=1)
    for finger in range(5):
        rows = mostly(mesh, rig.FIRST + 3 * finger + 2, 0.5)
        nail = rows[on[rows]]
        assert 8 < len(nail) < 0.5 * len(rows)
        assert (mesh.attributes["finger"][nail, 1] > 0.0).all()
        frame, size = hand.nail_frame(finger)
        local = body.along(np.linalg.inv(frame), mesh.positions[nail])
        assert np.abs(local[:, 2]).max() < 0.006
        assert np.ptp(local[:, 0]) > 1.2 * size[0]


def test_flesh_is_thin_at_the_fingers_and_shaded_between_them(mesh):
    open_, thick, blood, crease = mesh.attributes["flesh"].T
    tips = np.concatenate([mostly(mesh, rig.FIRST + 3 * finger + 2) for finger in range(4)])
    palm = mostly(mesh, rig.HAND)
    assert thick[tips].mean() < 0.6 * thick[palm].mean()
    assert blood[tips].mean() > 1.5 * blood[palm].mean()
    assert open_[tips].mean() > 0.7
    assert crease[palm].max() > 0.9
    assert np.mean(crease > 0.5) < 0.05


@pytest.mark.parametrize("key", range(3))
def test_the_sleeve_hangs_on_the_arm_and_is_not_torn_apart(cloth, key):
    moved = [0.0, cloth.attributes["cupped"], cloth.attributes["raised"]][key]
    places = (cloth.positions + moved).astype(np.float64)
    flat = cloth.attributes["weave"][:, :2].astype(np.float64)
    ends = edges_of(cloth.triangles)
    long = np.linalg.norm(np.diff(places[ends], axis=1)[:, 0], axis=1)
    cut = np.linalg.norm(np.diff(flat[ends], axis=1)[:, 0], axis=1)
    assert np.percentile(long / cut, 99) < 1.25
    down = sleeve.upright(sleeve.KEYS[key])[2, :3]
    hangs = places @ down
    assert hangs.min() < -0.06 + (np.array([0.0, -0.2, 0.0]) @ down)
    arm = sleeve.arm(sleeve.KEYS[key], np.eye(4)).settled()
    assert arm.at(places).min() > -0.002


def test_the_sleeve_shows_wrist_and_forearm(cloth):
    """Of a raised arm more, down which it has slid."""
    for name, least, most in (
        ("", -0.14, -0.02),
        ("cupped", -0.14, -0.02),
        ("raised", -0.20, -0.09),
    ):
        moved = cloth.attributes[name] if name else 0.0
        end = (cloth.positions + moved)[:, 1].max()
        assert least < end < most


def test_a_sleeve_is_cut_the_same_every_time():
    one, two = sleeve.cut(), sleeve.cut()
    assert np.array_equal(one.points, two.points)
    rolled = sleeve.rolled(one, 0.0)
    assert len(rolled.sewn) > 20
    gap = np.linalg.norm(
        rolled.positions[rolled.sewn[:, 0]] - rolled.positions[rolled.sewn[:, 1]], axis=1
    )
    assert gap.max() < 2 * sleeve.GRAIN
