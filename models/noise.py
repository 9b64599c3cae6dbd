"""Integer-hash noise, the twin of `shaders/lib/noise.glsl`.

The hash is made of 32-bit integer steps alone, so numpy and every GPU agree bit
for bit. The last steps are the finaliser of Chris Wellons' hash prospector
(lowbias32, 2018); lattice and fade follow Perlin, *Improving Noise*, 2002.
With `seed` 0 the numbers are those of the shader.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Words = NDArray[np.uint32]

PRIMES = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)
SEED_PRIME = 0x27D4EB2F
LACUNARITY = 2.03  # not 2: octaves on the same lattice would show its grid
GAIN = 0.5


def hash_words(cells: ArrayLike, seed: int = 0) -> Words:
    """Hash integer cells (..., 2 or 3) to 32-bit words (...)."""
    lattice = np.asarray(cells, dtype=np.int64).astype(np.uint32)
    return _scramble([lattice[..., axis] for axis in range(lattice.shape[-1])], seed)


def hash_unit(cells: ArrayLike, seed: int = 0) -> Array:
    """Hash integer cells (..., 2 or 3) to numbers (...) in 0 <= h < 1."""
    return hash_words(cells, seed) / 4294967296.0


def _scramble(axes: list[Words], seed: int) -> Words:
    shape = axes[0].shape
    h = np.full(shape or (1,), (seed * SEED_PRIME) & 0xFFFFFFFF, dtype=np.uint32)
    for axis, prime in zip(axes, PRIMES, strict=False):
        h = h ^ (np.atleast_1d(axis) * np.uint32(prime))  # arrays wrap silently, scalars warn
    h = h ^ (h >> np.uint32(16))
    h = h * np.uint32(0x7FEB352D)
    h = h ^ (h >> np.uint32(15))
    h = h * np.uint32(0x846CA68B)
    return (h ^ (h >> np.uint32(16))).reshape(shape)


def _lattice(points: ArrayLike) -> tuple[list[Words], Array]:
    p = np.asarray(points, dtype=np.float64)
    if p.shape[-1] not in (2, 3):
        raise ValueError(f"points have shape {p.shape}; the last axis must be 2 or 3 long")
    cell = np.floor(p)
    words = cell.astype(np.int64).astype(np.uint32)
    return [words[..., axis] for axis in range(p.shape[-1])], p - cell


def _fade(t: Array) -> Array:
    return t * t * t * (t * (t * 6.0 - 15.0) + 10.0)


def _blend(corners: list[Array], weight: Array) -> Array:
    """Multilinear mix of 2^d corner values, x the fastest."""
    for axis in range(weight.shape[-1]):
        w = weight[..., axis]
        corners = [a + (b - a) * w for a, b in zip(corners[::2], corners[1::2], strict=True)]
    return corners[0].reshape(weight.shape[:-1])


def _corner_steps(axes: int) -> list[tuple[int, ...]]:
    return [tuple((index >> axis) & 1 for axis in range(axes)) for index in range(1 << axes)]


def _stepped(axes: list[Words], step: tuple[int, ...]) -> list[Words]:
    return [np.atleast_1d(axis) + np.uint32(s) for axis, s in zip(axes, step, strict=True)]


def value_noise(points: ArrayLike, seed: int = 0) -> Array:
    """Smooth value noise (...) in 0..1 at points (..., 2 or 3), one cell per unit.

    A 2-D point equals the 3-D point with z = 0.
    """
    axes, inside = _lattice(points)
    corners = [
        _scramble(_stepped(axes, step), seed) / 4294967296.0 for step in _corner_steps(len(axes))
    ]
    return _blend(corners, _fade(inside))


def gradient_noise(points: ArrayLike, seed: int = 0) -> Array:
    """Smooth gradient noise (...), about -1..1 with mean 0, at points (..., 2 or 3)."""
    axes, inside = _lattice(points)
    corners = []
    for step in _corner_steps(len(axes)):
        word = _scramble(_stepped(axes, step), seed)
        corners.append(_slope(word, inside - np.asarray(step, dtype=np.float64)))
    return 1.5 * _blend(corners, _fade(inside))


def _slope(word: Words, offset: Array) -> Array:
    """Dot product of an offset (..., d) with a unit vector picked by a hash word (...)."""
    angle = (word & np.uint32(0xFFFF)) * (2.0 * np.pi / 65536.0)
    flat: Array = np.cos(angle) * offset[..., 0] + np.sin(angle) * offset[..., 1]
    if offset.shape[-1] == 2:
        return flat
    z = (word >> np.uint32(16)) / 32767.5 - 1.0
    ring = np.sqrt(np.maximum(0.0, 1.0 - z * z))
    return np.asarray(ring * flat + z * offset[..., 2])


def fbm(
    points: ArrayLike,
    octaves: int = 5,
    lacunarity: float = LACUNARITY,
    gain: float = GAIN,
    seed: int = 0,
) -> Array:
    """Fractal sum of value noise (...), normalised to 0..1, at points (..., 2 or 3)."""
    if octaves < 1:
        raise ValueError(f"fbm needs at least one octave, not {octaves}")
    p = np.asarray(points, dtype=np.float64)
    total = np.zeros(p.shape[:-1])
    weight, whole = 1.0, 0.0
    for _ in range(octaves):
        total += weight * value_noise(p, seed)
        whole += weight
        weight *= gain
        p = p * lacunarity
    return total / whole
