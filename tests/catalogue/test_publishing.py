"""From draft to publication: who may, what stops it, and what can never be changed afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from onewindow.catalogue import acts, reads, text
from onewindow.catalogue.demo.format import Item as ItemText
from onewindow.catalogue.models import Change, Item, ItemVersion, Material
from onewindow.journal.models import Entry
from onewindow.journal.reads import verify
from onewindow.people.models import Account, Holding, Officer
from onewindow.places.models import County, Department
from onewindow.rules import codes
from onewindow.rules.grants import SYSTEM, Grant, NotAllowed, NotGranted
from tests.catalogue.conftest import CODE, FOOD, NOW, TODAY

WHEN = {"on": TODAY, "at": NOW}
Offices = dict[str, Department]


def new_item(office: Department, file: ItemText = FOOD) -> Item:
    code = codes.build_item(office.uscc, 4, file.code, 1)
    return Item(
        county=CODE,
        department=office,
        base_code=code.base,
        task_code=code.task,
        handle_code=code.handle,
        moved_in=True,
        staffed=True,
        empowered=True,
    )


def words(file: ItemText = FOOD) -> text.VersionText:
    return text.of_file(file, "罗山县")


@pytest.fixture
def published(offices: Offices, zhangmin: Officer, chenju: Officer) -> ItemVersion:
    version = acts.draft(new_item(offices["shichang"]), words(), by=zhangmin, **WHEN)
    return acts.publish(acts.review(version, by=chenju, **WHEN), by=chenju, **WHEN)


def facts(item: Item) -> list[str]:
    return list(Entry.objects.filter(subject=item.subject).order_by("place").values_list("fact", flat=True))


def test_a_draft_is_reviewed_by_another_and_then_published_to_every_list(
    offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    version = acts.draft(new_item(offices["shichang"]), words(), by=zhangmin, **WHEN)
    assert list(reads.published(CODE)) == []
    version = acts.publish(acts.review(version, by=chenju, **WHEN), by=chenju, **WHEN)

    (item,) = reads.published(CODE)
    assert item.current == version
    assert (item.name, item.kind, item.online_depth) == ("食品经营许可（新办）", "行政许可", 3)
    assert "开饭店的证" in item.aliases
    assert [m.name for m in version.materials.all()] == [m.name for m in FOOD.materials]
    assert facts(item) == ["VersionDrafted", "VersionReviewed", "VersionPublished"]
    assert verify(CODE) == []


def test_the_text_of_a_published_version_is_the_text_that_was_drafted(published: ItemVersion) -> None:
    assert text.of_version(reads.version_for_case(published.pk)) == words()


def test_the_drafter_cannot_review_his_own_version(offices: Offices, zhaoqiang: Officer) -> None:
    version = acts.draft(
        new_item(offices["gongan"], replace(FOOD, department="gongan")), words(), by=zhaoqiang, **WHEN
    )
    with pytest.raises(NotAllowed, match="起草的人不能审核自己起草的版本"):
        acts.review(version, by=zhaoqiang, **WHEN)


def test_another_office_cannot_draft_review_publish_or_suspend(
    offices: Offices, zhangmin: Officer, zhaoqiang: Officer, published: ItemVersion
) -> None:
    item = published.item
    with pytest.raises(NotGranted):
        acts.draft(new_item(offices["shichang"]), words(), by=zhaoqiang, **WHEN)
    with pytest.raises(NotGranted):
        acts.review(published, by=zhaoqiang, **WHEN)
    with pytest.raises(NotGranted):
        acts.publish(published, by=zhaoqiang, **WHEN)
    with pytest.raises(NotGranted):
        acts.suspend(item, by=zhaoqiang, reason="系统升级", **WHEN)
    assert list(reads.visible_to(zhaoqiang)) == []
    assert list(reads.visible_to(zhangmin)) == [item]


GAPS = {
    "设定依据": {"grounds": []},
    "受理条件": {"conditions": []},
    "数量限制": {"service": {"quota": ""}},
    "办理流程": {"steps": []},
    "特别程序": {"special_note": ""},
    "收费标准": {"fee": {}},
    "办理结果": {"result": {}},
    "办理地点": {"service": {"places": []}},
    "咨询电话": {"service": {"consult": ""}},
    "注意事项": {"faq": []},
}


@pytest.mark.req("ZH-2.1.2a")
@pytest.mark.req("ZH-2.1.3a")
@pytest.mark.parametrize("element", GAPS)
def test_a_version_without_one_element_is_refused_and_the_element_is_named(
    element: str, offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    whole = words()
    content = dict(whole.content)
    for key, value in GAPS[element].items():
        content[key] = {**content[key], **value} if isinstance(value, dict) and value else value
    version = acts.draft(new_item(offices["shichang"]), replace(whole, content=content), by=zhangmin, **WHEN)
    with pytest.raises(NotAllowed, match=f"{element}："):
        acts.review(version, by=chenju, **WHEN)
    assert Item.objects.get().state == Item.State.DRAFT


def test_materials_and_form_are_demanded_too_and_all_gaps_are_named_at_once(
    offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    bare = replace(words(), materials=(), form={}, promised_days=None)
    version = acts.draft(new_item(offices["shichang"]), bare, by=zhangmin, **WHEN)
    with pytest.raises(NotAllowed) as refused:
        acts.review(version, by=chenju, **WHEN)
    said = str(refused.value)
    assert all(element in said for element in ("申请材料目录", "申请书示范文本", "承诺办结时限"))


@pytest.mark.req("ZH-2.1.3d")
def test_a_material_called_other_papers_stops_the_publication_with_place_and_words(
    offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    whole = words()
    vague = replace(whole.materials[0], name="其他有关材料")
    version = acts.draft(
        new_item(offices["shichang"]),
        replace(whole, materials=(vague, *whole.materials[1:])),
        by=zhangmin,
        **WHEN,
    )
    with pytest.raises(NotAllowed, match="第 1 份材料的名称：“其他有关材料”"):
        acts.review(version, by=chenju, **WHEN)


def test_a_promise_longer_than_the_law_is_refused(
    offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    version = acts.draft(
        new_item(offices["shichang"]), replace(words(), promised_days=11), by=zhangmin, **WHEN
    )
    with pytest.raises(NotAllowed, match="承诺 11 天，长于法定 10 天"):
        acts.review(version, by=chenju, **WHEN)


def test_the_database_refuses_to_change_a_published_version_or_its_materials(published: ItemVersion) -> None:
    material = published.materials.first()
    assert material is not None
    for change in (
        lambda: ItemVersion.objects.filter(pk=published.pk).update(promised_days=1),
        lambda: ItemVersion.objects.filter(pk=published.pk).update(state="draft"),
        lambda: Material.objects.filter(pk=material.pk).update(name="改过的名称"),
        lambda: Material.objects.filter(pk=material.pk).delete(),
        lambda: Material.objects.create(
            version=published,
            code="M99",
            order=99,
            name="多要的材料",
            necessity="required",
            source="x",
            forms=[],
        ),
    ):
        with pytest.raises(IntegrityError, match="不能修改"), transaction.atomic():
            change()
    with pytest.raises(IntegrityError, match="不能修改"), transaction.atomic():
        ItemVersion.objects.filter(pk=published.pk).update(state="retired", promised_days=1)


def test_a_draft_can_be_written_anew_but_a_reviewed_version_must_be_sent_back_first(
    offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    version = acts.draft(new_item(offices["shichang"]), words(), by=zhangmin, **WHEN)
    again = acts.draft(version.item, replace(words(), promised_days=9), by=zhangmin, **WHEN)
    assert (again.pk, again.number, again.promised_days) == (version.pk, 1, 9)
    acts.review(again, by=chenju, **WHEN)
    with pytest.raises(NotAllowed, match="请先由审核人退回"):
        acts.draft(version.item, words(), by=zhangmin, **WHEN)
    acts.send_back(again, by=chenju, **WHEN)
    assert acts.draft(version.item, words(), by=zhangmin, **WHEN).number == 1


def asked(item: Item, by: Officer, **other: object) -> Change:
    said = {
        "kind": Change.Kind.ALTER,
        "ground": Change.Ground.BUSINESS,
        "reason": "承诺时限压缩到 6 天。",
        "wanted_on": TODAY,
        **other,
    }
    return acts.request_change(item, by=by, on=TODAY, at=NOW, **said)  # type: ignore[arg-type]


@pytest.mark.req("HD-3.1.1c")
def test_a_public_item_changes_only_by_a_request_that_another_approves(
    published: ItemVersion, zhangmin: Officer, chenju: Officer
) -> None:
    shorter = replace(
        words(),
        promised_days=6,
        content={
            **words().content,
            "steps": [{**s, "days": min(s["days"], 4)} for s in words().content["steps"]],
        },
    )
    second = acts.draft(published.item, shorter, by=zhangmin, **WHEN)
    with pytest.raises(NotAllowed, match="请先提出事项调整申请"):
        acts.publish(acts.review(second, by=chenju, **WHEN), by=chenju, **WHEN)
    change = asked(published.item, zhangmin, version=second)
    with pytest.raises(NotGranted):
        acts.approve(change, by=zhangmin, opinion="同意", **WHEN)
    done = acts.approve(change, by=chenju, opinion="同意压缩", **WHEN)

    assert (done.state, done.effective_on, done.opinion) == (Change.State.DONE, TODAY, "同意压缩")
    guide = reads.guide(CODE, published.item.handle_code)
    assert guide is not None
    assert guide.version is not None
    assert (guide.version.number, guide.version.promised_days) == (2, 6)
    published.refresh_from_db()
    assert published.state == ItemVersion.State.RETIRED


def test_whoever_asks_never_decides_even_with_both_powers(
    offices: Offices, zhaoqiang: Officer, chenju: Officer
) -> None:
    version = acts.draft(new_item(offices["gongan"]), words(), by=zhaoqiang, **WHEN)
    acts.publish(acts.review(version, by=chenju, **WHEN), by=chenju, **WHEN)
    change = asked(version.item, zhaoqiang, kind=Change.Kind.SUSPEND, reason="设备检修")
    for decide in (acts.approve, acts.decline):
        with pytest.raises(NotAllowed, match="提出申请的人不能审核自己的申请"):
            decide(change, by=zhaoqiang, opinion="同意", **WHEN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(decided_by=change.asked_by)


def test_an_approved_change_waits_for_its_day_and_then_takes_effect_by_itself(
    published: ItemVersion, zhangmin: Officer, chenju: Officer
) -> None:
    change = asked(
        published.item,
        zhangmin,
        kind=Change.Kind.SUSPEND,
        reason="年度系统切换",
        wanted_on=date(2026, 12, 1),
    )
    change = acts.approve(change, by=chenju, opinion="同意", **WHEN)
    assert change.state == Change.State.APPROVED
    assert acts.bring_into_force(CODE, by=SYSTEM, on=date(2026, 11, 30), at=NOW) == 0
    assert acts.bring_into_force(CODE, by=SYSTEM, on=date(2026, 12, 1), at=NOW) == 1
    assert acts.bring_into_force(CODE, by=SYSTEM, on=date(2026, 12, 1), at=NOW) == 0
    item = Item.objects.get()
    assert item.state == Item.State.SUSPENDED
    assert item.notices.get().reason == "年度系统切换"


def test_one_item_has_one_open_change_at_a_time(published: ItemVersion, zhangmin: Officer) -> None:
    asked(published.item, zhangmin, kind=Change.Kind.SUSPEND, reason="设备检修")
    with pytest.raises(NotAllowed, match="还有一项调整没有办完"):
        asked(published.item, zhangmin, kind=Change.Kind.WITHDRAW, reason="上级取消")


def test_suspension_and_withdrawal_need_a_reason_and_close_the_item(
    published: ItemVersion, chenju: Officer
) -> None:
    item, address = published.item, published.item.handle_code
    assert reads.version_to_apply(CODE, address) == published
    with pytest.raises(NotAllowed, match="请写明原因"):
        acts.suspend(item, by=chenju, reason=" ", **WHEN)
    acts.suspend(item, by=chenju, reason="系统升级，暂停三天", **WHEN)
    assert reads.version_to_apply(CODE, address) is None
    with pytest.raises(NotAllowed, match="现在是“暂停”，不能暂停"):
        acts.suspend(item, by=chenju, reason="再次暂停办理", **WHEN)
    acts.resume(item, by=chenju, reason="升级完成", **WHEN)
    assert reads.version_to_apply(CODE, address) == published
    acts.withdraw(item, by=chenju, reason="上级取消该事项", **WHEN)
    guide = reads.guide(CODE, address)
    assert guide is not None
    assert guide.notice is not None
    assert guide.notice.reason == "上级取消该事项"
    with pytest.raises(NotAllowed, match="已经取消，编码不再使用"):
        acts.draft(item, words(), by=chenju_with_draft(item, chenju), **WHEN)


def chenju_with_draft(item: Item, chenju: Officer) -> Officer:
    """陈局 with the power to draft as well, so that the state alone refuses."""
    chenju.posts[0].grants.append("catalogue:draft")
    return chenju


def test_a_case_keeps_its_version_and_the_old_guide_stays_readable(
    published: ItemVersion, zhangmin: Officer, chenju: Officer
) -> None:
    second = acts.draft(published.item, replace(words(), promised_days=9), by=zhangmin, **WHEN)
    acts.approve(asked(published.item, zhangmin, version=second), by=chenju, opinion="同意", **WHEN)
    kept = reads.version_for_case(published.pk)
    assert (kept.number, kept.promised_days, len(kept.materials.all())) == (1, 8, len(FOOD.materials))
    old = reads.guide(CODE, published.item.handle_code, 1)
    assert old is not None
    assert old.outdated


def test_loading_the_demonstration_twice_changes_nothing_and_a_changed_file_makes_a_new_version(
    county: County, offices: Offices, chenju: Officer
) -> None:
    first = acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
    again = acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
    newer = replace(FOOD, summary=FOOD.summary + "当场可以咨询。")
    third = acts.load_demo(county, by=chenju, at=NOW, items=[newer])
    assert (first.new, again.same, third.changed) == ([FOOD.key], [FOOD.key], [FOOD.key])
    item = Item.objects.get()
    assert [v.state for v in item.versions.order_by("number")] == ["retired", "published"]
    assert item.handle_code == f"{item.department.uscc}4{FOOD.code}01"


def test_a_guide_that_somebody_wrote_anew_is_not_undone_by_loading_the_demonstration_again(
    county: County, offices: Offices, zhangmin: Officer, chenju: Officer
) -> None:
    acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
    item = Item.objects.get()
    second = acts.draft(item, replace(words(), promised_days=9), by=zhangmin, **WHEN)
    acts.approve(asked(item, zhangmin, version=second), by=chenju, opinion="同意", **WHEN)
    again = acts.load_demo(county, by=chenju, at=NOW, items=[FOOD])
    item.refresh_from_db()
    assert again.same == [FOOD.key]
    assert item.current is not None
    assert (item.current.number, item.current.promised_days) == (2, 9)


def test_every_item_of_the_demonstration_passes_the_gate(
    county: County, offices: Offices, chenju: Officer
) -> None:
    loaded = acts.load_demo(county, by=chenju, at=NOW)
    assert loaded.left_out == []
    assert reads.published(CODE).count() == len(loaded.new) > 2


def test_a_guide_costs_three_statements_at_most(
    published: ItemVersion, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        guide = reads.guide(CODE, published.item.handle_code)
        assert guide is not None
        assert guide.item.department.name
        assert guide.version is not None
        assert guide.materials


@pytest.mark.parametrize("first", ["the stand-in", "himself"])
def test_what_a_stand_in_drafted_is_not_reviewed_by_the_one_for_whom_he_sat_nor_the_other_way_round(
    offices: Offices, zhangmin: Officer, first: str
) -> None:
    """周洁 sits for 张敏 in a post that drafts and reviews; by herself she may do neither."""
    post = zhangmin.holdings[0].post
    post.grants = [*post.grants, Grant.CATALOGUE_REVIEW.value]
    post.save(update_fields=["grants"])
    told = {"county": CODE, "staff_no": "S030", "name": "周洁"}
    other = Officer.objects.create(account=Account.objects.create(username="zhoujie2", joined_at=NOW), **told)
    Holding.objects.create(
        officer=other, post=post, kind=Holding.Kind.STAND_IN, instead_of=zhangmin, since=TODAY
    )
    again = Officer.objects.get(pk=zhangmin.pk)
    by, then = (other, again) if first == "the stand-in" else (again, other)
    by.day = then.day = TODAY
    version = acts.draft(new_item(offices["shichang"]), words(), by=by, **WHEN)
    with pytest.raises(NotAllowed, match="起草的人不能审核自己起草的版本"):
        acts.review(version, by=then, **WHEN)
