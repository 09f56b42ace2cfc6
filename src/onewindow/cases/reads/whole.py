"""一件: what does one case look like whole – its papers, what was written in its course, its facts and terms?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, QuerySet

from onewindow.cases.judged import must_be_judged
from onewindow.cases.law import law_for, pack_for
from onewindow.cases.models import (
    BackDated,
    Case,
    Contact,
    Correction,
    CorrectionPoint,
    Deferral,
    Delivery,
    Extension,
    Opinion,
    Procedure,
    Promise,
    Question,
    Refusal,
    Renewal,
    Report,
    Revocation,
    TermMoved,
    Verdict,
    Voiding,
)
from onewindow.catalogue.models import Material
from onewindow.ground.gathered import beside, made, of_case
from onewindow.ground.prepared import Question as Prepared
from onewindow.ground.prepared import slot_number
from onewindow.intake.models import Submitted
from onewindow.intake.situation import of_everybody
from onewindow.journal.models import Entry
from onewindow.places.models import County
from onewindow.rules.clock import ProofDay, prove
from onewindow.rules.facts import CorrectionAsked, CorrectionReceived, rebuild
from onewindow.rules.pack import InForce
from onewindow.rules.standing import CaseLaw, Standing, TermState, standing

_BESIDE = (
    "version__item",
    "department",
    "application__agent",
    "application__window__hall",
    "applicant__guardian",
    "examiner",
    "taken_by",
    "decision__by",
    "judgement",
    "filing",
    "subject",
)

# What was written in the course of a case comes in one statement, with its facts.
_WRITING = {
    "w_opinions": of_case(Opinion, "by__name", "second__name", "instead_of__name"),
    "w_corrections": of_case(Correction, "asked_by__name"),
    "w_points": of_case(CorrectionPoint, "material__name", link="correction__case"),
    "w_refusals": of_case(Refusal, "proposed_by__name", "settled_by__name"),
    "w_questions": of_case(Question, "asked_by__name"),
    "w_extensions": of_case(Extension, "asked_by__name", "settled_by__name"),
    "w_procedures": of_case(Procedure, "begun_by__name", "ended_by__name", "host__name"),
    "w_deliveries": of_case(Delivery, "by__name"),
    "w_voidings": of_case(Voiding, "asked_by__name", "settled_by__name", "entry__place"),
    "w_dated": of_case(BackDated),
    "w_moved": of_case(TermMoved),
    "w_reports": of_case(Report, "by__name"),
    "w_contacts": of_case(Contact, "by__name"),
    "w_renewals": of_case(Renewal, "by__name"),
    "w_deferrals": of_case(Deferral, "accepted_by__name"),
    "w_promises": of_case(Promise, "checked_by__name"),
    "w_revocations": of_case(Revocation, "announced_by__name", "settled_by__name"),
}


@dataclass
class Paper:
    """材料: one material of the list, what came in for it, and what was found."""

    material: Material
    submitted: list[Submitted]
    verdicts: list[Verdict]

    @property
    def verdict(self) -> Verdict | None:
        return self.verdicts[-1] if self.verdicts else None

    @property
    def left_out(self) -> bool:
        """Whether a paper that everybody has to bring did not come; one that a situation asks for may be left."""
        return of_everybody(self.material) and not self.submitted

    @property
    def pending(self) -> bool:
        """Whether it must still be judged: nobody looked at it yet, or something came after the last verdict."""
        came = max((one.added_at for one in self.submitted), default=None)
        return must_be_judged(self.material, came, self.verdict.at if self.verdict else None)

    @property
    def unchecked(self) -> bool:
        """Whether something came in after the last verdict, as a correction does."""
        return self.pending and self.verdict is not None

    @property
    def lacks(self) -> bool:
        """Found missing or wrong, and nothing came since."""
        return self.verdict is not None and self.verdict.lacks and not self.pending


@dataclass
class Whole:
    """A case with everything that a screen shows of it."""

    case: Case
    entries: Sequence[Entry]
    papers: Sequence[Paper]
    opinions: Sequence[Opinion]
    corrections: Sequence[tuple[Correction, list[CorrectionPoint]]]
    refusals: Sequence[Refusal]
    questions: Sequence[Question]
    deliveries: Sequence[Delivery]
    extensions: Sequence[Extension]
    procedures: Sequence[Procedure]
    voidings: Sequence[Voiding]
    dated: Sequence[BackDated]
    moved: Sequence[TermMoved]
    reports: Sequence[Report]
    contacts: Sequence[Contact]
    renewals: Sequence[Renewal]
    deferrals: Sequence[Deferral]
    promises: Sequence[Promise]
    revocations: Sequence[Revocation]
    pack: InForce
    law: CaseLaw
    now: Standing

    @property
    def handed_in(self) -> int:
        """How many materials of the list came in."""
        return sum(bool(paper.submitted) for paper in self.papers)

    @property
    def noticed(self) -> frozenset[int]:
        """The materials that a notice named; empty while there was none."""
        return frozenset(point.material_id for _, points in self.corrections for point in points)

    @property
    def nothing_to_add(self) -> bool:
        """Whether the applicant answered the last notice by saying that he has nothing to add."""
        return nothing_to_add(self.now)

    @property
    def lacking(self) -> list[Paper]:
        """Found lacking as far as it may still be held against the applicant: after a notice, only what it named."""
        noticed = self.noticed
        return [p for p in self.papers if p.lacks and (not noticed or p.material.pk in noticed)]

    @property
    def pending(self) -> list[Paper]:
        """What must be judged before anything is accepted or demanded."""
        return [paper for paper in self.papers if paper.pending]

    @property
    def originals(self) -> list[Material]:
        """Materials whose original was taken in and not given back."""
        return [
            paper.material
            for paper in self.papers
            if any(one.original and one.returned_on is None for one in paper.submitted)
        ]

    @property
    def terms(self) -> dict[str, TermState]:
        """Every term that has begun, ended ones too, by the word that stands in the address of its proof."""
        named: dict[str, TermState] = {}
        for state in self.now.terms:
            name, again = state.term.name, 2
            while name in named:
                name, again = f"{state.term.name}-{again}", again + 1
            named[name] = state
        return named

    def key(self, state: TermState) -> str:
        """The word of one of these terms."""
        return next(key for key, one in self.terms.items() if one is state)

    @property
    def running(self) -> list[Procedure]:
        """The special procedures that have not ended."""
        return [one for one in self.procedures if one.ended_on is None]

    @property
    def report(self) -> Report | None:
        """What went up to the organ above."""
        return self.reports[0] if self.reports else None

    @property
    def renewal(self) -> Renewal | None:
        """The licence that is to go on."""
        return self.renewals[0] if self.renewals else None

    @property
    def asked_longer(self) -> Extension | None:
        """The extension that waits for the head."""
        return next((one for one in self.extensions if one.approved is None), None)

    def proof(self, state: TermState) -> tuple[ProofDay, ...]:
        return prove(state.reckoning, self.law.calendar)


def nothing_to_add(now: Standing) -> bool:
    """Whether the last answer to a notice brought nothing."""
    answers = [fact for fact in now.seen if isinstance(fact, CorrectionAsked | CorrectionReceived)]
    return bool(answers) and isinstance(answers[-1], CorrectionReceived) and not answers[-1].materials


def whole(visible: QuerySet[Case], number: str, county: County) -> Whole:
    """The case of this number among those that may be seen, in three statements; raises Case.DoesNotExist."""
    case, written = _read(visible.select_related(*_BESIDE), number)
    entries = sorted(made(Entry, written["w_entries"]), key=lambda entry: entry.place)
    pack = pack_for(county, case.pack, case.received_on)
    law = law_for(case.version, case.application.channel, pack)
    return Whole(
        case=case,
        entries=entries,
        papers=papers_of(case),
        opinions=made(Opinion, written["w_opinions"]),
        corrections=_corrections(written),
        refusals=made(Refusal, written["w_refusals"]),
        questions=made(Question, written["w_questions"]),
        deliveries=made(Delivery, written["w_deliveries"]),
        extensions=made(Extension, written["w_extensions"]),
        procedures=made(Procedure, written["w_procedures"]),
        voidings=made(Voiding, written["w_voidings"]),
        dated=made(BackDated, written["w_dated"]),
        moved=made(TermMoved, written["w_moved"]),
        reports=made(Report, written["w_reports"]),
        contacts=made(Contact, written["w_contacts"]),
        renewals=made(Renewal, written["w_renewals"]),
        deferrals=made(Deferral, written["w_deferrals"]),
        promises=made(Promise, written["w_promises"]),
        revocations=made(Revocation, written["w_revocations"]),
        pack=pack,
        law=law,
        now=standing((rebuild(entry.fact, entry.on, entry.body) for entry in entries), law),
    )


def _read(visible: QuerySet[Case], number: str) -> tuple[Case, dict[str, Any]]:
    """The row, and what was written: both of the same length, so that no page mixes before and after."""
    while True:
        case = visible.get(number=number)
        written = vars(_WRITTEN.objects(case.pk)[0])
        if written["w_length"] == case.subject.length:
            return case, written


_WRITTEN = Prepared(
    lambda case: (
        Case.objects.filter(pk=case)
        .only("pk")
        .annotate(
            w_length=F("subject__length"), w_entries=beside(Entry, subject=OuterRef("subject")), **_WRITING
        )
    ),
    slot_number(),
)


def papers_of(case: Case) -> list[Paper]:
    """The materials of the case's version with their papers and verdicts, in one statement."""
    return [
        Paper(material, made(Submitted, material.w_submitted), made(Verdict, material.w_verdicts))  # type: ignore[attr-defined]
        for material in _PAPERS.objects(case.version_id, case.application_id, case.pk)
    ]


def _papers(version: int, application: int, case: int) -> QuerySet[Material]:
    file, mine = ("file__name", "file__media_type", "file__size"), {"material": OuterRef("pk")}
    return (
        Material.objects.filter(version=version)
        .annotate(
            w_submitted=beside(Submitted, *file, **mine, application=application),
            w_verdicts=beside(Verdict, "by__name", **mine, case=case),
        )
        .order_by("order")
    )


_PAPERS = Prepared(_papers, slot_number(), slot_number(), slot_number())


def _corrections(written: dict[str, Any]) -> list[tuple[Correction, list[CorrectionPoint]]]:
    points = made(CorrectionPoint, written["w_points"])
    return [
        (correction, [point for point in points if point.correction_id == correction.pk])
        for correction in made(Correction, written["w_corrections"])
    ]
