"""移交单上有什么: what is open in somebody's name, and how far has it gone over?"""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from onewindow.cases.models import Case, Extension, Handover, HandoverLine, Procedure
from onewindow.guidance.models import Asked
from onewindow.intake.models import Application
from onewindow.people.models import Officer
from onewindow.rules.stages import Stage

LEFT = "移交以前已经不在移交人名下，不用移交。请在办件页上看现在由谁办。"
PAGE = 50
_HIS = (Stage.EXAMINING.value, Stage.DECIDING.value)
Kind = HandoverLine.Kind


def cases_of(officer: Officer) -> QuerySet[Case]:
    """The open cases in his name, the first to fall due first."""
    return Case.objects.filter(examiner=officer, is_open=True, stage__in=_HIS).order_by("due_on", "pk")


def hosted_by(officer: Officer) -> QuerySet[Procedure]:
    """The hearings that he leads and that have not ended."""
    lasting = Procedure.objects.filter(host=officer, ended_on__isnull=True, case__is_open=True)
    return lasting.select_related("case").order_by("planned_end", "pk")


def drafts_of(officer: Officer) -> QuerySet[Application]:
    """What he began at a counter and nobody has handed in."""
    return Application.objects.filter(taken_by=officer, sealed_at__isnull=True).order_by("-saved_at")


def asked_of(officer: Officer) -> QuerySet[Asked]:
    """The questions that he follows."""
    return Asked.objects.filter(keeper=officer, answered_at__isnull=True).order_by("due_on", "pk")


def lines_of(handover: Handover) -> list[HandoverLine]:
    """Everything that is open in his name now; five statements, however much it is."""
    officer, found = handover.officer, list[HandoverLine]()

    def add(kind: str, subject: int | None, number: str, title: str, due: date | None = None) -> None:
        found.append(
            HandoverLine(
                handover=handover, kind=kind, subject_id=subject, number=number, title=title[:300], due_on=due
            )
        )

    for row in cases_of(officer).values_list("subject", "number", "item_name", "due_on"):
        add(Kind.CASE, *row)
    undecided = Extension.objects.filter(asked_by=officer, approved__isnull=True, case__stage__in=_HIS)
    for told in undecided.values_list("case__subject", "case__number", "case__item_name"):
        add(Kind.EXTENSION, *told)
    lasting = Procedure.objects.filter(ended_on__isnull=True, case__is_open=True)
    begun = lasting.filter(Q(begun_by=officer, case__examiner=officer) | Q(host=officer)).order_by("pk")
    columns = ("case__subject", "case__number", "kind", "case__item_name", "planned_end", "host")
    for subject, number, kind, item, end, host in begun.values_list(*columns):
        add(Kind.HEARING if host == officer.pk else Kind.PROCEDURE, subject, number, f"{kind}：{item}", end)
    for (name,) in drafts_of(officer).values_list("version__name"):
        add(Kind.DRAFT, None, "", name)
    for subject, number, due in asked_of(officer).values_list("subject", "number", "due_on"):
        add(Kind.ASKED, subject, number, "首问登记", due)
    return found


def visible(officer: Officer, departments: set[int], everywhere: bool) -> QuerySet[Handover]:
    """Those in which he has a part, those of whose department he arranges them, or all of the county."""
    rows = Handover.objects.filter(county=officer.county).select_related("officer", "to")
    if everywhere:
        return rows
    theirs = Q(officer__held__post__department__in=departments)
    return rows.filter(Q(officer=officer) | Q(to=officer) | theirs).distinct()


def counted(handover: Handover) -> dict[str, int]:
    """How many lines of each kind, and how many went over or stayed; one statement."""
    rows = handover.lines.values("kind").annotate(
        total=Count("pk"),
        moved=Count("pk", filter=Q(moved_at__isnull=False)),
        stayed=Count("pk", filter=~Q(stayed="")),
    )
    found = {"moved": 0, "stayed": 0, "total": 0}
    for row in rows:
        found[row["kind"]] = row["total"]
        for key in ("moved", "stayed", "total"):
            found[key] += row[key]
    return found


def page(handover: Handover, *, after: int = 0, size: int = PAGE) -> list[HandoverLine]:
    """One page of its lines and one more."""
    return list(handover.lines.filter(pk__gt=after).order_by("pk")[: size + 1])


def stayed(handover: Handover) -> QuerySet[HandoverLine]:
    """What did not go over, with why."""
    return handover.lines.exclude(stayed="").order_by("pk")
