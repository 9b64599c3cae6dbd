"""Draws the tables of the clear sky, once, and hands out the one that shaders look up.

The air never changes, so its tables are drawn before the first frame that asks, in three passes
that are taken down again; after that a sky costs one texture look-up. What was drawn is read
back, so that the texture stands on its own and can be given to any context.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from panda3d.core import LVecBase2, LVecBase3, LVecBase4, SamplerState, Texture

from models.sky.air import DUSK, DUSK_AIR, SILVER, Air, Light
from models.sky.atmosphere import (
    SCATTER,
    TRANSMITTANCE,
    VIEW,
    irradiance_sh,
    level_share,
    sky_view,
    tables,
)
from world.render.graphics import Graphics
from world.render.passes import Pass, Size, full_pass
from world.render.shader import Shaders
from world.timeline import State

TWO_VIEWS: Size = (VIEW[0], 2 * VIEW[1])

Key = tuple[Air, Light, Light]
_drawn: dict[Key, Texture] = {}


def sky_table(
    graphics: Graphics,
    shaders: Shaders,
    air: Air = DUSK_AIR,
    dusk: Light = DUSK,
    silver: Light = SILVER,
) -> Texture:
    """The sky's radiance about the eye, 192x256 RGBA16F: `dusk` in the lower half, `silver` above.

    `sky_lut` of shaders/lib/sky_model.glsl reads it. The same numbers give the same texture, drawn
    once in a process. Raises GraphicsError and ShaderError as passes do.
    """
    key = (air, dusk, silver)
    if key not in _drawn:
        _drawn[key] = draw_tables(graphics, shaders, air, dusk, silver)["view"]
    return _drawn[key]


def sky_harmonics(_: int = 0) -> NDArray[np.float64]:
    """(2, 11, 3): the light that the dusk's and the silver sky give, over a floor of marble.

    It takes a second: keep it (`models.cache.remembered`).
    """
    air = tables(DUSK_AIR)
    return np.stack(
        [
            irradiance_sh(sky_view(air, light.direction, light.irradiance, light.breadth))
            for light in (DUSK, SILVER)
        ]
    )


def shares(state: State) -> tuple[float, float]:
    """How much of the dusk and of the silver sky there is. Twin of `sky_shares` in GLSL."""
    return (1.0 - 0.50 * state.sky_light) * state.lit, 0.62 * state.sky_light * state.lit


def draw_tables(
    graphics: Graphics, shaders: Shaders, air: Air, dusk: Light, silver: Light
) -> dict[str, Texture]:
    """The three tables, drawn now: `transmittance`, `scatter` and `view`."""
    passes: list[Pass] = []
    try:
        through = _table(graphics, shaders, passes, "sky_transmittance", TRANSMITTANCE, air)
        scatter = _table(graphics, shaders, passes, "sky_scatter", SCATTER, air)
        view = _table(graphics, shaders, passes, "sky_view", TWO_VIEWS, air)
        scatter.inputs({"u_transmittance": through.color})
        view.inputs({"u_transmittance": through.color, "u_scatter": scatter.color})
        view.inputs(_lights(dusk, silver))
        _draw_alone(graphics, passes)
        return {made.name.removeprefix("sky_"): _keep(graphics, made) for made in passes}
    finally:
        for made in passes:
            graphics.engine.removeWindow(made.output)


def values(texture: Texture) -> NDArray[np.float32]:
    """A kept table as (rows, columns, 3) RGB, row 0 at the bottom."""
    raw = np.frombuffer(texture.getRamImageAs("RGB"), dtype=np.float32)
    return raw.reshape(texture.getYSize(), texture.getXSize(), 3)


def _table(
    graphics: Graphics, shaders: Shaders, passes: list[Pass], name: str, size: Size, air: Air
) -> Pass:
    """One more pass of the three, which run in the order in which they are made."""
    shader = shaders.get("post", name)
    made = full_pass(graphics, name, size, -200 + len(passes), shader)
    passes.append(made)
    made.inputs(_air(air))
    return made


def _air(air: Air) -> dict[str, object]:
    heights = (air.rayleigh_height, air.mie_height, air.layer_height, air.layer_width)
    return {
        "u_air_rayleigh": LVecBase3(*air.rayleigh),
        "u_air_mie": LVecBase3(*air.mie),
        "u_air_mie_absorption": LVecBase3(*air.mie_absorption),
        "u_air_layer": LVecBase3(*air.layer),
        "u_air_ground": LVecBase3(*air.ground),
        "u_air_heights": LVecBase4(*heights),
        "u_air_lobes": LVecBase3(air.asymmetry, air.aureole, air.aureole_share),
    }


def _lights(dusk: Light, silver: Light) -> dict[str, object]:
    level = [level_share(light.direction[2], light.breadth) for light in (dusk, silver)]
    return {
        "u_light_level": LVecBase2(*level),
        "u_light_mu": LVecBase2(dusk.direction[2], silver.direction[2]),
        "u_light_breadth": LVecBase2(dusk.breadth, silver.breadth),
        "u_dusk": LVecBase3(*dusk.irradiance),
        "u_silver": LVecBase3(*silver.irradiance),
    }


def _draw_alone(graphics: Graphics, passes: list[Pass]) -> None:
    """One rendering in which nothing else that belongs to the engine is drawn."""
    mine = [made.output for made in passes]
    awake = [each for each in graphics.engine.getWindows() if each.isActive() and each not in mine]
    for each in awake:
        each.setActive(False)
    try:
        graphics.engine.renderFrame()
    finally:
        for each in awake:
            each.setActive(True)


def _keep(graphics: Graphics, made: Pass) -> Texture:
    """A texture of its own with what a pass has drawn, in half floats."""
    assert made.color is not None
    graphics.engine.extractTextureData(made.color, graphics.gsg)
    kept = Texture(made.name)
    kept.setup2dTexture(
        made.color.getXSize(), made.color.getYSize(), Texture.TFloat, Texture.FRgba16
    )
    kept.setRamImage(made.color.getRamImage())
    kept.setWrapU(SamplerState.WMClamp)
    kept.setWrapV(SamplerState.WMClamp)
    kept.setMinfilter(SamplerState.FTLinear)
    kept.setMagfilter(SamplerState.FTLinear)
    return kept
