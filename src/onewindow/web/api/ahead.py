"""先问: what does a request that opens a case read first, and how is all of it asked in one statement?

It is asked before the transaction: what is written then is its only statement, which needs no BEGIN and no COMMIT.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Model

from onewindow.cases.models import Case
from onewindow.catalogue.models import ItemVersion
from onewindow.catalogue.opened import open_version, open_version_asked
from onewindow.ground.prepared import answers, next_number
from onewindow.intake.models import Application
from onewindow.journal.models import Subject
from onewindow.people.models import Party
from onewindow.people.reads import holder_asked, holder_told, party_by_paper
from onewindow.web.api.door import Caller
from onewindow.web.api.sent import ApplicantIn, ApplicationIn

WRITTEN = (Application, Subject, Case)  # to whose rows others point


class Ahead:
    """What is known of the item and of whoever applies; what `ask` has not asked is asked when it is wanted."""

    def __init__(self, caller: Caller, told: ApplicationIn) -> None:
        self._county, self._told = caller.county.code, told
        self._state: str | None = None
        self._found: tuple[ApplicantIn, Party | None] | None = None

    def ask(self) -> Mapping[type[Model], int]:
        """Everything at once; answers the numbers of the rows that will be written."""
        who = self._told.applicant
        beside = [open_version_asked(self._county, self._told.item)]
        if who is not None:
            beside.append(holder_asked(who.paper_kind, who.paper_number, nation=who.nation, name=who.name))
        found = answers(*map(next_number, WRITTEN), *beside)
        self._state = found[len(WRITTEN)]
        if who is not None:
            self._found = who, holder_told(found[-1])
        return dict(zip(WRITTEN, found[: len(WRITTEN)], strict=True))

    @property
    def version(self) -> ItemVersion | None:
        """The version under which one may apply."""
        return open_version(self._county, self._told.item, self._state)

    def holder(self, who: ApplicantIn) -> Party | None:
        """Whoever holds this paper."""
        if self._found is not None and self._found[0] is who:
            return self._found[1]
        return party_by_paper(who.paper_kind, who.paper_number, nation=who.nation, name=who.name)
