"""Robes: a mantle that hangs from a body, its pipe folds, torn hems, sleeves and cowl.

Person space: metres, z up, the face looks along +y, +x is the right hand, the floor is
z = 0. A mantle is a table of radii about the upright axis through `Hang.axis`: cloth
falls straight down from whatever stands out furthest above it, spans hollows, and gathers
into pipes that start where it is pulled (shoulders, elbows, hands, knees) and grow, drift
and merge on their way to the floor.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from models.sdf import Array, Clay, Solid, cone, ellipsoid, smooth_max, smoothstep, tube

Grid = NDArray[np.float64]

ANGLES = 360
HEIGHT_STEP = 0.01
CLOTH = 0.014
EASE = 0.012
LIPSCHITZ = 0.72
TURN = 2 * np.pi


@dataclass(frozen=True)
class Hang:
    """Radii (angles, heights) of a hanging cloth about the axis (x, y); angle 0 is +x."""

    radius: Grid
    axis: tuple[float, float]
    heights: Grid

    def lookup(self, table: Grid, x: Array, y: Array, z: Array) -> tuple[Array, Array, Array]:
        """The table at each point, the point's distance from the axis, and its angle."""
        dx, dy = np.broadcast_arrays(x - np.float32(self.axis[0]), y - np.float32(self.axis[1]))
        r, angle = np.sqrt(dx * dx + dy * dy), np.arctan2(dy, dx)
        column = (angle % TURN) * (len(table) / TURN)
        row = (z - np.float32(self.heights[0])) / np.float32(HEIGHT_STEP)
        column, row = np.broadcast_arrays(column, row)
        wrapped = np.concatenate([table, table[:1]]).astype(np.float32)
        value = ndimage.map_coordinates(wrapped, [column, row], order=1, mode="nearest")
        return value, r, angle

    def solid(self, hem: Grid | None, top: float, thin: float = 0.0) -> Solid:
        """The cloth as a body of the whole width, cut off under `hem` (angles,) and over `top`.

        thin : how much narrower than the cloth, metres (for the hollow beneath it)
        """
        table = pared(self.radius, thin) if thin > 0 else self.radius

        def distance(x: Array, y: Array, z: Array) -> Array:
            value, r, angle = self.lookup(table, x, y, z)
            d = np.maximum((r - value) * np.float32(LIPSCHITZ), z - np.float32(top))
            if hem is None:
                return d
            drift = 0.03 * np.sin(8 * z + 2 * angle) + 0.012 * np.sin(27 * z)
            edge = np.interp((angle + drift) % TURN, np.linspace(0, TURN, len(hem)), hem)
            return np.maximum(d, ((edge - z) * 0.6).astype(np.float32))

        reach = float(table.max())
        low = [self.axis[0] - reach, self.axis[1] - reach, 0.0]
        return Solid(
            distance, np.array(low), np.array([self.axis[0] + reach, self.axis[1] + reach, top])
        )


def pared(radius: Grid, thin: float) -> Grid:
    """The lining of a cloth: narrower everywhere by `thin`, on the steep sides of folds too."""
    out: Grid = ndimage.minimum_filter(radius, (7, 3), mode=("wrap", "nearest")) - thin
    return out


def radii_of(body: Clay, axis: tuple[float, float], top: float) -> tuple[Grid, Grid]:
    """How far the body stands out from an upright axis: (angles, heights), and the heights."""
    heights = np.arange(0.0, top + HEIGHT_STEP, HEIGHT_STEP)
    angles = np.arange(ANGLES) * (TURN / ANGLES)
    reach = np.arange(0.01, 0.75, 0.01)
    shape = (ANGLES, len(heights), len(reach))
    points = np.stack(
        [
            np.broadcast_to(axis[0] + reach * np.cos(angles)[:, None, None], shape),
            np.broadcast_to(axis[1] + reach * np.sin(angles)[:, None, None], shape),
            np.broadcast_to(heights[None, :, None], shape),
        ],
        axis=-1,
    )
    inside = body.at(points.reshape(-1, 3)).reshape(shape) < 0
    return np.where(inside, reach, 0.0).max(axis=2), heights


def hull(radius: Grid) -> Grid:
    """Radii (angles, heights) of the convex outline of each slice, by its support function."""
    turn = np.arange(ANGLES) * (TURN / ANGLES)
    offsets = np.arange(-80, 81, 4)
    support = np.zeros_like(radius)
    for offset in offsets:
        support = np.maximum(support, np.roll(radius, offset, axis=0) * np.cos(turn[offset]))
    out = np.full_like(radius, np.inf)
    for offset in offsets:
        out = np.minimum(out, np.roll(support, offset, axis=0) / np.cos(turn[offset]))
    return out


def hang(body: Clay, axis: tuple[float, float], top: float, flare: Grid, span: float) -> Hang:
    """Cloth let fall over a body from the height `top`.

    flare : outward lean of the falling cloth, metres per metre, against height (n, 2)
    span  : 0 follows the body's hollows, 1 stretches across them
    """
    radius, heights = radii_of(body, axis, top)
    radius = ndimage.gaussian_filter(radius, (3, 1.5), mode=("wrap", "nearest"))
    radius = (1 - span) * radius + span * hull(radius)
    lean = np.interp(heights, flare[:, 0], flare[:, 1])
    for row in range(len(heights) - 2, -1, -1):
        fallen = radius[:, row + 1] + lean[row] * HEIGHT_STEP
        radius[:, row] = np.maximum(radius[:, row], fallen)
    radius = ndimage.gaussian_filter(radius, (4, 2), mode=("wrap", "nearest"))
    return Hang(radius + EASE, axis, heights)


def pipes(
    shape: Hang, pulls: Sequence[tuple[float, float]], count: int, depth: float, seed: int
) -> Grid:
    """Displacement (angles, heights) of pipe folds, metres, outward positive.

    pulls : (angle in radians, height) of the points that cloth hangs from; folds fan out
            from the nearest one
    depth : how far a fold stands out at the hem
    """
    main: Grid = _lanes(shape, pulls, count, depth, seed)
    fine = _lanes(shape, pulls, int(1.7 * count), 0.5 * depth, seed + 1000)
    total = smooth_max(main, fine, 0.008)
    return total - 0.45 * depth * smoothstep(0, 1, (shape.heights.max() - shape.heights) / 0.9)


def _lanes(
    shape: Hang, pulls: Sequence[tuple[float, float]], count: int, depth: float, seed: int
) -> Grid:
    """One family of folds, each in its own wandering lane; displacement outward only."""
    rng = np.random.default_rng(seed)
    angles = _along_hem(shape)[:, None]
    heights = shape.heights[None, :]
    spacing = TURN / count
    steps = rng.uniform(0.6, 1.4, count)
    hems = np.cumsum(steps) * (TURN / steps.sum()) + rng.uniform(0, TURN)
    points = np.array([[angles[int(a % TURN / TURN * ANGLES) % ANGLES, 0], z] for a, z in pulls])
    total = np.zeros((ANGLES, len(shape.heights)))
    for i, hem in enumerate(hems):
        gap = np.abs(wrapped(points[:, 0] - hem))
        near = int(np.argmin(gap + 0.5 * rng.random(len(points))))
        source, start = points[near]
        start = start - rng.uniform(0.0, 0.10) - 0.10 * gap[near]
        start = max(start if rng.random() < 0.8 else 0.7 * start, 0.35)
        fall = np.clip((start - heights) / start, 0, 1)
        drift = wrapped(source - hem)
        lane = hem + drift * 0.42 * (1 - smoothstep(0, 0.7, fall))
        lane = lane + rng.uniform(0.02, 0.07) * np.sin(
            heights * rng.uniform(3, 7) + 6 * rng.random()
        )
        width = spacing * (0.34 + 0.24 * fall) * (0.6 + 0.4 * steps[i])
        offset = wrapped(angles - lane) / width
        lobe = np.clip(1 - offset**2, 0, 1) ** 0.65
        swell = smoothstep(0.0, 0.22, fall) * (0.6 + 0.4 * fall) * rng.uniform(0.6, 1.3)
        ridge = depth * swell * lobe
        total = smooth_max(total, ridge, 0.006)
    return total


def _along_hem(shape: Hang) -> Grid:
    """The way round the cloth to each angle (angles,), by length near the floor, 0 to 2 pi.

    Folds are spaced by it, or the flanks of a flat figure would have too few.
    """
    radius = shape.radius[:, int(0.25 / HEIGHT_STEP)]
    slope = np.gradient(np.concatenate([radius[-1:], radius, radius[:1]]))[1:-1] * ANGLES / TURN
    length = np.cumsum(np.hypot(radius, slope))
    out: Grid = length * (TURN / length[-1])
    return out


def wrapped(angle: ArrayLike) -> Grid:
    """Angles brought to -pi..pi."""
    out: Grid = (np.asarray(angle, dtype=np.float64) + np.pi) % TURN - np.pi
    return out


def swags(shape: Hang, angle: float, height: float, half: float, count: int, depth: float) -> Grid:
    """Displacement (angles, heights) of slack folds that hang between two hands or knees.

    angle, height : the middle of the line they hang from
    half          : half the angle between its ends
    """
    angles = np.arange(ANGLES)[:, None] * (TURN / ANGLES)
    across = wrapped(angles - angle) / half
    heights = shape.heights[None, :]
    total = np.zeros((ANGLES, len(shape.heights)))
    for i in range(count):
        sag = 0.09 + 0.1 * i
        line = height - sag * (1 - across**2)
        ridge = np.exp(-(((heights - line) / (0.022 + 0.004 * i)) ** 2))
        ends = 1 - smoothstep(0.45, 1.0, np.abs(across))
        total += depth * (0.8**i) * ends * (ridge - 0.35)
    return total


def creases(shape: Hang, seed: int, depth: float) -> Grid:
    """Small slack wrinkles (angles, heights): noise stretched along the fall of the cloth."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((ANGLES, len(shape.heights)))
    long = ndimage.gaussian_filter(noise, (5, 14), mode=("wrap", "nearest"))
    slack = ndimage.gaussian_filter(np.roll(noise, 91, 0), (12, 3), mode=("wrap", "nearest"))
    low = 1 - smoothstep(0.0, 0.3, shape.heights)[None, :]
    out: Grid = depth * (long / long.std() * 0.6 + low * slack / slack.std())
    return out


def torn_hem(seed: int, level: float, ragged: float, slits: int, longest: float) -> Grid:
    """Height (angles,) of a torn hem: a wandering edge, frayed, with slits that leave strips."""
    rng = np.random.default_rng(seed)
    count = 720
    at = np.arange(count) * (TURN / count)
    edge = np.full(count, level)
    for harmonic in (2, 3, 5, 9, 17, 31):
        edge += ragged / harmonic**0.6 * np.sin(harmonic * at + rng.uniform(0, TURN))
    teeth = ndimage.gaussian_filter1d(rng.random(count), 1.2, mode="wrap")
    edge += 2.2 * ragged * np.maximum(teeth - teeth.mean(), 0)
    for _ in range(slits):
        gap = np.abs(wrapped(at - rng.uniform(0, TURN)))
        tall = rng.uniform(0.25, 1.0) * longest
        edge = np.maximum(edge, level + tall * (1 - gap / rng.uniform(0.03, 0.1)))
    return np.maximum(edge, 0.0)


def opening(hem: Grid, angle: float, top: float, half: float) -> Grid:
    """How high a hem (angles,) is drawn up by a front that hangs open, from `top` downward."""
    at = np.arange(len(hem)) * (TURN / len(hem))
    gap = np.abs(wrapped(at - angle)) / half
    return np.where(gap < 1, top * np.maximum(1 - gap, 0) ** 0.6, 0.0)


def sleeve(elbow: Grid, wrist: Grid, drop: float, seed: int, ripple: float = 0.012) -> Solid:
    """A wide sleeve over a forearm, hanging `drop` metres under the wrist in short pipes."""
    rng = np.random.default_rng(seed)
    axis = np.asarray(wrist, dtype=np.float64) - elbow
    length = float(np.linalg.norm(axis))
    along = axis / length
    phase = rng.uniform(0, TURN, 3)
    steep = float(np.clip(1.2 * along[2], 0, 1)) ** 2

    def distance(x: Array, y: Array, z: Array) -> Array:
        dx, dy, dz = x - elbow[0], y - elbow[1], z - elbow[2]
        t = np.clip((dx * along[0] + dy * along[1] + dz * along[2]) / length, 0, 1.06)
        gx, gy = dx - t * length * along[0], dy - t * length * along[1]
        gz = dz - t * length * along[2]
        below = 1 + (drop / 0.07) * (steep + (1 - steep) * t * t)
        radius = 0.07 - 0.008 * t
        fold = np.sin(10 * t + 4 * gz + phase[0]) + 0.5 * np.sin(27 * t - 4 * gz + phase[1])
        hanging = np.clip(-gz / 0.06, 0, 1)
        squash = np.where(gz < 0, gz / below, gz)
        narrow = 1 + 0.5 * hanging * t - ripple * fold * (0.25 + 0.75 * hanging) / radius
        flat = (gx * narrow) ** 2 + (gy * narrow) ** 2
        return ((np.sqrt(flat + squash**2) - radius) * 0.6).astype(np.float32)

    ends = np.stack([np.asarray(elbow), elbow + 1.06 * axis])
    low = ends.min(axis=0) - [0.1, 0.1, 0.1 + drop]
    return Solid(distance, low, ends.max(axis=0) + 0.1)


def cowl(clay: Clay, head: Grid, pulled: float, seed: int) -> None:
    """Press the outside of a hood on the clay.

    head   : (4, 4) from head space (metres, eye line z = 0, ear y = 0) to person space
    pulled : 0 set back on the brow, 1 drawn far over the face
    """
    rng = np.random.default_rng(seed)
    brim = 0.125 + 0.035 * pulled
    place = [
        (ellipsoid((0, -0.012, 0.018), (0.104, 0.138, 0.122)), 0.0),
        (ellipsoid((0, 0.055, 0.0), (0.094, brim + 0.01, 0.118)), 0.03),
        (cone((0, brim + 0.02, 0.098), (0, -0.05, 0.135), 0.016, 0.026), 0.05),
        (cone((0, -0.03, -0.06), (0, -0.055, -0.20), 0.104, 0.125), 0.05),
        (cone((0, 0.03, -0.10), (0, 0.03, -0.19), 0.088, 0.105), 0.04),
    ]
    for solid, k in place:
        clay.add(solid.posed(head), k)
    for side in (-1.0, 1.0):
        for i in range(5):
            up = 0.085 - 0.05 * i + rng.uniform(-0.008, 0.008)
            path = [
                (side * 0.082, brim - 0.012 - 0.012 * i, up),
                (side * 0.108, 0.03, up + 0.01 - 0.012 * i),
                (side * 0.098, -0.06, up - 0.02 - 0.02 * i),
                (side * 0.06, -0.13, up - 0.07 - 0.02 * i),
            ]
            clay.stroke(_at(head, path), rng.uniform(0.005, 0.010), 0.014)
        fall = [
            (side * 0.085, 0.07, -0.05),
            (side * 0.075, 0.075, -0.12),
            (side * 0.02, 0.085, -0.2),
        ]
        clay.stroke(_at(head, fall), 0.012, 0.016)


def hollow(head: Grid, pulled: float) -> tuple[Solid, Solid]:
    """What a hood is hollowed with: the room for the head, and the mouth that it opens by."""
    brim = 0.125 + 0.035 * pulled
    room = ellipsoid((0, 0.045, -0.018), (0.083, 0.135, 0.118))

    def mouth(x: Array, y: Array, z: Array) -> Array:
        edge = brim + 0.012 - 1.9 * np.maximum(0.05 - z, 0) ** 2 * (1 + 1.2 * np.abs(x) / 0.08)
        edge = edge + 0.006 * np.sin(38 * z + 17 * x) - 4.0 * x * x
        front = (edge - y) * np.float32(0.7)
        return np.maximum(front, np.maximum(-0.14 - z, np.abs(x) - 0.2)).astype(np.float32)

    opening = Solid(mouth, np.array([-0.2, 0.0, -0.14]), np.array([0.2, 0.35, 0.2]))
    return room.posed(head), opening.posed(head)


def _at(matrix: Grid, points: Sequence[Sequence[float]]) -> Grid:
    out: Grid = np.asarray(points) @ matrix[:3, :3].T + matrix[:3, 3]
    return out


def turning(about: tuple[float, float, float], x: float, y: float, z: float) -> Grid:
    """A (4, 4) rotation about a point: by z, then y, then x degrees (z innermost)."""
    a, b, c = np.radians([x, y, z])
    rx = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    ry = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    rz = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    out = np.eye(4)
    out[:3, :3] = rx @ ry @ rz
    out[:3, 3] = np.asarray(about) - out[:3, :3] @ np.asarray(about)
    return out


def bar(points: Sequence[Grid], radii: Sequence[float]) -> Solid:
    """A limb through points."""
    return tube(np.asarray(points), radii, 4 * len(points))
