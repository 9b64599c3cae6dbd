"""Mist that is drawn as sheets: plumes on the cracks, tendrils about the visitor, the bow's rim."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from panda3d.core import NodePath

from models import bake
from models.mesh import Mesh
from models.place.crackfield import CrackGraph
from world.scene import geom
from world.scene.airborne import adds_light
from world.scene.stars import quads, ribbons

Squares = NDArray[np.int64]

SQUARES = 5  # a side about the feet, of which each has one tendril
SHADE, SHADE_COARSE = (20, 1), (14, 1)  # cells along and across; where detail is below 1
PUFFS, PUFFS_COARSE = 26, 14  # of each tendril
RIM_ORDER, PLUME_ORDER, TENDRIL_ORDER = 1, 2, 3  # within the bin: before the vapour and the orb
PLUMES, PLUME_STEPS = 380, 14
RIM_SECTORS, RIM_ROWS = 288, 9
PLUMES_WITHIN = 15.0  # metres from the middle; further out cracks are too narrow


def build_tendrils(detail: float = 1.0) -> NodePath:
    """A tendril for each square about `u_feet`: its shade on the stone, puffs that stream along.

    They grow with S_tendril. Where `detail` is below 1 there are fewer of them. Attributes of the
    shade: the vertex, which square (east, north) from the one with the feet in it; `corner`, 0..1
    along and -1..1 across. Of the puffs: the vertex, the square and which of its puffs, 0..1;
    `corner`, -1..1 both ways.
    """
    span = np.arange(SQUARES) - SQUARES // 2
    squares = np.stack(np.meshgrid(span, span), axis=-1).reshape(-1, 2)
    path = NodePath("tendrils")
    shade = _sheets(squares, *(SHADE if detail >= 1.0 else SHADE_COARSE))
    shades = geom.drawable(path.attachNewNode(geom.to_node(shade, "tendril-shade")), "tendril")
    adds_light(shades, TENDRIL_ORDER, covers=True)
    smoke = _puffs(squares, PUFFS if detail >= 1.0 else PUFFS_COARSE)
    puffs = geom.drawable(path.attachNewNode(geom.to_node(smoke, "puffs")), "puff")
    picture = bake.load_picture("puffs")
    for name, channels in (("u_puffs", picture[..., :4]), ("u_thick", picture[..., 4:])):
        kept = geom.texture(np.ascontiguousarray(channels), name, mipmaps=True)
        puffs.setShaderInput(name, kept)
    adds_light(puffs, TENDRIL_ORDER, covers=True)
    return path


def _puffs(squares: Squares, each: int) -> Mesh:
    """So many cards for each of the squares (n, 2)."""
    corner, triangles = quads(len(squares) * each)
    which = np.tile(np.arange(each) / each, len(squares))
    places = np.column_stack([np.repeat(squares, each, axis=0), which])
    mesh = Mesh(np.repeat(places, 4, axis=0).astype(np.float32), _upward(len(corner)), triangles)
    return mesh.with_attributes(corner=corner)


def build_rim() -> NodePath:
    """The bow's ring. Its attribute `corner`: 0..1 around, 0..1 from its foot to its hem."""
    corner, triangles = _grid(RIM_SECTORS, RIM_ROWS)
    flat = np.pad(corner, ((0, 0), (0, 1))).astype(np.float32)
    mesh = Mesh(flat, _upward(len(flat)), triangles).with_attributes(corner=corner)
    path = geom.drawable(NodePath(geom.to_node(mesh, "rim")), "rim")
    return adds_light(path, RIM_ORDER, covers=True)


def _grid(along: int, across: int) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
    """Corners ((along + 1) (across + 1), 2), each 0..1, and the triangles between them."""
    first, second = np.meshgrid(np.linspace(0, 1, along + 1), np.linspace(0, 1, across + 1))
    row = along + 1
    cell = (np.arange(across)[:, None] * row + np.arange(along)).reshape(-1, 1, 1)
    triangles = (cell + np.array([[0, 1, row], [1, row + 1, row]])).reshape(-1, 3)
    return np.stack([first.ravel(), second.ravel()], axis=1), triangles.astype(np.int32)


def _upward(count: int) -> NDArray[np.float32]:
    return np.tile(np.array([[0.0, 0.0, 1.0]], dtype=np.float32), (count, 1))


def _sheets(squares: Squares, along: int, across: int) -> Mesh:
    """A grid for each of the squares (n, 2)."""
    corner, triangles = _grid(along, across)
    corner = corner * [1.0, 2.0] - [0.0, 1.0]
    count = len(corner)
    places = np.repeat(np.pad(squares, ((0, 0), (0, 1))), count, axis=0)
    every = (np.arange(len(squares))[:, None, None] * count + triangles).reshape(-1, 3)
    mesh = Mesh(places.astype(np.float32), _upward(len(places)), every.astype(np.int32))
    return mesh.with_attributes(corner=np.tile(corner, (len(squares), 1)))


def build_plumes(graph: CrackGraph, seed: int) -> NodePath:
    """Plumes of mist on the cracks near the middle, more of them where cracks are wide.

    Their attributes: the vertex, a place on the crack and the crack's width, metres; `corner`,
    0..1 along and -1..1 across; `own`, a number 0..1 of each plume's.
    """
    rng = np.random.default_rng(seed)
    starts, ends = (graph.nodes[graph.edges[:, side]] for side in (0, 1))
    near = np.hypot(*((starts + ends) / 2).T) < PLUMES_WITHIN
    weight = np.where(near, graph.length * graph.width, 0.0)
    edges = rng.choice(len(weight), PLUMES, p=weight / weight.sum())
    along = rng.random((PLUMES, 1))
    places = starts[edges] + along * (ends - starts)[edges]
    rooted = np.column_stack([places, graph.width[edges]])
    corners, triangles = ribbons(PLUMES, PLUME_STEPS)
    each = 2 * (PLUME_STEPS + 1)
    mesh = Mesh(
        np.repeat(rooted, each, axis=0).astype(np.float32), _upward(len(corners)), triangles
    ).with_attributes(corner=corners, own=np.repeat(rng.random(PLUMES), each)[:, None])
    path = geom.drawable(NodePath(geom.to_node(mesh, "plumes")), "plume")
    return adds_light(path, PLUME_ORDER, covers=True)
