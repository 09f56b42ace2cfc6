"""短路的清单: which filings wait to be checked, which machine grants to be looked at, what would a table have done?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from onewindow.cases.inputs import paper_seen, seen_of
from onewindow.cases.models import Case, Filing, Judgement, StoppedTable, Verdict
from onewindow.catalogue.models import Item, ItemVersion, Material
from onewindow.ground.clock import SHANGHAI
from onewindow.intake.models import Submitted
from onewindow.people.models import Officer
from onewindow.rules import instant
from onewindow.rules.grants import Grant
from onewindow.rules.instant import PaperSeen, Row, Trace
from onewindow.rules.stages import Stage

PAGE = 50


def filings(officer: Officer) -> QuerySet[Filing]:
    """What this officer's departments have filed and not checked yet, the earliest day first."""
    able = {
        p.department_id for p in officer.posts if Grant.CASE_EXAMINE.value in p.grants and p.department_id
    }
    rows = Filing.objects.filter(county=officer.county, department__in=able, checked_at__isnull=True)
    return rows.order_by("check_by", "pk")


def filings_page(officer: Officer, after: str) -> tuple[list[Filing], str]:
    """One page by key: the day and the row after which it goes on."""
    rows = filings(officer).select_related("case", "department")
    day, _, pk = after.partition("_")
    try:
        since, key = date.fromisoformat(day), int(pk)
    except ValueError:
        pass
    else:
        rows = rows.filter(Q(check_by__gt=since) | Q(check_by=since, pk__gt=key))
    page = list(rows[: PAGE + 1])
    last = page[PAGE - 1] if len(page) > PAGE else None
    return page[:PAGE], f"{last.check_by.isoformat()}_{last.pk}" if last else ""


def to_look_at(county: str) -> QuerySet[Judgement]:
    """抽查清单: sampled machine grants that nobody has looked at, the latest first."""
    return Judgement.objects.filter(county=county, sampled=True, granted=True, looked_at__isnull=True)


def sample_page(county: str, before: int) -> tuple[list[Judgement], int]:
    rows = to_look_at(county).select_related("case__department").defer("trace").order_by("-pk")
    page = list((rows.filter(pk__lt=before) if before else rows)[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else 0


def one_judgement(county: str, pk: int) -> Judgement | None:
    beside = ("case__department", "item", "version", "looked_by")
    return Judgement.objects.filter(county=county, pk=pk).select_related(*beside).first()


def stopped(item: Item) -> StoppedTable | None:
    """Why the table of the published version is not asked any more."""
    rows = StoppedTable.objects.filter(version=item.current_id).select_related("judgement__case", "by")
    return rows.first() if item.current_id else None


@dataclass(frozen=True)
class Tried:
    """One past case beside what the table would have done."""

    case: Case
    trace: Trace

    @property
    def by_people(self) -> bool:
        """Whether people granted it."""
        return bool(self.case.decision.granted)

    @property
    def word(self) -> str:
        """What table and people did, in one word for the counts."""
        if self.trace.all_hold:
            return "both" if self.by_people else "wrong"
        return "left" if self.by_people else "denied"


TRIED_WORDS = {
    "both": "规则准予，人也准予",
    "wrong": "规则会准予，人没有准予",
    "left": "规则转人工，人准予",
    "denied": "规则转人工，人没有准予",
}


def dry_run(item: Item, rows: Sequence[Row], *, before: int = 0, size: int = PAGE) -> tuple[list[Tried], int]:
    """What a table would have done over one page of decided cases of an item, the latest first; writes nothing.

    A case is judged by its own papers and answers, as they stood on the day of its receipt. The next page begins
    before the key that comes with it.
    """
    decided = Case.objects.filter(
        department=item.department_id, version__item=item, decision__by__isnull=False
    ).exclude(stage=Stage.NEW)
    page = list(
        (decided.filter(pk__lt=before) if before else decided)
        .select_related("decision", "application", "applicant", "version")
        .prefetch_related(
            Prefetch("application__submitted", queryset=Submitted.objects.select_related("material")),
            Prefetch("verdicts", queryset=Verdict.objects.order_by("pk")),
            Prefetch("version__materials", queryset=Material.objects.order_by("order")),
        )
        .order_by("-pk")[: size + 1]
    )
    tried = [
        Tried(case, instant.judge(rows, seen_of(case, rows, _day(case), _papers(case))))
        for case in page[:size]
    ]
    return tried, page[size - 1].pk if len(page) > size else 0


def every_try(item: Item, rows: Sequence[Row], limit: int) -> Iterator[Tried]:
    """All of them, page by page, at most so many."""
    before, left = 0, limit
    while left > 0:
        page, before = dry_run(item, rows, before=before, size=min(PAGE, left))
        yield from page
        left -= len(page)
        if not before:
            return


def _day(case: Case) -> date:
    return case.received_at.astimezone(SHANGHAI).date()


def _papers(case: Case) -> dict[str, PaperSeen]:
    """The papers by the code of their material, from what was read with the case."""
    came: dict[int, list[Submitted]] = {}
    for row in case.application.submitted.all():
        came.setdefault(row.material_id, []).append(row)
    found = {verdict.material_id: verdict.finding for verdict in case.verdicts.all()}
    version: ItemVersion = case.version
    return {m.code: paper_seen(m, came.get(m.pk, []), found.get(m.pk)) for m in version.materials.all()}
