"""`doctor` and `bench`: what this machine can do, and how fast."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from world import settings
from world.commands import options
from world.commands.terminal import console, progress, result, result_json

FAILED = 1


def doctor(as_json: options.Json = False) -> None:
    """Check graphics, display, mouse, sound, encoder and folders."""
    from world import doctor as surgery

    findings = surgery.examine()
    if as_json:
        result_json(surgery.as_json(findings))
    else:
        marks = surgery.MARKS if _speaks_unicode() else surgery.PLAIN_MARKS
        colors = {"ok": "green", "warn": "yellow", "fail": "red"}
        from rich.text import Text

        out = console(sys.stdout)
        width = max(len(finding.name) for finding in findings)
        for finding in findings:
            line = Text(f"{marks[finding.verdict]:2}", style=colors[finding.verdict])
            line.append(f"{finding.name:{width}}  {finding.found}", style="default")
            out.print(line, soft_wrap=True)
            if finding.help:
                out.print(Text(f"  {'':{width}}  {finding.help}", style="dim"), soft_wrap=True)
    if not surgery.healthy(findings):
        raise typer.Exit(FAILED)


def _speaks_unicode() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")


def bench(
    size: options.Size = "960x540",
    quality: options.Quality = None,
    seed: options.Seed = None,
    frames: Annotated[
        int, typer.Option("--frames", metavar="N", min=8, help="How many to time.")
    ] = 40,
    soak: Annotated[
        int,
        typer.Option(
            "--soak", metavar="N", min=0, help="Small frames over which memory is watched."
        ),
    ] = 2000,
    as_json: options.Json = False,
) -> None:
    """Time frames, passes and start-up; watch memory."""
    chosen = settings.load({"quality": quality, "seed": seed})
    from world import bench as benchmark
    from world.capture.still import parse_size

    level = options.drawn_at(chosen, options.FILM_QUALITY)
    pixels = parse_size(size)
    with progress("bench", benchmark.steps(frames, soak)) as advance:
        report = benchmark.measure(pixels, level, chosen.seed, frames, soak, advance)
    if as_json:
        result_json(report.as_json())
        return
    for line in report.lines():
        result(line)


def register(app: typer.Typer) -> None:
    """Adds these commands to `dawns`."""
    app.command()(doctor)
    app.command()(bench)
