"""The fallen one, whole: body, head, eyes and shift as they lie on the stone.

Everything is clay and cloth from elsewhere (lying, sleeper, eyelids, shift); here it becomes
one mesh with its shade. World space: metres, z up, the stone at z = 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage, spatial

from models.mesh import Floats, Ints, Mesh, merge, selected, smooth_normals, unit
from models.people import body, eyelids, lying, shift, sleeper, under
from models.people.body import along
from models.people.lying import FLOOR, HIGH, LOW, PRESSED, Place, place
from models.sdf import Array, Clay, Solid, smoothstep
from models.skin import largest_piece, occlusion, simplify, taubin

Vectors = NDArray[np.float64]

STEP = 0.0042  # side of the sculptor's cubes, metres
FINE = 0.0017  # the same of hands and feet
COARSE = 0.008  # of what keeps light away
NECK_BLEND = 0.012
HEAD_BALL = np.array([0.0, 0.9, -1.0])  # middle of what is meshed with the head, centimetres
NECK_CUT, BODY_CUT = 12.7, 11.6  # its radius, and of what the body leaves to it
SINK = 0.14  # how far each goes under the other at its end, so that they cross and no edge shows
OVERLAP = 0.008  # metres over which body and hands or feet do
JOINT = 0.045  # metres over which hands and feet take on the shade of the limb that they end
TRIANGLES = {"head": 15000, "body": 12000, "hand": 3600, "foot": 2400}
AFAR = {"cloth": 3600, "skin": 5400}  # triangles
OCCLUSION_REACH, NEAR_REACH = 0.22, 0.030
CLOTH, SKIN, EYE = 0.0, 1.0, 2.0  # `part`
HAIR_THICK = 0.16  # how far hair stands off the skull, centimetres
REACHES, THROUGH, CLEAR = 0.030, 0.010, 0.005  # of skin that linen hides; how far below it goes, m
BARE = 0.006  # so far beside the linen's edge skin is bare, metres
INLAND = 0.028  # from the linen's edge there is skin beneath it, metres
LAID = 0.006  # so near the dropped arm's own surface a point is the arm's, metres
STANDS = 0.005  # the least height of linen over flesh, metres
THIN = 0.007  # metres of flesh that light comes through
# Boxes in the frame of a hand or foot that hold it, metres.
HAND_BOX = np.array([[-0.085, -0.030, -0.110], [0.075, 0.215, 0.060]])
FOOT_BOX = np.array([[-0.065, -0.090, -0.090], [0.065, 0.205, 0.022]])


def _carried(clay: Clay, to_clay: Vectors, scale: float) -> Solid:
    """A clay as a solid elsewhere: `to_clay` (4, 4) maps to its space, `scale` its distances."""
    size = np.array(clay.values.shape) - 1
    ends = np.stack([clay.low, clay.low + clay.step * size])
    corners = np.stack(np.meshgrid(*ends.T, indexing="ij"), axis=-1).reshape(-1, 3)
    world = along(np.linalg.inv(to_clay), corners)
    field = clay.settled()

    def distance(x: Array, y: Array, z: Array) -> Array:
        points = np.stack(np.broadcast_arrays(x, y, z), axis=-1)
        values = field.at(along(to_clay, points.reshape(-1, 3))) * scale
        return values.reshape(points.shape[:3]).astype(np.float32)

    return Solid(distance, world.min(axis=0), world.max(axis=0))


def to_head(at: Place) -> Vectors:
    """World metres to head space in centimetres, (4, 4)."""
    return np.diag([100.0, 100.0, 100.0, 1.0]) @ np.linalg.inv(at.head)


def whole(step: float, head: Clay | None = None) -> Clay:
    """The naked body with its head, flattened where it lies."""
    at = place()
    lump = Clay(LOW, HIGH, step)
    body.press(lump, lying.trunk(at))
    lying.hollow_out(lump, at)
    lump.add(_carried(head or sleeper.head(), to_head(at), 0.01), NECK_BLEND)
    body.press(lump, lying.limbs(at))
    body.lying_on(lump, FLOOR, PRESSED)
    return lump


def _cover(lump: Clay, cover: Floats) -> Clay:
    """What keeps light from the stone: the body and the cloth (n, 3), as one clay."""
    shade = Clay(LOW, HIGH, COARSE)
    x, y, z = (
        np.arange(n) * COARSE + low for n, low in zip(shade.values.shape, shade.low, strict=True)
    )
    grid = np.stack(np.meshgrid(x, y, z, indexing="ij"), -1)
    flesh = lump.at(grid.reshape(-1, 3)).reshape(shade.values.shape)
    marks = np.ones(shade.values.shape, dtype=bool)
    cells = np.rint((cover - shade.low) / COARSE).astype(int)
    marks[tuple(np.clip(cells, 0, np.array(marks.shape) - 1).T)] = False
    cloth_gap = ndimage.distance_transform_edt(marks) * COARSE - 0.004
    shade.values = np.minimum(flesh, cloth_gap).astype(np.float32)
    return shade


def _on_stone(cover: Clay) -> Clay:
    """The same with the stone, which keeps light from what lies on it."""
    out = cover.copy()
    z = cover.low[2] + cover.step * np.arange(cover.values.shape[2])
    out.values = np.minimum(cover.values, z.astype(np.float32))
    return out


def _thin(lump: Clay, points: Floats, normals: Floats, deep: float) -> Vectors:
    """How far light comes through the flesh at points (n, 3): 1 where it is thinner than `deep`."""
    inside = -lump.settled().at(points - deep * normals.astype(np.float64))
    return smoothstep(0.95 * deep, 0.25 * deep, inside)


def _skinned(
    lump: Clay, triangles: int, kept: Callable[[Floats], NDArray[np.bool_]], reach: float = 1.0
) -> tuple[Floats, Floats, Ints]:
    """Points, normals and triangles of a clay's surface, of those points that are `kept`."""
    points, faces = lump.skin()
    faces = largest_piece(faces, len(points))
    points = taubin(points, faces, 2)
    faces = faces[kept(points)[faces].all(axis=1)]
    used, index = np.unique(faces, return_inverse=True)
    points, faces = simplify(points[used], index.reshape(-1, 3).astype(np.int32), triangles)
    return points, lump.gradient(points, reach), faces


def _within(points: Floats, frame: Vectors, box: Vectors, by: float = 0.0) -> NDArray[np.bool_]:
    """Which points (n, 3) are inside a box of a frame, at least `by` from its sides."""
    local = along(np.linalg.inv(frame), points)
    inside: NDArray[np.bool_] = ((local > box[0] + by) & (local < box[1] - by)).all(axis=1)
    return inside


def ends(at: Place) -> list[tuple[Vectors, Vectors, int, tuple[int, int]]]:
    """Hands and feet: their frames, boxes and triangles, and the side where they join the limb:
    0 low or 1 high, and along which axis."""
    hand, foot = TRIANGLES["hand"], TRIANGLES["foot"]
    return [
        (at.right_hand, HAND_BOX, hand, (0, 1)),
        (at.left_hand, np.sort(HAND_BOX * [-1, 1, 1], axis=0), hand, (0, 1)),
        (at.right_foot, FOOT_BOX, foot, (1, 2)),
        (at.left_foot, FOOT_BOX, foot, (1, 2)),
    ]


def _end_mesh(
    flesh: Clay, at: Place, frame: Vectors, box: Vectors, triangles: int, side: tuple[int, int]
) -> Mesh:
    """A hand or a foot, sculpted more finely than the body that it joins."""
    corners = np.stack(np.meshgrid(*box.T, indexing="ij"), axis=-1).reshape(-1, 3)
    world = along(frame, corners)
    lump = Clay(world.min(axis=0) - 0.01, world.max(axis=0) + 0.01, FINE)
    body.press(lump, lying.trunk(at) + lying.limbs(at))
    body.lying_on(lump, FLOOR, PRESSED)
    points, normals, faces = _skinned(lump, triangles, lambda p: _within(p, frame, box))
    # Where it joins the limb it is shaded as that is, or wrist and ankle would wear a ring.
    gap = np.abs(along(np.linalg.inv(frame), points)[:, side[1]] - box[side])
    limb = smoothstep(JOINT, 0.25 * JOINT, gap)[:, None]
    normals = unit((1 - limb) * normals + limb * flesh.gradient(points, 1.6))
    mesh = _grounded(Mesh(points, normals, faces))
    shade = [
        np.column_stack(
            [occlusion(c, points, normals, NEAR_REACH), _thin(c, points, normals, THIN)]
        )
        for c in (lump, flesh)
    ]
    near, thin = ((1 - limb) * shade[0] + limb * shade[1]).T
    return mesh.with_attributes(part=SKIN, ao=near, thin=thin)


def _from_eyes(points: Floats) -> Vectors:
    """Distances (n,) of points (n, 3) in head space from the nearer eye."""
    aside = points * np.array([-1.0, 1.0, 1.0])
    nearer = np.where(points[:, :1] < 0, aside, points) - np.array(sleeper.EYE)
    return np.asarray(np.linalg.norm(nearer, axis=1))


def _from_head(points: ArrayLike) -> Vectors:
    """Distances (n,) of points (n, 3) in head space from the middle of the head."""
    return np.asarray(np.linalg.norm(np.asarray(points) - HEAD_BALL, axis=1))


def _grounded(mesh: Mesh) -> Mesh:
    low = np.maximum(mesh.positions, np.array([-9.0, -9.0, 0.0005], dtype=np.float32))
    return replace(mesh, positions=low)


def _onto_body(points: Floats, flesh: Clay, at: Place) -> tuple[Floats, Floats, Vectors]:
    """Points (n, 3) in head space drawn on to the body's own surface where the neck joins it.

    flesh : the whole body, world space. Returns the points, the body's normals there, and how
    much of the neck (n,) each point is.
    """
    far = _from_head(points)
    neck = smoothstep(8.0, BODY_CUT, far) * smoothstep(-4.0, -7.0, points[:, 2])
    neck = np.maximum(
        neck * smoothstep(4.5, 2.0, points[:, 1]), smoothstep(BODY_CUT - 0.3, BODY_CUT, far)
    )
    world = along(at.head, 0.01 * points.astype(np.float64))
    out = flesh.gradient(world, 1.6) @ at.head[:3, :3].astype(np.float32)
    off = 100.0 * flesh.at(world) * neck + SINK * smoothstep(NECK_CUT - 0.5, NECK_CUT, far)
    return (points - off[:, None] * out).astype(np.float32), out, neck


def _head_mesh(clay: Clay, flesh: Clay, at: Place) -> Mesh:
    """Face, skull, eyes and the upper neck in world space."""
    shut, lump = sleeper.head(asleep=True), clay.copy()
    torso = Clay(LOW, HIGH, STEP)
    body.press(torso, lying.trunk(at))
    lying.hollow_out(torso, at)
    lump.add(_carried(torso, at.head @ np.diag([0.01, 0.01, 0.01, 1.0]), 100.0), 100 * NECK_BLEND)
    points, _, faces = _skinned(lump, TRIANGLES["head"], lambda p: _from_head(p) < NECK_CUT)
    points, body_normals, neck = _onto_body(points, flesh, at)
    fine = unit(lump.gradient(points, 0.8) + 0.6 * smooth_normals(points, faces))
    # Beside the openings of the eyes the skin goes on as if they were not there.
    asleep = smoothstep(0.35, 0.20, np.abs(shut.settled().at(points)))[:, None]
    asleep = asleep * smoothstep(2.6, 2.0, _from_eyes(points))[:, None]
    fine = unit((1 - asleep) * fine + asleep * shut.gradient(points, 0.8))
    normals = unit((1 - neck[:, None]) * fine + neck[:, None] * body_normals)
    near = occlusion(lump, points, normals, 100 * NEAR_REACH)
    thin = _thin(lump, points, normals, 100 * THIN)
    # About the eyes both are those of shut lids: no rim of an opening shows.
    eye = smoothstep(3.4, 2.6, _from_eyes(points))
    near += eye * (occlusion(shut, points, normals, 100 * NEAR_REACH) - near)
    thin += eye * (_thin(shut, points, normals, 100 * THIN) - thin)
    hair = sleeper.scalp(points)
    points = (points + (HAIR_THICK * hair)[:, None] * normals).astype(np.float32)
    skull = Mesh(points, normals, faces).with_attributes(part=SKIN, ao=near, thin=thin * (1 - hair))
    eyes = eyelids.build(shut.settled())
    lids = eyes.attributes["part"][:, 0] == SKIN
    hollow = occlusion(shut, eyes.positions, eyes.normals, 100 * NEAR_REACH)
    shade = eyes.attributes["ao"] * np.where(lids, hollow, 1.0)[:, None]
    eyes = eyes.with_attributes(ao=shade)
    centimetres = merge([eyelids.still(skull), eyes])
    metres = at.head @ np.diag([0.01, 0.01, 0.01, 1.0])
    turn = metres[:3, :3]
    moved = centimetres.attributes
    return _grounded(
        centimetres.transformed(metres).with_attributes(
            open=moved["open"] @ turn.T, turned=moved["turned"] @ at.head[:3, :3].T
        )
    )


def _over(lump: Clay, sheet: Mesh, at: Place) -> Mesh:
    """The shift outside the flesh that it lies on; the arm that lies on it is left alone."""
    arm = Clay(LOW, HIGH, COARSE)
    body.press(arm, lying.left_arm_of(at))
    flesh, points = lump.settled(), sheet.positions
    free = smoothstep(0.010, 0.025, arm.at(points))
    for _ in range(3):
        sunk = free * np.clip(STANDS - flesh.at(points), 0.0, STANDS)
        points = (points + sunk[:, None] * flesh.gradient(points)).astype(np.float32)
    return replace(sheet, positions=points)


def _body_mesh(lump: Clay, at: Place, sheet: Mesh) -> Mesh:
    """Trunk and limbs without what is meshed more finely; none of it comes through the shift.

    Under the linen's edge the skin draws in beneath it, and further in there is none.
    """

    def coarse(p: Floats) -> NDArray[np.bool_]:
        finer = _from_head(along(to_head(at), p)) < BODY_CUT
        for frame, box, *_ in ends(at):
            finer |= _within(p, frame, box, OVERLAP)
        return ~finer

    points, normals, faces = _skinned(lump, TRIANGLES["body"], coarse, 1.6)
    away, near = spatial.cKDTree(sheet.positions).query(points)
    off = points - sheet.positions[near]
    over = np.einsum("ij,ij->i", off, sheet.normals[near])
    ends_here = np.zeros(len(sheet.positions), dtype=bool)
    ends_here[shift.edge_points(sheet)] = True
    aside = np.linalg.norm(off - over[:, None] * sheet.normals[near], axis=1)
    bare = ends_here[near] & (aside > BARE)  # beside the linen, not beneath it
    same_way = np.einsum("ij,ij->i", normals, sheet.normals[near]) > 0.25
    beneath = (away < 0.020) & (over < 0.004) | (away < REACHES) & (over < THROUGH) & same_way
    beneath &= ~bare
    arm = Clay(LOW, HIGH, COARSE)
    body.press(arm, lying.left_arm_of(at))
    beneath &= arm.at(points) > LAID  # what has dropped on the linen is not beneath it
    under_head = smoothstep(BODY_CUT + 0.5, BODY_CUT, _from_head(along(to_head(at), points)))
    clear = np.clip(over + CLEAR, 0.004, THROUGH + CLEAR)
    inward = np.where(beneath, np.where(same_way, clear, 0.004), 0.01 * SINK * under_head)
    rim = sheet.positions[shift.edge_points(sheet)]
    from_rim = spatial.cKDTree(rim).query(points)[0]
    inward = inward * (0.60 + 0.40 * smoothstep(0.003, 0.018, from_rim))  # no gap at the edge
    hidden = beneath & same_way & (from_rim > INLAND)
    faces = faces[~hidden[faces].all(axis=1)]
    used, index = np.unique(faces, return_inverse=True)
    points, normals, inward = points[used], normals[used], inward[used]
    faces = index.reshape(-1, 3).astype(np.int32)
    points = (points - inward[:, None] * normals).astype(np.float32)
    mesh = _grounded(Mesh(points, normals, faces))
    near_shade = occlusion(lump, points, normals, NEAR_REACH)
    return mesh.with_attributes(part=SKIN, ao=near_shade, thin=_thin(lump, points, normals, THIN))


def _thinner(mesh: Mesh, triangles: int) -> Mesh:
    """The same in fewer triangles; what a point keeps is that of the nearest of before."""
    points, faces = simplify(mesh.positions, mesh.triangles, triangles)
    near = spatial.cKDTree(mesh.positions).query(points)[1]
    kept = {name: values[near] for name, values in mesh.attributes.items()}
    return Mesh(points, mesh.normals[near], faces, kept)


def _afar(every: Mesh) -> Mesh:
    """Skin and shift as they are seen from afar, each by itself, without lashes."""
    part = every.attributes["part"][:, 0]
    cloth, skin = selected(every, part == CLOTH), selected(every, (part == SKIN) | (part == EYE))
    return merge([_thinner(cloth, AFAR["cloth"]), _thinner(skin, AFAR["skin"])])


def build() -> dict[str, Mesh]:
    """ "mesh": skin, head, eyes and shift with `part`, `ao`, `thin`, `open` and `turned` of the
    lids, and `weave`, the shift's places on its pattern and from its edge;
    "afar": the same in fewer triangles; "under": the shade on the stone."""
    at = place()
    head = sleeper.head()
    lump = whole(STEP, head)
    sheet = _over(lump, shift.fallen(), at)
    cover = _cover(lump, sheet.positions)
    shade = _on_stone(cover)
    parts = [sheet, _body_mesh(lump, at, sheet)]
    parts += [_end_mesh(lump, at, *end) for end in ends(at)]
    parts = [*map(eyelids.still, parts), _head_mesh(head, lump, at)]
    parts = [parts[0], *(mesh.with_attributes(weave=np.zeros(3)) for mesh in parts[1:])]
    lit = []
    for mesh in parts:
        far = occlusion(shade, mesh.positions, mesh.normals, OCCLUSION_REACH)[:, None]
        if (mesh.attributes["part"] == CLOTH).all():  # of two sides the one that is seen
            back = occlusion(shade, mesh.positions, -mesh.normals, OCCLUSION_REACH)[:, None]
            far = np.maximum(far, back)
        lit.append(mesh.with_attributes(ao=far * mesh.attributes["ao"]))
    every = merge(lit)
    return {"mesh": every, "afar": _afar(every), "under": under.shade(cover)}


EYES: Vectors = along(
    place().head, np.array([np.array(sleeper.EYE) * [s, 1, 1] for s in (1, -1)]) * 0.01
)
FACE_CENTRE: Vectors = along(place().head, [0.0, 0.085, -0.02])
# What cameras are aimed by.
RIGHT_ARM, HEAD_ORIGIN = lying.RIGHT_ARM, lying.HEAD_ORIGIN
FACE_DIRECTION, CROWN_DIRECTION = lying.FACE_DIRECTION, lying.CROWN_DIRECTION
