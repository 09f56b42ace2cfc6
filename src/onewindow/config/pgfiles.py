"""数据库的文件: what stands in the server's folder, before it is started and after it was killed?"""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path

from onewindow.config.binaries import BUILTIN_LOCALE_SINCE, Binaries
from onewindow.config.refused import Refused

LONGEST_LOG = 5_000_000
LEFTOVER_SECONDS = 30.0
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}

# One county on one small box: the whole product rests in 600 MB. Errors are logged without the statement
# and without the detail line, because both may show a person's data.
SETTINGS = {
    "max_connections": "80",
    "shared_buffers": "'96MB'",
    "work_mem": "'8MB'",
    "maintenance_work_mem": "'64MB'",
    "effective_cache_size": "'512MB'",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "'512MB'",
    "min_wal_size": "'64MB'",
    "checkpoint_timeout": "'15min'",
    "max_parallel_workers_per_gather": "1",
    "timezone": "'Asia/Shanghai'",
    "log_timezone": "'Asia/Shanghai'",
    "lc_messages": "'C'",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_checkpoints": "off",
    "logging_collector": "off",
}
# For tests alone, several of which race with fifty connections at the same moment.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "250",
}


def initdb(programs: Binaries, data: Path, superuser: str) -> list[str]:
    locale = ["--locale=C.UTF-8"]
    if programs.major >= BUILTIN_LOCALE_SINCE:  # needs no locale of the system
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [
        programs.program("initdb"),
        "-D",
        str(data),
        "-U",
        superuser,
        "-E",
        "UTF8",
        "--auth=peer",
        "--no-instructions",
        *locale,
    ]


def configure(conf: Path, system_user: str, roles: tuple[str, ...], durable: bool) -> None:
    """Written at every start, outside the server's reach; `local.conf` beside it is the administrator's."""
    settings = SETTINGS if durable else SETTINGS | FORGETFUL
    lines = [f"{name} = {value}\n" for name, value in settings.items()]
    files = {"hba_file": conf / "pg_hba.conf", "ident_file": conf / "pg_ident.conf"}
    lines += [f"{name} = '{str(path).replace(chr(39), chr(39) * 2)}'\n" for name, path in files.items()]
    lines.append("include_if_exists 'local.conf'\n")
    _write(conf / "postgresql.conf", "".join(lines))
    _write(files["hba_file"], "local all all peer map=onewindow\n")
    _write(files["ident_file"], "".join(f'onewindow "{system_user}" {role}\n' for role in roles))


def refuse_other_major(data: Path, programs: Binaries) -> None:
    """A cluster is opened only by the major version that made it."""
    made_by = data / "PG_VERSION"
    if made_by.is_file() and int(made_by.read_text("ascii")) != programs.major:
        old = made_by.read_text("ascii").strip()
        raise Refused(
            f"数据文件夹由 PostgreSQL {old} 建立，现有程序是 {programs.version}："
            "请用旧版本执行 onewindow backup 备份，再在新文件夹执行 onewindow restore 恢复。"
        )


def end_leftover(data: Path) -> None:
    """End the server that a killed owner left, and take away the pid file that it could not.

    Called with the lock held, so that no living owner can be behind it; the number in the file may by now
    belong to another program, which is left alone.
    """
    pid_file = data / "postmaster.pid"
    if not pid_file.is_file():
        return
    pid = int(pid_file.read_text("utf-8").split("\n", 1)[0] or 0)
    until = time.monotonic() + LEFTOVER_SECONDS
    while _serves(pid, data):
        _signal(pid, signal.SIGINT if time.monotonic() < until else signal.SIGQUIT)
        time.sleep(0.2)
    pid_file.unlink(missing_ok=True)


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o644)


def shorten(log: Path) -> None:
    if log.is_file() and log.stat().st_size > LONGEST_LOG:
        log.replace(log.with_suffix(".log.1"))


def tail(log: Path, lines: int = 3) -> str:
    if not log.is_file():
        return ""
    return " / ".join(log.read_text("utf-8", "replace").strip().splitlines()[-lines:])


def _serves(pid: int, data: Path) -> bool:
    """Is that process a server working in this very folder?"""
    if pid <= 0:
        return False
    try:
        return Path(os.readlink(f"/proc/{pid}/cwd")) == data.resolve()
    except OSError:
        return False


def _signal(pid: int, signum: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signum)
