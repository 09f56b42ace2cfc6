"""The proof sheet on paper: every day a line, on as many pages as it needs, and never taken for a letter."""

from datetime import date, timedelta
from io import BytesIO

from pypdf import PdfReader

from onewindow.letters.proofs import NO_LETTER, ProofSheet, Row, Words, typeset
from tests.cast import at

START = date(2026, 6, 1)
EVIL = '#panic("x") *bold* $ \\ <label> @ref'


def sheet(days: int, **told: object) -> ProofSheet:
    rows = tuple(
        Row(START + timedelta(days=n), True, f"第 {n} 天", "工作日", 0 if n > 1 else 1, n == days)
        for n in range(1, days + 1)
    )
    given: dict[str, object] = {
        "key": "decide",
        "case": "LS-260601-0001",
        "item": "食品经营许可（新办）",
        "organ": "罗山县市场监督管理局",
        "title": "法定办结时限　90 个工作日",
        "answer": "2026 年 8 月 30 日（星期日）到期",
        "provisional": "",
        "told": (("事项", "食品经营许可（新办）"),),
        "rows": rows,
        "total": days,
        "sources": ("《中华人民共和国民法典》第二百零一条",),
        "clauses": (Words("《中华人民共和国行政许可法》", "第四十二条第一款", "二十日内作出行政许可决定"),),
        "rules": (),
        "notes": (),
        "drawn": at(6, 2),
        "demo": True,
    }
    return ProofSheet(**(given | told))  # type: ignore[arg-type]


def pages(made: bytes) -> list[str]:
    return [page.extract_text().replace(" ", "") for page in PdfReader(BytesIO(made)).pages]


def test_a_long_term_has_every_day_and_each_page_repeats_its_head_and_its_warning() -> None:
    told = pages(typeset(sheet(90)))
    whole = "".join(told)
    assert len(told) >= 3
    assert [n for n in range(1, 91) if f"第{n}天" not in whole] == []
    assert all(NO_LETTER in page for page in told)
    assert all(f"第{n}页" in page and f"共{len(told)}页" in page for n, page in enumerate(told, 1))
    assert all("为什么" in page for page in told if "工作日" in page and "2026-" in page)


def test_a_short_term_stays_on_one_page() -> None:
    assert len(pages(typeset(sheet(8)))) == 1


def test_a_demonstration_is_marked_and_a_real_office_is_not() -> None:
    assert "演示" in pages(typeset(sheet(3)))[0]
    assert "演示" not in pages(typeset(sheet(3, demo=False)))[0]


def test_what_is_typed_is_never_read_as_commands_of_the_typesetter() -> None:
    told = "".join(pages(typeset(sheet(2, item=EVIL, notes=(EVIL,)))))
    assert EVIL.replace(" ", "") in told


def test_a_provisional_day_says_so_beside_the_answer() -> None:
    assert "暂定" in pages(typeset(sheet(2, provisional="暂定，待国务院办公厅放假通知")))[0]
