"""Letters follow from facts: every fact that the law wants in writing leaves one, and only one."""

import pytest
from pypdf import PdfReader

from onewindow.cases.acts import correct, decide, deliver, examine, refuse, withdraw
from onewindow.cases.models import Case
from onewindow.cases.tick import tick
from onewindow.ground import files
from onewindow.intake.acts import Paper
from onewindow.journal.models import Entry
from onewindow.letters.acts import issue
from onewindow.letters.models import Letter
from onewindow.letters.reads import by_code, compare, letters_of
from onewindow.rules.grants import SYSTEM, NotGranted
from tests.cast import SEP24, Cast, assemble, at, carry_out

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def cast() -> Cast:
    return assemble()


def kinds(case: Case) -> list[str]:
    return [letter.kind for letter in letters_of(case.subject)]


def text(letter: Letter) -> str:
    reader = PdfReader(files.path_of(letter.file.sha256))
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace(" ", "")


def granted(cast: Cast) -> Case:
    case = cast.accepted()
    examine.review(case, by=cast.zhangmin, at=at(10, 9), favourable=True, text="建议准予")
    decide.grant(case, by=cast.chenju, at=at(10, 12), text="准予食品经营许可。")
    return case


def test_a_case_leaves_its_receipt_acceptance_decision_and_proof_of_service(cast: Cast) -> None:
    case = granted(cast)
    taker = deliver.Taker(name="王芳", paper_kind="resident", paper="991523198803040427", signed=True)
    deliver.hand_over(case, by=cast.liwei, at=at(10, 13), taker=taker, window=cast.window)
    carry_out(case.subject)
    assert kinds(case) == ["receipt", "accepted", "granted", "service"]


def test_the_acceptance_says_until_when_how_it_is_counted_and_by_which_article(cast: Cast) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    letter = letters_of(case.subject).get(kind="accepted")
    told = text(letter)
    assert letter.number == "罗市监许受〔2026〕1号"
    for words in ("2026年10月13日（星期二）", "8个工作日", "第三十二条", "中秋节放假", "演示"):
        assert words in told


def test_the_receipt_carries_the_enquiry_code(cast: Cast) -> None:
    case = cast.apply()
    carry_out(case.subject)
    assert case.enquiry_code in text(letters_of(case.subject).get(kind="receipt"))


def test_the_receipt_of_what_costs_nothing_says_so(cast: Cast) -> None:
    case = cast.apply()
    carry_out(case.subject)
    assert "不收费。" in text(letters_of(case.subject).get(kind="receipt"))


def test_the_acceptance_carries_the_enquiry_code_and_two_squares_for_two_things(cast: Cast) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    letter = letters_of(case.subject).get(kind="accepted")
    told = text(letter)
    for words in (case.enquiry_code, "扫码查进度", "扫码验真", "凭办件编号和查询码"):
        assert words in told
    assert f"number={case.number}#{case.enquiry_code}" in letter.data["track_url"]
    assert f"/verify/{letter.code}/" in letter.data["verify_url"]


def test_a_telephone_that_nobody_entered_is_not_printed(cast: Cast) -> None:
    type(cast.county).objects.update(phone="0000-0000000", supervision_phone="0000-0000000")
    case = cast.accepted()
    carry_out(case.subject)
    told = text(letters_of(case.subject).get(kind="accepted"))
    assert "0000-0000000" not in told
    assert "咨询：" not in told
    assert "承办窗口：" in told


def test_running_twice_makes_one_letter(cast: Cast) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    carry_out(case.subject)
    assert kinds(case) == ["receipt", "accepted"]


def test_a_letter_speaks_of_the_case_as_it_stood_then(cast: Cast) -> None:
    case = granted(cast)
    carry_out(case.subject)
    assert "2026年10月13日" in text(letters_of(case.subject).get(kind="accepted"))


def test_a_correction_notice_lists_everything_and_says_what_follows(cast: Cast) -> None:
    case = cast.apply(bjt="missing", zd="wrong")
    lacking = cast.materials[1:]
    correct.ask_correction(case, by=cast.liwei, at=SEP24, demands={m.pk: f"请补交{m.name}" for m in lacking})
    correct.receive_correction(case, by=cast.liwei, at=at(9, 29), papers=[Paper(m) for m in lacking])
    carry_out(case.subject)
    assert kinds(case) == ["receipt", "correction", "correction_received"]
    told = text(letters_of(case.subject).get(kind="correction"))
    for words in ("操作流程和设备布局图", "食品安全管理制度", "2026年10月22日", "终止办理"):
        assert words in told


def test_a_refusal_names_reasons_and_remedy(cast: Cast) -> None:
    case = cast.apply()
    why = {
        "kind": "refused",
        "reasons": "经营场所与住宅共用",
        "basis": "《中华人民共和国行政许可法》第三十二条",
    }
    refuse.propose_refusal(case, by=cast.liwei, at=SEP24, **why)
    refuse.confirm_refusal(case, by=cast.chenju, at=at(9, 28))
    carry_out(case.subject)
    told = text(letters_of(case.subject).get(kind="refused"))
    for words in ("经营场所与住宅共用", "六十日", "罗山县人民政府", "六个月"):
        assert words in told


def test_silence_and_withdrawal_leave_their_letters_too(cast: Cast) -> None:
    case = cast.apply()
    tick(at(10, 10))
    withdraw.withdraw(case, by=cast.wangfang, at=at(10, 12))
    carry_out(case.subject)
    assert kinds(case) == ["receipt", "accepted", "withdrawn"]
    assert "即为受理" in text(letters_of(case.subject).get(kind="accepted"))


@pytest.mark.parametrize("kind", ["行政确认", "行政给付", "其他行政权力", "公共服务"])
def test_what_is_no_licence_carries_no_licence_title_and_no_licence_article(kind: str) -> None:
    case = granted(assemble(kind=kind, legal=None))
    carry_out(case.subject)
    assert len(kinds(case)) == 3
    for letter in letters_of(case.subject):
        assert "行政许可" not in letter.title
        assert "行政许可法" not in text(letter)


def test_a_letter_is_found_by_its_code_and_told_from_a_changed_copy(cast: Cast) -> None:
    case = cast.accepted()
    carry_out(case.subject)
    letter = letters_of(case.subject)[0]
    pdf = files.read(letter.file)
    assert by_code(letter.code.lower().replace("-", " ")) == letter
    assert by_code("AAAA-AAAA-AAAA-AAAA") is None
    assert compare(letter, pdf).same
    assert not compare(letter, pdf[:-1] + b"x").same


def test_nobody_issues_a_letter_by_hand_without_the_power(cast: Cast) -> None:
    entry = Entry.objects.filter(subject=cast.accepted().subject).first()
    with pytest.raises(NotGranted):
        issue(entry, by=cast.liwei, kind="receipt")
    assert issue(entry, by=SYSTEM, kind="receipt").demo
