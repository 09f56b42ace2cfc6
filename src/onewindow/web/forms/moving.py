"""动期限的表: what is asked for when an examiner wants more days, or begins and ends a special procedure?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from onewindow.cases.acts.special import Hearing, Plan
from onewindow.cases.models import Procedure
from onewindow.cases.reads.whole import Whole
from onewindow.people.reads import colleagues
from onewindow.rules.special import HEARING
from onewindow.rules.third import wants_hearing
from onewindow.web.forms.dated import DatedFields
from onewindow.web.forms.deeds import DeedForm
from onewindow.web.forms.refusal import area


class LongerForm(DeedForm):
    """提请延长: why."""

    reason = area(
        "延长的理由",
        "请写明延长的理由。",
        max_length=500,
        help_text="写给申请人看的话，会原样印在延长办理期限告知书上",
    )


def a_day(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput,
        help_text=help_text,
        error_messages={"required": f"请写明{label}。", "invalid": "日期请写成 2026-10-12 这样。"},
    )


_OF_HEARINGS = ("held_on", "host", "told_on", "asked_on")


class BeginForm(DeedForm):
    """特别程序开始: which of those that the guide lists, and what the applicant is told of it."""

    kind = forms.ChoiceField(
        label="哪一项", widget=forms.RadioSelect, error_messages={"required": "请选择进行哪一项特别程序。"}
    )
    why = area(
        "为什么进行", "请写明为什么要进行。", max_length=500, help_text="写给申请人看的话，会原样印在告知书上"
    )
    parties = forms.CharField(
        label="由谁进行，谁参加",
        max_length=300,
        error_messages={"required": "请写明由谁进行、谁参加。"},
        help_text="如评审专家几人、检测机构的名称；到现场的写明两名以上工作人员",
    )
    place = forms.CharField(label="地点", max_length=200, required=False)
    planned_end = a_day(
        "计划结束的日期", required=True, help_text="会书面告诉申请人；过了这天还没有结束的算超时"
    )
    held_on = a_day("听证举行的日期")
    host = forms.ChoiceField(
        label="听证主持人",
        required=False,
        help_text="由审查本件的工作人员以外的人主持（行政许可法第四十八条）",
    )
    told_on = a_day("告知听证权利的日期", help_text="依职权举行的听证，这两个日期空着")
    asked_on = a_day("提出听证申请的日期")

    def prepare(self) -> None:
        listed = to_begin(self.whole)
        stops = {kind for state in self.whole.now.running() for kind in state.term.stops_for}
        self.fields["kind"].choices = [(row["name"], _said(row, row["name"] in stops)) for row in listed]  # type: ignore[attr-defined]
        if len(listed) == 1:
            self.fields["kind"].initial = listed[0]["name"]
        if all(row["name"] != HEARING for row in listed):
            for name in _OF_HEARINGS:
                del self.fields[name]
            return
        day = self.officer.day
        found = colleagues(self.case.department_id, day) if day else []
        self.people = {str(one.pk): one for one in found if one.pk != self.officer.pk}
        choices = [("", "请选择"), *((key, one.name) for key, one in self.people.items())]
        self.fields["host"].choices = choices  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """What was filled in, with the arrangement of the hearing when it is one."""
        told = self.cleaned_data
        names = ("kind", "why", "parties", "place", "planned_end")
        return Plan(**{name: told[name] for name in names}, hearing=self._hearing())

    def _hearing(self) -> Hearing | None:
        told = self.cleaned_data
        held_on, host = told.get("held_on"), told.get("host")
        if told["kind"] != HEARING or not held_on or not host:
            return None
        return Hearing(
            held_on=held_on, host=self.people[host], told_on=told["told_on"], asked_on=told["asked_on"]
        )


def to_begin(whole: Whole) -> list[Mapping[str, Any]]:
    """What may be begun: what the guide lists, and the hearing that a third party has a right to, listed or not."""
    listed = list(whole.case.version.content.get("special", ()))
    if wants_hearing(whole.now.seen) and all(row.get("name") != HEARING for row in listed):
        listed.append({"name": HEARING})
    running = {one.kind for one in whole.running}
    return [row for row in listed if row.get("name") not in running]


def _said(row: Mapping[str, Any], stops: bool) -> str:
    limit = f"最长 {row['days']} 天，" if row.get("days") else ""
    return f"{row['name']}（{limit}{'不计入办理期限' if stops else '计入办理期限'}）"


class EndForm(DatedFields, DeedForm):
    """特别程序结束: which one, how it came out."""

    procedure = forms.ChoiceField(
        label="哪一项", widget=forms.RadioSelect, error_messages={"required": "请选择哪一项结束了。"}
    )
    outcome = forms.ChoiceField(
        label="怎样结束的",
        choices=Procedure.Outcome.choices,
        widget=forms.RadioSelect,
        initial=Procedure.Outcome.DONE,
        error_messages={"required": "请选择完成了还是没有进行。"},
    )
    result = area("结果", "请写明结果。", max_length=4000, help_text="如评审意见、检测结论、听证笔录的要点")
    signed = forms.BooleanField(label="听证笔录已经参加人确认，签字或者盖章", required=False)

    def prepare(self) -> None:
        running = self.whole.running
        field = self.fields["procedure"]
        field.choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.kind}，{one.begun_on.month} 月 {one.begun_on.day} 日开始") for one in running
        ]
        if len(running) == 1:
            field.initial = str(running[0].pk)
        if all(one.kind != HEARING for one in running):
            del self.fields["signed"]


class ProlongForm(DeedForm):
    """延长特别程序: which one, until when, and why."""

    procedure = forms.ChoiceField(
        label="哪一项", widget=forms.RadioSelect, error_messages={"required": "请选择延长哪一项。"}
    )
    planned_end = a_day("新的计划结束日期", required=True, help_text="会书面告诉申请人")
    reason = area(
        "延长的理由", "请写明为什么要延长。", max_length=500, help_text="写给申请人看的话，会原样印在告知书上"
    )

    def prepare(self) -> None:
        _choose(self, [one for one in self.whole.running if one.first_end is None])


class HostForm(DeedForm):
    """更换听证主持人: who leads it from now on."""

    procedure = forms.ChoiceField(
        label="哪一次听证", widget=forms.RadioSelect, error_messages={"required": "请选择哪一次听证。"}
    )
    host = forms.ChoiceField(
        label="新的主持人", help_text="由审查本件的工作人员以外的人主持（行政许可法第四十八条）"
    )

    def prepare(self) -> None:
        _choose(self, [one for one in self.whole.running if one.kind == HEARING])
        day = self.officer.day
        found = colleagues(self.case.department_id, day) if day else []
        self.people = {str(one.pk): one for one in found if one.pk != self.case.examiner_id}
        choices = [("", "请选择"), *((key, one.name) for key, one in self.people.items())]
        self.fields["host"].choices = choices  # type: ignore[attr-defined]


def _choose(form: DeedForm, running: Sequence[Procedure]) -> None:
    """Which of the procedures that last; the only one is chosen."""
    field = form.fields["procedure"]
    field.choices = [  # type: ignore[attr-defined]
        (str(one.pk), f"{one.kind}，计划 {one.planned_end.month} 月 {one.planned_end.day} 日结束")
        for one in running
    ]
    if len(running) == 1:
        field.initial = str(running[0].pk)
