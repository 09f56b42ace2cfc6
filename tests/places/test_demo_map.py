"""The venues of a demonstration lie in the place whose name they bear, wherever in the country that is."""

from math import asin, cos, radians, sin, sqrt

import pytest
from django.conf import LazySettings

from onewindow.config.demo import offices, sheets
from onewindow.places.models import Hall, Sheet
from tests.cast import SEP24

# Latitude and longitude of the seats, as any map has them.
SEATS = {
    "luoshan": (32.20, 114.51),
    "hedong": (35.09, 118.40),
    "fangcheng": (33.25, 113.01),
    "zhanhe": (33.73, 113.30),
    "jining": (35.41, 116.34),
}


def apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres between two points."""
    (a, b), (c, d) = ((radians(lat), radians(long)) for lat, long in (one, other))
    return 2 * 6371 * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


@pytest.mark.django_db
@pytest.mark.parametrize("pack", SEATS)
def test_every_venue_of_a_demonstration_lies_near_the_seat_of_its_place(
    pack: str, settings: LazySettings
) -> None:
    settings.DEMO, settings.PACK = True, pack
    county = offices.found(SEP24)
    offices.load(county, SEP24)
    sheets.load(county, SEP24)
    places = [
        (float(lat), float(long))
        for lat, long in Sheet.objects.order_by("pk").values_list("latitude", "longitude")
    ]
    assert len(places) == Hall.objects.count() > 5
    assert max(apart(SEATS[pack], one) for one in places) < 30
    assert len(set(places)) == len(places)
