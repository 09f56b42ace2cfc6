"""Verifying a letter: its code, its file, one flipped byte, and whose name may be read."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from onewindow.ground import files
from onewindow.letters.models import Letter
from onewindow.letters.reads import letters_of
from tests.cast import Cast, assemble, at, carry_out
from tests.web.citizen import on

OCT9 = at(10, 9)


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"


@pytest.fixture
def letter(db: None) -> Letter:
    cast: Cast = assemble()
    case = cast.accepted()
    carry_out(case.subject)
    return letters_of(case.subject).get(kind="accepted")


def sent(pdf: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("letter.pdf", pdf, "application/pdf")}


def test_a_code_shows_the_letter_and_masks_the_name(letter: Letter, client: Client) -> None:
    with on(OCT9):
        typed = letter.code.lower().replace("-", " ")
        address = client.get("/verify/", {"code": typed}).headers["Location"]
        html = client.get(address).content.decode()
    assert address == f"/verify/{letter.code}/"
    for told in (
        letter.title,
        letter.number,
        "罗山县市场监督管理局",
        bytes(letter.digest).hex(),
        "王*",
        "演示",
    ):
        assert told in html
    assert "王芳" not in html


def test_a_mistyped_code_and_an_unknown_one_are_told_apart(letter: Letter, client: Client) -> None:
    wrong = letter.code[:-1] + ("0" if letter.code[-1] != "0" else "1")
    with on(OCT9):
        answer = client.get("/verify/", {"code": wrong})
        assert (answer.status_code, "打错了" in answer.content.decode()) == (422, True)
        code = letter.code
        Letter.objects.filter(pk=letter.pk).update(code="0000-0000-0000-0000")
        answer = client.get(f"/verify/{code}/")
    assert (answer.status_code, "查不到这份文书" in answer.content.decode()) == (404, True)


def test_the_file_itself_is_the_letter_to_the_last_byte(letter: Letter, client: Client) -> None:
    pdf = files.read(letter.file)
    with on(OCT9):
        good = client.post("/verify/", sent(pdf)).content.decode()
        by_code = client.post(f"/verify/{letter.code}/", sent(pdf)).content.decode()
    for html in (good, by_code):
        assert "和我们保存的一字不差" in html
        assert "电子签名有效" in html
        assert letter.number in html


def test_one_flipped_byte_is_found(letter: Letter, client: Client) -> None:
    pdf = bytearray(files.read(letter.file))
    pdf[len(pdf) // 3] ^= 1
    with on(OCT9):
        html = client.post("/verify/", sent(bytes(pdf))).content.decode()
    assert "一字不差" not in html
    assert "ow-note--red" in html


def test_another_letter_held_against_this_code_is_told_so(letter: Letter, client: Client) -> None:
    receipt = letters_of(letter.subject).get(kind="receipt")
    with on(OCT9):
        html = client.post(f"/verify/{letter.code}/", sent(files.read(receipt.file))).content.decode()
    assert "但不是这一份" in html


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "请选择要核验的"), (b"GIF89a", "这不是 PDF"), (b"%PDF-1.7 broken", "不是本机关签发")],
)
def test_whatever_else_is_uploaded_gets_a_sentence(
    letter: Letter, client: Client, content: bytes, sentence: str
) -> None:
    with on(OCT9):
        assert sentence in client.post("/verify/", sent(content)).content.decode()


def test_a_corrected_letter_names_the_one_that_holds(letter: Letter, client: Client) -> None:
    later = letters_of(letter.subject).get(kind="receipt")
    Letter.objects.filter(pk=later.pk).update(replaces=letter)
    with on(OCT9):
        html = client.get(f"/verify/{letter.code}/").content.decode()
    assert "已经被更正" in html
    assert later.number in html


def test_guessing_codes_is_slowed(letter: Letter, client: Client) -> None:
    with on(OCT9):
        answers = [client.get(f"/verify/{letter.code}/").status_code for _ in range(62)]
        assert answers[59:] == [200, 429, 429]
    with on(OCT9 + timedelta(minutes=11)):
        assert client.get(f"/verify/{letter.code}/").status_code == 200


def test_a_letter_of_an_earlier_day_is_proved_by_the_same_demonstration_key(db: None, client: Client) -> None:
    """The worker may come to the letters of several days in any order."""
    cast: Cast = assemble()
    for case in (cast.apply(), cast.apply(at(9, 10))):
        carry_out(case.subject)
        with on(OCT9):
            html = client.post(
                "/verify/", sent(files.read(letters_of(case.subject).get().file))
            ).content.decode()
        assert "电子签名有效" in html
