"""An Ionic capital after the Erechtheion's: a carved neck, eggs and darts, scrolls, a thin slab.

Its two faces look along y, out of the row of columns and into it. Every edge is one that a chisel
leaves; what the parts hide of the sky from one another is reckoned once and kept at each vertex, so
that a capital has its dark at every level of detail. Metres; heights are over the shaft.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, merge
from models.noise import fbm
from models.openness import openness
from models.place.column import FLUTES, HEIGHT, SHAFT, Pair, shaft_radius
from models.place.struck import struck
from models.shape import circle, lathe, skin

Array = NDArray[np.float64]

ABACUS, HALF = 0.115, 0.60  # of the slab: its height, half its width
TALL = HEIGHT - SHAFT - ABACUS  # of all that lies below it
FOOT = float(shaft_radius(SHAFT))
VARIANTS = 3  # each broken in its own way
EYE = (0.475, TALL - 0.225)  # of a scroll: out from the axis, height
SCROLL, TURNS, WITHIN = 0.225, 2.6, 0.042  # its radius, its turns, the radius of its eye
STEPS = 13  # of it in a turn
FACE = 0.455  # metres from the axis to the plane of a scroll's channel
# A scroll's band, from its inner to its outer edge: share of its width, metres out of the plane.
BAND = ((0.0, 0.0), (0.10, -0.030), (0.42, -0.050), (0.70, -0.032), (0.78, 0.026), (1.0, 0.020))
BACK = -0.12  # metres: as deep goes the band into the stone
PETALS, EGGS = FLUTES, FLUTES  # of the neck, and of the ring of eggs over it
NECK, RING = (0.055, 0.245), (0.29, 0.425)  # foot and top of both
CELL, REACH = 0.02, 0.30  # of the grid that darkness is reckoned in
DARKEST = 0.08  # share of the sky that the deepest hollow keeps
LOST = (0.30, 0.45)  # chance that a scroll's corner has broken off; how much of it at most


@cache
def capital(variant: int = 0, quarter: int = 0) -> Pair:
    """One of VARIANTS, in its place on a shaft of SHAFT metres, turned by so many quarters."""
    near, far = _carved(variant)
    near, far = (_turned(each, quarter * np.pi / 2) for each in (near, far))
    return _sunned(near), _sunned(far)


@cache
def _carved(variant: int) -> Pair:
    rng = np.random.default_rng([821, variant])
    parts = [_neck(), _eggs(), _slab(rng, 9)]
    for side in (0, 1):
        parts.append(_turned(_scrolls(rng), side * np.pi))
        for hand in (-1, 1):
            parts.append(_turned(_eye().moved((hand * EYE[0], 0.0, 0.0)), side * np.pi))
        parts.append(_turned(_bolster(16), side * np.pi))
    near = merge(parts)
    seen = openness(near, CELL, REACH)
    seen = DARKEST + (1.0 - DARKEST) * seen**1.2
    dirt = np.clip(0.16 * seen - 0.02, 0.0, 0.2)  # it lies where little light comes
    near = near.with_attributes(open=np.column_stack([seen, np.ones(len(seen))]), edge=dirt)
    return near, _far()


def _sunned(mesh: Mesh) -> Mesh:
    """What looks away from the sun (-x) takes little of it: the rest of the stone does."""
    x, y = mesh.positions[:, 0].astype(float), mesh.positions[:, 1].astype(float)
    facing = -x / np.maximum(np.hypot(x, y), 1e-6)
    share = np.clip(0.6 + 1.8 * facing, 0.0, 1.0)
    return mesh.with_attributes(open=np.column_stack([mesh.attributes["open"][:, 0], share]))


def _turned(mesh: Mesh, angle: float) -> Mesh:
    turn = np.eye(4)
    turn[:2, :2] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    return mesh.transformed(turn)


def _bare(mesh: Mesh) -> Mesh:
    return mesh.with_attributes(edge=0.1, open=np.ones((len(mesh.positions), 2)))


def _neck() -> Mesh:
    """A bead, and over it tall leaves in low relief that stand side by side about the neck."""
    low, high = NECK
    across = np.array([0.0, 0.10, 0.22, 0.5, 0.78, 0.90])  # of a leaf: the gap, its edge, its rib
    angle = (np.arange(PETALS)[:, None] + across).ravel() * 2 * np.pi / PETALS
    ring = np.column_stack([np.cos(angle), np.sin(angle)])
    lift = np.tile([0.0, 0.0, 0.020, 0.011, 0.020, 0.0], PETALS)
    rows = [(FOOT - 0.024, low, 0.0), (FOOT - 0.024, low + 0.015, 0.85)]
    rows += [(FOOT - 0.018, 0.5 * (low + high), 1.0), (FOOT - 0.002, high - 0.03, 1.0)]
    rows += [(FOOT + 0.006, high - 0.006, 0.45), (FOOT - 0.014, high + 0.004, 0.0)]
    rings = [
        np.column_stack([ring * (radius + relief * lift)[:, None], np.full(len(ring), SHAFT + z)])
        for radius, z, relief in rows
    ]
    leaves = _bare(skin(np.stack(rings), 0.1 * np.ones(len(rings)), np.radians(34.0)))
    beads = [
        _bare(lathe([(FOOT + out, SHAFT + foot + z) for out, z in profile], 28))
        for foot, profile in (
            (0.0, ((-0.03, 0.0), (0.024, 0.008), (0.036, 0.026), (0.024, 0.044), (-0.03, 0.054))),
            (high, ((-0.03, 0.0), (0.018, 0.006), (0.027, 0.020), (0.018, 0.034), (-0.03, 0.042))),
        )
    ]
    return merge([leaves, *beads])


def _eggs() -> Mesh:
    """The rounded course under the scrolls, carved with eggs and the darts between them."""
    low, high = RING
    across = np.array([0.0, 0.11, 0.28, 0.5, 0.72, 0.89])
    angle = (np.arange(EGGS)[:, None] + across).ravel() * 2 * np.pi / EGGS
    ring = np.column_stack([np.cos(angle), np.sin(angle)])
    egg = np.tile([0.0, -0.034, 0.008, 0.026, 0.008, -0.034], EGGS)
    rows = []
    for part in np.linspace(0.0, 1.0, 5):
        round_out = np.sin(part * np.pi / 2)
        rows.append(
            (FOOT + 0.006 + 0.095 * round_out, low + (high - low) * part, 0.25 + 0.75 * part)
        )
    rows += [(FOOT + 0.112, high + 0.006, 0.0), (FOOT + 0.112, high + 0.03, 0.0)]
    rows += [
        (FACE - 0.055, high + 0.05, 0.0),
        (FACE - 0.055, TALL + 0.005, 0.0),
    ]  # the stone within
    rings = [
        np.column_stack([ring * (radius + relief * egg)[:, None], np.full(len(ring), SHAFT + z)])
        for radius, z, relief in rows
    ]
    return _bare(skin(np.stack(rings), 0.1 * np.ones(len(rings)), np.radians(34.0)))


def _scrolls(rng: np.random.Generator) -> Mesh:
    """The face towards -y: a channel that winds up at both its ends (a logarithmic spiral)."""
    wound = np.linspace(TURNS, 0.0, round(TURNS * STEPS) + 1) * 2 * np.pi
    fall = np.log(SCROLL / WITHIN) / (TURNS * 2 * np.pi)
    sections = []
    for hand, turns in ((-1.0, wound), (1.0, wound[::-1])):
        for turn in turns:
            outer, inner = SCROLL * np.exp(-fall * np.array([turn, turn + 2 * np.pi]))
            share = np.array([0.0, 1.0, *(each[0] for each in reversed(BAND))])
            depth = (0.45 + 0.55 * outer / SCROLL) * np.array([out for _, out in reversed(BAND)])
            radius = inner + share * (outer - inner)
            y = -FACE - np.array([BACK, BACK, *depth])
            x = hand * (EYE[0] + radius * np.sin(turn))
            sections.append(np.column_stack([x, y, SHAFT + EYE[1] + radius * np.cos(turn)]))
    rings = np.stack(sections)
    for hand in (-1.0, 1.0):
        if rng.random() < LOST[0]:
            way = np.array([0.75 * hand, -0.35, rng.uniform(-0.6, 0.5)])
            middle = np.array([hand * EYE[0], -FACE, SHAFT + EYE[1]])
            left = 1.0 - rng.uniform(0.25, LOST[1])
            rings = struck(rings, middle, way / np.linalg.norm(way), left)
    return _bare(skin(rings, 0.1 * np.ones(len(rings)), np.radians(30.0)))


def _eye() -> Mesh:
    """The round stone in the middle of a scroll, of the face towards -y."""
    rows = (
        (WITHIN + 0.006, 0.03),
        (WITHIN + 0.006, -0.012),
        (WITHIN - 0.008, -0.026),
        (0.01, -0.030),
    )
    ring = circle(12)
    rings = [
        np.column_stack([r * ring[:, 0], np.full(12, -FACE + y), SHAFT + EYE[1] + r * ring[:, 1]])
        for r, y in rows
    ]
    return _bare(skin(np.stack(rings), 0.05 * np.ones(len(rings)), np.radians(40.0)))


def _bolster(sides: int) -> Mesh:
    """What joins the scrolls of both faces at +x: drawn in and channelled, belted in the middle."""
    rows = [(0.93, FACE - 0.035), (0.95, FACE - 0.06), (0.83, 0.375), (0.80, 0.33), (0.88, 0.315)]
    rows += [(0.88, 0.295), (0.74, 0.26), (0.71, 0.215), (0.80, 0.20), (0.80, 0.18), (0.66, 0.145)]
    rows += [(0.63, 0.10), (0.74, 0.085), (0.78, 0.045), (0.70, 0.038), (0.72, 0.0)]
    rows += [(share, -y) for share, y in reversed(rows[:-1])]
    ring = circle(sides)
    rings = [
        np.column_stack(
            [
                EYE[0] + 0.9 * share * SCROLL * ring[:, 0],
                np.full(sides, -y),
                SHAFT + EYE[1] + share * SCROLL * ring[:, 1],
            ]
        )
        for share, y in reversed(rows)
    ]
    return _bare(skin(np.stack(rings), 0.1 * np.ones(len(rings)), np.radians(36.0)))


def _slab(rng: np.random.Generator, each: int) -> Mesh:
    """The thin slab with its rounded moulding, chipped along its edges."""
    outline = _square(each)
    salt = rng.uniform(0.0, 99.0)
    worn = fbm(np.column_stack([outline * 2.6, np.full(len(outline), salt)]), 3)
    corner = (np.abs(outline).min(axis=1) > 0.97 * HALF) * rng.uniform(0.0, 0.10, len(outline))
    worn = np.clip((worn - 0.56) / 0.2, 0.0, 1.0) * 0.06 + corner
    rows = [(0.87, 0.0, 0.0), (0.905, 0.006, 0.2), (0.955, 0.028, 0.6), (0.968, 0.052, 0.9)]
    rows += [(0.945, 0.058, 0.8), (0.995, 0.064, 1.0), (1.0, 0.070, 1.0)]
    rows += [(1.0, ABACUS - 0.008, 1.0), (0.99, ABACUS, 1.2)]
    rings = [
        np.column_stack(
            [outline * (share - lost * worn)[:, None], np.full(len(outline), HEIGHT - ABACUS + z)]
        )
        for share, z, lost in rows
    ]
    return _bare(skin(np.stack(rings), 0.1 * np.ones(len(rings)), np.radians(30.0)))


def _square(each: int) -> Array:
    """Outline (4 * each, 2) of the slab, counter-clockwise."""
    part = np.linspace(-1.0, 1.0, each, endpoint=False)
    side = HALF * np.column_stack([np.ones(each), part])
    turns = [np.array([[c, -s], [s, c]]) for c, s in ((1, 0), (0, 1), (-1, 0), (0, -1))]
    return np.concatenate([side @ turn.T for turn in turns])


@cache
def _far() -> Mesh:
    """As it is from afar: neck, two rollers, the slab."""
    neck = [(FOOT, 0.0), (FOOT + 0.02, 0.03), (FOOT - 0.01, 0.06), (FOOT + 0.01, 0.27)]
    neck += [(FOOT + 0.10, 0.42), (FOOT + 0.10, TALL)]
    path = [(radius, SHAFT + z) for radius, z in neck]
    parts = [lathe(path, 14, [0.8, 0.9, 0.6, 0.5, 0.55, 0.3])]
    for hand in (-1, 1):
        ring = circle(10)
        rings = [
            np.column_stack(
                [
                    hand * EYE[0] + 0.92 * SCROLL * ring[:, 0],
                    np.full(10, y),
                    SHAFT + EYE[1] + SCROLL * ring[:, 1],
                ]
            )
            for y in (FACE, -FACE)
        ]
        parts.append(skin(np.stack(rings), np.full(2, 0.3), np.radians(60.0), np.full(2, 0.75)))
    corners = HALF * np.array([(1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)])
    slab = [
        np.column_stack([corners * share, np.full(4, HEIGHT - ABACUS + z)])
        for share, z in ((0.88, 0.0), (1.0, 0.06), (1.0, ABACUS))
    ]
    parts.append(skin(np.stack(slab), np.full(3, 0.3), open=np.array([0.5, 0.8, 1.0])))
    return merge(parts)
