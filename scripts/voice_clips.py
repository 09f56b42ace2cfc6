"""叫号语音: how were the clips made that come with the program? Run once where eSpeak NG is installed; they are committed.

python scripts/voice_clips.py     writes src/onewindow/hall/voice/wav/*.wav
"""

from __future__ import annotations

import array
import math
import shutil
import subprocess
import tempfile
import wave
from pathlib import Path

from onewindow.hall.voice.clips import RATE, WORDS, converted, written

FOLDER = Path(__file__).resolve().parents[1] / "src" / "onewindow" / "hall" / "voice" / "wav"
PINYIN = {
    "0": "ling2", "1": "yi1", "2": "er4", "3": "san1", "4": "si4", "5": "wu3", "6": "liu4", "7": "qi1",
    "8": "ba1", "9": "jiu3", "ten": "shi2", "hundred": "bai3", "please": "qing3", "number": "hao4",
    "to": "dao4", "window": "hao4 chuang1 kou3",
}  # fmt: skip
QUIET, LOUD = 400, 24_000  # of 32767: below it is silence; how loud the loudest is
SECOND_TONE = 0.32  # seconds after the first


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in WORDS:
        samples = _chime() if name == "chime" else _spoken(name)
        (FOLDER / f"{name}.wav").write_bytes(written(samples))


def _spoken(name: str) -> array.array[int]:
    voice, text = ("cmn-latn-pinyin", PINYIN[name]) if name in PINYIN else ("cmn", name)
    program = shutil.which("espeak-ng")
    assert program, "eSpeak NG is not installed"
    with tempfile.NamedTemporaryFile(suffix=".wav") as out:
        subprocess.run([program, "-b", "1", "-v", voice, "-s", "125", "-w", out.name, text], check=True)
        with wave.open(out.name) as read:
            samples = converted(read)
    return _trimmed(samples)


def _trimmed(samples: array.array[int]) -> array.array[int]:
    """Without the silence around it, as loud as the others, with soft ends."""
    heard = [n for n, one in enumerate(samples) if abs(one) > QUIET]
    edge = RATE // 100
    cut = samples[max(0, heard[0] - edge) : heard[-1] + 3 * edge]
    loudest = max(abs(one) for one in cut)
    last = len(cut) - 1
    return array.array(
        "h", (int(one * LOUD / loudest * min(1, n / edge, (last - n) / edge)) for n, one in enumerate(cut))
    )


def _chime() -> array.array[int]:
    """Two falling tones."""
    tones = ((660.0, 0.0), (528.0, SECOND_TONE))
    length = int(RATE * 1.1)

    def at(n: int) -> int:
        told = 0.0
        for pitch, since in tones:
            t = n / RATE - since
            if t > 0:
                told += math.exp(-4.5 * t) * min(1, t * 200) * math.sin(2 * math.pi * pitch * t)
        return int(told * LOUD * 0.6 * min(1, (length - n) / 800))

    return array.array("h", (at(n) for n in range(length)))


if __name__ == "__main__":
    main()
