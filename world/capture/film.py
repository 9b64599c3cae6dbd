"""Films: frames drawn in any order by one process or several, into an MP4 or numbered files."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from world.capture import metadata, still
from world.capture.encode import SOUND_RATE, Encoder
from world.capture.reel import Reel, captions, subrip
from world.capture.still import Painter, Pixels, Size
from world.errors import DreamError, WrongUse

Advance = Callable[[int], None]
Samples = NDArray[np.float32]  # (n, 2), at SOUND_RATE

AHEAD = 3  # frames in flight for each worker: enough to keep it busy, few enough to hold
SOUND_PART = 8.0  # seconds that are mixed at a time
SEAM = 0.25  # seconds of fade at each cut of the sound
_PNG_END = b"IEND\xaeB`\x82"


class Stopped(Exception):
    """The visitor stopped a film. `kept` says what there is of it."""

    def __init__(self, kept: str) -> None:
        super().__init__(kept)
        self.kept = kept


def check_target(path: Path, size: Size) -> Path:
    """`path` if a film can be written there: `*.mp4`, or a pattern such as `f_####.png`."""
    if "#" in path.name:
        still.check_name(path)
        return path
    still.check_name(path, (".mp4",))
    if size[0] % 2 or size[1] % 2:
        raise WrongUse(f"{size[0]}x{size[1]}: an MP4 needs even sides; add a pixel")
    return path


def shoot(
    reel: Reel,
    target: Path,
    *,
    created: datetime,
    jobs: int = 1,
    sound: Samples | None = None,
    by: Painter | None = None,
    advance: Advance = lambda done: None,
) -> int:
    """Makes the film, with `sound` if it is an MP4, and returns how many frames it drew.

    Raises Stopped on Ctrl-C, after what exists was made playable; DreamError on failure.
    """
    check_target(target, reel.size)
    target.parent.mkdir(parents=True, exist_ok=True)
    if "#" in target.name:
        return _into_files(reel, target, created, jobs, by, advance)
    return _into_mp4(reel, target, jobs, sound, by, advance)


def numbered(pattern: Path, number: int) -> Path:
    """`f_####.png`, 7 -> `f_0007.png`."""
    marks = pattern.name.count("#")
    stem = pattern.name.replace("#" * marks, str(number).zfill(marks))
    if "#" in stem:
        raise WrongUse(f"{pattern.name}: keep the # together, such as frames_####.png")
    return pattern.with_name(stem)


def sound_of(reel: Reel, advance: Advance = lambda done: None) -> Samples:
    """(n, 2) float32 at 48 kHz, as long as the film; each cut fades for a moment.

    `advance` is told how many whole seconds are mixed.
    """
    spans = reel.sound_spans()
    pieces: list[Samples] = []
    for start, end in spans:
        before = sum(len(piece) for piece in pieces) // SOUND_RATE

        def told(done: float, before: int = before) -> None:
            advance(before + int(done))

        pieces.append(_mixed(start, end, reel.seed, told))
    if len(spans) > 1:
        fade = np.linspace(0.0, 1.0, int(SEAM * SOUND_RATE), dtype=np.float32)[:, None]
        for piece in pieces:
            length = min(len(fade), len(piece))
            piece[:length] *= fade[:length]
            piece[len(piece) - length :] *= fade[:length][::-1]
    return np.concatenate(pieces)


def _mixed(start: float, end: float, seed: int, told: Callable[[float], None]) -> Samples:
    """One stretch of sound. It is mixed in parts, which are the same samples as in one."""
    from world.audio import mix

    parts: list[Samples] = []
    cuts = [*np.arange(start, end, SOUND_PART), end]
    for first, last in pairwise(cuts):
        part = mix.render(float(first), float(last), SOUND_RATE, seed)
        parts.append(np.asarray(part, dtype=np.float32))
        told(float(last) - start)
    return np.concatenate(parts)


def _into_mp4(
    reel: Reel,
    target: Path,
    jobs: int,
    sound: Samples | None,
    by: Painter | None,
    advance: Advance,
) -> int:
    with Encoder(target, reel, sound) as encoder:
        try:
            with _painted(reel, list(reel.numbers), jobs, by) as pictures:
                for pixels in pictures:
                    encoder.add(pixels)
                    advance(encoder.frames)
        except KeyboardInterrupt:
            if not encoder.frames:
                raise
            encoder.finish()
            raise Stopped(f"{target} ({encoder.frames / reel.fps:.1f} s of film)") from None
        encoder.finish()
        still.save(target.with_suffix(".srt"), subrip(captions(reel)).encode())
        return encoder.frames


def _into_files(
    reel: Reel, pattern: Path, created: datetime, jobs: int, by: Painter | None, advance: Advance
) -> int:
    missing = [n for n in reel.numbers if not _whole(numbered(pattern, n), reel.still(n))]
    ready = len(reel.numbers) - len(missing)
    done = 0
    try:
        with _painted(reel, missing, jobs, by) as pictures:
            for number, pixels in zip(missing, pictures, strict=True):
                data = still.encode(pixels, pattern.suffix, reel.still(number), created)
                still.save(numbered(pattern, number), data)
                done += 1
                advance(ready + done)
    except KeyboardInterrupt:
        raise Stopped(f"{ready + done} of {len(reel.numbers)} frames; run it again to go on") \
            from None  # fmt: skip
    return done


def _whole(path: Path, wanted: still.Still) -> bool:
    """Whether the file is this very frame. A JPEG carries no note and is drawn again."""
    if path.suffix.lower() != ".png" or not path.exists():
        return False
    if not path.read_bytes().endswith(_PNG_END):
        return False
    try:
        return metadata.read(path) == wanted.note()
    except DreamError:
        return False


@contextmanager
def _painted(
    reel: Reel, numbers: list[int], jobs: int, by: Painter | None
) -> Iterator[Iterator[Pixels]]:
    """The frames of `numbers`, in that order."""
    if jobs <= 1 or not numbers:
        yield _alone(reel, numbers, by)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(jobs, len(numbers)), context, _deaf_to_ctrl_c)
    try:
        yield _together(pool, reel, numbers, jobs)
    except BrokenProcessPool as error:
        raise DreamError(
            "a worker process died, most likely for want of memory; use fewer --jobs"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(reel: Reel, numbers: list[int], by: Painter | None) -> Iterator[Pixels]:
    if numbers:
        brush = by or still.painter(reel.size, reel.quality, reel.seed, reel.crowd)
        for number in numbers:
            yield still.paint(reel.still(number), brush)


def _together(
    pool: ProcessPoolExecutor, reel: Reel, numbers: list[int], jobs: int
) -> Iterator[Pixels]:
    waiting: deque[Future[Pixels]] = deque()
    for number in numbers:
        waiting.append(pool.submit(_work, reel.still(number)))
        if len(waiting) >= jobs * AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _deaf_to_ctrl_c() -> None:
    """A worker ends its frame; the parent, which hears Ctrl-C, decides what is kept."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _work(wanted: still.Still) -> Pixels:
    brush = _own_painter(wanted.size, wanted.quality, wanted.seed, wanted.crowd)
    return still.paint(wanted, brush)


@lru_cache(maxsize=1)
def _own_painter(size: Size, quality: str, seed: int, crowd: int) -> Painter:
    return still.painter(size, quality, seed, crowd)
