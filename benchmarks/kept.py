"""准备好的库: what of a filled database does a later run need to know, so that it need not fill it again?

A million cases take minutes; `--folder` keeps the databases, and beside each stands who is in it.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.box import PROJECT, Box

if TYPE_CHECKING:
    from benchmarks.people import People


PLACE = "filled.pickle"


@dataclass
class Filled:
    """A database with its people and the numbers by what may be done with them."""

    cases: int
    day: date
    people: People
    received: list[str]
    readable: list[str]


def filled(box: Box, cases: int) -> Filled:
    """Fill the box, in a process of its own, unless an earlier run did it today."""
    place = box.folder / PLACE
    known = read(place)
    if known is None or known.cases != cases:
        if known is not None:
            raise RuntimeError(f"{box.folder} holds {known.cases:,} cases: choose another --folder")
        elsewhere(box, "benchmarks.fill", str(cases), str(place), dsn=box.filling)
        known = read(place)
    assert known is not None
    waiting = box.query(_WAITING_TO_BE_ACCEPTED)
    known.received = [str(number) for (number,) in waiting]
    return known


def elsewhere(box: Box, module: str, *told: str, dsn: str | None = None) -> str:
    """What a process of its own prints that works on this box: Django knows one database."""
    code = f"import django; django.setup()\nfrom {module} import main\nmain(*{told!r})"
    command, environment = [sys.executable, "-c", code], box.environment | box.django
    environment["ONEWINDOW_DATABASE"] = dsn or box.dsn
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def keep(place: Path, told: Filled) -> None:
    place.write_bytes(pickle.dumps(told))


_WAITING_TO_BE_ACCEPTED = """
SELECT number FROM cases_case c WHERE stage = 'received'
AND NOT EXISTS (SELECT 1 FROM letters_letter l WHERE l.subject_id = c.subject_id)
ORDER BY id LIMIT 60000
"""


def read(place: Path) -> Filled | None:
    if not place.is_file():
        return None
    found: Filled = pickle.loads(place.read_bytes())
    return found
