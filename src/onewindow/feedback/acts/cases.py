"""评价的行为: the person served gives a rating, once for one service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from onewindow.cases.law import pack_for
from onewindow.cases.models import Case
from onewindow.cases.write import hold
from onewindow.feedback.models import Grade, Rating
from onewindow.feedback.reasons import REASONS
from onewindow.ground.whole import one
from onewindow.places.reads import here
from onewindow.rules.facts import Rated
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.stages import ENDED


@needs(Grant.RATING_GIVE)
@one
def rate(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    grade: int,
    reasons: Sequence[int] = (),
    text: str = "",
    channel: str,
) -> Rating:
    """Rate one ended service; reason codes must belong to the grade that was chosen.

    The fact holds the grade and the codes; what the person wrote stays in the rating, where it can be cleared.
    """
    held = hold(case)
    case = held.case
    if held.now.stage not in ENDED:
        raise NotAllowed("这件事还没有办完，办完后再请您评价。")
    _refuse_late(case, at)
    if grade not in Grade.values:
        raise NotAllowed("请选择一个满意程度。")
    if any(REASONS.get(code, (0, ""))[0] != grade for code in reasons):
        raise NotAllowed("选的原因和满意程度对不上，请重新选择。")
    rating = _write(
        case, at=at, grade=grade, reasons=sorted(set(reasons)), text=text.strip()[:500], channel=channel
    )
    fact = Rated(on=at.date(), rating=rating.pk, grade=grade, reasons=tuple(rating.reasons), channel=channel)
    held.record(fact, by=by, at=at)
    return rating


def _write(case: Case, *, at: datetime, **said: Any) -> Rating:
    try:
        with transaction.atomic():
            return Rating.objects.create(
                county=case.county,
                subject=case.subject,
                department_id=case.department_id,
                given_at=at,
                item_name=case.item_name,
                case_number=case.number,
                **said,
            )
    except IntegrityError:
        raise NotAllowed(
            "这次服务已经评价过了，一次服务评价一次，谢谢您。还有话要说，可以拨监督投诉电话。"
        ) from None


def _refuse_late(case: Case, at: datetime) -> None:
    """A service can be rated for as long as the county says (rating.open_days)."""
    days = pack_for(here(), case.pack, case.received_on).setting("rating.open_days").number
    if case.closed_on is not None and at.date() > case.closed_on + timedelta(days=days):
        raise NotAllowed(f"办结已经超过 {days} 天，不能再评价。有话要说，可以拨监督投诉电话。")
