"""首席事务代表: the head of a department delegates its powers at the window to somebody, for a term."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from onewindow.ground.series import take
from onewindow.people.models import Delegation, Holding, Officer, Post
from onewindow.places.models import Department
from onewindow.places.reads import here, pack_here
from onewindow.places.write import journalise
from onewindow.rules.facts_instant import ChiefDelegated, ChiefRevoked
from onewindow.rules.grants import Grant, NotAllowed, needs

CALLED = "首席事务代表"
RULE, FULL = "window.authority", "full"
# What a head may delegate. Lengthening a term is the head's own by law (行政许可法 42), and so is judging a second notice.
DELEGABLE = (Grant.CASE_ACCEPT, Grant.CASE_REFUSE, Grant.CASE_DECIDE)


@needs(Grant.CHIEF_DELEGATE)
@transaction.atomic
def delegate(
    department: Department,
    *,
    by: Officer,
    at: datetime,
    officer: Officer,
    title: str,
    powers: Iterable[Grant],
    since: date,
    until: date,
) -> Delegation:
    """授权: one representative at a time; the post that carries the powers ends by itself with the term."""
    words = sorted({Grant(power).value for power in powers})
    _refuse_here(at.date())
    _refuse(department, officer, words, since, until, by, at.date())
    if not title.strip():
        raise NotAllowed("请写他的职务，公开名单上用。")
    held = _sit(department, officer, words, since, until, by, at)
    delegation = Delegation.objects.create(
        county=department.county,
        department=department,
        holding=held,
        officer=officer,
        number=held.post.name.removeprefix(CALLED),
        title=title.strip()[:60],
        powers=words,
        since=since,
        until=until,
        given_by=by,
        given_at=at,
    )
    fact = ChiefDelegated(
        on=since, delegation=delegation.pk, department=department.pk, officer=officer.pk, until=until
    )
    journalise(department.county, fact, by=by, at=at)
    return delegation


@needs(Grant.CHIEF_DELEGATE)
@transaction.atomic
def revoke(delegation: Delegation, *, by: Officer, at: datetime, why: str) -> Delegation:
    """撤销授权: it ends with yesterday, so that nothing more is decided by it today; what was decided stays."""
    found = Delegation.objects.select_for_update(of=("self",)).select_related("holding").get(pk=delegation.pk)
    today = at.date()
    if found.revoked_at is not None or found.until < today:
        raise NotAllowed("这份授权已经结束或者撤销，不用再办。请刷新后再看。")
    if not why.strip():
        raise NotAllowed("请写明撤销授权的原因。")
    last = today - timedelta(days=1)
    found.revoked_by, found.revoked_at, found.last_day = by, at, last
    found.why_revoked = why.strip()[:200]
    found.save(update_fields=["revoked_by", "revoked_at", "last_day", "why_revoked"])
    Holding.objects.filter(pk=found.holding_id).update(until=last)
    journalise(found.county, ChiefRevoked(on=today, delegation=found.pk, last_day=last), by=by, at=at)
    return found


def offered(today: date) -> bool:
    """Whether the text of the place empowers the window with everything a department may do there."""
    return pack_here(here()).value(RULE, today) == FULL


def _refuse_here(today: date) -> None:
    """Only where the text of the place has it."""
    if not offered(today):
        raise NotAllowed("本地的文件没有首席事务代表制度，不能授权。要由他人代办的，请管理员安排顶岗。")


def _refuse(
    department: Department,
    officer: Officer,
    powers: list[str],
    since: date,
    until: date,
    by: Officer,
    today: date,
) -> None:
    if officer.pk == by.pk:
        raise NotAllowed("不能授权给自己，请另选一位同志。")
    if officer.county != department.county or officer.left_on is not None:
        raise NotAllowed(f"{officer.name}不是本地在岗人员，请另选一位同志。")
    if not powers or not set(powers) <= {grant.value for grant in DELEGABLE}:
        raise NotAllowed("请选授权的事项：受理、决定不予受理、决定。延长期限等依法由负责人批准的不能授权。")
    if not today <= since <= until:
        raise NotAllowed("授权从今天或者以后开始，截止日期不能早于开始日期，请改日期。")
    if (until - since).days > 366:
        raise NotAllowed("一次授权最长一年，到期可以再授权，请改截止日期。")
    # The row of the department is the lock: two heads at once appoint one.
    Department.objects.select_for_update().get(pk=department.pk)
    taken = Delegation.objects.filter(department=department, since__lte=until, holding__until__gte=since)
    other = taken.select_related("officer").first()
    if other is not None:
        raise NotAllowed(
            f"{other.officer.name}在 {other.since} 到 {other.until} 已经是本部门的首席事务代表，"
            "请改日期，或者先撤销那份授权。"
        )


def _sit(
    department: Department,
    officer: Officer,
    powers: list[str],
    since: date,
    until: date,
    by: Officer,
    at: datetime,
) -> Holding:
    place = take(department.county, f"delegation:{department.pk}:{at:%Y}")
    post = Post.objects.create(
        county=department.county,
        name=f"{CALLED}{department.short}授〔{at:%Y}〕{place}号"[:60],
        scope=Post.Scope.DEPARTMENT,
        department=department,
        grants=powers,
    )
    return Holding.objects.create(
        post=post,
        officer=officer,
        kind=Holding.Kind.CHIEF,
        since=since,
        until=until,
        reason="部门负责人授权",
        given_by=by.actor_code,
        given_at=at,
    )
