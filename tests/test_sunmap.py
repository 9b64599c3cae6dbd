"""What is drawn once and kept must not differ from what is drawn anew."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from panda3d.core import LMatrix4

from world.render.lens import Camera
from world.render.picture import Picture
from world.render.sunmap import part_of
from world.timeline import at, moment_at

SIZE = (160, 90)
EYE = Camera.looking((18.0, -1.5, 1.6), (-40.0, 0.0, 5.0), 80.0)


@pytest.fixture(scope="module")
def painter(graphics) -> Iterator[Picture]:
    made = Picture(SIZE, "low", 1)
    yield made
    made.close()


def test_a_part_is_the_boxs_own_in_whole_texels():
    half = LMatrix4.scaleMat(0.1, 0.1, 0.1)  # ten metres are the whole map
    left, right, bottom, top = part_of(half, [[1.04, 2.0, -5.0], [3.91, 6.21, 5.0]], (20, 10))
    assert (left, right) == pytest.approx((0.10, 0.40))
    assert (bottom, top) == pytest.approx((0.2, 0.7))


def test_a_part_stays_within_the_map():
    part = part_of(
        LMatrix4.scaleMat(0.1, 0.1, 0.1), [[-50.0, -50.0, 0.0], [50.0, 50.0, 1.0]], (8, 8)
    )
    assert part == (0.0, 1.0, 0.0, 1.0)


def test_the_kept_map_gives_the_picture_of_a_fresh_one(painter):
    """The first frame copies the whole map, later ones only the part where people are."""
    frame = painter.frame
    frame.sun.reload(frame.shaders)
    frame.update(at(moment_at(40.0)), EYE)
    first = frame.read()
    frame.update(at(moment_at(70.0)), EYE)
    frame.read()
    frame.update(at(moment_at(40.0)), EYE)
    assert np.array_equal(frame.read(), first)


def test_people_cast_their_shadows_in_every_frame(painter):
    frame = painter.frame
    view = Camera.looking((8.0, 6.0, 5.0), (0.0, 0.0, 0.0), 70.0)
    frame.update(at(moment_at(40.0)), view)
    frame.read()
    frame.update(at(moment_at(40.0)), view)
    shadowed = frame.read().astype(int)
    people = frame.sun.whole.output.getDisplayRegions()[-1]
    people.setActive(False)
    try:
        frame.update(at(moment_at(40.0)), view)
        bare = frame.read().astype(int)
    finally:
        people.setActive(True)
    assert (bare - shadowed).max() > 40


def test_the_sky_that_haze_mirrors_follows_the_story(painter):
    """However often a moment is set before it is drawn."""
    frame = painter.frame
    pictures = []
    for moments in ((40.0,), (300.0, 40.0), (300.0,), (40.0, 300.0)):
        for story in moments:
            frame.update(at(moment_at(story)), EYE)
        pictures.append(frame.read())
    dusk, again, silver, late = pictures
    assert np.array_equal(dusk, again)
    assert np.array_equal(silver, late)
    assert not np.array_equal(dusk, silver)
