"""Tendrils of mist that rise from the cracks about the visitor and wind round where they stand."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from models.mesh import Mesh
from world.scene import geom
from world.scene.orb import adds_light
from world.scene.stars import ribbons

SQUARES, STEPS = 5, 56  # squares a side about the feet, of which each has one tendril
KINDS = 4  # its shade on the stone, and three strands of it
ORDER = 3  # within the bin: before the vapour and the orb


def build_tendrils() -> NodePath:
    """A ribbon for each square about `u_feet`, all shades first; they grow with S_tendril.

    Their attributes: the vertex, which square (east, north) from the one with the feet in it, and
    which of its KINDS; `corner`, 0..1 along and -1..1 across.
    """
    span = np.arange(SQUARES) - SQUARES // 2
    kind, north, east = np.meshgrid(np.arange(KINDS), span, span, indexing="ij")
    squares = np.stack([east, north, kind], axis=-1).reshape(-1, 3)
    corners, triangles = ribbons(len(squares), STEPS)
    places = np.repeat(squares, 2 * (STEPS + 1), axis=0).astype(np.float32)
    up = np.tile(np.array([[0.0, 0.0, 1.0]], dtype=np.float32), (len(places), 1))
    mesh = Mesh(places, up, triangles).with_attributes(corner=corners)
    path = geom.drawable(NodePath(geom.to_node(mesh, "tendrils")), "tendril")
    return adds_light(path, ORDER, covers=True)
