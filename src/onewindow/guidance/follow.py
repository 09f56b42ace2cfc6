"""检索的反应: which facts of the catalogue change what can be found?"""

from __future__ import annotations

from onewindow.catalogue.models import Item
from onewindow.guidance import index
from onewindow.journal.models import Entry


def reindex(entry: Entry) -> None:
    """An item was listed, published, suspended, resumed or withdrawn: its entry follows."""
    index.refresh(Item.objects.filter(subject_id=entry.subject_id).values_list("pk", flat=True))


def reindex_all(entry: Entry) -> None:
    """A file of items came in: the index of the county is made anew, once."""
    index.rebuild(entry.county)
