"""The motes: as many as asked for, on the real surfaces, in their colours; and what they do."""

from __future__ import annotations

import numpy as np
import pytest

from models import bake
from models.growth import growing
from models.mesh import Mesh
from models.people import gathering
from models.place.courtyard import Courtyard, build
from world.scene import remains
from world.scene.motes import GRAIN, Motes, Source, gather
from world.timeline import at, moment_at

COUNT = 20_000
SEED = 5


@pytest.fixture(scope="module")
def courtyard() -> Courtyard:
    return build(SEED, resolution=128)


@pytest.fixture(scope="module")
def everything(courtyard: Courtyard) -> Motes:
    people = gathering.gather(40, SEED)
    rows = growing.placements(courtyard.graph, 300, SEED)
    return remains.remains(courtyard, people, np.zeros(40), rows, COUNT, SEED)


def square(side: float = 1.0) -> Mesh:
    corners = np.array([[0, 0, 0], [side, 0, 0], [side, side, 0], [0, side, 0]], dtype=np.float32)
    up = np.tile(np.array([0, 0, 1], dtype=np.float32), (4, 1))
    return Mesh(corners, up, np.array([[0, 1, 2], [0, 2, 3]]))


def turned(angle: float, offset: tuple[float, float, float], size: float = 1.0) -> np.ndarray:
    matrix = np.eye(4)
    c, s = np.cos(angle), np.sin(angle)
    matrix[:3, :3] = size * np.array([[1, 0, 0], [0, c, -s], [0, s, c]])
    matrix[:3, 3] = offset
    return matrix


def test_there_are_exactly_as_many_as_asked_for(everything: Motes) -> None:
    assert len(everything) == COUNT
    for values in (everything.positions, everything.normals, everything.colours):
        assert values.shape == (COUNT, 3)
        assert np.isfinite(values).all()


@pytest.mark.parametrize("focus", [0.0, 2.0])
def test_the_points_lie_on_the_surface(focus: float) -> None:
    place = turned(0.7, (3.0, -2.0, 5.0), 2.0)
    motes = gather([Source(square(), (1, 1, 1), 500, places=[place], focus=focus)], SEED)
    back = np.column_stack([motes.positions, np.ones(500)]) @ np.linalg.inv(place).T
    assert np.abs(back[:, 2]).max() < 1e-5
    assert (back[:, :2] > -1e-5).all()
    assert (back[:, :2] < 1 + 1e-5).all()
    np.testing.assert_allclose(motes.normals, np.tile(place[:3, 2] / 2.0, (500, 1)), atol=1e-5)


def test_a_flat_colour_is_kept_exactly() -> None:
    motes = gather([Source(square(), (0.2, 0.4, 0.6), 64)], SEED)
    np.testing.assert_allclose(motes.colours, np.tile([0.2, 0.4, 0.6], (64, 1)), rtol=1e-6)


def test_vertex_colours_are_interpolated_where_the_mote_lies() -> None:
    mesh = square()
    motes = gather([Source(mesh, np.column_stack([mesh.positions[:, :2], np.ones(4)]), 400)], SEED)
    np.testing.assert_allclose(motes.colours[:, :2], motes.positions[:, :2], atol=1e-5)


def test_each_place_keeps_its_own_colour() -> None:
    places = [turned(0.0, (10.0 * k, 0, 0)) for k in range(3)]
    colours = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=float)
    motes = gather([Source(square(), colours[:, None], 300, places=places)], SEED)
    which = (motes.positions[:, 0] // 10).astype(int)
    np.testing.assert_array_equal(np.bincount(which), [100, 100, 100])
    np.testing.assert_allclose(motes.colours, colours[which], atol=1e-6)


def test_a_patch_takes_the_colour_beneath() -> None:
    source = Source(square(), (1, 0, 0), 50, patch=np.ones(4), under=(0.0, 0.5, 1.0))
    colours = gather([source], SEED).colours
    np.testing.assert_allclose(colours, np.tile([0, 0.5, 1], (50, 1)), atol=1e-6)


def test_a_focus_draws_them_to_the_middle() -> None:
    mesh = square(60.0).moved([-30, -30, 0])
    even, drawn = (
        gather([Source(mesh, (1, 1, 1), 3000, focus=focus)], SEED) for focus in (0.0, 6.0)
    )
    near = [np.mean(np.hypot(*m.positions[:, :2].T) < 8.0) for m in (even, drawn)]
    assert near[0] == pytest.approx(np.pi * 64 / 3600, abs=0.02)
    assert near[1] > 1.8 * near[0]


def test_the_same_seed_gives_the_same_motes(courtyard: Courtyard) -> None:
    def once(seed: int) -> Motes:
        return gather([Source(courtyard.floor, (1, 1, 1), 200, focus=9.0)], seed)

    np.testing.assert_array_equal(once(1).positions, once(1).positions)
    assert not np.array_equal(once(1).positions, once(2).positions)


def test_nothing_gives_no_motes() -> None:
    assert len(gather([], SEED)) == 0


def test_people_turn_to_dust_where_they_stand() -> None:
    people = gathering.gather(12, SEED)
    who = np.arange(12)
    floor = np.linspace(0.0, 0.1, 12)
    points = bake.load("veiled", "3").positions[:12]
    matrices = remains.standing(people, who, floor)
    moved = np.einsum("kij,kj->ki", matrices[:, :3, :3], points) + matrices[:, :3, 3]
    np.testing.assert_allclose(moved, gathering.stand(points, people, who, floor), atol=1e-5)


def test_robes_faces_stone_and_petals_are_all_there(everything: Motes) -> None:
    light = everything.colours.mean(axis=1)
    assert np.mean(light < 0.06) > 0.3, "dark cloth"
    assert np.mean(light > 0.85) > 0.005, "petals"
    skin = np.abs(everything.colours - remains.linear(remains.SKIN)).max(axis=1) < 1e-5
    assert 0.0005 < skin.mean() < 0.1
    assert everything.colours.min() >= 0.0
    assert everything.colours.max() <= 1.0 + 1e-6


def test_sizes_and_phases_are_in_their_bounds(everything: Motes) -> None:
    low, high = np.float32(GRAIN[0]), np.float32(GRAIN[1])
    assert everything.radius.min() >= low
    assert everything.radius.max() <= high
    assert 0.45 < everything.phase.mean() < 0.55
    assert everything.phase.max() < 1.0


def test_the_shader_knows_when_the_dissolve_is_over() -> None:
    """`DONE` in shaders/motes.vert: motes age by the story from then on."""
    assert at(moment_at(396.5)).dissolve < 1.0
    assert at(moment_at(397.0)).dissolve == 1.0
