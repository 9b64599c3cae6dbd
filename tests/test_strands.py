"""The fallen one's hair: locks that lie on the stone, strands that thin out, hair on the skull."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from models import bake, body, cap, fallen, hair, lying, sleeper, strand
from models.mesh import Mesh, unit
from models.sdf import Clay

HAIR_BUDGET = (80_000, 125_000)
ROOT = np.array([0.0, -0.8, 0.02])


@pytest.fixture(scope="module")
def locks() -> Mesh:
    return bake.load("hair")


def test_hair_lies_on_the_stone_and_fans_out(locks):
    z = locks.positions[:, 2]
    assert z.min() > 0
    tips = (locks.attributes["along"][:, 0] > 0.97) & (locks.attributes["seed"][:, 0] > 0)
    assert np.quantile(z[tips], 0.95) < 0.022
    away = locks.positions[tips, :2] - lying.HEAD_ORIGIN[:2]
    away = away[np.linalg.norm(away, axis=1) > 0.30]
    angles = np.sort(np.degrees(np.arctan2(away[:, 0], -away[:, 1])))
    assert angles[-1] - angles[0] > 170
    assert np.diff(angles).max() < 45  # between tresses the stone is seen


def test_hair_keeps_its_budget_and_its_numbers(locks):
    assert HAIR_BUDGET[0] <= len(locks.triangles) <= HAIR_BUDGET[1]
    assert np.allclose(np.linalg.norm(locks.normals, axis=1), 1, atol=1e-5)
    assert np.allclose(np.linalg.norm(locks.attributes["tangent"], axis=1), 1, atol=0.02)
    across = locks.attributes["across"]
    assert (across.min(), across.max()) == (-1.0, 1.0)
    assert np.abs(locks.attributes["seed"]).max() <= 1.0
    assert 0.05 < locks.attributes["broad"].max() < 8.0  # millimetres
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
        & (local[:, 2] < 3.5)
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
    one, two = (hair.feather(hair.quill(air, ROOT, flow, 0.25), air) for _ in range(2))
    assert np.array_equal(one.positions, two.positions)
    assert np.array_equal(one.attributes["seed"], two.attributes["seed"])


def test_a_lock_bends_and_thins_out_to_a_point():
    air = Clay((-1, -2, -0.05), (1, 1, 0.4), 0.05).settled()
    line = hair.quill(air, ROOT, hair.Flow(0.0, 0.8, sweep=-2.0), 0.5)
    turned = np.degrees(np.arccos(np.clip(line.tangents[5] @ line.tangents[-5], -1, 1)))
    assert turned > 35
    lock = hair.feather(line, air)
    along, broad = (lock.attributes[name][:, 0] for name in ("along", "broad"))
    assert broad[along > 0.97].max() < 0.2 * broad.max()
    aside = cKDTree(line.points).query(lock.positions)[0]
    assert np.median(aside[along > 0.85]) < np.median(aside[np.abs(along - 0.4) < 0.1])


def test_a_strand_can_be_found_again_from_its_ribbon(locks):
    """The shader's way back: from both edges the same line."""
    air = Clay((-1, -2, -0.05), (1, 1, 0.4), 0.05).settled()
    ribbon = hair.feather(hair.quill(air, ROOT, hair.Flow(0.0, 0.5), 0.5), air)
    for mesh in (ribbon, locks):
        across, broad = mesh.attributes["across"], mesh.attributes["broad"]
        side = unit(np.cross(mesh.attributes["tangent"], mesh.normals))
        line = mesh.positions - across * 0.001 * broad * side
        assert np.abs(line[0::2] - line[1::2]).max() < 4e-4


def test_strands_under_others_are_deep():
    lines = np.zeros((2, 4, 3))
    lines[:, :, 0] = np.linspace(0.0, 0.1, 4)
    lines[:, :, 2] = np.array([0.002, 0.018])[:, None]
    ups = np.broadcast_to(np.array([0.0, 0.0, 1.0]), lines.shape)
    run = np.broadcast_to(np.linspace(0, 1, 4), (2, 4))
    deep = strand.shaded(strand.ribbons(lines, ups, 0.002, run, [0.1, 0.2])).attributes["deep"]
    assert deep[:8].mean() > deep[8:].mean() + 0.5


def test_hair_on_the_skull_lies_close_and_runs_to_the_crown():
    asleep = sleeper.head(asleep=True)
    mesh = cap.build(asleep.settled(), far=True)
    local = body.along(np.linalg.inv(fallen.place().head), mesh.positions) * 100
    assert np.abs(asleep.at(local)).max() < 1.0
    along = mesh.attributes["along"][:, 0]
    left = np.linalg.norm(local - cap.CROWN, axis=1)
    assert left[along > 0.99].mean() < 0.6 * left[along < 0.01].mean()
    assert (mesh.attributes["seed"] < 0).all()
