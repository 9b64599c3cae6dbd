"""The clouds over the courtyard, marched once through three decks and kept as a dome.

Nothing under this sky turns: the sun stands still and the visitor stays within ninety metres.
So the light's slow way through cloud is followed here, in numpy, and not in every pixel of
every frame. What is kept is light, not colour; the acts colour it as they go.

Metres; x east, y north, z up; the eye is on the ground of a planet of the Earth's radius.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import convolve1d, map_coordinates

from models.place.textures import spectral

Field = NDArray[np.floating[Any]]

PLANET = 6_371_000.0
LIGHT = np.radians(-3.0)  # the sun as far clouds have it: from a little below
HAZE = 46_000.0  # metres over which the air takes all but 1/e of a cloud
TILE = 512
FLAT = 1.8  # how much lower than wide the fine noise lies
CHUNK = 65_536  # rays at a time
BELOW = np.radians(0.3)  # so far below the horizon its clouds go on, for look-ups between texels
SIZE = 2048  # texels across the dome: 1/18 degree at the horizon, twice that overhead
SEED = 6  # of the skies that were looked at, the one whose banks open towards the sun


@dataclass(frozen=True)
class Deck:
    """One storey of cloud.

    base, depth : metres above the ground, and how thick its thickest cloud is
    scale       : metres along and across the wind in which its pattern repeats
    grain       : metres in which the noise that eats at its edges repeats
    cover       : 0..1, how much of it is cloud
    extinction  : 1/m inside dense cloud
    torn        : how much fine noise eats at its edges
    steps       : of the march through it
    """

    base: float
    depth: float
    scale: tuple[float, float]
    grain: float
    cover: float
    extinction: float
    torn: float
    steps: int


LOW = Deck(1500.0, 640.0, (46_000.0, 34_000.0), 4600.0, 0.44, 0.0105, 0.56, 56)
MIDDLE = Deck(4300.0, 520.0, (58_000.0, 26_000.0), 4800.0, 0.47, 0.0042, 0.58, 28)
HIGH = Deck(8800.0, 500.0, (120_000.0, 24_000.0), 9000.0, 0.38, 0.0010, 0.75, 10)
DECKS = (HIGH, MIDDLE, LOW)


def rays(texels: NDArray[np.int64], size: int) -> tuple[Field, Field]:
    """Azimuth from east through north and elevation (n,) of the middles of texels (n,).

    The dome is seen from its pole below, so that its texels are as wide as they are high
    everywhere and a shader needs no angle to find one (stereographic; Heidrich & Seidel 1998 call
    it a parabolic map). The horizon is the circle that touches its sides; the corners are below.
    """
    row, column = np.divmod(texels, size)
    x, y = (column + 0.5) / size * 2 - 1, (row + 0.5) / size * 2 - 1
    r2 = x * x + y * y
    lift = np.arcsin((1 - r2) / (1 + r2))
    return np.arctan2(y, x).astype(np.float32), lift.astype(np.float32)


def reach(elevation: Field, height: float) -> Field:
    """Metres from the eye to where a ray comes to a height above the round ground."""
    rise = PLANET * np.sin(elevation.astype(np.float64))
    way = np.sqrt(rise * rise + 2 * PLANET * height + height * height) - rise
    return np.asarray(way, dtype=np.float32)


class Noise:
    """The fields that clouds are cut from: tileable in the plane and in space."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng([seed, 61])
        broad = spectral(TILE, 1.7, rng, low=2)
        push_x, push_y = spectral(TILE, 2.0, rng, low=2), spectral(TILE, 2.0, rng, low=2)
        rows, columns = np.mgrid[0:TILE, 0:TILE].astype(np.float64)
        warped = [rows + (push_y - 0.5) * 0.10 * TILE, columns + (push_x - 0.5) * 0.10 * TILE]
        moved = map_coordinates(broad, np.array(warped), order=1, mode="grid-wrap")
        self.broad = moved.astype(np.float32)
        self.space: NDArray[np.float32] = _space(96, rng)

    def plane(self, u: Field, v: Field) -> Field:
        """The broad field at places in tiles, 0..1."""
        at = np.stack([v * TILE, u * TILE])
        return np.asarray(map_coordinates(self.broad, at, order=1, mode="grid-wrap"))

    def solid(self, x: Field, y: Field, z: Field) -> Field:
        """The fine field at places in tiles, 0..1."""
        at = np.stack([z, y, x]) * np.float32(len(self.space))
        return np.asarray(map_coordinates(self.space, at, order=1, mode="grid-wrap"))


def _space(size: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Billowed fractal noise (size, size, size): round lobes with narrow dents between."""
    axis = np.fft.fftfreq(size) * size
    frequency = np.sqrt(
        axis[:, None, None] ** 2 + axis[None, :, None] ** 2 + axis[None, None, :] ** 2
    )
    total = np.zeros((size,) * 3)
    for low, high, share in ((2, 5, 0.5), (5, 11, 0.3), (11, 30, 0.2)):
        band = np.where((frequency >= low) & (frequency < high), 1.0, 0.0)
        wave = np.fft.ifftn(np.fft.fftn(rng.standard_normal((size,) * 3)) * band).real
        total += share * (1.0 - np.minimum(np.abs(wave / wave.std()) / 1.6, 1.0))
    low, high = np.quantile(total, [0.01, 0.99])
    return np.clip((total - low) / (high - low), 0, 1).astype(np.float32)


def _smooth(low: float, high: float, value: Field) -> Field:
    t = np.clip((value - low) / (high - low), 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def _composed(x: Field, y: Field) -> Field:
    """What the painter adds to a deck's cover: an opening about the sun, a bank in the east."""
    far = np.hypot(x, y)
    azimuth = np.arctan2(y, -x)  # from the sun's
    near_sun = np.exp(-((azimuth / 0.24) ** 2)) * _smooth(9_000.0, 22_000.0, far)
    near_sun *= 1.0 - 0.6 * _smooth(34_000.0, 60_000.0, far)  # bars lie before its lower half
    overhead = np.exp(-((far / 5_000.0) ** 2))
    east = _smooth(1.7, 2.9, np.abs(azimuth)) * _smooth(9_000.0, 30_000.0, far)
    return np.asarray(-0.42 * near_sun - 0.16 * overhead + 0.06 * east, dtype=np.float32)


def density(noise: Noise, deck: Deck, x: Field, y: Field, z: Field, fine: bool = True) -> Field:
    """How much cloud there is at places (n,), 0..1; without `fine` its smooth body alone.

    Far away, where the fine noise would be smaller than a texel, it gives way to its mean.
    """
    along, across = deck.scale
    far = np.hypot(x, y)
    body = noise.plane(x / along + deck.base * 1e-3, y / across)
    small = noise.plane(x / along * 3.1 + 0.37, y / across * 2.3)
    body = 0.72 * body + 0.28 * (small + (0.5 - small) * _smooth(30_000.0, 90_000.0, far))
    thick = np.clip((body + _composed(x, y) - (1.0 - deck.cover)) / 0.30, 0.0, 1.0)
    height = (z - deck.base) / deck.depth
    foot = _smooth(0.0, 0.10, height + 0.04)
    top = _smooth(0.0, 0.45, thick - height * 0.9)
    cloud = thick**0.6 * foot * top
    if not fine or deck.torn <= 0:
        return np.asarray(cloud * (1.0 - 0.4 * deck.torn))
    size = deck.grain
    # Cloud is drawn out sidewise: fine noise as high as it is wide would hang in columns.
    x, z = x / np.sqrt(along / across), z * FLAT
    eaten = 0.60 * noise.solid(x / size, y / size, z / size)
    eaten += 0.31 * noise.solid(x / size * 3.7, y / size * 3.7, z / size * 3.7)
    eaten += 0.09 * noise.solid(x / size * 11.3, y / size * 11.3, z / size * 11.3)
    eaten += (0.55 - eaten) * _smooth(24_000.0, 64_000.0, far)
    return np.clip((cloud - deck.torn * (1.0 - eaten)) / (1.0 - 0.6 * deck.torn), 0.0, 1.0)


SHADE_STEPS = (70.0, 130.0, 260.0, 520.0, 1000.0, 1800.0)


def _depth_to_sun(noise: Noise, deck: Deck, x: Field, y: Field, z: Field) -> Field:
    """Optical depth between places in a deck and the sun."""
    total = np.zeros_like(x)
    gone = 0.0
    for index, length in enumerate(SHADE_STEPS):
        middle = gone + length / 2
        gone += length
        step = density(
            noise,
            deck,
            x - np.float32(middle * np.cos(LIGHT)),
            y,
            z + np.float32(middle * np.sin(LIGHT)),
            fine=index < 2,
        )
        total += step * np.float32(length * deck.extinction)
    return total


def march(
    noise: Noise, deck: Deck, azimuth: Field, elevation: Field, offset: Field
) -> NDArray[np.float32]:
    """Light along rays (n,) through one deck: (n, 4) passed, many, once, sky, 0..1 each.

    `offset` (n,), 0..1, is where in its first step each ray begins; chance hides the steps.

    passed : share of what is behind that comes through
    many   : sunlight that was scattered several times
    once   : sunlight that was scattered once, near a lit edge
    sky    : the light of the sky above
    The sun's have no phase: by how much cloud scatters towards the eye is the shader's to say.
    Several scatterings after Wrenninge, Kulla & Lundqvist 2013; steps that keep energy after
    Hillaire 2016.
    """
    near, far = reach(elevation, deck.base), reach(elevation, deck.base + deck.depth)
    passed = np.ones_like(azimuth)
    light = np.zeros((len(azimuth), 3), dtype=np.float32)
    width = (far - near) / deck.steps
    for step in range(deck.steps):
        way = near + width * (step + offset)
        x = way * np.cos(elevation) * np.cos(azimuth)
        y = way * np.cos(elevation) * np.sin(azimuth)
        z = way * np.sin(elevation) + (way * np.cos(elevation)) ** 2 / (2 * PLANET)
        body = density(noise, deck, x, y, z)
        cells = np.flatnonzero((body > 1e-3) & (passed > 0.01))
        if not len(cells):
            continue
        px, py, pz = x[cells], y[cells], z[cells]
        shade = _depth_to_sun(noise, deck, px, py, pz)
        sigma = body[cells] * deck.extinction
        kept = np.exp(-sigma * width[cells])
        share = passed[cells] * (1.0 - kept) * np.exp(-way[cells] / HAZE)
        height = np.clip((pz - deck.base) / deck.depth, 0.0, 1.0)
        light[cells, 0] += share * (2.0 * np.exp(-0.45 * shade) + np.exp(-0.2 * shade)) / 3.0
        light[cells, 1] += share * np.exp(-shade)
        light[cells, 2] += share * (0.25 + 0.75 * height)
        passed[cells] *= kept
    # What the air hides of a far cloud shows the sky's own glow instead.
    mean_way = (near + far) / 2
    passed = 1.0 - (1.0 - passed) * np.exp(-mean_way / HAZE)
    return np.column_stack([passed, light]).astype(np.float32)


def light_of(
    noise: Noise, texels: NDArray[np.int64], size: int, decks: tuple[Deck, ...] = DECKS
) -> NDArray[np.float32]:
    """`march`'s light (n, 4) of all decks together for texels (n,) of a dome, along its rows."""
    azimuth, elevation = rays(texels, size)
    row, column = np.divmod(texels, size)
    # Neighbours begin their steps at places that lie evenly in 0..1 (Jimenez 2014).
    offset = np.modf(52.9829189 * np.modf(column * 0.06711056 + row * 0.00583715)[0])[0]
    light = np.zeros((len(texels), 4), dtype=np.float32)
    light[:, 0] = 1.0
    above = np.flatnonzero(elevation > -BELOW)
    ray = azimuth[above], np.maximum(elevation[above], 0.0), offset[above].astype(np.float32)
    for deck in decks:
        own = march(noise, deck, *ray)
        light[above, 1:] = light[above, 1:] * own[:, :1] + own[:, 1:]
        light[above, 0] *= own[:, 0]
    return light


def dome(
    size: int = SIZE, seed: int = SEED, decks: tuple[Deck, ...] = DECKS
) -> NDArray[np.float32]:
    """The clouds of the upper half space (size, size, 4) float32: `march`'s light, see `rays`.

    Row 0 is south, column 0 west. Each texel is mixed with its neighbours, whose rays began
    elsewhere in their steps.
    """
    noise = Noise(seed)
    texels = np.arange(size * size)
    parts = [
        light_of(noise, texels[start : start + CHUNK], size, decks)
        for start in range(0, len(texels), CHUNK)
    ]
    return softened(np.concatenate(parts).reshape(size, size, 4))


def softened(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Every texel of (rows, columns, n) with its eight neighbours, by 1 2 1 either way."""
    for axis in (0, 1):
        light = convolve1d(light, np.array([0.25, 0.5, 0.25]), axis=axis, mode="nearest")
    return light


def packed(light: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The dome as bytes: passed as it is, light as its square root."""
    out = np.clip(light, 0.0, 1.0)
    out[..., 1:] = np.sqrt(out[..., 1:])
    return np.round(out * 255).astype(np.uint8)
