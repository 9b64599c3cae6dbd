"""The visitor's own bare feet, and the torn robe that they see when they look down at them.

Visitor space: metres, x to the right, y ahead, z up; the origin is on the floor, beneath the eye.
One foot stands half a step before the other and comes out from under the hem
(models/visitor/hem.py). All is seen from one place alone, the eye 1.6 m above the floor: so the
robe leans back the more the higher it is, runs out of the lower edge of every view that holds the
feet, and is never seen from within.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.cloth import Cloth
from models.mesh import Floats, Mesh, merge, smooth_normals
from models.people import body, garments, under
from models.sdf import Clay, smoothstep
from models.skin import occlusion, openness, simplify, taubin, thickness
from models.visitor import hem, instep

Vectors = NDArray[np.float64]

ANKLE = 0.070  # its height over the sole
SIDES = {  # of each ankle: place (x, y), degrees that the foot is turned out
    1.0: (0.096, 0.165, 9.0),
    -1.0: (-0.090, 0.078, 15.0),
}
KNEE, HIP = (0.090, -0.055, 0.50), (0.090, -0.120, 0.94)  # of the right leg
STEP, COARSE = 0.0012, 0.009  # sides of the sculptor's cubes: of a foot, of what casts shade
CALF = 0.125  # height up to which the leg is drawn
TRIANGLES = 8000  # of one foot
HEEL_SHARE = 0.34  # of the fineness that toes have
REACH = 0.14  # how far the shade on skin and cloth reaches
EYE = (0.0, 0.0, 1.6)
THICK = 0.006  # of the cloth, as what keeps light away


def frame(side: float) -> Vectors:
    """From the frame of the right (1.0) or left (-1.0) foot to visitor space, (4, 4)."""
    x, y, turned = SIDES[side]
    out = np.radians(turned)
    return body.frame((x, y, ANKLE), (side * np.sin(out), np.cos(out), 0.0), (0.0, 0.0, 1.0))


def _leg(side: float) -> body.Flesh:
    """The leg above a foot, in visitor space."""
    mirror = np.array([side, 1.0, 1.0])
    knee, hip = mirror * KNEE, mirror * HIP
    return body.leg(hip, knee, frame(side)[:3, 3] + [0.0, -0.006, 0.012])


def _foot(side: float, hung: Clay) -> Mesh:
    """One foot with what the shader lights it by (see `build`)."""
    place = frame(side)
    corners = body.along(
        place, [(side * x, y, -ANKLE) for x in (-0.05, 0.055) for y in (-0.08, 0.185)]
    )
    low = corners.min(axis=0) - 0.010
    high = corners.max(axis=0) + np.array([0.010, 0.010, CALF + 0.010])
    lump = Clay(low, high, STEP)
    instep.press(lump, place, side)
    body.press(lump, _leg(side))
    instep.carve(lump, place, side)
    body.lying_on(lump, 0.0005, 0.004)
    points, faces = lump.skin()
    points = taubin(points, faces, 5)
    faces = faces[(points[faces][:, :, 2] < CALF).all(axis=1)]
    used, index = np.unique(faces, return_inverse=True)
    points, faces = _thinned(points[used], index.reshape(-1, 3).astype(np.int32), place)
    normals = lump.gradient(points, 1.0)
    stood = lump.copy()
    heights = (lump.low[2] + STEP * np.arange(lump.values.shape[2])).astype(np.float32)
    stood.values = np.minimum(lump.values, heights)
    sky, way = openness(stood, points, normals, REACH)
    sky = np.minimum(sky, occlusion(hung, points + 0.022 * normals, normals, 0.16))
    depth = thickness(lump, points, normals)
    own = body.along(np.linalg.inv(place), points) * [side, 1.0, 1.0]
    return Mesh(points.astype(np.float32), normals, faces).with_attributes(
        foot=own,
        nail=instep.on_nails(own),
        open=way,
        flesh=np.stack([sky, depth, instep.flush(own)], axis=1),
    )


def _thinned(
    points: Floats, faces: NDArray[np.int32], place: Vectors
) -> tuple[Floats, NDArray[np.int32]]:
    """About TRIANGLES triangles, coarser to the heel: thinned while the heel is small."""
    own = body.along(np.linalg.inv(place), points)
    along = np.linspace(-0.2, 0.3, 2000)

    def size(y: Vectors) -> Vectors:
        return np.asarray(HEEL_SHARE + (1.0 - HEEL_SHARE) * smoothstep(0.03, 0.12, y))

    small, faces = simplify((own * size(own[:, 1])[:, None]).astype(np.float32), faces, TRIANGLES)
    y = np.interp(small[:, 1], along * size(along), along)
    return body.along(place, small / size(y)[:, None]).astype(np.float32), faces


def _legs() -> Clay:
    """Both legs to the hip, as what keeps light away."""
    lump = Clay((-0.55, -0.60, -0.02), (0.55, 0.50, hem.TOP + 0.04), COARSE)
    for side in SIDES:
        instep.press(lump, frame(side), side)
        body.press(lump, _leg(side))
    return lump


def _robe(points: Vectors, triangles: NDArray[np.int32], weave: Vectors, shade: Clay) -> Mesh:
    """The robe with the shade on its two sides and its pattern."""
    normals = smooth_normals(points, triangles)
    outer, inner = (occlusion(shade, points, way, REACH) for way in (normals, -normals))
    leant = hem.leaning(points)
    return Mesh(
        leant.astype(np.float32), smooth_normals(leant, triangles), triangles
    ).with_attributes(open=np.column_stack([outer, inner]), weave=weave)


def build() -> dict[str, Mesh]:
    """Feet, robe and their shade on the stone.

    feet  : `foot` (3) the place in the right foot's frame (models/visitor/instep.py), mirrored for
            the left; `nail` (2) place on a nail; `open` (3) the mean way that is open to the sky;
            `flesh` (3) open sky, thickness as a share of models/skin.py's DEEPEST, blood
    hem   : `open` (2) open sky outside and inside; `weave` (3) pattern and the way to its edge
    under : `dark`, the share of the sky that the stone loses
    """
    legs = _legs()
    points, triangles, weave = hem.build()
    worn = Cloth(points, triangles.astype(np.int64), points)
    dressed = garments.wear(legs, worn, THICK)
    empty = Clay(legs.low, legs.low, COARSE)
    empty.values = np.ones_like(legs.values)
    hung = garments.wear(empty, worn, THICK)
    low = Clay(legs.low, legs.low, COARSE)
    low.values = dressed.values[:, :, : int(0.45 / COARSE)]
    return {
        "feet": merge([_foot(side, hung) for side in SIDES]),
        "hem": _robe(points, triangles, weave, dressed),
        "under": under.shade(low, 0.020),
    }
