"""Promises on the screens: signed at the window and at home, brought, judged, checked; and the two public lists."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from onewindow.cases.acts import promise_check
from onewindow.cases.acts.accept import accept
from onewindow.cases.models import Case, Deferral, Promise, Revocation
from onewindow.catalogue.models import Item
from onewindow.journal.models import Entry
from onewindow.people.models import Account, Breach, Officer, Party
from onewindow.rules.grants import SYSTEM
from onewindow.rules.stages import Stage
from tests.cases.test_defer import LATER, deferred, judge, supply
from tests.cases.test_promise import BROKEN, KEPT, OFFER, granted, revoked, signed
from tests.cast import SEP24, Cast, assemble, at, carry_out
from tests.fakes.papers import pdf
from tests.web.citizen import on, shown
from tests.web.desks import at_desk
from tests.web.test_apply import FILLED, TOLD, sent, signed_in, start
from tests.web.test_desk import ENTRY

pytestmark = pytest.mark.django_db
SEP28, OCT13, OCT20 = at(9, 28), at(10, 13), at(10, 20)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    cast = assemble(guide={"promise": dict(OFFER)}, papers=LATER)
    Item.objects.filter(pk=cast.version.item_id).update(online_depth=3, audience=["自然人"])
    account = Account.objects.create(
        username="wangfang", joined_at=at(1, 5), password="!", password_changed_at=at(1, 5)
    )
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)
    cast.wangfang.refresh_from_db()
    return cast


def send(who: Officer, case: Case, key: str, when: datetime, **told: object) -> Any:
    with on(when):
        seen = Case.objects.select_related("subject").get(pk=case.pk).subject.length
        return at_desk(who).post(f"/cases/{case.number}/do/{key}/", {**told, "seen": seen})


def page(who: Officer, case: Case, when: datetime, key: str = "") -> str:
    with on(when):
        answer = at_desk(who).get(f"/cases/{case.number}/{key}")
    assert answer.status_code == 200
    return answer.content.decode()


def facts(case: Case) -> list[str]:
    return list(
        Entry.objects.filter(subject=case.subject_id).order_by("place").values_list("fact", flat=True)
    )


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


@pytest.mark.req("FC-3.3.18f")
def test_at_the_window_the_promise_is_read_signed_kept_and_judged(cast: Cast) -> None:
    case = cast.apply(zd="missing")
    form = page(cast.liwei, case, SEP24, "do/accept-later/")
    for said in ("食品安全管理制度", "5 个工作日", "10 月 9 日", "视为撤回申请", "本地设定，文件未规定"):
        assert said in form
    unsigned = send(cast.liwei, case, "accept-later", SEP24)
    assert unsigned.status_code == 422
    assert "请申请人在签名板上签名" in unsigned.content.decode()
    assert send(cast.liwei, case, "accept-later", SEP24, on_paper="on").status_code == 302
    card = page(cast.zhangmin, case, SEP28)
    assert "容缺受理" in card
    assert "待补交" in card
    zd = next(m for m in cast.materials if m.code == "zd").pk
    assert send(cast.liwei, case, "supply", SEP28, came=str(zd)).status_code == 302
    wrong = send(cast.zhangmin, case, "supply-judge", SEP28, **{f"v-{zd}": "wrong"})
    assert "请写明哪里不符" in wrong.content.decode()
    assert send(cast.zhangmin, case, "supply-judge", SEP28, **{f"v-{zd}": "fits"}).status_code == 302
    assert "已补齐" in page(cast.zhangmin, case, SEP28)


def test_where_a_main_paper_lacks_the_window_is_not_offered_it(cast: Cast) -> None:
    case = cast.apply(bjt="missing", zd="missing")
    assert "容缺受理</a>" not in page(cast.liwei, case, SEP24)
    assert "一次性告知补正" in page(cast.liwei, case, SEP24)


def test_at_the_window_the_letter_is_read_and_signed_and_decided_the_same_day(cast: Cast) -> None:
    case = cast.apply(bjt="missing")
    form = page(cast.liwei, case, SEP24, "do/promise/")
    for said in (*OFFER["promised"], *OFFER["demands"], *OFFER["liability"], "操作流程和设备布局图"):
        assert said in form
    assert send(cast.liwei, case, "promise", SEP24, on_paper="on").status_code == 302
    assert send(cast.liwei, case, "accept", SEP24).status_code == 302
    assert fresh(case).stage == Stage.DECIDING
    assert send(cast.chenju, case, "grant", SEP24, text="准予").status_code == 302
    card = page(cast.zhangmin, case, SEP28)
    assert "待核查" in card
    assert "10 月 15 日" in card
    assert "已超期" in page(cast.zhangmin, case, OCT20)
    assert send(cast.zhangmin, case, "check-kept", SEP28, found=KEPT).status_code == 302
    assert Promise.objects.get().state == "kept"


def test_the_course_of_a_revocation_on_the_desks(cast: Cast) -> None:
    case = granted(cast)
    told = {"found": BROKEN, "demand": "装好冷藏设备。", "mend_by": "2026-10-12"}
    with on(SEP28):
        assert "请来领取结果" in shown(Client(), case)
    assert send(cast.zhangmin, case, "check-mend", SEP28, **told).status_code == 302
    why = {"grounds": BROKEN, "basis": "行政许可法第六十九条"}
    assert "do/revoke-announce/" not in page(cast.zhangmin, case, SEP28)
    assert send(cast.zhangmin, case, "revoke-announce", SEP28, **why).status_code == 409
    assert "do/revoke-announce/" in page(cast.zhangmin, case, OCT13)
    assert send(cast.zhangmin, case, "revoke-announce", OCT13, **why).status_code == 302
    assert "do/revoke/" not in page(cast.chenju, case, OCT13)
    with on(OCT13):
        assert "请来领取结果" not in shown(Client(), case)
    assert send(cast.zhangmin, case, "revoke-heard", OCT13, statement="没有意见").status_code == 302
    assert "do/revoke/" in page(cast.chenju, case, OCT13)
    assert "撤销决定" not in page(cast.zhangmin, case, OCT13).partition('class="ow-bar"')[2]
    assert send(cast.chenju, case, "revoke", OCT20).status_code == 302
    assert Revocation.objects.get().revoked is True
    assert "已撤销" in page(cast.chenju, case, OCT20)


def test_another_office_sees_and_does_nothing(cast: Cast) -> None:
    case = granted(cast)
    with on(SEP28):
        assert at_desk(cast.zhaoqiang).get(f"/cases/{case.number}/do/check-kept/").status_code == 404


def apply_without(cast: Cast, client: Client, *codes: str) -> str:
    draft = start(cast, client)
    client.post(f"{draft}form/", FILLED)
    for material in cast.materials:
        if material.code not in codes:
            client.post(f"{draft}papers/{material.pk}/add/", sent(pdf()))
    return draft


def test_at_home_she_chooses_to_bring_a_paper_later_and_signs_for_it(cast: Cast) -> None:
    client = signed_in(cast)
    with on(SEP24):
        draft = apply_without(cast, client, "zd")
        review = client.get(f"{draft}review/").content.decode()
        assert "容缺受理承诺书" in review
        assert "告知承诺，当场作出决定" not in review  # the promise does not stand for this paper
        unsigned = client.post(f"{draft}review/", {**TOLD, "route": "later"})
        assert unsigned.status_code == 422
        assert client.post(f"{draft}review/", {**TOLD, "route": "later", "promised": "on"}).status_code == 302
    case = Case.objects.get()
    assert facts(case) == ["Received", "LackPromised"]
    zd = next(m for m in cast.materials if m.code == "zd").pk
    found = {f"v-{m.pk}": "missing" if m.pk == zd else "fits" for m in cast.materials}
    assert send(cast.zhangmin, case, "judge", SEP28, **found).status_code in (200, 302)
    assert "不用再签" in page(cast.zhangmin, case, SEP28, "do/accept-later/")
    assert send(cast.zhangmin, case, "accept-later", SEP28).status_code == 302
    assert (Deferral.objects.get().how, fresh(case).stage) == ("online", Stage.EXAMINING)
    client = signed_in(cast, SEP28)
    with on(SEP28):
        tracked = client.get(f"/track/{case.number}/").content.decode()
        assert "还要补交 1 份容缺材料" in tracked
        empty = client.post(f"/track/{case.number}/supply/")
        assert "请至少选一份材料的文件" in empty.content.decode()
        file = {f"file-{zd}": SimpleUploadedFile("制度.pdf", pdf())}
        assert client.post(f"/track/{case.number}/supply/", file).status_code == 302
    assert facts(case)[-1] == "PapersSupplied"


def test_at_home_she_promises_and_takes_it_back(cast: Cast) -> None:
    client = signed_in(cast)
    with on(SEP24):
        draft = apply_without(cast, client, "bjt")
        review = client.get(f"{draft}review/").content.decode()
        for said in (*OFFER["promised"], *OFFER["demands"], *OFFER["liability"]):
            assert said in review
        sent_in = client.post(f"{draft}review/", {**TOLD, "route": "promise", "promised": "on"})
        assert sent_in.status_code == 302
    case = Case.objects.get()
    assert facts(case) == ["Received", "PromiseSigned"]
    with on(SEP24):
        assert "收回承诺，改按一般程序办理" in client.get(f"/track/{case.number}/").content.decode()
        assert "对您没有不利影响" in client.get(f"/track/{case.number}/promise-back/").content.decode()
        assert client.post(f"/track/{case.number}/promise-back/").status_code == 302
    assert facts(case)[-1] == "PromiseTakenBack"


def test_at_home_a_main_paper_is_still_demanded_and_with_all_there_it_is_his_choice(cast: Cast) -> None:
    client = signed_in(cast)
    with on(SEP24):
        draft = apply_without(cast, client, "sqs")
        assert "还差 1 份材料" in client.get(f"{draft}review/").content.decode()
        refused = client.post(f"{draft}review/", {**TOLD, "route": "later", "promised": "on"})
        assert refused.status_code == 422
        whole = apply_without(cast, client)
        assert "一般程序，材料已经交齐" in client.get(f"{whole}review/").content.decode()
        assert client.post(f"{whole}review/", {**TOLD, "route": "plain"}).status_code == 302
    assert facts(Case.objects.get()) == ["Received"]


def test_whoever_broke_one_is_told_so_at_home_and_nothing_is_handed_in(cast: Cast) -> None:
    carry_out(revoked(cast).subject)
    client = signed_in(cast, OCT20)
    with on(OCT20):
        draft = apply_without(cast, client, "zd")
        answer = client.post(f"{draft}review/", {**TOLD, "route": "later", "promised": "on"})
        assert answer.status_code == 422
        assert "失信记录没有修复" in answer.content.decode()
        assert "可以按一般程序办理" in answer.content.decode()
    assert Case.objects.count() == 1


@pytest.mark.req("FC-3.3.18e")
def test_the_list_of_what_may_follow_has_three_columns_and_no_paper_twice(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        answer = client.get("/public/deferrable/").content.decode()
    for head in ("事项名称", "主要申请材料", "可容缺受理的材料"):
        assert f'<th scope="col">{head}</th>' in answer
    row = answer.partition("<tbody>")[2].partition("</tbody>")[0]
    main, later = (part.partition("</td>")[0] for part in row.split("<td ")[1:])
    assert "食品经营许可申请书" in main
    assert "食品安全管理制度" in later
    assert "食品安全管理制度" not in main
    assert "没有找到" in client.get("/public/deferrable/?q=没有这个").content.decode()


def test_the_list_of_promises_filters_by_its_three_fields(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(5):
        answer = client.get("/public/promises/").content.decode()
    for said in (*OFFER["promised"], *OFFER["liability"], "办照即经营"):
        assert said in answer
    assert "食品经营许可" in client.get("/public/promises/?field=涉企经营许可").content.decode()
    for other in ("证明事项", "投资审批"):
        assert "没有找到" in client.get(f"/public/promises/?field={other}").content.decode()
    guide = client.get(f"/items/{cast.version.item.address}/").content.decode()
    assert "/public/promises/" in guide
    assert "/public/deferrable/" in guide
    assert "/public/deferrable/" in client.get("/").content.decode()


@pytest.mark.req("FC-3.3.18a")
@pytest.mark.parametrize("listed", [True, False])
def test_only_what_stands_on_the_list_of_its_field_is_offered_as_a_promise(
    listed: bool, client: Client
) -> None:
    cast = assemble(guide={"promise": dict(OFFER)} if listed else {})
    for field in ("涉企经营许可", "证明事项", "投资审批"):
        shown = client.get(f"/public/promises/?field={field}").content.decode()
        assert ("没有找到" not in shown) == (listed and field == OFFER["field"])
    case = cast.apply(bjt="missing")
    assert ("按告知承诺办理" in page(cast.liwei, case, SEP24)) == listed
    assert (send(cast.liwei, case, "promise", SEP24, on_paper="on").status_code == 302) == listed


def test_the_applicant_reads_every_step_in_plain_words(cast: Cast) -> None:
    case = deferred(cast)
    supply(cast, case, SEP28)
    judge(cast, case, SEP28, "wrong", "没有写清洗消毒")
    carry_out(case.subject)
    told = shown(Client(), fresh(case))
    for said in ("您承诺补交材料", "收到您补交的材料", "补交的材料不符"):
        assert said in told
    broken = revoked(cast)
    carry_out(broken.subject)
    told = shown(Client(), fresh(broken))
    for said in ("请您限期整改", "拟撤销决定，先听您的意见", "已撤销原来的决定"):
        assert said in told
    assert Breach.objects.count() == 1


def test_a_promise_that_was_taken_back_leaves_the_decider_nothing_to_decide(cast: Cast) -> None:
    case = signed(cast)
    assert send(cast.liwei, case, "promise-back", SEP24).status_code == 302
    assert fresh(case).stage == Stage.RECEIVED
    assert "按告知承诺办理" not in page(cast.liwei, case, SEP24).partition('class="ow-bar"')[2]
    ordinary = accept(cast.apply(), by=cast.liwei, at=SEP24)
    assert ordinary.stage == Stage.EXAMINING
    assert promise_check.note_overdue(ordinary, by=SYSTEM, at=OCT20) is False


def test_the_lists_of_what_is_to_come_to_be_checked_and_broken(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case, checked = deferred(cast), granted(cast)
    with on(SEP28):
        desk = at_desk(cast.zhangmin)
        desk.get("/promises/")
        with django_assert_max_num_queries(ENTRY + 5):
            later = desk.get("/promises/").content.decode()
        check = desk.get("/promises/?list=check").content.decode()
        others = at_desk(cast.zhaoqiang).get("/promises/").content.decode()
    assert case.number in later
    assert checked.number not in later
    assert checked.number in check
    assert "待核查" in check
    assert case.number not in others
    with on(OCT20):
        assert "超期" in at_desk(cast.zhangmin).get("/promises/?list=check").content.decode()


def test_a_breach_is_seen_by_himself_and_the_window_and_repaired_by_two(cast: Cast) -> None:
    carry_out(revoked(cast).subject)
    pk = Breach.objects.get().pk
    with on(OCT20):
        own = signed_in(cast, OCT20).get("/my/privacy/").content.decode()
        assert "告知承诺不实" in own
        assert "没有修复" in own
        examiner, head = at_desk(cast.zhangmin), at_desk(cast.chenju)
        assert "提请信用修复" in examiner.get("/promises/?list=breach").content.decode()
        assert at_desk(cast.zhaoqiang).post(f"/promises/breaches/{pk}/repair/").status_code == 404
        assert at_desk(cast.zhangmin).post(f"/promises/breaches/{pk}/repair/").status_code == 403
        examiner.post(f"/promises/breaches/{pk}/ask/", {"why": "已全部改正，核对无误。"})
        assert "同意修复" in head.get("/promises/?list=breach").content.decode()
        head.post(f"/promises/breaches/{pk}/decline/", {"remark": "还差一项。"})
        examiner.post(f"/promises/breaches/{pk}/ask/", {"why": "已全部改正，核对无误。"})
        head.post(f"/promises/breaches/{pk}/repair/")
        assert "没有没修复的失信记录" in head.get("/promises/?list=breach").content.decode()
        assert "已修复" in signed_in(cast, OCT20).get("/my/privacy/").content.decode()
