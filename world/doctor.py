"""`dawns doctor`: what this machine can do for the dream, and what helps where it cannot.

Graphics and sound are tried in a process of their own: a driver that crashes takes only that
process with it.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from world import settings
from world.errors import DreamError

Verdict = Literal["ok", "warn", "fail"]

MARKS: dict[Verdict, str] = {"ok": "✓", "warn": "!", "fail": "✗"}
PLAIN_MARKS: dict[Verdict, str] = {"ok": "ok", "warn": "!", "fail": "x"}
PYTHON_LEAST = (3, 11)
PROBE_PATIENCE = 60.0  # seconds
SOFTWARE = ("llvmpipe", "softpipe", "swrast", "swiftshader", "software")


@dataclass(frozen=True)
class Finding:
    """One line of the report. `help` is empty where nothing needs doing."""

    name: str
    verdict: Verdict
    found: str
    help: str = ""


def examine(environ: Mapping[str, str] = os.environ) -> list[Finding]:
    """Every check, in the order in which things are needed."""
    found = probe()
    checks: list[Callable[[], Finding]] = [
        python,
        lambda: graphics(found),
        lambda: display(environ, sys.platform),
        lambda: relative_mouse(environ, sys.platform),
        lambda: audio(found),
        encoder,
        lambda: settings_file(environ),
        lambda: writable("pictures folder", settings.pictures_path()),
        lambda: writable("settings folder", settings.config_path(environ).parent),
        lambda: writable("log folder", settings.log_path().parent),
    ]
    return [check() for check in checks]


def healthy(findings: list[Finding]) -> bool:
    """Whether nothing failed; warnings are allowed."""
    return all(finding.verdict != "fail" for finding in findings)


def as_json(findings: list[Finding]) -> dict[str, object]:
    """The report for a program."""
    return {"healthy": healthy(findings), "checks": [asdict(finding) for finding in findings]}


def python() -> Finding:
    """The interpreter."""
    version = platform.python_version()
    if sys.version_info < PYTHON_LEAST:
        return Finding("Python", "fail", version, "install Python 3.11 or newer")
    return Finding("Python", "ok", version)


def probe() -> dict[str, str]:
    """What graphics and sound say of themselves; `graphics_error` where they do not start."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "world.probe"],
            capture_output=True, text=True, timeout=PROBE_PATIENCE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"graphics_error": f"the driver did not answer within {PROBE_PATIENCE:g} s"}
    lines = done.stdout.strip().splitlines()
    try:
        answer = json.loads(lines[-1]) if lines else None
    except json.JSONDecodeError:
        answer = None
    if not isinstance(answer, dict):
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return {"graphics_error": f"the driver ended the process (code {done.returncode}): {last}"}
    return {str(key): str(value) for key, value in answer.items()}


def graphics(found: Mapping[str, str]) -> Finding:
    """OpenGL without a window, which stills, films and the walk all build on."""
    if "graphics_error" in found:
        return Finding("graphics", "fail", found["graphics_error"], "update the graphics driver")
    text = f"{found['renderer']}, OpenGL {found['gl']}, GLSL {found['glsl']}"
    if any(word in found["renderer"].lower() for word in SOFTWARE):
        return Finding(
            "graphics", "warn", text,
            "drawn by the processor: use --quality low for the walk; stills and films are slow",
        )  # fmt: skip
    return Finding("graphics", "ok", text)


def has_display(environ: Mapping[str, str] = os.environ, system: str = sys.platform) -> bool:
    """Whether a window can be expected to open."""
    if system.startswith("linux") or "bsd" in system:
        return bool(environ.get("DISPLAY"))  # Panda3D speaks X11, and XWayland under Wayland
    return True


def display(environ: Mapping[str, str], system: str) -> Finding:
    """Somewhere to open a window."""
    if not has_display(environ, system):
        return Finding(
            "display", "warn", "none",
            "the walk needs a screen; `dawns dream`, shot, sheet and film work without one",
        )  # fmt: skip
    return Finding("display", "ok", environ.get("DISPLAY") or "the system's own")


def relative_mouse(environ: Mapping[str, str], system: str) -> Finding:
    """Whether the pointer can turn the view without reaching the edge of the screen."""
    name = "relative mouse"
    if system == "win32":
        return Finding(name, "warn", "not offered on Windows", "the pointer is recentred instead")
    if "WAYLAND_DISPLAY" in environ:
        return Finding(
            name, "warn", "not offered under Wayland",
            "the pointer is recentred instead; in an X11 session it moves most freely",
        )  # fmt: skip
    if not has_display(environ, system):
        return Finding(name, "warn", "no display to try it on", "stills and films need none")
    return Finding(name, "ok", "expected to work")


def audio(found: Mapping[str, str]) -> Finding:
    """The library that plays sound."""
    if found.get("audio") == "ok":
        return Finding("sound", "ok", "OpenAL")
    reason = found.get("audio", "not tried, as graphics did not start")
    return Finding("sound", "warn", reason, "the walk is silent; films still have their sound")


def encoder() -> Finding:
    """The ffmpeg that films are written with."""
    import imageio_ffmpeg

    try:
        program = imageio_ffmpeg.get_ffmpeg_exe()
        done = subprocess.run(
            [program, "-hide_banner", "-encoders"],
            capture_output=True, text=True, timeout=PROBE_PATIENCE, check=True,
        )  # fmt: skip
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        return Finding("film encoder", "fail", str(error), "reinstall imageio-ffmpeg")
    if "libx264" not in done.stdout:
        return Finding("film encoder", "fail", "no H.264 in it", "reinstall imageio-ffmpeg")
    return Finding("film encoder", "ok", f"ffmpeg {imageio_ffmpeg.get_ffmpeg_version()}, H.264")


def settings_file(environ: Mapping[str, str]) -> Finding:
    """The visitor's settings, with every variable of the environment."""
    path = settings.config_path(environ)
    try:
        settings.load(environ=environ)
    except DreamError as error:
        return Finding("settings", "fail", str(error), "correct it, or move the file away")
    return Finding("settings", "ok", str(path) if path.exists() else "defaults")


def writable(name: str, folder: Path) -> Finding:
    """Whether a file can be made in `folder`, or in the nearest folder above it that exists."""
    place = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Finding(name, "fail", f"{folder}: {error.strerror}", "make it writable")
    return Finding(name, "ok", str(folder))
