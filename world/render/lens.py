"""Cameras: where the eye is, which way it looks, and how wide."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from panda3d.core import LMatrix4, LVecBase3, PerspectiveLens, composeMatrix

NEAR, FAR = 0.06, 2400.0  # metres

Vec3 = tuple[float, float, float]


@dataclass(frozen=True)
class Camera:
    """An eye: place in metres, heading, pitch and roll in degrees, width of view in degrees.

    Heading 0 looks north (+y), 90 west (-x); pitch is up; `hfov` spans the picture's width.
    """

    eye: Vec3
    heading: float = 90.0
    pitch: float = 0.0
    roll: float = 0.0
    hfov: float = 90.0

    def __post_init__(self) -> None:
        if not 1.0 <= self.hfov <= 170.0:
            raise ValueError(f"field of view is {self.hfov} degrees: give 1 to 170")

    @staticmethod
    def looking(eye: Vec3, at: Vec3, hfov: float = 90.0, roll: float = 0.0) -> Camera:
        """A camera at `eye` that looks at the point `at`. Raises ValueError if they coincide."""
        x, y, z = (b - a for a, b in zip(eye, at, strict=True))
        flat = math.hypot(x, y)
        if flat == 0 and z == 0:
            raise ValueError("the eye and the point it looks at are the same")
        heading = math.degrees(math.atan2(-x, y)) if flat else 0.0
        return Camera(eye, heading, math.degrees(math.atan2(z, flat)), roll, hfov)

    @property
    def direction(self) -> Vec3:
        """Unit vector of the view."""
        heading, pitch = math.radians(self.heading), math.radians(self.pitch)
        flat = math.cos(pitch)
        return (-math.sin(heading) * flat, math.cos(heading) * flat, math.sin(pitch))

    def matrix(self) -> LMatrix4:
        """The camera's place and turn as a node transform."""
        out = LMatrix4()
        turn = LVecBase3(self.heading, self.pitch, self.roll)
        composeMatrix(out, LVecBase3(1), LVecBase3(0), turn, LVecBase3(*self.eye))
        return out

    def turn(self) -> NDArray[np.float64]:
        """Columns right, forward, up in world axes, (3, 3)."""
        matrix = self.matrix()
        return np.array([[matrix[row][column] for column in range(3)] for row in range(3)]).T


def lens_for(camera: Camera, aspect: float) -> PerspectiveLens:
    """A perspective lens `aspect` = width / height wide."""
    lens = PerspectiveLens()
    lens.setNearFar(NEAR, FAR)
    half = math.tan(math.radians(camera.hfov) / 2)
    lens.setFov(camera.hfov, 2 * math.degrees(math.atan(half / aspect)))
    return lens
