"""The silent witnesses: a body in a posture, dressed in cloth that fell on it.

Attributes of the meshes: `joint` (3) weights of waist, chest and neck; `part` -1 hands, 0 gown
and sleeves, 1/8 mantle, 1/4 veil, 1 a face too far off to have a mood; `ao`, and `lining` the
same of a cloth's inner side; `hem` how freely it stirs; `weave` (3) the place on the cloth's own
pattern and the way to its edge, metres; `raised` and `raised_normal` (3) what is added to place
and normal when the head has turned up to the orb, and the veil has fallen back from the face.
Faces that are near are meshes of their own (models/people/visage.py).

What is seen is the cloth itself, open below; what casts shadows is one closed skin about all of
it, which lies a little within.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import ndimage
from scipy.spatial import cKDTree

from models import cloth
from models.cloth import Feel
from models.mesh import Floats, Mesh, merge, selected, smooth_normals, unit
from models.people import body, cuff, feet, garments, handhold, holding, posture, veil, visage
from models.people.features import FACES
from models.people.garments import Worn
from models.people.gathering import People, stand
from models.people.posture import DRAPES, Drape
from models.people.sheet import GARMENTS, OCCLUSION_REACH, SEEN, cloth_mesh, coarser, evened
from models.sdf import Clay, cone, smoothstep
from models.skin import occlusion, skinned, taubin

Grid = NDArray[np.float64]
Clays = NDArray[np.float32]

LOW, HIGH = (-0.80, -0.80, -0.03), (0.80, 0.80, 1.86)
STEP = 0.012  # of the field that cloth falls on
HAND, FACE = -1.0, 1.0  # of `part`
RAISED = 0.72  # of the whole turn upward: what the neck has of it in shaders/crowd.vert
NEAR_VEIL = 0.035  # metres within which what is not the veil follows it
VEIL_POINTS, VEIL_SPREAD = 8, 0.010  # of it that are followed, and metres about that they count
CLOTH_LEVELS = (20000, 3500, 770, 180, 60)  # triangles of gown, sleeves and mantle
VEIL_LEVELS = (11000, 2000, 420, 80, 24)  # and of the veil, which is looked at closest
PLEATS, PLEAT = 17.0, 0.008  # about the throat, to a radian, and metres that they stand out
EVENED = 2  # passes of smoothing
CLOSE_LEVELS = (1500, 400, 90, 24, 0)  # of the bodice; 0 leaves them and the hands out
SHADOW_LEVELS = (900, 160, 56)
SHADOW_WITHIN = 0.022  # metres that what casts a shadow lies within what is seen
HAND_LEVELS = (6000, 1100, 220, 30, 30)
FOOT_LEVELS = (1100, 260, 60, 24, 0)
FAR_FACES = {3: 80, 4: 26}  # triangles, where the face is the drape's own
CLOSED_STEP = 0.018
SEWN_LEVELS = 2  # finest levels that have hems folded under, and patches
SHELL = 0.015  # metres to each side of a cloth, so that no cell between its points is open
GOWN_SLITS = 9
WOOL = Feel(bend=2e-5, thickness=0.008)
LINEN = Feel(bend=3e-5, thickness=0.006)
ON_HAIR = Feel(bend=3e-5, thickness=0.006, friction=0.8)


def dress(drape: Drape) -> Dressed:
    """Lets every garment fall, from within."""
    clay = Clay(LOW, HIGH, STEP)
    posture.torso(clay, drape, upper_arms=False)
    top = 1.28 - drape.lift
    axis = body.along(posture.trunk(drape), (0.0, -0.01, 1.28))[:2]
    feet.press(clay, drape)
    bottom = 0.055 if drape.feet else 0.03
    gown = garments.gown(axis, top, bottom, drape.gown, drape.seed, deep=0.70, slits=GOWN_SLITS)
    garments.fall(gown, clay, 1.6, LINEN)
    posture.torso(clay, drape)
    posture.forearms(clay, drape)
    within = garments.wear(clay, gown.cloth, 0.006)
    worn = [gown]
    for arm in posture.arms(drape):
        sleeve = garments.sleeve(arm.elbow, arm.wrist, (0.075, 0.15), drape.seed + int(arm.side))
        garments.fall(sleeve, within, 1.0, LINEN)
        worn.append(sleeve)
    for sleeve in worn[1:]:
        within = garments.wear(within, sleeve.cloth, 0.006)
    nape = body.along(posture.trunk(drape), posture.NAPE)
    mantle = garments.mantle(nape, drape.mantle, drape.seed + 2)
    if drape.clutch:
        left = posture.arms(drape)[1]
        fist = body.along(left.hand, np.array(handhold.GRIPPED) * [-1, 1, 1])
        mantle = garments.drawn_together(mantle, drape.mantle, fist)
    garments.fall(mantle, within, 2.4, WOOL)
    _even(mantle.cloth)
    bare = garments.wear(within, mantle.cloth, 0.006)
    within, seen = bare.copy(), bare.copy()
    posture.head(within, drape)
    posture.head(seen, drape, 0.85)
    head = posture.head_frame(drape)
    hood = veil.laid(body.along(head, posture.CROWN), head[:3, :3], drape.veil, drape.seed + 3)
    garments.fall(hood, within, 1.8, ON_HAIR)
    _even(hood.cloth)
    return Dressed(drape, [*worn, mantle, hood], garments.wear(seen, hood.cloth, 0.006), bare)


def _even(fallen: cloth.Cloth) -> None:
    """Takes the lattice's own unevenness from a cloth that has come to rest."""
    triangles = fallen.triangles.astype(np.int32)
    fallen.positions[:] = taubin(fallen.positions.astype(np.float32), triangles, EVENED)


@dataclass(frozen=True)
class Dressed:
    """What a mourner wears, from within; the veil is the last.

    shade : the field of it all, in which the head is thinner, so that what is close about it
            lies outside
    bare  : what the veil lies on, without the head
    """

    drape: Drape
    worn: list[Worn]
    shade: Clay
    bare: Clay


def raised(dressed: Dressed) -> tuple[Worn, Grid, Grid]:
    """The veil, and what is added to its places and normals (n, 3) when the head looks up."""
    drape, hood = dressed.drape, dressed.worn[-1]
    pivot = posture.pivots(drape)[2]
    angle = RAISED * (posture.nod_at_rest(drape) + 0.05)
    weight = posture.joint_weights(drape, hood.positions)[:, 2]
    turned = _turned(hood.positions, pivot, angle * weight)
    clay = dressed.bare.copy()
    up = posture.turning((pivot[0], pivot[1], pivot[2]), float(np.degrees(angle)), 0.0, 0.0)
    posture.head(clay, drape, moved=up)
    fallen = replace(hood.cloth, positions=turned.copy(), feel=ON_HAIR)
    cloth.settle(fallen, clay.settled(), 1.0)
    _even(fallen)
    triangles = hood.cloth.triangles
    before = evened(smooth_normals(hood.positions, triangles), triangles)
    after = evened(smooth_normals(fallen.positions, triangles), triangles)
    carried = _turned(before, np.zeros(3), angle * weight)
    return hood, fallen.positions - turned, after - carried


def _turned(points: ArrayLike, pivot: Grid, angle: NDArray[np.floating]) -> Grid:
    """Points (n, 3) turned up by an angle (n,) of their own about the x axis through a pivot."""
    q = np.asarray(points, dtype=np.float64) - pivot
    c, s = np.cos(angle), np.sin(angle)
    out: Grid = np.column_stack([q[:, 0], c * q[:, 1] - s * q[:, 2], s * q[:, 1] + c * q[:, 2]])
    return out + pivot


def _with_raised(mesh: Mesh, lifted: tuple[Worn, Grid, Grid]) -> Mesh:
    """The mesh with what its points near the veil take from it."""
    hood, offset, tilt = lifted
    found = cKDTree(hood.positions).query(mesh.positions, k=VEIL_POINTS)
    gap, near = np.asarray(found[0]), np.asarray(found[1])
    weight = np.exp(-((gap / VEIL_SPREAD) ** 2)) + 1e-12
    share = smoothstep(NEAR_VEIL, 0.5 * NEAR_VEIL, gap[:, :1])
    weight *= share / weight.sum(axis=1, keepdims=True)
    add = (np.einsum("nk,nkc->nc", weight, rows[near]) for rows in (offset, tilt))
    return mesh.with_attributes(**dict(zip(("raised", "raised_normal"), add, strict=True)))


def filled(worn: Sequence[Worn], clay: Clay) -> Clay:
    """All that is worn as one solid body, filled from within."""
    solid = Clay(LOW, HIGH, CLOSED_STEP)
    grid = np.stack(np.meshgrid(*_axes(solid), indexing="ij"), axis=-1).reshape(-1, 3)
    solid.values = clay.at(grid).reshape(solid.values.shape).astype(np.float32)
    for each in worn:
        solid = garments.wear(solid, each.cloth, SHELL)
    inside = solid.values < 0
    full = np.stack([ndimage.binary_fill_holes(layer) for layer in inside.transpose(2, 0, 1)])
    # What hangs free in one thickness of cloth would be two skins back to back: it goes.
    whole = ndimage.binary_opening(ndimage.binary_closing(full.transpose(1, 2, 0)))
    away = ndimage.distance_transform_edt(~whole) - ndimage.distance_transform_edt(whole)
    evened = ndimage.gaussian_filter(CLOSED_STEP * away + 0.7 * SHELL, 0.8)
    solid.values = evened.astype(np.float32)
    return solid


def _axes(clay: Clay) -> list[Grid]:
    return [clay.low[i] + clay.step * np.arange(count) for i, count in enumerate(clay.values.shape)]


def bodice(drape: Drape, clay: Clay, count: int) -> Mesh:
    """What covers breast, shoulders and throat, where nothing that hangs does."""
    form = Clay(LOW, HIGH, STEP)
    posture.bodice(form, drape)
    throat = body.along(posture.trunk(drape), posture.NECK)

    def gathered(x: Clays, y: Clays, z: Clays) -> Clays:
        """Folds that fan out from where the gown is drawn together about the throat."""
        down, away = throat[2] - z, np.hypot(x, throat[2] - z)
        fan = PLEATS * np.arctan2(x, np.abs(down) + 0.03)
        fold = np.cos(fan + 1.2 * np.sin(0.5 * fan + drape.seed))
        return (PLEAT * fold * smoothstep(0.03, 0.13, away) + 0.0 * y).astype(np.float32)

    form.swell(gathered)
    (mesh,) = skinned(form, (4 * count,), 0.1, passes=1)
    upright = body.along(np.linalg.inv(posture.trunk(drape)), mesh.positions)
    shade = occlusion(clay, mesh.positions, mesh.normals, OCCLUSION_REACH)
    shown = (upright[:, 2] > 1.16) & (shade > SEEN)
    kept = mesh.triangles[shown[mesh.triangles].any(axis=1)]
    used, index = np.unique(kept, return_inverse=True)
    shown_mesh = Mesh(
        mesh.positions[used],
        mesh.normals[used],
        index.reshape(-1, 3).astype(np.int32),
        {"ao": shade[used, None]},
    )
    return coarser(shown_mesh, count)


def far_faces(drape: Drape) -> dict[int, Mesh]:
    """The head in its place, for the levels from which none is drawn by itself; its hair is made
    of the veil's cloth, which so coarse a veil would let through."""
    frame = posture.head_frame(drape)
    meshes = visage.build(FACES[drape.face], list(FAR_FACES.values()), eyes_at=())
    out = {}
    for level, mesh in zip(FAR_FACES, meshes, strict=True):
        nature = mesh.attributes["nature"]
        part = np.where(nature[:, 1] > visage.HAIRLINE, GARMENTS["veil"], FACE)[:, None]
        shaded = {"ao": nature[:, :1], "part": part.astype(np.float32)}
        bare = Mesh(mesh.positions, mesh.normals, mesh.triangles, shaded)
        out[level] = bare.transformed(frame)
    return out


def finished(drape: Drape, mesh: Mesh, clay: Clay | None, part: float | None, hem: bool) -> Mesh:
    """The mesh with every attribute that the crowd's shader reads."""
    points = mesh.positions
    shade = mesh.attributes["ao"][:, 0]
    if clay is not None:
        shade = shade * occlusion(clay, points, mesh.normals, OCCLUSION_REACH)
    weave = mesh.attributes.get("weave")
    if weave is None:  # sewn close about the body: its threads run round and down
        around = 0.1 * np.arctan2(points[:, 0], points[:, 1] + 0.02)
        weave = np.column_stack([around, points[:, 2], np.ones(len(points))])
    still = np.zeros((len(points), 3))
    return mesh.with_attributes(
        lining=mesh.attributes.get("lining", 0.0),
        raised=mesh.attributes.get("raised", still),
        raised_normal=mesh.attributes.get("raised_normal", still),
        ao=shade,
        joint=posture.joint_weights(drape, points),
        part=mesh.attributes["part"] if part is None else part,
        hem=1 - smoothstep(0.03, 0.55, points[:, 2]) if hem else 0.0,
        weave=weave,
    )


def build(name: str) -> dict[str, Mesh]:
    """One drape with its face and hands at each level of detail; "0" is the finest.

    Raises KeyError for a name that is not in DRAPES.
    """
    drape = DRAPES[name]
    dressed = dress(drape)
    worn, clay = dressed.worn, dressed.shade
    lifted = raised(dressed)
    whole = _with_raised(cloth_mesh(worn, clay), lifted)
    plain = selected(whole, whole.attributes["sewn"][:, 0] < 0.5)
    out: dict[str, Mesh] = {}
    levels = zip(
        CLOTH_LEVELS,
        VEIL_LEVELS,
        CLOSE_LEVELS,
        holding.pair(posture.arms(drape), HAND_LEVELS),
        cuff.build(posture.arms(drape), drape.seed),
        strict=True,
    )
    far, bare = far_faces(drape), feet.build(drape, FOOT_LEVELS)
    for level, (cloths, veils, close, hand, shift) in enumerate(levels):
        shown = whole if level < SEWN_LEVELS else plain
        of_veil = shown.attributes["part"][:, 0] == GARMENTS["veil"]
        sheets = merge(
            [coarser(selected(shown, ~of_veil), cloths), coarser(selected(shown, of_veil), veils)]
        )
        told = {key: rows for key, rows in sheets.attributes.items() if key != "sewn"}
        sheets = replace(sheets, attributes=told)
        parts = [finished(drape, sheets, None, None, hem=True)]
        if level in far:
            parts.append(finished(drape, far[level], clay, None, hem=False))
        if close:
            breast = bodice(drape, clay, close)
            parts += [
                finished(drape, breast, None, GARMENTS["gown"], hem=False),
                finished(drape, hand, clay, HAND, hem=False),
            ]
        if shift is not None:
            parts.append(finished(drape, shift, clay, GARMENTS["gown"], hem=False))
        if bare and FOOT_LEVELS[level]:
            parts.append(finished(drape, bare[level], clay, HAND, hem=False))
        if drape.staff:
            parts.append(
                finished(drape, _staff(700 >> (2 * level)), clay, GARMENTS["gown"], hem=False)
            )
        out[str(level)] = merge(parts)
    solid = filled(worn, clay)
    solid.values += np.float32(SHADOW_WITHIN)
    for level, skin in enumerate(skinned(solid, SHADOW_LEVELS, OCCLUSION_REACH, passes=2)):
        out[f"shadow-{level}"] = finished(
            drape, _with_raised(skin, lifted), None, GARMENTS["gown"], hem=True
        )
    return out


def _staff(count: int) -> Mesh:
    low, high = (np.asarray(end) for end in posture.STAFF)
    clay = Clay(low - 0.06, high + 0.06, 0.008)
    clay.add(cone(low, high, 0.017, 0.015))
    (mesh,) = skinned(clay, (count,), 0.05, passes=1)
    return mesh


def face_at(people: People, who: int, floor: float = 0.0) -> tuple[Floats, Floats]:
    """Where a person's face is at rest, and the way that it looks: (3,) world metres, (3,) unit."""
    head = posture.head_frame(list(DRAPES.values())[people.drape[who]])
    points = body.along(head, [(0.0, reach, -0.02) for reach in (0.09, 1.09)])
    place, ahead = stand(points, people, [who, who], floor)
    return place, unit(ahead - place)
