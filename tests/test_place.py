"""The whole place: what stands, what stops a visitor, where feet go, and the way of the sun."""

import time

import numpy as np
import pytest

from models.mesh import Mesh, face_vectors, is_closed, volume, welded_triangles
from models.place import colonnade, posts, toppled
from models.place.chipping import worn_edge
from models.place.courtyard import RIM, Courtyard, build, floor_height
from models.place.pile import (
    KIND_CARVED,
    KIND_FLOOR,
    KIND_HEWN,
    KIND_HILLS,
    KIND_RUBBLE,
    KIND_RUIN,
    ROUND,
    Pile,
)
from models.place.slabs import slab_meshes
from world.scene.place import PIECE, Place, declare_bins, in_pieces


def test_it_builds_fast_and_alike():
    before = time.process_time()
    one = build(9)
    assert time.process_time() - before < 9.0
    two = build(9)
    assert np.array_equal(one.ruins.positions, two.ruins.positions)
    assert np.array_equal(one.floor.positions, two.floor.positions)
    assert np.array_equal(one.field.distance, two.field.distance)


def test_meshes_carry_what_the_shader_reads(place: Courtyard):
    kinds = ((place.floor, {KIND_FLOOR}), (place.hills, {KIND_HILLS}))
    for mesh, kind in (*kinds, (place.ruins, {KIND_HEWN, KIND_CARVED, KIND_RUIN, KIND_RUBBLE})):
        stands = mesh is place.ruins
        wide = {"seed": 1, "edge": 1, "kind": 1} | ({"open": 2} if stands else {})
        assert {name: values.shape[1] for name, values in mesh.attributes.items()} == wide
        if stands:
            shares = mesh.attributes["open"]
            assert shares.min() >= 0.0
            assert shares.max() <= 1.0
            assert 0.55 < shares[:, 0].mean() < 0.97
        found = mesh.attributes["kind"][:, 0]
        turned = (found > KIND_RUIN) & (found < KIND_RUIN + 2 * ROUND + 1e-4)  # of what is round
        assert turned.any() == stands
        assert set(np.unique(found[~turned])) == set(np.array(list(kind), dtype=np.float32))
        assert np.abs(np.linalg.norm(mesh.normals, axis=1) - 1).max() < 1e-5
        assert np.isfinite(mesh.positions).all()
        seed, edge = mesh.attributes["seed"], mesh.attributes["edge"]
        assert seed.min() >= 0
        assert seed.max() <= 1
        assert edge.min() >= 0


def test_budgets(place: Courtyard):
    assert len(place.floor.triangles) < 180_000
    assert len(place.ruins.triangles) < 1_400_000
    assert len(place.slabs[1].triangles) < 34_000  # from afar
    assert len(place.stones[1].triangles) < 120_000
    assert len(place.hills.triangles) < 12_000


def _volumes_by_seed(mesh: Mesh) -> np.ndarray:
    corners = mesh.positions.astype(np.float64)[mesh.triangles]
    corners -= corners.mean(axis=(0, 1))
    part = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) / 6
    _, body = np.unique(mesh.attributes["seed"][mesh.triangles[:, 0], 0], return_inverse=True)
    return np.bincount(body, weights=part)


def test_every_slab_is_a_closed_body_wound_outward(place: Courtyard):
    mesh = slab_meshes(place.fracture, 1).whole
    assert is_closed(mesh)
    volumes = _volumes_by_seed(mesh)
    assert len(volumes) == len(place.fracture.loops)
    assert volumes.min() > 0
    assert volumes.sum() < 8100 * 0.26
    assert volumes.sum() > 8100 * 0.23
    tops = mesh.normals[:, 2] > 0.99
    height = np.abs(mesh.positions[tops, 2])
    assert height.max() < 0.055
    assert height[np.hypot(*mesh.positions[tops, :2].T) < 15.0].max() < 0.035


def test_every_ruin_is_closed_and_wound_outward(place: Courtyard):
    assert is_closed(place.ruins, 1e-6)
    assert volume(place.ruins) > 0
    assert _volumes_by_seed(place.ruins).min() > 0
    faces = face_vectors(place.ruins.positions, place.ruins.triangles)
    shading = place.ruins.normals[place.ruins.triangles].sum(axis=1)
    assert np.mean(np.einsum("ij,ij->i", faces, shading) > 0) > 0.999


def test_slab_edges_are_marked_and_their_middles_are_not(place: Courtyard):
    edge = place.floor.attributes["edge"][:, 0]
    middle = edge > 0
    assert np.sum(middle) == len(place.fracture.loops)
    assert np.median(edge[middle]) > 0.2
    assert edge.max() < 2.2


def test_edges_are_bitten_most_at_the_middle(place: Courtyard):
    broken = place.fracture
    sides = broken.half_edges()
    outline = broken.points[sides.start]
    worn = worn_edge(outline, sides, broken.centre, 1)
    radius = np.hypot(*worn.inner.T)
    length = np.hypot(*(outline[sides.after] - outline).T)
    for near, far in ((0.0, 8.0), (30.0, 60.0)):
        added = np.sum((worn.part > 0) & (radius >= near) & (radius < far))
        where = np.hypot(*outline.T)
        metre = added / length[(where >= near) & (where < far)].sum()
        assert (1.5 < metre < 4.5) if near == 0.0 else metre < 0.6
    assert worn.drop.min() > 0.001
    assert 0.04 < worn.drop.max() < 0.12
    # no point of the top lies outside its outline, and none has moved round its slab's middle
    hub = broken.centre[worn.slab]
    assert np.all(np.hypot(*(worn.inner - hub).T) <= np.hypot(*(worn.outer - hub).T) + 1e-9)
    one, two = worn.inner - hub, worn.inner[worn.after] - hub
    assert np.all(one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0] > 0)
    assert np.array_equal(worn.before[worn.after], np.arange(len(worn.slab)))


def _tops(mesh: Mesh) -> np.ndarray:
    """Area of each slab's top, seen from above, in the order of the slabs' seeds."""
    flat = mesh.normals[mesh.triangles][:, :, 2].min(axis=1) > 0.99
    faces = face_vectors(mesh.positions, mesh.triangles)[:, 2] * flat / 2
    _, body = np.unique(mesh.attributes["seed"][mesh.triangles[:, 0], 0], return_inverse=True)
    return np.bincount(body, weights=faces)


def _shoelace(outline: np.ndarray) -> float:
    x, y = outline.T
    return float(0.5 * (x @ np.roll(y, -1) - y @ np.roll(x, -1)))


def test_slabs_are_the_same_from_afar(place: Courtyard):
    near, far = (_tops(mesh) for mesh in place.slabs)
    assert len(near) == len(far) == len(place.fracture.loops)
    whole = sum(_shoelace(place.fracture.points[loop]) for loop in place.fracture.loops)
    assert far.sum() == pytest.approx(whole, rel=1e-3)
    assert (near < far).all()
    assert 0.9 < near.sum() / far.sum() < 0.99
    assert place.slabs[1].attributes["edge"].min() == pytest.approx(-place.fracture.gap.max() / 2)
    for mesh in place.slabs:
        assert not np.any(mesh.normals[:, 2] < -0.9)  # nobody sees the bottoms
        homes = np.unique(mesh.attributes["home"].astype(np.float32), axis=0)
        assert len(homes) == len(place.fracture.loops)
        tops = mesh.positions[mesh.attributes["edge"][:, 0] > 0]
        assert len(tops) == len(homes)


def test_stones_are_the_same_from_afar(place: Courtyard):
    boxes = []
    for mesh in place.stones:
        big = mesh.attributes["kind"][:, 0] < KIND_RUIN + 2.5 * ROUND
        seeds, body = np.unique(mesh.attributes["seed"][big, 0], return_inverse=True)
        low, high = np.full((2, len(seeds), 3), [[[np.inf]], [[-np.inf]]])
        np.minimum.at(low, body, mesh.positions[big])
        np.maximum.at(high, body, mesh.positions[big])
        home = np.zeros((len(seeds), 2))
        home[body] = mesh.attributes["home"][big]
        boxes.append((seeds, low, high, home))
    (seeds, low, high, home), (others, lower, higher, same) = boxes
    assert np.array_equal(seeds, others)
    assert np.abs(home - same).max() < 1e-4
    assert np.abs(low - lower).max() < 0.16  # a boss is rough
    assert np.percentile(np.abs(high - higher), 98) < 0.09  # bosses are rough
    assert is_closed(place.stones[0], 1e-6)
    faces = face_vectors(place.stones[1].positions, place.stones[1].triangles)
    shading = place.stones[1].normals[place.stones[1].triangles].sum(axis=1)
    assert np.mean(np.einsum("ij,ij->i", faces, shading) > 0) > 0.97


def test_pieces_change_over_by_the_eyes_place_alone(place: Courtyard):
    declare_bins()
    drawn = Place(place)
    eyes = [np.array(at) for at in ((18.0, -1.5, 1.6), (-30.0, 20.0, 1.6), (0.0, 0.0, 40.0))]

    def shown(where: np.ndarray) -> list[str]:
        drawn.update(where)
        for piece in drawn.pieces:
            low = np.array(piece.square) * PIECE
            beside = np.maximum(np.maximum(low - where[:2], where[:2] - low - PIECE), 0.0)
            far = np.hypot(np.hypot(*beside), max(where[2] - 1.6, 0.0)) > piece.beyond
            for node, wanted in ((piece.near, not far), (piece.far, far)):
                assert node is None or node.isHidden() is not wanted
        return [str(node.isHidden()) for node in drawn.root.getChildren()]

    first = [shown(eye) for eye in eyes]
    assert len({tuple(each) for each in first}) == 3
    assert [shown(eye) for eye in eyes[::-1]][::-1] == first
    assert any(piece.near is not None and not piece.near.isHidden() for piece in drawn.pieces)
    drawn.update(eyes[2])
    assert all(piece.near is None or piece.near.isHidden() for piece in drawn.pieces)


def test_pieces_hold_every_triangle_once_and_cut_no_stone(place: Courtyard):
    for mesh in (*place.slabs, *place.stones):
        pieces = in_pieces(mesh, PIECE)
        assert sum(len(piece.triangles) for piece in pieces.values()) == len(mesh.triangles)
        seeds = [len(_seeds(piece)) for piece in pieces.values()]
        assert sum(seeds) == len(_seeds(mesh))


def _seeds(mesh: Mesh) -> np.ndarray:
    return np.unique(mesh.attributes["seed"][mesh.triangles])


def test_gaps_are_as_wide_as_the_cracks_say(place: Courtyard):
    graph = place.graph
    wide = np.flatnonzero((graph.width > 0.06) & (graph.length > 0.3))
    ends = graph.nodes[graph.edges[wide]]
    across = ends[:, 1] - ends[:, 0]
    across = np.column_stack([-across[:, 1], across[:, 0]]) / graph.length[wide][:, None]
    mesh = slab_meshes(place.fracture, 1).whole
    tops = mesh.positions[(mesh.normals[:, 2] > 0.99)][:, :2]
    middle = ends.mean(axis=1)
    filled = 0  # a crumb narrower than its cracks leaves them narrower
    for point, normal, width in zip(middle[:100], across[:100], graph.width[wide][:100]):
        offset = tops - point
        on_line = np.abs(offset @ normal)
        near = np.hypot(*offset.T) < 0.27 * width
        filled += bool(np.any(near & (on_line < 0.3 * width)))
    assert filled <= 3


def test_nothing_stops_the_crowd_or_the_aisle(place: Courtyard):
    x, y, r = place.obstacles.T
    assert r.min() > 0.2
    assert (np.hypot(x, y) - r).min() > 15.0
    in_east = x > 0
    assert (np.abs(y[in_east]) - r[in_east]).min() > 3.5
    assert place.rim == RIM


def test_every_high_thing_is_an_obstacle(place: Courtyard):
    mesh = place.ruins
    low, high = np.array(RIM)
    at = mesh.positions[:, :2]
    inside = ((at > low) & (at < high)).all(axis=1)
    solid = mesh.positions[inside & (mesh.positions[:, 2] > 0.75) & (mesh.positions[:, 2] < 1.9)]
    x, y, r = place.obstacles.T
    gap = np.hypot(solid[:, :1] - x, solid[:, 1:2] - y) - r
    assert gap.min(axis=1).max() < 0.15


def test_rubble_lies_on_the_floor_and_not_under_the_body(place: Courtyard):
    mesh = place.ruins
    mine = mesh.attributes["kind"][:, 0] == KIND_RUBBLE
    triangles = welded_triangles(mesh)[mine[mesh.triangles[:, 0]]]
    assert len(triangles) > 3000
    points = mesh.positions[mine]
    assert np.hypot(*points[:, :2].T).min() > 1.0
    above = points[:, 2] - floor_height(place, points[:, :2])
    assert above.min() > -0.06
    assert above.max() < 0.35
    seeds = mesh.attributes["seed"][mine, 0]
    low = np.full(len(np.unique(seeds)), np.inf)
    np.minimum.at(low, np.unique(seeds, return_inverse=True)[1], above)
    assert np.percentile(low, 95) < 0.003  # they touch it


def test_feet_stand_on_the_slabs_and_steps(place: Courtyard):
    mesh = slab_meshes(place.fracture, 1).whole
    tops = mesh.positions[(mesh.attributes["edge"][:, 0] > 0)]
    inner = tops[np.abs(tops[:, :2]).max(axis=1) < 42]
    heights = floor_height(place, inner[:, :2])
    assert np.mean(np.abs(heights - inner[:, 2]) < 1e-5) > 0.995
    steps = floor_height(place, [(-42.7, 0), (-43.3, 5), (-43.9, 5), (0, 43.9), (43.9, 0)])
    assert steps[:4] == pytest.approx([0.16, 0.32, 0.48, 0.48])
    assert abs(steps[4]) < 0.03


def test_a_pile_refuses_what_is_in_the_way():
    pile = Pile(np.random.default_rng(0))
    assert toppled.is_free(pile, np.array([-20.0, 20.0]), 2.0)
    assert not toppled.is_free(pile, np.array([10.0, 10.0]), 2.0)
    assert not toppled.is_free(pile, np.array([30.0, 1.0]), 2.0)
    assert not toppled.is_free(pile, np.array([-42.0, 20.0]), 2.0)
    pile.stop(-20.0, 22.0, 1.0)
    assert not toppled.is_free(pile, np.array([-20.0, 20.0]), 2.0)


def test_a_column_that_fell_at_once_lies_in_a_row_with_its_capital_last():
    pile = Pile(np.random.default_rng(3))
    post = posts.Post(0.0, 45.0, "north", 0.0, 1.9)
    inward, side = np.array([0.0, -1.0]), np.array([-1.0, 0.0])
    assert toppled.toppled(pile, np.random.default_rng(4), post, inward, side)
    homes = np.array([near.attributes["home"][0] for near, _ in pile.meshes])
    assert len(homes) == 4  # three drums of what is missing, and the capital
    assert (np.diff(homes[:, 1]) < -1.1).all()  # each further from the foot than the last
    assert np.abs(homes[:, 0]).max() < 1.2
    for near, far in pile.meshes:
        assert -0.08 < near.positions[:, 2].min() < 0.12  # on the floor, neither in it nor over it
        assert len(far.triangles) < len(near.triangles)
    assert not toppled.toppled(
        pile, np.random.default_rng(4), post, inward, side
    )  # no room any more


def test_a_visitor_may_walk_behind_the_colonnade_but_not_off_the_east(place: Courtyard):
    """The terrace between columns and wall is wide enough for somebody, nearly everywhere."""
    (west, south), (east, north) = place.rim
    assert min(north, -south, -west) > posts.LINE + colonnade.COLUMN_STOP + 0.6
    assert east <= 44.0
    along = np.linspace(-40.0, 40.0, 161)
    behind = np.column_stack([along, np.full(161, north - 0.3)])
    x, y, r = place.obstacles.T
    gap = (np.hypot(behind[:, :1] - x, behind[:, 1:] - y) - r).min(axis=1)
    assert (gap > 0.28).mean() > 0.9
    assert np.allclose(floor_height(place, behind), posts.FOOT)
