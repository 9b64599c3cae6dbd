"""What light needs to know: the clouds it comes through, and how much a surface sends back."""

from __future__ import annotations

import numpy as np
from panda3d.core import Texture

from models import bake
from models.cache import remembered
from models.contact import sky_seen
from models.courtyard import Courtyard
from models.gathering import People
from models.reflectance import table
from world.scene import geom

HALF = 45.0  # metres: half the side of what shaders call the court
GROUND = 1024  # texels along it
ROBE = (0.33, 1.6)  # radius and height of somebody in a robe, metres
THING = 3.0  # height up to which columns and plinths matter to the floor, metres
STONE_SHARE = 0.72  # of the radius that stops a visitor: stone itself is no wider
LYING = 0.45  # metres below which a body's points are near the floor


def light_textures() -> dict[str, Texture]:
    """The textures of light that shaders look up by name."""
    clouds = geom.texture(bake.load_picture("clouds"), "cloud-light", mipmaps=True)
    return {
        "u_cloud_light": clouds,
        "u_reflectance": geom.texture(remembered(table, 32), "reflectance"),
    }


def ground_texture(courtyard: Courtyard, people: People) -> Texture:
    """How much of the sky the floor sees beside what stands and lies on it: one byte a texel."""
    robes = np.column_stack(
        [people.x, people.y, ROBE[0] * people.scale, ROBE[1] * people.scale]
    ).astype(np.float64)
    things = np.column_stack([courtyard.obstacles, np.full(len(courtyard.obstacles), THING)])
    things[:, 2] *= STONE_SHARE
    body = bake.load("fallen").positions
    lying = body[body[:, 2] < LYING, :2].astype(np.float64)
    seen = sky_seen(np.concatenate([robes, things]), lying, GROUND, HALF)
    return geom.texture(seen, "ground", mipmaps=True)
