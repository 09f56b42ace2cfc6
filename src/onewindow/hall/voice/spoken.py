"""叫出来: which clips, in which order, say “请 A041 号到 3 号窗口”, and where is the joined sound kept?"""

from __future__ import annotations

import array
import hashlib
import os
import re
import tempfile
from pathlib import Path

from onewindow.hall.voice import clips

PAUSE = 0.12  # seconds between two words
AFTER_CHIME = 0.25
MOST_KEPT = 400  # joined sounds; the oldest go first
_WHOLE = re.compile(r"[1-9]\d{0,2}", re.ASCII)


def words_of(number: str, window: str) -> list[str]:
    """The names of the clips, in order; signs that nobody recorded are left out."""
    read = [*_each(number), "number", "to", *_window(window)]
    return ["chime", "please", *read]


def _each(text: str) -> list[str]:
    """Letters and digits one by one, as a number is read from a slip."""
    return [one for one in text.upper() if one in clips.WORDS]


def _window(name: str) -> list[str]:
    """A window is counted (十二号窗口), unless it is called by more than a number."""
    return [*(counted(int(name)) if _WHOLE.fullmatch(name) else _each(name)), "window"]


def counted(number: int) -> list[str]:
    """A number under a thousand as it is said: 12 is 十二, 20 is 二十, 105 is 一百零五, 112 is 一百一十二."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    told: list[str] = [str(hundreds), "hundred"] if hundreds else []
    if tens:
        told += ["ten"] if tens == 1 and not hundreds else [str(tens), "ten"]
    elif hundreds and ones:
        told.append("0")
    if ones or not told:
        told.append(str(ones))
    return told


def sound_of(number: str, window: str) -> Path:
    """The file with the joined call, made when it is not there yet; another recording makes another file."""
    words = words_of(number, window)
    told = "|".join(f"{name}:{clips.mark(name)}" for name in words)
    path = clips.folder() / "joined" / f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.wav"
    if not path.is_file():
        _keep(path, clips.written(_joined(words)))
    return path


def _joined(words: list[str]) -> array.array[int]:
    sound: array.array[int] = array.array("h")
    for name in words:
        sound.extend(clips.samples(name))
        sound.extend([0] * int(clips.RATE * (AFTER_CHIME if name == "chime" else PAUSE)))
    return sound


def _keep(path: Path, content: bytes) -> None:
    """Written beside it and moved, so that nobody hears half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as out:
        out.write(content)
    os.replace(out.name, path)
    kept = sorted(path.parent.glob("*.wav"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-MOST_KEPT]:
        old.unlink(missing_ok=True)
