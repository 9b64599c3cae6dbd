"""The fallen one's hair: locks that lie on the stone, strands that thin out, hair on the skull."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from models import bake
from models.mesh import Mesh, unit
from models.people import body, cap, fallen, hair, hairs, lying, sleeper, strand, wisps
from models.sdf import Clay

HAIR_BUDGET = (20_000, 40_000)
FAR_BUDGET = 5_000
ROOT = np.array([0.0, -0.8, 0.02])


@pytest.fixture(scope="module")
def locks() -> Mesh:
    return bake.load("hair")


def test_hair_lies_on_the_stone_and_fans_out(locks):
    z = locks.positions[:, 2]
    assert z.min() > 0
    tips = (locks.attributes["along"][:, 0] > 0.97) & (locks.attributes["seed"][:, 0] > 0)
    assert np.quantile(z[tips], 0.95) < 0.030
    away = locks.positions[tips, :2] - lying.HEAD_ORIGIN[:2]
    away = away[np.linalg.norm(away, axis=1) > 0.30]
    angles = np.sort(np.degrees(np.arctan2(away[:, 0], -away[:, 1])))
    assert angles[-1] - angles[0] > 170
    assert np.diff(angles).max() < 45  # between tresses the stone is seen


def test_hair_keeps_its_budget_and_its_numbers(locks):
    assert HAIR_BUDGET[0] <= len(locks.triangles) <= HAIR_BUDGET[1]
    assert len(bake.load("hair", "1").triangles) <= FAR_BUDGET
    assert np.allclose(np.linalg.norm(locks.normals, axis=1), 1, atol=1e-5)
    assert np.allclose(np.linalg.norm(locks.attributes["tangent"], axis=1), 1, atol=0.02)
    across = locks.attributes["across"]
    assert (across.min(), across.max()) == (-1.0, 1.0)
    assert np.abs(locks.attributes["seed"]).max() <= 1.0
    deep = locks.attributes["deep"]
    assert deep.min() == 0
    assert deep.mean() < 0.7
    along = locks.attributes["along"]
    assert along.min() == 0
    assert along.max() == 1


def test_there_are_as_many_feathers_as_the_dream_asks_for():
    each = [hair.LOCKS[number % len(hair.LOCKS)] for number in range(hair.TRESSES)]
    assert 40 <= sum(each) <= 60


def test_hair_grows_from_the_scalp_and_leaves_face_and_shoulders_free(locks):
    local = body.along(np.linalg.inv(fallen.place().head), locks.positions) * 100
    face = (
        (local[:, 1] > 5.5)
        & (np.abs(local[:, 0]) < 5.0)
        & (local[:, 2] > -12)
        & (local[:, 2] < 2.5)
    )
    assert not face.any()
    starts = local[locks.attributes["along"][:, 0] < 0.025]
    assert np.median(np.linalg.norm(starts - [0, -0.8, 3.8], axis=1)) < 11
    assert locks.positions[:, 1].max() < hair.NAPE_END + 0.06
    north = locks.positions[locks.positions[:, 1] > hair.SHOULDERS + 0.06]
    assert (north[:, 2] < 0.09).all()  # what goes there lies under the neck


def test_locks_go_on_from_the_hairline_over_the_skull():
    """Some start where the cap does, so that no bare edge is left between it and the stone."""
    asleep = sleeper.head(asleep=True)
    flesh = fallen.whole(0.012, asleep).settled()
    quills = hair._combed(flesh)
    assert len(quills) == sum(hair.COMBED)
    starts = np.array([line.points[0] for line in quills])
    local = body.along(np.linalg.inv(fallen.place().head), starts) * 100
    assert np.abs(asleep.at(local)).max() < 1.5
    assert np.ptp(local[:, 0]) > 7.0
    assert np.mean([line.points[-1, 2] < 0.03 for line in quills]) > 0.8


def test_a_lock_is_the_same_twice():
    air = Clay((-1, -2, -0.05), (1, 1, 0.4), 0.05).settled()
    flow = hair.Flow(0.3, 0.5, sweep=-2.0, curl=1.0)
    one, two = (hair.lock(hair.quill(air, ROOT, flow, 0.25), air) for _ in range(2))
    assert np.array_equal(one.positions, two.positions)
    assert np.array_equal(one.attributes["seed"], two.attributes["seed"])


def test_a_lock_bends_and_thins_out_to_a_point():
    air = Clay((-1, -2, -0.05), (1, 1, 0.4), 0.05).settled()
    line = hair.quill(air, ROOT, hair.Flow(0.0, 0.8, sweep=-2.0), 0.5)
    first, last = (
        unit(line.tangents[part].mean(axis=0)) for part in (slice(4, 30), slice(-30, -4))
    )
    turned = np.degrees(np.arccos(np.clip(first @ last, -1, 1)))
    assert turned > 25
    lock = hair.lock(line, air)
    along = lock.attributes["along"][:, 0]
    aside = cKDTree(line.points).query(lock.positions)[0]
    assert np.median(aside[along > 0.85]) < np.median(aside[np.abs(along - 0.4) < 0.1])


def test_a_lock_is_arched_and_from_afar_it_is_fewer_triangles():
    air = Clay((-1, -2, -0.05), (1, 1, 0.4), 0.05).settled()
    line = hair.quill(air, ROOT, hair.Flow(0.0, 0.8, sweep=-2.0), 0.5)
    near, far = (hair.lock(line, air, far) for far in (False, True))
    assert len(far.triangles) * 3 < len(near.triangles)
    middle = near.attributes["across"][:, 0] == 0
    assert near.positions[middle, 2].mean() > near.positions[~middle, 2].mean() + 0.002


def test_the_picture_of_hairs_thins_out_to_their_tips():
    picture = hairs.picture()
    assert picture.shape == (hairs.LONG, hairs.KINDS * hairs.WIDE, 4)
    cover = picture[..., 3].astype(float).mean(axis=1) / 255.0
    assert cover[150] > 0.75
    assert cover[-2:].max() < 0.05
    assert (np.diff(cover[200:].reshape(-1, 13).mean(axis=1)) < 0.01).all()
    # No lock touches the next.
    edge = picture.reshape(hairs.LONG, hairs.KINDS, hairs.WIDE, 4)[:, :, [0, -1], 3]
    assert edge.max() < 60


def test_a_hair_is_unrolled_to_a_ribbon_of_both_sides():
    lines = np.stack([np.linspace(0.0, 0.1, 6), np.zeros(6), np.full(6, 0.05)], axis=1)
    lines = np.stack([lines, lines + np.array([0.0, 0.1, 0.0])])
    ups = np.broadcast_to(np.array([0.0, 0.3, 1.0]), lines.shape)
    kept = strand.kept(lines, ups, np.array([0.00005, 0.00004]), np.array([0.2, 0.7]), 0.0)
    mesh = strand.unrolled(kept)
    assert len(mesh.triangles) == 2 * 5 * 2
    assert np.allclose(mesh.positions[0::2], mesh.positions[1::2])
    assert np.allclose(mesh.attributes["tangent"], [1.0, 0.0, 0.0], atol=1e-5)
    assert np.allclose(np.unique(mesh.attributes["broad"]), [0.04, 0.05])
    assert np.abs(mesh.positions[mesh.triangles].mean(axis=1)[:, 1] - 0.05).min() > 0.04


@pytest.mark.parametrize("part", wisps.PARTS)
def test_single_hairs_are_fine_and_outside_the_head(part):
    hairs_ = bake.load("hair", part)
    assert 0.02 < hairs_.attributes["broad"].max() < 0.15
    assert hairs_.positions[:, 2].min() > 0
    asleep = sleeper.head(asleep=True)
    local = body.along(np.linalg.inv(fallen.place().head), hairs_.positions) * 100
    near = np.linalg.norm(local, axis=1) < 9.0
    assert np.quantile(asleep.at(local[near]), 0.02) > -0.05


def test_strands_under_others_are_deep():
    lines = np.zeros((2, 4, 3))
    lines[:, :, 0] = np.linspace(0.0, 0.1, 4)
    lines[:, :, 2] = np.array([0.002, 0.018])[:, None]
    ups = np.broadcast_to(np.array([0.0, 0.0, 1.0]), lines.shape)
    run = np.broadcast_to(np.linspace(0, 1, 4), (2, 4))
    deep = strand.shaded(strand.sheets(lines, ups, 0.002, run, [0.1, 0.2], 2)).attributes["deep"]
    assert deep[:8].mean() > deep[8:].mean() + 0.5


def test_hair_on_the_skull_lies_close_and_runs_to_the_crown():
    asleep = sleeper.head(asleep=True)
    mesh = cap.build(asleep.settled(), far=True)
    local = body.along(np.linalg.inv(fallen.place().head), mesh.positions) * 100
    assert np.median(np.abs(asleep.at(local))) < 1.4
    along = mesh.attributes["along"][:, 0]
    left = np.linalg.norm(local - cap.CROWN, axis=1)
    assert left[along > 0.99].mean() < 0.9 * left[along < 0.01].mean()
    assert (mesh.attributes["seed"] < 0).all()


def test_brows_lie_over_the_eyes():
    skull = sleeper.head(asleep=True).settled()
    brows = wisps.brows(skull, np.random.default_rng(1))
    local = body.along(np.linalg.inv(fallen.place().head), brows.positions) * 100
    assert np.abs(skull.at(local)).max() < 0.2
    assert local[:, 2].min() > 0.8
    assert local[:, 2].max() < 3.4
    assert np.abs(local[:, 0]).min() > 0.6
    assert np.abs(local[:, 0]).max() < 5.8


def test_hair_shades_the_stone_where_it_lies():
    shade = bake.load("hair", "under")
    dark = shade.attributes["dark"][:, 0]
    near = np.linalg.norm(shade.positions[:, :2] - [0.05, -0.95], axis=1) < 0.15
    assert dark[near].mean() > 0.5
    assert np.quantile(dark, 0.05) < 0.1
