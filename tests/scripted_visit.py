"""One whole visit in a small window, told as JSON: run as `python -m tests.scripted_visit`.

A process of its own, because there can be one ShowBase in a process, and pictures without a
window want another kind of context.
"""

from __future__ import annotations

import dataclasses
import json
import math
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from world.settings import Settings
from world.timeline.score import TRACKS
from world.viewer.captions import KEYS_SHOWN
from world.viewer.script import Script, rehearse
from world.viewer.walk import Walk, greet
from world.viewer.window import Window

SIZE = (160, 90)
RATE = 30
# Along the aisle from the east, at a run, to the fallen one; then three deeds; then afloat.
VISIT = Script.of(
    [
        (6.0, "w"), (10.0, "w d"), (10.7, "w"), (14.6, ""),
        (181.0, "e"), (182.0, ""), (240.0, "mouse1"), (241.0, ""),
        (242.0, "s"), (242.6, ""), (325.0, "e"), (326.0, ""),
        (430.0, "w shift"), (434.0, ""), (524.0, ""),
    ]
)  # fmt: skip


class Ears:
    """A sound that remembers what it was told."""

    def __init__(self):
        self.moments = 0
        self.last = None
        self.pauses = []

    def follow(self, moment, camera, volume):
        self.moments += 1
        self.last = (moment.story, *camera.eye, volume)

    def pause(self, paused):
        self.pauses.append(paused)

    def close(self):
        pass


def visit(walk, told):
    """The whole visit; every ten seconds a row of what is so."""
    rows = []
    for now in rehearse(walk, VISIT, RATE, 10.0):
        x, y, z = walk.walker.eye
        over = walk.walker.ground.blocked(np.array([x, y]))[0]
        picture = walk.window.screenshot()
        rows.append(
            {
                "now": now, "story": walk.director.moment.story, "eye": (x, y, z),
                "afloat": TRACKS["afloat"](walk.director.moment.story), "inside": over,
                "mean": float(picture.mean()), "spread": float(picture.std()),
            }
        )  # fmt: skip
    told["rows"] = rows
    told["visit"] = dataclasses.asdict(walk.director.visit)
    told["end_menu"] = walk.menu.page


def pausing(walk, told):
    """Esc frees the pointer and freezes the dream; Continue goes on; focus lost does the same."""
    press = walk.window.base.messenger.send
    walk.director.jump(100.0)
    walk.resume()
    caught = not walk.pointer.free

    def run(seconds):
        for _ in range(round(seconds * RATE)):
            walk.step(1 / RATE)

    def key(name):
        press("dawns-down", [name])
        press("dawns-up", [name])
        walk.step(1 / RATE)

    run(1.0)
    key("escape")
    frozen = walk.director.moment
    run(2.0)
    told["pause"] = {
        "caught": caught,
        "page": walk.menu.page,
        "free": walk.pointer.free,
        "still": walk.director.moment == frozen,
    }
    key("enter")
    run(1.0)
    told["resume"] = {
        "page": walk.menu.page,
        "caught": not walk.pointer.free,
        "went": walk.director.moment.story - frozen.story,
    }
    walk.keys.down("w")
    walk.window.focus(False)
    run(1.0)
    told["unfocused"] = {
        "page": walk.menu.page,
        "free": walk.pointer.free,
        "held": walk.keys.held("w"),
    }
    for name in ("arrow_down", "enter", "arrow_right", "arrow_right", "arrow_down", "enter"):
        key(name)
    told["chapter"] = {"story": walk.director.moment.story, "page": walk.menu.page}
    walk.keys.release_all()


def stills(walk, kept, told):
    """F12 while words are shown: the still has none."""
    walk.director.jump(30.0)
    walk.director.paused = True
    walk.elapsed = sum(KEYS_SHOWN) / 2
    walk.show()
    worded = walk.window.screenshot()
    walk.keep_still()
    walk.elapsed = math.inf
    walk.board.tick(99.0)
    walk.show()
    clean = walk.window.screenshot()
    still = kept[-1]
    told["still"] = {
        "shape": still.pixels.shape,
        "story": still.moment.story,
        "words_differ": int((worded != clean).any(axis=2).sum()),
        "clean_differs": int((still.pixels != clean).any(axis=2).sum()),
    }
    walk.director.paused = False


def resizing(walk, told):
    """Another size of the window becomes another size of the picture, with the words on it."""
    from panda3d.core import WindowProperties

    walk.window.win.requestProperties(WindowProperties.size(200, 120))
    for _ in range(RATE):
        walk.step(1 / RATE)
        walk.show()
        walk.window.draw()
    told["resized"] = {
        "frame": walk.sight.frame.size,
        "picture": walk.window.screenshot().shape,
        "regions": walk.window.win.getNumActiveDisplayRegions(),
    }
    walk.change("quality", "medium")
    walk.show()
    walk.window.draw()
    told["level"] = walk.sight.level


def costs(walk, told):
    """Milliseconds of this thread for a frame's Python, in the crowd and in the night."""
    for name, story in (("crowd", 80.0), ("night", 430.0)):
        walk.director.jump(story)
        walk.keys.down("w")
        spent = []
        for _ in range(240):
            before = time.thread_time()
            walk.step(1 / 60)
            walk.show()
            spent.append(time.thread_time() - before)
        told[f"cost_{name}"] = float(np.median(spent)) * 1000.0
    walk.keys.release_all()


def reloading(walk, told):
    """F5 reads shaders and score again and leaves the tracks where everybody finds them."""
    before = id(TRACKS)
    mist = TRACKS["mist"](150.0)
    walk.reload()
    told["reload"] = {
        "note": walk.board.noted,
        "same": id(TRACKS) == before and TRACKS["mist"](150.0) == mist,
    }


def main():
    """Prints one JSON object."""
    told: dict[str, Any] = {}
    kept = []

    def keep(snapshot):
        kept.append(snapshot)
        return Path("still.png")

    window = Window(SIZE, quiet=True)
    greet(window)
    ears = Ears()
    walk = Walk(window, Settings(quality="low"), keep, sound=ears)
    visit(walk, told)
    told["heard"] = {"last": ears.last, "pauses": list(ears.pauses)}
    pausing(walk, told)
    told["heard"]["then"] = ears.pauses[len(told["heard"]["pauses"]) :]
    stills(walk, kept, told)
    costs(walk, told)
    reloading(walk, told)
    resizing(walk, told)
    window.close()
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
