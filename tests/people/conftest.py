"""The stage of these tests: the common cast, two administrators and a supervisor."""

from dataclasses import dataclass

import pytest

from onewindow.people.models import Officer, Post
from onewindow.rules.grants import Grant
from tests.cast import COUNTY, SEP24, Cast, assemble, officer

ADMINISTRATOR = [
    Grant.PEOPLE_MANAGE,
    Grant.PLACES_MANAGE,
    Grant.TOKENS_MANAGE,
    Grant.SETTINGS_CHANGE,
    Grant.ACCESS_READ,
]


@dataclass
class Stage:
    """Everybody, with the powers of 24 September 2026."""

    cast: Cast
    admin: Officer
    other_admin: Officer
    sunli: Officer
    desk: Post

    def on(self, who: Officer, day: object) -> Officer:
        """The same officer on another day, as a new request would read him."""
        again = Officer.objects.get(pk=who.pk)
        again.day = day  # type: ignore[assignment]
        return again


@pytest.fixture
def stage(db: None, request: pytest.FixtureRequest) -> Stage:
    cast = assemble(**getattr(request, "param", {}))
    Post.objects.filter(held__officer=cast.liwei).update(
        grants=[*Post.objects.get(held__officer=cast.liwei).grants, Grant.PEOPLE_UNMASK.value]
    )
    keeping = Post.objects.create(county=COUNTY, name="系统管理岗", scope="county", grants=ADMINISTRATOR)
    watching = Post.objects.create(
        county=COUNTY, name="督查岗", scope="county", grants=[Grant.SUPERVISE, Grant.ACCESS_READ]
    )
    made = Stage(
        cast=cast,
        admin=officer(COUNTY, "郑凯", "A001", keeping),
        other_admin=officer(COUNTY, "何敏", "A002", keeping),
        sunli=officer(COUNTY, "孙丽", "D001", watching),
        desk=Post.objects.get(held__officer=cast.liwei),
    )
    for who in (
        cast.liwei,
        cast.zhangmin,
        cast.chenju,
        cast.zhaoqiang,
        made.admin,
        made.other_admin,
        made.sunli,
    ):
        who.day = SEP24.date()
    return made
