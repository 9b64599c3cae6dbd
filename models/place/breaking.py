"""How the floor was laid and how it broke: rows of slabs, then cracks run through them.

Long cracks start at the centre and turn a little at each joint they cross, as a
blow would drive them; then every piece that is still larger than its place
allows is cut across, each new crack ending at an older one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from models.noise import value_noise
from models.tessellation import Point, Tessellation, centroid, polygon_area

SIDE = 90.0  # the whole floor, metres
HALF = SIDE / 2
ROW = (2.5, 3.6)  # depth of a row of slabs
LENGTH = (2.4, 4.0)  # length of a slab
BOND = 0.45  # least offset of a joint from the joints of the row before
LAID_JITTER = 0.025
SNAP = 0.28  # a crack that would end this near a corner runs into the corner
LEAST_PIECE = 0.10  # square metres
LEAST_ANGLE = math.radians(17.0)
RADIALS = 15
STRAY_CRACKS = 28
TURN = math.radians(11.0)


@dataclass
class Breaker:
    """A tessellation being broken, and the dice."""

    floor: Tessellation
    rng: np.random.Generator


def broken_floor(seed: int) -> Tessellation:
    """The whole floor, laid and broken; a pure function of the seed."""
    rng = np.random.default_rng([seed, 11])
    breaker = Breaker(laid_floor(rng), rng)
    _run_radials(breaker)
    _run_strays(breaker)
    _snap_corners(breaker)
    _cut_to_size(breaker, seed)
    _roughen(breaker)
    return breaker.floor


def laid_floor(rng: np.random.Generator) -> Tessellation:
    """Slabs in running bond, joints a little out of true; edges on +-HALF are exact."""
    lines = _row_lines(rng)
    rows = len(lines) - 1
    joints: list[list[float]] = []
    for _ in range(rows):
        joints.append(_row_joints(rng, joints[-1] if joints else []))
    points: list[Point] = []
    on_line: list[list[tuple[float, int]]] = [[] for _ in lines]
    feet: list[list[int]] = []
    heads: list[list[int]] = []

    def put(x: float, line: int) -> int:
        exact = line in (0, rows) or abs(x) == HALF
        y = lines[line] + (0.0 if exact else rng.normal(0.0, LAID_JITTER * 0.6))
        points.append((x, y))
        on_line[line].append((x, len(points) - 1))
        return len(points) - 1

    ends = [(put(-HALF, line), put(HALF, line)) for line in range(rows + 1)]
    for row, places in enumerate(joints):
        lean = rng.normal(0.0, LAID_JITTER, (len(places), 2))
        feet.append([ends[row][0]] + [put(x + lean[i, 0], row) for i, x in enumerate(places)])
        heads.append([ends[row + 1][0]])
        heads[-1] += [put(x + lean[i, 1], row + 1) for i, x in enumerate(places)]
        feet[-1].append(ends[row][1])
        heads[-1].append(ends[row + 1][1])
    ordered = [[v for _, v in sorted(line)] for line in on_line]
    faces = []
    for row in range(rows):
        for i in range(len(feet[row]) - 1):
            low = _between(ordered[row], feet[row][i], feet[row][i + 1])
            high = _between(ordered[row + 1], heads[row][i], heads[row][i + 1])
            faces.append(low + high[::-1])
    return Tessellation(points, faces)


def _between(line: list[int], first: int, last: int) -> list[int]:
    return line[line.index(first) : line.index(last) + 1]


def _row_lines(rng: np.random.Generator) -> list[float]:
    depths = rng.uniform(*ROW, size=round(SIDE / (sum(ROW) / 2)))
    lines = -HALF + np.cumsum(depths) * (SIDE / depths.sum())
    return [-HALF, *(float(y) for y in lines[:-1]), HALF]


def _row_joints(rng: np.random.Generator, before: list[float]) -> list[float]:
    places: list[float] = []
    x = -HALF
    while HALF - x > LENGTH[1] + 0.8:
        for _ in range(24):
            step = float(rng.uniform(*LENGTH))
            if HALF - x - step > 0.75 * LENGTH[0] and all(
                abs(x + step - other) > BOND for other in before
            ):
                break
        x += step
        places.append(x)
    return places


def wanted_area(x: float, y: float, unevenness: float) -> float:
    """Area of piece (m2) that a place allows: small at the centre, unlimited far out."""
    radius = math.hypot(x, y)
    if radius > 34.0:
        return 60.0 if unevenness < 0.76 else 6.0
    spread = min(max((radius - 2.0) / 26.0, 0.0), 1.0)
    return float((0.75 + 12.0 * spread**1.5) * (0.5 + unevenness))


def _cut(breaker: Breaker, face: int, start: int, heading: float) -> int | None:
    """Cracks a face from one of its vertices; the vertex where the crack came out, or None."""
    floor = breaker.floor
    found = floor.exit_of(face, floor.points[start], heading)
    if found is None or start in found[:2]:
        return None
    a, b, part = found
    (ax, ay), (bx, by) = floor.points[a], floor.points[b]
    length = math.hypot(bx - ax, by - ay)
    if part * length < SNAP or (1 - part) * length < SNAP:
        end = a if part < 0.5 else b
        return end if _part(floor, face, start, end) else None
    spot = (ax + (bx - ax) * part, ay + (by - ay) * part)
    if not _fits(floor, face, start, (a, spot)):
        return None
    end = floor.insert(a, b, spot)
    floor.split(face, start, end)
    return end


def _part(floor: Tessellation, face: int, start: int, end: int) -> bool:
    loop = floor.faces[face]
    apart = abs(loop.index(start) - loop.index(end))
    if apart < 2 or apart > len(loop) - 2 or not _fits(floor, face, start, (end, None)):
        return False
    floor.split(face, start, end)
    return True


def _fits(floor: Tessellation, face: int, start: int, exit_at: tuple[int, Point | None]) -> bool:
    """True if both pieces would be large and blunt enough to be stones."""
    loop = floor.faces[face]
    i = loop.index(start)
    turned = loop[i:] + loop[:i]
    stop = turned.index(exit_at[0])
    spot = exit_at[1] or floor.points[exit_at[0]]
    points = [floor.points[v] for v in turned]
    left = [*points[: stop + 1], spot] if exit_at[1] else points[: stop + 1]
    right = [points[0], spot, *points[stop + 1 :]]
    for piece in (left, right):
        if len(piece) < 3 or polygon_area(piece) < LEAST_PIECE:
            return False
    return _blunt(points[0], left[1], right[1], points[-1]) and _blunt(
        spot, right[2] if len(right) > 2 else points[0], points[0], left[-2]
    )


def _blunt(corner: Point, after: Point, chord: Point, before: Point) -> bool:
    def angle(point: Point) -> float:
        return math.atan2(point[1] - corner[1], point[0] - corner[0])

    first = (angle(chord) - angle(after)) % (2 * math.pi)
    second = (angle(before) - angle(chord)) % (2 * math.pi)
    return min(first, second) > LEAST_ANGLE


def _face_towards(floor: Tessellation, vertex: int, heading: float) -> int | None:
    x, y = floor.points[vertex]
    for face in sorted(floor.around[vertex]):
        loop = floor.faces[face]
        i = loop.index(vertex)
        nx, ny = floor.points[loop[(i + 1) % len(loop)]]
        px, py = floor.points[loop[i - 1]]
        first = math.atan2(ny - y, nx - x)
        opening = (math.atan2(py - y, px - x) - first) % (2 * math.pi)
        if 0.02 < (heading - first) % (2 * math.pi) < opening - 0.02:
            return face
    return None


def _run(breaker: Breaker, start: int, heading: float, reach: float, forks: int) -> None:
    """Drives a crack from a vertex through face after face until its reach is spent."""
    floor, rng = breaker.floor, breaker.rng
    vertex, aim, gone = start, heading, 0.0
    while gone < reach:
        end = None
        for bend in rng.permutation([0.0, 0.3, -0.3, 0.6, -0.6]) * 0.6 + rng.normal(0.0, TURN):
            face = _face_towards(floor, vertex, aim + bend)
            end = None if face is None else _cut(breaker, face, vertex, aim + bend)
            if end is not None:
                break
        if end is None:
            return
        (x0, y0), (x1, y1) = floor.points[vertex], floor.points[end]
        gone += math.hypot(x1 - x0, y1 - y0)
        aim = 0.75 * aim + 0.25 * _near_angle(math.atan2(y1 - y0, x1 - x0), aim)
        vertex = end
        if forks and rng.random() < 0.22:
            side = math.copysign(rng.uniform(0.5, 1.0), rng.random() - 0.5)
            _run(breaker, vertex, aim + side, (reach - gone) * rng.uniform(0.3, 0.7), forks - 1)


def _near_angle(angle: float, reference: float) -> float:
    return reference + (angle - reference + math.pi) % (2 * math.pi) - math.pi


def _run_radials(breaker: Breaker) -> None:
    rng = breaker.rng
    xy = np.array(breaker.floor.points)
    near = np.flatnonzero(np.hypot(xy[:, 0], xy[:, 1]) < 4.5)
    for index in range(RADIALS):
        heading = 2 * math.pi * (index + rng.uniform(-0.3, 0.3)) / RADIALS
        aim = 2.4 * np.array([math.cos(heading), math.sin(heading)])
        start = near[np.argmin(np.hypot(*(xy[near] - aim).T))]
        reach = float(rng.choice([12.0, 18.0, 27.0, 40.0])) * rng.uniform(0.8, 1.2)
        _run(breaker, int(start), heading, reach, forks=2)
        if index % 2:
            _run(breaker, int(start), heading + math.pi, 4.0, forks=0)


def _run_strays(breaker: Breaker) -> None:
    rng = breaker.rng
    for _ in range(STRAY_CRACKS):
        start = int(rng.integers(len(breaker.floor.points)))
        if max(map(abs, breaker.floor.points[start])) < HALF - 0.5:
            _run(breaker, start, rng.uniform(0, 2 * math.pi), rng.uniform(4.0, 16.0), forks=1)


def _snap_corners(breaker: Breaker) -> None:
    """Breaks a corner off some slabs, as frost and feet do."""
    floor, rng = breaker.floor, breaker.rng
    for face in range(len(floor.faces)):
        if rng.random() > 0.16:
            continue
        loop = floor.faces[face]
        i = int(rng.integers(len(loop)))
        a, corner, b = loop[i - 1], loop[i], loop[(i + 1) % len(loop)]
        (ax, ay), (cx, cy), (bx, by) = (floor.points[v] for v in (a, corner, b))
        first, second = math.hypot(ax - cx, ay - cy), math.hypot(bx - cx, by - cy)
        turn = abs((bx - cx) * (cy - ay) - (by - cy) * (cx - ax)) / (first * second)
        u, w = rng.uniform(0.35, 0.8, 2)
        if first < u + SNAP or second < w + SNAP or turn < 0.7 or floor.is_rim(a, corner):
            continue
        start = floor.insert(a, corner, (cx + (ax - cx) * u / first, cy + (ay - cy) * u / first))
        end = floor.insert(corner, b, (cx + (bx - cx) * w / second, cy + (by - cy) * w / second))
        floor.split(face, start, end)


def _cut_to_size(breaker: Breaker, seed: int) -> None:
    floor, rng = breaker.floor, breaker.rng
    waiting = list(range(len(floor.faces)))
    while waiting:
        face = waiting.pop()
        polygon = floor.polygon(face)
        x, y = centroid(polygon)
        uneven = float(value_noise(np.array([x * 0.19 + 40.0, y * 0.19 + 70.0]), seed))
        if polygon_area(polygon) < wanted_area(x, y, uneven) * rng.uniform(0.7, 1.5):
            continue
        if _cut_across(breaker, face):
            waiting += [face, len(floor.faces) - 1]


def _cut_across(breaker: Breaker, face: int) -> bool:
    """Cuts a face about through its middle, across its long way; False if no cut fits."""
    floor, rng = breaker.floor, breaker.rng
    polygon = floor.polygon(face)
    middle = np.array(centroid(polygon))
    spread = np.linalg.eigh(np.cov((np.array(polygon) - middle).T))
    across = math.atan2(spread[1][1, 0], spread[1][0, 0])
    reach = math.sqrt(abs(polygon_area(polygon)))
    for attempt in range(5):
        heading = across + rng.normal(0.0, 0.25 + 0.1 * attempt)
        off = rng.normal(0.0, 0.13, 2) * reach
        spot = (middle[0] + off[0], middle[1] + off[1])
        back = floor.exit_of(face, spot, heading + math.pi)
        if back is None:
            continue
        a, b, part = back
        (ax, ay), (bx, by) = floor.points[a], floor.points[b]
        length = math.hypot(bx - ax, by - ay)
        if floor.is_rim(a, b):
            continue
        if min(part, 1 - part) * length < SNAP:
            start = a if part < 0.5 else b
        elif length < 2.2 * SNAP:
            continue
        else:
            start = floor.insert(a, b, (ax + (bx - ax) * part, ay + (by - ay) * part))
        if _cut(breaker, face, start, heading) is not None:
            return True
    return False


def _roughen(breaker: Breaker) -> None:
    """Bends the cracks: a straight break becomes a random walk pinned at both ends."""
    floor, rng = breaker.floor, breaker.rng
    edges = sorted({(min(a, b), max(a, b)) for a, b in floor.owner if not floor.is_rim(a, b)})
    for a, b in edges:
        (ax, ay), (bx, by) = floor.points[a], floor.points[b]
        length = math.hypot(bx - ax, by - ay)
        radius = math.hypot(ax + bx, ay + by) / 2
        joint = floor.is_joint(a, b)
        step = (0.8 if joint else 0.5) + 0.07 * max(radius - 7.0, 0.0) * (2.5 if joint else 1.0)
        count = min(int(length / step), 6)
        if count < 1 or (joint and radius > 15.0):
            continue
        sway = 0.010 if joint else 0.085 * math.sqrt(length)
        walk = np.cumsum(rng.normal(0.0, 1.0, count + 1)) / math.sqrt(count + 1)
        part = np.arange(1, count + 1) / (count + 1) + rng.normal(0.0, 0.08, count) / (count + 1)
        bridge = np.clip((walk[:-1] - part * walk[-1]) * sway, -0.16 * length, 0.16 * length)
        nx, ny = -(by - ay) / length, (bx - ax) / length
        last, added = a, []
        for t in part:
            added.append(floor.insert(last, b, (ax + (bx - ax) * t, ay + (by - ay) * t)))
            last = added[-1]
        faces = (floor.owner[(a, added[0])], floor.owner[(added[0], a)])
        straight = [floor.points[v] for v in added]
        for strength in (1.0, 0.5, 0.2, 0.0):
            for vertex, (x, y), off in zip(added, straight, bridge, strict=True):
                floor.points[vertex] = (x + nx * off * strength, y + ny * off * strength)
            if all(_is_star(floor, face) for face in faces):
                break


def _is_star(floor: Tessellation, face: int) -> bool:
    """True if the whole face is seen from its centroid, with some room to spare."""
    points = floor.polygon(face)
    cx, cy = centroid(points)
    x0, y0 = points[-1]
    for x1, y1 in points:
        cross = (x0 - cx) * (y1 - cy) - (x1 - cx) * (y0 - cy)
        if cross < 0.10 * math.hypot(x1 - x0, y1 - y0) * math.hypot(x1 - cx, y1 - cy):
            return False
        x0, y0 = x1, y1
    return True
