"""收件: a sealed application becomes a case, with its number, its enquiry code and its receipt."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from onewindow.cases.dated import note, refuse_late
from onewindow.cases.judged import Looked, look
from onewindow.cases.law import law_for, pack_for
from onewindow.cases.models import Case, Verdict
from onewindow.cases.numbering import no_number_yet, number
from onewindow.cases.route import route_for
from onewindow.cases.write import hold, renew
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.fresh import fresh
from onewindow.ground.prepared import put, together
from onewindow.ground.together import written
from onewindow.ground.whole import joined, one
from onewindow.intake.acts import Told, online
from onewindow.intake.models import ONLINE, Application
from onewindow.intake.situation import of_everybody
from onewindow.journal import write
from onewindow.journal.models import Entry, Subject
from onewindow.people.bars import refuse_barred
from onewindow.people.instead import instead_of
from onewindow.people.models import Officer, Party
from onewindow.places import reads as places
from onewindow.places.models import County
from onewindow.rules.facts import Judged, Received, rebuild
from onewindow.rules.grants import Actor, Grant, NotAllowed, Overreach, needs
from onewindow.rules.stages import Stage
from onewindow.rules.standing import standing
from onewindow.rules.voiding import moves

CODE_LENGTH = 6


@dataclass(frozen=True)
class Found:
    """What was found for one material: `fits`, `missing`, `wrong` or `none` (not of this situation), and why."""

    finding: str
    reason: str = ""


@needs(Grant.INTAKE_RECEIVE)
@one
def receive(
    application: Application,
    *,
    by: Actor,
    at: datetime,
    findings: Mapping[int, Found] | None = None,
    county: County | None = None,
    on: date | None = None,
    why_late: str = "",
) -> Case:
    """Open the case of a sealed application; the same application gives the same case.

    `findings` are the verdicts on the materials by material id. The five days of 行政许可法 32(四) run
    from the day of `at`, or from `on` where the papers were handed in at the counter on an earlier day.
    Whoever has just read the county may hand it on.
    """
    place = county or places.here()
    if on is None or on == at.date():
        return _receive(application, place, findings or {}, by=by, at=at)
    _refuse_day(application, place, on, why_late, by=by, at=at)
    case = _receive(application, place, findings or {}, by=by, at=at, on=on)
    _note_late(case, why_late)
    return case


def _refuse_day(
    application: Application, county: County, on: date, why: str, *, by: Actor, at: datetime
) -> None:
    if application.channel in ONLINE or not isinstance(by, Officer):
        raise NotAllowed("网上提交的以系统收到的时间为准，不能补录，请记在今天。")
    pack = pack_for(county, county.pack, at.date())
    refuse_late(on, at.date(), why, after=None, pack=pack, calendar=places.workdays())


def _note_late(case: Case, why: str) -> None:
    """That it was written down later, once; which days are others for it, told as if it had come today."""
    written()
    entry = Entry.objects.filter(subject=case.subject_id, place=1, back_dated__isnull=True).first()
    if entry is None:
        return
    law = law_for(
        case.version, case.application.channel, pack_for(places.here(), case.pack, case.received_on)
    )
    fact = rebuild(entry.fact, entry.on, entry.body)
    today = replace(fact, on=entry.at.astimezone(SHANGHAI).date())
    note(case, entry, why, moves(standing((today,), law), standing((fact,), law)))


@needs(Grant.CASE_APPLY)
@transaction.atomic
def hand_in(
    application: Application, *, by: Party, at: datetime, told: Told, may_lack: Collection[int] = ()
) -> Case:
    """Submit one's own application online: it is sealed and opens its case in the same breath.

    The moment at which the system has it is the receipt, also at night and on holidays (民法典 137).
    """
    sealed = online.submit(application, by=by, at=at, told=told, may_lack=may_lack)
    return _receive(sealed, places.here(), {}, by=by, at=at)


@needs(Grant.CASE_ACCEPT)
@transaction.atomic
def judge(case: Case, *, by: Officer, at: datetime, findings: Mapping[int, Found]) -> Case:
    """Write down what was found for each material; only before acceptance.

    A fact of the inner work: the applicant reads what is lacking in the notice. What an officer has typed
    and not sent (the draft of a page at the counter, an opinion not yet given) is no fact and nowhere recorded.
    """
    held = hold(case)
    if held.now.stage not in (Stage.RECEIVED, Stage.REFUSING):
        raise NotAllowed("本件已经受理或结束，不能再改材料核对结果。请刷新后再看。")
    looked = look(held.case)
    _refuse_untrue(looked, findings)
    if held.asked:
        _refuse_unnoticed(looked, findings, held.asked)
    if findings:
        _judge(held.case, findings, by=by, at=at)
        held.record(Judged(on=at.date(), **_told(findings)), by=by, at=at)
    return held.case


def _receive(
    application: Application,
    county: County,
    findings: Mapping[int, Found],
    *,
    by: Actor,
    at: datetime,
    on: date | None = None,
) -> Case:
    if application.sealed_at is None:
        raise NotAllowed("申请还没有提交，不能收件。")
    if application.applicant.barred_until is not None:
        refuse_barred(application.applicant, application.version.item.subject_id, at.date())
    judged = findings if isinstance(by, Officer) else {}
    try:
        with joined(), together(Subject, Case):
            case = _open(application, county, judged, by=by, at=at, day=on or at.date())
            if isinstance(by, Officer):
                _judge(case, judged, by=by, at=at)
            pack = pack_for(county, county.pack, at.date())
            number(case, application.version.item, pack.pack.initials, at)
    except IntegrityError:  # the same page sent twice
        return Case.objects.get(application=application, version=application.version)
    return case


def _judge(case: Case, findings: Mapping[int, Found], *, by: Officer, at: datetime) -> None:
    put(
        *(
            fresh(
                Verdict,
                case=case,
                material_id=material,
                finding=found.finding,
                reason=found.reason[:300],
                by=by,
                at=at,
            )
            for material, found in findings.items()
        ),
        leaves=True,
    )


def _refuse_unnoticed(looked: Looked, findings: Mapping[int, Found], asked: frozenset[str]) -> None:
    """After the one notice only what it named may fail: all else could have been seen the first time."""
    kinds = (Verdict.Finding.MISSING, Verdict.Finding.WRONG)
    late = [
        material.name
        for material in looked.materials
        if material.code not in asked and material.pk in findings and findings[material.pk].finding in kinds
    ]
    if late:
        raise Overreach(
            f"{'、'.join(late)}没有写进补正告知，不能再核为缺或不符：需要补正的全部内容只能一次告知"
            "（行政许可法第三十二条第一款第四项），第一次能看出的问题不得再提。请按原来的核对结果办。"
        )


def _refuse_untrue(looked: Looked, findings: Mapping[int, Found]) -> None:
    """Nothing beside the list, nothing found in order that never came, nothing left out that everybody needs."""
    listed = {material.pk: material for material in looked.materials}
    if not findings.keys() <= listed.keys():
        raise NotAllowed("只能核对本事项清单里的材料，请刷新后再核对。")
    for key, found in findings.items():
        material = listed[key]
        if not of_everybody(material):
            continue
        if found.finding == Verdict.Finding.NONE:
            raise NotAllowed(f"“{material.name}”是每个人都要交的，不能核为“不涉及”。没有交的，请核为“缺”。")
        if found.finding == Verdict.Finding.FITS and material.came_at is None:  # type: ignore[attr-defined]
            raise NotAllowed(
                f"没有收到“{material.name}”，不能核为“符合”。请核为“缺”；申请人当场交来的，再点“当场更正”。"
            )


def _told(findings: Mapping[int, Found]) -> dict[str, tuple[int, ...]]:
    """The findings as a fact keeps them: ids alone."""

    def of(*wanted: str) -> tuple[int, ...]:
        return tuple(sorted(key for key, found in findings.items() if found.finding in wanted))

    kinds = Verdict.Finding
    return {"fits": of(kinds.FITS), "lacking": of(kinds.MISSING, kinds.WRONG), "apart": of(kinds.NONE)}


def _open(
    application: Application,
    county: County,
    findings: Mapping[int, Found],
    *,
    by: Actor,
    at: datetime,
    day: date,
) -> Case:
    version = application.version
    pack = pack_for(county, county.pack, day)
    unnumbered = no_number_yet()
    subject = write.open_subject(application.county, "case", unnumbered)
    told = _told(findings)
    fact = Received(
        on=day,
        channel=application.channel,
        application=application.pk,
        route=route_for(version, pack).value,
        **told,
    )
    case = fresh(
        Case,
        county=application.county,
        subject=subject,
        application=application,
        version=version,
        department_id=application.department_id,
        applicant=application.applicant,
        number=unnumbered,
        enquiry_code=f"{secrets.randbelow(10**CODE_LENGTH):0{CODE_LENGTH}}",
        item_name=version.name,
        applicant_name=application.applicant.name,
        pack=county.pack,
        mode=application.mode,
        received_at=at,
        received_on=day,
        taken_by=by if isinstance(by, Officer) else None,
        taken_at_id=_hall(application, by),
    )
    put(renew(case, standing((fact,), law_for(version, application.channel, pack))))
    write.record(subject, fact, by=by, at=at, instead=instead_of(by, case, fact.name, None))
    return case


def _hall(application: Application, by: Actor) -> int | None:
    """The hall at whose counter it came in: the window's, else the clerk's own; none for what came online."""
    if application.channel in ONLINE:
        return None
    if application.window is not None:
        return application.window.hall_id
    return by.hall_for(Grant.INTAKE_RECEIVE) if isinstance(by, Officer) else None
