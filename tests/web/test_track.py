"""What an applicant sees of his case with its number and code, and what nobody sees without them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from onewindow.cases.acts import correct, decide, examine
from onewindow.cases.acts.refuse import refuse
from onewindow.cases.models import Case, Verdict
from onewindow.cases.reads import told
from onewindow.journal.write import history
from onewindow.letters.reads import letters_of
from onewindow.rules.stages import NEXT
from tests.cast import SEP24, Cast, assemble, at, carry_out
from tests.web.citizen import ask, closed, correcting, granted, on, page_of, shown

OCT9 = at(10, 9, 14)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def test_a_wrong_number_and_a_wrong_code_are_told_in_the_same_words(cast: Cast, client: Client) -> None:
    case = cast.accepted()
    with on(OCT9):
        wrong_code = ask(client, case.number, "000000").content.decode()
        wrong_number = ask(client, "LS-260924-9999", case.enquiry_code).content.decode()
    sentence = "办件编号或者查询码不对"
    assert sentence in wrong_code
    assert sentence in wrong_number
    assert case.item_name not in wrong_code


def test_the_number_is_found_however_it_is_typed(cast: Cast, client: Client) -> None:
    case = cast.accepted()
    wide = " " + case.number.replace("-", "—").translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    with on(OCT9):
        assert ask(client, wide, f" {case.enquiry_code} ").headers["Location"].startswith("/track/")


def test_guessing_is_slowed_per_number_and_says_how_long(cast: Cast) -> None:
    case = cast.accepted()
    with on(OCT9):
        for guess in range(5):
            ask(Client(REMOTE_ADDR=f"10.0.0.{guess}"), case.number, f"{guess:06}")
        answer = ask(Client(REMOTE_ADDR="10.0.0.9"), case.number, case.enquiry_code)
    assert answer.status_code == 429
    assert "15 分钟" in answer.content.decode()
    assert 0 < int(answer.headers["Retry-After"]) <= 901
    with on(OCT9 + timedelta(minutes=16)):
        assert ask(Client(), case.number, case.enquiry_code).status_code == 302


def test_guessing_at_many_numbers_is_slowed_per_address(cast: Cast, client: Client) -> None:
    with on(OCT9):
        answers = [ask(client, f"LS-260924-{n:04}", "123456").status_code for n in range(32)]
    assert answers[29:] == [200, 429, 429]


def test_a_right_code_forgives_the_slips_before_it(cast: Cast, client: Client) -> None:
    case = cast.accepted()
    with on(OCT9):
        for _ in range(3):
            for guess in ("1", "2", "3"):
                ask(client, case.number, guess)
            assert ask(client, case.number, case.enquiry_code).status_code == 302


def test_the_page_and_the_letters_are_bound_to_the_proof(cast: Cast, client: Client) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    letter = letters_of(case.subject).first()
    address = f"{page_of(case)}letters/{letter.pk}/"
    with on(OCT9):
        for path in (page_of(case), address, f"{page_of(case)}withdraw/", f"/rate/{case.number}/"):
            assert client.get(path).headers["Location"].startswith("/track/?number="), path
        shown(client, case)
        pdf = client.get(address)
        assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")
        assert pdf.content.startswith(b"%PDF-")
    with on(OCT9 + timedelta(minutes=61)):
        assert client.get(address).status_code == 302


def test_another_cases_letter_is_not_opened_with_this_cases_proof(cast: Cast, client: Client) -> None:
    case, other = cast.accepted(), cast.accepted(at(9, 24, 11))
    carry_out(other.subject)
    with on(OCT9):
        shown(client, case)
        foreign = f"{page_of(case)}letters/{letters_of(other.subject).first().pk}/"
        assert client.get(foreign).status_code == 404


def test_the_due_day_is_explained_day_by_day_with_the_clauses_own_words(cast: Cast, client: Client) -> None:
    case = cast.accepted()
    with on(OCT9):
        html = shown(client, case)
    assert "为什么是 10 月 13 日" in html
    assert "10 月 13 日（星期二）以前作出决定，还有 3 个工作日" in html
    assert "国庆节放假" in html
    assert "星期六调休上班" in html
    assert "比法定的 20 个少 12 个" in html
    assert "应当向社会公开" in html  # 优化营商环境条例 36, the promised term
    assert "法定办结：最迟 10 月 29 日" in html


def test_a_date_without_its_notice_is_marked_provisional(cast: Cast, client: Client) -> None:
    case = cast.accepted(at(12, 28, 9))
    assert case.provisional
    with on(at(12, 29)):
        assert "暂定，待国务院办公厅放假通知" in shown(client, case)


def test_officers_appear_as_their_office_and_opinions_never(cast: Cast, client: Client) -> None:
    case = granted(cast)
    carry_out(case.subject)
    with on(OCT9):
        html = shown(client, case)
    assert "罗山县市场监督管理局" in html
    for inner in ("张敏", "陈局", "李伟", "洗消间合格", "991523198803040427", "10095715339"):
        assert inner not in html


def test_the_offices_own_doubts_are_not_on_the_applicants_line(cast: Cast, client: Client) -> None:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(9, 28), favourable=True, text="建议准予")
    examine.send_back_review(case, by=cast.chenju, at=at(9, 29), text="再看布局图")
    with on(OCT9):
        html = shown(client, case)
    assert "正在审核" in html
    for inner in ("退回", "审核完成", "再看布局图"):
        assert inner not in html


def test_every_fact_of_a_case_is_told_or_named_as_inner_work() -> None:
    facts = {fact for _, fact in NEXT}
    assert facts == set(told.TITLES) | told.INNER
    assert not set(told.TITLES) & told.INNER


def test_the_correction_is_listed_with_its_last_day_and_what_follows(cast: Cast, client: Client) -> None:
    case = correcting(cast)
    with on(at(9, 25)):
        html = shown(client, case)
    assert "请补布局图，标出洗手池。" in html
    assert '最迟 <b class="nb">10 月 22 日（星期四）</b>' in html
    assert "随时可以重新申请" in html


def test_what_is_wrong_with_a_paper_is_told_on_the_page_and_where_it_is_put_right(
    cast: Cast, client: Client
) -> None:
    case = cast.apply(bjt="wrong")
    why = Verdict.objects.get(case=case, material=cast.materials[1]).reason
    assert why
    correct.ask_correction(
        case, by=cast.liwei, at=at(9, 24, 15), demands={cast.materials[1].pk: "请重新提交原件 1 份。"}
    )
    with on(at(9, 25)):
        html = shown(client, case)
        answers = [client.get(f"{page_of(case)}{page}/").content.decode() for page in ("correct", "nothing")]
    for page in (html, *answers):
        assert why in page
        assert "请重新提交原件 1 份。" in page


def test_a_question_is_answered_and_the_answer_reaches_the_case(cast: Cast, client: Client) -> None:
    case = cast.accepted()
    question = examine.ask_explanation(case, by=cast.zhangmin, at=at(9, 28), text="哪个水池洗菜？")
    with on(at(9, 29)):
        shown(client, case)
        address = f"{page_of(case)}questions/{question.pk}/"
        assert client.post(address, {"answer": "靠窗的"}).status_code == 302
        html = client.get(page_of(case)).content.decode()
        again = client.post(address, {"answer": "改成靠门的"}, follow=True).content.decode()
    assert "靠窗的" in html
    assert "已经答复过" in again
    assert history(case.subject)[-1].name == "Explained"
    assert case.subject.entries.order_by("-place").first().by == f"bearer:{case.pk}"


def test_withdrawing_is_asked_on_a_page_of_its_own_and_wants_the_papers_last_four(
    cast: Cast, client: Client
) -> None:
    case = cast.accepted()
    address = f"{page_of(case)}withdraw/"
    with on(at(9, 29)):
        shown(client, case)
        assert "证件号码的最后 4 位" in client.get(address).content.decode()
        wrong = client.post(address, {"last": "0000"})
        assert (wrong.status_code, Case.objects.get(pk=case.pk).stage) == (422, "examining")
        client.post(address, {"last": cast.wangfang.paper_number[-4:]})
    assert Case.objects.get(pk=case.pk).stage == "withdrawn"


def test_the_result_is_taken_by_download_only_with_consent_and_leaves_its_proof(
    cast: Cast, client: Client
) -> None:
    plain = granted(cast)
    with on(OCT9):
        shown(client, plain)
        refused = client.post(f"{page_of(plain)}result/", follow=True).content.decode()
    assert "没有同意电子送达" in refused
    agreed = granted(cast, e_service=True)
    carry_out(agreed.subject)
    with on(at(10, 10)):
        assert "收下结果" in shown(client, agreed)
        client.post(f"{page_of(agreed)}result/")
    agreed.refresh_from_db()
    assert agreed.stage == "closed"
    assert agreed.deliveries.get().way == "download"


def test_a_finished_case_says_how_it_ended_and_asks_for_the_rating(cast: Cast, client: Client) -> None:
    case = closed(cast)
    with on(at(10, 13)):
        html = shown(client, case)
    assert "10 月 12 日（星期一）办结" in html
    assert "10 月 9 日作出决定，提前 3 个工作日" in html
    assert reverse("rate", args=[case.number]) in html
    assert "撤回申请" not in html


def test_the_page_takes_at_most_five_statements_beside_the_session(
    cast: Cast, client: Client, django_assert_max_num_queries
) -> None:
    case = granted(cast)
    carry_out(case.subject)
    with on(OCT9):
        shown(client, case)
        with django_assert_max_num_queries(6):  # the session and five
            client.get(page_of(case))


def test_a_refused_application_says_why_and_what_the_remedy_letter_is(cast: Cast, client: Client) -> None:
    case = cast.apply(SEP24)
    refuse(
        case,
        by=cast.chenju,
        at=at(9, 25),
        kind="refused",
        reasons="场所与住宅混用，依法不能受理。",
        basis="第三十三条",
    )
    carry_out(case.subject)
    with on(at(9, 26)):
        html = shown(client, case)
    assert "场所与住宅混用" in html
    assert "不予受理决定书" in html


def test_a_denied_case_says_that_it_was_decided_and_counts_no_days_left(cast: Cast, client: Client) -> None:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(10, 8), favourable=False, text="洗消间不合格，建议不予。")
    decide.deny(
        case, by=cast.chenju, at=at(10, 9), text="不予许可。", grounds="洗消间不合格。", basis="第三十三条"
    )
    with on(OCT9):
        html = shown(client, case)
    assert "10 月 9 日（星期五）已经作出决定" in html
    assert "以前作出决定" not in html


def test_a_withdrawn_case_was_not_decided_early(cast: Cast, client: Client) -> None:
    case = cast.accepted()
    with on(at(9, 29)):
        shown(client, case)
        client.post(f"{page_of(case)}withdraw/", {"last": case.applicant.paper_number[-4:]})
        html = client.get(page_of(case)).content.decode()
    assert "已撤回" in html
    assert "作出决定，提前" not in html
