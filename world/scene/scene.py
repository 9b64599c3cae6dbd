"""The whole dream as one scene graph, and what a State does to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from panda3d.core import NodePath, Texture

from models import courtyard as courtyard_model
from world.scene.place import CrackTexture, build_place, build_sky, declare_bins, field_textures
from world.timeline import State, Visit


@dataclass(frozen=True)
class Detail:
    """How much of everything there is."""

    people: int = 140
    motes: int = 200_000
    flowers: int = 4000
    stars: int = 9000
    near_people: float = 4.0


class Scene:
    """Builds every part once; `update` is called for each frame and each eye."""

    def __init__(self, seed: int, detail: Detail) -> None:
        declare_bins()
        self.root = NodePath("dream")
        self.courtyard = courtyard_model.build(seed)
        self._cracks = CrackTexture(self.courtyard)
        self.textures: dict[str, Texture] = {
            **field_textures(seed),
            "u_cracks": self._cracks.texture,
        }
        self.ground = self.root.attachNewNode("ground")
        build_place(self.courtyard).reparentTo(self.ground)
        build_sky().reparentTo(self.root)

    def update(
        self,
        state: State,
        eye: tuple[float, float, float],
        turn: NDArray[np.float64],
        visit: Visit,
        embodied: bool,
    ) -> NDArray[np.float64]:
        """Follows a state as seen from an eye; returns where the orb is, (3,) world metres.

        `turn` has the camera's right, forward and up as columns. `embodied` says whether the
        camera is the visitor, so that the hand and orb are held before it.
        """
        self._cracks.stand((visit.step.x, visit.step.y))
        return np.asarray(eye) + turn @ np.array([0.1, 0.45, -0.12])
