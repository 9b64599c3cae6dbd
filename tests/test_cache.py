"""Slow numbers are remembered, and forgotten when they should be."""

from __future__ import annotations

import numpy as np
import pytest

from models import cache

calls: list[int] = []


def slow(size: int) -> np.ndarray:
    calls.append(size)
    return np.arange(size)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DAWNS_CACHE", str(tmp_path))
    calls.clear()


def test_the_second_asking_does_not_build():
    first, second = cache.remembered(slow, 5), cache.remembered(slow, 5)
    np.testing.assert_array_equal(first, second)
    assert calls == [5]
    cache.remembered(slow, 6)
    assert calls == [5, 6]


def test_changed_source_forgets(monkeypatch):
    cache.remembered(slow, 5)
    monkeypatch.setattr(cache, "_source", lambda: "another")
    cache.remembered(slow, 5)
    assert calls == [5, 5]


def test_a_broken_file_is_built_again(tmp_path):
    cache.remembered(slow, 5)
    for path in tmp_path.iterdir():
        path.write_bytes(b"half a fi")
    np.testing.assert_array_equal(cache.remembered(slow, 5), np.arange(5))
    assert calls == [5, 5]


def test_only_so_many_are_kept(tmp_path):
    for size in range(cache.KEPT + 4):
        cache.remembered(slow, size)
    assert len(list(tmp_path.iterdir())) == cache.KEPT


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DAWNS_CACHE", str(tmp_path / "file" / "deeper"))
    np.testing.assert_array_equal(cache.remembered(slow, 3), np.arange(3))
