"""Hair: single ones as ribbons, locks as sheets, and how deep each lies under others."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from models.mesh import Mesh, unit
from models.sdf import smoothstep

Vectors = NDArray[np.float64]

HAIR, BROW, LASH = 0.0, 1.0, 2.0  # `kind` of single hairs
CELL = 0.005  # side of the squares that heights are gathered in, metres
STONE = 0.0006  # metres over the floor that strands keep
ARCH = 0.42  # how high a lock's middle stands over its edges, of half its width
BURIED = 0.016  # under the topmost hair: as dark as it gets


def kept(lines: Vectors, ups: Vectors, half: Vectors, seeds: Vectors, kind: float) -> Mesh:
    """Hairs (n, k, 3) as a mesh of points alone, with `run` along each, `broad` in millimetres,
    `seed` and `kind`. World space.

    ups  : what is up from the hair's ground, (n, k, 3)
    half : half a hair's width at its root, metres, (n,)
    """
    count, points, _ = lines.shape
    run = np.broadcast_to(np.linspace(0.0, 1.0, points), (count, points))

    def each(values: Vectors) -> Vectors:
        return np.repeat(values, points)[:, None]

    flat = lines.reshape(-1, 3).copy()
    flat[:, 2] = np.maximum(flat[:, 2], STONE)
    normals = unit(ups.reshape(-1, 3)).astype(np.float32)
    mesh = Mesh(flat.astype(np.float32), normals, np.zeros((0, 3), dtype=np.int32))
    return mesh.with_attributes(
        run=run.reshape(-1, 1), broad=each(1000.0 * half), seed=each(seeds), kind=kind
    )


def unrolled(hairs: Mesh) -> Mesh:
    """Single hairs, kept as points (models/people/wisps.py), as ribbons of no width.

    Both edges lie on the line: a shader moves them apart, by `broad` millimetres and by `across`,
    which is -1 and 1 there, across the `tangent` and the way to the eye. `along` is 0 at the root
    and 1 at the tip.
    """
    run = hairs.attributes["run"][:, 0]
    count = int(np.count_nonzero(run == 0.0))
    points = len(run) // count
    lines = hairs.positions.reshape(count, points, 3)
    tangents = unit(np.gradient(lines, axis=1)).reshape(-1, 3)
    index = np.arange(count * points * 2).reshape(count, points, 2)
    a, b, c, d = (
        q.ravel() for q in (index[:, :-1, 0], index[:, :-1, 1], index[:, 1:, 0], index[:, 1:, 1])
    )
    faces = np.stack([a, b, d, a, d, c], axis=1).reshape(-1, 3)
    both = {name: np.repeat(rows, 2, axis=0) for name, rows in hairs.attributes.items()}
    both["along"] = both.pop("run")
    mesh = Mesh(
        np.repeat(hairs.positions, 2, axis=0),
        np.repeat(hairs.normals, 2, axis=0),
        faces.astype(np.int32),
        both,
    )
    return mesh.with_attributes(
        across=np.tile([-1.0, 1.0], len(run))[:, None], tangent=np.repeat(tangents, 2, axis=0)
    )


def between(values: Vectors, at: Vectors) -> Vectors:
    """Rows of `values` (n, 3) at places (k,) between them, 0 .. n - 1."""
    rows = np.arange(len(values))
    return np.stack([np.interp(at, rows, values[:, i]) for i in range(3)], axis=1)


def sheets(
    lines: Vectors,
    ups: Vectors,
    half: ArrayLike,
    run: ArrayLike,
    seeds: ArrayLike,
    points: int,
    arch: float = ARCH,
) -> Mesh:
    """Locks as sheets along lines (k, n, 3), arched over `ups` (k, n, 3), so many points across.

    half  : half their widths, (k, n) or what broadcasts to it
    run   : `along` of each point, 0 at a lock's root and 1 at its tip, (k, n)
    seeds : a number for each, (k,)
    arch  : how high its middle stands over its edges, of half its width

    `across` is -1 .. 1.
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
    place = place + arch * wide * bow * normals[:, :, None]
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
