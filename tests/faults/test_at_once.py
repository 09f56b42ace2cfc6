"""The same page sent four times at the same moment, and two people on the same page: done once, told to the others."""

import base64
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from onewindow.cases.acts import accept, examine
from onewindow.cases.models import Case, Opinion
from onewindow.feedback.models import Rating
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.people.models import Holding, Post
from onewindow.rules.grants import SYSTEM, NotAllowed
from tests.cast import COUNTY, SEP24, Cast, assemble, at, officer
from tests.fakes.papers import pdf
from tests.faults.dying import mortals
from tests.web.citizen import closed, correcting, on, page_of, shown
from tests.web.desks import NUMBER, SHOP, at_desk, begin, marked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
DOT = "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 40).decode()
TAKER = {"taker_name": "王芳", "taker_paper_kind": "resident", "taker_paper": NUMBER, "relation": "本人"}
PRESSES = 4


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


def facts(case: Case) -> list[str]:
    return list(Entry.objects.filter(subject=case.subject).order_by("place").values_list("fact", flat=True))


def at_once(*sendings: Callable[[], Any]) -> list[Any]:
    """The answers to pages that are sent at the same moment, each on a connection of its own."""

    gate = threading.Barrier(len(sendings))

    def send(one: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            gate.wait(60)
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(sendings)) as hands:
        return list(hands.map(send, sendings))


def press(client: Client, address: str, told: Callable[[], dict[str, Any]], when: datetime) -> list[int]:
    """One button, pressed four times in a row before anything came back."""

    def send() -> Any:
        again = Client()
        again.cookies = client.cookies
        return again.post(address, told())

    with on(when):
        client.get("/")  # signed in at this moment
        return [answer.status_code for answer in at_once(*[send] * PRESSES)]


def seen(case: Case, **told: Any) -> dict[str, Any]:
    return {"seen": Case.objects.get(pk=case.pk).subject.length, **told}


def test_each_step_of_the_office_pressed_four_times_is_done_once() -> None:
    cast = assemble()
    Post.objects.filter(pk=cast.liwei.posts[0].pk).update(window=cast.window)
    case = cast.accepted()
    steps = [
        (cast.zhangmin, "question", {"text": "哪个水池洗菜？"}, "ExplanationAsked"),
        (cast.zhangmin, "review", {"favourable": "yes", "text": "符合"}, "Reviewed"),
        (cast.chenju, "grant", {"text": "准予"}, "Granted"),
        (cast.liwei, "hand-over", {**TAKER, "signature": DOT}, "Delivered"),
    ]
    for who, act, told, fact in steps:
        sent = seen(case, **told)
        answers = press(at_desk(who), f"/cases/{case.number}/do/{act}/", lambda sent=sent: sent, at(10, 9))
        assert answers.count(302) == 1, act
        assert set(answers) <= {302, 404, 409, 422}, act
        assert facts(case).count(fact) == 1, act
    assert facts(case)[2:] == [fact for *_, fact in steps]
    assert verify() == []


def test_each_step_of_the_applicant_pressed_four_times_is_done_once() -> None:
    cast = assemble()
    asked, lacking, given_up, rated = cast.accepted(), correcting(cast), cast.accepted(), closed(cast)
    question = examine.ask_explanation(asked, by=cast.zhangmin, at=at(9, 28), text="哪个水池洗菜？")
    point = lacking.corrections.get().points.get()
    steps = [
        (asked, f"{page_of(asked)}questions/{question.pk}/", lambda: {"answer": "靠窗的"}, "Explained"),
        (
            lacking,
            f"{page_of(lacking)}correct/",
            lambda: {f"file-{point.pk}": SimpleUploadedFile("图.pdf", pdf())},
            "CorrectionReceived",
        ),
        (given_up, f"{page_of(given_up)}withdraw/", lambda: {"last": NUMBER[-4:]}, "Withdrawn"),
    ]
    for case, address, told, fact in steps:
        client = Client()
        with on(at(9, 29)):
            shown(client, case)
        answers = press(client, address, told, at(9, 29))
        assert set(answers) <= {302, 409, 422}, (fact, answers)
        assert facts(case).count(fact) == 1, fact
    client = Client()
    with on(at(10, 13)):
        shown(client, rated)
    answers = press(client, f"/rate/{rated.number}/", lambda: {"grade": "5"}, at(10, 13))
    assert max(answers) < 500
    assert Rating.objects.count() == 1
    assert verify() == []


def test_two_examiners_at_once_one_gives_the_opinion_and_the_other_keeps_his_words() -> None:
    cast = assemble()
    other = officer(COUNTY, "周平", "S012", Post.objects.get(held__officer=cast.zhangmin))
    assert Holding.objects.filter(officer=other).exists()
    case = cast.accepted()
    desks = [at_desk(cast.zhangmin), at_desk(other)]
    words = ["张敏写了很久的意见", "周平写了很久的意见"]
    with on(at(10, 9)):
        for desk in desks:
            desk.get("/desk/")
        address = f"/cases/{case.number}/do/review/"
        sent = [seen(case, favourable="yes", text=text) for text in words]
        answers = at_once(*[lambda n=n: desks[n].post(address, sent[n]) for n in range(2)])
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    late = next(n for n in range(2) if answers[n].status_code == 409)
    page = answers[late].content.decode()
    assert "本件刚刚有人办过，请看最新情况" in page, re.findall(r"ow-errors.*?</", page, re.S)
    assert words[late] in page
    assert Opinion.objects.get().text == words[1 - late]


def test_a_web_process_killed_in_the_middle_leaves_all_or_nothing_and_the_page_can_be_sent_again() -> None:
    cuts = {
        "onewindow.journal.write:_write": 0,
        "onewindow.web.views.counter.sheet:seal": 0,
        "onewindow.web.views.counter.sheet:_take": 1,  # done; the answer never arrived
    }
    cast: Cast = assemble()
    liwei = at_desk(cast.liwei)
    with mortals() as dying, on(SEP24):
        for before, (path, done) in enumerate(cuts.items()):
            page, sent = begin(liwei, cast), SHOP | marked(cast) | {"do": "accept"}
            cookies = {name: one.value for name, one in liwei.cookies.items()}
            post = {"to": page, "fields": sent, "cookies": cookies, "at": SEP24.timestamp()}
            assert dying.killed({"post": post}, path, "after")
            assert Case.objects.count() == before + done
            assert liwei.post(page, sent).status_code == 302
            case = Case.objects.latest("pk")
            assert facts(case) == ["Received", "Accepted"]
            assert case.number == f"LS-260924-{before + 1:04}"
    assert verify() == []


def test_the_tick_run_by_two_hosts_at_once_reminds_once() -> None:
    cast = assemble()
    case = cast.apply()
    act = lambda: accept.accept_by_silence(case, by=SYSTEM, at=at(10, 10))  # noqa: E731
    at_once(lambda: _refused(act), lambda: _refused(act))
    assert facts(case) == ["Received", "AcceptedBySilence"]


def _refused(act: Callable[[], object]) -> object:
    try:
        return act()
    except NotAllowed as refusal:
        return refusal
