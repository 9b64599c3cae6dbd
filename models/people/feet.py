"""Bare feet under a mourner's hem. Person space, metres; the floor is z = 0."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh
from models.people import body, posture
from models.people.posture import Drape
from models.sdf import Clay
from models.skin import skinned

Grid = NDArray[np.float64]

STEP = 0.004  # side of the sculptor's cubes
ANKLE = (0.085, 0.045, 0.074)  # in person space, of a right foot that stands level


def soles(drape: Drape) -> list[tuple[float, Grid]]:
    """The (4, 4) frames of bare feet, right (1.0) and left (-1.0), where any are seen.

    One stands a little before the other, both turned out.
    """
    if not drape.feet:
        return []
    out = []
    for side, ahead, turned in ((1.0, 1.0, 13.0), (-1.0, 0.62, 17.0)):
        x, y, z = ANKLE
        aside = np.radians(turned)
        way = (side * np.sin(aside), np.cos(aside), 0.0)
        out.append((side, body.frame((side * x, y + ahead * drape.feet, z), way, (0.0, 0.0, 1.0))))
    return out


def press(clay: Clay, drape: Drape) -> None:
    """Bare feet, each with the ankle that goes up into the gown."""
    for side, frame in soles(drape):
        flesh = body.foot() if side > 0 else body.mirrored(body.foot())
        body.press(clay, body.posed(flesh, frame))
        clay.add(
            posture.bar([frame[:3, 3], frame[:3, 3] + [0.0, -0.05, 0.16]], [0.030, 0.040]), 0.02
        )


def build(drape: Drape, counts: Sequence[int]) -> list[Mesh]:
    """Bare feet at several triangle counts; nothing where the gown hides them."""
    stands = soles(drape)
    if not stands:
        return []
    ends = np.array(
        [body.along(frame, (0.0, y, -0.03)) for _, frame in stands for y in (-0.1, 0.2)]
    )
    clay = Clay(ends.min(axis=0) - 0.08, ends.max(axis=0) + 0.08, STEP)
    press(clay, drape)
    return skinned(clay, counts, 0.06, passes=2, blur=0.7)
