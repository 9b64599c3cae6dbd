"""Eyes that close: balls, upper lids and lashes of the one who fell.

A lid is a sheet about its ball, from the crease that it goes in under to its margin; closed
it meets the lower lid, open it is drawn up. Shapes are given closed; `open` and `turned` are
what to add to positions and normals for the open eye. Head space in centimetres, as in
models/people/sleeper.py.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from models.mesh import Mesh, merge, smooth_normals, unit
from models.people import sleeper, strand
from models.people.body import along
from models.sdf import Settled, smoothstep

Vectors = NDArray[np.float64]
Array = NDArray[np.float64]

BALL = 1.20  # radius
CORNEA, CORNEA_WIDE = 0.055, np.radians(24.0)  # how far it stands out, and over how much
SHEET = sleeper.LID_RADIUS + 0.01  # radius of a lid's outer side
TUCKED = 0.04  # how far an open lid goes in under the fold
SUNK = 0.006  # how far a shut one lies under the skin's edge
ACROSS, DOWN = 33, 11  # points of a lid from corner to corner and from crease to margin
UPPER, UNDER = 118, 38  # lashes of a lid
ROWS, ROW = 3, 0.022  # in which the upper ones stand, and radians between
APART = 0.082  # between twos and threes of them, of the lid's half width
LASH, LASH_HALF = 0.90, (0.0075, 0.0105)  # length, and half the breadth at the root
LASH_POINTS = 8
SKIN, EYE = 1.0, 2.0  # `part`
SEED = 6


def around(t: Array, rise: Array, radius: Array | float) -> Vectors:
    """Points (..., 3) in eye space at `t` from corner to corner and an elevation in radians."""
    azimuth = t * sleeper.REACH
    flat = np.cos(rise)
    way = np.stack([flat * np.sin(azimuth), flat * np.cos(azimuth), np.sin(rise)], axis=-1)
    return way * np.asarray(radius)[..., None]


def _cornea(points: Vectors, much: float = 1.0) -> Vectors:
    """Points (..., 3) in eye space with the cornea's bulge beneath them."""
    away = np.linalg.norm(points, axis=-1, keepdims=True)
    off = np.arccos(np.clip(points[..., 1:2] / away, -1, 1))
    return points * (1.0 + much * CORNEA * np.exp(-((off / CORNEA_WIDE) ** 2)))


def _lid(side: float, margin: Array, t: Array, skin: Settled | None = None) -> Vectors:
    """A lid (DOWN + 2, ACROSS, 3) in head space, drawn down to `margin` (ACROSS,), radians.

    skin : the face with closed eyes, which a closed lid lies in
    """
    top = sleeper.crease(t) + np.radians(9.0)
    down = np.linspace(0.0, 1.0, DOWN)[:, None]
    rise = top + (margin - top) * down
    tucked = SHEET - TUCKED * smoothstep(0.3, 0.0, down) - 0.10 * np.abs(t) ** 8
    sheet = around(np.broadcast_to(t, rise.shape), rise, tucked)
    if skin is not None:
        sheet = _on(skin, sheet, side)
        sheet = sheet * (1.0 - SUNK * smoothstep(0.22, 0.10, down) / SHEET)[..., None]
    sheet = _cornea(sheet)
    reach = np.linalg.norm(sheet[-1], axis=-1)
    rim = [around(t, margin + lift, reach - deep) for lift, deep in ((-0.01, 0.03), (0.03, 0.15))]
    return sleeper.from_eye(np.concatenate([sheet, np.array(rim)]), side)


def _on(skin: Settled, points: Vectors, side: float) -> Vectors:
    """Points (..., 3) in eye space moved along their rays on to the skin."""
    out = points.copy()
    for _ in range(12):
        gap = skin.at(sleeper.from_eye(out, side).reshape(-1, 3)).reshape(out.shape[:-1])
        out -= (np.clip(gap, -0.1, 0.1) / np.linalg.norm(out, axis=-1))[..., None] * out
    return out


def lid(side: float, skin: Settled) -> Mesh:
    """The upper lid of one side (1 the person's right, -1 their left)."""
    t = np.sin(np.linspace(-0.5 * np.pi, 0.5 * np.pi, ACROSS))
    shut = _lid(side, sleeper.lower_margin(t) + 0.015, t, skin)
    wide = _lid(side, sleeper.upper_margin(t), t)
    rows = shut.shape[0]
    index = np.arange(rows * ACROSS).reshape(rows, ACROSS)
    a, b, c, d = (
        q.ravel() for q in (index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:])
    )
    triangles = np.concatenate([np.column_stack([a, b, c]), np.column_stack([b, d, c])])
    if side < 0:
        triangles = triangles[:, ::-1]
    shade = np.ones((rows, ACROSS))
    shade[-3:] = np.array([0.8, 0.5, 0.3])[:, None]
    mesh = _morphing(shut.reshape(-1, 3), wide.reshape(-1, 3), triangles, SKIN, shade.reshape(-1))
    mesh = mesh.with_attributes(thin=0.0)
    # Shut, it is the face's own skin, down to where it turns in.
    face = skin.gradient(mesh.positions, 0.8)
    kept = np.repeat(np.r_[np.ones(rows - 3), 0.5, 0.0, 0.0], ACROSS)[:, None]
    normals = unit(kept * face + (1 - kept) * mesh.normals)
    turned = mesh.attributes["turned"] + mesh.normals - normals
    return replace(mesh, normals=normals).with_attributes(turned=turned)


def _morphing(
    shut: Vectors, wide: Vectors, triangles: NDArray[np.integer], part: float, shade: Array
) -> Mesh:
    normals = smooth_normals(shut, triangles)
    turned = smooth_normals(wide, triangles) - normals
    mesh = Mesh(shut.astype(np.float32), normals, triangles.astype(np.int32))
    return mesh.with_attributes(part=part, ao=shade[:, None], open=wide - shut, turned=turned)


def still(mesh: Mesh) -> Mesh:
    """A mesh that does not move with the lids."""
    none = np.zeros((len(mesh.positions), 3))
    return mesh.with_attributes(open=none, turned=none)


def ball(side: float) -> Mesh:
    """What is seen of an eyeball: its front, with the cornea."""
    rings, spokes = 11, 22
    off = np.linspace(0.0, np.radians(78.0), rings)[:, None]
    turn = np.linspace(0.0, 2 * np.pi, spokes, endpoint=False)[None, :]
    flat = np.sin(off)
    way = np.stack(
        [flat * np.cos(turn), np.broadcast_to(np.cos(off), (rings, spokes)), flat * np.sin(turn)],
        -1,
    )
    points = sleeper.from_eye(_cornea(BALL * way), side).reshape(-1, 3)
    index = np.arange(rings * spokes).reshape(rings, spokes)
    on = np.roll(index, -1, axis=1)
    a, b, c, d = (q.ravel() for q in (index[:-1], on[:-1], index[1:], on[1:]))
    triangles = np.concatenate([np.column_stack([a, b, c]), np.column_stack([b, d, c])])
    if side < 0:
        triangles = triangles[:, ::-1]
    normals = unit(points - np.array(sleeper.EYE) * [side, 1, 1])
    mesh = Mesh(points.astype(np.float32), normals, triangles.astype(np.int32))
    shade = 0.55 + 0.45 * smoothstep(np.radians(70.0), np.radians(30.0), off)
    ao = np.broadcast_to(shade, (rings, spokes)).reshape(-1, 1)
    return still(mesh.with_attributes(part=EYE, ao=ao, thin=0.0))


def lashes(head: Vectors, side: float) -> Mesh:
    """The lashes of one eye as single hairs (models/people/strand.py), world space, with `open` and
    `turned`: upper ones, that go with the lid, in uneven rows and in twos and threes, and few,
    short and fine ones below.

    head : the frame (4, 4) of the head, metres
    """
    rng = np.random.default_rng(SEED + int(side > 0))
    t = -0.80 + 1.75 * rng.random(UPPER) ** 0.80
    met = np.round(t / APART) * APART + rng.normal(0.0, 0.008, UPPER)
    gathered = 0.75 * (met - t) + rng.normal(0.0, 0.030, UPPER)
    row = rng.integers(0, ROWS, UPPER)
    long = LASH * (0.34 + 0.66 * smoothstep(-0.95, 0.45, t) - 0.18 * smoothstep(0.75, 1.0, t))
    long = long * rng.uniform(0.60, 1.08, UPPER)
    lower = sleeper.lower_margin(t) + 0.012 + ROW * row
    over = sleeper.upper_margin(t) + ROW * row
    drop = 1.12 + rng.normal(0.0, 0.10, UPPER) - 0.10 * row
    upper = [
        _curled(t, edge, gathered, long, fall, side)
        for edge, fall in ((lower, drop), (over, drop - 1.20))
    ]
    under = -0.35 + 1.25 * rng.random(UNDER)
    short = 0.42 * LASH * rng.uniform(0.5, 1.0, UNDER) * (0.6 + 0.4 * smoothstep(-0.4, 0.5, under))
    stray = rng.normal(0.0, 0.05, UNDER)
    edge = sleeper.lower_margin(under) - 0.055
    down = _curled(under, edge, stray, short, np.full(UNDER, 1.25), side)
    shut, wide = np.concatenate([upper[0], down]), np.concatenate([upper[1], down])
    half = np.r_[rng.uniform(*LASH_HALF, UPPER), np.full(UNDER, 0.6 * LASH_HALF[0])]
    return _hairs(head, shut, wide, half)


def _hairs(head: Vectors, shut: Vectors, wide: Vectors, half: Array) -> Mesh:
    """Lashes (n, k, 3) in head space, shut and open, half so wide at the root, centimetres."""
    metres = head @ np.diag([0.01, 0.01, 0.01, 1.0])
    there, moved = along(metres, shut.reshape(-1, 3)), along(metres, wide.reshape(-1, 3))
    ways = [
        unit(np.gradient(line.reshape(shut.shape), axis=1).reshape(-1, 3))
        for line in (there, moved)
    ]
    ups = np.broadcast_to(head[:3, 1], shut.shape)
    number = np.asarray((0.618 * np.arange(len(shut))) % 1.0)
    mesh = strand.kept(there.reshape(shut.shape), ups, 0.01 * half, number, strand.LASH)
    return mesh.with_attributes(open=moved - there, turned=ways[1] - ways[0])


def _curled(t: Array, edge: Array, aside: Array, long: Array, drop: Array, side: float) -> Vectors:
    """Strands (k, LASH_POINTS, 3) in head space from a margin: out, down by `drop`, then up."""
    root = around(t, edge, np.full_like(t, SHEET + 0.02))
    out = unit(root).astype(np.float64)
    up = unit(np.array([0.0, 0.0, 1.0]) - out[:, 2:3] * out).astype(np.float64)
    outward = np.cross(out, up) * -1.0
    outward = outward * np.sign(outward[:, :1])
    run = np.linspace(0.0, 1.0, LASH_POINTS)[None, :, None]
    fan = (0.34 * t + 2.2 * aside)[:, None, None]
    down = drop[:, None, None] * run - 0.50 * run**2
    way = 0.78 * out[:, None] * run - down * up[:, None]
    way = way + fan * run**1.2 * outward[:, None]
    return sleeper.from_eye(root[:, None] + long[:, None, None] * way, side)


def build(skull: Settled) -> Mesh:
    """Both eyes, with `part`, `ao`, `open` and `turned`; `skull` is the head with shut eyes."""
    parts = []
    for side in (1.0, -1.0):
        parts += [lid(side, skull), ball(side)]
    return merge(parts)
