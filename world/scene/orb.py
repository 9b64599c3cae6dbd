"""The orb of light and glass with its three memories, and the vapour that winds itself into it."""

from __future__ import annotations

import numpy as np
from panda3d.core import ColorWriteAttrib, NodePath

from models import bake
from models.mesh import Mesh
from world.scene import geom
from world.scene.airborne import adds_light
from world.scene.stars import quads, ribbons

VAPOUR_ORDER, HALO_ORDER, ORB_ORDER = 4, 5, 6  # within the bin
STEPS = 96
# Of the streams: degrees from the right, towards ahead, and metres from the hand, of their roots on
# the floor; how wide their bells are and how high over the orb they pass, metres; how many strands.
STREAMS = (
    (104.0, 3.9, 2.0, 0.00, 8),
    (128.0, 2.9, 1.6, -0.02, 6),
    (86.0, 5.2, 2.4, 0.04, 6),
    (70.0, 3.4, 1.7, -0.03, 7),
    (40.0, 2.8, 1.5, 0.02, 5),
    (10.0, 1.9, 1.2, -0.03, 5),
)
STRANDS = sum(stream[4] for stream in STREAMS)
BALL = 5.0  # where a strand ends that comes to no finger


def build_orb() -> NodePath:
    """The orb and its halo, at `u_orb`; they draw nothing while there is no orb."""
    path = NodePath("orb")
    memories = geom.texture(bake.load_picture("memories"), "memories", mipmaps=True)
    for name, order, covers in (("halo", HALO_ORDER, False), ("orb", ORB_ORDER, True)):
        corners, triangles = quads(1)
        flat = np.pad(corners, ((0, 0), (0, 1)))
        up = np.tile(np.array([[0.0, 0.0, 1.0]], dtype=np.float32), (4, 1))
        node = path.attachNewNode(geom.to_node(Mesh(flat, up, triangles), name))
        node.setShaderInputs(u_memories=memories)
        adds_light(geom.drawable(node, name), order, covers)
    # The mist is marched up to the depth that is written: it must not veil what is in the hand.
    hides = node.copyTo(path)
    hides.setName("orb_depth")
    adds_light(geom.drawable(hides, "orb_depth"), ORB_ORDER + 1, covers=True)
    hides.setAttrib(ColorWriteAttrib.make(ColorWriteAttrib.COff))
    hides.setDepthWrite(True)
    return path


def build_vapour(seed: int, detail: float = 1.0) -> NodePath:
    """Ribbons of vapour that wind from the floor to `u_orb` while S_gather is above 0.

    They come in STREAMS. Their attributes: `corner`, 0..1 along and -1..1 across; `strand`, its
    root as radians from the right and metres from the hand, how stout it is 0..1, and its own
    number 0..1; `coil`, how wide its bell is, how high it passes, and the finger 0..4 that it runs
    into, or BALL. The shader wants `u_tips`, (10, 3): last joint and tip of each finger, metres.
    Where `detail` is below 1 every other one is left out, and steps are twice as long.
    """
    rng = np.random.default_rng(seed)
    every = 1 if detail >= 1.0 else 2
    steps = STEPS // every
    stream = np.repeat([row[:4] for row in STREAMS], [row[4] for row in STREAMS], axis=0)
    count = np.arange(STRANDS)
    stout = rng.random(STRANDS) ** 3
    strand = np.stack(
        [
            np.radians(stream[:, 0]) + rng.normal(0.0, 0.10, STRANDS),
            stream[:, 1] * rng.uniform(0.85, 1.18, STRANDS),
            stout,
            (rng.permutation(STRANDS) + 0.5) / STRANDS,
        ],
        axis=1,
    )
    coil = np.stack(
        [
            stream[:, 2] * rng.uniform(0.85, 1.15, STRANDS),
            stream[:, 3] + rng.normal(0.0, 0.012, STRANDS),
            np.where((count % 3 > 0) & (stout < 0.35), count % 5, BALL),
        ],
        axis=1,
    )
    strand, coil = strand[::every], coil[::every]
    corners, triangles = ribbons(len(strand), steps)
    places = np.pad(corners, ((0, 0), (0, 1)))
    up = np.tile(np.array([[0.0, 0.0, 1.0]], dtype=np.float32), (len(places), 1))
    mesh = Mesh(places, up, triangles).with_attributes(
        corner=corners,
        strand=np.repeat(strand, 2 * (steps + 1), axis=0),
        coil=np.repeat(coil, 2 * (steps + 1), axis=0),
    )
    path = NodePath(geom.to_node(mesh, "vapour"))
    return adds_light(geom.drawable(path, "vapour"), VAPOUR_ORDER, covers=True)
