"""The hero shots: the places and moments from which the dream is judged, as data.

Eyes and targets are metres, widths of view degrees. A shot whose eye depends on a face or a
star asks the model for it, so that it stays right when the model moves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from models.people.features import FACES
from world.capture import aim
from world.errors import WrongUse, suggestion
from world.timeline.state import Stance, Visit

Vec3 = tuple[float, float, float]


@dataclass(frozen=True)
class View:
    """Where the eye is and the point that it looks at, in metres."""

    eye: Vec3
    look: Vec3


@dataclass(frozen=True)
class Take:
    """One picture of a shot: a label of its own where a shot has several, and a moment."""

    at: str
    label: str = ""


@dataclass(frozen=True)
class Shot:
    """A named view. `embodied`: the camera is the visitor, so that their own hand shows."""

    name: str
    view: Callable[[float, int], View]  # of the story second and the seed
    hfov: float
    takes: tuple[Take, ...]
    embodied: bool = False
    visit: Visit = field(default_factory=Visit)

    def labels(self) -> list[str]:
        """`orb-laugh`, `orb-dew`, …: what each take is called on the sheet."""
        return [f"{self.name}-{take.label}" if take.label else self.name for take in self.takes]


def _from(eye: Vec3, look: Vec3) -> Callable[[float, int], View]:
    view = View(eye, look)
    return lambda story, seed: view


def _at(eye: Vec3, target: Callable[[float], Vec3]) -> Callable[[float, int], View]:
    return lambda story, seed: View(eye, target(story))


def _pair(views: Callable[[int], tuple[Vec3, Vec3]]) -> Callable[[float, int], View]:
    return lambda story, seed: View(*views(seed))


ARRIVAL: Vec3 = (18.0, -0.4, 1.7)
STANDING: Vec3 = (8.0, 0.0, 1.6)
AFLOAT: Vec3 = (0.0, 0.0, 12.0)
_STEPPED = Visit(step=Stance(4.5, 0.0))

SHOTS: tuple[Shot, ...] = (
    Shot("arrival", _from(ARRIVAL, (0.0, -0.4, 2.1)), 64, (Take("45"),), embodied=True),
    Shot("vast", _from((11.4, -2.3, 4.9), (-6.0, 0.4, 1.5)), 64, (Take("45"),)),
    Shot("witnesses", _pair(aim.three_mourners), 34, (Take("witnesses+10"),)),
    Shot("tears", _pair(aim.one_mourner), 29, (Take("witnesses+19.5"),)),
    Shot("fallen", _from((2.05, -1.25, 1.05), (0.06, -0.39, 0.10)), 51.5, (Take("fallen+8"),)),
    Shot("ankles", _from((9.35, -1.0, 1.6), (8.92, -0.98, 0.0)), 54, (Take("rain+14"),), True),
    Shot("stone", _from((12.75, -0.95, 0.21), (0.0, -0.15, 0.50)), 52, (Take("composed+8"),)),
    Shot("gathering", _from(STANDING, (5.5, 0.0, 1.0)), 70, (Take("gathering+17.5"),), True),
    Shot(
        "orb",
        _at(STANDING, aim.orb),
        40,
        (Take("memories+5", "laugh"), Take("memories+13", "dew"), Take("memories+21", "touch")),
        True,
    ),
    Shot("bowing", _from(STANDING, (0.0, 0.0, 2.2)), 85, (Take("bowing+8"),), True),
    Shot(
        "blossom",
        _from((1.25, -1.65, 0.30), (-0.1, 0.1, 0.16)),
        50,
        (Take("blossom+12", "half"), Take("wave+12", "open")),
    ),
    Shot("awe", _from((3.0, 0.0, 1.7), (-6.0, 1.5, 1.6)), 75, (Take("vibration+6"),), True),
    Shot(
        "roots",
        _from((4.6, -0.2, 2.75), (-5.0, -0.15, -0.3)),
        80,
        (Take("roots+11.5", "half"), Take("chorus+9", "full")),
        visit=_STEPPED,
    ),
    Shot("eyelids", _pair(lambda seed: aim.fallen_eyes()), 30, (Take("eyelids+6"),)),
    Shot(
        "dissolve",
        _from(ARRIVAL, (0.0, 0.0, 2.0)),
        80,
        (
            Take("dissolve@0.25", "quarter"),
            Take("dissolve@0.5", "half"),
            Take("dissolve@0.75", "late"),
        ),
        True,
    ),
    Shot("night", _at(AFLOAT, aim.lyra), 75, (Take("lyra+16"),)),
    Shot("binary", _at(AFLOAT, aim.binary), 45, (Take("binary+9"),)),
    Shot(
        "dawns",
        _at(AFLOAT, aim.dawns),
        90,
        (Take("dawns+4", "ignition"), Take("dawns+12", "half"), Take("dawns+27", "last")),
    ),
)


# Where a visitor can stand and look at nothing but the place.
PLACE: tuple[Shot, ...] = (
    Shot("colonnade", _from((16.0, 38.2, 1.55), (-30.0, 42.2, 4.5)), 74, (Take("45"),)),
    Shot("through", _from((-24.6, -20.4, 1.3), (-45.0, -22.9, 4.7)), 60, (Take("45"),)),
    Shot("wall", _from((-11.15, 42.1, 1.6), (-11.82, 46.2, 1.64)), 60, (Take("45"),)),
    Shot("crack", _from((9.52, -0.85, 0.26), (8.35, -0.52, 0.135)), 62, (Take("45"),)),
    Shot("zenith", _from((-29.5, 41.0, 1.6), (-24.4, 46.0, 8.6)), 68, (Take("45"),)),
    Shot("east", _from((0.0, -21.0, 1.2), (45.0, 0.0, 6.2)), 50, (Take("45"),)),
)


def _figure(drape: int) -> Callable[[float, int], View]:
    return lambda story, seed: View(*aim.figure(seed, drape))


def _expression(face: int) -> Callable[[float, int], View]:
    return lambda story, seed: View(*aim.expression(story, seed, face))


# The rows of models.people.posture.DRAPES, which takes a while to import, and of
# models.people.features.FACES.
POSTURES = (
    "clasped", "veiled", "leaning", "cloaked", "kneeling", "stooped", "staff", "reaching",
    "sunk",
)  # fmt: skip
MOODS = (Take("witnesses+10", "grief"), Take("vibration+6", "awe"))

# Every posture, and every face in grief and in awe.
PEOPLE: tuple[Shot, ...] = (
    *(Shot(name, _figure(row), 56, (Take("witnesses+10"),)) for row, name in enumerate(POSTURES)),
    *(Shot(name, _expression(row), 34, MOODS) for row, name in enumerate(FACES)),
)

# The fallen one's eyes: vacant, falling shut, asleep, and through one trembling of the lids.
LIDS: tuple[Shot, ...] = (
    Shot(
        "lids",
        _pair(lambda seed: aim.fallen_eyes()),
        24,
        (
            Take("fallen+8", "vacant"),
            Take("178", "heavy"),
            Take("wave+12", "shut"),
            Take("eyelids+7.97", "flutter-1"),
            Take("eyelids+8.02", "flutter-2"),
            Take("eyelids+8.06", "flutter-3"),
            Take("eyelids+8.11", "flutter-4"),
            Take("eyelids+8.16", "flutter-5"),
        ),
    ),
)

SHEETS: dict[str, tuple[Shot, ...]] = {
    "dream": SHOTS,
    "place": PLACE,
    "people": PEOPLE,
    "lids": LIDS,
}


def find(name: str) -> tuple[Shot, Take]:
    """The shot and the take of `orb` (its first) or `orb-dew`. Raises WrongUse."""
    every = [shot for shown in SHEETS.values() for shot in shown]
    for shot in every:
        if name == shot.name:
            return shot, shot.takes[0]
        for label, take in zip(shot.labels(), shot.takes, strict=True):
            if name == label:
                return shot, take
    labels = [label for sheet in SHEETS for label in all_labels(sheet)]
    known = sorted({*(shot.name for shot in every), *labels})
    raise WrongUse(f'there is no shot "{name}"; {suggestion(name, known)}')


def sheet_of(name: str) -> tuple[Shot, ...]:
    """The shots of a sheet. Raises WrongUse with the names that there are."""
    if name not in SHEETS:
        raise WrongUse(f'there is no sheet of "{name}"; {suggestion(name, sorted(SHEETS))}')
    return SHEETS[name]


def all_labels(sheet: str = "dream") -> list[str]:
    """Every picture of a sheet, in order."""
    return [label for shot in sheet_of(sheet) for label in shot.labels()]
