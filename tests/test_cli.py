"""The command line as a visitor and a program meet it: words, streams, codes, files."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from world import cli, doctor, settings
from world.capture import shots
from world.commands import terminal
from world.timeline.score import ACTS, BEATS, CUES, TRACKS

ROOT = Path(__file__).parent.parent
HEAVY = ("panda3d", "scipy", "PIL", "OpenEXR", "imageio_ffmpeg")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(settings.PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DAWNS_CONFIG", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(settings, "log_path", lambda: tmp_path / "log" / "dawns.log")


def dawns(
    *words: str, cwd: Path = ROOT, environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A real run of the command, with nothing of a display about it."""
    env = {key: value for key, value in os.environ.items() if "DISPLAY" not in key}
    env |= {"PYTHONPATH": str(ROOT), "NO_COLOR": "1", **(environ or {})}
    return subprocess.run(
        [sys.executable, "-m", "world", *words],
        capture_output=True, text=True, cwd=cwd, env=env, timeout=200, check=False,
    )  # fmt: skip


# -- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("flim", "Did you mean 'film'?"),
        ("list beets", 'did you mean "beats"?'),
        ("shot --at blosom -o a.png", 'did you mean "blossom"?'),
        ("shot --shot dissolv -o a.png", 'did you mean "dissolve"?'),
        ("shot --qualty low", "--quality"),
        ("shot --quality hgih -o a.png", "one of auto, low"),
        ("shot --at 481 -o a.png", "from 0 to 480"),
        ("shot --at sun@2 -o a.png", "from 0 to 1"),
        ("shot --shot vast --eye 0,0,1 --look 1,0,1 -o a.png", "leave out"),
        ("shot --eye 0,0,1 -o a.png", "go together"),
        ("shot --eye 0,0 --look 1,0,1 -o a.png", "three numbers"),
        ("shot --eye 0,0,1 --look 0,0,1 -o a.png", "the same point"),
        ("shot --eye nan,0,1 --look 0,0,1 -o a.png", "out of the world"),
        ("shot --size 0x3 -o a.png", "0x3"),
        ("shot -o a.tiff", "must end in .png"),
        ("shot --hfov 500 -o a.png", "--hfov"),
        ("shot --seed -1 -o a.png", "whole number"),
        ("film -o a.avi", "must end in .mp4"),
        ("film -o a.mp4 --size 33x18", "even"),
        ("film -o a.mp4 -s awe -e orb", "start before the end"),
        ("film -o a.mp4 --fps 0", "choose 1 to 120"),
        ("film -o a.mp4 -s snu", 'did you mean "sun"?'),
        ("sheet -o sheet.pdf", "must end in"),
        ("config set volume loud", "from 0 to 1"),
        ("config set colour red", "colour"),
        ("config shwo", "Did you mean 'show'?"),
        ("bench --frames none", "--frames"),
        ("pano", "No such command"),
    ],
)
def test_a_mistake_is_answered_in_one_line_with_help(
    words: str, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert cli.run(words.split()) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("dawns: ")
    assert said in err
    assert "Traceback" not in err


def test_a_mistake_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["shot", "--at", "481", "-o", "a.png"]) == 2
    assert cli.run(["film", "-o", "a.avi"]) == 2
    assert list(tmp_path.iterdir()) == []


def test_broken_settings_stop_every_command_that_uses_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "settings.toml").write_text("sede = 3\n")
    assert cli.run(["shot", "-o", "a.png"]) == 2
    assert 'did you mean "seed"?' in capsys.readouterr().err
    assert cli.run(["config", "path"]) == 0


def test_help_begins_with_examples_that_are_understood(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == 0
    text = capsys.readouterr().out
    assert text.index("Examples") < text.index("Commands")
    for name in "walk shot sheet film dream list bench doctor config".split():
        assert f" {name} " in text
        assert cli.run([name, "--help"]) == 0


def test_the_version_is_a_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("A Thousand Dawns ")


@pytest.mark.parametrize("words", [["--help"], ["lst"], ["list", "beats"], ["config", "show"]])
def test_words_alone_import_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys; from world import cli; cli.run(sys.argv[1:]); "
        f"heavy = [name for name in {HEAVY!r} if name in sys.modules]; sys.exit(repr(heavy))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stderr.splitlines()[-1] == "[]"


def test_only_flags_or_nothing_means_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    from world.commands import look

    walked: list[settings.Settings] = []
    monkeypatch.setattr(look, "enter", walked.append)
    assert cli.run([]) == 0
    assert cli.run(["--seed", "3", "--autoplay", "--quality", "low"]) == 0
    assert cli.run(["walk", "--calm", "--size", "800x600"]) == 0
    assert [one.seed for one in walked] == [settings.Settings().seed, 3, settings.Settings().seed]
    assert [one.autoplay for one in walked] == [False, True, False]
    assert (walked[1].quality, walked[2].calm, walked[2].size) == ("low", True, "800x600")


def test_a_walk_without_a_display_says_so_in_one_line() -> None:
    done = dawns("walk")
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "no display" in done.stderr
    assert "dawns dream" in done.stderr


# -- streams ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("beats", [beat.name for beat in BEATS]),
        ("shots", [label for sheet in shots.SHEETS for label in shots.all_labels(sheet)]),
        ("cues", [cue.name for cue in sorted(CUES, key=lambda cue: cue.time)]),
        ("tracks", list(TRACKS)),
    ],
)
def test_lists_are_complete_for_programs_and_people(
    kind: str, names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["list", kind, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row[kind.removesuffix("s")] for row in rows] == names
    assert cli.run(["list", kind]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "\x1b" not in out
    for name in names:
        assert name in out


def test_config_shows_what_was_set(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert cli.run(["config", "path"]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "settings.toml")
    assert cli.run(["config", "set", "quality", "low"]) == 0
    assert cli.run(["config", "set", "invert_y", "true"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert 'quality = "low"' in err
    assert cli.run(["config", "show", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["quality"], shown["invert_y"], shown["volume"]) == ("low", True, 0.8)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environ", "stream", "lively"),
    [
        ({"TERM": "xterm"}, Terminal(), True),
        ({"TERM": "dumb"}, Terminal(), False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, Terminal(), False),
        ({"TERM": "xterm", "NO_COLOR": ""}, Terminal(), True),  # no-color.org: empty is unset
        ({"TERM": "xterm"}, io.StringIO(), False),
    ],
)
def test_colour_and_movement_only_where_welcome(
    environ: dict[str, str], stream: io.StringIO, lively: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for key, value in environ.items():
        monkeypatch.setenv(key, value)
    assert terminal.lively(stream) is lively


def test_progress_without_a_terminal_is_plain_lines_with_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 5.0, 12.0, 13.0, 24.0])
    monkeypatch.setattr(terminal, "monotonic", lambda: next(clock))
    with terminal.progress("film", 100) as advance:
        for done in (10, 20, 21, 40):
            advance(done)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "film: 20 of 100, about 0:48 left",
        "film: 40 of 100, about 0:36 left",
    ]


# -- codes -----------------------------------------------------------------------------------


def test_ctrl_c_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from world.commands import look

    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(look, "enter", interrupted)
    assert cli.run([]) == 130
    assert capsys.readouterr().err == "dawns: interrupted\n"


def test_the_unforeseen_goes_to_a_log_whose_name_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        os.environ["NOT_THERE"]
    except KeyError as error:
        cli._log(type(error), error, error.__traceback__)
    log = tmp_path / "log" / "dawns.log"
    err = capsys.readouterr().err
    assert str(log) in err
    assert len(err.splitlines()) == 1
    assert "Traceback" in log.read_text()
    assert "Traceback" not in err


# -- without a display -----------------------------------------------------------------------


def test_the_dream_fits_its_time() -> None:
    from world.commands import dream

    length = sum(end - start for start, end in dream.GLIMPSES)
    for each in (0.02, 0.05, 0.1, 0.2):
        rate = dream.rate_for(each, 240.0, 25)
        assert rate in dream.RATES
        assert each * (25 + rate * length) <= 240.0
        faster = [other for other in dream.RATES if other > rate]
        assert all(each * (25 + other * length) > 240.0 for other in faster)
    assert dream.rate_for(5.0, 240.0, 25) is None


def test_the_dream_shows_something_of_every_act() -> None:
    from world.commands import dream

    for act in ACTS:
        assert any(act.start <= start and end <= act.end for start, end in dream.GLIMPSES)
    assert list(dream.GLIMPSES) == sorted(dream.GLIMPSES)
    assert all(time == int(time) for span in dream.GLIMPSES for time in span)
    assert 60.0 <= sum(end - start for start, end in dream.GLIMPSES) <= 90.0


# -- the doctor ------------------------------------------------------------------------------


def test_the_doctor_passes_where_the_rest_of_these_tests_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = cli.run(["doctor", "--json"])
    report = json.loads(capsys.readouterr().out)
    assert code == 0, report
    names = [check["name"] for check in report["checks"]]
    for name in ("Python", "graphics", "display", "relative mouse", "sound", "film encoder"):
        assert name in names
    assert report["healthy"] is True
    for check in report["checks"]:
        assert bool(check["help"]) == (check["verdict"] != "ok"), check


def test_the_doctor_fails_on_what_cannot_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "probe", lambda: {"graphics_error": "no pipe"})
    assert cli.run(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "no pipe" in out
    assert "update the graphics driver" in out


@pytest.mark.parametrize(
    ("environ", "system", "verdict"),
    [
        ({"DISPLAY": ":0"}, "linux", "ok"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "linux", "warn"),
        ({}, "linux", "warn"),
        ({}, "win32", "warn"),
        ({}, "darwin", "ok"),
    ],
)
def test_relative_mouse_by_platform(environ: dict[str, str], system: str, verdict: str) -> None:
    assert doctor.relative_mouse(environ, system).verdict == verdict


def test_a_folder_that_refuses_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor.writable("x", tmp_path / "new" / "deep").verdict == "ok"

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "TemporaryFile", refuse)
    assert doctor.writable("x", tmp_path).verdict == "fail"
