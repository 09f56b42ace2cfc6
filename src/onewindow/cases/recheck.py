"""复算: does the index of every open case agree with its facts?"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onewindow.cases.law import law_for, pack_for
from onewindow.cases.models import Case
from onewindow.cases.write import INDEX, renew
from onewindow.journal import write
from onewindow.places import reads as places
from onewindow.rules.standing import standing


@dataclass(frozen=True)
class Difference:
    """One column of one case that does not say what its facts say."""

    number: str
    column: str
    kept: Any
    computed: Any


def recheck(*, mend: bool = False) -> Iterator[Difference]:
    """Recompute every open case; yields each difference, and writes the computed value when `mend`."""
    county = places.here()
    for case in (
        Case.objects.filter(is_open=True).select_related("version", "application", "subject").iterator(500)
    ):
        kept = {column: getattr(case, column) for column in INDEX}
        pack = pack_for(county, case.pack, case.received_on)
        renew(
            case, standing(write.history(case.subject), law_for(case.version, case.application.channel, pack))
        )
        moved = [
            Difference(case.number, c, kept[c], getattr(case, c))
            for c in INDEX
            if kept[c] != getattr(case, c)
        ]
        if moved and mend:
            case.save(update_fields=list(INDEX))
        yield from moved


def main(argv: list[str]) -> int:
    """`onewindow recheck [--mend]`: print every difference; the exit code says whether there was one."""
    parser = ArgumentParser(prog="onewindow recheck", description="按事实重算全部在办件的期限。")
    parser.add_argument("--mend", action="store_true", help="把算出的值写回索引")
    mend = parser.parse_args(argv).mend
    found = 0
    for found, one in enumerate(recheck(mend=mend), start=1):  # noqa: B007 (counts what was yielded)
        print(f"{one.number}：{one.column} 存的是 {one.kept}，算得 {one.computed}")  # noqa: T201
    print("没有差异。" if not found else f"共 {found} 处差异{'，已改正' if mend else ''}。")  # noqa: T201
    return 1 if found and not mend else 0
