"""The visitor's arm in tests: a state of it, and its skin where its bones carry it."""

from __future__ import annotations

import dataclasses

import numpy as np

from models.mesh import Mesh
from models.visitor import rig
from world.timeline import Moment, at

STILL = {"reach": 0.0, "cup": 0.0, "raised": 0.0, "released": 0.0, "hand": 1.0, "breath": 0.0}


def state(**changes: float):
    return dataclasses.replace(at(Moment(0.0, 0.0)), **{**STILL, **changes})


def posed(mesh: Mesh, matrices: np.ndarray) -> np.ndarray:
    moved = rig.dual_quaternions(matrices)
    return rig.bent(mesh.positions, mesh.attributes["bones"], mesh.attributes["weights"], moved)
