"""Geometries that are drawn many times over, and the one list of whom each of them draws.

The list is one texture: a row of it names somebody and their share of a level. Each geometry has
a stretch of it, so that a frame in which people change level sends one small texture and some
numbers, however many geometries and people there are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from panda3d.core import CullFaceAttrib, NodePath

from models.mesh import Mesh
from world.scene import geom
from world.scene.levels import WHOLE
from world.scene.live import Live

ROW = 1024  # texels in a row of the list: what every GPU has
PEOPLE_BIN = "people"


class Cast:
    """The list of everybody's parts; `room` is how many entries it can have."""

    def __init__(self, room: int) -> None:
        rows = max(-(-room // ROW), 1)
        self._entries = np.zeros((rows, ROW, 2), dtype=np.float32)
        self._texture = geom.texture(self._entries, "cast", filtered=False)
        self._parts: list[Part] = []
        self._kept: tuple[NDArray[np.int64], NDArray[np.float32]] | None = None

    def part(self, name: str, mesh: Mesh, side: int = 0) -> Part:
        """Another geometry that draws from this list. See `Part`."""
        made = Part(name, mesh, side)
        made.path.setShaderInput("u_chosen", self._texture)
        self._parts.append(made)
        return made

    @property
    def last(self) -> int:
        """The number of the part that was added last."""
        return len(self._parts) - 1

    def entries(self) -> NDArray[np.float32]:
        """The list as it was sent: rows (m, 2) of who and which share; what is past them is old."""
        return self._entries.reshape(-1, 2)

    def deal(
        self, part: Sequence[int] | NDArray[np.int64], who: NDArray[np.int64],
        share: NDArray[np.float32] | float = WHOLE,
    ) -> None:  # fmt: skip
        """Entries (m,) in the order in which they are drawn: which part, who, which share."""
        parts = np.asarray(part, dtype=np.int64)
        order = np.argsort(parts.astype(np.int16), kind="stable")  # a radix sort
        shares = np.broadcast_to(np.asarray(share, dtype=np.float32), parts.shape)[order]
        packed = (parts * (1 << 32) + who)[order]
        if self._kept is not None:
            before, before_shares = self._kept
            if np.array_equal(before, packed) and np.array_equal(before_shares, shares):
                return
        self._kept = packed, shares
        flat = self._entries.reshape(-1, 2)
        flat[: len(order), 0] = who[order]
        flat[: len(order), 1] = shares
        geom.refill(self._texture, self._entries)
        counts = np.bincount(parts, minlength=len(self._parts)).tolist()
        first = 0
        for made, count in zip(self._parts, counts, strict=True):
            made.draw(first, count)
            first += count


class Part:
    """One geometry of a cast.

    side : 0 draws both sides of its triangles; 1 only the outer one; -1 only the outer one of
           people who are mirror images, whose triangles turn the other way round
    """

    def __init__(self, name: str, mesh: Mesh, side: int = 0) -> None:
        self.path = geom.everywhere(NodePath(geom.to_node(mesh, name)))
        if side == 0:
            self.path.setTwoSided(True)
        elif side < 0:
            self.path.setAttrib(CullFaceAttrib.make(CullFaceAttrib.MCullCounterClockwise))
        self._live = Live(u_first=1)
        self.path.setShaderInputs(**self._live.inputs())
        self.first, self.count = 0, 0
        self.path.hide()

    def draw(self, first: int, count: int) -> None:
        """Draws so many of the list, from the first on, or nothing."""
        if count and first != self.first:
            self._live.write("u_first", [first])
            self.first = first
        if count == self.count:
            return
        self.count = count
        if not count:
            self.path.hide()
            return
        self.path.setInstanceCount(count)
        self.path.show()
