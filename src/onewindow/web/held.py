"""会话到期时填好的表单: how does nothing that was typed get lost when somebody has to sign in again?

The form waits in the session, encrypted, and is offered again to the same person; files cannot wait.
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
_LONGEST = 2_000_000  # characters; what is longer came from no form of ours
_OURS = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class HeldForm:
    """What was typed, where it was going, and whose it was."""

    path: str
    fields: list[tuple[str, str]]
    account: int
    had_files: bool


def keep(request: HttpRequest) -> bool:
    """Keep what was posted by somebody whose session has just ended; of nobody else anything is kept."""
    owner = request.session.get(EXPIRED)
    if owner is None:
        return False
    fields = [(name, value) for name, values in request.POST.lists() if name not in _OURS for value in values]
    plain = json.dumps(
        {
            "path": request.get_full_path(),
            "fields": fields,
            "account": owner,
            "had_files": bool(request.FILES),
        },
        ensure_ascii=False,
    )
    if len(plain) > _LONGEST:
        return False
    request.session[_SLOT] = base64.b64encode(sm.encrypt(_key(), plain.encode())).decode()
    return True


def take(request: HttpRequest) -> HeldForm | None:
    """The form that waits for the person who is signed in now; somebody else's is thrown away."""
    slot = request.session.pop(_SLOT, None)
    if slot is None:
        return None
    told = json.loads(sm.decrypt(_key(), base64.b64decode(slot)))
    request.session.pop(EXPIRED, None)
    if told["account"] != request.user.pk:
        return None
    fields = [(str(name), str(value)) for name, value in told["fields"]]
    return HeldForm(str(told["path"]), fields, int(told["account"]), bool(told["had_files"]))


def _key() -> bytes:
    return sm.keyed_digest(settings.FIELD_KEY, b"held form")[:16]
