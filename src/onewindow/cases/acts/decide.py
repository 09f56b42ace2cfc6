"""决定: granted or denied, in writing, by somebody other than the one who examined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from onewindow.cases.acts.examine import not_own_intake, took_in
from onewindow.cases.acts.special import not_host
from onewindow.cases.chief import chief_of
from onewindow.cases.examined import Point, decision_steps
from onewindow.cases.granting import grant_held
from onewindow.cases.models import Case, Decision
from onewindow.cases.write import Held, hold
from onewindow.ground.whole import one
from onewindow.people.models import Officer
from onewindow.rules.facts import Denied, Granted, Reviewed
from onewindow.rules.grants import Grant, NotAllowed, needs
from onewindow.rules.stages import Stage


@needs(Grant.CASE_DECIDE)
@one
def grant(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    text: str,
    valid_from: date | None = None,
    valid_until: date | None = None,
    points: Sequence[Point] = (),
) -> Decision:
    """Grant what was applied for (行政许可法 38); the result gets its number, and its validity from the item.

    `points` are looked at here where nobody examines before the decision.
    """
    held = hold(case)
    held.expect("Granted")
    chief = _may_decide(held, by)
    return grant_held(
        held,
        by=by,
        at=at,
        text=text,
        points=points,
        valid_from=valid_from,
        valid_until=valid_until,
        chief=chief,
    )


@needs(Grant.CASE_DECIDE)
@one
def deny(case: Case, *, by: Officer, at: datetime, text: str, grounds: str, basis: str) -> Decision:
    """Deny, with grounds and basis; the letter names the remedy (行政许可法 38)."""
    held = hold(case)
    held.expect("Denied")
    chief = _may_decide(held, by)
    _refuse_veto(held, by)
    if not grounds.strip() or not basis.strip():
        raise NotAllowed("不予决定必须写明理由和依据，请补写完整。")
    decision = Decision.objects.create(
        case=held.case,
        granted=False,
        text=text.strip(),
        grounds=grounds.strip(),
        basis=basis.strip()[:300],
        by=by,
        at=at,
        on=at.date(),
    )
    held.record(Denied(on=at.date(), decision=decision.pk, chief=chief), by=by, at=at)
    return decision


def _may_decide(held: Held, by: Officer) -> int:
    """Refuse whoever may not decide this case; the holding as 首席事务代表 by which he may, when it is one."""
    not_own_intake(held, by)
    chief = chief_of(held.case, by, Grant.CASE_DECIDE)
    stage = held.now.stage
    if stage is Stage.EXAMINING and decision_steps(held.case.version) > 1:
        raise NotAllowed("本件还没有审核意见，不能直接决定。请先由审核人员提出意见。")
    if held.same(Reviewed.__name__, by, Granted.__name__):
        standing = (
            "您正在顶岗，您或者您顶的人审核过本件：请由部门负责人决定，或者请他在“休假顶岗”里另外指定没有参与过本件的同志顶岗。"
            if held.instead(by, Granted.__name__)
            else "请由另一位有决定权的同志决定。"
        )
        raise NotAllowed(f"审核和决定不能是同一个人，{standing}")
    if decision_steps(held.case.version) == 1:  # whoever decides examines too
        not_host(held, by)
    return chief


def _refuse_veto(held: Held, by: Officer) -> None:
    """窗口无权否决: where the pack says so, whoever took the papers in does not turn them down by himself."""
    if took_in(held, by, Granted.__name__) and held.pack.holds("refusal.second_person"):
        raise NotAllowed("本地规定窗口无权否决：收件的人不能作不予的决定，请由部门的另一位同志决定。")
