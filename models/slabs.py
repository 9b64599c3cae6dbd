"""The broken floor made into stone: every slab a closed body with worn, chipped edges.

All slabs are worked on at once, side by side in flat arrays. Near the middle each
slab has a bevel; far out, where a joint is a hairline, its top meets its sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.fracture import HALF, Fracture
from models.halfedges import HalfEdges
from models.mesh import Mesh, merge, unit
from models.noise import fbm, hash_unit
from models.pile import KIND_FLOOR

Array = NDArray[np.float64]

THICKNESS = 0.24
BED = -0.35  # the dark ground seen through the cracks
BED_MARGIN = 1.2  # the bed shows this far beyond the floor
NEAR = 20.0  # slabs whose centre is nearer than this have bevels
CHIP = (0.004, 0.022)  # bevel, metres, from a sharp edge to a chipped one
MITRE = 1.7  # a sharp corner is cut back no further than this many gaps


def slab_meshes(broken: Fracture, seed: int) -> Mesh:
    """All slabs as closed bodies in one mesh, with `seed`, `edge` and `kind`."""
    near = np.hypot(*broken.centre.T) < NEAR
    chosen = [np.flatnonzero(near), np.flatnonzero(~near)]
    return merge([_bodies(broken, some, seed, bevelled=i == 0) for i, some in enumerate(chosen)])


def top_height(broken: Fracture, slab: NDArray[np.int32], xy: Array) -> Array:
    """Height (n,) of the tops of the given slabs at points (n, 2)."""
    offset = xy - broken.centre[slab]
    return np.asarray(broken.lift[slab] + np.einsum("ij,ij->i", offset, broken.tilt[slab]))


@dataclass(frozen=True)
class _Rim:
    """Corners of all chosen slabs: points (h, 2), outward directions (h, 2), slab and loops."""

    points: Array
    outward: Array
    slab: NDArray[np.int32]
    sides: HalfEdges


def _rim(broken: Fracture, some: NDArray[np.int64]) -> _Rim:
    """The slabs' outlines after the gaps have been cut."""
    sides = HalfEdges.of(tuple(broken.loops[i] for i in some))
    slab = some[sides.slab].astype(np.int32)
    corner = broken.points[sides.start]
    inward = _inward(corner, sides)
    centre = broken.centre[slab]
    shift = inward * (0.5 * broken.gap[sides.start])[:, None]
    share = np.ones(len(some))
    for _ in range(4):  # a crumb narrower than its cracks keeps what is left of it
        cut = corner + shift * share[sides.slab][:, None]
        folded = _cross(cut - centre, cut[sides.after] - centre) < 1e-5
        share[np.unique(sides.slab[folded])] *= 0.4
    cut = corner + shift * share[sides.slab][:, None]
    outward = -_inward(cut, sides)
    return _Rim(cut, outward, slab, sides)


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


def _bodies(broken: Fracture, some: NDArray[np.int64], seed: int, bevelled: bool) -> Mesh:
    rim = _rim(broken, some)
    count, own = len(some), rim.sides.slab
    centre = broken.centre[some]
    hub = np.arange(count)
    ring = len(hub) + np.arange(len(own))
    parts: list[tuple[Array, Array, Array]] = []  # positions, normals, edge

    def plane(xy: Array, slab: NDArray[np.int32]) -> Array:
        return np.column_stack([xy, top_height(broken, slab, xy)])

    upright = unit(np.column_stack([-broken.tilt[some], np.ones(count)])).astype(np.float64)
    sideways = unit(np.column_stack([rim.outward, np.zeros(len(own))])).astype(np.float64)
    chip = _chips(rim, seed) if bevelled else np.zeros(len(own))
    edge_top = rim.points + (centre[own] - rim.points) * _pull(rim, centre[own], chip)[:, None]
    reach = _reach(rim.points, rim.sides, centre[own], count)
    parts.append((plane(centre, some.astype(np.int32)), upright, reach))
    parts.append((plane(edge_top, rim.slab), upright[own], np.zeros(len(own))))
    outline = plane(rim.points, rim.slab)
    outline[:, 2] -= chip * (0.7 + 0.6 * hash_unit(_cells(rim.points, 3), seed))
    under = outline * [1.0, 1.0, 0.0] + [0.0, 0.0, -THICKNESS]
    triangles = [_fan(hub[own], ring, rim.sides)]
    if bevelled:
        worn = unit(upright[own] + 0.55 * sideways).astype(np.float64)
        steep = unit(0.35 * upright[own] + sideways).astype(np.float64)
        parts.append((plane(edge_top, rim.slab), worn, np.zeros(len(own))))
        parts.append((outline, steep, np.zeros(len(own))))
        top = ring + len(own)
        triangles.append(_band(top + len(own), top, rim.sides))
        ring = top + len(own)
    parts.append((outline, sideways, np.zeros(len(own))))
    parts.append((under, sideways, np.zeros(len(own))))
    top = ring + len(own)
    triangles.append(_band(top + len(own), top, rim.sides))
    down = np.tile([0.0, 0.0, -1.0], (len(own), 1))
    bottom = top + 2 * len(own)
    parts.append((under, down, np.zeros(len(own))))
    pole = np.column_stack([centre, np.full(count, -THICKNESS)])
    parts.append((pole, down[:count], np.zeros(count)))
    triangles.append(_fan(bottom[-1] + 1 + hub[own], bottom, rim.sides)[:, ::-1])
    positions, normals, edge = (np.concatenate(column) for column in zip(*parts, strict=True))
    mesh = Mesh(positions, normals, np.concatenate(triangles))
    rings = [hub] + [own] * (len(parts) - 2) + [hub]
    names = hash_unit(np.column_stack([some, some * 0]), seed)
    return mesh.with_attributes(
        seed=names[np.concatenate(rings)], edge=edge, kind=np.full(len(positions), KIND_FLOOR)
    )


def _cells(points: Array, salt: int) -> NDArray[np.int64]:
    cells = np.round(points * 512).astype(np.int64)
    return np.column_stack([cells, np.full(len(cells), salt)])


def _chips(rim: _Rim, seed: int) -> Array:
    """Width of the worn edge (h,) at each corner: a few corners have lost a flake."""
    luck = hash_unit(_cells(rim.points, 1), seed)
    radius = np.hypot(*rim.points.T)
    wear = CHIP[0] + (CHIP[1] - CHIP[0]) * luck**2 * (0.35 + 0.65 * np.exp(-((radius / 14) ** 2)))
    flake = 0.05 * (hash_unit(_cells(rim.points, 2), seed) > 0.9)
    return np.asarray(wear + flake * np.exp(-((radius / 16) ** 2)))


def _pull(rim: _Rim, centre: Array, chip: Array) -> Array:
    """Fraction (h,) of the way to the centre that moves a corner in by its chip."""
    return np.asarray(np.minimum(1.3 * chip / np.hypot(*(centre - rim.points).T), 0.35))


def _reach(points: Array, sides: HalfEdges, centre: Array, count: int) -> Array:
    """Distance (s,) from each slab's centre to the nearest of its sides."""
    along = points[sides.after] - points
    length = np.maximum(np.hypot(*along.T), 1e-9)
    far = np.full(count, np.inf)
    np.minimum.at(far, sides.slab, _cross(along, centre - points) / length)
    return far


def _fan(hub: NDArray[np.int64], ring: NDArray[np.int64], sides: HalfEdges) -> NDArray[np.int64]:
    return np.column_stack([hub, ring, ring[sides.after]])


def _band(low: NDArray[np.int64], high: NDArray[np.int64], sides: HalfEdges) -> NDArray[np.int64]:
    """Quads between two rings, facing outward."""
    after = sides.after
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
