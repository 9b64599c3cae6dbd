"""The dream's air: what it is made of, the lights above it, and ways through it.

`DUSK_AIR`, `DUSK` and `SILVER` were found by least squares (scipy's `least_squares`) on the
logarithm of radiance in 18 directions under the sun and 4 under the silver light, among them the
colours of the palette, with hue counted again, and with mild pulls towards the coefficients of
our own air and a beam at the ground that is crimson, or silver. What came out is within 22 %
(root mean square) of what was asked, and a quarter to a third off where the palette asks for more
blue at 20 to 40 degrees and less at the zenith than one air can scatter.

Lengths are kilometres, coefficients per kilometre, light is linear RGB. Heights are kept as such
and never as distances from the planet's centre: in the shader's single precision the latter would
be rounded to half a metre, and their squares to kilometres.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RGB = tuple[float, float, float]

GROUND, TOP = 6360.0, 100.0  # the planet's radius; the height where the air ends
EYE = 0.002


@dataclass(frozen=True)
class Air:
    """What the sky is made of. Coefficients are those at sea level, per kilometre.

    The absorbing layer is a tent: full at `layer_height`, nothing `layer_width` away from it.
    """

    rayleigh: RGB
    mie: RGB
    mie_absorption: RGB
    asymmetry: float
    aureole: float
    aureole_share: float
    layer: RGB
    rayleigh_height: float
    mie_height: float
    layer_height: float
    layer_width: float
    ground: RGB

    def densities(self, height: Floats) -> tuple[Floats, Floats, Floats]:
        """Shares (...) of the sea-level coefficients at heights (...): Rayleigh, Mie, layer."""
        tent = 1.0 - np.abs(height - self.layer_height) / self.layer_width
        return (
            np.exp(-height / self.rayleigh_height),
            np.exp(-height / self.mie_height),
            np.maximum(tent, 0.0),
        )

    def medium(self, height: Floats) -> tuple[Floats, Floats, Floats]:
        """Rayleigh scattering, Mie scattering, extinction at heights (...): (..., 3) each."""
        thin, haze, layer = (share[..., None] for share in self.densities(height))
        small, large = thin * np.array(self.rayleigh), haze * np.array(self.mie)
        lost = haze * np.array(self.mie_absorption) + layer * np.array(self.layer)
        return small, large, small + large + lost


@dataclass(frozen=True)
class Light:
    """A light above the air: where it stands (a unit vector, z up) and its irradiance there.

    A `breadth` of 1 is a point. Less is a light spread over the sky as a Henyey-Greenstein lobe
    of that mean cosine, and 0 one that comes from everywhere.
    """

    direction: RGB
    irradiance: RGB
    breadth: float = 1.0


DUSK_AIR = Air(
    rayleigh=(0.001254, 0.008695, 0.01923),
    mie=(0.01334, 0.008302, 0.003648),
    mie_absorption=(0.002359, 0.003022, 0.0008402),
    asymmetry=0.4216,
    aureole=0.8863,
    aureole_share=0.05865,
    layer=(0.01957, 0.01711, 0.01151),
    rayleigh_height=12.49,
    mie_height=4.102,
    layer_height=26.12,
    layer_width=16.95,
    ground=(0.1421, 0.1144, 0.2642),
)
DUSK = Light((-0.99692, 0.0, 0.07846), (54.11, 7.962, 14.59))
SILVER = Light((0.0, 0.0, 1.0), (3.501, 2.489, 3.735), breadth=0.061)


# -- ways through the air ------------------------------------------------------------------


def to_top(height: Floats, mu: Floats) -> Floats:
    """Distance to the air's end; `mu` is the sine of the way's elevation."""
    along = (GROUND + height) * mu
    free = (TOP - height) * (2.0 * GROUND + TOP + height)
    root = np.sqrt(along * along + free)
    return np.where(along > 0.0, free / np.maximum(root + along, 1e-9), root - along)


def to_end(height: Floats, mu: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Distance to the ground or the air's end, and whether it is the ground."""
    along = (GROUND + height) * mu
    free = height * (2.0 * GROUND + height)
    inside = along * along - free
    hit = (inside >= 0.0) & (along < 0.0)
    near = free / np.maximum(np.sqrt(np.maximum(inside, 0.0)) - along, 1e-9)
    return np.where(hit, near, to_top(height, mu)), hit


def rise(height: Floats, mu: Floats, way: Floats) -> Floats:
    """Height after `way` kilometres from `height` at elevation sine `mu`."""
    radius = GROUND + height
    more = height * (2.0 * GROUND + height) + way * (way + 2.0 * radius * mu)
    return np.maximum(more / (np.sqrt(GROUND * GROUND + more) + GROUND), 0.0)


def stations(
    height: Floats, mu: Floats, sun: Floats, angle: Floats, end: Floats, steps: int
) -> Iterator[tuple[Floats, Floats, Floats]]:
    """Height, the light's elevation sine and length of each step, short ones near the eye."""
    for index in range(steps):
        way = end * ((index + 0.5) / steps) ** 2
        length = end * ((2 * index + 1) / steps**2)
        here = rise(height, mu, way)
        yield here, ((GROUND + height) * sun + way * angle) / (GROUND + here), length


# -- phases --------------------------------------------------------------------------------


def rayleigh_phase(cosine: Floats, breadth: float = 1.0) -> Floats:
    """Share per steradian scattered by molecules (Rayleigh 1871)."""
    legendre = 1.5 * cosine * cosine - 0.5
    return (1.0 + 0.5 * breadth * breadth * legendre) / (4.0 * math.pi)


def lobe(cosine: Floats, g: float) -> Floats:
    """Share per steradian scattered with mean cosine g (Henyey & Greenstein 1941)."""
    return np.asarray((1.0 - g * g) / (1.0 + g * g - 2.0 * g * cosine) ** 1.5 / (4.0 * math.pi))


def mie_phase(air: Air, cosine: Floats, breadth: float = 1.0) -> Floats:
    """Share per steradian scattered by haze: a broad lobe and a narrow one (Kattawar 1975)."""
    wide = lobe(cosine, air.asymmetry * breadth)
    narrow = lobe(cosine, air.aureole * breadth)
    return wide + air.aureole_share * (narrow - wide)
