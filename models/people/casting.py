"""Who wears which drape, face and colour, how tall and broad they are: no two neighbours alike.

Spots (n, 2) are metres in the world; a face is a row of models.people.features.FACES.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from models.people.features import FACES

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

# Rows of models.people.posture.DRAPES, which takes a while to import.
CLASPED, VEILED, LEANING, CLOAKED, KNEELING, STOOPED, STAFF, REACHING, SUNK = range(9)
FOR_THE_OLD = (STOOPED, STAFF)
CASTING = 57  # chosen by eye: a widow, a girl and an elder stand together in the sun
SMALLEST, TALLEST = 0.86, 1.10  # of the canon's height
TWINS_APART = 2.4  # metres within which no two stand alike


def faces(spots: NDArray[np.float64], drape: Ints, seed: int) -> Ints:
    """A row of FACES for each, other than those of the five nearest already chosen.

    The stooped and those who lean on a staff are old.
    """
    rng = np.random.default_rng((seed, CASTING))
    old = np.array([f.age > 0.5 for f in FACES.values()])
    chosen = np.full(len(spots), -1, dtype=np.int32)
    for i, spot in enumerate(spots):
        near = np.argsort(np.linalg.norm(spots[:i] - spot, axis=1))[:5]
        allowed = old.copy() if int(drape[i]) in FOR_THE_OLD else np.ones(len(old), dtype=bool)
        weights = np.where(allowed, 1.0, 0.0)
        weights[chosen[near]] *= 0.02
        chosen[i] = rng.choice(len(old), p=weights / weights.sum())
    return chosen


def heights(face: Ints, own: NDArray[np.float64], kept: int) -> Floats:
    """How tall each is, of the canon: girls and the old are shorter than men."""
    who = list(FACES.values())
    usual = np.array([1.03 - 0.055 * f.woman - 0.035 * f.age - 0.05 * (f.jaw < -0.4) for f in who])
    own[:kept] = 0.03  # in nobody's shadow
    return np.clip(usual[face] + own, SMALLEST, TALLEST).astype(np.float32)


def builds(face: Ints, seed: int) -> tuple[Floats, Floats]:
    """How wide and how long each head is: the face's own, and a little of the person's."""
    rng = np.random.default_rng((seed, CASTING + 1))
    canon = np.array([(f.wide, f.long) for f in FACES.values()])[face].reshape(-1, 2)
    own = np.clip(rng.normal(1.0, (0.012, 0.018), (len(face), 2)), 0.96, 1.04)
    wide, long = (canon * own).astype(np.float32).T
    return wide, long


def parted(
    spots: Floats, rows: Ints, weights: NDArray[np.float64], rng: np.random.Generator, kept: int
) -> Ints:
    """Other rows for all but the first `kept` who share theirs with one of their three nearest.

    weights : (n, k) how often each may have each row; who has one of weight 0 gets another
    """
    out = rows.copy()
    for i in range(kept, len(spots)):
        gaps = np.hypot(*(spots - spots[i]).T)
        gaps[i] = np.inf
        taken = [int(out[j]) for j in np.argsort(gaps)[:3] if gaps[j] < TWINS_APART]
        if int(out[i]) in taken or not weights[i, out[i]]:
            allowed = weights[i].copy()
            allowed[taken] *= 1e-3
            out[i] = rng.choice(len(allowed), p=allowed / allowed.sum())
    return out
