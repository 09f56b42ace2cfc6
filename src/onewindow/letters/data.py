"""文书数据: what must be known to write a letter? Plain strings, dates and lists, nothing that asks a database.

Whatever stands here is printed as it stands; law titles and articles, day counts and names come from the
caller, never from a template. `to_plain` and `from_plain` keep the same data as JSON beside the letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal, get_args, get_type_hints

from onewindow.rules.clock import UNIT_WORDS, ProofDay, Reckoning

PROVISIONAL = "（暂定，待国务院办公厅放假通知）"


@dataclass(frozen=True, kw_only=True)
class Cite:
    """依据: one article of one law, e.g. 《中华人民共和国行政许可法》 第三十二条."""

    law: str
    article: str

    def __str__(self) -> str:
        title = self.law if self.law.startswith("《") else f"《{self.law}》"
        return f"{title}{self.article}"


@dataclass(frozen=True, kw_only=True)
class ToldDay:
    """A day of a term that the applicant might count otherwise: a day off, or a Saturday that is worked."""

    on: date
    counted: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """期限: how many days, from what event, to which day, and which days in between do not count."""

    days: int
    unit: str
    begins_with: str
    start: date
    due: date
    provisional: bool = False
    local: bool = False
    told: tuple[ToldDay, ...] = ()

    @classmethod
    def of(
        cls, reckoning: Reckoning, proof: Sequence[ProofDay], *, begins_with: str, local: bool = False
    ) -> Term:
        """The term as `rules.clock` reckoned and proved it; a term that stands still has no day to print."""
        if reckoning.due is None:
            raise ValueError("期限处于停止计算状态，没有可以写入文书的日期。")
        told = tuple(
            ToldDay(on=day.on, counted=day.counted, reason=day.reason.removesuffix(PROVISIONAL))
            for day in proof
            if day.on > reckoning.start
            and day.kind != "extension"
            and (not day.counted or "调休" in day.reason)
        )
        return cls(
            days=reckoning.days,
            unit=UNIT_WORDS[reckoning.unit],
            begins_with=begins_with,
            start=reckoning.start,
            due=reckoning.due,
            provisional=reckoning.provisional,
            local=local,
            told=told,
        )


@dataclass(frozen=True, kw_only=True)
class Paper:
    """材料: one row of the table of materials; each kind of letter prints the columns that it needs."""

    name: str
    copies: int = 1
    form: str = ""
    source: str = ""
    number: str = ""
    problem: str = ""
    how: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """救济途径: where and within how long the applicant may contest the decision."""

    review_organ: str
    court: str
    review_days: int
    court_months: int
    review_first: bool = False


@dataclass(frozen=True, kw_only=True)
class Serving:
    """送达: what was served on whom, when, where and how."""

    title: str
    number: str
    way: str
    place: str = ""
    at: str = ""
    taker: str = ""
    relation: str = ""
    paper_shown: str = ""
    server: str = ""
    note: str = ""
    signed: str = ""  # in place of a signature on paper
    closing: str = ""  # what makes it served, when no signature does


@dataclass(frozen=True, kw_only=True)
class Special:
    """特别程序: which, with whom, where, why, from when to when by plan, and which terms stand still meanwhile."""

    name: str
    parties: str
    place: str = ""
    why: str = ""
    begins: date
    until: date
    days: int
    limit: str = ""
    stops: tuple[str, ...] = ()
    held_on: date | None = None
    host: str = ""
    before: date | None = None  # the end that was told before it was prolonged


@dataclass(frozen=True, kw_only=True)
class Charge:
    """收费项目: kind, standard, basis and amount, and how it was reckoned."""

    name: str
    standard: str
    basis: str
    count: int
    amount: str
    how: str = ""


@dataclass(frozen=True, kw_only=True)
class Bill:
    """缴费: what, how much altogether, who pays, where and until when, and what waits for it."""

    number: str
    lines: tuple[Charge, ...]
    total: str
    payer: str
    where: str
    until: date
    waits: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Touched:
    """利害关系人: in what the decision touches him, how many days he has, and with what he asks."""

    concerns: str
    days: int
    ask_days: int = 0
    number: str = ""
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """警告和限制申请: what was found, on which decision it rests, until when he may not apply."""

    ground: str
    facts: str
    decision: str
    warned: bool
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Above:
    """上级: which organ decides, since when it has the case, and what it decided under which number."""

    organ: str
    sent_on: date
    number: str = ""
    decided_on: date | None = None
    granted: bool = False


@dataclass(frozen=True, kw_only=True)
class LetterData:
    """Everything that any letter prints; `kinds.py` says which of it a kind of letter demands."""

    organ: str
    number: str
    case_number: str
    item: str
    item_kind: str
    addressee: str
    applied_on: date
    issued_on: date
    seal_words: str
    verify_url: str
    verify_code: str
    demo: bool
    applicant: Literal["person", "organization"] = "person"
    counter: str = ""
    clerk: str = ""
    mark: str = ""  # 服务标识 of the place, on what its windows hand over
    case_kind: str = ""  # 即办件 …, and how it is handled
    first_asked: str = ""  # 首问: by whom and under which number, on the receipt
    phone: str = ""
    complaint_phone: str = ""
    enquiry_code: str = ""
    track_url: str = ""  # where the progress opens; only beside an enquiry code
    received_on: date | None = None
    accepted_on: date | None = None
    asked_on: date | None = None
    basis: tuple[Cite, ...] = ()
    papers: tuple[Paper, ...] = ()
    term: Term | None = None
    legal_term: Term | None = None
    specials: tuple[str, ...] = ()
    special: Special | None = None
    above: Above | None = None
    heard_on: date | None = None  # the hearing on whose record it is decided
    approved_by: str = ""  # who approved that; the head of the organ when nothing else is said
    longer: str = ""  # by how much the term is extended
    fee: str = ""
    bill: Bill | None = None
    touched: Touched | None = None
    bar: Bar | None = None
    reasons: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    consequence: str = ""
    go_to: str = ""
    result: tuple[tuple[str, str], ...] = ()
    delivery: str = ""
    remedy: Remedy | None = None
    serving: Serving | None = None
    corrected: bool = False
    by_silence: bool = False
    at_receipt: bool = False  # received and accepted in one moment
    nothing: bool = False  # he answered the notice by saying that he has nothing to add
    second: bool = False
    # Accepted on what is there: the papers that the notice asked for and that still lack.
    lacking: tuple[Paper, ...] = ()
    # What the place calls the risk tier of the item.
    tier: str = ""
    # By whom it was done, where it was not an officer of the usual posts: by delegation, or by the published rules.
    made_by: str = ""
    # Why a notice comes after the last day for it.
    late: str = ""
    # Of letters that are void: title, number with day; and where the case stands without them.
    annuls: tuple[tuple[str, str], ...] = ()
    stands: str = ""
    # Of a promise: what is promised, demanded and threatened, how it is checked, what need not be handed in, who signed.
    promised: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    liability: tuple[str, ...] = ()
    check: str = ""
    spared: tuple[str, ...] = ()
    signed: str = ""
    outcome: str = ""  # what follows if it is not kept, or on what a revocation rests
    owed: tuple[Paper, ...] = ()
    by_promise: str = ""  # why a case is accepted without proof
    following: tuple[Paper, ...] = ()  # accepted without them; they follow by the day of `supply_term`
    supply_term: Term | None = None
    until: date | None = None
    # Of a letter that was made anew: which one it takes the place of, and why.
    corrects: str = ""
    corrects_title: str = ""
    corrects_on: date | None = None
    why_corrected: str = ""


def to_plain(value: Any) -> Any:
    """The data as JSON values."""
    if is_dataclass(value):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    return [to_plain(one) for one in value] if isinstance(value, tuple) else value


def from_plain(kept: dict[str, Any]) -> LetterData:
    """The data again, from its JSON values."""
    rebuilt: LetterData = _typed(kept, LetterData)
    return rebuilt


def _typed(kept: Any, hint: Any) -> Any:
    if kept is None:
        return None
    options = [option for option in get_args(hint) if option is not type(None)]
    if isinstance(kept, dict):
        kind: Any = hint if is_dataclass(hint) else options[0]
        hints = get_type_hints(kind)
        return kind(**{name: _typed(value, hints[name]) for name, value in kept.items()})
    if isinstance(kept, list):
        return tuple(_typed(one, options[0]) for one in kept)
    return date.fromisoformat(kept) if date in (hint, *options) else kept
