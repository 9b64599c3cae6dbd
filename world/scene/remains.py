"""What the courtyard leaves behind: every surface that turns to motes, and its share of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models import bake
from models.colour import linear
from models.growth import flower
from models.mesh import Floats, Mesh, merge, selected
from models.people import posture
from models.people.gathering import COLOURS, People
from models.place.courtyard import Courtyard
from world.scene.motes import Motes, Source, gather

# of all motes; the floor has what is left over
CROWD, RUINS, BODY, HAIR, FLOWERS = 0.52, 0.17, 0.02, 0.012, 0.03
FLOOR_FOCUS = 9.0  # metres from the middle within which the floor's motes lie thickest
CROWD_LEVEL, FACE_LEVEL = "2", "3"
STONE, DUSTY_STONE, DEEP_STONE = 0xE9D5CC, 0xB9A59C, 0x3A3038
SKIN, PALE, DARK_HAIR = 0xA08C86, 0xC9C2CC, 0x2C2024
PETAL, HEART, GREEN = 0xF7F4F0, 0xE8D9A8, 0x8C9A7E


def remains(
    courtyard: Courtyard, people: People, floor: ArrayLike, rows: NDArray[np.float32],
    count: int, seed: int,
) -> Motes:  # fmt: skip
    """`count` motes of everything that stands and lies in the court.

    floor : (n,) the floor's height under each person;  rows : (m, 6) flowers of
    `models.growth.growing`
    """
    sources = [
        *crowd_sources(people, floor, round(count * CROWD)),
        Source(courtyard.ruins, stone_colours(courtyard.ruins), round(count * RUINS)),
        Source(bake.load("fallen"), linear(PALE), round(count * BODY)),
        Source(bake.load("hair"), linear(DARK_HAIR), round(count * HAIR)),
    ]
    if len(rows):
        sources.append(flower_source(rows, round(count * FLOWERS), seed))
    rest = count - sum(source.count for source in sources)
    ground = courtyard.floor
    sources.append(Source(ground, stone_colours(ground), rest, focus=FLOOR_FOCUS))
    return gather(sources, seed)


def crowd_sources(people: People, floor: ArrayLike, count: int) -> list[Source]:
    """A source for each drape, its motes dealt out evenly over the people who wear it."""
    robes = linear(COLOURS)
    ground = np.broadcast_to(np.asarray(floor, dtype=np.float64), (len(people),))
    worn = [np.flatnonzero(people.drape == drape) for drape in range(len(posture.DRAPES))]
    ends = np.round(np.cumsum([len(who) for who in worn]) * count / max(len(people), 1)).astype(int)
    out = []
    for name, who, mine in zip(posture.DRAPES, worn, np.diff(ends, prepend=0)):
        if not len(who):
            continue
        mesh = _with_face(name)
        face = np.mod(mesh.attributes["part"][:, 0] + 0.5, 2.0) > 1.0
        out.append(
            Source(
                mesh,
                robes[people.colour[who]][:, None],
                int(mine),
                places=standing(people, who, ground[who]),
                patch=face.astype(np.float32),
                under=linear(SKIN),
            )
        )
    return out


def _with_face(name: str) -> Mesh:
    """A drape's robe, with the face that it has where nobody's own can be told."""
    robe, far = bake.load(name, CROWD_LEVEL), bake.load(name, FACE_LEVEL)
    return merge([robe, selected(far, far.attributes["part"][:, 0] == 1.0)])


def flower_source(rows: NDArray[np.float32], count: int, seed: int) -> Source:
    """Open flowers as they stand, in the colours of petals, hearts and leaves."""
    mesh = flower.flower(1, 6, seed)
    part = np.round(mesh.attributes["part"][:, 0]).astype(int)
    colours = linear((PETAL, GREEN, HEART, GREEN))[part]
    c, s, size = np.cos(rows[:, 4]), np.sin(rows[:, 4]), rows[:, 3]
    places = np.zeros((len(rows), 4, 4), dtype=np.float32)
    places[:, 0, 0], places[:, 0, 1] = c * size, -s * size
    places[:, 1, 0], places[:, 1, 1] = s * size, c * size
    places[:, 2, 2], places[:, 3, 3] = size, 1.0
    places[:, :3, 3] = rows[:, :3]
    return Source(mesh, colours, count, places=places)


def stone_colours(mesh: Mesh) -> NDArray[np.float64]:
    """Each vertex's marble (n, 3): its slab's own shade, dark where it is deep in a crack."""
    own = mesh.attributes["seed"][:, :1]
    deep = np.clip(-mesh.positions[:, 2:] / 0.12, 0.0, 1.0)
    pale = linear(DUSTY_STONE) + own * (linear(STONE) - linear(DUSTY_STONE))
    return np.asarray(pale + deep * (linear(DEEP_STONE) - pale))


def standing(people: People, who: NDArray[np.integer], floor: ArrayLike) -> Floats:
    """Matrices (k, 4, 4) from person space to the world, as `models.people.gathering.stand` has
    it."""
    facing = people.heading[who].astype(np.float64)
    c, s = np.cos(facing), np.sin(facing)
    size, side = people.scale[who], people.mirror[who]
    out = np.zeros((len(who), 4, 4))
    out[:, 0, 0], out[:, 0, 1] = s * size * side, c * size
    out[:, 1, 0], out[:, 1, 1] = -c * size * side, s * size
    out[:, 2, 2], out[:, 3, 3] = size, 1.0
    out[:, 0, 3], out[:, 1, 3], out[:, 2, 3] = people.x[who], people.y[who], floor
    return out.astype(np.float32)
