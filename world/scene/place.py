"""The courtyard on the GPU: floor, ruins, hills, sky, and the textures that all shaders share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from panda3d.core import CullBinManager, DepthTestAttrib, NodePath, RenderAttrib, Texture

from models.cache import remembered
from models.coarsen import clustered
from models.courtyard import Courtyard
from models.crackfield import arrival, distances_from
from models.mesh import Mesh
from models.textures import clouds, marble
from world.scene import geom
from world.scene.triangle import full_triangle

SKY_BIN, LIGHT_BIN = "sky", "light"
PIECE = 15.0  # metres: a side of the squares that the place is cut into


def declare_bins() -> None:
    """Draw order after the opaque: the sky where nothing stands, then what only adds light."""
    bins = CullBinManager.getGlobalPtr()
    for name, sort in ((SKY_BIN, 25), (LIGHT_BIN, 45)):
        if bins.findBin(name) < 0:
            bins.addBin(name, CullBinManager.BTFixed, sort)


class Place:
    """Floor, ruins and hills in pieces that are culled by themselves.

    Ruins further off than `beyond` metres are drawn from meshes whose points are `cell` metres
    apart; with `cell` 0 there are none such. A coarse place casts its shadows from those too.
    """

    def __init__(self, courtyard: Courtyard, cell: float, beyond: float) -> None:
        self.root = NodePath("place")
        self._beyond = beyond
        self._pairs: list[tuple[NodePath, NodePath]] = []
        self._squares: list[NDArray[np.float32]] = []
        for piece in in_pieces(courtyard.floor, PIECE):
            self._put(piece, "floor", "scene")
        for piece in in_pieces(courtyard.hills, 20 * PIECE):
            self._put(piece, "hills", "scene mirror")
        for piece in in_pieces(courtyard.ruins, PIECE):
            self._put_ruin(piece, cell)
        self._middles = np.array(self._squares, dtype=np.float64).reshape(-1, 2)
        self._far = np.zeros(len(self._pairs), dtype=bool)

    def update(self, eye: NDArray[np.float64]) -> None:
        """Draws each piece of the ruins as finely as its distance from the eye asks for."""
        if not self._pairs:
            return
        away = np.hypot(*(self._middles - eye[:2]).T) - PIECE * np.sqrt(0.5)
        far = away > self._beyond
        for index in np.flatnonzero(far != self._far):
            fine, coarse = self._pairs[index]
            shown, hidden = (coarse, fine) if far[index] else (fine, coarse)
            shown.show()
            hidden.hide()
        self._far = far

    def _put(self, mesh: Mesh, name: str, passes: str) -> NodePath:
        node = self.root.attachNewNode(geom.to_node(mesh, name))
        return geom.drawable(node, "stone", passes)

    def _put_ruin(self, piece: Mesh, cell: float) -> None:
        if cell <= 0.0:
            self._put(piece, "ruins", "scene shadow mirror")
            return
        small = clustered(piece, cell)
        fine, coarse = (self._put(each, "ruins", "scene mirror") for each in (piece, small))
        self._put(small, "ruins", "shadow")
        coarse.hide()
        middle = piece.positions[:, :2].mean(axis=0)
        self._pairs.append((fine, coarse))
        self._squares.append((np.floor(middle / PIECE) + 0.5) * PIECE)


def in_pieces(mesh: Mesh, size: float) -> list[Mesh]:
    """The mesh cut by its triangles' middles into squares of `size` metres on the ground."""
    middles = mesh.positions[mesh.triangles].mean(axis=1)
    cells = np.floor(middles[:, :2] / size).astype(np.int64)
    _, piece = np.unique(cells, axis=0, return_inverse=True)
    order = np.argsort(piece.reshape(-1), kind="stable")
    ends = np.cumsum(np.bincount(piece.reshape(-1)))
    pieces = []
    for triangles in np.split(mesh.triangles[order], ends[:-1]):
        used, local = np.unique(triangles, return_inverse=True)
        pieces.append(
            Mesh(
                mesh.positions[used],
                mesh.normals[used],
                local.reshape(-1, 3).astype(np.int32),
                {name: values[used] for name, values in mesh.attributes.items()},
            )
        )
    return pieces


def build_sky() -> NodePath:
    """The sky: one triangle at the far plane, drawn where nothing else stands."""
    path = NodePath(full_triangle("sky"))
    geom.everywhere(geom.drawable(path, "sky", "scene mirror"))
    path.setBin(SKY_BIN, 0)
    path.setDepthWrite(False)
    path.setAttrib(DepthTestAttrib.make(RenderAttrib.MLessEqual))
    path.setTwoSided(True, 200)
    return path


class CrackTexture:
    """Distance to the nearest crack, its width, and how far light must run to it from the feet."""

    def __init__(self, courtyard: Courtyard) -> None:
        self._courtyard = courtyard
        field = courtyard.field
        size = field.distance.shape[0]
        self._array = np.zeros((size, size, 4), dtype=np.float32)
        self._array[:, :, 0] = field.distance
        self._array[:, :, 1] = field.width
        self._stood: tuple[float, float] | None = None
        self.texture = geom.texture(self._array, "cracks")

    def stand(self, place: tuple[float, float]) -> None:
        """Measures every crack anew from where the visitor stands, if that has changed."""
        if place == self._stood:
            return
        self._stood = place
        nodes = distances_from(self._courtyard.graph, np.array(place))
        self._array[:, :, 2] = arrival(self._courtyard.field, nodes)
        geom.refill(self.texture, self._array)


def field_textures(seed: int) -> dict[str, Texture]:
    """The tileable textures that shaders look up by name."""
    return {
        "u_clouds": geom.texture(
            remembered(clouds, 512, seed), "clouds", mipmaps=True, repeat=True
        ),
        "u_marble": geom.texture(
            remembered(marble, 1024, seed + 1), "marble", mipmaps=True, repeat=True
        ),
    }
