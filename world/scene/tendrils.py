"""Mist that is drawn as sheets: plumes that stand on the cracks, tendrils about the visitor."""

from __future__ import annotations

import numpy as np
from panda3d.core import NodePath

from models.crackfield import CrackGraph
from models.mesh import Mesh
from world.scene import geom
from world.scene.orb import adds_light
from world.scene.stars import ribbons

SQUARES, STEPS = 5, 60  # squares a side about the feet, of which each has one tendril
KINDS = 4  # its shade on the stone, and three strands of it
PLUME_ORDER, TENDRIL_ORDER = 2, 3  # within the bin: before the vapour and the orb
PLUMES, COLUMNS, ROWS = 260, 8, 4
PLUME_LENGTH = (0.5, 1.3)  # metres along the crack
PLUMES_WITHIN = 15.0  # metres from the middle; further out cracks are too narrow


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
    return adds_light(path, TENDRIL_ORDER, covers=True)


def build_plumes(graph: CrackGraph, seed: int) -> NodePath:
    """Curtains of mist on the cracks near the middle, more of them where cracks are wide.

    Their attributes: the vertex, a place on the crack and the crack's width, metres; the normal,
    the way the crack runs; `corner`, 0..1 along it and 0..1 up; `own`, a number of each plume's.
    """
    rng = np.random.default_rng(seed)
    starts, ends = (graph.nodes[graph.edges[:, side]] for side in (0, 1))
    near = np.hypot(*((starts + ends) / 2).T) < PLUMES_WITHIN
    weight = np.where(near, graph.length * graph.width, 0.0)
    edges = rng.choice(len(weight), PLUMES, p=weight / weight.sum())
    length = np.minimum(rng.uniform(*PLUME_LENGTH, PLUMES), graph.length[edges])
    first = rng.random(PLUMES) * (graph.length[edges] - length)
    way = (ends - starts)[edges] / graph.length[edges][:, None]
    along, up = np.meshgrid(np.linspace(0, 1, COLUMNS + 1), np.linspace(0, 1, ROWS + 1))
    corner = np.stack([along.ravel(), up.ravel()], axis=1)
    walked = first[:, None] + length[:, None] * corner[None, :, 0]
    places = starts[edges][:, None] + way[:, None] * walked[:, :, None]
    width = np.broadcast_to(graph.width[edges][:, None, None], (*walked.shape, 1))
    each = len(corner)
    mesh = Mesh(
        np.concatenate([places, width], axis=2).reshape(-1, 3).astype(np.float32),
        np.repeat(np.pad(way, ((0, 0), (0, 1))), each, axis=0).astype(np.float32),
        _grid(PLUMES),
    ).with_attributes(
        corner=np.tile(corner, (PLUMES, 1)),
        own=np.repeat(rng.random(PLUMES), each)[:, None],
    )
    path = geom.drawable(NodePath(geom.to_node(mesh, "plumes")), "plume")
    return adds_light(path, PLUME_ORDER, covers=True)


def _grid(count: int) -> np.ndarray:
    """Triangles (n, 3) of `count` curtains of ROWS by COLUMNS."""
    row = COLUMNS + 1
    cell = (np.arange(ROWS)[:, None] * row + np.arange(COLUMNS)).reshape(-1, 1, 1)
    one = (cell + np.array([[0, 1, row], [1, row + 1, row]])).reshape(-1, 3)
    starts = row * (ROWS + 1) * np.arange(count)[:, None, None]
    return (starts + one).reshape(-1, 3).astype(np.int32)
