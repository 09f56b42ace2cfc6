"""试跑秒批规则: what would the decision table of an item have done over the cases that people decided?"""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator

from onewindow.cases.inputs import names_of, said
from onewindow.cases.reads.shorter import TRIED_WORDS, Tried, every_try
from onewindow.catalogue.models import Item, ItemVersion
from onewindow.config.refused import Refused
from onewindow.places.reads import here
from onewindow.rules.instant import rows_of


def main(argv: list[str]) -> int:
    """Count what table and people did, and name every case that they saw differently; writes nothing."""
    parser = ArgumentParser(prog="onewindow dry-run", description="用秒批规则试跑已经办过的件，只看不改")
    parser.add_argument("item", help="事项的编码（实施编码、本地编码或者 12 位基本编码）")
    parser.add_argument("--version", type=int, help="第几版，草稿也可以；不写的是最新一版")
    parser.add_argument("--limit", type=int, default=1000, help="最多看多少件，最近的在前")
    parser.add_argument("--each", action="store_true", help="逐件列出，不只列不一致的")
    told = parser.parse_args(argv)
    item = _item(told.item)
    version = _version(item, told.version)
    rows = rows_of(version.content)
    if not rows:
        raise Refused(f"“{version.name}”第 {version.number} 版没有秒批规则。")
    names = names_of(version, version.materials.all())
    words = [said(row, names, version.content) for row in rows]
    counts: Counter[str] = Counter()
    for one in every_try(item, rows, max(1, told.limit)):
        counts[one.word] += 1
        if told.each or one.word == "wrong":
            sys.stdout.write("\n".join(_lines(one, words)) + "\n")
    sys.stdout.write(f"{version.name}，第 {version.number} 版，{counts.total()} 件：\n")
    sys.stdout.write("".join(f"  {word}：{counts[key]} 件\n" for key, word in TRIED_WORDS.items()))
    return 1 if counts["wrong"] else 0


def _item(code: str) -> Item:
    rows = Item.objects.filter(county=here().code)
    for column in ("handle_code", "local_code", "base_code"):
        found = rows.filter(**{column: code}).order_by("-pk").first()
        if found is not None:
            return found
    raise Refused(f"没有编码是 {code} 的事项。")


def _version(item: Item, number: int | None) -> ItemVersion:
    rows = item.versions.order_by("-number")
    found = (rows.filter(number=number) if number else rows).first()
    if found is None:
        raise Refused(f"“{item.name}”没有第 {number} 版。" if number else f"“{item.name}”还没有起草。")
    return found


def _lines(one: Tried, words: list[str]) -> Iterator[str]:
    yield f"{one.case.number}　{TRIED_WORDS[one.word]}"
    for row in one.trace.found:
        if row.held is not True:
            yield f"    {'不符合' if row.held is False else '拿不准'}：{words[row.row - 1]}"
