"""网上申请: the applicant begins at home, fills in as he goes, adds his papers, and submits once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from onewindow.catalogue.models import ItemVersion, Material
from onewindow.ground import files
from onewindow.ground.models import StoredFile
from onewindow.intake import situation
from onewindow.intake.acts.papers import (
    Paper,
    Told,
    check_reuse,
    forget_scans,
    open_for_application,
    refuse_applicant,
    refuse_faults,
)
from onewindow.intake.content import MOST_FILES
from onewindow.intake.form import typed as as_typed
from onewindow.intake.known import filled
from onewindow.intake.models import ONLINE, Application, Submitted
from onewindow.people.bars import refuse_barred
from onewindow.people.models import Party
from onewindow.rules.grants import Grant, NotAllowed, needs

ONLINE_FROM = 3  # 网上办理深度: from 预审 on an application can be handed in online


class PapersMissing(NotAllowed):
    """Materials that still have to be added; by their ids."""

    def __init__(self, missing: Sequence[Material]) -> None:
        names = "、".join(material.name for material in missing)
        super().__init__(f"还有 {len(missing)} 份材料没有交：{names}。请补齐再交。")
        self.missing = [material.pk for material in missing]


@needs(Grant.CASE_APPLY)
@transaction.atomic
def begin(
    version: ItemVersion, *, by: Party, at: datetime, once: UUID, applicant: Party, channel: str
) -> Application:
    """Begin an application at home, for oneself or for whom one speaks; an open one of the same item goes on."""
    open_for_application(version)
    if version.item.online_depth < ONLINE_FROM:
        raise NotAllowed("这个事项还不能在网上申请，请到窗口办理。")
    _may_apply(applicant, by, at.date())
    refuse_barred(applicant, version.item.subject_id, at.date())
    claimed = applicant.pk in by.claims_for
    open_ones = Application.objects.filter(
        applicant=applicant, version__item=version.item_id, sealed_at__isnull=True, channel__in=ONLINE
    )
    his_own = Q(agent=by) if claimed else Q(agent=by) | Q(agent=None)
    open_one = open_ones.filter(his_own).first()
    if open_one is not None:
        return open_one
    application, _ = Application.objects.get_or_create(
        county=version.county,
        once=once,
        defaults={
            "version": version,
            "department_id": version.item.department_id,
            "applicant": applicant,
            "agent": by if claimed or applicant.guardian_id == by.pk else None,
            "channel": channel,
            "phone": by.phone if claimed else applicant.phone or by.phone,
            "draft": {} if claimed else filled(version.form, applicant, at.date()),
            "begun_at": at,
            "saved_at": at,
        },
    )
    return application


@needs(Grant.CASE_APPLY)
@transaction.atomic
def save(
    application: Application,
    *,
    by: Party,
    at: datetime,
    names: Collection[str],
    typed: Mapping[str, Sequence[str]],
) -> Application:
    """Keep what was typed into the fields `names`, right or wrong; a field left out of `typed` becomes empty."""
    mine = _open(application)
    mine.draft = {name: texts for name, texts in mine.draft.items() if name not in names} | {
        name: list(typed[name])[:50] for name in names if name in typed
    }
    mine.saved_at = at
    mine.save(update_fields=["draft", "saved_at"])
    return mine


@needs(Grant.CASE_APPLY)
@transaction.atomic
def attach(
    application: Application,
    *,
    by: Party,
    at: datetime,
    material: Material,
    file: StoredFile,
    valid_until: date | None = None,
) -> Submitted:
    """Add one file to a material of the list; what was reused for it gives way."""
    mine = _open(application)
    _of_the_list(mine, material)
    if valid_until is not None and valid_until < at.date():
        raise NotAllowed(f"“{material.name}”已过有效期，请换有效的再上传。")
    there = mine.submitted.filter(material=material)
    there.filter(how=Submitted.How.REUSED).delete()
    if there.count() >= MOST_FILES:
        raise NotAllowed(f"一份材料最多 {MOST_FILES} 个文件，请合并成一个 PDF 再上传。")
    _touch(mine, at)
    return Submitted.objects.create(
        application=mine,
        material=material,
        how=Submitted.How.UPLOAD,
        file=file,
        valid_until=valid_until,
        added_at=at,
    )


@needs(Grant.CASE_APPLY)
@transaction.atomic
def reuse(
    application: Application, *, by: Party, at: datetime, material: Material, old: Submitted
) -> Submitted:
    """Let a paper given before stand for this material, while it is valid and the applicant's own."""
    mine = _open(application)
    _of_the_list(mine, material)
    check_reuse(mine.applicant, [Paper(material, reused_from=old)], at.date())
    if not by.may(Grant.CASE_APPLY, old.application):
        raise NotAllowed(f"“{material.name}”不是您经手提交的，不能再用，请重新上传。")
    for one in mine.submitted.filter(material=material):
        _remove(one)
    _touch(mine, at)
    return Submitted.objects.create(
        application=mine,
        material=material,
        how=Submitted.How.REUSED,
        reused_from=old,
        file=old.file,
        valid_until=old.valid_until,
        added_at=at,
    )


@needs(Grant.CASE_APPLY)
@transaction.atomic
def detach(application: Application, *, by: Party, at: datetime, submitted: int) -> None:
    """Take one file out again before the seal; its bytes are thrown away."""
    mine = _open(application)
    for one in mine.submitted.filter(pk=submitted):
        _remove(one)
    _touch(mine, at)


@needs(Grant.CASE_APPLY)
@transaction.atomic
def throw_away(application: Application, *, by: Party) -> None:
    """The applicant does not want to apply after all; nothing of the draft is kept."""
    erase(_open(application))


@needs(Grant.CASE_APPLY)
@transaction.atomic
def move_to_current(application: Application, *, by: Party, at: datetime) -> list[str]:
    """A draft begun under an earlier version goes on under the current one; answers the names of papers dropped."""
    return moved(_open(application), at)


@needs(Grant.CASE_APPLY)
@transaction.atomic
def take_back(application: Application, *, by: Party, at: datetime) -> None:
    """The applicant goes on by himself with what a window had begun to help him with."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("version")
    mine = rows.filter(pk=application.pk, sealed_at__isnull=True, begun_as__in=ONLINE).first()
    if mine is None:
        raise NotAllowed("窗口已经替您交上，或者已经退回给您。请到“我的办件”里看。")
    give_back(mine, at)


def give_back(mine: Application, at: datetime) -> None:
    """From the window to the applicant's own page; what only the counter's page held goes, what he filled in stays."""
    his = {*(mine.version.form.get("schema") or {}).get("properties", {})}
    before, mine.draft = (
        mine.draft,
        {
            name: texts
            for name, texts in mine.draft.items()
            if name in his or name.startswith(situation.PREFIX)
        },
    )
    mine.channel, mine.begun_as = mine.begun_as, ""
    mine.taken_by, mine.window, mine.saved_at = None, None, at
    mine.save(update_fields=["draft", "channel", "begun_as", "taken_by", "window", "saved_at"])
    forget_scans(before)


def moved(mine: Application, at: datetime) -> list[str]:
    """Bring a draft under the current version of its item; answers the names of papers dropped."""
    current = mine.version.item.current
    if current is None or current.pk == mine.version_id:
        return []
    codes = {material.code: material for material in current.materials.all()}
    dropped = []
    for one in mine.submitted.select_related("material"):
        fitting = codes.get(one.material.code)
        if fitting is not None and fitting.name == one.material.name:
            Submitted.objects.filter(pk=one.pk).update(material=fitting)
        else:
            dropped.append(one.material.name)
            _remove(one)
    mine.version, mine.saved_at = current, at
    mine.save(update_fields=["version", "saved_at"])
    return dropped


@needs(Grant.CASE_APPLY)
@transaction.atomic
def submit(
    application: Application, *, by: Party, at: datetime, told: Told, may_lack: Collection[int] = ()
) -> Application:
    """Seal it: from here on nothing is changed. The same page sent twice seals once.

    `may_lack` are the materials in whose place the applicant signs a promise in the same breath.
    """
    mine = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if mine.sealed_at is not None:
        return mine
    open_for_application(mine.version)
    _may_apply(mine.applicant, by, at.date())
    refuse_applicant(mine.applicant, told)
    refuse_barred(mine.applicant, mine.version.item.subject_id, at.date())
    situation.refuse_at_home(mine.version, situation.answers(mine.version, mine.draft))
    form = as_typed(mine.version.form, mine.draft)
    refuse_faults(mine.version, form)
    _refuse_missing(mine, at.date(), may_lack)
    mine.form, mine.draft, mine.sealed_at, mine.saved_at = form, {}, at, at
    mine.phone, mine.e_service = told.phone, told.e_service
    mine.delivery_way, mine.delivery_address = told.delivery_way, told.delivery_address
    mine.save()
    _stands_as_form(mine, at)
    return mine


def erase(application: Application) -> None:
    """Delete a draft with its files; only ever one that was not sealed."""
    for one in application.submitted.all():
        _remove(one)
    gone, _ = Application.objects.filter(pk=application.pk, sealed_at__isnull=True).delete()
    if gone:
        forget_scans(application.draft)


def missing(
    application: Application, materials: Sequence[Material], there: Collection[int]
) -> list[Material]:
    """What still has to be handed in for this situation, beside the materials that are `there`.

    The form that is filled in online is no paper.
    """
    given = situation.answers(application.version, application.draft)
    wanted = situation.to_hand_in(materials, given)
    return [m for m in wanted if m.pk not in there and not situation.filled_in_online(m)]


def _refuse_missing(mine: Application, today: date, may_lack: Collection[int]) -> None:
    if situation.unanswered(mine.version, mine.draft):
        raise NotAllowed("还有情形没有选，请回到第一步选好，才知道要交哪些材料。")
    there = {*mine.submitted.values_list("material_id", flat=True), *may_lack}
    if lacking := missing(mine, list(mine.version.materials.order_by("order")), there):
        raise PapersMissing(lacking)
    for one in mine.submitted.select_related("material", "reused_from__application", "reused_from__material"):
        if one.reused_from is not None:
            check_reuse(mine.applicant, [Paper(one.material, reused_from=one.reused_from)], today)
        elif one.valid_until is not None and one.valid_until < today:
            raise NotAllowed(f"“{one.material.name}”已过有效期，请换有效的再交。")


def _stands_as_form(mine: Application, at: datetime) -> None:
    """The application form on the list is the one that was filled in online."""
    for material in mine.version.materials.order_by("order"):
        if situation.filled_in_online(material) and not mine.submitted.filter(material=material).exists():
            Submitted.objects.create(application=mine, material=material, how=Submitted.How.FORM, added_at=at)


def _open(application: Application) -> Application:
    mine = (
        Application.objects.select_for_update(of=("self",))
        .select_related("version__item__current", "applicant")
        .filter(pk=application.pk, sealed_at__isnull=True, channel__in=ONLINE)
        .first()
    )
    if mine is None:
        raise NotAllowed("这份申请已经提交或者删除，不能再改。请到“我的办件”里看。")
    return mine


def _may_apply(applicant: Party, by: Party, today: date) -> None:
    if applicant.pk not in by.speaks_for | by.claims_for:
        raise NotAllowed("您不能替这个人或者单位申请。请先登记监护关系，或者由法定代表人登录办理。")
    if (
        applicant.pk in by.claims_for
        and applicant.kind == Party.Kind.PERSON
        and not applicant.minor_on(today)
    ):
        raise NotAllowed("他已满十八周岁，请本人注册后自己申请，或者带证明到窗口登记监护关系。")
    refuse_applicant(applicant)
    refuse_applicant(by)
    if applicant.pk == by.pk and applicant.minor_on(today):
        raise NotAllowed("未满十八周岁的，请由监护人登录后代为申请，或者和监护人一起到窗口办理。")


def _of_the_list(mine: Application, material: Material) -> None:
    if material.version_id != mine.version_id:
        raise NotAllowed("这份材料不在本事项的清单里，请刷新页面后再传。")


def _touch(mine: Application, at: datetime) -> None:
    Application.objects.filter(pk=mine.pk).update(saved_at=at)


def _remove(one: Submitted) -> None:
    file = one.file if one.how == Submitted.How.UPLOAD else None  # what is reused belongs to the earlier one
    one.delete()
    if file is not None:
        files.forget(file)
