"""The sun's map: how far its light comes, seen from the sun over the whole courtyard.

It never follows the eye. What stands is drawn once and kept; each frame copies the part of it
where people are, and draws them over it.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import ArrayLike
from panda3d.core import (
    ClockObject,
    DepthTestAttrib,
    LMatrix4,
    LPoint3,
    NodePath,
    OrthographicLens,
    RenderAttrib,
    SamplerState,
    Texture,
)

from world.render.graphics import Graphics
from world.render.passes import Pass, Size, buffer, camera_for, fill
from world.render.shader import Shaders
from world.scene.geom import PASSES

SUN_DIRECTION = (-0.99692, 0.0, 0.07846)  # 4.5 degrees up in the west
WIDTH, HEIGHT = 116.0, 24.0  # metres that the map spans
NEAR, FAR = 1.0, 260.0
FROM = 130.0  # metres from the middle at which the map's camera stands
BIAS = LMatrix4(0.5, 0, 0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0.5, 0.5, 0.5, 1)
WHOLE = (0.0, 1.0, 0.0, 1.0)


class SunMap:
    """Two maps of one view.

    stone   : what never moves, drawn once
    whole   : that and everybody, drawn in each frame; shaders compare with its depth
    matrix  : world to the map's texture space
    cameras : of both, in the order in which they draw

    `within` (2, 3) are the corners of a box, world metres, that everybody who moves stays in.
    """

    def __init__(
        self, graphics: Graphics, shaders: Shaders, root: NodePath, size: Size, within: ArrayLike
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
        self._copied = self.whole.output.getDisplayRegion(
            self.whole.output.getNumDisplayRegions() - 1
        )
        self.cameras = [_camera(made, root) for made in (self.stone, self.whole)]
        people = self.whole.output.getDisplayRegion(self.whole.output.getNumDisplayRegions() - 1)
        people.setSort(1)
        camera = self.cameras[1]
        self.matrix = root.getMat(camera) * camera.node().getLens().getProjectionMat() * BIAS
        self._part = part_of(self.matrix, within, size)
        self.reload(shaders)

    @property
    def depth(self) -> Texture:
        """The map that shaders look up."""
        assert self.whole.depth is not None
        return self.whole.depth

    def reload(self, shaders: Shaders) -> None:
        """Takes the copying shader anew, and draws what stands again with the next frame."""
        assert self.whole.path is not None
        self.whole.path.setShader(shaders.get("post", "depth"))
        self.stone.output.setOneShot(True)
        self._copied.setDimensions(*WHOLE)
        self._fresh_at: int | None = _frame()

    def update(self) -> None:
        """Copies only the part where people are, once the whole has been copied."""
        if self._fresh_at is not None and _frame() > self._fresh_at:
            self._copied.setDimensions(*self._part)
            self._fresh_at = None


def part_of(matrix: LMatrix4, within: ArrayLike, size: Size) -> tuple[float, float, float, float]:
    """Left, right, bottom and top, 0 to 1, of the part of a map of `size` that a box covers.

    Widened to whole texels. `matrix` takes world to texture space, `within` (2, 3) is the box.
    """
    box = np.asarray(within, dtype=np.float64)
    corners = [
        matrix.xformPoint(LPoint3(*(float(box[pick, axis]) for axis, pick in enumerate(picks))))
        for picks in itertools.product((0, 1), repeat=3)
    ]
    seen = np.array([[corner[0], corner[1]] for corner in corners])
    low = np.floor(np.clip(seen.min(axis=0), 0.0, 1.0) * size) / size
    high = np.ceil(np.clip(seen.max(axis=0), 0.0, 1.0) * size) / size
    return float(low[0]), float(high[0]), float(low[1]), float(high[1])


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
