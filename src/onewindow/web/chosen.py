"""选好的情形: which answers about the situation came with this address, and what follows from them?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict

from onewindow.catalogue.models import ItemVersion
from onewindow.intake import situation
from onewindow.rules.grants import NotAllowed


@dataclass(frozen=True)
class Chosen:
    """The answers that fit the questions of a version; whatever else stood in the address is dropped."""

    version: ItemVersion
    given: dict[str, str]

    @cached_property
    def questions(self) -> list[situation.Question]:
        return situation.questions(self.version)

    @property
    def whole(self) -> bool:
        return bool(self.given) and len(self.given) == len(self.questions)

    @property
    def left(self) -> int:
        return len(self.questions) - len(self.given)

    @cached_property
    def typed(self) -> dict[str, list[str]]:
        """As the pages of an application send it."""
        return {
            question.name: [self.given[question.key]]
            for question in self.questions
            if question.key in self.given
        }

    @property
    def query(self) -> str:
        """The end of an address that says the same."""
        return f"?{urlencode(self.typed, doseq=True)}" if self.given else ""

    @property
    def told(self) -> list[tuple[str, str]]:
        """Each question that was answered, with the words of the answer."""
        return [(q.ask, dict(q.options)[self.given[q.key]]) for q in self.questions if q.key in self.given]

    @property
    def ways(self) -> list[str]:
        return situation.ways(self.version, self.given)

    @cached_property
    def at_window(self) -> bool:
        """Whether this situation is dealt with at a window alone."""
        try:
            situation.refuse_at_home(self.version, self.given)
        except NotAllowed:
            return True
        return False


def read(version: ItemVersion, sent: QueryDict) -> Chosen:
    return Chosen(version, situation.answers(version, dict(sent.lists())))
