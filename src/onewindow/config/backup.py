"""备份: how does everything that an installation knows get into one file?"""

import os
import subprocess
import tempfile
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import psycopg

from onewindow.config import archive, binaries, folders, postgres, run
from onewindow.config.refused import Refused


def main(argv: list[str]) -> int:
    """Database first, then the files that it names: what comes in between is in neither or in both."""
    parser = ArgumentParser(prog="onewindow backup", description="把数据库、材料文件和密钥备份成一个文件。")
    parser.add_argument("file", type=Path, help="备份文件，例如 /backup/onewindow-20261122.tar")
    target = parser.parse_args(argv).file.resolve()
    folder, installation = folders.folder(), folders.folder().installation()
    if installation is None:
        raise Refused(f"{folder.root} 里还没有安装，没有可以备份的内容。")
    if target.exists():
        raise Refused(f"{target} 已经存在：请换一个文件名，备份从不覆盖已有的文件。")
    try:
        with run.database():
            make(target, folder, installation.pack, datetime.now(ZoneInfo("Asia/Shanghai")))
    except OSError as error:
        raise Refused(f"不能写出备份 {target}（{error.strerror}）：请检查路径、权限和磁盘空间。") from error
    print(
        f"已备份到 {target}（{target.stat().st_size / 1e6:.1f} MB）。文件里有密钥，请像保管密钥一样保管它。"
    )
    return 0


def make(target: Path, folder: folders.Folder, pack: str, now: datetime) -> None:
    """Build the file aside and rename it when it is whole."""
    dsn = os.environ["ONEWINDOW_DATABASE"]
    os.umask(0o077)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".onewindow-") as aside:
        dump = Path(aside) / archive.DUMP
        client("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}", dsn)
        digests = {name: archive.digest(folder.root / name) for name in archive.contents(folder.root)}
        digests[archive.DUMP] = archive.digest(dump)
        with psycopg.connect(dsn) as connection:
            version = postgres.version(connection)
        whole = Path(aside) / "whole.tar"
        manifest = archive.Manifest(archive.FORMAT, now.isoformat("T", "seconds"), pack, version, digests)
        archive.pack(whole, folder.root, dump, manifest)
        whole.rename(target)


def client(program: str, *words: str) -> None:
    """Run one of PostgreSQL's client programs, as ourselves."""
    done = subprocess.run(
        [binaries.find().program(program), *words],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )
    if done.returncode != 0:
        raise Refused(f"{program} 出错，没有完成：{done.stderr.strip()[-500:]}")
