"""导入事项: how does a file of items enter the catalogue, row by row, with a count that can be watched?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.expressions import CombinedExpression

from onewindow.catalogue.acts.base import take_in_base, would_be
from onewindow.catalogue.acts.draft import draft, list_item
from onewindow.catalogue.imports import base as of_bases
from onewindow.catalogue.imports import guide, sheet
from onewindow.catalogue.imports.judge import Judge, Judged
from onewindow.catalogue.models import ImportRun, Item
from onewindow.catalogue.write import locked
from onewindow.ground import files, series
from onewindow.ground.clock import SHANGHAI
from onewindow.journal import write
from onewindow.places.acts import open_department
from onewindow.places.models import County, Department
from onewindow.rules.facts_catalogue import ImportAsked, ItemListed, ItemsImported
from onewindow.rules.grants import Actor, Grant, NotAllowed, NotGranted, needs

LARGEST = 20 * 1024 * 1024
STRIDE = 100  # a dry run counts on in steps of so many rows
_LISTED = (
    "name", "kind", "department_id", "main_item", "audience", "themes", "aliases", "online_depth", "level", "phone",
)  # fmt: skip


@needs(Grant.CATALOGUE_DRAFT)
@transaction.atomic
def ask_import(
    county: County,
    *,
    by: Actor,
    at: datetime,
    content: bytes,
    name: str,
    dry: bool,
    add_departments: bool = False,
) -> ImportRun:
    """提交导入: the file is kept; checking it, or taking it in, follows by itself."""
    if add_departments and not by.may(Grant.PLACES_MANAGE, county):
        raise NotGranted("建立部门要有“管理机构和窗口”的权限，请由管理员导入，或者先登记部门。")
    return _asked(county, content, name, by=by, at=at, dry=dry, add_departments=add_departments)


@needs(Grant.CATALOGUE_PUBLISH)
@transaction.atomic
def ask_base_import(
    county: County, *, by: Actor, at: datetime, content: bytes, name: str, dry: bool
) -> ImportRun:
    """提交基本目录: the managing office hands in what the state or the province published."""
    return _asked(county, content, name, by=by, at=at, dry=dry, of_base=True)


def _asked(
    county: County, content: bytes, name: str, *, by: Actor, at: datetime, dry: bool, **told: bool
) -> ImportRun:
    if len(content) > LARGEST:
        raise NotAllowed("文件超过 20 MB，请分成几个文件导入。")
    going = None if dry else _going_on(county, content)
    if going is not None:
        return going
    number = f"{series.take(county.code, 'import'):06}"
    subject = write.open_subject(county.code, "import", number)
    officer = getattr(by, "pk", None)  # the command line acts without an account
    run = ImportRun.objects.create(
        county=county.code,
        subject=subject,
        file=files.keep(county.code, content, name=name, media_type="application/octet-stream", at=at),
        dry=dry,
        state=ImportRun.State.WAITING,
        asked_by_id=officer,
        begun_at=at,
        **told,
    )
    write.record(subject, ImportAsked(on=at.astimezone(SHANGHAI).date(), run=run.pk), by=by, at=at)
    return run


def _going_on(county: County, content: bytes) -> ImportRun | None:
    """The run that takes in this very file already: it was pressed twice."""
    County.objects.select_for_update().get(pk=county.pk)
    same = ImportRun.objects.filter(
        county=county.code, dry=False, file__sha256=hashlib.sha256(content).hexdigest()
    )
    return same.exclude(state__in=(ImportRun.State.DONE, ImportRun.State.FAILED)).first()


@needs(Grant.CATALOGUE_DRAFT)
def carry_out_import(county: County, run: ImportRun, *, by: Actor, at: datetime) -> ImportRun:
    """Check the file, or take it in: one item is one transaction and is counted in it.

    Cut off and called again, it goes on after the last item that it counted.
    """
    rows = _opened_file(run, sheet.COLUMNS, at)
    if rows is None:
        return run
    on = at.astimezone(SHANGHAI).date()
    judge = Judge(_offices(run.county), county=county.name, area=county.code, add=run.add_departments, on=on)
    judged = judge.all(rows)
    _turn(run, state=ImportRun.State.RUNNING, total=len(judged), unread=rows.unread)
    if run.dry:
        _count_only(run, judged, judge)
    else:
        for row in judged[run.done :]:
            _one(run, row, judge, county=county, by=by, at=at)
    return _finish(run, by=by, on=on, at=at)


@needs(Grant.CATALOGUE_PUBLISH)
def carry_out_base_import(county: County, run: ImportRun, *, by: Actor, at: datetime) -> ImportRun:
    """The same for a file of the base catalogue; what rests on a changed row is flagged by itself."""
    rows = _opened_file(run, of_bases.COLUMNS, at)
    if rows is None:
        return run
    on = at.astimezone(SHANGHAI).date()
    judged = of_bases.all_of(rows, source=run.file.name)
    _turn(run, state=ImportRun.State.RUNNING, total=len(judged), unread=rows.unread)
    for row in judged[run.done :]:
        with transaction.atomic():
            outcome = "refused"
            if row.told is not None and run.dry:
                outcome = would_be(run.county, row.told)
            elif row.told is not None:
                outcome = take_in_base(county, row.told, by=by, on=on, at=at)
            _count(run, row, outcome)
    return _finish(run, by=by, on=on, at=at)


def _opened_file(run: ImportRun, columns: Mapping[str, tuple[str, ...]], at: datetime) -> sheet.Sheet | None:
    """The rows of a run's file; None when it is through already, or cannot be read."""
    if run.state in (ImportRun.State.DONE, ImportRun.State.FAILED):
        return None
    _turn(run, state=ImportRun.State.READING)
    try:
        return sheet.read(files.read(run.file), run.file.name, columns)
    except sheet.BadFile as wrong:
        _turn(run, state=ImportRun.State.FAILED, failure=str(wrong), ended_at=at)
        return None


def _count_only(run: ImportRun, judged: list[Judged], judge: Judge) -> None:
    """What would happen to each row, without doing it."""
    known = _known(run.county)
    counts = {"added": 0, "changed": 0, "same": 0, "refused": 0, "remarked": 0}
    report: list[dict[str, Any]] = []
    for done, row in enumerate(judged, 1):
        counts["refused" if row.refused else _outcome(row, known.get(row.key), judge)] += 1
        counts["remarked"] += bool(row.remarks)
        if row.refused or row.remarks:
            report.append(row.line)
        if done % STRIDE == 0 or done == len(judged):
            _turn(run, done=done, report=report, **counts)


def _one(run: ImportRun, row: Judged, judge: Judge, *, county: County, by: Actor, at: datetime) -> None:
    """One row: all of it with its count, or nothing of it with its reason."""
    try:
        with transaction.atomic():
            outcome = "refused" if row.refused else _take_in(run, row, judge, county=county, by=by, at=at)
            _count(run, row, outcome)
    except NotAllowed as refused:
        row.refused.append(str(refused))
        _count(run, row, "refused")


def _count(run: ImportRun, row: Judged | of_bases.JudgedBase, outcome: str) -> None:
    changes: dict[str, Any] = {"done": F("done") + 1, outcome: F(outcome) + 1}
    if row.remarks:
        changes["remarked"] = F("remarked") + 1
    if row.refused or row.remarks:
        line = Value([row.line], output_field=ImportRun._meta.get_field("report"))
        changes["report"] = CombinedExpression(F("report"), "||", line)
    ImportRun.objects.filter(pk=run.pk).update(**changes)


def _take_in(run: ImportRun, row: Judged, judge: Judge, *, county: County, by: Actor, at: datetime) -> str:
    office = judge.known(row.department) or _opened(row, judge, county=county, by=by, at=at)
    on = at.astimezone(SHANGHAI).date()
    item = _known(run.county, row.key).get(row.key)
    outcome = _outcome(row, item, judge)
    if outcome == "same" and item is not None:
        return outcome
    if item is None:
        item = _fill(Item(county=run.county), row, office)
        list_item(item, by=by, on=on, at=at, text=guide.text_of(row), run=run.pk)
        return outcome
    _change(item, row, office, run=run, by=by, on=on, at=at)
    return outcome


def _change(
    item: Item, row: Judged, office: Department, *, run: ImportRun, by: Actor, on: date, at: datetime
) -> None:
    """An item of the list that the file now describes otherwise."""
    if not by.may(Grant.CATALOGUE_DRAFT, item):
        raise NotGranted("这个事项属于别的部门，您不能改。请从文件里去掉这一行，或者由那个部门导入。")
    text = None if _guide_is_in(item, row) else guide.text_of(row)
    item = _fill(locked(item), row, office)
    item.changed_at = at
    item.save()
    write.record(item.subject, ItemListed(on=on, run=run.pk), by=by, at=at)
    if text is not None:
        draft(item, text, by=by, on=on, at=at)


def _outcome(row: Judged, item: Item | None, judge: Judge) -> str:
    if item is None:
        return "added"
    if item.state != Item.State.LISTED:
        row.remarks.append(f"本系统里已经是“{item.get_state_display()}”，导入不改动它")
        return "same"
    office = judge.known(row.department)
    wanted = _fill(Item(county=item.county), row, office) if office is not None else None
    if wanted is None or any(getattr(item, name) != getattr(wanted, name) for name in _LISTED):
        return "changed"
    return "same" if _guide_is_in(item, row) else "changed"


def _guide_is_in(item: Item, row: Judged) -> bool:
    """Whether the row begins no guide, or a guide was begun already; what people wrote is never overwritten."""
    return guide.text_of(row) is None or item.versions.exists()


def _fill(item: Item, row: Judged, office: Department) -> Item:
    national = row.national
    item.department, item.name, item.kind = office, row.name, row.kind
    item.handle_code = national.handle if national else ""
    item.task_code = national.task if national else ""
    item.base_code = national.base if national else ""
    item.local_code, item.level = row.local_code, row.level
    item.main_item, item.phone = row.main_item, row.phone
    item.audience, item.themes, item.aliases = row.audience, row.themes, row.aliases
    item.online_depth = 3 if row.online else 0
    return item


def _known(county: str, key: str | None = None) -> dict[str, Item]:
    """The county's items by the codes under which a file can name them."""
    rows = Item.objects.filter(county=county).select_related("subject", "department")
    if key is not None:
        rows = rows.filter(handle_code=key) | rows.filter(local_code=key)
    return {code: row for row in rows for code in (row.handle_code, row.local_code) if code}


def _offices(county: str) -> dict[str, Department]:
    return {row.name: row for row in Department.objects.filter(county=county, closed_on=None)}


def _opened(row: Judged, judge: Judge, *, county: County, by: Actor, at: datetime) -> Department:
    """A department that the file names and the county does not have yet."""
    key = f"in-{hashlib.sha256(row.department.encode()).hexdigest()[:12]}"
    office = open_department(
        county, by=by, at=at, key=key, name=row.department[:100], short=row.department[:20], uscc=row.uscc[:18],
        phone=row.phone[:20],
    )  # fmt: skip
    judge.departments = {**judge.departments, row.department: office}
    return office


def _turn(run: ImportRun, **changed: Any) -> ImportRun:
    ImportRun.objects.filter(pk=run.pk).update(**changed)
    for name, value in changed.items():
        setattr(run, name, value)
    return run


@transaction.atomic
def _finish(run: ImportRun, *, by: Actor, on: date, at: datetime) -> ImportRun:
    run = (
        ImportRun.objects.select_related("subject", "file")
        .select_for_update(of=("self", "subject"))
        .get(pk=run.pk)
    )
    run.state, run.ended_at = ImportRun.State.DONE, at
    run.save(update_fields=["state", "ended_at"])
    if not run.dry and not run.of_base:
        write.record(run.subject, ItemsImported(on=on, run=run.pk), by=by, at=at)
    return run
