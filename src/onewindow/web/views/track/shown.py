"""进度页上有什么: what does the applicant see of his case on one page?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from onewindow.cases.judged import defect, held_at
from onewindow.cases.models import Case, Correction
from onewindow.cases.quotas import quota_of
from onewindow.cases.reads import told, told_promise
from onewindow.cases.reads.whole import Whole, whole
from onewindow.cases.reads.work import light_at, light_told
from onewindow.feedback.models import Rating
from onewindow.intake.models import Submitted
from onewindow.letters.models import Letter
from onewindow.letters.reads import letters_of, open_service, place_words, service_words
from onewindow.places.models import County
from onewindow.rules import promises, revoking
from onewindow.rules.lights import Light
from onewindow.rules.stages import BEFORE_DECISION, DECIDED, ENDED, Stage
from onewindow.web.clauses import Clause, moved_by
from onewindow.web.templatetags.ow_time import at as moment
from onewindow.web.views.track import dates, others

_HOW = {
    Submitted.How.PAPER: "纸质",
    Submitted.How.SCAN: "扫描件",
    Submitted.How.UPLOAD: "您上传",
    Submitted.How.FORM: "您填写",
    Submitted.How.REUSED: "用以前交过的",
}


# Answered the moment it came in: no day of it was ever counted for the applicant.
_NO_DAYS = (Stage.EXEMPT, Stage.FILED, Stage.WITHDRAWN, Stage.LAPSED)


@dataclass(frozen=True)
class PaperLine:
    """One material of the case and how it came."""

    name: str
    how: str
    back: bool = False


def read(visible: QuerySet[Case], number: str, county: County) -> tuple[Whole, list[Letter]]:
    """The whole case and its letters, in four statements; raises Case.DoesNotExist."""
    rated = Rating.objects.filter(subject=OuterRef("subject"))
    found = whole(visible.annotate(rated=Exists(rated)), number, county)
    return found, list(letters_of(found.case.subject))


def page(found: Whole, letters: Sequence[Letter], today: date) -> dict[str, Any]:
    """The context of the page."""
    case, stage = found.case, found.now.stage
    main = dates.main_term(found) if stage not in _NO_DAYS else None
    return {
        "case": case,
        "light": _light(case, stage, today),
        "stage": told.stage_words(case.stage, denied=_denied(found)),
        "headline": dates.headline(found, main, today),
        "term": dates.explained(found, main) if main else None,
        "still": dates.standing_still(found),
        "still_clauses": _law_of_pauses(found),
        "others": dates.others(found, main) if case.is_open else [],
        "steps": _steps(found, letters, today),
        "papers": _papers(found),
        "correction": _correction(found) if stage is Stage.CORRECTING else None,
        "questions": [one for one in found.questions if one.answered_at is None and _answerable(stage)],
        "answered": [one for one in found.questions if one.answered_at is not None],
        "upload_url": reverse("track_correct", args=[case.number]) if stage is Stage.CORRECTING else "",
        "supply": told_promise.owes(found.now),
        "supply_url": _supply_url(found),
        "places": quota_of(case.version) if stage in BEFORE_DECISION else None,
        "may_take_back": stage in BEFORE_DECISION and promises.live(found.now.seen) is not None,
        "may_withdraw": stage in BEFORE_DECISION,
        "may_download": stage in DECIDED and case.application.e_service and not _on_the_way(found),
        "to_take": _to_take(found, letters),
        "fetch": stage in DECIDED
        and case.application.delivery_way == "counter"
        and revoking.revoking(found.now.seen) is None,
        "window": case.application.window,
        "may_rate": stage in ENDED and not case.rated,  # type: ignore[attr-defined]
        "rated": case.rated,  # type: ignore[attr-defined]
        **others.card(found),
        "today": today,
        "counted_to": (main.ended or today) if main else today,
        "loose": _loose(letters, found),
        "provisional_words": dates.PROVISIONAL,
    }


def _denied(found: Whole) -> bool:
    decision = getattr(found.case, "decision", None)
    return decision is not None and not decision.granted


def _light(case: Case, stage: Stage, today: date) -> Light:
    """What ended without a result does not say 办结."""
    if stage in dates.ENDINGS:
        return Light("done", told.stage_words(case.stage))
    return (light_told if stage is Stage.ABOVE else light_at)(case, today)


def _correction(found: Whole) -> tuple[Correction, list[tuple[str, str, str]]]:
    """The last notice: each material that it names, what is wrong with it, and how to put it right."""
    asked, points = found.corrections[-1]
    of = {paper.material.pk: paper for paper in found.papers}
    verdicts = (one for paper in found.papers for one in paper.verdicts)
    held = held_at(verdicts, asked.asked_at)
    return asked, [
        (
            point.material_name,  # type: ignore[attr-defined]
            *defect(point, of[point.material_id].material, held.get(point.material_id), asked.what_is_wrong),
        )
        for point in points
    ]


def _supply_url(found: Whole) -> str:
    """Where he brings what he promised, while something is owed."""
    owed = promises.deferral(found.now.seen)
    if owed is None or not owed.open or not owed.owed or not found.case.is_open:
        return ""
    return reverse("track_supply", args=[found.case.number])


def _law_of_pauses(found: Whole) -> list[Clause]:
    """In which words the law lets the terms stand still."""
    paused = next((state for state in found.now.running() if state.reckoning.pauses and not state.due), None)
    return moved_by(found, paused) if paused is not None else []


def letter_links(letters: Sequence[Letter], number: str, stage: str) -> list[dict[str, str]]:
    return [
        {
            "title": one.title,
            "number": one.number,
            "url": reverse("track_letter", args=[number, one.pk]),
            "note": "；".join(part for part in (place_words(one), service_words(one, stage)) if part),
        }
        for one in letters
    ]


def _to_take(found: Whole, letters: Sequence[Letter]) -> list[Letter]:
    """The letters that he who agreed to electronic service may take here."""
    if not found.case.application.e_service:
        return []
    waiting = [(one, open_service(one, found.case.stage)) for one in letters]
    return [one for one, service in waiting if service is not None and not service.on_the_way]


def _on_the_way(found: Whole) -> bool:
    """Whether the courier has the result."""
    sent = [one for one in found.deliveries if one.way == "courier"]
    return any(one.done_on is None and one.came_back_on is None for one in sent)


def _answerable(stage: Stage) -> bool:
    return stage in (Stage.EXAMINING, Stage.DECIDING)


def _steps(found: Whole, letters: Sequence[Letter], today: date) -> list[dict[str, Any]]:
    by_entry: dict[int, list[Letter]] = {}
    for one in letters:
        by_entry.setdefault(one.cause_id, []).append(one)
    return [
        {
            "state": step.state,
            "title": step.title,
            "when": "，".join(part for part in (moment(step.at), step.where) if part),
            "text": step.text,
            "voided": step.voided,
            "letters": letter_links(by_entry.get(step.entry, ()), found.case.number, found.case.stage),
        }
        for step in told.steps(found, today)
    ]


def _loose(letters: Sequence[Letter], found: Whole) -> list[dict[str, str]]:
    """Letters whose step is not on the line."""
    shown = {step.entry for step in told.steps(found)}
    rest = [one for one in letters if one.cause_id not in shown]
    return letter_links(rest, found.case.number, found.case.stage)


def _papers(found: Whole) -> list[PaperLine]:
    return [
        PaperLine(paper.material.name, _how(paper.submitted), any(one.original for one in paper.submitted))
        for paper in found.papers
        if paper.submitted
    ]


def _how(submitted: Sequence[Submitted]) -> str:
    return "、".join(dict.fromkeys(_HOW[Submitted.How(one.how)] for one in submitted))
