"""The visitor's own bare foot: bones, flesh, tendons, veins and nails of somebody lean.

Built as the right foot in the frame that models/people/body.py's feet have: the ankle at the
origin, the sole 7 cm below, y to the toes, z up, so that the great toe is on the left. Seen from
above a foot is a wedge that is broadest across the balls; the toes stand close, the great one half
as broad as the four others together, and leave the web a good way before the balls. Metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import unit
from models.people import body
from models.sdf import Clay, curve, ellipsoid, sphere, tube
from models.skin import flushed
from models.visitor import hand

Vectors = NDArray[np.float64]

SOLE = -0.070
# Of each toe, the great one first: its ball, where the web lets it go, its middle joint, the
# middle of its tip (x, y, z); its radii at those places.
BALLS = [(-0.0285, 0.112, -0.0500), (-0.0085, 0.119, -0.0520), (0.0085, 0.114, -0.0540),
         (0.0235, 0.105, -0.0560), (0.0365, 0.092, -0.0570)]  # fmt: skip
WEBS = [(-0.0300, 0.140, -0.0528), (-0.0072, 0.144, -0.0522), (0.0102, 0.138, -0.0536),
        (0.0258, 0.127, -0.0552), (0.0390, 0.113, -0.0568)]  # fmt: skip
JOINTS = [(-0.0300, 0.150, -0.0550), (-0.0067, 0.154, -0.0540), (0.0107, 0.1465, -0.0552),
          (0.0261, 0.1340, -0.0565), (0.0392, 0.1190, -0.0580)]  # fmt: skip
TIPS = [(-0.0285, 0.1665, -0.0580), (-0.0056, 0.1680, -0.0617), (0.0104, 0.1585, -0.0620),
        (0.0247, 0.1445, -0.0622), (0.0368, 0.1285, -0.0625)]  # fmt: skip
RADII = [(0.0185, 0.0140, 0.0133, 0.0118), (0.0150, 0.0102, 0.0097, 0.0084),
         (0.0142, 0.0099, 0.0094, 0.0082), (0.0136, 0.0096, 0.0090, 0.0079),
         (0.0130, 0.0094, 0.0088, 0.0078)]  # fmt: skip
PULP = [(0.0140, 0.0165, 0.0106), (0.0096, 0.0102, 0.0080), (0.0092, 0.0097, 0.0078),
        (0.0088, 0.0092, 0.0076), (0.0085, 0.0088, 0.0074)]  # fmt: skip
NAILS = [(0.0088, 0.0086), (0.0053, 0.0050), (0.0050, 0.0046), (0.0047, 0.0042),
         (0.0043, 0.0036)]  # half as wide and as long  # fmt: skip
NAIL_TILT = (0.10, 0.42, 0.46, 0.48, 0.50)  # how far each looks ahead: its slope
AWAY = 3.0


def flesh() -> body.Flesh:
    """The solids of the right foot and the widths over which they are pressed together."""
    out: body.Flesh = [
        # Heel, ankle and the ridge of the instep, higher on the inner side.
        (ellipsoid([0.001, -0.036, -0.040], [0.0285, 0.034, 0.031]), 0.0),
        (ellipsoid([0.000, -0.004, -0.014], [0.0290, 0.035, 0.034]), 0.025),
        (tube([[-0.003, 0.004, -0.008], [-0.010, 0.046, -0.026], [-0.019, 0.084, -0.041]],
              [0.0270, 0.0215, 0.0165]), 0.022),
        (tube([[0.008, 0.000, -0.022], [0.012, 0.046, -0.040], [0.008, 0.088, -0.048]],
              [0.0250, 0.0200, 0.0150]), 0.022),
        # The outer edge, which lies on the stone from heel to little toe.
        (tube([[0.010, -0.030, -0.048], [0.0275, 0.030, -0.053], [0.0345, 0.082, -0.056]],
              [0.0210, 0.0165, 0.0132]), 0.018),
        (tube([[-0.010, 0.000, -0.026], [-0.0205, 0.040, -0.037], [-0.0270, 0.090, -0.049]],
              [0.0190, 0.0165, 0.0165]), 0.020),
        (sphere([-0.0245, 0.004, 0.004], 0.0118), 0.020),
        (sphere([0.0250, -0.010, -0.006], 0.0112), 0.020),
        # Achilles' tendon and the hollows beside it.
        (tube([[0.000, -0.050, 0.060], [0.000, -0.054, 0.000], [0.000, -0.054, -0.035]],
              [0.0090, 0.0085, 0.0160]), 0.016),
    ]  # fmt: skip
    for ball, web, radii in zip(BALLS, WEBS, RADII, strict=True):
        x, _, z = ball
        root = [-0.012 + 0.62 * (x + 0.012), 0.050, z + 0.017]
        out.append((tube([root, ball, web], [0.018, radii[0], 0.92 * radii[1]]), 0.012))
    # Sole and pads between the balls, and the web that joins the toes' roots.
    out.append((ellipsoid([0.002, 0.104, -0.0590], [0.044, 0.026, 0.0125]), 0.012))
    out.append((ellipsoid([-0.0285, 0.112, -0.0565], [0.0200, 0.0230, 0.0150]), 0.010))
    webs = [(x, y - 0.008, z) for x, y, z in WEBS]
    out.append((tube(webs, 0.0072), 0.010))
    return out


def toes() -> list[body.Flesh]:
    """Of each toe what is free of the web."""
    out = []
    for ball, web, joint, tip, radii, pulp in zip(
        BALLS, WEBS, JOINTS, TIPS, RADII, PULP, strict=True
    ):
        half = 0.5 * (np.array(ball) + web)
        out.append(
            [
                (tube([half, web, joint, tip], [radii[1], *radii[1:]], 14), 0.006),
                (ellipsoid([tip[0], tip[1] - 0.0012, tip[2] - 0.0006], pulp), 0.007),
            ]
        )
    return out


def press(lump: Clay, place: Vectors, side: float) -> None:
    """Press the right (1.0) or left (-1.0) foot on, its frame at `place` (4, 4).

    Toes are pressed on each by itself, so that those beside it stay apart from it.
    """
    own = flesh()
    body.press(lump, body.posed(own if side > 0 else body.mirrored(own), place))
    for number, toe in enumerate(toes()):
        for solid, k in body.posed(toe if side > 0 else body.mirrored(toe), place):
            lump.add(solid, k if number == 0 else 0.0022)


def nail_frame(number: int) -> tuple[Vectors, tuple[float, float]]:
    """A frame (4, 4) in the middle of a nail, y to its free edge, z out; half its sizes."""
    joint, tip = np.array(JOINTS[number]), np.array(TIPS[number])
    wide, long = NAILS[number]
    ahead = tip - joint
    ahead[2] = -NAIL_TILT[number] * np.hypot(ahead[0], ahead[1])
    ahead = unit(ahead).astype(np.float64)
    over = np.array([0.0, 0.0, 1.0]) - ahead[2] * ahead
    middle = tip + [0.0, 0.0006, 0.0] + unit(over).astype(np.float64) * (PULP[number][2] - 0.0012)
    return body.frame(middle - 0.10 * long * ahead, ahead, over), (wide, long)


def carve(lump: Clay, place: Vectors, side: float) -> None:
    """Tendons that fan out to the toes, veins, hollows, creases of the joints, and nails."""
    mirror = np.array([side, 1.0, 1.0])

    def at(points: ArrayLike) -> Vectors:
        return body.along(place, np.asarray(points, dtype=np.float64) * mirror)

    def on_top(line: ArrayLike, count: int = 12) -> Vectors:
        flat = curve(np.asarray(line, dtype=np.float64), count)
        spots = at(np.column_stack([flat, np.full(count, -0.030)]))
        return hand.on_skin(lump, spots, (0.0, 0.0, 1.0), 0.06)

    for number, (x, y, _) in enumerate(BALLS):
        start = (-0.0105 + 0.0045 * number, 0.022)
        middle = (0.50 * (x + start[0]) - 0.002, 0.068)
        strong = (0.00065, 0.0004, 0.0004, 0.0003, 0.0002)[number]
        web = WEBS[number]
        lump.stroke(on_top([start, middle, (x, y), web[:2]]), strong, 0.0042)
        if number < 4:
            other = BALLS[number + 1]
            dip = [0.5 * (x + other[0]), 0.5 * (y + other[1])]
            lump.stroke(
                on_top([(0.80 * dip[0], dip[1] - 0.040), (dip[0], dip[1] - 0.004)]), -0.0004, 0.0070
            )
            between = 0.5 * (np.array(WEBS[number]) + WEBS[number + 1])
            tips = 0.5 * (np.array(TIPS[number]) + TIPS[number + 1])
            joints = 0.5 * (np.array(JOINTS[number]) + JOINTS[number + 1])
            raised = np.array([0.0, 0.0, 0.0035])
            lump.stroke(at([between + raised, joints + raised, tips]), -0.0009, 0.0016)
        for shift, deep in ((-0.0022, 0.00014), (0.0012, 0.00018)):
            joint, wide = JOINTS[number], 0.72 * RADII[number][2]
            middle_y = joint[1] + shift - (0.004 if number == 0 else 0.001)
            crease = [(joint[0] + wide * s, middle_y - 0.0012 * s * s) for s in (-1, 0, 1)]
            lump.stroke(on_top(crease, 7), -deep, 0.0008)
    for vein in (
        [(-0.024, 0.014), (-0.029, 0.042), (-0.024, 0.070), (-0.013, 0.088), (0.000, 0.096)],
        [(-0.013, 0.088), (0.006, 0.086), (0.021, 0.078), (0.029, 0.060), (0.027, 0.036)],
        [(0.012, 0.083), (0.004, 0.066), (0.006, 0.046), (0.000, 0.026)],
        [(0.023, 0.076), (0.027, 0.088), (0.029, 0.098)],
    ):
        lump.stroke(on_top(vein, 24), 0.00018, 0.0030)
    for number in range(5):
        _nail(lump, number, place, side)


def _nail(lump: Clay, number: int, place: Vectors, side: float) -> None:
    """A plate, arched across, in its groove; at its root a fold of skin."""
    frame, (wide, long) = nail_frame(number)
    plate = ellipsoid([0.0, 0.0004, -0.0014], [wide, 1.06 * long, 0.0026]).posed(frame)
    lump.add((plate if side > 0 else plate.mirrored()).posed(place), 0.0010)
    mirror = np.array([side, 1.0, 1.0])

    def line(points: ArrayLike) -> Vectors:
        return body.along(place, body.along(frame, points) * mirror)

    for edge in (-1.0, 1.0):
        groove = [[edge * 1.02 * wide, y * long, -0.0008] for y in (-0.8, 0.0, 0.9)]
        lump.stroke(line(groove), -0.0009, 0.0011)
        wall = [[edge * 1.30 * wide, y * long, -0.0022] for y in (-0.8, 0.0, 0.7)]
        lump.stroke(line(wall), 0.0006, 0.0016)
    root = [[0.85 * wide * s, (-1.0 + 0.28 * s * s) * long, 0.0004] for s in (-1.0, 0.0, 1.0)]
    lump.stroke(line(root), -0.0007, 0.0010)
    fold = [[0.80 * wide * s, (-1.32 + 0.28 * s * s) * long, 0.0] for s in (-1.0, 0.0, 1.0)]
    lump.stroke(line(fold), 0.0005, 0.0016)


def on_nails(own: Vectors) -> Vectors:
    """Place (n, 2) on the nearest nail, across and along it, in halves of its sizes; else AWAY."""
    out = np.full((len(own), 2), -AWAY)
    for number in range(5):
        frame, (wide, long) = nail_frame(number)
        x, y, z = body.along(np.linalg.inv(frame), own).T
        place = np.clip(np.stack([x / wide, y / long], axis=1), -AWAY, AWAY)
        near = (z > -0.006) & (np.abs(x) < 1.7 * wide) & (np.abs(y) < AWAY * long)
        out[near] = place[near]
    return out


def flush(own: Vectors) -> Vectors:
    """Where blood shows (n,): at the toes, the balls of the foot, the ankle bones and the heel."""
    spots: list[tuple[ArrayLike, float, float]] = [(tip, 0.012, 1.0) for tip in TIPS]
    spots += [((x, y, z + 0.006), 0.010, 0.3) for x, y, z in JOINTS]
    spots += [((x, y, z + 0.010), 0.012, 0.35) for x, y, z in BALLS]
    spots += [((-0.040, 0.112, -0.052), 0.018, 0.8), ((0.044, 0.090, -0.056), 0.018, 0.7)]
    spots += [((-0.035, 0.004, 0.004), 0.015, 0.5), ((0.036, -0.010, -0.006), 0.015, 0.5)]
    spots += [((0.0, -0.064, -0.045), 0.026, 0.7)]
    return flushed(own, spots)
