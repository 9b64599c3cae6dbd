"""A clear sky from the physics of its air, the twin of `shaders/lib/sky_model.glsl`.

Three tables after Hillaire 2020 (*A Scalable and Production Ready Sky and Atmosphere Rendering
Technique*): transmittance, with the mapping of Bruneton & Neyret 2008; light scattered more than
once, as an isotropic series; and the radiance of the sky about the eye. Lengths are kilometres
along the ground's radius, coefficients per kilometre, angles radians, light is linear RGB.

Heights are kept as such and never as distances from the planet's centre: in the shader's single
precision the latter would be rounded to half a metre, and their squares to kilometres.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from models.sky.air import (
    EYE,
    GROUND,
    RGB,
    TOP,
    Air,
    Floats,
    lobe,
    mie_phase,
    rayleigh_phase,
    stations,
    to_end,
    to_top,
)

Size = tuple[int, int]  # columns, rows

SUN_RADIUS = 0.034  # radians; how slowly the planet's shadow begins
TRANSMITTANCE, SCATTER, VIEW = (256, 64), (32, 32), (192, 128)
TRANSMITTANCE_STEPS, SCATTER_STEPS, VIEW_STEPS = 64, 24, 40
SPHERE = 8  # 8 by 8 directions stand for the whole sphere
LIMB: RGB = (0.67, 0.86, 1.08)
STONE: RGB = (0.52, 0.47, 0.45)  # albedo of the worn floor


@dataclass(frozen=True)
class Tables:
    """Transmittance to the top (64, 256, 3) and multiple scattering (32, 32, 3) of one air."""

    air: Air
    transmittance: Floats
    scatter: Floats


@dataclass(frozen=True)
class View:
    """The sky about the eye: `table` (128, 192, 3), row 0 straight down, column 0 at the light.

    `direct` (3,) is what the light still gives a plane that faces it, at the ground, and `beam`
    (3,) what it gives the level ground.
    """

    table: Floats
    direction: Floats
    direct: Floats
    beam: Floats


# -- tables --------------------------------------------------------------------------------


def _reach(lost: Floats, length: Floats) -> Floats:
    """The length of each step (..., 3) as its own air lets one see it."""
    depth = np.maximum(lost * length[..., None], 1e-12)
    return np.asarray(length[..., None] * -np.expm1(-depth) / depth)


# -- tables --------------------------------------------------------------------------------


def _unit(size: Size) -> tuple[Floats, Floats]:
    """Table coordinates (rows, columns) whose first and last texel centres are 0 and 1."""
    across, up = np.linspace(0.0, 1.0, size[0]), np.linspace(0.0, 1.0, size[1])
    return np.broadcast_to(across, size[::-1]), np.broadcast_to(up[:, None], size[::-1])


def _fetch(table: Floats, u: Floats, v: Floats) -> Floats:
    """Bilinear look-up (..., 3) at table coordinates (...), held at the edges."""
    rows, columns = table.shape[:2]
    x, y = np.clip(u, 0.0, 1.0) * (columns - 1), np.clip(v, 0.0, 1.0) * (rows - 1)
    i, j = np.minimum(x.astype(int), columns - 2), np.minimum(y.astype(int), rows - 2)
    fx, fy = (x - i)[..., None], (y - j)[..., None]
    flat, at = table.reshape(-1, 3), j * columns + i
    low = flat[at] * (1.0 - fx) + flat[at + 1] * fx
    high = flat[at + columns] * (1.0 - fx) + flat[at + columns + 1] * fx
    return np.asarray(low * (1.0 - fy) + high * fy)


def transmittance_table(air: Air, size: Size = TRANSMITTANCE) -> Floats:
    """The share of light that comes through from the air's end: (rows, columns, 3)."""
    u, v = _unit(size)
    far = math.sqrt(TOP * (2.0 * GROUND + TOP))
    rho = v * far
    height = rho * rho / (np.sqrt(rho * rho + GROUND * GROUND) + GROUND)
    least = TOP - height
    end = least + u * (rho + far - least)
    mu = (far * far - rho * rho - end * end) / (2.0 * (GROUND + height) * np.maximum(end, 1e-9))
    mu = np.clip(np.where(end > 0.0, mu, 1.0), -1.0, 1.0)
    depth = np.zeros((*height.shape, 3))
    for here, _, length in stations(height, mu, mu, mu, end, TRANSMITTANCE_STEPS):
        depth += air.medium(here)[2] * length[..., None]
    return np.exp(-depth)


def light_left(transmittance: Floats, height: Floats, sun: Floats) -> Floats:
    """The share (..., 3) of a light at elevation sine `sun` that comes to a height.

    The planet's shadow falls over as wide an angle as the sun has.
    """
    far = math.sqrt(TOP * (2.0 * GROUND + TOP))
    rho = np.sqrt(height * (2.0 * GROUND + height))
    least = TOP - height
    u = (to_top(height, sun) - least) / np.maximum(rho + far - least, 1e-9)
    seen = np.clip(0.5 + 0.5 * (sun + rho / (GROUND + height)) / SUN_RADIUS, 0.0, 1.0)
    shade = seen * seen * (3.0 - 2.0 * seen)
    return _fetch(transmittance, u, rho / far) * shade[..., None]


def scatter_table(air: Air, transmittance: Floats, size: Size = SCATTER) -> Floats:
    """Light that was scattered twice or more, for a light of irradiance 1: (rows, columns, 3).

    A mean over 64 directions, isotropic, and the series of all further orders in closed form
    (Hillaire 2020, section 5.5). Columns: the light's elevation sine -1..1; rows: height.
    """
    u, v = _unit(size)
    height, sun = (v * TOP)[..., None], (u * 2.0 - 1.0)[..., None]
    turn = (np.arange(SPHERE) + 0.5) * (2.0 * math.pi / SPHERE)
    lift = 1.0 - (np.arange(SPHERE) + 0.5) * (2.0 / SPHERE)
    mu, around = (each.ravel() for each in np.meshgrid(lift, np.cos(turn), indexing="ij"))
    angle = mu * sun + np.sqrt(1.0 - mu * mu) * around * np.sqrt(1.0 - sun * sun)
    height, sun, mu, angle = np.broadcast_arrays(height, sun, mu, angle)
    end, hit = to_end(height, mu)
    through = np.ones((*mu.shape, 3))
    first, again = np.zeros_like(through), np.zeros_like(through)
    here, low = height, sun
    for here, low, length in stations(height, mu, sun, angle, end, SCATTER_STEPS):
        small, large, lost = air.medium(here)
        share = through * (small + large) * _reach(lost, length)
        first += share * light_left(transmittance, here, low) / (4.0 * math.pi)
        again += share
        through = through * np.exp(-lost * length[..., None])
    below = ((GROUND + height) * sun + end * angle) / GROUND
    lit = light_left(transmittance, np.zeros_like(below), below) * np.maximum(below, 0.0)[..., None]
    first += np.where(hit[..., None], through * lit * np.array(air.ground) / math.pi, 0.0)
    return np.asarray(first.mean(axis=2) / (1.0 - again.mean(axis=2)))


def tables(air: Air, transmittance: Size = TRANSMITTANCE, scatter: Size = SCATTER) -> Tables:
    """Both tables of an air, which serve every light."""
    through = transmittance_table(air, transmittance)
    return Tables(air, through, scatter_table(air, through, scatter))


def level_share(sun: float, breadth: float = 1.0) -> float:
    """The share of a light's irradiance that level ground gets: the sine, for a point."""
    if breadth >= 1.0:
        return max(sun, 0.0)
    around, solid = _directions(0.0, 1.0)
    angle = around @ np.array([math.sqrt(max(1.0 - sun * sun, 0.0)), 0.0, sun])
    return float((lobe(angle, breadth) * around[:, 2] * solid).sum())


def radiance(
    made: Tables, azimuth: Floats, elevation: Floats, sun: float, breadth: float = 1.0
) -> Floats:
    """What the eye sees (..., 3) at angles from a light of irradiance 1 and elevation sine `sun`.

    Below the horizon that is the ground, as a Lambert plane under the light and the air's glow.
    A light of `breadth` s < 1 is spread over the sky as a Henyey-Greenstein lobe of that g:
    Legendre moments multiply, so haze of g under it scatters exactly as haze of g s would.
    """
    air, mu = made.air, np.sin(elevation)
    angle = mu * sun + np.cos(elevation) * np.cos(azimuth) * math.sqrt(max(1.0 - sun * sun, 0.0))
    height, level = np.full_like(mu, EYE), np.full_like(mu, sun)
    small_phase = rayleigh_phase(angle, breadth)[..., None]
    large_phase = mie_phase(air, angle, breadth)[..., None]
    end, hit = to_end(height, mu)
    through, seen = np.ones((*mu.shape, 3)), np.zeros((*mu.shape, 3))
    for here, low, length in stations(height, mu, level, angle, end, VIEW_STEPS):
        small, large, lost = air.medium(here)
        left = light_left(made.transmittance, here, low)
        more = _fetch(made.scatter, low * 0.5 + 0.5, here / TOP)
        source = left * (small * small_phase + large * large_phase) + more * (small + large)
        seen += through * source * _reach(lost, length)
        through = through * np.exp(-lost * length[..., None])
    below = ((GROUND + height) * level + end * angle) / GROUND
    lit = light_left(made.transmittance, np.zeros_like(mu), below)
    lit = lit * level_share(sun, breadth) / math.pi
    lit += _fetch(made.scatter, below * 0.5 + 0.5, np.zeros_like(mu))
    return seen + np.where(hit[..., None], through * lit * np.array(air.ground), 0.0)


# -- the eye's sky -------------------------------------------------------------------------


def sky_view(
    air: Air | Tables,
    light_direction: ArrayLike,
    irradiance: ArrayLike,
    breadth: float = 1.0,
    size: Size = VIEW,
) -> View:
    """The sky under one light: its direction (3,), its irradiance (3,) at the air's end.

    Columns: square root of the azimuth from the light, 0..pi, for the sky is the same on either
    side; rows: signed square root of the elevation, so that texels crowd at light and horizon.
    """
    made = air if isinstance(air, Tables) else tables(air)
    direction = np.asarray(light_direction, dtype=np.float64)
    direction = direction / np.linalg.norm(direction)
    sun, power = float(direction[2]), np.asarray(irradiance, dtype=np.float64)
    u, v = _unit(size)
    side = v * 2.0 - 1.0
    lift = 0.5 * math.pi * np.sign(side) * side * side
    seen = radiance(made, math.pi * u * u, lift, sun, breadth) * power
    left = light_left(made.transmittance, np.array([EYE]), np.array([sun]))[0]
    return View(seen, direction, left * power, left * power * level_share(sun, breadth))


def look(view: View, directions: ArrayLike) -> Floats:
    """Radiance (..., 3) of a sky in unit directions (..., 3), z up."""
    d = np.asarray(directions, dtype=np.float64)
    x, y = view.direction[:2]
    level = math.hypot(x, y)
    x, y = (x / level, y / level) if level > 1e-4 else (1.0, 0.0)
    azimuth = np.arctan2(np.abs(d[..., 0] * y - d[..., 1] * x), d[..., 0] * x + d[..., 1] * y)
    lift = np.arcsin(np.clip(d[..., 2], -1.0, 1.0)) / (0.5 * math.pi)
    v = 0.5 + 0.5 * np.sign(lift) * np.sqrt(np.abs(lift))
    return _fetch(view.table, np.sqrt(azimuth / math.pi), v)


# -- the sky's light on things -------------------------------------------------------------


BANDS = np.array([1.0] + [2.0 / 3.0] * 2 + [0.25] * 3 + [-1.0 / 24.0] * 5)  # of a cosine lobe


def harmonics(directions: ArrayLike) -> Floats:
    """Eleven real spherical harmonics (..., 11) of orders 0, 1, 2 and 4 in directions (..., 3).

    Those that change sign with y are left out, for the sky is the same on either side of its
    lights, which stand in the plane y = 0; and a cosine lobe has nothing of order 3.
    """
    x, y, z = np.moveaxis(np.asarray(directions, dtype=np.float64), -1, 0)
    x2, y2, z2, xz = x * x, y * y, z * z, x * z
    rows = [
        np.full_like(x, 0.282095), 0.488603 * z, 0.488603 * x,
        0.315392 * (3.0 * z2 - 1.0), 1.092548 * xz, 0.546274 * (x2 - y2),
        0.105786 * (35.0 * z2 * z2 - 30.0 * z2 + 3.0), 0.669047 * xz * (7.0 * z2 - 3.0),
        0.473087 * (x2 - y2) * (7.0 * z2 - 1.0), 1.770131 * xz * (x2 - 3.0 * y2),
        0.625836 * (x2 * x2 - 6.0 * x2 * y2 + y2 * y2),
    ]  # fmt: skip
    return np.stack(rows, axis=-1)


def floor_radiance(view: View, albedo: ArrayLike = STONE) -> Floats:
    """What a Lambert floor (3,) sends back of the sky and of the light's own beam."""
    around, weights = _directions(0.0, 1.0)
    sky = (look(view, around) * (around[:, 2] * weights)[:, None]).sum(axis=0)
    return np.asarray((sky + view.beam) * np.asarray(albedo, dtype=np.float64) / math.pi)


def irradiance_sh(view: View, albedo: ArrayLike = STONE) -> Floats:
    """The sky above and a floor below as eleven harmonics (11, 3) of irradiance / pi.

    A white Lambert surface of normal n shows `sh_light(coefficients, n)`; the light's own beam is
    in it only as the floor returns it (Ramamoorthi & Hanrahan 2001).
    """
    up, weights = _directions(0.0, 1.0)
    coefficients = (harmonics(up) * weights[:, None]).T @ look(view, up)
    down, weights = _directions(-1.0, 0.0)
    floor = (harmonics(down) * weights[:, None]).sum(axis=0)
    coefficients += floor[:, None] * floor_radiance(view, albedo)
    return np.asarray(coefficients * BANDS[:, None])


def sh_light(coefficients: Floats, normals: ArrayLike) -> Floats:
    """Irradiance / pi (..., 3) on planes of unit normals (..., 3)."""
    return harmonics(normals) @ coefficients


def _directions(low: float, high: float) -> tuple[Floats, Floats]:
    """Unit directions (n, 3) between two heights z, and the solid angle (n,) of each."""
    nodes, weights = np.polynomial.legendre.leggauss(64)
    share = (nodes + 1.0) / 2.0
    z = low + (high - low) * share * share if low >= 0.0 else high + (low - high) * share * share
    turn = (np.arange(192) + 0.5) * (2.0 * math.pi / 192)
    flat = np.sqrt(1.0 - z * z)[:, None]
    x, y = flat * np.cos(turn), flat * np.sin(turn)
    around = np.stack([x, y, np.broadcast_to(z[:, None], x.shape)], axis=-1)
    solid = weights * share * (high - low) * (2.0 * math.pi / 192)
    return around.reshape(-1, 3), np.repeat(solid, 192)


# -- the sun's face ------------------------------------------------------------------------


def sun_disc(angle: ArrayLike, radius: float) -> Floats:
    """A star's face (..., 3) at angles from its middle: 1 there, 0 from the limb on.

    mu^a of Hestroffer & Magnan 1998. Their a = -0.023 + 0.292 um / wavelength for the Sun is
    scaled from 5777 K to 3400 K by how steeply Planck's law answers to temperature.
    """
    across = np.sin(np.minimum(np.asarray(angle, dtype=np.float64), 0.5 * math.pi))
    mu = np.sqrt(np.maximum(1.0 - (across / math.sin(radius)) ** 2, 0.0))
    return np.asarray(mu[..., None] ** np.array(LIMB))
