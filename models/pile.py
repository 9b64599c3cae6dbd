"""A collection of stones on its way to becoming one mesh, with what stops a visitor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import Mesh, merge
from models.shape import boxes

Array = NDArray[np.float64]

KIND_FLOOR, KIND_RUIN, KIND_RUBBLE, KIND_HILLS = 0.0, 1.0, 2.0, 3.0


@dataclass
class Pile:
    """Stones gathered so far; `stones` closes the pile.

    obstacles : rows (x, y, radius), metres
    """

    rng: np.random.Generator
    meshes: list[Mesh] = field(default_factory=list)
    sizes: list[Array] = field(default_factory=list)
    frames: list[Array] = field(default_factory=list)
    tapers: list[float] = field(default_factory=list)
    obstacles: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, mesh: Mesh, place: ArrayLike) -> None:
        """A carved body, stood where a (4, 4) frame says."""
        named = mesh.transformed(place).with_attributes(seed=self.rng.random(), kind=KIND_RUIN)
        self.meshes.append(named)

    def block(self, size: Sequence[float], place: ArrayLike, taper: float = 0.0) -> None:
        """A squared block; `taper` widens its length towards +z by this share of it."""
        self.sizes.append(np.asarray(size, dtype=np.float64))
        self.frames.append(np.asarray(place, dtype=np.float64))
        self.tapers.append(taper)

    def stop(self, x: float, y: float, radius: float) -> None:
        """A round place nobody can walk through."""
        self.obstacles.append((x, y, radius))

    def stones(self) -> Mesh:
        """Everything as one mesh with `seed`, `edge` and `kind`."""
        blocks = boxes(
            np.array(self.sizes),
            0.015 + 0.02 * self.rng.random(len(self.sizes)),
            np.array(self.frames),
            self._worn,
            self.rng.random(len(self.sizes)),
        ).with_attributes(kind=KIND_RUIN)
        return merge([blocks, *self.meshes])

    def _worn(self, rim: Array) -> Array:
        """Corners (n, 24, 3) out of true, and some of them knocked off."""
        count = len(rim)
        size = np.abs(rim).max(axis=1)
        taper = np.array(self.tapers)
        out = rim.copy()
        out[:, :, 0] *= 1.0 + taper[:, None] * rim[:, :, 2] / size[:, None, 2]
        push = self.rng.normal(0.0, 0.012, (count, 8, 1, 3))
        lost = self.rng.uniform(0.05, 0.22, (count, 8, 1, 3))
        lost *= self.rng.random((count, 8, 1, 1)) < 0.10
        corners = out.reshape(count, 8, 3, 3)
        lost = np.minimum(lost, 0.28 * size[:, None, None, :])
        moved = corners - np.sign(corners) * lost + push
        return np.asarray(moved.reshape(count, 24, 3))
