"""Who the mourners are: the numbers by which one face differs from another, and its moods."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Features:
    """What makes one face another; 0 is the canon, lengths in centimetres.

    Of the person:
    jaw, nose, brow, chin : added width or stand-out
    lips       : how full, -0.3 to 0.4
    age        : 0 young to 1 old: hollows, folds, thinner lips
    woman      : 0 a man's brow and jaw to 1 a woman's
    full       : flesh on the cheeks, -1 gaunt to 1 round
    bones      : how far the cheekbones stand out, 0 to 1
    snub       : the tip of the nose, -1 hooked to 1 turned up
    crooked    : how far the nose bends aside
    wide, long : the whole head, of the canon's
    beard      : 0 none to 1 long
    hair       : "bare", "parted", "cropped" or "linen", a close cloth about the whole face

    Of the mood:
    grief  : 0 calm to 1: inner brows up, corners of the mouth down, a crumpled chin
    awe    : 0 to 1: brows up, the jaw a little down
    parted : how far the lips are open, centimetres
    lid    : the rim of the upper lid above the level of the eye, degrees
    """

    jaw: float = 0.0
    nose: float = 0.0
    brow: float = 0.0
    chin: float = 0.0
    lips: float = 0.0
    age: float = 0.15
    woman: float = 0.5
    full: float = 0.0
    bones: float = 0.0
    snub: float = 0.0
    crooked: float = 0.0
    wide: float = 1.0
    long: float = 1.0
    beard: float = 0.0
    hair: str = "bare"
    grief: float = 1.0
    awe: float = 0.0
    parted: float = 0.0
    lid: float = -8.0

    def calm(self) -> Features:
        """At rest: the lids a little sunk, the lips closed."""
        return replace(self, grief=0.0, awe=0.0, parted=0.0, lid=CALM_LID - 3.0 * self.age)

    def grieving(self) -> Features:
        """Weeping, with heavy lids."""
        return replace(self, grief=1.0, awe=0.0, parted=0.0, lid=GRIEF_LID - 3.0 * self.age)

    def wondering(self) -> Features:
        """Looking up, the breath caught."""
        return replace(self, grief=0.12, awe=1.0, parted=0.55, lid=AWE_LID - 4.0 * self.age)

    def blinking(self) -> Features:
        """At rest, but for the lids, which are closed."""
        return replace(self.calm(), lid=CLOSED_LID)


CALM_LID, GRIEF_LID, AWE_LID, CLOSED_LID = 6.0, -5.0, 25.0, -25.0

FACES: dict[str, Features] = {
    "woman": Features(
        jaw=-0.3,
        nose=0.12,
        woman=1.0,
        lips=0.2,
        age=0.15,
        full=0.0,
        bones=0.5,
        hair="parted",
        wide=0.96,
        long=1.02,
    ),
    "man": Features(
        jaw=0.2,
        nose=0.25,
        brow=0.3,
        woman=0.0,
        age=0.3,
        full=-0.2,
        bones=0.3,
        snub=-0.5,
        beard=0.35,
        crooked=0.06,
        hair="cropped",
    ),
    "old": Features(
        jaw=-0.15,
        nose=0.35,
        woman=0.9,
        lips=-0.15,
        age=1.0,
        full=-0.4,
        bones=0.6,
        snub=-0.6,
        hair="linen",
        wide=0.97,
    ),
    "young": Features(
        jaw=-0.1,
        nose=0.0,
        woman=0.3,
        lips=0.15,
        age=0.0,
        full=0.2,
        snub=0.3,
        hair="cropped",
        wide=0.97,
    ),
    "widow": Features(
        jaw=0.05,
        nose=0.32,
        woman=1.0,
        chin=0.25,
        lips=-0.05,
        age=0.6,
        full=0.4,
        snub=-0.4,
        hair="linen",
        wide=0.97,
    ),
    "elder": Features(
        jaw=0.1,
        nose=0.4,
        brow=0.4,
        woman=0.0,
        age=0.95,
        bones=0.4,
        snub=-0.3,
        beard=1.0,
        hair="cropped",
        long=1.03,
    ),
    "girl": Features(
        jaw=-0.6,
        nose=-0.3,
        woman=1.0,
        chin=-0.35,
        lips=0.25,
        age=0.0,
        full=0.8,
        snub=0.8,
        hair="parted",
        wide=0.97,
        long=0.94,
    ),
    "brother": Features(
        jaw=0.5,
        nose=0.05,
        brow=0.15,
        woman=0.0,
        chin=0.2,
        age=0.15,
        bones=0.5,
        crooked=-0.08,
        hair="cropped",
        wide=1.03,
    ),
}
