"""Makes the parts of the score as WAV files, in the background, the next needed first.

They are kept: a second walk with the same seed starts with every sound at hand.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
import wave
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from world.audio import mix, score
from world.audio.score import Bed, Part, Strike
from world.timeline import score as timeline_score

BED_PEAK = 10.0  # a bed's root mean square is 1; in a file that many times it is full scale
STRIKE_PEAK = 1.0


def full_scale(part: Part) -> float:
    """What full scale of a part's file stands for."""
    return BED_PEAK if isinstance(part, Bed) else STRIKE_PEAK


def write_wav(path: Path, sound: NDArray[np.float64], rate: int, peak: float) -> None:
    """Writes (n,) or (n, 2) as 16-bit WAV, `peak` at full scale; whole or not at all."""
    samples = np.round(np.clip(sound / peak, -1.0, 1.0) * 32767.0).astype("<i2")
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as stream, wave.open(stream) as file:
        file.setnchannels(1 if sound.ndim == 1 else sound.shape[1])
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    part.replace(path)


def shelf(seed: int, rate: int) -> Path:
    """The folder for these sounds; another one as soon as anything that makes them changes.

    Where there is no cache to write to, a folder that the system clears away.
    """
    sources = [*sorted(Path(__file__).parent.glob("*.py")), Path(timeline_score.__file__)]
    digest = hashlib.sha256(f"{seed} {rate}".encode())
    for source in sources:
        digest.update(source.read_bytes())
    above = platformdirs.user_cache_path("dawns", appauthor=False) / "sound"
    folder = above / digest.hexdigest()[:16]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="dawns-sound-"))
    for old in above.iterdir():
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    return folder


def urgency(part: Part, story: float) -> float:
    """Seconds until a part is wanted; what is over comes last. Lower is sooner."""
    if isinstance(part, Strike):
        ahead = part.start - story
        return ahead if ahead > -10.0 else 1000.0 - ahead
    wanted = score.first_heard(part, story) if isinstance(part, Bed) else story
    return wanted - story


class Kiln:
    """A thread that makes one part after another. `story` may be moved while it works."""

    def __init__(
        self,
        parts: Sequence[Part],
        folder: Path,
        rate: int,
        seed: int,
        raw: Callable[[Part, int, int], NDArray[np.float64]] = mix.raw,
    ) -> None:
        self.story = 0.0
        self._left = list(parts)
        self._folder, self._rate, self._seed, self._raw = folder, rate, seed, raw
        self._done: list[tuple[Part, Path]] = []
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="kiln", daemon=True)
        self._thread.start()

    def take(self) -> tuple[Part, Path] | None:
        """A part that has become ready and its file; None when there is none yet."""
        with self._lock:
            return self._done.pop(0) if self._done else None

    def close(self) -> None:
        """Stops after the part in work."""
        self._stop.set()

    def join(self) -> None:
        """Waits until every part is made."""
        self._thread.join()

    def _work(self) -> None:
        while self._left and not self._stop.is_set():
            part = min(self._left, key=lambda part: urgency(part, self.story))
            self._left.remove(part)
            path = self._folder / f"{part.name}.wav"
            if not path.exists():
                sound = self._raw(part, self._rate, self._seed)
                write_wav(path, sound, self._rate, full_scale(part))
            with self._lock:
                self._done.append((part, path))
