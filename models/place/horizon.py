"""What a face carved in low relief hides from itself of sun and sky, and where it faces.

Heights (rows, columns) are metres out of a ground that stands upright; row 0 is the lowest.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, map_coordinates

from models.sdf import smoothstep

Array = NDArray[np.float64]

SUN_SOFT = 0.05  # slopes within which it is half hidden
REACHES = (2, 4, 8, 14, 24)  # texels about, in which what stands higher hides the sky


def shading(high: Array, step: float, sun: Sequence[float], frame: float) -> NDArray[np.uint8]:
    """What a shader knows of the carving (rows, columns, 4): where it faces, across and up, as
    shares of 255 about 127.5; the shares of sun and sky that it sees itself."""
    up, across = np.gradient(high, step)
    length = np.sqrt(1.0 + up**2 + across**2)
    faces = [0.5 - 0.5 * each / length for each in (across, up)]
    every = np.stack(
        [*faces, sun_seen(high, step, sun, frame), sky_seen(high, step, frame)], axis=-1
    )
    return np.asarray(np.round(255.0 * np.clip(every, 0.0, 1.0)), dtype=np.uint8)


def sun_seen(high: Array, step: float, sun: Sequence[float], frame: float) -> Array:
    """Share of the sun seen over what stands higher on its side (horizon mapping, Max 1988).

    step  : metres between the heights
    sun   : towards it: across, out of the ground, up; it stands at the low columns' side
    frame : metres that the frame stands out, which goes on about the heights
    """
    across, out, up = sun
    low = out / -across  # the sun's height over the stone, as a slope
    reach = int(np.ceil((frame + 0.02) / low / step)) + 2
    near = np.pad(high, reach, constant_values=frame)
    rows, columns = (each + float(reach) for each in np.mgrid[: high.shape[0], : high.shape[1]])
    horizon = np.full(high.shape, -1.0)
    for ahead in range(1, reach):
        at = [rows - ahead * up / across, columns - ahead]
        other = map_coordinates(near, at, order=1)
        horizon = np.maximum(horizon, (other - high) / (ahead * step))
    return np.asarray(smoothstep(-SUN_SOFT, SUN_SOFT, low - horizon))


def sky_seen(high: Array, step: float, frame: float) -> Array:
    """Share of the sky seen: less the more stands about a place and over it."""
    seen, wide = np.ones_like(high), max(REACHES)
    near = np.pad(high, wide, constant_values=frame)
    rows, columns = high.shape
    for reach in REACHES:
        over = np.zeros_like(high)
        for dx, dz in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)):
            top, left = wide + reach * dz, wide + reach * dx
            other = near[top : top + rows, left : left + columns]
            over += np.clip((other - high) / (reach * step), 0.0, 1.5)
        seen -= 0.068 * over
    return np.asarray(np.clip(gaussian_filter(seen, 1.2, mode="nearest"), 0.16, 1.0))
