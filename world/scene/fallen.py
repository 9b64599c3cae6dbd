"""The fallen one on the GPU: body and shift, and the hair thrown out over the stone."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from panda3d.core import BitMask32, ColorBlendAttrib, ColorWriteAttrib, LMatrix4f, NodePath

from models import bake
from models.coarsen import clustered
from models.mesh import Mesh, merge, selected
from models.people import eyelids, fallen, strand, wisps
from world.scene import geom

MIDDLE, BEYOND = 2.6, 6.0  # metres from which coarser shapes are drawn, and the coarsest
SINGLE = 1.5  # metres from the face within which single hairs are drawn
LIGHT_CELL = 0.014  # metres between points in the middle, and near by where detail is low
FACE, LAP = 0.13, 0.025  # its radius, and how far the rest goes on beneath it


class Fallen:
    """Body and hair under one node, with the numbers that their shaders find the face by.

    `detail` above 1 keeps the finer shapes further away, below 1 drops them sooner.
    """

    def __init__(self, detail: float = 1.0) -> None:
        self.root = NodePath("fallen")
        self._hides = detail > 1.0  # where shade is reckoned from depth
        body, locks = bake.load("fallen"), bake.load("hair", "1")
        middle = self._level(_lighter(body), locks)
        near = self._level(body, bake.load("hair", "0")) if detail >= 1.0 else middle
        coarse = bake.load("fallen", "afar")
        far = self._level(coarse, locks)
        self._levels = ((near, MIDDLE * detail), (middle, BEYOND * detail), (far, math.inf))
        self._single, self._seen = self._hairs(), SINGLE * detail
        # Hair lies too low for the sun's map: its shade is baked.
        caster = self.root.attachNewNode(geom.to_node(coarse, "caster"))
        geom.drawable(caster, "fallen", "shadow")
        self.root.setTwoSided(True)
        self._shade()
        head = fallen.place().head
        hairs = geom.texture(bake.load_picture("hairs"), "hairs", mipmaps=True)
        self.root.setShaderInput("u_hairs", hairs)
        linen = geom.texture(bake.load_picture("linen"), "linen", mipmaps=True)
        self.root.setShaderInput("u_linen", linen)
        self.root.setShaderInput("u_to_head", _matrix(np.linalg.inv(head).astype(np.float64)))

    def update(self, eye: NDArray[np.float64]) -> None:
        """Draws them as finely as the eye (3,), world metres, asks for. Shadows never change."""
        away = float(np.linalg.norm(eye))
        chosen = next(level for level, until in self._levels if away < until)
        for bit in ("scene", "mirror"):
            mask = BitMask32.bit(geom.PASSES[bit])
            for level, _ in self._levels:
                level.hide(mask)
            chosen.show(mask)
        scene = BitMask32.bit(geom.PASSES["scene"])
        near = float(np.linalg.norm(eye - fallen.FACE_CENTRE)) < self._seen
        (self._single.show if near else self._single.hide)(scene)

    def _shade(self) -> None:
        """The shade on the stone about body and hair, by which what is there is multiplied."""
        sheets = merge([bake.load("fallen", "under"), bake.load("hair", "under")])
        path = self.root.attachNewNode(geom.to_node(sheets, "under"))
        geom.drawable(path, "under")
        path.setAttrib(
            ColorBlendAttrib.make(
                ColorBlendAttrib.MAdd, ColorBlendAttrib.OZero, ColorBlendAttrib.OIncomingColor
            )
        )
        path.setDepthWrite(False)
        path.setBin("transparent", 0)

    def _hairs(self) -> NodePath:
        """Single hairs, brows and lashes, laid over all else of her."""
        still = [eyelids.still(bake.load("hair", part)) for part in wisps.PARTS]
        lashes = [eyelids.lashes(fallen.place().head, side) for side in (1.0, -1.0)]
        hairs = merge([strand.unrolled(mesh) for mesh in (*still, *lashes)])
        path = self.root.attachNewNode(geom.to_node(hairs, "single"))
        geom.drawable(path, "strand", "scene")
        _laid_over(path)
        path.setBin("fixed", 2)
        return path

    def _level(self, body: Mesh, hair: Mesh) -> NodePath:
        level = self.root.attachNewNode("level")
        skin = level.attachNewNode(geom.to_node(body, "body"))
        geom.drawable(skin, "fallen", "scene mirror")
        locks = level.attachNewNode(geom.to_node(hair, "hair"))
        # Its mirror image would lie right under it.
        geom.drawable(locks, "hair", "scene")
        _laid_over(locks)
        if self._hides:
            hides = level.attachNewNode(geom.to_node(hair, "hides"))
            geom.drawable(hides, "hair_depth", "scene")
            hides.setAttrib(ColorWriteAttrib.make(ColorWriteAttrib.COff))
            hides.setBin("fixed", 1)
        return level


def _laid_over(locks: NodePath) -> None:
    """Strands are soft at their edges: they cover what is drawn before, the lowest first."""
    below = ColorBlendAttrib.OOneMinusIncomingAlpha
    locks.setAttrib(ColorBlendAttrib.make(ColorBlendAttrib.MAdd, ColorBlendAttrib.OOne, below))
    locks.setDepthWrite(False)
    locks.setBin("fixed", 0)


def _coarser(body: Mesh) -> Mesh:
    """Skin and shift by themselves, so that nobody's arm turns to cloth."""
    cloth = body.attributes["part"][:, 0] < fallen.SKIN
    return merge([clustered(selected(body, rows), LIGHT_CELL) for rows in (cloth, ~cloth)])


def _lighter(body: Mesh) -> Mesh:
    """Fewer triangles everywhere but in the face."""
    away = np.linalg.norm(body.positions - fallen.FACE_CENTRE, axis=1)
    face = away < FACE
    edge = face.copy()  # with the far ends of triangles that are partly in it
    edge[body.triangles[face[body.triangles].any(axis=1)]] = True
    return merge([selected(body, edge), _coarser(selected(body, away > FACE - LAP))])


def _matrix(columns: NDArray[np.float64]) -> LMatrix4f:
    """A (4, 4) column-vector matrix as Panda's row-vector one."""
    return LMatrix4f(*map(float, columns.T.reshape(-1)))
