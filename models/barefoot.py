"""The visitor's own bare feet, and the torn robe that they see when they look down at them.

Visitor space: metres, x to the right, y ahead, z up; the origin is on the floor, beneath the eye.
One foot stands half a step before the other. The robe is a gown (models/garments.py) that fell
on their legs, open over the forward foot. It is seen from one place alone, the eye 1.6 m above
the floor: so it leans back the more the higher it is, runs out of the lower edge of every view
that holds the feet, and is never seen from within.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from models import body, cloth, garments, hand, pattern, under
from models.cloth import Feel
from models.garments import TURN, Worn
from models.mesh import Floats, Mesh, merge, smooth_normals, unit
from models.sdf import Clay, ellipsoid, smoothstep, sphere, tube
from models.skin import flushed, largest_piece, occlusion, openness, simplify, taubin

Vectors = NDArray[np.float64]

ANKLE = 0.070  # its height over the sole
SIDES = {  # of each ankle: place (x, y), degrees that the foot is turned out
    1.0: (0.094, 0.150, 8.0),
    -1.0: (-0.084, 0.062, 16.0),
}
KNEE, HIP = (0.090, -0.055, 0.50), (0.090, -0.120, 0.94)  # of the right leg
STEP, COARSE = 0.0020, 0.009  # sides of the sculptor's cubes: of a foot, of what casts shade
CALF = 0.60  # height up to which the leg is drawn
TRIANGLES = 4100  # of one foot
LEG_SHARE = 0.3  # of the fineness that toes have
# Of each toe, the great one first: where its ball is (x, y) and how high, the ball's radius, how
# long and thick it is; and by what share of x the toes fan out.
TOES = ((-0.0285, 0.120), (-0.0062, 0.127), (0.0098, 0.122), (0.0238, 0.113), (0.0360, 0.100))
HEADS = (-0.0525, -0.0545, -0.0555, -0.0565, -0.0575)
BALLS = (0.0172, 0.0140, 0.0132, 0.0126, 0.0122)
LONG = (0.054, 0.048, 0.043, 0.037, 0.031)
THICK = (0.0136, 0.0088, 0.0083, 0.0080, 0.0080)
FAN = 0.14
REACH = 0.14  # how far the shade on skin and cloth reaches

FOLDS = ((7, 0.020, 2.0), (11, 0.017, 3.7), (17, 0.008, 4.0))  # waves around, metres, phase
EYE = (0.0, 0.0, 1.6)
GRAIN = 0.014  # metres between the cloth's points
TOP, BOTTOM = 1.16, 0.10
AXIS = (0.0, -0.085)
WIDE, DEEP = (0.165, 0.345), 0.72  # radii above and at the hem; how deep for its width
SLITS, SEED = 6, 77
OPENING = (0.30, 0.40, 0.20)  # where it is open: radians right of ahead, how high, half how wide
LEAN = 0.62  # metres that it leans back at its top
WOOL = Feel(bend=3e-5, thickness=0.006, friction=0.5, apart=0.0)
SECONDS = 1.5
TORN = 0.055  # metres that are torn off its hem here and there, besides what the gown has lost
SEEN_TO = 0.50  # height up to which its back is drawn: it is seen through the opening


def frame(side: float) -> Vectors:
    """From the frame of the right (1.0) or left (-1.0) foot to visitor space, (4, 4)."""
    x, y, turned = SIDES[side]
    out = np.radians(turned)
    return body.frame((x, y, ANKLE), (side * np.sin(out), np.cos(out), 0.0), (0.0, 0.0, 1.0))


def _limb(side: float) -> body.Flesh:
    """A foot and the leg above it, in visitor space."""
    place = frame(side)
    mirror = np.array([side, 1.0, 1.0])
    flesh = body.posed(foot() if side > 0 else body.mirrored(foot()), place)
    knee, hip = mirror * KNEE, mirror * HIP
    return body.leg(hip, knee, place[:3, 3] + [0.0, -0.006, 0.012]) + flesh


def foot() -> body.Flesh:
    """The right foot of somebody lean, in the frame that models/body.py's feet have."""
    flesh: body.Flesh = [
        (ellipsoid([0.0, -0.004, -0.012], [0.030, 0.036, 0.032]), 0.02),
        (ellipsoid([0.0, -0.042, -0.038], [0.028, 0.031, 0.032]), 0.03),
        (sphere([-0.0225, 0.006, 0.002], 0.0120), 0.024),
        (sphere([0.0245, -0.008, -0.004], 0.0115), 0.024),
        (tube([[0.010, -0.03, -0.046], [0.026, 0.05, -0.056], [0.032, 0.095, -0.057]],
              [0.022, 0.0135, 0.0125]), 0.02),
    ]  # fmt: skip
    for number, (x, y) in enumerate(TOES):
        root = [-0.013 + 0.006 * number, 0.026, -0.022 - 0.004 * number]
        arch = [0.62 * x + 0.38 * root[0], 0.075, -0.033 - 0.0045 * number]
        flesh.append(
            (tube([root, arch, [x, y, HEADS[number]]], [0.021, 0.0155, BALLS[number]]), 0.012)
        )
    flesh.append((ellipsoid([0.002, 0.108, -0.060], [0.036, 0.026, 0.0105]), 0.012))
    for number, (x, y) in enumerate(TOES):
        long, thick, fan = LONG[number], THICK[number], FAN * x
        bent = [x + 0.55 * fan, y + 0.55 * long, -0.0525]
        tip = [x + fan, y + long, -0.0595]
        flesh.append(
            (
                tube(
                    [[x, y, HEADS[number] - 0.001], bent, tip],
                    [1.06 * thick, 0.96 * thick, 0.98 * thick],
                ),
                0.004,
            )
        )
        flesh.append(
            (
                ellipsoid(
                    [x + fan, y + long - 0.002, -0.0600], [1.06 * thick, 1.25 * thick, 0.86 * thick]
                ),
                0.003,
            )
        )
    return flesh


def _sinews(lump: Clay, side: float) -> None:
    """Tendons that fan out to the toes, the creases of their joints, and two veins."""
    place, mirror = frame(side), np.array([side, 1.0, 1.0])

    def on_top(line: list[tuple[float, float]], reach: float = 0.06) -> Vectors:
        flat = [(x, y, -0.035) for x, y in line]
        return hand.on_skin(lump, body.along(place, mirror * np.array(flat)), (0, 0, 1), reach)

    for number, (x, y) in enumerate(TOES):
        start = (-0.010 + 0.004 * number, 0.030)
        middle = (0.6 * x + 0.4 * start[0], 0.078)
        lump.stroke(
            on_top([start, middle, (x, y), (x + 0.4 * FAN * x, y + 0.4 * LONG[number])]),
            0.0009,
            0.0028,
        )
        if number < 4:
            other = TOES[number + 1]
            between, ahead = 0.5 * (x + other[0]), 0.5 * (y + other[1])
            lump.stroke(
                on_top([(between, ahead - 0.034), (between, ahead - 0.010)]), -0.0012, 0.0050
            )
            cleft = [
                (between * (1.0 + share * FAN), ahead + share * 0.044, -0.0545)
                for share in (0.42, 0.75, 1.1)
            ]
            lump.stroke(body.along(place, mirror * np.array(cleft)), -0.0008, 0.0015)
        knuckle, half = y + 0.44 * LONG[number], 0.6 * THICK[number]
        for shift in (-0.0018, 0.0018):
            crease = [(x * (1 + 0.5 * FAN) + half * aside, knuckle + shift) for aside in (-1, 1)]
            lump.stroke(on_top(crease), -0.0003, 0.0009)
    lump.stroke(on_top([(-0.022, 0.012), (-0.026, 0.050), (-0.014, 0.092)]), 0.0011, 0.0026)
    lump.stroke(on_top([(0.014, 0.030), (0.006, 0.062), (0.012, 0.092)]), 0.0009, 0.0024)


def _foot(side: float, dressed: Clay) -> Mesh:
    """One foot with what the shader lights it by (see `build`)."""
    place = frame(side)
    corners = body.along(
        place, [(side * x, y, -ANKLE) for x in (-0.07, 0.07) for y in (-0.10, 0.20)]
    )
    low, high = (
        corners.min(axis=0) - 0.012,
        corners.max(axis=0) + np.array([0.012, 0.012, CALF + 0.02]),
    )
    lump = Clay(low, high, STEP)
    body.press(lump, _limb(side))
    _sinews(lump, side)
    body.lying_on(lump, 0.0005, 0.004)
    points, faces = lump.skin()
    points = taubin(points, faces, 2)
    faces = faces[(points[faces][:, :, 2] < CALF).all(axis=1)]
    used, index = np.unique(faces, return_inverse=True)
    points, faces = _thinned(points[used], index.reshape(-1, 3).astype(np.int32))
    normals = lump.gradient(points, 1.0)
    stood = lump.copy()
    heights = (lump.low[2] + STEP * np.arange(lump.values.shape[2])).astype(np.float32)
    stood.values = np.minimum(lump.values, heights)
    sky, way = openness(stood, points, normals, REACH)
    sky = np.minimum(sky, occlusion(dressed, points + 0.012 * normals, normals, 0.16))
    depth = hand.thickness(lump, points, normals)
    own = body.along(np.linalg.inv(place), points) * [side, 1.0, 1.0]
    return Mesh(leaning(points).astype(np.float32), normals, faces).with_attributes(
        foot=own, open=way, flesh=np.stack([sky, depth, _flush(own)], axis=1)
    )


def _thinned(points: Floats, faces: NDArray[np.int32]) -> tuple[Floats, NDArray[np.int32]]:
    """About TRIANGLES triangles, coarser up the leg: thinned while the leg is small."""
    steps = np.linspace(-0.01, CALF + 0.02, 400)

    def size(z: NDArray[np.floating]) -> Vectors:
        return np.asarray(1.0 - (1.0 - LEG_SHARE) * smoothstep(0.05, 0.20, z))

    grown = np.concatenate(
        [[0.0], np.cumsum(size(0.5 * (steps[1:] + steps[:-1])) * np.diff(steps))]
    )
    small = points.copy()
    small[:, 2] = np.interp(points[:, 2], steps, grown)
    small, faces = simplify(small, faces, TRIANGLES)
    small[:, 2] = np.interp(small[:, 2], grown, steps)
    return small, faces


def _flush(own: Vectors) -> Vectors:
    """Where blood shows (n,): at the toes, the ball of the foot, the ankle bones and the heel."""
    spots = [
        ((x * (1 + FAN), y + long, -0.055), 0.013, 1.0)
        for (x, y), long in zip(TOES, LONG, strict=True)
    ]
    spots += [((1.0 * x, y + 0.004, -0.048), 0.011, 0.4) for x, y in TOES]
    spots += [((-0.034, 0.122, -0.052), 0.018, 0.75), ((0.036, 0.098, -0.056), 0.018, 0.6)]
    spots += [((-0.034, 0.005, 0.0), 0.015, 0.5), ((0.035, -0.008, -0.006), 0.015, 0.5)]
    spots += [((0.0, -0.062, -0.045), 0.026, 0.7)]
    return flushed(own, spots)


def _legs() -> Clay:
    """Both legs to the hip, as what the robe falls on and what keeps light away."""
    lump = Clay((-0.55, -0.60, -0.02), (0.55, 0.50, TOP + 0.04), COARSE)
    for side in SIDES:
        body.press(lump, _limb(side))
    return lump


def _opened(worn: Worn) -> Worn:
    """The robe torn open from the hem over the forward foot."""
    at, high, half = OPENING
    rest = worn.cloth.flat
    angle = np.angle(np.exp(1j * (np.arctan2(rest[:, 0] - AXIS[0], rest[:, 1] - AXIS[1]) - at)))
    up = rest[:, 2] - BOTTOM
    hem = pattern.ragged(TURN * WIDE[1], TORN, SEED + 5)
    ragged = 0.012 * np.sin(41.0 * up + 1.0) + 0.008 * np.sin(97.0 * up)
    wide = half * np.sqrt(np.clip(1.0 - up / high, 0.0, None)) + ragged
    gap = np.abs(angle) * WIDE[1] * DEEP - np.where(up < high, wide, -0.05)
    gap = np.minimum(gap, up - hem((angle + np.pi) * WIDE[1]))
    kept = gap[worn.cloth.triangles].min(axis=1) > 0.0
    triangles = worn.cloth.triangles[kept]
    rim = np.minimum(worn.pattern.rim, np.maximum(gap, 0.0))
    return replace(
        worn,
        cloth=replace(worn.cloth, triangles=triangles),
        pattern=replace(worn.pattern, triangles=triangles, rim=rim),
    )


def _robe(legs: Clay) -> Worn:
    made = garments.gown(AXIS, TOP, BOTTOM, WIDE, SEED, DEEP, SLITS, GRAIN)
    made = _pleated(_opened(made))
    made.cloth.feel = WOOL
    cloth.settle(made.cloth, legs.settled(), SECONDS, floor=0.004)
    return made


def _pleated(worn: Worn) -> Worn:
    """The robe cut fuller, in folds that it keeps as it hangs."""
    rest = worn.cloth.flat
    aside, ahead = (rest[:, :2] - AXIS).T
    around, down = np.arctan2(aside, ahead), (TOP - rest[:, 2]) / (TOP - BOTTOM)
    waves = sum(
        share * np.sin(count * around + turn + 0.5 * np.sin(2.0 * down + turn))
        for count, share, turn in FOLDS
    )
    out = rest.copy()
    out[:, :2] += (
        (rest[:, :2] - AXIS)
        / np.hypot(aside, ahead)[:, None]
        * (waves * (0.35 + 0.65 * down))[:, None]
    )
    return replace(worn, cloth=replace(worn.cloth, positions=out.copy(), flat=out))


def leaning(points: Floats | Vectors) -> Vectors:
    """Points (n, 3) leaning back the more, the higher they are."""
    share = np.clip((points[:, 2] - 0.10) / (TOP - 0.10), 0.0, None)
    return np.asarray(points - np.array([[0.0, LEAN, 0.0]]) * (share**1.6)[:, None])


def _hem(worn: Worn, shade: Clay) -> Mesh:
    """The robe with the shade on its two sides and its pattern."""
    points, triangles = worn.positions, worn.cloth.triangles
    normals = smooth_normals(points, triangles)
    outer, inner = (occlusion(shade, points, way, REACH) for way in (normals, -normals))
    leant = leaning(points)
    away = np.sum(smooth_normals(leant, triangles) * unit(np.array(EYE) - leant), axis=1) < -0.35
    behind = away & (points[:, 2] > SEEN_TO)
    triangles = triangles[~behind[triangles].all(axis=1)]
    kept = largest_piece(triangles.astype(np.int32), len(points))
    used, index = np.unique(kept, return_inverse=True)
    mesh = Mesh(leant.astype(np.float32), smooth_normals(leant, kept), kept).with_attributes(
        open=np.column_stack([outer, inner]),
        weave=np.column_stack([worn.pattern.points, worn.pattern.rim]),
    )
    return Mesh(
        mesh.positions[used],
        mesh.normals[used],
        index.reshape(-1, 3).astype(np.int32),
        {key: rows[used] for key, rows in mesh.attributes.items()},
    )


def build() -> dict[str, Mesh]:
    """Feet, robe and their shade on the stone.

    feet  : `foot` (3) the place in the right foot's frame (models/body.py), mirrored for the left;
            `open` (3) the mean way that is open to the sky; `flesh` (3) open sky, thickness as a
            share of models/hand.py's DEEPEST, blood
    hem   : `open` (2) open sky outside and inside; `weave` (3) pattern and the way to its edge
    under : `dark`, the share of the sky that the stone loses
    """
    legs = _legs()
    robe = _robe(legs)
    dressed = garments.wear(legs, robe.cloth, 0.004)
    low = Clay(legs.low, legs.low, COARSE)
    low.values = dressed.values[:, :, : int(0.45 / COARSE)]
    return {
        "feet": merge([_foot(side, dressed) for side in SIDES]),
        "hem": _hem(robe, dressed),
        "under": under.shade(low, 0.020),
    }
