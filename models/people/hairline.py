"""What grows or is worn on a head: hair, beard, a close cloth. All of it is a thickness on the
sculpted face, so that the skin runs beneath it without a seam. Head space, centimetres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.people.features import Features
from models.sdf import Array, smooth_max, smoothstep

Field = NDArray[np.float32] | NDArray[np.float64]

HAIR_THICK = {"parted": 0.62, "cropped": 0.42, "linen": 0.30}
OVAL = (-2.45, (6.45, 8.2))  # of a linen's opening: its middle's height, its halves along x and z


def within(f: Features, x: Array, y: Array, z: Array) -> NDArray[np.float32]:
    """How far a place lies behind the hairline, or the cloth's edge; negative on bare skin."""
    aside = np.abs(x)
    if f.hair == "linen":
        middle, (wide, tall) = OVAL
        oval = np.sqrt((aside / wide) ** 2 + ((z - middle) / tall) ** 2)
        oval = oval + 0.018 * np.sin(0.9 * x + 0.4 * z + 0.6) + 0.010 * np.sin(2.1 * z - 0.7 * x)
        return smooth_max(_single(5.0 * (oval - 1.0)), _single(2.4 - y), 1.2)
    if f.hair == "parted":
        # From the parting down over the temples and back across the ears.
        top = z - (6.9 - 0.30 * aside - 0.055 * aside**2)
        side = 3.1 + 0.34 * np.clip(z, -3.0, 5.0) - y
        return smooth_max(_single(top), _single(side), 1.4)
    recede = 1.5 * f.age
    ragged = 0.28 * np.sin(1.3 * x + 0.9) + 0.16 * np.sin(3.1 * x + 1.9)
    top = z - (6.0 + 0.75 * recede + ragged + 0.08 * aside - 0.07 * aside**2)
    side = 2.8 + 0.52 * np.clip(z, -3.0, 5.0) - y - 0.6 * recede
    return smooth_max(_single(top), _single(side), 0.9)


def bearded(x: Array, y: Array, z: Array) -> NDArray[np.float32]:
    """How far a place lies within the beard; negative outside."""
    aside = np.abs(x)
    cheek = -4.9 - 0.10 * (aside - 2.6) + 0.30 * np.clip(aside - 3.4, 0, None) ** 1.5 - z
    lip = np.sqrt((aside / 2.15) ** 2 + ((z + 6.75) / 1.15) ** 2) - 1.0
    bare_lip = np.maximum(lip, 0.0) * 2.0 - 0.15
    moustache = 0.62 - np.abs(z + 5.35 + 0.16 * aside**1.5) - 0.15 * np.clip(aside - 2.2, 0, None)
    back = y + 1.2 - 1.1 * np.clip(-8.5 - z, 0.0, 4.0)
    low = np.minimum(np.minimum(cheek, bare_lip), back)
    moustache = np.where(y > 6.0, np.minimum(moustache, 0.4), -1.0)
    return _single(np.maximum(low, moustache))


def beard_mass(f: Features) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Centre and radii of what hangs from the chin."""
    return (0.0, 7.3, -10.6 - 1.0 * f.beard - f.chin), (2.3, 1.7, 1.4 + 1.7 * f.beard)


def depth(f: Features, x: Array, y: Array, z: Array) -> NDArray[np.float32]:
    """How thick hair, beard and cloth lie on the skin at a place."""
    inside = within(f, x, y, z)
    edge = 0.40 if f.hair == "linen" else 0.9
    out = HAIR_THICK[f.hair] * smoothstep(-0.05, edge, inside)
    out = out + smoothstep(0.1, 0.8, inside) * _locks(f, inside, x, y, z)
    if f.beard:
        on = smoothstep(0.0, 0.7, bearded(x, y, z))
        wave = np.abs(x) * 5.2 + 1.1 * np.sin(1.5 * z + 2.0 * np.abs(x)) + 0.5 * np.sin(2.9 * z)
        out = np.maximum(out, on * (0.18 + 0.30 * f.beard + 0.10 * np.sin(wave)))
    return _single(out)


def _locks(f: Features, inside: Field, x: Array, y: Array, z: Array) -> Field:
    """What stands out of the mass: waves along the hairline, short locks, or a cloth's folds."""
    if f.hair == "linen":
        # Drawn tight over the brow, it gathers in creases that fan out to the sides.
        fan = np.sin(1.6 * z + 0.9 * y + 0.6 * np.sin(0.9 * x + 0.5 * z)) * smoothstep(
            1.5, 5.5, np.abs(x)
        )
        band = np.sin(2.6 * inside + 0.9 * np.sin(0.45 * x + 0.3 * z))
        return _single(0.09 * band + 0.13 * fan)
    along = z + 0.6 * y
    if f.hair == "parted":
        wave = 6.0 * inside + 0.9 * np.sin(1.25 * along) + 0.5 * np.sin(2.3 * along + 1.0)
        parting = 0.30 * np.exp(-((x / 0.28) ** 2)) * smoothstep(3.0, 5.0, z)
        return _single(0.11 * np.sin(wave) - parting)
    curl = np.sin(2.6 * x + 1.3 * np.sin(1.7 * z)) * np.sin(2.4 * (z + y) + 1.2 * np.sin(1.4 * x))
    return _single(0.16 * curl)


def _single(values: Field) -> NDArray[np.float32]:
    return np.asarray(values, dtype=np.float32)
