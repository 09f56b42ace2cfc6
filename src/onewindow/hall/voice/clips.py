"""语音片段: which recorded clip says which word, and where does a hall lay its own?

The clips that come with the program are made by a synthesizer. A hall records its own by laying WAV files of the same
names (16 bit; any rate, mono or stereo) into `voice/` in the data folder: what lies there goes before ours.
"""

from __future__ import annotations

import array
import io
import sys
import wave
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from django.conf import settings

RATE = 16_000  # samples in a second
OURS = Path(__file__).parent / "wav"

# Each clip by its file name, and what it says.
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "chime": "提示音",
        "please": "请",
        "number": "号",
        "to": "到",
        "window": "号窗口",
        "ten": "十",
        "hundred": "百",
        **{digit: word for digit, word in zip("0123456789", "零一二三四五六七八九", strict=True)},
        **{letter: letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    }
)


class Unusable(Exception):
    """A clip that is no WAV of 16 bits."""


def folder() -> Path:
    """Where a hall lays its own clips."""
    return Path(settings.VOICE_DIR)


def path_of(name: str) -> Path:
    """The clip that says it: the hall's own when there is one, else ours."""
    own = folder() / f"{name}.wav"
    return own if own.is_file() else OURS / f"{name}.wav"


def mark(name: str) -> str:
    """What changes when the clip changes."""
    path = path_of(name)
    told = path.stat()
    return f"{path.parent == OURS}:{told.st_size}:{told.st_mtime_ns}"


def samples(name: str) -> array.array[int]:
    """The sound of a clip; of ours when the hall's own cannot be read."""
    try:
        return _read(path_of(name))
    except (Unusable, OSError):
        return _read(OURS / f"{name}.wav")


def _read(path: Path) -> array.array[int]:
    try:
        with wave.open(str(path)) as read:
            return converted(read)
    except (wave.Error, EOFError) as wrong:
        raise Unusable(str(path)) from wrong


def converted(read: wave.Wave_read) -> array.array[int]:
    """One channel of 16 bits at our rate, whatever rate and channels it was recorded with."""
    if read.getsampwidth() != 2:
        raise Unusable("not of 16 bits")
    sound: array.array[int] = array.array("h", read.readframes(read.getnframes()))
    if sys.byteorder == "big":
        sound.byteswap()
    if (channels := read.getnchannels()) > 1:
        sound = array.array(
            "h", (sum(sound[n : n + channels]) // channels for n in range(0, len(sound), channels))
        )
    return sound if read.getframerate() == RATE else _at_our_rate(sound, read.getframerate())


def _at_our_rate(sound: array.array[int], rate: int) -> array.array[int]:
    """Each new sample lies on the line between its two neighbours of before."""
    last = len(sound) - 1
    made: array.array[int] = array.array("h")
    for n in range(len(sound) * RATE // rate):
        place = n * rate / RATE
        left = min(int(place), last)
        right = min(left + 1, last)
        made.append(int(sound[left] + (sound[right] - sound[left]) * (place - left)))
    return made


def written(sound: array.array[int]) -> bytes:
    """The sound as a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as to:
        to.setnchannels(1)
        to.setsampwidth(2)
        to.setframerate(RATE)
        to.writeframes(sound.tobytes())
    return out.getvalue()
