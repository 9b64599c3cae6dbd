"""Hair of those whom the orb remembers: combed back over the ears to a knot, or a child's curls.

A strand is a line over the skull in head space (centimetres, as in models/people/sleeper.py); what
of it is seen is strewn as points, lit along its length as hairs are (Kajiya and Kay 1989).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.colour import linear
from models.drawing import CELL, ROWS, Layer, soft, strewn
from models.memory.complexion import Lamp
from models.memory.relief import Seen
from models.mesh import unit
from models.people import body
from models.people.sleeper import scalp
from models.sdf import smoothstep

Array = NDArray[np.float64]

SKULL, RADII = np.array([0.0, -0.9, 3.5]), np.array([7.15, 9.0, 7.35])
# The hairline of one side, from the parting in front over the temple to the ear (x, y, z).
LINE = np.array([[0.4, 6.9, 7.6], [2.2, 6.7, 7.3], [4.2, 5.6, 6.2], [5.5, 4.3, 4.4],
                 [6.1, 3.2, 2.4], [6.5, 2.0, 0.6]])  # fmt: skip
PARTING = np.array([[0.5, 7.0, 7.8], [0.6, 4.6, 9.9], [0.5, 0.0, 11.1], [0.3, -5.0, 10.2]])
# The same behind the ear and down to the middle of the nape.
NAPE = np.array([[6.6, -1.8, -0.2], [6.0, -3.6, -2.6], [4.6, -5.4, -4.2], [0.4, -6.8, -5.0]])
KNOT = np.array([0.6, -8.5, -1.2])
STEPS = 150
FINER = 4  # points strewn to each


def _sampled(line: Array, u: Array) -> Array:
    at = np.linspace(0, 1, len(line))
    return np.column_stack([np.interp(u, at, line[:, i]) for i in range(3)])


def _out_of_skull(points: Array, off: Array) -> Array:
    """Strands (n, steps, 3) that lie no deeper than `off` (n,) cm over the skull."""
    away = (points - SKULL) / (RADII + off[:, None, None])
    far = np.linalg.norm(away, axis=2, keepdims=True)
    return np.asarray(SKULL + (points - SKULL) * np.maximum(1.0, 1.0 / np.maximum(far, 1e-6)))


def combed(seed: int) -> Array:
    """Hair of both sides (n, STEPS, 3), combed back to the knot."""
    rng = np.random.default_rng(seed)
    out = []
    for side in (1.0, -1.0):
        flip = np.array([side, 1.0, 1.0])
        for line, count, low in ((LINE, 1300, 0.0), (PARTING, 1900, 0.9)):
            u = rng.uniform(0, 1, count)
            root = _sampled(line, u) + rng.normal(0, 0.16, (count, 3))
            locks = 0.45 * np.sin(9.0 * u + rng.uniform(0, 6)) + 0.25 * np.sin(23.0 * u)
            over = np.column_stack([
                np.interp(u, [0, 1], [7.6, 7.4 - 2.6 * low]),
                np.interp(u, [0, 1], [2.2, -4.0]) - low,
                np.interp(u, [0, 0.5, 1], [8.2, 5.8, 3.0]) + locks + 1.2 * low,
            ])  # fmt: skip
            back = np.column_stack([
                np.interp(u, [0, 1], [6.2, 6.2 - 4.0 * low]), np.interp(u, [0, 1], [-6.5, -7.5]),
                np.interp(u, [0, 1], [3.0, -1.4]) + locks,
            ])  # fmt: skip
            ends = KNOT + rng.normal(0, 0.5, (count, 3))
            lines = bezier(root, over, back, ends)
            off = np.abs(rng.normal(0.12, 0.16, count)) + 0.10 * locks
            out.append(_out_of_skull(lines, off) * flip)
        u = rng.uniform(0, 1, 700)  # and up from the nape
        root = _sampled(NAPE, u) + rng.normal(0, 0.2, (700, 3))
        lift = np.array([0.5, -1.2, 1.6]) + rng.normal(0, 0.3, (700, 3))
        ends = KNOT + rng.normal(0, 0.5, (700, 3))
        lines = bezier(root, root + lift, 0.5 * (root + ends) + [0.6, -0.6, 0.4], ends)
        out.append(_out_of_skull(lines, np.abs(rng.normal(0.10, 0.12, 700))) * flip)
    return np.concatenate(out)


def bezier(a: Array, b: Array, c: Array, d: Array) -> Array:
    """Curves (n, STEPS, 3) by four points each, (n, 3)."""
    t = np.linspace(0, 1, STEPS)[None, :, None]
    s = 1 - t
    parts = (s**3, 3 * s * s * t, 3 * s * t * t, t**3)
    return np.asarray(sum(w * p[:, None] for w, p in zip(parts, (a, b, c, d), strict=True)))


def knot(seed: int) -> Array:
    """What is wound up at the nape (n, STEPS, 3)."""
    rng = np.random.default_rng(seed)
    count = 900
    turn = np.linspace(0, 2.2 * np.pi, STEPS)[None] + rng.uniform(0, 6.28, (count, 1))
    r = rng.uniform(0.5, 2.7, (count, 1)) + 0.15 * np.sin(3 * turn)
    deep = rng.normal(0, 1.0, (count, 1)) * np.sqrt(np.clip(1 - (r / 2.9) ** 2, 0.05, 1))
    # Wound about the line that stands out of the nape.
    return np.asarray(
        KNOT + np.stack([r * np.cos(turn), -1.2 - deep - 0.3 * r, r * np.sin(turn) - 0.3], axis=2)
    )


def loose(seed: int) -> Array:
    """Locks that came out before the ear and at the nape, and single hairs that stand off."""
    rng = np.random.default_rng(seed)
    out = []
    for root, way, count, spread in (
        ((6.2, 2.6, 2.0), (0.7, 0.5, -8.5), 34, 0.22),
        ((6.6, 1.2, 1.0), (0.9, -1.0, -9.5), 26, 0.25),
        ((5.0, -6.6, -3.0), (0.8, -0.4, -8.0), 60, 0.6),
        ((4.4, 5.6, 6.0), (2.6, 1.0, -5.0), 12, 0.25),
    ):
        a = np.array(root) + rng.normal(0, spread, (count, 3))
        long = rng.uniform(0.65, 1.1, (count, 1))
        curl = rng.normal(0, 0.45, (count, 3))
        b = a + long * (0.3 * np.array(way) + [0.9, 0.3, 0.3]) + 0.5 * curl
        c = a + long * (0.7 * np.array(way) + [0.7, 0.2, 0.0]) + curl
        d = a + long * (np.array(way) + np.array([-0.6, 0.3, 0.6])) + 1.4 * curl
        out.append(bezier(a, b, c, d))
    count = 240
    up = np.asarray(unit(rng.normal(0, 1, (count, 3)) * [1, 1, 0.6] + [0, -0.3, 0.7]))
    a = SKULL + up * RADII * 1.01
    tangent = np.cross(up, rng.normal(0, 1, (count, 3)))
    tangent = np.asarray(unit(tangent + np.array([0, -2.4, -0.6])), dtype=np.float64)
    lift = rng.uniform(0.05, 0.35, (count, 1))
    b, c = a + tangent + up * lift, a + 2.2 * tangent + up * lift * 1.4
    d = a + 3.4 * tangent + up * lift * rng.uniform(0, 2, (count, 1))
    out.append(bezier(a, b, c, d))
    return np.concatenate(out)


def curls(seed: int, count: int = 6000) -> Array:
    """A small child's (n, STEPS, 3): short and soft, from the crown outwards, each its own way."""
    rng = np.random.default_rng(seed)
    way = np.asarray(
        unit(rng.normal(0, 1, (count, 3)) + np.array([0.0, -0.3, 0.6])), dtype=np.float64
    )
    bare = (0.80 * way[:, 1] - 0.75 * way[:, 2] > 0.28) | (way[:, 2] < -0.45)
    way = way[~bare]
    root = SKULL + way * RADII
    crown = np.array([0.0, -0.45, 0.9])
    out = way - crown - np.sum((way - crown) * way, axis=1, keepdims=True) * way
    out = np.asarray(
        unit(out + rng.normal(0, 0.22, way.shape) + 0.35 * np.sin(1.1 * root[:, [1, 2, 0]])),
        dtype=np.float64,
    )
    aside = np.cross(way, out)
    long, turn = rng.uniform(1.4, 3.4, (len(way), 1)), rng.normal(0, 0.3, (len(way), 1))
    b = root + long * (0.35 * out + 0.10 * way)
    c = root + long * (0.70 * out + 0.3 * turn * aside + 0.14 * way)
    d = root + long * (0.95 * out + turn * aside + 0.02 * way)
    return _out_of_skull(bezier(root, b, c, d), np.abs(rng.normal(0.15, 0.22, len(way))))


@dataclass(frozen=True)
class Tint:
    """The colours of hair: of its darkest strands, its lightest, and of what shines on it."""

    dark: Array
    light: Array
    glow: Array


BROWN = Tint(linear(0x2E1610), linear(0x9A5A34), linear(0xFFC080))
FAIR = Tint(linear(0x54301A), linear(0xC08848), linear(0xFFD090))


def haired(light: Array, found: Seen, sun: Array, lamp: Lamp, tint: Tint) -> Array:
    """A head's light with the scalp as dark as the hair, so that no skin shows between strands."""
    grown = scalp(found.rest.reshape(-1, 3).astype(np.float32)).reshape(found.height.shape)
    x, y, z = np.moveaxis(found.rest, 2, 0)
    away = ((np.abs(x) - 6.7) / 1.0) ** 2 + ((y + 0.3) / 1.7) ** 2 + ((z + 0.5) / 2.3) ** 2
    ear = smoothstep(1.2, 0.7, away)
    grown = (grown * smoothstep(-5.5, -2.5, z) * (1 - ear))[..., None]
    ground = tint.dark + 0.25 * (tint.light - tint.dark)
    return light * (1 - grown) + ground * (lamp.fill + 0.5 * lamp.key * sun[..., None]) * grown


def _finer(rows: Array) -> Array:
    """Values (n, STEPS, k) of strands, FINER to each step, as rows (m, k)."""
    share = np.arange(FINER)[:, None] / FINER
    low, high = rows[:, :-1, None], rows[:, 1:, None]
    return np.asarray(low * (1 - share) + high * share).reshape(-1, rows.shape[2])


def laid(
    layer: Layer,
    lines: Array,
    matrix: Array,
    found: Seen,
    sun: Array,
    lamp: Lamp,
    tint: Tint,
    *,
    dense: float,
    behind: bool,
) -> None:
    """Lays what of the strands (n, STEPS, 3) is behind the head, or before it, over the layer.

    found, sun : the head, and what is left of the lamp's light on it (ROWS, ROWS)
    dense      : how much one strand hides
    """
    placed = body.along(matrix, lines)
    tangent = np.gradient(placed, axis=1)
    length = np.linalg.norm(tangent, axis=2)
    tangent /= np.maximum(length[..., None], 1e-9)
    cells = np.clip(((placed[..., :2] + 1.0) / CELL).astype(int), 0, ROWS - 1)
    hidden = placed[..., 2] < found.height[cells[..., 1], cells[..., 0]] - 0.03
    weight = (length / CELL) * (hidden if behind else ~hidden)
    weight *= np.interp(np.linspace(0, 1, STEPS), [0, 0.04, 0.85, 1], [0.3, 1, 1, 0.3])
    out = np.asarray(unit(placed - body.along(matrix, SKULL)), dtype=np.float64)
    facing = np.clip((out @ lamp.way + 0.35) / 1.35, 0.0, 1.0)
    shade = sun[cells[..., 1], cells[..., 0]] * facing
    own = np.random.default_rng(9).uniform(0, 1, len(lines))[:, None] ** 1.4
    across = np.sqrt(np.clip(1.0 - (tangent @ lamp.way) ** 2, 0.0, 1.0))
    half = np.asarray(unit(lamp.way + np.array([0.0, 0.0, 1.0])), dtype=np.float64)
    gloss = np.clip(1.0 - (tangent @ half) ** 2, 0.0, 1.0) ** 22
    colour = tint.dark + (tint.light - tint.dark) * own[..., None]
    up = 0.5 + 0.5 * out[..., 1:2]
    light = colour * (lamp.key * (across * shade)[..., None] * 0.9 + lamp.fill * (0.5 + up))
    rim = np.clip(1.0 - out[..., 2], 0, 1) ** 3 * np.clip(out @ lamp.way + 0.1, 0, 1)
    burn = gloss * shade * (0.10 + 0.35 * own) + 1.2 * rim
    light = light + tint.glow * burn[..., None]
    cool = np.clip(1.0 - out[..., 2], 0, 1) ** 3 * np.clip(-(out @ lamp.way), 0, 1)
    light = light + lamp.cool * (0.4 * cool)[..., None]
    flat, weights = _finer(placed[..., :2]), _finer(weight[..., None]).ravel() / FINER
    shades = _finer(light)
    much = soft(strewn(flat, weights), 0.45 * CELL)
    sums = [soft(strewn(flat, weights * shades[:, i]), 0.45 * CELL) for i in range(3)]
    layer.over(np.dstack(sums) / np.maximum(much, 1e-3)[..., None], 1.0 - np.exp(-much * dense / 3))
