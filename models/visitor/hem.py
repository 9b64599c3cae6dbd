"""The front of a heavy robe, as who wears it sees it, looking down.

It is cut as a tube that is narrow at the breast and full at the hem, and falls on the visitor's own
legs and feet as the mourners' gowns do on theirs (models/people/garments.py): so it hangs in pipes,
broad and narrow ones, that lean over one another, breaks on the insteps and lies a little on the
stone. Then it leans back the more the higher it is (`leaning`), and what is behind is taken away,
as only one eye sees it. Visitor space (models/barefoot.py): metres, x to the right, y ahead, z up.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.cloth import Feel
from models.people import garments
from models.sdf import Clay, tube

Array = NDArray[np.float64]

AXIS = (0.004, -0.110)  # of the tube, x and y
TOP = 1.00  # of what is seen, metres
TALL = 0.965  # cut from there to the hem; cloth hangs a little longer than it was cut
WIDE = (0.205, 0.610)  # its radii at top and hem
DEEP = 0.66  # of its top: how much less deep than wide
GRAIN = 0.0170
SEED = 91
SECONDS = 3.0
WOOL = Feel(bend=6e-5, drag=1.6, thickness=0.009, friction=0.5, floor_friction=0.6, apart=0.012)
AROUND = 2.05  # radians to each side of ahead that it is kept
SLITS = 4  # torn up from the hem
# What is worn beneath it, without which it would fall in between the legs: a way and its radii.
BELL = ([(0.0, -0.150, 1.00), (0.0, -0.125, 0.55), (0.004, -0.085, 0.26)], [0.110, 0.125, 0.125])
# It is gathered at its top: waves of its pinned edge, to the turn, and how far each goes, metres.
GATHERS = ((13, 0.030), (8, 0.016), (21, 0.010), (5, 0.012))
LEAN = 0.62  # metres that it leans back at its top


def leaning(points: Array) -> Array:
    """Points (n, 3) leaning back the more, the higher they are."""
    share = np.clip((points[:, 2] - 0.10) / (TOP - 0.10), 0.0, None)
    return np.asarray(points - np.array([[0.0, LEAN, 0.0]]) * (share**1.3)[:, None])


def build(legs: Clay) -> tuple[Array, NDArray[np.int32], Array]:
    """The robe on the legs, before it leans: points (n, 3), triangles, and `weave` (n, 3).

    weave : place on the pattern, and the way to its edge
    """
    bottom = TOP - float(np.sqrt(TALL**2 - (WIDE[1] - WIDE[0]) ** 2))
    worn = garments.gown(AXIS, TOP, bottom, WIDE, SEED, deep=DEEP, slits=SLITS, grain=GRAIN)
    _gather(worn)
    worn_below = legs.copy()
    worn_below.add(tube(*BELL), 0.03)
    garments.fall(worn, worn_below, SECONDS, WOOL)
    cut = worn.pattern
    # Angles of the tube are counted from +x; ahead is a quarter turn.
    angle = cut.points[:, 0] / (0.5 * (WIDE[0] + WIDE[1]))
    ahead = np.abs((angle - 0.5 * np.pi + np.pi) % (2 * np.pi) - np.pi)
    triangles = worn.cloth.triangles
    triangles = triangles[(ahead[triangles] < AROUND).all(axis=1)]
    used, index = np.unique(triangles, return_inverse=True)
    weave = np.column_stack([cut.points, cut.rim])[used]
    return worn.positions[used].copy(), index.reshape(-1, 3).astype(np.int32), weave


def _gather(worn: garments.Worn) -> None:
    """Lays the pinned edge in uneven waves, from which the pipes hang."""
    held = worn.cloth.pinned
    around = worn.positions[held] - np.array([*AXIS, TOP])
    angle = np.arctan2(around[:, 1], around[:, 0])
    rng = np.random.default_rng(SEED + 1)
    waves = [far * np.sin(n * angle + rng.uniform(0.0, 2 * np.pi)) for n, far in GATHERS]
    outward = around / np.linalg.norm(around, axis=1, keepdims=True)
    worn.positions[held] += outward * np.sum(waves, axis=0)[:, None]
