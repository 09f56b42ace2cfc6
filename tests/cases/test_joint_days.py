"""联办件: forty-five days, and fifteen more by the head of the government alone (行政许可法 42 第二款)."""

from datetime import date

import pytest

from onewindow.cases.acts.extend import ask_extension, decline_joint_extension, extend, extend_joint
from onewindow.cases.models import Case
from onewindow.cases.reads.visible import visible_to
from onewindow.cases.recheck import recheck
from onewindow.letters.models import Letter
from onewindow.people.models import Officer, Post
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.cast import COUNTY, Cast, assemble, at, carry_out, officer

pytestmark = pytest.mark.django_db
JOINT = {"case_kind": "联办件", "joint": {"with": [{"department": "消防救援大队", "does": "消防安全检查"}]}}


@pytest.fixture
def cast() -> Cast:
    return assemble(legal=None, promised=30, guide=JOINT)


@pytest.fixture
def zhoujie() -> Officer:
    post = Post.objects.create(
        county=COUNTY, name="政府负责人", scope="county", grants=[Grant.CASE_EXTEND_JOINT.value]
    )
    return officer(COUNTY, "周洁", "Z001", post)


def asked(cast: Cast) -> Case:
    case = cast.accepted()
    ask_extension(case, by=cast.zhangmin, at=at(10, 12), reason="消防安全检查要等整改。")
    return Case.objects.get(pk=case.pk)


def test_forty_five_days_and_fifteen_more_by_the_government(cast: Cast, zhoujie: Officer) -> None:
    case = asked(cast)
    # 9 月 28—30 日三，10 月 8—10 日六，12—16 日十一，19—23 日十六，26—30 日二十一，
    # 11 月 2—6 日二十六，9—13 日三十一，16—20 日三十六，23—27 日四十一，30 日四十二，12 月 1—3 日四十五。
    assert (case.kind, case.legal_due_on) == ("joint", date(2026, 12, 3))
    case = extend_joint(case, by=zhoujie, at=at(10, 13))
    # 12 月 4 日一，7—11 日六，14—18 日十一，21—24 日十五。
    assert case.legal_due_on == date(2026, 12, 24)
    assert list(recheck()) == []
    carry_out(case.subject)
    told = Letter.objects.get(kind="extended").data
    assert told["approved_by"] == "本级人民政府负责人"
    assert told["basis"] == [{"law": "中华人民共和国行政许可法", "article": "第四十二条第二款"}]


def test_the_head_of_the_department_does_not_lengthen_it_and_the_government_nothing_else(
    cast: Cast, zhoujie: Officer
) -> None:
    case = asked(cast)
    with pytest.raises(NotAllowed, match="由本级人民政府负责人批准"):
        extend(case, by=cast.chenju, at=at(10, 13))
    with pytest.raises(NotGranted):
        extend_joint(case, by=cast.chenju, at=at(10, 13))
    declined = decline_joint_extension(case, by=zhoujie, at=at(10, 13), remark="四十五日内能办完。")
    assert declined.legal_due_on == date(2026, 12, 3)


def test_the_government_sees_what_it_lengthens_and_nothing_else(cast: Cast, zhoujie: Officer) -> None:
    case = asked(cast)
    assert list(visible_to(zhoujie)) == [case]
    Case.objects.update(kind="promised")
    assert not visible_to(zhoujie).exists()


def test_what_one_department_decides_is_not_the_governments() -> None:
    cast = assemble()
    post = Post.objects.create(
        county=COUNTY, name="政府负责人", scope="county", grants=[Grant.CASE_EXTEND_JOINT.value]
    )
    case = asked(cast)
    with pytest.raises(NotAllowed, match="不是联办件"):
        extend_joint(case, by=officer(COUNTY, "周洁", "Z001", post), at=at(10, 13))
