"""延长: the days to decide do not suffice; who asks for more, who approves, and how often (行政许可法 42)?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from onewindow.cases.models import Case, Extension
from onewindow.cases.write import Held, hold
from onewindow.ground.whole import one
from onewindow.people.models import Officer
from onewindow.rules.facts_time import Extended, ExtensionAsked, ExtensionDeclined
from onewindow.rules.grants import Grant, NotAllowed, needs
from onewindow.rules.kinds_of_case import KIND_WORDS, CaseKind
from onewindow.rules.pack import InForce
from onewindow.rules.special import LENGTHENED, waiting
from onewindow.rules.standing import CaseLaw, Standing, TermState

JOINT = "decide.joint_extension"


@needs(Grant.CASE_EXAMINE)
@one
def ask_extension(case: Case, *, by: Officer, at: datetime, reason: str) -> Extension:
    """Ask the head of the organ for more days, with the reason; before the last day has passed."""
    held = hold(case)
    held.expect("ExtensionAsked")
    days, own = extra_days(held)
    _in_time(held, at.date(), "提请延长")
    if not reason.strip():
        raise NotAllowed("请写明延长的理由，它会写进告知书，申请人看得到。")
    held.refuse(ExtensionAsked(on=at.date(), extension=0, asked_days=days))
    asked = Extension.objects.create(
        case=held.case, days=days, own=own, reason=reason.strip()[:500], asked_by=by, asked_at=at
    )
    held.record(ExtensionAsked(on=at.date(), extension=asked.pk, asked_days=days, own=own), by=by, at=at)
    return asked


@needs(Grant.CASE_EXTEND)
@one
def extend(case: Case, *, by: Officer, at: datetime) -> Case:
    """The head of the organ approves: the days are added, and the applicant is told why."""
    return _extend(case, joint=False, by=by, at=at)


@needs(Grant.CASE_EXTEND_JOINT)
@one
def extend_joint(case: Case, *, by: Officer, at: datetime) -> Case:
    """联办件延长 (行政许可法 42 第二款): approved by the head of the government of that level, fifteen days at most."""
    return _extend(case, joint=True, by=by, at=at)


@needs(Grant.CASE_EXTEND_JOINT)
@one
def decline_joint_extension(case: Case, *, by: Officer, at: datetime, remark: str) -> Case:
    """The head of the government does not approve: the term stays as it is."""
    return _decline(case, joint=True, by=by, at=at, remark=remark)


def _extend(case: Case, *, joint: bool, by: Officer, at: datetime) -> Case:
    held = hold(case)
    held.expect("Extended")
    _refuse_other_head(held, joint)
    asked = _waiting(held, by)
    _in_time(held, at.date(), "批准延长")
    _settle(asked, True, "", by=by, at=at)
    fact = Extended(
        on=at.date(), extension=asked.extension, days=asked.asked_days, own=asked.own, joint=joint
    )
    held.record(fact, by=by, at=at)
    return held.case


@needs(Grant.CASE_EXTEND)
@one
def decline_extension(case: Case, *, by: Officer, at: datetime, remark: str) -> Case:
    """He does not approve: the term stays as it is."""
    return _decline(case, joint=False, by=by, at=at, remark=remark)


def _decline(case: Case, *, joint: bool, by: Officer, at: datetime, remark: str) -> Case:
    held = hold(case)
    held.expect("ExtensionDeclined")
    _refuse_other_head(held, joint)
    asked = _waiting(held, by)
    if not remark.strip():
        raise NotAllowed("请写明不批准延长的理由。")
    _settle(asked, False, remark, by=by, at=at)
    held.record(ExtensionDeclined(on=at.date(), extension=asked.extension), by=by, at=at)
    return held.case


class Seen(Protocol):
    """A case as it stands: locked by whoever acts, or read by whoever looks."""

    @property
    def case(self) -> Case: ...
    @property
    def pack(self) -> InForce: ...
    @property
    def law(self) -> CaseLaw: ...
    @property
    def now(self) -> Standing: ...


def may_be_longer(seen: Seen) -> bool:
    """Whether the law or the guide allows more days at all."""
    try:
        return extra_days(seen)[0] > 0
    except NotAllowed:
        return False


def extra_days(held: Seen) -> tuple[int, bool]:
    """How many days the law adds, and whether the item's own law does; refuses where none does.

    行政许可法 42 adds its ten days to its own twenty and to licences alone; an item whose law sets another limit is
    lengthened only as that law says, and the guide names it.
    """
    version = held.case.version
    if _decide(held) is None:
        raise NotAllowed("本事项没有法定办结时限，没有可以延长的期限。请在承诺的时限内办结。")
    own = (version.content.get("limit") or {}).get("extension_days")
    if own:
        return int(own), True
    joint = is_joint(held)
    general = held.pack.value(JOINT if joint else "decide.extension", version.kind)
    if not isinstance(general, int) or isinstance(general, bool):
        raise NotAllowed(
            f"本事项是{version.kind}，法律没有规定可以延长，办事指南也没有写明。请在法定期限内作出决定。"
        )
    law = held.pack.term(LENGTHENED, version.kind, held.case.application.channel, KIND_WORDS[held.law.kind])
    limit = (version.legal_days, version.legal_unit)
    if version.legal_days is not None and law is not None and limit != (law.days, law.unit):
        raise NotAllowed(
            "本事项的法定期限由它自己的依据规定，能不能延长也依照那个规定；办事指南没有写明可以延长，请在期限内作出决定。"
        )
    return general, False


def is_joint(held: Seen) -> bool:
    """Whether several offices settle it together, so that the government and not one office lengthens it."""
    return held.law.kind is CaseKind.JOINT and held.pack.value(JOINT, held.case.version.kind) is not None


def _refuse_other_head(held: Held, joint: bool) -> None:
    if is_joint(held) and not joint:
        raise NotAllowed("联办件的延长由本级人民政府负责人批准（行政许可法第四十二条第二款），请转给他批准。")
    if joint and not is_joint(held):
        raise NotAllowed("本件不是联办件，请由本机关负责人批准延长。")


def _decide(held: Seen) -> TermState | None:
    running = (state for state in held.now.running() if state.term.name == LENGTHENED)
    return next(running, None)


def _in_time(held: Held, today: date, act: str) -> None:
    """Nothing is left to lengthen when the last day has passed."""
    state = _decide(held)
    if state is None or (state.due is not None and today > state.due):
        raise NotAllowed(f"法定期限已经过了，不能再{act}。请尽快作出决定，并公开说明超期的理由。")


def _waiting(held: Held, by: Officer) -> ExtensionAsked:
    """The wish on which nobody has decided, and which is not his own."""
    asked = waiting(held.facts)
    if asked is None:
        raise NotAllowed("没有等批准的延长，或者已经处理过了。请刷新后再看。")
    if held.same(ExtensionAsked.__name__, by, Extended.__name__):
        raise NotAllowed("提请延长和批准延长不能是同一个人，请由有权批准的负责人批准。")
    return asked


def _settle(asked: ExtensionAsked, approved: bool, remark: str, *, by: Officer, at: datetime) -> None:
    told = {"approved": approved, "settled_by": by, "settled_at": at, "remark": remark.strip()[:300]}
    Extension.objects.filter(pk=asked.extension, approved__isnull=True).update(**told)
