"""Two stars about one another: Kepler's ellipse and the stream of light between them.

Lengths are in units of the orbit's semi-major axis unless said. The stream is computed in the
frame that turns with the stars, in units of their separation, as a test particle let go at
the inner Lagrange point (Lubow & Shu 1975): it falls ahead of the line between the stars and
winds round the lighter-handed one.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

Floats = NDArray[np.float64]

ECCENTRICITY = 0.35
MASS_RATIO = 0.8  # the crimson giver to the pale blue taker
NEWTON_STEPS = 5  # the shader takes as many


def eccentric_anomaly(mean: ArrayLike, eccentricity: float) -> Floats:
    """Solves Kepler's equation M = E - e sin E by Newton's steps; angles in radians.

    Starts at E = M + e sin M, from where five steps reach 1e-12 for e < 0.6.
    """
    if not 0.0 <= eccentricity < 1.0:
        raise ValueError(f"eccentricity is {eccentricity}: an ellipse has 0 to below 1")
    m = np.asarray(mean, dtype=np.float64)
    e = m + eccentricity * np.sin(m)
    for _ in range(NEWTON_STEPS):
        e = e - (e - eccentricity * np.sin(e) - m) / (1.0 - eccentricity * np.cos(e))
    return e


def separation(mean: ArrayLike, eccentricity: float) -> Floats:
    """From the heavier to the lighter star at a mean anomaly (...): (..., 2), periapsis at +x."""
    e = eccentric_anomaly(mean, eccentricity)
    flat = math.sqrt(1.0 - eccentricity**2)
    return np.stack([np.cos(e) - eccentricity, flat * np.sin(e)], axis=-1)


def roche_lobe(ratio: float) -> float:
    """Radius of a star's Roche lobe in separations; `ratio` its mass to the other's.

    Eggleton 1983, within one per cent for every ratio.
    """
    third = ratio ** (1 / 3)
    return 0.49 * third**2 / (0.6 * third**2 + math.log1p(third))


def inner_point(ratio: float) -> float:
    """Where the two pulls and the turning balance: distance from the giver, in separations."""
    giver = ratio / (1.0 + ratio)
    centre = 1.0 - giver  # of mass, from the giver

    def pull(x: float) -> float:
        return -giver / x**2 + (1.0 - giver) / (1.0 - x) ** 2 + (x - centre)

    return float(brentq(pull, 0.05, 0.95))


def stream(ratio: float, count: int, turns: float = 1.15) -> Floats:
    """The path of falling light (count, 2): giver at the origin, taker at (1, 0).

    Integrated in the turning frame with its Coriolis and centrifugal push, evenly in length,
    until it has gone `turns` times round the taker.
    """
    giver = ratio / (1.0 + ratio)
    taker, centre = 1.0 - giver, 1.0 - giver

    def fall(_: float, s: Floats) -> list[float]:
        x, y, u, v = s
        r1, r2 = math.hypot(x, y) ** 3, math.hypot(x - 1.0, y) ** 3
        ax = -giver * x / r1 - taker * (x - 1.0) / r2 + (x - centre) + 2.0 * v
        ay = -giver * y / r1 - taker * y / r2 + y - 2.0 * u
        return [u, v, ax, ay]

    start = [inner_point(ratio) + 0.004, 0.0, 0.02, 0.0]
    path = solve_ivp(fall, (0.0, 8.0), start, max_step=0.004, rtol=1e-7, atol=1e-9).y[:2].T
    angle = np.unwrap(np.arctan2(path[:, 1], path[:, 0] - 1.0))
    wound = np.abs(angle - angle[0])
    end = int(np.searchsorted(np.maximum.accumulate(wound), turns * 2 * math.pi))
    path = path[: max(end, 2)]
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    even = np.linspace(0.0, along[-1], count)
    return np.stack([np.interp(even, along, path[:, axis]) for axis in range(2)], axis=-1)
