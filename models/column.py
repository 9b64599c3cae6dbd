"""One column of the colonnade: plinth, base, fluted shaft of drums, leafed capital.

Standing on z = 0 about the z axis, whole or broken off at a height. Proportions
are the Roman Corinthian's of Vitruvius, book IV, made a little heavier.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import Mesh, merge
from models.noise import fbm
from models.shape import box, circle, frame, lathe, skin

Array = NDArray[np.float64]

HEIGHT = 7.2  # top of the abacus
RADIUS = 0.55  # of the shaft at its foot
TAPER = 0.17  # of the radius, lost by the top
PLINTH = (1.52, 0.20)  # width, height
BASE = 0.46  # top of the base
SHAFT = 6.40  # top of the shaft
ABACUS = 0.14
DRUM = 1.19  # height of a drum
FLUTES = 18
FLUTE_DEPTH = 0.08  # of the radius
RINGS = 4  # of points to a drum, near by
GONE = 0.62  # noise above which an arris has been knocked off
LEAVES = 8
FAR_EDGE = 0.3  # metres: from afar, a joint's dirt is a part of its stone's shade


def shaft_radius(z: ArrayLike) -> Array:
    """Radius of the shaft at heights (n,): straight below, drawn in above (entasis)."""
    part = np.clip((np.asarray(z, dtype=np.float64) - BASE) / (SHAFT - BASE), 0.0, 1.0)
    return np.asarray(RADIUS * (1.0 - TAPER * part**1.7))


def fluted(radius: float, gone: ArrayLike = 0.0) -> Array:
    """Outline (3 * FLUTES, 2) of a shaft: hollows that meet in sharp edges.

    gone : how much of each edge (FLUTES,) has been knocked off, 0 to 1
    """
    ring = circle(3 * FLUTES)
    depth = np.tile([0.0, FLUTE_DEPTH, FLUTE_DEPTH], FLUTES)
    depth[::3] += 0.9 * FLUTE_DEPTH * np.asarray(gone)
    return radius * (1.0 - depth)[:, None] * ring


def _knocked_off(levels: Array, salt: float) -> Array:
    """How much of each arris (n, FLUTES) has gone at heights (n,), here and there a hand wide."""
    ring = np.tile(circle(FLUTES) * 1.7 + salt, (len(levels), 1))
    noise = fbm(np.column_stack([ring, np.repeat(levels * 1.6, FLUTES)]), 3)
    return np.asarray(np.clip((noise - GONE) / 0.06, 0.0, 1.0).reshape(-1, FLUTES))


Pair = tuple[Mesh, Mesh]  # near by, and with fewer rings for where they cannot be told apart


def column(rng: np.random.Generator, height: float = HEIGHT, lean: float = 0.0) -> Pair:
    """A column broken off at `height`, or whole at HEIGHT and more."""
    parts = [base(rng)]
    if height >= HEIGHT:
        parts += [shaft(rng, SHAFT, broken=False), capital()]
    else:
        parts.append(shaft(rng, height, broken=True))
    sheared = np.eye(4)  # a shear keeps the foot flat on its step
    sheared[0, 2] = lean
    near, far = (merge([part[level] for part in parts]) for level in (0, 1))
    return (near.transformed(sheared), far.transformed(sheared)) if lean else (near, far)


def base(rng: np.random.Generator) -> Pair:
    """Square plinth and two rolls with a hollow between them."""
    width, tall = PLINTH
    plinth = box((width, width, tall), 0.03).moved((0.0, 0.0, tall / 2))
    profile = [
        (RADIUS + 0.14, tall - 0.02),
        (RADIUS + 0.19, tall + 0.06),
        (RADIUS + 0.14, tall + 0.12),
        (RADIUS + 0.06, tall + 0.15),
        (RADIUS + 0.11, tall + 0.20),
        (RADIUS + 0.03, BASE + 0.01),
    ]
    turned = np.eye(4)
    angle = rng.normal(0.0, 0.01)
    turned[:2, :2] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    near = merge([plinth.transformed(turned), lathe(profile, sides=20)])
    return near, merge([plinth, lathe([profile[i] for i in (0, 1, 3, 4, 5)], sides=12)])


def shaft(rng: np.random.Generator, top: float, broken: bool) -> Pair:
    """Drums upon each other, each a little out of line; the last one torn off if `broken`."""
    rows: list[Array] = []
    edge: list[float] = []
    coarse: list[int] = []  # rows that also stand for the shaft from afar: a joint each
    slope, last = 0.0, top
    salt = rng.uniform(0.0, 99.0)
    if broken:
        slope = float(rng.uniform(0.25, 0.75))
        last = max(top - RADIUS * slope - 0.22, BASE + 0.05)
    z = BASE
    while z < last - 0.03:
        upper = min(z + DRUM, last)
        shift = rng.normal(0.0, 0.008, 2)
        coarse.append(len(rows))
        parts = np.linspace(0.0, 1.0, RINGS)
        levels = z + 0.012 + parts * (upper - z - 0.024)
        for level, gone in zip(levels, _knocked_off(levels, salt), strict=True):
            outline = fluted(float(shaft_radius(level)), gone)
            rows.append(np.column_stack([outline + shift, _flat(level)]))
        edge += list(0.8 * np.minimum(parts, 1.0 - parts))
        z = upper
    if broken:
        coarse += range(len(rows), len(rows) + 3)
        rows += _torn(rng, float(shaft_radius(last)), top, slope, last)
        edge += [0.0, 0.08, 0.2]
    else:
        coarse.append(len(rows) - 1)
    far = [FAR_EDGE if i < coarse[-1] else edge[i] for i in coarse]
    return skin(np.stack(rows), edge), skin(np.stack([rows[i] for i in coarse]), far)


def _flat(level: float) -> Array:
    return np.full(3 * FLUTES, level)


def _torn(
    rng: np.random.Generator, radius: float, top: float, slope: float, floor: float
) -> list[Array]:
    """Rings over a break: a slanting tear with teeth, rising to `top` at its highest."""
    away = rng.uniform(0.0, 2 * np.pi)
    outline = fluted(radius)
    angle = np.arctan2(outline[:, 1], outline[:, 0])
    teeth = rng.normal(0.0, 0.03, len(angle))
    for k in (2, 3, 5, 8):
        teeth += rng.normal(0.0, 0.12 / k) * np.cos(k * angle + rng.uniform(0.0, 2 * np.pi))
    rise = slope * radius * np.cos(angle - away) + teeth
    rise = np.maximum(rise - rise.max() + top, floor + 0.02)
    rings = [np.column_stack([outline, rise])]
    for share in (0.62, 0.28):
        inner = slope * radius * share * np.cos(angle - away)
        rough = rng.normal(0.0, 0.05, len(angle))
        level = rise.mean() + inner + 0.5 * share * (rise - rise.mean()) + rough
        level = np.clip(level, floor + 0.01, top)
        rings.append(np.column_stack([circle(len(angle), radius * share), level]))
    return rings


@cache
def capital() -> Pair:
    """A bell with two rows of leaves that curl out, scrolls at its corners, under a square slab."""
    slab = box((1.36, 1.36, ABACUS), 0.025).moved((0.0, 0.0, HEIGHT - ABACUS / 2))
    parts = [_bell(6, fine=True), slab]
    for x, y in ((1, 1), (-1, 1), (-1, -1), (1, -1)):
        scroll = lathe([(0.03, -0.07), (0.10, -0.07), (0.115, 0.0), (0.10, 0.07), (0.03, 0.07)], 10)
        place = frame(
            (0.55 * x, 0.55 * y, HEIGHT - ABACUS - 0.10), np.arctan2(y, x), 0.0, np.pi / 2
        )
        parts.append(scroll.transformed(place))
    return merge(parts), merge([_bell(3, fine=False), slab])


def _bell(each: int, fine: bool) -> Mesh:
    """The leafy part of a capital, with so many points to a leaf."""
    foot = float(shaft_radius(SHAFT))
    count = each * LEAVES
    angle = 2 * np.pi * np.arange(count) / count
    across = (LEAVES * angle / (2 * np.pi) + 0.5) % 1.0 - 0.5  # of a leaf, -0.5 to 0.5
    between = (across + 1.0) % 1.0 - 0.5  # the upper row stands between the lower one's leaves
    corner = np.abs(np.cos(2 * (angle - np.pi / 4))) ** 3
    tall = HEIGHT - ABACUS - SHAFT

    def bell(height: float) -> float:
        return foot + 0.02 + 0.11 * height**2

    rows: list[tuple[float, Array, Array]] = []  # height, radius and wear: dirt between the leaves

    def row(height: float, radius: Array | float, wear: Array | float) -> None:
        rows.append((height, np.broadcast_to(radius, count), np.broadcast_to(wear, count)))

    row(0.0, foot - 0.01, 0.0)
    row(0.03, foot + 0.06, 0.08)
    if fine:
        row(0.08, foot + 0.01, 0.0)
    for low, high, u in ((0.09, 0.45, across), (0.42, 0.82, between)):
        for t in (0.0, 0.35, 0.65, 0.88, 1.0) if fine else (0.4, 1.0):
            height, leaf = low + (high - low) * t, _leaf(u, t)
            row(height, bell(height) + leaf * (0.045 + 0.17 * t**2.5), 0.09 * leaf)
        if fine:
            tip = _leaf(u, 1.0)
            row(high - 0.035, bell(high) + 0.22 * tip, 0.09 * tip)  # it rolls over and down
            row(high + 0.01, bell(high) - 0.01, 0.0)
        else:
            row(high + 0.01, bell(high) - 0.01, 0.02)
    row(1.0, bell(1.0) + 0.02 + 0.24 * corner, 0.1)
    ring = circle(count)
    rings = [
        np.column_stack([ring * radius[:, None], np.full(count, SHAFT + tall * height)])
        for height, radius, _ in rows
    ]
    return skin(np.stack(rings), np.stack([wear for _, _, wear in rows]))


def _leaf(across: Array, t: float) -> Array:
    """How far a leaf stands out (n,), 0 to 1, at the part t of its height: a rib and two lobes."""
    half = 0.49 * (1.0 - 0.5 * t**3)
    lobe = np.sqrt(np.clip(1.0 - (across / half) ** 2, 0.0, 1.0))
    rib = np.exp(-((across / 0.07) ** 2))
    return np.asarray(lobe * (0.78 + 0.22 * rib))


def drum(rng: np.random.Generator, length: float, radius: float) -> Pair:
    """A fallen piece of shaft, centred, its axis along x: one end dressed, the other torn off."""
    half = length / 2
    outline = fluted(radius)
    count = len(outline)
    slant = rng.uniform(-0.35, 0.35, 2)
    salt = rng.uniform(0.0, 99.0)

    def torn(xy: Array) -> Array:
        rough = fbm(np.column_stack([xy / radius * 1.9, np.full(len(xy), salt)]), 3) - 0.5
        return np.asarray(half + np.clip(xy @ slant + 0.16 * rough, -0.6 * half, 0.4))

    # The dressed end has a smooth rim, and within it the face was left a little deeper.
    sunk = -half + 0.012
    ends = [
        (circle(count, 0.16 * radius), np.full(count, -half + 0.07)),
        (circle(count, 0.17 * radius), np.full(count, sunk)),
        (circle(count, 0.62 * radius), np.full(count, sunk)),
        (circle(count, 0.66 * radius), np.full(count, -half)),
        (outline * 0.97, np.full(count, -half)),
        (outline, np.full(count, -half + 0.025)),
        (outline * 0.995, np.zeros(count)),
    ]
    edge = [0.05, 0.0, 0.12, 0.02, 0.0, 0.0, half]
    for share, wear in ((0.99, 0.0), (0.90, 0.05), (0.62, 0.16), (0.30, 0.3)):
        ring = outline * share if share > 0.95 else circle(count, share * radius)
        ends.append((ring, torn(ring)))
        edge.append(wear)
    rings = np.stack([np.column_stack([along, xy]) for xy, along in ends])
    far = [4, 7, 9]  # both rims, and the middle of the torn end; of the outline its edges alone
    return skin(rings, edge), skin(rings[far, ::3], FAR_EDGE * np.ones(3))
