"""A result is taken online only when it is there and has not left the house by another way."""

import pytest
from django.test import Client

from onewindow.cases.acts import deliver
from onewindow.cases.models import Case
from onewindow.ground import files
from onewindow.letters.reads import result_of
from onewindow.rules.grants import NotAllowed
from tests.cast import Cast, assemble, at, carry_out
from tests.web.citizen import granted, on, page_of, shown

OCT10 = at(10, 10)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def take(client: Client, case: Case) -> str:
    with on(OCT10):
        shown(client, case)
        return client.post(f"{page_of(case)}result/", follow=True).content.decode()


def stage(case: Case) -> str:
    return Case.objects.get(pk=case.pk).stage


def test_nothing_is_taken_before_the_letter_is_made(cast: Cast, client: Client) -> None:
    case = granted(cast, e_service=True)
    assert "决定书正在制作" in take(client, case)
    assert (stage(case), case.deliveries.count()) == ("granted", 0)
    carry_out(case.subject)
    assert "已经送达您本人" in take(client, case)
    assert stage(case) == "closed"


def test_a_letter_whose_file_is_lost_is_no_letter(cast: Cast) -> None:
    case = granted(cast, e_service=True)
    carry_out(case.subject)
    result = result_of(case.subject_id)
    assert result is not None
    files.path_of(result.sha256).unlink()
    with pytest.raises(NotAllowed, match="决定书正在制作"):
        deliver.download(case, by=cast.wangfang, at=OCT10, result=result)


def test_what_the_courier_has_is_not_taken_online_and_its_return_stays_handled(
    cast: Cast, client: Client
) -> None:
    case = granted(cast, e_service=True)
    carry_out(case.subject)
    deliver.dispatch(case, by=cast.liwei, at=OCT10, tracking="TEST0001")
    with on(OCT10):
        assert "收下结果" not in shown(client, case)
    assert "还在路上" in take(client, case)
    assert stage(case) == "granted"
    deliver.take_back(case, by=cast.liwei, at=at(10, 14), why="无人签收")
    with on(at(10, 15)):
        assert "收下结果" in shown(client, case)
    assert "已经送达您本人" in take(client, case)
    assert [one.way for one in case.deliveries.order_by("pk")] == ["courier", "download"]
