"""The whole dream as one scene graph, and what a State does to it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from panda3d.core import NodePath, Texture

from models import courtyard as courtyard_model
from models.gathering import gather
from world.scene.airborne import build_bells, build_breath, build_glints
from world.scene.binary import build_binary
from world.scene.crowd import Crowd
from world.scene.dawns import build_dawns
from world.scene.place import CrackTexture, build_place, build_sky, declare_bins, field_textures
from world.scene.stars import build_stars
from world.timeline import State, Visit

Vec3 = tuple[float, float, float]
Array = NDArray[np.float64]

PEOPLE = 140


class Detail(Protocol):
    """How much of everything there is; render's Quality says so."""

    @property
    def motes(self) -> int: ...

    @property
    def flowers(self) -> int: ...

    @property
    def stars(self) -> int: ...

    @property
    def people_detail(self) -> float: ...


class Scene:
    """Builds every part once; `update` is called for each frame and each eye."""

    def __init__(self, seed: int, detail: Detail, people: int = PEOPLE) -> None:
        declare_bins()
        self.root = NodePath("dream")
        self.courtyard = courtyard_model.build(seed)
        self.people = gather(people, seed)
        self._cracks = CrackTexture(self.courtyard)
        self.textures: dict[str, Texture] = {
            **field_textures(seed),
            "u_cracks": self._cracks.texture,
        }
        self._build_ground(seed, detail)
        self._build_night(seed, detail)

    def _build_ground(self, seed: int, detail: Detail) -> None:
        """What stands in the courtyard until it dissolves."""
        self.ground = self.root.attachNewNode("ground")
        build_place(self.courtyard).reparentTo(self.ground)
        build_sky().reparentTo(self.root)
        stood = np.column_stack([self.people.x, self.people.y])
        floor = courtyard_model.floor_height(self.courtyard, stood)
        self.crowd = Crowd(self.people, floor, detail.people_detail)
        self.crowd.root.reparentTo(self.ground)
        for path in (build_bells(), build_glints(seed), build_breath(self.people, floor)):
            path.reparentTo(self.ground)

    def _build_night(self, seed: int, detail: Detail) -> None:
        """What there is afterwards."""
        self.stars = build_stars(detail.stars, seed)
        self.binary, self.dawns = build_binary(seed), build_dawns(seed)
        for path in (self.stars, self.binary, self.dawns):
            path.reparentTo(self.root)

    def update(
        self, state: State, eye: Vec3, turn: Array, visit: Visit, embodied: bool
    ) -> Array:
        """Follows a state as seen from an eye; returns where the orb is, (3,) world metres.

        `turn` has the camera's right, forward and up as columns. `embodied` says whether the
        camera is the visitor, so that the hand and orb are held before it.
        """
        self._cracks.stand((visit.step.x, visit.step.y))
        self.crowd.update(eye)
        _show(self.ground, state.dissolve < 1.0)
        _show(self.stars, state.stars > 0.0)
        _show(self.binary, state.binary > 0.0)
        _show(self.dawns, state.dawn_count > 0.0 or state.last_dawn > 0.0)
        return np.asarray(eye) + turn @ np.array([0.1, 0.45, -0.12])

    @staticmethod
    def feet(eye: Vec3, visit: Visit, embodied: bool) -> tuple[float, float]:
        """Where the visitor stands, metres: below the eye, or where they raised the orb."""
        return (eye[0], eye[1]) if embodied else (visit.raised.x, visit.raised.y)


def _show(path: NodePath, wanted: bool) -> None:
    if path.isHidden() == wanted:
        path.show() if wanted else path.hide()
