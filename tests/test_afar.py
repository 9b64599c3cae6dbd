"""The ruins beyond the courtyard."""

from __future__ import annotations

import numpy as np
import pytest

from models.mesh import face_vectors, is_closed, merge, volume
from models.place import aqueduct
from models.place.afar import GATE_OF_SUN, build_afar
from models.place.hills import along_way, height, hills_mesh
from models.place.pile import KIND_HILLS

EYE = np.array([0.0, 0.0, 1.6])


@pytest.fixture(scope="module")
def afar():
    return build_afar(1)


def test_they_are_closed_bodies_wound_outward(afar):
    assert is_closed(afar)
    assert volume(afar) > 1000.0
    faces = face_vectors(afar.positions.astype(float), afar.triangles)
    normals = afar.normals[afar.triangles].mean(axis=1)
    assert (np.einsum("ij,ij->i", faces, normals) > 0).mean() > 0.99


def test_they_are_few_triangles_and_kept_out_of_reach(afar):
    assert 1500 < len(afar.triangles) < 28_000
    assert (afar.attributes["kind"] == KIND_HILLS).all()
    assert np.hypot(*afar.positions[:, :2].T).min() > 55.0


def test_nothing_hovers_over_the_land(afar):
    """Every body reaches below the ground it stands on: lowest points are under it."""
    ground = height(afar.positions[:, :2].astype(float))
    cells = np.round(afar.positions[:, :2] / 6.0).astype(int)
    _, cell = np.unique(cells, axis=0, return_inverse=True)
    low = np.full(cell.max() + 1, np.inf)
    np.minimum.at(low, cell.ravel(), afar.positions[:, 2] - ground)
    assert (low < 0.3).mean() > 0.75  # the rest are arches and lintels, carried by others


def test_the_aqueduct_is_cut_by_one_line_of_remains():
    bays = np.array([key[0] for key in aqueduct.REMAINS])
    assert (np.diff(bays) > 0).all()
    stands = aqueduct.remains(np.linspace(0.0, 39.0, 1000))
    assert 0.1 < (stands < 1.0).mean() < 0.35  # gaps
    assert (stands >= aqueduct.TOP).mean() > 0.35
    ends = np.flatnonzero(np.diff((stands < 1.0).astype(int)))
    assert len(ends) >= 8
    mesh = merge(aqueduct.aqueduct(np.random.default_rng(3)))
    spots, _ = along_way(0.5)
    away = np.hypot(*(mesh.positions[:, None, :2] - spots[None]).transpose(2, 0, 1))
    place = away.argmin(axis=1) * 0.5 / aqueduct.BAY
    close = away.min(axis=1) < 2.2
    # Blocks end beside the line, not on it: the highest remains within a stone's length count.
    near = [aqueduct.remains(place + shift / aqueduct.BAY) for shift in np.linspace(-1.8, 1.8, 13)]
    over = mesh.positions[:, 2] - np.max(near, axis=0)
    low = mesh.positions[:, 2] > aqueduct.SPRING
    assert over[close & low].max() < 1.2


def test_piers_stand_taller_as_the_land_falls():
    spots, turns = along_way(aqueduct.BAY)
    foot = height(spots)
    assert foot[:6].mean() > -2.0
    assert foot[-4:].mean() < -9.0
    assert np.hypot(*np.diff(spots, axis=0).T) == pytest.approx(aqueduct.BAY, rel=0.02)
    assert np.abs(np.diff(turns)).max() < 0.2  # it bends, it has no corners


def test_the_sun_goes_less_far_in_under_the_crown_of_an_arch():
    arch = aqueduct.Opening(6.0, 4.6, 0.0, 1.4, 15)
    wide = arch.chord(np.array([0.0, 2.3, 4.6]))
    np.testing.assert_allclose(wide, [9.2, 9.2 * np.sqrt(0.75), 0.0])
    assert arch.outline()[:, 0].tolist() == sorted(arch.outline()[:, 0].tolist())


def skyline(meshes, count: int) -> np.ndarray:
    """Elevation in degrees of the highest thing in each of `count` azimuths, seen from EYE."""
    top = np.zeros(count)
    for mesh in meshes:
        a, b, c = (mesh.positions[mesh.triangles[:, k]].astype(float) for k in range(3))
        for share in np.linspace(0, 1, 9):
            for one, two in ((a, b), (b, c), (c, a)):
                way = one + (two - one) * share - EYE
                azimuth = np.arctan2(way[:, 1], way[:, 0]) % (2 * np.pi)
                rise = np.degrees(np.arctan2(way[:, 2], np.hypot(way[:, 0], way[:, 1])))
                np.maximum.at(top, (azimuth / (2 * np.pi) * count).astype(int) % count, rise)
    return top


def test_no_horizon_is_a_rulers_line(afar):
    line = skyline([hills_mesh(), afar], 64)
    three = np.stack([np.roll(line, -k) for k in range(3)])
    assert np.ptp(three, axis=0).min() > 0.02  # degrees
    assert line.std() > 1.0


def test_the_sun_is_free(afar):
    way = afar.positions - np.array([18.0, -1.5, 1.6])
    azimuth = np.abs(np.arctan2(way[:, 1], -way[:, 0]))
    assert azimuth.min() > 0.6 * GATE_OF_SUN


def test_a_seed_gives_the_same_ruins_and_another_seed_others(afar):
    np.testing.assert_array_equal(build_afar(1).positions, afar.positions)
    other = build_afar(2).positions
    assert other.shape != afar.positions.shape or (other != afar.positions).any()
