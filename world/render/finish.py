"""From the drawn scene to the finished picture: mist, bloom, tone, smooth edges, size.

Every pass here is one triangle over its picture. All but the last follow the scene's picture,
so all of them are fitted again when that changes its size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from panda3d.core import GraphicsOutput, LVecBase2

from world.render.graphics import Graphics
from world.render.passes import Pass, Size, black, fill, full_pass, size_of, texel
from world.render.quality import Quality
from world.render.shader import Shaders

Inputs = Mapping[str, object]
SHADERS = {
    "mist": "mist",
    "mist-soft": "mist_soft",
    "shade": "shade",
    "shade-soft": "shade_soft",
    "compose": "compose",
    "bloom-down-0": "bloom_first",
    "bloom-down": "bloom_down",
    "bloom-up": "bloom_up",
    "tone": "tone",
    "smooth": "smooth",
    "present": "present",
}
BLOOM_SHARE = 0.62  # of the wider glow in each step up


class Finish:
    """The passes after the scene, in the order in which they are drawn.

    mist        : marched light of the mist, and what it lets through
    finished    : the graded picture at the scene's size
    present     : the picture at the size that was asked for
    """

    def __init__(
        self,
        graphics: Graphics,
        shaders: Shaders,
        scene: Pass,
        inner: Size,
        size: Size,
        quality: Quality,
        window: GraphicsOutput | None,
    ) -> None:
        self._graphics, self._shaders, self._scene = graphics, shaders, scene
        self._quality, self._inner, self._size = quality, inner, size
        self.passes: list[Pass] = []
        self._fits: list[Callable[[Size], None]] = []
        self.mist, self.mist_soft = self._build_mist()
        self.shade = self._build_shade()
        self._composed = self._build_composed()
        self._bloom = self._build_bloom()
        self.finished = self._build_tone()
        self.present = self._build_present(window)
        self.fit(inner)

    def fit(self, inner: Size) -> None:
        """Makes every pass the size that belongs to a scene of `inner` pixels."""
        for resize in self._fits:
            resize(inner)

    def dress(self, shaders: Shaders) -> None:
        """Gives every pass its shader anew."""
        self._shaders = shaders
        for made in self.passes:
            assert made.path is not None
            made.path.setShader(shaders.get("post", SHADERS[_kind(made.name)]))
        self._clear: bool | None = None
        self._quiet: bool | None = None

    def update(self, clear: bool, quiet: bool) -> None:
        """Air without mist (`clear`) need not be put through what mist needs.

        Before the orb (`quiet`) the march knows of no orb, bow or roots.
        """
        if quiet != self._quiet:
            self._quiet = quiet
            assert self.mist.path is not None
            self.mist.path.setShader(self._shaders.get("post", "mist_quiet" if quiet else "mist"))
        clear = clear and not self._quality.shafts_apart
        if clear == self._clear:
            return
        self._clear = clear
        made = self._composed or self._tone
        assert made.path is not None
        name = SHADERS[made.name] + ("_clear" if clear else "")
        made.path.setShader(self._shaders.get("post", name))

    def _add(
        self,
        name: str,
        sort: int,
        scale: float,
        inputs: Inputs,
        sizes: Callable[[Pass, Size], Inputs] = lambda made, inner: {},
        color: str = "half",
    ) -> Pass:
        """A pass whose picture is `scale` times the scene's; `sizes` are inputs that follow it."""
        shader = self._shaders.get("post", SHADERS[_kind(name)])
        size = _scaled(self._inner, scale)
        made = full_pass(self._graphics, name, size, sort, shader, color=color)
        made.inputs(inputs)

        def fit(inner: Size) -> None:
            wanted = _scaled(inner, scale)
            if size_of(made) != wanted:
                made.resize(wanted)
            given = sizes(made, inner)
            if given:
                made.inputs(given)

        self._fits.append(fit)
        self.passes.append(made)
        return made

    def _build_mist(self) -> tuple[Pass, Pass]:
        scale, depth = self._quality.mist, self._scene.depth
        steps = {
            "u_steps": float(self._quality.mist_steps),
            "u_shaft_steps": float(self._quality.shaft_steps),
        }
        march = self._add("mist", -60, scale, {"u_depth": depth, **steps})
        soft = self._add(
            "mist-soft",
            -55,
            scale,
            {"u_march": march.color, "u_depth": depth},
            lambda made, inner: {"u_texel": texel(_scaled(inner, scale))},
        )
        return march, soft

    def _build_shade(self) -> Pass | None:
        scale, depth = self._quality.shade, self._scene.depth
        if scale <= 0.0:
            return None
        march = self._add(
            "shade", -66, scale, {"u_depth": depth}, lambda made, inner: {"u_texel": texel(inner)}
        )
        return self._add(
            "shade-soft",
            -64,
            scale,
            {"u_march": march.color, "u_depth": depth},
            lambda made, inner: {"u_texel": texel(_scaled(inner, scale))},
        )

    def _build_composed(self) -> Pass | None:
        """Scene and mist as one picture; lean shaders put them together where they need them."""
        if self._quality.lean:
            return None
        return self._add("compose", -52, 1.0, self._parts(), self._part_sizes)

    def _parts(self) -> Inputs:
        """What shaders/lib/composite.glsl makes a picture of."""
        return {
            "u_scene": self._scene.color,
            "u_mist": self.mist_soft.color,
            "u_depth": self._scene.depth,
            "u_shade": self.shade.color if self.shade else black(),
            "u_shade_on": float(self.shade is not None),
        }

    def _part_sizes(self, made: Pass, inner: Size) -> Inputs:
        return {"u_mist_size": LVecBase2(*_scaled(inner, self._quality.mist))}

    def _build_bloom(self) -> Pass:
        down = [self._composed or self._scene]
        scales = [1.0]
        for level in range(self._quality.bloom_levels):
            scales.append(scales[-1] / 2 if level else self._quality.bloom_first)
            inputs = {} if level or self._composed else self._parts()
            step = self._bloom_step(
                f"bloom-down-{level}", -50 + level, scales[-1], down[-1], scales[-2], inputs
            )
            down.append(step)
        wide = down[-1]
        for level in reversed(range(1, self._quality.bloom_levels)):
            inputs = {"u_level": down[level].color, "u_share": BLOOM_SHARE}
            name = f"bloom-up-{level - 1}"
            wide = self._bloom_step(
                name, -39 - level, scales[level], wide, scales[level + 1], inputs
            )
        return wide

    def _bloom_step(
        self, name: str, sort: int, scale: float, source: Pass, source_scale: float, inputs: Inputs
    ) -> Pass:
        return self._add(
            name,
            sort,
            scale,
            {"u_source": source.color, **inputs},
            lambda made, inner: {"u_texel": texel(_scaled(inner, source_scale))},
        )

    def _build_tone(self) -> Pass:
        composed = self._composed
        color = "byte" if self._quality.shaders else "half"
        source = {"u_source": composed.color} if composed else self._parts()
        self._tone = tone = self._add(
            "tone",
            -30,
            1.0,
            {"u_bloom": self._bloom.color, **source},
            lambda made, inner: {"u_size": LVecBase2(*inner), **self._part_sizes(made, inner)},
            color,
        )
        if not self._quality.smooth:
            return tone
        return self._add(
            "smooth",
            -20,
            1.0,
            {"u_source": tone.color},
            lambda made, inner: {"u_texel": texel(inner)},
            color,
        )

    def _build_present(self, window: GraphicsOutput | None) -> Pass:
        shader = self._shaders.get("post", "present")
        if window is None:
            made = full_pass(self._graphics, "present", self._size, -10, shader, color="byte")
        else:
            made = Pass("present", window, None, None, fill(window, shader, "present"))
        made.inputs({"u_source": self.finished.color, "u_size": LVecBase2(*self._size)})
        self._fits.append(lambda inner: made.inputs({"u_reduce": inner[1] / self._size[1]}))
        self.passes.append(made)
        return made


def _kind(name: str) -> str:
    """bloom-down-3 -> bloom-down; the first step down has a kind of its own."""
    return name if name in SHADERS else name.rsplit("-", 1)[0]


def _scaled(size: Size, scale: float) -> Size:
    return max(math.ceil(size[0] * scale), 2), max(math.ceil(size[1] * scale), 2)
