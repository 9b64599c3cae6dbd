"""A veil: a disc laid over the head, with a piece cut from its front, that hangs as a deep hood.

Its edge about the face is held a hand's breadth off it, so that the hood is a cave; what hangs
beside the face and behind it falls in folds. Person space: metres, as in models/garments.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models import cloth, pattern
from models.garments import HEMMED, TURN, Worn, level
from models.sdf import curve, smooth_max, smoothstep

Array = NDArray[np.float64]

FINE = 0.014  # metres between its points: it is looked at closely


@dataclass(frozen=True)
class Veil:
    """A disc for the head, drawn out behind; lengths in metres from the crown.

    front : how far ahead of the crown its edge is held over the brow, in head space
    open  : metres that the edge falls back for each to the side
    """

    side: float = 0.52
    back: float = 0.70
    front: float = 0.098
    open: float = 0.95
    torn: float = 0.02
    slits: int = 4


BROW = 0.056  # metres that the brow lies below the crown
# Where the edge of a veil is held about the face, from the middle of the brow to beside the
# jaw: to the side, ahead of the crown and below it, for a veil whose front is 0.1. It stands off
# the face, so that the hood is a cave.
ABOUT_FACE = np.array(
    [[0, 0.098, 0.056], [0.054, 0.090, 0.058], [0.090, 0.066, 0.082], [0.099, 0.048, 0.150]]
)
LOOSE = 0.07  # by how much of its breadth a veil is drawn together before it falls
FURROW = 0.055  # from fold to fold as it starts, and half their depth
FURROW_DEEP = 0.008


def laid(crown: ArrayLike, turn: ArrayLike, cut: Veil, seed: int) -> Worn:
    """A veil laid on the crown (3,) at a head's frame (3, 3); held about the face and on top."""
    rng = np.random.default_rng(seed)
    hem = pattern.ragged(TURN * cut.side, cut.torn, seed + 1)
    edge = 0.99 * float(np.hypot(cut.front, BROW))  # over the head's curve to the brow

    def front(p: Array) -> Array:
        past = np.maximum(np.abs(p[:, 0]) - 0.07, 0.0)  # from the temples on it falls back
        return np.asarray(0.85 * (p[:, 1] - edge + cut.open * np.minimum(past, 0.25)))

    def shape(p: Array) -> Array:
        long = np.where(p[:, 1] < 0, cut.side / cut.back, 1.0)
        q = np.column_stack([p[:, 0], p[:, 1] * long])
        around = (np.arctan2(q[:, 0], q[:, 1]) + np.pi) * cut.side
        d = np.hypot(q[:, 0], q[:, 1]) - cut.side + hem(around)
        return np.asarray(smooth_max(d, front(p), 0.04))

    cuts = []
    for _ in range(cut.slits):
        angle = rng.uniform(0.35 * np.pi, 1.65 * np.pi)
        way = np.array([np.sin(angle), np.cos(angle)])
        reach = cut.back if abs(angle - np.pi) < 0.4 * np.pi else cut.side
        deep = rng.uniform(0.05, 0.2)
        cuts.append(pattern.wedge((reach + 0.02) * way, (reach - deep) * way, 0.04))
    reach = max(cut.side, cut.back) + 0.05
    made = pattern.cut(pattern.without(shape, *cuts), (-reach, -reach), (reach, edge + 0.05), FINE)
    frame = np.asarray(turn, dtype=np.float64)
    out = level("veil", made, crown, frame, 0.0, rng)
    x, y = made.points.T
    # Drawn together sideways, so that there is cloth for folds down the sides and the back.
    wave = np.sin(TURN * x / FURROW + 1.5 * np.sin(6.0 * y) + rng.uniform(0.0, TURN))
    rise = FURROW_DEEP * wave * smoothstep(0.04, 0.12, np.abs(x))
    start = np.column_stack([(1.0 - LOOSE) * x, (1.0 - 0.5 * LOOSE) * y, rise])
    out.positions[:] += (start - np.column_stack([x, y, np.zeros(len(x))])) @ frame.T
    brow = _front_edge(made, front(made.points))
    held = _about_face(made.points[brow], cut.front)
    inside = np.isfinite(held[:, 0])
    brow, held = brow[inside], held[inside]
    out.positions[brow] = np.asarray(crown) + held @ frame.T
    top = np.flatnonzero(np.hypot(x, y) < 0.03)
    out.positions[top] = np.asarray(crown) + np.column_stack([x, y, 0 * x])[top] @ frame.T
    pinned = np.concatenate([brow, top])
    inward = np.where(y > -0.02, np.maximum(-front(made.points), 0.0), 1.0)
    rim = np.where(inward < HEMMED, np.maximum(made.rim, HEMMED), made.rim)
    hemmed = replace(made, rim=rim)
    held_cloth = replace(out.cloth, pinned=pinned)
    return replace(out, pattern=hemmed, cloth=held_cloth, turned_in=inward)


def _front_edge(made: pattern.Pattern, front: Array) -> NDArray[np.int64]:
    """The points (k,) of a veil's edge about the face, from the left to the right."""
    rim = cloth.rim_of(made.triangles)
    rim = rim[(front[rim] > -0.02) & (made.points[rim, 1] > 0.0)]
    return np.asarray(rim[np.argsort(made.points[rim, 0])])


def _about_face(edge: Array, front: float) -> Array:
    """Where points (k, 2) of the front edge are held, from the crown in the head's axes (k, 3).

    Those that hang beyond the jaw are not held: they are nan.
    """
    path = curve(ABOUT_FACE, 40) + np.array([0.0, front - 0.1, 0.0])
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(edge, axis=0), axis=1))])
    middle = float(np.interp(0.0, edge[:, 0], along))
    off = np.abs(along - middle)
    held = np.column_stack([np.interp(off, lengths, path[:, axis]) for axis in range(3)])
    held *= np.column_stack([np.sign(along - middle), np.ones(len(edge)), -np.ones(len(edge))])
    held[off > lengths[-1]] = np.nan
    return held
