"""承诺的办理: what does the desk offer for papers that may follow, and for conditions that are promised?"""

from __future__ import annotations

from datetime import datetime

from onewindow.cases.acts import defer, fraud, promise, promise_check
from onewindow.cases.models import Case
from onewindow.cases.reads.whole import Whole
from onewindow.catalogue.promised import may_follow, offer
from onewindow.ground import files
from onewindow.ground.clock import today
from onewindow.people.models import Officer
from onewindow.rules import promises, revoking
from onewindow.rules.grants import Grant
from onewindow.rules.pack import Kind
from onewindow.web.forms import promising as forms
from onewindow.web.views.case import performing
from onewindow.web.views.case.deed import Deed
from onewindow.web.views.case.signing import picture


def _may_follow(whole: Whole) -> bool:
    """Whether nothing but papers that may follow is lacking."""
    lacking = whole.lacking
    return bool(lacking) and all(may_follow(paper.material) for paper in lacking)


def _owes(whole: Whole) -> bool:
    told = promises.deferral(whole.now.seen)
    return told is not None and told.open and bool(told.owed)


def _came(whole: Whole) -> bool:
    told = promises.deferral(whole.now.seen)
    return told is not None and told.open and not told.owed and bool(told.waits)


def _offers(whole: Whole) -> bool:
    told = offer(whole.case.version)
    return told is not None and not told.empty and promises.promise(whole.now.seen) is None


def _live(whole: Whole) -> bool:
    return promises.live(whole.now.seen) is not None


def _checking(whole: Whole) -> bool:
    told = promises.live(whole.now.seen)
    return told is not None and not told.settled and not told.revocation


def _first(whole: Whole) -> bool:
    told = promises.live(whole.now.seen)
    return _checking(whole) and told is not None and told.mend_by is None


def _mending(whole: Whole) -> bool:
    told = promises.live(whole.now.seen)
    return _checking(whole) and told is not None and told.mend_by is not None


def _may_announce(whole: Whole) -> bool:
    """Not while he still has days to put it right."""
    told = promises.live(whole.now.seen)
    return _checking(whole) and told is not None and (told.mend_by is None or today() > told.mend_by)


def _revoking(whole: Whole) -> bool:
    return revoking.revoking(whole.now.seen) is not None


def _may_be_revoked(whole: Whole) -> bool:
    """He was heard, or let his days pass; before that it would be refused."""
    told = revoking.revoking(whole.now.seen)
    return told is not None and (told.heard or today() > told.reply_by)


def _unheard(whole: Whole) -> bool:
    told = revoking.revoking(whole.now.seen)
    return told is not None and not told.heard


def _got_by_fraud(whole: Whole) -> bool:
    """A licence that was granted here, holds, and is not being checked as a promise."""
    decision = getattr(whole.case, "decision", None)
    granted = decision is not None and decision.granted and not decision.organ and decision.revoked_on is None
    licence = whole.case.version.kind == Kind.LICENCE
    return granted and licence and not _checking(whole) and not _revoking(whole)


def _signed(case: Case, at: datetime, form: forms.SignForm) -> dict[str, object]:
    told = form.cleaned_data
    signature = picture(told.get("signature", ""), case, at)
    return {"signature": signature, "on_paper": bool(told.get("on_paper"))}


def _deferred(case: Case, by: Officer, at: datetime, form: forms.SignForm) -> None:
    with files.atomic():
        defer.accept_on_promise(case, by=by, at=at, **_signed(case, at, form))  # type: ignore[arg-type]


def _promised(case: Case, by: Officer, at: datetime, form: forms.SignForm) -> None:
    with files.atomic():
        promise.sign_promise(case, by=by, at=at, **_signed(case, at, form))  # type: ignore[arg-type]


def _supplied(case: Case, by: Officer, at: datetime, form: forms.SupplyForm) -> None:
    chosen = {int(key) for key in form.cleaned_data["came"]} | form.scans.keys()
    with files.atomic():
        found = [p.material for p in form.whole.papers if p.material.pk in chosen]
        papers = [performing.paper_of(material, case, at, form) for material in found]
        defer.receive_supply(case, by=by, at=at, papers=papers, **form.late)


def _judged(case: Case, by: Officer, at: datetime, form: forms.JudgeSupplyForm) -> None:
    defer.judge_supply(case, by=by, at=at, findings=form.findings())


PROMISING = (
    Deed(
        "promise",
        "按告知承诺办理",
        Grant.INTAKE_RECEIVE,
        "PromiseSigned",
        _promised,
        forms.SignForm,
        says="由申请人自愿选择；不选的按一般程序办理，没有不利影响。请申请人看完告知承诺书再签，受理以后当场作出决定。",
        done="告知承诺书已签，请受理并当场作出决定。",
        where=_offers,
    ),
    Deed(
        "promise-back",
        "申请人收回承诺",
        Grant.CASE_APPLY,
        "PromiseTakenBack",
        performing.told(promise.take_promise_back),
        says="作出决定以前随时可以收回，改按一般程序办理：受理的期限从今天起重新计算，承诺替代的材料要补交。",
        done="已收回承诺，改按一般程序办理。",
        where=_live,
        rare=True,
    ),
    Deed(
        "accept-later",
        "容缺受理",
        Grant.CASE_ACCEPT,
        "PapersDeferred",
        _deferred,
        forms.LaterForm,
        says="只缺办事指南写明可容缺的材料。承诺书写明补交的材料、日期和逾期的后果，请申请人看完再签；审核照常进行，补齐以前不能准予。",
        done="已容缺受理，承诺书和受理通知书正在生成。",
        where=_may_follow,
        judged=True,
        answers=True,
    ),
    Deed(
        "supply",
        "收容缺材料",
        Grant.INTAKE_RECEIVE,
        "PapersSupplied",
        _supplied,
        forms.SupplyForm,
        says="只收承诺书里列出的材料，可以分几次补来。",
        done="补交的材料已收，接着核对。",
        where=_owes,
    ),
    Deed(
        "supply-judge",
        "核对补交的材料",
        Grant.CASE_ACCEPT,
        "PapersCleared",
        _judged,
        forms.JudgeSupplyForm,
        says="全部符合的，可以作出决定；有不符的，告知申请人改好再交。",
        done="核对结果已记下。",
        where=_came,
        answers=True,
    ),
    Deed(
        "check-kept",
        "核查属实",
        Grant.CASE_EXAMINE,
        "PromiseKept",
        performing.told(promise_check.confirm_kept, "found"),
        forms.KeptForm,
        says="核查的情况和承诺一致，核查就此结束。",
        done="核查结果已记下。",
        where=_first,
    ),
    Deed(
        "check-mend",
        "责令限期整改",
        Grant.CASE_EXAMINE,
        "MendOrdered",
        performing.told(promise_check.order_mending, "found", "demand", "mend_by"),
        forms.MendForm,
        says="核查的情况和承诺不一致、能改好的，先责令限期整改；通知书发给申请人。",
        done="限期整改通知书正在生成。",
        adverse=True,
        where=_first,
    ),
    Deed(
        "check-mended",
        "整改到位",
        Grant.CASE_EXAMINE,
        "Mended",
        performing.told(promise_check.confirm_mended, "result"),
        forms.MendedForm,
        says="要求整改的已经改好，原来的决定继续有效。",
        done="整改结果已记下。",
        where=_mending,
    ),
    Deed(
        "revoke-announce",
        "拟撤销告知",
        Grant.CASE_EXAMINE,
        "RevocationAnnounced",
        performing.told(promise_check.announce_revocation, "grounds", "basis"),
        forms.AnnounceForm,
        says="先告知理由和依据，听取陈述申辩；由另一位有决定权的同志决定是否撤销。",
        done="拟撤销告知书正在生成。",
        adverse=True,
        where=_may_announce,
    ),
    Deed(
        "fraud-announce",
        "欺骗取得，拟撤销",
        Grant.CASE_EXAMINE,
        "RevocationAnnounced",
        performing.told(fraud.announce_fraud, "grounds"),
        forms.FraudForm,
        says="以欺骗、贿赂等不正当手段取得的许可应当撤销（行政许可法第六十九条第二款）。先告知事实，听取陈述申辩，由另一位有决定权的同志决定；撤销以后再办限制申请。",
        done="拟撤销告知书正在生成。",
        adverse=True,
        rare=True,
        where=_got_by_fraud,
    ),
    Deed(
        "revoke-heard",
        "记下陈述申辩",
        Grant.CASE_EXAMINE,
        "StatementHeard",
        performing.told(promise_check.hear_statement, "statement"),
        forms.StatementForm,
        done="陈述申辩已记录。",
        where=_unheard,
    ),
    Deed(
        "revoke-drop",
        "不予撤销",
        Grant.CASE_DECIDE,
        "RevocationDropped",
        performing.told(promise_check.drop_revocation, "remark"),
        forms.DropForm,
        says="听取意见以后，原来的决定继续有效；按告知承诺办的，核查接着办。",
        done="已决定不撤销。",
        where=_revoking,
    ),
    Deed(
        "revoke",
        "撤销决定",
        Grant.CASE_DECIDE,
        "Revoked",
        performing.told(promise_check.revoke, "remark"),
        forms.RevokeForm,
        says="撤销决定书写明理由、依据和救济途径；因承诺不实撤销的，同时记入失信记录。",
        done="撤销决定书正在生成。",
        adverse=True,
        where=_may_be_revoked,
    ),
)
