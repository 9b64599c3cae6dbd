"""The house itself: sizes, words, shaders that belong together, and what is in the wheel."""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.golden import Golden, disagreement

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("models", "world", "shaders", "tests", "docs", ".ci")
TEXTS = {".py", ".glsl", ".vert", ".frag", ".md", ".toml", ".lock", ".txt", ""}
LONGEST = 350
EDGES = re.compile(r"smoothstep\(\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*,")

SOURCE = sorted(
    path
    for room in ("models", "world", "shaders")
    for path in (ROOT / room).rglob("*")
    if path.suffix in {".py", ".glsl", ".vert", ".frag"}
)
FRAGMENTS = sorted((ROOT / "shaders").glob("*.frag"))
VERTICES = sorted((ROOT / "shaders").glob("*.vert"))
LIBRARY = sorted((ROOT / "shaders" / "lib").glob("*.glsl"))

# Written with a class of one letter, so that this file does not find itself.
UNFINISHED = re.compile(r"T[O]DO|F[I]XME|\bX[X]X\b|\bH[A]CK\b")
MACHINE_PATHS = re.compile(r"/t[m]p/|/w[o]rk/|/h[o]me/|/r[o]ot/|[A-Z]:\\U[s]ers")
WEAK_HASH = re.compile(r"fract\s*\(\s*(?:[\d.]+\s*\*\s*)?sin\s*\(")


def texts() -> list[Path]:
    """Every text of the repository, whether or not it is committed yet."""
    found = [path for path in ROOT.iterdir() if path.is_file()]
    for room in ROOMS:
        found += [path for path in (ROOT / room).rglob("*") if path.is_file()]
    return sorted(
        path for path in found if path.suffix in TEXTS and "__pycache__" not in path.parts
    )


def told(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code_of(shader: Path) -> str:
    text = shader.read_text(encoding="utf-8")
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", SOURCE, ids=told)
def test_file_can_be_read_in_one_sitting(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{told(path)} has {lines} lines: part it where the subject changes"


@pytest.mark.parametrize("pattern", [UNFINISHED, MACHINE_PATHS], ids=["unfinished", "paths"])
def test_nothing_is_left_lying_about(pattern):
    found = [
        f"{told(path)}:{number}: {line.strip()}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("path", FRAGMENTS + VERTICES + LIBRARY, ids=told)
def test_shader_keeps_to_the_rules(path):
    code = code_of(path)
    assert not WEAK_HASH.search(code), "a hash of sines differs between GPUs: use lib/noise.glsl"
    for low, high in EDGES.findall(code):
        assert float(low) < float(high), "GLSL leaves a smoothstep whose edges fall undefined"
    if path in LIBRARY:
        assert "#version" not in code, "a library file takes the version of what includes it"
    else:
        assert code.lstrip().startswith("#version 330"), "the dream is GLSL 330 core"


def test_every_shader_is_used():
    """A fragment shader has a vertex shader of its name, or is named in the passes, or is the
    twin, by its ending, of one of these."""
    named = set(
        re.findall(
            r"[\"']([a-z_0-9]+)[\"']",
            "".join(path.read_text() for path in SOURCE if path.suffix == ".py"),
        )
    )
    paired = {path.stem for path in VERTICES} & {path.stem for path in FRAGMENTS}
    alone = {
        path.name
        for path in FRAGMENTS + VERTICES
        if path.stem.removesuffix("_quiet").removesuffix("_whole").removesuffix("_clear")
        not in paired | named
    }
    assert alone == set()
    assert paired <= named, f"nothing in world/ asks for {sorted(paired - named)}"


def test_every_shader_library_is_used_and_there():
    included = set()
    for path in FRAGMENTS + VERTICES + LIBRARY:
        for name in re.findall(r'#pragma include "([^"]+)"', code_of(path)):
            assert any((folder / name).is_file() for folder in (path.parent, ROOT / "shaders")), (
                f"{told(path)} includes {name}, which is not there"
            )
            included.add(Path(name).name)
    assert {path.name for path in LIBRARY} == included


def test_readme_names_commands_that_exist():
    """Every `dawns …` and `make …` of the README is a command and a target."""
    from typer.main import get_command

    from world.cli import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    fenced = "\n".join(re.findall(r"```[a-z]*\n(.*?)```", readme, flags=re.DOTALL))
    inline = "\n".join(re.findall(r"`([^`\n]+)`", readme))
    lines = [line.split("#")[0].strip() for line in f"{fenced}\n{inline}".splitlines()]
    words = [line.removeprefix("$ ").split() for line in lines if line]
    commands = {row[1] for row in words if row[0] == "dawns" and len(row) > 1}
    targets = {row[1] for row in words if row[0] == "make" and len(row) > 1}
    known = set(get_command(app).commands)
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    assert {word for word in commands if not word.startswith("-")} <= known
    assert targets <= made
    assert "dream" in targets, "the README says how to begin: make dream"


def test_wheel_has_everything_the_dream_needs(tmp_path):
    from hatchling.builders.wheel import WheelBuilder

    built = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    with zipfile.ZipFile(built) as wheel:
        names = set(wheel.namelist())
    shaders = {f"world/{told(path)}" for path in FRAGMENTS + VERTICES + LIBRARY}
    baked = {told(path) for path in (ROOT / "models" / "baked").glob("*.npz")}
    python = {told(path) for path in SOURCE if path.suffix == ".py"}
    assert shaders <= names
    assert baked <= names
    assert python <= names
    assert not {name for name in names if name.startswith(("tests", "docs", "shaders"))}


def test_lock_pins_every_dependency_and_names_no_place():
    text = (ROOT / "requirements.lock").read_text()
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9.-]+==[\w.+!]+", line) for line in lines)
    assert "://" not in text
    pinned = {line.split("==")[0] for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["bake"], *extras["dev"]]
    assert {re.split(r"[^\w-]", name)[0].lower() for name in wanted} <= pinned


class TestGolden:
    """The comparison must be able to fail, and to leave something to look at."""

    @staticmethod
    def picture() -> np.ndarray:
        """A disc on a slope: a smooth part and an edge."""
        y, x = np.mgrid[0:48, 0:64]
        disc = np.hypot(x - 30.0, y - 22.0) < 12.0
        return np.stack([x * 2 + disc * 90, y * 2, 80 + disc * 60], axis=2).astype(np.uint8)

    def golden(self, folder, **options) -> Golden:
        golden = Golden("llvmpipe", folder=folder, **options)
        Golden("llvmpipe", update=True, folder=folder)("disc", self.picture)
        return golden

    def test_same_picture_passes_and_leaves_nothing(self, tmp_path):
        self.golden(tmp_path)("disc", self.picture)
        assert [path.name for path in tmp_path.iterdir()] == ["disc.png"]

    def test_edge_may_move_by_a_pixel(self):
        moved = np.roll(self.picture(), 1, axis=1)
        assert disagreement(self.picture(), moved, levels=3)[:, 1:].mean() < 0.001

    @pytest.mark.parametrize("change", [6, -6])
    def test_other_colour_fails_and_is_shown(self, tmp_path, change):
        def tinted():
            picture = self.picture()
            picture[10:20, 40:50, 2] += np.uint8(change % 256)
            return picture

        with pytest.raises(AssertionError, match=r"disc\.png: 3\.\d+% of the pixels"):
            self.golden(tmp_path)("disc", tinted)
        assert (tmp_path / "disc.new.png").exists()
        assert (tmp_path / "disc.diff.png").exists()

    def test_blur_fails(self, tmp_path):
        from scipy.ndimage import uniform_filter

        with pytest.raises(AssertionError, match="disagree"):
            self.golden(tmp_path)("disc", lambda: uniform_filter(self.picture(), (5, 5, 1)))

    def test_missing_picture_says_what_to_do(self, tmp_path):
        with pytest.raises(AssertionError, match="--update-golden"):
            Golden("llvmpipe", folder=tmp_path)("other", self.picture)

    def test_unstable_picture_fails_when_drawn_twice(self, tmp_path):
        shades = iter((0, 1))
        with pytest.raises(AssertionError, match="twice"):
            self.golden(tmp_path, twice=True)(
                "disc", lambda: self.picture() + np.uint8(next(shades))
            )
