"""One frame: the chain of passes from the scene to a picture.

The same chain serves the window, a still, a film and each eye: it is a function of scene,
size, quality and target.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from panda3d.core import (
    ColorWriteAttrib,
    CullFaceAttrib,
    GraphicsOutput,
    LMatrix4,
    LPlane,
    LVecBase2,
    NodePath,
    RenderState,
    SamplerState,
)

from models.cache import remembered
from world.render.finish import Finish
from world.render.graphics import Graphics
from world.render.lens import Camera, lens_for
from world.render.passes import (
    Pass,
    Size,
    black,
    buffer,
    camera_for,
    full_pass,
    no_shadow,
    one_level_sampler,
    pixels,
    raw_sampler,
    size_of,
)
from world.render.quality import Quality
from world.render.shader import Shaders, dress
from world.render.skyline import shares, sky_harmonics, sky_table
from world.render.sunmap import SunMap
from world.render.uniforms import StateUniform
from world.scene.geom import PASSES
from world.scene.hand import projection
from world.scene.live import Live
from world.scene.scene import Scene, Sight
from world.timeline import State, Visit

DOME = 256  # pixels across the dome of clear sky
CASTING = ("stone-shadow", "shadow")
HUSHED = ("floor", "stone")  # shaders that have a quiet twin for the time before the orb
WHOLE = ("floor", "stone", "flowers")  # and one for the time before anything dissolves
NO_CLIP = -1e6
POSE_COLUMNS = 11  # of shaders/poses.frag


class Frame:
    """Draws a scene at one size and quality, into a window or for reading back.

    Raises GraphicsError when the driver refuses a buffer, ShaderError when a shader does
    not compile. Call `close` when done: buffers are not freed by themselves.
    """

    def __init__(
        self,
        graphics: Graphics,
        scene: Scene,
        size: Size,
        quality: Quality,
        window: GraphicsOutput | None = None,
    ) -> None:
        self.graphics, self.scene, self.size, self.quality = graphics, scene, size, quality
        self.shaders = Shaders(graphics.gsg, quality.shaders)
        self.passes: list[Pass] = []
        self._state = StateUniform()
        self._live = Live(
            u_orb=3,
            u_world_from_clip=16,
            u_eye=3,
            u_feet=2,
            u_stance=2,
            u_exposure=1,
            u_mist_on=1,
            u_sky_sh=(11, 3),
        )
        self._sky = sky_table(graphics, self.shaders)
        self._harmonics = remembered(sky_harmonics, 0)
        self._cameras: list[tuple[Pass, NodePath]] = []
        self._window = window
        self.exposure = 0.0
        self.inner = _inner(size, quality.scale)
        self._dome = full_pass(
            graphics, "dome", (DOME, DOME), -100, self.shaders.get("post", "dome")
        )
        self._dome_shows: tuple[float, float] | None = None
        self._build_poses()
        self.sun = SunMap(graphics, self.shaders, scene.root, quality.shadow, scene.bounds())
        for made, camera in zip((self.sun.stone, self.sun.whole), self.sun.cameras, strict=True):
            self._add(made, camera)
        self._build_mirror()
        self._build_scene()
        self.finish = Finish(
            graphics, self.shaders, self._scene_pass, self.inner, size, quality, window
        )
        self.passes += self.finish.passes
        self.reload()

    # -- the chain -------------------------------------------------------------------------

    def _build_poses(self) -> None:
        """How everybody bears themselves, reckoned once for all the passes that draw them."""
        rows = max(len(self.scene.people), 1)
        self.poses = full_pass(
            self.graphics, "poses", (POSE_COLUMNS, rows), -98, self.shaders.get("post", "poses"),
            color="float",
        )  # fmt: skip
        assert self.poses.color is not None
        self.poses.color.setMinfilter(SamplerState.FTNearest)
        self.poses.color.setMagfilter(SamplerState.FTNearest)
        self.passes.append(self.poses)

    def _build_mirror(self) -> None:
        self._mirror: Pass | None = None
        if self.quality.mirror <= 0:
            return
        size = _inner(self.inner, self.quality.mirror)
        made = buffer(self.graphics, "mirror", size, -80, depth=True)
        assert made.color is not None
        made.color.setMinfilter(SamplerState.FTLinearMipmapLinear)
        self._mirror = made
        self._add(made, camera_for(made.output, self.scene.root, PASSES["mirror"]))

    def _build_scene(self) -> None:
        made = buffer(self.graphics, "scene", self.inner, -70, depth=True)
        self._scene_pass = made
        self._add(made, camera_for(made.output, self.scene.root, PASSES["scene"]))

    def _add(self, made: Pass, camera: NodePath) -> None:
        self.passes.append(made)
        self._cameras.append((made, camera))

    # -- shaders ---------------------------------------------------------------------------

    def reload(self) -> None:
        """Reads every shader again. Raises ShaderError and keeps the old ones on a mistake."""
        fresh = Shaders(self.graphics.gsg, self.quality.shaders)
        names = dress(self.scene.root, fresh)
        self.finish.dress(fresh)
        assert self._dome.path is not None
        self._dome.path.setShader(fresh.get("post", "dome"))
        self._dome_shows = None
        assert self.poses.path is not None
        self.poses.path.setShader(fresh.get("post", "poses"))
        self.sun.reload(fresh)
        for made in (self._dome, self.poses, *self.finish.passes):
            assert made.path is not None
            self._share(made.path)
        self.shaders = fresh
        shared = NodePath("shared")
        self._share(shared)
        shared.setShaderInput("u_shadow_taps", float(self.quality.shadow_taps))
        shared.setShaderInput("u_fine", float(self.quality.fine_stone))
        self._shared, self._names = shared.getState(), names
        self._hushed: tuple[bool, bool] | None = None
        self._set_states()

    def _share(self, path: NodePath) -> None:
        """Gives a node what every shader may ask for."""
        path.setShaderInput("u_shadow_depth", self.sun.depth, raw_sampler())
        path.setShaderInputs(
            u_state=self._state.array,
            u_shadow=self.sun.depth,
            u_shadow_matrix=self.sun.matrix,
            u_shadow_taps=1.0,
            u_sky=self._sky,
            u_dome=black() if path == self._dome.path else self._dome.color,
            u_poses=black() if path == self.poses.path else self.poses.color,
            **self._live.inputs(),
            **self.scene.textures,
        )
        if self.quality.lean:
            path.setShaderInput("u_marble", self.scene.textures["u_marble"], one_level_sampler())

    def rescale(self, scale: float) -> None:
        """Draws the scene at another share of the picture's size from the next frame on."""
        inner = _inner(self.size, scale)
        if inner == self.inner:
            return
        self.inner = inner
        self._scene_pass.resize(inner)
        if self._mirror is not None:
            self._mirror.resize(_inner(inner, self.quality.mirror))
        self.finish.fit(inner)
        self._set_states()

    def _set_states(self) -> None:
        """Each camera brings its own size, clip and mirror, and the shadow camera its shaders."""
        for made, path in self._cameras:
            own = NodePath("own")
            own.setState(self._shared)
            width, height = self._size_of(made)
            mirrored = made.name == "mirror"
            on = self._mirror is not None and made.name == "scene"
            own.setShaderInputs(
                u_size=LVecBase2(width, height),
                u_clip=0.004 if mirrored else NO_CLIP,
                u_hand_projection=projection(width / height),
                u_mirror_on=float(on),
                u_mirror=self._mirror.color if on and self._mirror else black(),
            )
            if made.name != "scene":
                own.setShaderInput("u_shadow_taps", 1.0)
                own.setShaderInput("u_fine", 0.0)
            if mirrored:
                own.setAttrib(CullFaceAttrib.makeReverse(), 100)
            if made.name in CASTING:
                own.setShaderInput("u_shadow", no_shadow())
                own.setShaderInput("u_shadow_depth", black())
                own.setDepthOffset(-1)
            camera = path.node()
            camera.setInitialState(own.getState())
            if made.name in CASTING:
                camera.setTagStateKey("shader")
                for name in self._names:
                    camera.setTagState(name, self._depth_only(name))

    def _hush(self, quiet: bool, whole: bool) -> None:
        """Draws stone and flowers by shaders that do not know of what has not come yet.

        Before the orb (`quiet`) of no orb, roots or dissolve; before that (`whole`) of no dissolve.
        """
        if (quiet, whole) == self._hushed:
            return
        self._hushed = quiet, whole
        camera = next(path.node() for made, path in self._cameras if made.name == "scene")
        camera.setTagStateKey("shader")
        for name in WHOLE:
            twin = f"{name}_whole" if whole else name
            if quiet and name in HUSHED:
                twin = f"{name}_quiet"
            path = NodePath(name)
            path.setShader(self.shaders.get(name, twin), 100)
            camera.setTagState(name, path.getState())

    def _size_of(self, made: Pass) -> Size:
        """Pixels that a camera's pass draws, also where its buffer is only about to have them."""
        if made.name == "scene":
            return self.inner
        return _inner(self.inner, self.quality.mirror) if made.name == "mirror" else size_of(made)

    def _depth_only(self, name: str) -> RenderState:
        path = NodePath(name)
        path.setShader(self.shaders.get(name, "shadow"), 100)
        return path.getState().compose(
            RenderState.make(ColorWriteAttrib.make(ColorWriteAttrib.COff), 100)
        )

    # -- drawing ---------------------------------------------------------------------------

    def update(
        self, state: State, camera: Camera, visit: Visit | None = None, embodied: bool = True
    ) -> None:
        """Puts a state and a camera where the next rendering finds them."""
        self._state.write(state)
        width, height = self.size
        lens = lens_for(camera, width / height)
        where = visit or Visit()
        half = math.tan(math.radians(lens.getVfov()) / 2)
        wide = math.tan(math.radians(lens.getHfov()) / 2)
        sight = Sight(np.array(camera.eye), camera.turn(), half, embodied, wide)
        orb = self.scene.update(state, sight, where)
        self._live.write("u_orb", orb)
        placed = camera.matrix()
        mirror_plane = LPlane(0, 0, 1, 0).getReflectionMat()
        for made, path in self._cameras:
            if made.name in CASTING:
                continue
            path.node().setLens(lens)
            path.setMat(placed if made.name == "scene" else placed * mirror_plane)
        world_to_clip = LMatrix4(placed)
        world_to_clip.invertInPlace()
        world_to_clip = world_to_clip * lens.getProjectionMat()
        clip_to_world = LMatrix4(world_to_clip)
        clip_to_world.invertInPlace()
        self._live.write("u_world_from_clip", clip_to_world)
        self._live.write("u_eye", camera.eye)
        self._live.write("u_feet", self.scene.feet(sight, where))
        self._live.write("u_stance", self.scene.stance(sight))
        self._live.write("u_exposure", self.exposure)
        lights = shares(state)
        self._live.write("u_sky_sh", np.tensordot(lights, self._harmonics, axes=1))
        if lights != self._dome_shows:
            self._dome_shows = lights
            self._dome.output.setOneShot(True)  # drawn with the next frame, then kept
        self.sun.update()
        quiet = state.orb_light <= 0.0 and state.roots <= 0.0 and state.dissolve <= 0.0
        self._hush(quiet, state.dissolve <= 0.0)
        self._skip_idle(state, quiet)

    def _skip_idle(self, state: State, quiet: bool) -> None:
        """Passes that would leave nothing to see are not run."""
        grounded = state.dissolve < 1.0
        self.sun.whole.output.setActive(grounded)
        self.poses.output.setActive(grounded)
        shafts = grounded and self.quality.shaft_steps > 0
        misty = state.mist > 0.0 or shafts
        self.finish.update(state.mist <= 0.0 and state.air <= 0.0 and shafts, quiet)
        for made in (self.finish.mist, self.finish.mist_soft):
            made.output.setActive(misty)
        self._live.write("u_mist_on", float(misty))
        if self._mirror is not None:
            self._mirror.output.setActive(grounded)

    def read(self) -> NDArray[np.uint8]:
        """Renders now and returns the picture: (height, width, 3) uint8, row 0 at the top."""
        if self.finish.present.color is None:
            raise ValueError("a frame that draws into a window is not read back; make its own")
        self.graphics.engine.renderFrame()
        return pixels(self.graphics, self.finish.present.color)

    def close(self) -> None:
        """Frees the buffers and takes the cameras out of the scene."""
        for made in (self._dome, *self.passes):
            if self._window is not None and made.output is self._window:
                self._window.removeAllDisplayRegions()
            else:
                self.graphics.engine.removeWindow(made.output)
        for _, path in self._cameras:
            path.removeNode()
        self.passes.clear()
        self._cameras.clear()


def _inner(size: Size, scale: float) -> Size:
    """The pixels of a picture that is `scale` times another."""
    return max(round(size[0] * scale), 2), max(round(size[1] * scale), 2)
