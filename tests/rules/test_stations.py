"""The stations of a case: when it entered and left each of them, with whom, and how long it lay between two."""

from datetime import datetime, timedelta

import pytest

from onewindow.rules import all_facts  # noqa: F401 (their facts are in the table)
from onewindow.rules.facts import FACTS as ALL
from onewindow.rules.stations import (
    FACTS,
    READY,
    Before,
    Line,
    Stamp,
    Station,
    line,
    typical,
    words,
)

S = Station
NINE = datetime(2026, 9, 24, 9, 0)
LIWEI, ZHANGMIN, CHENJU, ZHOUJIE, WANGFANG = "officer:1", "officer:2", "officer:3", "officer:4", "party:1"


def then(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def stamps(*told: tuple[str, int, str]) -> list[Stamp]:
    return [Stamp(what, then(minutes), by) for what, minutes, by in told]


def stamp(what: str, minutes: int, by: str) -> Stamp:
    return Stamp(what, then(minutes), by)


def way(found: Line) -> list[tuple[Station, int, str, int | None, str]]:
    return [
        (
            span.station,
            int((span.entered.at - NINE).total_seconds()) // 60,
            span.entered.by,
            int((span.left.at - NINE).total_seconds()) // 60 if span.left else None,
            span.left.by if span.left else "",
        )
        for span in found.spans
    ]


def waits(found: Line) -> list[tuple[Station, Station | None, int]]:
    return [(gap.before, gap.after, int(gap.wait.total_seconds()) // 60) for gap in found.gaps]


IN_HALL = Before(
    came=stamp("came", 0, ZHOUJIE),
    numbered=stamp("numbered", 2, ZHOUJIE),
    served=stamp("served", 20, LIWEI),
    begun=stamp("begun", 21, LIWEI),
)
AT_HOME = Before(begun=stamp("begun", 0, WANGFANG), by_himself=True, handed_in=stamp("sealed", 30, WANGFANG))


@pytest.mark.req("HD-3.2.4b")
def test_a_case_of_the_window_passes_guide_intake_review_and_issue() -> None:
    facts = stamps(
        ("Received", 35, LIWEI),
        ("Accepted", 36, LIWEI),
        ("Reviewed", 200, ZHANGMIN),
        ("Granted", 1500, CHENJU),
        (READY, 1501, "system"),
        ("Delivered", 3000, ZHOUJIE),
    )
    found = line(IN_HALL, facts, then(9999), over=True)
    assert way(found) == [
        (S.GUIDE, 0, ZHOUJIE, 2, ZHOUJIE),
        (S.INTAKE, 20, LIWEI, 36, LIWEI),
        (S.REVIEW, 200, ZHANGMIN, 1500, CHENJU),
        (S.ISSUE, 1501, "system", 3000, ZHOUJIE),
    ]
    assert waits(found) == [(S.GUIDE, S.INTAKE, 18), (S.INTAKE, S.REVIEW, 164), (S.REVIEW, S.ISSUE, 1)]
    assert found.longest is not None
    assert (found.longest.before, found.longest.after) == (S.INTAKE, S.REVIEW)


@pytest.mark.req("HD-3.2.4b")
def test_what_somebody_filled_in_himself_waits_until_an_officer_looks_at_it() -> None:
    facts = stamps(("Received", 30, WANGFANG), ("Judged", 90, LIWEI), ("Accepted", 95, LIWEI))
    found = line(AT_HOME, facts, then(120), over=False)
    assert way(found) == [(S.FILL, 0, WANGFANG, 30, WANGFANG), (S.INTAKE, 90, LIWEI, 95, LIWEI)]
    # Nobody behind the window has looked at it yet: that wait still lasts.
    assert waits(found) == [(S.FILL, S.INTAKE, 60), (S.INTAKE, None, 25)]
    assert [gap.running for gap in found.gaps] == [False, True]
    before_anybody = line(AT_HOME, facts[:1], then(50), over=False)
    assert waits(before_anybody) == [(S.FILL, None, 20)]


def test_what_was_begun_at_home_and_finished_at_a_window_goes_over_without_a_wait() -> None:
    before = Before(begun=stamp("begun", 0, WANGFANG), by_himself=True, served=stamp("served", 60, LIWEI))
    found = line(before, stamps(("Received", 70, LIWEI), ("Accepted", 70, LIWEI)), then(70), over=True)
    assert way(found) == [(S.FILL, 0, WANGFANG, 60, LIWEI), (S.INTAKE, 60, LIWEI, 70, LIWEI)]
    assert waits(found) == [(S.FILL, S.INTAKE, 0)]


def test_what_is_settled_in_one_sitting_has_no_wait_worth_telling() -> None:
    before = Before(begun=stamp("begun", 0, LIWEI))
    facts = stamps(
        ("Received", 5, LIWEI), ("Accepted", 5, LIWEI), ("Granted", 5, LIWEI), ("Delivered", 6, LIWEI)
    )
    found = line(before, facts, then(9), over=True)
    assert [span.station for span in found.spans] == [S.INTAKE, S.REVIEW, S.ISSUE]
    assert waits(found) == [(S.INTAKE, S.REVIEW, 0), (S.REVIEW, S.ISSUE, 1)]


def test_a_refusal_ends_at_the_intake_and_a_withdrawal_where_it_stood() -> None:
    before = Before(begun=stamp("begun", 0, LIWEI))
    refused = line(before, stamps(("Received", 5, LIWEI), ("Refused", 9, CHENJU)), then(99), over=True)
    assert way(refused) == [(S.INTAKE, 0, LIWEI, 9, CHENJU)]
    assert refused.gaps == ()
    assert refused.longest is None
    facts = stamps(
        ("Received", 5, LIWEI),
        ("Accepted", 6, LIWEI),
        ("Reviewed", 60, ZHANGMIN),
        ("Withdrawn", 70, WANGFANG),
    )
    withdrawn = line(before, facts, then(99), over=True)
    assert way(withdrawn)[-1] == (S.REVIEW, 60, ZHANGMIN, 70, WANGFANG)


def test_a_promise_taken_back_leads_to_the_intake_a_second_time() -> None:
    before = Before(begun=stamp("begun", 0, LIWEI))
    facts = stamps(
        ("Received", 5, LIWEI),
        ("Accepted", 6, LIWEI),
        ("Reviewed", 60, ZHANGMIN),
        ("PromiseTakenBack", 80, WANGFANG),
        ("Accepted", 90, LIWEI),
        ("Granted", 200, CHENJU),
    )
    found = line(before, facts, then(200), over=False)
    assert [(one[0], one[1], one[3]) for one in way(found)] == [
        (S.INTAKE, 0, 6),
        (S.REVIEW, 60, 80),
        (S.INTAKE, 80, 90),
        (S.REVIEW, 200, 200),
    ]


def test_a_parcel_leaves_with_the_courier_and_comes_back_to_the_window() -> None:
    before = Before(begun=stamp("begun", 0, LIWEI))
    facts = stamps(
        ("Received", 5, LIWEI),
        ("Accepted", 5, LIWEI),
        ("Granted", 50, CHENJU),
        ("Dispatched", 60, ZHOUJIE),
        ("CameBack", 90, ZHOUJIE),
        ("Dispatched", 95, ZHOUJIE),
        ("Delivered", 200, ZHOUJIE),
    )
    found = line(before, facts, then(300), over=True)
    issued = [(one[1], one[3]) for one in way(found) if one[0] is S.ISSUE]
    assert issued == [(60, 60), (90, 95)]


def test_the_median_of_many_is_told_pair_by_pair_and_what_still_waits_is_left_out() -> None:
    before = Before(begun=stamp("begun", 0, LIWEI))

    def one(reviewed: int) -> Line:
        facts = stamps(("Received", 5, LIWEI), ("Accepted", 10, LIWEI), ("Reviewed", reviewed, ZHANGMIN))
        return line(before, facts, then(9999), over=False)

    waiting = line(before, stamps(("Received", 5, LIWEI), ("Accepted", 10, LIWEI)), then(9999), over=False)
    (found,) = typical([one(20), one(40), one(1000), waiting])
    assert (found.before, found.after, found.many) == (S.INTAKE, S.REVIEW, 3)
    assert (found.median, found.longest) == (timedelta(minutes=30), timedelta(minutes=990))
    assert typical([]) == []


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "不到 1 分钟"),
        (5, "5 分钟"),
        (60, "1 小时"),
        (65, "1 小时 5 分钟"),
        (1440, "1 天"),
        (1500, "1 天 1 小时"),
    ],
)
def test_a_wait_is_told_in_words(minutes: int, said: str) -> None:
    assert words(timedelta(minutes=minutes)) == said


def test_every_fact_that_moves_a_case_between_stations_is_a_fact() -> None:
    assert set(ALL) >= FACTS
