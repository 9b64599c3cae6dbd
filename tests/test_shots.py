"""Moments, hero shots and the path of the film."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people import posture
from models.people.features import FACES
from models.place.courtyard import RIM
from world.capture import aim, moments, path, portrait, sheet, shots
from world.errors import WrongUse
from world.timeline.clock import Moment, breath_at
from world.timeline.score import ACTS, END

# -- moments ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("0", 0.0),
        ("258.5", 258.5),
        ("blossom", 245.0),
        ("blossom+6.5", 251.5),
        ("dissolve@0.5", 382.5),
        ("dissolve@0", 370.0),
        ("held@1", 370.0),
        ("night", 370.0),
        ("1e2", 100.0),
        (" sun ", 0.0),
    ],
)
def test_a_moment_is_read(text: str, story: float) -> None:
    assert moments.story_of(text) == story


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("blosom", 'did you mean "blossom"?'),
        ("zzz", "it can be sun, witnesses"),
        ("481", "from 0 to 480"),
        ("-3", "from 0 to 480"),
        ("mist+1000", "from 0 to 480"),
        ("mist@1.5", "from 0 to 1"),
        ("mist+soon", '"soon" is not a number'),
        ("nan", 'no beat "nan"'),
        ("mist@inf", '"inf" is not a number'),
        ("", 'no beat ""'),
    ],
)
def test_a_wrong_moment_is_refused_with_help(text: str, word: str) -> None:
    with pytest.raises(WrongUse) as caught:
        moments.story_of(text)
    assert word in str(caught.value)


@given(st.floats(0, END))
def test_a_spoken_moment_is_read_back(story: float) -> None:
    assert moments.story_of(moments.spoken(story)) == pytest.approx(story, abs=1e-5)


def test_breath_is_that_of_autoplay_unless_given() -> None:
    assert moments.moment_of("held") == Moment(358.0, breath_at(358.0))
    assert moments.moment_of("held", 12.5) == Moment(358.0, 12.5)
    with pytest.raises(WrongUse, match="breath"):
        moments.moment_of("held", -1.0)


# -- shots and the path ----------------------------------------------------------------------

LOOK_MD = """arrival vast witnesses tears fallen ankles stone gathering orb bowing blossom awe
roots eyelids dissolve night binary dawns""".split()
ACT_OF = {
    "arrival": "arrival", "vast": "arrival", "witnesses": "arrival", "tears": "arrival",
    "fallen": "arrival", "ankles": "calm", "stone": "calm", "gathering": "orb", "orb": "orb",
    "bowing": "orb", "awe": "awe", "roots": "awe", "eyelids": "awe", "dissolve": "night",
    "night": "night", "binary": "night", "dawns": "night",
}  # fmt: skip


def test_the_hero_shots_are_those_of_the_design_in_their_order() -> None:
    assert [shot.name for shot in shots.SHOTS] == LOOK_MD
    assert len(set(shots.all_labels())) == len(shots.all_labels()) == sheet.count()


def test_the_sheet_of_people_has_every_posture_and_every_face_in_two_moods() -> None:
    assert tuple(posture.DRAPES) == shots.POSTURES
    count = len(posture.DRAPES) + 2 * len(FACES)
    assert len(shots.all_labels("people")) == sheet.count("people") == count
    grief, awe = moments.story_of("witnesses+10"), moments.story_of("vibration+6")
    for shot in shots.PEOPLE:
        bowed, raised = shot.view(grief, 1), shot.view(awe, 1)
        distance = np.linalg.norm(np.subtract(bowed.eye, bowed.look))
        if shot.name in FACES:
            assert distance == pytest.approx(aim.EXPRESSION_DISTANCE, abs=1e-3)
            assert raised.look[2] > bowed.look[2] + 0.02
        else:
            assert distance == pytest.approx(aim.FIGURE_DISTANCE, rel=0.05)


def test_the_shots_of_the_place_stand_where_a_visitor_can() -> None:
    names = shots.all_labels("place")
    assert len(names) == sheet.count("place") == 6
    assert set(names).isdisjoint(shots.all_labels())
    for shot in shots.PLACE:
        x, y, z = shot.view(45.0, 1).eye
        (west, south), (east, north) = RIM
        assert west < x < east
        assert south < y < north
        assert 0.2 < z < 2.1  # on the steps an eye is half a metre higher
    with pytest.raises(WrongUse, match="place"):
        shots.sheet_of("plaice")


def test_every_take_is_in_its_act_and_looks_somewhere() -> None:
    for shot in shots.SHOTS:
        for take in shot.takes:
            story = moments.story_of(take.at)
            if shot.name in ACT_OF:
                act = next(act for act in reversed(ACTS) if story >= act.start)
                assert act.name == ACT_OF[shot.name], take
            view = shot.view(story, 1)
            assert math.dist(view.eye, view.look) > 0.3, shot.name


def test_faces_are_taken_from_where_the_design_says() -> None:
    for name, metres in (("tears", 0.7), ("eyelids", 0.6)):
        view = shots.find(name)[0].view(350.0, 1)
        assert math.dist(view.eye, view.look) == pytest.approx(metres, abs=0.05)


@pytest.mark.parametrize("seed", range(6))
def test_the_portrait_is_of_a_bowed_face_in_the_sun_with_room_before_it(seed: int) -> None:
    eye, look = (np.array(point) for point in aim.one_mourner(seed))
    people = portrait.crowd(seed)
    gaps = np.hypot(people.x - look[0], people.y - look[1])
    assert gaps.min() < 0.35  # somebody's face
    who = int(gaps.argmin())
    assert 1.1 < look[2] < 1.75
    assert look[2] - 0.65 < eye[2] < look[2]  # from below, as the face is bowed
    fallen = -np.array([people.x[who], people.y[who]], dtype=float)
    before = (eye - look)[:2]
    assert before @ fallen > 0.4 * np.linalg.norm(before) * np.linalg.norm(fallen)
    # The sun comes from the side: neither into the face nor from right behind it.
    assert abs(before[0]) < 0.7 * np.linalg.norm(before)
    assert np.hypot(people.x - eye[0], people.y - eye[1]).min() > portrait.ROBE / 2


@pytest.mark.parametrize("seed", range(1, 5))
def test_three_faces_fit_into_one_picture_and_nobody_stands_before_them(seed: int) -> None:
    eye, look = (np.array(point) for point in aim.three_mourners(seed))
    people = portrait.crowd(seed)
    assert np.hypot(people.x - eye[0], people.y - eye[1]).min() >= portrait.ROBE
    assert eye[2] < look[2]
    half = math.radians(shots.find("witnesses")[0].hfov / 2)
    view = (look - eye)[:2]
    seen, lit = 0, 0
    for who in range(len(people)):
        face = portrait.face_of(people, who)
        sight = (face.centre - eye)[:2]
        away = float(np.linalg.norm(sight))
        cosine = float(sight @ view / (away * np.linalg.norm(view)))
        turned = float(-sight @ face.forward[:2]) / (away * np.linalg.norm(face.forward[:2]))
        if 1.2 <= away < 4.6 and cosine > math.cos(half) and turned > 0.3:
            seen += 1
            lit += portrait._in_sun(people, who, face)
    assert seen >= 3
    assert lit >= 1


def test_a_take_is_found_by_its_label_and_a_mistake_is_helped() -> None:
    assert shots.find("orb")[1].label == "laugh"
    assert shots.find("orb-dew")[1].label == "dew"
    with pytest.raises(WrongUse, match='did you mean "blossom'):
        shots.find("blosom")


@given(st.floats(0, END), st.floats(0.001, 0.05))
def test_the_path_never_jumps(story: float, step: float) -> None:
    before, after = path.camera_at(story), path.camera_at(min(story + step, END))
    assert math.dist(before.eye, after.eye) <= 2.2 * step + 1e-9  # metres, at most 2.2 m/s
    turned = math.degrees(
        math.acos(min(1.0, sum(a * b for a, b in zip(before.direction, after.direction))))
    )
    assert turned <= 45.0 * step + 0.01  # degrees, at most 45 a second


def test_the_path_keeps_to_the_script() -> None:
    assert path.camera_at(0.0).eye == pytest.approx((18.0, -0.4, 1.6))
    for deed in (176.0, 230.0):
        assert path.camera_at(deed).eye[:2] == pytest.approx((8.0, 0.0), abs=0.02)
    assert path.camera_at(151.0).pitch < -20.0
    for story in (400.0, 480.0):
        assert path.camera_at(story).eye == pytest.approx((0.0, 0.0, 12.0))


@given(st.floats(0, 370))
def test_the_path_stays_above_the_stone_and_off_the_fallen(story: float) -> None:
    x, y, z = path.camera_at(story).eye
    assert z > 0.5
    assert math.hypot(x, y) > 0.7 or z > 0.6
