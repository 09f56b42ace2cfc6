"""首问: who was asked first in this matter, as the receipt prints it?"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import Q

from onewindow.ground.clock import SHANGHAI
from onewindow.guidance.models import Asked
from onewindow.letters.compose import Matter


def first_asked(matter: Matter) -> str:
    """His name and the number: what was asked about the case, or that day by the applicant before there was one."""
    begins = datetime.combine(matter.entry.at.astimezone(SHANGHAI).date(), time.min, SHANGHAI)
    that_day = Q(asked_at__gte=begins, asked_at__lt=begins + timedelta(1))
    his = that_day & Q(party=matter.case.applicant_id, about__isnull=True)
    rows = Asked.objects.filter(Q(about=matter.case.subject_id) | his, county=matter.case.county)
    found = rows.filter(asked_at__lte=matter.entry.at).select_related("first").order_by("pk").first()
    return f"首问责任人{found.first.name}，首问编号{found.number}" if found else ""
