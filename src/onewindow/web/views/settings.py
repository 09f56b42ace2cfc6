"""本地设定: which values does no document give, who set them, and how does an administrator change one on record?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from onewindow.ground.clock import now
from onewindow.packs.keys import Key, in_words
from onewindow.packs.keys_settings import SETTINGS, changeable
from onewindow.people.reads import names_of
from onewindow.places import acts
from onewindow.places.models import County, SettingChange
from onewindow.places.reads import changes_of, pack_here
from onewindow.rules.grants import Grant
from onewindow.rules.pack import LOCAL_WORDS, Value
from onewindow.web.asking import AskingForm, ask, posted
from onewindow.web.gates import StaffRequest, staff_required

HISTORY = 100  # changes that the page lists; the journal keeps all of them
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


@dataclass(frozen=True)
class Changed:
    """One change as the history shows it."""

    at: datetime
    title: str
    value: str
    who: str
    reason: str


class ChangeForm(AskingForm):
    """The new value, in the shape that the setting has, and why."""

    reason = forms.CharField(
        label="修改原因", max_length=200, help_text="会在“政策规则”页公开，请不要写人名和电话。"
    )

    def __init__(self, key: Key, value: Value, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"value": _field(key, value), **self.fields}


@require_GET
@staff_required(Grant.SETTINGS_CHANGE)
def settings(request: StaffRequest) -> HttpResponse:
    """Every setting with its present value, who set it and since when."""
    county = County.objects.get(pk=request.officer.county)
    changes = changes_of(county.code)
    latest = {change.name: change for change in reversed(changes)}
    names = names_of(change.by for change in changes)
    lines = []
    for name, setting in sorted(pack_here(county).settings.items()):
        if not changeable(name):
            continue
        change, shown = latest.get(name), in_words(SETTINGS[name], setting.value)
        if change is None:
            lines.append(Line(name, SETTINGS[name].title, shown, setting.set_by, setting.since, setting.note))
        else:
            who = names.get(change.by, change.by)
            lines.append(Line(name, SETTINGS[name].title, shown, who, change.since, change.reason))
    past = [_changed(change, names) for change in changes[:HISTORY] if change.name in SETTINGS]
    return render(
        request, "manage/settings.html", {"lines": lines, "local": LOCAL_WORDS, "past": past, "many": HISTORY}
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.SETTINGS_CHANGE)
def change(request: StaffRequest, name: str) -> HttpResponse:
    """Change one setting from today on."""
    county = County.objects.get(pk=request.officer.county)
    if not changeable(name):
        raise Http404("没有这项设定，或者本版不能修改它。请回到“本地设定”页选别的。")
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


def _changed(change: SettingChange, names: Mapping[str, str]) -> Changed:
    key = SETTINGS[change.name]
    return Changed(
        change.at, key.title, in_words(key, change.value), names.get(change.by, change.by), change.reason
    )


def _field(key: Key, value: Value) -> forms.Field:
    """A choice where only some words are possible, else a number with its unit."""
    label = f"改为（{key.unit}）" if key.unit else "改为"
    if isinstance(value, bool):
        yes_no = [("True", "是"), ("False", "否")]
        return forms.TypedChoiceField(label=label, choices=yes_no, coerce=lambda word: word == "True")
    if isinstance(value, int):
        faults = dict.fromkeys(("min_value", "max_value", "invalid"), f"请填 {key.bounds}")
        return forms.IntegerField(
            label=label,
            min_value=key.least,
            max_value=key.most,
            help_text=f"可以填 {key.bounds}",
            error_messages=faults,
        )
    if key.words:
        return forms.ChoiceField(label=label, choices=list(key.words.items()))
    if len(str(value)) > LONG:
        return forms.CharField(label=label, max_length=600, widget=forms.Textarea(attrs={"rows": 4}))
    return forms.CharField(label=label, max_length=100)
