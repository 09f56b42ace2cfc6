"""填写项: what does a person see of one field, whether it comes from a Django form or from an item's JSON Schema?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

YES_NO = (("是", "是"), ("否", "否"))
FEW = 6  # up to so many choices stand open; more go into a list
LONG = 80  # characters from which on a field takes the whole width
FILED = "档案里有，请核对"
NUMERIC = {"number": "decimal", "integer": "numeric"}


@dataclass(frozen=True)
class Option:
    """One thing that can be chosen."""

    id: str
    value: str
    label: str
    chosen: bool = False
    hint: str = ""
    group: str = ""  # of a long list: under which heading it stands


@dataclass(frozen=True)
class Shown:
    """A field as it stands on the page: label, hint, error, input, in this order.

    `kind` is text, longtext, password, date, number, file, select, radio, checks, check or hidden.
    """

    id: str
    name: str
    label: str
    kind: str
    value: str = ""
    hint: str = ""
    error: str = ""
    optional: bool = False
    options: tuple[Option, ...] = ()
    unit: str = ""
    source: str = ""
    readonly: bool = False
    attrs: Mapping[str, str] = field(default_factory=dict)
    show_if: str = ""
    section: str = ""

    @property
    def wide(self) -> bool:
        """Whether an address or a sentence is written here, which needs the whole width."""
        longest = str(self.attrs.get("maxlength", ""))
        return self.kind == "longtext" or (longest.isdigit() and int(longest) >= LONG)

    @property
    def grouped(self) -> bool:
        """Several inputs under one question stand in a fieldset with a legend."""
        return self.kind in ("radio", "checks")

    @property
    def has_blank(self) -> bool:
        """Whether the choices hold an empty one of their own."""
        return any(not option.value for option in self.options)

    @property
    def target(self) -> str:
        """Where the summary of errors leads: the first thing that can be pressed."""
        return self.options[0].id if self.grouped and self.options else self.id

    @property
    def described_by(self) -> str:
        """The ids of what stands between label and input, for a screen reader."""
        parts = [f"{self.id}-h"] if self.hint else []
        return " ".join([*parts, *([f"{self.id}-e"] if self.error else [])])


def _options(id: str, choices: Iterable[tuple[Any, Any]], chosen: Iterable[str]) -> tuple[Option, ...]:
    held = set(chosen)
    return tuple(
        Option(f"{id}-{n}", str(value), str(label), str(value) in held, group=group)
        for n, (group, value, label) in enumerate(_in_groups(choices))
    )


def _in_groups(choices: Iterable[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Each choice with the name of its group; those without one stand by themselves."""
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(value), one, word) for one, word in label)
        else:
            yield "", value, label


def from_bound(bound: BoundField) -> Shown:
    """A field of a Django form, with the form's own value and error."""
    widget = bound.field.widget
    kind = _kind_of(widget)
    held = bound.value()
    many = isinstance(held, list | tuple)
    chosen = [str(one) for one in held] if many else [] if held is None else [str(held)]
    id = bound.auto_id or f"id_{bound.html_name}"
    choices = getattr(bound.field, "choices", ()) if kind in ("select", "radio", "checks") else ()
    return Shown(
        id=id,
        name=bound.html_name,
        label=str(bound.label or ""),
        kind=kind,
        value="" if many or kind in ("password", "file") else _text(held, bound),
        hint=str(bound.help_text or ""),
        error=" ".join(str(one) for one in bound.errors),
        optional=not bound.field.required and kind not in ("check", "hidden"),
        options=_options(id, choices, chosen)
        if kind != "check"
        else (Option(id, "on", str(bound.label), bool(held)),),
        readonly=bound.field.disabled,
        attrs=_attrs(bound, widget),
    )


def _text(held: Any, bound: BoundField) -> str:
    if isinstance(held, date):  # the browser's own date field takes nothing else
        return f"{held:%Y-%m-%d}"
    shown = None if held is None else bound.field.widget.format_value(held)
    if isinstance(shown, list):  # a choice answers with a list, also where nothing was chosen
        shown = next(iter(shown), "")
    return str(shown or "")


def _kind_of(widget: forms.Widget) -> str:
    table: tuple[tuple[type[forms.Widget], str], ...] = (
        (forms.CheckboxSelectMultiple, "checks"),
        (forms.RadioSelect, "radio"),
        (forms.Select, "select"),
        (forms.Textarea, "longtext"),
        (forms.CheckboxInput, "check"),
        (forms.PasswordInput, "password"),
        (forms.FileInput, "file"),
        (forms.HiddenInput, "hidden"),
        (forms.DateInput, "date"),
        (forms.NumberInput, "number"),
    )
    return next((kind for kinds, kind in table if isinstance(widget, kinds)), "text")


def _attrs(bound: BoundField, widget: forms.Widget) -> dict[str, str]:
    """The widget's own attributes, with what the field knows of its length and bounds."""
    raw = bound.build_widget_attrs(dict(widget.attrs), widget)
    dropped = {"required", "aria-invalid", "aria-describedby", "class", "style", "id", "disabled"}
    return {
        name: "" if held is True else str(held)
        for name, held in raw.items()
        if name not in dropped and held is not False
    }


def from_schema(name: str, spec: Mapping[str, Any], row: Mapping[str, Any], **state: Any) -> Shown:
    """A field of an item's form: `spec` is its JSON Schema, `row` its line in the layout.

    `state` holds `value`, `error`, `required`, `source`, and `prefix` for the ids of a second form on the page.
    """
    id = f"{state.get('prefix', 'f')}-{name}"
    kind, pairs = _schema_kind(spec, str(row.get("widget", "")))
    held = state.get("value")
    chosen = [str(one) for one in held] if isinstance(held, list) else [_word(held)]
    return Shown(
        id=id,
        name=name,
        label=str(row.get("label") or spec.get("title") or name),
        kind=kind,
        value="" if isinstance(held, list) else _word(held),
        hint=str(row.get("hint") or spec.get("description") or ""),
        error=str(state.get("error") or ""),
        optional=not state.get("required", False) and not row.get("show_if"),
        options=_options(id, pairs, chosen),
        unit=str(row.get("unit") or ""),
        source=str(state.get("source") or ""),
        attrs=_schema_attrs(spec, kind),
        show_if="&".join(f"{key}={value}" for key, value in (row.get("show_if") or {}).items()),
        section=str(row.get("section") or ""),
    )


def _word(held: Any) -> str:
    if isinstance(held, bool):
        return "是" if held else "否"
    return "" if held is None else f"{held:g}" if isinstance(held, float) else str(held)


def _schema_kind(spec: Mapping[str, Any], widget: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    several = spec.get("items", {}).get("enum")
    if several:
        return "checks", tuple((str(one), str(one)) for one in several)
    if spec.get("enum"):
        pairs = tuple((str(one), str(one)) for one in spec["enum"])
        return ("radio" if len(pairs) <= FEW else "select"), pairs
    if spec.get("type") == "boolean":
        return "radio", YES_NO
    if spec.get("format") == "date":
        return "date", ()
    if spec.get("type") in NUMERIC:
        return "number", ()
    return ("longtext" if widget == "longtext" or spec.get("maxLength", 0) > 200 else "text"), ()


def _schema_attrs(spec: Mapping[str, Any], kind: str) -> dict[str, str]:
    # A pattern says how long the text may be, more exactly than the bound of every text.
    bounded = "maxLength" in spec and "pattern" not in spec
    attrs = {"maxlength": str(spec["maxLength"])} if bounded else {}
    if kind == "number":
        attrs["inputmode"] = NUMERIC[spec["type"]]
    if spec.get("pattern", "").startswith("^1[0-9]{10}"):
        attrs |= {"inputmode": "tel", "autocomplete": "tel"}
    return attrs


@dataclass(frozen=True)
class Section:
    """Fields under one heading."""

    title: str
    fields: tuple[Shown, ...]


def sections(
    form: Mapping[str, Any],
    values: Mapping[str, Any],
    faults: Mapping[str, str],
    prefix: str = "f",
    known: Mapping[str, str] | None = None,
) -> list[Section]:
    """An item's whole form in its order, under its headings, with what was typed and what is wrong with it."""
    filed = {key for key, text in (known or {}).items() if values.get(key) == text}
    schema = form.get("schema") or {}
    properties: Mapping[str, Any] = schema.get("properties", {})
    order = form.get("layout") or [{"key": key} for key in form.get("order") or properties]
    needed = set(schema.get("required", ()))
    drawn = [
        from_schema(
            row["key"],
            properties[row["key"]],
            row,
            value=values.get(row["key"]),
            error=faults.get(row["key"]),
            required=row["key"] in needed,
            prefix=prefix,
            source=FILED if row["key"] in filed else "",
        )
        for row in order
        if row["key"] in properties
    ]
    return [Section(title, tuple(group)) for title, group in groupby(drawn, key=lambda one: one.section)]
