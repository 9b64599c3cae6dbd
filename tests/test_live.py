"""Uniforms that are refilled in place."""

from __future__ import annotations

import numpy as np
import pytest

from world.scene.live import Live


def test_what_is_written_is_what_the_engine_was_given():
    live = Live(u_place=3, u_turn=16)
    given = live.inputs()
    live.write("u_place", [1.0, 2.0, 3.0])
    live.write("u_turn", np.arange(16.0).reshape(4, 4))
    assert tuple(given["u_place"][0]) == (1.0, 2.0, 3.0)
    assert given["u_turn"][0](1, 2) == 6.0


def test_a_wrong_number_of_floats_is_refused():
    live = Live(u_place=3)
    with pytest.raises(ValueError, match="u_place has 3 floats, not 2"):
        live.write("u_place", [1.0, 2.0])
    with pytest.raises(ValueError, match="not 5"):
        Live(u_place=5)


def test_an_array_of_vectors_keeps_its_rows():
    live = Live(u_rows=(3, 3))
    live.write("u_rows", np.arange(9.0).reshape(3, 3))
    assert tuple(live.inputs()["u_rows"][2]) == (6.0, 7.0, 8.0)
