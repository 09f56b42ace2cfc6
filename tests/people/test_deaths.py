"""去世: entered with the paper seen, obeyed everywhere, undone with a reason."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from onewindow.cases.acts import decide, examine
from onewindow.cases.acts.taking import GUARDIAN, SELF, Taker, check_taker
from onewindow.intake import acts as intake
from onewindow.intake.acts import online
from onewindow.intake.models import Application
from onewindow.journal.models import Access, Subject
from onewindow.journal.reads import verify
from onewindow.journal.write import history
from onewindow.people import acts
from onewindow.people.models import Account, Death, Party
from onewindow.rules.facts_people import DeathRecorded, DeathUndone
from onewindow.rules.grants import NotAllowed, NotGranted
from tests.cast import SEP24, at
from tests.people.conftest import Stage
from tests.web.desks import at_desk, find
from tests.web.stage import give_accounts, sign_in

pytestmark = pytest.mark.django_db
DIED = date(2026, 9, 20)
TOLD = {"died_on": DIED, "paper": "medical"}


def died(stage: Stage) -> Party:
    party = stage.cast.wangfang
    acts.record_death(party, by=stage.cast.liwei, at=SEP24, **TOLD)
    return Party.objects.get(pk=party.pk)


def test_a_death_is_a_fact_of_the_party_and_a_line_of_the_access_log(stage: Stage) -> None:
    party = died(stage)
    death = Death.objects.get()
    assert (party.died_on, death.paper, death.by) == (DIED, "medical", stage.cast.liwei.actor_code)
    (fact,) = history(party_subject(party))
    assert fact == DeathRecorded(on=SEP24.date(), party=party.pk, death=death.pk)
    line = Access.objects.get(what="death")
    assert (line.about, line.reason) == (f"party:{party.pk}", "核对了死亡医学证明（推断）书")
    assert verify() == []


def party_subject(party: Party) -> Subject:
    return Subject.objects.get(kind="relation", number=str(party.pk))


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"paper": ""}, "请选择核对了哪一种证明"),
        ({"paper": "rumour"}, "请选择核对了哪一种证明"),
        ({"died_on": SEP24.date() + timedelta(days=1)}, "不能在今天以后"),
        ({"died_on": date(1950, 1, 1)}, "也不能在出生以前"),
    ],
)
def test_without_a_paper_or_with_an_impossible_day_nothing_is_entered(
    stage: Stage, told: dict[str, object], sentence: str
) -> None:
    Party.objects.filter(pk=stage.cast.wangfang.pk).update(born=date(1988, 3, 4))
    with pytest.raises(NotAllowed, match=sentence):
        acts.record_death(stage.cast.wangfang, by=stage.cast.liwei, at=SEP24, **{**TOLD, **told})
    assert not Death.objects.exists()
    assert Party.objects.get(pk=stage.cast.wangfang.pk).died_on is None


def test_who_may_not_keep_files_enters_and_undoes_nothing(stage: Stage) -> None:
    for stranger in (stage.cast.zhaoqiang, stage.admin, stage.cast.wangfang):
        with pytest.raises(NotGranted):
            acts.record_death(stage.cast.wangfang, by=stranger, at=SEP24, **TOLD)
    party = died(stage)
    for stranger in (stage.cast.zhaoqiang, stage.admin, stage.cast.wangfang):
        with pytest.raises(NotGranted):
            acts.undo_death(party, by=stranger, at=SEP24, reason="登记错了人")


def test_nobody_dies_twice_even_for_the_database(stage: Stage) -> None:
    party = died(stage)
    with pytest.raises(NotAllowed, match="已经登记去世"):
        acts.record_death(party, by=stage.cast.liwei, at=SEP24, **TOLD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Death.objects.create(party=party, died_on=DIED, paper="court", by="x", at=SEP24)


def test_nobody_applies_in_the_name_of_the_dead_at_the_counter(stage: Stage) -> None:
    party = died(stage)
    with pytest.raises(NotAllowed, match="由继承人或者近亲属用自己的名义申请"):
        stage.cast.take_in(party)
    told = {"once": uuid4(), "applicant": party, "window": stage.cast.window}
    with pytest.raises(NotAllowed, match="已经登记去世"):
        intake.begin(stage.cast.version, by=stage.cast.liwei, at=SEP24, **told)
    assert not Application.objects.exists()


def test_a_draft_begun_before_the_death_cannot_be_handed_in_online(stage: Stage) -> None:
    cast = stage.cast
    cast.version.item.online_depth = 3
    cast.version.item.save()
    told = {"once": uuid4(), "applicant": cast.wangfang, "channel": "web"}
    draft = online.begin(cast.version, by=cast.wangfang, at=SEP24, **told)
    party = died(stage)
    with pytest.raises(NotAllowed, match="已经登记去世"):
        online.submit(draft, by=party, at=SEP24, told=intake.Told(phone="10095715339"))
    told["once"] = uuid4()
    with pytest.raises(NotAllowed, match="已经登记去世"):
        online.begin(cast.version, by=party, at=SEP24, **told)


def test_the_sign_in_of_the_dead_ends_at_once_and_opens_again_when_it_was_a_mistake(
    stage: Stage, client: Client
) -> None:
    give_accounts(stage)
    with time_machine.travel(SEP24, tick=False):
        sign_in(client, "wangfang")
        assert client.get("/my/").status_code == 200
        party = died(stage)
        assert client.get("/my/").status_code == 302
        fresh = Client()
        sign_in(fresh, "wangfang")
        assert fresh.get("/my/").status_code == 302
        acts.undo_death(party, by=stage.cast.liwei, at=SEP24, reason="同名登记错了人")
        sign_in(fresh, "wangfang")
        assert fresh.get("/my/").status_code == 200


def test_an_account_that_was_closed_before_stays_closed(stage: Stage) -> None:
    give_accounts(stage)
    Account.objects.filter(username="wangfang").update(is_active=False)
    party = died(stage)
    acts.undo_death(party, by=stage.cast.liwei, at=SEP24, reason="同名登记错了人")
    assert not Account.objects.get(username="wangfang").is_active


def test_a_mistake_is_undone_with_a_reason_and_both_stay_on_record(stage: Stage) -> None:
    party = died(stage)
    with pytest.raises(NotAllowed, match="为什么撤销"):
        acts.undo_death(party, by=stage.cast.liwei, at=SEP24, reason="错")
    death = acts.undo_death(party, by=stage.cast.liwei, at=SEP24, reason="同名登记错了人")
    assert death.why_undone == "同名登记错了人"
    party = Party.objects.get(pk=party.pk)
    assert party.died_on is None
    assert history(party_subject(party))[-1] == DeathUndone(on=SEP24.date(), party=party.pk, death=death.pk)
    assert Access.objects.filter(what="death undone", reason="同名登记错了人").exists()
    with pytest.raises(NotAllowed, match="没有登记去世"):
        acts.undo_death(party, by=stage.cast.liwei, at=SEP24, reason="再撤销一次")
    assert stage.cast.take_in(party).applicant == party
    acts.record_death(party, by=stage.cast.liwei, at=at(9, 25), **TOLD)
    assert Death.objects.count() == 2


def test_the_dead_take_nothing_away_and_a_dead_guardian_neither(stage: Stage) -> None:
    case = stage.cast.accepted()
    case.applicant = died(stage)
    taker = Taker(name="王芳", paper_kind="resident", paper=case.applicant.paper_number, signed=True)
    for relation, sentence in ((SELF, "申请人已经登记去世"), (GUARDIAN, "没有登记监护人")):
        with pytest.raises(NotAllowed, match=sentence):
            check_taker(case, Taker(**{**taker.__dict__, "relation": relation}), SEP24.date())


def test_the_clerk_enters_it_sees_it_and_undoes_it_on_the_page(stage: Stage) -> None:
    client = at_desk(stage.cast.liwei)
    with time_machine.travel(SEP24, tick=False):
        find(client)
        page = client.post("/counter/death/", {"died_on": "2026-09-20", "paper": ""})
        assert page.status_code == 422
        assert "请选择“核对了哪一种证明的原件”" in page.content.decode()
        told = {"died_on": "2026-09-20", "paper": "cremation"}
        shown = client.post("/counter/death/", told, follow=True).content.decode()
        assert "已登记去世" in shown
        assert "撤销去世登记" in shown
        refused = client.post("/counter/begin/", {"version": stage.cast.version.pk}, follow=True)
        assert not Application.objects.exists()
        assert "用自己的名义申请" in refused.content.decode()
        undone = client.post("/counter/death/", {"reason": "同名登记错了人"}, follow=True).content.decode()
    assert "可以照常申请和登录" in undone
    assert Party.objects.get(pk=stage.cast.wangfang.pk).died_on is None


def test_the_department_sees_on_its_list_and_on_the_case_that_the_applicant_has_died(stage: Stage) -> None:
    case = stage.cast.accepted()
    zhangmin, sunli = at_desk(stage.cast.zhangmin), at_desk(stage.sunli)
    with time_machine.travel(SEP24, tick=False):
        assert "已故" not in zhangmin.get("/desk/?tab=examine").content.decode()
        party = died(stage)
        assert "已故" in zhangmin.get("/desk/?tab=examine").content.decode()
        page = zhangmin.get(f"/cases/{case.number}/").content.decode()
    with time_machine.travel(at(11, 30), tick=False):
        assert "已故" in sunli.get("/watch/?list=overdue").content.decode()
    assert "申请人已经登记去世（2026 年 9 月 20 日" in page
    assert "阶段和期限不变" in page
    assert "请联系继承人用自己的名义另行申请" in page
    fresh = type(case).objects.get(pk=case.pk)
    assert (fresh.stage, fresh.due_on) == ("examining", case.due_on)
    assert not fresh.subject.entries.filter(fact__startswith="Death").exists()
    with time_machine.travel(SEP24, tick=False):
        acts.undo_death(party, by=stage.cast.liwei, at=SEP24, reason="同名登记错了人")
        assert "已故" not in zhangmin.get("/desk/?tab=examine").content.decode()
        assert "已经登记去世" not in zhangmin.get(f"/cases/{case.number}/").content.decode()


def test_another_office_learns_nothing_of_it(stage: Stage) -> None:
    case = stage.cast.accepted()
    died(stage)
    zhaoqiang = at_desk(stage.cast.zhaoqiang)
    with time_machine.travel(SEP24, tick=False):
        assert "已故" not in zhaoqiang.get("/desk/?tab=examine").content.decode()
        assert zhaoqiang.get(f"/cases/{case.number}/").status_code == 404


def test_the_result_of_somebody_who_has_died_is_handed_out_to_others_alone(stage: Stage) -> None:
    case = stage.cast.accepted()
    examine.review(case, by=stage.cast.zhangmin, at=at(10, 8), favourable=True, text="同意")
    decide.grant(case, by=stage.cast.chenju, at=at(10, 9), text="准予")
    died(stage)
    with time_machine.travel(at(10, 9, 15), tick=False):
        page = at_desk(stage.cast.zhangmin).get(f"/cases/{case.number}/").content.decode()
        assert "已故" in at_desk(stage.cast.liwei).get("/issue/").content.decode()
    assert "结果不能再以本人领取" in page


def test_a_draft_of_the_dead_is_not_taken_up_at_the_counter(stage: Stage) -> None:
    cast = stage.cast
    cast.version.item.online_depth = 3
    cast.version.item.save()
    told = {"once": uuid4(), "applicant": cast.wangfang, "channel": "web"}
    draft = online.begin(cast.version, by=cast.wangfang, at=SEP24, **told)
    died(stage)
    with pytest.raises(NotAllowed, match="已经登记去世"):
        intake.take_up(draft, by=cast.liwei, at=SEP24, window=cast.window)
    assert Application.objects.get().channel == "web"
    assert not Access.objects.filter(what="read").exists()
    client = at_desk(cast.liwei)
    with time_machine.travel(SEP24, tick=False):
        find(client)
        page = client.get("/counter/").content.decode()
        refused = client.post("/counter/take-up/", {"once": draft.once, "agreed": "on"})
    assert "他没交的申请不能再接着办" in page
    assert "一起接着办" not in page
    assert (refused.status_code, "已经登记去世" in refused.content.decode()) == (409, True)
