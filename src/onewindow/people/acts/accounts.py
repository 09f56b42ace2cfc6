"""账号: who gets one, how is its password kept good, and when does it end?"""

from __future__ import annotations

import re
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from onewindow.journal.write import log_access
from onewindow.people.acts.deaths import refuse_dead
from onewindow.people.models import Account, Holding, Officer, Party
from onewindow.people.register import record_about
from onewindow.people.write import called_by_phone
from onewindow.places.models import County
from onewindow.places.write import journalise
from onewindow.rules.facts_org import OfficerJoined, OfficerLeft, PostEnded
from onewindow.rules.facts_people import PasswordReset
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

_USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,59}|1\d{10}", re.ASCII)
CHANGED_AT_COUNTY = "密码请在县里的系统修改，改好后一分钟内这里也能用新密码。断网时先用原来的密码。"


class AccountFaults(NotAllowed):
    """Fields of an account that must be put right; `by_field` gives the sentence beside each."""

    def __init__(self, by_field: dict[str, str]) -> None:
        super().__init__("".join(by_field.values()))
        self.by_field = by_field


@needs(Grant.PEOPLE_MANAGE)
@transaction.atomic
def open_officer(
    county: County, *, by: Actor, at: datetime, name: str, staff_no: str, username: str, password: str | None
) -> Officer:
    """到岗: an account for a member of staff; the first password must be changed at the first sign-in.

    Without a password nobody can sign in until one is set.
    """
    account = new_account(username, password, at)
    try:
        with transaction.atomic():
            officer = Officer.objects.create(
                county=county.code, account=account, name=name.strip(), staff_no=staff_no.strip()
            )
    except IntegrityError as twice:
        raise AccountFaults({"staff_no": f"工号 {staff_no} 已经有人使用。"}) from twice
    journalise(county.code, OfficerJoined(on=at.date(), officer=officer.pk), by=by, at=at)
    return officer


@needs(Grant.PEOPLE_FILE)
@transaction.atomic
def open_citizen(party: Party, *, by: Actor, at: datetime, username: str, password: str | None) -> Account:
    """An account for an applicant whose paper a clerk has seen; one for each person."""
    refuse_dead(party)
    if party.account_id is not None:
        raise NotAllowed("申请人已经有账号，忘记密码的请重置密码。")
    if party.kind != Party.Kind.PERSON or party.died_on is not None or party.minor_on(at.date()):
        raise NotAllowed(
            "账号只给成年的本人：孩子由监护人、单位由法定代表人用自己的账号办，请在“谁替谁办”里登记。"
        )
    account = new_account(username, password, at)
    Party.objects.filter(pk=party.pk).update(account=account)
    party.account = account
    called_by_phone(party)
    log_access(
        by.county if isinstance(by, Officer) else "", by=by, at=at, what="account", about=f"party:{party.pk}"
    )
    return account


@needs(Grant.PEOPLE_FILE)
@transaction.atomic
def reset_citizen(party: Party, *, by: Actor, at: datetime, password: str) -> Account:
    """重设密码: for an applicant whose paper lies on the counter; he changes it at the next sign-in and is told of it."""
    account = Account.objects.select_for_update().filter(party=party, is_active=True).first()
    if account is None:
        raise NotAllowed("申请人还没有账号，请先开通。")
    _set(account, password)
    account.password_changed_at = None
    account.save(update_fields=["password", "password_changed_at"])
    county = by.county if isinstance(by, Officer) else ""
    log_access(
        county, by=by, at=at, what="password reset", about=f"party:{party.pk}", reason="窗口核对证件后重设"
    )
    record_about(party, PasswordReset(on=at.date(), party=party.pk), by=by, at=at)
    return account


@needs(Grant.ACCOUNT_KEEP)
@transaction.atomic
def change_password(account: Account, *, by: Actor, at: datetime, old: str, new: str) -> None:
    """Everybody changes his own, knowing the old one; at the machine of a hall it would not last."""
    if settings.BOX:
        raise NotAllowed(CHANGED_AT_COUNTY)
    if not account.check_password(old):
        raise AccountFaults({"oldpassword": "原密码不对，请重新输入。"})
    if old == new:
        raise AccountFaults({"password1": "新密码不能与原密码相同。"})
    _set(account, new)
    account.password_changed_at = at
    account.save(update_fields=["password", "password_changed_at"])
    _log(by, at, "password", account)


@needs(Grant.PEOPLE_MANAGE)
@transaction.atomic
def reset_password(officer: Officer, *, by: Actor, at: datetime, password: str, factor: bool = False) -> None:
    """A new first password from the administrator; the officer changes it at the next sign-in.

    `factor`: his telephone is lost, so his 动态口令 ends too, here and at the machine of his hall; not one's own.
    """
    if factor and by.actor_code == officer.actor_code:
        raise NotAllowed("不能取消自己的动态口令，请由另一位管理员办理。")
    account = officer.account
    if account.check_password(password):
        raise AccountFaults({"password": "新密码不能与原密码相同。"})
    _set(account, password)
    account.password_changed_at, account.factor_reset_at = None, at
    account.save(update_fields=["password", "password_changed_at", "factor_reset_at"])
    _log(by, at, "password reset", account)
    if factor:
        Authenticator.objects.filter(user=account).delete()
        _log(by, at, "second factor reset", account)


@needs(Grant.PEOPLE_MANAGE)
@transaction.atomic
def close_officer(officer: Officer, *, by: Actor, at: datetime, reason: str) -> Officer:
    """离岗: all his powers end at once, and so does his account; what he did keeps his name."""
    if by.actor_code == officer.actor_code:
        raise NotAllowed("不能停用自己的账号，请由另一位管理员办理。")
    if not reason.strip():
        raise NotAllowed("请写明离岗原因。")
    officer = Officer.objects.select_for_update().get(pk=officer.pk)
    if officer.left_on is not None:
        raise NotAllowed(f"{officer.name}已经离岗，不用再办。请刷新后再看。")
    today = at.date()
    for holding in Holding.objects.filter(officer=officer).exclude(until__lt=today):
        holding.until = today
        holding.save(update_fields=["until"])
        journalise(officer.county, PostEnded(on=today, holding=holding.pk, last_day=today), by=by, at=at)
    officer.left_on = today
    officer.save(update_fields=["left_on"])
    Account.objects.filter(pk=officer.account_id).update(is_active=False)
    journalise(officer.county, OfficerLeft(on=today, officer=officer.pk), by=by, at=at)
    log_access(
        officer.county, by=by, at=at, what="close", about=f"officer:{officer.pk}", reason=reason.strip()
    )
    return officer


def new_account(username: str, password: str | None, at: datetime) -> Account:
    """A fresh account under a name that nobody has."""
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username):
        raise AccountFaults(
            {"username": "用户名用小写字母开头，3 至 60 位字母、数字、点、横线，或手机号码。"}
        )
    account = Account(username=username, joined_at=at)
    if password is None:
        account.set_unusable_password()
    else:
        _set(account, password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as twice:
        raise AccountFaults({"username": f"用户名 {username} 已经有人使用。"}) from twice
    return account


def _set(account: Account, password: str) -> None:
    """Long enough, not a common one, not like the user name (AUTH_PASSWORD_VALIDATORS)."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise AccountFaults({"password1": "".join(str(message) for message in weak.messages)}) from weak
    account.set_password(password)


def _log(by: Actor, at: datetime, what: str, account: Account) -> None:
    county = by.county if isinstance(by, Officer) else ""
    log_access(county, by=by, at=at, what=what, about=f"account:{account.pk}")
