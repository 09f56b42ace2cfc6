"""不予受理 at the window: alone where its department empowered it and no text denies it, else as a proposal."""

import pytest
from django.test import Client

from onewindow.cases.acts.examine import review
from onewindow.cases.acts.refuse import refuse
from onewindow.cases.models import Case
from onewindow.places.models import Department
from onewindow.rules.grants import NotAllowed
from tests.cast import SEP24, Cast, assemble, at
from tests.web.citizen import on
from tests.web.desks import SHOP, at_desk, begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return assemble()


@pytest.fixture
def liwei(cast: Cast) -> Client:
    return at_desk(cast.liwei)


@pytest.mark.parametrize(
    ("pack", "word", "stage"), [("luoshan", "不予受理", "not_ours"), ("hedong", "提请不予受理", "refusing")]
)
def test_whether_a_window_may_refuse_alone_is_the_packs_word(pack: str, word: str, stage: str) -> None:
    cast = assemble(pack=pack)
    cast.liwei.posts[0].grants.append("cases:refuse")
    cast.liwei.posts[0].save()
    client = at_desk(cast.liwei)
    told = {"kind": "not_ours", "reasons": "由省级机关办理", "basis": "《行政许可法》第三十二条"}
    with on(SEP24):
        page = begin(client, cast)
        to_refuse = client.post(page, SHOP | {"do": "refuse"}).url
        assert f"<h1>{word}</h1>" in client.get(to_refuse).content.decode()
        client.post(to_refuse, told | {"go_to": "省市场监督管理局"})
    assert Case.objects.get().stage == stage


def test_a_window_does_not_refuse_for_a_department_that_did_not_empower_it(cast: Cast, liwei: Client) -> None:
    cast.liwei.posts[0].grants.append("cases:refuse")
    cast.liwei.posts[0].save()
    Department.objects.filter(pk=cast.market.pk).update(window_accepts=False)
    case = cast.apply()
    with on(SEP24):
        page = liwei.get(f"/cases/{case.number}/").content.decode()
    assert "do/refuse/" not in page
    assert "do/propose/" in page
    with pytest.raises(NotAllowed, match="没有授权窗口作出不予受理决定"):
        refuse(case, by=cast.liwei, at=SEP24, kind="refused", reasons="不符", basis="第三十二条")
    assert Case.objects.get().stage == "received"


def test_the_power_to_refuse_opens_no_inner_writing_to_a_window(cast: Cast, liwei: Client) -> None:
    cast.liwei.posts[0].grants.append("cases:refuse")
    cast.liwei.posts[0].save()
    case = cast.accepted()
    review(case, by=cast.zhangmin, at=at(10, 8), favourable=True, text="内部意见，窗口不看")
    with on(at(10, 9)):
        page = liwei.get(f"/cases/{case.number}/").content.decode()
    assert case.number in page
    assert "内部意见" not in page


def test_who_may_refuse_by_itself_is_not_asked_to_propose(cast: Cast, liwei: Client) -> None:
    cast.liwei.posts[0].grants.append("cases:refuse")
    cast.liwei.posts[0].save()
    case = cast.apply()
    with on(SEP24):
        page = liwei.get(f"/cases/{case.number}/").content.decode()
    assert "do/refuse/" in page
    assert "do/propose/" not in page
