"""作废记载的表单: what is asked of whoever says that a fact is wrong, and of whoever does not agree?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from onewindow.catalogue.models import Material
from onewindow.rules.record import WRONG_WORDS
from onewindow.web.forms.refusal import area


class VoidForm(forms.Form):
    """What is wrong, in public words, and what happened, in one's own."""

    cause = forms.ChoiceField(
        label="错在哪里",
        choices=[(cause.value, words[0]) for cause, words in WRONG_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择错在哪里，申请人会看到。"},
        help_text="申请人会看到这一项，用公开的说法",
    )
    reason = area(
        "事情的经过",
        "请写明事情的经过，确认的人要据此判断。",
        max_length=500,
        help_text="写给确认的人和监督部门看，申请人看不到",
    )


class ShownForm(VoidForm):
    """Of what time did: also the day on which came what shows that it had no ground."""

    shown_on = forms.DateField(
        widget=forms.DateInput,
        error_messages={"required": "请写明是哪一天。", "invalid": "日期请写成 2026-10-12 这样。"},
    )

    def __init__(
        self, *args: Any, papers: Sequence[Material] = (), promised: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["shown_on"]
        came = "容缺材料" if promised else "补正材料"
        day.label = f"{came}哪天交来的" if papers else "申请人哪天书面撤回的"
        day.help_text = "在期限以内，一并补录；补录最多往前几个工作日由本地设定"
        if papers:
            self.fields["shown_papers"] = forms.MultipleChoiceField(
                label=f"当时交来了哪些{came}",
                choices=[(str(one.pk), one.name) for one in papers],
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": f"请勾选当时交来了哪些{came}。"},
            )


class DeclineVoidForm(forms.Form):
    """Why the fact stays as it is."""

    remark = area("不同意的理由", "请写明不同意作废的理由。", max_length=300)
