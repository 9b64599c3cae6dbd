"""The colours of those whom the orb remembers, and the light that they are seen in.

Skin is painted by the place on the calm head (models/memory/bust.py): warm where blood shows, red
lips, brows and lashes in single hairs. Light falls past each form, is shaded by what stands before
it, and goes red where skin turns away from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models import drawing
from models.colour import linear
from models.memory.bust import OF_TEETH
from models.memory.relief import Seen
from models.mesh import unit
from models.people import body, eyelids, sleeper
from models.sdf import smoothstep

Array = NDArray[np.float64]
Warp = Callable[[ArrayLike], Array]

WRAP = np.array([0.46, 0.32, 0.26])  # how far light gets round skin
SKIN, ROSE, LIPS = linear(0xEBB89C), linear(0xD96A58), linear(0xB8504A)
MOUTH, IVORY = linear(0x4A1410), linear(0xF4E4D2)
BEARD = linear(0x4A2C22)
INK, LID = linear(0x2A1412), linear(0xD69A88)
BROW = linear(0x5A3424)
SHEEN = 0.16
# The red of the lips (x, y, z).
UPPER = np.array([(0, 8.98, -5.78), (0.7, 8.94, -5.74), (1.35, 8.4, -5.98), (2.0, 7.5, -6.30)])
LOWER = np.array([(0, 9.02, -6.58), (0.8, 8.86, -6.56), (1.40, 8.3, -6.50), (2.0, 7.5, -6.40)])
BROW_LINE = np.array([(1.25, 8.1, 1.75), (2.3, 8.0, 2.1), (3.7, 7.2, 2.25), (5.0, 6.0, 1.70)])
# What laughter folds: crow's feet, and from the nose's wing round the mouth's corner.
FOLDS = [
    np.array([(5.20, 6.1, -0.25), (5.8, 5.2, -0.20), (6.15, 4.4, -0.05)]),
    np.array([(5.10, 6.1, -0.50), (5.7, 5.3, -0.75), (6.05, 4.5, -0.95)]),
    np.array([(1.55, 8.2, -3.5), (2.3, 7.7, -4.6), (2.9, 7.0, -6.0), (2.95, 6.6, -7.0)]),
]


@dataclass(frozen=True)
class Lamp:
    """A memory's light.

    way           : unit vector (3,) to it; key: its colour
    fill, bounce  : what comes from above and from below; cool: what the dark side's edges take
    """

    way: Array
    key: Array
    fill: Array
    bounce: Array
    cool: Array

    def on(self, albedo: ArrayLike, found: Seen, sun: Array, sky: Array, rim: float) -> Array:
        """The light (ROWS, ROWS, 3) of skin or cloth.

        sun, sky : what is left of the lamp's and of all other light
        rim      : how much an edge burns that turns to the lamp
        """
        n = found.normal
        facing = n @ self.way
        # Blood carries light round: red gets furthest, and glows where light ends.
        key = np.clip((facing[..., None] + WRAP) / (1.0 + WRAP), 0.0, 1.0) ** 1.15
        blush = np.exp(-(((facing - 0.04) / 0.22) ** 2))[..., None] * np.array([0.17, 0.032, 0.016])
        past = 1.0 - (1.0 - sun[..., None]) * np.array([0.93, 0.97, 1.0])
        up = 0.5 + 0.5 * n[..., 1:2]
        fill = (self.fill * up + self.bounce * (1.0 - up)) * sky[..., None]
        half = np.asarray(unit(self.way + np.array([0.0, 0.0, 1.0])), dtype=np.float64)
        lit = np.clip(facing, 0.0, 1.0)
        shine = SHEEN * np.clip(n @ half, 0.0, 1.0) ** 26 * sun * lit
        edge = np.clip(1.0 - n[..., 2], 0.0, 1.0) ** 2.5 * sky
        away = np.clip(0.2 - 1.2 * n[..., 0] * np.sign(self.way[0]), 0.0, 1.0)
        out = np.asarray(albedo) * (self.key * (key + blush) * past + fill)
        out = out + (shine + rim * edge * lit)[..., None] * self.key
        return np.asarray(out + (edge * away)[..., None] * self.cool)


def near_line(places: Array, line: Array, widths: Sequence[float], count: int = 40) -> Array:
    """A brush along a line (n, 3) in head space: 1 on it, soft, (ROWS, ROWS)."""
    run = np.asarray(line, dtype=np.float64)
    at = np.linspace(0, len(run) - 1, count)
    points = np.column_stack([np.interp(at, np.arange(len(run)), run[:, i]) for i in range(3)])
    wide = np.interp(at, np.linspace(0, len(run) - 1, len(widths)), widths)
    near = np.zeros(places.shape[:2])
    box = ((places > points.min(axis=0) - 1.5) & (places < points.max(axis=0) + 1.5)).all(axis=2)
    some = places[box]
    out = np.zeros(len(some))
    for point, width in zip(points, wide, strict=True):
        out = np.maximum(out, np.exp(-((some - point) ** 2).sum(axis=1) / width**2))
    near[box] = out
    return near


def skin(places: Array, beard: float = 0.0) -> Array:
    """The colours (ROWS, ROWS, 3) of a face, by the place on the calm head; `beard`, 0..1, is how
    much a short one darkens cheek and chin."""
    x, y, z = np.moveaxis(places, 2, 0)
    right = np.abs(x)

    def spot(middle: tuple[float, float, float], reach: float) -> Array:
        away = (right - middle[0]) ** 2 + (y - middle[1]) ** 2 + (z - middle[2]) ** 2
        return np.asarray(np.exp(-away / reach**2))

    warm = 0.42 * spot((4.6, 5.6, -2.9), 2.6) + 0.40 * spot((0, 9.8, -3.2), 1.0)
    warm += 0.30 * spot((6.4, 0.0, -0.6), 2.0) + 0.22 * spot((0, 8.0, -9.4), 1.4)
    warm = np.clip(warm, 0.0, 0.75)[..., None]
    out = SKIN * (1 - warm) + ROSE * warm
    lid = 0.45 * spot((3.08, 7.6, 0.1), 1.25)[..., None]
    out = out * (1 - lid) + LID * lid
    # Its upper edge runs from the ear down past the corner of the mouth, and under the nose.
    edge = -4.7 + 0.55 * np.clip(5.0 - y, 0.0, 6.0)
    grown = beard * smoothstep(0.5, -1.1, z - edge) * smoothstep(-14.0, -11.0, z)
    out = out * (1 - grown[..., None]) + BEARD * grown[..., None]
    for line, wide in ((UPPER, 0.38), (LOWER, 0.43)):
        for side in (1.0, -1.0):
            red = near_line(places, line * np.array([side, 1, 1]), [wide, wide, 0.8 * wide, 0.2])
            red = 0.66 * smoothstep(0.25, 0.85, red)[..., None]
            out = out * (1 - red) + LIPS * red
    for side in (1.0, -1.0):
        hairy = 0.62 * near_line(places, BROW_LINE * [side, 1, 1], [0.40, 0.56, 0.46, 0.18])
        out = out * (1 - hairy[..., None]) + BROW * hairy[..., None]
    # The mouth's dark within, and the teeth before it.
    line = -6.12 - 0.06 * x * x
    within = smoothstep(8.75, 8.25, y + 0.42 * x * x) * (right < 2.3) * (y > 4.5)
    within = (within * np.exp(-(((z - line) / 0.26) ** 4)))[..., None]
    out = out * (1 - within) + MOUTH * within
    # Lips shade the teeth: most at the corners, and above.
    arch = np.clip(1.0 - (np.abs(x - OF_TEETH) / 2.4) ** 2, 0.30, 1.0) * smoothstep(-5.2, -5.9, z)
    ivory = MOUTH + (IVORY - MOUTH) * arch[..., None]
    return np.where((x > 50.0)[..., None], ivory, out)


def lid_line(side: float, count: int = 24) -> Array:
    """Where the lids meet (count, 3), from the inner corner to the outer."""
    t = np.linspace(-0.96, 0.98, count)
    line = eyelids.around(t, sleeper.lower_margin(t), sleeper.LID_RADIUS + 0.02)
    return sleeper.from_eye(line, side)


def lashes(side: float, count: int = 34) -> Array:
    """Upper lashes (count, 5, 3): out from where the lids meet, down, and up at their tips."""
    t = np.linspace(-0.55, 1.0, count)
    margin = eyelids.around(t, sleeper.lower_margin(t), sleeper.LID_RADIUS + 0.03)
    root = sleeper.from_eye(margin, side)
    out = np.array([0.22 * side, 0.62, 0.0]) + np.outer(t, [0.45 * side, 0.0, 0.0])
    long = (0.45 + 0.50 * smoothstep(-0.6, 0.6, t))[:, None, None]
    run = np.linspace(0.0, 1.0, 5)[None, :, None]
    drop = np.array([0.0, 0.0, -0.70])
    return np.asarray(root[:, None] + long * (out[:, None] * run + drop * run * (1 - 0.55 * run)))


def brows(side: float, count: int = 220) -> list[Array]:
    """Hairs of a brow, each (8, 3), denser than they are drawn dark."""
    rng = np.random.default_rng(5)
    lines = []
    for u in rng.uniform(0.0, 1.0, count):
        root = np.array(
            [
                side * np.interp(u, [0, 0.5, 1], [1.25, 3.1, 5.0]),
                np.interp(u, [0, 0.5, 1], [8.05, 7.75, 6.0]),
                np.interp(u, [0, 0.6, 1], [1.78, 2.25, 1.72]) + rng.normal(0, 0.22 - 0.10 * u),
            ]
        )
        rise = np.interp(u, [0, 0.5, 1], [0.5, 0.12, -0.28])
        way = np.array([side * (0.35 + 0.40 * u), -0.25 - 0.3 * u, rise])
        lines.append(root + np.linspace(0, 0.8, 8)[:, None] * way)
    return lines


def drawn(
    light: Array, found: Seen, matrix: Array, warp: Warp, sides: tuple[float, ...], brow: float,
    folded: float = 0.0,
) -> Array:  # fmt: skip
    """The light with the line between the lids, lashes and brows, which `warp` moves with the
    skin; of `sides` of the face alone; brows so dark, and what laughter folds so deep."""
    share_of = light.copy()

    def ink(line: Array, width: float, much: float) -> None:
        nonlocal share_of
        at = body.along(matrix, warp(line))
        cell = np.clip(
            ((at[len(at) // 2, :2] + 1.0) / drawing.CELL).astype(int), 0, drawing.ROWS - 1
        )
        if at[len(at) // 2, 2] < found.height[cell[1], cell[0]] - 0.03:
            return  # the face hides it
        share = much * drawing.stroke(at[:, :2], np.linspace(1.0, 0.5, len(at)) * width)
        share_of = share_of * (1 - share[..., None]) + INK * share[..., None] * 0.6

    size = float(np.cbrt(np.linalg.det(matrix[:3, :3]))) / 0.0625
    for side in sides:
        lid = lid_line(side)
        share = 0.85 * near_line(found.rest, lid, [0.06, 0.11, 0.13])[..., None]
        share_of = share_of * (1 - share) + INK * share * 0.5
        crease = near_line(found.rest, lid + np.array([0.0, -0.25, 0.95]), [0.10, 0.16, 0.10])[
            ..., None
        ]
        share_of = share_of * (1 - 0.30 * crease * np.array([0.45, 0.65, 0.68]))
        for fold in FOLDS if folded else ():
            wide = [0.10, 0.22, 0.14] if len(fold) == 3 else [0.12, 0.34, 0.34, 0.12]
            deep = folded * near_line(found.rest, fold * [side, 1, 1], wide)[..., None]
            share_of = share_of * (1 - deep * np.array([0.26, 0.38, 0.38]))
        for lash in lashes(side):
            ink(drawing.opened(lash, 12), 0.0036 * size, 0.55)
        for hair in brows(side):
            ink(hair, 0.0060 * size, brow)
    return share_of
