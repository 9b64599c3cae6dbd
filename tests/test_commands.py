"""The commands that draw, from words to files: with a stand-in painter, then in earnest."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image

from world import cli, settings
from world.audio import mix
from world.capture import metadata, moments, path, sheet, shots, still
from world.commands import dream
from world.render.lens import Camera
from world.timeline.clock import Moment, moment_at
from world.timeline.state import Visit

ROOT = Path(__file__).parent.parent
ROOTS = (4.6, -0.2, 2.75), (-5.0, -0.15, -0.3)  # from where that shot looks, and where to


class Easel:
    """Stands in for the renderer: what it paints tells story, seed, crowd and place."""

    made: list[Easel]

    def __init__(self, size: still.Size, quality: str, seed: int, crowd: int = 140) -> None:
        self.size, self.quality, self.seed, self.crowd = size, quality, seed, crowd
        self.asked: list[tuple[Moment, Camera, Visit, bool]] = []
        self.made.append(self)

    def draw(self, moment: Moment, camera: Camera, visit: Visit, embodied: bool) -> still.Pixels:
        self.asked.append((moment, camera, visit, embodied))
        width, height = self.size
        seed = int(moment.story * 1000) + self.seed + int(camera.hfov) + 7 * self.crowd
        return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)

    def close(self) -> None:
        pass


@pytest.fixture
def easels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Easel]:
    """A folder of one's own, no settings, and every easel that was set up."""
    for name in list(os.environ):
        if name.startswith(settings.PREFIX):
            monkeypatch.delenv(name)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DAWNS_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    monkeypatch.setattr(Easel, "made", list[Easel](), raising=False)
    monkeypatch.setattr(still, "painter", Easel)

    def silence(start: float, end: float, rate: int, seed: int) -> np.ndarray:
        return np.zeros((round(end * rate) - round(start * rate), 2), dtype=np.float32)

    monkeypatch.setattr(mix, "render", silence)
    return Easel.made


def files() -> list[str]:
    return sorted(entry.name for entry in Path().iterdir())


# -- shot and open ---------------------------------------------------------------------------


def test_a_still_has_as_many_people_as_the_setting_says_and_remembers(easels: list[Easel]) -> None:
    settings.write("crowd", "300", settings.config_path())
    assert cli.run("shot --at 45 --size 32x18 -o full.png".split()) == 0
    settings.write("crowd", "20", settings.config_path())
    assert cli.run("open full.png -o again.png".split()) == 0
    assert [easel.crowd for easel in easels] == [300, 300]
    assert metadata.read(Path("again.png")).crowd == 300


def test_a_shot_is_what_was_asked_for(
    easels: list[Easel], capsys: pytest.CaptureFixture[str]
) -> None:
    words = "shot --at blossom+6 --breath 99 --eye 3,-2,1.6 --look 0,0,0 --hfov 60 --size 64x36"
    assert cli.run([*words.split(), "--quality", "low", "--seed", "5", "-o", "a.png"]) == 0
    assert capsys.readouterr().out == "a.png\n"
    (easel,) = easels
    ((moment, camera, _, embodied),) = easel.asked
    assert (easel.size, easel.quality, easel.seed) == ((64, 36), "low", 5)
    assert moment == Moment(251.0, 99.0)
    assert camera == Camera.looking((3, -2, 1.6), (0, 0, 0), 60)
    assert embodied is False
    with Image.open("a.png") as image:
        assert image.size == (64, 36)
    assert files() == ["a.png"]


def test_a_hero_shot_has_its_own_place_and_moment(easels: list[Easel]) -> None:
    assert cli.run("shot --shot roots-full --size 64x36 -o a.png".split()) == 0
    assert cli.run("shot --shot roots --at 310 --hfov 50 --size 64x36 -o b.png".split()) == 0
    hero, take = shots.find("roots-full")
    first, second = (easel.asked[0] for easel in easels)
    assert first[0] == moments.moment_of(take.at)
    assert first[1] == Camera.looking(*ROOTS, hero.hfov)
    assert first[2] == hero.visit
    assert second[0] == moment_at(310.0)
    assert second[1] == Camera.looking(*ROOTS, 50)


def test_a_moment_alone_is_seen_as_by_one_who_lets_it_play(easels: list[Easel]) -> None:
    assert cli.run("shot --at 205 --size 64x36 -o a.jpg".split()) == 0
    moment, camera, visit, embodied = easels[0].asked[0]
    assert (moment, camera) == (moment_at(205.0), path.camera_at(205.0))
    assert (visit, embodied) == (Visit(), True)
    with Image.open("a.jpg") as image:
        assert image.format == "JPEG"


def test_a_shot_without_a_name_gets_one_and_overwrites_nothing(
    easels: list[Easel], capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert cli.run("shot --at 205 --size 64x36 --seed 5".split()) == 0
    assert capsys.readouterr().out.split() == files()
    assert [name.split("-")[:3] for name in files()] == [["dawn", "5", "memories"]] * 2
    assert [name[-6:] for name in files()] == ["-1.png", "-2.png"]


def test_a_shot_repeats_to_the_byte_at_a_given_time(easels: list[Easel]) -> None:
    for name in ("a.png", "b.png"):
        assert cli.run(["shot", "--shot", "awe", "--size", "64x36", "-o", name]) == 0
    assert Path("a.png").read_bytes() == Path("b.png").read_bytes()


def test_a_picture_opened_again_is_the_same_picture(
    easels: list[Easel], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run("shot --shot orb-dew --breath 7 --size 64x36 --seed 3 -o a.png".split()) == 0
    assert cli.run("open a.png -o b.png".split()) == 0
    assert cli.run("open a.png --size 128x72 --quality ultra -o c.png".split()) == 0
    assert Path("a.png").read_bytes() == Path("b.png").read_bytes()
    before, again, larger = easels
    assert again.asked == larger.asked
    assert again.asked[0][0] == before.asked[0][0]
    assert again.asked[0][1].direction == pytest.approx(before.asked[0][1].direction)
    assert (larger.size, larger.quality, larger.seed) == ((128, 72), "ultra", 3)
    assert capsys.readouterr().err == ""


def test_a_picture_of_another_version_is_opened_with_a_word(
    easels: list[Easel], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(still, "version", lambda: "0.0.1")
    assert cli.run("shot --size 64x36 -o a.png".split()) == 0
    assert cli.run("open a.png -o b.png".split()) == 0
    assert "version 0.0.1" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["open none.png", "open a.jpg", "open bare.png"])
def test_what_cannot_be_opened_is_said(
    words: str, easels: list[Easel], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run("shot --size 64x36 -o a.jpg".split()) == 0
    assert cli.run("shot --size 64x36 --no-metadata -o bare.png".split()) == 0
    with Image.open("bare.png") as image:
        assert image.info == {}
    capsys.readouterr()
    assert cli.run(words.split()) == 1
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)


# -- sheet, film, dream ----------------------------------------------------------------------


def test_the_sheet_is_one_picture_of_one_easel(
    easels: list[Easel], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run("sheet -o sheet.jpg --size 64x36 --quality low".split()) == 0
    assert capsys.readouterr().out == "sheet.jpg\n"
    assert len(easels) == 1
    assert len(easels[0].asked) == len(shots.all_labels())
    with Image.open("sheet.jpg") as image:
        assert image.width > sheet.COLUMNS * 64


def test_a_film_is_the_stretch_that_was_asked_for(
    easels: list[Easel], capsys: pytest.CaptureFixture[str]
) -> None:
    words = "film -o a.mp4 --fps 10 --size 64x36 -s mist -e mist+1 --quality low"
    assert cli.run(words.split()) == 0
    assert capsys.readouterr().out == "a.mp4\n"
    assert [asked[0].story for asked in easels[0].asked] == [135 + n / 10 for n in range(10)]
    assert files() == ["a.mp4", "a.srt"]


def test_a_film_of_frames_goes_on_where_it_was(easels: list[Easel]) -> None:
    words = "film -o f_####.png --fps 10 --size 64x36 -s 135 -e".split()
    assert cli.run([*words, "135.5"]) == 0
    assert cli.run([*words, "136"]) == 0
    assert [len(easel.asked) for easel in easels] == [5, 5]
    assert files() == [f"f_{number}.png" for number in range(1350, 1360)]
    assert metadata.read(Path("f_1354.png")).story == 135.4


def test_the_dream_without_a_display_is_a_sheet_and_a_film(
    easels: list[Easel], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dream, "has_display", lambda: False)
    monkeypatch.setattr(dream, "SIZES", ((64, 36),))
    monkeypatch.setattr(dream, "RATES", (2,))
    assert cli.run(["dream"]) == 0
    out, err = capsys.readouterr()
    assert [Path(line) for line in out.splitlines()] == [
        dream.OUT / "sheet.jpg",
        dream.OUT / "film.mp4",
    ]
    assert err.splitlines()[0].startswith("no display: ")
    assert len(easels) == 1
    assert {entry.name for entry in dream.OUT.iterdir()} == {"sheet.jpg", "film.mp4", "film.srt"}


def test_the_dream_takes_a_smaller_size_where_time_is_short(
    easels: list[Easel], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]

    class Slow(Easel):
        def draw(self, *words: object) -> still.Pixels:
            clock[0] += self.size[0] * 0.002
            return super().draw(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(still, "painter", Slow)
    monkeypatch.setattr(dream, "monotonic", lambda: clock[0])
    _, plan = dream.fitting("low", 1, 0.0, 25)
    assert plan.size == dream.SIZES[-1]
    assert plan.fps == dream.LEAST_FPS
    clock[0] = 0.0
    monkeypatch.setattr(dream, "BUDGET", 2000.0)
    assert dream.fitting("low", 1, 0.0, 25)[1].size == dream.SIZES[0]


def test_the_dream_with_a_display_is_the_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    from world.commands import look

    walked: list[settings.Settings] = []
    monkeypatch.setattr(dream, "has_display", lambda: True)
    monkeypatch.setattr(look, "enter", walked.append)
    assert cli.run(["dream", "--seed", "4"]) == 0
    assert [one.seed for one in walked] == [4]


def test_a_still_of_the_walk_is_kept_with_its_note(
    easels: list[Easel], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from types import SimpleNamespace

    from world.commands import look

    monkeypatch.setattr(settings, "pictures_path", lambda: tmp_path / "Pictures")
    snapshot = SimpleNamespace(
        pixels=np.full((36, 64, 3), 9, dtype=np.uint8), moment=moment_at(250.0),
        camera=Camera((1, 2, 3)), visit=Visit(), quality="low", seed=5, crowd=9,
    )  # fmt: skip
    kept = look.keep(snapshot)  # type: ignore[arg-type]
    assert kept.parent == tmp_path / "Pictures"
    note = metadata.read(kept)
    assert (note.story, note.eye, note.seed, note.size) == (250.0, (1, 2, 3), 5, (64, 36))
    assert note.crowd == 9
    assert look.keep(snapshot) != kept  # type: ignore[arg-type]


# -- in earnest ------------------------------------------------------------------------------


def start(*words: str, cwd: Path) -> subprocess.Popen[str]:
    env = {key: value for key, value in os.environ.items() if "DISPLAY" not in key}
    env |= {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "world", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd, env=env,
    )  # fmt: skip


def test_a_shot_and_a_film_by_two_processes_have_the_same_pixels(tmp_path: Path) -> None:
    common = "--size 96x54 --quality low --seed 1".split()
    shot = start("shot", "--at", "45", "-o", "a.png", *common, cwd=tmp_path)
    span = "film -o f_####.png --fps 20 -s 45 -e 45.1 -j 2".split()
    film = start(*span, *common, cwd=tmp_path)
    for run in (shot, film):
        out, err = run.communicate(timeout=200)
        assert run.returncode == 0, err
        assert len(out.splitlines()) == 1
        told = [line for line in err.splitlines() if not line.startswith("film: ")]
        assert told == []  # nothing but, on a slow machine, how far it is
    names = sorted(entry.name for entry in tmp_path.iterdir())
    assert names == ["a.png", "f_0900.png", "f_0901.png"]
    still_one, first, second = (np.asarray(Image.open(tmp_path / name)) for name in names)
    assert still_one.shape == (54, 96, 3)
    assert (still_one == first).all()
    assert (first != second).any()  # time goes on
    assert still_one.std() > 10  # a picture, not a plain colour


def test_ctrl_c_leaves_a_film_that_plays(tmp_path: Path) -> None:
    words = "film -o a.mp4 --fps 24 --size 96x54 --quality low --no-sound".split()
    run = start(*words, cwd=tmp_path)
    deadline = time.monotonic() + 120.0
    while not list(tmp_path.glob(".a.mp4.*/picture.mp4")) and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(3.0)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 130, err
    assert out == ""
    assert "kept a.mp4" in err
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.mp4"]
    program = imageio_ffmpeg.get_ffmpeg_exe()
    played = subprocess.run(
        [program, "-v", "error", "-i", str(tmp_path / "a.mp4"), "-f", "null", "-"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (played.returncode, played.stderr) == (0, "")
