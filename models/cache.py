"""Remembers slow numbers between runs, in the folder where each system keeps its caches.

What is kept is found again only by the same arguments and the same source: any change to a file
of this package forgets it. Losing the folder costs a second or two and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
from platformdirs import user_cache_path

Result = TypeVar("Result")

KEPT = 3  # results of one function


def remembered(build: Callable[..., Result], *arguments: int) -> Result:
    """`build(*arguments)`, from the cache where it is there."""
    name = f"{build.__module__}.{build.__qualname__}"
    key = hashlib.sha256(f"{_source()} {name} {arguments}".encode()).hexdigest()[:24]
    path = folder() / f"{name}-{key}.pickle"
    try:
        return pickle.loads(path.read_bytes())
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError):
        result = build(*arguments)
    with suppress(OSError):  # a folder that cannot be written costs time, not the dream
        _keep(path, pickle.dumps(result, protocol=5), name)
    return result


def folder() -> Path:
    """Where results are kept: `DAWNS_CACHE`, or the system's folder for caches."""
    chosen = os.environ.get("DAWNS_CACHE")
    return Path(chosen) if chosen else user_cache_path("a-thousand-dawns", appauthor=False)


@cache
def _source() -> str:
    digest = hashlib.sha256(np.__version__.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _keep(path: Path, data: bytes, name: str) -> None:
    """Writes a whole file or none, and drops the oldest of the same name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    Path(file.name).replace(path)
    ages = {old: old.stat().st_mtime for old in path.parent.glob(f"{name}-*.pickle")}
    for old in sorted(ages, key=lambda each: ages[each])[:-KEPT]:
        old.unlink(missing_ok=True)
