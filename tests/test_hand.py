"""The visitor's hand: a right one, that bends at its joints, wears a sleeve and carries the orb."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.cloth import edges_of
from models.mesh import Mesh, face_vectors, is_closed, unit, volume
from models.people import body
from models.people.body import HandPose
from models.visitor import hand, rig, sleeve
from tests.arm import posed


def bent(own_hand: Mesh, pose: HandPose) -> np.ndarray:
    return posed(own_hand, rig.motion(pose, np.eye(4), np.eye(4)))


def mostly(own_hand: Mesh, bone: int, share: float = 0.9) -> np.ndarray:
    """Rows of the points that belong to a bone."""
    own = own_hand.attributes["bones"] == bone
    return np.flatnonzero((own_hand.attributes["weights"] * own).sum(axis=1) > share)


def test_skin_is_closed_and_outward(own_hand):
    assert is_closed(own_hand, tolerance=1e-6)
    assert 4e-4 < volume(own_hand) < 1.6e-3
    faces = unit(face_vectors(own_hand.positions, own_hand.triangles))
    agree = np.einsum("ij,ij->i", faces, own_hand.normals[own_hand.triangles[:, 0]])
    assert np.mean(agree > 0) > 0.98
    assert np.allclose(np.linalg.norm(own_hand.normals, axis=1), 1, atol=1e-5)
    assert 20_000 <= len(own_hand.triangles) <= 40_000


def test_is_a_right_hand(own_hand):
    """Palm down (the back is +z), fingers ahead (+y): the thumb is on the left (-x)."""
    tips = [own_hand.positions[mostly(own_hand, rig.FIRST + 3 * finger + 2)] for finger in range(5)]
    across = [rows[:, 0].mean() for rows in tips[:4]]
    assert across == sorted(across)
    assert tips[4][:, 0].max() < across[0]
    assert all(rows[:, 1].min() > 0.08 for rows in tips[:4])
    straight = HandPose(((0, 0, 0),) * 4, (20.0, 2.0, 2.0), 44.0)
    opened = bent(own_hand, straight)
    for finger in range(4):
        rows = mostly(own_hand, rig.FIRST + 3 * finger + 2)
        assert opened[rows, 2].mean() > own_hand.positions[rows, 2].mean() + 0.02


def test_fingers_are_of_different_length_and_taper(own_hand):
    reach = [
        own_hand.positions[mostly(own_hand, rig.FIRST + 3 * finger + 2), 1].max()
        for finger in range(4)
    ]
    assert np.argmax(reach) == 1
    assert np.argmin(reach) == 3
    for finger in range(4):
        wide = []
        for bone in range(3):
            rows = mostly(own_hand, rig.FIRST + 3 * finger + bone, 0.6)
            local = body.along(
                np.linalg.inv(rig.REST_FRAMES[finger, bone]), own_hand.positions[rows]
            )
            wide.append(np.ptp(local[:, 0]))
        assert wide[0] > wide[1] > wide[2]


def test_shares_are_shares_of_four_bones(own_hand):
    weights = own_hand.attributes["weights"]
    assert np.allclose(weights.sum(axis=1), 1.0, atol=0.01)
    assert set(np.unique(own_hand.attributes["bones"])) <= set(range(rig.BONES))
    # A neighbour is carried much as one is oneself: nothing tears.
    dense = np.zeros((len(weights), rig.BONES))
    np.put_along_axis(dense, own_hand.attributes["bones"].astype(int), weights, axis=1)
    ends = edges_of(own_hand.triangles)
    long = np.linalg.norm(np.diff(own_hand.positions[ends], axis=1)[:, 0], axis=1)
    jump = np.abs(np.diff(dense[ends], axis=1)[:, 0]).max(axis=1)
    assert (jump / np.maximum(long, 1e-3)).max() < 320.0


def test_rest_is_rest(own_hand):
    assert np.allclose(bent(own_hand, rig.REST), own_hand.positions, atol=1e-6)


def test_bending_keeps_bones_long_and_leaves_the_palm_alone(own_hand):
    fist = HandPose(((60, 80, 50),) * 4, (50.0, 30.0, 40.0), 30.0, 0.3)
    moved = bent(own_hand, fist)
    palm = mostly(own_hand, rig.HAND, 0.97)
    assert len(palm) > 150
    assert np.abs(moved[palm] - own_hand.positions[palm]).max() < 2e-3
    for bone in range(rig.FIRST + 2, rig.BONES, 3):  # the fingers' ends
        rows = mostly(own_hand, bone, 0.94)
        before = np.linalg.norm(own_hand.positions[rows] - own_hand.positions[rows[0]], axis=1)
        after = np.linalg.norm(moved[rows] - moved[rows[0]], axis=1)
        assert len(rows) > 4
        assert np.allclose(before, after, atol=2e-3)


def test_knuckles_do_not_collapse(own_hand):
    """A closed fist keeps nine tenths of the open hand's volume."""
    fist = HandPose(((60, 80, 50),) * 4, (50.0, 30.0, 40.0), 30.0, 0.3)
    closed = dataclasses.replace(own_hand, positions=bent(own_hand, fist).astype(np.float32))
    assert volume(closed) == pytest.approx(volume(own_hand), rel=0.10)


def test_a_turned_hand_twists_its_forearm_evenly(own_hand):
    turned = body.frame([0, 0, 0], [0, 1, 0], [1, 0, -0.2])
    moved = posed(own_hand, rig.motion(rig.REST, turned, np.eye(4)))
    before = np.hypot(own_hand.positions[:, 0], own_hand.positions[:, 2])
    after = np.hypot(moved[:, 0], moved[:, 2])
    arm = own_hand.positions[:, 1] < -0.02
    assert np.allclose(before[arm], after[arm], atol=1e-3)
    still = own_hand.positions[:, 1] < -0.25
    assert np.allclose(moved[still], own_hand.positions[still], atol=1e-3)


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


def test_every_finger_has_a_nail_on_its_back(own_hand):
    on = (np.abs(own_hand.attributes["nail"]) < 1.0).all(axis=1)
    for finger in range(5):
        rows = mostly(own_hand, rig.FIRST + 3 * finger + 2, 0.5)
        nail = rows[on[rows]]
        assert 8 < len(nail) < 0.5 * len(rows)
        assert (own_hand.attributes["finger"][nail, 1] > 0.0).all()
        frame, size = hand.nail_frame(finger)
        local = body.along(np.linalg.inv(frame), own_hand.positions[nail])
        assert np.abs(local[:, 2]).max() < 0.006
        assert np.ptp(local[:, 0]) > 1.2 * size[0]


def test_flesh_is_thin_at_the_fingers_and_shaded_between_them(own_hand):
    open_, thick, blood, crease = own_hand.attributes["flesh"].T
    tips = np.concatenate([mostly(own_hand, rig.FIRST + 3 * finger + 2) for finger in range(4)])
    palm = mostly(own_hand, rig.HAND)
    assert thick[tips].mean() < 0.6 * thick[palm].mean()
    assert blood[tips].mean() > 1.5 * blood[palm].mean()
    assert open_[tips].mean() > 0.7
    assert crease[palm].max() > 0.9
    assert np.mean(crease > 0.5) < 0.05


@pytest.mark.parametrize("key", range(3))
def test_the_sleeve_hangs_on_the_arm_and_is_not_torn_apart(own_sleeve, key):
    moved = [0.0, own_sleeve.attributes["cupped"], own_sleeve.attributes["raised"]][key]
    places = (own_sleeve.positions + moved).astype(np.float64)
    flat = own_sleeve.attributes["weave"][:, :2].astype(np.float64)
    ends = edges_of(own_sleeve.triangles)
    long = np.linalg.norm(np.diff(places[ends], axis=1)[:, 0], axis=1)
    cut = np.linalg.norm(np.diff(flat[ends], axis=1)[:, 0], axis=1)
    assert np.percentile(long / cut, 99) < 1.25
    down = sleeve.upright(sleeve.KEYS[key])[2, :3]
    hangs = places @ down
    assert hangs.min() < -0.06 + (np.array([0.0, -0.2, 0.0]) @ down)
    arm = sleeve.arm(sleeve.KEYS[key], np.eye(4)).settled()
    assert arm.at(places).min() > -0.002


def test_the_sleeve_shows_wrist_and_forearm(own_sleeve):
    """Of a raised arm more, down which it has slid."""
    for name, least, most in (
        ("", -0.14, -0.02),
        ("cupped", -0.14, -0.02),
        ("raised", -0.20, -0.09),
    ):
        moved = own_sleeve.attributes[name] if name else 0.0
        end = (own_sleeve.positions + moved)[:, 1].max()
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
