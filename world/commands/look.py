"""`walk`, `dream` and `list`: into the dream, and what there is in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from world import settings
from world.commands import options
from world.commands.terminal import console, result_json
from world.doctor import has_display
from world.errors import DreamError, WrongUse, suggestion

if TYPE_CHECKING:
    from world.viewer.walk import Snapshot

Row = dict[str, object]


def _beats() -> list[Row]:
    from world.timeline.score import ACTS, BEATS, span_at

    return [
        {"act": span_at(ACTS, beat.start).name, "beat": beat.name, "start": beat.start,
         "end": beat.end, "text": beat.text}
        for beat in BEATS
    ]  # fmt: skip


def _shots() -> list[Row]:
    from world.capture.shots import SHEETS

    return [
        {"shot": label, "at": take.at, "hfov": shot.hfov, "visitor": shot.embodied, "sheet": name}
        for name, shown in SHEETS.items()
        for shot in shown
        for label, take in zip(shot.labels(), shot.takes, strict=True)
    ]


def _cues() -> list[Row]:
    from world.timeline.score import CUES

    return [{"cue": cue.name, "time": cue.time} for cue in sorted(CUES, key=lambda c: c.time)]


def _tracks() -> list[Row]:
    from world.timeline.score import TRACKS

    return [
        {"track": name, "least": lane.bounds[0], "most": lane.bounds[1],
         "from": lane.keys[0].time, "to": lane.keys[-1].time}
        for name, lane in TRACKS.items()
    ]  # fmt: skip


KINDS: dict[str, Callable[[], list[Row]]] = {
    "beats": _beats,
    "shots": _shots,
    "cues": _cues,
    "tracks": _tracks,
}


def list_(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="beats, shots, cues or tracks.")],
    as_json: options.Json = False,
) -> None:
    """List beats, shots, cues or tracks."""
    if kind not in KINDS:
        raise WrongUse(f'"{kind}" cannot be listed; {suggestion(kind, KINDS)}')
    rows = KINDS[kind]()
    if as_json:
        result_json(rows)
        return
    from rich import box
    from rich.table import Table

    table = Table(*rows[0], box=box.SIMPLE_HEAD if sys.stdout.isatty() else None)
    for row in rows:
        table.add_row(*(f"{v:g}" if isinstance(v, float) else str(v) for v in row.values()))
    out = console(sys.stdout)
    if not sys.stdout.isatty():
        out.width = 160
    out.print(table)


def walk(
    quality: options.Quality = None,
    seed: options.Seed = None,
    size: Annotated[
        str | None, typer.Option("--size", metavar="WxH", help="Pixels of the window.")
    ] = None,
    hfov: Annotated[
        float | None, typer.Option(metavar="D", help="Width of view, 60 to 110 degrees.")
    ] = None,
    fullscreen: Annotated[
        bool | None, typer.Option("--fullscreen/--window", help="Fill the screen.")
    ] = None,
    autoplay: Annotated[
        bool | None, typer.Option("--autoplay/--no-autoplay", help="Let it play by itself.")
    ] = None,
    calm: Annotated[
        bool | None, typer.Option("--calm/--no-calm", help="No tremor or shimmer; slower.")
    ] = None,
) -> None:
    """Walk through the dream. This is what `dawns` alone does."""
    chosen = settings.load(
        {
            "quality": quality, "seed": seed, "size": size, "hfov": hfov,
            "fullscreen": fullscreen, "autoplay": autoplay, "calm": calm,
        }
    )  # fmt: skip
    code = enter(chosen)
    if code:
        raise typer.Exit(code)


def enter(chosen: settings.Settings) -> int:
    """Opens the window and returns the exit code. Raises DreamError without a display."""
    if not has_display():
        raise DreamError(
            "there is no display to open a window on; `dawns dream` makes pictures and a film"
        )
    from world.audio.playback import Playback
    from world.viewer.walk import walk as stroll

    return stroll(chosen, keep, Playback(chosen.seed))


def keep(snapshot: Snapshot) -> Path:
    """Writes a still of the walk among the visitor's pictures, under a name of its own."""
    from world.capture import metadata, still

    height, width, _ = snapshot.pixels.shape
    taken = still.Still(
        snapshot.moment, snapshot.camera, (width, height), snapshot.quality, snapshot.seed,
        visit=snapshot.visit, crowd=snapshot.crowd,
    )  # fmt: skip
    created = options.now()
    path = metadata.free_name(
        settings.pictures_path(), snapshot.seed, snapshot.moment.story, created, ".png"
    )
    return still.save(path, still.encode(snapshot.pixels, ".png", taken, created))


def register(app: typer.Typer) -> None:
    """Adds these commands to `dawns`."""
    app.command()(walk)
    app.command(name="list")(list_)
