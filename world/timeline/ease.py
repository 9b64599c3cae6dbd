"""Easing: maps of 0..1 onto 0..1 that decide how a value travels between two keys."""

from __future__ import annotations

import math
from collections.abc import Callable

Ease = Callable[[float], float]


def linear(t: float) -> float:
    """Straight line."""
    return t


def smooth(t: float) -> float:
    """Cubic Hermite: zero slope at both ends (smoothstep)."""
    return t * t * (3.0 - 2.0 * t)


def smoother(t: float) -> float:
    """Quintic: zero slope and zero curvature at both ends (Perlin 2002)."""
    return t * t * t * (t * (6.0 * t - 15.0) + 10.0)


def ease_in(t: float) -> float:
    """Starts at rest."""
    return t * t


def ease_out(t: float) -> float:
    """Ends at rest."""
    return t * (2.0 - t)


def hold(t: float) -> float:
    """Keeps the earlier value until the later key: the one ease that jumps."""
    return 1.0 if t >= 1.0 else 0.0


def swell(t: float) -> float:
    """Rises slowly and settles slowly, as breath does (raised cosine)."""
    return 0.5 - 0.5 * math.cos(math.pi * t)


EASES: dict[str, Ease] = {
    ease.__name__: ease for ease in (linear, smooth, smoother, ease_in, ease_out, hold, swell)
}
