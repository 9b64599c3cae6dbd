"""What is heard: the device's voices follow the state, the pause, the volumes and the head."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from world.audio import playback
from world.audio.kiln import BED_PEAK
from world.audio.score import BEDS, PARTS, STRIKES
from world.render.lens import Camera
from world.timeline.clock import Moment


class Voice:
    """Stands for Panda3D's AudioSound."""

    def __init__(self, positional: bool) -> None:
        self.positional, self.volume, self.loop, self.at = positional, 0.0, False, 0.0
        self.playing = False
        self.starts: list[float] = []

    def setVolume(self, volume):
        self.volume = volume

    def setLoop(self, loop):
        self.loop = loop

    def setTime(self, time):
        self.at = time

    def play(self):
        self.playing = True
        self.starts.append(self.at)

    def stop(self):
        self.playing = False

    def status(self):
        return playback.AudioSound.PLAYING if self.playing else playback.AudioSound.READY

    def length(self):
        return 30.0

    def set3dAttributes(self, *place):
        assert len(place) == 6

    def set3dMinDistance(self, metres):
        assert metres > 0


class Device:
    """Stands for Panda3D's AudioManager."""

    def __init__(self) -> None:
        self.voices: dict[str, Voice] = {}
        self.ear: tuple[float, ...] = ()
        self.closed = False

    def getSound(self, path, positional, mode):
        return self.voices.setdefault(path.getBasenameWoExtension(), Voice(positional))

    def audio3dSetListenerAttributes(self, *numbers):
        self.ear = numbers

    def update(self):
        pass

    def shutdown(self):
        self.closed = True


class Ready:
    """An oven in which everything is done."""

    def __init__(self) -> None:
        self.story, self.left, self.closed = 0.0, list(PARTS), False

    def take(self):
        if not self.left:
            return None
        part = self.left.pop()
        return part, Path(f"{part.name}.wav")

    def close(self):
        self.closed = True


Walked = Callable[..., None]


@pytest.fixture
def heard() -> tuple[Device, playback.Playback, Walked]:
    """A device, what plays on it, and `walked(story, ...)` which lets frames go by."""
    device, now = Device(), [0.0]
    sound = playback.Playback(manager=device, oven=Ready(), clock=lambda: now[0])

    def walked(*stories, dt=0.05, volume=1.0, camera=Camera((8.0, 0.0, 1.6), 90.0)):  # noqa: B008
        for story in stories:
            now[0] += dt
            sound.follow(Moment(story, story), camera, volume)

    for _ in PARTS:
        walked(10.0)
    return device, sound, walked


def test_beds_follow_the_state(heard):
    device, _, walked = heard
    assert {name for name, voice in device.voices.items() if voice.playing} == {
        "wind", "assembly-1", "assembly-2", "assembly-3", "assembly-4",
    }  # fmt: skip
    assert device.voices["wind"].loop
    assert device.voices["assembly-1"].positional
    assert not device.voices["wind"].positional
    loud = device.voices["wind"].volume
    walked(110.0)
    assert 0.0 < device.voices["wind"].volume < loud
    walked(440.0)
    assert not device.voices["wind"].playing
    assert device.voices["binary"].playing


def test_strike_begins_once_though_the_story_waits(heard):
    device, _, walked = heard
    walked(104.9, 105.02, 105.02, 105.02, 105.1)
    assert device.voices["bell-1"].starts == [0.0]
    assert device.voices["bell-2"].starts == []


def test_who_jumps_into_a_sound_hears_it_from_there(heard):
    device, _, walked = heard
    walked(330.0)
    assert device.voices["chorus-1"].starts == [pytest.approx(12.0)]
    walked(106.0)
    assert not device.voices["chorus-1"].playing
    assert device.voices["bell-1"].starts == [pytest.approx(1.0)]


def test_pause_is_silent_in_a_third_of_a_second_and_comes_back(heard):
    device, sound, walked = heard
    walked(105.0, 105.1)
    before = device.voices["wind"].volume
    sound.pause(True)
    walked(105.1, dt=0.15)
    assert device.voices["wind"].volume == pytest.approx(before / 2, rel=0.05)
    walked(105.1, dt=0.16)
    assert all(voice.volume == 0.0 for voice in device.voices.values() if voice.playing)
    assert not device.voices["bell-1"].playing
    sound.pause(False)
    walked(105.1, 105.2, dt=0.2)
    assert device.voices["wind"].volume == pytest.approx(before, rel=0.05)
    assert device.voices["bell-1"].starts[-1] == pytest.approx(0.1)


def test_volumes_scale_their_own_group(heard):
    device, sound, walked = heard
    wind, breath = device.voices["wind"].volume, device.voices["assembly-1"].volume
    sound.volumes = playback.Volumes(voices=0.5)
    walked(10.0, volume=0.5)
    assert device.voices["wind"].volume == pytest.approx(wind / 2)
    assert device.voices["assembly-1"].volume == pytest.approx(breath / 4)


def test_every_volume_is_within_what_the_device_takes(heard):
    device, _, walked = heard
    walked(*range(0, 480, 3))
    assert all(part.gain * BED_PEAK <= 1.0 for part in BEDS)
    assert all(part.gain <= 1.0 for part in STRIKES)
    assert all(0.0 <= voice.volume <= 1.0 for voice in device.voices.values())


def test_ears_turn_with_the_camera(heard):
    device, _, walked = heard
    walked(10.1, camera=Camera((1.0, 2.0, 3.0), 90.0))
    assert device.ear[:3] == (1.0, 2.0, 3.0)
    assert device.ear[6:9] == pytest.approx((-1.0, 0.0, 0.0), abs=1e-9)
    assert device.ear[9:] == (0.0, 0.0, 1.0)


def test_close_stops_everything(heard):
    device, sound, walked = heard
    sound.close()
    assert device.closed
    assert not any(voice.playing for voice in device.voices.values())
    walked(11.0)
    sound.close()
    assert sound.silent


def test_without_a_device_nothing_is_made(monkeypatch):
    monkeypatch.setattr(playback, "open_manager", lambda: None)
    monkeypatch.setattr(playback, "Kiln", lambda *_: pytest.fail("sounds made for nobody"))
    sound = playback.Playback()
    assert sound.silent
    sound.follow(Moment(10.0, 10.0), Camera((8.0, 0.0, 1.6)), 1.0)
    sound.pause(True)
    sound.close()
