"""钱、旁人、限制的办理: what does the desk offer about fees, third parties, places and bars, and what do its cards show?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from onewindow.cases import quotas
from onewindow.cases.acts import bars, fees, relief, third
from onewindow.cases.models import Case
from onewindow.cases.reads import others as read
from onewindow.cases.reads.whole import Whole
from onewindow.cases.write import DECIDING
from onewindow.letters.models import Letter
from onewindow.people.models import Officer
from onewindow.rules.facts_fees import (
    RefundAsked,
    RefundDeclined,
    Refunded,
    ReliefAsked,
    ReliefDeclined,
    ReliefGranted,
)
from onewindow.rules.fees import asked, bills, clock_goes_on, owed
from onewindow.rules.grants import Grant
from onewindow.rules.pack import Kind
from onewindow.rules.third import LAW, states
from onewindow.web.forms import deeds as forms
from onewindow.web.forms import others
from onewindow.web.views.case import performing
from onewindow.web.views.case.deed import Deed

MONEY_CARD, THIRD_CARD, BAR_CARD = "money", "third", "bar"


def _charged(whole: Whole) -> bool:
    return fees.charged_for(whole.case.version) and not bills(whole.now.seen)


def _billed(whole: Whole) -> bool:
    return fees.charged_for(whole.case.version) and bool(bills(whole.now.seen))


def _wish(whole: Whole) -> bool:
    return asked(whole.now.seen, ReliefAsked, ReliefGranted, ReliefDeclined) is not None


def _back(whole: Whole) -> bool:
    return asked(whole.now.seen, RefundAsked, Refunded, RefundDeclined) is not None


def _owes(whole: Whole) -> bool:
    return bool(owed(whole.now.seen)) and not _wish(whole)


def _paid(whole: Whole) -> bool:
    paid = [one for one in bills(whole.now.seen) if one.left > 0]
    return bool(paid) and not _back(whole)


def _thirds(whole: Whole, fit: Any) -> bool:
    return any(not one.gone and fit(one) for one in states(whole.now.seen))


def _may_bar(whole: Whole) -> bool:
    barred = any(fact.name in ("Warned", "Barred") for fact in whole.now.seen)
    ended = whole.now.day_of(*DECIDING, "Refused") is not None
    return whole.case.version.kind == Kind.LICENCE and ended and not barred


def _barred(whole: Whole) -> bool:
    names = [fact.name for fact in whole.now.seen if "Bar" in fact.name]
    return bool(names) and names[-1] in ("Barred", "BarLiftDeclined")


def _lift_waits(whole: Whole) -> bool:
    names = [fact.name for fact in whole.now.seen if "Bar" in fact.name]
    return bool(names) and names[-1] == "BarLiftAsked"


def wished(whole: Whole, act: str) -> dict[str, Any]:
    """What was asked for, before whoever agrees to it or not."""
    word = {"relief": "减免", "refund": "退付"}.get(act.removesuffix("-decline"))
    if word is None:
        return {}
    rows = [wish for one in read.billed(whole) for wish in (one.reliefs if word == "减免" else one.refunds)]
    return {"wish": next((one for one in rows if one.approved is None), None), "wish_word": word}


def _bill(case: Case, by: Officer, at: datetime, form: others.BillForm) -> None:
    fees.bill(case, by=by, at=at, charged=form.charged())


def _bill_again(case: Case, by: Officer, at: datetime, form: others.BillAgainForm) -> None:
    fees.bill_again(case, by=by, at=at, charged=form.charged(), why=form.cleaned_data["why"])


def _collect(case: Case, by: Officer, at: datetime, form: others.CollectForm) -> None:
    fees.collect(case, by=by, at=at, bill=form.bill, window=by.window, **form.cleaned_data)


def _relief(case: Case, by: Officer, at: datetime, form: others.ReliefForm) -> None:
    relief.ask_relief(case, by=by, at=at, bill=form.bill, **form.cleaned_data)


def _refund(case: Case, by: Officer, at: datetime, form: others.RefundForm) -> None:
    relief.ask_refund(case, by=by, at=at, bill=form.bill, **form.cleaned_data)


def _of_third(act: Any) -> performing.Perform:
    """An act about one of the third parties, who is chosen by his row."""
    return lambda case, by, at, form: act(
        case, by=by, at=at, **{**form.cleaned_data, "third": int(form.cleaned_data["third"])}
    )


_ABOUT_MONEY = (
    Deed(
        "bill", "开缴费通知书", Grant.FEE_BILL, "BillMade", _bill, others.BillForm,
        says="费用一次性告知：种类、标准、依据和金额一次写全，只开一张。只能收办事指南公布的项目。等缴费不停止计算期限。",
        done="缴费通知书正在生成，申请人会收到通知。", where=_charged, card=MONEY_CARD,
    ),
    Deed(
        "bill-again", "另开缴费通知书", Grant.FEE_BILL_AGAIN, "BillMade", _bill_again, others.BillAgainForm,
        says="还没有缴的，新的一张代替原来的；已经缴清的，是补收。由部门负责人写明理由。",
        done="另开的缴费通知书正在生成。", adverse=True, where=_billed, card=MONEY_CARD,
    ),
    Deed(
        "collect", "窗口收费", Grant.FEE_COLLECT, "FeePaid", _collect, others.CollectForm,
        says="一次缴清，开给财政票据；金额不符的不能入账。", done="已经入账。", main=True, where=_owes,
        card=MONEY_CARD,
    ),
    Deed(
        "relief-ask", "提请减免", Grant.FEE_BILL, "ReliefAsked", _relief, others.ReliefForm,
        says="写明理由和依据，由另一位同志决定。", done="已提请减免，等决定。", where=_owes, card=MONEY_CARD,
    ),
    Deed(
        "relief", "同意减免", Grant.FEE_SETTLE, "ReliefGranted", performing.told(relief.grant_relief),
        says="提请的人和决定的人不能是同一个人。", done="已同意减免，申请人会收到通知。", where=_wish,
        card=MONEY_CARD,
    ),
    Deed(
        "relief-decline", "不同意减免", Grant.FEE_SETTLE, "ReliefDeclined",
        performing.told(relief.decline_relief, "remark"), forms.RemarkForm, says="费用照缴费通知书缴。",
        done="没有同意减免。", adverse=True, where=_wish, card=MONEY_CARD,
    ),
    Deed(
        "refund-ask", "提请退付", Grant.FEE_BILL, "RefundAsked", _refund, others.RefundForm,
        says="多缴的、没有办成的，写明理由退付，由另一位同志决定。", done="已提请退付，等决定。", where=_paid,
        card=MONEY_CARD,
    ),
    Deed(
        "refund", "同意退付", Grant.FEE_SETTLE, "Refunded", performing.told(relief.refund),
        says="退到原来缴费的地方。", done="已同意退付，申请人会收到通知。", where=_back, card=MONEY_CARD,
    ),
    Deed(
        "refund-decline", "不同意退付", Grant.FEE_SETTLE, "RefundDeclined",
        performing.told(relief.decline_refund, "remark"), forms.RemarkForm,
        says="钱还留在账上。写明还要查清什么；查清以后，窗口或者承办人可以写明理由再次提请退付。",
        done="没有同意退付，钱还留在账上，可以再次提请。", adverse=True,
        where=_back, card=MONEY_CARD,
    ),
)  # fmt: skip
_ABOUT_OTHERS = (
    Deed(
        "third", "确定利害关系人", Grant.CASE_EXAMINE, "ThirdNamed",
        lambda case, by, at, form: third.name_third(case, by=by, at=at, who=form.who()), others.ThirdForm,
        says=f"本件直接关系他人重大利益的，应当告知，并在决定以前听取意见（{LAW}）。申请人看不到他是谁。",
        done="利害关系人告知书正在生成，请送达后登记送达日期。", card=THIRD_CARD,
    ),
    Deed(
        "third-told", "登记送达", Grant.CASE_EXAMINE, "ThirdTold", _of_third(third.tell_third), others.TellForm,
        says="他提出意见、要求听证的期限从送达的第二天起算。", done="已登记，期限开始计算。",
        where=lambda whole: _thirds(whole, lambda one: one.reply_by is None), card=THIRD_CARD,
    ),
    Deed(
        "third-said", "记下意见", Grant.CASE_EXAMINE, "ThirdSpoke", _of_third(third.note_third), others.SayForm,
        done="意见已记下，请听取后写明采纳了没有。",
        where=lambda whole: _thirds(whole, lambda one: one.reply_by is not None), card=THIRD_CARD,
    ),
    Deed(
        "third-heard", "听取意见", Grant.CASE_EXAMINE, "ThirdHeard", _of_third(third.hear_third), others.HearForm,
        says="写明意见采纳了没有，为什么。要求听证的，先组织听证。", done="已记下怎样听取。",
        where=lambda whole: _thirds(whole, lambda one: one.spoke and not one.heard), card=THIRD_CARD,
    ),
    Deed(
        "third-release", "不再列为利害关系人", Grant.CASE_EXAMINE, "ThirdReleased",
        _of_third(third.release_third), others.ReleaseForm, says="只在列错的时候；已经提出意见的要听取。",
        done="已不再列为利害关系人。", adverse=True,
        where=lambda whole: _thirds(whole, lambda one: not one.spoke), card=THIRD_CARD,
    ),
)  # fmt: skip
_ABOUT_BARS = (
    Deed(
        "bar", "警告和限制申请", Grant.PARTY_BAR, "Barred",
        lambda case, by, at, form: bars.bar(case, by=by, at=at, finding=form.finding()), others.BarForm,
        says="只适用于行政许可。提供虚假材料申请的给予警告；直接关系公共安全、人身健康、生命财产安全的，一年内不得再次申请；"
        "骗取许可的，三年内不得再次申请。期满自动结束。",
        done="已记下，决定书正在生成。", adverse=True, where=_may_bar, card=BAR_CARD,
    ),
    Deed(
        "bar-lift-ask", "提请解除限制", Grant.CASE_EXAMINE, "BarLiftAsked", performing.told(bars.ask_lift, "why"),
        others.LiftForm, says="由另一位同志决定。", done="已提请解除，等决定。", where=_barred, card=BAR_CARD,
    ),
    Deed(
        "bar-lift", "同意解除限制", Grant.PARTY_BAR, "BarLifted", performing.told(bars.lift),
        says="从现在起他可以再次申请。", done="已解除。", where=_lift_waits, card=BAR_CARD,
    ),
    Deed(
        "bar-lift-decline", "不同意解除", Grant.PARTY_BAR, "BarLiftDeclined",
        performing.told(bars.decline_lift, "remark"), forms.RemarkForm, done="限制照原来的日期执行。", adverse=True,
        where=_lift_waits, card=BAR_CARD,
    ),
)  # fmt: skip
OTHERS = (*_ABOUT_MONEY, *_ABOUT_OTHERS, *_ABOUT_BARS)


def _notices(whole: Whole) -> list[Letter]:
    """The notices to third parties, for whoever has to serve them; no statement where nobody is heard."""
    if not states(whole.now.seen):
        return []
    rows = Letter.objects.filter(subject__third__case=whole.case).select_related("subject__third")
    return list(rows.defer("data").order_by("pk"))


def cards(officer: Officer, whole: Whole, deeds: list[Deed], today: date, *, inner: bool) -> dict[str, Any]:
    """What the cards show; who may not see the file reads of others neither name nor words."""
    of = {card: [one for one in deeds if one.card == card] for card in (MONEY_CARD, THIRD_CARD, BAR_CARD)}
    line = quotas.row_of(whole.case, today) if inner else []
    billed, touched = read.billed(whole), read.touched(whole) if inner else []
    bar = read.block_of(whole) if inner else None
    shown = {MONEY_CARD: billed or of[MONEY_CARD], THIRD_CARD: touched, BAR_CARD: bar}
    return {
        "cards": {card for card, holds in shown.items() if holds},
        "billed": billed,
        "charged": fees.charged_for(whole.case.version),
        "clock_goes_on": clock_goes_on(whole.case.version.kind),
        "money_deeds": of[MONEY_CARD],
        "touched": touched,
        "thirds_wait": inner
        and whole.case.is_open
        and _thirds(whole, lambda one: bool(one.stands_in_the_way(today))),
        "notices": _notices(whole) if inner else [],
        "third_deeds": of[THIRD_CARD],
        "quota": quotas.quota_of(whole.case.version),
        "line": line,
        "mine": next((one.place for one in line if one.case.pk == whole.case.pk), None),
        "bar": bar,
        "bar_deeds": of[BAR_CARD],
        "owed": owed(whole.now.seen) if whole.case.unpaid else None,
    }
