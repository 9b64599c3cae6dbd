"""The fallen one and the hair: a whole human that truly lies on the stone."""

from __future__ import annotations

import numpy as np
import pytest

from models import bake, body, fallen, hair
from models.cloth import rim_of
from models.mesh import Mesh, border_edges, face_vectors, is_closed, unit, volume
from models.sdf import Clay
from models.skin import skinned

WHOLE_BUDGET = (20_000, 32_000)
HAIR_BUDGET = (8_000, 20_000)
# Boxes of the floor that must be touched: x, y of the middle and half a side, metres.
CONTACTS = {
    "head": (0.03, -0.77, 0.09),
    "right elbow": (0.31, -0.64, 0.07),
    "right hand": (0.62, -0.55, 0.09),
    "hip": (0.03, 0.0, 0.12),
    "left knee": (0.30, 0.14, 0.08),
    "right foot": (-0.01, 0.86, 0.12),
    "left foot": (0.41, 0.62, 0.12),
}


@pytest.fixture(scope="module")
def whole() -> Mesh:
    return bake.load("fallen")


@pytest.fixture(scope="module")
def locks() -> Mesh:
    return bake.load("hair")


@pytest.fixture(scope="module")
def naked() -> Mesh:
    lump = Clay(fallen.LOW, fallen.HIGH, 0.009)
    at = fallen.place()
    body.press(lump, fallen.trunk(at) + fallen.limbs(at))
    body.lying_on(lump, fallen.FLOOR, fallen.PRESSED)
    return skinned(lump, [12000], 0.1)[0]


def of_part(mesh: Mesh, skin: bool) -> Mesh:
    rows = (mesh.attributes["part"][:, 0] >= fallen.SKIN) == skin
    index = np.cumsum(rows) - 1
    kept = mesh.triangles[rows[mesh.triangles].all(axis=1)]
    return Mesh(mesh.positions[rows], mesh.normals[rows], index[kept])


def test_sculpted_body_is_one_closed_outward_surface(naked):
    assert is_closed(naked)
    assert 0.030 < volume(naked) < 0.060  # of a slender human without the head, cubic metres
    faces = unit(face_vectors(naked.positions, naked.triangles))
    agree = np.einsum("ij,ij->i", faces, naked.normals[naked.triangles[:, 0]])
    assert np.mean(agree > 0) > 0.995


def test_numbers_are_in_range_and_normals_unit(whole):
    assert WHOLE_BUDGET[0] <= len(whole.triangles) <= WHOLE_BUDGET[1]
    assert np.allclose(np.linalg.norm(whole.normals, axis=1), 1, atol=1e-5)
    assert {name: rows.shape[1] for name, rows in whole.attributes.items()} == {
        "part": 1,
        "ao": 1,
        "lid": 1,
    }
    assert set(np.unique(whole.attributes["part"])) == {fallen.CLOTH, fallen.SKIN, fallen.EYE}
    for name in ("ao", "lid"):
        assert whole.attributes[name].min() >= 0
        assert whole.attributes[name].max() <= 1


def test_skin_faces_outwards_and_cloth_up(whole):
    for skin in (True, False):
        mesh = of_part(whole, skin)
        faces = unit(face_vectors(mesh.positions, mesh.triangles))
        agree = np.einsum("ij,ij->i", faces, mesh.normals[mesh.triangles[:, 0]])
        assert np.mean(agree > 0) > 0.97
    cloth = of_part(whole, False)
    assert face_vectors(cloth.positions, cloth.triangles)[:, 2].sum() > 0


def test_skin_is_bordered_only_at_the_neck(whole):
    skin = of_part(whole, True)
    edges = border_edges(skin)
    places = np.unique(np.round(skin.positions.astype(np.float64) / 1e-5).astype(np.int64), axis=0)
    ends = places[np.unique(edges)] * 1e-5
    local = body.along(np.linalg.inv(fallen.place().head), ends) * 100
    assert len(edges) > 20
    assert local[:, 2].min() > fallen.NECK_CUT - 1.5
    assert local[:, 2].max() < fallen.BODY_CUT + 1.5


def test_lies_on_the_stone(whole):
    z = whole.positions[:, 2]
    assert z.min() >= -0.010
    for name, (x, y, half) in CONTACTS.items():
        near = (np.abs(whole.positions[:, :2] - [x, y]) < half).all(axis=1)
        assert near.any(), name
        assert z[near].min() < 0.005, name
    assert 0.24 < z.max() < 0.36


def test_is_as_long_as_somebody_who_lies_bent(whole):
    across = whole.positions[:, :2]
    spread = np.linalg.norm(across[::7, None] - across[None, ::7], axis=2).max()
    assert 1.5 < spread < 1.9
    for limb in (fallen.RIGHT_ARM, fallen.LEFT_ARM):
        upper, fore = body.segment_lengths(list(limb))
        assert 0.24 < upper < 0.32
        assert 0.20 < fore < 0.27
    for limb in (fallen.RIGHT_LEG, fallen.LEFT_LEG):
        thigh, calf = body.segment_lengths(list(limb))
        assert 0.38 < thigh < 0.45
        assert 0.36 < calf < 0.42


def test_face_is_seen_from_where_the_visitor_comes(whole):
    head = fallen.place().head
    forward = head[:3, 1]
    toward = unit(np.array([2.2, -1.2, 1.3]) - fallen.FACE_CENTRE)
    assert forward @ toward > 0.85
    assert forward[2] > 0.3
    assert np.linalg.norm(fallen.EYES[0] - fallen.EYES[1]) == pytest.approx(0.0624, abs=1e-3)
    # The person's own right eye is on the right of their face.
    assert (fallen.EYES[0] - fallen.EYES[1]) @ np.cross(forward, head[:3, 2]) > 0.06


def test_eyes_are_open_and_lids_lie_over_them(whole):
    part = whole.attributes["part"][:, 0]
    lid = whole.attributes["lid"][:, 0]
    up = fallen.place().head[:3, 2]
    for eye in fallen.EYES:
        ball = (part == fallen.EYE) & (np.linalg.norm(whole.positions - eye, axis=1) < 0.02)
        assert ball.sum() > 15
        above = (lid > 0.3) & (np.linalg.norm(whole.positions - eye, axis=1) < 0.025)
        assert above.sum() > 15
        assert ((whole.positions[above] - eye) @ up).mean() > (
            (whole.positions[ball] - eye) @ up
        ).mean()
    assert lid[part == fallen.EYE].max() == 0


def test_cloth_covers_the_trunk_and_lies_on_skin_and_stone(whole):
    cloth = of_part(whole, False).positions
    for centre in (fallen.CHEST_CENTRE, fallen.PELVIS_CENTRE):
        over = (np.abs(cloth[:, :2] - centre[:2]) < 0.08).all(axis=1)
        assert over.sum() > 60
        assert cloth[over, 2].max() > centre[2]
    assert (cloth[:, 2] < 0.008).mean() > 0.03
    assert cloth[:, 2].min() > 0


def test_shift_is_torn_and_wider_than_it_lies(whole):
    cut = fallen.cut_shift()
    assert len(rim_of(cut.triangles)) > 300
    assert np.ptp(cut.points[:, 0]) > 1.4
    lying = of_part(whole, False).positions
    assert np.ptp(lying[:, 0]) < 1.25


def test_hair_lies_on_the_stone_and_fans_out(locks):
    z = locks.positions[:, 2]
    assert z.min() > 0
    tips = locks.attributes["along"][:, 0] > 0.97
    assert np.quantile(z[tips], 0.95) < 0.018
    assert np.mean(z < 0.020) > 0.6
    assert z.max() < 0.25
    away = locks.positions[tips, :2] - fallen.HEAD_ORIGIN[:2]
    away = away[np.linalg.norm(away, axis=1) > 0.30]
    angles = np.sort(np.degrees(np.arctan2(away[:, 0], -away[:, 1])))
    assert angles[-1] - angles[0] > 200
    assert np.diff(angles).max() < 35  # between tresses the stone is seen


def test_hair_keeps_its_budget_and_its_numbers(locks):
    assert HAIR_BUDGET[0] <= len(locks.triangles) <= HAIR_BUDGET[1]
    assert np.allclose(np.linalg.norm(locks.normals, axis=1), 1, atol=1e-5)
    assert np.allclose(np.linalg.norm(locks.attributes["tangent"], axis=1), 1, atol=0.02)
    across = locks.attributes["across"]
    assert (across.min(), across.max()) == (-1.0, 1.0)
    assert np.abs(locks.attributes["seed"]).max() < 1.0
    along = locks.attributes["along"]
    assert along.min() == 0
    assert along.max() == 1


def test_hair_grows_from_the_scalp_and_leaves_the_face_free(locks):
    local = body.along(np.linalg.inv(fallen.place().head), locks.positions) * 100
    face = (
        (local[:, 1] > 5.0)
        & (np.abs(local[:, 0]) < 5.5)
        & (local[:, 2] > -12)
        & (local[:, 2] < 3.5)
    )
    assert not face.any()
    starts = local[locks.attributes["along"][:, 0] == 0]
    assert np.median(np.linalg.norm(starts - [0, -0.8, 3.8], axis=1)) < 11


def test_a_lock_is_the_same_twice():
    lump = Clay((-1, -2, -0.05), (1, 1, 0.4), 0.05)
    start = np.array([0.0, -0.8, 0.02])
    one = hair.feather(hair.quill(lump, start, 0.3, 0.5, 0.25))
    two = hair.feather(hair.quill(lump, start, 0.3, 0.5, 0.25))
    assert np.array_equal(one.positions, two.positions)
    assert np.array_equal(one.attributes["seed"], two.attributes["seed"])
