"""The benchmarks themselves: a tiny round of everything that goes over HTTP, so that they do not rot."""

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TINY = (
    "--cases 300 --small 0 --rounds 1 --seconds 0.1 --lives 1 --clients 1 --hall-seconds 0.5 --listeners 20"
    " --only http hall life"
)


@pytest.fixture(scope="module")
def report() -> str:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks", *TINY.split()]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=1200)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("workload", ["B1", "B2", "B3", "B4"])
def test_each_workload_stands_beside_the_bare_django(report: str, workload: str) -> None:
    line = next(line for line in report.splitlines() if line.startswith(f"| {workload} "))
    median, _ = line.split("|")[9].split("/")
    assert float(median) > 0


def test_the_queue_of_a_hall_calls_nobody_twice_and_every_display_hears_all(report: str) -> None:
    hall = [line for line in report.splitlines() if line.startswith(("| B5 ", "| B9 ", "| B10 "))]
    assert len(hall) == 4
    assert "叫了两次的号 0 个" in hall[0]
    assert "有空缺或者重复的队列 0 个" in hall[2]
    assert "漏听 0 次" in hall[3]


def test_a_life_counts_with_its_four_letters_and_nothing_fails(report: str) -> None:
    assert "| 300 | **" in report
    assert "没有做成的后续事项：没有" in report


def test_the_configuration_is_printed_with_the_figures(report: str) -> None:
    assert "fsync=on" in report
    assert "synchronous_commit=on" in report
