"""The air obeys its physics, its sky has the dream's colours, and the GPU draws what numpy does."""

from __future__ import annotations

import dataclasses
import math
import re

import numpy as np
import pytest
from panda3d.core import LVecBase2, PTA_LVecBase3f, Shader
from scipy.integrate import quad
from scipy.special import erfcx

from models.air import (
    DUSK,
    DUSK_AIR,
    GROUND,
    SILVER,
    TOP,
    lobe,
    mie_phase,
    rayleigh_phase,
    rise,
    to_end,
    to_top,
)
from models.atmosphere import (
    LIMB,
    STONE,
    floor_radiance,
    harmonics,
    irradiance_sh,
    light_left,
    look,
    radiance,
    sh_light,
    sky_view,
    sun_disc,
    tables,
    transmittance_table,
)
from world.render.passes import full_pass
from world.render.shader import Shaders, shader_folder
from world.render.skyline import draw_tables, sky_table, values
