"""The clouds' baked light."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from models import bake
from models import cloudscape as clouds

SMALL = (48, 16)


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
    deck = clouds.Deck(1500.0, 100.0, (1.0, 1.0), 1.0, 0.004, 0.0, 32)
    azimuth, elevation, offset = rays(8, np.pi / 2)
    light = clouds.march(noise, deck, azimuth, elevation, offset)
    haze = np.exp(-1550.0 / clouds.HAZE)
    passed = 1.0 - (1.0 - np.exp(-0.4)) * haze
    np.testing.assert_allclose(light[:, 0], passed, rtol=2e-3)
    # The sky's share: what is not passed, weighted by a height that is even over the way.
    assert (light[:, 3] < (1 - passed)).all()
    assert (light[:, 3] > 0.25 * (1 - passed)).all()


def test_light_is_finite_and_no_more_than_there_is():
    light = clouds.panorama(*SMALL)
    assert np.isfinite(light).all()
    assert light.min() >= 0.0
    assert light[..., 0].max() <= 1.0
    assert (light[..., 2] <= light[..., 1] + 1e-6).all()
    assert (light[..., 3] <= 1.0 - light[..., 0] + 0.02).all()
    assert 0.2 < light[..., 0].mean() < 0.9  # neither an empty sky nor a lid


def test_clouds_are_brighter_about_the_sun_than_opposite():
    light = clouds.panorama(*SMALL)[2:8]
    west, east = light[:, 20:28, 1], np.concatenate([light[:, :4, 1], light[:, -4:, 1]], axis=1)
    assert west.mean() > 2.0 * east.mean()


def test_bytes_keep_the_light():
    light = clouds.panorama(*SMALL)
    stored = clouds.packed(light).astype(np.float32) / 255
    np.testing.assert_allclose(stored[..., 0], light[..., 0], atol=0.5 / 255 + 1e-6)
    back = stored[..., 1:] ** 2 * clouds.BRIGHTEST
    expected = np.minimum(light[..., 1:], clouds.BRIGHTEST)
    assert np.abs(back - expected).max() < 0.02


def test_the_baked_sky_is_what_its_code_makes(noise):
    stored = bake.load_picture("clouds")
    assert stored.shape == (clouds.HEIGHT, clouds.WIDTH, 4)
    texels = np.random.default_rng(7).integers(0, clouds.WIDTH * clouds.HEIGHT, 400)
    light = clouds.light_of(noise, texels, clouds.WIDTH, clouds.HEIGHT, clouds.DECKS)
    made = clouds.packed(light)
    assert np.abs(made.astype(int) - stored.reshape(-1, 4)[texels].astype(int)).max() <= 1


def test_a_mesh_is_no_picture():
    with pytest.raises(KeyError, match="not a picture"):
        bake.load_picture("hand")
    with pytest.raises(FileNotFoundError, match=r"models\.bake"):
        bake.load_picture("nothing")
