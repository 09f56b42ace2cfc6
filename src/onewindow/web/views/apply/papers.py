"""上传材料: the files for each material, what can be used again, and taking one out."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from onewindow.catalogue.models import Material
from onewindow.catalogue.reads import Guide
from onewindow.ground import files
from onewindow.ground.clock import now, today
from onewindow.intake import reads, uploads
from onewindow.intake.acts import online
from onewindow.intake.content import MOST_FILES, Unfit
from onewindow.places.reads import pack_here
from onewindow.rules.grants import NotAllowed
from onewindow.web.gates import PartyRequest, party_required
from onewindow.web.papers import offered_beside
from onewindow.web.views.apply.draft import Draft, load


@require_GET
@party_required
@never_cache
def papers(request: PartyRequest, once: UUID) -> HttpResponse:
    """Every material of this situation, grouped by what the person must do."""
    draft = load(request, once)
    if draft.application.sealed_at:
        return redirect(draft.url("done"))
    return _page(request, draft, {})


@require_POST
@party_required
def attach(request: PartyRequest, once: UUID, material: int) -> HttpResponse:
    """Add the chosen files to one material."""
    draft = load(request, once)
    wanted = _material(draft, material)
    try:
        until = _day(request.POST.get("valid_until", ""))
        chosen = request.FILES.getlist("file")
        if not chosen:
            raise Unfit("请先选择文件。")
        uploads.not_too_many(chosen)
        looked = [uploads.look(one.read(), one.name or "", most(request)) for one in chosen]
        with files.atomic():
            for upload in looked:
                _attach(request, draft, wanted, upload, until)
    except NotAllowed as refusal:
        return _page(request, draft, {material: str(refusal)})
    return redirect(f"{draft.url('papers')}#m{material}")


@require_POST
@party_required
def reuse(request: PartyRequest, once: UUID, material: int) -> HttpResponse:
    """Let the paper given before stand."""
    draft = load(request, once)
    wanted = _material(draft, material)
    old = reads.given_before(draft.application.applicant, [wanted.name], today(), request.party).get(
        wanted.name
    )
    if old is None:
        return _page(request, draft, {material: "以前提交的这份已经不能再用，请重新上传。"})
    try:
        online.reuse(draft.application, by=request.party, at=now(), material=wanted, old=old)
    except NotAllowed as refusal:
        return _page(request, draft, {material: str(refusal)})
    return redirect(f"{draft.url('papers')}#m{material}")


@require_POST
@party_required
def detach(request: PartyRequest, once: UUID, submitted: int) -> HttpResponse:
    """Take one file out."""
    draft = load(request, once)
    online.detach(draft.application, by=request.party, at=now(), submitted=submitted)
    return redirect(draft.url("papers"))


@require_GET
@party_required
@never_cache
def look(request: PartyRequest, once: UUID, submitted: int) -> HttpResponse:
    """One's own file again."""
    draft = load(request, once)
    one = draft.application.submitted.select_related("file").filter(pk=submitted, file__isnull=False).first()
    if one is None or one.file is None:
        raise Http404
    answer = HttpResponse(files.read(one.file), content_type=one.file.media_type)
    answer["Content-Disposition"] = content_disposition_header(False, one.file.name) or "inline"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def most(request: PartyRequest) -> int:
    return pack_here(request.county).setting("upload.max_megabytes").number  # type: ignore[attr-defined]


def _page(request: PartyRequest, draft: Draft, errors: dict[int, str]) -> HttpResponse:
    if draft.open_questions:
        return redirect(draft.url("situation"))
    lines = draft.lines(errors)
    version = draft.version
    guide = Guide(version.item, version, tuple(draft.materials), None)
    context = {
        "draft": draft,
        "steps": draft.steps("papers"),
        "todo": [line for line in lines if not line.free],
        "free": [line for line in lines if line.free],
        "errors": [(f"m{pk}", text) for pk, text in errors.items()],
        "most": most(request),
        "most_files": MOST_FILES,
        "offers": offered_beside(request.county, guide),  # type: ignore[attr-defined]
    }
    return render(request, "apply/papers.html", context, status=422 if errors else 200)


def _material(draft: Draft, key: int) -> Material:
    found = next((m for m in draft.materials if m.pk == key), None)
    if found is None:
        raise Http404
    return found


def _attach(
    request: PartyRequest, draft: Draft, material: Material, upload: uploads.Upload, until: date | None
) -> None:
    kept = uploads.keep(draft.application.county, upload, now())
    try:
        online.attach(
            draft.application, by=request.party, at=now(), material=material, file=kept, valid_until=until
        )
    except NotAllowed:
        files.forget(kept)
        raise


def _day(typed: str) -> date | None:
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise Unfit("有效期写作 2027-05-01 这样的日期；材料上没有写有效期的，空着就行。") from None
