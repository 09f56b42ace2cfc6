"""A number is called aloud from recorded clips, joined here, without anything from the internet."""

from __future__ import annotations

import array
import wave
from pathlib import Path
from typing import Any

import pytest

from onewindow.hall.voice import clips, spoken
from onewindow.hall.voice.spoken import counted, sound_of, words_of


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.VOICE_DIR = tmp_path / "voice"


def sound(path: Path) -> tuple[int, int, int, array.array[int]]:
    with wave.open(str(path)) as read:
        told = (read.getframerate(), read.getnchannels(), read.getsampwidth())
        return (*told, array.array("h", read.readframes(read.getnframes())))


def recorded(path: Path, *, rate: int, channels: int, level: int, seconds: float = 0.5) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as to:
        to.setnchannels(channels)
        to.setsampwidth(2)
        to.setframerate(rate)
        to.writeframes(array.array("h", [level] * int(rate * seconds) * channels).tobytes())


def test_a_call_is_said_sign_by_sign_and_the_window_is_counted() -> None:
    assert words_of("A041", "3") == ["chime", "please", "A", "0", "4", "1", "number", "to", "3", "window"]
    assert words_of("Y003", "12")[-3:] == ["ten", "2", "window"]
    assert words_of("B1000", "3A")[-3:] == ["3", "A", "window"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (3, "三"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (35, "三十五"),
        (105, "一百零五"),
        (112, "一百一十二"),
        (200, "二百"),
    ],
)
def test_a_window_is_counted_as_it_is_said(number: int, said: str) -> None:
    assert "".join(clips.WORDS[name] for name in counted(number)) == said


def test_every_word_has_a_clip_of_ours_that_can_be_heard() -> None:
    for name in clips.WORDS:
        rate, channels, width, heard = sound(clips.OURS / f"{name}.wav")
        assert (rate, channels, width) == (clips.RATE, 1, 2)
        assert 0.2 < len(heard) / rate < 2
        assert max(map(abs, heard)) > 8000


def test_the_joined_call_holds_its_clips_in_order_and_pauses_between_them() -> None:
    path = sound_of("A041", "3")
    _, _, _, whole = sound(path)
    at = 0
    for name in words_of("A041", "3"):
        clip = clips.samples(name)
        assert whole[at : at + len(clip)] == clip
        at += len(clip) + int(clips.RATE * (spoken.AFTER_CHIME if name == "chime" else spoken.PAUSE))
    assert at == len(whole)


def test_the_same_call_is_joined_once() -> None:
    first = sound_of("A041", "3")
    made = first.stat().st_mtime_ns
    assert sound_of("A041", "3") == first
    assert first.stat().st_mtime_ns == made
    assert sound_of("A042", "3") != first


def test_a_clip_that_the_hall_recorded_goes_before_ours_whatever_its_rate(settings: Any) -> None:
    before = sound_of("A041", "3")
    recorded(settings.VOICE_DIR / "please.wav", rate=44_100, channels=2, level=1234)
    after = sound_of("A041", "3")
    assert after != before
    heard = clips.samples("please")
    assert abs(len(heard) - clips.RATE // 2) <= 1
    assert set(heard) == {1234}


def test_a_file_that_is_no_sound_is_passed_over_for_ours(settings: Any) -> None:
    ours = clips.samples("please")
    settings.VOICE_DIR.mkdir()
    (settings.VOICE_DIR / "please.wav").write_bytes(b"ID3 this is something else")
    assert clips.samples("please") == ours


def test_only_so_many_joined_calls_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spoken, "MOST_KEPT", 3)
    for number in range(6):
        kept = sound_of(f"A00{number}", "3").parent
    assert len(list(kept.glob("*.wav"))) == 3
    assert not list(kept.glob("*.part"))
