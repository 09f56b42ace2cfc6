"""何时能办: on what of the case, beside its stage, does it depend whether an act is offered?"""

from __future__ import annotations

from onewindow.cases.examined import decision_steps
from onewindow.cases.reads.whole import Whole
from onewindow.rules import promises
from onewindow.rules.facts import CorrectionAsked, CorrectionReceived
from onewindow.rules.kinds_of_case import CaseKind
from onewindow.rules.stages import Stage


def asked(whole: Whole) -> bool:
    return any(isinstance(fact, CorrectionAsked) for fact in whole.now.seen)


def may_ask_again(whole: Whole) -> bool:
    """Once, and only for papers that came as the correction."""
    if whole.nothing_to_add:
        return False
    came = any(isinstance(fact, CorrectionReceived) for fact in whole.now.seen)
    twice = any(isinstance(fact, CorrectionAsked) and fact.second for fact in whole.now.seen)
    return came and not twice and (lacking(whole) or bool(whole.pending))


def may_ask(whole: Whole) -> bool:
    """Once, for what was found lacking; while something is not judged it leads to the judging first."""
    return not asked(whole) and (lacking(whole) or bool(whole.pending))


def one_step(whole: Whole) -> bool:
    return whole.now.stage is Stage.DECIDING or decision_steps(whole.case.version) == 1


def decided_here(whole: Whole) -> bool:
    """Not what an organ above decides (上报件)."""
    return one_step(whole) and whole.law.kind is not CaseKind.UPWARD


def two_steps(whole: Whole) -> bool:
    return decision_steps(whole.case.version) > 1


def lacking(whole: Whole) -> bool:
    return bool(whole.lacking)


def on_what_is_there(whole: Whole) -> bool:
    """The one notice is used up, and papers still lack."""
    return asked(whole) and lacking(whole)


def complete(whole: Whole) -> bool:
    """Whether nothing lacks but what a promise stands for (告知承诺)."""
    promise = promises.live(whole.now.seen)
    spared = promise.materials if promise is not None else ()
    return all(paper.material.pk in spared for paper in whole.lacking)


def alone(whole: Whole) -> bool:
    return not whole.pack.holds("refusal.second_person")


def on_the_way(whole: Whole) -> bool:
    return any(
        one.way == "courier" and one.done_on is None and one.came_back_on is None for one in whole.deliveries
    )


def here(whole: Whole) -> bool:
    return not on_the_way(whole)


def open_question(whole: Whole) -> bool:
    return any(one.answered_at is None for one in whole.questions)
