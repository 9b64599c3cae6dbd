"""A veil: a disc laid over the head, with a piece cut from its front, that hangs as a deep hood.

Its edge about the face is held a hand's breadth off it, so that the hood is a cave; what hangs
beside the face and behind it falls in folds. Person space: metres, as in models/people/garments.py.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models import cloth, pattern
from models.people.garments import TURN, Worn, level
from models.sdf import curve, smooth_max, smooth_min, smoothstep

Array = NDArray[np.float64]

FINE = 0.014  # metres between its points: it is looked at closely


@dataclass(frozen=True)
class Veil:
    """A disc for the head, drawn out behind; lengths in metres from the crown.

    front : how far ahead of the crown its edge is held over the brow, in head space
    open  : half of the angle that is cut from it in front, radians
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
    [
        [0, 0.098, 0.052],
        [0.046, 0.093, 0.056],
        [0.080, 0.076, 0.080],
        [0.097, 0.056, 0.130],
        [0.102, 0.046, 0.200],
    ]
)
LOOSE = 0.10  # by how much of its breadth a veil is drawn together before it falls
FURROW = 0.055  # from fold to fold as it starts, and half their depth
FURROW_DEEP = 0.008
CROWNED = 1.02  # how much further it is over the head's curve than straight
CORNER = 0.05  # metres about which the edge turns from the brow down
FOLDED = (0.27, 0.55)  # metres from the crown between which the fold about the face runs out
WHOLE = 0.06  # metres to the edge that it has where it does not fray


def laid(crown: ArrayLike, turn: ArrayLike, cut: Veil, seed: int) -> Worn:
    """A veil laid on the crown (3,) at a head's frame (3, 3); held about the face and on top."""
    rng = np.random.default_rng(seed)
    hem = pattern.ragged(TURN * cut.side, cut.torn, seed + 1)
    path = _about_face(cut.front)
    reach = CROWNED * np.linalg.norm(path, axis=1)  # over the head's curve to where it is held
    step, rise = np.linalg.norm(np.diff(path, axis=0), axis=1), np.diff(reach)
    turned = np.sqrt(np.maximum(step**2 - rise**2, 0.0)) / (0.5 * (reach[1:] + reach[:-1]))
    round_ = np.concatenate([[0.0], np.cumsum(turned)])  # as a cone is laid flat

    def front(p: Array) -> Array:
        away, angle = np.hypot(p[:, 0], p[:, 1]), np.abs(np.arctan2(p[:, 0], p[:, 1]))
        side = away * np.sin(np.clip(cut.open - angle, -1.5, 1.5))
        return np.asarray(smooth_min(side, away - np.interp(angle, round_, reach), CORNER))

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
        hem_at = cut.back if abs(angle - np.pi) < 0.4 * np.pi else cut.side
        deep = rng.uniform(0.05, 0.2)
        cuts.append(pattern.wedge((hem_at + 0.02) * way, (hem_at - deep) * way, 0.04))
    most = max(cut.side, cut.back) + 0.05
    made = pattern.cut(pattern.without(shape, *cuts), (-most, -most), (most, most), FINE)
    frame = np.asarray(turn, dtype=np.float64)
    out = level("veil", made, crown, frame, 0.0, rng)
    x, y = made.points.T
    # Drawn together sideways, so that there is cloth for folds down the sides and the back.
    wave = np.sin(TURN * x / FURROW + 1.5 * np.sin(6.0 * y) + rng.uniform(0.0, TURN))
    rise = FURROW_DEEP * wave * smoothstep(0.04, 0.12, np.abs(x))
    start = np.column_stack([(1.0 - LOOSE) * x, (1.0 - 0.5 * LOOSE) * y, rise])
    out.positions[:] += (start - np.column_stack([x, y, np.zeros(len(x))])) @ frame.T
    brow = _front_edge(made, front(made.points))
    held = _held(made.points[brow], path)
    inside = np.isfinite(held[:, 0])
    brow, held = brow[inside], held[inside]
    out.positions[brow] = np.asarray(crown) + held @ frame.T
    top = np.flatnonzero(np.hypot(x, y) < 0.03)
    out.positions[top] = np.asarray(crown) + np.column_stack([x, y, 0 * x])[top] @ frame.T
    pinned = np.concatenate([brow, top])
    inward = np.maximum(-front(made.points), 0.0) + WHOLE * smoothstep(*FOLDED, np.hypot(x, y))
    rim = np.maximum(made.rim, WHOLE * smoothstep(0.10, 0.03, inward))
    hemmed = replace(made, rim=rim)
    held_cloth = replace(out.cloth, pinned=pinned)
    return replace(out, pattern=hemmed, cloth=held_cloth, turned_in=inward)


def _front_edge(made: pattern.Pattern, front: Array) -> NDArray[np.int64]:
    """The points (k,) of a veil's edge about the face, from the left to the right."""
    rim = cloth.rim_of(made.triangles)
    rim = rim[front[rim] > -0.02]
    return np.asarray(rim[np.argsort(made.points[rim, 0])])


def _about_face(front: float) -> Array:
    """The way (k, 3) from the middle of the brow to beside the jaw that the edge is held on, from
    the crown in the head's axes."""
    path = curve(ABOUT_FACE, 40) + np.array([0.0, front - 0.1, 0.0])
    return np.asarray(path * np.array([1.0, 1.0, -1.0]))


def _held(edge: Array, path: Array) -> Array:
    """Where points (k, 2) of the front edge are held, from the crown in the head's axes (k, 3).

    Those that hang beyond the jaw are not held: they are nan.
    """
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(edge, axis=0), axis=1))])
    middle = float(np.interp(0.0, edge[:, 0], along))
    off = np.abs(along - middle)
    held = np.column_stack([np.interp(off, lengths, path[:, axis]) for axis in range(3)])
    held[:, 0] *= np.sign(along - middle)
    held[off > lengths[-1]] = np.nan
    return held
