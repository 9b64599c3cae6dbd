"""Who is drawn how finely, who is in view, and how everybody bears themselves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from models import bake
from models.mesh import volume
from models.people import casting, posture, shells
from models.people.features import FACES
from models.people.gathering import gather
from world.render.lens import Camera, lens_for
from world.render.picture import Picture
from world.scene.crowd import CLOTH_LEVELS, FACE_LEVELS, LEVEL_ENDS, Crowd
from world.scene.instances import Cast
from world.scene.levels import FADE, View, in_view, mirrored, shares
from world.scene.scene import Sight, orb_place
from world.timeline import Visit, at, moment_at

SIZE = (128, 72)
NAMES = list(posture.DRAPES)


@pytest.fixture(scope="module")
def painter(graphics) -> Iterator[Picture]:
    made = Picture(SIZE, "low", 1)
    yield made
    made.close()


def test_casting_knows_the_drapes_by_their_rows():
    assert [getattr(casting, name.upper()) for name in NAMES] == list(range(len(NAMES)))


def test_two_levels_share_somebody_without_gap_or_overlap():
    away = np.linspace(0.0, 50.0, 4001)
    dealt = shares(away, LEVEL_ENDS)
    for who in range(0, len(away), 7):
        mine = np.flatnonzero(dealt.who == who)
        if len(mine) == 1:
            assert dealt.share[mine] == 1.0
            continue
        finer, coarser = mine[np.argsort(dealt.level[mine])]
        assert dealt.level[coarser] == dealt.level[finer] + 1
        assert dealt.share[finer] == -dealt.share[coarser] < 0.0


def test_a_level_comes_in_little_by_little():
    end = LEVEL_ENDS[2]
    away = np.linspace(end * (1 - FADE) + 1e-6, end - 1e-6, 60)
    dealt = shares(away, LEVEL_ENDS)
    come = dealt.share[dealt.level == 3]
    assert come[0] < 0.02
    assert come[-1] > 0.98
    assert np.diff(come).max() < 0.02
    past = shares([end + 1e-3], LEVEL_ENDS)
    assert (past.level.tolist(), past.share.tolist()) == ([3], [1.0])


@pytest.mark.parametrize("hfov", [30.0, 80.0, 140.0])
def test_nobody_in_view_is_left_out(hfov):
    rng = np.random.default_rng(4)
    places = rng.uniform(-12, 12, (400, 3)) * [1, 1, 0.3]
    camera = Camera((1.0, -2.0, 1.6), 63.0, -12.0, 8.0, hfov)
    wide = np.tan(np.radians(hfov) / 2)
    view = View(np.array(camera.eye), camera.turn(), wide, wide / (16 / 9))
    ball = rng.normal(size=(200, 3))
    ball /= np.linalg.norm(ball, axis=1, keepdims=True)
    points = (places[:, None] + 1.2 * ball - view.eye) @ view.turn
    aside, ahead, above = np.moveaxis(points, -1, 0)
    shown = (ahead > 0) & (np.abs(aside) < ahead * wide) & (np.abs(above) < ahead * view.high)
    kept = in_view(places, 1.2, view)
    assert kept[shown.any(axis=1)].all()
    assert (~kept).sum() > 80  # and most of those who are not are


def test_what_is_mirrored_hangs_below_the_floor():
    assert mirrored([[3.0, 4.0, 0.9]]).tolist() == [[3.0, 4.0, np.float32(-0.9)]]


def test_a_part_draws_its_stretch_of_the_list():
    mesh = bake.load("clasped", "shadow-2")
    cast = Cast(8)
    parts = [cast.part(str(n), mesh) for n in range(3)]
    cast.deal([2, 0, 2, 0, 2], np.array([9, 4, 7, 5, 8]), np.float32([1, 1, -0.5, 1, 0.5]))
    assert [part.count for part in parts] == [2, 0, 3]
    assert [part.path.isHidden() for part in parts] == [False, True, False]
    assert cast.entries()[:5].tolist() == [[4, 1], [5, 1], [9, 1], [7, -0.5], [8, 0.5]]
    assert parts[2].first == 2


def test_everybody_is_drawn_once_and_finer_when_near():
    people = gather(140, seed=1)
    crowd = Crowd(people, np.zeros(len(people)))
    crowd.update((18.0, -1.5, 1.6))
    afar = crowd.counts()
    crowd.update((4.0, 3.0, 1.6))
    near = crowd.counts()
    assert sum(afar) == sum(near) == len(people)
    assert sum(near[:CLOTH_LEVELS]) > sum(afar[:CLOTH_LEVELS])
    away = np.hypot(np.hypot(people.x - 4.0, people.y - 3.0), 0.7)
    between = len(shares(away, LEVEL_ENDS).who) - len(people)
    shown = [path for path in crowd.root.children if not path.isHidden()]

    def drawn(names: list[str]) -> int:
        return sum(path.getInstanceCount() for path in shown if path.name in names)

    assert abs(drawn(NAMES) - len(people) - between) <= 2  # hand-reckoned heights of the eye
    assert drawn([f"{name}-mirror" for name in NAMES]) == len(people)
    assert drawn([f"{name}-shadow" for name in NAMES]) == len(people)
    assert drawn([f"{name}-face" for name in FACES]) >= sum(near[:FACE_LEVELS])


def test_leaving_out_who_is_out_of_view_changes_no_pixel(painter, monkeypatch):
    state = at(moment_at(45.0))
    crowd = painter.frame.scene.crowd
    for camera in (
        Camera.looking((6.0, 2.0, 1.6), (-4.0, 3.0, 1.2), 70.0),
        Camera.looking((0.0, -7.0, 1.4), (2.0, 0.0, 0.2), 50.0),
    ):
        painter.frame.update(state, camera)
        kept = painter.frame.read()
        few = sum(path.getInstanceCount() for path in crowd.root.children if not path.isHidden())
        with monkeypatch.context() as patched:
            patched.setattr(crowd, "update", lambda eye, view: Crowd.update(crowd, eye))
            painter.frame.update(state, camera)
            whole = painter.frame.read()
            many = sum(p.getInstanceCount() for p in crowd.root.children if not p.isHidden())
        assert np.array_equal(kept, whole)
        assert few < 0.8 * many


def _poses(painter: Picture, story: float) -> tuple[np.ndarray, np.ndarray]:
    """Everybody's row of poses (n, 11, 4) at a second of the story, and where the orb is."""
    frame = painter.frame
    state, camera = at(moment_at(story)), Camera.looking((8.0, 0.0, 1.6), (0.0, 0.0, 1.6), 75.0)
    frame.update(state, camera)
    frame.read()
    color = frame.poses.color
    assert color is not None
    frame.graphics.engine.extractTextureData(color, frame.graphics.gsg)
    raw = np.frombuffer(color.getRamImageAs("RGBA"), dtype=np.float32)
    rows = raw.reshape(color.getYSize(), color.getXSize(), 4).copy()
    color.clearRamImage()
    half = np.tan(np.radians(lens_for(camera, SIZE[0] / SIZE[1]).getVfov()) / 2)
    return rows, orb_place(state, Sight(np.array(camera.eye), camera.turn(), half), Visit())


def _turn(by: np.ndarray) -> np.ndarray:
    """The rotation (3, 3) by a vector as long as its angle (Rodrigues)."""
    angle = np.linalg.norm(by)
    x, y, z = by / max(angle, 1e-9)
    skew = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    return np.eye(3) + np.sin(angle) * skew + (1 - np.cos(angle)) * skew @ skew


def test_eyes_hold_on_the_orb_and_no_two_heads_alike(painter):
    rows, orb = _poses(painter, 345.0)
    people = painter.scene.people
    frames = [posture.head_frame(drape) for drape in posture.DRAPES.values()]
    off, ahead = [], []
    for who, row in enumerate(rows):
        if row[2, 3] < 0.99:
            continue
        head = _turn(row[4, :3]) @ _turn(row[3, :3]) @ _turn(row[2, :3])
        turned = head @ frames[people.drape[who]][:3, :3]
        across = row[0, 0], row[0, 1]
        world = np.array([[across[0], -across[1], 0], [across[1], across[0], 0], [0, 0, 1.0]])
        mirror = np.diag([row[0, 3], 1.0, 1.0])
        to = orb - row[1, :3] - [0, 0, 1.45 * row[0, 2]]
        gaze = world @ mirror @ turned @ row[10, :3]
        off.append(np.degrees(np.arccos(gaze @ to / np.linalg.norm(to))))
        flat = world @ mirror @ turned[:, 1]
        angle = np.arctan2(flat[1], flat[0]) - np.arctan2(to[1], to[0])
        ahead.append(np.degrees((angle + np.pi) % (2 * np.pi) - np.pi))
    assert len(off) > 60
    assert np.median(off) < 9.0
    assert np.std(ahead) > 4.0
    tilts = rows[:, 2, 1]
    assert np.degrees(np.std(tilts)) > 2.5
    assert np.ptp(rows[:, 7, 1]) > 0.3  # nor do all wonder as much


def test_people_look_up_one_after_the_other(painter):
    stories = np.arange(200.0, 330.0, 0.05)
    reached = next(story for story in stories if at(moment_at(story)).look_front > 8.0)
    rows, _ = _poses(painter, float(reached))
    look, radius = rows[:, 2, 3], np.hypot(rows[:, 1, 0], rows[:, 1, 1])
    passed = (radius > 5.0) & (radius < 7.0)
    assert np.std(look[passed]) > 0.2
    assert look[radius > 8.1].max() == 0.0


@pytest.mark.parametrize("level", ["0", "1", "2", "3", "4", "shadow-0", "shadow-1", "shadow-2"])
@pytest.mark.parametrize("name", NAMES)
def test_what_lies_on_the_floor_stays_there(name, level):
    """Nobody takes a train along who looks up, and who is bent over takes only their hood."""
    mesh = bake.load(name, level)
    joint = mesh.attributes["joint"]
    assert joint[mesh.positions[:, 2] < 0.10].max(initial=0.0) < 0.01
    from_neck = np.linalg.norm(mesh.positions - posture.pivots(posture.DRAPES[name])[2], axis=1)
    assert from_neck[joint[:, 2] > 0.3].max(initial=0.0) < 0.75


@pytest.mark.parametrize("name", NAMES)
def test_a_skin_is_closed_and_lies_on_the_cloth(name):
    cloth = bake.load(name, "0")
    for level, count in enumerate(shells.COUNTS):
        skin = bake.load(shells.FILE, f"{name}-{level}")
        assert len(skin.triangles) <= count * 1.05
        sides = np.sort(skin.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
        _, times = np.unique(sides, axis=0, return_counts=True)
        assert (times % 2 == 0).all()
        assert 0.10 < volume(skin) < 0.75
        slack = 0.07 + 0.03 * level + 0.1 * (name == "sunk")  # tips are thinned away
        assert np.abs(skin.positions.min(axis=0) - cloth.positions.min(axis=0)).max() < slack
        assert np.abs(skin.positions.max(axis=0) - cloth.positions.max(axis=0)).max() < slack


def test_a_far_person_keeps_hands_staff_and_face():
    bare = bake.load(shells.FILE, "staff-0")
    held = shells.load("staff", 0, faced=False)
    faced = shells.load("staff", 0, faced=True)
    assert len(bare.positions) < len(held.positions) < len(faced.positions)
    staff = np.linalg.norm(held.positions[:, :2] - [0.2, 0.36], axis=1) < 0.04
    assert held.positions[staff, 2].max() > 1.3
