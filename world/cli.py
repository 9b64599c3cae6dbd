"""`dawns`: reads the words, starts the command, and says plainly when something fails.

Nothing heavy is imported before a command has been understood.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import typer
import typer.core

from world import settings
from world.commands import config, dream, look, machine, make
from world.commands.terminal import message, result
from world.errors import DreamError

DONE, FAILED, INTERRUPTED = 0, 1, 130
DEFAULT = "walk"
HELP_FLAGS = ("--help", "-h", "--version")

EXAMPLES = """[bold]A Thousand Dawns[/bold]: walk through the dream, or make pictures of it.

[bold]Examples[/bold]

  dawns                                        walk, from the first hush\n
  dawns --autoplay --quality low               let it play by itself\n
  dawns shot --shot arrival -o arrival.png     one of the hero shots\n
  dawns shot --at blossom+6 --eye 3,-2,1.6 --look 0,0,0\n
  dawns film -o dream.mp4 -s orb -e awe        a film of the third act\n
  dawns sheet -o sheet.jpg                     every hero shot on one sheet
"""


class Group(typer.core.TyperGroup):
    """A word that is not a command is a mistake; none at all, or only flags, means `walk`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in HELP_FLAGS):
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    name="dawns",
    cls=Group,
    help=EXAMPLES,
    rich_markup_mode="rich",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from world.version import version

        result(f"A Thousand Dawns {version()}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", help="Say which version this is.", callback=_version, is_eager=True
    ),
) -> None:
    pass


look.register(app)
make.register(app)
dream.register(app)
machine.register(app)
config.register(app)


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0, 1, 2 or 130."""
    command = typer.main.get_command(app)
    try:
        code = command.main(
            None if arguments is None else list(arguments),
            prog_name="dawns",
            standalone_mode=False,
        )
    except (DreamError, typer.TyperException) as error:
        return _complain(error)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except RuntimeError as error:
        if type(error).__name__ not in ("GraphicsError", "ShaderError"):
            raise
        message(f"dawns: {error}")
        return FAILED
    if code == INTERRUPTED:
        message("dawns: interrupted")
    return code if isinstance(code, int) else DONE


def _complain(error: Exception) -> int:
    """One sentence on stderr, and the exit code that goes with it."""
    told = getattr(error, "format_message", None)
    text = " ".join((told() if told else str(error)).split())
    if not isinstance(error, DreamError):
        text += "" if text.endswith((".", "?")) else "."
        text += " Try `dawns --help`."
    message(f"dawns: {text}")
    return int(getattr(error, "exit_code", FAILED))


def _log(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What was not foreseen: the traceback goes to the log, one sentence to the visitor."""
    path = settings.log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        logging.basicConfig(
            filename=path, force=True, format="%(asctime)s %(levelname)s %(message)s"
        )
        logging.getLogger("dawns").error("unforeseen", exc_info=(kind, error, trace))
        where = f"the details are in {path}"
    except OSError as refused:
        where = f"the details could not be kept in {path} ({refused.strerror})"
    words = " ".join(str(error).split()) or "no message"
    message(f"dawns: something unforeseen went wrong ({kind.__name__}: {words}); {where}")


def main() -> None:
    """The entry point of the `dawns` command."""
    sys.excepthook = _log
    sys.exit(run())
