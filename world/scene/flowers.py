"""The blossoming on the GPU: a few flower meshes, instanced along the cracks.

A flower is two texels (x y z scale; when heading lean phase), nearest to the centre first.
Which mesh draws it depends on the place of the eye alone; growth is in shaders/flowers.vert.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import NodePath, Texture

from models.flower import LEVELS, PETALS, flower
from models.mesh import Mesh, merge
from world.scene import geom

LEVEL_ENDS = (2.6, 8.0)  # metres from the eye at which the next coarser mesh begins
CELL = 0.25  # metres: the eye's place is rounded to this before levels are chosen
FAR_PETALS = 6  # the coarser meshes all have the usual six
LEAN = (0.10, 0.62)  # how far a stem bends: the end's offset in stem lengths

Rows = NDArray[np.float32]


class Flowers:
    """Instanced flowers; `root` is the node to hang in the scene.

    spots  : (n, 5) of `models.flower.placements`
    floor  : (n,) the floor's height beside each root, metres
    detail : above 1 keeps the finer meshes further away
    """

    def __init__(self, spots: ArrayLike, floor: ArrayLike, seed: int, detail: float = 1.0) -> None:
        self.root = NodePath("flowers")
        self.rows = rows_of(np.asarray(spots, dtype=np.float32), floor, seed)
        self._kind = np.random.default_rng([seed, 31]).choice(
            np.arange(PETALS[0], PETALS[1] + 1), size=len(self.rows), p=(0.22, 0.46, 0.22, 0.10)
        )
        self._ends = np.asarray(LEVEL_ENDS) * detail
        self._seen: tuple[tuple[int, ...], int] | None = None
        table = geom.texture(self.rows, "flowers", filtered=False)
        room = max(len(self.rows), 1)
        self._near = {
            petals: _Bed(f"flowers-{petals}", flower(0, petals, seed), table, room)
            for petals in range(PETALS[0], PETALS[1] + 1)
        }
        self._far = [
            _Bed(f"flowers-far-{level}", flower(level, FAR_PETALS, seed), table, room)
            for level in range(1, len(LEVELS))
        ]
        for bed in (*self._near.values(), *self._far):
            bed.path.reparentTo(self.root)

    def update(self, eye: ArrayLike, front: float) -> None:
        """Chooses a mesh for each flower that the blossoming, `front` metres out, has reached."""
        cell = tuple(int(c) for c in np.round(np.asarray(eye, dtype=np.float64) / CELL))
        awake = int(np.searchsorted(self.rows[:, 1, 0], front))
        if (cell, awake) == self._seen:
            return
        self._seen = (cell, awake)
        away = np.linalg.norm(self.rows[:awake, 0, :3] - np.asarray(cell) * CELL, axis=1)
        level = np.searchsorted(self._ends, away)
        for petals, bed in self._near.items():
            bed.draw(np.flatnonzero((level == 0) & (self._kind[:awake] == petals)))
        for step, bed in enumerate(self._far, 1):
            bed.draw(np.flatnonzero(level == step))

    def counts(self) -> list[int]:
        """How many flowers are drawn at each level, finest first."""
        return [sum(bed.count for bed in self._near.values()), *(bed.count for bed in self._far)]


class _Bed:
    """One mesh and the list of the flowers that it draws."""

    def __init__(self, name: str, mesh: Mesh, table: Texture, room: int) -> None:
        self.count = 0
        self._indices = np.zeros((1, room), dtype=np.float32)
        self._texture = geom.texture(self._indices, f"{name}-indices", filtered=False)
        path = geom.drawable(NodePath(geom.to_node(mesh, name)), "flowers", "scene")
        self.path = geom.everywhere(path)
        self.path.setTwoSided(True)
        self.path.setShaderInput("u_flowers", table)
        self.path.setShaderInput("u_chosen", self._texture)
        self.path.hide()

    def draw(self, chosen: NDArray[np.integer]) -> None:
        """Draws these flowers (indices), or nothing."""
        self.count = len(chosen)
        if not self.count:
            self.path.hide()
            return
        self._indices[0, : self.count] = chosen
        geom.refill(self._texture, self._indices)
        self.path.setInstanceCount(self.count)
        self.path.show()


def rows_of(spots: Rows, floor: ArrayLike, seed: int) -> Rows:
    """(n, 2, 4) float32 for the shader: x y z scale; when heading lean phase."""
    count = len(spots)
    rng = np.random.default_rng([seed, 30])
    rows = np.zeros((max(count, 1), 2, 4), dtype=np.float32)
    rows[:count, 0, :2] = spots[:, :2]
    rows[:count, 0, 2] = spots[:, 2] + np.broadcast_to(np.asarray(floor, np.float32), (count,))
    rows[:count, 0, 3] = spots[:, 3]
    rows[:count, 1, 0] = spots[:, 4]
    rows[:count, 1, 1] = _headings(spots, rng)
    rows[:count, 1, 2] = rng.uniform(*LEAN, count) ** 1.3
    rows[:count, 1, 3] = rng.random(count)
    return rows


def _headings(spots: Rows, rng: np.random.Generator) -> NDArray[np.float64]:
    """Any way, but rather outward from the body and to the sun in the west."""
    outward = np.arctan2(spots[:, 1], spots[:, 0])
    free = rng.uniform(-math.pi, math.pi, len(spots))
    x = 0.5 * np.cos(outward) + np.cos(free) - 0.35
    return np.arctan2(0.5 * np.sin(outward) + np.sin(free), x)


def field_mesh(spots: ArrayLike, floor: ArrayLike, seed: int, limit: int = 1500) -> Mesh:
    """The nearest `limit` open flowers as one plain mesh, for the motes that they become.

    Attributes as of `models.flower.flower`; stems stand straight.
    """
    rows = rows_of(np.asarray(spots, dtype=np.float32), floor, seed)[:limit]
    base = flower(2, FAR_PETALS, seed)
    pieces = []
    for place, kind in rows:
        turn = float(kind[3]) * 2 * math.pi
        c, s, scale = math.cos(turn), math.sin(turn), float(place[3])
        matrix = np.eye(4)
        matrix[:3, :3] = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]) * scale
        matrix[:3, 3] = place[:3]
        pieces.append(base.transformed(matrix))
    return merge(pieces)
