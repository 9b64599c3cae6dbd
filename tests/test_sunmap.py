"""What is drawn once and kept must not differ from what is drawn anew."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from panda3d.core import LMatrix4

from world.render.lens import Camera
from world.render.picture import Picture
from world.render.sunmap import CELLS, covered, quads
from world.timeline import at, moment_at

SIZE = (160, 90)
EYE = Camera.looking((18.0, -1.5, 1.6), (-40.0, 0.0, 5.0), 80.0)


@pytest.fixture(scope="module")
def painter(graphics) -> Iterator[Picture]:
    made = Picture(SIZE, "low", 1)
    yield made
    made.close()


HALF = LMatrix4.scaleMat(0.1, 0.1, 0.1)  # ten metres are the whole map


def test_cells_that_a_box_touches_are_covered():
    cells = covered(HALF, [[[1.04, 2.0, -5.0], [3.91, 6.21, 5.0]]])
    rows, columns = np.nonzero(cells)
    across, up = CELLS
    assert (columns.min(), columns.max() + 1) == (int(0.104 * across), int(0.391 * across) + 1)
    assert (rows.min(), rows.max() + 1) == (int(0.2 * up), int(0.621 * up) + 1)
    assert cells.sum() == len(set(rows)) * len(set(columns))


def test_covered_cells_stay_within_the_map():
    assert covered(HALF, [[[-50.0, -50.0, 0.0], [50.0, 50.0, 1.0]]]).all()
    assert not covered(HALF, [[[-50.0, -50.0, 0.0], [-20.0, -20.0, 1.0]]]).any()
    assert not covered(HALF, np.zeros((0, 2, 3))).any()


def test_turned_boxes_are_covered_to_their_corners():
    turned = LMatrix4.rotateMat(30.0, (0, 0, 1)) * LMatrix4.scaleMat(0.1, 0.1, 0.1)
    turned = turned * LMatrix4.translateMat(0.5, 0.4, 0.0)
    box = np.array([[-1.0, -2.0, 0.0], [2.0, 1.0, 1.0]])
    cells = covered(turned, box[None])
    for pick in np.ndindex(2, 2, 2):
        corner = turned.xformPoint(tuple(box[pick, (0, 1, 2)]))
        assert cells[int(corner[1] * CELLS[1]), int(corner[0] * CELLS[0])]


def test_runs_of_cells_become_rectangles_of_the_same_area():
    cells = np.zeros((8, 16), dtype=bool)
    cells[2, 3:7] = cells[2, 9:10] = cells[5, 0:16] = True
    mesh = quads(cells)
    a, b, c = (mesh.positions[mesh.triangles[:, i], :2] for i in range(3))
    ab, ac = (b - a).T, (c - a).T
    area = np.abs(ab[0] * ac[1] - ab[1] * ac[0]).sum() / 2.0
    assert len(mesh.triangles) == 2 * 3
    assert area / 4.0 == pytest.approx(cells.mean())
    assert np.abs(mesh.positions[:, :2]).max() <= 1.0


@pytest.mark.parametrize("story", [40.0, 160.0, 265.0, 330.0, 372.0])
def test_the_kept_map_gives_the_picture_of_a_fresh_one(painter, story):
    """The first frame copies the whole map, later ones only the parts where people are."""
    frame = painter.frame
    frame.sun.reload(frame.shaders)
    frame.update(at(moment_at(story)), EYE)
    first = frame.read()
    frame.update(at(moment_at(70.0)), EYE)
    frame.read()
    frame.update(at(moment_at(story)), EYE)
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
