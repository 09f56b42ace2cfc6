"""排版: how does a letter become a PDF?

Data reaches the template only as one JSON value in `sys.inputs`; the template is a fixed file, so no name and
no reason can become source. One compiler per process is kept, because a warm one is four times as fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import segno

from onewindow.letters import kinds, seals, words
from onewindow.letters.blocks import Block, Body, Para
from onewindow.letters.compiling import compiled
from onewindow.letters.data import LetterData
from onewindow.letters.fonts import FontSet, chosen_folder, clean, font_set

TEMPLATE = Path(__file__).parent / "typeset" / "letter.typ"
DEMO = "演示文书，不具有法律效力"
SAMPLE = "印章样张，不是文书，不具有法律效力"
# A longer closing paragraph may be split between two pages.
_CLOSING_LIMIT = 420
# Every mask makes a valid code; trying all eight for the prettiest takes four times as long.
_MASK = 2


class NotSealed(Exception):
    """A letter of an installation that is no demonstration needs the seal of its office."""


@dataclass(frozen=True)
class Rendered:
    """The PDF, and the characters that no font of this installation has (printed as 〓)."""

    pdf: bytes
    missing: tuple[str, ...]


def render(kind: str, data: LetterData, *, seal: bytes | None = None, sample: bool = False) -> bytes:
    """The letter as PDF/A-2b; `seal` is the office's own picture, a demonstration has its specimen.

    A `sample` shows a seal that nobody has confirmed yet: it says 样张 across the seal and on every page.
    """
    return typeset(kind, data, seal=seal, sample=sample).pdf


def shown(kind: str, data: LetterData, *, seal: bytes, sample: bool = False) -> bytes:
    """The first page of the same as a picture (PNG), for a screen."""
    fonts, folder = font_set(chosen_folder()), chosen_folder()
    sheet = _filled(kind, data, seal, sample, fonts, set())
    return _compile(sheet, data, fonts, folder, {"format": "png", "ppi": 110})


def typeset(kind: str, data: LetterData, *, seal: bytes | None = None, sample: bool = False) -> Rendered:
    """As `render`, and says which characters were missing."""
    folder = chosen_folder()
    fonts = font_set(folder)
    missing: set[str] = set()
    sheet = _filled(kind, data, seal, sample, fonts, missing)
    pdf = _compile(sheet, data, fonts, folder, {"format": "pdf", "pdf_standards": ["a-2b"]})
    return Rendered(pdf, tuple(sorted(missing)))


def _filled(
    kind: str, data: LetterData, seal: bytes | None, sample: bool, fonts: FontSet, missing: set[str]
) -> dict[str, Any]:
    """All that the template reads; text that no font has is replaced and told in `missing`."""
    kinds.check(kind, data)
    sheet = _cleaned(_sheet(kind, data), fonts.has, missing)
    sheet["seal"] = _seal(data, sheet, seal, sample)
    sheet["demo"] = SAMPLE if sample else sheet["demo"]
    sheet["qr"] = _square(data.verify_url)
    sheet["way"] = _square(data.track_url) if data.track_url else ""
    sheet["fonts"] = {"title": fonts.title, "body": fonts.body, "hei": fonts.hei}
    sheet["missing"] = "、".join(f"U+{ord(one):04X}" for one in sorted(missing))
    return sheet


def _square(url: str) -> str:
    """A QR code for a telephone's camera."""
    return segno.make(url, error="m", mask=_MASK).svg_inline(border=0, omitsize=True)


def _sheet(kind: str, data: LetterData) -> dict[str, Any]:
    """What the template reads, still with the text as it was given."""
    blocks = [*_preface(data), *kinds.KINDS[kind].body(data).blocks]
    kept = isinstance(blocks[-1], Para) and sum(len(text) for _, text in blocks[-1].runs) <= _CLOSING_LIMIT
    return {
        "organ": data.organ,
        "number": data.number,
        "case": data.case_number,
        "title": kinds.title(kind, data.item_kind, second=data.second, nothing=data.nothing),
        "to": f"{data.addressee}：" if kind != "service" else "",
        "blocks": [block.plain() for block in (blocks[:-1] if kept else blocks)],
        "closing": blocks[-1].plain() if kept else {},
        "date": words.day(data.issued_on),
        "words": data.seal_words,
        "demo": DEMO if data.demo else "",
        "foot": _foot(kind, data),
    }


def _preface(data: LetterData) -> list[Block]:
    """With what a letter begins that takes the place of another."""
    if not data.corrects or data.corrects_on is None:
        return []
    told = (
        f"本文书更正本机关{words.day(data.corrects_on)}出具的《{data.corrects_title}》（{data.corrects}）。"
        f"更正的原因：{data.why_corrected.rstrip('。')}。原文书不再使用；办理的期限不因更正而改变。"
    )
    return Body().say(told).blocks


def _foot(kind: str, data: LetterData) -> dict[str, Any]:
    """What stands beside the squares, line by line; a line with nothing on it is left out."""
    counter = "　".join(part for part in (data.counter, data.clerk) if part)
    lines = (
        (f"承办窗口：{counter}" if counter else "", f"咨询：{data.phone}" if data.phone else ""),
        (f"验真码：{data.verify_code}", data.mark),
        (f"查询码：{data.enquiry_code}" if data.enquiry_code else "", ""),
        ("本文书一式两份", ""),
    )
    return {
        "lines": [[left or right, right if left else ""] for left, right in lines if left or right],
        "sign": "申请人签收：" if kinds.KINDS[kind].receipted else "",
    }


def _cleaned(value: Any, has: frozenset[int], missing: set[str]) -> Any:
    if isinstance(value, str):
        return clean(value, has, missing)
    if isinstance(value, dict):
        return {name: _cleaned(one, has, missing) for name, one in value.items()}
    return [_cleaned(one, has, missing) for one in value] if isinstance(value, list | tuple) else value


def _seal(data: LetterData, sheet: dict[str, Any], picture: bytes | None, sample: bool) -> str:
    """A demonstration never carries a seal unmarked, and a real letter never goes without one."""
    if picture is not None:
        return seals.loaded(picture, mark="样张" if sample else "演示样章" if data.demo else "")
    if data.demo:
        return seals.specimen(sheet["organ"], sheet["words"])
    raise NotSealed(f"{data.organ}还没有加载印章，不能出具文书。")


def _compile(
    sheet: dict[str, Any], data: LetterData, fonts: FontSet, folder: str, form: dict[str, Any]
) -> bytes:
    issued = datetime(data.issued_on.year, data.issued_on.month, data.issued_on.day, tzinfo=UTC)
    return compiled(TEMPLATE, {"letter": sheet}, fonts, folder, at=issued, form=form)
