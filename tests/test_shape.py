"""The sculptor's primitives: closed, outward, unit normals, and of the right size."""

import numpy as np
import pytest

from models.column import HEIGHT, RADIUS, SHAFT, capital, column, drum, shaft, shaft_radius
from models.mesh import Mesh, area, face_vectors, is_closed, volume
from models.shape import box, boxes, cylinder, frame, icosphere, lathe, prism, sweep, tube

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
    "whole shaft": lambda: shaft(_rng(), SHAFT, broken=False)[0],
    "whole shaft, afar": lambda: shaft(_rng(), SHAFT, broken=False)[1],
    "broken shaft": lambda: shaft(_rng(), 3.0, broken=True)[0],
    "broken shaft, afar": lambda: shaft(_rng(), 3.0, broken=True)[1],
    "low stump": lambda: shaft(_rng(), 0.75, broken=True)[0],
    "capital": lambda: capital()[0],
    "capital, afar": lambda: capital()[1],
    "drum": lambda: drum(_rng(), 1.4, 0.5)[0],
    "column": lambda: column(_rng())[0],
    "column, afar": lambda: column(_rng())[1],
    "broken column": lambda: column(_rng(), 4.2, 0.02)[0],
}


@pytest.fixture(params=BODIES, scope="module")
def body(request: pytest.FixtureRequest) -> Mesh:
    return BODIES[request.param]()


def test_closed_outward_and_unit(body: Mesh):
    assert is_closed(body)
    assert volume(body) > 0
    assert np.abs(np.linalg.norm(body.normals, axis=1) - 1).max() < 1e-5
    faces = face_vectors(body.positions, body.triangles)
    assert np.linalg.norm(faces, axis=1).min() > 0
    shading = np.einsum("ij,ij->i", faces, body.normals[body.triangles].sum(axis=1))
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


def test_columns_have_the_height_that_was_asked_for():
    for level in (0, 1):
        whole = column(_rng())[level].positions[:, 2]
        assert whole.max() == pytest.approx(HEIGHT, abs=1e-4)
        assert whole.min() == pytest.approx(0.0, abs=1e-5)
        for height in (1.0, 3.3, 5.9):
            for dice in range(5):
                top = column(np.random.default_rng(dice), height)[level].positions[:, 2].max()
                assert top == pytest.approx(height, abs=0.08)


def test_a_column_is_the_same_from_afar_with_half_the_triangles():
    near, far = column(_rng())
    assert len(far.triangles) < 0.55 * len(near.triangles)
    assert volume(far) == pytest.approx(volume(near), rel=0.02)


def test_the_shaft_narrows_upward_without_a_belly():
    radius = shaft_radius(np.linspace(0, HEIGHT, 50))
    assert radius[0] == RADIUS
    assert np.all(np.diff(radius) <= 0)
    assert 0.8 < radius[-1] / radius[0] < 0.9


def test_a_break_is_jagged():
    mesh = shaft(_rng(), 4.0, broken=True)[0]
    rim = mesh.positions[np.hypot(*mesh.positions[:, :2].T) > 0.8 * float(shaft_radius(3.5))]
    top = rim[rim[:, 2] > 3.2]
    assert np.ptp(top[:, 2]) > 0.2
