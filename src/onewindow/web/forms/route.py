"""怎样办: how does the applicant say, of his own will, that he promises?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from onewindow.cases.acts.chosen import Route
from onewindow.web.asking import AskingForm

_SAY = {
    Route.PLAIN: "一般程序，材料已经交齐",
    Route.LATER: "容缺受理，缺的材料受理以后补交",
    Route.PROMISE: "告知承诺，当场作出决定，以后核查",
}


class RouteForm(AskingForm):
    """The choice where there is one, and the tick that stands for his signature."""

    route = forms.ChoiceField(
        label="怎样办",
        widget=forms.RadioSelect,
        help_text="由您自愿选择，选哪一种都不影响结果",
        error_messages={"required": "请选择怎样办。"},
    )
    promised = forms.BooleanField(label="我已看完承诺书的全部内容，自愿承诺，愿意承担后果", required=False)

    def __init__(self, *args: Any, ways: Sequence[Route], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["route"]
        field.choices = [(way.value, _SAY[way]) for way in ways]  # type: ignore[attr-defined]
        field.initial = ways[0].value if len(ways) == 1 or ways[0] is Route.PLAIN else None

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("route") in (Route.LATER, Route.PROMISE) and not told.get("promised"):
            self.add_error("promised", "选容缺受理或者告知承诺的，请看完承诺书，勾选这一项。")
        return told

    @property
    def chosen(self) -> Route:
        return Route(self.cleaned_data["route"])
