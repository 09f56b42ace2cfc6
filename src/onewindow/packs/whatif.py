"""推演命令: `onewindow what-if` – all dates of a history from a file, each with its proof, without any database.

It reads the packs and the notices of this folder and nothing else: an administrator's own settings and notices that were
imported into an installation are seen at /rules/what-if/.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from onewindow.packs.calendar import load as load_calendar
from onewindow.packs.checks import HOME
from onewindow.packs.histories import Unreadable, Written, day, read
from onewindow.packs.reader import load
from onewindow.packs.reads import places
from onewindow.packs.rehearsal import Impossible, Rehearsed, compared, of_example, rehearse
from onewindow.rules.clock import lasting
from onewindow.rules.facts import TERMS_ZH
from onewindow.rules.pack import LOCAL_WORDS, Basis, Example, Pack, PackError
from onewindow.rules.proofs import counting, reason
from onewindow.rules.standing import TermState
from onewindow.rules.workdays import WEEK, Calendar

IMPOSSIBLE, UNREADABLE = 1, 2
_LIGHTS = {"green": "绿", "yellow": "黄", "red": "红", "held": "‖", "done": "—"}


def main(argv: Sequence[str] | None = None) -> int:
    """0 when all dates are told; 1 for an impossible history or one that differs from its own `expect`; 2 unreadable."""
    given = _parser().parse_args(argv)
    try:
        return _answer(given)
    except (Unreadable, PackError) as wrong:
        return _wrong(f"读不懂：{wrong}", UNREADABLE)
    except Impossible as wrong:
        return _wrong(f"不可能：{wrong}", IMPOSSIBLE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="onewindow what-if", description="推演一段经过的全部日期，逐日证明")
    parser.add_argument("file", nargs="?", help="写着经过的 TOML 或 CSV 文件；- 从标准输入读")
    parser.add_argument("--pack", help="哪个地方的政策包；不写就用文件里的 pack，再没有就用全国的 cn")
    parser.add_argument("--day", help="站在哪一天看，例如 2026-10-09；之后的事还没有发生")
    parser.add_argument("--short", action="store_true", help="只列日期，不逐日列出")
    parser.add_argument("--examples", action="store_true", help="列出这个政策包的算例")
    parser.add_argument("--example", type=int, metavar="N", help="推演第 N 个算例，并与手算对照")
    parser.add_argument("--root", type=Path, default=HOME, help="政策包目录")
    return parser


def _answer(given: argparse.Namespace) -> int:
    written = _written(given)
    name = given.pack or (written.pack if written else "") or "cn"
    pack = load(_known(name, given.root), given.root)
    if given.examples:
        _print(f"{place}　{one.name}" for place, one in enumerate(pack.examples, start=1))
        return 0
    example = _example(pack, given.example) if given.example else None
    if example is None and written is None:
        raise Unreadable("没有写文件。用法：onewindow what-if 经过.toml，或者 --examples 看算例。")
    history = of_example(example) if example else written.history  # type: ignore[union-attr]
    if given.day:
        history = replace(history, day=day(given.day))
    found = rehearse(history, pack, Calendar(tuple(load_calendar(given.root).values())))
    _print(told(found, short=given.short))
    hand = example or _by_hand(written)
    return _compare(found, hand) if hand else 0


def _written(given: argparse.Namespace) -> Written | None:
    if not given.file:
        return None
    try:
        content = sys.stdin.buffer.read() if given.file == "-" else Path(given.file).read_bytes()
    except OSError as wrong:
        raise Unreadable(f"打不开 {given.file}：{wrong.strerror}。") from wrong
    return read(content)


def _known(name: str, root: Path) -> str:
    known = ["cn", *places(root)]
    if name not in known:
        raise Unreadable(f"没有“{name}”这个政策包。可以用：{'、'.join(known)}。")
    return name


def _example(pack: Pack, number: int) -> Example:
    if not 1 <= number <= len(pack.examples):
        raise Unreadable(f"政策包 {pack.id} 有 {len(pack.examples)} 个算例，没有第 {number} 个。")
    return pack.examples[number - 1]


def _by_hand(written: Written | None) -> Example | None:
    """What the file itself expects, as a worked example."""
    if written is None or not written.expect:
        return None
    return Example(written.name, written.history.kind, written.history.steps, written.expect)


def told(found: Rehearsed, *, short: bool = False) -> Iterator[str]:
    """The answer, line by line."""
    yield f"{found.pack.title}，{found.history.kind}"
    yield "经过："
    for one in found.passed:
        law = f"（法律规定，{one.recorded_on} 记下）" if one.recorded_on else ""
        more = f"（{one.more}）" if one.more else ""
        yield f"  {_day(one.on)} {one.word}{more}{law} → {one.stage}"
    for step in found.ahead:
        yield f"  {_day(step.on)} {TERMS_ZH[step.fact]}（到所选的日子还没有发生）"
    yield f"现在：{found.stage}"
    if found.history.day and found.light:
        yield f"{_day(found.history.day)}的灯：{_LIGHTS[found.light.colour]} {found.light.word}"
    yield f"期限 {len(found.now.terms)} 个："
    for state in found.now.terms:
        yield from _term(found, state, short=short)


def _term(found: Rehearsed, state: TermState, *, short: bool) -> Iterator[str]:
    term, reckoning = state.term, state.reckoning
    due = f"{_day(state.due)}到期" if state.due else "正在暂停，恢复以后才能算出到期日"
    ended = f"，{state.ended} 结束{'（超期）' if state.late else ''}" if state.ended else ""
    mark = "（暂定，待国务院办公厅放假通知）" if reckoning.provisional else ""
    yield f"● {term.title_zh} {lasting(reckoning.days, reckoning.unit)}：{_day(reckoning.start)}起，{due}{mark}{ended}"
    if term.basis is Basis.LOCAL and not term.cites:
        yield f"    {LOCAL_WORDS}"
    for cite in term.cites:
        yield f"    {found.pack.sources[cite.source].name}{cite}"
    for place, line in enumerate(() if short else found.proof(state)):
        source = f"　{line.source}" if line.source else ""
        last = "；到期" if line.last else ""
        yield f"    {_day(line.on)} {counting(line, first=place == 0)}　{reason(line)}{last}{source}"


def _compare(found: Rehearsed, hand: Example) -> int:
    """Whether the answer is what was reckoned by hand; each difference in a line."""
    wrong = [row for row in compared(found.dates(), hand) if row[1] != row[2]]
    if not wrong:
        _print(["与手算一致。"])
        return 0
    lines = [f"与手算不同：{name} 手算 {one or '没有'}，这里 {other or '没有'}" for name, one, other in wrong]
    return _wrong("\n".join(lines), IMPOSSIBLE)


def _day(on: date) -> str:
    return f"{on.isoformat()} 星期{WEEK[on.weekday()]}"


def _print(lines: Iterator[str] | Sequence[str]) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")


def _wrong(sentence: str, code: int) -> int:
    sys.stderr.write(sentence + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
