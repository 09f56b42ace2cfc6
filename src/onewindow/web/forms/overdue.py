"""超期说明的表单: who answers for an overrun, why, what is done, and what the supervisor finds?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from onewindow.oversight.acts import LONGEST, finished, responsible_of
from onewindow.oversight.models import Answer, Overdue
from onewindow.rules.account import GRAVITY_WORDS, PENALTY_WORDS
from onewindow.rules.overdue import CAUSE_WORDS, FINDING_WORDS
from onewindow.web.asking import AskingForm
from onewindow.web.forms.refusal import area


class ExplainForm(AskingForm):
    """The department's word; what the applicant will read is chosen and not written."""

    responsible = forms.ChoiceField(label="责任人", help_text="只有本部门和督查看得到")
    cause = forms.ChoiceField(
        label="原因",
        choices=[("", "请选择"), *((one.value, words[0]) for one, words in CAUSE_WORDS.items())],
        help_text="换成公开的话告诉申请人，不带姓名",
    )
    why = area(
        "情况说明", "请写明为什么超期。", max_length=LONGEST, help_text="前后经过，只有本部门和督查看得到"
    )
    done = area("怎么补救", "请写明怎么补救。", max_length=LONGEST, help_text="这一件怎么办好，以后怎么避免")
    expected = forms.DateField(
        label="预计办好的日期", widget=forms.DateInput(attrs={"type": "date"}), help_text="会告诉申请人"
    )

    def __init__(
        self, *args: Any, overdue: Overdue, day: Any, last: Answer | None = None, **kwargs: Any
    ) -> None:
        if last is not None:
            kept = ("cause", "why", "done", "expected")
            kwargs["initial"] = {name: getattr(last, name) for name in kept} | {
                "responsible": last.responsible_id
            }
        super().__init__(*args, **kwargs)
        people = [(str(one.pk), one.name) for one in responsible_of(overdue, day)]
        self.fields["responsible"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]
        if finished(overdue, overdue.case):
            del self.fields["expected"]


class BackForm(AskingForm):
    """What is missing in the explanation; it stands on one page with the other form."""

    remark = area("哪里没有说清楚", "请写明哪里没有说清楚。", max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="back_%s", **kwargs)


class VoidForm(AskingForm):
    """Why nothing was late: a notice moved the day."""

    reason = area("为什么不成立", "请写明为什么不成立。", max_length=500, help_text="如放假通知改了工作日")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="void_%s", **kwargs)


def chosen(words: Mapping[Any, str]) -> list[tuple[str, str]]:
    """The choices of a decision, none of them chosen beforehand."""
    return [("", "请选择"), *((one.value, word) for one, word in words.items())]


class SettleForm(AskingForm):
    """What was found, and what follows."""

    finding = forms.ChoiceField(
        label="认定",
        choices=[("", "请选择"), *((one.value, word) for one, word in FINDING_WORDS.items())],
    )
    gravity = forms.ChoiceField(
        label="情节", choices=chosen(GRAVITY_WORDS), required=False, help_text="无故延时、故意拖延的必须选"
    )
    penalty = forms.ChoiceField(label="怎样处理", choices=chosen(PENALTY_WORDS), required=False)
    remark = area("处理意见", "", max_length=500, required=False, help_text="无故延时、故意拖延的必须写")
