"""导入: hand in a file, watch it being checked, read every bad row with its reason, then take it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onewindow.catalogue import acts, reads
from onewindow.catalogue.imports import base
from onewindow.catalogue.imports.sheet import COLUMNS
from onewindow.catalogue.models import ImportRun
from onewindow.ground import files
from onewindow.ground.clock import now
from onewindow.ground.paging import page
from onewindow.places.models import County
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.asking import AskingForm, tell
from onewindow.web.gates import StaffRequest, staff_required

SHOWN = 500


class ImportForm(AskingForm):
    """A file of items, and whether missing departments are made."""

    file = forms.FileField(
        label="文件", help_text="Excel（.xlsx）、CSV 或 JSON，不超过 20 MB。先检查，确认后才导入。"
    )
    add_departments = forms.BooleanField(
        label="建立缺少的部门", required=False, help_text="文件里有而系统里没有的部门，导入时一并建立。"
    )


@require_http_methods(["GET", "POST"])
@staff_required(Grant.CATALOGUE_DRAFT, Grant.CATALOGUE_PUBLISH)
def imports(request: StaffRequest) -> HttpResponse:
    """Hand in a file; the last runs and how far they are."""
    posted = request.method == "POST"
    of_base = (request.POST if posted else request.GET).get("of") == "base"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    if of_base:
        del form.fields["add_departments"]
    if posted and form.is_valid():
        try:
            run = _asked(
                request,
                form.cleaned_data["file"].read(),
                form.cleaned_data["file"].name,
                dry=True,
                add_departments=form.cleaned_data.get("add_departments", False),
                of_base=of_base,
            )
        except NotAllowed as refusal:
            tell(form, refusal)
        else:
            return redirect("catalogue_import", run.pk)
    columns = [names[0] for names in (base.COLUMNS if of_base else COLUMNS).values()]
    runs, next_key = page(
        reads.runs(request.officer.county), request.GET.get("after", ""), by=("-pk",), size=20
    )
    context: dict[str, Any] = {
        "of_base": of_base,
        "form": form,
        "runs": runs,
        "next_key": next_key,
        "columns": columns,
    }
    return render(request, "catalogue/imports.html", context)


@require_GET
@staff_required(Grant.CATALOGUE_DRAFT, Grant.CATALOGUE_PUBLISH)
def run(request: StaffRequest, pk: int) -> HttpResponse:
    """How far a run is, and its report; the page asks again by itself while the run goes on."""
    found = _run(request, pk)
    moving = found.state not in (ImportRun.State.DONE, ImportRun.State.FAILED)
    context = {
        "run": found,
        "moving": moving,
        "report": found.report[:SHOWN],
        "left_out": max(0, len(found.report) - SHOWN),
        "good": found.added + found.changed,
        "strange": reads.of_elsewhere(found),
    }
    part = bool(request.headers.get("HX-Request"))
    return render(request, "catalogue/import_state.html" if part else "catalogue/import.html", context)


@require_POST
@staff_required(Grant.CATALOGUE_DRAFT, Grant.CATALOGUE_PUBLISH)
def take_in(request: StaffRequest, pk: int) -> HttpResponse:
    """Take in the file that was checked."""
    checked = _run(request, pk)
    if not checked.dry or checked.state != ImportRun.State.DONE:
        raise NotAllowed("这个文件还没有检查完，或者已经导入过了。请刷新后再看。")
    taken = reads.runs(request.officer.county).filter(dry=False, pk__gt=checked.pk)
    before = taken.filter(file__sha256=checked.file.sha256).first()
    if before is not None:
        return redirect("catalogue_import", before.pk)
    made = _asked(
        request,
        files.read(checked.file),
        checked.file.name,
        dry=False,
        add_departments=checked.add_departments,
        of_base=checked.of_base,
    )
    return redirect("catalogue_import", made.pk)


def _asked(
    request: StaffRequest, content: bytes, name: str, *, dry: bool, add_departments: bool, of_base: bool
) -> ImportRun:
    county: County = request.county  # type: ignore[attr-defined]
    if of_base:
        return acts.ask_base_import(county, by=request.officer, at=now(), content=content, name=name, dry=dry)
    return acts.ask_import(
        county,
        by=request.officer,
        at=now(),
        content=content,
        name=name,
        dry=dry,
        add_departments=add_departments,
    )


def _run(request: StaffRequest, pk: int) -> ImportRun:
    found = reads.runs(request.officer.county).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这次导入。")
    return found
