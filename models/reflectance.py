"""How much light a rough, glossy surface sends back: the twin of shaders/lib/reflect.glsl.

Trowbridge-Reitz facets (Walter, Marschner, Li & Torrance 2007) that shade and hide one another
by Smith's height-correlated term (Heitz 2014). Directions are cosines to the normal; `a` is
the facets' slope, the square of what artists call roughness.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

SAMPLES = 1024
GRAZING = 1e-3  # the least cosine of a view
SMOOTHEST = 0.045  # roughness below which a highlight is thinner than any pixel


def distribution(half: ArrayLike, a: ArrayLike) -> Array:
    """Share of facets that face the half vector, per steradian."""
    cosine, slope = np.asarray(half, dtype=np.float64), np.asarray(a, dtype=np.float64)
    d = cosine * cosine * (slope * slope - 1.0) + 1.0
    return np.asarray(slope * slope / (np.pi * d * d))


def visibility(light: ArrayLike, view: ArrayLike, a: ArrayLike) -> Array:
    """Share of those that are lit and seen, over 4 times both cosines."""
    nl, nv = np.asarray(light, dtype=np.float64), np.asarray(view, dtype=np.float64)
    square = np.asarray(a, dtype=np.float64) ** 2
    from_light = nl * np.sqrt(nv * nv * (1.0 - square) + square)
    from_view = nv * np.sqrt(nl * nl * (1.0 - square) + square)
    return np.asarray(0.5 / np.maximum(from_light + from_view, 1e-9))


def table(size: int) -> NDArray[np.float32]:
    """(size, size, 2) float32: what comes back of an even light, as `f0 * x + y`.

    Rows go with roughness, columns with the cosine of the view, both from 0 at the first
    texel's middle to 1 at the last's (the split sum of Karis 2013, with the visibility above).
    """
    axis = np.arange(size) / (size - 1)
    rough = np.maximum(axis, SMOOTHEST)[:, None, None]
    nv = np.maximum(axis, GRAZING)[None, :, None]
    index = np.arange(SAMPLES)
    first = (index + 0.5) / SAMPLES
    second = _radical_inverse(index)
    a = rough**2
    cos_h = np.sqrt((1.0 - first) / (1.0 + (a * a - 1.0) * first))
    sin_h = np.sqrt(np.maximum(1.0 - cos_h * cos_h, 0.0))
    vh = np.sqrt(1.0 - nv * nv) * sin_h * np.cos(2 * np.pi * second) + nv * cos_h
    nl = 2.0 * vh * cos_h - nv
    lit = (nl > 0.0) & (vh > 0.0)
    nl, vh = np.where(lit, nl, 1.0), np.where(lit, vh, 1.0)
    weight = np.where(lit, visibility(nl, nv, a) * 4.0 * nl * vh / np.maximum(cos_h, 1e-6), 0.0)
    fresnel = (1.0 - vh) ** 5
    both = np.stack([(weight * (1.0 - fresnel)).mean(2), (weight * fresnel).mean(2)], axis=-1)
    return both.astype(np.float32)


def _radical_inverse(index: NDArray[np.int64]) -> Array:
    """Van der Corput's sequence in base 2, 0..1."""
    bits = index.astype(np.uint32)
    value = np.zeros(len(index))
    share = 0.5
    for _ in range(32):
        value += share * (bits & 1)
        bits >>= np.uint32(1)
        share /= 2
    return value
