"""The one place where the names of `State` cross into GLSL."""

from __future__ import annotations

import numpy as np
from panda3d.core import PTA_LVecBase4f

from world.timeline import FIELDS, State

ROWS = -(-len(FIELDS) // 4)


def glsl() -> str:
    """The text of shaders/lib/state.glsl: one accessor for each field of State."""
    lines = [
        "// Written by `python -m world.render.uniforms`: the fields of State, four to a vector.",
        "#pragma once",
        f"uniform vec4 u_state[{ROWS}];",
    ]
    for index, name in enumerate(FIELDS):
        lines.append(f"#define S_{name} (u_state[{index // 4}].{'xyzw'[index % 4]})")
    return "\n".join(lines) + "\n"


class StateUniform:
    """A State as one array that is uploaded whole; shaders read it as `S_name`."""

    def __init__(self) -> None:
        self.array = PTA_LVecBase4f.emptyArray(ROWS)
        self._buffer = np.zeros(ROWS * 4, dtype=np.float32)

    def write(self, state: State) -> None:
        """Puts the numbers where the next draw finds them."""
        self._buffer[: len(FIELDS)] = list(vars(state).values())
        self.array.setData(self._buffer.tobytes())


if __name__ == "__main__":
    from world.render.shader import shader_folder

    (shader_folder() / "lib" / "state.glsl").write_text(glsl(), encoding="utf-8")
