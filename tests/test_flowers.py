"""The flowers: how they are made, how they fold, where and in what order they grow."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.growth import flower as model
from models.growth import sod
from models.growth.growing import (
    APART,
    CLEAR,
    ROOT_DEPTH,
    SIZES,
    SOD_APART,
    SOD_REACH,
    placements,
    sods,
    strewn,
)
from models.mesh import face_vectors
from models.place.crackfield import CrackGraph
from models.place.fracture import fracture
from tests.test_passes import run
from world.render.graphics import Graphics
from world.scene.daylight import GROUND, HALF, shaded_by
from world.scene.flowers import AHEAD, LEVEL_ENDS, MOVED, PARTED, PER_ROW, Flowers, parted
from world.timeline import at, moment_at

BUDGETS = ((700, 1300), (130, 250), (20, 40))  # fewest and most triangles of each level
COUNT = 1500
SHADER = Path(__file__).parents[1] / "shaders" / "flowers.vert"


@pytest.fixture(scope="module")
def graph() -> CrackGraph:
    return fracture(3).graph


@pytest.fixture(scope="module")
def rows(graph: CrackGraph) -> NDArray[np.float32]:
    return placements(graph, COUNT, 3)


def _from_cracks(graph: CrackGraph, spots: NDArray[np.float32]) -> NDArray[np.float64]:
    """Metres (n,) from each spot to the nearest point of any crack."""
    a = graph.nodes[graph.edges[:, 0]]
    along = graph.nodes[graph.edges[:, 1]] - a
    best = []
    for spot in spots.astype(np.float64):
        t = np.clip(np.einsum("ij,ij->i", spot - a, along) / graph.length**2, 0.0, 1.0)
        best.append(np.hypot(*(a + t[:, None] * along - spot).T).min())
    return np.array(best)


@pytest.mark.parametrize("petals", range(model.PETALS[0], model.PETALS[1] + 1))
@pytest.mark.parametrize("level", range(len(model.LEVELS)))
def test_a_flower_has_its_size_and_its_budget(level: int, petals: int) -> None:
    mesh = model.flower(level, petals)
    fewest, most = BUDGETS[level]
    assert fewest <= len(mesh.triangles) <= most
    low, high = mesh.positions.min(axis=0), mesh.positions.max(axis=0)
    assert low[2] == pytest.approx(0.0, abs=1e-6)
    assert 0.095 < high[2] < 0.13
    petal = mesh.attributes["part"][:, 0] == model.PETAL
    reach = np.hypot(*mesh.positions[petal, :2].T)
    assert 0.020 <= reach.max() <= 0.034  # a head of 4 to 6 cm
    np.testing.assert_allclose(np.linalg.norm(mesh.normals, axis=1), 1.0, atol=1e-5)
    assert np.linalg.norm(face_vectors(mesh.positions, mesh.triangles), axis=1).min() > 0.0
    assert len(np.unique(mesh.attributes["petal"][petal, 0])) == petals


@pytest.mark.parametrize("form", model.FORMS, ids=lambda form: form.name)
def test_every_form_keeps_its_length_and_its_whorls(form: model.Form) -> None:
    mesh = model.flower(0, form.petals, 0, form)
    petal = mesh.attributes["part"][:, 0] == model.PETAL
    assert len(np.unique(mesh.attributes["petal"][petal, 0])) == form.petals * form.whorls
    order = mesh.attributes["fold"][petal, 2]
    assert order.min() == 0.0
    assert 0.8 < order.max() <= 1.0
    across = np.abs(mesh.attributes["fold"][petal, 1]).max()
    assert across == pytest.approx(model.PETAL_HALF_WIDTH * form.wide, rel=0.35)


def test_a_sod_fills_its_crack_and_is_cheaper_from_afar() -> None:
    fine, rough = sod.sod(0, 1), sod.sod(1, 1)
    assert len(rough.triangles) < 0.35 * len(fine.triangles) < 300
    part, z = fine.attributes["part"][:, 0], fine.positions[:, 2]
    moss = part == sod.MOSS
    assert z[moss].min() < -0.03  # its rim is lost below the slabs
    assert 0.0 < z[moss].max() < 0.03
    assert z[part == sod.BLADE].max() > 0.02
    assert {sod.MOSS, sod.BLADE, sod.CRUMB} == set(part)


def test_fallen_petals_lie_beside_flowers_and_on_the_stone(rows: NDArray[np.float32]) -> None:
    lying = np.zeros((1, 2))
    made = strewn(rows, 200, 3, lambda spots: 0.1 * spots[:, 0], lying)
    assert 150 < len(made) <= 200
    np.testing.assert_allclose(made[:, 2], 0.1 * made[:, 0], atol=1e-5)
    gap = np.hypot(*(made[:, None, :2] - rows[None, :, :2]).transpose(2, 0, 1)).min(axis=1)
    assert gap.max() < 1.0
    assert np.hypot(*made[:, :2].T).min() > CLEAR
    assert (made[:, 5] > 1.6).all()  # none before there is one to fall


def test_tufts_share_a_cushion(rows: NDArray[np.float32]) -> None:
    chosen = sods(rows)
    spots = rows[chosen, :2].astype(np.float64)
    apart = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert apart.min() >= SOD_APART
    near = rows[np.hypot(*rows[:, :2].T) < SOD_REACH, :2].astype(np.float64)
    gap = np.hypot(*(near[:, None] - spots[None]).transpose(2, 0, 1)).min(axis=1)
    assert (gap < 2.0 * SOD_APART).mean() > 0.95


def test_inner_faces_of_open_petals_look_up() -> None:
    mesh = model.flower(0, 6)
    petal = mesh.attributes["part"][:, 0] == model.PETAL
    assert (mesh.normals[petal, 2] > 0.0).mean() > 0.97


def test_another_number_of_petals_is_refused() -> None:
    for petals in (model.PETALS[0] - 1, model.PETALS[1] + 1):
        with pytest.raises(ValueError, match="petals"):
            model.flower(0, petals)


def test_a_petal_keeps_its_length_as_it_folds() -> None:
    along = np.linspace(0.0, model.PETAL_LENGTH, 400)
    for opened in np.linspace(0.0, 1.0, 7):
        points, _ = model.petal_pose(along, 0.0, 1.0, float(opened))
        walked = np.linalg.norm(np.diff(points, axis=0), axis=1).sum()
        assert walked == pytest.approx(model.PETAL_LENGTH, rel=2e-3)


def test_a_petal_has_right_angled_axes_everywhere() -> None:
    along, side = np.meshgrid(np.linspace(0, model.PETAL_LENGTH, 9), np.linspace(-0.012, 0.012, 7))
    for opened in (0.0, 0.4, 1.0):
        _, axes = model.petal_pose(along, side, 0.3, opened)
        product = axes @ np.swapaxes(axes, -1, -2)
        np.testing.assert_allclose(product, np.broadcast_to(np.eye(3), product.shape), atol=1e-9)


def test_a_bud_is_slim_and_an_open_flower_wide() -> None:
    along = np.linspace(0.0, model.PETAL_LENGTH, 50)
    bud, _ = model.petal_pose(along, 0.0, 0.5, 0.0)
    wide, _ = model.petal_pose(along, 0.0, 0.5, 1.0)
    assert bud[:, 0].max() < 0.010
    assert bud[-1, 0] < 0.005  # closed at the tip
    assert wide[-1, 0] > 0.022
    assert bud[-1, 2] > wide[-1, 2]


def test_the_shader_folds_by_the_same_numbers() -> None:
    source = SHADER.read_text()
    for name in ("STEM", "FOOT", "PETAL_LENGTH", "LEAF_AT", "TIER", "CUP", "LAYER"):
        found = re.search(rf"\b{name} = ([\d.]+)", source)
        assert found, name
        assert float(found[1]) == getattr(model, name), name
    for name in ("CLOSED", "OPEN"):
        found = re.search(rf"\b{name} = vec2\(([\d.]+), ([\d.]+)\)", source)
        assert found, name
        assert (float(found[1]), float(found[2])) == getattr(model, name), name
    found = re.search(r"\bPER_ROW = (\d+)", source)
    assert found
    assert int(found[1]) == PER_ROW


def test_every_flower_grows_from_a_crack(graph: CrackGraph, rows: NDArray[np.float32]) -> None:
    assert rows.shape == (COUNT, 6)
    assert rows.dtype == np.float32
    assert _from_cracks(graph, rows[:, :2]).max() <= 0.06
    assert np.hypot(*rows[:, :2].T).max() <= 45.0
    # stem and head together in their sizes
    assert SIZES[0] < rows[:, 3].min() < 0.65
    assert 1.15 < rows[:, 3].max() < SIZES[1]


def test_they_grow_first_and_thickest_about_the_origin(rows: NDArray[np.float32]) -> None:
    radius = np.hypot(*rows[:, :2].T)
    ring = radius < 1.5
    assert ring.sum() >= 200
    shells = [1.5, 4.0, 10.0, 25.0, 41.0]
    area = np.pi * np.diff(np.square([0.0, *shells]))
    thick = np.histogram(radius, [0.0, *shells])[0] / area
    assert (np.diff(thick) < 0.0).all()
    assert (np.histogram(radius, [0.0, *shells])[0] > 0).all()


def test_the_blossoming_goes_outward(rows: NDArray[np.float32]) -> None:
    radius, when = np.hypot(*rows[:, :2].T), rows[:, 5]
    assert (np.diff(when) >= 0.0).all()
    assert (when >= radius - 1e-4).all()
    assert (when - radius).max() < 1.2
    assert np.corrcoef(radius, when)[0, 1] > 0.99


def test_they_stand_in_tufts(rows: NDArray[np.float32]) -> None:
    far = rows[np.hypot(*rows[:, :2].T) > 6.0, :2].astype(np.float64)
    apart = np.hypot(*(far[:, None] - far[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert (apart.min(axis=1) < 0.15).mean() > 0.5
    assert apart.min() > 0.98 * APART


def test_the_same_seed_gives_the_same_flowers(graph: CrackGraph, rows: NDArray[np.float32]) -> None:
    np.testing.assert_array_equal(placements(graph, COUNT, 3), rows)
    assert not np.array_equal(placements(graph, COUNT, 4), rows)
    np.testing.assert_array_equal(model.flower(0, 7, 5).positions, model.flower(0, 7, 5).positions)


def test_they_keep_off_what_lies_there_and_follow_the_floor(graph: CrackGraph) -> None:
    lying = np.random.default_rng(1).uniform(-0.6, 0.6, (300, 2))
    rows = placements(graph, 400, 3, floor=lambda spots: 0.1 * spots[:, 0], keep_off=lying)
    away = np.hypot(*(rows[:, None, :2] - lying[None]).transpose(2, 0, 1))
    assert len(rows) == 400
    assert away.min() > 0.027
    np.testing.assert_allclose(rows[:, 2], 0.1 * rows[:, 0] - ROOT_DEPTH, atol=1e-5)


def test_flowers_shade_the_floor_where_they_stand(rows: NDArray[np.float32]) -> None:
    shade = shaded_by(rows[:, :2], rows[:, 3] ** 2)
    cell = np.floor((rows[:, :2] + HALF) * (GROUND / (2 * HALF))).astype(int)
    assert shade[cell[:, 1], cell[:, 0]].min() > 20
    assert (shade == 0).mean() > 0.9
    few = shaded_by(rows[:1, :2], np.ones(1, dtype=np.float32)).astype(float)
    assert few.max() < 0.7 * shade.max()  # more hide more, but never all
    assert shade.max() < 255


def test_no_cracks_no_flowers() -> None:
    far = np.array([[60.0, 0.0], [61.0, 0.0]])
    edges = np.array([[0, 1]], dtype=np.int32)
    graph = CrackGraph(far, edges, np.ones(1), np.full(1, 0.02), np.full(2, 0.02))
    with pytest.raises(ValueError, match="no crack"):
        placements(graph, 10, 1)


def test_levels_follow_the_eye_and_the_front(rows: NDArray[np.float32]) -> None:
    flowers = Flowers(rows, 3)
    flowers.update((8.0, 0.0, 1.6), 0.0)
    assert flowers.root.isHidden()
    flowers.update((0.0, 0.0, 0.1), 100.0)
    assert not flowers.root.isHidden()
    away = np.linalg.norm(rows[:, :3] + [0.0, 0.0, model.STEM - 0.1], axis=1)
    ends = [0.0, *LEVEL_ENDS, np.inf]
    assert flowers.counts() == np.histogram(away, ends)[0].tolist()
    before = flowers.counts()
    flowers.update((0.4 * MOVED, 0.0, 0.1), 100.0)
    assert flowers.counts() == before
    flowers.update((30.0, 0.0, 1.6), 100.0)
    assert flowers.counts()[0] < before[0]
    assert sum(flowers.counts()) == COUNT


def test_flowers_that_have_not_come_up_are_not_drawn(rows: NDArray[np.float32]) -> None:
    flowers = Flowers(rows, 3)
    for front in (0.5, 3.0, 12.0):
        flowers.update((8.0, 0.0, 1.6), front)
        drawn = sum(flowers.counts())
        assert (rows[:, 5] < front).sum() <= drawn <= (rows[:, 5] <= front + AHEAD + 1e-4).sum()


HEAVED = """#version 330
#pragma include "lib/quiver.glsl"
in vec2 uv;
out vec4 color;
void main() { color = vec4(heaved(vec3(6.0 * uv.x, 0.0, 0.0), uv.y), 6.0 * uv.x, 0.0, 1.0); }
"""


def test_slabs_are_lifted_about_the_fallen_one_only_once_flowers_are_there(
    graphics: Graphics, with_shader: Callable[[str, str], None]
) -> None:
    with_shader("heaved.frag", HEAVED)
    still = at(moment_at(30.0))
    before, after = (
        run(graphics, "heaved", {}, state=replace(still, flowers_front=front)) for front in (0, 20)
    )
    assert not before[:, :, 0].any()
    lift, far = after[:, :, 0], after[:, :, 1]
    assert not lift[(far < 1.1) | (far > 4.5)].any()  # neither her bed nor where people stand
    assert 0.015 < lift.max() < 0.03
    assert lift.min() >= 0.0


def test_nothing_grows_about_an_open_hand() -> None:
    hand = np.array([[0.7, -0.6], [0.75, -0.62]], dtype=np.float32)
    kept = parted(hand)
    rng = np.random.default_rng(1)
    turn, far = rng.uniform(0.0, 2.0 * np.pi, 300), rng.uniform(0.0, 0.9 * PARTED, 300)
    spots = hand[0] + far[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    gaps = np.linalg.norm(spots[:, None] - kept[None], axis=2).min(axis=1)
    assert gaps.max() < CLEAR
    assert np.linalg.norm(kept[:, None] - hand[None], axis=2).min(axis=1).max() < PARTED
