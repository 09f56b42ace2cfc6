"""读事项: which items are there, what does a guide say, and what may an officer see?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Concat

from onewindow.catalogue.imports.judge import ELSEWHERE
from onewindow.catalogue.models import (
    BaseItem,
    Change,
    ImportRun,
    Item,
    ItemVersion,
    Material,
    MaterialPaper,
    StateNotice,
)
from onewindow.ground.again import copied
from onewindow.people.models import Officer, Post
from onewindow.places.models import Department
from onewindow.rules.grants import Grant

SHOWN = (Item.State.LISTED, Item.State.PUBLISHED, Item.State.SUSPENDED)
_HEAVY = ("current__content", "current__form", "current__index")
_CATALOGUE = {Grant.CATALOGUE_DRAFT.value, Grant.CATALOGUE_REVIEW.value, Grant.CATALOGUE_PUBLISH.value}


@dataclass(frozen=True)
class Guide:
    """One guide as the public sees it: the item, the version shown, its materials and the last notice."""

    item: Item
    version: ItemVersion | None
    materials: tuple[Material, ...] = ()
    notice: StateNotice | None = None

    @property
    def complete(self) -> bool:
        """Whether there is a published guide; an item of the mere list has none."""
        return self.version is not None

    @property
    def outdated(self) -> bool:
        return self.version is not None and self.version.pk != self.item.current_id


def published(county: str) -> QuerySet[Item]:
    """What one can apply for today, with its department, by department and name."""
    rows = Item.objects.filter(county=county, state=Item.State.PUBLISHED)
    return rows.select_related("department", "current").order_by("department__name", "name")


def listing(county: str) -> QuerySet[Item]:
    """What the public may find: published, suspended, and the items of the mere list."""
    return Item.objects.filter(county=county, state__in=SHOWN).select_related("department")


def by_department(county: str, key: str) -> QuerySet[Item]:
    return published(county).filter(department__key=key)


def by_theme(county: str, theme: str) -> QuerySet[Item]:
    return published(county).filter(themes__contains=[theme])


def by_kind(county: str, kind: str) -> QuerySet[Item]:
    return published(county).filter(kind=kind)


def offices(county: str) -> list[tuple[Department, int]]:
    """Departments with something to find, by name, with the number of items that are open."""
    open_now = Count("items", filter=Q(items__state=Item.State.PUBLISHED))
    rows = Department.objects.filter(county=county, items__state__in=SHOWN).annotate(open_now=open_now)
    return [(row, row.open_now) for row in rows.order_by("name")]


def offices_without_items(county: str) -> list[str]:
    """Departments in service of which nothing is open: their heading is shown to nobody."""
    open_now = Item.objects.filter(county=county, state=Item.State.PUBLISHED).values("department")
    rows = Department.objects.filter(county=county, closed_on__isnull=True).exclude(pk__in=open_now)
    return list(rows.order_by("name").values_list("name", flat=True))


def themes(county: str) -> list[tuple[str, int]]:
    """Themes that have a published item, the fullest first; empty ones are not shown to anybody."""
    kept = Item.objects.filter(county=county, state=Item.State.PUBLISHED).values_list("themes", flat=True)
    counted = Counter(theme for row in kept for theme in row)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


def guide(county: str, address: str, number: int | None = None) -> Guide | None:
    """The guide at an address (national code, local code or our number), in at most three statements.

    `number` asks for an earlier version, which stays readable; a draft is never shown here.
    """
    item = _at(county, address)
    if item is None:
        return None
    version = item.current
    if number is not None and (version is None or version.number != number):
        version = item.versions.filter(number=number, state=ItemVersion.State.RETIRED).first()
        if version is None:
            return None
    materials = tuple(version.materials.all()) if version is not None else ()
    notice = item.notices.order_by("-id").first() if item.state != Item.State.PUBLISHED else None
    return Guide(item, version, materials, notice)


def called(county: str, address: str) -> Item | None:
    """The item that is published at an address."""
    found = _at(county, address)
    return found if found is not None and found.state in SHOWN else None


def at_machines(county: str, items: Iterable[int]) -> set[int]:
    """Those of these items that a self-service machine does, as their guides say it; one statement."""
    marked = Item.objects.filter(county=county, pk__in=list(items), current__content__service__kiosk=True)
    return set(marked.values_list("pk", flat=True))


def _at(county: str, address: str) -> Item | None:
    shown = (*SHOWN, Item.State.WITHDRAWN)  # a withdrawn item says so instead of vanishing
    rows = Item.objects.filter(_named(address), county=county, state__in=shown)
    return rows.select_related("department", "current", "subject").first()


def _named(address: str, path: str = "") -> Q:
    """By national code, by local code, or by our own number when it looks like one."""
    named = Q(**{f"{path}handle_code": address}) | Q(**{f"{path}local_code": address})
    if address.isascii() and address.isdigit() and len(address) <= 12:
        named |= Q(**{f"{path}id": int(address)})
    return named


def with_sheets(version: ItemVersion) -> QuerySet[Material]:
    """The materials in their order; `sheets` holds role and type of each file beside a material."""
    beside_it = MaterialPaper.objects.filter(version=OuterRef("version_id"), code=OuterRef("code"))
    told = beside_it.annotate(told=Concat("role", Value(" "), "file__media_type")).values("told")
    return version.materials.order_by("order").annotate(sheets=ArraySubquery(told))


def version_for_case(version: int) -> ItemVersion:
    """The version that a case keeps, with its item, department and materials, whatever became of it since."""
    return whole_versions().get(pk=version)


def version_to_apply(county: str, address: str) -> ItemVersion | None:
    """The version under which one may apply today; None when the item is not open."""
    return whole_versions().filter(_open_at(county, address)).first()


def listed_in(version: ItemVersion, codes: Iterable[str]) -> dict[str, Material]:
    """The materials of a published version among these codes; its list is frozen, so it is read but once."""
    assert version.published_at is not None
    listed = _list_of(version.pk, version.published_at)
    return {code: copied(listed[code]) for code in codes if code in listed}


@lru_cache(maxsize=512)
def _list_of(version: int, published_at: datetime) -> dict[str, Material]:
    listed = Material.objects.filter(version=version, version__published_at=published_at)
    return {one.code: one for one in listed}


def _open_at(county: str, address: str) -> Q:
    published = Q(item__county=county, item__state=Item.State.PUBLISHED, state=ItemVersion.State.PUBLISHED)
    return published & _named(address, "item__")


def whole_versions() -> QuerySet[ItemVersion]:
    """Versions with everything that the gate, the diff and a case read."""
    papers = Prefetch("materials", queryset=Material.objects.order_by("order"))
    return ItemVersion.objects.select_related("item__department", "item__subject").prefetch_related(papers)


def visible_to(officer: Officer) -> QuerySet[Item]:
    """The items that an officer works on: his own office's; all of the county for the managing office."""
    rows = Item.objects.filter(county=officer.county).select_related("department", "current")
    posts = [post for post in officer.posts if _CATALOGUE & set(post.grants)]
    if any(post.scope != Post.Scope.DEPARTMENT for post in posts):
        return rows
    return rows.filter(department_id__in=[post.department_id for post in posts])


def changes_visible_to(officer: Officer) -> QuerySet[Change]:
    """Requests for change that an officer may see, the undecided first."""
    items = visible_to(officer).values("pk")
    rows = Change.objects.filter(county=officer.county, item__in=items)
    return rows.select_related("item", "department", "version").order_by("-id")


def resting(one: BaseItem) -> QuerySet[Item]:
    """The items that rest on a base item, whatever office handles them."""
    rows = Item.objects.filter(county=one.county, base_code=one.code).exclude(state=Item.State.WITHDRAWN)
    return rows.select_related("current", "department", "subject").order_by("pk")


def bases(county: str) -> QuerySet[BaseItem]:
    """The base catalogue, by code."""
    return (
        BaseItem.objects.filter(county=county, current__isnull=False)
        .select_related("current")
        .order_by("code")
    )


def of_elsewhere(run: ImportRun) -> int:
    """How many rows of a file name another county's area: then it is perhaps the wrong file."""
    return sum(any(remark.endswith(ELSEWHERE) for remark in row["remarks"]) for row in run.report)


def runs(county: str) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(county=county).select_related("file").order_by("-id")


def names_of(ids: Iterable[int]) -> dict[int, Item]:
    """Items by id, with office and limits, for a page of search results; one statement."""
    rows = Item.objects.filter(pk__in=list(ids)).select_related("department", "current")
    return {row.pk: row for row in rows.defer(*_HEAVY)}
