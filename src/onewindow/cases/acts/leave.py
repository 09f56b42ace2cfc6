"""交接: nobody leaves a post or the office with open cases in his name (济宁 第十四条); his office takes them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from onewindow.cases.models import Case
from onewindow.cases.reads.handing import asked_of, drafts_of, hosted_by
from onewindow.cases.reads.work import in_hand
from onewindow.cases.write import hold
from onewindow.people import acts as people
from onewindow.people.models import Holding, Officer
from onewindow.rules.facts import HandedBack
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

NAMED = 5  # so many numbers stand in the refusal; the page lists all


@needs(Grant.PEOPLE_MANAGE)
@transaction.atomic
def hand_back(case: Case, *, by: Actor, at: datetime) -> Case:
    """Take the case out of its examiner's name: it waits for its department again, and every term goes on."""
    held = hold(case)
    held.expect("HandedBack")
    if held.case.examiner_id is None:
        raise NotAllowed("本件没有分给任何人，不用退回。请刷新后再看。")
    fact = HandedBack(on=at.date(), officer=held.case.examiner_id)
    held.case.examiner = None
    held.record(fact, by=by, at=at)
    return held.case


@needs(Grant.PEOPLE_MANAGE)
@transaction.atomic
def let_go(officer: Officer, *, by: Actor, at: datetime, reason: str, hands_back: bool = False) -> Officer:
    """离岗, once nothing waits in his name; `hands_back` gives what does to his department."""
    _settle(in_hand(officer), hands_back, by=by, at=at)
    _refuse_unfinished(officer)
    return people.close_officer(officer, by=by, at=at, reason=reason)


@needs(Grant.PEOPLE_MANAGE)
@transaction.atomic
def end_post(
    holding: Holding, *, by: Actor, at: datetime, last_day: date, hands_back: bool = False
) -> Holding:
    """卸岗, once nothing waits in his name that this post alone lets him do."""
    _settle(bound_to(holding, at.date()), hands_back, by=by, at=at)
    return people.end_post(holding, by=by, at=at, last_day=last_day)


def bound_to(holding: Holding, today: date) -> Sequence[Case]:
    """The open cases in his name that no other post of his would let him go on with."""
    officer = holding.officer
    others = [
        one.post
        for one in officer.held.select_related("post").exclude(pk=holding.pk)
        if one.in_force(today) and (one.until is None or one.until > today)
    ]
    return [
        case
        for case in in_hand(officer)
        if not any(post.covers(case) and set(_NEEDED) & set(post.grants) for post in others)
    ]


def _refuse_unfinished(officer: Officer) -> None:
    """What no department takes back by itself: it goes over by a handover, signed by both or arranged by the head."""
    left = {
        "件首问没有答复": asked_of(officer).count(),
        "个听证由他主持": hosted_by(officer).count(),
        "份没有提交的申请": drafts_of(officer).count(),
    }
    told = "、".join(f"{number} {word}" for word, number in left.items() if number)
    if told:
        raise NotAllowed(
            f"{officer.name}手上还有 {told}。请先办工作移交，或者由部门负责人在“工作移交”里全部接收，再办离岗。"
        )


_NEEDED = (Grant.CASE_EXAMINE.value, Grant.CASE_DECIDE.value)


def _settle(cases: Sequence[Case], hands_back: bool, *, by: Actor, at: datetime) -> None:
    """Refuse, or give the cases back one by one."""
    if cases and not hands_back:
        told = "、".join(case.number for case in cases[:NAMED])
        more = " 等" if len(cases) > NAMED else ""
        raise NotAllowed(
            f"手上还有 {len(cases)} 件没有办完（{told}{more}）。请先转办，或者勾选“退回部门待办”，由同事接着办。"
        )
    for case in cases:
        hand_back(case, by=by, at=at)
