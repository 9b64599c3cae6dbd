"""Puffs of smoke that the mist's tendrils are drawn with: small clouds, marched once.

Each is a heap of balls that carry smaller balls, as a cauliflower does, which a turbulent flow
without divergence has drawn out (Bridson, Houriham and Nordenstam 2007): rolled heads, edges that
are feathered, and among them long thin veils. What lights it is kept for light from six sides, as
seen along z ("six-point lighting", Kozlov 2021): however a puff is turned, its shader mixes those
that face the sun and the sky.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates

Field = NDArray[np.float64]

GRID = (4, 2)  # puffs across and down in the picture
CELL = 128  # texels a side of each
DEEP = 72  # cells of the volume along the line of sight
SEED = 611
VEILS = 2  # of the puffs are long and thin: the last ones
STEPS, VEIL_STEPS, STRIDE = 4, 13, 0.026  # of the flow that draws a puff out, in half sides
HIDES = 8.0  # optical depth of a half side of the thickest smoke, for light that comes in
SEEN = 5.0  # the same, for the eye
THICKEST = 3.0  # optical depth that 255 stands for


def noise(rng: np.random.Generator, slope: float, low: float, shape: tuple[int, ...]) -> Field:
    """Periodic Gaussian noise of a shape, of unit variance, its amplitude falling as
    frequency^-slope above `low` cycles along the longest side."""
    size = max(shape)
    waves = np.meshgrid(*(np.fft.fftfreq(n) * size for n in shape), indexing="ij", sparse=True)
    frequency = np.sqrt(sum(wave * wave for wave in waves))
    gain = np.where(frequency >= low, np.maximum(frequency, 1.0) ** -slope, 0.0)
    made = np.real(np.fft.ifftn(gain * np.fft.fftn(rng.standard_normal(shape))))
    return np.asarray((made - made.mean()) / made.std())


def _flow(rng: np.random.Generator, shape: tuple[int, ...]) -> Field:
    """(3, *shape): a flow of mean speed 1 without divergence, the curl of three potentials."""
    one, two, three = (
        noise(rng, 3.6, 1.5, shape) + 0.16 * noise(rng, 2.8, 4.0, shape) for _ in range(3)
    )
    gradient = [np.gradient(each) for each in (one, two, three)]
    flow = np.stack(
        [
            gradient[2][1] - gradient[1][2],
            gradient[0][2] - gradient[2][0],
            gradient[1][0] - gradient[0][1],
        ]
    )
    return np.asarray(flow / np.sqrt((flow**2).sum(axis=0).mean()))


def _lobes(rng: np.random.Generator, veil: bool) -> Field:
    """Balls that a puff is heaped up from, (n, 4): middle and radius. On every large one sit
    smaller ones, and on those smaller ones again, as each eddy carries eddies of its own."""
    many, spread = (9, (0.62, 0.13, 0.12)) if veil else (6, (0.44, 0.33, 0.16))
    middles = rng.uniform(-1.0, 1.0, (many, 3)) * spread
    radii = rng.uniform(0.09, 0.15, many) if veil else rng.uniform(0.18, 0.31, many)
    heap = [np.column_stack([middles, radii])]
    for each, share in ((7, 0.56), (5, 0.50)):
        below = np.repeat(heap[-1], each, axis=0)
        way = rng.standard_normal((len(below), 3))
        way /= np.linalg.norm(way, axis=1, keepdims=True)
        radii = below[:, 3] * share * rng.uniform(0.7, 1.15, len(below))
        heap.append(np.column_stack([below[:, :3] + way * below[:, 3:] * 0.86, radii]))
    return np.concatenate(heap)


def _heaped(at: Field, lobes: Field) -> Field:
    """How deep inside the nearest of the balls each place of (3, ...) lies, in half sides."""
    deepest = np.full(at.shape[1:], -1.0)
    for x, y, z, radius in lobes:
        away = np.sqrt((at[0] - x) ** 2 + (at[1] - y) ** 2 + (at[2] - z) ** 2)
        np.maximum(deepest, radius - away, out=deepest)
    return np.asarray(deepest)


def density(seed: int, veil: bool = False, cell: int = CELL, deep: int = DEEP) -> Field:
    """(cell, cell, deep): how thick one puff is, 0..1, along x, y and towards the eye.

    veil : long and thin along x, drawn out further
    """
    rng = np.random.default_rng(seed)
    shape = (cell, cell, deep)
    axes = [(np.arange(n) + 0.5) * 2.0 / cell - n / cell for n in shape]
    at = np.stack(np.meshgrid(*axes, indexing="ij"))
    flow = _flow(rng, shape)
    own = at.copy()
    offset = np.array(shape).reshape(3, 1, 1, 1) * 0.5 - 0.5
    for _ in range(VEIL_STEPS if veil else STEPS):
        texels = own * cell * 0.5 + offset
        own -= STRIDE * np.stack(
            [map_coordinates(way, texels, order=1, mode="nearest") for way in flow]
        )
    texels = own * cell * 0.5 + offset
    broad, lumps = (
        map_coordinates(noise(rng, slope, low, shape), texels, order=1, mode="grid-wrap")
        for slope, low in ((3.4, 1.0), (3.0, 4.0))
    )
    inside = _heaped(own, _lobes(rng, veil))
    # Here an edge is that of a rolled head, there it is feathered away.
    feather = np.clip(0.10 + 0.06 * broad, 0.045, 0.24) * (1.6 if veil else 1.0)
    body = np.clip((inside + 0.014 * lumps + 0.35 * feather) / feather, 0.0, 1.0)
    body = body * body * (3.0 - 2.0 * body)
    worn = np.clip(0.72 + 0.30 * broad + 0.12 * lumps, 0.10, 1.4) * (0.42 if veil else 1.0)
    edge = np.maximum(np.abs(at[0]), np.abs(at[1]))
    within = np.clip((0.98 - edge) / 0.30, 0.0, 1.0)
    deepest = np.clip((deep / cell - np.abs(at[2])) / 0.12, 0.0, 1.0)
    made = body * worn * within * within * (3.0 - 2.0 * within) * deepest
    return np.asarray(gaussian_filter(made, 1.0))


def _left(thick: Field, axis: int, forward: bool) -> Field:
    """What light that comes along an axis has left at each place; scattered light goes deeper."""
    cell = 2.0 / len(thick)
    turned = thick if forward else np.flip(thick, axis)
    depth = HIDES * cell * (np.cumsum(turned, axis=axis) - 0.5 * turned)
    depth = depth if forward else np.flip(depth, axis)
    return np.asarray(0.72 * np.exp(-depth) + 0.28 * np.exp(-0.25 * depth))


def lit(thick: Field) -> Field:
    """(cell, cell, 8) of 0..1: light from +x, -x, +y, -y; opacity, light from the eye's side and
    from behind, and how thick it is as a share of THICKEST."""
    cell = 2.0 / len(thick)
    passed = 1.0 - np.exp(-SEEN * cell * thick)
    turned = np.flip(np.cumsum(np.flip(thick, 2), axis=2), 2) - thick
    weight = np.exp(-SEEN * cell * turned) * passed
    whole = np.maximum(weight.sum(axis=2), 1e-4)
    sides = [(0, False), (0, True), (1, False), (1, True), (2, False), (2, True)]
    lights = [(weight * _left(thick, *side)).sum(axis=2) / whole for side in sides]
    depth = SEEN * cell * thick.sum(axis=2)
    # Where there is next to nothing, light is that of its neighbours, or edges would be dark.
    near = gaussian_filter(whole, 3.0) + 1e-5
    share = np.clip(whole / 0.05, 0.0, 1.0)
    lights = [
        share * one + (1.0 - share) * gaussian_filter(one * whole, 3.0) / near for one in lights
    ]
    return np.stack(
        [*lights[:4], 1.0 - np.exp(-depth), *lights[4:], np.clip(depth / THICKEST, 0.0, 1.0)],
        axis=-1,
    )


def picture() -> NDArray[np.uint8]:
    """(rows, columns, 8) uint8: all puffs, GRID of them; channels as of `lit`, y upward."""
    wide, high = GRID
    out = np.zeros((high * CELL, wide * CELL, 8), dtype=np.uint8)
    for number in range(wide * high):
        made = np.clip(lit(density(SEED + number, number >= wide * high - VEILS)), 0.0, 1.0)
        row, column = divmod(number, wide)
        out[row * CELL : (row + 1) * CELL, column * CELL : (column + 1) * CELL] = np.round(
            made.transpose(1, 0, 2) * 255
        )
    return out
