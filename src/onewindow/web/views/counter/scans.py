"""高拍: the pictures of papers that come with the intake page, and looking at them again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onewindow.ground import files
from onewindow.ground.models import StoredFile
from onewindow.intake import acts as intake
from onewindow.intake import uploads
from onewindow.intake.content import Unfit
from onewindow.intake.models import Application
from onewindow.places.reads import pack_here
from onewindow.rules.grants import Grant
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.counter.work import draft

FILE = "file-"
_MEGABYTE = 1024 * 1024


def take(request: StaffRequest, application: Application, at: datetime) -> None:
    """Keep the files that came with the page, each for its material; raises Unfit for one that is not kept."""
    sent = {name: file for name, file in _files(request) if name.startswith(FILE)}
    if not sent:
        return
    most = pack_here(request.county).setting("upload.max_megabytes").number  # type: ignore[attr-defined]
    listed = {f"{FILE}{material.pk}": material.pk for material in application.version.materials.all()}
    looked = {}
    for name, file in sent.items():
        if name not in listed:
            raise Unfit("这份材料不在本事项清单里，没有收下。")
        if (file.size or 0) > most * _MEGABYTE:
            raise Unfit(f"“{file.name}”超过 {most} 兆，没有收下。请降低分辨率重新扫描。")
        looked[listed[name]] = uploads.look(file.read(), file.name or "", most)
    pages = {key: uploads.keep(application.county, upload, at) for key, upload in looked.items()}
    if not intake.scan(application, by=request.officer, at=at, pages=pages):
        for page in pages.values():  # the draft has been handed in or thrown away meanwhile
            files.forget(page)


def _files(request: StaffRequest) -> list[tuple[str, UploadedFile]]:
    return [(name, file) for name, file in request.FILES.items() if isinstance(file, UploadedFile)]


@require_GET
@never_cache
@staff_required(Grant.INTAKE_RECEIVE)
def look(request: StaffRequest, once: UUID, material: int) -> HttpResponse:
    """The picture of one paper of the clerk's own draft."""
    application = draft(request, once)
    kept = intake.scans_of(application).get(f"{intake.SCAN}{material}")
    if not kept:
        raise Http404
    return _shown(get_object_or_404(StoredFile, pk=int(kept[0]), county=application.county))


@require_GET
@never_cache
@staff_required(Grant.INTAKE_RECEIVE)
def uploaded(request: StaffRequest, once: UUID, submitted: int) -> HttpResponse:
    """A file that the applicant had uploaded at home, in the draft that this clerk goes on with."""
    one = draft(request, once).submitted.select_related("file").filter(pk=submitted).first()
    if one is None or one.file is None:
        raise Http404
    return _shown(one.file)


def _shown(stored: StoredFile) -> HttpResponse:
    answer = HttpResponse(files.read(stored), content_type=stored.media_type)
    answer.headers["Content-Disposition"] = "inline"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
