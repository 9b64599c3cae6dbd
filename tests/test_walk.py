"""The walk in a real window: a scripted visit from the arrival to the thousandth dawn."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

from world.timeline.score import DEEDS, END

ROOT = Path(__file__).resolve().parents[1]
FRAME_COST = 3.0  # ms: twice what a frame's Python may take where nothing else runs

pytestmark = pytest.mark.window


@pytest.fixture(scope="module")
def told(display, tmp_path_factory):
    """What the scripted visit tells of itself."""
    folder = tmp_path_factory.mktemp("visit")
    environment = {
        **os.environ,
        "DISPLAY": display,
        "DAWNS_CONFIG": str(folder / "settings.toml"),
        "PYTHONPATH": str(ROOT),
    }
    run = subprocess.run(
        [sys.executable, "-m", "tests.scripted_visit"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=150, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-4000:]
    assert "Traceback" not in run.stderr
    return json.loads(run.stdout)


def test_the_visitor_walks_from_the_arrival_to_the_fallen_one(told):
    first, arrived = told["rows"][0], told["rows"][3]
    assert math.dist(first["eye"], (18.0, -0.4, 1.6)) < 0.1
    assert math.hypot(*arrived["eye"][:2]) < 4.0
    assert all(row["inside"] <= 1e-6 for row in told["rows"] if row["afloat"] == 0.0)
    assert all(1.4 < row["eye"][2] < 1.8 for row in told["rows"] if row["afloat"] == 0.0)


def test_the_story_waits_for_three_deeds_and_remembers_where_they_were_done(told):
    stories = {row["now"]: row["story"] for row in told["rows"]}
    assert stories[180.0] == DEEDS[0].time
    assert stories[240.0] == DEEDS[1].time
    assert stories[320.0] == DEEDS[2].time
    stances = told["visit"]
    assert math.hypot(stances["extend"]["x"], stances["extend"]["y"]) < 4.0
    assert stances["raised"] == stances["extend"]
    assert stances["step"] != stances["raised"]


def test_the_visit_ends_in_the_night_and_the_menu_offers_another(told):
    last = told["rows"][-1]
    assert last["story"] == END
    assert last["afloat"] == 1.0
    assert last["eye"][2] > 1.8
    assert told["end_menu"] == "end"


def test_every_picture_on_the_way_shows_something(told):
    for row in told["rows"][1:]:
        assert 2.0 < row["mean"] < 245.0, row
        assert row["spread"] > 2.0, row


def test_escape_freezes_time_and_frees_the_pointer(told):
    assert told["pause"] == {"caught": True, "page": "pause", "free": True, "still": True}
    assert told["resume"]["page"] == ""
    assert told["resume"]["caught"]
    assert told["resume"]["went"] == pytest.approx(1.0, abs=0.05)
    assert told["unfocused"] == {"page": "pause", "free": True, "held": False}


def test_the_ears_are_where_the_eye_is_and_silence_falls_with_the_menu(told):
    story, *place, volume = told["heard"]["last"]
    last = told["rows"][-1]
    assert story == last["story"]
    assert math.dist(place, last["eye"]) < 0.02
    assert volume == 0.8
    assert told["heard"]["pauses"] == [True]  # the closing menu
    assert told["heard"]["then"] == [False, True, False, True, False]


def test_a_chapter_is_chosen_with_the_keyboard(told):
    assert told["chapter"] == {"story": 170.0, "page": ""}


def test_a_still_has_the_picture_and_no_words(told):
    still = told["still"]
    assert still["shape"] == [90, 160, 3]
    assert still["story"] == 30.0
    assert still["words_differ"] > 50
    assert still["clean_differs"] == 0


def test_resizing_and_quality_rebuild_the_picture(told):
    assert told["resized"] == {"frame": [200, 120], "picture": [120, 200, 3], "regions": 2}
    assert told["level"] == "medium"


def test_shaders_and_score_are_read_again(told):
    assert told["reload"] == {"note": "shaders and score read again", "same": True}


@pytest.mark.parametrize("where", ["crowd", "night"])
def test_python_takes_its_share_of_a_frame_and_no_more(told, where):
    assert told[f"cost_{where}"] < FRAME_COST


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display")
def test_without_a_display_one_sentence_says_what_to_do():
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    code = (
        "from world.viewer.window import NoDisplay, Window\n"
        "try:\n    Window((64, 64))\n"
        "except NoDisplay as error:\n    print(error)\n"
    )
    for extra in ({}, {"DISPLAY": ":987"}):
        run = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT, env={**environment, **extra, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        assert "no screen" in run.stdout
        assert "dawns film" in run.stdout
        assert len(run.stdout.strip().splitlines()) == 1
