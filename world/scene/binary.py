"""Grief and hope: a crimson giant and a pale blue star that dance about one another."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from panda3d.core import LVecBase2, LVecBase3, LVecBase4, NodePath

from models.mesh import Mesh, merge, unit
from models.sky import orbit
from world.scene import geom
from world.scene.stars import CORNERS, behind, quads, ribbons

DIRECTION = (-0.9, 0.25, 0.35)  # from one who floats; not unit
DISTANCE = 60.0  # metres
AFLOAT = (0.0, 0.0, 12.0)  # where the visitor floats, metres
AXIS = 10.6  # metres: semi-major axis, so that the two stand some ten degrees apart
PERIOD = 26.0  # seconds
TILT = 63.0  # degrees between the orbit's axis and the line of sight
TURN = 24.0  # degrees that the orbit leans across the picture
PERIAPSIS = 205.0  # degrees: where in its plane the orbit is narrowest
GIVER_RADIUS, TAKER_RADIUS = 2.75, 0.74  # metres
STRANDS, STRAND_STEPS = 11, 110
SPARKS = 260
RINGS, SECTORS = 14, 96
TRAIL_STEPS = 150
PATH_SAMPLES = 256


def place() -> NDArray[np.float64]:
    """The two stars' common centre, (3,) world metres."""
    return np.array(AFLOAT) + DISTANCE * unit(DIRECTION).astype(np.float64)


def orbit_axes() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Unit vectors (3,) of the orbit's plane: to the giver's periapsis, and a quarter turn on."""
    look = unit(DIRECTION).astype(np.float64)
    right = unit(np.cross(look, [0.0, 0.0, 1.0])).astype(np.float64)
    up = np.cross(right, look)
    turn, tilt = math.radians(TURN), math.radians(TILT)
    level = math.cos(turn) * right + math.sin(turn) * up
    steep = math.cos(turn) * up - math.sin(turn) * right
    deep = math.cos(tilt) * steep + math.sin(tilt) * look
    start = math.radians(PERIAPSIS)
    x = math.cos(start) * level + math.sin(start) * deep
    y = math.cos(start) * deep - math.sin(start) * level
    return x, y


def build_binary(seed: int) -> NodePath:
    """Both stars and the light between them, moved by the shader from the dream's breath."""
    path = NodePath("binary")
    x, y = orbit_axes()
    path.setShaderInputs(
        u_place=LVecBase3(*place()),
        u_orbit_x=LVecBase3(*x),
        u_orbit_y=LVecBase3(*y),
        u_orbit=LVecBase4(AXIS, orbit.ECCENTRICITY, orbit.MASS_RATIO, PERIOD),
        u_radii=LVecBase2(GIVER_RADIUS, TAKER_RADIUS),
        u_stream=geom.texture(_path(), "stream"),
    )
    rng = np.random.default_rng(seed)
    bodies = merge([_body(0), _body(1)])
    glow = merge([_corona(0), _corona(1), _trails(), _disc(), _stream(rng), _sparks(rng)])
    cores = path.attachNewNode(geom.to_node(bodies, "bodies"))
    behind(geom.drawable(cores, "binary"), 5, covers=True)
    cores.setDepthWrite(True)
    light = path.attachNewNode(geom.to_node(glow, "light"))
    behind(geom.drawable(light, "binary"), 6)
    return path


def _path() -> NDArray[np.float32]:
    """The stream in the turning frame, (1, samples, 2): a straight neck, then the true fall."""
    fall = orbit.stream(orbit.MASS_RATIO, PATH_SAMPLES)
    neck = np.linspace([0.15, 0.0], fall[0], 40)[:-1]
    whole = np.concatenate([neck, fall])
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(whole, axis=0), axis=1))])
    even = np.linspace(0.0, along[-1], PATH_SAMPLES)
    samples = np.stack([np.interp(even, along, whole[:, axis]) for axis in (0, 1)], axis=-1)
    return samples[None].astype(np.float32)


def _piece(
    corners: NDArray[np.float32],
    own: NDArray[np.float64] | float,
    triangles: NDArray[np.int32],
    kind: int,
    strand: NDArray[np.float64] | None = None,
) -> Mesh:
    """Corners with a number of their own in z; the shader puts them in place."""
    count = len(corners)
    column = np.broadcast_to(np.asarray(own, dtype=np.float64).reshape(-1, 1), (count, 1))
    up = np.tile([0.0, 0.0, 1.0], (count, 1))
    rows = np.zeros((count, 4)) if strand is None else strand
    return Mesh(np.concatenate([corners, column], axis=1), up, triangles).with_attributes(
        kind=float(kind), strand=rows
    )


def _body(star: int) -> Mesh:
    return _piece(CORNERS, float(star), quads(1)[1], star)


def _corona(star: int) -> Mesh:
    return _piece(CORNERS, float(star), quads(1)[1], 2)


def _stream(rng: np.random.Generator) -> Mesh:
    """Silk: strands side by side; columns across, up, phase, width (in separations)."""
    corners, triangles = ribbons(STRANDS, STRAND_STEPS)
    each = len(corners) // STRANDS
    rows = np.stack(
        [
            rng.normal(0.0, 0.55, STRANDS),
            rng.normal(0.0, 0.55, STRANDS),
            rng.random(STRANDS),
            rng.uniform(0.009, 0.030, STRANDS),
        ],
        axis=1,
    )
    own = np.repeat(rng.random(STRANDS), each)
    return _piece(corners, own, triangles, 4, np.repeat(rows, each, axis=0))


def _disc() -> Mesh:
    """An annulus: x runs 0..1 from the inner rim, y is the angle from the giver's far side."""
    radius, angle = np.meshgrid(
        np.linspace(0, 1, RINGS + 1), np.linspace(0, 2 * np.pi, SECTORS + 1), indexing="ij"
    )
    corners = np.stack([radius.ravel(), angle.ravel()], axis=1).astype(np.float32)
    row = SECTORS + 1
    cell = (np.arange(RINGS)[:, None] * row + np.arange(SECTORS)).reshape(-1, 1, 1)
    square = np.array([[0, 1, row], [1, row + 1, row]])
    triangles = (cell + square).reshape(-1, 3).astype(np.int32)
    return _piece(corners, 0.0, triangles, 5)


def _sparks(rng: np.random.Generator) -> Mesh:
    """Grains in the stream; columns aside, up, phase, laps a second."""
    corners, triangles = quads(SPARKS)
    rows = np.stack(
        [
            rng.normal(0.0, 1.0, SPARKS),
            rng.normal(0.0, 1.0, SPARKS),
            rng.random(SPARKS),
            rng.uniform(0.035, 0.06, SPARKS),
        ],
        axis=1,
    )
    own = np.repeat(rng.random(SPARKS), 4)
    return _piece(corners, own, triangles, 6, np.repeat(rows, 4, axis=0))


def _trails() -> Mesh:
    """Where each star has been; x runs back in time."""
    corners, triangles = ribbons(2, TRAIL_STEPS)
    own = np.repeat([0.0, 1.0], len(corners) // 2)
    return _piece(corners, own, triangles, 7)
