"""The thin shift of the fallen one: cloth let fall over the body. (Torn in torn.py.)

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

from models.noise import value_noise
from models.sdf import Clay, smoothstep

Vectors = NDArray[np.float64]

ROWS, COLUMNS = 104, 116
SUBSTEP = 0.0035
SETTLING = 420  # substeps
GRAVITY = 9.81
DRAG = 1.6  # 1/s
FASTEST = 2.0  # m/s
OFFSET = 0.0045  # cloth above skin
FLOOR = 0.0035
GRIP_BODY, GRIP_FLOOR = 0.55, 0.45
PLEATS = 12  # long folds from side to side before it falls
PLEAT_TOP, PLEAT_HIPS, PLEAT_HEM = 0.006, 0.019, 0.026  # how far they stand out
RUCKS = 17  # folds across the body, where the shift has slid up
RUCK = 0.009
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
    radius = radius + _folds(radius)
    sheet = centre[:, None, :] + radius[:, :, None] * rays
    sheet[:, :, 2] = np.maximum(sheet[:, :, 2], FLOOR)
    return sheet


def grain(x: Vectors, y: Vectors, seed: int) -> Vectors:
    """Value noise 0..1 on the plane, at points of any shape."""
    points = np.stack([x, y, np.full_like(x, 17.3 * seed)], axis=-1)
    out: Vectors = np.asarray(value_noise(points.reshape(-1, 3)), dtype=np.float64).reshape(x.shape)
    return out


def _folds(radius: Vectors) -> Vectors:
    """How far folds stand out (ROWS, COLUMNS): the cloth's fullness before it falls."""
    row = np.linspace(0, 1, ROWS)[:, None] * np.ones((1, COLUMNS))
    across = np.cumsum(radius, axis=1)
    across = across / across[:, -1:]
    drift = grain(across * 3, row * 2.2, 11) + 0.4 * grain(across * 7, row * 5, 12)
    deep = np.interp(row, [0, 0.15, 0.55, 1], [PLEAT_TOP, PLEAT_TOP, PLEAT_HIPS, PLEAT_HEM])
    wave = 0.5 + 0.5 * np.sin(2 * np.pi * (PLEATS * across + 1.3 * drift + 0.9 * row))
    uneven = 0.45 + 1.1 * grain(across * 6, row * 1.5, 13)
    slid = np.exp(-(((row - 0.40) / 0.16) ** 2))
    slope = 2 * np.pi * (RUCKS * row - 3.0 * across + 1.6 * grain(across * 4, row * 4, 14))
    ruck = RUCK * slid * (0.5 + 0.5 * np.sin(slope)) ** 1.5 * grain(across * 5, row * 5, 15) * 2
    tucked = smoothstep(0, 0.06, across) * smoothstep(1, 0.94, across)
    out: Vectors = (deep * uneven * wave**1.4 + ruck) * tucked
    return out


def links(sheet: Vectors) -> list[Links]:
    """Every constraint of the cloth; as laid round the body, folds and all, it is at rest."""
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
            rest = np.linalg.norm(sheet[second] - sheet[first], axis=2)
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
        others[axis] = slice(
            start + abs(step[axis]), start + abs(step[axis]) + (count - 1) * stride + 1, stride
        )
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
        slopes = [np.gradient(values, clay.step, axis=axis) for axis in range(3)]
        self._slopes: Vectors = np.stack(slopes, axis=-1).astype(np.float64)

    def at(self, points: Vectors) -> tuple[Vectors, Vectors]:
        """Distance (n,) and outward unit vectors (n, 3) at points (n, 3)."""
        cells = (points - self._low) / self._step
        distance: Vectors = ndimage.map_coordinates(
            self._values, cells.T, order=1, mode="nearest", output=np.float64
        )
        near = np.clip(np.rint(cells).astype(int), 0, np.array(self._values.shape) - 1)
        slope = self._slopes[near[:, 0], near[:, 1], near[:, 2]]
        slope = slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-6)
        return distance, slope


def fall(sheet: Vectors, body: Hard, weight: Hard) -> Vectors:
    """The sheet (ROWS, COLUMNS, 3) after it has fallen on the body.

    weight : what lies on top of the cloth and presses it down (the arm)
    """
    constraints = links(sheet)
    free = np.ones(sheet.shape[:2])
    free[0] = 0
    free[:, 0] = free[:, -1] = 0
    now = sheet.copy()
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
