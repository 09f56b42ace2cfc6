"""原文的一章: what stands in an archived text under one of its outermost headings, letter for letter?"""

from __future__ import annotations

import re
from pathlib import Path

from onewindow.rules.pack import Source

FOOT = re.compile(r"^Copyright\b", re.MULTILINE)  # where the page of a web site ends under the text


def chapter(source: Source, root: Path, title: str) -> str:
    """The words under the heading `title`, up to the next heading of its rank; nothing where the text has none."""
    if not source.text or not source.headings:
        return ""
    text = (root / source.text).read_text(encoding="utf-8")
    ends = FOOT.search(text)
    text = text[: ends.start()] if ends else text
    found = list(re.finditer(source.headings[0], text, re.MULTILINE))
    for one, after in zip(found, [*found[1:], None], strict=True):
        if one.group(1).strip() == title:
            return _plain(text[one.end() : after.start() if after else len(text)])
    return ""


def _plain(words: str) -> str:
    """Without the blank lines and the spaces at the ends that the page was laid out with; no word is touched."""
    lines = [line.strip(" \t\u3000\xa0\r") for line in words.splitlines()]
    return "\n".join(line for line in lines if line)
