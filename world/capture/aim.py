"""What a camera can be aimed at: faces, the orb, stars. Asked of the models, so that a
picture stays framed when its subject moves. Places in metres, as plain tuples."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from world.timeline.clock import moment_at
from world.timeline.state import at

Vec3 = tuple[float, float, float]
View = tuple[Vec3, Vec3]

FACE_BELOW_EYES = 0.022  # metres: middle of the face, in the frame of the head
EYES_FORWARD = 0.075  # from between the ear canals to the cornea
EYELID_DISTANCE, EYELID_WAY = 0.62, (0.85, 0.03, 0.54)
TEARS_DISTANCE, TEARS_ABOVE = 0.70, 0.012  # from the face, and over its middle: no hands
FIGURE_DISTANCE, EXPRESSION_DISTANCE = 2.9, 0.95
RINGS_END = 14.0  # metres: beyond all who stand about the fallen one
AFLOAT = np.array([0.0, 0.0, 12.0])  # where a visitor floats in the night
FAR = 500.0  # metres: a direction, given as a place


def fallen_head(story: float) -> Vec3:
    """The middle of the fallen one's face."""
    del story  # they lie still
    from models.people import fallen

    forward, up = _unit(fallen.FACE_DIRECTION), _unit(fallen.CROWN_DIRECTION)
    return _point(fallen.HEAD_ORIGIN + EYES_FORWARD * forward - FACE_BELOW_EYES * up)


def fallen_eyes() -> View:
    """An eye 0.62 m before the fallen one's face, from beside her right cheek and above it."""
    from models.people import fallen

    forward, up = _unit(fallen.FACE_DIRECTION), _unit(fallen.CROWN_DIRECTION)
    face = fallen.HEAD_ORIGIN + 0.060 * forward + 0.012 * up
    return _point(face + EYELID_DISTANCE * _unit(EYELID_WAY)), _point(face)


def three_mourners(seed: int) -> View:
    """About two metres before three who stand together, the sun on one side of their faces."""
    from world.capture import portrait

    eye, middle = portrait.three(seed)
    return _point(eye), _point(middle)


def one_mourner(seed: int) -> View:
    """0.7 m before the bowed face of a mourner in the sun."""
    from world.capture import portrait

    face = portrait.sunlit(seed, TEARS_DISTANCE)
    eye = portrait.beside(face, TEARS_DISTANCE)
    way = _unit(face.centre - eye)
    upward = _unit(np.array([0.0, 0.0, 1.0]) - way[2] * way)
    return _point(eye), _point(face.centre + TEARS_ABOVE * upward)


def figure(seed: int, drape: int) -> View:
    """About three metres before somebody in a posture (a row of models.people.posture.DRAPES)."""
    from world.capture import portrait

    eye, middle = portrait.figure(seed, drape, FIGURE_DISTANCE)
    return _point(eye), _point(middle)


def expression(story: float, seed: int, face: int) -> View:
    """Before a face (a row of models.people.features.FACES), bowed or, once all have looked up,
    raised."""
    from world.capture import portrait

    looked = at(moment_at(story)).look_front > RINGS_END
    seen = portrait.raised if looked else portrait.bowed
    eye, middle = seen(seed, face, EXPRESSION_DISTANCE)
    return _point(eye), _point(middle)


def lyra(story: float) -> Vec3:
    """The middle of the constellation, as seen from afloat."""
    del story  # the lyre hangs still
    from models.sky.stars import LYRA_DIRECTION

    return _point(AFLOAT + FAR * _unit(LYRA_DIRECTION))


def binary(story: float) -> Vec3:
    """The middle between the two stars."""
    del story
    from world.scene.binary import place

    return _point(place())


def dawns(story: float) -> Vec3:
    """What the flame has reached: from Vega to the middle of the thousand."""
    from models.sky.stars import VEGA
    from models.sky.worlds import WEST

    lit = at(moment_at(story)).dawn_count / 1000.0
    share = 0.3 + 0.7 * lit
    return _point(AFLOAT + FAR * _unit((1 - share) * VEGA + share * _unit(WEST)))


def orb(story: float) -> Vec3:
    """Where a visitor who stands at (8, 0) looks to see the orb: low, held, or raised."""
    state = at(moment_at(story))
    low, held, high = ((7.4, 0.0, 1.02), (7.45, 0.0, 1.36), (7.4, 0.0, 2.0))
    place = np.array(held) + state.reach * np.subtract(low, held)
    return _point(place + state.raised * np.subtract(high, held))


def _unit(vector: ArrayLike) -> np.ndarray:
    array = np.asarray(vector, dtype=np.float64)
    return array / np.linalg.norm(array)


def _point(array: ArrayLike) -> Vec3:
    x, y, z = (float(value) for value in np.asarray(array))
    return x, y, z
