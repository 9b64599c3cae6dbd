"""Garments as meshes: what is seen of them, with their shade, folded hems and patches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from models.cloth import edges_of
from models.mesh import Floats, Mesh, merge, smooth_normals, unit
from models.people.garments import Worn
from models.refine import halved
from models.sdf import Clay, smoothstep
from models.skin import occlusion, simplify

Grid = NDArray[np.float64]

OCCLUSION_REACH = 0.30
GARMENTS = {"gown": 0.0, "sleeve": 0.0, "mantle": 0.125, "veil": 0.25}  # of `part`
SEEN = 0.03  # share of open sky below which cloth is hidden by what is worn over it
ROLL, ROLL_THICK = 0.016, 0.005  # of a hem that is folded under: its breadth and thickness
PATCH = 0.003  # metres that a patch stands over what it is sewn on to
# Of a thinner cloth: metres that a normal's difference of one counts for, how many points of the
# finer are asked, how far about they count alike, and how far off on the pattern they may lie.
FACING, ABOUT, SPREAD, WOVEN_APART = 0.02, 5, 0.004, 0.08


def cloth_mesh(worn: Sequence[Worn], clay: Clay) -> Mesh:
    """All garments as they are, without what others hide; attributes `ao`, `weave`, and `sewn`: 1
    on what is sewn or folded on to them, which is too small to be seen from afar."""
    out = []
    for each in worn:
        points, triangles = each.positions, each.cloth.triangles
        normals = evened(smooth_normals(points, triangles), triangles)
        weave = np.column_stack([each.pattern.points, each.pattern.rim])
        sheet = Mesh(
            points.astype(np.float32),
            normals,
            triangles.astype(np.int32),
            {
                "ao": occlusion(clay, points, normals, OCCLUSION_REACH)[:, None],
                "lining": occlusion(clay, points, -normals, OCCLUSION_REACH)[:, None],
                "weave": weave.astype(np.float32),
                "part": np.full((len(points), 1), GARMENTS[each.name], dtype=np.float32),
                "sewn": np.zeros((len(points), 1), dtype=np.float32),
            },
        )
        if each.turned_in is not None:
            sheet, inward = _finer(sheet, each.turned_in)
            sheet, fold = rolled(sheet, inward)
            out.append(fold.with_attributes(sewn=1.0))
        out += [patch(sheet, flat).with_attributes(sewn=1.0) for flat in each.patches]
        open_ = np.maximum(sheet.attributes["ao"], sheet.attributes["lining"])[:, 0]
        out.append(_kept(sheet, open_[sheet.triangles].max(axis=1) >= SEEN))
    return merge(out)


def _finer(sheet: Mesh, inward: Grid) -> tuple[Mesh, Grid]:
    """A sheet of half the grain, on which a roll is round, and numbers (n,) of its points."""
    fine = halved(sheet.with_attributes(inward=inward))
    told = {name: rows for name, rows in fine.attributes.items() if name != "inward"}
    return replace(fine, attributes=told), fine.attributes["inward"][:, 0].astype(np.float64)


def _kept(sheet: Mesh, triangles: NDArray[np.bool_]) -> Mesh:
    """Some triangles (m,) of a sheet, and the points that they need."""
    used, index = np.unique(sheet.triangles[triangles], return_inverse=True)
    return Mesh(
        sheet.positions[used],
        sheet.normals[used],
        index.reshape(-1, 3).astype(np.int32),
        {name: values[used] for name, values in sheet.attributes.items()},
    )


def patch(sheet: Mesh, flat: Grid) -> Mesh:
    """A piece of other cloth that is sewn on to a sheet.

    flat : (n,) the way of each point of the sheet to the patch's edge, metres, negative outside:
           the shader frays it there
    """
    kept = sheet.triangles[(flat > 0.0)[sheet.triangles].any(axis=1)]
    used, index = np.unique(kept, return_inverse=True)
    named = {name: values[used].copy() for name, values in sheet.attributes.items()}
    named["part"][:] = GARMENTS["gown"]
    named["weave"] = np.column_stack([named["weave"][:, 1::-1], flat[used]]).astype(np.float32)
    over = sheet.positions[used] + np.float32(PATCH) * sheet.normals[used]
    return Mesh(over, sheet.normals[used], index.reshape(-1, 3).astype(np.int32), named)


def rolled(sheet: Mesh, inward: Grid) -> tuple[Mesh, Mesh]:
    """A sheet whose edge stands out as a roll does, and the fold that lies under it.

    inward : the way (n,) from the edge that is turned in, metres
    """
    off = np.sqrt(smoothstep(0.0, 0.4 * ROLL, inward)) * smoothstep(1.6 * ROLL, ROLL, inward)
    under = ROLL_THICK * np.sqrt(smoothstep(0.0, 0.4 * ROLL, inward))
    over = sheet.positions + (0.5 * ROLL_THICK * off)[:, None].astype(np.float32) * sheet.normals
    beneath = sheet.positions - under[:, None].astype(np.float32) * sheet.normals
    kept = sheet.triangles[(inward < 1.6 * ROLL)[sheet.triangles].all(axis=1)]
    used, index = np.unique(kept, return_inverse=True)
    named = {name: values[used] for name, values in sheet.attributes.items()}
    named["ao"], named["lining"] = named["lining"], named["ao"]
    back = index.reshape(-1, 3)[:, ::-1].astype(np.int32)
    return replace(sheet, positions=over), Mesh(beneath[used], -sheet.normals[used], back, named)


def evened(normals: ArrayLike, triangles: NDArray[np.int64]) -> Floats:
    """Normals averaged with their neighbours', against the lattice's own unevenness."""
    edges = edges_of(triangles)
    normals = np.asarray(normals, dtype=np.float64)
    total = normals.copy()
    for a, b in (edges.T, edges.T[::-1]):
        for axis in range(3):
            total[:, axis] += 0.5 * np.bincount(a, weights=normals[b, axis], minlength=len(normals))
    return unit(total)


def coarser(mesh: Mesh, count: int) -> Mesh:
    """The mesh at about so many triangles; what its points carry comes from those of the same
    cloth about them that face the same way, or a fold would take from the one it lies on."""
    points, triangles = simplify(mesh.positions, mesh.triangles, count)
    facing = FACING * smooth_normals(points, triangles)
    tree = cKDTree(np.column_stack([mesh.positions, FACING * mesh.normals]))
    found = tree.query(np.column_stack([points, facing]), k=ABOUT)
    gap, near = np.asarray(found[0]), np.asarray(found[1])
    one = near[:, :1]
    weight = 1.0 / (gap**2 + SPREAD**2)
    for name, apart in (("part", 0.01), ("sewn", 0.5), ("weave", WOVEN_APART)):
        if name in mesh.attributes:
            rows = mesh.attributes[name]
            weight = weight * (np.abs(rows[near] - rows[one]).max(axis=2) < apart)
    weight /= weight.sum(axis=1, keepdims=True)
    taken = {
        name: np.einsum("nk,nkc->nc", weight, rows[near]) for name, rows in mesh.attributes.items()
    }
    for name in ("part", "sewn"):
        if name in taken:
            taken[name] = mesh.attributes[name][one[:, 0]]
    normals = unit(np.einsum("nk,nkc->nc", weight, mesh.normals[near]))
    return Mesh(points, normals, triangles, {n: r.astype(np.float32) for n, r in taken.items()})
