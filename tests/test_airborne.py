"""What hangs in the air is there when the score says so, and nothing of it otherwise."""

from __future__ import annotations

import numpy as np
import pytest
from panda3d.core import LMatrix4, LVecBase2, NodePath, PTA_LVecBase3f, Texture

from models.people.gathering import gather
from models.place.textures import clouds
from world.render.lens import Camera, lens_for
from world.render.passes import black, buffer, camera_for, no_shadow
from world.render.shader import Shaders, dress
from world.render.uniforms import StateUniform
from world.scene import geom
from world.scene.airborne import build_bells, build_breath, build_glints
from world.scene.place import declare_bins
from world.timeline import at, moment_at

SIZE = (160, 90)
WEST = Camera.looking((8.0, 0.0, 1.6), (-20.0, 0.0, 4.0), 80)


@pytest.fixture(scope="module")
def shared():
    return {
        "u_clouds": geom.texture(clouds(64, 1), "clouds", repeat=True),
        "u_shadow": no_shadow(),
        "u_shadow_matrix": LMatrix4.identMat(),
        "u_shadow_depth": black(),
        "u_shadow_taps": 1.0,
        "u_sky": black(),
        "u_sky_sh": PTA_LVecBase3f.emptyArray(11),
        "u_reflectance": black(),
        "u_cloud_light": black(),
        "u_cracks": geom.texture(np.ones((2, 2, 4), dtype=np.float32), "cracks"),
        "u_orb": PTA_LVecBase3f.emptyArray(1),
        "u_size": LVecBase2(*SIZE),
        "u_clip": -1e6,
    }


def light_of(graphics, shared, path, story, camera=WEST):
    """(h, w) linear red that a node adds to black at a second of the story."""
    declare_bins()
    root = NodePath("root")
    path.reparentTo(root)
    state = StateUniform()
    state.write(at(moment_at(story)))
    root.setShaderInputs(u_state=state.array, **shared)
    dress(root, Shaders(graphics.gsg))
    made = buffer(graphics, "probe", SIZE, 0, depth=True)
    made.output.setClearColorActive(True)
    made.output.setClearColor((0, 0, 0, 1))
    eye = camera_for(made.output, root, geom.PASSES["scene"])
    eye.node().setLens(lens_for(camera, SIZE[0] / SIZE[1]))
    eye.setMat(camera.matrix())
    try:
        graphics.engine.renderFrame()
        graphics.engine.extractTextureData(made.color, graphics.gsg)
        assert made.color.getComponentType() == Texture.TFloat
        raw = np.frombuffer(made.color.getRamImageAs("RGBA"), dtype=np.float32)
        return raw.reshape(SIZE[1], SIZE[0], 4)[:, :, 0].copy()
    finally:
        graphics.engine.removeWindow(made.output)


def breath():
    people = gather(140, 1)
    return build_breath(people, np.zeros(len(people)))


@pytest.mark.parametrize(
    ("build", "quiet", "seen"),
    [
        (build_bells, 60.0, 107.0),
        (lambda: build_glints(1), 100.0, 165.0),
        (breath, 340.0, 50.0),
    ],
    ids=["bells", "glints", "breath"],
)
def test_it_is_there_only_when_the_score_says(graphics, shared, build, quiet, seen):
    assert not light_of(graphics, shared, build(), quiet).any()
    there = light_of(graphics, shared, build(), seen)
    assert np.isfinite(there).all()
    assert there.min() >= 0
    assert there.max() > 0.02
    np.testing.assert_array_equal(there, light_of(graphics, shared, build(), seen))


def test_dust_jumps_when_the_earth_quivers(graphics, shared):
    down = Camera.looking((8.0, 0.0, 1.6), (4.0, 0.0, 0.0), 80)
    assert light_of(graphics, shared, build_glints(1), 127.0, down).max() > 0.02


def test_a_thread_keeps_its_path_when_the_next_bell_rings(graphics, shared):
    """It fades, but stays where it was: the bell moves from the first slot to the second."""
    before = light_of(graphics, shared, build_bells(), 109.4)
    after = light_of(graphics, shared, build_bells(), 109.6)
    there = before > 0.3 * before.max()
    assert after[there].mean() > 0.5 * before[there].mean()
