"""审核: the examiner looks, asks, forwards and proposes; nothing is demanded that the guide does not name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from onewindow.cases.acts.special import not_host
from onewindow.cases.examined import (
    OnSite,
    Point,
    by_two,
    decision_steps,
    refuse_alone,
    refuse_foreign,
    refuse_unlooked,
    refuse_untrue_check,
)
from onewindow.cases.models import Case, Opinion, Question
from onewindow.cases.write import Held, hold
from onewindow.ground.whole import one
from onewindow.people.away import away, covers_of
from onewindow.people.models import Officer
from onewindow.rules.facts import (
    Explained,
    ExplanationAsked,
    Forwarded,
    Granted,
    Received,
    Reviewed,
    ReviewSentBack,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.stages import Stage


@needs(Grant.CASE_EXAMINE)
@one
def review(
    case: Case,
    *,
    by: Officer,
    at: datetime,
    favourable: bool,
    text: str,
    points: Sequence[Point] = (),
    check: OnSite | None = None,
) -> Opinion:
    """Give the examiner's opinion, for or against, and hand the case to the one who decides.

    In favour only when every point was looked at and, where two have to go there, when they went.
    """
    held = hold(case)
    held.expect("Reviewed")
    not_own_intake(held, by)
    not_host(held, by)
    if not text.strip():
        raise NotAllowed("请写审核意见。")
    _refuse_unexamined(held, favourable, points, check, by=by, on=at.date())
    instead = held.instead(by, Reviewed.__name__)
    opinion = Opinion.objects.create(
        case=held.case,
        instead_of_id=instead or None,
        favourable=favourable,
        text=text.strip(),
        points=[dict(point) for point in points],
        **_checked(check),
        by=by,
        at=at,
    )
    if not instead or instead != held.whose:
        held.case.examiner = by  # what is in the name of somebody who is away stays his
    second = check.second.pk if check else 0
    fact = Reviewed(on=at.date(), opinion=opinion.pk, favourable=favourable, second=second)
    held.record(fact, by=by, at=at)
    return opinion


def _refuse_unexamined(
    held: Held, favourable: bool, points: Sequence[Point], check: OnSite | None, *, by: Officer, on: date
) -> None:
    refuse_foreign(held.case.version, points)
    if favourable:
        but = "不能提出准予的意见。请改核对结果，或者提出不予的意见。"
        refuse_unlooked(held.case.version, points, but)
    if favourable and by_two(held.case.version, held.pack):
        refuse_alone(held.case, check, by=by, on=on)
    elif check is not None:
        refuse_untrue_check(held.case, check, by=by, on=on)


def _checked(check: OnSite | None) -> dict[str, object]:
    """The columns of an on-site check; none where nobody went."""
    if check is None:
        return {}
    return {
        "second": check.second,
        "checked_on": check.on,
        "checked_at": check.place.strip()[:200],
        "check_record": check.record.strip(),
    }


@needs(Grant.CASE_DECIDE)
@transaction.atomic
def send_back_review(case: Case, *, by: Officer, at: datetime, text: str) -> Opinion:
    """Have the case looked at again, with the reason; the clock goes on."""
    held = hold(case)
    held.expect("ReviewSentBack")
    if decision_steps(held.case.version) == 1:
        raise NotAllowed("本件没有单独的审核环节，不能退回重新审核。请直接作出决定。")
    if not text.strip():
        raise NotAllowed("请写明退回重新审核的理由。")
    last = (
        held.case.opinions.filter(sent_back=False).select_related("by", "instead_of").order_by("-id").first()
    )
    opinion = Opinion.objects.create(
        case=held.case,
        favourable=last.favourable if last else False,
        sent_back=True,
        text=text.strip(),
        by=by,
        at=at,
    )
    if last is not None:
        # Whoever it was forwarded to for the decision does not examine it; nor does who has left since.
        held.case.examiner = _again(held, last.instead_of or last.by)
    held.record(ReviewSentBack(on=at.date(), opinion=opinion.pk), by=by, at=at)
    return opinion


def _again(held: Held, his: Officer) -> Officer | None:
    """Whose it is when it comes back: whoever it was handed over to since, else who examined it or in whose place."""
    since = next((f for f in reversed(held.facts) if f.name in ("Reviewed", "HandedOver")), None)
    if since is not None and since.name == "HandedOver":
        return held.case.examiner
    return his if his.left_on is None else None


@needs(Grant.CASE_FORWARD)
@transaction.atomic
def forward(case: Case, *, by: Officer, at: datetime, to: Officer) -> Case:
    """Hand the case to another officer of the same department who may do what comes next: examine, or decide."""
    held = hold(case)
    held.expect("Forwarded")
    to.day = at.date()
    needed, word = (
        (Grant.CASE_DECIDE, "决定") if held.now.stage is Stage.DECIDING else (Grant.CASE_EXAMINE, "审核")
    )
    if not to.may(needed, held.case):
        raise NotAllowed(f"{to.name}没有{word}本件的权限，请另选本部门有“{word}”权限的同志。")
    if needed is Grant.CASE_DECIDE and to.actor_code in held.who_did(Reviewed.__name__):
        raise NotAllowed(f"本件由{to.name}审核，审核和决定不能是同一个人，请另选一位有决定权的同志。")
    not_own_intake(held, to)
    refuse_away(to, at.date())
    held.case.examiner = to
    held.record(Forwarded(on=at.date(), to=to.pk), by=by, at=at)
    return held.case


@needs(Grant.CASE_EXAMINE)
@transaction.atomic
def ask_explanation(
    case: Case, *, by: Officer, at: datetime, text: str, reply_by: date | None = None
) -> Question:
    """Ask the applicant to explain (请您说明): stops no clock and demands no paper."""
    held = hold(case)
    held.expect("ExplanationAsked")
    if not text.strip():
        raise NotAllowed("请写明需要申请人说明什么。")
    if reply_by is not None and reply_by <= at.date():
        raise NotAllowed("答复的最后一天要在今天以后，请改日期。")
    days = int(held.pack.setting("explanation.answer_days").value)  # type: ignore[arg-type]
    question = Question.objects.create(
        case=held.case,
        text=text.strip()[:500],
        reply_by=reply_by or held.law.calendar.add(at.date(), days),
        asked_by=by,
        asked_at=at,
    )
    held.record(
        ExplanationAsked(on=at.date(), question=question.pk, reply_by=question.reply_by), by=by, at=at
    )
    return question


@needs(Grant.CASE_APPLY)
@transaction.atomic
def explain(case: Case, *, by: Actor, at: datetime, question: Question, answer: str) -> Question:
    """The applicant answers, or the counter writes down what he said."""
    held = hold(case)
    held.expect("Explained")
    asked = held.case.questions.filter(pk=question.pk).first()
    if asked is None:
        raise NotAllowed("这个问题不是本件提出的，请回到本件的页面再答复。")
    if asked.answered_at is not None:
        raise NotAllowed("这个问题已经答复过了，请刷新后再看。")
    if not answer.strip():
        raise NotAllowed("请写下您的说明。")
    asked.answer, asked.answered_at = answer.strip(), at
    asked.save(update_fields=["answer", "answered_at"])
    held.record(Explained(on=at.date(), question=asked.pk), by=by, at=at)
    return asked


def refuse_away(to: Officer, on: date) -> None:
    """Nothing is given to somebody who is away; whoever stands in for him is named."""
    gone = away([to.pk], on, on).get(to.pk)
    if gone is None:
        return
    stands = [one.officer.name for one in covers_of([gone], on).get(gone.pk, [])]
    instead = f"替他顶岗的{'、'.join(dict.fromkeys(stands))}" if stands else "别的同志"
    last = gone.last_day
    raise NotAllowed(f"{to.name}到 {last.month} 月 {last.day} 日不在岗，不能转给他。请转给{instead}。")


def not_own_intake(held: Held, officer: Officer) -> None:
    """An examiner never decides his own intake where the setting says so."""
    doing = Granted.__name__ if held.now.stage is Stage.DECIDING else Reviewed.__name__
    if took_in(held, officer, doing) and held.pack.setting("examiner.not_own_intake").value:
        raise NotAllowed("本件由您收件，收件人不能审核或决定自己收的件，请转办给其他同志。")


def took_in(held: Held, officer: Officer, doing: str) -> bool:
    """Whether he counts as having taken the papers in, when he does this: he himself, or the one in whose place he is."""
    taker = held.who_did(Received.__name__) | {f"officer:{held.case.taken_by_id}"}
    return bool(taker & held.both(officer, doing))
