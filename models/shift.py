"""The thin torn shift of the fallen one: cloth let fall over the body, then torn.

A sheet is laid round the upper side of trunk and thighs, its sides tucked under the body,
wider than what it covers, and let go: extended position-based dynamics (Macklin et al., 2016;
small steps, 2019) on a grid of rows from the breast to the knees and columns from side to
side. Distance constraints alone: warp and weft stiff, diagonals and second neighbours soft.
Metres, kilograms left out (unit mass), seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models.mesh import Floats, Ints
from models.noise import value_noise
from models.sdf import Clay, smoothstep

Vectors = NDArray[np.float64]

ROWS, COLUMNS = 104, 116
SUBSTEP = 0.0035
SETTLING = 620  # substeps
GRAVITY = 9.81
DRAG = 1.6  # 1/s
FASTEST = 2.0  # m/s
OFFSET = 0.0045  # cloth above skin
FLOOR = 0.0035
GRIP_BODY, GRIP_FLOOR = 0.30, 0.35
SLACK_TOP, SLACK_HIPS, SLACK_HEM = 1.08, 1.36, 1.62
LENGTH_SLACK = 1.06
BUCKLING = 0.0035  # start noise that lets it choose where to fold
SIDE = np.radians(28.0)  # how far below the horizontal the sheet is tucked
REACH = 0.42
COMPLIANCE = {"weave": 2e-8, "shear": 4e-6, "bend": 5e-5}


@dataclass(frozen=True)
class Links:
    """Pairs of grid slices that no vertex is in twice, with rest lengths and compliance."""

    first: tuple[slice, slice]
    second: tuple[slice, slice]
    rest: Vectors
    compliance: float


def around(body: Clay, path: Vectors) -> Vectors:
    """The sheet before it falls: (ROWS, COLUMNS, 3), just outside the body along `path` (k, 3)."""
    at = np.linspace(0, 1, ROWS)
    knots = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    centre = np.stack([np.interp(at, knots / knots[-1], path[:, i]) for i in range(3)], axis=1)
    centre = ndimage.gaussian_filter1d(centre, 7, axis=0, mode="nearest")
    heading = np.gradient(centre, axis=0)
    heading[:, 2] = 0
    heading /= np.linalg.norm(heading, axis=1, keepdims=True)
    east = np.stack([heading[:, 1], -heading[:, 0], np.zeros(ROWS)], axis=1)
    turn = np.linspace(-SIDE, np.pi + SIDE, COLUMNS)
    rays = -np.cos(turn)[None, :, None] * east[:, None, :]
    rays = rays + np.sin(turn)[None, :, None] * np.array([0.0, 0.0, 1.0])
    reach = np.linspace(0.02, REACH, 100)
    points = centre[:, None, None, :] + reach[:, None] * rays[:, :, None, :]
    depth = body.at(points.reshape(-1, 3)).reshape(points.shape[:3])
    radius = np.where(depth < OFFSET + 0.002, reach, 0.03).max(axis=2)
    radius = ndimage.maximum_filter(radius, (3, 5), mode="nearest")
    radius = ndimage.gaussian_filter(radius, (2.0, 2.5), mode="nearest") + 0.004
    sheet = centre[:, None, :] + radius[:, :, None] * rays
    sheet[:, :, 2] = np.maximum(sheet[:, :, 2], FLOOR)
    return sheet


def links(sheet: Vectors) -> list[Links]:
    """Every constraint of the cloth, its rest lengths wider than the sheet by the slack."""
    rows = np.linspace(0, 1, ROWS)
    slack = np.interp(rows, [0, 0.12, 0.55, 1], [SLACK_TOP, SLACK_TOP, SLACK_HIPS, SLACK_HEM])
    found = []
    for step, kind in (
        ((0, 1), "weave"),
        ((1, 0), "weave"),
        ((1, 1), "shear"),
        ((1, -1), "shear"),
        ((0, 2), "bend"),
        ((2, 0), "bend"),
    ):
        for first, second in _colours(step):
            gap = sheet[second] - sheet[first]
            wide = slack[first[0]][:, None]
            if step[1] == 0:
                rest = np.linalg.norm(gap, axis=2) * LENGTH_SLACK
            elif step[0] == 0:
                rest = np.linalg.norm(gap, axis=2) * wide
            else:
                rest = np.linalg.norm(gap, axis=2) * 0.5 * (wide + LENGTH_SLACK)
            found.append(Links(first, second, rest, COMPLIANCE[kind]))
    return found


def _colours(step: tuple[int, int]) -> Iterator[tuple[tuple[slice, slice], tuple[slice, slice]]]:
    """Slices for a neighbour `step` away, split so that no vertex is moved twice at once."""
    axis = 0 if step[0] else 1
    stride = 2 * max(abs(step[0]), abs(step[1]))
    size = (ROWS, COLUMNS)[axis]
    for start in range(stride):
        if start + abs(step[axis]) >= size:
            continue
        last = size - abs(step[axis])
        lanes = [slice(0, ROWS), slice(0, COLUMNS)]
        others = [slice(0, ROWS), slice(0, COLUMNS)]
        lanes[axis] = slice(start, last, stride)
        others[axis] = slice(start + abs(step[axis]), size, stride)
        count = len(range(*lanes[axis].indices(size)))
        others[axis] = slice(start + abs(step[axis]), start + abs(step[axis]) + (count - 1) * stride + 1, stride)
        if axis == 0 and step[1]:
            lanes[1] = slice(0, COLUMNS - 1) if step[1] > 0 else slice(1, COLUMNS)
            others[1] = slice(1, COLUMNS) if step[1] > 0 else slice(0, COLUMNS - 1)
        yield (lanes[0], lanes[1]), (others[0], others[1])


class Hard:
    """What cloth rests on: a clay's distance and the way out of it, looked up on its grid."""

    def __init__(self, clay: Clay) -> None:
        self._low, self._step = clay.low, clay.step
        values = np.clip(clay.values, -0.05, 0.06)
        self._values = values
        self._slopes = np.stack(np.gradient(values, clay.step), axis=-1)

    def at(self, points: Vectors) -> tuple[Vectors, Vectors]:
        """Distance (n,) and outward unit vectors (n, 3) at points (n, 3)."""
        cells = (points - self._low) / self._step
        distance = ndimage.map_coordinates(self._values, cells.T, order=1, mode="nearest")
        near = np.clip(np.rint(cells).astype(int), 0, np.array(self._values.shape) - 1)
        slope = self._slopes[near[:, 0], near[:, 1], near[:, 2]]
        slope = slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-6)
        return distance, slope


def fall(sheet: Vectors, body: Hard, weight: Hard, seed: int) -> Vectors:
    """The sheet (ROWS, COLUMNS, 3) after it has fallen on the body.

    weight : what lies on top of the cloth and presses it down (the arm)
    """
    constraints = links(sheet)
    rng = np.random.default_rng(seed)
    free = np.ones(sheet.shape[:2])
    free[0] = 0
    free[:, 0] = free[:, -1] = 0
    rough = ndimage.gaussian_filter(rng.standard_normal(sheet.shape[:2]), (2.4, 1.1))
    now = sheet.copy()
    now[:, :, 2] += BUCKLING * np.abs(rough / rough.std()) * free
    speed = np.zeros_like(now)
    for count in range(SETTLING):
        speed[:, :, 2] -= GRAVITY * SUBSTEP
        speed *= np.exp(-DRAG * SUBSTEP)
        pace = np.linalg.norm(speed, axis=2, keepdims=True)
        speed *= np.minimum(1, FASTEST / np.maximum(pace, 1e-9))
        before = now.copy()
        now = now + SUBSTEP * speed * free[:, :, None]
        for link in constraints:
            _pull(now, free, link)
        _rest_on(now, before, body, free)
        if count > SETTLING // 3:
            _pressed(now, weight, free)
        _on_floor(now, before, free)
        speed = (now - before) / SUBSTEP
    return now


def _pull(now: Vectors, free: Vectors, link: Links) -> None:
    a, b = now[link.first], now[link.second]
    wa, wb = free[link.first], free[link.second]
    gap = b - a
    length = np.sqrt(np.einsum("ijk,ijk->ij", gap, gap))
    share = wa + wb + link.compliance / SUBSTEP**2
    scale = (length - link.rest) / np.maximum(share * length, 1e-9)
    move = scale[:, :, None] * gap
    now[link.first] = a + wa[:, :, None] * move
    now[link.second] = b - wb[:, :, None] * move


def _rest_on(now: Vectors, before: Vectors, body: Hard, free: Vectors) -> None:
    flat = now.reshape(-1, 3)
    distance, out = body.at(flat)
    deep = np.maximum(OFFSET - distance, 0) * free.reshape(-1)
    touching = deep > 0
    flat[touching] += deep[touching, None] * out[touching]
    slip = flat[touching] - before.reshape(-1, 3)[touching]
    slip -= np.einsum("ij,ij->i", slip, out[touching])[:, None] * out[touching]
    flat[touching] -= GRIP_BODY * slip


def _pressed(now: Vectors, weight: Hard, free: Vectors) -> None:
    """Cloth under what lies on it: pushed out of it, but never upwards."""
    flat = now.reshape(-1, 3)
    distance, out = weight.at(flat)
    deep = np.clip(0.004 - distance, 0, 0.004) * free.reshape(-1)
    out = out.copy()
    out[:, 2] = np.minimum(out[:, 2], 0) - 0.4
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    flat += deep[:, None] * out


def _on_floor(now: Vectors, before: Vectors, free: Vectors) -> None:
    low = now[:, :, 2] < FLOOR
    now[:, :, 2] = np.maximum(now[:, :, 2], FLOOR)
    slip = (now - before)[:, :, :2] * (low & (free > 0))[:, :, None]
    now[:, :, :2] -= GRIP_FLOOR * slip


def whole_cloth(seed: int) -> Vectors:
    """How far inside the torn cloth each grid point is, (ROWS, COLUMNS): kept where positive.

    The neck is scooped, the hem eaten away in tongues, and there are a few long rents.
    """
    row = np.linspace(0, 1, ROWS)[:, None] * np.ones((1, COLUMNS))
    across = np.linspace(-1, 1, COLUMNS)[None, :] * np.ones((ROWS, 1))
    grain = _noise(across * 5, row * 3, seed) - 0.5
    fine = _noise(across * 21, row * 16, seed + 1) - 0.5
    scoop = 0.02 + 0.13 * np.exp(-((across - 0.18) ** 2) / 0.055)
    neck = row - scoop - 0.02 * grain - 0.015 * fine
    tongue = 0.90 - 0.22 * np.maximum(grain, 0) - 0.10 * np.maximum(fine, -0.1)
    tongue = tongue - 0.16 * np.exp(-(((across + 0.2) / 0.05) ** 2))
    keep = np.minimum(neck, tongue - row)
    for at, top, wide in ((-0.34, 0.60, 0.020), (0.30, 0.66, 0.016), (0.05, 0.74, 0.022)):
        wander = at + 0.05 * grain + 0.015 * fine
        rent = np.abs(across - wander) - wide * smoothstep(top, 0.95, row) * 1.6
        keep = np.where(row > top, np.minimum(keep, rent), keep)
    for at, down, big in ((0.42, 0.50, 0.030), (-0.12, 0.36, 0.022), (0.15, 0.70, 0.026)):
        hole = np.hypot((across - at) * 0.55, row - down) - big * (1 + 1.4 * fine + grain)
        keep = np.minimum(keep, hole)
    return keep


def _noise(x: Vectors, y: Vectors, seed: int) -> Vectors:
    points = np.stack([x, y, np.full_like(x, 17.3 * seed)], axis=-1)
    out: Vectors = np.asarray(value_noise(points.reshape(-1, 3)), dtype=np.float64).reshape(x.shape)
    return out


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
