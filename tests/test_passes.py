"""Pixel probes: each full-picture pass, fed with known pictures, gives known values."""

from __future__ import annotations

import numpy as np
import pytest
from panda3d.core import LMatrix4, LVecBase2, Texture

from world.render.graphics import GraphicsError
from world.render.passes import buffer, full_pass, no_shadow
from world.render.shader import Shaders
from world.render.uniforms import StateUniform
from world.scene import geom
from world.timeline import State, at, moment_at

SIZE = (64, 64)


def plain(value, size=SIZE, channels=4):
    rows = np.zeros((size[1], size[0], channels), dtype=np.float32)
    rows[:] = value
    return geom.texture(rows, "plain")


def read(graphics, made):
    graphics.engine.renderFrame()
    graphics.engine.extractTextureData(made.color, graphics.gsg)
    texture = made.color
    kind = np.float32 if texture.getComponentType() == Texture.TFloat else np.uint8
    raw = np.frombuffer(texture.getRamImageAs("RGBA"), dtype=kind)
    return raw.reshape(texture.getYSize(), texture.getXSize(), 4)


def run(graphics, shader, inputs, *, color="half", state=None, size=SIZE):
    made = full_pass(
        graphics, "probe", size, 0, Shaders(graphics.gsg).get("post", shader), color=color
    )
    uniform = StateUniform()
    uniform.write(state or at(moment_at(30.0)))
    try:
        made.inputs({"u_state": uniform.array, **inputs})
        return read(graphics, made)
    finally:
        graphics.engine.removeWindow(made.output)


def composite(scene, mist=(0, 0, 0, 1)):
    return {
        "u_scene": plain(scene),
        "u_mist": plain(mist),
        "u_depth": plain(0.5, channels=1),
        "u_mist_size": LVecBase2(*SIZE),
        "u_clouds": plain(0.5),
        "u_size": LVecBase2(*SIZE),
    }


def test_a_down_step_keeps_the_light_there_is(graphics):
    out = run(graphics, "bloom_down", {"u_source": plain(3.0), "u_texel": LVecBase2(1 / 64)})
    np.testing.assert_allclose(out[:, :, :3], 3.0, rtol=2e-3)


def test_a_down_step_spreads_a_point_without_losing_any(graphics):
    rows = np.zeros((64, 64, 4), dtype=np.float32)
    rows[31:33, 31:33] = 16.0
    inputs = {"u_source": geom.texture(rows, "point"), "u_texel": LVecBase2(1 / 64)}
    out = run(graphics, "bloom_down", inputs, size=(32, 32))
    assert out[:, :, 0].sum() * 4 == pytest.approx(rows[:, :, 0].sum(), rel=0.02)
    assert out[:, :, 0].max() < 16.0


def test_an_up_step_mixes_two_levels_by_its_share(graphics):
    inputs = {
        "u_source": plain(2.0),
        "u_level": plain(1.0),
        "u_texel": LVecBase2(1 / 64),
        "u_share": 0.25,
    }
    np.testing.assert_allclose(run(graphics, "bloom_up", inputs)[:, :, :3], 1.25, rtol=2e-3)


def test_the_first_step_puts_mist_over_the_scene(graphics):
    state = at(moment_at(165.0))
    assert state.mist > 0
    inputs = composite((2.0, 1.0, 0.5, 1.0), mist=(0.1, 0.2, 0.3, 0.5))
    out = run(graphics, "bloom_first", inputs, state=state)
    np.testing.assert_allclose(out[32, 32, :3], [1.1, 0.7, 0.55], rtol=3e-3)


def present(graphics, scene, state, **more):
    inputs = {**composite(scene), "u_bloom": plain(scene), "u_exposure": 0.0, **more}
    return run(graphics, "present", inputs, color="byte", state=state)


def test_present_shows_more_light_brighter_and_keeps_black_dark(graphics):
    state = at(moment_at(30.0))
    shown = [present(graphics, (v, v, v, 1), state)[32, 32, :3].mean() for v in (0, 0.1, 0.5, 4)]
    assert shown == sorted(shown)
    assert shown[0] < 24
    assert 235 < shown[-1] <= 255


def test_present_darkens_towards_the_corners(graphics):
    out = present(graphics, (0.4, 0.4, 0.4, 1), at(moment_at(30.0)))
    assert out[2, 2, :3].mean() < 0.85 * out[32, 32, :3].mean()


def test_the_photographers_stop_halves_the_light(graphics):
    state = at(moment_at(30.0))
    one = present(graphics, (0.2, 0.2, 0.2, 1), state, u_exposure=-1.0)
    two = present(graphics, (0.1, 0.1, 0.1, 1), state)
    np.testing.assert_allclose(one[32, 32, :3], two[32, 32, :3], atol=2)


def test_without_mist_the_march_leaves_everything_through(graphics):
    state = at(moment_at(30.0))
    assert isinstance(state, State)
    assert state.mist == 0
    inputs = {
        "u_depth": plain(0.5, channels=1),
        "u_steps": 8.0,
        "u_clouds": plain(0.5),
        "u_cracks": plain(0.1),
        "u_orb": (0, 0, 1),
        "u_shadow": no_shadow(),
        "u_shadow_matrix": LMatrix4.identMat(),
        "u_shadow_taps": 1.0,
        "u_world_from_clip": LMatrix4.identMat(),
        "u_eye": (0, 0, 1.6),
        "u_feet": (0, 0),
    }
    out = run(graphics, "mist", inputs, state=state)
    np.testing.assert_array_equal(out[0, 0], [0, 0, 0, 1])


def test_a_picture_too_large_to_hold_is_refused_in_words(graphics):
    with pytest.raises(GraphicsError, match="too large to hold"):
        buffer(graphics, "huge", (40_000, 40_000), 0)
