"""How a mourner stands: joints, head and hands, and the body that cloth falls on.

Person space: metres, z up, the face looks along +y, +x is the right hand, the floor is z = 0.
Postures are at mid-bow, so that the rotations of the crowd's shader bend each way by half.
Those numbers that are given for somebody who stands upright are carried along by `trunk`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import Floats, unit
from models.people import body
from models.people.body import HandPose
from models.people.garments import Mantle
from models.people.handhold import (
    CLUTCHING,
    FOLDED,
    FOLDED_ON,
    HELD_FAST,
    HOLDING,
    IN_THE_LAP,
    ON_A_STAFF,
    ON_THE_HEART,
    ON_THE_STONE,
    OVER_IT,
    OVER_THE_FACE,
    PRAYING,
    REACHING,
    STAFF,
    STAFF_RADIUS,
    TO_THE_CHEEK,
    UNDER_IT,
    Held,
    Point,
)
from models.people.veil import Veil
from models.sdf import Clay, Solid, cone, ellipsoid, smoothstep, tube

Grid = NDArray[np.float64]

REST_BOW = 0.8
WAIST = (0.0, -0.02, 0.98)
CHEST = (0.0, -0.03, 1.20)
NECK = (0.0, -0.02, 1.42)
NAPE = (0.0, -0.035, 1.47)  # where a mantle is clasped
EYES_ABOVE_NECK = (0.0, 0.035, 0.155)
CROWN = (0.0, 0.0, 0.135)  # in head space
SHOULDER = (0.152, -0.02, 1.365)
UPPER_ARM, FOREARM = 0.285, 0.245
LYING = (0.10, 0.36)  # heights between which cloth begins to follow who wears it
ABOUT_HEAD = (0.42, 0.58)  # metres from between the eyes within which it follows the head
ELBOWS_WANT = (0.75, -0.35, -1.0)  # where a right elbow tends to


@dataclass(frozen=True)
class Drape:
    """One way to stand. Lengths in metres, angles in degrees.

    right, left : the hands; a left one is given as its mirror image, and none is the right one's
    nod, turn, tilt : the head's rest about x, z and y; lean: the trunk's about x and y
    lift  : how much lower the whole trunk is than when standing (kneeling)
    feet  : how far ahead the toes stand, metres; 0 where the gown hides them
    clutch: the left hand draws the mantle together
    gown  : its radius above and at the hem
    """

    right: Held
    left: Held | None = None
    nod: float = -30.0
    turn: float = 0.0
    tilt: float = 0.0
    lean: tuple[float, float] = (-7.0, 0.0)
    lift: float = 0.0
    kneel: bool = False
    staff: bool = False
    feet: float = 0.0
    clutch: bool = False
    gown: tuple[float, float] = (0.150, 0.34)
    mantle: Mantle = field(default_factory=Mantle)
    veil: Veil = field(default_factory=Veil)
    face: str = "woman"
    seed: int = 1

    def hands(self) -> tuple[tuple[float, Held], tuple[float, Held]]:
        """Right (1.0) and left (-1.0), each as a right hand."""
        return (1.0, self.right), (-1.0, self.left or self.right)


DRAPES: dict[str, Drape] = {
    "clasped": Drape(
        PRAYING,
        feet=0.10,
        mantle=Mantle(gap=0.85, askew=0.10, uneven=0.10, shortest=1.9),
        veil=Veil(front=0.140),
        seed=11,
    ),
    "veiled": Drape(
        OVER_THE_FACE,
        nod=-36.0,
        feet=0.09,
        mantle=Mantle(gap=0.95, outer=1.42, slits=9),
        veil=Veil(side=0.60, back=0.92, front=0.115, open=1.0),
        seed=23,
        face="widow",
    ),
    "leaning": Drape(
        TO_THE_CHEEK,
        ON_THE_HEART,
        turn=14.0, tilt=12.0,
        lean=(-10.0, 9.0),
        feet=0.10,
        mantle=Mantle(gap=0.9, outer=1.52, askew=-0.25, uneven=0.26, shortest=1.3, longest=0.8),
        veil=Veil(side=0.50, back=0.56, front=0.125),
        seed=37,
        face="man",
    ),
    "cloaked": Drape(
        FOLDED,
        FOLDED_ON,
        nod=-33.0,
        mantle=Mantle(gap=0.26, outer=1.58, slits=12, askew=0.18, uneven=0.06),
        veil=Veil(side=0.46, back=0.50, front=0.150, open=0.9),
        seed=41,
        face="young",
    ),
    "kneeling": Drape(
        IN_THE_LAP,
        OVER_IT,
        nod=-34.0,
        lean=(-13.0, 0.0),
        lift=0.46,
        kneel=True,
        gown=(0.150, 0.40),
        mantle=Mantle(gap=0.8, outer=1.22, askew=-0.12),
        veil=Veil(side=0.58, back=0.80, front=0.130, open=1.0),
        seed=53,
        face="girl",
    ),
    "stooped": Drape(
        HELD_FAST,
        HOLDING,
        nod=-24.0, turn=-9.0, tilt=-6.0,
        lean=(-20.0, -3.0),
        mantle=Mantle(
            gap=0.55, outer=1.34, torn=0.09, slits=18, longest=0.85, holes=6, uneven=0.12
        ),
        veil=Veil(front=0.136),
        seed=67,
        face="old",
    ),
    "staff": Drape(
        ON_A_STAFF,
        UNDER_IT,
        nod=-26.0,
        turn=-6.0,
        lean=(-13.0, 2.0),
        staff=True,
        feet=0.12,
        mantle=Mantle(
            gap=0.9, outer=1.46, torn=0.08, slits=16, longest=0.9, holes=6, askew=0.30, uneven=0.22,
            shortest=-1.2,
        ),
        veil=Veil(side=0.46, back=0.50, front=0.130, open=1.0),
        seed=79,
        face="elder",
    ),
    "reaching": Drape(
        REACHING,
        CLUTCHING,
        nod=-38.0,
        tilt=-5.0,
        clutch=True,
        mantle=Mantle(gap=0.42, outer=1.46, askew=0.06, uneven=0.10, shortest=2.4),
        veil=Veil(side=0.54, back=0.64, front=0.140),
        seed=97,
        face="brother",
    ),
    "sunk": Drape(
        ON_THE_STONE,
        nod=-22.0, tilt=4.0,
        lean=(-52.0, 2.0),
        lift=0.62, kneel=True,
        gown=(0.150, 0.40),
        mantle=Mantle(gap=1.05, outer=1.12, askew=0.10, uneven=0.42, shortest=0.1),
        veil=Veil(side=0.46, back=0.62, front=0.130, open=1.0),
        seed=113,
        face="woman",
    ),
}  # fmt: skip


def turning(about: Point, x: float, y: float, z: float) -> Grid:
    """A (4, 4) rotation about a point: by z, then y, then x degrees (z innermost)."""
    a, b, c = np.radians([x, y, z])
    rx = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    ry = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    rz = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    out = np.eye(4)
    out[:3, :3] = rx @ ry @ rz
    out[:3, 3] = np.asarray(about) - out[:3, :3] @ np.asarray(about)
    return out


def trunk(drape: Drape) -> Grid:
    """(4, 4) from upright standing space to the leaning, perhaps kneeling, trunk."""
    out = turning(WAIST, drape.lean[0], drape.lean[1], 0)
    out[2, 3] -= drape.lift
    return out


def head_frame(drape: Drape) -> Grid:
    """(4, 4) from head space (metres, eye line z = 0) to person space, at rest."""
    out = trunk(drape) @ turning(NECK, drape.nod, drape.tilt, drape.turn)
    at = np.eye(4)
    at[:3, 3] = np.add(NECK, EYES_ABOVE_NECK)
    return out @ at


def pivots(drape: Drape) -> Grid:
    """(3, 3): the places of waist, chest and neck in person space, at rest."""
    return body.along(trunk(drape), np.array([WAIST, CHEST, NECK]))


def nod_at_rest(drape: Drape) -> float:
    """How far the sculpted head looks below the horizon, radians."""
    ahead = head_frame(drape)[:3, 1]
    return float(np.arcsin(np.clip(-ahead[2], -1, 1)))


def joint_weights(drape: Drape, positions: ArrayLike) -> Floats:
    """(n, 3): how far each point (n, 3) follows waist, chest and neck.

    Of who bends low, cloth lies on the floor ahead of them, higher along the trunk than their
    shoulders: what lies low stays where it is, and a head takes along only what is about it.
    """
    p = body.along(np.linalg.inv(trunk(drape)), positions)
    q = body.along(np.linalg.inv(head_frame(drape)), positions)
    free = smoothstep(*LYING, np.asarray(positions)[:, 2])
    waist = smoothstep(0.80, 1.12, p[:, 2])
    chest = smoothstep(1.06, 1.36, p[:, 2])
    neck = smoothstep(-0.235, -0.115, q[:, 2]) * smoothstep(1.22, 1.40, p[:, 2])
    neck *= 1.0 - smoothstep(*ABOUT_HEAD, np.linalg.norm(q, axis=1))
    return (np.stack([waist, chest, neck], axis=1) * free[:, None]).astype(np.float32)


@dataclass(frozen=True)
class Arm:
    """Joints (3,) in person space and the hand's frame (4, 4); side 1.0 right, -1.0 left."""

    side: float
    shoulder: Grid
    elbow: Grid
    wrist: Grid
    hand: Grid
    pose: HandPose


def arms(drape: Drape) -> list[Arm]:
    """Both arms, with elbows where two bones of an arm's length put them."""
    out = []
    frame = trunk(drape)
    for side, held in drape.hands():
        flip = np.array([side, 1.0, 1.0])
        space = head_frame(drape) if held.by_head else np.eye(4) if held.by_ground else frame
        wrist = body.along(space, flip * held.wrist)
        turn = space[:3, :3]
        hand = body.frame(wrist, turn @ (flip * held.fingers), turn @ (flip * held.back))
        shoulder = body.along(frame, flip * SHOULDER)
        elbow = _elbow(shoulder, wrist, frame[:3, :3] @ (flip * ELBOWS_WANT))
        out.append(Arm(side, shoulder, elbow, wrist, hand, held.pose))
    return out


def _elbow(shoulder: Grid, wrist: Grid, wanted: Grid) -> Grid:
    """Where the elbow is, on the side of `wanted`; a wrist out of reach stretches the arm."""
    way = wrist - shoulder
    reach = float(np.linalg.norm(way))
    along = way / reach
    short = min(reach, 0.999 * (UPPER_ARM + FOREARM))
    ahead = (short**2 + UPPER_ARM**2 - FOREARM**2) / (2 * short)
    aside = np.sqrt(max(UPPER_ARM**2 - ahead**2, 0.0))
    out: Grid = unit(wanted - (wanted @ along) * along).astype(np.float64)
    return shoulder + ahead * reach / short * along + aside * out


def bar(points: Sequence[Grid], radii: Sequence[float]) -> Solid:
    """A limb through points."""
    return tube(np.asarray(points), radii, 4 * len(points))


def torso(clay: Clay, drape: Drape, upper_arms: bool = True) -> None:
    """Trunk and legs, and the arms down to the elbows."""
    frame = trunk(drape)
    clay.add(ellipsoid((0, -0.01, 1.20), (0.145, 0.102, 0.24)).posed(frame))
    clay.add(ellipsoid((0, -0.01, 0.96), (0.150, 0.112, 0.16)).posed(frame), 0.05)
    for arm in arms(drape):
        root = body.along(frame, (0.0, -0.03, 1.44))
        clay.add(cone(root, arm.shoulder, 0.055, 0.054), 0.05)
        if upper_arms:
            clay.add(cone(arm.shoulder, arm.elbow, 0.055, 0.045), 0.03)
    for side in (1, -1):
        if drape.kneel:
            hip = body.along(frame, (side * 0.09, 0.0, 0.90))
            knee = np.array([side * 0.13, 0.26, 0.09])
            clay.add(bar([hip, knee], [0.105, 0.085]), 0.05)
            clay.add(bar([knee, np.array([side * 0.11, -0.24, 0.07])], [0.08, 0.06]), 0.03)
        else:
            knee = np.array([side * 0.10, 0.05 if side > 0 else 0.01, 0.5])
            hip = np.array([side * 0.09, -0.02, 0.92])
            foot = np.array([side * 0.11, 0.03, 0.05])
            clay.add(bar([hip, knee, foot], [0.10, 0.075, 0.06]), 0.05)


def forearms(clay: Clay, drape: Drape) -> None:
    """From the elbows to past the wrists, as thick as what is worn close on them."""
    for arm in arms(drape):
        clay.add(cone(arm.elbow, arm.wrist, 0.045, 0.034), 0.02)
        palm = body.along(arm.hand, (0.0, 0.08, 0.0))
        clay.add(cone(arm.wrist, palm, 0.034, 0.034), 0.02)
    if drape.staff:
        clay.add(cone(*STAFF, STAFF_RADIUS + 0.001, STAFF_RADIUS - 0.001))


def bodice(clay: Clay, drape: Drape) -> None:
    """What is worn close about breast, shoulders and throat."""
    frame = trunk(drape)
    clay.add(ellipsoid((0, -0.01, 1.22), (0.153, 0.110, 0.24)).posed(frame))
    for arm in arms(drape):
        root = body.along(frame, (0.0, -0.03, 1.44))
        clay.add(cone(root, arm.shoulder, 0.060, 0.058), 0.05)
        clay.add(cone(arm.shoulder, arm.elbow, 0.060, 0.052), 0.03)
    clay.add(cone((0, -0.03, 1.40), (0, -0.005, 1.50), 0.068, 0.060).posed(frame), 0.05)


def head(clay: Clay, drape: Drape, share: float = 1.0, moved: Grid | None = None) -> None:
    """Head and neck, with the close cap that is worn beneath a veil.

    share : how thick it is, of its whole; moved: a (4, 4) motion of the head
    """
    frame = head_frame(drape) if moved is None else moved @ head_frame(drape)
    radii = share * np.array([[0.080, 0.100, 0.085], [0.062, 0.062, 0.08]])
    neck = cone((0, -0.03, 1.40), (0, 0.0, 1.52), 0.060 * share, 0.055 * share)
    clay.add(neck.posed(trunk(drape)), 0.03 * share)
    clay.add(ellipsoid((0, -0.008, 0.038), radii[0]).posed(frame), 0.02 * share)
    clay.add(ellipsoid((0, 0.035, -0.03), radii[1]).posed(frame), 0.02 * share)
