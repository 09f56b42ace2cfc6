"""复算和到点: is every open case looked at once, however many look, and none by the clock before its day?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.cases.acts import decide, examine
from onewindow.cases.models import Case
from onewindow.cases.recheck import Part, recheck
from onewindow.cases.tick import tick
from tests.cast import Cast, assemble, at

PROJECT = Path(__file__).resolve().parents[2]
RUN = "import sys, django; django.setup(); from onewindow.cases.recheck import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def granted(cast: Cast) -> Case:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 25), favourable=True, text="符合。")
    decide.grant(case, by=cast.chenju, at=at(9, 28), text="准予。")
    case.refresh_from_db()
    return case


def test_the_parts_of_all_open_cases_hold_each_of_them_once(cast: Cast) -> None:
    cases = [cast.accepted() for _ in range(5)]
    Case.objects.update(due_on=None)
    found = [[one.number for one in recheck(part=Part(number, 3))] for number in range(3)]
    assert sorted(number for part in found for number in part) == sorted(case.number for case in cases)
    assert all(found)


@pytest.mark.django_db(transaction=True)
def test_two_processes_find_and_mend_what_one_would() -> None:
    cast = assemble()
    cases = [cast.accepted() for _ in range(3)]
    Case.objects.update(due_on=None)
    assert run("--processes", "2") == (1, 3)
    assert run("--processes", "2", "--mend") == (0, 3)
    assert run("--processes", "2") == (0, 0)
    for case in cases:
        before, _ = case.due_on, case.refresh_from_db()
        assert case.due_on == before


def run(*told: str) -> tuple[int, int]:
    """The exit code of the command and how many differences it printed."""
    names = {"user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT", "dbname": "NAME"}
    given = {name: str(connection.settings_dict[key]) for name, key in names.items()}
    dsn = " ".join(f"{name}='{value}'" for name, value in given.items() if value)
    told_to = os.environ | {"ONEWINDOW_DATABASE": dsn, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, *told],
        cwd=PROJECT,
        env=told_to | {"PYTHONPATH": f"{PROJECT}/src:{PROJECT}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout.count("due_on")


def test_a_recheck_reads_its_cases_in_batches(cast: Cast) -> None:
    for _ in range(2):
        cast.accepted()
    few = statements(lambda: list(recheck()))
    for _ in range(8):
        cast.accepted()
    assert statements(lambda: list(recheck())) == few


def test_the_clock_looks_at_no_case_before_its_day(cast: Cast) -> None:
    for _ in range(3):
        granted(cast)
    assert Case.objects.filter(wakes_on=at(10, 8).date()).count() == 3
    quiet = statements(lambda: tick(at(9, 29)))
    for _ in range(5):
        granted(cast)
    assert statements(lambda: tick(at(9, 29))) == quiet
    assert tick(at(10, 8))["催领或留存"] == 8
    assert tick(at(10, 8))["催领或留存"] == 0


def statements(work: object) -> int:
    with CaptureQueriesContext(connection) as asked:
        work()  # type: ignore[operator]
    return len(asked)
