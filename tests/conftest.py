"""What every test stands on: strict numbers, one graphics context, a display, golden pictures."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.golden import Golden

if TYPE_CHECKING:
    from models.mesh import Mesh
    from models.place.courtyard import Courtyard
    from world.render.graphics import Graphics

XVFB_SCREEN = "1280x800x24"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` and `--twice`."""
    group = parser.getgroup("golden pictures")
    group.addoption(
        "--update-golden",
        action="store_true",
        help="write what is drawn now as the new golden pictures, to be reviewed",
    )
    group.addoption(
        "--twice",
        action="store_true",
        help="draw every golden picture twice and ask for the same pixels",
    )


@pytest.fixture(autouse=True)
def _strict_numbers() -> Iterator[None]:
    """A division by zero, an overflow or a NaN is an error, here as in a picture."""
    before = np.seterr(all="raise", under="ignore")
    yield
    np.seterr(**before)


@pytest.fixture(scope="session")
def own_hand() -> Mesh:
    """The visitor's hand as it is baked."""
    from models import bake

    return bake.load("hand")


@pytest.fixture(scope="session")
def own_sleeve() -> Mesh:
    """The visitor's sleeve as it is baked."""
    from models import bake

    return bake.load("sleeve")


@pytest.fixture(scope="session")
def graphics() -> Graphics:
    """The one headless context of this run; Panda3D does not take a second one kindly."""
    from world.render.graphics import GraphicsError
    from world.render.picture import headless

    try:
        return headless()
    except GraphicsError as error:
        pytest.fail(f"no picture can be tested here: {error}", pytrace=False)


@pytest.fixture
def golden(request: pytest.FixtureRequest, graphics: Graphics) -> Golden:
    """`golden("name", draw)`: compares what `draw()` gives with tests/golden/name.png."""
    return Golden(
        renderer=graphics.gsg.getDriverRenderer(),
        update=request.config.getoption("--update-golden"),
        twice=request.config.getoption("--twice"),
    )


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """The display for windows (X11): the one that is there, or an Xvfb for this run alone."""
    if sys.platform in ("win32", "darwin"):
        yield ""
        return
    if os.environ.get("DISPLAY"):
        yield os.environ["DISPLAY"]
        return
    if shutil.which("Xvfb") is None:
        pytest.fail("windows need a DISPLAY or Xvfb: apt-get install xvfb", pytrace=False)
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", XVFB_SCREEN, "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as number:
            name = f":{number.readline().strip()}"
        if name == ":":
            pytest.fail("Xvfb did not start; try it by hand: Xvfb :9", pytrace=False)
        os.environ["DISPLAY"] = name
        yield name
    finally:
        os.environ.pop("DISPLAY", None)
        server.terminate()
        server.wait(timeout=10)


@pytest.fixture(autouse=True)
def _window(request: pytest.FixtureRequest) -> None:
    """A test marked `window` has a display."""
    if request.node.get_closest_marker("window"):
        request.getfixturevalue("display")


@pytest.fixture
def with_shader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """`with_shader(name, text)`: puts another file in the place of a shader, for this test."""
    from world.render import shader as shader_module

    folder = tmp_path / "shaders"
    shutil.copytree(shader_module.shader_folder(), folder)
    monkeypatch.setattr(shader_module, "shader_folder", lambda: folder)

    def put(name: str, text: str) -> None:
        (folder / name).write_text(text, encoding="utf-8")

    return put


@pytest.fixture(scope="module", params=[1, 2024])
def place(request: pytest.FixtureRequest) -> Courtyard:
    """The courtyards of two seeds."""
    from models.place.courtyard import build

    return build(request.param, 512)
