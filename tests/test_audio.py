"""The sound: what is in it, when it is there and when it is not, and how loud it is."""

from __future__ import annotations

import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from world.audio import bells, elements, loudness, mix, score
from world.audio.kiln import BED_PEAK, Kiln, urgency, write_wav
from world.audio.score import BEDS, PARTS, STRIKES
from world.audio.synth import studio
from world.timeline.clock import moment_at
from world.timeline.score import BELLS, CUES, TRACKS
from world.timeline.state import Stance, at

RATE = 12_000  # a quarter of a film's: what is asked here does not lie above 6 kHz
CHORUS, HELD = (340.0, 352.0), (360.0, 368.0)


@pytest.fixture(scope="module")
def piece() -> np.ndarray:
    """(n, 2) the whole piece."""
    return mix.render(0.0, 480.0, RATE)


def cut(piece: np.ndarray, start: float, end: float) -> np.ndarray:
    return piece[round(start * RATE) : round(end * RATE)]


def decibels(sound: np.ndarray) -> float:
    return float(10.0 * np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-30))


# ── the measure ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("gain", "lufs"), [(-23.0, -23.0), (-33.0, -33.0), (-3.0, -3.0)])
@pytest.mark.parametrize("rate", [48_000, 44_100])
def test_loudness_of_a_sine_is_as_the_standard_has_it(gain, lufs, rate):
    """EBU Tech 3341, cases 1 and 2: 1 kHz in both channels."""
    sine = 10 ** (gain / 20) * np.sin(2 * np.pi * 1000 * np.arange(20 * rate) / rate)
    assert loudness.integrated(np.stack([sine, sine], 1), rate) == pytest.approx(lufs, abs=0.1)


def test_loudness_leaves_out_what_is_quiet():
    """EBU Tech 3341, case 3: 10 s at -36, 60 s at -23, 10 s at -36 dB is -23 LUFS."""
    gains = np.repeat([-36.0, -23.0, -36.0], [10 * 48_000, 60 * 48_000, 10 * 48_000])
    sine = 10 ** (gains / 20) * np.sin(2 * np.pi * 1000 * np.arange(len(gains)) / 48_000)
    assert loudness.integrated(np.stack([sine, sine], 1), 48_000) == pytest.approx(-23.0, abs=0.1)


def test_range_is_the_step_between_two_levels():
    """EBU Tech 3342, case 1: 20 s at -20, 20 s at -30 dB has a range of 10 LU."""
    gains = np.repeat([-20.0, -30.0], 20 * 48_000)
    sine = 10 ** (gains / 20) * np.sin(2 * np.pi * 1000 * np.arange(len(gains)) / 48_000)
    assert loudness.loudness_range(np.stack([sine, sine], 1), 48_000) == pytest.approx(10, abs=1)


def test_true_peak_finds_what_lies_between_samples():
    """A sine of a quarter of the rate, sampled 45 degrees off its peaks, looks 3 dB too low."""
    sine = 0.5 * np.sin(np.pi / 2 * np.arange(48_000) + np.pi / 4)
    assert 20 * np.log10(np.abs(sine).max()) == pytest.approx(-9.03, abs=0.01)
    assert loudness.true_peak(sine[:, None], 48_000) == pytest.approx(-6.02, abs=0.5)


# ── the piece ────────────────────────────────────────────────────────────────


def test_piece_is_as_loud_as_a_programme_should_be(piece):
    assert loudness.integrated(piece, RATE) == pytest.approx(-23.0, abs=2.0)
    assert loudness.loudness_range(piece, RATE) <= 20.0
    assert loudness.true_peak(piece, RATE) <= -1.0


def test_world_holds_its_breath(piece):
    chorus, held = decibels(cut(piece, *CHORUS)), decibels(cut(piece, *HELD))
    assert held < chorus - 30.0
    assert held > -100.0, "held, not cut off: something is still there"


def test_chorus_is_the_loudest_thing_of_its_act(piece):
    before = loudness.integrated(cut(piece, 272.0, 300.0), RATE)
    assert loudness.integrated(cut(piece, *CHORUS), RATE) > before + 3.0


def test_calm_is_quieter_than_arrival_and_quiver_shakes_it(piece):
    arrival, calm = decibels(cut(piece, 40, 68)), decibels(cut(piece, 92, 104))
    assert calm < arrival - 2.0
    assert decibels(cut(piece, 125, 131)) > calm + 8.0


def test_dawns_swell_until_the_last(piece):
    flame, many, last = (cut(piece, t, t + 5) for t in (449.0, 458.0, 469.0))
    assert decibels(flame) < decibels(many) - 1.0 < decibels(last) - 2.0
    assert np.abs(cut(piece, 479.95, 480.0)).max() < 0.01, "it ends in quiet, not in a cut"


def test_both_ears_hear_and_not_the_same(piece):
    for start in range(5, 355, 25):
        left, right = cut(piece, start, start + 20.0).astype(np.float64).T
        assert abs(decibels(left) - decibels(right)) < 6.0
        assert np.corrcoef(left, right)[0, 1] < 0.98


# ── purity ───────────────────────────────────────────────────────────────────


def test_a_stretch_is_the_same_however_it_is_asked_for():
    long, short = mix.render(112.0, 137.0, RATE), mix.render(124.0, 126.5, RATE)
    assert short.dtype == np.float32
    assert short.tobytes() == cut(long, 12.0, 14.5).tobytes()


def test_same_seed_same_bytes_and_another_seed_others():
    first = mix.render(20.0, 22.0, RATE, seed=3)
    mix.stem.cache_clear()
    assert mix.render(20.0, 22.0, RATE, seed=3).tobytes() == first.tobytes()
    assert mix.render(20.0, 22.0, RATE, seed=4).tobytes() != first.tobytes()


def test_stretch_has_its_length_and_backwards_is_refused():
    assert mix.render(5.0, 5.0, RATE).shape == (0, 2)
    assert mix.render(1.25, 2.0, RATE).shape == (9000, 2)
    with pytest.raises(ValueError, match="goes forward"):
        mix.render(3.0, 2.0)


@given(st.lists(st.floats(-50.0, 50.0), min_size=1, max_size=50))
def test_peaks_bend_below_the_ceiling_and_quiet_is_untouched(values):
    sound = np.array(values)
    out = mix.bent(sound)
    assert np.abs(out).max() <= mix.CEILING
    quiet = np.abs(sound) <= mix.KNEE
    assert np.array_equal(out[quiet], sound[quiet])
    assert np.array_equal(np.sign(out), np.sign(sound))


# ── what sounds ──────────────────────────────────────────────────────────────


def test_bell_has_the_partials_of_risset():
    hertz, lasting, rate = 440.0, 12.0, 6000
    sound = bells.bell(studio("bell", rate, 1), hertz, lasting).sum(axis=1)
    spectrum = np.abs(np.fft.rfft(sound, 8 * len(sound)))
    step = rate / (8 * len(sound))
    for ratio, share in zip(bells.RATIOS, bells.LENGTHS, strict=True):
        width = 0.4 + 0.6 / (lasting * share)
        low, high = (round((hertz * ratio + side * width) / step) for side in (-1, 1))
        near = spectrum[low : high + 1]
        assert 0 < near.argmax() < len(near) - 1, f"no peak near {ratio} of the nominal"
    wide_low, wide_high = round(300 / step), round(380 / step)
    between = spectrum[wide_low:wide_high]
    assert between.max() < 0.1 * spectrum.max(), "there is nothing between hum and prime"


def test_bell_hum_rings_longest():
    sound = bells.bell(studio("bell", 6000, 1), 440.0, 12.0).sum(axis=1)
    late = np.abs(np.fft.rfft(sound[int(9.5 * 6000) :]))
    found = late.argmax() * 6000 / (len(sound) - int(9.5 * 6000))
    assert found == pytest.approx(0.56 * 440.0, abs=2.0)


def test_every_bell_of_the_score_is_heard(piece):
    """At each bell the band of its hum grows."""
    by_time = {strike.start: strike for strike in STRIKES if strike.name.startswith("bell-")}
    assert set(BELLS) <= set(by_time)
    for time in BELLS[:6]:
        number = int(by_time[time].name.removeprefix("bell-")) - 1
        hum = elements.pitch(*score.BELL_NOTES[number]) * bells.RATIOS[0]
        assert _near(cut(piece, time + 0.2, time + 2.2), hum) > 1.3 * _near(
            cut(piece, time - 2.2, time - 0.2), hum
        )


def _near(sound: np.ndarray, hertz: float, width: float = 0.015) -> float:
    spectrum = np.abs(np.fft.rfft(sound.sum(axis=1) * np.hanning(len(sound))))
    scale = np.fft.rfftfreq(len(sound), 1 / RATE)
    return float(spectrum[np.abs(scale / hertz - 1.0) < width].max())


def test_chorus_opens_from_two_notes_into_a_chord(piece):
    low, third, top = elements.pitch(0, 3), elements.pitch(4, 4), elements.pitch(2, 5)
    early, late = cut(piece, 321.0, 324.0), cut(piece, 350.5, 353.5)
    assert _near(early, low) > 10.0 * _near(early, third)
    assert _near(late, third) > 8.0 * _near(early, third)
    assert _near(late, top) > 8.0 * _near(early, top)


def test_there_is_a_tone_for_each_of_the_thousand_dawns():
    times = np.array(score.breaking(0.0))
    assert len(times) == 1000
    assert (np.diff(times) > 0).all()
    counts = [TRACKS["dawn_count"](time) for time in times[[0, 99, 499, 999]]]
    assert counts == pytest.approx([1, 100, 500, 1000], abs=0.5)


def test_heart_beats_with_the_picture():
    heart = mix.stem("heart", RATE, 1)[:, 0]
    window = np.hanning(round(0.08 * RATE))
    loud = np.sqrt(np.convolve(heart.astype(np.float64) ** 2, window / window.sum(), "same"))
    moments = np.arange(160.0, 176.0, 0.01)
    seen = np.array([at(moment_at(time)).heart for time in moments])
    heard = loud[np.round(moments * RATE).astype(int) % len(loud)]
    lags = range(-40, 41)
    agree = [np.corrcoef(seen, np.roll(heard, lag))[0, 1] for lag in lags]
    assert max(agree) > 0.7
    assert abs(lags[int(np.argmax(agree))]) <= 10, "sound and sight are a tenth of a second apart"


@pytest.mark.parametrize("bed", BEDS, ids=lambda bed: bed.name)
def test_bed_closes_without_a_seam(bed):
    """A step across the seam is no larger than those beside it; level and colour are sound."""
    loop = mix.raw(bed, RATE, 1)
    assert np.sqrt(np.mean(np.square(loop))) == pytest.approx(1.0, rel=1e-6)
    steps = np.abs(np.diff(np.concatenate([loop[-400:], loop[:400]]), axis=0))
    assert steps[399].max() <= 1.5 * np.delete(steps, 399, axis=0).max()
    assert np.abs(loop).max() < BED_PEAK, "a file of 16 bits holds it"


def test_parts_have_names_of_their_own_and_beds_are_heard_at_some_time():
    assert len({part.name for part in PARTS}) == len(PARTS)
    for bed in BEDS:
        levels = [bed.level(at(moment_at(time))) for time in range(0, 480, 2)]
        assert 0.15 < max(levels) <= 1.0 + 1e-9, bed.name
        assert min(levels) >= 0.0


def test_cues_of_the_score_are_heard():
    """Each cue is a strike, or what follows the state: rain, heart, flower, silence, last dawn."""
    followed = {"rain", "heartbeat", "first-flower", "silence", "last-dawn", "orb-formed", "choir"}
    struck = {strike.name for strike in STRIKES}
    assert {cue.name for cue in CUES} - followed <= struck
    times = {cue.name: cue.time for cue in CUES}
    for strike in STRIKES:
        if strike.name in times:
            assert -2.5 <= strike.start - times[strike.name] <= 0.0, strike.name


@pytest.mark.parametrize(
    ("place", "side"), [((0.0, 6.0), 1), ((0.0, -6.0), -1), ((0.0, 0.0), 0), ((20.0, 0.0), 0)]
)
def test_places_are_heard_from_their_side(place, side):
    """Who looks west has north on the right."""
    heard, near = mix.heard_from(place, Stance(8.0, 0.0))
    assert np.sign(round(heard, 6)) == side
    assert 0.0 < near <= 1.0


# ── the kiln ─────────────────────────────────────────────────────────────────


def test_wav_keeps_the_sound(tmp_path):
    sound = np.stack([np.linspace(-1, 1, 500), np.linspace(2, -2, 500)], axis=1)
    write_wav(tmp_path / "a.wav", sound, 8000, peak=2.0)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (2, 8000, 500)
        back = np.frombuffer(file.readframes(500), "<i2").reshape(-1, 2) / 32767.0 * 2.0
    assert np.abs(back - sound).max() < 1e-4
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


def test_kiln_makes_what_is_needed_next_and_keeps_it(tmp_path):
    made = []

    def raw(part, rate, seed):
        made.append(part.name)
        return np.zeros((10, 2))

    chosen = [part for part in PARTS if part.name in ("wind", "bell-1", "rain", "ignition")]
    for _ in range(2):
        kiln = Kiln(list(reversed(chosen)), tmp_path, 8000, 1, raw)
        kiln.join()
        order = [ready[0].name for ready in iter(kiln.take, None)]
        assert order == ["wind", "bell-1", "rain", "ignition"]
    assert made == order, "the second time every file is there"


def test_what_is_over_is_made_last():
    bell, dawn = (next(p for p in PARTS if p.name == name) for name in ("bell-1", "ignition"))
    assert urgency(bell, 100.0) < urgency(dawn, 100.0)
    assert urgency(dawn, 300.0) < urgency(bell, 300.0)


# ── playback ─────────────────────────────────────────────────────────────────
