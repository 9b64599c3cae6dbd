"""How hair lies about a head that is seen from the side: strands as lines in the head's own plane.

The head is 1 high and looks along +x; its middle is near the ear. Strands are (n, steps, 2).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.drawing import opened
from models.remembered import bezier
from models.sdf import smoothstep

Array = NDArray[np.float64]

SKULL = np.array([-0.05, 0.10])
KNOT = np.array([-0.43, -0.06])  # where hair is tied
TIED_OVER = [(0.30, 0.365), (0.14, 0.478), (-0.1, 0.505), (-0.37, 0.375), (-0.475, 0.12),
             (-0.45, -0.05)]  # fmt: skip
LOOSE_OVER = [(0.30, 0.368), (0.14, 0.482), (-0.1, 0.512), (-0.37, 0.395), (-0.50, 0.13),
              (-0.50, -0.15), (-0.46, -0.42)]  # fmt: skip
# The hairline from the brow over the temple to the ear, then behind it to the nape.
TIED_LINE = ([0, 0.2, 0.45, 0.62, 0.75, 0.88, 1], [0.30, 0.20, 0.10, 0.055, -0.02, -0.10, -0.24],
             [0.36, 0.27, 0.15, 0.03, 0.06, -0.08, -0.28])  # fmt: skip
LOOSE_LINE = ([0, 0.2, 0.4, 0.6, 0.8, 1], [0.285, 0.225, 0.165, 0.14, 0.07, 0.0],
              [0.385, 0.31, 0.235, 0.15, 0.05, -0.04])  # fmt: skip


def over_the_crown(outline: list[tuple[float, float]], count: int, seed: int) -> Array:
    """Along the head's own outline, and some way within it."""
    rng = np.random.default_rng(seed)
    line = opened(outline, 48)
    out = (line - SKULL) / np.linalg.norm(line - SKULL, axis=1, keepdims=True)
    deep = -0.20 * rng.uniform(0, 1, count) ** 1.4 + 0.012 * rng.uniform(0, 1, count)
    wave = 0.006 * np.sin(np.linspace(0, 9, 48) + rng.uniform(0, 6, (count, 1)))
    start = rng.uniform(0, 0.06, count)  # no two begin at one place
    keep = np.clip(np.linspace(0, 1, 48)[None, :] * (1 - start[:, None]) + start[:, None], 0, 1)
    at = keep * 47
    low = np.minimum(at.astype(int), 46)
    share = (at - low)[..., None]
    place = line[low] * (1 - share) + line[low + 1] * share
    away = out[low] * (1 - share) + out[low + 1] * share
    return np.asarray(place + away * (deep[:, None] + wave)[..., None])


def _roots(line: tuple[list[float], ...], u: Array, rng: np.random.Generator) -> Array:
    """On the hairline; some further back, so that it is no edge."""
    count = len(u)
    place = np.stack([np.interp(u, line[0], line[1]), np.interp(u, line[0], line[2])], axis=1)
    back = np.column_stack([-0.10 * rng.uniform(0, 1, count) ** 2.5, np.zeros(count)])
    return np.asarray(place + rng.normal(0, 0.012, (count, 2)) + back)


def _ways(u: Array, at: list[float], degrees: list[float], size: list[float]) -> Array:
    """Steps (n, 2) in directions and of sizes that change along a line."""
    turn = np.radians(np.interp(u, at, degrees))
    return np.asarray(np.stack([np.cos(turn), np.sin(turn)], 1) * np.interp(u, at, size)[:, None])


def tied_back(count: int, seed: int) -> Array:
    """Combed from the hairline to the knot."""
    rng = np.random.default_rng(seed)
    u = rng.uniform(0, 1, count)
    a = _roots(TIED_LINE, u, rng)
    b = a + _ways(u, [0, 0.3, 0.6, 1], [125, 150, 172, 160], [0.34, 0.30, 0.22, 0.12])
    aside, lift = (
        np.interp(u, [0, 0.3, 1], [-0.035, 0.03, 0.08]),
        np.interp(u, [0, 0.25, 0.6, 1], [0.36, 0.22, 0.04, -0.08]),
    )
    c = KNOT + np.column_stack([aside, lift]) + rng.normal(0, 0.012, (count, 2))
    return bezier(a, b, c, KNOT + rng.normal(0, 0.02, (count, 2)))


def tail(count: int, seed: int) -> Array:
    """What hangs from the knot, in locks that the wind has got hold of."""
    rng = np.random.default_rng(seed)
    lock = np.random.default_rng(4).uniform(0, 1, (14, 3))[rng.integers(0, 14, count)]
    long = (0.20 + 0.16 * lock[:, 1])[:, None]

    def step(degrees: Array) -> Array:
        return np.stack([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], axis=1)

    turn = 205 + 60 * lock[:, 0] + rng.normal(0, 5, count)
    a = KNOT + rng.normal(0, 0.035, (count, 2))
    b = a + 0.18 * step(180 + 30 * lock[:, 2])
    c = b + long * step(turn)
    d = c + 1.25 * long * step(turn + 70 * (lock[:, 2] - 0.5) - 10) * rng.uniform(
        0.7, 1.2, (count, 1)
    )
    t = np.linspace(0, 1, 40)
    wave = [np.sin(9 * t + 6 * lock[:, :1]), np.cos(8 * t + 5 * lock[:, 1:2])]
    return np.asarray(bezier(a, b, c, d) + 0.02 * t[:, None] * np.stack(wave, axis=-1))


def falling(count: int, seed: int) -> Array:
    """Long and loose: behind the ear and down over the shoulder."""
    rng = np.random.default_rng(seed)
    u = rng.uniform(0, 1, count)
    a = _roots(LOOSE_LINE, u, rng)
    b = a + _ways(u, [0, 0.3, 0.6, 1], [128, 150, 178, 215], [0.36, 0.28, 0.17, 0.08])
    side = np.interp(u, [0, 0.5, 1], [-0.52, -0.36, -0.14])
    high = np.interp(u, [0, 0.5, 1], [0.12, 0.06, -0.16])
    c = np.column_stack([side, high]) + rng.normal(0, 0.015, (count, 2))
    d = np.column_stack([side + 0.02, np.full(count, -0.42)]) + rng.normal(0, 0.02, (count, 2))
    own = np.random.default_rng(1).uniform(0, 6.28, (9, 2))[rng.integers(0, 9, count)]
    low = np.interp(u, [0, 1], [-0.05, 0.02]) + 0.05 * np.sin(own[:, 0])
    end = d + np.column_stack([low, -0.55 - 0.25 * rng.uniform(0, 1, count)])
    back = np.column_stack([0.06 * np.sin(own[:, 1]), np.full(count, 0.25)])
    hangs = bezier(d, d + 0.42 * (d - c), end + back, end, 30)
    t = np.linspace(0, 1, 30)
    hangs[..., 0] += 0.022 * t * np.sin(9 * t + own[:, :1])
    return np.concatenate([bezier(a, b, c + 0.15 * (c - d), d), hangs[:, 1:]], axis=1)


def tousled(count: int, seed: int) -> Array:
    """A small child's: short and soft, every curl its own way."""
    rng = np.random.default_rng(seed)
    turn, far = (
        np.radians(rng.uniform(38, 222, count)),
        0.06 + 0.40 * rng.uniform(0, 1, count) ** 0.5,
    )
    place = (
        np.array([-0.05, 0.07]) + np.stack([np.cos(turn), 0.96 * np.sin(turn)], 1) * far[:, None]
    )
    bare = (place[:, 0] > 0.36 - 0.75 * np.clip(0.32 - place[:, 1], 0, 1)) | (
        (place[:, 0] > -0.08) & (place[:, 1] < 0.09)
    )
    place = place[~bare]
    phase, run = rng.uniform(0, 6.28, len(place)), rng.uniform(0.10, 0.30, len(place))
    line = [place]
    for step in range(24):
        t = step / 24
        off = place - [-0.10, 0.16]
        far = np.linalg.norm(off, axis=1, keepdims=True)
        out = off / np.maximum(far, 1e-3)
        round_ = np.stack([-off[:, 1], off[:, 0]], axis=1) / np.maximum(far, 0.02)
        way = 0.75 * round_ + out * (0.55 + 0.5 * np.sin(phase + 5 * t))[:, None]
        way += np.array([-0.1, -0.30 - 0.3 * t])
        place = place + way / np.linalg.norm(way, axis=1, keepdims=True) * (run / 24)[:, None]
        line.append(place)
    return np.stack(line, axis=1)


def flying(outline: list[tuple[float, float]], count: int, seed: int) -> Array:
    """Single hairs that stand off the crown."""
    rng = np.random.default_rng(seed)
    line = opened(outline, 200)
    at = rng.integers(0, 170, count)
    a, along = line[at], line[at + 29] - line[at]
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    out = (a - SKULL) / np.linalg.norm(a - SKULL, axis=1, keepdims=True)
    run, lift = rng.uniform(0.08, 0.26, (count, 1)), rng.uniform(0.1, 0.55, (count, 1))
    last = rng.uniform(-0.3, 1.2, (count, 1))
    b = a + 0.4 * run * (along + lift * out)
    c = a + 0.8 * run * (along + 0.9 * lift * out)
    return bezier(a, b, c, a + run * (along + lift * last * out))


def stray(count: int, seed: int) -> Array:
    """What has come loose at the nape."""
    rng = np.random.default_rng(seed)

    def near(place: tuple[float, float], spread: float) -> Array:
        return np.asarray(np.array(place) + rng.normal(0, spread, (count, 2)))

    a = near((-0.26, -0.30), 0.014)
    b = a + near((-0.02, -0.10), 0.01)
    c = b + near((-0.05, -0.08), 0.02)
    return bezier(a, b, c, c + near((-0.10, -0.03), 0.03))


def on_shoulder(x: Array, y: Array) -> Array:
    """Where hair that falls covers the back, and no light comes through (of disc places)."""
    return np.asarray(0.8 * smoothstep(0.1, -0.3, y) * smoothstep(-0.1, 0.1, x + 0.3))
