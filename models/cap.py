"""Hair that lies close to the fallen one's skull, combed back from the brow and the temples.

Strands start along a soft line, fine enough for the skin to show, and end under the locks.
Computed in head space, centimetres; given in world space, metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models import fallen, sleeper, strand
from models.body import along
from models.mesh import Mesh
from models.sdf import Settled, smoothstep
from models.skin import directions

Vectors = NDArray[np.float64]

LINE, REST, BABY = 1900, 700, 400  # strands along the hairline, behind it, before it
FAR = 8  # so many times fewer from afar, and so much wider is each by the root of it
STEPS, PACE = 9, 1.40  # of a strand, centimetres
CROWN = np.array([0.0, -6.8, 8.6])  # where they run to, and end before
OFF = (0.02, 0.30)  # how far a strand stands off the skull at its root, and from then on
HALF = (0.014, 0.036)  # half their widths along the line; what grows behind it is wider
BEHIND, SHORT = 2.0, 0.6  # times that; and of the brow's short hairs
PARTING, ASIDE = 1.1, 0.85  # where it is, and how far aside of their way strands begin
OUTER = 0.99  # of a lock's seed: what is beyond is a strand of the cap
SEED = 12


def _starts(skull: Settled, count: tuple[int, int, int], rng: np.random.Generator) -> Vectors:
    """Where strands grow, (n, 3): so many along the hairline, behind it, and before it."""
    local = np.array([0, -0.9, 3.5]) + directions(14000) * np.array([6.95, 8.8, 7.1])
    for _ in range(6):
        local -= skull.at(local)[:, None] * skull.gradient(local)
    grown = sleeper.scalp(local.astype(np.float32))
    free = (local[:, 2] > -5.0) & (np.abs(skull.at(local)) < 0.1) & (local[:, 1] > -6.0)
    line = local[free & (grown > 0.04) & (grown < 0.60)]
    behind = local[free & (grown >= 0.60)]
    before = local[free & (grown > 0.001) & (grown < 0.20)]
    areas = zip((line, behind, before), count, strict=True)
    return np.concatenate([area[rng.integers(len(area), size=n)] for area, n in areas])


def _combed(skull: Settled, starts: Vectors, baby: slice, rng: np.random.Generator) -> Vectors:
    """Paths (n, STEPS, 3) over the skull from `starts` (n, 3) to the crown; `baby` are short."""
    goals = CROWN + rng.normal(0.0, 0.9, starts.shape)
    goals[:, 0] += 0.72 * starts[:, 0]
    paces = PACE * rng.uniform(0.75, 1.0, len(starts))[:, None]
    paces[baby] *= rng.uniform(0.12, 0.34, (len(paces[baby]), 1))
    point, trail = starts.copy(), []
    # From the parting they first go aside, and bend back as they run.
    away = np.tanh((starts[:, :1] - PARTING) / 1.4) * np.array([1.0, 0.0, 0.0])
    for count in range(STEPS):
        lift = OFF[0] + (OFF[1] - OFF[0]) * smoothstep(0.0, 4.0, float(count))
        trail.append(point + float(lift) * skull.gradient(point))
        way = goals - point
        left = np.linalg.norm(way, axis=1, keepdims=True)
        way = way / np.maximum(left, 1e-6) + ASIDE * (1.0 - count / STEPS) ** 1.5 * away
        way = way / np.linalg.norm(way, axis=1, keepdims=True)
        point = point + np.minimum(paces, 0.25 * left) * way
        point = point - skull.at(point)[:, None] * skull.gradient(point)
    lines = ndimage.gaussian_filter1d(np.stack(trail, axis=1), 0.8, axis=1, mode="nearest")
    flat = lines.reshape(-1, 3)
    for _ in range(2):  # what has cut through the skull where a strand bends comes out again
        flat = flat + np.maximum(OFF[0] - skull.at(flat), 0.0)[:, None] * skull.gradient(flat)
    return flat.reshape(lines.shape)


def build(skull: Settled, far: bool = False) -> Mesh:
    """Strands with the numbers of models/strand.py; their seeds are negative."""
    rng = np.random.default_rng(SEED)
    fewer = FAR if far else 1
    each = (LINE // fewer, REST // fewer, BABY // fewer)
    starts = _starts(skull, each, rng)
    lines = _combed(skull, starts, slice(each[0] + each[1], None), rng)
    count = len(lines)
    flat = lines.reshape(-1, 3)
    ups = skull.gradient(flat).astype(np.float64)
    head = fallen.place().head
    world = along(head @ np.diag([0.01, 0.01, 0.01, 1.0]), flat).reshape(lines.shape)
    run = np.linspace(0.0, 1.0, STEPS)
    taper = (0.10 + 0.90 * smoothstep(0.0, 0.40, run)) * (1.0 - 0.7 * smoothstep(0.7, 1.0, run))
    wide = np.repeat((1.0, BEHIND, SHORT), each) * rng.uniform(*HALF, count)
    half = 0.01 * fewer**0.5 * wide[:, None] * taper
    seeds = -((0.618 * (np.arange(count) + 1)) % OUTER) - 0.005
    ups = (ups @ head[:3, :3].T).reshape(lines.shape)
    return strand.ribbons(world, ups, half, np.broadcast_to(run, (count, STEPS)), seeds)
