"""各文书各自要说的: what does each kind of letter add to what all letters say?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from onewindow.cases.judged import defect
from onewindow.cases.models import (
    Correction,
    CorrectionPoint,
    Decision,
    Extension,
    Procedure,
    Question,
    Refusal,
    Verdict,
)
from onewindow.cases.reads.told import stage_words
from onewindow.catalogue.models import Material
from onewindow.letters import shorter, told_longer, told_others, told_promise, words
from onewindow.letters.asked_first import first_asked
from onewindow.letters.compose import Matter, enquiry
from onewindow.letters.data import Cite, Paper, Special
from onewindow.letters.papers import DELIVERY, each_once, fee_words, papers_of, valid_words
from onewindow.letters.served import service
from onewindow.letters.told_upward import TOLD as UPWARD
from onewindow.letters.voided import fallen_with
from onewindow.rules.clock import ORGAN, UNIT_WORDS, Reckoning
from onewindow.rules.facts import CorrectionReceived
from onewindow.rules.kinds_of_case import KIND_MEANS, KIND_WORDS
from onewindow.rules.record import WRONG_WORDS, Wrong
from onewindow.rules.special import HEARING, LENGTHENED, procedures

More = dict[str, Any]


def receipt(matter: Matter) -> More:
    return {
        "papers": papers_of(matter) or (Paper(name="没有收到材料", copies=0, form="无", source="无"),),
        "term": matter.term("accept", "收件"),
        "case_kind": case_kind(matter),
        "first_asked": first_asked(matter),
        "fee": fee_words(matter.case.version.content),
        **enquiry(matter),
        "basis": matter.cites("accept.deemed"),
    }


def case_kind(matter: Matter) -> str:
    """即办件，直接办理, as the guide plans it and the applicant chose."""
    kind = matter.law.kind
    return f"{KIND_WORDS[kind]}（{KIND_MEANS[kind]}），{matter.case.mode_word}"


def originals_taken(matter: Matter) -> More:
    rows = matter.case.application.submitted.filter(original=True, added_at__lte=matter.entry.at)
    papers = rows.select_related("material")
    return {"papers": tuple(Paper(name=row.material.name, copies=row.copies) for row in papers)}


def correction(matter: Matter) -> More:
    asked = Correction.objects.get(pk=matter.fact.correction)
    days = matter.law.calendar.between(matter.fact.on, matter.fact.reply_by)
    provisional = matter.law.calendar.provisional(matter.fact.on, matter.fact.reply_by)
    reckoning = Reckoning(matter.fact.on, days, "working", matter.fact.reply_by, provisional)
    return {
        "papers": _defects(matter, asked),
        "term": matter.told(reckoning, "告知", local=True),
        "second": asked.second,
        "late": asked.why_late,
        "basis": _law_of_correction(matter),
        "ways": _ways_back(matter),
    }


def _law_of_correction(matter: Matter) -> tuple[Cite, ...]:
    """The nation's law before the province's: 行政许可法 32 for a licence, whatever a lower text adds."""
    pack = matter.pack.pack
    rules = pack.rules_of("correction.once", matter.pack.on, matter.case.version.kind)
    cites = (next((c for c in rule.cites if pack.sources[c.source].kind == "law"), None) for rule in rules)
    found = [Cite(law=pack.sources[cite.source].title, article=cite.clause) for cite in cites if cite]
    return tuple(dict.fromkeys(reversed(found)))


def _defects(matter: Matter, asked: Correction) -> tuple[Paper, ...]:
    """Each material with what was found and how to put it right, in the words that were written for it."""
    found = _found_by(matter)
    return tuple(
        _defect(point, found.get(point.material_id), asked.what_is_wrong)
        for point in asked.points.select_related("material").order_by("material__order")
    )


def _defect(point: CorrectionPoint, verdict: Verdict | None, what_is_wrong: str) -> Paper:
    problem, how = defect(point, point.material, verdict, what_is_wrong)
    return Paper(name=point.material.name, problem=problem, how=how)


def _ways_back(matter: Matter) -> tuple[str, ...]:
    """Whoever applied online answers there too; only he who came to a window has one to come back to."""
    online, none = "凭办件编号和查询码在网上补交", "没有可以补正的，也可以这样答复，本机关照现有材料处理"
    if matter.case.application.window_id is None:
        return (online, "交到办事大厅综合窗口", "邮寄到办事大厅", none)
    return ("交到原收件窗口", "邮寄到办事大厅", online, none)


def correction_received(matter: Matter) -> More:
    codes = set(matter.fact.materials)
    rows = matter.case.application.submitted.filter(material__code__in=codes, added_at=matter.entry.at)
    if not codes:
        return {
            "nothing": True,
            "received_on": matter.fact.on,
            "term": matter.term("check_correction", "收到答复"),
        }
    return {
        "papers": each_once(rows.select_related("material").order_by("material__order", "pk")),
        "received_on": matter.fact.on,
        "term": matter.term("check_correction", "收到补正材料"),
    }


def accepted(matter: Matter) -> More:
    silent = matter.fact.name == "AcceptedBySilence"
    lacking = () if silent else _still_lacking(matter)
    answers = [fact for fact in matter.facts if isinstance(fact, CorrectionReceived)]
    corrected = any(fact.materials for fact in answers)
    promised = matter.term("promised", "受理")
    legal = matter.term("decide", "受理") or matter.term("first_look", "受理")
    content = matter.case.version.content
    return {
        "papers": papers_of(matter),
        "term": promised or legal,
        "legal_term": legal if promised else None,
        **enquiry(matter),
        "specials": _stopping(matter),
        "fee": fee_words(content),
        "by_silence": silent,
        "at_receipt": at_receipt(matter),
        "first_asked": first_asked(matter) if at_receipt(matter) else "",
        "case_kind": case_kind(matter),
        "corrected": corrected,
        "nothing": bool(answers) and not answers[-1].materials,
        "lacking": lacking,
        "made_by": shorter.made_by(matter),
        "basis": _law_of_acceptance(matter, silent=silent, as_is=bool(lacking)),
        **told_promise.accepted(matter),
    }


def at_receipt(matter: Matter) -> bool:
    """收件即受理: taken in and accepted in one moment, so that one letter says both."""
    said = matter.pack.holds("intake.receipt_is_acceptance", matter.case.version.kind)
    return said and matter.fact.name == "Accepted" and matter.entry.at == matter.case.received_at


def _stopping(matter: Matter) -> tuple[str, ...]:
    """Those of the guide's special procedures whose time is not counted."""
    stops = {kind for state in matter.now.running() for kind in state.term.stops_for}
    listed = matter.case.version.content.get("special", ())
    return tuple(one["name"] for one in listed if one["name"] in stops)


def _law_of_acceptance(matter: Matter, *, silent: bool, as_is: bool) -> tuple[Cite, ...]:
    """Accepted because nobody answered, because all is there, or because all could be asked for only once."""
    if as_is:
        return _law_of_correction(matter)
    return matter.cites("accept.deemed" if silent else "accept.when_complete")


def _still_lacking(matter: Matter) -> tuple[Paper, ...]:
    """What stays found lacking where it was accepted on what is there."""
    if not matter.fact.lacking:
        return ()
    found = _found_by(matter)
    listed = Material.objects.filter(pk__in=matter.fact.lacking).order_by("order")
    return tuple(Paper(name=one.name, problem=_problem(found[one.pk])) for one in listed if one.pk in found)


def _problem(verdict: Verdict) -> str:
    word = "没有提交" if verdict.finding == Verdict.Finding.MISSING else "不符合要求"
    return f"{word}：{verdict.reason.strip()}" if verdict.reason.strip() else word


def _found_by(matter: Matter) -> dict[int, Verdict]:
    """The verdict on each material that held at the moment of the fact."""
    verdicts = Verdict.objects.filter(case=matter.case, at__lte=matter.entry.at).order_by("pk")
    return {verdict.material_id: verdict for verdict in verdicts}


def refused(matter: Matter) -> More:
    refusal = Refusal.objects.get(pk=matter.fact.refusal)
    rules = {
        "refused": "accept.sealed_document",
        "not_ours": "refuse.not_ours",
        "not_needed": "refuse.not_needed",
    }
    typed = (Cite(law=refusal.basis, article=""),) if refusal.basis.startswith("《") else ()
    return {
        "reasons": tuple(line.strip() for line in refusal.reasons.splitlines() if line.strip()),
        "go_to": refusal.go_to,
        "basis": typed or matter.cites(rules[refusal.kind]),
        "made_by": shorter.made_by(matter),
    }


def explanation(matter: Matter) -> More:
    question = Question.objects.get(pk=matter.fact.question)
    days = matter.law.calendar.between(matter.fact.on, question.reply_by)
    provisional = matter.law.calendar.provisional(matter.fact.on, question.reply_by)
    reckoning = Reckoning(matter.fact.on, days, "working", question.reply_by, provisional)
    return {
        "questions": (question.text,),
        "term": matter.told(reckoning, "告知", local=True),
        "legal_term": matter.term("promised", "受理") or matter.term("decide", "受理"),
        "ways": ("到原收件窗口说明", "凭办件编号和查询码在网上说明"),
    }


def extended(matter: Matter) -> More:
    asked = Extension.objects.get(pk=matter.fact.extension)
    state = next(s for s in matter.now.terms if s.term.name == LENGTHENED)
    own = _own_basis(matter, (matter.case.version.content.get("limit") or {}).get("extension_basis", ()))
    return {
        "reasons": (asked.reason,),
        "longer": f"{asked.days}{UNIT_WORDS[state.reckoning.unit]}",
        "term": matter.term(LENGTHENED, "受理"),
        "approved_by": state.reckoning.extended.approved_by if state.reckoning.extended else ORGAN,
        "basis": own if asked.own else matter.cites(*_law_of_longer(matter)),
    }


def _law_of_longer(matter: Matter) -> tuple[str, ...]:
    if matter.fact.joint:
        return ("decide.joint_extension",)
    return ("decide.extension", "decide.reason_when_extended")


def procedure(matter: Matter) -> More:
    row = Procedure.objects.select_related("host").get(pk=matter.fact.procedure)
    stopped = [s.term.title_zh for s in matter.now.running() if row.kind in s.term.stops_for]
    special = Special(
        name=row.kind,
        parties=row.parties,
        place=row.place,
        why=row.why,
        begins=row.begun_on,
        until=matter.fact.planned_end,
        days=matter.law.calendar.between(row.begun_on, matter.fact.planned_end),
        limit=f"{row.limit_days}{UNIT_WORDS[matter.case.version.promised_unit]}" if row.limit_days else "",
        stops=tuple(stopped),
        held_on=row.held_on,
        host=row.host.name if row.host else "",
    )
    listed = matter.case.version.content.get("special", ())
    keys = next((one.get("basis", ()) for one in listed if one.get("name") == row.kind), ())
    told = matter.cites("pauses.told") if stopped else ()
    if row.kind == HEARING and not keys:
        told = (*matter.cites("hearing.ask_days"), *told)
    return {"special": special, "basis": tuple(dict.fromkeys((*_own_basis(matter, keys), *told)))}


def _own_basis(matter: Matter, keys: Iterable[str]) -> tuple[Cite, ...]:
    """The laws that the guide names for it."""
    known = {one.get("key"): one for one in matter.case.version.content.get("basis", ())}
    return tuple(
        Cite(law=known[key].get("law", ""), article=known[key].get("article", ""))
        for key in keys
        if key in known
    )


def withdrawn(matter: Matter) -> More:
    return {"asked_on": matter.fact.on}


def lapsed(matter: Matter) -> More:
    return {"asked_on": matter.now.day_of("CorrectionAsked")}


def granted(matter: Matter) -> More:
    decision = Decision.objects.get(pk=matter.fact.decision)
    rows = [("结果名称", decision.result_name), ("编号", decision.result_number), ("决定", decision.text)]
    if decision.valid_until:
        rows.append(("有效期", valid_words(decision)))
    return {
        "result": tuple((name, text) for name, text in rows if text),
        "delivery": DELIVERY.get(matter.case.application.delivery_way, ""),
        "term": matter.term("deliver", "决定"),
        "basis": matter.cites("decision.written"),
        "made_by": shorter.made_by(matter),
        "heard_on": _heard_on(matter),
    }


def _heard_on(matter: Matter) -> date | None:
    """The hearing that was held in the case, on whose record it is decided (行政许可法 48)."""
    if not any(one.kind == HEARING for one in procedures(matter.facts)):
        return None
    held = Procedure.objects.filter(case=matter.case, kind=HEARING, outcome=Procedure.Outcome.DONE)
    last = held.order_by("-pk").first()
    return last.held_on if last else None


def denied(matter: Matter) -> More:
    decision = Decision.objects.get(pk=matter.fact.decision)
    typed = (Cite(law=decision.basis, article=""),) if decision.basis.startswith("《") else ()
    return {
        "reasons": tuple(line.strip() for line in decision.grounds.splitlines() if line.strip()),
        "basis": typed or matter.cites("decision.reasons"),
        "made_by": shorter.made_by(matter),
        "heard_on": _heard_on(matter),
    }


def originals_returned(matter: Matter) -> More:
    rows = matter.case.application.submitted.filter(
        original=True, material__code__in=matter.fact.materials
    ).select_related("material")
    return {"papers": tuple(Paper(name=row.material.name, copies=row.copies) for row in rows)}


def annulled(matter: Matter) -> More:
    """Each letter that fell, why in public words, and where the case stands without them."""
    rows = [(one.title, f"{one.number}，{words.day(one.issued_on)}") for one in fallen_with(matter.entry)]
    state = next((s for s in matter.now.running() if s.due and s.due == matter.now.due_on), None)
    term = matter.term(state.term.name, "") if state is not None else None
    until = f"，{state.term.title_zh}至{words.due(term)}" if state is not None and term is not None else ""
    return {
        "annuls": tuple(rows),
        "reasons": (f"{WRONG_WORDS[Wrong(matter.fact.cause)][1]}。",),
        "stands": f"本件现在的办理阶段为“{stage_words(matter.now.stage)}”{until}。",
    }


TOLD: dict[str, Callable[[Matter], More]] = {
    **told_others.TOLD,
    "receipt": receipt,
    "originals_taken": originals_taken,
    "correction": correction,
    "correction_received": correction_received,
    "accepted": accepted,
    "refused": refused,
    "not_ours": refused,
    "not_needed": refused,
    "explanation": explanation,
    "exempted": shorter.exempted,
    "filed": shorter.filed,
    "extended": extended,
    "procedure": procedure,
    "prolonged": told_longer.prolonged,
    "host": told_longer.host,
    "withdrawn": withdrawn,
    "lapsed": lapsed,
    "granted": granted,
    "denied": denied,
    "service": service,
    "annulled": annulled,
    "originals_returned": originals_returned,
    **UPWARD,
    "deferral": lambda matter: told_promise.deferral(matter, papers_of(matter)),
    **told_promise.TOLD,
}
