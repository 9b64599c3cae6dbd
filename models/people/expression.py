"""What a mood does to a face: how far the muscles pull a point of it.

The same pull moves the numbers that the face is sculpted by and the skin of a face that is
sculpted already, so that the two meet when one mood turns into another. Head space,
centimetres.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.people.features import Features
from models.sdf import smoothstep

Vectors = NDArray[np.float64]

# Where a muscle pulls on the right side, how far its pull reaches, and which way: centimetres.
Muscle = tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]
GRIEF: tuple[Muscle, ...] = (
    ((0.9, 9.0, 2.0), (1.3, 3.0, 1.5), (-0.16, 0.12, 0.62)),  # inner brow, up and inwards
    ((4.6, 7.2, 1.7), (1.6, 3.0, 1.2), (0.0, 0.0, -0.22)),  # outer brow
    ((2.5, 7.9, -6.5), (1.0, 3.0, 0.9), (0.05, -0.1, -0.42)),  # corner of the mouth
    ((0.0, 9.0, -7.3), (1.6, 3.0, 1.1), (0.0, 0.1, 0.16)),  # the lower lip is pushed up
    ((3.2, 7.6, -1.9), (1.5, 3.0, 0.9), (0.0, 0.0, 0.12)),  # the cheek beneath the eye
)
AWE: tuple[Muscle, ...] = (
    ((2.2, 8.9, 2.1), (2.8, 3.0, 1.7), (0.0, 0.0, 0.50)),
    ((2.3, 8.2, -6.4), (0.9, 3.0, 1.0), (-0.14, 0.05, 0.02)),  # the mouth a little rounder
)
LINE, GAPE = -6.38, 1.95  # height of the closed mouth, and how far aside it opens
EYE = (3.12, 6.5, 0.0)
SOCKET = (1.5, 2.5)  # radii between which the muscles' pull sets in
JAW_FALLS = np.array([0.0, -0.22, -1.0])


def moved(f: Features) -> Callable[[ArrayLike], Vectors]:
    """A function of places (..., 3) on the calm face: where the mood of `f` has pulled them."""

    def at(points: ArrayLike) -> Vectors:
        p = np.asarray(points, dtype=np.float64)
        return p + pull(f, p)

    return at


def pull(f: Features, points: Vectors, lower: NDArray[np.bool_] | None = None) -> Vectors:
    """How far the mood of `f` pulls points (..., 3) of the calm face, without its lids.

    lower : which points hang from the jaw; by default those below the mouth's line
    """
    out = np.zeros(points.shape)
    for amount, muscles in ((f.grief, GRIEF), (f.awe, AWE)):
        if amount:
            for muscle in muscles:
                out += amount * pulled(muscle, points)
    out *= _off_the_eyes(points)[..., None]
    if f.parted:
        below = points[..., 2] < LINE if lower is None else lower
        out += f.parted * _jaw(points, below)[..., None] * JAW_FALLS
    return out


def pulled(muscle: Muscle, points: Vectors) -> Vectors:
    """How far one muscle, and its twin on the other side, pull points (..., 3)."""
    centre, reach, way = (np.asarray(part) for part in muscle)
    out = np.zeros(points.shape)
    for side in (1.0, -1.0) if centre[0] else (1.0,):
        flip = np.array([side, 1.0, 1.0])
        away = (points - flip * centre) / reach
        out += np.exp(-(away**2).sum(axis=-1))[..., None] * flip * way
    return out


def _off_the_eyes(points: Vectors) -> NDArray[np.float64]:
    """0 on the eyeballs, round which lids slide by themselves, to 1 beyond their sockets."""
    away = np.abs(points[..., :1]) - EYE[0]
    gap = np.linalg.norm(np.concatenate([away, points[..., 1:] - EYE[1:]], axis=-1), axis=-1)
    return smoothstep(*SOCKET, gap)


def opening(x: ArrayLike) -> NDArray[np.float64]:
    """How far the lips part at a place aside, of the middle's: two arcs that meet in a point."""
    out: NDArray[np.float64] = np.clip(1 - (np.asarray(x) / GAPE) ** 2, 0.0, 1.0)
    return out


def between_lips(f: Features, x: ArrayLike) -> NDArray[np.float64]:
    """Height of the middle between parted lips at a place aside, centimetres."""
    open_ = opening(x)
    return LINE - f.parted * (0.5 * open_ + (1 - open_) * _dragged(np.float64(LINE)))


def _dragged(z: ArrayLike) -> NDArray[np.float64]:
    """How much of the jaw's fall the cheeks and corners have at a height."""
    return smoothstep(LINE + 1.2, LINE - 2.4, z)


def _jaw(points: Vectors, below: NDArray[np.bool_]) -> NDArray[np.float64]:
    """How much of the jaw's fall a point has: all below the mouth, none above it."""
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    open_ = opening(x)
    share = open_ * below + (1 - open_) * _dragged(z)
    return share * smoothstep(-1.0, 5.0, y) * smoothstep(-15.0, -10.5, z)
