"""The fallen one on the GPU: body and shift, and the hair thrown out over the stone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from panda3d.core import LMatrix4f, LVecBase3f, NodePath

from models import bake, fallen
from world.scene import geom


def build() -> NodePath:
    """Body and hair under one node, with the numbers that their shaders find the face by."""
    root = NodePath("fallen")
    body = root.attachNewNode(geom.to_node(bake.load("fallen"), "body"))
    geom.drawable(body, "fallen", "scene shadow mirror")
    hair = root.attachNewNode(geom.to_node(bake.load("hair"), "hair"))
    geom.drawable(hair, "hair", "scene shadow mirror")
    root.setTwoSided(True)
    head = fallen.place().head
    root.setShaderInput("u_to_head", _matrix(np.linalg.inv(head).astype(np.float64)))
    root.setShaderInput("u_head_right", LVecBase3f(*map(float, head[:3, 0])))
    root.setShaderInput("u_eye_right", LVecBase3f(*map(float, fallen.EYES[0])))
    root.setShaderInput("u_eye_left", LVecBase3f(*map(float, fallen.EYES[1])))
    return root


def _matrix(columns: NDArray[np.float64]) -> LMatrix4f:
    """A (4, 4) column-vector matrix as Panda's row-vector one."""
    return LMatrix4f(*map(float, columns.T.reshape(-1)))
