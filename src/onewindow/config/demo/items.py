"""演示事项: how do the items written for the demonstration come into its catalogue?"""

from __future__ import annotations

from datetime import datetime

from onewindow.catalogue.acts.demo import load_demo
from onewindow.ground.clock import SHANGHAI
from onewindow.people.models import Officer
from onewindow.places.models import County

KEEPER = "wujing"


def load(county: County, now: datetime) -> None:
    """Draft, review and publish every item file whose department exists here."""
    keeper = Officer.objects.get(county=county.code, account__username=KEEPER)
    keeper.day = now.astimezone(SHANGHAI).date()
    load_demo(county, by=keeper, at=now.astimezone(SHANGHAI))
