"""Dry things as sheets: fallen leaves that have curled, and blades of grass that died standing.

A sheet is drawn from both sides. Its points know where on it they are, for the shader draws veins
by that and cuts a leaf's teeth.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

ACROSS, ALONG = 5, 7  # points of a leaf
STALK = 0.16  # share of a leaf's length that is stalk
BLADE = 5  # points along a blade of grass


def leaves(rng: np.random.Generator, count: int) -> Array:
    """Curled leaves (count, points, 3) of length 1 along x, each dried in its own way."""
    along = np.linspace(0.0, 1.0, ALONG)
    flesh = np.clip((along - STALK) / (1.0 - STALK), 0.0, 1.0)
    half = 0.34 * np.sin(np.pi * flesh**0.82) ** 0.9
    half = np.maximum(half, 0.012 * (along <= STALK + 0.1))
    wide = rng.uniform(0.75, 1.15, (count, 1, 1))
    across = np.linspace(-1.0, 1.0, ACROSS)
    arc = half[None, :, None] * wide * across
    # Each half rolls up by itself, more towards the tip; the whole leaf bows and twists.
    roll = rng.normal(2.2, 2.0, (count, 1, 2)) * (0.5 + 0.9 * along[None, :, None])
    turn = np.where(across < 0.0, roll[:, :, :1], roll[:, :, 1:])
    turn = np.where(np.abs(turn) < 0.05, 0.05, turn) / 0.34
    y, z = np.sin(turn * arc) / turn, (1.0 - np.cos(turn * arc)) / turn * np.sign(arc + 1e-12)
    z = np.abs(z) * np.sign(turn)
    z += rng.normal(0.0, 0.012, (count, ALONG, ACROSS)) * np.abs(across)
    twist = rng.normal(0.0, 0.8, (count, 1, 1)) * (along[None, :, None] - 0.4)
    y, z = y * np.cos(twist) - z * np.sin(twist), y * np.sin(twist) + z * np.cos(twist)
    bow = rng.normal(0.4, 0.9, (count, 1, 1))
    bow = np.where(np.abs(bow) < 0.05, 0.05, bow)
    way = (along - 0.5)[None, :, None] * bow
    x, rise = np.sin(way) / bow, (1.0 - np.cos(way)) / bow
    x, z = x - z * np.sin(way), rise + z * np.cos(way)
    return np.stack(np.broadcast_arrays(x, y, z), axis=-1).reshape(count, ALONG * ACROSS, 3)


def leaf_places() -> Array:
    """(points, 2) of a leaf: how far along it, 0 to 1, and across, -1 to 1."""
    along, across = np.meshgrid(
        np.linspace(0.0, 1.0, ALONG), np.linspace(-1.0, 1.0, ACROSS), indexing="ij"
    )
    return np.column_stack([along.ravel(), across.ravel()])


def blades(rng: np.random.Generator, count: int) -> Array:
    """Blades (count, points, 3) of length 1 that stand on their foot, lean along x and droop."""
    along = np.linspace(0.0, 1.0, BLADE)[None, :, None]
    lean = rng.uniform(0.05, 0.55, (count, 1, 1)) + rng.uniform(0.1, 1.3, (count, 1, 1)) * along**2
    step = np.diff(along, axis=1, prepend=0.0)
    x, z = np.cumsum(np.sin(lean) * step, axis=1), np.cumsum(np.cos(lean) * step, axis=1)
    half = rng.uniform(0.009, 0.018, (count, 1, 1)) * (1.0 - 0.94 * along**1.5)
    y = half * np.array([-1.0, 1.0]) + 0.05 * rng.normal(0.0, 1.0, (count, 1, 1)) * along**2
    x, y, z = np.broadcast_arrays(x, y, z)
    return np.stack([x, y, z], axis=-1).reshape(count, BLADE * 2, 3)


def blade_places() -> Array:
    """(points, 2) of a blade, as of a leaf."""
    along, across = np.meshgrid(np.linspace(0.0, 1.0, BLADE), [-1.0, 1.0], indexing="ij")
    return np.column_stack([along.ravel(), across.ravel()])


def sheet(rows: int, columns: int) -> NDArray[np.int64]:
    """Triangles (m, 3) between `rows` by `columns` points."""
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    return np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    )


def turned(points: Array, turn: Array, tip: Array, roll: Array) -> Array:
    """Points (n, k, 3) rolled about x, tipped about y, turned about z; angles (n,) in radians."""
    x, y, z = np.moveaxis(points, -1, 0)
    c, s = np.cos(roll)[:, None], np.sin(roll)[:, None]
    y, z = c * y - s * z, s * y + c * z
    c, s = np.cos(tip)[:, None], np.sin(tip)[:, None]
    x, z = c * x + s * z, -s * x + c * z
    c, s = np.cos(turn)[:, None], np.sin(turn)[:, None]
    return np.stack([c * x - s * y, s * x + c * y, z], axis=-1)
