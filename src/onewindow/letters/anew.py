"""更正后的文书: what would a letter say if it were made again today, and in what would it differ from the first?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from onewindow.letters.compose import Matter, common, matter_of
from onewindow.letters.data import LetterData, from_plain
from onewindow.letters.models import Letter
from onewindow.letters.told import TOLD

# A proof of service records what was shown and signed then; a new one would prove nothing.
NEVER = ("service",)
# What a decision says is confirmed by whoever decides; see `acts.correct`.
DECISIONS = ("granted", "denied")
_REASONS = ("reasons", "理由")
# Which of its own words an officer wrote, and may write again; everything else comes from the file.
WORDING: Mapping[str, tuple[tuple[str, str], ...]] = {
    "refused": (_REASONS,),
    "not_ours": (_REASONS, ("go_to", "应当向哪个机关申请")),
    "not_needed": (_REASONS,),
    "denied": (_REASONS,),
    "granted": (("decided", "决定内容"),),
    "explanation": (("questions", "要说明的问题"),),
}
_DECIDED = "决定"  # the row of the result that the decider wrote
_OF_THE_SHEET = frozenset(
    {"number", "issued_on", "verify_url", "verify_code", "track_url", "enquiry_code"}
    | {"corrects", "corrects_title", "corrects_on", "why_corrected"}
)
_WORD_OF = {
    "addressee": "收文人",
    "organ": "发文机关",
    "item": "事项",
    "reasons": "理由",
    "go_to": "应当向哪个机关申请",
    "questions": "要说明的问题",
    "result": "决定内容",
    "delivery": "领取方式",
    "papers": "材料",
    "term": "期限",
    "legal_term": "法定期限",
    "basis": "依据",
    "counter": "承办窗口",
    "clerk": "承办人",
    "phone": "咨询电话",
    "complaint_phone": "投诉电话",
    "remedy": "救济途径",
    "fee": "费用",
    "first_asked": "首问",
    "annuls": "作废的文书",
    "stands": "对办理的影响",
}


@dataclass(frozen=True)
class Change:
    """One thing in which the new letter differs: its word, and how it read and will read where that is a sentence."""

    word: str
    before: str = ""
    after: str = ""


def first_of(letter: Letter) -> Letter:
    """The letter with which a chain of corrections began: its cause is what the chain is about."""
    while letter.replaces is not None:  # a chain is of one kind from its first letter to its last
        letter = letter.replaces
    return letter


def matter_anew(letter: Letter) -> Matter:
    """The case as it stood when the first letter was due, with the name that the applicant's file has now."""
    matter = matter_of(first_of(letter).cause)
    matter.case.applicant_name = matter.case.applicant.name
    return matter


def said(matter: Matter, letter: Letter, wording: Mapping[str, str], **sheet: Any) -> LetterData:
    """All that the new letter says, but its number and why it was made."""
    data = replace(common(matter, **sheet), **TOLD[letter.kind](matter))
    told: dict[str, Any] = {name: _reworded(data, name, text) for name, text in _named(wording).items()}
    return replace(data, **told)


def _named(wording: Mapping[str, str]) -> dict[str, str]:
    return {"result" if name == "decided" else name: text for name, text in wording.items()}


def _reworded(data: LetterData, name: str, text: str) -> object:
    if name == "result":
        anew = tuple((_DECIDED, text.strip()) if row[0] == _DECIDED else row for row in data.result)
        return tuple(row for row in anew if row[1])
    if name == "reasons":
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    return (text.strip(),) if name == "questions" else text.strip()


def wording_of(letter: Letter) -> dict[str, str]:
    """The words that an officer wrote for this letter, as they stand in it, to be written again."""
    data = from_plain(letter.data)
    now = {
        "reasons": "\n".join(data.reasons),
        "go_to": data.go_to,
        "questions": "\n".join(data.questions),
        "decided": dict(data.result).get(_DECIDED, ""),
    }
    return {name: now[name] for name, _ in WORDING.get(letter.kind, ())}


def changes(letter: Letter, wording: Mapping[str, str], at: datetime) -> list[Change]:
    """In what the letter would differ if it were made again now."""
    old = from_plain(letter.data)
    new = said(matter_anew(letter), letter, wording, number="", code=old.verify_code, url="", issued_at=at)
    named = (field.name for field in fields(LetterData) if field.name not in _OF_THE_SHEET)
    return [
        change
        for name in named
        if getattr(old, name) != getattr(new, name)
        for change in _change(_WORD_OF.get(name, "其他内容"), getattr(old, name), getattr(new, name))
    ]


def _change(word: str, before: object, after: object) -> list[Change]:
    """One line; of a table one for each row that differs, so that nobody searches for it."""
    old, new = _rows(before), _rows(after)
    if old is None or new is None:
        return [Change(word, _plain(before), _plain(after))]
    differing = [row for row in {**old, **new} if old.get(row) != new.get(row)]
    return [Change(row, old.get(row, ""), new.get(row, "")) for row in differing] or [Change(word)]


def _rows(value: object) -> dict[str, str] | None:
    """A table of words and what stands beside them; None for anything else."""
    if not isinstance(value, tuple) or not all(isinstance(row, tuple) and len(row) == 2 for row in value):
        return None
    return dict(value) if len(dict(value)) == len(value) else None


def _plain(value: object) -> str:
    """A sentence for the screen; what is a term is shown by its word alone."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple) and value and all(isinstance(one, str) for one in value):
        return "；".join(value)
    return ""
