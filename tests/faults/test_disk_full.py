"""The disk is full: a sentence, nothing by half, a word for the administrator, and it goes on by itself."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client

from onewindow.cases.models import Case
from onewindow.config.checks import machine
from onewindow.config.folders import Folder
from onewindow.config.postgres import Cluster
from onewindow.config.refused import Refused
from onewindow.config.worker import main as worker
from onewindow.ground import files
from onewindow.ground.disk import NoRoom, is_full
from onewindow.ground.models import StoredFile
from onewindow.intake.models import Application
from onewindow.journal.models import Failure
from onewindow.journal.reads import verify
from onewindow.letters.models import Letter
from tests.cast import SEP24, Cast, assemble
from tests.web.citizen import on
from tests.web.desks import SHOP, at_desk, begin, marked
from tests.web.test_counter import PNG

MEGABYTE = 1024 * 1024
FULL = "/dev/full"  # the kernel's own full disk: every write to it fails with ENOSPC


@pytest.fixture(autouse=True)
def folders(settings, tmp_path: Path) -> None:
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever the store writes, the kernel refuses for want of room."""
    real = files.tempfile.mkstemp

    def full(*told: object, **more: object) -> tuple[int, str]:
        handle, path = real(*told, **more)
        os.close(handle)
        return os.open(FULL, os.O_WRONLY), path

    with monkeypatch.context() as patched:
        patched.setattr(files.tempfile, "mkstemp", full)
        yield


@contextmanager
def full_database() -> Iterator[None]:
    """PostgreSQL itself says that its disk is full, for every new fact."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;"
            " CREATE TRIGGER no_room BEFORE INSERT ON journal_entry EXECUTE FUNCTION no_room()"
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER no_room ON journal_entry; DROP FUNCTION no_room()")


def left_on_disk(settings) -> list[str]:
    return [path.name for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_scan_finds_no_room_and_the_rest_of_the_page_is_kept(
    settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = assemble()
    liwei, key = at_desk(cast.liwei), cast.materials[1].pk
    with on(SEP24), full_disk(monkeypatch):
        page = begin(liwei, cast)
        scan = {f"file-{key}": SimpleUploadedFile("布局图.png", PNG, "image/png")}
        behind = liwei.post(f"{page}save/", {"shop": "芳邻", **scan})
        scan = {f"file-{key}": SimpleUploadedFile("布局图.png", PNG, "image/png")}
        answer = liwei.post(page, SHOP | marked(cast) | scan | {"do": "accept"})
        again = liwei.get(page).content.decode()
    assert behind.status_code == 422
    assert "存储空间满了" in behind.content.decode()
    assert "服务器的存储空间满了，文件没有收下" in answer.content.decode()
    assert 'value="罗山县芳邻小面馆"' in again
    assert (Case.objects.count(), StoredFile.objects.count(), left_on_disk(settings)) == (0, 0, [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_a_letter_without_room_is_tried_again_and_made_once(
    settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = assemble().accepted()
    with full_disk(monkeypatch):
        worker(["--once"])
    assert not Letter.objects.exists()
    assert left_on_disk(settings) == []
    assert {one.error for one in Failure.objects.all()} == {"服务器的存储空间满了：腾出空间以后会自动再办。"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
    worker(["--once"])
    numbers = [letter.number for letter in Letter.objects.filter(subject=case.subject).order_by("pk")]
    assert numbers == ["罗市监许收〔2026〕1号", "罗市监许受〔2026〕1号"]
    assert not Failure.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_without_room_takes_in_nothing_by_half_and_holds_what_was_typed() -> None:
    cast: Cast = assemble()
    liwei = at_desk(cast.liwei)
    liwei.raise_request_exception = False
    sent = SHOP | marked(cast) | {"do": "accept"}
    with on(SEP24):
        page = begin(liwei, cast)
        with full_database():
            answer = liwei.post(page, sent)
        assert answer.status_code == 503
        assert answer["Retry-After"] == "300"
        shown = answer.content.decode()
        assert "服务器的存储空间满了" in shown
        assert f'<form method="post" action="{page}">' in shown
        assert '<input type="hidden" name="shop" value="罗山县芳邻小面馆">' in shown
        assert Case.objects.count() == 0
        assert Application.objects.get().sealed_at is None
        assert liwei.post(page, sent).status_code == 302
    assert Case.objects.get().stage == "examining"
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_a_program_is_told_to_come_back_with_the_same_key() -> None:
    from onewindow.web.api.problems import _unavailable

    with full_database(), pytest.raises(OperationalError) as refused:
        assemble().apply()
    answer = _unavailable(None, refused.value)
    assert (answer.status_code, answer["Retry-After"]) == (503, "300")
    assert "服务器的存储空间满了，请稍后用同一个幂等键再试" in answer.content.decode()


@pytest.mark.django_db
def test_nothing_typed_with_a_password_stands_on_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr("onewindow.people.signing.setting_here", away)
    client = Client(raise_request_exception=False)
    answer = client.post("/accounts/login/", {"login": "liwei", "password": "石榴花开满院-2026"})
    assert answer.status_code == 503
    assert "石榴花" not in answer.content.decode()


def test_doctor_says_that_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(tmp_path)
    for one in (folder.files, folder.static):
        one.mkdir(parents=True)
    monkeypatch.setattr(machine.tempfile, "TemporaryFile", lambda dir: open(FULL, "wb"))  # noqa: SIM115
    assert [told.split("（")[0] for told in machine.data_folder(folder)] == ["磁盘满了，不能写入"]


def fill_up(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file:
        while file.write(b"\0" * MEGABYTE):
            pass


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of its own with little room, where the machine lets us make one."""
    with tempfile.TemporaryDirectory(prefix="ow-disk-") as folder:
        made = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=160m,mode=0711", "tmpfs", folder],
            capture_output=True,
            check=False,
        )
        if made.returncode != 0:
            pytest.skip("this machine lets us mount no disk")
        Path(folder).chmod(0o711)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a disk")
def test_doctor_says_that_the_disk_under_the_database_is_full(small_disk: Path, tmp_path: Path) -> None:
    cluster = Cluster(small_disk / "pg", durable=False)
    cluster.start()
    cluster.stop()
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        fill_up(filler)
    (sentence,) = machine.database_folder(cluster.place, tmp_path)
    assert sentence.startswith("数据库所在的磁盘满了")
    with pytest.raises(Refused, match=r"它所在的磁盘满了.*已存的数据都在"):
        cluster.start()
    filler.unlink()
    cluster.start()
    cluster.stop()


def test_a_full_disk_is_known_however_deep_it_lies() -> None:
    told = NoRoom()
    told.__cause__ = OSError(28, "No space left on device")
    wrapped = RuntimeError("while storing")
    wrapped.__context__ = told
    assert is_full(wrapped)
    assert is_full(OSError(28, "No space left on device"))
    assert not is_full(OSError(13, "Permission denied"))
    assert not is_full(None)
