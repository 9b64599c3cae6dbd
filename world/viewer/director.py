"""The clock of a walk: the story goes on, waits at the three deeds, and remembers them."""

from __future__ import annotations

from dataclasses import replace

from world.timeline import Moment, Stance, Visit, breath_at, breath_rate
from world.timeline.score import DEEDS, END, Deed
from world.timeline.state import clamp_story

HOLD = 0.6  # seconds that the action key is held for a deed
EARLY = 4.0  # seconds before a deed in which holding already counts
PATIENCE = 60.0  # seconds of waiting without a touch, after which the piece goes on by itself
LONGEST = 0.25  # seconds: a longer frame (a stall, a laptop that slept) counts as this

_FIELD = {"extend": "extend", "raise": "raised", "step": "step"}  # of Visit, by deed


class Director:
    """Turns real seconds into moments. The only memory is the visitor's own: deeds and pauses.

    `autoplay` never waits. `toggle` makes one press of the action key count as holding it.
    """

    def __init__(self, story: float = 0.0, *, autoplay: bool = False, toggle: bool = False) -> None:
        self.autoplay = autoplay
        self.toggle = toggle
        self.paused = False
        self.visit = Visit()
        self.idle = 0.0  # seconds since the visitor last touched anything
        self.waited = 0.0  # seconds that the story has waited at the deed it is at
        self.held = 0.0  # seconds that the action key has been held for the next deed
        self._pressed = False
        self._latched = False
        self._left = False  # a deed was waited for in vain
        self._done: set[str] = set()
        self._story = self._breath = 0.0
        self.jump(story)

    @property
    def moment(self) -> Moment:
        """Now."""
        return Moment(self._story, self._breath)

    @property
    def ended(self) -> bool:
        """The last dawn has broken."""
        return self._story >= END

    @property
    def alone(self) -> bool:
        """Nobody leads: autoplay, or a deed was waited for in vain, until somebody touches."""
        return self.autoplay or self._left

    @property
    def upcoming(self) -> Deed | None:
        """The next deed that has not been done."""
        return next((deed for deed in DEEDS if deed.name not in self._done), None)

    @property
    def waiting(self) -> Deed | None:
        """The deed that the story waits at, if it does."""
        deed = self.upcoming
        return deed if deed is not None and self._story >= deed.time else None

    @property
    def progress(self) -> float:
        """How far the hold for the next deed has come, 0..1."""
        return min(self.held / HOLD, 1.0)

    def advance(self, dt: float, pressed: bool, stance: Stance, *, touched: bool = False) -> Moment:
        """Lets `dt` seconds go by; `pressed` is the action key, `stance` where the visitor is.

        `touched` says that any key, button or the mouse was moved. Raises ValueError for a
        `dt` below zero.
        """
        if dt < 0.0:
            raise ValueError(f"time went back by {-dt} s")
        dt = min(dt, LONGEST)
        if self.paused:
            self._pressed = pressed
            return self.moment
        self.idle = 0.0 if touched or pressed else self.idle + dt
        if self.idle == 0.0:
            self._left = False
        elif min(self.idle, self.waited) >= PATIENCE:
            self._left = True
        self._hold(dt, pressed)
        self._breath += dt * breath_rate(self._story)
        left = dt
        while left > 0.0 and not self.ended:
            left = self._tell(left, stance)
        return self.moment

    def jump(self, story: float) -> Moment:
        """Goes to a second of the story. Deeds before it count as done, deeds from it on do not.

        Breath becomes what it would be had nobody lingered, so that the moment is the same
        one that a still or a film has there.
        """
        self._story = clamp_story(story)
        self._breath = breath_at(self._story)
        self._done = {deed.name for deed in DEEDS if deed.time < self._story}
        self._rest()
        return self.moment

    def restore(self, moment: Moment, visit: Visit) -> None:
        """Stands at exactly this moment again, with the deeds of somebody's track."""
        self.jump(moment.story)
        self._breath = moment.breath
        self.visit = visit

    def scrub(self, seconds: float) -> Moment:
        """Jumps forth, or back if negative, from where the story is."""
        return self.jump(self._story + seconds)

    def _rest(self) -> None:
        self.held = self.waited = 0.0
        self._latched = False

    def _hold(self, dt: float, pressed: bool) -> None:
        """Counts the hold while a deed is near; letting go before the end loses it slowly."""
        fresh = pressed and not self._pressed
        self._pressed = pressed
        deed = self.upcoming
        if deed is None or self._story < deed.time - EARLY:
            self._latched = False
            return
        if self.toggle and fresh:
            self._latched = not self._latched
        if pressed or self._latched:
            self.held += dt
        elif self.held < HOLD:
            self.held = max(self.held - dt, 0.0)

    def _tell(self, left: float, stance: Stance) -> float:
        """Tells the story up to the next deed; returns the seconds that are still to be told."""
        deed = self.upcoming
        if deed is None:
            self._story = min(self._story + left, END)
            return 0.0
        before = deed.time - self._story
        if before > left:
            self._story += left
            return 0.0
        self._story = deed.time
        left -= max(before, 0.0)
        if self.held < HOLD - 1e-9 and not self.alone:
            self.waited += left
            return 0.0
        self._done.add(deed.name)
        self.visit = replace(self.visit, **{_FIELD[deed.name]: stance})
        self._rest()
        return left
