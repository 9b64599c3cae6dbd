"""What is said and where: results on stdout, messages and progress on stderr.

Colour and animation appear on a terminal only, and never with NO_COLOR or TERM=dumb.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console

Advance = Callable[[int], None]  # how many steps are done

PLAIN_STEP = 10  # seconds between the lines that stand in for a bar


def lively(stream: TextIO) -> bool:
    """Whether colour and movement are welcome on `stream`."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return stream.isatty()


def result(text: str) -> None:
    """A line that the visitor, or a program, asked for."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def result_json(value: Any) -> None:
    """The same for a program."""
    result(json.dumps(value, indent=2, ensure_ascii=False))


def message(text: str) -> None:
    """A line on how things go."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def console(stream: TextIO) -> Console:
    """A rich console for tables; plain where nothing lively is welcome."""
    from rich.console import Console

    plain = not lively(stream)
    return Console(file=stream, no_color=plain, force_terminal=False if plain else None)


@contextmanager
def progress(what: str, total: int) -> Iterator[Advance]:
    """A bar with the time left, or a line every ten seconds where no bar is welcome."""
    if not lively(sys.stderr):
        yield _plain(what, total)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Remaining())
    with Progress(*columns, console=console(sys.stderr), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """A turning sign for something whose length is not known; nothing where none is welcome."""
    if not lively(sys.stderr):
        yield
        return
    with console(sys.stderr).status(what):
        yield


def _plain(what: str, total: int) -> Advance:
    began = monotonic()
    said = began

    def advance(done: int) -> None:
        nonlocal said
        now = monotonic()
        if now - said < PLAIN_STEP or not done:
            return
        said = now
        left = (now - began) / done * (total - done)
        message(f"{what}: {done} of {total}, about {spoken_time(left)} left")

    return advance


def spoken_time(seconds: float) -> str:
    """`0:07`, `1:02:03`."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
