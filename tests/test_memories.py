"""Drawing with curves, and the people that the orb remembers by them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage

from models import bake, drawing
from models.drawing import CELL, ROWS, Layer, opened
from models.memory import afar, bust, caress, coiffure, dewdrop, strands, visions
from models.memory.relief import FAR, Seen
from models.memory.visions import SIDE
from models.people.body import along

LARGEST = 1_500_000  # bytes
FREE = ((0.0, 8.9, -6.2), (3.1, 7.6, 0.0), (0.0, 10.3, -3.1))  # lips, eye and nose
LAUGH, DEW, TOUCH = range(3)
BEHIND, FAR_LAYER, NEAR = range(3)


@pytest.fixture(scope="module")
def baked():
    """`baked(memory, which)`: a layer of root light and cover (SIDE, SIDE, 4)."""
    picture = bake.load_picture("memories").astype(np.float64) / 255

    def one(memory, which):
        return picture[SIDE * memory : SIDE * (memory + 1), SIDE * which : SIDE * (which + 1)]

    return one


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
    lamp, open_ = caress.LAMP, np.ones((2, 2))
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


def test_laughter_opens_the_mouth_and_lifts_its_corners():
    above, below, corner, crown, throat = bust.laughing(
        [[0, 8.9, -5.9], [0, 8.9, -6.5], [2.1, 7.4, -6.35], [0, 0, 10.0], [0, 1.0, -15.0]]
    )
    assert above[2] - below[2] > 0.8
    assert corner[2] > 0.5 * (above[2] + below[2]) + 0.3
    assert abs(corner[0]) > 2.3
    assert crown == pytest.approx([0.0, 0.0, 10.0], abs=1e-3)
    assert throat == pytest.approx([0.0, 1.0, -15.0], abs=0.05)


def test_a_face_seen_near_has_a_smaller_nose_and_a_chin_further_back():
    points = np.array([[0.0, 10.3, -3.1], [0.0, 8.2, -9.9], [0.0, 0.0, 10.0]])
    nose, chin, crown = bust.gentle(points) - points
    assert nose[1] < -0.4
    assert chin[1] < -0.4
    assert crown == pytest.approx([0.0, 0.0, 0.0], abs=1e-3)


def test_a_lens_is_sharp_at_the_eye_and_soft_beyond():
    x, _ = drawing.grid()
    layer = Layer()
    layer.over((1.0, 1.0, 1.0), (np.sin(2 * np.pi * x / 0.03) > 0).astype(np.float64))
    made = visions.focused(layer, visions.HER, bust.laughing).cover
    eye = along(visions.HER.matrix(), bust.laughing([(3.1, 7.6, 0.0)])[0])[:2]
    near, far = (
        np.ptp(made[row, column - 15 : column + 15])
        for column, row in (
            ((np.asarray(place) + 1) / CELL).astype(int) for place in (eye, (0.6, 0.8))
        )
    )
    assert near > 0.9
    assert far < 0.2


def test_teeth_stand_behind_the_lips():
    front = bust.teeth().positions[:, 1].max()
    lip = bust.laughing([[0.0, 8.9, -5.8]])[0, 1]
    assert lip - 1.5 < front < lip


def test_a_man_has_more_jaw_brow_and_nose():
    points = np.array([[4.6, 0.8, -6.4], [0.0, 8.5, 1.6], [0.0, 8.6, -0.9]])
    jaw, brow, nose = bust.grown_man(points) - points
    assert jaw[0] > 0.3
    assert brow[1] > 0.3
    assert nose[1] > 0.2


CUTS = {"hers": visions.HERS, "his": visions.HIS, "long": caress.LONG}


@pytest.mark.parametrize("name", CUTS)
def test_hair_grows_without_a_kink_and_out_of_the_skull(name):
    cut = replace(CUTS[name], locks=40, hairs=4)
    hair = coiffure.grown(cut, 1)
    assert 80 <= len(hair) <= 160
    assert (hair[..., 1].max(axis=1) - hair[:, 0, 1]).max() < cut.ahead + 2.5
    steps = np.diff(hair, axis=1)
    unit = steps / np.maximum(np.linalg.norm(steps, axis=2, keepdims=True), 1e-9)
    assert np.quantile((unit[:, 1:] * unit[:, :-1]).sum(axis=2), 0.02) > 0.5
    away = np.linalg.norm((hair - coiffure.SKULL) / coiffure.RADII, axis=2)
    assert away.min() > 0.99


def test_hair_grows_on_no_face():
    root = coiffure.roots(400, 2)
    assert not ((root[:, 1] > 6.0) & (root[:, 2] < 4.0)).any()


def test_hair_shades_what_is_behind_it():
    rng = np.random.default_rng(1)
    points = rng.uniform(-0.3, 0.3, (40000, 3))
    past = strands.reached(points, np.array([1.0, 0.0, 0.0]))
    assert past[points[:, 0] < -0.2].mean() > 3 * past[points[:, 0] > 0.2].mean()


def test_a_disc_of_light_keeps_its_weight_and_its_size():
    made = afar.opening(0.05)
    assert made.sum() == pytest.approx(1.0)
    across = np.flatnonzero(made[len(made) // 2] > 0.0)
    assert np.ptp(across) * CELL == pytest.approx(0.10, abs=4 * CELL)


def test_a_drop_shows_the_morning_upside_down():
    layer = Layer()
    dewdrop.drop(layer, dewdrop.Drop((0.5, 0.3), 0.2))
    column, row = ((np.array([0.5, 0.3]) + 1) / CELL).astype(int)
    above, below = (layer.light[row + d, column] for d in (30, -55))
    assert below[2] / below[0] > above[2] / above[0]  # the blue sky stands below in it
    assert layer.cover[row, column] == pytest.approx(1.0)
    assert layer.cover[row, column + int(0.25 / CELL)] == 0.0


def test_a_large_drop_lies_flat():
    layer = Layer()
    dewdrop.drop(layer, dewdrop.Drop((0.0, 0.0), 0.2, press=0.6))
    rows, columns = np.nonzero(layer.cover > 0.5)
    assert np.ptp(rows) / np.ptp(columns) == pytest.approx(0.6, abs=0.05)


def test_rays_bend_as_snell_has_it():
    slant = np.radians(40.0)
    ray = np.array([[np.sin(slant), 0.0, -np.cos(slant)]])
    bent = dewdrop._bent(ray, np.array([[0.0, 0.0, 1.0]]), 1.0 / 1.333)
    assert bent[0, 0] == pytest.approx(np.sin(slant) / 1.333)
    steep = np.array([[np.sin(1.2), 0.0, -np.cos(1.2)]])
    assert dewdrop._bent(steep, np.array([[0.0, 0.0, 1.0]]), 1.333)[0, 2] > 0.0  # none leaves


def test_two_faces_are_turned_to_each_other(baked):
    nose = np.array([0.0, 10.3, -3.1])
    her = along(visions.HER.matrix(), bust.laughing([nose])[0])
    him = along(visions.HIM.matrix(), bust.laughing(bust.grown_man([nose]))[0])
    assert 0.05 < him[0] - her[0] < 0.3
    assert abs(him[1] - her[1]) < 0.25
    far, near = baked(LAUGH, FAR_LAYER), baked(LAUGH, NEAR)
    # Light stands between their brows, and both are there beside it.
    assert far[texel((0.03, 0.45))][3] + near[texel((0.03, 0.45))][3] < 0.5
    assert near[texel((-0.35, 0.05))][3] > 0.9
    assert far[texel((0.40, 0.10))][3] > 0.9


def test_the_hand_has_no_holes():
    there = caress.hand().height > FAR
    assert (ndimage.binary_fill_holes(there) & ~there).sum() < 0.01 * there.sum()


def test_the_hand_lies_on_the_cheek(baked):
    face, hand = baked(TOUCH, FAR_LAYER)[..., 3] > 0.5, baked(TOUCH, NEAR)[..., 3] > 0.5
    assert 0.04 < hand.mean() < 0.25
    assert (hand & face).sum() > 0.35 * hand.sum()
    on_face = (along(caress.HER.matrix(), place)[:2] for place in FREE)
    assert not any(hand[texel(place)] for place in on_face)
    # It is no larger than a hand is beside a head.
    tall = np.ptp(caress.points()[:, 1][caress.points()[:, 1] > 0]) * caress.SCALE
    assert 0.6 < tall / (22.0 * caress.HER.size) < 0.95


def test_layers_are_light_and_small(baked):
    for memory in (LAUGH, DEW, TOUCH):
        assert (baked(memory, BEHIND)[..., 3] == 1.0).all()
        for which in (FAR_LAYER, NEAR):
            layer = baked(memory, which)
            assert layer[..., :3].max() > (
                0.2 if (memory, which) == (DEW, NEAR) else 0.3
            )  # dim blur
            assert (layer[..., 3] < 0.002).mean() > 0.15
    assert (bake.FOLDER / "memories.npz").stat().st_size < LARGEST
