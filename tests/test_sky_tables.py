"""The sky that the GPU draws and shaders look up is that of the numpy twin."""

from __future__ import annotations

import re

import numpy as np
import pytest
from panda3d.core import LVecBase2, PTA_LVecBase3f, Shader

from models.sky.air import (
    DUSK,
    DUSK_AIR,
    SILVER,
)
from models.sky.atmosphere import (
    LIMB,
    irradiance_sh,
    look,
    sh_light,
    sun_disc,
)
from tests.skies import both_views, dusk_tables, toward
from world.render.passes import full_pass
from world.render.shader import Shaders, shader_folder
from world.render.skyline import draw_tables, sky_table, values


@pytest.fixture(scope="module")
def made():
    return dusk_tables()


@pytest.fixture(scope="module")
def views():
    return both_views()


@pytest.fixture(scope="module")
def drawn(graphics):
    return draw_tables(graphics, Shaders(graphics.gsg), DUSK_AIR, DUSK, SILVER)


def test_the_gpu_draws_the_same_tables(drawn, made):
    through, scatter = values(drawn["transmittance"]), values(drawn["scatter"])
    np.testing.assert_allclose(through, made.transmittance, atol=1.5e-3)
    low = made.scatter[:24]  # above, the air scatters too little for half floats
    np.testing.assert_allclose(scatter[:24], low, rtol=0.02, atol=1e-5)


@pytest.mark.parametrize("which", [0, 1], ids=["dusk", "silver"])
def test_the_gpu_draws_the_same_sky(drawn, views, which):
    got = values(drawn["view"])[128 * which : 128 * (which + 1)]
    error = np.abs(got / views[which].table - 1)
    assert (error[64:] < 0.02).mean() > 0.99
    assert (error[:64] < 0.02).mean() > 0.99


def test_the_table_is_drawn_once_and_leaves_nothing_behind(graphics, drawn):
    before = list(graphics.engine.getWindows())
    awake = [each.isActive() for each in before]
    shaders = Shaders(graphics.gsg)
    table = sky_table(graphics, shaders)
    assert sky_table(graphics, shaders) is table
    assert list(graphics.engine.getWindows()) == before
    assert [each.isActive() for each in before] == awake
    np.testing.assert_array_equal(values(table), values(drawn["view"]))
    assert (table.getXSize(), table.getYSize()) == (192, 256)


def test_other_pictures_are_not_drawn_meanwhile(graphics):
    made = full_pass(graphics, "bystander", (4, 4), 0, Shaders(graphics.gsg).get("post", "smooth"))
    try:  # it lacks its inputs, so drawing it would raise
        draw_tables(graphics, Shaders(graphics.gsg), DUSK_AIR, DUSK, SILVER)
        assert made.output.isActive()
    finally:
        graphics.engine.removeWindow(made.output)


@pytest.fixture
def probe(graphics, tmp_path):
    """`probe(declarations, expression, inputs)`: a vec3 of `uv` over 64x64, as (64, 64, 3)."""

    def run(declarations, expression, inputs):
        source = shader_folder()
        text = (
            f'#version 330\n#pragma include "{(source / "lib" / "sky_model.glsl").as_posix()}"\n'
            f"in vec2 uv;\nout vec4 color;\n{declarations}\n"
            f"void main() {{ color = vec4({expression}, 1.0); }}\n"
        )
        (tmp_path / "probe.frag").write_text(text, encoding="utf-8")
        shader = Shader.load(
            Shader.SL_GLSL, (source / "post.vert").as_posix(), (tmp_path / "probe.frag").as_posix()
        )
        assert shader is not None
        made = full_pass(graphics, "sky-probe", (64, 64), 0, shader)
        try:
            made.inputs(inputs)
            graphics.engine.renderFrame()
            graphics.engine.extractTextureData(made.color, graphics.gsg)
            return values(made.color).copy()
        finally:
            graphics.engine.removeWindow(made.output)

    return run


GRID = (np.arange(64) + 0.5) / 64
U, V = np.meshgrid(GRID, GRID)
AIM = """
uniform sampler2D u_sky;
uniform vec3 u_light;
uniform vec2 u_span;  // radians about the west and above the horizon
vec3 aim() {
    vec2 a = (uv * 2.0 - 1.0) * u_span;
    return vec3(-cos(a.y) * cos(a.x), cos(a.y) * sin(a.x), sin(a.y));
}
"""


@pytest.mark.parametrize("which", [0, 1], ids=["dusk", "silver"])
def test_shaders_look_up_the_same_sky(probe, drawn, views, which):
    light = (DUSK, SILVER)[which]
    inputs = {"u_sky": drawn["view"], "u_light": light.direction, "u_span": (np.pi, np.pi / 2)}
    got = probe(AIM, f"sky_lut(u_sky, aim(), u_light, {which}.0)", inputs)
    want = look(views[which], toward(360 * U - 180, 180 * V - 90))
    np.testing.assert_allclose(got, want, rtol=0.02)


def test_both_skies_add_up(probe, drawn, views):
    inputs = {"u_sky": drawn["view"], "u_light": DUSK.direction, "u_span": (np.pi, np.pi / 2)}
    got = probe(AIM, "sky_lut(u_sky, aim(), u_light, vec2(0.5, 0.25))", inputs)
    at = toward(360 * U - 180, 180 * V - 90)
    np.testing.assert_allclose(got, look(views[0], at) / 2 + look(views[1], at) / 4, rtol=0.02)


def test_shaders_see_no_seam(probe, drawn):
    """Over one degree about the sun's azimuth and the horizon, neighbours are all but equal."""
    for light in (DUSK.direction, (-DUSK.direction[0], 0.0, DUSK.direction[2])):
        inputs = {"u_sky": drawn["view"], "u_light": light, "u_span": (0.01, 0.00009)}
        got = probe(AIM, "sky_lut(u_sky, aim(), u_light, 0.0)", inputs)
        for axis in (0, 1):
            assert np.abs(np.diff(got, axis=axis) / got.mean()).max() < 0.005
        np.testing.assert_allclose(got, got[:, ::-1], rtol=2e-3)


def test_below_the_horizon_there_can_be_sky_instead_of_ground(probe, drawn, views):
    inputs = {"u_sky": drawn["view"], "u_light": DUSK.direction, "u_span": (np.pi, np.pi / 3)}
    got = probe(AIM, "sky_above(u_sky, aim(), u_light, vec2(1.0, 0.0))", inputs)
    want = look(views[0], toward(360 * U - 180, np.maximum(120 * V - 60, 0.0)))
    np.testing.assert_allclose(got, want, rtol=0.02)


def test_shaders_light_with_the_same_harmonics(probe, views):
    coefficients = irradiance_sh(views[0])
    array = PTA_LVecBase3f.emptyArray(11)
    array.setData(coefficients.astype(np.float32).tobytes())
    declared = AIM + "uniform vec3 u_sh[11];\n"
    inputs = {"u_sh": array, "u_span": LVecBase2(np.pi, np.pi / 2)}
    got = probe(declared, "sh_light(u_sh, aim())", inputs)
    want = sh_light(coefficients, toward(360 * U - 180, 180 * V - 90))
    np.testing.assert_allclose(got, want, rtol=5e-3, atol=1e-4)


def test_the_suns_face_is_the_same_on_both_sides(probe):
    """The shader is given squared distances from the middle, in radii."""
    got = probe("", "sun_face(uv.x * uv.x * 1.44)", {})
    angle = np.arcsin(np.minimum(U * 1.2, 1.0) * np.sin(0.034))
    np.testing.assert_allclose(got, sun_disc(angle, 0.034), atol=4e-3)
    text = (shader_folder() / "lib" / "sky_model.glsl").read_text(encoding="utf-8")
    found = re.search(r"pow\(vec3\(mu\), vec3\(([\d., ]+)\)\)", text)
    assert found
    assert tuple(map(float, found[1].split(","))) == LIMB


def test_the_suns_face_darkens_and_reddens_to_its_limb():
    face = sun_disc(np.linspace(0, 0.04, 60), 0.034)
    np.testing.assert_array_equal(face[0], 1.0)
    inside = face[np.linspace(0, 0.04, 60) < 0.034]
    assert (np.diff(inside, axis=0) < 0).all()
    assert (np.diff(inside[1:, 0] / inside[1:, 2]) > 0).all()
    np.testing.assert_array_equal(face[-1], 0.0)
