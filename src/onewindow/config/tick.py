"""到时: what happens by itself because time has passed, and who calls it?

Each duty is an ordinary act by the system, safe to call at any time and as often as one likes; one that
fails does not keep the others from running.
"""

import importlib.util
import logging
from argparse import ArgumentParser
from datetime import datetime

from django.db import close_old_connections, connection
from django.utils.module_loading import import_string

from onewindow.config.followers import TICKS
from onewindow.ground.clock import now

ONE_AT_A_TIME = 0x7469636B  # advisory lock: on several hosts one of them ticks
log = logging.getLogger("onewindow.tick")


def main(argv: list[str]) -> int:
    """Carry out once everything that is due; the exit code says whether all of it succeeded."""
    ArgumentParser(prog="onewindow tick", description="执行一次到时自动发生的事。").parse_args(argv)
    failed = tick(now())
    for path in failed:
        print(f"到时事项 {path} 出错：原因见上面的错误信息，下一分钟会再试。")
    return 1 if failed else 0


def tick(at: datetime) -> list[str]:
    """Call every duty with this moment; answers the paths of those that failed."""
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return []
        try:
            return [path for path in existing() if not _done(path, at)]
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])


def existing() -> list[str]:
    return [path for path in TICKS if importlib.util.find_spec(path.rpartition(".")[0]) is not None]


def _done(path: str, at: datetime) -> bool:
    try:
        import_string(path)(at)
    except Exception:  # one that fails must not stop the others; it is told and comes again in a minute
        log.exception("tick failed: %s", path)
        return False
    return True
