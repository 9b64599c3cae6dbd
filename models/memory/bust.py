"""Somebody who sits for a memory: a sculpted head, neck and shoulders, looked at once.

The head is the one that models/people/sleeper.py sculpts, with shut eyes; laughter and manhood
are pulls on its skin, as moods are on the mourners' (models/people/expression.py). It lies in the
orb's disc (x right, y up, z to the eye, radius 1). Of every cell the place on the calm head is
known, so that models/memory/complexion.py can paint lips and lashes where they belong. Head space
is centimetres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from models.drawing import CELL, soft
from models.memory import relief
from models.memory.relief import FAR, Seen
from models.mesh import Mesh
from models.people import sleeper
from models.people.expression import Muscle, pulled
from models.sdf import Clay, Solid, cone, ellipsoid, smoothstep, tube
from models.skin import simplify, taubin

Array = NDArray[np.float64]
Field = NDArray[np.float32]

TRIANGLES = 60000
SPLATS = 13  # points along an edge of so fine a mesh
COARSE = 0.25  # cm, of neck and shoulders
REACHES = (0.012, 0.035, 0.10)  # of the disc: how far off what stands beside shades
MARCH = 44  # steps of a shadow
LAUGHTER: tuple[Muscle, ...] = (
    ((2.0, 7.4, -6.3), (1.1, 2.5, 1.0), (0.70, -1.10, 0.95)),  # corners of the mouth
    ((3.6, 6.2, -3.7), (1.8, 2.6, 1.6), (0.30, 0.75, 0.80)),  # the cheeks' apples
    ((3.1, 7.6, -1.5), (1.5, 2.0, 0.6), (0.0, 0.05, 0.30)),  # what creases beneath the eyes
    ((3.1, 7.7, -0.3), (1.1, 2.0, 0.7), (0.0, 0.0, 0.62)),  # shut lids that bow upwards
    ((0.0, 8.8, -5.6), (1.7, 2.0, 0.7), (0.0, -0.25, 0.35)),  # the upper lip drawn off the teeth
    ((2.9, 7.6, 1.9), (2.2, 2.5, 1.0), (0.0, 0.0, 0.25)),  # the brows
)
MANHOOD: tuple[Muscle, ...] = (
    ((1.5, 7.2, -9.8), (1.8, 2.5, 1.8), (0.30, 0.10, -0.35)),  # the chin, broad rather than long
    ((4.6, 0.8, -6.4), (2.2, 2.6, 2.2), (0.55, 0.0, -0.45)),  # the jaw's angle
    ((0.0, 8.5, 1.6), (4.2, 2.0, 1.0), (0.0, 0.45, 0.0)),  # the brow
    ((0.0, 8.6, -0.9), (1.0, 1.6, 1.3), (0.0, 0.40, 0.0)),  # the nose's bridge
)
# The sleeper was sculpted to lie in hard light; seen so near, a face is rounder than hers.
GENTLE: tuple[Muscle, ...] = (
    ((0.0, 10.3, -3.1), (1.0, 1.3, 1.0), (0.0, -0.75, 0.16)),  # the tip of the nose
    ((0.98, 8.6, -3.4), (0.6, 1.1, 0.7), (-0.12, -0.10, 0.05)),  # its wings
    ((0.0, 8.2, -9.9), (2.0, 2.0, 1.5), (0.0, -0.75, 0.50)),  # the chin
    ((2.0, 6.6, -9.0), (1.6, 2.2, 1.6), (0.25, 0.15, 0.15)),  # beside it, so that it is round
    ((0.0, 8.9, -6.3), (1.6, 1.2, 1.0), (0.0, -0.22, 0.0)),  # the lips
    ((3.7, 6.0, -4.4), (2.0, 2.4, 2.0), (0.15, 0.35, 0.10)),  # the cheeks
)
GAPE, FALLS = 2.35, np.array([0.0, -0.75, -0.95])  # how wide a laugh opens, and how the jaw falls
TEETH = [(0, 7.55, -5.98), (1.1, 7.25, -5.98), (1.9, 6.45, -5.95), (2.5, 5.0, -5.8)]
OF_TEETH = 100.0  # added to x of their places, so that they are known


@dataclass(frozen=True)
class Pose:
    """How a head is held: degrees that it turns to the right, nods and leans to the left.

    at, size : where the middle between its eyes lies, and discs to a centimetre
    """

    at: tuple[float, float]
    size: float
    turn: float
    nod: float
    lean: float

    def matrix(self) -> Array:
        """(4, 4) from head space to the disc."""
        (ct, st), (cn, sn), (cl, sl) = (
            (np.cos(a), np.sin(a)) for a in np.radians([self.turn, self.nod, self.lean])
        )
        seen = np.array([[-1.0, 0, 0], [0, 0, 1.0], [0, 1.0, 0]])
        nod = np.array([[1.0, 0, 0], [0, cn, -sn], [0, sn, cn]])
        turn = np.array([[ct, 0, st], [0, 1.0, 0], [-st, 0, ct]])
        lean = np.array([[cl, -sl, 0], [sl, cl, 0], [0, 0, 1.0]])
        out = np.eye(4)
        out[:3, :3] = self.size * lean @ turn @ nod @ seen
        out[:3, 3] = [*self.at, 0.0]
        return out


def meshed(clay: Clay, count: int) -> Mesh:
    """The clay's skin, smoothed and thinned."""
    points, faces = clay.skin()
    points, faces = simplify(taubin(points, faces, 2), faces, count)
    return Mesh(points, clay.gradient(points), faces)


def head(parted: bool = False) -> Mesh:
    """The head with shut eyes, thinned; `parted` with a slit between its lips that can open."""
    clay = sleeper.head(asleep=True)
    clay.both(ellipsoid((4.5, 5.55, -0.1), (1.15, 1.15, 1.25)), 0.9)  # no eye pulls the skin in
    if parted:
        clay.cut(_slit(), 0.05)
    return meshed(clay, TRIANGLES)


def lip_line(x: ArrayLike) -> Array:
    """Height at which lips meet, so far aside, centimetres."""
    return np.asarray(-6.12 - 0.06 * np.asarray(x, dtype=np.float64) ** 2)


def _slit() -> Solid:
    def distance(x: Field, y: Field, z: Field) -> Field:
        high = np.abs(z - lip_line(x)) - 0.14
        out: Field = np.maximum(np.maximum(high, 5.2 - y), np.abs(x) - 2.05).astype(np.float32)
        return out

    return Solid(distance, np.array([-2.1, 5.2, -6.7]), np.array([2.1, 10.5, -5.9]))


def teeth() -> Mesh:
    """The upper row, as one smooth arch."""
    clay = Clay((-3.5, 3.5, -7.5), (3.5, 9.0, -4.5), 0.12)
    for side in (1.0, -1.0):
        clay.add(tube([np.array(p) * [side, 1, 1] for p in TEETH], [0.52, 0.52, 0.48, 0.4]), 0.2)
    return meshed(clay, 6000)


def laughing(points: ArrayLike) -> Array:
    """Points (n, 3) of the calm head, laughing."""
    p = np.asarray(points, dtype=np.float64)
    x, y, z = p.T
    wide = np.clip(1.0 - (x / GAPE) ** 2, 0.0, 1.0) ** 0.7
    line = lip_line(x)
    below = smoothstep(0.12, -0.12, z - line)
    dragged = smoothstep(1.0, -3.0, z - line)
    jaw = (wide * below + (1.0 - wide) * dragged) * smoothstep(-0.5, 5.0, y)
    jaw = jaw * smoothstep(-14.5, -10.8, z)
    moved = sum(pulled(m, p) for m in (*GENTLE, *LAUGHTER))
    return np.asarray(p + moved + jaw[:, None] * FALLS)


def gentle(points: ArrayLike) -> Array:
    """Points (n, 3) of the calm head, as it is seen near."""
    p = np.asarray(points, dtype=np.float64)
    return np.asarray(p + sum(pulled(m, p) for m in GENTLE))


def grown_man(points: ArrayLike) -> Array:
    """Points (n, 3) of the calm head as a man's."""
    p = np.asarray(points, dtype=np.float64)
    return np.asarray(p + sum(pulled(m, p) for m in MANHOOD))


def shoulders(pit: ArrayLike) -> Mesh:
    """Neck and shoulders below a head; `pit` (3,) lies between the collarbones."""
    pit = np.asarray(pit, dtype=np.float64)
    clay = Clay((-24, -16, -34), (24, 14, -4), COARSE)
    clay.add(tube([(0, -1.7, -7), (0, -2.0, -12), pit + np.array([0, -3.0, 0])], [3.8, 3.8, 4.6]))
    for side in (1.0, -1.0):
        flip = np.array([side, 1.0, 1.0])
        clay.add(cone(pit + flip * [3, -4.5, 1.5], pit + flip * [16, -6, -6.0], 3.2, 4.6), 5.0)
        cord = [flip * [4.6, -1.6, -4.5], pit + flip * [2.6, -0.6, 4.0], pit + flip * [0.8, 0.3, 0]]
        clay.add(tube(cord, [0.9, 0.9, 0.7]), 1.6)
        bone = [pit + flip * [1.4, 0.2, -0.8], pit + flip * [12, -3.0, -1.6]]
        clay.add(tube(bone, [0.8, 0.8]), 2.0)
    clay.add(ellipsoid(pit + np.array([0, -5.5, -10]), (15, 7.5, 13)), 5.0)
    return meshed(clay, TRIANGLES)


def seen(mesh: Mesh, points: ArrayLike, matrix: Array) -> Seen:
    """A fine mesh moved to `points` (n, 3), looked at once."""
    return relief.of_mesh(mesh, points, matrix, SPLATS)


def joined(first: Seen, second: Seen) -> Seen:
    """What lies nearer of two."""
    nearer = second.height > first.height
    both = nearer[..., None]
    return Seen(
        np.where(nearer, second.height, first.height),
        np.where(both, second.normal, first.normal),
        np.where(both, second.rest, first.rest),
    )


def whole(found: Seen, blur: float = 0.004) -> tuple[Seen, Array]:
    """What is seen without pinholes and a little softened, and where it is (ROWS, ROWS)."""
    hit = found.height > FAR + 1e-6
    there = ndimage.binary_closing(hit, iterations=2)
    rows, columns = ndimage.distance_transform_edt(
        ~hit, return_distances=False, return_indices=True
    )
    normal = found.normal[rows, columns]
    normal = np.dstack([soft(normal[..., i], blur) for i in range(3)])
    normal /= np.maximum(np.linalg.norm(normal, axis=2, keepdims=True), 1e-9)
    height = ndimage.median_filter(found.height[rows, columns], 3)
    out = Seen(np.where(there, height, FAR), normal, found.rest[rows, columns])
    return out, there.astype(np.float64)


def crevices(height: Array) -> Array:
    """What is left of the sky's light beside what stands nearer, 0..1, at three sizes."""
    out = np.ones_like(height)
    low = np.maximum(height, -0.75)
    for reach in REACHES:
        gap = np.clip(soft(low, reach) - low, 0.0, None) / reach
        out = out * (1.0 - 0.55 * np.clip(gap * 0.62, 0.0, 1.0))
    return np.asarray(out)


def shadows(height: Array, way: ArrayLike, before: Array, reach: float = 0.9) -> Array:
    """What is left (ROWS, ROWS) of a light that comes from `way` (3,), past all that is `before`
    it (ROWS, ROWS): soft by how far off that stands."""
    toward = np.asarray(way, dtype=np.float64)
    flat = np.hypot(toward[0], toward[1])
    out = np.ones_like(height)
    for step in np.geomspace(0.012, reach, MARCH):
        aside = step * toward[:2] / flat / CELL
        there = ndimage.shift(before, (-aside[1], -aside[0]), order=1, cval=FAR)
        over = there - (height + step * toward[2] / flat)
        thick = smoothstep(0.9, 0.5, over)  # what is far before it lets light in behind itself
        out = np.minimum(out, 1.0 - thick * smoothstep(0.0, 0.10 * step + 0.004, over))
    return out
