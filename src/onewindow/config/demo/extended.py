"""演示延时服务: who leads the windows of the demonstration county's centre?"""

from __future__ import annotations

from datetime import datetime

from onewindow.config.demo.offices import centre
from onewindow.hall.acts.leaving import name_leader
from onewindow.hall.models import WindowLeader
from onewindow.people.models import Officer
from onewindow.places.models import County
from onewindow.rules.grants import FOUNDER

# Sign-in and windows; the sixth has nobody, as the list of checks shows.
_LEADS = (("liwei", ("3",)), ("dating", ("1", "2", "4", "5")))


def load(county: County, now: datetime) -> None:
    """A leader for each of these windows that never had one."""
    hall = centre(county)
    for name, numbers in _LEADS:
        officer = Officer.objects.filter(account__username=name).first()
        for window in hall.windows.filter(number__in=numbers) if officer is not None else ():
            if officer is not None and not WindowLeader.objects.filter(window=window).exists():
                name_leader(window, by=FOUNDER, at=now, officer=officer)
