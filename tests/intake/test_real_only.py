"""Where real cases are handled no invented number or telephone is accepted, whoever it belongs to and whoever calls."""

from dataclasses import replace

import pytest

from onewindow.cases.acts.taking import AGENT, Taker, check_taker
from onewindow.ground.fields import lookup
from onewindow.intake import acts as intake
from onewindow.intake.models import Application
from onewindow.people.models import Party
from onewindow.places.models import County
from onewindow.rules.grants import NotAllowed
from onewindow.rules.identity import demo_id, paper_key
from tests.cast import SEP24, Cast, assemble, at

pytestmark = pytest.mark.django_db
PHONE = "+99900000001"  # a country code that no country has
NINES = demo_id(523, at(1, 4, year=1990).date(), 11)


def party(name: str, number: str, phone: str = "", kind: str = "officer_card") -> Party:
    keys = {"paper_kind": kind, "paper_number": number}
    hashed = lookup(paper_key(kind, number))
    return Party.objects.create(kind="person", name=name, phone=phone, paper_hash=hashed, **keys)


@pytest.fixture
def cast() -> Cast:
    made = assemble()
    County.objects.update(demo=False)
    return made


def test_real_people_are_taken_in(cast: Cast) -> None:
    told = intake.Told(phone=PHONE, agent=party("李明", "军字第0000002号", PHONE))
    assert cast.take_in(party("王真", "军字第0000042号", PHONE), told).phone == PHONE


def test_an_invented_applicant_agent_or_telephone_is_refused_by_the_act_itself(cast: Cast) -> None:
    real = party("王真", "军字第0000042号", PHONE)
    invented = party("李明", NINES, kind="resident")
    rings_nowhere = party("李响", "军字第0000003号", "10095715339")
    for applicant, told, sentence in (
        (cast.wangfang, intake.Told(phone=PHONE), "演示用的号码"),
        (real, intake.Told(phone="10095715339"), "演示用的电话号码"),
        (real, intake.Told(phone=PHONE, agent=invented), "演示用的号码"),
        (real, intake.Told(phone=PHONE, agent=rings_nowhere), "演示用的电话号码"),
    ):
        with pytest.raises(NotAllowed, match=sentence):
            cast.take_in(applicant, told)
    assert not Application.objects.exists()


def test_in_a_demonstration_all_of_them_are_taken_in(cast: Cast) -> None:
    County.objects.update(demo=True)
    told = intake.Told(phone="10095715339", agent=party("李明", NINES, kind="resident"))
    assert cast.take_in(cast.wangfang, told).agent == told.agent


def test_whoever_takes_the_result_shows_a_real_paper(cast: Cast) -> None:
    case = cast.accepted() if County.objects.update(demo=True) else None
    assert case is not None
    taker = Taker(name="李明", paper_kind="resident", paper=NINES, relation=AGENT, signed=True, mandate=True)
    check_taker(case, taker, SEP24.date())
    County.objects.update(demo=False)
    with pytest.raises(NotAllowed, match="领取人的证件号码是演示用的"):
        check_taker(case, taker, SEP24.date())
    check_taker(case, replace(taker, paper_kind="officer_card", paper="军字第0000002号"), SEP24.date())
