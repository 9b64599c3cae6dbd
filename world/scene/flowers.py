"""The flowers on the GPU: one geometry for each number of petals and level, instanced.

A flower is two texels: x y z scale | heading when phase stem. Which flowers a geometry draws
is a list of indices in a one-row texture, chosen again only when the eye has moved or more
flowers have come up. All growth is in shaders/flowers.vert.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import NodePath, Texture

from models import bake
from models.growth import flower, growing
from models.mesh import Mesh
from models.place.courtyard import Courtyard, floor_height
from world.scene import geom

LEVEL_ENDS = (1.0, 3.2)  # metres from the eye at which the next coarser level begins
MOVED = 0.5  # metres that the eye moves before the levels are chosen again
AHEAD = 0.6  # metres beyond the front that are made ready
PER_ROW = 512  # flowers in a row of the table, two texels each
SHAPES = tuple(range(flower.PETALS[0], flower.PETALS[1] + 1))
SHARES = (0.22, 0.42, 0.24, 0.12)  # of the flowers that have 5, 6, 7, 8 petals
BODY_HEIGHT = 0.16  # metres: what of the fallen one lies lower keeps stems off
THICK_HAIR = 0.85  # so far along its locks her hair does the same


class Flowers:
    """Instanced flowers; `root` is the node to hang in the scene.

    rows   : (n, 6) as from `models.growth.growing.placements`, soonest first
    detail : above 1 keeps the finer levels further away, below 1 drops them sooner
    """

    def __init__(self, rows: NDArray[np.float32], seed: int, detail: float = 1.0) -> None:
        rng = np.random.default_rng([seed, 31])
        self.root, self.rows = NodePath("flowers"), rows
        self._places = rows[:, :3] + np.array([0.0, 0.0, flower.STEM], dtype=np.float32)
        self._when = rows[:, 5]
        self._ends = (np.asarray(LEVEL_ENDS) * detail) ** 2
        self._petals = rng.choice(len(SHAPES), size=len(rows), p=SHARES)
        self._eye = np.full(3, np.inf)
        self._ready = -1
        self._counts = [0] * len(flower.LEVELS)
        table = geom.texture(_table(rows, rng), "flower-table", filtered=False)
        far = flower.flower(2, 6, seed)
        self._far = _Instances("flowers-far", far, table, len(rows), self.root)
        self._near = [
            [
                _Instances(
                    f"flowers-{shape}-{level}",
                    flower.flower(level, shape, seed),
                    table,
                    int((self._petals == kind).sum()),
                    self.root,
                )
                for level in range(2)
            ]
            for kind, shape in enumerate(SHAPES)
        ]

    def update(self, eye: ArrayLike, front: float) -> None:
        """Chooses who is drawn and how finely, for an eye (3,) and the front, in metres."""
        if front <= 0.0:
            self.root.hide()
            return
        self.root.show()
        where = np.asarray(eye, dtype=np.float64)
        up = int(np.searchsorted(self._when, front))
        still = float(np.abs(where - self._eye).max()) < MOVED
        if still and up <= self._ready:
            return
        self._eye = where
        self._ready = int(np.searchsorted(self._when, front + AHEAD))
        away = self._places[: self._ready] - where.astype(np.float32)
        level = np.searchsorted(self._ends, np.einsum("ij,ij->i", away, away))
        self._counts = np.bincount(level, minlength=len(flower.LEVELS)).tolist()
        self._far.draw(np.flatnonzero(level == 2))
        near = np.flatnonzero(level < 2)
        for kind, nodes in enumerate(self._near):
            own = near[self._petals[near] == kind]
            for rank, node in enumerate(nodes):
                node.draw(own[level[own] == rank])

    def counts(self) -> list[int]:
        """How many flowers are drawn at each level, finest first."""
        return list(self._counts)


class _Instances:
    """One geometry and the list of the flowers that it draws."""

    def __init__(self, name: str, mesh: Mesh, table: Texture, room: int, root: NodePath) -> None:
        self._indices = np.zeros((1, max(room, 1)), dtype=np.float32)
        self._texture = geom.texture(self._indices, f"{name}-indices", filtered=False)
        self._drawn = np.zeros(0, dtype=np.int64)
        self.path = geom.everywhere(NodePath(geom.to_node(mesh, name)))
        geom.drawable(self.path, "flowers", "scene").reparentTo(root)
        self.path.setTwoSided(True)
        self.path.setShaderInput("u_flowers", table)
        self.path.setShaderInput("u_chosen", self._texture)
        self.path.setShaderInput("u_shadow_taps", 1.0)  # petals are smaller than soft edges
        self.path.hide()

    def draw(self, chosen: NDArray[np.int64]) -> None:
        """Draws these flowers (indices), or nothing."""
        if np.array_equal(chosen, self._drawn):
            return
        self._drawn = chosen
        if not len(chosen):
            self.path.hide()
            return
        self._indices[0, : len(chosen)] = chosen
        geom.refill(self._texture, self._indices)
        self.path.setInstanceCount(len(chosen))
        self.path.show()


def build_flowers(courtyard: Courtyard, count: int, seed: int, detail: float = 1.0) -> Flowers:
    """So many flowers along a courtyard's cracks, none of them through the fallen one."""
    body, hair = bake.load("fallen").positions, bake.load("hair", "1")
    locks = hair.positions[hair.attributes["along"][:, 0] < THICK_HAIR, :2]
    rows = growing.placements(
        courtyard.graph,
        count,
        seed,
        floor=lambda spots: floor_height(courtyard, spots),
        keep_off=np.concatenate([body[body[:, 2] < BODY_HEIGHT, :2], locks]),
    )
    return Flowers(rows, seed, detail)


def _table(rows: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """(h, 2 PER_ROW, 4) float32: two texels a flower, PER_ROW flowers a row."""
    count = len(rows)
    height = -(-max(count, 1) // PER_ROW)
    table = np.zeros((height * PER_ROW, 2, 4), dtype=np.float32)
    table[:count, 0] = rows[:, :4]
    table[:count, 1, :2] = rows[:, 4:6]
    table[:count, 1, 2] = rng.random(count)
    table[:count, 1, 3] = rng.uniform(0.55, 1.30, count) * np.where(rows[:, 5] < 1.6, 0.9, 1.0)
    return table.reshape(height, 2 * PER_ROW, 4)
