"""分级和秒批规则: what is still wrong with the tier and the decision table of a version?"""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.catalogue.gate import Gap
from onewindow.catalogue.text import VersionText
from onewindow.rules.instant import TESTS, Of, Row, faults, rows_of
from onewindow.rules.risk import WORDS, Tier, tier_of

TIER, TABLE = "风险分级", "秒批规则"
GROUND = "本系统的规则"


def gaps(text: VersionText) -> list[Gap]:
    """Each tier with its basis; each row with its clause, an existing field or material, and one of the tests."""
    return [*_tier(text), *_table(text)]


def uncovered(text: VersionText) -> list[str]:
    """The examination points that no row answers: the machine says nothing of them, and the check afterwards does."""
    answered = {row.look for row in rows_of(text.content)}
    return [
        look for one in text.content.get("points", ()) if (look := str(one.get("look", ""))) not in answered
    ]


def _tier(text: VersionText) -> Iterator[Gap]:
    told = text.content.get("risk") or {}
    if not told.get("tier"):
        return
    tier = tier_of(text.content)
    if tier is None:
        yield Gap(TIER, f"没有“{told['tier']}”这一级", GROUND)
        return
    if not _known(text, told.get("basis", ())):
        yield Gap(TIER, f"{WORDS[tier]}没有写依据；文件没有规定的，依据里写本地设定的文件", GROUND)
    if tier is Tier.PROMISE and not text.content.get("promise"):
        yield Gap(TIER, "告知承诺没有写承诺的内容、要求和责任", GROUND)


def _table(text: VersionText) -> Iterator[Gap]:
    rows = rows_of(text.content)
    for n, row in enumerate(rows, 1):
        yield from (Gap(TABLE, f"第 {n} 条{said}", GROUND) for said in _row(row, text))
    if rows:
        yield from _papers(rows, text)


def _row(row: Row, text: VersionText) -> Iterator[str]:
    yield from faults(row)
    if not _known(text, row.basis):
        yield "没有写依据哪一条"
    if row.of == Of.FIELD and row.key not in text.form.get("schema", {}).get("properties", {}):
        yield f"：申请表没有代号是“{row.key}”的栏目"
    if row.of == Of.MATERIAL and row.key not in {one.code for one in text.materials}:
        yield f"：材料清单没有编号是“{row.key}”的材料"
    if row.of == Of.HOLDING and not (row.key.isdigit() and len(row.key) == 12):
        yield f"：已有结果要写事项的 12 位基本编码，“{row.key}”不是"
    if row.look and row.look not in {str(one.get("look", "")) for one in text.content.get("points", ())}:
        yield f"：没有名叫“{row.look}”的审查要点"


def _papers(rows: tuple[Row, ...], text: VersionText) -> Iterator[Gap]:
    """A paper that everybody hands in and that no row looks at would send every application to a person."""
    seen = {row.key for row in rows if row.of == Of.MATERIAL}
    for one in text.materials:
        filled = "在线填" in str(one.detail.get("fill") or "") and one.name.endswith(("表", "申请书"))
        asked = one.necessity != "exempt" and not one.detail.get("when")
        if asked and not filled and one.code not in seen:
            yield Gap(TABLE, f"没有一条规则看“{one.name}”，每件都会转人工", GROUND)


def _known(text: VersionText, keys: object) -> bool:
    table = {one.get("key") for one in text.content.get("basis", ())}
    named = list(keys) if isinstance(keys, list | tuple) else []
    return bool(named) and set(named) <= table


assert all(check.of in set(Of) for check in TESTS.values())
