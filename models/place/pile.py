"""A collection of stones on its way to becoming meshes, with what stops a visitor.

Each comes twice: as it is near by, and with fewer triangles for where they cannot be told
apart. Each vertex has a `home` (n, 2), the place of its stone, the same in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.coarsen import clustered
from models.mesh import CUBOID, Mesh, merge
from models.place.masonry import chipped
from models.shape import creased, rim_points

Array = NDArray[np.float64]

Homed = tuple[Mesh, Mesh]  # near by and far off

FAR_CELL = 0.055  # metres: carved stone is that fine from afar
BOSS_AFAR = 0.6  # share of its height by which a bossed face stands out from afar
FAR_EDGE = 0.3  # metres: a far block's dirt keeps to its shade, not to its edges
ROUND = 0.2  # added to the kind of what is round: by it the sun creeps about an outline
LOW_LOST = 0.25  # share of what a corner has lost that its block's lower corners have
KIND_HEWN = 0.8  # a ruin's stone whose face was left rough
KIND_CARVED = 0.95  # a ruin's, whose `open` says where a carving's texture has it
KIND_FLOOR, KIND_RUIN, KIND_RUBBLE, KIND_HILLS = 0.0, 1.0, 2.0, 3.0
KIND_LEAF, KIND_GRASS = 2.25, 2.5
KIND_FLOOR_AFAR = 0.25  # slabs whose cracks are drawn by the shader


@dataclass
class Pile:
    """Stones gathered so far; `stones` closes the pile.

    obstacles : rows (x, y, radius), metres
    """

    rng: np.random.Generator
    meshes: list[Homed] = field(default_factory=list)
    sizes: list[Array] = field(default_factory=list)
    frames: list[Array] = field(default_factory=list)
    tapers: list[float] = field(default_factory=list)
    wears: list[float] = field(default_factory=list)
    torn: list[int] = field(default_factory=list)
    joints: list[float] = field(default_factory=list)
    bosses: list[float] = field(default_factory=list)
    obstacles: list[tuple[float, float, float]] = field(default_factory=list)

    def add(
        self,
        mesh: Mesh,
        place: ArrayLike,
        far: Mesh | None = None,
        round: bool = False,
        kind: float = KIND_RUIN,
        seed: float | None = None,
    ) -> float:
        """A carved body, stood where a (4, 4) frame says, and how it is far off if not coarser.

        Returns its `seed`, by which another piece can be of the same stone.

        What is `round` about its own axis tells its shader how far round from the sun it is,
        without its flutes: kind goes from KIND_RUIN, away from it, to KIND_RUIN + 2 ROUND.
        """
        matrix = np.asarray(place, dtype=np.float64)
        name = self.rng.random() if seed is None else seed
        both = [in_the_open(mesh), clustered(mesh, FAR_CELL) if far is None else far]
        both[1] = in_the_open(both[1])
        near, coarse = (
            each.transformed(matrix).with_attributes(
                seed=name, kind=kind, home=np.tile(matrix[:2, 3], (len(each.positions), 1))
            )
            for each in both
        )
        if round:
            near, coarse = _towards_sun(near), _towards_sun(coarse)
        self.meshes.append((near, coarse))
        return name

    def block(
        self,
        size: Sequence[float],
        place: ArrayLike,
        taper: float = 0.0,
        wear: float = 1.0,
        torn: int = 0,
        joint: float = 1.0,
        boss: float = 0.0,
    ) -> None:
        """A squared block; `taper` widens its length towards +z by this share of it.

        wear : how far corners and arrises have gone, 1 for an old wall's
        torn : the end along x, -1 or 1, that has broken off; 0 for none
        joint: share of the sky that its arrises see, less where other blocks lie close
        boss : metres that the face towards -y stands out within its tooled margin; 0 is flat
        """
        self.sizes.append(np.asarray(size, dtype=np.float64))
        self.frames.append(np.asarray(place, dtype=np.float64))
        self.tapers.append(taper)
        self.wears.append(wear)
        self.torn.append(torn)
        self.joints.append(joint)
        self.bosses.append(boss)

    def stop(self, x: float, y: float, radius: float) -> None:
        """A round place nobody can walk through."""
        self.obstacles.append((x, y, radius))

    def stones(self) -> Homed:
        """Everything as one mesh with `seed`, `edge`, `kind` and `home`, near by and far off."""
        sizes, frames, wear = np.array(self.sizes), np.array(self.frames), np.array(self.wears)
        bevels = (0.003 + 0.007 * self.rng.random(len(sizes))) * (0.4 + 0.6 * wear)
        seeds = self.rng.random(len(sizes))
        rims = self._worn(rim_points(sizes, bevels))
        joints, bosses = np.array(self.joints), np.array(self.bosses)
        near = merge(
            [
                chipped(
                    rims[k], frames[k], seeds[k], wear[k], self.rng, joints[k], bosses[k]
                ).with_attributes(kind=kind)
                for kind, k in ((KIND_RUIN, bosses == 0.0), (KIND_HEWN, bosses > 0.0))
                if k.any()
            ]
        )
        swollen = rims.copy()
        swollen[:, :, 1] -= BOSS_AFAR * bosses[:, None] * (rims[:, :, 1] < 0.0)
        far = in_the_open(_plain(swollen, frames, seeds)).with_attributes(kind=KIND_RUIN)
        blocks = [
            mesh.with_attributes(home=_homes(mesh, seeds, frames[:, :2, 3])) for mesh in (near, far)
        ]
        one, other = (merge([blocks[i], *(mesh[i] for mesh in self.meshes)]) for i in (0, 1))
        return one, other

    def _worn(self, rim: Array) -> Array:
        """Corners (n, 24, 3) out of true, some of them knocked off, and torn ends."""
        count = len(rim)
        size = np.abs(rim).max(axis=1)
        taper, wear = np.array(self.tapers), np.array(self.wears)[:, None, None, None]
        torn = np.array(self.torn)[:, None]
        out = rim.copy()
        out[:, :, 0] *= 1.0 + taper[:, None] * rim[:, :, 2] / size[:, None, 2]
        corners = out.reshape(count, 8, 3, 3)
        push = self.rng.normal(0.0, 0.009, (count, 8, 1, 3)) * wear
        lost = self.rng.uniform(0.05, 0.22, (count, 8, 1, 3))
        lost *= self.rng.random((count, 8, 1, 1)) < 0.10 * wear
        lost *= np.where(corners[:, :, :1, 2:] > 0.0, 1.0, LOW_LOST)
        end = np.sign(corners[:, :, 0, 0]) == torn  # (n, 8)
        # An end breaks off aslant: nothing hangs over what is left.
        broken = self.rng.uniform(0.08, 0.30, (count, 1)) * self.rng.uniform(0.7, 1.3, (count, 8))
        broken *= np.where(corners[:, :, 0, 2] > 0.0, 2.2, 0.5) * end
        lost = np.minimum(lost, 0.28 * size[:, None, None, :])
        lost[:, :, 0, 0] = np.maximum(lost[:, :, 0, 0], broken * np.minimum(size[:, None, 0], 0.5))
        moved = corners - np.sign(corners) * lost + push
        return np.asarray(moved.reshape(count, 24, 3))


def _towards_sun(mesh: Mesh) -> Mesh:
    """The mesh with the kind of something round; the sun stands at -x."""
    out = mesh.positions[:, :2] - mesh.attributes["home"]
    turned = -out[:, 0] / np.maximum(np.linalg.norm(out, axis=1), 1e-6)
    return mesh.with_attributes(kind=KIND_RUIN + ROUND * (1.0 + turned))


def in_the_open(mesh: Mesh) -> Mesh:
    """The mesh with `open` (n, 2), its shares of sky and sun: all of them where it does not say."""
    if "open" in mesh.attributes:
        return mesh
    return mesh.with_attributes(open=np.ones((len(mesh.positions), 2)))


def _homes(mesh: Mesh, seeds: Array, spots: Array) -> Array:
    """The place (n, 2) of each vertex's stone, which is known by its seed."""
    order = np.argsort(seeds)
    found = np.searchsorted(seeds[order].astype(np.float32), mesh.attributes["seed"][:, 0])
    return np.asarray(spots[order][np.minimum(found, len(order) - 1)])


def _plain(rims: Array, frames: Array, seeds: Array) -> Mesh:
    """Blocks without bevels, at most 12 triangles each, from rim points (n, 24, 3) and frames."""
    triples = rims.reshape(len(rims), 8, 3, 3)
    axis = np.arange(3)
    sharp = triples[:, :, axis, axis]  # each of the three holds the full width of its own axis
    corners = 0.5 * (sharp + triples.mean(axis=2))
    corners = np.einsum("nij,nkj->nki", frames[:, :3, :3], corners) + frames[:, None, :3, 3]
    triangles = CUBOID[None] + 8 * np.arange(len(rims))[:, None, None]
    below = (CUBOID % 2 == 0).all(axis=1)  # nobody sees what an upright block stands on
    seen = ~(below & (frames[:, 2, 2] == 1.0)[:, None])
    triangles = triangles[seen]
    return creased(
        corners.reshape(-1, 3),
        triangles,
        np.radians(30.0),
        edge=np.full(8 * len(rims), FAR_EDGE),
        seed=np.repeat(seeds, 8),
    )
