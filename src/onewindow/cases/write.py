"""在办件上记一件事: the one way by which a fact reaches a case and its index."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import OuterRef, QuerySet

from onewindow.cases.law import law_for, pack_for
from onewindow.cases.models import Case, Refusal
from onewindow.ground.gathered import beside, made
from onewindow.ground.prepared import Question, change, slot_number, together
from onewindow.journal import write
from onewindow.journal.models import Entry
from onewindow.people.instead import instead_of
from onewindow.people.models import Officer
from onewindow.places import reads as places
from onewindow.places.models import County
from onewindow.rules import fees, record, stages
from onewindow.rules.facts import CorrectionAsked, Fact
from onewindow.rules.grants import SYSTEM, Actor, NotAllowed
from onewindow.rules.pack import InForce
from onewindow.rules.stages import OPEN, Stage
from onewindow.rules.standing import CaseLaw, Standing, standing
from onewindow.rules.turns import OVER, to_turn

INDEX = (
    "kind",
    "step_due_on",
    "stage",
    "is_open",
    "accepted_on",
    "decided_on",
    "closed_on",
    "due_on",
    "legal_due_on",
    "yellow_on",
    "provisional",
    "held",
    "turns_on",
    "wakes_on",
    "unpaid",
)

# Facts with which the case was decided, here or above, or by the law itself.
DECIDING = ("Granted", "Denied", "GrantedAbove", "DeniedAbove", "RenewedByLaw")
# What an act or a letter reads together with the case.
CASE_AND_ALL = ("subject", "version", "department", "application", "applicant")


class Stale(NotAllowed):
    """Something happened to the case after its actor looked at it."""


@dataclass
class Held:
    """A case whose row is locked until the transaction ends, with the facts that hold, who did them, and its law.

    `journal` and `writers` are all that was written down, voided facts among them.
    """

    case: Case
    facts: tuple[Fact, ...]
    law: CaseLaw
    pack: InForce
    doers: tuple[str, ...] = ()
    journal: tuple[Fact, ...] = ()
    writers: tuple[str, ...] = ()
    # In whose place each of them was written; 0 where the writer did it for himself.
    insteads: tuple[int, ...] = ()
    # In whose name the case stood when it was held.
    whose: int | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.whose = self.case.examiner_id

    def instead(self, by: Actor, fact: str) -> int:
        """In whose place `by` does this, when he stands in for somebody who is away; 0 when he acts for himself."""
        return instead_of(by, self.case, fact, self.whose)

    def both(self, by: Actor, fact: str) -> frozenset[str]:
        """The codes of all who count as doing it: a stand-in is himself and the one in whose place he acts."""
        return _both(by.actor_code, self.instead(by, fact))

    def doer_of(self, name: str) -> str:
        """The code of whoever did the latest fact of this name; empty when it has not happened."""
        done = zip(reversed(self.facts), reversed(self.doers), strict=True)
        return next((by for fact, by in done if fact.name == name), "")

    def who_did(self, name: str, **told: object) -> frozenset[str]:
        """All who count as having done the latest fact of this name: whoever did it, and in whose place he did."""
        done = zip(reversed(self.journal), reversed(self.writers), reversed(self.insteads), strict=True)
        gone, last = record.struck(self.journal), len(self.journal)
        for number, (fact, by, instead) in enumerate(done):
            if last - number in gone or fact.name != name:
                continue
            if all(getattr(fact, field) == value for field, value in told.items()):
                return _both(by, instead)
        return frozenset()

    def who_wrote(self, place: int) -> frozenset[str]:
        """All who count as having written the fact at this place."""
        return _both(self.writers[place - 1], self.insteads[place - 1])

    def same(self, name: str, by: Actor, doing: str, **told: object) -> bool:
        """Whether he would be both persons of what takes two, be it that he stands in now or that another stood in for him."""
        return bool(self.who_did(name, **told) & self.both(by, doing))

    @property
    def now(self) -> Standing:
        return standing(self.facts, self.law)

    @property
    def asked(self) -> frozenset[str]:
        """The codes of all that a notice asked for; empty while there was none."""
        notices = [fact for fact in self.facts if isinstance(fact, CorrectionAsked)]
        return frozenset(code for fact in notices for code in fact.materials)

    def expect(self, fact: str) -> None:
        """Refuse early what `fact` could not do now, before anything else is written."""
        stages.after(self.now.stage, fact)

    def refuse(self, fact: Fact) -> None:
        """Refuse early what the whole history does not allow, where the stage alone cannot tell."""
        standing((*self.facts, fact), self.law)

    def record(self, fact: Fact, *, by: Actor, at: datetime, by_rule: bool = False) -> Entry:
        """Refuse an impossible fact, write it with its duties, and renew the index.

        `by_rule`: the pack gave the fact its day, and nobody chose it (收件即受理).
        """
        if not by_rule:
            record.refuse_own_day(fact, at.date())
        after = standing((*self.journal, fact), self.law)
        if by is not SYSTEM and self.case.turns_on and self.case.turns_on <= at.date():
            self._keep_light(after, at)
            after = standing((*self.journal, fact), self.law)
        journal, writers = (*self.journal, fact), (*self.writers, by.actor_code)
        instead = self.instead(by, fact.name)
        with together():
            entry = write.record(self.case.subject, fact, by=by, at=at, instead=instead)
            self._hear(journal, writers, (*self.insteads, instead))
            change(renew(self.case, after), *INDEX, "examiner")
        return entry

    def _hear(self, journal: tuple[Fact, ...], writers: tuple[str, ...], insteads: tuple[int, ...]) -> None:
        self.journal, self.writers, self.insteads = journal, writers, insteads
        self.facts, self.doers = record.effective(journal), record.of_effect(journal, writers)

    def _keep_light(self, after: Standing, at: datetime) -> None:
        """A red light that this fact puts out is written down first, also when no tick had seen it burn."""
        turn = to_turn(self.now.turns, at.date())
        if turn is not None and turn.lit in OVER and turn not in after.turns:
            self.record(turn.fact(), by=SYSTEM, at=at)


def _both(by: str, instead: int) -> frozenset[str]:
    return frozenset({by, f"officer:{instead}"} if instead else {by})


def _to_hold(pk: int) -> QuerySet[Case]:
    rows = Case.objects.select_for_update(of=("self", "subject")).select_related(*CASE_AND_ALL)
    return rows.annotate(w_county=beside(County, code=OuterRef("county"))).filter(pk=pk)


_TO_HOLD = Question(_to_hold, slot_number())


def hold(case: Case) -> Held:
    """Lock the case and read what has happened; two people who press at once come one after the other."""
    locked = _TO_HOLD.one(case.pk)
    if locked is None:
        raise Case.DoesNotExist
    if case.seen is not None and case.seen != locked.subject.length:
        raise Stale("本件刚刚有人办过，请看最新情况。您填的内容还在，看过以后再办。")
    (county,) = made(County, locked.w_county)  # type: ignore[attr-defined]
    pack = pack_for(places.learned(county), locked.pack, locked.received_on)
    law = law_for(locked.version, locked.application.channel, pack)
    deeds = write.deeds(locked.subject)
    held = Held(locked, (), law, pack)
    facts, writers, insteads = zip(*deeds, strict=True) if deeds else ((), (), ())
    held._hear(facts, writers, insteads)
    return held


def settle_open(case: Case, *, at: datetime, why: str, by: Officer | None = None) -> None:
    """A proposal on which nobody will decide any more is settled too; `by` is none when time itself did it."""
    open_ones = Refusal.objects.filter(case=case, settled_at__isnull=True)
    open_ones.update(settled_by=by, settled_at=at, confirmed=False, remark=why)


def renew(case: Case, now: Standing) -> Case:
    """Put the standing into the index; computed from the facts alone, so that `recheck` finds no difference."""
    case.kind = now.kind.value
    case.step_due_on = now.step.due if now.step else None
    case.stage = now.stage.value
    case.is_open = now.stage in OPEN
    accepted = now.day_of("Accepted", "AcceptedBySilence")
    # Where a promise was taken back after the acceptance, the case waits for its acceptance again.
    case.accepted_on = None if now.stage is Stage.RECEIVED else accepted
    case.decided_on = now.day_of(*DECIDING)
    case.closed_on = None if now.stage in OPEN or now.stage is Stage.NEW else now.seen_last_ending()
    case.due_on = now.due_on
    case.legal_due_on = now.legal_due_on
    case.yellow_on = now.yellow_on
    case.provisional = now.provisional
    case.held = now.held
    case.turns_on = now.turns_on
    case.wakes_on = now.wakes_on
    case.unpaid = bool(fees.owed(now.seen)) if now.stage in OPEN else False
    return case
