"""The hand in the story: where it stands, what it holds, and that shaders bend it as numpy does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from panda3d.core import NodePath
from scipy.ndimage import binary_dilation

from models.people import body
from models.visitor import gesture, rig, sleeve
from tests.arm import posed, state
from world.render.passes import buffer, camera_for
from world.render.shader import Shaders
from world.render.uniforms import StateUniform
from world.scene import hand as held
from world.scene.geom import PASSES
from world.timeline import Moment, at

SIDE = 192  # pixels of the hand's view in a test


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
def test_the_orb_touches_no_finger(own_hand, change):
    now = state(reach=1.0, cup=1.0, **change)
    gap = np.linalg.norm(posed(own_hand, held.bones(now)) - held.orb_offset(now), axis=1)
    assert 0.025 - held.BOB < gap.min() < 0.032


@pytest.mark.parametrize("change", [{"reach": 1.0}, {"cup": 1.0}, {"cup": 1.0, "raised": 1.0}])
def test_fingertips_lie_within_the_fingers(own_hand, change):
    now = state(**change)
    skin, ends = posed(own_hand, held.bones(now)), held.fingertips(now)
    gap = np.linalg.norm(skin[None] - ends[:, None], axis=2).min(axis=1)
    assert gap.max() < 0.013  # a thumb is no thicker
    assert np.linalg.norm(ends[1::2] - ends[::2], axis=1).min() > 0.015


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
def test_the_shaders_bend_hand_and_sleeve_as_numpy_does(graphics, own_hand, own_sleeve, change):
    now = state(**change)
    matrices = held.bones(now)
    drape = held._blend(now, lambda one: one.drape)
    hung = own_sleeve.positions + drape[1] * own_sleeve.attributes["cupped"]
    hung = hung + drape[2] * own_sleeve.attributes["raised"]
    worn = body.along(matrices[rig.ELBOW], hung)
    seen = covered(graphics, now)
    near = binary_dilation(seen, iterations=2)
    for points in (posed(own_hand, matrices), worn):
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


def test_the_arm_and_hand_take_less_than_a_fifth_of_the_picture(own_hand, own_sleeve):
    """Of a picture 16:9, by the pixels that points of hand and sleeve fall on."""
    now = state(cup=1.0, raised=1.0)
    matrices = held.bones(now)
    worn = body.along(matrices[rig.ELBOW], own_sleeve.positions + own_sleeve.attributes["raised"])
    points = np.concatenate([posed(own_hand, matrices), worn])
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
