"""别人替他办: whoever acts for another at the counter shows a paper of any kind, and the page names its fault."""

import pytest

from onewindow.cases.models import Case
from onewindow.people.models import Party
from onewindow.rules.identity import demo_id
from tests.cast import SEP24, assemble, at
from tests.web.citizen import on
from tests.web.desks import SHOP, at_desk, begin, marked

pytestmark = pytest.mark.django_db
AGENT = {"agent_name": "MARY TEST", "agent_phone": "10012345678"}
CARD = demo_id(523, at(1, 4, year=1990).date(), 11)


@pytest.mark.parametrize(
    ("kind", "number", "nation"),
    [
        ("resident", CARD, ""),
        ("passport", "E99000001", "USA"),
        ("hk_macao_pass", "H99000001", ""),
        ("taiwan_pass", "99000001", ""),
        ("officer_card", "军字第9900001号", ""),
    ],
)
def test_an_agent_with_any_paper_gets_a_file_and_stands_in_the_case(
    kind: str, number: str, nation: str
) -> None:
    cast = assemble()
    liwei = at_desk(cast.liwei)
    sent = {"agent_kind": kind, "agent_number": number, "agent_nation": nation, **AGENT}
    with on(SEP24):
        liwei.post(begin(liwei, cast), SHOP | marked(cast) | sent | {"do": "accept"})
    agent = Case.objects.get().application.agent
    assert agent is not None
    assert (agent.paper_kind, agent.name, agent.nation) == (kind, "MARY TEST", nation)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"agent_kind": "passport", "agent_number": "E99000001"}, "请填写护照上的国家（地区）代码"),
        ({"agent_kind": "resident", "agent_number": "E99000001"}, "居民身份证号码应为 18 位"),
        ({"agent_number": "E99000001"}, "居民身份证号码应为 18 位"),
        ({"agent_kind": "uscc", "agent_number": CARD}, "不在可用的选项中"),
    ],
)
def test_a_wrong_paper_is_named_beside_its_field_and_nothing_is_taken_in(
    sent: dict[str, str], sentence: str
) -> None:
    cast = assemble()
    liwei = at_desk(cast.liwei)
    with on(SEP24):
        answer = liwei.post(begin(liwei, cast), SHOP | marked(cast) | sent | AGENT | {"do": "accept"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Case.objects.exists()
    assert not Party.objects.filter(name="MARY TEST").exists()
