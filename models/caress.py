"""The hand on a cheek that the orb remembers, at a window in the last warm light.

The face is painted like those that laugh (models/visions.py). The hand is the visitor's own
hand's twin: the baked one, mirrored, its fingers bent to the cheek, looked at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from models import bake, body, drawing, relief, rig, tresses
from models.body import HandPose
from models.drawing import Layer, Placed, closed, filled, soft
from models.relief import Seen
from models.remembered import Hair, Light, behind, combed, srgb
from models.visions import Points, form, head, painted

Vectors = NDArray[np.float64]

SCALE = 3.75  # radii of the disc to a metre
WRIST = (0.11, -0.53, 0.30)
FINGERS, BACK = (-0.60, 0.80, -0.05), (0.05, 0.10, 1.0)
ELBOW = (0.50, -0.86, 0.10)  # the way to it
POSE = HandPose(((6, 10, 6), (8, 13, 7), (12, 16, 9), (18, 22, 12)), (16.0, 4.0, 6.0), 27.0, 0.25)

FACE: Points = [
    (0.30, 0.36), (0.375, 0.25), (0.405, 0.13), (0.398, 0.07), (0.378, 0.025), (0.415, -0.04),
    (0.462, -0.112), (0.466, -0.140), (0.440, -0.165), (0.398, -0.178), (0.392, -0.205),
    (0.414, -0.238), (0.408, -0.258), (0.385, -0.268), (0.402, -0.282), (0.400, -0.305),
    (0.366, -0.335), (0.362, -0.365), (0.374, -0.410), (0.350, -0.460), (0.29, -0.488),
    (0.19, -0.455), (0.05, -0.37), (-0.04, -0.24), (-0.12, -0.2), (-0.31, -0.30), (-0.43, -0.1),
    (-0.465, 0.1), (-0.37, 0.36), (-0.1, 0.495), (0.13, 0.475),
]  # fmt: skip
HER = Placed((-0.12, 0.14), 1.06, -10.0)
BUMPS = [((0.22, -0.13), 0.12, 0.028), ((0.33, -0.055), 0.05, -0.016), ((0.31, 0.05), 0.06, -0.010),
         ((0.30, -0.42), 0.07, 0.010), ((0.365, -0.21), 0.03, 0.006), ((0.12, -0.30), 0.10, -0.012),
         ((0.315, -0.005), 0.028, 0.015)]  # fmt: skip
SKIN, ROSE, LIPS = srgb(0xE8B498), (0.23, -0.15), srgb(0xB8544C)
WINDOW = Light(
    (0.95, 0.62), 0.34, 0.35, 3.0,
    srgb(0x8088C8) * 0.36, srgb(0x8A5468) * 0.36, srgb(0xFFC694) * 1.15, srgb(0xFFDCAC) * 0.95,
)  # fmt: skip
DARK = Hair(srgb(0x24120E), srgb(0x7A4426), ends=0.8)
INK, RED = np.array([0.05, 0.02, 0.02]), np.array([0.25, 0.06, 0.06])
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


def _features(light: Vectors) -> Vectors:
    lashes = [
        ([(x, -0.028 + 0.1 * max(0.0, x - 0.335)), (x + 0.012, -0.045), (x + 0.024, -0.052)],
         (0.004, 0.003, 0.002), 0.6, INK)
        for x in np.linspace(0.30, 0.352, 5)
    ]  # fmt: skip
    for line, width, much, tint in (
        ([(0.268, -0.008), (0.295, -0.028), (0.325, -0.030), (0.350, -0.018)], (0.004, 0.010, 0.007), 0.9, INK),
        *lashes,
        ([(0.265, 0.012), (0.30, 0.020), (0.34, 0.008)], (0.005, 0.005, 0.005), 0.3, INK),
        ([(0.24, 0.105), (0.305, 0.135), (0.385, 0.105)], (0.006, 0.015, 0.008), 0.6, INK),
        ([(0.415, -0.155), (0.395, -0.160), (0.385, -0.145)], (0.008, 0.008, 0.008), 0.5, INK),
        ([(0.402, -0.269), (0.375, -0.272), (0.345, -0.262), (0.335, -0.252)], (0.005, 0.007, 0.006), 0.7, RED),
    ):  # fmt: skip
        light = painted(light, HER, line, width, much, tint)
    return light


def _face(there: Vectors) -> Layer:
    """Neck, shoulder, face and hair; `there` is where the hand will be, which shades them."""
    out = Layer()
    hand_shade = 1 - 0.45 * soft(np.roll(there, (-6, -10), (0, 1)), 0.022)
    jaw = 1 - 0.6 * soft(filled(HER(closed(FACE)) + [-0.03, -0.07]), 0.045)
    neck = [(0.20, -0.40), (0.10, -0.50), (0.065, -0.60), (0.07, -0.80), (0.20, -0.95), (0.5, -1.2),
            (-0.9, -1.3), (-0.6, -0.9), (-0.33, -0.72), (-0.27, -0.5), (-0.27, -0.2), (0, -0.2)]  # fmt: skip
    form(out, HER(closed(neck)), SKIN * 0.9, WINDOW, 0.14, 0.004, shade=jaw * hand_shade)
    shoulder = [(-0.34, -0.72), (-0.12, -0.86), (0.06, -0.97), (0.26, -1.04), (0.55, -1.5), (-1.2, -1.5),
                (-1.0, -1.0), (-0.62, -0.80)]  # fmt: skip
    folds = [HER(line) for line in (
        [(-0.2, -0.8), (-0.2, -1.1), (-0.15, -1.4)], [(0, -0.9), (0.02, -1.1), (0.1, -1.4)],
        [(-0.5, -0.8), (-0.6, -1.0), (-0.6, -1.3)], [(0.15, -1.0), (0.2, -1.1), (0.3, -1.4)],
    )]  # fmt: skip
    form(out, HER(closed(shoulder)), srgb(0xC8C0D8) * 0.8, WINDOW, 0.2, 0.006, folds, (0.03, 0.05),
         (0.5, 0.32, 0.2))  # fmt: skip
    lit, mask = head(HER, FACE, BUMPS, SKIN, ROSE, WINDOW, 0.18, hand_shade)
    lips = [(0.35, -0.268), (0.38, -0.245), (0.43, -0.232), (0.43, -0.262), (0.42, -0.30), (0.39, -0.312), (0.36, -0.29)]
    red = 0.5 * (soft(filled(HER(closed(lips))), 0.005) * mask)[..., None]
    out.over(_features(lit * (1 - red) + lit * LIPS / SKIN * red), soft(mask, 0.0034))
    solid = behind(mask, HER.size)
    over = HER(tresses.over_the_crown(tresses.LOOSE_OVER, 1000, 3))
    combed(out, WINDOW, DARK, over, solid, 3)
    x, y = drawing.grid()
    solid = np.clip(solid + tresses.on_shoulder(x, y), 0, 1)
    fall = Hair(DARK.dark, DARK.light, through=1.6, ends=0.2)
    combed(out, WINDOW, fall, HER(tresses.falling(2600, 4)), solid, 4)
    combed(out, WINDOW, fall, HER(tresses.flying(tresses.LOOSE_OVER, 70, 9)), None, 8)
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
    out.over(WINDOW.on(srgb(0xE8B090), there, normal, shade), soft(there, 0.0032))
    return out
