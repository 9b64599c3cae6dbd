"""What the wind and the years have left on the stone: dead leaves and grit.

Leaves drift against steps and plinths and catch in cracks; grit lies where stone has spalled.
They are seen close by alone, so nothing stands for them from afar. A leaf is one sheet, to be
drawn from both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from models.fracture import Fracture
from models.mesh import Mesh, faceted, merge, smooth_normals
from models.pile import KIND_LEAF, KIND_RUBBLE
from models.posts import STEP_START

Array = NDArray[np.float64]
Heights = Callable[[Array], Array]

LEAVES = 1900
LEAF = (0.045, 0.085)  # length, metres
SHARES = (0.36, 0.52, 0.12)  # of the leaves: at the foot of things, in cracks, anywhere
GRIT = 2400
GRAIN = (0.006, 0.036)  # size, metres
GRIT_RADIUS = 13.0  # metres from the middle over which grit grows rarer by e
BODY_CLEAR = 1.3  # the fallen one's own place
ACROSS, ALONG = 3, 8  # points of a leaf


def litter(
    broken: Fracture, rest: Heights, feet: Sequence[tuple[float, float, float]], seed: int
) -> Mesh:
    """Leaves and grit as one mesh with `seed`, `edge`, `kind` and `home` (n, 2).

    `rest` gives the height (n,) of the stone at points (n, 2); `feet` are round things that leaves
    gather about: x, y, radius, metres.
    """
    rng = np.random.default_rng([seed, 57])
    return merge([_leaves(broken, rest, feet, rng), _grit(broken, rest, rng)])


def _leaves(
    broken: Fracture,
    rest: Heights,
    feet: Sequence[tuple[float, float, float]],
    rng: np.random.Generator,
) -> Mesh:
    counts = np.round(np.array(SHARES) * LEAVES).astype(int)
    spots = np.concatenate(
        [
            _at_feet(feet, counts[0], rng),
            _in_cracks(broken, counts[1], rng),
            rng.uniform(-STEP_START, STEP_START, (counts[2], 2)),
        ]
    )
    spots = spots[np.hypot(*spots.T) > BODY_CLEAR]
    count = len(spots)
    size = rng.uniform(*LEAF, count)
    turn, tip, roll = rng.uniform(0, 2 * np.pi, count), *rng.normal(0.0, 0.30, (2, count))
    shape = _leaf(rng, count) * size[:, None, None]
    points = _turned(shape, turn, tip, roll)
    points[:, :, 2] -= points[:, :, 2].min(axis=1)[:, None]
    points[:, :, :2] += spots[:, None]
    points[:, :, 2] += (rest(spots) + 0.0015)[:, None]
    index = np.arange(ACROSS * ALONG).reshape(ALONG, ACROSS)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    one = np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    )
    faces = (one[None] + index.size * np.arange(count)[:, None, None]).reshape(-1, 3)
    corners = points.reshape(-1, 3)
    mesh = Mesh(corners.astype(np.float32), smooth_normals(corners, faces), faces.astype(np.int32))
    return mesh.with_attributes(
        seed=np.repeat(rng.random(count), index.size),
        edge=1.0,
        kind=KIND_LEAF,
        home=np.repeat(spots, index.size, axis=0),
    )


def _leaf(rng: np.random.Generator, count: int) -> Array:
    """Curled leaves (count, points, 3) of length 1 along x, wrinkled, each in its own way."""
    along = np.linspace(0.0, 1.0, ALONG)
    half = 0.27 * np.sin(np.pi * along**0.8) ** 0.8
    half[0], half[-1] = 0.015, 0.0
    across = np.array([-1.0, 0.0, 1.0])
    x = np.broadcast_to(along[:, None] - 0.5, (ALONG, ACROSS))
    y = half[:, None] * across
    cup = rng.uniform(-0.3, 1.1, (count, 1, 1)) * np.abs(across) * half[:, None] * 0.9
    bend = rng.normal(0.0, 0.5, (count, 1, 1)) * (x[None] ** 2)
    wrinkle = rng.normal(0.0, 0.018, (count, ALONG, ACROSS))
    out = np.zeros((count, ALONG, ACROSS, 3))
    out[..., 0], out[..., 1] = x, y * rng.uniform(0.7, 1.2, (count, 1, 1))
    out[..., 2] = cup + bend + wrinkle
    return out.reshape(count, ALONG * ACROSS, 3)


def _turned(points: Array, turn: Array, tip: Array, roll: Array) -> Array:
    """Points (n, k, 3) rolled about x, tipped about y, turned about z; angles (n,) in radians."""
    x, y, z = np.moveaxis(points, -1, 0)
    c, s = np.cos(roll)[:, None], np.sin(roll)[:, None]
    y, z = c * y - s * z, s * y + c * z
    c, s = np.cos(tip)[:, None], np.sin(tip)[:, None]
    x, z = c * x + s * z, -s * x + c * z
    c, s = np.cos(turn)[:, None], np.sin(turn)[:, None]
    return np.stack([c * x - s * y, s * x + c * y, z], axis=-1)


def _at_feet(
    feet: Sequence[tuple[float, float, float]], count: int, rng: np.random.Generator
) -> Array:
    """Drifts below the steps, in stretches, and about round things."""
    many = count // 2
    along = rng.uniform(-40.0, 40.0, 14)[rng.integers(14, size=many)] + rng.normal(0, 1.4, many)
    out = STEP_START - 0.02 - np.abs(rng.normal(0.0, 0.16, many))
    side = rng.integers(3, size=many)
    x = np.select([side == 0, side == 1], [along, along], -out)
    y = np.select([side == 0, side == 1], [out, -out], along)
    drift = np.column_stack([x, y])
    inner = np.array([foot for foot in feet if np.hypot(foot[0], foot[1]) < STEP_START])
    if not len(inner):
        return drift
    pick = inner[rng.integers(len(inner), size=count - many)]
    angle = rng.normal(0.4, 0.9, len(pick))  # the wind comes from the west
    radius = pick[:, 2] + 0.03 + np.abs(rng.normal(0.0, 0.22, len(pick)))
    about = pick[:, :2] + radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return np.concatenate([drift, about])


def _in_cracks(broken: Fracture, count: int, rng: np.random.Generator) -> Array:
    graph = broken.graph
    weight = graph.length * graph.width
    edge = rng.choice(len(weight), count, p=weight / weight.sum())
    a, b = graph.nodes[graph.edges[edge, 0]], graph.nodes[graph.edges[edge, 1]]
    side = (b - a)[:, ::-1] * [-1.0, 1.0] / np.maximum(graph.length[edge], 1e-6)[:, None]
    aside = 0.5 * graph.width[edge] + 0.01 + np.abs(rng.normal(0.0, 0.09, count))
    aside *= np.where(rng.random(count) < 0.3, -1.0, 1.0)
    return np.asarray(a + rng.random((count, 1)) * (b - a) + aside[:, None] * side)


def _grit(broken: Fracture, rest: Heights, rng: np.random.Generator) -> Mesh:
    graph = broken.graph
    middle = 0.5 * (graph.nodes[graph.edges[:, 0]] + graph.nodes[graph.edges[:, 1]])
    weight = graph.length * graph.width * np.exp(-np.hypot(*middle.T) / GRIT_RADIUS)
    heaps = rng.choice(len(weight), GRIT // 9, p=weight / weight.sum())
    edge = heaps[rng.integers(len(heaps), size=GRIT)]
    a, b = graph.nodes[graph.edges[edge, 0]], graph.nodes[graph.edges[edge, 1]]
    share = np.clip(rng.random(len(weight))[edge] + rng.normal(0.0, 0.07, GRIT), 0.0, 1.0)
    side = (b - a)[:, ::-1] * [-1.0, 1.0] / np.maximum(graph.length[edge], 1e-6)[:, None]
    which = np.where(rng.random(len(weight)) < 0.5, -1.0, 1.0)[edge]
    aside = (0.5 * graph.width[edge] + np.abs(rng.normal(0.0, 0.08, GRIT))) * which
    spots = a + share[:, None] * (b - a) + aside[:, None] * side
    spots = spots[np.hypot(*spots.T) > BODY_CLEAR]
    count = len(spots)
    size = GRAIN[0] + (GRAIN[1] - GRAIN[0]) * rng.random(count) ** 2.5
    corners = np.array([(1, 0, 0), (0, 1, 0), (-1, 0, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1)], float)
    plan = [(0, 1, 4), (1, 2, 4), (2, 3, 4), (3, 0, 4), (1, 0, 5), (2, 1, 5), (3, 2, 5), (0, 3, 5)]
    points = corners[None] * rng.uniform(0.35, 1.0, (count, 6, 1)) * [0.6, 0.6, 0.4]
    points = _turned(points * size[:, None, None], *rng.uniform(0, 2 * np.pi, (3, count)))
    points[:, :, 2] -= points[:, :, 2].min(axis=1)[:, None]
    points[:, :, :2] += spots[:, None]
    points[:, :, 2] += (rest(spots) - 0.001)[:, None]
    faces = (np.array(plan)[None] + 6 * np.arange(count)[:, None, None]).reshape(-1, 3)
    grains = faceted(points.reshape(-1, 3), faces)
    each = len(grains.positions) // count
    return grains.with_attributes(
        seed=np.repeat(rng.random(count), each),
        edge=np.repeat(0.2 * size, each),
        kind=KIND_RUBBLE,
        home=np.repeat(spots, each, axis=0),
    )
