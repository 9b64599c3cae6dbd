"""What hangs over the courtyard: the clouds' baked light as a texture."""

from __future__ import annotations

from panda3d.core import SamplerState, Texture

from models import bake
from world.scene import geom


def sky_textures() -> dict[str, Texture]:
    """The sky's textures that shaders look up by name."""
    clouds = geom.texture(bake.load_picture("clouds"), "cloud-light", mipmaps=True, repeat=True)
    clouds.setWrapV(SamplerState.WMClamp)
    return {"u_cloud_light": clouds}
