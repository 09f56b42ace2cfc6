"""起草的表和版本文本: how does a text become filled rows, and how do the rows become the text again?

What the page does not ask for (remedies) stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, cast

from django.forms import BaseFormSet

from onewindow.catalogue.demo import offices, schema
from onewindow.catalogue.demo.format import Field
from onewindow.catalogue.demo.format import Item as ItemText
from onewindow.catalogue.text import MaterialText, VersionText
from onewindow.web.views.catalogue.draft_kinds import content_of, kinds_of
from onewindow.web.views.catalogue.draft_promise import fields_of, promise_of
from onewindow.web.views.catalogue.draft_questions import (
    question_rows,
    questions_of,
    said_when,
    when_of,
    with_when,
)

Rows = dict[str, list[dict[str, Any]]]


def keys_of(text: str) -> list[str]:
    """The keys written into one field, set apart by commas or blanks."""
    return [key for key in re.split(r"[,，、\s]+", text) if key]


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def main_of(text: VersionText) -> dict[str, Any]:
    """The fields that stand once, filled from a text."""
    told = text.content
    limit, fee, result = told.get("limit", {}), told.get("fee", {}), told.get("result", {})
    service, limited, risk = told.get("service", {}), told.get("limited") or {}, told.get("risk") or {}
    places = [
        f"{one['name']}|{one['address']}" if one.get("address") else one["name"]
        for one in service.get("places", [])
    ]
    return {
        "name": text.name, "kind": text.kind, "summary": told.get("summary", ""),
        "aliases": "\n".join(text.index.get("aliases", [])), "audience": text.index.get("audience", []),
        "themes": "、".join(text.index.get("themes", [])), "grounds": "，".join(told.get("grounds", [])),
        "immediate": text.immediate, "legal_days": text.legal_days, "legal_unit": text.legal_unit,
        "legal_basis": "，".join(limit.get("legal_basis", [])), "legal_note": limit.get("legal_note", ""),
        "extension_days": limit.get("extension_days") or None, "extension_basis": "，".join(limit.get("extension_basis", [])),
        "promised_days": text.promised_days, "promised_unit": text.promised_unit,
        "promise_note": limit.get("promise_note", ""), "special_note": told.get("special_note", ""),
        "charged": fee.get("charged", False), "fee_note": fee.get("note", ""), "fee_basis": "，".join(fee.get("basis", [])), "fee_before": fee.get("before", ""),
        "limited_number": limited.get("number") or None, "limited_period": limited.get("period", "year"),
        "limited_basis": "，".join(limited.get("basis", [])), "limited_local": limited.get("local", False),
        "public_safety": told.get("public_safety", False),
        "result_name": result.get("name", ""), "result_kind": result.get("kind", ""),
        "result_validity": result.get("validity", ""), "result_delivery": "、".join(result.get("delivery", [])),
        "places": "\n".join(places), "hours": service.get("hours", ""), "online": service.get("online", 0),
        "visits": service.get("visits", 0), "why_visit": service.get("why_visit", ""), "quota": service.get("quota", ""),
        "kiosk": service.get("kiosk", False),
        "consult": service.get("consult", ""), "complaint": service.get("complaint", ""), **kinds_of(text), **fields_of(text),
        "risk_tier": risk.get("tier", ""), "risk_basis": "，".join(risk.get("basis", [])), "risk_note": risk.get("note", ""),
    }  # fmt: skip


def rows_of(text: VersionText) -> Rows:
    """The rows, filled from a text."""
    told = text.content
    return {
        "basis": [dict(one) for one in told.get("basis", [])],
        **question_rows(told),
        "conditions": _with_when(_keyed(told.get("conditions", []))),
        "materials": [_material_row(one) for one in text.materials],
        "fields": _field_rows(text.form),
        "steps": [dict(one) for one in told.get("steps", [])],
        "points": [dict(one) for one in told.get("points", [])],
        "special": _with_when(_keyed(told.get("special", []))),
        "instant": _keyed(told.get("instant") or []),
        "charges": _keyed(told.get("fee", {}).get("items", [])),
        "faq": [dict(one) for one in told.get("faq", [])],
    }


def text_of(main: dict[str, Any], rows: Rows, before: VersionText | None, county: str) -> VersionText:
    """The text that the filled page says; what it does not ask for is taken over from `before`."""
    old = before.content if before is not None else {}
    order = before.index.get("audience", []) if before is not None else []
    main = {**main, "audience": sorted(main["audience"], key=[*order, *main["audience"]].index)}
    materials = tuple(_materials(rows["materials"], before))
    content = {**old, **_content(main, rows, old, county)}
    if (promise := promise_of(main, materials)) is not None or "promise" in content:
        content["promise"] = promise
    return VersionText(
        name=main["name"],
        kind=main["kind"],
        legal_days=main["legal_days"],
        legal_unit=main["legal_unit"],
        promised_days=0 if main["immediate"] else main["promised_days"],
        promised_unit=main["promised_unit"],
        immediate=main["immediate"],
        content=content,
        form=_form(main["name"], rows["fields"], before),
        index={
            **({"level": 4} if before is None else before.index),
            "audience": main["audience"],
            "themes": keys_of(main["themes"]),
            "aliases": [line[:60] for line in lines_of(main["aliases"])],
            "online_depth": main["online"],
        },
        materials=materials,
    )


def _content(main: dict[str, Any], rows: Rows, old: dict[str, Any], county: str) -> dict[str, Any]:
    known = {one["key"]: one for one in old.get("basis", [])}
    halves = [line.partition("|") for line in lines_of(main["places"].replace("｜", "|"))]
    places = [{"name": name.strip(), "address": address.strip()} for name, _, address in halves]
    return {
        "summary": main["summary"], "who": main["audience"], "everyday": lines_of(main["aliases"]),
        **content_of(main, keys_of, lines_of), "grounds": keys_of(main["grounds"]),
        "basis": [_basis(one, known.get(one["key"], {})) for one in rows["basis"]],
        "questions": questions_of(rows, old),
        "conditions": _over(_unkeyed(rows["conditions"]), old, "conditions", "text"), "steps": _over([{**one, "days": one["days"] or 0, "inspectors": one["inspectors"] or 0} for one in rows["steps"]], old, "steps"),
        "points": _over(rows["points"], old, "points", "look"),
        "special": _over(_unkeyed(rows["special"]), old, "special"), "special_note": main["special_note"], "faq": rows["faq"],
        "limit": {
            **old.get("limit", {}), "unit": main["promised_unit"], "legal_days": main["legal_days"], "promised_days": main["promised_days"],
            "legal_basis": keys_of(main["legal_basis"]), "legal_note": main["legal_note"], "promise_note": main["promise_note"],
            "extension_days": main["extension_days"] or 0, "extension_basis": keys_of(main["extension_basis"]),
        },
        "fee": {
            **old.get("fee", {}), "charged": main["charged"], "note": main["fee_note"], "basis": keys_of(main["fee_basis"]),
            "before": main["fee_before"], "items": _unkeyed(rows["charges"]),
        },
        "limited": {
            "number": main["limited_number"] or 0, "period": main["limited_period"] or "year",
            "basis": keys_of(main["limited_basis"]), "local": main["limited_local"],
        },
        "public_safety": main["public_safety"],
        "result": {
            **old.get("result", {}), "name": main["result_name"], "kind": main["result_kind"],
            "validity": main["result_validity"], "delivery": keys_of(main["result_delivery"]),
        },
        "service": {
            **old.get("service", {}), "hours": main["hours"], "online": main["online"], "visits": main["visits"] or 0,
            "why_visit": main["why_visit"], "entrusted": main["entrusted"], "kiosk": main["kiosk"], "quota": main["quota"], "consult": main["consult"], "complaint": main["complaint"],
            "places": _over(places, old.get("service", {}), "places"),
        },
        "risk": {"tier": main["risk_tier"], "basis": keys_of(main["risk_basis"]), "note": main["risk_note"]} if main["risk_tier"] else None,
        "instant": _unkeyed(rows["instant"]),
        "remedies": old.get("remedies") or remedies(main["kind"], county),
    }  # fmt: skip


def _over(
    rows: list[dict[str, Any]], old: dict[str, Any], part: str, key: str = "name"
) -> list[dict[str, Any]]:
    """The rows, each over what the entry of the same name held beside them."""
    known = {one.get(key): one for one in old.get(part, [])}
    return [{**(was := known.get(row[key], {})), **with_when(row, was)} for row in rows]


def _with_when(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the answers for which they are there as one line of words."""
    return [{**one, "when": said_when(one)} for one in rows]


def _basis(row: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    """The article with its source and note, as long as it is the same article."""
    same = all(old.get(key) == row[key] for key in ("law", "article", "verified"))
    note = "" if row["verified"] else "原文尚未核对"
    return {**old, **row} if same else {**row, "source": "", "note": note}


def remedies(kind: str, county: str) -> list[dict[str, str]]:
    """What can be done against the outcome of an item of this kind."""
    asked = cast(ItemText, SimpleNamespace(remedy="", kind=kind))  # only these two are read
    if kind not in {"行政许可", "行政确认", "行政给付", "行政奖励", "行政裁决", "其他行政权力", "公共服务"}:
        return []
    ways = offices.remedies(asked)
    return [
        {
            "way": one.way,
            "to": one.to.format(county=county),
            "term": one.term,
            "law": one.law,
            "edition": one.edition,
            "article": one.article,
            "quote": one.quote,
        }
        for one in ways
    ]


def _materials(rows: list[dict[str, Any]], before: VersionText | None) -> Iterable[MaterialText]:
    """A material keeps its code; a new one gets the next free number."""
    known = {one.code: one for one in before.materials} if before is not None else {}
    taken = {row["code"] for row in rows if row["code"]} | set(known)
    fresh = (code for n in range(1, 400) if (code := f"M{n:02}") not in taken)
    for row in rows:
        code = row["code"] if row["code"] in known else next(fresh)
        kept = dict(known[code].detail) if code in known else {}
        forms = [name for name, has in (("original", row["original"]), ("copy", row["copies"])) if has]
        forms += ["electronic"] if row["electronic"] else []
        asked = ("original", "copies", "electronic", "taken_from", "fill", "sample", "blank")
        yield MaterialText(
            code=code,
            name=row["name"],
            necessity=row["necessity"],
            source=row["source"],
            forms=tuple(forms),
            copies=(row["original"] or 0) + (row["copies"] or 0),
            detail={
                **kept,
                **_deferring(row, kept),
                **{key: row[key] or (0 if key in ("original", "copies") else row[key]) for key in asked},
                **_when(row, kept),
                "errors": lines_of(row["mistakes"]),
                "basis": keys_of(row["basis"]),
            },
        )


def _deferring(row: dict[str, Any], kept: dict[str, Any]) -> dict[str, int]:
    """Within how many days it may follow; a material of which nobody ever said so keeps silent."""
    days = row.get("defer_days") or 0
    return {"defer_days": days} if days or "defer_days" in kept else {}


def _when(row: dict[str, Any], kept: dict[str, Any]) -> dict[str, list[str]]:
    """For which answers it is asked; a material of which nobody ever said so keeps silent."""
    when = when_of(row.get("when") or "")
    return {"when": when} if when or "when" in kept else {}


def _material_row(one: MaterialText) -> dict[str, Any]:
    kept = one.detail
    return {
        **{key: kept.get(key, "") for key in ("taken_from", "fill", "sample", "blank")},
        "code": one.code,
        "name": one.name,
        "necessity": one.necessity,
        "source": one.source,
        "original": kept.get("original", 0),
        "copies": kept.get("copies", 0),
        "defer_days": kept.get("defer_days") or None,
        "electronic": kept.get("electronic", False),
        "mistakes": "\n".join(kept.get("errors", [])),
        "basis": "，".join(kept.get("basis", [])),
        "when": said_when(kept),
    }


def _field_rows(form: dict[str, Any]) -> list[dict[str, Any]]:
    told = form.get("schema", {})
    properties, needed = told.get("properties", {}), told.get("required", [])
    rows = []
    for line in form.get("layout", []):
        spec = properties.get(line["key"], {})
        options = spec.get("enum") or spec.get("items", {}).get("enum", [])
        kept = {key: line.get(key, "") for key in ("key", "label", "unit", "hint", "section")}
        required = line["key"] in needed or bool(line.get("show_if"))
        rows.append(
            {
                **kept,
                **{name: spec.get(name) for name in ("minimum", "maximum")},
                "max_length": spec.get("maxLength"),
                "show_if": _shown_if(line),
                "type": line.get("widget", "text"),
                "options": "\n".join(options),
                "required": required,
            }
        )
    return rows


def _form(name: str, rows: list[dict[str, Any]], before: VersionText | None) -> dict[str, Any]:
    """The form's schema, layout and messages; a pattern that the page does not ask for is kept."""
    if before is not None and rows == _field_rows(before.form):
        return before.form
    made = cast(ItemText, SimpleNamespace(name=name, form=tuple(_field(row, before) for row in rows)))
    return {"schema": schema.schema(made), "layout": schema.layout(made), "messages": schema.messages(made)}


def _field(row: dict[str, Any], before: VersionText | None) -> Field:
    old = (
        before.form.get("schema", {}).get("properties", {}).get(row["key"], {}) if before is not None else {}
    )
    kept = {"pattern": old["pattern"]} if "pattern" in old else {}
    limits: dict[str, Any] = {name: _whole(row.get(name)) for name in ("minimum", "maximum")}
    message = (
        before.form.get("messages", {}).get(row["key"], "")
        if before is not None and kept.get("pattern")
        else ""
    )
    return Field(
        key=row["key"], label=row["label"], type=row["type"], required=row["required"],
        options=tuple(lines_of(row["options"])), unit=row["unit"], hint=row["hint"], section=row["section"],
        show_if=row.get("show_if") or "", max_length=row.get("max_length") or None,
        message=message, **kept, **limits,
    )  # fmt: skip


def _shown_if(line: dict[str, Any]) -> str:
    shown = line.get("show_if")
    return "=".join(next(iter(shown.items()))) if shown else ""


def _whole(number: float | None) -> float | int | None:
    """1 and not 1.0, so that a form that was not touched stays as it was."""
    return int(number) if number is not None and float(number).is_integer() else number


def _keyed(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**one, "basis": "，".join(one.get("basis", []))} for one in entries]


def _unkeyed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**one, "basis": keys_of(one["basis"])} for one in rows]


def filled(sets: dict[str, BaseFormSet[Any]]) -> Rows:
    """The rows that were filled, in the order that the person gave them, without those taken out."""
    made: Rows = {}
    for key, rows in sets.items():
        kept = [
            row.cleaned_data
            for row in rows.ordered_forms
            if row.cleaned_data and row not in rows.deleted_forms
        ]
        made[key] = [{k: v for k, v in row.items() if k not in ("ORDER", "DELETE")} for row in kept]
    return made
