"""A Corinthian capital: bell, two rows of acanthus that curl free of it, scrolls, a hollowed slab.

Leaves are bodies of their own, with light between them and the bell; what they hide of the sky is
reckoned once and kept at each vertex, so that a capital has its dark at every level of detail.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from models.column import HEIGHT, SHAFT, Pair, shaft_radius
from models.mesh import Mesh, merge
from models.noise import fbm
from models.openness import openness
from models.shape import circle, lathe, skin

Array = NDArray[np.float64]

ABACUS = 0.13
TALL = HEIGHT - ABACUS - SHAFT  # of the bell
FOOT = float(shaft_radius(SHAFT))
LEAVES = 8  # in each of two rows
ACROSS = 7  # points over a leaf
# A leaf along its rib, as shares of its length and of its half width: three lobes, then a tip.
OUTLINE = (
    (0.0, 0.66), (0.15, 0.98), (0.27, 0.70), (0.40, 1.02), (0.51, 0.72),
    (0.63, 0.98), (0.72, 0.74), (0.82, 0.86), (0.91, 0.68), (1.0, 0.30),
)  # fmt: skip
# Foot and crown (shares of TALL) and width (metres) of the leaves of each row.
LOWER, UPPER = (0.02, 0.50, 0.30), (0.06, 0.80, 0.27)
VARIANTS = 3  # each broken in its own way
BROKEN = 0.14  # share of the leaves whose tip has gone
SCROLL_TURNS = 1.6
HALF, CORNER = 0.60, 0.93  # of the slab: from the axis to the middle of a side, to a corner
CELL, REACH = 0.022, 0.30  # of the grid that darkness is reckoned in
DARKEST = 0.10  # share of the sky that the deepest hollow keeps


@cache
def capital(variant: int = 0) -> Pair:
    """One of VARIANTS, in its place on a shaft of SHAFT metres."""
    rng = np.random.default_rng([821, variant])
    parts = [_bell(20), _abacus(5)]
    for row, (foot, crown, width) in enumerate((LOWER, UPPER)):
        for place in range(LEAVES):
            angle = 2 * np.pi * (place + 0.5 * (1 - row)) / LEAVES  # the upper under the corners
            tip = rng.uniform(0.62, 0.8) if rng.random() < BROKEN else 1.0
            leaf = _leaf(foot, crown, width, tip, rng)
            parts.append(_turned(leaf, angle))
    for place in range(4):
        kept = rng.random() > 0.15
        for hand in (-1, 1):
            if kept:
                parts.append(_turned(_scroll(hand), (place + 0.5) * np.pi / 2))
        parts.append(_turned(_rosette(), place * np.pi / 2))
    near = merge(parts)
    seen = openness(near, CELL, REACH)
    seen = DARKEST + (1.0 - DARKEST) * seen**1.3
    # Dirt lies where little light comes.
    dirt = np.clip(0.16 * seen - 0.02, 0.0, 0.2)
    near = near.with_attributes(open=np.column_stack([seen, _sun_share(near)]), edge=dirt)
    return near, _far()


def _sun_share(mesh: Mesh) -> Array:
    """Leaves on the far side from the sun (-x) take little of it: their neighbours do."""
    x, y = mesh.positions[:, 0].astype(float), mesh.positions[:, 1].astype(float)
    facing = -x / np.maximum(np.hypot(x, y), 1e-6)
    return np.asarray(np.clip(0.55 + 1.8 * facing, 0.0, 1.0))


def _turned(mesh: Mesh, angle: float) -> Mesh:
    turn = np.eye(4)
    turn[:2, :2] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    return mesh.transformed(turn)


def _bell_radius(height: float | Array) -> Array:
    """Of the bell at a share of its height: nearly straight, a lip under the slab."""
    return np.asarray(FOOT - 0.035 + 0.03 * np.asarray(height) + 0.13 * np.asarray(height) ** 5)


def _bell(sides: int) -> Mesh:
    ring = [(FOOT - 0.02, 0.0), (FOOT + 0.030, 0.012), (FOOT + 0.045, 0.035), (FOOT + 0.030, 0.058)]
    ring += [(FOOT - 0.015, 0.066)]
    shares = np.linspace(0.15, 1.0, 6)
    path = [*ring, *zip(_bell_radius(shares), shares * TALL, strict=True)]
    return _bare(lathe([(r, SHAFT + z) for r, z in path], sides))


def _bare(mesh: Mesh) -> Mesh:
    return mesh.with_attributes(edge=0.1, open=np.ones((len(mesh.positions), 2)))


def _leaf(foot: float, crown: float, width: float, tip: float, rng: np.random.Generator) -> Mesh:
    """An acanthus leaf against the bell at +x: lobed, ribbed, rolled over at its tip.

    tip : share of its length that is left
    """
    outline = np.array(OUTLINE)
    outline = outline[outline[:, 0] <= tip]
    v, share = outline[:, :1], outline[:, 1:]
    u = np.linspace(-1.0, 1.0, ACROSS)[None]
    tall = (crown - foot) * TALL
    roll = np.clip((v - 0.62) / 0.38, 0.0, 1.0)  # of the part that leaves the bell
    curl = 0.062 + 0.016 * (crown > 0.6)
    turn = 3.5 * roll
    rise = foot * TALL + 0.07 + tall * np.minimum(v, 0.62) / 0.80 + curl * np.sin(turn)
    away = 0.022 + 0.06 * v**2 + curl * 1.15 * (1.0 - np.cos(turn))
    out = _bell_radius(np.clip(rise / TALL, 0.0, 1.0) * 0.86) + away
    half = 0.5 * width * share * (0.92 + 0.16 * v)
    side = u * half
    # The blade: a rib, hollows beside it, lobes whose ends turn to the bell or out of it.
    rib = 0.020 * np.exp(-((u / 0.16) ** 2)) * (1.0 - 0.5 * v)
    hollow = -0.018 * np.sin(np.pi * np.abs(u)) ** 2
    lobed = np.clip((share - 0.64) / 0.34, 0.0, 1.0)  # they stand out
    veins = (0.030 * lobed - 0.012) * np.abs(u)
    drop = -0.055 * np.abs(u) ** 3.0 * (0.35 + roll)
    relief = rib + hollow + veins + drop
    relief = relief + rng.normal(0.0, 0.002, relief.shape)
    out_turn, rise_turn = np.cos(turn), np.sin(turn)  # the blade's own outward direction
    radius = out + relief * out_turn
    height = rise + relief * rise_turn * 0.6
    around = side / np.maximum(out, 0.2)
    front = np.stack(
        [radius * np.cos(around), radius * np.sin(around), SHAFT + height + 0 * around], axis=-1
    )
    thick = 0.024 - 0.008 * v + 0 * u
    thick = thick * (1.0 - 0.55 * np.abs(u) ** 3)
    deep = radius - thick * out_turn
    back = np.stack(
        [deep * np.cos(around), deep * np.sin(around), SHAFT + height - thick * rise_turn], axis=-1
    )
    rings = np.concatenate([front, back[:, [-1, ACROSS // 2, 0]]], axis=1)  # nobody looks behind
    mesh = skin(rings, 0.1 * np.ones(len(rings)), np.radians(52.0))
    return _bare(mesh)


def _scroll(hand: int) -> Mesh:
    """One of the two bands that wind up under a corner of the slab, seen from its own side."""
    steps = 15
    t = np.linspace(0.0, 1.0, steps)
    # A stalk from behind the upper leaves, then a spiral (Archimedes') about the corner's eye.
    eye = np.array([0.755, TALL - 0.115])
    stalk = t < 0.35
    angle = np.where(stalk, 0.0, (t - 0.35) / 0.65) * SCROLL_TURNS * 2 * np.pi
    radius = 0.105 * (1.0 - 0.80 * np.clip((t - 0.35) / 0.65, 0.0, 1.0))
    along = eye[0] + radius * np.cos(np.pi / 2 - angle)
    up = eye[1] + radius * np.sin(np.pi / 2 - angle)
    part = np.clip(t / 0.35, 0.0, 1.0)
    start = np.array([0.37, 0.40 * TALL])
    along = np.where(stalk, start[0] + (eye[0] - start[0]) * part**2.4, along)
    top = eye[1] + 0.105
    up = np.where(stalk, start[1] + (top - start[1]) * np.sin(part * np.pi / 2), up)
    wide = 0.046 - 0.012 * np.clip((t - 0.35) / 0.65, 0.0, 1.0)
    tall = 0.030 - 0.012 * np.clip((t - 0.35) / 0.65, 0.0, 1.0)
    heading = np.gradient(np.column_stack([along, up]), axis=0)
    heading /= np.linalg.norm(heading, axis=1)[:, None]
    normal = np.column_stack([-heading[:, 1], heading[:, 0]])
    # Both bands start apart on the bell's sides and meet at the corner.
    aside = hand * (0.046 + 0.16 * (1.0 - np.clip(t / 0.35, 0.0, 1.0)) ** 1.4)
    profile = [(-0.8, -1.0), (0.8, -1.0), (1.0, 0.0), (0.8, 1.0), (0.4, 0.4), (-0.4, 0.4)]
    profile += [(-0.8, 1.0), (-1.0, 0.0)]  # a channel along it
    rings = np.zeros((steps, len(profile), 3))
    for k, (x, z) in enumerate(profile):
        rings[:, k, 0] = along + z * tall * normal[:, 0]
        rings[:, k, 1] = aside + x * wide
        rings[:, k, 2] = SHAFT + up + z * tall * normal[:, 1]
    return _bare(skin(rings, 0.1 * np.ones(steps), np.radians(48.0)))


def _rosette() -> Mesh:
    """The flower in the middle of a side of the slab."""
    z = HEIGHT - 0.5 * ABACUS - 0.03
    petals = 6
    ring = circle(3 * petals)
    wave = 0.72 + 0.28 * np.abs(np.cos(0.5 * petals * np.arctan2(ring[:, 1], ring[:, 0])))
    rings = []
    for radius, out in ((0.06, -0.04), (0.095, 0.02), (0.07, 0.045), (0.03, 0.03)):
        wide = radius * (wave if radius > 0.05 else 1.0)
        rings.append(
            np.column_stack(
                [np.full(len(ring), HALF + out), ring * np.reshape(wide, (-1, 1)) + [0.0, z]]
            )
        )
    return _bare(skin(np.stack(rings), 0.05 * np.ones(len(rings)), np.radians(50.0)))


def _abacus(each: int) -> Mesh:
    """The slab: four hollowed sides, cut corners, a groove between its two mouldings."""
    outline = _hollowed(each)
    worn = fbm(np.column_stack([outline * 3.1, np.full(len(outline), 7.7)]), 3)
    worn = np.clip((worn - 0.55) / 0.2, 0.0, 1.0)[:, None] * 0.05
    rows = [(0.90, 0.0), (0.945, 0.012), (0.955, 0.045), (0.97, 0.058), (0.94, 0.066)]
    rows += [(0.985, 0.082), (1.0, 0.09), (1.0, ABACUS - 0.012), (0.99, ABACUS)]
    rings = [
        np.column_stack([outline * (share - worn), np.full(len(outline), HEIGHT - ABACUS + z)])
        for share, z in rows
    ]
    return _bare(skin(np.stack(rings), 0.1 * np.ones(len(rings)), np.radians(35.0)))


def _hollowed(each: int) -> Array:
    """Outline (4 * each, 2) of the slab, counter-clockwise."""
    part = np.linspace(-1.0, 1.0, each)
    half = CORNER / np.sqrt(2.0) - 0.045  # the corners are cut
    side = np.column_stack([HALF + (CORNER / np.sqrt(2.0) + 0.02 - HALF) * part**2, half * part])
    turns = [np.array([[c, -s], [s, c]]) for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))]
    return np.concatenate([side @ turn.T for turn in turns])


@cache
def _far() -> Mesh:
    """As it is from afar: leaves as waves of the bell, scrolls as lumps, the slab's outline."""
    count = 3 * LEAVES
    angle = 2 * np.pi * np.arange(count) / count
    upper = np.clip(np.cos(LEAVES * angle), 0.0, 1.0)
    lower = np.clip(-1.6 * np.cos(LEAVES * angle), 0.0, 1.0)
    corner = np.clip(np.abs(np.sin(2 * angle)), 0.0, 1.0) ** 6
    rows = (
        (0.0, FOOT + 0.01, 0.7),
        (0.36, FOOT + 0.03 + 0.10 * lower, 0.4 + 0.6 * lower),
        (0.47, FOOT + 0.04 + 0.16 * lower, 0.6 + 0.4 * lower),
        (0.50, FOOT + 0.03 + 0.07 * upper, 0.3 + 0.4 * upper),
        (0.72, FOOT + 0.09 + 0.17 * upper + 0.12 * corner, 0.5 + 0.4 * upper),
        (0.80, FOOT + 0.05 + 0.36 * corner, 0.3 + 0.5 * corner),
        (1.0, FOOT + 0.05 + 0.35 * corner, 0.3 + 0.4 * corner),
    )
    ring = circle(count)
    rings = [
        np.column_stack([ring * np.reshape(radius, (-1, 1)), np.full(count, SHAFT + TALL * share)])
        for share, radius, _ in rows
    ]
    sky = np.stack([np.broadcast_to(seen, count) for _, _, seen in rows])
    bell = skin(np.stack(rings), np.full(len(rows), 0.3), np.radians(70.0), sky, capped=False)
    outline = _hollowed(3)
    slab = np.stack(
        [np.column_stack([outline, np.full(len(outline), z)]) for z in (HEIGHT - ABACUS, HEIGHT)]
    )
    top = skin(slab, np.full(2, 0.3), open=np.array([0.75, 1.0]))
    both = merge([bell, top])
    sky_share = both.attributes["open"][:, 0]
    return both.with_attributes(open=np.column_stack([sky_share, _sun_share(both)]))
