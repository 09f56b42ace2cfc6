"""去世: who has died as a window saw on paper, and what if that was a mistake?

From then on nobody applies in his name and nobody signs in with his account; his heirs apply in their own
names. Cases already received go on: what becomes of them the department decides by the law of the matter.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.journal import write
from onewindow.people.models import Account, Death, Officer, Party
from onewindow.people.register import record_about
from onewindow.places.reads import here
from onewindow.rules.facts_people import DeathRecorded, DeathUndone
from onewindow.rules.grants import Grant, NotAllowed, needs

HEIRS = "请由继承人或者近亲属用自己的名义申请。"


@needs(Grant.PEOPLE_FILE)
@transaction.atomic
def record_death(party: Party, *, by: Officer, at: datetime, died_on: date, paper: str) -> Death:
    """登记去世: the paper was seen; his sign-in ends at once."""
    held = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    _refuse(held, died_on, paper, at.date())
    ended = Account.objects.filter(party=held, is_active=True).update(is_active=False) == 1
    death = Death.objects.create(
        party=held, died_on=died_on, paper=paper, by=by.actor_code, at=at, ended_account=ended
    )
    held.died_on = died_on
    held.save(update_fields=["died_on"])
    record_about(held, DeathRecorded(on=at.date(), party=held.pk, death=death.pk), by=by, at=at)
    _log(by, at, "death", held, f"核对了{death.get_paper_display()}")
    return death


@needs(Grant.PEOPLE_FILE)
@transaction.atomic
def undo_death(party: Party, *, by: Officer, at: datetime, reason: str) -> Death:
    """撤销去世登记: it was a mistake; the sign-in that ended with it is open again."""
    if len(reason.strip()) < 4:
        raise NotAllowed("请写明为什么撤销，例如“同名登记错了人”，理由会记入访问日志。")
    held = Party.objects.select_for_update(of=("self",)).get(pk=party.pk)
    death = Death.objects.filter(party=held, undone_at=None).first()
    if death is None:
        raise NotAllowed(f"{held.name}没有登记去世，不用撤销。请刷新后再看。")
    death.undone_at, death.undone_by, death.why_undone = at, by.actor_code, reason.strip()[:200]
    death.save(update_fields=["undone_at", "undone_by", "why_undone"])
    held.died_on = None
    held.save(update_fields=["died_on"])
    if death.ended_account:
        Account.objects.filter(party=held).update(is_active=True)
    record_about(held, DeathUndone(on=at.date(), party=held.pk, death=death.pk), by=by, at=at)
    _log(by, at, "death undone", held, reason.strip()[:200])
    return death


def refuse_dead(party: Party) -> None:
    """Nobody applies in the name of somebody who has died."""
    if party.died_on is not None:
        raise NotAllowed(
            f"{party.name}已经登记去世（{party.died_on:%Y-%m-%d}），不能再用他的名义申请。{HEIRS}"
            "登记有误的，先在窗口撤销去世登记。"
        )


def _refuse(party: Party, died_on: date, paper: str, today: date) -> None:
    if party.kind != Party.Kind.PERSON:
        raise NotAllowed("单位没有去世登记。单位注销的，请办注销登记。")
    if party.died_on is not None:
        raise NotAllowed(f"{party.name}已经登记去世（{party.died_on:%Y-%m-%d}），不用再登记。请刷新后再看。")
    if paper not in Death.Paper.values:
        raise NotAllowed("请选择核对了哪一种证明的原件，没有证明不能登记去世。")
    if died_on > today or (party.born is not None and died_on < party.born):
        raise NotAllowed("去世日期不能在今天以后，也不能在出生以前，请对照证明再核一次。")


def _log(by: Officer, at: datetime, what: str, party: Party, reason: str) -> None:
    write.log_access(here().code, by=by, at=at, what=what, about=f"party:{party.pk}", reason=reason)
