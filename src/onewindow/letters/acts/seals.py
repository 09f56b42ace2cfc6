"""印章的行为: a seal is loaded by one person and put into force by another, and ended the same way."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction

from onewindow.ground import files
from onewindow.ground.clock import SHANGHAI
from onewindow.journal.doers import who_did
from onewindow.journal.models import Access
from onewindow.journal.write import log_access
from onewindow.letters import pictures, sealkeys
from onewindow.letters.models import Seal
from onewindow.letters.sample import Sample, sample
from onewindow.letters.sealkeys import SealKey
from onewindow.people.instead import counting, instead_of
from onewindow.places.models import Department
from onewindow.places.write import journalise, organisation
from onewindow.rules.facts_org import (
    SealBegan,
    SealConfirmed,
    SealEndAsked,
    SealEnded,
    SealKept,
    SealLoaded,
    SealRefused,
)
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

SEEN = "seal sample"


class SealFaults(NotAllowed):
    """What must be put right in the form of a seal; `by_field` gives the sentence beside each field."""

    def __init__(self, by_field: dict[str, str]) -> None:
        super().__init__("".join(by_field.values()))
        self.by_field = by_field


@dataclass(frozen=True)
class SealData:
    """What the first person gives."""

    name: str
    picture: bytes = field(repr=False)
    key_file: bytes = field(repr=False)
    passphrase: str = field(repr=False)
    in_force_from: date


@needs(Grant.SEAL_LOAD)
def load_seal(department: Department, *, by: Actor, at: datetime, told: SealData) -> Seal:
    """装入印章: checked and tried on a sample letter, and used for nothing until another person confirms it."""
    media_type, key = _checked(department, told, at)
    key_name = sealkeys.keep(key)
    try:
        return _loaded(department, told, media_type, key, key_name, by, at)
    except BaseException:
        sealkeys.forget(key_name)
        raise


@needs(Grant.SEAL_LOAD)
def see_sample(seal: Seal, *, by: Actor, at: datetime) -> Sample:
    """看样张: a signed sample letter; that this person has seen it is written down."""
    shown = sample(seal.department, files.read(seal.picture), key_of(seal), at=at)
    if shown.verdict.valid and not _seen(seal, by):
        log_access(seal.county, by=by, at=at, what=SEEN, about=f"seal:{seal.pk}", reason=seal.name)
    return shown


@needs(Grant.SEAL_LOAD)
@transaction.atomic
def confirm_seal(seal: Seal, *, by: Actor, at: datetime) -> Seal:
    """启用印章: by another person who has seen the sample; from its day on it seals, and the one before it ends."""
    seal = _alone_with(seal)
    if seal.state != "waiting":
        raise NotAllowed("这枚印章已经有人确认或者退回，请刷新页面。")
    loaded = who_did(organisation(seal.county), "SealLoaded", seal=seal.pk) | {seal.loaded_by}
    if loaded & counting(by, seal.department, "SealConfirmed"):
        raise NotAllowed("装入印章的人不能自己确认，请由另一位有“装入印章”权限的人确认。")
    if not _seen(seal, by):
        raise NotAllowed("请先打开样张，看过印章图样和签名核验结果再确认。")
    if seal.valid_until < at:
        raise NotAllowed("证书已经到期，请退回，换发证书后重新装入。")
    key_of(seal)
    seal.confirmed_by, seal.confirmed_at = by.actor_code, at
    seal.save(update_fields=["confirmed_by", "confirmed_at"])
    journalise(seal.county, SealConfirmed(on=at.date(), seal=seal.pk), by=by, at=at)
    if seal.in_force_from <= at.date():
        _begin(seal, by, at)
    return seal


@needs(Grant.CASE_TICK)
@transaction.atomic
def begin_seal(seal: Seal, *, by: Actor, at: datetime) -> Seal:
    """到日启用: a seal that was confirmed before its day."""
    seal = _alone_with(seal)
    if seal.state == "coming" and seal.in_force_from <= at.date():
        _begin(seal, by, at)
    return seal


@needs(Grant.SEAL_LOAD)
@transaction.atomic
def refuse_seal(seal: Seal, *, by: Actor, at: datetime, reason: str) -> Seal:
    """退回印章: the second person does not confirm it, or the first takes it back; its key is destroyed."""
    seal = _alone_with(seal)
    if seal.state != "waiting":
        raise NotAllowed("这枚印章已经有人确认或者退回，请刷新页面。")
    seal.refused_by, seal.refused_at, seal.refused_why = by.actor_code, at, _why(reason)
    seal.save(update_fields=["refused_by", "refused_at", "refused_why"])
    journalise(seal.county, SealRefused(on=at.date(), seal=seal.pk), by=by, at=at)
    _destroy_key(seal)
    return seal


@needs(Grant.SEAL_LOAD)
@transaction.atomic
def ask_end(seal: Seal, *, by: Actor, at: datetime, reason: str) -> Seal:
    """提请停用; until another person agrees the seal goes on."""
    seal = _alone_with(seal)
    if seal.state not in ("in_force", "coming"):
        raise NotAllowed("这枚印章没有启用，或者已经提请停用，请刷新页面。")
    seal.end_asked_by, seal.end_asked_at, seal.end_why = by.actor_code, at, _why(reason)
    seal.save(update_fields=["end_asked_by", "end_asked_at", "end_why"])
    fact = SealEndAsked(on=at.date(), seal=seal.pk)
    journalise(seal.county, fact, by=by, at=at, instead=instead_of(by, seal.department, fact.name, None))
    return seal


@needs(Grant.SEAL_LOAD)
@transaction.atomic
def confirm_end(seal: Seal, *, by: Actor, at: datetime) -> Seal:
    """停用印章: by another person, at once; what was sealed before stays valid, what comes waits for a new seal."""
    seal = _alone_with(seal)
    if seal.state != "ending":
        raise NotAllowed("没有人提请停用这枚印章，或者已经停用，请刷新页面。")
    asked = who_did(organisation(seal.county), "SealEndAsked", seal=seal.pk) | {seal.end_asked_by}
    if asked & counting(by, seal.department, "SealEnded"):
        raise NotAllowed("提请停用的人不能自己确认，请由另一位有“装入印章”权限的人确认。")
    _end(seal, by, at)
    return seal


@needs(Grant.SEAL_LOAD)
@transaction.atomic
def keep_on(seal: Seal, *, by: Actor, at: datetime) -> Seal:
    """不停用: the proposal to end it is off."""
    seal = _alone_with(seal)
    if seal.state != "ending":
        raise NotAllowed("没有人提请停用这枚印章，或者已经停用，请刷新页面。")
    seal.end_asked_by, seal.end_asked_at, seal.end_why = "", None, ""
    seal.save(update_fields=["end_asked_by", "end_asked_at", "end_why"])
    journalise(seal.county, SealKept(on=at.date(), seal=seal.pk), by=by, at=at)
    return seal


def key_of(seal: Seal) -> SealKey:
    """The key of a seal; refuses in words when its file is lost."""
    try:
        return sealkeys.read(bytes(seal.certificate), seal.key_name)
    except sealkeys.NoKey as lost:
        raise NotAllowed(str(lost)) from lost


def _checked(department: Department, told: SealData, at: datetime) -> tuple[str, SealKey]:
    """Picture and key file, each good by itself and both together on a sample letter."""
    faults: dict[str, str] = {}
    if told.in_force_from < at.date():
        faults["in_force_from"] = "启用日期不能早于今天。"
    begins = datetime.combine(told.in_force_from, time(), SHANGHAI)
    media_type, key = "", None
    try:
        media_type = pictures.checked(told.picture)
    except pictures.NotASealPicture as wrong:
        faults["picture"] = str(wrong)
    try:
        key = sealkeys.opened(told.key_file, told.passphrase, at=at, on=begins)
    except sealkeys.NotASealKey as wrong:
        faults["passphrase" if "密码不对" in str(wrong) else "key_file"] = str(wrong)
    if faults or key is None:
        raise SealFaults(faults)
    if not sample(department, told.picture, key, at=at).verdict.valid:
        raise SealFaults({"key_file": "用这个证书试签的样张核验不通过，请让发证机构换发签名证书。"})
    return media_type, key


@transaction.atomic
def _loaded(
    department: Department,
    told: SealData,
    media_type: str,
    key: SealKey,
    key_name: str,
    by: Actor,
    at: datetime,
) -> Seal:
    Department.objects.select_for_update().get(pk=department.pk)
    coming = {"begun_at": None, "refused_at": None, "ended_at": None}
    if Seal.objects.filter(department=department, **coming).exists():
        raise NotAllowed(f"{department}已经有一枚印章等着确认或者启用，请先办完那一枚。")
    read = sealkeys.facts_of(key.certificate)
    seal = Seal.objects.create(
        county=department.county,
        department=department,
        name=told.name.strip(),
        picture=files.keep(department.county, told.picture, name="印章图样", media_type=media_type, at=at),
        certificate=key.certificate,
        key_name=key_name,
        valid_from=read.valid_from,
        valid_until=read.valid_until,
        in_force_from=told.in_force_from,
        loaded_by=by.actor_code,
        loaded_at=at,
    )
    fact = SealLoaded(on=at.date(), seal=seal.pk, department=department.pk)
    journalise(seal.county, fact, by=by, at=at, instead=instead_of(by, department, fact.name, None))
    return seal


def _seen(seal: Seal, by: Actor) -> bool:
    return Access.objects.filter(by=by.actor_code, what=SEEN, about=f"seal:{seal.pk}").exists()


def _alone_with(seal: Seal) -> Seal:
    """The seal as it is now; who changes a seal of the same department meanwhile waits."""
    Department.objects.select_for_update().get(pk=seal.department_id)
    return (
        Seal.objects.select_for_update(of=("self",)).select_related("department", "picture").get(pk=seal.pk)
    )


def _begin(seal: Seal, by: Actor, at: datetime) -> None:
    """From this moment letters carry it; the one before it is replaced by the same two persons."""
    before = Seal.objects.select_for_update().filter(
        department=seal.department_id, begun_at__isnull=False, ended_at__isnull=True
    )
    for old in before:
        old.end_asked_by, old.end_asked_at = seal.loaded_by, seal.loaded_at
        old.end_why = f"由“{seal.name}”更换"[:200]
        _end(old, by, at)
    seal.begun_at = at
    seal.save(update_fields=["begun_at"])
    fact = SealBegan(on=at.date(), seal=seal.pk, department=seal.department_id)
    journalise(seal.county, fact, by=by, at=at)


def _end(seal: Seal, by: Actor, at: datetime) -> None:
    seal.ended_by, seal.ended_at = by.actor_code, at
    seal.save(update_fields=["end_asked_by", "end_asked_at", "end_why", "ended_by", "ended_at"])
    fact = SealEnded(on=at.date(), seal=seal.pk, department=seal.department_id)
    journalise(seal.county, fact, by=by, at=at)
    _destroy_key(seal)


def _destroy_key(seal: Seal) -> None:
    name = seal.key_name
    transaction.on_commit(lambda: sealkeys.forget(name))


def _why(reason: str) -> str:
    if not reason.strip():
        raise NotAllowed("请写明原因。")
    return reason.strip()[:200]
