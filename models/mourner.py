"""The silent witnesses: a posed body under a mantle, hooded, with a face in the hood.

Sculpted at mid-bow, so that the three rotations of the vertex shader bend each way by
half. Person space as in robe.py. Attributes: `joint` (3) weights of waist, chest and neck;
`part` 0 cloth, 1 skin, 2 dark inside, 3 eye; `ao`; `hem` how freely it stirs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models import face, robe
from models.gathering import People, stand
from models.mesh import Floats, Mesh, merge, unit
from models.sdf import Clay, Solid, cone, ellipsoid, occlusion, skinned, smoothstep

Grid = NDArray[np.float64]

STEP = 0.0075
BODY_STEP = 0.02
LOW, HIGH = (-0.56, -0.56, 0.0), (0.56, 0.72, 1.80)
OCCLUSION_REACH = 0.30
LEVELS = (24000, 6200, 1600, 340)
REST_BOW = 0.8

SHOULDER = (0.165, -0.02, 1.325)
WAIST = (0.0, -0.02, 0.98)
CHEST = (0.0, -0.03, 1.20)
NECK = (0.0, -0.02, 1.42)
EYES_ABOVE_NECK = (0.0, 0.035, 0.155)


@dataclass(frozen=True)
class Drape:
    """One way to stand. Lengths in metres, angles in degrees, (right, left) for pairs.

    lift  : how much lower the whole trunk is than when standing (kneeling)
    nod, turn, tilt : the head's rest about x, z and y; lean: the trunk's about x and y
    """

    elbow: tuple[tuple[float, float, float], tuple[float, float, float]]
    wrist: tuple[tuple[float, float, float], tuple[float, float, float]]
    nod: float = -30.0
    turn: float = 0.0
    tilt: float = 0.0
    lean: tuple[float, float] = (-7.0, 0.0)
    lift: float = 0.0
    kneel: bool = False
    mantle: bool = False
    pulled: float = 0.4
    folds: int = 19
    depth: float = 0.062
    drop: float = 0.24
    slits: int = 12
    seed: int = 1
    face: str = "woman"
    swag: int = 3
    cape: float = 1.16


DRAPES: dict[str, Drape] = {
    "clasped": Drape(
        elbow=((0.235, 0.06, 1.08), (-0.23, 0.07, 1.07)),
        wrist=((0.045, 0.215, 1.075), (-0.05, 0.205, 1.06)),
        seed=11,
    ),
    "veiled": Drape(
        elbow=((0.205, 0.14, 1.09), (-0.195, 0.15, 1.11)),
        wrist=((0.035, 0.180, 1.37), (-0.032, 0.185, 1.39)),
        nod=-34.0,
        drop=0.20,
        folds=17,
        depth=0.066,
        swag=0,
        seed=23,
        face="old",
    ),
    "leaning": Drape(
        elbow=((0.245, 0.02, 1.08), (-0.21, 0.10, 1.10)),
        wrist=((0.07, 0.165, 1.02), (0.035, 0.145, 1.235)),
        turn=16.0,
        tilt=9.0,
        lean=(-8.0, 5.0),
        drop=0.13,
        pulled=0.2,
        folds=16,
        seed=37,
        face="man",
        swag=2,
    ),
    "cloaked": Drape(
        elbow=((0.225, 0.06, 1.07), (-0.225, 0.05, 1.06)),
        wrist=((0.07, 0.165, 1.13), (-0.07, 0.16, 1.11)),
        nod=-33.0,
        mantle=True,
        pulled=1.0,
        folds=21,
        depth=0.07,
        slits=16,
        swag=0,
        cape=0.0,
        seed=41,
        face="young",
    ),
    "kneeling": Drape(
        elbow=((0.235, 0.06, 1.08), (-0.23, 0.07, 1.07)),
        wrist=((0.04, 0.225, 1.10), (-0.045, 0.215, 1.085)),
        nod=-34.0,
        lean=(-12.0, 0.0),
        lift=0.46,
        kneel=True,
        folds=19,
        depth=0.055,
        slits=10,
        swag=2,
        seed=53,
    ),
    "stooped": Drape(
        elbow=((0.215, 0.09, 1.09), (-0.225, 0.07, 1.07)),
        wrist=((-0.02, 0.175, 1.20), (-0.035, 0.205, 1.08)),
        nod=-27.0,
        turn=-9.0,
        tilt=-6.0,
        lean=(-14.0, -3.0),
        drop=0.19,
        pulled=0.7,
        folds=22,
        depth=0.055,
        slits=18,
        cape=1.08,
        swag=2,
        seed=67,
        face="old",
    ),
}


def trunk(drape: Drape) -> Grid:
    """(4, 4) from upright standing space to the leaning, perhaps kneeling, trunk."""
    out = robe.turning(WAIST, drape.lean[0], drape.lean[1], 0)
    out[2, 3] -= drape.lift
    return out


def head_frame(drape: Drape) -> Grid:
    """(4, 4) from head space (metres, eye line z = 0) to person space, at rest."""
    out = trunk(drape) @ robe.turning(NECK, drape.nod, drape.tilt, drape.turn)
    at = np.eye(4)
    at[:3, 3] = np.add(NECK, EYES_ABOVE_NECK)
    return out @ at


def pivots(drape: Drape) -> Grid:
    """(3, 3): the places of waist, chest and neck in person space, at rest."""
    points = np.array([WAIST, CHEST, NECK])
    frame = trunk(drape)
    out: Grid = points @ frame[:3, :3].T + frame[:3, 3]
    return out


def _moved(frame: Grid, point: tuple[float, float, float]) -> Grid:
    out: Grid = frame[:3, :3] @ np.asarray(point) + frame[:3, 3]
    return out


def body(drape: Drape, arms: bool) -> Clay:
    """The coarse body that cloth is hung on."""
    clay = Clay(LOW, HIGH, BODY_STEP)
    frame = trunk(drape)
    clay.add(ellipsoid((0, -0.01, 1.20), (0.165, 0.115, 0.24)).posed(frame))
    clay.add(ellipsoid((0, -0.01, 0.96), (0.165, 0.125, 0.16)).posed(frame), 0.05)
    for side, elbow, wrist in zip((1, -1), drape.elbow, drape.wrist, strict=True):
        shoulder = (side * SHOULDER[0], SHOULDER[1], SHOULDER[2])
        clay.add(cone((0, -0.03, 1.43), shoulder, 0.07, 0.055).posed(frame), 0.06)
        clay.add(cone(shoulder, elbow, 0.062, 0.058).posed(frame), 0.03)
        if arms:
            clay.add(cone(elbow, wrist, 0.055, 0.05).posed(frame), 0.03)
    if drape.kneel:
        for side in (1, -1):
            hip = _moved(frame, (side * 0.09, 0.0, 0.90))
            knee = np.array([side * 0.13, 0.26, 0.09])
            clay.add(robe.bar([hip, knee], [0.105, 0.085]), 0.05)
            clay.add(robe.bar([knee, np.array([side * 0.11, -0.24, 0.07])], [0.08, 0.06]), 0.03)
    else:
        for side in (1, -1):
            knee = np.array([side * 0.10, 0.05 if side > 0 else 0.01, 0.5])
            hip = np.array([side * 0.09, -0.02, 0.92])
            foot = np.array([side * 0.11, 0.03, 0.05])
            clay.add(robe.bar([hip, knee, foot], [0.10, 0.075, 0.07]), 0.05)
    return clay


def _pulls(drape: Drape, axis: tuple[float, float]) -> list[tuple[float, float]]:
    frame = trunk(drape)
    hung = [(s * 0.15, 0.05, 1.33) for s in (1, -1)] if drape.mantle else drape.elbow
    points = [_moved(frame, p) for p in hung]
    points += [_moved(frame, (s * SHOULDER[0], SHOULDER[1] - 0.06, SHOULDER[2])) for s in (1, -1)]
    points.append(_moved(frame, (0.0, -0.16, 1.2)))
    points.append(_moved(frame, drape.wrist[0]) if drape.mantle else np.array([0.05, 0.2, 0.86]))
    if drape.kneel:
        points += [np.array([s * 0.14, 0.3, 0.22]) for s in (1, -1)]
    return [
        (float(np.arctan2(p[1] - axis[1], p[0] - axis[0])), max(float(p[2]), 0.3)) for p in points
    ]


def sculpt(drape: Drape) -> Clay:
    """The whole robe with its hood as one field."""
    clay = Clay(LOW, HIGH, STEP)
    frame, head = trunk(drape), head_frame(drape)
    axis = (0.0, 0.04 if drape.kneel else 0.0)
    top = 1.43 - drape.lift
    flare = np.array([[0.0, 0.08], [0.3, 0.06], [0.9, 0.03], [1.1, -0.12], [1.4, -0.1]])
    if drape.kneel:
        flare = np.array([[0.0, 0.42], [0.10, 0.36], [0.45, 0.10], [0.7, -0.1]])
    elif drape.mantle:
        flare = np.array([[0.0, 0.08], [0.5, 0.05], [1.0, 0.0], [1.4, 0.0]])
    over = robe.hang(body(drape, arms=drape.mantle), axis, top, flare, 0.6)
    folds = robe.pipes(over, _pulls(drape, axis), drape.folds, drape.depth, drape.seed)
    folds += robe.creases(over, drape.seed + 1, 0.0022)
    if drape.swag:
        folds += robe.swags(over, np.pi / 2, 0.98 - drape.lift, 0.9, drape.swag, 0.014)
    mantle = robe.Hang(over.radius + folds, axis, over.heights)
    hem = robe.torn_hem(drape.seed + 2, 0.075, 0.02, drape.slits, 0.34)
    if drape.mantle:
        hem = np.maximum(hem, robe.opening(hem, np.pi / 2 + 0.04, 1.05, 0.30))
    clay.add(mantle.solid(hem, top))
    within = robe.Hang(mantle.radius, axis, over.heights)
    clay.cut(within.solid(None, 0.62 if not drape.mantle else 1.08, robe.CLOTH))
    clay.add(_tunic(drape, mantle, over))
    for i, (elbow, wrist) in enumerate(zip(drape.elbow, drape.wrist, strict=True)):
        if not drape.mantle:
            hand = _moved(frame, wrist)
            solid = robe.sleeve(_moved(frame, elbow), hand, drape.drop, drape.seed + 5 + i)
            clay.add(solid, 0.02)
    if drape.cape:
        _cape(clay, drape)
    robe.cowl(clay, head, drape.pulled, drape.seed + 9)
    room, mouth = robe.hollow(head, drape.pulled)
    clay.cut(mouth, 0.008)
    clay.cut(room, 0.008)
    return clay


def _tunic(drape: Drape, mantle: robe.Hang, over: robe.Hang) -> Solid:
    """What is worn beneath and reaches the floor; it never comes through the mantle."""
    low = smoothstep(0.0, 0.5, over.heights)[None, :]
    table = over.radius * (0.80 + 0.05 * low) - 0.012
    inner = robe.Hang(table, over.axis, over.heights)
    table = table + robe.pipes(
        inner, _pulls(drape, over.axis), drape.folds + 6, 0.034, drape.seed + 3
    )
    table = np.minimum(table, robe.pared(mantle.radius, 2.2 * robe.CLOTH))
    hem = robe.torn_hem(drape.seed + 4, 0.006, 0.012, 8, 0.05)
    return robe.Hang(table, over.axis, over.heights).solid(hem, 1.12 - drape.lift)


def _cape(clay: Clay, drape: Drape) -> None:
    """The shoulder cape that a hood runs out into, with its own short folds and torn edge."""
    top, bottom = 1.44 - drape.lift, drape.cape - drape.lift
    flare = np.array([[bottom, 0.10], [top - 0.12, 0.08], [top, 0.0]])
    fall = robe.hang(body(drape, arms=False), (0.0, -0.01), top, flare, 0.8)
    angles = [0.3, 2.8, -1.57, -0.6, -2.5, 1.57]
    pulls = [(a, top) for a in angles]
    folds = robe.pipes(fall, pulls, 19, 0.045, drape.seed + 6)
    fade = 1 - smoothstep(bottom + 0.16, top, fall.heights)[None, :]
    cape = robe.Hang(fall.radius + 0.016 + folds * (0.25 + 0.75 * fade), fall.axis, fall.heights)
    hem = robe.torn_hem(drape.seed + 7, bottom, 0.024, 7, 0.12)
    clay.add(cape.solid(hem, top), 0.006)


def joint_weights(drape: Drape, positions: Floats) -> Floats:
    """(n, 3): how far each vertex follows waist, chest and neck."""
    upright = np.linalg.inv(trunk(drape))
    p = positions @ upright[:3, :3].T + upright[:3, 3]
    inside = np.linalg.inv(head_frame(drape))
    q = positions @ inside[:3, :3].T + inside[:3, 3]
    waist = smoothstep(0.80, 1.12, p[:, 2])
    chest = smoothstep(1.06, 1.36, p[:, 2])
    neck = smoothstep(-0.235, -0.115, q[:, 2]) * smoothstep(1.22, 1.40, p[:, 2])
    return np.stack([waist, chest, neck], axis=1).astype(np.float32)


def robes(drape: Drape, clay: Clay) -> list[Mesh]:
    """The robe alone at each level of detail, finest first."""
    room, _ = robe.hollow(head_frame(drape), drape.pulled)
    out = []
    for mesh in skinned(clay, LEVELS, OCCLUSION_REACH, passes=2, blur=0.8):
        x, y, z = mesh.positions.T
        deep = room.distance(x, y, z) < 0.010
        out.append(
            mesh.with_attributes(
                joint=joint_weights(drape, mesh.positions),
                part=np.where(deep, 2.0, 0.0)[:, None],
                hem=1 - smoothstep(0.03, 0.55, z),
            )
        )
    return out


def faces(drape: Drape, clay: Clay) -> list[Mesh]:
    """The face in its place in the hood, shaded by the hood, at each level of detail."""
    out = []
    for mesh in face.build(face.FACES[drape.face]):
        placed = mesh.transformed(head_frame(drape))
        shade = occlusion(clay, placed.positions, placed.normals, OCCLUSION_REACH)
        out.append(
            placed.with_attributes(
                ao=placed.attributes["ao"][:, 0] * shade,
                joint=joint_weights(drape, placed.positions),
                hem=0.0,
            )
        )
    return out


def build(name: str) -> dict[str, Mesh]:
    """One drape with its face at each level of detail; "0" is the finest.

    Raises KeyError for a name that is not in DRAPES.
    """
    drape = DRAPES[name]
    clay = sculpt(drape)
    pairs = zip(robes(drape, clay), faces(drape, clay), strict=True)
    return {str(level): merge(list(pair)) for level, pair in enumerate(pairs)}


def nod_at_rest(drape: Drape) -> float:
    """How far the sculpted head looks below the horizon, radians."""
    ahead = head_frame(drape)[:3, 1]
    return float(np.arcsin(np.clip(-ahead[2], -1, 1)))


def face_at(people: People, who: int, floor: float = 0.0) -> tuple[Floats, Floats]:
    """Where a person's face is at rest, and the way that it looks: (3,) world metres, (3,) unit."""
    head = head_frame(list(DRAPES.values())[people.drape[who]])
    points = [_moved(head, (0.0, reach, -0.02)) for reach in (0.09, 1.09)]
    place, ahead = stand(np.stack(points), people, [who, who], floor)
    return place, unit(ahead - place)
