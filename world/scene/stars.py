"""The night: the Milky Way's dome, the many faint stars, the named ones and the lyre's lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from panda3d.core import ColorBlendAttrib, DepthTestAttrib, NodePath, RenderAttrib

from models.mesh import Mesh, unit
from models.sky import stars
from world.scene import geom

SKY_BIN = "sky"
DOME_RINGS, DOME_SECTORS = 24, 48
LINE_STEPS = 20  # pieces of one line of the lyre
CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], dtype=np.float32)

SQUARE = np.array([[0, 1, 2], [0, 2, 3]], dtype=np.int32)
BAND = np.array([[0, 2, 1], [1, 2, 3]], dtype=np.int32)


def build_stars(count: int, seed: int) -> NodePath:
    """The whole night sky at infinity, with `count` faint stars."""
    path = NodePath("stars")
    _night().reparentTo(path)
    _faint(count, seed).reparentTo(path)
    _lyre().reparentTo(path)
    return path


def behind(path: NodePath, order: int, covers: bool = False) -> NodePath:
    """Draws a node after the opaque, in a fixed order, where nothing nearer stands.

    It adds its light; with `covers` its alpha also dims what is behind (premultiplied).
    """
    below = ColorBlendAttrib.OOneMinusIncomingAlpha if covers else ColorBlendAttrib.OOne
    path.setAttrib(ColorBlendAttrib.make(ColorBlendAttrib.MAdd, ColorBlendAttrib.OOne, below))
    path.setAttrib(DepthTestAttrib.make(RenderAttrib.MLessEqual))
    path.setDepthWrite(False)
    path.setTwoSided(True)
    path.setBin(SKY_BIN, order)
    return geom.everywhere(path)


def quads(count: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Corners (4 n, 2) and triangles (2 n, 3) of `count` separate squares."""
    base = 4 * np.arange(count, dtype=np.int32)[:, None, None]
    return np.tile(CORNERS, (count, 1)), (base + SQUARE).reshape(-1, 3)


def ribbons(count: int, steps: int) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """Corners (n (steps + 1) 2, 2), 0..1 along and -1..1 across, and triangles of `count` bands."""
    along = np.repeat(np.linspace(0, 1, steps + 1), 2)
    across = np.tile([-1.0, 1.0], steps + 1)
    corners = np.tile(np.stack([along, across], axis=1), (count, 1)).astype(np.float32)
    first = 2 * np.arange(steps, dtype=np.int32)[:, None, None]
    band = (first + BAND).reshape(-1, 3)
    starts = 2 * (steps + 1) * np.arange(count, dtype=np.int32)[:, None, None]
    return corners, (starts + band).reshape(-1, 3).astype(np.int32)


def _night() -> NodePath:
    polar = np.linspace(0.0, np.pi, DOME_RINGS + 1)[:, None]
    around = np.linspace(0.0, 2 * np.pi, DOME_SECTORS + 1)[None, :]
    grid = np.stack(
        [
            np.sin(polar) * np.cos(around),
            np.sin(polar) * np.sin(around),
            np.cos(polar) + 0 * around,
        ],
        axis=-1,
    ).reshape(-1, 3)
    row = DOME_SECTORS + 1
    cell = (np.arange(DOME_RINGS)[:, None] * row + np.arange(DOME_SECTORS)).reshape(-1, 1)
    triangles = (cell[:, :, None] + np.array([[0, 1, row], [1, row + 1, row]])).reshape(-1, 3)
    mesh = Mesh(grid, -unit(grid), triangles).with_attributes(
        galactic=grid @ stars.DREAM_TO_GALACTIC.T
    )
    path = geom.drawable(NodePath(geom.to_node(mesh, "night")), "night")
    return behind(path, 1, covers=True)


def _faint(count: int, seed: int) -> NodePath:
    night = stars.faint(count, seed)
    directions = night.directions.astype(np.float32)
    node = geom.points(
        directions,
        {
            "galactic": (directions @ stars.DREAM_TO_GALACTIC.T).astype(np.float32),
            "shine": _shine(night),
            "seed": np.random.default_rng(seed + 1).random((count, 1), dtype=np.float32),
        },
        "faint",
    )
    path = geom.drawable(NodePath(node), "stars")
    path.setTag("points", "1")
    return behind(path, 2)


def _shine(night: stars.Night) -> NDArray[np.float32]:
    return np.concatenate([night.colors, night.magnitudes[:, None]], axis=1).astype(np.float32)


def _lyre() -> NodePath:
    path = NodePath("named")
    for name, mesh in (("bright", _bright_mesh()), ("lines", _line_mesh())):
        node = path.attachNewNode(geom.to_node(mesh, name))
        behind(geom.drawable(node, "lyre"), 3)
    return path


def _bright_mesh() -> Mesh:
    night = stars.named()
    corners, triangles = quads(len(night.magnitudes))
    places = np.repeat(night.directions, 4, axis=0).astype(np.float32)
    lyre = np.stack([night.lyre, np.zeros_like(night.lyre)], axis=1)
    return Mesh(places, -unit(places), triangles).with_attributes(
        along=np.zeros((len(places), 3)),
        corner=corners,
        shine=np.repeat(_shine(night), 4, axis=0),
        lyre=np.repeat(lyre, 4, axis=0),
    )


def _line_mesh() -> Mesh:
    corners, triangles = ribbons(len(stars.LYRA_LINES), LINE_STEPS)
    starts = np.array([stars.direction(a) for a, _ in stars.LYRA_LINES])
    ends = np.array([stars.direction(b) for _, b in stars.LYRA_LINES])
    each = len(corners) // len(starts)
    start, end = np.repeat(starts, each, axis=0), np.repeat(ends, each, axis=0)
    length = np.arccos(np.clip((start * end).sum(axis=1), -1, 1))
    places = unit(start + corners[:, :1] * (end - start))
    from_vega = np.arccos(np.clip(places @ stars.VEGA, -1, 1))
    return Mesh(places, -places, triangles).with_attributes(
        along=unit(end - start),
        corner=corners,
        shine=np.ones((len(places), 4)),
        lyre=np.stack([from_vega, length], axis=1),
    )
