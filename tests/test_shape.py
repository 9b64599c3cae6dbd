"""The sculptor's primitives: closed, outward, unit normals, and of the right size."""

import numpy as np
import pytest

from models.mesh import Mesh, area, face_vectors, volume
from models.shape import box, boxes, cylinder, frame, icosphere, lathe, prism, sweep, tube
from tests.solid import shading_of

SQUARE = [(0, 0), (2, 0), (2, 1), (0, 1)]
BENT = [(0, 0, 0), (1, 0, 0), (2, 0.4, 0), (2.4, 1.2, 0.5), (2.4, 1.8, 1.4)]


def _rng() -> np.random.Generator:
    return np.random.default_rng(3)


BODIES = {
    "box": lambda: box((1, 2, 3), 0.02),
    "cylinder": lambda: cylinder(1.0, 2.0),
    "icosphere": lambda: icosphere(1.0, 2),
    "prism": lambda: prism(SQUARE, 0, 1),
    "prism, bevelled": lambda: prism(SQUARE, 0, 1, 0.05),
    "lathe": lambda: lathe([(0.2, 0), (1, 0.1), (1, 1), (0.3, 1.5)]),
    "tube": lambda: tube(BENT, 0.1),
    "sweep": lambda: sweep([(-0.1, -0.2), (0.1, -0.2), (0.1, 0.2), (-0.1, 0.2)], BENT),
}


@pytest.fixture(params=BODIES, scope="module")
def body(request: pytest.FixtureRequest) -> Mesh:
    return BODIES[request.param]()


def test_closed_outward_and_unit(body: Mesh):
    shading = shading_of(body)
    faces = face_vectors(body.positions, body.triangles)
    assert np.linalg.norm(faces, axis=1).min() > 0
    assert np.all(shading > 0)  # a vertex's normals are on the outer side of its faces
    assert body.attributes["edge"].shape == (len(body.positions), 1)
    assert body.attributes["edge"].min() >= 0


def test_volumes():
    assert volume(prism(SQUARE, 0, 1)) == pytest.approx(2.0)
    assert volume(box((1, 2, 3), 0.001)) == pytest.approx(6.0, rel=1e-3)
    assert volume(cylinder(1.0, 2.0, 96, 0.001)) == pytest.approx(2 * np.pi, rel=0.01)
    assert volume(icosphere(2.0, 4)) == pytest.approx(32 / 3 * np.pi, rel=0.01)
    assert area(icosphere(1.0, 4)) == pytest.approx(4 * np.pi, rel=0.01)
    straight = tube([(0, 0, 0), (0, 3, 4)], 0.5, 64)
    assert volume(straight) == pytest.approx(5 * np.pi / 4, rel=0.01)


def test_a_sweep_does_not_twist():
    ring = np.linspace(0, 2 * np.pi, 200)
    path = np.column_stack([4 * np.cos(ring), 4 * np.sin(ring), 0 * ring])
    flat = sweep([(-1, -0.05), (1, -0.05), (1, 0.05), (-1, 0.05)], path)
    assert np.ptp(flat.positions[:, 2]) == pytest.approx(0.1, abs=1e-3)


def test_blocks_stand_where_their_frames_say_and_keep_their_seeds():
    frames = np.array([frame((5, 0, 1), np.pi / 2), frame((0, -7, 2))])
    mesh = boxes([(4, 1, 2), (1, 1, 1)], 0.02, frames, seeds=[0.25, 0.75])
    first = mesh.positions[mesh.attributes["seed"][:, 0] < 0.5]
    assert first.min(axis=0) == pytest.approx([4.5, -2, 0], abs=1e-5)
    assert first.max(axis=0) == pytest.approx([5.5, 2, 2], abs=1e-5)
    assert len(mesh.triangles) == 112
    assert mesh.attributes["edge"].max() == pytest.approx(1.0)
