"""公众能看的: which case opens to whoever holds its number and code, which are one's own, and what is public of all?"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from onewindow.cases.models import Case, Correction, Decision
from onewindow.catalogue.models import Item
from onewindow.people.models import Party
from onewindow.people.reads import theirs
from onewindow.rules.identity import tidy
from onewindow.rules.pack import Kind

PAGE = 50
_LATELY = 2000
_TELLING = 5  # from so many of the latest cases on their number says what is often done
_NO_CODE = "------"  # compared in vain when no case has the number, so that both refusals take their time
_DASHES = str.maketrans("—–－_", "----")


def by_number(typed: str) -> str:
    """The number as it is kept, from whatever was typed: blanks, full-width digits, long dashes."""
    return tidy(typed.translate(_DASHES))


def proven(county: str, number: str, code: str) -> Case | None:
    """The case whose number and enquiry code somebody holds; None for a wrong number and a wrong code alike."""
    case = (
        Case.objects.filter(county=county, number=by_number(number))
        .only("pk", "number", "enquiry_code")
        .first()
    )
    kept = case.enquiry_code if case is not None else _NO_CODE
    same = secrets.compare_digest(kept.encode(), tidy(code).encode())
    return case if same else None


def open_to(county: str, party: Party | None, proved: Iterable[int] = ()) -> QuerySet[Case]:
    """One's own cases, those of one's wards and firms, and those whose number and code were shown."""
    own = _own(party) if party is not None else Q(pk__in=())
    return Case.objects.filter(own | Q(pk__in=tuple(proved)), county=county)


def of_party(county: str, party: Party) -> QuerySet[Case]:
    """The cases of those for whom this person speaks, the latest first: last day for an answer, whether it was denied."""
    asked = Correction.objects.filter(case=OuterRef("pk")).order_by("-pk").values("reply_by")
    own = Case.objects.filter(_own(party), county=county).select_related("department")
    denied = Exists(Decision.objects.filter(case=OuterRef("pk"), granted=False))
    return own.annotate(answer_by=Subquery(asked[:1]), denied=denied).order_by("-id")


def _own(party: Party) -> Q:
    return theirs(party, agent="application__agent")


def frequent(county: str, limit: int = 24, first: Sequence[str] = ()) -> list[Item]:
    """What people apply for most of late; a few cases say little, and until then the names in `first` lead.

    Looks at the latest cases alone, so that it costs the same in a county with a million of them.
    """
    published = Item.objects.filter(county=county, state=Item.State.PUBLISHED).select_related("current")
    lately = Case.objects.filter(county=county).order_by("-id").values("pk")[:_LATELY]
    often: list[Item] = list(
        published.filter(versions__case__pk__in=lately)
        .annotate(n=Count("versions__case"))
        .order_by("-n", "pk")[:limit]
    )
    known = {item.pk: item.n for item in often}  # type: ignore[attr-defined]
    rest = published.exclude(pk__in=known).annotate(leads=Q(name__in=first))
    found = [*often, *rest.order_by("-leads", "-online_depth", "pk")[:limit]]
    rank = {name: place for place, name in enumerate(first)}

    def key(item: Item) -> tuple[int, int, int]:
        times = known.get(item.pk, 0)
        return (-times if times >= _TELLING else 0, rank.get(item.name, len(rank)), -times)

    return sorted(found, key=key)[:limit]


@dataclass(frozen=True)
class GrantedRow:
    """One granted licence as anybody may read it (行政许可法 40): persons are masked."""

    on: date
    holder: str
    item_name: str
    result_name: str
    result_number: str
    valid_from: date | None
    valid_until: date | None
    department: str
    revoked_on: date | None = None


@dataclass(frozen=True)
class GrantedPage:
    """One page of them, and the key from which the next goes on."""

    rows: Sequence[GrantedRow]
    after: str


def granted(county: str, *, words: str = "", after: str = "", size: int = PAGE) -> GrantedPage:
    """Granted licences, the latest first, paged by key; `words` looks into the item and the result's number."""
    found = Decision.objects.filter(granted=True, case__county=county, case__version__kind=Kind.LICENCE.value)
    for word in words.split():
        found = found.filter(Q(case__item_name__icontains=word) | Q(result_number__icontains=word))
    rows = list(
        found.filter(_older(after))
        .select_related("case__applicant", "case__department")
        .order_by("-on", "-pk")[: size + 1]
    )
    more = rows[size - 1] if len(rows) > size else None
    return GrantedPage([_row(one) for one in rows[:size]], f"{more.on.isoformat()}_{more.pk}" if more else "")


def masked_name(party_kind: str, name: str) -> str:
    """王*: organisations by their name, persons by their family name alone."""
    if party_kind == Party.Kind.ORG:
        return name
    family = name[:2] if len(name) > 3 and name[:2] in _DOUBLE else name[:1]
    return family + "*" * max(1, min(2, len(name) - len(family)))


# 复姓 of two characters, among which a name of three or more is not cut inside the family name.
_DOUBLE = frozenset(
    {"欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木"}
)


def _row(one: Decision) -> GrantedRow:
    case = one.case
    assert case is not None  # a voided one belongs to no case and is not published
    return GrantedRow(
        on=one.on,
        holder=masked_name(case.applicant.kind, case.applicant_name),
        item_name=case.item_name,
        result_name=one.result_name,
        result_number=one.result_number,
        valid_from=one.valid_from,
        valid_until=one.valid_until,
        department=case.department.name,
        revoked_on=one.revoked_on,
    )


def _older(after: str) -> Q:
    day, _, number = after.partition("_")
    if not number.isdigit():
        return Q()
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return Q()
    return Q(on__lt=on) | Q(on=on, pk__lt=int(number))
