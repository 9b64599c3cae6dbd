"""The visitor's own feet: sculpted to be stood on, under the eye, seen by nobody else."""

from itertools import pairwise

import numpy as np
import pytest

from models import bake
from models.people.body import along
from models.sdf import Clay
from models.visitor import barefoot, instep
from models.visitor import hem as hem_
from world.scene import feet


@pytest.fixture(scope="module")
def parts():
    return {name: bake.load("barefoot", name) for name in ("feet", "hem", "under")}


def test_two_feet_stand_on_the_stone_half_a_step_apart(parts):
    points = parts["feet"].positions
    right, left = points[points[:, 0] > 0], points[points[:, 0] < 0]
    for foot in (right, left):
        assert -0.004 < foot[:, 2].min() < 0.004
        low = foot[foot[:, 2] < 0.05]
        assert 0.22 < np.ptp(low[:, 1]) < 0.29  # a foot's length
    ahead = right[right[:, 2] < 0.05, 1].max() - left[left[:, 2] < 0.05, 1].max()
    assert 0.05 < ahead < 0.15
    assert right[right[:, 2] < 0.05, 0].min() - left[left[:, 2] < 0.05, 0].max() > 0.04


def test_every_toe_is_held_by_the_web_and_has_a_nail(parts):
    own, nail = (parts["feet"].attributes[name] for name in ("foot", "nail"))
    for ball, web, tip in zip(instep.BALLS, instep.WEBS, instep.TIPS, strict=True):
        aside = np.abs(own[:, 0] - tip[0]) < 0.003
        assert tip[1] < own[aside, 1].max() < tip[1] + 0.018
        assert tip[1] + 0.008 - web[1] < 0.70 * (tip[1] + 0.008 - ball[1])
        near = np.hypot(own[:, 0] - tip[0], own[:, 1] - tip[1]) < 0.009
        assert (near & (np.abs(nail) < 0.8).all(axis=1)).sum() > 5


def test_toes_stand_close():
    """Beside each other there is less than two millimetres between them."""
    ends = [(np.array(tip), pulp[0]) for tip, pulp in zip(instep.TIPS, instep.PULP, strict=True)]
    for (a, wide), (b, narrow) in pairwise(ends):
        assert abs(a[0] - b[0]) - wide - narrow < 0.002


def test_no_shin_comes_through_the_robe(parts):
    """Of every foot what is higher than the hem lies behind it, as the eye sees it."""
    eye = np.array(barefoot.EYE)
    robe, skin = (parts[name].positions.astype(np.float64) for name in ("hem", "feet"))
    robe, high = robe[robe[:, 2] < 0.5], skin[skin[:, 2] > 0.085]
    seen, hidden = (
        (p[:, :2] / (eye[2] - p[:, 2:])) for p in (robe, high)
    )  # both on a plane a metre below the eye
    for x, y in hidden[::7]:
        # but for a millimetre, as the hem's points lie further apart than that
        assert seen[np.abs(seen[:, 0] - x) < 0.006, 1].max() > y - 0.001


def test_robe_runs_out_of_every_view_that_holds_the_feet(parts):
    """Its top is far behind the eye's own foot: nobody looks into it."""
    hem = parts["hem"].positions
    top = hem[hem[:, 2] > hem_.TOP - 0.02]
    assert len(top) > 20
    behind = np.degrees(np.arctan2(-top[:, 1], barefoot.EYE[2] - top[:, 2]))
    assert behind.min() > 35.0
    assert hem[:, 1].max() < 0.30  # and none of it is ahead of the toes
    below = np.degrees(np.arctan2(barefoot.EYE[2] - hem[:, 2], hem[:, 1]))
    assert below.min() > 70.0  # who looks ahead never sees it


def test_what_is_baked_is_what_the_recipe_makes(parts):
    """Of the right foot, which is the first; what only shades it is left out."""
    nothing = Clay((-0.5, -0.5, -0.1), (0.5, 0.5, 0.5), 0.05)
    fresh, again = (barefoot._foot(1.0, nothing) for _ in range(2))
    assert np.array_equal(fresh.positions, again.positions)
    count = len(fresh.positions)
    assert np.allclose(parts["feet"].positions[:count], fresh.positions, atol=1e-4)
    for mesh in parts.values():
        assert np.isfinite(mesh.positions).all()
        assert all(np.isfinite(rows).all() for rows in mesh.attributes.values())


def test_feet_stand_where_the_visitor_does_on_a_slope():
    """On a plane both feet learn its height beneath the eye and its rise, whatever the heading."""
    slope = np.array([0.03, -0.05])

    def stone(xy):
        return 0.2 + xy @ slope

    at = np.array([4.0, -2.0])
    for turn in (0.0, 0.7, 2.4):
        right = (np.cos(turn), np.sin(turn))
        across, ahead = np.array(right), np.array([-right[1], right[0]])
        height, aside, along_ = feet.under_feet(stone, at, right).T
        assert height == pytest.approx(0.2 + at @ slope)
        assert aside == pytest.approx(across @ slope)
        assert along_ == pytest.approx(ahead @ slope)


def test_an_edge_between_slabs_tilts_no_foot_far():
    soles = feet.under_feet(lambda xy: np.where(xy[:, 0] > 0.1, 0.5, 0.0), np.zeros(2), (1.0, 0.0))
    assert np.abs(soles[:, 1:]).max() <= feet.STEEPEST


def test_feet_are_the_visitors_alone():
    """Shown beneath an eye at a standing height, and neither from the air nor from the ground."""
    shown = feet.Feet(lambda xy: np.zeros(len(xy)))
    for height, seen in ((1.6, True), (14.0, False), (1.7, True), (0.3, False)):
        shown.stand(np.array([9.0, 0.0, height]), (0.0, 1.0))
        assert shown.path.isHidden() != seen
    eye = np.array([9.0, 0.0, 1.6])
    for down, seen in ((1.0, True), (0.7, True), (0.0, False), (-1.0, False)):
        shown.stand(eye, (0.0, 1.0), down, 0.7)
        assert shown.path.isHidden() != seen


def test_nothing_is_drawn_only_where_all_is_out_of_view(parts):
    """Of an eye at the least and at the most height, all that it can see of its own body."""
    for name in ("feet", "hem", "under"):
        points = parts[name].positions.astype(np.float64)
        ahead = points[(points[:, 1] > 0.0) | (np.abs(points[:, 0]) > 0.5)]
        off = np.arctan2(np.hypot(ahead[:, 0], ahead[:, 1]), feet.EYE[1] - ahead[:, 2])
        assert off.max(initial=0.0) < feet.WITHIN


def test_ankles_stand_on_the_soles_frame():
    for side, (x, y, _) in barefoot.SIDES.items():
        heel, toe = along(barefoot.frame(side), [[0.0, -0.06, -0.07], [0.0, 0.17, -0.07]])
        assert [heel[2], toe[2]] == pytest.approx([0.0, 0.0], abs=1e-6)
        assert toe[1] > heel[1] + 0.2
        assert side * (toe[0] - heel[0]) > 0.0
        assert along(barefoot.frame(side), [0.0, 0.0, 0.0]) == pytest.approx([x, y, barefoot.ANKLE])
