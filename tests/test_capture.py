"""Stills, the sheet, films and what they carry; a stand-in draws, so no screen is needed."""

from __future__ import annotations

import json
import math
import subprocess
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from models import posture
from models.courtyard import RIM
from models.features import FACES
from world.capture import aim, film, metadata, moments, path, portrait, sheet, shots, still
from world.capture.reel import CAPTION_WIDTH, Reel, captions, subrip
from world.errors import DreamError, WrongUse
from world.render.lens import Camera
from world.timeline.clock import Moment, breath_at, moment_at
from world.timeline.score import ACTS, BEATS, END
from world.timeline.state import Stance, Visit

WHEN = datetime(2030, 5, 4, 3, 2, 1, tzinfo=UTC)
SMALL = (32, 18)


class Flat:
    """Paints one grey for each story second, and remembers what it was asked."""

    def __init__(self, size: tuple[int, int] = SMALL, stop_after: int | None = None) -> None:
        self.size, self.asked, self.stop_after = size, list[float](), stop_after

    def draw(self, moment: Moment, camera: Camera, visit: Visit, embodied: bool) -> still.Pixels:
        if self.stop_after is not None and len(self.asked) == self.stop_after:
            raise KeyboardInterrupt
        self.asked.append(moment.story)
        width, height = self.size
        return np.full((height, width, 3), grey(moment.story), dtype=np.uint8)

    def close(self) -> None:
        self.asked.clear()


def grey(story: float) -> int:
    return 40 + int(story) % 180


def a_still(story: float = 45.0, **changes: object) -> still.Still:
    values: dict[str, object] = {
        "moment": moment_at(story),
        "camera": Camera.looking((18, -1.5, 1.6), (0, 0, 2), 80),
        "size": SMALL,
        "quality": "low",
        "seed": 7,
        **changes,
    }
    return still.Still(**values)  # type: ignore[arg-type]


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
    assert before @ fallen > 0.6 * np.linalg.norm(before) * np.linalg.norm(fallen)
    # The sun comes from the side: neither into the face nor from right behind it.
    assert abs(before[0]) < 0.6 * np.linalg.norm(before)
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
    assert path.camera_at(0.0).eye == pytest.approx((18.0, -1.5, 1.6))
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


# -- notes -----------------------------------------------------------------------------------


def test_a_png_carries_all_that_is_needed_to_return(tmp_path: Path) -> None:
    visit = Visit(extend=Stance(7, 1, 80), step=Stance(5, 2, 70))
    wanted, file = a_still(visit=visit, embodied=False), tmp_path / "a.png"
    still.save(file, still.encode(still.paint(wanted, Flat()), ".png", wanted, WHEN))
    assert metadata.read(file) == wanted.note()
    with Image.open(file) as image:
        assert image.mode == "RGB"
        assert image.info["Title"] == BEATS[1].text
        assert image.info["Software"].startswith("A Thousand Dawns ")
        assert datetime.fromisoformat(image.info["Creation Time"]) == WHEN
        note = json.loads(image.info[metadata.KEYWORD])
    expected = """schema version seed story breath eye orientation hfov aspect quality exposure
    stereo deeds""".split()
    assert set(expected) <= set(note)
    assert str(tmp_path) not in json.dumps(note)
    assert still.from_note(metadata.read(file), SMALL, "low") == wanted


def test_without_metadata_a_png_says_nothing(tmp_path: Path) -> None:
    file, wanted = tmp_path / "bare.png", a_still()
    still.save(file, still.encode(still.paint(wanted, Flat()), ".png"))
    with Image.open(file) as image:
        assert image.info == {}
    with pytest.raises(DreamError, match="carries no note"):
        metadata.read(file)


@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(-45, 45))
def test_the_quaternion_is_the_camera(heading: float, pitch: float, roll: float) -> None:
    camera = Camera((0, 0, 0), heading, pitch, roll)
    w, x, y, z = metadata.orientation(camera)
    assert w * w + x * x + y * y + z * z == pytest.approx(1.0)
    forward = (2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x))
    assert forward == pytest.approx(camera.direction, abs=1e-6)
    matrix = camera.matrix()
    up = (2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y))
    assert up == pytest.approx([matrix[2][axis] for axis in range(3)], abs=1e-5)


def test_reading_what_is_no_picture_of_ours_says_so(tmp_path: Path) -> None:
    with pytest.raises(DreamError, match="no such file"):
        metadata.read(tmp_path / "none.png")
    text = tmp_path / "text.png"
    text.write_text("no picture")
    with pytest.raises(DreamError, match="not a picture"):
        metadata.read(text)


def test_names_are_never_used_twice(tmp_path: Path) -> None:
    first = metadata.free_name(tmp_path, 7, 250.0, WHEN, ".png")
    assert first.name == "dawn-7-blossom-20300504-030201-1.png"
    first.touch()
    second = metadata.free_name(tmp_path, 7, 250.0, WHEN, ".png")
    assert second.name == "dawn-7-blossom-20300504-030201-2.png"


# -- stills ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "10", "axb", "4x4", "1920x", "-3x40", "20000x20", "16384x16384"]
)
def test_sizes_that_cannot_be_drawn_are_refused(text: str) -> None:
    with pytest.raises(WrongUse):
        still.parse_size(text)


def test_sizes_and_names_are_read() -> None:
    assert still.parse_size("1920x1080") == (1920, 1080)
    for name in ("a.png", "b.JPG"):
        assert still.check_name(Path(name)) == Path(name)
    for name in ("a.bmp", "a", "film.mp4"):
        with pytest.raises(WrongUse, match="must end in"):
            still.check_name(Path(name))


def test_saving_where_nothing_can_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DreamError, match="cannot be written"):
        still.save(tmp_path / "file" / "a.png", b"")


def test_the_sheet_shows_every_shot_in_order_and_lets_the_labels_be_read() -> None:
    size = (160, 90)
    brush, told = Flat(size), list[int]()
    image = sheet.draw(size, "low", 7, by=brush, advance=told.append)
    assert told == list(range(1, sheet.count() + 1))
    wanted = [moments.story_of(take.at) for shot in shots.SHOTS for take in shot.takes]
    assert brush.asked == wanted
    array = np.asarray(image)
    band, seen = round(160 * sheet.LABEL), set[tuple[int, int]]()
    for index, story in enumerate(wanted):
        x, y = sheet.place(size, index, len(wanted))
        assert (x, y) not in seen
        seen.add((x, y))
        assert (array[y : y + 90, x : x + 160] == grey(story)).all()
        assert array[y + 90 : y + 90 + band, x : x + 160].max() > 100


# -- films -----------------------------------------------------------------------------------


def a_reel(**changes: object) -> Reel:
    values = {"size": SMALL, "quality": "low", "seed": 7, "fps": 10, "spans": ((50.0, 52.0),)}
    return Reel(**(values | changes))  # type: ignore[arg-type]


def ffmpeg(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    program = imageio_ffmpeg.get_ffmpeg_exe()
    return subprocess.run([program, "-hide_banner", *arguments], capture_output=True, check=False)


def about_film(file: Path) -> str:
    return ffmpeg("-i", str(file)).stderr.decode()


def read_film(file: Path) -> np.ndarray:
    """(frames, height, width) uint8 grey."""
    done = ffmpeg("-i", str(file), *"-map 0:v -f rawvideo -pix_fmt gray -".split())
    assert done.returncode == 0, done.stderr
    width, height = SMALL
    return np.frombuffer(done.stdout, np.uint8).reshape(-1, height, width)


def test_frames_have_the_numbers_and_moments_of_the_whole_dream() -> None:
    reel = a_reel()
    assert reel.numbers == tuple(range(500, 520))
    assert reel.seconds == 2.0
    assert reel.still(505).moment == moment_at(50.5)
    assert a_reel(spans=((0.0, END),)).numbers[-1] == 4799


def test_films_in_pieces_are_the_film_in_one() -> None:
    whole = a_reel(spans=((10.0, 13.37),), fps=24).numbers
    parts = [a_reel(spans=((a, b),), fps=24).numbers for a, b in ((10.0, 11.3), (11.3, 13.37))]
    assert parts[0] + parts[1] == whole


@pytest.mark.parametrize(
    "changes",
    [{"fps": 0}, {"fps": 500}, {"spans": ((5.0, 5.0),)}, {"spans": ((9.0, 3.0),)},
     {"spans": ((470.0, 481.0),)}, {"spans": ((0.01, 0.02),)}],
)  # fmt: skip
def test_films_of_nothing_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(WrongUse):
        a_reel(**changes)


def test_an_mp4_has_every_frame_and_leaves_nothing_beside(tmp_path: Path) -> None:
    target = tmp_path / "a.mp4"
    told: list[int] = []
    drawn = film.shoot(a_reel(), target, created=WHEN, by=Flat(), advance=told.append)
    frames = read_film(target)
    assert drawn == len(frames) == 20
    assert told == list(range(1, 21))
    about = about_film(target)
    for word in ("h264", "yuv420p", "bt709", "32x18", "10 fps", "A Thousand Dawns", "mov_text"):
        assert word in about, about
    for number, frame in enumerate(frames):
        assert abs(int(frame.mean()) - grey(50 + number / 10)) < 5
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["a.mp4", "a.srt"]
    head = target.read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")  # faststart


def test_a_stopped_film_plays_up_to_where_it_was_stopped(tmp_path: Path) -> None:
    target = tmp_path / "a.mp4"
    with pytest.raises(film.Stopped, match=r"0\.7 s"):
        film.shoot(a_reel(), target, created=WHEN, by=Flat(stop_after=7))
    assert len(read_film(target)) == 7
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.mp4"]


def test_a_film_stopped_before_its_first_frame_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        film.shoot(a_reel(), tmp_path / "a.mp4", created=WHEN, by=Flat(stop_after=0))
    assert list(tmp_path.iterdir()) == []


def test_a_failed_film_leaves_the_older_one(tmp_path: Path) -> None:
    target = tmp_path / "a.mp4"
    target.write_bytes(b"older")

    class Failing(Flat):
        def draw(self, *_: object) -> still.Pixels:
            raise DreamError("the driver is gone")

    with pytest.raises(DreamError):
        film.shoot(a_reel(), target, created=WHEN, by=Failing())
    assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"older"]


def test_sound_is_as_long_as_the_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from world.audio import mix

    def tone(start: float, end: float, rate: int, seed: int) -> np.ndarray:
        assert seed == 7
        return np.full((round(end * rate) - round(start * rate), 2), 0.5, dtype=np.float32)

    monkeypatch.setattr(mix, "render", tone)
    target = tmp_path / "a.mp4"
    reel = a_reel(spans=((104.0, 105.5), (200.0, 201.0)))
    told: list[int] = []
    samples = film.sound_of(reel, told.append)
    assert told == [1, 2]
    assert samples.shape == (2.5 * 48000, 2)
    assert samples.dtype == np.float32
    assert not samples[[0, 72000 - 1, 72000, -1]].any()  # silent at the cuts
    assert (samples[[36000, 96000]] == 0.5).all()
    film.shoot(reel, target, created=WHEN, sound=samples, by=Flat())
    about = about_film(target)
    for word in ("Audio: aac", "48000 Hz, stereo", "Duration: 00:00:02.5"):
        assert word in about, about


def test_sound_in_parts_is_the_sound_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from world.audio import mix

    def count(start: float, end: float, rate: int, seed: int) -> np.ndarray:
        numbers = np.arange(round(start * rate), round(end * rate), dtype=np.float32)
        return np.stack([numbers, numbers], axis=1)

    monkeypatch.setattr(mix, "render", count)
    samples = film.sound_of(a_reel(spans=((3.1, 30.0),)))
    assert (samples[:, 0] == np.arange(148800, 1440000)).all()


def test_frames_resume_where_they_were_stopped(tmp_path: Path) -> None:
    pattern = tmp_path / "f_####.png"
    with pytest.raises(film.Stopped, match="5 of 20"):
        film.shoot(a_reel(), pattern, created=WHEN, by=Flat(stop_after=5))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [
        f"f_{number:04d}.png" for number in range(500, 505)
    ]
    half = tmp_path / "f_0502.png"
    half.write_bytes(half.read_bytes()[:-20])  # as after a fall of the machine
    brush, told = Flat(), list[int]()
    assert film.shoot(a_reel(), pattern, created=WHEN, by=brush, advance=told.append) == 16
    assert brush.asked == [50.2] + [50.5 + index / 10 for index in range(15)]
    assert told[-1] == 20
    assert film.shoot(a_reel(), pattern, created=WHEN, by=Flat(stop_after=0)) == 0


def test_frames_of_another_film_are_not_taken_for_these(tmp_path: Path) -> None:
    pattern = tmp_path / "f_####.png"
    film.shoot(a_reel(), pattern, created=WHEN, by=Flat())
    assert film.shoot(a_reel(seed=8), pattern, created=WHEN, by=Flat()) == 20


def test_names_of_films_are_checked() -> None:
    assert film.numbered(Path("x/f_####.png"), 7) == Path("x/f_0007.png")
    for name, size in (("a.avi", SMALL), ("a.mp4", (33, 18)), ("f_##.tif", SMALL)):
        with pytest.raises(WrongUse):
            film.check_target(Path(name), size)
    with pytest.raises(WrongUse, match="together"):
        film.numbered(Path("a#b##.png"), 1)


def test_captions_fit_two_lines_and_never_overlap() -> None:
    rows = captions(a_reel(spans=((0.0, END),)))
    assert len(rows) == len(BEATS)
    for row in rows:
        lines = row.text.splitlines()
        assert len(lines) <= 2
        assert max(map(len, lines)) <= CAPTION_WIDTH
    for earlier, later in pairwise(rows):
        assert earlier.start < earlier.end <= later.start
    assert subrip(rows[:1]).startswith("1\n00:00:00,600 --> 00:00:07,600\nA crimson sun")


def test_captions_follow_the_cuts() -> None:
    rows = captions(a_reel(spans=((100.0, 103.0), (246.0, 250.0))))
    assert [row.text.split()[0] for row in rows] == ["Fractured"]
    assert rows[0].start == pytest.approx(3.0)


def test_a_note_with_an_unknown_field_is_not_trusted(tmp_path: Path) -> None:
    note = msgspec.to_builtins(a_still().note()) | {"more": 1}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(note, metadata.Note)
