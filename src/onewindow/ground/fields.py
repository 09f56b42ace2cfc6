"""加密列: how is a sensitive value kept, and found again by its exact value?"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models

from onewindow.ground import sm


@cache
def _keys(field_key: bytes) -> tuple[bytes, bytes]:
    """The encryption key (16 bytes) and the look-up key (32 bytes), both derived from FIELD_KEY."""
    return sm.keyed_digest(field_key, b"column")[:16], sm.keyed_digest(field_key, b"look-up")


def lookup(value: str) -> bytes:
    """The keyed hash under which an encrypted value is found; normalise the value first."""
    return sm.keyed_digest(_keys(settings.FIELD_KEY)[1], value.encode())


def seal(text: str) -> bytes:
    """The text as only this installation can read it again; for what leaves it for a moment, as in a cookie."""
    return sm.encrypt(_keys(settings.FIELD_KEY)[0], text.encode())


def unseal(kept: bytes) -> str:
    """What `seal` closed; raises `sm.CannotDecrypt` when it was not closed here."""
    return sm.decrypt(_keys(settings.FIELD_KEY)[0], kept).decode()


class EncryptedText(models.Field):
    """A text column that the database sees only as SM4-GCM bytes; empty text stays empty."""

    description = "encrypted text"
    empty_strings_allowed = True

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def from_db_value(self, value: Any, *_: Any) -> Any:
        return None if value is None else self._open(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return None if value is None else self._close(value)

    def _close(self, value: Any) -> bytes:
        return sm.encrypt(_keys(settings.FIELD_KEY)[0], str(value).encode()) if value else b""

    def _open(self, kept: bytes) -> Any:
        return sm.decrypt(_keys(settings.FIELD_KEY)[0], kept).decode() if kept else ""


class EncryptedJSON(EncryptedText):
    """A JSON value kept as SM4-GCM bytes."""

    description = "encrypted JSON"

    def _close(self, value: Any) -> bytes:
        return super()._close(json.dumps(value, ensure_ascii=False, sort_keys=True))

    def _open(self, kept: bytes) -> Any:
        text = super()._open(kept)
        return json.loads(text) if text else {}


class LookupHash(models.BinaryField):
    """The keyed hash beside an encrypted column."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)
