"""Portraits of mourners: where a bowed face is, and who of the crowd stands best for one.

Follows the crowd's own bow (shaders/crowd.vert) for somebody who has not looked up yet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from models import gathering, mourner
from models.gathering import People
from world.scene.scene import PEOPLE

Vector = NDArray[np.float64]

SUN = (-1.0, 0.0)  # towards the sun, along the ground
SUN_SLOPE = math.tan(math.radians(4.5))
BOW_NECK, BOW_CHEST, BOW_WAIST = 0.62, 0.13, 0.11  # radians for a whole bow, as in the shader
FACE = (0.0, 0.085, -0.025)  # its middle in head space, metres
TALL = 1.75  # metres: what stands between a face and the sun
ROBE = 0.45  # metres: how far a robe reaches, with some air
RINGS_END = 14.0  # metres: those beyond stand under the colonnade
GROUP = 1.5  # metres: three who stand together are within this of their middle
STOOP = 0.2  # metres that the eye is below the faces, which are bowed
SHOULDER = 0.30  # metres: half of what somebody hides
APART = 0.16  # radians between neighbouring faces in a picture of three
UNVEILED = (0, 2, 3)  # drapes whose face is not behind a hand or cloth


@dataclass(frozen=True)
class Face:
    """Middle of a face in world metres, and the way that it looks (unit)."""

    centre: Vector
    forward: Vector


@lru_cache(maxsize=2)
def crowd(seed: int) -> People:
    """The crowd of a seed."""
    return gathering.gather(PEOPLE, seed)


def face_of(people: People, who: int) -> Face:
    """The bowed face of one of the crowd."""
    drape = list(mourner.DRAPES.values())[int(people.drape[who])]
    frame = mourner.head_frame(drape)
    centre, forward = frame[:3, :3] @ np.array(FACE) + frame[:3, 3], frame[:3, 1]
    own = 0.88 + 0.26 * ((float(people.phase[who]) * 7.31) % 1.0)
    away = own - mourner.REST_BOW
    waist, chest, neck = mourner.pivots(drape)
    for pivot, share in ((neck, BOW_NECK), (chest, BOW_CHEST), (waist, BOW_WAIST)):
        turn = _pitch(-away * share)
        centre, forward = turn @ (centre - pivot) + pivot, turn @ forward
    flip = np.array([float(people.mirror[who]), 1.0, 1.0])
    facing = float(people.heading[who]) - math.pi / 2
    spin = np.array(
        [[math.cos(facing), -math.sin(facing), 0], [math.sin(facing), math.cos(facing), 0],
         [0, 0, 1]]
    )  # fmt: skip
    stand = np.array([float(people.x[who]), float(people.y[who]), 0.0])
    return Face(stand + spin @ (centre * flip) * float(people.scale[who]), spin @ (forward * flip))


def _pitch(angle: float) -> Vector:
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]])


def before(face: Face, distance: float) -> Vector:
    """An eye `distance` before a face: a little above its own gaze, which goes to the ground."""
    level = np.array([face.forward[0], face.forward[1], 0.0])
    way = face.forward + 0.35 * level / np.linalg.norm(level)
    return face.centre + distance * way / np.linalg.norm(way)


@lru_cache(maxsize=2)
def sunlit(seed: int, distance: float) -> Face:
    """The nearest bowed face that the sun reaches and that an eye has room before.

    Raises LookupError for a crowd in which there is none.
    """
    people = crowd(seed)
    near = np.argsort(np.hypot(people.x, people.y))
    for who in (int(index) for index in near):
        if int(people.drape[who]) not in UNVEILED:
            continue
        face = face_of(people, who)
        flat = face.forward[:2] / np.linalg.norm(face.forward[:2])
        if not 0.25 < float(flat @ SUN) < 0.95:  # lit from the side of the front, not full on
            continue
        if _alone(people, who, before(face, distance)) and _in_sun(people, who, face):
            return face
    raise LookupError(f"nobody in the crowd of seed {seed} has the sun in an unveiled face")


@lru_cache(maxsize=2)
def sunlit_three(seed: int, distance: float) -> tuple[Vector, Vector]:
    """An eye and the middle of three unveiled faces in the sun, `distance` metres before it.

    Of all groups of neighbours, the one that turns its faces most to its own eye, and whose
    faces nobody hides. Raises LookupError where there is none.
    """
    people = crowd(seed)
    faces = {
        who: face
        for who in range(len(people))
        if int(people.drape[who]) in UNVEILED
        and np.hypot(people.x[who], people.y[who]) < RINGS_END
        and _in_sun(people, who, face := face_of(people, who))
    }
    best, found = 0.0, None
    for group in combinations(faces, 3):
        three = [faces[who] for who in group]
        middle = np.mean([face.centre for face in three], axis=0)
        if max(np.linalg.norm(face.centre - middle) for face in three) > GROUP:
            continue
        way = np.mean([face.forward for face in three], axis=0) * (1.0, 1.0, 0.0)
        eye = middle + distance * way / np.linalg.norm(way) - (0.0, 0.0, STOOP)
        turned = min(_turned(face, eye) for face in three)
        if turned > best and _clear(people, group, eye, three):
            best, found = turned, (eye, middle)
    if found is None:
        raise LookupError(f"no three of the crowd of seed {seed} stand together in the sun")
    return found


def _turned(face: Face, eye: Vector) -> float:
    """Cosine of the angle, along the ground, by which a face is turned from the eye."""
    to_eye, forward = (eye - face.centre)[:2], face.forward[:2]
    return float(to_eye @ forward / (np.linalg.norm(to_eye) * np.linalg.norm(forward)))


def _clear(people: People, group: tuple[int, ...], eye: Vector, faces: list[Face]) -> bool:
    """Whether the eye has room and sees each face past everybody else, and side by side."""
    spots = np.column_stack([people.x, people.y]).astype(np.float64)
    if np.hypot(*(spots - eye[:2]).T).min() < ROBE:
        return False
    sides = []
    for who, face in zip(group, faces, strict=True):
        sight = face.centre[:2] - eye[:2]
        length = float(np.linalg.norm(sight))
        along = (spots - eye[:2]) @ sight / length
        aside = np.abs((spots - eye[:2]) @ np.array([-sight[1], sight[0]]) / length)
        hides = (along > 0) & (along < length - 0.1) & (aside < SHOULDER)
        hides[who] = False
        if hides.any():
            return False
        sides.append(math.atan2(sight[1], sight[0]))
    turns = sorted(math.remainder(side - sides[0], math.tau) for side in sides)
    return min(b - a for a, b in pairwise(turns)) > APART


def _alone(people: People, who: int, eye: Vector) -> bool:
    """Whether the eye is in nobody's robe."""
    gaps = np.hypot(people.x - eye[0], people.y - eye[1])
    gaps[who] = np.inf
    return bool(gaps.min() > ROBE)


def _in_sun(people: People, who: int, face: Face) -> bool:
    """Whether nobody stands in the low sun's way to the face."""
    toward = face.centre[0] - people.x  # metres to the west
    aside = np.abs(people.y - face.centre[1])
    blocking = (toward > 0) & (aside < ROBE) & (face.centre[2] + toward * SUN_SLOPE < TALL)
    blocking[who] = False
    return not bool(blocking.any())
