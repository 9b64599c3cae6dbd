"""The shade about a lying body: how much sky the floor loses to it, finely, as a thin sheet.

The raster of models/place/contact.py has texels of a hand's breadth; where somebody lies flat on
the stone the dark line of contact is finer than that. World space, metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models.mesh import Floats, Mesh
from models.sdf import Clay
from models.skin import occlusion, simplify

Vectors = NDArray[np.float64]

STEP = 0.030  # between the sheet's points
FINER, KEPT, TALL = (
    0.012,
    4600,
    0.12,
)  # the same as it is shaded; triangles that are kept of it; metres
BESIDE = 0.34  # how far it goes beyond what casts the shade
REACH, CLOSE, TIGHT = 0.30, 0.08, 0.028  # how far shade reaches, and the dark lines of contact
ABOVE = 0.0025  # over the stone, so that it is not lost in it
FAINT = 0.02  # what is less than this is left out
LAIN, DENSE, UNDER_HAIR = 1.3, 0.9, 0.78  # hair: spread over so many points, how thick, how dark
COVERED, SOFT = 0.97, 0.7  # how dark it is under the body, and spread over so many points


def shade(lump: Clay, step: float = FINER) -> Mesh:
    """A flat sheet with `dark`: the share of the sky that is hidden by what is in the clay.

    step : metres between the places where it is asked; where shade changes little, fewer are kept
    """
    far = lump.low + lump.step * (np.array(lump.values.shape) - 1)
    x, y = (np.arange(lump.low[i] - BESIDE, far[i] + BESIDE, step) for i in (0, 1))
    points = _spots(x, y)
    up = np.tile(np.array([0.0, 0.0, 1.0], dtype=np.float32), (len(points), 1))
    inside = (lump.settled().at(points) < 0.5 * lump.step) & _within(lump, points)
    room = _roomy(lump)
    left = occlusion(room, points, up, REACH) * (0.45 + 0.55 * occlusion(room, points, up, CLOSE))
    left *= 0.45 + 0.55 * occlusion(room, points, up, TIGHT)
    dark = np.where(inside, COVERED, 1.0 - left).reshape(len(x), len(y))
    return _thinned(_sheet(x, y, ndimage.gaussian_filter(dark, SOFT)))


def _thinned(sheet: Mesh) -> Mesh:
    """The same in fewer triangles: shade is thinned as if it were a height (Garland and Heckbert
    1997), so that its dark lines keep theirs."""
    hill = sheet.positions.copy()
    hill[:, 2] = TALL * sheet.attributes["dark"][:, 0]
    points, faces = simplify(hill, sheet.triangles, KEPT)
    dark = np.clip(points[:, 2:] / TALL, 0.0, 1.0)
    points[:, 2] = ABOVE
    up = np.tile(np.array([0.0, 0.0, 1.0], dtype=np.float32), (len(points), 1))
    return Mesh(points, up, faces).with_attributes(dark=dark)


def beneath(strewn: Floats, share: Vectors, step: float = STEP) -> Mesh:
    """The same of what lies thinly on the stone, hair: points (n, 3) of it, and how much of them
    counts (n,)."""
    x, y = (np.arange(strewn[:, i].min() - 0.1, strewn[:, i].max() + 0.1, step) for i in (0, 1))
    edges = [np.append(axis, axis[-1] + step) - 0.5 * step for axis in (x, y)]
    thick, _, _ = np.histogram2d(strewn[:, 0], strewn[:, 1], edges, weights=share)
    thick = ndimage.gaussian_filter(thick, LAIN)
    return _sheet(x, y, UNDER_HAIR * (1.0 - np.exp(-thick / DENSE)))


def _spots(x: Vectors, y: Vectors) -> Floats:
    spots = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2)
    return np.column_stack([spots, np.full(len(spots), ABOVE)]).astype(np.float32)


def _sheet(x: Vectors, y: Vectors, dark: Vectors) -> Mesh:
    """A sheet over the raster of `x` and `y`, without what is faint; `dark` (len(x), len(y))."""
    points, dark = _spots(x, y), dark.reshape(-1)
    index = np.arange(len(points)).reshape(len(x), len(y))
    a, b, c, d = (
        q.ravel() for q in (index[:-1, :-1], index[1:, :-1], index[:-1, 1:], index[1:, 1:])
    )
    faces = np.concatenate([np.column_stack([a, b, c]), np.column_stack([b, d, c])])
    faces = faces[dark[faces].max(axis=1) > FAINT]
    used, row = np.unique(faces, return_inverse=True)
    up = np.tile(np.array([0.0, 0.0, 1.0], dtype=np.float32), (len(used), 1))
    mesh = Mesh(points[used], up, row.reshape(-1, 3).astype(np.int32))
    return mesh.with_attributes(dark=np.clip(dark[used], 0.0, 1.0)[:, None])


def _within(lump: Clay, points: Floats) -> NDArray[np.bool_]:
    far = lump.low + lump.step * (np.array(lump.values.shape) - 1)
    return np.asarray(((points[:, :2] > lump.low[:2]) & (points[:, :2] < far[:2])).all(axis=1))


def _roomy(lump: Clay) -> Clay:
    """The same clay in a box that holds the sheet too, with nothing in what is new."""
    wide = int(np.ceil((BESIDE + 0.05) / lump.step))
    out = Clay(lump.low - [wide * lump.step, wide * lump.step, 0.0], lump.low, lump.step)
    out.values = np.pad(lump.values, ((wide, wide), (wide, wide), (0, 0)), constant_values=1.0)
    return out
