"""The notices as data, and years that have none yet."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from onewindow.packs import PackError
from onewindow.packs.calendar import load, parse_notice, together

PACKS = Path(__file__).resolve().parents[2] / "packs"

NOTICE = """年份,2027
标题,国务院办公厅关于2027年部分节假日安排的通知
文号,国办发明电〔2026〕0号
日期,2026-11-20
来源,测试
放假,元旦,2027-01-01,2027-01-03
放假,清明节,2027-04-05
上班,元旦,2026-12-26
"""


def test_three_years_are_noticed_with_number_date_and_source() -> None:
    years = load(PACKS)
    assert [year for year, notice in years.items() if notice.noticed] == [2024, 2025, 2026]
    assert years[2026].number == "国办发明电〔2025〕7号"
    assert years[2026].issued == date(2025, 11, 4)
    assert all(notice.source and notice.title for notice in years.values())


def test_the_notices_have_as_many_days_as_their_text_says() -> None:
    years = load(PACKS)
    # 1 + 8 + 3 + 5 + 1 + 3 + 7; 1 + 8 + 3 + 5 + 3 + 8; 3 + 9 + 3 + 5 + 3 + 3 + 7
    assert [len(years[year].off) for year in (2024, 2025, 2026)] == [28, 28, 33]
    assert [len(years[year].makeup) for year in (2024, 2025, 2026)] == [8, 5, 6]


def test_the_eve_of_2024_was_a_working_day_and_that_of_2025_was_not() -> None:
    years = load(PACKS)
    assert date(2024, 2, 9) not in years[2024].off
    assert years[2025].off[date(2025, 1, 28)] == "春节"


def test_a_year_without_notice_has_its_statutory_days_and_days_in_lieu() -> None:
    plain = load(PACKS)[2027]
    assert not plain.noticed
    assert not plain.makeup
    working_days_off = sorted(day for day in plain.off if day.weekday() < 5)
    assert working_days_off == [
        date(2027, 1, 1),
        date(2027, 2, 5),
        date(2027, 2, 8),
        date(2027, 2, 9),
        date(2027, 2, 10),
        date(2027, 4, 5),
        date(2027, 5, 3),
        date(2027, 5, 4),
        date(2027, 6, 9),
        date(2027, 9, 15),
        date(2027, 10, 1),
        date(2027, 10, 4),
        date(2027, 10, 5),
    ]


def test_statutory_days_are_known_until_2032_and_no_further() -> None:
    assert max(load(PACKS)) == 2032


def test_a_notice_can_be_imported_from_a_table() -> None:
    notice = parse_notice(NOTICE)
    assert notice.noticed
    assert notice.off[date(2027, 1, 2)] == "元旦"
    assert notice.off[date(2027, 4, 5)] == "清明节"
    assert date(2026, 12, 26) in notice.makeup


def test_an_imported_notice_takes_the_place_of_the_statutory_days() -> None:
    years = together([*load(PACKS).values(), parse_notice(NOTICE)])
    assert years[2027].noticed
    assert date(2027, 6, 9) not in years[2027].off


def test_a_day_that_a_notice_takes_from_the_old_year_is_found_in_the_old_year() -> None:
    years = together([*load(PACKS).values(), parse_notice(NOTICE)])
    assert years[2026].makeup[date(2026, 12, 26)] == "元旦"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("上班,元旦,2026-12-26", "上班,元旦,2026-12-28", "2026-12-28 本来就是工作日"),
        ("上班,元旦,2026-12-26", "上班,元旦,2027-01-02", "2027-01-02 既放假又上班"),
        ("放假,清明节,2027-04-05", "放假,清明节,2028-04-05", "2028-04-05 不属于 2027 年"),
        ("2027-01-01,2027-01-03", "2027-01-03,2027-01-01", "元旦 的放假期间不对"),
        ("放假,清明节,2027-04-05", "放假,清明节,4月5日", "第 7 行不能辨认"),
        ("文号,国办发明电〔2026〕0号\n", "", "缺少 number"),
    ],
)
def test_a_notice_that_cannot_be_right_is_refused_in_a_sentence(old: str, new: str, sentence: str) -> None:
    assert old in NOTICE
    with pytest.raises(PackError, match=sentence):
        parse_notice(NOTICE.replace(old, new))


def test_every_shipped_year_goes_round_without_a_day_in_two_places() -> None:
    for year, notice in load(PACKS).items():
        days = [date(year, 1, 1) + timedelta(n) for n in range(366)]
        assert all(day in days for day in (*notice.off, *notice.makeup))
        assert not set(notice.off) & set(notice.makeup)
