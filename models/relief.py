"""Sculpture looked at once, from in front and infinitely far, and kept as a small picture.

What the orb remembers is too much to sculpt for every frame: of each place is kept how it is
turned, how open it lies, how near it is and what it is made of, and the shader lights that.
Everything lies in the orb's disc: x right, y up, z to the eye, radius 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from models import body
from models.mesh import Mesh, smooth_normals
from models.sdf import Settled, smoothstep

Array = NDArray[np.float64]
Matter = Callable[[Array], Array]

SIDE = 256  # texels across a picture
FINE = 2  # rays to a texel, each way
ROWS = SIDE * FINE
NEAR, FAR = 1.2, -1.2  # of the disc's z: what is looked through
DEEP = -0.8  # the z that is kept as 0; as far before the disc's middle it is 1
STEPS = 220
CERTAIN = 3.0  # grid steps: beyond the boxes of its solids, clay knows only that it is far
SPLATS = 13  # points along a triangle's edge
AROUND = 16  # directions in which the horizon is looked for
REACH = np.geomspace(2.0, 90.0, 9)  # how far, in rays


@dataclass(frozen=True)
class Seen:
    """What lies nearest behind every ray, each (ROWS, ROWS[, k]), row 0 low.

    height : the disc's z, FAR where there is nothing
    normal : unit vectors
    matter : shares of hair and of cloth; what is neither is skin
    """

    height: Array
    normal: Array
    matter: Array

    def before(self, other: Seen) -> Seen:
        """Both at once: of each place what lies nearer."""
        wins = self.height > other.height
        return Seen(
            np.where(wins, self.height, other.height),
            np.where(wins[..., None], self.normal, other.normal),
            np.where(wins[..., None], self.matter, other.matter),
        )


def grid() -> Array:
    """Where the rays go through the disc, (ROWS * ROWS, 2), row by row from below."""
    line = (np.arange(ROWS) + 0.5) / ROWS * 2.0 - 1.0
    x, y = np.meshgrid(line, line)
    return np.stack([x.ravel(), y.ravel()], axis=1)


def of_clay(field: Settled, to_disc: Array, matter: Matter) -> Seen:
    """A sculpture (sphere tracing, Hart 1996).

    to_disc : (4, 4) from its own space, turned and evenly scaled
    matter  : shares (n, 2) of hair and cloth at places (n, 3) of its own space
    """
    scale = float(np.linalg.norm(to_disc[:3, 0]))
    inverse = np.linalg.inv(to_disc)
    count = ROWS * ROWS
    starts = body.along(inverse, np.column_stack([grid(), np.full(count, NEAR)]))
    ahead = -inverse[:3, 2]
    gone, left = np.zeros(count), _may_meet(field, starts, ahead)
    there = np.zeros(count, dtype=bool)
    for _ in range(STEPS):
        gap = field.at(starts[left] + gone[left, None] * ahead)
        there[left[gap < 0.15 * field.step]] = True
        left, gap = left[gap >= 0.15 * field.step], gap[gap >= 0.15 * field.step]
        gone[left] += 0.8 * scale * np.minimum(gap, CERTAIN * field.step)
        left = left[gone[left] < NEAR - FAR]
    for _ in range(3):
        gone[there] += 0.7 * scale * field.at(starts[there] + gone[there, None] * ahead)
    found = starts[there] + gone[there, None] * ahead
    normal = np.tile([0.0, 0.0, 1.0], (count, 1))
    normal[there] = field.gradient(found).astype(np.float64) @ to_disc[:3, :3].T / scale
    kinds = np.zeros((count, 2))
    kinds[there] = matter(found)
    height = np.where(there, NEAR - gone, FAR).reshape(ROWS, ROWS)
    return Seen(height, normal.reshape(ROWS, ROWS, 3), kinds.reshape(ROWS, ROWS, 2))


def _may_meet(field: Settled, starts: Array, ahead: ArrayLike) -> NDArray[np.intp]:
    """Rays that pass the ball about the clay's box."""
    half = 0.5 * field.step * (np.array(field.values.shape) - 1)
    away = starts - (field.low + half)
    way = np.asarray(ahead, dtype=np.float64)
    way = way / np.linalg.norm(way)
    aside = np.linalg.norm(away - (away @ way)[:, None] * way, axis=1)
    return np.flatnonzero(aside < np.linalg.norm(half))


def of_mesh(mesh: Mesh, points: Array, to_disc: Array) -> Seen:
    """Skin whose vertices have been moved to `points` (n, 3), strewn with points and drawn."""
    placed = body.along(to_disc, points)
    normals = smooth_normals(placed.astype(np.float32), mesh.triangles).astype(np.float64)
    if np.linalg.det(to_disc[:3, :3]) < 0:
        normals = -normals
    a, b = np.meshgrid(np.arange(SPLATS) + 1 / 3, np.arange(SPLATS) + 1 / 3)
    inside = a + b < SPLATS
    shares = np.stack([a[inside], b[inside], SPLATS - a[inside] - b[inside]], axis=1) / SPLATS
    height = np.full(ROWS * ROWS, FAR)
    turned = np.zeros((ROWS * ROWS, 3))
    for share in shares:
        where = np.einsum("c,ncd->nd", share, placed[mesh.triangles])
        cells = np.floor((where[:, :2] + 1.0) * 0.5 * ROWS).astype(int)
        kept = ((cells >= 0) & (cells < ROWS)).all(axis=1)
        rays = cells[kept, 1] * ROWS + cells[kept, 0]
        nearer = where[kept, 2] > height[rays]
        rays, z = rays[nearer], where[kept, 2][nearer]
        order = np.argsort(z, kind="stable")
        height[rays[order]] = z[order]
        turned[rays[order]] = np.einsum("c,ncd->nd", share, normals[mesh.triangles])[kept][nearer][
            order
        ]
    lengths = np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    normal = (turned / lengths).reshape(ROWS, ROWS, 3)
    return Seen(height.reshape(ROWS, ROWS), normal, np.zeros((ROWS, ROWS, 2)))


def horizon(height: Array) -> Array:
    """How open each place lies, 0..1, from the heights alone (horizon-based, Bavoil 2008)."""
    low = np.maximum(height, DEEP)
    total = np.zeros(height.shape)
    for angle in 2 * np.pi * np.arange(AROUND) / AROUND:
        steepest = np.zeros(height.shape)
        for reach in REACH:
            rise = _beside(low, angle, reach) - low
            near = 1.0 - reach / (1.3 * REACH[-1])
            steepest = np.maximum(steepest, near * np.sin(np.arctan2(rise, reach * 2.0 / ROWS)))
        total += 1.0 - steepest
    return total / AROUND


def sunlit(height: Array, way: Sequence[float]) -> Array:
    """How much of a broad sun that stands `way` (3,) each place sees, from the heights alone."""
    flat, low = float(np.hypot(way[0], way[1])), np.maximum(height, FAR)
    angle, slope = float(np.arctan2(way[1], way[0])), way[2] / flat
    free = np.ones(height.shape)
    for reach in np.linspace(3.0, 200.0, 40):
        run = reach * 2.0 / ROWS
        over = low + slope * run - _beside(low, angle, reach)
        free = np.minimum(free, smoothstep(-0.10, 0.04, over / run**0.5))
    return free


def _beside(values: Array, angle: float, reach: float) -> Array:
    """The values so many rays away, the outermost ones beyond the rim."""
    across, up = round(reach * np.cos(angle)), round(reach * np.sin(angle))
    rows = np.clip(np.arange(ROWS) + up, 0, ROWS - 1)
    columns = np.clip(np.arange(ROWS) + across, 0, ROWS - 1)
    return np.asarray(values[rows[:, None], columns[None, :]])


def picture(seen: Seen, sun: Sequence[float]) -> NDArray[np.uint8]:
    """(SIDE, 2 SIDE, 4) bytes, row 0 low.

    Left the normal's x and y, open sky and where anything is; right the shares of hair and of
    cloth, of the sun that stands at `sun` (3,), and the nearness.
    """
    there = seen.height > FAR + 1e-6
    parts = np.dstack(
        [
            0.5 + 0.5 * seen.normal[..., :2],
            ndimage.gaussian_filter(horizon(seen.height), 1.5),
            seen.matter,
            ndimage.gaussian_filter(sunlit(seen.height, sun), 1.5),
            np.clip((seen.height - DEEP) / (-2.0 * DEEP), 0.0, 1.0),
        ]
    )
    # Beside the outline it goes on a little, so that nothing dark bleeds in.
    rows, columns = ndimage.distance_transform_edt(
        ~there, return_distances=False, return_indices=True
    )
    beside = ndimage.binary_dilation(there, iterations=6 * FINE)
    parts = np.where(beside[..., None], parts[rows, columns], 0.0)
    small = _halved(np.dstack([parts, there.astype(np.float64)]))
    shape, matter = small[..., [0, 1, 2, 7]], small[..., [3, 4, 5, 6]]
    return np.round(np.concatenate([shape, matter], axis=1) * 255).astype(np.uint8)


def _halved(values: Array) -> Array:
    return values.reshape(SIDE, FINE, SIDE, FINE, -1).mean(axis=(1, 3))
