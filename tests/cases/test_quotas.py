"""数量限制 (行政许可法 57): places go in the order of acceptance, and never beyond the number."""

from datetime import date, datetime

import pytest

from onewindow.cases.acts import accept, decide, examine, withdraw
from onewindow.cases.models import Case
from onewindow.cases.quotas import row_of, row_of_item
from onewindow.catalogue.models import ItemVersion
from onewindow.rules.grants import SYSTEM, NotAllowed
from tests.cast import Cast, assemble, at

pytestmark = pytest.mark.django_db
TWO = {"limited": {"number": 2, "period": "year", "basis": []}}
SEP25, SEP28 = at(9, 25), at(9, 28)


@pytest.fixture
def cast() -> Cast:
    return assemble(guide=TWO)


def examined(cast: Cast, when: datetime) -> Case:
    case = accept.accept(cast.apply(when), by=cast.liwei, at=when)
    examine.review(case, by=cast.zhangmin, at=when, favourable=True, text="同意")
    return case


def grant(cast: Cast, case: Case, when: datetime = SEP28) -> None:
    decide.grant(case, by=cast.chenju, at=when, text="准予")


def deny(cast: Cast, case: Case) -> None:
    decide.deny(
        case, by=cast.chenju, at=SEP28, text="不予", grounds="没有名额", basis="《行政许可法》第五十七条"
    )


def three(cast: Cast) -> list[Case]:
    return [examined(cast, at(9, 24, hour)) for hour in (9, 10, 11)]


def test_two_have_a_place_in_the_order_of_acceptance_and_the_third_has_none(cast: Cast) -> None:
    cases = three(cast)
    line = row_of_item(cast.version.item, SEP28.date())
    assert [(one.case.pk, one.place.rank, one.place.has_place) for one in line] == [
        (cases[0].pk, 1, True),
        (cases[1].pk, 2, True),
        (cases[2].pk, 3, False),
    ]


def test_the_second_may_be_granted_before_the_first_because_both_have_a_place(cast: Cast) -> None:
    cases = three(cast)
    grant(cast, cases[1])
    grant(cast, cases[0])
    with pytest.raises(NotAllowed, match="每年 2 个，已经全部准予"):
        grant(cast, cases[2])


def test_the_third_is_not_granted_past_one_who_was_accepted_earlier_and_waits(cast: Cast) -> None:
    cases = three(cast)
    grant(cast, cases[0])
    with pytest.raises(NotAllowed, match=r"已准予 1 个。按受理先后，本件前面还有 1 件没有决定"):
        grant(cast, cases[2])


def test_who_was_denied_or_withdrew_leaves_his_place_to_the_next(cast: Cast) -> None:
    cases = three(cast)
    deny(cast, cases[0])
    grant(cast, cases[2])
    withdraw.withdraw(cases[1], by=cast.wangfang, at=SEP28)
    later = examined(cast, SEP25)
    grant(cast, later)


def test_the_order_is_that_of_acceptance_not_of_receipt(cast: Cast) -> None:
    early = cast.apply(at(9, 24, 8))
    first, second = examined(cast, at(9, 24, 9)), examined(cast, at(9, 24, 10))
    accept.accept(early, by=cast.liwei, at=at(9, 24, 11))
    line = [one.case.pk for one in row_of(Case.objects.get(pk=early.pk), SEP28.date())]
    assert line == [first.pk, second.pk, early.pk]


def test_an_acceptance_by_silence_stands_where_the_law_dates_it_at_the_receipt(cast: Cast) -> None:
    forgotten = cast.apply(at(9, 24, 8))
    first = examined(cast, at(9, 24, 9))
    # Received on 24 September; the 25th is a holiday: 28, 29, 30 three, 8 and 9 October five, accepted on the 10th.
    assert not accept.accept_by_silence(forgotten, by=SYSTEM, at=at(10, 9))
    assert accept.accept_by_silence(forgotten, by=SYSTEM, at=at(10, 10))
    line = [one.case.pk for one in row_of(Case.objects.get(pk=first.pk), at(10, 10).date())]
    assert line == [forgotten.pk, first.pk]


def test_a_new_year_brings_new_places_and_a_total_does_not(cast: Cast) -> None:
    cases = three(cast)
    grant(cast, cases[0])
    grant(cast, cases[1])
    assert row_of_item(ItemVersion.objects.get().item, date(2027, 1, 5)) == []


def test_of_a_total_a_licence_that_has_run_out_frees_its_place() -> None:
    cast = assemble(guide={"limited": {"number": 1, "period": "total", "basis": []}}, validity="一年")
    first = examined(cast, at(9, 24, 9))
    grant(cast, first)
    second = examined(cast, at(9, 24, 10))
    with pytest.raises(NotAllowed, match="总共 1 个，已经全部准予"):
        grant(cast, second)
    line = row_of(Case.objects.get(pk=second.pk), date(2027, 9, 28))  # valid until 27 September 2027
    assert [one.case.pk for one in line] == [second.pk]


def test_an_item_without_a_number_asks_nothing() -> None:
    cast = assemble()
    case = examined(cast, at(9, 24, 9))
    grant(cast, case)
    assert row_of(Case.objects.get(pk=case.pk), SEP28.date()) == []
