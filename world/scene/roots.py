"""Roots of light as bands on the floor; the light that they throw is the floor's own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from panda3d.core import NodePath

from models.growth.rootlets import Bands, joined, sprouts, strands
from models.mesh import Mesh
from models.place.crackfield import CrackGraph
from world.scene import geom
from world.scene.airborne import adds_light
from world.scene.place import in_pieces
from world.scene.stars import BAND

PIECE = 12.0  # metres: what is out of view is left out in squares of this size
Rest = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def build_roots(graph: CrackGraph, rest: Rest, seed: int, detail: float = 1.0) -> NodePath:
    """Strands and rootlets, `detail` of them, on a floor of heights `rest(xy)` (n,), metres.

    Their attributes: the vertex, a place on the floor, and as its normal which way the band runs
    there; `foot`, where its light leaves the cracks (x, y), how far it has run from there, metres,
    and the band's own number 0..1; `band`, -1 and 1 at its edges, and how wide it is, 0..1.
    """
    bands = joined([strands(graph, seed), sprouts(graph, seed, min(detail, 1.0))])
    path = NodePath("roots")
    for piece in in_pieces(_mesh(bands, rest), PIECE).values():
        node = path.attachNewNode(geom.to_node(piece, "roots"))
        adds_light(geom.drawable(node, "root"), moves=False)
    return path


def _mesh(bands: Bands, rest: Rest) -> Mesh:
    count = len(bands)
    places = np.column_stack([bands.places, rest(bands.places)])
    ways = np.column_stack([bands.directions(), np.zeros(count)])
    foot = np.column_stack([bands.feet, bands.walked, bands.own])
    band = np.column_stack([np.tile([-1.0, 1.0], count), np.repeat(bands.wide, 2)])
    first = 2 * np.flatnonzero(~bands.ends)
    triangles = (first[:, None, None] + BAND).reshape(-1, 3)
    mesh = Mesh(
        np.repeat(places, 2, axis=0).astype(np.float32),
        np.repeat(ways, 2, axis=0).astype(np.float32),
        triangles.astype(np.int32),
    )
    return mesh.with_attributes(foot=np.repeat(foot, 2, axis=0), band=band)
