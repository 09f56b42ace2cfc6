"""开件: how does what a program sent become a sealed application and a case – at a window, or as the applicant's own?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from onewindow.cases.acts.accept import accept_with_receipt
from onewindow.cases.acts.receive import Found, hand_in, receive
from onewindow.cases.models import Case
from onewindow.catalogue.models import ItemVersion, Material
from onewindow.catalogue.reads import listed_in
from onewindow.intake import situation
from onewindow.intake.acts import Paper, Told, online, take_in
from onewindow.intake.acts.papers import refuse_faults
from onewindow.intake.form import NO, YES
from onewindow.intake.form import typed as as_typed
from onewindow.intake.models import Channel, Submitted
from onewindow.people.acts.parties import PartyData, file_party, require_real
from onewindow.people.models import Officer, Party
from onewindow.people.reads import party_by_paper
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from onewindow.web.api.ahead import Ahead
from onewindow.web.api.door import Caller
from onewindow.web.api.parts import kept
from onewindow.web.api.problems import Fault, Kind, Refusal
from onewindow.web.api.sent import ApplicantIn, ApplicationIn, MaterialIn


def at_the_window(
    caller: Caller, clerk: Officer, version: ItemVersion, told: ApplicationIn, ahead: Ahead
) -> Case:
    """The clerk's program takes the papers in, with what was found for each."""
    if not clerk.may(Grant.INTAKE_RECEIVE):
        raise NotGranted("这个令牌的账号没有“收件”的权限，请联系管理员。")
    if told.applicant is None:
        raise _fault("applicant", "窗口收件要写明申请人。")
    known = _materials(version, told.materials)
    _refuse_delivery(told)
    if any(one.files for one in told.materials):
        refuse_faults(version, told.form)  # before any file is kept; else `take_in` looks
    applicant = _applicant(caller, clerk, told.applicant, ahead)
    papers = [paper for n, one in enumerate(told.materials) for paper in _papers(caller, n, one, known)]
    application = take_in(
        version,
        by=clerk,
        at=caller.at,
        once=None,
        applicant=applicant,
        window=clerk.window,
        form=told.form,
        papers=papers,
        told=_beside(told),
    )
    findings = {known[m.code].pk: Found(m.finding, m.reason) for m in told.materials if m.finding}
    case = receive(
        application,
        by=clerk,
        at=caller.at,
        findings=findings,
        county=caller.county,
        on=told.received_on,
        why_late=told.why_late,
    )
    return accept_with_receipt(case, by=clerk, at=caller.at, county=caller.county)


def online_by(caller: Caller, party: Party, version: ItemVersion, told: ApplicationIn) -> Case:
    """The applicant's own program fills in, adds the files and submits, by the acts of the pages."""
    known, once = _materials(version, told.materials), uuid4()
    judged = next((n for n, one in enumerate(told.materials) if one.finding), None)
    if judged is not None:
        raise _fault(f"materials.{judged}.finding", "核对结果由窗口写，申请人不写。")
    if told.received_on is not None:
        raise _fault("received_on", "网上提交的以系统收到的时间为准，请删去这一项。")
    _refuse_situation(version, told.situation)
    _refuse_delivery(told)
    applicant = _spoken_for(party, told.applicant)
    draft = online.begin(version, by=party, at=caller.at, once=once, applicant=applicant, channel=Channel.WEB)
    if draft.once != once:
        raise NotAllowed("这个事项已经有一份没有提交的草稿，请先到“我的办件”里提交或者删除。")
    typed = {key: _texts(value) for key, value in told.form.items()}
    typed |= {situation.PREFIX + key: [value] for key, value in told.situation.items()}
    draft = online.save(draft, by=party, at=caller.at, names=list(typed), typed=typed)
    refuse_faults(version, as_typed(version.form, draft.draft))  # before any file is kept
    for n, one in enumerate(told.materials):
        if not one.files:
            raise _fault(f"materials.{n}.files", "网上申请要附上文件。")
        for file in kept(caller.county, caller.at, f"materials.{n}.files", one.files):
            material, until = known[one.code], one.valid_until
            online.attach(draft, by=party, at=caller.at, material=material, file=file, valid_until=until)
    try:
        return hand_in(draft, by=party, at=caller.at, told=_beside(told))
    except online.PapersMissing as lacking:
        raise _missing(version, lacking) from lacking


def _applicant(caller: Caller, clerk: Officer, told: ApplicantIn, ahead: Ahead) -> Party:
    """The file of this paper; one is opened for somebody who comes for the first time."""
    found = ahead.holder(told)
    try:
        if found is None or found.name != told.name:
            data = PartyData(
                **told.model_dump(exclude={"guardian"}), guardian=_guardian(caller, clerk, told, ahead)
            )
            found = file_party(data, by=clerk, at=caller.at)
        require_real(found, caller.county)
    except NotAllowed as refusal:
        refusal.within = getattr(refusal, "within", "applicant")  # type: ignore[attr-defined]
        raise
    return found


def _guardian(caller: Caller, clerk: Officer, told: ApplicantIn, ahead: Ahead) -> Party | None:
    """The file of whoever acts for a child; it is opened with the child's."""
    if told.guardian is None:
        return None
    try:
        return _applicant(caller, clerk, ApplicantIn(**told.guardian.model_dump()), ahead)
    except NotAllowed as refusal:
        refusal.within = "applicant.guardian"  # type: ignore[attr-defined]
        raise


def _spoken_for(party: Party, told: ApplicantIn | None) -> Party:
    """Himself, or whoever was named, when he speaks for him."""
    if told is None:
        return party
    found = party_by_paper(told.paper_kind, told.paper_number, nation=told.nation, name=told.name)
    if found is None or found.pk not in party.speaks_for | party.claims_for:
        raise _fault("applicant", "只能替本人、所监护的人或者所代表的单位申请。")
    return found


def _materials(version: ItemVersion, told: Sequence[MaterialIn]) -> Mapping[str, Material]:
    """The materials of the list by their codes; nothing outside the list may be handed in (行政许可法 31)."""
    codes = [one.code for one in told]
    found = listed_in(version, codes)
    faults = []
    for n, code in enumerate(codes):
        if code not in found:
            faults.append(Fault(field=f"materials.{n}.code", message="不在本事项的材料清单里，不得收取。"))
        elif code in codes[:n]:
            faults.append(Fault(field=f"materials.{n}.code", message="同一份材料写了两次。"))
    if faults:
        raise Refusal(Kind.FAULTS, f"材料有 {len(faults)} 处需要改正。", faults)
    return found


def _papers(caller: Caller, n: int, one: MaterialIn, known: Mapping[str, Material]) -> Iterator[Paper]:
    """What came in of one material: a sheet for each picture of it, or the paper alone."""
    if one.finding == "missing":
        return
    paper = Paper(known[one.code], original=one.original, copies=one.copies, valid_until=one.valid_until)
    scans = kept(caller.county, caller.at, f"materials.{n}.files", one.files)
    yield from (replace(paper, how=Submitted.How.SCAN, file=scan) for scan in scans)
    if not scans:
        yield paper


def _refuse_situation(version: ItemVersion, told: Mapping[str, str]) -> None:
    """Every question of the guide has to be answered by one of its options, and nothing else be answered."""
    asked = {question.key: question for question in situation.questions(version)}
    faults = [
        Fault(field=f"situation.{key}", message="指南里没有这个情形问题，请删去。")
        for key in told
        if key not in asked
    ]
    for key, question in asked.items():
        if told.get(key) not in dict(question.options):
            words = "，".join(f"{code} {word}" for code, word in question.options)
            faults.append(Fault(field=f"situation.{key}", message=f"{question.ask}请写一项：{words}。"))
    if faults:
        raise Refusal(Kind.FAULTS, f"情形有 {len(faults)} 处需要改正。", faults)


def _refuse_delivery(told: ApplicationIn) -> None:
    """What the pages ask about the way in which the result comes."""
    if told.delivery_way == "courier" and not told.delivery_address:
        raise _fault("delivery_address", "选了邮寄，请填写邮寄地址。")
    if told.delivery_way == "download" and not told.e_service:
        raise _fault("e_service", "网上下载要先同意电子送达；不同意的，请选窗口领取或者邮寄。")


def _missing(version: ItemVersion, lacking: online.PapersMissing) -> Refusal:
    """Materials that this situation needs, by their codes."""
    rows = version.materials.filter(pk__in=lacking.missing).order_by("order")
    faults = [Fault(field=f"materials.{one.code}", message=f"请交“{one.name}”。") for one in rows]
    return Refusal(Kind.FAULTS, str(lacking), faults)


def _beside(told: ApplicationIn) -> Told:
    return Told(
        phone=told.phone,
        delivery_way=told.delivery_way,
        delivery_address=told.delivery_address,
        e_service=told.e_service,
        mode=told.mode,
    )


def _texts(value: Any) -> list[str]:
    """A value of the form as the page would have sent it."""
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(value, bool):
        return [YES if value else NO]
    return [] if value is None else [str(value)]


def _fault(field: str, message: str) -> Refusal:
    return Refusal(Kind.FAULTS, message, [Fault(field=field, message=message)])
