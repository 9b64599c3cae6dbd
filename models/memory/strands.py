"""How hair is seen against the light: thousands of strands, each as bright as those about it let
light through.

What is strewn of them stands in a grid of how dense hair is, through which light is marched to each
(Lokovic and Veach 2000, deep shadows; the two lobes, mirrored and let through, after Marschner
2003). They are laid from far to near in slabs, so that what is nearer hides what is behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models.colour import linear
from models.drawing import CELL, ROWS, Layer, soft
from models.memory.complexion import Lamp
from models.memory.relief import Seen
from models.mesh import unit
from models.people.sleeper import scalp
from models.sdf import smoothstep

Array = NDArray[np.float64]

GRID = 72  # cells each way of the densities, over three radii of the disc
ROOM = 3.0
MARCH, REACH = 14, 0.9  # steps to the light, and how far
SLABS = 8
SUNK = 0.03  # of the disc: hair so little within a head lies on it
SPACED = 1.3  # cells between points of a strand


@dataclass(frozen=True)
class Tint:
    """The colours of hair: of its darkest strands, its lightest, and of light let through."""

    dark: Array
    light: Array
    glow: Array


BROWN = Tint(linear(0x2E1610), linear(0x8E5432), linear(0xFFB070))
DARK = Tint(linear(0x1A1212), linear(0x4C362A), linear(0xE8B080))


@dataclass(frozen=True)
class Style:
    """How strands are drawn: how much each hides, how much light is let through and mirrored,
    how dense they are to light, and how far each spreads, cells: a few make one soft mass."""

    dense: float = 0.5
    through: float = 1.0
    gloss: float = 0.3
    thick: float = 9.0
    spread: float = 0.62


def _cells(points: Array) -> Array:
    return np.asarray((points + 0.5 * ROOM) / ROOM * GRID)


def reached(points: Array, way: Array) -> Array:
    """How much hair (in the mean of where there is any) stands between points (n, 3) and light
    that comes from `way`, in radii of the disc."""
    at = np.clip(_cells(points), 0, GRID - 1).astype(int)
    flat = (at[:, 0] * GRID + at[:, 1]) * GRID + at[:, 2]
    many = np.bincount(flat, minlength=GRID**3).reshape(GRID, GRID, GRID).astype(np.float64)
    many /= max(float(many[many > 0].mean()), 1e-9)
    many = ndimage.gaussian_filter(np.minimum(many, 3.0), 0.8)
    out = np.zeros(len(points))
    pace = REACH / MARCH
    for i in range(MARCH):
        there = _cells(points + way * pace * (i + 1.0)).T - 0.5
        out += pace * ndimage.map_coordinates(many, there, order=1, cval=0.0)
    return out


@dataclass(frozen=True)
class Lit:
    """Strands in the disc and their light, each (n, steps, 3); how much each hides."""

    lines: Array
    light: Array
    dense: float
    spread: float


def lit(lines: Array, lamp: Lamp, tint: Tint, style: Style) -> Lit:
    """Strands (n, steps, 3), placed in the disc, in a lamp's light."""
    tangent = np.gradient(lines, axis=1)
    tangent = tangent / np.maximum(np.linalg.norm(tangent, axis=2, keepdims=True), 1e-9)
    own = np.random.default_rng(9).uniform(0, 1, len(lines))[:, None] ** 1.5
    past, above = (
        reached(lines.reshape(-1, 3), np.asarray(w)).reshape(lines.shape[:2])
        for w in (lamp.way, np.asarray(unit((0.0, 0.6, 0.8)), dtype=np.float64))
    )
    key = np.exp(-style.thick * past)
    sky = 0.12 + 0.88 * np.exp(-0.5 * style.thick * above)
    across = np.sqrt(np.clip(1.0 - (tangent @ lamp.way) ** 2, 0.0, 1.0))
    half = np.asarray(unit(lamp.way + np.array([0.0, 0.0, 1.0])), dtype=np.float64)
    gloss = np.clip(1.0 - (tangent @ half) ** 2, 0.0, 1.0) ** 30
    ahead = np.clip(0.35 - 0.65 * lamp.way[2], 0.0, 1.0)  # it is looked at against the light
    colour = tint.dark + (tint.light - tint.dark) * own[..., None]
    light = colour * (lamp.key * (0.75 * across * key)[..., None] + lamp.fill * sky[..., None])
    burn = style.gloss * gloss * key * (0.3 + own) + style.through * ahead * across * key
    light = light + tint.glow * lamp.key * (0.5 * burn)[..., None]
    return Lit(lines, light, style.dense, style.spread)


def _finer(values: Array, count: int) -> Array:
    """Values (n, steps, k) of strands at `count` even places along them."""
    steps = values.shape[1]
    at = np.linspace(0, steps - 1, count)
    low = np.minimum(at.astype(int), steps - 2)
    share = (at - low).astype(np.float32)[None, :, None]
    values = values.astype(np.float32)
    return np.asarray(values[:, low] * (1 - share) + values[:, low + 1] * share)


def laid(layer: Layer, hair: Lit, found: Seen, *, behind: bool) -> None:
    """Lays what of the hair is behind what was found, or before it, over the layer."""
    long = np.linalg.norm(np.diff(hair.lines, axis=1), axis=2).sum(axis=1)
    count = int(np.quantile(long, 0.75) / CELL / SPACED) + 2
    placed = _finer(hair.lines, count)
    cells = ((placed[..., :2] + 1.0) / CELL).astype(int)
    within = ((cells >= 0) & (cells < ROWS)).all(axis=2)
    np.clip(cells, 0, ROWS - 1, out=cells)
    hidden = placed[..., 2] < found.height[cells[..., 1], cells[..., 0]] - SUNK
    kept = within & (hidden if behind else ~hidden)
    if not kept.any():
        return
    ends = np.interp(np.linspace(0, 1, count), [0, 0.05, 0.7, 1], [0.4, 1, 1, 0.1])
    weight = (long / CELL / count)[:, None] * ends
    cell = cells[..., 1] * ROWS + cells[..., 0]
    light = _finer(hair.light, count)
    _slabs(layer, cell[kept], placed[..., 2][kept], weight[kept], light[kept], hair)


def _slabs(layer: Layer, cell: Array, z: Array, weight: Array, light: Array, hair: Lit) -> None:
    slab = np.searchsorted(np.quantile(z, np.linspace(0, 1, SLABS + 1)[1:-1]), z)
    for i in range(SLABS):
        some = slab == i
        where, much = cell[some], weight[some]

        def sown(values: Array, where: Array = where) -> Array:
            flat = np.bincount(where, values, ROWS * ROWS).reshape(ROWS, ROWS).astype(np.float64)
            return soft(flat, hair.spread * CELL)

        there = sown(much)
        colour = np.dstack([sown(much * light[some, c]) for c in range(3)])
        layer.over(colour / np.maximum(there, 1e-3)[..., None], 1.0 - np.exp(-there * hair.dense))


def rooted(places: Array) -> Array:
    """Where a head (ROWS, ROWS, 3 of calm places) is hidden by hair: as dark as that, so that no
    skin shows between strands."""
    x, y, z = np.moveaxis(places, 2, 0)
    grown = scalp(places.reshape(-1, 3).astype(np.float32)).reshape(x.shape)
    away = ((np.abs(x) - 6.7) / 1.0) ** 2 + ((y + 0.3) / 1.7) ** 2 + ((z + 0.5) / 2.3) ** 2
    return np.asarray(grown * smoothstep(-5.5, -2.5, z) * smoothstep(0.7, 1.2, away))
