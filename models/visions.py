"""What the orb remembers of people, sculpted: two who laugh, and a cheek that is held.

They are the house's own faces (models/face.py) with a mood that mourners never have, with hair
that wind moves and summer clothes. Each person has head space: centimetres, the eye line at
z = 0, looking along +y; what they wear hangs from the same place upright. models/relief.py looks
at them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage

from models import body, caress, hairline, relief
from models.expression import EYE, Muscle, pulled
from models.face import head
from models.features import CLOSED_LID, FACES, Features
from models.relief import Seen
from models.sdf import FAR, Array, Clay, Settled, cone, ellipsoid, smoothstep, tube
from models.sleeper import EAR

Vectors = NDArray[np.float64]
Styling = Callable[[Clay, Features], None]

LOW, HIGH = (-11.0, -17.0, -21.0), (11.0, 13.0, 14.5)  # a head with its hair
WORN_LOW, WORN_HIGH, WORN_STEP = (-30.0, -22.0, -60.0), (30.0, 22.0, -9.0), 0.35
BROW = [(0.9, 9.1, 1.75), (2.0, 9.1, 2.15), (3.4, 8.5, 2.25), (4.9, 7.0, 1.45)]
TEETH = (0.0, 7.35, -6.25), (1.75, 1.35, 0.42)
LAUGH_SUN, TOUCH_SUN = (0.0, 0.55, -0.35), (0.75, 0.50, 0.45)

# A smile on the right side: muscles as in models/expression.py.
SMILE: tuple[Muscle, ...] = (
    ((2.5, 7.9, -6.5), (1.1, 3.0, 1.0), (0.55, -0.45, 0.60)),  # corner of the mouth, out and up
    ((0.0, 9.3, -6.4), (2.0, 3.0, 1.2), (0.0, -0.15, -0.05)),  # lips drawn flat
    ((3.4, 7.0, -3.4), (1.7, 3.0, 1.6), (0.15, 0.45, 0.50)),  # the cheek, full and high
    ((3.2, 7.9, -1.4), (1.6, 3.0, 0.8), (0.0, 0.10, 0.32)),  # the lower lid is pushed up
)


@dataclass(frozen=True)
class Sitter:
    """Somebody who is remembered.

    faces, crown : the ways they look and their head rises, in the disc
    eyes         : where the middle between their eyes is, in the disc
    scale        : radii of the disc to a centimetre
    chest        : the way their breast looks, in the disc
    smile        : 0 to 1
    """

    features: Features
    faces: tuple[float, float, float]
    crown: tuple[float, float, float]
    eyes: tuple[float, float, float]
    scale: float
    chest: tuple[float, float, float]
    smile: float
    styling: Styling

    def head(self) -> Vectors:
        """(4, 4) from head space to the disc."""
        return self._frame(self.faces, self.crown)

    def trunk(self) -> Vectors:
        """(4, 4) from the same space, but upright and turned as the breast is, to the disc."""
        out = self._frame(self.chest, (0.0, 1.0, 0.0))
        neck = body.along(self.head(), [0.0, -1.8, -13.0])
        out[:3, 3] += neck - body.along(out, [0.0, -2.2, -13.0])
        return out

    def _frame(self, forward: ArrayLike, up: ArrayLike) -> Vectors:
        out = body.frame(self.eyes, forward, up)
        out[:3, :3] *= self.scale
        return np.asarray(out)


def cropped(clay: Clay, f: Features) -> None:
    """Short thick hair, a little blown about."""
    clay.swell(lambda x, y, z: _grown(f, x, y, z, 1.1))
    out = np.array([1.2, -0.2, 0.2])
    clay.both(ellipsoid((7.5, -0.7, -0.6), (0.7, 1.3, 2.1)), 0.5)
    clay.both(tube(EAR + out, [0.30, 0.32, 0.34, 0.32, 0.34, 0.44]), 0.35)
    for x, y, z, lift in ((-2.5, 6.2, 9.6, 1.6), (0.5, 6.6, 9.9, 2.0), (3.0, 5.4, 9.6, 1.5)):
        lock = [(x, y, z - 0.6), (x, y - 1.2, z + 0.8 * lift), (x + 0.4, y - 4.0, z + 1.2 * lift)]
        clay.add(tube(lock, [0.9, 0.8, 0.25]), 0.9)


def knotted(clay: Clay, f: Features) -> None:
    """Long hair, loosely gathered behind; the wind has got hold of some."""
    clay.swell(lambda x, y, z: _grown(f, x, y, z, 0.9))
    clay.add(ellipsoid((0, -10.6, 1.2), (3.3, 3.1, 3.4)), 1.2)
    clay.add(tube([(0, -7, 3), (1.2, -10, 4.3), (0.3, -13.2, 2.5), (-1, -12.4, -0.6)], 1.0), 0.5)
    for side in (1.0, -1.0):
        fringe = [(6.2 * side, 3.4, 3.0), (6.6 * side, 3.2, -0.6), (6.2 * side, 2.2, -4.2)]
        clay.add(tube(fringe, [0.55, 0.5, 0.12]), 0.4)


def loose(clay: Clay, f: Features) -> None:
    """Long hair that falls behind the ear and over the shoulder."""
    clay.swell(lambda x, y, z: _grown(f, x, y, z, 0.9))
    for i in range(7):
        aside = 5.2 + 0.5 * np.sin(2.1 * i)
        back = -0.6 - 1.8 * i
        wave = 0.6 * np.sin(1.7 * i)
        fall = [
            (aside, back, 4.0 - 0.5 * i),
            (aside + 1.7, back - 0.6, -2.5),
            (aside + 1.2 + wave, back - 1.4, -9.0),
            (aside + 1.9 - wave, back - 0.8, -15.0),
            (aside + 1.5 + wave, back + 0.5, -21.0),
        ]
        clay.both(tube(fall, [1.1, 1.35, 1.3, 1.2, 0.9]), 0.9)
    clay.swell(_strands)


def _close_hair(f: Features, x: Array, y: Array, z: Array) -> Array:
    """The hair that mourners have, but none of it on the neck."""
    close = hairline.depth(f, x, y, z) * _above_nape(y, z)
    return np.asarray(close, dtype=np.float32)


def _strands(x: Array, y: Array, z: Array) -> Array:
    """The relief of hair that hangs, centimetres."""
    run = y + 0.5 * np.sin(0.35 * z + 0.4 * x)
    height = 0.10 * np.sin(5.2 * run) + 0.06 * np.sin(8.3 * run + 0.6 * np.sin(0.5 * z))
    hangs = smoothstep(4.5, 1.5, z) * smoothstep(1.2, 0.0, y) * smoothstep(4.0, 5.0, np.abs(x))
    return np.asarray(hangs * height, dtype=np.float32)


def _grown(f: Features, x: Array, y: Array, z: Array, thick: float) -> Array:
    """More hair, centimetres, in waves, where there is hair already."""
    inside = hairline.within(f, x, y, z)
    wave = np.sin(3.4 * inside + 1.1 * np.sin(0.8 * (z + y)) + 0.7 * x)
    more = smoothstep(0.0, 2.6, inside) * thick + smoothstep(0.3, 1.2, inside) * 0.10 * wave
    return np.asarray(more * _above_nape(y, z), dtype=np.float32)


HE = Sitter(
    replace(FACES["brother"], grief=0.0, lid=CLOSED_LID, parted=0.45, nose=-0.15, snub=0.3),
    (0.78, -0.06, 0.60), (0.26, 0.97, 0.05), (-0.31, 0.13, 0.10), 0.0350,
    (0.84, 0.0, 0.54), 1.3, cropped,
)  # fmt: skip
SHE = Sitter(
    replace(FACES["woman"], grief=0.0, lid=CLOSED_LID, parted=0.60, snub=0.3),
    (-0.74, 0.26, 0.56), (0.26, 0.96, -0.05), (0.35, 0.09, -0.02), 0.0340,
    (-0.86, 0.0, 0.50), 1.4, knotted,
)  # fmt: skip
HELD = Sitter(
    replace(FACES["woman"], grief=0.0, lid=CLOSED_LID, snub=0.2),
    (0.70, -0.10, 0.70), (-0.16, 0.98, 0.05), (0.06, 0.20, 0.10), 0.0500,
    (0.45, 0.0, 0.9), 0.35, loose,
)  # fmt: skip


def memories() -> NDArray[np.uint8]:
    """Laugh, then touch: (SIDE, 4 SIDE, 4) bytes, two halves each as relief.picture has them."""
    touch = sitting(HELD).before(caress.hand())
    pictures = [relief.picture(laugh(), LAUGH_SUN), relief.picture(touch, TOUCH_SUN)]
    return np.concatenate(pictures, axis=1)


def laugh() -> Seen:
    """Two who lean together, laughing."""
    return sitting(HE).before(sitting(SHE))


def sitting(who: Sitter) -> Seen:
    """One person with their hair and clothes."""
    clay = known_far(head(replace(who.features, hair="bare"), LOW, HIGH))
    clay.swell(lambda x, y, z: _close_hair(who.features, x, y, z))
    who.styling(clay, who.features)
    if who.features.parted:
        clay.add(ellipsoid(*TEETH))
    seen = relief.of_clay(smiling(clay, who.smile), who.head(), lambda p: _matter(who, p))
    worn = relief.of_clay(shirt().settled(), who.trunk(), _worn)
    return seen.before(worn)


def known_far(clay: Clay) -> Clay:
    """The same clay, known further out than its solids' boxes, so that much hair can grow on it."""
    out = clay.copy()
    away = clay.step * ndimage.distance_transform_edt(clay.values > 0)
    away = ndimage.gaussian_filter(away, 3.0) - 0.5 * clay.step
    mixed = smoothstep(0.15, 0.45, clay.values)
    out.values = (clay.values + mixed * (away - np.minimum(clay.values, FAR))).astype(np.float32)
    out.values = np.where(mixed < 1.0, out.values, away).astype(np.float32)
    return out


def _above_nape(y: Array, z: Array) -> Vectors:
    """1 where hair grows, 0 on the neck."""
    return smoothstep(-6.5, -4.0, z + 0.25 * np.maximum(y, 0.0))


def smiling(clay: Clay, amount: float) -> Settled:
    """The same sculpture with its muscles drawn: what is at a place came from beside it."""
    x, y, z = clay.coordinates()
    points = np.stack(np.broadcast_arrays(x, y, z), axis=-1).reshape(-1, 3).astype(np.float64)
    near = np.flatnonzero((points[:, 1] > 2.0) & (points[:, 2] < 3.0) & (points[:, 2] > -11.0))
    came = points[near] - amount * sum(pulled(muscle, points[near]) for muscle in SMILE)
    settled = clay.settled()
    values = settled.values.reshape(-1).copy()
    values[near] = settled.at(came)
    return Settled(values.reshape(settled.values.shape), settled.low, settled.step)


def _matter(who: Sitter, points: Vectors) -> Vectors:
    """Shares (n, 2) of hair and of cloth at places (n, 3) of head space."""
    x, y, z = points.T
    hair = smoothstep(0.0, 0.6, hairline.within(who.features, x, y, z)) * _above_nape(y, z)
    if who.styling is not cropped:  # what hangs or is gathered
        hair = np.maximum(hair, (np.hypot(x, y + 2.5) > 6.6) * (y < 1.0) * (z > -20.9))
        hair = np.maximum(hair, y < -8.5)
    else:
        ear = np.hypot((y + 0.6) / 1.9, (z + 0.5) / 2.6)
        hair = hair * np.maximum(smoothstep(0.9, 1.1, ear), np.abs(x) < 6.0)
    dark = np.maximum(hair, _lashes_and_brows(points))
    return np.column_stack([dark, _on_teeth(points) if who.features.parted else 0.0 * x])


def _on_teeth(points: Vectors) -> Vectors:
    """Which places (n,) of a smiling face are teeth: they are kept as white as cloth."""
    middle, radii = (np.asarray(part) for part in TEETH)
    gap = np.linalg.norm((points - middle) / radii, axis=1)
    return smoothstep(1.12, 1.05, gap)


def _lashes_and_brows(points: Vectors) -> Vectors:
    """Where they darken the skin (n,)."""
    aside = np.column_stack([np.abs(points[:, 0]), points[:, 1:]])
    eye = aside - EYE
    rise = np.degrees(np.arctan2(eye[:, 2], np.hypot(eye[:, 0], eye[:, 1])))
    near = (np.linalg.norm(eye, axis=1) < 1.75) & (eye[:, 1] > 0.2)
    lash = near * np.exp(-(((rise - CLOSED_LID + 1.0) / 5.0) ** 2))
    brow = tube(BROW, [0.1, 0.25, 0.22, 0.05]).distance(*aside.astype(np.float32).T)
    return np.maximum(lash, 0.75 * smoothstep(0.30, 0.0, brow))


def _worn(points: Vectors) -> Vectors:
    """Shares (n, 2) of hair and of cloth: cloth but for the neck's opening."""
    below = -18.2 + 0.85 * np.abs(points[:, 0]) - points[:, 2]
    return np.column_stack([np.zeros(len(points)), smoothstep(-0.3, 0.3, below)])


def shirt() -> Clay:
    """Shoulders, breast and upper arms in a loose shirt with a collar."""
    clay = Clay(WORN_LOW, WORN_HIGH, WORN_STEP)
    clay.add(ellipsoid((0, -3.0, -40), (17.5, 11.5, 23.0)))
    clay.both(cone((2.0, -3.5, -16.5), (16.5, -4.0, -24.0), 4.2, 5.6), 3.0)
    clay.both(tube([(17.5, -4, -26), (21, -3, -40), (21, 1, -58)], [6.3, 5.6, 4.8]), 3.0)
    clay.both(tube([(0.8, 5.2, -20.5), (5.4, 1.5, -16.6), (5.0, -5.4, -14.6), (0, -7.2, -14.0)],
                   [0.5, 0.7, 0.8, 0.8]), 0.6)  # fmt: skip
    for i in range(5):
        fold = [(4.0 + 3 * i, 7.0 - i, -24.0 - i), (7 + 2.5 * i, 9.0 - i, -38), (9 + 2 * i, 9, -56)]
        clay.stroke(fold, 0.7, 1.3, mirror=True)
        pull = [(15.5, 3.0 - 3 * i, -26.0), (18.5, 4.0 - 3 * i, -33), (22.0, 3 - 2 * i, -44)]
        clay.stroke(pull, 0.6, 1.1, mirror=True)
    return clay
