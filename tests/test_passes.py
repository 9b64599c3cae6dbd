"""Pixel probes: each full-picture pass, fed with known pictures, gives known values."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from panda3d.core import LMatrix4, LVecBase2, PerspectiveLens, Texture

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
        "u_mist_on": 1.0,
        "u_shade": plain(1.0),
        "u_shade_on": 0.0,
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


def test_mist_is_put_over_the_scene(graphics):
    state = at(moment_at(165.0))
    assert state.mist > 0
    inputs = composite((2.0, 1.0, 0.5, 1.0), mist=(0.1, 0.2, 0.3, 0.5))
    out = run(graphics, "compose", inputs, state=state)
    np.testing.assert_allclose(out[32, 32, :3], [1.1, 0.7, 0.55], rtol=3e-3)


def test_the_first_step_of_the_glow_does_not_let_one_spark_outweigh_its_neighbours(graphics):
    rows = np.full((64, 64, 4), 0.5, dtype=np.float32)
    rows[32, 32] = 1000.0
    inputs = {"u_source": geom.texture(rows, "spark"), "u_texel": LVecBase2(1 / 64)}
    out = run(graphics, "bloom_first", inputs, size=(32, 32))
    assert out[:, :, 0].max() < 3.0  # the plain mean of four would be 250
    assert out[0, 0, 0] == pytest.approx(0.5, rel=2e-3)


def tone(graphics, scene, state, **more):
    inputs = {
        "u_source": plain(scene),
        "u_bloom": plain(scene),
        "u_exposure": 0.0,
        "u_size": LVecBase2(*SIZE),
        **more,
    }
    return run(graphics, "tone", inputs, state=state)


def test_tone_shows_more_light_brighter_and_keeps_black_dark(graphics):
    state = at(moment_at(30.0))
    shown = [tone(graphics, (v, v, v, 1), state)[32, 32, :3].mean() for v in (0, 0.1, 0.5, 4)]
    assert shown == sorted(shown)
    assert shown[0] < 0.09
    assert 0.92 < shown[-1] <= 1.0


def test_tone_darkens_towards_the_corners(graphics):
    out = tone(graphics, (0.4, 0.4, 0.4, 1), at(moment_at(30.0)))
    assert out[2, 2, :3].mean() < 0.85 * out[32, 32, :3].mean()


def test_the_photographers_stop_halves_the_light(graphics):
    state = at(moment_at(30.0))
    one = tone(graphics, (0.2, 0.2, 0.2, 1), state, u_exposure=-1.0)
    two = tone(graphics, (0.1, 0.1, 0.1, 1), state)
    np.testing.assert_allclose(one[32, 32, :3], two[32, 32, :3], atol=0.008)


def edge(slope):
    """A picture (64, 64, 4), dark below a slanting line and bright above, without any grey."""
    y, x = np.mgrid[0:64, 0:64]
    rows = np.zeros((64, 64, 4), dtype=np.float32)
    rows[:, :, :3] = (y > 20 + slope * x)[:, :, None]
    return rows


def test_smoothing_puts_grey_on_stairs_and_leaves_the_rest(graphics):
    rows = edge(0.3)
    inputs = {"u_source": geom.texture(rows, "edge"), "u_texel": LVecBase2(1 / 64)}
    out = run(graphics, "smooth", inputs)[:, :, 0]
    grey = (out > 0.1) & (out < 0.9)
    assert grey.sum() > 40  # about one step in every column
    y, x = np.mgrid[0:64, 0:64]
    far = np.abs(y - 20 - 0.3 * x) > 4
    np.testing.assert_array_equal(out[far], rows[:, :, 0][far])


def test_smoothing_leaves_an_even_picture_as_it_is(graphics):
    out = run(graphics, "smooth", {"u_source": plain(0.3), "u_texel": LVecBase2(1 / 64)})
    np.testing.assert_allclose(out[:, :, :3], 0.3, rtol=1e-3)


def present(graphics, rows, size, reduce):
    inputs = {
        "u_source": geom.texture(rows, "finished"),
        "u_size": LVecBase2(*size),
        "u_reduce": reduce,
    }
    state = at(moment_at(30.0))
    return run(graphics, "present", inputs, color="byte", state=state, size=size)


def test_a_picture_drawn_larger_is_averaged_down(graphics):
    y, x = np.mgrid[0:64, 0:64]
    rows = np.zeros((64, 64, 4), dtype=np.float32)
    rows[:, :, :3] = ((x + y) % 2)[:, :, None]
    out = present(graphics, rows, (32, 32), 2.0)[:, :, 0].astype(float)
    assert abs(out.mean() - 127.5) < 2
    assert out.std() < 4  # grain alone, no pattern of the squares


def test_a_slow_slope_is_dithered_not_banded(graphics):
    x = np.arange(256)
    rows = np.zeros((64, 256, 4), dtype=np.float32)
    rows[:, :, :3] = (0.10 + 2.0 / 255 * x / 255)[None, :, None]
    out = present(graphics, rows, (256, 64), 1.0)[:, :, 0]
    runs = [len(list(group)) for row in out for _, group in itertools.groupby(row)]
    assert max(runs) < 40  # undithered, one of the two steps would run for 128


def march(graphics, shadow, to, shaft_steps=8.0):
    """What the mist's march makes before mist has come, along a way of 40 m towards `to`."""
    state = at(moment_at(30.0))
    assert isinstance(state, State)
    assert state.mist == 0
    eye = np.array([0.0, 0.0, 1.6])
    ends = LMatrix4.scaleMat(0.0)  # every pixel's world place is the same one
    ends.setRow(3, (*map(float, eye + 40.0 * np.array(to)), 1.0))
    everywhere = LMatrix4.scaleMat(1e-4) * LMatrix4.translateMat(0.5, 0.5, 0.5)
    inputs = {
        "u_depth": plain(0.5, channels=1),
        "u_steps": 8.0,
        "u_shaft_steps": shaft_steps,
        "u_clouds": plain(0.5),
        "u_smoke": plain(0.5),
        "u_cracks": plain(0.1),
        "u_orb": (0, 0, 1),
        "u_shadow": shadow,
        "u_shadow_matrix": everywhere,
        "u_shadow_taps": 1.0,
        "u_world_from_clip": ends,
        "u_eye": tuple(map(float, eye)),
        "u_feet": (0, 0),
        "u_stance": (0, 1),
    }
    return run(graphics, "mist", inputs, state=state).mean(axis=(0, 1))


def all_shadow():
    texture = no_shadow()
    texture.setClearColor((0, 0, 0, 0))
    return texture


def test_without_mist_and_shafts_the_march_leaves_everything_through(graphics):
    np.testing.assert_array_equal(march(graphics, no_shadow(), (-1, 0, 0), 0.0), [0, 0, 0, 1])


def test_shafts_are_the_suns_and_strongest_towards_it(graphics):
    west, east = (march(graphics, no_shadow(), (x, 0, 0)) for x in (-1, 1))
    assert west[0] > 8 * east[0] > 0
    assert west[0] > west[1] > west[2]
    assert west[3] == east[3] == 1.0  # dust takes nothing
    np.testing.assert_array_equal(march(graphics, all_shadow(), (-1, 0, 0)), [0, 0, 0, 1])


def stored_depth(metres):
    """The depth that is stored of places so far before the eye."""
    near, far = 0.06, 2400.0
    return (far - near * far / metres) / (far - near)


def shade(graphics, metres):
    """The shade of a scene given as metres before the eye (64, 64), row 0 below."""
    lens = PerspectiveLens()
    lens.setFov(60.0, 60.0)
    lens.setNearFar(0.06, 2400.0)
    back = LMatrix4(lens.getProjectionMat())
    back.invertInPlace()
    rows = stored_depth(np.asarray(metres, dtype=np.float64)).astype(np.float32)[:, :, None]
    depth = geom.texture(rows, "depth", filtered=False)
    inputs = {
        "u_depth": depth,
        "u_world_from_clip": back,
        "u_eye": (0, 0, 0),
        "u_texel": LVecBase2(1 / 64),
    }
    return run(graphics, "shade", inputs)[:, :, 0]


def test_a_wall_straight_ahead_sees_all_of_its_sky(graphics):
    assert shade(graphics, np.full((64, 64), 3.0))[8:56, 8:56].min() > 0.95


def test_a_step_shades_what_lies_behind_it_and_not_itself(graphics):
    metres = np.full((64, 64), 3.0)
    metres[:, 32:] = 2.6
    out = shade(graphics, metres)[8:56]
    behind, before, far = out[:, 29:32].mean(), out[:, 36:40].mean(), out[:, 8:12].mean()
    assert behind < 0.88
    assert before > 0.95 > behind + 0.05
    assert far > 0.95


def test_what_stands_far_before_a_wall_does_not_shade_it(graphics):
    metres = np.full((64, 64), 6.0)
    metres[:, 32:] = 2.0
    assert shade(graphics, metres)[8:56, 26:31].mean() > 0.9


def test_a_picture_too_large_to_hold_is_refused_in_words(graphics):
    with pytest.raises(GraphicsError, match="too large to hold"):
        buffer(graphics, "huge", (40_000, 40_000), 0)
