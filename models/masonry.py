"""Squared stones as they are after centuries: arrises bitten by flakes, faces no longer flat.

A stone keeps the topology of a block with cut edges: six faces about their middles, a strip along
each arris, a triangle at each corner. Along every arris there are more points, some of them bitten
inward, each face by another depth, so that a flake's scar is a shape with facets of its own.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, face_vectors
from models.shape import creased

Array = NDArray[np.float64]
Faces = NDArray[np.int64]

WITHIN = 4  # points within an arris, between its ends
PER_ARRIS = WITHIN + 2
FLAKED = 0.85  # share of the arrises that have lost a flake
HALF_WIDTH = (0.035, 0.24)  # of a flake's scar, metres along the arris
DEPTH = (0.28, 0.62)  # of a scar, shares of its half-width
DEEPEST = 0.10  # metres
SHARE_LEFT = 0.3  # of half the narrowest side: nothing is bitten deeper
FRAYED = 0.007  # metres that any other point of an arris may be worn
BULGE = (0.004, 0.005)  # metres that a face's middle stands out: mean and deviation
CREASE = np.radians(26.0)

CORNERS = list(product((-1, 1), repeat=3))  # in the order of shape.boxes: --- --+ -+- ...
RANK = {corner: index for index, corner in enumerate(CORNERS)}


def chipped(
    rims: Array, frames: Array, seeds: Array, wear: Array, rng: np.random.Generator
) -> Mesh:
    """Blocks with bitten arrises, in the order given, with `edge` (n, 1) and `seed`.

    rims   : (n, 24, 3) the rim points of shape.boxes, from each block's middle, metres
    frames : (n, 4, 4) where each stands
    seeds  : (n,) of each stone
    wear   : (n,) how worn each is; 1 is an old wall's
    """
    count = len(rims)
    triples = rims.reshape(count, 8, 3, 3)
    half = np.abs(triples).max(axis=(1, 2))
    inner, places = _arrises(triples, half, wear, rng)
    hubs = np.zeros((count, 6, 3))
    edge_hubs = np.zeros((count, 6))
    for axis, side in product(range(3), (0, 1)):
        face = 2 * axis + side
        corners = [RANK[c] for c in CORNERS if c[axis] == 2 * side - 1]
        hubs[:, face] = triples[:, corners, axis].mean(axis=1)
        stands_out = np.maximum(rng.normal(*BULGE, count), 0.0) * np.minimum(wear, 1.0)
        hubs[:, face, axis] += (2 * side - 1) * stands_out
        edge_hubs[:, face] = np.delete(half, axis, axis=1).min(axis=1)
    points = np.concatenate([rims, inner.reshape(count, -1, 3), hubs], axis=1)
    edge = np.concatenate([np.zeros((count, points.shape[1] - 6)), edge_hubs], axis=1)
    plan = _plan(places, points.shape[1] - 6)
    local = np.einsum("nij,nkj->nki", frames[:, :3, :3], points) + frames[:, None, :3, 3]
    each = points.shape[1]
    faces = (plan[None] + each * np.arange(count)[:, None, None]).reshape(-1, 3)
    return creased(
        local.reshape(-1, 3), faces, CREASE, edge=edge.ravel(), seed=np.repeat(seeds, each)
    )


Arris = tuple[int, int, int, int]  # its axis, the signs of the two others, the face it is seen on


def _arrises(
    triples: Array, half: Array, wear: Array, rng: np.random.Generator
) -> tuple[Array, dict[Arris, int]]:
    """Points (n, 24, WITHIN, 3) within the arrises as each of their two faces has them.

    The other value says which of the 24 belongs to which arris and face.
    """
    count = len(triples)
    inner = np.zeros((count, 24, WITHIN, 3))
    places: dict[Arris, int] = {}
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for a, b in product((-1, 1), repeat=2):
            along, bites = _flakes(2.0 * half[:, axis], wear, rng)
            deepest = np.minimum(SHARE_LEFT * half[:, [u, v]].min(axis=1), DEEPEST * wear)
            bites = np.minimum(bites, deepest[:, None])
            for face, across, sign in ((u, v, b), (v, u, a)):
                low, high = [0, 0, 0], [0, 0, 0]
                for corner, end in ((low, -1), (high, 1)):
                    corner[axis], corner[u], corner[v] = end, a, b
                one, two = (
                    triples[:, RANK[c[0], c[1], c[2]], face] for c in (low, high)
                )  # (n, 3) each
                line = one[:, None] + along[..., None] * (two - one)[:, None]
                line[..., across] -= sign * bites * rng.uniform(0.45, 1.0, (count, 1))
                place = len(places)
                inner[:, place] = line
                places[axis, a, b, face] = place
    return inner, places


def _flakes(length: Array, wear: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """Where points lie along arrises of lengths (n,), 0 to 1, and metres bitten: (n, WITHIN)."""
    count = len(length)
    spread = rng.random((count, 1)) ** 1.8
    half = (HALF_WIDTH[0] + (HALF_WIDTH[1] - HALF_WIDTH[0]) * spread[:, 0]) / length
    half = np.minimum(half, 0.16)
    middle = rng.uniform(0.2, 0.8, count)
    skew = rng.uniform(-0.5, 0.5, count)
    scar = np.stack([middle - half, middle + skew * half, middle + half], axis=1)
    lone = np.where(middle > 0.5, 0.5 * (middle - half), 0.5 * (1.0 + middle + half))
    along = np.concatenate([scar, lone[:, None]], axis=1)
    flaked = rng.random(count) < FLAKED * np.minimum(wear, 1.0)
    bite = np.where(flaked, half * length * rng.uniform(*DEPTH, count), 0.0)
    frayed = FRAYED * rng.random((count, WITHIN)) * wear[:, None]
    bites = frayed + np.stack([0 * bite, bite, 0 * bite, 0 * bite], axis=1)
    order = np.argsort(along, axis=1)
    return np.take_along_axis(along, order, axis=1), np.take_along_axis(bites, order, axis=1)


def _plan(places: dict[Arris, int], hub: int) -> Faces:
    """Triangles of one block, outward, over its points as `chipped` orders them."""

    def row(axis: int, a: int, b: int, face: int) -> list[int]:
        """Indices of an arris on a face, from its low end to its high one."""
        u, v = (axis + 1) % 3, (axis + 2) % 3
        ends = []
        for end in (-1, 1):
            corner = [0, 0, 0]
            corner[axis], corner[u], corner[v] = end, a, b
            ends.append(3 * RANK[corner[0], corner[1], corner[2]] + face)
        first = 24 + WITHIN * places[axis, a, b, face]
        return [ends[0], *range(first, first + WITHIN), ends[1]]

    faces: list[tuple[int, int, int]] = []
    for axis in range(3):
        u, v = (axis + 1) % 3, (axis + 2) % 3
        for a, b in product((-1, 1), repeat=2):
            one, two = row(axis, a, b, u), row(axis, a, b, v)
            for i in range(PER_ARRIS - 1):
                faces += [(one[i], one[i + 1], two[i + 1]), (one[i], two[i + 1], two[i])]
        for side in (-1, 1):
            # About the face: along u at the low v, up along v, back along u, down along v.
            low = row(u, -1, side, axis)  # arris along u; its others are v, axis
            right = row(v, side, 1, axis)  # arris along v; its others are axis, u
            high, left = row(u, 1, side, axis), row(v, side, -1, axis)
            loop = low[:-1] + right[:-1] + high[:0:-1] + left[:0:-1]
            middle = hub + 2 * axis + (side > 0)
            faces += [(middle, loop[i], loop[(i + 1) % len(loop)]) for i in range(len(loop))]
    faces += [(i, i + 1, i + 2) for i in range(0, 24, 3)]
    return _outward(np.array(faces), places)


def _outward(faces: Faces, places: dict[Arris, int]) -> Faces:
    """The same triangles, all wound outward on an ideal block."""
    points = np.zeros((24 + WITHIN * 24 + 6, 3))
    for index, corner in enumerate(CORNERS):
        for axis in range(3):
            points[3 * index + axis] = [
                s * (1.0 if i == axis else 0.8) for i, s in enumerate(corner)
            ]
    step = np.linspace(-0.6, 0.6, WITHIN)
    for (axis, a, b, face), place in places.items():
        u, v = (axis + 1) % 3, (axis + 2) % 3
        line = points[24 + WITHIN * place : 24 + WITHIN * (place + 1)]
        line[:, axis] = step
        line[:, u], line[:, v] = a * (1.0 if face == u else 0.8), b * (1.0 if face == v else 0.8)
    for axis, side in product(range(3), (0, 1)):
        points[24 + WITHIN * 24 + 2 * axis + side, axis] = 2 * side - 1
    inward = np.einsum("ij,ij->i", face_vectors(points, faces), points[faces].mean(axis=1)) < 0
    faces[inward] = faces[inward][:, ::-1]
    return faces
