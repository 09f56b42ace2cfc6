"""Whoever is asked first follows it until it is answered, or until somebody else has confirmed that he takes it over."""

import pytest
from django.db import connections

from onewindow.guidance import acts
from onewindow.guidance.acts import Told
from onewindow.guidance.asking import course, first_by, late, one, waiting
from onewindow.guidance.models import Asked
from onewindow.guidance.tick import tick
from onewindow.journal.reads import verify
from onewindow.notices.models import OfficerMessage
from onewindow.people import acts as people
from onewindow.people.acts import Leave
from onewindow.people.models import Officer, Post
from onewindow.rules.grants import Grant, NotAllowed, NotGranted
from tests.cases.test_races import together
from tests.cast import COUNTY, SEP24, Cast, assemble, at, carry_out, officer

WHAT = Told(channel="counter", what="小餐馆换了地址，要不要重新办许可？", who="王先生", phone="10012345678")


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def asked(cast: Cast, told: Told = WHAT) -> Asked:
    return acts.ask_first(cast.liwei, by=cast.liwei, at=SEP24, told=told)


@pytest.mark.django_db
@pytest.mark.req("JN-12d", "HD-3.2.5a", "FC-3.2.6b", "ZH-2.4.3f")
def test_it_stays_with_the_first_until_the_other_has_confirmed(cast: Cast) -> None:
    row = asked(cast)
    acts.offer(row, by=cast.liwei, at=SEP24, to=cast.zhangmin)
    row = Asked.objects.get()
    assert (row.first, row.keeper, row.offered_to) == (cast.liwei, cast.liwei, cast.zhangmin)
    assert [each.number for each in waiting(cast.liwei)] == [row.number]
    taken = acts.take_over(cast.zhangmin, asked=row, by=cast.zhangmin, at=SEP24)
    assert (taken.keeper, taken.offered_to) == (cast.zhangmin, None)
    assert waiting(cast.liwei) == []
    assert [(word, who, to) for _, word, who, to in course(taken)] == [
        ("首问登记", "李伟", ""),
        ("转交首问", "李伟", "张敏"),
        ("确认接收首问", "张敏", "张敏"),
    ]
    assert first_by(cast.liwei) == [taken]


@pytest.mark.django_db
@pytest.mark.req("ZH-2.4.3f")
def test_it_leaves_the_list_only_by_answer_or_accepted_handing_over(cast: Cast) -> None:
    row = asked(cast)
    acts.offer(row, by=cast.liwei, at=SEP24, to=cast.zhangmin)
    acts.decline(cast.zhangmin, asked=Asked.objects.get(), by=cast.zhangmin, at=SEP24)
    assert waiting(cast.liwei) == [row]
    acts.answer(Asked.objects.get(), by=cast.liwei, at=at(9, 25), text="换地址要重新申请，已告知材料。")
    assert waiting(cast.liwei) == []
    with pytest.raises(NotAllowed, match="已经答复过了"):
        acts.answer(Asked.objects.get(), by=cast.liwei, at=at(9, 25), text="再答一次。")


@pytest.mark.django_db
def test_nobody_answers_or_takes_what_is_not_his(cast: Cast) -> None:
    row = asked(cast)
    with pytest.raises(NotGranted):
        acts.answer(row, by=cast.zhangmin, at=SEP24, text="换地址要重新申请。")
    with pytest.raises(NotAllowed, match="没有转给您"):
        acts.take_over(cast.zhangmin, asked=row, by=cast.zhangmin, at=SEP24)
    with pytest.raises(NotGranted):
        acts.ask_first(cast.liwei, by=cast.zhangmin, at=SEP24, told=WHAT)
    assert one(cast.zhaoqiang, row.number, watches=False) is None
    assert one(cast.zhaoqiang, row.number, watches=True) == row


@pytest.mark.django_db
def test_what_is_answered_at_once_needs_no_second_press(cast: Cast) -> None:
    row = acts.ask_first(cast.liwei, by=cast.liwei, at=SEP24, told=WHAT, answer="要重新办，材料单已给。")
    assert (row.answered_at, waiting(cast.liwei)) == (SEP24, [])
    assert [entry.fact for entry, *_ in course(row)] == ["FirstAsked", "AskedAnswered"]


@pytest.mark.django_db
def test_what_was_asked_stands_encrypted_and_not_in_the_journal(cast: Cast) -> None:
    row = asked(cast)
    assert "王先生" not in str([entry.body for entry, *_ in course(row)])
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT what::text, who::text, phone::text FROM guidance_asked")
        assert not any(word in str(cursor.fetchone()) for word in ("餐馆", "王先生", "10012345678"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "field"),
    [
        (Told(channel="fax", what="怎么办许可"), "channel"),
        (Told(channel="counter", what=" "), "what"),
        (Told(channel="phone", what="怎么办许可"), "phone"),
        (Told(channel="counter", what="怎么办许可", phone="12"), "phone"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(cast: Cast, told: Told, field: str) -> None:
    with pytest.raises(acts.Faulty) as refused:
        asked(cast, told)
    assert list(refused.value.by_field) == [field]


@pytest.mark.django_db
def test_three_working_days_then_a_reminder_then_the_supervisor(cast: Cast) -> None:
    """Asked on Thursday 24 September 2026; the 25th to the 27th are 中秋节, so the 28th, 29th and 30th are counted."""
    watching = Post.objects.create(
        county=COUNTY, name="督查岗", scope="county", grants=[Grant.SUPERVISE.value]
    )
    sunli = officer(COUNTY, "孙丽", "D001", watching)
    row = asked(cast)
    assert row.due_on == at(9, 30).date()
    assert [tick(at(9, 29)), tick(at(9, 30)), tick(at(9, 30, 11))] == [0, 1, 0]
    assert not late(COUNTY, at(9, 30).date()).exists()
    assert [tick(at(10, 8)), tick(at(10, 9))] == [1, 0]
    carry_out(row.subject)
    titles = OfficerMessage.objects.order_by("pk").values_list("officer", "title", "page")
    page = f"/asked/{row.number}/"
    assert list(titles) == [
        (cast.liwei.pk, f"首问今天到期：{row.number}", page),
        (cast.liwei.pk, f"首问超期没有答复：{row.number}", page),
        (sunli.pk, f"首问超期没有答复：{row.number}", page),
    ]
    assert list(late(COUNTY, at(10, 8).date())) == [row]


@pytest.mark.django_db
def test_while_the_keeper_is_away_b_answers_and_both_names_stand_there(cast: Cast) -> None:
    row = asked(cast)
    acts.offer(row, by=cast.liwei, at=SEP24, to=cast.zhangmin)
    acts.take_over(cast.zhangmin, asked=Asked.objects.get(), by=cast.zhangmin, at=SEP24)
    head = cast.chenju.posts[0]
    head.grants, head.head = [*head.grants, Grant.ABSENCE_ARRANGE.value], True
    head.save()
    leave = Leave(kind="sick", since=at(9, 28).date(), until=at(9, 28).date())
    post = Post.objects.get(held__officer=cast.zhangmin)
    people.send_on_leave(post, officer=cast.zhangmin, by=cast.chenju, at=at(9, 28, 8), leave=leave)
    chenju = Officer.objects.get(pk=cast.chenju.pk)
    chenju.day = at(9, 28).date()
    assert waiting(chenju) == [row]
    second = asked(cast)
    with pytest.raises(NotAllowed, match="张敏现在不在岗，请转给替他顶岗的陈局"):
        acts.offer(second, by=cast.liwei, at=at(9, 28), to=cast.zhangmin)
    done = acts.answer(Asked.objects.get(pk=row.pk), by=chenju, at=at(9, 28), text="要重新办。")
    assert course(done)[-1][2] == "陈局（顶岗，代张敏）"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_answering_and_taking_over_at_once_are_one_of_them() -> None:
    cast = assemble()
    for _ in range(4):
        row = asked(cast)
        acts.offer(row, by=cast.liwei, at=SEP24, to=cast.zhangmin)
        row = Asked.objects.select_related("keeper").get(pk=row.pk)
        results = together(
            lambda row=row: acts.answer(row, by=cast.liwei, at=SEP24, text="要重新办。"),
            lambda row=row: acts.take_over(cast.zhangmin, asked=row, by=cast.zhangmin, at=SEP24),
        )
        assert sum(isinstance(one, Asked) for one in results) == 1
        now = Asked.objects.get(pk=row.pk)
        assert (now.answered_at is None) == (now.keeper == cast.zhangmin)
    assert verify() == []
