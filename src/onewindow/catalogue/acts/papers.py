"""空白表格和样表: how do the files that applicants download get beside the materials of a draft?"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from onewindow.catalogue.models import ItemVersion, MaterialPaper
from onewindow.catalogue.write import locked
from onewindow.ground.models import StoredFile
from onewindow.journal import write
from onewindow.rules.facts_catalogue import PaperPut, PaperTakenOut
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

KINDS = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word（.docx）",
    "image/png": "PNG",
    "image/jpeg": "JPG",
}


@needs(Grant.CATALOGUE_DRAFT)
@transaction.atomic
def put_paper(
    version: ItemVersion, *, by: Actor, on: date, at: datetime, code: str, role: str, file: StoredFile
) -> MaterialPaper:
    """上传表格: a blank sheet or a sample, looked at before it came here, instead of the one before it."""
    version = _draft_of(version)
    if not version.materials.filter(code=code).exists():
        raise NotAllowed("这一版没有这份材料，请刷新页面再上传。")
    if file.media_type not in KINDS:
        raise NotAllowed(f"只收 {'、'.join(KINDS.values())} 文件，请换一种格式再上传。")
    paper, _ = MaterialPaper.objects.update_or_create(
        version=version, code=code, role=MaterialPaper.Role(role), defaults={"file": file}
    )
    fact = PaperPut(on=on, version=version.pk, code=code, role=paper.role, file=file.pk)
    write.record(version.item.subject, fact, by=by, at=at)
    return paper


@needs(Grant.CATALOGUE_DRAFT)
@transaction.atomic
def take_out_paper(version: ItemVersion, *, by: Actor, on: date, at: datetime, code: str, role: str) -> None:
    """撤下表格: the draft goes on without it."""
    version = _draft_of(version)
    gone, _ = MaterialPaper.objects.filter(version=version, code=code, role=role).delete()
    if gone:
        fact = PaperTakenOut(on=on, version=version.pk, code=code, role=role)
        write.record(version.item.subject, fact, by=by, at=at)


def _draft_of(version: ItemVersion) -> ItemVersion:
    item = locked(version.item)
    found = item.versions.get(pk=version.pk)
    if found.state != ItemVersion.State.DRAFT:
        now = found.get_state_display()
        raise NotAllowed(f"第 {found.number} 版现在是“{now}”，文件不能再改；请起草新版，或者先退回起草人。")
    found.item = item
    return found
