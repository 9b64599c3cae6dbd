"""What hangs in the air: threads that bells leave, glints, dancing dust, visible breath."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from panda3d.core import ColorBlendAttrib, NodePath

from models.mesh import Mesh
from models.people.gathering import People
from models.people.mourner import face_at
from world.scene import geom
from world.scene.place import LIGHT_BIN
from world.scene.stars import quads, ribbons

BELL_SLOTS, THREAD_STEPS = 4, 72
GLINTS, DUST = 1600, 1400
DUST_REACH = 16.0  # metres from the middle in which dust is seen to dance


def adds_light(
    path: NodePath, order: int = 0, covers: bool = False, moves: bool = True
) -> NodePath:
    """Draws a node last, as light added to what is there and hidden by what stands before it.

    Lights of a lower `order` are drawn first; with `covers` alpha dims what is behind. What does
    not move is left out where its mesh is out of view.
    """
    below = ColorBlendAttrib.OOneMinusIncomingAlpha if covers else ColorBlendAttrib.OOne
    # What is left in alpha is how much of the solid below is seen: only that has corners that are
    # dark by their depth.
    left = below if covers else ColorBlendAttrib.OOne
    add, none = ColorBlendAttrib.MAdd, ColorBlendAttrib.OZero
    path.setAttrib(ColorBlendAttrib.make(add, ColorBlendAttrib.OOne, below, add, none, left))
    path.setDepthTest(True)
    path.setDepthWrite(False)
    path.setTwoSided(True)
    path.setBin(LIGHT_BIN, order)
    return geom.everywhere(path) if moves else path


def build_bells() -> NodePath:
    """A ribbon for each of the last four bells; the shader draws its path from its toll."""
    corners, triangles = ribbons(BELL_SLOTS, THREAD_STEPS)
    slot = np.repeat(np.arange(BELL_SLOTS, dtype=np.float32), len(corners) // BELL_SLOTS)
    places = np.column_stack([corners, slot])
    mesh = Mesh(places, np.tile([0.0, 0.0, 1.0], (len(places), 1)).astype(np.float32), triangles)
    return adds_light(geom.drawable(NodePath(geom.to_node(mesh, "bells")), "bells"))


def build_glints(seed: int) -> NodePath:
    """Points that drift about the eye wherever it goes, and dust that jumps when the earth does."""
    rng = np.random.default_rng(seed)
    count = GLINTS + DUST
    places = rng.random((count, 3), dtype=np.float32)
    away = DUST_REACH * np.sqrt(rng.random(DUST, dtype=np.float32))
    angle = 2 * np.pi * rng.random(DUST, dtype=np.float32)
    places[GLINTS:] = np.column_stack(
        [away * np.cos(angle), away * np.sin(angle), np.zeros(DUST, dtype=np.float32)]
    )
    kind = np.repeat([0.0, 1.0], [GLINTS, DUST]).astype(np.float32)[:, None]
    own = rng.random((count, 2), dtype=np.float32)
    node = geom.points(places, {"kind": kind, "own": own}, "glints")
    path = geom.drawable(NodePath(node), "glints")
    path.setTag("points", "1")
    return adds_light(path)


def build_breath(people: People, floor: NDArray[np.float64]) -> NodePath:
    """A soft puff before each face: (n,) people on a floor of heights (n,), metres."""
    count = len(people)
    faces = np.zeros((count, 3), dtype=np.float32)
    ways = np.zeros((count, 3), dtype=np.float32)
    for who in range(count):
        faces[who], ways[who] = face_at(people, who, float(floor[who]))
    corners, triangles = quads(count)
    mesh = Mesh(np.repeat(faces, 4, axis=0), np.repeat(ways, 4, axis=0), triangles)
    mesh = mesh.with_attributes(
        corner=corners, phase=np.repeat(people.phase.astype(np.float32), 4)[:, None]
    )
    return adds_light(geom.drawable(NodePath(geom.to_node(mesh, "breath")), "breath"))
