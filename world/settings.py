"""Settings: flags over `DAWNS_*` environment over the user's TOML file over defaults.

The file is flat: one `key = value` a line, so that a key can be set without touching the
visitor's own comments.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_type_hints

import msgspec
import platformdirs
from msgspec import Meta

from world.errors import WrongUse, suggestion

APP = "dawns"
PREFIX = "DAWNS_"
CONFIG_VARIABLE = "DAWNS_CONFIG"  # another settings file than the usual one

QualityName = Literal["auto", "low", "medium", "high", "ultra"]
QUALITY_NAMES: tuple[str, ...] = get_args(QualityName)

Seed = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Crowd = Annotated[int, Meta(ge=0, le=2000)]
Degrees = Annotated[float, Meta(ge=60.0, le=110.0)]
Volume = Annotated[float, Meta(ge=0.0, le=1.0)]
Radians = Annotated[float, Meta(gt=0.0, le=0.02)]
Size = Annotated[str, Meta(pattern=r"^[1-9]\d{1,4}x[1-9]\d{1,4}$")]

EXPECTED: dict[str, str] = {
    "quality": f"one of {', '.join(QUALITY_NAMES)}",
    "seed": "a whole number from 0 to 2147483647",
    "crowd": "a whole number from 0 to 2000",
    "size": 'a size in pixels such as "1280x720"',
    "fullscreen": "true or false",
    "autoplay": "true or false",
    "calm": "true or false",
    "hfov": "degrees from 60 to 110",
    "mouse": "radians a count, above 0 and up to 0.02",
    "invert_y": "true or false",
    "volume": "a number from 0 to 1",
}


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a visitor may choose once and for all; every field has a flag or a key."""

    quality: QualityName = "auto"
    seed: Seed = 1
    crowd: Crowd = 140
    size: Size = "1280x720"
    fullscreen: bool = False
    autoplay: bool = False
    calm: bool = False
    hfov: Degrees = 90.0
    mouse: Radians = 0.002
    invert_y: bool = False
    volume: Volume = 0.8


KEYS: tuple[str, ...] = Settings.__struct_fields__
_TYPES: dict[str, Any] = get_type_hints(Settings, include_extras=True)


def config_path(environ: Mapping[str, str] = os.environ) -> Path:
    """The settings file: `DAWNS_CONFIG`, or where this system keeps such files."""
    chosen = environ.get(CONFIG_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    return platformdirs.user_config_path(APP, appauthor=False) / "settings.toml"


def log_path() -> Path:
    """Where the traceback of an unexpected error is kept."""
    return platformdirs.user_log_path(APP, appauthor=False) / "dawns.log"


def pictures_path() -> Path:
    """Where the stills of a walk are kept."""
    return platformdirs.user_pictures_path() / "A Thousand Dawns"


def load(
    flags: Mapping[str, object] | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    path: Path | None = None,
) -> Settings:
    """The settings that count now. A flag that is None was not given.

    Raises WrongUse, naming the file (or variable or flag), the key and what was expected.
    """
    chosen: dict[str, object] = {}
    chosen.update(_from_file(path or config_path(environ)))
    chosen.update(_from_environment(environ))
    for key, value in (flags or {}).items():
        if value is not None:
            chosen[key] = _checked(key, value, f"--{key.replace('_', '-')}", strict=True)
    return Settings(**chosen)  # type: ignore[arg-type]


def write(key: str, text: str, path: Path) -> object:
    """Sets one key in the file, leaving every other line as it is. Returns the typed value.

    Raises WrongUse for an unknown key, a value of the wrong type, or a broken file.
    """
    value = _checked(_known(key, "dawns config set"), text, "dawns config set", strict=False)
    _from_file(path)
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    line = f"{key} = {toml(value)}"
    pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
    places = [index for index, old in enumerate(lines) if pattern.match(old)]
    if places:
        lines[places[0]] = line
    else:
        lines.append(line)
    write_atomically(path, ("\n".join(lines) + "\n").encode())
    return value


def toml(value: object) -> str:
    """A text, number or truth as TOML writes it (JSON writes these the same)."""
    return json.dumps(value)


def write_atomically(path: Path, data: bytes) -> None:
    """Writes beside `path` and moves it into place, so that no reader sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _from_file(path: Path) -> dict[str, object]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(f"{path}: not valid TOML ({error}); correct that line") from error
    except OSError as error:
        raise WrongUse(f"{path}: cannot be read ({error.strerror}); check its rights") from error
    return {
        _known(key, str(path)): _checked(key, value, str(path), strict=True)
        for key, value in table.items()
    }


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, text in environ.items():
        if not name.startswith(PREFIX) or name == CONFIG_VARIABLE:
            continue
        key = name.removeprefix(PREFIX).lower()
        known = (PREFIX + entry.upper() for entry in KEYS)
        if key not in KEYS:
            raise WrongUse(f"{name}: there is no such setting; {suggestion(name, known)}")
        values[key] = _checked(key, text, f"environment variable {name}", strict=False)
    return values


def _known(key: str, where: str, known: Iterable[str] = KEYS) -> str:
    if key not in known:
        raise WrongUse(f'{where}: there is no setting "{key}"; {suggestion(key, known)}')
    return key


def _checked(key: str, value: object, where: str, *, strict: bool) -> object:
    """`value` as the type of `key`; lax where the value comes as text."""
    try:
        return msgspec.convert(value, _TYPES[key], strict=strict)
    except msgspec.ValidationError as error:
        shown = json.dumps(value, default=str)
        raise WrongUse(f"{where}: {key} must be {EXPECTED[key]}, not {shown}") from error
