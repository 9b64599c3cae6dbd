"""The dusk's and the silver sky's tables for tests, and directions over them."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from models.sky.air import (
    DUSK,
    DUSK_AIR,
    SILVER,
)
from models.sky.atmosphere import (
    sky_view,
    tables,
)

NORMALS = np.array([(0, 0, 1), (0, 0, -1), (-1, 0, 0), (1, 0, 0), (0, 1, 0), (-0.6, 0, 0.8)], float)


@lru_cache(maxsize=1)
def dusk_tables():
    """What the dusk's air lets through and scatters."""
    return tables(DUSK_AIR)


@lru_cache(maxsize=1)
def both_views():
    """The clear sky by dusk and by silver light."""
    return [
        sky_view(dusk_tables(), light.direction, light.irradiance, light.breadth)
        for light in (DUSK, SILVER)
    ]


def toward(azimuth, elevation):
    """Unit directions (..., 3) at degrees from the west, over north, and above the horizon."""
    a, e = np.radians(azimuth), np.radians(elevation)
    return np.stack([-np.cos(e) * np.cos(a), np.cos(e) * np.sin(a), np.sin(e) + 0.0 * a], axis=-1)


def hemisphere(rows=300, columns=720, low=0.0):
    """Directions (n, 3) above z = low and their solid angles (n,), by midpoints."""
    z = low + (np.arange(rows) + 0.5) / rows * (1.0 - low)
    turn = (np.arange(columns) + 0.5) / columns * 2 * np.pi
    z, turn = (each.ravel() for each in np.meshgrid(z, turn, indexing="ij"))
    flat = np.sqrt(1 - z * z)
    solid = np.full(z.shape, (1 - low) / rows * 2 * np.pi / columns)
    return np.stack([flat * np.cos(turn), flat * np.sin(turn), z], axis=-1), solid
