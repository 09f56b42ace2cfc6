"""接口令牌: which program may act as whom, with which scopes and until when?"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from onewindow.ground.fields import lookup
from onewindow.journal.write import log_access
from onewindow.people.models import Account, ApiToken, Officer
from onewindow.places.models import County
from onewindow.places.write import journalise
from onewindow.rules.facts_org import TokenMade, TokenWithdrawn
from onewindow.rules.grants import Actor, Grant, NotAllowed, needs

MARK = "ow_"
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Made:
    """A new token and its secret, which is shown once and kept nowhere."""

    token: ApiToken
    secret: str


@needs(Grant.TOKENS_MANAGE)
@transaction.atomic
def make_token(
    county: County,
    *,
    by: Actor,
    at: datetime,
    account: Account,
    name: str,
    scopes: Sequence[str],
    expires_on: date,
) -> Made:
    """Give a program a token for somebody else's account; what it may do is never more than the account may."""
    _check(account, by, at.date(), name, scopes, expires_on)
    secret = MARK + secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            token = ApiToken.objects.create(
                place=county,
                account=account,
                name=name.strip()[:60],
                secret_hash=hashed(secret),
                scopes=sorted(set(scopes)),
                made_by=by.actor_code,
                made_at=at,
                expires_on=expires_on,
            )
    except IntegrityError as twice:
        raise NotAllowed(f"这个账号已经有叫“{name.strip()}”的令牌，请换一个名称，或先收回旧的。") from twice
    fact = TokenMade(on=at.date(), token=token.pk, account=account.pk)
    journalise(county.code, fact, by=by, at=at)
    log_access(county.code, by=by, at=at, what="token made", about=_about(account), reason=token.name)
    return Made(token, secret)


@needs(Grant.TOKENS_MANAGE)
@transaction.atomic
def withdraw_token(token: ApiToken, *, by: Actor, at: datetime) -> ApiToken:
    """The token opens nothing from this moment on."""
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("account").get(pk=token.pk)
    if token.withdrawn_at is not None:
        raise NotAllowed("这个令牌已经收回，不用再办。请刷新后再看。")
    token.withdrawn_by, token.withdrawn_at = by.actor_code, at
    token.save(update_fields=["withdrawn_by", "withdrawn_at"])
    journalise(token.county, TokenWithdrawn(on=at.date(), token=token.pk), by=by, at=at)
    about = _about(token.account)
    log_access(token.county, by=by, at=at, what="token withdrawn", about=about, reason=token.name)
    return token


def hashed(secret: str) -> bytes:
    """How a token is kept and found."""
    return lookup(f"token:{secret}")


def _check(
    account: Account, by: Actor, today: date, name: str, scopes: Sequence[str], expires_on: date
) -> None:
    owner = getattr(account, "officer", None) or getattr(account, "party", None)
    if owner is None or not account.is_active:
        raise NotAllowed("这个账号没有在岗的工作人员或申请人，不能发放令牌。请换一个账号。")
    if owner.actor_code == by.actor_code:
        raise NotAllowed("不能给自己的账号发放令牌，请由另一位管理员办理。")
    if isinstance(owner, Officer) and isinstance(by, Officer) and owner.county != by.county:
        raise NotAllowed("只能给本地的账号发放令牌，请换一个账号。")
    if not name.strip():
        raise NotAllowed("请写明令牌给哪个系统使用。")
    if not scopes or not set(scopes) <= set(ApiToken.Scope.values):
        raise NotAllowed("请至少选一项范围。")
    if not today <= expires_on <= today + LONGEST:
        raise NotAllowed("截止日期不能早于今天，最长一年，请改日期。")


def _about(account: Account) -> str:
    owner = getattr(account, "officer", None) or getattr(account, "party", None)
    return str(owner.actor_code) if owner is not None else f"account:{account.pk}"
