"""收件页的内容: what stands on the intake page, what was typed there, and what does it amount to?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from onewindow.cases.acts.receive import receive
from onewindow.cases.models import Case
from onewindow.ground.models import StoredFile
from onewindow.intake import acts as intake
from onewindow.intake import form as item_form
from onewindow.intake import reads
from onewindow.intake.known import known
from onewindow.intake.models import Application, Submitted
from onewindow.people import acts as people
from onewindow.people.models import PaperKind, Party
from onewindow.rules.grants import Grant
from onewindow.web.forms import sheet
from onewindow.web.forms.beside import BesideForm
from onewindow.web.gates import StaffRequest
from onewindow.web.views.counter import front, queue
from onewindow.web.views.counter.preview import preview

_OURS = ("csrfmiddlewaretoken", "do")


@dataclass
class Work:
    """The intake page as it stands: what was typed, and what it amounts to."""

    application: Application
    raw: Mapping[str, Sequence[str]]
    lines: list[sheet.Line]
    beside: BesideForm
    values: Mapping[str, Any]
    wrong: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every sentence of the page with the id that it leads to."""
        rows = [
            (f"v-{line.material.pk}", f"{line.number}　{line.material.name}：{line.error}")
            for line in self.lines
            if line.error
        ]
        cells = [(f"f-{name}", sentence) for name, sentence in self.wrong.items()]
        told = [(f"id_{name}", " ".join(map(str, texts))) for name, texts in self.beside.errors.items()]
        return [*([("", self.refused)] if self.refused else []), *rows, *cells, *told]


def draft(request: StaffRequest, once: UUID) -> Application:
    """The clerk's own application; a colleague's is not found."""
    found = reads.own(request.officer, once)
    if found is None:
        raise Http404
    return found


def typed(request: StaffRequest, application: Application) -> dict[str, list[str]]:
    """What the page sent, with the scans that only the server writes down."""
    sent = {
        name: [str(text) for text in texts]
        for name, texts in request.POST.lists()
        if name not in _OURS and not name.startswith(intake.SCAN)
    }
    return {**sent, **intake.scans_of(application)}


def work(application: Application, raw: Mapping[str, Sequence[str]], today: date, purpose: str = "") -> Work:
    """The page from what was typed; with a purpose, everything that stands in its way is named at once."""
    version = application.version
    materials = list(version.materials.all())
    before = reads.given_before(application.applicant, [m.name for m in materials], today)
    rows = sheet.lines(version, materials, raw, before, _scans(raw), _uploaded(application))
    told = {name: texts[0] for name, texts in raw.items() if name in BesideForm.base_fields and texts}
    both = bool(version.clock.get("entrusted"))
    filed = known(version.form, application.applicant, today)
    if not purpose:
        first = {"phone": application.phone, **told}
        return Work(
            application,
            raw,
            rows,
            BesideForm(initial=first, today=today, both_ways=both),
            _entered(version, raw),
            known=filed,
        )
    values = item_form.typed(version.form, raw)
    return Work(
        application,
        raw,
        sheet.checked(rows, purpose, today),
        BesideForm(told, today=today, both_ways=both),
        _entered(version, raw),
        item_form.faults(version.form, values),
        known=filed,
    )


def seal(request: StaffRequest, done: Work, at: datetime, *, complete: bool = True) -> Case:
    """The application is taken in and becomes a case; the caller's transaction holds both together."""
    application, told = done.application, done.beside.cleaned_data
    taken = intake.take_in(
        application.version,
        by=request.officer,
        at=at,
        once=application.once,
        applicant=application.applicant,
        window=application.window,
        form=item_form.typed(application.version.form, done.raw),
        papers=sheet.papers(done.lines),
        complete=complete,
        told=intake.Told(
            phone=told["phone"],
            agent=_agent(request, told, at),
            delivery_way=told["delivery_way"],
            delivery_address=told["delivery_address"],
            e_service=told["e_service"],
            mode=told["mode"],
        ),
    )
    late = {"on": told["received_on"], "why_late": told["received_why"]}
    return receive(taken, by=request.officer, at=at, findings=sheet.findings(done.lines), **late)


def show(request: StaffRequest, done: Work, today: date, status: int = 200) -> HttpResponse:
    told = {**beside(request, done, today), **queue.bar(request)}
    return render(request, "counter/sheet.html", told, status=status)


def beside(request: StaffRequest, done: Work, today: date) -> dict[str, Any]:
    application = done.application
    county = request.county  # type: ignore[attr-defined]
    return {
        "work": done,
        "application": application,
        "version": application.version,
        "today": today,
        "may_accept": _may(request, application, Grant.CASE_ACCEPT),
        "may_refuse": _may(request, application, Grant.CASE_REFUSE),
        "may_propose": request.officer.may(Grant.CASE_PROPOSE_REFUSAL, application),
        "preview": preview(application.version, done.lines, county, today),
        **front.shown(request, application.applicant, today),
    }


def _may(request: StaffRequest, application: Application, grant: Grant) -> bool:
    """Whether this clerk may answer the application for the item's department."""
    department = application.version.item.department
    own = department.pk in request.officer.department_ids
    return (own or department.window_accepts) and request.officer.may(grant, application)


def _scans(raw: Mapping[str, Sequence[str]]) -> dict[int, StoredFile]:
    told = {
        int(texts[0]): int(name.removeprefix(intake.SCAN))
        for name, texts in raw.items()
        if name.startswith(intake.SCAN) and texts
    }
    return {told[file.pk]: file for file in StoredFile.objects.filter(pk__in=told)} if told else {}


def _uploaded(application: Application) -> dict[int, list[Submitted]]:
    """What the applicant had added at home; nothing is asked of a draft that began at the counter."""
    found: dict[int, list[Submitted]] = {}
    if application.begun_as:
        for one in application.submitted.select_related("file").order_by("pk"):
            found.setdefault(one.material_id, []).append(one)
    return found


def _entered(version: Any, raw: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return item_form.entered(version.form, raw)


def _agent(request: StaffRequest, told: Mapping[str, Any], at: datetime) -> Party | None:
    """Whoever acts for the applicant, with a file of his own."""
    if not told["agent_number"]:
        return None
    data = people.PartyData(
        paper_kind=told["agent_kind"],
        nation=told["agent_nation"] if told["agent_kind"] == PaperKind.PASSPORT else "",
        paper_number=told["agent_number"],
        name=told["agent_name"],
        phone=told["agent_phone"],
    )
    return people.file_party(data, by=request.officer, at=at)
