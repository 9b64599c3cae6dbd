"""Single hairs of the fallen one, seen within arm's length: at the hairline, loose on her face,
along the locks on the stone, and in the brows.

A hair is a line; it is kept as its points and unrolled into a ribbon (models/people/strand.py)
when it is drawn. Hairs that start beside each other run together in wisps, as real ones do
(clumps about guides: Ward et al., 2007), and some stray. Paths are in head space, centimetres,
or in world space, metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import interpolate, spatial

from models.mesh import Mesh, unit
from models.people import cap, sleeper, strand
from models.sdf import Settled, smoothstep

Vectors = NDArray[np.float64]

PARTS = ("locks", "headed", "loose", "brows")  # as they are laid over each other

HEADED, WISPS_OF = 7000, 520  # hairs on the skull, and the wisps that they gather in
HEADED_POINTS = 8
BAND = (-0.30, 0.42)  # where they start, by `sleeper.before_hair`
LONG, SHORT, BABY = (0.60, 1.0), (0.12, 0.34), 0.13  # of a path, and what share is short
HALF = (0.0046, 0.0088)  # half a hair's width, centimetres
GATHERS = 0.72  # how far a hair comes to its wisp's middle
STANDS = (0.03, 0.46, 0.22)  # off the skull: at the root, further on, and how much more some

# Wisps that have come loose, from the root to the tip, about the skull.
LOOSE = (
    (
        (1.4, 6.4, 7.9),
        (3.4, 6.9, 5.9),
        (5.1, 5.8, 3.6),
        (6.1, 4.0, 1.0),
        (6.7, 1.6, -1.2),
        (7.2, -1.4, -2.8),
    ),
    (
        (2.6, 6.2, 7.4),
        (4.3, 6.2, 5.4),
        (5.7, 4.9, 3.2),
        (6.4, 2.9, 0.8),
        (7.2, 0.0, -0.2),
        (7.4, -2.8, -1.2),
    ),
    (
        (4.2, 5.0, 6.4),
        (5.4, 4.9, 4.4),
        (6.0, 4.3, 1.9),
        (5.9, 4.1, -0.6),
        (5.7, 3.7, -3.0),
        (5.9, 1.6, -5.2),
    ),
    (
        (5.4, 3.6, 5.2),
        (6.3, 3.1, 2.6),
        (6.6, 2.2, 0.2),
        (6.5, 1.6, -2.4),
        (6.2, 0.9, -5.0),
        (5.6, -1.0, -7.6),
    ),
    ((5.8, 2.8, 4.4), (6.6, 2.0, 1.8), (7.0, 0.9, -0.4), (7.0, 0.0, -2.8), (6.4, -1.0, -5.4)),
    (
        (0.6, 6.9, 7.6),
        (-0.6, 7.9, 6.1),
        (-2.3, 7.7, 4.6),
        (-4.3, 6.2, 3.2),
        (-5.9, 3.8, 1.4),
        (-6.6, 1.4, -1.0),
    ),
    ((-1.8, 6.5, 7.4), (-3.5, 6.6, 5.6), (-5.1, 5.2, 3.6), (-6.2, 3.2, 1.2), (-6.7, 1.2, -1.8)),
    ((-4.4, 4.9, 6.2), (-5.6, 4.4, 3.8), (-6.1, 3.7, 1.2), (-6.2, 3.0, -1.6), (-6.2, 1.4, -4.6)),
    ((1.9, 6.6, 7.6), (2.3, 7.6, 6.2), (3.5, 7.5, 4.6), (4.9, 6.4, 3.3), (5.9, 4.6, 2.2)),
)
# Tresses over the ears, the same.
OVER_EAR = (
    (
        (5.2, 3.4, 5.6),
        (6.4, 2.4, 3.4),
        (7.1, 0.8, 1.4),
        (7.7, -0.6, -0.6),
        (7.3, -1.6, -2.8),
        (6.2, -3.2, -5.0),
    ),
    ((5.0, 3.0, 6.2), (6.3, 1.4, 4.2), (7.1, -0.4, 2.2), (7.7, -1.9, 0.2), (7.2, -3.4, -1.8)),
    (
        (5.8, 3.2, 4.4),
        (6.6, 2.4, 2.4),
        (7.2, 1.5, 0.6),
        (7.5, 0.8, -1.1),
        (7.2, -0.1, -3.0),
        (6.3, -2.0, -5.4),
    ),
    (
        (5.7, 3.8, 3.6),
        (6.4, 3.0, 1.4),
        (6.8, 1.9, -0.8),
        (7.1, 0.8, -2.6),
        (6.8, -0.2, -4.3),
        (5.9, -1.8, -7.0),
    ),
    (
        (6.0, 3.2, 3.4),
        (6.6, 2.3, 1.2),
        (7.2, 1.0, -1.0),
        (7.4, 0.0, -2.9),
        (6.9, -1.0, -4.8),
        (6.0, -2.8, -7.2),
    ),
    (
        (5.9, 3.4, 2.6),
        (6.5, 2.6, 0.4),
        (6.9, 1.5, -1.6),
        (6.9, 0.6, -3.4),
        (6.4, -0.2, -5.2),
        (5.6, -1.4, -7.8),
    ),
    (
        (5.5, 3.4, 4.9),
        (6.6, 2.2, 3.0),
        (7.4, 0.8, 1.3),
        (7.8, -0.1, -0.4),
        (7.4, -1.0, -2.4),
        (6.4, -2.8, -4.6),
    ),
)
TRESS, TRESS_WIDE = 150, 0.48  # hairs of one, and how far they lie aside
LOOSE_EACH, LOOSE_POINTS = (8, 18), 16
RISES = 0.20  # how far a loose wisp lies off the skin at most

LOCK_EACH, LOCK_POINTS = 24, 16
LOCK_LONG = (0.40, 1.0)  # of their lock
LOCK_HALF, LOCK_WIDE = (0.00005, 0.00010), 0.026  # half a hair's and half a lock's width, metres
STRAY = 0.14  # the share of hairs that leave their lock

BROWS, BROW_HALF, BROW_POINTS = 420, (0.0030, 0.0062), 6  # of each brow; half their widths
SEED = 12


class Line(Protocol):
    """What this needs to know of a lock's quill: see models/people/hair.py."""

    @property
    def points(self) -> Vectors: ...
    @property
    def tangents(self) -> Vectors: ...
    @property
    def normals(self) -> Vectors: ...


def headed(skull: Settled, rng: np.random.Generator) -> Mesh:
    """Hairs that start on the skin, one by one before the hairline and many behind it."""
    points, _ = cap.ground(skull)
    front = sleeper.before_hair(points) + 0.045 * np.sin(5.0 * cap.around(points) + 0.7)
    front += 0.030 * np.sin(13.0 * cap.around(points))
    dense = smoothstep(BAND[1], 0.27, front) * (1.0 - 0.9 * smoothstep(0.16, -0.12, front))
    dense *= (front > BAND[0]) & (points[:, 2] > -2.4)
    starts = points[rng.choice(len(points), HEADED, p=dense / dense.sum())]
    starts = starts + rng.normal(0.0, 0.13, starts.shape)
    for _ in range(3):
        starts = starts - skull.at(starts)[:, None] * skull.gradient(starts)
    guides = starts[rng.choice(HEADED, WISPS_OF, replace=False)]
    baby = (rng.random(HEADED) < BABY) | (sleeper.before_hair(starts) > 0.34)
    whose = spatial.cKDTree(guides).query(starts)[1]
    reach = rng.uniform(0.80, 1.08, WISPS_OF)
    middles = cap.combed(skull, guides, cap.PACE * reach, rng)
    paths = cap.combed(skull, starts, cap.PACE * reach[whose], rng)
    share = np.linspace(0.0, 1.0, cap.STEPS)[:, None]
    pull = (GATHERS * rng.uniform(0.5, 1.0, HEADED))[:, None, None] * smoothstep(0.05, 0.6, share)
    paths = paths + np.where(baby[:, None, None], 0.4, 1.0) * pull * (middles[whose] - paths)
    long = np.where(baby, rng.uniform(*SHORT, HEADED), rng.uniform(*LONG, HEADED))
    lines = _resampled(paths, long, HEADED_POINTS)
    run = np.linspace(0.0, 1.0, HEADED_POINTS)
    wave = (
        rng.normal(0.0, 1.0, (HEADED, 1, 3))
        * np.sin(rng.uniform(3.0, 9.0, (HEADED, 1)) * run + rng.uniform(0, 6.28, (HEADED, 1)))[
            ..., None
        ]
    )
    lines = lines + 0.055 * run[None, :, None] * wave
    far = (long[:, None] * run) / 0.22  # the way on which a hair comes off the skin
    over = np.where(baby, rng.uniform(0.1, 1.3, HEADED), rng.uniform(0.0, 1.0, HEADED) ** 2)
    off = STANDS[0] + STANDS[1] * smoothstep(0.0, 1.0, far) * np.where(baby, 0.5, 1.0)[:, None]
    off = off + STANDS[2] * over[:, None] * smoothstep(0.0, 1.4, far)
    lines = cap.lifted(skull, lines, off)
    half = rng.uniform(*HALF, HEADED) * np.where(baby, 0.62, 1.0)
    order = np.argsort(off[:, -1])
    return _on_head(skull, lines[order], half[order], strand.HAIR)


def loose(skull: Settled, rng: np.random.Generator) -> Mesh:
    """Wisps that have come loose and lie on brow, temples, ears and cheeks."""
    every, hung = [], []
    run = np.linspace(0.0, 1.0, LOOSE_POINTS)
    mirrored = tuple(tuple((-x, y, z) for x, y, z in way) for way in OVER_EAR)
    for way in (*OVER_EAR, *mirrored, *LOOSE):
        curve = interpolate.make_interp_spline(np.linspace(0, 1, len(way)), np.array(way), k=3)
        tress = way not in LOOSE
        wide = TRESS_WIDE if tress else 0.16
        for _ in range(TRESS if tress else int(rng.integers(*LOOSE_EACH))):
            long = rng.uniform(0.55, 1.0)
            line = curve(long * run)
            start, end = rng.normal(0.0, wide, 3), rng.normal(0.0, 0.18 + wide, 3)
            turn = rng.uniform(0, 6.28)
            sway = 0.10 * np.sin(5.0 * run + turn)[:, None] * rng.normal(0.0, 1.0, 3)
            hung.append(tress)
            every.append(line + (1 - run[:, None]) ** 2 * start + run[:, None] ** 1.5 * end + sway)
    lines = np.array(every)
    off = 0.07 + RISES * rng.random((len(lines), 1)) * np.sin(np.pi * run) ** 2
    # What hangs over an ear does not go down into it.
    laid, clear = cap.lifted(skull, lines, off), cap.lifted(skull, lines, off, push=True)
    lines = np.where(np.array(hung)[:, None, None], clear, laid)
    return _on_head(skull, lines, rng.uniform(0.0050, 0.0080, len(lines)), strand.HAIR)


def along_locks(body: Settled, quills: Sequence[Line], rng: np.random.Generator) -> Mesh:
    """Hairs on and beside the locks that lie on the stone; some leave their own for another."""
    lines, ups = [], []
    run = np.linspace(0.0, 1.0, LOCK_POINTS)
    for quill in quills:
        for _ in range(LOCK_EACH):
            where = run * rng.uniform(*LOCK_LONG)
            at = where * (len(quill.points) - 1)
            middle, up, along = (
                strand.between(values, at)
                for values in (quill.points, quill.normals, quill.tangents)
            )
            side = np.cross(along, up)
            stray = rng.random() < STRAY
            aside = rng.uniform(-1.1, 1.1)
            apart = aside * LOCK_WIDE * (0.55 + 0.45 * smoothstep(0.0, 0.3, where))
            gather = 1.0 - 0.45 * rng.random() * smoothstep(0.3, 1.0, where)
            sway = np.sin(rng.uniform(8, 24) * where + rng.uniform(0, 6.28))
            apart = apart * gather + rng.normal(0.0, 0.0035) * sway * smoothstep(0.02, 0.2, where)
            apart = apart + rng.normal(0.0, 0.10 if stray else 0.015) * where**1.6
            arch = strand.ARCH * 1.15 * LOCK_WIDE * max(1.0 - aside * aside, 0.0)
            high = 0.0030 + arch * smoothstep(0.0, 0.15, where) * (1.0 - 0.5 * where)
            high = high + rng.random() ** 2 * 0.006 * np.sin(np.pi * run)
            lines.append(middle + apart[:, None] * side + high[:, None] * up)
            ups.append(unit(up + (0.8 * aside) * side))
    every = np.array(lines)
    flat = every.reshape(-1, 3)
    deep = np.maximum(0.004 - body.at(flat), 0.0)
    every = (flat + deep[:, None] * body.gradient(flat)).reshape(every.shape)
    count = len(every)
    order = np.argsort(every[:, :, 2].mean(axis=1))
    half = rng.uniform(*LOCK_HALF, count)
    return strand.kept(
        every[order], np.array(ups, dtype=np.float64)[order], half, _numbers(count), strand.HAIR
    )


def brows(skull: Settled, rng: np.random.Generator) -> Mesh:
    """Hairs that rise at a brow's inner end, meet along its middle, and lie down outward."""
    every = []
    run = np.linspace(0.0, 1.0, BROW_POINTS)
    for side in (1.0, -1.0):
        u = rng.random(BROWS) ** 1.05
        across = np.clip(rng.normal(0.0, 0.55, BROWS), -1.3, 1.3)
        thick = 0.33 * (1.0 - 0.58 * u) * smoothstep(-0.12, 0.14, u)
        x = 0.95 + 3.75 * u
        z = 1.62 + 2.35 * u - 2.25 * u * u + thick * across
        slope = np.arctan(0.64 - 1.22 * u)
        # Along the lower edge they rise, along the upper they lie down, and meet between.
        lean = np.where(across < 0.0, 1.05, 0.30) * (1.0 - 0.84 * smoothstep(0.0, 0.55, u))
        lean = lean - 0.22 * np.maximum(across, 0.0) * u + rng.normal(0.0, 0.12, BROWS)
        long = rng.uniform(0.35, 0.95, BROWS) * (0.46 + 0.22 * np.sin(np.pi * u))
        bent = (slope + lean)[:, None] - (0.55 * lean)[:, None] * run
        steps = long[:, None] / (BROW_POINTS - 1)
        px = x[:, None] + np.cumsum(steps * np.cos(bent), axis=1)
        pz = z[:, None] + np.cumsum(steps * np.sin(bent), axis=1)
        lines = np.stack([side * px, np.full_like(px, 7.2), pz], axis=-1)
        for _ in range(10):  # straight back on to the brow
            lines[..., 1] -= skull.at(lines.reshape(-1, 3)).reshape(px.shape)
        lift = 0.010 + 0.035 * np.sin(np.pi * run) * rng.random(BROWS)[:, None]
        every.append(cap.lifted(skull, lines, lift))
    lines = np.concatenate(every)
    return _on_head(skull, lines, rng.uniform(*BROW_HALF, len(lines)), strand.BROW)


def build(skull: Settled, body: Settled, quills: Sequence[Line]) -> dict[str, Mesh]:
    """All of them by where they are, in the order in which they are laid over each other."""
    rng = np.random.default_rng(SEED)
    made = (
        along_locks(body, quills, rng), headed(skull, rng), loose(skull, rng), brows(skull, rng),
    )  # fmt: skip
    return dict(zip(PARTS, made, strict=True))


def _on_head(skull: Settled, lines: Vectors, half: Vectors, kind: float) -> Mesh:
    world, ups = cap.placed(skull, lines)
    return strand.kept(world, ups, 0.01 * half, _numbers(len(lines)), kind)


def _numbers(count: int) -> Vectors:
    return np.asarray((0.618 * (np.arange(count) + 1)) % 1.0)


def _resampled(paths: Vectors, long: Vectors, points: int) -> Vectors:
    """Paths (n, k, 3), each of the share `long` (n,) of itself, in so many points."""
    steps = paths.shape[1] - 1
    at = np.clip(long[:, None] * np.linspace(0.0, steps, points), 0.0, steps - 1e-6)
    low = at.astype(int)
    part = (at - low)[..., None]
    rows = np.arange(len(paths))[:, None]
    return np.asarray(paths[rows, low] * (1.0 - part) + paths[rows, low + 1] * part)
