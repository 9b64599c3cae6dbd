"""The sky that the floor loses beside people and things."""

from __future__ import annotations

import numpy as np
import pytest

from models.place.contact import UNDER, hidden, sky_seen


def brute(distance: float, radius: float, height: float) -> float:
    """The cosine-weighted sky behind a cylinder, by shooting at it."""
    rng = np.random.default_rng(1)
    count = 200_000
    radial, around = np.sqrt(rng.random(count)), 2 * np.pi * rng.random(count)
    dx, dy = radial * np.cos(around), radial * np.sin(around)
    dz = np.sqrt(1 - radial**2)
    # Where a ray from the origin first comes to the cylinder about (distance, 0).
    a = dx * dx + dy * dy
    b = dx * distance
    root = b * b - a * (distance**2 - radius**2)
    hit = (root > 0) & (b > 0)
    t = (b - np.sqrt(np.maximum(root, 0))) / np.maximum(a, 1e-12)
    return float((hit & (t * dz < height)).mean())


@pytest.mark.parametrize("distance", [0.5, 0.8, 1.5, 3.0])
def test_a_cylinder_hides_about_what_rays_say(distance):
    assert hidden(distance, 0.35, 1.6) == pytest.approx(brute(distance, 0.35, 1.6), abs=0.035)


def test_shade_falls_with_distance_and_is_deepest_below():
    away = np.linspace(0.4, 6.0, 40)
    share = hidden(away, 0.35, 1.6)
    assert (np.diff(share) < 0).all()
    assert hidden(0.1, 0.35, 1.6) == UNDER
    assert share[-1] < 0.01


def test_the_raster_is_dark_where_people_stand_and_bright_elsewhere():
    seen = sky_seen(np.array([[3.0, -2.0, 0.35, 1.7]]), np.zeros((0, 2)), 256, 8.0)
    row, column = int((-2.0 + 8) / 16 * 256), int((3.0 + 8) / 16 * 256)
    assert seen[row, column] < 30
    assert 100 < seen[row, column + 8] < 240  # half a metre away
    assert seen[20, 20] == 255


def test_a_lying_body_darkens_the_floor_along_its_side():
    body = np.column_stack([np.linspace(-0.8, 0.8, 200), np.zeros(200)])
    seen = sky_seen(np.zeros((0, 4)), body, 512, 4.0)
    middle = seen[:, 256].astype(int)
    assert middle[256] < 110
    assert middle[256 + 6] > middle[256]
    assert middle[256 + 64] > 250


def test_what_stands_over_the_rim_is_no_error():
    seen = sky_seen(
        np.array([[7.9, 7.9, 0.4, 9.0], [30.0, 0.0, 0.4, 9.0]]), np.zeros((0, 2)), 64, 8.0
    )
    assert seen[63, 63] < 255
