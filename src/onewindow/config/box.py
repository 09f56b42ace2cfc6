"""建立大厅本机: how does an empty machine become the one that owns the queue of a hall, with the key that the county gave?"""

from __future__ import annotations

import os
from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from onewindow.config import folders, run
from onewindow.config.refused import Refused
from onewindow.exchange.box.link import PULL, Barred, Cut, Https

FIRST = 60.0  # seconds for the first answers: they bring the whole venue


def main(argv: list[str]) -> int:
    """Ask the county who we are, make tables, and put the venue down; `run` does the rest."""
    parser = ArgumentParser(
        prog="onewindow box", description="把这台机器建立为一个大厅的本机：断网也能取号叫号。"
    )
    parser.add_argument("--county-url", required=True, help="县里系统的地址，例如 https://zwfw.example.cn")
    parser.add_argument("--key-file", required=True, help="存着密钥的文件；密钥在“大厅本机”页面登记时给出")
    given = parser.parse_args(argv)
    url, key = _url(given.county_url), _key(Path(given.key_file))
    if folders.folder().installation() is not None:
        raise Refused(f"{folders.folder().root} 里已经有安装：请用 ONEWINDOW_DATA 指定另一个空文件夹。")
    told = _ask(Https(url, key, FIRST))
    installation = _made(told, url, key)
    with run.database():
        run.prepare(installation)
        _lay(url, key, told["box"]["key"])
    print(f"已建立“{told['box']['name']}”。启动：make run PACK={installation.pack}{_where()}")
    print("连上以后，等大厅当天的号办完，就由本机取号叫号。窗口、取号机、显示屏都打开本机的地址。")
    return 0


def _url(given: str) -> str:
    parts = urlsplit(given)
    near = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and near):
        raise Refused("县里的地址要以 https:// 开头：密钥、姓名和证件号码不能明文传送。")
    if not parts.hostname:
        raise Refused("县里的地址不完整，请写成 https://zwfw.example.cn 这样。")
    return given.rstrip("/")


def _key(file: Path) -> str:
    try:
        key = file.read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise Refused(f"读不出密钥文件 {file}：请检查路径和权限。") from error
    if not key:
        raise Refused(f"密钥文件 {file} 是空的：请把登记时给出的密钥抄进去。")
    return key


def _ask(link: Https) -> dict[str, Any]:
    try:
        return link.ask(PULL, {"look": True, "venue": ""})
    except Barred as refusal:
        raise Refused(str(refusal)) from refusal
    except Cut as cut:
        raise Refused(f"连不上县里（{cut}）：请检查地址和网络，再执行一次。") from cut


def _made(told: dict[str, Any], url: str, key: str) -> folders.Installation:
    """The data folder, with the county's pack and no demonstration of its own."""
    (county,) = [part["rows"] for part in told["venue"]["rows"] if part["model"] == "places.County"]
    os.environ["PACK"] = county[0]["fields"]["pack"]
    made = folders.Installation(run.place(), False, told["box"]["key"], url)
    folder = folders.folder()
    folder.make()
    descriptor = os.open(folder.box_key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key + "\n")
    folder.describe(made, datetime.now(UTC).date())
    return made


def _lay(url: str, key: str, name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.config.settings")
    import django

    django.setup()
    from onewindow.exchange.box import rounds
    from onewindow.ground.clock import now

    try:
        rounds.once(Https(url, key, FIRST), name, now)
    except Cut as cut:
        raise Refused(f"县里的线路断了（{cut}）：表已经建好，启动以后会自动接着来。") from cut


def _where() -> str:
    where = os.environ.get("ONEWINDOW_DATA")
    return f" ONEWINDOW_DATA={where}" if where else ""
