"""One column of the colonnade: base, fluted shaft of drums; its capital is models/place/capital.py.

Standing on z = 0 about the z axis, whole or broken off at a height. Proportions
are the Roman Corinthian's of Vitruvius, book IV, made a little heavier.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import Mesh
from models.noise import fbm
from models.shape import circle, lathe, skin

Array = NDArray[np.float64]

HEIGHT = 7.2  # top of the abacus
RADIUS = 0.55  # of the shaft at its foot
TAPER = 0.17  # of the radius, lost by the top
PLINTH = (1.52, 0.20)  # width, height
BASE = 0.46  # top of the base
SHAFT = 6.40  # top of the shaft
DRUM = 1.19  # mean height of a drum
FLUTES = 20  # so that a quarter turn is a whole number of them
FLUTE_DEPTH = 0.042  # metres
FILLET = 0.19  # of a flute's width: the flat edge between two
RINGS = 4  # of points to a drum, near by
VARIANTS = 5  # ways to cut a shaft into drums
GONE = 0.67  # noise above which a fillet has been knocked off
SPALLED = 0.66  # noise above which the stone beside a joint has burst off
JOINT = 0.0035  # metres that a drum's rim is bevelled, each way
SUN_FAN = np.radians(np.linspace(-7.0, 7.0, 9))  # ways to the sun, softened
FAR_EDGE = 0.3  # metres: from afar, a joint's dirt is a part of its stone's shade
HOLLOW = (1.0, 0.80, 0.62, 0.80, 1.0)  # share of the sky seen by the points of a flute
POINTS = len(HOLLOW)

Pair = tuple[Mesh, Mesh]  # near by, and with fewer points for where they cannot be told apart


def shaft_radius(z: ArrayLike) -> Array:
    """Radius of the shaft at heights (n,): straight below, drawn in above (entasis)."""
    part = np.clip((np.asarray(z, dtype=np.float64) - BASE) / (SHAFT - BASE), 0.0, 1.0)
    return np.asarray(RADIUS * (1.0 - TAPER * part**1.7))


def fluted(radius: float, gone: ArrayLike = 0.0) -> Array:
    """Outline (POINTS * FLUTES, 2) of a shaft: round hollows between flat fillets.

    gone : how much of each fillet (FLUTES,) has been knocked off, 0 to 1
    """
    across = np.array([FILLET / 2, 0.30, 0.5, 0.70, 1.0 - FILLET / 2])
    angle = 2 * np.pi * (np.arange(FLUTES)[:, None] + across).ravel() / FLUTES
    depth = np.tile(FLUTE_DEPTH * np.array([0.0, 0.78, 1.0, 0.78, 0.0]), (FLUTES, 1))
    lost = np.broadcast_to(np.asarray(gone, dtype=np.float64), (FLUTES,))
    depth[:, 0] += 0.8 * FLUTE_DEPTH * lost  # a fillet is the last and the first of two flutes
    depth[:, -1] += 0.8 * FLUTE_DEPTH * np.roll(lost, -1)
    return np.asarray(
        (radius - depth.ravel())[:, None] * np.stack([np.cos(angle), np.sin(angle)], 1)
    )


@cache
def sunlit() -> Array:
    """Share of the sun (POINTS * FLUTES,) that each point of an outline is not hidden from by the
    shaft itself; the sun stands at -x. A map of the sun is too coarse for flutes."""
    outline = fluted(1.0) * RADIUS
    after = np.roll(outline, -1, axis=0)
    side = after - outline
    out = np.column_stack([side[:, 1], -side[:, 0]]) / np.linalg.norm(side, axis=1)[:, None]
    start = outline + 0.004 * (out + np.roll(out, 1, axis=0))
    seen = np.zeros(len(outline))
    for turn in SUN_FAN:
        way = np.array([-np.cos(turn), np.sin(turn)])
        # start + t way = outline + s side, for every point against every side
        cross = side[:, 0] * way[1] - side[:, 1] * way[0]
        cross = np.where(np.abs(cross) < 1e-9, 1e-9, cross)
        gap = outline[None] - start[:, None]
        t = (gap[..., 0] * side[:, 1] - gap[..., 1] * side[:, 0]) / -cross
        s = (gap[..., 0] * way[1] - gap[..., 1] * way[0]) / -cross
        seen += ~((t > 0.0) & (s >= 0.0) & (s <= 1.0)).any(axis=1)
    return np.asarray(seen / len(SUN_FAN))


@cache
def cuts(variant: int) -> tuple[float, ...]:
    """Heights at which a shaft is cut into drums, its foot and top among them."""
    rng = np.random.default_rng([811, variant])
    count = round((SHAFT - BASE) / DRUM)
    parts = rng.uniform(0.78, 1.22, count)
    return (BASE, *(BASE + (SHAFT - BASE) * np.cumsum(parts) / parts.sum()))


@cache
def drum_at(variant: int, index: int) -> Pair:
    """A whole drum of a standing shaft, where it stands."""
    rng = np.random.default_rng([812, variant, index])
    low, high = cuts(variant)[index : index + 2]
    return _drum(rng, low, high, None)


@cache
def facing_sun(variant: int, index: int, quarter: int) -> Pair:
    """The same drum, to be turned by so many quarters: hidden from the sun by its own flutes."""
    near, far = drum_at(variant, index)
    return _shaded(near, quarter), _shaded(far, quarter)


def _shaded(mesh: Mesh, quarter: int) -> Mesh:
    angle = np.arctan2(mesh.positions[:, 1], mesh.positions[:, 0]) + quarter * np.pi / 2
    sun = sunlit()
    outline = fluted(1.0)
    places = np.arctan2(outline[:, 1], outline[:, 0]) % (2 * np.pi)
    share = np.interp(angle % (2 * np.pi), places, sun, period=2 * np.pi)
    ring = np.hypot(*mesh.positions[:, :2].T)
    caps = ring < 0.8 * RADIUS * (1.0 - TAPER)
    # No sun comes into a joint, which its map is too coarse to know.
    share = share * ~((np.abs(mesh.normals[:, 2]) > 0.3) & (mesh.attributes["edge"][:, 0] < 0.012))
    sky = mesh.attributes["open"][:, 0]
    return mesh.with_attributes(open=np.column_stack([sky, np.where(caps, 1.0, share)]))


def broken_drum(rng: np.random.Generator, low: float, high: float) -> Pair:
    """The topmost drum of a broken shaft, torn off at `high` where it is highest."""
    slope = float(rng.uniform(0.25, 0.75))
    last = max(high - RADIUS * slope - 0.22, low + 0.12)
    return _drum(rng, low, last, (high, slope))


def _drum(
    rng: np.random.Generator, low: float, high: float, torn: tuple[float, float] | None
) -> Pair:
    parts = np.linspace(0.0, 1.0, RINGS)
    parts[1:-1] += rng.uniform(-0.06, 0.06, RINGS - 2)
    levels = low + JOINT + parts * (high - low - 2 * JOINT)
    # Drums lie on one another within their bevels: no light comes between them.
    levels = np.concatenate([[low], levels, [high]])
    salt = rng.uniform(0.0, 99.0)
    knocked, burst = _knocked_off(levels, salt), _burst(levels, low, high, salt, torn is not None)
    rings, sky, edge = [], [], []
    count = len(levels)
    for i, level in enumerate(levels):
        end = i in (0, count - 1)
        inset = JOINT if end else 0.0
        outline = fluted(float(shaft_radius(level)) - inset, knocked[i])
        outline *= 1.0 - burst[i][:, None] / RADIUS
        rings.append(np.column_stack([outline, np.full(len(outline), level)]))
        fresh = np.clip(burst[i] / 0.03, 0.0, 1.0)
        flutes = np.tile(HOLLOW, FLUTES)
        sky.append((flutes + (1.0 - flutes) * 0.7 * fresh) * (0.35 if end else 1.0))
        edge.append(np.full(len(outline), 0.0 if end else 0.06) + 0.03 * fresh)
    far_rows = [1, count - 2]
    if torn is not None:
        top, slope = torn
        for rows in (rings, sky, edge):
            rows.pop()
        for ring, wear in zip(
            _torn(rng, float(shaft_radius(high)), top, slope, high), (0.0, 0.08, 0.2), strict=True
        ):
            rings.append(ring)
            sky.append(np.full(len(ring), 0.95))
            edge.append(np.full(len(ring), wear))
        far_rows = [1, count - 1, count, count + 1]
    near = skin(np.stack(rings), np.stack(edge), open=np.stack(sky))
    plain = np.stack([rings[i][_far_points()] for i in far_rows])
    plain[0, :, 2] = low  # no light between drums that are seen without their ends
    if torn is None:
        plain[1, :, 2] = high
    seen = np.tile([0.93, 0.80], FLUTES)
    far = skin(
        plain,
        np.full(len(plain), FAR_EDGE),
        np.radians(75.0),
        np.tile(seen, (len(plain), 1)),
        capped=torn is not None,
    )
    return near, far


def _far_points() -> NDArray[np.int64]:
    """Of each flute its left fillet's edge and its deepest line."""
    return np.asarray((POINTS * np.arange(FLUTES)[:, None] + [0, 2]).ravel())


def _knocked_off(levels: Array, salt: float) -> Array:
    """How much of each fillet (n, FLUTES) has gone at heights (n,), here and there a hand wide."""
    ring = np.tile(circle(FLUTES) * 2.3 + salt, (len(levels), 1))
    noise = fbm(np.column_stack([ring, np.repeat(levels * 2.2, FLUTES)]), 3)
    return np.asarray(np.clip((noise - GONE) / 0.05, 0.0, 1.0).reshape(-1, FLUTES))


def _burst(levels: Array, low: float, high: float, salt: float, torn: bool) -> Array:
    """Metres (n, points) that have burst off beside the joints, where stone presses on stone."""
    ring = fluted(1.0) * 1.6 + salt
    across, up = np.tile(ring, (len(levels), 1)), np.repeat(levels * 1.1, len(ring))
    noise = fbm(np.column_stack([across, up]), 4).reshape(len(levels), -1)
    near = np.minimum(levels - low, 9.0 if torn else high - levels)[:, None]
    depth = np.clip((noise - SPALLED) / 0.16, 0.0, 1.0) * np.exp(-((near / 0.16) ** 2))
    deep = np.clip((noise - 0.76) / 0.08, 0.0, 1.0)  # and a few scars anywhere
    return np.asarray(0.065 * depth + 0.03 * deep)


def _torn(
    rng: np.random.Generator, radius: float, top: float, slope: float, floor: float
) -> list[Array]:
    """Rings over a break: a slanting tear with teeth, rising to `top` at its highest."""
    away = rng.uniform(0.0, 2 * np.pi)
    outline = fluted(radius)
    angle = np.arctan2(outline[:, 1], outline[:, 0])
    salt = rng.uniform(0.0, 99.0)

    def teeth(share: float) -> Array:
        rough = fbm(np.column_stack([outline / radius * share * 2.2, np.full(len(angle), salt)]), 4)
        return np.asarray(0.55 * (rough - 0.5))

    rise = slope * radius * np.cos(angle - away) + teeth(1.0)
    lift = top - rise.max()
    rings = [np.column_stack([outline, np.maximum(rise + lift, floor + 0.02)])]
    for share in (0.66, 0.3):
        level = slope * radius * share * np.cos(angle - away) + 1.4 * teeth(share) + lift - 0.04
        level = np.clip(level, floor + 0.01, top)
        rings.append(np.column_stack([circle(len(angle), radius * share, angle[0]), level]))
    return rings


@cache
def base() -> Pair:
    """An Attic base without its plinth: two rolls, and between them a hollow that holds dark."""
    tall = PLINTH[1]
    low, high = RADIUS + 0.19, RADIUS + 0.12
    profile: list[tuple[float, float, float]] = [(low - 0.05, tall + 0.001, 0.35)]
    for part in np.linspace(-0.8, 0.9, 5):  # the lower roll
        angle = part * np.pi / 2
        sky = 0.45 + 0.55 * np.clip(0.7 + part, 0.0, 1.0)
        profile.append(
            (low - 0.05 + 0.05 * np.cos(angle), tall + 0.055 + 0.055 * np.sin(angle), sky)
        )
    profile += [(RADIUS + 0.095, tall + 0.112, 0.75), (RADIUS + 0.095, tall + 0.122, 0.7)]
    profile += [(RADIUS + 0.045, tall + 0.135, 0.40), (RADIUS + 0.040, tall + 0.155, 0.36)]
    profile += [(RADIUS + 0.065, tall + 0.172, 0.5), (RADIUS + 0.075, tall + 0.176, 0.7)]
    for part in np.linspace(-0.75, 0.9, 4):  # the upper
        angle = part * np.pi / 2
        sky = 0.5 + 0.5 * np.clip(0.7 + part, 0.0, 1.0)
        profile.append(
            (high - 0.04 + 0.04 * np.cos(angle), tall + 0.212 + 0.036 * np.sin(angle), sky)
        )
    profile += [(RADIUS + 0.045, BASE - 0.012, 0.8), (RADIUS + 0.03, BASE + 0.004, 0.7)]
    rows = np.array(profile)
    near = lathe(rows[:, :2], 26, rows[:, 2])
    kept = [0, 2, 4, 7, 12, 14, -1]
    far = lathe(rows[kept, :2], 16, 0.3 + 0.7 * rows[kept, 2])
    return near, far.with_attributes(edge=FAR_EDGE)


def drum(rng: np.random.Generator, length: float, radius: float) -> Pair:
    """A fallen piece of shaft, centred, its axis along x: one end dressed, the other torn off."""
    half = length / 2
    levels = np.linspace(-half + 0.025, half - 0.3 * min(half, 0.5), 4)
    salt = rng.uniform(0.0, 99.0)
    knocked = _knocked_off(levels + salt, salt)
    count = POINTS * FLUTES
    slant = rng.uniform(-0.35, 0.35, 2)

    def torn(xy: Array) -> Array:
        rough = fbm(np.column_stack([xy / radius * 1.9, np.full(len(xy), salt)]), 3) - 0.5
        return np.asarray(half + np.clip(xy @ slant + 0.16 * rough, -0.6 * half, 0.4))

    outline = fluted(radius)
    start = float(np.arctan2(outline[0, 1], outline[0, 0]))
    burst = _burst(levels, -half, 9.0, salt, True) / radius
    flutes = np.array(np.tile(HOLLOW, FLUTES))
    plain = np.ones(count)
    # The dressed end has a smooth rim, and within it the face was left a little deeper.
    sunk = -half + 0.012
    rows: list[tuple[Array, Array, float, Array]] = [
        (circle(count, 0.16 * radius, start), np.full(count, -half + 0.07), 0.05, 0.5 * plain),
        (circle(count, 0.17 * radius, start), np.full(count, sunk), 0.0, 0.8 * plain),
        (circle(count, 0.62 * radius, start), np.full(count, sunk), 0.12, 0.95 * plain),
        (circle(count, 0.66 * radius, start), np.full(count, -half), 0.02, plain),
        (outline * 0.97, np.full(count, -half), 0.0, plain),
    ]
    for i, level in enumerate(levels):
        xy = fluted(radius, knocked[i]) * (1.0 - burst[i][:, None])
        reach = np.minimum(np.full(count, level), torn(xy) - 0.06) if i else np.full(count, level)
        rows.append((xy, reach, 0.0 if i == 0 else 0.2, flutes))
    for share, wear in ((0.99, 0.0), (0.90, 0.05), (0.62, 0.16), (0.30, 0.3)):
        ring = outline * share if share > 0.95 else circle(count, share * radius, start)
        rows.append((ring, torn(ring), wear, 0.95 * plain))
    rings = np.stack([np.column_stack([along, xy]) for xy, along, _, _ in rows])
    far = [4, 9, 11]  # both rims, and the middle of the torn end
    near = skin(rings, np.array([row[2] for row in rows]), open=np.stack([row[3] for row in rows]))
    seen = np.tile([0.93, 0.80], FLUTES)
    coarse = skin(
        rings[far][:, _far_points()], FAR_EDGE * np.ones(3), np.radians(60.0), np.tile(seen, (3, 1))
    )
    return near, coarse


@cache
def _lying(variant: int) -> Pair:
    return drum(np.random.default_rng([813, variant]), DRUM, RADIUS)


def lying_drum(variant: int, length: float, radius: float) -> Pair:
    """One of VARIANTS of `drum`, drawn out to that size."""
    size = np.diag([length / DRUM, radius / RADIUS, radius / RADIUS, 1.0])
    near, far = _lying(variant)
    return near.transformed(size), far.transformed(size)
