"""Mist: what it lets through, how it drifts, that it keeps to its edges and to its time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from panda3d.core import LMatrix4, LVecBase2, NodePath, PTA_LVecBase3f

from models.place import puffs
from models.place.crackfield import CrackGraph
from models.place.textures import STEEP, clouds
from models.place.textures import smoke as smoke_field
from tests.test_passes import composite, plain, run, stored_depth
from world.render.lens import Camera, lens_for
from world.render.passes import black, buffer, camera_for, no_shadow
from world.render.shader import Shaders, dress, shader_folder
from world.render.uniforms import StateUniform
from world.scene import geom, smoke
from world.scene.place import declare_bins
from world.scene.roots import build_roots
from world.timeline import at, moment_at

FULL = at(moment_at(165.0))
PROBE = (160, 90)
WAYS = ((-1.0, 0.0, 0.0), (0.4, 0.2, -0.9), (0.0, 0.7, 0.7), (0.0, 0.0, -1.0))


def ray(eye, way, length):
    """The matrix by which every pixel looks along the same ray and ends at the same place."""
    ends = LMatrix4.scaleMat(0.0)
    ends.setRow(3, (*map(float, np.array(eye) + length * np.array(way)), 1.0))
    return ends


def march(graphics, state, way, eye=(6.0, 1.0, 1.6), length=30.0, shader="mist", **more):
    """(64, 64, 4): what the march makes of a way of so many metres, without shafts."""
    unit = np.array(way) / np.linalg.norm(way)
    inputs = {
        "u_depth": plain(0.5, channels=1),
        "u_steps": 16.0,
        "u_shaft_steps": 0.0,
        "u_clouds": geom.texture(clouds(64, 1), "clouds", mipmaps=True, repeat=True),
        "u_smoke": geom.texture(smoke_field(64, 1), "smoke", mipmaps=True, repeat=True),
        "u_cracks": plain((0.05, 0.06, 3.0, 0.0)),
        "u_orb": (5.5, 1.0, 1.3),
        "u_shadow": no_shadow(),
        "u_shadow_matrix": LMatrix4.scaleMat(1e-4) * LMatrix4.translateMat(0.5, 0.5, 0.5),
        "u_world_from_clip": ray(eye, unit, length),
        "u_eye": eye,
        "u_feet": (6.0, 1.0),
        "u_stance": (0.0, 1.0),
        **more,
    }
    return run(graphics, shader, inputs, state=state)


@pytest.mark.parametrize(
    ("way", "length"), [(WAYS[0], 2.0), (WAYS[0], 20.0), ((0.9, 0.3, -0.1), 5.0)]
)
def test_a_uniform_slab_lets_through_what_beers_law_says(graphics, with_shader, way, length):
    """Of light that goes l metres through a density of d per metre, exp(-d l) is left."""
    source = (shader_folder() / "lib" / "mist.glsl").read_text(encoding="utf-8")
    head = source[: source.index("// The mist at p")]
    body = (
        "Mist mist_at(vec3 p, vec2 feet, float coarse) { return Mist(0.12, 0.0, 0.0, 0.0, 0.0); }\n"
    )
    with_shader("lib/mist.glsl", head + body)
    let_through = march(graphics, FULL, way, (6.0, 1.0, 0.4), length)[:, :, 3]
    np.testing.assert_allclose(let_through, np.exp(-0.12 * length), rtol=0.01)


def test_any_nine_neighbours_begin_in_nine_places(graphics, with_shader):
    """So that the mean of nine texels, which mist_soft takes, knows of no dither."""
    source = (shader_folder() / "lib" / "march.glsl").read_text(encoding="utf-8")
    begins = "color = vec4(ninth(gl_FragCoord.xy)); return;\n    float depth = textureLod("
    with_shader("lib/march.glsl", source.replace("float depth = textureLod(", begins, 1))
    out = march(graphics, FULL, WAYS[0])[:, :, 0]
    windows = np.lib.stride_tricks.sliding_window_view(out, (3, 3)).reshape(-1, 9)
    expected = np.broadcast_to((np.arange(9) + 0.5) / 9, windows.shape)
    np.testing.assert_allclose(np.sort(windows, axis=1), expected, atol=1e-3)


DIVERGENCE = """#version 330
#pragma include "lib/mist.glsl"
in vec2 uv;
out vec4 color;
const float H = 0.004;

void main() {
    vec3 p = vec3(uv * 9.0 - 4.0, uv.x * 3.0 - uv.y);
    vec3 x = vec3(H, 0.0, 0.0), y = x.yxy, z = x.yyx;
    float air = curl(p + x).x - curl(p - x).x + curl(p + y).y - curl(p - y).y;
    air += curl(p + z).z - curl(p - z).z;
    vec2 feet = vec2(0.3, -0.2);
    float mist = drift(p.xy + x.xy, feet).x - drift(p.xy - x.xy, feet).x;
    mist += drift(p.xy + y.xy, feet).y - drift(p.xy - y.xy, feet).y;
    color = vec4(vec2(air, mist) / (2.0 * H), length(curl(p)), length(drift(p.xy, feet)));
}
"""


def test_what_moves_mist_neither_makes_nor_takes_any(graphics, with_shader):
    with_shader("divergence.frag", DIVERGENCE)
    out = run(
        graphics, "divergence", {"u_orb": (0.0, 0.0, 1.0), "u_eye": (0.4, 0.0, 1.6)}, state=FULL
    )
    assert np.abs(out[:, :, :2]).max() < 1e-3
    assert out[:, :, 2].mean() > 0.1  # and yet it moves
    assert out[:, :, 3].mean() > 0.05


@pytest.mark.parametrize("story", [132.0, 165.0, 189.0, 231.0, 240.0, 253.0, 310.0, 380.0])
def test_the_march_is_light_at_every_moment_from_every_side(graphics, story):
    state = at(moment_at(story))
    for eye in ((6.0, 1.0, 1.6), (6.0, 1.0, 0.02), (5.5, 1.0, 9.0)):
        for way in WAYS:
            out = march(graphics, state, way, eye, length=2000.0)  # no floor stops it
            assert np.isfinite(out).all()
            assert out.min() >= 0.0
            assert out[:, :, 3].max() <= 1.0


def test_the_march_before_the_orb_is_the_same_without_what_comes_later(graphics):
    assert FULL.orb_light == FULL.bow_mist == FULL.roots == 0.0
    for way in WAYS:
        whole, quiet = (march(graphics, FULL, way, shader=name) for name in ("mist", "mist_quiet"))
        np.testing.assert_allclose(whole, quiet, atol=2e-3)


BESIDE = (3.0, 0.0, 1.6)  # out of the whirl about the visitor's feet


def test_mist_is_born_in_the_cracks(graphics):
    down = [
        march(graphics, FULL, (0.0, 0.0, -1.0), BESIDE, 1.6, u_cracks=plain((away, 0.06, 3.0, 0.0)))
        for away in (0.0, 0.15, 0.8)
    ]
    taken = [1.0 - out[:, :, 3].mean() for out in down]
    assert taken[0] > taken[1] > taken[2]
    assert taken[0] > 0.25


def test_the_bow_clears_the_mist_and_what_is_left_lies_low(graphics):
    feet = (5.5, 1.0, 1.6)  # below the orb
    before, bowed = (
        march(graphics, replace(FULL, bow_mist=bow), (0.0, 0.0, -1.0), feet, 1.6)[:, :, 3].mean()
        for bow in (0.0, 0.4)
    )
    assert 1.0 - bowed < 0.2 * (1.0 - before)


def test_mist_leaves_a_calm_hollow_for_each_foot_and_winds_about_both(graphics):
    """Straight down from 1.6 m: what is sent back from each foot, from the whirl, from beyond."""

    def light(aside, ahead):  # metres to the visitor's right and before them, who looks west
        eye = (6.0 - ahead, 1.0 + aside, 1.6)
        far = {"u_cracks": plain((0.8, 0.06, 3.0, 0.0))}
        return march(graphics, FULL, (0.0, 0.0, -1.0), eye, 1.6, **far)[:, :, :3].mean()

    ring = np.mean([light(0.4 * np.cos(a), 0.4 * np.sin(a)) for a in np.linspace(0, 6.0, 12)])
    assert max(light(side * 0.14, 0.03) for side in (-1.0, 1.0)) < 0.3 * ring
    assert np.mean([light(2.0 * np.cos(a), 2.0 * np.sin(a)) for a in range(6)]) < 0.67 * ring


def test_the_whirl_stays_when_the_visitor_turns_and_only_the_hollows_go_with_them(graphics):
    def light(stance, aside):
        eye = (6.0, 1.0 + aside, 1.6)
        return march(graphics, FULL, (0.0, 0.0, -1.0), eye, 1.6, u_stance=stance)[:, :, :3].mean()

    assert light((0.0, 1.0), 0.14) < 0.7 * light((1.0, 0.0), 0.14)
    assert light((0.0, 1.0), 1.4) == pytest.approx(light((1.0, 0.0), 1.4), rel=0.1)


def test_smoke_holds_its_own_slope_and_tiles():
    field = smoke_field(128, 2).astype(np.float64) / 255
    height, along_x, along_y = field[:, :, 0], field[:, :, 1], field[:, :, 2]
    for axis, kept in ((1, along_x), (0, along_y)):
        rise = (np.roll(height, -1, axis) - np.roll(height, 1, axis)) * 64
        gentle = np.abs(rise) < 0.9 * STEEP
        # a byte of height is worth half a unit of slope
        np.testing.assert_allclose(((kept - 0.5) * 2 * STEEP)[gentle], rise[gentle], atol=0.7)
    seam = np.abs(height[0] - height[-1]).mean()
    inside = np.abs(np.diff(height, axis=0)).mean()
    assert seam < 2 * inside


def test_mist_behind_an_edge_does_not_bleed_before_it(graphics):
    """A pillar 2 m away before mist 30 m away: mist is marched at a quarter of the size."""
    depth = np.full((64, 64, 1), stored_depth(30.0), dtype=np.float32)
    depth[:, 21:43] = stored_depth(2.0)
    small = np.zeros((16, 16, 4), dtype=np.float32)
    small[:] = (0.5, 0.5, 0.5, 0.5)
    small[:, 5:11] = (0.0, 0.0, 0.0, 1.0)
    inputs = {
        **composite(0.0),
        "u_depth": geom.texture(depth, "depth", filtered=False),
        "u_mist": geom.texture(small, "mist"),
        "u_mist_size": LVecBase2(16, 16),
    }
    row = run(graphics, "compose", inputs, state=FULL)[32, :, 0]
    np.testing.assert_allclose(row[22:42], 0.0, atol=0.02)
    np.testing.assert_allclose(row[:20], 0.5, atol=0.02)
    np.testing.assert_allclose(row[44:], 0.5, atol=0.02)
    # The one pixel to either side of an edge shares its mist, as smoothing has shared its light.
    assert ((row[[21, 42]] > 0.03) & (row[[21, 42]] < 0.15)).all()
    assert ((row[[20, 43]] > 0.35) & (row[[20, 43]] < 0.47)).all()


# -- sheets ------------------------------------------------------------------------------------


def one_crack():
    """A crack 12 m long from west to east, 6 cm wide."""
    nodes = np.array([[-6.0, 0.0], [6.0, 0.0]])
    edges = np.array([[0, 1]], dtype=np.int32)
    return CrackGraph(nodes, edges, np.array([12.0]), np.array([0.06]), np.array([0.06, 0.06]))


BUILDS = {
    "tendrils": smoke.build_tendrils,
    "plumes": lambda: smoke.build_plumes(one_crack(), 1),
    "rim": smoke.build_rim,
    "roots": lambda: build_roots(one_crack(), lambda xy: np.zeros(len(xy)), 1),
}


@pytest.fixture(scope="module")
def sheet(graphics):
    """`sheet(name, state, feet)`: (90, 160) light of one kind of sheet, seen from above."""
    declare_bins()
    uniform = StateUniform()
    probes = {name: probe(graphics, name, uniform) for name in BUILDS}

    def one(name, state, feet=(0.0, 0.0)):
        root, made, eye = probes[name]
        uniform.write(state)
        root.setShaderInput("u_feet", LVecBase2(*feet))
        view = Camera.looking((feet[0] + 2.2, feet[1], 1.7), (feet[0], feet[1], 0.1), 80)
        eye.node().setLens(lens_for(view, PROBE[0] / PROBE[1]))
        eye.setMat(view.matrix())
        graphics.engine.renderFrame()
        graphics.engine.extractTextureData(made.color, graphics.gsg)
        raw = np.frombuffer(made.color.getRamImageAs("RGBA"), dtype=np.float32)
        return raw.reshape(PROBE[1], PROBE[0], 4)[:, :, 1].copy()

    yield one
    for _, made, _ in probes.values():
        graphics.engine.removeWindow(made.output)


def probe(graphics, name, uniform):
    """A sheet's own root, picture and eye."""
    made = buffer(graphics, name, PROBE, 0, depth=True)
    made.output.setClearColorActive(True)
    made.output.setClearColor((0, 0, 0, 0))
    root = NodePath(name)
    BUILDS[name]().reparentTo(root)
    dress(root, Shaders(graphics.gsg))
    root.setShaderInputs(
        u_state=uniform.array,
        u_feet=LVecBase2(0.0, 0.0),
        u_stance=LVecBase2(0.0, 1.0),
        u_clouds=geom.texture(clouds(64, 1), "clouds", mipmaps=True, repeat=True),
        u_smoke=geom.texture(smoke_field(64, 1), "smoke", mipmaps=True, repeat=True),
        u_ground=plain(1.0),
        u_cracks=plain((0.02, 0.06, 3.0, 0.0)),
        u_shadow=no_shadow(),
        u_shadow_matrix=LMatrix4.scaleMat(1e-4) * LMatrix4.translateMat(0.5, 0.5, 0.5),
        u_shadow_depth=black(),
        u_shadow_taps=1.0,
        u_sky=black(),
        u_sky_sh=PTA_LVecBase3f.emptyArray(11),
        u_reflectance=black(),
        u_cloud_light=black(),
        u_orb=(0.0, 0.0, 1.3),
        u_size=LVecBase2(*PROBE),
        u_clip=-1e6,
    )
    return root, made, camera_for(made.output, root, geom.PASSES["scene"])


@pytest.mark.parametrize(
    ("name", "never", "seen"),
    [
        ("tendrils", {"tendril": 0.0}, {"tendril": 1.0}),
        ("plumes", {"mist": 0.0}, {"mist": 1.0}),
        ("rim", {"bow_mist": 0.0}, {"bow_mist": 0.25}),
        ("rim", {"bow_mist": 1.0}, {"bow_mist": 0.25}),
        ("roots", {"roots": 0.0}, {"roots": 1.0, "roots_time": 20.0}),
        ("roots", {"roots": 1.0, "roots_time": 2.0}, {"roots": 1.0, "roots_time": 20.0}),
    ],
)
def test_a_sheet_is_there_in_its_time_only(sheet, name, never, seen):
    assert sheet(name, replace(FULL, **never)).max() == 0.0
    there = sheet(name, replace(FULL, **seen))
    assert np.isfinite(there).all()
    assert there.min() >= 0.0
    # What runs in a crack is no more than a glow there: the stone about it shows the most.
    assert there.max() > (0.02 if name == "roots" else 0.1)
    np.testing.assert_array_equal(there, sheet(name, replace(FULL, **seen)))


@pytest.mark.parametrize("name", BUILDS)
def test_a_sheet_is_continuous_in_time(sheet, name):
    state = replace(FULL, bow_mist=0.25, roots=1.0, roots_time=20.0)
    one = sheet(name, state)
    soon = sheet(name, replace(state, breath=state.breath + 1 / 60))
    assert np.abs(one - soon).mean() < 0.1 * one.mean()


def test_tendrils_come_along_without_a_jump(sheet):
    """From one square into the next, 2 mm: those that leave the window have let go before."""
    for edge in (0.78, 1.56, -0.78):
        one, other = (sheet("tendrils", FULL, (edge + step, 0.3)) for step in (-0.001, 0.001))
        assert one.mean() > 0.002
        assert np.abs(one - other).mean() < 0.12 * one.mean()


def test_a_puff_fades_to_the_edge_of_its_card_and_is_bright_where_its_light_comes_from():
    thick = puffs.density(3, cell=32, deep=20)
    np.testing.assert_array_equal(thick, puffs.density(3, cell=32, deep=20))
    assert 0.0 <= thick.min() < thick.max() < 2.0
    assert thick[[0, -1]].max() < 0.05 > thick[:, [0, -1]].max()
    ball = np.zeros((32, 32, 20))
    ball[10:22, 10:22, 4:16] = 1.0
    seen = puffs.lit(ball)
    right, left, up, down, opaque, front, behind, _ = np.moveaxis(seen, -1, 0)
    assert right[20, 16] > 2.0 * right[11, 16]
    assert left[11, 16] > 2.0 * left[20, 16]
    assert up[16, 20] > 2.0 * up[16, 11]
    assert down[16, 11] > 2.0 * down[16, 20]
    assert front[16, 16] > 2.0 * behind[16, 16]
    assert opaque[16, 16] > 0.9 > 0.01 > opaque[2, 2]


def test_tendrils_differ_from_place_to_place(sheet):
    one, other = sheet("tendrils", FULL, (0.3, 0.3)), sheet("tendrils", FULL, (5.0, -2.0))
    assert np.abs(one - other).mean() > 0.5 * one.mean()


def test_plumes_stand_on_cracks():
    node = smoke.build_plumes(one_crack(), 1).node()
    low, high = node.getGeom(0).getBounds().getMin(), node.getGeom(0).getBounds().getMax()
    assert low.y == high.y == 0.0
    assert -6.0 <= low.x < -4.0 < 4.0 < high.x <= 6.0
