"""Who takes a result away shows a paper that is his for whom he says he comes."""

from dataclasses import replace

import pytest

from onewindow.cases.acts import deliver
from onewindow.cases.acts.taking import Taker
from onewindow.cases.models import Case, Delivery
from onewindow.ground.fields import lookup
from onewindow.intake.models import Application
from onewindow.people.models import Party
from onewindow.rules.grants import NotAllowed
from onewindow.rules.identity import demo_id, demo_uscc, paper_key
from tests.cast import Cast, assemble, at
from tests.web.citizen import TAKER, granted

pytestmark = pytest.mark.django_db
BROTHER = demo_id(523, at(1, 4, year=1990).date(), 11)


@pytest.fixture
def cast() -> Cast:
    return assemble()


def party(name: str, number: str, kind: str = "resident", **more: object) -> Party:
    side = "org" if kind == "uscc" else "person"
    keys = {"paper_kind": kind, "paper_number": number, "paper_hash": lookup(paper_key(kind, number))}
    return Party.objects.create(kind=side, name=name, **keys, **more)


def taken(cast: Cast, case: Case, taker: Taker) -> str:
    """The way in which it went, or the sentence of the refusal."""
    try:
        return deliver.hand_over(case, by=cast.liwei, at=at(10, 12), taker=taker).way
    except NotAllowed as refusal:
        return str(refusal)


def test_the_applicant_himself_shows_his_own_paper(cast: Cast) -> None:
    case = granted(cast)
    refused = taken(cast, case, replace(TAKER, paper=BROTHER))
    assert "不是同一个人" in refused
    assert "请核对证件" in refused
    assert cast.wangfang.paper_number not in refused
    assert not Delivery.objects.exists()
    assert taken(cast, case, replace(TAKER, paper="９９１５２３１９８８０３０４０４２７ ")) == "counter"


def test_the_household_register_carries_the_same_number(cast: Cast) -> None:
    assert taken(cast, granted(cast), replace(TAKER, paper_kind="household")) == "counter"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"paper": "991523198803040428"}, "证件号码不对"),
        ({"paper_kind": "card"}, "哪种证件"),
        ({"relation": "邻居"}, "里选一项"),
        ({"relation": "单位经办人"}, "申请人是个人"),
        ({"relation": "监护人", "paper": BROTHER}, "没有登记监护人"),
        ({"relation": "代理人"}, "请选“本人”"),
        ({"relation": "代理人", "paper": BROTHER}, "授权委托书"),
        ({"signed": False}, "签收后再登记"),
    ],
)
def test_what_does_not_agree_is_refused_with_what_to_do(
    cast: Cast, wrong: dict[str, object], sentence: str
) -> None:
    case = granted(cast)
    assert sentence in taken(cast, case, replace(TAKER, **wrong))  # type: ignore[arg-type]
    assert not Delivery.objects.exists()


def test_an_agent_is_the_one_of_the_application_or_shows_his_mandate(cast: Cast) -> None:
    brother = party("王军", BROTHER)
    known, unknown = granted(cast), granted(cast)
    Application.objects.filter(pk=known.application_id).update(agent=brother)
    comes = Taker(name="王军", paper_kind="resident", paper=BROTHER, relation="代理人", signed=True)
    assert taken(cast, known, comes) == "counter"
    assert "已核对授权委托书或者介绍信" in taken(cast, unknown, comes)
    assert taken(cast, unknown, replace(comes, mandate=True)) == "counter"


def test_a_guardian_is_the_one_on_file(cast: Cast) -> None:
    case = granted(cast)
    Party.objects.filter(pk=cast.wangfang.pk).update(guardian=party("王军", BROTHER))
    comes = Taker(name="王军", paper_kind="resident", paper=BROTHER, relation="监护人", signed=True)
    assert "不是档案里登记的监护人" in taken(cast, case, replace(comes, paper=cast.wangfang.paper_number))
    assert taken(cast, case, comes) == "counter"


def test_for_a_firm_its_representative_comes_or_somebody_with_a_letter_of_it(cast: Cast) -> None:
    case = granted(cast)
    firm = party("罗山县芳邻小面馆", demo_uscc("92", 11), "uscc", representative=cast.wangfang)
    Case.objects.filter(pk=case.pk).update(applicant=firm)
    assert "没有“本人”" in taken(cast, case, TAKER)
    clerk = Taker(name="王军", paper_kind="resident", paper=BROTHER, relation="单位经办人", signed=True)
    assert "勾选“已核对授权委托书或者介绍信”" in taken(cast, case, clerk)
    assert "没有“法定代表人”" in taken(cast, granted(cast), replace(TAKER, relation="法定代表人"))
    assert "请选“法定代表人”" in taken(cast, case, replace(TAKER, relation="单位经办人"))
    assert "不是档案里登记的法定代表人" in taken(cast, case, replace(clerk, relation="法定代表人"))
    assert taken(cast, case, replace(TAKER, relation="法定代表人")) == "counter"
    assert Delivery.objects.get().taker_relation == "法定代表人"


def test_originals_go_back_to_no_stranger(cast: Cast) -> None:
    case = granted(cast)
    case.application.submitted.filter(material=cast.materials[0]).update(original=True)
    told = {"by": cast.liwei, "at": at(10, 12), "materials": ["sqs"]}
    with pytest.raises(NotAllowed, match="不是同一个人"):
        deliver.return_originals(case, taker=replace(TAKER, paper=BROTHER), **told)
    assert deliver.return_originals(case, taker=TAKER, **told).what == "originals"
