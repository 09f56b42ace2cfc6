"""本地设定: which values does no document give, who set them, and how does an administrator change one on record?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now
from onewindow.packs.keys import SETTINGS, Key, in_words
from onewindow.people.reads import names_of
from onewindow.places import acts
from onewindow.places.models import County, SettingChange
from onewindow.places.reads import pack_here
from onewindow.rules.grants import Grant
from onewindow.rules.pack import LOCAL_WORDS, Value
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required

LONG = 60  # characters from which on a value is changed in a field of several lines


@dataclass(frozen=True)
class Line:
    """One setting as the list shows it."""

    name: str
    title: str
    value: str
    who: str
    since: date | None
    reason: str


class ChangeForm(AskingForm):
    """The new value, in the shape that the setting has, and why."""

    reason = forms.CharField(label="修改原因", max_length=200, help_text="会与设定一起公开。")

    def __init__(self, key: Key, value: Value, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"value": _field(key, value), **self.fields}


@require_GET
@staff_required(Grant.SETTINGS_CHANGE)
def settings(request: StaffRequest) -> HttpResponse:
    """Every setting with its present value, who set it and since when."""
    county = County.objects.get(pk=request.officer.county)
    changes = SettingChange.objects.filter(county=county.code).order_by("name", "-id").distinct("name")
    latest = {change.name: change for change in changes}
    names = names_of(change.by for change in latest.values())
    lines = []
    for name, setting in sorted(pack_here(county).settings.items()):
        change, shown = latest.get(name), in_words(SETTINGS[name], setting.value)
        if change is None:
            lines.append(Line(name, SETTINGS[name].title, shown, setting.set_by, setting.since, setting.note))
        else:
            who = names.get(change.by, change.by)
            lines.append(Line(name, SETTINGS[name].title, shown, who, change.since, change.reason))
    return render(request, "manage/settings.html", {"lines": lines, "local": LOCAL_WORDS})


@require_http_methods(["GET", "POST"])
@staff_required(Grant.SETTINGS_CHANGE)
def change(request: StaffRequest, name: str) -> HttpResponse:
    """Change one setting from today on."""
    county = County.objects.get(pk=request.officer.county)
    if name not in SETTINGS:
        raise Http404
    key, setting = SETTINGS[name], pack_here(county).setting(name)
    return ask(
        request,
        ChangeForm(key, setting.value, posted(request), initial={"value": str(setting.value)}),
        lambda told: acts.change_setting(county, by=request.officer, at=now(), name=name, **told),
        title=key.title,
        lead=f"{LOCAL_WORDS}。现在是{in_words(key, setting.value)}。修改从今天起生效，每次修改都留下记录。",
        main="修改",
        back="settings",
    )


def _field(key: Key, value: Value) -> forms.Field:
    """A choice where only some words are possible, else a number with its unit."""
    label = f"改为（{key.unit}）" if key.unit else "改为"
    if isinstance(value, bool):
        yes_no = [("True", "是"), ("False", "否")]
        return forms.TypedChoiceField(label=label, choices=yes_no, coerce=lambda word: word == "True")
    if isinstance(value, int):
        return forms.IntegerField(label=label, min_value=0, max_value=10_000)
    if key.words:
        return forms.ChoiceField(label=label, choices=list(key.words.items()))
    if len(str(value)) > LONG:
        return forms.CharField(label=label, max_length=600, widget=forms.Textarea(attrs={"rows": 4}))
    return forms.CharField(label=label, max_length=100)
