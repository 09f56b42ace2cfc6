"""申请人档案: one file per paper; who saw a number in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import IntegrityError, transaction

from onewindow.ground.fields import lookup
from onewindow.journal.write import log_access
from onewindow.people.acts import relations
from onewindow.people.acts.relations import PartyFaults
from onewindow.people.models import Officer, PaperKind, Party
from onewindow.people.write import called_by_phone
from onewindow.places.models import County
from onewindow.rules import identity
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs


@dataclass(frozen=True, kw_only=True)
class PartyData:
    """What is written down about a person or an organisation, as it was typed."""

    # As the file that it becomes: no county's own.
    everywhere: ClassVar[bool] = True

    paper_kind: str
    paper_number: str
    name: str
    phone: str = ""
    address: str = ""
    nation: str = ""
    born: date | None = None
    sex: str = ""
    legal_representative: str = ""
    guardian: Party | None = None
    guardian_relation: str = ""
    renamed: bool = False

    @property
    def number(self) -> str:
        return identity.canonical(self.paper_kind, self.paper_number)

    @property
    def hash(self) -> bytes:
        key = identity.paper_key(self.paper_kind, self.paper_number, nation=self.nation, name=self.name)
        return lookup(key)

    @property
    def birthday(self) -> date | None:
        told = identity.tells_birth(self.paper_kind, self.number)
        return identity.birth_date(self.number) if told else self.born


@needs(Grant.PEOPLE_FILE)
@transaction.atomic
def file_party(data: PartyData, *, by: Actor, at: datetime) -> Party:
    """Open the file of this paper, or bring it up to date; two windows at once get the same file.

    What is left empty keeps its old value. Another name than the file's needs `renamed`: the clerk has
    seen the paper that proves the change.
    """
    wrong = faults_of(data, at.date())
    if wrong:
        raise PartyFaults(wrong)
    found = locked_file(data)
    if found is None:
        try:
            with transaction.atomic():
                return open_file(data, at)
        except IntegrityError:  # somebody else has just opened it
            found = locked_file(data)
    if found is None:
        raise RuntimeError("a paper that is neither on file nor can be filed")
    return _update(found, data, by=by, at=at)


@needs(Grant.PEOPLE_UNMASK)
@transaction.atomic
def unmask(
    party: Party, *, by: Actor, at: datetime, reason: str, field: str = "paper_number", origin: str = ""
) -> str:
    """The full number, telephone or address; the reason goes into the access log before anybody sees it."""
    if field not in ("paper_number", "phone", "address"):
        raise ValueError(f"{field} is not masked")
    if len(reason.strip()) < 2:
        raise NotAllowed("查看完整信息请写明理由，理由会记入访问日志。")
    _log(by, at, f"unmask:{field}", party, reason.strip(), origin)
    return str(getattr(party, field))


def require_real(party: Party | PartyData, county: County) -> None:
    """Outside a demonstration an invented number may be typed and not accepted."""
    fault = None if county.demo else identity.demo_fault(party.paper_kind, party.paper_number, party.phone)
    if fault is not None:
        raise NotAllowed(fault)


def require_real_phone(phone: str, county: County) -> None:
    """Outside a demonstration a telephone that nobody can be reached at may be typed and not accepted."""
    if phone and not county.demo and identity.is_demo_phone(phone):
        raise NotAllowed(identity.DEMO_PHONE)


def faults_of(data: PartyData, today: date) -> dict[str, str]:
    """Every field that must be put right, all at once."""
    wrong: dict[str, str] = {}
    org = data.paper_kind in identity.ORG_KINDS
    if data.paper_kind not in PaperKind.values:
        return {"paper_kind": "请选择证件种类。"}
    if not 1 < len(data.name.strip()) <= (100 if org else 60):
        wrong["name"] = "请填写单位全称。" if org else "请按证件填写姓名，至少两个字。"
    if fault := identity.paper_fault(data.paper_kind, data.paper_number, today):
        wrong["paper_number"] = fault
    if data.phone.strip() and (fault := identity.phone_fault(data.phone)):
        wrong["phone"] = fault
    if data.paper_kind == PaperKind.PASSPORT and not (data.nation.isascii() and data.nation.isalpha()):
        wrong["nation"] = "请填写护照上的国家（地区）代码，如 CHN、USA。"
    if data.born is not None and data.born > today:
        wrong["born"] = "出生日期不能在今天以后，请对照证件再核一次。"
    if "paper_number" not in wrong and (fault := _ward_fault(data, today)):
        wrong["guardian"] = fault
    return wrong


def _ward_fault(data: PartyData, today: date) -> str | None:
    """A child in the household register is filed together with the one who acts for it."""
    born = data.birthday
    if data.guardian is not None:
        return relations.guardian_fault(born, None, data.guardian, data.guardian_relation, today)
    child = born is not None and identity.age(born, today) < 18
    if data.paper_kind == PaperKind.HOUSEHOLD and child:
        known = Party.objects.filter(paper_hash=data.hash, guardian__isnull=False).exists()
        return None if known else "用户口簿登记的未成年人，请同时登记监护人。"
    return None


def locked_file(data: PartyData) -> Party | None:
    """The file of this paper, locked."""
    return Party.objects.select_for_update().filter(paper_hash=data.hash).first()


def open_file(data: PartyData, at: datetime) -> Party:
    """A new file; the caller has looked for faults."""
    org = data.paper_kind in identity.ORG_KINDS
    told = identity.tells_sex(data.paper_kind)
    return Party.objects.create(
        kind=Party.Kind.ORG if org else Party.Kind.PERSON,
        name=data.name.strip(),
        paper_kind=data.paper_kind,
        paper_number=data.number,
        paper_hash=data.hash,
        nation=data.nation.upper(),
        phone=identity.tidy_phone(data.phone),
        address=data.address.strip(),
        born=None if org else data.birthday,
        sex=identity.sex(data.number) if told else data.sex,
        legal_representative=data.legal_representative.strip(),
        guardian=data.guardian,
        guardian_relation=data.guardian_relation.strip(),
        filed_at=at,
    )


def _update(party: Party, data: PartyData, *, by: Actor, at: datetime) -> Party:
    name = data.name.strip()
    if name != party.name:
        if not data.renamed:
            sentence = f"这个证件号码已登记在“{party.name}”名下，与填写的不符；确已更名的，请核对证明后选“已核对更名证明，按新名称登记”。"
            raise PartyFaults({"name": sentence})
        _log(by, at, "rename", party, "申请人更名")
        party.name = name
    # A child gets its identity card: the register gives way to the card, never the other way round.
    if data.paper_kind == PaperKind.RESIDENT:
        party.paper_kind = data.paper_kind
    party.phone = identity.tidy_phone(data.phone) or party.phone
    party.address = data.address.strip() or party.address
    party.legal_representative = data.legal_representative.strip() or party.legal_representative
    if data.guardian is not None and data.guardian.pk == party.pk:
        raise PartyFaults({"guardian": "本人不能是自己的监护人，请刷监护人的证件再登记。"})
    party.save()
    called_by_phone(party)
    relations.against(party, data.legal_representative, renamed=data.renamed, by=by, at=at)
    if data.guardian is not None:
        relations.guarded(party, data.guardian, data.guardian_relation, by=by, at=at)
    return party


def _log(by: Actor, at: datetime, what: str, party: Party, reason: str, origin: str = "") -> None:
    county = by.county if isinstance(by, Officer) else ""
    log_access(county, by=by, at=at, what=what, about=f"party:{party.pk}", reason=reason, origin=origin)
