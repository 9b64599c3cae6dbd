"""Settings: which source wins, what is refused and in which words, and what is left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from world import settings
from world.errors import WrongUse
from world.settings import KEYS, Settings, load, write, write_atomically


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_every_key_says_what_it_expects() -> None:
    assert set(settings.EXPECTED) == set(KEYS)


def test_nothing_given_gives_the_defaults(file: Path) -> None:
    assert load(environ={}, path=file) == Settings()


def test_flag_beats_environment_beats_file_beats_default(file: Path) -> None:
    file.write_text('quality = "low"\nseed = 1\ncalm = true\n')
    environ = {"DAWNS_QUALITY": "high", "DAWNS_SEED": "2", "HOME": "/"}
    got = load({"quality": "ultra", "seed": None}, environ=environ, path=file)
    assert (got.quality, got.seed, got.calm, got.volume) == ("ultra", 2, True, Settings().volume)


def test_environment_is_read_as_text_of_the_right_type(file: Path) -> None:
    environ = {"DAWNS_FULLSCREEN": "true", "DAWNS_HFOV": "75.5", "DAWNS_SEED": "12"}
    got = load(environ=environ, path=file)
    assert (got.fullscreen, got.hfov, got.seed) == (True, 75.5, 12)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('qualty = "low"', ['"qualty"', 'did you mean "quality"']),
        ('seed = "three"', ["seed", "whole number", '"three"']),
        ("hfov = 200.0", ["hfov", "60 to 110", "200.0"]),
        ("calm = 1", ["calm", "true or false", "not 1"]),
        ('size = "big"', ["size", "1280x720", '"big"']),
        ("seed = ", ["not valid TOML"]),
    ],
)
def test_a_mistake_in_the_file_names_file_key_and_what_was_expected(
    file: Path, text: str, words: list[str]
) -> None:
    file.write_text(text + "\n")
    with pytest.raises(WrongUse) as caught:
        load(environ={}, path=file)
    for word in [str(file), *words]:
        assert word in str(caught.value)


def test_a_mistake_in_the_environment_names_the_variable(file: Path) -> None:
    with pytest.raises(WrongUse, match=r"DAWNS_QUALTY.*DAWNS_QUALITY"):
        load(environ={"DAWNS_QUALTY": "low"}, path=file)
    with pytest.raises(WrongUse, match=r"DAWNS_VOLUME.*from 0 to 1"):
        load(environ={"DAWNS_VOLUME": "loud"}, path=file)


def test_a_flag_of_the_wrong_value_names_the_flag(file: Path) -> None:
    with pytest.raises(WrongUse, match=r"--quality.*one of auto.*hgih"):
        load({"quality": "hgih"}, environ={}, path=file)


def test_set_changes_one_line_and_keeps_the_rest(file: Path) -> None:
    file.write_text("# my own words\nseed = 1  # lucky\ncalm = true\n")
    assert write("seed", "42", file) == 42
    assert write("quality", "low", file) == "low"
    lines = file.read_text().splitlines()
    assert lines == ["# my own words", "seed = 42", "calm = true", 'quality = "low"']


def test_set_refuses_without_touching_the_file(file: Path) -> None:
    file.write_text("seed = 1\n")
    for key, value in (("seed", "many"), ("sed", "1"), ("volume", "3")):
        with pytest.raises(WrongUse):
            write(key, value, file)
    assert file.read_text() == "seed = 1\n"


def test_set_makes_the_folder_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    write("calm", "true", file)
    assert [path.name for path in file.parent.iterdir()] == ["settings.toml"]


@given(
    st.fixed_dictionaries(
        {
            "seed": st.integers(0, 2**31 - 1),
            "hfov": st.floats(60, 110),
            "volume": st.floats(0, 1),
            "calm": st.booleans(),
            "size": st.builds("{}x{}".format, st.integers(100, 9999), st.integers(100, 9999)),
        }
    )
)
def test_whatever_is_set_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, object]
) -> None:
    file = tmp_path_factory.mktemp("set") / "settings.toml"
    for key, value in values.items():
        write(key, str(value).lower() if isinstance(value, bool) else str(value), file)
    assert tomllib.loads(file.read_text()) == values
    got = load(environ={}, path=file)
    assert {key: getattr(got, key) for key in values} == values


def test_a_failed_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.txt"
    file.write_bytes(b"old")

    def refuse(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no space"):
        write_atomically(file, b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_the_file_can_be_chosen_by_the_environment(tmp_path: Path) -> None:
    chosen = tmp_path / "other.toml"
    chosen.write_text("seed = 9\n")
    assert load(environ={"DAWNS_CONFIG": str(chosen)}).seed == 9


def test_the_quality_names_are_those_that_can_be_drawn() -> None:
    from world.render.quality import QUALITIES

    assert list(settings.QUALITY_NAMES) == ["auto", *QUALITIES]


def test_the_usual_crowd_is_the_scenes_own() -> None:
    from world.capture.metadata import CROWD
    from world.scene.scene import PEOPLE

    assert Settings().crowd == CROWD == PEOPLE
