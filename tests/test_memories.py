"""Sculpture kept as pictures, and the people that the orb remembers by them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage

from models import bake, caress, relief, visions
from models.face import head
from models.relief import FAR, ROWS, SIDE, Seen
from models.sdf import Clay, sphere

HALF = SIDE // 2
LARGEST = 300_000  # bytes


@pytest.fixture(scope="module")
def baked():
    """What was baked, as numbers: shape and matter of the laugh, then of the touch."""
    picture = bake.load_picture("memories").astype(np.float64) / 255
    return [picture[:, SIDE * i : SIDE * (i + 1)] for i in range(4)]


def flat(height):
    return Seen(
        np.full((ROWS, ROWS), height), np.zeros((ROWS, ROWS, 3)), np.full((ROWS, ROWS, 2), height)
    )


def test_a_ball_is_seen_as_a_ball():
    clay = Clay((-1.2, -1.2, -1.2), (1.2, 1.2, 1.2), 0.05)
    clay.add(sphere((0, 0, 0), 1.0))
    to_disc = np.diag([0.5, 0.5, 0.5, 1.0])
    seen = relief.of_clay(clay.settled(), to_disc, lambda p: np.zeros((len(p), 2)))
    x, y = relief.grid().T.reshape(2, ROWS, ROWS)
    r = np.hypot(x, y)
    inner = r < 0.45
    assert (seen.height[inner] > FAR).all()
    assert (seen.height[r > 0.53] == FAR).all()
    np.testing.assert_allclose(seen.height[inner], np.sqrt(0.25 - r[inner] ** 2), atol=0.006)
    np.testing.assert_allclose(seen.normal[inner][:, 0], x[inner] / 0.5, atol=0.04)


def test_what_lies_nearer_is_what_is_seen():
    both = flat(0.2).before(flat(0.5))
    assert (both.height == 0.5).all()
    assert (both.matter == 0.5).all()


def test_a_plain_is_open_and_a_pit_is_not():
    height = np.zeros((ROWS, ROWS))
    height[ROWS // 2 - 12 : ROWS // 2 + 12, ROWS // 2 - 12 : ROWS // 2 + 12] = -0.2
    open_ = relief.horizon(height)
    assert open_[20, 20] == 1.0
    assert open_[ROWS // 2, ROWS // 2] < 0.5


def test_a_wall_keeps_the_sun_off_on_its_far_side():
    height = np.zeros((ROWS, ROWS))
    height[:, ROWS // 2 :][:, :10] = 0.4
    lit = relief.sunlit(height, (1.0, 0.0, 0.5))
    assert lit[100, ROWS // 2 - 20] < 0.1
    assert lit[100, ROWS // 2 + 40] > 0.9


def test_the_hand_has_no_holes():
    there = caress.hand().height > FAR
    assert (ndimage.binary_fill_holes(there) & ~there).sum() < 0.01 * there.sum()


def test_the_hand_lies_on_the_cheek(baked):
    face = baked[2][..., 3] > 0.5
    hand = (caress.hand().height > FAR)[::2, ::2]
    assert 0.04 < hand.mean() < 0.25
    upper = hand & (np.arange(SIDE)[:, None] > HALF)
    assert upper.any()
    assert (upper & face).sum() > 0.98 * upper.sum()
    # The mouth, right of the middle and below the eyes, stays free.
    lips = visions.HELD.head() @ np.array([0.0, 9.5, -6.4, 1.0])
    column, row = ((lips[:2] + 1) * HALF).astype(int)
    assert not hand[row - 8 : row + 8, column - 6 : column + 20].any()


def test_the_two_who_laugh_look_at_each_other(baked):
    for who, side in ((visions.HE, 1.0), (visions.SHE, -1.0)):
        assert side * who.faces[0] > 0.5
        nose = visions.body.along(who.head(), [0.0, 10.4, -3.3])
        assert 0.0 < -side * nose[0] < 0.2
    # Their skin is turned to the middle, and between their brows one sees the light.
    shape, matter = baked[:2]
    skin = (shape[..., 3] > 0.9) & (matter[..., :2] < 0.1).all(axis=2)
    skin[:HALF] = False
    turned = shape[..., 0] * 2 - 1
    assert turned[:, :HALF][skin[:, :HALF]].mean() > turned[:, HALF:][skin[:, HALF:]].mean() + 0.2
    assert (shape[HALF:, HALF - 12 : HALF + 24, 3] < 0.5).any(axis=1).mean() > 0.8


def test_they_have_hair_and_clothes_and_the_pictures_are_small(baked):
    for shape, matter in (baked[:2], baked[2:]):
        there = shape[..., 3] > 0.5
        assert 0.3 < there.mean() < 0.8
        for kind in (0, 1):
            assert 0.05 < (matter[..., kind][there] > 0.5).mean() < 0.6
    assert (bake.FOLDER / "memories.npz").stat().st_size < LARGEST


def test_a_smile_lifts_the_corners_of_the_mouth():
    corner = np.array([[2.5, 7.9, -6.5], [-2.5, 7.9, -6.5]])
    drawn = sum(visions.pulled(muscle, corner) for muscle in visions.SMILE)
    assert (drawn[:, 2] > 0.4).all()
    assert drawn[0, 0] > 0.3
    assert drawn[1, 0] == -drawn[0, 0]
    # The cheek comes forward: what was air before it is flesh.
    clay = visions.known_far(head(visions.HE.features))
    cheek = clay.gradient(np.array([[3.4, 7.3, -3.4]]))[0]
    before = np.array([3.4, 7.3, -3.4]) + np.linspace(0.0, 2.0, 40)[:, None] * cheek
    calm, merry = (visions.smiling(clay, amount).at(before) < 0 for amount in (0.0, 1.0))
    assert merry.sum() > calm.sum()


def test_hair_can_be_grown_on_a_head_without_a_step():
    far = visions.known_far(head(visions.HE.features, visions.LOW, visions.HIGH)).settled()
    up = np.column_stack([np.zeros(30), np.full(30, -2.0), np.linspace(11.6, 13.6, 30)])
    rise = np.diff(far.at(up))
    assert (rise > 0).all()
    assert rise.max() < 2.5 * rise.mean()
