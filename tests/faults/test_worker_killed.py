"""The worker is killed outright in the middle of a letter or a message: afterwards everything is there, and once."""

import hashlib
import json
import os
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from onewindow.cases.models import Case
from onewindow.config.checks import office
from onewindow.config.worker import Hand
from onewindow.config.worker import main as worker
from onewindow.ground import files
from onewindow.ground.models import StoredFile
from onewindow.journal.models import Failure
from onewindow.journal.reads import verify
from onewindow.letters.models import Letter
from onewindow.notices.models import Message, Sending
from tests.cast import SEP24, assemble
from tests.fakes.process import running
from tests.faults.dying import Mortals, mortals

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
TOKEN = "token-2026"
OURS = ("SMS_GATEWAY", "SMS_TOKEN", "SIGNING_DIR", "FILES_DIR")
CUTS = {
    "before the number is taken": ("onewindow.letters.acts.issue:take_if_next", "before"),
    "after the number is taken": ("onewindow.letters.acts.issue:take_if_next", "after"),
    "when the letter is set": ("onewindow.letters.acts.issue:render", "after"),
    "when the letter is signed": ("onewindow.letters.acts.issue:sign", "after"),
    "while the file is written": ("onewindow.ground.files:os.fsync", "before"),
    "when the file is stored": ("onewindow.ground.files:_write", "after"),
    "when the letter's row is written": ("onewindow.letters.acts.issue:sm.digest", "after"),
    "when the letter is kept": ("onewindow.letters.follow:issue", "after"),
    "before the person is told": ("onewindow.notices.follow:tell_applicant", "before"),
    "when the person is told": ("onewindow.notices.follow:tell_applicant", "after"),
    "before the message leaves": ("onewindow.notices.gateway:send", "before"),
    "when the gateway has taken it": ("onewindow.notices.gateway:send", "after"),
    "when the message is settled": ("onewindow.notices.acts:hand_over", "after"),
}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with running("tests.fakes.sms", FAKE_TOKEN=TOKEN) as found:
        yield found


@pytest.fixture(autouse=True)
def configured(port: int, tmp_path: Path, settings) -> None:
    settings.SMS_GATEWAY, settings.SMS_TOKEN = f"http://127.0.0.1:{port}/send", TOKEN
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture(autouse=True)
def nothing_waits(db: None) -> None:
    """The queue's tables outlive a test that really commits: what others left there is not ours to do."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def arrived(port: int) -> list[str]:
    """The keys of all messages that the gateway has passed on."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/sent", timeout=120) as answer:
        return [one["key"] for one in json.loads(answer.read())["sent"]]


def a_minute_later() -> None:
    """The dead worker has given no sign of life for a minute."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")


@pytest.fixture(scope="module")
def dying(django_db_setup: None, django_db_blocker: object) -> Iterator[Mortals]:
    with mortals() as found:
        yield found


def test_a_worker_killed_at_any_point_leaves_each_letter_and_message_once(
    port: int, dying: Mortals, settings
) -> None:
    cast = assemble()
    told = {name: str(getattr(settings, name)) for name in OURS}
    for place, (cut, where) in enumerate(CUTS.items(), start=1):
        case = cast.accepted()
        assert dying.killed({"settings": told}, *where), cut
        a_minute_later()
        worker(["--once"])
        assert_everything_once(case, place, arrived(port), cut)
    assert list(ProcrastinateJob.objects.values_list("status", "task_name", "args", "attempts", "lock")) == []
    assert arrived(port) == list(dict.fromkeys(arrived(port)))
    assert not Failure.objects.exists()
    assert verify() == []
    assert list(office.files()) == []


def assert_everything_once(case: Case, place: int, sent: list[str], cut: str) -> None:
    letters = list(Letter.objects.filter(subject=case.subject).order_by("pk"))
    assert [letter.kind for letter in letters] == ["receipt", "accepted"], cut
    numbers = [f"罗市监许收〔2026〕{place}号", f"罗市监许受〔2026〕{place}号"]  # without a gap
    assert [letter.number for letter in letters] == numbers, cut
    for one in letters:
        assert hashlib.sha256(files.read(one.file)).hexdigest() == one.file.sha256, cut
    told = Message.objects.filter(subject=case.subject).order_by("pk")
    assert [one.kind for one in told] == ["Received", "Accepted"], cut
    sendings = list(Sending.objects.filter(message__in=told).order_by("pk"))
    assert {one.state for one in sendings} == {"sent"}, cut
    keys = [str(one.key) for one in sendings]
    assert len(keys) == 2, cut
    assert [key for key in sent if key in keys] == keys, cut


def test_what_a_killed_process_left_on_the_disk_is_swept_a_day_later(settings) -> None:
    root = Path(settings.FILES_DIR)
    kept = files.keep("411521000000", b"kept", name="a.txt", media_type="text/plain", at=SEP24)
    of = files.path_of(kept.sha256).parent
    orphan = of / (of.name + "0" * 62)
    for left in (of / "tmp-half", orphan):
        left.write_bytes(b"half")
    fresh = of / "tmp-fresh"
    fresh.write_bytes(b"being written")
    old = SEP24.timestamp() - 2 * files.DAY
    for path in (files.path_of(kept.sha256), of / "tmp-half", orphan):
        os.utime(path, (old, old))
    os.utime(fresh, (SEP24.timestamp(), SEP24.timestamp()))
    minute = SEP24.replace(hour=int(of.name, 16) // 60, minute=int(of.name, 16) % 60)
    assert files.sweep(minute) == 2
    assert {path.name for path in root.rglob("*") if path.is_file()} == {kept.sha256, "tmp-fresh"}
    assert StoredFile.objects.count() == 1


def test_a_duty_whose_end_was_never_written_down_is_taken_up_after_two_looks() -> None:
    hand = Hand(worker=1, duties={7})
    assert hand.dropped({7, 8}) == set()
    assert hand.dropped({7, 8}) == {8}
