"""Golden pictures: small reviewed PNGs, and what counts as being the same.

A pixel agrees when it lies within the range of the other picture's 3×3 pixels around it, widened
by a tolerance, and the other way round. Edges may therefore move by a fraction of a pixel, as
they do between drivers; a colour, a missing thing or a blur may not pass.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import maximum_filter, minimum_filter

FOLDER = Path(__file__).parent / "golden"
SOFTWARE = ("llvmpipe", "softpipe", "swrast")  # the renderers that the pictures were drawn with
AMPLIFY = 8

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Tolerance:
    """`levels` of 255 by which a channel may differ; `share` of the pixels that may disagree."""

    levels: int
    share: float


SAME_RENDERER = Tolerance(levels=2, share=0.001)
OTHER_RENDERER = Tolerance(levels=10, share=0.02)


def disagreement(one: Picture, other: Picture, levels: int) -> NDArray[np.bool_]:
    """(h, w) bool: where two (h, w, 3) uint8 pictures of one size disagree."""
    return np.logical_or(_outside(one, other, levels), _outside(other, one, levels))


def _outside(inner: Picture, frame: Picture, levels: int) -> NDArray[np.bool_]:
    size = (3, 3, 1)
    low = minimum_filter(frame, size, mode="nearest").astype(np.int16) - levels
    high = maximum_filter(frame, size, mode="nearest").astype(np.int16) + levels
    wrong = (inner < low) | (inner > high)
    return np.any(wrong, axis=2)


@dataclass(frozen=True)
class Golden:
    """Compares pictures with the reviewed ones; writes what is new, and where it differs."""

    renderer: str
    update: bool = False
    twice: bool = False
    folder: Path = FOLDER

    def __call__(
        self, name: str, draw: Callable[[], Picture], tolerance: Tolerance | None = None
    ) -> None:
        """Draws, and raises AssertionError where the picture is not tests/golden/`name`.png."""
        have = _checked(draw(), name)
        if self.twice:
            again = int((have != _checked(draw(), name)).any(axis=2).sum())
            assert again == 0, f"{name}: {again} pixels differ when the same moment is drawn twice"
        path = self.folder / f"{name}.png"
        new, marked = path.with_suffix(".new.png"), path.with_suffix(".diff.png")
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(have).save(path, optimize=True)
            new.unlink(missing_ok=True)
            marked.unlink(missing_ok=True)
            return
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(have).save(new)
            raise AssertionError(
                f"{path.name} is not there; look at {new}, then run pytest --update-golden"
            )
        self._compare(have, path, tolerance or self._usual())

    def _usual(self) -> Tolerance:
        drawn_alike = any(word in self.renderer.lower() for word in SOFTWARE)
        return SAME_RENDERER if drawn_alike else OTHER_RENDERER

    def _compare(self, have: Picture, path: Path, tolerance: Tolerance) -> None:
        with Image.open(path) as image:
            want = np.asarray(image.convert("RGB"))
        new, marked = path.with_suffix(".new.png"), path.with_suffix(".diff.png")
        if have.shape != want.shape:
            Image.fromarray(have).save(new)
            raise AssertionError(f"{path.name} is {want.shape}, drawn was {have.shape}: see {new}")
        wrong = disagreement(have, want, tolerance.levels)
        if wrong.mean() <= tolerance.share:
            new.unlink(missing_ok=True)
            marked.unlink(missing_ok=True)
            return
        Image.fromarray(have).save(new)
        Image.fromarray(_amplified(have, want)).save(marked)
        rows, columns = np.nonzero(wrong)
        raise AssertionError(
            f"{path.name}: {wrong.mean():.2%} of the pixels disagree"
            f" (allowed {tolerance.share:.2%} beyond {tolerance.levels}/255),"
            f" in x {columns.min()}..{columns.max()}, y {rows.min()}..{rows.max()};"
            f" look at {new.name} and {marked.name} beside it,"
            " and run pytest --update-golden if the change is meant"
        )


def _checked(picture: Picture, name: str) -> Picture:
    assert picture.dtype == np.uint8, f"{name}: a picture is uint8, not {picture.dtype}"
    assert picture.ndim == 3, f"{name}: a picture is (h, w, 3), not {picture.shape}"
    assert picture.shape[2] == 3, f"{name}: a picture is (h, w, 3), not {picture.shape}"
    return picture


def _amplified(have: Picture, want: Picture) -> Picture:
    """Mid grey where both agree; brighter or darker by eight times the difference."""
    difference = have.astype(np.int16) - want.astype(np.int16)
    return np.clip(128 + AMPLIFY * difference, 0, 255).astype(np.uint8)
