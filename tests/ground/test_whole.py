"""An act has a transaction of its own, unless the whole request is one."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from onewindow.ground.models import StoredFile
from onewindow.ground.whole import one, whole
from onewindow.rules.grants import NotAllowed
from tests.cast import SEP24

pytestmark = pytest.mark.django_db(transaction=True)


@one
def written_and_refused() -> None:
    StoredFile.objects.create(
        county="411521000000", sha256="0" * 64, size=1, media_type="image/png", name="图.png", stored_at=SEP24
    )
    raise NotAllowed("不行，请改了再交。")


def test_a_refused_act_leaves_nothing_and_the_work_around_it_goes_on() -> None:
    with transaction.atomic():
        with pytest.raises(NotAllowed):
            written_and_refused()
        assert not StoredFile.objects.exists()


def test_where_the_request_is_one_transaction_the_refusal_gives_all_of_it_back_without_a_savepoint() -> None:
    with (
        CaptureQueriesContext(connection) as asked,
        pytest.raises(NotAllowed),
        transaction.atomic(),
        whole(),
    ):
        written_and_refused()
    assert not StoredFile.objects.exists()
    assert not [one["sql"] for one in asked.captured_queries if "SAVEPOINT" in one["sql"]]
    with transaction.atomic(), CaptureQueriesContext(connection) as again, pytest.raises(NotAllowed):
        written_and_refused()
    assert [one["sql"] for one in again.captured_queries if "SAVEPOINT" in one["sql"]]
