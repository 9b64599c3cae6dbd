"""Films: every frame, in one or in pieces, with sound and captions; stopped, failed, resumed."""

from __future__ import annotations

import subprocess
from itertools import pairwise
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

from tests.flat import SMALL, WHEN, Flat, grey
from world.capture import film, still
from world.capture.reel import CAPTION_WIDTH, Reel, captions, subrip
from world.errors import DreamError, WrongUse
from world.timeline.clock import moment_at
from world.timeline.score import BEATS, END

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
