"""Faces as meshes that can change their mood: one skin, and how far each mood moves it.

The skin is that of the open face, with parted lips and wide eyes, because what is open can be
closed. For every other mood each of its points goes along with the muscles and the lids, and
then onto that mood's own sculpture. What is given is the calm face and three differences.

Attributes of the meshes: `nature` (4), each 0 to 1: shade; how far it lies behind the hairline or
a cloth's edge, from half a centimetre before it, in 8 cm; eyeball; inside of the mouth. `grief`, `awe`,
`blink` (3) are what a mood adds to a place, metres; `grief_normal`, `awe_normal` (3) what it
adds to a normal. Head space of the canon, metres: `wide` and `long` are the shader's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models import hairline
from models.expression import LINE, pull
from models.face import EYE, EYE_RADIUS, FACES, Features, lid_planes, sculpt
from models.mesh import Floats, Ints, Mesh, merge, smooth_normals, unit
from models.sdf import Clay, Scattered, Solid, ellipsoid, smoothstep, sphere
from models.skin import largest_piece, occlusion, simplify, taubin

Vectors = NDArray[np.float64]

STEP = 0.11  # centimetres, of the grid that the skin is taken from
LOW, HIGH = (-9.0, -5.0, -15.0), (9.0, 13.0, 12.0)
BACK = -3.0  # the hood hides what lies further back, and further still down the neck
LEVELS = (14000, 2800, 480)
BALL_LEVELS = ((16, 12), (9, 7), (5, 4))  # points across and down an eyeball
METRES = 0.01
SHADE_STEP, SHADE_REACH = 0.3, 6.0
NEWTON_STEPS, NEAR, SLOPE = 4, 0.28, 0.06
LID_FOLDS = 66.0  # degrees above the level of the eye at which the upper lid's skin no longer slides


@dataclass(frozen=True)
class Skin:
    """Points (n, 3), centimetres, and triangles of the open face, and which lie below the lips."""

    points: Vectors
    triangles: Ints
    lower: NDArray[np.bool_]


def build(f: Features, counts: Sequence[int] = LEVELS) -> list[Mesh]:
    """A head's front, with hair and eyes, at about each of `counts` triangles, finest first."""
    clay = Clay(LOW, HIGH, STEP)
    open_ = f.wondering()
    sculpt(clay, open_)
    for side in (1.0, -1.0):
        clay.cut(sphere((side * EYE[0], EYE[1], EYE[2]), EYE_RADIUS + 0.01))
    points, triangles = clay.skin()
    triangles = largest_piece(triangles, len(points))
    points = taubin(points, triangles, 1)
    points, triangles = _front(points, triangles)
    shade = _shaded(f)
    out = []
    for level, count in enumerate(counts):
        rows, faces = simplify(points, triangles, count)
        lower = rows[:, 2] < LINE - 0.5 * open_.parted
        mesh = _moods(f, Skin(rows.astype(np.float64), faces, lower), shade)
        balls = [_eyeball(side, *BALL_LEVELS[min(level, 2)]) for side in (1.0, -1.0)]
        out.append(merge([mesh, *balls]))
    return out


def _front(points: Floats, triangles: Ints) -> tuple[Floats, Ints]:
    """Without the back of the head, the neck's cut end and what lies behind the eyeballs."""
    y, z = points[:, 1], points[:, 2]
    kept = (y > BACK - 0.1 * np.maximum(-z, 0)) & (z > LOW[2] + 2 * STEP)
    for side in (1.0, -1.0):
        away = np.linalg.norm(points - (side * EYE[0], EYE[1], EYE[2]), axis=1)
        kept &= away > EYE_RADIUS + 0.045
    triangles = triangles[kept[triangles].all(axis=1)]
    used, index = np.unique(triangles, return_inverse=True)
    return points[used], index.reshape(-1, 3).astype(np.int32)


def _moods(f: Features, skin: Skin, shade: Clay) -> Mesh:
    calm, calm_normals = _settled(skin, f, f.calm())
    grief, grief_normals = _settled(skin, f, f.grieving())
    awe, awe_normals = _settled(skin, f, f.wondering())
    blink, _ = _settled(skin, f, f.blinking())
    x, y, z = calm.astype(np.float32).T
    within = hairline.within(f, x, y, z) if f.hair != "bare" else np.full(len(x), -1.0)
    if f.beard:
        within = np.maximum(within, hairline.bearded(f, x, y, z))
    grown = np.clip((within + 0.5) / 8.0, 0.0, 1.0)
    mouth = _inside_mouth(awe, f)
    nature = np.column_stack(
        [occlusion(shade, calm, calm_normals, SHADE_REACH), grown, 0.0 * grown, mouth]
    )
    return Mesh(METRES * calm, calm_normals, skin.triangles).with_attributes(
        nature=nature,
        grief=METRES * (grief - calm),
        awe=METRES * (awe - calm),
        blink=METRES * (blink - calm),
        grief_normal=grief_normals - calm_normals,
        awe_normal=awe_normals - calm_normals,
    )


def _settled(skin: Skin, f: Features, mood: Features) -> tuple[Vectors, Floats]:
    """Points and normals (n, 3) of the open face's skin in another mood of the same person."""
    open_ = f.wondering()
    rest = skin.points.copy()
    for _ in range(6):  # where a point of the open face lies on the unmoved one
        rest = skin.points - pull(open_, rest, skin.lower)
    points = rest + pull(mood, rest, skin.lower)
    points += _lids(skin.points, open_, mood)
    for _ in range(NEWTON_STEPS):
        value, slope = _field(mood, points)
        near = np.exp(-((value / NEAR) ** 4))[:, None]
        points -= near * np.clip(value[:, None], -0.12, 0.12) * slope
    _, slope = _field(mood, points)
    normals = unit(slope + smooth_normals(points, skin.triangles))
    return points, normals


def _field(f: Features, points: Vectors) -> tuple[Vectors, Vectors]:
    """The sculpture's distance (n,) at points, and its unit gradient (n, 3)."""
    steps = np.concatenate([np.zeros((1, 3)), SLOPE * np.eye(3), -SLOPE * np.eye(3)])
    clay = Scattered((points + steps[:, None]).reshape(-1, 3))
    sculpt(clay, f)
    for side in (1.0, -1.0):
        clay.cut(sphere((side * EYE[0], EYE[1], EYE[2]), EYE_RADIUS + 0.01))
    values = clay.values.astype(np.float64).reshape(7, -1)
    return values[0], unit((values[1:4] - values[4:7]).T).astype(np.float64)


def _lids(points: Vectors, open_: Features, mood: Features) -> Vectors:
    """How far the upper lids' skin slides round the eyes (n, 3) from one mood to another."""
    out = np.zeros_like(points)
    start, end = np.radians(open_.lid), np.radians(mood.lid)
    for side in (1.0, -1.0):
        q = points - (side * EYE[0], EYE[1], EYE[2])
        up, _ = lid_planes(open_, side)
        tilt = np.arcsin(up[0])
        upward = np.array([np.sin(tilt), 0.0, np.cos(tilt)])
        height, ahead = q @ upward, q[:, 1]
        rise = np.arctan2(height, np.maximum(ahead, 1e-6))
        fold = np.radians(LID_FOLDS)
        share = smoothstep(fold, start, rise) * (rise > 0.5 * start + np.radians(-12.0))
        away = np.linalg.norm(q, axis=1)
        share = share * smoothstep(2.35, 1.70, away) * (ahead > 0) * (q[:, 0] * side < 2.4)
        turn = share * (end - start)
        reach = np.hypot(height, ahead)
        slid = reach * (np.sin(rise + turn) - np.sin(rise))
        forth = reach * (np.cos(rise + turn) - np.cos(rise))
        out += slid[:, None] * upward + forth[:, None] * np.array([0.0, 1.0, 0.0])
    return out


def _inside_mouth(awe: Vectors, f: Features) -> Vectors:
    """1 on what is seen between parted lips, 0 on the lips themselves; (n,)."""
    parted = f.wondering().parted
    x, y, z = np.abs(awe[:, 0]), awe[:, 1], awe[:, 2]
    height = np.abs(z - (LINE - 0.5 * parted)) / (0.5 * parted + 0.12)
    deep = smoothstep(8.95, 8.35, y + 0.35 * x)
    return smoothstep(1.15, 0.85, height) * deep * smoothstep(2.3, 1.7, x) * (y > 5.0)


def _shaded(f: Features) -> Clay:
    """The calm face in a hood: what keeps the sky from it."""
    clay = Clay((-12.0, -9.0, -18.0), (12.0, 15.0, 15.0), SHADE_STEP)
    sculpt(clay, f.calm())
    clay.add(_hood())
    return clay


def _hood() -> Solid:
    """A shell about the head, open in front."""
    outer = ellipsoid((0, -1.0, 2.0), (11.0, 13.0, 12.0))

    def distance(x, y, z):  # type: ignore[no-untyped-def]
        shell = np.abs(outer.distance(x, y, z)) - 0.5
        return np.maximum(shell, y - 7.0 + 0.0 * z)

    return Solid(distance, outer.low - 0.5, outer.high + 0.5)


def _eyeball(side: float, across: int, down: int) -> Mesh:
    """The front of an eyeball: a cap of a sphere."""
    u, v = np.meshgrid(np.linspace(-1, 1, across), np.linspace(-1, 1, down), indexing="xy")
    yaw, pitch = np.radians(78) * u, np.radians(58) * v
    way = np.stack([np.sin(yaw) * np.cos(pitch), np.cos(yaw) * np.cos(pitch), np.sin(pitch)], -1)
    normals = way.reshape(-1, 3)
    row = np.arange(across - 1)
    first = (row + across * np.arange(down - 1)[:, None]).reshape(-1)
    square = np.stack([first, first + across, first + across + 1, first + 1], 1)
    triangles = square[:, [0, 1, 2, 0, 2, 3]].reshape(-1, 3)
    points = np.array([side * EYE[0], EYE[1], EYE[2]]) + EYE_RADIUS * normals
    still = np.zeros((len(points), 3))
    nature = np.tile([0.6, 0.0, 1.0, 0.0], (len(points), 1))
    return Mesh(METRES * points, normals, triangles.astype(np.int32)).with_attributes(
        nature=nature, grief=still, awe=still, blink=still, grief_normal=still, awe_normal=still
    )


def everybody() -> dict[str, Mesh]:
    """Every face of FACES at every level: "woman-0" is the finest."""
    return {
        f"{name}-{level}": mesh
        for name, f in FACES.items()
        for level, mesh in enumerate(build(f))
    }
