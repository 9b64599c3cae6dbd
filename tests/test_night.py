"""Act five on the GPU: stars where they stand, two colours of star, a thousand dawns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from models.sky import orbit, stars
from models.sky.worlds import WEST, worlds

Draw = Callable[..., NDArray[np.float64]]


@pytest.fixture(scope="module")
def draw(graphics: Any) -> Iterator[Draw]:
    """`draw(story, toward, hfov, **fields)`: the act alone, linear, (48, 64, 3) in 0..1."""
    from panda3d.core import LVecBase2, NodePath

    from world.render.graphics import Graphics
    from world.render.lens import Camera, lens_for
    from world.render.passes import buffer, camera_for
    from world.render.shader import Shaders, dress
    from world.render.uniforms import StateUniform
    from world.scene import geom
    from world.scene.binary import build_binary
    from world.scene.dawns import build_dawns
    from world.scene.place import declare_bins
    from world.scene.stars import build_stars
    from world.timeline import at
    from world.timeline.clock import moment_at

    assert isinstance(graphics, Graphics)
    declare_bins()
    root, state = NodePath("night"), StateUniform()
    for part in (build_stars(3000, 3), build_binary(5), build_dawns(7)):
        part.reparentTo(root)
    size = (64, 48)
    clouds = np.full((4, 4, 4), 128, dtype=np.uint8)
    root.setShaderInputs(
        u_state=state.array,
        u_size=LVecBase2(*size),
        u_clouds=geom.texture(clouds, "clouds", repeat=True),
    )
    dress(root, Shaders(graphics.gsg))
    made = buffer(graphics, "night-test", size, 0, color="byte", depth=True)
    made.output.setClearColorActive(True)
    made.output.setClearColor((0, 0, 0, 1))
    color = made.color
    assert color is not None
    path = camera_for(made.output, root, geom.PASSES["scene"])

    def take(story: float, toward: NDArray[np.float64], hfov: float, **fields: float):
        eye = (0.0, 0.0, 12.0)
        x, y, z = (float(a + b) for a, b in zip(eye, toward))
        camera = Camera.looking(eye, (x, y, z), hfov)
        path.node().setLens(lens_for(camera, size[0] / size[1]))
        path.setMat(camera.matrix())
        state.write(replace(at(moment_at(story)), **fields))
        graphics.engine.renderFrame()
        graphics.engine.extractTextureData(color, graphics.gsg)
        raw = np.frombuffer(color.getRamImageAs("RGB"), dtype=np.uint8)
        return raw.reshape(size[1], size[0], 3)[::-1] / 255.0

    yield take
    graphics.engine.removeWindow(made.output)


@pytest.mark.parametrize("name", ["Vega", "Sheliak", "Deneb", "Altair", "Arcturus", "Sirius"])
def test_a_star_is_drawn_where_it_stands(draw, name):
    picture = draw(426, stars.direction(name), 6.0, dawn_count=0.0, binary=0.0, milky=0.0)
    picture = picture.sum(axis=2)
    middle = picture[22:26, 30:34].max()
    assert middle > 0.5
    edge = np.concatenate([picture[0], picture[-1], picture[:, 0], picture[:, -1]])
    assert middle > 4 * np.median(edge)


def test_by_day_no_star(draw):
    dark = draw(426, stars.VEGA, 20.0, stars=0.0, milky=0.0, afloat=0.0, lyra_pulse=0.0)
    assert dark.max() < 0.02


def test_grief_is_crimson_and_hope_is_blue(draw):
    from world.scene import binary

    mean = 2 * np.pi * at_breath(438.0) / binary.PERIOD
    x, y = binary.orbit_axes()
    s = orbit.separation(mean, orbit.ECCENTRICITY) * binary.AXIS
    way = x * s[0] + y * s[1]
    ratio = orbit.MASS_RATIO
    from_eye = binary.place() - binary.AFLOAT
    giver = draw(438, from_eye + way / (1 + ratio), 2.0, milky=0.0)[20:28, 28:36].mean(axis=(0, 1))
    taker = draw(438, from_eye - way * ratio / (1 + ratio), 1.0, milky=0.0)[20:28, 28:36]
    assert giver[0] > 2.5 * giver[2]
    assert taker.mean(axis=(0, 1))[2] > 0.8
    assert np.all(taker[:, :, 2] >= taker[:, :, 0])


def at_breath(story: float) -> float:
    from world.timeline.clock import moment_at

    return moment_at(story).breath


def test_dawns_break_one_by_one(draw):
    """More light with every step of the count, and none before the flame sets out."""
    quiet = {"stars": 0.0, "milky": 0.0, "last_dawn": 0.0, "lyra_pulse": 0.0, "binary": 0.0}
    west = np.array(WEST)
    light = [
        draw(450, west, 100.0, dawn_count=float(count), **quiet).sum()
        for count in (0, 50, 200, 500, 1000)
    ]
    assert light[0] < 0.01 * light[-1]
    assert np.all(np.diff(light) > 0)


def test_each_world_has_a_dark_side_and_a_morning(draw):
    """Worlds that are near enough to be seen whole: bright where the flame came from."""
    quiet = {"stars": 0.0, "milky": 0.0, "last_dawn": 0.0, "lyra_pulse": 0.0, "binary": 0.0}
    thousand = worlds(7)
    for world in np.argsort(-thousand.radii[:900])[:3]:
        wide = float(np.degrees(thousand.radii[world])) * 2.8
        picture = draw(450, thousand.directions[world], wide, dawn_count=1000.0, **quiet)
        lit = picture.max(axis=2)
        assert lit.max() > 0.8
        assert 0.01 < (lit > 0.5).mean() < 0.5
        assert (lit < 0.12).mean() > 0.2


def test_last_dawn_fills_the_picture_with_warm_light(draw):
    before = draw(460, np.array(WEST), 90.0, last_dawn=0.0, dawn_count=0.0)
    full = draw(479, np.array(WEST), 90.0, last_dawn=1.0)
    assert before.mean() < 0.1
    assert full.max(axis=2).min() > 0.15  # linear: no corner is left in the dark
    assert full[:, :, 0].mean() > 1.15 * full[:, :, 2].mean()
