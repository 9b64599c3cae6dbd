"""What is carved to stand: drums, capitals, beams, arches, and the gravestone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from models.mesh import Mesh, volume
from models.openness import openness
from models.place import colonnade
from models.place.capital import VARIANTS as CAPITALS
from models.place.capital import capital
from models.place.column import (
    BASE,
    FLUTES,
    HEIGHT,
    POINTS,
    RADIUS,
    SHAFT,
    VARIANTS,
    base,
    broken_drum,
    cuts,
    drum,
    drum_at,
    facing_sun,
    fluted,
    lying_drum,
    shaft_radius,
    sunlit,
)
from models.place.entablature import (
    ARCH,
    BAY,
    BEAM,
    CORNICE,
    FRIEZE,
    VOUSSOIRS,
    beam,
    cornice,
    frieze,
    head,
    voussoir,
)
from models.place.farewell import TALL
from models.place.spandrel import BACK, crown, spandrel
from models.place.stele import FOOT, bowl, carving, garland, stele
from models.shape import box, icosphere
from tests.solid import shading_of


def _rng() -> np.random.Generator:
    return np.random.default_rng(3)


BODIES = {
    "drum": lambda: drum_at(1, 2)[0],
    "drum in the sun": lambda: facing_sun(0, 1, 3)[0],
    "broken drum": lambda: broken_drum(_rng(), 2.0, 3.1)[0],
    "broken drum, afar": lambda: broken_drum(_rng(), 2.0, 3.1)[1],
    "low stump": lambda: broken_drum(_rng(), BASE, 0.85)[0],
    "fallen drum": lambda: drum(_rng(), 1.4, 0.5)[0],
    "fallen drum, drawn out": lambda: lying_drum(2, 2.1, 0.5)[0],
    "base": lambda: base()[0],
    "capital": lambda: capital(0)[0],
    "another capital": lambda: capital(CAPITALS - 1)[0],
    "beam": lambda: beam(_rng(), (-2.2, 2.2))[0],
    "torn beam": lambda: beam(_rng(), (-1.0, 0.4), torn=1)[0],
    "beam torn at its low end": lambda: beam(_rng(), (-1.0, 0.4), torn=-1)[0],
    "frieze": lambda: frieze(_rng(), (-0.7, 0.7))[0],
    "cornice": lambda: cornice(_rng(), (-0.7, 0.7))[0],
    "head": lambda: head(_rng())[0],
    "springer": lambda: voussoir(_rng(), 0, 1)[0],
    "keystone": lambda: voussoir(_rng(), 5, 5, key=True)[0],
    "torn wedge": lambda: voussoir(_rng(), 3, 3, torn=1)[0],
    "wedge, afar": lambda: voussoir(_rng(), 3, 3)[1],
    "stone on an arch": lambda: list(spandrel(_rng(), -1, 0.44))[2][0],
    "stone on an arch, afar": lambda: list(spandrel(_rng(), 1, 0.0))[1][1],
    "stone over its crown": lambda: next(crown(_rng(), (-2.25, 2.25)))[0],
    "gravestone": lambda: stele()[0],
    "its carving": lambda: carving()[0],
    "its carving, afar": lambda: carving()[1],
    "bowl": lambda: bowl(),
    "garland": lambda: garland(_rng()),
}


@pytest.fixture(params=BODIES, scope="module")
def body(request: pytest.FixtureRequest) -> Mesh:
    return BODIES[request.param]()


def test_closed_outward_and_seen(body: Mesh):
    shading = shading_of(body)
    assert np.mean(shading > 0) > 0.998
    assert body.attributes["edge"].min() >= 0
    shares = body.attributes["open"]
    assert shares.shape == (len(body.positions), 2)
    assert shares.min() >= 0
    assert shares.max() <= 1


def test_drums_fill_a_shaft_each_cut_in_its_own_way():
    every = [cuts(variant) for variant in range(VARIANTS)]
    assert len(set(every)) == VARIANTS
    for heights in every:
        assert heights[0] == BASE
        assert heights[-1] == pytest.approx(SHAFT)
        assert 0.7 < np.diff(heights).min() <= np.diff(heights).max() < 1.7
    for index, (low, high) in enumerate(pairwise(every[0])):
        near, far = drum_at(0, index)
        assert near.positions[:, 2].min() == pytest.approx(low, abs=0.01)
        assert near.positions[:, 2].max() == pytest.approx(high, abs=0.01)
        assert far.positions[:, 2].min() == pytest.approx(low)  # no light between them from afar
        assert far.positions[:, 2].max() == pytest.approx(high)
        assert len(far.triangles) < 0.1 * len(near.triangles)


def test_a_broken_drum_is_as_high_as_was_asked_for_and_jagged():
    for dice in range(5):
        near, far = broken_drum(np.random.default_rng(dice), 2.0, 3.0)
        assert near.positions[:, 2].max() == pytest.approx(3.0, abs=0.12)
        assert far.positions[:, 2].max() == pytest.approx(3.0, abs=0.15)
        rim = near.positions[np.hypot(*near.positions[:, :2].T) > 0.85 * float(shaft_radius(3.0))]
        assert np.ptp(rim[rim[:, 2] > 2.3][:, 2]) > 0.15


def test_the_shaft_narrows_upward_without_a_belly():
    radius = shaft_radius(np.linspace(0, HEIGHT, 50))
    assert radius[0] == RADIUS
    assert np.all(np.diff(radius) <= 0)
    assert 0.8 < radius[-1] / radius[0] < 0.9


def test_flutes_hide_the_sun_from_their_own_hollows():
    outline, seen = fluted(1.0), sunlit()
    assert len(seen) == POINTS * FLUTES
    assert seen[outline[:, 0] < -0.8].min() == 1.0
    assert seen[outline[:, 0] > 0.3].max() == 0.0
    hollow = np.arange(len(seen)) % POINTS == 2
    turning = (outline[:, 0] < 0) & (outline[:, 0] > -0.25)
    assert seen[hollow & turning].mean() < seen[~hollow & turning].mean()
    # A drum that is turned by a quarter has its light where the sun is all the same.
    for quarter in range(4):
        near, _ = facing_sun(1, 1, quarter)
        angle = np.arctan2(near.positions[:, 1], near.positions[:, 0]) + quarter * np.pi / 2
        rim = np.hypot(*near.positions[:, :2].T) > 0.9 * RADIUS
        light = near.attributes["open"][:, 1]
        in_joint = (np.abs(near.normals[:, 2]) > 0.3) & (near.attributes["edge"][:, 0] < 0.012)
        assert light[in_joint].max() == 0.0  # which the sun's map is too coarse to know
        rim &= ~in_joint
        assert light[rim & (np.cos(angle) < -0.7)].mean() > 0.99
        assert light[rim & (np.cos(angle) > 0.5)].mean() < 0.01


def test_a_capital_is_dark_within_and_light_without():
    near, far = capital(0)
    seen = near.attributes["open"][:, 0]
    radius = np.hypot(*near.positions[:, :2].T)
    below = near.positions[:, 2] < HEIGHT - 0.2
    assert seen[below & (radius > np.percentile(radius[below], 90))].mean() > 0.52
    assert seen[below & (radius < 0.5)].mean() < 0.5
    for mesh in (near, far):
        assert mesh.positions[:, 2].max() == pytest.approx(HEIGHT, abs=1e-3)
        assert mesh.positions[:, 2].min() == pytest.approx(SHAFT, abs=0.02)
    assert len(far.triangles) < 0.1 * len(near.triangles)


def test_rays_find_what_hides_the_sky():
    assert openness(icosphere(0.5, 3), 0.05, 0.5).min() > 0.9
    slab = box((2.0, 2.0, 0.1))
    under = slab.positions[:, 2] < 0.0
    alone = openness(slab, 0.05, 0.6)
    lower = box((2.0, 2.0, 0.1)).moved((0.0, 0.0, -0.25))
    both = Mesh(
        np.concatenate([slab.positions, lower.positions]),
        np.concatenate([slab.normals, lower.normals]),
        np.concatenate([slab.triangles, lower.triangles + len(slab.positions)]),
    )
    hidden = openness(both, 0.05, 0.6)[: len(slab.positions)]
    facing = under & (slab.normals[:, 2] < -0.9)
    assert hidden[facing].mean() < 0.6 * alone[facing].mean()


def test_neighbouring_arches_meet_in_the_axis_of_their_column():
    for first, last in ((0, 1), (VOUSSOIRS - 2, VOUSSOIRS - 1)):
        for mesh in voussoir(_rng(), first, last):
            assert np.abs(mesh.positions[:, 0]).max() < BAY / 2
            assert mesh.positions[:, 2].min() > -0.03
    ends = []
    for place in range(VOUSSOIRS):
        x, _, z = voussoir(_rng(), place, place)[0].positions.T
        angle = np.arctan2(z, -x)
        ends.append((angle.min(), angle.max()))
        assert np.hypot(x, z).max() < ARCH[1] + 0.01
    for (_, one), (other, _) in pairwise(ends):
        assert 0.0 < other - one < 0.02  # a joint, and no stone in another


def test_what_an_arch_carries_lies_on_its_back_and_holds_itself():
    whole = list(spandrel(_rng(), 1, 0.0))
    stump = list(spandrel(_rng(), 1, 0.0, wedges=3))
    assert len(whole) > len(stump) >= 1
    for near, _ in [*whole, *stump]:
        x, _, z = near.positions.T
        assert np.hypot(x, z).min() > BACK - 0.06  # chips and a chord, but no stone in another
        assert x.min() > 0.0
    height = max(near.positions[:, 2].max() for near, _ in stump)
    assert height < BACK * np.sin(3 * np.pi / VOUSSOIRS) + 0.12
    for near, _ in crown(_rng(), (-BAY / 2, BAY / 2)):
        assert near.positions[:, 2].min() > BACK
        assert np.abs(near.positions[:, 0]).max() < BAY / 2


def test_the_last_arch_of_a_row_that_leans_on_nothing_has_broken():
    over = ["nothing", "arch", "arch", "arch", "lintel", "nothing", "arch", "nothing"]
    colonnade._break_ends(over)
    assert over[1:4] == ["broken arch", "arch", "arch"]
    assert over[6] == "arch"  # one that stands alone had no neighbour to push it


def test_courses_are_as_high_as_they_say_and_lose_little_of_it():
    for course, tall in ((beam, BEAM), (frieze, FRIEZE)):
        near, far = course(_rng(), (-2.0, 2.0))
        assert np.ptp(near.positions[:, 2]) == pytest.approx(tall, abs=0.03)
        assert 0.9 < volume(near) / volume(far) < 1.0
        assert len(far.triangles) < 0.25 * len(near.triangles)
    near, _ = cornice(_rng(), (-0.7, 0.7))
    assert near.positions[:, 2].max() == pytest.approx(CORNICE, abs=0.02)


def test_the_gravestone_from_afar():
    near, far = stele()
    assert near.positions[:, 2].max() > FOOT[2] + TALL
    assert np.ptp(far.positions, axis=0) == pytest.approx(np.ptp(near.positions, axis=0), abs=0.05)
    carved, plain = carving()
    assert len(plain.triangles) < 20
    assert np.ptp(plain.positions, axis=0)[::2] == pytest.approx(
        np.ptp(carved.positions, axis=0)[::2]
    )
    assert carved.positions[:, 1].max() < near.positions[:, 1].max()
