"""The visitor's own bare feet and the hem of their robe, on the stone beneath their eye.

What is baked (models/visitor/barefoot.py) is set up by the shaders with `u_feet` and `u_stance`,
which the mist that winds about it has too; here is found on what stone each foot stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from panda3d.core import ColorBlendAttrib, NodePath

from models import bake
from models.coarsen import clustered
from models.visitor.barefoot import SIDES
from world.scene import geom
from world.scene.live import Live

Array = NDArray[np.float64]
Heights = Callable[[Array], Array]  # of the stone (n,) at points (n, 2), metres

EYE = (1.25, 2.1)  # metres over the stone between which an eye is that of somebody who stands
SOLE = 0.055  # metres to each side of a foot's middle that the stone is felt at
MIDDLE = 0.055  # of a foot, ahead of its ankle
LIGHT_CELLS = {"feet": 0.006, "under": 0.045}  # metres between the points of coarser shapes
WITHIN = math.radians(35.0)  # from straight down, that all of them seen from the eye is
STEEPEST = 0.09  # slope that a foot follows; steeper it stands on an edge between slabs


class Feet:
    """Feet, robe and their shade, which only the visitor's own eye sees.

    `stone` is the floor; `detail` below 1 draws coarser shapes.
    """

    def __init__(self, stone: Heights, detail: float = 1.0) -> None:
        self.path = NodePath("barefoot")
        self._stone, self._light = stone, detail < 1.0
        self._live = Live(u_soles=(2, 3))
        shade = self._part("under", "sole")
        multiplied = ColorBlendAttrib.make(
            ColorBlendAttrib.MAdd, ColorBlendAttrib.OZero, ColorBlendAttrib.OIncomingColor
        )
        shade.setAttrib(multiplied)
        shade.setDepthWrite(False)
        shade.setBin("fixed", -2)
        # After their shade, which lies over whatever stone is there.
        self._part("feet", "barefoot").setBin("fixed", -1)
        robe = self._part("hem", "robe")
        robe.setTwoSided(True)
        robe.setBin("background", 0)  # before the stone, much of which it hides
        self.path.setShaderInputs(**self._live.inputs())

    def _part(self, name: str, shader: str) -> NodePath:
        mesh = bake.load("barefoot", name)
        if self._light and name in LIGHT_CELLS:
            mesh = clustered(mesh, LIGHT_CELLS[name])
        node = self.path.attachNewNode(geom.to_node(mesh, name))
        return geom.everywhere(geom.drawable(node, shader, "scene"))

    def stand(
        self, eye: Array, right: tuple[float, float], down: float = 1.0, view: float = 0.0
    ) -> None:
        """Puts them beneath an eye (3,) that is turned so that `right` (2,) is to its right.

        down : how far down it looks, the cosine of its way's angle from straight down
        view : half the diagonal of its view, radians; where they are out of it they are not drawn
        """
        if math.acos(min(max(down, -1.0), 1.0)) - view > WITHIN:
            self.path.hide()
            return
        soles = under_feet(self._stone, eye[:2], right)
        low, high = EYE
        if low < float(eye[2] - soles[:, 0].mean()) < high:
            self._live.write("u_soles", soles)
            self.path.show()
        else:
            self.path.hide()


def under_feet(stone: Heights, at: Array, right: tuple[float, float]) -> Array:
    """Of the stone under the left and right foot (2, 3): its height at the visitor's own origin,
    and its rise to the right and ahead, metres per metre."""
    across = np.array(right, dtype=np.float64)
    ahead = np.array([-across[1], across[0]])
    out = np.zeros((2, 3))
    for row, side in enumerate((-1.0, 1.0)):
        x, y, _ = SIDES[side]
        spots = np.array([[x, y + MIDDLE]]) + SOLE * np.array(
            [[0.0, 0.0], [-0.6, -1.3], [0.6, -1.3], [-0.6, 1.3], [0.6, 1.3]]
        )
        heights = stone(at + spots[:, :1] * across + spots[:, 1:] * ahead)
        rows = np.column_stack([np.ones(len(spots)), spots])
        (_, *slope), *_ = np.linalg.lstsq(rows, heights, rcond=None)
        slope = np.clip(slope, -STEEPEST, STEEPEST)
        out[row] = (np.mean(heights - spots @ slope), *slope)
    return out
