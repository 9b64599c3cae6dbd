"""How much of the picture's size the scene is drawn at, so that walking stays smooth."""

from __future__ import annotations

import statistics

SHARES = (0.6, 0.7, 0.85, 1.0)  # of the level's own scale
SLOW = 1.0 / 40.0  # seconds a frame above which less is drawn
EASY = 1.0 / 75.0  # and below which more may be tried
PERIOD = 0.75  # seconds over which frames are judged by their median
LEAST = 6  # frames of a judgement, however long they take
REST = 3.0  # easy seconds before more is tried; doubled each time that was too much
LONGEST_REST = 60.0


class Pace:
    """Judges frames as they come and says how large the next ones should be.

    A single slow frame changes nothing: the median of a period counts. Having tried more and
    found it too much, it waits twice as long before it tries again, so the picture does not
    swing.
    """

    def __init__(self) -> None:
        self._step = len(SHARES) - 1
        self._frames: list[float] = []
        self._easy, self._rest = 0.0, REST
        self._tried = False

    @property
    def share(self) -> float:
        """Of the level's scale, 0..1."""
        return SHARES[self._step]

    @property
    def at_least(self) -> bool:
        """Whether there is nothing left to take away."""
        return self._step == 0

    def tick(self, dt: float) -> bool:
        """Takes note of a frame of `dt` seconds; True where the share has changed."""
        self._frames.append(dt)
        if len(self._frames) < LEAST or sum(self._frames) < PERIOD:
            return False
        median, span = statistics.median(self._frames), sum(self._frames)
        self._frames.clear()
        if median > SLOW:
            return self._less()
        self._easy = self._easy + span if median < EASY else 0.0
        if self._easy >= self._rest and self._step < len(SHARES) - 1:
            self._step += 1
            self._easy, self._tried = 0.0, True
            return True
        if self._easy >= REST:
            self._tried = False  # what was tried has held
        return False

    def _less(self) -> bool:
        if self._tried:
            self._rest = min(2.0 * self._rest, LONGEST_REST)
        self._easy, self._tried = 0.0, False
        if self.at_least:
            return False
        self._step -= 1
        return True
