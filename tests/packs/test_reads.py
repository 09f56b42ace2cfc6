"""Every rule beside its clause, and the difference between two places."""

from datetime import date
from pathlib import Path

import pytest

from onewindow.packs import load
from onewindow.packs.reads import Row, difference, explain
from onewindow.rules.pack import LOCAL_WORDS, Basis
from tests.packs.reckon import PACKS

DAY = date(2026, 11, 22)


def rows(pack_id: str, key: str) -> list[Row]:
    return [row for row in explain(load(pack_id, PACKS), DAY) if row.key == key]


def test_a_rule_stands_beside_its_source_clause_and_words() -> None:
    row = rows("hedong", "refusal.second_person")[0]
    assert row.value == "是"
    assert row.own
    assert row.quotes[0].number == "临东政办字〔2022〕21号"
    assert row.quotes[0].clause == "三(二)5"
    assert row.quotes[0].quote == "窗口无权否决等工作制度"
    assert row.verified


def test_an_inherited_rule_names_where_it_comes_from() -> None:
    row = rows("luoshan", "issue.point")[0]
    assert not row.own
    assert row.origin == "河南省"
    assert row.value == "统一窗口出件"
    assert row.quotes[0].source == "《河南省优化营商环境条例》"


def test_a_rule_that_a_nearer_pack_replaced_is_shown_as_replaced() -> None:
    own, above = rows("fangcheng", "issue.point")
    assert (own.value, own.in_force) == ("综合窗口出件", True)
    assert (above.value, above.in_force) == ("统一窗口出件", False)


def test_a_law_that_has_a_newer_text_says_so() -> None:
    quote = rows("cn", "log.keep_months")[0].quotes[0]
    assert "2026 年 1 月 1 日" in quote.newer


def test_the_days_to_decide_say_that_the_items_own_law_goes_first() -> None:
    licence, others, joint = sorted(rows("cn", "decide"), key=lambda row: "联办件" in row.kinds)
    assert (joint.kinds, joint.value[:7]) == ("行政许可（联办件）", "45个工作日（")
    assert licence.value == "20个工作日（事项依据的法律、法规另有规定的，依照其规定）"
    assert licence.kinds == "行政许可"
    assert others.value == "事项依据规定的时限"
    assert others.kinds == "行政许可以外的事项"


@pytest.mark.parametrize("key", ["rongque.days", "complaint.close_days", "correction.answer_days"])
def test_a_setting_says_that_no_document_gives_it(key: str) -> None:
    row = rows("luoshan", key)[0]
    assert row.basis is Basis.LOCAL
    assert row.note.startswith(LOCAL_WORDS)
    assert row.quotes == ()


def test_no_setting_passes_for_a_rule_and_no_rule_is_without_words() -> None:
    for pack_id in ("luoshan", "zhanhe", "fangcheng", "jining", "hedong"):
        for row in explain(load(pack_id, PACKS), DAY):
            assert bool(row.quotes) == (row.basis is not Basis.LOCAL)


def test_luoshan_and_hedong_differ_where_their_texts_do() -> None:
    found = {d.key: d for d in difference(load("luoshan", PACKS), load("hedong", PACKS), DAY)}
    assert found["refusal.second_person"].one == "没有规定"
    assert found["refusal.second_person"].other == "是"
    assert found["issue.point"].other == "统一出证窗口"
    assert found["brand"].other == "爱山东·沂好办"
    assert found["venue.county"].one == "罗山县政务服务中心"
    assert found["venue.county"].one_quotes[0].clause == "跨层联办工作制度 二"


def test_the_days_of_the_law_are_no_difference() -> None:
    found = {d.key for d in difference(load("luoshan", PACKS), load("hedong", PACKS), DAY)}
    assert not found & {"accept", "decide", "deliver", "promised", "accept.deemed", "remedy.review_days"}


def test_a_place_does_not_differ_from_itself() -> None:
    pack = load("zhanhe", PACKS)
    assert difference(pack, pack, DAY) == []


def test_a_term_for_some_channels_says_which() -> None:
    pack = load("ceshi", Path(__file__).parent / "data", PACKS)
    own = [row for row in explain(pack, DAY) if row.key == "accept" and row.own]
    assert [(row.title, row.value) for row in own] == [
        ("受理期限（移动端、电脑端）", "1个工作日"),
        ("受理期限", "2个工作日"),
    ]
    found = {d.key: d for d in difference(pack, load("hedong", PACKS), DAY)}
    assert found["accept"].one == "2个工作日；移动端、电脑端：1个工作日"
    assert found["accept"].other == "5个工作日"
