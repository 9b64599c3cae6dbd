"""What columns carry: beam, frieze and cornice of a bay, or an arch on the heads of two beams.

Proportions of a late Roman arcade, where each arch springs from a piece of the beam of its own
(Spalato, about 305). All run along x about the middle of the bay; z = 0 is the columns' top.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from models.coarsen import clustered
from models.mesh import CUBOID, Mesh, faceted, merge
from models.place.moulding import Bend, Pair, Section, moulded, section
from models.shape import box, frame, skin

Array = NDArray[np.float64]

BAY = 4.5
BEAM, FRIEZE, CORNICE = 0.62, 0.40, 0.30  # heights
HEAD = 0.44  # half the length of the piece of beam that an arch springs from
JOINT = 0.006  # half of the gap between two stones
ARCH = (1.85, 2.35)  # inner and outer radius
VOUSSOIRS = 11
WEDGE = np.pi / VOUSSOIRS
KEY_RISE, KEY_OUT = 1.24, 1.10  # how much taller and thicker the keystone is
DENTIL, DENTIL_TALL, DENTIL_GAP = 0.056, 0.115, 0.175  # width, height, from one pair to the next
DENTIL_LOST = 0.10

# Half width, height, share of the sky seen, from the bottom up.
BEAM_SECTION = section(
    [
        (0.190, 0.060, 0.34),  # the soffit's sunk panel, within a rolled edge
        (0.215, 0.050, 0.42),
        (0.225, 0.012, 0.70),
        (0.245, 0.000, 0.85),
        (0.395, 0.00, 0.80),
        (0.395, 0.19, 0.78),
        (0.425, 0.20, 1.00),
        (0.425, 0.40, 0.76),
        (0.455, 0.41, 1.00),
        (0.455, 0.50, 0.50),
        (0.485, 0.525, 0.70),
        (0.520, 0.555, 0.95),
        (0.525, 0.62, 1.00),
    ],
    far=(4, 9, 11, 12),
)
SOFFIT = 4  # rows of it that are the panel
FRIEZE_SECTION = section(
    [(0.45, 0.0, 0.70), (0.43, 0.03, 0.85), (0.43, 0.33, 0.70), (0.44, 0.40, 0.45)], far=(0, 3)
)
CORNICE_SECTION = section(
    [
        (0.44, -0.15, 0.35),
        (0.45, -0.01, 0.30),
        (0.60, 0.000, 0.45),
        (0.62, 0.025, 0.60),
        (0.71, 0.030, 0.55),
        (0.725, 0.045, 0.95),
        (0.725, 0.135, 0.90),
        (0.700, 0.145, 0.60),
        (0.715, 0.185, 0.80),
        (0.765, 0.235, 0.95),
        (0.790, 0.250, 1.00),
        (0.790, 0.300, 1.00),
    ],
    far=(0, 2, 5, 6, 11),
)
ARCH_SECTION = section(
    [
        (0.360, 1.85, 0.75),
        (0.360, 1.985, 0.75),
        (0.388, 1.995, 1.00),
        (0.388, 2.125, 0.75),
        (0.415, 2.135, 1.00),
        (0.415, 2.225, 0.50),
        (0.440, 2.250, 0.70),
        (0.478, 2.285, 0.95),
        (0.482, 2.35, 1.00),
    ],
    far=(0, 5, 8),
)


def beam(rng: np.random.Generator, ends: tuple[float, float], torn: int = 0) -> Pair:
    """The lowest course, in two steps under a moulded crown."""
    return moulded(rng, BEAM_SECTION, ends, torn=torn)


def frieze(rng: np.random.Generator, ends: tuple[float, float], torn: int = 0) -> Pair:
    """The plain course, standing on z = 0."""
    return moulded(rng, FRIEZE_SECTION, ends, torn=torn)


def cornice(rng: np.random.Generator, ends: tuple[float, float], torn: int = 0) -> Pair:
    """The crowning course with its row of teeth, which hangs below z = 0."""
    near, far = moulded(rng, CORNICE_SECTION, ends, torn=torn)
    teeth = _dentils(rng, ends, torn)
    return (merge([near, teeth]) if teeth is not None else near), far


def _dentils(rng: np.random.Generator, ends: tuple[float, float], torn: int) -> Mesh | None:
    low, high = ends
    count = int((high - low - 0.04) / DENTIL_GAP)
    places = (low + high) / 2 + (np.arange(count) - 0.5 * (count - 1)) * DENTIL_GAP
    reach = 0.55 if torn else 0.0  # none on a torn end
    places = places[(places > low + reach * (torn < 0)) & (places < high - reach * (torn > 0))]
    spots = [(x, side * 0.49) for x in places for side in (-1, 1) if rng.random() > DENTIL_LOST]
    if not spots:
        return None
    sizes = np.tile([DENTIL, 0.15, DENTIL_TALL], (len(spots), 1))
    sizes *= rng.uniform(0.94, 1.0, sizes.shape)
    frames = [frame((x, y, -0.5 * DENTIL_TALL - 0.004), rng.normal(0, 0.01)) for x, y in spots]
    twin = frame((0.25 * DENTIL_GAP, 0.0, 0.0))
    pairs = [place @ way for way in (twin, np.linalg.inv(twin)) for place in frames]
    teeth = _sharp(np.tile(sizes, (2, 1)), pairs)
    below = (teeth.positions[:, 2] + DENTIL_TALL) / DENTIL_TALL  # 0 at their feet
    sky = np.where(np.abs(teeth.normals[:, 0]) > 0.7, 0.42, 0.95 - 0.35 * below)
    return teeth.with_attributes(open=np.column_stack([sky, np.ones(len(sky))]), edge=0.05)


def _sharp(sizes: Array, frames: list[Array]) -> Mesh:
    """Small blocks of sizes (n, 3) without bevels, 12 triangles each."""
    corners = np.array(list(product((-0.5, 0.5), repeat=3)))
    local = corners[None] * sizes[:, None]
    place = np.array(frames)
    points = np.einsum("nij,nkj->nki", place[:, :3, :3], local) + place[:, None, :3, 3]
    triangles = CUBOID[None] + 8 * np.arange(len(sizes))[:, None, None]
    return faceted(points.reshape(-1, 3), triangles.reshape(-1, 3))


def _on_arch(points: Array) -> Array:
    """From (angle from the left springing, y, radius) to the plane of the arch.

    Nothing goes beyond the axes of the two columns: there neighbouring arches meet.
    """
    angle, y, radius = np.moveaxis(points, -1, 0)
    x = np.clip(-radius * np.cos(angle), -BAY / 2 + JOINT, BAY / 2 - JOINT)
    return np.stack([x, y, radius * np.sin(angle)], axis=-1)


def voussoir(
    rng: np.random.Generator,
    first: int,
    last: int,
    torn: int = 0,
    key: bool = False,
    tear: np.random.Generator | None = None,
    struck: Bend | None = None,
) -> Pair:
    """The wedges from `first` to `last` of an arch as one stone; 0 is at the left springing.

    `torn` and `tear` are as for `moulded`; `struck` says where its points (..., 3) are left.
    """
    gap = JOINT / ARCH[1]
    ends = (first * WEDGE + gap, (last + 1) * WEDGE - gap)
    shape = _keystone() if key else ARCH_SECTION

    def bend(points: Array) -> Array:
        return _on_arch(points) if struck is None else struck(_on_arch(points))

    return moulded(rng, shape, ends, 1.2, torn, bend, sum(ARCH) / 2, tear)


def _keystone() -> Section:
    middle = sum(ARCH) / 2
    points = ARCH_SECTION.points * [KEY_OUT, 1.0]
    points[:, 1] = middle + (points[:, 1] - middle) * KEY_RISE
    return Section(points, ARCH_SECTION.open, ARCH_SECTION.far)


def head(rng: np.random.Generator) -> Pair:
    """A piece of the beam over one column, moulded on all its four sides."""
    profile = BEAM_SECTION.points[SOFFIT : len(BEAM_SECTION.points) // 2]
    sky = BEAM_SECTION.open[SOFFIT : SOFFIT + len(profile)]
    sides = np.array([_square(rng, half + HEAD - 0.455, half, z) for half, z in profile])
    near = skin(sides, np.where(sky < 0.8, 0.02, 0.12), open=sky)
    return near, clustered(box((2 * HEAD + 0.1, 1.0, BEAM), 0.02), 0.01).moved((0, 0, BEAM / 2))


SIDE_POINTS = 9


def _square(rng: np.random.Generator, long: float, half: float, z: float) -> Array:
    """A ring of points about a rectangle, its corners bitten."""
    corners = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])
    part = np.linspace(0.0, 1.0, SIDE_POINTS, endpoint=False)[:, None]
    ring = np.concatenate(
        [a + (b - a) * part for a, b in zip(corners, np.roll(corners, -1, 0), strict=True)]
    )
    worn = rng.normal(0.0, 0.004, (len(ring), 1))
    worn[::SIDE_POINTS] += rng.uniform(0.0, 0.035, (4, 1))
    return np.column_stack([ring * (1.0 - worn) * [long, half], np.full(len(ring), z)])
