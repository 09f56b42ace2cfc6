"""准备: are the tables, the static files and the demonstration county as this version wants them?"""

import hashlib
import importlib.util
import json
import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from onewindow.ground.clock import now

DEMO = "onewindow.config.demo"
ONE_AT_A_TIME = 0x6F6E6577  # advisory lock: two first starts must not build the same tables


def main(argv: list[str]) -> int:
    """Bring everything up to date; write what `run` should print into the file named by the argument."""
    parser = ArgumentParser(
        prog="onewindow prepare", description="run 的一步：建表、收集静态文件、装入演示县。"
    )
    parser.add_argument("answer", nargs="?", help="把要告诉使用者的话写进这个文件")
    answer = parser.parse_args(argv).answer
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        call_command("migrate", interactive=False, verbosity=0)
        collect_static()
        lines = load_demonstration() if settings.DEMO else []
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    if answer:
        Path(answer).write_text(json.dumps(lines, ensure_ascii=False), "utf-8")
    return 0


def load_demonstration() -> list[str]:
    """Load the demonstration county, if this version has one; answers what a visitor should be told."""
    if importlib.util.find_spec(DEMO) is None:
        return []
    print("正在准备演示县……", file=sys.stderr, flush=True)
    told = importlib.import_module(DEMO).load(now())
    return [str(line) for line in told] if isinstance(told, Iterable) and not isinstance(told, str) else []


def collect_static() -> None:
    """Hashed and compressed copies of all static files, made again only when one of them changed."""
    stamp, wanted = Path(settings.STATIC_ROOT) / ".stamp", _fingerprint()
    if stamp.is_file() and stamp.read_text("ascii") == wanted:
        return
    os.environ["ONEWINDOW_COLLECTING"] = "1"
    backend = settings.STORAGES["staticfiles"]
    backend["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(wanted, "ascii")


def _fingerprint() -> str:
    sizes = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path)).stat()
            sizes.update(f"{path} {file.st_size} {file.st_mtime_ns}\n".encode())
    return sizes.hexdigest()
