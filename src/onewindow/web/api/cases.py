"""办件接口: which cases are there, how far is one, how were its days counted, and what do its letters say?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.urls import reverse
from ninja import Query, Router

from onewindow.cases.models import Case
from onewindow.cases.reads import told, work
from onewindow.cases.reads.progress import Progress, progress, wanted
from onewindow.cases.reads.visible import Asked
from onewindow.cases.reads.whole import Whole, whole
from onewindow.cases.reads.work import light_of, light_told
from onewindow.ground import files
from onewindow.letters.models import Letter
from onewindow.letters.proofs import Words
from onewindow.letters.reads import LISTED, Listed, listed
from onewindow.people.models import ApiToken, Officer, Party
from onewindow.rules import fees, third
from onewindow.rules.clock import UNIT_WORDS
from onewindow.rules.kinds_of_case import KIND_WORDS, MODE_WORDS, CaseKind, Mode
from onewindow.rules.pack import LOCAL_WORDS
from onewindow.rules.special import Procedure, procedures
from onewindow.rules.stages import STAGE_WORDS, Stage
from onewindow.rules.standing import Standing, TermState
from onewindow.web.api import shapes, ways
from onewindow.web.api.door import ApiRequest, Caller, Door
from onewindow.web.api.promised import deferral_of, promise_of
from onewindow.web.api.records import records_of
from onewindow.web.api.refusals import WITH_TOKEN, refusals
from onewindow.web.api.shapes import Word, said
from onewindow.web.proofsheets import began, lines, sheet
from onewindow.web.views.proof import pdf
from onewindow.web.views.track import dates

PAGE = 100
READ = ApiToken.Scope.READ
NUMBER = Asked(lambda visible, number: visible.filter(number=number).select_related("subject"))
WITH_LETTERS: Asked[Case] = Asked(lambda visible, number: wanted(visible, number).annotate(w_letters=LISTED))
router = Router(tags=["办件"])
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_PDF = {"description": "签章文书", "content": {"application/pdf": _BYTES}}
_SHEET = {"description": "期限证明，不是法律文书，不盖章", "content": {"application/pdf": _BYTES}}
After = Annotated[
    str, Query(max_length=20, pattern="^(_[0-9]{1,18})?$", description="上一页的 next，原样带上")
]
StageCode = Annotated[Stage | None, Query(description="只要这个阶段的")]


@router.get("/cases", auth=Door("cases", READ, a_minute=600), response=refusals(shapes.Page, *WITH_TOKEN))
def cases(
    request: ApiRequest,
    stage: StageCode = None,
    kind: Annotated[CaseKind | None, Query(description="只要这个办件类型的")] = None,
    mode: Annotated[Mode | None, Query(description="只要这种办理方式的")] = None,
    open: Annotated[bool | None, Query(description="true 只要没办结的，false 只要办结的")] = None,
    after: After = "",
    size: Annotated[int, Query(ge=1, le=PAGE)] = PAGE,
) -> HttpResponse:
    """办件列表: 看得见的办件，最近收的在前，每页最多 100 件，按 after 翻页。"""
    caller = request.auth
    found = caller.visible
    if stage is not None:
        found = found.filter(stage=stage.value)
    wanted = {"kind": kind, "mode": mode}
    found = found.filter(**{name: one.value for name, one in wanted.items() if one is not None})
    if open is not None:
        found = found.filter(is_open=open)
    lines, following = work.latest(found, caller.today, after=after, size=size)
    count = work.bounded_counts({"all": found})["all"]
    rows = [_row(line, caller) for line in lines]
    return said(shapes.Page.model_construct(cases=rows, count=work.shown(count), next=following or None))


@router.get(
    "/cases/{number}",
    auth=Door("case", READ, a_minute=1200),
    response=refusals(shapes.CaseOut, 404, *WITH_TOKEN),
)
def case(request: ApiRequest, number: str) -> HttpResponse:
    """一件的进度: 阶段、期限、经过和文书。别的部门的办件查不到。"""
    caller = request.auth
    found = progress(caller.find(WITH_LETTERS, number), caller.county)
    return said(_case(found, listed(found.case), caller))


@router.get(
    "/cases/{number}/proof",
    auth=Door("proof", READ, a_minute=300),
    response=refusals(shapes.Proof, 404, *WITH_TOKEN),
)
def proof(request: ApiRequest, number: str) -> HttpResponse:
    """怎么算的: 每个期限逐日列出算不算、为什么，并引条文原话。"""
    caller = request.auth
    found = whole(caller.visible, caller.find(NUMBER, number).number, caller.county)
    terms = [_proved(found, key, request.auth) for key in found.terms]
    return said(shapes.Proof(number=found.case.number, terms=terms))


@router.get(
    "/cases/{number}/proof/{term}/pdf",
    auth=Door("proof-pdf", READ, a_minute=60),
    response=refusals(None, 404, *WITH_TOKEN),
    openapi_extra={"responses": {200: _SHEET}},
)
def proof_pdf(request: ApiRequest, number: str, term: str) -> HttpResponse:
    """一个期限的证明: 每天一行的 PDF，和 getProof 说的一样。"""
    caller = request.auth
    found = whole(caller.visible, caller.find(NUMBER, number).number, caller.county)
    if term not in found.terms:
        raise Http404("这件没有这个期限，有哪些期限见 getProof。")
    return pdf(sheet(found, term, caller.at, demo=caller.county.demo))


@router.get(
    "/cases/{number}/letters/{letter}",
    auth=Door("letter", READ, a_minute=300),
    response=refusals(None, 404, *WITH_TOKEN),
    openapi_extra={"responses": {200: _PDF}},
)
def letter(request: ApiRequest, number: str, letter: int) -> HttpResponse:
    """一份文书: 盖章签名的 PDF 原件。"""
    subject = request.auth.find(NUMBER, number).subject_id
    one = Letter.objects.filter(pk=letter, subject=subject).select_related("file").first()
    if one is None:
        raise Http404("没有这份文书，请核对编号。")
    answer = HttpResponse(files.read(one.file), content_type=one.file.media_type)
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(one.title)}.pdf"
    answer["Cache-Control"] = "no-store"
    return answer


def stage_of(stage: str, caller: Caller) -> Word:
    """The stage in the office's words, or in the applicant's."""
    return (_TO_APPLICANTS if isinstance(caller.actor, Party) else _TO_OFFICES)[stage]


_TO_OFFICES = {stage.value: Word(code=stage.value, word=word) for stage, word in STAGE_WORDS.items()}
_KINDS = {kind.value: Word(code=kind.value, word=word) for kind, word in KIND_WORDS.items()}
_MODES = {mode.value: Word(code=mode.value, word=word) for mode, word in MODE_WORDS.items()}
_TO_APPLICANTS = {stage.value: Word(code=stage.value, word=word) for stage, word in told.STAGES.items()}


def _row(line: work.Line, caller: Caller) -> shapes.Row:
    return shapes.Row.model_construct(
        number=line.number,
        item=line.item_name,
        applicant=line.applicant_name,
        stage=stage_of(line.stage, caller),
        kind=_KINDS[line.kind],
        mode=_MODES[line.mode],
        light=Word.model_construct(code=line.light.colour, word=line.light.word),
        received_on=line.received_on,
        due_on=line.due_on,
        legal_due_on=line.legal_due_on,
        provisional=line.provisional,
        unpaid=line.unpaid,
        closed_on=line.closed_on,
    )


def _case(found: Progress, letters: Sequence[Listed], caller: Caller) -> shapes.CaseOut:
    case, today = found.case, caller.today
    light = (light_told if isinstance(caller.actor, Party) else light_of)(case, today)
    return shapes.CaseOut(
        number=case.number,
        national_number=case.national_number,
        item=shapes.ItemRef(code=case.version.item.address, name=case.item_name, version=case.version.number),
        department=case.department.name,
        applicant=case.applicant_name,
        applicant_died_on=case.applicant.died_on if isinstance(caller.actor, Officer) else None,
        stage=Word(code=case.stage, word=told.stage_words(case.stage)),
        kind=_KINDS[case.kind],
        mode=_MODES[case.mode],
        light=Word(code=light.colour, word=light.word),
        received_at=case.received_at,
        accepted_on=case.accepted_on,
        decided_on=case.decided_on,
        closed_on=case.closed_on,
        due_on=case.due_on,
        legal_due_on=case.legal_due_on,
        provisional=case.provisional,
        terms=[shapes.Term(**term_of(state)) for state in found.now.terms],
        procedures=[_procedure(found.now, one, today) for one in procedures(found.now.seen)],
        bills=[_bill(one) for one in fees.bills(found.now.seen)],
        heard=sum(not one.gone for one in third.states(found.now.seen)),
        deferral=deferral_of(found.now),
        promise=promise_of(found.now),
        thirds=ways.thirds_of(found.now.seen, caller.actor),
        upward=ways.upward_of(found),
        renewal=ways.renewal_of(found.now.seen),
        instant=ways.instant_of(found.now.seen, caller.actor),
        filing=ways.filing_of(found.now.seen),
        timeline=[step_of(step) for step in told.steps(found)],
        result=_result(case),
        letters=[_letter(one, case.number) for one in letters],
        records=records_of(found.entries) if isinstance(caller.actor, Officer) else [],
        seen=case.subject.length,
    )


def term_of(state: TermState) -> dict[str, Any]:
    term, reckoning = state.term, state.reckoning
    return {
        "name": term.name,
        "title": term.title_zh,
        "days": reckoning.days,
        "extended_days": reckoning.extended.days if reckoning.extended else 0,
        "unit": Word(code=reckoning.unit, word=UNIT_WORDS[reckoning.unit]),
        "legal": term.legal,
        "owed_by": term.owed_by,
        "start": reckoning.start,
        "due": state.due,
        "ended": state.ended,
        "rests_since": state.rests_since,
        "provisional": reckoning.provisional,
        "provisional_words": dates.PROVISIONAL if reckoning.provisional else "",
        "note": LOCAL_WORDS if term.setting else "",
    }


def _bill(one: fees.BillState) -> shapes.BillOut:
    return shapes.BillOut(
        id=one.bill,
        pay_number=one.pay_number,
        total=str(one.total),
        relief=str(one.relief),
        due=str(one.due),
        paid=None if one.paid is None else str(one.paid),
        refunded=str(one.back),
        pay_by=one.pay_by,
        before=Word(code=one.before, word=fees.BEFORE_WORDS[one.before]),
    )


def _procedure(now: Standing, one: Procedure, today: date) -> shapes.ProcedureOut:
    return shapes.ProcedureOut(
        id=one.number,
        kind=one.kind,
        begun_on=one.begun,
        planned_end=one.planned_end,
        ended_on=one.ended,
        stops=[state.term.name for state in now.terms if one.kind in state.term.stops_for],
        overrun=one.overrun(today),
    )


def _proved(found: Whole, key: str, caller: Caller) -> shapes.TermProof:
    state = found.terms[key]
    told, drawn = dates.explained(found, state), sheet(found, key, caller.at, demo=caller.county.demo)
    start = began(found, state)
    return shapes.TermProof(
        **term_of(state),
        key=key,
        began=start
        and shapes.BeganOut(fact=start.entry.fact, word=start.word, on=start.entry.on, at=start.entry.at),
        why=told.why,
        clauses=[_clause(one) for one in drawn.clauses],
        rules=[_clause(one) for one in drawn.rules],
        days_proved=[shapes.ProofLine(**vars(day)) for day in lines(found, state, caller.today)],
        pdf=reverse("api-1:proof_pdf", args=[found.case.number, key]),
    )


def _clause(one: Words) -> shapes.ClauseOut:
    return shapes.ClauseOut(source=one.source, clause=one.clause, quote=one.quote)


def step_of(step: told.Step) -> shapes.Step:
    return shapes.Step(
        state=step.state, title=step.title, at=step.at, where=step.where, text=step.text, voided=step.voided
    )


def _result(case: Case) -> shapes.ResultOut | None:
    """What was granted; None before a decision and after a denial."""
    decision = getattr(case, "decision", None)
    if decision is None or not decision.granted:
        return None
    return shapes.ResultOut(
        name=decision.result_name,
        number=decision.result_number,
        valid_from=decision.valid_from,
        valid_until=decision.valid_until,
        revoked_on=decision.revoked_on,
    )


def _letter(one: Listed, number: str) -> shapes.LetterOut:
    return shapes.LetterOut(
        id=one.id,
        title=one.title,
        number=one.number,
        issued_on=one.issued_on,
        code=one.code,
        replaced=bool(one.replaced_by),
        replaced_by=one.replaced_by,
        replaces=one.replaces,
        served_at=one.served_at,
        served_by=one.served_by,
        waits=one.waits,
        tracking=one.tracking,
        correction=one.correction,
        void_on=one.void_on,
        revoked_on=one.revoked_on,
        url=reverse("api-1:letter", args=[number, one.id]),
    )
