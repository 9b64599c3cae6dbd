"""What else is left of the place: steps, walls, plinths, the dry basin, and rubble."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull

from models.mesh import Mesh, face_vectors, faceted, merge
from models.place.fracture import Fracture
from models.place.pile import KIND_CARVED, KIND_RUBBLE, Pile, in_the_open
from models.place.posts import FOOT, STEP_END, STEP_RISE, STEP_START, STEP_TREAD, STEPS
from models.place.stele import bowl, carving, garland, stele
from models.place.walls import GROUND, build_walls
from models.shape import cylinder, frame, lathe

Array = NDArray[np.float64]


GRAVE = (-11.3, 46.2, -0.36)
BASIN = (12.0, 27.0)
BASIN_RADIUS = 4.1
PLINTHS = ((-25.0, -23.5, 0.1), (-23.0, 27.5, -0.2), (27.5, 23.0, 0.25), (25.0, -26.0, 0.0))

STONES = 620  # beside cracks
ROLLED = 150  # below the steps
STONE_KINDS = 14
WEAR = 0.2  # share of its size that a stone's face is from its edges
FAR_STONE = 0.055  # metres: smaller stones are not seen from afar
BODY_CLEAR = 1.3  # no stone lies under the fallen one


def build_ruins(pile: Pile, seed: int) -> None:
    """Steps, walls, plinths and basin."""
    rng = np.random.default_rng([seed, 31])
    _steps(pile, rng)
    build_walls(pile, rng, seed)
    _plinths(pile, rng)
    _basin(pile, rng)
    _grave(pile)


def _grave(pile: Pile) -> None:
    """A gravestone on the northern terrace, turned so that the low sun rakes it."""
    x, y, turn = GRAVE
    here = frame((x, y, FOOT), turn, 0.012, -0.02)
    near, far = stele()
    name = pile.add(near, here, far)
    near, far = carving()
    pile.add(near, here, far, kind=KIND_CARVED, seed=name)
    pile.add(bowl(), here @ frame((0.16, -0.62, 0.005), 0.0, 0.0, 0.02))
    pile.add(garland(np.random.default_rng(5)), here @ frame((-0.36, -0.50, 0.0)))
    pile.stop(x, y, 0.75)


def _steps(pile: Pile, rng: np.random.Generator) -> None:
    """Three worn steps under the colonnade; the topmost carries it."""
    for level in range(STEPS):
        inner = STEP_START + level * STEP_TREAD
        outer = STEP_END if level == STEPS - 1 else inner + STEP_TREAD + 0.12
        top = (level + 1) * STEP_RISE
        for side in ("north", "west", "south"):
            low, high = (-inner, inner) if side == "west" else (-outer, 46.4)
            place = low
            while place < high - 0.05:
                length = min(float(rng.uniform(3.0, 4.6)), high - place)
                if high - place - length < 1.2:
                    length = high - place
                size = (length, outer - inner, top - GROUND)
                _tread(pile, rng, side, (place + length / 2, (inner + outer) / 2), size)
                place += length


def _tread(
    pile: Pile,
    rng: np.random.Generator,
    side: str,
    at: tuple[float, float],
    size: tuple[float, float, float],
) -> None:
    """One stone of a step, `at` (metres along the side, metres out from the middle)."""
    along, out = at
    length, depth, tall = size
    x, y, turn = {
        "north": (along, out, 0.0),
        "south": (along, -out, 0.0),
        "west": (-out, along, np.pi / 2),
    }[side]
    z = GROUND + tall / 2 - rng.uniform(0.0, 0.022)
    pile.block((length - 0.015, depth, tall), frame((x, y, z), turn, rng.normal(0.0, 0.003)))


def _plinths(pile: Pile, rng: np.random.Generator) -> None:
    """Broad plinths that have lost what they carried, or most of it."""
    for index, (x, y, turn) in enumerate(PLINTHS):
        pile.block((3.4, 3.4, 0.75), frame((x, y, -0.005), turn, *rng.normal(0, 0.004, 2)))
        pile.block((2.7, 2.7, 0.30), frame((x, y, 0.51), turn))
        pile.block((2.2, 2.2, 1.10), frame((x, y, 1.20), turn))
        pile.block((2.55, 2.55, 0.22), frame((x, y, 1.85), turn + 0.01))
        pile.stop(x, y, 2.4)
        if index == 0:
            _obelisk(pile, (x, y), turn)
        elif index == 1:
            _urn(pile, (x, y), rng)
        elif index == 2:
            pile.block((0.9, 0.7, 0.5), frame((x + 0.3, y - 0.2, 2.2), turn + 0.5))
            pile.block((0.6, 0.5, 0.9), frame((x - 0.4, y + 0.3, 2.38), turn + 0.2, 0.12))


def _obelisk(pile: Pile, at: tuple[float, float], turn: float) -> None:
    """A leaning needle, its point gone."""
    x, y = at
    width, z = 1.15, 1.96
    for tall, lean in ((1.9, 0.012), (1.7, 0.03), (0.9, 0.10)):
        place = frame((x + 0.4 * lean, y, z + tall / 2), turn, lean)
        pile.block((width, width, tall), place, taper=-0.06)
        width, z = width * 0.88, z + tall - 0.01


def _urn(pile: Pile, at: tuple[float, float], rng: np.random.Generator) -> None:
    profile = [(0.36, 0.0), (0.40, 0.06), (0.20, 0.16), (0.17, 0.26), (0.46, 0.52)]
    profile += [(0.64, 0.84), (0.66, 1.05), (0.54, 1.26), (0.44, 1.36), (0.56, 1.46)]
    profile += [(0.50, 1.49), (0.36, 1.36), (0.24, 1.10)]
    lean = float(rng.normal(0.0, 0.03))
    pile.add(lathe(profile, sides=22), frame((*at, 1.95), 0.0, lean))


def _basin(pile: Pile, rng: np.random.Generator) -> None:
    """A dry round basin with the stump of its fountain."""
    r = BASIN_RADIUS
    wall = [(r + 0.28, -0.2), (r + 0.28, 0.12), (r + 0.05, 0.16), (r, 0.42), (r + 0.12, 0.50)]
    wall += [(r + 0.14, 0.60), (r - 0.02, 0.64), (r - 0.42, 0.63), (r - 0.48, 0.55)]
    wall += [(r - 0.50, 0.30), (r - 0.70, 0.12), (r - 1.60, 0.06)]
    pile.add(lathe(wall, sides=44), frame((*BASIN, 0.0)))
    foot = [(0.95, 0.0), (0.95, 0.22), (0.62, 0.30), (0.40, 0.46), (0.34, 0.80), (0.42, 1.02)]
    pile.add(
        lathe([*foot, (0.30, 1.10)], sides=18), frame((*BASIN, 0.02), 0.0, rng.normal(0, 0.01))
    )
    for turn, out, tip in ((0.7, 1.9, 0.5), (2.3, 2.2, -0.35), (4.4, 1.7, 0.2)):  # its bowl
        x, y = BASIN[0] + out * np.cos(turn), BASIN[1] + out * np.sin(turn)
        shard = (rng.uniform(0.7, 1.1), 0.5, 0.16)
        pile.block(shard, frame((x, y, 0.14), turn + 1.1, tip, 0.3), torn=1)
    pile.add(cylinder(0.5, 0.24, 16), frame((BASIN[0] - 1.7, BASIN[1] + 0.6, 0.07)))
    pile.stop(*BASIN, r + 0.35)


def rubble(broken: Fracture, rest: Callable[[Array], Array], seed: int) -> tuple[Mesh, Mesh]:
    """Broken stones lying beside the wide cracks and below the steps, faceted, in one mesh.

    The other mesh has those of them that are seen from afar. Each vertex has its stone's
    `home` (n, 2). `rest` gives the height (n,) of the floor at points (n, 2).
    """
    rng = np.random.default_rng([seed, 32])
    kinds = [_stone(rng) for _ in range(STONE_KINDS)]
    spots, sizes = _beside_cracks(broken, rng)
    more, larger = _below_steps(rng)
    spots, sizes = np.concatenate([spots, more]), np.concatenate([sizes, larger])
    heights, turns = rest(spots), rng.uniform(0.0, 2 * np.pi, len(spots))
    kind = rng.integers(STONE_KINDS, size=len(spots))
    out = []
    for index, (points, faces) in enumerate(kinds):
        mine = np.flatnonzero(kind == index)
        c, s = np.cos(turns[mine])[:, None], np.sin(turns[mine])[:, None]
        size = sizes[mine][:, None]
        x = size * (points[:, 0] * c - points[:, 1] * s) + spots[mine, :1]
        y = size * (points[:, 0] * s + points[:, 1] * c) + spots[mine, 1:]
        z = size * points[:, 2] + heights[mine][:, None] - 0.002  # settled in its own dust
        corners = np.stack([x, y, z], axis=-1).reshape(-1, 3)
        at = (faces[None] + len(points) * np.arange(len(mine))[:, None, None]).reshape(-1, 3)
        names = np.repeat(rng.random(len(mine)), 3 * len(faces))
        wear = np.repeat(WEAR * sizes[mine], 3 * len(faces))
        home = np.repeat(spots[mine], 3 * len(faces), axis=0)
        stones = faceted(corners, at)
        marked = stones.with_attributes(seed=names, edge=wear, kind=KIND_RUBBLE, home=home)
        out.append(in_the_open(marked))
    near = merge(out)
    large = near.attributes["edge"][:, 0] > WEAR * FAR_STONE
    seen = near.triangles[large[near.triangles[:, 0]]]
    return near, replace(near, triangles=seen)


def _stone(rng: np.random.Generator) -> tuple[Array, NDArray[np.int64]]:
    """A flat convex stone about one unit wide, standing on z = 0; faces wound outward."""
    points = rng.normal(0.0, 1.0, (9, 3))
    points *= [0.5, rng.uniform(0.3, 0.5), rng.uniform(0.14, 0.34)] / np.linalg.norm(
        points, axis=1, keepdims=True
    )
    points[:, 2] = np.maximum(points[:, 2], -0.35 * np.abs(points[:, 2]).max())
    hull = ConvexHull(points)
    faces = hull.simplices.astype(np.int64)
    normal = face_vectors(points, faces)
    inward = np.einsum("ij,ij->i", normal, points[faces].mean(axis=1) - points.mean(axis=0)) < 0
    faces[inward] = faces[inward][:, ::-1]
    used, index = np.unique(faces, return_inverse=True)
    points = points[used]
    points[:, 2] -= points[:, 2].min()
    return points, index.reshape(-1, 3)


def _beside_cracks(broken: Fracture, rng: np.random.Generator) -> tuple[Array, Array]:
    graph = broken.graph
    weight = graph.length * graph.width**1.3
    edge = rng.choice(len(weight), STONES, p=weight / weight.sum())
    a, b = graph.nodes[graph.edges[edge, 0]], graph.nodes[graph.edges[edge, 1]]
    along = (b - a) / graph.length[edge][:, None]
    size = 0.025 + 0.15 * rng.random(STONES) ** 4
    aside = 0.5 * graph.width[edge] + 0.55 * size + np.abs(rng.normal(0.0, 0.07, STONES))
    aside *= np.where(rng.random(STONES) < 0.5, -1.0, 1.0)
    spot = a + rng.random((STONES, 1)) * (b - a)
    spot += aside[:, None] * np.column_stack([-along[:, 1], along[:, 0]])
    clear = (np.hypot(*spot.T) > BODY_CLEAR) & (np.abs(spot).max(axis=1) < STEP_START - 0.25)
    return spot[clear], size[clear]


def _below_steps(rng: np.random.Generator) -> tuple[Array, Array]:
    """Larger stones that rolled down from the colonnade."""
    size = 0.06 + 0.34 * rng.random(ROLLED) ** 3
    out = STEP_START - 0.1 - 0.6 * size - np.abs(rng.normal(0.0, 2.2, ROLLED))
    along = rng.uniform(-40.0, 40.0, ROLLED)
    side = rng.integers(3, size=ROLLED)
    x = np.select([side == 0, side == 1], [along, along], -out)
    y = np.select([side == 0, side == 1], [out, -out], along)
    keep = (side < 2) | (np.abs(along) > 3.0)
    return np.column_stack([x, y])[keep], size[keep]
