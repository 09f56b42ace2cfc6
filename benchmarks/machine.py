"""这台机器: how fast is it just now, what did a group of processes spend, and how much memory do they hold?"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
LOOP = 3_000_000


def cal() -> float:
    """Milliseconds of a fixed loop on both cores at once: high when somebody else is working here."""
    with multiprocessing.get_context("fork").Pool(2) as pool:
        began = time.perf_counter()
        pool.map(_loop, [LOOP, LOOP])
        return (time.perf_counter() - began) * 1000


def _loop(times: int) -> int:
    total = 0
    for number in range(times):
        total += number & 7
    return total


def descendants(root: int) -> list[int]:
    """A process and everything below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            stat = _stat(int(entry.name))
            if stat:
                children.setdefault(int(stat[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children.get(one, [])
    return found


def name_of(pid: int) -> str:
    """The command line of a process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except OSError:
        return ""


def spent(pids: Iterable[int]) -> dict[int, float]:
    """Seconds of user and system time of each process, with those of its children that have ended."""
    found = {}
    for pid in pids:
        stat = _stat(pid)
        if stat:
            found[pid] = sum(int(part) for part in stat[11:15]) / TICKS
    return found


def pss(pids: Iterable[int]) -> float:
    """Megabytes of memory, what is shared counted once in proportion (PSS)."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _stat(pid: int) -> list[str]:
    """The fields after the name: state, parent, …"""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return []
    return told[told.rindex(")") + 2 :].split()
