"""One still: what it takes to draw it, and how it reaches the disk whole."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from world.capture import metadata
from world.capture.moments import beat_of
from world.errors import DreamError, WrongUse
from world.render.lens import Camera
from world.settings import write_atomically
from world.timeline.clock import Moment
from world.timeline.score import BEATS
from world.timeline.state import Visit, at
from world.version import version

Pixels = NDArray[np.uint8]  # (height, width, 3), sRGB, first row at the top
Size = tuple[int, int]

SUFFIXES = (".png", ".jpg", ".jpeg")
JPEG_QUALITY = 94
LEAST, MOST = 16, 16384  # pixels a side
MOST_PIXELS = 2**31 // 8 - 1  # a half-float RGBA target must stay below 2 GiB


@dataclass(frozen=True)
class Still:
    """A picture that has not been drawn yet."""

    moment: Moment
    camera: Camera
    size: Size
    quality: str
    seed: int
    embodied: bool = True
    visit: Visit = field(default_factory=Visit)
    crowd: int = metadata.CROWD

    def note(self) -> metadata.Note:
        """What the file will say about itself."""
        camera, (width, height) = self.camera, self.size
        x, y, z = map(float, camera.eye)
        return metadata.Note(
            version=version(),
            seed=self.seed,
            crowd=self.crowd,
            story=self.moment.story,
            breath=self.moment.breath,
            eye=(x, y, z),
            orientation=metadata.orientation(camera),
            heading=float(camera.heading),
            pitch=float(camera.pitch),
            roll=float(camera.roll),
            hfov=float(camera.hfov),
            size=self.size,
            aspect=width / height,
            quality=self.quality,
            exposure=at(self.moment).exposure,
            embodied=self.embodied,
            deeds=metadata.places(self.visit),
        )

    def title(self) -> str:
        """The phrase of the dream that the moment belongs to."""
        return next(span.text for span in BEATS if span.name == beat_of(self.moment.story))


def from_note(note: metadata.Note, size: Size, quality: str) -> Still:
    """The still that a note tells of."""
    camera = Camera(note.eye, note.heading, note.pitch, note.roll, note.hfov)
    moment = Moment(note.story, note.breath)
    visit = metadata.visit_of(note)
    return Still(moment, camera, size, quality, note.seed, note.embodied, visit, note.crowd)


class Painter(Protocol):
    """What draws: `world.render.picture.Picture`, or a stand-in for it."""

    def draw(self, moment: Moment, camera: Camera, visit: Visit, embodied: bool) -> Pixels:
        """(height, width, 3) uint8 of the moment."""
        ...

    def close(self) -> None:
        """Gives back what the pictures were drawn in."""
        ...


def painter(size: Size, quality: str, seed: int, crowd: int = metadata.CROWD) -> Painter:
    """A headless painter. Raises GraphicsError where the machine cannot draw."""
    from world.render.picture import Picture

    return Picture(size, quality, seed, crowd)


def paint(still: Still, by: Painter | None = None) -> Pixels:
    """Draws a still, with a painter of its own unless one is lent."""
    brush = by or painter(still.size, still.quality, still.seed, still.crowd)
    return brush.draw(still.moment, still.camera, still.visit, still.embodied)


def parse_size(text: str) -> Size:
    """`1920x1080` as (1920, 1080). Raises WrongUse outside what can be drawn in one piece."""
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise WrongUse(f'"{text}" is not a size; write WIDTHxHEIGHT, such as 1920x1080')
    size = int(width), int(height)
    if not all(LEAST <= side <= MOST for side in size):
        raise WrongUse(f"{text}: each side must be {LEAST} to {MOST} pixels")
    if size[0] * size[1] > MOST_PIXELS:
        raise WrongUse(f"{text} is more than one target can hold; stay below {MOST_PIXELS} pixels")
    return size


def check_name(path: Path, suffixes: tuple[str, ...] = SUFFIXES) -> Path:
    """`path`, if its ending says which kind of file is wanted. Raises WrongUse."""
    if path.suffix.lower() not in suffixes:
        ending = f'"{path.suffix}"' if path.suffix else "no ending"
        raise WrongUse(f"{path}: has {ending}; the name must end in {' or '.join(suffixes)}")
    if path.is_dir():
        raise WrongUse(f"{path}: is a folder; give the name of a file")
    return path


def encode(
    pixels: Pixels, suffix: str, still: Still | None = None, created: datetime | None = None
) -> bytes:
    """A whole PNG or JPEG file. With a still and a time it carries its note (PNG)."""
    image, out = Image.fromarray(pixels), io.BytesIO()
    if suffix.lower() == ".png":
        info = None
        if still is not None and created is not None:
            info = metadata.png_info(still.note(), still.title(), created)
        image.save(out, "PNG", pnginfo=info, compress_level=6)
    else:
        image.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return out.getvalue()


def save(path: Path, data: bytes) -> Path:
    """Writes a whole file or none. Raises DreamError where the folder does not allow it."""
    try:
        write_atomically(path, data)
    except OSError as error:
        raise DreamError(
            f"{path}: cannot be written ({os.strerror(error.errno or 0)}); choose another folder"
        ) from error
    return path
