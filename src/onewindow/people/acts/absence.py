"""休假和顶岗 (AB角): who is away, who stands in for him from the first to the last day, and who is back?

Nobody waits for a person who is away (湛河 二(四)3, 济宁 第十二条): B of each of his posts stands in by himself; where
there is none the head does; where B is away too, the head says who takes over before the leave is entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from onewindow.people.away import away, deputy_of, heads_of, own_seats
from onewindow.people.models import Absence, Deputy, Holding, Officer, Post
from onewindow.places.write import journalise, organisation
from onewindow.rules.facts import Fact
from onewindow.rules.facts_absence import CoverNamed, DeputyNamed, LeaveBegan, LeaveEnded, LeaveEntered
from onewindow.rules.facts_org import PostEnded, StoodIn
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

LONGEST = timedelta(days=366)
ONE = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Leave:
    """What is entered: which kind, from when to when, and in words why."""

    kind: str
    since: date
    until: date
    from_noon: bool = False
    to_noon: bool = False
    reason: str = ""


@needs(Grant.ABSENCE_ARRANGE)
@transaction.atomic
def name_deputy(post: Post, *, officer: Officer, by: Actor, at: datetime) -> Deputy:
    """指定B角: the one before him is B no longer; who stands in already goes on to his last day."""
    organisation(post.county)
    if officer.county != post.county or officer.left_on is not None:
        raise NotAllowed(f"{officer.name}不是本地在岗人员，不能当B角。请另选一位同志。")
    if own_seats(post, at.date()) == [officer.pk]:
        raise NotAllowed(f"{officer.name}就是这个岗位的A角，请另选一位同志当B角。")
    Deputy.objects.filter(post=post, ended_at__isnull=True).update(ended_at=at)
    named = Deputy.objects.create(post=post, officer=officer, named_by=by.actor_code, named_at=at)
    fact = DeputyNamed(on=at.date(), post=post.pk, officer=officer.pk)
    journalise(post.county, fact, by=by, at=at)
    return named


@needs(Grant.ABSENCE_OWN)
@transaction.atomic
def go_on_leave(officer: Officer, *, by: Actor, at: datetime, leave: Leave) -> Absence:
    """He enters his own; where B is away in these days too, the head has to say who takes over."""
    return _enter(officer, leave, by=by, at=at, takes_over=None)


@needs(Grant.ABSENCE_ARRANGE)
@transaction.atomic
def send_on_leave(
    post: Post, *, officer: Officer, by: Actor, at: datetime, leave: Leave, takes_over: Officer | None = None
) -> Absence:
    """The head enters it for somebody of his department, also on the same morning; `takes_over` instead of B."""
    if not Holding.objects.filter(post=post, officer=officer).exclude(until__lt=at.date()).exists():
        raise NotAllowed(f"{officer.name}不在这个岗位上，请从他现在的岗位登记。")
    return _enter(officer, leave, by=by, at=at, takes_over=takes_over)


@needs(Grant.ABSENCE_ARRANGE)
@transaction.atomic
def name_cover(post: Post, *, absence: Absence, officer: Officer, by: Actor, at: datetime) -> Holding:
    """Whom the head names takes the post over from today, for the rest of the leave."""
    organisation(post.county)
    absence = Absence.objects.select_for_update(of=("self",)).select_related("officer").get(pk=absence.pk)
    if absence.back_on is not None or absence.until < at.date():
        raise NotAllowed(f"{absence.officer.name}已经回来，不用再指定顶岗人。请刷新后再看。")
    since = max(absence.since, at.date())
    _refuse_cover(officer, absence.officer, since, absence.until)
    if not Holding.objects.filter(post=post, officer=absence.officer).exclude(until__lt=since).exists():
        raise NotAllowed(f"{absence.officer.name}不在这个岗位上，请从他现在的岗位指定。")
    standing = Holding.objects.filter(post=post, absence=absence).exclude(until__lt=since)
    if standing.filter(officer=officer, since__lte=since).exists():
        raise NotAllowed(f"已经由{officer.name}顶岗，不用再指定。请刷新后再看。")
    for old in standing:
        _cut(old, since - ONE, by=by, at=at)
    fact = CoverNamed(on=at.date(), absence=absence.pk, post=post.pk, officer=officer.pk)
    journalise(post.county, fact, by=by, at=at)
    return _cover(post, officer, absence, since, absence.until, by=by, at=at)


@needs(Grant.ABSENCE_OWN)
@transaction.atomic
def come_back(absence: Absence, *, by: Actor, at: datetime) -> Absence:
    """销假: he is back before his time, or does not go at all; nobody stands in for him from this moment on."""
    return _end(absence, by=by, at=at)


@needs(Grant.ABSENCE_ARRANGE)
@transaction.atomic
def call_back(post: Post, *, absence: Absence, by: Actor, at: datetime) -> Absence:
    """The head writes down that he is back."""
    if not Holding.objects.filter(post=post, officer=absence.officer_id).exists():
        raise NotAllowed("请从他现在的岗位登记销假。")
    return _end(absence, by=by, at=at)


@needs(Grant.CASE_TICK)
@transaction.atomic
def begin_leave(absence: Absence, *, by: Actor, at: datetime) -> bool:
    """The first day has come: whoever stands in is told; once."""
    organisation(absence.county)
    waiting = Absence.objects.filter(pk=absence.pk, began_at__isnull=True, back_on__isnull=True)
    if not waiting.update(began_at=at):
        return False
    fact = LeaveBegan(on=at.date(), absence=absence.pk, officer=absence.officer_id)
    journalise(absence.county, fact, by=by, at=at)
    return True


@needs(Grant.CASE_TICK)
@transaction.atomic
def end_leave(absence: Absence, *, by: Actor, at: datetime) -> bool:
    """The last day is over: he is back, and is told what happened meanwhile; once."""
    organisation(absence.county)
    if not Absence.objects.filter(pk=absence.pk, ended_at__isnull=True).update(ended_at=at):
        return False
    fact = LeaveEnded(on=at.date(), absence=absence.pk, officer=absence.officer_id, last_day=absence.until)
    journalise(absence.county, fact, by=by, at=at)
    return True


def _enter(officer: Officer, leave: Leave, *, by: Actor, at: datetime, takes_over: Officer | None) -> Absence:
    organisation(officer.county)  # the lock: two leaves at once never leave a post to nobody
    _refuse_days(leave, at.date())
    if away([officer.pk], leave.since, leave.until):
        raise NotAllowed(f"{officer.name}在这段日子里已经登记过休假，请先销假，或者改日期。")
    if takes_over is not None:
        _refuse_cover(takes_over, officer, leave.since, leave.until)
    absence = Absence.objects.create(
        county=officer.county,
        officer=officer,
        kind=leave.kind,
        since=leave.since,
        until=leave.until,
        from_noon=leave.from_noon,
        to_noon=leave.to_noon,
        reason=leave.reason.strip()[:200],
        entered_by=by.actor_code,
        entered_at=at,
    )
    for post in _posts(officer, leave):
        for cover in _covers(post, officer, leave, takes_over):
            _cover(post, cover, absence, leave.since, leave.until, by=by, at=at)
    _pass_on(officer, leave, takes_over, by=by, at=at)
    fact = LeaveEntered(
        on=at.date(), absence=absence.pk, officer=officer.pk, since=leave.since, until=leave.until
    )
    journalise(officer.county, fact, by=by, at=at)
    return absence


def _refuse_days(leave: Leave, today: date) -> None:
    if leave.kind not in Absence.Kind.values:
        raise NotAllowed("请选择是休假、病假、外出还是培训。")
    if leave.since < today:
        raise NotAllowed("开始的日子不能早于今天：已经过去的日子没有人顶岗，不能补记。请改日期。")
    if not leave.since <= leave.until <= leave.since + LONGEST:
        raise NotAllowed("结束的日子不能早于开始，也不能超过一年，请改日期。")
    if leave.since == leave.until and leave.from_noon and leave.to_noon:
        raise NotAllowed("同一天从下午开始、到上午结束，没有时间。请改上午或者下午。")


def _posts(officer: Officer, leave: Leave) -> list[Post]:
    """The posts that are his own in these days; what he was given for himself alone (首席事务代表) nobody stands in for."""
    held = Holding.objects.filter(officer=officer, kind=Holding.Kind.OWN, since__lte=leave.until)
    held = held.exclude(until__lt=leave.since).select_related("post__department", "post__hall")
    return list({one.post_id: one.post for one in held.order_by("pk")}.values())


def _covers(post: Post, officer: Officer, leave: Leave, takes_over: Officer | None) -> list[Officer]:
    """Whom the head named, else B, else the heads of the department; nobody at a counter without B."""
    if takes_over is not None:
        return [takes_over]
    deputy = deputy_of(post)
    if deputy is None or deputy.pk == officer.pk:
        heads = [one for one in heads_of(post, leave.since) if one.pk != officer.pk]
        gone = away([one.pk for one in heads], leave.since, leave.until)
        return [one for one in heads if one.pk not in gone]
    if gone := away([deputy.pk], leave.since, leave.until):
        raise NotAllowed(
            f"“{post.name}”的B角{deputy.name}{_days(gone[deputy.pk])}也不在岗，A、B角不能同时不在。"
            "请改日期；确实要去的，由部门负责人登记，并写明这段日子由谁顶岗。"
        )
    return [deputy]


def _pass_on(officer: Officer, leave: Leave, takes_over: Officer | None, *, by: Actor, at: datetime) -> None:
    """Where he himself was to stand in for somebody, another does: no case waits for two who are away."""
    standing = Holding.objects.filter(
        officer=officer, absence__isnull=False, since__lte=leave.until, until__gte=leave.since
    ).select_related("post", "absence__officer", "instead_of")
    for one in standing.order_by("pk"):
        if takes_over is None:
            raise NotAllowed(
                f"您要替{one.instead_of}顶“{one.post.name}”到 {one.until.month} 月 {one.until.day} 日，"  # type: ignore[union-attr]
                "A、B角不能同时不在。请改日期；确实要去的，由部门负责人登记，并写明这段日子由谁顶岗。"
            )
        _refuse_cover(takes_over, one.instead_of, leave.since, one.until)  # type: ignore[arg-type]
        since, until = max(leave.since, one.since), one.until
        _cut(one, since - ONE, by=by, at=at)
        _cover(one.post, takes_over, one.absence, since, until, by=by, at=at)  # type: ignore[arg-type]


def _refuse_cover(cover: Officer, absent: Officer, since: date, until: date) -> None:
    if cover.pk == absent.pk:
        raise NotAllowed("不能由休假的人自己顶岗，请另选一位同志。")
    if cover.county != absent.county or cover.left_on is not None:
        raise NotAllowed(f"{cover.name}不是本地在岗人员，不能顶岗。请另选一位同志。")
    if gone := away([cover.pk], since, until):
        raise NotAllowed(f"{cover.name}{_days(gone[cover.pk])}也不在岗，不能顶岗。请另选一位同志。")


def _days(one: Absence) -> str:
    last = one.last_day
    return f"{one.since.month} 月 {one.since.day} 日至 {last.month} 月 {last.day} 日"


def _cover(
    post: Post, officer: Officer, absence: Absence, since: date, until: date, *, by: Actor, at: datetime
) -> Holding:
    """The holding that gives him the post's powers for these days, with the name of whoever is away."""
    held = Holding.objects.create(
        post=post,
        officer=officer,
        kind=Holding.Kind.STAND_IN,
        since=since,
        until=until,
        instead_of=absence.officer,
        absence=absence,
        reason=f"{absence.officer.name}{absence.get_kind_display()}",
        given_by=by.actor_code,
        given_at=at,
    )
    fact = StoodIn(on=since, holding=held.pk, officer=officer.pk, post=post.pk, until=until)
    journalise(post.county, fact, by=by, at=at)
    return held


def _cut(held: Holding, last_day: date, *, by: Actor, at: datetime) -> None:
    held.until = last_day
    held.save(update_fields=["until"])
    fact: Fact = PostEnded(on=at.date(), holding=held.pk, last_day=last_day)
    journalise(held.post.county, fact, by=by, at=at)


def _end(absence: Absence, *, by: Actor, at: datetime) -> Absence:
    organisation(absence.county)
    absence = Absence.objects.select_for_update(of=("self",)).select_related("officer").get(pk=absence.pk)
    today = at.date()
    if absence.back_on is not None or absence.until < today:
        raise NotAllowed(f"{absence.officer.name}已经销假，不用再办。请刷新后再看。")
    absence.back_on, absence.ended_at = max(today, absence.since), at
    absence.save(update_fields=["back_on", "ended_at"])
    for held in absence.covers.select_related("post").exclude(until__lt=today):
        _cut(held, today - ONE, by=by, at=at)
    fact = LeaveEnded(on=today, absence=absence.pk, officer=absence.officer_id, last_day=absence.last_day)
    journalise(absence.county, fact, by=by, at=at)
    return absence
