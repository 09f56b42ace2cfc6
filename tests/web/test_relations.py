"""Whoever enters a child or a firm online only says so: what he may see of it, and what a window makes of his word."""

import importlib
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from onewindow.cases.models import Case
from onewindow.cases.reads import public
from onewindow.catalogue.models import Item
from onewindow.intake.acts import online
from onewindow.intake.models import Application
from onewindow.intake.reads import given_before, own_online, papers_of
from onewindow.journal.models import Access, Entry, Subject
from onewindow.journal.write import log_access
from onewindow.notices.models import Message
from onewindow.notices.reads import told
from onewindow.people import acts
from onewindow.people.acts import PartyData
from onewindow.people.models import Account, Claim, Party
from onewindow.places.models import County
from onewindow.rules.facts_people import KIND
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.rules.identity import demo_id, demo_uscc
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out
from tests.web.citizen import on
from tests.web.desks import Desk, at_desk, find

CODE, SHOP = demo_uscc("92", 7), "罗山县芳邻小面馆"
OWNER = demo_id(1523, date(1980, 2, 2), 31)
FIRM = PartyData(paper_kind="uscc", paper_number=CODE, name=SHOP, phone="10000000001")
SEEN = {"papers": ["licence", "speaker_card"]}


@pytest.fixture
def cast(db: None) -> Cast:
    cast = assemble()
    Item.objects.update(online_depth=3)
    cast.version.item.refresh_from_db()
    cast.liwei.day = SEP24.date()
    cast.wangfang.account = Account.objects.create(username="fang", joined_at=at(1, 4), password="!")
    cast.wangfang.save()
    return cast


@pytest.fixture
def liwei(cast: Cast) -> Desk:
    return at_desk(cast.liwei)


@pytest.fixture
def shop(cast: Cast) -> Party:
    return claimed(cast)


def claimed(cast: Cast) -> Party:
    return acts.enter_firm(cast.wangfang, FIRM, by=cast.wangfang, at=SEP24, county=cast.county)


def fang(cast: Cast) -> Party:
    """王芳 as the next request reads her."""
    return Party.objects.get(pk=cast.wangfang.pk)


def taken_in(cast: Cast, applicant: Party) -> Case:
    """A case of the firm that came in at the window."""
    case = cast.apply(at(9, 24, 11))
    Application.objects.filter(pk=case.application_id).update(applicant=applicant)
    Case.objects.filter(pk=case.pk).update(applicant=applicant)
    return Case.objects.get(pk=case.pk)


def her_own(cast: Cast, shop: Party) -> Application:
    by = fang(cast)
    return online.begin(cast.version, by=by, at=SEP24, once=uuid4(), applicant=shop, channel="web")


def register_of(party: Party) -> list[str]:
    subject = Subject.objects.get(kind=KIND, number=str(party.pk))
    carry_out(subject)
    return list(Entry.objects.filter(subject=subject).order_by("place").values_list("fact", flat=True))


def test_her_word_opens_what_she_applied_for_and_nothing_else(cast: Cast, shop: Party) -> None:
    theirs, draft = taken_in(cast, shop), her_own(cast, shop)
    Message.objects.create(county=COUNTY, party=shop, kind="x", title="给店里的", text="", created_at=SEP24)
    by = fang(cast)
    assert (by.speaks_for, by.claims_for) == ({by.pk}, {shop.pk})
    assert list(public.open_to(COUNTY, by)) == list(public.of_party(COUNTY, by)) == []
    assert not by.may(Grant.CASE_WITHDRAW, theirs)
    assert by.may(Grant.CASE_APPLY, draft)
    assert own_online(by, draft.once) == draft
    assert (draft.agent, draft.phone, draft.draft) == (by, by.phone, {})
    assert list(papers_of(by, COUNTY)) == told(by) == []
    names = [m.name for m in cast.materials]
    assert given_before(shop, names, SEP24.date())
    assert given_before(shop, names, SEP24.date(), by) == {}
    Case.objects.filter(pk=theirs.pk).update(application=draft)
    assert list(public.open_to(COUNTY, by)) == [theirs]


def test_papers_of_the_firm_that_others_gave_are_not_used_by_her(cast: Cast, shop: Party) -> None:
    theirs, draft = taken_in(cast, shop), her_own(cast, shop)
    old = theirs.application.submitted.select_related("material", "application").first()
    with pytest.raises(NotAllowed, match="不是您经手"):
        online.reuse(draft, by=fang(cast), at=SEP24, material=old.material, old=old)


def test_a_window_that_saw_the_papers_proves_her_word(cast: Cast, shop: Party, liwei: Desk) -> None:
    theirs, claim = taken_in(cast, shop), Claim.objects.get()
    with on(SEP24):
        find(liwei, CODE, "uscc")
        assert "有网上登记的关系待核实" in liwei.get("/counter/").content.decode()
        page = f"/counter/relations/{claim.pk}/"
        unseen = liwei.post(page, {"do": "prove", "papers": ["licence"]})
        assert (unseen.status_code, Claim.objects.get().state) == (422, "open")
        assert "都看过原件再登记" in unseen.content.decode()
        shown = liwei.post(page, {"do": "prove", **SEEN}, follow=True).content.decode()
    shop.refresh_from_db()
    assert f"{cast.wangfang.name}可以替{SHOP}办事" in shown
    assert (shop.representative, shop.legal_representative) == (cast.wangfang, "王芳")
    assert (shop.phone, Claim.objects.get().state) == ("10000000001", "proved")
    assert list(public.open_to(COUNTY, fang(cast))) == [theirs]
    assert register_of(shop) == ["RelationClaimed", "RelationProved"]
    assert "核对了营业执照" in Access.objects.get(what="representative").reason
    assert {m.party for m in Message.objects.filter(kind__startswith="Relation")} == {shop, cast.wangfang}


def test_a_window_ends_a_word_that_the_papers_contradict_and_tells_both(
    cast: Cast, shop: Party, liwei: Desk
) -> None:
    claim, draft = Claim.objects.get(), her_own(cast, shop)
    with on(SEP24):
        find(liwei, CODE, "uscc")
        bare = liwei.post(f"/counter/relations/{claim.pk}/", {"do": "end", "reason": ""})
        assert "请写明终止的理由" in bare.content.decode()
        liwei.post(f"/counter/relations/{claim.pk}/", {"do": "end", "reason": "执照上是别人"})
        again = liwei.post(f"/counter/relations/{claim.pk}/", {"do": "prove", **SEEN})
    assert again.status_code == 404
    assert register_of(shop) == ["RelationClaimed", "RelationEnded"]
    assert own_online(fang(cast), draft.once) is None
    with pytest.raises(NotAllowed):
        her_own(cast, shop)
    assert {m.party for m in Message.objects.filter(kind__startswith="RelationEnded")} == {
        shop,
        cast.wangfang,
    }


@pytest.mark.parametrize(
    "more", [{"legal_representative": "周杰"}, {"renamed": True, "name": "罗山县周记面馆"}]
)
def test_a_filing_at_the_window_that_contradicts_her_word_ends_it(
    cast: Cast, shop: Party, more: dict[str, object]
) -> None:
    data = PartyData(**({"paper_kind": "uscc", "paper_number": CODE, "name": SHOP} | more))
    acts.file_party(data, by=cast.liwei, at=SEP24)
    assert Claim.objects.get().state == "ended"
    assert register_of(shop) == ["RelationClaimed", "RelationEnded"]


def test_a_filing_that_says_nothing_against_her_leaves_her_word_a_word(cast: Cast, shop: Party) -> None:
    data = PartyData(paper_kind="uscc", paper_number=CODE, name=SHOP, legal_representative="王芳")
    acts.file_party(data, by=cast.liwei, at=SEP24)
    assert Claim.objects.get().state == "open"
    assert fang(cast).claims_for == {shop.pk}


def test_another_name_on_the_licence_ends_the_representative_of_before(cast: Cast) -> None:
    data = PartyData(paper_kind="uscc", paper_number=CODE, name=SHOP)
    shop = acts.file_party(data, by=cast.liwei, at=SEP24)
    acts.set_representative(shop, person=cast.wangfang, papers=SEEN["papers"], by=cast.liwei, at=SEP24)
    new = PartyData(paper_kind="uscc", paper_number=CODE, name=SHOP, legal_representative="周杰")
    assert acts.file_party(new, by=cast.liwei, at=SEP24).representative is None
    assert register_of(shop) == ["RelationProved", "RelationEnded"]


def test_the_window_registers_whom_the_licence_names(cast: Cast, shop: Party, liwei: Desk) -> None:
    told = {"paper_kind": "resident", "paper_number": OWNER, "name": "周杰"}
    with on(SEP24):
        find(liwei, CODE, "uscc")
        assert liwei.post("/counter/relations/", told).status_code == 422
        assert not Party.objects.filter(name="周杰").exists()
        liwei.post("/counter/relations/", told | SEEN)
    shop.refresh_from_db()
    assert shop.legal_representative == "周杰"
    assert shop.representative.name == "周杰"
    assert fang(cast).claims_for == frozenset()
    assert register_of(shop) == ["RelationClaimed", "RelationEnded", "RelationProved"]


def test_the_window_registers_the_guardian_of_a_child(cast: Cast, liwei: Desk) -> None:
    number = demo_id(1523, date(2018, 6, 1), 28)
    child = PartyData(
        paper_kind="household", paper_number=number, name="李小雨", guardian=cast.wangfang, guardian_relation="母亲"
    )  # fmt: skip
    young = acts.enter_ward(cast.wangfang, child, by=cast.wangfang, at=SEP24, county=cast.county)
    told = {"paper_kind": "resident", "paper_number": OWNER, "name": "周杰", "relation": "父亲"}
    with on(SEP24):
        find(liwei, number, "household")
        liwei.post("/counter/relations/", told | {"papers": ["birth", "speaker_card"]})
    young.refresh_from_db()
    assert (young.guardian.name, young.guardian_relation) == ("周杰", "父亲")
    assert Claim.objects.get().state == "ended"


def test_nobody_opens_the_page_without_a_paper_in_front_or_the_power(
    cast: Cast, shop: Party, liwei: Desk
) -> None:
    with on(SEP24):
        assert liwei.get("/counter/relations/").status_code == 409
        assert at_desk(cast.zhangmin).get("/counter/relations/").status_code == 403
    for act in (acts.prove, acts.end_claim):
        with pytest.raises(NotAllowed):
            act(Claim.objects.get(), by=cast.wangfang, at=SEP24, papers=SEEN["papers"], reason="x")


def test_nobody_enters_the_firms_of_a_whole_street(cast: Cast, shop: Party) -> None:
    for n in range(9):
        Claim.objects.create(
            county=COUNTY, claimant=cast.wangfang, made_at=SEP24,
            party=Party.objects.create(kind="org", name="店", paper_kind="uscc", paper_hash=b"%d" % n),
        )  # fmt: skip
    other = PartyData(paper_kind="uscc", paper_number=demo_uscc("92", 8), name="另一家店")
    with pytest.raises(NotAllowed, match="先带证件到窗口核实"):
        acts.enter_firm(cast.wangfang, other, by=cast.wangfang, at=SEP24, county=cast.county)
    assert not Party.objects.filter(name="另一家店").exists()


def test_a_child_that_has_come_of_age_applies_himself(cast: Cast) -> None:
    born = demo_id(1523, date(2008, 10, 1), 28)
    child = PartyData(paper_kind="resident", paper_number=born, name="李大雨", guardian=cast.wangfang, guardian_relation="母亲")  # fmt: skip
    young = acts.enter_ward(cast.wangfang, child, by=cast.wangfang, at=SEP24, county=cast.county)
    told = {"by": fang(cast), "once": uuid4(), "applicant": young, "channel": "web"}
    with pytest.raises(NotAllowed, match="已满十八周岁"):
        online.begin(cast.version, at=at(10, 1), **told)
    assert online.begin(cast.version, at=SEP24, **told).agent == cast.wangfang


def test_invented_numbers_are_refused_online_where_real_cases_are_handled(cast: Cast, shop: Party) -> None:
    """Installed with `init` and not as a demonstration: whatever is typed at home is as little accepted as at a window."""
    draft = her_own(cast, shop)
    County.objects.update(demo=False)
    real = County.objects.get()
    other = PartyData(paper_kind="uscc", paper_number=demo_uscc("92", 8), name="另一家店")
    child = PartyData(paper_kind="household", paper_number=demo_id(1523, date(2018, 6, 1), 28), name="李小雨", guardian=cast.wangfang, guardian_relation="母亲")  # fmt: skip
    with pytest.raises(NotAllowed, match="演示用的号码"):
        acts.enter_firm(cast.wangfang, other, by=cast.wangfang, at=SEP24, county=real)
    with pytest.raises(NotAllowed, match="演示用的号码"):
        acts.enter_ward(cast.wangfang, child, by=cast.wangfang, at=SEP24, county=real)
    with pytest.raises(NotAllowed, match="演示用的号码"):
        online.begin(cast.version, by=cast.wangfang, at=SEP24, once=uuid4(), applicant=cast.wangfang, channel="web")  # fmt: skip
    with pytest.raises(NotAllowed, match="演示用的号码"):
        online.submit(draft, by=fang(cast), at=SEP24, told=online.Told(phone="13800000000"))
    newcomer = PartyData(paper_kind="resident", paper_number=OWNER, name="周杰", phone="13800000000")
    with pytest.raises(NotAllowed, match="演示用的号码"):
        acts.register(
            newcomer, by=acts.Newcomer(COUNTY, "13800000000"), at=SEP24, username="zhou", password="x"
        )


def test_what_was_entered_online_before_becomes_the_claim_that_it_is(cast: Cast, shop: Party) -> None:
    Claim.objects.all().delete()
    proved = Party.objects.create(kind="org", name="旧店", paper_kind="uscc", paper_hash=b"old", representative=cast.wangfang)  # fmt: skip
    Party.objects.filter(pk=shop.pk).update(representative=cast.wangfang)
    log_access(COUNTY, by=cast.wangfang, at=SEP24, what="enter", about=f"party:{proved.pk}")
    log_access(COUNTY, by=cast.liwei, at=at(9, 25), what="representative", about=f"party:{proved.pk}")
    sql = importlib.import_module("onewindow.people.migrations.0005_claims").TO_CLAIMS
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert Claim.objects.get().party == shop
    assert (fang(cast).speaks_for, fang(cast).claims_for) == ({cast.wangfang.pk, proved.pk}, {shop.pk})


def test_her_page_says_what_waits_for_the_window(cast: Cast, shop: Party) -> None:
    client = Client()
    with on(SEP24):
        client.force_login(cast.wangfang.account, "onewindow.people.signing.Backend")
        page = client.get("/my/people/").content.decode()
    assert "待窗口核实" in page
    assert "请带营业执照和您的身份证到窗口核实" in page


def test_bringing_a_file_up_to_date_shows_nothing_in_full_and_keeps_what_is_left_empty(
    cast: Cast, liwei: Desk
) -> None:
    Party.objects.filter(pk=cast.wangfang.pk).update(
        phone="10095715339", address="测试省测试市测试县测试路 58 号"
    )
    before = Party.objects.get(pk=cast.wangfang.pk)
    with on(SEP24):
        find(liwei)
        page = liwei.get("/counter/file/").content.decode()
        told = {"paper_kind": "resident", "paper_number": "", "name": "王芳", "phone": "", "address": ""}
        assert liwei.post("/counter/file/", told).status_code == 302
    for full in (before.paper_number, before.phone, before.address):
        assert full not in page
    assert before.phone_masked in page
    after = Party.objects.get(pk=cast.wangfang.pk)
    assert (after.paper_number, after.phone, after.address) == (
        before.paper_number,
        before.phone,
        before.address,
    )
    assert Party.objects.count() == 1
