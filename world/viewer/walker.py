"""The visitor's body: walking, sliding along what is in the way, and floating in act five.

Between two inputs the motion is solved exactly and cut into the same short steps whatever
the frame rate, so 30 and 120 pictures a second lead to the same place.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from world.timeline import Stance

WALK, RUN = 1.8, 4.0  # m/s
RISE = 0.2  # seconds to full speed, and to a stand
EYE = 1.6  # metres above the ground
SHOULDERS = 0.28  # metres: radius of the visitor
PITCH = 89.0  # degrees up and down
STEP = 1.0 / 120.0  # seconds: longest piece of motion between two looks at what is in the way
FOOT_TIME = 0.09  # seconds in which the eye follows a rise of the ground
SKIN = 1e-4  # metres kept to whatever stops the visitor, against rounding
TRIES = 12  # pushes out of what is in the way, before a step is given up

DRIFT = 3.2  # m/s: fastest floating
DRAG = 0.9  # 1/s: how soon a drift dies away
AFLOAT = (0.0, 0.0, 12.0)  # metres: where the night carries whoever does nothing
CURRENT = 0.14  # 1/s: how strongly it does

Vec2 = NDArray[np.float64]
Height = Callable[[Vec2], float]


def flat(_: Vec2) -> float:
    """Ground that is level at 0 m."""
    return 0.0


@dataclass(frozen=True)
class Rim:
    """A rectangle with round corners that nobody leaves: its corners and their radius, metres."""

    low: tuple[float, float] = (-44.0, -44.0)
    high: tuple[float, float] = (44.0, 44.0)
    corner: float = 12.0

    def outside(self, place: Vec2) -> tuple[float, Vec2]:
        """Signed distance to the rim (inside is negative) and the unit normal outward, (2,)."""
        low, high = np.array(self.low), np.array(self.high)
        from_middle = place - (low + high) / 2
        sign = np.where(from_middle < 0.0, -1.0, 1.0)
        beyond = np.abs(from_middle) - ((high - low) / 2 - self.corner)
        clipped = np.maximum(beyond, 0.0)
        length = math.hypot(clipped[0], clipped[1])
        if length > 0.0:
            return length - self.corner, sign * clipped / length
        axis = int(beyond[1] > beyond[0])
        normal = np.zeros(2)
        normal[axis] = sign[axis]
        return float(beyond[axis]) - self.corner, normal


@dataclass(frozen=True)
class Ground:
    """Where one may stand: circles (n, 3) of x, y, radius are in the way; the rim is the end."""

    circles: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 3)))
    rim: Rim = Rim()
    height: Height = flat

    def blocked(self, place: Vec2) -> tuple[float, Vec2]:
        """How deep (m, positive) a visitor at `place` is in something, and the way out, (2,)."""
        over, normal = self.rim.outside(place)
        depth, way = over + SHOULDERS, -normal
        if len(self.circles):
            apart = place - self.circles[:, :2]
            distance = np.hypot(apart[:, 0], apart[:, 1])
            depths = self.circles[:, 2] + SHOULDERS - distance
            worst = int(np.argmax(depths))
            if depths[worst] > depth:
                depth = float(depths[worst])
                away = float(distance[worst])
                way = apart[worst] / away if away > 1e-9 else np.array([1.0, 0.0])
        return depth, way

    def free(self, place: Vec2) -> bool:
        """Whether a visitor can stand there."""
        return self.blocked(place)[0] <= 0.0

    def nearest_free(self, place: Vec2) -> Vec2:
        """The place itself or a free one near it, (2,). Raises ValueError if there is none."""
        if self.free(place):
            return np.array(place, dtype=float)
        turns = np.linspace(0.0, 2.0 * math.pi, 48, endpoint=False)
        ring = np.stack([np.cos(turns), np.sin(turns)], axis=1)
        for radius in np.arange(0.1, 3.0 * max(self.rim.high), 0.1):
            for spot in place + radius * ring:
                if self.free(spot):
                    return np.array(spot, dtype=float)
        raise ValueError("there is no place to stand inside the rim")


@dataclass
class Wish:
    """What the visitor wants: right and forward from -1 to 1, rise likewise, running or not."""

    right: float = 0.0
    forward: float = 0.0
    rise: float = 0.0
    run: bool = False


class Walker:
    """Where the visitor is and how they look: the one thing in a walk that has a memory."""

    def __init__(
        self, ground: Ground, place: tuple[float, float], heading: float = 90.0, pitch: float = 0.0
    ) -> None:
        self.ground = ground
        self.heading, self.pitch = heading, pitch
        self._place = np.zeros(3)
        self._velocity = np.zeros(3)
        self.stand(place)

    @property
    def eye(self) -> tuple[float, float, float]:
        """The eye in metres."""
        x, y, z = (float(part) for part in self._place)
        return x, y, z

    @property
    def stance(self) -> Stance:
        """Where the visitor stands, for a deed."""
        return Stance(float(self._place[0]), float(self._place[1]), self.heading)

    @property
    def speed(self) -> float:
        """Metres a second."""
        return float(np.linalg.norm(self._velocity))

    def stand(self, place: tuple[float, float], heading: float | None = None) -> None:
        """Stands at rest at `place`, or at a free place near it; keeps the heading unless given."""
        spot = self.ground.nearest_free(np.array(place, dtype=float))
        self._place[:] = *spot, self.ground.height(spot) + EYE
        self._velocity[:] = 0.0
        if heading is not None:
            self.heading, self.pitch = heading, 0.0

    def fly_to(self, eye: tuple[float, float, float]) -> None:
        """Puts the eye anywhere, at rest; for act five, and for pictures that are reopened."""
        self._place[:] = eye
        self._velocity[:] = 0.0

    def look(self, right: float, up: float) -> None:
        """Turns by radians to the right and up."""
        self.heading = (self.heading - math.degrees(right)) % 360.0
        self.pitch = min(max(self.pitch + math.degrees(up), -PITCH), PITCH)

    def move(self, dt: float, wish: Wish, afloat: float = 0.0) -> None:
        """Moves for `dt` seconds. `afloat` 0 walks; above it there is no ground any more."""
        pieces = max(math.ceil(dt / STEP - 1e-6), 1)
        for _ in range(pieces):
            if afloat > 0.0:
                self._float(dt / pieces, wish, afloat)
            else:
                self._walk(dt / pieces, wish)

    def _wanted(self, wish: Wish) -> Vec2:
        """The velocity that the visitor wants along the ground, m/s, (2,)."""
        turn = math.radians(self.heading)
        right = np.array([math.cos(turn), math.sin(turn)])
        forward = np.array([-math.sin(turn), math.cos(turn)])
        way = wish.right * right + wish.forward * forward
        length = math.hypot(way[0], way[1])
        speed = RUN if wish.run else WALK
        return way * (speed / max(length, 1.0))

    def _walk(self, dt: float, wish: Wish) -> None:
        wanted = self._wanted(wish)
        velocity = self._velocity[:2]
        goal = math.hypot(wanted[0], wanted[1])
        rate = (WALK if 0.0 < goal <= WALK * 1.001 else RUN) / RISE
        change = wanted - velocity
        length = math.hypot(change[0], change[1])
        reached = min(length / rate, dt)
        after = wanted if length <= rate * dt else velocity + change * (rate * dt / length)
        way = velocity * dt
        if length > 0.0:
            way = velocity * reached + change / length * (0.5 * rate * reached * reached)
            way = way + after * (dt - reached)
        self._velocity[:2], self._velocity[2] = after, 0.0
        self._slide(way)
        self._follow_ground(dt)

    def _slide(self, way: Vec2) -> None:
        """Goes `way`, sliding along what it meets; where nothing gives way, stays."""
        start = self._place[:2].copy()
        place = start + way
        for _ in range(TRIES):
            depth, out = self.ground.blocked(place)
            if depth <= 0.0:
                self._place[:2] = place
                return
            place = place + out * (depth + SKIN)
            into = float(self._velocity[:2] @ out)
            if into < 0.0:
                self._velocity[:2] -= into * out
        self._place[:2] = start
        self._velocity[:2] = 0.0

    def _follow_ground(self, dt: float) -> None:
        target = self.ground.height(self._place[:2]) + EYE
        keep = math.exp(-dt / FOOT_TIME)
        self._place[2] = target + (self._place[2] - target) * keep

    def _float(self, dt: float, wish: Wish, afloat: float) -> None:
        """Drifts where the visitor looks, on a current that leads to AFLOAT.

        The drag is solved exactly: v' = DRAG (goal - v).
        """
        turn, tilt = math.radians(self.heading), math.radians(self.pitch)
        right = np.array([math.cos(turn), math.sin(turn), 0.0])
        ahead = np.array(
            [-math.sin(turn) * math.cos(tilt), math.cos(turn) * math.cos(tilt), math.sin(tilt)]
        )
        way = wish.right * right + wish.forward * ahead + np.array([0.0, 0.0, wish.rise])
        way = way / max(float(np.linalg.norm(way)), 1.0)
        goal = way * (DRIFT if wish.run else 0.5 * DRIFT)
        goal = goal + (np.array(AFLOAT) - self._place) * (CURRENT * min(afloat, 1.0))
        keep = math.exp(-DRAG * dt)
        self._place += goal * dt + (self._velocity - goal) * (1.0 - keep) / DRAG
        self._velocity[:] = goal + (self._velocity - goal) * keep
