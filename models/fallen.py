"""The fallen one: a whole human lying twisted on the stone, as it was let fall.

The body lies on its right side and half on its back, head to the south, the hips turned
further than the shoulders; the right arm is flung out to the east, the left hangs over the
belly to the ground; the knees are bent. The face is turned to the sky and to the east,
where the visitor comes from. World space: metres, z up, the stone at z = 0.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, spatial

from models import body, face, pattern
from models.body import along, frame
from models.cloth import Cloth, Feel, settle
from models.mesh import Floats, Ints, Mesh, merge, smooth_normals, unit
from models.sdf import Array, Clay, Solid, ellipsoid, smoothstep, tube
from models.skin import largest_piece, occlusion, simplify, taubin

Vectors = NDArray[np.float64]

STEP = 0.0045  # side of the sculptor's cubes, metres
LOW, HIGH = (-0.50, -1.05, -0.03), (0.95, 1.12, 0.48)
FLOOR = 0.0005
PRESSED = 0.006  # how softly flesh meets stone

CHEST_CENTRE = np.array([-0.050, -0.395, 0.124])
CHEST_FORWARD = np.array([0.66, 0.10, 0.74])
CHEST_UP = np.array([0.12, -0.99, 0.02])
PELVIS_CENTRE = np.array([-0.040, -0.010, 0.138])
PELVIS_FORWARD = np.array([0.90, 0.0, 0.43])
PELVIS_UP = np.array([0.10, -0.99, 0.06])

NECK_BASE = np.array([-0.030, -0.565, 0.118])
FACE_DIRECTION = np.array([0.705, -0.230, 0.670])
CROWN_DIRECTION = np.array([0.16, -0.985, -0.06])
HEAD_ORIGIN = np.array([0.012, -0.735, 0.099])  # between the ear canals, at the eye line

RIGHT_ARM = np.array([[0.070, -0.530, 0.056], [0.318, -0.640, 0.036], [0.545, -0.575, 0.026]])
LEFT_ARM = np.array([[-0.150, -0.525, 0.212], [-0.010, -0.292, 0.262], [0.160, -0.180, 0.142]])
RIGHT_LEG = np.array([[0.010, 0.020, 0.082], [0.130, 0.405, 0.054], [-0.030, 0.765, 0.044]])
LEFT_LEG = np.array([[-0.075, 0.010, 0.205], [0.300, 0.135, 0.066], [0.325, 0.520, 0.050]])


FACE = face.Features(jaw=-0.4, nose=-0.12, brow=-0.15, lips=0.1, age=0.1, grief=0.2, lid=15.0)
HEAD_LOW, HEAD_HIGH = (-9.5, -11.5, -19.0), (9.5, 12.8, 12.5)  # head space, centimetres
EAR = (
    (6.1, 1.0, -1.2),
    (6.6, 1.0, 0.7),
    (7.1, -0.4, 1.5),
    (7.3, -1.7, 0.5),
    (6.9, -1.3, -1.9),
    (6.3, 0.2, -3.0),
)
NECK_BLEND = 0.015
NECK_CUT, BODY_CUT = -12.5, -11.7  # where head and body overlap, head space, centimetres
TRIANGLES = {"head": 10500, "body": 9500, "cloth": 11800}
COARSE = 0.008  # side of the cubes that cloth rests on and that light is kept from by
OCCLUSION_REACH = 0.22
CLOTH, SKIN, EYE = 0.0, 1.0, 2.0  # `part`
SHIFT, SHIFT_GRAIN = 1.16, 0.014  # length of the shift and between its points, metres
SHIFT_ABOVE = 0.40  # metres over the stone that it falls from
GATHERED, PLEAT = 0.64, 0.10  # its width of its whole width, and a wave's length in it, metres
TURN = 2 * np.pi
HAIR_THICK = 0.22  # how far hair stands off the skull, centimetres
SEED = 4


@dataclass(frozen=True)
class Place:
    """The (4, 4) frames that the parts are posed by."""

    chest: Vectors
    pelvis: Vectors
    head: Vectors
    right_hand: Vectors
    left_hand: Vectors
    right_foot: Vectors
    left_foot: Vectors


def place() -> Place:
    """Frames of the parts; hands and feet follow from the limbs that carry them."""
    return Place(
        chest=frame(CHEST_CENTRE, CHEST_FORWARD, CHEST_UP),
        pelvis=frame(PELVIS_CENTRE, PELVIS_FORWARD, PELVIS_UP),
        head=frame(HEAD_ORIGIN, FACE_DIRECTION, CROWN_DIRECTION),
        right_hand=frame(RIGHT_ARM[2], [0.93, 0.36, 0.0], [0.10, 0.05, -1.0]),
        left_hand=frame(LEFT_ARM[2], [0.62, 0.30, -0.72], [0.60, 0.35, 0.72]),
        right_foot=frame(RIGHT_LEG[2], [0.30, 0.95, -0.02], [0.80, -0.25, 0.42]),
        left_foot=frame(LEFT_LEG[2], [0.62, 0.78, -0.02], [0.70, -0.60, 0.50]),
    )


def trunk(at: Place) -> body.Flesh:
    """Chest, waist, pelvis, shoulders and neck."""
    ribs, hips = along(at.chest, [0, -0.02, -0.08]), along(at.pelvis, [0, -0.01, 0.06])
    middle = 0.5 * (ribs + hips)
    flesh = body.posed(body.chest(), at.chest) + body.posed(body.pelvis(), at.pelvis)
    flesh.append((tube([ribs, middle, hips], [0.100, 0.092, 0.105]), 0.06))
    girdle = along(at.chest, [0, 0.005, 0.125])
    for shoulder in (RIGHT_ARM[0], LEFT_ARM[0]):
        flesh.append((tube([girdle, shoulder], [0.050, 0.048]), 0.05))
        slope = 0.5 * (NECK_BASE + shoulder) + along(at.chest, [0, -0.01, 0.02]) - CHEST_CENTRE
        flesh.append((tube([NECK_BASE, slope, shoulder], [0.045, 0.036, 0.036]), 0.04))
    nape = along(at.head, [0, -0.015, -0.045])
    flesh += body.neck(NECK_BASE, nape, at.chest[:3, 1])
    return flesh


def limbs(at: Place, left_arm: bool = True) -> body.Flesh:
    """Arms with hands and legs with feet."""
    flesh = body.leg(*RIGHT_LEG) + body.posed(body.foot(), at.right_foot)
    flesh += body.leg(*LEFT_LEG) + body.posed(body.mirrored(body.foot()), at.left_foot)
    flesh += body.arm(*RIGHT_ARM) + body.posed(body.hand(body.LIMP), at.right_hand)
    if left_arm:
        flesh += body.arm(*LEFT_ARM)
        flesh += body.posed(body.mirrored(body.hand(body.LIMP)), at.left_hand)
    return flesh


def _carried(clay: Clay, to_clay: Vectors, scale: float) -> Solid:
    """A clay as a solid elsewhere: `to_clay` (4, 4) maps to its space, `scale` its distances."""
    size = np.array(clay.values.shape) - 1
    ends = np.stack([clay.low, clay.low + clay.step * size])
    corners = np.stack(np.meshgrid(*ends.T, indexing="ij"), axis=-1).reshape(-1, 3)
    world = along(np.linalg.inv(to_clay), corners)

    def distance(x: Array, y: Array, z: Array) -> Array:
        points = np.stack(np.broadcast_arrays(x, y, z), axis=-1)
        values = clay.at(along(to_clay, points.reshape(-1, 3))) * scale
        return values.reshape(points.shape[:3]).astype(np.float32)

    return Solid(distance, world.min(axis=0), world.max(axis=0))


def _to_head(at: Place) -> Vectors:
    """World metres to head space in centimetres, (4, 4)."""
    return np.diag([100.0, 100.0, 100.0, 1.0]) @ np.linalg.inv(at.head)


def head_clay() -> Clay:
    """The sculpted head in its own space, centimetres."""
    lump = face.head(FACE, HEAD_LOW, HEAD_HIGH)
    lump.both(ellipsoid((6.35, -0.5, -0.8), (0.55, 1.3, 2.1)), 0.7)
    lump.both(tube(EAR, [0.30, 0.32, 0.34, 0.32, 0.34, 0.45]), 0.35)
    lump.cut_both(ellipsoid((7.15, -0.1, -1.0), (0.55, 0.65, 1.0)), 0.4)
    return lump


def naked(step: float, head: Clay | None = None, arms: bool = True) -> Clay:
    """The body pressed together and flattened where it lies; world space, metres."""
    at = place()
    lump = Clay(LOW, HIGH, step)
    body.press(lump, trunk(at))
    if head is not None:
        lump.add(_carried(head, _to_head(at), 0.01), NECK_BLEND)
    body.press(lump, limbs(at, arms))
    body.lying_on(lump, FLOOR, PRESSED)
    return lump


def cut_shift() -> pattern.Pattern:
    """The shift's upper side: x across the body, y from the breast down to the hem, metres."""
    hem = pattern.ragged(2.0, 0.035, SEED)
    sides = pattern.ragged(2.0, 0.012, SEED + 1)

    def shape(p: Vectors) -> Vectors:
        half = 0.40 + 0.46 * np.clip(p[:, 1] / SHIFT, 0, 1) ** 0.8 - sides(p[:, 1] + 1.0)
        neck = 0.07 * np.maximum(1 - (p[:, 0] / 0.20) ** 2, 0) - p[:, 1]
        low = p[:, 1] - SHIFT + hem(p[:, 0] + 1.0)
        return np.maximum(np.maximum(np.abs(p[:, 0]) - half, neck), low)

    tears = [
        pattern.wedge((0.32, SHIFT + 0.02), (0.22, 0.62), 0.08),
        pattern.wedge((-0.45, SHIFT + 0.02), (-0.38, 0.80), 0.06),
        pattern.wedge((0.02, SHIFT + 0.02), (0.00, 0.95), 0.04),
        pattern.wedge((-0.15, SHIFT + 0.02), (-0.17, 1.02), 0.03),
        pattern.wedge((0.55, SHIFT + 0.02), (0.52, 0.98), 0.04),
        pattern.hole((-0.10, 0.74), 0.035, SEED + 2),
        pattern.hole((0.12, 0.45), 0.022, SEED + 3),
    ]
    whole = pattern.without(shape, *tears)
    return pattern.cut(whole, (-0.90, -0.02), (0.90, SHIFT + 0.03), SHIFT_GRAIN)


def cloth() -> tuple[Floats, Floats, Ints]:
    """The torn shift as it lies: positions and normals (n, 3), triangles (m, 3)."""
    at = place()
    bare = Clay(LOW, HIGH, COARSE)
    body.press(bare, trunk(at) + body.leg(*RIGHT_LEG) + body.leg(*LEFT_LEG))
    cut = cut_shift()
    top = along(at.chest, [0, 0, 0.14])[:2]
    way = 0.5 * (RIGHT_LEG[1] + LEFT_LEG[1])[:2] - top
    way /= np.linalg.norm(way)
    flat = np.column_stack([cut.points, np.zeros(len(cut.points))])
    start = np.full((len(flat), 3), SHIFT_ABOVE)
    # Gathered: narrower than it is, in waves that take up the rest of its width.
    across, down = cut.points.T
    start[:, :2] = top + GATHERED * across[:, None] * [way[1], -way[0]] + down[:, None] * way
    wander = 0.35 * np.sin(5.0 * down + 2.0) + 0.2 * np.sin(13.0 * down)
    wave = TURN * across / PLEAT + wander + 0.8 * np.sin(7.0 * across)
    start[:, 2] += PLEAT / TURN * np.sqrt(2 * (1 - GATHERED**2)) * np.sin(wave)
    linen = Feel(bend=4e-5, drag=1.6, thickness=0.0045, friction=0.6, apart=0.007)
    fallen = Cloth(start, cut.triangles, flat, feel=linen)
    settle(fallen, bare.settled(), 1.3, floor=0.0)
    body.press(bare, limbs(at))  # an arm lies on it
    settle(fallen, bare.settled(), 0.5, floor=0.0)
    positions, triangles = fallen.positions.astype(np.float32), fallen.triangles.astype(np.int32)
    normals = smooth_normals(positions, triangles)
    points, faces = simplify(positions, triangles, TRIANGLES["cloth"])
    _, near = spatial.cKDTree(positions).query(points)
    return points, normals[near], faces


def _shaded(lump: Clay, cover: Floats) -> Clay:
    """All that keeps light away: the body, the stone and the cloth (n, 3), as one clay."""
    shade = Clay(LOW, HIGH, COARSE)
    z = shade.axes((slice(0, 1), slice(0, 1), slice(0, shade.values.shape[2])))[2]
    x, y = (np.arange(n) * COARSE + low for n, low in zip(shade.values.shape[:2], shade.low))
    grid = np.stack(np.meshgrid(x, y, z[0, 0], indexing="ij"), -1)
    flesh = lump.at(grid.reshape(-1, 3)).reshape(shade.values.shape)
    marks = np.ones(shade.values.shape, dtype=bool)
    cells = np.rint((cover - shade.low) / COARSE).astype(int)
    marks[tuple(np.clip(cells, 0, np.array(marks.shape) - 1).T)] = False
    cloth_gap = ndimage.distance_transform_edt(marks) * COARSE - 0.004
    shade.values = np.minimum(np.minimum(flesh, cloth_gap), z).astype(np.float32)
    return shade


def _eye_weights(points: Floats) -> tuple[NDArray[np.bool_], Vectors]:
    """In head space (n, 3) centimetres: what is eyeball, and how much the upper lid moves it."""
    ball = np.zeros(len(points), dtype=bool)
    lid = np.zeros(len(points))
    for side in (1.0, -1.0):
        offset = points - np.array([side * face.EYE[0], face.EYE[1], face.EYE[2]])
        away = np.linalg.norm(offset, axis=1)
        ahead = offset[:, 1] > 0
        ball |= (np.abs(away - face.EYE_RADIUS) < 0.06) & ahead
        rise = np.degrees(np.arctan2(offset[:, 2], np.maximum(offset[:, 1], 1e-6)))
        shell = smoothstep(1.85, 1.55, away) * smoothstep(1.25, 1.30, away)
        upper = smoothstep(2.0, 14.0, rise) * smoothstep(74.0, 28.0, rise)
        sides = smoothstep(1.35, 0.95, np.abs(offset[:, 0]))
        lid = np.maximum(lid, shell * upper * sides * ahead)
    return ball, np.where(ball, 0.0, lid)


def scalp(points: Floats) -> Vectors:
    """How much hair grows at points of the head (n, 3) in head space, centimetres: 0 to 1."""
    away = unit(points - np.array([0.0, -0.8, 2.0])).astype(np.float64)
    front = 0.80 * away[:, 1] - 0.75 * away[:, 2]
    return smoothstep(0.43, 0.32, front)


def _head_mesh(clay: Clay, at: Place) -> tuple[Mesh, Floats]:
    """Face, skull and the upper neck in world space, and each vertex in head space (cm)."""
    lump = Clay(HEAD_LOW, HEAD_HIGH, face.STEP)
    lump.values = clay.values.copy()
    torso = Clay(LOW, HIGH, STEP)
    body.press(torso, trunk(at))
    lump.add(_carried(torso, at.head @ np.diag([0.01, 0.01, 0.01, 1.0]), 100.0), 100 * NECK_BLEND)
    points, faces = lump.skin()
    faces = largest_piece(faces, len(points))
    points = taubin(points, faces, 2)
    kept = faces[(points[:, 2][faces] > NECK_CUT).all(axis=1)]
    used, index = np.unique(kept, return_inverse=True)
    points, faces = simplify(points[used], index.reshape(-1, 3).astype(np.int32), TRIANGLES["head"])
    throat = smoothstep(-6.5, -9.5, points[:, 2])[:, None]
    normals = unit((1 - throat) * lump.gradient(points, 0.7) + throat * lump.gradient(points, 5.0))
    ball, lid = _eye_weights(points)
    hair = scalp(points)
    points = (points + (HAIR_THICK * hair)[:, None] * normals).astype(np.float32)
    part = np.where(ball, EYE, SKIN)
    mesh = Mesh(points * np.float32(0.01), normals, faces).with_attributes(part=part, lid=lid)
    mesh = mesh.transformed(at.head)
    low = np.maximum(mesh.positions, np.array([-9.0, -9.0, 0.001], dtype=np.float32))
    return replace(mesh, positions=low), points


def _body_mesh(lump: Clay, at: Place, cover: Floats, cover_normals: Floats) -> Mesh:
    points, faces = lump.skin()
    faces = largest_piece(faces, len(points))
    points = taubin(points, faces, 2)
    local = along(_to_head(at), points)
    in_head = (
        (local[:, 2] > BODY_CUT) & (np.abs(local[:, :2]) < 12.5).all(axis=1) & (local[:, 2] < 13)
    )
    kept = faces[~in_head[faces].all(axis=1)]
    used, index = np.unique(kept, return_inverse=True)
    points, faces = simplify(points[used], index.reshape(-1, 3).astype(np.int32), TRIANGLES["body"])
    ends = np.array([RIGHT_ARM[2], LEFT_ARM[2], RIGHT_LEG[2], LEFT_LEG[2]])
    away = np.linalg.norm(points[:, None] - ends, axis=2).min(axis=1)
    broad = smoothstep(0.19, 0.26, away)[:, None]
    normals = unit((1 - broad) * lump.gradient(points, 1.0) + broad * lump.gradient(points, 3.5))
    away, near = spatial.cKDTree(cover).query(points)
    beneath = (away < 0.020) & (
        np.einsum("ij,ij->i", points - cover[near], cover_normals[near]) < 0.004
    )
    points = (points - np.where(beneath, 0.004, 0.0)[:, None] * normals).astype(np.float32)
    points[:, 2] = np.maximum(points[:, 2], 0.0)
    return Mesh(points, normals, faces).with_attributes(part=SKIN, lid=0.0)


def build() -> Mesh:
    """The fallen one (skin, head and shift) with `part`, `ao` and `lid`."""
    at = place()
    head = head_clay()
    lump = naked(STEP, head)
    points, normals, faces = cloth()
    shade = _shaded(lump, points)
    sheet = Mesh(points, normals, faces).with_attributes(part=CLOTH, lid=0.0)
    parts = [sheet, _body_mesh(lump, at, points, normals), _head_mesh(head, at)[0]]
    lit = [
        mesh.with_attributes(
            ao=occlusion(shade, mesh.positions, mesh.normals, OCCLUSION_REACH)[:, None]
        )
        for mesh in parts
    ]
    return merge(lit)


EYES: Vectors = along(
    place().head, np.array([[s * face.EYE[0], face.EYE[1], face.EYE[2]] for s in (1, -1)]) * 0.01
)
FACE_CENTRE: Vectors = along(place().head, [0.0, 0.085, -0.02])
