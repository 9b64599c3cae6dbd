"""Moulded stones: a section with its steps and hollows, carried along, bitten and torn.

Beams, friezes, cornices and the wedges of arches are all of this kind. A stone runs along x; its
section lies in y (out of the wall, the same on both sides) and z (up). Metres.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh
from models.noise import fbm
from models.shape import skin

Array = NDArray[np.float64]

STEP = 0.23  # metres between the rings of a stone
BEVEL = 0.007  # of its ends
BITE = 0.07  # metres that an arris has lost where it has lost most
BITTEN = 0.56  # noise above which an arris is bitten
BITE_LONG = 0.21  # metres along: how far one bite reaches
ARRIS = 0.35  # sine of a section's turn above which it is an arris
TORN_SHARES = (0.95, 0.82, 0.64, 0.42, 0.2)  # of the section: rings over a torn end
TORN_STEP = 0.10  # metres between the points of a torn stone's outline, at most
TORN_TILT = 0.45  # slope of a torn end, at most, along each axis of the section
TORN_RELIEF, SPLINTERS = 0.75, 0.30  # metres of its broad swellings and of its ridges
DEEPEST = 0.42  # share of a stone that a tear may take
CAVE = 0.4  # share of its sky that the joint between two stones sees
HOLLOW_DIRT, CLEAN = 0.0, 0.12  # what `edge` is in a hollow, where dirt stays, and elsewhere


@dataclass(frozen=True)
class Section:
    """A closed outline (n, 2) of y and z, counter-clockwise, and the share of the sky (n,) seen.

    far : indices of the points that are left of it from afar
    """

    points: Array
    open: Array
    far: tuple[int, ...]

    def coarse(self) -> Section:
        """The section as it is from afar."""
        kept = list(self.far)
        return Section(self.points[kept], self.open[kept], tuple(range(len(kept))))

    def turns(self) -> Array:
        """Sine (n,) of the turn at each point: above 0 at an arris, below it in a hollow."""
        after = np.roll(self.points, -1, axis=0) - self.points
        after = after / np.linalg.norm(after, axis=1)[:, None]
        before = np.roll(after, 1, axis=0)
        return np.asarray(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])

    def inward(self) -> Array:
        """Unit vectors (n, 2) into the stone, halving the angle at each point."""
        after = np.roll(self.points, -1, axis=0) - self.points
        after = after / np.linalg.norm(after, axis=1)[:, None]
        both = after + np.roll(after, 1, axis=0)
        length = np.maximum(np.linalg.norm(both, axis=1), 1e-9)[:, None]
        return np.column_stack([-both[:, 1], both[:, 0]]) / length


def section(profile: Sequence[tuple[float, float, float]], far: Sequence[int]) -> Section:
    """A section from its outline on one side, bottom to top: y, z and the share of the sky seen.

    far : rows of the profile that are left of it from afar
    """
    rows = np.array(profile, dtype=np.float64)
    other = rows[::-1] * [-1.0, 1.0, 1.0]
    both = np.concatenate([rows, other])
    last = 2 * len(rows) - 1
    return Section(both[:, :2], both[:, 2], (*far, *(last - i for i in reversed(far))))


Bend = Callable[[Array], Array]
Pair = tuple[Mesh, Mesh]


def moulded(
    rng: np.random.Generator,
    shape: Section,
    ends: tuple[float, float],
    wear: float = 1.0,
    torn: int = 0,
    bend: Bend | None = None,
    unit: float = 1.0,
    tear: np.random.Generator | None = None,
) -> Pair:
    """A stone of that section from one end to the other, and the same from afar.

    wear : how much its arrises have lost; 1 is an old beam's
    torn : the end along x, -1 or 1, that has broken off; 0 for none, 2 for both
    bend : where its points (..., 3) go, if it is not straight
    unit : metres in a unit of x
    tear : dice of how it has torn, if they are not `rng`
    """
    low, high = ends
    count = max(round((high - low) * unit / STEP), 1) + 1
    along = np.linspace(low + BEVEL / unit, high - BEVEL / unit, count)
    along[1:-1] += rng.uniform(-0.25, 0.25, count - 2) * STEP / unit
    rings = np.zeros((count, len(shape.points), 3))
    rings[:, :, 0] = along[:, None]
    rings[:, :, 1:] = shape.points + _bites(rng, shape, along * unit, wear)
    sky = np.tile(shape.open, (count, 1))
    dirt = np.tile(np.where(shape.turns() < -0.2, HOLLOW_DIRT, CLEAN), (count, 1))
    dice = rng if tear is None else tear
    if torn:
        rings, sky, dirt = _finer(rings, sky, dirt)
    for end in (-1, 1):
        rings, sky, dirt = _closed(dice, rings, sky, dirt, end, torn in (end, 2), unit)
    coarse = shape.coarse()
    plain = np.zeros((2 if bend is None else 3, len(coarse.points), 3))
    plain[:, :, 0] = np.linspace(low, high, len(plain))[:, None]
    plain[:, :, 1:] = coarse.points
    if torn:  # as far as the torn end reaches
        for end in (-1, 1) if torn == 2 else (torn,):
            lost = dice.uniform(0.0, 0.14, len(coarse.points)) / unit
            reach = end * (end * rings[:, :, 0]).max()
            plain[0 if end < 0 else -1, :, 0] = reach - end * (lost - lost.min())
    if bend is not None:
        rings, plain = bend(rings), bend(plain)
    far_sky = np.tile(0.5 + 0.5 * coarse.open, (len(plain), 1))
    # From afar an arch's joints are the dirt along them, a beam's are too few to be seen.
    worn = np.full(len(plain), 0.3)
    if bend is not None:
        worn[[0, -1]] = 0.0
    return skin(rings, dirt, open=sky), skin(plain, worn, open=far_sky)


def _bites(rng: np.random.Generator, shape: Section, along: Array, wear: float) -> Array:
    """What the arrises have lost (k, n, 2): here and there a bite, everywhere a little."""
    corners = np.arange(len(shape.points))
    salt = rng.uniform(0.0, 99.0)
    x, corner = np.meshgrid(along / BITE_LONG, corners * 0.61, indexing="ij")
    noise = fbm(np.stack([x, corner + salt], axis=-1), 3)
    depth = BITE * np.clip((noise - BITTEN) / 0.2, 0.0, 1.0) + 0.006 * rng.random(x.shape)
    sharp = np.clip(shape.turns() / ARRIS, 0.0, 1.0) * wear
    room = 0.3 * np.linalg.norm(np.roll(shape.points, 1, axis=0) - shape.points, axis=1)
    depth = np.minimum(depth * sharp, np.maximum(room, 0.35 * BITE))
    return np.asarray(depth[:, :, None] * shape.inward())


def _finer(rings: Array, sky: Array, dirt: Array) -> tuple[Array, Array, Array]:
    """Rings (k, n, 3), sky and dirt (k, n) with more points on the long sides of the section."""
    sides = np.linalg.norm(np.roll(rings[0], -1, axis=0) - rings[0], axis=1)
    parts = np.maximum(np.ceil(sides / TORN_STEP), 1.0).astype(int)
    first = np.repeat(np.arange(len(sides)), parts)
    share = np.concatenate([np.arange(count) / count for count in parts])
    after = (first + 1) % len(sides)
    finer = rings[:, first] + share[:, None] * (rings[:, after] - rings[:, first])
    return (
        finer,
        sky[:, first] + share * (sky[:, after] - sky[:, first]),
        np.where(share == 0.0, dirt[:, first], CLEAN),
    )


def _closed(
    rng: np.random.Generator,
    rings: Array,
    sky: Array,
    dirt: Array,
    end: int,
    torn: bool,
    unit: float,
) -> tuple[Array, Array, Array]:
    """One end finished: cut to a joint, or torn off, with the stone's heart showing."""
    at = 0 if end < 0 else -1
    edge = rings[at]
    middle = edge.mean(axis=0)
    if not torn:
        last = middle + (edge - middle) * [1.0, 0.985, 0.985]
        last[:, 0] += end * BEVEL / unit
        more, seen, soil = last[None], CAVE * sky[at][None], np.zeros((1, len(edge)))
    else:
        salt, tilt = rng.uniform(0.0, 99.0), rng.uniform(-TORN_TILT, TORN_TILT, 2)
        size = float(np.linalg.norm(edge - middle, axis=1).max())

        def rough(points: Array) -> Array:
            flat = points[:, 1:] - middle[1:]
            far = np.column_stack([flat * 4.5, np.full(len(flat), salt)])
            slope = flat @ tilt - size * float(np.abs(tilt).sum())
            coarse = TORN_RELIEF * (fbm(far, 3) - 0.70)
            ridge = np.abs(2.0 * fbm(far * [2.2, 2.2, 1.0] + 31.0, 2) - 1.0)
            return np.asarray(end * (slope + coarse - SPLINTERS * ridge) / unit)

        rings[at, :, 0] += rough(edge)
        nearest = (1.0 - DEEPEST) * end * middle[0] + DEEPEST * end * rings[-1 - at, :, 0].mean()
        rings[at, :, 0] = end * np.maximum(end * rings[at, :, 0], nearest)
        inward = range(1, len(rings) - 1) if end < 0 else range(len(rings) - 2, 0, -1)
        for ring in inward:  # what the tear has reached draws back before it
            after = end * rings[ring + end, :, 0] - 0.015 / unit
            rings[ring, :, 0] = end * np.minimum(end * rings[ring, :, 0], after)
        turned = [middle + (edge - middle) * [1.0, share, share] for share in TORN_SHARES]
        for ring in turned:
            shift = rough(ring)
            ring[:, 0] = end * np.maximum(end * (middle[0] + shift), nearest)
        more = np.stack(turned if end > 0 else turned[::-1])
        seen = np.full(more.shape[:2], 0.85)
        soil = np.full(more.shape[:2], CLEAN)
    parts = ((more, rings), (seen, sky), (soil, dirt))
    joined = [np.concatenate(part if end < 0 else part[::-1]) for part in parts]
    return joined[0], joined[1], joined[2]
