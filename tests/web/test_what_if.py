"""The page of rehearsals: a history typed in, its dates with their proofs, the worked examples at one click."""

from datetime import date

import pytest
from django.test import Client

from onewindow.journal.models import Entry
from onewindow.places.models import County
from onewindow.places.reads import pack_of
from tests.cast import Cast, assemble, at
from tests.web.citizen import on

PAGE = "/rules/what-if/"
OCT9 = at(10, 9)
ASKED = {
    "place": "luoshan",
    "kind": "行政许可",
    "promised": "8",
    "promised_unit": "working",
    "day": "2026-10-12",
    "fact": ["Received", "Accepted", "", ""],
    "on": ["2026-09-24", "2026-09-24", "", ""],
}


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def page(query: dict[str, object], status: int = 200) -> str:
    with on(OCT9):
        answer = Client().get(PAGE, query)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_first_look_rehearses_a_receipt_of_today(cast: Cast) -> None:
    html = page({})
    assert 'value="2026-10-09"' in html
    assert "2026 年 10 月 15 日（星期四）到期" in html


def test_a_history_shows_its_stage_its_light_and_every_term_with_its_proof(cast: Cast) -> None:
    html = page(ASKED)
    for words in (
        "已受理，审核中",
        "剩 1 天",
        "2026 年 10 月 12 日的灯",
        "2026 年 10 月 13 日（星期二）到期",
    ):
        assert words in html
    for words in (
        "2026 年 10 月 29 日（星期四）到期",
        "中秋节放假",
        "应当自受理行政许可申请之日起二十日内作出",
    ):
        assert words in html


def test_each_worked_example_opens_with_one_click_and_agrees_with_the_hand(cast: Cast) -> None:
    examples = pack_of("luoshan").examples
    first = page({})
    assert len(examples) > 20
    for number, one in enumerate(examples, start=1):
        assert f"example={number}#answer" in first
        html = page({"place": "luoshan", "example": str(number)})
        assert one.name in html
        assert "与手算一致" in html
        assert "（不同）" not in html


def test_a_notice_that_came_since_moves_a_provisional_example_and_is_no_fault(cast: Cast) -> None:
    number = next(n for n, one in enumerate(pack_of("luoshan").examples, 1) if "跨入没有放假通知" in one.name)
    notice = (
        'year = 2027\ntitle = "关于2027年部分节假日安排的通知"\nnumber = "测试〔2026〕1号"\nissued = 2026-11-04\n'
        'source = "测试"\nholidays = [ { name = "元旦", from = 2026-12-31, to = 2027-01-03 } ]\n'
    )
    County.objects.update(notices={"2027": notice})
    html = page({"place": "luoshan", "example": str(number)})
    assert "手算时还没有放假通知" in html
    assert "通知公布后变动" in html
    assert "与手算不同" not in html


def test_what_cannot_be_is_said_at_its_row_and_nothing_typed_is_lost(cast: Cast) -> None:
    html = page(ASKED | {"fact": ["Received", "Granted"], "on": ["2026-09-24", "2026-09-25"]}, 422)
    assert "不能办“准予”" in html
    assert 'href="#on-1"' in html
    for kept in (
        'value="2026-09-24"',
        'value="2026-09-25"',
        'value="8"',
        '<option value="Granted" selected>',
    ):
        assert kept in html
    assert 'id="answer"' not in html


@pytest.mark.parametrize(
    ("change", "sentence", "kept"),
    [
        ({"promised": "八"}, "承诺时限应当写成整数天，不能是“八”", 'value="八"'),
        ({"kind": "魔法"}, "事项类型应当是", ""),
        ({"day": "2026-02-30"}, "而且要真有这一天", 'value="2026-02-30"'),
        ({"fact": ["Received"], "on": [""]}, "“收件”是哪一天？请填日期。", "selected"),
        ({"fact": [""], "on": ["2026-09-24"]}, "2026-09-24 发生了什么？", 'value="2026-09-24"'),
        ({"fact": [""], "on": [""]}, "至少要有收件", 'value="8"'),
        ({"place": "atlantis"}, "没有这个地方", 'value="8"'),
        ({"on": ["1999-01-04", "1999-01-04"]}, "1999 年的节假日安排还没有录入", 'value="1999-01-04"'),
        ({"legal": "3"}, "承诺的 8 天比法定的 3 天还长", 'value="3"'),
    ],
)
def test_bad_input_is_told_in_a_sentence(
    cast: Cast, change: dict[str, object], sentence: str, kept: str
) -> None:
    html = page(ASKED | change, 422)
    assert sentence in html
    assert kept in html


def test_what_is_typed_stands_on_the_page_as_the_words_it_is(cast: Cast) -> None:
    evil = "<script>alert(1)</script>"
    html = page(ASKED | {"promised": evil, "fact": [evil], "on": [evil], "kind": evil, "channel": evil}, 422)
    assert evil not in html
    assert "&lt;script&gt;" in html


def test_a_rehearsal_reads_no_case_and_writes_nothing(cast: Cast, django_assert_max_num_queries) -> None:
    before = Entry.objects.count()
    with on(OCT9), django_assert_max_num_queries(2):
        Client().get(PAGE, ASKED)
    assert Entry.objects.count() == before


def test_another_place_answers_by_its_own_pack(cast: Cast) -> None:
    html = page(ASKED | {"place": "hedong"})
    assert "河东区：窗口提出不予受理，第二人在五日内确认" in html
    assert date(2026, 10, 13).isoformat() not in html
