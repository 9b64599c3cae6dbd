"""The menu and scripted keys."""

from __future__ import annotations

import pytest

from world.settings import Settings
from world.timeline.score import ACTS, BEATS
from world.viewer.input import (
    Keys,
)
from world.viewer.menu import Menu, Options
from world.viewer.script import Script


def test_every_act_and_beat_can_be_chosen_with_keys_alone():
    wanted = {span.name: span.start for span in ACTS + BEATS}
    found = {}
    for column in range(len(ACTS)):
        for row in range(8):
            menu = Menu(Options(Settings()))
            menu.show("chapters")
            for _ in range(column):
                menu.key("arrow_right")
            for _ in range(row):
                menu.key("s")
            choice = menu.key("enter")
            assert choice is not None
            found[choice.key] = choice.value
    assert found == wanted


def test_the_menu_goes_in_and_out():
    menu = Menu(Options(Settings()))
    assert not menu.open
    menu.show()
    menu.key("arrow_down")
    assert menu.key("enter") is None
    assert menu.page == "chapters"
    assert menu.key("escape") is None
    assert (menu.page, menu.cursor) == ("pause", 1)
    last = menu.key("escape")
    assert last is not None
    assert last.what == "continue"


@pytest.mark.parametrize("key", ["arrow_left", "arrow_right", "enter"])
def test_every_setting_changes_within_its_limits(key):
    from world import settings as store

    menu = Menu(Options(Settings()))
    menu.show("settings")
    for index, entry in enumerate(menu.entries()[:-1]):
        menu.point(index)
        for _ in range(40):
            choice = menu.key(key)
            assert choice is not None
            assert (choice.what, choice.key) == ("set", entry.name)
            if entry.name != "captions":
                store.load({entry.name: choice.value}, environ={}, path=store.Path("/nowhere"))


def test_a_script_holds_exactly_its_keys():
    script = Script.of([(0.0, "w"), (1.0, "w shift"), (2.0, "")])
    keys = Keys()
    seen = []
    for tick in range(30):
        script.play(keys, tick / 10 - 0.1, tick / 10)
        now = keys.take()
        seen.append((now.forward, now.run))
    assert seen == [(1.0, False)] * 10 + [(1.0, True)] * 10 + [(0.0, False)] * 10
    with pytest.raises(ValueError, match="order"):
        Script.of([(1.0, "w"), (0.5, "")])
