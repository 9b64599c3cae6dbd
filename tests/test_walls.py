"""Walls: courses that carry each other, ends that break off aslant, and ivy that stays on them."""

from __future__ import annotations

import numpy as np
import pytest

from models.mesh import is_closed
from models.place.ivy import ivy
from models.place.pile import KIND_CARVED, Pile
from models.place.walls import COURSES, GROUND, IVY, THICK, WALL_LINE, build_walls
from models.shape import box


@pytest.fixture(scope="module")
def pile() -> Pile:
    out = Pile(np.random.default_rng(1))
    build_walls(out, np.random.default_rng(2), 1)
    return out


def laid(pile: Pile) -> np.ndarray:
    """Rows (along, foot, length, height) of what stands in the northern wall."""
    rows = []
    for size, place in zip(pile.sizes, pile.frames, strict=True):
        upright = place[2, 2] == 1.0
        if upright and abs(place[1, 3] - WALL_LINE) < 0.3:
            rows.append((place[0, 3], place[2, 3] - size[2] / 2, size[0], size[2]))
    return np.array(rows)


def test_courses_are_high_and_low_by_turns_and_no_joint_runs_through(pile):
    rows = laid(pile)
    level = GROUND
    for course in range(3):
        mine = np.abs(rows[:, 1] - level) < 0.02
        assert mine.sum() > 8
        assert rows[mine, 3] == pytest.approx(COURSES[course % 2], abs=0.02)
        level += COURSES[course % 2]
    lengths = rows[:, 2]
    assert lengths.std() > 0.2
    assert lengths.max() < 2.6


def test_every_block_lies_on_others(pile):
    rows = laid(pile)
    for along, foot, length, _ in rows:
        if foot < GROUND + 0.1:
            continue
        tops = np.abs(rows[:, 1] + rows[:, 3] - foot) < 0.03
        low = np.maximum(rows[tops, 0] - rows[tops, 2] / 2, along - length / 2)
        high = np.minimum(rows[tops, 0] + rows[tops, 2] / 2, along + length / 2)
        assert np.maximum(high - low, 0.0).sum() > 0.65 * length


def test_what_is_left_of_a_torn_block_is_wider_below():
    pile = Pile(np.random.default_rng(3))
    for index in range(12):
        place = np.eye(4)
        place[0, 3] = 10.0 * index
        pile.block((2.0, 0.8, 0.6), place, torn=1, wear=0.2)
    stones, _ = pile.stones()
    which = np.round(stones.positions[:, 0] / 10.0)
    for index in range(12):
        mine = stones.positions[which == index] - [10.0 * index, 0.0, 0.0]
        upper, lower = (mine[np.sign(mine[:, 2]) == side, 0].max() for side in (1.0, -1.0))
        assert upper < lower + 0.02


def test_ivy_keeps_to_its_wall():
    near, far = ivy(np.random.default_rng(4), lambda beside: 1.4 if beside < 0.0 else 0.5)
    assert is_closed(near)
    assert len(far.triangles) < 0.2 * len(near.triangles)
    x, y, z = near.positions.T
    assert z.max() < 1.55
    assert z[x > 0.15].max() < 0.65
    assert y.min() > -0.2
    assert z.max() > 0.8


def test_ivy_grows_on_both_sides_and_out_of_the_stone(pile):
    plants = [near for near, _ in pile.meshes if near.attributes["edge"].max() < 0.01]
    assert 2 <= len(plants) <= sum(len(feet) for feet in IVY.values())
    face = WALL_LINE - THICK / 2
    for plant in plants:
        out = face - np.abs(plant.positions[:, 1])
        assert out.min() > 0.0
        assert np.median(out) < 0.15


def test_a_carving_is_of_its_own_stone():
    pile = Pile(np.random.default_rng(1))
    seed = pile.add(box((1.0, 1.0, 1.0)), np.eye(4))
    pile.add(box((1.0, 1.0, 1.0)), np.eye(4), kind=KIND_CARVED, seed=seed)
    kinds = [near.attributes["kind"][0, 0] for near, _ in pile.meshes]
    assert kinds == pytest.approx([1.0, KIND_CARVED])
    assert {float(near.attributes["seed"][0, 0]) for near, _ in pile.meshes} == {np.float32(seed)}
