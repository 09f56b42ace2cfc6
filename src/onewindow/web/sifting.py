"""筛选: of which kind and handled in which way shall the cases of a list be?"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest

from onewindow.rules.kinds_of_case import KIND_WORDS, MODE_WORDS, CaseKind, Mode


@dataclass(frozen=True)
class Sift:
    """What an address asks for; a word that is none of ours asks for nothing."""

    kind: str = ""
    mode: str = ""
    kinds = tuple((kind.value, word) for kind, word in KIND_WORDS.items())
    modes = tuple((mode.value, word) for mode, word in MODE_WORDS.items())

    @classmethod
    def of(cls, request: HttpRequest) -> Sift:
        kind, mode = request.GET.get("kind", ""), request.GET.get("mode", "")
        return cls(kind if kind in set(CaseKind) else "", mode if mode in set(Mode) else "")

    @property
    def where(self) -> Q:
        wanted = {"kind": self.kind, "mode": self.mode}
        return Q(**{name: value for name, value in wanted.items() if value})

    @property
    def words(self) -> str:
        """The same for an address that goes on from here."""
        told = {"kind": self.kind, "mode": self.mode}
        asked = urlencode({name: value for name, value in told.items() if value})
        return f"&{asked}" if asked else ""

    def __bool__(self) -> bool:
        return bool(self.kind or self.mode)
