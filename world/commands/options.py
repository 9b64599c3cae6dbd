"""Flags that several commands share, and how their words are read."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Annotated

import typer

from world.errors import WrongUse
from world.settings import QUALITY_NAMES, Settings

Quality = Annotated[
    str | None,
    typer.Option("--quality", metavar="Q", help=f"{', '.join(QUALITY_NAMES)}."),
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", help="Which of all courtyards and crowds."),
]
Size = Annotated[str, typer.Option("--size", metavar="WxH", help="Pixels.")]
Json = Annotated[bool, typer.Option("--json", help="For programs: JSON on stdout.")]

STILL_QUALITY, FILM_QUALITY = "high", "medium"  # what `auto` means away from the window


def drawn_at(chosen: Settings, auto: str) -> str:
    """The quality level to draw with: `auto` is a fixed level where there is no frame rate."""
    return auto if chosen.quality == "auto" else chosen.quality


def point(text: str, flag: str) -> tuple[float, float, float]:
    """`8,0,1.6` as metres. Raises WrongUse."""
    parts = text.split(",")
    try:
        x, y, z = (float(part) for part in parts)
    except ValueError:
        raise WrongUse(f'{flag} "{text}": write three numbers of metres, such as 8,0,1.6') from None
    if not all(abs(value) <= 1e4 for value in (x, y, z)):
        raise WrongUse(f"{flag} {text}: is out of the world; stay within 10000 metres")
    return x, y, z


def now() -> datetime:
    """The time for a picture's note; `SOURCE_DATE_EPOCH` makes files repeat to the byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and epoch.isdecimal():
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.now().astimezone()
