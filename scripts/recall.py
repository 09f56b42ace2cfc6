"""找得准不准: how often does the search show the right item first, among three, among ten?

    python scripts/recall.py QUESTIONS.json [MORE.json] --mapping benchmarks/recall/mapping.toml [--misses]

A question file is a list of objects with `query_title` or `query`, and an `id` (without one it is called
`eval-` and its place in the file). The mapping says for each id which item codes are right, or none. It is
split in two halves by the id: the first may be used for tuning and `--misses` shows its failures, the second
is only counted. The items are those of the demonstration county, in a database of its own that ends with the run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import tomllib
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]
DEPTHS = (1, 3, 10)


@dataclass
class Half:
    """The counts of one half of the questions."""

    name: str
    asked: int = 0
    found: dict[int, int] = field(default_factory=lambda: dict.fromkeys(DEPTHS, 0))
    without: int = 0
    silent: int = 0
    misses: list[str] = field(default_factory=list)

    def line(self) -> str:
        parts = [f"前 {n} 名 {hits}（{hits / max(self.asked, 1):.0%}）" for n, hits in self.found.items()]
        rest = (
            f"；目录里没有对应事项的 {self.without} 个，其中 {self.silent} 个没有把别的事项当作名称或意思相符"
        )
        return f"{self.name}：有对应事项的 {self.asked} 个，{'，'.join(parts)}{rest}"


def questions(path: Path) -> list[tuple[str, str]]:
    """The ids and words of a question file."""
    told: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [
        (one.get("id", f"eval-{n:02}"), one.get("query_title") or one["query"]) for n, one in enumerate(told)
    ]


def second(id: str) -> bool:
    """Whether the question belongs to the half that is never looked at while tuning."""
    return zlib.crc32(id.encode()) % 2 == 1


def ask(
    county: str, asked: list[tuple[str, str]], right: dict[str, list[str]], codes: dict[int, str]
) -> list[Half]:
    """Every question put to the search; times are printed by the caller."""
    from onewindow.guidance.reads import Wanted, search

    halves = [Half("调试的一半"), Half("没有看过的一半")]
    for id, words in asked:
        half = halves[second(id)]
        hits = search(county, Wanted(words=words)).hits
        shown = [codes[hit.item] for hit in hits]
        wanted = right[id]
        if not wanted:
            half.without += 1
            half.silent += not any(hit.why < 3 for hit in hits)
            continue
        half.asked += 1
        for depth in DEPTHS:
            half.found[depth] += any(code in wanted for code in shown[:depth])
        if not any(code in wanted for code in shown[:3]):
            half.misses.append(f"  {id} {words} → {shown[:3]}，应为 {wanted}")
    return halves


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--mapping", type=Path, required=True)
    parser.add_argument("--misses", action="store_true", help="show what the first half did not find")
    told = parser.parse_args()
    right = {id: one["items"] for id, one in tomllib.loads(told.mapping.read_text(encoding="utf-8")).items()}
    asked = [pair for path in told.questions for pair in questions(path)]
    if unknown := [id for id, _ in asked if id not in right]:
        print(f"对应表里没有这些编号：{'、'.join(unknown)}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="ow-recall-") as folder:
        stop, county, codes = catalogue(Path(folder))
        begun = time.perf_counter()
        halves = ask(county, asked, right, codes)
        spent = (time.perf_counter() - begun) / len(asked) * 1000
        stop()
    print(f"{len(codes)} 个事项，{len(asked)} 个问题，平均每问 {spent:.1f} 毫秒")
    for half in halves:
        print(half.line())
    if told.misses:
        print("\n".join(halves[0].misses))
    return 0


def catalogue(folder: Path) -> tuple[Any, str, dict[int, str]]:
    """The demonstration county's items in a database of their own; how to end it, the county, id → code."""
    folder.chmod(0o711)
    os.environ |= {
        "ONEWINDOW_DATA": str(folder / "data"),
        "ONEWINDOW_SECRET_KEY": "5e" * 32,
        "ONEWINDOW_FIELD_KEY": "f1" * 32,
        "DJANGO_SETTINGS_MODULE": "onewindow.config.settings",
    }
    from onewindow.config.postgres import Cluster

    cluster = Cluster(folder / "pg", durable=False)
    os.environ["ONEWINDOW_DATABASE"] = cluster.start()
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    code = _filled()
    from onewindow.catalogue.models import Item

    codes = dict(Item.objects.values_list("pk", "base_code"))

    def stop() -> None:
        connection.close()
        cluster.stop()

    return stop, code, codes


def _filled() -> str:
    from onewindow.catalogue.acts import load_demo
    from onewindow.catalogue.demo import offices
    from onewindow.ground.clock import SHANGHAI
    from onewindow.guidance import index
    from onewindow.places.models import County, Department

    county = County.objects.create(code="990101000000", name="演示县", pack="luoshan", demo=True)
    for number, (key, table) in enumerate(offices.departments().items()):
        Department.objects.create(
            county=county.code,
            key=key,
            name=table.called(county.name),
            short=table.short,
            uscc=_uscc(number),
        )
    load_demo(county, by=_Everybody(), at=datetime(2026, 11, 23, 9, tzinfo=SHANGHAI))
    index.rebuild(county.code)
    return county.code


class _Everybody:
    """Whoever measures may publish what he measures."""

    actor_code = "measure"

    def may(self, grant: object, subject: object | None = None) -> bool:
        return True


def _uscc(number: int) -> str:
    """A demonstration code with a sound check digit."""
    from onewindow.rules.identity import uscc_fault

    body = f"11990101MB{number:07}"
    return next(body + last for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if uscc_fault(body + last) is None)


if __name__ == "__main__":
    sys.exit(main())
