"""Faces as meshes that can change their mood: one skin, and how far each mood moves it.

The skin is that of the open face, with parted lips, because what is open can be closed. For
every other mood each of its points goes along with the muscles, and then onto that mood's own
sculpture. Eyes and lids are parts of their own (models/people/eyes.py). What is given is the
calm face and three differences.

Attributes of the meshes: `nature` (4), each 0 to 1: shade; how far a point lies behind the
hairline or a cloth's edge, from half a centimetre before it, in 8 cm; 1 an eyeball, 0.5 an upper
lid's rim, 0.38 a lower one's, 0.25 a lid; the inside of the mouth. `grief`, `awe`, `blink` (3) are
what a mood adds to a place, metres; `grief_normal`, `awe_normal` (3) what it adds to a normal.
Head space of the canon, metres: how wide and long a head is, the shader adds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.mesh import Floats, Ints, Mesh, merge, smooth_normals, unit
from models.people import eyes, hairline
from models.people.expression import between_lips, opening, pull
from models.people.face import EYE, EYE_RADIUS, sculpt
from models.people.features import FACES, Features
from models.sdf import Array, Clay, Scattered, Solid, ellipsoid, smoothstep, sphere
from models.skin import largest_piece, occlusion, simplify, taubin

Vectors = NDArray[np.float64]

# Centimetres, but for what is seen of it.
STEP = 0.10  # of the grid that the skin is taken from
LOW, HIGH = (-9.0, -5.0, -15.0), (9.0, 13.0, 12.0)
BACK = -3.0  # the hood hides what lies further back, and further still down the neck
LEVELS = (15000, 2800, 480)  # triangles
EYE_LEVELS = ((19, 11), (9, 6), (5, 3))  # points across and down an eyeball and a lid
FINE = ((EYE[0], EYE[1] + 1, EYE[2]), (-EYE[0], EYE[1] + 1, EYE[2]), (0.0, 8.8, -6.5))
FINER, FINE_REACH = 5.0, 1.7  # how many times finer the skin is there, and how far about
NEWTON_STEPS = 3  # of a mood's skin on to its sculpture
NEAR = 0.28  # beyond this from it a point stays where the muscles have put it
SLOPE = 0.06  # to each side, of the differences that gradients are taken over
DRAWN_BACK = 0.55  # what lies between the open lips, when they close
SEAM_DEEP = 0.14  # and their edges
HAIRLINE = 0.0625  # what `nature` says at the hairline
SHADE_STEP, SHADE_REACH = 0.3, 6.0
HOOD_REACHES = 7.5  # how far before the ears
METRES = 0.01


@dataclass(frozen=True)
class Skin:
    """Points (n, 3), centimetres, and triangles of the open face, and which lie below the lips."""

    points: Vectors
    triangles: Ints
    lower: NDArray[np.bool_]


def build(
    f: Features, counts: Sequence[int] = LEVELS, eyes_at: Sequence[tuple[int, int]] = EYE_LEVELS
) -> list[Mesh]:
    """A head's front, with hair, at about each of `counts` triangles, finest first.

    eyes_at : points across and down an eyeball and a lid for each count; none leaves them out
    """
    clay = Clay(LOW, HIGH, STEP)
    open_ = f.wondering()
    _sculpted(clay, open_)
    points, triangles = clay.skin()
    triangles = largest_piece(triangles, len(points))
    points = taubin(points, triangles, 1)
    points, triangles = _front(points, triangles)
    shade = _shaded(f)
    out = []
    for level, count in enumerate(counts):
        rows, faces = _thinned(points, triangles, count)
        lower = rows[:, 2] < between_lips(open_, rows[:, 0])
        mesh = _moods(f, Skin(rows.astype(np.float64), faces, lower), shade)
        parts = _eyes(f, shade, *eyes_at[level]) if eyes_at else []
        out.append(merge([mesh, *parts]))
    return out


def _sculpted(clay: Clay, f: Features) -> None:
    """A head with empty sockets."""
    sculpt(clay, f)
    for side in (1.0, -1.0):
        clay.cut(sphere((side * EYE[0], EYE[1], EYE[2]), EYE_RADIUS + 0.01))


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


def _thinned(points: Floats, triangles: Ints, count: int) -> tuple[Floats, Ints]:
    """About `count` triangles, small ones about eyes and mouth: there the skin is enlarged while
    it is decided what can go."""
    for centre in FINE:
        points = _enlarged(points, centre, False)
    points, triangles = simplify(points, triangles, count)
    for centre in reversed(FINE):
        points = _enlarged(points, centre, True)
    return points, triangles


def _enlarged(points: Floats, centre: Sequence[float], back: bool) -> Floats:
    """Points (n, 3) moved away from a centre, the near ones in proportion; or back again."""
    radius = np.linspace(0.0, 30.0, 3001)
    grown = radius * (1 + (FINER - 1) / (1 + (radius / FINE_REACH) ** 2))
    start, end = (grown, radius) if back else (radius, grown)
    offset = points - np.asarray(centre)
    away = np.linalg.norm(offset, axis=1)
    scale = np.interp(away, start, end) / np.maximum(away, 1e-9)
    return (np.asarray(centre) + offset * scale[:, None]).astype(np.float32)


def _moods(f: Features, skin: Skin, shade: Clay) -> Mesh:
    calm, grief, awe = (_settled(skin, f, mood) for mood in (f.calm(), f.grieving(), f.wondering()))
    moods = [calm, grief, awe, calm]  # only lids blink
    x, y, z = moods[0][0].astype(np.float32).T
    within = hairline.within(f, x, y, z) if f.hair != "bare" else np.full(len(x), -1.0)
    if f.beard:
        within = np.maximum(within, hairline.bearded(x, y, z))
    grown = np.clip(HAIRLINE + within / 8.0, 0.0, 1.0)
    return _mesh(moods, skin.triangles, shade, 0.0, grown, _inside_mouth(moods[2][0], f))


def _mesh(
    moods: Sequence[tuple[Vectors, Floats]],
    triangles: Ints,
    shade: Clay,
    eye: Vectors | float,
    grown: Vectors | float = 0.0,
    mouth: Vectors | float = 0.0,
) -> Mesh:
    """Metres, with every attribute, of places and normals calm, in grief, in awe and blinking."""
    (calm, normals), (grief, grief_normals), (awe, awe_normals), (blink, _) = moods
    nature = np.zeros((len(calm), 4))
    nature[:, 0] = occlusion(shade, calm, normals, SHADE_REACH)
    nature[:, 1], nature[:, 2], nature[:, 3] = grown, eye, mouth
    places = (METRES * calm).astype(np.float32)
    return Mesh(places, normals, triangles).with_attributes(
        nature=nature,
        grief=METRES * (grief - calm),
        awe=METRES * (awe - calm),
        blink=METRES * (blink - calm),
        grief_normal=grief_normals - normals,
        awe_normal=awe_normals - normals,
    )


def _settled(skin: Skin, f: Features, mood: Features) -> tuple[Vectors, Floats]:
    """Points and normals (n, 3) of the open face's skin in another mood of the same person."""
    open_ = f.wondering()
    rest = skin.points.copy()
    for _ in range(6):  # where a point of the open face lies on the unmoved one
        rest = skin.points - pull(open_, rest, skin.lower)
    points = rest + pull(mood, rest, skin.lower)
    seam = np.zeros(len(points)) if mood.parted else _seam(skin.points, f)
    for _ in range(NEWTON_STEPS):
        value, slope = _field(mood, points)
        near = ((1 - seam) * np.exp(-((value / NEAR) ** 4)))[:, None]
        points -= near * np.clip(value[:, None], -0.12, 0.12) * slope
    if not mood.parted:
        # Behind closed lips, what lay between the open ones draws back.
        points[:, 1] -= DRAWN_BACK * _inside_mouth(skin.points, f) + SEAM_DEEP * seam
    _, slope = _field(mood, points)
    normals = unit(slope + smooth_normals(points, skin.triangles))
    return points, normals


def _field(f: Features, points: Vectors) -> tuple[Vectors, Vectors]:
    """The sculpture's distance (n,) at points, and its unit gradient (n, 3)."""
    steps = np.concatenate([np.zeros((1, 3)), SLOPE * np.eye(3), -SLOPE * np.eye(3)])
    clay = Scattered((points + steps[:, None]).reshape(-1, 3))
    _sculpted(clay, f)
    values = clay.values.astype(np.float64).reshape(7, -1)
    return values[0], unit((values[1:4] - values[4:7]).T).astype(np.float64)


def _inside_mouth(awe: Vectors, f: Features) -> Vectors:
    """1 on what is seen between parted lips, 0 on the lips themselves; (n,)."""
    open_ = f.wondering()
    x, y, z = awe[:, 0], awe[:, 1], awe[:, 2]
    height = np.abs(z - between_lips(open_, x)) / (0.5 * open_.parted + 0.12)
    deep = smoothstep(8.95, 8.35, y + 0.35 * np.abs(x))
    return smoothstep(1.15, 0.85, height) * deep * smoothstep(2.2, 1.7, np.abs(x)) * (y > 5.0)


def _seam(points: Vectors, f: Features) -> Vectors:
    """1 where the open lips meet from corner to corner, 0 a few millimetres off; (n,)."""
    x, y, z = points.T
    gap = 0.5 * f.wondering().parted * opening(x)
    off = np.abs(z - between_lips(f.wondering(), x)) - gap
    return smoothstep(0.16, 0.04, off) * smoothstep(1.95, 1.55, np.abs(x)) * (y > 6.0)


def _shaded(f: Features) -> Clay:
    """The calm face in a hood: what keeps the sky from it."""
    clay = Clay((-12.0, -9.0, -18.0), (12.0, 15.0, 15.0), SHADE_STEP)
    sculpt(clay, f.calm(), lids=True)
    clay.add(_hood())
    return clay


def _hood() -> Solid:
    """A shell about the head, open in front."""
    outer = ellipsoid((0, -1.0, 2.0), (11.5, 13.0, 12.0))

    def distance(x: Array, y: Array, z: Array) -> Array:
        shell = np.abs(outer.distance(x, y, np.maximum(z, np.float32(2.0)))) - np.float32(0.5)
        return np.maximum(shell, y - np.float32(HOOD_REACHES))

    return Solid(distance, outer.low - (0.5, 0.5, 6.0), outer.high + 0.5)


def _eyes(f: Features, shade: Clay, across: int, down: int) -> list[Mesh]:
    """Both eyeballs and all four lids, with the moods of their own."""
    moods = [f.calm(), f.grieving(), f.wondering(), f.blinking()]
    parts = []
    for side in (1.0, -1.0):
        parts.append(eyes.ball(side, across, down))
        parts += [eyes.lid(side, upper, moods, across, down) for upper in (True, False)]
    return [_mesh(part.moods, part.triangles, shade, part.nature) for part in parts]


def everybody() -> dict[str, Mesh]:
    """Every face of FACES at every level: "woman-0" is the finest."""
    return {
        f"{name}-{level}": mesh for name, f in FACES.items() for level, mesh in enumerate(build(f))
    }
