"""What was done to the shift: the folds that pull left in it, and where it is torn.

All of it is drawn on the cloth's own plane: `across` from -1 to 1, `down` from 0 to 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models import shift
from models.mesh import Floats, Ints
from models.sdf import smoothstep

Vectors = NDArray[np.float64]

EXTENT = (0.75, 1.00)  # the cloth's width and length, metres, for what is drawn on it
# What pulls the cloth, and where its folds run to: (across -1..1, down 0..1) of start and of
# the first and last end; how many folds; how high.
FANS = (
    ((-0.10, 0.56), ((-0.75, 1.0), (0.75, 1.0)), 11, 0.0155),
    ((-0.12, 0.57), ((0.25, 0.06), (0.95, 0.42)), 8, 0.0145),
    ((-0.45, 0.02), ((-0.75, 0.42), (0.55, 0.36)), 7, 0.0125),
    ((0.62, 0.04), ((-0.1, 0.30), (0.8, 0.50)), 5, 0.0115),
    ((-0.70, 0.50), ((0.2, 0.36), (0.5, 0.50)), 5, 0.0125),
    ((0.85, 0.62), ((-0.1, 0.72), (0.2, 0.95)), 6, 0.0135),
)


def creased(grid: Vectors, body: shift.Hard, seed: int) -> Vectors:
    """A fallen grid (r, c, 3) with the folds that pull leaves: they run from FANS' points.

    Each is a stroke over the cloth, `EXTENT` metres wide and long: a crest between hollows.
    """
    rng = np.random.default_rng(seed)
    rows, columns = grid.shape[:2]
    row = np.linspace(0, 1, rows)[:, None] * np.ones((1, columns)) * EXTENT[1]
    across = np.linspace(-1, 1, columns)[None, :] * np.ones((rows, 1)) * EXTENT[0] / 2
    height = np.zeros((rows, columns))
    for start, ends, count, crest in FANS:
        for i in range(count):
            t = (i + rng.uniform(0.15, 0.85)) / count
            end = np.array(ends[0]) * (1 - t) + np.array(ends[1]) * t
            a = (np.array(start) + rng.normal(0, 0.02, 2)) * (EXTENT[0] / 2, EXTENT[1])
            b = end * (EXTENT[0] / 2, EXTENT[1])
            bow = float(rng.normal(0, 0.10) * np.linalg.norm(b - a))
            width = rng.uniform(0.009, 0.016)
            height += crest * rng.uniform(0.6, 1.25) * _crest(across, row, a, b, bow, width)
    slope = [np.gradient(grid, axis=axis) for axis in (1, 0)]
    out = np.cross(slope[1], slope[0])
    out /= np.maximum(np.linalg.norm(out, axis=2, keepdims=True), 1e-9)
    moved = (grid + np.clip(height, -0.006, 0.021)[:, :, None] * out).reshape(-1, 3)
    distance, away = body.at(moved)
    moved += np.maximum(0.0025 - distance, 0)[:, None] * away
    moved[:, 2] = np.maximum(moved[:, 2], 0.5 * shift.FLOOR)
    return moved.reshape(grid.shape)


def _crest(x: Vectors, y: Vectors, a: Vectors, b: Vectors, bow: float, width: float) -> Vectors:
    """One fold of height 1 from a to b (2,), bowed sideways by `bow` metres at its middle."""
    way = b - a
    length = float(np.linalg.norm(way))
    way = way / length
    t = ((x - a[0]) * way[0] + (y - a[1]) * way[1]) / length
    side = (y - a[1]) * way[0] - (x - a[0]) * way[1]
    side = side - bow * 4 * np.clip(t, 0, 1) * (1 - np.clip(t, 0, 1))
    wide = width * (0.55 + 0.9 * np.clip(t, 0, 1))
    ridge = np.exp(-((side / wide) ** 2)) - 0.45 * np.exp(-((side / (2.6 * wide)) ** 2))
    out: Vectors = ridge * smoothstep(0.0, 0.22, t) * smoothstep(1.02, 0.72, t)
    return out


def whole_cloth(seed: int) -> Vectors:
    """How far inside the torn cloth each grid point is, (ROWS, COLUMNS): kept where positive.

    The neck is scooped, the hem eaten away in tongues, and there are a few long rents.
    """
    row = np.linspace(0, 1, shift.ROWS)[:, None] * np.ones((1, shift.COLUMNS))
    across = np.linspace(-1, 1, shift.COLUMNS)[None, :] * np.ones((shift.ROWS, 1))
    coarse = shift.grain(across * 5, row * 3, seed) - 0.5
    fine = shift.grain(across * 21, row * 16, seed + 1) - 0.5
    scoop = 0.012 + 0.05 * np.exp(-((across - 0.18) ** 2) / 0.055)
    neck = row - scoop - 0.02 * coarse - 0.015 * fine
    tongue = 0.90 - 0.22 * np.maximum(coarse, 0) - 0.10 * np.maximum(fine, -0.1)
    tongue = tongue - 0.16 * np.exp(-(((across + 0.2) / 0.05) ** 2))
    keep = np.minimum(neck, tongue - row)
    for at, top, wide in ((-0.34, 0.60, 0.020), (0.30, 0.66, 0.016), (0.05, 0.74, 0.022)):
        wander = at + 0.05 * coarse + 0.015 * fine
        rent = np.abs(across - wander) - wide * smoothstep(top, 0.95, row) * 1.6
        keep = np.where(row > top, np.minimum(keep, rent), keep)
    for at, down, big in ((0.40, 0.46, 0.016), (-0.22, 0.30, 0.012), (0.12, 0.62, 0.018)):
        hole = np.hypot((across - at - 0.05 * coarse) * 1.6, (row - down) * 0.45) - big * (1 + fine)
        keep = np.minimum(keep, hole)
    return keep


def finer(grid: Vectors, times: int = 2) -> Vectors:
    """A grid (rows, columns[, k]) with `times` as many cells each way, on cubic splines."""
    rows = np.linspace(0, grid.shape[0] - 1, (grid.shape[0] - 1) * times + 1)
    columns = np.linspace(0, grid.shape[1] - 1, (grid.shape[1] - 1) * times + 1)
    at = np.meshgrid(rows, columns, indexing="ij")
    if grid.ndim == 2:
        plain: Vectors = ndimage.map_coordinates(grid, at, order=3, mode="nearest")
        return plain
    lanes = [ndimage.map_coordinates(grid[:, :, i], at, order=3, mode="nearest") for i in range(3)]
    return np.stack(lanes, axis=-1)


def torn(grid: Vectors, keep: Vectors) -> tuple[Floats, Ints]:
    """The part of a grid (r, c, 3) where `keep` (r, c) is positive, cut through the cells.

    Returns positions (n, 3) and triangles (m, 3), facing up where the columns run to the east.
    """
    rows, columns = keep.shape
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b = index[:-1, :-1].reshape(-1), index[:-1, 1:].reshape(-1)
    c, d = index[1:, :-1].reshape(-1), index[1:, 1:].reshape(-1)
    faces = np.concatenate([np.stack([a, b, d], 1), np.stack([a, d, c], 1)])
    points, level = grid.reshape(-1, 3), keep.reshape(-1)
    inside = level[faces] > 0
    count = inside.sum(axis=1)
    cut: dict[tuple[int, int], int] = {}
    extra: list[Vectors] = []

    def crossing(i: int, j: int) -> int:
        key = (min(i, j), max(i, j))
        if key not in cut:
            t = level[key[0]] / (level[key[0]] - level[key[1]])
            extra.append(points[key[0]] + t * (points[key[1]] - points[key[0]]))
            cut[key] = len(points) + len(extra) - 1
        return cut[key]

    out = [faces[count == 3]]
    for face, flags in zip(faces[(count == 1) | (count == 2)], inside[(count == 1) | (count == 2)]):
        lone = int(np.argmax(flags)) if flags.sum() == 1 else int(np.argmin(flags))
        p, q, r = (int(face[(lone + i) % 3]) for i in range(3))
        pq, pr = crossing(p, q), crossing(p, r)
        new = [[p, pq, pr]] if flags.sum() == 1 else [[pq, q, r], [pq, r, pr]]
        out.append(np.array(new))
    triangles = np.concatenate(out)
    every = np.concatenate([points, np.array(extra).reshape(-1, 3)])
    used, index = np.unique(triangles, return_inverse=True)
    return every[used].astype(np.float32), index.reshape(-1, 3).astype(np.int32)
