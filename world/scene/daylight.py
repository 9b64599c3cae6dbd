"""What light needs to know: the clouds it comes through, and how much a surface sends back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from panda3d.core import Texture
from scipy.ndimage import gaussian_filter

from models import bake
from models.cache import remembered
from models.growth.radiance import radiating
from models.people.gathering import People
from models.place.contact import sky_seen
from models.place.courtyard import Courtyard
from models.reflectance import table
from world.scene import geom

Rows = NDArray[np.float32]

HALF = 45.0  # metres: half the side of what shaders call the court
GROUND = 1024  # texels along it
ROBE = (0.33, 1.6)  # radius and height of somebody in a robe, metres
THING = 3.0  # height up to which columns and plinths matter to the floor, metres
STONE_SHARE = 0.72  # of the radius that stops a visitor: stone itself is no wider
TUFT_SHADE = 0.9  # how fast flowers close over the floor, for each in a texel
TUFT_SPREAD = 0.7  # texels about its root that one shades
LYING = 0.45  # metres below which a body's points are near the floor


def light_textures() -> dict[str, Texture]:
    """The textures of light that shaders look up by name."""
    clouds = geom.texture(bake.load_picture("clouds"), "cloud-light", mipmaps=True)
    return {
        "u_cloud_light": clouds,
        "u_reflectance": geom.texture(remembered(table, 32), "reflectance"),
    }


def ground_texture(courtyard: Courtyard, people: People, flowers: Rows) -> Texture:
    """How much of the sky the floor sees beside what stands and lies on it, a byte a texel;
    how much of it the flowers (n, 6), as from `models.growth.growing.placements`, take once they
    are up; and how much it sees of the light about the fallen one.
    """
    robes = np.column_stack(
        [people.x, people.y, ROBE[0] * people.scale, ROBE[1] * people.scale]
    ).astype(np.float64)
    things = np.column_stack([courtyard.obstacles, np.full(len(courtyard.obstacles), THING)])
    things[:, 2] *= STONE_SHARE
    body = bake.load("fallen").positions
    lying = body[body[:, 2] < LYING, :2].astype(np.float64)
    seen = sky_seen(np.concatenate([robes, things]), lying, GROUND, HALF)
    shade = shaded_by(flowers[:, :2], flowers[:, 3] ** 2)
    lit = radiating(np.concatenate([robes, things])[:, :3], GROUND, HALF)
    layers = np.stack([seen, shade, lit, np.full_like(seen, 255)], axis=2)
    return geom.texture(layers, "ground", mipmaps=True)


def shaded_by(spots: Rows, sizes: Rows) -> NDArray[np.uint8]:
    """(GROUND, GROUND) uint8: the share of the sky that flowers at (n, 2) metres take below them.

    `sizes` (n,) are areas, 1 for a flower of the usual size. Where many stand, each hides less.
    """
    edges = np.linspace(-HALF, HALF, GROUND + 1)
    thick, _, _ = np.histogram2d(spots[:, 1], spots[:, 0], bins=(edges, edges), weights=sizes)
    hidden = 1.0 - np.exp(-TUFT_SHADE * gaussian_filter(thick, TUFT_SPREAD))
    return np.round(255 * hidden).astype(np.uint8)
