"""各类办件的办理: which fields do settling on the spot, sending up, the answer from above and a renewal ask for?"""

from __future__ import annotations

from typing import Any

from django import forms

from onewindow.cases.acts.upward import Answer
from onewindow.web.forms.deeds import DeedForm
from onewindow.web.forms.examining import GrantForm
from onewindow.web.forms.refusal import area

_WRITE_DAY = {"invalid": "日期请写成 2026-10-12 这样。"}


def _day(label: str, *, asked: str = "", hint: str = "") -> forms.DateField:
    """A day; `asked` is what is said when it is left out."""
    return forms.DateField(
        label=label,
        required=bool(asked),
        help_text=hint,
        widget=forms.DateInput,
        error_messages={**_WRITE_DAY, "required": asked},
    )


def _line(label: str, size: int, asked: str = "", hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=size,
        required=bool(asked),
        help_text=hint,
        error_messages={"required": asked},
    )


class AtOnceForm(GrantForm):
    """当场办结: the points, the decision and how long it is valid, on one page."""


class SendUpForm(DeedForm):
    """转报上级: the opinion of the first look, signed by whoever decides here."""

    opinion = area("初审意见", "请写初审意见。")
    number_above = _line("上级收件号", 60, hint="上级系统已经给了编号的，填在这里")

    def prepare(self) -> None:
        last = next((one for one in reversed(self.whole.opinions) if not one.sent_back), None)
        self.fields["opinion"].initial = last.text if last else ""


class ContactForm(DeedForm):
    """与上级联系: whom, and what was said."""

    whom = _line("联系了哪里", 100, "请写明联系了上级的哪一位或者哪个科室。")
    said = area("对方怎么答复", "请写明对方怎么答复。")


class AnswerForm(DeedForm):
    """登记上级决定: as it stands in the decision of the organ above."""

    granted = forms.ChoiceField(
        label="上级的决定",
        choices=(("yes", "准予"), ("no", "不予")),
        widget=forms.RadioSelect,
        error_messages={"required": "请选择上级准予还是不予。"},
    )
    number = _line("上级文号", 50, "请填写上级决定的文号。")
    decided_on = _day("上级作出决定的日期", asked="请填写上级作出决定的日期。")
    text = area("决定内容", "请照上级的决定书填写决定内容。")
    valid_from = _day("有效期自")
    valid_until = _day("有效期至", hint="没有有效期的空着")
    grounds = forms.CharField(
        label="不予的理由", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    basis = _line("不予的依据", 300, hint="不予的才填")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("granted") == "no":
            for name, word in (("grounds", "理由"), ("basis", "依据")):
                if not told.get(name, "").strip():
                    self.add_error(name, f"上级不予的，请照它的决定书写明{word}。")
        return told

    def answer(self) -> Answer:
        told = self.cleaned_data
        names = ("number", "decided_on", "text", "grounds", "basis", "valid_from", "valid_until")
        return Answer(granted=told["granted"] == "yes", **{name: told[name] for name in names})


class RenewalForm(DeedForm):
    """登记原证: which licence is to go on."""

    number = _line("原证编号", 60, "请填写原证的编号。")
    expires_on = _day("有效期至", asked="请填写原证的有效期截止日。", hint="照原证上写的填")
