"""What a raking sun finds on the floor: the marble's own face, shade of slabs, shade of litter."""

from __future__ import annotations

import numpy as np
import pytest

from models.place.castshade import ABOVE, LONGEST
from models.place.courtyard import Courtyard, floor_height
from models.place.lipshade import FALL, SPAN
from models.place.pile import KIND_FLOOR_AFAR
from models.place.slabs import top_height
from models.place.textures import slopes
from models.place.worn import STEEP, TILE, worn


def test_the_worn_face_tiles_and_is_all_there():
    face = worn(256, 5)
    assert face.shape == (256, 256, 4)
    np.testing.assert_array_equal(face, worn(256, 5))
    tilt = (face[..., :2] / 255.0 - 0.5) * 2.0 * STEEP
    assert np.abs(tilt[..., 0].mean(axis=1)).max() < 0.004  # what goes round the tile comes back
    assert np.abs(tilt[..., 1].mean(axis=0)).max() < 0.004
    assert 0.02 < tilt.std() < 0.20
    polish, tone = face[..., 2] / 255.0, face[..., 3] / 255.0
    assert 0.3 < polish.mean() < 0.8
    assert np.mean((polish > 0.1) & (polish < 0.6)) < 0.25  # its edge is crisp
    assert 0.4 < tone.mean() < 0.6


def test_slopes_are_those_of_the_field():
    x = np.arange(64) / 64
    wave = np.broadcast_to(np.sin(2 * np.pi * x), (64, 64))
    rows, columns = slopes(wave)
    np.testing.assert_allclose(rows, 0.0, atol=1e-9)
    np.testing.assert_allclose(columns[0], 2 * np.pi * np.cos(2 * np.pi * x), atol=0.02)
    assert TILE > 0.3


def test_shade_stands_where_the_sun_over_the_slabs_has_it(place: Courtyard):
    """Against rays of light, followed from places on the floor towards the sun."""
    rng = np.random.default_rng(4)
    size = len(place.shade)
    at = rng.integers(size // 8, size - size // 8, (2000, 2))
    spots = (at + 0.5) * (90.0 / size) - 45.0  # x, y
    kept = (place.shade[at[:, 1], at[:, 0]] / 255.0 - 0.5) * SPAN
    way = np.arange(1, 240) * (90.0 / size)
    ray = np.stack(
        [spots[:, None, 0] - way, np.broadcast_to(spots[:, None, 1], (2000, len(way)))], axis=-1
    )
    tops = floor_height(place, ray.reshape(-1, 2)).reshape(2000, -1) - FALL * way
    wrong = np.abs(kept - tops.max(axis=1))
    assert np.quantile(wrong, 0.9) < 0.001
    shaded = kept > floor_height(place, spots)
    assert 0.002 < shaded.mean() < 0.3


def test_a_slab_alone_does_not_shade_itself(place: Courtyard):
    """Not even where it leans from the sun: its shade stands below its top."""
    broken = place.fracture
    middle = broken.centre[np.abs(broken.centre).max(axis=1) < 36.0]
    size = len(place.shade)
    row, column = np.floor((middle[:, ::-1] + 45.0) * (size / 90.0)).astype(int).T
    kept = (place.shade[row, column] / 255.0 - 0.5) * SPAN
    assert np.mean(kept > floor_height(place, middle) + 0.0003) < 0.1


def test_far_slabs_know_their_tops(place: Courtyard):
    """Where their corners were made level with their neighbours', `kind` says by how much."""
    mesh, broken = place.slabs[1], place.fracture
    home = mesh.attributes["home"].astype(np.float64)
    slab = np.argmin(
        np.hypot(*(home[:4000, None] - broken.centre[None]).transpose(2, 0, 1)), axis=1
    )
    up = mesh.normals[:4000, 2] > 0.9
    points = mesh.positions[:4000].astype(np.float64)
    top = top_height(broken, slab.astype(np.int32), points[:, :2])
    told = points[:, 2] + mesh.attributes["kind"][:4000, 0] - KIND_FLOOR_AFAR
    np.testing.assert_allclose(told[up], top[up], atol=1e-5)
    assert np.ptp(mesh.attributes["kind"]) > 0.002


@pytest.fixture(scope="module")
def strips(place: Courtyard) -> np.ndarray:
    """Corners (n, 8, 3) of each thing's strip of shade."""
    return place.cast.positions.astype(np.float64).reshape(-1, 8, 3)


def test_everything_that_lies_there_casts_one_strip_away_from_the_sun(place, strips):
    lying = np.unique(place.litter.attributes["home"], axis=0)
    assert len(strips) >= len(lying)
    assert (strips[:, -1, 0] > strips[:, 0, 0]).all()  # the sun is in the west
    assert (strips[:, -1, 0] - strips[:, 0, 0]).max() < LONGEST + 1e-3
    dense = place.cast.attributes["dense"]
    assert dense.min() > 0.0
    assert dense.max() < 1.0


def test_strips_lie_on_the_stone(place, strips):
    along = strips.reshape(-1, 4, 2, 3).mean(axis=2).reshape(-1, 3)
    gap = along[:, 2] - floor_height(place, along[:, :2])
    assert np.abs(gap - ABOVE).max() < 1e-3
