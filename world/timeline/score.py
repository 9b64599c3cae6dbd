"""The piece as data: acts, beats, cues, deeds and every track. Times are seconds of story.

The names here are the words of the captions, the command line and the file names.
"""

from __future__ import annotations

from dataclasses import dataclass

from world.timeline.ease import ease_in, ease_out, hold, linear, smoother, swell
from world.timeline.track import Track, track

END = 480.0


@dataclass(frozen=True)
class Span:
    """A named stretch of the story. `text` is the phrase of the dream that belongs to it."""

    name: str
    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Cue:
    """A named instant that sound and captions hang on."""

    name: str
    time: float


@dataclass(frozen=True)
class Deed:
    """An instant where the story waits until the visitor acts."""

    name: str
    time: float
    hint: str


def _spans(rows: list[tuple[str, float, str]]) -> tuple[Span, ...]:
    ends = [start for _, start, _ in rows[1:]] + [END]
    return tuple(Span(name, start, end, text) for (name, start, text), end in zip(rows, ends))


ACTS = _spans(
    [
        ("arrival", 0.0, "I am dreaming. You are dreaming."),
        ("calm", 90.0, "A calm deeper than any ocean."),
        ("orb", 170.0, "You extend a hand into the mist itself."),
        ("awe", 270.0, "Mourners catch their breath and look up."),
        ("night", 370.0, "Just as suddenly as it began, the dream shifts."),
    ]
)

BEATS = _spans(
    [
        ("sun", 0.0, "A crimson sun hangs low in a bruised-purple sky."),
        ("witnesses", 25.0, "Silent witnesses in tattered robes, their faces streaked with tears."),
        ("fallen", 50.0, "At their feet lies someone you once loved, now pale and broken."),
        ("hush", 70.0, "A hush ripples through the assembly."),
        ("composed", 90.0, "You find yourself strangely composed."),
        ("bells", 105.0, "The faint hum of unseen bells."),
        ("quiver", 125.0, "The earth beneath your feet quivers."),
        ("mist", 135.0, "From its cracks a silver mist seeps upward."),
        ("rain", 155.0, "Every breath you draw tastes of starlight and distant rain."),
        ("reach", 170.0, "You extend a hand, not toward the fallen, but into the mist."),
        ("gathering", 178.0, "The vapor coils around your fingertips."),
        ("memories", 200.0, "In that orb you glimpse the memory of a laugh shared long ago."),
        ("raise", 226.0, "You raise it high."),
        ("bowing", 232.0, "The silver haze parts as though bowing."),
        ("blossom", 245.0, "Fractured marble blossoms into fragile white flowers."),
        ("wave", 270.0, "Around you, mourners catch their breath and look up."),
        ("vibration", 285.0, "The air vibrates with possibility."),
        ("step", 296.0, "You step forward, orb in hand."),
        ("roots", 302.0, "Roots of light snake into every crack."),
        ("chorus", 318.0, "A soft chorus, wordless yet filled with yearning."),
        ("eyelids", 345.0, "The fallen figure's eyelids flutter."),
        ("held", 358.0, "The world itself holds its breath."),
        ("dissolve", 370.0, "The courtyard dissolves into drifting motes of dust and light."),
        ("afloat", 395.0, "You find yourself afloat in a boundless night."),
        ("lyra", 410.0, "The orb drifts from your hand, merging with a distant constellation."),
        ("binary", 430.0, "Grief and hope, entwined like two stars in an eternal dance."),
        ("dawns", 448.0, "A single flame of compassion can ignite a thousand dawns."),
    ]
)

DEEDS = (
    Deed("extend", 176.0, "Hold to extend your hand"),
    Deed("raise", 230.0, "Hold to raise the orb"),
    Deed("step", 300.0, "Hold to step forward"),
)
EXTEND, RAISE, STEP = (deed.time for deed in DEEDS)

BELLS = (105.0, 109.5, 113.0, 118.5, 123.0, 131.0, 142.0, 151.5, 163.0, 184.0, 199.0, 247.0, 286.0)
TOLLS_AFLOAT = (398.0, 407.0, 421.0, 436.0)

CUES = (
    *(Cue(f"bell-{number}", time) for number, time in enumerate(BELLS + TOLLS_AFLOAT, 1)),
    Cue("hush", 70.0),
    Cue("quiver", 125.0),
    Cue("rain", 155.0),
    Cue("heartbeat", 158.0),
    Cue("orb-formed", 198.0),
    Cue("laugh", 202.0),
    Cue("dew", 210.0),
    Cue("touch", 218.0),
    Cue("bow", 232.0),
    Cue("first-flower", 246.0),
    Cue("gasp", 270.0),
    Cue("root-front", 300.5),
    Cue("choir", 318.0),
    Cue("silence", 358.0),
    Cue("shatter", 370.0),
    Cue("orb-merges", 424.0),
    Cue("ignition", 450.0),
    Cue("last-dawn", 466.0),
)

TRACKS: dict[str, Track] = {
    # how the picture is taken; the rest is what there is to see
    "exposure": track((0, 1.15), (90, 1.1), (170, 1.05), (232, 1.0), (300, 0.95), (370, 1.0)),
    "warmth": track((0, 1), (90, 0.75), (170, 0.6), (245, 0.4), (330, 0.15), (448, 0.1), (470, 1)),
    "vignette": track((0, 0.45), (90, 0.35), (158, 0.6), (198, 0.35), (300, 0.2), (395, 0.3)),
    "fade": track((0, 0), (4, 1, linear), (476, 1), (480, 0.85)),
    "sky_light": track((0, 0), (232, 0.05), (270, 0.14), (300, 0.45), (345, 0.95), (370, 1)),
    "waver": track((0, 1), (90, 0.6), (300, 0.3), (345, 0)),
    # the assembly
    "bow": track((0, 1), (370, 1)),
    "hush_front": track((69, 0), (71, 0.5, ease_in), (88, 60)),
    "vapour": track((12, 0.3), (40, 0.7), (70, 0.8), (84, 0.3), (105, 0.5), (268, 0.3), (300, 0)),
    "shiver": track((0, 1), (90, 0.9), (150, 0.5), (198, 0)),
    "look_front": track((269, 0), (270, 0.4, linear), (292, 46)),
    "awe": track((269, 0), (285, 1)),
    "chorus": track((318, 0), (338, 1), (352, 1), (358, 0)),
    # calm
    "calm": track((88, 0), (100, 1, swell), (358, 1), (370, 0)),
    "tremor": track((124, 0), (127, 1), (138, 0.65), (150, 0.15), (170, 0)),
    "rain": track((145, 0), (160, 1), (232, 0.8), (300, 0)),
    "glints": track((128, 0), (160, 1), (345, 1), (370, 0.6), (395, 0)),
    "heartbeat": track((155, 0), (162, 1), (178, 0.8), (200, 0)),
    # mist
    "mist": track((131, 0), (160, 1), (232, 1), (256, 0.3), (345, 0.26), (370, 0.22), (392, 0)),
    "mist_low": track((131, 0), (232, 0), (252, 1)),
    "bow_mist": track((RAISE, 0), (254, 1, smoother)),
    "tendril": track((133, 0), (159, 1), (198, 1), (232, 0.2), (260, 0)),
    # hand and orb
    "hand": track((EXTEND - 5, 0), (EXTEND + 1.5, 1), (404, 1), (414, 0)),
    "reach": track((EXTEND - 5, 0), (EXTEND, 0.35), (EXTEND + 5, 1), (194, 1), (203, 0)),
    "cup": track((183, 0), (191, 1), (480, 1)),
    "raised": track((RAISE, 0), (236, 1, smoother), (262, 1), (272, 0.5), (296, 0.4), (310, 0.2)),
    "released": track((404, 0), (412, 1)),
    "gather": track((EXTEND + 1, 0), (188, 1), (197, 1), (204, 0)),
    "orb": track((184, 0), (199, 1, ease_out), (480, 1)),
    "orb_light": track((184, 0), (196, 1), (230, 1), (240, 1.6), (300, 1.3), (370, 0.9), (424, 0)),
    "memory": track((200, 0), (202, 1), (208, 1), (210, 2), (216, 2), (218, 3), (225, 3), (227, 0)),
    "memory_glow": track((200, 0), (202.5, 1), (224, 1), (227, 0)),
    "orb_flight": track((404, 0), (424, 1, smoother)),
    # what answers
    "flowers_front": track((243, 0), (252, 1.4, ease_in), (270, 6), (310, 22), (350, 46)),
    "bloom": track((243, 0), (262, 0.8), (300, 1)),
    "air": track((283, 0), (290, 1), (330, 0.6), (358, 0)),
    "roots_time": track((STEP, 0), (STEP + 45, 45, linear)),
    "roots": track((STEP, 0), (STEP + 2, 1)),
    "lids": track((344, 0), (349, 1), (362, 1), (368, 0.4)),
    "held": track((355, 0), (359, 1), (368, 1), (371, 0)),
    # night
    "dissolve": track((369.5, 0), (397, 1, linear)),
    "afloat": track((376, 0), (398, 1)),
    "stars": track((0, 0.12), (300, 0.2), (372, 0.35), (396, 1), (455, 1), (478, 0.15)),
    "milky": track((378, 0), (404, 1), (452, 1), (474, 0.1)),
    "lyra_pulse": track((418, 0), (425, 1), (436, 0.8), (446, 0.25)),
    "binary": track((426, 0), (433, 1), (445, 1), (451, 0)),
    "dawn_count": track((449, 0), (452, 3, ease_in), (470, 1000)),
    "last_dawn": track((462, 0), (479, 1, swell)),
    # how fast breath runs beside the story
    "breath_rate": track(
        (0, 1), (90, 1), (100, 0.7), (350, 0.7), (358, 0.08), (369, 0.08), (373, 1)
    ),
}

# Tracks that are allowed to jump; `hold` is the only ease that does.
JUMPS: dict[str, tuple[float, ...]] = {
    name: lane.jumps for name, lane in TRACKS.items() if any(key.ease is hold for key in lane.keys)
}


def span_at(spans: tuple[Span, ...], story: float) -> Span:
    """The act or beat that is playing at `story` seconds."""
    for span in reversed(spans):
        if story >= span.start:
            return span
    return spans[0]


def named(name: str) -> Span:
    """The act or beat of that name. Raises KeyError for a name that is neither.

    The name `awe` or `orb` is an act; no beat has the name of an act.
    """
    for span in ACTS + BEATS:
        if span.name == name:
            return span
    raise KeyError(name)
