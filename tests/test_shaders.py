"""Every shader compiles; names agree on both sides; mistakes are reported with file and line."""

from __future__ import annotations

import re
import shutil

import pytest

from world.render import shader as shader_module
from world.render.quality import QUALITIES
from world.render.shader import ShaderError, Shaders, shader_folder
from world.render.uniforms import glsl
from world.timeline import FIELDS

FOLDER = shader_folder()
VERTEX = sorted(path.stem for path in FOLDER.glob("*.vert"))
FRAGMENT = sorted(path.stem for path in FOLDER.glob("*.frag"))
PAIRS = [(name, name if name in FRAGMENT else "shadow") for name in VERTEX if name != "post"]
ALONE = [name for name in FRAGMENT if name not in VERTEX and name != "shadow"]


def vertex_of(fragment: str) -> str:
    """A fragment shader's partner: of its name, of its name without the twin's, or the screen's."""
    whole = fragment.removesuffix("_quiet").removesuffix("_whole")
    return whole if whole in VERTEX else "post"


FULL = [(vertex_of(name), name) for name in ALONE]


@pytest.mark.parametrize("pair", PAIRS + FULL, ids=lambda pair: "+".join(pair))
def test_every_pair_compiles(graphics, pair):
    assert Shaders(graphics.gsg).get(*pair) is not None


OWN = sorted(
    (folder, path.stem)
    for folder in {level.shaders for level in QUALITIES.values()} - {""}
    for path in {*(FOLDER / folder).glob("*.frag"), *(FOLDER / folder).glob("*.vert")}
)


@pytest.mark.parametrize(("folder", "name"), OWN)
def test_every_shader_of_a_level_compiles(graphics, folder, name):
    assert Shaders(graphics.gsg, folder).get(vertex_of(name), name) is not None


@pytest.mark.parametrize("name", ["stone", "crowd", "fallen", "hair", "flowers"])
def test_what_casts_a_shadow_compiles_with_the_shadow(graphics, name):
    assert Shaders(graphics.gsg).get(name, "shadow") is not None


def test_the_state_has_the_same_names_on_both_sides():
    text = (FOLDER / "lib" / "state.glsl").read_text(encoding="utf-8")
    assert text == glsl(), "run python -m world.render.uniforms"
    assert tuple(re.findall(r"#define S_(\w+)", text)) == FIELDS


def test_shaders_ask_only_for_what_the_state_has():
    for path in [*FOLDER.glob("*.*"), *FOLDER.glob("*/*.*")]:
        asked = set(re.findall(r"\bS_(\w+)", path.read_text(encoding="utf-8")))
        assert asked <= set(FIELDS), f"{path.name}: {asked - set(FIELDS)}"


def test_hashes_are_integer_hashes():
    for path in [*FOLDER.glob("*.*"), *FOLDER.glob("*/*.*")]:
        assert not re.search(r"fract\s*\(\s*sin", path.read_text(encoding="utf-8")), path.name


def test_a_mistake_is_reported_with_file_and_line(graphics, tmp_path, monkeypatch):
    folder = tmp_path / "shaders"
    shutil.copytree(FOLDER, folder)
    broken = folder / "sky.frag"
    lines = broken.read_text(encoding="utf-8").splitlines()
    row = next(i for i, line in enumerate(lines) if line.startswith("void main"))
    lines.insert(row + 1, "    vec3 wrong = 1.0 +;")
    broken.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(shader_module, "shader_folder", lambda: folder)
    with pytest.raises(ShaderError) as caught:
        Shaders(graphics.gsg).get("sky")
    assert "sky.frag" in caught.value.report
    assert re.search(rf"\b{row + 2}\b", caught.value.report)
    assert "sky" in str(caught.value)


def test_a_missing_shader_says_so(graphics):
    with pytest.raises(ShaderError, match=r"nowhere\.vert"):
        Shaders(graphics.gsg).get("nowhere")
