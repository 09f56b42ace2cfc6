"""文书内容: what does the letter that follows from one fact have to say about its case?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db.models import QuerySet

from onewindow.cases.law import law_for, pack_for
from onewindow.cases.models import Case, Third
from onewindow.cases.write import CASE_AND_ALL
from onewindow.ground.prepared import Question, slot_number
from onewindow.journal import write
from onewindow.journal.models import Entry, Subject
from onewindow.letters.data import Cite, LetterData, Remedy, Term
from onewindow.places import reads as places
from onewindow.places.models import County
from onewindow.rules.clock import Reckoning, prove
from onewindow.rules.facts import Fact, rebuild
from onewindow.rules.facts_third import ThirdNamed
from onewindow.rules.identity import rings
from onewindow.rules.pack import InForce
from onewindow.rules.record import effective
from onewindow.rules.standing import CaseLaw, Standing, standing


@dataclass(frozen=True)
class Matter:
    """A case as it stood right after one fact, with the law that governs it."""

    case: Case
    county: County
    pack: InForce
    law: CaseLaw
    facts: tuple[Fact, ...]
    entry: Entry

    @property
    def addressed_to(self) -> Subject:
        """The matter in which the letter is read: the case's, or that of a third party whom the applicant never sees."""
        if self.entry.fact != ThirdNamed.__name__:
            return self.case.subject
        return Third.objects.select_related("subject").get(pk=self.fact.third).subject

    @property
    def now(self) -> Standing:
        return standing(self.facts, self.law)

    @property
    def fact(self) -> Any:
        return rebuild(self.entry.fact, self.entry.on, self.entry.body)

    def term(self, name: str, begins_with: str) -> Term | None:
        """A term of the case as the letter prints it; None when it does not run or stands still."""
        state = next((s for s in self.now.terms if s.term.name == name and s.running), None)
        if state is None or state.reckoning.due is None:
            return None
        return self.told(state.reckoning, begins_with, local=bool(state.term.setting))

    def told(self, reckoning: Reckoning, begins_with: str, *, local: bool = False) -> Term:
        proof = prove(reckoning, self.law.calendar)
        return Term.of(reckoning, proof, begins_with=begins_with, local=local)

    def cites(self, *rules: str) -> tuple[Cite, ...]:
        """The clauses of the named rules that come from law and hold for this kind of item."""
        found = []
        for name in rules:
            for rule in self.pack.pack.rules_of(name, self.pack.on, self.case.version.kind):
                cite, source = rule.cite, self.pack.pack.sources[rule.cite.source]
                if source.kind == "law":
                    found.append(Cite(law=source.title, article=cite.clause))
                    break
        return tuple(dict.fromkeys(found))


def _of_subject(subject: int) -> QuerySet[Case]:
    beside = (*CASE_AND_ALL, "application__window", "taken_by")
    return Case.objects.select_related(*beside).filter(subject=subject)


_OF_SUBJECT = Question(_of_subject, slot_number())


def matter_of(entry: Entry) -> Matter:
    """The case of an entry, with its facts up to and with that entry."""
    case = _OF_SUBJECT.one(entry.subject_id)
    if case is None:
        raise Case.DoesNotExist
    county = places.here()
    pack = pack_for(county, case.pack, case.received_on)
    law = law_for(case.version, case.application.channel, pack)
    facts = effective(write.history(case.subject)[: entry.place])
    return Matter(case, county, pack, law, facts, entry)


def common(matter: Matter, *, number: str, code: str, url: str, issued_at: datetime) -> LetterData:
    """What every letter of a case says."""
    case, window = matter.case, matter.case.application.window
    return LetterData(
        organ=case.department.name,
        number=number,
        case_number=case.number,
        item=case.item_name,
        item_kind=case.version.kind,
        addressee=case.applicant_name,
        applicant="person" if case.applicant.kind == "person" else "organization",
        applied_on=case.received_on,
        received_on=case.received_on,
        accepted_on=matter.now.day_of("Accepted", "AcceptedBySilence"),
        issued_on=issued_at.date(),
        seal_words=_seal_words(case.version.kind),
        verify_url=url,
        verify_code=code,
        demo=matter.county.demo,
        counter=window.name if window else "",
        clerk=case.taken_by.name if case.taken_by else "",
        mark=places.service_mark(matter.county, issued_at.date()),
        phone=_phone(case.department.phone) or _phone(matter.county.phone),
        complaint_phone=_phone(matter.county.supervision_phone),
        remedy=_remedy(matter),
    )


def enquiry(matter: Matter) -> dict[str, Any]:
    """The code with which he asks how far it is, and the address that asks with it.

    The code stands behind a `#`, which no browser sends and no log keeps.
    """
    case = matter.case
    url = f"{settings.PUBLIC_URL}/track/?number={quote(case.number)}#{case.enquiry_code}"
    return {"enquiry_code": case.enquiry_code, "track_url": url}


def _phone(number: str) -> str:
    """A telephone that rings: a number of noughts stands for one that nobody has entered yet."""
    return number if rings(number) else ""


def _seal_words(kind: str) -> str:
    return "行政许可专用章" if kind == "行政许可" else "政务服务专用章"


def _remedy(matter: Matter) -> Remedy | None:
    """Review at the people's government of the same level, or one level up where the organ is led vertically."""
    version = matter.case.version
    if not version.content.get("remedies") and version.kind == "公共服务":
        return None
    days = matter.pack.value("remedy.review_days", version.kind)
    months = matter.pack.value("remedy.court_months", version.kind)
    if not isinstance(days, int) or not isinstance(months, int):
        return None
    government = f"{matter.county.name}人民政府"
    organ = "上一级主管部门" if matter.case.department.vertical else government
    return Remedy(review_organ=organ, court="有管辖权的人民法院", review_days=days, court_months=months)
