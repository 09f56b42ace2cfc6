"""会话到期时填好的表单: how does nothing that was typed get lost when somebody has to sign in again?

The form waits in the session, encrypted, and is offered again to the same person: to whoever signs in with the
same account, or shows number and code of the same case again. Files cannot wait, and passwords never do.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from onewindow.ground import sm

EXPIRED = "expired_account"  # in the fresh session: whose session has just ended here
_SLOT = "held_form"
_SHOWN = "held_form_shown"  # where it goes; once offered it stays until sent, so that reloading loses nothing
_FOR = "case"  # the owner of a form that was sent with number and code, without a sign-in
_LONGEST = 2_000_000  # characters; what is longer came from no form of ours
_OURS = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class HeldForm:
    """What was typed, where it was going, and whose it was."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool
    had_passwords: bool = False


def keep(request: HttpRequest) -> bool:
    """Keep what was posted by somebody whose session has just ended; of nobody else anything is kept."""
    owner = request.session.get(EXPIRED)
    return owner is not None and _keep(request, owner)


def keep_for_case(request: HttpRequest, number: str) -> bool:
    """Keep what was posted about a case by somebody who showed its code too long ago."""
    return _keep(request, f"{_FOR}:{number}")


def waits(request: HttpRequest) -> bool:
    """Whether this browser has sent a form that nobody has been offered yet."""
    return _SLOT in request.session and _SHOWN not in request.session


def sent(request: HttpRequest) -> None:
    """What was offered has been sent on its way: it is not offered again."""
    if request.session.get(_SHOWN) == request.get_full_path():
        request.session.pop(_SHOWN)
        request.session.pop(_SLOT, None)


def take(request: HttpRequest) -> HeldForm | None:
    """The form that waits for the person who is signed in now; somebody else's is thrown away."""
    found = _take(request, request.user.pk)
    request.session.pop(EXPIRED, None)
    return found


def take_for_case(request: HttpRequest, number: str) -> HeldForm | None:
    """The form that waits for whoever shows number and code of this case; another case's is thrown away."""
    return _take(request, f"{_FOR}:{number}")


def _keep(request: HttpRequest, owner: object) -> bool:
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _OURS and "password" not in name
        for value in values
    ]
    told = {"path": request.get_full_path(), "fields": fields, "owner": owner}
    lacks = {
        "had_files": bool(request.FILES),
        "had_passwords": any("password" in name for name in request.POST),
    }
    plain = json.dumps({**told, **lacks}, ensure_ascii=False)
    if len(plain) > _LONGEST:
        return False
    request.session.pop(_SHOWN, None)
    request.session[_SLOT] = base64.b64encode(sm.encrypt(_key(), plain.encode())).decode()
    return True


def _take(request: HttpRequest, owner: object) -> HeldForm | None:
    slot = request.session.get(_SLOT)
    if slot is None:
        return None
    told = json.loads(sm.decrypt(_key(), base64.b64decode(slot)))
    if told["owner"] != owner:
        del request.session[_SLOT]
        return None
    request.session[_SHOWN] = str(told["path"])
    fields = [(str(name), str(value)) for name, value in told["fields"]]
    return HeldForm(str(told["path"]), fields, bool(told["had_files"]), bool(told["had_passwords"]))


def _key() -> bytes:
    return sm.keyed_digest(settings.FIELD_KEY, b"held form")[:16]
