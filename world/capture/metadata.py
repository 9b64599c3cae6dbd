"""What a picture knows about itself: a JSON note in its file, and a name that says what it is.

The note holds no names of people or folders. `created` is the only part that differs
between two runs; the pixels never do.
"""

from __future__ import annotations

import math
from datetime import datetime
from pathlib import Path

import msgspec
from PIL import Image, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo

from world.capture.moments import beat_of
from world.errors import DreamError
from world.render.lens import Camera
from world.timeline.state import Stance, Visit

SCHEMA = "a-thousand-dawns/picture/1"
CROWD = 140  # people, where a note says nothing of them
KEYWORD = "dawn"  # of the PNG's iTXt chunk


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the visitor stood at a deed: metres, and degrees (0 north, 90 west)."""

    x: float
    y: float
    heading: float


class Note(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that is needed to stand in the picture's place again."""

    schema: str = SCHEMA
    version: str
    seed: int
    story: float
    breath: float
    eye: tuple[float, float, float]
    orientation: tuple[float, float, float, float]  # w, x, y, z: from the view to the world
    heading: float
    pitch: float
    roll: float
    hfov: float
    size: tuple[int, int]
    aspect: float
    quality: str
    exposure: float
    embodied: bool
    stereo: str = "none"
    deeds: dict[str, Place]
    crowd: int = CROWD


def orientation(camera: Camera) -> tuple[float, float, float, float]:
    """Unit quaternion (w, x, y, z) that turns y forward, z up into the camera's own axes."""
    half = [math.radians(angle) / 2 for angle in (camera.heading, camera.pitch, camera.roll)]
    (ch, cp, cr), (sh, sp, sr) = map(math.cos, half), map(math.sin, half)
    # heading about z, then pitch about x, then roll about y
    return (
        ch * cp * cr - sh * sp * sr,
        ch * sp * cr - sh * cp * sr,
        ch * cp * sr + sh * sp * cr,
        sh * cp * cr + ch * sp * sr,
    )


def places(visit: Visit) -> dict[str, Place]:
    """The visitor's deeds as they are written into a note."""
    return {
        name: Place(stance.x, stance.y, stance.heading)
        for name, stance in (
            ("extend", visit.extend),
            ("raise", visit.raised),
            ("step", visit.step),
        )
    }


def visit_of(note: Note) -> Visit:
    """The deeds of a note. Raises DreamError where one is missing."""
    try:
        extend, raised, step = (note.deeds[name] for name in ("extend", "raise", "step"))
    except KeyError as error:
        raise DreamError(
            f"the picture's note lacks the deed {error}; it cannot be opened"
        ) from error
    return Visit(*(Stance(place.x, place.y, place.heading) for place in (extend, raised, step)))


def png_info(note: Note, title: str, created: datetime) -> PngInfo:
    """The text chunks of a PNG: the note, and the standard keywords beside it."""
    info = PngInfo()
    info.add_itxt("Title", title)
    info.add_itxt("Software", f"A Thousand Dawns {note.version}")
    info.add_itxt("Creation Time", created.isoformat(timespec="seconds"))
    info.add_itxt(KEYWORD, msgspec.json.encode(note).decode())
    return info


def read(path: Path) -> Note:
    """The note in a picture. Raises DreamError for a file that is no picture of ours."""
    try:
        with Image.open(path) as image:
            text = image.info.get(KEYWORD)
    except FileNotFoundError:
        raise DreamError(f"{path}: there is no such file; check the name") from None
    except (UnidentifiedImageError, OSError) as error:
        raise DreamError(f"{path}: not a picture that can be read ({error})") from error
    if not isinstance(text, str):
        raise DreamError(
            f"{path}: carries no note of its moment; only PNG files made by `dawns shot` "
            "without --no-metadata do"
        )
    try:
        return msgspec.json.decode(str(text), type=Note)
    except msgspec.DecodeError as error:
        raise DreamError(
            f"{path}: its note cannot be understood ({error}); "
            "it was made by another version of the piece"
        ) from error


def free_name(folder: Path, seed: int, story: float, created: datetime, suffix: str) -> Path:
    """`dawn-{seed}-{beat}-{date}-{time}-{n}`: the first that is not taken."""
    stem = f"dawn-{seed}-{beat_of(story)}-{created:%Y%m%d-%H%M%S}"
    number = 1
    while (path := folder / f"{stem}-{number}{suffix}").exists():
        number += 1
    return path
