"""Finds, compiles and reloads shaders, and says what is wrong with them."""

from __future__ import annotations

from pathlib import Path

from panda3d.core import (
    Filename,
    GraphicsStateGuardian,
    LineStream,
    NodePath,
    Notify,
    Shader,
    ShaderAttrib,
)


class ShaderError(RuntimeError):
    """A shader does not compile. `report` is the compiler's text with file and line."""

    def __init__(self, name: str, report: str) -> None:
        super().__init__(f"the shader {name!r} does not compile on this machine")
        self.name = name
        self.report = report


def shader_folder() -> Path:
    """Where the GLSL files are: inside the installed package, or beside it in a checkout."""
    world = Path(__file__).resolve().parents[1]
    for folder in (world / "shaders", world.parent / "shaders"):
        if folder.is_dir():
            return folder
    raise ShaderError("shaders", f"no folder of shaders beside {world}")


class Shaders:
    """A library of compiled pairs. `get` compiles at the first asking.

    A file of the same name in the folder `own` is taken in place of the usual one.
    """

    def __init__(self, gsg: GraphicsStateGuardian, own: str = "") -> None:
        self._gsg, self._own = gsg, own
        self._folder = shader_folder()
        self._pairs: dict[tuple[str, str], Shader] = {}

    def get(self, vertex: str, fragment: str | None = None) -> Shader:
        """The pair `vertex`.vert and `fragment`.frag (the same name unless given).

        Raises ShaderError with the compiler's report.
        """
        key = (vertex, fragment or vertex)
        if key not in self._pairs:
            self._pairs[key] = self._compile(*key)
        return self._pairs[key]

    def forget(self) -> None:
        """Drops every pair, so that edited files are read again at the next `get`."""
        self._pairs.clear()

    def _compile(self, vertex: str, fragment: str) -> Shader:
        files = [self._file(f"{vertex}.vert"), self._file(f"{fragment}.frag")]
        for file in files:
            if not file.is_file():
                raise ShaderError(file.name, f"{file} is not there")
        notify, stream = Notify.ptr(), LineStream()
        previous = notify.getOstreamPtr()
        notify.setOstreamPtr(stream, False)
        try:
            shader = Shader.load(Shader.SL_GLSL, *map(Filename.fromOsSpecific, map(str, files)))
            context = None
            if shader is not None:
                context = shader.prepareNow(self._gsg.getPreparedObjects(), self._gsg)
            failed = shader is None or context is None or shader.getErrorFlag()
        finally:
            notify.setOstreamPtr(previous, False)
        if failed:
            raise ShaderError(
                vertex if vertex == fragment else f"{vertex}+{fragment}", _text(stream)
            )
        return shader

    def _file(self, name: str) -> Path:
        own = self._folder / self._own / name
        return own if own.is_file() else self._folder / name


def _text(stream: LineStream) -> str:
    lines = []
    while stream.isTextAvailable():
        lines.append(stream.getLine())
    return "\n".join(lines)


def dress(root: NodePath, shaders: Shaders) -> set[str]:
    """Gives every node with a `shader` tag its shader; returns the names that are in use."""
    names = set()
    for path in [root, *root.findAllMatches("**/=shader")]:
        name = path.getTag("shader")
        if not name:
            continue
        names.add(name)
        path.setShader(shaders.get(name))
        if path.hasTag("points"):
            attrib = path.getAttrib(ShaderAttrib)
            path.setAttrib(attrib.setFlag(ShaderAttrib.F_shader_point_size, True))
    return names
