"""The way of somebody who would rather watch: where to stand and what to look at, by story.

The guide only wishes; the walker still walks, so nobody is carried through a mourner.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from world.timeline.ease import linear
from world.timeline.track import track
from world.viewer.walker import EYE, SHOULDERS, Ground, Walker, Wish

NEAR = 0.08  # metres: close enough to be there
SLOWING = 1.2  # metres before the goal at which the step shortens
PACE = 0.62  # of walking speed, for a mourner's pace
TURN_TIME = 1.6  # seconds in which the gaze settles on what it follows
REACH, CELL = 24.0, 0.3  # metres: half the side of the grid on which ways are found, its mesh
ROOM = 0.06  # metres to spare beside the shoulders
LOOK_AHEAD = 4  # cells
FAR = 1_000_000  # steps: no way leads there

# Where to stand, by second of story, metres: along the aisle, past the witnesses in the
# north, to the fallen one; back a little for the deeds; nearer again for the eyes.
# fmt: off
_X = track((0, 18), (18, 18), (44, 6.2), (58, 2.9), (84, 2.9), (104, 5.4), (300, 5.4),
           (312, 3.4), (345, 2.4), (480, 2.4))
_Y = track((0, -0.4), (18, -0.4), (36, -0.3), (45, 1.3), (56, 0.8), (104, 0.6), (300, 0.6),
           (345, 1.0))

# What is looked at: a point in metres.
_AT_X = track((0, -60), (18, -60), (27, -4), (40, 5.1), (48, 5.1), (56, 0), (90, 0), (100, -30),
              (124, -12), (135, 0), (170, 2), (300, 0), (318, -6), (338, -6), (348, 0), (364, 0),
              (374, -30))
_AT_Y = track((0, -0.4), (18, -0.4), (27, 2), (40, 4.3), (48, 4.3), (56, 0), (90, 0), (100, -6),
              (124, 2), (135, 0), (270, 0), (278, 5), (292, -5), (300, 0), (318, 4), (338, -3),
              (348, 0), (364, 0), (374, 1))
_AT_Z = track((0, 5), (18, 4.6), (27, 1.6), (40, 1.42), (48, 1.42), (56, 0.3), (90, 0.5),
              (100, 5), (124, 2), (135, 0.1), (154, 0.4), (160, 5), (168, 0.6), (184, 1.1),
              (228, 1.2), (236, 2.4), (245, 0.3), (268, 0.3), (276, 1.6), (300, 0.6),
              (318, 1.5), (340, 1.5), (348, 0.4), (364, 0.4), (374, 1.6))
# fmt: on

# In the night there is nothing to stand on: heading and pitch in degrees, to the lyre, to the
# two stars, to where the last dawn breaks.
_NIGHT = 374.0
_HEADING = track((374, 90), (426, 90), (434, 74.5), (446, 74.5), (455, 90))
_PITCH = track(
    (374, 0),
    (395, 10),
    (408, 24),
    (426, 24),
    (434, 20.5),
    (446, 20.5),
    (452, 26),
    (464, 20),
    (478, 8),
)
_TAKEN = track((0, 0), (3, 1, linear))  # how much of the way the guide has, after it takes over


@dataclass(frozen=True)
class Aim:
    """Where the guide would stand (m) and look (degrees)."""

    x: float
    y: float
    heading: float
    pitch: float


def aim(story: float) -> Aim:
    """The guide's place and gaze at `story` seconds; a pure function."""
    x, y = _X(story), _Y(story)
    if story >= _NIGHT:
        return Aim(x, y, _HEADING(story), _PITCH(story))
    return Aim(x, y, *gaze((x, y, EYE), (_AT_X(story), _AT_Y(story), _AT_Z(story))))


def gaze(eye: tuple[float, float, float], at: tuple[float, float, float]) -> tuple[float, float]:
    """Heading and pitch in degrees from `eye` to the point `at`."""
    dx, dy, dz = (b - a for a, b in zip(eye, at, strict=True))
    flat = math.hypot(dx, dy)
    return math.degrees(math.atan2(-dx, dy)), math.degrees(math.atan2(dz, flat))


class Route:
    """The shortest way to a goal among what is in the way, as steps on a square grid."""

    def __init__(self, ground: Ground) -> None:
        self._side = 2 * round(REACH / CELL) + 1
        line = np.linspace(-REACH, REACH, self._side)
        self._line = line
        self._free = np.zeros((self._side, self._side), dtype=bool)  # [column x, row y]
        for column, x in enumerate(line):
            apart = np.hypot(
                x - ground.circles[:, 0][:, None], line[None, :] - ground.circles[:, 1][:, None]
            )
            room = apart - ground.circles[:, 2][:, None]
            if len(room):
                self._free[column] = room.min(axis=0) > SHOULDERS + ROOM
            else:
                self._free[column] = True
        self._steps = np.zeros_like(self._free, dtype=np.int32)
        self._goal: tuple[int, int] | None = None

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """The grid cell nearest to a place."""
        last = self._side - 1
        return (
            min(max(round((x + REACH) / CELL), 0), last),
            min(max(round((y + REACH) / CELL), 0), last),
        )

    def ahead(self, here: tuple[float, float], goal: tuple[float, float]) -> tuple[float, float]:
        """A place some metres further on the way from `here` to `goal`."""
        end = self.cell(*goal)
        old = self._goal
        if old is None or max(abs(end[0] - old[0]), abs(end[1] - old[1])) > LOOK_AHEAD // 2:
            self._goal = end
            self._flood(end)
        column, row = self.cell(*here)
        for _ in range(LOOK_AHEAD):
            if self._steps[column, row] <= LOOK_AHEAD:
                return goal
            left, low = max(column - 1, 0), max(row - 1, 0)
            near = self._steps[left : column + 2, low : row + 2]
            best = np.unravel_index(int(np.argmin(near)), near.shape)
            step = left + int(best[0]), low + int(best[1])
            if step == (column, row):
                break
            column, row = step
        return float(self._line[column]), float(self._line[row])

    def _flood(self, end: tuple[int, int]) -> None:
        """Counts the steps to `end` for every cell, ring by ring; unreachable stays far."""
        self._steps[:] = FAR
        self._steps[end] = 0
        wide = np.zeros((self._side + 2, self._side + 2), dtype=bool)  # with a border of no way
        ring = np.zeros_like(self._free)
        ring[end] = True
        seen = ring.copy()
        count = 0
        while ring.any():
            count += 1
            wide[1:-1, 1:-1] = ring
            ring = wide[2:, 1:-1] | wide[:-2, 1:-1] | wide[1:-1, 2:] | wide[1:-1, :-2]
            if count % 2:  # diagonals every other step: a walk's distance, near enough
                ring |= wide[2:, 2:] | wide[:-2, 2:] | wide[2:, :-2] | wide[:-2, :-2]
            ring &= self._free & ~seen
            seen |= ring
            self._steps[ring] = count


class Guide:
    """Leads a walker when nobody else does; takes over and gives back without a jerk."""

    def __init__(self) -> None:
        self._leading = 0.0  # seconds
        self._route: Route | None = None

    def rest(self) -> None:
        """The visitor leads again."""
        self._leading = 0.0

    def lead(self, walker: Walker, story: float, dt: float) -> Wish:
        """Turns the walker's head a little and returns the step to take."""
        self._leading += dt
        share = float(_TAKEN(self._leading))
        goal = aim(story)
        heading, pitch = goal.heading, goal.pitch
        if story < _NIGHT:
            point = (_AT_X(story), _AT_Y(story), _AT_Z(story))
            heading, pitch = gaze(walker.eye, point)
        mix = (1.0 - math.exp(-dt / TURN_TIME)) * share
        turn = (heading - walker.heading + 180.0) % 360.0 - 180.0
        walker.look(-math.radians(turn * mix), math.radians((pitch - walker.pitch) * mix))
        if story >= _NIGHT:
            return Wish()
        return self._step(walker, (goal.x, goal.y), share)

    def _step(self, walker: Walker, goal: tuple[float, float], share: float) -> Wish:
        """A step on the way to the goal, as right and forward of where the walker looks."""
        x, y, _ = walker.eye
        far = math.hypot(goal[0] - x, goal[1] - y)
        if far < NEAR:
            return Wish()
        if self._route is None:
            self._route = Route(walker.ground)
        via = self._route.ahead((x, y), goal)
        dx, dy = via[0] - x, via[1] - y
        length = max(math.hypot(dx, dy), 1e-9)
        pace = PACE * share * min(far / SLOWING, 1.0) / length
        turn = math.radians(walker.heading)
        right = dx * math.cos(turn) + dy * math.sin(turn)
        ahead = -dx * math.sin(turn) + dy * math.cos(turn)
        return Wish(right=right * pace, forward=ahead * pace)
