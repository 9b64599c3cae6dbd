"""The hand on a cheek that the orb remembers, at a window in the last warm light.

The face is painted like those that laugh (models/visions.py). The hand is the visitor's own
hand's twin: the baked one, mirrored, its fingers bent to the cheek, looked at once.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models import bake, body, drawing, relief, rig, tresses
from models import outlines as draw
from models.body import HandPose
from models.colour import linear
from models.drawing import Layer, Placed, closed, soft
from models.outlines import Stroke
from models.relief import Seen
from models.remembered import Hair, Light, behind, combed
from models.visions import EDGE, form, head, painted, reddened, shade_below

Vectors = NDArray[np.float64]

SCALE = 5.2  # radii of the disc to a metre
WRIST = (0.17, -0.78, 0.30)
FINGERS, BACK = (-0.45, 0.89, -0.05), (0.20, 0.10, 1.0)
ELBOW = (0.50, -0.86, 0.10)  # the way to it
POSE = HandPose(
    ((8, 22, 14), (10, 26, 15), (14, 30, 17), (20, 34, 18)), (14.0, 4.0, 6.0), 30.0, 0.25
)

HER = Placed((-0.18, 0.14), 1.56, -6.0)
SKIN, ROSE, LIPS = linear(0xE8B498), (0.23, -0.15), linear(0xB8544C)
CLOTH = linear(0x8088B0) * 0.7  # whose hand it is wears another colour
LINEN = linear(0xC8C0D8) * 0.8
WINDOW = Light(
    (0.80, 0.46), 0.22, 0.30, 2.2,
    linear(0x9088C0) * 0.34, linear(0xA05C68) * 0.40,
    linear(0xFFC08C) * 0.95, linear(0xFFDCAC) * 1.9,
)  # fmt: skip
DARK = Hair(linear(0x5C2C1C), linear(0xD08450), linear(0xFF9A58), ends=0.8, through=3.6, rim=0.35)
GROOVE = 0.14  # of the disc: what lies deeper than its surroundings by so much is dark


def place() -> Vectors:
    """(4, 4) from the right hand's frame, metres, to the disc; mirrored, for it is a left one."""
    out = body.frame(WRIST, FINGERS, BACK) @ np.diag([-1.0, 1.0, 1.0, 1.0])
    out[:3, :3] *= SCALE
    return np.asarray(out)


def points() -> Vectors:
    """Where the skin of the right hand is when it is bent so (n, 3), in its own frame."""
    mesh = bake.load("hand")
    elbow = np.linalg.inv(place())[:3, :3] @ np.array(ELBOW)
    forearm = body.frame((0.0, 0.0, 0.0), -elbow, (0.0, 0.0, 1.0))
    moved = rig.dual_quaternions(rig.motion(POSE, np.eye(4), forearm))
    shares = mesh.attributes
    return rig.bent(mesh.positions, shares["bones"], shares["weights"], moved)


def hand() -> Seen:
    """The hand as it lies on the cheek."""
    return relief.of_mesh(bake.load("hand"), points(), place())


def touch() -> tuple[Layer, Layer]:
    """Somebody with closed eyes, then the hand on their cheek."""
    seen = hand()
    there = ndimage.binary_closing(seen.height > relief.FAR + 1e-6, iterations=2).astype(float)
    return _face(there), _hand(seen, there)


def _lashes() -> list[Stroke]:
    return [
        Stroke(
            [(x, -0.038 + 0.1 * max(0.0, x - 0.335)), (x + 0.01, -0.05), (x + 0.02, -0.056)],
            (0.004, 0.003, 0.002),
            0.6,
            draw.INK,
        )
        for x in np.linspace(0.30, 0.352, 5)
    ]


def _face(there: Vectors) -> Layer:
    """Neck, shoulder, face and hair; `there` is where the hand will be, which shades them."""
    out = Layer()
    hand_shade = 1 - 0.45 * soft(np.roll(there, (-6, -10), (0, 1)), 0.022)
    jaw = 1 - 0.6 * shade_below(HER(closed(draw.FACE)), (-0.03, -0.07))
    form(out, HER(closed(draw.NECK)), SKIN * 0.9, WINDOW, 0.14, 0.004, shade=jaw * hand_shade)
    folds = [[tuple(p) for p in HER(line)] for line in draw.SHOULDER_FOLDS]
    form(
        out, HER(closed(draw.SHOULDER)), LINEN, WINDOW, 0.2, 0.006,
        folds=folds, fold=(0.03, 0.05), through=(0.5, 0.32, 0.2),
    )  # fmt: skip
    lit, mask = head(HER, draw.FACE, draw.BUMPS, SKIN, ROSE, WINDOW, hand_shade)
    lit = reddened(lit, mask, HER(closed(draw.LIPS)), SKIN, LIPS)
    lit = painted(lit, HER, (*draw.FEATURES, *_lashes()))
    out.over(lit, soft(mask, EDGE))
    solid, over = behind(mask, HER.size), tresses.LOOSE_OVER
    combed(out, WINDOW, DARK, HER(tresses.over_the_crown(over, 1000, 3)), solid, 3)
    x, y = drawing.grid()
    solid = np.clip(solid + tresses.on_shoulder(x, y), 0, 1)
    fall = replace(DARK, through=2.4, ends=0.2)
    combed(out, WINDOW, fall, HER(tresses.falling(2600, 4)), solid, 4)
    combed(out, WINDOW, fall, HER(tresses.flying(over, 70, 9)), None, 8)
    return out


def _hand(seen: Seen, there: Vectors) -> Layer:
    out = Layer()
    rows, columns = ndimage.distance_transform_edt(
        there < 0.5, return_distances=False, return_indices=True
    )
    normal = seen.normal[rows, columns]
    normal = np.dstack([soft(normal[..., i], 0.003) for i in range(3)])
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    z = seen.height[rows, columns]
    shade = np.clip(1 - 6 * np.clip(soft(z, 0.026) - z, 0, GROOVE), 0.25, 1)
    out.over(WINDOW.on(linear(0xE8B090), there, normal, shade), soft(there, 0.0032))
    form(
        out, closed(draw.CUFF), CLOTH, WINDOW, 0.14, 0.005,
        folds=draw.CUFF_FOLDS, fold=(0.022, 0.04), through=(0.3, 0.3, 0.4),
    )  # fmt: skip
    return out
