"""`dream`: the walk where there is a display; else a sheet and a film, within five minutes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import typer

from world import settings
from world.commands import look, make, options
from world.commands.terminal import message
from world.doctor import has_display

if TYPE_CHECKING:
    from world.capture.still import Painter

OUT = Path("out")
BUDGET = 225.0  # seconds for everything
RESERVE = 50.0  # of these, for encoding and for stretches that are slower than the probes
LEAST_FPS = 8
RATES = (24, 20, 15, 12, 10, LEAST_FPS)
SIZES = ((640, 360), (480, 270), (320, 180), (256, 144))
LEVEL = "low"
PROBES = (45.0, 262.0, 385.0)  # story seconds: crowd, flowers and mist, motes

# the film in about seventy seconds: a glimpse of every act. Whole seconds, so that the sound
# fits whatever the frame rate.
GLIMPSES = (
    (3.0, 9.0), (33.0, 37.0), (57.0, 61.0), (76.0, 79.0), (148.0, 152.0), (186.0, 191.0),
    (203.0, 207.0), (234.0, 240.0), (254.0, 260.0), (273.0, 277.0), (303.0, 309.0),
    (349.0, 352.0), (374.0, 381.0), (414.0, 418.0), (436.0, 440.0), (464.0, 472.0),
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What fits: pictures of `size`, `fps` of them a second of film."""

    size: tuple[int, int]
    fps: int


def dream(quality: options.Quality = None, seed: options.Seed = None) -> None:
    """Walk, or without a display make out/sheet.jpg and out/film.mp4."""
    chosen = settings.load({"quality": quality, "seed": seed})
    if has_display():
        code = look.enter(chosen)
        if code:
            raise typer.Exit(code)
        return
    message(f"no display: making {OUT / 'sheet.jpg'} and {OUT / 'film.mp4'} instead")
    _to_files(options.drawn_at(chosen, LEVEL), chosen.seed)


def _to_files(level: str, seed: int) -> None:
    from world.capture import sheet
    from world.capture.reel import Reel

    began = monotonic()
    sound = make.mix_sound(Reel(SIZES[0], level, seed, LEAST_FPS, GLIMPSES))
    brush, plan = fitting(level, seed, began, sheet.count())
    width, height = plan.size
    make.make_sheet(OUT / "sheet.jpg", f"{width}x{height}", level, seed, by=brush)
    reel = Reel(plan.size, level, seed, plan.fps, GLIMPSES)
    make.make_film(reel, OUT / "film.mp4", sound, by=brush)


def fitting(level: str, seed: int, began: float, pictures: int) -> tuple[Painter, Plan]:
    """A painter for the largest size, and the highest rate, that leave time for everything."""
    from world.capture import still
    from world.capture.path import camera_at
    from world.timeline.clock import moment_at
    from world.timeline.state import Visit

    for size in SIZES:
        brush = still.painter(size, level, seed)
        brush.draw(moment_at(0.0), camera_at(0.0), Visit(), True)
        start = monotonic()
        for story in PROBES:
            brush.draw(moment_at(story), camera_at(story), Visit(), True)
        now = monotonic()
        rate = rate_for((now - start) / len(PROBES), BUDGET - RESERVE - (now - began), pictures)
        if rate is not None or size == SIZES[-1]:
            return brush, Plan(size, rate or LEAST_FPS)
        brush.close()
    raise AssertionError("the last size is always taken")


def rate_for(seconds_each: float, left: float, pictures: int) -> int | None:
    """The highest frame rate at which film and sheet are done in `left` seconds, if any is."""
    length = sum(end - start for start, end in GLIMPSES)
    frames = left / seconds_each - pictures
    return next((rate for rate in RATES if rate * length <= frames), None)


def register(app: typer.Typer) -> None:
    """Adds this command to `dawns`."""
    app.command()(dream)
