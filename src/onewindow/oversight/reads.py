"""读监察: how many lights burn where and with whom, and which overruns are to be answered for? Loaded through who may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, IntegerField, OuterRef, Q, QuerySet

from onewindow.cases.models import Case
from onewindow.cases.reads.work import COUNTED, bounded_counts
from onewindow.oversight.models import Answer, Overdue
from onewindow.people.models import Officer
from onewindow.people.reads import Reach
from onewindow.places.models import Department
from onewindow.rules.grants import Grant
from onewindow.rules.overdue import CAUSE_WORDS, FINDING_WORDS, Cause, Finding

PAGE = 20
WATCHING = (Grant.SUPERVISE, Grant.LIGHTS_WATCH)
ANSWERING = (*WATCHING, Grant.OVERDUE_ANSWER, Grant.OVERDUE_SETTLE)
NOBODY = 0  # in place of an officer: what is in nobody's name


def reach_of(officer: Officer, *grants: Grant) -> Reach:
    """How far he watches: the county with a post for it, else the departments of his posts; never a hall's."""
    words = {grant.value for grant in grants}
    posts = [post for post in officer.posts if words & set(post.grants)]
    if any(post.scope == post.Scope.COUNTY for post in posts):
        return Reach(officer.county, None)
    return Reach(officer.county, frozenset(post.department_id for post in posts if post.department_id))


def watched(officer: Officer) -> QuerySet[Case]:
    """The cases whose lights he may see."""
    return Case.objects.filter(reach_of(officer, *WATCHING).filter())


def lit(cases: QuerySet[Case], today: date) -> QuerySet[Case]:
    """Those whose light is yellow or red."""
    return cases.filter(is_open=True, held=False, yellow_on__lte=today)


def yellow(cases: QuerySet[Case], today: date) -> QuerySet[Case]:
    return lit(cases, today).filter(due_on__gte=today)


def red(cases: QuerySet[Case], today: date) -> QuerySet[Case]:
    return lit(cases, today).filter(due_on__lt=today)


def beyond(cases: QuerySet[Case], today: date) -> QuerySet[Case]:
    """Past the legal day."""
    return red(cases, today).filter(legal_due_on__lt=today)


LIGHTS = {"yellow": yellow, "red": red, "beyond": beyond}


@dataclass(frozen=True)
class Line:
    """One line of the board: a department or a person with his lights, each exact to COUNTED."""

    pk: int
    name: str
    yellow: int
    red: int
    beyond: int


def departments(officer: Officer, today: date, *, after: int = 0) -> tuple[list[Line], int]:
    """One page of the departments that he watches, and the key of the next page; one statement."""
    seen = reach_of(officer, *WATCHING)
    rows = Department.objects.filter(county=seen.county, closed_on__isnull=True, pk__gt=after)
    if seen.departments is not None:
        rows = rows.filter(pk__in=seen.departments)
    return _lines(rows, Case.objects.filter(department=OuterRef("pk")), today)


def persons(officer: Officer, department: int, today: date, *, after: int = 0) -> tuple[list[Line], int]:
    """One page of those in whose name something is yellow or red in a department, nobody first; two statements."""
    cases = watched(officer).filter(department=department)
    his = cases.filter(examiner=OuterRef("pk"))
    rows = Officer.objects.filter(Exists(lit(his, today)), pk__gt=after, county=officer.county)
    lines, next_key = _lines(rows, his, today)
    if not after:
        nobodys = cases.filter(examiner=None)
        counts = bounded_counts({word: light(nobodys, today) for word, light in LIGHTS.items()})
        lines.insert(0, Line(NOBODY, "没有分给人", **counts))
    return lines, next_key


def _lines(rows: QuerySet[Any], cases: QuerySet[Case], today: date) -> tuple[list[Line], int]:
    """A page of lines, each with its counts; `cases` are those of the row outside."""
    counts = {word: _bounded(light(cases, today)) for word, light in LIGHTS.items()}
    found = list(rows.order_by("pk").annotate(**counts).values("pk", "name", *counts)[: PAGE + 1])
    return [Line(**row) for row in found[:PAGE]], found[PAGE - 1]["pk"] if len(found) > PAGE else 0


def _bounded(rows: QuerySet[Case]) -> Func:
    """How many, exact to COUNTED."""
    some = ArraySubquery(rows.order_by().values("pk")[: COUNTED + 1])
    return Func(some, function="cardinality", output_field=IntegerField())


def named(officer: Officer, department: int) -> Department | None:
    """The department, when he watches it."""
    seen = reach_of(officer, *WATCHING)
    if seen.departments is not None and department not in seen.departments:
        return None
    return Department.objects.filter(county=seen.county, pk=department).first()


def register(officer: Officer) -> QuerySet[Overdue]:
    """The overruns that he may see, the latest first."""
    return Overdue.objects.filter(reach_of(officer, *ANSWERING).filter()).order_by("-pk")


def waiting(officer: Officer) -> QuerySet[Overdue]:
    """Those that are still open."""
    return register(officer).exclude(state__in=Overdue.DONE)


def page(
    officer: Officer, state: str = "", *, before: int = 0, size: int = PAGE
) -> tuple[list[Overdue], int]:
    """One page of the register, and the key of the next page; `state` is one of the states, "all", or what is open."""
    rows = register(officer)
    if state in Overdue.State.values:
        rows = rows.filter(state=state)
    elif state != "all":
        rows = rows.exclude(state__in=Overdue.DONE)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("case", "department")[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else 0


def one(officer: Officer, pk: int) -> Overdue | None:
    """One overrun with its case, when he may see it: whoever watches or answers, who has the case, and who is named."""
    beside = ("case__examiner", "case__taken_by", "department", "void_by")
    has = Q(case__examiner__in=[officer.pk, *officer.stands_for], county=officer.county)
    named = Q(Exists(Answer.objects.filter(overdue=OuterRef("pk"), responsible=officer)))
    rows = Overdue.objects.filter(reach_of(officer, *ANSWERING).filter() | has | named)
    return rows.select_related(*beside).filter(pk=pk).first()


def answers(overdue: Overdue) -> list[Answer]:
    """What was said to it, the first first."""
    return list(overdue.answers.select_related("responsible", "by", "settled_by").order_by("place"))


HEADS = (
    "编号",
    "事项",
    "部门",
    "期限",
    "到期日",
    "是否法定",
    "开始说明",
    "状态",
    "责任人",
    "原因",
    "情况",
    "补救",
    "预计办好",
    "认定",
    "情节",
    "怎样处理",
    "处理意见",
    "审核人",
)


def exported(officer: Officer, state: str = "") -> Iterator[tuple[str, ...]]:
    """The register line by line with its last answers, read in pages so that its length costs no memory."""
    yield HEADS
    before = 0
    while True:
        rows, before = page(officer, state, before=before, size=500)
        last = Answer.objects.filter(overdue__in=rows).select_related("responsible", "settled_by")
        told = {answer.overdue_id: answer for answer in last.order_by("place")}
        yield from (_told(row, told.get(row.pk)) for row in rows)
        if not before:
            return


def _told(row: Overdue, answer: Answer | None) -> tuple[str, ...]:
    head = (
        row.case.number,
        row.case.item_name,
        row.department.name,
        row.term_title,
        f"{row.due_on:%Y-%m-%d}",
        "法定" if row.legal else "承诺或者本地",
        f"{row.opened_at:%Y-%m-%d}",
        row.get_state_display(),
    )
    if answer is None:
        return (*head, *[""] * (len(HEADS) - len(head)))
    return (
        *head,
        answer.responsible.name,
        CAUSE_WORDS[Cause(answer.cause)][0],
        answer.why,
        answer.done,
        f"{answer.expected:%Y-%m-%d}",
        FINDING_WORDS[Finding(answer.finding)] if answer.finding else "",
        answer.get_gravity_display(),
        answer.get_penalty_display(),
        answer.remark,
        answer.settled_by.name if answer.settled_by else "",
    )
