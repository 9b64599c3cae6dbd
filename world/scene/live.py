"""Shader inputs that change with every frame.

Giving a node a new shader input makes a new render state, and Panda3D keeps those: some ten
kilobytes a frame. An array that is given once and refilled in place makes none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    """Named uniforms of so many floats each; 16 are a matrix, laid out as Panda3D's rows.

    Raises ValueError for a number of floats that no uniform has.
    """

    def __init__(self, **floats: int | tuple[int, int]) -> None:
        """`u_name=3` is a vec3, `u_name=(9, 3)` an array of nine."""
        self._floats: dict[str, int] = {}
        self._arrays: dict[str, Any] = {}
        for name, shape in floats.items():
            rows, count = shape if isinstance(shape, tuple) else (1, shape)
            if count not in KINDS:
                raise ValueError(f"a uniform has 1, 2, 3, 4 or 16 floats, not {count}")
            self._floats[name] = rows * count
            self._arrays[name] = KINDS[count].emptyArray(rows)
            self.write(name, np.zeros(rows * count))

    def inputs(self) -> Mapping[str, object]:
        """What `NodePath.setShaderInputs` is given, once."""
        return self._arrays

    def write(self, name: str, values: ArrayLike) -> None:
        """Puts numbers where the next draw finds them."""
        data = np.ascontiguousarray(values, dtype=np.float32).ravel()
        if data.size != self._floats[name]:
            raise ValueError(f"{name} has {self._floats[name]} floats, not {data.size}")
        self._arrays[name].setData(data.tobytes())
