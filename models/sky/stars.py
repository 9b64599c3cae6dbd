"""The night's sky: real stars, faint ones by the galaxy's own density, and the dream's axes.

Equatorial axes: x to the vernal equinox, z to the north pole (J2000). Galactic axes: x to the
galaxy's centre, z to its north pole. The dream's axes are those of the world: z up, the sun's
side -x. `DREAM` turns the first into the last so that the lyre hangs in the west, upright,
where a visitor afloat looks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.sky.catalogue import LYRE, STARS

Floats = NDArray[np.float64]

LYRA = tuple(star.name for star in LYRE)
LYRA_LINES = (
    ("Vega", "Epsilon1 Lyrae"),
    ("Epsilon1 Lyrae", "Zeta1 Lyrae"),
    ("Zeta1 Lyrae", "Vega"),
    ("Zeta1 Lyrae", "Delta2 Lyrae"),
    ("Delta2 Lyrae", "Sulafat"),
    ("Sulafat", "Sheliak"),
    ("Sheliak", "Zeta1 Lyrae"),
)
LYRA_SCALE = 2.2  # the dream's liberty: the real lyre is only nine degrees tall
LYRA_DIRECTION = (-1.0, 0.0, 0.45)  # of its middle, in the dream; not unit
LYRA_LEAN = 9.0  # degrees that Vega leans north of straight up

NORTH_GALACTIC_POLE = (192.859508, 27.128336)  # degrees J2000 (Perryman 1997, 1.5.3)
POLE_LONGITUDE = 122.932  # galactic longitude of the north celestial pole, degrees

BRIGHTEST_FAINT, FAINTEST = 4.6, 9.2  # magnitudes of the procedural stars
STARS_PER_MAGNITUDE = 0.51  # log10 N(<m) grows by this for each magnitude (Bahcall 1980)


@dataclass(frozen=True)
class Night:
    """Stars in the dream's axes.

    directions : (n, 3) unit
    magnitudes : (n,) visual
    colors     : (n, 3) linear RGB of luminance one
    lyre       : (n,) radians from Vega for a star of the lyre, -1 for any other
    """

    directions: Floats
    magnitudes: Floats
    colors: Floats
    lyre: Floats


def vector(ra: ArrayLike, dec: ArrayLike) -> Floats:
    """Unit vectors (..., 3) of longitudes and latitudes (...) in degrees."""
    a, d = np.radians(ra), np.radians(dec)
    return np.stack([np.cos(d) * np.cos(a), np.cos(d) * np.sin(a), np.sin(d)], axis=-1)


def _unit(v: ArrayLike) -> Floats:
    array = np.asarray(v, dtype=np.float64)
    return array / np.linalg.norm(array, axis=-1, keepdims=True)


def _galactic_axes() -> Floats:
    pole = vector(*NORTH_GALACTIC_POLE)
    north = np.array([0.0, 0.0, 1.0])
    meridian = _unit(north - pole * (north @ pole))
    turn = math.radians(POLE_LONGITUDE)
    centre = math.cos(turn) * meridian - math.sin(turn) * np.cross(pole, meridian)
    return np.stack([centre, np.cross(pole, centre), pole])


GALACTIC = _galactic_axes()  # (3, 3): galactic = GALACTIC @ equatorial

_PLACES = {star.name: vector(star.ra, star.dec) for star in STARS}
_FIGURE = {name for line in LYRA_LINES for name in line}
LYRA_CENTRE = _unit(np.mean([_PLACES[name] for name in sorted(_FIGURE)], axis=0))


def dream_frame() -> Floats:
    """The turn (3, 3) from equatorial axes to the dream's: dream = turn @ equatorial.

    The lyre's middle goes to LYRA_DIRECTION, and Vega above it.
    """
    upward = _PLACES["Vega"] - LYRA_CENTRE * (_PLACES["Vega"] @ LYRA_CENTRE)
    there = _frame(LYRA_CENTRE, upward)
    look = _unit(LYRA_DIRECTION)
    up = _unit(np.array([0.0, 0.0, 1.0]) - look * look[2])
    lean = math.radians(LYRA_LEAN)
    north = np.cross(look, up)  # to the right for one who looks west
    here = _frame(look, math.cos(lean) * up + math.sin(lean) * north)
    return here.T @ there


def _frame(forward: Floats, upward: Floats) -> Floats:
    """Orthonormal rows: forward, up, and their cross product."""
    up = _unit(upward - forward * (forward @ upward))
    return np.stack([forward, up, np.cross(forward, up)])


DREAM = dream_frame()
DREAM_TO_GALACTIC = GALACTIC @ DREAM.T  # galactic = DREAM_TO_GALACTIC @ dream


def spread_lyre(directions: ArrayLike, scale: float = LYRA_SCALE) -> Floats:
    """Equatorial directions (..., 3) moved away from the lyre's middle, angles times `scale`."""
    v = np.asarray(directions, dtype=np.float64)
    along = v @ LYRA_CENTRE
    side = v - along[..., None] * LYRA_CENTRE
    length = np.linalg.norm(side, axis=-1)
    angle = np.arctan2(length, along) * scale
    side = side / np.maximum(length, 1e-12)[..., None]
    return np.cos(angle)[..., None] * LYRA_CENTRE + np.sin(angle)[..., None] * side


def direction(name: str) -> Floats:
    """Where a named star stands in the dream, unit (3,). Raises KeyError for an unknown name."""
    place = _PLACES[name]
    return DREAM @ (spread_lyre(place) if name in LYRA else place)


VEGA = direction("Vega")


def temperature(color_index: ArrayLike) -> Floats:
    """Kelvin of B-V (...), a black body through both filters (Ballesteros 2012, eq. 14)."""
    bv = np.asarray(color_index, dtype=np.float64)
    return 4600.0 * (1.0 / (0.92 * bv + 1.7) + 1.0 / (0.92 * bv + 0.62))


def blackbody(kelvin: ArrayLike) -> Floats:
    """Linear sRGB (..., 3) of luminance one for a black body of 1667 to 25000 K.

    Chromaticity by the cubic fits of Kim et al. 2002; what lies outside sRGB is clipped.
    """
    t = np.clip(np.asarray(kelvin, dtype=np.float64), 1667.0, 25000.0)
    u = 1e3 / t
    x = np.where(
        t < 4000.0,
        ((-0.2661239 * u - 0.2343589) * u + 0.8776956) * u + 0.179910,
        ((-3.0258469 * u + 2.1070379) * u + 0.2226347) * u + 0.240390,
    )
    y = np.select(
        [t < 2222.0, t < 4000.0],
        [
            ((-1.1063814 * x - 1.34811020) * x + 2.18555832) * x - 0.20219683,
            ((-0.9549476 * x - 1.37418593) * x + 2.09137015) * x - 0.16748867,
        ],
        ((3.0817580 * x - 5.87338670) * x + 3.75112997) * x - 0.37001483,
    )
    xyz = np.stack([x / y, np.ones_like(x), (1.0 - x - y) / y], axis=-1)
    to_rgb = np.array(  # IEC 61966-2-1
        [[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]]
    )
    rgb = np.clip(xyz @ to_rgb.T, 0.0, None)
    return rgb / (rgb @ np.array([0.2126, 0.7152, 0.0722]))[..., None]


def named() -> Night:
    """Every star of the catalogue."""
    places = np.array([direction(star.name) for star in STARS])
    from_vega = np.arccos(np.clip(places @ VEGA, -1.0, 1.0))
    is_lyre = np.array([star.name in LYRA for star in STARS])
    return Night(
        places,
        np.array([star.magnitude for star in STARS]),
        blackbody(temperature([star.color_index for star in STARS])),
        np.where(is_lyre, from_vega, -1.0),
    )


def density(galactic: ArrayLike) -> Floats:
    """Stars per solid angle in galactic directions (..., 3), 1 at most: a thin disc and a bulge."""
    g = np.asarray(galactic, dtype=np.float64)
    toward = 0.5 + 0.5 * g[..., 0]  # 1 at the galaxy's centre
    disc = np.exp(-np.abs(g[..., 2]) / (0.10 + 0.09 * toward**4))
    return 0.14 + 0.86 * disc * (0.5 + 0.5 * toward)


def faint(count: int, seed: int) -> Night:
    """`count` stars too faint to be known by name, in the dream's axes."""
    rng = np.random.default_rng(seed)
    kept = np.zeros((0, 3))
    while len(kept) < count:
        tries = _unit(rng.standard_normal((4 * count + 64, 3)))
        kept = np.concatenate([kept, tries[rng.random(len(tries)) < density(tries)]])
    galactic = kept[:count]
    span = 10.0 ** (STARS_PER_MAGNITUDE * (FAINTEST - BRIGHTEST_FAINT)) - 1.0
    steps = np.log10(1.0 + rng.random(count) * span) / STARS_PER_MAGNITUDE
    # Two humps: blue-white stars of the upper main sequence, and giants seen from afar.
    giant = rng.random(count) < 0.42
    index = np.where(giant, rng.normal(1.15, 0.28, count), rng.normal(0.22, 0.26, count))
    return Night(
        galactic @ DREAM_TO_GALACTIC,
        BRIGHTEST_FAINT + steps,
        blackbody(temperature(np.clip(index, -0.3, 1.9))),
        np.full(count, -1.0),
    )
