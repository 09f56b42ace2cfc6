"""便民服务的反应: who of those that are to come to a hall for a service is told that it stops or goes on?"""

from __future__ import annotations

from onewindow.ground.clock import SHANGHAI
from onewindow.helping.acts.rescheduling import displace_aid, restore_aid
from onewindow.helping.reads.aids import changed
from onewindow.journal.models import Entry
from onewindow.rules.grants import SYSTEM


def hours(entry: Entry) -> None:
    """Whose hour is gone is told so, and whose is there again; run twice it tells once."""
    last = Entry.objects.filter(subject=entry.subject_id).order_by("-place").values_list("at", flat=True)[0]
    at = last.astimezone(
        SHANGHAI
    )  # what is true is what the last change made of it, however late this is followed
    for one, gone in changed(entry.county, at):
        (displace_aid if gone else restore_aid)(one, by=SYSTEM, at=at)
