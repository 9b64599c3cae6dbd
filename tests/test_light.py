"""What must hold for the light of every picture: finite, steady, without bands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from panda3d.core import Texture

from world.render.lens import Camera
from world.render.picture import Picture
from world.timeline import moment_at
from world.timeline.score import END

SIZE = (96, 54)
POSES = 200
FLOOR = ((20.0, 34.0, 1.6), (8.0, 31.0, -0.5), 45.0)  # long shadows on the floor


@pytest.fixture(scope="module")
def painter(graphics) -> Iterator[Picture]:
    made = Picture(SIZE, "medium", 1)
    yield made
    made.close()


def lights(painter: Picture) -> Iterator[tuple[str, np.ndarray]]:
    """Every pass's picture in linear light, by name."""
    graphics = painter.frame.graphics
    for made in painter.frame.passes:
        texture = made.color
        if texture is None or not made.output.isActive():
            continue
        if not graphics.engine.extractTextureData(texture, graphics.gsg):
            continue
        if texture.getComponentType() == Texture.TFloat:
            yield made.name, np.frombuffer(texture.getRamImageAs("RGBA"), dtype=np.float32)
        texture.clearRamImage()  # or later passes are given what was read here


def test_no_light_is_infinite_or_no_number(painter):
    rng = np.random.default_rng(20)
    wrong: list[str] = []
    for index in range(POSES):
        story = END * (index + rng.random()) / POSES
        eye = np.array([*rng.uniform(-40, 40, 2), rng.choice([0.25, 1.6, 6.0])])
        way = rng.standard_normal(3)
        camera = Camera.looking(tuple(eye), tuple(eye + way), float(rng.uniform(30, 110)))
        painter.draw(moment_at(story), camera, embodied=bool(index % 2))
        for name, light in lights(painter):
            below = name != "poses" and light.min() < -1e-3  # which are places, not light
            if below or not np.isfinite(light).all():
                wrong.append(f"{name} at {story:.1f} s from {eye.round(1)} towards {way.round(2)}")
    assert wrong == []


def shown(painter, eye, look, hfov, story=40.0) -> np.ndarray:
    picture = painter.draw(moment_at(story), Camera.looking(eye, look, hfov), embodied=False)
    return picture.astype(int)


def test_shadows_stand_still_while_the_eye_moves_less_than_their_texel(graphics):
    """The sun's map does not follow the eye; less than a millimetre must not be seen."""
    painter = Picture((192, 108), "high", 1)
    (x, y, z), look, hfov = FLOOR
    try:
        still = shown(painter, (x, y, z), look, hfov)
        lit = still.sum(axis=2) > 150
        assert lit.mean() > 0.3
        for step in (0.0003, 0.0008):
            moved = shown(painter, (x, y + step, z), (look[0], look[1] + step, look[2]), hfov)
            changed = (np.abs(moved - still).max(axis=2) > 4) & lit
            assert changed.sum() < 0.005 * lit.sum()
    finally:
        painter.close()


def test_a_slow_pan_does_not_shimmer(graphics):
    """An eighth of a pixel a frame: what is left once even motion is taken out.

    The second difference of each pixel over time is nought for a picture that slides evenly.
    """
    size, eye, hfov = (320, 180), (18.0, -1.5, 1.6), 60.0
    painter = Picture(size, "high", 1)
    pixel = np.radians(hfov) / size[0]
    frames = []
    try:
        for index in range(6):
            turn = np.pi + index * pixel / 8
            look = (eye[0] + np.cos(turn), eye[1] + np.sin(turn), eye[2] - 0.08)
            frames.append(shown(painter, eye, look, hfov))
    finally:
        painter.close()
    second = np.abs(np.diff(np.array(frames), n=2, axis=0)).max(axis=3)
    assert second.mean() < 2.0  # of 255; 1.5 when this was written
    assert np.quantile(second, 0.99) < 26.0


def test_the_sky_has_no_bands(graphics):
    painter = Picture((240, 135), "high", 1)
    try:
        sky = shown(painter, (10.0, 5.0, 1.6), (30.0, 10.0, 22.0), 60.0)
    finally:
        painter.close()
    longest = 0
    for channel in range(3):
        for row in sky[:, :, channel]:
            longest = max(longest, *(len(list(run)) for _, run in itertools.groupby(row)))
    assert longest <= 24


def test_stone_changes_its_level_of_detail_unseen(graphics):
    """A millimetre's step across a change-over moves hardly a pixel."""
    painter = Picture((320, 180), "high", 1)
    place = painter.frame.scene.place
    line = [np.array([x, -20.0, 1.6]) for x in np.arange(20.0, 14.0, -0.001)]

    def state(eye):
        place.update(eye)
        return place._far.copy()

    places, before = [], state(line[0])
    for one, two in itertools.pairwise(line):
        after = state(two)
        if (after != before).any() and len(places) < 4:
            places.append((one, two))
        before = after
    try:
        assert len(places) == 4
        for pair in places:
            one, two = (
                shown(painter, tuple(eye), (eye[0] - 20.0, eye[1] - 4.0, 1.0), 80.0) for eye in pair
            )
            moved = np.abs(one - two).max(axis=2)
            assert moved.mean() < 0.8
            assert (moved > 40).mean() < 0.002
    finally:
        painter.close()


def test_the_sun_is_the_brightest_thing_and_its_glow_falls_off(graphics):
    """Rings about the sun's middle, in its own radii, seen from where nothing stands before it."""
    size, hfov, radius = (240, 136), 40.0, 0.034
    eye, look = (-44.0, 6.0, 12.0), (-44.99692, 6.0, 12.07846)
    painter = Picture(size, "high", 1)
    try:
        picture = shown(painter, eye, look, hfov)
    finally:
        painter.close()
    light = (picture / 255.0) ** 2.2 @ [0.2126, 0.7152, 0.0722]
    row, column = np.indices(light.shape)
    focal = size[0] / 2 / np.tan(np.radians(hfov / 2))
    away = np.hypot(column + 0.5 - size[0] / 2, row + 0.5 - size[1] / 2) / (focal * radius)
    above = row < size[1] / 2  # bars of cloud lie across its lower half
    rings = [
        light[above & (away > a) & (away < a + 0.3)].mean() for a in (0.0, 0.75, 1.3, 2.5, 4.5)
    ]
    assert (np.diff(rings) < 0).all()
    assert rings[0] > 1.3 * rings[1]  # its limb is darker
    assert rings[0] > 3.0 * rings[3]
    assert light[away > 1.5].max() < rings[0]
