"""The fallen one and the hair: a whole human that truly lies on the stone."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from models import bake
from models.cloth import rim_of
from models.mesh import Mesh, border_edges, face_vectors, is_closed, unit, volume
from models.people import body, drapery, eyelids, fallen, lying, shift, sleeper, under
from models.sdf import Clay
from models.skin import skinned
from world.capture import shots
from world.render.shader import shader_folder

WHOLE_BUDGET = (40_000, 60_000)
# Boxes of the floor that must be touched: x, y of the middle and half a side, metres.
CONTACTS = {
    "head": (0.0, -0.77, 0.10),
    "right elbow": (0.37, -0.69, 0.06),
    "right hand": (0.68, -0.62, 0.09),
    "hip": (0.03, 0.0, 0.12),
    "right knee": (0.19, 0.42, 0.08),
    "right foot": (0.0, 0.84, 0.12),
    "left foot": (0.27, 0.66, 0.12),
}


@pytest.fixture(scope="module")
def whole() -> Mesh:
    return bake.load("fallen")


@pytest.fixture(scope="module")
def clay() -> Clay:
    return fallen.whole(0.006)


@pytest.fixture(scope="module")
def asleep() -> Clay:
    return sleeper.head(asleep=True)


def of_part(mesh: Mesh, part: float) -> Mesh:
    rows = mesh.attributes["part"][:, 0] == part
    index = np.cumsum(rows) - 1
    kept = mesh.triangles[rows[mesh.triangles].all(axis=1)]
    named = {name: values[rows] for name, values in mesh.attributes.items()}
    return Mesh(mesh.positions[rows], mesh.normals[rows], index[kept], named)


def test_sculpted_body_is_one_closed_outward_surface():
    naked = skinned(lying.naked(0.009), [12000], 0.1)[0]
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
        "thin": 1,
        "open": 3,
        "turned": 3,
        "weave": 3,
    }
    parts = {fallen.CLOTH, fallen.SKIN, fallen.EYE}
    assert set(np.unique(whole.attributes["part"])) == parts
    for name in ("ao", "thin"):
        assert whole.attributes[name].min() >= 0
        assert whole.attributes[name].max() <= 1


def test_skin_faces_outwards_and_cloth_up(whole):
    for part in (fallen.SKIN, fallen.CLOTH):
        mesh = of_part(whole, part)
        faces = unit(face_vectors(mesh.positions, mesh.triangles))
        agree = np.einsum("ij,ij->i", faces, mesh.normals[mesh.triangles[:, 0]])
        assert np.mean(agree > 0) > 0.95
    cloth = of_part(whole, fallen.CLOTH)
    assert face_vectors(cloth.positions, cloth.triangles)[:, 2].sum() > 0


def test_where_skin_ends_other_skin_goes_on(whole):
    skin = of_part(whole, fallen.SKIN)
    still = np.abs(skin.attributes["open"]).max(axis=1) < 1e-4
    edges = border_edges(skin)
    places = np.unique(np.round(skin.positions.astype(np.float64) / 1e-5).astype(np.int64), axis=0)
    ends = places[np.unique(edges)] * 1e-5
    # Deep beneath the linen there is none.
    linen = cKDTree(of_part(whole, fallen.CLOTH).positions).query(ends)[0]
    ends = ends[linen > fallen.REACHES + fallen.THROUGH + fallen.CLEAR]
    nearest = cKDTree(skin.positions[still]).query(ends, k=10)[0][:, -1]
    assert len(edges) > 100
    assert np.quantile(nearest, 0.98) < 0.018


def test_lies_on_the_stone(whole):
    z = whole.positions[:, 2]
    assert z.min() >= 0
    for name, (x, y, half) in CONTACTS.items():
        near = (np.abs(whole.positions[:, :2] - [x, y]) < half).all(axis=1)
        assert near.any(), name
        assert z[near].min() < 0.011, name  # or linen lies between
    assert 0.36 < z.max() < 0.47  # the raised knee


def test_is_as_long_as_somebody_who_lies_bent(whole):
    across = whole.positions[:, :2]
    spread = np.linalg.norm(across[::17, None] - across[None, ::17], axis=2).max()
    assert 1.5 < spread < 1.9
    assert 0.28 < np.linalg.norm(lying.RIGHT_ARM[0] - lying.LEFT_ARM[0]) < 0.36
    for limb in (lying.RIGHT_ARM, lying.LEFT_ARM):
        upper, fore = body.segment_lengths(list(limb))
        assert 0.24 < upper < 0.32
        assert 0.20 < fore < 0.27
    for limb in (lying.RIGHT_LEG, lying.LEFT_LEG):
        thigh, calf = body.segment_lengths(list(limb))
        assert 0.38 < thigh < 0.45
        assert 0.36 < calf < 0.42


def test_face_is_seen_from_where_the_visitor_comes(whole):
    head = fallen.place().head
    forward = head[:3, 1]
    toward = unit(np.array([2.2, -1.2, 1.3]) - fallen.FACE_CENTRE)
    assert forward @ toward > 0.85
    assert forward[2] > 0.3
    assert np.linalg.norm(fallen.EYES[0] - fallen.EYES[1]) == pytest.approx(0.0616, abs=1e-3)
    # The person's own right eye is on the right of their face.
    assert (fallen.EYES[0] - fallen.EYES[1]) @ np.cross(forward, head[:3, 2]) > 0.06


def test_head_has_a_womans_measures(asleep):
    points, _ = asleep.skin()
    front = points[np.abs(points[:, 0]) < 0.4]
    chin = front[(front[:, 1] > 5.0) & (front[:, 2] < -8.0)]
    assert 20.5 < points[:, 2].max() - chin[:, 2].min() < 22.5
    skull = points[points[:, 2] > 2.0]
    assert 13.0 < np.ptp(skull[:, 0]) < 15.0
    assert np.ptp(points[:, 0]) < 16.5  # with the ears


def test_eye_space_leads_there_and_back():
    points = np.random.default_rng(3).normal(0.0, 4.0, (50, 3))
    for side in (1.0, -1.0):
        there = sleeper.eye_space(points, side)
        assert np.allclose(sleeper.from_eye(there, side), points)


@pytest.mark.parametrize("side", [1.0, -1.0])
def test_lids_slide_over_the_ball_and_meet_below(asleep, side):
    lid = eyelids.lid(side, asleep.settled())
    shut, way = lid.positions.astype(np.float64), lid.attributes["open"]
    for wide in (0.0, 0.25, 0.5, 0.75, 1.0):
        own = sleeper.eye_space(shut + wide * way, side)
        ahead = own[:, 1] > 0.75
        assert np.linalg.norm(own[ahead], axis=1).min() > eyelids.BALL - 0.04
    margin = slice(eyelids.ACROSS * (eyelids.DOWN - 1), eyelids.ACROSS * eyelids.DOWN)
    middle = slice(margin.start + 10, margin.stop - 10)
    assert (way[middle, 2] > 0.45).all()  # centimetres: from shut to open
    assert np.abs(asleep.at(shut[middle])).max() < 0.08  # shut, it lies in the face's skin


def test_lids_and_lashes_alone_move(whole):
    moves = np.linalg.norm(whole.attributes["open"], axis=1) > 1e-4
    assert moves.sum() > 200
    places = whole.positions[moves]
    away = np.min([np.linalg.norm(places - eye, axis=1) for eye in fallen.EYES], axis=0)
    assert away.max() < 0.035
    assert not moves[whole.attributes["part"][:, 0] == fallen.EYE].any()


def test_cloth_covers_the_trunk_and_lies_on_skin_and_stone(whole, clay):
    cloth = of_part(whole, fallen.CLOTH).positions
    for centre in (lying.CHEST_CENTRE, lying.PELVIS_CENTRE):
        over = (np.abs(cloth[:, :2] - centre[:2]) < 0.08).all(axis=1)
        assert over.sum() > 60
        assert cloth[over, 2].max() > centre[2]
    assert (cloth[:, 2] < 0.012).mean() > 0.03
    assert cloth[:, 2].min() > 0
    # But for the arm that has dropped on it, it is outside all flesh.
    arm = Clay(lying.LOW, lying.HIGH, 0.006)
    body.press(arm, lying.left_arm_of(lying.place()))
    free = arm.at(cloth) > 0.02
    assert free.mean() > 0.7
    assert np.quantile(clay.at(cloth[free]), 0.01) > -0.003


def test_left_arm_lies_bare_on_the_linen(whole):
    """From shoulder to wrist what is seen from above is skin, and not cloth."""
    cloth, skin = (of_part(whole, part).positions for part in (fallen.CLOTH, fallen.SKIN))
    shoulder, elbow, wrist = lying.LEFT_ARM
    for start, end in ((shoulder, elbow), (elbow, wrist)):
        for share in (0.3, 0.6, 0.9):
            point = start + share * (end - start)
            linen, arm = (
                p[np.linalg.norm(p[:, :2] - point[:2], axis=1) < 0.010, 2] for p in (cloth, skin)
            )
            assert linen.max(initial=0.0) < arm.max() + 0.004


def test_shift_knows_its_place_on_the_picture_of_its_folds(whole):
    weave = of_part(whole, fallen.CLOTH).attributes["weave"]
    assert weave[:, :2].min() > drapery.LOW
    assert weave[:, :2].max() < drapery.LOW + drapery.SPAN
    assert (np.ptp(weave[:, :2], axis=0) > 0.6).all()
    assert not of_part(whole, fallen.SKIN).attributes["weave"].any()


def test_folds_run_down_what_the_linen_has_sunk_on(monkeypatch):
    """On a ridge along y that falls to both sides they lie across it, none on what is level."""
    axis = np.linspace(-0.5, 0.5, 60)
    flat = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    roof = np.column_stack([flat, np.maximum(0.4 - np.abs(flat[:, 0]), 0.0)])
    folds = drapery.draped(flat, roof, np.full(len(flat), 1.0))
    side = np.abs(drapery.LOW + drapery.CELL * np.arange(drapery.TEXELS) - 0.2) < 0.08
    part = folds.broad[side][:, side]
    across, down = (np.abs(np.diff(part, axis=axis)).mean() for axis in (1, 0))
    assert across > 2.0 * down
    assert 0.008 < folds.broad.max() < 0.03
    assert part.max() > 4.0 * folds.broad[-round(0.15 / drapery.CELL) :].max()
    picture = folds.picture()
    assert picture.shape == (drapery.TEXELS, drapery.TEXELS, 4)
    assert picture[..., :2].std(axis=(0, 1)).max() > 5
    monkeypatch.setattr(drapery, "TEXELS", 128)  # the same twice: a small one tells as much
    monkeypatch.setattr(drapery, "CELL", drapery.SPAN / 128)
    one, two = (drapery.draped(flat, roof, np.full(len(flat), 1.0)).picture() for _ in range(2))
    assert np.array_equal(one, two)


def test_shift_is_torn():
    assert len(rim_of(shift.cut().triangles)) > 300


def test_the_shader_reads_the_linen_as_it_was_drawn():
    numbers = ", ".join(f"{n:g}" for n in (drapery.LOW, drapery.SPAN, drapery.STEEPEST))
    assert f"LINEN = vec3({numbers});" in (shader_folder() / "fallen.frag").read_text(
        encoding="utf-8"
    )


def test_linen_starts_clear_of_the_body_and_with_more_cloth_than_room():
    at = lying.place()
    bare = Clay(lying.LOW, lying.HIGH, 0.010)
    body.press(bare, lying.trunk(at) + body.leg(*lying.RIGHT_LEG) + body.leg(*lying.LEFT_LEG))
    cut = shift.cut()
    start, flat = shift.laid(cut, bare)
    assert np.quantile(bare.at(start), 0.02) > -0.008
    assert np.ptp(start[:, 0]) < 0.95 * np.ptp(flat[:, 0])
    rows, west, east, tall = shift.outline(bare)
    assert (east > west).all()
    assert 0.38 < tall.max() < 0.46  # the raised knee
    assert len(rows) == len(west)


def test_linen_clings(whole, clay):
    """Over hip and thigh the body is seen through it: it lies within a finger's breadth."""
    cloth = of_part(whole, fallen.CLOTH)
    hip = np.add(lying.PELVIS_CENTRE, (0.0, 0.05, 0.0))
    over = (np.linalg.norm(cloth.positions[:, :2] - hip[:2], axis=1) < 0.10) & (
        cloth.positions[:, 2] > 0.12
    )
    assert over.sum() > 100
    assert np.median(clay.at(cloth.positions[over])) < 0.010
    assert cloth.attributes["thin"][over].mean() > 0.3


def test_shade_on_the_stone_is_darkest_under_the_body_and_ends(whole):
    sheet = bake.load("fallen", "under")
    dark = sheet.attributes["dark"][:, 0]
    low = whole.positions[whole.positions[:, 2] < 0.06, :2]
    away = cKDTree(low).query(sheet.positions[:, :2])[0]
    assert dark[away < 0.01].mean() > 0.6
    assert dark[away < 0.03].mean() > dark[(away > 0.06) & (away < 0.10)].mean() + 0.2
    assert dark[away > 0.25].max(initial=0.0) < 0.15
    assert np.allclose(sheet.positions[:, 2], under.ABOVE, atol=1e-4)


def test_a_strip_of_the_lids_has_them_open_and_at_rest_and_trembling():
    from world.capture.moments import moment_of
    from world.timeline.state import at

    takes = {take.label: at(moment_of(take.at)) for take in shots.sheet_of("lids")[0].takes}
    assert takes["vacant"].shiver > 0.8
    assert 0.05 < takes["heavy"].shiver < 0.4
    assert takes["shut"].shiver == takes["shut"].lids == 0.0
    flutter = [state.flutter for label, state in takes.items() if label.startswith("flutter")]
    assert max(flutter) > 0.7
    assert min(flutter) < -0.5


def test_where_detail_is_low_the_face_stays_as_it_is(whole):
    from world.scene.fallen import FACE, _lighter

    light = _lighter(whole)
    assert len(light.triangles) < 0.75 * len(whole.triangles)
    face = whole.positions[np.linalg.norm(whole.positions - fallen.FACE_CENTRE, axis=1) < FACE]
    assert cKDTree(light.positions).query(face)[0].max() < 1e-6
    assert set(light.attributes) == set(whole.attributes)


def test_from_afar_it_is_the_same_body_in_few_triangles(whole):
    far = bake.load("fallen", "afar")
    assert len(far.triangles) < 10_000
    for part in (fallen.CLOTH, fallen.SKIN):
        gap = cKDTree(of_part(whole, part).positions).query(of_part(far, part).positions)[0]
        assert np.quantile(gap, 0.99) < 0.01


def test_no_skin_comes_through_the_linen(whole):
    """Where linen lies over her away from its edge, all skin that faces its way is beneath it."""
    cloth, skin = of_part(whole, fallen.CLOTH), of_part(whole, fallen.SKIN)
    inner = cloth.attributes["weave"][:, 2] >= 0.9 * shift.FRAYED
    away, near = cKDTree(cloth.positions).query(skin.positions)
    out = np.einsum("ij,ij->i", skin.positions - cloth.positions[near], cloth.normals[near])
    along = np.einsum("ij,ij->i", skin.normals, cloth.normals[near])
    arm = Clay(lying.LOW, lying.HIGH, 0.006)
    body.press(arm, lying.left_arm_of(lying.place()))
    aside = np.sqrt(np.maximum(away**2 - out**2, 0.0))  # past the neckline skin is bare
    over = (aside < 0.012) & (away < 0.02) & inner[near] & (along > 0.5)
    over &= arm.at(skin.positions) > 0.03
    assert over.sum() > 100
    assert np.quantile(out[over], 0.995) < 0.002


def test_torn_edges_are_known_and_the_bodice_frays_nowhere(whole):
    cloth = of_part(whole, fallen.CLOTH)
    edge = cloth.attributes["weave"][:, 2]
    assert edge.min() < 0.001
    assert edge.max() <= shift.FRAYED + 1e-3
    ends = shift.edge_points(cloth)
    torn = edge[ends] < 0.001
    assert 0.5 < torn.mean() < 0.98
    assert cloth.positions[ends[edge[ends] > 0.03], 1].max() < 0.0  # hemmed: above the waist
