"""读文书: which letters has a case, and is what somebody shows us one of ours?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Exists, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from onewindow.cases.models import Case
from onewindow.ground import sm
from onewindow.ground.clock import SHANGHAI
from onewindow.ground.models import StoredFile
from onewindow.ground.prepared import Question, slot_number
from onewindow.ground.series import last
from onewindow.intake.models import ONLINE
from onewindow.journal.models import Failure, Subject
from onewindow.letters import numbers
from onewindow.letters.causes import RESULTS
from onewindow.letters.codes import read_code
from onewindow.letters.models import Letter, Reissue, Seal, Service
from onewindow.letters.sign import Pinned
from onewindow.letters.voided import is_void, no_longer, with_void
from onewindow.people.models import Officer
from onewindow.places.models import Department
from onewindow.places.reads import here
from onewindow.rules.grants import Grant
from onewindow.rules.stages import Stage


@dataclass(frozen=True)
class Comparison:
    """A file that somebody shows, held against the letter that we keep."""

    letter: Letter | None
    same: bool


def letters_of(subject: Subject) -> QuerySet[Letter]:
    """The letters of a matter, oldest first."""
    beside = ("file", "replaces", "replaced_by", "service")
    return with_void(Letter.objects.filter(subject=subject)).select_related(*beside).order_by("pk")


def with_corrections(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """The same, each with the correction that waits for a second person, and whether one was asked for at all."""
    asked = Reissue.objects.filter(letter=OuterRef("pk"))
    waits = asked.filter(confirmed__isnull=True).values("pk")[:1]
    return letters.annotate(waits=Subquery(waits), asked=Exists(asked.exclude(confirmed=False)))


def corrections_to_settle(officer: Officer) -> QuerySet[Reissue]:
    """待确认的更正: corrections of decision letters that this officer may confirm, the oldest first."""
    offices = [
        post.department_id
        for post in officer.posts
        if post.scope == post.Scope.DEPARTMENT and Grant.CASE_DECIDE.value in post.grants
    ]
    waiting = Reissue.objects.filter(
        confirmed__isnull=True, county=officer.county, letter__department__in=offices
    )
    others = waiting.exclude(asked_by=officer.actor_code).exclude(is_void("letter"))
    return others.select_related("letter__subject").defer("letter__data").order_by("pk")


def open_service(letter: Letter, stage: str) -> Service | None:
    """The service that a letter still needs; a correction that was answered needs none."""
    service: Service | None = getattr(letter, "service", None)
    if service is None or service.served_at is not None or hasattr(letter, "replaced_by"):
        return None
    if getattr(letter, "void_on", None) is not None:
        return None
    return None if letter.kind == "correction" and stage != Stage.CORRECTING else service


def place_words(letter: Letter) -> str:
    """What a letter took the place of, or what took its place; nothing for a letter that was never corrected."""
    told = []
    if letter.replaces is not None:
        told.append(f"更正自 {letter.replaces.number}")
    if void := no_longer(letter):
        told.append(void)
    elif hasattr(letter, "replaced_by"):
        told.append(f"已被更正，以 {letter.replaced_by.number} 为准")
    return "；".join(told)


def service_words(letter: Letter, stage: str) -> str:
    """How far the service of a letter is; nothing for a letter that nobody has to serve."""
    service: Service | None = getattr(letter, "service", None)
    if service is not None and service.served_at is not None:
        on = service.served_at.astimezone(SHANGHAI)
        return f"{on.month} 月 {on.day} 日{Service.Way(service.way).label}"
    waiting = open_service(letter, stage)
    if waiting is None:
        return ""
    if waiting.on_the_way and waiting.sent_on:
        return f"{waiting.sent_on.month} 月 {waiting.sent_on.day} 日寄出，运单号 {waiting.tracking}"
    return "寄出后退回，待送达" if waiting.came_back_on else "待送达"


def to_serve(officer: Officer, words: str = "") -> QuerySet[Service]:
    """待送达文书: the letters that somebody at this officer's window or office has to serve, the oldest first.

    A correction that the applicant has answered needs no service any more.
    """
    open_ones = Service.objects.filter(
        served_at__isnull=True, county=officer.county, letter__replaced_by__isnull=True
    ).exclude(Q(letter__reissues__confirmed=True) | Q(is_void("letter")))
    case = "letter__subject__case__"
    answered = Q(letter__kind="correction") & ~Q(**{f"{case}stage": Stage.CORRECTING.value})
    found = open_ones.exclude(answered).filter(_served_by(officer))
    if words:
        where = ("letter__number", f"{case}number", f"{case}applicant_name", f"{case}item_name")
        named = Q()
        for name in where:
            named |= Q(**{f"{name}__icontains": words})
        found = found.filter(named)
    return found.select_related("letter__subject__case__application__window").order_by("pk")


def _served_by(officer: Officer) -> Q:
    """Where a post may deliver it serves: what was taken in at its hall or came online, its department's, the county's."""
    case, his = "letter__subject__case__", Q(pk__in=())
    for post in officer.posts:
        if Grant.CASE_DELIVER.value not in post.grants:
            continue
        if post.scope == post.Scope.HALL:
            online = Q(**{f"{case}taken_at__isnull": True, f"{case}application__channel__in": list(ONLINE)})
            his |= Q(**{f"{case}taken_at": post.hall_id}) | online
        else:
            his |= Q(letter__department=post.department_id) if post.department_id else ~Q(pk__in=())
    return his


def result_of(subject: int) -> StoredFile | None:
    """The file of the decision that holds, granted or denied; None while the letter is not made yet."""
    decided = Letter.objects.filter(subject=subject, kind__in=RESULTS)
    # A corrected decision is younger than the one that it takes the place of, and one decision holds.
    found = decided.exclude(is_void()).select_related("file").order_by("pk").last()
    return found.file if found is not None else None


@dataclass(frozen=True)
class Listed:
    """One line of the list of letters: what stands on its head, nothing of what it says."""

    id: int
    title: str
    number: str
    issued_on: date
    code: str
    replaces: str
    replaced_by: str
    served_at: datetime | None
    served_by: str
    waits: bool
    tracking: str
    correction: int | None
    void_on: date | None
    revoked_on: date | None


_LINE = """l.id, l.title, l.number, l.issued_on, l.code, coalesce(old.number, ''), coalesce(new.number, ''),
  s.served_at, coalesce(s.way, ''),
  s.id IS NOT NULL AND s.served_at IS NULL AND new.id IS NULL AND void.id IS NULL,
  CASE WHEN s.served_at IS NULL AND s.came_back_on IS NULL THEN coalesce(s.tracking, '') ELSE '' END,
  (SELECT r.id FROM letters_reissue r WHERE r.letter_id = l.id AND r.confirmed IS NULL), void."on",
  CASE WHEN l.kind = ANY(%s) THEN gone.revoked_on END"""
_FROM = """letters_letter l LEFT JOIN letters_service s ON s.letter_id = l.id
  LEFT JOIN letters_letter old ON old.id = l.replaces_id LEFT JOIN letters_letter new ON new.replaces_id = l.id
  LEFT JOIN cases_struck void ON void.entry_id = coalesce(l.about_id, l.cause_id)
  LEFT JOIN cases_decision gone ON gone.case_id = cases_case.id"""
# Annotated to a case as `w_letters`, what its list of letters shows comes along with it.
LISTED = RawSQL(  # noqa: S611 - our own words
    f"ARRAY(SELECT jsonb_build_array({_LINE}) FROM {_FROM} WHERE l.subject_id = cases_case.subject_id ORDER BY l.id)",  # noqa: S608
    [list(RESULTS)],
    output_field=ArrayField(JSONField()),
)


def listed(case: Case) -> list[Listed]:
    """The letters of a case that was read with `LISTED`, oldest first."""
    return [_line(row) for row in case.w_letters]  # type: ignore[attr-defined]


def _line(row: list[Any]) -> Listed:
    told = dict(zip(Listed.__dataclass_fields__, row, strict=True))
    days = {
        name: date.fromisoformat(told[name]) for name in ("issued_on", "void_on", "revoked_on") if told[name]
    }
    served = told["served_at"] and datetime.fromisoformat(told["served_at"])
    return Listed(**{**told, **days, "served_at": served})


def by_code(typed: str) -> Letter | None:
    """The letter that carries this code; None when the code is mistyped or nobody's."""
    code = read_code(typed)
    if code is None:
        return None
    return (
        with_void(Letter.objects.filter(code=code))
        .select_related("department", "subject", "file", "replaces", "replaced_by")
        .first()
    )


def by_file(pdf: bytes) -> Letter | None:
    """The letter whose kept file has exactly these bytes."""
    found = Letter.objects.filter(file__sha256=hashlib.sha256(pdf).hexdigest(), file__county=here().code)
    return with_void(found).select_related("department", "subject", "file", "replaces", "replaced_by").first()


def compare(letter: Letter, pdf: bytes) -> Comparison:
    """Whether these bytes are the letter, to the last bit."""
    return Comparison(letter, sm.same(bytes(letter.digest), sm.digest(pdf)))


def expected_number(department: Department, kind: str, item_kind: str, on: date) -> str:
    """The number that such a letter would carry if it went out now; nobody has reserved it."""
    place = last(department.county, numbers.series(department.pk, kind, item_kind, on.year)) + 1
    return numbers.number(department.short, kind, item_kind, on.year, place)


def seals_of(county: str) -> QuerySet[Seal]:
    """Every seal that was ever loaded, newest first."""
    return Seal.objects.filter(county=county).select_related("department", "picture").order_by("-pk")


def seal_in_force(department: int) -> Seal | None:
    """The seal with which letters of a department are sealed now."""
    return _IN_FORCE.one(department)


def _in_force(department: int) -> QuerySet[Seal]:
    begun = Seal.objects.filter(department=department, begun_at__isnull=False, ended_at__isnull=True)
    return begun.select_related("picture").order_by("pk")


_IN_FORCE = Question(_in_force, slot_number())


def trusted(county: str) -> list[Pinned]:
    """The certificates under which letters of this county were or are signed, each for its own time."""
    begun = Seal.objects.filter(county=county, begun_at__isnull=False).order_by("-pk")
    told = begun.values_list("certificate", "begun_at", "ended_at")
    return [Pinned(bytes(one), since, until) for one, since, until in told if since is not None]


_UNSEALED = "^(NotSealed|NoKey):"


def waiting_for_seal(county: str) -> dict[int, int]:
    """How many letters wait for the seal of their department, by department."""
    found = (
        Failure.objects.filter(county=county, error__regex=_UNSEALED)
        .values_list("entry__subject__case__department")
        .annotate(letters=Count("pk"))
    )
    return {department: letters for department, letters in found if department is not None}


def waiting_in(department: int) -> QuerySet[Failure]:
    """The duties that failed because the department had no seal."""
    return Failure.objects.filter(
        error__regex=_UNSEALED, entry__subject__case__department=department
    ).order_by("pk")
