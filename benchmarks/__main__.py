"""测速: `python -m benchmarks` starts the product as `onewindow run` does and measures it beside a bare Django.

Everything happens on 127.0.0.1, in folders that are removed afterwards, with invented people.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT / "src")]

from benchmarks import machine  # noqa: E402
from benchmarks.box import KEYS, Box, Floor  # noqa: E402

MAPPING = PROJECT / "benchmarks" / "recall" / "mapping.toml"
REST_SECONDS = 8.0
ALL = ("http", "hall", "life", "inside", "rest")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--cases", type=int, default=20_000, help="cases in the database (1000000 is possible)"
    )
    parser.add_argument(
        "--small", type=int, default=2_000, help="cases in the second database of B11; 0: none"
    )
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=1.0, help="of one shot")
    parser.add_argument("--lives", type=int, default=24, help="whole lives in one round of B11")
    parser.add_argument("--hall-seconds", type=float, default=8.0, help="of one round of B5")
    parser.add_argument("--listeners", type=int, default=1000, help="displays and telephones of B9")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8])
    parser.add_argument("--only", nargs="+", choices=ALL, default=list(ALL))
    parser.add_argument("--questions", type=Path, nargs="*", default=[], help="question files of B16")
    parser.add_argument("--items", type=Path, help="a file of items for B15 instead of the generated one")
    parser.add_argument("--write", type=Path, help="write the report into this file, below its marker")
    parser.add_argument(
        "--folder", type=Path, help="keep the databases here and use them again; else they are removed"
    )
    return parser.parse_args()


def main() -> int:
    told = arguments()
    folder = told.folder or Path(tempfile.mkdtemp(prefix="ow-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    boxes = [Box(folder / "large")]
    if {"life", "inside"} & set(told.only) and told.small:
        boxes.append(Box(folder / "small"))
    floor = Floor(boxes[0])
    try:
        report = measure(told, boxes, floor)
    finally:
        floor.stop()
        for box in boxes:
            box.stop()
        if told.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    print(report)
    if told.write:
        _keep(told.write, report)
    return 0


def measure(told: argparse.Namespace, boxes: list[Box], floor: Floor) -> str:
    """Everything, in one order; answers the report."""
    large = boxes[0]
    say("starting the product")
    large.start()
    memory = rest(large) if "rest" in told.only else {}
    os.environ |= KEYS | large.django | {"ONEWINDOW_DATA": str(large.data)}
    import django

    django.setup()
    from benchmarks import session

    report = session.Report(began=datetime.now(ZoneInfo("Asia/Shanghai")), memory=memory)
    run = session.Session(told, report, say)
    try:
        run.prepare(boxes, floor)
        run.measure(boxes, floor)
    finally:
        run.close()
    if told.questions:
        report.recall = recall(told.questions)
    return report.markdown()


def rest(box: Box) -> dict[str, float]:
    """The memory of everything that `onewindow run` started, after it has come to rest."""
    time.sleep(REST_SECONDS)
    names = {"web": "网页", "worker": "后续事项", "postgres": "PostgreSQL", "other": "监管进程"}
    return {names[kind]: machine.pss(pids) for kind, pids in box.parts().items()}


def recall(questions: list[Path]) -> str:
    """B16, in a process of its own with the demonstration's items alone."""
    command = [sys.executable, str(PROJECT / "scripts" / "recall.py"), *map(str, questions)]
    done = subprocess.run(
        [*command, "--mapping", str(MAPPING)], capture_output=True, text=True, check=False, timeout=600
    )
    return f"B16 找得准不准：\n\n{done.stdout or done.stderr}"


def say(sentence: str) -> None:
    print(f"… {sentence}", file=sys.stderr, flush=True)


def _keep(path: Path, report: str) -> None:
    """Below the line that says so; what stands above it is written by hand."""
    marker = "<!-- measured: written by make bench -->\n"
    text = path.read_text("utf-8") if path.is_file() else marker
    above, _, _ = text.partition(marker)
    path.write_text(f"{above}{marker}\n{report}", "utf-8")


Say = Callable[[str], None]

if __name__ == "__main__":
    sys.exit(main())
