"""补正: everything that is lacking, told once, within five working days of receipt and before acceptance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from onewindow.cases.came_in import take_in
from onewindow.cases.dated import record_dated
from onewindow.cases.judged import Looked, look
from onewindow.cases.law import may_accept
from onewindow.cases.models import Case, Correction, CorrectionPoint
from onewindow.cases.write import Held, hold
from onewindow.intake.acts import Paper, add_papers, check_reuse
from onewindow.people.models import Officer
from onewindow.rules.facts import CorrectedOnSpot, CorrectionAsked, CorrectionReceived
from onewindow.rules.grants import Actor, Grant, NotAllowed, Overreach, needs
from onewindow.rules.standing import Standing


@needs(Grant.CASE_ACCEPT)
@transaction.atomic
def correct_on_spot(
    case: Case, *, by: Actor, at: datetime, materials: Sequence[str], papers: Sequence[Paper]
) -> Case:
    """Put right at the counter what can be put right there (行政许可法 32(三)); logged, not noticed."""
    held = hold(case)
    held.expect("CorrectedOnSpot")
    listed = set(held.case.version.materials.values_list("code", flat=True))
    if not materials or not {*materials, *(paper.material.code for paper in papers)} <= listed:
        raise NotAllowed("只能更正本事项清单里的材料，请对照清单选择。")
    check_reuse(held.case.applicant, papers, at.date())
    add_papers(held.case.application, papers, at)
    held.record(CorrectedOnSpot(on=at.date(), materials=tuple(materials)), by=by, at=at)
    return held.case


@needs(Grant.CASE_ACCEPT)
@transaction.atomic
def ask_correction(
    case: Case, *, by: Officer, at: datetime, demands: Mapping[int, str], why_late: str = ""
) -> Correction:
    """Tell everything that was found lacking, at once; `demands` by material id. Only once for a case.

    After the last day for it a licence is accepted by law and nothing is told; of other kinds, where no law lets
    silence accept, it is told late, with the reason, and the supervisor sees it.
    """
    held = hold(case)
    may_accept(held.case, by)
    if not demands:
        raise NotAllowed("请写明需要补正的全部内容：每份材料缺什么、怎样补。")
    if any(isinstance(fact, CorrectionAsked) for fact in held.facts):
        raise Overreach(
            "本件已经一次性告知过补正，第一次能看出的问题不得再提。请受理；补来以后仍缺或不符的，照现有材料受理。"
        )
    looked = look(held.case)
    codes = _codes(looked, demands)
    held.expect("CorrectionAsked")
    _refuse_unfounded(looked, demands)
    late = is_late(held.now, at.date())
    if late:
        _refuse_late(held, why_late)
    return _ask(held, demands, codes, by=by, at=at, why_late=why_late.strip() if late else "")


def is_late(now: Standing, on: date) -> bool:
    """Whether the days in which the applicant must be told have passed; a provisional day never says so."""
    term = next((state for state in now.running() if state.term.name == "accept"), None)
    return term is not None and term.due is not None and not term.reckoning.provisional and on > term.due


def _refuse_late(held: Held, why_late: str) -> None:
    if held.pack.holds("accept.deemed", held.case.version.kind):
        raise NotAllowed(
            "告知补正的期限已过，依法自收到申请材料之日起即为受理（行政许可法第三十二条第一款第四项），不能再要求补正。"
            "系统会记下视为受理，请接着审核。"
        )
    if not why_late.strip():
        raise NotAllowed(
            "告知补正的期限已过。现在告知的，请写明为什么超期（优化营商环境条例第三十六条第二款要公开说明理由），"
            "会写进告知书并列给监督部门；不再告知的，请受理。"
        )


@needs(Grant.CASE_SECOND_CORRECTION)
@transaction.atomic
def ask_again(
    case: Case, *, by: Officer, at: datetime, demands: Mapping[int, str], what_is_wrong: str
) -> Correction:
    """A second notice: only for a paper handed in as the correction itself and still defective.

    Needs the department head, names what is wrong with the paper, and stands on the supervisor's list.
    """
    held = hold(case)
    if not what_is_wrong.strip():
        raise NotAllowed("请写明补来的材料错在哪里。")
    answers = [fact for fact in held.facts if isinstance(fact, CorrectionReceived)]
    if answers and not answers[-1].materials:
        raise NotAllowed("申请人已经答复没有可补正的，不能再要求补正。请照现有材料受理，或者依法不予受理。")
    handed_in = [fact for fact in answers if fact.materials]
    if not handed_in:
        raise NotAllowed("申请人还没有交来补正材料，不能再次要求补正。")
    if any(fact.second for fact in held.facts if isinstance(fact, CorrectionAsked)):
        raise NotAllowed("再次补正只能有一次。请受理；仍缺或不符的，照现有材料受理。")
    looked = look(held.case)
    codes = _codes(looked, demands)
    if not set(codes) <= set(handed_in[-1].materials):
        raise Overreach(
            "再次补正只能针对作为补正交来、仍不合格的材料；其他材料第一次就应当看出，不得再提，请去掉。"
        )
    looked.refuse_pending("要求再次补正", demands)
    _refuse_good(looked, demands)
    return _ask(held, demands, codes, by=by, at=at, what_is_wrong=what_is_wrong.strip())


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def receive_correction(
    case: Case,
    *,
    by: Actor,
    at: datetime,
    papers: Sequence[Paper],
    on: date | None = None,
    why_late: str = "",
) -> Case:
    """Take in what was asked for; what has come is checked next, and then accepted or refused.

    `on` is the day on which it came, where that was not today.
    """
    held = hold(case)
    take_in(held, papers, on=on or at.date(), by=by, at=at, why_late=why_late)
    return held.case


@needs(Grant.CASE_APPLY)
@transaction.atomic
def answer_correction(case: Case, *, by: Actor, at: datetime, papers: Sequence[Paper]) -> Case:
    """The applicant answers online, with everything that was asked for at once."""
    asked = case.corrections.order_by("-id").first()
    wanted = dict(asked.points.values_list("material_id", "material__name")) if asked else {}
    lacking = [name for key, name in wanted.items() if key not in {paper.material.pk for paper in papers}]
    if lacking:
        raise NotAllowed(f"还有 {len(lacking)} 份没有选文件：{'、'.join(lacking)}。请全部选好再交。")
    held = hold(case)
    take_in(held, papers, on=at.date(), by=by, at=at)
    return held.case


@needs(Grant.INTAKE_RECEIVE)
@transaction.atomic
def note_nothing(case: Case, *, by: Actor, at: datetime, on: date | None = None, why_late: str = "") -> Case:
    """Whoever stands at the counter has nothing to add: the department goes on with what is there."""
    return _nothing(case, by=by, at=at, on=on, why_late=why_late)


@needs(Grant.CASE_APPLY)
@transaction.atomic
def answer_nothing(case: Case, *, by: Actor, at: datetime) -> Case:
    """The applicant says so himself; he need neither bring something nor let the days pass."""
    return _nothing(case, by=by, at=at)


def _nothing(case: Case, *, by: Actor, at: datetime, on: date | None = None, why_late: str = "") -> Case:
    held = hold(case)
    held.expect("CorrectionReceived")
    correction = held.case.corrections.order_by("-id").first()
    if correction is None:
        raise NotAllowed("本件没有发出过补正告知，请刷新后再看。")
    fact = CorrectionReceived(on=on or at.date(), correction=correction.pk, materials=())
    record_dated(held, fact, by=by, at=at, why=why_late)
    return held.case


def _ask(
    held: Held,
    demands: Mapping[int, str],
    codes: Sequence[str],
    *,
    by: Officer,
    at: datetime,
    what_is_wrong: str = "",
    why_late: str = "",
) -> Correction:
    """Write the notice down; one that names what is wrong with a correction is the second."""
    held.expect("CorrectionAsked")
    second = bool(what_is_wrong)
    days = int(held.pack.setting("correction.answer_days").value)  # type: ignore[arg-type]
    correction = Correction.objects.create(
        case=held.case,
        second=second,
        what_is_wrong=what_is_wrong,
        late=bool(why_late),
        why_late=why_late[:300],
        reply_by=held.law.calendar.add(at.date(), days),
        asked_at=at,
        asked_by=by,
        approved_by=by if second else None,
    )
    CorrectionPoint.objects.bulk_create(
        CorrectionPoint(correction=correction, material_id=material, demand=demand.strip()[:300])
        for material, demand in demands.items()
    )
    fact = CorrectionAsked(
        on=at.date(),
        correction=correction.pk,
        reply_by=correction.reply_by,
        materials=tuple(codes),
        second=second,
        late=bool(why_late),
    )
    held.record(fact, by=by, at=at)
    return correction


def _refuse_unfounded(looked: Looked, demands: Mapping[int, str]) -> None:
    """Demanded is what was judged and found lacking: all of it, because it can be told only once, and nothing else."""
    looked.refuse_pending("一次性告知补正")
    _refuse_good(looked, demands)
    if forgotten := [material.name for material in looked.lacking if material.pk not in demands]:
        raise NotAllowed(
            f"核为缺或不符的还没有写全：{'、'.join(forgotten)}。补正只能告知一次，请一并写明缺什么、怎样补。"
        )


def _refuse_good(looked: Looked, demands: Mapping[int, str]) -> None:
    """What came in and was not found wrong is not demanded again, on paper or otherwise."""
    lacking = {material.pk for material in looked.lacking}
    if good := [m.name for m in looked.materials if m.pk in demands and m.pk not in lacking]:
        raise Overreach(f"{'、'.join(good)}没有核为缺或不符，不得要求再交。请只写核对出问题的材料。")


def _codes(looked: Looked, demands: Mapping[int, str]) -> list[str]:
    """The codes of what is demanded; nothing beside the item's list."""
    listed = {material.pk: material.code for material in looked.materials}
    if not demands.keys() <= listed.keys():
        raise Overreach("只能要求补正本事项清单里的材料，不得索要清单以外的材料。请从清单里选。")
    if any(not demand.strip() for demand in demands.values()):
        raise NotAllowed("请逐份写明缺什么、怎样补。")
    return [listed[material] for material in demands]
