"""One file for one paper, a guardian for a child, and nobody sees a full number without a written reason."""

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from onewindow.journal.models import Access
from onewindow.people import acts
from onewindow.people.acts.parties import PartyData, PartyFaults
from onewindow.people.models import Party
from onewindow.people.reads import names_of, party_by_paper
from onewindow.places.models import County
from onewindow.rules.grants import FOUNDER, Grant, NotAllowed, NotGranted
from onewindow.rules.identity import demo_id, demo_uscc
from tests.cast import COUNTY, SEP24, at
from tests.people.conftest import Stage

FANG = PartyData(
    paper_kind="resident",
    paper_number=demo_id(1523, date(1988, 3, 10), 42),
    name="王芳",
    phone="100 9571 5339",
    address="测试省测试市测试县测试路 58 号",
)
CHILD = PartyData(paper_kind="household", paper_number=demo_id(1523, date(2018, 6, 1), 28), name="李小雨")

LICENCE, BIRTH = ("licence", "speaker_card"), ("birth", "speaker_card")


def file(stage: Stage, data: PartyData) -> Party:
    return acts.file_party(data, by=stage.cast.liwei, at=SEP24)


def test_a_file_keeps_the_numbers_encrypted_and_is_found_by_the_paper(stage: Stage) -> None:
    party = file(stage, FANG)
    assert (party.phone, party.born, party.sex) == ("10095715339", date(1988, 3, 10), "女")
    assert party_by_paper("resident", f"{FANG.paper_number[:6]} {FANG.paper_number[6:].lower()}") == party
    with connection.cursor() as cursor:
        cursor.execute("SELECT paper_number, phone, address FROM people_party WHERE id = %s", [party.pk])
        kept = b"".join(bytes(column) for column in cursor.fetchone())
    assert not any(told.encode() in kept for told in (FANG.paper_number, party.phone, "测试路"))


def test_filing_the_same_paper_again_brings_one_file_up_to_date(stage: Stage) -> None:
    party = file(stage, FANG)
    again = file(stage, replace(FANG, phone="10000000001", address=""))
    assert again.pk == party.pk
    assert (again.phone, again.address) == ("10000000001", FANG.address)


def test_another_name_under_a_known_number_needs_the_clerks_word(stage: Stage) -> None:
    file(stage, FANG)
    with pytest.raises(PartyFaults) as wrong:
        file(stage, replace(FANG, name="王方"))
    assert "王芳" in wrong.value.by_field["name"]
    assert file(stage, replace(FANG, name="王方", renamed=True)).name == "王方"
    assert Access.objects.filter(what="rename", by=stage.cast.liwei.actor_code).count() == 1


def test_every_wrong_field_is_told_at_once(stage: Stage) -> None:
    bad = PartyData(paper_kind="passport", paper_number="?", name="王", phone="12", born=date(2027, 1, 1))
    with pytest.raises(PartyFaults) as wrong:
        file(stage, bad)
    assert set(wrong.value.by_field) == {"name", "paper_number", "phone", "nation", "born"}
    with pytest.raises(PartyFaults, match="证件种类"):
        file(stage, replace(bad, paper_kind="library card"))
    assert Party.objects.count() == 1


def test_a_child_of_the_household_register_is_filed_with_its_guardian(stage: Stage) -> None:
    with pytest.raises(PartyFaults, match="监护人"):
        file(stage, CHILD)
    mother = file(stage, FANG)
    child = file(stage, replace(CHILD, guardian=mother, guardian_relation="母亲"))
    assert (child.guardian, child.minor_on(SEP24.date())) == (mother, True)
    mother = Party.objects.get(pk=mother.pk)
    assert mother.speaks_for == {mother.pk, child.pk}
    assert file(stage, replace(CHILD, phone="10000000001")).guardian == mother


def test_the_child_that_gets_its_identity_card_keeps_its_file(stage: Stage) -> None:
    mother = file(stage, FANG)
    child = file(stage, replace(CHILD, guardian=mother, guardian_relation="母亲"))
    grown = file(stage, replace(CHILD, paper_kind="resident"))
    assert (grown.pk, grown.paper_kind) == (child.pk, "resident")
    assert file(stage, CHILD).paper_kind == "resident"


def test_a_guardian_is_a_living_grown_up_older_than_the_child(stage: Stage) -> None:
    mother = file(stage, FANG)
    child = file(stage, replace(CHILD, guardian=mother, guardian_relation="母亲"))
    sister_data = PartyData(
        paper_kind="resident", paper_number=demo_id(1523, date(2010, 1, 1), 2), name="李大雨"
    )
    sister = file(stage, sister_data)
    late = file(stage, replace(sister_data, paper_number=demo_id(1523, date(1960, 1, 1), 2), name="李奶奶"))
    Party.objects.filter(pk=late.pk).update(died_on=date(2020, 1, 1))
    late.refresh_from_db()
    for guardian, relation in ((sister, "姐姐"), (late, "祖母"), (child, "本人"), (mother, " ")):
        with pytest.raises(PartyFaults):
            acts.set_guardian(
                child, guardian=guardian, relation=relation, papers=BIRTH, by=stage.cast.liwei, at=SEP24
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        Party.objects.filter(pk=child.pk).update(guardian=child)


def test_the_same_passport_number_of_two_nations_is_two_persons(stage: Stage) -> None:
    one = PartyData(paper_kind="passport", paper_number="E12345678", nation="USA", name="Jane Example")
    assert file(stage, one).pk != file(stage, replace(one, nation="FRA", name="Jean Exemple")).pk


def test_a_firm_without_a_unified_code_has_a_file_too(stage: Stage) -> None:
    group = PartyData(paper_kind="other_org", paper_number="测民组〔2024〕3 号", name="测试村第三村民小组")
    party = file(stage, group)
    assert (party.kind, party.born, party.sex) == ("org", None, "")
    assert file(stage, replace(group, name="测试村第四村民小组")).pk != party.pk


def test_the_owner_acts_for_the_firm_and_nobody_else_does(stage: Stage) -> None:
    fang = file(stage, FANG)
    shop = file(
        stage,
        PartyData(paper_kind="uscc", paper_number=demo_uscc("92", 20261121), name="罗山县芳邻小面馆"),
    )
    acts.set_representative(shop, person=fang, papers=LICENCE, by=stage.cast.liwei, at=SEP24)
    case = stage.cast.apply()
    case.applicant_id = shop.pk
    assert Party.objects.get(pk=fang.pk).may(Grant.CASE_WITHDRAW, case)
    assert not stage.cast.wangfang.may(Grant.CASE_WITHDRAW, case)
    assert not fang.may(Grant.CASE_EXAMINE, case)
    with pytest.raises(PartyFaults):
        acts.set_representative(fang, person=fang, papers=LICENCE, by=stage.cast.liwei, at=SEP24)


def test_a_full_number_is_shown_only_with_a_reason_that_is_kept(stage: Stage) -> None:
    party = file(stage, FANG)
    with pytest.raises(NotAllowed, match="理由"):
        acts.unmask(party, by=stage.cast.liwei, at=SEP24, reason=" ")
    assert not Access.objects.filter(what__startswith="unmask").exists()
    shown = acts.unmask(party, by=stage.cast.liwei, at=SEP24, reason="核对营业执照", origin="127.0.0.1")
    assert shown == FANG.paper_number
    line = Access.objects.get(what="unmask:paper_number")
    assert (line.by, line.about, line.reason, line.county, line.origin) == (
        stage.cast.liwei.actor_code,
        f"party:{party.pk}",
        "核对营业执照",
        COUNTY,
        "127.0.0.1",
    )
    assert (
        acts.unmask(party, by=stage.cast.liwei, at=SEP24, reason="电话通知", field="phone") == "10095715339"
    )
    with pytest.raises(ValueError, match="name"):
        acts.unmask(party, by=stage.cast.liwei, at=SEP24, reason="没有理由", field="name")


def test_whoever_may_not_unmask_leaves_no_trace_and_sees_nothing(stage: Stage) -> None:
    party = file(stage, FANG)
    for stranger in (stage.cast.zhaoqiang, stage.sunli, party, FOUNDER):
        with pytest.raises(NotGranted):
            acts.unmask(party, by=stranger, at=SEP24, reason="想看一看")
    assert not Access.objects.filter(what__startswith="unmask").exists()


def test_an_invented_number_is_accepted_in_a_demonstration_only(stage: Stage) -> None:
    party = file(stage, FANG)
    county = County.objects.get()
    acts.require_real(party, county)
    county.demo = False
    with pytest.raises(NotAllowed, match="演示"):
        acts.require_real(party, county)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_windows_that_file_the_same_person_at_once_get_one_file() -> None:
    rounds, found = 8, []
    papers = [
        replace(FANG, paper_number=demo_id(1523, date(1988, 3, 10), n)) for n in range(100, 100 + rounds)
    ]
    start = Barrier(4)

    def window() -> None:
        try:
            for data in papers:
                start.wait(timeout=20)
                found.append(acts.file_party(data, by=FOUNDER, at=at(9, 24)).pk)
        finally:
            connection.close()

    windows = [Thread(target=window) for _ in range(4)]
    for thread in windows:
        thread.start()
    for thread in windows:
        thread.join(timeout=60)
    assert len(found) == 4 * rounds
    assert len(set(found)) == rounds == Party.objects.count()


def test_whoever_acted_with_a_cases_code_or_registered_has_words_in_the_history(db: None) -> None:
    assert names_of(["bearer:7", "newcomer"])["bearer:7"] == "凭编号和查询码"
    assert names_of(["newcomer"])["newcomer"] == "注册的人"
