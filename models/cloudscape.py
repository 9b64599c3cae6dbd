"""The clouds over the courtyard, marched once through three decks and kept as a panorama.

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
from scipy.ndimage import map_coordinates

from models.noise import hash_unit
from models.textures import spectral

Field = NDArray[np.floating[Any]]

PLANET = 6_371_000.0
SUN_AZIMUTH = np.pi  # due west
LIGHT = np.radians(-3.0)  # the sun as far clouds have it: from a little below
HAZE = 42_000.0  # metres over which the air takes all but 1/e of a cloud
BRIGHTEST = 2.5  # light that is stored as 1: the stored value is the square root of the share
TILE = 512
CHUNK = 65_536  # rays at a time
WIDTH, HEIGHT = 4096, 512
SEED = 6  # of the skies that were looked at, the one whose banks open towards the sun


@dataclass(frozen=True)
class Deck:
    """One storey of cloud.

    base, depth : metres above the ground, and how thick its thickest cloud is
    scale       : metres along and across the wind in which its pattern repeats
    cover       : 0..1, how much of it is cloud
    extinction  : 1/m inside dense cloud
    torn        : how much fine noise eats at its edges
    steps       : of the march through it
    """

    base: float
    depth: float
    scale: tuple[float, float]
    cover: float
    extinction: float
    torn: float
    steps: int


LOW = Deck(1500.0, 1300.0, (52_000.0, 30_000.0), 0.45, 0.0085, 0.52, 72)
MIDDLE = Deck(4300.0, 800.0, (70_000.0, 24_000.0), 0.52, 0.0034, 0.62, 28)
HIGH = Deck(8800.0, 500.0, (120_000.0, 26_000.0), 0.40, 0.0010, 0.75, 10)
DECKS = (HIGH, MIDDLE, LOW)


def direction(width: int, height: int) -> tuple[Field, Field]:
    """Azimuth (width,) from east through north, and elevation (height,) of texel middles.

    Elevation goes with the square of the row, 0 at the horizon: most rows lie low.
    """
    azimuth = (np.arange(width) + 0.5) / width * 2 * np.pi
    row = (np.arange(height) + 0.5) / height
    return azimuth.astype(np.float32), (row * row * np.pi / 2).astype(np.float32)


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
    near_sun = np.exp(-((azimuth / 0.22) ** 2)) * _smooth(9_000.0, 24_000.0, far)
    overhead = np.exp(-((far / 5_000.0) ** 2))
    east = _smooth(1.7, 2.9, np.abs(azimuth)) * _smooth(9_000.0, 30_000.0, far)
    return np.asarray(-0.30 * near_sun - 0.16 * overhead + 0.06 * east, dtype=np.float32)


def density(noise: Noise, deck: Deck, x: Field, y: Field, z: Field, fine: bool = True) -> Field:
    """How much cloud there is at places (n,), 0..1; without `fine` its smooth body alone.

    Far away, where the fine noise would be smaller than a texel, it gives way to its mean.
    """
    along, across = deck.scale
    body = noise.plane(x / along + deck.base * 1e-3, y / across)
    body = 0.72 * body + 0.28 * noise.plane(x / along * 3.1 + 0.37, y / across * 2.3)
    thick = np.clip((body + _composed(x, y) - (1.0 - deck.cover)) / 0.30, 0.0, 1.0)
    height = (z - deck.base) / deck.depth
    foot = _smooth(0.0, 0.10, height + 0.04)
    top = _smooth(0.0, 0.45, thick - height * 0.9)
    cloud = thick**0.6 * foot * top
    if not fine or deck.torn <= 0:
        return np.asarray(cloud * (1.0 - 0.4 * deck.torn))
    size = 5.2 * deck.depth
    eaten = noise.solid(x / (size * along / across), y / size, z / size)
    eaten = 0.58 * eaten + 0.29 * noise.solid(x / size * 3.7, y / size * 3.7, z / size * 3.7)
    eaten += 0.13 * noise.solid(x / size * 11.3, y / size * 11.3, z / size * 11.3)
    eaten += (0.55 - eaten) * _smooth(22_000.0, 60_000.0, np.hypot(x, y))
    return np.clip((cloud - deck.torn * (1.0 - eaten)) / (1.0 - 0.6 * deck.torn), 0.0, 1.0)


def _forward(cosine: Field, g: float) -> Field:
    """Henyey-Greenstein phase function times 4 pi."""
    return (1 - g * g) / np.power(1 + g * g - 2 * g * cosine, 1.5)


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
    """Light along rays (n,) through one deck: (n, 4) passed, sun, first light, sky.

    `offset` (n,), 0..1, is where in its first step each ray begins; chance hides the steps.

    passed      : share of what is behind that comes through
    sun         : the sun's light, scattered several times
    first light : of it, what was scattered once near a lit edge
    sky         : the light of the sky above
    Several scatterings after Wrenninge, Kulla & Lundqvist 2013; steps that keep energy after
    Hillaire 2016.
    """
    near, far = reach(elevation, deck.base), reach(elevation, deck.base + deck.depth)
    cosine = -np.cos(elevation) * np.cos(azimuth) * np.float32(np.cos(LIGHT))
    lobes = [
        0.75 * _forward(cosine, 0.78 * wide) + 0.25 * _forward(cosine, -0.25 * wide)
        for wide in (1.0, 0.6, 0.3)
    ]
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
        orders = [0.5**n * lobe[cells] * np.exp(-shade * 0.45**n) for n, lobe in enumerate(lobes)]
        light[cells, 0] += share * np.sum(orders, axis=0) / 4
        light[cells, 1] += share * orders[0] / 4
        light[cells, 2] += share * (0.25 + 0.75 * height)
        passed[cells] *= kept
    # What the air hides of a far cloud shows the sky's own glow instead.
    mean_way = (near + far) / 2
    passed = 1.0 - (1.0 - passed) * np.exp(-mean_way / HAZE)
    return np.column_stack([passed, light]).astype(np.float32)


def panorama(
    width: int = WIDTH,
    height: int = HEIGHT,
    seed: int = SEED,
    decks: tuple[Deck, ...] = DECKS,
) -> NDArray[np.float32]:
    """(height, width, 4) float32, `march`'s light of all decks together; row 0 at the horizon."""
    noise = Noise(seed)
    texels = np.arange(width * height)
    parts = [
        light_of(noise, texels[start : start + CHUNK], width, height, decks)
        for start in range(0, len(texels), CHUNK)
    ]
    return np.concatenate(parts).reshape(height, width, 4)


def light_of(
    noise: Noise, texels: NDArray[np.int64], width: int, height: int, decks: tuple[Deck, ...]
) -> NDArray[np.float32]:
    """`march`'s light (n, 4) for texels (n,) of a panorama, counted along its rows."""
    around, up = direction(width, height)
    rows, columns = np.divmod(texels, width)
    offset = hash_unit(np.column_stack([columns, rows])).astype(np.float32)
    light = np.zeros((len(texels), 4), dtype=np.float32)
    light[:, 0] = 1.0
    for deck in decks:
        own = march(noise, deck, around[columns], up[rows], offset)
        light[:, 1:] = light[:, 1:] * own[:, :1] + own[:, 1:]
        light[:, 0] *= own[:, 0]
    return light


def packed(light: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The panorama as bytes: passed as it is, light as the root of its share of `BRIGHTEST`."""
    out = np.clip(light, 0.0, None)
    out[..., 1:] = np.sqrt(np.minimum(out[..., 1:] / BRIGHTEST, 1.0))
    return np.round(np.minimum(out, 1.0) * 255).astype(np.uint8)
