"""A thousand dawns: nine hundred and ninety-nine worlds that take the flame from one another,
and the last, which fills the sky."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from models.mesh import Mesh, unit
from models.sky.worlds import COUNT, Worlds, worlds
from world.scene import geom
from world.scene.stars import behind, quads, ribbons
from world.scene.triangle import full_triangle

THREAD_STEPS = 18
SAG = 0.16  # of its length, that a thread is bent aside at most
SMALL_WORLDS = COUNT - 1  # the thousandth is the great one


def build_dawns(seed: int) -> NodePath:
    """The worlds, the threads of flame between them, and the last dawn."""
    made = worlds(seed)
    path = NodePath("dawns")
    discs = path.attachNewNode(geom.to_node(_disc_mesh(made), "worlds"))
    behind(geom.drawable(discs, "dawns"), 8, covers=True)
    threads = path.attachNewNode(geom.to_node(_thread_mesh(made, seed + 1), "threads"))
    behind(geom.drawable(threads, "threads"), 7)
    last = path.attachNewNode(full_triangle("morning"))
    behind(geom.drawable(last, "morning"), 9, covers=True)
    return path


def _disc_mesh(made: Worlds) -> Mesh:
    """Far worlds first, so that near ones cover them."""
    shown = np.arange(SMALL_WORLDS)
    shown = shown[np.argsort(-made.distances[shown])]
    corners, triangles = quads(len(shown))
    directions, sources = made.directions[shown], made.sources()[shown]
    toward = unit(sources - directions * (sources * directions).sum(axis=1, keepdims=True))
    body = np.stack(
        [
            made.distances[shown] * np.tan(made.radii[shown]),
            shown.astype(np.float64),
            made.seeds[shown],
        ],
        axis=1,
    )
    middles = (directions * made.distances[shown, None]).astype(np.float32)
    centres = np.repeat(middles, 4, axis=0)
    return Mesh(centres, -unit(centres), triangles).with_attributes(
        corner=corners,
        body=np.repeat(body, 4, axis=0),
        source=np.repeat(toward, 4, axis=0),
    )


def _thread_mesh(made: Worlds, seed: int) -> Mesh:
    """An arc from each world's elder to it, bent a little aside."""
    rng = np.random.default_rng(seed)
    corners, triangles = ribbons(SMALL_WORLDS, THREAD_STEPS)
    each = len(corners) // SMALL_WORLDS
    ends, starts = made.directions[:SMALL_WORLDS], made.sources()[:SMALL_WORLDS]
    elder = made.parents[:SMALL_WORLDS]
    far = made.distances.max()
    depth_end = made.distances[:SMALL_WORLDS]
    depth_start = np.where(elder < 0, far, made.distances[elder])
    length = np.arccos(np.clip((starts * ends).sum(axis=1), -1, 1))
    aside = np.cross(starts, ends) * rng.uniform(-SAG, SAG, SMALL_WORLDS)[:, None]

    def at(t: np.ndarray) -> np.ndarray:
        t = t[:, None]
        way = np.repeat(starts, each, axis=0) * (1 - t) + np.repeat(ends, each, axis=0) * t
        way = way + np.repeat(aside, each, axis=0) * 4.0 * t * (1 - t)
        depth = np.repeat(depth_start, each)[:, None] * (1 - t)
        depth = depth + np.repeat(depth_end, each)[:, None] * t
        return unit(way) * depth.astype(np.float32)

    t = corners[:, 0].astype(np.float64)
    places = at(t)
    along = unit(at(np.minimum(t + 0.01, 1.0)) - at(np.maximum(t - 0.01, 0.0)))
    rows = np.stack([np.arange(SMALL_WORLDS), rng.random(SMALL_WORLDS), length], axis=1)
    return Mesh(places, -unit(places), triangles).with_attributes(
        along=along, corner=corners, thread=np.repeat(rows, each, axis=0)
    )
