"""不予受理: which kind, why, on which basis, and where should the applicant go?"""

from __future__ import annotations

from typing import Any

from django import forms

from onewindow.cases.models import Refusal


def area(label: str, wanted: str, **more: Any) -> forms.CharField:
    """A field for sentences; `wanted` is what one reads when it is left empty."""
    told = {"widget": forms.Textarea(attrs={"rows": 4}), "error_messages": {"required": wanted}, **more}
    return forms.CharField(label=label, **told)


class RefusalFields(forms.Form):
    """Reasons are for the applicant to read."""

    kind = forms.ChoiceField(
        label="哪一种",
        choices=Refusal.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择：不予受理、不属本机关职权，还是依法不需要办理。"},
    )
    reasons = area("理由", "请写明理由，申请人有权知道。", help_text="写给申请人看的话，会原样印在文书上")
    basis = forms.CharField(
        label="依据",
        max_length=300,
        error_messages={"required": "请写明依据：哪部法律、第几条。"},
        help_text="如《中华人民共和国行政许可法》第三十二条第一款第二项",
    )
    go_to = forms.CharField(label="应当向哪个机关申请", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("kind") == "not_ours" and not told.get("go_to"):
            self.add_error("go_to", "不属本机关职权的，请写明应当向哪个机关申请。")
        return told
