"""Garments as meshes: what is seen of them, with their shade, folded hems and patches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from models.cloth import edges_of
from models.garments import Worn
from models.mesh import Floats, Mesh, merge, smooth_normals, unit
from models.sdf import Clay, smoothstep
from models.skin import occlusion, simplify

Grid = NDArray[np.float64]

OCCLUSION_REACH = 0.30
GARMENTS = {"gown": 0.0, "sleeve": 0.0, "mantle": 0.125, "veil": 0.25}  # of `part`
SEEN = 0.03  # share of open sky below which cloth is hidden by what is worn over it
ROLL, ROLL_THICK = 0.016, 0.007  # of a hem that is folded under: its breadth and thickness
PATCH = 0.004  # metres that a patch stands over what it is sewn on to


def cloth_mesh(worn: Sequence[Worn], clay: Clay) -> Mesh:
    """All garments as they are, without what others hide; attributes `ao`, `weave`, and `sewn`: 1
    on what is sewn or folded on to them, which is too small to be seen from afar."""
    out = []
    for each in worn:
        points, triangles = each.positions, each.cloth.triangles
        normals = evened(smooth_normals(points, triangles), triangles)
        outer = occlusion(clay, points, normals, OCCLUSION_REACH)
        inner = occlusion(clay, points, -normals, OCCLUSION_REACH)
        hidden = np.maximum(outer, inner) < SEEN
        kept = triangles[~hidden[triangles].all(axis=1)]
        used, index = np.unique(kept, return_inverse=True)
        weave = np.column_stack([each.pattern.points, each.pattern.rim])
        sheet = Mesh(
            points.astype(np.float32),
            normals,
            triangles.astype(np.int32),
            {
                "ao": outer[:, None],
                "lining": inner[:, None],
                "weave": weave.astype(np.float32),
                "part": np.full((len(points), 1), GARMENTS[each.name], dtype=np.float32),
                "sewn": np.zeros((len(points), 1), dtype=np.float32),
            },
        )
        if each.turned_in is not None:
            sheet, fold = rolled(sheet, each.turned_in)
            out.append(fold.with_attributes(sewn=1.0))
        out += [patch(sheet, flat).with_attributes(sewn=1.0) for flat in each.patches]
        out.append(
            Mesh(
                sheet.positions[used],
                normals[used],
                index.reshape(-1, 3).astype(np.int32),
                {name: values[used] for name, values in sheet.attributes.items()},
            )
        )
    return merge(out)


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
    """The mesh at about so many triangles; what its points carry comes from the nearest ones."""
    points, triangles = simplify(mesh.positions, mesh.triangles, count)
    _, near = cKDTree(mesh.positions).query(points)
    taken = {name: values[near] for name, values in mesh.attributes.items()}
    return Mesh(points, mesh.normals[near], triangles, taken)
