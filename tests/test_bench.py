"""The benchmark's figures: what there is of them, and that they can be handed to a program."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
from panda3d.core import NodePath

from world import bench
from world.render.lens import Camera


def test_a_report_times_frames_passes_and_parts(graphics):
    done = []
    report = bench.measure((64, 36), "low", 1, frames=8, advance=done.append)
    assert 0.0 < report.python < report.median <= report.slowest
    assert report.memory > 50.0
    assert report.growth == 0.0
    assert report.flowers > 0.0
    assert report.passes["scene"] > 0.0
    assert {"people", "place", "place alone"} <= report.parts.keys()
    assert done == sorted(done)
    assert done[-1] == 17
    told = json.loads(json.dumps(report.as_json()))
    assert told["parts"] == report.parts
    assert any(line.startswith("  part place alone") for line in report.lines())


def test_flowers_are_counted_where_the_picture_ends():
    camera = Camera((0.0, 0.0, 0.0), heading=0.0, hfov=90.0)  # it looks north
    points = np.array([(0, 5, 0), (4.9, 5, 0), (5.1, 5, 0), (0, 5, 2.4), (0, 5, 2.6), (0, -5, 0)])
    seen = bench.in_view(points.astype(np.float32), camera, (200, 100))
    assert seen.tolist() == [True, True, False, True, False, False]


class Counted:
    """A frame that costs as much as it has parts to show."""

    def __init__(self):
        root = NodePath("root")
        self.nodes = [root.attachNewNode(name) for name in ("place", "people", "hand")]
        self.scene = SimpleNamespace(parts={node.name: [node] for node in self.nodes})
        self.nodes[2].hide()

    def cost(self):
        weights = {"place": 5.0, "people": 3.0, "hand": 100.0}
        return 2.0 + sum(weights[node.name] for node in self.nodes if not node.isHidden())


def test_a_part_costs_what_the_frame_is_cheaper_without_it(monkeypatch):
    monkeypatch.setattr(bench, "_update", lambda frame, story: 0.0)
    monkeypatch.setattr(bench, "_least", Counted.cost)
    frame = Counted()
    costs = bench.part_times(frame)
    assert costs == {"place": 5.0, "people": 3.0, "place alone": 7.0}
    assert [node.isHidden() for node in frame.nodes] == [False, False, True]
