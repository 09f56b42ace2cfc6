"""审核和准予: which points were looked at, who went there, and what is proposed or granted?"""

from __future__ import annotations

from typing import Any

from django import forms

from onewindow.cases.examined import OnSite, by_two, decision_steps, inspectors
from onewindow.ground.clock import today
from onewindow.people.reads import colleagues
from onewindow.rules import validity
from onewindow.web.forms.deeds import DeedForm
from onewindow.web.forms.refusal import area

_FOUND = {"fits": True, "fails": False, "none": None}
_SITE = ("second", "checked_on", "checked_at", "check_record")


class PointsForm(DeedForm):
    """The examination points of the version, each with its finding and note; the act says what is missing."""

    def points(self) -> list[dict[str, Any]]:
        """The points as they were marked."""
        told = self.case.version.content.get("points", ())
        return [
            {
                "point": one.get("look", ""),
                "fits": _FOUND[self.data[f"point-{number}"]],
                "note": self.data.get(f"note-{number}", "").strip()[:300],
            }
            for number, one in enumerate(told)
            if self.data.get(f"point-{number}") in _FOUND
        ]


class ReviewForm(PointsForm):
    """审核意见: the points, the on-site check by two where the item needs it, and the opinion."""

    favourable = forms.ChoiceField(choices=(("yes", "准予"), ("no", "不予")))
    text = area("审核意见", "请写审核意见。")

    def prepare(self) -> None:
        self.people: dict[str, Any] = {}
        if not (inspectors(self.case.version) and by_two(self.case.version, self.whole.pack)):
            return
        day, last = self.officer.day, next((o for o in reversed(self.whole.opinions) if o.second_id), None)
        found = colleagues(self.case.department_id, day) if day else []
        self.people = {str(one.pk): one for one in found if one.pk != self.officer.pk}
        choices = [("", "请选择"), *((key, one.name) for key, one in self.people.items())]
        self.fields["second"] = forms.ChoiceField(
            label="同去的核查人员",
            choices=choices,
            required=False,
            initial=str(last.second_id) if last else "",
            help_text="" if self.people else "本部门今天没有别的工作人员",
        )
        self.fields["checked_on"] = forms.DateField(
            label="核查日期",
            required=False,
            widget=forms.DateInput,
            initial=last.checked_on if last else None,
            error_messages={"invalid": "日期请写成 2026-10-12 这样。"},
        )
        self.fields["checked_at"] = forms.CharField(
            label="核查地点", max_length=200, required=False, initial=last.checked_at if last else ""
        )
        self.fields["check_record"] = forms.CharField(
            label="核查情况",
            max_length=4000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial=last.check_record if last else "",
        )

    @property
    def site(self) -> list[forms.BoundField]:
        """The fields of the on-site check; none where nobody has to go."""
        return [self[name] for name in _SITE if name in self.fields]

    def check(self) -> OnSite | None:
        """The on-site check as it was written down; none when it was left out."""
        told = self.cleaned_data
        second, day = self.people.get(told.get("second", "")), told.get("checked_on")
        if second is None or day is None:
            return None
        return OnSite(second, day, told["checked_at"], told["check_record"])


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput,
        error_messages={"invalid": "日期请写成 2031-10-12 这样。"},
    )


class GrantForm(PointsForm):
    """准予; where nobody examines before the decision, the points are looked at here."""

    text = area("决定内容", "请写决定内容。")
    valid_from = _day("有效期自")
    valid_until = _day("有效期至")

    def prepare(self) -> None:
        """What the item says is proposed and has to stand; where it names no length both may stay empty."""
        result = self.case.version.content.get("result", {})
        months, said = validity.months_of(result), str(result.get("validity", ""))
        for name, wanted in (("valid_from", "开始"), ("valid_until", "截止")):
            field = self.fields[name]
            field.required = bool(months)
            field.error_messages["required"] = f"本事项的有效期是{said}，请写明{wanted}的日子。"
        until = self.fields["valid_until"]
        if not months:
            until.help_text = f"事项写的有效期：{said}；没有有效期的空着" if said else "没有有效期的空着"
            return
        until.help_text = f"事项写的有效期：{said}，从作出决定之日起按公历算，到对应日的前一天"
        begins = today()
        self.fields["valid_from"].initial = begins
        until.initial = validity.last_day(begins, months)

    @property
    def alone(self) -> bool:
        """Whether nobody examined before."""
        return decision_steps(self.case.version) == 1
