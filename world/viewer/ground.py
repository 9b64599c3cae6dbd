"""What the visitor walks on and round, taken from the scene."""

from __future__ import annotations

from world.viewer.walker import Ground


def ground_of(scene: object) -> Ground:
    """The ground of a scene."""
    return Ground()
