"""The two ways in which a command can fail, and how a suggestion is put."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class DreamError(Exception):
    """Something went wrong. The message says what, why and what to do, in one sentence."""

    exit_code = 1


class WrongUse(DreamError):
    """The command or the settings ask for something that does not exist."""

    exit_code = 2


def suggestion(word: str, known: Iterable[str]) -> str:
    """`did you mean "mist"?` where one of `known` is close to `word`, else the whole list."""
    names = list(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"it can be {', '.join(names)}"
