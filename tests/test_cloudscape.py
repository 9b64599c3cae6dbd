"""The clouds' baked light."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from models import bake
from models.sky import cloudscape as clouds

SMALL = 40  # texels across a dome


@pytest.fixture(scope="module")
def light() -> np.ndarray:
    return clouds.dome(SMALL)


@pytest.fixture(scope="module")
def noise() -> clouds.Noise:
    return clouds.Noise(clouds.SEED)


def rays(count: int, elevation: float) -> tuple[clouds.Field, clouds.Field, clouds.Field]:
    azimuth = np.linspace(0.0, 2 * np.pi, count, endpoint=False, dtype=np.float32)
    return azimuth, np.full(count, elevation, np.float32), np.full(count, 0.5, np.float32)


def test_a_ray_straight_up_reaches_a_height_and_a_level_one_the_round_horizon():
    up = np.array([np.pi / 2, 0.0], np.float32)
    straight, level = clouds.reach(up, 1500.0)
    assert straight == pytest.approx(1500.0, rel=1e-4)
    assert level == pytest.approx(np.sqrt(2 * clouds.PLANET * 1500.0 + 1500.0**2), rel=1e-4)


def test_a_sky_without_cover_lets_everything_through(noise):
    bare = dataclasses.replace(clouds.LOW, cover=-1.0)
    light = clouds.march(noise, bare, *rays(32, 0.4))
    np.testing.assert_array_equal(light, np.tile([1.0, 0, 0, 0], (32, 1)).astype(np.float32))


def test_a_shut_sky_obeys_beer_and_lambert(noise, monkeypatch):
    monkeypatch.setattr(clouds, "density", lambda noise, deck, x, y, z, fine=True: np.ones_like(x))
    deck = clouds.Deck(1500.0, 100.0, (1.0, 1.0), 1.0, 1.0, 0.004, 0.0, 32)
    azimuth, elevation, offset = rays(8, np.pi / 2)
    light = clouds.march(noise, deck, azimuth, elevation, offset)
    haze = np.exp(-1550.0 / clouds.HAZE)
    passed = 1.0 - (1.0 - np.exp(-0.4)) * haze
    np.testing.assert_allclose(light[:, 0], passed, rtol=2e-3)
    # The sky's share: what is not passed, weighted by a height that is even over the way.
    assert (light[:, 3] < (1 - passed)).all()
    assert (light[:, 3] > 0.25 * (1 - passed)).all()


def elevations(size: int) -> np.ndarray:
    return clouds.rays(np.arange(size * size), size)[1].reshape(size, size)


def test_the_dome_is_seen_from_its_pole():
    """As dome.frag has it: p = d.xy / (1 + d.z), row 0 in the south, column 0 in the west."""
    size = 64
    azimuth, elevation = clouds.rays(np.arange(size * size), size)
    d = np.column_stack(
        [
            np.cos(elevation) * np.cos(azimuth),
            np.cos(elevation) * np.sin(azimuth),
            np.sin(elevation),
        ]
    )
    row, column = np.divmod(np.arange(size * size), size)
    above = elevation > 0
    at = d[above, :2] / (1 + d[above, 2:])
    np.testing.assert_allclose(at[:, 0], (column[above] + 0.5) / size * 2 - 1, atol=1e-5)
    np.testing.assert_allclose(at[:, 1], (row[above] + 0.5) / size * 2 - 1, atol=1e-5)
    assert above.mean() == pytest.approx(np.pi / 4, abs=0.01)  # a disc in its square


def test_light_is_finite_and_no_more_than_there_is(light):
    assert np.isfinite(light).all()
    assert light.min() >= 0.0
    assert light.max() <= 1.0 + 1e-6
    assert (light[..., 2] <= light[..., 1] + 1e-6).all()  # once is the least of many
    assert (light[..., 3] <= 1.0 - light[..., 0] + 0.02).all()
    above = elevations(SMALL) > 0
    assert 0.3 < light[above, 0].mean() < 0.9  # neither an empty sky nor a lid


def test_below_the_horizon_there_are_no_clouds(light):
    below = elevations(SMALL) < -0.2
    assert below.any()
    np.testing.assert_array_equal(light[below], np.tile([1.0, 0, 0, 0], (below.sum(), 1)))


def test_the_sky_is_open_about_the_sun():
    """Up to 20 degrees over the sun there is less cloud than to its sides."""
    size = 80
    azimuth, elevation = clouds.rays(np.arange(size * size), size)
    low = (elevation > np.radians(6)) & (elevation < np.radians(16))
    aside = np.abs(np.arctan2(np.sin(azimuth - np.pi), np.cos(azimuth - np.pi)))
    light = clouds.dome(size).reshape(-1, 4)
    over, beside = low & (aside < 0.12), low & (aside > 0.4) & (aside < 0.9)
    assert light[over, 0].mean() > light[beside, 0].mean() + 0.2


def test_softening_keeps_what_is_even_and_spreads_a_point():
    even = np.full((8, 8, 4), 0.3, np.float32)
    np.testing.assert_allclose(clouds.softened(even), even, rtol=1e-6)
    point = np.zeros((7, 7, 1), np.float32)
    point[3, 3] = 16.0
    kernel = np.outer([1, 2, 1], [1, 2, 1])
    np.testing.assert_allclose(clouds.softened(point)[2:5, 2:5, 0], kernel, rtol=1e-6)


def test_bytes_keep_the_light(light):
    stored = clouds.packed(light).astype(np.float32) / 255
    np.testing.assert_allclose(stored[..., 0], light[..., 0], atol=0.5 / 255 + 1e-6)
    assert np.abs(stored[..., 1:] ** 2 - light[..., 1:]).max() < 0.005


def test_the_baked_sky_is_what_its_code_makes(noise):
    """Blocks of 6x6 texels, whose inner 4x4 have all their neighbours."""
    stored = bake.load_picture("clouds")
    size = clouds.SIZE
    assert stored.shape == (size, size, 4)
    corners = np.random.default_rng(7).integers(0, size - 6, (24, 2))
    rows, columns = (
        corners[:, :1, None] + np.arange(6)[:, None],
        corners[:, 1:, None] + np.arange(6),
    )
    texels = (rows * size + columns).astype(np.int64)
    light = clouds.light_of(noise, texels.ravel(), size).reshape(24, 6, 6, 4)
    for (row, column), block in zip(corners, light, strict=True):
        made = clouds.packed(clouds.softened(block))[1:5, 1:5].astype(int)
        kept = stored[row + 1 : row + 5, column + 1 : column + 5].astype(int)
        assert np.abs(made - kept).max() <= 1


def test_a_mesh_is_no_picture():
    with pytest.raises(KeyError, match="not a picture"):
        bake.load_picture("hand")
    with pytest.raises(FileNotFoundError, match=r"models\.bake"):
        bake.load_picture("nothing")
