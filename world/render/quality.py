"""Quality levels as one table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quality:
    """What a level costs. Sizes are pixels, scales are of the target's size."""

    name: str
    scale: float  # of the scene's picture; above 1 is supersampling
    shaders: str  # folder of shaders/ whose files are taken in place of the usual ones
    smooth: bool  # edges smoothed in the finished picture, where there are no samples to spare
    shadow: tuple[int, int]  # sun's map: along y, along its height
    shadow_taps: int
    mirror: float  # scale of the mirrored scene; 0 is none
    mist: float  # scale of the mist's picture
    mist_steps: int
    shaft_steps: int  # of the sun's shafts in the dust; 0 is none
    shafts_apart: bool  # kept apart by depth where there is no mist yet, which must be
    shade: float  # scale of the ambient occlusion's picture; 0 is none
    bloom_levels: int
    bloom_first: float  # scale of the finest of them
    motes: int
    flowers: int
    stars: int
    fine_stone: float  # grain, worn lips and all scales of the marble: 1 is 11 m away, 0 is none
    far_stone: tuple[float, float, float, float]  # see Place: cell, then three distances
    people_detail: float  # above 1 keeps the finer mourners further away

    @property
    def lean(self) -> bool:
        """Whether shaders are cut down to what software alone can draw in time."""
        return self.shaders == "lean"


QUALITIES: dict[str, Quality] = {
    level.name: level
    for level in (
        Quality(
            "low",
            scale=0.40,
            shaders="lean",
            smooth=True,
            shadow=(2048, 512),
            shadow_taps=1,
            mirror=0.0,
            mist=0.25,
            mist_steps=8,
            shaft_steps=4,
            shafts_apart=False,
            shade=0.0,
            bloom_levels=3,
            bloom_first=0.25,
            motes=60_000,
            flowers=1500,
            stars=5_000,
            fine_stone=0.0,
            far_stone=(0.40, 7.0, 1.0, 2.5),
            people_detail=0.6,
        ),
        Quality(
            "medium",
            scale=0.75,
            shaders="fair",
            smooth=True,
            shadow=(4096, 1024),
            shadow_taps=12,
            mirror=0.25,
            mist=0.38,
            mist_steps=13,
            shaft_steps=6,
            shafts_apart=False,
            shade=0.0,
            bloom_levels=6,
            bloom_first=0.5,
            motes=200_000,
            flowers=4000,
            stars=9_000,
            fine_stone=0.6,
            far_stone=(0.0, 17.0, 15.6, 7.0),
            people_detail=1.0,
        ),
        Quality(
            "high",
            scale=1.5,
            shaders="",
            smooth=True,
            shadow=(8192, 2048),
            shadow_taps=20,
            mirror=0.5,
            mist=0.5,
            mist_steps=28,
            shaft_steps=12,
            shafts_apart=True,
            shade=0.5,
            bloom_levels=6,
            bloom_first=0.5,
            motes=500_000,
            flowers=7000,
            stars=20_000,
            fine_stone=1.0,
            far_stone=(0.0, 24.0, 15.6, 11.0),
            people_detail=1.6,
        ),
        Quality(
            "ultra",
            scale=2.0,
            shaders="",
            smooth=False,
            shadow=(8192, 4096),
            shadow_taps=20,
            mirror=1.0,
            mist=0.75,
            mist_steps=48,
            shaft_steps=24,
            shafts_apart=True,
            shade=0.5,
            bloom_levels=6,
            bloom_first=0.5,
            motes=1_000_000,
            flowers=10_000,
            stars=40_000,
            fine_stone=1.0,
            far_stone=(0.0, 24.0, 15.6, 11.0),
            people_detail=2.5,
        ),
    )
}


def quality(name: str) -> Quality:
    """The level of that name. Raises ValueError with the names that there are."""
    if name not in QUALITIES:
        raise ValueError(f"no quality {name!r}; choose one of {', '.join(QUALITIES)}")
    return QUALITIES[name]
