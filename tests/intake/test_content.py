"""An uploaded file is what its bytes are: whole, bounded, harmless, and refused with a sentence otherwise."""

import struct
import zlib

import pytest

from onewindow.intake.content import JPEG, PDF, PNG, Unfit, check, tidy
from tests.fakes.papers import chunk, jpeg, pdf, png

MOST = 5


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [(pdf(), "图.pdf", PDF), (png(), "图.PNG", PNG), (jpeg(), "图.jpeg", JPEG), (jpeg(), "图.jpg", JPEG)],
)
def test_what_it_says_is_kept(content: bytes, name: str, kind: str) -> None:
    fit = check(content, name, MOST)
    assert (fit.media_type, fit.name) == (kind, name)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "空.pdf", "空文件"),
        (b"MZ\x90\x00" + b"\0" * 64, "合同.pdf", "Windows 程序"),
        (b"PK\x03\x04" + b"\0" * 64, "合同.pdf", "Word、Excel"),
        (b"<html><script>alert(1)</script>", "合同.pdf", "网页"),
        (b"<svg xmlns='x' onload='alert(1)'/>", "章.png", "网页"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 64, "IMG_1.jpg", "HEIC"),
        (b"plain words", "说明.pdf", "认不出来"),
        (pdf(), "图.jpg", "后缀不一致"),
        (png(), "图.pdf", "后缀不一致"),
        (pdf(), "无后缀", "后缀不一致"),
        (b"x" + pdf(), "图.pdf", "认不出来"),
        (png()[:-20], "图.png", "不完整"),
        (jpeg()[:30], "图.jpg", "不完整"),
        (pdf()[:-120], "图.pdf", "不完整"),
        (b"%PDF-1.7\nnothing\nstartxref\n0\n%%EOF", "图.pdf", "没有页面"),
        (pdf(more=b"<< /S /JavaScript /JS (app.alert(1)) >>"), "图.pdf", "带有程序"),
        (pdf(more=b"<< /S /#4AavaScript /#4aS (x) >>"), "图.pdf", "带有程序"),
        (pdf(more=b"<< /S /Launch /F (cmd.exe) >>"), "图.pdf", "带有程序"),
        (pdf(more=b"<< /Encrypt 9 0 R >>"), "图.pdf", "密码"),
    ],
)
def test_what_lies_is_broken_or_carries_programs_is_refused_with_a_sentence(
    content: bytes, name: str, sentence: str
) -> None:
    with pytest.raises(Unfit, match=sentence):
        check(content, name, MOST)


def test_a_program_inside_a_packed_object_is_found() -> None:
    packed = zlib.compress(b"7 0 << /S /JavaScript /JS (app.alert(1)) >>")
    hidden = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    with pytest.raises(Unfit, match="带有程序"):
        check(pdf(more=hidden + packed + b"\nendstream"), "图.pdf", MOST)


def test_letters_in_a_picture_inside_a_pdf_are_no_program() -> None:
    assert check(pdf(page=b"/JS " * 500), "图.pdf", MOST).media_type == PDF
    raw = b"<< /Length 60 >>\nstream\n" + b"/JS /Launch " * 5 + b"\nendstream"
    assert check(pdf(more=raw), "图.pdf", MOST).media_type == PDF


def test_a_pdf_that_unfolds_beyond_all_measure_is_refused() -> None:
    bomb = zlib.compress(b"\0" * (300 * 1024 * 1024), 9)
    assert len(bomb) < 400_000
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(bomb) + bomb + b"\nendstream"
    with pytest.raises(Unfit, match="大得不正常"):
        check(pdf(more=stream), "图.pdf", MOST)


def test_a_picture_that_unfolds_beyond_its_size_or_is_too_large_is_refused() -> None:
    with pytest.raises(Unfit, match="大得不正常"):
        check(png(more=b"\0" * (30 * 1024 * 1024)), "图.png", MOST)
    vast = struct.pack("!LLBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    with pytest.raises(Unfit, match="尺寸太大"):
        check(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", vast) + chunk(b"IEND", b""), "图.png", MOST)
    with pytest.raises(Unfit, match="尺寸太大"):
        check(jpeg(60_000, 60_000), "图.jpg", MOST)


def test_a_checksum_that_does_not_fit_is_no_picture() -> None:
    touched = bytearray(png())
    touched[50] ^= 1
    with pytest.raises(Unfit, match="不完整"):
        check(bytes(touched), "图.png", MOST)


def test_a_file_beyond_the_setting_is_refused_with_the_limit() -> None:
    with pytest.raises(Unfit, match="超过 1 MB"):
        check(pdf(page=b"x") + b" " * (1024 * 1024), "大.pdf", 1)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Users\王芳\图.pdf", "图.pdf"),
        ("图\u202efdp.exe.pdf", "图fdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("", "未命名文件"),
    ],
)
def test_the_name_keeps_no_folder_and_no_hidden_sign(typed: str, kept: str) -> None:
    assert tidy(typed) == kept
