"""Plays the score along a walk, through OpenAL. Without a device it is silent, and says so."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from panda3d.core import AudioManager, AudioSound, Filename

from world.audio.kiln import Kiln, full_scale, shelf
from world.audio.mix import MASTER, NEAR, RATE
from world.audio.score import BEDS, PARTS, STRIKES, Bed, Group, Part, Strike, openness
from world.timeline.clock import Moment
from world.timeline.state import State, at

FADE = 0.3  # seconds until a pause is silent
JUMP = 1.5  # seconds of story between two frames beyond which the visitor has gone elsewhere
INAUDIBLE = 1e-4
LATE = 0.06  # seconds by which a strike may begin late before its beginning is left out


class Ear(Protocol):
    """Where somebody hears from: a camera will do."""

    @property
    def eye(self) -> tuple[float, float, float]: ...
    @property
    def heading(self) -> float: ...


@dataclass(frozen=True)
class Volumes:
    """How loud each group of sounds is, 0..1; the master volume comes with every frame."""

    bells: float = 1.0
    voices: float = 1.0
    world: float = 1.0

    def of(self, group: Group) -> float:
        """The volume of one group."""
        by_name: Mapping[Group, float] = {
            "bells": self.bells, "voices": self.voices, "world": self.world,
        }  # fmt: skip
        return by_name[group]


class Oven(Protocol):
    """Hands out parts as they become ready; see Kiln."""

    story: float

    def take(self) -> tuple[Part, Path] | None: ...
    def close(self) -> None: ...


def open_manager() -> Any | None:
    """The sound device as Panda3D knows it, or None where there is nothing to play on."""
    manager = AudioManager.createAudioManager()
    if manager is None or not manager.isValid():
        return None
    if manager.getType().getName() == "NullAudioManager":
        return None
    return manager


class Playback:
    """What is heard during a walk: beds whose volume follows the state, strikes at their cues.

    The one part of the sound that remembers: which sounds are playing now.
    """

    def __init__(
        self,
        seed: int = 1,
        volumes: Volumes | None = None,
        *,
        manager: Any | None = None,
        oven: Oven | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.volumes = volumes or Volumes()
        self._manager = manager if manager is not None else open_manager()
        self.silent = self._manager is None
        self._oven = oven
        if not self.silent and oven is None:
            self._oven = Kiln(PARTS, shelf(seed, RATE), RATE, seed)
        self._clock, self._before = clock, clock()
        self._sounds: dict[str, Any] = {}
        self._begun: set[str] = set()
        self._story: float | None = None
        self._fade, self._target = 1.0, 1.0

    def follow(self, moment: Moment, camera: Ear, volume: float) -> None:
        """It is this moment, the ears are at this camera, and the master volume is 0..1."""
        if self._manager is None or self._oven is None:
            return
        self._breathe()
        self._oven.story = moment.story
        self._load()
        if self._story is None or not 0.0 <= moment.story - self._story <= JUMP:
            self._stop(STRIKES)
        self._story = moment.story
        state = at(moment)
        loud = MASTER * volume * self._fade * openness(state)
        for bed in BEDS:
            self._play_bed(bed, state, loud)
        for strike in STRIKES:
            self._play_strike(strike, moment.story, loud)
        self._listen(camera)
        self._manager.update()

    def pause(self, paused: bool) -> None:
        """Fades out in 0.3 s, or in again; strikes go on where the story is then."""
        self._target = 0.0 if paused else 1.0

    def close(self) -> None:
        """Falls silent for good."""
        if self._oven is not None:
            self._oven.close()
        self._stop(PARTS)
        self._sounds.clear()
        if self._manager is not None:
            self._manager.shutdown()
            self._manager = None
        self.silent = True

    # -- one frame -------------------------------------------------------------------------

    def _breathe(self) -> None:
        """Moves the fade towards where a pause wants it."""
        now = self._clock()
        step, self._before = max(0.0, now - self._before) / FADE, now
        self._fade += max(-step, min(step, self._target - self._fade))
        if self._fade == 0.0:
            self._stop(STRIKES)

    def _load(self) -> None:
        """Takes one ready part a frame, so that no frame waits for many."""
        ready = self._oven.take() if self._oven is not None else None
        if ready is None or self._manager is None:
            return
        part, path = ready
        placed = part.place is not None
        name = Filename.fromOsSpecific(str(path))
        sound = self._manager.getSound(name, placed, AudioManager.SMSample)
        if part.place is not None:
            x, y = part.place
            sound.set3dAttributes(x, y, 1.5, 0.0, 0.0, 0.0)
            sound.set3dMinDistance(NEAR)
        sound.setLoop(isinstance(part, Bed))
        self._sounds[part.name] = sound

    def _play_bed(self, bed: Bed, state: State, loud: float) -> None:
        sound = self._sounds.get(bed.name)
        if sound is None:
            return
        level = bed.level(state)
        playing = sound.status() == AudioSound.PLAYING
        if level < INAUDIBLE:
            if playing:
                sound.stop()
            return
        sound.setVolume(self._volume(bed, loud * level))
        if not playing:
            sound.play()

    def _play_strike(self, strike: Strike, story: float, loud: float) -> None:
        sound = self._sounds.get(strike.name)
        if sound is None or self._fade == 0.0:
            return
        since = story - strike.start
        sound.setVolume(self._volume(strike, loud))
        if strike.name not in self._begun and 0.0 <= since < sound.length():
            self._begun.add(strike.name)
            sound.setTime(since if since > LATE else 0.0)
            sound.play()

    def _volume(self, part: Part, level: float) -> float:
        return min(1.0, part.gain * full_scale(part) * self.volumes.of(part.group) * level)

    def _listen(self, camera: Ear) -> None:
        heading = math.radians(camera.heading)
        forward = (-math.sin(heading), math.cos(heading), 0.0)
        still, up = (0.0, 0.0, 0.0), (0.0, 0.0, 1.0)
        assert self._manager is not None
        self._manager.audio3dSetListenerAttributes(*camera.eye, *still, *forward, *up)

    def _stop(self, parts: Sequence[Part]) -> None:
        for part in parts:
            if part.name in self._sounds:
                self._sounds[part.name].stop()
            self._begun.discard(part.name)
