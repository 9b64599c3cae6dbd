"""The visitor's hand: a right one, that bends at its joints, wears a sleeve and carries the orb."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from panda3d.core import NodePath
from scipy.ndimage import binary_dilation

from models import bake, body, gesture, hand, rig, sleeve
from models.body import HandPose
from models.cloth import edges_of
from models.mesh import Mesh, face_vectors, is_closed, unit, volume
from world.render.passes import buffer, camera_for
from world.render.shader import Shaders
from world.render.uniforms import StateUniform
from world.scene import hand as held
from world.scene.geom import PASSES
from world.timeline import Moment, at

SIDE = 192  # pixels of the hand's view in a test
STILL = {"reach": 0.0, "cup": 0.0, "raised": 0.0, "released": 0.0, "hand": 1.0, "breath": 0.0}


@pytest.fixture(scope="module")
def mesh() -> Mesh:
    return bake.load("hand")


@pytest.fixture(scope="module")
def cloth() -> Mesh:
    return bake.load("sleeve")


def state(**changes: float):
    return dataclasses.replace(at(Moment(0.0, 0.0)), **{**STILL, **changes})


def posed(mesh: Mesh, matrices: np.ndarray) -> np.ndarray:
    moved = rig.dual_quaternions(matrices)
    return rig.bent(mesh.positions, mesh.attributes["bones"], mesh.attributes["weights"], moved)


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
    for moved in (0.0, cloth.attributes["cupped"], cloth.attributes["raised"]):
        end = (cloth.positions + moved)[:, 1].max()
        assert -0.14 < end < -0.02


def test_a_sleeve_is_cut_the_same_every_time():
    one, two = sleeve.cut(), sleeve.cut()
    assert np.array_equal(one.points, two.points)
    rolled = sleeve.rolled(one, 0.0)
    assert len(rolled.sewn) > 20
    gap = np.linalg.norm(
        rolled.positions[rolled.sewn[:, 0]] - rolled.positions[rolled.sewn[:, 1]], axis=1
    )
    assert gap.max() < 2 * sleeve.GRAIN


@settings(max_examples=60, deadline=None)
@given(st.floats(165, 415), st.floats(0, 600))
def test_orb_hovers_over_the_palm_wherever_the_hand_is(story, breath):
    moment = at(Moment(story, breath))
    pose = held.pose(moment)
    assert np.allclose(pose[:3, :3] @ pose[:3, :3].T, np.eye(3), atol=1e-6)
    assert np.linalg.det(pose[:3, :3]) == pytest.approx(1)
    local = body.along(np.linalg.inv(pose), held.orb_offset(moment))
    if moment.cup == 1.0:
        assert local[:2] == pytest.approx(gesture.PALM[:2], abs=1e-6)
        gap = gesture.PALM[2] - local[2]
        assert held.HOVER - held.BOB - 1e-9 <= gap <= held.HOVER + held.BOB + 1e-9


@pytest.mark.parametrize("change", [{}, {"raised": 1.0}, {"memory_glow": 1.0}])
def test_the_orb_touches_no_finger(mesh, change):
    now = state(reach=1.0, cup=1.0, **change)
    gap = np.linalg.norm(posed(mesh, held.bones(now)) - held.orb_offset(now), axis=1)
    assert 0.025 - held.BOB < gap.min() < 0.032


def covered(graphics, state) -> np.ndarray:
    """Which pixels (SIDE, SIDE) of the hand's own view are hand or sleeve, row 0 low."""
    made = buffer(graphics, "hand-probe", (SIDE, SIDE), 0, color="byte", depth=True)
    made.output.setClearColorActive(True)
    made.output.setClearColor((0, 0, 0, 0))
    arm = held.Hand()
    arm.update(state)
    uniform = StateUniform()
    uniform.write(state)
    for node in arm.path.getChildren():
        node.setShader(Shaders(graphics.gsg).get(node.getTag("shader"), "shadow"))
        node.setTwoSided(True)
    arm.path.setShaderInputs(u_state=uniform.array, u_hand_projection=held.projection(1.0))
    root = NodePath("root")
    arm.path.reparentTo(root)
    camera_for(made.output, root, PASSES["scene"])
    graphics.engine.renderFrame()
    graphics.engine.extractTextureData(made.depth, graphics.gsg)
    assert made.depth is not None
    depth = np.frombuffer(made.depth.getRamImage(), dtype=np.float32).reshape(SIDE, SIDE)
    graphics.engine.removeWindow(made.output)
    return depth < 1.0


@pytest.mark.parametrize("change", [{"reach": 1.0}, {"cup": 1.0, "raised": 1.0}])
def test_the_shaders_bend_hand_and_sleeve_as_numpy_does(graphics, mesh, cloth, change):
    now = state(**change)
    matrices = held.bones(now)
    drape = held._blend(now, lambda one: one.drape)
    hung = cloth.positions + drape[1] * cloth.attributes["cupped"]
    hung = hung + drape[2] * cloth.attributes["raised"]
    worn = body.along(matrices[rig.ELBOW], hung)
    seen = covered(graphics, now)
    near = binary_dilation(seen, iterations=2)
    for points in (posed(mesh, matrices), worn):
        at = points[:, [0, 2]] / points[:, 1:2] / held.HALF
        cells = np.floor((at * 0.5 + 0.5) * SIDE).astype(int)
        inside = ((cells >= 0) & (cells < SIDE)).all(axis=1)
        assert near[cells[inside, 1], cells[inside, 0]].mean() > 0.995
    assert 0.03 < seen.mean() < 0.3


def test_hand_stands_where_the_story_wants_it():
    cupped = held.pose(state(reach=1.0, cup=1.0))
    palm = body.along(cupped, gesture.PALM)
    assert palm == pytest.approx(gesture.CUP.palm, abs=0.01)
    assert cupped[2, 2] < -0.7  # the back of the hand is down: the palm is up
    assert held.orb_offset(state(reach=1.0, cup=1.0))[2] > palm[2] + 0.02
    raised = held.pose(state(cup=1.0, raised=1.0))
    assert body.along(raised, gesture.PALM) == pytest.approx(gesture.RAISED.palm, abs=0.01)
    assert held.orb_offset(state(cup=1.0, raised=1.0))[2] > 0.13
    reaching = held.pose(state(reach=1.0))
    assert reaching[2, 2] > 0.3  # palm down
    assert reaching[2, 1] < -0.05  # fingers ahead and down
    assert reaching[1, 1] > 0.7
    hidden = body.along(held.pose(state(hand=0.0)), [0.0, 0.18, 0.0])
    assert hidden[2] < -np.tan(np.radians(held.FIELD / 2)) * hidden[1]


@pytest.mark.parametrize("change", [{}, {"reach": 1.0}, {"cup": 1.0}, {"cup": 1.0, "raised": 1.0}])
def test_the_arm_comes_in_from_below_the_picture(change):
    """Where the sleeve begins, nobody sees it."""
    forearm = held.bones(state(**change))[rig.ELBOW]
    begins = body.along(forearm, [0.0, sleeve.TOP, 0.0])
    assert begins[2] + 0.05 < -held.HALF * begins[1]
    assert begins[0] > 0.0


def test_the_arm_and_hand_take_less_than_a_fifth_of_the_picture(mesh, cloth):
    """Of a picture 16:9, by the pixels that points of hand and sleeve fall on."""
    now = state(cup=1.0, raised=1.0)
    matrices = held.bones(now)
    worn = body.along(matrices[rig.ELBOW], cloth.positions + cloth.attributes["raised"])
    points = np.concatenate([posed(mesh, matrices), worn])
    across = points[:, 0] / points[:, 1] / held.HALF * 9 / 16
    up = points[:, 2] / points[:, 1] / held.HALF
    seen = (np.abs(across) < 1) & (np.abs(up) < 1)
    cells = np.unique(np.floor(np.stack([across[seen] * 32, up[seen] * 18])), axis=1)
    assert cells.shape[1] / (64 * 36) < 0.2
    assert (across[seen] > 0.0).mean() > 0.95


def test_hand_never_jumps():
    times = np.arange(168.0, 416.0, 1 / 30)
    moments = [at(Moment(t, t)) for t in times]
    tip = [body.along(held.bones(m)[rig.FIRST + 2], rig.JOINTS[0, 3]) for m in moments]
    orb = [held.orb_offset(m) for m in moments]
    for places in (np.array(tip), np.array(orb)):
        assert np.linalg.norm(np.diff(places, axis=0), axis=1).max() < 0.03


def test_the_sleeve_is_always_a_mixture_of_its_three_ways():
    for t in np.arange(170.0, 414.0, 2.0):
        shares = held._blend(at(Moment(t, t)), lambda one: one.drape)
        assert shares.sum() == pytest.approx(1.0)
        assert (shares >= -1e-9).all()


def test_projection_is_sixty_degrees_high_at_every_aspect():
    for aspect in (1.0, 16 / 9, 0.5):
        matrix = held.projection(aspect)
        across, up = matrix.getCell(0, 0), matrix.getCell(2, 1)
        assert up == pytest.approx(1 / np.tan(np.radians(30)), rel=1e-4)
        assert up / across == pytest.approx(aspect, rel=1e-4)
