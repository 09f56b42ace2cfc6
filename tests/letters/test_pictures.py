"""A picture that can serve as a seal is square, clear behind, large enough, and drawn by nobody's script."""

import re

import pytest

from onewindow.letters.pictures import NotASealPicture, checked
from tests.letters.seals import SVG, seal_png


def test_a_drawn_and_a_painted_seal_are_taken() -> None:
    assert checked(seal_png()) == "image/png"
    assert checked(SVG) == "image/svg+xml"


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (b"", "不超过 2 MB"),
        (b"\xff\xd8\xff\xe0 JFIF", "PNG 或 SVG"),
        (seal_png(120, 120), "不少于 300 像素"),
        (seal_png(900, 310), "正方形"),
        (seal_png(4100, 4100), "超过 4000 像素"),
        (seal_png(ground=255), "背景不透明"),
        (seal_png()[:300], "打不开"),
        (SVG[:60], "打不开"),
        (SVG.replace(b'0 0 100 100"', b'0 0 100 60"'), "正方形"),
        (SVG.replace(b"<path", b'<rect width="100" height="100" fill="#fff"/><path'), "背景不透明"),
        (SVG.replace(b"<path", "<text>章</text><path".encode()), "文字转曲"),
        (SVG.replace(b"<path", b"<script>alert(1)</script><path"), "script"),
        (SVG.replace(b"<path", b'<image href="file:///etc/passwd"/><path'), "image"),
        (SVG.replace(b"<path", b'<path onload="alert(1)"'), "脚本"),
        (SVG.replace(b"<path", b'<path fill="url(http://example.test/x)"'), "链接"),
        (b'<!DOCTYPE svg [<!ENTITY a "a">]>' + SVG, "文档类型"),
        (re.sub(rb"<circle.*/></svg>", b"</svg>", SVG), "空白"),
    ],
)
def test_what_cannot_be_a_seal_is_refused_in_words(picture: bytes, words: str) -> None:
    with pytest.raises(NotASealPicture, match=words):
        checked(picture)
