"""机审看什么: which of a case does a decision table get to see, and how is what it found told?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from onewindow.cases.judged import look
from onewindow.cases.models import Case, Decision, Verdict
from onewindow.cases.write import Held
from onewindow.catalogue.models import ItemVersion, Material
from onewindow.intake.models import ONLINE, Submitted
from onewindow.intake.situation import filled_in_online, of_everybody
from onewindow.rules.facts import Received
from onewindow.rules.instant import OF_WORDS, Known, Of, PaperSeen, Row, Trace, sentence


def complete(held: Held) -> bool:
    """Whether everything came: online it is not submitted before; at a window the clerk has looked."""
    if held.case.application.channel in ONLINE:
        return True
    if any(isinstance(fact, Received) and fact.lacking for fact in held.facts):
        return False
    looked = look(held.case)
    return looked.any_found and not looked.pending and not looked.lacking


def known(held: Held, rows: Sequence[Row], on: date) -> Known:
    """What the rows look at, read for this case; the applicant's answers leave this function in memory alone."""
    case = held.case
    return seen_of(case, rows, on, _papers(case))


def seen_of(case: Case, rows: Sequence[Row], on: date, papers: Mapping[str, PaperSeen]) -> Known:
    """The same for a case that is only read."""
    wanted = {row.key for row in rows if row.of == Of.HOLDING}
    return Known(
        on=on,
        paper=case.applicant.paper_number,
        name=case.applicant.name,
        fields=case.application.form,
        materials=papers,
        holdings=_holdings(case, wanted, on) if wanted else frozenset(),
    )


def paper_seen(material: Material, rows: Sequence[Submitted], found: str | None) -> PaperSeen:
    """One material as a table sees it."""
    days = [row.valid_until for row in rows if row.valid_until is not None]
    return PaperSeen(
        came=bool(rows),
        everybody=of_everybody(material),
        file=any(row.file_id or row.how == Submitted.How.FORM for row in rows),
        valid_until=min(days, default=None),
        fits=None if found is None else found == Verdict.Finding.FITS,
    )


def lines(held: Held, rows: Sequence[Row], trace: Trace) -> list[dict[str, Any]]:
    """Each row with what was found, and what no row answers for; nothing that somebody filled in."""
    version = held.case.version
    names = names_of(version, held.case.version.materials.all())
    told = [
        {"row": one.row, "held": one.held, "says": said(rows[one.row - 1], names, version.content)}
        for one in trace.found
    ]
    return [*told, *_uncovered(held, rows)]


def said(row: Row, names: Mapping[tuple[str, str], str], content: Mapping[str, Any]) -> str:
    """A row with its clause, as the examiner, the applicant and the draft's author read it."""
    table = {one.get("key"): one for one in content.get("basis", ())}
    cites = [f"《{table[k]['law']}》{table[k]['article']}" for k in row.basis if k in table]
    words = sentence(row, names.get((row.of, row.key), row.key))
    return f"{words}（{'、'.join(cites)}）" if cites else words


def names_of(version: ItemVersion, materials: Iterable[Material]) -> dict[tuple[str, str], str]:
    """What each field, material and holding is called."""
    properties = (version.form.get("schema") or {}).get("properties", {})
    called = {(Of.FIELD.value, key): str(one.get("title") or key) for key, one in properties.items()}
    called |= {(Of.MATERIAL.value, one.code): one.name for one in materials}
    called |= {
        (Of.HOLDING.value, str(one.get("key"))): f"编码 {one.get('key')} 的结果"
        for one in version.content.get("instant") or ()
        if one.get("of") == Of.HOLDING
    }
    return called


def _papers(case: Case) -> dict[str, PaperSeen]:
    came: dict[int, list[Submitted]] = {}
    for row in Submitted.objects.filter(application=case.application_id):
        came.setdefault(row.material_id, []).append(row)
    return {
        m.code: paper_seen(m, came.get(m.pk, []), m.found)  # type: ignore[attr-defined]
        for m in look(case).materials
    }


def _holdings(case: Case, wanted: set[str], on: date) -> frozenset[str]:
    """Of which of these items the applicant holds a result that is in force on the day."""
    rows = Decision.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        case__applicant=case.applicant_id,
        case__county=case.county,
        case__version__item__base_code__in=wanted,
        granted=True,
        revoked_on__isnull=True,
    ).exclude(case=case.pk)
    return frozenset(rows.values_list("case__version__item__base_code", flat=True).distinct())


def _uncovered(held: Held, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Papers that came and that no row looks at: somebody has to; and papers that did not come."""
    covered = {row.key for row in rows if row.of == Of.MATERIAL}
    came = Material.objects.filter(submitted__application=held.case.application_id).distinct()
    left = [m for m in came.order_by("order") if m.code not in covered and not filled_in_online(m)]
    told = [{"row": 0, "held": None, "says": f"收到的“{m.name}”没有规则核对"} for m in left]
    if not complete(held):
        told.append({"row": 0, "held": None, "says": "材料还没有核对齐全"})
    return told


assert set(OF_WORDS) == set(Of)
