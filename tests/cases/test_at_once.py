"""即办件: accepted, granted and handed over at one window in one sitting; late tomorrow."""

from datetime import date

import pytest

from onewindow.cases.acts import deliver, refuse
from onewindow.cases.acts.accept import accept
from onewindow.cases.acts.at_once import decide_at_once
from onewindow.cases.acts.decide import deny
from onewindow.cases.models import Case
from onewindow.cases.tick import tick
from onewindow.journal.models import Entry
from onewindow.letters.models import Letter
from onewindow.notices.models import OfficerMessage
from onewindow.people.models import Post
from onewindow.places.models import Department
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.cases.test_life import TAKER
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out, officer

pytestmark = pytest.mark.django_db
ONE_STEP = ({"name": "受理", "role": "window"}, {"name": "决定", "role": "examiner"})
POINTS = ({"look": "申请书", "check": "签名齐全", "fails": "当场补签"},)
LOOKED = ({"point": "申请书", "fits": True, "note": ""},)


def cast_of(pack: str = "zhanhe", *, delegated: bool = True, **how: object) -> Cast:
    cast = assemble(
        pack=pack,
        legal=None,
        **{"kind": "其他行政权力", "promised": 0, "steps": ONE_STEP, "points": POINTS, **how},
    )  # type: ignore[arg-type]
    Department.objects.filter(pk=cast.market.pk).update(window_decides=delegated)
    return cast


def done(cast: Cast) -> Case:
    case = cast.apply()
    decide_at_once(case, by=cast.liwei, at=SEP24, text="准予备案", points=LOOKED)
    case.refresh_from_db()
    return case


@pytest.mark.req("ZH-2.2.2.1a")
def test_one_officer_at_one_window_in_one_sitting_and_what_is_left_open_is_told_the_next_day() -> None:
    cast = cast_of()
    case = done(cast)
    assert (case.kind, case.stage, case.decided_on) == ("instant", "granted", SEP24.date())
    deliver.hand_over(case, by=cast.liwei, at=at(9, 24, 11), taker=TAKER, window=cast.window)
    case.refresh_from_db()
    assert (case.stage, case.closed_on) == ("closed", SEP24.date())
    told = Entry.objects.filter(subject=case.subject).order_by("place").values_list("fact", "by")
    assert list(told) == [
        (f, cast.liwei.actor_code) for f in ("Received", "Accepted", "Granted", "Delivered")
    ]
    carry_out(case.subject)
    assert {"granted", "service"} <= set(Letter.objects.values_list("kind", flat=True))

    left = accept(cast.apply(), by=cast.liwei, at=SEP24)
    watching = Post.objects.create(
        county=COUNTY, name="督查岗", scope="county", grants=[Grant.SUPERVISE.value]
    )
    sunli = officer(COUNTY, "孙丽", "D001", watching)
    assert left.due_on == SEP24.date()
    tick(at(9, 25, 8))
    carry_out(left.subject)
    warned = OfficerMessage.objects.filter(title__startswith="红灯").values_list("officer", flat=True)
    assert {cast.liwei.pk, cast.chenju.pk, sunli.pk} <= set(warned)


def test_not_where_the_department_kept_the_decision_to_itself() -> None:
    cast = cast_of(delegated=False)
    case = cast.apply()
    with pytest.raises(NotAllowed, match="没有授权窗口当场决定"):
        decide_at_once(case, by=cast.liwei, at=SEP24, text="准予备案", points=LOOKED)
    assert Case.objects.get(pk=case.pk).stage == "received"


def test_not_without_the_power_and_not_for_another_office() -> None:
    cast = cast_of()
    case = cast.apply()
    for nobody in (cast.zhangmin, cast.zhaoqiang):
        with pytest.raises(NotGranted):
            decide_at_once(case, by=nobody, at=SEP24, text="准予备案", points=LOOKED)


def test_not_what_two_decide_and_not_what_takes_its_days() -> None:
    promised = cast_of(promised=3)
    with pytest.raises(NotAllowed, match="不是一个人当场决定的即办件"):
        decide_at_once(promised.apply(), by=promised.liwei, at=SEP24, text="准予", points=LOOKED)


def test_nothing_is_granted_before_every_point_was_looked_at_and_nothing_is_accepted_either() -> None:
    cast = cast_of()
    case = cast.apply()
    with pytest.raises(NotAllowed, match="还没有核对"):
        decide_at_once(case, by=cast.liwei, at=SEP24, text="准予备案")
    assert Case.objects.get(pk=case.pk).stage == "received"


def test_what_lacks_a_paper_is_not_granted_at_once() -> None:
    cast = cast_of()
    case = cast.apply(bjt="missing")
    with pytest.raises(NotAllowed, match="一次性告知补正"):
        decide_at_once(case, by=cast.liwei, at=SEP24, text="准予备案", points=LOOKED)


@pytest.mark.req("ZH-2.2.2.1f")
def test_at_zhanhe_an_empowered_window_sends_back_alone_with_its_reasons_and_the_file_keeps_the_notice() -> (
    None
):
    cast = cast_of(kind="公共服务")
    Post.objects.filter(held__officer=cast.liwei).update(
        grants=[*Post.objects.get(held__officer=cast.liwei).grants, Grant.CASE_REFUSE.value]
    )
    case = cast.apply()
    told = {"by": cast.liwei, "at": SEP24, "kind": "refused", "basis": "《湛河区方案》二(二)2(1)"}
    with pytest.raises(NotAllowed, match="理由和依据"):
        refuse.refuse(case, reasons=" ", **told)
    refuse.refuse(case, reasons="申请人不在本区经营", **told)
    case.refresh_from_db()
    assert (case.kind, case.kind_word, case.stage) == ("returned", "退办件", "refused")
    carry_out(case.subject)
    assert Letter.objects.get(kind="refused").title.endswith("不予办理告知书")


@pytest.mark.req("HD-3.2.5g")
def test_at_hedong_neither_a_refusal_nor_a_denial_is_the_windows_alone() -> None:
    cast = cast_of("hedong")
    grants = Post.objects.get(held__officer=cast.liwei).grants
    Post.objects.filter(held__officer=cast.liwei).update(
        grants=[*grants, Grant.CASE_REFUSE.value, Grant.CASE_DECIDE.value]
    )
    from onewindow.places import acts as places
    from onewindow.rules.grants import FOUNDER

    told = {"name": "examiner.not_own_intake", "value": False, "reason": "即办件由窗口当场办结"}
    places.change_setting(cast.county, by=FOUNDER, at=at(9, 23), **told)
    case = cast.apply()
    why = {"kind": "refused", "reasons": "不在本区经营", "basis": "《某法》第三条"}
    with pytest.raises(NotAllowed, match="窗口无权否决"):
        refuse.refuse(case, by=cast.liwei, at=SEP24, **why)
    refuse.propose_refusal(case, by=cast.liwei, at=SEP24, **why)
    refuse.confirm_refusal(case, by=cast.chenju, at=at(9, 25))
    assert Case.objects.get(pk=case.pk).kind == "returned"

    other = accept(cast.apply(), by=cast.liwei, at=SEP24)
    no = {"text": "", "grounds": "不合条件", "basis": "《某法》第三条"}
    with pytest.raises(NotAllowed, match="窗口无权否决"):
        deny(other, by=cast.liwei, at=SEP24, **no)
    deny(other, by=cast.chenju, at=SEP24, **no)
    other.refresh_from_db()
    assert (other.kind, other.stage) == ("returned", "denied")


@pytest.mark.parametrize(("promised", "kind"), [(0, "instant"), (8, "promised")])
def test_a_case_carries_the_kind_that_its_guide_plans(promised: int, kind: str) -> None:
    cast = cast_of(promised=promised)
    assert cast.apply().kind == kind
    assert date(2026, 9, 24) == SEP24.date()
