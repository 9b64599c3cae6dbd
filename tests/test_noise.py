"""Integer noise: the numbers of the shader's twin, smooth, in range."""

import numpy as np
import pytest

from models.noise import fbm, gradient_noise, hash_unit, hash_words, value_noise


def _reference_hash(x: int, y: int, z: int) -> int:
    mask = 0xFFFFFFFF
    h = (x * 0x9E3779B1 & mask) ^ (y * 0x85EBCA77 & mask) ^ (z * 0xC2B2AE3D & mask)
    h ^= h >> 16
    h = h * 0x7FEB352D & mask
    h ^= h >> 15
    h = h * 0x846CA68B & mask
    return h ^ (h >> 16)


def test_hash_is_the_written_one_also_for_negative_cells():
    cells = np.random.default_rng(5).integers(-5000, 5000, (200, 3))
    assert hash_words(cells).tolist() == [_reference_hash(*map(int, cell)) for cell in cells]


def test_hash_is_even():
    grid = np.stack(np.meshgrid(np.arange(256), np.arange(256)), axis=-1)
    counts = np.histogram(hash_unit(grid), bins=16, range=(0, 1))[0]
    assert np.all(np.abs(counts / 4096 - 1) < 0.08)


@pytest.mark.parametrize("axes", [2, 3])
def test_value_noise_passes_through_the_lattice_and_has_no_steps(axes):
    cells = np.random.default_rng(6).integers(-90, 90, (50, axes))
    assert value_noise(cells) == pytest.approx(hash_unit(cells), abs=1e-12)
    line = np.zeros((40001, axes))
    line[:, 0] = np.linspace(-4, 4, 40001)
    line[:, 1] = 0.37
    slope = np.diff(value_noise(line)) / np.diff(line[:, 0])
    assert np.abs(slope).max() < 2.0  # the fade's steepest, 15/8, for values 0 and 1
    assert np.abs(np.diff(slope)).max() < 0.01


def test_flat_point_is_the_solid_point_at_height_zero():
    flat = np.random.default_rng(7).uniform(-30, 30, (100, 2))
    solid = np.column_stack([flat, np.zeros(100)])
    assert np.array_equal(value_noise(flat), value_noise(solid))
    assert float(value_noise(flat[0])) == value_noise(flat)[0]


def test_gradient_noise_is_zero_on_the_lattice_and_balanced():
    cells = np.random.default_rng(8).integers(-90, 90, (50, 3))
    assert np.abs(gradient_noise(cells)).max() < 1e-12
    many = gradient_noise(np.random.default_rng(9).uniform(-200, 200, (20000, 3)))
    assert abs(many.mean()) < 0.02
    assert 0.5 < np.abs(many).max() < 1.3


def test_fbm_fills_its_range_and_depends_on_the_seed():
    points = np.random.default_rng(10).uniform(-200, 200, (20000, 2))
    noise = fbm(points, 5)
    assert 0.0 < noise.min() < 0.25
    assert 0.75 < noise.max() < 1.0
    assert np.corrcoef(noise, fbm(points, 5, seed=1))[0, 1] < 0.05


def test_wrong_shapes_are_named():
    with pytest.raises(ValueError, match="last axis"):
        value_noise(np.zeros((4, 5)))
    with pytest.raises(ValueError, match="octave"):
        fbm(np.zeros((4, 2)), 0)
