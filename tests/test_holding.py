"""The mourners' hands and feet: they go on from the arms, hold what they hold, and touch."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from models import pattern
from models.mesh import Mesh
from models.people import (
    body,
    cuff,
    feet,
    garments,
    gathering,
    handhold,
    holding,
    posture,
    sheet,
    veil,
)

NAMES = tuple(posture.DRAPES)
TOUCH = 0.0025  # metres that one hand's flesh gives way to the other's


def both(name: str) -> tuple[list[posture.Arm], list[Mesh]]:
    arms = posture.arms(posture.DRAPES[name])
    return arms, [holding.bent(arm) for arm in arms]


@pytest.mark.parametrize("name", NAMES)
def test_wrists_go_on_into_forearms(name):
    """Skin runs on over the wrist, which bends no further than a wrist does."""
    for arm, hand in zip(*both(name), strict=True):
        fore = (arm.wrist - arm.elbow) / np.linalg.norm(arm.wrist - arm.elbow)
        bend = np.degrees(np.arccos(np.clip(fore @ arm.hand[:3, 1], -1, 1)))
        assert bend < 60
        behind = arm.wrist - 0.10 * fore
        near = np.linalg.norm(hand.positions - behind, axis=1)
        assert near.min() < 0.035  # there is a forearm, and it is about the bone
        ring = hand.positions[np.abs((hand.positions - behind) @ fore) < 0.004]
        assert np.linalg.norm(ring.mean(axis=0) - behind) < 0.015
        ends = hand.positions[hand.triangles]
        longest = np.linalg.norm(ends - np.roll(ends, 1, axis=1), axis=2).max()
        assert longest < 0.025  # nothing is torn where it bends


@pytest.mark.parametrize("name", NAMES)
def test_hands_do_not_go_into_each_other(name):
    _, (right, left) = both(name)
    assert holding.into(right, left).max() < TOUCH
    assert holding.into(left, right).max() < TOUCH


@pytest.mark.parametrize("name", ["clasped", "kneeling", "stooped"])
def test_hands_that_are_joined_touch(name):
    _, (right, left) = both(name)
    assert cKDTree(right.positions).query(left.positions)[0].min() < 0.006


def test_a_skin_knows_how_deep_another_is_in_it():
    _, (right, _) = both("reaching")
    moved = Mesh(right.positions - 0.003 * right.normals, right.normals, right.triangles)
    assert np.median(holding.into(moved, right)) == pytest.approx(0.003, abs=5e-4)
    far = Mesh(right.positions + 1.0, right.normals, right.triangles)
    assert holding.into(far, right).max() < 0


def test_both_hands_close_about_the_staff():
    low, high = (np.array(end) for end in posture.STAFF)
    way = (high - low) / np.linalg.norm(high - low)
    arms, hands = both("staff")
    for arm, hand in zip(arms, hands, strict=True):
        off = hand.positions - low
        from_axis = off - (off @ way)[:, None] * way
        gap = np.linalg.norm(from_axis, axis=1) - posture.STAFF_RADIUS
        assert -0.002 < gap.min() < 0.001
        close = from_axis[gap < 0.006]
        turns = np.sort(np.arctan2(*np.stack([close @ np.cross(way, arm.hand[:3, 1]),
                                              close @ arm.hand[:3, 1]])))  # fmt: skip
        open_side = np.diff(np.append(turns, turns[0] + 2 * np.pi)).max()
        assert np.degrees(open_side) < 150  # it is held from more than half of its sides
    heights = [float((arm.wrist - low) @ way) for arm in arms]
    assert heights[0] > heights[1] + 0.08


def test_coarser_hands_are_the_same_hands():
    arms = posture.arms(posture.DRAPES["clasped"])
    fine, coarse = holding.pair(arms, (6000, 300))
    assert len(coarse.triangles) <= 320
    assert cKDTree(fine.positions).query(coarse.positions)[0].max() < 0.012
    assert np.abs(fine.positions.max(axis=0) - coarse.positions.max(axis=0)).max() < 0.015


def test_a_mantle_that_is_clutched_starts_in_the_fist():
    drape = posture.DRAPES["reaching"]
    fist = body.along(posture.arms(drape)[1].hand, np.array(handhold.GRIPPED) * [-1, 1, 1])
    loose = garments.mantle((0.0, -0.05, 1.46), drape.mantle, drape.seed)
    held = garments.drawn_together(loose, drape.mantle, fist)
    pinned = held.positions[np.setdiff1d(held.cloth.pinned, loose.cloth.pinned)]
    assert len(pinned) >= 4
    assert np.linalg.norm(pinned - fist, axis=1).max() < 0.01
    assert {-1.0, 1.0} == set(np.sign(pinned[:, 0] - fist[0]))  # both edges


def test_a_veil_is_held_by_its_very_edge_and_does_not_fray_there():
    hood = veil.laid((0.0, 0.0, 1.6), np.eye(3), posture.DRAPES["cloaked"].veil, 5)
    edge = np.flatnonzero(hood.turned_in < 1e-3)
    held = np.intersect1d(edge, hood.cloth.pinned)
    assert len(held) > 12
    ahead = hood.positions[held]
    assert ahead[np.abs(ahead[:, 0]).argmin(), 1] > 0.13  # before the brow
    assert hood.pattern.rim[edge].min() >= garments.HEMMED - 1e-9
    flat = Mesh(
        hood.positions.astype(np.float32),
        np.tile([0, 0, 1], (len(hood.positions), 1)).astype(np.float32),
        hood.cloth.triangles.astype(np.int32),
        {"ao": np.ones((len(hood.positions), 1)), "lining": np.zeros((len(hood.positions), 1))},
    )
    over, under = sheet.rolled(flat, hood.turned_in)
    assert over.positions[:, 2].max() > flat.positions[:, 2].max() - 1e-6
    assert (under.normals[:, 2] < 0).all()
    assert under.attributes["lining"].min() == 1  # what was its outer side is its inner one


def test_patches_lie_on_the_mantle_and_end_at_their_own_edges():
    worn = garments.mantle((0, 0, 1.5), garments.Mantle(patches=2), 3)
    assert len(worn.patches) == 2
    ones = np.ones((len(worn.positions), 1), dtype=np.float32)
    weave = np.column_stack([worn.pattern.points, worn.pattern.rim]).astype(np.float32)
    mantle = Mesh(
        worn.positions.astype(np.float32),
        np.tile([0, 0, 1], (len(ones), 1)).astype(np.float32),
        worn.cloth.triangles.astype(np.int32),
        {"ao": ones, "part": 0.125 * ones, "weave": weave},
    )
    for edge in worn.patches:
        sewn = sheet.patch(mantle, edge)
        assert 20 < len(sewn.triangles) < 0.05 * len(mantle.triangles)
        assert (sewn.attributes["part"] == 0).all()  # other cloth
        rim = sewn.attributes["weave"][:, 2]
        assert rim.min() < 0 < rim.max()  # cut by the shader, finer than by the lattice
        gaps = cKDTree(mantle.positions).query(sewn.positions)[0]
        assert gaps.max() == pytest.approx(sheet.PATCH, abs=1e-4)


def test_uneven_mantles_are_shorter_on_one_side():
    even, uneven = (
        garments.mantle((0, 0, 1.5), garments.Mantle(uneven=share, shortest=1.6, torn=0.01), 3)
        for share in (0.0, 0.25)
    )
    for made, low, high in ((even, 0.94, 1.06), (uneven, 0.70, 0.88)):
        x, y = made.pattern.points.T
        right = x[np.abs(np.arctan2(y, x)) < 0.3].max()
        left = -x[np.abs(np.arctan2(y, -x)) < 0.3].min()
        assert low < right / left < high


@pytest.mark.parametrize("name", [n for n in NAMES if posture.DRAPES[n].feet])
def test_bare_feet_stand_on_the_floor_and_toes_are_seen(name):
    drape = posture.DRAPES[name]
    (mesh,) = feet.build(drape, (1200,))
    assert -0.004 < mesh.positions[:, 2].min() < 0.004
    assert mesh.positions[:, 1].max() > 0.25
    frames = [frame for _, frame in feet.soles(drape)]
    assert np.linalg.norm(frames[0][:3, 3] - frames[1][:3, 3]) > 0.15  # neither in the other


@pytest.mark.parametrize("name", NAMES)
def test_cuffs_lie_about_the_forearm_and_leave_the_hand_bare(name):
    arms = posture.arms(posture.DRAPES[name])
    for level, (count, rings) in enumerate(cuff.LEVELS):
        made = cuff.build(arms, 3)[level]
        assert (made is None) == (count == 0)
        if made is not None:
            assert len(made.triangles) == 2 * 2 * count * (rings - 1)
    fine = cuff.build(arms, 3)[0]
    half = len(fine.positions) // 2
    for arm, points in zip(arms, (fine.positions[:half], fine.positions[half:]), strict=True):
        frame = body.frame(arm.wrist, arm.wrist - arm.elbow, arm.hand[:3, 2])
        local = body.along(np.linalg.inv(frame), points)
        assert local[:, 1].max() < 0.0  # the hand comes out of it
        assert np.hypot(local[:, 0], local[:, 2]).max() < 0.055
        outward = np.einsum("ij,ij->i", local[:, [0, 2]], local[:, [0, 2]])
        assert outward.min() > 0.016**2  # about the bones, not through them


def test_witnesses_stand_in_the_sun_one_behind_another():
    for seed in range(1, 4):
        people = gathering.gather(140, seed)
        spots = np.column_stack([people.x, people.y]).astype(np.float64)
        assert np.allclose(spots[:3], [spot[:2] for spot in gathering.WITNESSES], atol=1e-6)
        assert not gathering._in_their_way(spots[3:]).any()
        away = np.sort(np.linalg.norm(spots[:3] - gathering.WITNESSED, axis=1))
        assert np.diff(away).min() > 0.5
    assert len(gathering.gather(2)) == 2


def test_a_hole_is_cut_through():
    cut = pattern.cut(
        pattern.without(lambda p: np.abs(p).max(axis=1) - 0.2, pattern.hole((0.0, 0.0), 0.05, 1)),
        (-0.2, -0.2), (0.2, 0.2), 0.02,
    )  # fmt: skip
    middles = cut.points[cut.triangles].mean(axis=1)
    assert np.linalg.norm(middles, axis=1).min() > 0.02
