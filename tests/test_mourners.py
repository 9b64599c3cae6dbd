"""The witnesses: how they are made, where they stand, and that nobody stands in another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models import bake, cloth
from models.mesh import Mesh, border_edges, face_vectors, is_closed, volume
from models.people import casting, feet, garments, gathering, huddle, mourner, posture, veil, visage
from models.people.features import FACES

NAMES = tuple(posture.DRAPES)
BUDGET = {
    "0": (31_000, 42_100),
    "1": (6_800, 8_000),
    "2": (1_400, 1_800),
    "3": (280, 480),
    "4": (70, 195),
    "shadow-0": (700, 1_000),
    "shadow-1": (120, 200),
    "shadow-2": (40, 80),
}
SEEN = ("0", "1", "2", "3")
REACHING = ("reaching",)  # with an arm held out
BENT = ("sunk",)  # over their knees: longer than they are tall


@pytest.fixture(scope="module")
def people():
    return gathering.gather(140, seed=1)


def face_of_few(*_: object, **__: object) -> list[Mesh]:
    """Two far faces that took no making."""
    mesh = bake.load("faces", "girl-2")
    return [mesh, mesh]


def is_cloth(mesh: Mesh) -> np.ndarray:
    """Which points (n,) are of some garment."""
    part = mesh.attributes["part"][:, 0]
    return (part >= 0) & (part < 0.5)


def robe_and_face(mesh: Mesh) -> tuple[Mesh, Mesh]:
    """The two surfaces of a mourner, parted by what they are made of."""
    skin = mesh.attributes["part"][:, 0] % 2 == 1  # hands and a far face
    out = []
    for wanted in (~skin, skin):
        rows = np.flatnonzero(wanted)
        index = np.full(len(skin), -1)
        index[rows] = np.arange(len(rows))
        kept = mesh.triangles[wanted[mesh.triangles].all(axis=1)]
        out.append(Mesh(mesh.positions[rows], mesh.normals[rows], index[kept]))
    return out[0], out[1]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("level", sorted(BUDGET))
def test_level_keeps_its_budget_and_its_numbers(name, level):
    mesh = bake.load(name, level)
    low, high = BUDGET[level]
    assert low <= len(mesh.triangles) <= high
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-5)
    assert {key: rows.shape[1] for key, rows in mesh.attributes.items()} == {
        "joint": 3,
        "part": 1,
        "ao": 1,
        "lining": 1,
        "hem": 1,
        "weave": 3,
        "raised": 3,
        "raised_normal": 3,
    }
    for key in ("joint", "ao", "lining", "hem"):
        rows = mesh.attributes[key]
        assert rows.min() >= 0
        assert rows.max() <= 1
    part = mesh.attributes["part"]
    assert np.abs(part - np.round(8 * part) / 8).max() < 0.001
    assert set(np.unique(np.round(8 * part) / 8)) <= {-1, 0, 0.125, 0.25, 1}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("level", ["shadow-0", "shadow-1", "shadow-2"])
def test_what_casts_shadows_is_closed_and_faces_outward(name, level):
    cloth, _ = robe_and_face(bake.load(name, level))
    assert is_closed(cloth, 1e-7) or len(border_edges(cloth, 1e-7)) < 0.01 * len(cloth.triangles)
    assert 0.05 < volume(cloth) < 0.5
    faces = face_vectors(cloth.positions, cloth.triangles)
    mean = cloth.normals[cloth.triangles].mean(axis=1)
    assert np.mean(np.einsum("ij,ij->i", faces, mean) > 0) > 0.9


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("level", ["0", "1", "2"])
def test_cloth_has_an_outer_side_with_its_normals(name, level):
    cloth, skin = robe_and_face(bake.load(name, level))
    for mesh in (cloth, skin):
        faces = face_vectors(mesh.positions, mesh.triangles)
        mean = mesh.normals[mesh.triangles].mean(axis=1)
        assert np.mean(np.einsum("ij,ij->i", faces, mean) > 0) > 0.9
    # Far above the ground and outside, the outer side looks away from the wearer.
    out = np.hypot(cloth.positions[:, 0], cloth.positions[:, 1]) > 0.24
    radial = cloth.positions[out, :2] / np.linalg.norm(cloth.positions[out, :2], axis=1)[:, None]
    assert np.mean(np.einsum("ij,ij->i", radial, cloth.normals[out, :2]) > 0) > (
        0.55 if name in BENT else 0.66
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_shadow_is_cast_from_within(name):
    """What casts lies deeper than what is seen, or a robe would shade itself in patches."""
    seen, cast = bake.load(name, "0"), bake.load(name, "shadow-0")
    cloth = seen.positions[is_cloth(seen)]
    for axis in (0, 1):
        assert cast.positions[:, axis].max() < cloth[:, axis].max()
        assert cast.positions[:, axis].min() > cloth[:, axis].min()
    assert 0.9 < cast.positions[:, 2].max() / cloth[:, 2].max() < 1.0


@pytest.mark.parametrize("name", NAMES)
def test_a_veil_falls_back_when_the_head_goes_up(name):
    """Only what is about the head is moved by it, and at most by some hands' breadths."""
    mesh = bake.load(name, "0")
    moved = np.linalg.norm(mesh.attributes["raised"], axis=1)
    assert 0.02 < moved.max() < 0.45
    assert (
        mesh.attributes["part"][moved > 0.001] % 1 == mesh.attributes["part"][moved > 0.001]
    ).all()
    low = mesh.positions[:, 2] < (0.25 if name in BENT else 0.45) * mesh.positions[:, 2].max()
    assert moved[low].max() < 0.02


@pytest.mark.parametrize("name", NAMES)
def test_people_are_as_tall_as_people(name):
    drape = posture.DRAPES[name]
    levels = [bake.load(name, level) for level in SEEN]
    heights = [mesh.positions[:, 2].max() for mesh in levels]
    low, high = (1.0, 1.3) if drape.kneel else (1.5, 1.8)
    low, longer = (0.65, 0.17) if name in BENT else (low, 0.07 if name in REACHING else 0.0)
    assert low < heights[0] < high
    assert max(heights) - min(heights) < 0.05
    for mesh in levels:
        assert -0.009 < mesh.positions[:, 2].min() < 0.02
        reach = np.hypot(mesh.positions[:, 0], mesh.positions[:, 1])
        assert reach.max() < 0.61 + longer  # a hem's tip, which lies on the floor
        assert np.quantile(reach, 0.9) < 0.43 + longer


@pytest.mark.parametrize("name", NAMES)
def test_face_is_in_its_hood(name):
    """Every head lies in every hood, in front of the neck, and looks down."""
    mesh = bake.load(name, "0")
    head = posture.head_frame(posture.DRAPES[name])
    local = (mesh.positions - head[:3, 3]) @ head[:3, :3]
    veil = local[np.abs(mesh.attributes["part"][:, 0] - mourner.GARMENTS["veil"]) < 0.01]
    above = veil[(np.abs(veil[:, 0]) < 0.03) & (np.abs(veil[:, 1]) < 0.03) & (veil[:, 2] > 0)]
    for who in FACES:
        visage_ = bake.load("faces", f"{who}-1")
        crown = visage_.positions[np.abs(visage_.positions[:, :2]).max(axis=1) < 0.03]
        assert crown[:, 2].max() < above[:, 2].max(), who
    assert posture.nod_at_rest(posture.DRAPES[name]) > np.radians(25)


def test_postures_hold_hands_where_arms_reach():
    for name, drape in posture.DRAPES.items():
        for arm in posture.arms(drape):
            upper = np.linalg.norm(arm.elbow - arm.shoulder)
            fore = np.linalg.norm(arm.wrist - arm.elbow)
            assert upper == pytest.approx(posture.UPPER_ARM, rel=0.06), name
            assert fore == pytest.approx(posture.FOREARM, rel=0.06), name
            turn = arm.hand[:3, :3]
            assert np.allclose(turn @ turn.T, np.eye(3), atol=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_hems_are_torn_and_folds_are_shaded(name):
    mesh = bake.load(name, "0")
    cloth = is_cloth(mesh)
    rim = cloth & (mesh.attributes["weave"][:, 2] < 0.002)
    around = rim & (mesh.positions[:, 2] > 0.1) & (mesh.positions[:, 2] < 0.8)
    assert np.std(mesh.positions[around, 2]) > 0.04
    assert mesh.attributes["ao"][cloth].std() > 0.15


def test_bake_is_reproducible_and_small(tmp_path, monkeypatch):
    monkeypatch.setattr(mourner, "STEP", 0.03)
    monkeypatch.setattr(mourner, "CLOSED_STEP", 0.04)
    monkeypatch.setattr(feet, "STEP", 0.01)
    monkeypatch.setattr(garments, "GRAIN", 0.06)
    monkeypatch.setattr(veil, "FINE", 0.05)
    monkeypatch.setattr(cloth, "STEP", 0.01)
    monkeypatch.setattr(visage, "build", face_of_few)
    first = bake.bake("kneeling", tmp_path / "a").read_bytes()
    second = bake.bake("kneeling", tmp_path / "b").read_bytes()
    assert first == second
    assert sum((bake.FOLDER / f"{name}.npz").stat().st_size for name in NAMES) < 8e6


def test_baked_mesh_comes_back_as_it_went(tmp_path, monkeypatch):
    mesh = bake.load("kneeling", "2").with_attributes(far=np.float32(2.5))
    monkeypatch.setitem(bake.RECIPES, "probe", lambda: mesh)
    bake.bake("probe", tmp_path)
    back = bake.load("probe", folder=tmp_path)
    span = np.ptp(mesh.positions, axis=0).max()
    assert np.abs(back.positions - mesh.positions).max() < span / 65535
    assert np.einsum("ij,ij->i", back.normals, mesh.normals).min() > 0.999
    assert np.array_equal(back.triangles, mesh.triangles)
    assert np.array_equal(back.attributes["part"], mesh.attributes["part"])
    assert np.abs(back.attributes["ao"] - mesh.attributes["ao"]).max() <= 0.5 / 255 + 1e-6
    assert (back.attributes["far"] == 2.5).all()
    with pytest.raises(FileNotFoundError, match=r"models\.bake"):
        bake.load("nobody", folder=tmp_path)
    with pytest.raises(KeyError, match="no part"):
        bake.load("probe", "7", folder=tmp_path)


@given(st.integers(0, 300), st.integers(0, 2**31))
@settings(max_examples=12, deadline=None)
def test_nobody_stands_in_another_or_in_the_way(count, seed):
    people = gathering.gather(count, seed)
    spots = np.column_stack([people.x, people.y]).astype(np.float64)
    assert len(people) == count
    if count == 0:
        return
    gaps = np.linalg.norm(spots[:, None] - spots[None], axis=2) + 9 * np.eye(count)
    # Who kneels about the fallen one is nearer to the next than who stands beside somebody.
    assert gaps.min() >= min(huddle.TOUCHING, huddle.INNER_APART) - 0.001
    assert np.hypot(*spots.T).min() >= gathering.CLEAR
    assert gathering.aisle_distance(spots).min() >= 0.8 + gathering.BODY
    assert people.scale.min() >= np.float32(huddle.CHILD[0])
    assert (people.scale < np.float32(casting.SMALLEST)).sum() <= huddle.CHILDREN
    assert people.scale.max() <= np.float32(casting.TALLEST)
    assert people.drape.max() < len(NAMES)


def test_two_thousand_come():
    assert len(gathering.gather(2000, 5)) == 2000
    with pytest.raises(ValueError, match="2000"):
        gathering.gather(2001)


def test_gathering_is_deterministic_and_seeds_differ(people):
    first, again, other = people, gathering.gather(140, 1), gathering.gather(140, 2)
    for column in (
        "x",
        "y",
        "heading",
        "scale",
        "drape",
        "colour",
        "phase",
        "dirt",
        "mirror",
        "face",
    ):
        assert np.array_equal(getattr(first, column), getattr(again, column))
    assert not np.array_equal(first.x, other.x)


def test_gathering_is_composed(people):
    radius = np.hypot(people.x, people.y)
    near = radius < 20
    assert (~near).sum() == 12
    assert radius[~near].min() > 37.5
    assert radius[near].max() < 15
    west, east = (people.x[near] < 0).sum(), (people.x[near] > 0).sum()
    assert west > 1.3 * east
    for low, high in ((0, 6.5), (6.5, 10), (10, 15)):
        assert ((radius >= low) & (radius < high)).sum() >= 15
    assert 4 <= (people.drape == gathering.KNEELING).sum() <= 20
    assert len(np.unique(people.drape)) == len(NAMES)


def test_some_are_close_to_her_and_many_touch(people):
    """None is near to the east, from where the visitor comes; lanes are clear."""
    spots = np.column_stack([people.x, people.y])
    radius = np.hypot(*spots.T)
    near = radius < 3.6
    assert near.sum() >= 10
    assert np.isin(people.drape[near], (huddle.SUNK, huddle.KNEELING)).sum() >= 7
    assert people.x[near].max() < 1.6
    gaps = np.linalg.norm(spots[:, None] - spots[None], axis=2) + 9 * np.eye(len(people))
    assert (gaps.min(axis=1) < huddle.TOUCHING + 0.02).mean() > 0.35
    for lane in huddle.LANES:
        standing = (np.abs(people.y - lane) < 0.9 * huddle.LANE_HALF) & (radius < huddle.REACH)
        assert standing.sum() <= 1


def test_a_person_in_the_world_is_the_person_of_the_model(people):
    """Feet stay on the floor, forward points along the heading, a mirror swaps hands."""
    who = np.arange(len(people))
    feet = gathering.stand(np.zeros((len(who), 3)), people, who, 0.25)
    assert np.allclose(feet, np.column_stack([people.x, people.y, np.full(len(who), 0.25)]))
    ahead = gathering.stand(np.tile([0.0, 1.0, 0.0], (len(who), 1)), people, who, 0.25) - feet
    assert np.allclose(np.arctan2(ahead[:, 1], ahead[:, 0]), _within(people.heading), atol=1e-4)
    hand = gathering.stand(np.tile([1.0, 0.0, 0.0], (len(who), 1)), people, who, 0.25) - feet
    side = hand[:, 0] * ahead[:, 1] - hand[:, 1] * ahead[:, 0]
    assert np.array_equal(np.sign(side), people.mirror)
    for index in (0, 5, 100):
        place, way = mourner.face_at(people, index)
        assert 0.8 < place[2] < 1.75
        assert way[2] < -0.3
        assert np.hypot(place[0] - people.x[index], place[1] - people.y[index]) < 0.45


def _within(angle):
    return (angle + np.pi) % (2 * np.pi) - np.pi


def test_they_face_the_fallen_one_each_in_their_own_way(people):
    inward = np.arctan2(-people.y, -people.x)
    aside = (people.heading - inward + np.pi) % (2 * np.pi) - np.pi
    assert np.abs(aside).max() < 1.1
    assert 0.08 < np.std(aside) < 0.4


def test_neighbours_wear_different_colours(people):
    spots = np.column_stack([people.x, people.y])
    gaps = np.linalg.norm(spots[:, None] - spots[None], axis=2) + 9 * np.eye(len(people))
    near = np.argmin(gaps, axis=1)
    close = gaps.min(axis=1) < 1.2
    same = people.colour[close] == people.colour[near[close]]
    assert close.sum() > 40
    assert same.mean() < 0.05


def test_neighbours_stand_in_different_ways(people):
    spots = np.column_stack([people.x, people.y])
    gaps = np.linalg.norm(spots[:, None] - spots[None], axis=2) + 9 * np.eye(len(people))
    near = np.argmin(gaps, axis=1)
    close = (gaps.min(axis=1) < 1.5) & (people.drape != gathering.KNEELING)
    same = people.drape[close] == people.drape[near[close]]
    assert close.sum() > 40
    assert same.mean() < 0.05


def test_neighbours_have_different_faces_and_the_old_stoop(people):
    spots = np.column_stack([people.x, people.y])
    gaps = np.linalg.norm(spots[:, None] - spots[None], axis=2) + 9 * np.eye(len(people))
    near = np.argmin(gaps, axis=1)
    close = gaps.min(axis=1) < 1.5
    assert (people.face[close] == people.face[near[close]]).mean() < 0.05
    old = np.array([f.age > 0.5 for f in FACES.values()])
    assert old[people.face[np.isin(people.drape, casting.FOR_THE_OLD)]].all()
    assert (np.bincount(people.face, minlength=len(FACES)) > 4).all()
