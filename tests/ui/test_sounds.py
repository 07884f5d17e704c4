import os
import subprocess
import sys
import wave
from itertools import pairwise

import pytest

from app.core.scans import Tone
from app.ui import sounds as module
from app.ui.sounds import Sounds, write_tone


@pytest.fixture
def played(monkeypatch):
    """The files that were played."""
    files = []
    monkeypatch.setattr(module, "_start", lambda file, _player: files.append(file.name))
    return files


def crossings(file):
    """How often the tone swings through zero: twice for each wave."""
    with wave.open(str(file)) as sound:
        frames = sound.readframes(sound.getnframes())
    samples = memoryview(frames).cast("h")
    signs = [sample > 0 for sample in samples if sample]
    return sum(one != other for one, other in pairwise(signs))


def test_each_tone_has_a_pitch_of_its_own(tmp_path):
    heights = {}
    for tone in Tone:
        write_tone(tmp_path / f"{tone}.wav", tone, 50)
        with wave.open(str(tmp_path / f"{tone}.wav")) as sound:
            seconds = sound.getnframes() / sound.getframerate()
        heights[tone] = crossings(tmp_path / f"{tone}.wav") / 2 / seconds

    assert heights[Tone.GOOD] == pytest.approx(1175, rel=0.05)
    assert heights[Tone.ASK] == pytest.approx(770, rel=0.05)
    assert heights[Tone.BAD] == pytest.approx(288, rel=0.05)


def test_louder_is_louder(tmp_path):
    peaks = []
    for volume in (10, 100):
        write_tone(file := tmp_path / f"{volume}.wav", Tone.GOOD, volume)
        with wave.open(str(file)) as sound:
            peaks.append(max(memoryview(sound.readframes(10**6)).cast("h")))

    assert 0 < peaks[0] * 9 < peaks[1] < 32_767


def test_silent_is_silent(qapp, tmp_path, played):
    assert not Sounds(0, tmp_path).play(Tone.BAD)
    assert played == []


def test_a_burst_of_scans_is_one_tone_unless_the_news_gets_worse(qapp, tmp_path, played):
    sounds = Sounds(50, tmp_path)
    for tone in (Tone.GOOD, Tone.GOOD, Tone.BAD, Tone.ASK, Tone.GOOD):
        sounds.play(tone)

    assert played == ["good-50.wav", "bad-50.wav"]


def test_the_volume_can_be_changed(qapp, tmp_path, played):
    sounds = Sounds(50, tmp_path)
    sounds.volume = 100
    sounds.play(Tone.GOOD)

    assert played == ["good-100.wav"]


def test_where_nothing_can_be_written_it_is_silent(tmp_path):
    (tmp_path / "file").touch()

    assert not Sounds(50, tmp_path / "file" / "sounds").play(Tone.GOOD)


def test_its_files_go_with_the_program(tmp_path):
    code = (
        "from app.core.scans import Tone; from app.ui import sounds; from PySide6.QtCore import"
        " QCoreApplication\n"
        "core = QCoreApplication([]); sounds._start = lambda file, _: print(file.exists())\n"
        "one = sounds.Sounds(50); one.play(Tone.GOOD)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TMPDIR": str(tmp_path), "TEMP": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stdout.strip() == "True", done.stderr
    assert list(tmp_path.iterdir()) == []
