"""What was backed up comes back: database, files and keys, or nothing at all."""

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.installation import Installation, installation

FOUNDED = (
    *("init", "--pack", "luoshan", "--admin", "guanliyuan", "--admin-name", "陈局", "--staff-no", "001"),
    *("--admin2", "guanliyuan2", "--admin2-name", "张敏", "--staff-no2", "002"),
    *("--address", "测试路1号", "--hours", "工作日 9:00-17:00", "--phone", "0000-0000000"),
)


@pytest.fixture(scope="module")
def founded() -> Iterator[Installation]:
    """A real installation with its administrator and one stored file."""
    with installation() as made:
        done = made.command(*FOUNDED)
        assert done.returncode == 0, done.stderr
        (made.data / "files" / "ab").mkdir()
        (made.data / "files" / "ab" / "abcd").write_bytes("身份证扫描件".encode())
        yield made


@pytest.fixture(scope="module")
def backup(founded: Installation) -> Path:
    target = founded.folder / "backup.tar"
    done = founded.command("backup", str(target))
    assert done.returncode == 0, done.stderr
    return target


def names(place: Installation) -> str:
    done = place.command("manage", "dumpdata", "people.officer")
    return str([row["fields"]["name"] for row in json.loads(done.stdout)])


def faults(place: Installation) -> list[str]:
    """What `doctor` finds, but for the steps of the first day and a notice that may not have been given yet."""
    told = [line for line in place.command("doctor").stdout.splitlines() if "✗" in line]
    return [line for line in told if "放假安排尚未导入" not in line and "✗ 还没有" not in line]


def test_a_backup_is_closed_to_other_users_and_never_overwrites(founded: Installation, backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    done = founded.command("backup", str(backup))
    assert done.returncode == 1
    assert "已经存在" in done.stderr


def test_a_backup_comes_back_in_an_empty_folder(founded: Installation, backup: Path) -> None:
    with installation() as other:
        done = other.command("restore", str(backup))
        assert done.returncode == 0, done.stderr
        assert names(other) == "['陈局', '张敏']"
        assert (other.data / "files" / "ab" / "abcd").read_bytes() == "身份证扫描件".encode()
        for key in ("field", "secret"):
            kept = other.data / "keys" / key
            assert kept.read_text() == (founded.data / "keys" / key).read_text()
            assert kept.stat().st_mode & 0o077 == 0
        assert faults(other) == []


def test_existing_data_are_overwritten_only_when_told(founded: Installation, backup: Path) -> None:
    done = founded.command("restore", str(backup))
    assert done.returncode == 1
    assert "这里已有数据" in done.stderr
    (founded.data / "files" / "ab" / "later").write_bytes(b"after the backup")
    done = founded.command("restore", str(backup), "--force")
    assert done.returncode == 0, done.stderr
    assert names(founded) == "['陈局', '张敏']"
    assert not (founded.data / "files" / "ab" / "later").exists()


def test_a_backup_with_one_changed_byte_changes_nothing(founded: Installation, backup: Path) -> None:
    damaged = founded.folder / "damaged.tar"
    content = bytearray(backup.read_bytes())
    with tarfile.open(backup) as tar:
        content[tar.getmember("database.dump").offset_data + 5000] ^= 1
    damaged.write_bytes(content)
    done = founded.command("restore", str(damaged), "--force")
    assert done.returncode == 1
    assert "database.dump 已损坏" in done.stderr
    assert names(founded) == "['陈局', '张敏']"


def test_a_dump_that_cannot_be_put_back_leaves_the_old_data(founded: Installation, backup: Path) -> None:
    """The old tables are dropped in the same transaction that brings the new ones."""
    from onewindow.config import archive

    aside = founded.folder / "aside"
    archive.unpack(backup, aside)
    (aside / "database.dump").write_bytes((aside / "database.dump").read_bytes()[:-20000])
    digests = {name: archive.digest(aside / name) for name in archive.contents(aside)}
    digests["database.dump"] = archive.digest(aside / "database.dump")
    manifest = archive.Manifest(archive.FORMAT, "2026-11-22T09:00:00+08:00", "luoshan", "18", digests)
    broken = founded.folder / "broken.tar"
    archive.pack(broken, aside, aside / "database.dump", manifest)
    done = founded.command("restore", str(broken), "--force")
    assert done.returncode == 1
    assert "出错，没有完成" in done.stderr
    assert names(founded) == "['陈局', '张敏']"


def test_a_file_that_is_no_backup_is_refused(founded: Installation) -> None:
    other = founded.folder / "note.tar"
    other.write_text("买菜")
    assert "不是 OneWindow 的备份文件" in founded.command("restore", str(other), "--force").stderr


def test_another_places_backup_is_refused(backup: Path) -> None:
    with installation(PACK="hedong") as other:
        done = other.command("restore", str(backup))
        assert done.returncode == 1
        assert "这份备份是 luoshan 的，这里是 hedong" in done.stderr


def test_nothing_is_restored_while_the_installation_runs(founded: Installation, backup: Path) -> None:
    founded.start()
    try:
        done = founded.command("restore", str(backup), "--force")
        assert done.returncode == 1
        assert "正在运行：请先停止它" in done.stderr
        again = founded.command("backup", str(founded.folder / "while-running.tar"))
        assert again.returncode == 0, again.stderr
    finally:
        founded.stop()


def test_a_real_installation_is_no_demonstration_and_has_one_administrator(founded: Installation) -> None:
    assert "（正式安装）" in founded.command("doctor").stdout
    done = founded.command(*FOUNDED)
    assert done.returncode == 1
    assert "这里已有工作人员" in done.stderr
    rows = json.loads(founded.command("manage", "dumpdata", "places.county", "people.account").stdout)
    county = next(row["fields"] for row in rows if row["model"] == "places.county")
    account = next(row["fields"] for row in rows if row["model"] == "people.account")
    assert (county["name"], county["demo"]) == ("罗山县", False)
    assert account["password"].startswith("argon2")
    assert account["password_changed_at"] is None  # so it must be changed at the first sign-in


def test_a_demonstration_never_becomes_a_real_installation() -> None:
    with installation() as made:
        made.data.mkdir()
        (made.data / "installation.toml").write_text('pack = "luoshan"\ndemo = true\n')
        (made.data / "keys").mkdir(mode=0o700)
        (made.data / "keys" / "field").write_text("00" * 32)
        done = made.command(*FOUNDED)
        assert done.returncode == 1
        assert "是演示安装，不能改成正式安装" in done.stderr


def test_without_a_terminal_what_is_missing_is_named() -> None:
    with installation() as made:
        done = made.command("init", "--pack", "luoshan")
        assert done.returncode == 1
        assert "缺少第一位管理员的用户名" in done.stderr
        assert "--admin" in done.stderr
        assert not (made.data / "installation.toml").exists()  # nothing is made before everything is answered


def test_two_administrators_are_two_persons() -> None:
    with installation() as made:
        twice = [word.replace("guanliyuan2", "guanliyuan") for word in FOUNDED]
        done = made.command(*twice)
        assert done.returncode == 1
        assert "两位管理员的用户名相同：要两个不同的人" in done.stderr


def test_each_administrator_has_a_one_time_password_of_his_own() -> None:
    with installation() as made:
        told = made.command(*FOUNDED).stdout
        lines = [line.split() for line in told.splitlines() if line.startswith("  ")]
        assert [line[:2] for line in lines] == [["guanliyuan", "陈局"], ["guanliyuan2", "张敏"]]
        assert lines[0][2] != lines[1][2]
        assert all(len(line[2]) == 19 for line in lines)
        changed = made.command("manage", "dumpdata", "people.account").stdout
        assert [row["fields"]["password_changed_at"] for row in json.loads(changed)] == [None, None]
