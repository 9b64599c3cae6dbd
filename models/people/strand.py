"""Hair: single ones as ribbons, locks as sheets, and how deep each lies under others."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from models.mesh import Mesh, unit
from models.sdf import smoothstep

Vectors = NDArray[np.float64]

CELL = 0.005  # side of the squares that heights are gathered in, metres
STONE = 0.0006  # metres over the floor that strands keep
ARCH = 0.42  # how high a lock's middle stands over its edges, of half its width
BURIED = 0.016  # under the topmost hair: as dark as it gets


def ribbons(
    lines: Vectors, ups: Vectors, half: ArrayLike, run: ArrayLike, seeds: ArrayLike
) -> Mesh:
    """Ribbons along lines (k, n, 3) whose flat sides face `ups` (k, n, 3).

    half  : half their widths, (k, n) or what broadcasts to it
    run   : `along` of each point, 0 at a lock's root and 1 at its tip, (k, n)
    seeds : a number for each, (k,)

    `across` is -1 and 1 at a ribbon's edges; a shader finds the line again as
    position - across * half * cross(tangent, normal); it gets half as `broad`, millimetres.
    """
    count, points, _ = lines.shape
    tangents = unit(np.gradient(lines, axis=1)).astype(np.float64)
    normals = ups - np.einsum("ijk,ijk->ij", ups, tangents)[..., None] * tangents
    normals = unit(normals).astype(np.float64)
    side = np.cross(tangents, normals)
    wide = np.broadcast_to(np.asarray(half, dtype=np.float64), (count, points))
    lines = lines.copy()  # no edge goes into the stone
    lines[..., 2] = np.maximum(lines[..., 2], STONE + wide * np.abs(side[..., 2]))
    across = np.array([-1.0, 1.0])
    place = lines[:, :, None] + (wide[..., None] * across)[..., None] * side[:, :, None]
    index = np.arange(count * points * 2).reshape(count, points, 2)
    a, b, c, d = (
        q.ravel() for q in (index[:, :-1, 0], index[:, :-1, 1], index[:, 1:, 0], index[:, 1:, 1])
    )
    faces = np.stack([a, b, d, a, d, c], axis=1).reshape(-1, 3)

    def both(values: ArrayLike, width: int) -> Vectors:
        rows = np.broadcast_to(np.asarray(values, dtype=np.float64), (count, points, width))
        return np.repeat(rows.reshape(-1, width), 2, axis=0)

    mesh = Mesh(
        place.reshape(-1, 3).astype(np.float32),
        both(normals, 3).astype(np.float32),
        faces.astype(np.int32),
    )
    return mesh.with_attributes(
        along=both(np.asarray(run)[..., None], 1),
        across=np.tile(across, count * points),
        seed=both(np.asarray(seeds)[:, None, None], 1),
        broad=both(1000.0 * wide[..., None], 1),
        tangent=both(tangents, 3),
    )


def sheets(
    lines: Vectors, ups: Vectors, half: ArrayLike, run: ArrayLike, seeds: ArrayLike, points: int
) -> Mesh:
    """Locks as sheets along lines (k, n, 3), arched over `ups` (k, n, 3), so many points across.

    half, run, seeds : as of `ribbons`. `across` is -1 .. 1; `broad` is nought, by which a shader
    tells a sheet from a single hair.
    """
    count, long, _ = lines.shape
    tangents = unit(np.gradient(lines, axis=1)).astype(np.float64)
    normals = ups - np.einsum("ijk,ijk->ij", ups, tangents)[..., None] * tangents
    normals = unit(normals).astype(np.float64)
    side = np.cross(tangents, normals)
    wide = np.broadcast_to(np.asarray(half, dtype=np.float64), (count, long))[..., None, None]
    across = np.linspace(-1.0, 1.0, points)
    bow = (1.0 - across**2)[:, None] if points > 2 else np.full((points, 1), 0.5)
    place = lines[:, :, None] + wide * across[:, None] * side[:, :, None]
    place = place + ARCH * wide * bow * normals[:, :, None]
    place[..., 2] = np.maximum(place[..., 2], STONE)
    turned = normals[:, :, None] + 0.8 * across[:, None] * side[:, :, None]
    index = np.arange(count * long * points).reshape(count, long, points)
    a, b, c, d = (
        q.ravel()
        for q in (index[:, :-1, :-1], index[:, :-1, 1:], index[:, 1:, :-1], index[:, 1:, 1:])
    )
    faces = np.stack([a, b, d, a, d, c], axis=1).reshape(-1, 3)

    def each(values: ArrayLike) -> Vectors:
        shape = (count, long, points)
        return np.broadcast_to(np.asarray(values, dtype=np.float64), shape).reshape(-1, 1)

    mesh = Mesh(place.reshape(-1, 3), unit(turned.reshape(-1, 3)), faces.astype(np.int32))
    return mesh.with_attributes(
        along=each(np.asarray(run)[..., None]),
        across=each(across),
        seed=each(np.asarray(seeds)[:, None, None]),
        broad=0.0,
        tangent=np.repeat(tangents.reshape(-1, 3), points, axis=0),
    )


def shaded(hair: Mesh) -> Mesh:
    """The same with `deep`: 0 on top, 1 where a point lies far under other hair on the stone."""
    cells = np.floor(hair.positions[:, :2] / CELL).astype(int)
    cells -= cells.min(axis=0)
    top = np.zeros(cells.max(axis=0) + 1)
    np.maximum.at(top, (cells[:, 0], cells[:, 1]), hair.positions[:, 2].astype(np.float64))
    top = ndimage.gaussian_filter(ndimage.maximum_filter(top, 3), 1.2)
    under = top[cells[:, 0], cells[:, 1]] - hair.positions[:, 2]
    low = smoothstep(0.06, 0.02, hair.positions[:, 2])
    return hair.with_attributes(deep=(low * np.clip(under / BURIED, 0.0, 1.0))[:, None])
