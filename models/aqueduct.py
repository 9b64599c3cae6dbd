"""A broken aqueduct that strides away through the valley in the east.

`edge` is the share of sky and sun that a place sees, as for all of models/afar.py.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.farstone import block, ground
from models.mesh import Mesh
from models.shape import frame, skin

Array = NDArray[np.float64]

# It turns as it goes, so that no bay is seen so far aslant that its piers close it.
AQUEDUCT = ((74.0, 66.0), (116.0, 8.0), (150.0, -44.0), (174.0, -100.0), (190.0, -160.0))
BAY, PIER, SPRING, DECK = 11.0, 2.6, 5.2, 10.6  # of its arches: span, width, heights
SMALL, SMALL_DECK = 3, 14.6  # arches to a bay in the upper row, and its height
ARCH_STEPS, FAR_STEPS = 11, 5
FALLEN_BAYS = [3, 13]  # where it has come down altogether
FAR_BAY = 9  # from this bay on the arches have fewer sides
UNDER_ARCH = 0.45  # share of the light that an arch's edge sees
RING, RING_OUT = 0.95, 0.22  # height of an arch's ring of wedges, and how far it stands out
LEDGE = 0.34  # metres that ledges stand out


def aqueduct(rng: np.random.Generator) -> list[Mesh]:
    """Piers in a line, arches where two neighbours still stand, a second row on some of them."""
    spots, turns = _along(AQUEDUCT, BAY)
    count = len(spots)
    whole = rng.random(count) < np.linspace(0.98, 0.6, count)  # less of it the further it goes
    whole[:6] = True
    carried = whole[:-1] & whole[1:] & (rng.random(count - 1) < 0.93)
    carried[FALLEN_BAYS] = False
    crown = rng.integers(0, SMALL + 1, count - 1) * carried  # small arches that each bay has kept
    parts: list[Mesh] = []
    for index, ((x, y), turn) in enumerate(zip(spots, turns, strict=True)):
        base = ground(x, y)
        top = SPRING if whole[index] else rng.uniform(0.35, 0.9) * SPRING
        parts.append(block((PIER, 3.6, top - base), frame((x, y, base), turn)))
        if whole[index]:  # the ledge that the arches spring from, and the pier's face above it
            wide = (PIER + 2 * LEDGE, 3.6 + 2 * LEDGE, 0.5)
            parts.append(block(wide, frame((x, y, SPRING - 0.5), turn), 0.5))
            face = (0.62 * PIER, 3.0 + LEDGE, DECK - SPRING - 0.5)
            parts.append(block(face, frame((x, y, SPRING), turn)))
        parts.append(block((PIER + 0.9, 4.4, 2.2 - base), frame((x, y, base), turn)))
        if index + 1 < count and carried[index]:
            parts += _bay(spots[index], spots[index + 1], int(crown[index]), index)
        for side, there in (
            (-1, index > 0 and carried[index - 1]),
            (1, index + 1 < count and carried[index]),
        ):
            if whole[index] and not there:
                parts += _stub(rng, frame((x, y, SPRING), turn if side > 0 else turn + np.pi))
        if whole[index]:
            beside = (
                index > 0 and bool(carried[index - 1]),
                index + 1 < count and bool(carried[index]),
            )
            parts += _loose(rng, frame((x, y, DECK), turn), beside)
    return parts


def _bay(one: Array, other: Array, crown: int, index: int) -> list[Mesh]:
    """The great arch between two piers, and the small ones on its deck if it still has them."""
    way = other - one
    span, turn = float(np.hypot(*way)), float(np.arctan2(way[1], way[0]))
    steps = ARCH_STEPS if index < FAR_BAY else FAR_STEPS
    middle = (one + other) / 2
    great = _arch(span, PIER, DECK - SPRING, 1.5, steps)
    here = frame((*middle, SPRING), turn)
    parts = [great.transformed(here)]
    if index < FAR_BAY:
        parts.append(_ring(span, PIER, 1.5, steps).transformed(here))
    ledge = (span + 0.02, 3.0 + 2 * LEDGE, 0.42)
    parts.append(block(ledge, frame((*middle, DECK - 0.55), turn), 0.5))
    small = span / SMALL
    first = 0 if index % 2 else SMALL - crown  # what is left leans on one of the two piers
    for place in range(first, first + crown):
        at = one + way * (place + 0.5) / SMALL
        tall = SMALL_DECK - DECK - 1.2 - 0.35 * ((5 * index + 3 * place) % 4)
        row = _arch(small, 0.9, tall, 1.1, steps // 2 + 2)
        parts.append(row.transformed(frame((*at, DECK + 1.2), turn)))
    for place in range(first, first + crown + 1) if crown else ():
        leg = one + way * place / SMALL
        parts.append(block((0.9, 2.2, 1.25), frame((*leg, DECK - 0.02), turn)))
    return parts


def _ring(span: float, pier: float, half_wide: float, steps: int) -> Mesh:
    """The wedges of an arch along x, standing out of its wall on both sides."""
    angle = np.linspace(np.pi, 0.0, steps)
    radius = (span - pier) / 2
    corners = ((-1, radius - 0.02), (1, radius - 0.02), (1, radius + RING), (-1, radius + RING))
    sections = np.zeros((steps, 4, 3))
    for corner, (side, far) in enumerate(corners):
        across = np.full(steps, side * (half_wide + RING_OUT))
        sections[:, corner] = np.column_stack([far * np.cos(angle), across, far * np.sin(angle)])
    return skin(sections, np.tile([0.6, 0.6, 1.0, 1.0], (steps, 1)))


def _stub(rng: np.random.Generator, here: Array) -> list[Mesh]:
    """What still hangs of a fallen arch on its pier, towards +x, torn at its end."""
    kept = int(rng.integers(2, 5))
    stub = _arch(BAY, PIER, DECK - SPRING, 1.5, ARCH_STEPS, kept)
    return [stub.transformed(here @ frame((BAY / 2, 0.0, 0.0)))]


def _loose(rng: np.random.Generator, here: Array, beside: tuple[bool, bool]) -> list[Mesh]:
    """Stones of a parapet that is mostly gone, over a pier and the bays `beside` that still stand."""
    parts = []
    low, high = (2.5 if there else 0.25 * PIER for there in beside)
    for _ in range(rng.integers(1, 6)):
        size = (
            rng.uniform(0.6, 2.4 if all(beside) else 1.2),
            rng.uniform(0.5, 0.9),
            rng.uniform(0.3, 1.6) ** 1.4,
        )
        spot = (rng.uniform(-low, high), rng.choice([-1.0, 1.0]) * 0.9, -0.05)
        parts.append(block(size, here @ frame(spot, rng.normal(0.0, 0.15))))
    return parts


def _along(line: Sequence[tuple[float, float]], step: float) -> tuple[Array, Array]:
    """Places (n, 2) each `step` along a bent line, and the way the line goes there (n,)."""
    points = np.array(line)
    legs = np.diff(points, axis=0)
    lengths = np.linalg.norm(legs, axis=1)
    gone = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.arange(0.0, gone[-1], step)
    xy = np.column_stack([np.interp(at, gone, points[:, k]) for k in (0, 1)])
    leg = np.clip(np.searchsorted(gone, at, side="right") - 1, 0, len(legs) - 1)
    return xy, np.arctan2(legs[leg, 1], legs[leg, 0])


def _arch(
    span: float, pier: float, tall: float, half_wide: float, steps: int, kept: int = 0
) -> Mesh:
    """A round arch under a level deck, along x about the origin, springing at z = 0.

    Of a broken one the first `kept` sides are left, its deck torn off aslant.
    """
    half, radius = span / 2, (span - pier) / 2
    angle = np.linspace(np.pi, 0.0, steps)
    below = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    below = np.concatenate([[(-half, 0.0)], below, [(half, 0.0)]])
    above = np.column_stack([below[:, 0], np.full(len(below), tall)])
    if kept:
        below, above = below[: kept + 1], above[: kept + 1]
        torn = np.linspace(0.0, 1.0, kept + 1) ** 2
        above[:, 1] -= torn * 0.55 * (tall - below[-1, 1])
    sections = np.zeros((len(below), 4, 3))
    sees = [UNDER_ARCH, UNDER_ARCH, 1.0, 1.0]
    for corner, (edge, side) in enumerate(
        ((below, -half_wide), (below, half_wide), (above, half_wide), (above, -half_wide))
    ):
        sections[:, corner] = np.column_stack([edge[:, 0], np.full(len(edge), side), edge[:, 1]])
    return skin(sections, np.tile(sees, (len(below), 1)))
