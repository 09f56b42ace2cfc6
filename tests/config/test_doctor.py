"""Every broken installation is told apart: what is wrong, and what to do about it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from tests.cast import SEP24, assemble, at
from tests.installation import installation

from onewindow.config.checks import machine, office
from onewindow.config.folders import Folder
from onewindow.config.refused import Refused
from onewindow.ground.files import keep, path_of
from onewindow.ground.models import StoredFile

PROJECT = Path(__file__).resolve().parents[2]
PACKS = PROJECT / "packs"
Break = Callable[[Folder, pytest.MonkeyPatch], Iterator[str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A whole data folder with keys of its own, on a disk with room."""
    roomy = shutil.disk_usage(tmp_path)._replace(free=100 * 1024**3)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: roomy)
    for name in ("ONEWINDOW_SECRET_KEY", "ONEWINDOW_FIELD_KEY", "FONT_DIR"):
        monkeypatch.delenv(name, raising=False)
    made = Folder(tmp_path / "data")
    made.make()
    return made


def all_machine(folder: Folder) -> list[str]:
    return [
        *machine.data_folder(folder),
        *machine.keys(folder),
        *machine.libraries(),
        *machine.fonts(),
        *machine.policy_pack("luoshan", PACKS),
        *machine.notices(PACKS, SEP24),
        *machine.clock(at(11, 2)),
    ]


def test_nothing_is_wrong_with_a_whole_installation(folder: Folder) -> None:
    assert all_machine(folder) == []


def unwritable(folder: Folder, _: pytest.MonkeyPatch) -> Iterator[str]:
    folder.files.rmdir()
    folder.files.write_text("a file where a folder should be")
    return machine.data_folder(folder)


def full_disk(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    usage = shutil.disk_usage(folder.root)._replace(free=300 * 1024**2)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    return machine.data_folder(folder)


def lost_key(folder: Folder, _: pytest.MonkeyPatch) -> Iterator[str]:
    (folder.keys / "field").unlink()
    return machine.keys(folder)


def short_key(folder: Folder, _: pytest.MonkeyPatch) -> Iterator[str]:
    (folder.keys / "secret").write_text("abcd")
    return machine.keys(folder)


def open_key(folder: Folder, _: pytest.MonkeyPatch) -> Iterator[str]:
    (folder.keys / "field").chmod(0o644)
    return machine.keys(folder)


def odd_key_in_the_environment(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("ONEWINDOW_FIELD_KEY", "一把钥匙")
    return machine.keys(folder)


def no_fonts(_: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(machine, "SAMPLE", "户\ue000")  # a private character stands for what no font has
    return machine.fonts()


def wrong_font_folder(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("FONT_DIR", str(folder.root / "fonts"))
    return machine.fonts()


def other_libraries(folder: Folder, _: pytest.MonkeyPatch) -> Iterator[str]:
    (folder.root / "requirements").mkdir()
    (folder.root / "requirements" / "base.txt").write_text("django==4.2.1 \\\n    --hash=sha256:00\n")
    return machine.libraries(folder.root)


def broken_pack(folder: Folder, _: pytest.MonkeyPatch) -> Iterator[str]:
    packs = shutil.copytree(PACKS, folder.root / "packs")
    text = packs / "luoshan" / "text.txt"
    text.write_text(text.read_text("utf-8").replace("罗山县", "某县"), "utf-8")
    return machine.policy_pack("luoshan", packs)


def no_notice(_: Folder, __: pytest.MonkeyPatch) -> Iterator[str]:
    return machine.notices(PACKS, at(12, 10))


def old_clock(_: Folder, __: pytest.MonkeyPatch) -> Iterator[str]:
    return machine.clock(at(1, 1, year=1970))


MACHINE: dict[Break, str] = {
    unwritable: r"不能写入数据文件夹",
    full_disk: r"磁盘只剩 300 MB：请清理或扩容",
    lost_key: r"缺少字段密钥 .*：请从备份中恢复",
    short_key: r"签名密钥 .* 不完整：请从备份中恢复",
    open_key: r"能被其他用户读取：请执行 chmod 600",
    odd_key_in_the_environment: r"ONEWINDOW_FIELD_KEY 不是足够长的十六进制密钥：请设为 64 位",
    no_fonts: r"没有能排印文书的中文字体",
    wrong_font_folder: r"FONT_DIR 指向的字体文件夹 .* 不存在",
    other_libraries: r"django .*（应为 4.2.1）；请重新执行 make run",
    broken_pack: r"政策包 luoshan 不能装入：.* 请改正后执行 onewindow checkpacks",
    no_notice: r"2027 年的放假安排尚未导入.*请执行 onewindow import-calendar",
    old_clock: r"本机时钟是 1970-01-01 .*请校准时间",
}


@pytest.mark.parametrize("spoil", MACHINE, ids=lambda spoil: spoil.__name__)
def test_a_fault_of_the_machine_is_one_sentence_of_its_own(
    spoil: Break, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    (sentence,) = spoil(folder, monkeypatch)
    fitting = [name.__name__ for name, told in MACHINE.items() if re.search(told, sentence)]
    assert fitting == [spoil.__name__], sentence


def test_a_lost_field_key_is_never_replaced_by_a_new_one(folder: Folder) -> None:
    folder.described.write_text('pack = "luoshan"\ndemo = false\n')
    (folder.keys / "field").unlink()
    with pytest.raises(Refused, match=r"字段密钥 .* 不见了.*请从备份中恢复"):
        folder.make()
    assert not (folder.keys / "field").exists()


def all_office() -> list[str]:
    return [
        *office.migrations(),
        *office.errands(SEP24 + timedelta(hours=1)),
        *office.chain(),
        *office.clocks(now_of_the_database()),
        *office.files(),
        *office.field_key(),
    ]


def now_of_the_database() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
    assert isinstance(now, datetime)
    return now


def sql(statement: str, *told: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)


def put_errand(status: str) -> None:
    sql("INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('errands', 'a duty', '{}')")
    sql("UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status", status)
    sql("UPDATE procrastinate_events SET at = '2026-09-24 10:00:00+08'")


def pending(_: LazySettings) -> list[str]:
    MigrationRecorder.Migration.objects.filter(app="feedback").delete()
    return list(office.migrations())


def failed(_: LazySettings) -> list[str]:
    put_errand("failed")
    return list(office.errands(SEP24))


def waiting(_: LazySettings) -> list[str]:
    put_errand("todo")
    return list(office.errands(SEP24))


def touched(_: LazySettings) -> list[str]:
    assemble().accepted()
    sql("ALTER TABLE journal_entry DISABLE TRIGGER journal_entry_for_ever")
    sql('UPDATE journal_entry SET "on" = "on" - 1 WHERE fact = \'Accepted\'')
    return list(office.chain())


def put_back_clock(_: LazySettings) -> list[str]:
    assemble().accepted()
    return [s for s in office.clocks(SEP24 - timedelta(days=1)) if "数据库服务器" not in s]


def two_clocks(_: LazySettings) -> list[str]:
    return list(office.clocks(now_of_the_database() + timedelta(hours=1)))


def lost_file(settings: LazySettings) -> list[str]:
    file = keep("411521000000", "扫描件".encode(), name="身份证.jpg", media_type="image/jpeg", at=SEP24)
    path_of(file.sha256).unlink()
    return list(office.files())


def unrecorded_file(settings: LazySettings) -> list[str]:
    file = keep("411521000000", "扫描件".encode(), name="身份证.jpg", media_type="image/jpeg", at=SEP24)
    assert list(office.files()) == []
    StoredFile.objects.all().delete()
    os.utime(path_of(file.sha256), (0, 0))
    return list(office.files())


def other_key(settings: LazySettings) -> list[str]:
    assemble().accepted()
    settings.FIELD_KEY = bytes(32)
    return list(office.field_key())


OFFICE: dict[Callable[[LazySettings], list[str]], str] = {
    pending: r"数据库结构落后 \d+ 步（如 feedback\..*重新执行 make run",
    failed: r"有 1 件后续事项（文书、通知等）多次重试仍失败：请在",
    waiting: r"有 1 件后续事项等了十分钟以上.*onewindow worker",
    touched: r"流水被改动：1 个事由的哈希链断开.*请立即停止办件",
    put_back_clock: r"流水里最新一条记于 2026-09-24 .*请校准后再办件",
    two_clocks: r"与数据库服务器的时钟相差 3600 秒：请给两台机器校时",
    lost_file: r"有 1 份已登记的材料文件不在.*恢复 files 文件夹",
    unrecorded_file: r"有 1 份文件没有登记却留在.*请确认后台服务在运行",
    other_key: r"字段密钥不是写入数据时的那一把.*恢复 keys/field",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("spoil", OFFICE, ids=lambda spoil: spoil.__name__)
def test_a_fault_of_the_data_is_one_sentence_of_its_own(
    spoil: Callable[[LazySettings], list[str]], settings: LazySettings, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path
    sql("TRUNCATE procrastinate_jobs CASCADE")  # what other tests have left there is no fault of ours
    assert all_office() == []
    try:
        (sentence,) = spoil(settings)
    finally:
        restore_tables()
    fitting = [name.__name__ for name, told in OFFICE.items() if re.search(told, sentence)]
    assert fitting == [spoil.__name__], sentence


def restore_tables() -> None:
    """What the flush after the test leaves alone."""
    sql("ALTER TABLE journal_entry ENABLE TRIGGER journal_entry_for_ever")
    sql("TRUNCATE procrastinate_jobs CASCADE")
    recorder = MigrationRecorder(connection)
    for app, name in MigrationLoader(connection).disk_migrations:
        if app == "feedback" and (app, name) not in recorder.applied_migrations():
            recorder.record_applied(app, name)


def test_the_command_names_the_installation_its_postgresql_and_every_fault() -> None:
    with installation() as made:
        empty = made.command("doctor")
        assert "还没有安装：请先执行 make run（演示）或 onewindow init（正式）" in empty.stderr
        made.data.mkdir()
        (made.data / "installation.toml").write_text('pack = "luoshan"\ndemo = false\n')
        (made.data / "keys").mkdir(mode=0o755)
        (made.data / "keys" / "field").write_text("f1" * 32)
        (made.data / "keys" / "field").chmod(0o644)
        made.more["DATABASE_URL"] = "postgresql://onewindow@127.0.0.1:9/onewindow?connect_timeout=2"
        done = made.command("doctor")
        assert done.returncode == 1
        assert "OneWindow 体检：luoshan（正式安装）" in done.stdout
        assert "缺少签名密钥" in done.stdout
        assert "能被其他用户读取" in done.stdout
        assert "连不上数据库：请检查 DATABASE_URL" in done.stdout
        del made.more["DATABASE_URL"]
        assert "数据库：PostgreSQL " in made.command("doctor").stdout
