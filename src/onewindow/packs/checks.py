"""核对政策包: do all packs load, and does every quotation stand where it says it does?

`onewindow checkpacks [--laws DIR] [--record]`. Without `--laws` the quotations from laws are only
compared with the list of those already checked; with it each is looked up in the full text. The worked
examples of every pack are put to the clock.
"""

import argparse
import hashlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onewindow.packs.calendar import load as load_calendar
from onewindow.packs.laws import CHECKED, Law, Register, articles, fault_in
from onewindow.packs.reader import load
from onewindow.packs.worked import disagreements
from onewindow.rules.pack import Basis, Cite, Pack, PackError, YearNotice
from onewindow.rules.workdays import Calendar

HOME = Path(os.environ.get("ONEWINDOW_PACKS") or Path(__file__).resolve().parents[3] / "packs")
_HEAD = """\
# 已在法规全文中核对过的引文：来源、条款、指纹（全文 SHA-256、条款、引文合并计算）。
# 由 onewindow checkpacks --laws 目录 --record 写出，不要手改；不在此列的引文按“未核对”显示。
"""


@dataclass
class Findings:
    """What a check found: sentences about what is wrong, and the counts."""

    packs: list[Pack] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    law_quotes: int = 0
    document_quotes: int = 0
    unverified: list[str] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)


def check(root: Path, laws: Path | None = None) -> Findings:
    """Load every pack of a folder and look at each quotation once."""
    found = Findings()
    for folder in sorted(path.parent for path in root.glob("*/pack.toml")):
        try:
            found.packs.append(load(folder.name, root))
        except PackError as wrong:
            found.wrong.append(str(wrong))
    found.wrong += _example_faults(found.packs, load_calendar(root))
    register = Register.read([root])
    found.wrong += _law_faults(register, laws) if laws else []
    for pack, rule, cite in _quotations(found.packs):
        if not register.knows(cite.source):
            found.document_quotes += 1
            continue
        found.law_quotes += 1
        _look_up(found, register, laws, f"政策包 {pack}：规则 {rule}", cite)
    return found


def _look_up(found: Findings, register: Register, laws: Path | None, where: str, cite: Cite) -> None:
    """A quotation of a law: in its full text when that is there, else on the list of those checked."""
    law = register.laws[cite.source]
    text = _text(law, laws)
    if text is None:
        if not cite.verified:
            found.unverified.append(f"{where} 引《{law.short}》{cite.clause}")
        return
    fault = fault_in(cite, text)
    if fault:
        found.wrong.append(f"{where} 引《{law.short}》{cite.clause}：{fault}。引文：“{cite.quote}”")
        return
    found.marks.add(register.mark(cite))


def _quotations(packs: Sequence[Pack]) -> Iterator[tuple[str, str, Cite]]:
    """Every quotation with the pack and the rule that bear it, inherited ones left aside."""
    for pack in packs:
        for term in pack.terms:
            yield from ((pack.id, term.name, cite) for cite in term.cites if term.pack == pack.id)
        for rule in pack.rules:
            yield from ((pack.id, rule.name, cite) for cite in rule.cites if rule.pack == pack.id)


def _example_faults(packs: Sequence[Pack], years: Mapping[int, YearNotice]) -> Iterator[str]:
    calendar = Calendar(tuple(years.values()))
    for pack in packs:
        for example in (e for e in pack.examples if e.pack == pack.id):
            yield from disagreements(pack, example, calendar)


def _text(law: Law, laws: Path | None) -> str | None:
    if laws is None or not (laws / law.file).is_file():
        return None
    return (laws / law.file).read_text(encoding="utf-8")


def _law_faults(register: Register, laws: Path) -> Iterator[str]:
    """Where the register and the texts in the folder do not agree."""
    for law in register.laws.values():
        path = laws / law.file
        if not path.is_file():
            yield f"《{law.short}》：目录中没有 {law.file}"
            continue
        if hashlib.sha256(path.read_bytes()).hexdigest() != law.sha256:
            yield f"《{law.short}》：文本与登记的 SHA-256 不符"
        count = len(articles(path.read_text(encoding="utf-8")))
        if count != law.articles:
            yield f"《{law.short}》：登记 {law.articles} 条，文本有 {count} 条"


def record(root: Path, found: Findings) -> None:
    """Write the list of checked quotations; a wrong one never gets on it."""
    (root / CHECKED).write_text(
        _HEAD + "".join(f"{mark}\n" for mark in sorted(found.marks)), encoding="utf-8"
    )


def report(found: Findings, laws: Path | None) -> Iterator[str]:
    for pack in found.packs:
        own = sum(t.pack == pack.id for t in pack.terms) + sum(r.pack == pack.id for r in pack.rules)
        documents = sum(s.kind is Basis.DOCUMENT for s in pack.sources.values())
        worked = sum(e.pack == pack.id for e in pack.examples)
        above = f"，上级 {' ← '.join(pack.extends)}" if pack.extends else ""
        yield f"{pack.id} {pack.title}：自有规定 {own} 条，存档文件 {documents} 份，算例 {worked} 个{above}"
    examples = sum(e.pack == pack.id for pack in found.packs for e in pack.examples)
    yield f"算例 {examples} 个，逐个与期限计算对照。"
    yield f"存档文件引文 {found.document_quotes} 处，逐字核对无误。"
    compared = "已与全文逐条核对" if laws else "按核对清单"
    yield f"法规引文 {found.law_quotes} 处（{compared}），未核对 {len(found.unverified)} 处。"
    yield from (f"未核对：{sentence}" for sentence in found.unverified)
    yield from (f"错误：{sentence}" for sentence in found.wrong)
    yield f"共 {len(found.wrong)} 处错误。"


def main(argv: Sequence[str] | None = None) -> int:
    """The command `onewindow checkpacks`; 1 when anything is wrong."""
    parser = argparse.ArgumentParser(prog="onewindow checkpacks", description="核对政策包及其引文")
    parser.add_argument("--root", type=Path, default=HOME, help="政策包目录")
    parser.add_argument("--laws", type=Path, help="法规全文目录")
    parser.add_argument("--record", action="store_true", help="写出已核对引文清单（需要 --laws）")
    given = parser.parse_args(argv)
    if given.laws and not given.laws.is_dir():
        parser.error(f"没有这个目录：{given.laws}")
    found = check(given.root, given.laws)
    if given.record and given.laws:
        record(given.root, found)
    for line in report(found, given.laws):
        sys.stdout.write(line + "\n")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
