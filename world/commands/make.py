"""`shot`, `sheet` and `film`: pictures into files."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from world import settings
from world.commands import options
from world.commands.terminal import message, progress, result, waiting
from world.errors import WrongUse

if TYPE_CHECKING:
    from world.capture.film import Samples
    from world.capture.reel import Reel
    from world.capture.still import Painter, Still

INTERRUPTED = 130
DEFAULT_AT = "sun+20"

Text = str | None
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="Name.")]


def shot(
    at: Annotated[
        Text,
        typer.Option(metavar="WHEN", help="SECONDS, BEAT, BEAT+SECONDS or BEAT@FRACTION."),
    ] = None,
    breath: Annotated[
        float | None,
        typer.Option(metavar="S", help="Seconds of wind and breathing by then."),
    ] = None,
    shot: Annotated[
        Text, typer.Option(metavar="NAME", help="A hero shot; see `dawns list shots`.")
    ] = None,
    eye: Annotated[Text, typer.Option(metavar="X,Y,Z", help="Where from, in metres.")] = None,
    look: Annotated[Text, typer.Option(metavar="X,Y,Z", help="Where to.")] = None,
    hfov: Annotated[
        float | None,
        typer.Option(metavar="D", min=1, max=170, help="Width of view in degrees."),
    ] = None,
    size: options.Size = "1920x1080",
    quality: options.Quality = None,
    seed: options.Seed = None,
    output: Output = None,
    no_metadata: Annotated[
        bool, typer.Option("--no-metadata", help="Leave out the note of place and moment.")
    ] = False,
) -> None:
    """One still, PNG or JPEG. The same words give the same pixels."""
    chosen = settings.load({"quality": quality, "seed": seed})
    from world.capture import metadata, still

    wanted = _still(at, breath, shot, eye, look, hfov, size, chosen)
    created = options.now()
    if output is None:
        output = metadata.free_name(Path(), wanted.seed, wanted.moment.story, created, ".png")
    still.check_name(output)
    with waiting("drawing"):
        pixels = still.paint(wanted)
    note = None if no_metadata else wanted
    result(str(still.save(output, still.encode(pixels, output.suffix, note, created))))


def _still(
    at: str | None,
    breath: float | None,
    shot: str | None,
    eye: str | None,
    look: str | None,
    hfov: float | None,
    size: str,
    chosen: settings.Settings,
) -> Still:
    """What `dawns shot` was asked for. Raises WrongUse where the words contradict."""
    if shot is not None and (eye is not None or look is not None):
        raise WrongUse("--shot has a place of its own; leave out --eye and --look, or --shot")
    if (eye is None) != (look is None):
        raise WrongUse("--eye and --look go together: where from, and where to")
    from world.capture.moments import moment_of

    asked = None if at is None else moment_of(at, breath)
    from world.capture import shots
    from world.capture.still import Still, parse_size
    from world.render.lens import Camera

    pixels, level = parse_size(size), options.drawn_at(chosen, options.STILL_QUALITY)
    if eye is not None and look is not None:
        moment = asked or moment_of(DEFAULT_AT, breath)
        place, target = options.point(eye, "--eye"), options.point(look, "--look")
        if place == target:
            raise WrongUse("--eye and --look are the same point; look somewhere else")
        camera = Camera.looking(place, target, hfov or 75.0)
        return Still(moment, camera, pixels, level, chosen.seed, embodied=False, crowd=chosen.crowd)
    if shot is None:
        from world.capture.path import camera_at

        moment = asked or moment_of(DEFAULT_AT, breath)
        own = camera_at(moment.story)
        camera = Camera(own.eye, own.heading, own.pitch, own.roll, hfov or own.hfov)
        return Still(moment, camera, pixels, level, chosen.seed, crowd=chosen.crowd)
    hero, take = shots.find(shot)
    moment = asked or moment_of(take.at, breath)
    view = hero.view(moment.story, chosen.seed)
    camera = Camera.looking(view.eye, view.look, hfov or hero.hfov)
    return Still(
        moment, camera, pixels, level, chosen.seed, hero.embodied, hero.visit, chosen.crowd
    )


def open_(
    picture: Annotated[Path, typer.Argument(metavar="PICTURE", help="A PNG made here.")],
    size: Annotated[
        str | None, typer.Option("--size", metavar="WxH", help="Other pixels than it has.")
    ] = None,
    quality: options.Quality = None,
    output: Output = None,
) -> None:
    """Draw a picture again from the note that it carries, at its size or another."""
    chosen = settings.load({"quality": quality})
    from world.capture import metadata, still
    from world.version import version

    note = metadata.read(picture)
    if note.version != version():
        message(f"{picture.name} was made by version {note.version}; pixels may differ")
    pixels = still.parse_size(size) if size else note.size
    level = note.quality if quality is None else options.drawn_at(chosen, note.quality)
    wanted = still.from_note(note, pixels, level)
    created = options.now()
    target = output or metadata.free_name(Path(), note.seed, note.story, created, ".png")
    still.check_name(target)
    with waiting("drawing"):
        drawn = still.paint(wanted)
    result(str(still.save(target, still.encode(drawn, target.suffix, wanted, created))))


def sheet(
    output: Output = Path("sheet.jpg"),
    size: Annotated[
        str, typer.Option("--size", metavar="WxH", help="Pixels of each picture.")
    ] = "640x360",
    quality: options.Quality = None,
    seed: options.Seed = None,
    of: Annotated[
        str, typer.Option("--of", metavar="LIST", help="Which shots: dream, place, people or lids.")
    ] = "dream",
) -> None:
    """Every hero shot, labelled, on one sheet; with --of place, people or lids, those alone."""
    chosen = settings.load({"quality": quality, "seed": seed})
    from world.capture import still

    target = still.check_name(output or Path("sheet.jpg"))
    make_sheet(target, size, options.drawn_at(chosen, options.FILM_QUALITY), chosen.seed, of=of)


def make_sheet(
    target: Path,
    size: str,
    quality: str,
    seed: int,
    by: Painter | None = None,
    of: str = "dream",
) -> None:
    """Draws the sheet with progress, writes it, and says where it is."""
    from world.capture import sheet as sheets
    from world.capture import still

    with progress("sheet", sheets.count(of)) as advance:
        image = sheets.draw(still.parse_size(size), quality, seed, of=of, by=by, advance=advance)
    import numpy as np

    result(str(still.save(target, still.encode(np.asarray(image), target.suffix))))


def film(
    output: Output = Path("dream.mp4"),
    fps: Annotated[int, typer.Option("--fps", metavar="N", help="Frames a second.")] = 24,
    size: options.Size = "1280x720",
    start: Annotated[str, typer.Option("-s", "--start", metavar="START", help="As --at.")] = "0",
    end: Annotated[
        Text, typer.Option("-e", "--end", metavar="END", help="As --at; an act: its start.")
    ] = None,
    jobs: Annotated[
        int, typer.Option("-j", "--jobs", metavar="JOBS", min=1, help="Processes that draw.")
    ] = 1,
    quality: options.Quality = None,
    seed: options.Seed = None,
    no_sound: Annotated[bool, typer.Option("--no-sound", help="Leave the sound out.")] = False,
) -> None:
    """A film: MP4 with sound and captions, or frames into FILE such as frames_####.png.

    Frames that exist are not drawn again. Ctrl-C leaves a film that plays.
    """
    chosen = settings.load({"quality": quality, "seed": seed})
    from world.capture.film import check_target
    from world.capture.moments import story_of
    from world.capture.reel import Reel
    from world.capture.still import parse_size
    from world.timeline.score import END

    level = options.drawn_at(chosen, options.FILM_QUALITY)
    span = story_of(start), END if end is None else story_of(end)
    reel = Reel(parse_size(size), level, chosen.seed, fps, (span,), chosen.crowd)
    target = check_target(output or Path("dream.mp4"), reel.size)
    silent = no_sound or "#" in target.name
    make_film(reel, target, None if silent else mix_sound(reel), jobs)


def mix_sound(reel: Reel) -> Samples:
    """The film's sound, with progress."""
    from world.capture.film import sound_of

    with progress("sound", math.ceil(reel.seconds)) as advance:
        return sound_of(reel, advance)


def make_film(
    reel: Reel,
    target: Path,
    sound: Samples | None,
    jobs: int = 1,
    by: Painter | None = None,
) -> None:
    """Shoots a film with progress and says where it is."""
    from world.capture.film import Stopped, shoot

    created = options.now()
    try:
        with progress("film", len(reel.numbers)) as advance:
            shoot(
                reel, target, created=created, jobs=jobs, sound=sound, by=by, advance=advance
            )  # fmt: skip
    except Stopped as stopped:
        message(f"kept {stopped.kept}")
        raise typer.Exit(INTERRUPTED) from None
    result(str(target))


def register(app: typer.Typer) -> None:
    """Adds these commands to `dawns`."""
    app.command()(shot)
    app.command(name="open")(open_)
    app.command()(sheet)
    app.command()(film)
