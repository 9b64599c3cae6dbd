"""The gravestone's carving: folds, borders, and what of sun and sky each place of it sees."""

from __future__ import annotations

import numpy as np
import pytest

from models.drawing import ROWS, filled, grid
from models.place import farewell
from models.place.carving import Cloth, Part, folds, laid, phases
from models.place.farewell import DEEPEST, LEVEL, OUT, STEP, SUN
from models.place.horizon import shading, sky_seen, sun_seen

SQUARE = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]
CLOTH = Cloth(([(-0.5, 0.5), (-0.5, -0.5)], [(0.5, 0.5), (0.5, -0.5)]), (8,), 0.02, held=0.3)


@pytest.fixture(scope="module")
def stone() -> np.ndarray:
    return farewell.carved()


def test_cloth_has_as_many_folds_as_it_says_and_they_deepen_where_it_hangs():
    mask = filled(np.array(SQUARE))
    phase, along = phases(CLOTH)
    x, y = grid()
    inner = mask > 0.5
    assert phase[inner] == pytest.approx(8.0 * (x[inner] + 0.5), abs=0.1)
    assert along[inner] == pytest.approx(0.5 - y[inner], abs=0.02)
    high = folds(CLOTH, mask)
    assert high[~inner].max() == 0.0
    low_row, high_row = (high[int((0.5 + 0.5 * v) * ROWS)] for v in (-0.4, 0.4))
    assert np.ptp(low_row) > 1.3 * np.ptp(high_row)
    row = low_row[inner[ROWS // 2]]
    assert 5 <= (np.diff(np.sign(np.diff(row))) < 0).sum() <= 11


def test_a_part_stands_out_of_what_is_behind_it_all_about_its_border():
    x, _ = grid()
    under = 0.02 + 0.015 * np.sin(40.0 * x)
    over = laid(under, Part(SQUARE, 0.03, 0.01, 0.1, press=0.3, sharp=True))
    outside = np.abs(x) > 0.55
    assert np.array_equal(over[outside], under[outside])
    mask = filled(0.97 * np.array(SQUARE)) > 0.5
    assert (over - under)[mask].min() > 0.0


def test_two_part_with_joined_hands(stone):
    assert stone.shape == (ROWS, pytest.approx(0.92 / STEP, abs=2))
    assert stone.max() < 0.08
    rows, columns = stone.shape

    def at(x: float, z: float) -> float:
        """Metres out of the ground at shares of the field."""
        return float(stone[int(z * rows), int(x * columns)])

    assert at(0.28, 0.76) > 0.02  # the head of her who sits
    assert at(0.80, 0.90) > 0.02  # and of her who stands
    assert at(0.57, 0.52) > 0.01  # their hands
    assert at(0.47, 0.65) < 0.006  # and nothing between their faces
    assert at(0.95, 0.95) < 0.006


def test_what_is_baked_is_what_is_carved_to_a_fiftieth_of_a_millimetre(monkeypatch, stone):
    monkeypatch.setattr(farewell, "heights", lambda: stone)
    high, low = np.moveaxis(farewell.build().astype(float), -1, 0)
    assert DEEPEST + LEVEL * (256.0 * high + low) == pytest.approx(stone, abs=LEVEL)


def test_the_pillar_and_whatever_stands_out_shade_what_lies_behind_them():
    flat = np.zeros((120, 300))
    flat[:, 200:204] = 0.02
    slope = SUN[1] / -SUN[0]
    seen = sun_seen(flat, STEP, SUN, OUT)
    shade = round(OUT / slope / STEP)
    assert seen[50:70, : shade - 12].max() < 0.1
    assert seen[50:70, shade + 12 : 198].min() > 0.9
    reach = round(0.02 / slope / STEP)
    assert seen[50:70, 206 : 200 + reach - 6].max() < 0.2
    assert seen[50:70, 204 + reach + 8 : 280].min() > 0.9
    sky = sky_seen(flat, STEP, OUT)
    assert sky[60, 150] > 0.95
    assert sky[60, 205] < 0.8


def test_the_shader_is_told_where_every_place_faces(stone):
    told = farewell.told()
    assert told.shape == (*stone.shape, 4)
    slope = np.tan(0.3)
    rows, columns = np.mgrid[:60, :60] * STEP
    ramp = shading(slope * columns, STEP, SUN, OUT)[30, 30, :2] / 127.5 - 1.0
    assert ramp == pytest.approx([-np.sin(0.3), 0.0], abs=0.02)
    ramp = shading(slope * rows, STEP, SUN, OUT)[30, 30, :2] / 127.5 - 1.0
    assert ramp == pytest.approx([0.0, -np.sin(0.3)], abs=0.02)


def test_the_sheet_lies_on_the_carving(stone):
    sheet = farewell.face(stone, (20, 30))
    place = sheet.attributes["open"]
    assert place.min() == 0.0
    assert place.max() == 1.0
    before = sheet.positions[:, 1] < farewell.BACK - 0.01
    assert np.allclose(sheet.normals[before & (sheet.normals[:, 1] < -0.5)], [0.0, -1.0, 0.0])
    out, place = -farewell.THICK / 2 - sheet.positions[before, 1], place[before]
    at = np.round(place[:, ::-1] * (np.array(stone.shape) - 1)).astype(int)
    assert np.abs(out - stone[tuple(at.T)]).mean() < 0.003
