"""The proof sheet of a date: every day with its reason, for the office, for the applicant and for programs alike."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from onewindow.letters.proofs import NO_LETTER
from onewindow.people.models import Account, Party
from onewindow.rules.clock import Pause, reckon
from onewindow.rules.proofs import counting, proved, reason
from tests.calendar import CALENDAR
from tests.cast import Cast, assemble, at
from tests.web.citizen import ask, closed, on
from tests.web.desks import at_desk

OCT9 = at(10, 9, 14)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def paper(answer) -> str:
    assert answer["Content-Type"] == "application/pdf"
    return "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).replace(" ", "")


def test_every_day_of_a_term_stands_on_a_line_with_its_reason_and_its_source(cast: Cast) -> None:
    case = cast.accepted()
    with on(OCT9):
        html = (
            at_desk(cast.zhangmin).get(reverse("case_proof", args=[case.number, "promised"])).content.decode()
        )
    assert html.count("<tr class=") == 20
    assert "2026 年 10 月 13 日（星期二）到期" in html
    for words in ("中秋节放假", "星期六调休上班", "第 8 天", "国办发明电〔2025〕7号", "职工工作时间的规定"):
        assert words in html
    assert "李伟，2026 年 9 月 24 日 10:21" in html
    assert "各地区可以在国家规定的政务服务事项办理时限内进一步压减时间" in html
    assert "开始的当日不计入，自下一日开始计算" in html
    assert NO_LETTER in html


def test_the_paper_says_what_the_page_says(cast: Cast) -> None:
    case = cast.accepted()
    with on(OCT9):
        answer = at_desk(cast.zhangmin).get(
            reverse("case_proof_pdf", args=[case.number, "decide"]) + "?download"
        )
    assert "attachment" in answer["Content-Disposition"]
    told = paper(answer)
    assert "2026年10月29日（星期四）到期" in told
    assert [n for n in range(1, 21) if f"第{n}天" not in told] == []
    assert NO_LETTER in told


def test_a_term_that_ended_keeps_its_proof(cast: Cast) -> None:
    case = closed(cast)
    with on(at(10, 20)):
        client = at_desk(cast.zhangmin)
        page = client.get(reverse("case_time", args=[case.number])).content.decode()
        for term in ("accept", "decide", "promised", "deliver"):
            assert reverse("case_proof", args=[case.number, term]) in page
            html = client.get(reverse("case_proof", args=[case.number, term])).content.decode()
            assert "结束，在期限以内" in html


def test_another_office_finds_no_proof_and_reads_nothing_of_the_case(cast: Cast) -> None:
    case = cast.accepted()
    with on(OCT9):
        client = at_desk(cast.zhaoqiang)
        for name in ("case_proof", "case_proof_pdf"):
            answer = client.get(reverse(name, args=[case.number, "decide"]))
            assert answer.status_code == 404
            for word in (case.item_name, "王芳", "2026-10-29", "10 月 29 日"):
                assert word not in answer.content.decode()


@pytest.mark.parametrize("name", ["case_proof", "case_proof_pdf", "track_proof", "track_proof_pdf"])
def test_a_term_that_the_case_has_not_is_not_found(cast: Cast, name: str) -> None:
    case = cast.accepted()
    with on(OCT9):
        client = at_desk(cast.zhangmin)
        if name.startswith("track"):
            client = Client()
            ask(client, case.number, case.enquiry_code)
        assert client.get(reverse(name, args=[case.number, "deliver"])).status_code == 404


def test_number_and_code_open_the_proof_and_nothing_else_does(cast: Cast) -> None:
    case = cast.accepted()
    with on(OCT9):
        for name in ("track_proof", "track_proof_pdf"):
            answer = Client().get(reverse(name, args=[case.number, "decide"]))
            assert (answer.status_code, answer.content) == (302, b"")
            assert answer["Location"].startswith("/track/?number=")
        client = Client()
        ask(client, case.number, case.enquiry_code)
        listed = client.get(reverse("track_time", args=[case.number])).content.decode()
        assert reverse("track_proof", args=[case.number, "accept"]) in listed
        html = client.get(reverse("track_proof", args=[case.number, "decide"])).content.decode()
        told = paper(client.get(reverse("track_proof_pdf", args=[case.number, "decide"])))
    assert "2026 年 10 月 29 日（星期四）到期" in html
    assert "2026年10月29日（星期四）到期" in told
    assert "李伟" not in html + told
    assert "工作人员，2026 年 9 月 24 日 10:21" in html


def test_paper_is_not_set_without_end_for_one_address(cast: Cast) -> None:
    place = reverse("track_proof_pdf", args=[cast.accepted().number, "promised"])
    with on(OCT9):
        visitor = Client()
        assert {visitor.get(place).status_code for _ in range(30)} == {302}
        slow = visitor.get(place)
        assert slow.status_code == 429
        assert "1 分钟" in slow.content.decode() or "60 秒" in slow.content.decode()
        assert Client(REMOTE_ADDR="10.0.0.9").get(place).status_code == 302


def test_the_applicant_reaches_the_proof_from_her_own_page(cast: Cast) -> None:
    case = cast.accepted()
    with on(OCT9):
        client = Client()
        ask(client, case.number, case.enquiry_code)
        page = client.get(reverse("track_case", args=[case.number])).content.decode()
    assert reverse("track_proof", args=[case.number, "promised"]) in page
    assert reverse("track_time", args=[case.number]) in page


def test_a_due_day_leads_to_its_proof_and_only_for_whoever_owns_the_case(cast: Cast) -> None:
    case = cast.accepted()
    accounts = [
        Account.objects.create(username=name, joined_at=at(1, 5), password="!", password_changed_at=at(1, 5))
        for name in ("wangfang", "zhangmin2")
    ]
    Party.objects.filter(pk=cast.wangfang.pk).update(account=accounts[0])
    told = {"kind": "person", "paper_kind": "resident", "paper_hash": b"7" * 32}
    Party.objects.create(name="张敏", account=accounts[1], **told)
    hers, other = Client(), Client()
    with on(at(9, 24, 15)):
        hers.force_login(accounts[0], "onewindow.people.signing.Backend")
        other.force_login(accounts[1], "onewindow.people.signing.Backend")
        assert reverse("track_time", args=[case.number]) in hers.get("/my/").content.decode()
        page = hers.get(reverse("track_proof", args=[case.number, "promised"]))
        assert "2026 年 10 月 13 日（星期二）到期" in page.content.decode()
        assert hers.get(reverse("track_proof_pdf", args=[case.number, "promised"])).content[:4] == b"%PDF"
        for address in ("track_proof", "track_proof_pdf"):
            refused = other.get(reverse(address, args=[case.number, "promised"]))
            assert (refused.status_code, refused.content) == (302, b"")
        assert other.get(reverse("track_time", args=[case.number])).status_code == 302


def test_a_day_in_a_year_without_notice_is_marked_provisional_on_the_sheet(cast: Cast) -> None:
    case = cast.accepted(at(12, 9))
    with on(at(12, 10)):
        client = at_desk(cast.zhangmin)
        html = client.get(reverse("case_proof", args=[case.number, "decide"])).content.decode()
        told = paper(client.get(reverse("case_proof_pdf", args=[case.number, "decide"])))
    assert "暂定，待国务院办公厅放假通知" in html
    assert "暂定，待国务院办公厅放假通知" in told


def test_while_a_pause_lasts_the_sheet_goes_up_to_today_and_names_its_ground() -> None:
    pause = Pause(date(2026, 9, 28), None, "专家评审")
    reckoning = reckon(date(2026, 9, 24), 8, "working", CALENDAR, (pause,))
    lines = proved(reckoning, CALENDAR, date(2026, 10, 9))
    assert lines[-1].on == date(2026, 10, 9)
    assert not any(line.last for line in lines)
    told = {line.on: (counting(line, first=n == 0), reason(line)) for n, line in enumerate(lines)}
    assert told[date(2026, 9, 28)] == ("第 1 天", "工作日")
    assert told[date(2026, 9, 29)] == ("暂停", "专家评审，期限暂停")
    assert told[date(2026, 9, 24)][0] == "起算日"


def test_a_pause_that_has_ended_is_named_on_each_of_its_days() -> None:
    pause = Pause(date(2026, 9, 28), date(2026, 9, 30), "鉴定")
    reckoning = reckon(date(2026, 9, 24), 8, "working", CALENDAR, (pause,))
    lines = proved(reckoning, CALENDAR, date(2026, 9, 29))
    assert [line.on.day for line in lines if counting(line, first=False) == "暂停"] == [29, 30]
    assert sum(line.counted for line in lines) == 8
    assert lines[-1].last


def test_a_day_off_that_counts_in_a_term_of_calendar_days_says_why() -> None:
    reckoning = reckon(date(2026, 9, 18), 8, "calendar", CALENDAR)
    told = {line.on.day: reason(line) for line in proved(reckoning, CALENDAR, date(2026, 9, 18))}
    assert told[19] == "星期六，按自然日计，也算"
    assert told[25] == "中秋节放假，按自然日计，也算"
    assert told[21] == "工作日"
