"""The flowers on the GPU: one geometry for each form and level, instanced, and what they stand in.

A flower is two texels: x y z scale | heading when phase stem. Which flowers a geometry draws
is a list of indices in a one-row texture, chosen again only when the eye has moved or more
flowers have come up. All growth is in shaders/flowers.vert.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import NodePath, Texture
from scipy.spatial import cKDTree

from models import bake
from models.growth import flower, growing, sod
from models.mesh import Mesh
from models.place.courtyard import Courtyard, floor_height
from world.scene import geom

LEVEL_ENDS = (1.0, 3.2)  # metres from the eye at which the next coarser level begins
MOVED = 0.5  # metres that the eye moves before the levels are chosen again
AHEAD = 0.6  # metres beyond the front that are made ready
PER_ROW = 512  # flowers in a row of the table, two texels each
SHARES = (0.30, 0.16, 0.18, 0.12, 0.13, 0.11)  # of the flowers that have each of the forms
SOD_ENDS = (0.9, 3.6)  # metres from the eye to which cushions are fine, and drawn at all
STREWN, STREWN_SEEN = 900, 4.5  # petals on the stone, metres from the eye to which they are drawn
BODY_HEIGHT = 0.16  # metres: what of the fallen one lies lower keeps stems off
FLUNG_OUT, PARTED = 0.60, 0.15  # metres east where her open hand lies; kept free about it
THICK_HAIR = 0.85  # so far along its locks her hair does the same


class Flowers:
    """Instanced flowers; `root` is the node to hang in the scene.

    rows   : (n, 6) as from `models.growth.growing.placements`, soonest first
    detail : above 1 keeps the finer levels further away, below 1 drops them sooner
    strewn : (m, 6) petals that lie on the stone, as from `models.growth.growing.strewn`
    """

    def __init__(
        self,
        rows: NDArray[np.float32],
        seed: int,
        detail: float = 1.0,
        strewn: NDArray[np.float32] | None = None,
    ) -> None:
        rng = np.random.default_rng([seed, 31])
        self.root, self.rows = NodePath("flowers"), rows
        self._places = rows[:, :3] + np.array([0.0, 0.0, flower.STEM], dtype=np.float32)
        self._when = rows[:, 5]
        self._ends = (np.asarray(LEVEL_ENDS) * detail) ** 2
        self._sod_ends = (np.asarray(SOD_ENDS) * detail) ** 2
        self._strewn_end = (STREWN_SEEN * detail) ** 2
        self._forms = rng.choice(len(flower.FORMS), size=len(rows), p=SHARES)
        self._eye = np.full(3, np.inf)
        self._ready = -1
        self._counts = [0] * len(flower.LEVELS)
        lie = strewn if strewn is not None else rows[:0]
        self._lying, self._fell = lie[:, :3], lie[:, 5]
        table = geom.texture(
            _table(np.concatenate([rows, lie]), rng), "flower-table", filtered=False
        )
        plain = flower.FORMS[0]
        self._far = _Instances(
            "flowers-far", flower.flower(2, 6, seed), table, len(rows), self.root, plain
        )
        self._near = [
            [
                _Instances(
                    f"flowers-{form.name}-{level}",
                    flower.flower(level, form.petals, seed, form),
                    table,
                    int((self._forms == kind).sum()),
                    self.root,
                    form,
                )
                for level in range(2)
            ]
            for kind, form in enumerate(flower.FORMS)
        ]
        self._sods = growing.sods(rows)
        self._grounds = [
            _Instances(
                f"sods-{level}", sod.sod(level, seed), table, len(self._sods), self.root, plain
            )
            for level in range(2)
        ]
        petal = sod.fallen_petal(seed)
        self._petals = _Instances("petals", petal, table, len(lie), self.root, plain)

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
        squared = np.einsum("ij,ij->i", away, away)
        level = np.searchsorted(self._ends, squared)
        self._counts = np.bincount(level, minlength=len(flower.LEVELS)).tolist()
        self._far.draw(np.flatnonzero(level == 2))
        near = np.flatnonzero(level < 2)
        for kind, nodes in enumerate(self._near):
            own = near[self._forms[near] == kind]
            for rank, node in enumerate(nodes):
                node.draw(own[level[own] == rank])
        sods = self._sods[self._sods < self._ready]
        rough = np.searchsorted(self._sod_ends, squared[sods])
        for rank, node in enumerate(self._grounds):
            node.draw(sods[rough == rank])
        fallen = int(np.searchsorted(self._fell, front + AHEAD))
        gap = self._lying[:fallen] - where.astype(np.float32)
        close = np.einsum("ij,ij->i", gap, gap) < self._strewn_end
        self._petals.draw(len(self.rows) + np.flatnonzero(close))

    def counts(self) -> list[int]:
        """How many flowers are drawn at each level, finest first."""
        return list(self._counts)


class _Instances:
    """One geometry and the list of the flowers that it draws."""

    def __init__(
        self,
        name: str,
        mesh: Mesh,
        table: Texture,
        room: int,
        root: NodePath,
        form: flower.Form,
    ) -> None:
        self._indices = np.zeros((1, max(room, 1)), dtype=np.float32)
        self._texture = geom.texture(self._indices, f"{name}-indices", filtered=False)
        self._drawn = np.zeros(0, dtype=np.int64)
        self.path = geom.everywhere(NodePath(geom.to_node(mesh, name)))
        geom.drawable(self.path, "flowers", "scene").reparentTo(root)
        self.path.setTwoSided(True)
        self.path.setShaderInput("u_flowers", table)
        self.path.setShaderInput("u_chosen", self._texture)
        self.path.setShaderInput("u_form", (form.opens, form.inner, form.head, form.stem))
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
    lying = body[body[:, 2] < BODY_HEIGHT, :2]
    keep_off = np.concatenate([lying, locks, parted(lying[lying[:, 0] > FLUNG_OUT])])
    floor = partial(floor_height, courtyard)
    rows = growing.placements(courtyard.graph, count, seed, floor=floor, keep_off=keep_off)
    petals = growing.strewn(rows, min(STREWN, count // 5), seed, floor, keep_off)
    return Flowers(rows, seed, detail, petals)


def parted(hand: NDArray[np.float32]) -> NDArray[np.float32]:
    """Places (m, 2), so close that nothing grows between them, about those (n, 2) of a hand."""
    step = growing.CLEAR * 2**0.5
    low, high = hand.min(axis=0) - PARTED, hand.max(axis=0) + PARTED
    axes = (np.arange(low[axis], high[axis], step) for axis in range(2))
    spots = np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, 2)
    return spots[cKDTree(hand).query(spots)[0] < PARTED].astype(np.float32)


def _table(rows: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """(h, 2 PER_ROW, 4) float32: two texels a flower, PER_ROW flowers a row."""
    count = len(rows)
    height = -(-max(count, 1) // PER_ROW)
    table = np.zeros((height * PER_ROW, 2, 4), dtype=np.float32)
    table[:count, 0] = rows[:, :4]
    table[:count, 1, :2] = rows[:, 4:6]
    table[:count, 1, 2] = rng.random(count)
    table[:count, 1, 3] = rng.uniform(0.45, 1.45, count) * np.where(rows[:, 5] < 1.6, 0.9, 1.0)
    return table.reshape(height, 2 * PER_ROW, 4)
