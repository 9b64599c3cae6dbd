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
from models.people import sleeper
from models.sdf import Settled, smoothstep

Vectors = NDArray[np.float64]
Array = NDArray[np.float64]

BALL = 1.20  # radius
CORNEA, CORNEA_WIDE = 0.055, np.radians(24.0)  # how far it stands out, and over how much
SHEET = sleeper.LID_RADIUS + 0.01  # radius of a lid's outer side
TUCKED = 0.04  # how far an open lid goes in under the fold
SUNK = 0.006  # how far a shut one lies under the skin's edge
ACROSS, DOWN = 33, 11  # points of a lid from corner to corner and from crease to margin
LASHES_EACH = 84
LASH, LASH_WIDE = 0.98, 0.030  # length and breadth
LASH_POINTS = 6
SKIN, EYE, LASHES = 1.0, 2.0, 3.0  # `part`
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


def _strands(shut: Vectors, wide: Vectors, breadth: float) -> Mesh:
    """Tapering strips along strands (k, n, 3), closed and open, that face outward.

    Their `thin` is 0 at the root and 1 at the tip, where the shader lets them fade.
    """
    count, points, _ = shut.shape
    run = np.linspace(0.0, 1.0, points)
    width = 0.5 * breadth * (1.0 - 0.92 * run**1.3)
    index = np.arange(count * points * 2).reshape(count, points, 2)
    a, b, c, d = (
        q.ravel() for q in (index[:, :-1, 0], index[:, :-1, 1], index[:, 1:, 0], index[:, 1:, 1])
    )
    triangles = np.concatenate([np.column_stack([a, b, d]), np.column_stack([a, d, c])])
    forward = np.array([0.0, 1.0, 0.0])

    def strips(lines: Vectors) -> Vectors:
        way = np.gradient(lines, axis=1)
        side = unit(np.cross(way, forward)).astype(np.float64)
        pair = np.stack([lines - width[:, None] * side, lines + width[:, None] * side], axis=2)
        return pair.reshape(-1, 3)

    shade = np.ones(count * points * 2)
    tips = np.broadcast_to(run[None, :, None], (count, points, 2)).reshape(-1, 1)
    strands = _morphing(strips(shut), strips(wide), triangles, LASHES, shade)
    return strands.with_attributes(thin=tips)


def lashes(side: float) -> Mesh:
    """The upper lashes, which go with the lid: the further out, the closer and the longer."""
    rng = np.random.default_rng(SEED + int(side > 0))
    t = -0.78 + 1.74 * np.linspace(0.0, 1.0, LASHES_EACH) ** 0.72
    t = np.clip(t + rng.normal(0.0, 0.012, LASHES_EACH), -0.82, 0.96)
    apart = 0.085 + 0.030 * np.sin(9.0 * t + side)
    gathered = 0.62 * (np.round(t / apart) * apart - t) + rng.normal(0.0, 0.022, len(t))
    long = LASH * (0.42 + 0.58 * smoothstep(-0.9, 0.7, t)) * rng.uniform(0.50, 1.10, len(t))
    uneven = rng.uniform(-0.22, 0.22, len(t))
    upper = [
        _curled(t, edge, gathered, long, drop + uneven, side)
        for edge, drop in ((sleeper.lower_margin(t) + 0.01, 0.80), (sleeper.upper_margin(t), 0.05))
    ]
    return _strands(upper[0], upper[1], LASH_WIDE)


def _curled(t: Array, edge: Array, aside: Array, long: Array, drop: Array, side: float) -> Vectors:
    """Strands (k, LASH_POINTS, 3) in head space from a margin: out, down by `drop`, then up."""
    root = around(t, edge, np.full_like(t, SHEET))
    out = unit(root).astype(np.float64)
    up = unit(np.array([0.0, 0.0, 1.0]) - out[:, 2:3] * out).astype(np.float64)
    outward = np.cross(out, up) * -1.0
    outward = outward * np.sign(outward[:, :1])
    run = np.linspace(0.0, 1.0, LASH_POINTS)[None, :, None]
    fan = (0.45 * t + 2.2 * aside)[:, None, None]
    down = drop[:, None, None] * run - 0.62 * run**2
    way = out[:, None] * run - down * up[:, None]
    way = way + fan * run**1.2 * outward[:, None]
    return sleeper.from_eye(root[:, None] + long[:, None, None] * way, side)


def build(skull: Settled) -> Mesh:
    """Both eyes, with `part`, `ao`, `open` and `turned`; `skull` is the head with shut eyes."""
    parts = []
    for side in (1.0, -1.0):
        parts += [lid(side, skull), ball(side), lashes(side)]
    return merge(parts)
