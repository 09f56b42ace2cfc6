"""模拟办件: how does a demonstration county get weeks of ordinary work to look at and to train on?

Invented people (numbers with 99, telephones with 100) apply for the published items; clerks, examiners and heads
act by the ordinary acts, in office hours of working days that have passed. How often people lack a paper,
withdraw or are late is assumed, not measured.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from onewindow.cases.acts import accept, correct, decide, deliver, examine, fees, receive, withdraw
from onewindow.cases.examined import decision_steps
from onewindow.cases.judged import look
from onewindow.cases.models import Case
from onewindow.catalogue.models import Item
from onewindow.config import simulate_hall
from onewindow.config.practice import applicant, filled, looked_at, visited
from onewindow.config.refused import Refused
from onewindow.feedback.acts import rate
from onewindow.ground.clock import SHANGHAI, now
from onewindow.intake.acts import Paper, take_in
from onewindow.intake.situation import of_everybody
from onewindow.people.models import Officer
from onewindow.places.models import Window
from onewindow.places.reads import here, workdays
from onewindow.rules.grants import Grant, NotAllowed

# Assumptions, in parts of a hundred.
LACKING, NEVER_ANSWERED, WITHDRAWN, DENIED, LATE, FETCHED, RATED = 15, 3, 2, 4, 3, 80, 60
OPENS = time(8, 30)


@dataclass
class Hall:
    """Who acts in the simulation, and what there is to apply for."""

    day: date
    clerk: Officer
    window: Window | None
    items: list[Item]
    staff: list[Officer]
    chance: Random

    def happens(self, percent: int) -> bool:
        return self.chance.randrange(100) < percent

    def who(self, grant: Grant, case: Case, *but: Officer) -> Officer | None:
        """Somebody of the case's department who holds the power."""
        able = [o for o in self.staff if o not in but and o.department_ids and o.may(grant, case)]
        return self.chance.choice(able) if able else None

    def beside(self, case: Case, examiner: Officer) -> Officer | None:
        """A colleague of the case's department who goes along; whoever decides only when there is nobody else."""
        there = [o for o in self.staff if o != examiner and case.department_id in o.department_ids]
        return min(there, key=lambda o: o.may(Grant.CASE_DECIDE, case), default=None)


def main(argv: list[str]) -> int:
    """`onewindow simulate --cases 60 --days 30 --seed 1`: work that was done up to today."""
    if "--hall" in argv:
        return simulate_hall.main(argv)
    parser = ArgumentParser(prog="onewindow simulate", description="在演示县模拟过去一段时间的办件。")
    parser.add_argument("--hall", action="store_true", help="改为模拟大厅的一天，参数另见 --hall --help")
    parser.add_argument("--cases", type=int, default=60, help="办件数，1 到 5000")
    parser.add_argument("--days", type=int, default=30, help="从多少个工作日前开始，1 到 200")
    parser.add_argument("--seed", type=int, default=1, help="同一个种子给出同样的申请人和经过")
    told = parser.parse_args(argv)
    if not here().demo:
        raise Refused("模拟只能在演示县进行，正式系统里没有虚构的办件。")
    if not (1 <= told.cases <= 5000 and 1 <= told.days <= 200):
        raise Refused("办件数应在 1 到 5000 之间，天数应在 1 到 200 之间。")
    done = simulate(told.cases, told.days, told.seed, now())
    print(f"模拟了 {done} 件，最近 {told.days} 个工作日（各种情况的比例是假设，不是统计）。")
    return 0


def simulate(cases: int, days: int, seed: int, until: datetime) -> int:
    """Let `cases` cases begin on the last `days` working days before `until`; returns how many there are."""
    hall = _hall(Random(seed), until.date())  # noqa: S311 (chance for a rehearsal)
    past = _working_days(until.date(), days)
    begun = 0
    for number in sorted(hall.chance.randrange(len(past)) for _ in range(cases)):
        begun += _live(hall, past[number], until)
    return begun


def _hall(chance: Random, day: date) -> Hall:
    county = here().code
    staff = list(Officer.objects.filter(county=county, left_on__isnull=True).order_by("pk"))
    for officer in staff:
        officer.day = day
    clerk = next(o for o in staff if o.may(Grant.INTAKE_RECEIVE) and o.may(Grant.CASE_ACCEPT))
    published = Item.objects.filter(county=county, state=Item.State.PUBLISHED)
    items = list(published.select_related("current__item", "department").order_by("pk"))
    return Hall(day, clerk, clerk.window, items, staff, chance)


def _working_days(until: date, days: int) -> list[date]:
    found: list[date] = []
    calendar, day = workdays(), until
    while len(found) < days:
        day -= timedelta(days=1)
        if calendar.day(day).works:
            found.append(day)
    return found[::-1]


def _live(hall: Hall, day: date, until: datetime) -> int:
    """One case from the counter as far as it had come by `until`."""
    version = hall.chance.choice(hall.items).current
    form = filled(version.form) if version else None
    if version is None or form is None:
        return 0
    person = applicant(hall.chance, by=hall.clerk, at=_at(hall, day))
    needed = [one for one in version.materials.all() if of_everybody(one)]
    lacking = needed[:1] if needed and hall.happens(LACKING) else []
    at = _at(hall, day)
    application = take_in(
        version,
        by=hall.clerk,
        at=at,
        once=UUID(int=hall.chance.getrandbits(128), version=4),
        applicant=person,
        window=hall.window,
        form=form,
        papers=[Paper(one) for one in needed if one not in lacking],
    )
    found = {m.pk: receive.Found("missing" if m in lacking else "fits") for m in needed}
    case = receive.receive(application, by=hall.clerk, at=at, findings=found)
    for step in (_papers_complete, _accepted, _examined, _decided, _fetched):
        at = _later(hall, at, case)
        if at > until or not _try(step, hall, case, at):
            break
        case.refresh_from_db()
    return 1


def _try(step: Callable[[Hall, Case, datetime], bool], hall: Hall, case: Case, at: datetime) -> bool:
    try:
        return step(hall, case, at)
    except NotAllowed:  # nobody there has the power, as in a real small office: the case waits
        return False


def _papers_complete(hall: Hall, case: Case, at: datetime) -> bool:
    lacking = look(case).lacking
    if not lacking:
        return True
    demands = {material.pk: f"请补交{material.name}。" for material in lacking}
    correct.ask_correction(case, by=hall.clerk, at=at, demands=demands)
    if hall.happens(NEVER_ANSWERED):
        return False
    correct.receive_correction(
        case, by=hall.clerk, at=at + timedelta(hours=1), papers=[Paper(m) for m in lacking]
    )
    findings = {material.pk: receive.Found("fits") for material in lacking}
    receive.judge(case, by=hall.clerk, at=at + timedelta(hours=1), findings=findings)
    return True


def _accepted(hall: Hall, case: Case, at: datetime) -> bool:
    accept.accept(case, by=hall.clerk, at=at)
    if hall.happens(WITHDRAWN):
        withdraw.withdraw(case, by=hall.clerk, at=at + timedelta(minutes=40))
        return False
    return not hall.happens(LATE)


def _examined(hall: Hall, case: Case, at: datetime) -> bool:
    if decision_steps(case.version) == 1:
        return True
    examiner = hall.who(Grant.CASE_EXAMINE, case)
    if examiner is None:
        return False
    good = not hall.happens(DENIED)
    text = "材料齐全，符合规定，建议准予。" if good else "现场情况与申请不符，建议不予。"
    points = looked_at(case.version, fits=good)
    check = visited(case.version, hall.beside(case, examiner), at.date())
    examine.review(case, by=examiner, at=at, favourable=good, text=text, points=points, check=check)
    return True


def _decided(hall: Hall, case: Case, at: datetime) -> bool:
    opinion = case.opinions.order_by("-pk").first()
    head = hall.who(Grant.CASE_DECIDE, case, *([opinion.by] if opinion else []))
    if head is None:
        return False
    if opinion is None or opinion.favourable:
        points = [] if opinion else looked_at(case.version)
        decide.grant(case, by=head, at=at, text="符合条件，准予。", points=points)
    else:
        grounds = "现场情况与申请材料不符"
        decide.deny(
            case, by=head, at=at, text="不予。", grounds=grounds, basis="本事项办事指南列明的受理条件"
        )
    return hall.happens(FETCHED)


def _fetched(hall: Hall, case: Case, at: datetime) -> bool:
    person = case.applicant
    _pay(hall, case, at)
    taker = deliver.Taker(person.name, person.paper_kind, person.paper_number, signed=True)
    deliver.hand_over(case, by=hall.clerk, at=at, taker=taker, window=hall.window)
    if hall.happens(RATED):
        case.refresh_from_db()
        grade = hall.chance.choices((5, 4, 3, 2, 1), (70, 20, 6, 3, 1))[0]
        rate(case, by=person, at=at + timedelta(minutes=5), grade=grade, channel="counter")
    return True


def _pay(hall: Hall, case: Case, at: datetime) -> None:
    """The first fee of the guide, billed and paid at the desk, where the item costs something."""
    listed = (case.version.content.get("fee") or {}).get("items") or ()
    if not fees.charged_for(case.version) or not listed or not Case.objects.get(pk=case.pk).decision.granted:
        return
    price, how = (None, "") if listed[0].get("amount") else (Decimal("100.00"), "按一件计算")
    charged = [fees.Charged(name=listed[0]["name"], price=price, how=how)]
    made = fees.bill(case, by=hall.clerk, at=at, charged=charged)
    told = {
        "bill": made.pk,
        "amount": made.total,
        "receipt": f"演示{made.pay_number[-9:]}",
        "payer": made.payer,
    }
    fees.collect(case, by=hall.clerk, at=at + timedelta(minutes=2), window=hall.window, **told)


def _at(hall: Hall, day: date) -> datetime:
    """A moment of the morning or the afternoon of a working day."""
    minutes = hall.chance.randrange(180)
    return datetime.combine(day, OPENS, SHANGHAI) + timedelta(minutes=minutes)


def _later(hall: Hall, at: datetime, case: Case) -> datetime:
    """The same day for what is done at the window, else one to three working days on."""
    if case.stage == "received":
        return at + timedelta(minutes=10)
    return _at(hall, workdays().add(at.date(), 1 + hall.chance.randrange(3)))
