"""应急的表单: what is typed when a hall stops, a plan is drafted, an incident or a drill is written down, a piece is checked?"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from onewindow.emergency.models import SafetyItem
from onewindow.people.models import Officer
from onewindow.web.asking import AskingForm
from onewindow.web.forms.absence import DAY
from onewindow.web.forms.booking import CLOCK
from onewindow.web.forms.colleagues import PersonField
from onewindow.web.forms.refusal import area

BAR = "｜"
_BARS, _COMMAS = re.compile("[|｜]"), re.compile("，")
WHO = "一行一步，步骤和负责的人中间用“｜”隔开，如：切断电源｜技术保障"


def lines(text: str, what: str) -> list[dict[str, str]]:
    """One line each: what, and who after the bar."""
    found = []
    for line in text.splitlines():
        first, _, who = line.replace("|", BAR).partition(BAR)
        if first.strip():
            found.append({what: first.strip()[:200], "who": who.strip()[:60]})
    return found[:40]


def text_of(rows: list[dict[str, str]], what: str) -> str:
    """The same back as it is typed."""
    return "\n".join(f"{one[what]}{BAR}{one['who']}" if one.get("who") else one[what] for one in rows)


class StopForm(AskingForm):
    """Why a hall stops, and until when as far as is known."""

    reason = forms.CharField(label="原因", max_length=60, help_text="会出现在每一块屏上，如：停电、设备抢修")
    day = forms.DateField(label="预计哪天恢复", widget=DAY)
    hour = forms.TimeField(label="几点", widget=CLOCK)


class UntilForm(AskingForm):
    """Until when it lasts after all."""

    day = forms.DateField(label="预计哪天恢复", widget=DAY)
    hour = forms.TimeField(label="几点", widget=CLOCK)


class PlanForm(AskingForm):
    """A plan: who leads, who does what, the steps."""

    title = forms.CharField(label="预案名称", max_length=80)
    chief = PersonField("总负责人")
    parts = area(
        "分工",
        "请写明谁负责什么。",
        max_length=1500,
        help_text="一行一项，如：疏散引导｜导办员",
        required=False,
    )
    steps = area("处置步骤", "请写处置步骤。", max_length=4000, help_text=WHO)

    def __init__(self, people: QuerySet[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chief"].queryset = people  # type: ignore[attr-defined]


class EpidemicPlanForm(PlanForm):
    """The same with what an epidemic asks for."""

    capacity = forms.IntegerField(
        label="厅内最多几人", min_value=1, max_value=5000, help_text="满了以后取的号推后叫，告诉几点起"
    )
    round_hours = forms.IntegerField(label="几小时消毒通风一次", min_value=1, max_value=24)
    advice = forms.CharField(
        label="公告", max_length=60, help_text="挂在大厅网页和取号机上，如：请优先网上办，进厅戴口罩"
    )


class StartForm(AskingForm):
    """What happened where."""

    what = forms.CharField(label="发生了什么", max_length=300)
    place = forms.CharField(label="在哪里", max_length=60, required=False)


class StepForm(AskingForm):
    """A step is done."""

    note = forms.CharField(label="说明", max_length=200, required=False)


class ActionForm(AskingForm):
    """What was done besides."""

    what = forms.CharField(label="做了什么", max_length=200)
    who = forms.CharField(label="谁做的", max_length=60, required=False, help_text="写职务或者岗位")


class CloseForm(AskingForm):
    """The report."""

    summary = area("处置经过和结果", "请写处置经过和结果。", max_length=2000)
    harm = forms.CharField(label="人员伤亡和损失", max_length=300, required=False)
    better = forms.CharField(label="要改进的", max_length=300, required=False)


class RoundForm(AskingForm):
    """A round of disinfection."""

    where = forms.CharField(label="消毒、通风了哪里", max_length=120)


class HealthForm(AskingForm):
    """May somebody work today?"""

    officer = PersonField("谁")
    fit = forms.ChoiceField(
        label="今天", choices=[("yes", "健康，可以上岗"), ("no", "不能上岗")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="加密保存")

    def __init__(self, people: QuerySet[Officer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class DrillForm(AskingForm):
    """How a drill went, and what is to be better."""

    held_on = forms.DateField(label="哪天", widget=DAY)
    people = forms.CharField(label="谁参加了", max_length=300, help_text="如：大厅全体窗口人员、保安")
    headcount = forms.IntegerField(label="多少人", min_value=1, max_value=5000)
    course = area("怎么演练的", "请写明怎么演练的。", max_length=400)
    findings = area("发现的问题", "请写明。", max_length=400, required=False)
    measures = area(
        "整改",
        "请写明。",
        max_length=1500,
        required=False,
        help_text="一行一项，写成：怎么改，谁负责，哪天以前，如：更换应急灯，后勤保障，2026-12-10",
    )

    def clean_measures(self) -> list[tuple[str, str, date]]:
        """Each line with its three parts."""
        found = []
        for line in self.cleaned_data["measures"].splitlines():
            if not line.strip(" |｜，,"):
                continue
            # The bar is on no Chinese keyboard: the last two commas do as well.
            parts = _BARS.split(line) if _BARS.search(line) else _COMMAS.sub(",", line).rsplit(",", 2)
            try:
                what, who, day = (part.strip() for part in parts)
                found.append((what, who, date.fromisoformat(day)))
            except ValueError:
                raise forms.ValidationError(
                    f"“{line[:30]}”没有写全，请写成：怎么改，谁负责，2026-12-10。"
                ) from None
        return found


class MeasureForm(AskingForm):
    """What was done."""

    outcome = forms.CharField(label="怎么改的", max_length=200)


class SafetyForm(AskingForm):
    """A piece of equipment."""

    kind = forms.ChoiceField(label="种类", choices=SafetyItem.Kind.choices)
    name = forms.CharField(label="名称和编号", max_length=60, help_text="如：灭火器 3 号")
    place = forms.CharField(label="放在哪里", max_length=60)
    keeper = forms.CharField(label="责任人", max_length=60)
    every_days = forms.IntegerField(label="几天检查一次", min_value=1, max_value=1100, initial=30)
    checked_on = forms.DateField(label="上次检查", widget=DAY)
    expires_on = forms.DateField(label="有效期到", widget=DAY, required=False)


class CheckForm(AskingForm):
    """It was looked at."""

    sound = forms.ChoiceField(
        label="检查结果", choices=[("yes", "完好"), ("no", "有问题")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="说明", max_length=200, required=False)
    expires_on = forms.DateField(label="换了新的，有效期到", widget=DAY, required=False)


class UseForm(AskingForm):
    """It was used."""

    person = forms.CharField(label="谁用的", max_length=60, help_text="写工作人员；不写被救助人的姓名")
    why = forms.CharField(label="为什么用", max_length=200)
    action = forms.CharField(label="做了什么", max_length=200)
