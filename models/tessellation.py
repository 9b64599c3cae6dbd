"""A plane divided into polygons that share their vertices, and can be split.

Faces are counter-clockwise loops of vertex indices. A vertex put on an edge goes
into the loops of both faces beside it, so however the floor breaks, and wherever
a vertex is moved afterwards, the faces go on to tile the square exactly.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]
Edge = tuple[int, int]


def polygon_area(points: Sequence[Point]) -> float:
    """Signed area, positive for counter-clockwise."""
    total = 0.0
    x0, y0 = points[-1]
    for x1, y1 in points:
        total += x0 * y1 - x1 * y0
        x0, y0 = x1, y1
    return 0.5 * total


def centroid(points: Sequence[Point]) -> Point:
    """Centre of area of a simple polygon."""
    x0, y0 = points[-1]
    sx = sy = total = 0.0
    bx, by = points[0]  # sums about a corner keep their precision far from the origin
    for x1, y1 in points:
        cross = (x0 - bx) * (y1 - by) - (x1 - bx) * (y0 - by)
        sx += (x0 + x1 - 2 * bx) * cross
        sy += (y0 + y1 - 2 * by) * cross
        total += cross
        x0, y0 = x1, y1
    return bx + sx / (3.0 * total), by + sy / (3.0 * total)


class Tessellation:
    """Polygons tiling a plane region; `joints` marks the edges that masons laid."""

    def __init__(self, points: Sequence[Point], faces: Sequence[Sequence[int]]) -> None:
        self.points: list[Point] = list(points)
        self.faces: list[list[int]] = [list(face) for face in faces]
        self.owner: dict[Edge, int] = {}
        self.around: list[set[int]] = [set() for _ in self.points]
        self.joints: set[Edge] = set()
        for index, loop in enumerate(self.faces):
            self._claim(index)
            self.joints.update((min(a, b), max(a, b)) for a, b in _sides(loop))

    def _claim(self, face: int) -> None:
        loop = self.faces[face]
        for a, b in _sides(loop):
            self.owner[(a, b)] = face
            self.around[a].add(face)

    def polygon(self, face: int) -> list[Point]:
        """Corner points of a face."""
        return [self.points[v] for v in self.faces[face]]

    def is_joint(self, a: int, b: int) -> bool:
        """True where the masons left a joint, False where the stone broke."""
        return (min(a, b), max(a, b)) in self.joints

    def is_rim(self, a: int, b: int) -> bool:
        """True for an edge with nothing on its other side."""
        return (a, b) not in self.owner or (b, a) not in self.owner

    def insert(self, a: int, b: int, point: Point) -> int:
        """Puts a new vertex into edge a-b of both faces beside it; returns its index."""
        vertex = len(self.points)
        self.points.append(point)
        self.around.append(set())
        for start, end in ((a, b), (b, a)):
            face = self.owner.pop((start, end), None)
            if face is None:
                continue
            loop = self.faces[face]
            loop.insert(loop.index(start) + 1, vertex)
            self.owner[(start, vertex)] = face
            self.owner[(vertex, end)] = face
            self.around[vertex].add(face)
        if self.is_joint(a, b):
            self.joints.discard((min(a, b), max(a, b)))
            self.joints.update(((min(a, vertex), vertex), (min(b, vertex), vertex)))
        return vertex

    def split(self, face: int, a: int, b: int) -> int:
        """Cuts a face along the chord between its vertices a and b; returns the new face."""
        loop = self.faces[face]
        i, j = sorted((loop.index(a), loop.index(b)))
        if j - i < 2 or len(loop) - (j - i) < 2:
            raise ValueError(f"vertices {a} and {b} are neighbours in face {face}")
        new = len(self.faces)
        for vertex in loop[j + 1 :] + loop[:i]:
            self.around[vertex].discard(face)
        self.faces[face] = loop[i : j + 1]
        self.faces.append(loop[j:] + loop[: i + 1])
        self._claim(face)
        self._claim(new)
        return new

    def exit_of(self, face: int, origin: Point, heading: float) -> tuple[int, int, float] | None:
        """Where a ray leaves a face: edge (a, b) and the fraction along it, or None."""
        dx, dy = math.cos(heading), math.sin(heading)
        best: tuple[int, int, float] | None = None
        nearest = math.inf
        for a, b in _sides(self.faces[face]):
            ax, ay = self.points[a]
            ex, ey = self.points[b][0] - ax, self.points[b][1] - ay
            wx, wy = ax - origin[0], ay - origin[1]
            across = dx * ey - dy * ex
            if abs(across) < 1e-12:
                continue
            along = (wx * ey - wy * ex) / across
            part = (wx * dy - wy * dx) / across
            if 1e-6 < along < nearest and -1e-9 <= part <= 1 + 1e-9:
                nearest, best = along, (a, b, part)
        return best

    def sharpest(self, face: int) -> float:
        """Least inner angle of a face, radians; negative or 0 where it folds."""
        points = self.polygon(face)
        least = math.inf
        for i, (x, y) in enumerate(points):
            px, py = points[i - 1]
            nx, ny = points[(i + 1) % len(points)]
            ux, uy, vx, vy = nx - x, ny - y, px - x, py - y
            angle = math.atan2(ux * vy - uy * vx, ux * vx + uy * vy) % (2 * math.pi)
            least = min(least, angle)
        return least


def _sides(loop: Sequence[int]) -> list[Edge]:
    return list(zip(loop, [*loop[1:], loop[0]], strict=True))
