"""The doctor says when one administrator is alone, and which department cannot seal its letters."""

from datetime import timedelta

import pytest
from tests.cast import COUNTY, SEP24, at, officer
from tests.letters.seals import key_file
from tests.letters.test_seals import LATER, Office, make_office

from onewindow.catalogue.models import Item
from onewindow.config.checks import opening, people
from onewindow.journal.models import Entry
from onewindow.journal.work import note_failure
from onewindow.letters.render import NotSealed
from onewindow.people.models import Account, Deputy, Holding, Post
from onewindow.places.models import County, Department
from onewindow.rules.grants import Grant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(tmp_path, settings) -> None:
    settings.SIGNING_DIR, settings.FILES_DIR = tmp_path / "signing", tmp_path / "files"
    settings.SEALS_DIR = tmp_path / "seals"


@pytest.fixture
def office() -> Office:
    made = make_office()
    Post.objects.filter(name="系统管理岗").update(grants=[Grant.SEAL_LOAD.value, Grant.PEOPLE_MANAGE.value])
    return made


def test_two_active_administrators_are_enough(office: Office) -> None:
    assert list(people.administrators(SEP24)) == []


@pytest.mark.parametrize("how", ["closed", "left", "ended", "not yet"])
def test_an_administrator_who_is_alone_is_told(office: Office, how: str) -> None:
    if how == "closed":
        Account.objects.filter(officer=office.hemin).update(is_active=False)
    elif how == "left":
        type(office.hemin).objects.filter(pk=office.hemin.pk).update(left_on=SEP24.date())
    elif how == "ended":
        Holding.objects.filter(officer=office.hemin).update(until=at(9, 23).date())
    else:
        Holding.objects.filter(officer=office.hemin).update(since=at(9, 25).date())
    told = list(people.administrators(SEP24))
    assert len(told) == 2
    assert "管理员不足两人" in told[0]
    assert "“装入印章”权限的在岗人员不足两人" in told[1]


def test_a_deputy_of_one_department_is_no_second_administrator(office: Office) -> None:
    Holding.objects.filter(officer=office.hemin).delete()
    only = Post.objects.create(
        county=COUNTY,
        name="部门管理岗",
        scope="department",
        department=office.cast.market,
        grants=[Grant.PEOPLE_MANAGE.value, Grant.SEAL_LOAD.value],
    )
    officer(COUNTY, "吴静", "A009", only)
    assert len(list(people.administrators(SEP24))) == 2


def test_what_the_first_case_still_needs_is_told_step_by_step(office: Office) -> None:
    Item.objects.update(state=Item.State.PUBLISHED)
    assert list(opening.opening("luoshan")) == []
    Item.objects.update(state=Item.State.DRAFT)
    (told,) = opening.opening("luoshan")
    assert told.startswith("还没有发布的事项，不能收件")
    Holding.objects.filter(post__grants__contains=[Grant.CASE_DECIDE.value]).delete()
    assert next(opening.opening("luoshan")).startswith("还没有人能决定：")
    Department.objects.update(closed_on=SEP24.date())
    assert next(opening.opening("luoshan")).startswith("还没有部门")
    County.objects.update(demo=True)
    assert list(opening.opening("luoshan")) == []


def test_departments_without_a_seal_are_named_and_a_demonstration_is_not_asked(office: Office) -> None:
    office.confirmed()
    (told,) = people.seals(LATER)
    assert told.startswith("罗山县公安局没有启用的印章，不能出具文书")
    County.objects.update(demo=True)
    assert list(people.seals(LATER)) == []


def test_a_certificate_is_told_before_and_after_its_end_and_a_lost_key_too(office: Office, settings) -> None:
    seal = office.confirmed(key_file=key_file(days=300))
    Department.objects.filter(key="gongan").update(closed_on=SEP24.date())
    assert list(people.seals(at(8, 1))) == []
    assert "2026-10-28 到期：请及早" in next(people.seals(LATER))
    assert "已于 2026-10-28 到期" in next(people.seals(LATER + timedelta(days=60)))
    (settings.SEALS_DIR / seal.key_name).unlink()
    assert "私钥不见了" in next(people.seals(at(8, 1)))


def test_letters_that_wait_for_a_seal_are_counted(office: Office) -> None:
    entry = Entry.objects.get(subject=office.cast.apply().subject)
    note_failure(entry, "onewindow.letters.follow.receipt", NotSealed("没有印章"))
    assert any("有 1 份文书等着盖章" in one for one in people.seals(SEP24))


def test_posts_without_a_b_are_named_where_the_text_of_the_place_wants_one(office: Office) -> None:
    assert list(people.deputies(SEP24)) == []  # 罗山's text says nothing of it
    County.objects.update(pack="jining")
    (told,) = people.deputies(SEP24)
    assert "罗山县市场监督管理局审核岗" in told
    assert "没有B角，文件要求实行AB角制" in told
    Deputy.objects.bulk_create(
        Deputy(post=post, officer=office.hemin, named_by="test", named_at=SEP24)
        for post in Post.objects.all()
    )
    assert list(people.deputies(SEP24)) == []
