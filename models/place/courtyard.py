"""The whole place: broken floor, ruins, hills, the cracks, and where one can stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.mesh import Mesh, merge
from models.place.castshade import cast_shade
from models.place.colonnade import build_colonnade
from models.place.crackfield import CrackField, CrackGraph, field, texel_of
from models.place.fracture import Fracture, fracture
from models.place.halfedges import slab_raster
from models.place.hills import hills_mesh
from models.place.lipshade import shade_height
from models.place.litter import litter
from models.place.pile import Pile
from models.place.posts import STEP_RISE, STEP_START, STEP_TREAD, STEPS
from models.place.ruins import build_ruins, rubble
from models.place.slabs import bed_mesh, slab_meshes, top_height

Array = NDArray[np.float64]

# Corners of where one walks: onto the terrace behind the colonnade, and not off the open east.
RIM = ((-46.7, -46.7), (44.0, 46.7))


@dataclass(frozen=True)
class Courtyard:
    """Everything that stands still. Meshes carry `seed`, `edge` and `kind`, (n, 1) each.

    Pairs are what is drawn near by and far off, in the same places; they also carry `home`
    (n, 2), the middle of a vertex's own stone, metres, by which whole stones change over.

    floor     : slabs (closed bodies) and the dark bed below them
    ruins     : steps, walls, colonnade, plinths, basin, fallen drums, rubble
    litter    : dead leaves and grass, which are sheets, and grit
    cast      : strips on the floor where those keep the sun away
    hills     : the land around, to 930 m
    bed       : the dark ground below the slabs, a part of `floor`
    slabs     : pair of the slabs without their bottoms
    stones    : pair of the ruins
    fracture  : slabs and cracks as numbers
    graph     : the cracks
    field     : rasters of the cracks, `field.distance` etc., row 0 in the south
    slab      : (r, r) int32, which slab is under each texel
    shade     : (4r, 4r) uint8, how high the shade of slabs further west stands, see `shade_height`
    obstacles : (k, 3) float64 rows (x, y, radius) that stop a visitor, metres
    rim       : south-western and north-eastern corners of where a visitor stays, metres
    """

    floor: Mesh
    ruins: Mesh
    litter: Mesh
    cast: Mesh
    hills: Mesh
    bed: Mesh
    slabs: tuple[Mesh, Mesh]
    stones: tuple[Mesh, Mesh]
    fracture: Fracture
    graph: CrackGraph
    field: CrackField
    slab: NDArray[np.int32]
    shade: NDArray[np.uint8]
    obstacles: Array
    rim: tuple[tuple[float, float], tuple[float, float]] = RIM


def build(seed: int, resolution: int = 1024) -> Courtyard:
    """The place for a seed; rasters have `resolution` texels a side."""
    broken = fracture(seed)
    slab = slab_raster(broken.points, broken.half_edges(), resolution)
    pile = Pile(np.random.default_rng([seed, 41]))
    build_ruins(pile, seed)
    build_colonnade(pile, seed)

    def rest(xy: Array) -> Array:
        return _height(broken, slab, xy)

    slabs, bed = slab_meshes(broken, seed), bed_mesh(seed)
    standing, lying = pile.stones(), rubble(broken, rest, seed)
    lies = litter(broken, rest, pile.obstacles, seed)
    near, far = (merge([one, other]) for one, other in zip(standing, lying, strict=True))
    return Courtyard(
        floor=merge([_without_home(slabs.whole), bed]),
        ruins=_without_home(near),
        litter=lies,
        cast=cast_shade(lies, rest),
        hills=hills_mesh(),
        bed=bed,
        slabs=(slabs.near, slabs.far),
        stones=(near, far),
        fracture=broken,
        graph=broken.graph,
        field=field(broken.graph, resolution),
        slab=slab,
        shade=shade_height(broken, 4 * resolution),
        obstacles=np.array(pile.obstacles),
    )


def _without_home(mesh: Mesh) -> Mesh:
    kept = {name: values for name, values in mesh.attributes.items() if name != "home"}
    return replace(mesh, attributes=kept)


def floor_height(courtyard: Courtyard, xy: ArrayLike) -> Array:
    """Height (n,) in metres of the stone one stands on at points (n, 2): slabs, then steps."""
    return _height(courtyard.fracture, courtyard.slab, np.asarray(xy, dtype=np.float64))


def _height(broken: Fracture, slab: NDArray[np.int32], xy: Array) -> Array:
    rows, columns = texel_of(xy, slab.shape[0])
    level = top_height(broken, slab[rows, columns], xy)
    out = np.maximum(np.abs(xy[:, 1]), -xy[:, 0])  # there are no steps in the east
    count = np.clip(np.floor((out - STEP_START) / STEP_TREAD) + 1, 0, STEPS)
    return np.asarray(np.where(count > 0, count * STEP_RISE, level))
