"""What did not change is not read again; what did is, at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onewindow.catalogue.models import Item, ItemVersion
from onewindow.catalogue.opened import open_version
from onewindow.ground.again import Unchanged, copied
from onewindow.ground.limits import Limit
from onewindow.people.bearer import bearer
from onewindow.people.models import Account, Holding, Party, Post
from tests.api.conftest import program_of
from tests.cast import COUNTY, SEP24, assemble
from tests.people.conftest import Stage, stage

__all__ = ["stage"]
_MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def test_a_copy_is_the_same_row_and_what_is_set_on_it_stays_its_own() -> None:
    cast = assemble()
    kept = Party.objects.get(pk=cast.wangfang.pk)
    one, other = copied(kept), copied(kept)
    assert (one, one.name, one.paper_number) == (kept, "王芳", kept.paper_number)
    one.name = "别人"
    assert (kept.name, other.name) == ("王芳", "王芳")
    assert (one._state.adding, one._state.db) == (False, "default")


def test_of_what_is_kept_the_oldest_goes_first() -> None:
    kept: Unchanged[str] = Unchanged(most=2)
    for asked in "abc":
        kept.keep(asked, 1, asked.upper())
    assert [kept.get(asked) for asked in "abc"] == [None, (1, "B"), (1, "C")]


def test_an_open_version_is_read_once_and_anew_when_its_item_changes() -> None:
    cast = assemble()
    address = cast.version.item.address
    open_version(COUNTY, address)
    with CaptureQueriesContext(connection) as asked:
        found = open_version(COUNTY, address)
    assert (found, len(asked)) == (cast.version, 1)
    assert found is not None
    assert (found.form, found.item.department_id) == (cast.version.form, cast.market.pk)
    Item.objects.filter(pk=found.item_id).update(name="换了名称")
    again = open_version(COUNTY, address)
    assert again is not None
    assert again.item.name == "换了名称"


@pytest.mark.parametrize("row", ["item", "version"])
def test_what_is_closed_is_closed_at_once(row: str) -> None:
    cast = assemble()
    address = cast.version.item.address
    for _ in range(2):
        assert open_version(COUNTY, address) == cast.version
    if row == "item":
        Item.objects.filter(pk=cast.version.item_id).update(state=Item.State.SUSPENDED)
    else:
        ItemVersion.objects.filter(pk=cast.version.pk).update(state=ItemVersion.State.RETIRED)
    assert open_version(COUNTY, address) is None


def test_who_loses_a_post_or_leaves_has_lost_it_with_the_next_request(stage: Stage) -> None:
    program, liwei = program_of(stage, stage.cast.liwei), stage.cast.liwei
    limit = Limit("test", times=100, within=_MINUTE)

    def posts() -> list[str] | None:
        found = bearer(program.secret, "", limit, SEP24)
        assert found is not None
        return [post.name for post in found.actor.posts] if found.actor is not None else None

    before = posts()
    assert before
    assert posts() == before
    Post.objects.filter(pk__in=liwei.held.values("post")).update(name="换了名称")
    assert posts() == ["换了名称"] * len(before)
    Holding.objects.filter(officer=liwei).update(until=SEP24.date().replace(day=1))
    assert posts() == []
    liwei.left_on = SEP24.date()
    liwei.save(update_fields=["left_on"])
    assert posts() is None
    Account.objects.filter(pk=liwei.account_id).update(is_active=False)
    assert bearer(program.secret, "", limit, SEP24) is None


def test_each_use_is_counted_and_says_how_long_to_wait(stage: Stage) -> None:
    program, limit = program_of(stage, stage.cast.liwei), Limit("test", times=2, within=_MINUTE)
    waits = [bearer(program.secret, "", limit, SEP24) for _ in range(3)]
    assert [one is not None and one.wait for one in waits] == [None, None, _MINUTE]
