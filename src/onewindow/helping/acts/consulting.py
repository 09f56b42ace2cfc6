"""转窗口解答: how does a question that needs the window come there, and when is it answered?"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from onewindow.ground.whole import one
from onewindow.hall.acts.extending import end_with
from onewindow.hall.acts.tickets import take
from onewindow.hall.models import Ticket
from onewindow.hall.write import hold, move
from onewindow.helping.models import Consultation
from onewindow.journal.write import record
from onewindow.people.models import Officer
from onewindow.places.models import Line, Window
from onewindow.rules.facts_guiding import QuestionAnswered, QuestionHanded
from onewindow.rules.facts_tickets import ServiceFinished
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs
from onewindow.rules.tickets import SERVING


@needs(Grant.HALL_TAKE)
@transaction.atomic
def hand_off(
    window: Window, *, by: Actor, at: datetime, once: UUID, question: str, groups: tuple[str, ...] = ()
) -> Consultation:
    """转窗口解答: a number for this window alone, with the question; pressed twice it is one."""
    if len(question.strip()) < 2:
        raise NotAllowed("请写明他要问什么，窗口好先准备。")
    line = Line.objects.filter(services__window=window, closed_on__isnull=True).order_by("order").first()
    if line is None or not window.calls:
        raise NotAllowed(f"{window.number} 号窗口现在不叫号，请选别的窗口。")
    ticket = take(
        window.hall,
        line,
        by=by,
        at=at,
        once=once,
        channel=Ticket.Channel.GUIDE,
        only=window,
        groups=groups,
    )
    try:
        with transaction.atomic():
            made = Consultation.objects.create(
                county=ticket.county,
                ticket=ticket,
                hall_id=ticket.hall_id,
                window=window,
                question=question.strip()[:200],
                asked_by=by.actor_code,
                asked_at=at,
            )
    except IntegrityError:
        return Consultation.objects.select_related("ticket").get(ticket=ticket)
    fact = QuestionHanded(on=at.date(), consultation=made.pk, window=window.pk)
    record(ticket.subject, fact, by=by, at=at)
    return made


@needs(Grant.HALL_CALL)
@one
def answer_question(ticket: Ticket, *, by: Officer, at: datetime, answer: str) -> Ticket:
    """窗口答复咨询: the answer is written down, and with it the number is through."""
    ticket = hold(ticket.pk)
    found = Consultation.objects.select_for_update(of=("self",)).filter(ticket=ticket).first()
    if found is None or found.answered_at is not None:
        raise NotAllowed("这个号没有等着答复的咨询。请刷新后再看。")
    if len(answer.strip()) < 2:
        raise NotAllowed("请写下是怎样答复的。")
    if ticket.stage != SERVING:
        raise NotAllowed("请先按“开始办理”，再写答复。")
    found.answer, found.answered_by, found.answered_at = answer.strip()[:400], by.actor_code, at
    found.save(update_fields=["answer", "answered_by", "answered_at"])
    record(ticket.subject, QuestionAnswered(on=at.date(), consultation=found.pk), by=by, at=at)
    over = ServiceFinished(on=at.date(), window=ticket.window_id or 0)
    done = move(ticket, over, by=by, at=at, ended_at=at, asks=False)
    end_with(done, by=by, at=at)
    return done
