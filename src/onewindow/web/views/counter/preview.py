"""受理预览: which dates would the letter carry if the clerk accepted now, and how are they counted?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onewindow.cases.law import law_for, pack_for
from onewindow.cases.route import route_for
from onewindow.catalogue.models import ItemVersion
from onewindow.catalogue.promised import offer
from onewindow.letters.reads import expected_number
from onewindow.places.models import County
from onewindow.rules.clock import ProofDay, prove
from onewindow.rules.facts import Accepted, Received
from onewindow.rules.pack import Rule
from onewindow.rules.risk import Route
from onewindow.rules.standing import TermState, standing
from onewindow.web.forms.sheet import Line


@dataclass(frozen=True)
class Preview:
    """What the letter would say."""

    received: int
    lacking: int
    unjudged: int
    terms: Sequence[TermState]
    proof: Sequence[ProofDay]
    correction_days: int
    reply_by: date
    second_person: bool
    denial: Rule | None  # the rule that denies the window a veto, with its clause
    filing: bool  # 备案备查: what is complete is filed, and nobody accepts or decides
    later: bool  # 容缺: nothing is lacking but what may follow
    pledge: bool  # 告知承诺: the item offers a promise that can be signed
    version: ItemVersion
    today: date

    @property
    def number(self) -> str:
        """The number that comes next; asked only when it is shown, and reserved by nobody."""
        return expected_number(self.version.item.department, "accepted", self.version.kind, self.today)

    @property
    def first(self) -> TermState | None:
        return self.terms[0] if self.terms else None

    @property
    def legal(self) -> TermState | None:
        return next((state for state in self.terms if state.term.legal), None)


def preview(version: ItemVersion, rows: Sequence[Line], county: County, today: date) -> Preview:
    """The standing of a case that is received and accepted today, before it exists."""
    pack = pack_for(county, county.pack, today)
    law = law_for(version, "counter", pack)
    now = standing((Received(on=today, channel="counter", application=0), Accepted(on=today)), law)
    terms = sorted((s for s in now.running() if s.due and s.term.owed_by == "office"), key=_by_due)
    lacking, pledge = [row for row in rows if row.lacks], offer(version)
    days = pack.setting("correction.answer_days").number
    return Preview(
        received=sum(row.paper is not None for row in rows),
        lacking=len(lacking),
        unjudged=sum(not row.verdict for row in rows),
        terms=terms,
        proof=prove(terms[0].reckoning, law.calendar) if terms else (),
        correction_days=days,
        reply_by=law.calendar.add(today, days),
        second_person=pack.holds("refusal.second_person"),
        filing=route_for(version, pack) is Route.FILING,
        later=bool(lacking) and all(row.verdict for row in rows) and all(row.may_follow for row in lacking),
        pledge=pledge is not None and not pledge.empty,
        version=version,
        today=today,
        denial=pack.rule("refusal.second_person"),
    )


def _by_due(state: TermState) -> tuple[date, bool]:
    return state.due or date.max, state.term.legal
