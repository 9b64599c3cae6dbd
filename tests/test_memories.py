"""Drawing with curves, and the people that the orb remembers by them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from models import bake, caress, drawing, outlines, tresses, visions
from models.colour import linear
from models.drawing import CELL, ROWS, Layer, Placed, closed, filled, opened
from models.relief import FAR
from models.remembered import Light, bezier
from models.visions import SIDE

LARGEST = 400_000  # bytes
ROUND = [(0.5 * np.cos(a), 0.5 * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 9)[:-1]]


@pytest.fixture(scope="module")
def baked():
    """Four layers of light and cover (SIDE, SIDE, 4): laugh far and near, touch far and near."""
    picture = bake.load_picture("memories").astype(np.float64) / 255
    return [picture[:, SIDE * i : SIDE * (i + 1)] for i in range(4)]


def texel(point):
    """Row and column of a place of the disc."""
    column, row = ((np.asarray(point) + 1) / 2 * SIDE).astype(int)
    return row, column


def test_a_ring_of_eight_points_is_a_disc():
    mask = filled(closed(ROUND))
    x, y = drawing.grid()
    r = np.hypot(x, y)
    assert (mask[r < 0.49] == 1).all()
    assert (mask[r > 0.51] == 0).all()
    assert mask.sum() * CELL**2 == pytest.approx(np.pi * 0.25, rel=0.01)


def test_what_is_rounded_turns_outwards_at_its_border():
    normal = drawing.normals(drawing.round_form(filled(closed(ROUND)), 0.2))
    middle = ROWS // 2
    right, left = middle + int(0.45 / CELL), middle - int(0.45 / CELL)
    assert normal[middle, middle, 2] > 0.999
    assert normal[middle, right, 0] > 0.5
    assert normal[middle, left, 0] < -0.5
    np.testing.assert_allclose(np.linalg.norm(normal, axis=2), 1.0, atol=1e-9)


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


def test_an_outline_is_brightest_towards_the_sun():
    grey = np.full(3, 0.2)
    sun = Light((0.0, 0.9), 0.0, 0.0, 1.0, grey, grey, linear(0xFFFFFF), linear(0xFFFFFF))
    mask = filled(closed(ROUND))
    lit = sun.on(grey, mask, drawing.normals(drawing.round_form(mask, 0.2))).mean(axis=2)
    middle, rim = ROWS // 2, int(0.49 / CELL)
    top, below = lit[middle + rim, middle], lit[middle - rim, middle]
    assert top > 3 * lit[middle, middle]
    assert top > 5 * below


def test_a_placed_head_looks_where_it_should():
    nose = np.array([0.47, -0.14])
    assert Placed((0, 0), 1.0, 0.0)(nose)[0] > 0.4
    assert Placed((0, 0), 1.0, 0.0, left=True)(nose)[0] < -0.4
    assert Placed((0, 0), 1.0, 30.0)(nose)[1] > nose[1] + 0.1
    assert Placed((0, 0), 1.0, 30.0, left=True)(nose)[1] > nose[1] + 0.1


@pytest.mark.parametrize(
    "strands",
    [
        tresses.tied_back(40, 1),
        tresses.tail(40, 1),
        tresses.falling(40, 1),
        tresses.tousled(40, 1),
        tresses.over_the_crown(tresses.TIED_OVER, 40, 1),
        tresses.flying(tresses.LOOSE_OVER, 40, 1),
        tresses.stray(40, 1),
    ],
)
def test_hair_runs_without_a_kink(strands):
    steps = np.diff(strands, axis=1)
    unit = steps / np.maximum(np.linalg.norm(steps, axis=2, keepdims=True), 1e-9)
    straight = (unit[:, 1:] * unit[:, :-1]).sum(axis=2)
    assert np.quantile(straight, 0.01) > 0.5
    assert np.isfinite(strands).all()


def test_a_curve_begins_and_ends_where_it_is_told():
    a, b, c, d = np.random.default_rng(2).normal(0, 1, (4, 5, 2))
    curve = bezier(a, b, c, d)
    np.testing.assert_allclose(curve[:, 0], a)
    np.testing.assert_allclose(curve[:, -1], d)


def test_mother_and_child_look_at_each_other(baked):
    her = visions.HER(outlines.SHE)[7]
    child = visions.THE_CHILD(outlines.CHILD)[6]
    assert 0.0 < child[0] - her[0] < 0.2
    assert abs(child[1] - her[1]) < 0.2
    # Light stands between their faces, and both are there beside it.
    far, near = baked[:2]
    row, column = texel((her + child) / 2)
    assert far[row, column, 3] + near[row, column, 3] < 0.5
    assert near[texel(visions.HER((0.2, 0.1)))][3] > 0.9
    assert far[texel(visions.THE_CHILD((0.2, 0.1)))][3] > 0.9


def test_lips_lie_behind_the_line_from_nose_to_chin():
    """A small child's, whose chin is not grown, lie a little before it."""
    for outline, least, most in (
        (outlines.SHE, 0.0, 0.03),
        (outlines.FACE, -0.002, 0.03),
        (outlines.CHILD, -0.03, 0.0),
    ):
        ring = closed(outline)
        face = ring[ring[:, 0] > 0.25]
        nose = face[np.argmax(np.where(face[:, 1] > -0.21, face[:, 0], -1.0))]
        chin = face[np.argmax(np.where(face[:, 1] < -0.36, face[:, 0], -1.0))]
        lips = face[(face[:, 1] < -0.23) & (face[:, 1] > -0.33)]
        line = np.interp(lips[:, 1], [chin[1], nose[1]], [chin[0], nose[0]])
        behind = line - lips[:, 0]
        assert least < behind.min() < most


def test_a_child_has_a_large_brow_and_a_small_nose_and_chin():
    she, child = closed(outlines.SHE), closed(outlines.CHILD)

    def furthest(ring, low, high):
        return ring[(ring[:, 1] > low) & (ring[:, 1] < high), 0].max()

    assert furthest(child, 0.0, 0.3) > furthest(child, -0.22, -0.14)  # brow before nose
    assert furthest(she, 0.0, 0.3) < furthest(she, -0.22, -0.10)
    assert furthest(child, -0.41, -0.36) < furthest(she, -0.41, -0.36)


def test_a_small_hand_lies_on_her_cheek(baked):
    for line, width in outlines.FINGERS:
        ring = visions.finger(line, width)
        assert np.linalg.norm(ring - line[-1], axis=1).min() < 1.05 * width[-1]
        assert baked[1][texel(line[-1])][3] > 0.9
    head = filled(visions.HER(closed(outlines.SHE)))
    tips = np.array([line[-1] for line, _ in outlines.FINGERS])
    rows, columns = ((tips[:, ::-1] + 1) / CELL).astype(int).T
    assert head[rows, columns].all()


def test_the_hand_has_no_holes():
    there = caress.hand().height > FAR
    assert (ndimage.binary_fill_holes(there) & ~there).sum() < 0.01 * there.sum()


def test_the_hand_lies_on_the_cheek(baked):
    face, hand = baked[2][..., 3] > 0.5, baked[3][..., 3] > 0.5
    assert 0.04 < hand.mean() < 0.2
    assert (hand & face).sum() > 0.35 * hand.sum()
    assert hand[texel(caress.HER((0.10, -0.30)))]  # along the jaw
    for free in ((0.39, -0.27), (0.31, 0.0), (0.45, -0.13)):  # lips, eye and nose
        assert not hand[texel(caress.HER(free))]
    # It is no larger than a hand is beside a head.
    tall = np.ptp(caress.points()[:, 1][caress.points()[:, 1] > 0]) * caress.SCALE
    assert 0.6 < tall / caress.HER.size < 0.85


def test_layers_are_light_and_small(baked):
    for layer in baked:
        assert layer[..., :3].max() > 0.3
        bare = layer[..., 3] < 0.002
        assert bare.mean() > 0.25
        assert layer[..., :3][bare].max() < 0.1
    assert (bake.FOLDER / "memories.npz").stat().st_size < LARGEST
