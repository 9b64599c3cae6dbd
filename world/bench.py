"""`dawns bench`: what a frame costs, pass by pass, and whether memory grows.

A pass is timed by leaving it out: the difference of the shortest times with and without, so
passes that share work add up to a little less than the frame. So are the parts of the scene, at
the arrival; the place is also timed alone, with every pass that it needs.
"""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.capture.path import camera_at
from world.capture.still import Size
from world.render.lens import Camera
from world.timeline.clock import moment_at
from world.timeline.score import END
from world.timeline.state import Visit, at

Advance = Callable[[int], None]

WARM = 9  # uncounted frames all over the dream: drivers load things on first use
PASS_FRAMES = 7
SOAK_SIZE = (64, 36)  # memory is watched on small pictures: many, soon
SOAK_MOMENTS = 100  # all over the dream, drawn once before and then over and over
PASS_MOMENT = 265.0  # mist, orb, flowers and crowd together
PART_MOMENT = 45.0  # the arrival: the place and all the people
FLOWERS, FLOWER_MOMENT = 5000, 344.0  # so many in view, when all are open
FLOWER_EYE, FLOWER_LOOK, FLOWER_HFOV = (12.0, -1.0, 3.2), (-4.0, 0.0, 0.0), 90.0
_clock = time.perf_counter  # noqa: TID251 - a benchmark looks at the clock


@dataclass(frozen=True)
class Report:
    """Times in milliseconds unless the name says seconds; memory in mebibytes."""

    size: Size
    quality: str
    renderer: str
    import_seconds: float  # a fresh interpreter that only imports the renderer
    startup_seconds: float  # from nothing to the first picture, in this process
    frames: int
    median: float
    slowest: float
    frames_a_second: float
    python: float  # of the median: state, uniforms and matrices, before anything is drawn
    passes: dict[str, float] = field(default_factory=dict)
    parts: dict[str, float] = field(default_factory=dict)  # at the arrival
    flowers: float = 0.0  # FLOWERS of them, open and in view
    memory: float = 0.0
    soak: int = 0  # frames over which memory was watched
    growth: float = 0.0  # over those

    def as_json(self) -> dict[str, Any]:
        """For a program."""
        return asdict(self)

    def lines(self) -> list[str]:
        """For a person."""
        width, height = self.size
        share = 100 * self.python / self.median
        rows = [
            f"{self.renderer}, {width}x{height}, {self.quality}",
            f"start-up        {self.startup_seconds:8.2f} s to the first picture"
            f" (imports {self.import_seconds:.2f} s)",
            f"frame           {self.median:8.1f} ms median, {self.slowest:.1f} ms slowest"
            f" of {self.frames}: {self.frames_a_second:.1f} a second",
            f"Python          {self.python:8.2f} ms of it ({share:.1f} %)",
            f"memory          {self.memory:8.0f} MiB",
        ]
        if self.soak:
            rows[-1] += f", {self.growth:+.1f} MiB over {self.soak} frames"
        for name, cost in sorted(self.passes.items(), key=lambda item: -item[1]):
            rows.append(f"  pass {name:14} {cost:6.1f} ms")
        for name, cost in sorted(self.parts.items(), key=lambda item: -item[1]):
            rows.append(f"  part {name:14} {cost:6.1f} ms at the arrival")
        rows.append(f"  {FLOWERS} flowers       {self.flowers:6.1f} ms, open and all in view")
        return rows


def steps(frames: int, soak: int) -> int:
    """How many steps `measure` reports."""
    return frames + WARM + (soak + SOAK_MOMENTS if soak else 0)


def measure(
    size: Size,
    quality: str,
    seed: int,
    frames: int,
    soak: int = 0,
    advance: Advance = lambda done: None,
) -> Report:
    """Draws `frames` pictures spread over the whole dream and reports what they cost.

    With `soak`, as many small ones are drawn besides, to see whether memory grows.
    """
    imported = import_seconds()
    began = _clock()
    from world.render.picture import Picture

    picture = Picture(size, quality, seed)
    frame = picture.frame
    _draw(frame, 0.0)
    startup = _clock() - began
    stories = [END * (index + 0.5) / frames for index in range(frames)]
    for index in range(WARM):
        _draw(frame, END * (index + 0.5) / WARM)
        advance(index + 1)
    times: list[float] = []
    python: list[float] = []
    for index, story in enumerate(stories):
        start = _clock()
        python.append(_update(frame, story))
        frame.read()
        times.append(_clock() - start)
        advance(WARM + index + 1)
    memory = resident()
    passes, parts, flowers = pass_times(frame), part_times(frame), flower_time(frame, seed)
    picture.close()
    median = statistics.median(times) * 1000
    return Report(
        size=size,
        quality=quality,
        renderer=frame.graphics.gsg.getDriverRenderer(),
        import_seconds=imported,
        startup_seconds=startup,
        frames=frames,
        median=median,
        slowest=max(times) * 1000,
        frames_a_second=1000 / median,
        python=statistics.median(python) * 1000,
        passes=passes,
        parts=parts,
        flowers=flowers,
        memory=memory,
        soak=soak,
        growth=growth(quality, seed, soak, lambda done: advance(WARM + frames + done)),
    )


def growth(quality: str, seed: int, soak: int, advance: Advance) -> float:
    """Mebibytes that `soak` frames leave behind, once every moment has been drawn before."""
    if not soak:
        return 0.0
    from world.render.picture import Picture

    picture = Picture(SOAK_SIZE, quality, seed)

    def draw(index: int) -> None:
        _draw(picture.frame, END * (index % SOAK_MOMENTS + 0.5) / SOAK_MOMENTS)

    for index in range(SOAK_MOMENTS):
        draw(index)
        advance(index + 1)
    gc.collect()
    before = resident()
    for index in range(soak):
        draw(index)
        advance(SOAK_MOMENTS + index + 1)
    gc.collect()
    return resident() - before


def pass_times(frame: Any) -> dict[str, float]:
    """Milliseconds that each pass adds, grouped by the first word of its name."""
    _update(frame, PASS_MOMENT)
    groups: dict[str, list[Any]] = {}
    for made in frame.passes:
        groups.setdefault(made.name.partition("-")[0], []).append(made.output)
    whole = _least(frame)
    costs: dict[str, float] = {}
    for name, outputs in groups.items():
        active = [output for output in outputs if output.isActive()]
        for output in active:
            output.setActive(False)
        costs[name] = max(whole - _least(frame), 0.0)
        for output in active:
            output.setActive(True)
    return costs


def part_times(frame: Any) -> dict[str, float]:
    """Milliseconds that each part of the scene adds at the arrival, its shadows too.

    `place alone` is the frame with nothing else in it: sky, passes over the picture and all.
    """
    _update(frame, PART_MOMENT)
    costs: dict[str, float] = {}
    parts = frame.scene.parts
    shown = {name: [node for node in nodes if not node.isHidden()] for name, nodes in parts.items()}

    def without(*names: str) -> float:
        nodes = [node for name in names for node in shown[name]]
        for node in nodes:
            node.hide()
        least = _least(frame)
        for node in nodes:
            node.show()
        return least

    whole = without()
    for name in parts:
        if shown[name]:
            costs[name] = max(whole - without(name), 0.0)
    costs["place alone"] = without(*(name for name in parts if name != "place"))
    return costs


def flower_time(frame: Any, seed: int) -> float:
    """Milliseconds that FLOWERS flowers add where all of them are in view, from a little above."""
    from world.render.shader import dress
    from world.scene.flowers import Flowers, build_flowers

    scene = frame.scene
    camera = Camera.looking(FLOWER_EYE, FLOWER_LOOK, FLOWER_HFOV)
    rows = build_flowers(scene.courtyard, 2 * FLOWERS, seed).rows
    seen = rows[in_view(rows[:, :3], camera, frame.size)][:FLOWERS]
    many = Flowers(seen, seed, frame.quality.people_detail)
    many.root.reparentTo(scene.ground)
    dress(many.root, frame.shaders)
    state = at(moment_at(FLOWER_MOMENT))
    frame.update(state, camera, Visit(), embodied=False)
    scene.flowers.root.hide()
    many.update(camera.eye, state.flowers_front)
    whole = _least(frame)
    many.root.hide()
    cost = max(whole - _least(frame), 0.0)
    many.root.removeNode()
    scene.flowers.root.show()
    return cost


def in_view(points: NDArray[np.float32], camera: Camera, size: Size) -> NDArray[np.bool_]:
    """Which points (n, 3) are in a camera's picture (n,), whatever hides them."""
    right, ahead, up = ((points - np.array(camera.eye)) @ camera.turn()).T
    wide = np.tan(np.radians(camera.hfov / 2)) * ahead
    return np.asarray((np.abs(right) < wide) & (np.abs(up) < wide * size[1] / size[0]))


def _least(frame: Any) -> float:
    """Milliseconds of drawing and reading back, undisturbed: the least of a few."""
    times = []
    for _ in range(PASS_FRAMES):
        start = _clock()
        frame.read()
        times.append(_clock() - start)
    return min(times) * 1000


def _update(frame: Any, story: float) -> float:
    """Seconds of Python that a frame takes before it is drawn."""
    start = _clock()
    frame.update(at(moment_at(story)), camera_at(story), Visit())
    return _clock() - start


def _draw(frame: Any, story: float) -> None:
    _update(frame, story)
    frame.read()


def import_seconds() -> float:
    """Seconds that a fresh interpreter needs to import everything that draws."""
    start = _clock()
    subprocess.run([sys.executable, "-c", "import world.render.picture"], check=True)
    return _clock() - start


def resident() -> float:
    """Mebibytes that this process holds now, or held at most where only that is known."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    try:
        import resource
    except ImportError:  # Windows keeps no such count in the standard library
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
