"""The courtyard on the GPU: floor, ruins, hills, sky, and the textures that all shaders share."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    ColorBlendAttrib,
    CullBinManager,
    DepthTestAttrib,
    NodePath,
    RenderAttrib,
    Texture,
)

from models.cache import remembered
from models.coarsen import clustered
from models.growth.rooting import strength
from models.growth.venation import venation
from models.mesh import Mesh, merge
from models.place import farewell
from models.place.courtyard import Courtyard
from models.place.crackfield import arrival, distances_from
from models.place.pile import KIND_CARVED
from models.place.textures import clouds, marble, smoke
from models.place.worn import worn
from world.scene import geom
from world.scene.triangle import full_triangle

STONE_BIN, LAND_BIN, CAST_BIN, SKY_BIN, LIGHT_BIN = "stone", "land", "cast", "sky", "light"
PIECE = 7.5
BEYOND = 24.0  # metres from the eye at which ruins are drawn with fewer triangles
FLOOR_BEYOND = 15.6  # the same for slabs, whose edges are seen at a low angle
SHADOW_WITHIN = 0.025  # metres: what casts lies so deep in the stone, or coarse would shade fine
LITTER_BEYOND = 11.0  # beyond it leaves and grit are too small to be seen
SEEN_INTO = 0.0035  # radians that a crack must span for its depth to be seen
SLAB_SHARE = 0.2  # of the far ruins' cells: how coarse near slabs are with them
SOONEST = 0.35  # share of the distance at which any piece may change over
EYE_HEIGHT = 1.6  # metres: an eye that is higher is further off by as much

DARKENS = ColorBlendAttrib.make(
    ColorBlendAttrib.MAdd, ColorBlendAttrib.OZero, ColorBlendAttrib.OIncomingColor
)

Square = tuple[int, int]


def declare_bins() -> None:
    """Draw order after the opaque: what is near hides what is far before it costs anything.

    Stone from the nearest on, then the land and the bed behind and below it, the sky where
    nothing stands, what only darkens, and what only adds light.
    """
    bins = CullBinManager.getGlobalPtr()
    nearest, fixed = CullBinManager.BTFrontToBack, CullBinManager.BTFixed
    solid = ((STONE_BIN, nearest, 21), (LAND_BIN, nearest, 22), (SKY_BIN, fixed, 25))
    for name, kind, sort in (*solid, (CAST_BIN, fixed, 27), (LIGHT_BIN, fixed, 45)):
        if bins.findBin(name) < 0:
            bins.addBin(name, kind, sort)


@dataclass(frozen=True)
class Piece:
    """What stands in one square, near by and far off: a node each, or none where it has nothing."""

    square: Square
    near: NodePath | None
    far: NodePath | None
    beyond: float  # metres to the square's nearest point from which on the far one is drawn


class Place:
    """Floor, ruins and hills in pieces that are culled by themselves.

    Ruins further off than `beyond` metres and slabs further off than `floor_beyond` are drawn with
    fewer triangles, by default where the difference is about a pixel; leaves and grit further off
    than `litter_beyond` are not drawn. With `cell` above 0 the ruins' far points are also that many
    metres apart, and the near slabs' a fifth of it. Shadows fall from the far ones, wherever the
    eye is.
    """

    def __init__(
        self,
        courtyard: Courtyard,
        cell: float = 0.0,
        beyond: float = BEYOND,
        floor_beyond: float = FLOOR_BEYOND,
        litter_beyond: float = LITTER_BEYOND,
    ) -> None:
        self.root = NodePath("place")
        self.pieces: list[Piece] = []
        for piece in in_pieces(courtyard.bed, 2 * PIECE).values():
            self._put(piece, "bed", "floor", "scene", LAND_BIN)
        for piece in in_pieces(courtyard.hills, 40 * PIECE).values():
            self._put(piece, "hills", "land", "scene mirror", LAND_BIN)
        (near, fine), (far, flat) = (by_kind(mesh, KIND_CARVED) for mesh in courtyard.stones)
        self._put_pair((fine, flat), "carving", "carved", "scene mirror", beyond)
        slabs = courtyard.slabs
        if cell > 0.0:
            far = _coarser(far, cell)
            slabs = (_coarser(slabs[0], SLAB_SHARE * cell, "seed", 3.0), slabs[1])
        self._put_pair(slabs, "floor", "floor", "scene", floor_beyond)
        self._put_pair((near, far), "ruins", "stone", "scene mirror", beyond)
        thin = replace(far, positions=far.positions - SHADOW_WITHIN * far.normals)
        for piece in in_pieces(thin, PIECE).values():
            self._put(piece, "ruins", "stone", "stone-shadow")
        cast = in_pieces(courtyard.cast, PIECE)
        for square, piece in in_pieces(courtyard.litter, PIECE).items():
            lying = self._put(piece, "litter", "litter", "scene")
            lying.setTwoSided(True, 1)
            lying.setShaderInput("u_shadow_taps", 1.0)
            shade = self._put(cast[square], "cast", "litter_shade", "scene", CAST_BIN)
            shade.setDepthWrite(False)
            shade.setDepthOffset(1)
            shade.setAttrib(DARKENS)
            shade.reparentTo(lying)
            lying.hide()
            self.pieces.append(Piece(square, lying, None, litter_beyond))
        self._middles = (np.array([each.square for each in self.pieces]) + 0.5) * PIECE
        self._beyond = np.array([each.beyond for each in self.pieces])
        self._far = np.ones(len(self.pieces), dtype=bool)

    def update(self, eye: NDArray[np.float64]) -> None:
        """Draws each piece as finely as its distance from the eye (3,) asks for."""
        aside = np.maximum(np.abs(self._middles - eye[:2]) - PIECE / 2, 0.0)
        above = max(float(eye[2]) - EYE_HEIGHT, 0.0)
        far = np.hypot(np.hypot(*aside.T), above) > self._beyond
        for index in np.flatnonzero(far != self._far):
            piece = self.pieces[index]
            shown, hidden = (piece.far, piece.near) if far[index] else (piece.near, piece.far)
            if shown is not None:
                shown.show()
            if hidden is not None:
                hidden.hide()
        self._far = far

    def _put(
        self, mesh: Mesh, name: str, shader: str, passes: str, order: str = STONE_BIN
    ) -> NodePath:
        bare = {key: values for key, values in mesh.attributes.items() if key != "home"}
        node = self.root.attachNewNode(geom.to_node(replace(mesh, attributes=bare), name))
        node.setBin(order, 0)
        return geom.drawable(node, shader, passes)

    def _put_pair(
        self, pair: tuple[Mesh, Mesh], name: str, shader: str, passes: str, beyond: float
    ) -> None:
        near, far = (in_pieces(mesh, PIECE) for mesh in pair)
        for square in sorted(near.keys() | far.keys()):
            fine = self._put(near[square], name, shader, passes) if square in near else None
            coarse = self._put(far[square], name, shader, passes) if square in far else None
            if fine is not None:
                fine.hide()
            self.pieces.append(Piece(square, fine, coarse, self._from(far.get(square), beyond)))

    def _from(self, far: Mesh | None, beyond: float) -> float:
        """Where a piece changes over: sooner where no crack is wide enough to look into."""
        if far is None or not len(far.positions):
            return beyond
        gap = -2.0 * float(np.percentile(far.attributes["edge"], 5.0))  # below 0 in slabs' cracks
        return float(np.clip(gap / SEEN_INTO, SOONEST * beyond, beyond)) if gap > 0.0 else beyond


def by_kind(mesh: Mesh, kind: float) -> tuple[Mesh, Mesh]:
    """The mesh without what is of a kind, and that alone."""
    mine = np.isclose(mesh.attributes["kind"][mesh.triangles[:, 0], 0], kind)
    one, other = (replace(mesh, triangles=mesh.triangles[which]) for which in (~mine, mine))
    return one, other


def _coarser(mesh: Mesh, cell: float, apart: str | None = None, sharp: float = 1.0) -> Mesh:
    """Coarser, square by square, so that no stone loses its home."""
    coarse = []
    for square, piece in in_pieces(mesh, PIECE).items():
        small = clustered(piece, cell, apart, sharp)
        if not len(small.triangles):  # grains that lie in one cube
            continue
        home = np.tile((np.array(square) + 0.5) * PIECE, (len(small.positions), 1))
        coarse.append(small.with_attributes(home=home))
    return merge(coarse)


def in_pieces(mesh: Mesh, size: float) -> dict[Square, Mesh]:
    """The mesh cut into squares of `size` metres on the ground, by their south-western corners.

    Triangles go where their `home` is, so that no stone is cut, or their middle if they have none.
    """
    if "home" in mesh.attributes:
        return _by_home(mesh, size)
    middles = mesh.positions[mesh.triangles].mean(axis=1)[:, :2]
    cells = np.floor(middles / size).astype(np.int64)
    squares, piece = np.unique(cells, axis=0, return_inverse=True)
    order = np.argsort(piece.reshape(-1), kind="stable")
    ends = np.cumsum(np.bincount(piece.reshape(-1)))
    pieces = {}
    for square, triangles in zip(squares, np.split(mesh.triangles[order], ends[:-1]), strict=True):
        used, local = np.unique(triangles, return_inverse=True)
        pieces[int(square[0]), int(square[1])] = Mesh(
            mesh.positions[used],
            mesh.normals[used],
            local.reshape(-1, 3).astype(np.int32),
            {name: values[used] for name, values in mesh.attributes.items()},
        )
    return pieces


def _by_home(mesh: Mesh, size: float) -> dict[Square, Mesh]:
    """`in_pieces` where vertices know their stone's place: those of a stone go together, so that
    nothing needs to be sorted but the vertices."""
    used = np.zeros(len(mesh.positions), dtype=bool)
    used[mesh.triangles] = True
    cells = np.floor(mesh.attributes["home"] / size).astype(np.int64)
    low = cells.min(axis=0)
    wide = int(cells[:, 1].max() - low[1]) + 1
    piece = (cells[:, 0] - low[0]) * wide + cells[:, 1] - low[1]
    piece[~used] = piece.max() + 1
    order = np.argsort(piece, kind="stable")
    place = np.zeros(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    owner = piece[mesh.triangles[:, 0]]
    sorted_triangles = np.argsort(owner, kind="stable")
    counts, triangle_counts = np.bincount(piece), np.bincount(owner)
    ends, triangle_ends = np.cumsum(counts), np.cumsum(triangle_counts)
    pieces = {}
    for code in np.flatnonzero(triangle_counts):
        rows = order[ends[code] - counts[code] : ends[code]]
        mine = sorted_triangles[triangle_ends[code] - triangle_counts[code] : triangle_ends[code]]
        square = (int(code // wide + low[0]), int(code % wide + low[1]))
        pieces[square] = Mesh(
            mesh.positions[rows],
            mesh.normals[rows],
            place[mesh.triangles[mine]] - (ends[code] - counts[code]),
            {name: values[rows] for name, values in mesh.attributes.items()},
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
    """What the floor knows of its nearest crack, and of the roots of light from the feet.

    Metres to its middle, its width, how far light must run to it; how strong the root is there.
    """

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
        self._array[:, :, 3] = strength(self._courtyard.field, nodes)
        geom.refill(self.texture, self._array)


def field_textures(seed: int) -> dict[str, Texture]:
    """The tileable textures that shaders look up by name."""
    return {
        "u_clouds": geom.texture(
            remembered(clouds, 512, seed), "clouds", mipmaps=True, repeat=True
        ),
        "u_smoke": geom.texture(
            remembered(smoke, 512, seed + 2), "smoke", mipmaps=True, repeat=True
        ),
        "u_marble": geom.texture(
            remembered(marble, 1024, seed + 1), "marble", mipmaps=True, repeat=True
        ),
        "u_carving": geom.texture(remembered(farewell.told), "carving", mipmaps=True),
        "u_venation": geom.texture(
            remembered(venation, 1024, seed + 5), "venation", mipmaps=True, repeat=True
        ),
        "u_worn": geom.texture(remembered(worn, 1024, seed + 4), "worn", mipmaps=True, repeat=True),
    }
