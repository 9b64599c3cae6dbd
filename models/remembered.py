"""The light in a memory: low and warm behind people, who are seen against it.

What is thin glows, an outline that turns to the sun is drawn in gold, and the rest is only as
light as grass and sky make it. Hair is a thickness: light comes through where there is little.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models import drawing
from models.colour import linear
from models.drawing import CELL, ROWS, Layer, grid, soft, strewn, within
from models.sdf import smoothstep

Array = NDArray[np.float64]

FINE = 10  # points between two of a strand's
BODY = 0.018  # of the disc: over which hair counts as a mass
RIM, INNER_RIM, BLOOD = 0.020, 0.007, 0.060  # of the disc: how far light gets round an outline


@dataclass(frozen=True)
class Light:
    """One memory's light.

    sun        : where it stands in the disc; toward: how far before the people, 0 behind them
    wrap       : how far its light gets round a form
    reach      : how fast it falls off, squared disc measures
    sky, grass : what fills shade from above and below
    key, rim   : the sun's own light, and that on outlines
    """

    sun: tuple[float, float]
    toward: float
    wrap: float
    reach: float
    sky: Array
    grass: Array
    key: Array
    rim: Array

    @cached_property
    def way(self) -> Array:
        """Unit vectors (ROWS, ROWS, 3) to the sun."""
        x, y = grid()
        to = np.dstack([self.sun[0] - x, self.sun[1] - y])
        to = to / np.maximum(np.linalg.norm(to, axis=2, keepdims=True), 1e-3)
        out = np.dstack([to, np.full((ROWS, ROWS), self.toward)])
        return np.asarray(out / np.linalg.norm(out, axis=2, keepdims=True))

    @cached_property
    def power(self) -> Array:
        """How strong it is at every place."""
        x, y = grid()
        far = (x - self.sun[0]) ** 2 + (y - self.sun[1]) ** 2
        return np.asarray(0.38 + np.exp(-far / self.reach))

    def on(
        self,
        albedo: ArrayLike,
        mask: Array,
        normal: Array,
        shade: ArrayLike = 1.0,
        through: ArrayLike = (1.0, 0.19, 0.06),
    ) -> Array:
        """The light (ROWS, ROWS, 3) of a form.

        shade   : what is left of every light, 1 in the open
        through : what comes through it at its edges: of skin, blood
        """
        shade = np.broadcast_to(np.asarray(shade, dtype=np.float64), (ROWS, ROWS))[..., None]
        inside, beside = within(mask), (normal[..., :2] * self.way[..., :2]).sum(axis=2)
        facing = (normal * self.way).sum(axis=2)
        up = (0.5 + 0.5 * normal[..., 1])[..., None]
        fill = (self.grass * (1 - up) + self.sky * up) * (0.35 + 0.65 * normal[..., 2:3])
        key = np.clip((facing + self.wrap) / (1 + self.wrap), 0, 1) ** 1.3 * self.power
        edge = np.exp(-inside / RIM) + 1.2 * np.exp(-inside / INNER_RIM)
        edge = edge * np.clip(1.5 * beside + 0.28, 0, 1) * self.power
        blood = np.exp(-inside / BLOOD) * np.clip(1.2 * beside + 0.42, 0, 1) * self.power
        # Where skin turns away from a light that is before it, blood shows.
        turn = np.exp(-(((facing - 0.02) / 0.22) ** 2)) * 0.65 * self.toward * self.power
        own = (
            fill * shade + (self.key * key[..., None] + linear(0xE0402C) * turn[..., None]) * shade
        )
        thin = np.asarray(through) * 0.5 * blood[..., None]
        return np.asarray(albedo * own + (thin + self.rim * edge[..., None]) * shade)


@dataclass(frozen=True)
class Hair:
    """How hair is coloured, and how much light it lets through, of what colour."""

    dark: Array
    light: Array
    glow: Array
    dense: float = 2.2
    through: float = 3.0
    ends: float = 0.15  # how much is left of a strand at its tip
    rim: float = 0.6  # how much of the sun's light on outlines it takes


def combed(
    layer: Layer, light: Light, hair: Hair, strands: Array, solid: Array | None, seed: int
) -> None:
    """Lays strands (n, steps, 2) of the disc over the layer.

    solid : 1 where there is a head behind them, through which no light comes
    """
    rng = np.random.default_rng(seed)
    steps = np.linspace(0, strands.shape[1] - 1, strands.shape[1] * FINE)
    low = np.minimum(steps.astype(int), strands.shape[1] - 2)
    share = (steps - low)[None, :, None]
    points = strands[:, low] * (1 - share) + strands[:, low + 1] * share
    along = np.linspace(0, 1, points.shape[1])
    run = np.linalg.norm(np.diff(points, axis=1), axis=2).mean(axis=1) / CELL
    weight = run[:, None] * np.interp(along, [0, 0.15, 0.7, 1], [0.5, 1, 0.9, hair.ends])
    tint = rng.uniform(0, 1, len(strands)) ** 1.5
    flat = points.reshape(-1, 2)
    much = soft(strewn(flat, weight.ravel()), 0.6 * CELL)
    tints = soft(strewn(flat, (weight * tint[:, None]).ravel()), 0.6 * CELL)
    body = soft(much, BODY)
    mass = (soft(much, 0.026) > 0.6).astype(np.float64)
    normal = drawing.normals(drawing.round_form(mass, 0.2))
    beside = (normal[..., :2] * light.way[..., :2]).sum(axis=2)
    streak = np.clip(much / (body + 0.25), 0, 2.0)
    mixed = np.clip(1.3 * tints / np.maximum(much, 1e-3) * streak, 0, 1)[..., None]
    fill = light.sky * (0.5 + 0.5 * normal[..., 1:2]) + 0.9 * light.grass
    own = (hair.dark + (hair.light - hair.dark) * mixed) * fill
    own = own * (1.1 + 0.7 * np.minimum(streak, 1.4)[..., None])
    open_ = 1.0 if solid is None else 1.0 - 0.92 * solid
    own = own * (1.0 if solid is None else 1.0 - 0.25 * solid[..., None])
    came = np.exp(-0.55 * body) * light.power * np.clip(0.75 + 0.6 * beside, 0.15, 1.4)
    came = came * (0.35 + 0.8 * streak) * open_
    edge = np.exp(-within(mass) / 0.05) * np.clip(1.4 * beside + 0.5, 0, 1) * light.power
    edge = edge * (0.2 + streak) * open_
    lit = own + hair.glow * (hair.through * came)[..., None]
    lit = lit + light.rim * hair.rim * edge[..., None]
    layer.over(lit, 1.0 - np.exp(-much * hair.dense / 3.0))


def bezier(a: Array, b: Array, c: Array, d: Array, steps: int = 40) -> Array:
    """Curves (n, steps, 2) by four points each, (n, 2)."""
    t = np.linspace(0, 1, steps)[None, :, None]
    s = 1 - t
    return np.asarray(
        s**3 * a[:, None]
        + 3 * s * s * t * b[:, None]
        + 3 * s * t * t * c[:, None]
        + t**3 * d[:, None]
    )


def behind(mask: Array, size: float) -> Array:
    """1 where a head lies behind hair, 0 along its outline."""
    return soft(smoothstep(0.0, 0.05 * size, within(mask)), 0.008)
