"""The walk: input to director to state to picture, until the visitor wakes."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import replace

import msgspec

from world import settings as store
from world.errors import DreamError
from world.render.lens import Camera
from world.render.quality import quality
from world.render.shader import ShaderError
from world.scene.scene import Scene
from world.settings import Settings
from world.timeline import State, Visit, at
from world.timeline.score import TRACKS
from world.viewer.board import Board
from world.viewer.director import LONGEST, Director
from world.viewer.ground import ground_of
from world.viewer.guide import Guide, aim
from world.viewer.handed import Keep, Snapshot, Sound
from world.viewer.input import BINDINGS, DRAG_BUTTON, Controls, Keys, Pointer, on_this_keyboard
from world.viewer.menu import Choice, Menu, Options
from world.viewer.sight import Sight, first_level, greet, reload_score
from world.viewer.walker import AFLOAT, Walker, Wish
from world.viewer.window import Window

ARRIVAL = (18.0, -0.4)  # metres; looking west
CALM_PACE = 0.7  # of the speed, in the calm setting
AFTERGLOW = 8.0  # seconds of the last dawn before the closing menu
RISEN = 390.0  # seconds of story by which the night has carried everybody up
QUAKE = (0.006, 0.14)  # metres up and down, degrees of roll: what the tremor does to the eye


class Walk:
    """One visitor's walk in an open window.

    `keep` writes a still and says where; `sound` is None for a silent walk; `clock` gives
    seconds.
    """

    def __init__(
        self,
        window: Window,
        settings: Settings,
        keep: Keep,
        *,
        story: float = 0.0,
        sound: Sound | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.sound = sound
        self.window, self.settings, self._keep, self._clock = window, settings, keep, clock
        self.running = True
        self.captions = False
        self.elapsed = 0.0  # seconds since the walk began
        self.cost = 0.0  # seconds of Python's own work in the last frame
        self._ended_for = 0.0
        self._pointed: tuple[float, float] | None = None
        self.director = Director(story, autoplay=settings.autoplay)
        self.guide = Guide()
        bindings = on_this_keyboard(BINDINGS, window.printed)
        self.keys, self.pointer = Keys(bindings), Pointer(window)
        self.scene = Scene(
            settings.seed, quality(first_level(window, settings.quality)), settings.crowd
        )
        self.walker = Walker(ground_of(self.scene), ARRIVAL)
        self.sight = Sight(window, self.scene, settings.quality)
        self.board = Board(self.sight.layer, bindings)
        self.menu = Menu(Options(settings))
        self._actions: dict[str, Callable[[], None]] = {
            "pause": self.pause,
            "home": self.go_home,
            "still": self.keep_still,
            "reload": self.reload,
            "fullscreen": self.window.toggle_fullscreen,
            "captions": self._toggle_captions,
        }
        window.key_down, window.key_up = self.keys.down, self.keys.up
        window.resized = lambda size: self.sight.resized()
        window.focus, window.closed = self._note_focus, self._wake
        if story > 0.0:
            self._go_to(story)

    # -- the loop --------------------------------------------------------------------------

    def run(self) -> None:
        """Walks until the window closes or the visitor quits."""
        self.pointer.catch()
        before = self._clock()
        while self.running:
            now = self._clock()
            dt, before = now - before, now
            self.step(dt)
            self.show()
            self.cost = self._clock() - now
            self.window.draw()
        self.pointer.release()

    def step(self, dt: float) -> None:
        """Lets `dt` seconds go by: input, the body, the story."""
        controls = self.keys.take(self.pointer.take(self.keys.held(DRAG_BUTTON)))
        if self.menu.open:
            self._in_menu(controls)
        else:
            self._in_dream(controls, dt)
        self.elapsed += dt
        self.board.tick(dt)
        self.sight.tick(dt)

    def show(self) -> None:
        """Puts the moment into the picture that is drawn next."""
        state, paused = self.state(), self.menu.open
        camera = self.camera(state)
        self.sight.show(state, camera, self.director.visit)
        if self.sound is not None:
            self.sound.follow(self.director.moment, camera, self.settings.volume)
        self.board.hints(
            math.inf if paused else self.elapsed,
            None if paused else self.director.waiting,
            self.director.waited,
            self.director.progress,
            self.captions,
        )
        self.board.captions(state.story, self.captions and not paused)
        self.board.menu(self.menu)

    def state(self) -> State:
        """The state of the dream now, soothed for whoever asked for calm."""
        state = at(self.director.moment)
        return soothed(state) if self.settings.calm else state

    def camera(self, state: State) -> Camera:
        """The visitor's eye, with the earth's tremor in it."""
        x, y, z = self.walker.eye
        lift, roll = QUAKE
        shake = state.tremor * math.sin(31.0 * state.breath) * math.sin(2.3 * state.breath)
        tilt = state.tremor * math.sin(23.0 * state.breath + 1.0)
        eye = (x, y, z + lift * shake)
        return Camera(eye, self.walker.heading, self.walker.pitch, roll * tilt, self.settings.hfov)

    # -- in the dream ----------------------------------------------------------------------

    def _in_dream(self, controls: Controls, dt: float) -> None:
        for action in controls.struck:
            self._actions.get(action, _nothing)()
        if self.menu.open:
            return
        right, down = controls.look
        turn = self.settings.mouse
        self.walker.look(right * turn, down * turn * (1.0 if self.settings.invert_y else -1.0))
        moment = self.director.advance(
            dt, controls.act, self.walker.stance, touched=controls.touched
        )
        afloat = TRACKS["afloat"](moment.story)
        self.walker.move(min(dt, LONGEST), self._wish(controls, dt), afloat)
        self._ended_for = self._ended_for + dt if self.director.ended else 0.0
        if self._ended_for > AFTERGLOW:
            self.pause("end")

    def _wish(self, controls: Controls, dt: float) -> Wish:
        if self.director.alone and not controls.touched:
            return self.guide.lead(self.walker, self.director.moment.story, dt)
        self.guide.rest()
        pace = CALM_PACE if self.settings.calm else 1.0
        return Wish(controls.right * pace, controls.forward * pace, controls.rise, controls.run)

    def go_home(self) -> None:
        """Back to a safe place: where the walk begins; in the night, to its middle."""
        if self.state().afloat > 0.0:
            self.walker.fly_to(AFLOAT)
        else:
            self.walker.stand(ARRIVAL, 90.0)

    def keep_still(self) -> None:
        """Keeps a clean still: the picture without any words on it."""
        state = self.state()
        camera, visit = self.camera(state), self.director.visit
        self.sight.show(state, camera, visit)
        try:
            taken = Snapshot(
                self.sight.clean(), self.director.moment, camera, visit,
                self.sight.level, self.settings.seed, self.settings.crowd,
            )  # fmt: skip
            self.board.note(f"kept as {self._keep(taken).name}")
        except DreamError as error:
            self.board.note(str(error))

    def reload(self) -> None:
        """Reads the shaders and the score again; a mistake is told and the old ones stay."""
        try:
            self.sight.reload()
            reload_score()
            self.board.note("shaders and score read again")
        except ShaderError as error:
            self.board.note(f"{error}: {error.report.splitlines()[0] if error.report else ''}")
        except (SyntaxError, NameError, TypeError, ValueError) as error:
            self.board.note(f"the score has a mistake: {error}")

    def _toggle_captions(self) -> None:
        self.captions = not self.captions

    def _note_focus(self, focused: bool) -> None:
        if not focused:
            self.keys.release_all()
            if not self.menu.open:
                self.pause()

    def _wake(self) -> None:
        self.running = False

    # -- in the menu -----------------------------------------------------------------------

    def pause(self, page: str = "pause") -> None:
        """Freezes the dream, frees the pointer and opens the menu."""
        self.director.paused = True
        self.pointer.release()
        self.menu.options = Options(self.settings, self.captions)
        self.menu.show(page)
        if self.sound is not None:
            self.sound.pause(True)
        self._pointed = self.window.pointer()

    def resume(self) -> None:
        """Goes on dreaming."""
        self.menu.hide()
        self.keys.release_all()
        self.director.paused = False
        self._ended_for = 0.0
        if self.sound is not None:
            self.sound.pause(False)
        self.pointer.catch()

    def _in_menu(self, controls: Controls) -> None:
        place = self.window.pointer()
        under = None
        if place is not None:
            under = self.board.under(self.sight.layer.to_units(place, self.window.size()))
            if under is not None and (place != self._pointed or "mouse1" in controls.keys):
                self.menu.point(under)
            self._pointed = place
        for key in controls.keys:
            if not self.menu.open:
                return
            if key in ("mouse1", "mouse3"):
                if under is not None:
                    self._do(self.menu.choose(1 if key == "mouse1" else -1))
            else:
                self._do(self.menu.key(key))

    def _do(self, choice: Choice | None) -> None:
        if choice is None:
            return
        if choice.what == "set":
            self.change(choice.key, choice.value)
        elif choice.what == "quit":
            self.running = False
        else:
            if choice.what == "again":
                self.director.visit = Visit()
                self._go_to(0.0)
            elif choice.what == "jump" and isinstance(choice.value, float):
                self._go_to(choice.value)
            self.resume()

    def _go_to(self, story: float) -> None:
        """Jumps to a chapter, and stands where the guide would."""
        self.director.jump(story)
        goal = aim(story)
        self.walker.stand((goal.x, goal.y))
        if story >= RISEN:
            self.walker.fly_to(AFLOAT)
        self.walker.heading, self.walker.pitch = goal.heading, goal.pitch

    def change(self, key: str, value: object) -> None:
        """Changes a setting now, and for the next walk."""
        if key == "captions":
            self.captions = bool(value)
        else:
            self.settings = msgspec.structs.replace(self.settings, **{key: value})
            self._remember(key, value)
        if key == "fullscreen":
            self.window.toggle_fullscreen()
        if key == "quality":
            self.sight.draw_as(self.settings.quality)
        self.menu.options = Options(self.settings, self.captions)

    def _remember(self, key: str, value: object) -> None:
        try:
            store.write(key, str(value).lower(), store.config_path())
        except (DreamError, OSError) as error:
            self.board.note(f"only for this walk: {error}")


def _nothing() -> None:
    """An action that is not struck but held."""


def soothed(state: State) -> State:
    """The state for the calm setting: no tremor, no shimmer, few glints, a soft heart."""
    return replace(
        state,
        tremor=0.0,
        air=0.0,
        waver=0.0,
        lit=1.0,
        glints=state.glints * 0.25,
        heart=state.heart * 0.4,
    )


def walk(settings: Settings, keep: Keep, sound: Sound | None = None) -> int:
    """Opens the window and walks; returns the exit code.

    Raises NoDisplay without a screen, GraphicsError where the dream cannot be drawn.
    """
    width, _, height = settings.size.partition("x")
    window = Window((int(width), int(height)), fullscreen=settings.fullscreen)
    try:
        greet(window)
        Walk(window, settings, keep, sound=sound).run()
    finally:
        if sound is not None:
            sound.close()
        window.close()
    return 0
