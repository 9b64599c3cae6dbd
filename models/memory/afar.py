"""What lies far behind a memory, out of focus: light in discs, as a wide lens draws it.

Points of light are strewn, then each is drawn as the lens's opening, the larger the further it is
out of focus, a little brighter towards its rim. Everything lies in the orb's disc
(models/drawing.py); light is linear.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import fftconvolve

from models.colour import linear
from models.drawing import CELL, ROWS, Layer, grid, soft, strewn
from models.noise import fbm
from models.sdf import smoothstep

Array = NDArray[np.float64]

LAUGH_SUN, DEW_SUN, TOUCH_LAMP = (0.03, 0.40), (-0.22, -0.04), (0.86, 0.42)


def opening(radius: float) -> Array:
    """What a point becomes (n, n): a disc of that radius, of weight one."""
    half = int(np.ceil(radius / CELL)) + 2
    line = np.arange(-half, half + 1) * CELL
    far = np.hypot(*np.meshgrid(line, line)) / radius
    disc = smoothstep(1.0 + 2 * CELL / radius, 1.0 - 2 * CELL / radius, far) * (0.8 + 0.3 * far**4)
    return np.asarray(disc / disc.sum())


def blurred(image: Array, radius: float) -> Array:
    """An image (ROWS, ROWS, n) out of focus by so much of the disc; its edge is carried on."""
    kernel = opening(radius)
    room = len(kernel) // 2
    wide = np.pad(image, ((room, room), (room, room), (0, 0)), mode="edge")
    parts = [fftconvolve(wide[..., i], kernel, mode="valid") for i in range(image.shape[2])]
    return np.dstack(parts)


def lights(places: Array, colours: Array, radius: float, hazy: float = 0.0) -> Array:
    """Points of light (n, 2) of those colours (n, 3), each a disc; (ROWS, ROWS, 3). `hazy`: how
    soft its edge is, of its radius."""
    kernel = opening(radius)
    if hazy:
        kernel = soft(np.pad(kernel, int(3 * hazy * radius / CELL)), hazy * radius)
    kernel = kernel / kernel.max()
    found = [fftconvolve(strewn(places, colours[:, i]), kernel, mode="same") for i in range(3)]
    return np.asarray(np.maximum(np.dstack(found), 0.0))


def _spot(middle: ArrayLike, tall: float = 1.0) -> Array:
    x, y = grid()
    u, v = np.asarray(middle, dtype=np.float64)
    return np.asarray((x - u) ** 2 + ((y - v) * tall) ** 2)[..., None]


def _leaves(seed: float, size: float) -> Array:
    x, y = grid()
    points = np.stack([x * size, y * size, np.full_like(x, seed)], axis=-1).reshape(-1, 3)
    return np.asarray(fbm(points.astype(np.float32))).reshape(ROWS, ROWS, 1).astype(np.float64)


def summer() -> Layer:
    """A meadow towards evening, and trees that the sun comes through."""
    rng = np.random.default_rng(12)
    _, y = grid()
    up = y[..., None]
    far = _spot(LAUGH_SUN)
    c = linear(0x2E4A22) * 0.55 + (linear(0x8AA040) * 0.55 - linear(0x2E4A22) * 0.55) * smoothstep(
        -0.9, 0.5, up
    )
    wood = _leaves(3.0, 2.4)
    c = c * (0.55 + 0.9 * smoothstep(-0.5, 0.6, wood))
    c = c + linear(0xE8D070) * 0.34 * np.exp(-(((up + 0.34) / 0.15) ** 2))
    c = (
        c
        + linear(0xFFD890) * 1.05 * np.exp(-far * 3.2)
        + linear(0xFFF4DC) * 2.6 * np.exp(-far * 24)
    )
    for count, radius, much in ((90, 0.036, 0.20), (70, 0.070, 0.16), (30, 0.120, 0.13)):
        places = rng.uniform(-1.1, 1.1, (count, 2))
        places[:, 1] = np.where(rng.uniform(size=count) < 0.75, np.abs(places[:, 1]), places[:, 1])
        warm = rng.uniform(0, 1, (count, 1)) ** 1.5
        tint = linear(0xC8DC78) * (1 - warm) + linear(0xFFDC98) * warm
        c = c + lights(places, much * tint * rng.gamma(1.2, 0.7, (count, 1)), radius)
    return _solid(c)


def room() -> Layer:
    """A room at night, and the lamp in it."""
    rng = np.random.default_rng(31)
    x, y = grid()
    c = (
        linear(0x0C1A44) * 0.30
        + (linear(0x2450A4) * 0.26 - linear(0x0C1A44) * 0.30)
        * smoothstep(-0.9, 1.1, x + 0.3 * y)[..., None]
    )
    c = c * (0.8 + 0.4 * _leaves(8.0, 1.2))
    far = _spot(TOUCH_LAMP)
    c = (
        c
        + linear(0xFF9038) * 0.38 * np.exp(-far * 6.0)
        + linear(0xFFC070) * 1.8 * np.exp(-far * 30)
    )
    places = np.column_stack([rng.uniform(0.0, 1.05, 16), rng.uniform(-0.8, 0.95, 16)])
    tint = linear(0xFFB060) * rng.uniform(0.06, 0.30, (16, 1))
    return _solid(c + lights(places, tint, 0.085))


def sunrise(p: ArrayLike) -> Array:
    """The light (..., 3) of a morning at places (..., 2), without end to its sides."""
    x, y = np.moveaxis(np.asarray(p, dtype=np.float64), -1, 0)
    up = y[..., None]
    c = linear(0xFFB48C) * 0.75 + (linear(0x6C9CE0) * 0.62 - linear(0xFFB48C) * 0.75) * smoothstep(
        0.0, 0.85, up
    )
    c = c + linear(0xFFC070) * 0.55 * np.exp(-(((up - 0.02) / 0.16) ** 2))
    land = smoothstep(0.02, -0.16, up + 0.05 * np.sin(4.0 * x[..., None] + 1.0))
    grass = linear(0x7C9838) * 0.52 + (linear(0x143C28) * 0.30 - linear(0x7C9838) * 0.52) * (
        smoothstep(-0.15, -0.85, up)
    )
    c = c * (1 - land) + grass * land
    far = ((x - DEW_SUN[0]) ** 2 + (y - DEW_SUN[1]) ** 2)[..., None]
    c = (
        c
        + linear(0xFFB860) * 0.70 * np.exp(-far * 5.0)
        + linear(0xFFE0A0) * 1.6 * np.exp(-far * 34)
    )
    return np.asarray(c + linear(0xFFF0D0) * 3.4 * smoothstep(0.022, 0.004, far))


def meadow(seed: int, count: int, tall: tuple[float, float], wide: float) -> tuple[Array, Array]:
    """Blades of grass lit through from behind: light (ROWS, ROWS, 3), premultiplied, and cover."""
    rng = np.random.default_rng(seed)
    out = Layer()
    t = np.linspace(0, 1, 420)
    for _ in range(count):
        foot, lean = rng.uniform(-1.15, 1.15), rng.normal(0, 0.45)
        high = rng.uniform(*tall)
        bow = lean * t**1.8 * high
        line = np.column_stack([foot + bow, -1.1 + high * (t - 0.25 * abs(lean) * t**3)])
        half = wide * rng.uniform(0.6, 1.3) * (1 - t**1.6) + 0.002
        across = np.linspace(-1, 1, 25)
        some = np.stack(
            [line[:, None, 0] + across * half[:, None], np.repeat(line[:, 1:], 25, 1)], axis=-1
        )
        near = np.exp(-1.9 * ((some - np.asarray(DEW_SUN)) ** 2).sum(-1))[..., None]
        edge = smoothstep(0.3, 1.0, across * np.sign(DEW_SUN[0] - foot))[:, None]
        light = linear(0x2C5028) * 0.30 + linear(0xD0D860) * near * (0.40 + 0.9 * edge)
        light = light * rng.uniform(0.7, 1.2)
        weight = np.ones(some.shape[:2]).ravel()
        flat = some.reshape(-1, 2)
        much = strewn(flat, weight)
        colour = np.dstack([strewn(flat, weight * light[..., i].ravel()) for i in range(3)])
        cover = np.clip(much * 2.0, 0, 1)
        out.over(colour / np.maximum(much, 1e-6)[..., None], cover)
    return out.light, out.cover


def morning() -> Layer:
    """The meadow behind the blade: grass and the dew on it, all far out of focus."""
    rng = np.random.default_rng(5)
    x, y = grid()
    c = sunrise(np.dstack([x, y]))
    for seed, count, tall, wide, blur in (
        (1, 60, (0.6, 1.15), 0.020, 0.060),
        (2, 26, (0.7, 1.35), 0.030, 0.036),
    ):
        light, cover = meadow(seed, count, tall, wide)
        both = blurred(np.dstack([light, cover]), blur)
        c = c * (1 - 0.92 * both[..., 3:]) + 0.92 * both[..., :3]
    for count, radius, much in ((10, 0.050, 0.60), (15, 0.105, 0.46), (9, 0.170, 0.32)):
        places = np.column_stack([rng.uniform(-1.1, 1.1, count), rng.normal(-0.42, 0.24, count)])
        near = np.exp(-1.2 * ((places - np.asarray(DEW_SUN)) ** 2).sum(1))[:, None]
        warm = rng.uniform(0, 1, (count, 1))
        tint = linear(0xFFD080) * (1 - warm) + linear(0xC0E090) * warm
        much_of = much * tint * near * rng.gamma(1.3, 0.8, (count, 1))
        c = c + lights(places, much_of, radius, 0.16)
    return _solid(c)


def _solid(light: Array) -> Layer:
    out = Layer()
    out.over(light, np.ones((ROWS, ROWS)))
    return out
