"""恢复: how does an installation become again what a backup says it was?"""

import os
import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path

import psycopg

from onewindow.config import archive, folders, postgres, run
from onewindow.config.backup import client
from onewindow.config.refused import Refused


def main(argv: list[str]) -> int:
    """Check everything, then put the database back in one transaction, then files and keys."""
    parser = ArgumentParser(prog="onewindow restore", description="从备份文件恢复本安装。")
    parser.add_argument("file", type=Path, help="onewindow backup 写出的文件")
    parser.add_argument("--force", action="store_true", help="覆盖已有的数据（原有数据会全部丢失）")
    given = parser.parse_args(argv)
    folder = folders.folder()
    try:
        folder.root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.root, prefix=".restore-") as aside:
            manifest = archive.unpack(given.file, Path(aside))
            _same_place(folder, manifest)
            with run.database() as cluster:
                _refuse(cluster, folder, force=given.force)
                put_back(Path(aside), folder, os.environ["ONEWINDOW_DATABASE"])
                told = _box_waits(folder, os.environ["ONEWINDOW_DATABASE"])
    except OSError as error:
        raise Refused(
            f"恢复没有完成（{error.strerror}：{error.filename}）：请检查权限和磁盘空间。"
        ) from error
    print(
        f"已恢复到 {manifest.made_at} 的状态（{manifest.pack}）。请执行 onewindow doctor 检查，再启动服务。"
    )
    print(told, end="")
    return 0


def _box_waits(folder: folders.Folder, dsn: str) -> str:
    """大厅本机: what it would give now may have been given already; it waits until the county has answered."""
    installation = folder.installation()
    if installation is None or not installation.box:
        return ""
    with psycopg.connect(dsn) as connection:
        connection.execute("UPDATE places_hall SET box = ''")
    return (
        "这是大厅本机：连上县里以前不取号叫号，以免重号。县里有更新的，"
        "请管理员在县里的“大厅本机”页面点“从县里接着用”。\n"
    )


def put_back(aside: Path, folder: folders.Folder, dsn: str) -> None:
    """The database all or nothing; the files only after it succeeded."""
    script = aside / "database.sql"
    client("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(aside / archive.DUMP))
    words = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    client("psql", *words, "--command=DROP OWNED BY CURRENT_USER CASCADE", f"--file={script}", dsn)
    for part in archive.PARTS:
        target = folder.root / part
        if target.is_dir():
            shutil.rmtree(target)
        if (aside / part).exists():
            (aside / part).rename(target)
    folder.make()  # what an empty backup did not hold
    folder.keys.chmod(0o700)
    for key in folder.keys.rglob("*"):
        key.chmod(0o700 if key.is_dir() else 0o600)


def _same_place(folder: folders.Folder, manifest: archive.Manifest) -> None:
    existing = folder.installation()
    wanted = existing.pack if existing else folders.pack()
    if manifest.pack != wanted:
        raise Refused(
            f"这份备份是 {manifest.pack} 的，这里是 {wanted}：请改用 PACK={manifest.pack}，或用 ONEWINDOW_DATA "
            "指定另一个文件夹。"
        )


def _refuse(cluster: postgres.Cluster | None, folder: folders.Folder, *, force: bool) -> None:
    """Nobody may be working in it, and nothing may be lost unasked."""
    with psycopg.connect(os.environ["ONEWINDOW_DATABASE"]) as connection:
        others = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchone()
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if (cluster is not None and not cluster.owned) or others != (0,):
        raise Refused("OneWindow 正在运行：请先停止它（Ctrl-C），再恢复。")
    holds = tables != (0,) or any(folder.files.rglob("*"))
    if holds and not force:
        raise Refused(
            "这里已有数据，恢复会覆盖它们：请先备份；确实要覆盖时加 --force，或用 ONEWINDOW_DATA 指定新的文件夹。"
        )
