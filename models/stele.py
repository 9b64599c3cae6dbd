"""A gravestone: a small temple front, and in it, worn, two people hand in hand.

After the Attic stelae of farewell (dexiosis, about 400 BC). Before it lies what was last brought:
a bowl, and a garland that has dried.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from models.mesh import Mesh, merge
from models.noise import fbm
from models.shape import boxes, circle, frame, lathe, skin, tube

Array = NDArray[np.float64]

WIDTH, TALL, THICK = 1.06, 1.62, 0.20  # of the slab, without foot and gable
FOOT = (1.34, 0.46, 0.26)
POST = 0.13  # width of the two pillars at its sides
OUT = 0.085  # metres that pillars and gable stand out of the ground
GABLE = 0.36
GRID = (100, 148)  # points across and up
WORN = 0.004  # metres of pits
# Limbs as rounded cones: from (x, z, radius) to (x, z, radius), and how far they stand out, in
# metres from the middle of the foot of the field.
Limb = tuple[tuple[float, float, float], tuple[float, float, float], float]
STANDING: tuple[Limb, ...] = (
    ((-0.22, 1.27, 0.082), (-0.185, 1.20, 0.065), 0.075),  # the bowed head
    ((-0.25, 1.22, 0.10), (-0.27, 0.98, 0.14), 0.050),  # its veil
    ((-0.25, 1.02, 0.125), (-0.25, 0.70, 0.135), 0.062),
    ((-0.25, 0.72, 0.135), (-0.24, 0.06, 0.185), 0.058),
    ((-0.19, 0.98, 0.060), (-0.11, 0.80, 0.050), 0.075),  # arm
    ((-0.11, 0.80, 0.050), (0.045, 0.775, 0.036), 0.078),
    ((-0.20, 0.62, 0.085), (-0.14, 0.10, 0.075), 0.072),  # the free leg
)
SEATED: tuple[Limb, ...] = (
    ((0.255, 0.985, 0.078), (0.225, 0.93, 0.060), 0.074),
    ((0.285, 0.93, 0.085), (0.32, 0.70, 0.115), 0.050),
    ((0.30, 0.78, 0.115), (0.31, 0.50, 0.130), 0.064),
    ((0.30, 0.47, 0.115), (0.08, 0.47, 0.090), 0.072),  # thigh
    ((0.08, 0.46, 0.088), (0.055, 0.07, 0.095), 0.066),  # shin
    ((0.25, 0.80, 0.052), (0.16, 0.72, 0.045), 0.074),
    ((0.16, 0.72, 0.045), (0.035, 0.785, 0.034), 0.080),
)
STOOL: tuple[Limb, ...] = (
    ((0.22, 0.34, 0.035), (0.42, 0.34, 0.035), 0.040),
    ((0.40, 0.34, 0.030), (0.42, 0.05, 0.030), 0.035),
    ((0.24, 0.34, 0.026), (0.22, 0.05, 0.026), 0.028),
    ((-0.02, 0.035, 0.030), (0.16, 0.035, 0.030), 0.045),  # for the feet
)


def _limb(x: Array, z: Array, limb: Limb) -> Array:
    """How far a limb stands out at points of the field, metres: round, or less than 0 beside it."""
    (ax, az, ar), (bx, bz, br), out = limb
    way = np.array([bx - ax, bz - az])
    part = np.clip(((x - ax) * way[0] + (z - az) * way[1]) / max(float(way @ way), 1e-6), 0.0, 1.0)
    away = np.hypot(x - ax - part * way[0], z - az - part * way[1]) / (ar + (br - ar) * part)
    return np.asarray(
        out * np.where(away < 1.0, np.maximum(1.0 - away**2, 0.0) ** 0.72, 1.0 - away)
    )


def _joined(heights: list[Array], soft: float) -> Array:
    """The highest of them, blended where they meet (smooth maximum, Quilez 2013)."""
    out = heights[0]
    for each in heights[1:]:
        near = np.clip(0.5 + 0.5 * (each - out) / soft, 0.0, 1.0)
        out = out + (each - out) * near + soft * near * (1.0 - near)
    return out


def relief(x: Array, z: Array) -> Array:
    """How far the carving stands out of its ground at points of the field, metres."""
    figures = []
    for limbs, fold, turn in ((STANDING, 36.0, 0.15), (SEATED, 40.0, -0.5)):
        body = _joined([_limb(x, z, limb) for limb in limbs], 0.012)
        bend = 0.25 * fbm(np.stack([x * 5.0, z * 3.0], axis=-1), 2)
        folds = np.sin(fold * (x + turn * (z - 0.6) + bend)) * (0.6 + 0.8 * bend)
        inside = np.clip(body / 0.03, 0.0, 1.0)
        lower = np.clip((0.92 - z) / 0.2, 0.0, 1.0)
        figures.append(body + 0.009 * folds * inside * (0.25 + 0.75 * lower))
    stool = _joined([_limb(x, z, limb) for limb in STOOL], 0.008)
    carved = _joined([*figures, stool], 0.006)
    return np.asarray(np.maximum(carved, 0.0))


def _field() -> Mesh:
    """Slab, pillars and carving as one height over a grid, its back and sides plain; the face
    looks to -y, the foot stands on z = 0."""
    columns, rows = GRID
    across = np.linspace(-WIDTH / 2, WIDTH / 2, columns)
    up = np.linspace(0.0, TALL, rows)
    x, z = np.meshgrid(across, up)
    inner = WIDTH / 2 - POST
    out = relief(x, z - 0.05)
    # Pillars, their feet and heads a little broader, and the beam over them.
    side = np.abs(x)
    near_end = np.minimum(z, TALL - 0.10 - z)
    edge = inner - 0.02 * (near_end < 0.07)
    pillar = OUT * np.clip((side - edge) / 0.02, 0.0, 1.0) + 0.012 * (near_end < 0.07) * (
        side > edge
    )
    beam = (OUT + 0.02) * np.clip((z - (TALL - 0.10)) / 0.012, 0.0, 1.0)
    out = np.maximum(out, np.maximum(pillar, beam))
    sill = 0.05 * np.clip((0.045 - z) / 0.01, 0.0, 1.0)
    out = np.maximum(out, sill)
    pits = fbm(np.stack([x * 17.0, z * 17.0], axis=-1), 3)
    broad = fbm(np.stack([x * 3.1 + 5.0, z * 3.1], axis=-1), 3)
    out = out * (0.80 + 0.3 * broad) + WORN * (pits - 0.5)
    lost = np.clip((broad - 0.62) / 0.1, 0.0, 1.0)  # where the face has flaked off
    out = out * (1.0 - 0.35 * lost) - 0.006 * lost
    out = gaussian_filter(out, 0.9, mode="nearest")  # a grid cannot hold a sharper edge
    seen = gaussian_filter(_hollow(out, across[1] - across[0]), 1.0, mode="nearest")
    front = np.stack([x, -THICK / 2 - out, z], axis=-1)
    back = np.stack([x, np.full_like(x, THICK / 2), z], axis=-1)[:, [-1, 0]]
    rings = np.concatenate([front, back], axis=1)
    sky = np.concatenate([seen, np.ones((rows, 2))], axis=1)
    dirt = np.clip(0.10 * sky - 0.02, 0.0, 0.2)
    return skin(rings, dirt, np.radians(80.0), sky)


def _hollow(out: Array, step: float) -> Array:
    """Share of the sky seen at the points of a height field: less the more stands over them."""
    seen = np.ones_like(out)
    for reach in (2, 4, 8):
        over = np.zeros_like(out)
        for dx, dz in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)):
            other = np.roll(out, (reach * dz, reach * dx), (0, 1))
            over += np.clip((other - out) / (reach * step), 0.0, 1.5)
        seen -= 0.12 * over
    return np.asarray(np.clip(seen, 0.2, 1.0))


def stele() -> tuple[Mesh, Mesh]:
    """The stone on z = 0, looking to -y, near by and from afar."""
    wide, deep, tall = FOOT
    foot = boxes(
        [[wide, deep, tall], [wide - 0.12, deep - 0.1, 0.06]],
        0.012,
        [frame((0, 0, tall / 2)), frame((0, 0, tall + 0.03))],
    )
    base = tall + 0.05
    gable = _gable()
    near = merge([_lit(foot), _field().moved((0, 0, base)), _lit(gable).moved((0, 0, base + TALL))])
    # From afar, and for its shadow: what stands out of the field must not shade it as a whole.
    middle, thick = -OUT / 2, THICK + OUT
    blocks = [
        ((wide, deep, tall), (0.0, 0.0, tall / 2)),
        ((WIDTH, THICK, TALL), (0.0, 0.0, base + TALL / 2)),
        ((POST, thick, TALL), ((POST - WIDTH) / 2, middle, base + TALL / 2)),
        ((POST, thick, TALL), ((WIDTH - POST) / 2, middle, base + TALL / 2)),
        ((WIDTH, thick + 0.02, 0.10), (0.0, middle, base + TALL - 0.05)),
    ]
    plain = boxes([size for size, _ in blocks], 0.01, [frame(spot) for _, spot in blocks])
    far = merge([_lit(plain), _lit(gable).moved((0, 0, base + TALL))])
    return near, far


def _lit(mesh: Mesh) -> Mesh:
    return mesh.with_attributes(edge=0.1, open=np.ones((len(mesh.positions), 2)))


def _gable() -> Mesh:
    """The low triangle on top with its three knobs, one of them gone."""
    half = WIDTH / 2 + 0.07
    outline = [(-half, 0.0), (half, 0.0), (half, 0.07), (half - 0.05, 0.12), (0.07, GABLE)]
    outline += [(-0.05, GABLE + 0.015), (-0.42, 0.19), (-half + 0.17, 0.105), (-half, 0.03)]
    section = np.array(outline)
    depth = np.array([THICK / 2 + 0.02, 0.0, -THICK / 2 - OUT - 0.05, -THICK / 2 - OUT - 0.06])
    share = np.array([1.0, 1.0, 1.0, 0.985])
    rings = np.zeros((len(depth), len(section), 3))
    middle = section.mean(axis=0)
    for k in range(len(depth)):
        flat = middle + (section - middle) * share[k]
        rings[k] = np.column_stack([flat[:, 0], np.full(len(flat), depth[k]), flat[:, 1]])
    # The field of the gable is sunk.
    sunk = middle + (section - middle) * 0.80
    edge = np.column_stack([sunk[:, 0], np.full(len(sunk), depth[-1]), sunk[:, 1]])
    floor = edge + np.array([0.0, 0.04, 0.0])
    rings = np.concatenate([rings, edge[None], floor[None]])
    knobs = []
    for x, z in ((half - 0.06, 0.10), (0.0, GABLE - 0.01)):
        knob = lathe([(0.05, 0.0), (0.035, 0.04), (0.075, 0.10), (0.06, 0.15), (0.02, 0.17)], 12)
        knobs.append(knob.moved((x, -0.05, z)))
    return merge([skin(rings, np.full(len(rings), 0.1), np.radians(30.0)), *knobs])


def bowl() -> Mesh:
    """A shallow stone bowl on its foot, on z = 0."""
    profile = [(0.09, 0.0), (0.10, 0.012), (0.065, 0.035), (0.06, 0.07), (0.13, 0.10)]
    profile += [(0.205, 0.145), (0.222, 0.18), (0.212, 0.184), (0.19, 0.155), (0.10, 0.118)]
    profile += [(0.02, 0.112)]
    sky = [0.5, 0.7, 0.5, 0.45, 0.6, 0.85, 1.0, 1.0, 0.6, 0.45, 0.4]
    return lathe(profile, 28, sky)


def garland(rng: np.random.Generator) -> Mesh:
    """A ring of dried leaves and stalks, lying on z = 0 about the origin."""
    parts: list[Mesh] = []
    count = 46
    for k in range(count):
        angle = 2 * np.pi * k / count * 0.93
        radius = 0.25 + 0.03 * np.sin(3 * angle) + rng.normal(0.0, 0.012)
        spot = (radius * np.cos(angle), radius * np.sin(angle), 0.022 + 0.02 * rng.random())
        way = frame(spot, angle + np.pi / 2 + rng.normal(0.0, 0.6), rng.normal(-0.25, 0.3))
        parts.append(_dry_leaf(rng).transformed(way))
    ring = circle(30, 0.25)
    stalk = np.column_stack([ring[:28], np.full(28, 0.018) + 0.006 * rng.random(28)])
    parts.append(tube(stalk, 0.011, 6))
    both = merge(parts)
    return both.with_attributes(
        edge=0.02,
        open=np.column_stack(
            [np.clip(0.35 + both.positions[:, 2] * 9.0, 0.3, 1.0), np.ones(len(both.positions))]
        ),
    )


def _dry_leaf(rng: np.random.Generator) -> Mesh:
    """A leaf of laurel, curled up as it dried: a thin closed body along x."""
    length = rng.uniform(0.07, 0.11)
    t = np.linspace(0.0, 1.0, 6)
    half = 0.4 * length * np.sin(np.pi * np.clip(t * 0.94 + 0.03, 0, 1)) ** 0.9 * 0.55
    lift = rng.uniform(0.1, 0.45) * length * t**2
    rings = []
    for k in range(len(t)):
        curl = 0.7 * half[k]
        rings.append(
            [
                (t[k] * length, -half[k], lift[k] + curl),
                (t[k] * length, 0.0, lift[k] - 0.003),
                (t[k] * length, half[k], lift[k] + curl),
                (t[k] * length, 0.0, lift[k] + 0.002),
            ]
        )
    return skin(np.array(rings), 0.02 * np.ones(len(t)), np.radians(60.0))
