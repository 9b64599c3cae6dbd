"""The front of a heavy robe and its torn hem, as who wears it sees them, looking down.

Cloth that hangs fuller below than above runs in folds, and a fold of heavy cloth keeps its length:
so the hem is modelled as a line whose direction swings from side to side (a sine-generated curve,
Langbein and Leopold 1966), the further the nearer to the hem, until folds lean over and lie on one
another. Folds differ in width and depth, some are born on the way down, and the cloth fans out
from the breast over the feet to a train on the stone at both sides. Visitor space (models/
barefoot.py): metres, x to the right, y ahead, z up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models import pattern
from models.sdf import smoothstep

Array = NDArray[np.float64]

ACROSS, DOWN = 360, 36  # points along the hem, and from breast to hem
FINE = 8  # steps between two along it
AROUND = 2.05  # radians to each side of ahead that it is drawn
TOP = 1.16
HIGH = 0.040  # the hem's height in front, over the insteps
FEET = ((-0.094, 0.132), (0.106, 0.245))  # where it lies on the insteps (x, y)
OVER = 0.074  # its height there
SEED = 85
FOLDS = 17  # over the whole front
SWING = 1.55  # radians that the hem's line swings to each side, at most
SLITS = 3  # torn up from the hem
CLOTH, TALL = 2.2, 1.15  # metres of cloth along the hem and down to it
TORN = 0.012  # metres that are torn off the hem here and there
LEAN = 0.62  # metres that it leans back at its top


def leaning(points: Array) -> Array:
    """Points (n, 3) leaning back the more, the higher they are."""
    share = np.clip((points[:, 2] - 0.10) / (TOP - 0.10), 0.0, None)
    return np.asarray(points - np.array([[0.0, LEAN, 0.0]]) * (share**1.3)[:, None])


def _outline(angle: Array, down: Array) -> tuple[Array, Array]:
    """x and y where the cloth would hang without folds, at angles from ahead and 0..1 down."""
    wide = 0.045 + 0.270 * down + 0.125 * down**5
    ahead = 0.060 + 0.100 * down
    side, front = np.sin(angle), np.cos(angle)
    x, y = wide * side, -0.085 + ahead * front
    # Over each foot it comes as far as the instep.
    for foot_x, foot_y in FEET:
        near = np.exp(-(((x - foot_x * down) / (0.085 + 0.03 * down)) ** 2)) * (front > 0.0)
        y = y + near * max(foot_y - 0.075, 0.0) * down**0.8
    return x, y


@dataclass(frozen=True)
class _Folds:
    """Of every fold how deep it is, 0..1, and how far down it is born; of all how wide they are.

    waves : counts along the hem, strengths and phases of what makes some wide and some narrow
    """

    deep: Array
    born: Array
    waves: tuple[tuple[int, float, float], ...]

    def before(self, where: Array) -> Array:
        """How many folds lie before each place (n,), which is 0..1 along the hem."""
        fine = np.linspace(0.0, 1.0, 2001)
        swell = [a * np.sin(2 * np.pi * n * fine + turn) for n, a, turn in self.waves]
        rate = np.exp(np.sum(swell, axis=0))
        total = np.concatenate([[0.0], np.cumsum(0.5 * (rate[1:] + rate[:-1]))])
        return np.asarray(FOLDS * np.interp(where, fine, total / total[-1]))

    def swing(self, phase: Array, down: float) -> Array:
        """How far the line of the cloth swings (n,), radians, where so many folds lie before."""
        number = np.clip(np.floor(phase - 0.25).astype(int), 0, FOLDS)
        share = smoothstep(0.0, 1.0, phase - 0.25 - number)
        deep, born = (
            each[number] * (1 - share) + each[number + 1] * share for each in (self.deep, self.born)
        )
        grown = smoothstep(0.0, 1.0, (down - born) / (1.05 - born))
        return np.asarray(SWING * deep * (0.16 + 0.84 * grown**0.8))


def _folds(rng: np.random.Generator) -> _Folds:
    deep, born = rng.uniform(0.60, 1.0, FOLDS + 2), rng.uniform(0.0, 0.60, FOLDS + 2)
    waves = [(n, rng.uniform(0.25, 0.70), rng.uniform(0, 2 * np.pi)) for n in (2, 3, 5, 8)]
    return _Folds(deep, born * (np.arange(FOLDS + 2) % 2), tuple(waves))


def _line(folds: _Folds, down: float, bend: float) -> Array:
    """Where the cloth runs so far down, seen from above: points (ACROSS, 2)."""
    where = np.linspace(0.0, 1.0, (ACROSS - 1) * FINE + 1)
    bent = where + 0.010 * np.sin(5.0 * down + bend + 7.0 * where) * (1.0 - down)
    phase = folds.before(np.clip(bent, 0.0, 1.0))
    x, y = _outline(AROUND * (2.0 * where - 1.0), np.full(len(where), down))
    along = np.gradient(np.stack([x, y]), axis=1)
    step = np.hypot(*along)
    tangent = along / step
    normal = np.stack([-tangent[1], tangent[0]])
    swing = folds.swing(phase, down)
    for foot_x, _ in FEET:  # what lies on a foot is drawn tighter
        swing = swing * (1.0 - 0.25 * down * np.exp(-(((x - foot_x * down) / 0.05) ** 2)))
    way, length = swing * np.sin(2 * np.pi * phase), 1.0 / np.maximum(_ahead(swing), 0.25)
    out = np.cumsum(step * length * np.sin(way))
    aside = np.cumsum(step * (length * np.cos(way) - 1.0))
    place = [x, y] + normal * _levelled(out, phase) + tangent * _levelled(aside, phase)
    return np.asarray(place[:, ::FINE].T)


def build() -> tuple[Array, NDArray[np.int32], Array]:
    """The robe before it leans: points (n, 3), triangles, and `weave` (n, 3).

    weave : place on the pattern, and the way to its edge
    """
    rng = np.random.default_rng(SEED)
    folds, bend = _folds(rng), rng.uniform(0.0, 2 * np.pi)
    down = np.linspace(0.0, 1.0, DOWN)[:, None] ** 0.85
    flat = np.array([_line(folds, float(share), bend) for share in down[:, 0]])
    where = np.linspace(0.0, 1.0, ACROSS)
    front = np.exp(-((2.0 * (where - 0.5) / 0.50) ** 4))
    gone = pattern.ragged(CLOTH, TORN, SEED + 5)(where * CLOTH)
    low = 0.006 + (HIGH - 0.006) * front + gone * (0.35 + 0.65 * front)
    for x, _ in FEET:
        low = np.maximum(low, OVER * np.exp(-(((flat[-1, :, 0] - x) / 0.055) ** 4)))
    points = np.dstack([flat, TOP + (low - TOP) * down]).reshape(-1, 3)
    index = np.arange(ACROSS * DOWN).reshape(DOWN, ACROSS)
    a, b = index[:-1, :-1].ravel(), index[:-1, 1:].ravel()
    c, d = a + ACROSS, b + ACROSS
    triangles = np.concatenate([np.column_stack([a, b, c]), np.column_stack([b, d, c])])
    across = CLOTH * (where - 0.5) * (0.4 + 0.6 * down)
    fallen = np.broadcast_to(TALL * down, across.shape)
    weave = np.stack([across, fallen, TALL - fallen], axis=-1).reshape(-1, 3)
    return _slit(points, triangles, weave, rng)


def _slit(
    points: Array, triangles: NDArray[np.int64], weave: Array, rng: np.random.Generator
) -> tuple[Array, NDArray[np.int32], Array]:
    """The same cloth torn up from its hem here and there."""
    across, up = weave[:, 0], weave[:, 2]
    for place in np.linspace(-0.40, 0.43, SLITS) * CLOTH:
        at, high = place + rng.normal(0.0, 0.05), rng.uniform(0.04, 0.10)
        wide, lean = 0.004 + 0.09 * high * rng.uniform(0.6, 1.2), rng.normal(0.0, 0.10)
        beside = np.abs(across - at - lean * up)
        gap = beside - wide * np.sqrt(np.clip(1.0 - up / high, 0.0, None))
        gap = np.where(up < high, gap, np.hypot(beside, up - high))
        triangles = triangles[gap[triangles].mean(axis=1) > 0.0]
        weave[:, 2] = np.minimum(weave[:, 2], np.maximum(gap, 0.0))
    used, index = np.unique(triangles, return_inverse=True)
    return points[used], index.reshape(-1, 3).astype(np.int32), weave[used]


def _ahead(swing: Array) -> Array:
    """How far a line gets that swings so, below 2, as a share of its length: Bessel's J0."""
    half = 0.25 * swing * swing
    return np.asarray(1.0 - half + half**2 / 4.0 - half**3 / 36.0)


def _levelled(line: Array, phase: Array) -> Array:
    """A line without its drift: its mean over each fold is nought."""
    number = np.floor(phase).astype(int)
    count = np.bincount(number)
    mean = np.bincount(number, weights=line) / np.maximum(count, 1)
    middle = np.bincount(number, weights=phase) / np.maximum(count, 1)
    return np.asarray(line - np.interp(phase, middle[count > 0], mean[count > 0]))
