"""The witnesses on the GPU: one geometry for each drape and level of detail, instanced, and one
for each face; which face belongs to which drape is the person's own.

A person is five texels (see `_person_rows`), from which shaders/poses.frag reckons once a frame
how they bear themselves; who is drawn by which geometry is one list (world/scene/instances.py).
The finest levels are the cloth itself, those further off one closed skin (models/people/shells.py).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import CullBinManager, LMatrix4f, LVecBase3f, NodePath, Texture

from models import bake
from models.colour import linear
from models.mesh import Mesh
from models.people import posture, shells
from models.people.features import FACES
from models.people.gathering import COLOURS, People
from models.refine import halved
from world.scene import geom
from world.scene.instances import PEOPLE_BIN, Cast
from world.scene.levels import Ints, View, in_view, mirrored, shares

LEVEL_ENDS = (1.8, 3.8, 7.5, 13.0, 22.0, 38.0)  # metres from the eye at which the next level begins
FARTHER = 1.2  # power of the detail by which levels reach: where it is high, pixels are small too
SMOOTH = 1.2  # detail above which the finest cloth has its triangles halved, for round outlines
CLOTH_LEVELS = 3  # the finest, which are cloth; the others are closed skins
FACE_LEVELS = 4  # the finest, whose faces are drawn by themselves
MIRROR_END = 6.0  # metres at which what polished stone mirrors has its coarsest level
SHADOW_RING = 12.0  # metres from the middle beyond which shadows are drawn once and kept
MIDDLE, REACH = 0.9, 1.25  # metres: a ball about somebody, its height and its radius
SIDES = (1, -1)  # as they are baked, and as mirror images


class Crowd:
    """Instanced people; `root` is the node to hang in the scene.

    people       : where they stand and what they wear
    floor        : (n,) the floor's height under each, metres
    detail       : above 1 keeps the finer levels further away, below 1 drops them sooner
    shadows_move : (n,) whose shadow moves with them; the others' is drawn once
    """

    def __init__(self, people: People, floor: ArrayLike, detail: float = 1.0) -> None:
        self.people = people
        self.root = NodePath("crowd")
        count = len(people)
        ground = np.broadcast_to(np.asarray(floor), (count,))
        self._places = np.column_stack([people.x, people.y, ground + MIDDLE]).astype(np.float32)
        reach = detail**FARTHER
        self._ends = np.asarray(LEVEL_ENDS) * reach
        self._mirror_end = MIRROR_END * reach
        self.textures: dict[str, Texture] = {
            "u_people": geom.texture(_person_rows(people, floor), "people", filtered=False),
            "u_postures": geom.texture(posture_rows(), "postures", filtered=False),
        }
        declare_bin()
        self._cast = Cast(5 * count)
        self._smooth = detail > SMOOTH
        self._side = (people.mirror < 0).astype(np.int64)
        self._robes = self._build_robes()
        self._faces = self._build_faces()
        self._mirrored = self._build_mirrored()
        self._level = np.zeros(count, dtype=np.int64)
        self._seen_from: NDArray[np.float64] | None = None
        self.shadows_move = np.hypot(people.x, people.y) <= SHADOW_RING
        self._cast_shadows(0 if detail > 1.5 else 1)

    def update(self, eye: ArrayLike, view: View | None = None) -> None:
        """Chooses each person's level by the distance from the eye (3,), world metres.

        With a view, whoever is out of it is not drawn.
        """
        where = np.asarray(eye, dtype=np.float32)
        pose = np.append(where, [*view.turn.ravel(), view.wide, view.high] if view else [])
        if self._seen_from is not None and np.array_equal(pose, self._seen_from):
            return
        self._seen_from = pose
        away = np.linalg.norm(self._places - where, axis=1)
        order = np.argsort(away)  # the nearest first: they hide the others before these cost
        dealt = shares(away[order], self._ends)
        who, level, share = order[dealt.who], dealt.level, dealt.share
        self._level = np.searchsorted(self._ends, away)
        seen = mirror_seen = np.ones(len(away), dtype=bool)
        if view is not None:
            seen = in_view(self._places, REACH, view)
            mirror_seen = in_view(mirrored(self._places), REACH, view)
        kept = seen[who]
        who, level, share = who[kept], level[kept], share[kept]
        faced = level < FACE_LEVELS
        below = order[mirror_seen[order]]
        far = (away[below] > self._mirror_end).astype(np.int64)
        self._cast.deal(
            np.concatenate(
                [
                    self._robes[self.people.drape[who], level, self._side[who]],
                    self._faces[self.people.face[who[faced]], level[faced]],
                    self._mirrored[self.people.drape[below], far, self._side[below]],
                ]
            ),
            np.concatenate([who, who[faced], below]),
            np.concatenate([share, share[faced], np.ones(len(below), dtype=np.float32)]),
        )

    def counts(self) -> list[int]:
        """How many people there are at each level, in view or not, finest first."""
        return np.bincount(self._level, minlength=len(LEVEL_ENDS) + 1).tolist()

    def _build_robes(self) -> Ints:
        """The list's part for each drape, level and side; cloth is drawn from both sides."""
        out = np.zeros((len(posture.DRAPES), len(LEVEL_ENDS) + 1, 2), dtype=np.int64)
        for row, name in enumerate(posture.DRAPES):
            for level in range(CLOTH_LEVELS):
                mesh = bake.load(name, str(level))
                if level == 0 and self._smooth:
                    mesh = halved(mesh)
                out[row, level] = self._robe(name, mesh, "crowd", level, "scene")
            for level in range(CLOTH_LEVELS, len(LEVEL_ENDS) + 1):
                mesh = shells.load(name, level - CLOTH_LEVELS, level >= FACE_LEVELS)
                for column, side in enumerate(SIDES):
                    out[row, level, column] = self._robe(
                        name, mesh, "crowd_far", level, "scene", side
                    )
        return out

    def _build_mirrored(self) -> Ints:
        """The part for each drape, whether near or far, and side, that polished stone shows."""
        out = np.zeros((len(posture.DRAPES), 2, 2), dtype=np.int64)
        for row, name in enumerate(posture.DRAPES):
            for level in range(2):
                mesh = shells.load(name, level + 1, True)
                for column, side in enumerate(SIDES):
                    out[row, level, column] = self._robe(
                        f"{name}-mirror", mesh, "crowd_far", level, "mirror", side
                    )
        return out

    def _build_faces(self) -> Ints:
        out = np.zeros((len(FACES), FACE_LEVELS), dtype=np.int64)
        for row, name in enumerate(FACES):
            for level in range(FACE_LEVELS):
                far = level >= CLOTH_LEVELS
                mesh = shells.load_face(name) if far else bake.load("faces", f"{name}-{level}")
                part = self._cast.part(f"{name}-face", mesh)
                part.path.setBin(PEOPLE_BIN, level)
                geom.drawable(part.path, "face", "scene").reparentTo(self.root)
                out[row, level] = self._cast.last
        return out

    def _robe(
        self, name: str, mesh: Mesh, shader: str, level: int, passes: str, side: int = 0
    ) -> int:
        part = self._cast.part(name, mesh, side)
        pose(part.path, posture.DRAPES[name.removesuffix("-mirror")])
        part.path.setBin(PEOPLE_BIN, level)
        geom.drawable(part.path, shader, passes).reparentTo(self.root)
        return self._cast.last

    def _cast_shadows(self, finest: int) -> None:
        """Nodes for the sun alone, never changed, so that no shadow ever pops.

        Who stands far from the middle casts a shadow that is drawn once, at rest.
        """
        outside = ~self.shadows_move
        cast = Cast(len(self.people))
        parts, who = [], []
        for drape, name in enumerate(posture.DRAPES):
            for far in (False, True):
                mesh = bake.load(name, f"shadow-{1 if far else finest}")
                part = cast.part(f"{name}-shadow", mesh)
                pose(part.path, posture.DRAPES[name])
                shader, passes = ("standing", "stone-shadow") if far else ("crowd_far", "shadow")
                geom.drawable(part.path, shader, passes).reparentTo(self.root)
                chosen = np.flatnonzero((self.people.drape == drape) & (outside == far))
                parts.append(np.full(len(chosen), cast.last))
                who.append(chosen)
        cast.deal(np.concatenate(parts), np.concatenate(who))


def declare_bin() -> None:
    """People are drawn first, the nearest before the others: they hide the place."""
    bins = CullBinManager.getGlobalPtr()
    if bins.findBin(PEOPLE_BIN) < 0:
        bins.addBin(PEOPLE_BIN, CullBinManager.BTFixed, 19)


def pose(path: NodePath, drape: posture.Drape) -> None:
    """Gives a geometry the joints of its drape."""
    waist, chest, neck = posture.pivots(drape)
    for joint, place in (("u_waist", waist), ("u_chest", chest), ("u_neck", neck)):
        path.setShaderInput(joint, LVecBase3f(*map(float, place)))
    head = np.linalg.inv(posture.head_frame(drape))
    path.setShaderInput("u_to_head", LMatrix4f(*map(float, head.T.reshape(-1))))


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
    rows[:count, 2, :3] = linear(COLOURS)[people.colour]
    rows[:count, 2, 3] = people.drape
    kinds = [(float(f.hair == "linen"), f.age, f.woman, f.beard) for f in FACES.values()]
    lids = np.radians([f.calm().lid for f in FACES.values()])
    rows[:count, 3] = np.array(kinds)[people.face]
    rows[:count, 4, :3] = np.column_stack([people.wide, people.long, lids[people.face]])
    return rows


def posture_rows() -> NDArray[np.float32]:
    """(drapes, 7, 4): waist, chest, neck; bow, nod, kneeling and turn at rest; head space to person
    space at rest, three rows."""
    rows = np.zeros((len(posture.DRAPES), 7, 4), dtype=np.float32)
    for row, drape in zip(rows, posture.DRAPES.values(), strict=True):
        row[:3, :3] = posture.pivots(drape)
        ahead = posture.head_frame(drape)[:3, 1]
        nod, turn = posture.nod_at_rest(drape), np.arctan2(-ahead[0], ahead[1])
        row[3] = (posture.REST_BOW, nod, float(drape.kneel), turn)
        row[4:] = posture.head_frame(drape)[:3]
    return rows
