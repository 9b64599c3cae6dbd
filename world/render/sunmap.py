"""The sun's map: how far its light comes, seen from the sun over the whole courtyard.

It never follows the eye. What stands is drawn once and kept; each frame copies the parts of it
where people are, and draws them over it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import (
    ClockObject,
    DepthTestAttrib,
    LMatrix4,
    NodePath,
    OrthographicLens,
    RenderAttrib,
    SamplerState,
    Texture,
)

from models.mesh import Mesh
from world.render.graphics import Graphics
from world.render.passes import Pass, Size, buffer, camera_for, fill
from world.render.shader import Shaders
from world.scene.geom import PASSES, to_node

SUN_DIRECTION = (-0.99692, 0.0, 0.07846)  # 4.5 degrees up in the west
WIDTH, HEIGHT = 116.0, 24.0  # metres that the map spans
NEAR, FAR = 1.0, 260.0
FROM = 130.0  # metres from the middle at which the map's camera stands
BIAS = LMatrix4(0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0.5, 0.5, 0.5, 1)
CELLS = (128, 64)  # into which the map is parted to say where people are


class SunMap:
    """Two maps of one view.

    stone   : what never moves, drawn once
    whole   : that and everybody, drawn in each frame; shaders compare with its depth
    matrix  : world to the map's texture space
    cameras : of both, in the order in which they draw

    `boxes` (n, 2, 3) are the corners, world metres, of what each one who moves stays in.
    """

    def __init__(
        self, graphics: Graphics, shaders: Shaders, root: NodePath, size: Size, boxes: ArrayLike
    ) -> None:
        self.stone = _map(graphics, "stone-shadow", size, -95)
        self.whole = _map(graphics, "shadow", size, -90)
        source = self.stone.depth
        assert source is not None
        source.setMinfilter(SamplerState.FTNearest)
        source.setMagfilter(SamplerState.FTNearest)
        self.whole.output.setClearDepthActive(False)
        self.whole.path = fill(self.whole.output, shaders.get("post", "depth"), "depth")
        self.whole.path.setAttrib(DepthTestAttrib.make(RenderAttrib.MAlways), 100)
        self.whole.path.setDepthWrite(True, 100)
        self.whole.inputs({"u_source": source})
        self.cameras = [_camera(made, root) for made in (self.stone, self.whole)]
        people = self.whole.output.getDisplayRegion(self.whole.output.getNumDisplayRegions() - 1)
        people.setSort(1)
        camera = self.cameras[1]
        self.matrix = root.getMat(camera) * camera.node().getLens().getProjectionMat() * BIAS
        self._parts = NodePath(to_node(quads(covered(self.matrix, boxes)), "parts"))
        self._parts.setTwoSided(True)
        self._parts.reparentTo(self.whole.path.getParent())
        self._parts.setState(self.whole.path.getState().compose(self._parts.getState()))
        self.reload(shaders)

    @property
    def depth(self) -> Texture:
        """The map that shaders look up."""
        assert self.whole.depth is not None
        return self.whole.depth

    def reload(self, shaders: Shaders) -> None:
        """Takes the copying shader anew, and draws what stands again with the next frame."""
        assert self.whole.path is not None
        for path in (self.whole.path, self._parts):
            path.setShader(shaders.get("post", "depth"))
        self.stone.output.setOneShot(True)
        self.whole.path.show()
        self._parts.hide()
        self._fresh_at: int | None = _frame()

    def update(self) -> None:
        """Copies only the parts where people are, once the whole has been copied."""
        if self._fresh_at is not None and _frame() > self._fresh_at:
            assert self.whole.path is not None
            self.whole.path.hide()
            self._parts.show()
            self._fresh_at = None


def covered(matrix: LMatrix4, boxes: ArrayLike) -> NDArray[np.bool_]:
    """Which cells of a map boxes may be seen in: `CELLS` of them, rows from the map's bottom.

    `matrix` takes world to texture space; `boxes` (n, 2, 3) are corners in world metres.
    """
    corners = np.asarray(boxes, dtype=np.float64).reshape(-1, 2, 3)
    taken = np.array(matrix, dtype=np.float64).reshape(4, 4)
    middle = corners.mean(axis=1) @ taken[:3, :2] + taken[3, :2]
    half = np.abs(np.diff(corners, axis=1)[:, 0] / 2.0) @ np.abs(taken[:3, :2])
    low = np.floor(np.clip(middle - half, 0.0, 1.0) * CELLS).astype(int)
    high = np.ceil(np.clip(middle + half, 0.0, 1.0) * CELLS).astype(int)
    cells = np.zeros(CELLS[::-1], dtype=bool)
    for (left, bottom), (right, top) in zip(low, high, strict=True):
        cells[bottom:top, left:right] = True
    return cells


def quads(cells: NDArray[np.bool_]) -> Mesh:
    """A rectangle in clip space over each run of cells in a row."""
    edges = np.diff(np.pad(cells, ((0, 0), (1, 1))).astype(int), axis=1)
    row, left = np.nonzero(edges > 0)
    right = np.nonzero(edges < 0)[1]
    x = np.stack([left, right, right, left], axis=1) / cells.shape[1]
    y = np.stack([row, row, row + 1, row + 1], axis=1) / cells.shape[0]
    places = np.stack([x, y, np.full_like(x, 0.5)], axis=2).reshape(-1, 3) * 2.0 - 1.0
    upward = np.tile(np.array([0.0, 0.0, 1.0], dtype=np.float32), (len(places), 1))
    corners = np.array([[0, 1, 2], [0, 2, 3]])
    triangles = (4 * np.arange(len(row))[:, None, None] + corners).reshape(-1, 3).astype(np.int32)
    return Mesh(places.astype(np.float32), upward, triangles)


def _frame() -> int:
    return int(ClockObject.getGlobalClock().getFrameCount())


def _map(graphics: Graphics, name: str, size: Size, sort: int) -> Pass:
    made = buffer(graphics, name, size, sort, color=None, depth=True)
    assert made.depth is not None
    made.depth.setMinfilter(SamplerState.FTShadow)
    made.depth.setMagfilter(SamplerState.FTShadow)
    made.depth.setWrapU(SamplerState.WMBorderColor)
    made.depth.setWrapV(SamplerState.WMBorderColor)
    made.depth.setBorderColor((1, 1, 1, 1))
    return made


def _camera(made: Pass, root: NodePath) -> NodePath:
    lens = OrthographicLens()
    lens.setFilmSize(WIDTH, HEIGHT)
    lens.setNearFar(NEAR, FAR)
    path = camera_for(made.output, root, PASSES[made.name])
    path.node().setLens(lens)
    x, y, z = (component * FROM for component in SUN_DIRECTION)
    path.setPos(x, y, z + HEIGHT * 0.2)
    path.lookAt(0, 0, HEIGHT * 0.2)
    return path
