"""The visitor's own right hand: bones, flesh, tendons, creases and nails.

Built in the hand's own frame: the wrist at the origin, y to the fingertips, z out of the back
of the hand, so that with the palm down and the fingers ahead the thumb is on the left. It is
sculpted half closed, half way between all that it will do; models/visitor/rig.py bends it. Widths
are those of a slender hand of 19 cm (after Greiner 1991). Metres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import Floats, Ints, Mesh, unit
from models.people import body
from models.sdf import Clay, Solid, cone, curve, ellipsoid, smoothstep, sphere, tube
from models.skin import flushed, openness, simplify, taubin, thickness
from models.visitor import rig
from models.visitor.rig import JOINTS, bone_frames

Vectors = NDArray[np.float64]

STEP = 0.0008
LOW, HIGH = (-0.100, -0.395, -0.105), (0.070, 0.205, 0.045)
FOREARM = 0.24  # from the wrist to where it is thickest
ELBOW = 0.38  # and to where the sleeve hides its end
TRIANGLES, FEWER = 36000, 8000  # close by; where detail is low
ARM_SHARE = 0.4  # of the fineness that fingers have
OCCLUSION_REACH = 0.07
PALM_SIDE, BACK_SIDE = np.array([0.0, 0.0, -1.0]), np.array([0.0, 0.0, 1.0])

# Radii of a middle finger: at the knuckle, between, at the second joint, between, at the last
# joint, in the pad and at the tip; and how much of them each finger has.
FINGER = np.array([0.0098, 0.0089, 0.0086, 0.0079, 0.0076, 0.0072, 0.0056])
SHARE = np.array([0.98, 1.0, 0.95, 0.83])
THUMB = np.array([0.0126, 0.0108, 0.0105, 0.0090, 0.0092, 0.0087, 0.0065])
NAIL = np.array([[0.0052, 0.0060], [0.0054, 0.0063], [0.0051, 0.0060], [0.0042, 0.0050]])
THUMB_NAIL = np.array([0.0068, 0.0076])  # half its width and half its length

NAIL_HEIGHT = 0.72  # of a finger's radius over its middle
AWAY = 3.0

# Lines of the palm (x, y): of heart, head and life; where they run deepest is their middle.
CREASES = (
    [[0.041, 0.062], [0.022, 0.070], [0.000, 0.072], [-0.014, 0.083]],
    [[-0.031, 0.066], [-0.012, 0.061], [0.010, 0.052], [0.030, 0.036]],
    [[-0.033, 0.068], [-0.016, 0.061], [-0.004, 0.046], [-0.001, 0.026], [-0.004, 0.008]],
)
CREASE_DEEP, CREASE_WIDE = 0.0011, 0.0019
VEINS = (
    [[-0.008, -0.050], [0.000, -0.010], [0.006, 0.020], [0.007, 0.045], [0.006, 0.072]],
    [[0.007, 0.045], [0.018, 0.058], [0.025, 0.072]],
    [[0.012, -0.060], [0.020, -0.010], [0.022, 0.025], [0.018, 0.058]],
    [[-0.022, 0.010], [-0.018, 0.040], [-0.015, 0.070]],
)
# On the forearm's thumb side (y, z), how high and wide: two tendons, a vein and its fork.
THUMB_SIDE = (
    ([[-0.075, 0.012], [-0.035, 0.004], [0.000, -0.004]], 0.0010, 0.0026),
    ([[-0.080, -0.008], [-0.040, -0.008], [-0.004, -0.010]], 0.0011, 0.0030),
    ([[-0.260, -0.010], [-0.180, 0.006], [-0.100, 0.002], [-0.030, 0.010]], 0.0007, 0.0021),
    ([[-0.150, 0.005], [-0.110, -0.010], [-0.060, -0.013]], 0.0005, 0.0018),
)


def clay() -> Clay:
    """The naked hand and forearm."""
    lump = Clay(LOW, HIGH, STEP)
    _forearm(lump)
    _palm(lump)
    for finger in range(4):
        _finger(lump, JOINTS[finger], bone_frames(finger), SHARE[finger] * FINGER)
    _thumb(lump)
    _webs(lump)
    _sinews(lump)
    _lines(lump)
    for finger in range(5):
        _nail(lump, finger)
    return lump


def pad(frame: ArrayLike, along: float, raised: float, radii: ArrayLike) -> Solid:
    """An ellipsoid of radii (across, along, deep), so far along a bone and out of its back."""
    return ellipsoid([0.0, along, raised], radii).posed(frame)


def _forearm(lump: Clay) -> None:
    end = -FOREARM
    lump.add(cone([0.0, -ELBOW, 0.0], [0.001, end, -0.002], 0.032, 0.033))
    # Slender above the wrist, full where the muscles are.
    for side, z in ((-1.0, 0.002), (1.0, 0.0)):
        bone = [[side * x, y, z] for x, y in ((0.0150, end), (0.0150, -0.16), (0.0120, -0.05))]
        bone.append([side * 0.0125, 0.005, 0.0])
        lump.add(tube(bone, [0.0235, 0.0205, 0.0145, 0.0150]), 0.018)
    lump.add(ellipsoid([0.006, -0.205, -0.013], [0.024, 0.092, 0.021]), 0.016)  # flexors
    radial = [[-0.024, -0.28, -0.004], [-0.027, -0.19, -0.006], [-0.0245, -0.11, -0.005]]
    lump.add(tube([*radial, [-0.0215, -0.03, -0.002]], [0.0185, 0.0145, 0.0085, 0.0050]), 0.009)
    lump.add(sphere([0.0188, -0.015, 0.0084], 0.0083), 0.011)  # the head of the ulna
    lump.add(sphere([-0.0195, -0.004, 0.0010], 0.0100), 0.010)  # and the radius' end
    lump.add(ellipsoid([0.000, 0.012, -0.001], [0.0265, 0.022, 0.0165]), 0.014)


def _palm(lump: Clay) -> None:
    roots = np.array([[-0.013, 0.01, 0], [-0.004, 0.01, 0.001], [0.006, 0.01, 0], [0.014, 0.01, 0]])
    for finger in range(4):
        ball = 0.0103 * SHARE[finger]
        lump.add(cone(roots[finger], JOINTS[finger, 0] - [0, 0, 0.001], 0.0118, ball), 0.010)
    lump.add(ellipsoid([0.003, 0.050, -0.005], [0.034, 0.044, 0.0115]), 0.014)
    # The balls of the thumb and of the little finger, and the heel of the hand.
    root, knuckle = JOINTS[4, 0], JOINTS[4, 1]
    ball = body.frame(root + 0.46 * (knuckle - root) + [0.007, -0.002, -0.004],
                      knuckle - root, BACK_SIDE)  # fmt: skip
    lump.add(ellipsoid([0, 0, 0], [0.0160, 0.0310, 0.0150]).posed(ball), 0.012)
    lump.add(tube([[0.022, 0.014, -0.010], [0.029, 0.038, -0.011], [0.032, 0.064, -0.008]],
                  [0.0105, 0.0122, 0.0098]), 0.012)  # fmt: skip
    lump.add(sphere([0.019, 0.008, -0.0095], 0.0080), 0.010)
    lump.add(sphere([-0.019, 0.011, -0.0085], 0.0090), 0.010)
    lump.cut(ellipsoid([0.004, 0.050, -0.0325], [0.017, 0.030, 0.0145]), 0.012)
    for finger in range(4):
        at = JOINTS[finger, 0] * [1, 1, 0] + [0, 0.004, -0.0085]
        lump.add(ellipsoid(at, np.array([0.0102, 0.0098, 0.0068]) * SHARE[finger]), 0.008)


def _finger(lump: Clay, joints: Vectors, frames: Vectors, r: Vectors) -> None:
    a, b, c, tip = joints
    length = np.linalg.norm(np.diff(joints, axis=0), axis=1)
    lump.add(tube([a, a + 0.5 * (b - a), b], r[:3]), 0.006)
    lump.add(tube([b, b + 0.5 * (c - b), c], r[2:5]), 0.003)
    lump.add(tube([c, c + 0.5 * (tip - c), tip], r[4:7]), 0.003)
    # Flesh on the inside of each bone, the joints broader than what lies between.
    deep = 0.0021 * r[1] / FINGER[1]
    lump.add(
        pad(frames[0], 0.50 * length[0], -deep, [0.92 * r[1], 0.40 * length[0], 0.86 * r[1]]), 0.005
    )
    lump.add(
        pad(frames[1], 0.50 * length[1], -deep, [0.96 * r[3], 0.40 * length[1], 0.84 * r[3]]), 0.004
    )
    lump.add(
        pad(frames[2], 0.62 * length[2], -deep, [0.97 * r[5], 0.66 * length[2], 0.80 * r[5]]), 0.004
    )
    lump.add(pad(frames[1], 0.0, 0.0004, [1.03 * r[2], 1.25 * r[2], 0.96 * r[2]]), 0.005)
    lump.add(pad(frames[2], -0.0005, 0.0003, [1.02 * r[4], 1.1 * r[4], 0.93 * r[4]]), 0.005)
    lump.add(
        pad(frames[0], -0.002, 0.0024, np.array([0.0082, 0.0110, 0.0074]) * r[0] / FINGER[0]), 0.006
    )


def _thumb(lump: Clay) -> None:
    frames = bone_frames(4)
    a, b, c, tip = JOINTS[4]
    length = np.linalg.norm(np.diff(JOINTS[4], axis=0), axis=1)
    r = THUMB
    lump.add(tube([a, a + 0.5 * (b - a), b], r[:3]), 0.012)
    lump.add(tube([b, b + 0.5 * (c - b), c], r[2:5]), 0.005)
    lump.add(tube([c, c + 0.55 * (tip - c), tip + 0.001 * frames[2, :3, 2]], r[4:7]), 0.004)
    lump.add(pad(frames[1], 0.0, 0.001, [1.02 * r[2], 0.011, 0.95 * r[2]]), 0.006)
    lump.add(pad(frames[2], 0.0, 0.0005, [1.06 * r[4], 0.010, 0.92 * r[4]]), 0.004)
    lump.add(
        pad(frames[2], 0.62 * length[2], -0.0022, [1.10 * r[5], 0.62 * length[2], 0.76 * r[5]]),
        0.005,
    )
    lump.add(
        pad(frames[1], 0.45 * length[1], -0.0020, [0.95 * r[3], 0.42 * length[1], 0.85 * r[3]]),
        0.005,
    )


def _webs(lump: Clay) -> None:
    for finger in range(3):
        x, y, z = 0.5 * (JOINTS[finger, 0] + JOINTS[finger + 1, 0])
        lump.add(ellipsoid([x, y + 0.014, z - 0.006], [0.0065, 0.0085, 0.0045]), 0.008)
    # From the thumb's knuckle to the forefinger's: a fold that is thinnest at its edge.
    thumb, index = JOINTS[4, 1], JOINTS[0, 0]
    half = 0.5 * (thumb + index)
    inner = np.stack([thumb, half, index])
    inner += [[0.003, -0.006, 0.0], [0.006, -0.018, -0.003], [0.0, -0.012, -0.004]]
    lump.add(tube(inner, [0.008, 0.0075, 0.008]), 0.014)
    edge = np.stack([thumb, half, index])
    edge += [[0.0, 0.0, 0.0], [0.003, -0.010, -0.003], [0.0, -0.004, -0.005]]
    lump.add(tube(edge, [0.0055, 0.0035, 0.005]), 0.010)


def on_skin(lump: Clay, points: ArrayLike, outward: ArrayLike, reach: float = 0.045) -> Vectors:
    """Where the surface is over points (n, 3) when it is looked at against `outward` (3,)."""
    points = np.asarray(points, dtype=np.float64)
    steps = np.linspace(reach, -0.2 * reach, 96)
    rays = points[:, None] + steps[None, :, None] * np.asarray(outward, dtype=np.float64)
    inside = lump.at(rays.reshape(-1, 3)).reshape(len(points), -1) < 0.0
    return np.asarray(rays[np.arange(len(points)), inside.argmax(axis=1)])


def _across(places: ArrayLike, count: int = 10) -> Vectors:
    """A smooth line (count, 3) through places (n, 2) of the hand's plane."""
    line = curve(places, count)
    return np.column_stack([line, np.zeros(count)])


def _sinews(lump: Clay) -> None:
    """Tendons that fan out over the back, the hollows beside the knuckles, veins."""
    for finger in range(4):
        knuckle = JOINTS[finger, 0]
        line = _across([[0.35 * knuckle[0], 0.018], [0.72 * knuckle[0], 0.052], knuckle[:2]])
        lump.stroke(on_skin(lump, line, BACK_SIDE), 0.0006, 0.0027)
        if finger < 3:
            dip = 0.5 * (knuckle + JOINTS[finger + 1, 0]) + [0, 0.003, 0]
            lump.stroke(on_skin(lump, [dip - [0, 0.008, 0], dip], BACK_SIDE), -0.0011, 0.0045)
    for vein in VEINS:
        lump.stroke(on_skin(lump, _across(vein), BACK_SIDE), 0.0003, 0.0019)
    for x, height in ((-0.0070, 0.0013), (0.0005, 0.0016)):
        line = _across([[1.9 * x, -0.14], [1.2 * x, -0.05], [x, -0.02], [0.8 * x, 0.000]])
        lump.stroke(on_skin(lump, line, PALM_SIDE), height, 0.0030)
    for way, height, wide in THUMB_SIDE:
        places = curve(way, 14)
        on_side = np.column_stack([np.zeros(len(places)), places])
        lump.stroke(on_skin(lump, on_side, [-1.0, 0.0, 0.0], 0.06), height, wide)


def _lines(lump: Clay) -> None:
    """Creases of the palm, of the wrist and inside the fingers' joints."""
    for crease in CREASES:
        lump.stroke(on_skin(lump, _across(crease), PALM_SIDE), -CREASE_DEEP, CREASE_WIDE)
    for y in (-0.002, 0.005):
        line = _across([[-0.021, y + 0.001], [0.0, y - 0.002], [0.021, y + 0.001]])
        lump.stroke(on_skin(lump, line, PALM_SIDE), -0.00035, 0.0020)
    for finger in range(5):
        frames = bone_frames(finger)
        radius = (THUMB if finger == 4 else SHARE[finger] * FINGER)[[1, 2, 4]]
        for bone in range(3):
            if finger == 4 and bone == 0:
                continue
            inward = -frames[bone, :3, 2] - (0.35 * frames[bone, :3, 1] if bone else 0.0)
            along = 0.018 if bone == 0 else 0.0
            middle = frames[bone, :3, 3] + along * frames[bone, :3, 1]
            for shift in (0.0,) if bone else (0.0, 0.0028):
                sides = np.linspace(-0.85, 0.85, 7)[:, None] * radius[bone] * frames[bone, :3, 0]
                at = middle + shift * frames[bone, :3, 1] + sides
                lump.stroke(on_skin(lump, at, unit(inward), 0.02), -0.00085, 0.0013)


def nail_frame(finger: int) -> tuple[Vectors, Vectors]:
    """A frame (4, 4) in the middle of a nail, y to its free edge, z out; half its sizes (2,)."""
    frame = bone_frames(finger)[2].copy()
    length = float(np.linalg.norm(JOINTS[finger, 3] - JOINTS[finger, 2]))
    radius = THUMB[5] if finger == 4 else SHARE[finger] * FINGER[5]
    frame[:3, 3] = body.along(frame, [0.0, 0.80 * length, NAIL_HEIGHT * radius])
    return frame, THUMB_NAIL if finger == 4 else NAIL[finger]


def _nail(lump: Clay, finger: int) -> None:
    """A plate, arched across, in its groove."""
    frame, (wide, long) = nail_frame(finger)
    lump.add(
        ellipsoid([0, 0.001, -0.0012], [1.02 * wide, 1.12 * long, 0.0028]).posed(frame), 0.0016
    )
    for side in (-1, 1):
        edge = [[side * 1.04 * wide, y * long, 0.0] for y in (-0.9, 0.0, 0.8)]
        lump.stroke(body.along(frame, np.array(edge)), -0.0006, 0.0010)
    root = np.array([[-0.9, -0.9, 0.0], [0.0, -1.1, 0.0012], [0.9, -0.9, 0.0]])
    lump.stroke(body.along(frame, root * [wide, long, 1.0]), -0.0005, 0.0009)


def _thinned(points: Floats, faces: Ints, count: int) -> tuple[Floats, Ints]:
    """About `count` triangles, finer towards the fingertips: thinned while the arm is small."""

    def size(y: ArrayLike) -> Vectors:
        return np.asarray(ARM_SHARE + (1.0 - ARM_SHARE) * smoothstep(-0.05, 0.12, y))

    small = (points * size(points[:, 1])[:, None]).astype(np.float32)
    small, faces = simplify(small, faces, count)
    along = np.linspace(LOW[1], HIGH[1], 4000)
    y = np.interp(small[:, 1], along * size(along), along)
    return (small / size(y)[:, None]).astype(np.float32), faces


def _on_nails(points: Floats) -> Floats:
    """Place (n, 2) on the nearest nail, round the finger and along it, in halves of its sizes.

    Elsewhere it is such that no way between two neighbours leads over a nail: inside a finger
    far to that side and ahead, on the rest of the hand far behind.
    """
    out = np.tile([0.0, -AWAY], (len(points), 1))
    for finger in range(5):
        frame, size = nail_frame(finger)
        radius = THUMB[5] if finger == 4 else SHARE[finger] * FINGER[5]
        x, y, z = body.along(np.linalg.inv(frame), points).T
        around = radius * np.arctan2(x, z + NAIL_HEIGHT * radius)
        place = np.clip(np.stack([around, y], axis=1) / size, -AWAY, AWAY)
        inside = np.abs(place[:, 0]) > 1.9
        place[inside] = np.stack([AWAY * np.sign(place[inside, 0]), np.full(inside.sum(), AWAY)], 1)
        near = (np.hypot(x, z) < 2.6 * radius) & (y > -AWAY * size[1])
        out[near] = place[near]
    return out.astype(np.float32)


def _flush(points: Floats) -> Floats:
    """Where blood shows (n,): at the fingertips, the knuckles and the balls of the palm."""
    spots = [(JOINTS[finger, 3], 0.013, 1.0) for finger in range(5)]
    spots += [(JOINTS[finger, bone], 0.010, 0.55) for finger in range(4) for bone in (0, 1)]
    spots += [(JOINTS[finger, 2], 0.008, 0.4) for finger in range(4)]
    spots += [(JOINTS[finger, 0] + [0, 0.002, -0.012], 0.011, 0.5) for finger in range(4)]
    spots += [(np.array([-0.020, 0.036, -0.026]), 0.017, 0.6), (JOINTS[4, 2], 0.010, 0.5)]
    spots += [(np.array([0.034, 0.034, -0.018]), 0.018, 0.7), (JOINTS[4, 1], 0.011, 0.4)]
    return flushed(points, spots).astype(np.float32)


def _creased(lump: Clay, points: Floats) -> Floats:
    """How near each point (n, 3) is to a crease of the palm, 0..1."""
    out = np.zeros(len(points))
    for crease in CREASES:
        line = on_skin(lump, _across(crease, 60), PALM_SIDE)
        away = np.linalg.norm(points[:, None] - line[None], axis=2).min(axis=1)
        out = np.maximum(out, np.exp(-((away / CREASE_WIDE) ** 2)))
    return out.astype(np.float32)


def build() -> dict[str, Mesh]:
    """The hand at rest, "0" as fine as it is sculpted, "1" with fewer triangles.

    It carries what the shader lights it by, and its share of each bone:

    bones, weights : (4) what carries a point, and how much
    nail   : (2) place on a nail in halves of its size; AWAY where there is none
    finger : (2) joints passed, 0 at the knuckle to 3 at the tip; -1 its inside to 1 its back
    open   : (3) the mean way that is open to the sky
    flesh  : (4) open sky, thickness as a share of DEEPEST, blood, how near a crease of the palm
    """
    lump = clay()
    points, faces = lump.skin()
    points = taubin(points, faces, 2)
    return {
        level: _fleshed(lump, *_thinned(points, faces, count))
        for level, count in (("0", TRIANGLES), ("1", FEWER))
    }


def _fleshed(lump: Clay, points: Floats, faces: Ints) -> Mesh:
    """A skin of the clay with all that `build` says of it."""
    normals = lump.gradient(points, 1.0)
    sky, way = openness(lump, points, normals, OCCLUSION_REACH)
    thick = thickness(lump, points, normals, 2 * STEP)
    flesh = [sky, thick, _flush(points), _creased(lump, points)]
    bones, weights = rig.bound(points, faces)
    return Mesh(points, normals, faces).with_attributes(
        bones=bones,
        weights=weights,
        nail=_on_nails(points),
        finger=rig.along_fingers(points, normals),
        flesh=np.stack(flesh, axis=1),
        open=way,
    )
