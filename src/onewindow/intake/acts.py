"""一窗收件的行为: begin an application, fill it, add its papers, seal it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from onewindow.catalogue.models import ItemVersion, Material
from onewindow.ground.models import StoredFile
from onewindow.intake.form import faults
from onewindow.intake.models import Application, Submitted
from onewindow.people.models import Officer, Party
from onewindow.places.models import Window
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@dataclass(frozen=True)
class Paper:
    """One material as it was handed in."""

    material: Material
    how: str = Submitted.How.PAPER
    original: bool = False
    copies: int = 1
    file: StoredFile | None = None
    reused_from: Submitted | None = None
    valid_until: date | None = None


class FormFaults(NotAllowed):
    """The form has fields that must be put right; `by_field` gives the sentence beside each."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(f"表单有 {len(by_field)} 处需要改正。")
        self.by_field = dict(by_field)


@dataclass(frozen=True)
class Told:
    """What the applicant says beside the form: whom to call, who acts for him, how the result shall reach him."""

    phone: str = ""
    agent: Party | None = None
    delivery_way: str = "counter"
    delivery_address: str = ""
    e_service: bool = False


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def begin(
    version: ItemVersion,
    *,
    by: Officer,
    at: datetime,
    once: UUID,
    applicant: Party,
    window: Window | None,
    agent: Party | None = None,
) -> Application:
    """Open an application at the counter: a draft that keeps what is typed until it is sealed."""
    _open_for_application(version)
    application, _ = Application.objects.get_or_create(
        county=version.county,
        once=once,
        defaults={
            **_head(version, applicant, window, by),
            "agent": agent,
            "phone": applicant.phone,
            "begun_at": at,
            "saved_at": at,
        },
    )
    return application


@needs(Grant.INTAKE_RECEIVE)
def keep(application: Application, *, by: Officer, at: datetime, typed: Mapping[str, Sequence[str]]) -> bool:
    """暂存: keep the page as it was typed; answers whether it was still the clerk's own draft."""
    own = Application.objects.filter(pk=application.pk, taken_by=by, sealed_at__isnull=True)
    draft = {name: list(texts) for name, texts in typed.items()}
    return bool(own.update(draft=draft, saved_at=at))


@needs(Grant.INTAKE_RECEIVE)
def discard(application: Application, *, by: Officer) -> None:
    """Throw the clerk's own draft away; nothing was received yet, so no fact is lost."""
    Application.objects.filter(pk=application.pk, taken_by=by, sealed_at__isnull=True).delete()


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def take_in(
    version: ItemVersion,
    *,
    by: Actor,
    at: datetime,
    once: UUID,
    applicant: Party,
    window: Window | None,
    form: Mapping[str, Any],
    papers: Sequence[Paper],
    told: Told = Told(),
    complete: bool = True,
) -> Application:
    """Take an application in at the counter and seal it; the same page sent twice gives the same application.

    What is refused on the spot need not be `complete`: nobody fills in a form for an office that is not his.
    """
    seal = {
        **_head(version, applicant, window, by),
        **{field.name: getattr(told, field.name) for field in fields(told)},
        **{"form": dict(form), "draft": {}, "saved_at": at, "sealed_at": at},
    }
    application, new = Application.objects.select_for_update(of=("self",)).get_or_create(
        county=version.county, once=once, defaults={**seal, "begun_at": at}
    )
    if not new and application.sealed_at is not None:
        return application
    _open_for_application(version)
    _check(version, form if complete else None, papers)
    _check_reuse(applicant, papers, at.date())
    if not new:
        _write(application, seal)
    add_papers(application, papers, at)
    return application


def _head(version: ItemVersion, applicant: Party, window: Window | None, by: Actor) -> dict[str, Any]:
    return {
        "version": version,
        "department_id": version.item.department_id,
        "applicant": applicant,
        "channel": "counter",
        "window": window,
        "taken_by": by if isinstance(by, Officer) else None,
    }


def _write(application: Application, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(application, name, value)
    application.save()


def add_papers(application: Application, papers: Sequence[Paper], at: datetime) -> None:
    """Write down what came in, one row for one paper."""
    Submitted.objects.bulk_create(
        Submitted(
            application=application,
            added_at=at,
            **{field.name: getattr(paper, field.name) for field in fields(paper)},
        )
        for paper in papers
    )


def _check(version: ItemVersion, form: Mapping[str, Any] | None, papers: Sequence[Paper]) -> None:
    """The form must be in order, and nothing outside the item's list may be kept (行政许可法 31)."""
    wrong = faults(version.form, form) if form is not None else {}
    if wrong:
        raise FormFaults(wrong)
    if any(paper.material.version_id != version.pk for paper in papers):
        raise NotAllowed("收到的材料里有不在本事项清单中的，请退还申请人，不得索要清单以外的材料。")


def _open_for_application(version: ItemVersion) -> None:
    if version.state != "published" or version.item.state != "published":
        raise NotAllowed(f"“{version.name}”的这一版指南已经停用或更换，请重新选择事项，按现行指南收件。")


def _check_reuse(applicant: Party, papers: Sequence[Paper], today: date) -> None:
    """A paper given before stands for the same material of the same person, while it is valid."""
    for paper in papers:
        old = paper.reused_from
        if old is None:
            continue
        if old.application.applicant_id != applicant.pk or old.material.name != paper.material.name:
            raise NotAllowed(f"“{paper.material.name}”不能用别人的或别的材料代替。")
        if not old.usable_on(today):
            raise NotAllowed(f"以前提交的“{paper.material.name}”已过有效期或已退还，请申请人重新提交。")
