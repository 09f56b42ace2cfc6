"""短路的办理: which acts do filings offer, and which are not offered on a shorter way?"""

from __future__ import annotations

from typing import Any

from django import forms as fields

from onewindow.cases.acts import instant
from onewindow.cases.reads.whole import Whole
from onewindow.rules.facts import Received
from onewindow.rules.grants import Grant
from onewindow.rules.risk import Route
from onewindow.web.forms.deeds import DeedForm
from onewindow.web.forms.refusal import area
from onewindow.web.views.case import performing
from onewindow.web.views.case.deed import Deed


class CheckFilingForm(DeedForm):
    """What was found of a filing."""

    fits = fields.ChoiceField(
        label="核查结果",
        choices=[("yes", "没有发现问题"), ("no", "发现问题")],
        widget=fields.RadioSelect,
        error_messages={"required": "请选择核查结果。"},
    )
    remark = area("是什么问题、怎么处理", "", required=False, help_text="没有问题的可以不写")


def way_of(whole: Whole) -> Route:
    """The way that the receipt fixed."""
    first = whole.now.seen[0] if whole.now.seen else None
    return Route(first.route) if isinstance(first, Received) else Route.ALL_STEPS


def is_filing(whole: Whole) -> bool:
    return way_of(whole) is Route.FILING


def all_steps(whole: Whole) -> bool:
    """Whether it is accepted and decided at all."""
    return way_of(whole) not in (Route.EXEMPT, Route.FILING)


def _unchecked(whole: Whole) -> bool:
    filing = getattr(whole.case, "filing", None)
    return filing is not None and filing.checked_at is None


def _check(case: Any, by: Any, at: Any, form: CheckFilingForm) -> None:
    told = form.cleaned_data
    instant.check_filing(case.filing, by=by, at=at, fits=told["fits"] == "yes", remark=told["remark"])


SHORTER = (
    Deed(
        "file",
        "备案",
        Grant.CASE_ACCEPT,
        "Filed",
        performing.told(instant.record_filing),
        says="材料齐全的，收到就是备案；备案回执发给申请人，以后核查。",
        done="已备案，备案回执正在生成。",
        main=True,
        press="F8",
        where=is_filing,
        judged=True,
        answers=True,
    ),
    Deed(
        "check-filing",
        "备案核查",
        Grant.CASE_EXAMINE,
        "FilingChecked",
        _check,
        CheckFilingForm,
        says="备案以后核查一次，由办备案的人以外的同志核查；发现问题的写明怎么处理。",
        done="核查结果已记下。",
        where=_unchecked,
    ),
)
