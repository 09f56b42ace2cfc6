"""领取人签名: how does the signature from the pad become a stored picture?"""

from __future__ import annotations

import base64
from datetime import datetime

from onewindow.cases.acts.taking import Taker
from onewindow.cases.models import Case
from onewindow.ground.files import keep
from onewindow.ground.models import StoredFile
from onewindow.hall.models import Booking, Extension
from onewindow.helping.models import AidRequest
from onewindow.rules.grants import NotAllowed
from onewindow.web.forms.deeds import TakerForm

_HEAD = "data:image/png;base64,"
_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST = 300_000


def taker_of(form: TakerForm, case: Case, at: datetime) -> Taker:
    """Who took it, with his signature when he signed on the pad."""
    told = form.cleaned_data
    return Taker(
        name=told["taker_name"],
        paper_kind=told["taker_paper_kind"],
        paper=told["taker_paper"],
        relation=told["relation"],
        signature=picture(told["signature"], case, at),
        signed=told["signed"],
        mandate=told["mandate"],
    )


def picture(sent: str, case: Case | Booking | AidRequest | Extension, at: datetime) -> StoredFile | None:
    if not sent:
        return None
    try:
        content = base64.b64decode(sent.removeprefix(_HEAD), validate=True)
    except ValueError:  # neither base64 nor even plain characters
        content = b""
    if not content.startswith(_PNG) or len(content) > _LARGEST:
        raise NotAllowed("签名没有收到，请领取人再签一次，或者在纸质回证上签收。")
    return keep(case.county, content, name=f"{case.number} 签收.png", media_type="image/png", at=at)
