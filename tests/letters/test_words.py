"""Dates, numerals and day counts as letters write them."""

from dataclasses import replace
from datetime import date

import pytest

from onewindow.letters import words
from onewindow.letters.bodies.phrases import within
from onewindow.letters.data import Term
from onewindow.rules.clock import Pause, prove, reckon
from tests.calendar import CALENDAR
from tests.letters.story import ARTICLE_32, ARTICLE_38, term


def test_a_date_is_written_with_its_weekday() -> None:
    assert words.weekday(date(2026, 10, 13)) == "2026年10月13日（星期二）"


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (6, "六"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (60, "六十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (365, "三百六十五"),
    ],
)
def test_terms_of_remedies_are_written_in_chinese_numerals(count: int, written: str) -> None:
    assert words.number(count) == written


def test_several_articles_are_cited_in_one_phrase_and_none_in_no_phrase() -> None:
    assert words.law((ARTICLE_32, ARTICLE_38)) == (
        "依照《中华人民共和国行政许可法》第三十二条、《中华人民共和国行政许可法》第三十八条的规定，"
    )
    assert words.law(()) == ""
    assert words.decides(()) == "现决定"


def test_a_count_over_the_national_day_names_every_day_that_does_not_count() -> None:
    assert words.counted(term(8)) == (
        "9月24日受理，当日不计；9月25日至27日（中秋节放假）、10月1日至7日（国庆节放假）、10月11日（星期日）不计入；"
        "10月10日（星期六调休上班）计入；第8个工作日是10月13日。"
    )


def test_a_count_without_days_off_says_so_shortly() -> None:
    assert (
        words.counted(term(2, "收到", date(2026, 9, 21))) == "9月21日收到，当日不计；第2个工作日是9月23日。"
    )


def test_a_weekend_is_named_as_two_days() -> None:
    assert "9月12日、13日（星期六、星期日）不计入" in words.counted(term(5, "收到", date(2026, 9, 9)))


def test_a_term_over_new_year_names_the_year_and_is_marked_provisional() -> None:
    over = term(20, "受理", date(2026, 12, 10))
    assert words.due(over).endswith("（暂定，待国务院办公厅放假通知）")
    assert words.due(over).startswith("2027年1月")
    assert words.counted(over).count("暂定") == 0
    assert "2027年1月1日" in words.counted(over)


def test_a_calendar_term_that_ends_on_a_day_off_says_that_it_moved() -> None:
    reckoning = reckon(date(2026, 9, 21), 5, "calendar", CALENDAR)
    moved = Term.of(reckoning, prove(reckoning, CALENDAR), begins_with="收到")
    assert moved.due == date(2026, 9, 28)
    assert words.counted(moved).endswith("9月28日。")
    assert "遇休息日，顺延" in words.counted(moved)


def test_a_term_that_stands_still_cannot_be_printed() -> None:
    standing = reckon(date(2026, 9, 21), 5, "working", CALENDAR, (Pause(date(2026, 9, 22), None, "检验"),))
    with pytest.raises(ValueError, match="停止计算"):
        Term.of(standing, (), begins_with="受理")


def test_a_number_that_no_text_gives_is_marked_as_local() -> None:
    assert words.length(replace(term(15), local=True)) == "15个工作日（本地设定，文件未规定）"


def test_what_is_promised_at_once_is_not_counted_in_days() -> None:
    at_once = term(0)
    assert words.length(at_once) == "当场办结"
    assert words.counted(at_once) == ""
    assert within(at_once)[0] == "当场办结，即"
