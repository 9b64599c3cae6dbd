"""The dust and light that everything becomes: points on the real surfaces, with their colours.

Where a mote goes is a pure function of where it lay and of the state: see shaders/motes.vert.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from panda3d.core import ColorBlendAttrib, NodePath

from models.mesh import Floats, Mesh, area, sample_surface
from world.scene import geom
from world.scene.place import LIGHT_BIN

COVER = 0.42  # radius of a mote in distances to its neighbours
GRAIN = (0.004, 0.14)  # smallest and largest radius, metres; the shader keeps near ones small
USUAL = 200_000  # motes for which their light as stars is weighed
SPARE = 3  # candidates for each mote where a source has a focus


@dataclass(frozen=True)
class Source:
    """A surface that turns to motes.

    mesh   : the surface, at rest
    colour : linear albedo: (3,), or (n, 3) for the mesh's vertices, or (k, 1, 3) for each place
    patch  : (n,) how much each vertex has `under` for its colour instead, 0..1; None for nowhere
    count  : motes from it, over all its places together
    places : (k, 4, 4) column-vector matrices of its instances; None for one, where it is
    focus  : metres from the origin within which motes lie thickest; 0 spreads them evenly
    """

    mesh: Mesh
    colour: ArrayLike
    count: int
    places: ArrayLike | None = None
    focus: float = 0.0
    patch: ArrayLike | None = None
    under: ArrayLike = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Motes:
    """positions, normals, colours (n, 3); phase 0..1 and radius in metres (n,); all float32."""

    positions: Floats
    normals: Floats
    colours: Floats
    phase: Floats
    radius: Floats

    def __len__(self) -> int:
        return len(self.positions)


def gather(sources: Sequence[Source], seed: int) -> Motes:
    """Motes of all sources, in their order; exactly as many as they ask for."""
    rng = np.random.default_rng([seed, 41])
    parts = [_from(source, rng) for source in sources if source.count > 0]
    if not parts:
        return no_motes()
    positions, normals, colours, radius = (np.concatenate(rows) for rows in zip(*parts))
    phase = rng.random(len(positions), dtype=np.float32)
    return Motes(positions, normals, colours, phase, radius)


def _from(source: Source, rng: np.random.Generator) -> tuple[Floats, Floats, Floats, Floats]:
    mesh, colour = source.mesh, np.asarray(source.colour, dtype=np.float32)
    wanted = source.count * (SPARE if source.focus else 1)
    painted = mesh.with_attributes(
        tint=colour if colour.ndim < 3 else (0.0, 0.0, 0.0),
        patch=0.0 if source.patch is None else np.asarray(source.patch, dtype=np.float32),
    )
    taken = sample_surface(painted, wanted, int(rng.integers(2**31)))
    positions, normals = taken.positions, taken.normals
    tints = np.asarray(taken.attributes["tint"])
    copies = 1
    if source.places is not None:
        # sample_surface walks over the mesh in order, so places are dealt out at random
        matrices = np.asarray(source.places, dtype=np.float32).reshape(-1, 4, 4)
        copies = len(matrices)
        which = rng.permutation(np.arange(wanted) % copies)
        positions, normals = _placed(matrices[which], positions, normals)
        if colour.ndim == 3:
            tints = np.broadcast_to(colour[:, 0], (copies, 3))[which]
    share = taken.attributes["patch"]
    tints = tints + share * (np.asarray(source.under, dtype=np.float32) - tints)
    apart = np.full(wanted, np.sqrt(copies * area(mesh) / source.count))
    if source.focus:
        weight = 1.0 / (1.0 + (np.hypot(positions[:, 0], positions[:, 1]) / source.focus) ** 2)
        kept = _weighted(weight, source.count, rng)
        thick = np.minimum(weight[kept] / weight.mean(), SPARE)
        apart = apart[kept] / np.sqrt(thick)
        positions, normals, tints = positions[kept], normals[kept], tints[kept]
    radius = np.clip(COVER * apart, *GRAIN).astype(np.float32)
    return positions, normals, np.ascontiguousarray(tints, dtype=np.float32), radius


def _placed(matrices: Floats, positions: Floats, normals: Floats) -> tuple[Floats, Floats]:
    """Points and normals (n, 3) each moved by its own matrix (n, 4, 4): turns and even scales."""
    moved = np.einsum("nij,nj->ni", matrices[:, :3, :3], positions) + matrices[:, :3, 3]
    turned = np.einsum("nij,nj->ni", matrices[:, :3, :3], normals)
    length = np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    return moved.astype(np.float32), (turned / length).astype(np.float32)


def _weighted(
    weight: NDArray[np.floating], count: int, rng: np.random.Generator
) -> NDArray[np.intp]:
    """`count` different indices, heavier ones sooner (Efraimidis and Spirakis 2006), in order."""
    keys = np.log(rng.random(len(weight)) + 1e-12) / weight
    return np.sort(np.argpartition(-keys, count - 1)[:count])


def no_motes() -> Motes:
    """What there is of motes before anything dissolves."""
    none = np.zeros((0, 3), dtype=np.float32)
    return Motes(none, none, none, none[:, 0], none[:, 0])


def share_of(count: int) -> float:
    """How bright one mote of `count` is, so that few and many give about the same light."""
    return float(np.clip((USUAL / max(count, 1)) ** 0.7, 0.3, 2.0))


def build_motes(motes: Motes) -> NodePath:
    """The points, drawn last; wake them when `dissolve` is above 0."""
    node = geom.points(
        motes.positions,
        {
            "facing": motes.normals,
            "tint": motes.colours,
            "speck": np.column_stack([motes.phase, motes.radius]),
        },
        "motes",
    )
    path = geom.drawable(NodePath(node), "motes", "scene")
    path.setTag("points", "1")
    path.setShaderInput("u_share", share_of(len(motes)))
    path.setBin(LIGHT_BIN, 2)
    path.setDepthWrite(False)
    premultiplied = ColorBlendAttrib.OOneMinusIncomingAlpha
    blend = ColorBlendAttrib.make(ColorBlendAttrib.MAdd, ColorBlendAttrib.OOne, premultiplied)
    path.setAttrib(blend)
    return geom.everywhere(path)
