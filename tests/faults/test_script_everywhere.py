"""The same for each address that takes something in; what is kept of it stands on every page as the words it is."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.cases.acts import correct, deliver, examine
from onewindow.cases.models import Case
from onewindow.catalogue.models import Item
from onewindow.feedback.models import Rating
from onewindow.intake.models import Application
from onewindow.letters.models import Letter, Reissue, Service
from onewindow.notices.models import OfficerMessage
from onewindow.oversight import acts
from onewindow.people.models import Account, Holding, Officer, Party, Post
from onewindow.rules.grants import Grant
from onewindow.rules.identity import demo_uscc
from onewindow.web.views.case.deeds import DEEDS
from onewindow.web.views.serving import WAYS
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out, officer
from tests.faults.away import AWAY
from tests.faults.booking import BOOKING
from tests.faults.boxes import BOXES
from tests.faults.calling import CALLING
from tests.faults.day import DAY
from tests.faults.emergency import EMERGENCY
from tests.faults.extending import COMPLAINING, EXTENDING
from tests.faults.fields import EVIL, RECORD, SHORTER, SHOWN, Seen, blind, checked, spoil, wangfangs
from tests.faults.guiding import GUIDING
from tests.faults.norms import NORMS
from tests.faults.routes import APPLYING, CASE, COUNTER, FOLLOWING, KEEPING, MANAGING, OWN, WATCHING
from tests.faults.screens import SCREENS
from tests.faults.test_expired_everywhere import forms as every_form
from tests.faults.venues import VENUES
from tests.oversight.stage import RED, answered, overrun, supervisor
from tests.web.citizen import closed, correcting, granted, on, page_of, shown
from tests.web.desks import Desk, at_desk, begin
from tests.web.stage import PASSWORD

pytestmark = pytest.mark.django_db
ANYTHING = (
    "text",
    "reason",
    "name",
    "value",
    "answer",
    "why",
    "remark",
    "number",
    "last",
    "papers",
    "file",
    "code",
)
TABLES = (
    APPLYING,
    OWN,
    FOLLOWING,
    COUNTER,
    CASE,
    RECORD,
    MANAGING,
    KEEPING,
    WATCHING,
    SHORTER,
    AWAY,
    CALLING,
    BOOKING,
    EXTENDING,
    COMPLAINING,
    SCREENS,
    VENUES,
    NORMS,
    EMERGENCY,
    GUIDING,
    DAY,
    BOXES,
)


def filled(route: str, **told: object) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(told.get(found[1], 1)), route)


def anonymous(route: str) -> str:
    """The same route whatever its parts are called."""
    return re.sub(r"<(?:\w+:)?\w+>", "<>", route)


def test_no_form_is_left_out() -> None:
    assemble()
    swept = {anonymous(route) for table in TABLES for route in table}
    assert {anonymous(route) for route in every_form()} - swept == set()


def sweep(
    client: Client,
    table: tuple[str, ...],
    leave: tuple[str, ...] = ("/logout/", "/mode/"),
    seen: Seen | None = None,
    **told: object,
) -> int:
    fields, seen = 0, set() if seen is None else seen
    for route in table:
        address = filled(route, **told)
        page = client.get(address)
        if page.status_code == 405:
            fields += blind(client, address, *ANYTHING)
        else:
            fields += spoil(client, address, leave, seen, page)
    return fields


def as_words(client: Client, *addresses: str) -> list[str]:
    """The pages on which script stands as the words that were typed."""
    return [address for address in addresses if SHOWN in checked(client.get(address), address)]


def everything(cast: Cast) -> Desk:
    post = Post.objects.create(
        county=COUNTY, name="全部", scope="county", grants=[grant.value for grant in Grant]
    )
    return at_desk(officer(COUNTY, "郑凯", "A001", post))


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"
    settings.SEALS_DIR = tmp_path / "seals"


def test_script_in_every_field_of_an_application_from_its_beginning_to_its_end() -> None:
    cast = assemble()
    Item.objects.filter(pk=cast.version.item_id).update(online_depth=3, audience=["自然人"])
    with on(SEP24):
        wangfang = wangfangs(cast)
        address = cast.version.item.address
        wangfang.post(reverse("apply", args=[address]), {"applicant": cast.wangfang.pk, "agrees": "on"})
        once = Application.objects.get().once
        told = {"address": address, "once": once, "material": cast.materials[1].pk}
        assert sweep(wangfang, APPLYING[:-1], ("/discard/", "/logout/"), **told) > 20
        draft = f"/apply/draft/{once}/"
        pages = [f"{draft}{step}/" for step in ("form", "papers", "review")]
        assert f"{draft}form/" in as_words(wangfang, *pages)
        assert Application.objects.get(once=once).draft["shop"] == [EVIL]
        assert sweep(wangfang, APPLYING[-1:], ("/logout/",), **told) >= 0


def test_script_in_every_field_of_ones_own_pages() -> None:
    cast = assemble()
    with on(SEP24):
        wangfang = wangfangs(cast)
        carry_out(cast.accepted().subject)
        assert sweep(wangfang, OWN, ("/logout/", "/mode/", "/password/")) > 10
        as_words(wangfang, *(filled(route) for route in OWN))


def test_script_in_every_answer_correction_withdrawal_and_rating_by_code() -> None:
    cast = assemble()
    asked, lacking, rated = cast.accepted(), correcting(cast), closed(cast)
    carry_out(lacking.subject)
    letter = Service.objects.get().letter_id
    question = examine.ask_explanation(asked, by=cast.zhangmin, at=at(9, 28), text=EVIL)
    chief = everything(cast)
    with on(at(10, 13)):
        for case in (asked, lacking, rated):
            visitor = Client()
            shown(visitor, case)
            visitor.post(f"/rate/{rated.number}/", {"grade": "2", "reason": "209", "text": EVIL})
            assert sweep(visitor, FOLLOWING, number=case.number, question=question.pk, letter=letter) >= len(
                ANYTHING
            )
        assert Rating.objects.get().text == EVIL
        assert as_words(chief, "/watch/?list=ratings") != []
        question.refresh_from_db()
        assert question.answer == EVIL
        assert as_words(chief, f"/cases/{asked.number}/") != []


def test_script_in_every_field_of_the_counter_and_of_somebody_new() -> None:
    cast = assemble()
    liwei = everything(cast)
    with on(SEP24):
        once = begin(liwei, cast).split("/")[2]
        assert sweep(liwei, COUNTER[:-1], once=once) > 40
        liwei.post("/counter/next/")
        found = liwei.post(
            "/counter/find/", {"paper_kind": "passport", "paper_number": "E12345678", "nation": "CHN"}
        )
        assert found.status_code in (200, 302)
        assert spoil(liwei, "/counter/file/") > 4
        assert sweep(liwei, COUNTER[-1:]) > 0
    assert not Party.objects.filter(name__contains="<script>").exists()  # a name is letters, and is told so


def test_script_in_every_act_on_a_case_at_every_stage() -> None:
    cast = assemble()
    chief = everything(cast)
    waiting, lacking, held = cast.apply(), correcting(cast), cast.accepted()
    reviewed = cast.accepted()
    examine.review(reviewed, by=cast.zhangmin, at=at(10, 8), favourable=True, text=EVIL)
    came = correcting(cast)
    correct.receive_correction(came, by=cast.liwei, at=at(9, 25), papers=[correct.Paper(cast.materials[1])])
    done = granted(cast)
    every = (waiting, lacking, came, held, reviewed, done)
    for case in every:
        carry_out(case.subject)
    fields, seen = 0, Seen()  # a form that stands at several stages is spoilt once with each text
    with on(at(10, 10)):
        for letter in Letter.objects.filter(kind__in=("accepted", "granted")):
            told = {"number": letter.subject.number, "letter": letter.pk}
            fields += sweep(chief, CASE[2:3], seen=seen, **told)
        asked = Reissue.objects.get(letter__subject=done.subject_id, confirmed=None)
        assert as_words(chief, filled(CASE[3], number=done.number, reissue=asked.pk)) != []
        fields += sweep(chief, CASE[3:4], number=done.number, reissue=asked.pk)
        for letter in Service.objects.values_list("letter", flat=True):
            fields += sum(sweep(chief, CASE[4:5], seen=seen, letter=letter, way=way) for way in WAYS)
        refused: set[str] = set()  # an act that is not open answers alike at each stage
        for case in every:
            open_here = set(
                re.findall(r"/do/([\w-]+)/", chief.get(f"/cases/{case.number}/").content.decode())
            )
            assert open_here
            for act in [act for act in DEEDS if act in open_here or act not in refused]:
                fields += sweep(chief, CASE[-1:], seen=seen, number=case.number, act=act)
            refused |= DEEDS.keys() - open_here
            fields += sweep(chief, CASE[:1], seen=seen, number=case.number)
        fields += sweep(chief, CASE[1:2], number=done.number)
        assert fields > 120
        pages = [f"/cases/{case.number}/" for case in Case.objects.all()]
        assert len(as_words(chief, *pages)) > 2
        for case in Case.objects.all():
            visitor = Client()
            shown(visitor, case)
            checked(visitor.get(page_of(case)), page_of(case))
            carry_out(case.subject)


def test_who_takes_a_result_and_why_a_parcel_came_back_are_shown_as_words() -> None:
    cast = assemble()
    case, chief = granted(cast), everything(cast)
    Application.objects.filter(pk=case.application_id).update(delivery_way="courier", delivery_address=EVIL)
    deliver.dispatch(case, by=cast.liwei, at=at(10, 10), tracking=EVIL)
    deliver.take_back(case, by=cast.liwei, at=at(10, 12), why=EVIL)
    with on(at(10, 13)):
        assert as_words(chief, f"/cases/{case.number}/") != []
        taker = {"taker_name": EVIL, "taker_paper_kind": "resident", "taker_paper": "991523198803040427"}
        told = {**taker, "relation": "本人", "signed": "on", "seen": case.subject.length}
        page = checked(chief.post(f"/cases/{case.number}/do/hand-over/", told), "hand-over")
        assert SHOWN in page or page == ""
        checked(chief.get("/issue/"), "/issue/")


def test_script_in_every_field_of_management() -> None:
    cast = assemble()
    chief = everything(cast)
    told = {
        "post": Post.objects.get(held__officer=cast.liwei).pk,
        "held": Holding.objects.get(officer=cast.liwei).pk,
        "officer": cast.zhaoqiang.pk,
        "hall": cast.window.hall_id,
        "window": cast.window.pk,
        "setting": "upload.max_megabytes",
    }
    Account.objects.filter(pk=cast.zhangmin.account_id).update(username="zhangmin")
    where = {"address": EVIL, "hours": EVIL, "phone": "0000-0000000"}
    grants = {"grants": ["cases:examine"]}
    until = {"since": "2026-09-24", "until": "2026-09-25"}
    written = {
        "tokens/new": {"name": EVIL, "username": "zhangmin", "scopes": ["read"], "expires_on": "2027-03-31"},
        "settings/staff.session_minutes": {"value": "20", "reason": EVIL},
        "organisation/officers/new": {
            "name": EVIL,
            "staff_no": "N77",
            "username": "lin",
            "password1": PASSWORD,
        },
        "organisation/departments/new": {
            "name": EVIL,
            "key": "ceshi",
            "short": "罗测",
            "uscc": demo_uscc("11", 77),
        },
        "windows/halls/new": {"name": EVIL, "kind": "outpost", "region": COUNTY, **where},
        "organisation/posts/new": {"name": EVIL, "department": cast.police.pk, **grants},
        f"organisation/posts/{told['post']}/stand-in": {
            "officer": cast.zhaoqiang.pk,
            "reason": EVIL,
            **until,
        },
        f"windows/{cast.window.pk}/close": {"reason": EVIL},
    }
    with on(SEP24):
        for address, fields in written.items():
            checked(chief.post(f"/manage/{address}/", {"phone": "0000-0000000", **fields}), address)
        pages = ("organisation", "organisation/officers", "windows", "settings", "tokens")
        assert len(as_words(chief, *(f"/manage/{page}/" for page in pages))) == len(pages)
        assert sweep(chief, MANAGING, **told) > 60
        pages = (*pages, "seals", "accesses", "calendar")
        as_words(chief, *(f"/manage/{page}/" for page in pages), "/errands/", "/outbox/")


def test_script_in_every_field_of_an_overrun_and_of_the_messages() -> None:
    cast = assemble()
    row, chief = overrun(cast), everything(cast)
    with on(RED):
        page = f"/watch/overdue/{row.pk}/"
        assert spoil(chief, page) > 4  # nobody is named yet, so nothing of it is taken
        Officer.objects.filter(pk=cast.zhangmin.pk).update(name=EVIL)
        answered(cast, row, why=EVIL, done=EVIL)
        acts.send_back(row, by=supervisor(), at=RED, remark=EVIL)
        assert len(as_words(chief, page)) == 1
        told = {"overdue": row.pk, "message": OfficerMessage.objects.earliest("pk").pk}
        assert sweep(chief, WATCHING, **told) > len(ANYTHING)
        spoil(chief, page)
        pages = ("/watch/?list=register", "/watch/?list=lights", "/messages/")
        assert len([checked(chief.get(address), address) for address in pages]) == len(pages)


def test_script_in_every_field_of_the_catalogue() -> None:
    cast = assemble()
    chief = everything(cast)
    item = cast.version.item
    with on(SEP24):
        told = {"item": item.pk, "number": 1, "base": item.base_code, "deed": "review", "kind": "suspend"}
        assert sweep(chief, KEEPING, **told) > 40
        pages = [
            "/catalogue/",
            f"/catalogue/{item.pk}/",
            f"/catalogue/{item.pk}/draft/",
            "/catalogue/changes/",
        ]
        assert as_words(chief, *pages) != []
        for address in ("/", "/search/?q=食品", reverse("guide", args=[item.address])):
            checked(chief.get(address), address)
