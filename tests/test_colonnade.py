"""What stands about the courtyard: colonnade, hills and valley."""

import numpy as np
import pytest

from models.place import colonnade, entablature, posts
from models.place.column import HEIGHT
from models.place.courtyard import Courtyard
from models.place.hills import height

EYE = np.array([18.0, -1.5, 1.6])
SUN = np.array([-np.cos(np.radians(4.5)), 0.0, np.sin(np.radians(4.5))])
SUN_RADIUS = 0.034


def test_colonnade_heights():
    whole = 0
    for seed in range(6):
        for post in posts.posts(seed):
            assert 0.0 <= post.height <= HEIGHT
            whole += post.whole
    assert 90 < whole < 250  # 354 places: much stands, much has fallen
    top = colonnade.TOP + entablature.BEAM + entablature.FRIEZE + entablature.CORNICE
    assert top == pytest.approx(9.0)


def test_three_sides_stand_and_the_east_is_open(place: Courtyard):
    mesh = place.ruins
    tall = mesh.positions[mesh.positions[:, 2] > 3.0]
    x, y, _ = tall.T
    for side in (np.abs(y - 45) < 2, np.abs(y + 45) < 2, np.abs(x + 45) < 2):
        assert np.sum(side) > 500
    assert 9.0 < mesh.positions[:, 2].max() < 11.3  # the course over an arch
    east = mesh.positions[mesh.positions[:, 0] > 44.0]
    east = east[np.abs(east[:, 1]) < 40]
    assert east[:, 2].max() < 2.6
    aisle = mesh.positions[(np.abs(mesh.positions[:, 1]) < 4) & (mesh.positions[:, 0] > 0)]
    assert aisle[:, 2].max() < 0.25


def test_the_sun_goes_down_between_two_broken_columns(place: Courtyard):
    gate = [post for post in posts.posts(1) if post.side == "west" and 3 < abs(post.along) < 6]
    assert len(gate) == 2
    assert gate[0].along < 0 < gate[1].along
    assert all(4.5 < post.height < HEIGHT for post in gate)
    for mesh in (place.ruins, place.hills):
        ray = mesh.positions.astype(np.float64) - EYE
        ray /= np.linalg.norm(ray, axis=1, keepdims=True)
        angle = np.arccos(np.clip(ray @ SUN, -1, 1))
        assert angle.min() > SUN_RADIUS  # nothing before the disc
    ruin = place.ruins.positions.astype(np.float64)
    ruin = ruin[(np.abs(ruin[:, 0] + 45) < 1) & (ruin[:, 2] > 3.5)]
    bearing = np.degrees(np.arctan2(ruin[:, 1] - EYE[1], EYE[0] - ruin[:, 0]))
    assert np.any((bearing > -5) & (bearing < -1.9))
    assert np.any((bearing < 6.5) & (bearing > 1.9))


def test_hills_break_the_horizon_but_leave_the_sun():
    angle = np.radians(np.arange(0, 360, 2.0))
    radius = np.linspace(300, 900, 40)
    x, y = radius[:, None] * np.cos(angle), radius[:, None] * np.sin(angle)
    z = height(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
    assert 40 < z.max() < 85
    skyline = np.degrees(np.arctan2(z - 1.6, radius[:, None])).max(axis=0)
    assert np.ptp(skyline) > 1.5
    west = np.abs(angle - np.pi) < np.radians(10)
    assert skyline[west].max() < 2.3
    under = np.random.default_rng(0).uniform(-46, 46, (2000, 2))
    assert height(under).max() < -0.44  # below the bed


def test_a_valley_lies_between_the_courtyard_and_ridges_one_behind_another():
    angle = np.radians(np.arange(0, 360, 3.0))
    radius = np.arange(60.0, 860.0, 5.0)
    x, y = radius[:, None] * np.cos(angle), radius[:, None] * np.sin(angle)
    z = height(np.column_stack([x.ravel(), y.ravel()])).reshape(x.shape)
    assert np.median(z[(radius > 130) & (radius < 165)]) < -8.0
    rise = (z - 1.6) / radius[:, None]
    for nearer, farther in (((170, 280), (330, 470)), ((330, 470), (600, 800))):
        one, two = (
            rise[(radius > low) & (radius < high)].max(axis=0) for low, high in (nearer, farther)
        )
        assert (two > one).mean() > 0.6  # the farther line is mostly seen above the nearer
