"""Which version of the piece this is."""

from __future__ import annotations

from importlib import metadata

DISTRIBUTION = "a-thousand-dawns"


def version() -> str:
    """The installed version, or `0` when the piece runs from an unpacked folder."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return "0"
