"""What the visitor walks on and round, taken from the scene."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.place.courtyard import floor_height
from world.scene.scene import Scene
from world.viewer.walker import Ground, Rim

PERSON = 0.33  # metres: a robe gives way a little, its wearer does not
CORNER = 4.0  # metres: the rim's corners are round, so that nobody is caught in one
# The fallen one: x, y, radius along the body and round the hair, metres.
BODY = (
    (0.05, -0.78, 0.55),
    (0.58, -0.66, 0.28),
    (0.05, -0.38, 0.45),
    (0.05, 0.02, 0.42),
    (0.12, 0.42, 0.42),
    (0.10, 0.74, 0.35),
)


def ground_of(scene: Scene) -> Ground:
    """The ground of a scene: ruins, people and the fallen one are in the way."""
    yard, people = scene.courtyard, scene.people
    standing = np.column_stack([people.x, people.y, PERSON * people.scale])

    def height(place: NDArray[np.float64]) -> float:
        return float(floor_height(yard, place[None, :])[0])

    circles = np.concatenate([yard.obstacles, standing.astype(np.float64), np.array(BODY)])
    return Ground(circles, Rim(*yard.rim, corner=CORNER), height)
