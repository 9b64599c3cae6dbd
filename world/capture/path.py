"""The way that somebody takes who lets the piece play: a pure function of story seconds.

They arrive, go down the aisle to the fallen one, draw back as the hush spreads, reach into
the mist where they stand, step forward with the orb, kneel, and are lifted into the night.
Between keys runs a monotone cubic (Fritsch and Carlson 1980): it never overshoots a key, and
it does not halt at each one as a plain ease would.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.interpolate import PchipInterpolator

from world.capture import aim
from world.render.lens import Camera
from world.timeline.score import END

Vec3 = tuple[float, float, float]

EYE_HEIGHT = 1.6  # metres
KNEELING = 0.62
AFLOAT = (0.0, 0.0, 12.0)

# story seconds: eye (x, y, z), the point looked at, width of view in degrees
_Key = tuple[float, Vec3, Vec3, float]


def _keys() -> list[_Key]:
    face = aim.fallen_head(350.0)
    orb_low, orb_held, orb_high = (aim.orb(story) for story in (188.0, 212.0, 240.0))
    far_orb = tuple(8.0 + 1.9 * (held - 8.0) if axis == 0 else held
                    for axis, held in enumerate(orb_held))  # fmt: skip
    return [
        (0.0, (18.0, -0.4, EYE_HEIGHT), (-60.0, -0.4, 5.6), 68.0),
        (20.0, (17.0, -0.4, EYE_HEIGHT), (-60.0, -0.4, 4.4), 66.0),
        (30.0, (13.6, -0.6, EYE_HEIGHT), (2.0, -5.5, 1.7), 72.0),
        (38.0, (10.6, -0.8, EYE_HEIGHT), (3.0, 5.0, 1.6), 66.0),
        (48.0, (6.6, -0.8, EYE_HEIGHT), (-4.0, 3.0, 1.4), 66.0),
        (56.0, (3.6, -1.0, 1.5), (face[0], face[1], 0.2), 58.0),
        (68.0, (3.2, -1.0, 1.45), (face[0], face[1], 0.15), 52.0),
        (78.0, (4.6, -0.7, EYE_HEIGHT), (-6.0, 1.0, 1.4), 68.0),
        (92.0, (7.4, -0.1, EYE_HEIGHT), (-12.0, 2.0, 2.0), 75.0),
        (104.0, (8.0, 0.0, EYE_HEIGHT), (-12.0, 5.0, 3.4), 75.0),
        (118.0, (8.0, 0.0, EYE_HEIGHT), (-12.0, -5.0, 4.0), 75.0),
        (127.0, (8.0, 0.0, EYE_HEIGHT), (4.6, -0.6, 0.0), 75.0),
        (138.0, (8.0, 0.0, EYE_HEIGHT), (6.2, 0.3, 0.0), 78.0),
        (150.0, (8.0, 0.0, EYE_HEIGHT), (7.0, 0.0, 0.0), 80.0),
        (160.0, (8.0, 0.0, EYE_HEIGHT), (-20.0, -9.0, 3.5), 78.0),
        (171.0, (8.0, 0.0, EYE_HEIGHT), (2.0, 0.0, 0.6), 75.0),
        (182.0, (8.0, 0.0, EYE_HEIGHT), orb_low, 70.0),
        (198.0, (8.0, 0.0, EYE_HEIGHT), orb_held, 60.0),
        (204.0, (8.0, 0.0, EYE_HEIGHT), orb_held, 42.0),
        (223.0, (8.0, 0.0, EYE_HEIGHT), orb_held, 42.0),
        (230.0, (8.0, 0.0, EYE_HEIGHT), (far_orb[0], far_orb[1], 1.7), 70.0),
        (237.0, (8.0, 0.0, EYE_HEIGHT), (0.0, orb_high[1] / 2, 2.3), 84.0),
        (246.0, (7.6, 0.0, EYE_HEIGHT), (0.0, 0.0, 0.9), 72.0),
        (258.0, (6.9, 0.0, EYE_HEIGHT), (0.0, 0.0, 0.1), 36.0),
        (268.0, (6.6, 0.0, EYE_HEIGHT), (-2.0, 0.0, 0.7), 58.0),
        (277.0, (6.5, 0.0, EYE_HEIGHT), (-3.0, 5.5, 1.6), 70.0),
        (290.0, (6.5, 0.0, EYE_HEIGHT), (-3.0, -6.0, 1.7), 70.0),
        (298.0, (6.5, 0.0, EYE_HEIGHT), (1.5, 0.0, 0.4), 75.0),
        (305.0, (5.2, 0.0, EYE_HEIGHT), (1.2, 0.4, 0.0), 80.0),
        (315.0, (4.2, 0.0, EYE_HEIGHT), (-7.0, 4.0, 0.9), 80.0),
        (330.0, (3.0, -0.2, EYE_HEIGHT), (-9.0, -5.0, 2.6), 76.0),
        (342.0, (2.2, -0.6, 1.2), (face[0], face[1], 0.5), 60.0),
        (350.0, (face[0] + 0.95, face[1] - 0.55, KNEELING), face, 40.0),
        (368.0, (face[0] + 0.90, face[1] - 0.52, KNEELING), face, 36.0),
        (378.0, (1.8, -0.4, 1.5), (-9.0, 1.0, 2.2), 72.0),
        (390.0, (1.0, -0.2, 6.0), (-30.0, 4.0, 12.0), 80.0),
        (398.0, AFLOAT, aim.lyra(398.0), 80.0),
        (408.0, AFLOAT, aim.lyra(408.0), 75.0),
        (426.0, AFLOAT, aim.lyra(426.0), 62.0),
        (434.0, AFLOAT, aim.binary(434.0), 48.0),
        (446.0, AFLOAT, aim.binary(446.0), 44.0),
        (453.0, AFLOAT, aim.dawns(453.0), 80.0),
        (480.0, AFLOAT, aim.dawns(480.0), 90.0),
    ]


@lru_cache(maxsize=1)
def _curve() -> PchipInterpolator:
    """Eye, heading, pitch and width of view. Angles, not targets, are mixed: a target that
    wanders from a hand to a star would sweep the view in an instant."""
    keys = _keys()
    views = [Camera.looking(eye, look, hfov) for _, eye, look, hfov in keys]
    headings = np.unwrap([view.heading for view in views], period=360.0)
    rows = [
        (*view.eye, heading, view.pitch, view.hfov)
        for view, heading in zip(views, headings, strict=True)
    ]
    return PchipInterpolator([key[0] for key in keys], np.array(rows))


def camera_at(story: float) -> Camera:
    """The visitor's eye at `story` seconds, looking where they look."""
    x, y, z, heading, pitch, hfov = (float(v) for v in _curve()(min(max(story, 0.0), END)))
    return Camera((x, y, z), heading, pitch, 0.0, hfov)
