"""The whole dream as one scene graph, and what a State does to it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from panda3d.core import NodePath, Texture

from models.cache import remembered
from models.people.gathering import gather
from models.place import courtyard as courtyard_model
from models.place.afar import build_afar
from models.sky.stars import VEGA
from world.scene import fallen, geom, hand
from world.scene.airborne import build_bells, build_breath, build_glints
from world.scene.binary import build_binary
from world.scene.crowd import Crowd
from world.scene.dawns import build_dawns
from world.scene.daylight import ground_texture, light_textures
from world.scene.feet import Feet
from world.scene.flowers import build_flowers
from world.scene.levels import View
from world.scene.live import Live
from world.scene.motes import build_motes, no_motes, share_of
from world.scene.orb import build_orb, build_vapour
from world.scene.place import (
    CrackTexture,
    Place,
    build_sky,
    declare_bins,
    field_textures,
    in_pieces,
)
from world.scene.remains import remains
from world.scene.roots import build_roots
from world.scene.smoke import build_plumes, build_rim, build_tendrils
from world.scene.stars import build_stars
from world.timeline import State, Visit

Array = NDArray[np.float64]

PEOPLE = 140
STANDING, LYING = 1.2, 2.0  # metres about where somebody stands, or lies, that they stay in
TALLEST = 2.4
FLIGHT = 400.0  # metres that the orb flies towards its star


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

    @property
    def far_stone(self) -> tuple[float, float, float, float]: ...


AFAR_PIECE = 90.0  # metres: ruins afar are culled in squares of this size


@dataclass(frozen=True)
class Sight:
    """An eye as the scene needs it.

    eye      : (3,) world metres
    turn     : (3, 3), the camera's right, forward and up as columns
    half     : tangent of half the height of its view
    embodied : whether it is the visitor's own, who holds hand and orb before it
    wide     : tangent of half its width
    """

    eye: Array
    turn: Array
    half: float
    embodied: bool = True
    wide: float = math.inf


class Scene:
    """Builds every part once; `update` is called for each frame and each eye."""

    def __init__(self, seed: int, detail: Detail, people: int = PEOPLE) -> None:
        declare_bins()
        self.root = NodePath("dream")
        self.courtyard = remembered(courtyard_model.build, seed)
        self.people = gather(people, seed)
        self._cracks = CrackTexture(self.courtyard)
        self.textures: dict[str, Texture] = {
            **field_textures(seed),
            **light_textures(),
            "u_cracks": self._cracks.texture,
            "u_lips": geom.texture(self.courtyard.shade, "lips"),
        }
        self._seed, self._detail = seed, detail
        self._build_ground(seed, detail)
        self._build_night(seed, detail)
        self.textures["u_ground"] = ground_texture(self.courtyard, self.people, self.flowers.rows)

    def _build_ground(self, seed: int, detail: Detail) -> None:
        """What stands in the courtyard until it dissolves."""
        self.ground = self.root.attachNewNode("ground")
        self.place = Place(self.courtyard, *detail.far_stone)
        self.place.root.reparentTo(self.ground)
        afar = self.ground.attachNewNode("afar")
        for piece in in_pieces(remembered(build_afar, seed), AFAR_PIECE).values():
            node = afar.attachNewNode(geom.to_node(piece, "afar"))
            geom.drawable(node, "land", "scene mirror")
        build_sky().reparentTo(self.root)
        stood = np.column_stack([self.people.x, self.people.y])
        self._floor = floor = courtyard_model.floor_height(self.courtyard, stood)
        self.crowd = Crowd(self.people, floor, detail.people_detail)
        self.crowd.root.reparentTo(self.ground)
        self.textures.update(self.crowd.textures)
        self.fallen = fallen.Fallen(detail.people_detail)
        self.fallen.root.reparentTo(self.ground)
        self.flowers = build_flowers(self.courtyard, detail.flowers, seed, detail.people_detail)
        self.flowers.root.reparentTo(self.ground)
        self.hand = hand.Hand(detail.people_detail)
        self.hand.path.reparentTo(self.root)
        stone = partial(courtyard_model.floor_height, self.courtyard)
        self.barefoot = Feet(stone, detail.people_detail)
        self.barefoot.path.reparentTo(self.ground)
        self.orb, self.vapour = build_orb(), build_vapour(seed, detail.people_detail)
        self._tips = Live(u_tips=(10, 3))
        self.vapour.setShaderInputs(**self._tips.inputs())
        self.tendrils, self.rim = build_tendrils(detail.people_detail), build_rim()
        self.plumes = build_plumes(self.courtyard.graph, seed)
        self.roots = build_roots(self.courtyard.graph, stone, seed, 0.5 * detail.people_detail)
        self.roots.reparentTo(self.ground)
        self.motes, self._gathered = build_motes(no_motes()), False
        for path in (self.orb, self.vapour, self.motes):
            path.reparentTo(self.root)
        airborne = [build_bells(), build_glints(seed), build_breath(self.people, floor)]
        for path in (*airborne, self.rim, self.plumes, self.tendrils):
            path.reparentTo(self.ground)
        self.parts = {
            "place": [self.place.root, afar],
            "people": [self.crowd.root],
            "fallen": [self.fallen.root],
            "flowers": [self.flowers.root],
            "hand": [self.hand.path, self.barefoot.path, self.orb, self.vapour],
            "air": [*airborne, self.rim, self.plumes, self.tendrils, self.roots],
        }

    def _build_night(self, seed: int, detail: Detail) -> None:
        """What there is afterwards."""
        self.stars = build_stars(detail.stars, seed)
        self.night = self.stars.find("night")
        self.binary, self.dawns = build_binary(seed), build_dawns(seed)
        for path in (self.stars, self.binary, self.dawns):
            path.reparentTo(self.root)

    def update(self, state: State, sight: Sight, visit: Visit) -> Array:
        """Follows a state as it is seen; returns where the orb is, (3,) world metres."""
        self._cracks.stand((visit.step.x, visit.step.y))
        self.place.update(sight.eye)
        self.crowd.update(sight.eye, View(sight.eye, sight.turn, sight.wide, sight.half))
        self.fallen.update(sight.eye)
        self.flowers.update(sight.eye, state.flowers_front)
        if sight.embodied:
            self.hand.update(state)
            if state.gather > 0.0:  # nobody else asks where they are
                self._tips.write("u_tips", through_lens(hand.fingertips(state), sight))
            diagonal = math.atan(math.hypot(sight.half, sight.wide))
            down = -float(sight.turn[2, 1])
            self.barefoot.stand(sight.eye, self.stance(sight), down, diagonal)
        else:
            self.hand.path.hide()
            self.barefoot.path.hide()
        if state.held > 0.5 or state.dissolve > 0.0:
            self._wake_motes()
        _show(self.motes, state.dissolve > 0.0)
        _show(self.ground, state.dissolve < 1.0)
        _show(self.plumes, state.mist > 0.0)
        _show(self.rim, 0.0 < state.bow_mist < 1.0)
        _show(self.tendrils, state.tendril > 0.0)
        _show(self.roots, state.roots > 0.0)
        _show(self.vapour, state.gather > 0.0)
        _show(self.orb, state.orb > 0.0 and state.orb_flight < 1.0)
        _show(self.stars, state.stars > 0.0)
        _show(self.night, state.afloat > 0.0)
        _show(self.binary, state.binary > 0.0)
        _show(self.dawns, state.dawn_count > 0.0 or state.last_dawn > 0.0)
        return orb_place(state, sight, visit)

    def _wake_motes(self) -> None:
        """Gathers the motes while the world holds its breath, when a moment's work goes unseen."""
        if self._gathered:
            return
        self._gathered = True
        rows = self.flowers.rows
        motes = remains(
            self.courtyard, self.people, self._floor, rows, self._detail.motes, self._seed
        )
        full = build_motes(motes)
        self.motes.node().removeAllGeoms()
        self.motes.node().addGeomsFrom(full.node())
        self.motes.setShaderInput("u_share", share_of(len(motes)))

    def bounds(self) -> Array:
        """Corners (n, 2, 3), world metres, of the box that each whose shadow moves stays in."""
        x, y = (each[self.crowd.shadows_move] for each in (self.people.x, self.people.y))
        stood = np.column_stack([x, y, np.zeros(len(x))])
        places = np.vstack([stood, np.zeros((1, 3))])
        wide = np.append(np.full(len(stood), STANDING), LYING)[:, None] * (1.0, 1.0, 0.0)
        return np.stack([places - wide - (0.0, 0.0, 0.3), places + wide + (0.0, 0.0, TALLEST)], 1)

    @staticmethod
    def feet(sight: Sight, visit: Visit) -> tuple[float, float]:
        """Where the visitor stands, metres: below the eye, or where they raised the orb."""
        x, y = float(sight.eye[0]), float(sight.eye[1])
        return (x, y) if sight.embodied else (visit.raised.x, visit.raised.y)

    @staticmethod
    def stance(sight: Sight) -> tuple[float, float]:
        """Unit vector to the visitor's right, along the ground; who is only seen faces west."""
        if not sight.embodied:
            return 0.0, 1.0
        right = sight.turn[:2, 0] / max(float(np.hypot(*sight.turn[:2, 0])), 1e-6)
        return float(right[0]), float(right[1])


def through_lens(points: Array, sight: Sight) -> Array:
    """World places (…, 3) that look through the scene's lens as `points` in camera space look
    through the hand's own."""
    scale = sight.half / hand.HALF
    return np.asarray(sight.eye + (points * (scale, 1.0, scale)) @ sight.turn.T)


def orb_place(state: State, sight: Sight, visit: Visit) -> Array:
    """Where the orb is (3,): over the hand, or with the visitor who is seen, or on its way."""
    if sight.embodied:
        place = through_lens(hand.orb_offset(state), sight)
    else:
        stance = visit.step if state.roots_time > 0.0 else visit.raised
        place = np.array([stance.x - 0.45, stance.y, 1.25 + 0.75 * state.raised])
    flight = state.orb_flight
    star = sight.eye + FLIGHT * np.asarray(VEGA, dtype=np.float64)
    return np.asarray(place + (star - place) * flight**3)


def _show(path: NodePath, wanted: bool) -> None:
    if path.isHidden() == wanted:
        path.show() if wanted else path.hide()
