"""The visitor's torn sleeve: one cloth that fell on the arm three times over.

It is cut flat as a cone's sector, sewn along the underside, pinned above the elbow and let fall
on the arm as it reaches; then once more on the arm that cups, and on the one that is raised, so
that cloth slips and hangs as the arm goes. The shader mixes the three (models/visitor/gesture.py
says how much). Kept in the forearm's frame: the wrist at the origin, y away from the elbow. Metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from models import cloth, pattern
from models.cloth import Cloth, Feel
from models.mesh import Floats, Mesh, smooth_normals, unit
from models.pattern import Pattern
from models.people import body, garments
from models.sdf import Clay, cone, ellipsoid, tube
from models.skin import occlusion
from models.visitor import gesture
from models.visitor.gesture import Held

Vectors = NDArray[np.float64]

GRAIN = 0.0056  # metres between the points of the cloth
TOP, LENGTH = -0.42, 0.365  # along the forearm: the pinned ring, and how far the cloth goes from it
WIDE = (0.054, 0.100)  # radius above, and at the edge
TORN, SLITS = 0.016, 4
CAUGHT = (-0.100, 0.40)  # where it clings to the arm: along it, share of its way round
ON_ARM = 0.042
SLIDES = 0.008  # metres that it has slid when the arm is raised
SECONDS = (1.5, 1.0, 0.8)
FALL_STEP = 0.001  # seconds: a finer cloth than the mourners' wants shorter steps
CLAY_STEP = 0.005
ROOM = 0.30  # metres about the arm's middle in which cloth may hang
OCCLUSION_REACH = 0.10
THICK = 0.004
WOOL = Feel(bend=1.2e-5, thickness=THICK, friction=0.6)
SEED = 21
KEYS = (gesture.REACH, gesture.CUP, gesture.RAISED)


def cut(seed: int = SEED) -> Pattern:
    """The flat piece: part of a ring about the cone's point, its outer edge torn."""
    rng = np.random.default_rng(seed)
    steep = (WIDE[1] - WIDE[0]) / LENGTH
    inner, outer, half = WIDE[0] / steep, WIDE[1] / steep, np.pi * steep
    hem = pattern.ragged(2 * half * outer, TORN, seed + 1)

    def shape(p: Vectors) -> Vectors:
        away, angle = np.hypot(p[:, 0], p[:, 1]), np.arctan2(p[:, 0], p[:, 1])
        torn = outer - hem((angle + half) * outer)
        side = away * np.sin(np.clip(np.abs(angle) - half, -1.0, 1.0))
        return np.maximum(np.maximum(away - torn, inner - away), side)

    slits = []
    for number in range(SLITS):
        angle = half * (-0.92 + 1.84 * (number + rng.uniform(0.15, 0.85)) / SLITS)
        deep = LENGTH * rng.uniform(0.06, 0.15)
        way = np.array([np.sin(angle), np.cos(angle)])
        lean = rng.normal(0.0, 0.012, 2)
        slits.append(
            pattern.wedge(
                (outer + 0.01) * way, (outer - deep) * way + lean, rng.uniform(0.008, 0.022)
            )
        )
    for _ in range(1):
        angle, away = half * rng.uniform(-0.7, 0.7), rng.uniform(inner + 0.2, outer - 0.04)
        place = away * np.array([np.sin(angle), np.cos(angle)])
        slits.append(pattern.hole(place, rng.uniform(0.006, 0.011), int(rng.integers(1 << 30))))
    reach = outer + 0.02
    return pattern.cut(pattern.without(shape, *slits), (-reach, 0.0), (reach, reach), GRAIN)


def rolled(flat: Pattern, seam: float) -> Cloth:
    """The piece bent to the cone that it was cut for, its sides sewn, its inner ring pinned.

    seam : where about the arm its sides meet, radians from x to z
    """
    steep = (WIDE[1] - WIDE[0]) / LENGTH
    inner, half = WIDE[0] / steep, np.pi * steep
    away, angle = np.hypot(*flat.points.T), np.arctan2(flat.points[:, 0], flat.points[:, 1])
    turn, radius = angle / half * np.pi + seam + np.pi, away * steep
    points = np.column_stack([radius * np.cos(turn), TOP + away - inner, radius * np.sin(turn)])
    rough = points + np.random.default_rng(SEED + 2).normal(0.0, 0.0008, points.shape)
    on_side = np.abs(np.abs(angle) - half) * away < 0.3 * GRAIN
    left, right = (np.flatnonzero(on_side & (np.sign(angle) == hand)) for hand in (-1, 1))
    gap, other = cKDTree(away[right, None]).query(away[left, None])
    sewn = np.column_stack([left, right[other]])[gap < GRAIN]
    ring = away < inner + 0.3 * GRAIN
    caught = (np.abs(points[:, 1] - CAUGHT[0]) < 0.5 * GRAIN) & (np.abs(angle) < CAUGHT[1] * half)
    rough[ring] = points[ring]
    close = (ON_ARM / radius[caught])[:, None]
    rough[caught] = points[caught] * np.hstack([close, np.ones_like(close), close])
    pinned = np.flatnonzero(ring | caught)
    return Cloth(
        rough, flat.triangles[:, ::-1].copy(), flat.points, pinned=pinned, sewn=sewn, feel=WOOL
    )


def slid(points: Vectors) -> Vectors:
    """Points (n, 3) of the cloth in the forearm's frame, pushed together towards the elbow."""
    share = np.clip((points[:, 1] - TOP) / (CAUGHT[0] - TOP), 0.0, 1.0)
    return np.asarray(points - np.array([[0.0, SLIDES, 0.0]]) * share[:, None])


def upright(held: Held) -> Vectors:
    """The forearm's frame (4, 4) in a space whose z is up, for an eye that looks down so far."""
    down = np.radians(held.look)
    turn = np.eye(4)
    turn[1:3, 1:3] = [[np.cos(down), np.sin(down)], [-np.sin(down), np.cos(down)]]
    return np.asarray(turn @ held.forearm())


def arm(held: Held, frame: Vectors) -> Clay:
    """What the cloth falls on: an arm, straight beyond the elbow, and the hand at its end."""
    hand = np.linalg.inv(held.forearm()) @ held.hand()
    middle = body.along(frame, [0.0, -0.20, 0.0])
    lump = Clay(middle - ROOM, middle + ROOM, CLAY_STEP)
    limb = [[0.0, y, 0.0] for y in (-0.46, -0.28, -0.20, -0.08, 0.0)]
    lump.add(tube(body.along(frame, np.array(limb)), [0.040, 0.041, 0.041, 0.037, 0.032]))
    lump.add(ellipsoid([0, 0.05, 0], [0.042, 0.055, 0.022]).posed(frame @ hand), 0.02)
    lump.add(cone([0, 0.09, -0.005], [0, 0.15, -0.04], 0.03, 0.02).posed(frame @ hand), 0.02)
    return lump


def _finished(worn: Cloth, clay: Clay, frame: Vectors) -> tuple[Vectors, Floats, Floats, Floats]:
    """Places and normals (n, 3) in the forearm's frame, open sky outside and inside (n,)."""
    normals = smooth_normals(worn.positions, worn.triangles)
    dressed = garments.wear(clay, worn, 0.6 * THICK)
    outer = occlusion(dressed, worn.positions, normals, OCCLUSION_REACH)
    inner = occlusion(dressed, worn.positions, -normals, OCCLUSION_REACH)
    back = np.linalg.inv(frame)
    return body.along(back, worn.positions), unit(normals @ back[:3, :3].T), outer, inner


def build() -> Mesh:
    """The sleeve as the arm reaches; attributes carry it to the two other ways it hangs.

    cupped, raised               : (3) added to the place
    normal_cupped, normal_raised : (3) the normals there
    shade, lining                : (3) open sky outside and inside, each way it hangs
    weave                        : (3) the place on the pattern and the way to its edge
    """
    flat = cut()
    frames = [upright(held) for held in KEYS]
    beneath = -frames[0][2, :3]
    worn = rolled(flat, float(np.arctan2(beneath[2], beneath[0])))
    worn.positions = body.along(frames[0], worn.positions)
    hung: list[tuple[Vectors, Floats, Floats, Floats]] = []
    for number, (held, frame, seconds) in enumerate(zip(KEYS, frames, SECONDS, strict=True)):
        if number:
            before = hung[-1][0]
            if held is gesture.RAISED:  # it has slid down the arm and lies there in folds
                before = slid(before)
            worn.positions = body.along(frame, before)
        clay = arm(held, frame)
        cloth.settle(worn, clay.settled(), seconds, step=FALL_STEP)
        hung.append(_finished(worn, clay, frame))
    (places, normals, _, _), cupped, raised = hung
    mesh = Mesh(places.astype(np.float32), normals, worn.triangles.astype(np.int32))
    return mesh.with_attributes(
        cupped=cupped[0] - places,
        raised=raised[0] - places,
        normal_cupped=cupped[1],
        normal_raised=raised[1],
        shade=np.column_stack([each[2] for each in hung]),
        lining=np.column_stack([each[3] for each in hung]),
        weave=np.column_stack([flat.points, flat.rim]),
    )
