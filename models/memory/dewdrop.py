"""Dew on a blade of grass at sunrise: drops as lenses, by rays bent on their way in and out.

A drop is a body of revolution about the upright, in its radii: a ball that is slightly pressed, or
one that hangs and is about to fall. A ray is bent at its face (Snell), followed to its back and
bent again, for three colours apart; where it then meets the blade it takes the blade's light, else
the morning's, upside down. What is mirrored goes by Fresnel (Schlick 1994). Everything lies in the
orb's disc (x right, y up, z to the eye).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from models.colour import linear
from models.drawing import CELL, ROWS, Layer, grid, soft
from models.memory import afar
from models.memory.afar import DEW_SUN, sunrise
from models.sdf import smoothstep

Array = NDArray[np.float64]

BEND = np.array([(-1.15, -0.86), (-0.40, 0.90), (0.52, 0.20)])  # the blade's spine, a parabola
WIDE = 0.105  # half its breadth where it is broadest
GLASSY = (1.318, 1.333, 1.352)  # of water for red, green and blue, drawn a little apart
MARCH = 48
# Along the blade, radius, height: two have met and run together, the largest lies flat.
SITTING = (
    (0.27, 0.060, 1.0), (0.375, 0.118, 0.88), (0.585, 0.135, 0.66), (0.665, 0.078, 0.80),
    (0.79, 0.030, 1.0), (0.865, 0.050, 0.95),
)  # fmt: skip
JOIN = 0.5  # of its radius above its middle: where a hanging drop goes over into its neck


@dataclass(frozen=True)
class Drop:
    """Where it is, its radius, how long a neck it hangs by (0: it sits), and how high it stands,
    of its breadth: a large one lies flat by its weight."""

    at: tuple[float, float]
    radius: float
    neck: float = 0.0
    press: float = 1.0


def spine(t: Array) -> Array:
    """Places (n, 2) along the blade, t 0 to 1."""
    a, b, c = BEND
    s = t[:, None]
    return np.asarray((1 - s) ** 2 * a + 2 * s * (1 - s) * b + s * s * c)


def breadth(t: Array) -> Array:
    """Half the blade's breadth along it."""
    return np.asarray(WIDE * (1.0 - t**1.7) * smoothstep(-0.5, 0.35, t) + 0.003)


def by_blade() -> tuple[Array, Array]:
    """How far along the blade every cell lies, and how far from its spine, + above; in halves of
    its breadth. Each (ROWS, ROWS)."""
    t = np.linspace(0, 1, 3000)
    line = spine(t)
    x, y = grid()
    gap, nearest = cKDTree(line).query(np.column_stack([x.ravel(), y.ravel()]))
    run = np.gradient(line, axis=0)[nearest]
    off = np.column_stack([x.ravel(), y.ravel()]) - line[nearest]
    side = np.sign(run[:, 0] * off[:, 1] - run[:, 1] * off[:, 0])
    along = t[nearest]
    return along.reshape(x.shape), (side * gap / breadth(along)).reshape(x.shape)


def blade() -> Layer:
    """The blade, lit through from behind, its flesh glowing between the veins."""
    t, over = by_blade()
    x, y = grid()
    near = np.exp(-1.7 * ((x - DEW_SUN[0]) ** 2 + (y - DEW_SUN[1]) ** 2))
    rng = np.random.default_rng(3)
    mottle = ndimage.map_coordinates(
        ndimage.gaussian_filter(rng.normal(0, 1, (64, 400)), (1.0, 2.0)) * 3.0,
        [(over * 0.5 + 0.5) * 60, t * 390], order=1, mode="nearest",
    )  # fmt: skip
    veins = 0.5 + 0.5 * np.cos(over * 31.0 + 0.5 * mottle)
    upper = smoothstep(-0.05, 0.10, over)  # folded at its midrib: below, it faces away
    thin = (0.10 + 0.95 * near * (0.75 + 0.16 * mottle)) * (0.42 + 0.58 * upper)
    light = linear(0x12301C) * 0.45 + linear(0xB4C840) * 1.0 * thin[..., None]
    light = light * (0.82 + 0.18 * veins**2)[..., None]
    light = (
        light + linear(0xE8E8A0) * (0.10 + 0.55 * near * np.exp(-((over / 0.07) ** 2)))[..., None]
    )
    rim = smoothstep(0.80, 1.0, over) + 0.5 * smoothstep(-0.86, -1.0, over)
    light = light + (linear(0xFFE8B0) * (rim * (0.22 + 1.5 * near))[..., None])
    cool = smoothstep(0.2, 0.9, over) * (1 - near)
    light = light + linear(0x88A8E0) * (0.20 * cool)[..., None]
    out = Layer()
    half = breadth(t)
    cover = smoothstep(1.0, -1.0, (np.abs(over) - 1.0) * half / CELL) * (t < 0.9999)
    out.over(light, cover)
    return out


def _profile(y: Array, neck: float) -> Array:
    """Radius of a drop at heights `y`, in its radii; its neck tapers upwards to a point."""
    ball = np.sqrt(np.clip(1.0 - y * y, 0.0, None))
    if not neck:
        return np.asarray(ball)
    # Water climbs what it hangs by: the ball goes over into a neck that is hollow at its sides.
    s = np.clip((y - JOIN) / (1.0 + neck - JOIN), 0.0, 1.0)
    from_ball = np.sqrt(1.0 - JOIN * JOIN)
    slope = -JOIN / from_ball * (1.0 + neck - JOIN)
    hermite = (1 + 2 * s) * (1 - s) ** 2 * from_ball + s * (1 - s) ** 2 * slope
    return np.asarray(np.where(y < JOIN, ball, np.maximum(hermite, 0.0)))


def _normal(p: Array, neck: float) -> Array:
    """Outward unit normals (n, 3) of a drop at places (n, 3) on it, in its radii."""
    step = 1e-3
    r = _profile(p[:, 1], neck)
    slope = (_profile(p[:, 1] + step, neck) - _profile(p[:, 1] - step, neck)) / (2 * step)
    n = np.column_stack([p[:, 0], np.clip(-r * slope, -3, 3), p[:, 2]])
    return np.asarray(n / np.maximum(np.linalg.norm(n, axis=1, keepdims=True), 1e-9))


def _bent(d: Array, n: Array, ratio: float) -> Array:
    """Rays (n, 3) bent at a face of unit normal `n` against them (Snell); mirrored where none
    leaves."""
    cos = -np.sum(d * n, axis=1, keepdims=True)
    inside = 1.0 - ratio * ratio * (1.0 - cos * cos)
    through = ratio * d + (ratio * cos - np.sqrt(np.maximum(inside, 0.0))) * n
    return np.where(inside > 0, through, d + 2 * cos * n)


def _seen(start: Array, way: Array, behind: Layer, channel: int) -> Array:
    """Light (n,) of one colour where rays from places (n, 3) of the disc go."""
    deep = np.maximum(-way[:, 2], 0.12)
    far = way[:, :2] / deep[:, None]
    sky = sunrise(0.15 * start[:, :2] + 0.85 * np.clip(far, -2.2, 2.2))[:, channel]
    met = start[:, :2] + far * np.maximum(start[:, 2:] + 0.05, 0.0)
    cells = ((met + 1.0) / CELL - 0.5).T[::-1]
    light = ndimage.map_coordinates(behind.light[..., channel], cells, order=1, cval=0.0)
    cover = ndimage.map_coordinates(behind.cover, cells, order=1, cval=0.0)
    return np.asarray(sky * (1 - cover) + light)


def drop(layer: Layer, one: Drop) -> None:
    """Lays a drop over the layer, through which it is seen."""
    x, y = grid()
    q = np.dstack([(x - one.at[0]) / one.radius, (y - one.at[1]) / (one.radius * one.press)])
    wide = _profile(q[..., 1], one.neck)
    inside = (np.abs(q[..., 0]) < wide) & (q[..., 1] > -1) & (q[..., 1] < 1 + one.neck)
    p = q[inside]
    face = np.column_stack([p, np.sqrt(np.maximum(wide[inside] ** 2 - p[:, 0] ** 2, 0.0))])
    n = _normal(face, one.neck)
    ahead = np.tile([0.0, 0.0, -1.0], (len(p), 1))
    light = np.zeros((len(p), 3))
    for channel, index in enumerate(GLASSY):
        way = _bent(ahead, n, 1.0 / index)
        place, gone = face.copy(), np.zeros(len(p), dtype=bool)
        pace = 2.6 / MARCH
        for _ in range(MARCH):
            place = np.where(gone[:, None], place, place + pace * way)
            outside = np.hypot(place[:, 0], place[:, 2]) > _profile(place[:, 1], one.neck)
            gone |= outside
        leaves = _bent(way, -_normal(place, one.neck), index)
        start = place * one.radius * [1.0, one.press, 1.0] + [*one.at, 0.0]
        light[:, channel] = _seen(start, leaves, layer, channel)
    cos = np.clip(n[:, 2], 0, 1)
    mirror = (0.02 + 0.98 * (1 - cos) ** 5)[:, None]
    away = ahead + 2 * cos[:, None] * n
    bright = linear(0xFFC8A0) * 0.7 + (
        linear(0x90B8F0) * 0.9 - linear(0xFFC8A0) * 0.7
    ) * smoothstep(-0.2, 0.7, away[:, 1:2])
    light = light * (1 - mirror) + bright * smoothstep(-0.5, 0.3, away[:, 1:2]) * mirror
    window = np.exp(
        -(
            ((((p - [-0.34, 0.42]) @ np.array([[0.8, -0.6], [0.6, 0.8]])) / [0.15, 0.26]) ** 2).sum(
                1
            )
            ** 2
        )
    )
    light = light + linear(0xE8F0FF) * (0.55 * window)[:, None]
    shown = np.zeros((ROWS, ROWS, 3))
    shown[inside] = light
    edge = soft(ndimage.binary_erosion(inside).astype(np.float64), 0.8 * CELL)
    rows, columns = ndimage.distance_transform_edt(
        ~inside, return_distances=False, return_indices=True
    )
    layer.over(shown[rows, columns], edge)


def drops() -> list[Drop]:
    """Those on the blade's back, the largest first, and the one at its tip."""
    rng = np.random.default_rng(8)
    out = []
    for t, radius, press in SITTING:
        out.append(_sitting(t, radius, 1.0, press))
    for t in np.concatenate([rng.normal(0.50, 0.05, 16), rng.uniform(0.2, 0.96, 22)]):
        small = float(np.clip(0.006 * rng.pareto(2.2) + 0.006, 0, 0.026))
        out.append(_sitting(t, small, float(rng.uniform(-0.6, 0.9))))
    tip = spine(np.array([1.0]))[0]
    radius, neck = 0.175, 0.24
    hangs = Drop((float(tip[0]) + 0.012, float(tip[1]) - radius * (0.80 + neck)), radius, neck)
    return [*sorted(out, key=lambda d: d.radius), hangs]


def _sitting(t: float, radius: float, line: float, press: float = 1.0) -> Drop:
    here = np.array([t, t + 1e-3])
    on = spine(here)
    run = (on[1] - on[0]) / np.linalg.norm(on[1] - on[0])
    out = np.array([-run[1], run[0]])
    at = on[0] + out * (line * breadth(here)[0] + 0.45 * press * radius * (line > 0.95))
    return Drop((float(at[0]), float(at[1])), radius, 0.0, press)


def glint(layer: Layer, one: Drop, size: float) -> None:
    """Adds the star that a lens draws about the sun in a drop."""
    x, y = grid()
    within = np.hypot(x - one.at[0], y - one.at[1]) < 0.9 * one.radius
    row, column = np.unravel_index(
        np.argmax(soft(layer.light.sum(axis=2), 0.01) * within), within.shape
    )
    u, v = x - x[row, column], y - y[row, column]
    far = np.hypot(u, v) / size
    star = 2.2 * np.exp(-((far / 0.10) ** 2)) + 0.16 * np.exp(-((far / 0.45) ** 2))
    for turn, much in ((0.35, 1.0), (0.35 + np.pi / 3, 0.65), (0.35 + 2 * np.pi / 3, 0.8)):
        across = np.abs(v * np.cos(turn) - u * np.sin(turn)) / size
        thin = 0.030 * np.clip(1.0 - far, 0.05, 1.0)
        star = star + much * np.exp(-((across / thin) ** 2)) * np.clip(1.0 - far, 0.0, 1.0) ** 2
    layer.light = layer.light + linear(0xFFF0D0) * star[..., None]


def dew() -> tuple[Layer, Layer]:
    """The blade with its drops, sharp towards its tip; then what stands too near to be seen."""
    sharp = blade()
    for one in drops():
        drop(sharp, one)
    *_, largest, hangs = drops()
    glint(sharp, hangs, 0.20)
    glint(sharp, largest, 0.11)
    x, _ = grid()
    both = np.dstack([sharp.light, sharp.cover])
    for radius, start, end in ((0.012, -0.30, -0.55), (0.030, -0.50, -0.80)):
        share = smoothstep(start, end, x)[..., None]
        both = both * (1 - share) + afar.blurred(both, radius) * share
    out, near = Layer(), Layer()
    out.light, out.cover = both[..., :3], both[..., 3]
    light, cover = afar.meadow(9, 7, (0.7, 1.2), 0.045)
    both = afar.blurred(np.dstack([light, cover]), 0.085)
    near.light, near.cover = both[..., :3], both[..., 3]
    rng = np.random.default_rng(4)
    places = np.column_stack([rng.uniform(-0.9, 0.9, 7), rng.uniform(-0.85, -0.45, 7)])
    near.light = near.light + afar.lights(
        places, linear(0xFFDC98) * 0.16 * np.ones((7, 1)), 0.11, 0.2
    )
    return out, near
