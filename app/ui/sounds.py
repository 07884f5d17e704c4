"""Three short tones, so that one need not look: done, please look, refused."""

import atexit
import math
import shutil
import struct
import sys
import tempfile
import wave
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QProcess

from app.core.scans import Tone

RATE = 22_050  # samples a second
PITCHES = {Tone.GOOD: (1175,), Tone.ASK: (660, 880), Tone.BAD: (330, 247)}  # hertz
LENGTH = 0.07  # seconds of each pitch
PAUSE = 0.08  # seconds in which a second tone is left out, unless it is worse news
WORSE = (Tone.GOOD, Tone.ASK, Tone.BAD)
PLAYERS = ("pw-play", "paplay", "aplay")


class Sounds(QObject):
    """Plays tones without waiting for them. Volume 0, or a PC without sound, is silent."""

    def __init__(self, volume: int = 50, folder: Path | None = None) -> None:
        super().__init__()
        self.volume = volume
        self._folder = folder
        self._last: tuple[float, Tone] = (0.0, Tone.GOOD)
        self._player = next(filter(None, map(shutil.which, PLAYERS)), "")

    def play(self, tone: Tone) -> bool:
        """Play the tone and tell whether it was: not when silent, nor right after another."""
        moment, before = self._last
        is_soon = monotonic() - moment < PAUSE and WORSE.index(tone) <= WORSE.index(before)
        if not self.volume or is_soon:
            return False
        self._last = (monotonic(), tone)
        try:
            _start(self._file(tone), self._player)
        except OSError:  # there is nowhere to write a sound to
            return False
        return True

    def _file(self, tone: Tone) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="stockroom-sounds-"))
            atexit.register(shutil.rmtree, self._folder, ignore_errors=True)
        file = self._folder / f"{tone}-{self.volume}.wav"
        if not file.exists():
            write_tone(file, tone, self.volume)
        return file


def write_tone(file: Path, tone: Tone, volume: int) -> None:
    """Write the tone as a WAV file; each pitch swells and fades, so that it does not click."""
    count = round(RATE * LENGTH)
    loudness = 32_767 * volume / 100 * 0.5
    samples = [
        round(loudness * math.sin(2 * math.pi * pitch * n / RATE) * math.sin(math.pi * n / count))
        for pitch in PITCHES[tone]
        for n in range(count)
    ]
    with file.open("wb") as stream, wave.open(stream, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def _start(file: Path, player: str) -> None:
    if sys.platform == "win32":
        import winsound  # noqa: PLC0415 -- only Windows has it

        winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_ASYNC)
    elif player:
        QProcess.startDetached(player, [str(file)])
