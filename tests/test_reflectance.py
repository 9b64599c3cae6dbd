"""Rough, glossy surfaces: no light made, none lost; Python and GLSL agree."""

from __future__ import annotations

import numpy as np
import pytest
from panda3d.core import Shader, Texture
from scipy.ndimage import map_coordinates

from models.reflectance import distribution, table, visibility
from world.render.passes import full_pass
from world.render.shader import shader_folder
from world.scene import geom

F0 = 0.04


def hemisphere(count: int = 400):
    """Directions (n, 3) over the upper half, with the solid angle that each stands for."""
    z = (np.arange(count) + 0.5) / count
    around = (np.arange(2 * count) + 0.5) / (2 * count) * 2 * np.pi
    zz, pp = np.meshgrid(z, around)
    flat = np.sqrt(1 - zz**2)
    rays = np.stack([flat * np.cos(pp), flat * np.sin(pp), zz], axis=-1).reshape(-1, 3)
    return rays, 2 * np.pi / len(rays)


@pytest.mark.parametrize("roughness", [0.3, 0.5, 0.8, 1.0])
@pytest.mark.parametrize("cosine", [0.15, 0.5, 0.95])
def test_a_white_furnace_gives_back_what_it_gets(roughness, cosine):
    """A perfect mirror of facets (f0 = 1) in an even light, once for the table's sake and once
    with the light that met several facets added."""
    rays, share = hemisphere()
    view = np.array([np.sqrt(1 - cosine**2), 0.0, cosine])
    half = rays + view
    half /= np.linalg.norm(half, axis=1, keepdims=True)
    a = roughness**2
    lobe = distribution(half[:, 2], a) * visibility(rays[:, 2], cosine, a)
    once = float((lobe * rays[:, 2]).sum() * share)
    size = 32
    tab = table(size).sum(axis=2)
    at = np.array([roughness, cosine]) * (size - 1)
    stored = float(map_coordinates(tab, at[:, None], order=1, mode="nearest")[0])
    assert stored == pytest.approx(once, abs=0.02)
    assert once * (1.0 + 1.0 * (1.0 / stored - 1.0)) == pytest.approx(1.0, abs=0.02)


def test_white_stone_in_an_even_light_is_white():
    """What goes in and what is sent back make one, at every angle and roughness."""
    tab = table(32).astype(np.float64)
    back = F0 * tab[..., 0] + tab[..., 1]
    several = 1 + F0 * (1 / tab.sum(axis=2) - 1)
    sent = back * several
    assert (sent > 0.0).all()
    assert (sent < 1.0).all()
    np.testing.assert_allclose(sent + (1 - sent), 1.0)
    assert sent[10, -1] == pytest.approx(F0, rel=0.15)  # straight on, fairly smooth


def test_facets_fill_the_half_they_face():
    rays, share = hemisphere()
    for a in (0.1, 0.3, 1.0):
        assert (distribution(rays[:, 2], a) * rays[:, 2]).sum() * share == pytest.approx(
            1, abs=0.02
        )


PROBE = """#version 330
#pragma include "lib/reflect.glsl"
in vec2 uv;
out vec4 color;
void main() {
    color = vec4(facets(uv.x, 0.04 + uv.y * 0.9), visible(uv.x, uv.y, 0.3), sent_back(uv.x, uv.y));
}
"""


def test_the_shader_reckons_as_python_does(graphics, tmp_path):
    folder = shader_folder()
    shader = Shader.make(
        Shader.SL_GLSL,
        (folder / "post.vert").read_text(),
        PROBE.replace("lib/reflect.glsl", str(folder / "lib" / "reflect.glsl")),
    )
    made = full_pass(graphics, "probe", (32, 32), 0, shader)
    try:
        made.inputs({"u_reflectance": geom.texture(table(32), "reflectance")})
        graphics.engine.renderFrame()
        graphics.engine.extractTextureData(made.color, graphics.gsg)
        assert made.color.getComponentType() == Texture.TFloat
        raw = np.frombuffer(made.color.getRamImageAs("RGBA"), dtype=np.float32)
        out = raw.reshape(32, 32, 4)
    finally:
        graphics.engine.removeWindow(made.output)
    middle = (np.arange(32) + 0.5) / 32
    x, y = np.meshgrid(middle, middle)
    np.testing.assert_allclose(out[..., 0], distribution(x, 0.04 + y * 0.9), rtol=5e-3)
    np.testing.assert_allclose(out[..., 1], visibility(x, y, 0.3), rtol=5e-3)
    at = [y * 31, x * 31]
    once, fresnel = (map_coordinates(table(32)[..., k], at, order=1) for k in (0, 1))
    sent = (F0 * once + fresnel) * (1 + F0 * (1 / (once + fresnel) - 1))
    np.testing.assert_allclose(out[..., 2], sent, rtol=1e-2, atol=1e-3)
