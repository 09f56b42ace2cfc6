"""法规登记: which laws are cited, in which text, and was each quotation found in it?

The full texts are not part of the project. `packs/laws.toml` registers each law cited with the
SHA-256 of the text that was read; `packs/checked.txt`, written by `checkpacks --laws DIR --record`,
lists each quotation found in that text. A quotation that is not on the list is unverified.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from onewindow.rules.pack import Basis, Cite, PackError, Source

REGISTER = "laws.toml"
CHECKED = "checked.txt"
_OPTIONAL = frozenset({"number", "short", "origin", "newer"})
_LAW_KEYS = _OPTIONAL | {"title", "adopted", "in_force", "articles", "sha256", "file", "checked_on"}
_ARTICLE = re.compile(r"^(第[一二三四五六七八九十百零]+条)[ 　\t]")
_NAMED = re.compile(
    r"^(第[一二三四五六七八九十百零]+条)(?:第([一二三四五六七八九十]+)款)?(?:第([一二三四五六七八九十]+)项)?$"
)
_ITEM = re.compile(r"^[（(]([一二三四五六七八九十]+)[）)]")
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Law:
    """One law of the register."""

    id: str
    title: str
    short: str
    number: str
    adopted: date
    in_force: date
    articles: int
    sha256: str
    file: str
    checked_on: date
    origin: str = ""
    newer: str = ""

    def source(self) -> Source:
        return Source(
            self.id,
            Basis.LAW,
            self.title,
            number=self.number,
            issued=self.adopted,
            origin=self.origin,
            sha256=self.sha256,
            newer=self.newer,
            verified=True,
        )


class Register:
    """The laws that may be cited, and the quotations already found in their texts."""

    def __init__(self, laws: Mapping[str, Law], checked: frozenset[str]) -> None:
        self.laws = laws
        self._checked = checked

    @classmethod
    def read(cls, roots: Iterable[Path]) -> "Register":
        laws: dict[str, Law] = {}
        checked: set[str] = set()
        for root in roots:
            for key, row in _table(root / REGISTER).items():
                laws[key] = _law(key, row)
            if (root / CHECKED).is_file():
                lines = (root / CHECKED).read_text(encoding="utf-8").splitlines()
                checked |= {line for line in lines if line and not line.startswith("#")}
        return cls(laws, frozenset(checked))

    def knows(self, source: str) -> bool:
        return source in self.laws

    def sources(self) -> Iterator[Source]:
        return (law.source() for law in self.laws.values())

    def mark(self, cite: Cite) -> str:
        """The line that says: this quotation stands in this article of this text."""
        law = self.laws[cite.source]
        words = hashlib.sha256(f"{law.sha256}\n{cite.clause}\n{cite.quote}".encode()).hexdigest()[:20]
        return f"{cite.source} {cite.clause} {words}"

    def has_checked(self, cite: Cite) -> bool:
        return self.mark(cite) in self._checked


def _table(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise PackError(f"{path.name} 不是合格的 TOML：{wrong}。") from wrong


def _law(key: str, row: Mapping[str, Any]) -> Law:
    strangers = set(row) - _LAW_KEYS
    missing = _LAW_KEYS - _OPTIONAL - set(row)
    if strangers or missing:
        raise PackError(
            f"法规登记 {key}：{'多出' if strangers else '缺少'} {'、'.join(strangers or missing)}。"
        )
    return Law(key, **{"number": "", "short": row["title"], **row})


def fault_in(cite: Cite, text: str) -> str | None:
    """What is wrong with a quotation, in one sentence; None when it stands where it says it does.

    White space is left aside, since the collections set their line breaks differently.
    """
    named = _NAMED.match(cite.clause)
    if not named:
        return f"条款写法不能辨认：{cite.clause}"
    article, paragraph, item = named.groups()
    parts = articles(text).get(article)
    if parts is None:
        return f"没有{article}"
    quote = _bare(cite.quote)
    if quote not in _bare("".join(parts)):
        elsewhere = [name for name, lines in articles(text).items() if quote in _bare("".join(lines))]
        return f"引文不在{article}" + (f"，而在{'、'.join(elsewhere)}" if elsewhere else "，全文中也没有")
    places = set(_places(parts, quote))
    wanted = (_number(paragraph) if paragraph else None, _number(item) if item else None)
    if any(_agrees(wanted, place) for place in places):
        return None
    return f"引文在{article}内，但不在所写的款项（{cite.clause}）"


def _agrees(wanted: tuple[int | None, int | None], place: tuple[int, int]) -> bool:
    return wanted[0] in (None, place[0]) and wanted[1] in (None, place[1])


def _places(parts: list[str], quote: str) -> Iterator[tuple[int, int]]:
    """Paragraph (款) and item (项) of each line that holds the quotation; item 0 is the paragraph itself."""
    paragraph = 0
    for line in parts:
        item = _ITEM.match(line)
        paragraph += 0 if item else 1
        if quote in _bare(line):
            yield paragraph, _number(item.group(1)) if item else 0


def articles(text: str) -> dict[str, list[str]]:
    """The lines of each article, its number taken off the first."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for raw in text.splitlines():
        line = raw.strip()
        start = _ARTICLE.match(line)
        if start:
            current = found.setdefault(start.group(1), [])
            line = line[start.end() :].strip()
        if line.startswith("#"):
            current = None
        elif line and current is not None:
            current.append(line)
    return found


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _number(words: str) -> int:
    """一 … 九十九."""
    if "十" not in words:
        return _DIGITS.index(words)
    tens, ones = words.split("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)
