"""投诉的后续: a holiday notice came – by which day is each open complaint answered now?"""

from __future__ import annotations

from django.db import transaction

from onewindow.feedback.acts.complaints import answer_by
from onewindow.feedback.models import Complaint
from onewindow.journal.models import Entry
from onewindow.rules.complaints import Stage


@transaction.atomic
def reckon_anew(entry: Entry) -> None:
    """What was only provisional is reckoned by the notice."""
    for row in Complaint.objects.select_for_update().filter(stage=Stage.OPEN.value):
        due_on = answer_by(row.made_at)
        if due_on != row.due_on:
            row.due_on = due_on
            row.save(update_fields=["due_on"])
