"""Stills, the sheet, films and what they carry; a stand-in draws, so no screen is needed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.flat import SMALL, WHEN, Flat, a_still, grey
from world.capture import metadata, moments, sheet, shots, still
from world.errors import DreamError, WrongUse
from world.render.lens import Camera
from world.timeline.score import BEATS
from world.timeline.state import Stance, Visit

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


def test_a_note_with_an_unknown_field_is_not_trusted(tmp_path: Path) -> None:
    note = msgspec.to_builtins(a_still().note()) | {"more": 1}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(note, metadata.Note)
