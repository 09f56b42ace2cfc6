"""本人自己办: register, put the own file right, enter a child or a firm, consent, and have erased what need not be kept.

Nobody takes over online what a window has on file: then the telephone on file decides, or the window.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from onewindow.journal.write import log_access
from onewindow.people.acts.accounts import new_account
from onewindow.people.acts.parties import PartyData, faults_of, locked_file, open_file, require_real
from onewindow.people.acts.relations import PartyFaults, claim_for
from onewindow.people.models import Account, Party
from onewindow.people.write import called_by_phone
from onewindow.places.models import County
from onewindow.places.reads import here
from onewindow.rules import identity
from onewindow.rules.grants import Grant, NotAllowed, needs

AT_WINDOW = "请带证件到窗口办理。"


@dataclass(frozen=True)
class Newcomer:
    """Somebody who has shown that a telephone is his and has no account yet."""

    county: str
    phone: str
    actor_code: str = "newcomer"

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return grant is Grant.ACCOUNT_OPEN_OWN


@needs(Grant.ACCOUNT_OPEN_OWN)
@transaction.atomic
def register(data: PartyData, *, by: Newcomer, at: datetime, username: str, password: str) -> Account:
    """Open an account of one's own; a paper that a window has on file needs the telephone on file."""
    wrong = faults_of(data, at.date())
    if data.paper_kind in identity.ORG_KINDS:
        wrong["paper_kind"] = "请先用法定代表人（负责人）本人的证件注册，登录后再登记单位。"
    if not wrong and data.birthday is not None and identity.age(data.birthday, at.date()) < 18:
        wrong["paper_number"] = "未满十八周岁的，请由监护人注册后在“我替谁办”里登记。"
    if wrong:
        raise PartyFaults(wrong)
    require_real(data, here())
    party = locked_file(data)
    if party is not None:
        _refuse_strangers(party, data)
    account = new_account(username, password, at)
    Account.objects.filter(pk=account.pk).update(password_changed_at=at)
    account.password_changed_at = at
    party = party or open_file(data, at)
    Party.objects.filter(pk=party.pk).update(account=account)
    party.account = account
    called_by_phone(party)
    log_access(by.county, by=by, at=at, what="account", about=f"party:{party.pk}", reason="本人注册")
    return account


@needs(Grant.ACCOUNT_KEEP_OWN)
@transaction.atomic
def enter_ward(guardian: Party, data: PartyData, *, by: Party, at: datetime, county: County) -> Party:
    """登记被监护人: a child that has no file yet; his word for it until a window has seen the papers."""
    known = "这个人已经建过档，请带户口簿到窗口登记监护关系。"
    if data.birthday is not None and identity.age(data.birthday, at.date()) >= 18:
        sentence = "已满十八周岁，请本人自己注册；依法要有监护人的成年人，请带证明到窗口登记监护关系。"
        raise PartyFaults({"paper_number": sentence})
    return _enter(county, data, by=by, at=at, known=known)


@needs(Grant.ACCOUNT_KEEP_OWN)
@transaction.atomic
def enter_firm(representative: Party, data: PartyData, *, by: Party, at: datetime, county: County) -> Party:
    """登记单位: a firm that has no file yet; that he is its representative is his word until a window sees it."""
    known = "这个单位已经建过档，请带营业执照到窗口登记法定代表人。"
    return _enter(county, data, by=by, at=at, known=known)


@needs(Grant.ACCOUNT_KEEP_OWN)
@transaction.atomic
def correct(
    party: Party, *, by: Party, at: datetime, county: County, phone: str, address: str, email: str
) -> None:
    """更正 (个人信息保护法 46): what one may put right oneself; name and number need the paper at a window."""
    wrong = {}
    if fault := identity.phone_fault(phone):
        wrong["phone"] = fault
    if not county.demo and identity.is_demo_phone(phone):
        wrong["phone"] = "这是演示用的电话号码，打不通，请填写真实的联系电话。"
    if wrong:
        raise PartyFaults(wrong)
    party.phone, party.address = identity.tidy_phone(phone), address.strip()[:200]
    party.save(update_fields=["phone", "address"])
    called_by_phone(party)
    if party.account is not None:
        Account.objects.filter(pk=party.account.pk).update(email=email.strip())
    log_access(
        county.code, by=by, at=at, what="correct", about=f"party:{party.pk}", reason="本人更正联系方式"
    )


@needs(Grant.ACCOUNT_KEEP_OWN)
def agree_e_service(party: Party, *, by: Party, at: datetime, agrees: bool) -> None:
    """Consent to electronic service, or take it back; open cases keep what was agreed for them."""
    Party.objects.filter(pk=party.pk).update(e_service_agreed_at=at if agrees else None)


@needs(Grant.ACCOUNT_KEEP_OWN)
@transaction.atomic
def erase_own(party: Party, *, by: Party, at: datetime, county: County, reach_needed: bool) -> None:
    """删除 (个人信息保护法 47): what no law wants kept – address, consent, and the telephone unless a case still needs it."""
    party.address, party.e_service_agreed_at = "", None
    if not reach_needed:
        party.phone = ""
    party.save(update_fields=["address", "phone", "e_service_agreed_at"])
    called_by_phone(party)
    log_access(county.code, by=by, at=at, what="erase", about=f"party:{party.pk}", reason="本人要求删除")


@needs(Grant.ACCOUNT_KEEP_OWN)
@transaction.atomic
def close_own(party: Party, *, by: Party, at: datetime, county: County) -> None:
    """注销: the account ends at once and its name is forgotten; the paper may register again."""
    account = party.account
    if account is None:
        raise NotAllowed("没有可以注销的账号。请重新登录后再看。")
    account.set_unusable_password()
    account.username, account.email, account.is_active = f"closed-{account.pk}", "", False
    account.phone_hash = None
    account.save(update_fields=["password", "username", "email", "is_active", "phone_hash"])
    Party.objects.filter(pk=party.pk).update(account=None)
    log_access(county.code, by=by, at=at, what="close own", about=f"party:{party.pk}", reason="本人注销账号")


def _refuse_strangers(party: Party, data: PartyData) -> None:
    """The same sentence for a wrong name and a wrong telephone: nobody learns what is on file."""
    if party.account_id is not None:
        raise PartyFaults(
            {"paper_number": "这个证件已经注册过，请直接登录；忘了密码的，请带证件到窗口重设。"}
        )
    same = party.name == data.name.strip() and party.phone == identity.tidy_phone(data.phone)
    if not same or not party.phone or party.died_on is not None:
        sentence = f"填的姓名、手机和窗口登记的对不上，不能在网上注册。{AT_WINDOW}"
        raise PartyFaults({"paper_number": sentence})


def _enter(county: County, data: PartyData, *, by: Party, at: datetime, known: str) -> Party:
    wrong = faults_of(data, at.date())
    if wrong:
        raise PartyFaults(wrong)
    require_real(data, county)
    if locked_file(data) is not None:
        raise PartyFaults({"paper_number": known})
    made = open_file(replace(data, guardian=None, guardian_relation="", phone=""), at)
    relation, phone = data.guardian_relation.strip(), identity.tidy_phone(data.phone)
    claim_for(by, by=by, at=at, county=county.code, party=made, relation=relation, phone=phone)
    log_access(county.code, by=by, at=at, what="enter", about=f"party:{made.pk}", reason="本人在网上登记")
    return made
