"""接着办: what somebody began at home and did not hand in is finished at the window, with him there and nobody else."""

from dataclasses import fields
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.cases.models import Case, Verdict
from onewindow.catalogue.models import Item
from onewindow.ground.models import StoredFile
from onewindow.intake.models import Application, Submitted
from onewindow.intake.reads import Unsent, at_window_for, drafts_for, unsent_of
from onewindow.journal.models import Access
from onewindow.people.models import Account, Party
from tests.cast import COUNTY, SEP24, Cast, assemble, at
from tests.fakes.papers import pdf
from tests.web.citizen import on
from tests.web.desks import at_desk, find, marked
from tests.web.test_apply import ready, sent, signed_in, start

TAKE_UP = "/counter/take-up/"


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    Item.objects.update(online_depth=3, audience=["自然人"])
    account = Account.objects.create(username="wangfang", joined_at=at(1, 5), password_changed_at=at(1, 5))
    Party.objects.filter(pk=cast.wangfang.pk).update(account=account)
    cast.wangfang.refresh_from_db()
    return cast


def half_done(cast: Cast) -> Application:
    """王芳 has filled in her form and added two of three papers at home."""
    client = signed_in(cast)
    with on(SEP24):
        draft = start(cast, client)
        client.post(f"{draft}form/", {"step": "form", "shop": "罗山县芳邻小面馆", "area": "46"})
        for material in cast.materials[:2]:
            client.post(f"{draft}papers/{material.pk}/add/", sent(pdf()))
    return Application.objects.get()


def in_front(cast: Cast) -> Client:
    liwei = at_desk(cast.liwei)
    with on(SEP24):
        assert find(liwei).status_code == 302
    return liwei


def opened(cast: Cast, draft: Application, liwei: Client) -> str:
    with on(SEP24):
        return liwei.post(TAKE_UP, {"once": draft.once, "agreed": "on"}).headers["Location"]


def test_the_list_of_the_person_in_front_tells_that_a_draft_is_there_and_nothing_of_it(cast: Cast) -> None:
    draft = half_done(cast)
    assert {field.name for field in fields(Unsent)} == {"once", "item_name", "saved_at"}
    assert unsent_of(cast.wangfang, COUNTY) == [Unsent(draft.once, draft.version.name, draft.saved_at)]
    with on(SEP24):
        page = in_front(cast).get("/counter/").content.decode()
    assert "网上填了没交的" in page
    assert "芳邻小面馆" not in page
    assert "图.pdf" not in page


def test_it_returns_nothing_of_another_person_another_county_what_was_sent_or_what_another_began(
    cast: Cast,
) -> None:
    draft = half_done(cast)
    told = {"kind": "person", "name": "李红", "paper_kind": "resident"}
    other = Party.objects.create(**told, paper_hash=b"other")
    assert unsent_of(other, COUNTY) == []
    assert unsent_of(cast.wangfang, "411522000000") == []
    for change in ({"sealed_at": SEP24}, {"agent": other}, {"channel": "counter", "taken_by": cast.liwei}):
        Application.objects.update(**change)
        assert unsent_of(cast.wangfang, COUNTY) == [], change
        undo = {"sealed_at": None, "agent": None, "channel": "web", "taken_by": None}
        Application.objects.update(**undo)
    Party.objects.filter(pk=cast.wangfang.pk).update(guardian=other)
    cast.wangfang.refresh_from_db()
    Application.objects.update(agent=other)
    assert [one.once for one in unsent_of(cast.wangfang, COUNTY)] == [draft.once], (
        "his guardian began it for him"
    )


@pytest.mark.parametrize("told", [{}, {"agreed": "on", "once": "x"}])
def test_without_his_word_or_a_draft_of_his_nothing_is_opened(cast: Cast, told: dict[str, str]) -> None:
    draft = half_done(cast)
    liwei = in_front(cast)
    with on(SEP24):
        answer = liwei.post(TAKE_UP, {"once": str(draft.once), **told})
    draft.refresh_from_db()
    assert answer.status_code == 409
    assert (draft.channel, draft.taken_by) == ("web", None)


def test_nobody_opens_it_without_the_paper_of_its_owner_in_hand(cast: Cast) -> None:
    draft = half_done(cast)
    liwei = at_desk(cast.liwei)
    with on(SEP24):
        answer = liwei.post(TAKE_UP, {"once": draft.once, "agreed": "on"})
        zhaoqiang = at_desk(cast.zhaoqiang).post(TAKE_UP, {"once": draft.once, "agreed": "on"})
        direct = liwei.get(reverse("counter_sheet", args=[draft.once]))
    assert "请先刷申请人的证件" in answer.content.decode()
    assert (zhaoqiang.status_code, direct.status_code) == (403, 404)
    draft.refresh_from_db()
    assert draft.taken_by is None


def test_what_was_filled_in_and_added_at_home_is_finished_and_accepted_at_the_window(cast: Cast) -> None:
    draft = half_done(cast)
    liwei = in_front(cast)
    page = opened(cast, draft, liwei)
    with on(SEP24):
        html = liwei.get(page).content.decode()
        file = draft.submitted.first()
        assert liwei.get(reverse("counter_uploaded", args=[draft.once, file.pk])).content == pdf()
        typed = {"shop": "罗山县芳邻小面馆", "area": "46", "phone": "10095715339", "delivery_way": "counter"}
        liwei.post(page, {**typed, **marked(cast), "do": "accept"})
    assert "罗山县芳邻小面馆" in html
    assert html.count("网上已传：") == 2
    case = Case.objects.get()
    assert (case.stage, case.application_id, case.application.channel) == ("examining", draft.pk, "counter")
    assert [one.how for one in Submitted.objects.order_by("material__order")] == ["upload", "upload", "paper"]
    assert Verdict.objects.filter(finding="fits").count() == 3
    reason = "申请人在窗口，同意打开他在网上没交的申请接着办"
    line = Access.objects.get(reason=reason)
    assert (line.by, line.about) == (cast.liwei.actor_code, f"party:{cast.wangfang.pk}")


def test_an_uploaded_paper_that_ran_out_does_not_fit(cast: Cast) -> None:
    draft = half_done(cast)
    Submitted.objects.filter(material=cast.materials[0]).update(valid_until=date(2026, 9, 23))
    liwei = in_front(cast)
    page = opened(cast, draft, liwei)
    with on(SEP24):
        typed = {"shop": "面馆", "area": "46", "phone": "10095715339", "delivery_way": "counter"}
        answer = liwei.post(page, {**typed, **marked(cast), "do": "accept"})
    assert answer.status_code == 422
    assert "网上传的这份已过有效期" in answer.content.decode()


def test_given_back_it_is_as_he_left_it_and_the_windows_scans_are_gone(cast: Cast) -> None:
    draft = half_done(cast)
    before = draft.draft
    liwei = in_front(cast)
    page = opened(cast, draft, liwei)
    with on(SEP24):
        scan = {f"file-{cast.materials[2].pk}": sent(pdf(), "扫描.pdf")["file"]}
        liwei.post(page, {"shop": "罗山县芳邻小面馆", "area": "46", **marked(cast), "do": "save", **scan})
        assert StoredFile.objects.count() == 3
        answer = liwei.post(page, {"do": "drop"}, follow=True)
    assert "可以自己接着填" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.channel, draft.begun_as, draft.taken_by, draft.draft) == ("web", "", None, before)
    assert (draft.submitted.count(), StoredFile.objects.count()) == (2, 2)
    assert list(drafts_for(cast.wangfang, COUNTY)) == [draft]


def test_at_home_he_sees_who_goes_on_with_it_and_may_take_it_back(cast: Cast) -> None:
    draft = half_done(cast)
    opened(cast, draft, in_front(cast))
    client = signed_in(cast)
    with on(SEP24):
        mine = client.get("/my/").content.decode()
        shut = client.get(f"/apply/draft/{draft.once}/form/").content.decode()
        assert list(at_window_for(cast.wangfang, COUNTY)) == [draft]
        back = client.post(reverse("my_take_back", args=[draft.once]))
        again = client.post(reverse("my_take_back", args=[draft.once]))
        assert client.get(f"/apply/draft/{draft.once}/form/").status_code == 200
    assert "窗口在接着办的" in mine
    assert "拿回来" in shut
    assert (back.status_code, again.status_code) == (302, 409)


def test_two_windows_do_not_open_the_same_draft(cast: Cast) -> None:
    draft = half_done(cast)
    liwei = in_front(cast)
    opened(cast, draft, liwei)
    with on(SEP24):
        answer = liwei.post(TAKE_UP, {"once": draft.once, "agreed": "on"})
    assert "有窗口在接着办" in answer.content.decode()


def test_what_was_handed_in_meanwhile_is_not_opened(cast: Cast) -> None:
    client = signed_in(cast)
    with on(SEP24):
        draft = ready(cast, client)
        told = {"phone": "10095715339", "delivery_way": "download", "e_service": "on", "declared": "on"}
        client.post(f"{draft}review/", told)
    sealed = Application.objects.get()
    liwei = in_front(cast)
    with on(SEP24):
        answer = liwei.post(TAKE_UP, {"once": sealed.once, "agreed": "on"})
    assert answer.status_code == 409
