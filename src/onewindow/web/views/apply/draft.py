"""草稿: which application is this, how far is it, and what stands on each of its steps?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from onewindow.catalogue.models import Material
from onewindow.catalogue.reads import with_sheets
from onewindow.ground.clock import now, today
from onewindow.intake import form as item_form
from onewindow.intake import reads, situation
from onewindow.intake.acts import online
from onewindow.intake.models import Application, Submitted
from onewindow.people.models import Party
from onewindow.rules.grants import NotAllowed
from onewindow.web.gates import PartyRequest

STEPS = (("situation", "确认情形"), ("form", "填写信息"), ("papers", "上传材料"), ("review", "核对并提交"))


@dataclass(frozen=True)
class Line:
    """One material on the page of papers."""

    number: int
    material: Material
    files: Sequence[Submitted]
    before: Submitted | None
    error: str = ""

    @property
    def free(self) -> bool:
        """The state has it already."""
        return self.material.necessity == Material.Necessity.EXEMPT

    @property
    def filled(self) -> bool:
        """It is the form that is filled in here."""
        return situation.filled_in_online(self.material)

    @property
    def done(self) -> bool:
        return bool(self.files) or self.free or self.filled

    @property
    def detail(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.material.detail
        return found


@dataclass(frozen=True)
class StepShown:
    """One step in the list beside the page."""

    title: str
    url: str
    state: str
    note: str


class Draft:
    """An application that is being filled in, with what its pages show."""

    def __init__(self, application: Application, by: Party) -> None:
        self.application = application
        self.by = by
        self.version = application.version

    @cached_property
    def questions(self) -> list[situation.Question]:
        return situation.questions(self.version)

    @cached_property
    def given(self) -> dict[str, str]:
        return situation.answers(self.version, self.application.draft)

    @cached_property
    def values(self) -> dict[str, Any]:
        return item_form.typed(self.version.form, self.application.draft)

    @cached_property
    def faults(self) -> dict[str, str]:
        return item_form.faults(self.version.form, self.values)

    @cached_property
    def materials(self) -> list[Material]:
        return list(with_sheets(self.version))

    @cached_property
    def submitted(self) -> list[Submitted]:
        return list(self.application.submitted.select_related("file").order_by("pk"))

    @cached_property
    def open_questions(self) -> int:
        return len(self.questions) - len(self.given)

    def lines(self, errors: Mapping[int, str] | None = None) -> list[Line]:
        """The materials of this situation with what came in for them and what could be used again."""
        wanted = situation.needed(self.materials, self.given)
        came: dict[int, list[Submitted]] = {}
        for one in self.submitted:
            came.setdefault(one.material_id, []).append(one)
        before = reads.given_before(self.application.applicant, [m.name for m in wanted], today(), self.by)
        return [
            Line(number, m, came.get(m.pk, ()), before.get(m.name), (errors or {}).get(m.pk, ""))
            for number, m in enumerate(wanted, start=1)
        ]

    def steps(self, current: str) -> list[StepShown]:
        """The steps with how far each is."""
        shown = []
        for name, title in STEPS:
            if name == "situation" and not self.questions:
                continue
            state = "now" if name == current else "done" if self._finished(name) else "next"
            shown.append(StepShown(title, self.url(name), state, self._note(name)))
        return shown

    def url(self, step: str, *more: object) -> str:
        return reverse(f"apply_{step}", args=[self.application.once, *more])

    @property
    def situation_url(self) -> str:
        return self.url("situation")

    @property
    def form_url(self) -> str:
        return self.url("form")

    @property
    def papers_url(self) -> str:
        return self.url("papers")

    @property
    def review_url(self) -> str:
        return self.url("review")

    @property
    def first(self) -> str:
        """Where the work goes on."""
        order = [name for name, _ in STEPS if name != "situation" or self.questions]
        return next((name for name in order if not self._finished(name)), order[-1])

    @cached_property
    def missing(self) -> list[Material]:
        """What has to be there before it can be submitted."""
        return online.missing(self.application, self.materials, {one.material_id for one in self.submitted})

    def _finished(self, step: str) -> bool:
        if step == "situation":
            return not self.open_questions
        if step == "form":
            return not self.faults
        return step == "papers" and not self.missing and not self.open_questions

    def _note(self, step: str) -> str:
        if step == "situation":
            return f"还有 {self.open_questions} 处没选" if self.open_questions else "已选好"
        if step == "form":
            return f"还有 {len(self.faults)} 处要填" if self.faults else "已填好"
        if step == "papers" and not self.open_questions:
            return f"还差 {len(self.missing)} 份" if self.missing else "已齐"
        return ""


def load(request: PartyRequest, once: UUID) -> Draft:
    """The visitor's own draft, under the guide of today; what had to be dropped for it is told."""
    application = reads.own_online(request.party, once)
    if application is None:
        county = request.county.code  # type: ignore[attr-defined]
        if reads.at_window_for(request.party, county).filter(once=once).exists():
            raise NotAllowed("这份申请您已在窗口交给工作人员接着办。要自己接着填，请到“我的办件”里拿回来。")
        raise Http404("没有这份申请。")
    if application.sealed_at is None and application.version_id != application.version.item.current_id:
        dropped = online.move_to_current(application, by=request.party, at=now())
        told = f"这几份要重新上传：{'、'.join(dropped)}。" if dropped else "填过的内容都在，请再核对一遍。"
        messages.warning(request, f"办事指南刚刚更新过，{told}")
        application = reads.own_online(request.party, once) or application
    return Draft(application, request.party)
