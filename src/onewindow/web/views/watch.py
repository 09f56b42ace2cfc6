"""监督: what must be seen: the lights, what is overdue and its explanations, late corrections, refused demands, bad ratings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.cases.models import Case
from onewindow.cases.reads import record, watch
from onewindow.cases.reads.shorter import to_look_at
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.reads.work import bounded_counts, keyed, shown
from onewindow.feedback.models import Grade
from onewindow.feedback.reads import bad_ratings
from onewindow.feedback.reasons import REASONS
from onewindow.ground.clock import today
from onewindow.guidance.asking import late as late_asked
from onewindow.oversight import reads as oversight
from onewindow.oversight.models import Overdue
from onewindow.people.reads import access_page, accesses
from onewindow.places.models import Hall
from onewindow.places.reads import workdays
from onewindow.rules.grants import Grant
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.overreach import OVERREACH
from onewindow.web.sifting import Sift
from onewindow.web.views import shorter, watched_record

PAGE = 50
LISTS = (
    ("lights", "红黄灯"),
    ("overdue", "超期办件"),
    ("steps", "超期的环节"),
    ("returned", "退办件"),
    ("procedures", "超时的特别程序"),
    ("register", "超期说明"),
    ("asked", "超期首问"),
    ("corrections", "再次和超期的补正"),
    ("overreach", "超清单索要"),
    ("instant", "秒批抽查"),
    ("ratings", "差评"),
    ("voided", "作废的记载"),
    ("dated", "补录"),
)
# Whose cases are told apart: the centre and those that hang under it (湛河 二(四)3 分中心管理制度).
_WITH_BRANCHES = (Hall.Kind.CENTRE, Hall.Kind.FUNCTIONAL, Hall.Kind.BRANCH)
FOUND = 19  # digits of the longest key


@require_GET
@never_cache
@staff_required(*oversight.ANSWERING)
def lists(request: StaffRequest) -> HttpResponse:
    """One of the lists; the first on which something stands opens by itself, else the board of lights."""
    counts = _counts(request)
    chosen = request.GET.get("list", "")
    if chosen not in ("near", "lights", *counts):
        chosen = next((key for key, _ in LISTS if counts.get(key)), "lights")
    tell = _TELL[chosen if chosen in counts or chosen == "near" else "lights"]
    count = counts.get(chosen)
    context = {
        "lists": [
            (key, label, shown(counts[key]) if key in counts else "")
            for key, label in LISTS
            if key in counts or key == "lights"
        ],
        "chosen": chosen,
        "count": "" if count is None else shown(count),
        **tell(request, request.GET.get("after", "")),
    }
    return render(request, "desk/watch.html", context)


def _counts(request: StaffRequest) -> dict[str, int]:
    """How much stands on each list, in one statement."""
    officer = request.officer
    asked: dict[str, QuerySet[Any]] = {
        "overdue": watch.late(officer, today()),
        "steps": watch.late_steps(officer, today()),
        "register": oversight.waiting(officer),
    }
    if officer.may(Grant.SUPERVISE):
        asked |= {
            "returned": watch.returned(officer),
            "procedures": watch.overrun(officer, today()),
            "asked": late_asked(officer.county, today()).select_related(None),
            "corrections": watch.unusual(officer),
            "overreach": accesses(officer.county, OVERREACH),
            "instant": to_look_at(officer.county),
            "ratings": bad_ratings(officer.county).select_related(None),
            "voided": record.voidings(officer),
            "dated": record.back_dated(officer),
        }
    return bounded_counts(asked)


def _lights(request: StaffRequest, after: str) -> dict[str, object]:
    """The departments; or, of one of them, the persons."""
    officer, key = request.officer, _number(after)
    department = _number(request.GET.get("department", ""))
    within = oversight.named(officer, department) if department else None
    if within is None:
        lines, next_key = oversight.departments(officer, today(), after=key)
    else:
        lines, next_key = oversight.persons(officer, within.pk, today(), after=key)
    told = [(line, _way(line, within.pk if within else 0), _numbers(line)) for line in lines]
    return {"lines": told, "within": within, "next_key": next_key or ""}


def _numbers(line: oversight.Line) -> list[tuple[str, str, int, str]]:
    """Colour, word, how many, and as it is written."""
    told = (("yellow", "黄灯", line.yellow), ("red", "红灯", line.red), ("red", "超法定", line.beyond))
    return [(colour, word, number, shown(number)) for colour, word, number in told]


def _way(line: oversight.Line, department: int) -> str:
    """Which cases a line speaks of, in the words of an address."""
    if not department:
        return urlencode({"department": line.pk})
    return urlencode({"department": department, "person": line.pk})


def _overdue(request: StaffRequest, after: str) -> dict[str, object]:
    return _cases(request, watch.late(request.officer, today()), after)


def _steps(request: StaffRequest, after: str) -> dict[str, object]:
    return _cases(request, watch.late_steps(request.officer, today()), after)


def _returned(request: StaffRequest, after: str) -> dict[str, object]:
    return _cases(request, watch.returned(request.officer), after, newest_first=True)


def _near(request: StaffRequest, after: str) -> dict[str, object]:
    return _cases(request, oversight.yellow(visible_to(request.officer), today()), after)


def _cases(
    request: StaffRequest, rows: QuerySet[Case], after: str, *, newest_first: bool = False
) -> dict[str, object]:
    """Cases of one department or person when the address names them, the earliest due day first."""
    department, person, at = (request.GET.get(name, "") for name in ("department", "person", "hall"))
    if _number(department):
        rows = rows.filter(department=_number(department))
    halls = list(Hall.objects.filter(county=request.officer.county, kind__in=_WITH_BRANCHES).order_by("pk"))
    hall = next((one for one in halls if str(one.pk) == at), None)
    if hall is not None:  # a branch by itself, the main centre with its branches
        rows = rows.filter(Q(taken_at=hall) | Q(taken_at__sheet__parent=hall))
    if person.isascii() and person.isdigit():
        rows = rows.filter(examiner=_number(person) or None)
    sift = Sift.of(request)
    found = rows.filter(sift.where).select_related("department", "taken_at")
    page = keyed(found, today(), newest_first=newest_first, after=after, size=PAGE)
    some = bool(department or person or hall or sift)
    chosen = request.GET.get("list", "overdue")
    kept = (("list", chosen), ("department", department), ("person", person))
    keep = [(name, value) for name, value in kept if value]
    return {
        "page": page,
        "next_key": page.after,
        "some": some,
        "sift": sift,
        "keep": keep,
        "hall": hall,
        "halls": halls if len(halls) > 1 else [],
        **({"count": ""} if some else {}),
    }


def _register(request: StaffRequest, after: str) -> dict[str, object]:
    state = request.GET.get("state", "")
    rows, next_key = oversight.page(request.officer, state, before=_number(after))
    states = [("", "没有了结的"), *Overdue.State.choices, ("all", "全部")]
    told: dict[str, object] = {"count": ""} if state else {}
    return {
        "register": rows,
        "next_key": next_key or "",
        "state": state,
        "states": states,
        "may_export": request.officer.may(Grant.SUPERVISE),
        **told,
    }


def _procedures(request: StaffRequest, after: str) -> dict[str, object]:
    start = int(after) if after.isdigit() and len(after) < 6 else 0
    rows, following = watch.procedures(request.officer, today(), after=start, size=PAGE)
    over = [(one, workdays().between(one.planned_end, today())) for one in rows]
    return {"procedures": over, "next_key": following or ""}


def _asked(request: StaffRequest, after: str) -> dict[str, object]:
    start = int(after) if after.isdigit() and len(after) < 6 else 0
    rows = list(late_asked(request.officer.county, today())[start : start + PAGE + 1])
    over = [(one, workdays().between(one.due_on, today())) for one in rows[:PAGE]]
    return {"asked": over, "next_key": start + PAGE if len(rows) > PAGE else ""}


def _corrections(request: StaffRequest, after: str) -> dict[str, object]:
    rows = watch.corrections(request.officer, before=_number(after) or None, size=PAGE)
    return {"corrections": rows, "next_key": rows[-1].pk if len(rows) == PAGE else ""}


def _overreach(request: StaffRequest, after: str) -> dict[str, object]:
    rows = access_page(request.officer.county, what=OVERREACH, before=_number(after) or None, size=PAGE)
    return {"overreach": rows, "next_key": rows[-1].id if len(rows) == PAGE else ""}


def _ratings(request: StaffRequest, after: str) -> dict[str, object]:
    found = bad_ratings(request.officer.county)
    start = int(after) if after.isdigit() and len(after) < 6 else 0
    rows = list(found[start : start + PAGE + 1])
    told = [
        (row, Grade(row.grade).label, [REASONS[code][1] for code in row.reasons if code in REASONS])
        for row in rows[:PAGE]
    ]
    return {"ratings": told, "next_key": start + PAGE if len(rows) > PAGE else ""}


def _number(typed: str) -> int:
    """A key of an address; none when it is not one."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < FOUND else 0


_TELL: Mapping[str, Any] = {
    "lights": _lights,
    "near": _near,
    "overdue": _overdue,
    "steps": _steps,
    "returned": _returned,
    "procedures": _procedures,
    "register": _register,
    "asked": _asked,
    "corrections": _corrections,
    "overreach": _overreach,
    "instant": shorter.waiting,
    "ratings": _ratings,
    "voided": watched_record.voided,
    "dated": watched_record.dated,
}
