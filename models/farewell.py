"""The gravestone's carving as a field of heights, and what of sun and sky each place of it sees.

Two figures in profile (models/dexiosis.py) are rounded by their outlines, laid over each other
from the back, and cut with folds: cloth has a phase that runs across it from guide to guide, and a
fold where that is a whole number. Depth is that of low relief, a few centimetres. The sun stands
still, so the carving's shadow on itself is reckoned once. Metres; x across, z up, heights to -y.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt, gaussian_filter, map_coordinates

from models import bake
from models import dexiosis as draw
from models.dexiosis import Cloth, Cut, Part
from models.drawing import CELL, ROWS, Placed, closed, filled, grid, opened, soft, spot, stroke, within
from models.mesh import Mesh
from models.noise import fbm
from models.outlines import Bump, Points
from models.sdf import smoothstep

Array = NDArray[np.float64]

WIDTH, TALL, THICK = 1.16, 1.62, 0.20  # of the slab, without foot and gable
POST = 0.12  # width of the two pillars at its sides
OUT = 0.042  # metres that pillars and beam stand out of the ground
BEAM, SILL = 0.10, 0.055  # their heights
HALF = (TALL - BEAM - SILL) / 2  # metres of the drawing's 1
STEP = HALF * CELL  # metres of a texel
ASIDE = ((1, -1), (-1, 1), (1, 1), (-1, -1))
EDGE = 0.0036  # of the drawing: over which a border rises
STEEP = 0.35  # share of a border that rises at once
FLAT = 0.8  # of the drawing's heights that are left on the stone
SMOOTHED = 0.055  # of the drawing: what is finer behind a part does not show through it
SUN = (-0.933, 0.351, 0.078)  # where it stands before the slab: across, out of it, up
SUN_SOFT = 0.05  # slopes within which it is half hidden
REACHES = (2, 4, 8, 14, 24)  # texels about, in which what stands higher hides the sky
LEVEL, DEEPEST = 2e-5, -0.02  # metres: of a step of the baked heights, and of the lowest
WORN = 0.5
# Metres from the field's lower left corner: cracks with their widths, and what was knocked off.
CRACKS: tuple[tuple[Points, float], ...] = (
    ([(0.93, 1.06), (0.845, 1.005), (0.80, 1.015), (0.70, 0.93), (0.655, 0.935)], 0.0016),
    ([(-0.01, 0.36), (0.06, 0.325), (0.10, 0.335), (0.16, 0.27)], 0.0016),
    ([(0.30, 1.48), (0.285, 1.43), (0.31, 1.40), (0.30, 1.37)], 0.0012),
)
CHIPS = ((0.925, 0.43, 0.040), (0.01, 1.45, 0.06), (0.30, 0.075, 0.03))
SIT, STAND = Placed((-0.275, 0.505), 0.285, -7.0), Placed((0.325, 0.715), 0.285, -20.0, left=True)


def domed(mask: Array, rim: float) -> Array:
    """0 on a mask's border, 1 where it is further in than `rim`, as round as a quarter circle."""
    share = np.minimum(soft(within(mask), EDGE) / rim, 1.0)
    return np.asarray(np.sqrt(1.0 - (1.0 - share) ** 2))


def laid(under: Array, part: Part, ring: Array | None = None, size: float = 1.0) -> Array:
    """A part over what was carved before, both as heights of the drawing's measure."""
    mask = covered(ring_of(part) if ring is None else ring)
    own = size * (part.rim * (STEEP + (1.0 - STEEP) * domed(mask, 0.5 * size * part.rim)) + part.swell * domed(mask, size * part.wide))
    base = part.press * soft(under, SMOOTHED)
    # Its border stands out of what is right behind it; further in it follows only the broad form.
    border = (mask > 0.5) & (soft(mask, 0.004) < 0.75)
    away, nearest = distance_transform_edt(~border, return_indices=True)
    behind = np.maximum(soft(under, 0.008) - base, 0.0)[tuple(nearest)]
    high = base + soft(behind * np.exp(-away * CELL / 0.06), 0.008) + own
    for cloth in part.cloth:
        high = high + folds(cloth, mask)
    return blent(under, np.maximum(high, soft(under, 0.012) + 0.15 * own), mask)


def covered(ring: Array) -> Array:
    """The share of every cell that lies within a ring."""
    return np.asarray(np.mean([filled(ring + 0.25 * CELL * np.array(o)) for o in ASIDE], axis=0))


def blent(under: Array, over: Array, mask: Array) -> Array:
    """What lies within a mask's outline over what is there."""
    share = soft(mask, EDGE)
    return np.asarray(under + (over - under) * share)


def ring_of(part: Part) -> Array:
    return np.array(part.outline) if part.sharp else closed(part.outline)


def phases(cloth: Cloth, where: Placed | None = None) -> tuple[Array, Array]:
    """How many folds lie between a cell and the first guide, and how far along it lies, 0 to 1."""
    lines = np.array([opened(line, 200) for line in cloth.guides])
    if where is not None:
        lines = where(lines)
    at = np.concatenate([[0.0], np.cumsum(cloth.counts)])
    across = np.linspace(0.0, len(lines) - 1.0, 90 * (len(lines) - 1) + 1)
    low = np.minimum(across.astype(int), len(lines) - 2)
    share = (across - low)[:, None, None]
    spread = lines[low] * (1.0 - share) + lines[low + 1] * share
    phase = np.interp(across, np.arange(len(lines)), at)
    cells = np.clip(np.floor((spread + 1.0) / CELL).astype(int), 0, ROWS - 1)
    flat = (cells[..., 1] * ROWS + cells[..., 0]).ravel()
    count = np.bincount(flat, minlength=ROWS * ROWS)
    along = np.broadcast_to(np.linspace(0.0, 1.0, 200), spread.shape[:2])
    values = [
        np.bincount(flat, np.broadcast_to(each, spread.shape[:2]).ravel(), ROWS * ROWS)
        / np.maximum(count, 1)
        for each in (phase[:, None], along)
    ]
    nearest = distance_transform_edt(
        count.reshape(ROWS, ROWS) == 0, return_distances=False, return_indices=True
    )
    one, two = (soft(each.reshape(ROWS, ROWS)[tuple(nearest)], 0.006) for each in values)
    return one, two


def folds(cloth: Cloth, mask: Array, where: Placed | None = None) -> Array:
    """Heights of its folds within a mask: each as deep, as wide and as long as it happens to be."""
    rng = np.random.default_rng([7, cloth.salt])
    phase, along = phases(cloth, where)
    size = 1.0 if where is None else where.size
    total = sum(cloth.counts)
    knots = np.arange(-1.0, np.ceil(total) + 2.0)
    bent = np.sort(knots + rng.uniform(-0.36, 0.36, len(knots)))
    drift = 0.22 * np.sin(3.1 * along + 1.7 * phase / max(total, 1.0) * 6.3 + cloth.salt)
    own = np.interp(phase + drift, bent, knots)
    index = np.clip(np.floor(own).astype(int) + 1, 0, len(knots) - 1)
    high = rng.uniform(0.35, 1.0, len(knots))[index]
    fades = rng.uniform(-0.5, 1.1, len(knots))[index]  # where along it it begins
    begun = np.clip((along - fades) / 0.3 + 1.0, 0.15, 1.0)
    part = own - np.floor(own)
    ridge = np.sin(np.pi * part) ** cloth.full
    strength = (cloth.held + (1.0 - cloth.held) * along) * high * begun
    inner = np.clip(within(mask) / (0.012 * min(size * 3.0, 1.0)), 0.0, 1.0)
    deep = cloth.deep * size * (strength * ridge - 0.3)
    return np.where(mask > 0.5, deep * (0.3 + 0.7 * inner), 0.0)


def cut(under: Array, cuts: Iterable[Cut], mask: Array | None = None, where: Placed | None = None) -> Array:
    """What strokes of the chisel leave of it."""
    out, size = under.copy(), 1.0 if where is None else where.size
    for each in cuts:
        line = opened(each.line, 60)
        wide = np.interp(np.linspace(0, 1, 60), [0, 0.5, 1], each.width) * size
        shape = each.high * size * stroke(line if where is None else where(line), wide)
        out += shape if mask is None else shape * mask
    return out


def bumped(under: Array, bumps: Iterable[Bump], mask: Array, where: Placed) -> Array:
    out = under.copy()
    for place, wide, high in bumps:
        out += mask * high * where.size * spot(where(place), wide * where.size)
    return out


def head(under: Array, where: Placed, level: float) -> Array:
    """A head in profile."""
    mask = covered(where(closed(draw.PROFILE)))
    own = level * (STEEP + (1.0 - STEEP) * domed(mask, 0.008)) + 0.055 * where.size * domed(mask, 0.20 * where.size)
    out = blent(under, np.maximum(own, soft(under, 0.02) + 0.006), mask)
    fine = soft(mask, 0.003)
    out = bumped(out, draw.FACE_BUMPS, fine, where)
    return cut(out, draw.FACE_CUTS, fine, where)


def tressed(under: Array, where: Placed, outline: Points, cloth: Cloth, out: float, round: float) -> Array:
    """Hair over a head."""
    mask = covered(where(closed(outline)))
    own = where.size * (out * domed(mask, 0.05 * where.size) + round * domed(mask, 0.2 * where.size))
    return blent(under, soft(under, 0.004) + own + folds(cloth, mask, where), mask)


def figures() -> Array:
    """Heights (ROWS, ROWS) of both figures in the drawing's measure."""
    h = np.zeros((ROWS, ROWS))
    for part in draw.LYRE:
        h = laid(h, part)
    h = cut(h, draw.STRINGS)
    for part in (draw.STANDING_FAR_ARM, draw.STANDING_CUFF, draw.STANDING_FOOT, draw.GOWN, draw.MANTLE):
        h = laid(h, part)
    h = laid(h, Part(draw.STANDING_NECK, 0.03, 0.02, 0.06, 0.2))
    h = head(h, STAND, 0.034)
    h = tressed(h, STAND, draw.FRINGE, draw.FRINGE_LOCKS, 0.03, 0.03)
    h = laid(h, draw.VEIL)
    h = cut(laid(h, draw.NEAR_HAND), draw.NEAR_HAND_CUTS)
    h = laid(h, draw.NEAR_ARM)
    for part in (*draw.CHAIR, *draw.STOOL, draw.HER_FAR_FOOT, Part(draw.HER_NECK, 0.026, 0.022, 0.06, 0.0), draw.HER_TORSO):
        h = laid(h, part)
    h = head(h, SIT, 0.032)
    h = tressed(h, SIT, draw.HAIR, draw.LOCKS, 0.03, 0.04)
    h = tressed(h, SIT, draw.KNOT, draw.KNOT_LOCKS, 0.05, 0.08)
    h = cut(h, draw.FILLET, soft(covered(SIT(closed(draw.HAIR))), 0.002), SIT)
    ear = covered(SIT(closed(draw.EAR)))
    h = blent(h, soft(h, 0.004) + 0.010 * domed(ear, 0.008), ear)
    h = cut(h, draw.EAR_CUTS, ear, SIT)
    for part in (draw.HER_FOOT, draw.HER_HEM, draw.HER_FALL, draw.HER_LEGS, draw.HER_FOREARM, draw.HER_SLEEVE, *draw.CLASP):
        h = laid(h, part)
    h = cut(h, draw.CLASP_CUTS)
    return np.maximum(h, 0.0)


def heights() -> Array:
    """The stone's face within its frame (rows, columns), metres out of its ground, as weather left it."""
    high = FLAT * HALF * figures()
    wide = int(round((WIDTH / 2 - POST) / STEP))
    high = high[:, ROWS // 2 - wide : ROWS // 2 + wide]
    rows, columns = np.mgrid[: high.shape[0], : high.shape[1]] * STEP
    at = np.stack([columns, rows], axis=-1)
    broad, rough = fbm(at * 3.1 + 5.0, 3), fbm(at * 9.0, 3) - 0.5
    worn = np.clip((broad - 0.44) / 0.18, 0.0, 1.0)  # here rain has had it for longer
    high = high + WORN * worn * (gaussian_filter(high, 1.8) - high)
    high = high + 0.004 * (broad - 0.5) + 0.0016 * (fbm(at * 30.0, 3) - 0.5)
    bent = at + 0.022 * np.stack([rough, np.roll(rough, 91, axis=0)], axis=-1)
    for line, gap in CRACKS:
        away = np.full(high.shape, 1.0)
        for one, two in pairwise(np.array(line)):
            share = ((bent - one) @ (two - one)) / ((two - one) @ (two - one))
            spot_on = one + np.clip(share, 0.0, 1.0)[..., None] * (two - one)
            away = np.minimum(away, np.linalg.norm(bent - spot_on, axis=-1))
        high = high - 0.006 * np.exp(-((away / gap) ** 2))
    for u, v, size in CHIPS:  # what was knocked off leaves a hollow
        away = np.hypot(columns - u, rows - v) + 0.05 * rough
        bite = 0.004 + 0.9 * np.maximum(away - 0.5 * size, 0.0) + 0.008 * rough
        high = np.where(away < 3.0 * size, np.minimum(high, bite), high)
    return np.asarray(gaussian_filter(high, 0.8, mode="nearest"))


def build() -> NDArray[np.uint8]:
    """The heights as a picture (rows, columns, 2): steps of LEVEL above DEEPEST, high byte first."""
    steps = np.clip(np.round((heights() - DEEPEST) / LEVEL), 0, 65535).astype(np.uint16)
    return np.stack([steps >> 8, steps & 255], axis=-1).astype(np.uint8)


def carved() -> Array:
    """The baked heights (rows, columns), metres."""
    high, low = np.moveaxis(bake.load_picture("farewell").astype(np.float64), -1, 0)
    return np.asarray(DEEPEST + LEVEL * (256.0 * high + low))


def shading(high: Array) -> NDArray[np.uint8]:
    """What a shader knows of the carving (rows, columns, 4): where it faces, across and up, as
    shares of 255 about 127.5; the shares of sun and sky that it sees itself."""
    up, across = np.gradient(high, STEP)
    length = np.sqrt(1.0 + up**2 + across**2)
    faces = [0.5 - 0.5 * each / length for each in (across, up)]
    every = np.stack([*faces, sun_seen(high), sky_seen(high)], axis=-1)
    return np.asarray(np.round(255.0 * np.clip(every, 0.0, 1.0)), dtype=np.uint8)


def told() -> NDArray[np.uint8]:
    """`shading` of the baked stone."""
    return shading(carved())


def _framed(high: Array, wide: int) -> Array:
    """The heights with so much of the frame about them."""
    return np.pad(high, wide, constant_values=OUT)


def sun_seen(high: Array) -> Array:
    """Share of the sun seen over what stands higher on its side, its pillar too (horizon mapping,
    Max 1988)."""
    across, out, up = SUN
    low = out / -across  # the sun's height over the stone, as a slope
    reach = int(np.ceil((OUT + 0.02) / low / STEP)) + 2
    near = _framed(high, reach)
    rows, columns = (each + float(reach) for each in np.mgrid[: high.shape[0], : high.shape[1]])
    horizon = np.full(high.shape, -1.0)
    for step in range(1, reach):
        other = map_coordinates(near, [rows - step * up / across, columns - step], order=1)
        horizon = np.maximum(horizon, (other - high) / (step * STEP))
    return np.asarray(smoothstep(-SUN_SOFT, SUN_SOFT, low - horizon))


def sky_seen(high: Array) -> Array:
    """Share of the sky seen: less the more stands about a place and over it."""
    seen, wide = np.ones_like(high), max(REACHES)
    near = _framed(high, wide)
    rows, columns = high.shape
    for reach in REACHES:
        over = np.zeros_like(high)
        for dx, dz in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)):
            top, left = wide + reach * dz, wide + reach * dx
            other = near[top : top + rows, left : left + columns]
            over += np.clip((other - high) / (reach * STEP), 0.0, 1.5)
        seen -= 0.068 * over
    return np.asarray(np.clip(gaussian_filter(seen, 1.2, mode="nearest"), 0.16, 1.0))


def face(high: Array, cells: tuple[int, int]) -> Mesh:
    """The carving as a sheet of so many squares across and up, on the slab that stands on z = 0.

    It has the broad form alone: all its normals are the ground's, and `open` is where it lies on
    what `shading` says, 0 to 1.
    """
    u, v = (np.linspace(0.0, 1.0, count + 1) for count in cells)
    place = np.stack(np.meshgrid(u, v), axis=-1).reshape(-1, 2)
    spots = (place[:, ::-1] * (np.array(high.shape) - 1)).T
    out = map_coordinates(gaussian_filter(high, 2.0), spots, order=1, mode="nearest")
    half = WIDTH / 2 - POST
    x, z = (2.0 * place[:, 0] - 1.0) * half, SILL + 2.0 * HALF * place[:, 1]
    points = np.column_stack([x, -THICK / 2 - out, z]).astype(np.float32)
    index = np.arange(len(points)).reshape(cells[1] + 1, cells[0] + 1)
    a, b, c, d = (each.ravel() for each in (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]))
    triangles = np.concatenate([np.column_stack([a, b, c]), np.column_stack([a, c, d])])
    normals = np.tile(np.array([0.0, -1.0, 0.0], dtype=np.float32), (len(points), 1))
    return Mesh(points, normals, triangles.astype(np.int32)).with_attributes(open=place, edge=0.1)
