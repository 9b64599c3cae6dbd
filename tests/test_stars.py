"""The night: real stars in real places, a true orbit, and exactly a thousand dawns."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import spearmanr

from models.sky import orbit, stars
from models.sky.catalogue import STARS
from models.sky.worlds import COUNT, WEST, Worlds, worlds

SHADERS = Path(__file__).resolve().parents[1] / "shaders"
PLACES = {star.name: stars.vector(star.ra, star.dec) for star in STARS}


def degrees_between(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    return float(np.degrees(np.arccos(np.clip(a @ b, -1.0, 1.0))))


def apart(one: str, other: str) -> float:
    return degrees_between(PLACES[one], PLACES[other])


# ── the catalogue ────────────────────────────────────────────────────────────


def test_catalogue_is_sound():
    assert len({star.name for star in STARS}) == len(STARS) >= 120
    for star in STARS:
        assert 0.0 <= star.ra < 360.0
        assert -90.0 <= star.dec <= 90.0
        assert -1.5 <= star.magnitude <= 6.0
        assert -0.4 <= star.color_index <= 2.0


@pytest.mark.parametrize(
    ("one", "other", "degrees"),
    [
        ("Vega", "Altair", 34.2),
        ("Vega", "Deneb", 23.8),
        ("Deneb", "Altair", 38.0),
        ("Sheliak", "Sulafat", 1.98),
        ("Castor", "Pollux", 4.5),
        ("Dubhe", "Merak", 5.4),
        ("Betelgeuse", "Rigel", 18.6),
        ("Acrux", "Gacrux", 6.0),
    ],
)
def test_known_stars_stand_as_far_apart_as_they_do(one, other, degrees):
    assert apart(one, other) == pytest.approx(degrees, rel=0.02)


def test_epsilon_lyrae_is_the_double_that_eyes_can_split():
    assert apart("Epsilon1 Lyrae", "Epsilon2 Lyrae") * 3600 == pytest.approx(208, abs=8)


def test_brightest_are_in_order():
    by_light = sorted(STARS, key=lambda star: star.magnitude)
    first = ["Sirius", "Canopus", "Rigil Kentaurus", "Arcturus", "Vega", "Capella", "Rigel"]
    assert [star.name for star in by_light[:7]] == first
    assert min((s for s in STARS if s.name in stars.LYRA), key=lambda s: s.magnitude).name == "Vega"


def test_lyre_is_a_triangle_on_a_parallelogram():
    assert set(sum(stars.LYRA_LINES, ())) <= set(stars.LYRA)
    zeta, delta, gamma, beta = "Zeta1 Lyrae", "Delta2 Lyrae", "Sulafat", "Sheliak"
    assert apart(zeta, delta) == pytest.approx(apart(beta, gamma), rel=0.12)
    assert apart(zeta, beta) == pytest.approx(apart(delta, gamma), rel=0.12)
    assert apart("Vega", zeta) == pytest.approx(apart("Vega", "Epsilon1 Lyrae"), rel=0.2)


# ── axes ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ra", "dec", "longitude", "latitude"),
    [
        (266.405, -28.936, 0.0, 0.0),  # the centre
        (279.2347, 38.7837, 67.448, 19.237),  # Vega
        (310.3580, 45.2803, 84.285, 1.998),  # Deneb
        (37.9546, 89.2641, 123.281, 26.461),  # Polaris
    ],
)
def test_galactic_axes_against_known_places(ra, dec, longitude, latitude):
    g = stars.GALACTIC @ stars.vector(ra, dec)
    assert degrees_between(g, stars.vector(longitude, latitude)) < 0.01


@pytest.mark.parametrize("frame", [stars.GALACTIC, stars.DREAM, stars.DREAM_TO_GALACTIC])
def test_axes_turn_and_never_mirror(frame):
    assert frame @ frame.T == pytest.approx(np.eye(3), abs=1e-12)
    assert np.linalg.det(frame) == pytest.approx(1.0)


def test_lyre_hangs_upright_where_the_visitor_looks():
    look = np.array(stars.LYRA_DIRECTION) / np.linalg.norm(stars.LYRA_DIRECTION)
    assert degrees_between(stars.DREAM @ stars.LYRA_CENTRE, look) < 1e-4
    heights = {name: stars.direction(name)[2] for name in stars.LYRA}
    assert heights["Vega"] > heights["Zeta1 Lyrae"] > heights["Delta2 Lyrae"] > heights["Sheliak"]
    tall = degrees_between(stars.direction("Vega"), stars.direction("Sulafat"))
    assert tall == pytest.approx(stars.LYRA_SCALE * apart("Vega", "Sulafat"), rel=0.03)


def test_only_the_lyre_is_larger_than_life():
    seen = degrees_between(stars.direction("Altair"), stars.direction("Arcturus"))
    assert seen == pytest.approx(apart("Altair", "Arcturus"), abs=1e-9)


def test_east_is_left_of_north_as_in_the_real_sky():
    """The lyre is not seen in a mirror: from Vega, Sulafat lies left of Sheliak as it should."""
    vega, beta, gamma = (PLACES[name] for name in ("Vega", "Sheliak", "Sulafat"))
    real = np.linalg.det(np.stack([vega, beta, gamma]))
    dream = np.linalg.det(np.stack([stars.direction(n) for n in ("Vega", "Sheliak", "Sulafat")]))
    assert np.sign(real) == np.sign(dream)


# ── colours and the faint ────────────────────────────────────────────────────


def test_sun_has_its_temperature():
    assert stars.temperature(0.653) == pytest.approx(5778, rel=0.015)


def test_colours_run_from_red_to_blue():
    rgb = stars.blackbody(np.array([1800.0, 3000.0, 4500.0, 6500.0, 9000.0, 20000.0]))
    assert np.all(np.diff(rgb[:, 0] / np.maximum(rgb[:, 2], 1e-3)) < 0)
    assert rgb[3] == pytest.approx(np.ones(3), abs=0.06)
    assert rgb @ np.array([0.2126, 0.7152, 0.0722]) == pytest.approx(np.ones(6))


def test_faint_stars_grow_in_number_by_the_law():
    night = stars.faint(20_000, 4)
    assert len(night.directions) == 20_000
    counts, edges = np.histogram(night.magnitudes, bins=np.arange(6.0, 9.01, 0.25))
    slope = np.polyfit(edges[:-1], np.log10(counts), 1, w=np.sqrt(counts))[0]
    assert slope == pytest.approx(stars.STARS_PER_MAGNITUDE, abs=0.03)


def test_faint_stars_crowd_along_the_milky_way():
    galactic = stars.faint(20_000, 4).directions @ stars.DREAM_TO_GALACTIC.T
    plane = np.mean(np.abs(galactic[:, 2]) < 0.1)  # a tenth of the sky
    poles = np.mean(np.abs(galactic[:, 2]) > 0.9)  # another tenth
    assert plane > 2.5 * poles
    assert np.mean(galactic[:, 0] > 0) > 0.55


def test_faint_stars_depend_on_the_seed_alone():
    one, same, other = stars.faint(500, 1), stars.faint(500, 1), stars.faint(500, 2)
    assert np.array_equal(one.directions, same.directions)
    assert np.array_equal(one.colors, same.colors)
    assert not np.array_equal(one.directions, other.directions)


# ── the two stars ────────────────────────────────────────────────────────────


@given(st.floats(-50.0, 50.0), st.floats(0.0, 0.6))
def test_keplers_equation_is_solved(mean, eccentricity):
    e = float(orbit.eccentric_anomaly(mean, eccentricity))
    assert e - eccentricity * np.sin(e) == pytest.approx(mean, abs=1e-10)


def test_equal_areas_in_equal_times():
    mean = np.linspace(0.0, 2 * np.pi, 4001)
    s = orbit.separation(mean, orbit.ECCENTRICITY)
    areas = (s[:-1, 0] * s[1:, 1] - s[:-1, 1] * s[1:, 0]) / 2
    assert areas == pytest.approx(np.full(4000, areas.mean()), rel=1e-3)
    length = np.linalg.norm(s, axis=1)
    ends = (1 - orbit.ECCENTRICITY, 1 + orbit.ECCENTRICITY)
    assert (length.min(), length.max()) == pytest.approx(ends, rel=1e-6)


def test_an_orbit_that_does_not_close_is_refused():
    with pytest.raises(ValueError, match="eccentricity"):
        orbit.eccentric_anomaly(1.0, 1.0)


def test_equal_stars_share_their_space():
    assert orbit.inner_point(1.0) == pytest.approx(0.5, abs=1e-9)
    assert orbit.roche_lobe(1.0) == pytest.approx(0.379, abs=0.001)


def test_light_falls_from_one_star_and_winds_about_the_other():
    path = orbit.stream(orbit.MASS_RATIO, 400)
    start = orbit.inner_point(orbit.MASS_RATIO)
    assert path[0] == pytest.approx([start, 0.0], abs=0.01)
    from_taker = np.linalg.norm(path - [1.0, 0.0], axis=1)
    assert 0.02 < from_taker.min() < 0.25
    assert np.all(np.linalg.norm(path, axis=1) > 0.9 * start)  # it does not fall back
    angle = np.unwrap(np.arctan2(path[:, 1], path[:, 0] - 1.0))
    assert abs(angle[-1] - angle[0]) == pytest.approx(1.15 * 2 * np.pi, rel=0.02)
    assert angle[-1] > angle[0]  # the way the stars turn
    steps = np.linalg.norm(np.diff(path, axis=0), axis=1)
    assert steps == pytest.approx(np.full(399, steps.mean()), rel=0.05)


def test_giver_overfills_its_lobe_only_when_they_are_near():
    from world.scene import binary

    closest, lobe = binary.AXIS * (1 - orbit.ECCENTRICITY), orbit.roche_lobe(orbit.MASS_RATIO)
    assert closest * lobe < binary.GIVER_RADIUS < binary.AXIS * lobe
    assert closest * orbit.roche_lobe(1 / orbit.MASS_RATIO) > 2 * binary.TAKER_RADIUS
    assert closest > 1.5 * (binary.GIVER_RADIUS + binary.TAKER_RADIUS)


def test_two_stars_stand_fifteen_degrees_apart_at_most():
    from world.scene import binary

    widest = 2 * np.degrees(np.arctan(binary.AXIS * 1.35 / 2 / binary.DISTANCE))
    assert widest == pytest.approx(15, abs=2)
    x, y = binary.orbit_axes()
    assert [x @ x, y @ y, x @ y] == pytest.approx([1, 1, 0], abs=1e-6)


def test_shader_takes_as_many_steps_as_the_model():
    steps = re.search(r"i < (\d+); \+\+i\) x -=", (SHADERS / "binary.vert").read_text())
    assert steps is not None
    assert int(steps[1]) == orbit.NEWTON_STEPS


# ── the thousand dawns ───────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def thousand() -> Worlds:
    return worlds(7)


def test_exactly_a_thousand_and_no_two_in_one_place(thousand):
    assert len(thousand.directions) == COUNT == 1000
    assert np.linalg.norm(thousand.directions, axis=1) == pytest.approx(np.ones(1000))
    angle = np.arccos(np.clip(thousand.directions @ thousand.directions.T, -1, 1))
    np.fill_diagonal(angle, np.pi)
    touching = thousand.radii[:, None] + thousand.radii[None, :]
    assert np.all(angle > touching)


def test_no_world_hides_vega(thousand):
    angle = np.arccos(thousand.directions @ stars.VEGA)
    assert np.all(angle > thousand.radii)


def test_flame_comes_to_each_world_once_from_one_that_has_it(thousand):
    order = np.arange(COUNT)
    assert np.all(thousand.parents < order)
    assert thousand.parents[0] == -1
    lit = {-1}
    for world, parent in enumerate(thousand.parents):
        assert int(parent) in lit
        lit.add(world)
    assert len(lit) == COUNT + 1


def test_flame_takes_short_steps_and_travels_outward(thousand):
    hops = np.degrees(np.arccos(np.clip((thousand.directions * thousand.sources()).sum(1), -1, 1)))
    assert np.median(hops) < 7.0
    assert hops.max() < 25.0
    from_vega = np.arccos(thousand.directions @ stars.VEGA)
    assert spearmanr(from_vega, np.arange(COUNT)).statistic > 0.93


def test_four_hundred_are_seen_at_once(thousand):
    west = np.array(WEST) / np.linalg.norm(WEST)
    north = np.array([0.0, 1.0, 0.0])
    up = np.cross(north, west) * -1.0
    ahead = thousand.directions @ west
    seen = (ahead > 0) & (np.abs(thousand.directions @ north) < ahead)
    seen &= np.abs(thousand.directions @ up) < ahead * 9 / 16
    assert 340 <= seen.sum() <= 460


def test_same_seed_same_worlds():
    one, same, other = worlds(3), worlds(3), worlds(4)
    assert np.array_equal(one.directions, same.directions)
    assert np.array_equal(one.parents, same.parents)
    assert not np.array_equal(one.directions, other.directions)
