"""The witnesses on the GPU: one geometry for each drape and level of detail, instanced, and one
for each face; which face belongs to which drape is the person's own.

A person is five texels (see `_person_rows`); which people a geometry draws is a list of
indices in a one-row texture, sent again only when somebody changes level. All motion is in
shaders/lib/bearing.glsl, all moods in shaders/face.vert.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import LMatrix4f, LVecBase3f, NodePath, Texture

from models import bake, posture
from models.features import FACES
from models.gathering import COLOURS, People
from models.mesh import Mesh
from world.scene import geom

LEVEL_ENDS = (2.8, 6.5, 14.0, 30.0)  # metres from the eye at which the next coarser level begins
FACE_LEVELS = (
    3  # finest levels whose faces are drawn by themselves; further off a drape has its own
)
SHADOW_RING = 16.0  # metres from the middle within which shadows are finer
NOBODY = -1


class Crowd:
    """Instanced people; `root` is the node to hang in the scene.

    people : where they stand and what they wear
    floor  : (n,) the floor's height under each, metres
    detail : above 1 keeps the finer levels further away, below 1 drops them sooner
    """

    def __init__(self, people: People, floor: ArrayLike, detail: float = 1.0) -> None:
        self.people = people
        self.root = NodePath("crowd")
        self._places = np.column_stack(
            [people.x, people.y, np.broadcast_to(np.asarray(floor), (len(people),)) + 1.2]
        ).astype(np.float32)
        self._ends = np.asarray(LEVEL_ENDS) * detail
        self._level = np.full(len(people), NOBODY, dtype=np.int32)
        table = geom.texture(_person_rows(people, floor), "people", filtered=False)
        self._nodes = [
            [self._node(name, level, table) for level in range(len(LEVEL_ENDS) + 1)]
            for name in posture.DRAPES
        ]
        postures = geom.texture(posture_rows(), "postures", filtered=False)
        self._faces = [
            [self._face(name, level, table, postures) for level in range(FACE_LEVELS)]
            for name in FACES
        ]
        self._cast_shadows(table, 0 if detail >= 1.0 else 1)

    def update(self, eye: ArrayLike) -> None:
        """Chooses each person's level by the distance from the eye (3,), world metres."""
        away = np.linalg.norm(self._places - np.asarray(eye, dtype=np.float32), axis=1)
        level = np.searchsorted(self._ends, away).astype(np.int32)
        if np.array_equal(level, self._level):
            return
        for column, nodes in (
            (self.people.drape, self._nodes),
            (self.people.face, self._faces),
        ):
            for row, rank in _changed(column, self._level, level):
                if rank < len(nodes[row]):
                    nodes[row][rank].draw(np.flatnonzero((column == row) & (level == rank)))
        self._level = level

    def counts(self) -> list[int]:
        """How many people are drawn at each level, finest first."""
        return [int((self._level == rank).sum()) for rank in range(len(LEVEL_ENDS) + 1)]

    def _face(self, name: str, level: int, table: Texture, postures: Texture) -> _Instances:
        mesh = bake.load("faces", f"{name}-{level}")
        instances = _Instances(f"{name}-face", mesh, table, len(self.people))
        instances.path.setShaderInput("u_postures", postures)
        geom.drawable(instances.path, "face", "scene mirror").reparentTo(self.root)
        return instances

    def _node(self, name: str, level: int, table: Texture) -> _Instances:
        instances = _Instances(name, bake.load(name, str(level)), table, len(self.people))
        instances.pose(posture.DRAPES[name])
        geom.drawable(instances.path, "crowd", "scene mirror").reparentTo(self.root)
        return instances

    def _cast_shadows(self, table: Texture, finest: int) -> None:
        """Nodes for the sun alone, never changed, so that no shadow ever pops.

        Who stands far from the middle casts a coarser shadow.
        """
        outside = np.hypot(self.people.x, self.people.y) > SHADOW_RING
        for drape, name in enumerate(posture.DRAPES):
            for level, far in ((finest, False), (finest + 1, True)):
                mesh = bake.load(name, f"shadow-{level}")
                instances = _Instances(f"{name}-shadow", mesh, table, len(self.people))
                instances.pose(posture.DRAPES[name])
                geom.drawable(instances.path, "crowd", "shadow").reparentTo(self.root)
                instances.draw(np.flatnonzero((self.people.drape == drape) & (outside == far)))


class _Instances:
    """One geometry and the list of the people that it draws."""

    def __init__(self, name: str, mesh: Mesh, table: Texture, room: int) -> None:
        self._indices = np.zeros((1, max(room, 1)), dtype=np.float32)
        self._texture = geom.texture(self._indices, f"{name}-indices", filtered=False)
        self.path = geom.everywhere(NodePath(geom.to_node(mesh, name)))
        self.path.setTwoSided(True)
        self.path.setShaderInput("u_people", table)
        self.path.setShaderInput("u_chosen", self._texture)
        self.path.hide()

    def pose(self, drape: posture.Drape) -> None:
        """Gives the geometry the joints of its drape."""
        waist, chest, neck = posture.pivots(drape)
        for joint, place in (("u_waist", waist), ("u_chest", chest), ("u_neck", neck)):
            self.path.setShaderInput(joint, LVecBase3f(*map(float, place)))
        head = np.linalg.inv(posture.head_frame(drape))
        self.path.setShaderInput("u_to_head", LMatrix4f(*map(float, head.T.reshape(-1))))
        rest = (posture.REST_BOW, posture.nod_at_rest(drape), float(drape.kneel))
        self.path.setShaderInput("u_pose", LVecBase3f(*map(float, rest)))

    def draw(self, chosen: NDArray[np.integer]) -> None:
        """Draws these people (indices), or nothing."""
        if not len(chosen):
            self.path.hide()
            return
        self._indices[0, : len(chosen)] = chosen
        geom.refill(self._texture, self._indices)
        self.path.setInstanceCount(len(chosen))
        self.path.show()


def _changed(
    column: NDArray[np.int32], before: NDArray[np.int32], after: NDArray[np.int32]
) -> list[tuple[int, int]]:
    """Pairs of a row (drape or face) and a level that people leave or join."""
    moved = before != after
    pairs = np.concatenate(
        [np.column_stack([column, level])[moved & (level != NOBODY)] for level in (before, after)]
    )
    return [(int(row), int(level)) for row, level in np.unique(pairs, axis=0)]


def _person_rows(people: People, floor: ArrayLike) -> NDArray[np.float32]:
    """(n, 5, 4): x y z heading; scale mirror phase dirt; red green blue (linear) of the robe and
    the drape; linen (1) or hair (0), age, woman, beard; the head's width and length of the
    canon's, and the upper lid's rim at rest, radians.
    """
    count = len(people)
    rows = np.zeros((max(count, 1), 5, 4), dtype=np.float32)
    ground = np.broadcast_to(np.asarray(floor, dtype=np.float32), (count,))
    rows[:count, 0] = np.column_stack([people.x, people.y, ground, people.heading])
    rows[:count, 1] = np.column_stack([people.scale, people.mirror, people.phase, people.dirt])
    rows[:count, 2, :3] = _linear(COLOURS)[people.colour]
    rows[:count, 2, 3] = people.drape
    kinds = [(float(f.hair == "linen"), f.age, f.woman, f.beard) for f in FACES.values()]
    lids = np.radians([f.calm().lid for f in FACES.values()])
    rows[:count, 3] = np.array(kinds)[people.face]
    rows[:count, 4, :3] = np.column_stack([people.wide, people.long, lids[people.face]])
    return rows


def posture_rows() -> NDArray[np.float32]:
    """(drapes, 7, 4): waist, chest, neck; bow, nod and kneeling at rest; head space to person
    space at rest, three rows."""
    rows = np.zeros((len(posture.DRAPES), 7, 4), dtype=np.float32)
    for row, drape in zip(rows, posture.DRAPES.values(), strict=True):
        row[:3, :3] = posture.pivots(drape)
        row[3, :3] = (posture.REST_BOW, posture.nod_at_rest(drape), float(drape.kneel))
        row[4:] = posture.head_frame(drape)[:3]
    return rows


def _linear(codes: Sequence[int]) -> NDArray[np.float64]:
    """sRGB codes 0xRRGGBB to linear light (k, 3), by IEC 61966-2-1."""
    codes_ = np.asarray(codes)[:, None] >> np.array([16, 8, 0]) & 255
    shares = codes_ / 255
    out: NDArray[np.float64] = np.where(
        shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4
    )
    return out
