"""岗位: which posts are there, who sits in them, and who stands in for whom until when?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from onewindow.people.away import own_seats
from onewindow.people.models import Holding, Officer, Post
from onewindow.places.models import County, Department, Hall, Window
from onewindow.places.write import journalise
from onewindow.rules.facts_org import PostEnded, PostGiven, PostOpened, StoodIn
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@needs(Grant.PEOPLE_MANAGE)
@transaction.atomic
def open_post(
    county: County,
    *,
    by: Actor,
    at: datetime,
    name: str,
    grants: Iterable[Grant],
    department: Department | None = None,
    hall: Hall | None = None,
    window: Window | None = None,
    head: bool = False,
) -> Post:
    """设立岗位: its reach is its department, else its hall, else the county."""
    scope = Post.Scope.DEPARTMENT if department else Post.Scope.HALL if hall else Post.Scope.COUNTY
    words = sorted(grant.value for grant in grants)
    if not words:
        raise NotAllowed("岗位至少要有一项权限，请勾选。")
    try:
        with transaction.atomic():
            post = Post.objects.create(
                county=county.code,
                name=name,
                scope=scope,
                department=department,
                hall=hall,
                window=window,
                grants=words,
                head=head,
            )
    except IntegrityError as twice:
        raise NotAllowed(f"已经有叫“{name}”的岗位，请换一个名称。") from twice
    journalise(county.code, PostOpened(on=at.date(), post=post.pk), by=by, at=at)
    return post


@needs(Grant.PEOPLE_MANAGE)
@transaction.atomic
def give_post(
    post: Post,
    *,
    officer: Officer,
    by: Actor,
    at: datetime,
    since: date,
    kind: Holding.Kind = Holding.Kind.OWN,
    reason: str = "",
) -> Holding:
    """任岗, from a day on until it is ended."""
    if kind is Holding.Kind.STAND_IN:
        raise NotAllowed("B角要有起止日期，请用顶岗办理。")
    if kind is Holding.Kind.CHIEF:
        raise NotAllowed("首席事务代表由部门负责人授权，有起止日期，请由负责人在“首席事务代表”页面办理。")
    _refuse(post, officer, since, None, by)
    holding = _sit(post, officer, kind, since, None, reason, by, at)
    fact = PostGiven(on=since, holding=holding.pk, officer=officer.pk, post=post.pk)
    journalise(post.county, fact, by=by, at=at)
    return holding


@needs(Grant.PEOPLE_MANAGE)
@transaction.atomic
def stand_in(
    post: Post, *, officer: Officer, by: Actor, at: datetime, since: date, until: date, reason: str
) -> Holding:
    """顶岗 (AB角): the powers of the post for some days; they end by themselves with the last one."""
    if not since <= until or until < at.date():
        raise NotAllowed("顶岗的截止日期不能早于开始日期，也不能已经过去，请改日期。")
    if not reason.strip():
        raise NotAllowed("请写明顶岗原因，如A角休假、外出学习。")
    _refuse(post, officer, since, until, by)
    holding = _sit(post, officer, Holding.Kind.STAND_IN, since, until, reason, by, at)
    seated = own_seats(post, max(since, at.date()))
    if len(seated) == 1 and seated != [
        officer.pk
    ]:  # in whose place is plain: both names stand in what he does
        holding.instead_of_id = seated[0]
        holding.save(update_fields=["instead_of"])
    fact = StoodIn(on=since, holding=holding.pk, officer=officer.pk, post=post.pk, until=until)
    journalise(post.county, fact, by=by, at=at)
    return holding


@needs(Grant.PEOPLE_MANAGE)
@transaction.atomic
def end_post(holding: Holding, *, by: Actor, at: datetime, last_day: date) -> Holding:
    """卸岗: the powers end after `last_day`, which may be yesterday but not before the post began."""
    holding = Holding.objects.select_for_update(of=("self",)).select_related("post").get(pk=holding.pk)
    if holding.until is not None and holding.until <= last_day:
        raise NotAllowed("任岗已经在这一天或更早结束，不用再办。请刷新后再看。")
    if (at.date() - last_day).days > 1:
        raise NotAllowed("卸岗日期不能早于昨天：已经发生的任岗不能追改，请改日期。")
    holding.until = last_day
    holding.save(update_fields=["until"])
    journalise(
        holding.post.county,
        PostEnded(on=at.date(), holding=holding.pk, last_day=last_day),
        by=by,
        at=at,
    )
    return holding


def _refuse(post: Post, officer: Officer, since: date, until: date | None, by: Actor) -> None:
    """Nobody gives himself power, nobody sits twice in one seat, nobody crosses a county or returns from having left."""
    if by.actor_code == officer.actor_code:
        raise NotAllowed("不能给自己任岗或顶岗，请由另一位管理员办理。")
    if officer.county != post.county or officer.left_on is not None:
        raise NotAllowed(f"{officer.name}不是本地在岗人员，不能任此岗位。请另选一位同志。")
    # The row of the post is the lock: two administrators at once seat nobody twice.
    Post.objects.select_for_update().get(pk=post.pk)
    seated = Holding.objects.filter(post=post, officer=officer).exclude(until__lt=since)
    if until is not None:
        seated = seated.exclude(since__gt=until)
    if seated.exists():
        raise NotAllowed(f"{officer.name}在这段日期已经任此岗位。请改日期，或者另选一位同志。")


def _sit(
    post: Post,
    officer: Officer,
    kind: Holding.Kind,
    since: date,
    until: date | None,
    reason: str,
    by: Actor,
    at: datetime,
) -> Holding:
    return Holding.objects.create(
        post=post,
        officer=officer,
        kind=kind,
        since=since,
        until=until,
        reason=reason.strip()[:200],
        given_by=by.actor_code,
        given_at=at,
    )
