"""The close sleeve of a shift, out of which a mourner's hand comes: its cuff is turned back.

A tube about the forearm, within the gown's wide sleeve. It is longer than the arm and pushed up, so
that it lies in slanting rings; towards the wrist it is doubled and drawn in to the skin.
Modelled in the forearm's frame: the wrist is the origin, y looks away from the elbow. Metres.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, merge, smooth_normals
from models.people import body
from models.people.posture import Arm
from models.sdf import smoothstep

Array = NDArray[np.float64]

# Of the sculpted forearm, from the elbow's side on: where, half its breadth, half its depth.
ARM = np.array(
    [
        [-0.200, 0.041, 0.031],
        [-0.160, 0.038, 0.028],
        [-0.080, 0.034, 0.022],
        [-0.040, 0.0315, 0.0195],
        [-0.014, 0.0310, 0.0190],
    ]
)
OFF, DOUBLED = 0.0030, 0.0036  # metres from skin to cloth, and how far the cuff stands over it
BEGINS, TURNED, ENDS = -0.190, -0.060, -0.014  # along the arm: the tube, its cuff, its edge
RING, DEEP = 0.021, 0.0042  # from fold to fold, and how far they stand out
SLANT = 0.55  # of a ring that a fold climbs to one side of the arm
UNWORN = 0.35  # metres to an edge: nothing of it frays
LEVELS = ((24, 19), (12, 10), (6, 5), (0, 0), (0, 0))  # points round and along, at each level


def build(arms: Sequence[Arm], seed: int) -> list[Mesh | None]:
    """Both cuffs at each level of detail, in person space; nothing where they are too far off.

    Attributes: `ao` (n, 1), `weave` (n, 3).
    """
    return [
        merge([_one(arm, count, rings, seed) for arm in arms]) if count else None
        for count, rings in LEVELS
    ]


def _one(arm: Arm, count: int, rings: int, seed: int) -> Mesh:
    along = _rings(rings)
    angle = np.arange(count) * (2 * np.pi / count)
    y, turn = (each.ravel() for each in np.meshgrid(along, angle, indexing="ij"))
    rng = np.random.default_rng(seed + int(arm.side > 0))
    lean, other = rng.uniform(0.0, 2 * np.pi, 2)
    phase = y / RING + SLANT * np.sin(turn + lean) + 0.25 * np.sin(2 * turn + other)
    cuff = smoothstep(TURNED - 0.001, TURNED + 0.001, y)
    fold = (0.5 + 0.5 * np.cos(2 * np.pi * phase)) ** 1.5
    slack = DEEP * (0.65 + 0.35 * np.sin(turn + other)) * (1.0 - 0.85 * cuff)
    edge = smoothstep(ENDS - 0.004, ENDS, y)
    off = OFF + slack * fold + DOUBLED * cuff * (1.0 + 0.35 * np.sin(3 * turn + lean) * cuff)
    off = off * (1.0 - edge)
    wide, deep = (np.interp(y, ARM[:, 0], ARM[:, column]) for column in (1, 2))
    local = np.column_stack(
        [(wide + off) * np.cos(turn), y, (deep + off) * np.sin(turn) - 0.0015 * np.ones(len(y))]
    )
    frame = body.frame(arm.wrist, arm.wrist - arm.elbow, arm.hand[:3, 2])
    points = body.along(frame, local).astype(np.float32)
    index = np.arange(len(y)).reshape(len(along), count)
    beside = np.roll(index, -1, axis=1)
    a, b, c, d = index[:-1].ravel(), beside[:-1].ravel(), index[1:].ravel(), beside[1:].ravel()
    triangles = np.concatenate([np.column_stack([a, c, b]), np.column_stack([b, c, d])])
    # What the turned cuff overhangs, and the bottoms of folds, are in its shade.
    beneath = np.exp(-(((y - TURNED + 0.004) / 0.006) ** 2)) * (1.0 - cuff)
    shade = (0.62 + 0.38 * np.maximum(fold, cuff)) * (1.0 - 0.5 * beneath) * (1.0 - 0.6 * edge)
    weave = np.column_stack([0.034 * turn, y + 0.31 * cuff, np.full(len(y), UNWORN)])
    return Mesh(
        points,
        smooth_normals(points, triangles),
        triangles.astype(np.int32),
        {"ao": shade[:, None].astype(np.float32), "weave": weave.astype(np.float32)},
    )


def _rings(count: int) -> Array:
    """Where along the arm points lie: closer where the cuff is turned and where it ends."""
    cuff = max(count // 3, 2)
    sleeve = np.linspace(BEGINS, TURNED - 0.001, count - cuff)
    return np.concatenate([sleeve, np.linspace(TURNED + 0.001, ENDS - 0.004, cuff - 1), [ENDS]])
