"""更正文书的表单: why a letter is made anew, and in which words?"""

from __future__ import annotations

from typing import Any

from django import forms

from onewindow.letters.anew import WORDING, wording_of
from onewindow.letters.models import Letter
from onewindow.web.forms.refusal import area


class CorrectForm(forms.Form):
    """The reason, and the words of the letter that an officer wrote."""

    why = area(
        "更正的原因",
        "请写明更正的原因。",
        max_length=200,
        help_text="会印在新的文书上，如“申请人姓名写错”",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = wording_of(letter)
        self.names = [name for name, _ in WORDING.get(letter.kind, ()) if now[name]]
        for name, label in WORDING.get(letter.kind, ()):
            if name in self.names:
                self.fields[name] = area(
                    label,
                    f"“{label}”不能空着，请写明更正后的文字。",
                    initial=now[name],
                    max_length=2000,
                    help_text="文书上现在的文字，不用改的不要动",
                )

    @property
    def wording(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.names}


class DeclineForm(forms.Form):
    """Why the letter stays as it is."""

    remark = area("不同意的理由", "请写明不同意更正的理由。", max_length=200)
