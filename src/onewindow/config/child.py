"""从属进程: how does a process end together with the one that started it?

Run as a script of its own between parent and program: it gives up root when told to, asks the kernel for
a signal at the parent's death, and becomes the program. (A function run between fork and exec would do
the same, but not safely in a program with threads.)
"""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
UNCHANGED = -1


def start(
    command: Sequence[str],
    *,
    dies_by: signal.Signals,
    uid: int = UNCHANGED,
    gid: int = UNCHANGED,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: IO[Any] | int | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` so that it gets `dies_by` when this thread's process ends, in a session of its own."""
    launcher = [
        sys.executable,
        "-I",
        "-S",
        __file__,
        str(os.getpid()),
        str(dies_by.value),
        str(uid),
        str(gid),
    ]
    return subprocess.Popen(
        [*launcher, *command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        env=None if env is None else dict(env),
        cwd=cwd,
        start_new_session=True,
    )


def end_with_parent(signum: int) -> None:
    """Ask Linux for `signum` at the death of the parent; elsewhere the parent's own clean-up must do."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signum, 0, 0, 0)


def end_with_web_server() -> None:
    """For the web server's workers: one that outlived it would keep the port and the old program."""
    if "ONEWINDOW_SERVED_AT" not in os.environ:
        return
    import multiprocessing  # not needed, and not waited for, by the launcher

    end_with_parent(signal.SIGTERM)
    server = multiprocessing.parent_process()
    if server is not None and server.pid != os.getppid():
        os._exit(1)  # it died before we could ask


def become(argv: Sequence[str]) -> None:
    parent, signum, uid, gid, *command = argv
    os.umask(0o077)
    if int(uid) != UNCHANGED:
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    end_with_parent(int(signum))  # after setuid, which forgets it
    if os.getppid() != int(parent):
        sys.exit(0)  # the parent died before we could ask
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    become(sys.argv[1:])
