"""Garments: what a mourner wears, cut from patterns and let fall on the body.

Person space: metres, z up, the face looks along +y, +x is the right hand, the floor is z = 0.
From within: a gown that widens from the breast to the floor, wide sleeves, a mantle that is most
of a disc and lies on the shoulders; over the head a veil (models/people/veil.py). Each falls on
what is worn beneath it (models/cloth.py).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from models import cloth, pattern
from models.cloth import Cloth, Feel
from models.sdf import Clay, smooth_min

Array = NDArray[np.float64]

GRAIN = 0.02  # metres between the points of a cloth
TURN = 2 * np.pi
HEMMED = 0.012  # what an edge that does not fray has as its way to the edge
ROUGH = 0.002  # metres of unevenness at the start, without which nothing would buckle


@dataclass(frozen=True)
class Worn:
    """A garment where it came to rest, with its pattern.

    turned_in : the way (n,) to an edge that is folded under, metres; nothing where none is
    patches   : of each the way (n,) to its edge, metres, negative beside it
    """

    name: str
    cloth: Cloth
    pattern: pattern.Pattern
    turned_in: Array | None = None
    patches: tuple[Array, ...] = ()

    @property
    def positions(self) -> Array:
        return self.cloth.positions


def wear(clay: Clay, worn: Cloth, thickness: float) -> Clay:
    """The body with a cloth on it, as one field for the next cloth to fall on."""
    out = clay.copy()
    points = dense(worn.positions, worn.triangles, 0.5 * clay.step)
    cells = np.round((points - clay.low) / clay.step).astype(np.int64)
    inside = ((cells >= 0) & (cells < clay.values.shape)).all(axis=1)
    points, cells = points[inside], cells[inside]
    # The nearest cell that holds cloth, and of it the cloth's own mean place.
    flat = np.ravel_multi_index(tuple(cells.T), clay.values.shape)
    held, row, count = np.unique(flat, return_inverse=True, return_counts=True)
    means = np.zeros((len(held), 3))
    for axis in range(3):
        means[:, axis] = np.bincount(row, weights=points[:, axis]) / count
    empty = np.ones(clay.values.size, dtype=bool)
    empty[held] = False
    order = np.zeros(clay.values.size, dtype=np.int64)
    order[held] = np.arange(len(held))
    far, nearest = ndimage.distance_transform_edt(
        empty.reshape(clay.values.shape), return_indices=True
    )
    band = np.flatnonzero(far.reshape(-1) < 6)
    place = np.column_stack(np.unravel_index(band, clay.values.shape)) * clay.step + clay.low
    to = np.ravel_multi_index(tuple(nearest.reshape(3, -1)[:, band]), clay.values.shape)
    away = np.linalg.norm(place - means[order[to]], axis=1) - thickness
    values = clay.values.reshape(-1).copy()
    values[band] = smooth_min(values[band], away.astype(np.float32), 0.5 * thickness)
    out.values = values.reshape(clay.values.shape)
    return out


def dense(positions: ArrayLike, triangles: ArrayLike, step: float) -> Array:
    """Points (k, 3) on triangles, no further than about `step` apart."""
    p, t = np.asarray(positions, dtype=np.float64), np.asarray(triangles)
    corners = p[t]
    longest = np.linalg.norm(corners - np.roll(corners, 1, axis=1), axis=2).max(initial=0.0)
    parts = max(int(np.ceil(longest / step)), 1)
    shares = [
        (i / parts, j / parts, 1 - (i + j) / parts)
        for i in range(parts + 1)
        for j in range(parts + 1 - i)
    ]
    return np.concatenate([np.einsum("k,mkd->md", np.array(s), corners) for s in shares])


def _roughened(points: Array, rng: np.random.Generator) -> Array:
    """A start that is not perfectly even: long waves and a little of each point's own."""
    out = points + rng.normal(0.0, ROUGH, points.shape)
    for _ in range(8):
        way = rng.normal(0.0, 9.0, 3)
        out[:, 2] += 0.6 * ROUGH * np.sin(points @ way + rng.uniform(0, TURN))
    return out


def gown(
    axis: ArrayLike,
    top: float,
    bottom: float,
    wide: tuple[float, float],
    seed: int,
    deep: float = 1.0,
    slits: int = 0,
    grain: float = GRAIN,
) -> Worn:
    """A tube from the height `top` to `bottom`, `wide` (radius above, below), about an axis (2,).

    Above it may be less deep than wide, as a breast is: `deep` is that share.
    `grain` is how far its points are apart, metres.
    It starts as the cone that it was cut as. Its sides meet, so its pattern is bent to a ring.
    """
    rng = np.random.default_rng(seed)
    tall, slope = top - bottom, wide[1] - wide[0]
    length = float(np.hypot(tall, slope))
    count = int(TURN * 0.5 * (wide[0] + wide[1]) / grain)
    rows = int(length / (grain * 0.87)) + 1
    share = np.linspace(0.0, 1.0, rows)
    hem = pattern.ragged(TURN * wide[1], 0.025, seed + 1)
    angle = np.arange(count) * (TURN / count)
    angles = angle[None, :] + (np.arange(rows)[:, None] % 2) * (0.5 * TURN / count)
    off = hem(angles.ravel() * wide[1]).reshape(rows, count) * share[:, None] ** 4
    down = length * share[:, None] - off
    radius = wide[0] + slope * down / length
    middle = np.asarray(axis, dtype=np.float64)
    flatter = deep + (1.0 - deep) * down / length
    x = middle[0] + radius * np.cos(angles)
    y = middle[1] + radius * flatter * np.sin(angles)
    points = np.stack([x, y, top - tall * down / length], axis=-1).reshape(-1, 3)
    index = np.arange(rows * count).reshape(rows, count)
    turned = np.roll(index, -1, axis=1)
    pieces = []
    for row in range(rows - 1):
        a, b, c, d = index[row], turned[row], index[row + 1], turned[row + 1]
        if row % 2:
            pieces += [np.column_stack([a, c, d]), np.column_stack([a, d, b])]
        else:
            pieces += [np.column_stack([a, c, b]), np.column_stack([b, c, d])]
    triangles = np.concatenate(pieces)
    flat = np.column_stack([angles.ravel() * 0.5 * sum(wide), down.ravel()])
    rim = (down[-1:] - down).reshape(-1)
    for _ in range(slits):  # torn up from the hem, narrower as they go
        at, deep_in = rng.uniform(0.0, TURN), length * rng.uniform(0.08, 0.34)
        open_ = rng.uniform(0.012, 0.030)
        lean = rng.normal(0.0, 0.12)
        up = length - down.ravel()
        aside = np.abs((angles.ravel() - at - lean * up + np.pi) % TURN - np.pi) * wide[1]
        gap = aside - open_ * np.sqrt(np.clip(1.0 - up / deep_in, 0.0, None))
        gap = np.where(up < deep_in, gap, np.hypot(aside, up - deep_in))
        triangles = triangles[gap[triangles].mean(axis=1) > 0.0]
        rim = np.minimum(rim, np.maximum(gap, 0.0))
    made = Cloth(_roughened(points, rng), triangles, points.copy(), pinned=index[0])
    made.positions[index[0]] = points[index[0]]
    return Worn("gown", made, pattern.Pattern(flat, triangles, rim))


def sleeve(elbow: ArrayLike, wrist: ArrayLike, wide: tuple[float, float], seed: int) -> Worn:
    """A tube about a forearm, a hand's breadth past it; `wide`: its radius at elbow and end."""
    start, end = np.asarray(elbow, dtype=np.float64), np.asarray(wrist, dtype=np.float64)
    way = end - start
    length = float(np.linalg.norm(way))
    y = way / length
    x = np.cross(y, [0.0, 0.0, 1.0])
    x /= np.linalg.norm(x)
    made = gown((0.0, 0.0), 0.0, -1.08 * length, wide, seed)
    turn = np.column_stack([x, np.cross(-y, x), -y])
    placed = replace(
        made.cloth,
        positions=made.positions @ turn.T + start,
        flat=made.cloth.flat @ turn.T + start,
    )
    return Worn("sleeve", placed, made.pattern)


@dataclass(frozen=True)
class Mantle:
    """Most of a disc: radii in metres, the opening's half angle in radians.

    askew   : how far the opening is turned to the right, radians
    uneven  : by what share it is shorter on one side, which is `shortest` radians to the right
    """

    inner: float = 0.10
    outer: float = 1.47
    gap: float = 0.45
    torn: float = 0.05
    slits: int = 14
    longest: float = 0.60
    holes: int = 3
    askew: float = 0.0
    uneven: float = 0.0
    shortest: float = 1.6
    patches: int = 3


def mantle(centre: ArrayLike, cut: Mantle, seed: int) -> Worn:
    """A cloak about the neck at `centre` (3,), level, open in front; its inner edge is pinned."""
    rng = np.random.default_rng(seed)
    hem = pattern.ragged(TURN * cut.outer, cut.torn, seed + 1)

    def ahead(p: Array) -> Array:  # angle from straight ahead, -pi to pi
        return np.angle(np.exp(1j * (np.arctan2(p[:, 0], p[:, 1]) - cut.askew)))

    def long(angle: Array) -> Array:  # from the neck to the hem
        side = 0.5 + 0.5 * np.cos(angle + cut.askew - cut.shortest)
        return np.asarray(cut.outer * (1.0 - cut.uneven * side**2))

    def shape(p: Array) -> Array:
        r, angle = np.hypot(p[:, 0], p[:, 1]), ahead(p)
        d = np.maximum(r - (long(angle) - hem((angle + np.pi) * cut.outer)), cut.inner - r)
        side = np.where(np.abs(angle) < 0.5 * np.pi, r * np.sin(cut.gap - np.abs(angle)), -1.0)
        return np.maximum(d, side)

    cuts = []
    for _ in range(cut.slits):
        angle = rng.uniform(cut.gap + 0.1, TURN - cut.gap - 0.1)
        # Most tears are short; a few go up to the knee and leave strips that hang by themselves.
        deep = cut.longest * (0.18 + 0.82 * rng.random() ** 1.8)
        way = np.array([np.sin(angle + cut.askew), np.cos(angle + cut.askew)])
        lean = rng.normal(0.0, 0.06, 2)
        end = float(long(np.array([np.angle(np.exp(1j * angle))]))[0])
        cuts.append(
            pattern.wedge(
                (end + 0.02) * way, (end - deep) * way + lean, rng.uniform(0.02, 0.05 + 0.12 * deep)
            )
        )
    for _ in range(cut.holes):
        angle, r = rng.uniform(cut.gap + 0.2, TURN - cut.gap - 0.2), rng.uniform(0.55, 1.1)
        place = r * np.array([np.sin(angle), np.cos(angle)])
        cuts.append(pattern.hole(place, rng.uniform(0.02, 0.055), int(rng.integers(1 << 30))))
    reach = cut.outer + 0.05
    made = pattern.cut(pattern.without(shape, *cuts), (-reach, -reach), (reach, reach), GRAIN)
    # The front edges are the weaver's own and do not fray.
    beside = np.hypot(*made.points.T) * np.abs(np.sin(cut.gap - np.abs(ahead(made.points))))
    selvage = (beside < HEMMED) & (np.abs(ahead(made.points)) < 0.5 * np.pi)
    made = replace(made, rim=np.where(selvage, np.maximum(made.rim, HEMMED), made.rim))
    out = level("mantle", made, centre, np.eye(3), cut.inner + 0.012, rng)
    return replace(out, patches=_patches(made.points, cut, rng))


def _patches(points: Array, cut: Mantle, rng: np.random.Generator) -> tuple[Array, ...]:
    """Patches of a mantle: crooked rectangles, of each the way (n,) from points to its edge."""
    out = []
    for _ in range(cut.patches):
        angle, r = rng.uniform(cut.gap + 0.25, TURN - cut.gap - 0.25), rng.uniform(0.55, 1.05)
        tilt, (wide, tall) = rng.normal(angle, 0.3), rng.uniform(0.035, 0.085, 2)
        off = points - r * np.array([np.sin(angle + cut.askew), np.cos(angle + cut.askew)])
        x, y = (off @ np.array([[np.cos(tilt), np.sin(tilt)], [-np.sin(tilt), np.cos(tilt)]])).T
        out.append(np.minimum(wide - np.abs(x + 0.15 * y), tall - np.abs(y + 0.08 * x)))
    return tuple(out)


def level(
    name: str,
    made: pattern.Pattern,
    centre: ArrayLike,
    turn: Array,
    pinned_within: float,
    rng: np.random.Generator,
) -> Worn:
    """A flat piece laid into the plane of a frame's x and y; its middle is pinned."""
    flat = np.column_stack([made.points, np.zeros(len(made.points))])
    start = flat @ turn.T + np.asarray(centre)
    pinned = np.flatnonzero(np.hypot(*made.points.T) < pinned_within)
    rough = _roughened(start, rng)
    rough[pinned] = start[pinned]
    return Worn(name, Cloth(rough, made.triangles, flat, pinned=pinned), made)


def drawn_together(worn: Worn, cut: Mantle, hand: ArrayLike) -> Worn:
    """A mantle whose two front edges are held in a hand at `hand` (3,), before it falls."""
    x, y = worn.pattern.points.T
    angle = np.angle(np.exp(1j * (np.arctan2(x, y) - cut.askew)))
    reach = float(np.linalg.norm(worn.positions.mean(axis=0) * [0, 0, 1] - np.asarray(hand)))
    at = np.hypot(x, y)
    edge = (np.abs(np.abs(angle) - cut.gap) * at < 1.2 * GRAIN) & (np.abs(at - reach) < 2 * GRAIN)
    held = np.flatnonzero(edge)
    aside = 0.006 * np.sign(angle[held])[:, None] * np.array([1.0, 0.0, 0.0])
    worn.positions[held] = np.asarray(hand) + aside
    pinned = np.concatenate([worn.cloth.pinned, held])
    return replace(worn, cloth=replace(worn.cloth, pinned=pinned))


def fall(worn: Worn, body: Clay, seconds: float, feel: Feel, floor: float | None = 0.0) -> Worn:
    """Lets a garment come to rest."""
    worn.cloth.feel = feel
    cloth.settle(worn.cloth, body.settled(), seconds, floor)
    return worn
