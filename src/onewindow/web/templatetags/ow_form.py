"""表单: how does a field, a whole form or a list of its errors stand on the page?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField

from onewindow.web.templatetags.shown import Shown, from_bound, from_schema, sections

register = template.Library()


@register.inclusion_tag("parts/field.html")
def field(
    bound: BoundField, source: str = "", hint: str = "", optional: bool | None = None
) -> dict[str, Any]:
    """One field of a Django form; `source` says where a prefilled value comes from."""
    shown = from_bound(bound)
    told: dict[str, Any] = {"source": source} if source else {}
    told |= {"hint": hint} if hint else {}
    told |= {"optional": optional} if optional is not None else {}
    return {"f": replace(shown, **told)}


@register.inclusion_tag("parts/field.html")
def schema_field(
    name: str, spec: Mapping[str, Any], value: Any = None, error: str = "", **more: Any
) -> dict[str, Any]:
    """One field of a JSON Schema; `row` is its line in the form's layout, `required` and `prefix` as needed."""
    row = more.pop("row", None) or {}
    return {"f": from_schema(name, spec, row, value=value, error=error, **more)}


@register.inclusion_tag("parts/field.html")
def shown_field(shown: Shown) -> dict[str, Any]:
    """One field that a view made itself."""
    return {"f": shown}


@register.inclusion_tag("parts/item_form.html")
def item_form(
    form: Mapping[str, Any],
    values: Mapping[str, Any] | None = None,
    faults: Mapping[str, str] | None = None,
    known: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The whole form of an item (`ItemVersion.form`), under its headings; `known` is what a file answered."""
    return {"sections": sections(form, values or {}, faults or {}, known=known or {})}


@register.inclusion_tag("parts/errors.html")
def form_errors(form: forms.BaseForm, more: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """The summary above a Django form: each error leads to its field, and so do `more` pairs of id and sentence."""
    whole = [{"id": "", "text": str(text)} for text in form.non_field_errors()] if form.is_bound else []
    each = [
        {"id": from_bound(form[name]).target, "text": _named(form[name], str(text))}
        for name, texts in form.errors.items()
        if name in form.fields
        for text in texts
    ]
    return {"errors": [*whole, *each, *({"id": id, "text": text} for id, text in more or ())]}


def _named(bound: BoundField, text: str) -> str:
    """In the summary a sentence that stands beside its field must say which field it means."""
    label = str(bound.label or "").rstrip("？?：:")
    return text if not label or label in text else f"{label}：{text}"


@register.inclusion_tag("parts/errors.html")
def error_list(pairs: Iterable[tuple[str, str]], title: str = "") -> dict[str, Any]:
    """The same for errors that come from elsewhere: pairs of the field's id (or nothing) and the sentence."""
    return {"errors": [{"id": id, "text": text} for id, text in pairs], "title": title}


@register.inclusion_tag("parts/errors.html")
def item_errors(form: Mapping[str, Any], faults: Mapping[str, str]) -> dict[str, Any]:
    """The same for an item's own form: `faults` as `intake.form.faults` gives them."""
    drawn = [one for section in sections(form, {}, faults) for one in section.fields if one.error]
    known = {one.name for one in drawn}
    rest = [{"id": "", "text": text} for name, text in faults.items() if name not in known]
    return {"errors": [*({"id": one.target, "text": one.error} for one in drawn), *rest]}
