"""Whole pictures: the same moment gives the same pixels, at every level, in any order."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from panda3d.core import RenderState

from world.capture import shots
from world.capture.moments import moment_of
from world.render.lens import Camera
from world.render.picture import Picture
from world.render.quality import QUALITIES, quality
from world.timeline import Stance, Visit, moment_at

SIZE = (192, 108)
ARRIVAL = Camera.looking((18.0, -1.5, 1.6), (0.0, -1.0, 2.6), 80)
GOLDEN = ("arrival", "fallen", "bowing", "roots-half", "dissolve-half", "night", "dawns-last")


@pytest.fixture(scope="module")
def painter(graphics) -> Iterator[Picture]:
    made = Picture(SIZE, "medium", 1)
    yield made
    made.close()


def draw(painter, name):
    shot, take = shots.find(name)
    moment = moment_of(take.at)
    view = shot.view(moment.story, 1)
    camera = Camera.looking(view.eye, view.look, shot.hfov)
    return painter.draw(moment, camera, shot.visit, shot.embodied)


def test_twelve_three_twelve_gives_the_same_pixels(painter):
    first = painter.draw(moment_at(12.0), ARRIVAL)
    other = painter.draw(moment_at(3.0), ARRIVAL)
    again = painter.draw(moment_at(12.0), ARRIVAL)
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_two_painters_agree_to_the_pixel(painter):
    one = painter.draw(moment_at(150.0), ARRIVAL)
    twin = Picture(SIZE, "medium", 1)
    try:
        np.testing.assert_array_equal(one, twin.draw(moment_at(150.0), ARRIVAL))
    finally:
        twin.close()


def test_a_frame_may_change_its_scale_and_come_back(painter):
    first = painter.draw(moment_at(150.0), ARRIVAL)
    painter.frame.rescale(0.5)
    coarse = painter.draw(moment_at(150.0), ARRIVAL)
    painter.frame.rescale(painter.frame.quality.scale)
    again = painter.draw(moment_at(150.0), ARRIVAL)
    np.testing.assert_array_equal(first, again)
    assert (coarse != first).any()
    assert abs(coarse.mean() - first.mean()) < 2.0


def test_frames_leave_no_render_states_behind(painter):
    moments = [moment_at(480.0 * (index + 0.5) / 24) for index in range(24)]
    for moment in moments:
        painter.draw(moment, ARRIVAL)
    before = RenderState.getNumStates()
    for moment in moments:
        painter.draw(moment, ARRIVAL)
    assert RenderState.getNumStates() <= before


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(golden, painter, name):
    golden(name, lambda: draw(painter, name))


@pytest.mark.parametrize("level", sorted(QUALITIES))
def test_every_level_draws_the_same_dream(painter, level):
    """Coarser or finer, but the light falls in the same places."""
    other = Picture(SIZE, level, 1)
    try:
        picture = other.draw(moment_at(45.0), ARRIVAL)
    finally:
        other.close()
    base = painter.draw(moment_at(45.0), ARRIVAL)
    apart = np.abs(_blocks(picture) - _blocks(base))
    assert apart.mean() < 7
    assert np.percentile(apart, 95) < 30


def _blocks(picture):
    """Means of 12 by 12 pixels."""
    height, width = SIZE[1] // 12, SIZE[0] // 12
    return picture.astype(float).reshape(height, 12, width, 12, 3).mean(axis=(1, 3))


def test_acts_can_be_told_apart(painter):
    """Crimson dusk, silver awe, near-black night, warm morning."""
    colour = {
        name: draw(painter, name).reshape(-1, 3).mean(axis=0) / 255
        for name in ("arrival", "night", "dawns-last")
    }
    assert colour["arrival"][0] > 1.3 * colour["arrival"][1]
    assert colour["night"].mean() < 0.8 * colour["arrival"].mean()
    assert colour["dawns-last"].mean() > 2 * colour["arrival"].mean()


def test_light_runs_from_where_the_visitor_stands(painter):
    """Two standing points light two different parts of the floor."""
    above = Camera.looking((10.0, -12.0, 16.0), (2.0, 0.0, 0.0), 80)
    moment = moment_at(306.0)
    here = painter.draw(moment, above, Visit(step=Stance(8.0, 0.0)), embodied=False)
    there = painter.draw(moment, above, Visit(step=Stance(-6.0, 9.0)), embodied=False)
    assert (np.abs(here.astype(int) - there).max(axis=2) > 12).mean() > 0.01


def test_an_unknown_quality_names_the_known():
    with pytest.raises(ValueError, match="low, medium, high, ultra"):
        quality("best")


def test_a_camera_needs_a_way_to_look():
    with pytest.raises(ValueError, match="are the same"):
        Camera.looking((1, 2, 3), (1, 2, 3))
    with pytest.raises(ValueError, match="field of view"):
        Camera((0, 0, 0), hfov=200)


@pytest.mark.parametrize("look", [(-5, 0, 1.6), (0, 7, 3), (3, 3, -4)])
def test_a_camera_looks_where_it_is_told(look):
    camera = Camera.looking((0.5, -1.0, 1.6), look)
    way = np.subtract(look, camera.eye)
    np.testing.assert_allclose(camera.direction, way / np.linalg.norm(way), atol=1e-9)
    np.testing.assert_allclose(camera.turn()[:, 1], camera.direction, atol=1e-6)
    np.testing.assert_allclose(camera.turn().T @ camera.turn(), np.eye(3), atol=1e-6)
