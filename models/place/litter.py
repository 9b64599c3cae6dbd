"""What the wind and the years have left on the stone: dead leaves, dry grass and grit.

Leaves drift against steps and plinths and catch in cracks; grass has come up in the wider cracks
and died; chips lie where stone has spalled. They are seen close by alone, so nothing stands for
them from afar.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from models.mesh import Mesh, faceted, merge, smooth_normals
from models.place import leaf
from models.place.fracture import Fracture
from models.place.pile import KIND_GRASS, KIND_LEAF, KIND_RUBBLE
from models.place.posts import STEP_START

Array = NDArray[np.float64]
Heights = Callable[[Array], Array]

LEAVES = 1900
LEAF = (0.045, 0.085)  # length, metres
SHARES = (0.36, 0.52, 0.12)  # of the leaves: at the foot of things, in cracks, anywhere
GRIT = 3400
GRAIN = (0.005, 0.036)  # size, metres
GRIT_RADIUS = 13.0  # metres from the middle over which grit grows rarer by e
CHIPS = 24  # shapes that a chip may have
RIM = 7  # points about the edge of one
TUFTS = 210
TUFT = (10, 20)  # blades
GRASS = (0.035, 0.120)  # their length, metres
ROOTED = 0.012  # metres that grass stands below the lips of its crack
ROOM = 0.012  # metres: grass needs a crack this wide
SALTS = (57, 331, 594)  # of the dice for leaves, grit and grass
BODY_CLEAR = 1.3  # the fallen one's own place


def litter(
    broken: Fracture, rest: Heights, feet: Sequence[tuple[float, float, float]], seed: int
) -> Mesh:
    """Leaves, grass and grit as one mesh with `seed`, `kind`, `place` (n, 2) and `home` (n, 2).

    `rest` gives the height (n,) of the stone at points (n, 2); `feet` are round things that leaves
    gather about: x, y, radius, metres. `place` is how far along and across a sheet a point is.
    """
    dice = [np.random.default_rng([seed, salt]) for salt in SALTS]
    return merge(
        [
            _leaves(broken, rest, feet, dice[0]),
            _grit(broken, rest, dice[1]),
            _grass(broken, rest, dice[2]),
        ]
    )


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
    turn, tip, roll = rng.uniform(0, 2 * np.pi, count), *rng.normal(0.0, 0.25, (2, count))
    points = leaf.turned(leaf.leaves(rng, count) * size[:, None, None], turn, tip, roll)
    points[:, :, 2] -= points[:, :, 2].min(axis=1)[:, None]
    points[:, :, :2] += spots[:, None]
    points[:, :, 2] += (rest(spots) + 0.001)[:, None]
    one = leaf.sheet(leaf.ALONG, leaf.ACROSS)
    return _sheets(points, one, leaf.leaf_places(), KIND_LEAF, rng.random(count), spots)


def _sheets(
    points: Array, one: NDArray[np.int64], places: Array, kind: float, seeds: Array, homes: Array
) -> Mesh:
    """Sheets of points (n, k, 3), each with triangles `one`, as a mesh."""
    count, each = points.shape[:2]
    faces = (one[None] + each * np.arange(count)[:, None, None]).reshape(-1, 3)
    corners = points.reshape(-1, 3)
    mesh = Mesh(corners.astype(np.float32), smooth_normals(corners, faces), faces.astype(np.int32))
    return mesh.with_attributes(
        seed=np.repeat(seeds, each),
        kind=kind,
        place=np.tile(places, (count, 1)),
        home=np.repeat(homes, each, axis=0),
    )


def _grass(broken: Fracture, rest: Heights, rng: np.random.Generator) -> Mesh:
    """Tufts in cracks that are wide enough; blades of one tuft lean every way, most down wind."""
    graph = broken.graph
    weight = graph.length * np.minimum(graph.width, 0.04) * (graph.width > ROOM)
    edge = rng.choice(len(weight), TUFTS, p=weight / weight.sum())
    a, b = graph.nodes[graph.edges[edge, 0]], graph.nodes[graph.edges[edge, 1]]
    spots = a + rng.random((TUFTS, 1)) * (b - a)
    keep = np.hypot(*spots.T) > BODY_CLEAR
    spots, along = spots[keep], ((b - a) / graph.length[edge][:, None])[keep]
    number = rng.integers(*TUFT, len(spots), endpoint=True)
    own = np.repeat(np.arange(len(spots)), number)
    height = rng.uniform(0.45, 1.0, len(spots))[own] * rng.uniform(*GRASS, len(own))
    shape = leaf.blades(rng, len(own)) * height[:, None, None]
    none = np.zeros(len(own))
    points = leaf.turned(shape, rng.normal(0.3, 1.5, len(own)), none, none)
    foot = spots[own] + along[own] * rng.normal(0.0, 0.016, (len(own), 1))
    points[:, :, :2] += foot[:, None]
    points[:, :, 2] += (rest(spots) - ROOTED)[own][:, None]
    one = leaf.sheet(leaf.BLADE, 2)
    return _sheets(points, one, leaf.blade_places(), KIND_GRASS, rng.random(len(own)), spots[own])


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


def _chips(rng: np.random.Generator) -> list[Array]:
    """Shapes (m, 3, 3) of chips, triangle by triangle: flakes, thin about their edge, with a ridge
    off their middle as a blow leaves it."""
    shapes = []
    for _ in range(CHIPS):
        turn = (np.arange(RIM) + rng.uniform(-0.42, 0.42, RIM)) * 2 * np.pi / RIM
        out = rng.uniform(0.55, 1.0, RIM) * 0.62
        rim = np.column_stack([np.cos(turn), np.sin(turn), rng.uniform(-0.07, 0.05, RIM)])
        rim[:, :2] *= out[:, None] * [1.0, rng.uniform(0.5, 0.85)]
        ridge = rng.uniform(-0.26, 0.26, (3, 3))
        ridge[:, 2] = rng.uniform(0.08, 0.30, 3)
        below = rng.uniform(-0.22, 0.22, (2, 3))
        below[:, 2] = rng.uniform(-0.16, -0.06, 2)
        points = np.concatenate([rim, ridge, below])
        hull = ConvexHull(points)
        corners = points[hull.simplices]
        out = np.einsum("ij,ij->i", _normal(corners), hull.equations[:, :3]) > 0.0
        shapes.append(np.where(out[:, None, None], corners, corners[:, ::-1]))
    return shapes


def _normal(corners: Array) -> Array:
    return np.asarray(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))


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
    aside = 0.5 * graph.width[edge] + np.abs(rng.normal(0.0, 0.08, GRIT))
    size = GRAIN[0] + (GRAIN[1] - GRAIN[0]) * rng.random(GRIT) ** 2.5
    aside = (aside + 0.006 + 0.6 * size) * which  # none hangs over its crack
    spots = a + share[:, None] * (b - a) + aside[:, None] * side
    clear = np.hypot(*spots.T) > BODY_CLEAR
    spots, size = spots[clear], size[clear]
    shapes, which_shape = _chips(rng), rng.integers(CHIPS, size=len(spots))
    return merge(
        [
            _grains(shape, spots[which_shape == index], size[which_shape == index], rest, rng)
            for index, shape in enumerate(shapes)
        ]
    )


def _grains(
    shape: Array, spots: Array, size: Array, rest: Heights, rng: np.random.Generator
) -> Mesh:
    """Chips of one shape (m, 3, 3), each lying on the stone in its own way."""
    count, each = len(spots), 3 * len(shape)
    points = shape.reshape(1, each, 3) * size[:, None, None]
    tip, roll = rng.normal(0.0, 0.2, (2, count))
    points = leaf.turned(points, rng.uniform(0, 2 * np.pi, count), tip, roll)
    points[:, :, 2] -= points[:, :, 2].min(axis=1)[:, None]
    points[:, :, :2] += spots[:, None]
    points[:, :, 2] += (rest(spots) - 0.001)[:, None]
    grains = faceted(points.reshape(-1, 3), np.arange(count * each).reshape(-1, 3))
    return grains.with_attributes(
        seed=np.repeat(rng.random(count), each),
        kind=KIND_RUBBLE,
        place=(0.0, 0.0),
        home=np.repeat(spots, each, axis=0),
    )
