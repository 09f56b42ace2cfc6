"""移交设备密钥: how does a kiosk or pad that was registered at the county become the same device at the machine of its hall?

A browser shows its key to one address alone. The county hands the key over in the address to which it sends the browser:
sealed with what both sides know of the machine's own key, for a few minutes.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime, timedelta

from onewindow.box.models import Box
from onewindow.ground import sm
from onewindow.places.acts.devices import hashed
from onewindow.places.models import Device
from onewindow.rules.grants import NotAllowed

GOOD_FOR = timedelta(minutes=10)
LATE = "这个链接已经过期，或者不是给这台大厅本机的。请在县里的“设备”页面重新登记这台机器。"


def handed_over(device: Device, key: str, at: datetime) -> str:
    """The address at the machine of the hall; empty where there is none, or where it has no address on file."""
    box = Box.objects.filter(hall=device.hall_id, retired_at__isnull=True).exclude(address="").first()
    if box is None or not box.address.startswith(("http://", "https://")):
        return ""
    told = json.dumps({"key": key, "at": at.timestamp()}).encode()
    sealed = base64.urlsafe_b64encode(sm.encrypt(_seal(box), told)).decode().rstrip("=")
    return f"{box.address.rstrip('/')}/hall/device/{sealed}/"


def key_in(box: Box, sealed: str, at: datetime) -> str:
    """On the machine: the key that was handed over, while it is good."""
    try:
        opened = sm.decrypt(_seal(box), base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)))
        told = json.loads(opened)
    except (binascii.Error, ValueError, sm.CannotDecrypt) as wrong:
        raise NotAllowed(LATE) from wrong
    if abs(at.timestamp() - told["at"]) > GOOD_FOR.total_seconds():
        raise NotAllowed(LATE)
    return str(told["key"])


def device_with(box: Box, key: str) -> Device | None:
    """The device of this hall that has the key; nobody while the county's word of it is on its way."""
    found = Device.objects.filter(hall=box.hall_id, key_hash=hashed(key), retired_on__isnull=True)
    return found.first()


def _seal(box: Box) -> bytes:
    return sm.keyed_digest(bytes(box.key_hash), b"device keys")[:16]
