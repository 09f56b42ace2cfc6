"""Five journeys of a shorter way, from the receipt to what the applicant holds, with every errand carried out."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onewindow.cases.acts import accept, decide, deliver, examine
from onewindow.cases.models import Case
from onewindow.cases.reads import told
from onewindow.cases.reads.progress import progress_of
from onewindow.journal.models import Entry
from onewindow.letters.models import Letter
from onewindow.notices.models import Message
from onewindow.people import acts as people
from onewindow.people.models import Officer, Post
from onewindow.places.reads import here
from onewindow.rules.grants import Grant, NotGranted
from onewindow.rules.stages import Stage
from tests.cases.test_instant import TABLE, at_tier, with_table
from tests.cast import COUNTY, SEP24, STEPS, at, carry_out, officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, settings: Any) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def letters(case: Case) -> list[str]:
    return list(Letter.objects.filter(subject=case.subject).order_by("pk").values_list("kind", flat=True))


def read(case: Case) -> list[str]:
    """The titles of his way, as the applicant reads them."""
    return [step.title for step in told.steps(progress_of(case.subject_id, here())) if step.state == "done"]


def again(case: Case) -> Case:
    return Case.objects.select_related("subject", "version", "department", "application", "applicant").get(
        pk=case.pk
    )


@pytest.mark.req("FC-3.2.11o")
@pytest.mark.req("HD-3.4.10h")
def test_granted_by_the_machine_with_its_letters_and_handed_over() -> None:
    cast = with_table(steps=[STEPS[0], STEPS[2]])
    case = cast.apply()
    carry_out(case.subject)
    carry_out(case.subject)  # the errands of what the machine did
    case = again(case)
    assert case.stage == Stage.GRANTED
    assert set(letters(case)) == {"receipt", "accepted", "granted"}
    granted = Letter.objects.get(kind="granted")
    assert "自动作出" in granted.data["made_by"]
    assert read(case) == ["收到您的申请", "系统核对秒批规则", "已受理", "已准予"]
    assert Message.objects.filter(title__endswith="已准予").exists()
    taker = deliver.Taker(name="王芳", paper_kind="resident", paper="991523198803040427", signed=True)
    deliver.hand_over(case, by=cast.liwei, at=at(9, 25), taker=taker)
    assert again(case).stage == Stage.CLOSED


@pytest.mark.req("FC-3.2.11o")
@pytest.mark.req("HD-3.4.10h")
def test_one_row_fails_and_people_go_on_as_ever_and_may_still_grant() -> None:
    cast = with_table([{**TABLE[0], "value": "40"}, *TABLE[1:]])
    case = cast.apply()
    carry_out(case.subject)
    case = again(case)
    assert (case.stage, letters(case)) == (Stage.RECEIVED, ["receipt"])
    assert read(case) == ["收到您的申请", "系统核对秒批规则"]
    accept.accept(case, by=cast.liwei, at=SEP24)
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="面积在允许之内，建议准予")
    assert decide.grant(case, by=cast.chenju, at=at(9, 29), text="准予").granted
    granted = Entry.objects.get(subject=case.subject, fact="Granted")
    assert (granted.by, granted.body["judgement"]) == (cast.chenju.actor_code, 0)


@pytest.mark.req("FC-3.1.2e")
def test_exempt_and_told_so_in_writing_at_once() -> None:
    cast = at_tier("exempt")
    case = cast.apply()
    carry_out(case.subject)
    carry_out(case.subject)
    case = again(case)
    assert case.stage == Stage.EXEMPT
    assert set(letters(case)) == {"receipt", "exempted"}
    letter = Letter.objects.get(kind="exempted")
    assert (letter.title, letter.data["tier"]) == ("行政许可申请免予审批告知书", "非禁免批")
    assert read(case) == ["收到您的申请", "不用审批"]
    assert Message.objects.filter(title__endswith="不用审批").exists()


@pytest.mark.req("FC-3.1.2e")
def test_filed_with_its_receipt() -> None:
    cast = at_tier("filing")
    case = cast.apply()
    carry_out(case.subject)
    carry_out(case.subject)
    case = again(case)
    assert case.stage == Stage.FILED
    assert set(letters(case)) == {"receipt", "filed"}
    filed = Letter.objects.get(kind="filed")
    assert ["备案编号", "罗市监备〔2026〕1号"] in filed.data["result"]
    assert read(case) == ["收到您的申请", "已备案"]


@pytest.mark.req("FC-3.1.2a")
def test_a_representative_decides_and_is_marked_and_after_the_term_he_is_refused() -> None:
    cast = at_tier("strict")
    post = cast.chenju.held.get().post
    post.grants = [*post.grants, Grant.CHIEF_DELEGATE.value]
    post.save()
    head = Officer.objects.get(pk=cast.chenju.pk)
    head.day = SEP24.date()
    own = Post.objects.create(
        county=COUNTY, name="借调", scope="department", department=cast.police, grants=["cases:forward"]
    )
    lent = officer(COUNTY, "何静", "S002", own)
    people.delegate(
        cast.market, by=head, at=SEP24, officer=lent, title="窗口负责人", powers=[Grant.CASE_DECIDE],
        since=SEP24.date(), until=date(2026, 9, 30),
    )  # fmt: skip
    first, second = cast.accepted(), cast.accepted(at(9, 24, 11))
    for case in (first, second):
        examine.review(case, by=cast.zhangmin, at=at(9, 25), favourable=True, text="建议准予")
    lent = Officer.objects.get(pk=lent.pk)
    lent.day = date(2026, 9, 28)
    decide.grant(first, by=lent, at=at(9, 28), text="准予")
    carry_out(first.subject)
    letter = Letter.objects.get(subject=first.subject, kind="granted")
    assert letter.data["made_by"] == "由本机关首席事务代表依授权书（罗市监授〔2026〕1号）在政务服务窗口作出。"
    lent = Officer.objects.get(pk=lent.pk)
    lent.day = date(2026, 10, 8)
    with pytest.raises(NotGranted):
        decide.grant(second, by=lent, at=at(10, 8), text="准予")
