"""The broken floor made into stone: every slab a closed body with worn, chipped edges.

All slabs are worked on at once, side by side in flat arrays: a top fanned from its
middle, a rounding with the scars of flakes, sides, and a bottom that nobody sees.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, merge, unit
from models.noise import fbm, hash_unit
from models.place.chipping import WornEdge, worn_edge
from models.place.fracture import HALF, Fracture
from models.place.halfedges import HalfEdges
from models.place.pile import KIND_FLOOR, KIND_FLOOR_AFAR
from models.shape import CREASE, creased

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

THICKNESS = 0.24
BED = -0.35  # the dark ground seen through the cracks
BED_MARGIN = 1.2  # the bed shows this far beyond the floor
MITRE = 1.7  # a sharp corner is cut back no further than this many gaps
SCAR_CREASE = np.radians(24.0)  # facets of a scar that meet more sharply stay facets
HAIR = 0.045  # metres: beside a narrower crack no slab stands higher than the other


@dataclass(frozen=True)
class Slabs:
    """The floor's slabs, each vertex with `seed`, `edge`, `kind` and `home`.

    whole : closed bodies
    near  : what of them can be seen, which is all but the bottoms
    far   : tops that meet where cracks are, and sides where they may stand higher than others

    `home` (n, 2) is the middle of the slab that a vertex belongs to, the same in all three.
    """

    whole: Mesh
    near: Mesh
    far: Mesh


def slab_meshes(broken: Fracture, seed: int) -> Slabs:
    """All slabs of a floor."""
    sides = broken.half_edges()
    worn = worn_edge(_outline(broken, sides), sides, broken.centre, seed)
    top = _top(broken, worn.inner, worn.slab, worn.after)
    rest = [_rounding(broken, worn), _sides(broken, worn)]
    near = merge([_named(broken, part, seed) for part in (top, *rest)])
    whole = merge([near, _named(broken, _bottom(broken, worn), seed)])
    return Slabs(whole, near, _far(broken, sides, seed))


def top_height(broken: Fracture, slab: NDArray[np.int32], xy: Array) -> Array:
    """Height (n,) of the tops of the given slabs at points (n, 2)."""
    offset = xy - broken.centre[slab]
    return np.asarray(broken.lift[slab] + np.einsum("ij,ij->i", offset, broken.tilt[slab]))


def _outline(broken: Fracture, sides: HalfEdges) -> Array:
    """The slabs' corners (h, 2) after the gaps have been cut."""
    slab = sides.slab
    corner = broken.points[sides.start]
    centre = broken.centre[slab]
    shift = _inward(corner, sides) * (0.5 * broken.gap[sides.start])[:, None]
    share = np.ones(len(broken.loops))
    for _ in range(4):  # a crumb narrower than its cracks keeps what is left of it
        cut = corner + shift * share[slab][:, None]
        folded = _cross(cut - centre, cut[sides.after] - centre) < 1e-5
        share[np.unique(slab[folded])] *= 0.4
    return np.asarray(corner + shift * share[slab][:, None])


def _inward(corner: Array, sides: HalfEdges) -> Array:
    """Mitred inward directions (h, 2): moving by d along them moves both sides in by d."""
    along = corner[sides.after] - corner
    along /= np.maximum(np.hypot(*along.T), 1e-9)[:, None]
    normal = np.stack([-along[:, 1], along[:, 0]], axis=1)
    total = normal + normal[sides.before]
    mitre = 2.0 * total / np.maximum((total**2).sum(axis=1), 1e-3)[:, None]
    length = np.maximum(np.hypot(*mitre.T), 1e-9)
    return np.asarray(mitre * np.minimum(1.0, MITRE / length)[:, None])


def _cross(a: Array, b: Array) -> Array:
    return np.asarray(a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0])


@dataclass(frozen=True)
class _Part:
    """A part of all slabs: a mesh with `edge`, and the slab (n,) of each of its vertices."""

    mesh: Mesh
    slab: Indices


def _named(broken: Fracture, part: _Part, seed: int) -> Mesh:
    names = hash_unit(np.column_stack([part.slab, part.slab * 0]), seed)
    return part.mesh.with_attributes(seed=names, kind=KIND_FLOOR, home=broken.centre[part.slab])


def _plane(broken: Fracture, xy: Array, slab: Indices) -> Array:
    return np.column_stack([xy, top_height(broken, slab.astype(np.int32), xy)])


def _top(broken: Fracture, rim: Array, slab: Indices, after: Indices) -> _Part:
    """Fans (s hubs, then the rim) with the plane's own normal."""
    count = len(broken.loops)
    hubs = np.arange(count)
    ring = count + np.arange(len(rim))
    own = np.concatenate([hubs, slab])
    upright = unit(np.column_stack([-broken.tilt, np.ones(count)]))
    edge = np.concatenate([_reach(rim, slab, after, broken.centre), np.zeros(len(rim))])
    places = np.concatenate([_plane(broken, broken.centre, hubs), _plane(broken, rim, slab)])
    fan = np.column_stack([slab, ring, ring[after]])
    return _Part(Mesh(places, upright[own], fan).with_attributes(edge=edge), own)


def _reach(rim: Array, slab: Indices, after: Indices, centre: Array) -> Array:
    """Distance (s,) from each slab's centre to the nearest of its sides."""
    along = rim[after] - rim
    length = np.maximum(np.hypot(*along.T), 1e-9)
    far = np.full(len(centre), np.inf)
    np.minimum.at(far, slab, _cross(along, centre[slab] - rim) / length)
    return far


def _lip(broken: Fracture, worn: WornEdge) -> Array:
    """The lower end (n, 3) of the worn edge."""
    lip = _plane(broken, worn.outer, worn.slab)
    lip[:, 2] -= worn.drop
    return lip


def _rounding(broken: Fracture, worn: WornEdge) -> _Part:
    """The worn edge between top and side, its scars left as facets."""
    places = np.concatenate([_plane(broken, worn.inner, worn.slab), _lip(broken, worn)])
    high = np.arange(len(worn.slab))
    return _creased(places, _band(high + len(high), high, worn.after), worn.slab, SCAR_CREASE)


def _sides(broken: Fracture, worn: WornEdge) -> _Part:
    high = np.arange(len(worn.slab))
    band = _band(high + len(high), high, worn.after)
    return _creased(_walls(_lip(broken, worn)), band, worn.slab, CREASE)


def _walls(brink: Array) -> Array:
    """Two rings (2n, 3): a brink and what is right below it at the slab's foot."""
    return np.concatenate([brink, brink * [1.0, 1.0, 0.0] + [0.0, 0.0, -THICKNESS]])


def _creased(places: Array, band: Indices, slab: Indices, angle: float) -> _Part:
    """A band between two rings of points (2n, 3), of slabs (n,), with normals of its own."""
    own = np.tile(slab, 2)
    mesh = creased(places, band, angle, edge=np.zeros(len(own)), own=own)
    edge = {"edge": mesh.attributes["edge"]}
    whose = np.round(mesh.attributes["own"][:, 0]).astype(np.int64)
    return _Part(Mesh(mesh.positions, mesh.normals, mesh.triangles, edge), whose)


def _bottom(broken: Fracture, worn: WornEdge) -> _Part:
    count = len(broken.loops)
    ring = count + np.arange(len(worn.slab))
    own = np.concatenate([np.arange(count), worn.slab])
    flat = np.concatenate([broken.centre, worn.outer])
    places = np.column_stack([flat, np.full(len(flat), -THICKNESS)])
    down = np.tile([0.0, 0.0, -1.0], (len(flat), 1))
    fan = np.column_stack([worn.slab, ring[worn.after], ring])
    return _Part(Mesh(places, down, fan).with_attributes(edge=0.0), own)


def _far(broken: Fracture, sides: HalfEdges, seed: int) -> Mesh:
    """Slabs that meet in the middle of their cracks, where `edge` is less than 0 by half a gap."""
    rim = broken.points[sides.start]
    slab, after = sides.slab.astype(np.int64), sides.after.astype(np.int64)
    wide = np.maximum(broken.gap[sides.start], broken.gap[sides.end]) > HAIR
    high = np.arange(len(rim))
    band = _band(high + len(high), high, after)[np.tile(wide, 2)]
    plane = _plane(broken, rim, slab)
    brink = _level_where_narrow(plane, broken, sides)
    walls = _creased(_walls(brink), band, slab, CREASE)
    top = _top(broken, rim, slab, after)
    edge, places = top.mesh.attributes["edge"].copy(), top.mesh.positions.copy()
    edge[len(broken.loops) :, 0] = -0.5 * broken.gap[sides.start]
    places[len(broken.loops) :] = brink
    top = replace(top, mesh=replace(top.mesh, positions=places).with_attributes(edge=edge))
    kind = np.full(len(places), KIND_FLOOR_AFAR)
    kind[len(broken.loops) :] += plane[:, 2] - brink[:, 2]  # by it the shade of lips finds the top
    return merge(
        [
            _named(broken, top, seed).with_attributes(kind=kind),
            _named(broken, walls, seed).with_attributes(kind=KIND_FLOOR_AFAR),
        ]
    )


def _level_where_narrow(brink: Array, broken: Fracture, sides: HalfEdges) -> Array:
    """Corners (h, 3), those of one point made level with each other where its crack is narrow."""
    start = sides.start
    count = np.maximum(np.bincount(start, minlength=len(broken.points)), 1)
    mean = np.bincount(start, brink[:, 2], len(broken.points)) / count
    level = np.where(broken.gap[start] > HAIR, brink[:, 2], mean[start])
    return np.column_stack([brink[:, :2], level])


def _band(low: Indices, high: Indices, after: Indices) -> Indices:
    """Quads between two rings, facing outward: first all lower halves, then all upper."""
    first = np.column_stack([low, low[after], high[after]])
    return np.concatenate([first, np.column_stack([low, high[after], high])])


def bed_mesh(seed: int) -> Mesh:
    """The dark uneven ground under the floor, seen through the cracks."""
    side = np.linspace(-HALF - BED_MARGIN, HALF + BED_MARGIN, 21)
    x, y = (grid.ravel() for grid in np.meshgrid(side, side))
    z = BED + 0.06 * (fbm(np.column_stack([x, y]) * 0.3, 3, seed=seed) - 1.0)
    index = np.arange(21 * 21).reshape(21, 21)
    quads = (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1])
    a, b, c, d = (q.ravel() for q in quads)
    triangles = np.concatenate([np.column_stack([a, b, c]), np.column_stack([a, c, d])])
    up = np.tile([0.0, 0.0, 1.0], (len(x), 1))
    mesh = Mesh(np.column_stack([x, y, z]), up, triangles)
    return mesh.with_attributes(seed=0.5, edge=0.0, kind=KIND_FLOOR)
