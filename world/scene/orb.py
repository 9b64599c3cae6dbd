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
ARMS, ARM_STRANDS, STEPS = 3, 8, 84
STRANDS = ARMS * ARM_STRANDS
RING = (0.95, 1.7)  # metres around the orb's foot at which strands begin


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


def build_vapour(seed: int) -> NodePath:
    """Ribbons of vapour that wind from the floor to `u_orb` while S_gather is above 0.

    They come in arms. Their attributes: `corner`, 0..1 along and -1..1 across; `strand`, the angle
    at which one starts, its distance from the orb's foot in metres, its place across its arm -1..1,
    and its own number 0..1.
    """
    rng = np.random.default_rng(seed)
    corners, triangles = ribbons(STRANDS, STEPS)
    arm, place = np.divmod(np.arange(STRANDS), ARM_STRANDS)
    across = 2.0 * (place + rng.uniform(0.1, 0.9, STRANDS)) / ARM_STRANDS - 1.0
    strand = np.stack(
        [
            2 * np.pi * arm / ARMS + rng.uniform(-0.2, 0.2, ARMS)[arm],
            RING[0] + (RING[1] - RING[0]) * rng.random(STRANDS),
            across,
            rng.permutation(STRANDS) / STRANDS,
        ],
        axis=1,
    )
    places = np.pad(corners, ((0, 0), (0, 1)))
    up = np.tile(np.array([[0.0, 0.0, 1.0]], dtype=np.float32), (len(places), 1))
    mesh = Mesh(places, up, triangles).with_attributes(
        corner=corners, strand=np.repeat(strand, 2 * (STEPS + 1), axis=0)
    )
    path = NodePath(geom.to_node(mesh, "vapour"))
    return adds_light(geom.drawable(path, "vapour"), VAPOUR_ORDER, covers=True)
