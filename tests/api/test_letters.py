"""Programs do with letters what the desks do: serve them, put them right; and learn what they need for it."""

import base64

import pytest

from onewindow.cases.models import Case
from onewindow.journal.models import Entry
from onewindow.letters.models import Letter, Reissue, Service
from onewindow.people.models import Post
from onewindow.rules.grants import Grant
from tests.api.conftest import Program, application, program_of
from tests.api.test_files import beside
from tests.api.test_life import done, opened
from tests.api.test_own import picture
from tests.api.test_statements import AT_THE_DOOR, READ, STEP, cost
from tests.cast import COUNTY, carry_out, officer
from tests.people.conftest import Stage

pytestmark = pytest.mark.django_db
WHY = {"kind": "refused", "reasons": "场所在禁止区域", "basis": "《中华人民共和国行政许可法》第三十二条"}
COMPOSED = 6  # what a letter is made of
TAKER = {"name": "王芳", "paper": "991523198803040427", "signed": True}


@pytest.fixture
def refused(stage: Stage, window: Program, head: Program) -> str:
    """A case that was refused, with its letter made."""
    number = opened(stage, window)
    done(window.step(number, "propose-refusal", **WHY))
    done(head.step(number, "confirm-refusal"))
    carry_out(Case.objects.get().subject)
    return number


@pytest.fixture
def letter(refused: str) -> int:
    return Letter.objects.get(kind="refused").pk


def line(who: Program, number: str, letter: int) -> dict:
    return next(one for one in done(who.get(f"/cases/{number}"))["letters"] if one["id"] == letter)


def test_the_window_learns_what_it_has_to_serve_and_hands_it_over(
    window: Program, examiner: Program, refused: str, letter: int
) -> None:
    [waits] = done(window.get("/letters-to-serve"))["letters"]
    assert (waits["case"], waits["letter"], waits["tracking"]) == (refused, letter, "")
    assert done(examiner.get("/letters-to-serve")) == {"letters": [], "next": None}
    assert line(window, refused, letter)["waits"]
    before = done(window.get(f"/cases/{refused}"))["seen"]
    told = done(window.step(refused, "hand-letter", letter=letter, seen=before, **TAKER))
    assert (told["stage"]["code"], told["seen"]) == ("refused", before + 1)
    served = line(window, refused, letter)
    assert (served["waits"], served["served_by"]) == (False, "counter")
    assert Service.objects.get().taker == "王芳"
    assert done(window.get("/letters-to-serve"))["letters"] == []


def test_a_letter_goes_by_post_comes_back_and_is_left(window: Program, refused: str, letter: int) -> None:
    done(window.step(refused, "send-letter", letter=letter, tracking="EX000000000CN"))
    assert line(window, refused, letter)["tracking"] == "EX000000000CN"
    done(window.step(refused, "letter-back", letter=letter, why="拒收"))
    assert line(window, refused, letter)["tracking"] == ""
    told = {"letter": letter, "place": "测试路 60 号", "why": "当面拒收"}
    bare = window.step(refused, "leave-letter", **told)
    assert (bare.status_code, "见证人" in bare.json()["detail"]) == (409, True)
    done(window.step(refused, "leave-letter", witness="测试村委会", **told))
    facts = list(Entry.objects.order_by("pk").values_list("fact", flat=True))
    assert facts[-3:] == ["LetterSent", "LetterCameBack", "Served"]


def test_the_picture_of_a_letter_that_was_left_comes_beside_the_words(
    window: Program, refused: str, letter: int, tmp_path, settings
) -> None:
    settings.FILES_DIR = tmp_path / "files"
    told = {"step": "leave-letter", "letter": letter, "place": "测试路 60 号", "why": "拒收"}
    body = {**told, "photo": {"part": "photo"}}
    answer = beside(window, f"/cases/{refused}/steps", body, {"photo": base64.b64decode(picture())})
    done(answer)
    assert Service.objects.get().photo.media_type == "image/png"


def test_the_receipt_of_the_post_ends_it(window: Program, refused: str, letter: int) -> None:
    early = window.step(refused, "letter-arrived", letter=letter, taker="王芳")
    assert (early.status_code, "没有在途的邮件" in early.json()["detail"]) == (409, True)
    done(window.step(refused, "send-letter", letter=letter, tracking="EX000000000CN"))
    done(window.step(refused, "letter-arrived", letter=letter, taker="王芳"))
    assert Service.objects.get().way == "post"


def test_the_applicant_takes_it_online_only_where_he_agreed(stage: Stage, refused: str, letter: int) -> None:
    hers = program_of(stage, stage.cast.wangfang)
    without = hers.step(refused, "take-letter", letter=letter)
    assert (without.status_code, "没有同意电子送达" in without.json()["detail"]) == (409, True)
    case = Case.objects.get()
    type(case.application).objects.update(e_service=True)
    done(hers.step(refused, "take-letter", letter=letter))
    assert Service.objects.get().way == "online"


def test_who_only_hands_out_serves_what_its_window_has_to_and_nothing_else(
    stage: Stage, window: Program, other_office: Program, refused: str, letter: int
) -> None:
    post = Post.objects.create(
        county=COUNTY,
        name="出件岗",
        scope="hall",
        hall=stage.cast.window.hall,
        grants=[Grant.CASE_DELIVER.value],
    )
    issuing = program_of(stage, officer(COUNTY, "周洁", "C099", post))
    running = opened(stage, window)
    assert issuing.step(running, "hand-letter", letter=letter, **TAKER).status_code == 404
    assert other_office.step(refused, "hand-letter", letter=letter, **TAKER).status_code == 404
    assert done(issuing.step(refused, "hand-letter", letter=letter, **TAKER))["number"] == refused


def test_a_letter_is_put_right_by_program_and_a_decision_by_two(
    stage: Stage, window: Program, examiner: Program, head: Program
) -> None:
    number = opened(stage, window)
    done(window.step(number, "accept"))
    done(examiner.step(number, "review", favourable=False, text="不符合"))
    why = {"grounds": "没有固定的经营场所。", "basis": "《中华人民共和国食品安全法》第三十三条"}
    done(head.step(number, "deny", text="不予许可。", **why))
    carry_out(Case.objects.get().subject)
    letter = Letter.objects.get(kind="denied").pk
    asked = {"letter": letter, "why": "理由有错字", "wording": {"reasons": "没有固定经营场所。"}}
    assert examiner.step(number, "correct-letter", **asked).status_code == 403
    foreign = head.step(number, "correct-letter", letter=letter, why="x", wording={"go_to": "别处"})
    assert (foreign.status_code, foreign.json()["errors"][0]["field"]) == (422, "wording.go_to")
    Post.objects.filter(pk=stage.cast.zhangmin.posts[0].pk).update(
        grants=[*stage.cast.zhangmin.posts[0].grants, Grant.LETTER_CORRECT.value]
    )
    done(examiner.step(number, "correct-letter", **asked))
    waits = line(head, number, letter)["correction"]
    assert waits == Reissue.objects.get().pk
    assert examiner.step(number, "confirm-correction", reissue=waits).status_code == 403
    done(head.step(number, "decline-correction", reissue=waits, remark="原文没有错"))
    assert line(head, number, letter)["correction"] is None
    done(examiner.step(number, "correct-letter", **asked))
    done(head.step(number, "confirm-correction", reissue=line(head, number, letter)["correction"]))
    assert Reissue.objects.filter(confirmed=True).count() == 1


def test_whoever_may_forward_learns_to_whom_and_forwards(
    stage: Stage, window: Program, examiner: Program, other_office: Program
) -> None:
    number = opened(stage, window)
    early = examiner.get(f"/cases/{number}/colleagues")
    assert (early.status_code, "不能办“转办”" in early.json()["detail"]) == (409, True)
    done(window.step(number, "accept"))
    assert window.get(f"/cases/{number}/colleagues").status_code == 403
    assert program_of(stage, stage.cast.wangfang).get(f"/cases/{number}/colleagues").status_code == 403
    assert other_office.get(f"/cases/{number}/colleagues").status_code == 404
    desk = Post.objects.get(pk=stage.cast.zhangmin.posts[0].pk)
    officer(COUNTY, "何静", "S012", desk)
    told = done(examiner.get(f"/cases/{number}/colleagues"))["colleagues"]
    assert told == [{"name": "何静", "post": desk.name, "staff_no": "S012", "away_until": None}]
    done(examiner.step(number, "forward", to=told[0]["staff_no"]))
    assert Case.objects.get().examiner.name == "何静"


def test_for_the_decision_whoever_examined_is_not_offered(
    stage: Stage, window: Program, examiner: Program, head: Program
) -> None:
    number = opened(stage, window)
    done(window.step(number, "accept"))
    done(examiner.step(number, "review", favourable=True, text="同意"))
    post = Post.objects.get(pk=stage.cast.zhangmin.posts[0].pk)
    Post.objects.filter(pk=post.pk).update(grants=[*post.grants, Grant.CASE_DECIDE.value])
    assert done(head.get(f"/cases/{number}/colleagues"))["colleagues"] == []


def test_anybody_with_the_receipt_learns_how_far_it_is_and_nothing_of_who_applied(
    stage: Stage, window: Program
) -> None:
    told = window.post("/applications", application(stage.cast)).json()
    receipt = {"number": told["number"].lower(), "enquiry_code": told["enquiry_code"]}
    answer = Program("").post("/status", receipt)
    found = done(answer)
    assert (found["stage"]["code"], found["answer_by"]) == ("received", None)
    assert next(one["title"] for one in found["timeline"]) == "收到您的申请"
    assert "王芳" not in answer.content.decode()
    assert "100" not in str(found.get("phone", ""))


def test_waiting_for_the_correction_it_says_until_when(stage: Stage, window: Program) -> None:
    sent = application(stage.cast)
    sent["materials"][1] |= {"finding": "missing", "reason": "没有交"}
    told = window.post("/applications", sent).json()
    done(window.step(told["number"], "ask-correction", demands={"bjt": "请补交布局图"}))
    receipt = {"number": told["number"], "enquiry_code": told["enquiry_code"]}
    assert done(Program("").post("/status", receipt))["answer_by"] is not None


def test_a_wrong_number_and_a_wrong_code_are_told_alike_and_guessing_ends(
    stage: Stage, window: Program
) -> None:
    told = window.post("/applications", application(stage.cast)).json()
    guess = {"number": told["number"], "enquiry_code": "000000"}
    wrong = Program("").post("/status", guess)
    none = Program("").post("/status", {**guess, "number": "LS-260924-9999"})
    assert wrong.status_code == none.status_code == 404
    assert wrong.json() == none.json()
    for _ in range(4):
        assert Program("").post("/status", guess).status_code == 404
    right = {**guess, "enquiry_code": told["enquiry_code"]}
    assert Program("").post("/status", right).status_code == 429
    # the page for people counts the same tries
    page = Program("").client.post("/track/", {"number": told["number"], "code": told["enquiry_code"]})
    assert page.status_code == 429


def test_what_letters_and_receipts_cost(
    stage: Stage, window: Program, examiner: Program, refused: str, letter: int
) -> None:
    case = Case.objects.get()
    for who in (window, examiner):
        who.get("/cases")  # the day of its last use
    receipt = {"number": refused, "enquiry_code": case.enquiry_code}
    limits = 3  # its own, of the address, of the number
    assert cost(lambda: Program("").post("/status", receipt)) <= READ + limits
    assert cost(lambda: window.get("/letters-to-serve")) <= READ + AT_THE_DOOR
    steps = {"letter": letter, "tracking": "EX000000000CN"}
    assert cost(lambda: window.step(refused, "send-letter", key="1", **steps)) <= STEP + AT_THE_DOOR
    back = {"letter": letter, "why": "拒收"}
    assert cost(lambda: window.step(refused, "letter-back", key="2", **back)) <= STEP + AT_THE_DOOR
    hand = {"letter": letter, **TAKER}
    assert cost(lambda: window.step(refused, "hand-letter", key="3", **hand)) <= STEP + AT_THE_DOOR
    running = opened(stage, window)
    done(window.step(running, "accept"))
    assert cost(lambda: examiner.get(f"/cases/{running}/colleagues")) <= READ + AT_THE_DOOR


def test_putting_a_letter_right_costs_no_more_than_its_making_anew_needs(
    head: Program, refused: str, letter: int
) -> None:
    head.get("/cases")
    told = {"letter": letter, "why": "理由有错字", "wording": {"reasons": "场所在禁止的区域。"}}
    # the letter as it would read now is composed from the whole case before anything is written
    assert (
        cost(lambda: head.step(refused, "correct-letter", key="1", **told)) <= STEP + AT_THE_DOOR + COMPOSED
    )
