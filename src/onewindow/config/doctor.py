"""体检: what is wrong with this installation, and what should its keeper do about it?"""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import psycopg

from onewindow.config import folders, postgres, run
from onewindow.config.checks import machine
from onewindow.config.refused import Refused

SHANGHAI = ZoneInfo("Asia/Shanghai")


def main(argv: list[str]) -> int:
    """Print what this installation is, and one sentence for each thing that is wrong."""
    ArgumentParser(prog="onewindow doctor", description="检查本安装有什么问题、该怎么办。").parse_args(argv)
    folder = folders.folder()
    installation = folder.installation()
    if installation is None:
        raise Refused(f"{folder.root} 里还没有安装：请先执行 make run（演示）或 onewindow init（正式）。")
    kind = "大厅本机" if installation.box else "演示" if installation.demo else "正式"
    print(f"OneWindow 体检：{installation.pack}（{kind}安装），数据文件夹 {folder.root}")
    found = 0
    for sentence in findings(folder, installation.pack, datetime.now(SHANGHAI), installation.box):
        found += 1
        print(f"  ✗ {sentence}")
    print(f"发现 {found} 个问题。" if found else "没有发现问题。")
    return 1 if found else 0


def findings(folder: folders.Folder, pack: str, now: datetime, box: str = "") -> Iterator[str]:
    """Everything that is wrong, from the machine up to the data."""
    yield from machine.data_folder(folder)
    if not os.environ.get("DATABASE_URL"):
        yield from machine.database_folder(postgres.Cluster(folder.postgres).place, folder.root)
    yield from machine.keys(folder)
    yield from machine.libraries()
    yield from machine.fonts()
    yield from machine.policy_pack(pack, folders.packs())
    yield from machine.notices(folders.packs(), now)
    yield from machine.clock(now)
    try:
        with run.database():
            print(f"数据库：{described(os.environ['ONEWINDOW_DATABASE'])}")
            yield from _office(pack, now, box)
    except Refused as refused:
        yield str(refused)


def described(dsn: str) -> str:
    """Which PostgreSQL this is, how big the data are."""
    with psycopg.connect(dsn) as connection:
        row = connection.execute("SELECT pg_size_pretty(pg_database_size(current_database()))").fetchone()
        version = postgres.version(connection)
    source = "DATABASE_URL 指定" if os.environ.get("DATABASE_URL") else "随附或本机程序，由 OneWindow 启停"
    return f"PostgreSQL {version}（{source}），数据 {row[0] if row else '未知'}"


def _office(pack: str, now: datetime, box: str) -> Iterator[str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    import django

    django.setup()
    from onewindow.config.checks import boxes, office, opening, people
    from onewindow.keeping.tick import AT_MACHINE

    behind = list(office.migrations())
    yield from behind
    if behind:
        return  # the other questions are put to tables that may not be there
    yield from office.errands(now)
    yield from office.chain()
    yield from office.clocks(now)
    yield from office.files()
    yield from office.field_key()
    yield from office.local_settings()
    if box:  # the machine of a hall has no offices, administrators and seals of its own
        yield from office.keeping(now, AT_MACHINE)
        print(boxes.described(box, now))
        yield from boxes.machine(box, now)
        return
    yield from office.keeping(now)
    yield from boxes.county(now)
    yield from opening.opening(pack)
    yield from people.administrators(now)
    yield from people.deputies(now)
    yield from people.seals(now)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
