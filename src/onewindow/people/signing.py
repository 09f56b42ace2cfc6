"""登录: what is written down when somebody signs in, fails or leaves, and how long may he stay?

Signals are used here and nowhere else in the product: signing in happens inside django.contrib.auth, allauth
and axes, which offer no other place to hear of it. Nothing of the field hangs on them, only the access log,
the session's own limits, and since when the second factor at the machine of a hall is good no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa import signals as second_factor
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from onewindow.ground.clock import now
from onewindow.ground.fields import lookup
from onewindow.ground.prepared import Question, slot_number
from onewindow.journal.write import log_access
from onewindow.people.models import Account
from onewindow.people.reads import account_called
from onewindow.places.models import County
from onewindow.places.reads import setting_here
from onewindow.rules.grants import Grant
from onewindow.rules.identity import tidy

LONGEST = timedelta(hours=12)  # nobody stays signed in longer, however busy
SINCE, SEEN, IDLE, ENROL = "signed_in_at", "seen_at", "idle_seconds", "must_enrol"


@dataclass(frozen=True)
class Signing:
    """Who stands in the access log before, while and after he is signed in; holds no power."""

    actor_code: str

    def may(self, grant: Grant, subject: object | None = None) -> bool:
        return False


class Backend(AuthenticationBackend):
    """Reads the account together with the officer and the party behind it, in one statement.

    Whatever name was typed, one account is meant and one password asked; an unknown name costs the same time.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Account | None:
        account = account_called(credentials.get("username") or "")
        return cast("Account | None", self._check_password(account, credentials.get("password") or ""))

    def get_user(self, user_id: int) -> Account | None:
        account = _SIGNED_IN.one(user_id)
        return account if account is not None and self.user_can_authenticate(account) else None


_SIGNED_IN = Question(lambda pk: Account.objects.with_owner().filter(pk=pk), slot_number())


def connect() -> None:
    """Listen; called once, when Django is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="onewindow.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="onewindow.signed_out")
    user_login_failed.connect(_failed, dispatch_uid="onewindow.failed")
    user_locked_out.connect(_locked, dispatch_uid="onewindow.locked")
    second_factor.authenticator_added.connect(_added, dispatch_uid="onewindow.added")
    second_factor.authenticator_removed.connect(_removed, dispatch_uid="onewindow.removed")
    second_factor.authentication_failed.connect(_code_failed, dispatch_uid="onewindow.code_failed")


def typed_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The user name under which failures are counted: one for an account, by whatever name it was called.

    What belongs to nobody is counted under its keyed hash: people type their number or their password there.
    """
    typed = (credentials or {}).get("username") or request.POST.get("login")
    if not typed:
        return None
    known: dict[str, str] = request.__dict__.setdefault("_signing_names", {})
    if typed not in known:
        account = account_called(typed)
        known[typed] = account.username if account else f"?{lookup(tidy(typed).lower()).hex()}"
    return known[typed]


def failure_limit(request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
    """连续登录失败几次锁定: a setting of the county."""
    return int(setting_here("signin.max_failures", 5))


def cool_off(request: HttpRequest | None = None) -> timedelta:
    """锁定多久: a setting of the county."""
    return timedelta(minutes=int(setting_here("signin.lock_minutes", 15)))


def log(request: HttpRequest | None, account: Account | None, what: str, about: str = "") -> None:
    """One line of the access log about signing in."""
    log_access(
        _county_of(account),
        by=Signing(code_of(account)),
        at=now(),
        what=what,
        about=about,
        origin=str(request.META.get("REMOTE_ADDR", "")) if request is not None else "",
    )


def code_of(account: Account | None) -> str:
    """The actor code of whoever stands behind the account."""
    if account is None:
        return "visitor"
    for side in ("officer", "party"):
        owner = getattr(account, side, None)
        if owner is not None:
            return str(owner.actor_code)
    return f"account:{account.pk}"


def expired(session: Any, at: datetime) -> bool:
    """Whether the session was idle too long or has lasted its twelve hours."""
    since, seen, idle = session.get(SINCE), session.get(SEEN), session.get(IDLE)
    if since is None or seen is None or idle is None:
        return True
    moment = at.timestamp()
    return bool(moment - seen > idle or moment - since > LONGEST.total_seconds())


def seen(session: Any, at: datetime) -> None:
    """Note that he is still here; once a minute is enough and spares a write on every page. Whose time is short is
    noted more often."""
    if at.timestamp() - session[SEEN] >= min(60, session[IDLE] // 6):
        session[SEEN] = int(at.timestamp())


def _signed_in(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    moment = int(now().timestamp())
    staff = getattr(user, "officer", None) is not None
    minutes = setting_here("staff.session_minutes" if staff else "citizen.session_minutes", 30)
    request.session[SINCE] = request.session[SEEN] = moment
    request.session[IDLE] = int(minutes) * 60
    request.session[ENROL] = _must_enrol(user)
    log(request, user, "sign-in")


def _signed_out(sender: Any, request: HttpRequest, user: Account | None, **_: Any) -> None:
    if user is not None:
        log(request, user, "sign-out")


def _failed(sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """The typed name is not kept: people type their password into the wrong field."""
    if request is None or credentials.get("second_factor"):
        return
    name = typed_name(request, credentials)
    account = Account.objects.with_owner().filter(username=name).first() if name else None
    log(request, None, "sign-in failed", code_of(account) if account else "")


def _locked(sender: Any, request: HttpRequest, username: str | None, **_: Any) -> None:
    account = Account.objects.with_owner().filter(username=username).first() if username else None
    log(request, None, "locked", code_of(account) if account else "")


def _added(sender: Any, request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type != Authenticator.Type.TOTP:
        return  # the recovery codes come with it
    request.session[ENROL] = False
    log(request, user, "second factor on")


def _removed(
    sender: Any, request: HttpRequest, user: Account, authenticator: Authenticator, **_: Any
) -> None:
    if authenticator.type != Authenticator.Type.TOTP:
        return
    request.session[ENROL] = _must_enrol(user)
    if not settings.BOX:
        Account.objects.filter(pk=user.pk).update(factor_reset_at=now())
    log(request, user, "second factor off")


def _code_failed(sender: Any, request: HttpRequest, user: Account, **_: Any) -> None:
    """A wrong code counts like a wrong password, in the database and therefore across all workers."""
    log(request, user, "second factor failed")
    told = {"username": user.username, "second_factor": True}
    user_login_failed.send(sender=__name__, credentials=told, request=request)


def _must_enrol(account: Account) -> bool:
    """Whether the county demands a second factor of this member of staff, and he has none here.

    The secret of the county stays there: at the machine of a hall he sets up one of its own, which works with no line.
    """
    if getattr(account, "officer", None) is None or not setting_here("staff.second_factor", True):
        return False
    return not Authenticator.objects.filter(user=account).exists()


def _county_of(account: Account | None) -> str:
    officer = getattr(account, "officer", None)
    if officer is not None:
        return str(officer.county)
    return County.objects.values_list("code", flat=True).first() or ""
