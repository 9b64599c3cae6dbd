"""Quality levels as one table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """What a level costs. Sizes are pixels, scales are of the target's size."""

    name: str
    scale: float  # of the scene's picture; above 1 is supersampling
    smooth: bool  # edges smoothed in the finished picture, where there are no samples to spare
    shadow: tuple[int, int]  # sun's map: along y, along its height
    shadow_taps: int
    mirror: float  # scale of the mirrored scene; 0 is none
    mist: float  # scale of the mist's picture
    mist_steps: int
    shade: float  # scale of the ambient occlusion's picture; 0 is none
    bloom_levels: int
    motes: int
    flowers: int
    stars: int
    people_detail: float  # above 1 keeps the finer mourners further away


QUALITIES: dict[str, Quality] = {
    level.name: level
    for level in (
        Quality("low", 0.5, True, (2048, 512), 1, 0.0, 0.25, 8, 0.0, 4, 60_000, 1500, 5_000, 0.6),
        Quality(
            "medium", 1.0, True, (4096, 1024), 9, 0.25, 0.4, 16, 0.0, 6, 200_000, 4000, 9_000, 1.0
        ),
        Quality(
            "high", 1.5, True, (8192, 2048), 14, 0.5, 0.5, 28, 0.5, 6, 500_000, 7000, 20_000, 1.6
        ),
        Quality(
            "ultra",
            2.0,
            False,
            (8192, 4096),
            20,
            1.0,
            0.75,
            48,
            0.5,
            6,
            1_000_000,
            10_000,
            40_000,
            2.5,
        ),
    )
}


def quality(name: str) -> Quality:
    """The level of that name. Raises ValueError with the names that there are."""
    if name not in QUALITIES:
        raise ValueError(f"no quality {name!r}; choose one of {', '.join(QUALITIES)}")
    return QUALITIES[name]
