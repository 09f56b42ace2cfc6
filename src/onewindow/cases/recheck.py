"""复算: does the index of every open case agree with its facts?"""

from __future__ import annotations

import multiprocessing
import os
from argparse import ArgumentParser
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import django
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Mod

from onewindow.cases.law import law_for, pack_for
from onewindow.cases.models import Case
from onewindow.cases.write import INDEX, hold, renew
from onewindow.journal import write
from onewindow.places import reads as places
from onewindow.places.models import County
from onewindow.rules.standing import CaseLaw, standing

BATCH = 1000


@dataclass(frozen=True)
class Difference:
    """One column of one case that does not say what its facts say."""

    number: str
    column: str
    kept: Any
    computed: Any


@dataclass(frozen=True)
class Part:
    """One of so many equal parts of all open cases; they can be rechecked at the same time."""

    number: int = 0
    of: int = 1


WHOLE = Part()


def differing(county: County, part: Part = WHOLE) -> Iterator[tuple[Case, list[Difference]]]:
    """Every open case whose index is another than its facts give, as computed anew; read in batches, without a lock."""
    laws: dict[tuple[Any, ...], CaseLaw] = {}
    last = 0
    while batch := list(_open_ones(part).filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        histories = write.histories(case.subject_id for case in batch)
        for case in batch:
            kept = {column: getattr(case, column) for column in INDEX}
            renew(case, standing(histories[case.subject_id], _law(case, county, laws)))
            moved = [
                Difference(case.number, column, kept[column], getattr(case, column))
                for column in INDEX
                if kept[column] != getattr(case, column)
            ]
            if moved:
                yield case, moved


def _open_ones(part: Part) -> QuerySet[Case]:
    rows = Case.objects.filter(is_open=True).annotate(channel=F("application__channel")).order_by("pk")
    rows = rows.only("number", "pack", "received_on", "subject_id", "version_id", *INDEX)
    return rows if part.of == 1 else rows.annotate(part=Mod(F("pk"), part.of)).filter(part=part.number)


def _law(case: Case, county: County, known: dict[tuple[Any, ...], CaseLaw]) -> CaseLaw:
    """The law of this case; cases of one version, channel and day share it."""
    channel: str = case.channel  # type: ignore[attr-defined]
    key = case.version_id, channel, case.pack, case.received_on
    if key not in known:
        pack = pack_for(county, case.pack, case.received_on)
        known[key] = law_for(case.version, channel, pack)
    return known[key]


def recheck(*, mend: bool = False, part: Part = WHOLE) -> Iterator[Difference]:
    """Recompute every open case; yields each difference, and writes the computed value when `mend`."""
    for case, moved in differing(places.here(), part):
        if mend:
            _mend(case)
        yield from moved


@transaction.atomic
def _mend(case: Case) -> None:
    """Write what its facts give now: somebody may have acted since it was read."""
    held = hold(case)
    renew(held.case, held.now).save(update_fields=list(INDEX))


def everywhere(processes: int, *, mend: bool = False) -> Iterator[Difference]:
    """The same by so many processes at once."""
    if processes == 1:
        yield from recheck(mend=mend)
        return
    connection.close()  # each process opens its own
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh, initializer=django.setup) as pool:
        parts = [Part(number, processes) for number in range(processes)]
        for found in pool.map(partial(_listed, mend), parts):
            yield from found


def _listed(mend: bool, part: Part) -> list[Difference]:
    return list(recheck(mend=mend, part=part))


def main(argv: list[str]) -> int:
    """`onewindow recheck [--mend]`: print every difference; the exit code says whether there was one."""
    parser = ArgumentParser(prog="onewindow recheck", description="按事实重算全部在办件的期限。")
    parser.add_argument("--mend", action="store_true", help="把算出的值写回索引")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1), help="同时用几个进程")
    told = parser.parse_args(argv)
    found = 0
    for found, one in enumerate(everywhere(max(1, told.processes), mend=told.mend), start=1):  # noqa: B007 (counts)
        print(f"{one.number}：{one.column} 存的是 {one.kept}，算得 {one.computed}")  # noqa: T201
    print("没有差异。" if not found else f"共 {found} 处差异{'，已改正' if told.mend else ''}。")  # noqa: T201
    return 1 if found and not told.mend else 0
