"""Portraits of mourners: where a bowed face is, and who of the crowd stands best for one.

Follows the crowd's own bow (shaders/crowd.vert) for somebody who has not looked up yet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from models.people import gathering, posture
from models.people.features import FACES
from models.people.gathering import People
from world.scene.scene import PEOPLE

Vector = NDArray[np.float64]

SUN = (-1.0, 0.0)  # towards the sun, along the ground
ORB = (7.4, 0.0)  # where the visitor holds it, metres along the ground
SUN_SLOPE = math.tan(math.radians(4.5))
BOW_NECK, BOW_CHEST, BOW_WAIST = 0.62, 0.13, 0.11  # radians for a whole bow, as in the shader
FACE = (0.0, 0.085, -0.025)  # its middle in head space, metres
TALL = 1.75  # metres: what stands between a face and the sun
ROBE = 0.45  # metres: how far a robe reaches, with some air
RINGS_END = 14.0  # metres: those beyond stand under the colonnade
EYE = 1.16  # metres: the eye's height, below bowed faces
HEADROOM = 0.0  # metres below the faces that the picture's middle is
FIGURE_ASIDE = 0.45  # radians beside a figure's own way that it is seen from
SIDELIGHT = 0.74  # cosine of how far a face is turned from the sun that models it best
SHADED, BELOW = math.radians(30), math.radians(30)  # how far an eye stands beside a face, on the
# side away from the sun, and below it: the light comes past the nose on to the near cheek
NOT_YOUNG = 0.6  # how much worse a face is that is not a young woman's
AWAY = -0.5  # further from the sun no face has any light of it
BAREFACED = (0, 3, 5, 6, 7)  # drapes whose face is not behind a hand or cloth, nor leans on one


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
    drape = list(posture.DRAPES.values())[int(people.drape[who])]
    frame = posture.head_frame(drape)
    centre, forward = frame[:3, :3] @ np.array(FACE) + frame[:3, 3], frame[:3, 1]
    own = 0.88 + 0.26 * ((float(people.phase[who]) * 7.31) % 1.0)
    away = own - posture.REST_BOW
    waist, chest, neck = posture.pivots(drape)
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


def beside(face: Face, distance: float) -> Vector:
    """An eye `distance` from a face, aside of it where it lies in the shade, and below it."""
    fx, fy = face.forward[:2] / np.linalg.norm(face.forward[:2])
    away = -math.copysign(SHADED, fx * SUN[1] - fy * SUN[0])
    c, s = math.cos(away), math.sin(away)
    level = math.cos(BELOW) * np.array([c * fx - s * fy, s * fx + c * fy])
    return face.centre + distance * np.array([*level, -math.sin(BELOW)])


@lru_cache(maxsize=2)
def sunlit(seed: int, distance: float) -> Face:
    """The bowed face that the sun models best, rather a young woman's, with room for an eye beside.

    Raises LookupError for a crowd in which there is none.
    """
    people = crowd(seed)
    young = [f.woman > 0.9 and f.age < 0.3 for f in FACES.values()]
    best, found = math.inf, None
    for who in _from_the_middle(people):
        if int(people.drape[who]) not in BAREFACED or math.hypot(*_spot(people, who)) > RINGS_END:
            continue
        face = face_of(people, who)
        toward = float(face.forward[:2] @ SUN) / float(np.linalg.norm(face.forward[:2]))
        worse = abs(toward - SIDELIGHT) + NOT_YOUNG * (not young[int(people.face[who])])
        if toward < AWAY or worse >= best or not _in_sun(people, who, face):
            continue
        if _alone(people, who, beside(face, distance)):
            best, found = worse, face
    if found is None:
        raise LookupError(f"nobody in the crowd of seed {seed} has the sun in an unveiled face")
    return found


def _spot(people: People, who: int) -> tuple[float, float]:
    return float(people.x[who]), float(people.y[who])


@lru_cache(maxsize=32)
def wearing(seed: int, drape: int, distance: float) -> int:
    """Who of the crowd stands in a posture (its row in DRAPES), with room before them for an eye.

    The nearest to the middle. Raises LookupError where there is none.
    """
    people = crowd(seed)
    for who in _from_the_middle(people):
        ahead = _ahead(people, who)
        eye = np.array([people.x[who], people.y[who]], dtype=np.float64) + distance * ahead
        if int(people.drape[who]) == drape and _seen_whole(people, who, eye):
            return who
    name = list(posture.DRAPES)[drape]
    raise LookupError(f"nobody {name} in the crowd of seed {seed} can be seen from before")


@lru_cache(maxsize=32)
def having(seed: int, face: int, distance: float) -> int:
    """Who of the crowd has a face (its row in FACES) that nothing hides, and room before them.

    The nearest to the middle. Raises LookupError where there is none.
    """
    people = crowd(seed)
    for who in _from_the_middle(people):
        if int(people.face[who]) != face or int(people.drape[who]) not in BAREFACED:
            continue
        seen = face_of(people, who)
        eye = before(seen, distance)
        if _seen_whole(people, who, eye[:2]) and _alone(people, who, eye):
            return who
    name = list(FACES)[face]
    raise LookupError(f"the face of the {name} is nowhere to be seen in the crowd of seed {seed}")


def figure(seed: int, drape: int, distance: float) -> tuple[Vector, Vector]:
    """The eye before a whole figure in a posture, and the middle of it."""
    people, who = crowd(seed), wearing(seed, drape, distance)
    tall = float(people.scale[who]) * (1.64 - list(posture.DRAPES.values())[drape].lift)
    stand = np.array([people.x[who], people.y[who], 0.5 * tall], dtype=np.float64)
    aside = _ahead(people, who, FIGURE_ASIDE)
    return stand + np.array([*(distance * aside), 0.30 * tall]), stand


def raised(seed: int, face: int, distance: float) -> tuple[Vector, Vector]:
    """The eye before a face (a row of FACES) that looks up, and the middle of that face."""
    people, who = crowd(seed), having(seed, face, distance)
    upright = posture.pivots(list(posture.DRAPES.values())[int(people.drape[who])])[2]
    stand = np.array([people.x[who], people.y[who], 0.0], dtype=np.float64)
    to_orb = np.arctan2(ORB[1] - stand[1], ORB[0] - stand[0]) - float(people.heading[who])
    turned = np.clip(np.angle(np.exp(1j * to_orb)), -1.0, 1.0)
    ahead = _ahead(people, who, float(turned))
    scale = float(people.scale[who])
    centre = stand + np.array([*((upright[1] + 0.12) * scale * ahead), scale * (upright[2] + 0.14)])
    return centre + np.array([*(distance * ahead), 0.0]), centre


def bowed(seed: int, face: int, distance: float) -> tuple[Vector, Vector]:
    """The eye before a bowed face (a row of FACES), and the middle of that face."""
    seen = face_of(crowd(seed), having(seed, face, distance))
    return before(seen, distance), seen.centre


def _from_the_middle(people: People) -> list[int]:
    """Everybody, the nearest to the fallen one first."""
    return [int(who) for who in np.argsort(np.hypot(people.x, people.y))]


def _ahead(people: People, who: int, aside: float = 0.0) -> Vector:
    """Where somebody faces on the ground (2,), turned aside by so many radians."""
    angle = float(people.heading[who]) + aside
    return np.array([math.cos(angle), math.sin(angle)])


def _seen_whole(people: People, who: int, eye: Vector) -> bool:
    """Whether nobody stands between an eye on the ground (2,) and somebody."""
    spots = np.column_stack([people.x, people.y]).astype(np.float64)
    sight = spots[who] - eye
    length = float(np.linalg.norm(sight))
    way = (spots - eye) @ sight / length
    aside = np.abs((spots - eye) @ np.array([-sight[1], sight[0]]) / length)
    hides = (way > -ROBE) & (way < length - 0.1) & (aside < ROBE)
    hides[who] = False
    return not bool(hides.any())


@lru_cache(maxsize=2)
def three(seed: int) -> tuple[Vector, Vector]:
    """The eye that sees the three witnesses' bowed faces, one behind another, and their middle."""
    people = crowd(seed)
    faces = [face_of(people, who) for who in range(len(gathering.WITNESSES))]
    eye = np.array([*gathering.WITNESSED, EYE])
    return _framed(eye, np.array([face.centre for face in faces]))


def _framed(eye: Vector, centres: Vector) -> tuple[Vector, Vector]:
    """The eye, and a point that puts the outer faces equally far from the picture's middle."""
    sight = (centres - eye)[:, :2]
    bearings = sight / np.linalg.norm(sight, axis=1, keepdims=True)
    cosines = bearings @ bearings.T
    outer = np.unravel_index(cosines.argmin(), cosines.shape)
    middle = bearings[list(outer)].sum(axis=0)
    away = float(np.linalg.norm(sight, axis=1).mean())
    x, y = eye[:2] + away * middle / np.linalg.norm(middle)
    return eye, np.array([x, y, centres[:, 2].mean() - HEADROOM])


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
