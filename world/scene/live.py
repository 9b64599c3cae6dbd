"""Shader inputs that change with every frame.

Giving a node a new shader input makes a new render state, and Panda3D keeps those: some ten
kilobytes a frame. An array that is given once and refilled in place makes none.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike
from panda3d.core import PTA_float, PTA_LMatrix4f, PTA_LVecBase2f, PTA_LVecBase3f, PTA_LVecBase4f

KINDS = {
    1: PTA_float,
    2: PTA_LVecBase2f,
    3: PTA_LVecBase3f,
    4: PTA_LVecBase4f,
    16: PTA_LMatrix4f,
}


class Live:
    """Named uniforms of so many floats each; 16 are a matrix, laid out as Panda3D's rows."""

    def __init__(self, **floats: int) -> None:
        unknown = sorted(set(floats.values()) - set(KINDS))
        if unknown:
            raise ValueError(f"a uniform has 1, 2, 3, 4 or 16 floats, not {unknown[0]}")
        self._floats = floats
        self._arrays = {name: KINDS[count].emptyArray(1) for name, count in floats.items()}
        for name, count in floats.items():
            self.write(name, np.zeros(count))

    def inputs(self) -> Mapping[str, object]:
        """What `NodePath.setShaderInputs` is given, once."""
        return self._arrays

    def write(self, name: str, values: ArrayLike) -> None:
        """Puts numbers where the next draw finds them."""
        data = np.ascontiguousarray(values, dtype=np.float32).ravel()
        if data.size != self._floats[name]:
            raise ValueError(f"{name} has {self._floats[name]} floats, not {data.size}")
        self._arrays[name].setData(data.tobytes())
