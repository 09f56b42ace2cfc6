"""表格文件: the keeper hands in a blank sheet or a sample for a material of a draft, looks at it, takes it out."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from onewindow.catalogue import acts, docx
from onewindow.catalogue.models import MaterialPaper
from onewindow.ground import files
from onewindow.ground.clock import now, today
from onewindow.ground.models import StoredFile
from onewindow.intake import uploads
from onewindow.intake.content import tidy
from onewindow.rules.grants import Grant, NotAllowed
from onewindow.web.gates import StaffRequest, staff_required
from onewindow.web.views.catalogue.asked import KEEPERS, item_of
from onewindow.web.views.catalogue.items import version_of

MOST_MEGABYTES = 10


@require_POST
@staff_required(Grant.CATALOGUE_DRAFT)
def change(request: StaffRequest, pk: int, number: int) -> HttpResponse:
    """Put a file in, or take one out."""
    version = version_of(item_of(request.officer, pk), number)
    code, role = request.POST.get("code", ""), request.POST.get("role", "")
    if role not in MaterialPaper.Role.values:
        raise Http404("没有这一种表格。")
    when = {"by": request.officer, "on": today(), "at": now()}
    try:
        if "out" in request.POST:
            acts.take_out_paper(version, code=code, role=role, **when)  # type: ignore[arg-type]
        else:
            file = _kept(request, version.county)
            acts.put_paper(version, code=code, role=role, file=file, **when)  # type: ignore[arg-type]
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤下。" if "out" in request.POST else "已上传，发布后群众就能下载。")
    return redirect("catalogue_version", pk, number)


@require_GET
@staff_required(*KEEPERS)
def look(request: StaffRequest, pk: int, number: int, code: str, role: str) -> HttpResponse:
    """The file of a draft, for those who keep the item."""
    version = version_of(item_of(request.officer, pk), number)
    kept = MaterialPaper.objects.filter(version=version, code=code, role=role).select_related("file").first()
    if kept is None:
        raise Http404("没有这份文件。")
    answer = HttpResponse(files.read(kept.file), content_type=kept.file.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, kept.file.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _kept(request: StaffRequest, county: str) -> StoredFile:
    """The file that came, looked at and scanned like every upload; Word files by rules of their own."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        raise NotAllowed("请先选择文件。")
    content, name = sent.read(), tidy(sent.name or "")
    if not docx.looks_like(content):
        return uploads.keep(county, uploads.look(content, name, MOST_MEGABYTES), now())
    docx.check(content, name)
    uploads.scanned(content, name)
    return files.keep(county, content, name=name, media_type=docx.MEDIA_TYPE, at=now())
