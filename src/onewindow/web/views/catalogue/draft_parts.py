"""起草页的分组: under which headings do the fields stand that a version has once, and which parts are open?"""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField, Form

# The parts that every guide has are open; the others open where something stands in them.
USUAL = {
    "基本内容": (
        *("name", "kind", "summary", "aliases", "audience", "themes", "grounds"),
        *("consult", "complaint"),
    ),
    "办件类型和时限": (
        *("immediate", "case_kind", "entrusted", "legal_days", "legal_unit", "legal_basis", "legal_note"),
        *("extension_days", "extension_basis", "promised_days", "promised_unit", "promise_note"),
        "special_note",
    ),
    "怎么办、结果": (
        *("places", "hours", "online", "visits", "why_visit", "kiosk"),
        *("result_name", "result_kind", "result_validity", "result_delivery"),
    ),
    "收费和数量": ("charged", "fee_note", "fee_basis", "fee_before", "quota"),
}
FOLDED = {
    "名额、公共安全": (
        *("limited_number", "limited_period", "limited_basis", "limited_local", "public_safety"),
    ),
    "联办、上报": ("joint_with", "upward_organ", "upward_days", "upward_unit", "upward_basis"),
    "延续": ("renewal_of", "renewal_before", "renewal_basis"),
    "风险等级": ("risk_tier", "risk_basis", "risk_note"),
    "告知承诺": (
        *("promise_field", "promise_route", "promise_says", "promise_demands", "promise_liability"),
        *("promise_check", "promise_check_days", "promise_papers", "promise_basis"),
    ),
}
# A choice that always has a value says nothing of whether the part is used.
_ALWAYS = ("limited_period", "upward_unit")


@dataclass(frozen=True)
class Part:
    """One heading with its fields."""

    title: str
    fields: list[BoundField]
    folds: bool = False
    open: bool = True


def parts(form: Form) -> list[Part]:
    """All fields of the form, each under one heading."""
    usual = [Part(title, [form[name] for name in names]) for title, names in USUAL.items()]
    folded = [Part(title, [form[name] for name in names], folds=True) for title, names in FOLDED.items()]
    return [*usual, *(Part(one.title, one.fields, folds=True, open=_used(one)) for one in folded)]


def _used(part: Part) -> bool:
    return any(one.errors or (one.name not in _ALWAYS and one.value()) for one in part.fields)
