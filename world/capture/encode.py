"""Pictures and sound into one MP4, through ffmpeg in a process of its own."""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray
from scipy.io import wavfile

from world.capture.reel import Reel, captions, subrip
from world.errors import DreamError

CRF = 16  # x264's quality: dark gradients band above this
SOUND_RATE = 48000  # Hz
_COLOUR = "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv".split()


class Encoder:
    """Takes frames in order and leaves a whole film, also when it is stopped half way.

    Used in a `with`: on leaving it by any road, what was begun and not finished is removed.
    Frames go into a picture-only file first; `finish` joins sound and captions to as many
    frames as there are.
    """

    def __init__(self, target: Path, reel: Reel, sound: NDArray[np.float32] | None) -> None:
        self.target, self.reel, self.frames = target, reel, 0
        self._sound = sound
        self._folder = tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent)
        self._room = Path(self._folder.name)
        self._errors: IO[bytes] = (self._room / "errors").open("w+b")
        width, height = reel.size
        self._process = subprocess.Popen(
            [
                *_ffmpeg(),
                *f"-f rawvideo -pix_fmt rgb24 -s {width}x{height} -r {reel.fps} -i -".split(),
                *"-vf scale=out_color_matrix=bt709:out_range=tv".split(),
                *f"-c:v libx264 -preset medium -crf {CRF} -pix_fmt yuv420p".split(),
                *_COLOUR,
                str(self._room / "picture.mp4"),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._errors,
            start_new_session=True,  # Ctrl-C is for us, not for ffmpeg
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._process.stdin is not None and not self._process.stdin.closed:
            with suppress(BrokenPipeError):  # it is gone, and with it what it had not read
                self._process.stdin.close()
        self._errors.close()
        self._folder.cleanup()

    def add(self, pixels: NDArray[np.uint8]) -> None:
        """The next frame. Raises DreamError, with ffmpeg's own words, when it has given up."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(np.ascontiguousarray(pixels).data)
        except BrokenPipeError:
            raise self._failure() from None
        self.frames += 1

    def finish(self) -> None:
        """Puts the film in place: every frame so far, its sound and its captions."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        if self._process.wait() != 0:
            raise self._failure()
        film = self._room / "film.mp4"
        done = subprocess.run(
            [*_ffmpeg(), *self._parts(), *"-movflags +faststart".split(), str(film)],
            stderr=self._errors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            check=False,
        )
        if done.returncode != 0:
            raise self._failure()
        film.replace(self.target)

    def _parts(self) -> list[str]:
        """Inputs and codecs of the joined film."""
        seconds = self.frames / self.reel.fps
        inputs = ["-i", str(self._room / "picture.mp4")]
        codecs = "-map 0:v -c:v copy".split()
        if self._sound is not None:
            wavfile.write(self._room / "sound.wav", SOUND_RATE, self._sound)
            inputs += ["-t", f"{seconds:.6f}", "-i", str(self._room / "sound.wav")]
            codecs += "-map 1:a -c:a aac -b:a 192k".split()
        rows = [row for row in captions(self.reel) if row.end <= seconds]
        if rows:
            (self._room / "words.srt").write_text(subrip(rows), encoding="utf-8")
            stream = "2:s" if self._sound is not None else "1:s"
            inputs += ["-i", str(self._room / "words.srt")]
            codecs += f"-map {stream} -c:s mov_text -metadata:s:s:0 language=eng".split()
        return [*inputs, *codecs, *_COLOUR, "-metadata", "title=A Thousand Dawns"]

    def _failure(self) -> DreamError:
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip().splitlines()
        reason = said[-1] if said else "it gave no reason"
        return DreamError(
            f"{self.target}: ffmpeg could not write the film ({reason}); "
            "check the space on the disk, or write frames with a name such as frames_####.png"
        )


def _ffmpeg() -> list[str]:
    """The encoder that comes with imageio-ffmpeg. Raises DreamError where there is none."""
    try:
        return [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error"]
    except RuntimeError as error:
        raise DreamError(
            f"there is no ffmpeg to encode with ({error}); reinstall imageio-ffmpeg, "
            "or write frames with a name such as frames_####.png"
        ) from error
