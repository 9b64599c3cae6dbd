"""Drawing with curves, and the people that the orb remembers by them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from models import bake, drawing
from models.drawing import CELL, ROWS, Layer, opened
from models.memory import bust, caress, coiffure, visions
from models.memory.relief import FAR, Seen
from models.memory.visions import SIDE
from models.people.body import along

LARGEST = 400_000  # bytes
FREE = ((0.0, 8.9, -6.2), (3.1, 7.6, 0.0), (0.0, 10.3, -3.1))  # lips, eye and nose


@pytest.fixture(scope="module")
def baked():
    """Four layers of light and cover (SIDE, SIDE, 4): laugh far and near, touch far and near."""
    picture = bake.load_picture("memories").astype(np.float64) / 255
    return [picture[:, SIDE * i : SIDE * (i + 1)] for i in range(4)]


def texel(point):
    """Row and column of a place of the disc."""
    column, row = ((np.asarray(point) + 1) / 2 * SIDE).astype(int)
    return row, column


def test_strewn_points_keep_their_weight():
    rng = np.random.default_rng(1)
    points, weights = rng.uniform(-0.9, 0.9, (500, 2)), rng.uniform(0, 1, 500)
    assert drawing.strewn(points, weights).sum() == pytest.approx(weights.sum())


def test_a_stroke_lies_along_its_line():
    line = opened([(-0.4, 0.0), (0.0, 0.2), (0.4, 0.0)])
    made = drawing.stroke(line, 0.02)
    column, row = ((line[80] + 1) / CELL).astype(int)
    assert made[row, column] > 0.9
    assert made[row + int(0.1 / CELL), column] == 0.0


def test_what_is_laid_over_hides_what_is_behind():
    layer = Layer()
    layer.over((1.0, 0.0, 0.0), np.ones((ROWS, ROWS)))
    layer.over((0.0, 1.0, 0.0), np.full((ROWS, ROWS), 0.75))
    np.testing.assert_allclose(layer.light[0, 0], [0.25, 0.75, 0.0])
    assert layer.cover[0, 0] == 1.0


def test_what_turns_to_the_lamp_is_bright_and_what_is_shaded_is_not():
    lamp, open_ = caress.WINDOW, np.ones((2, 2))
    for way, least, most in ((lamp.way, 1.0, 9.0), (-lamp.way, 0.0, 0.5)):
        found = Seen(np.zeros((2, 2)), np.tile(way, (2, 2, 1)), np.zeros((2, 2, 3)))
        light = lamp.on(np.full(3, 0.8), found, open_, open_, 0.0).mean()
        assert least < light < most
        dark = lamp.on(np.full(3, 0.8), found, 0.0 * open_, open_, 0.0).mean()
        assert dark <= light + 1e-9


def test_a_shadow_falls_away_from_the_lamp():
    height = np.full((ROWS, ROWS), 0.0)
    middle = ROWS // 2
    height[middle - 20 : middle + 20, middle - 20 : middle + 20] = 0.2
    left = bust.shadows(height, (0.8, 0.0, 0.6), height)
    assert left[middle, middle - 40] < 0.2  # beside it, on the dark side
    assert left[middle, middle + 40] > 0.95
    assert left[middle, middle] > 0.95  # nothing stands before it


def test_a_head_turns_nods_and_leans_as_it_is_told():
    nose, crown = np.array([0.0, 10.0, 0.0]), np.array([0.0, 0.0, 10.0])

    def placed(point, **how):
        pose = bust.Pose((0.0, 0.0), 0.05, **{"turn": 0.0, "nod": 0.0, "lean": 0.0, **how})
        return along(pose.matrix(), point)

    assert placed(nose) == pytest.approx([0.0, 0.0, 0.5])
    assert placed(nose, turn=40.0)[0] > 0.3
    assert placed(nose, nod=20.0)[1] < -0.1
    assert placed(crown, lean=20.0)[0] < -0.1
    assert np.linalg.det(bust.Pose((0, 0), 0.05, 30.0, 9.0, 4.0).matrix()[:3, :3]) > 0.0


def test_laughter_keeps_the_mouth_shut_and_lifts_its_corners():
    above, below, corner, crown = bust.laughing(
        [[0.0, 8.9, -6.0], [0.0, 8.9, -6.3], [2.1, 7.4, -6.35], [0.0, 0.0, 10.0]]
    )
    assert above[2] - below[2] < 0.35
    assert corner[2] > max(above[2], below[2]) + 0.3
    assert abs(corner[0]) > 2.3
    assert crown == pytest.approx([0.0, 0.0, 10.0], abs=1e-3)


def test_a_child_has_more_skull_than_face_and_a_small_nose():
    chin, crown, nose, brow = bust.small(
        [[0.0, 8.0, -10.5], [0.0, -1.0, 10.5], [0.0, 10.3, -3.1], [0.0, 8.2, 4.0]]
    )
    assert crown[2] > 10.5
    assert chin[2] > -9.5
    assert nose[1] < 9.6
    assert brow[1] > 8.5


@pytest.mark.parametrize(
    "strands",
    [
        coiffure.combed(1),
        coiffure.knot(1),
        coiffure.loose(1),
        coiffure.curls(1, 200),
    ],
)
def test_hair_runs_without_a_kink(strands):
    steps = np.diff(strands, axis=1)
    unit = steps / np.maximum(np.linalg.norm(steps, axis=2, keepdims=True), 1e-9)
    straight = (unit[:, 1:] * unit[:, :-1]).sum(axis=2)
    assert np.quantile(straight, 0.01) > 0.5
    assert np.isfinite(strands).all()


def test_no_hair_runs_through_the_skull():
    for strands in (coiffure.combed(1), coiffure.curls(1, 200)):
        away = np.linalg.norm((strands - coiffure.SKULL) / coiffure.RADII, axis=2)
        assert np.quantile(away, 0.01) > 0.98


def test_mother_and_child_look_at_each_other(baked):
    nose = np.array([0.0, 10.3, -3.1])
    her = along(visions.HER.matrix(), bust.laughing([nose])[0])
    child = along(visions.THE_CHILD.matrix(), bust.small(bust.laughing([nose]))[0])
    assert -0.08 < child[0] - her[0] < 0.2
    assert abs(child[1] - her[1]) < 0.2
    far, near = baked[:2]
    # Light stands between their brows, and both are there beside it.
    assert far[texel((0.02, 0.55))][3] + near[texel((0.02, 0.55))][3] < 0.5
    assert near[texel((-0.35, 0.25))][3] > 0.9
    assert far[texel((0.45, 0.25))][3] > 0.9


def test_the_hand_has_no_holes():
    there = caress.hand().height > FAR
    assert (ndimage.binary_fill_holes(there) & ~there).sum() < 0.01 * there.sum()


def test_the_hand_lies_on_the_cheek(baked):
    face, hand = baked[2][..., 3] > 0.5, baked[3][..., 3] > 0.5
    assert 0.04 < hand.mean() < 0.2
    assert (hand & face).sum() > 0.35 * hand.sum()
    on_face = (along(caress.HER.matrix(), place)[:2] for place in FREE)
    assert not any(hand[texel(place)] for place in on_face)
    # It is no larger than a hand is beside a head.
    tall = np.ptp(caress.points()[:, 1][caress.points()[:, 1] > 0]) * caress.SCALE
    assert 0.6 < tall / (22.0 * caress.HER.size) < 0.95


def test_layers_are_light_and_small(baked):
    for layer in baked:
        assert layer[..., :3].max() > 0.3
        bare = layer[..., 3] < 0.002
        assert bare.mean() > 0.25
        assert layer[..., :3][bare].max() < 0.1
    assert (bake.FOLDER / "memories.npz").stat().st_size < LARGEST
