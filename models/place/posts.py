"""Where columns stand on the three sides of the court, and how much is left of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.noise import value_noise
from models.place.column import HEIGHT
from models.place.entablature import BAY

LINE = 45.0  # the axis of the columns, from the middle of the floor
STEP_RISE, STEP_TREAD, STEPS = 0.16, 0.6, 3
FOOT = STEPS * STEP_RISE  # what the columns stand on
STEP_START = 42.6  # inner edge of the lowest step
STEP_END = 47.0

# The two that frame the sun, and their neighbours: place along the west side -> height.
SUNSET_GATE = {
    -13.5: 1.2,
    -9.0: 0.0,
    -4.4: 7.0,
    0.0: 0.0,
    4.3: 5.5,
    9.0: 6.4,
    13.5: 0.9,
}


@dataclass(frozen=True)
class Post:
    """A place for a column: position, distance along its side, height that is left of it."""

    x: float
    y: float
    side: str
    along: float
    height: float

    @property
    def whole(self) -> bool:
        return self.height >= HEIGHT


def posts(seed: int) -> list[Post]:
    """Every place of the three sides, in order along each side."""
    rng = np.random.default_rng([seed, 21])
    out: list[Post] = []
    for side in ("north", "west", "south"):
        for index in range(-10, 11):
            along = BAY * index
            if side != "west" and not -LINE < along < 42.0:
                continue
            if side == "west":
                along = _nudged(along)
                height = SUNSET_GATE.get(along, _left_of(side, along, seed, rng))
                out.append(Post(-LINE, along, side, along, height))
            else:
                y = LINE if side == "north" else -LINE
                out.append(Post(along, y, side, along, _left_of(side, along, seed, rng)))
    return out


def _nudged(along: float) -> float:
    return min(SUNSET_GATE, key=lambda place: abs(place - along)) if abs(along) < 14 else along


def _left_of(side: str, along: float, seed: int, rng: np.random.Generator) -> float:
    """Height (m) still standing: whole in runs, nothing in others, broken between them."""
    salt = {"north": 3.3, "west": 17.7, "south": 41.1}[side]
    luck = float(value_noise(np.array([along * 0.115 + salt, salt]), seed)) + rng.normal(0, 0.09)
    if side == "west":
        luck += 0.05 + 0.14 * min((abs(along) - 14.0) / 14.0, 1.0)
    else:
        luck += 0.05 - 0.20 * max(along / 42.0, 0.0) ** 2
    if luck > 0.50:
        return HEIGHT
    if luck < 0.27:
        return 0.0
    return float(np.clip(0.9 + 23.0 * (luck - 0.27) + rng.normal(0.0, 0.8), 0.8, 6.2))
