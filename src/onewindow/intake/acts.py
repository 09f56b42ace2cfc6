"""一窗收件的行为: begin an application, fill it, add its papers, seal it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
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
) -> Application:
    """Take an application in at the counter and seal it; the same page sent twice gives the same application."""
    application, new = Application.objects.get_or_create(
        county=version.county,
        once=once,
        defaults={
            "version": version,
            "department_id": version.item.department_id,
            "applicant": applicant,
            "channel": "counter",
            "window": window,
            "taken_by": by if isinstance(by, Officer) else None,
            "form": dict(form),
            **{field.name: getattr(told, field.name) for field in fields(told)},
            "begun_at": at,
            "saved_at": at,
            "sealed_at": at,
        },
    )
    if new:
        _check(version, form, papers)
        add_papers(application, papers, at)
    return application


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


def _check(version: ItemVersion, form: Mapping[str, Any], papers: Sequence[Paper]) -> None:
    """The form must be in order, and nothing outside the item's list may be kept (行政许可法 31)."""
    wrong = faults(version.form, form)
    if wrong:
        raise FormFaults(wrong)
    if any(paper.material.version_id != version.pk for paper in papers):
        raise NotAllowed("收到的材料里有不在本事项清单中的，请退还申请人，不得索要清单以外的材料。")
