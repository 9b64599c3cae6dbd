"""Ivy that climbed a wall and has mostly died: stems that fork, and dark leaves that stand off.

It grows from z = 0 on a wall whose face is the plane y = 0 and looks to -y. Metres.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, merge
from models.shape import skin, tube

Array = NDArray[np.float64]

STEP = 0.11  # along a stem
STEMS, FORKS = 4, 3  # from the ground, and from each of these
TALL, SPREAD = 2.1, 0.55  # of a stem; radians that it may lean
APART = 0.062  # metres along a stem from leaf to leaf
LEAF = (0.06, 0.115)  # lengths
BARE = 0.2  # share of the leaves that have fallen
THICK = 0.008  # of a stem at its foot
LOBES = ((0.0, 0.10, 0.0), (0.30, 0.47, 0.03), (1.0, 0.03, -0.12))  # along, half as wide, lifted
FAR = 10  # one leaf of so many is left from afar
SOIL = 0.004  # `edge` of all of it: as dark as what gathers in a joint


def ivy(rng: np.random.Generator, top: Callable[[float], float]) -> tuple[Mesh, Mesh]:
    """A plant near by and from afar; `top` is the height of the wall at metres beside its foot."""
    lines: list[tuple[Array, float]] = []
    for _ in range(STEMS):
        stem = _stem(rng, np.array([rng.normal(0.0, 0.12), 0.0]), 0.5 * np.pi, TALL, top)
        lines.append((stem, THICK))
        for _ in range(FORKS):
            if len(stem) > 4:
                at = int(rng.integers(2, len(stem) - 1))
                lean = 0.5 * np.pi + rng.choice([-1.0, 1.0]) * rng.uniform(0.5, 1.2)
                lines.append((_stem(rng, stem[at], lean, 0.5 * TALL, top), 0.6 * THICK))
    stems, leaves = [], []
    for line, thick in lines:
        if len(line) < 3:
            continue
        out = -0.012 - 0.01 * rng.random(len(line))
        stems.append(tube(np.column_stack([line[:, 0], out, line[:, 1]]), thick, 3))
        leaves += _leaves(rng, line)
    near, far = merge([*stems, *leaves]), merge(_few(leaves))
    return near.with_attributes(edge=SOIL), far.with_attributes(edge=SOIL)


def _few(leaves: list[Mesh]) -> list[Mesh]:
    """One leaf of every FAR, and the outermost, so that the plant is as large from afar."""
    low = np.array([leaf.positions.min(axis=0) for leaf in leaves])
    high = np.array([leaf.positions.max(axis=0) for leaf in leaves])
    outermost = {*low.argmin(axis=0).tolist(), *high.argmax(axis=0).tolist()}
    return [leaves[index] for index in sorted({*range(0, len(leaves), FAR), *outermost})]


def _stem(
    rng: np.random.Generator, foot: Array, lean: float, tall: float, top: Callable[[float], float]
) -> Array:
    """Points (n, 2) of a stem, across and up, as far as there is a wall for it."""
    points = [foot]
    for _ in range(round(tall * rng.uniform(0.6, 1.0) / STEP)):
        lean += rng.normal(0.0, 0.22) + 0.15 * (0.5 * np.pi - lean)
        after = points[-1] + STEP * np.array([np.cos(lean), np.sin(lean)])
        if after[1] > top(float(after[0])) - 0.04:
            break
        points.append(after)
    return np.array(points)


def _leaves(rng: np.random.Generator, line: Array) -> list[Mesh]:
    """Those along a stem: on both sides by turns, smaller towards its end."""
    gone = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    out = []
    for index, at in enumerate(np.arange(0.3 * APART, gone[-1], APART)):
        if rng.random() < BARE:
            continue
        spot = np.array([np.interp(at, gone, line[:, axis]) for axis in (0, 1)])
        side = -1.0 if index % 2 else 1.0
        down = rng.uniform(-1.3, 0.3)
        along = np.array([side * np.cos(down), rng.uniform(-0.5, -0.1), np.sin(down)])
        face = np.array([rng.normal(0.0, 0.45), -1.0, rng.uniform(0.0, 0.8)])
        size = rng.uniform(*LEAF) * (1.0 - 0.4 * at / gone[-1])
        out.append(_leaf(np.array([spot[0], -0.02, spot[1]]), along, face, size))
    return out


def _leaf(foot: Array, along: Array, face: Array, size: float) -> Mesh:
    """A pointed leaf folded along its rib: a thin closed body."""
    along = along / np.linalg.norm(along)
    face = face - (face @ along) * along
    face /= np.linalg.norm(face)
    across = np.cross(face, along)
    rings = []
    for at, half, lift in LOBES:
        middle = foot + size * (at * along + lift * face)
        fold = 0.22 * half * face
        rings.append(
            [
                middle + size * (-half * across + fold),
                middle - 0.002 * face,
                middle + size * (half * across + fold),
                middle + 0.003 * face,
            ]
        )
    return skin(np.array(rings), np.zeros(len(rings)), np.radians(60.0))
