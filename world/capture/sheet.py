"""Contact sheets: every shot of a list, labelled, on one picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from world.capture import still
from world.capture.moments import moment_of
from world.capture.shots import Shot, Take, sheet_of
from world.capture.still import Painter, Size, Still, paint
from world.render.lens import Camera

Pixels = NDArray[np.uint8]

COLUMNS = 4
MARGIN = 0.05  # of a picture's width: between pictures and round the sheet
LABEL = 0.115  # of a picture's width: the band under each
PAPER, INK, FAINT = (16, 12, 22), (226, 219, 214), (128, 116, 136)


@dataclass(frozen=True)
class Frame:
    """A picture on the sheet and the words under it."""

    label: str
    moment: str
    still: Still


def still_of(shot: Shot, take: Take, size: Size, quality: str, seed: int) -> Still:
    """The still of one take."""
    moment = moment_of(take.at)
    view = shot.view(moment.story, seed)
    camera = Camera.looking(view.eye, view.look, shot.hfov)
    return Still(moment, camera, size, quality, seed, shot.embodied, shot.visit)


def frames(size: Size, quality: str, seed: int, of: str = "dream") -> list[Frame]:
    """Every picture of a sheet, in the order of its shots. Raises WrongUse for a sheet unknown."""
    return [
        Frame(label, take.at, still_of(shot, take, size, quality, seed))
        for shot in sheet_of(of)
        for label, take in zip(shot.labels(), shot.takes, strict=True)
    ]


def draw(
    size: Size,
    quality: str,
    seed: int,
    *,
    of: str = "dream",
    by: Painter | None = None,
    advance: Callable[[int], None] = lambda done: None,
) -> Image.Image:
    """The sheet, each picture `size` pixels. `advance` is told how many are done."""
    wanted = frames(size, quality, seed, of)
    brush = by or still.painter(size, quality, seed)

    def painted() -> Iterator[Pixels]:
        for done, frame in enumerate(wanted, 1):
            yield paint(frame.still, brush)
            advance(done)

    return lay_out(size, [(frame.label, frame.moment) for frame in wanted], painted())


def count(of: str = "dream") -> int:
    """How many pictures a sheet has."""
    return sum(len(shot.takes) for shot in sheet_of(of))


def place(size: Size, index: int, total: int) -> tuple[int, int]:
    """Where the upper left of a picture is on the sheet, in pixels."""
    width, height = size
    gap, band = round(width * MARGIN), round(width * LABEL)
    row, column = divmod(index, COLUMNS)
    missing = max((row + 1) * COLUMNS - total, 0)
    indent = missing * (width + gap) // 2
    return gap + indent + column * (width + gap), gap + row * (height + band + gap)


def lay_out(size: Size, words: list[tuple[str, str]], pictures: Iterator[Pixels]) -> Image.Image:
    """Pictures in rows, the last row centred, with their names and moments beneath."""
    width, height = size
    gap, band = round(width * MARGIN), round(width * LABEL)
    rows = -(-len(words) // COLUMNS)
    sheet = Image.new(
        "RGB", (gap + COLUMNS * (width + gap), gap + rows * (height + band + gap)), PAPER
    )
    pen = ImageDraw.Draw(sheet)
    name_font = ImageFont.load_default(size=band * 0.50)
    moment_font = ImageFont.load_default(size=band * 0.34)
    for index, ((label, moment), picture) in enumerate(zip(words, pictures, strict=True)):
        x, y = place(size, index, len(words))
        sheet.paste(Image.fromarray(picture), (x, y))
        base = y + height + round(band * 0.72)
        pen.text((x, base), label, INK, name_font, anchor="ls")
        pen.text((x + width, base), moment, FAINT, moment_font, anchor="rs")
    return sheet
