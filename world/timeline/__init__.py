"""Time: the score as data, and the state of the dream at any moment. numpy and stdlib alone."""

from world.timeline.clock import Moment, breath_at, breath_rate, moment_at
from world.timeline.state import FIELDS, Stance, State, Visit, at

__all__ = [
    "FIELDS",
    "Moment",
    "Stance",
    "State",
    "Visit",
    "at",
    "breath_at",
    "breath_rate",
    "moment_at",
]
