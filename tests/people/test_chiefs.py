"""首席事务代表: a head delegates the powers of the department at the window, for a term, to one person."""

from datetime import date, datetime

import pytest

from onewindow.cases.acts import accept, decide, defer, examine
from onewindow.journal.models import Entry
from onewindow.people import acts as people
from onewindow.people.models import Delegation, Officer, Post
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.cast import COUNTY, EXAMINER, SEP24, Cast, assemble, at, officer

pytestmark = pytest.mark.django_db

BOTH = (Grant.CASE_ACCEPT, Grant.CASE_DECIDE)


@pytest.fixture
def cast() -> Cast:
    return with_head(assemble(pack="fangcheng"))


def with_head(cast: Cast) -> Cast:
    head = cast.chenju.held.get().post
    head.grants, head.head = [*head.grants, Grant.CHIEF_DELEGATE.value], True
    head.save()
    cast.chenju = on(cast.chenju, SEP24.date())
    return cast


def on(who: Officer, day: date) -> Officer:
    """The same, with his powers of a day."""
    fresh = Officer.objects.get(pk=who.pk)
    fresh.day = day
    return fresh


def hejing(cast: Cast) -> Officer:
    """何静, lent by another office, who examines nothing here."""
    post = Post.objects.create(
        county=COUNTY,
        name="借调",
        scope="department",
        department=cast.police,
        grants=[Grant.CASE_FORWARD.value],
    )
    return officer(COUNTY, "何静", "S002", post)


def delegate(
    cast: Cast, who: Officer, *, when: datetime = SEP24, until: date = date(2026, 10, 30), **told: object
) -> Delegation:
    values = {"title": "窗口负责人", "powers": BOTH, "since": when.date(), "until": until, **told}
    return people.delegate(cast.market, by=cast.chenju, at=when, officer=who, **values)  # type: ignore[arg-type]


def test_who_was_delegated_accepts_and_decides_and_every_fact_says_by_which_delegation(cast: Cast) -> None:
    who = hejing(cast)
    held = delegate(cast, who).holding
    case = cast.apply()
    accept.accept(case, by=on(who, SEP24.date()), at=SEP24)
    examine.review(case, by=cast.zhangmin, at=at(9, 25), favourable=True, text="建议准予")
    decide.grant(case, by=on(who, date(2026, 9, 28)), at=at(9, 28), text="准予")
    marks = {e.fact: e.body.get("chief") for e in Entry.objects.filter(subject=case.subject)}
    assert (marks["Accepted"], marks["Granted"]) == (held.pk, held.pk)


@pytest.mark.req("FC-3.1.2a")
def test_after_its_term_the_delegation_gives_nothing(cast: Cast) -> None:
    who = hejing(cast)
    delegate(cast, who, until=date(2026, 9, 30))
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予")
    with pytest.raises(NotGranted):
        decide.grant(case, by=on(who, date(2026, 10, 8)), at=at(10, 8), text="准予")
    assert decide.grant(case, by=on(who, date(2026, 9, 30)), at=at(9, 30), text="准予").granted


def test_four_eyes_hold_for_a_representative_too(cast: Cast) -> None:
    post = Post.objects.create(
        county=COUNTY,
        name="核查岗",
        scope="department",
        department=cast.market,
        grants=[Grant.CASE_EXAMINE.value, Grant.INTAKE_RECEIVE.value],
    )
    who = officer(COUNTY, "何静", "S002", post)
    delegate(cast, who)
    case = cast.accepted()
    examine.review(case, by=on(who, date(2026, 9, 25)), at=at(9, 25), favourable=True, text="建议准予")
    with pytest.raises(NotAllowed, match="不能是同一个人"):
        decide.grant(case, by=on(who, date(2026, 9, 28)), at=at(9, 28), text="准予")
    own = cast.apply(at(9, 28))
    type(own).objects.filter(pk=own.pk).update(taken_by=who)
    with pytest.raises(NotAllowed, match="不能受理或者决定自己收的件"):
        accept.accept(own, by=on(who, date(2026, 9, 28)), at=at(9, 28))


def test_a_power_of_his_own_is_not_marked_as_delegated(cast: Cast) -> None:
    delegate(cast, cast.zhangmin, powers=[Grant.CASE_ACCEPT])
    assert Grant.CASE_ACCEPT in EXAMINER
    case = cast.apply()
    accept.accept(case, by=on(cast.zhangmin, SEP24.date()), at=SEP24)
    assert Entry.objects.get(subject=case.subject, fact="Accepted").body["chief"] == 0


def test_only_one_at_a_time_never_oneself_never_what_the_law_leaves_to_the_head(cast: Cast) -> None:
    who = hejing(cast)
    for wrong, said in (
        ({"who": cast.chenju}, "不能授权给自己"),
        ({"powers": [Grant.CASE_EXTEND]}, "延长期限"),
        ({"powers": []}, "请选授权的事项"),
        ({"until": date(2026, 9, 1)}, "截止日期"),
        ({"until": date(2028, 9, 1)}, "最长一年"),
        ({"title": " "}, "职务"),
    ):
        with pytest.raises(NotAllowed, match=said):
            delegate(cast, **{"who": who, **wrong})  # type: ignore[arg-type]
    delegate(cast, who)
    with pytest.raises(NotAllowed, match="已经是本部门的首席事务代表"):
        delegate(cast, cast.zhangmin)
    with pytest.raises(NotGranted):
        people.delegate(
            cast.police, by=cast.chenju, at=SEP24, officer=who, title="窗口负责人", powers=BOTH,
            since=SEP24.date(), until=date(2026, 10, 30),
        )  # fmt: skip


def test_a_revoked_delegation_ends_at_once_and_another_may_follow(cast: Cast) -> None:
    who = hejing(cast)
    given = delegate(cast, who)
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予")
    with pytest.raises(NotAllowed, match="写明撤销"):
        people.revoke(given, by=cast.chenju, at=at(9, 28), why="")
    people.revoke(given, by=cast.chenju, at=at(9, 28), why="调离窗口")
    with pytest.raises(NotGranted):
        decide.grant(case, by=on(who, date(2026, 9, 28)), at=at(9, 28, 11), text="准予")
    with pytest.raises(NotAllowed, match="已经结束或者撤销"):
        people.revoke(given, by=cast.chenju, at=at(9, 28), why="再撤")
    assert delegate(cast, cast.zhangmin, when=at(9, 28)).number == "罗市监授〔2026〕2号"
    assert [e.fact for e in Entry.objects.filter(fact__startswith="Chief").order_by("pk")] == [
        "ChiefDelegated",
        "ChiefRevoked",
        "ChiefDelegated",
    ]


def test_a_place_whose_text_has_no_representative_offers_none(cast: Cast) -> None:
    type(cast.county).objects.update(pack="luoshan")
    with pytest.raises(NotAllowed, match="没有首席事务代表制度"):
        delegate(cast, hejing(cast))


def test_an_acceptance_on_a_promise_is_marked_too_and_never_given_on_his_own_intake() -> None:
    cast = with_head(assemble(pack="fangcheng", papers={"zd": {"necessity": "deferrable"}}))
    who = hejing(cast)
    held = delegate(cast, who).holding
    own, case = cast.apply(zd="missing"), cast.apply(at(9, 24, 11), zd="missing")
    type(own).objects.filter(pk=own.pk).update(taken_by=who)
    with pytest.raises(NotAllowed, match="不能受理或者决定自己收的件"):
        defer.accept_on_promise(own, by=on(who, SEP24.date()), at=at(9, 24, 11), on_paper=True)
    defer.accept_on_promise(case, by=on(who, SEP24.date()), at=at(9, 24, 11), on_paper=True)
    assert Entry.objects.get(subject=case.subject, fact="Accepted").body["chief"] == held.pk
