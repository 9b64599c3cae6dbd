"""The orb over black: what it shows, that it is light, and that it is not there before its time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from panda3d.core import LVecBase2, LVecBase3, LVecBase3f, NodePath, PTA_LVecBase3f, Texture

from world.render.lens import Camera, lens_for
from world.render.passes import buffer, camera_for
from world.render.shader import Shaders, dress
from world.render.uniforms import StateUniform
from world.scene import geom
from world.scene.orb import STEPS, STRANDS, build_orb, build_vapour
from world.scene.place import declare_bins
from world.timeline import at, moment_at

SIZE = (96, 96)
EYE, CLOSE, ORB = (2.0, 0.0, 1.4), (0.6, 0.0, 1.4), (0.0, 0.0, 1.4)
HELD = replace(at(moment_at(205.0)), orb=1.0, orb_flight=0.0, memory=0.0, memory_glow=0.0)


@pytest.fixture(scope="module")
def draw(graphics):
    """`draw(what, state, eye)`: linear light (96, 96, 3), row 0 low, of the orb or the vapour."""
    declare_bins()
    made = buffer(graphics, "orb-probe", SIZE, 0, depth=True)
    made.output.setClearColorActive(True)
    made.output.setClearColor((0, 0, 0, 0))
    roots = {"orb": NodePath("root"), "vapour": NodePath("root")}
    build_orb().reparentTo(roots["orb"])
    build_vapour(1).reparentTo(roots["vapour"])
    cameras = {name: camera_for(made.output, root, 1) for name, root in roots.items()}
    uniform = StateUniform()
    tips = PTA_LVecBase3f([LVecBase3f(*ORB)] * 10)
    for root in roots.values():
        dress(root, Shaders(graphics.gsg))
        root.setShaderInputs(
            u_state=uniform.array,
            u_orb=LVecBase3(*ORB),
            u_size=LVecBase2(*SIZE),
            u_clouds=geom.texture(np.full((4, 4, 4), 0.5, dtype=np.float32), "plain"),
            u_tips=tips,
            u_dome=geom.texture(np.zeros((1, 1, 4), dtype=np.float32), "dark"),
        )

    def one(what, state, eye=EYE, hfov=4.0):
        uniform.write(state)
        view = Camera.looking(eye, ORB, hfov)
        for name, path in cameras.items():
            path.node().setActive(name == what)
            path.node().setLens(lens_for(view, 1.0))
            path.setMat(view.matrix())
        graphics.engine.renderFrame()
        graphics.engine.extractTextureData(made.color, graphics.gsg)
        assert made.color.getComponentType() == Texture.TFloat
        raw = np.frombuffer(made.color.getRamImageAs("RGBA"), dtype=np.float32)
        return raw.reshape(SIZE[1], SIZE[0], 4)[:, :, :3]

    yield one
    graphics.engine.removeWindow(made.output)


def remembered(which):
    return replace(HELD, memory=float(which), memory_glow=min(float(which), 1.0))


def test_each_memory_is_a_picture_of_its_own(draw):
    pictures = [draw("orb", remembered(which)) for which in range(4)]
    for i, one in enumerate(pictures):
        assert np.isfinite(one).all()
        for other in pictures[:i]:
            changed = np.abs(one - other).max(axis=2) > 0.1
            assert changed.mean() > 0.1


def test_a_crossfade_lies_between_its_memories(draw):
    one, two = draw("orb", remembered(1)), draw("orb", remembered(2))
    between = draw("orb", replace(HELD, memory=1.5, memory_glow=1.0))
    np.testing.assert_allclose(between, (one + two) / 2, atol=0.02)


@pytest.mark.parametrize("which", range(4))
def test_the_orb_is_light_but_no_white_disc(draw, which):
    out = draw("orb", remembered(which))
    middle = out[40:56, 40:56]
    assert middle.mean() > 4 * out[:6].mean()
    assert out.max() < 8.0
    inside = out[30:66, 30:66].mean(axis=2)
    assert 0.25 < inside.mean() < 1.8
    assert inside.std() > 0.08


def test_the_orb_without_a_memory_is_blue(draw):
    red, _, blue = draw("orb", HELD).mean(axis=(0, 1))
    assert blue > 1.4 * red


def test_the_orb_swells_when_it_is_looked_into(draw):
    wide = [
        (draw("orb", remembered(which), CLOSE, 40.0).max(axis=2) > 0.1).sum() for which in (0, 1)
    ]
    assert wide[1] > 3 * wide[0]


def test_the_rim_writes_no_depth_where_it_is_soft():
    made = {node.getName(): node for node in build_orb().getChildren()}
    assert made["orb"].getDepthWrite() is False
    assert made["orb_depth"].getDepthWrite() is True
    assert made["orb_depth"].getBinDrawOrder() > made["orb"].getBinDrawOrder()


@pytest.mark.parametrize("change", [{"orb": 0.0}, {"orb_flight": 1.0}])
def test_nothing_is_drawn_before_it_is_made_and_after_it_has_merged(draw, change):
    assert draw("orb", replace(HELD, **change)).max() == 0.0


def test_on_its_way_it_is_a_small_bright_star(draw):
    out = draw("orb", replace(HELD, orb_flight=0.8), (60.0, 0.0, 1.4), 60.0)
    assert out.max() > 1.0
    assert (out.max(axis=2) > 1.0).sum() < 40


def test_vapour_comes_in_and_goes(draw):
    far = (3.0, 0.0, 2.6)
    sums = [draw("vapour", replace(HELD, gather=g), far, 70.0).sum() for g in (0, 0.2, 0.6, 1)]
    assert sums[0] == 0.0
    assert sums == sorted(sums)
    assert sums[-1] > 20.0


def test_vapour_is_continuous_in_time(draw):
    far = (3.0, 0.0, 2.6)
    now = replace(HELD, gather=1.0)
    one = draw("vapour", now, far, 70.0)
    soon = draw("vapour", replace(now, breath=now.breath + 1 / 60), far, 70.0)
    assert np.abs(one - soon).mean() < 0.1 * one.mean()
    assert np.isfinite(one).all()


def test_vapour_comes_from_more_than_one_side(draw):
    seen = draw("vapour", replace(HELD, gather=1.0), (3.0, 0.0, 2.6), 70.0).sum(axis=(0, 2))
    assert min(seen[:48].sum(), seen[48:].sum()) > 0.15 * seen.sum()


def test_strands_start_around_the_orb_and_are_no_clones():
    node = build_vapour(3).node()
    assert node.getGeom(0).getVertexData().getNumRows() == STRANDS * (STEPS + 1) * 2
